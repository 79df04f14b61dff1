"""Files of other tools: whatever they hold comes in as documents with their links, and no file does harm."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_core import TEXT
from tests.test_edits import opened
from workbench.core import Workbench
from workbench.datatypes import Status, TranslationUnit
from workbench.errors import InputError, WorkbenchError
from workbench.export import write
from workbench.export.incoming import File, ForeignBitext, read_bitext, read_reviewed, unpacked
from workbench.ingest.decode import text_of
from workbench.wiring import importing
from workbench.wiring.views import BeadView

Shape = list[tuple[tuple[int, ...], ...]]


def read(data: bytes | str, name: str = "memory.xml", *more: File) -> ForeignBitext:
    data = data.encode() if isinstance(data, str) else data
    return read_bitext(unpacked([File(name, data), *more]), text_of)


def texts(found: ForeignBitext) -> dict[str, list[str]]:
    return {version.lang: list(version.segments) for version in found.versions}


# Written by us in the manner of the tools that are named.
OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" segtype="sentence"
    srclang="EN-US" creationtoolversion="5.7"/>
  <body>
    <tu><tuv lang="EN-US"><seg>The &lt;b0&gt;mill&lt;/b0&gt; is old.</seg></tuv>
      <tuv lang="FR-FR" changeid="ann"><seg>Le moulin est vieux.</seg></tuv></tu>
    <tu><note>from the web</note><tuv lang="EN-US"><seg>It stands.</seg></tuv>
      <tuv lang="FR-FR"><seg>\u00a0 </seg></tuv></tu>
  </body>
</tmx>"""
TRADOS = """<?xml version="1.0" encoding="utf-16"?>
<tmx version="1.4"><header creationtool="TRADOS Translator's Workbench for Windows" srclang="EN-GB"/><body>
<tu creationdate="20260102T030405Z"><prop type="Txt::Field">x</prop>
<tuv xml:lang="EN-GB"><seg><ut>{\\b </ut>Bread<ut>}</ut> &amp; <bpt i="1">{\\i </bpt>milk<ept i="1">}</ept></seg></tuv>
<tuv xml:lang="ZH-CN"><seg>面包<ph x="1">{\\line }</ph>和牛奶</seg></tuv></tu></body></tmx>"""
MEMOQ = """<TMX VERSION="1.4"><HEADER SRCLANG="en"/><BODY>
<TU><TUV XML:LANG="en" xmlns:XML="urn:x"><SEG>A <HI type="b">bold</HI> word</SEG></TUV>
<TUV LANG="de"><SEG>Ein <IT pos="begin">[</IT>fettes<IT pos="end">]</IT> Wort</SEG></TUV>
<TUV LANG="pt-BR"><SEG>Uma palavra</SEG></TUV></TU>
<TU><TUV LANG="de"><SEG>Nur hier</SEG></TUV><TUV LANG="pt-BR"><SEG>Só aqui</SEG></TUV></TU></BODY></TMX>"""
XLIFF12 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="en-US" target-language="ja-JP" datatype="x"><body><group>
<trans-unit id="1"><source>Press <x id="1" ctype="lb"/>OK. Then <g id="2">wait</g>.</source>
 <seg-source><mrk mtype="seg" mid="0">Press <x id="1" ctype="lb"/>OK.</mrk>
 <mrk mtype="seg" mid="1">Then <g id="2">wait</g>.</mrk></seg-source>
 <target><mrk mtype="seg" mid="0">OKを<bpt id="9">&lt;b&gt;</bpt>押す。</mrk><mrk mtype="seg" mid="1"></mrk></target>
 <alt-trans><source>Other</source><target>別</target></alt-trans></trans-unit></group>
<trans-unit id="2"><source>Plain</source></trans-unit></body></file></xliff>"""
XLIFF20 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es">
<file id="f"><group id="g"><unit id="1"><segment><source>One <pc id="1">bold</pc><ph id="2"/>.</source>
<target>Uno <pc id="1">fuerte</pc>.</target></segment>
<ignorable><source> </source></ignorable><segment><source>Two<cp hex="001F"/>.</source></segment></unit></group></file>
</xliff>"""


