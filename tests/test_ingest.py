"""Reading files: what the blocks are, that offsets are exact, that nothing but DocumentError escapes."""

from __future__ import annotations

import base64
import quopri
import subprocess
import sys
import textwrap
import zipfile
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.support import ROOT, shared_dir
from workbench.datatypes import Block, Document, Kind
from workbench.errors import DocumentError
from workbench.ingest import SUFFIXES, read, read_bytes
from workbench.segment import segment
from workbench.settings import Settings

FRENCH = (
    "La bibliothèque municipale ouvrira ses portes au public le premier samedi de septembre, après deux ans "
    "de travaux. Les lecteurs y trouveront quarante mille livres et une salle réservée aux enfants."
)
GERMAN = (
    "Die Werkstatt am Flußufer öffnet jeden Morgen um sieben Uhr und schließt erst, wenn der letzte Kunde "
    "gegangen ist. Das war immer so und soll auch so bleiben, sagt die Meisterin, die den Betrieb führt."
)
SPANISH = (
    "El nuevo mercado de la plaza abrió esta mañana con treinta puestos y mucha gente de los pueblos. "
    "La alcaldesa contó que el edificio se terminó antes de lo previsto."
)
CHINESE = "镇上的图书馆在九月的第一个星期六重新开放，修了整整两年。馆里有四万本书，还有一间给孩子们的阅览室。"
TAIWANESE = "鎮上的圖書館在九月的第一個星期六重新開放，修了整整兩年。館裡有四萬本書，還有一間給孩子們的閱覽室。"
JAPANESE = "町の図書館は二年間の工事を終えて、九月の最初の土曜日にふたたび開きました。子どものための部屋もあります。"
KOREAN = "마을 도서관이 이 년간의 공사를 마치고 구월의 첫 토요일에 다시 문을 열었습니다. 어린이를 위한 방도 있습니다."


def txt(text: str, name: str = "a.txt") -> Document:
    return read_bytes(text.encode("utf-8"), name)


def words(document: Document, block: Block) -> str:
    """The visible text of a block, computed anew from its offsets."""
    kept, at = "", block.start
    for start, end in (*block.skip, (block.end, block.end)):
        kept, at = kept + document.text[at:start], end
    return kept


def outline(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, words(document, block)) for block in document.blocks]


def of_kind(document: Document, kind: Kind) -> list[str]:
    return [words(document, block) for block in document.blocks if block.kind == kind]


def check(document: Document) -> None:
    """What holds of every document."""
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        at, inner = block.end, block.start
        for start, end in block.skip:
            assert inner <= start < end <= block.end
            inner = end
        assert block.reason or block.kind not in (Kind.COMMENT, Kind.FURNITURE, Kind.METADATA)
        assert block.speaker or block.kind != Kind.TURN
    assert document.blocks
    assert not set(document.text) & {"\0", "\r"}
    document.text.encode("utf-8")


def make_pdf(pages: list[list[str]]) -> bytes:
    """A PDF with these lines, in Helvetica, written by hand; a form feed begins a second column."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * number)
        )
        shown = "".join("1 0 0 1 300 800 Tm\n" if line == "\f" else f"({line}) Tj T*\n" for line in lines).encode(
            "cp1252"
        )
        stream = b"BT /F1 11 Tf 14 TL 50 800 Td\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % count
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    )


def make_docx() -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = "Rapport annuel"
    document.add_heading("Le rapport de la bibliothèque", 0)
    document.add_heading("Les lecteurs", 1)
    paragraph = document.add_paragraph("Quarante ")
    paragraph.add_run("mille").bold = True
    paragraph.add_run(" livres.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Livres"
    table.cell(0, 1).text = "40 000"
    for line in ("Anne Roux : Bonjour à tous.", "Luc Petit : Merci.", "Anne Roux : Commençons."):
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = "Mairie"
    return saved(document)


def archived(page: str, encoding: str) -> bytes:
    """A page as a browser saves it with its pictures."""
    encode = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[encoding]
    head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=xx\r\n\r\n"
    part = f"--xx\r\nContent-Type: text/html; charset=cp1252\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    picture = (
        "\r\n--xx\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--xx--\r\n"
    )
    return head.encode() + part.encode() + encode(page.encode("cp1252")) + picture.encode()


def saved(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A .docx with some of its parts replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return stream.getvalue()


def body_xml(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def beginning_with(paragraphs: str) -> bytes:
    """A .docx file that begins with these paragraphs, in WordprocessingML."""
    data = make_docx()
    xml = body_xml(data).replace("<w:body>", f"<w:body>{paragraphs}")
    return rezipped(data, {"word/document.xml": xml.encode()})


PAGE = f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>El mercado - Diario</title>
<meta name="author" content="Ana Gil"></head><body>
<nav><a href="/">Inicio</a> <a href="/d">Deportes</a></nav>
<main><article><h1>El mercado de la plaza</h1><p>{SPANISH}<br>Segunda <b>línea</b>.</p>
<p>{SPANISH.replace("nuevo", "viejo")}</p><h2>Los puestos</h2><ul><li>Fruta</li></ul>
<p>{SPANISH.replace("treinta", "cuarenta")}</p></article></main>
<div id="comments"><h3>Comentarios (1)</h3><p>Pepe</p><p>hace 2 días</p>
<p>Me gusta mucho, iré el sábado.</p></div>
<footer><p>© Diario. Todos los derechos reservados.</p></footer><script>var x = 1;</script></body></html>"""

NOTE = """
---
title: "Über das Wetter"
tags: [Regen, Wind]
---

Ein **fetter** Satz mit [einem Link](http://a.example/c_d "Titel") und 2 * 3 * 4.
Noch eine Zeile mit ![Bild](x.png)`code` und snake_case.

## Der Regen

> Ein Zitat,
> das **weiter
> geht**.

{{< youtube a_b_c >}}
{{% hinweis %}}Innen *kursiv*{{% /hinweis %}}

### Quellen
- [Amt](http://b.example)
"""

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Bonjour à tous</i> et bienvenue

2
00:00:03,100 --> 00:00:05,000
dans notre émission.
- Merci !

3
00:00:05,500 --> 00:00:06,000
[Musique]

4
00:00:15,500 --> 00:00:16,000
Après la pause.
"""

VTT = """WEBVTT - Titel

NOTE nur ein Vermerk

eins
00:00.000 --> 00:02.000 align:start
<v Eva Blum>Heute ist es

00:02.000 --> 00:04.000
<v Eva Blum>sehr <c.gelb>windig</c>.

