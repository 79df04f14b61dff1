"""Tab-separated values: UTF-8, a header row, one unit a line, no quoting and no escapes.

Every control character and line break in a text becomes a space, so that a tab always ends a field and a
line feed always ends a row. Read it with quoting off: `csv.QUOTE_NONE`, or `quoting=3` in pandas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import SURROGATES, Format, Rule, Texts

COLUMNS = (
    "bead_id",
    "src_doc",
    "tgt_doc",
    "src_segments",  # ids joined by a space
    "tgt_segments",
    "src_text",
    "tgt_text",
    "src_en",
    "tgt_en",
    "score",
    "confidence",
    "status",
)
_TEXTS = [COLUMNS.index(name) for name in ("bead_id", "src_text", "tgt_text")]


def write(file: BinaryIO, units: Iterable[TranslationUnit], created: datetime | None) -> None:
    file.write(_line(COLUMNS))
    for unit in units:
        file.write(_line(_field(getattr(unit, column)) for column in COLUMNS))


def read(path: Path) -> Iterator[Texts]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            fields = line.removesuffix("\n").split("\t")
            if len(fields) != len(COLUMNS):
                raise ExportError(f"{path} line {number} has {len(fields)} fields, expected {len(COLUMNS)}.")
            if number > 1:
                bead_id, src_text, tgt_text = (fields[n] for n in _TEXTS)
                yield bead_id, src_text, tgt_text


def _line(fields: Iterable[str]) -> bytes:
    return ("\t".join(fields) + "\n").encode("utf-8")


def _field(value: str | float | tuple[str, ...]) -> str:
    match value:
        case str():
            return str(value)
        case tuple():
            return " ".join(value)
        case _:
            # Further digits differ between processors.
            return format(value, ".6g")


TSV = Format(
    name="tsv",
    description="tab-separated table, one bead a line",
    rules=(
        Rule(
            re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]"),
            " ",
            "line break, tab or control character replaced by a space",
        ),
        Rule(re.compile(f"[{SURROGATES}]"), "\ufffd", "lone surrogate replaced by U+FFFD"),
    ),
    nulls=True,
    write=write,
    read=read,
)
