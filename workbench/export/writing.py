"""From translation units to a file that is complete and valid, or no file at all."""

from __future__ import annotations

import hashlib
import json
import math
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import Format, Rule, Texts
from workbench.export.formats import FORMATS

_TEXT_FIELDS = [each.name for each in fields(TranslationUnit) if each.type in (str, "str")]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did: units written, units left out by reason, characters altered by what was done."""

    written: int
    left_out: Mapping[str, int]
    altered: Mapping[str, int]


def write(
    units: Iterable[TranslationUnit],
    format: str,
    output: str | Path,
    *,
    nulls: bool = True,
    created: datetime | None = None,
) -> ExportReport:
    """Write units to `output`, in order; the same units always give the same bytes.

    `nulls`: passages without a counterpart too, where the format can hold them. `created`: a time to note in
    the file (TMX only); the present time is never noted. Missing folders are made. The file is read back and
    compared before it takes its place. Raises ExportError on an unknown format, units that cannot be written,
    or a place that cannot be; a file that was there before is then left as it was.
    """
    chosen = FORMATS.get(format)
    if chosen is None:
        raise ExportError(f"{format!r} is not an export format; choose one of {', '.join(FORMATS)}.")
    output = Path(output)
    intake = _Intake(chosen, nulls and chosen.nulls)
    with replacing(output) as temporary:
        with temporary.open("xb") as file:
            chosen.write(file, intake.accepted(units), created)
            file.flush()
            os.fsync(file.fileno())
        _compare(chosen.read(temporary), intake.digests, output)
    return ExportReport(len(intake.digests), dict(intake.left_out), dict(intake.altered))


@dataclass
class _Intake:
    """Lets units through to a writer, cleaned for its format, and counts."""

    format: Format
    nulls: bool
    left_out: Counter[str] = field(default_factory=Counter)
    altered: Counter[str] = field(default_factory=Counter)
    digests: list[bytes] = field(default_factory=list)

    def accepted(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        for unit in units:
            clean, altered = _cleaned(unit, self.format.rules)
            if reason := self._unfit(clean):
                self.left_out[reason] += 1
                continue
            self.altered.update(altered)
            self.digests.append(_digest((clean.bead_id, clean.src_text, clean.tgt_text)))
            yield clean

    def _unfit(self, unit: TranslationUnit) -> str:
        """Why a unit is left out, empty: it is not."""
        if not (math.isfinite(unit.score) and math.isfinite(unit.confidence)):
            raise ExportError(f"Bead {unit.bead_id} has a score or confidence that is no finite number.")
        if unit.is_null:
            return "" if self.nulls else "no counterpart"
        if not self.format.nulls and not (unit.src_text.strip() and unit.tgt_text.strip()):
            return "no text on one side"
        return ""


def _cleaned(unit: TranslationUnit, rules: Iterable[Rule]) -> tuple[TranslationUnit, Counter[str]]:
    """The unit as the format can hold it, and how many characters that altered, by what was done."""
    altered: Counter[str] = Counter()
    changes: dict[str, Any] = {}
    for name, rule in product(_TEXT_FIELDS, rules):
        changes[name], times = rule.apply(changes.get(name, getattr(unit, name)))
        altered[rule.description] += times
    return replace(unit, **changes), +altered


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A file beside `output` that takes its place at the end, unless there was an exception."""
    target = output.resolve()
    if target.exists() and not target.is_file():
        raise ExportError(f"{output} is not a file; name the file to write to.")
    temporary = target.parent / f".export-{secrets.token_hex(8)}.tmp"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(target)
    except OSError as error:
        raise ExportError(f"{output} cannot be written ({error}); choose another place.") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _compare(found: Iterator[Texts], expected: list[bytes], output: Path) -> None:
    number = 0
    for number, texts in enumerate(found, 1):
        if number > len(expected) or _digest(texts) != expected[number - 1]:
            raise ExportError(f"Unit {number} for {output} reads back differently ({texts[0]}); please report it.")
    if number < len(expected):
        raise ExportError(f"Only {number} of {len(expected)} units for {output} read back; please report it.")


def _digest(texts: Texts) -> bytes:
    return hashlib.sha256(json.dumps(texts).encode("ascii")).digest()[:8]