def test_a_memory_of_omegat_comes_in() -> None:
    found = read(OMEGAT)
    assert texts(found) == {"en": ["The <b0>mill</b0> is old.", "It stands."], "fr": ["Le moulin est vieux."]}
    assert found.beads == (((0,), (0,)), ((1,), ()))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_memory_of_trados_in_utf_16_loses_its_codes_and_says_how_many(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    found = read(mark + TRADOS.encode(encoding))
    assert texts(found) == {"en-GB": ["Bread & milk"], "zh-Hans": ["面包 和牛奶"]}
    assert found.notes == ("5 × inline code dropped",)


def test_a_memory_with_capital_tags_and_three_languages_comes_in() -> None:
    found = read(MEMOQ)
    assert texts(found) == {
        "en": ["A bold word"],
        "de": ["Ein fettes Wort", "Nur hier"],
        "pt-BR": ["Uma palavra", "Só aqui"],
    }
    assert found.beads == (((0,), (0,), (0,)), ((), (1,), (1,)))


def test_variants_of_one_language_that_stand_side_by_side_are_versions_apart() -> None:
    units = [{"fr-FR": "A.", "fr": "B.", "en": "1."}, {"fr": "C.", "fr-FR": "D.", "en": "2."}, {"fr-FR": "E."}]
    tus = ("".join(f'<tuv lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in unit.items()) for unit in units)
    body = "".join(f"<tu>{tuvs}</tu>" for tuvs in tus)
    found = read(f"<tmx><body>{body}</body></tmx>")
    assert [(version.lang, version.segments) for version in found.versions] == [
        ("fr", ("A.", "D.", "E.")),
        ("fr", ("B.", "C.")),
        ("en", ("1.", "2.")),
    ]
    assert found.notes == ("2 × text in fr beside another one in fr; it is of a version of its own",)


def test_xliff_comes_in_segment_by_segment() -> None:
    found = read(XLIFF12)
    assert texts(found) == {"en": ["Press OK.", "Then wait.", "Plain"], "ja": ["OKを押す。"]}
    assert found.beads == (((0,), (0,)), ((1,), ()), ((2,), ()))
    found = read(XLIFF20)
    assert texts(found) == {"en": ["One bold.", "Two."], "es": ["Uno fuerte."]}
    assert found.beads == (((0,), (0,)), ((1,), ()))
    assert found.notes == ("4 × inline code dropped", "1 × unit without any text left out")


LINKS = """<?xml version="1.0"?><linkGrp toDoc="book.cs.xml" fromDoc="book.en.xml">
<link type="1-2" xtargets="1:1;1:1 1:2" status="man"/><link type="1-0" xtargets="1:2;" status="auto"/>
<link type="0-1" xtargets=";1:3" status="auto"/></linkGrp>"""
CZECH = '<text lang="cs"><p id="1"><s id="1:1">Prší.</s> <s id="1:2">Konec.</s></p></text>'
ENGLISH = '<text><p><s id="1:1">It</s><s id="1:2">rains.</s><s id="1:3">Alone.</s></p></text>'


@pytest.mark.parametrize("turned", [False, True])
def test_an_alignment_of_intertext_comes_in_with_its_documents(turned: bool, tmp_path: Path) -> None:
    links = LINKS
    if turned:  # as XCES has it: ids of fromDoc first
        links = links.replace('"1:1;1:1 1:2"', '"1:1 1:2;1:1"').replace('"1:2;"', '";1:2"').replace('";1:3"', '"1:3;"')
    documents = [File("book.en.xml", ENGLISH.encode()), File("book.cs.xml", CZECH.encode())]
    found = read(links, "book.xml", *documents)
    assert texts(found) == {"cs": ["Prší.", "Konec."], "en": ["It", "rains.", "Alone."]}
    assert found.beads == (((0,), (0, 1)), ((1,), ()), ((), (2,)))
    with pytest.raises(InputError, match=r"is of book\.cs\.xml, which is not here"):
        read(links, "book.xml", documents[0])


def test_an_alignment_of_opus_tells_documents_of_one_name_by_their_folders() -> None:
    group = '<linkGrp fromDoc="cs/1/a.xml.gz" toDoc="en/1/a.xml.gz"><link xtargets="1:1;1:1 1:2"/></linkGrp>'
    links = f"<cesAlign>{group}</cesAlign>"
    opus = packed({"cs-en.xml": links, "en/1/a.xml": ENGLISH, "cs/1/a.xml": CZECH})
    assert {version.segments[0] for version in read(opus, "opus.zip").versions} == {"Prší.", "It"}
    with pytest.raises(InputError, match=r"both documents are called a\.xml; pack them with their folders"):
        read(links, "cs-en.xml", File("a.xml", ENGLISH.encode()), File("a.xml", CZECH.encode()))


def test_blanks_that_are_of_a_text_stay_and_those_of_layout_are_evened_out() -> None:
    french, japanese = "«\u00a0Déjà\u00a0»\u202f:\n  10\u2009000\tpas", "山田\u3000花子"
    expected = ["«\u00a0Déjà\u00a0»\u202f: 10\u2009000 pas", japanese]
    memory = f'<tmx><body><tu><tuv lang="fr"><seg>{french}</seg></tuv><tuv lang="ja"><seg>{japanese}</seg></tuv></tu>'
    found = read(f"{memory}</body></tmx>")
    assert [version.segments[0] for version in found.versions] == expected
    sides = {"fr": french, "ja": japanese}
    documents = [File(f"a.{lang}.xml", f'<text><s id="1">{text}</s></text>'.encode()) for lang, text in sides.items()]
    links = '<linkGrp toDoc="a.fr.xml" fromDoc="a.ja.xml"><link xtargets="1;1"/></linkGrp>'
    assert [version.segments[0] for version in read(links, "a.xml", *documents).versions] == expected


def test_moses_pairs_come_in_line_by_line_also_packed() -> None:
    src, tgt = "One.\n\nThree\u2028and a half.\n", "Un.\r\nDeux.\r\nTrois."
    found = read(src, "corpus.en", File("corpus.fr", tgt.encode()))
    assert texts(found) == {"en": ["One.", "Three and a half."], "fr": ["Un.", "Deux.", "Trois."]}
    assert found.beads == (((0,), (0,)), ((), (1,)), ((1,), (2,)))
    assert read(packed({"corpus.en": src, "corpus.fr": tgt}), "corpus.zip") == found
    macs = read(src.replace("\n", "\r"), "corpus.en", File("corpus.fr", tgt.encode()))
    assert (macs.beads, texts(macs)) == (found.beads, texts(found))
    with pytest.raises(InputError, match=r"corpus\.en has 2 lines and corpus\.fr has 3"):
        read("One.\nTwo.\n", "corpus.en", File("corpus.fr", tgt.encode()))


def test_compressed_files_come_in() -> None:
    found = read(gzip.compress(OMEGAT.encode()), "en-fr.tmx.gz")
    assert found == read(OMEGAT, "en-fr.tmx")
    lines = [
        File(f"pairs.{lang}.gz", gzip.compress(text.encode())) for lang, text in (("en", "One.\n"), ("fr", "Un.\n"))
    ]
    assert [version.name for version in read_bitext(unpacked(lines), text_of).versions] == ["pairs.en", "pairs.fr"]
    with pytest.raises(InputError, match=r"en-fr\.tmx\.gz cannot be decompressed"):
        read(gzip.compress(OMEGAT.encode())[:-20], "en-fr.tmx.gz")


SIDES = {"books.en-fr.en": "One.\nTwo.\n", "books.en-fr.fr": "Un.\nDeux.\n"}
PACKED_ALONG = {
    "opus": {"books.en-fr.xml": LINKS, "README": "Books, in\ntwo languages", "LICENSE": "free"},
    "opus with scores": {"books.en-fr.scores": "1.2\n1.1\n", "README.md": "# Books"},
    "a mac": {"__MACOSX/._books.en-fr.en": "\0\5", "__MACOSX/._books.en-fr.fr": "\0\5", ".DS_Store": "\0"},
    "our own": {"about.txt": "Workbench"},
}


@pytest.mark.parametrize("along", PACKED_ALONG.values(), ids=PACKED_ALONG.keys())
def test_what_lies_beside_two_texts_in_an_archive_is_no_text(along: dict[str, str], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "books.zip", "w") as archive:
        for name, text in (along | SIDES).items():
            archive.writestr(name, text)
    found = read((tmp_path / "books.zip").read_bytes(), "books.zip")
    assert texts(found) == {"en": ["One.", "Two."], "fr": ["Un.", "Deux."]}
    with opened(tmp_path / "ws") as bench:
        bench.take_in_bitext([File("books.zip", (tmp_path / "books.zip").read_bytes())])
        assert [info.name for info in bench.documents()] == list(SIDES)
        assert bench.history()[0].action.startswith("imported books.en-fr")


TABLES: dict[str, tuple[bytes, dict[str, list[str]]]] = {
    "no header": (b"Hello\tBonjour\tweb\nBye\t\n", {"und": ["Bonjour"]}),
    "languages": ("id;en;zh-TW\n1;Hello;你好\n".encode("utf-8-sig"), {"en": ["Hello"], "zh-Hant": ["你好"]}),
    "sides": (b'"Source","Target","src_lang"\r\n"a ""b""",=1,de\r\n', {"de": ['a "b"'], "und": ["=1"]}),
    "line ends of old Macs": (
        b"en\tfr\rHello\tBonjour\rBye\tSalut\r",
        {"en": ["Hello", "Bye"], "fr": ["Bonjour", "Salut"]},
    ),
    "names of languages": (b"English,French\nHello,Bonjour\n", {"en": ["Hello"], "fr": ["Bonjour"]}),
    "words that are codes": (b"the\tdog\nthe cat\tder\n", {"und": ["dog", "der"]}),
    "numbered": (b"1\tHello\t7\tBonjour\n2\tBye\t8\tAdieu\n", {"und": ["Bonjour", "Adieu"]}),
    "numbered, by name": (b"Nr;en;fr\n1;Hello;Bonjour\n", {"en": ["Hello"], "fr": ["Bonjour"]}),
    "numbered, by another name": (
        b"Nr;A;B\n1;Hello;Bonjour\n2;Bye;Adieu\n",
        {"und": ["B", "Bonjour", "Adieu"]},
    ),
    "names with brackets": (b"Nr;Deutsch (DE);Englisch\n1;Uhr;Clock\n", {"de": ["Uhr"], "en": ["Clock"]}),
    "sides with brackets": (b"id\tSource [de]\ttarget_text (en-US)\n1\tUhr\tClock\n", {"de": ["Uhr"], "en": ["Clock"]}),
    "a title above": (b"Words of the tower,,\n,,\n#,EN,DE\n1,Clock,Uhr\n", {"en": ["Clock"], "de": ["Uhr"]}),
    "sides in German": (
        "Nr;Ausgangstext;Übersetzung (en)\n1;Uhr;Clock\n".encode(),
        {"und": ["Uhr"], "en": ["Clock"]},
    ),
    "keys": (b"menu.file,File,Datei\nERR_01,Sorry,Pardon\n", {"und": ["Datei", "Pardon"]}),
    "a line for Excel": (b"sep=;\r\nHello, you;Bonjour\r\nBye;Adieu\r\n", {"und": ["Bonjour", "Adieu"]}),
    "escaped quotation marks": (
        b'en,fr\n"He cried \\"Stop\\", twice","Il cria \\"Halte\\", deux fois"\n',
        {"en": ['He cried "Stop", twice'], "fr": ['Il cria "Halte", deux fois']},
    ),
    "backslashes": (b'en,fr\n"In C:\\","Dans C:\\"\n', {"en": ["In C:\\"], "fr": ["Dans C:\\"]}),
    "an empty column": (b"Hello\t\tBonjour\nBye\t\tAdieu\n", {"und": ["Bonjour", "Adieu"]}),
    "names of scripts, in them": (
        "简体中文,繁體中文\n欢迎,歡迎\n".encode(),
        {"zh-Hans": ["欢迎"], "zh-Hant": ["歡迎"]},
    ),
    "names of languages, in them": (
        "Français,English,Note\nÉté,Summer,x\n".encode(),
        {"fr": ["Été"], "en": ["Summer"]},
    ),
    "utf-16": ("fr\ten\nÉté\tSummer\n".encode("utf-16"), {"fr": ["Été"], "en": ["Summer"]}),
}


@pytest.mark.parametrize("kind", TABLES)
def test_tables_come_in_by_the_names_of_their_columns_or_the_first_two(kind: str) -> None:
    data, expected = TABLES[kind]
    assert texts(read(data, "pairs.csv")) == expected


def test_of_a_workbook_the_sheets_that_name_versions_are_read_and_others_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Please fill in column B"])
    for pair in (("Clock", "Uhr"), ("Mill", "Mühle")):
        sheet = book.create_sheet()
        sheet.append(["English", "German"])
        sheet.append(pair)
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue(), "pairs.xlsx")
    assert texts(found) == {"en": ["Clock", "Mill"], "de": ["Uhr", "Mühle"]}
    assert [note.partition(";")[0] for note in found.notes] == ["1 × sheet with other columns left out"]


def test_dates_and_times_of_a_workbook_are_text() -> None:
    book = openpyxl.Workbook()
    for row in (["en", "de"], [date(2026, 5, 1), datetime(2026, 5, 1, 9, 30)], [time(9, 30), "halb zehn"]):
        book.active.append(row)
    book.save(file := io.BytesIO())
    found = texts(read(file.getvalue(), "pairs.xlsx"))
    assert found == {"en": ["2026-05-01", "09:30:00"], "de": ["2026-05-01 09:30:00", "halb zehn"]}


def test_numbers_of_a_workbook_are_what_people_see_there() -> None:
    book = openpyxl.Workbook()
    rows = [
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (7, "000", "007"),
        (1500, "General", "1500"),
        (2.5, "@", "2.5"),
    ]
    book.active.append(["en", "de"])
    for number, format, _ in rows:
        book.active.append([number, "so viel"])
        book.active.cell(book.active.max_row, 1).number_format = format
    book.save(file := io.BytesIO())
    assert texts(read(file.getvalue(), "pairs.xlsx"))["en"] == [seen for *_, seen in rows]


@pytest.mark.parametrize(("marked", "plain"), [("source", "target"), ("target", "source")])
def test_an_xliff_unit_with_text_outside_of_its_segments_is_taken_whole(marked: str, plain: str) -> None:
    segments = '<mrk mtype="seg" mid="1">Es regnet.</mrk> <mrk mtype="seg" mid="2">Es stürmt.</mrk>'
    sides = {marked: segments, plain: "Rain and storm."}
    unit = f'<trans-unit id="1"><source>{sides["source"]}</source><target>{sides["target"]}</target></trans-unit>'
    head = '<xliff version="1.2"><file source-language="de" target-language="en"><body>'
    found = read(f"{head}{unit}</body></file></xliff>")
    assert [text for version in found.versions for text in version.segments] in (
        ["Es regnet. Es stürmt.", "Rain and storm."],
        ["Rain and storm.", "Es regnet. Es stürmt."],
    )
    assert found.beads == (((0,), (0,)),)
    assert not found.notes


@pytest.mark.parametrize(
    "unit",
    [
        '<trans-unit id="1"><source>Wind the {0}?</source><target state="{1}">{2}</target></trans-unit>',
        '<trans-unit id="1"><source>Wind the {0}?</source><seg-source><mrk mtype="seg" mid="1">Wind the {0}?</mrk>'
        '</seg-source><target state="{1}"><mrk mtype="seg" mid="1">{2}</mrk></target></trans-unit>',
        '<unit id="1"><segment state="{1}"><source>Wind the {0}?</source><target>{2}</target></segment></unit>',
    ],
)
def test_a_copy_of_the_source_that_waits_for_its_translation_is_none(unit: str) -> None:
    told = [("clock", "new"), ("bell", "needs-translation"), ("mill", "initial"), ("tap", "translated")]
    copies = [unit.format(what, state, f"Wind the {what}?") for what, state in told]
    other = unit.format("key", "needs-translation", "Den Schlüssel drehen?")
    file = '<xliff><file source-language="en" target-language="de"><body>{}</body></file></xliff>'
    found = read(file.format("".join([*copies, other])), "memory.xlf")
    assert texts(found)["de"] == ["Wind the tap?", "Den Schlüssel drehen?"]
    assert found.notes == ("3 × source that stands in for its translation, as the file says, left out",)


def test_xliff_units_without_a_translation_need_not_say_its_language_and_what_is_struck_out_is_gone() -> None:
    units = (
        '<trans-unit id="1"><source>Wind the clock.</source><target xml:lang="de">Die Uhr <mrk mtype="x-sdl-deleted">'
        'zieh</mrk><mrk mtype="x-sdl-added">aufziehen</mrk>.</target></trans-unit><trans-unit id="2">'
        "<source>Stop the mill.</source></trans-unit>"
    )
    found = read(f'<xliff version="1.2"><file source-language="en"><body>{units}</body></file></xliff>')
    assert texts(found) == {"en": ["Wind the clock.", "Stop the mill."], "de": ["Die Uhr aufziehen."]}


@pytest.mark.parametrize("blanks", ["\n\n ", "\ufeff\n", "\ufeff\ufeff"])
def test_xml_behind_blanks_comes_in(blanks: str) -> None:
    assert texts(read(blanks + OMEGAT)) == texts(read(OMEGAT))


@pytest.mark.parametrize("name", ["pairs.{}", "pairs.{}.txt", "pairs.{}.clean.txt"])
def test_moses_files_are_of_the_language_that_their_names_say(name: str) -> None:
    found = read("One.\n", name.format("en"), File(name.format("fr"), b"Un.\n"))
    assert texts(found) == {"en": ["One."], "fr": ["Un."]}


def test_endings_that_are_codes_of_rare_languages_by_chance_name_none() -> None:
    found = read("One.\n", "src.txt", File("old.txt", b"Un.\n"))
    assert [version.lang for version in found.versions] == ["und", "und"]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with opened(tmp_path / "ws") as workbench:
        yield workbench


def test_a_bitext_is_documents_with_links_that_is_taken_back_as_one(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "memo.tmx").write_text(MEMOQ, encoding="utf-8")
    files = importing.opened([tmp_path / "memo.tmx"])
    report = bench.take_in_bitext(files)
    assert (report.docs, report.segments, report.links) == (("memo.en", "memo.de", "memo.pt-BR"), (1, 2, 2), 4)
    assert set(report.changes) == {"added"}
    view = bench.pair("memo.de", "memo.pt-BR")
    assert view and view.verdict == "linked in memo.tmx, which was imported"
    assert [(b.bead.src, b.bead.tgt, b.bead.confidence, b.status) for b in view.beads] == [
        ((0,), (0,), 1.0, Status.UNREVIEWED),
        ((1,), (1,), 1.0, Status.UNREVIEWED),
    ]
    assert view.beads[0].bead.reasons == ("linked in memo.tmx",)
    bench.review(view.beads[0].id, Status.ACCEPTED)
    assert bench.undo() and (undone := bench.undo()) and undone.said == "imported memo.tmx (by Ada)"
    assert bench.documents() == []
    assert bench.redo() and bench.redo()
    assert [info.lang for info in bench.documents()] == ["en", "de", "pt-BR"]
    # A language set by hand keeps the segments, and the file taken in again its documents.
    bench.set_language("memo.de", "nl")
    assert [view.segment.text for view in bench.segments("memo.de")] == ["Ein fettes Wort", "Nur hier"]
    assert set(bench.take_in_bitext(files).changes) == {"unchanged"}
    assert [info.lang for info in bench.documents()] == ["en", "nl", "pt-BR"]
    again = bench.pair("memo.de", "memo.pt-BR")
    assert again and [bead.status for bead in again.beads] == [Status.ACCEPTED, Status.UNREVIEWED]
    (tmp_path / "memo.tmx").write_text(MEMOQ.replace('"de"', '"de-AT"'), encoding="utf-8")
    assert "changed" in bench.take_in_bitext(importing.opened([tmp_path / "memo.tmx"])).changes
    assert [info.lang for info in bench.documents()] == ["en", "de-AT", "pt-BR"]


def test_of_two_memories_of_one_name_none_replaces_the_other_unless_it_is_a_new_version(bench: Workbench) -> None:
    harbour, snow, mayor = TEXT[0], TEXT[2], TEXT[4]

    def taken_in(*rows: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        report = bench.take_in_bitext([File("tm.tsv", "\n".join("\t".join(row) for row in rows).encode())])
        return report.docs, report.notes

    first = ("en", "fr"), (harbour, "Le bac part pour l'île à huit heures du matin.")
    assert taken_in(*first) == (("tm.en", "tm.fr"), ())
    bench.review(beads(bench)[0].id, Status.ACCEPTED)
    # The same English and another language is another memory, too.
    names, (note,) = taken_in(("en", "de"), (harbour, "Die Fähre legt um acht Uhr zur Insel ab."))
    assert names == ("tm.en (2)", "tm.de") and "both are kept" in note
    names, (note,) = taken_in(("en", "fr"), (snow, "La neige a bloqué la route du col."))
    assert names == ("tm.en (3)", "tm.fr (2)")
    # One more pair makes a new version of the first, and what was said of it stays.
    assert taken_in(*first, (mayor, "Le maire a écrit au ministère.")) == (("tm.en", "tm.fr"), ())
    assert [bead.status for bead in beads(bench)] == [Status.ACCEPTED, Status.UNREVIEWED]
    assert [view.segment.text for view in bench.segments("tm.en (2)")] == [harbour]


def beads(bench: Workbench) -> Sequence[BeadView]:
    view = bench.pair("tm.en", "tm.fr")
    assert view
    return view.beads


def test_documents_of_a_table_that_names_no_language_are_named_by_the_one_they_are_in(bench: Workbench) -> None:
    rows = (
        "The harbour opens again on Monday.\tLe port rouvre lundi matin.\nTwo ships came.\tDeux bateaux sont venus.\n"
    )
    assert bench.take_in_bitext([File("pairs.tsv", rows.encode())]).docs == ("pairs.en", "pairs.fr")


def test_repeated_segments_of_a_memory_are_no_copies(bench: Workbench) -> None:
    rows = "\n".join(["Yes.\tJa."] * 3 + ["A long sentence that stands here twice.\tLang."] * 2)
    bench.take_in_bitext([File("yes.tsv", f"en\tde\n{rows}\n".encode())])
    view = bench.pair("yes.en", "yes.de")
    assert view and [(b.bead.src, b.bead.tgt) for b in view.beads] == [((n,), (n,)) for n in range(5)]
    assert not view.stale and all(view.included for view in bench.segments("yes.en"))


def test_links_that_were_imported_stay_when_the_documents_are_aligned_again(bench: Workbench) -> None:
    harbour, ferry, snow, mayor = TEXT[:3] + TEXT[4:5]
    rows = [(harbour, ferry), (ferry, harbour), (snow, ""), ("", snow), (mayor, mayor)]
    table = "\n".join("\t".join(row) for row in [("en", "de"), *rows])
    docs = bench.take_in_bitext([File("memo.tsv", table.encode())]).docs

    def links() -> dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[str, ...]]:
        view = bench.pair(*docs)
        assert view
        return {(b.bead.src, b.bead.tgt): b.bead.reasons for b in view.beads if not b.bead.is_null}

    imported = links()
    assert list(imported) == [((0,), (0,)), ((1,), (1,)), ((3,), (3,))]
    bench.align(docs)
    assert links().keys() == imported.keys() | {((2,), (2,))}
    view = bench.pair(*docs)
    assert view
    wrong = next(bead.id for bead in view.beads if bead.bead.src == (0,))
    for status in (Status.ACCEPTED, Status.UNREVIEWED):
        bench.review(wrong, status)
        bench.align(docs[::-1])
        assert imported.items() <= links().items()
    bench.align_range(*docs, range(2), range(2))
    assert imported.items() <= links().items()
    bench.review(wrong, Status.REJECTED)
    bench.align(docs)
    assert ((0,), (0,)) not in links() and ((1,), (1,)) in links()


def test_an_export_of_another_workspace_comes_in_as_a_bitext(bench: Workbench, tmp_path: Path) -> None:
    data = written("xlsx", tmp_path)
    assert bench.returned([File("out.xlsx", data)]) is None
    report = bench.take_in_bitext([File("out.xlsx", data)])
    assert (report.links, report.segments) == (2, (2, 2))


@pytest.mark.parametrize("format", ["tsv", "csv-spreadsheet", "xlsx", "tmx", "xliff", "xliff2", "moses", "intertext"])
def test_what_we_write_is_read_as_a_bitext_too(format: str, tmp_path: Path) -> None:
    found = read(written(format, tmp_path), "out")
    assert sorted(version.segments for version in found.versions) == [("Text 0", "Text 1"), ("Texte 0", "Texte 1")]
    assert found.beads == (((0,), (0,)), ((1,), (1,)))


@pytest.mark.parametrize(
    ("names", "langs"),
    [
        (("report.new.txt", "report.fr.txt"), ("und", "fr")),
        (("report.en.new.txt", "report.fra"), ("en", "fr")),
        (("report.may.eng.txt", "report.mar.txt"), ("en", "und")),
        (("report.uk.txt", "report.pt-BR.txt"), ("und", "pt-BR")),
    ],
)
def test_the_name_of_a_file_tells_a_language_where_it_means_one(names: tuple[str, str], langs: tuple[str, str]) -> None:
    found = read("The mill is old.\n", names[0], File(names[1], b"Le moulin est vieux.\n"))
    assert tuple(version.lang for version in found.versions) == langs


def test_memories_and_xliff_of_the_translate_toolkit_come_in() -> None:
    from translate.storage import tmx, xliff

    memory = tmx.tmxfile(sourcelanguage="en", targetlanguage="cs")
    memory.addtranslation("Rain & <b>sun</b>", "en", "Déšť", "cs")
    found = read(bytes(memory))
    assert texts(found) == {"en": ["Rain & <b>sun</b>"], "cs": ["Déšť"]}
    store = xliff.xlifffile(sourcelanguage="en", targetlanguage="cs")
    unit = store.addsourceunit("It rains.")
    unit.target = "Prší."
    found = read(bytes(store))
    assert texts(found) == {"en": ["It rains."], "cs": ["Prší."]}


# -- what does harm, or would


def bomb(levels: int = 12) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE tmx [<!ENTITY e0 "ha">{entities}]><tmx><body><tu><tuv lang="en"><seg>&e{levels - 1};</seg>'


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("&nbsp;", r"line 8: &nbsp; is a name of HTML's that XML does not know; write &#160; throughout"),
        ("&fruit;", r"line 8: &fruit; stands for nothing in XML; where it is text, write &amp;fruit; throughout"),
        (" & ", r"line 8: an & stands for itself; write &amp;"),
        ("R&D", r"line 8: an & stands for itself; write &amp;"),
        ("\x0b", r"line 8: there is a control character"),
        ("&#11;", r"line 8: there is a control character"),
        ("<b>", r"line 8: this is not well-formed XML"),
    ],
)
def test_what_is_wrong_with_xml_is_said_with_the_line_and_what_to_do(wrong: str, told: str) -> None:
    memory = OMEGAT.replace('<!DOCTYPE tmx SYSTEM "tmx11.dtd">', "").replace("est vieux", f"est{wrong}vieux")
    with pytest.raises(InputError, match=told):
        read(memory)


