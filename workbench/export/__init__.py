"""Writing translation units to files: one writer a format, each file checked before it is handed out."""

from workbench.export.base import About
from workbench.export.check import check_tmx
from workbench.export.formats import FORMATS, Format
from workbench.export.writing import ExportReport, write

__all__ = ["FORMATS", "About", "ExportReport", "Format", "check_tmx", "write"]
