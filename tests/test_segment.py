"""Sentences, joined lines, caption units, languages and flags."""

from __future__ import annotations

from itertools import accumulate, count, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import shared_dir
from workbench.core import Workbench
from workbench.datatypes import Block, Document, Flag, Kind, Segment
from workbench.errors import DocumentError, InputError
from workbench.ingest import read
from workbench.segment import document_language, segment, sentences


def split(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, lang)]


def document(*blocks: tuple[Kind, str] | str, lang: str = "und", speaker: str = "") -> Document:
    """Blocks one after another, an empty line between them; a plain string is a body block."""
    text, made = "", []
    for block in blocks:
        kind, content = (Kind.BODY, block) if isinstance(block, str) else block
        made.append(Block(kind, len(text), len(text) + len(content), speaker))
        text += content + "\n\n"
    return Document("made.txt", text, tuple(made), "txt", "0", lang=lang)


def texts(segments: tuple[Segment, ...]) -> list[str]:
    return [unit.text for unit in segments]


# Each list is one text, joined by a blank (by nothing in zh and ja), that must come apart again.
SENTENCES = [
    ("fr", ["« Où ? » demanda-t-il.", "Elle rit !", "« Non. »", "M. Roux et Mme Blanc partirent à 12.30 h."]),
    (
        "fr",
        ["Voir p. 34.", "C'est long (p. ex. ici. Vraiment !) et cher…", "Il y a 3,5 millions de barques."],
    ),
    (
        "fr",
        [
            "1. Premier point.",
            "2. Second point.",
            "J.-P. Roux vit aux U.S.A.",
            "Il y dort.",
            "Ah bon ?!",
            "Elle mesure 3 mm.",
        ],
    ),
    (
        "en",
        ["Dr. Hale met J. R. Stone in the U.S.", "He liked it.", "The U.S. Army left at 5 p.m. on Monday."],
    ),
    (
        "en",
        [
            '"Really?" he asked.',
            '"Yes!"',
            "She left... and came back.",
            "See Fig. 3.",
            "No. 5 is mine.",
            "No.",
        ],
    ),
    (
        "en",
        ["Go to https://example.org/a.b?x=1.", "Then stop.[3]", "Node.js costs $3.50.", "Great! 😀", "Ok."],
    ),
    ("en", ["It holds nets, ropes, etc.", "Boats wait.", "Hill Inc. makes them.", "George W. Hale sails."]),
    ("de", ["Am 3. Oktober 1990 war es so weit.", "Er wurde 45.", "Danach ging er.", "Das ist z. B. gut."]),
    (
        "de",
        [
            "Im 19. Jahrhundert lebte Dr. med. Vogt.",
            "„Nein!“, rief sie.",
            "„Komm.“",
            "»Ja.«",
            "Ca. 20 kamen.",
        ],
    ),
    ("de", ["Ludwig XIV. regierte lange.", "Der Preis stieg auf 3,5 Mio. Euro.", "Die Boote usw. kamen an."]),
    ("es", ["El Sr. Gil vive en EE. UU. desde 1990.", "¿Qué?", "¡No!", "¿Cómo?, preguntó.", "Véase pág. 5."]),
    ("es", ["Nació en el 300 a. C.", "¡Hola!", "¿Qué tal, Sra. Vega?", "EE.UU. ganó."]),
    (
        "pt",
        ["O Sr. Silva e a Dra. Lima chegaram.", "Ver n.º 5.", "Foi p. ex. assim.", "V. Exa. sabe?", "Sim!"],
    ),
    ("zh-Hans", ["他说：“船来了。”", "然后走了。", "真的吗？！", "是的……也许吧。", "《怎么办？》是一本书。"]),
    (
        "zh-Hans",
        ["“为什么？”的问题没有答案。", "船长3.5米。", "好!", "走吧?", "我很好（真的。没事）但是累。"],
    ),
    ("zh-Hant", ["船來了嗎?", "北風AI會贏嗎?", "是的!", "“我們要出海。”", "這是港口,不是燈塔。"]),
    (
        "ja",
        [
            "「行くよ。」と彼は言った。",
            "本当？",
            "でも違う！",
            "Fishは楽しかった!",
            "また行く。",
            "（笑）そうか。",
        ],
    ),
    ("ko", ["안녕하세요.", "배는 3.5 미터입니다!", "정말요?", "네."]),
    (
        "de",
        [
            "Das sagt die Fußnote.1",
            "Es kostete 3.5 Euro.",
            "„So nicht.“23",
            "Siehe Abb.2 Das Boot.",
            "Boote gem. § 52 fahren.",
            "(Er lachte.)",
            "Oh.",
        ],
    ),
    ("en", ["I live on Main St.", "It is near St. Mary's."]),
    ("es", ["Artículo 12 bis. Vertido de aguas.", "Véase el artículo 3.", "Se prohíbe verter aceite."]),
    ("de", ["§ 112a. Die Frist beträgt zehn Tage.", "Sie folgt aus § 7.", "Das gilt auch hier."]),
    (
        "zh-Hans",
        [
            "“你来吗？”她问。",
            "他走了。",
            "“今天开工。”市长在仪式上说。",
            "“好。”",
            "这是小说。",
            "“走！”。",
            "她笑了。",
        ],
    ),
    (
        "zh-Hant",
        ["「你來嗎？」她問，「我等你。」", "他問：「為什麼？」", "沒有人說。", "他說：「走。」", "李四說，好。"],
    ),
    ("ja", ["これは船である．", "長さは３．５mである（図１）．", "「嘘だ！」。", "彼は叫んだ．"]),
    ("ja", ["１．目的を述べる．", "２．方法を述べる．"]),
    (
        "ko",
        ['"올래?" 그녀가 물었다.', '"아니." 그가 말했다.', "문이 닫혔다.", "이 법은 2024. 5. 3. 시행되었다.", "끝."],
    ),
    ("ko", ["2024. 5. 3.부터 2025. 12. 31.까지 유효하다.", "그 뒤에는 아니다."]),
    ("fr", ["Article 1er. Les hommes naissent libres.", "En 52 av. J.-C. Rome gagna.", "MM. Roux et Le Goff parlent."]),
    ("fr", ["Rendez-vous à 18 h.", "Soyez à l'heure.", "Il mesure 3 mm.", "Elle aussi."]),
    ("de", ["Er wohnt in der Hauptstr. 5 in Köln.", "Siehe Tab. 4 und UAbs. 1.", "Das war es."]),
    ("es", ["Las FF. AA. Nacionales salieron.", "Véase el párr. 2 del art. 5.", "¿Qué?"]),
    ("pt", ["Nasceu no séc. XIX.", "Morreu no séc. XX.", "A Sta. Maria navega."]),
    ("hi", ["नाव आई है।", "यह बड़ी है।"]),
    ("ar", ["وصلت السفينة.", "هل رأيتها؟", "نعم."]),
    ("th", ["เรือมาแล้ว และเราจะไป"]),
]