def test_an_xliff_file_that_carries_a_large_document_is_read() -> None:
    carried = f'<header><skl><internal-file form="base64">{"QUJD" * 4_000_000}</internal-file></skl></header><body>'
    assert read(XLIFF12.replace("<body>", carried, 1)) == read(XLIFF12)


LANGS = "ar bg cs da de el en es et fi fr ga hr".split()  # noqa: SIM905
MANY = "".join(f"<tuv lang='{lang}'><seg>x</seg></tuv>" for lang in LANGS)
HARMFUL = {
    "billion laughs": bomb(),
    "external entity": '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]><tmx><body><tu><seg>&x;',
    "parameter entity": '<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><tmx><body/></tmx>',
    "entities in the root": bomb().replace("<tmx>", "<tmx a='&e11;'>"),
    "deep nesting": "<tmx><body><tu><tuv lang='en'><seg>" + "<hi>" * 100_000,
    "deep xliff": "<xliff version='1.2'>" + "<group>" * 100_000,
    "another encoding": '<?xml version="1.0" encoding="UTF-16"?><tmx/>',
    "no end": "<tmx><body><tu><tuv lang='en'><seg>text",
    "another kind": "<html><body>text</body></html>",
    "one language": "<tmx><body><tu><tuv lang='en'><seg>text</seg></tuv></tu></body></tmx>",
    "many languages": f"<tmx><body><tu>{MANY}</tu></body></tmx>",
    "several pairs": XLIFF12.replace("</xliff>", XLIFF12[XLIFF12.index("<file") :].replace("ja-JP", "ko")),
    "one column": "text\nand text",
    "nothing": " \n",
    "json": '{"src": 1, "tgt": 2}',
    "json list": '[{"src": "a", "tgt": "b"}]',
    "binary": "a\0\tb",
    "prefix of nothing": "<xliff><file><unit x:id='1'><source y:lang='en'>text</source></unit></file></xliff>",
    "alignment of nothing": "<linkGrp/>",
    "damaged archive": "PK\x03\x04 damaged",
}  # fmt: skip