00:04.000 --> 00:06.000
<v Jan>Stimmt.
"""


class TestPlainText:
    def test_title_and_a_paragraph_a_line(self) -> None:
        document = txt(f"La bibliothèque rouvre\n\n{FRENCH}\n{FRENCH[:120]} fin.\n")
        assert [kind for kind, _ in outline(document)] == ["title", "body", "body"]
        assert document.title == "La bibliothèque rouvre"

    @pytest.mark.parametrize("width", [40, 72, 100])
    def test_hard_wrapped_lines_of_a_paragraph_are_one_block(self, width: int) -> None:
        wrapped = "\n\n".join(textwrap.fill(text, width) for text in (GERMAN, FRENCH, SPANISH))
        document = txt(wrapped)
        assert [text.split() for text in of_kind(document, Kind.BODY)] == [
            text.split() for text in (GERMAN, FRENCH, SPANISH)
        ]

    def test_words_parted_at_line_ends_are_whole(self) -> None:
        lines = [
            "Der Fluss war im vergangenen Früh-",
            "jahr so hoch, dass die hohen Ein-",
            "und Ausgänge der alten Boots-Werk-",
            "statt unter Wasser und viele der",
            "See-Elefanten und auch der See-",
            "Elefantinnen ganz obdachlos wa-",
            "ren, wie man sie dort nannte.",
        ]
        document = txt("\n".join(lines) + "\n\n" + textwrap.fill(GERMAN, 34))
        check(document)
        assert segment(document)[0].text == (
            "Der Fluss war im vergangenen Frühjahr so hoch, dass die hohen Ein- und Ausgänge der alten Boots-Werkstatt "
            "unter Wasser und viele der See-Elefanten und auch der See-Elefantinnen ganz obdachlos waren, wie man sie "
            "dort nannte."
        )

    def test_one_letter_after_a_hyphen_is_a_word(self) -> None:
        lines = ["Ele tinha uma rede nova, e quem viu-", "o ontem na praia sabe que a perdeu ali mesmo no mar."]
        document = txt("\n".join(lines) + "\n\n" + textwrap.fill(SPANISH, 36))
        assert "quem viu-o ontem" in segment(document)[0].text

    def test_hard_wrapped_japanese(self) -> None:
        text = JAPANESE * 4
        lines = [text[at : at + 30] for at in range(0, len(text), 30)]
        document = txt("\n".join(lines) + "\n\n" + "\n".join(lines))
        assert [block.replace("\n", "") for block in of_kind(document, Kind.BODY)] == [text, text]

    def test_the_end_of_wrapped_japanese_is_nobody_who_speaks(self) -> None:
        said = f"{JAPANESE}子どものための部屋にある本は次のように並べてありま"
        lines = [*textwrap.wrap(f"{JAPANESE}{said}"[-90:], 30), "す:"]
        assert [len(line) for line in lines] == [30, 30, 30, 2]
        document = txt("\n\n".join(["\n".join(lines)] * 3))
        assert [words(document, block).replace("\n", "") for block in document.blocks] == ["".join(lines)] * 3
        assert {block.speaker for block in document.blocks} == {""}

    def test_wrapped_paragraphs_without_blank_lines_part_at_a_short_line(self) -> None:
        document = txt("\n".join(textwrap.fill(text, 66) for text in (GERMAN, FRENCH, SPANISH, GERMAN)))
        assert len(document.blocks) == 4

    def test_verses_between_wrapped_paragraphs_make_no_captions_of_them(self) -> None:
        prose = [textwrap.fill(each, 58, initial_indent="   ") for each in (GERMAN, SPANISH)]
        song = "\n".join(f"     {line}" for line in ("Der Mond ist rund,", "die Nacht ist still,", "ein Hund bellt."))
        document = txt(f"{'Das Boot':>30}\n\n{prose[0]}\n\n{song}\n\n{prose[1]}\n")
        assert document.title == "Das Boot"
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY)[::2]] == [GERMAN, SPANISH]

    @pytest.mark.parametrize("last", ["share.", "report", "share it.", "more than that."])
    def test_a_wrapped_line_may_begin_with_the_word_of_a_button(self, last: str) -> None:
        said = "Every year since the old harbour was sold the two families have both had their own"
        document = txt(f"{textwrap.fill(FRENCH, 82)}\n\n{said}\n{last}\n\n{textwrap.fill(GERMAN, 82)}")
        assert f"{said}\n{last}" in of_kind(document, Kind.BODY)

    def test_code_and_headings_between_wrapped_paragraphs_make_no_captions_of_them(self) -> None:
        prose = [textwrap.fill(each, 66) for each in (FRENCH, GERMAN, SPANISH)]
        code = "    import boat\n    boat.plan()\n    boat.moor()"
        heads = ["======\nManual\n======", "First steps\n-----------", "Next steps\n----------"]
        parts = [part for head, body in zip(heads, prose, strict=True) for part in (head, body, "::", code)]
        document = txt("\n\n".join(parts))
        check(document)
        assert document.title == "Manual"
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY) if len(body) > 60] == [
            *(FRENCH, GERMAN, SPANISH)
        ]
        assert {block.reason for block in document.blocks if block.reason} == {"a ruled line, no words"}

    def test_a_handbook_of_more_code_than_prose_is_wrapped_text(self) -> None:
        prose = [textwrap.fill(each, 66, initial_indent="    ", subsequent_indent="    ") for each in (FRENCH, SPANISH)]
        code = "".join(f"     $ boat --moor {at}\n     $ boat --plan {at}\n     moored at {at}\n" for at in range(5))
        document = txt("\n\n".join(part for each in prose * 2 for part in (each, code, each, code)))
        check(document)
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY) if len(body) > 90] == [
            *([FRENCH] * 2 + [SPANISH] * 2) * 2
        ]

    def test_some_wide_lines_hide_not_where_the_others_are_wrapped(self) -> None:
        table = "\n".join(f"  boat {at} | {'a long description of what it does ' * 2}|" for at in range(6))
        prose = [textwrap.fill(each, 60) for each in (FRENCH, SPANISH, GERMAN)]
        document = txt("\n\n".join([*prose * 6, table]))
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY)][:3] == [FRENCH, SPANISH, GERMAN]

    def test_what_a_manual_page_says_to_see_also_is_its_own(self) -> None:
        head = "BOAT(1)                Commandes                BOAT(1)"
        parts = [textwrap.fill(each, 64) for each in (FRENCH, SPANISH)]
        document = txt(
            "\n\n".join([head, *parts, "VOIR AUSSI\n    oar(1), pump(1)", "TRADUCTION", "    Anne Roux, Odile F."])
        )
        assert {block.kind for block in document.blocks} <= {Kind.TITLE, Kind.HEADING, Kind.BODY}

    def test_what_a_heading_is_underlined_with_is_no_word_of_it(self) -> None:
        parts = [
            f"1.{at} How the two families mend an old boat\n{ruled * 40}\n\n{textwrap.fill(said, 64)}"
            for at, (ruled, said) in enumerate(zip('=-"^', (FRENCH, SPANISH, GERMAN, FRENCH), strict=True), 1)
        ]
        document = txt("\n\n".join(parts))
        assert [words(document, block) for block in document.blocks if block.kind in (Kind.TITLE, Kind.HEADING)] == [
            f"1.{at} How the two families mend an old boat" for at in range(1, 5)
        ]
        assert [words(document, block) for block in document.blocks if block.reason == "a ruled line, no words"] == [
            ruled * 40 for ruled in '=-"^'
        ]

    def test_what_is_explained_below_a_word_farther_in_is_wrapped_text(self) -> None:
        """As manual pages and glossaries are."""
        explained = [
            f"       -{name}, --{name * 9}\n{textwrap.indent(textwrap.fill(said, 60), ' ' * 14)}"
            for name, said in zip("bdfg", (FRENCH, SPANISH, GERMAN, FRENCH), strict=True)
        ]
        document = txt("BOAT(1)\n\nOPTIONS\n" + "\n\n".join(explained))
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY) if len(body) > 60] == [
            *(FRENCH, SPANISH, GERMAN, FRENCH)
        ]

    def test_a_list_in_wrapped_text_keeps_its_items(self) -> None:
        items = "- Äpfel und Birnen aus dem Garten hinter dem Haus\n- Brot vom Bäcker an der Ecke"
        document = txt(f"{textwrap.fill(GERMAN, 60)}\n{items}\n\n{textwrap.fill(FRENCH, 60)}")
        assert of_kind(document, Kind.BODY)[1:3] == items.split("\n")

    def test_a_sentence_broken_before_a_comma_is_one_block(self) -> None:
        text = f"{TAIWANESE}\n我們能不能讓孩子們更喜歡\n，或說更願意讀書？這是個問題。\n{TAIWANESE}"
        assert "我們能不能讓孩子們更喜歡\n，或說更願意讀書？這是個問題。" in of_kind(txt(text), Kind.BODY)

    def test_quoted_mail_is_joined_without_its_marks(self) -> None:
        quoted = textwrap.wrap(GERMAN, 64)
        deeper = textwrap.wrap(SPANISH, 63)
        text = [*textwrap.wrap(FRENCH, 66), *(f"> {line}" for line in quoted), ">", *(f">> {line}" for line in deeper)]
        document = txt("\n".join([*text, *textwrap.wrap(FRENCH, 66)]))
        check(document)
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY)] == [FRENCH, GERMAN, SPANISH, FRENCH]

    def test_signs_that_another_speaks_quote_no_mail(self) -> None:
        said = ["Good evening and welcome", "It is good to be here", "Tell us about the boat", "It took nine years"]
        document = txt("\n".join(f">> {line}" for line in said))
        assert document.text.count(">>") == "".join(words(document, block) for block in document.blocks).count(">>")

    def test_headings_between_paragraphs(self) -> None:
        document = txt(f"Un titre\n{FRENCH}\nLes lecteurs\n{FRENCH}\nEt maintenant ?\n{FRENCH}\nOui !\n{FRENCH}")
        assert of_kind(document, Kind.HEADING) == ["Les lecteurs", "Et maintenant ?"]
        assert "Oui !" in of_kind(document, Kind.BODY)

    def test_a_question_can_be_a_heading(self) -> None:
        document = txt(f"{CHINESE}\n图书馆为什么关了两年？\n{CHINESE}{CHINESE}")
        assert of_kind(document, Kind.HEADING) == ["图书馆为什么关了两年？"]

    def test_one_endless_line_is_read_with_a_warning(self) -> None:
        document = txt("Ein Satz ohne Ende " * 8000)
        assert len(document.blocks) == 1
        assert "one line" in document.warnings[0]

    def test_poems_and_dialogues_have_no_headings(self) -> None:
        document = txt("Der Mond ist rund\nDie Nacht ist still\nEin Hund bellt laut\nDas Kind schläft\n")
        assert not of_kind(document, Kind.HEADING)

    @pytest.mark.parametrize("gap", ["\n", "\n\n"])
    def test_a_stanza_within_prose_is_no_heading(self, gap: str) -> None:
        stanza = "Der Mond ist rund\nDie Nacht ist still\nEin Hund bellt laut\nDas Kind schläft"
        document = txt(gap.join(["Ein Lied", GERMAN, stanza, FRENCH, "Der Morgen danach", SPANISH]))
        assert of_kind(document, Kind.TITLE) + of_kind(document, Kind.HEADING) == ["Ein Lied", "Der Morgen danach"]

    def test_a_stanza_may_end_a_sentence_or_two(self) -> None:
        document = txt(f"Ein Lied\n\n{GERMAN}\n\nDer Mond ist rund.\nDie Nacht ist still,\nEin Hund bellt\n\n{FRENCH}")
        assert not of_kind(document, Kind.HEADING)

    def test_a_chapter_has_its_number_its_title_and_what_happens_in_it(self) -> None:
        document = txt(f"Die Flut\n\n{GERMAN}\n\nKapitel 2\nDas Boot\nVom Leim\n\n{FRENCH}")
        assert of_kind(document, Kind.HEADING) == ["Kapitel 2", "Das Boot", "Vom Leim"]


class TestTurns:
    @pytest.mark.parametrize("title", ["专访：老港口的新生", "Harbour: a new life for the old quay"])
    def test_a_title_with_a_colon_is_said_by_nobody(self, title: str) -> None:
        said = ["李明：我们修好了港口。", "王芳：后来呢？", "李明：后来就有了今天的样子。", "王芳：谢谢。"]
        document = txt("\n\n".join([title, *said]))
        assert document.title == title
        assert [block.speaker for block in document.blocks[1:]] == ["李明", "王芳"] * 2

    @pytest.mark.parametrize("ending", ["txt", "md", "html"])
    def test_time_stamps_between_turns_are_that_all_through_a_transcript(self, ending: str) -> None:
        said = [
            f"{'Eva' if at % 2 else 'Jan'}: Das war Satz {'abcdefghijklmno'[at]}, und er war gut." for at in range(15)
        ]
        parts = [part for at, line in enumerate(said) for part in (f"00:{at:02}:05", line)]
        made = "".join(f"<p>{part}</p>" for part in parts) if ending == "html" else "\n\n".join(parts)
        document = txt(made, f"a.{ending}")
        assert [block.kind for block in document.blocks[1::2]] == [Kind.TURN] * 15
        assert {block.reason for block in document.blocks[::2]} == {"a time stamp"}

    def test_what_is_asked_in_an_interview_is_no_heading(self) -> None:
        asked = "――日本に来たきっかけは何ですか？"
        assert asked in of_kind(txt(f"港を語る\n\n{JAPANESE}\n\n{asked}\n\n{JAPANESE}{JAPANESE}"), Kind.BODY)

    @pytest.mark.parametrize("colon", [":", "：", " : "])
    def test_labels_are_taken_off_and_carried_over(self, colon: str) -> None:
        text = (
            f"Eva Blum{colon}Was haben Sie gesehen?\nJan Wolf{colon}Zuerst nichts, es war ja noch dunkel.\n"
            "Dann kam die Sonne heraus.\nDer zweite Tag\n"
            f"Eva Blum{colon}Und danach?\nJan Wolf{colon}{GERMAN}"
        )
        document = txt(text)
        turns = [(b.speaker, words(document, b)) for b in document.blocks if b.kind == Kind.TURN]
        assert turns[:3] == [
            ("Eva Blum", "Was haben Sie gesehen?"),
            ("Jan Wolf", "Zuerst nichts, es war ja noch dunkel."),
            ("Jan Wolf", "Dann kam die Sonne heraus."),
        ]
        assert of_kind(document, Kind.HEADING) == ["Der zweite Tag"]

    def test_a_role_that_speaks_once(self) -> None:
        document = txt(f"主持人:{CHINESE}\n李明：谢谢大家。\n王芳：也谢谢你。\n李明：再见。\n")
        assert [block.speaker for block in document.blocks] == ["主持人", "李明", "王芳", "李明"]

    def test_time_stamps_in_labels(self) -> None:
        text = "[00:01] Ann Lee: Hello there.\n[00:09] Tom Fox: Good morning.\n[00:12] Ann Lee: Let us go.\n"
        document = txt(text)
        assert (document.blocks[0].speaker, words(document, document.blocks[0])) == (
            "Ann Lee",
            "Hello there.",
        )

    @pytest.mark.parametrize(
        "stamp",
        ["[03.05.24, 10:15:02] ", "\u200e[03.05.24, 10:15:02] ", "5/3/24, 10:15\u202fAM - ", "2024-05-03 10:15 "],
    )
    def test_chats_as_messengers_export_them(self, stamp: str) -> None:
        text = f"{stamp}Ann Lee: Did you see it?\n{stamp}Tom: Yes!\nit stopped\n{stamp}Ann Lee: Take a lamp\n"
        document = txt(text)
        assert [(block.speaker, words(document, block)) for block in document.blocks] == [
            ("Ann Lee", "Did you see it?"),
            ("Tom", "Yes!"),
            ("Tom", "it stopped"),
            ("Ann Lee", "Take a lamp"),
        ]

    def test_a_question_below_a_name_is_said_and_no_heading(self) -> None:
        begun = "Ann Lee  00:03\nGood morning, shall we begin?\n\nTom Fox  00:09\nYes, let us begin.\n"
        document = txt(f"{begun}\nAnn Lee  00:12\nWell.\n")
        turns = [(block.speaker, words(document, block)) for block in document.blocks if block.kind == Kind.TURN]
        assert turns == [
            ("Ann Lee", "Good morning, shall we begin?"),
            ("Tom Fox", "Yes, let us begin."),
            ("Ann Lee", "Well."),
        ]

    def test_what_is_no_label(self) -> None:
        text = f"Note: {SPANISH}\nNote: {SPANISH}\nHe said: {SPANISH}\nHe said: {SPANISH}\nhttp://a.example/x\n"
        assert not of_kind(txt(text), Kind.TURN)

    @pytest.mark.parametrize("line", ["a) 比例尺为1:2000的图纸；", "a) Frist: zehn Tage;", "Massstab 1:500"])
    def test_ratios_and_items_of_lists_call_nobody(self, line: str) -> None:
        text = f"{GERMAN}\n\n{line}\n\n{SPANISH}\n\n{line}\n\n{FRENCH}\n\n{line}\n\n{CHINESE}\n"
        document = txt(text)
        assert not of_kind(document, Kind.TURN)
        assert sum(line in block for _, block in outline(document)) == 3

    def test_credits_below_a_transcript_belong_to_nobody(self) -> None:
        text = "Q: Why?\nA: So.\nQ: Really?\nA: Yes.\nOriginal video: Talk\nhttps://v.ex/1\nTranslator: Li\n"
        assert [kind for kind, _ in outline(txt(text))[4:]] == ["furniture", "furniture", "metadata"]

    def test_a_labelled_note_below_a_transcript_is_no_turn(self) -> None:
        turns = f"李明：{CHINESE}\n王芳：{CHINESE}\n李明：谢谢。\n王芳：再见。\n"
        document = txt(f"{turns}提醒：本文由编辑部整理。\n")
        assert of_kind(document, Kind.FURNITURE) == ["提醒：本文由编辑部整理。"]
        noted = txt(f"{turns}小结：谈得很好。\n")
        assert {block.speaker for block in noted.blocks} == {"李明", "王芳"}

    @pytest.mark.parametrize(
        "line", ["V:91", "例えば、次を試してみて下さい：", "Mehr dazu steht in diesem Heft:", "这是因为：他来过。"]
    )
    def test_what_is_written_like_a_label_and_is_none(self, line: str) -> None:
        document = txt("\n\n".join([FRENCH, line, FRENCH, line, FRENCH]))
        assert {block.speaker for block in document.blocks} == {""}

    def test_the_fields_of_a_handbooks_examples_are_no_speakers(self) -> None:
        fields = ["Source: boat", "Priority: optional", "Maintainer: Anna Ruiz", "Recommends: oars (>= 2)"]
        document = txt("\n\n".join(part for each in (FRENCH, GERMAN, SPANISH) for part in (each, each, *fields)))
        assert {block.speaker for block in document.blocks} == {""}

    def test_whoever_speaks_beside_paragraphs_may_end_no_sentence(self) -> None:
        said = ["Anna: and then we went", "Paul: to the boat", "Anna: in the rain", "Paul: yes"]
        document = txt("\n\n".join([*said, *(f"{line} and on" for line in said), FRENCH]))
        assert {block.speaker for block in document.blocks} >= {"Anna", "Paul"}

    def test_the_letters_of_a_list_are_no_questions_and_answers(self) -> None:
        document = txt("The signs mean:\n\np: package of programs\n\na: all\n\nf: files in it\n\n" + FRENCH)
        assert {block.speaker for block in document.blocks} == {""}

    def test_words_before_colons_that_come_now_and_then_are_no_speakers(self) -> None:
        said = "Pumpe: das Heft von gestern."
        document = txt("\n\n".join([said, *[GERMAN] * 90, said, *[GERMAN] * 90, said]))
        assert {block.speaker for block in document.blocks} == {""}

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            (
                "司会　費用はどうなりますか。|山田　市が半分を出します。|司会　残りは。|山田　寄付です。",
                "司会:費用はどうなりますか。|山田:市が半分を出します。|司会:残りは。|山田:寄付です。",
            ),
            (
                "――費用はどうなりますか。|山田　市が半分を出します。|――残りは。|山田　寄付です。",
                "――:費用はどうなりますか。|山田:市が半分を出します。|――:残りは。|山田:寄付です。",
            ),
            (
                "○議長（山田君）　開会します。|○森君　いくらですか。|○議長（山田君）　どうぞ。|○森君　違います。",
                "議長（山田君）:開会します。|森君:いくらですか。|議長（山田君）:どうぞ。|森君:違います。",
            ),
            (
                "진행자  비용은 누가 냅니까?|김민수  시가 냅니다.|진행자  나머지는요?|김민수  기부금입니다.",
                "진행자:비용은 누가 냅니까?|김민수:시가 냅니다.|진행자:나머지는요?|김민수:기부금입니다.",
            ),
            (
                "ACT I|ANNA. You came.|MRS. HOLT. We waited.|ANNA (rises). It always is.|MRS. HOLT.|So?",
                ":ACT I|ANNA:You came.|MRS. HOLT:We waited.|ANNA:(rises). It always is.|:MRS. HOLT.|MRS. HOLT:So?",
            ),
            (
                "ACTE II|ANNE.|Te voilà.|PIERRE. — Il avait du retard.|ANNE, à part.|Encore.|PIERRE. Oui.",
                ":ACTE II|:ANNE.|ANNE:Te voilà.|PIERRE:Il avait du retard.|:ANNE, à part.|ANNE:Encore.|PIERRE:Oui.",
            ),
        ],
    )
    def test_names_that_no_colon_sets_off_take_turns(self, lines: str, said: str) -> None:
        document = txt(lines.replace("|", "\n\n"))
        assert "|".join(f"{block.speaker}:{words(document, block)}" for block in document.blocks) == said

    @pytest.mark.parametrize(
        "lines",
        [
            ["日時　五月三日", "会場　市民館", "日時　五月四日", "会場　市役所"],
            ["PARIS. The port opened.", "BERLIN. It rained.", "PARIS. The port closed.", "BERLIN. It snowed."],
            ["ACT I", "NOTE. The port opened.", "U.S. ships came.", "NOTE. The port closed.", "U.S. ships left."],
        ],
    )
    def test_what_a_gap_or_a_full_stop_sets_off_and_is_nobody(self, lines: list[str]) -> None:
        assert {block.speaker for block in txt("\n\n".join(lines)).blocks} == {""}

    def test_acts_and_scenes_of_a_play_are_headings(self) -> None:
        lines = ["THE BOAT", "ACT I", "SCENE 1. A kitchen.", "ANNA. You came.", "PETER. I did.", "SCENE 2. The pier."]
        document = txt("\n\n".join([*lines, "ANNA. Look.", "PETER. A boat."]))
        assert of_kind(document, Kind.HEADING) == ["ACT I", "SCENE 1. A kitchen.", "SCENE 2. The pier."]

    def test_an_act_within_verses_is_a_heading(self) -> None:
        lines = ["The moon is round", "The night is still", "A dog barks", "A child sleeps", "ACT II", "The day breaks"]
        document = txt("\n".join(["A Song", "", *lines, "The dog sleeps", "The child wakes"]))
        assert of_kind(document, Kind.HEADING) == ["ACT II"]

    def test_who_is_asked_as_author_gives_no_credits(self) -> None:
        said = ["Reporter: Why did you leave?", "Author: For the sea.", "Reporter: And now?", "Author: I write."]
        said.append("Reporter: What?")
        document = txt("\n".join(said))
        assert {block.kind for block in document.blocks} == {Kind.TURN}


class TestCaptions:
    LINES = (
        "今天我们来说一说\n镇上的图书馆\n它在九月重新开放\n一共修了两年\n里面有四万本书\n还有一间阅览室\n"
        "孩子们都很高兴\n"
    )

    def test_short_lines_without_punctuation_are_captions(self) -> None:
        document = txt(self.LINES * 3)
        assert [kind for kind, _ in outline(document)] == ["caption"]

    def test_blank_lines_part_them(self) -> None:
        assert len(txt(f"{self.LINES}\n{self.LINES}\n\n{self.LINES}").blocks) == 3

    def test_double_spaced_captions_are_parted_by_wider_gaps_only(self) -> None:
        spaced = self.LINES.replace("\n", "\n\n")
        assert len(txt(f"{spaced}{spaced}\n\n{spaced}").blocks) == 2

    def test_latin_captions_with_punctuation(self) -> None:
        lines = textwrap.fill(f"{FRENCH} {SPANISH} {GERMAN}", 34).split("\n")
        ragged = [part for i, line in enumerate(lines) for part in (line.rsplit(" ", 1) if i % 3 else [line])]
        assert {kind for kind, _ in outline(txt("\n".join(ragged)))} == {"caption"}

    def test_time_stamps_on_their_own_lines_are_skipped(self) -> None:
        text = "".join(f"0:{i:02}\nline number {'abcdefghijklm'[i % 13]} goes on\n" for i in range(13))
        document = txt(text)
        captions = of_kind(document, Kind.CAPTION)
        assert len(captions) == 1
        assert "0:05" not in captions[0]
        assert "line number f goes on" in captions[0]

    def test_sounds_stand_apart(self) -> None:
        document = txt(f"{self.LINES}[音乐]\n{self.LINES}")
        assert [kind for kind, _ in outline(document)] == ["caption", "furniture", "caption"]


COMMENT_SECTIONS = {
    "en": ("Comments (2)", "AnnLee", "3 May 2024 10:15", "2 days ago", "Reply"),
    "fr": (
        "Commentaires (2)",
        "LucPetit",
        "31 juillet 2024 03:41:19 UTC+02:00",
        "il y a 3 jours",
        "Répondre",
    ),
    "de": ("Kommentare (2)", "JanWolf", "3. März 2024, 14:05 Uhr", "vor 2 Stunden", "Antworten"),
    "es": ("2 comentarios", "PepeGil", "5 de mayo de 2024", "hace 2 días", "Responder"),
    "pt": ("Comentários (2)", "RuiReis", "5 de maio de 2024 às 10:00", "há 2 dias", "Responder"),
    "ja": ("コメント（2）", "たろう", "2024年5月3日 10:15", "3日前", "返信"),
    "ko": ("댓글 2", "홍길동", "2024년 5월 3일 오후 2:10", "2일 전", "답글"),
    "zh": ("评论（2）", "小明", "2024年5月3日 10:15", "3天前", "回复"),
}


class TestFurniture:
    def test_a_section_of_a_report_called_comments_is_text_and_so_is_what_follows(self) -> None:
        parts = ["Annual report", "Comments", SPANISH, "Paris, 3 May 2024", "Ships", FRENCH]
        assert not of_kind(txt("\n\n".join(parts)), Kind.COMMENT)
        alone = ["Annual report", SPANISH, "Comments", "Ann Lee", "3 May 2024", "I like it. Thank you!"]
        assert of_kind(txt("\n\n".join(alone)), Kind.COMMENT) == ["I like it. Thank you!"]

    def test_what_a_play_has_in_brackets_is_text(self) -> None:
        document = txt(f"{FRENCH}\n\n[She opens the door and looks out]\n\n[Applause]\n\n{FRENCH}")
        assert of_kind(document, Kind.FURNITURE) == ["[Applause]"]

    def test_what_stands_in_brackets_and_names_no_sound_is_text(self) -> None:
        case = txt("渔船买卖合同纠纷案\n\n【基本案情】\n\n双方签了合同。\n\n【结果】\n\n未上诉。\n\n【掌声】\n")
        assert of_kind(case, Kind.HEADING) == ["【基本案情】", "【结果】"]
        assert of_kind(case, Kind.FURNITURE) == ["【掌声】"]
        assert not of_kind(txt(f"{FRENCH}\n\n[Signature]\n\n[Le maire]\n"), Kind.FURNITURE)
        assert not txt("[앵커]\n다음 소식입니다.\n\n[기자]\n네, 부산항입니다.\n").title

    def test_how_long_reading_takes_is_a_number(self) -> None:
        told = "Reading time: the best part of the evening"
        document = txt(f"Reading time: 4 minutes\n\n{FRENCH}\n\n{told}\n\n{FRENCH}")
        assert of_kind(document, Kind.FURNITURE) == ["Reading time: 4 minutes"]

    @pytest.mark.parametrize("lang", COMMENT_SECTIONS)
    def test_comment_section_ends_where_the_body_comes_again(self, lang: str) -> None:
        heading, name, date, ago, reply = COMMENT_SECTIONS[lang]
        remark = {"ja": JAPANESE, "ko": KOREAN, "zh": CHINESE}.get(lang, "I liked this text a lot.")
        comments = f"{name}\n{date}\n{remark}\n0\n{name}\n{ago}\nOui 😎\n{reply}\n"
        text = f"A small title\n\n{FRENCH}\n{heading}\n0/200\n{comments}{FRENCH}\n"
        document = txt(text)
        assert of_kind(document, Kind.COMMENT) == [remark, "Oui 😎"]
        assert of_kind(document, Kind.BODY) == [FRENCH, FRENCH]
        assert of_kind(document, Kind.METADATA) == [name, date, name, ago]

    def test_a_finished_comment_section_is_followed_by_new_text(self) -> None:
        comments = "Comments\nAnn\n2 days ago\nNice text.\nLike\nBob\n1 day ago\nSo it is.\nLike\n"
        text = f"{FRENCH}\n{comments}{SPANISH}\n{GERMAN}"
        assert of_kind(txt(text), Kind.BODY) == [FRENCH, SPANISH, GERMAN]

    def test_a_heading_that_says_comments_is_no_section(self) -> None:
        document = txt(f"{FRENCH}\nComments\n{SPANISH}\n{GERMAN}")
        assert of_kind(document, Kind.COMMENT) == []
        assert of_kind(document, Kind.BODY) == [FRENCH, SPANISH, GERMAN]

    @pytest.mark.parametrize(
        "heading",
        [
            "Related articles",
            "Article connexe",
            "Lesen Sie auch:",
            "Leia também",
            "関連記事",
            "관련 기사",
            "相关阅读",
        ],
    )
    def test_teasers_end_where_the_text_goes_on(self, heading: str) -> None:
        teasers = "A new bridge for the town\nThe council has decided to build a bridge across the riv\n"
        document = txt(f"{FRENCH}\n{heading}\n{teasers}{SPANISH}\n{GERMAN}")
        assert len(of_kind(document, Kind.FURNITURE)) == 3
        assert of_kind(document, Kind.BODY) == [FRENCH, SPANISH, GERMAN]

    def test_teasers_end_at_the_second_of_two_paragraphs(self) -> None:
        short = [sentence for sentence in GERMAN.split(". ") if len(sentence) < 150] + ["Dann gingen sie."] * 3
        text = [FRENCH, "Lesen Sie auch:", "Eine Brücke für das Dorf", "Der Rat hat es beschlossen.", "Sie schwiegen."]
        document = txt("\n".join([*text, *short]))
        assert "Sie schwiegen." in of_kind(document, Kind.BODY)
        assert of_kind(document, Kind.BODY)[-1] == "Dann gingen sie."

    @pytest.mark.parametrize(
        "line",
        [
            "https://news.example/a?b=c",
            "Photo: Ana Gil",
            "圖片來源：王小明",
            "Share",
            "订阅",
            "Tous droits réservés.",
            "Subscribe to our newsletter for more stories like this one.",
            "本文仅代表作者观点，不代表本站立场。",
            "Wir verwenden Cookies, um die Seite zu verbessern.",
            "12",
        ],
    )
    def test_lines_around_the_text(self, line: str) -> None:
        document = txt(f"{GERMAN}\n{FRENCH}\n{line}\n")
        assert of_kind(document, Kind.FURNITURE) == [line]
        assert all(block.reason for block in document.blocks if block.kind == Kind.FURNITURE)

    @pytest.mark.parametrize(
        "line", ["Par : Anne Roux", "Published: 3 May 2024", "2024年5月3日", "编译：李明", "3 mai 2024"]
    )
    def test_metadata_lines(self, line: str) -> None:
        assert of_kind(txt(f"{line}\n{GERMAN}\n{FRENCH}\n"), Kind.METADATA) == [line]

    def test_menus_before_the_text_do_not_hide_who_wrote_it(self) -> None:
        menu = ["Se connecter", "S'abonner", "Rechercher", "Menu", "Partager", "Imprimer"]
        credits = ["Par Odile Ferrand", "Publié le 3 mai 2024 à 10h15", "Temps de lecture : 3 min"]
        document = txt("\n".join([*menu, "La passerelle rouvre", *credits, *[FRENCH, SPANISH, GERMAN] * 5]))
        assert of_kind(document, Kind.METADATA) == credits[:2]
        assert of_kind(document, Kind.FURNITURE) == [*menu, credits[2]]

    @pytest.mark.parametrize(
        "line",
        [
            "[Sie steigt die Treppe hinauf.]",
            "She published the second book in May.",
            "I like the comments he made.",
            "Teilen ist gut.",
            "2024 was dry.",
        ],
    )
    def test_sentences_that_are_no_furniture(self, line: str) -> None:
        assert line in of_kind(txt(f"{GERMAN}\n{line}\n{FRENCH}"), Kind.BODY)


LAW = [
    (f"Art. {number} {topic}", f"(1) Wer {topic} hat, meldet es innert {number} Tagen.")
    for number, topic in enumerate(["Brunnen", "Häfen", "Moore", "Kanäle", "Wälder", "Schulen"], 7)
]


class TestContents:
    @pytest.mark.parametrize("entry", ["{}", "• {}", "{} ........ 12", "{}\t3"])
    def test_lines_that_come_again_as_headings_are_the_table_of_contents(self, entry: str) -> None:
        listed = [entry.format(heading) for heading, _ in LAW]
        told = [line for article in LAW for line in article]
        document = txt("\n\n".join(["Gesetz", "Inhaltsverzeichnis", *listed, *told]))
        assert of_kind(document, Kind.FURNITURE) == ["Inhaltsverzeichnis", *listed]
        assert [text for kind, text in outline(document) if kind != "furniture"] == ["Gesetz", *told]

    def test_a_heading_that_is_worded_otherwise_below_ends_no_table_of_contents(self) -> None:
        listed = [heading for heading, _ in LAW]
        listed[2] = "Art. 9 Von den Mooren"
        told = [line for article in LAW for line in article]
        assert of_kind(txt("\n\n".join(["Gesetz", *listed, *told])), Kind.FURNITURE) == listed

    def test_lists_that_come_again_without_text_are_none(self) -> None:
        towns = ["Ulm", "Bern", "Graz", "Kiel", "Jena"]
        again = [line for number, town in enumerate(towns) for line in (town, f"{number},5 Grad")]
        assert not of_kind(txt("\n\n".join([GERMAN, *towns, FRENCH, *again, SPANISH])), Kind.FURNITURE)

    def test_of_word_too(self) -> None:
        import docx

        file = docx.Document()
        for line in [heading for heading, _ in LAW]:
            file.add_paragraph(line, style="List Bullet")
        for heading, text in LAW:
            file.add_heading(heading, 2)
            file.add_paragraph(text)
        document = read_bytes(saved(file), "a.docx")
        assert of_kind(document, Kind.FURNITURE) == [heading for heading, _ in LAW] == of_kind(document, Kind.HEADING)


class TestMarkdown:
    @pytest.mark.parametrize(
        "box",
        [
            "!!! note\n\n    It *rains*.\n\n    It goes on.\n",
            '- Rain\n\n    !!! note "Rain"\n        It *rains*.\n\n        It goes on.\n',
            '=== "Rain"\n\n    It *rains*.\n\n    It goes on.\n',
            ":::tip[Rain]\nIt *rains*.\n\nIt goes on.\n:::\n",
            "::: warning Rain\nIt *rains*.\n\nIt goes on.\n:::\n",
            "::: {.callout-note}\nIt *rains*.\n\nIt goes on.\n:::\n",
            "```{note}\n:class: dropdown\nIt *rains*.\n\nIt goes on.\n```\n",
        ],
    )
    def test_what_the_boxes_of_documentation_hold_is_text_and_their_marks_are_none(self, box: str) -> None:
        document = read_bytes(f"Before.\n\n{box}\nAfter.\n\n    code\n".encode(), "a.md")
        check(document)
        assert [said for _, said in outline(document) if said != "Rain"] == [
            *("Before.", "It rains.", "It goes on.", "After.", "code")
        ]
        assert of_kind(document, Kind.FURNITURE) == ["code"]

    def test_a_heading_may_be_the_word_of_a_button(self) -> None:
        parts = ["# Manual", "## Search", "Type a word.", "## Share", "Send it to others.", "Share"]
        document = read_bytes("\n\n".join(parts).encode(), "a.md")
        assert of_kind(document, Kind.HEADING) == ["Search", "Share"]
        assert of_kind(document, Kind.FURNITURE) == ["Share"]

    def test_prose_below_sources_is_text(self) -> None:
        parts = [
            "# Water",
            "## Sources",
            "It comes from three springs.",
            "## References",
            "Reed, A. (2019). *Springs*.",
        ]
        document = read_bytes("\n\n".join(parts).encode(), "a.md")
        assert of_kind(document, Kind.FURNITURE) == ["References", "Reed, A. (2019). Springs."]
        assert of_kind(document, Kind.BODY) == ["It comes from three springs."]

    def test_a_mark_without_a_box_is_text(self) -> None:
        said = ["!!! Achtung", "Sehr kalt heute."]
        assert of_kind(read_bytes("\n\n".join(said).encode(), "a.md"), Kind.BODY) == said

    def test_note_with_front_matter(self) -> None:
        document = read_bytes(NOTE.encode(), "note.md")
        check(document)
        assert document.title == "Über das Wetter"
        assert document.metadata["tags"] == "Regen, Wind"
        assert outline(document)[3:] == [
            (
                "body",
                "Ein fetter Satz mit einem Link und 2 * 3 * 4.\nNoch eine Zeile mit code und snake_case.",
            ),
            ("heading", "Der Regen"),
            ("body", "Ein Zitat,\ndas weiter\ngeht."),
            ("furniture", "{{< youtube a_b_c >}}"),
            ("body", "Innen kursiv"),
            ("furniture", "Quellen"),
            ("furniture", "Amt"),
        ]

    @pytest.mark.parametrize(
        ("source", "shown"),
        [
            ("Ein \\*Stern\\* und ***beides***", "Ein *Stern* und beides"),
            ("~~weg~~ und __da__ und a_b_c", "weg und da und a_b_c"),
            ("[a [b] c](<x y> 'z') ende (wirklich)", "a [b] c ende (wirklich)"),
            ("[b](http://x.example/b)b", "bb"),
            ("[eins][r] und [r] und [nix]\n\n[r]: http://r.example", "eins und r und [nix]"),
            ("Ein<br>Wort<!-- nie --> mit <b>HTML</b>", "EinWort mit HTML"),
            ("Ein ``a ` b`` Code", "Ein a ` b Code"),
            ("<http://a.example> und **offen", "http://a.example und **offen"),
            ("Fußnote[^1] hier", "Fußnote hier"),
            ("![Alt *x*](b.png) danach *y*", "danach y"),
            ("*{{< a >}}* Wort {{% b *c* %}} Ende", "Wort  Ende"),
            ("- [ ] Aufgabe *eins*", "Aufgabe eins"),
            ("1. > * tief **drin**", "tief drin"),
        ],
    )
    def test_inline_markup_is_skipped(self, source: str, shown: str) -> None:
        document = read_bytes(source.encode(), "a.md")
        check(document)
        assert shown in [words(document, block) for block in document.blocks]

    def test_tables_code_and_html(self) -> None:
        source = "| Kopf | Kopf |\n|---|---|\n| a **b** | a |\n\n```\ncode\n```\n\n<div>\nein Wort\n</div>\n"
        document = read_bytes(source.encode(), "a.md")
        check(document)
        assert of_kind(document, Kind.BODY) == ["Kopf", "Kopf", "a b", "a", "ein Wort"]
        assert "```\ncode\n```" in of_kind(document, Kind.FURNITURE)

    def test_bold_labels_are_speakers(self) -> None:
        document = read_bytes(b"**Ann Lee:** Hello *you*.\n\n**Tom Fox:** Hi.\n\n**Ann Lee:** Bye.\n", "a.md")
        assert [(b.speaker, words(document, b)) for b in document.blocks] == [
            ("Ann Lee", "Hello you."),
            ("Tom Fox", "Hi."),
            ("Ann Lee", "Bye."),
        ]

    def test_front_matter_in_toml(self) -> None:
        source = '+++\ntitle = "Der Hafen"\ndate = 2024-05-01\ntags = ["Boot", "Seil"]\n+++\nEr ist alt.\n'
        document = read_bytes(source.encode(), "a.md")
        check(document)
        assert document.metadata == {"title": "Der Hafen", "date": "2024-05-01", "tags": "Boot, Seil"}
        assert of_kind(document, Kind.TITLE) == ["Der Hafen"]
        assert of_kind(document, Kind.BODY) == ["Er ist alt."]

    def test_broken_front_matter_in_toml_is_a_warning(self) -> None:
        document = read_bytes(b"+++\ntitle = [a\n+++\nThe text itself.\n", "a.md")
        assert "TOML" in document.warnings[0]
        assert of_kind(document, Kind.BODY) == ["The text itself."]

    def test_character_references_are_characters_unless_they_would_be_tags(self) -> None:
        source = "Sch&ouml;n &amp; gut &mdash; 3 &lt; 4, das &lt;br&gt; und &nix; &#x2a;so&#42;.\n"
        [block] = (document := read_bytes(source.encode(), "a.md")).blocks
        check(document)
        assert words(document, block) == "Schön & gut — 3 < 4, das &lt;br&gt; und &nix; &#x2a;so&#42;."

    def test_broken_front_matter_is_a_warning(self) -> None:
        document = read_bytes(b"---\ntitle: [a\n---\nThe text itself.\n", "a.md")
        assert "front matter" in document.warnings[0]
        assert "The text itself." in of_kind(document, Kind.BODY)

    def test_a_rule_is_no_front_matter(self) -> None:
        document = read_bytes(b"---\n\nA line.\n\n---\n\nAnother line.\n", "a.md")
        assert of_kind(document, Kind.BODY) == ["A line.", "Another line."]

    def test_aliases_in_yaml_do_not_explode(self) -> None:
        levels = "".join(
            f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefghi", "bcdefghij", strict=True)
        )
        document = read_bytes(f"---\na: &a [x, y]\n{levels}---\nText.\n".encode(), "a.md")
        assert sum(map(len, document.metadata.values())) < 1000

    @given(st.text(alphabet="ab *_`[]()!\\#>-|\n~1.<", max_size=80))
    @settings(max_examples=80)
    def test_offsets_hold_whatever_the_markup(self, source: str) -> None:
        check(read_bytes(f"Text.\n\n{source}".encode(), "a.md"))

    @given(st.text(alphabet="ab *_`[]()!\\#>-|\n~1.", max_size=60))
    @example("1[](\n)1")
    @example("` 1 `1")
    @example("1\\ \n1")
    @settings(max_examples=80)
    def test_the_words_are_those_that_markdown_it_renders(self, source: str) -> None:
        document = read_bytes(f"Text.\n\n{source}".encode(), "a.md")
        shown = " ".join(words(document, block) for block in document.blocks if "markup" not in block.reason)
        code = [block for block in document.blocks if "code" in block.reason or "address" in block.reason]
        assume(not code)
        assert shown.split() == rendered(f"Text.\n\n{source}").split()


def rendered(source: str) -> str:
    """The words of a Markdown text, from markdown-it's own tokens."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
    pieces = []
    for token in parser.parse(source):
        for child in token.children or []:
            pieces.append("\n" if child.type.endswith("break") else child.content * (child.type != "image"))
        pieces.append("\n")
    return "".join(pieces)


