"""JSON Lines: UTF-8, one unit a line with all its fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit, Variant
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, About, Format, Texts

# JSON lets these stand as they are, but many a line reader takes them for line ends.
_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})


# A text of several segments stands there once, as a whole.
_FIELDS = [each.name for each in fields(TranslationUnit) if not each.name.endswith("_parts")]
_OTHERS = [each.name for each in fields(Variant) if each.name != "parts"]


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    for unit in units:
        line = json.dumps(_object(unit), ensure_ascii=False, allow_nan=False)
        file.write((line.translate(_LINE_ENDS) + "\n").encode("utf-8"))


def _object(unit: TranslationUnit) -> dict[str, object]:
    others = [{name: getattr(other, name) for name in _OTHERS} for other in unit.others]
    return {name: getattr(unit, name) for name in _FIELDS} | {"others": others}


def read(path: Path) -> Iterator[Texts]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                unit = json.loads(line)
                texts = (unit["src_text"], unit["tgt_text"], *(other["text"] for other in unit["others"]))
                yield (unit["bead_id"], *texts)
            except (ValueError, KeyError, TypeError) as error:
                raise ExportError(f"{path} line {number} is not a translation unit ({error!r}).") from error


JSONL = Format(
    name="jsonl",
    suffix=".jsonl",
    mime="application/jsonl",
    description="one JSON object a line with every field",
    rules=(NO_SURROGATES,),
    nulls=True,
    write=write,
    read=read,
    several=True,
)