@pytest.mark.parametrize(("lang", "expected"), SENTENCES)
def test_sentences(lang: str, expected: list[str]) -> None:
    joiner = "" if lang[:2] in ("zh", "ja") else " "
    assert split(joiner.join(expected), lang) == expected


def test_text_without_capitals_is_split_all_the_same() -> None:
    assert split("the boat came. we left? yes.", "en") == ["the boat came.", "we left?", "yes."]
    assert split("He said ok. then left.", "en") == ["He said ok. then left."]


def test_endless_sentences_are_cut_where_a_reader_would() -> None:
    clauses = ", ".join(["the long grey boat waits in the harbour for the tide"] * 30)
    pieces = split(clauses, "en")
    assert all(200 <= len(piece) <= 600 for piece in pieces[:-1])
    assert all(piece.endswith(",") for piece in pieces[:-1])
    assert " ".join(pieces) == clauses


@pytest.mark.parametrize(
    "piece", ["a", "a ", "!", "x. ", "(", "http://.", "中", ". ", "1. ", "「。", "\u00a0»", ".😀", "\0"]
)
def test_one_endless_line(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    spans = sentences(text, "fr")
    assert max(end - start for start, end in spans) <= 600
    assert sum(len(text[start:end].strip()) for start, end in spans) >= len(text.replace(" ", "")) * 0.99


@given(
    st.text(alphabet=st.sampled_from("aB1 .!?…。？！」”»)(（）\n,，、中あ한'\"’😀:;-"), max_size=120),
    st.sampled_from(["fr", "zh-Hans", "ja", "de", "und"]),
)
def test_sentences_keep_every_character(text: str, lang: str) -> None:
    spans = sentences(text, lang)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_lines_of_a_block_are_joined_before_they_are_split() -> None:
    made = document(
        "Le bateau quitte\nle port  à l'aube. Il re-\nvient le soir.",
        "如果港口更有效率\n，或說更安全\n就好了。",
        "배가\n온다.",
    )
    assert texts(segment(made)) == [
        "Le bateau quitte le port à l'aube.",
        "Il re-vient le soir.",
        "如果港口更有效率，或說更安全就好了。",
        "배가 온다.",
    ]


def test_markup_and_time_stamps_leave_no_trace() -> None:
    text = "1\n00:01 --> 00:02\nThe **grey** boat\n\n2\n00:03 --> 00:04\ncomes home."
    skip = ((0, 18), (22, 24), (28, 30), (36, 54))
    made = Document("a.srt", text, (Block(Kind.CAPTION, 0, len(text), skip=skip),), "srt", "0")
    (unit,) = segment(made)
    assert unit.text == "The grey boat comes home."
    assert [text[start:end] for start, end in unit.spans] == ["The", "grey", "boat", "comes home."]


def test_what_nobody_sees_ends_no_sentence_late_but_parts_words_where_it_is_a_blank() -> None:
    made = document("El faro es alto.\u200b Fue construido en 1887.\u200b\u200b", "ผม\u200bไป", lang="es")
    assert texts(segment(made)) == ["El faro es alto.", "Fue construido en 1887.", "ผม\u200bไป"]


def test_what_nobody_sees_is_no_part_of_a_word() -> None:
    made = document("Die Donau\u00addampf\u00adschiff\u00ad\nfahrt ist\ufeff lang.")
    assert texts(segment(made)) == ["Die Donaudampfschifffahrt ist lang."]


def test_captions_that_a_sign_or_a_pause_parts_are_not_joined() -> None:
    text = "We repair it\n- Why did it stop?\n4\n01:30 --> 01:31\nNobody knows"
    said = ["We repair it", "Why did it stop?", "Nobody knows"]
    blocks = tuple(Block(Kind.CAPTION, text.index(line), text.index(line) + len(line)) for line in said)
    assert texts(segment(Document("a.srt", text, blocks, "srt", "0"), "en")) == said


def test_an_empty_line_ends_a_sentence() -> None:
    text = "The boat\n\nThe harbour"
    made = Document("a.txt", text, (Block(Kind.BODY, 0, len(text)),), "txt", "0")
    assert texts(segment(made)) == ["The boat", "The harbour"]


def test_headings_stay_whole_and_turns_keep_their_speaker() -> None:
    assert texts(segment(document((Kind.HEADING, "Why sail? Who pays?")))) == ["Why sail? Who pays?"]
    made = document((Kind.TURN, "We sail. Now!"), speaker="Jana Kovac")
    assert [(unit.speaker, unit.kind) for unit in segment(made)] == [("Jana Kovac", Kind.TURN)] * 2


CAPTIONS = """大家好我是港口的小林
19岁时
老船长就离开了家乡
于是他买下了一条旧船
并很快成为港口里最有名的人
如今
这条船已经有三十年了
许多人可能都会好奇
他究竟是怎么修好这条船的
老船长认为，从本质上来看
船就是水手的家
如果港口能建得更有效率
，或说更安全
那么渔民们都会留下来
但是没有人知道答案
"""


def test_caption_lines_become_sentences() -> None:
    units = texts(segment(document((Kind.CAPTION, CAPTIONS * 3))))
    assert "于是他买下了一条旧船 并很快成为港口里最有名的人" in units
    assert any(unit.startswith("如今 这条船已经有三十年了") for unit in units)
    assert "19岁时 老船长就离开了家乡" in units
    assert any("如果港口能建得更有效率，或说更安全 那么渔民们都会留下来" in unit for unit in units)
    assert not any(unit.startswith(("，", "并")) or unit.endswith(("于是", "如今")) for unit in units)
    assert all(8 <= len(unit) <= 70 for unit in units)


def test_traditional_captions_use_the_same_cues() -> None:
    lines = "於是他買下了一條舊船\n並很快成為港口裡最有名的人\n如今\n這條船已經有三十年了\n但是沒有人知道答案\n" * 8
    units = texts(segment(document((Kind.CAPTION, lines))))
    assert units[0] == "於是他買下了一條舊船 並很快成為港口裡最有名的人"
    assert units[1] == "如今 這條船已經有三十年了"


def test_spoken_captions_in_latin_script() -> None:
    lines = (
        "so the old captain bought a\nboat that nobody wanted\nbut he never told us\n"
        "where he had found the\nmoney for it\n"
    ) * 6
    units = texts(segment(document((Kind.CAPTION, lines))))
    assert units[:2] == [
        "so the old captain bought a boat that nobody wanted",
        "but he never told us where he had found the money for it",
    ]


def test_punctuated_captions_follow_their_punctuation() -> None:
    made = document(
        (Kind.CAPTION, "The boat left."),
        (Kind.CAPTION, "It came"),
        (Kind.CAPTION, "back. We"),
        (Kind.CAPTION, "cheered."),
    )
    assert texts(segment(made)) == ["The boat left.", "It came back.", "We cheered."]


def test_each_segment_has_its_language_and_the_document_the_commonest() -> None:
    made = document(
        "Le bateau quitte le port à l'aube et revient le soir.",
        "Oui.",
        "The captain said that nobody had seen the lighthouse.",
        "La mer était calme et les pêcheurs chantaient.",
        (
            Kind.COMMENT,
            "The weather was really lovely and we had such a wonderful time on the beach, thanks! " * 5,
        ),
    )
    found = segment(made)
    assert [unit.lang for unit in found[:4]] == ["fr", "fr", "en", "fr"]
    assert document_language(found) == "fr"
    assert document_language(()) == "und"


def test_names_and_quotations_in_latin_letters_make_no_english_of_a_japanese_text() -> None:
    quoted = "OpenAI GPT-4 Technical Report", '"The harbour is ours," said John Smith.'
    made = document(
        "港湾再生計画", "概要", "港は1887年に建設された。クレーンは今も残っている。", *quoted, "東京都港湾局", "OK。"
    )
    found = segment(made)
    assert document_language(found) == "ja"
    assert [unit.lang for unit in found] == ["ja", "ja", "ja", "ja", "en", "en", "ja", "ja"]


def test_the_user_overrides_the_language() -> None:
    made = document("Le bateau quitte le port.", "The boat leaves.")
    assert {unit.lang for unit in segment(made, "pb")} == {"pt-BR"}
    with pytest.raises(InputError):
        segment(made, "klingon")


BODY = [
    "Le vieux capitaine a vendu son bateau à une jeune femme de la ville voisine. Elle voulait partir.",
    "Personne ne savait où elle irait avec ce bateau. Oui. Les pêcheurs la regardaient depuis le quai.",
]


def test_a_body_pasted_twice_is_flagged_as_a_whole() -> None:
    found = segment(document(*BODY, "Une phrase au milieu, que rien ne répète.", *BODY))
    half = len(found) // 2
    assert {unit.flag for unit in found[: half + 1]} == {None}
    assert {unit.flag for unit in found[half + 1 :]} == {Flag.DUPLICATE}
    assert found[-1].reason == "repeats segment 5, in a copy of segments 1 to 5"


def test_what_people_say_again_is_no_copy() -> None:
    refrain = ["Vogue, vogue, petit bateau.", "La mer t'attend là-bas.", "Vogue, vogue, petit bateau."]
    verses = [f"Voici le couplet numéro {i}, qui ne ressemble à aucun autre." for i in range(5)]
    song = [line for verse in verses for line in [verse, *refrain]]
    assert not any(unit.flag for unit in segment(document(*song, *["Oui."] * 100)))


def test_a_formula_that_comes_back_is_no_copy() -> None:
    formula = "Les États membres prennent toutes les mesures nécessaires pour que le présent article soit appliqué."
    articles = [f"Article {i} : de la pêche numéro {i} et de ses règles." for i in range(4)]
    assert not any(unit.flag for unit in segment(document(*(f"{a} {formula} {formula}" for a in articles))))


def test_flagged_blocks_pass_on_their_reason_and_comments_pasted_again_are_comments() -> None:
    comment = "This boat is so lovely, I want one too! Where can I buy it?"
    made = document(
        BODY[0],
        (Kind.FURNITURE, "0/200"),
        (Kind.METADATA, "3 May 2024"),
        (Kind.COMMENT, comment),
        BODY[1],
        comment,
    )
    found = segment(made)
    assert [unit.flag for unit in found[2:6]] == [Flag.FURNITURE, Flag.METADATA, Flag.COMMENT, Flag.COMMENT]
    assert [unit.flag for unit in found[6:9]] == [None] * 3
    assert [unit.flag for unit in found[-2:]] == [Flag.COMMENT] * 2
    assert found[-1].reason.startswith("repeats the comment in segment 6")
    assert all(unit.reason for unit in found if unit.flag)
    assert not any(unit.reason for unit in found if not unit.flag)


def test_highlights_yield_to_the_passage_in_its_context() -> None:
    quote = "每个港口最终都需要自己的灯塔。"
    made = document(
        "我们必须修好这艘船。",
        quote,
        (Kind.TURN, f"你好。{quote}谢谢。"),
        (Kind.TURN, "他写道：“我们必须修好这艘船。”"),
    )
    found = segment(made)
    assert [unit.flag for unit in found] == [Flag.DUPLICATE, Flag.DUPLICATE, None, None, None, None]
    assert found[1].reason == "a highlight that segment 4 tells again in its context"


def test_an_interview_pasted_twice_keeps_its_first_copy() -> None:
    intro = "The old captain sold his boat to a young woman from the next town, who wanted to leave at once."
    talk = [
        (Kind.TURN, "Why did you sell it?"),
        (Kind.TURN, "Because nobody else would have bought it, I think."),
    ]
    found = segment(document(intro, *talk, intro, *talk))
    assert [unit.flag for unit in found] == [None] * 3 + [Flag.DUPLICATE] * 3


def test_a_copy_includes_the_short_sentences_before_it() -> None:
    found = segment(document("Oui.", *BODY, "Une phrase au milieu, que rien ne répète.", "Oui.", *BODY))
    assert [unit.flag for unit in found] == [None] * 7 + [Flag.DUPLICATE] * 6


def test_two_articles_of_a_law_may_say_the_same() -> None:
    said = [
        "(2) The operator keeps the register of deliveries for ten years and shows it to the authority on request.",
        "(3) It is forbidden to discharge residues into any water without treating them beforehand.",
    ]
    made = document((Kind.HEADING, "Art. 4 Ports"), *said, (Kind.HEADING, "Art. 5 Dams"), *said)
    assert not [unit for unit in segment(made, "en") if unit.flag]


def test_highlights_under_their_heading() -> None:
    sentence = "The old captain sold his boat to a young woman."
    made = document((Kind.HEADING, "Highlights"), sentence, (Kind.HEADING, "The story"), f"It was May. {sentence}")
    assert [unit.flag for unit in segment(made)] == [None, Flag.DUPLICATE, None, None, None]


def test_empty_and_blank_documents() -> None:
    assert segment(document()) == ()
    assert segment(document("", " \n ", "\t")) == ()


_TEXT = st.text(alphabet=st.sampled_from("ab B.!?。，中文あ한*<>\n\n\t \u3000-1“”…"), min_size=1, max_size=150)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(_TEXT)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)) | {0, len(text)})
    blocks = []
    for start, end in pairwise(cuts):
        skip = draw(st.lists(st.tuples(st.integers(start, end), st.integers(start, end)), max_size=3))
        ordered = tuple(sorted((min(span), max(span)) for span in skip))
        blocks.append(Block(draw(st.sampled_from(Kind)), start, end, skip=ordered))
    return Document("made.txt", text, tuple(blocks), "txt", "0")


