"""Words that the end of a line parts, in text that was typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.ingest.reading import Span
from workbench.lang import SUSPENDING

_BROKEN = re.compile(r"(?<=[^\W\d_])([-‐\u00ad])[ \t]*\n[ \t]*(?=([^\W\d_]{1,40}))")
_BEFORE = re.compile(r"\w{1,40}\Z")
_COMPOUND = re.compile(r"(?=\b(\w{1,40}-\w{1,40})\b)")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Which hyphens at line ends are part of a word: those of compounds that the text elsewhere writes with one."""

    compounds: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Hyphens:
        return cls(frozenset(_COMPOUND.findall(text)))

    def broken(self, text: str) -> Iterator[Span]:
        """Where in a text a word is parted, from what is no part of it on to where it goes on: the hyphen and the
        line end, or of a compound the line end alone."""
        for match in _BROKEN.finditer(text):
            after = match[2]
            if match[1] != "\u00ad" and after in SUSPENDING:  # "Ein- und Ausgang"
                continue
            before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
            whole = f"{before[0] if before else ''}-{after}"
            # Nobody parts one letter from a word, but "viu-o", "donne-t-il".
            compound = not after[0].islower() or len(after) == 1 or whole in self.compounds
            yield match.start() + (compound and match[1] != "\u00ad"), match.end()
