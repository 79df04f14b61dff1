"""HTML, also packed into one file (MHTML): all the visible text, and which of it trafilatura takes for the main text.

The page is read whole, block by block, so that nothing is lost; what trafilatura leaves out is marked as
furniture, what it takes for comments as comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, groupby, islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from workbench.datatypes import Block, Kind
from workbench.ingest.contents import ENTRY
from workbench.ingest.decode import clean, decode
from workbench.ingest.extracted import laid_out, told, with_one_title
from workbench.ingest.lines import ends_sentence
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.headings import SOURCES
from workbench.ingest.plain import title_of
from workbench.ingest.reading import Reading, Source, UnreadableError, quiet, raised
from workbench.ingest.sections import OUTSIDE
from workbench.ingest.sniff import is_packed
from workbench.ingest.structure import annotate

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_DIGITS = re.compile(r"\d+")
_SPACE_RUN = re.compile(r"[ \t]{2,}")
_CLOSE = (",", ".", ";", ")", "，", "。")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t]*")

# Elements whose content nobody sees, or that repeats what is seen (ruby readings, fallbacks, the source of formulas).
_HIDDEN = re.compile(
    "script|style|template|noscript|svg|head|iframe|object|embed|canvas|audio|video|map|datalist|textarea"
    "|select|rt|rp|annotation|annotation-xml"
)
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|meter|nobr|output"
    "|progress|q|ruby|rb|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|input|o:p"
    "|math|semantics|m(?:i|n|o|s|text|space|row|frac|sqrt|root|su[bp]|subsup|over|under|underover|style|padded)"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = {
    "nav": "navigation of the page",
    "header": "header of the page",
    "footer": "footer of the page",
    "aside": "a box beside the text",
    "form": "a form",
    "button": "a button or menu entry",
    "figcaption": "caption of a picture",
}
# "citation needed", "[edit]", and of a formula what is drawn beside its MathML.
_MARKED = frozenset({"inline-template", "mw-editsection", "katex-html"})
# What leads to footnotes, when it is raised and when it is not.
_ONE_MARK = r"(?:\[[^\[\]]{1,16}\]|\(?\d{1,3}\)?|[a-z*†‡]{1,3})"
_MARK = re.compile(rf"{_ONE_MARK}(?:(?:[,;–-]\s?|\s|(?<=\])){_ONE_MARK}){{0,8}}")
_MARK_OF_BOTH = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡]{1,3})[)\]]?")
_NOTE_BLOCKS = frozenset({"p", "li", "dd", "div"})
_MARK_ON_THE_LINE = re.compile(r"\[(?:\d{1,3}|[a-z])\]")
# What stands in a page and is no part of the text that runs through it, and why. It is set apart, so that no sentence
# has it in its middle, and none of it is lost: a page may show later what it hid when it was saved.
_NOT_SHOWN = "not shown on the page"
_MARK_OF_A_NOTE = "the mark of a note"
_PAGE_NUMBER = "the number of a page"
NOTES = "notes and sources"
_STRUCK_OUT = frozenset({"del", "s", "strike"})
_UNSEEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_UNSEEN = frozenset({"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "element-invisible"})
_LISTS_OF_NOTES = frozenset(
    {"references", "reflist", "refbegin", "footnotes", "endnotes", "bibliography", "wp-block-footnotes"}
    | {"msofootnotetext", "msoendnotetext"}
)
# What books say of their elements (epub:type), and other pages by a role ("doc-footnote").
_SAID = {
    "noteref": _MARK_OF_A_NOTE,
    "pagebreak": _PAGE_NUMBER,
    **dict.fromkeys(("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "bibliography"), NOTES),
}
_CODE = "program code"
_CODE_IN = ("code", "kbd", "samp")
_CODE_AROUND = re.compile(
    r"highlight|code|codehilite|sourcecode|syntaxhighlighter-pre|prettyprint|literal-block|programlisting|screen|synopsis"
    r"|listing|(?:language|lang|highlight|brush)[-:].*"
)
_OF_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
_TO_ITSELF = frozenset("¶#§🔗")  # what a heading is linked to itself by
_CLASSED = {
    "pagenum": _PAGE_NUMBER,
    "pg-boilerplate": "what Project Gutenberg says of the book",
    **dict.fromkeys(("toc", "table-of-contents"), ENTRY[1]),
    **dict.fromkeys(("navheader", "navfooter"), _PARTS["nav"]),  # of DocBook
}
_ID_OF_A_NOTE = re.compile(r"(?:sd(?:foot|end)note|ftn|edn)\d+")  # of LibreOffice and of Word
_STYLE_OF_NOTES = re.compile(r"mso-element\s*:\s*(?:foot|end)note", re.I)  # of Word
_WHOLE = frozenset({"html", "body", "main", "article"})  # what a script shows, or is named for one of its parts
_LISTED = frozenset({"li", "dt", "dd"})
_CELLS = frozenset({"td", "th", "caption"})
# What sites are built of. A page without any of it, or that a word processor wrote, has nothing beside its text.
_OF_SITES = re.compile("nav|header|footer|aside|main|article|form|button|script|iframe|frame|frameset|table")
_LAYERS = frozenset({"div", "section", "ul", "ol", "dl"})
_WRITERS = re.compile(r"LibreOffice|OpenOffice|Microsoft Word|pandoc", re.I)
_MOST_CELLS = 0.9  # share of a page beyond which it is laid out by a table
_MOST_LISTED = 0.5  # share of a page beyond which items of lists may be what somebody says
_PART_OF_A_TABLE = 0.3  # share of its cells
_MOST_LINKED = 0.75  # share of a table's cells beyond which it leads elsewhere
# A block belongs to the main text if most of its pieces of so many characters occur there.
_SHINGLE = 12
_MOST = 0.6
_AROUND = 3  # elements that say where something stands: its own, and those around it
_FEWEST = 3  # paragraphs of the main text that show where it stands
_LONG = 200  # characters that what is but a link has not
_LITTLE = 0.3  # share of the page's text below which the main text may be only a part of it
_TRUSTED = 0.05  # share below which it is none
_LARGEST = 1_000_000  # characters of a page beyond which looking for its main text takes too long
_MANY = 200  # children from which an element is a container, not a paragraph


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text of a block element, or of a part of it between blank lines; the innermost heading tag and the page parts
    around it; whether it is an item of a list, and mostly a link; why it is set apart from the text, if it is; the
    element and the two around it, by name and class."""

    text: str
    heading: str
    part: str
    whole: str  # the text of the element, with what is set apart
    listed: bool
    linked: bool
    apart: str
    place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a book: its visible text, what its body is said to be, and what had to be done to read it."""

    stretches: Sequence[Stretch]
    said: Sequence[str]
    warnings: tuple[str, ...]


def page(data: bytes, encoding: str) -> Page:
    """A page of a book. `encoding`: as `Settings.encoding`. Raises UnreadableError where it is none."""
    decoded = decode(data, encoding, _declared(data))
    root = _parse(_XML_DECLARATION.sub("", decoded.text, count=1))
    _tell_notes(root)
    said = [each for body in root.iter("body") for each in _types(body)]
    return Page(list(_stretches(root)), said, decoded.warnings)


def read(source: Source) -> Reading:
    """An .html or .mhtml file; the text is extracted, one paragraph a block."""
    data, declared = _unpacked(source.data) if is_packed(source.data) else (source.data, "")
    decoded = decode(data, source.settings.encoding, declared or _declared(data))
    markup = _XML_DECLARATION.sub("", decoded.text, count=1)
    root = _parse(markup)
    _tell_notes(root)
    stretches = list(_stretches(root))
    if not stretches:
        raise UnreadableError("there is no visible text on the page; save it again once it has loaded in full.")
    is_document = _is_document(root)
    length = 0 if is_document else sum(len(_solid(stretch.text)) for stretch in stretches)
    main, comments = _extracted(markup, length)
    text, blocks = _blocks(stretches, main, comments)
    blocks = annotate(text, blocks, silent=unspoken(stretches))
    metadata = _metadata(root)
    title = title_of(text, blocks) or metadata.get("title", "")
    warnings = decoded.warnings + _share(stretches, main, is_document)
    return Reading(text, tuple(blocks), title, decoded.encoding, metadata, warnings)


def _is_document(root: HtmlElement) -> bool:
    """Whether all of a page is its text, as short ones are of which extractors drop half."""
    if _WRITERS.match(_meta(root, "generator")):
        return True
    return not any(
        _OF_SITES.fullmatch(str(each.tag)) or (each.tag in _LAYERS and (each.get("class") or each.get("id")))
        for each in root.iter()
    )


def _unpacked(data: bytes) -> tuple[bytes, str]:
    """The page in an MHTML file, and the encoding that is said of it. Raises UnreadableError where there is none."""
    from email import message_from_bytes
    from email.policy import compat32

    parts = message_from_bytes(data, policy=compat32).walk()
    page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes):
        raise UnreadableError("there is no page in this archive; save it again in the browser, as a complete web page.")
    return payload, page.get_content_charset("")


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data, 0, 4096)
    return match[1].decode("ascii", "replace") if match else ""


def _parse(markup: str) -> HtmlElement:
    from lxml.etree import ErrorTypes, ParserError
    from lxml.html import HTMLParser, document_fromstring

    # Without huge_tree what is nested deeper than 256 elements, and all behind it, is gone without a word.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(markup.encode("utf-8"), parser=parser)
    except ParserError as error:
        raise UnreadableError("there is no text on the page; check that it was saved in full.") from error
    if any(each.type == ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        raise UnreadableError(
            "its elements are nested more than 2,000 deep, so that its end cannot be read; open it in a browser, copy "
            "its text and add that."
        )
    _close_head(root)
    return root


def _close_head(root: HtmlElement) -> None:
    """Where the tag that begins the body is left out, as it may be, the parser keeps what HTML 5 added in the head."""
    from lxml.etree import SubElement

    head, body = root.find("head"), root.find("body")
    found = () if head is None else head.iterchildren()
    strays = list(dropwhile(lambda element: element.tag in _OF_HEAD, found))
    if strays:
        body = SubElement(root, "body") if body is None else body
        strays[-1].tail, body.text = f"{strays[-1].tail or ''}{body.text or ''}", None
        body[:0] = strays


def _tell_notes(root: HtmlElement) -> None:
    """Give the roles of a note and of its mark to what leads to each other, as notes do that have no other sign."""
    links = {name: link for link in root.iter("a") if "#" in (link.get("href") or "") for name in _names_of(link)}
    order = {name: at for at, name in enumerate(links)}
    for name, link in links.items():
        to = _target(link)
        note = links.get(to)
        if note is None or order[to] <= order[name] or _target(note) != name:
            continue
        block = next((each for each in note.iterancestors() if not _INLINE.fullmatch(str(each.tag))), None)
        mark = "".join(link.itertext()).strip()
        is_note = block is not None and block.tag in _NOTE_BLOCKS
        if is_note and block is not None and _MARK_OF_BOTH.fullmatch(mark) and _begins_with(block, note):
            link.set("role", "doc-noteref")
            block.set("role", "doc-footnote")


def _target(link: HtmlElement) -> str:
    return str(link.get("href") or "").rpartition("#")[2]


def _names_of(link: HtmlElement) -> list[str]:
    return [name for name in dict.fromkeys((link.get("id"), link.get("name"))) if name]


def _begins_with(block: HtmlElement, link: HtmlElement) -> bool:
    """Whether nothing is said in a block before a link."""
    texts = (text.strip() for text in block.itertext())
    first = next(filter(None, texts), "")
    return bool(first) and first == next(filter(None, (text.strip() for text in link.itertext())), "")


def _stretches(root: HtmlElement) -> Iterator[Stretch]:
    """The visible text, cut at every block element, in the order of the page."""
    from lxml.etree import iterwalk

    pieces: list[tuple[str, str]] = []  # why each is set apart, and its text
    path: list[str] = []
    named: list[str] = []  # with the class of each
    apart = [""]  # of each element of the path
    hidden, linked = 0, 0  # characters in links
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if not hidden and tag != "br" and not _INLINE.fullmatch(tag) and not _HIDDEN.fullmatch(tag):
            yield from _flushed(pieces, path, tuple(named[-_AROUND:]), linked)
            linked = 0
        if event == "start":
            path.append(tag)
            named.append(_DIGITS.sub("", " ".join([tag, *_classes(element)])))  # names of posts have numbers
            reason = apart[-1] or _apart(element, tag)
            if reason != apart[-1]:
                pieces.append((reason, " "))
            apart.append(reason)
            hidden += _is_hidden(element, tag)
            before = pieces[-1][1] if pieces else ""
            content = raised(element.text or "", before) if tag == "sup" else element.text
        else:
            path.pop()
            named.pop()
            apart.pop()
            hidden -= _is_hidden(element, tag)
            content = ("\n" if tag == "br" else "") + _spaced(element.tail, path)
        if content and not hidden:
            pieces.append((apart[-1], content if event == "end" else _spaced(content, path)))
            linked += len(content.strip()) if "a" in path else 0


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    """Whether what the element holds is nothing that is read, or a remark of the site within the text."""
    marked = not _MARKED.isdisjoint(_classes(element)) and _INLINE.fullmatch(tag)
    return bool(marked or _HIDDEN.fullmatch(tag) or (tag == "a" and _leads_to_itself(element)))


def _leads_to_itself(element: HtmlElement) -> bool:
    return (element.get("href") or "").startswith("#") and "".join(element.itertext()).strip() in _TO_ITSELF


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").lower().split()


def _apart(element: HtmlElement, tag: str) -> str:
    """Why an element is set apart from the text, or nothing."""
    if tag in _WHOLE:
        return ""
    if _is_unseen(element, tag):
        return _NOT_SHOWN
    if tag in ("sup", "a") and _is_mark(element, tag):
        return _MARK_OF_A_NOTE
    if tag in _STRUCK_OUT:
        return "struck out"
    if tag == "pre" and _is_code(element):
        return _CODE
    if _STYLE_OF_NOTES.search(element.get("style") or ""):
        return NOTES
    if tag == "div" and _ID_OF_A_NOTE.fullmatch(element.get("id") or ""):
        return NOTES
    if not _LISTS_OF_NOTES.isdisjoint(_classes(element)):
        return NOTES
    if element.get("role") == "navigation":
        return _PARTS["nav"]
    said = [_SAID.get(each, "") for each in _types(element)] + [_CLASSED.get(each, "") for each in _classes(element)]
    return next(filter(None, said), "")


def _is_code(element: HtmlElement) -> bool:
    """Whether what is shown as it was typed is code, not verse or a letter: by what it holds or stands in is called."""
    if any(element.find(f".//{tag}") is not None for tag in _CODE_IN):
        return True
    around = [element, *islice(element.iterancestors("div", "figure"), 2)]
    return any(_CODE_AROUND.fullmatch(each) for place in around for each in _classes(place))


def _types(element: HtmlElement) -> list[str]:
    """What a book says that an element is."""
    types = (element.get("epub:type") or "").lower().split()
    return types + [
        role.removeprefix("doc-") for role in (element.get("role") or "").split() if role.startswith("doc-")
    ]


def _is_unseen(element: HtmlElement, tag: str) -> bool:
    """Whether a browser does not show an element, as far as the page itself says so without style sheets. What
    aria-hidden keeps from being read aloud is seen. A formula that is hidden stands in for the picture of it."""
    hides = element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None)
    hides = hides or bool(_UNSEEN_STYLE.search(element.get("style") or "")) or not _UNSEEN.isdisjoint(_classes(element))
    return hides and element.find(".//math") is None


def _is_mark(element: HtmlElement, tag: str) -> bool:
    """Whether an element is a raised mark, or one in brackets, that leads to a note within the page."""
    above = element.getparent()
    inside = element if tag == "a" else element.find(".//a")
    link = above if above is not None and above.tag == "a" else inside
    if link is None or "#" not in (link.get("href") or ""):
        return False
    return bool((_MARK if tag == "sup" else _MARK_ON_THE_LINE).fullmatch("".join(element.itertext()).strip()))


def _spaced(content: str | None, path: Sequence[str]) -> str:
    """White space as a browser shows it: line ends count only in <pre>."""
    return content or "" if "pre" in path else _SPACE.sub(" ", content or "")


def _flushed(
    pieces: list[tuple[str, str]], path: Sequence[str], place: tuple[str, ...], linked: int
) -> Iterator[Stretch]:
    """What has been gathered, split where two line breaks follow each other, and then what is set apart from it;
    `pieces` is emptied."""
    heading = next((tag for tag in reversed(path) if tag in _HEADINGS), "")
    part = next((tag for tag in reversed(path) if tag in _PARTS), "")
    whole = "".join(text for _, text in pieces)
    is_link = linked > len(whole.strip()) / 2
    for apart in sorted({apart for apart, _ in pieces}):
        text = _AROUND_BREAK.sub("\n", _said(pieces, apart))
        for stretch in text.split("\n\n"):
            words = clean(_SPACE_RUN.sub(" ", stretch).strip())[0]
            if words:
                yield Stretch(words, heading, part, whole, not _LISTED.isdisjoint(path), is_link, apart, place)
    pieces.clear()


def _said(pieces: Sequence[tuple[str, str]], apart: str) -> str:
    """What is set apart for this reason, or the rest: "the council (1), which" without its mark has no blank before the
    comma."""
    said: list[str] = []
    between = False
    for reason, text in pieces:
        if reason == apart:
            if between and said and text.startswith(_CLOSE):
                said[-1] = said[-1].rstrip()
            said.append(text)
        between = reason != apart
    return "".join(said)


class Passages:
    """What an extractor took from the page, and whether a text is of it.

    Texts are compared without white space, in pieces of _SHINGLE characters; shorter ones as a whole.
    """

    def __init__(self, body: _Element | None) -> None:
        self.wholes = set(map(_solid, _paragraphs(body))) if body is not None else set()
        solid = _solid(" ".join(body.itertext())) if body is not None else ""
        self.length = len(solid)
        self.shingles = {solid[at : at + _SHINGLE] for at in range(max(len(solid) - _SHINGLE + 1, 0))}

    def hold(self, text: str) -> bool:
        """Whether a text is, nearly all of it, among the passages."""
        solid = _solid(text)
        if solid in self.wholes or len(solid) < _SHINGLE:
            return solid in self.wholes
        starts = range(0, len(solid) - _SHINGLE + 1, _SHINGLE)
        return sum(solid[at : at + _SHINGLE] in self.shingles for at in starts) >= _MOST * len(starts)


def _paragraphs(body: _Element) -> Iterator[str]:
    """The text of every element but the containers, and of every piece between two elements."""
    yield from (str(piece) for piece in body.itertext())
    yield from ("".join(map(str, child.itertext())) for child in body.iter() if len(child) < _MANY)


def _solid(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _extracted(markup: str, length: int) -> tuple[Passages, Passages]:
    """The page's main text and its comments; neither where there is none to be told, or too much or too broken."""
    if not 0 < length <= _LARGEST:
        return Passages(None), Passages(None)
    import trafilatura

    with quiet("trafilatura", "htmldate", "courlan", "justext"):
        try:
            page = trafilatura.bare_extraction(_for_extraction(_parse(markup)), include_comments=True)
        except Exception:  # it raises what its own parsers raise; without it the whole page is text
            page = None
    if page is None or isinstance(page, dict):
        return Passages(None), Passages(None)
    main, comments = Passages(page.body), Passages(page.commentsbody)
    return (main, comments) if main.length >= _TRUSTED * length else (Passages(None), comments)


