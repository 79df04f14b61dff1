"""OpenDocument texts (.odt): the words of the body in order, then notes, remarks, headers and footers.

What is struck out under revision the format itself keeps apart from the body, which is the text as it is once revisions
are accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from zipfile import ZipFile

from workbench.datatypes import Kind
from workbench.ingest.contents import ENTRY
from workbench.ingest.decode import clean
from workbench.ingest.extracted import Paragraph, of_style, reading_of, told
from workbench.ingest.packed import opened, part
from workbench.ingest.reading import FOOTNOTE, MARGIN, REMARK, Reading, Source, UnreadableError, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _OFFICE, _STYLE = (_NAMESPACE % name for name in ("text", "office", "style"))
_P, _H = f"{_TEXT}p", f"{_TEXT}h"
_NOTE, _NOTE_BODY, _REMARK = f"{_TEXT}note", f"{_TEXT}note-body", f"{_OFFICE}annotation"
_BODY, _STYLES, _PAGES = f"{_OFFICE}body/{_OFFICE}text", f"{_STYLE}style", f"{_OFFICE}master-styles"
_OF_STYLE, _NAME, _PARENT = f"{_TEXT}style-name", f"{_STYLE}name", f"{_STYLE}parent-style-name"
_DISPLAY, _TEXT_PROPERTIES = f"{_TEXT}display", f"{_STYLE}text-properties"
_POSITION, _ABOVE = f"{_STYLE}text-position", re.compile(r"super|[1-9]")
# Not read: what was struck out, hidden text, and what is no text of the author's.
_LEFT_OUT = frozenset(
    {
        f"{_TEXT}{name}"
        for name in ("tracked-changes", "hidden-paragraph", "hidden-text", "ruby-text", "index-title-template")
    }
    | {f"{_OFFICE}{name}" for name in ("forms", "scripts", "event-listeners")}
    | {f"{_NAMESPACE % 'drawing'}{name}" for name in ("object", "object-ole", "glue-point")}
)
# Read in their own turn, not within the paragraph around them.
_APART = frozenset({_P, _H, _NOTE, _REMARK})
# Tables of contents, of pictures, of words.
_INDEX = re.compile(
    re.escape(_TEXT) + r"(?:table-of-content|illustration-index|table-index|object-index|user-index|alphabetical-index)"
)
_DESCRIBED = re.compile(r"\{[^}]*svg-compatible[^}]*\}(?:title|desc)")
_ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")
_SPACE = re.compile(r"[ \t\r\n]+")
_BLANK, _TAB, _BREAK = "\1", "\2", "\3"  # no XML holds these
_SIGNS = str.maketrans({_BLANK: " ", _TAB: "\t", _BREAK: "\n"})
_DEEPEST_STYLE = 10
_MOST_SPACES = 1000


def read(source: Source) -> Reading:
    """An .odt file; the text is extracted, one paragraph a block."""
    archive = opened(source.data)
    content, styles = part(archive, "content.xml"), part(archive, "styles.xml")
    body = content.find(_BODY) if content is not None else None
    if content is None or body is None:
        raise UnreadableError(_no_text(archive))
    look = _Look([root for root in (styles, content) if root is not None])
    found = list(_paragraphs(body, look))
    around = [*_notes(body, look), *_margins(styles, look)]
    return reading_of(found, around, metadata=_metadata(part(archive, "meta.xml")))


def _no_text(archive: ZipFile) -> str:
    manifest = part(archive, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        return "it is protected by a password; open it in LibreOffice, save it without one and add that."
    return "there is no text in this OpenDocument file; open it in LibreOffice and save it as an .odt."


class _Look:
    """What styles say: which paragraphs are a title, a heading or of a table of contents, and what is hidden."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        styles = [style for root in roots for style in root.iter(_STYLES)]
        self._parents = {style.get(_NAME) or "": style.get(_PARENT) or "" for style in styles}
        self._hidden = {style.get(_NAME) or "" for style in styles if _hides(style)}
        self._above = {style.get(_NAME) or "" for style in styles if _ABOVE.match(_said(style, _POSITION))}

    def hides(self, element: _Element) -> bool:
        """Whether an element is not shown, by itself or its own style."""
        return element.get(_DISPLAY) == "none" or (element.get(_OF_STYLE) or "") in self._hidden

    def raises(self, element: _Element) -> bool:
        """Whether an element's own style has it above the line."""
        return (element.get(_OF_STYLE) or "") in self._above

    def kind(self, paragraph: _Element) -> tuple[Kind, str]:
        for name in self._names(paragraph.get(_OF_STYLE) or ""):
            if kind := of_style(name):
                return kind
        return (Kind.HEADING if paragraph.tag == _H else Kind.BODY), ""

    def _names(self, name: str) -> Iterator[str]:
        """Of a style and what it is based on, as people read them: "Heading_20_1" is "Heading 1"."""
        for _ in range(_DEEPEST_STYLE):
            if not name:
                return
            yield _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
            name = self._parents.get(name, "")