def visible(made: Document) -> str:
    hidden = {i for block in made.blocks for start, end in block.skip for i in range(start, end)}
    return "".join(ch for i, ch in enumerate(made.text) if i not in hidden and not ch.isspace())


@given(documents())
def test_every_character_is_mapped_back_once_and_in_order(made: Document) -> None:
    found = segment(made)
    spans = [span for unit in found for span in unit.spans]
    assert all(start < end for start, end in spans)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))
    assert "".join("".join(unit.text.split()) for unit in found) == visible(made)
    for unit in found:
        at = 0
        for start, end in unit.spans:
            if not unit.text.startswith(made.text[start:end], at):
                assert unit.text[at] == " "  # a joiner
                at += 1
            assert unit.text.startswith(made.text[start:end], at)
            at += end - start
        assert at == len(unit.text)
        assert unit.text == unit.text.strip()


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "pt", "ja", "ko", "zh"])
def test_real_sentences_come_apart_where_they_were_joined(lang: str) -> None:
    """Most misses are lines that end without punctuation."""
    name = f"flores-dev.{'fr' if lang == 'en' else lang}-en.tsv"
    rows = (shared_dir() / "eval" / name).read_text(encoding="utf-8").splitlines()
    lines = [row.split("\t")[lang == "en"].strip() for row in rows]
    joiner = "" if lang in ("zh", "ja") else " "
    ends, at = set(), 0
    for line in lines:
        ends.add(at + len(line))
        at += len(line) + len(joiner)
    found = {end for _, end in sentences(joiner.join(lines), lang)}
    assert len(found & ends) / len(ends) > 0.97