@pytest.mark.parametrize("kind", HARMFUL)
def test_what_is_no_bitext_or_does_harm_is_refused_in_a_sentence(kind: str) -> None:
    with pytest.raises(InputError) as error:
        read(HARMFUL[kind], "x")
    assert len(str(error.value)) < 400 and "\n" not in str(error.value)


def test_a_quotation_mark_that_is_never_closed_is_named_and_swallows_nothing() -> None:
    with pytest.raises(InputError, match="row 3: a quotation mark is opened there and never closed"):
        read('fr,en\nUn,One\n"Deux,Two\nTrois,Three\n', "pairs.csv")


@pytest.mark.parametrize("header", ["en,fr\n", ""])
def test_a_row_that_a_comma_in_its_text_makes_too_wide_is_told(header: str) -> None:
    rows = "It rains again.,Il pleut encore.\nWell, it rains.,Oui, il pleut.\nThe ship left.,Le bateau est parti.\n"
    (note,) = read(f"{header}{rows}", "pairs.csv").notes
    assert note.startswith(f"1 × row with more columns than the others, the first row {3 if header else 2};")


def test_columns_of_text_that_nothing_names_are_counted() -> None:
    rows = "1,It rains.,Il pleut.,Es regnet.\n2,The ship left.,Le bateau est parti.,Das Schiff fuhr ab.\n"
    (note,) = read(rows, "pairs.csv").notes
    assert note.startswith("1 × further column of text left out") and note.endswith("by its language, like en or fr")
    assert not read(f"id,en,fr,de\n{rows}", "pairs.csv").notes


