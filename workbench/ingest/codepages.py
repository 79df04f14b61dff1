"""In which encoding the bytes of a Rich Text file are: each of its fonts says so, by the numbers that Windows has."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

from workbench.ingest.extracted import OWN_CODES, symbol

# Windows' character sets of fonts, and those of the Macintosh, as code pages; 1 is that of the file.
CHARSETS = {
    0: 1252, 2: 42, 77: 10000, 78: 932, 79: 949, 80: 936, 81: 950, 83: 1255, 84: 1256, 85: 10006, 86: 10081, 87: 874,
    88: 10029, 89: 10007, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
    178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
# What Python calls code pages that it does not call by their number, or not with all their characters.
_CODECS = {
    708: "iso8859_6", 936: "gb18030", 1361: "johab", 10000: "mac_roman", 10001: "cp932", 10002: "cp950",
    10003: "cp949", 10004: "mac_arabic", 10006: "mac_greek", 10007: "mac_cyrillic", 10008: "gb18030",
    10029: "mac_latin2", 10079: "mac_iceland", 10081: "mac_turkish", 20866: "koi8_r", 21866: "koi8_u",
}  # fmt: skip
_WESTERN = 1252
_SYMBOLS = 42  # the code page of fonts whose characters are no letters
TWO_BYTES = frozenset({"gb18030", "cp932", "cp950"})  # of which the second may look like a brace


@dataclass(frozen=True, slots=True)
class Font:
    """How a font's bytes are read: in an encoding, or, where it has none, as signs of a font without letters."""

    name: str = ""
    encoding: str = "cp1252"

    def text_of(self, data: bytes) -> str:
        """The text that bytes are in this font."""
        if self.encoding:
            return data.decode(self.encoding, "replace")
        return "".join(symbol(self.name, OWN_CODES.start + byte) for byte in data)


def font_of(name: str, page: int, said: str = "") -> Font:
    """The font of a name and a code page. `said`: the encoding instead of Western European, if somebody said one.

    Programs call many a font a font of symbols that is none.
    """
    if page == _SYMBOLS and (name.lower() == "symbol" or "ding" in name.lower()):
        return Font(name, "")
    return Font(name, said if said and page in (_WESTERN, _SYMBOLS) else _encoding(page))


@cache
def _encoding(page: int) -> str:
    try:
        return codecs.lookup(_CODECS.get(page, f"cp{page}")).name
    except LookupError:
        return f"cp{_WESTERN}"
