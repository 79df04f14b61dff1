"""Words put into English before a draft is made: how they are found, the table that is shipped, and its recipe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.translation.vocabulary import BY_HAND, OUT, counts, seldom
from tests.support import ROOT
from workbench.translate.inflection import inflected, plural
from workbench.translate.vocabulary import COLUMNS, LANGUAGES, Vocabulary, in_english, read_rows, words

TABLE = """\
kind\ten\tfr\tde\tes\tpt\tzh\tja\tko
noun\thurricane\touragan\tHurrikan/Hurrikane\thuracán\tfuracão\t飓风\tハリケーン\t허리케인
noun\twolf/wolves\tloup\tWolf/Wölfe\tlobo\tlobo\t\t\t
noun\teye\t\t\t\t\t\t\t
noun\teye of a hurricane/eyes of a hurricane\tœil d'un ouragan\t\t\t\t飓风眼\t\t
adjective\tvolcanic\tvolcanique | éruptif\tvulkanisch\tvolcánico\tvulcânico\t\t\t
fixed\tseismology\tsismologie\tSeismologie\tsismología\tsismologia\t地震学\t地震学\t지진학
fixed\tgeyser\tgeyser\t\t\t\t\t\t
"""


def put(text: str, lang: str) -> str:
    """A text with the words of the table above marked, as they were found."""
    end, parts = 0, []
    for word in Vocabulary(read_rows(TABLE), lang).found(text):
        parts += [text[end : word.start], f"[{word.english}]"]
        end = word.end
    return "".join([*parts, text[end:]])


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("fr", "L'ouragan et d'autres ouragans.", "L'[hurricane] et d'autres [hurricanes]."),
        ("fr", "Ouragan sur la côte ! Loups à l'est.", "[Hurricane] sur la côte ! [Wolves] à l'est."),
        ("fr", "Le roman Ouragan, un ouragan-test, bourouragan", "Le roman Ouragan, un ouragan-test, bourouragan"),
        ("fr", "des roches volcaniques, une phase éruptive", "des roches [volcanic], une phase [volcanic]"),
        ("fr", "Dans l'œil d'un ouragan.", "Dans l'[eye of a hurricane]."),
        ("fr", "un geyser", "un geyser"),
        ("de", "Die Wölfe, des Hurrikans, den Hurrikanen", "Die [wolves], des [hurricane], den [hurricanes]"),
        ("de", "Vulkanische Asche, vulkanischem Ursprungs", "[Volcanic] Asche, [volcanic] Ursprungs"),
        ("es", "«Huracanes.» Un huracán; rocas volcánicas", "«[Hurricanes].» Un [hurricane]; rocas [volcanic]"),
        ("pt", "Os furacões e as cinzas vulcânicas", "Os [hurricanes] e as cinzas [volcanic]"),
        ("zh", "飓风眼里没有飓风", "[eye of a hurricane]里没有[hurricane]"),
        ("zh", "颶風和地震學、颶風們", "[hurricane]和[seismology]、[hurricanes]"),
        ("ja", "ハリケーンと地震学者、ハリケーンズ", "[hurricane]と[seismology]者、ハリケーンズ"),
        ("ko", "허리케인이 대허리케인 허리케인들은", "[hurricane]이 대허리케인 [hurricanes]은"),
    ],
)  # fmt: skip
def test_words_are_found_in_every_form_and_never_within_others(lang: str, text: str, said: str) -> None:
    assert put(text, lang) == said


@pytest.mark.parametrize(
    ("lang", "one", "many"),
    [
        ("en", "city", "cities"),
        ("en", "research center", "research centers"),
        ("fr", "chef d'orchestre", "chefs d'orchestre"),
        ("fr", "journal", "journaux"),
        ("es", "avión militar", "aviones militares"),
        ("es", "voz", "voces"),
        ("pt", "avião", "aviões"),
        ("pt", "animal", "animais"),
        ("pt", "jardim", "jardins"),
    ],
)
def test_plurals_follow_the_rules(lang: str, one: str, many: str) -> None:
    assert plural(one, lang) == many


def test_adjectives_agree() -> None:
    assert inflected("destructeur", "fr")[0] == "destructeur" and "actives" in inflected("actif", "fr")
    assert {"español", "japonesa", "japoneses"} <= {*inflected("español", "es"), *inflected("japonés", "es")}
    assert "alemã" in inflected("alemão", "pt") and "europeia" in inflected("europeu", "pt")


@given(st.text(alphabet="ouragnl'O. 飓风眼ハリケーン허리케인이\n-"), st.sampled_from(LANGUAGES))
def test_what_is_found_stands_in_order_and_is_of_the_table(text: str, lang: str) -> None:
    vocabulary, end = Vocabulary(read_rows(TABLE), lang), 0
    for word in vocabulary.found(text):
        assert end <= word.start < word.end <= len(text)
        assert text[word.start : word.end].lower() == word.form.lower()
        end = word.end


# -- the table that is shipped

SCRIPTS = {"zh": "[一-鿿]{2,}", "ja": "[一-鿿々ぁ-ヿ]{2,}", "ko": "[가-힣][가-힣 ]*[가-힣]"}


@pytest.mark.parametrize("path", [BY_HAND, ROOT / OUT], ids=["by hand", "shipped"])
def test_every_cell_of_the_table_can_be_a_word_of_its_language(path: Path) -> None:
    rows = read_rows(path.read_text(encoding="utf-8"))
    wrong = [
        (row["en"], lang, word)
        for row in rows
        for lang in LANGUAGES
        for word in words(row[lang])
        if not re.fullmatch(SCRIPTS.get(lang, r"[^\W\d_][\w'’. /-]{2,}"), word)
    ]
    assert not wrong and all(tuple(row) == COLUMNS for row in rows)
    assert {row["kind"] for row in rows} == {"noun", "adjective", "fixed"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_stands_for_one_thing(lang: str) -> None:
    said = [word.split("/")[0] for row in read_rows((ROOT / OUT).read_text("utf-8")) for word in words(row[lang])]
    assert len(said) == len(set(said)) > 500


def test_other_languages_are_left_as_they_are() -> None:
    assert in_english("Un uragano e un ouragan.", "it") == "Un uragano e un ouragan."


# -- its recipe


def test_words_that_texts_have_often_are_left_to_the_model(tmp_path: Path) -> None:
    doing = ["dort", "mange", "boit", "court", "chante", "attend"]
    texts = [f"Le loup {verb}, les loups aussi, chaque loup, tout loup." for verb in doing]
    texts += [f"Un ouragan {verb}, des ouragans, cet ouragan, chaque ouragan." for verb in doing[1:]]
    lines = "".join(f"{text}\tSomebody said what was done.\ttatoeba\n" for text in texts)
    (tmp_path / "fr.tsv").write_text(lines, encoding="utf-8")
    rows = read_rows(TABLE)
    left = {row["en"]: row["fr"] for row in seldom(rows, counts(tmp_path, rows, ["fr"]))}
    assert left["hurricane"] == "ouragan" and "wolf/wolves" not in left