class TestSubtitles:
    def test_srt(self) -> None:
        document = read_bytes(SRT.encode(), "a.srt")
        check(document)
        assert outline(document) == [
            ("caption", "Bonjour à tous et bienvenue\ndans notre émission."),
            ("caption", "Merci !"),
            ("furniture", "[Musique]"),
            ("caption", "Après la pause."),
        ]

    def test_vtt_voices_notes_and_names(self) -> None:
        document = read_bytes(VTT.encode(), "a.vtt")
        check(document)
        assert of_kind(document, Kind.METADATA) == ["WEBVTT - Titel", "NOTE nur ein Vermerk"]
        turns = [(b.speaker, words(document, b)) for b in document.blocks if b.kind == Kind.TURN]
        assert turns == [("Eva Blum", "Heute ist es\nsehr windig."), ("Jan", "Stimmt.")]

    def test_cues_without_numbers_or_blank_lines_and_a_number_as_text(self) -> None:
        source = "00:00:01,000 --> 00:00:02,000\n2016\n2\n0:00:02.1 --> 0:00:03.0\nwar ein Jahr\n"
        assert outline(read_bytes(source.encode(), "a.srt")) == [("caption", "2016\nwar ein Jahr")]

    def test_rolling_captions_are_kept_once(self) -> None:
        lines = ["hello and welcome", "to the show", "today we cook", "a soup", "with leeks"]
        cues = [f"00:00:0{i}.000 --> 00:00:0{i + 1}.000\n{lines[i]}\n{lines[i + 1]}\n" for i in range(4)]
        document = read_bytes(("WEBVTT\n\n" + "\n".join(cues)).encode(), "a.vtt")
        assert of_kind(document, Kind.CAPTION) == ["\n".join(lines)]

    def test_character_references(self) -> None:
        source = (
            "WEBVTT\n\n00:01.000 --> 00:02.000\n&gt;&gt; Tom &amp; Ann\nwon&#39;t&nbsp;go.\n\n"
            "00:02.000 --> 00:03.000\n&gt;&gt; Use the &lt;p&gt; tag.\n"
        )
        document = read_bytes(source.encode(), "a.vtt")
        check(document)
        captions = of_kind(document, Kind.CAPTION)
        assert captions == ["Tom & Ann\nwon't\u00a0go.", "Use the &lt;p&gt; tag."]

    @pytest.mark.parametrize(
        "timing",
        [
            "00:00:01 --> 00:00:02",
            "00: 00: 01, 000 -> 00: 00: 02, 000",
            "00:00:01:00 --> 00:00:02:12",
            "00:00:01,000-->00:00:02,000",
            "0:01 --> 0:02",
        ],
    )
    def test_times_as_careless_programs_write_them(self, timing: str) -> None:
        source = f"1\n{timing}\nVon 10:30 -> 11:00\nist Pause.\n"
        assert outline(read_bytes(source.encode(), "a.srt")) == [("caption", "Von 10:30 -> 11:00\nist Pause.")]

    def test_line_ends_that_were_converted_twice(self) -> None:
        document = read_bytes(SRT.replace("\n", "\r\r\n").encode(), "a.srt")
        assert outline(document) == outline(read_bytes(SRT.encode(), "a.srt"))

    def test_lines_that_roll_up_three_high(self) -> None:
        lines = ["hello and welcome", "to the show", "today we cook", "a soup", "with leeks", "and salt"]
        cues = [f"00:00:0{i}.000 --> 00:00:0{i + 1}.000\n" + "\n".join(lines[i : i + 3]) + "\n" for i in range(4)]
        document = read_bytes(("WEBVTT\n\n" + "\n".join(cues)).encode(), "a.vtt")
        assert of_kind(document, Kind.CAPTION) == ["\n".join(lines)]

    def test_a_word_marked_after_the_other_is_said_once(self) -> None:
        said = [["<u>so</u> today", "so <u>today</u>"], ["<u>we</u> cook", "we <u>cook</u>"]]
        cues = [f"00:0{i}.000 --> 00:0{i + 1}.000\n{line}\n" for i, line in enumerate(said[0] + said[1] * 2)]
        document = read_bytes(("WEBVTT\n\n" + "\n".join(cues)).encode(), "a.vtt")
        assert of_kind(document, Kind.CAPTION) == ["so today\nwe cook"]

    def test_what_is_said_again_is_kept_again(self) -> None:
        said = ["No.", "No.", "No.", "Why not?", "Why not?", "Because."]
        cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}\n" for i, line in enumerate(said, 1)]
        document = read_bytes("\n".join(cues).encode(), "a.srt")
        assert of_kind(document, Kind.CAPTION) == ["\n".join(said)]

    def test_breaks_and_blanks_that_a_conversion_left(self) -> None:
        source = "1\n00:00:01,000 --> 00:00:02,000\nWer ist da?\\NNiemand\\hhier.\n"
        document = read_bytes(source.encode(), "a.srt")
        assert of_kind(document, Kind.CAPTION) == ["Wer ist da?\nNiemand\u00a0hier."]

    def test_codes_of_other_formats_are_no_words(self) -> None:
        lines = "{\\an8}{y:i}Das {c:$0000FF}ist {s:12}gut, {x: y} bleibt."
        document = read_bytes(f"1\n00:00:01,000 --> 00:00:02,000\n{lines}\n".encode(), "a.srt")
        assert outline(document) == [("caption", "Das ist gut, {x: y} bleibt.")]

    def test_readings_of_characters_are_left_out(self) -> None:
        source = "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>を読む\n"
        assert of_kind(read_bytes(source.encode(), "a.vtt"), Kind.CAPTION) == ["漢字を読む"]

    def test_a_sound_stands_apart_and_what_is_sung_is_words(self) -> None:
        said = ["Das reicht jetzt!\n[ APPLAUS ]\nWirklich.", "♪ Wir gehen nach Haus ♪", "♪～", "so ist es >> ja"]
        cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}\n" for i, line in enumerate(said, 1)]
        assert outline(read_bytes("\n".join(cues).encode(), "a.srt")) == [
            ("caption", "Das reicht jetzt!"),
            ("furniture", "[ APPLAUS ]"),
            ("caption", "Wirklich."),
            ("caption", "♪ Wir gehen nach Haus ♪"),
            ("furniture", "♪～"),
            ("caption", "so ist es"),
            ("caption", "ja"),
        ]

    @pytest.mark.parametrize(
        "said",
        [
            *("(DOOR SLAMS)", "[BO]", "<i>(Music)</i> (Applause)", "(Rires et applaudissements)", "(seufzt)"),
            *(
                "(risas y aplausos)",
                "(suspira)",
                "（ドアの閉まる音）",
                "(전화벨 소리)",
                "（电话铃响）",
                "（雷聲）",
                "【音乐】",
            ),
        ],
    )
    def test_sounds_of_many_habits_stand_apart(self, said: str) -> None:
        cues = f"1\n00:00:01,000 --> 00:00:02,000\nWho is there?\n{said}\n"
        assert [kind for kind, _ in outline(read_bytes(cues.encode(), "a.srt"))] == ["caption", "furniture"]

    @pytest.mark.parametrize("said", ["(NATO)", "[laughs] Come in.", "(as I said)", "(I DO.)", "（发言人）"])
    def test_what_may_be_said_is_words(self, said: str) -> None:
        cues = f"1\n00:00:01,000 --> 00:00:02,000\nWho is there?\n{said}\n"
        assert {kind for kind, _ in outline(read_bytes(cues.encode(), "a.srt"))} == {"caption"}

    def test_each_line_of_a_subtitle_may_be_of_another_speaker_and_names_of_places_are_apart(self) -> None:
        said = [
            "ANNA: I told you I would\nbe late.",
            "JOHN: You never listen.\nANNA: I do!",
            "LONDON - 1987\nWe lost it.",
        ]
        cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}\n" for i, line in enumerate([*said, "Did we?"], 1)]
        document = read_bytes("\n".join(cues).encode(), "a.srt")
        assert [(block.speaker, " ".join(words(document, block).split())) for block in document.blocks] == [
            ("ANNA", "I told you I would be late."),
            ("JOHN", "You never listen."),
            ("ANNA", "I do!"),
            ("", "LONDON - 1987"),
            ("ANNA", "We lost it. Did we?"),
        ]

    @pytest.mark.parametrize("said", [">> REPORTER: NOBODY KNOWS", "REPORTER: NOBODY KNOWS", "记者：谁都不知道"])
    def test_what_a_reporter_says_last_is_no_credit(self, said: str) -> None:
        cues = f"1\n00:00:01,000 --> 00:00:02,000\nWHO IS THERE\n\n2\n00:00:03,000 --> 00:00:04,000\n{said}\n"
        assert not of_kind(read_bytes(cues.encode(), "a.srt"), Kind.METADATA)

    def test_capitals_mean_nothing_where_all_is_in_capitals(self) -> None:
        cues = "1\n00:00:01,000 --> 00:00:02,000\nHE LEFT\n(AS I SAID)\nAT ONCE.\n"
        assert outline(read_bytes(cues.encode(), "a.srt")) == [("caption", "HE LEFT\n(AS I SAID)\nAT ONCE.")]

    def test_subtitles_in_two_languages_are_told_apart(self) -> None:
        said = ["钟停了\nThe clock stopped", "我们\n上去看看\nWe go up", "门开着\nThe door is open"]
        cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}\n" for i, line in enumerate(said, 1)]
        document = read_bytes("\n".join(cues).encode(), "a.srt")
        check(document)
        assert of_kind(document, Kind.CAPTION) == [
            "钟停了",
            "The clock stopped",
            "我们\n上去看看",
            "We go up",
            "门开着",
            "The door is open",
        ]
        assert "two languages" in document.warnings[0]
        assert [unit.lang == "zh-Hans" for unit in segment(document)] == [True, False] * 3

    @pytest.mark.parametrize(
        "line",
        [
            "Translator: Ann Lee\nReviewer: Tom Fox",
            "Sous-titres réalisés par Anne Roux",
            "www.OpenSubtitles.org",
            "字幕组：小明",
        ],
    )
    def test_who_made_the_subtitles(self, line: str) -> None:
        said = [line, *(f"Das ist Satz {i}." for i in range(9))]
        cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{each}\n" for i, each in enumerate(said)]
        document = read_bytes("\n".join(cues).encode(), "a.srt")
        assert document.blocks[0].reason and words(document, document.blocks[0]) == line
        assert [block.kind for block in document.blocks[1:]] == [Kind.CAPTION]

    def test_paths_and_formulas_that_look_like_breaks_and_blanks(self) -> None:
        said = "Open C:\\Notes or C:\\home, and take \\hat{x}."
        document = read_bytes(f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n".encode(), "a.srt")
        assert of_kind(document, Kind.CAPTION) == [said]

    @pytest.mark.parametrize(
        "said",
        [
            ["The book was transcribed by monks", "on an island far from here"],
            ["Reporter: Did you build it alone?", "Author: My brothers did", "Reporter: Why?", "Author: For the sea."],
        ],
    )
    def test_what_is_said_is_no_credit_of_the_subtitles(self, said: list[str]) -> None:
        cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{each}\n" for i, each in enumerate(said)]
        document = read_bytes("\n".join(cues).encode(), "a.srt")
        assert {block.kind for block in document.blocks} <= {Kind.CAPTION, Kind.TURN}

    def test_no_cue_at_all(self) -> None:
        document = read_bytes(FRENCH.encode(), "a.srt")
        assert of_kind(document, Kind.BODY) == [FRENCH]
        assert "no subtitle" in document.warnings[0]


class TestHtml:
    def test_page(self) -> None:
        document = read_bytes(PAGE.encode(), "a.html")
        check(document)
        assert document.title == "El mercado de la plaza"
        assert document.metadata == {"title": "El mercado - Diario", "author": "Ana Gil", "language": "es"}
        assert of_kind(document, Kind.HEADING) == ["Los puestos"]
        assert of_kind(document, Kind.BODY)[0] == f"{SPANISH}\nSegunda línea."
        assert of_kind(document, Kind.COMMENT) == ["Me gusta mucho, iré el sábado."]
        assert "Inicio Deportes" in of_kind(document, Kind.FURNITURE)
        assert "var x" not in document.text

    @pytest.mark.parametrize("markup", ["<p>Ein Satz.</p><p>Noch einer.</p>", "Ein Satz.<br><br>Noch einer."])
    def test_bare_fragments(self, markup: str) -> None:
        assert of_kind(read_bytes(markup.encode(), "a.html"), Kind.BODY) == ["Ein Satz.", "Noch einer."]

    def test_little_main_text_is_a_warning_and_nothing_is_lost(self) -> None:
        links = "".join(f"<li><a href='/{i}'>Ein Verweis auf die Seite Nummer {i}</a></li>" for i in range(90))
        markup = f"<html><body><nav><ul>{links}</ul></nav><article><p>{GERMAN}</p></article></body></html>"
        document = read_bytes(markup.encode(), "a.html")
        assert "Seite Nummer 77" in document.text
        assert "main text" in document.warnings[0]

    def test_the_short_entries_of_a_live_blog_are_text_as_the_long_ones_are(self) -> None:
        entries = [GERMAN, SPANISH, FRENCH, "Polls have closed. Results are expected at 21:30."]
        blog = "".join(
            f'<div class="block" id="b{number}"><time>2{number}:15</time><p>{entry}</p><a href="#">Share</a></div>'
            for number, entry in enumerate(entries)
        )
        card = '<div class="card"><a href="/c">Storm</a><p>It hits the north.</p></div>'
        page = f'<article><h1>Election</h1>{blog}<a href="#">More</a></article><div>{card * 4}</div>'
        document = read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")
        assert of_kind(document, Kind.BODY) == entries

    def test_notes_that_marks_on_the_line_lead_to_and_that_lead_back(self) -> None:
        mark = '<a href="#ntr1" id="ntc1">(<span>1</span>)</a>'
        note = '<p><a href="#ntc1" id="ntr1">(<span>1</span>)</a> JO C 1 du 3.1.2024, p. 5.</p>'
        contents = '<p><a href="#s1" id="t1">1</a> Ports</p><h2><a href="#t1" id="s1">1</a> Ports</h2>'
        said = f"<p>Vu l'avis du comité {mark}, le conseil décide.</p><p>{FRENCH}</p>"
        document = read_bytes(f"<html><body>{contents}{said}{note}</body></html>".encode(), "a.html")
        assert of_kind(document, Kind.BODY) == ["1 Ports", "Vu l'avis du comité, le conseil décide.", FRENCH]
        noted = {words(document, block) for block in document.blocks if "note" in block.reason}
        assert noted == {"(1)", "(1) JO C 1 du 3.1.2024, p. 5."}
        assert of_kind(document, Kind.HEADING) == ["1 Ports"]

    def test_a_raised_number_behind_a_digit_is_no_digit_more(self) -> None:
        page = "<p>10<sup>6</sup> Schiffe, 10<sup>-3</sup> m, n<sup>o</sup> 5, H<sub>2</sub>O, 20<sup>th</sup></p>"
        assert read_bytes(page.encode(), "a.html").text == "10⁶ Schiffe, 10⁻³ m, no 5, H2O, 20th"

    @pytest.mark.parametrize("code", ["<pre><code>{}</code></pre>", '<div class="highlight"><pre>{}</pre></div>'])
    def test_program_code_is_no_text_and_a_poem_is(self, code: str) -> None:
        page = f"<p>{GERMAN}</p>{code.format('make boat')}<p>{FRENCH}</p><pre>Der Mond ist rund.</pre><p>{SPANISH}</p>"
        document = read_bytes(page.encode(), "a.html")
        assert of_kind(document, Kind.FURNITURE) == ["make boat"]
        assert "Der Mond ist rund." in of_kind(document, Kind.BODY)

    def test_lists_of_short_items_within_the_text_are_text_and_lists_of_links_are_not(self) -> None:
        def listed(*items: str) -> str:
            return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"

        shares = listed('<a href="/f">Teilen</a>', '<a href="/m">Merken</a>')
        tools = listed("Schraubenzieher, Größe 2", "Weiches Tuch")
        section = f"<p>{GERMAN}</p>{tools}<table><tr><td>Länge</td><td>12 cm</td></tr></table>"
        page = f"<h1>Die Pumpe</h1>{section}<h2>Das Sieb</h2><p>{GERMAN}</p>{shares}<p>{GERMAN}!</p>"
        document = read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")
        body = of_kind(document, Kind.BODY)
        assert {"Schraubenzieher, Größe 2", "Weiches Tuch", "12 cm"} <= set(body)
        assert not {"Teilen", "Merken"} & set(body)

    @pytest.mark.parametrize(
        ("shown", "is_code"),
        [
            ("<pre><code>Wasser: ein\nPumpe: aus</code></pre>", True),
            ('<div class="highlight-sh"><div class="highlight"><pre>Wasser: ein\nPumpe: aus</pre></div></div>', True),
            ("<pre>Am Fluss, im Tal,\nda steht ein Pfahl.</pre>", False),
        ],
    )
    def test_code_is_set_apart_and_nobody_speaks_in_it_but_verse_is_text(self, shown: str, is_code: bool) -> None:
        page = f"<h1>Die Pumpe</h1><p>{GERMAN}</p>{shown}<p>{GERMAN}</p>{shown}<p>{GERMAN}</p>"
        document = read_bytes(f"<html><body>{page}</body></html>".encode(), "a.html")
        assert {block.reason for block in document.blocks} == ({"", "program code"} if is_code else {""})
        assert {block.speaker for block in document.blocks} == {""}

    def test_nobody_speaks_in_the_cells_of_a_table_but_in_a_page_that_is_one(self) -> None:
        cells = "".join(f"<tr><td>Pumpe: {GERMAN}</td><td>Rad</td></tr>" for _ in range(3))
        page = f"<h1>Die Pumpe</h1><p>{GERMAN}</p><table>{cells}</table><p>{GERMAN}</p>"
        assert {block.speaker for block in read_bytes(page.encode(), "a.html").blocks} == {""}
        said = f"<p>Anna: {GERMAN}</p><p>Paul: Ja.</p><p>Anna: Nein.</p><p>Paul: {GERMAN}</p>"
        page = f"<table><tr><td>{said}</td></tr></table>"
        assert {block.speaker for block in read_bytes(page.encode(), "a.html").blocks} == {"Anna", "Paul"}

    def test_what_a_heading_is_linked_to_itself_by_is_none_of_its_words(self) -> None:
        heading = '<h2>Das Sieb<a class="headerlink" href="#sieb" title="Verweis">¶</a></h2>'
        document = read_bytes(f"<h1>Die Pumpe</h1><p>{GERMAN}</p>{heading}<p>{GERMAN}</p>".encode(), "a.html")
        assert of_kind(document, Kind.HEADING) == ["Das Sieb"]

    def test_what_a_library_says_around_its_books_and_the_numbers_of_pages_are_set_apart(self) -> None:
        around = '<section class="pg-boilerplate"><p>This book may be copied.</p></section>'
        text = f'<h1>Die Pumpe</h1><p>Das Rad <span class="pagenum">[12]</span>steht. {GERMAN}</p><p>{GERMAN}</p>'
        document = read_bytes(f"<html><body>{around}{text}{around}</body></html>".encode(), "a.html")
        assert of_kind(document, Kind.FURNITURE) == ["This book may be copied.", "[12]", "This book may be copied."]
        assert of_kind(document, Kind.BODY)[0] == f"Das Rad steht. {GERMAN}"

    def test_encoding_that_xml_declares(self) -> None:
        markup = '<?xml version="1.0" encoding="iso-8859-2"?><html><body><p>Żółta łódź płynie.</p></body></html>'
        assert "Żółta łódź płynie." in read_bytes(markup.encode("iso-8859-2"), "a.html").text

    def test_nobody_speaks_in_the_items_of_a_handbook_but_of_a_chat(self) -> None:
        items = "".join(f"<li>Folge: {GERMAN} {number}</li>" for number in range(3))
        page = f"<h1>Die Pumpe</h1><p>{GERMAN}</p><p>{GERMAN}!</p><p>Siehe:</p><ul>{items}</ul><p>{GERMAN}</p>"
        document = read_bytes(page.encode(), "a.html")
        assert {block.speaker for block in document.blocks} == {""}
        assert f"Folge: {GERMAN} 0" in of_kind(document, Kind.BODY)
        said = f"<li>Anna: {GERMAN}</li><li>Paul: Ja.</li><li>Anna: Nein.</li><li>Paul: {GERMAN}</li>"
        document = read_bytes(f"<h1>Die Pumpe</h1><ul>{said}</ul>".encode(), "a.html")
        assert {block.speaker for block in document.blocks} == {"", "Anna", "Paul"}

    def test_contents_and_navigation_of_a_handbook_are_no_text(self) -> None:
        around = '<div class="{}"><p><a href="a.html">Die Pumpe</a></p></div>'
        head = "".join(map(around.format, ("navheader", "toc"))) + around.replace("class", "role").format("navigation")
        document = read_bytes(f"<html><body>{head}<h1>Das Sieb</h1><p>{GERMAN}</p></body></html>".encode(), "a.html")
        assert outline(document)[3:] == [("title", "Das Sieb"), ("body", GERMAN)]
        assert {block.kind for block in document.blocks[:3]} == {Kind.FURNITURE}

    def test_a_short_section_that_stands_like_the_others_is_text_and_a_box_that_does_not_is_none(self) -> None:
        def section(*lines: str) -> str:
            heading = f'<div class="titlepage"><div><h3><a name="{lines[0]}"></a>Teil {lines[0]}</h3></div></div>'
            return f'<div class="section">{heading}{"".join(f"<p>{line}</p>" for line in lines[1:])}</div>'

        long = [section(name, f"{GERMAN} {name}", f"{GERMAN} {name}!") for name in "AB"]
        box = f"<div class='newsletter'>{'<p>Wir schreiben Ihnen.</p>' * 4}</div>"
        link = "Wie das Sieb hält, steht <a href='#A'>oben</a>."
        page = "".join([*long, section("Links", link), section("Zuletzt", "Das Sieb hält.")])
        page = f'<html><body><div class="section"><h2>Die Pumpe</h2>{page}</div>{box}</body></html>'
        document = read_bytes(page.encode(), "a.html")
        assert of_kind(document, Kind.BODY)[-2:] == ["Wie das Sieb hält, steht oben.", "Das Sieb hält."]
        assert of_kind(document, Kind.HEADING)[-2:] == ["Teil Links", "Teil Zuletzt"]
        assert of_kind(document, Kind.FURNITURE) == ["Wir schreiben Ihnen."] * 4

    def test_paragraphs_that_are_no_p_are_text_beside_those_that_are(self) -> None:
        said = [f"{GERMAN} Zum {number}. Mal." for number in range(8)]
        code = "".join(f"sieb --{number} &gt; mehl{number}.txt\n" for number in range(30))
        notes = "".join(f"<p>{SPANISH} {number}</p>" for number in range(4))
        text = "".join(f'<div class="para">{each}</div><pre class="screen">{code}</pre>' for each in said)
        page = f'<html><body><div class="section"><h2>Das Sieb</h2>{notes}{text}</div></body></html>'
        assert set(said) <= set(of_kind(read_bytes(page.encode(), "a.html"), Kind.BODY))

    def test_a_box_in_the_text_of_a_handbook_is_text_though_it_is_called_a_sidebar(self) -> None:
        note = f'<p class="title">Hinweis</p><p>Das Rad steht. {GERMAN}</p>'
        box = f'<div class="sidebar"><div class="titlepage"></div>{note}</div>'
        beside = "<div class='sidebar'><p>Wir schreiben Ihnen, wenn Sie das wollen, jede Woche einen Brief.</p></div>"
        text = "".join(f"<p>{GERMAN} {number}</p>" for number in range(5))
        page = f'<html><body><div class="section"><h2>Die Pumpe</h2>{text}{box}{text}</div>{beside}</body></html>'
        document = read_bytes(page.encode(), "a.html")
        assert f"Das Rad steht. {GERMAN}" in of_kind(document, Kind.BODY)
        assert of_kind(document, Kind.FURNITURE) == [
            "Wir schreiben Ihnen, wenn Sie das wollen, jede Woche einen Brief."
        ]

    def test_declared_encoding(self) -> None:
        markup = '<html><head><meta charset="iso-8859-2"></head><body><p>Żółta łódź płynie.</p></body></html>'
        document = read_bytes(markup.encode("iso-8859-2"), "a.htm")
        assert "Żółta łódź płynie." in document.text
        assert document.encoding == "iso8859-2"

    @pytest.mark.parametrize("main", [True, False])
    def test_an_article_goes_on_after_a_box_of_related_ones(self, main: bool) -> None:
        box = "<h3>Lea también</h3><ul><li><a href='/a'>El río crece</a></li><li><a href='/b'>Otro puente</a></li></ul>"
        box = f"<aside>{box}</aside>" if main else box
        rest = "<h2>Una obra difícil</h2><ul><li>Faltó madera.</li></ul><p>La obra sigue en mayo.</p>"
        article = f"<h1>El puente</h1><p>{SPANISH}</p>{box}{rest}<p>{SPANISH}!</p>"
        page = f"<html><body><article>{article}</article></body></html>"
        document = read_bytes(page.encode(), "a.html")
        assert of_kind(document, Kind.HEADING) == ["Una obra difícil"]
        assert "La obra sigue en mayo." in of_kind(document, Kind.BODY)
        assert "Otro puente" in of_kind(document, Kind.FURNITURE)

    def test_what_the_main_text_leaves_out_within_it_is_of_it(self) -> None:
        text = f"{SPANISH}<br><br>{SPANISH.replace('treinta', 'diez')}<br><br>«Sube.»<br><br>Callaron."
        page = f"<html><body><div><a href='/'>Inicio</a></div><h2>Capítulo uno</h2><pre>{text}</pre></body></html>"
        document = read_bytes(page.encode(), "a.html")
        assert of_kind(document, Kind.HEADING) == ["Capítulo uno"]
        assert of_kind(document, Kind.BODY)[-2:] == ["«Sube.»", "Callaron."]

    @pytest.mark.parametrize(
        ("declared", "encoding", "text"),
        [("iso-8859-1", "cp1252", "Il l’a dit… “Non.”"), ("gb2312", "gb18030", "他没有说话——一句也没有。")],
    )
    def test_declared_encodings_are_what_browsers_take_them_for(self, declared: str, encoding: str, text: str) -> None:
        page = f"<html><head><meta charset={declared}></head><body><p>{text}</p></body></html>"
        document = read_bytes(page.encode(encoding), "a.html")
        assert (document.text, document.encoding) == (text, encoding)

    def test_remarks_of_the_site_are_no_words_of_the_text(self) -> None:
        markup = "<h2>Geschichte<span class='mw-editsection'>[bearbeiten]</span></h2><p>Es war so.</p>"
        assert read_bytes(markup.encode(), "a.html").text == "Geschichte\n\nEs war so."
        markup = "<p>Es <span class='noprint'>war</span> so<sup class='noprint Inline-Template'>[Beleg?]</sup>.</p>"
        assert read_bytes(markup.encode(), "a.html").text == "Es war so."

    @pytest.mark.parametrize(
        ("mark", "shown"),
        [
            ("<sup><a href='#n1'>1</a></sup>", "1"),
            ("<a href='#n2'><sup>[2]</sup></a>", "[2]"),
            ("<sup><a href='#n1'>[<i>note</i> 1]</a></sup><sup><a href='#n2'>[2]</a></sup>", "[note 1] [2]"),
            ("<sup><a href='#n1'>1</a>,<a href='#n2'>2</a></sup>", "1,2"),
            ("<a href='page.html#n3'>[3]</a>", "[3]"),
        ],
    )
    def test_the_mark_of_a_note_is_no_number_of_the_text(self, mark: str, shown: str) -> None:
        document = read_bytes(f"<p>Sie kam.{mark} Er hat 5 m<sup>2</sup>.</p>".encode(), "a.html")
        assert outline(document) == [("body", "Sie kam. Er hat 5 m2."), ("furniture", shown)]

    @pytest.mark.parametrize(
        "markup", ["5<sup>2</sup>", "<a href='#top'>nach oben</a>", "x<sup><a href='#a'>seventh</a></sup>"]
    )
    def test_what_is_no_mark_of_a_note(self, markup: str) -> None:
        assert not of_kind(read_bytes(f"<p>Sie kam. {markup} Er ging.</p>".encode(), "a.html"), Kind.FURNITURE)

    @pytest.mark.parametrize(
        "attribute", ["style='color:red; Display : NONE'", "style='visibility:hidden'", "hidden", "class='sr-only x'"]
    )
    def test_what_a_page_hides_is_set_apart_and_breaks_no_sentence(self, attribute: str) -> None:
        markup = (
            f"<p>Er ging <span {attribute}>in neuem Fenster</span>fort.</p><div {attribute}><p>Versteckt.</p></div>"
        )
        document = read_bytes(markup.encode(), "a.html")
        assert outline(document) == [
            ("body", "Er ging fort."),
            ("furniture", "in neuem Fenster"),
            ("furniture", "Versteckt."),
        ]

    def test_what_is_only_not_read_aloud_is_seen(self) -> None:
        formula = "<span style='display:none'><math><mi>a</mi></math></span><img alt='a'>"
        markup = (
            f"<body style='display:none'><p><b aria-hidden='true'>Nr. 5</b> kostet {formula} Mark. {GERMAN}</p></body>"
        )
        assert outline(read_bytes(markup.encode(), "a.html")) == [("body", f"Nr. 5 kostet a Mark. {GERMAN}")]

    @pytest.mark.parametrize("opening", ["<article>", "<html><main>", "<style>p {}</style><section>"])
    def test_the_tag_that_begins_the_body_may_be_left_out(self, opening: str) -> None:
        page = f"<!doctype html><title>Markt</title>{opening}<p>Das erste Wort.</article> Das zweite.<p>Das dritte.</p>"
        document = read_bytes(page.encode(), "a.html")
        assert "Das erste Wort. Das zweite. Das dritte." in document.text.replace("\n", " ").replace("  ", " ")

    @pytest.mark.parametrize("head", ["", "<meta name=generator content='LibreOffice 7.4 (Linux)'>"])
    def test_a_short_document_is_text_to_its_last_line(self, head: str) -> None:
        style = " class=western" if head else ""
        markup = f"""<html><head>{head}</head><body><h1>Install the tool</h1><h2>You need</h2>
            <ul{style}><li>Python</li><li>Git</li></ul><h2>Links</h2><ul{style}><li><a href=a.html>Manual</a></li></ul>
            <p>Run make.</p></body></html>"""
        document = read_bytes(markup.encode(), "install.html")
        kinds = [block.kind for block in document.blocks]
        assert kinds == ["title", "heading", "body", "body", "heading", "body", "body"] and not document.warnings

    def test_a_page_that_hides_its_text_is_said(self) -> None:
        markup = f"<h1>El mercado</h1><div style='display:none'><p>{SPANISH}</p></div>"
        assert "hidden" in " ".join(read_bytes(markup.encode(), "a.html").warnings)

    def test_what_is_struck_out_is_no_word_of_the_text(self) -> None:
        document = read_bytes(b"<p>Er kam <del>gestern</del><ins>heute</ins> <s>nicht</s>an.</p>", "a.html")
        assert outline(document) == [("body", "Er kam heute an."), ("furniture", "gestern nicht")]

    @pytest.mark.parametrize(
        "opening",
        [
            "<div style='mso-element:footnote'><p>",
            "<div id=ftn1><p class=MsoFootnoteText>",
            "<div><p class='MsoEndnoteText'>",
            "<div id='sdfootnote1'><p class='sdfootnote-western'>",
            "<div id='sdendnote12'><p>",
        ],
    )
    def test_notes_of_a_page_that_word_or_libreoffice_saved(self, opening: str) -> None:
        note = f"{opening}<a href='#r1'>[1]</a> Vgl. Ebb.</p></div>"
        document = read_bytes(f"<p>{GERMAN}<a href='#n1'>[1]</a></p>{note}".encode(), "a.htm")
        assert outline(document) == [("body", GERMAN), ("furniture", "[1]"), ("furniture", "[1] Vgl. Ebb.")]

    @pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
    def test_a_page_that_a_browser_saved_as_one_file(self, encoding: str) -> None:
        data = archived(f"<html><body><h1>Die Werkstatt</h1><p>{GERMAN}</p></body></html>", encoding)
        document = read_bytes(data, "a.mhtml")
        check(document)
        assert outline(document) == [("title", "Die Werkstatt"), ("body", GERMAN)]

    def test_an_archive_without_a_page_is_refused(self) -> None:
        data = archived("p {}", "base64").replace(b"text/html", b"text/css")
        with pytest.raises(DocumentError, match=r"a\.mht: there is no page in this archive"):
            read_bytes(data, "a.mht")

    def test_lists_of_sources_are_furniture_and_prose_below_such_a_heading_is_not(self) -> None:
        lists = (
            "<h2>Einzelnachweise</h2><ol class='references'><li>Ebb: Das Kap. 1999.</li></ol>"
            "<h2>Weblinks</h2><ul><li>Seite des Dorfes</li></ul>"
            f"<h2>Literatur</h2><p>{GERMAN}</p><section role='doc-endnotes'><p>Vgl. Ebb.</p></section>"
        )
        document = read_bytes(f"<h1>Das Kap</h1><p>{GERMAN}</p>{lists}".encode(), "a.html")
        sources = ["Einzelnachweise", "Ebb: Das Kap. 1999.", "Weblinks", "Seite des Dorfes", "Vgl. Ebb."]
        assert of_kind(document, Kind.FURNITURE) == sources
        assert of_kind(document, Kind.BODY) == [GERMAN, GERMAN]

    def test_ruby_readings_are_left_out(self) -> None:
        markup = "<p><ruby>図書館<rp>(</rp><rt>としょかん</rt><rp>)</rp></ruby>が開きました。</p>"
        assert read_bytes(markup.encode(), "a.html").text == "図書館が開きました。"

    def test_a_formula_is_text_and_an_icon_breaks_no_sentence(self) -> None:
        formula = (
            "<math><semantics><mrow><mi>a</mi><mo>=</mo><mn>5</mn></mrow><annotation>5</annotation></semantics></math>"
        )
        icon = "<svg><path d='M0'/><text>Pfeil</text></svg>"
        markup = f"<p>Mit {formula} geht es auf.</p><p>Ein Zeichen {icon} im Satz.</p>"
        assert read_bytes(markup.encode(), "a.html").text == "Mit a=5 geht es auf.\n\nEin Zeichen im Satz."

    @pytest.mark.parametrize("tag", ["div", "span", "font"])
    def test_deep_nesting_loses_no_text(self, tag: str) -> None:
        markup = f"<p>Oben.</p>{f'<{tag}>' * 700}Tief.{f'</{tag}>' * 700}<p>Unten.</p>"
        assert read_bytes(markup.encode(), "a.html").text == "Oben.\n\nTief.\n\nUnten."

    def test_what_is_nested_too_deep_to_be_read_is_refused(self) -> None:
        markup = f"<p>Oben.</p>{'<div>' * 5000}Tief.{'</div>' * 5000}<p>Unten.</p>"
        with pytest.raises(DocumentError, match=r"a\.html: its elements are nested more than 2,000 deep"):
            read_bytes(markup.encode(), "a.html")


class TestDocx:
    def test_document(self) -> None:
        document = read_bytes(make_docx(), "a.docx")
        check(document)
        assert outline(document) == [
            ("title", "Le rapport de la bibliothèque"),
            ("heading", "Les lecteurs"),
            ("body", "Quarante mille livres."),
            ("body", "Livres"),
            ("body", "40 000"),
            ("turn", "Bonjour à tous."),
            ("turn", "Merci."),
            ("turn", "Commençons."),
            ("furniture", "Mairie"),
        ]
        assert document.metadata["title"] == "Rapport annuel"

    def test_a_document_without_properties_has_none(self) -> None:
        import docx

        bare = docx.Document()
        bare.add_paragraph("Die Mühle steht am Bach, und das Rad dreht sich.")
        links = bare.part.package.rels
        del links[next(name for name, link in links.items() if link.reltype.endswith("/core-properties"))]
        document = read_bytes(saved(bare), "muehle.docx")
        assert (document.title, document.metadata) == ("", {})

    def test_a_raised_number_behind_a_digit_is_no_digit_more(self) -> None:
        import docx

        made = docx.Document()
        line = made.add_paragraph("Es sind 10")
        line.add_run("6").font.superscript = True
        line.add_run(" Boote, sagt das Blatt")
        line.add_run("1").font.superscript = True
        assert read_bytes(saved(made), "a.docx").text == "Es sind 10⁶ Boote, sagt das Blatt1"

    def test_revisions_controls_and_text_boxes(self) -> None:
        new = (
            "<w:p><w:ins><w:r><w:t>Neu. </w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>Alt.</w:delText></w:r></w:del>"
            "<w:sdt><w:sdtContent><w:r><w:t>Feld.</w:t></w:r></w:sdtContent></w:sdt>"
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Kasten.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
            "<w:del><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Weg.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:del>"
            "</w:p>"
        )
        document = read_bytes(beginning_with(new), "a.docx")
        assert [text for _, text in outline(document)[:2]] == ["Neu. Feld.", "Kasten."]
        assert "Weg." not in document.text

    def test_paragraphs_made_one_under_revision_and_hidden_words(self) -> None:
        new = (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Der Satz geht</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>hier weiter.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Geheim.</w:t></w:r></w:p>"
            '<w:p><w:r><w:t>Oben.</w:t><w:br w:type="page"/><w:t>Unten.</w:t></w:r></w:p>'
        )
        document = read_bytes(beginning_with(new), "a.docx")
        assert [text for _, text in outline(document)[:2]] == ["Der Satz geht\nhier weiter.", "Oben.\nUnten."]

    def test_the_large_letter_that_a_text_begins_with_is_of_its_word(self) -> None:
        frame = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
        new = (
            f"<w:p>{frame}<w:r><w:t>E</w:t></w:r></w:p><w:p><w:r><w:t>s war einmal.</w:t></w:r></w:p>"
            f'<w:p>{frame}<w:r><w:t>A</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve"> mill.</w:t></w:r></w:p>'
        )
        document = read_bytes(beginning_with(new), "a.docx")
        assert [words(document, block) for block in document.blocks[:2]] == ["Es war einmal.", "A mill."]

    def test_what_other_files_inside_hold_is_told(self) -> None:
        import docx
        from docx.oxml import OxmlElement

        made = docx.Document()
        made.element.body.insert(0, OxmlElement("w:altChunk"))
        says = "1 part of the text that other files in it hold"
        with pytest.raises(DocumentError, match=f"a.docx: {says}"):
            read_bytes(saved(made), "a.docx")
        made.add_paragraph("Am Ende.")
        assert read_bytes(saved(made), "a.docx").warnings[0].startswith(says)
        assert read_bytes(make_docx(), "a.docx").warnings == ()

    def test_characters_that_were_inserted_as_symbols_are_text(self) -> None:
        new = (
            '<w:p><w:r><w:t>Alle</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5 und </w:t>'
            '<w:sym w:font="symbol" w:char="F061"/><w:sym w:font="Arial" w:char="2192"/>'
            '<w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Symbol" w:char="x"/><w:t>.</w:t></w:r></w:p>'
        )
        document = read_bytes(beginning_with(new), "a.docx")
        assert words(document, document.blocks[0]) == "Alle≥5 und α→."

    def test_a_table_of_contents_is_furniture(self) -> None:
        import docx
        from docx.enum.style import WD_STYLE_TYPE

        made = docx.Document()
        made.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        made.add_paragraph("Die Werkstatt\t3", style="toc 1")
        made.add_heading("Die Werkstatt", 1)
        made.add_paragraph(GERMAN)
        document = read_bytes(saved(made), "a.docx")
        assert [kind for kind, _ in outline(document)] == ["furniture", "heading", "body"]

    def test_a_cell_is_no_date(self) -> None:
        import docx

        made = docx.Document()
        for text in ("A1", FRENCH):
            made.add_paragraph(text)
        assert of_kind(read_bytes(saved(made), "a.docx"), Kind.METADATA) == []

    def test_line_ends_tabs_and_formulas_inside_a_paragraph(self) -> None:
        math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        new = (
            "<w:p><w:r><w:t>Eins&#13;&#10;zwei&#13;drei.</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>Links</w:t><w:ptab/><w:t>rechts.</w:t></w:r></w:p>"
            f"<w:p><w:r><w:t>Es gilt </w:t></w:r><m:oMath {math}><m:r><m:t>a=5</m:t></m:r></m:oMath></w:p>"
        )
        document = read_bytes(beginning_with(new), "a.docx")
        check(document)
        assert [text for _, text in outline(document)[:3]] == ["Eins\nzwei\ndrei.", "Links\trechts.", "Es gilt a=5"]

    @pytest.mark.parametrize(
        ("part", "usual", "other"),
        [
            ("[Content_Types].xml", "document.main+xml", "template.main+xml"),
            (
                "_rels/.rels",
                "http://schemas.openxmlformats.org/officeDocument/2006",
                "http://purl.oclc.org/ooxml/officeDocument",
            ),
        ],
    )
    def test_templates_and_strict_files_are_refused_for_what_they_are(self, part: str, usual: str, other: str) -> None:
        data = make_docx()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            changed = archive.read(part).decode().replace(usual, other)
        with pytest.raises(DocumentError, match="a template, has macros or is “Strict Open XML”"):
            read_bytes(rezipped(data, {part: changed.encode()}), "a.docx")

    def test_footnotes_that_say_the_same_are_all_kept_and_headers_once(self) -> None:
        import docx
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        made = docx.Document()
        made.add_paragraph("Un livre.")
        for section in (made.sections[0], made.add_section()):
            section.header.is_linked_to_previous = False
            section.header.paragraphs[0].text = "Mairie"
        main = body_xml(saved(made)).split("<w:body>")[0].replace("w:document", "w:footnotes")
        notes = "".join(
            f"<w:footnote w:id='{n}'><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>"
            for n, words in enumerate(("Ibid.", "Voir Roux.", "Ibid."), 1)
        )
        xml = f"{main}{notes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, made.part.package)
        made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        assert outline(read_bytes(saved(made), "a.docx")) == [
            ("body", "Un livre."),
            ("furniture", "Ibid."),
            ("furniture", "Voir Roux."),
            ("furniture", "Ibid."),
            ("furniture", "Mairie"),
        ]

    def test_entities_are_not_expanded(self) -> None:
        data = make_docx()
        entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True)
        )
        head, body = body_xml(data).split("?>", 1)
        xml = f"{head}?><!DOCTYPE x [{entities}]>{body.replace('Livres', '&i;')}"
        try:
            document = read_bytes(rezipped(data, {"word/document.xml": xml.encode()}), "a.docx")
        except DocumentError:
            return
        assert len(document.text) < 1000

    def test_zip_bomb(self) -> None:
        bomb = rezipped(make_docx(), {"word/styles.xml": b" " * 11 * 1024 * 1024})
        assert len(bomb) < 100_000
        with pytest.raises(DocumentError, match=r"a\.docx: it unpacks to 11 MB where 10 MB is the most"):
            read_bytes(bomb, "a.docx", Settings(max_unpacked_mb=10))


