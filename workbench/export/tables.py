"""Any table of texts and numbers as a file for spreadsheets (CSV, XLSX) or for programs (TSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from workbench.errors import ExportError
from workbench.export.base import NO_TIME, ONE_LINE
from workbench.export.delimited import CSV, NO_FORMULA, TSV
from workbench.export.layout import Cell
from workbench.export.xlsx import MOST_ROWS, XLSX, Cut, put

MIME = {format.name: format.mime for format in (CSV, TSV, XLSX)}

_WIDTHS = (10, 60)  # of an XLSX column, in characters


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]], format: str) -> bytes:
    """The bytes of a file; the same table gives the same bytes.

    `csv`: UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has ' before it. `tsv`: UTF-8,
    no quoting; control characters and line breaks are spaces. `xlsx`: texts are never formulas; one longer than a cell
    holds ends in "…". Raises ExportError on an unknown format and on more rows than a sheet holds.
    """
    writers = {"csv": _csv, "tsv": _tsv, "xlsx": _xlsx}
    if format not in writers:
        raise ExportError(f"{format!r} is no format for a table; choose one of {', '.join(MIME)}.")
    return writers[format](header, rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(_guarded, header))
    writer.writerows(map(_guarded, row) for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> Cell:
    return NO_FORMULA.apply(cell)[0] if isinstance(cell, str) else cell


def _tsv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    lines = ("\t".join(ONE_LINE.apply(str(cell))[0] for cell in row) for row in (header, *rows))
    return "".join(line + "\n" for line in lines).encode()


def _xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": NO_TIME})
    sheet = book.add_worksheet()
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    widths, cut = [len(name) for name in header], Cut()
    for number, row in enumerate((header, *rows)):
        if number >= MOST_ROWS:
            raise ExportError(f"an XLSX sheet holds {MOST_ROWS - 1:,} rows and there are more; choose csv or tsv.")
        for column, cell in enumerate(row):
            text = cut.apply(cell)[0] if isinstance(cell, str) else cell
            put(sheet, number, column, text, wrapped if number else bold)
            if isinstance(cell, str):
                widths[column] = max(widths[column], len(cell))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, _WIDTHS[0]), _WIDTHS[1]))
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()
