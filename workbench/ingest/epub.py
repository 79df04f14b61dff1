"""Books (.epub): what their pages say, in the order in which they are read; each is HTML, all of which is text.

What stands around the text (cover, tables of contents, notes, index) is set apart by what the book says of it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from workbench.datatypes import Kind
from workbench.ingest.contents import ENTRY
from workbench.ingest.extracted import Paragraph, reading_of, told, with_one_title
from workbench.ingest.packed import DAMAGE, opened, part
from workbench.ingest.reading import Reading, Source, UnreadableError
from workbench.ingest.web import NOTES, Page, page, sources, unspoken
from workbench.plurals import count

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGES = ("application/xhtml+xml", "text/html")
# What whole pages are, as books say it in either version of the format.
_AROUND = {
    "cover": "the cover",
    "copyright-page": "the page of rights",
    **dict.fromkeys(("toc", "loi", "lot", "landmarks", "page-list"), ENTRY[1]),
    **dict.fromkeys(("notes", "footnotes", "endnotes", "rearnotes", "bibliography"), NOTES),
    "index": "the index",
}
_BESIDE = "a page that the book keeps out of its order"
# Fonts may be made unreadable, and the text is not.
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page is in the archive, and why all of it is set apart, if it is."""

    path: str
    apart: str


def read(source: Source) -> Reading:
    """An .epub file; the text is extracted, one paragraph a block."""
    archive = opened(source.data)
    path, package = _package(archive)
    places = _places(package, path)
    _refuse_locked(archive, places)
    metadata = _metadata(package)
    pages, lost = _read(archive, places, source)
    paragraphs = [each for place, found in pages for each in _paragraphs(place, found, metadata.get("title", ""))]
    silent = unspoken([stretch for _, found in pages for stretch in found.stretches])
    warnings = dict.fromkeys(warning for _, found in pages for warning in found.warnings)
    # A book may say its title on several pages.
    return reading_of(with_one_title(paragraphs), metadata=metadata, warnings=(*warnings, *lost), silent=silent)


def _package(archive: ZipFile) -> tuple[str, _Element]:
    """Where the book says what it consists of, and what it says."""
    container = part(archive, "META-INF/container.xml")
    roots = container.iter("{*}rootfile") if container is not None else iter(())
    for path in (root.get("full-path") or "" for root in roots):
        if (package := part(archive, path)) is not None:
            return path, package
    raise UnreadableError("the list of its pages is missing; convert it to .epub anew, as Calibre does, and add that.")


def _places(package: _Element, path: str) -> list[_Place]:
    """The pages in reading order."""
    folder = posixpath.dirname(path)
    items = {item.get("id") or "": item for item in package.iter("{*}item")}
    guide = {_path(folder, each): (each.get("type") or "").lower() for each in package.iter("{*}reference")}
    found: dict[str, _Place] = {}
    for entry in package.iter("{*}itemref"):
        item = items.get(entry.get("idref") or "")
        if item is None or (item.get("media-type") or "") not in _PAGES:
            continue
        place = _path(folder, item)
        said = "toc" if "nav" in (item.get("properties") or "").split() else guide.get(place, "")
        beside = _BESIDE if entry.get("linear") == "no" else ""
        found.setdefault(place, _Place(place, _AROUND.get(said, beside)))
    return list(found.values())


def _path(folder: str, element: _Element) -> str:
    """Where in the archive that is to which an element of the package leads."""
    return posixpath.normpath(posixpath.join(folder, unquote((element.get("href") or "").partition("#")[0])))


def _refuse_locked(archive: ZipFile, places: Sequence[_Place]) -> None:
    said = part(archive, "META-INF/encryption.xml")
    pages = {place.path for place in places}
    for locked in said.iter("{*}EncryptedData") if said is not None else ():
        method, of = next(locked.iter("{*}EncryptionMethod"), None), next(locked.iter("{*}CipherReference"), None)
        if method is not None and method.get("Algorithm") in _OF_FONTS:
            continue
        if of is not None and unquote(of.get("URI") or "") in pages:
            raise UnreadableError("it is locked against copying (DRM); add a copy of the book that is not.")


def _read(
    archive: ZipFile, places: Sequence[_Place], source: Source
) -> tuple[list[tuple[_Place, Page]], Sequence[str]]:
    """What each page says, and a warning that names those that cannot be read."""
    found, lost = [], []
    for place in places:
        try:
            found.append((place, page(archive.read(place.path), source.settings.encoding)))
        except (KeyError, UnreadableError, *DAMAGE):
            lost.append(posixpath.basename(place.path))
    if not lost:
        return found, ()
    named = ", ".join(lost[:_MOST_NAMED]) + (", …" if len(lost) > _MOST_NAMED else "")
    return found, [f"{count(len(lost), 'page')} of the book cannot be read: missing or damaged in the file ({named})."]


def _paragraphs(place: _Place, found: Page, title: str) -> Iterator[Paragraph]:
    apart = place.apart or next((_AROUND[kind] for kind in found.said if kind in _AROUND), "")
    listed = sources(found.stretches)
    for number, stretch in enumerate(found.stretches):
        in_nav = stretch.part == "nav"
        # A page of contents may say more than that.
        around = apart if apart != ENTRY[1] or in_nav or stretch.linked or stretch.heading else ""
        notes = NOTES if number in listed else ""
        reason = around or stretch.apart or notes or (ENTRY[1] if in_nav else "")
        if reason:
            yield Kind.FURNITURE, reason, stretch.text
        elif stretch.heading and title and _same(stretch.text, title):
            yield Kind.TITLE, "", stretch.text
        else:
            yield (Kind.HEADING if stretch.heading else Kind.BODY), "", stretch.text


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _metadata(package: _Element) -> Mapping[str, str]:
    """What the book says of itself: title, author, date, language."""
    names = {"title": "title", "author": "creator", "date": "date", "language": "language"}
    dublin = "{http://purl.org/dc/elements/1.1/}"
    return told(
        {key: next((each.text for each in package.iter(f"{dublin}{name}")), None) for key, name in names.items()}
    )