def page_of(name: str) -> list[str]:
    """Lines of a page that are on no other, the last of them the end of a sentence."""
    return [f"Haus {name}{line} liegt am Fluss, wo die Boote im Winter unter Planen" for line in range(7)] + [
        f"liegen, sagt {name}."
    ]


def typeset(lines: list[str], font: bytes, *others: bytes, wide: bool) -> bytes:
    """A PDF as TeX writes it: words stand apart by gaps, for the font has no blank. Codes of two bytes where `wide`."""

    def shown(word: str) -> str:
        return "<" + "".join(f"{ord(ch):0{4 if wide else 2}x}" for ch in word) + ">"

    drawn = "".join(f"[{'-240'.join(map(shown, line.split()))}] TJ T*\n" for line in lines)
    stream = b"BT /F1 11 Tf 14 TL 50 800 Td\n" + drawn.encode() + b"ET"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            font,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
            b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
            *others,
        ]
    )


def unicode_map(first: str, last: str) -> bytes:
    """A stream that says of these characters that they are themselves."""
    section = f"1 beginbfrange\n<{ord(first):04x}> <{ord(last):04x}> <{ord(first):04x}>\nendbfrange".encode()
    return b"<< /Length %d >>\nstream\n" % len(section) + section + b"\nendstream"