def test_a_blank_behind_each_separator_is_no_part_of_a_text() -> None:
    assert texts(read('fr, en\nUn, "One, two"\n', "pairs.csv")) == {"fr": ["Un"], "en": ["One, two"]}
    assert texts(read('fr,en\nUn, "One" he said\n', "pairs.csv"))["en"] == ['"One" he said']


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("above", ["", "Wörter vom Turm\n"])
def test_a_tsv_has_cells_of_several_lines_where_they_are_quoted(end: str, above: str) -> None:
    cells = 'de\ten\n"Die Uhr\ngeht vor"\t"The clock\nis fast"\n"Er rief ""Halt""."\t"He cried ""Stop""."\nNein\tNo\n'
    found = read(f"{above}{cells}".replace("\n", end), "pairs.tsv")
    assert texts(found) == {
        "de": ["Die Uhr geht vor", 'Er rief "Halt".', "Nein"],
        "en": ["The clock is fast", 'He cried "Stop".', "No"],
    }
    assert not found.notes


def test_quotation_marks_of_a_tsv_that_quotes_nothing_stay() -> None:
    table = 'de\ten\n"Die Uhr geht vor.\t"The clock is fast.\nSie geht nach."\tIt is slow."\nNein\t"No" he said\nJa\n'
    assert texts(read(table, "pairs.tsv"))["de"] == ['"Die Uhr geht vor.', 'Sie geht nach."', "Nein", "Ja"]