def _for_extraction(root: HtmlElement) -> HtmlElement:
    """The page as extractors expect pages to be.

    What says a sentence in a <div> is a paragraph: where there are some <p>, they look at nothing else. What DocBook
    calls a sidebar is a box in the text.
    """
    for element in list(root.iter("div")):
        if _classes(element) == ["sidebar"] and len(element) and "titlepage" in _classes(element[0]):
            del element.attrib["class"]
        inline = all(each.tag == "br" or _INLINE.fullmatch(str(each.tag)) for each in element.iterdescendants())
        if inline and ends_sentence("".join(element.itertext()).strip()):
            element.tag = "p"
    return root


def _blocks(stretches: Sequence[Stretch], main: Passages, comments: Passages) -> tuple[str, list[Block]]:
    """The text, paragraphs with a blank line between, and its blocks."""
    listed = sources(stretches)
    paragraphs = []
    for number, (stretch, held) in enumerate(zip(stretches, _held(stretches, main, comments), strict=True)):
        kind, reason = (Kind.FURNITURE, NOTES) if number in listed else _kind(stretch, held, main, comments)
        paragraphs.append((kind, reason, stretch.text))
    return laid_out(with_one_title(paragraphs))


def _held(stretches: Sequence[Stretch], main: Passages, comments: Passages) -> list[bool]:
    """Which are of the main text: what was taken for it, and what that leaves out of an element of which it has the
    rest, what stands where most of it stands, and the headings right above it, whatever is set apart between."""
    hold = cache(main.hold)  # most stretches are all of their element
    held = [hold(stretch.whole) or hold(stretch.text) for stretch in stretches]
    for at in _alike(stretches, held):
        held[at] = not comments.hold(stretches[at].text)
    for at in reversed(range(len(held) - 1)):
        above = stretches[at].apart or (stretches[at].heading and not stretches[at].part)
        held[at] = held[at] or (held[at + 1] and bool(above))
    for runs in (_plain_lists, _tables):
        for run in runs(stretches, held):
            held[run] = [True] * (run.stop - run.start)
    return held