WIDE_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Boat /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts "
    b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Boat /W [32 126 564 19968 40959 1000] >>] >>"
)


class TestPdf:
    def test_words_that_gaps_alone_set_apart_are_words(self) -> None:
        """In fonts without a blank, as those that TeX embeds, whatever has its number is no measure of gaps."""
        lines = ["The fathers of both families mended an old boat", "all summer and moored it below the weir."]
        letters = " ".join(f"/{chr(code)}" for code in range(ord("a"), ord("z") + 1))
        narrow = (
            "<< /Type /Font /Subtype /Type1 /BaseFont /Boat /FirstChar 32 /LastChar 122 "
            f"/Widths [{'540 ' * 91}] /Encoding << /Differences [32 /visiblespace 46 /period 84 /T 97 {letters}] >> >>"
        )
        for data in (
            typeset(lines, narrow.encode(), wide=False),
            typeset(lines, WIDE_FONT, unicode_map("!", "z"), wide=True),
        ):
            document = read_bytes(data, "a.pdf")
            assert " ".join(document.text.split()) == " ".join(lines)

    def test_a_table_of_contents_is_told_by_the_dots_before_its_pages(self) -> None:
        entries = [f"{at}.1 Vom Holz und vom Leim {'. ' * (20 + at)}{at + 7}" for at in range(4)]
        listed = [*entries[:2], "3 Vom Seil 23", *entries[2:]]
        document = read_bytes(make_pdf([["Die Werkstatt", *listed], textwrap.wrap(f"{GERMAN} {SPANISH}", 70)]), "a.pdf")
        found = [words(document, block) for block in document.blocks if block.reason.endswith("table of contents")]
        assert found == listed
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY)] == [f"{GERMAN} {SPANISH}"]

    def test_a_line_of_chinese_that_is_drawn_out_is_put_together(self) -> None:
        lines = ["如 果 上 游 源 码 压 缩 包 提 供 了 x 格 式 文 件，", "请使用 这样的压缩包。"]
        document = read_bytes(typeset(lines, WIDE_FONT, unicode_map("!", "\uffff"), wide=True), "a.pdf")
        assert document.text.split("\n") == ["如果上游源码压缩包提供了 x 格式文件，", "请使用 这样的压缩包。"]

    def test_paragraphs_across_pages_and_running_headers(self) -> None:
        text = textwrap.wrap(f"{GERMAN} {SPANISH} {FRENCH}", 70)
        pages = [
            ["Jahresbericht", "Die Werkstatt", *text[:3], "Seite 1"],
            ["Jahresbericht", *text[3:6], "Seite 2"],
            ["Jahresbericht", *text[6:], "Seite 3"],
        ]
        document = read_bytes(make_pdf(pages), "a.pdf")
        check(document)
        assert of_kind(document, Kind.TITLE) == ["Die Werkstatt"]
        assert [" ".join(body.split()) for body in of_kind(document, Kind.BODY)] == [f"{GERMAN} {SPANISH} {FRENCH}"]
        assert of_kind(document, Kind.FURNITURE) == ["Jahresbericht", "Seite 1"]

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("{n} Die Werkstatt am Fluss e. V.", "Vom Holz {n}"),
            ("Die Werkstatt | {r}", "{r} | Vom Holz"),
            ("Die Werkstatt", "Kapitel 7"),
        ],
    )
    def test_headers_of_left_and_right_pages(self, left: str, right: str) -> None:
        roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
        heads = [(right if n % 2 else left).format(n=n + 17, r=roman[n]) for n in range(2, 12)]
        pages = [["Titelblatt"], *([head, *page_of(name)] for head, name in zip(heads, "abcdefghij", strict=True))]
        document = read_bytes(make_pdf(pages), "a.pdf")
        check(document)
        assert of_kind(document, Kind.FURNITURE) == heads[:2]
        body = " ".join(" ".join(of_kind(document, Kind.BODY)).split())
        assert " ".join(" ".join(page_of(name)) for name in "abcdefghij") in body

    def test_the_header_of_a_chapter_does_not_take_its_heading_away(self) -> None:
        heads = ["Vom Holz"] * 4 + ["Vom Leim"] * 4 + ["Vom Seil"] * 4
        pages = [[head, *page_of(name)] for head, name in zip(heads, "abcdefghijkl", strict=True)]
        document = read_bytes(make_pdf(pages), "a.pdf")
        assert of_kind(document, Kind.TITLE) + of_kind(document, Kind.HEADING) == ["Vom Holz", "Vom Leim", "Vom Seil"]
        assert of_kind(document, Kind.FURNITURE) == ["Vom Holz", "Vom Leim", "Vom Seil"]

    @pytest.mark.parametrize(("chapter", "part"), [("KAPITEL 4. BOOTE", "4"), ("ANHANG D. BOOTE", "D")])
    def test_the_header_of_a_chapter_may_name_the_section_too(self, chapter: str, part: str) -> None:
        sections = ["1. LEIM", "2. SEIL", "2. SEIL", "3.", "4. TEER", "4. TEER"]
        pages = [[f"{chapter} {part}.{of}", *page_of(name)] for of, name in zip(sections, "abcdef", strict=True)]
        document = read_bytes(make_pdf(pages), "a.pdf")
        assert of_kind(document, Kind.FURNITURE) == [f"{chapter} {part}.1. LEIM"]
        body = " ".join(" ".join(of_kind(document, Kind.BODY)).split())
        assert body == " ".join(" ".join(page_of(name)) for name in "abcdef")

    def test_numbers_that_do_not_count_the_pages_are_kept(self) -> None:
        pages = [[*textwrap.wrap(GERMAN, 60), "Summe", f"Bretter {number}", str(number)] for number in (340, 12, 77, 5)]
        text = read_bytes(make_pdf(pages), "a.pdf").text
        assert all(f"Bretter {number}" in text for number in (340, 12, 77, 5))
        assert all(f"\n{number}\n" in text for number in (340, 12, 77))

    def test_a_page_without_words_ends_no_sentence(self) -> None:
        document = read_bytes(make_pdf([["Die Meisterin sagt, dass sie im"], [], ["Winter nur Holz hat."]]), "a.pdf")
        assert of_kind(document, Kind.BODY) == ["Die Meisterin sagt, dass sie im\nWinter nur Holz hat."]

    def test_characters_that_a_font_does_not_tell_are_counted(self) -> None:
        document = read_bytes(make_pdf([["Die Meis\x01terin \x02war da."]]), "a.pdf")
        assert document.text == "Die Meis\ufffdterin \ufffdwar da."
        assert [warning for warning in document.warnings if warning.startswith("2 characters could not be read")]
        assert read_bytes(make_pdf([["Die Meisterin war da."]]), "a.pdf").warnings == ()

    def test_footnotes_stand_apart_and_break_no_sentence(self) -> None:
        pages = [
            [
                *page_of("a"),
                "Wer im Herbst kommt, findet die Tore offen und die Gesellen",
                "bei der Arbeit.1 Die Meisterin sagt, dass sie",
                "1 Vgl. die Akten des Dorfes, Band 2,",
                "S. 40.",
                "2 Ebenda.",
            ],
            ["im Winter nur 3 km2 Holz haben, und das ist nicht viel.", "2 Gesellen gingen fort."],
        ]
        document = read_bytes(make_pdf(pages), "a.pdf")
        assert of_kind(document, Kind.FURNITURE) == ["1 Vgl. die Akten des Dorfes, Band 2,\nS. 40.", "2 Ebenda."]
        body = " ".join(" ".join(of_kind(document, Kind.BODY)).split())
        assert "sagt, dass sie im Winter nur" in body
        assert body.endswith("2 Gesellen gingen fort.")

    def test_numbered_paragraphs_of_a_law_are_no_footnotes(self) -> None:
        law = ["Artículo 7. Pozos", "(1) El pozo se mide.", "(2) El informe se guarda.", "(3) Es público."]
        page = [*page_of("a"), "(1) El aceite se recoge.4", "(2) Se pesa.", "(3) Se paga.", *law, "4Añadido en junio."]
        document = read_bytes(make_pdf([page]), "a.pdf")
        assert of_kind(document, Kind.FURNITURE) == ["4Añadido en junio."]
        assert [text for _, text in outline(document)][-5:-1] == law

    def test_footnotes_below_the_first_column_break_no_sentence(self) -> None:
        left = [*page_of("a"), *page_of("b"), "bei der Arbeit.1 Die Meisterin sagt, dass sie"]
        right = ["im Winter nur wenig Holz haben.2", *page_of("c"), "Dann war es still."]
        page = [*left, "1Vgl. die Akten des Dorfes.", "\f", *right, "2 „Ebenda“, S. 40."]
        document = read_bytes(make_pdf([page]), "a.pdf")
        check(document)
        assert of_kind(document, Kind.FURNITURE) == ["1Vgl. die Akten des Dorfes.", "2 „Ebenda“, S. 40."]
        assert "sagt, dass sie\nim Winter nur" in document.text
        assert "Haus c6" in "".join(of_kind(document, Kind.BODY))

    @pytest.mark.parametrize("heading", ["Tag {n}", "{n}. Kapitel", "Lektion {r}"])
    def test_a_numbered_heading_on_each_page_is_no_header(self, heading: str) -> None:
        heads = [heading.format(n=n, r=["i", "ii", "iii", "iv"][n - 1]) for n in range(1, 5)]
        pages = [["Tagebuch", head, *page_of(name)] for head, name in zip(heads, "abcd", strict=True)]
        document = read_bytes(make_pdf(pages), "a.pdf")
        found = outline(document)
        assert [text for kind, text in found if kind != "furniture" and "Haus" not in text] == heads
        assert found[-1] == ("furniture", "Tagebuch")

    @pytest.mark.parametrize(
        ("header", "last"), [("Seite {n}", "Schluss mit {x}."), ("Bericht {n}", "und dann {x}"), ("{n}", "Ende {x}.")]
    )
    def test_what_counts_the_pages_is_no_heading(self, header: str, last: str) -> None:
        pages = [[header.format(n=n), *page_of(name), last.format(x=name)] for n, name in enumerate("abcd", 1)]
        document = read_bytes(make_pdf(pages), "a.pdf")
        assert of_kind(document, Kind.FURNITURE) == [header.format(n=1)]
        assert header.format(n=3) not in [*of_kind(document, Kind.HEADING), *of_kind(document, Kind.BODY)]

    def test_who_speaks_in_an_interview_is_no_header(self) -> None:
        lines = textwrap.wrap(f"{GERMAN} {SPANISH} {FRENCH}", 70)
        turns = [["Interviewer" if at % 2 else "Eva Blum", *lines[at % 5 : at % 5 + 2]] for at in range(40)]
        said = [line for turn in turns for line in turn]
        document = read_bytes(make_pdf([said[at : at + 20] for at in range(0, 120, 20)]), "a.pdf")
        assert not of_kind(document, Kind.FURNITURE)
        assert document.text.count("Interviewer") == document.text.count("Eva Blum") == 20

    def test_what_stands_below_a_heading_of_each_page_is_no_header(self) -> None:
        pages = [[f"Suppe {name}", "Zutaten", *page_of(name)] for name in "abcd"]
        document = read_bytes(make_pdf(pages), "a.pdf")
        assert document.text.count("Zutaten") == 4

    def test_a_numbered_list_is_no_footnotes(self) -> None:
        lines = [*page_of("a"), "Install python3 before the meeting.", "1 Open the lid", "2 Look inside", "3 Close it"]
        assert not of_kind(read_bytes(make_pdf([lines]), "a.pdf"), Kind.FURNITURE)

    def test_a_line_inside_a_page_stays_though_the_header_says_the_same(self) -> None:
        text = textwrap.wrap(f"{GERMAN} {SPANISH} {FRENCH}", 70)
        pages = [["Summe", *text[:3], "Summe", *text[3:6]], ["Summe", *text[6:9]], ["Summe", *text[2:6]]]
        document = read_bytes(make_pdf(pages), "a.pdf")
        assert of_kind(document, Kind.FURNITURE) == ["Summe"]
        assert document.text.count("Summe") == 2

    def test_words_hyphenated_at_line_ends(self) -> None:
        lines = [
            "The library keeps its well-known books in a very long corri-",
            "dor on the second floor, and everybody thinks that the well-",
            "known ones are best, which is why they stand there in rows. Ein-",
            "und Ausgang sind dieselben, wie alle dort wissen, sagt man uns hier.",
        ]
        text = read_bytes(make_pdf([lines]), "a.pdf").text
        assert "corridor on" in text
        assert "Ein-\nund Ausgang" in text
        assert text.count("well-known") == 2

    def test_no_text_layer(self) -> None:
        with pytest.raises(DocumentError, match=r"a\.pdf: it has no text layer.*OCR"):
            read_bytes(make_pdf([[], []]), "a.pdf")

    def test_pages_without_text_are_named(self) -> None:
        document = read_bytes(make_pdf([[FRENCH[:80]], []]), "a.pdf")
        assert "page 2" in document.warnings[0]

    def test_encrypted(self) -> None:
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf([["Geheim"]]))))
        writer.encrypt("secret", algorithm="RC4-128")
        stream = BytesIO()
        writer.write(stream)
        with pytest.raises(DocumentError, match=r"a\.pdf: the PDF is encrypted"):
            read_bytes(stream.getvalue(), "a.pdf")


