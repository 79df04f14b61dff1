"""XLSX for a review round: the columns of layout.py, what a reviewer may change unlocked, written as a stream.

Sheets hold 1,048,576 rows at most, so there are as many as it takes. Texts are never formulas. A hidden sheet says
what the export was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from workbench import __version__
from workbench.datatypes import Status, TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, NO_TIME, About, Format, Rule, Texts
from workbench.export.layout import COLUMNS, EDITABLE, Cell, fields, row
from workbench.export.page import WORDS_MARKED, pieces, reworded
from workbench.lang import direction

MOST_CHARACTERS = 32_767  # of a cell, in UTF-16
MOST_ROWS = 1_048_576  # of a sheet, with its header
SHEET, ABOUT = "Pairs", "About"  # further sheets are "Pairs 2", "Pairs 3" ...
_WIDTHS = {"text": 50, "_en": 50, "comment": 30, "doc": 16, "segments": 12, "status": 12, "numbers": 9}
_SHEETS = "xl/worksheets/sheet"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # half of a pair is no character
# What xlsxwriter escapes in a cell of one run alone.
_ESCAPED_IN_TEXT = re.compile("_x|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# Excel's escapes, which xlsxwriter escapes in turn, but not two that have an underscore in common.
_NO_OVERLAP = Rule(
    re.compile("(?<=_x[0-9A-Fa-f]{4})_(?=x[0-9A-Fa-f]{4}_)"),
    "_ ",
    "space put into _x000D_x000A_, which reads as two of Excel's escapes",
)


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
    from xlsxwriter.exceptions import FileCreateError

    # Where something fails on the way, xlsxwriter leaves the rows behind.
    with TemporaryDirectory(ignore_cleanup_errors=True) as rows:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": rows})
        book.use_zip64()
        book.set_properties({"created": NO_TIME, "author": "Workbench", "comments": about.signature})
        sheets = _Sheets(book)
        for unit in units:
            sheets.add(unit)
        _tell(book.add_worksheet(ABOUT), about)
        try:
            book.close()
        except FileCreateError as error:  # what it makes of an OSError
            raise OSError(str(error)) from error


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
        rtl = {"src_text": _from_right(unit.src_lang), "tgt_text": _from_right(unit.tgt_lang)}
        words = reworded(unit)
        marked = {"src_text": words.get((unit.src_doc, 0), ()), "tgt_text": words.get((unit.tgt_doc, 0), ())}
        for at, (name, cell) in enumerate(zip(COLUMNS, row(unit), strict=True)):
            format = self._formats[name in EDITABLE, rtl.get(name, False)]
            if isinstance(cell, str) and marked.get(name) and not _ESCAPED_IN_TEXT.search(cell):
                self._put_marked(at, pieces(cell, marked[name]), format)
            else:
                put(self._sheet, self._row, at, cell, format)
        self._row += 1

    def _put_marked(self, column: int, parts: Iterable[tuple[str, bool]], format: Any) -> None:
        runs = [[self._formats["marked"], text] if is_marked else [text] for text, is_marked in parts if text]
        self._sheet.write_rich_string(self._row, column, *chain.from_iterable(runs), format)

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


@cache
def _from_right(lang: str) -> bool:
    return direction(lang) == "rtl"


def _formats(book: Any) -> dict[object, Any]:
    """Of a cell, by whether it may be changed and whether it is read from the right; of the header, of marked words."""
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
    return {
        **made,
        "header": book.add_format({"bold": True, "bottom": 1}),
        "marked": book.add_format({"underline": 1}),
    }


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
        ("underlined", WORDS_MARKED),
        ("for the reviewer", f"change {', '.join(EDITABLE)} and nothing else; other numbers split or merge pairs"),
    ]
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            put(sheet, at, column, cell, None)
    sheet.hide()


def read(path: Path) -> Iterator[Texts]:
    """The rows of what `write` wrote as texts, a number as it is written in TSV; other workbooks look otherwise."""
    try:
        with ZipFile(path) as book:
            count = sum(name.startswith(_SHEETS) for name in book.namelist())
            for number in range(1, count):  # the last one is ABOUT
                with book.open(f"{_SHEETS}{number}.xml") as sheet:
                    yield from _rows(sheet, path)
    except (BadZipFile, etree.XMLSyntaxError) as error:
        raise ExportError(f"{path} is not an XLSX file ({error}).") from error


def _rows(sheet: IO[bytes], path: Path) -> Iterator[Texts]:
    for number, (_, element) in enumerate(etree.iterparse(sheet, tag=f"{_MAIN}row", huge_tree=True), 1):
        found = [""] * len(COLUMNS)
        for cell in element:
            text = "".join(cell.itertext())
            found[_column(cell.get("r"))] = unescaped(text) if cell.get("t") else text and format(float(text), ".6g")
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if number == 1 and tuple(found) != COLUMNS:
            raise ExportError(f"{path} begins with other columns than it should.")
        if number > 1:
            yield tuple(found)


def _column(name: str) -> int:
    """The place of a cell's column, by its name: `C17`."""
    return ord(name[0]) - ord("A")  # there are fewer than 26


def unescaped(text: str) -> str:
    """A text as Excel means it, which writes what XML cannot hold as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


XLSX = Format(
    name="xlsx",
    suffix=".xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    description="Excel workbook for review: status as a list, what is not to be changed locked",
    rules=(NO_SURROGATES, _NO_OVERLAP, Cut()),
    nulls=True,
    write=write,
    read=read,
    held=fields,
)