@pytest.mark.parametrize(
    "above",
    [
        "",
        "Turm, Uhr, Glocke und mehr\nde;en\n",
        '"Text, Deutsch (de)";"Text, English (en)"\n',
    ],
)
def test_what_stands_between_the_fields_is_told_by_most_rows(above: str) -> None:
    rows = '"Anna, die Uhr, hörst du?";"Anna, the clock, do you hear?"\nNein;No\nDoch, ja, schon;Yes\n'
    de, en = read(above + rows, "pairs.csv").versions
    assert de.segments[-3:] == ("Anna, die Uhr, hörst du?", "Nein", "Doch, ja, schon")
    assert en.segments[-3:] == ("Anna, the clock, do you hear?", "No", "Yes")


def test_prose_with_commas_is_no_table() -> None:
    letter = "Dear Ann,\nit rained, and nobody came.\nThe mill is old.\nIt stands.\nYours\n"
    with pytest.raises(InputError, match="one column, so this is no table of pairs"):
        read(letter, "letter.txt")
    report = "Rain, hail and wind, snow.\nIt rained, at last, all day, in the hills.\nThe mill, which is old.\n"
    report += "Nobody came.\nThe river rose, fell, rose, fell.\nThe ship, which was late, left, and, alone, sank.\n"
    with pytest.raises(InputError, match="no more than 2 of 6 rows have as many columns"):
        read(report, "report.txt")


