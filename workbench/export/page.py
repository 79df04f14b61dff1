"""One HTML file, side by side: a row a unit, a column a document, its counterparts lit up with what the pointer is on.

It works from a disk, without network: styles stand within, there is no script, and its policy forbids the browser to
load or run anything, whatever a text contains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree
from lxml.builder import E

from workbench import __version__
from workbench.datatypes import Status, TranslationUnit, Variant
from workbench.errors import ExportError
from workbench.export.base import ONE_LINE_END, ONLY_XML, About, Format, Texts
from workbench.lang import direction, same_language
from workbench.plurals import of_100
from workbench.rewording import Place, rewording

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --lit: #ffd54f55; --soft: #8889; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 110rem; padding: 0 1rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
th { background: Canvas; position: sticky; text-align: start; top: 0; }
th, td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; padding: .4rem .6rem; vertical-align: top; }
p { margin: 0; white-space: pre-wrap; }
mark { background: #2f7fc633; border-bottom: 2px dotted #2f7fc6; color: inherit; position: relative; }
mark::before, mark::after { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
mark::before { content: " [only here: "; }
mark::after { content: "] "; }
tr:hover td, tr:focus td { background: var(--lit); }
td:empty { background: repeating-linear-gradient(45deg, transparent 0 6px, var(--line) 6px 7px); }
.english, .about, footer { color: GrayText; font-size: .85rem; }
td.about, th.about { width: 9rem; }
.rejected .text { text-decoration: line-through; }
footer { margin-top: 2rem; }
@media print { tr { break-inside: avoid; } }
"""

# What words are marked; the version they are compared with is the first other one where there are several.
WORDS_MARKED = "words that the other version in this language (of several, the first other one) does not have"

Column = tuple[str, int]  # a document, and which of its versions in a unit: a document alone has its English beside it
Words = Mapping[Column, tuple[Place, ...]]  # the words of a unit that are marked


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    known = list(units)
    columns = columns_of(known, about.docs)
    title = " · ".join(dict.fromkeys(doc for doc, _ in columns)) or "Workbench"
    with etree.htmlfile(file, encoding="utf-8") as html:
        html.write_doctype("<!DOCTYPE html>")
        with html.element("html", lang="en"):
            html.write(_head(title), "\n")
            with html.element("body"):
                html.write(E.h1(title))
                words = [reworded(unit) for unit in known]
                if any(map(any_marked, words)):
                    html.write(E.p(f"Marked: {WORDS_MARKED}.", {"class": "about"}))
                _write_table(html, zip(known, words, strict=True), columns)
                html.write(_footer(about))


def _write_table(html: Any, units: Iterable[tuple[TranslationUnit, Words]], columns: Sequence[Column]) -> None:
    with html.element("table"):
        html.write(E.thead(_heading(columns)), "\n")
        with html.element("tbody"):
            for unit, words in units:
                html.write(_row(unit, words, columns), "\n")


def columns_of(units: Sequence[TranslationUnit], docs: Sequence[str]) -> list[Column]:
    """The columns that units fill, in an order that no unit goes against, whatever passage comes first: documents as
    they were chosen, `docs`; of what they do not name (mined pairs name collections) sources before targets."""
    sources, targets = [unit.src_doc for unit in units], [unit.tgt_doc for unit in units]
    others = [other.doc for unit in units for other in unit.others]
    places = {doc: place for place, doc in enumerate(dict.fromkeys([*docs, *sources, *targets, *others]))}
    filled = {column for unit in units for column, _ in placed(unit)}
    return sorted(filled, key=lambda column: (places[column[0]], column[1]))


def placed(unit: TranslationUnit) -> Iterator[tuple[Column, Variant]]:
    """What each document says, by its column."""
    seen: list[str] = []
    for variant in unit.variants:
        yield (variant.doc, seen.count(variant.doc)), variant
        seen.append(variant.doc)


