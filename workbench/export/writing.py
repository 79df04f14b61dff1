"""From translation units to a file that is complete and valid, or no file at all."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

from workbench import folders
from workbench.datatypes import Status, TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import About, Cleaner, Format, Texts
from workbench.export.formats import FORMATS
from workbench.export.selection import Selection

# Numbers, ids and the like hold nothing that a format could not.
_TEXTS = [each.name for each in fields(TranslationUnit) if each.type in (str, "str")]
_PARTS = ("src_parts", "tgt_parts")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did: units written, units left out by reason, characters altered by what was done."""

    written: int
    left_out: Mapping[str, int]
    altered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would be: the first units as they would be written, and the report of all."""

    units: tuple[TranslationUnit, ...]
    report: ExportReport


def write(
    units: Iterable[TranslationUnit],
    format: str,
    output: str | Path,
    selection: Selection = Selection(),
    about: About = About(),
    left_out: Counter[str] | None = None,
) -> ExportReport:
    """Write units to `output`, in order; the same units and `about` always give the same bytes.

    `left_out`: what was left out before, by reason; counted on for the report. Missing folders are made. The file is
    read back and compared before it takes its place. Raises ExportError on an unknown format, units that cannot be
    written, or a place that cannot be; a file that was there before is then left as it was.
    """
    chosen = known_format(format)
    output = Path(output)
    intake = _Intake(chosen, selection, Counter() if left_out is None else left_out)
    with replacing(output) as temporary:
        with temporary.open("xb") as file:
            chosen.write(file, intake.accepted(units), _clean_about(about, chosen.rules))
            file.flush()
            os.fsync(file.fileno())
        _compare(chosen.read(temporary), intake.digests, output)
    return intake.report()


def preview(
    units: Iterable[TranslationUnit],
    format: str,
    selection: Selection = Selection(),
    left_out: Counter[str] | None = None,
    first: int = 20,
) -> Preview:
    """What `write` would do, without a file. Raises ExportError as it does."""
    intake = _Intake(known_format(format), selection, Counter() if left_out is None else left_out)
    accepted = intake.accepted(units)
    shown = tuple(islice(accepted, first))
    for _ in accepted:
        pass
    return Preview(shown, intake.report())


# What else the files of a format end in.
_SUFFIXES = {".xliff": ".xlf", ".htm": ".html"}


def known_format(name: str) -> Format:
    """Raises ExportError on a name that no format has."""
    if name not in FORMATS:
        raise ExportError(f"{name!r} is not an export format; choose one of {', '.join(FORMATS)}.")
    return FORMATS[name]


def format_of(output: Path) -> str:
    """The format that a file's ending says, the simpler one of two. Raises ExportError where it says none."""
    suffix = _SUFFIXES.get(output.suffix.lower(), output.suffix.lower())
    found = [each.name for each in FORMATS.values() if each.suffix == suffix]
    if not found or suffix == ".zip":
        named = ", ".join(found or FORMATS)
        raise ExportError(f"{output.name or output} does not say which format it is to have; choose one of {named}.")
    return found[0]


_DIGEST = 8  # bytes