def _alike(stretches: Sequence[Stretch], held: Sequence[bool]) -> Iterator[int]:
    """Paragraphs within the like of elements that nearly only the main text is in: extractors drop short sections."""
    told = Counter(each.place for each in stretches if not each.apart)
    taken = Counter(each.place for each, is_held in zip(stretches, held, strict=True) if is_held and not each.apart)
    for at, (each, is_held) in enumerate(zip(stretches, held, strict=True)):
        is_open = not (is_held or each.apart or each.part or (each.linked and len(each.text) < _LONG))
        if is_open and taken[each.place] >= max(_FEWEST, _MOST * told[each.place]):
            yield at


def _plain_lists(stretches: Sequence[Stretch], held: Sequence[bool]) -> Iterator[slice]:
    """Lists without links that have main text above and below: they are of it, however short their items, for which
    extractors drop them."""
    items = [each.listed and not (each.linked or each.part or each.apart) for each in stretches]
    yield from (run for run in _runs(items, held) if _is_between(run, stretches, held))


def _tables(stretches: Sequence[Stretch], held: Sequence[bool]) -> Iterator[slice]:
    """Tables that are of the main text in part, and those with few links that have it above and below: extractors drop
    short cells."""
    items = [_is_cell(each) and not (each.part or each.apart) for each in stretches]
    for run in _runs(items):
        count = run.stop - run.start
        few = sum(each.linked for each in stretches[run]) <= _MOST_LINKED * count
        if sum(held[run]) >= _PART_OF_A_TABLE * count or (few and _is_between(run, stretches, held)):
            yield run


