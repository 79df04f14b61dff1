"""Rich Text (.rtf): the words of the text in order, then notes, remarks, headers and footers.

Source: Microsoft's Rich Text Format (RTF) Specification 1.9.1. striprtf, the package for this, reads all fonts in one
encoding and puts notes in the midst of sentences, so here are tokens, a state for each group, and tables of words.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from workbench.datatypes import Kind
from workbench.ingest.codepages import CHARSETS, TWO_BYTES, Font, font_of
from workbench.ingest.decode import clean, decode, is_binary
from workbench.ingest.extracted import OWN_CODES, Paragraph, of_style, reading_of, symbol, told
from workbench.ingest.reading import FOOTNOTE, MARGIN, REMARK, Reading, Source, UnreadableError, raised
from workbench.plurals import count

_TOKEN = re.compile(
    rb"(?P<brace>[{}])|\\(?P<word>[A-Za-z]+)(?:(?P<number>-?\d{1,9})\d*)? ?|\\'(?P<byte>[\dA-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])|(?P<text>[^\\{}]+)",
    re.S,
)
_LINE_ENDS = b"\r\n\0"  # that stand for nothing
# Where only some destinations in a group are read, these: Unicode for what stands before it, and the texts of boxes.
_NOTHING: frozenset[str] = frozenset()
_LEFT_OUT = {
    "info": frozenset({"title", "author"}),
    "upr": frozenset({"ud"}),
    "shpinst": frozenset({"shptxt"}),
    "do": frozenset({"dptxbxtext"}),
    **dict.fromkeys(
        [
            *("colortbl", "filetbl", "revtbl", "listtable", "listoverridetable", "template", "private"),
            *("pict", "objdata", "shprslt", "nonshppict", "mmathPict", "nonesttables", "datafield"),
            *("listtext", "pntext", "pntxta", "pntxtb", "bkmkstart", "bkmkend", "xe", "tc", "tcn", "rxe", "txe", "bxe"),
            *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
            *("atnid", "atnauthor", "atntime", "atnref", "atndate", "atnicn"),
        ],
        _NOTHING,
    ),
}
_PROPERTIES_OF_FORMULA = re.compile(r"m[A-Za-z]+Pr")
_READ = frozenset({"fldrslt", "shppict", "moMath", "moMathPara"})  # what "\*" lets older programs leave out
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_MARGINS = frozenset(f"{place}{pages}" for place in ("header", "footer") for pages in ("", "l", "r", "f"))
_DESTINATIONS = _MARGINS | {"footnote", "annotation", "fonttbl", "stylesheet", "fldinst"}
# What a word of the text stands for.
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "zwnbo": "\u2060", "ltrmark": "\u200e", "rtlmark": "\u200f",
    "~": "\xa0", "_": "-", ":": ":", "\t": "\t",
}  # fmt: skip
_ENDS = frozenset({"par", "sect", "page", "column", "cell", "nestcell", "row", "nestrow", "\n", "\r"})
_BODY_LEVEL = 9  # the outline level of what is no heading
# What it changes in the state of its group: to its number, to yes or no, to what is usual.
_NUMBERS = {"f": "font", "uc": "fallback", "s": "style", "sbasedon": "parent", "outlinelevel": "level", "cpg": "page"}
_SWITCHES = {"v": "hidden", "deleted": "struck", "mvf": "struck", "super": "above", "dropcapli": "drop_cap"}
_RESETS: dict[str, dict[str, Any]] = {
    "pard": {"style": 0, "level": _BODY_LEVEL, "drop_cap": False},
    "plain": {"font": None, "hidden": False, "struck": False, "above": False},
    "nosupersub": {"above": False},
    "sub": {"above": False},
}
_CHARACTER_SETS = {"ansi": 1252, "mac": 10000, "pc": 437, "pca": 850}
_UTF8 = Font(encoding="utf-8")
_DEEPEST_STYLE = 10
_RUBY = re.compile(r"EQ\b[^()]*\\o ?\\a[a-z]\(\\s ?\\up ?\d+\([^()]*\),([^()]*)\)")
_CREATED = re.compile(rb"\\creatim\s{0,2}((?:\\[a-z]{2,3}\d{1,4}\s{0,2}){3,7})")


def read(source: Source) -> Reading:
    """An .rtf file; the text is extracted, one paragraph a block."""
    said = source.settings.encoding
    file = _File(decode(b"", said).encoding if said else "")
    file.read(source.data)
    if is_binary("".join(words for _, _, words in file.body)):
        raise UnreadableError("what is in it is no text; open it in Word or LibreOffice and save it anew.")
    body, around = _cleaned(file.body), _cleaned([*file.notes, *file.remarks, *dict.fromkeys(file.margins)])
    lost = sum(words.count("\ufffd") for _, _, words in [*body, *around])
    if lost:
        file.warnings.append(
            f"{count(lost, 'character')} could not be read in the encoding of the font and became \ufffd; "
            "if letters look wrong, add it again and say its encoding."
        )
    metadata = told({**file.said, "date": _created(source.data)})
    reading = reading_of(body, around, metadata=metadata, warnings=tuple(file.warnings))
    return replace(reading, encoding=file.plain.encoding)


def _cleaned(paragraphs: list[Paragraph]) -> list[Paragraph]:
    return [(kind, reason, clean(words)[0]) for kind, reason, words in paragraphs]


def _created(data: bytes) -> str:
    found = _CREATED.search(data)
    said = dict(re.findall(r"([a-z]+)(\d+)", found[1].decode())) if found else {}
    year, month, day, hour, minute, second = (int(said.get(name, 0)) for name in ("yr", "mo", "dy", "hr", "min", "sec"))
    try:
        return datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError:
        return ""


class _Flow:
    """Words that run on until a paragraph ends, which goes to `sink`: those of the text, of a note, of a box."""

    def __init__(self, sink: Callable[[str, _State], None], flow: _Flow | None = None, is_list: bool = False) -> None:
        self.sink = sink
        self.is_list = is_list  # of fonts or styles, each with a ";" behind it
        self.boxes: list[tuple[str, _State]] = flow.boxes if flow else []  # behind the paragraph that they hang on
        self._is_box = flow is not None
        self._pieces: list[str] = []
        self._bytes = bytearray()  # of one look
        self._look = (Font(), False)

    def add_bytes(self, data: bytes, font: Font, above: bool) -> None:
        """Bytes are text only together with those around them in the same font."""
        if self._look != (font, above):
            self._decode()
            self._look = font, above
        self._bytes += data

    def add(self, text: str, above: bool = False) -> None:
        self._decode()
        self._pieces.append(raised(text, "".join(self._pieces[-1:])) if above else text)

    def _decode(self) -> None:
        if self._bytes:
            data, (font, above) = bytes(self._bytes), self._look
            self._bytes.clear()
            self.add(font.text_of(data), above)

    def taken(self) -> str:
        """The words since the last end, halves of characters put together."""
        self._decode()
        words = "".join(self._pieces)
        self._pieces.clear()
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()

    def end(self, state: _State) -> None:
        """Hand the words on, and with those of the text the boxes that hang on them."""
        if words := self.taken():
            self.sink(words, state)
        if not self._is_box:
            for box in self.boxes:
                self.sink(*box)
            self.boxes.clear()


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until the end of a group."""

    flow: _Flow
    only: frozenset[str] | None = None  # the destinations in the group that alone are read
    font: int | None = None
    page: int | None = None  # of the font that is described
    fallback: int = 1  # characters that stand behind one in Unicode, for older programs
    hidden: bool = False
    struck: bool = False
    above: bool = False  # the line
    drop_cap: bool = False
    style: int = 0
    parent: int = -1
    level: int = _BODY_LEVEL


