"""The registry of formats. To add one, write a module with a Format and name it in FORMATS."""

from __future__ import annotations

from workbench.export import (
    alignments,
    columnar,
    delimited,
    intertext,
    jsonl,
    moses,
    page,
    po,
    tmx,
    word,
    xliff,
    xliff2,
    xlsx,
)
from workbench.export.base import Format

__all__ = ["FORMATS", "Format"]

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        delimited.TSV,
        delimited.CSV,
        delimited.SPREADSHEET,
        xlsx.XLSX,
        jsonl.JSONL,
        columnar.PARQUET,
        tmx.TMX,
        xliff.XLIFF,
        xliff2.XLIFF2,
        po.PO,
        moses.MOSES,
        alignments.VECALIGN,
        alignments.HUNALIGN,
        intertext.INTERTEXT,
        page.HTML,
        word.DOCX,
    )
}
