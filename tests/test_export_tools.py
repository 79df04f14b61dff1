"""What is exported, as tools that we did not write see it: text that they give back is the text that went in."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from shutil import which

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support import absent
from tests.test_export import CONTROLS, HOSTILE, LINK, NULL, TEXT, as_json, as_tsv, as_xml, told
from workbench.datatypes import Status, TranslationUnit, Variant
from workbench.errors import ExportError
from workbench.export import FORMATS, About, Selection, preview, write

Pairs = list[tuple[str, str]]
ABOUT = About(("bericht.de.txt", "talk.zh-Hant.txt"), "workbench 0", "everything")


@pytest.fixture(autouse=True)
def wide_fields() -> Iterator[None]:
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


def as_one_line_xml(text: str) -> str:
    return as_xml("".join(" " if c in CONTROLS else c for c in text.replace("\r\n", " ")))


def as_lines(text: str) -> str:
    return as_xml(text).replace("\r\n", "\n").replace("\r", "\n")


def as_guarded(text: str) -> str:
    text = as_json(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text


def as_cell(text: str) -> str:
    text = as_json(text)
    text = re.sub("(?<=_x[0-9A-Fa-f]{4})_(?=x[0-9A-Fa-f]{4}_)", "_ ", text)
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * 32_767 else units[: 2 * 32_766].decode("utf-16-le", "ignore") + "…"


def by_csv(path: Path, encoding: str = "utf-8") -> Pairs:
    with path.open(encoding=encoding, newline="") as file:
        return [(row["src_text"], row["tgt_text"]) for row in csv.DictReader(file)]


def by_openpyxl(path: Path) -> Pairs:
    import openpyxl
    from openpyxl.utils.escape import unescape

    with path.open("rb") as file:
        rows = openpyxl.load_workbook(file, read_only=True)["Pairs"].iter_rows(min_row=2, values_only=True)
        return [(unescape(row[5] or ""), unescape(row[6] or "")) for row in rows]


def by_pyarrow(path: Path) -> Pairs:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    return list(zip(table["src_text"].to_pylist(), table["tgt_text"].to_pylist(), strict=True))


def by_translate_toolkit(path: Path, kind: str) -> Pairs:
    """As Weblate, Pootle and Virtaal read it."""
    from translate.storage import po, tmx, xliff

    store = {"tmx": tmx.tmxfile, "xliff": xliff.xlifffile, "po": po.pofile}[kind].parsefile(str(path))
    return [(str(unit.source or ""), str(unit.target or "")) for unit in store.units if unit.source]


def by_lines(path: Path) -> Pairs:
    with zipfile.ZipFile(path) as archive:
        sides = [archive.read(name).decode().split("\n")[:-1] for name in archive.namelist()[1:3]]
    return list(zip(*sides, strict=True))


def by_intertext(path: Path) -> Pairs:
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        sides = [
            [s.text or "" for s in etree.fromstring(archive.read(name)).iter("s")] for name in archive.namelist()[1:3]
        ]
    return list(zip(*sides, strict=True))


def by_html_parser(path: Path) -> Pairs:
    """The standard library's parser, a browser's rules are html5lib's; both see no element that a text could make."""
    from html.parser import HTMLParser

    texts: list[str] = []

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "img", "b", "a")
            self.inside = tag == "p" and ("class", "text") in attrs
            if self.inside:
                texts.append("")

        def handle_endtag(self, tag: str) -> None:
            self.inside = False

        def handle_data(self, data: str) -> None:
            if self.inside:
                texts[-1] += data

    Reader().feed(path.read_text(encoding="utf-8"))
    return list(zip(texts[::2], texts[1::2], strict=True))


def by_docx(path: Path) -> Pairs:
    import docx

    with path.open("rb") as file:
        rows = docx.Document(file).tables[0].rows[1:]
        return [(row.cells[0].paragraphs[0].text, row.cells[1].paragraphs[0].text) for row in rows]