class _File:
    """What is found in a file while it is read."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding  # that somebody says it is in
        self.body: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.remarks: list[Paragraph] = []
        self.margins: list[Paragraph] = []
        self.said: dict[str, str] = {}
        self.warnings: list[str] = []
        self._fonts: dict[int | None, Font] = {}
        self._styles: dict[int, tuple[str, int, int]] = {}  # its name, what it is based on, its outline level
        self._font: int | None = None  # this and the code page are those of what does not say its own
        self._page = 1252
        self.plain = font_of("", self._page, encoding)  # how bytes are read that are in no font
        self._state = _State(_Flow(self._paragraph))
        self._groups: list[_State] = []
        self._is_utf8 = False
        self._starred = False
        self._passed = 0  # characters that older programs show

    def read(self, data: bytes) -> None:
        """Read all of a file, or what is left of it."""
        self._is_utf8 = _is_utf8(data)
        at = data.index(b"{")
        while token := _TOKEN.match(data, at):
            at = token.end()
            kind = token.lastgroup
            if kind == "text":
                at = self._text(token["text"], data, at)
            elif kind == "brace":
                self._brace(token["brace"])
                if not self._groups:
                    break
            elif kind == "byte":
                self._written(bytes.fromhex(token["byte"].decode()), self._look())
            elif kind == "symbol":
                self._symbol(token["symbol"])
            elif token["word"] == b"bin":
                at += max(0, int(token["number"] or 0))
            else:
                self._word(token["word"].decode(), int(token["number"]) if kind == "number" else None)
        self._finish(data[at:])

    def _finish(self, rest: bytes) -> None:
        if self._groups:
            self.warnings.append("it is cut off or damaged: its end is missing; what is there was read.")
        elif rest := rest.strip(b"\0\x1a \t\r\n"):
            self.warnings.append(f"what is behind its last brace was not read ({count(len(rest), 'byte')}).")
        while self._groups:
            self._brace(b"}")
        self._state.flow.end(self._state)

    def _brace(self, brace: bytes) -> None:
        self._passed = 0
        self._starred = False
        if brace == b"{":
            self._groups.append(self._state)
            return
        before, self._state = self._state, self._groups.pop()
        if before.flow is not self._state.flow or (before.flow.is_list and before.only is None):
            before.flow.end(before)

    def _text(self, text: bytes, data: bytes, at: int) -> int:
        """Take bytes in, with the brace that is the second half of a character; where to go on."""
        font = _UTF8 if self._is_utf8 and not text.isascii() else self._look()
        if text[-1] > 0x7F and data[at : at + 1] and self._is_half(text, font):
            text, at = text + data[at : at + 1], at + 1
        self._written(text.translate(None, _LINE_ENDS), font)
        return at

    def _is_half(self, text: bytes, font: Font) -> bool:
        if self._state.only is not None or font.encoding not in TWO_BYTES:
            return False
        decoder = codecs.getincrementaldecoder(font.encoding)("replace")
        decoder.decode(text)
        return bool(decoder.getstate()[0])

    def _written(self, data: bytes, font: Font) -> None:
        self._starred = False
        state, passed = self._state, min(self._passed, len(data))
        self._passed -= passed
        data = data[passed:]
        if not data or state.only is not None:
            return
        if state.flow.is_list:
            *entries, data = data.split(b";")
            for entry in entries:
                state.flow.add_bytes(entry, font, False)
                state.flow.sink(state.flow.taken(), self._state)
                self._set(page=None)
        elif state.hidden or state.struck:
            return
        state.flow.add_bytes(data, font, state.above)

    def _symbol(self, symbol: bytes) -> None:
        if symbol in b"\\{}":
            self._written(symbol, self._look())
        elif symbol == b"*":
            self._starred = True
        else:
            self._word(symbol.decode("latin-1"), None)

    def _word(self, name: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        state = self._state
        if state.only is not None:
            if name in state.only:
                self._enter(name)
            return
        if name in _CHARACTERS:
            if self._passed:
                self._passed -= 1
            else:
                self._say(_CHARACTERS[name])
            return
        self._passed = 0  # what else stands there is no fallback
        if name == "u":
            self._say(self._character(number or 0))
            self._passed = max(0, state.fallback)
        elif name in _ENDS:
            self._end()
        elif name in _NUMBERS:
            self._set(**{_NUMBERS[name]: number or 0})
        elif name in _SWITCHES:
            self._set(**{_SWITCHES[name]: number != 0})
        elif name in _RESETS:
            self._set(**_RESETS[name])
        elif name == "fcharset":
            self._set(page=CHARSETS.get(number or 0))
        elif name in _CHARACTER_SETS or name == "ansicpg":
            self._page = _CHARACTER_SETS.get(name) or number or self._page
            self.plain = font_of("", self._page, self._encoding)
        elif name == "deff":
            self._font = number
        elif name in _DESTINATIONS:
            self._enter(name)
        elif name in _LEFT_OUT:
            self._set(only=_LEFT_OUT[name])
        elif (starred and name not in _READ) or _PROPERTIES_OF_FORMULA.fullmatch(name):
            self._set(only=_NOTHING)

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    def _look(self) -> Font:
        font = self._font if self._state.font is None else self._state.font
        return self._fonts.get(font) or self.plain

    def _character(self, number: int) -> str:
        at = number + 0x10000 if number < 0 else number
        if at in OWN_CODES:
            return symbol(self._look().name, at)
        return chr(at) if 0 < at <= sys.maxunicode else ""

    def _say(self, text: str) -> None:
        state = self._state
        if not (state.hidden or state.struck):
            state.flow.add(text, state.above)

    def _end(self) -> None:
        """The end of a paragraph, which goes on where that end is struck out, and behind the large letter before it."""
        state = self._state
        if state.struck:
            state.flow.add("\n")
        elif not state.drop_cap:
            state.flow.end(state)

    def _enter(self, name: str) -> None:
        state = self._state
        if name == "ud":
            self._set(only=None)
        else:  # what it hangs on may be hidden or a heading; this is not by that
            flow = self._flow_of(name, state.flow)
            self._state = _State(flow, font=state.font, fallback=state.fallback, struck=state.struck)

    def _flow_of(self, name: str, around: _Flow) -> _Flow:
        if name in _MARGINS:
            return _Flow(_to(self.margins, (Kind.FURNITURE, MARGIN)))
        if name == "footnote":
            return _Flow(_to(self.notes, (Kind.FURNITURE, FOOTNOTE)))
        if name == "annotation":
            return _Flow(_to(self.remarks, (Kind.COMMENT, REMARK)))
        if name == "fonttbl":
            return _Flow(self._describe_font, is_list=True)
        if name == "stylesheet":
            return _Flow(self._describe_style, is_list=True)
        if name == "fldinst":
            return _Flow(partial(_show, around))
        if name in _BOXES:
            return _Flow(lambda words, state: around.boxes.append((words, state)), around)
        return _Flow(partial(self._tell, name))

    def _tell(self, what: str, words: str, state: _State) -> None:
        self.said[what] = words

    def _describe_font(self, name: str, state: _State) -> None:
        self._fonts[state.font] = font_of(name, state.page or self._page, self._encoding)

    def _describe_style(self, name: str, state: _State) -> None:
        self._styles.setdefault(state.style, (name, state.parent, state.level))

    def _paragraph(self, words: str, state: _State) -> None:
        self.body.append((*self._kind(state), words))

    def _kind(self, state: _State) -> tuple[Kind, str]:
        """By the paragraph's style and those it is based on; in languages other than English their level tells."""
        style, level = state.style, state.level
        for _ in range(_DEEPEST_STYLE):
            name, style, usual = self._styles.get(style, ("", -1, _BODY_LEVEL))
            if kind := of_style(name):
                return kind
            level = min(level, usual)
        return (Kind.HEADING if 0 <= level < _BODY_LEVEL else Kind.BODY), ""


def _is_utf8(data: bytes) -> bool:
    """Whether there are bytes that should be escaped, and all are UTF-8: so programs write that know no encodings."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _to(paragraphs: list[Paragraph], kind: tuple[Kind, str]) -> Callable[[str, _State], None]:
    return lambda words, state: paragraphs.append((*kind, words))


def _show(flow: _Flow, instruction: str, state: _State) -> None:
    """What a field shows that has no result: the words below the small signs that tell how to read them."""
    if ruby := _RUBY.match(instruction):
        flow.add(ruby[1])
