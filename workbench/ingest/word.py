"""Word documents (.docx): the words of the body in order, then footnotes, remarks, headers and footers.

python-docx opens the package and knows the styles; the words are gathered from the XML itself, since its
`Paragraph.text` leaves out inserted text under revision, content controls and text boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from workbench.datatypes import Kind
from workbench.ingest.decode import clean
from workbench.ingest.extracted import Paragraph, of_style, reading_of, symbol
from workbench.ingest.reading import (
    FOOTNOTE,
    MARGIN,
    REMARK,
    Reading,
    Source,
    UnreadableError,
    raised,
)
from workbench.plurals import count

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _T, _TAB, _PLACED_TAB, _BR, _CR = (_WORDS + name for name in ("p", "t", "tab", "ptab", "br", "cr"))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_HYPHEN, _STYLE, _LEVEL, _VALUE = (_WORDS + name for name in ("noBreakHyphen", "pStyle", "outlineLvl", "val"))
_OTHER_FILE = f"{_WORDS}altChunk"
_RUN, _HIDDEN = f"{_WORDS}r", f"{_WORDS}rPr/{_WORDS}vanish"
_PLACE = f"{_WORDS}rPr/{_WORDS}vertAlign"
_MARK_STRUCK_OUT = f"{_WORDS}pPr/{_WORDS}rPr/{_WORDS}del"
_FRAME, _DROP_CAP = f"{_WORDS}pPr/{_WORDS}framePr", f"{_WORDS}dropCap"
_SYMBOL, _FONT, _CHARACTER = f"{_WORDS}sym", f"{_WORDS}font", f"{_WORDS}char"
_OFF = ("0", "false", "off")
# Not read: paragraphs inside (text boxes have their own turn), text struck out under revision, ruby readings.
_STRUCK_OUT = frozenset({_WORDS + "del", _WORDS + "moveFrom"})
_LEFT_OUT = frozenset({_P, _FALLBACK, *_STRUCK_OUT, *(_WORDS + name for name in ("rt", "pPr", "rPr"))})
_OTHER_PARTS = (
    (re.compile(r"/word/(?:footnotes|endnotes)\d*\.xml"), Kind.FURNITURE, FOOTNOTE),
    (re.compile(r"/word/comments\d*\.xml"), Kind.COMMENT, REMARK),
    (re.compile(r"/word/(?:header|footer)\d+\.xml"), Kind.FURNITURE, MARGIN),
)
_DEEPEST_STYLE = 10
_BODY_LEVEL = 9  # the outline level of what is no heading


def read(source: Source) -> Reading:
    """A .docx file; the text is extracted, one paragraph a block."""
    document = _opened(source.data)
    styles = _style_kinds(document)
    paragraphs = ((_kind(p, styles), words) for p, words in _whole(document.element.body) if words)
    found = [(kind, reason, words) for (kind, reason), words in paragraphs]
    around, warnings = list(_other_parts(document)), _embedded(document)
    if warnings and not (found or around):
        raise UnreadableError(warnings[0])
    return reading_of(found, around, metadata=_metadata(document), warnings=warnings)


def _opened(data: bytes) -> Any:
    from docx import Document

    try:
        return Document(BytesIO(data))
    except Exception as error:  # a broken package fails in as many ways as it has parts
        raise UnreadableError(
            f"the Word document cannot be opened ({type(error).__name__}): it is damaged, a template, has macros or is "
            "“Strict Open XML”; open it in Word or LibreOffice and save it as an ordinary .docx."
        ) from error


def _embedded(document: Any) -> tuple[str, ...]:
    """A warning where other files stand in for parts of the text, as programs that make Word files of pages have it."""
    number = sum(1 for _ in document.element.body.iter(_OTHER_FILE))
    if not number:
        return ()
    return (
        f"{count(number, 'part')} of the text that other files in it hold (altChunk) could not be read; open it in "
        "Word, save it anew and add that.",
    )


def _style_kinds(document: Any) -> dict[str, tuple[Kind, str]]:
    """Which paragraph styles are a title, a heading or of the table of contents, themselves or by what they are based
    on; and why what is furniture is that."""
    kinds: dict[str, tuple[Kind, str]] = {}
    for style in document.styles:
        ancestor, depth = style, 0
        while ancestor is not None and depth < _DEEPEST_STYLE:
            if kind := of_style(ancestor.name or ""):
                kinds[style.style_id] = kind
                break
            ancestor, depth = getattr(ancestor, "base_style", None), depth + 1
    return kinds


def _paragraphs(root: _Element) -> Iterator[_Element]:
    """Every paragraph in document order, those in tables and text boxes included, but for boxes that are struck out."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == _P:
            yield element
        stack.extend(child for child in reversed(element) if child.tag not in (_FALLBACK, *_STRUCK_OUT))


