"""Fonts of a PDF that have no blank, as those that TeX embeds: words stand apart there by gaps alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, StreamObject

if TYPE_CHECKING:
    from pypdf import PageObject

_BLANK = ord(" ")
# The sections of a /ToUnicode map, and the codes in them.
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.S)
_CODE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>")


def measure_gaps(page: PageObject) -> None:
    """Has pypdf take the usual width for the blank of fonts that have none. By itself it takes the width of whatever
    has the number of a blank, such as "=" or "␣", and of two words with a narrower gap between them it makes one."""
    fonts = _dictionary(_dictionary(page.get("/Resources")).get("/Font"))
    for font in map(_dictionary, fonts.values()):
        if _lacks_blank(font):
            _forget_blank(font)


def _dictionary(entry: PdfObject | None) -> DictionaryObject:
    found = entry and entry.get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _list(entry: PdfObject | None) -> ArrayObject:
    found = entry and entry.get_object()
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _lacks_blank(font: DictionaryObject) -> bool:
    """Whether the font says which characters it has, and a blank is none of them."""
    mapping = _dictionary(font.get("/ToUnicode"))
    if isinstance(mapping, StreamObject):
        return not _maps_blank(mapping.get_data())
    encoding = _dictionary(font.get("/Encoding"))
    differences = _list(encoding.get("/Differences"))
    return bool(differences) and "/BaseEncoding" not in encoding and "/space" not in differences


def _maps_blank(mapping: bytes) -> bool:
    for kind, section in _SECTION.findall(mapping):
        codes = [int(code, 16) for code in _CODE.findall(section)]
        if _BLANK in (codes[1::2] if kind == b"char" else codes):
            return True
    return False


def _forget_blank(font: DictionaryObject) -> None:
    """Nothing has the width of a blank any more, so pypdf takes the usual one."""
    for parent in map(_dictionary, _list(font.get("/DescendantFonts"))):
        no_width = [NumberObject(_BLANK), ArrayObject([NumberObject(0)])]
        parent[NameObject("/W")] = ArrayObject([*_list(parent.get("/W")), *no_width])
    widths = ArrayObject(_list(font.get("/Widths")))
    first = font.get("/FirstChar", 0)
    place = _BLANK - int(first) if isinstance(first, (int, float)) else -1
    if 0 <= place < len(widths):
        widths[place] = NumberObject(0)
        font[NameObject("/Widths")] = widths
