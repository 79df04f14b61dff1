"""JSON Lines: UTF-8, one unit a line with all its fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, About, Format, Texts

# JSON lets these stand as they are, but many a line reader takes them for line ends.
_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})


# The texts of the single segments stand in the whole.
FIELDS = [each.name for each in fields(TranslationUnit) if each.name not in ("src_parts", "tgt_parts", "others")]


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    for unit in units:
        record = {name: getattr(unit, name) for name in FIELDS}
        line = json.dumps(record, ensure_ascii=False, allow_nan=False)
        file.write((line.translate(_LINE_ENDS) + "\n").encode("utf-8"))


def read(path: Path) -> Iterator[Texts]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                unit = json.loads(line)
                yield unit["bead_id"], unit["src_text"], unit["tgt_text"]
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
)