def test_the_real_report_keeps_one_copy_of_its_body() -> None:
    found = segment(read(shared_dir() / "seeds" / "web-summit-report.fr.txt"))
    kept = [unit for unit in found if unit.flag is None]
    copies = [unit for unit in found if unit.flag is Flag.DUPLICATE]
    assert {unit.lang for unit in kept} == {"fr"}
    assert [unit.text for unit in copies] == [unit.text for unit in kept if unit.kind is Kind.BODY]


def test_the_real_podcast_comes_in_readable_units() -> None:
    units = texts(segment(read(shared_dir() / "seeds" / "podcast-summary.zh-Hans.txt")))
    assert 100 < len(units) < 200
    assert sum(15 <= len(unit) <= 70 for unit in units) / len(units) > 0.8
    assert not any(unit.startswith(("，", "、")) or unit.endswith(("，", "、")) for unit in units)


class TestTime:
    def test_what_takes_too_long_is_given_up_in_a_sentence(self) -> None:
        document = Document("a.txt", "One. Two.", (Block(Kind.BODY, 0, 9),), "txt", "")
        with pytest.raises(DocumentError, match=r"^a\.txt: finding its sentences takes more than 0 seconds"):
            segment(document, max_seconds=0)

    def test_a_document_that_takes_too_long_stops_no_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Workbench(tmp_path / "ws") as bench:
            with monkeypatch.context() as slow:
                slow.setattr("workbench.segment.monotonic", count(0, 1000).__next__)
                assert "(setting max_read_seconds)" in bench.add_bytes(b"One. Two.", "a.txt").error
            assert bench.add_bytes(b"One. Two.", "b.txt").segments == 2
            assert [info.name for info in bench.documents()] == ["b.txt"]

    def test_of_endless_previews_only_so_many_passages_are_looked_for(self) -> None:
        """Each passage under a heading of its own, and all of them told again at the end."""
        told = [f"A passage that is long enough to be looked for, number {n}." for n in range(600)]
        parts = [part for each in told for part in ("Highlights", each)] + ["The story", " ".join(told)]
        starts = [0, *accumulate(len(part) + 1 for part in parts)]
        blocks = tuple(
            Block(Kind.BODY if place % 2 else Kind.HEADING, start, end - 1)
            for place, (start, end) in enumerate(pairwise(starts))
        )
        found = segment(Document("a.md", "\n".join(parts), blocks, "md", ""), "en")
        assert sum(unit.flag is Flag.DUPLICATE and "highlight" in unit.reason for unit in found) == 500