# One notice in languages whose letters other encodings have elsewhere, and in which it may come.
NOTICES = {
    "fr": "La bibliothèque a rouvert après deux ans de travaux : « Ça y est », a dit le gardien, où qu’il fût.",
    "de": "Die Bücherei ist nach zwei Jahren wieder geöffnet. Für Schüler ist die Ausleihe übrigens größtenteils frei.",
    "es": "La biblioteca volvió a abrir después de dos años. ¿Quién lo diría? Los niños están allí mañana y tarde.",
    "pt": "A biblioteca reabriu após dois anos de obras. As crianças estão lá de manhã, e não só aos sábados; põem-se.",
    "cs": "Knihovna byla po dvou letech znovu otevřena. Děti se těší, že si zítra půjčí nějakou knížku, ať prší.",
    "pl": "Biblioteka została ponownie otwarta po dwóch latach. Dzieci cieszą się, że jutro wypożyczą piękną książkę.",
    "hu": "A könyvtár két év után újra megnyílt. A gyerekek örülnek, hogy holnap gyönyörű könyvet vihetnek, ha fűt.",
    "tr": "Kütüphane iki yıl sonra yeniden açıldı. Çocuklar yarın güzel bir kitap alacakları için seviniyor, ağ.",
    "lt": "Biblioteka po dvejų metų vėl atidaryta. Vaikai džiaugiasi, kad rytoj pasiims gražią knygą, jų įspūdžiai.",
    "ru": "Библиотека снова открылась через два года. Дети рады, что завтра смогут взять там хорошую книгу.",
    "uk": "Бібліотека знову відчинилася через два роки. Діти раді, що завтра зможуть узяти там гарну книжку.",
}
ONE_BYTE = {
    **dict.fromkeys(("fr", "de", "es", "pt"), ("cp1252", "mac_roman")),
    **dict.fromkeys(("cs", "pl", "hu"), ("cp1250", "iso8859-2", "mac_latin2", "cp852")),
    "tr": ("cp1254",),
    "lt": ("cp1257",),
    "ru": ("cp1251", "koi8_r", "mac_cyrillic", "iso8859-5", "cp866"),
    "uk": ("cp1251", "koi8_u", "mac_cyrillic"),
}