def test_gettext_messages_are_no_table_and_are_told_which_way_to_go(tmp_path: Path) -> None:
    messages = 'msgid "Rain, sun"\nmsgstr "Regen, Sonne"\n\nmsgid "Mill"\nmsgstr "Mühle"\n\nmsgid "Bee"\nmsgstr ""\n'
    for data in (messages.encode() * 3, written("po", tmp_path)):
        with pytest.raises(InputError, match=r"out: these are gettext messages \(PO\).*po2csv"):
            read(data, "out")


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "rtf", "pdf"])
def test_a_document_is_led_to_the_library(kind: str, tmp_path: Path) -> None:
    documents = {
        "docx": lambda: written("docx", tmp_path),
        "odt": lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "epub": lambda: packed({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"}),
        "rtf": lambda: rb"{\rtf1 Rain.\par}",
        "pdf": lambda: b"%PDF-1.7\n1 0 obj\n",
    }
    with pytest.raises(InputError, match=r"out\b.* is a document, which the Library takes in.*XLSX"):
        read(documents[kind](), "out")


def test_a_table_of_another_office_is_said_to_be_saved_otherwise() -> None:
    table = packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
    with pytest.raises(InputError, match="x is an OpenDocument file, no bitext; save a table in it as XLSX"):
        read(table, "x")


def test_an_archive_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(InputError, match=r"x\.zip holds no file"):
        read(packed({}), "x.zip")


def test_a_dtd_that_is_named_is_not_fetched_and_its_entities_are_characters() -> None:
    found = read(
        '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">' + TRADOS.split("?>")[1].replace("milk", "m&eacute;lk")
    )
    assert texts(found)["en-GB"] == ["Bread & mélk"]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("workbench.export.incoming.sheets.MOST_UNPACKED", 1000)
    with pytest.raises(InputError, match="more than any table"):
        read(written("xlsx", tmp_path), "big.xlsx")


UNITS = [
    TranslationUnit(
        f"{n:016x}", "a.txt", "b.txt", "en", "fr", (f"{n + 2:016x}",), (f"{n + 4:016x}",), f"Text {n}", f"Texte {n}",
        f"Text {n}", f"Text {n}", 0.5, 0.9, Status.UNREVIEWED, src_numbers=(n + 1,), tgt_numbers=(n + 1,),
        src_parts=(f"Text {n}",), tgt_parts=(f"Texte {n}",),
    )
    for n in range(2)
]  # fmt: skip


def packed(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def written(format: str, folder: Path) -> bytes:
    write(UNITS, format, folder / "out")
    return (folder / "out").read_bytes()


def mutated(data: bytes, seed: int) -> bytes:
    """Bytes changed, doubled, cut out or cut off, as damage does."""
    chance = random.Random(seed)
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(damaged) + 1), chance.randint(0, 40)
        match chance.randrange(4):
            case 0:
                damaged[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                damaged[at:at] = damaged[at : at + length]
            case 2:
                del damaged[at : at + length]
            case _:
                damaged[at : at + length] = chance.choice(
                    [b"<", b">", b'"', b"&x;", b"]]>", b"\t", b"\0", b"\xff\xfe", b""]
                )
    return bytes(damaged)


def survive(data: bytes, name: str, *more: File) -> None:
    for reader in (read_reviewed, read_bitext):
        try:
            reader(unpacked([File(name, data), *more]), text_of)
        except WorkbenchError as error:
            assert len(str(error)) < 1000


@pytest.mark.parametrize("format", ["tsv", "xlsx", "tmx", "xliff"])
def test_damaged_exports_are_read_or_refused_in_a_sentence(format: str, tmp_path: Path) -> None:
    data = written(format, tmp_path)
    for seed in range(30 if format == "xlsx" else 150):
        survive(mutated(data, seed), "out")


@pytest.mark.parametrize("sample", [OMEGAT, TRADOS, MEMOQ, XLIFF12, XLIFF20, LINKS, CZECH])
def test_damaged_files_of_other_tools_are_read_or_refused_in_a_sentence(sample: str) -> None:
    documents = [File("book.en.xml", ENGLISH.encode()), File("book.cs.xml", CZECH.encode())]
    for seed in range(100):
        survive(
            mutated(sample.encode("utf-16" if sample is TRADOS else "utf-8"), seed),
            "x",
            *documents[: 2 * (sample is LINKS)],
        )


@settings(max_examples=150)
@given(data=st.one_of(st.binary(max_size=300), st.text(alphabet='\t\r\n";,a<&', max_size=80).map(str.encode)))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    survive(data, "x")
    survive(data, "x.en", File("x.fr", b"Un.\nDeux.\n"))