@pytest.mark.parametrize(
    ("lang", "heading", "first", "second"),
    [
        ("es", "Resumen.", "La ley dice cuándo hace falta un permiso.", "El resto es silencio."),
        ("de", "Zusammenfassung.", "Das Gesetz sagt, wann es eine Bewilligung braucht.", "Das ist alles."),
        ("fr", "But.", "La loi dit quand il faut une autorisation.", "C’est son but. On le sait."),
        ("en", "Summary.", "The law says when a permit is needed.", "The rest is silence."),
        ("ko", "요약.", "이 법은 허가가 필요한 때를 정한다.", "나머지는 침묵이다."),
    ],
)
def test_a_short_heading_is_of_the_paragraph_that_it_begins(lang: str, heading: str, first: str, second: str) -> None:
    text = f"{heading} {first} {second}"
    found = [text[start:end] for start, end in sentences(text, lang)]
    assert found[0] == f"{heading} {first}"
    assert " ".join(found[1:]) == second
    assert len([*sentences(f"{first} {heading} {second}", lang)]) == len(found) + 1


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ja", "水車を回します。(任意)", ["水車を回します。(任意)"]),
        (
            "ja",
            "水車を回します。（簡単に言えば）。次に進みます。",
            ["水車を回します。（簡単に言えば）。", "次に進みます。"],
        ),
        ("zh-Hans", "水车转了。（必须）", ["水车转了。（必须）"]),
        ("en", "It turns the wheel. (optional)", ["It turns the wheel. (optional)"]),
        ("ja", "水車が回った。（彼は笑った。）", ["水車が回った。", "（彼は笑った。）"]),
        ("ja", "そうか。（笑）水車が回った。", ["そうか。", "（笑）水車が回った。"]),
    ],
)
def test_a_remark_in_brackets_behind_a_sentence_is_of_it(lang: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, lang)] == expected


def test_the_number_of_a_table_is_no_sentence() -> None:
    assert sentences("Tabelle 3.2. Räder der Mühle. Sie drehen sich.", "de") == [(0, 29), (30, 46)]
    assert sentences("Das Rad hat Version 3.2. Es dreht sich.", "de") == [(0, 24), (25, 39)]
