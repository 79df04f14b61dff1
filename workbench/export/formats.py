"""The registry of formats. To add one, write a module with a Format and name it in FORMATS."""

from __future__ import annotations

from workbench.export import columnar, delimited, jsonl, moses, page, tmx, xliff, xlsx
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
        moses.MOSES,
        page.HTML,
    )
}