def _runs(items: Sequence[bool], done: Sequence[bool] = ()) -> Iterator[slice]:
    """Where items follow each other that are not done."""
    done = done or [False] * len(items)
    for is_item, run in groupby(range(len(items)), key=lambda at: items[at] and not done[at]):
        places = list(run)
        if is_item:
            yield slice(places[0], places[-1] + 1)


def _is_between(run: slice, stretches: Sequence[Stretch], held: Sequence[bool]) -> bool:
    """Whether the main text goes on above and below, whatever is set apart between."""
    above = next((at for at in reversed(range(run.start)) if not stretches[at].apart), None)
    below = next((at for at in range(run.stop, len(held)) if not stretches[at].apart), None)
    return above is not None and below is not None and held[above] and held[below]


def unspoken(stretches: Sequence[Stretch]) -> frozenset[int]:
    """Which are cells of tables and items of lists, in which nobody speaks, by number; but not where all of the page is
    cells, as old ones are laid out, or most of it items, as chats are."""
    cells = {at for at, each in enumerate(stretches) if _is_cell(each)}
    items = {at for at, each in enumerate(stretches) if each.listed}
    shares = (cells, _MOST_CELLS), (items, _MOST_LISTED)
    return frozenset(at for found, most in shares if len(found) < most * len(stretches) for at in found)