def _hides(style: _Element) -> bool:
    return _said(style, _DISPLAY) == "none"


def _said(style: _Element, what: str) -> str:
    """What a style says of how its text looks."""
    properties = style.find(_TEXT_PROPERTIES)
    return (properties.get(what) or "") if properties is not None else ""


def _paragraphs(root: _Element, look: _Look, apart: tuple[Kind, str] | None = None) -> Iterator[Paragraph]:
    """Every paragraph in document order, those in tables, lists and frames included, but for notes and remarks.

    `apart`: what all of them are, whatever their styles say.
    """
    stack = [(child, apart) for child in reversed(root)]
    while stack:
        element, of = stack.pop()
        tag = str(element.tag)
        if tag in _LEFT_OUT or tag in (_NOTE, _REMARK) or look.hides(element):
            continue
        of = ENTRY if _INDEX.fullmatch(tag) else of
        if tag in (_P, _H) and (words := _words(element, look)):
            yield *(of or look.kind(element)), words
        stack.extend((child, of) for child in reversed(element))


def _words(paragraph: _Element, look: _Look) -> str:
    """The words of a paragraph, its line breaks as "\\n"; white space counts once, where no element says otherwise."""
    pieces = [paragraph.text or ""]
    stack: list[_Element | str] = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        stack.append(element.tail or "")
        tag = str(element.tag)
        if tag in _LEFT_OUT or tag in _APART or _DESCRIBED.fullmatch(tag) or look.hides(element):
            continue
        word = _sign(element, tag) or element.text or ""
        pieces.append(raised(word, "".join(pieces[-2:])) if look.raises(element) else word)
        stack.extend(reversed(element))
    words = _SPACE.sub(" ", "".join(pieces)).translate(_SIGNS)
    return clean(words.strip())[0]


def _sign(element: _Element, tag: str) -> str:
    """What stands for white space that counts."""
    if tag == f"{_TEXT}s":
        said = element.get(f"{_TEXT}c") or "1"
        return _BLANK * min(int(said) if said.isdecimal() else 1, _MOST_SPACES)
    return {f"{_TEXT}tab": _TAB, f"{_TEXT}line-break": _BREAK}.get(tag, "")


def _notes(body: _Element, look: _Look) -> Iterator[Paragraph]:
    """Footnotes and endnotes, then the remarks in the margin."""
    for tag, apart in ((_NOTE_BODY, (Kind.FURNITURE, FOOTNOTE)), (_REMARK, (Kind.COMMENT, REMARK))):
        for element in body.iter(tag):
            yield from _paragraphs(element, look, apart)


def _margins(styles: _Element | None, look: _Look) -> Iterator[Paragraph]:
    """Headers and footers, each once."""
    pages = styles.find(_PAGES) if styles is not None else None
    if pages is not None:
        yield from dict.fromkeys(_paragraphs(pages, look, (Kind.FURNITURE, MARGIN)))


def _metadata(root: _Element | None) -> Mapping[str, str]:
    """Title, author, date and language, as far as the file says them."""
    if root is None:
        return {}
    names = {
        "title": ("title",),
        "author": ("initial-creator", "creator"),
        "date": ("creation-date",),
        "language": ("language",),
    }
    said = {key: (each.text for name in own for each in root.iter(f"{{*}}{name}")) for key, own in names.items()}
    return told({key: next(values, None) for key, values in said.items()})
