"""What other tools' files hold: several versions of one text and what of them belongs together, as plain data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from workbench.errors import InputError
from workbench.lang import canonical, in_script_of, named

MOST_VERSIONS = 12  # every two of them are linked with each other
_SAMPLE = 1_000  # texts that tell a script
# Of layout; a no-break or an ideographic space is of the text, as before a French colon.
_LAYOUT = re.compile(r"[^\S\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file at hand as bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the text. `lang`: canonical, "und" where the file does not say; `name`: "" where it does not."""

    lang: str
    segments: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ForeignBitext:
    """Versions of a text and what belongs together.

    `beads`: for each version the indices of its segments; none where it has nothing to say there. `notes`: what was
    left out or is odd, with how often, in words.
    """

    format: str
    versions: tuple[Version, ...]
    beads: tuple[tuple[tuple[int, ...], ...], ...]
    notes: tuple[str, ...] = ()


@dataclass
class Collector:
    """Gathers units one by one; versions come in the order in which they first say something."""

    format: str
    segments: dict[str, list[str]] = field(default_factory=dict)
    beads: list[dict[str, tuple[int, ...]]] = field(default_factory=list)
    noted: Counter[str] = field(default_factory=Counter)

    def add(self, texts: Mapping[str, Sequence[str]]) -> None:
        """A unit: what each version, by any key, says in it. Layout is evened out; what is empty says nothing."""
        bead = {}
        for key, said in texts.items():
            lines = [line for text in said if (line := evened(text))]
            known = self.segments.setdefault(key, [])
            if lines:
                bead[key] = tuple(range(len(known), len(known) + len(lines)))
                known += lines
        if bead:
            self.beads.append(bead)
        else:
            self.noted["unit without any text left out"] += 1
        if len(self.segments) > MOST_VERSIONS:
            raise InputError(
                f"this file holds more than {MOST_VERSIONS} languages; take apart those that belong together"
            )

    def done(self, langs: Mapping[str, str] = {}, names: Mapping[str, str] = {}) -> ForeignBitext:
        """All that was gathered; `langs` and `names` by key, a key being its language where it is not in `langs`.

        Raises InputError where there are not two versions.
        """
        keys = [key for key, segments in self.segments.items() if segments]
        if len(keys) < 2:
            raise InputError(
                f"this {self.format} file has text in {len(keys) or 'no'} version; a bitext has two or more"
            )
        versions = tuple(Version(langs.get(key, key), tuple(self.segments[key]), names.get(key, "")) for key in keys)
        beads = tuple(tuple(bead.get(key, ()) for key in keys) for bead in self.beads)
        return ForeignBitext(self.format, versions, beads, notes(self.noted))


def evened(text: str) -> str:
    """A text in one line, with one blank where there were several, a tab or a line break.

    >>> evened(" Two\\n lines\\u00a0: "), evened("\\u00a0 ")
    ('Two lines\\xa0:', '')
    """
    return _LAYOUT.sub(" ", text).strip()


def notes(noted: Mapping[str, int]) -> tuple[str, ...]:
    """What was counted, in words."""
    return tuple(f"{number:,} × {what}" for what, number in noted.items() if number)


def named_by(file: str, texts: Iterable[str]) -> str:
    """The language that a file's name tells, the last part that names one: `pairs.fr`, `pairs.fr.txt`.

    "und" where none does, or the texts are in another script: `report.uk.txt` may be of the United Kingdom.
    """
    parts = reversed(PurePosixPath(file).suffixes)
    found = next((tag for part in parts if (tag := named(part[1:])) != "und"), "und")
    return found if in_script_of(found, " ".join(islice(texts, _SAMPLE))) else "und"


def language(tag: str | None) -> str:
    """A tag as other tools write it (EN-US, zh_CN), canonical; "und" where it names no language."""
    try:
        return canonical(tag or "und")
    except InputError:
        return "und"