class TestEncodings:
    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            (FRENCH, "utf-8-sig"),
            (FRENCH, "utf-16"),
            (FRENCH, "utf-16-le"),
            (CHINESE, "utf-16"),
            (CHINESE, "utf-16-le"),
            (TAIWANESE, "utf-16-be"),
            (JAPANESE, "utf-16-le"),
            (KOREAN, "utf-16-be"),
            ("Маяк погас.", "utf-16-le"),
            (JAPANESE, "utf-32"),
            (FRENCH, "cp1252"),
            (GERMAN, "cp1252"),
            (SPANISH, "cp1252"),
            (CHINESE, "gb18030"),
            (TAIWANESE, "big5"),
            (JAPANESE, "shift_jis"),
            (JAPANESE, "euc_jp"),
            (JAPANESE, "iso2022_jp"),
            (KOREAN, "euc_kr"),
            (
                "В городе снова открылась библиотека, её чинили два года, и дети очень рады этому событию. " * 3,
                "cp1251",
            ),
        ],
    )
    def test_text_is_found(self, text: str, encoding: str) -> None:
        assert read_bytes(text.encode(encoding), "a.txt").text.strip() == text.strip()

    @pytest.mark.parametrize(("language", "encoding"), [(a, b) for a, every in ONE_BYTE.items() for b in every])
    def test_text_in_one_byte_encodings_is_found_and_said(self, language: str, encoding: str) -> None:
        text = NOTICES[language].encode(encoding, "ignore").decode(encoding)
        document = read_bytes(text.encode(encoding), "a.txt")
        assert document.text == text
        assert encoding == "cp1252" or "say its encoding" in document.warnings[0]

    @given(
        st.lists(st.sampled_from([FRENCH, GERMAN, SPANISH, "“Don’t” — she’d said… — no.", "«\u00a0Où\u00a0?\u00a0»"]))
    )
    def test_western_text_is_never_taken_for_another(self, parts: list[str]) -> None:
        text = "\n".join(["Ça va, dit-elle.", *parts])
        assert read_bytes(text.encode("cp1252"), "a.txt").text == text

    def test_a_stretch_of_cp1252_in_utf8(self) -> None:
        data = f"{FRENCH}\n{SPANISH}\n".encode() + "Éte déjà là.".encode("cp1252")
        document = read_bytes(data, "a.txt")
        assert "Éte déjà là." in document.text
        assert "cp1252" in document.warnings[0]

    @pytest.mark.parametrize("text", [FRENCH, CHINESE, "Elle était là… « déjà »"])
    def test_utf8_made_twice_is_undone_and_said(self, text: str) -> None:
        western = {at: bytes([at]).decode("cp1252", "replace").replace("\ufffd", chr(at)) for at in range(256)}
        document = read_bytes("".join(map(western.__getitem__, text.encode())).encode(), "a.txt")
        assert document.text == text
        assert "twice" in document.warnings[0]

    @pytest.mark.parametrize("text", ["NESTLÉ® and CAFÉ™ are names.", "She waits for her fiancé…”"])
    def test_signs_that_would_be_utf8_as_bytes_stay(self, text: str) -> None:
        document = read_bytes(text.encode(), "a.txt")
        assert document.text == text
        assert not document.warnings

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
    def test_an_encoding_that_is_said_holds_in_any_text_format(self, name: str) -> None:
        data = "Księżyc wschodzi.".encode("cp1250")
        assert "Księżyc" not in read_bytes(data, name).text
        document = read_bytes(data, name, Settings(encoding="windows-1250"))
        assert document.text.strip() == "Księżyc wschodzi."
        assert document.encoding == "cp1250"
        assert not any("encoding" in warning for warning in document.warnings)

    def test_of_a_damaged_file_what_fits_the_encoding_that_is_said_is_read(self) -> None:
        document = read_bytes(f"{FRENCH}\n".encode() * 9 + b"\xff", "a.txt", Settings(encoding="utf-8"))
        assert document.text.count(FRENCH) == 9
        assert "1 character could not be read as utf-8" in document.warnings[0]

    @pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64", "idna", "undefined", "unicode_escape", "a\0b"])
    def test_what_is_no_encoding_is_named_with_the_file(self, encoding: str) -> None:
        with pytest.raises(DocumentError, match=r"^a\.txt: there is no encoding '.*; name one such as cp1250"):
            read_bytes(b"Some text.", "a.txt", Settings(encoding=encoding))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "euc-jp", "utf-32"])
    def test_an_encoding_that_does_not_fit_is_refused_with_the_file(self, encoding: str) -> None:
        with pytest.raises(DocumentError, match=rf"^a\.txt: what is in it is no text in the encoding {encoding}; name"):
            read_bytes("Księżyc wschodzi nad młynem".encode("cp1250"), "a.txt", Settings(encoding=encoding))

    def test_a_nul_in_a_short_text_makes_it_no_utf16(self) -> None:
        assert read_bytes(b"un,deux\n\0,trois\n", "a.txt").encoding == "utf-8"

    def test_nuls_and_line_ends(self) -> None:
        document = read_bytes(b"One\0 line.\r\nTwo lines.\rThree\xe2\x80\xa8Four", "a.txt")
        assert document.text == "One\ufffd line.\nTwo lines.\nThree\nFour"
        assert document.warnings == ("1 unusable character (NUL, control or half a pair) replaced by \ufffd.",)

    @pytest.mark.parametrize("name", ["a.txt", "a.html", "a.srt"])
    @pytest.mark.parametrize(
        "text", ["L’été où il dînait, août.", "Việt Nam", "ガラスのビン", "학교에 갔다", "Й есть", "x\u0338 stays"]
    )
    def test_accents_that_stand_apart_from_their_letters_go_with_them(self, text: str, name: str) -> None:
        cue = "1\n00:00:01,000 --> 00:00:02,000\n" if name == "a.srt" else ""
        document = read_bytes(f"{cue}{normalize('NFD', text)}\n".encode(), name)
        assert text in document.text

    def test_characters_that_only_resemble_others_stay(self) -> None:
        assert txt("\uf90a, 2 \u212b").text == "\uf90a, 2 \u212b"  # which NFC would exchange for others

    def test_marks_of_files_put_together_are_no_text(self) -> None:
        assert txt(f"\ufeff\ufeff{FRENCH}").text == FRENCH

    @given(st.text(max_size=200))
    def test_utf8_survives(self, text: str) -> None:
        try:
            document = txt(text)
        except DocumentError:
            return
        check(document)


