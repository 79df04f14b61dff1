"""Laws: where their articles begin and end, and that these are found by what they say, not by their number."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pytest

from workbench.datatypes import Kind
from workbench.facts import disagreements
from workbench.facts.articles import is_head
from workbench.ingest import read_bytes
from workbench.wiring.beads import align_sides
from workbench.wiring.evidence import Encoders, Side, views
from workbench.wiring.models import Models


@pytest.mark.parametrize("label", ["Art. {}", "Artikel {}.", "§ {}"])
def test_the_number_of_an_article_with_a_title_is_no_evidence(label: str) -> None:
    src, tgt = (Side([f"{label.format(n)} Häfen", f"{label.format(n + 1)} Moore"], "de") for n in (30, 31))
    none = Encoders(None, None, lambda lang: False, "")
    found = {view.kind: np.asarray(view.src) @ np.asarray(view.tgt).T for view in views(src, tgt, none)}
    assert not found["anchors"].any()
    assert found["words"][0, 0] > found["words"][1, 0] == 0
    assert found["words"][1, 1] > found["words"][0, 1] == 0


def test_articles_without_a_title_keep_their_numbers() -> None:
    old = [text for number in range(40, 52) for text in (f"Article {number}", "The authority answers in writing.")]
    new = [*old[:8], *old[10:]]  # one article is gone
    found = align_sides(Side(old, "en"), Side(new, "en"), Models()).beads
    links = {old[bead.src[0]]: new[bead.tgt[0]] for bead in found if bead.src and bead.tgt}
    assert all(links.get(title) == title for title in new[::2])


def test_the_paragraphs_of_an_article_that_was_split_are_linked() -> None:
    things = ["harbour", "school", "market", "forest", "well", "canal"]
    rules = [
        "(1) Each {} needs a permit.",
        "(2) The {} keeps a register of visits.",
        "(3) Whoever closes a {} tells the council.",
        "(4) The council pays for repairs of the {}.",
    ]
    old = [text.format(thing) for thing in things for text in (f"Art. {things.index(thing) + 1} {{}}", *rules)]
    at = old.index("(3) Whoever closes a market tells the council.")
    new = [
        *old[:at],
        "Art. 4 Closing and repairs",
        *(text.replace("(3)", "(1)").replace("(4)", "(2)") for text in old[at : at + 2]),
    ]
    new += [*old[at + 2 :]]
    found = align_sides(Side(old, "en"), Side(new, "en"), Models()).beads
    links = {(before, after) for bead in found for before in bead.src for after in bead.tgt}
    assert {(at, at + 1), (at + 1, at + 2)} <= links


THINGS = {
    "de": ["die Häfen", "die Schulen", "die Märkte", "die Wälder", "die Brunnen", "die Kanäle", "die Apotheken"],
    "fr": ["les ports", "les écoles", "les marchés", "les forêts", "les puits", "les canaux", "les pharmacies"],
}
RULES = {
    "de": ["Art. {0} Aufsicht über {1}", "(1) Der Rat beaufsichtigt {1}.", "(2) Es gilt eine Frist von {2} Tagen."],
    "fr": ["Article {0} Surveillance : {1}", "(1) Le conseil surveille {1}.", "(2) Le délai est de {2} jours."],
}


def law(lang: str, without: int | None = None) -> list[str]:
    """Seven articles, or the rest of them numbered anew."""
    kept = [at for at in range(7) if at != without]
    return [
        rule.format(number, THINGS[lang][at], 11 + 3 * at) for number, at in enumerate(kept, 1) for rule in RULES[lang]
    ]


@pytest.mark.parametrize("gone", [0, 3])
def test_articles_that_another_version_numbers_otherwise_are_linked_across_languages(gone: int) -> None:
    old, new = law("de"), law("fr", without=gone)
    found = align_sides(Side(old, "de"), Side(new, "fr"), Models()).beads
    links = {(before, after) for bead in found for before in bead.src for after in bead.tgt}
    assert links == {(at if at < 3 * gone else at + 3, at) for at in range(len(new))}


LAWS = {
    "de": (
        "Art. {}",
        "(aufgehoben)",
        "Der Hafenmeister weist jedem Boot einen Liegeplatz zu und führt darüber ein Buch.",
    ),
    "en": (
        "Article {}",
        "(repealed)",
        "The harbour master gives every boat a berth and keeps a book in which each is.",
    ),
    "fr": ("Article {}", "(abrogé)", "Le capitaine du port attribue une place à chaque bateau et tient un registre."),
    "zh": ("第{}条", "（删除）", "港务长为每艘船分配泊位，并将船名、到港日期和停泊位置逐一登记在册，以备查阅。"),
}


@pytest.mark.parametrize("lang", LAWS)
@pytest.mark.parametrize("width", [50, 500])
@pytest.mark.parametrize("title", ["", " Häfen"])
def test_a_repealed_article_is_no_part_of_its_neighbours(lang: str, width: int, title: str) -> None:
    label, repealed, sentence = LAWS[lang]
    heads = [f"{label.format(number)}{title}" for number in range(1, 8)]
    text = "\n".join(wrap(sentence * 2 if lang == "zh" else f"{sentence} {sentence}", width // (1 + (lang == "zh"))))
    lines = [line for at, head in enumerate(heads) for line in (head, repealed if at in (2, 4, 5) else text)]
    document = read_bytes("\n".join(lines).encode(), "law.txt")
    blocks = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert [words for kind, words in blocks if kind in (Kind.TITLE, Kind.HEADING)] == heads
    assert [words for kind, words in blocks if kind is Kind.BODY] == [
        words for words in lines if words in (repealed, text)
    ]


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("第一章 总则", "为了保护港口，制定本法。"),
        ("第十二条", "船舶须经港务长许可方可停泊。"),
        ("第三条 停泊", "船舶须经港务长许可方可停泊。"),
        ("第1条　目的", "この法律は、港を守ることを目的とする。"),
        ("第二節 停泊", "船は港長の許可を受けなければならない。"),
        ("제1조 목적", "이 법은 항구를 지키는 것을 목적으로 한다."),
        ("제2장 정박", "배는 항만장의 허가를 받아야 한다."),
        ("TÍTULO II", "Los barcos necesitan un permiso."),
        ("Zweiter Abschnitt: Häfen", "Boote brauchen einen Liegeplatz."),
        ("3. Kapitel: Häfen", "Boote brauchen einen Liegeplatz."),
    ],
)
def test_labels_of_articles_and_chapters_are_headings(head: str, text: str) -> None:
    document = read_bytes("\n".join(["Harbours 港口", text * 6, head, text]).encode(), "law.txt")
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind is Kind.HEADING] == [head]


@pytest.mark.parametrize("line", ["第三条规定了停泊的条件。", "Artikel 5 gilt sinngemäss.", "제3조는 정박을 정한다."])
def test_a_sentence_about_an_article_is_no_heading(line: str) -> None:
    lines = ["Harbours", line, "Boats need a berth, whatever their length may be."]
    document = read_bytes("\n".join(lines).encode(), "law.txt")
    assert all(block.kind is not Kind.HEADING for block in document.blocks)


HEADS = {
    "de": ["2. Kapitel: Häfen", "Zweiter Titel", "Kapitel II"],
    "fr": ["Chapitre II : Ports", "Titre 2", "Chapitre deuxième"],
    "es": ["Capítulo 2. Puertos", "TÍTULO II", "Capítulo segundo"],
    "zh": ["第二章 港口", "第二编", "第二章"],
    "ko": ["제2장 항구", "제2편", "제2장"],
}


@pytest.mark.parametrize("src", HEADS)
@pytest.mark.parametrize("tgt", HEADS)
@pytest.mark.parametrize("which", range(3))
def test_numbers_of_chapters_are_no_disagreement(src: str, tgt: str, which: int) -> None:
    moved = HEADS[tgt][which].replace("II", "III").replace("2", "3").replace("二", "三")
    for head in (HEADS[tgt][which], moved):
        assert not disagreements([(HEADS[src][which], src)], [(head, tgt)], {"number"})


def test_the_number_of_a_chapter_in_a_sentence_is_one() -> None:
    sides = [("Chapter 3 says what a berth costs.", "en")], [("Kapitel 4 sagt, was ein Liegeplatz kostet.", "de")]
    assert disagreements(*sides, {"number"})


@pytest.mark.parametrize(
    "line",
    [
        "Book Lovers",
        "Title Insurance",
        "The Part I like",
        "Part I like",
        "第一部电影很好看",
        "第一节课开始了",
        "第3回大会",
    ],
)
def test_words_that_begin_as_a_label_does_are_no_head(line: str) -> None:
    assert not is_head(line)


@pytest.mark.parametrize("line", ["Part I", "Chapter IX Ports", "Título XL", "第一部 序章", "第三节总则", "第十回"])
def test_a_label_with_its_number_is_a_head(line: str) -> None:
    assert is_head(line)
