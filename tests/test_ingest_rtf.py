"""Rich Text, as Word, WordPad, TextEdit, Outlook and LibreOffice write it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_export_tools import tool
from tests.test_ingest import check, mutated, of_kind, outline, survives
from workbench.datatypes import Document, Kind
from workbench.errors import DocumentError
from workbench.ingest import read_bytes
from workbench.settings import Settings

MILL = r"""{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0{\*\panose 0202}Times{\*\falt Tms;};}
{\f1\fmodern\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\widctlpar \snext0 Normal;}
{\s1\outlinelevel0\b \sbasedon0 \snext0 heading 1;}{\*\cs10 \additive Default Paragraph Font;}
{\s15\qc \sbasedon0 Title;}
{\s16 \sbasedon15 Mein Titel;}{\s17 \sbasedon0 toc 1;}{\s18\outlinelevel1 \'dcberschrift 2;}}
{\*\listtable{\list{\listlevel{\leveltext \'02\'00.;}}}}{\*\generator Riched20 10.0;}
{\info{\title M\'fchlen}{\author Zo\'eb}{\operator Bo}{\creatim\yr1999\mo12\dy31\hr23\min59}{\revtim\yr2000}}
\sectd{\*\ftnsep \chftnsep}{\header \pard\plain Kopf\par}{\headerf \pard\plain Kopf\par}{\footer Fu\'df \chpgn}
\pard\plain \s16 {Die M\'fchle\par }\pard\plain \s17 Das Rad\tab 3\par
\pard\plain \s1 {\*\bkmkstart _Toc1}Das Rad{\*\bkmkend _Toc1}\par
\pard\plain Der \ldblquote M\'fcller\rdblquote\emdash schlief{\super \chftn{\footnote \pard\plain {\super \chftn} Wie
 immer.\par Auch sonntags.}}, das\~Rad\line stand\tab{\*\atnid A}{\*\atnauthor Ada}
{\v\chatn{\*\annotation \pard Stimmt das?}}.
{\v Verborgen.}{\deleted Gestrichen.}{\xe {M\'fcller}} 10{\super 6} Sack\_.\par
{\pntext\f2\'b7\tab}Ein Punkt{\deleted \par }geht weiter.\par {\listtext 1.\tab}Gez\'e4hlt.\par
\trowd\cellx9\cellx99\pard\intbl Mehl\cell Korn\par Spreu\cell\row\pard
{\field{\*\fldinst HYPERLINK "x"}{\fldrslt {\ul Hier}}} steht{\shp{\*\shpinst{\sp{\sn wzName}{\sv Rahmen}}
{\shptxt \pard Ein Kasten.\par Noch einer.\par}}{\shprslt{\*\do{\dptxbxtext Ein Kasten.}}}} er.\par
{\*\shppict{\pict\pngblip 89504e47\bin4 }{\\}}{\nonshppict{\pict 00}}{\*\do{\dptxbx{\dptxbxtext Ein alter.}}}\par
\pard\dropcapli3 W\par\pard asser.\par\pard\s18 \'dcber uns\par {\*\unknown Nichts.}\pard Ende.\par}"""


def rtf(text: str | bytes, head: str = r"\ansi") -> Document:
    data = text if isinstance(text, bytes) else text.encode("latin-1")
    document = read_bytes(b"{\\rtf1" + head.encode() + b" " + data + b"}", "a.rtf")
    check(document)
    return document


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def test_a_document_is_read_as_it_is_once_revisions_are_accepted() -> None:
    document = read_bytes(MILL.encode(), "a.rtf")
    check(document)
    assert outline(document) == [
        ("title", "Die Mühle"),
        ("furniture", "Das Rad\t3"),
        ("heading", "Das Rad"),
        ("body", "Der “Müller”—schlief, das\xa0Rad\nstand\t. 10⁶ Sack-."),
        ("body", "Ein Punkt\ngeht weiter."),
        ("body", "Gezählt."),
        ("body", "Mehl"),
        ("body", "Korn"),
        ("body", "Spreu"),
        ("body", "Hier steht er."),
        ("body", "Ein Kasten."),
        ("body", "Noch einer."),
        ("body", "Ein alter."),
        ("body", "Wasser."),
        ("heading", "Über uns"),
        ("body", "Ende."),
        ("furniture", "Wie immer."),
        ("furniture", "Auch sonntags."),
        ("comment", "Stimmt das?"),
        ("furniture", "Kopf"),
        ("furniture", "Fuß"),
    ]
    assert document.metadata == {"title": "Mühlen", "author": "Zoë", "date": "1999-12-31T23:59:00"}
    assert document.warnings == ()


def test_libreoffice_writes_what_is_read_as_the_word_document_it_was_made_of(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "Brücken"
    made.add_heading("Les ponts d’Europe", 0)
    made.add_heading("Der Übergang", 1)
    paragraph = made.add_paragraph("Le pont « vieux » — 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" €, żółć.").add_break()
    paragraph.add_run("河上的桥。川の橋。강 위의 다리. الجسر. הגשר. Мост. 😀𠮷 {a}\\b").font.name = "SimSun"
    paragraph.add_run("caché").font.hidden = True
    made.add_comment(paragraph.runs, "Vraiment ?", "Ada", "A")
    made.add_paragraph("Premier", "List Number")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Fluss", "Rhône"
    made.sections[0].header.paragraphs[0].text = "Kopf"
    made.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    tool("soffice", profile, "--headless", "--convert-to", "rtf", "--outdir", tmp_path, tmp_path / "a.docx")
    word, rich = (read_bytes((tmp_path / name).read_bytes(), name) for name in ("a.docx", "a.rtf"))
    assert outline(rich) == outline(word) and len(word.blocks) >= 8
    assert rich.metadata["title"] == "Brücken" and rich.warnings == ()


class TestLetters:
    def test_each_font_has_an_encoding_of_its_own(self) -> None:
        words = {
            134: ("河上的桥。", "gbk"), 136: ("許功蓋", "big5"), 128: ("表示ソ", "cp932"), 129: ("다리", "cp949"),
            204: ("Мост", "cp1251"), 177: ("גשר", "cp1255"), 178: ("الجسر", "cp1256"), 161: ("γέφυρα", "cp1253"),
            238: ("żółć", "cp1250"), 222: ("สะพาน", "cp874"), 77: ("pâté", "mac_roman"), 0: ("naïve", "cp1252"),
        }  # fmt: skip
        fonts = "".join(f"{{\\f{n}\\fnil\\fcharset{n} A;}}" for n in words)
        text = "".join(f"\\f{n} {escaped(word, encoding)}" for n, (word, encoding) in words.items())
        document = rtf(f"{{\\fonttbl{fonts}}}{text}\\par", r"\ansi\ansicpg1251\deff204")
        assert document.text == "".join(word for word, _ in words.values())

    @pytest.mark.parametrize(
        ("head", "encoding"),
        [(r"\ansi", "cp1252"), (r"\mac", "mac_roman"), (r"\pc", "cp437"), (r"\pca", "cp850")]
        + [(rf"\ansi\ansicpg{n}", f"cp{n}") for n in (1250, 1251, 932, 936, 949, 950)]
        + [(r"\ansi\ansicpg10000", "mac_roman"), (r"\ansi\ansicpg65001", "utf-8"), (r"\ansicpg99999", "cp1252")],
    )
    def test_the_file_says_the_encoding_of_what_has_none(self, head: str, encoding: str) -> None:
        others = {"cp1251": "Мосты", "cp932": "日本", "cp936": "桥梁", "cp949": "다리", "cp950": "橋樑"}
        word = others.get(encoding, "élan")
        document = rtf(f"{{\\fonttbl\\f0\\fnil\\fcharset1 A;\\f1 B;}}\\f1 {escaped(word, encoding)}", head)
        assert document.text == word
        assert document.encoding == {"cp936": "gb18030", "mac_roman": "mac-roman"}.get(encoding, encoding)

    def test_an_encoding_that_is_said_is_that_of_fonts_that_are_called_western(self) -> None:
        fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}"
        data = f"{{\\rtf1{fonts}\\f0 {escaped('Мост', 'cp1251')}\\f1 {escaped('łódź', 'cp1250')}}}".encode()
        assert read_bytes(data, "a.rtf", Settings(encoding="cp1251")).text == "Мостłódź"
        with pytest.raises(DocumentError, match="there is no encoding 'cp99'"):
            read_bytes(data, "a.rtf", Settings(encoding="cp99"))

    def test_characters_of_unicode_stand_for_what_is_behind_them(self) -> None:
        assert rtf(r"a\u233 ?b\u8217\'92c\u-10179?\u-8704?d{\uc0\u233 e}{\uc2\u26085\'93\'faf}{\u233}g").text == (
            "aéb’c😀dée日fég"
        )
        assert rtf(r"a\u160\~b\u8212\emdash c\u233\par d\u128512?").text == "a\xa0b—cé\n\nd😀"
        assert rtf(r"{\upr{ansi}{\*\ud{\u8364?uro}}}").text == "€uro"

    def test_the_second_half_of_a_character_is_no_brace_or_backslash(self) -> None:
        words = "表示、ソ十能、歃濬"
        assert rtf(words.encode("cp932") + b"\\par " + words.encode("cp932"), r"\ansicpg932").text == (
            f"{words}\n\n{words}"
        )
        assert rtf(r"\'83A\'95\\\'83\\\'8e\}x", r"\ansicpg932").text == "ア表ソ枝x"

    def test_utf8_that_nobody_escaped(self) -> None:
        fonts = r"{\fonttbl{\f0\fcharset134 A;}}"
        assert rtf(f"{fonts}\\f0 Größe 河 {escaped('上', 'gbk')}\\par 桥".encode()).text == "Größe 河 上\n\n桥"
        assert rtf("Größe".encode("cp1252")).text == "Größe"

    def test_fonts_without_letters_have_signs_or_pictures(self) -> None:
        fonts = r"{\fonttbl{\f1\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}{\f3\fcharset2 Arial;}}"
        assert rtf(fonts + r"{\f1 a\'b3\u-3999?}{\f2 J\'fc\u-3900?}{\f3 \'e9t\'e9}").text == "α≥αété"

    def test_a_character_that_cannot_be_read_is_counted(self) -> None:
        document = rtf(r"{\fonttbl{\f0\fcharset134 A;}}\f0 a\'ff\'ffb")
        assert document.text == "a\ufffd\ufffdb"
        assert "2 characters could not be read" in document.warnings[0]


class TestPrograms:
    def test_textedit_ends_a_paragraph_by_a_backslash_before_the_line_end(self) -> None:
        text = "{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;\\f1\\fnil\\fcharset134 PingFangSC;}\n"
        text += (
            "{\\*\\expandedcolortbl;;}\n\\f0 Il dit\\'a0: \\uc0\\u8217 s\\\n\\\r\n\\f1 "
            + escaped("河上的桥", "gbk")
            + "\\\n"
        )
        text += "{\\listtext\t\\uc0\\u8226 \t}point\\\n"
        assert rtf(text, r"\ansi\ansicpg1252\cocoartf2639").text == "Il dit\xa0: ’s\n\n河上的桥\n\npoint"

    def test_outlook_keeps_the_page_that_a_mail_was(self) -> None:
        text = r"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 w\'f6rd{\*\htmltag84 &nbsp;}\htmlrtf\'a0\htmlrtf0 !}"
        assert rtf(text + r"{\*\htmltag </p>}\htmlrtf \par\htmlrtf0 End", r"\ansi\fromhtml1").text == "wörd\xa0!\n\nEnd"

    def test_small_signs_above_words_are_left_out(self) -> None:
        text = (
            r"{\field{\*\fldinst { EQ \\* jc3 \\* hps12 \\o\\al(\\s\\up 11(\u12363?),\u28450?\u23383?)}}{\fldrslt {}}}"
        )
        assert rtf(f"a{text}b").text == "a漢字b"

    def test_formulas_are_read_without_their_properties(self) -> None:
        text = r"{\mmath{\*\moMath{\mr E=}{\md{\mdPr{\mbegChr [}}{\me{\mr c}}}}{\mmathPict{\pict 00}}}"
        assert rtf(f"a {text} b").text == "a E=c b"

    def test_tables_in_tables(self) -> None:
        inner = r"\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        assert rtf(rf"\trowd\pard\intbl a\par {inner}\pard\intbl d\cell\row").text == "a\n\nb\n\nc\n\nd"

    def test_a_heading_in_any_language_has_a_level(self) -> None:
        styles = r"{\stylesheet{Standard;}{\s1\outlinelevel0 Titre 1;}{\s2\sbasedon1 Mon titre;}}"
        document = rtf(styles + r"\pard\s2 Un\par\pard Corps.\par\pard\outlinelevel2 Deux\par\pard Encore.")
        assert of_kind(document, Kind.HEADING) == ["Un", "Deux"]

    @pytest.mark.parametrize("name", ["loi.doc", "loi.txt", "loi"])
    def test_rich_text_is_known_by_what_is_in_it(self, name: str) -> None:
        document = read_bytes(b"\xef\xbb\xbf\r\n{\\rtf1 Une loi.\\par}", name)
        assert (document.format, document.text) == ("rtf", "Une loi.")
        assert bool(document.warnings) == ("." in name)


class TestDamage:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (r"{\rtf1 One.\par Two {\b bold{\footnote note", "One.\n\nTwo bold\n\nnote"),
            ("{\\rtf1 One." + "{" * 200_000, "One."),
            ("{\\rtf1 " + "{" * 200_000 + "One." + "}" * 200_000, "One."),
            (r"{\rtf1 One." + r"{\footnote a" * 3, "One.\n\na\n\na\n\na"),
            (r"{\rtf1 One.\bin99999999999999999999 abc}", "One."),
            (r"{\rtf1 On\bin-3 e.}", "One."),
            (r"{\rtf1 One.\'zz\'}", "One.zz"),
            ("{\\rtf1 One.\\", "One."),
            (r"{\rtf1 One.\fs" + "9" * 9000 + r" \u-999999999 ?\uc999999999\u999999999 abc}", "One."),
            (r"{\rtf1{\fonttbl;}{\stylesheet{\s1\sbasedon1 x}{\s2\sbasedon-9;}}\s1\outlinelevel-5 One.}", "One."),
        ],
    )
    def test_what_can_be_read_is(self, data: str, words: str) -> None:
        document = read_bytes(data.encode(), "a.rtf")
        check(document)
        assert document.text == words

    def test_what_is_missing_or_left_over_is_said(self) -> None:
        assert "its end is missing" in read_bytes(b"{\\rtf1 {\\b One.}", "a.rtf").warnings[0]
        assert "behind its last brace was not read (5 bytes)" in read_bytes(b"{\\rtf1 One.} Two.}", "a.rtf").warnings[0]
        assert read_bytes(b"{\\rtf1 One.}\r\n\0", "a.rtf").warnings == ()

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"{\\rtf1}", "there are no words in it"),
            (b"{\\rtf", "there are no words in it"),
            (b"{\\rtf1{\\pict 0011}", "there are no words in it"),
            (b"{\\rtf1 " + bytes(range(1, 30)) * 9, "what is in it is no text; open it in Word"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_the_reason(self, data: bytes, says: str) -> None:
        with pytest.raises(DocumentError, match=rf"^a\.rtf: {says}"):
            read_bytes(data, "a.rtf")

    @given(data=st.data())
    @settings(max_examples=60)
    def test_mutated_files(self, data: st.DataObject) -> None:
        survives(data.draw(mutated(MILL.encode())), "a.rtf")

    @given(pieces=st.lists(st.sampled_from(MILL.replace("\\", " \\").replace("{", " { ").replace("}", " } ").split())))
    @settings(max_examples=60)
    def test_words_in_any_order(self, pieces: list[str]) -> None:
        survives(("{\\rtf1 " + " ".join(pieces)).encode(), "a.rtf")


@given(st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    units = memoryview(text.encode("utf-16-le")).cast("H")
    document = rtf("x" + "".join(f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units))
    assert document.text == "x" + text
