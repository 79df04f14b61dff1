"""TSV for programs, CSV to the letter, and CSV for spreadsheets, with the columns of layout.py.

TSV has no quoting and no escapes: every control character and line break in a text becomes a space, so that a tab
always ends a field and a line feed always ends a row. Read it with quoting off: `csv.QUOTE_NONE`, or `quoting=3` in
pandas.
CSV is RFC 4180: UTF-8, commas, quoted where need be, so a text keeps its line breaks.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, ONE_LINE, About, Format, Rule, Texts
from workbench.export.layout import COLUMNS, RUNS, fields

# A spreadsheet that opens a text file takes a cell that begins like this for a formula and runs it.
NO_FORMULA = Rule(re.compile(rf"\A(?={RUNS})"), "'", "' put before a text that a spreadsheet would run as a formula")
# A text of 50,000 characters must come back; the module's own limit is 131,072 of them a field.
_LONGEST = 2**31 - 1


def _write_tsv(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    file.write(_line(COLUMNS))
    for unit in units:
        file.write(_line(fields(unit)))


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode("utf-8")


def _read_tsv(path: Path) -> Iterator[Texts]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from _rows((tuple(line.removesuffix("\n").split("\t")) for line in file), path)


def _write_csv(file: BinaryIO, units: Iterable[TranslationUnit], about: About, encoding: str) -> None:
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(fields, units))
    text.detach()


def _read_csv(path: Path, encoding: str) -> Iterator[Texts]:
    csv.field_size_limit(_LONGEST)
    with path.open(encoding=encoding, newline="") as file:
        yield from _rows(map(tuple, csv.reader(file, strict=True)), path)


def _rows(rows: Iterable[Texts], path: Path) -> Iterator[Texts]:
    """The rows behind the header. Raises ExportError on one that is too short or too long."""
    for number, found in enumerate(rows, 1):
        if len(found) != len(COLUMNS):
            raise ExportError(f"{path} row {number} has {len(found)} fields, expected {len(COLUMNS)}.")
        if number > 1:
            yield found


TSV = Format(
    name="tsv",
    suffix=".tsv",
    mime="text/tab-separated-values",
    description="tab-separated table, one link a line, for programs and for review",
    rules=(ONE_LINE, NO_SURROGATES),
    nulls=True,
    write=_write_tsv,
    read=_read_tsv,
    held=fields,
)

CSV = Format(
    name="csv",
    suffix=".csv",
    mime="text/csv",
    description="comma-separated table to the letter, for programs",
    rules=(NO_SURROGATES,),
    nulls=True,
    write=partial(_write_csv, encoding="utf-8"),
    read=partial(_read_csv, encoding="utf-8"),
    held=fields,
)

SPREADSHEET = Format(
    name="csv-spreadsheet",
    suffix=".csv",
    mime="text/csv",
    description="CSV for spreadsheets: with a byte order mark, and no text that would run as a formula",
    rules=(NO_SURROGATES, NO_FORMULA),
    nulls=True,
    write=partial(_write_csv, encoding="utf-8-sig"),
    read=partial(_read_csv, encoding="utf-8-sig"),
    held=fields,
)
