"""What a format is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from workbench.datatypes import TranslationUnit

Texts = tuple[str, ...]  # what must survive of a unit: its id and its texts, or more

# Half a UTF-16 pair on its own: no encoding has a way to write it.
SURROGATES = "\ud800-\udfff"

# Where a format wants one: the present would make of the same units another file each time.
NO_TIME = datetime(2000, 1, 1)


class Cleaner(Protocol):
    """Makes of a text what a format can hold. `description`: of what is done, for the report."""

    @property
    def description(self) -> str: ...

    def apply(self, text: str) -> tuple[str, int]:
        """The text as the format holds it, and how many changes that took."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """What a format cannot hold of a text, and what stands in its place."""

    pattern: re.Pattern[str]
    replacement: str
    description: str

    def apply(self, text: str) -> tuple[str, int]:
        return self.pattern.subn(self.replacement, text)


NO_SURROGATES = Rule(re.compile(f"[{SURROGATES}]"), "\ufffd", "lone surrogate replaced by U+FFFD")
ONE_LINE = Rule(
    re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]"),
    " ",
    "line break, tab or control character replaced by a space",
)
ONE_LINE_END = Rule(re.compile("\r\n?"), "\n", "line end of another kind replaced by a line feed")
ONLY_XML = Rule(
    re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"),
    "",
    "character that XML does not allow removed",
)


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself, where its format has a place for it.

    `docs`: the documents' names. `signature`: models, settings and version that made the alignment. `choice`: what of
    it was chosen, in words.
    """

    docs: Sequence[str] = ()
    signature: str = ""
    choice: str = ""


def id_and_texts(unit: TranslationUnit) -> Texts:
    return (unit.bead_id, unit.src_text, unit.tgt_text, *(other.text for other in unit.others))


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    `write` receives units that fit: no null beads unless `nulls`, of more than two documents only if `several`, of one
    language on either side if `bilingual`; texts, and what is said of the export, cleaned by `rules`. `read` gives back
    what `held` says of each unit, and raises ExportError on a file that is not valid.
    """

    name: str
    suffix: str  # of file names, with the dot
    mime: str
    description: str
    rules: tuple[Cleaner, ...]
    nulls: bool  # can hold passages that have no counterpart
    write: Callable[[BinaryIO, Iterable[TranslationUnit], About], None]
    read: Callable[[Path], Iterator[Texts]]
    held: Callable[[TranslationUnit], Texts] = id_and_texts
    pair: bool = False  # of exactly two documents
    bilingual: bool = False  # has one language for all sources and one for all targets
    whole: bool = False  # is of documents as wholes: passages of a link that was rejected stay in it, alone
    several: bool = False  # can hold what more than two documents say in one unit
    most: int | None = None  # documents
    # Puts units in the order that the format needs, and counts by reason what it cannot hold as it is.
    arrange: Callable[[Iterable[TranslationUnit]], tuple[list[TranslationUnit], Counter[str]]] | None = None
