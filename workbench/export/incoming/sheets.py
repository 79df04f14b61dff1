"""Tables as spreadsheets and programs write them: XLSX, CSV with any separator, TSV; as rows of texts."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any

from workbench.errors import InputError
from workbench.export.layout import unguarded
from workbench.export.xlsx import unescaped

Decode = Callable[[bytes], str]

HEADER_WITHIN = 20  # rows, in which the names of columns are looked for
MOST_UNPACKED = 1 << 30  # bytes of an XLSX file; more is no table but an attack
_JSON = re.compile(r"\s*(?:\{|\[\s*[\[{])")
_FIELD = 10_000_000  # characters
_SAMPLE = 100  # rows that tell what stands between fields
_SAID = re.compile(r'"?sep=([\t;,])"?\r?\n', re.IGNORECASE)  # to Excel, which does not show that line
_END = "\0"  # in no text
_PERCENT, _PADDED = re.compile(r"0(?:\.(0+))? ?%"), re.compile("0{2,}")  # formats of numbers


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `number`: as a spreadsheet or an editor counts it; `sheet`: empty where there is but one."""

    number: int
    cells: tuple[str, ...]
    sheet: str = ""

    def __str__(self) -> str:
        return f"row {self.number}" + (f" of sheet {self.sheet}" if self.sheet else "")


def is_workbook(data: bytes) -> bool:
    """Whether data are an XLSX file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lower() == "xl/workbook.xml" for name in archive.namelist())
    except Exception:  # as below
        return False


def sheets(data: bytes, decode: Decode, names: Sequence[str] = ()) -> list[list[Row]]:
    """The tables of a file, one a sheet. `names`: of columns, which tell the header from what may stand above it.

    Raises InputError on a file that is none.
    """
    if data.startswith(b"PK"):
        return _workbook(data)
    text = decode(data).removeprefix("\ufeff")
    if "\0" in text or _JSON.match(text):
        raise InputError("this is no table of text; CSV, TSV and XLSX are read")
    return [delimited(text, names)]


def _workbook(data: bytes) -> list[list[Row]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MOST_UNPACKED:
            raise InputError(f"unpacked this workbook has {size >> 20:,} MB, more than any table; save it anew")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        names = len(book.sheetnames) > 1
        return [list(_rows(sheet, sheet.title if names else "")) for sheet in book.worksheets]
    except InputError:
        raise
    except Exception as error:  # a damaged workbook fails in its reader in any way there is
        raise InputError(f"this is not an XLSX file that can be read ({error}); save it anew as .xlsx") from error


def _rows(sheet: Any, name: str) -> Iterator[Row]:
    sheet.reset_dimensions()  # what other programs note there may be wrong
    for number, cells in enumerate(sheet.iter_rows(), 1):
        found = tuple(map(_text, cells))
        if any(found):
            yield Row(number, found, name)


def _text(cell: Any) -> str:
    match cell.value:
        case None:
            return ""
        case str() as text:
            return unescaped(text)
        case bool() as truth:
            return str(truth)
        case datetime() as day if day.time() == time():
            return str(day.date())
        case int() | float() as number:
            return _shown(number, cell.number_format)
    return str(cell.value)


def _shown(number: float, format: str) -> str:
    """A number as people see it: 12.5% is kept as 0.125, and 007 as 7.

    >>> _shown(0.125, "0.0%"), _shown(7, "000"), _shown(7.0, "General")
    ('12.5%', '007', '7')
    """
    if percent := _PERCENT.fullmatch(format):
        return f"{number:.{len(percent[1] or '')}%}"
    if not float(number).is_integer():
        return str(number)
    return str(int(number)).zfill(len(format) if _PADDED.fullmatch(format) else 0)


def delimited(text: str, names: Sequence[str]) -> list[Row]:
    """The rows of a table whose fields have commas, semicolons or tabs between them, quoted or not; `names`: as above.

    Raises InputError on a text that is no such table.
    """
    text = with_line_ends(text)
    if said := _SAID.match(text):
        text = "\n" + text[said.end() :]  # so that rows keep their numbers
    separator = said[1] if said else _separator(text, names)
    if _is_escaped(text, separator):
        text = text.replace(r"\"", '""')
    if separator == "\t" and not _was_quoted(text):
        return [
            Row(number, tuple(cells)) for number, cells in enumerate(_unquoted(text), 1) if any(map(str.strip, cells))
        ]
    before = csv.field_size_limit(_FIELD)
    try:
        # A quotation mark that is never closed makes one field of all that follows, and of this last line.
        *rows, last = [
            Row(number, tuple(map(unguarded, cells)))
            for number, cells in enumerate(_quoted(f"{text}\n{_END}", separator), 1)
            if any(cells)
        ]
    except csv.Error as error:
        raise InputError(f"this is not a table that can be read ({error}); save it anew as CSV or XLSX") from error
    finally:
        csv.field_size_limit(before)
    if last.cells != (_END,):
        raise InputError(f"{last}: a quotation mark is opened there and never closed; close it, or write it twice")
    return rows


def with_line_ends(text: str) -> str:
    """A text whose lines all end as old Macs end them, with `\\n` instead; any other as it is."""
    return text if "\n" in text.rstrip("\n") else text.replace("\r", "\n")


def _quoted(text: str, separator: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Rows of fields that may be quoted, and then hold anything. `strict`: csv.Error where one is quoted in part."""
    spaced = _is_spaced(text, separator)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=spaced, strict=strict)