@dataclass
class _Intake:
    """Lets units through to a writer, cleaned for its format, and counts."""

    format: Format
    selection: Selection
    left_out: Counter[str]
    altered: Counter[str] = field(default_factory=Counter)
    digests: bytearray = field(default_factory=bytearray)  # of what the file must hold, one behind another
    count: int = 0
    langs: tuple[str, str] | None = None  # of the first unit

    def accepted(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        fitting: Iterable[TranslationUnit] = self._fitting(units)
        if self.format.arrange is not None:
            fitting, displaced = self.format.arrange(fitting)
            self.left_out.update(displaced)
        for unit in fitting:
            self.digests += _digest(self.format.held(unit))
            self.count += 1
            yield unit

    def _fitting(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        for unit in units:
            self._check(unit)
            clean, altered = _cleaned(self.selection.wanted(unit), self.format.rules)
            if reason := self.selection.refusal(unit) or self._unfit(clean):
                remaining = self._remaining(unit)
                self.left_out[reason + (", its passages stand alone" if remaining else "")] += 1
                yield from self._fitting(remaining)
                continue
            self._check_languages(clean)
            self.altered.update(altered)
            yield clean

    def _remaining(self, unit: TranslationUnit) -> list[TranslationUnit]:
        """What is wanted of the sides of a link that is left out."""
        if not self.format.whole or unit.status is not Status.REJECTED or unit.is_null:
            return []
        return [side for side in _sides_alone(unit) if not self.selection.refusal(side)]

    def _check(self, unit: TranslationUnit) -> None:
        if not (math.isfinite(unit.score) and math.isfinite(unit.confidence)):
            raise ExportError(f"Bead {unit.bead_id} has a score or confidence that is no finite number.")

    def _check_languages(self, unit: TranslationUnit) -> None:
        langs = unit.src_lang, unit.tgt_lang
        self.langs = self.langs or langs
        if self.format.bilingual and langs != self.langs:
            raise ExportError(
                f"a {self.format.name} file is of two languages, but {unit.src_doc} and {unit.tgt_doc} are not in"
                f" {self.langs[0]} and {self.langs[1]}; export them by themselves, or as tmx or xliff."
            )

    def _unfit(self, unit: TranslationUnit) -> str:
        """Why the format has no place for a unit, empty: it has."""
        if unit.is_null:
            return "" if self.format.nulls else "no counterpart"
        if not self.format.nulls and not (unit.src_text.strip() and unit.tgt_text.strip()):
            return "no text on one side"
        return ""

    def report(self) -> ExportReport:
        return ExportReport(self.count, dict(self.left_out), dict(self.altered))


def _sides_alone(unit: TranslationUnit) -> Iterator[TranslationUnit]:
    """What either side of a rejected link says, as what has no counterpart."""
    nothing: dict[str, Any] = {"segments": (), "text": "", "en": "", "numbers": (), "spans": (), "parts": ()}
    alone = replace(unit, status=Status.UNREVIEWED, reviewer="", comment="", score=0.0, confidence=0.0)
    for other in ("tgt", "src"):
        yield replace(alone, **{f"{other}_{name}": value for name, value in nothing.items()})


def _cleaned(unit: TranslationUnit, rules: Sequence[Cleaner]) -> tuple[TranslationUnit, Counter[str]]:
    """The unit as the format can hold it, and how many changes that took, by what was done."""
    if not unit.others and not any(rule.apply(getattr(unit, name))[1] for name in _TEXTS for rule in rules):
        return unit, Counter()
    altered: Counter[str] = Counter()

    def clean(text: str, counts: bool = True) -> str:
        text, done = _clean(text, rules)
        altered.update(done if counts else {})
        return text

    changes: dict[str, Any] = {name: clean(getattr(unit, name)) for name in _TEXTS}
    changes |= {name: tuple(clean(part, False) for part in getattr(unit, name)) for name in _PARTS}
    changes["others"] = tuple(
        replace(
            other,
            doc=clean(other.doc),
            text=clean(other.text),
            english=clean(other.english),
            parts=tuple(clean(part, False) for part in other.parts),
        )
        for other in unit.others
    )
    return replace(unit, **changes), +altered


def _clean(text: str, rules: Sequence[Cleaner]) -> tuple[str, Counter[str]]:
    done: Counter[str] = Counter()
    for rule in rules:
        text, times = rule.apply(text)
        done[rule.description] += times
    return text, done


def _clean_about(about: About, rules: Sequence[Cleaner]) -> About:
    docs = tuple(_clean(name, rules)[0] for name in about.docs)
    signature, choice = (_clean(said, rules)[0] for said in (about.signature, about.choice))
    return replace(about, docs=docs, signature=signature, choice=choice)


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A file beside `output` that takes its place at the end, unless there was an exception."""
    target = output.resolve()
    if target.exists() and not target.is_file():
        raise ExportError(f"{output} is not a file; name the file to write to.")
    try:
        with folders.whole(target) as temporary:
            yield temporary
    except OSError as error:
        raise ExportError(f"{output} cannot be written ({error}); choose another place.") from error


def write_file(data: bytes, output: Path) -> None:
    """Put a file in place, whole or not at all. Raises ExportError."""
    with replacing(output) as temporary:
        temporary.write_bytes(data)


def _compare(found: Iterator[Texts], expected: bytearray, output: Path) -> None:
    number, total = 0, len(expected) // _DIGEST
    for number, texts in enumerate(found, 1):
        if number > total or _digest(texts) != expected[(number - 1) * _DIGEST : number * _DIGEST]:
            raise ExportError(f"Unit {number} for {output} reads back differently ({texts[0]}); please report it.")
    if number < total:
        raise ExportError(f"Only {number} of {total} units for {output} read back; please report it.")


def _digest(texts: Texts) -> bytes:
    return hashlib.sha256(json.dumps(texts).encode("ascii")).digest()[:_DIGEST]