class TestBadInput:
    @pytest.mark.parametrize(
        ("data", "name", "says"),
        [
            (b"", "a.txt", "a.txt: the file is empty"),
            (b" \n\n ", "a.txt", "a.txt: there are no words"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "bild.txt", "bild.txt: this is a PNG image"),
            (bytes(range(256)) * 20, "a.txt", "a.txt: this is binary data"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
                "alt.docx",
                "alt.docx: this is an old Office file",
            ),
            (b"PK\x03\x04 broken", "a.docx", "a.docx: this .docx, .odt, .epub or archive is damaged"),
            (b"%PDF-1.4\n broken", "a.pdf", "a.pdf: the PDF is damaged"),
            (b"x" * 1_100_000, "a.txt", "a.txt: it has 1.0 MB where 1 MB is the most"),
            (b"<html><body><script>1</script></body></html>", "a.html", "a.html: there is no visible text"),
            (b"\xef\xbb\xbf[Script Info]\r\nTitle: x\r\n", "a.ass", "a.ass: these are SubStation Alpha subtitles"),
            (b".TH BOAT 1\n.SH NAME\nboat \\- moor boats\n", "boat.1", "boat.1: this is the source of a manual page"),
            (b'\'\\" t\n.\\" Who wrote it\n.TH BOAT 1\n', "boat.txt", "boat.txt: this is the source of a manual page"),
            (b"<tmx version='1.4'><body/></tmx>", "a.txt", "a.txt: this holds pairs of texts (TMX), no document"),
            (b"<?xml version='1.0'?>\n<!-- x --><TEI><p>Uhr</p></TEI>", "a.txt", "a.txt: this is XML that begins"),
            (b"<?xml version='1.0'?>\n<!DOCTYPE tmx SYSTEM 'x'>\n<tmx/>", "a", "a: this holds pairs of texts (TMX)"),
            ("<xliff/>".encode("utf-16"), "a.XLF", "a.XLF: this holds pairs of texts (XLIFF), no document"),
        ],
    )
    def test_a_sentence_with_the_name_and_the_remedy(self, data: bytes, name: str, says: str) -> None:
        with pytest.raises(DocumentError) as error:
            read_bytes(data, name, Settings(max_file_mb=1))
        assert str(error.value).startswith(says)
        assert ";" in str(error.value)

    def test_archives_are_named_for_what_they_are(self) -> None:
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("xl/workbook.xml", "<x/>")
        with pytest.raises(DocumentError, match=r"an Excel workbook.*table of pairs is taken in under Import"):
            read_bytes(stream.getvalue(), "a.txt")

    @pytest.mark.parametrize(
        ("data", "name", "format"),
        [
            (make_docx(), "a.txt", "docx"),
            (make_pdf([[FRENCH[:80]]]), "a.docx", "pdf"),
            (FRENCH.encode(), "a.pdf", "txt"),
            (FRENCH.encode(), "a.docx", "txt"),
            (PAGE.encode(), "a.txt", "html"),
            (VTT.encode(), "a.srt", "vtt"),
            (SRT.encode(), "a.txt", "srt"),
        ],
    )
    def test_wrong_endings_are_read_by_content(self, data: bytes, name: str, format: str) -> None:
        document = read_bytes(data, name)
        check(document)
        assert document.format == format
        assert document.warnings

    @pytest.mark.parametrize("name", ["a.html", "a.xhtml", "a"])
    def test_a_page_may_begin_as_xml_does(self, name: str) -> None:
        head = '<?xml version="1.0"?>\n<?xml-stylesheet href="a.css"?>\n<!-- a mill -->\n<html xmlns="urn:x">'
        document = read_bytes(f"{head}<body><p>{GERMAN}</p></body></html>".encode(), name)
        assert (document.format, outline(document)) == ("html", [("body", GERMAN)])

    def test_where_tables_of_pairs_are_taken_in_is_said(self) -> None:
        document = read_bytes(b"en,de\nA boat.,Ein Boot.\n", "a.csv")
        assert document.format == "txt" and "under Import" in document.warnings[0]

    def test_a_text_that_speaks_of_a_format_is_a_text(self) -> None:
        source = "Such a file begins with %PDF-1.7, and objects follow."
        assert read_bytes(source.encode(), "a.txt").text == source

    def test_no_ending(self) -> None:
        assert read_bytes(FRENCH.encode(), "stdin").format == "txt"

    def test_paths(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match="no such file"):
            read(tmp_path / "none.txt")
        with pytest.raises(DocumentError, match="this is a folder"):
            read(tmp_path)
        with pytest.raises(DocumentError, match="cannot be opened"):
            read(Path("a\0b.txt"))
        path = tmp_path / "brief.fr.txt"
        path.write_text(FRENCH, encoding="utf-8")
        document = read(path)
        assert (document.name, document.text) == ("brief.fr.txt", FRENCH)
        assert len(document.sha256) == 64

    def test_large_files_are_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"x" * 3_000_000)
        with pytest.raises(DocumentError, match=r"it has 2\.9 MB where 1 MB"):
            read(path, Settings(max_file_mb=1))

    def test_suffixes(self) -> None:
        assert {".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".srt", ".vtt"} <= SUFFIXES


FILES = {
    "a.txt": f"Titre\n{FRENCH}\nComments (2)\nAnn\n2 days ago\nNice.\nReply\n".encode(),
    "a.md": NOTE.encode(),
    "a.html": PAGE.encode(),
    "a.mhtml": archived(PAGE, "base64"),
    "a.docx": make_docx(),
    "a.pdf": make_pdf([["Jahresbericht", "Ein Satz auf der ersten Seite."], ["Noch einer."]]),
    "a.srt": SRT.encode(),
    "a.vtt": VTT.encode(),
}


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """A valid file with some bytes changed, cut out or doubled, most of them past its signature."""
    result = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        first = 16 if draw(st.integers(0, 3)) else 0
        at = draw(st.integers(min(first, len(result) - 1), len(result) - 1))
        length = draw(st.integers(1, 40))
        change = draw(st.sampled_from(["set", "cut", "double", "end"]))
        if change == "set":
            result[at : at + length] = draw(st.binary(min_size=1, max_size=length))
        elif change == "cut":
            del result[at : at + length]
        elif change == "double":
            result[at:at] = result[at : at + length * 5]
        else:
            del result[max(at, 16) :]
        if not result:
            return b"x"
    return bytes(result)


def survives(data: bytes, name: str) -> None:
    try:
        document = read_bytes(data, name)
    except DocumentError as error:
        assert str(error).startswith(f"{name}: ")
    else:
        check(document)


class TestFuzz:
    @pytest.mark.parametrize("name", FILES)
    @given(data=st.data())
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def test_mutated_files(self, name: str, data: st.DataObject) -> None:
        survives(data.draw(mutated(FILES[name])), name)

    @pytest.mark.parametrize(
        "part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/footer1.xml"]
    )
    @given(data=st.data())
    @settings(max_examples=10)
    def test_mutated_parts_of_a_sound_docx(self, part: str, data: st.DataObject) -> None:
        with zipfile.ZipFile(BytesIO(FILES["a.docx"])) as archive:
            if part not in archive.namelist():
                part = "word/document.xml"
            content = archive.read(part)
        survives(rezipped(FILES["a.docx"], {part: data.draw(mutated(content))}), "a.docx")

    @pytest.mark.parametrize("suffix", sorted(SUFFIXES))
    @given(data=st.binary(max_size=300))
    @settings(max_examples=20)
    def test_any_bytes(self, suffix: str, data: bytes) -> None:
        survives(data, f"a{suffix}")


class TestRealDocuments:
    """The shape of the real documents, in numbers and offsets only: none of their text stands here."""

    def kinds(self, document: Document) -> dict[str, int]:
        check(document)
        return {kind: len(of_kind(document, Kind(kind))) for kind in Kind if of_kind(document, Kind(kind))}

    def test_report(self) -> None:
        document = read(shared_dir() / "seeds" / "web-summit-report.fr.txt")
        kinds = self.kinds(document)
        assert kinds == {"title": 1, "body": 22, "furniture": 15, "metadata": 12, "comment": 6}
        bodies = of_kind(document, Kind.BODY)
        assert bodies[:8] == bodies[8:16]
        assert bodies[16:] == of_kind(document, Kind.COMMENT)

    def test_transcript(self) -> None:
        document = read(shared_dir() / "seeds" / "web-summit-transcript.zh-Hant.txt")
        kinds = self.kinds(document)
        assert kinds == {"heading": 7, "body": 4, "turn": 41, "furniture": 6, "metadata": 1}
        assert len({block.speaker for block in document.blocks} - {""}) == 3
        broken = [text for text in of_kind(document, Kind.TURN) if "\n" in text]
        assert len(broken) == 1

    def test_podcast(self) -> None:
        document = read(shared_dir() / "seeds" / "podcast-summary.zh-Hans.txt")
        assert self.kinds(document) == {"caption": 1}
        assert of_kind(document, Kind.CAPTION)[0].count("\n") > 300

    def test_note(self) -> None:
        document = read(shared_dir() / "seeds" / "cnn-interview-note.en.md")
        assert self.kinds(document) == {"title": 1, "metadata": 2, "heading": 3, "body": 12, "furniture": 3}
        assert document.title
        assert "{{<" not in "".join(of_kind(document, Kind.BODY))


def test_reading_text_loads_no_heavy_library() -> None:
    program = (
        "import sys; from workbench.ingest import read_bytes; read_bytes(b'Hello there.', 'a.txt');"
        "heavy = {'torch', 'trafilatura', 'docx', 'pypdf', 'pandas', 'lxml'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
