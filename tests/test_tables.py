"""Tables as files: nothing runs as a formula, and what comes back is what went in."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from lxml import etree

from workbench.errors import ExportError
from workbench.export.tables import table

HEADER = ["Passage", "Confidence"]
ROWS = [
    ["=cmd|' /C calc'!A0", 0.5],
    ["+1", 1],
    ["- Bonjour", 0],
    ['a "quoted", text\nof two lines\tand a tab', 0.25],
    ["<b>שלום</b> & 家长 👩‍👩‍👧‍👦 \x01", 1.0],
]


def cells(data: bytes) -> list[list[tuple[str, str]]]:
    """(type, text) of each cell of the sheet, `s` for a text and `n` for a number."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        texts = [
            "".join(item.itertext()) for item in etree.fromstring(book.read("xl/sharedStrings.xml")).iter(ns + "si")
        ]
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.find(f".//{ns}f") is None
    rows = []
    for row in sheet.iter(ns + "row"):
        found = [(cell.get("t", "n"), cell.find(ns + "v").text) for cell in row.iter(ns + "c")]
        rows.append([(kind, texts[int(value)] if kind == "s" else value) for kind, value in found])
    return rows


def test_a_spreadsheet_takes_no_text_of_a_csv_for_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(table(HEADER, ROWS, "csv").decode("utf-8-sig"), newline="")))
    assert rows[0] == HEADER
    assert [row[0] for row in rows[1:4]] == ["'=cmd|' /C calc'!A0", "'+1", "'- Bonjour"]
    assert [row[0] for row in rows[4:]] == [row[0] for row in ROWS[3:]]


def test_a_tsv_has_a_line_a_row() -> None:
    lines = table(HEADER, ROWS, "tsv").decode().splitlines()
    assert [len(line.split("\t")) for line in lines] == [2] * 6
    assert lines[1] == "=cmd|' /C calc'!A0\t0.5"


def test_an_xlsx_holds_texts_and_numbers_and_no_formula() -> None:
    rows = cells(table(HEADER, ROWS, "xlsx"))
    assert rows[0] == [("s", "Passage"), ("s", "Confidence")]
    assert [row[0][1].replace("_x0001_", "\x01") for row in rows[1:]] == [row[0] for row in ROWS]
    assert [row[1] for row in rows[1:3]] == [("n", "0.5"), ("n", "1")]


def test_a_text_that_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    [_, [(_, text)]] = cells(table(["Text"], [["👩" * 20_000]], "xlsx"))
    assert text.endswith("👩…")
    assert len(text.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("format", ["csv", "tsv", "xlsx"])
def test_the_same_table_gives_the_same_bytes(format: str) -> None:
    assert table(HEADER, ROWS, format) == table(HEADER, ROWS, format)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ExportError, match="'ods'"):
        table(HEADER, ROWS, "ods")