def _is_cell(stretch: Stretch) -> bool:
    return any(name.partition(" ")[0] in _CELLS for name in stretch.place[-2:])


def sources(stretches: Sequence[Stretch]) -> set[int]:
    """The lists below headings such as "References", and these headings. Prose below "Literatur" is text."""
    found: set[int] = set()
    heading = -1
    for at, stretch in enumerate(stretches):
        if stretch.heading:
            heading = at if fold(stretch.text) in SOURCES else -1
        elif heading >= 0 and (stretch.listed or stretch.apart == NOTES):
            found |= {heading, at}
        elif not stretch.apart:
            heading = -1
    return found


def _kind(stretch: Stretch, held: bool, main: Passages, comments: Passages) -> tuple[Kind, str]:
    if stretch.apart:
        return Kind.FURNITURE, stretch.apart
    is_title = stretch.heading == "h1" and stretch.part in ("", "header")
    if main.length and not is_title and not held:
        if comments.hold(stretch.text):
            return Kind.COMMENT, "a reader's comment"
        return Kind.FURNITURE, _PARTS.get(stretch.part, OUTSIDE)
    if not main.length and stretch.part not in ("", "figcaption") and not is_title:
        return Kind.FURNITURE, _PARTS[stretch.part]
    if is_title:
        return Kind.TITLE, ""
    return (Kind.HEADING if stretch.heading else Kind.BODY), ""


