"""DOCX: a table to print or to pass on, a row a unit, a column a document, English below the originals."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from workbench import __version__
from workbench.datatypes import TranslationUnit, Variant
from workbench.errors import ExportError
from workbench.export.archive import repacked
from workbench.export.base import NO_TIME, ONE_LINE_END, ONLY_XML, About, Format, Texts
from workbench.export.page import WORDS_MARKED, Words, any_marked, columns_of, pieces, placed, remarks, reworded
from workbench.lang import direction
from workbench.rewording import Place


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.table import _Row

    known = list(units)
    columns = columns_of(known, about.docs)
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.created = document.core_properties.modified = NO_TIME
    document.core_properties.author = "Workbench"
    document.add_heading(" · ".join(dict.fromkeys(doc for doc, _ in columns)), level=1)
    words = [reworded(unit) for unit in known]
    if any(map(any_marked, words)):
        document.add_paragraph(f"Underlined: {WORDS_MARKED}.")
    table = document.add_table(rows=1, cols=len(columns) + 1, style="Table Grid")
    blank = deepcopy(table.rows[0]._tr)
    for cell, name in zip(table.rows[0].cells, [*(_name(*column) for column in columns), "link"], strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _repeat(table.rows[0])
    for unit, marked in zip(known, words, strict=True):
        row = deepcopy(blank)
        table._tbl.append(row)  # `add_row` goes through all rows for each
        _fill(_Row(row, table).cells, unit, marked, columns)
    for line in (f"Workbench {__version__}", about.signature, about.choice):
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    repacked(made, file)


def _name(doc: str, version: int) -> str:
    return f"{doc}, English" if version else doc


def _repeat(row: Any) -> None:
    """Show a row again on top of every page."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _fill(cells: Sequence[Any], unit: TranslationUnit, words: Words, columns: Sequence[tuple[str, int]]) -> None:
    said = dict(placed(unit))
    for cell, column in zip(cells, columns, strict=False):
        if column in said:
            _say(cell, said[column], words.get(column, ()))
    cells[-1].text = "\n".join(remarks(unit))


def _say(cell: Any, variant: Variant, words: Sequence[Place]) -> None:
    first = cell.paragraphs[0]
    for piece, is_marked in pieces(variant.text, words):
        if piece:
            _add(first, piece, variant.lang).underline = is_marked or None
    if variant.english.strip() and variant.english != variant.text:
        _add(cell.add_paragraph(), variant.english, "en").italic = True


def _add(paragraph: Any, text: str, lang: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    run = paragraph.add_run(text)
    mark = OxmlElement("w:lang")
    right_to_left = direction(lang) == "rtl"
    mark.set(qn("w:bidi" if right_to_left else "w:val"), lang)
    if lang.split("-")[0] in ("zh", "ja", "ko"):
        mark.set(qn("w:eastAsia"), lang)
    run._r.get_or_add_rPr().append(mark)
    if right_to_left:
        run.font.rtl = True
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    return run


def read(path: Path) -> Iterator[Texts]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with path.open("rb") as file:
            document = docx.Document(file)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise ExportError(f"{path} is not a DOCX file ({error}).") from error
    for row in document.tables[0].rows[1:]:
        texts = (cell.paragraphs[0].text for cell in row.cells[:-1])
        yield tuple(text for text in texts if text)


DOCX = Format(
    name="docx",
    suffix=".docx",
    mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    description="Word table to print or to pass on, side by side",
    rules=(ONLY_XML, ONE_LINE_END),
    nulls=True,
    write=write,
    read=read,
    held=lambda unit: tuple(variant.text for variant in unit.variants if variant.text),
    several=True,
    whole=True,
    most=62,  # Word opens no table of more than 63 columns, and one is of the link
)
