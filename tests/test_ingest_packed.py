"""Documents that are ZIP archives of XML: OpenDocument texts and books."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_ingest import check, mutated, of_kind, outline, rezipped, survives
from workbench.datatypes import Kind
from workbench.errors import DocumentError
from workbench.ingest import read_bytes
from workbench.settings import Settings

ODT, ODF = "application/vnd.oasis.opendocument.text", "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "style", "table", "meta"))
SPACES += f' xmlns:draw="{ODF}:drawing:1.0" xmlns:svg="{ODF}:svg-compatible:1.0"'
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:manifest="urn:x"'
MILL = """
<text:tracked-changes><text:changed-region><text:deletion><text:p>Gestrichen.</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:p text:style-name="Title">Die Mühle am Fluss</text:p>
<text:table-of-content><text:index-body><text:p>Das Rad<text:tab/>3</text:p></text:index-body></text:table-of-content>
<text:h text:style-name="P1" text:outline-level="1">Das Rad</text:h>
<text:p>Der Müller
   schlief<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Wie immer.</text:p>
</text:note-body></text:note>, das<text:s text:c="2"/>Rad<text:line-break/>stand<office:annotation>
<dc:creator>Ada</dc:creator><text:p>Stimmt das?</text:p></office:annotation>.
<text:span text:style-name="T9">Verborgen.</text:span></text:p>
<table:table><table:table-row><table:table-cell><text:p>Mehl</text:p></table:table-cell></table:table-row></table:table>
<text:list><text:list-item>
<text:p>Ein <text:ruby><text:ruby-base>Sack</text:ruby-base><text:ruby-text>sak</text:ruby-text></text:ruby>.</text:p>
</text:list-item></text:list>
<text:p>Vor<draw:frame><draw:text-box><text:p>Ein Kasten.</text:p></draw:text-box>
<svg:title>Bild</svg:title></draw:frame> ihm.</text:p>
<text:section text:display="none"><text:p>Verborgen.</text:p></text:section>"""
STYLES = """
<office:styles><style:style style:name="Heading_20_1"/></office:styles>
<office:master-styles><style:master-page><style:header><text:p>Kopf</text:p></style:header></style:master-page>
<style:master-page><style:header><text:p>Kopf</text:p></style:header></style:master-page></office:master-styles>"""
LOOK = """<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Heading_20_1"/>
<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T3"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T4"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="T5"><style:text-properties style:text-position="sub 58%"/></style:style>
</office:automatic-styles>"""

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Der Fluss</dc:title>
<dc:creator>Ada Weber</dc:creator><dc:language>de</dc:language></metadata><manifest>
<item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="2" href="text/zwei%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="1" href="text/eins.xhtml" media-type="application/xhtml+xml"/>
<item id="x" href="notes.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="1"/><itemref idref="2"/><itemref idref="x" linear="no"/>
</spine><guide><reference type="cover" href="cover.xhtml"/></guide></package>"""
CHAPTER = """<html xmlns:epub="urn:x"><head><title/></head><body><h1>Der Fluss</h1><h2>Eins</h2><p><a id="a"/>Er war
breit<a epub:type="noteref" href="../notes.xhtml#n1">1</a>, und <span epub:type="pagebreak">[12]</span>kalt.</p>
<aside epub:type="footnote"><p>Im März.</p></aside></body></html>"""


