"""Tab-separated values: UTF-8, a header row, one unit a line, no quoting and no escapes.

Every control character and line break in a text becomes a space, so that a tab always ends a field and a
line feed always ends a row. Read it with quoting off: `csv.QUOTE_NONE`, or `quoting=3` in pandas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, About, Format, Rule, Texts
from workbench.export.layout import COLUMNS, fields


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    file.write(_line(COLUMNS))
    for unit in units:
        file.write(_line(fields(unit)))


def read(path: Path) -> Iterator[Texts]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            found = tuple(line.removesuffix("\n").split("\t"))
            if len(found) != len(COLUMNS):
                raise ExportError(f"{path} line {number} has {len(found)} fields, expected {len(COLUMNS)}.")
            if number > 1:
                yield found


def _line(fields: Iterable[str]) -> bytes:
    return ("\t".join(fields) + "\n").encode("utf-8")


TSV = Format(
    name="tsv",
    suffix=".tsv",
    mime="text/tab-separated-values",
    description="tab-separated table, one bead a line, for programs and for review",
    rules=(
        Rule(
            re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]"),
            " ",
            "line break, tab or control character replaced by a space",
        ),
        NO_SURROGATES,
    ),
    nulls=True,
    write=write,
    read=read,
    held=fields,
)