Reader = Callable[[Path], Pairs]
# What others read of each format, what it keeps of a text, and whether it holds pairs without text on one side.
SEEN: dict[str, tuple[Reader, Callable[[str], str], bool]] = {
    "csv": (by_csv, as_json, True),
    "csv-spreadsheet": (lambda path: by_csv(path, "utf-8-sig"), as_guarded, True),
    "xlsx": (by_openpyxl, as_cell, True),
    "parquet": (by_pyarrow, as_json, True),
    "xliff": (lambda path: by_translate_toolkit(path, "xliff"), as_xml, False),
    "po": (lambda path: by_translate_toolkit(path, "po"), as_tsv, False),
    "moses": (by_lines, as_tsv, False),
    "vecalign": (by_lines, as_tsv, True),
    "hunalign": (by_lines, as_tsv, True),
    "intertext": (by_intertext, as_one_line_xml, True),
    "html": (by_html_parser, as_lines, True),
}


@settings(max_examples=12)
@given(texts=st.lists(st.tuples(TEXT, TEXT), max_size=3))
@example(texts=[(text, text) for text in [*HOSTILE, "<r>x</r>", "_x000D_ _x005F_x0041_"]])
def test_hostile_text_is_the_same_in_other_tools(texts: Pairs) -> None:
    units = [told(number, src, tgt) for number, (src, tgt) in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        for name, (reader, kept, empty) in SEEN.items():
            out = Path(folder) / f"out{FORMATS[name].suffix}"
            write(units, name, out, about=ABOUT)
            held = [(kept(src), kept(tgt)) for src, tgt in texts]
            assert reader(out) == [pair for pair in held if empty or all(text.strip() for text in pair)], name


def test_hostile_text_is_the_same_in_a_word_file(tmp_path: Path) -> None:
    texts = [as_lines(text) for text in HOSTILE if len(text) < 1000 and as_lines(text)]
    write([told(n, text, text[::-1]) for n, text in enumerate(texts)], "docx", tmp_path / "out.docx")
    assert by_docx(tmp_path / "out.docx") == [(text, text[::-1]) for text in texts]


def test_translate_toolkit_reads_the_tmx(tmp_path: Path) -> None:
    write([told(0, "Ja & nein.", "是"), told(1, "Zwei.", "二")], "tmx", tmp_path / "out.tmx")
    from translate.storage import tmx

    with (tmp_path / "out.tmx").open("rb") as file:
        found = tmx.tmxfile(file, "de", "zh-Hant")
    assert [(str(unit.source), str(unit.target)) for unit in found.units] == [("Ja & nein.", "是"), ("Zwei.", "二")]


def test_xliff_says_what_was_said_of_a_link(tmp_path: Path) -> None:
    from translate.storage import xliff

    units = [replace(told(n, "a", "b"), status=status, comment="hm") for n, status in enumerate(Status)]
    write(units, "xliff", tmp_path / "out.xlf", Selection(statuses=frozenset(Status)))
    found = xliff.xlifffile.parsefile(str(tmp_path / "out.xlf")).units
    assert [unit.isapproved() for unit in found] == [False, True, False]
    assert all("hm" in unit.getnotes() for unit in found)


def test_xliff_2_has_one_pair_of_languages(tmp_path: Path) -> None:
    from translate.storage import xliff2

    write([told(0, "Ja.", "是")], "xliff2", tmp_path / "out.xlf", about=ABOUT)
    [unit] = xliff2.Xliff2File.parsefile(str(tmp_path / "out.xlf")).units
    assert (str(unit.source), str(unit.target)) == ("Ja.", "是")


def tool(name: str, *arguments: object) -> str:
    """What a program says. It must be there."""
    if which(name) is None:
        absent(f"{name} is not installed")
    done = subprocess.run([name, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_xmllint_and_msgfmt_have_nothing_to_complain_of(tmp_path: Path) -> None:
    units = [told(n, text, text) for n, text in enumerate(HOSTILE)]
    for name in ("tmx", "xliff", "xliff2"):
        out = tmp_path / f"out{FORMATS[name].suffix}"
        write(units, name, out, about=ABOUT)
        assert tool("xmllint", "--noout", "--nonet", "--huge", out) == ""
    write(units, "po", tmp_path / "out.po", about=ABOUT)
    assert tool("msgfmt", "--check", "-o", tmp_path / "out.mo", tmp_path / "out.po") == ""


def test_po_says_from_which_language_it_translates(tmp_path: Path) -> None:
    from translate.storage import po

    write([told(0, "Ja.", "是")], "po", tmp_path / "out.po", about=ABOUT)
    header = po.pofile.parsefile(str(tmp_path / "out.po")).parseheader()
    assert (header["X-Source-Language"], header["Language"]) == ("de", "zh_Hant")


def test_libreoffice_opens_the_sheet_and_the_word_table(tmp_path: Path) -> None:
    texts = [
        text
        for text in HOSTILE
        if len(text) < 1000 and "\x00" not in text and "\r" not in text and "\ud800" not in text
    ]
    texts += ["<r>x</r>", "_x0041_", "=1+1", "0012", "1-2"]
    units = [told(n, text, f"row {n}") for n, text in enumerate(texts)]
    write(units, "xlsx", tmp_path / "sheet.xlsx", about=ABOUT)
    write([told(0, "Ein Wort.", "字")], "docx", tmp_path / "word.docx", about=ABOUT)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    options = ("--headless", "--norestore", "--convert-to")
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    tool("soffice", profile, *options, to_csv, "--outdir", tmp_path, tmp_path / "sheet.xlsx")
    tool("soffice", profile, *options, "txt:Text (encoded):UTF8", "--outdir", tmp_path, tmp_path / "word.docx")
    [made] = tmp_path.glob("sheet*.csv")
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8"), newline="")))
    assert [(row["src_text"], row["tgt_text"]) for row in rows] == [(text, f"row {n}") for n, text in enumerate(texts)]
    assert "Ein Wort." in (tmp_path / "word.txt").read_text(encoding="utf-8")


def test_a_reviewer_finds_a_list_of_statuses_and_locked_ids(tmp_path: Path) -> None:
    import openpyxl

    arabic = replace(LINK, tgt_lang="ar", comment="hm")
    write([arabic, NULL], "xlsx", tmp_path / "out.xlsx", about=ABOUT)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["Pairs"]
    header = [cell.value for cell in sheet[1]]
    cells = dict(zip(header, sheet[2], strict=True))
    unlocked = {name for name, cell in cells.items() if not cell.protection.locked}
    assert unlocked == {"src_en", "tgt_en", "status", "src_numbers", "tgt_numbers", "comment"}
    assert sheet.protection.sheet and sheet.freeze_panes == "A2"
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert cells["tgt_text"].alignment.readingOrder == 2
    [rule] = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", '"unreviewed,accepted,rejected"')
    assert cells["status"].coordinate in rule.sqref
    assert sheet.column_dimensions["P"].hidden and header[15] == "written"
    assert book["About"].sheet_state == "hidden"
    assert {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}["models and settings"] == "workbench 0"


def test_a_sheet_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr("workbench.export.xlsx.MOST_ROWS", 4)
    report = write([told(n, "a", str(n)) for n in range(7)], "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert (report.written, book.sheetnames) == (7, ["Pairs", "Pairs 2", "Pairs 3", "About"])
    assert [book[name].max_row for name in book.sheetnames[:3]] == [4, 4, 2]


def test_marks_tell_what_was_changed() -> None:
    from workbench.export.layout import EDITABLE, marks

    before = marks(LINK).split("-")
    after = marks(replace(LINK, tgt_en="How do you do?", comment="better", src_en="Hello.  How\nare you?")).split("-")
    assert [name for name, a, b in zip(EDITABLE, before, after, strict=True) if a != b] == ["tgt_en", "comment"]


def test_all_languages_of_a_passage_stand_in_one_unit(tmp_path: Path) -> None:
    from lxml import etree

    third = Variant("note.en.md", "en", ("e1",), (9,), ((5, 10),), ("Hi. You?",), "Hi. You?", "Hi. You?")
    write([replace(LINK, others=(third,))], "tmx", tmp_path / "out.tmx", about=ABOUT)
    [tu] = etree.parse(str(tmp_path / "out.tmx")).iter("tu")
    assert [tuv.findtext("seg") for tuv in tu.iter("tuv")] == [LINK.src_text, LINK.tgt_text, "Hi. You?"]
    write([replace(LINK, others=(third,)), NULL], "html", tmp_path / "out.html", about=ABOUT)
    shown = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert 'lang="zh-Hant" dir="ltr"' in shown and "Hi. You?" in shown


@pytest.mark.parametrize("name", ["html", "docx"])
def test_columns_keep_the_order_of_the_documents_whichever_of_them_begins(tmp_path: Path, name: str) -> None:
    only_tgt = replace(LINK, bead_id="b0", src_segments=(), src_text="", src_en="")
    third = Variant("note.en.md", "en", ("e1",), (9,), ((5, 10),), ("Hi. You?",), "Hi. You?", "Hi. You?")
    units = [only_tgt, replace(LINK, bead_id="b2", others=(third,)), LINK]
    for docs in ((*ABOUT.docs, third.doc), ()):
        assert write(units, name, tmp_path / "out", about=replace(ABOUT, docs=docs)).written == 3
    if name == "docx":
        assert by_docx(tmp_path / "out")[:2] == [("", only_tgt.tgt_text), (LINK.src_text, LINK.tgt_text)]


@pytest.mark.parametrize("name", ["html", "docx"])
def test_readers_are_told_who_accepted_a_link_and_never_that_a_machine_is_quite_sure(tmp_path: Path, name: str) -> None:
    import docx

    units = [LINK, replace(LINK, bead_id="b2", confidence=0.998, status=Status.UNREVIEWED, reviewer="")]
    write(units, name, tmp_path / "out", about=ABOUT)
    if name == "docx":
        shown = "\n".join(row.cells[-1].text for row in docx.Document(str(tmp_path / "out")).tables[0].rows)
    else:
        shown = (tmp_path / "out").read_text(encoding="utf-8")
    assert "accepted by ann" in shown and "99% sure" in shown and "100% sure" not in shown


@pytest.mark.parametrize("name", ["html", "docx", "xlsx"])
def test_of_two_versions_in_one_language_the_words_that_differ_are_marked(tmp_path: Path, name: str) -> None:
    import docx
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    out = tmp_path / f"out.{name}"
    newer = "The keeper shall close the gate."
    old = replace(LINK, src_lang="en", src_text="The keeper may close the gate.", tgt_lang="en", tgt_text=newer)
    write([old, replace(old, bead_id="b2", tgt_lang="de"), replace(LINK, bead_id="b3")], name, out)
    if name == "docx":
        document = docx.Document(str(out))
        cells = [cell for row in document.tables[0].rows for cell in row.cells]
        runs = [run for cell in cells for run in cell.paragraphs[0].runs]
        assert [run.text for run in runs if run.underline] == ["may", "shall"]
        assert document.paragraphs[1].text.startswith("Underlined: words that the other version in this language")
    elif name == "xlsx":
        sheet = openpyxl.load_workbook(out, rich_text=True)["Pairs"]
        rich = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, CellRichText)]
        assert list(map(str, rich)) == [old.src_text, newer]
        assert [part.text for text in rich for part in text if isinstance(part, TextBlock) and part.font.u] == [
            "may",
            "shall",
        ]
    else:
        shown = out.read_text(encoding="utf-8")
        assert re.findall("<mark>(.*?)</mark>", shown) == ["may", "shall"]
        assert "Marked: words that the other version in this language" in shown


def test_what_a_sheet_must_escape_survives_where_words_are_marked(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if "\x00" not in text and "\ud800" not in text and 0 < len(text) < 1000]
    units = [
        replace(told(n, f"The old keeper may close {text}", f"The keeper shall close {text}"), tgt_lang="de")
        for n, text in enumerate([*texts, "<r>x</r>", "_x0041_", "=1+1"])
    ]
    assert write(units, "xlsx", tmp_path / "out.xlsx").written == len(units)


def test_a_page_cannot_run_or_load_anything(tmp_path: Path) -> None:
    bad = "</p><script>alert(1)</script><img src=http://outside.example/x onerror=alert(2)>"
    units = [replace(LINK, src_text=bad, tgt_lang="ar", src_doc=bad, comment=bad, reviewer=bad, bead_id='"><script>')]
    write(units, "html", tmp_path / "out.html", about=About((bad,), bad, bad))
    shown = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in html.unescape(shown)
    assert "<script" not in shown and "<img" not in shown and 'dir="rtl"' in shown


def crossing() -> list[TranslationUnit]:
    """Links 1-1, 3-2 and 2-3, and a source segment 4 alone: only two of the links can stand in one order."""
    one, two, three, four = (told(n, f"s{n + 1}", f"t{n + 1}") for n in range(4))
    swapped = [
        replace(three, tgt_numbers=(2,), tgt_parts=("t2",), tgt_text="t2"),
        replace(two, tgt_numbers=(3,), tgt_parts=("t3",), tgt_text="t3"),
    ]
    alone = replace(four, tgt_segments=(), tgt_numbers=(), tgt_parts=(), tgt_text="")
    return [one, *swapped, alone]


def test_vecalign_lines_name_lines_of_the_two_files(tmp_path: Path) -> None:
    write(crossing(), "vecalign", tmp_path / "out.zip", about=ABOUT)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["about.txt", "segments.de", "segments.zh-Hant", "links.vecalign"]
        assert archive.read("segments.de") == b"s1\ns2\ns3\ns4\n"
        assert archive.read("links.vecalign").decode().splitlines() == [
            "[0]:[0]:0.000000",
            "[2]:[1]:0.000000",
            "[1]:[2]:0.000000",
            "[3]:[]:0.000000",
        ]
        assert b"workbench 0" in archive.read("about.txt")


def test_a_ladder_says_which_link_is_out_of_order(tmp_path: Path) -> None:
    report = write(crossing(), "hunalign", tmp_path / "out.zip")
    assert report.left_out == {"out of order, its segments stand alone": 1}
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        rungs = [tuple(map(int, line.split(b"\t")[:2])) for line in archive.read("links.ladder").splitlines()]
    steps = {(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(rungs)}
    assert (rungs[0], rungs[-1]) == ((0, 0), (4, 3))
    assert steps == {(1, 1), (1, 0), (0, 1)}
    write(crossing(), "intertext", tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        links = archive.read("links.xml").decode()
    assert links.count('type="1-1"') == 2
    assert 'toDoc="text.zh-Hant.xml" fromDoc="text.de.xml"' in links
    assert 'type="0-1" xtargets=";1:4" status="man"' in links


def test_english_in_place_of_the_originals(tmp_path: Path) -> None:
    untold = replace(told(5, "x", "y"), src_en="")
    english = Selection(texts="english")
    report = write([LINK, untold], "moses", tmp_path / "out.zip", english)
    assert by_lines(tmp_path / "out.zip") == [(LINK.src_en, LINK.tgt_en)]
    assert report.left_out == {"no English": 1}
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist()[1:] == ["pairs.src.en", "pairs.tgt.en"]
    with pytest.raises(ExportError, match="choose the originals"):
        write([LINK], "vecalign", tmp_path / "out.zip", english)


def test_a_preview_counts_as_the_export_does(tmp_path: Path) -> None:
    units = [LINK, NULL, replace(LINK, status=Status.REJECTED), replace(told(7, "a\nb", "c"))]
    shown = preview(units, "moses", first=1)
    assert shown.report == write(units, "moses", tmp_path / "out.zip")
    assert shown.report.left_out == {"no counterpart": 1, "rejected": 1}
    assert sum(shown.report.altered.values()) == 1
    assert [unit.bead_id for unit in shown.units] == ["b1"]


@pytest.mark.parametrize("name", FORMATS)
def test_where_there_is_a_place_a_file_says_what_made_it(tmp_path: Path, name: str) -> None:
    about = About(("one\x00", *ABOUT.docs), "workbench 0\ud800", "every\x01thing")
    write([LINK], name, tmp_path / "out", about=about)
    data = (tmp_path / "out").read_bytes()
    if zipfile.is_zipfile(tmp_path / "out"):
        with zipfile.ZipFile(tmp_path / "out") as archive:
            data = b"".join(archive.read(member) for member in archive.namelist())
    places = name not in ("tsv", "csv", "csv-spreadsheet")
    assert (b"workbench 0" in data) == places