def _share(stretches: Sequence[Stretch], main: Passages, is_document: bool) -> tuple[str, ...]:
    """A warning where most of the page is hidden, little of it was taken for its main text, or nothing could be."""
    unseen = sum(len(_solid(stretch.text)) for stretch in stretches if stretch.apart == _NOT_SHOWN)
    length = sum(len(_solid(stretch.text)) for stretch in stretches if not stretch.apart)
    if unseen > length:
        return ("most of the page's text is hidden on it; look through what is marked as furniture.",)
    if is_document:
        return ()
    if not main.length:
        return ("the main text could not be told from the rest of the page: all of it was taken.",)
    if main.length >= _LITTLE * length:
        return ()
    return (
        f"only {main.length / length:.0%} of the page's text was taken for its main text; "
        "look through what is marked as furniture.",
    )


def _metadata(root: HtmlElement) -> dict[str, str]:
    """What the page says of itself: title, author, date, language."""
    found = {
        "title": root.findtext(".//title"),
        "author": _meta(root, "author", "article:author"),
        "date": _meta(root, "article:published_time", "date", "datepublished"),
        "language": root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
    }
    return told(found)


def _meta(root: HtmlElement, *names: str) -> str:
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.lower() in names and element.get("content"):
            return str(element.get("content"))
    return ""
