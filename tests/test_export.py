"""Exports: what is written can be read by others, says the same, and never costs the user a good file."""

from __future__ import annotations

import csv
import errno
import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from workbench.datatypes import Status, TranslationUnit
from workbench.errors import ExportError
from workbench.export import FORMATS, Selection, check_tmx, write

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
COLUMNS = (
    "bead_id src_doc tgt_doc src_segments tgt_segments src_text tgt_text src_en tgt_en score confidence status"
    " src_numbers tgt_numbers comment written"
)

LINK = TranslationUnit(
    bead_id="b1",
    src_doc="bericht.de.txt",
    tgt_doc="talk.zh-Hant.txt",
    src_lang="de",
    tgt_lang="zh-Hant",
    src_segments=("s1", "s2"),
    tgt_segments=("t1",),
    src_text="Guten Tag. Wie geht es?",
    tgt_text="你好嗎？",
    src_en="Hello. How are you?",
    tgt_en="How are you?",
    score=0.123456789,
    confidence=1.0,
    status=Status.ACCEPTED,
    reviewer="ann",
    signature="workbench 0",
    src_numbers=(4, 5),
    tgt_numbers=(7,),
    src_spans=((0, 10), (11, 24)),
    tgt_spans=((30, 34),),
    src_parts=("Guten Tag.", "Wie geht es?"),
    tgt_parts=("你好嗎？",),
)
NULL = replace(
    LINK, bead_id="b2", tgt_segments=(), tgt_text="", tgt_en="", tgt_numbers=(), status=Status.UNREVIEWED, reviewer=""
)


def told(number: int, src: str, tgt: str) -> TranslationUnit:
    """A link of one segment on either side, the `number`th of both documents."""
    return replace(
        LINK,
        bead_id=f"b{number}",
        src_segments=(f"s{number}",),
        tgt_segments=(f"t{number}",),
        src_text=src,
        tgt_text=tgt,
        src_numbers=(number + 1,),
        tgt_numbers=(number + 1,),
        src_parts=(src,),
        tgt_parts=(tgt,),
    )


HOSTILE = [
    "",
    " \t ",
    "a\tb\nc\r\nd\re",
    "<b>&amp;</b> ]]> <![CDATA[ \" ' &#0; &nbsp; <?x?> <!-- -->",
    "\x00\x01\x08\x0b\x0c\x1f\x7f\x80\x85\x9f\ufffe\uffff\ufeff",
    "line\u2028paragraph\u2029end",
    "שלום \u202eabc\u202c العربية\u200f",
    "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301 \U0010ffff \U0001fffe",
    "\ud800 half \udfff \udbff\udfff",
    "=cmd|' /C calc'!A0",
    '"quoted" "" "open',
    "x" * 50_000,
    "字 " * 25_000,
]