def zipped(parts: Mapping[str, str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def make_odt(text: str = MILL, manifest: str = "<manifest:manifest/>") -> bytes:
    rooted = {
        "content.xml": f"{LOOK}<office:body><office:text>{text}</office:text></office:body>",
        "styles.xml": STYLES,
        "meta.xml": "<dc:title>Mühlen</dc:title><meta:initial-creator>Ada</meta:initial-creator>",
        "META-INF/manifest.xml": manifest,
    }
    return zipped({"mimetype": ODT, **{name: f"<office:x {SPACES}>{xml}</office:x>" for name, xml in rooted.items()}})


def make_epub(**changes: str) -> bytes:
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE,
        "OEBPS/cover.xhtml": "<html><body><p>Ein Bild.</p></body></html>",
        "OEBPS/nav.xhtml": "<html><body><nav><h1>Inhalt</h1><ol><li><a href='e'>Eins</a></li></ol></nav></body></html>",
        "OEBPS/text/eins.xhtml": CHAPTER,
        "OEBPS/text/zwei b.xhtml": "<html><body><h1>Zwei</h1><p>Und tief.</p></body></html>",
        "OEBPS/notes.xhtml": "<html><body epub:type='endnotes'><p>Zwei Meter.</p></body></html>",
    }
    return zipped({name: changes.get(name.rpartition("/")[2].partition(".")[0], text) for name, text in parts.items()})


class TestOpenDocument:
    def test_a_document_is_read_as_it_is_once_revisions_are_accepted(self) -> None:
        document = read_bytes(make_odt(), "a.odt")
        check(document)
        assert outline(document) == [
            ("title", "Die Mühle am Fluss"),
            ("furniture", "Das Rad\t3"),
            ("heading", "Das Rad"),
            ("body", "Der Müller schlief, das  Rad\nstand."),
            ("body", "Mehl"),
            ("body", "Ein Sack."),
            ("body", "Vor ihm."),
            ("body", "Ein Kasten."),
            ("furniture", "Wie immer."),
            ("comment", "Stimmt das?"),
            ("furniture", "Kopf"),
        ]
        assert document.metadata == {"title": "Mühlen", "author": "Ada"}

    def test_a_raised_number_behind_a_digit_is_no_digit_more(self) -> None:
        span = '<text:span text:style-name="T%d">%s</text:span>'
        text = f"<text:p>10{span % (3, 6)} Boote, 2{span % (4, -3)} m, H{span % (5, 2)}O, 20{span % (3, 'th')}</text:p>"
        assert outline(read_bytes(make_odt(text), "a.odt"))[0] == ("body", "10⁶ Boote, 2⁻³ m, H2O, 20th")

    def test_a_password_is_named_for_what_it_is(self) -> None:
        locked = rezipped(make_odt(manifest="<manifest:encryption-data/>"), {"content.xml": b"<x/>"})
        with pytest.raises(DocumentError, match=r"a\.odt: it is protected by a password; open it in LibreOffice"):
            read_bytes(locked, "a.odt")

    def test_a_spreadsheet_is_none(self) -> None:
        with pytest.raises(DocumentError, match="an OpenDocument file without a text"):
            read_bytes(
                zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "a.odt"
            )


class TestBooks:
    def test_a_book_is_read_in_its_order_and_what_is_around_its_text_is_set_apart(self) -> None:
        document = read_bytes(make_epub(), "a.epub")
        check(document)
        assert outline(document) == [
            ("furniture", "Ein Bild."),
            ("furniture", "Inhalt"),
            ("furniture", "Eins"),
            ("title", "Der Fluss"),
            ("heading", "Eins"),
            ("body", "Er war breit, und kalt."),
            ("furniture", "1"),
            ("furniture", "[12]"),
            ("furniture", "Im März."),
            ("heading", "Zwei"),
            ("body", "Und tief."),
            ("furniture", "Zwei Meter."),
        ]
        assert [block.reason for block in document.blocks if block.kind == Kind.FURNITURE] == [
            "the cover",
            "a line of the table of contents",
            "a line of the table of contents",
            "the mark of a note",
            "the number of a page",
            "notes and sources",
            "a page that the book keeps out of its order",
        ]
        assert document.metadata == {"title": "Der Fluss", "author": "Ada Weber", "language": "de"}

    def test_a_page_that_is_missing_or_damaged_is_named_and_the_rest_is_read(self) -> None:
        document = read_bytes(make_epub(book=PACKAGE.replace("text/eins", "text/drei")), "a.epub")
        assert of_kind(document, Kind.BODY) == ["Und tief."]
        assert document.warnings == ("1 page of the book cannot be read: missing or damaged in the file (drei.xhtml).",)

    @pytest.mark.parametrize(("of", "is_read"), [("http://www.idpf.org/2008/embedding", True), ("urn:lock", False)])
    def test_a_locked_book_says_so_and_locked_fonts_are_no_matter(self, of: str, is_read: bool) -> None:
        lock = f'<e><EncryptedData><EncryptionMethod Algorithm="{of}"/><CipherReference URI="OEBPS/text/eins.xhtml"/>'
        book = BytesIO(make_epub())
        with zipfile.ZipFile(book, "a") as archive:
            archive.writestr("META-INF/encryption.xml", f"{lock}</EncryptedData></e>")
        if is_read:
            assert "Und tief." in of_kind(read_bytes(book.getvalue(), "a.epub"), Kind.BODY)
        else:
            with pytest.raises(DocumentError, match=r"locked against copying \(DRM\); add a copy"):
                read_bytes(book.getvalue(), "a.epub")

    def test_a_page_of_contents_may_say_more(self) -> None:
        said = '<reference type="toc" href="text/eins.xhtml"/></guide>'
        page = (
            "<html><body><h1>Inhalt</h1><p><a href='x'>Eins</a></p><p>Für meine Schwester am Fluss.</p></body></html>"
        )
        document = read_bytes(make_epub(book=PACKAGE.replace("</guide>", said), eins=page), "a.epub")
        assert of_kind(document, Kind.BODY) == ["Für meine Schwester am Fluss.", "Und tief."]

    def test_without_a_list_of_its_pages_a_book_is_refused_with_the_remedy(self) -> None:
        with pytest.raises(DocumentError, match=r"the list of its pages is missing; convert it"):
            read_bytes(make_epub(container="<container/>"), "a.epub")


FILES = {"a.odt": make_odt(), "a.epub": make_epub()}


@pytest.mark.parametrize("name", FILES)
def test_what_unpacks_to_too_much_is_refused(name: str) -> None:
    stream = BytesIO(FILES[name])
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", " " * 11_000_000)
    with pytest.raises(DocumentError, match="it unpacks to 10 MB where 5 MB is the most"):
        read_bytes(stream.getvalue(), name, Settings(max_unpacked_mb=5))


@pytest.mark.parametrize("name", FILES)
def test_entities_neither_grow_nor_read_files(name: str) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    part = {"a.odt": "content.xml", "a.epub": "OEBPS/book.opf"}[name]
    with zipfile.ZipFile(BytesIO(FILES[name])) as archive:
        xml = archive.read(part).decode().replace("Der Fluss", "Ah.&b;&f;").replace("Mehl", "Ah.&b;&f;")
    document = read_bytes(rezipped(FILES[name], {part: f"{entities}{xml}".encode()}), name)
    assert "aaaa" not in document.text + document.title and "Ah." in document.text + document.title


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=40)
def test_mutated_parts(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(FILES[name])) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
        content = archive.read(part)
    survives(rezipped(FILES[name], {part: data.draw(mutated(content))}), name)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=25)
def test_mutated_files(name: str, data: st.DataObject) -> None:
    survives(data.draw(mutated(FILES[name])), name)
