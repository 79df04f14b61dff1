"""Writing translation units to files: one writer a format, each file checked before it is handed out."""

from workbench.export.base import About
from workbench.export.check import check_tmx
from workbench.export.formats import FORMATS, Format
from workbench.export.selection import Selection
from workbench.export.writing import ExportReport, Preview, format_of, known_format, preview, write

__all__ = [
    "FORMATS",
    "About",
    "ExportReport",
    "Format",
    "Preview",
    "Selection",
    "check_tmx",
    "format_of",
    "known_format",
    "preview",
    "write",
]