def table(path: Path) -> list[dict[str, str]]:
    """The rows as a reader with quoting off sees them, the standard library's."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def objects(path: Path) -> list[dict[str, Any]]:
    # splitlines() breaks at U+2028 and the like, as many a reader does.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def memory(path: Path) -> list[Any]:
    """The tu elements, read with the strictest settings."""
    return etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).findall("body/tu")


def segs(tu: Any) -> list[str]:
    return [seg.text or "" for seg in tu.iterfind("tuv/seg")]


@pytest.fixture(autouse=True)
def wide_fields() -> Iterator[None]:
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


def test_the_tsv_has_the_documented_columns(tmp_path: Path) -> None:
    report = write([LINK, NULL], "tsv", tmp_path / "out.tsv")
    assert (tmp_path / "out.tsv").read_bytes().split(b"\n")[0].decode() == COLUMNS.replace(" ", "\t")
    first, second = table(tmp_path / "out.tsv")
    assert first == {
        "bead_id": "b1",
        "src_doc": "bericht.de.txt",
        "tgt_doc": "talk.zh-Hant.txt",
        "src_segments": "s1 s2",
        "tgt_segments": "t1",
        "src_text": "Guten Tag. Wie geht es?",
        "tgt_text": "你好嗎？",
        "src_en": "Hello. How are you?",
        "tgt_en": "How are you?",
        "score": "0.123457",
        "confidence": "1",
        "status": "accepted",
        "src_numbers": "4 5",
        "tgt_numbers": "7",
        "comment": "",
        "written": "d7d666-df287d-070c16-37cea3-790269-e3b0c4",  # sha256sum of each,
    }
    assert (second["tgt_segments"], second["tgt_text"], second["status"]) == ("", "", "unreviewed")
    assert (report.written, report.left_out, report.altered) == (2, {}, {})


def test_pandas_reads_the_tsv(tmp_path: Path) -> None:
    import pandas as pd

    units = [replace(LINK, src_text=text, tgt_text='"') for text in HOSTILE]
    write(units, "tsv", tmp_path / "out.tsv")
    frame = pd.read_csv(tmp_path / "out.tsv", sep="\t", quoting=3, keep_default_na=False)
    assert list(frame.columns) == COLUMNS.split()
    assert frame.shape == (len(units), 16)
    assert set(frame["tgt_text"]) == {'"'}


def test_the_jsonl_has_every_field(tmp_path: Path) -> None:
    write([LINK], "jsonl", tmp_path / "out.jsonl")
    whole = {name: value for name, value in asdict(LINK).items() if not name.endswith("_parts") and name != "others"}
    assert objects(tmp_path / "out.jsonl") == [json.loads(json.dumps(whole))]
    assert "你好嗎" in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def test_the_tmx_has_a_header_units_and_props(tmp_path: Path) -> None:
    other = replace(LINK, bead_id="b3", src_lang="fr", src_segments=("s9",), signature="", reviewer="")
    report = write([LINK, NULL, other], "tmx", tmp_path / "out.tmx")
    root = etree.parse(str(tmp_path / "out.tmx")).getroot()
    header = dict(root.find("header").attrib)
    assert header.pop("creationtoolversion")
    assert header == {
        "creationtool": "Workbench",
        "segtype": "sentence",
        "o-tmf": "Workbench",
        "adminlang": "en",
        "srclang": "de",
        "datatype": "plaintext",
    }
    first, second = memory(tmp_path / "out.tmx")
    assert dict(first.attrib) == {"tuid": "b1", "segtype": "block"}
    assert dict(second.attrib) == {"tuid": "b3", "srclang": "fr"}
    assert [(prop.get("type"), prop.text) for prop in first.findall("prop")] == [
        ("x-score", "0.123457"),
        ("x-confidence", "1"),
        ("x-status", "accepted"),
        ("x-reviewer", "ann"),
        ("x-signature", "workbench 0"),
        ("x-written", "d7d666-df287d-070c16-37cea3-790269-e3b0c4"),
    ]
    assert [[*(prop.text for prop in tuv.findall("prop")), tuv.findtext("seg")] for tuv in first.findall("tuv")] == [
        ["bericht.de.txt", "s1 s2", "4 5", "0-10 11-24", LINK.src_text],
        ["talk.zh-Hant.txt", "t1", "7", "30-34", LINK.tgt_text],
    ]
    assert [tuv.get(XML_LANG) for tuv in first.findall("tuv")] == ["de", "zh-Hant"]
    assert [prop.get("type") for prop in first.findall("tuv/prop")][:4] == [
        "x-document",
        "x-segments",
        "x-numbers",
        "x-offsets",
    ]
    assert (report.written, report.left_out) == (2, {"no counterpart": 1})


def test_a_unit_without_text_on_one_side_is_no_translation_memory(tmp_path: Path) -> None:
    report = write([replace(LINK, src_text="\x01"), LINK], "tmx", tmp_path / "out.tmx")
    assert (report.written, report.left_out) == (1, {"no text on one side": 1})


def test_nulls_can_be_left_out(tmp_path: Path) -> None:
    for name in ("tsv", "jsonl"):
        report = write([LINK, NULL, NULL], name, tmp_path / "out", Selection(nulls=False))
        assert (report.written, report.left_out) == (1, {"no counterpart": 2})


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_write_gives_a_valid_file(tmp_path: Path, name: str) -> None:
    assert write(iter(()), name, tmp_path / "out").written == 0
    assert list(FORMATS[name].read(tmp_path / "out")) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_units_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    units = [told(n, text, text) for n, text in enumerate(HOSTILE)]
    for file in ("one", "two"):
        write(iter(units), name, tmp_path / file)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_is_altered_is_counted(tmp_path: Path) -> None:
    unit = replace(LINK, src_text="a\tb\r\nc\x00", tgt_text="x\ud800", src_doc="new\nline")
    assert write([unit], "jsonl", tmp_path / "jsonl").altered == {"lone surrogate replaced by U+FFFD": 1}
    assert write([unit], "tsv", tmp_path / "tsv").altered == {
        "line break, tab or control character replaced by a space": 4,
        "lone surrogate replaced by U+FFFD": 1,
    }
    assert write([unit], "tmx", tmp_path / "tmx").altered == {"character that XML does not allow removed": 2}
    assert table(tmp_path / "tsv")[0]["src_text"] == "a b c "
    assert segs(memory(tmp_path / "tmx")[0]) == ["a\tb\r\nc", "x"]
    assert objects(tmp_path / "jsonl")[0]["src_text"] == "a\tb\r\nc\x00"


CONTROLS = {chr(n) for n in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]}
XML_BANNED = {chr(n) for n in range(0x20)} - set("\t\n\r") | {"\ufffe", "\uffff"}


def is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def as_tsv(text: str) -> str:
    kept = ["\ufffd" if is_surrogate(c) else " " if c in CONTROLS else c for c in text.replace("\r\n", " ")]
    return "".join(kept)


def as_json(text: str) -> str:
    return "".join("\ufffd" if is_surrogate(c) else c for c in text)


def as_xml(text: str) -> str:
    return "".join(c for c in text if not is_surrogate(c) and c not in XML_BANNED)


TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters()),
    st.text("<>&;\"'\\\t\r\n\x00\x85\u2028]=a", max_size=30),
)


@settings(max_examples=30)
@given(texts=st.lists(st.tuples(TEXT, TEXT), max_size=4), doc=TEXT)
@example(texts=[(text, text) for text in HOSTILE], doc='\x00\n"<&')
def test_hostile_text_comes_back_from_every_format(texts: list[tuple[str, str]], doc: str) -> None:
    units = [
        replace(
            LINK,
            bead_id=f"b{n}",
            src_text=src,
            tgt_text=tgt,
            src_en=src,
            tgt_en=tgt,
            src_doc=doc,
            reviewer=doc,
        )
        for n, (src, tgt) in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        write(units, "tsv", out)
        assert [(r["src_text"], r["tgt_text"]) for r in table(out)] == [(as_tsv(a), as_tsv(b)) for a, b in texts]
        assert all((r["src_doc"], r["src_en"]) == (as_tsv(doc), r["src_text"]) for r in table(out))
        write(units, "jsonl", out)
        assert [(o["src_text"], o["tgt_text"]) for o in objects(out)] == [(as_json(a), as_json(b)) for a, b in texts]
        assert all((o["src_doc"], o["reviewer"]) == (as_json(doc), as_json(doc)) for o in objects(out))
        write(units, "tmx", out)
        held = [[as_xml(a), as_xml(b)] for a, b in texts if as_xml(a).strip() and as_xml(b).strip()]
        assert [segs(tu) for tu in memory(out)] == held
        assert all(tu.findtext("tuv/prop") == as_xml(doc) for tu in memory(out))


def test_a_failed_export_leaves_the_good_file_and_nothing_else(tmp_path: Path) -> None:
    def broken() -> Iterator[TranslationUnit]:
        yield LINK
        raise RuntimeError("the database went away")

    for name in FORMATS:
        out = tmp_path / f"out.{name}"
        out.write_text("good", encoding="utf-8")
        with pytest.raises(RuntimeError, match="went away"):
            write(broken(), name, out)
        with pytest.raises(ExportError, match="b1"):
            write([replace(LINK, score=float("nan"))], name, out)
        assert out.read_text(encoding="utf-8") == "good"
    assert len(list(tmp_path.iterdir())) == len(FORMATS)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # xlsxwriter's, of its archive
@pytest.mark.parametrize("name", FORMATS)
def test_a_disk_that_is_full_is_said_to_be_and_nothing_is_left_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    monkeypatch.setattr(Path, "open", lambda *_: io.BufferedWriter(Full()))
    long = "".join(map(chr, range(0x4E00, 0x9C20)))  # no buffer holds it, packed or not
    with pytest.raises(ExportError, match=r"out cannot be written \(.*No space left"):
        write([told(0, long, long)], name, tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("fault", ["changed", "lost", "extra"])
def test_a_writer_that_does_not_write_what_it_was_given_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def faulty(file: Any, units: Any, about: Any) -> None:
        units = list(units)
        wrong = {"changed": [replace(LINK, tgt_text="?"), NULL], "lost": units[:1], "extra": [*units, LINK]}
        FORMATS["jsonl"].write(file, wrong[fault], about)

    monkeypatch.setitem(FORMATS, "faulty", replace(FORMATS["jsonl"], name="faulty", write=faulty))
    with pytest.raises(ExportError, match="report"):
        write([LINK, NULL], "faulty", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"'ods'.*tsv, csv, .*docx"):
        write([LINK], "ods", tmp_path / "out")


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="not a file"):
        write([LINK], "tsv", tmp_path)
    with pytest.raises(ExportError, match="cannot be written"):
        write([LINK], "tsv", tmp_path / "file" / "out.tsv")


def test_missing_folders_are_made_and_an_old_file_replaced(tmp_path: Path) -> None:
    for units in ([LINK, NULL], [LINK]):
        write(units, "tsv", tmp_path / "new" / "folder" / "out.tsv")
    assert len(table(tmp_path / "new" / "folder" / "out.tsv")) == 1
    assert [file.name for file in (tmp_path / "new" / "folder").iterdir()] == ["out.tsv"]


HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"'
    ' srclang="de" datatype="plaintext"/>'
)
DE = '<tuv xml:lang="de"><seg>Ja.</seg></tuv>'
EN = '<tuv xml:lang="en"><seg>Yes.</seg></tuv>'
GOOD = f'<?xml version="1.0"?>\n<tmx version="1.4">{HEADER}<body><tu tuid="1">{DE}{EN}</tu></body></tmx>'


def seg(content: str) -> tuple[str, str]:
    return "<seg>Ja.</seg>", f"<seg>{content}</seg>"


VALID = {
    "as it is": ("", ""),
    "doctype": ("<tmx ", '<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx '),
    "no units": (f'<tu tuid="1">{DE}{EN}</tu>', ""),
    "one variant": (EN, ""),
    "empty segment": seg(""),
    "other case": ('xml:lang="de"', 'xml:lang="DE"'),
    "any source": ('srclang="de"', 'srclang="*all*"'),
    "unit source": ('<tu tuid="1"', '<tu srclang="en" segtype="block" usagecount="3"'),
    "dates": ('<tu tuid="1"', '<tu creationdate="20261122T235959Z" changeid="a"'),
    "notes": (DE, f'<note>n</note><prop type="x-p" xml:lang="en">p</prop><!-- c --><?pi?>{DE}'),
    "encoding": (
        "/><body",
        '><ude name="n" base="b"><map unicode="#xF8FF" code="#xF0" ent="e" subst="s"/></ude></header><body',
    ),
    "codes": seg('a <bpt i="1" x="1" type="bold">&lt;b></bpt>b<ept i="1">x</ept><ph x="2" assoc="p"/> c'),
    "nested": seg('<hi type="t">a <it pos="begin">x<sub>s <ph/></sub></it></hi><ut>u</ut>'),
}

INVALID = {
    "empty file": (GOOD, ""),
    "not xml": (GOOD, "bead_id\tsrc_doc"),
    "cut off": ("</body></tmx>", ""),
    "two roots": ("</tmx>", "</tmx><tmx/>"),
    "illegal character": ("Ja.", "J\x01."),
    "character reference": ("Ja.", "J&#1;."),
    "bare ampersand": ("Ja.", "Ja & Nein"),
    "undeclared entity": ("Ja.", "&nbsp;"),
    "declared entity": ("<tmx ", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx '),
    "other root": ("tmx", "tbx"),
    "namespace": ("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" '),
    "no version": (' version="1.4"', ""),
    "version 1.1": ('version="1.4"', 'version="1.1"'),
    "version 2.0": ('version="1.4"', 'version="2.0"'),
    "no header": (HEADER, ""),
    "two headers": (HEADER, HEADER * 2),
    "no body": (f'<body><tu tuid="1">{DE}{EN}</tu></body>', ""),
    "body first": (
        f'{HEADER}<body><tu tuid="1">{DE}{EN}</tu></body>',
        f'<body><tu tuid="1">{DE}</tu></body>{HEADER}',
    ),
    "two bodies": ("</body>", "</body><body/>"),
    "no creationtool": ('creationtool="t" ', ""),
    "blank creationtool": ('creationtool="t"', 'creationtool=" "'),
    "no creationtoolversion": ('creationtoolversion="1" ', ""),
    "no segtype": ('segtype="sentence" ', ""),
    "wrong segtype": ('segtype="sentence"', 'segtype="clause"'),
    "no o-tmf": ('o-tmf="x" ', ""),
    "no adminlang": ('adminlang="en" ', ""),
    "no srclang": ('srclang="de" ', ""),
    "empty srclang": ('srclang="de"', 'srclang=""'),
    "no datatype": (' datatype="plaintext"', ""),
    "wrong date": ("<header ", '<header creationdate="2026-11-22" '),
    "month 13": ("<header ", '<header creationdate="20261322T000000Z" '),
    "unknown header attribute": ("<header ", '<header author="a" '),
    "text in header": ("/><body", ">text</header><body"),
    "unit in header": ("/><body", f"><tu>{DE}</tu></header><body"),
    "text in body": ("<body>", "<body>text"),
    "prop in body": ("<body>", '<body><prop type="a">b</prop>'),
    "variant in body": ("<body>", f"<body>{DE}"),
    "unit without variants": (DE + EN, ""),
    "text in unit": (DE, f"text{DE}"),
    "text after variant": (DE, f"{DE}text"),
    "segment in unit": (DE, "<seg>x</seg>" + DE),
    "prop after variant": (DE, f'{DE}<prop type="a">b</prop>'),
    "prop without type": (DE, f"<prop>b</prop>{DE}"),
    "element in prop": (DE, f'<prop type="a"><b/></prop>{DE}'),
    "unknown unit attribute": ("<tu ", '<tu id="1" '),
    "blank in tuid": ('tuid="1"', 'tuid="1 2"'),
    "wrong unit segtype": ("<tu ", '<tu segtype="word" '),
    "wrong usagecount": ("<tu ", '<tu usagecount="many" '),
    "no source variant": (DE, ""),
    "unit's source without variant": ("<tu ", '<tu srclang="fr" '),
    "variant without language": (' xml:lang="en"', ""),
    "lang for xml:lang": ('xml:lang="en"', 'lang="en"'),
    "empty language": ('xml:lang="en"', 'xml:lang=""'),
    "language with underscore": ('xml:lang="en"', 'xml:lang="en_US"'),
    "variant without segment": ("<seg>Yes.</seg>", ""),
    "two segments": ("<seg>Yes.</seg>", "<seg>Yes.</seg><seg>Yes.</seg>"),
    "text in variant": ("<seg>Yes.", "Yes.<seg>"),
    "note after segment": ("Yes.</seg>", "Yes.</seg><note>n</note>"),
    "attribute on segment": ("<seg>Yes.", '<seg id="1">Yes.'),
    "capital letters": ("seg>", "SEG>"),
    "html in segment": seg("a <b>c</b>"),
    "sub in segment": seg("<sub>a</sub>"),
    "code without number": seg('<bpt>x</bpt>a<ept i="1">y</ept>'),
    "number not a number": seg('<bpt i="a">x</bpt>a<ept i="a">y</ept>'),
    "code never ended": seg('<bpt i="1">x</bpt>a'),
    "code ended only": seg('a<ept i="1">y</ept>'),
    "code ended first": seg('<ept i="1">y</ept>a<bpt i="1">x</bpt>'),
    "code twice": seg('<bpt i="1">x</bpt><ept i="1">y</ept><bpt i="1">x</bpt><ept i="1">y</ept>'),
    "isolated without position": seg("<it>x</it>"),
    "wrong position": seg('<it pos="middle">x</it>'),
    "wrong assoc": seg('<ph assoc="z"/>'),
    "highlight in placeholder": seg("<ph><hi>a</hi></ph>"),
    "ude without name": ("/><body", '><ude><map unicode="#x41"/></ude></header><body'),
    "ude without map": ("/><body", '><ude name="n"/></header><body'),
    "ude without base": ("/><body", '><ude name="n"><map unicode="#x41" code="#x1"/></ude></header><body'),
    "map without unicode": ("/><body", '><ude name="n"><map ent="e"/></ude></header><body'),
    "wrong unicode": ("/><body", '><ude name="n"><map unicode="U+41"/></ude></header><body'),
}


def changed(change: tuple[str, str]) -> str:
    old, new = change
    assert old in GOOD
    return GOOD.replace(old, new) if old else GOOD


@pytest.mark.parametrize("change", VALID.values(), ids=VALID)
def test_valid_tmx_passes(tmp_path: Path, change: tuple[str, str]) -> None:
    (tmp_path / "x.tmx").write_text(changed(change), encoding="utf-8")
    assert check_tmx(tmp_path / "x.tmx") in (0, 1)


@pytest.mark.parametrize("change", INVALID.values(), ids=INVALID)
def test_invalid_tmx_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    (tmp_path / "x.tmx").write_text(changed(change), encoding="utf-8")
    with pytest.raises(ExportError, match=r"x\.tmx"):
        check_tmx(tmp_path / "x.tmx")


def test_tmx_that_is_not_in_its_declared_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tmx").write_bytes(GOOD.replace("Ja.", "Jä.").encode("latin-1"))
    with pytest.raises(ExportError, match="well-formed"):
        check_tmx(tmp_path / "x.tmx")


def test_an_entity_bomb_is_refused_unexpanded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    bomb = GOOD.replace("<tmx ", f'<!DOCTYPE tmx [<!ENTITY e0 "x">{levels}]><tmx ').replace("Ja.", "&e29;")
    (tmp_path / "x.tmx").write_text(bomb, encoding="utf-8")
    with pytest.raises(ExportError, match="entities"):
        check_tmx(tmp_path / "x.tmx")


def test_the_fault_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.tmx").write_text(GOOD.replace(EN, "\n\n" + EN.replace(' xml:lang="en"', "")), encoding="utf-8")
    with pytest.raises(ExportError, match="line 4: <tuv> lacks the attribute xml:lang"):
        check_tmx(tmp_path / "x.tmx")
