"""The registry of formats. To add one, write a module with a Format and name it in FORMATS."""

from __future__ import annotations

from workbench.export import jsonl, tmx, tsv, xliff, xlsx
from workbench.export.base import Format

__all__ = ["FORMATS", "Format"]

FORMATS: dict[str, Format] = {each.name: each for each in (tsv.TSV, xlsx.XLSX, jsonl.JSONL, tmx.TMX, xliff.XLIFF)}