def _head(title: str) -> Any:
    return E.head(
        E.meta(charset="utf-8"),
        E.meta({"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        E.meta(name="viewport", content="width=device-width"),
        E.title(title),
        E.style(_STYLE),
    )


def _heading(columns: Sequence[Column]) -> Any:
    names = (E.th(f"{doc}, English" if version else doc, scope="col") for doc, version in columns)
    return E.tr(*names, E.th("link", {"class": "about", "scope": "col"}))


def _row(unit: TranslationUnit, words: Words, columns: Sequence[Column]) -> Any:
    row = E.tr({"class": str(unit.status), "tabindex": "0", "data-id": unit.bead_id})
    said = dict(placed(unit))
    for column in columns:
        row.append(_cell(said[column], words.get(column, ())) if column in said else E.td())
    row.append(E.td(*map(E.p, remarks(unit)), {"class": "about"}))
    return row


def reworded(unit: TranslationUnit) -> Words:
    """The words of each document that the first other in its language does not have."""
    found: dict[Column, tuple[Place, ...]] = {}
    for (one, src), (other, tgt) in combinations(placed(unit), 2):
        is_told = one in found and other in found
        if not is_told and src.doc != tgt.doc and same_language(src.lang, tgt.lang):
            changes = rewording([src.text], [tgt.text], (src.lang, tgt.lang))
            found.setdefault(one, changes.src if changes else ())
            found.setdefault(other, changes.tgt if changes else ())
    return found


def any_marked(words: Words) -> bool:
    return any(words.values())


def pieces(text: str, places: Iterable[Place]) -> Iterator[tuple[str, bool]]:
    """A text in order, cut where marks begin and end, and whether a piece is marked."""
    at = 0
    for _, start, end in places:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _cell(variant: Variant, words: Iterable[Place]) -> Any:
    text = (E.mark(piece) if is_marked else piece for piece, is_marked in pieces(variant.text, words))
    cell = E.td(E.p(*text, {"class": "text"}), lang=variant.lang, dir=direction(variant.lang))
    if variant.english.strip() and variant.english != variant.text:
        cell.append(E.p(variant.english, {"class": "english", "lang": "en", "dir": "ltr"}))
    return cell


def remarks(unit: TranslationUnit) -> list[str]:
    """Where its passages stand, how sure a link is that nobody accepted, and what people say of it."""
    numbers = (" ".join(map(str, variant.numbers)) for variant in unit.variants)
    is_told = not unit.is_null and unit.status is not Status.ACCEPTED
    by = f" by {unit.reviewer}" if unit.reviewer else ""
    found = [
        " – ".join(each for each in numbers if each),
        f"{of_100(unit.confidence)}% sure" if is_told else "",
        f"{unit.status}{by}" if unit.status is not Status.UNREVIEWED else "",
        unit.comment,
    ]
    return [remark for remark in found if remark]


def _footer(about: About) -> Any:
    said = [f"Workbench {__version__}", about.signature, about.choice]
    return E.footer(*(E.p(each) for each in said if each))


def read(path: Path) -> Iterator[Texts]:
    """Raises ExportError on a file that would run or load something."""
    for _, element in etree.iterparse(str(path), html=True, encoding="utf-8", huge_tree=True):
        if element.tag in ("script", "link", "img", "iframe", "object", "embed", "base", "form"):
            raise ExportError(f"{path} has an element {element.tag}, which such a file has no use for.")
        if element.tag == "tr" and element.get("data-id") is not None:
            texts = ("".join(text.itertext()) for text in element.iterfind("td/p[@class='text']"))
            yield (element.get("data-id"), *texts)


HTML = Format(
    name="html",
    suffix=".html",
    mime="text/html",
    description="one page to read, side by side; works from a file, without network and without scripts",
    rules=(ONLY_XML, ONE_LINE_END),
    nulls=True,
    write=write,
    read=read,
    held=lambda unit: (unit.bead_id, *(variant.text for variant in unit.variants)),
    several=True,
    whole=True,
)