def _unquoted(text: str) -> Iterator[list[str]]:
    """Rows with tabs between the fields, in which a quotation mark is one."""
    return (line.rstrip("\r").split("\t") for line in text.split("\n"))


def _is_spaced(text: str, separator: str) -> bool:
    """Whether a blank stands behind each separator, as people write lists: it is no part of what follows."""
    first = text.lstrip().split("\n", 1)[0]
    return separator in first and first.count(separator) == first.count(f"{separator} ")


def _separator(text: str, names: Sequence[str]) -> str:
    """What stands most often in the line that names columns, or makes most rows even, or stands most often in the first
    line; of equals the one that texts hold less often."""
    lines = [line for line in text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN] if line.strip()] or [""]
    header = next((line for line in lines if any(name in line.lower() for name in names)), "")
    unquoted = re.sub('"[^"]*"', "", lines[0])

    def weight(separator: str) -> tuple[int, int, int]:
        even = _even(islice(_quoted(text, separator), _SAMPLE))
        if separator == "\t":
            even = max(even, _even(islice(_unquoted(text), _SAMPLE)))
        return header.count(separator), even, unquoted.count(separator)

    return max("\t;,", key=weight)


def _is_escaped(text: str, separator: str) -> bool:
    """Whether a program wrote a backslash before a quotation mark in a field, instead of a second one."""
    twice = text.replace(r"\"", '""')
    return twice != text and not _is_proper(text, separator) and _is_proper(twice, separator)


def _is_proper(text: str, separator: str) -> bool:
    """Whether each field that begins with a quotation mark ends with one, as all that quote them write it."""
    with suppress(csv.Error):
        return all(True for _ in _quoted(text, separator, strict=True))
    return False


def _even(rows: Iterable[Sequence[str]]) -> int:
    """How many rows have the width, of two fields or more, that most have; as far as they can be read."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(map(len, rows))
    return max((number for width, number in widths.items() if width > 1), default=0)


def _was_quoted(text: str) -> bool:
    """Whether a spreadsheet or a program wrote this: then each field with a quotation mark in it is quoted, and some
    are doubled, or fields have several lines, so that lines are no rows."""
    fields = [field for line in text.split("\n") if '"' in line for field in line.rstrip("\r").split("\t")]
    marked = [field for field in fields if '"' in field]
    proper = [field for field in marked if re.fullmatch('"(?:[^"]|"")*"', field)]
    if len(proper) == len(marked):
        return len(marked) > 0 and ('""' in "".join(field[1:-1] for field in proper) or "\r\n" in text)
    try:
        rows = list(filter(None, _quoted(text, "\t", strict=True)))
    except csv.Error:
        return False
    lines = [cells for cells in _unquoted(text) if any(cells)]
    return len(rows) - _even(rows) < len(lines) - _even(lines)


def texts(cells: Sequence[str], places: Sequence[int]) -> list[str]:
    """Some cells of a row; empty where it is too short."""
    return [cells[place] if place < len(cells) else "" for place in places]
