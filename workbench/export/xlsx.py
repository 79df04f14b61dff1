"""XLSX for a review round: the columns of layout.py, what a reviewer may change unlocked, written as a stream.

Sheets hold 1,048,576 rows at most, so there are as many as it takes. Texts are never formulas. A hidden sheet says
what the export was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from workbench import __version__
from workbench.datatypes import Status, TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, About, Format, Texts
from workbench.export.layout import COLUMNS, EDITABLE, Cell, fields, row
from workbench.lang import direction

MOST_CHARACTERS = 32_767  # of a cell, in UTF-16
MOST_ROWS = 1_048_576  # of a sheet, with its header
SHEET, ABOUT = "Pairs", "About"  # further sheets are "Pairs 2", "Pairs 3" ...
_WIDTHS = {"text": 50, "_en": 50, "comment": 30, "doc": 16, "segments": 12, "status": 12, "numbers": 9}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# The same units are to give the same bytes.
_NO_TIME = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text longer than a cell can be ends in "…"."""

    description: str = f"text cut to the {MOST_CHARACTERS:,} characters that a cell holds"

    def apply(self, text: str) -> tuple[str, int]:
        if (
            len(text) <= MOST_CHARACTERS // 2
            or len(units := text.encode("utf-16-le", "replace")) <= 2 * MOST_CHARACTERS
        ):
            return text, 0
        return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…", 1


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": about.created or _NO_TIME, "author": "Workbench", "comments": about.signature})
    sheets = _Sheets(book)
    for unit in units:
        sheets.add(unit)
    _tell(book.add_worksheet(ABOUT), about)
    book.close()


class _Sheets:
    """The sheets of pairs; the next one is begun when one is full."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats = _formats(book)
        self._count = 0
        self._begin()

    def add(self, unit: TranslationUnit) -> None:
        if self._row == MOST_ROWS:
            self._begin()
        rtl = {"src_text": direction(unit.src_lang) == "rtl", "tgt_text": direction(unit.tgt_lang) == "rtl"}
        for at, (name, cell) in enumerate(zip(COLUMNS, row(unit), strict=True)):
            put(self._sheet, self._row, at, cell, self._formats[name in EDITABLE, rtl.get(name, False)])
        self._row += 1

    def _begin(self) -> None:
        self._count += 1
        sheet = self._sheet = self._book.add_worksheet(SHEET if self._count == 1 else f"{SHEET} {self._count}")
        for at, name in enumerate(COLUMNS):
            width = next((_WIDTHS[end] for end in _WIDTHS if name.endswith(end)), 11)
            sheet.set_column(at, at, width, None, {"hidden": name == COLUMNS[-1]})
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, name, self._formats["header"])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, MOST_ROWS - 1, len(COLUMNS) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        status = COLUMNS.index("status")
        sheet.data_validation(
            1, status, MOST_ROWS - 1, status, {"validate": "list", "source": [str(each) for each in Status]}
        )
        sheet.protect("", {"autofilter": True, "format_cells": True, "format_columns": True, "format_rows": True})
        self._row = 1


def _formats(book: Any) -> dict[object, Any]:
    """Of a cell, by whether it may be changed and whether it is read from the right; and of the header."""
    made: dict[object, Any] = {
        (editable, rtl): book.add_format(
            {
                "text_wrap": True,
                "valign": "top",
                "locked": not editable,
                "reading_order": 2 if rtl else 0,
                **({"bg_color": "#FFF9E5"} if editable else {}),
            }
        )
        for editable in (False, True)
        for rtl in (False, True)
    }
    return {**made, "header": book.add_format({"bold": True, "bottom": 1})}


def put(sheet: Any, row: int, column: int, cell: Cell, format: Any) -> None:
    """Write a cell; a text stays a text, whatever it looks like."""
    if not isinstance(cell, str):
        sheet.write_number(row, column, cell, format)
    elif not cell:
        sheet.write_blank(row, column, None, format)
    elif cell.startswith("<r>") and cell.endswith("</r>"):
        # xlsxwriter takes such a text for markup of its own; two runs are markup and are escaped.
        sheet.write_rich_string(row, column, cell[:1], format, cell[1:], format)
    else:
        sheet.write_string(row, column, cell, format)


def _tell(sheet: Any, about: About) -> None:
    rows = [
        ("made by", f"Workbench {__version__}"),
        ("documents", ", ".join(about.docs)),
        ("models and settings", about.signature),
        ("chosen", about.choice),
        ("for the reviewer", f"change {', '.join(EDITABLE)} and nothing else; other numbers split or merge pairs"),
    ]
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            put(sheet, at, column, NO_SURROGATES.apply(cell)[0], None)
    sheet.hide()


def read(path: Path) -> Iterator[Texts]:
    """The rows as texts, a number as it is written in TSV."""
    import openpyxl

    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True)
        except (BadZipFile, KeyError, ValueError) as error:
            raise ExportError(f"{path} is not an XLSX file ({error}).") from error
        for sheet in book.worksheets:
            if sheet.title != ABOUT:
                yield from _rows(sheet, path)


def _rows(sheet: Any, path: Path) -> Iterator[Texts]:
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        found = tuple(_text(cell) for cell in cells)
        if number == 1 and found != COLUMNS:
            raise ExportError(f"{path}, sheet {sheet.title!r}, begins with other columns than it should.")
        if number > 1:
            yield found


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return unescaped(cell) if isinstance(cell, str) else format(cell, ".6g")


def unescaped(text: str) -> str:
    """A text as Excel means it, which writes what XML cannot hold as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


XLSX = Format(
    name="xlsx",
    suffix=".xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    description="Excel workbook for review: status as a list, what is not to be changed locked",
    rules=(NO_SURROGATES, Cut()),
    nulls=True,
    write=write,
    read=read,
    held=fields,
)