def _whole(root: _Element) -> Iterator[tuple[_Element, str]]:
    """Every paragraph and its words. One whose end is struck out under revision goes on in the next, and so does the
    large letter that a text begins with."""
    before = words = ""
    for paragraph in _paragraphs(root):
        text = _text(paragraph)
        words = (before + (text.lstrip() if before.endswith("\n") else text)).strip()
        if words and _is_drop_cap(paragraph):
            before = words
        elif words and paragraph.find(_MARK_STRUCK_OUT) is not None:
            before = f"{words}\n"
        else:
            before = ""
            yield paragraph, words
    if before:
        yield paragraph, words


def _is_drop_cap(paragraph: _Element) -> bool:
    frame = paragraph.find(_FRAME)
    return frame is not None and frame.get(_DROP_CAP) in ("drop", "margin")


def _text(paragraph: _Element) -> str:
    """The words of a paragraph, its line breaks as "\\n"."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _LEFT_OUT or (element.tag == _RUN and _is_hidden(element)):
            continue
        if word := _word(element):
            pieces.append(raised(word, "".join(pieces[-1:])) if _is_raised(element) else word)
        stack.extend(reversed(element))
    return clean("".join(pieces))[0]


def _is_raised(element: _Element) -> bool:
    run = element.getparent()
    place = run.find(_PLACE) if run is not None else None
    return place is not None and place.get(_VALUE) == "superscript"


def _is_hidden(run: _Element) -> bool:
    hidden = run.find(_HIDDEN)
    return hidden is not None and hidden.get(_VALUE) not in _OFF


def _word(element: _Element) -> str:
    if element.tag in (_T, _FORMULA):
        return element.text or ""
    if element.tag == _SYMBOL:
        return _symbol(element.get(_FONT) or "", element.get(_CHARACTER) or "")
    return {_TAB: "\t", _PLACED_TAB: "\t", _BR: "\n", _CR: "\n", _HYPHEN: "-"}.get(str(element.tag), "")


def _symbol(font: str, code: str) -> str:
    try:
        return symbol(font, int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _kind(paragraph: _Element, styles: Mapping[str, tuple[Kind, str]]) -> tuple[Kind, str]:
    properties = paragraph.find(_WORDS + "pPr")
    if properties is None:
        return Kind.BODY, ""
    style, level = properties.find(_STYLE), properties.find(_LEVEL)
    if level is not None and (level.get(_VALUE) or "").isdecimal() and int(level.get(_VALUE)) < _BODY_LEVEL:
        return Kind.HEADING, ""
    return styles.get((style.get(_VALUE) or "") if style is not None else "", (Kind.BODY, ""))


def _other_parts(document: Any) -> Iterator[Paragraph]:
    """Footnotes and remarks, which may say the same twice ("Ibid."), and each header or footer once."""
    headed: set[str] = set()
    for pattern, kind, reason in _OTHER_PARTS:
        for part in document.part.package.iter_parts():
            if pattern.fullmatch(str(part.partname)):
                words = [text for paragraph in _paragraphs(_root(part)) if (text := _text(paragraph).strip())]
                if reason == MARGIN:
                    words = [text for text in dict.fromkeys(words) if text not in headed]
                    headed.update(words)
                yield from ((kind, reason, text) for text in words)


def _root(part: Any) -> _Element:
    from docx.oxml import parse_xml

    element: _Element = part.element if hasattr(part, "element") else parse_xml(part.blob)
    return element


def _metadata(document: Any) -> dict[str, str]:
    """Title, author, date and language as the file's properties say; python-docx makes some up where it has none."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if all(link.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES for link in document.part.package.rels.values()):
        return {}
    try:
        core = document.core_properties
        created = core.created.isoformat() if core.created else ""
        found = {"title": core.title, "author": core.author, "date": created, "language": core.language}
    except Exception:  # properties are not worth losing the text for
        return {}
    return {key: clean(value)[0] for key, value in found.items() if value}
