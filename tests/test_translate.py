"""The translate room, on tiny real models whose answers are known by eye (tests/tiny_models.py)."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests import tiny_models
from tests.support import ROOT
from workbench import folders, translate
from workbench.bench import translate as bench
from workbench.datatypes import Translation, TranslationState
from workbench.errors import InputError, ModelError, ModelMissingError
from workbench.facts import degenerate, numbers
from workbench.facts.known import known
from workbench.lang import primary
from workbench.settings import Settings
from workbench.translate import install, korean
from workbench.translate.engine import compute_type, features
from workbench.translate.names import in_english
from workbench.translate.spelling import respelt
from workbench.translate.text import clean, in_millions, split
from workbench.translate.tokenizer import load_tokenizer

ANY_TEXT = st.text(st.characters() | st.sampled_from("\ud800\x00\u2581_ \n"), max_size=60)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's packages: French and Chinese into English, English into Spanish."""
    folder = tmp_path_factory.mktemp("installed")
    tiny_models.package_folder(folder)
    tiny_models.package_folder(folder, tiny_models.CHINESE, {}, "zh", "en")
    tiny_models.package_folder(folder, tiny_models.SPANISH, {}, "en", "es")
    return folder


def translator(folder: Path, src: str = "fr", tgt: str = "en", compatible: bool = False) -> translate.Translator:
    found = translate.require(translate.packages([], [folder]), src, tgt)
    return translate.load(found, Settings(argos_compatible=compatible))


def texts(translations: Sequence[Translation]) -> list[str]:
    return [made.text for made in translations]


@pytest.fixture(scope="module")
def french(installed: Path) -> translate.Translator:
    return translator(installed)


# What comes out


def test_each_text_gets_its_translation_in_its_place(french: translate.Translator) -> None:
    asked = ["le chat dort", "un grand chien mange dans le jardin", "ici", "le chat dort"]
    answers = french.translate(asked)
    assert texts(answers) == ["the cat sleeps", "a big dog eats in the garden", "here", "the cat sleeps"]
    assert {made.state for made in answers} == {TranslationState.OK}


def test_many_lengths_at_once_keep_their_order(french: translate.Translator) -> None:
    asked = [" ".join(["chat"] * (i % 19 + 1)) + f" {i}" for i in range(90)]
    assert texts(french.translate(asked)) == [text.replace("chat", "cat") for text in asked]


def test_underscores_survive_by_default_and_become_spaces_in_argos_mode(installed: Path) -> None:
    assert texts(translator(installed).translate(["le mon_chat dort"])) == ["the mon_chat sleeps"]
    assert texts(translator(installed, compatible=True).translate(["le mon_chat dort"])) == ["the mon chat sleeps"]


@pytest.mark.parametrize("text", ["", "  ", "12,5 %", "…", "https://example.org/le-chat", "@chat", "🎉🎉🎉"])
def test_what_has_no_words_stays_as_it_is(french: translate.Translator, text: str) -> None:
    (made,) = french.translate([text])
    assert (made.text, made.state) == (text, TranslationState.SAME)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("le chien voit `un chat dort`, ici.", "the dog sees `un chat dort`, here."),
        ("le chat (<a title='un chat dort'>, %d\u200b)。", "the cat (<a title='un chat dort'>, %d)."),
        ("`un chat dort`", "`un chat dort`"),
    ],
)
def test_what_means_the_same_in_every_language_is_put_back(french: translate.Translator, text: str, said: str) -> None:
    (made,) = french.translate([text])
    assert made.text == said
    assert made.state is TranslationState.RETRIED and any(reason.startswith("lost: ") for reason in made.reasons)


SENSES = {"salle": 0, "room": 0, "foule": 1, "crowd": 1, "applause": 2}


class WordJudge:
    """A judge that knows what some words mean; of other texts it can tell nothing."""

    model_id = "words"

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        counted = np.zeros((len(texts), 3), np.float32)
        for row, text in zip(counted, texts, strict=True):
            for word in text.split():
                if word in SENSES:
                    row[SENSES[word]] += 1
        return counted / np.maximum(np.linalg.norm(counted, axis=1, keepdims=True), 1)


def test_a_judge_takes_the_translation_that_means_the_same_though_another_is_more_probable(installed: Path) -> None:
    found = translate.require(translate.packages([], [installed]), "fr", "en")
    alone, judged = translate.load(found, Settings()), translate.load(found, Settings(), lambda package: WordJudge())
    asked = ["la salle foule chat", "le chat dort"]
    assert texts(alone.translate(asked)) == ["the applause applause cat", "the cat sleeps"]
    assert texts(judged.translate(asked)) == ["the room crowd cat", "the cat sleeps"]
    assert judged.signature != alone.signature and "words" in judged.signature


def test_argos_s_way_knows_no_judge(installed: Path) -> None:
    found = translate.require(translate.packages([], [installed]), "fr", "en")
    settings = Settings(argos_compatible=True)
    exact, judged = translate.load(found, settings), translate.load(found, settings, lambda package: WordJudge())
    assert texts(judged.translate(["la salle foule chat"])) == ["the applause applause cat"]
    assert judged.signature == exact.signature


def test_of_translations_that_mean_as_much_the_one_with_the_numbers_is_taken(tmp_path: Path) -> None:
    package = translate.read_package(tiny_models.package_folder(tmp_path, looping={"douze": "12"}))
    text = "le petit chat dort dans le grand jardin douze"
    (alone,) = translate.load(package, Settings()).translate([text])
    (judged,) = translate.load(package, Settings(), lambda package: WordJudge()).translate([text])
    assert alone.text == "the small cat sleeps in the big garden applause"
    assert judged.text == "the small cat sleeps in the big garden 12"


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("预算为3亿5000万元。", "zh", "预算为 350 million 元。"),
        ("約1億2,000万人が住む。", "ja", "約 120 million 人が住む。"),
        ("서울 인구는 950만 명이다.", "ko", "서울 인구는 9.5 million 명이다."),
        ("1.4兆美元和2万个座位", "zh", "1.4 trillion 美元和 20,000 个座位"),
        ("在1984年有120个人", "zh", "在1984年有120个人"),
        ("헌법 제247조에 따라", "ko", "헌법 제247조에 따라"),
        ("국가 경제 3조 원", "ko", "국가 경제 3 trillion 원"),
        ("第100万名顾客", "zh", "第100万名顾客"),
    ],
)
def test_what_is_counted_by_ten_thousands_is_put_into_millions(text: str, lang: str, said: str) -> None:
    assert in_millions(text, lang) == said


@given(st.decimals(1, 10**14, places=0), st.sampled_from(["zh", "ja"]), st.sampled_from(["万", "亿"]))
def test_an_amount_in_millions_is_the_same_amount(value: Decimal, lang: str, scale: str) -> None:
    text = f"有{value}{scale}人"
    wanted = [quantity.value for quantity in numbers(text, lang)]
    assert [quantity.value for quantity in numbers(in_millions(text, lang), "en")] == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("행사는 2021년 3월 9일에 열린다.", "행사는 March 9, 2021 에 열린다."),
        ("12월에 만나자", "December 에 만나자"),
        ("1998년 05월부터", "May 1998 부터"),
        ("3개월 동안", "3개월 동안"),
        ("13월 5일", "13월 5일"),
        ("2월 5일간", "February 5일간"),
        ("길이는 12킬로미터이다", "길이는 12 kilometers 이다"),
        ("넓이 3 제곱킬로미터의 땅", "넓이 3 square kilometers 의 땅"),
        ("2.5 million 달러를 냈다", "2.5 million dollars 를 냈다"),
        ("긴 마일의 길", "긴 마일의 길"),
        ("1월 2월", "January  February"),
        ("10킬로미터이상 30달러짜리", "10 kilometers 이상 30 dollars 짜리"),
        ("5월말까지 3월5일", "May 말까지 March 5"),
        *(
            (whole, whole)
            for whole in ["10마일리지", "100유로존", "5유로파", "5파운드리", "100피트니스", "5미터법", "9킬로와트시"]
        ),
        *((whole, whole) for whole in ["U-12 월드컵", "12월급", "3월세", "2월남", "4월요일"]),
    ],
)
def test_korean_dates_and_measures_are_put_into_english(text: str, said: str) -> None:
    assert korean.in_english(text) == said


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("厄瓜多尔和哈萨克斯坦签署了协议。", "zh", "Ecuador 和 Kazakhstan 签署了协议。"),
        ("她在冰島學法文。", "zh-Hant", "她在 Iceland 學 French 。"),
        ("ドイツのベルリンで", "ja", "Germany の Berlin で"),
        ("韓国の新聞", "ja", "South Korea の新聞"),
        ("브라질과 칠레", "ko", "Brazil 과 Chile"),
        ("부산에서 룩셈부르크까지", "ko", "부산에서 Luxembourg 까지"),
        ("En Allemagne et à Londres.", "fr", "En Germany et à London."),
        ("DIE TÜRKEI", "de", "DIE Turkey"),
        ("Vive en Nueva York.", "es", "Vive en New York."),
        ("A Suíça é pequena.", "pt", "A Switzerland é pequena."),
        ("Paris est en France.", "fr", "Paris est en France."),
        ("Das Recht auf eine Insel", "de", "Das Recht auf eine Insel"),
        ("그 수단과 방법", "ko", "그 수단과 방법"),
        ("マルタ・ロペスとタイヤ", "ja", "マルタ・ロペスとタイヤ"),
        ("В Германии", "ru", "В Германии"),
        ("A São Paulo, Maurice est à Saint-Martin.", "fr", "A São Paulo, Maurice est à Saint-Martin."),
        ("San Martín nació lejos de Granada.", "es", "San Martín nació lejos de Granada."),
        ("Bosnia y Herzegovina", "es", "Bosnia and Herzegovina"),
        ("Zentralafrika und Nordafrika", "de", "Central Africa und North Africa"),
        ("Bowen Island, nicht Island", "de", "Bowen Island, nicht Iceland"),
        ("刚果（金）的港口", "zh", "Democratic Republic of the Congo 的港口"),
        ("越南文化和越南文", "zh", "Vietnam 文化和 Vietnamese"),
        ("世界文学", "zh", "世界文学"),
        ("朝鲜战争以后他去了新墨西哥州", "zh", "朝鲜战争以后他去了新墨西哥州"),  # nor North Korea's war
        ("朝鮮半島和新幾內亞", "zh-Hant", "朝鮮半島和新幾內亞"),
        ("他从朝鲜去了墨西哥", "zh", "他从 North Korea 去了 Mexico"),
        ("相关岛屿和沿海地区", "zh", "相关岛屿和沿海地区"),
        ("相關島嶼和沿海地區", "zh-Hant", "相關島嶼和沿海地區"),
        ("发展中国家应明智利用水", "zh", "发展中国家应明智利用水"),
        ("トルコ石とチリ紙", "ja", "トルコ石とチリ紙"),
        ("毎日本を読む", "ja", "毎日本を読む"),
        ("주니어는 그리스도를 믿는다", "ko", "주니어는 그리스도를 믿는다"),
        ("싸움을 말리고 인도양으로", "ko", "싸움을 말리고 인도양으로"),
    ],
)
def test_names_are_put_into_english_where_a_text_surely_means_them(text: str, lang: str, said: str) -> None:
    assert in_english(text, lang) == said


@given(st.text(), st.sampled_from(["zh", "ja", "ko", "fr", "de"]))
def test_a_text_without_names_is_left_as_it_is(text: str, lang: str) -> None:
    assert known(text, primary(lang)).stated or in_english(text, lang) == text


@pytest.mark.parametrize(
    ("text", "lang", "translation", "said"),
    [
        ("Falou Eleni Triantafylopoulou.", "pt", "Triantafyloups spoke.", "Triantafylopoulou spoke."),
        ("La casa de Riomaggiore", "es", "Riomagiore's house", "Riomaggiore's house"),
        ("À Christchurch, il pleut.", "fr", "In Christchurchurchurch it rains.", "In Christchurch it rains."),
        ("由 Lachlan 主持", "zh", "Hosted by Lachlon", "Hosted by Lachlan"),
        ("Os Republicanos votaram.", "pt", "The Republicans voted.", "The Republicans voted."),
        ("Elle aime Auguste.", "fr", "She loves August.", "She loves August."),
        ("Vive na Polinésia.", "pt", "He lives in Polynesia.", "He lives in Polynesia."),
        ("Sie traf Müller und Muller.", "de", "She met Müller and Muller.", "She met Müller and Muller."),
        (
            "Christophe et Christine arrivent.",
            "fr",
            "Christopher and Christina arrive.",
            "Christopher and Christine arrive.",
        ),
        ("Hier, Anouk Lavallière et Anouck Lavalade.", "fr", "Lavaliere and Lavalade.", "Lavallière and Lavalade."),
        ("Ana llegó a Gijón.", "es", "Ana arrived somewhere.", "Ana arrived somewhere."),
    ],
)
def test_a_name_that_was_misspelt_is_spelt_as_the_text_spells_it(
    text: str, lang: str, translation: str, said: str
) -> None:
    assert respelt(text, translation, lang) == said


@given(st.text(), st.text(), st.sampled_from(["zh", "fr", "de"]))
def test_spelling_changes_words_with_capitals_alone(text: str, translation: str, lang: str) -> None:
    def rest(text: str) -> list[str]:
        return [word for word in text.split() if not any(ch.isupper() for ch in word)]

    assert rest(respelt(text, translation, lang)) == rest(translation)


@pytest.mark.parametrize(
    ("code", "shelf", "text", "names"),
    [
        ("ko", "translation-ja-ko", "아이슬란드와 룩셈부르크의 총리가 만났다.", ("Iceland", "Luxembourg")),
        ("ja", "translation-ja-ko", "アイスランドとルクセンブルクの首相が会談した。", ("Iceland", "Luxembourg")),
        ("zt", "translation", "他去年搬到了厄瓜多。", ("Ecuador",)),
        ("fr", "translation", "Elle vit au Groenland.", ("Greenland",)),
    ],
)
def test_the_bundled_drafts_name_countries_rightly(code: str, shelf: str, text: str, names: tuple[str, ...]) -> None:
    package = translate.read_package(ROOT / "models" / shelf / f"{code}_en", bundled=True)
    (made,) = translate.load(package, Settings()).translate([text])
    assert all(name in made.text for name in names)


@pytest.mark.parametrize(
    ("code", "shelf", "text", "words"),
    [
        ("fr", "translation", "Un ouragan a touché l'île hier soir.", ("hurricane",)),
        ("zt", "translation", "考古學家在島上發現了木乃伊。", ("archaeologist", "mummy")),
        ("es", "translation-de-es-pt", "Los arqueólogos hallaron una momia.", ("archaeologists", "mummy")),
    ],
)
def test_the_bundled_drafts_know_words_that_they_never_learned(
    code: str, shelf: str, text: str, words: tuple[str, ...]
) -> None:
    package = translate.read_package(ROOT / "models" / shelf / f"{code}_en", bundled=True)
    (made,) = translate.load(package, Settings()).translate([text])
    assert all(word in made.text.lower() for word in words)


def test_an_address_survives_the_bundled_model() -> None:
    translator = translate.load(translate.read_package(ROOT / "models" / "translation-de-es-pt" / "de_en"), Settings())
    for address in ("info@beispielstadt.de", "https://www.beispiel.org/bruecke?id=42"):
        (made,) = translator.translate([f"Schreiben Sie an {address}, wenn Sie Fragen haben."])
        assert f" {address}" in made.text and made.state is TranslationState.RETRIED


@pytest.mark.parametrize("src", ["fr", "de", "zh", "zt", "ja", "ko"])
def test_a_text_that_is_in_the_language_already_comes_back_unchanged(tmp_path: Path, src: str) -> None:
    folder = tiny_models.package_folder(tmp_path, src=src)
    translator = translate.load(translate.read_package(folder), Settings())
    english = ["The ferry will not sail before Monday.", "we waited for two hours in the rain", "Thank you very much."]
    assert [(made.text, made.state) for made in translator.translate(english)] == [
        (text, TranslationState.SAME) for text in english
    ]


def test_unknown_words_are_copied(french: translate.Translator) -> None:
    assert texts(french.translate(["Zorba voit le Ωmega"])) == ["Zorba sees the Ωmega"]


def test_the_score_is_the_mean_log_probability_of_a_token(installed: Path) -> None:
    import ctranslate2

    (made,) = translator(installed, compatible=True).translate(["la salle foule chat"])
    model = ctranslate2.Translator(str(next(installed.glob("*fr_en*")) / "model"), compute_type="auto")
    source = ["▁la", "▁salle", "▁foule", "▁chat"]
    (scored,) = model.score_batch([source], [["▁the", "▁applause", "▁applause", "▁cat"]])
    assert made.score == pytest.approx(sum(scored.log_probs) / len(scored.log_probs), abs=1e-3)


@pytest.mark.parametrize(
    ("processor", "wanted"),
    [
        ({"architecture": "x86_64", "avx2": True, "avx_vnni": False, "avx512_vnni": False}, "float32"),
        ({"architecture": "x86_64", "avx2": True, "avx_vnni": True, "avx512_vnni": False}, "auto"),
        ({"architecture": "x86_64", "avx512_f": True, "avx512_vnni": True}, "auto"),
        ({"architecture": "aarch64", "neon": True}, "auto"),
        ({}, "auto"),
    ],
)
def test_a_processor_that_would_cut_sums_of_8_bits_multiplies_floats(
    processor: Mapping[str, object], wanted: str
) -> None:
    assert compute_type(processor) == wanted


def test_what_a_processor_can_do_is_known_as_torch_says_it_without_loading_that(installed: Path) -> None:
    import torch

    assert compute_type(features()) == compute_type(torch.cpu.get_capabilities())
    (package,) = translate.require(translate.packages([], [installed]), "fr", "en")
    code = (
        "import sys; from pathlib import Path; from workbench import translate\n"
        "from workbench.settings import Settings\n"
        "model = translate.load([translate.read_package(Path(sys.argv[1]))[0]], Settings())\n"
        "print(model.translate(['le chat dort'])[0].text, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, package.path], capture_output=True, text=True, check=True)
    assert done.stdout == "the cat sleeps False\n"


def test_progress_ends_complete(french: translate.Translator) -> None:
    told: list[tuple[str, int, int]] = []
    french.translate(["le chat", "le chien", "12"], lambda *state: told.append(state))
    assert told[-1] == ("translate", 2, 2)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


# Texts that are hard to take


def test_a_text_beyond_the_model_is_cut_at_clauses_and_loses_nothing(french: translate.Translator) -> None:
    (made,) = french.translate([", ".join(f"le chat {i} dort" for i in range(200))])
    assert made.text == ", ".join(f"the cat {i} sleeps" for i in range(200))


@pytest.mark.parametrize("text", ["x" * 10_000, "🎉a" * 3000, "\x00\x01\x02a", "\ud800", "天" * 1000, "a\u0301" * 2000])
@pytest.mark.parametrize("compatible", [False, True])
def test_hostile_texts_are_answered(installed: Path, text: str, compatible: bool) -> None:
    (package,) = translate.require(translate.packages([], [installed]), "fr", "en")
    quick = translate.load([package], Settings(argos_compatible=compatible))
    made, other = quick.translate([text, "le chat dort"])
    assert made.state in TranslationState
    assert other.text == "the cat sleeps"


def test_a_text_that_the_model_refuses_is_suspect_and_says_why(installed: Path) -> None:
    made, other = translator(installed, compatible=True).translate(["x" * 10_000, "le chat dort"])
    assert made.state is TranslationState.SUSPECT
    assert "gave up" in made.reasons[0]
    assert other.state is TranslationState.OK


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 10_000, "without a space"),
        ("天地人中国" * 40, "wrong language"),
        ("Это предложение написано по-русски.", "wrong language"),
        ("هذه الجملة مكتوبة باللغة العربية", "wrong language"),
    ],
)
def test_bad_input_is_marked_and_never_drowns_the_rest(french: translate.Translator, text: str, said: str) -> None:
    (made,) = french.translate([text])
    assert made.state is TranslationState.SUSPECT
    assert any(said in reason for reason in made.reasons)
    assert degenerate.weight(made.text) <= 3 * (degenerate.weight(text) + 10)


def test_an_endless_answer_is_cut_and_says_so() -> None:
    assert degenerate.cut("un chat", "a cat " * 100) == ("a cat " * 100)[:41]
    assert degenerate.cut("un chat", "a cat") == "a cat"


@settings(max_examples=25)
@given(st.lists(ANY_TEXT, max_size=8))
def test_any_texts_get_one_answer_each(french: translate.Translator, asked: list[str]) -> None:
    answers = french.translate(asked)
    assert len(answers) == len(asked)
    for text, made in zip(asked, answers, strict=True):
        assert degenerate.weight(made.text) <= 3 * (degenerate.weight(text) + 10)
    assert all(first == second for first, second in zip(answers, french.translate(asked), strict=True))


def test_traditional_chinese_through_a_simplified_package(tmp_path: Path) -> None:
    tiny_models.package_folder(tmp_path, {"学习": "study", "车站": "station"}, {}, "zh", "en")
    (made,) = translator(tmp_path, "zh-Hant").translate(["學習車站"])
    assert made.text == "study station"


# Degenerate output


def test_a_loop_is_decoded_again_and_marked(french: translate.Translator) -> None:
    (made,) = french.translate(["la salle foule rideau public orchestre"])
    assert made.text == "the applause crowd curtain audience orchestra"
    assert made.state is TranslationState.RETRIED
    assert made.reasons == ("loop: 'applause' 5 times in a row",)


def test_argos_mode_keeps_the_loop_but_marks_it(installed: Path) -> None:
    (made,) = translator(installed, compatible=True).translate(["la salle foule rideau public orchestre"])
    assert made.text == "the applause applause applause applause applause"
    assert made.state is TranslationState.SUSPECT


def test_what_stays_bad_is_suspect(french: translate.Translator) -> None:
    (made,) = french.translate(["中国 天地"])
    assert (made.text, made.state) == ("中国 天地", TranslationState.SUSPECT)
    assert "another script" in made.reasons[0]


@pytest.mark.parametrize(
    ("source", "output", "sign"),
    [
        ("主流媒體報導了這件事。", "The mainstremainstrem media told of it.", "loop"),
        ("（掌聲）謝謝各位今天來", "(applause) " * 30, "loop"),
        ("Elle appelle les journalistes.", "She calls the mainstremainstrem.", "loop"),
        ("Elle parle de la vie chère.", "She she she speaks of of the dear life.", "loop"),
        ("Voilà une longue phrase sans fin.", "There is a long        phrase without end.", "loop"),
        ("Le vent tourne.", "The wind the wind the wind turns.", "loop"),
        ("Il faut bien le dire.", "It must be said, it must be said.", "loop"),
        ("Bonjour à vous.", "Hellooooooooooo to you.", "loop"),
        ("Il dit que non.", "He says ................ no.", "loop"),
        ("歡迎來到我們的會議，今天要談三件事", "Home", "too short"),
        ("好的", "Well, that is what I have been telling all of you for many years now.", "too long"),
        ("♪ La musique commence.", "♪ ♪", "no words"),
        ("La séance est ouverte.", "", "empty"),
        ("今天的天氣很好", "Today 天氣很好", "untranslated"),
        ("La réunion reprend demain.", "La réunion reprend demain.", "untranslated"),
        (
            "Nous avons perdu trois matchs de suite cette année",
            "We avons perdu trois matchs de suite",
            "untranslated",
        ),
    ],
)
def test_degenerate_output_is_recognised(source: str, output: str, sign: str) -> None:
    assert [reason.split(":")[0] for reason in degenerate.reasons(source, output, "en")][:1] == [sign]


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Non, non, non, non, jamais !", "No, no, no, no, never!"),
        ("Dis-le, dis-le donc !", "Go and say it, go and say it!"),
        ("哈哈哈哈哈哈，太好了", "Hahahahahaha, wonderful"),
        ("Le parc du Ngorongoro", "The Ngorongoro park"),
        ("Scale AI", "Scale AI"),
        ("好", "Good."),
        ("Ah !", "Ah!"),
        ("Elle a dit que ce que tu as dit est vrai.", "She said that what you said is true."),
        ("12 : 30", "12 : 30"),
        ("他叫王小明", "His name is Wang Xiaoming (王小明)"),
        ("Windows 7, Windows 8 et Windows 10", "Windows 7, Windows 8 and Windows 10"),
        ("-----------------------", "-----------------------"),
        ("Voir django.utils.text et django.utils.html", "See django.utils.text and django.utils.html"),
    ],
)
def test_sound_output_is_left_alone(source: str, output: str) -> None:
    assert degenerate.reasons(source, output, "en") == ()


def test_cjk_is_no_foreign_script_where_it_is_wanted() -> None:
    assert degenerate.reasons("Where is the station, please?", "请问车站在哪里？", "zh-Hans") == ()


def test_one_answer_to_everything_is_found() -> None:
    sources = [
        "Nous parlerons demain des trois projets de la ville.",
        "Le budget de l'année prochaine sera voté en juin.",
        "Elle a quitté la salle avant la fin du débat.",
    ]
    pairs = [(source, "Home page") for source in sources] + [
        ("Merci.", "Thanks."),
        ("Merci bien.", "Thanks."),
    ]
    assert sorted(degenerate.constant_answers(pairs)) == [0, 1, 2]
    numbered = [(f"La figure numéro {i} montre la même chose.", "The figure shows the same.") for i in range(9)]
    assert degenerate.constant_answers(numbered) == {}


@given(ANY_TEXT, ANY_TEXT)
def test_judging_never_fails(source: str, output: str) -> None:
    assert all(": " in reason for reason in degenerate.reasons(source, output, "en"))
    degenerate.constant_answers([(source, output)] * 4)


# Cutting and cleaning


@given(ANY_TEXT.map(lambda text: text * 5), st.integers(1, 40))
def test_split_parts_fit_and_keep_every_letter(text: str, limit: int) -> None:
    text = clean(text)
    parts = split(text, lambda part: len(part) <= limit)
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_split_prefers_the_end_of_a_clause() -> None:
    parts = split("Le chat dort dans la gare; le chien mange.", lambda part: len(part) < 30)
    assert parts == ["Le chat dort dans la gare;", "le chien mange."]


def test_bpe_packages_are_tokenized_as_argos_does(tmp_path: Path) -> None:
    (tmp_path / "bpe.model").write_text("#version: 0.2\nc h\na t</w>\nch at</w>\n", encoding="utf-8")
    tokenizer = load_tokenizer(tmp_path / "bpe.model", "fr", "en")
    assert tokenizer.encode("le chat") == ["l@@", "e", "chat"]
    assert tokenizer.decode(["l@@", "e", "chat"]) == "le chat"


# Through another language, and out of a cache


def test_pivot(installed: Path) -> None:
    through = translator(installed, "fr", "es")
    answers = through.translate(["le chat dort", "12", "la salle foule rideau public orchestre"])
    assert texts(answers)[:2] == ["el gato duerme", "12"]
    assert [made.state for made in answers[:2]] == [TranslationState.OK, TranslationState.SAME]
    assert answers[2].state is not TranslationState.OK
    assert answers[2].reasons[0] == "fr>en: loop: 'applause' 5 times in a row"
    assert through.direction == "fr>en>es"


def test_one_language_needs_no_model(installed: Path) -> None:
    (made,) = translator(installed, "en-GB", "en").translate(["the cat"])
    assert (made.text, made.state) == ("the cat", TranslationState.SAME)


def test_cache_answers_the_second_time_without_the_model(tmp_path: Path) -> None:
    folder = tiny_models.package_folder(tmp_path)
    cache = translate.Memory()
    cached = translate.Cached(translator(tmp_path), cache)
    first = cached.translate(["le chat dort", "12"])
    again = translate.Cached(translator(tmp_path), cache)
    shutil.move(folder / "model", tmp_path / "elsewhere")
    assert again.translate(["12", "le chat dort"]) == first[::-1]
    assert again.known(["le chat dort", "le chien"]) == {"le chat dort": first[0]}


def test_modes_and_models_do_not_share_answers(installed: Path, tmp_path: Path) -> None:
    tiny_models.package_folder(tmp_path, tiny_models.FRENCH | {"chat": "tomcat"})
    cache = translate.Memory()
    sources = [translator(installed), translator(installed, compatible=True), translator(tmp_path)]
    answers = [translate.Cached(source, cache).translate(["le chat_"])[0].text for source in sources]
    assert answers == ["the cat_", "the cat ", "the tomcat_"]


def test_a_bundled_draft_that_was_packed_and_installed_says_the_same(tmp_path: Path) -> None:
    folder = tiny_models.package_folder(tmp_path / "ours", tiny_models.CHINESE, src="zh", quality_note="a draft")
    (bundled,) = translate.packages([folder.parent], [])
    packed = install.install(install.pack(bundled, tmp_path / "packed"), tmp_path / "installed")
    first, again = (translate.load([each], Settings()).translate(["北京"])[0].text for each in (bundled, packed))
    assert first == again == "Beijing"


def test_packages_of_one_model_that_are_told_another_beginning_do_not_share_answers(tmp_path: Path) -> None:
    tiny_models.package_folder(tmp_path / "plain")
    tiny_models.package_folder(tmp_path / "begun", target_prefix="\u2581dog")
    cache = translate.Memory()
    plain, begun = (translate.Cached(translator(tmp_path / name), cache) for name in ("plain", "begun"))
    first = plain.translate(["le chat"])[0].text
    assert first == "the cat" and begun.translate(["le chat"])[0].text != first


def test_an_interrupted_run_keeps_what_it_did(installed: Path) -> None:
    cached = translate.Cached(translator(installed), translate.Memory())
    asked = [f"le chat {i}" for i in range(600)]

    def interrupt(stage: str, done: int, total: int) -> None:
        assert total == 600
        if done > 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cached.translate(asked, interrupt)
    assert len(cached.known(asked)) == 256
    assert texts(cached.translate(asked)) == [f"the cat {i}" for i in range(600)]


def test_a_pause_keeps_the_chunk_in_hand(installed: Path) -> None:
    class Paused(BaseException):
        pass

    cached = translate.Cached(translator(installed), translate.Memory())
    asked = [f"le chat {i}" for i in range(600)]

    def pause(stage: str, done: int, total: int) -> None:
        if done > 300:
            raise Paused

    with pytest.raises(Paused):
        cached.translate(asked, pause)
    assert len(cached.known(asked)) == 512


def test_a_pause_waits_for_fewer_texts_where_they_are_long(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.translate.chain._CHUNK_BYTES", 3_200)

    class Paused(BaseException):
        pass

    cached = translate.Cached(translator(installed), translate.Memory())
    asked = [f"{'le chat dort. ' * 80}{i}" for i in range(10)]
    told: list[int] = []

    def pause(stage: str, done: int, total: int) -> None:
        if told:
            raise Paused
        told.append(done)

    with pytest.raises(Paused):
        cached.translate(asked, pause)
    assert len(cached.known(asked)) == 2


# Finding packages and ways


def test_a_users_package_goes_before_a_bundled_one(installed: Path, tmp_path: Path) -> None:
    tiny_models.package_folder(tmp_path, version="9.0", quality_note="a draft")
    found = translate.packages([tmp_path], [installed])
    (chosen,) = translate.require(found, "fr", "en")
    assert (chosen.bundled, chosen.version) == (False, "1.0")
    (bundled,) = translate.require([package for package in found if package.bundled], "fr", "en")
    assert bundled.quality_note == "a draft"


def test_the_newest_and_best_fitting_package_is_taken(tmp_path: Path) -> None:
    for code, version in (("zh", "1.9"), ("zt", "1.9"), ("zt", "1.10"), ("zt", "1.10.1")):
        tiny_models.package_folder(tmp_path, tiny_models.CHINESE, {}, code, "en", version)
    found = translate.packages([], [tmp_path])
    assert [p.name for p in translate.require(found, "zh-TW", "en")] == ["translate-zt_en-1_10_1"]
    assert [p.name for p in translate.require(found, "zh", "en")] == ["translate-zh_en-1_9"]


def test_no_way_is_said_with_the_command_that_makes_one(installed: Path) -> None:
    assert translate.route(translate.packages([], [installed]), "de", "en") is None
    with pytest.raises(ModelMissingError, match=r"from German to English.*models install de en`"):
        translator(installed, "de", "en")


def test_bundled_packages_share_one_model(tmp_path: Path) -> None:
    folder = tiny_models.package_folder(tmp_path)
    for name in ("model", "sentencepiece.model"):
        shutil.move(folder / name, tmp_path / name)
    found = translate.packages([tmp_path], [])
    assert found[0].bundled
    assert found[0].size > 10_000
    assert texts(translate.load(found, Settings()).translate(["le chat"])) == ["the cat"]


def test_every_folder_of_packages_among_the_models_is_found(tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()
    for name in ("first", "second"):
        tiny_models.package_folder(tmp_path / name)
    found = translate.packages(translate.shelves(tmp_path), [])
    assert [package.path.parent.name for package in found] == ["first", "second"]


def test_a_broken_package_is_reported_and_the_others_work(tmp_path: Path) -> None:
    tiny_models.package_folder(tmp_path)
    for name, about in (("no_model", '{"from_code": "de", "to_code": "en"}'), ("no_json", "{")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "metadata.json").write_text(about, encoding="utf-8")
    found, problems = translate.scan([], [tmp_path])
    assert [package.from_code for package in found] == ["fr"]
    assert [(problem.path.name, problem.path.name in problem.why) for problem in problems] == [
        ("no_json", True),
        ("no_model", True),
    ]


def test_a_damaged_model_is_a_clear_error(tmp_path: Path) -> None:
    folder = tiny_models.package_folder(tmp_path)
    (folder / "model" / "model.bin").write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"translate-fr_en-1_0 cannot be loaded"):
        translator(tmp_path).translate(["le chat"])


def test_the_users_folder_is_where_argos_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARGOS_PACKAGES_DIR", "SNAP", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert translate.user_folder() == Path.home() / ".local/share/argos-translate/packages"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert translate.user_folder() == tmp_path / "data/argos-translate/packages"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "argos-translate").mkdir()
    chosen = json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "chosen")})
    (tmp_path / "argos-translate" / "settings.json").write_text(chosen, encoding="utf-8")
    assert translate.user_folder() == tmp_path / "chosen"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "environment"))
    assert translate.user_folder() == tmp_path / "environment"


# Installing


@pytest.fixture(scope="module")
def package_file(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = next(installed.glob("*fr_en*"))
    return tiny_models.argosmodel(folder, tmp_path_factory.mktemp("files") / "fr_en.argosmodel")


def test_install_use_and_remove(package_file: Path, tmp_path: Path) -> None:
    package = install.install(package_file, tmp_path / "packages")
    assert texts(translator(tmp_path / "packages").translate(["le chat"])) == ["the cat"]
    install.remove(package)
    assert translate.packages([], [tmp_path / "packages"]) == []
    assert [path.name for path in tmp_path.iterdir()] == ["packages"]


def test_install_replaces_and_a_folder_will_do(installed: Path, package_file: Path, tmp_path: Path) -> None:
    first = install.install(package_file, tmp_path / "packages")
    (first.path / "leftover.txt").write_text("old", encoding="utf-8")
    second = install.install(next(installed.glob("*fr_en*")), tmp_path / "packages")
    assert second == first
    assert not (second.path / "leftover.txt").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "/outside.txt",
        "a/../../outside.txt",
        "C:\\outside.txt",
        "a\\..\\..\\b",
        "other/a.txt",
    ],
)
def test_a_file_with_paths_that_lead_elsewhere_is_refused(package_file: Path, tmp_path: Path, name: str) -> None:
    hostile = shutil.copy(package_file, tmp_path / "hostile.argosmodel")
    with zipfile.ZipFile(hostile, "a") as archive:
        archive.writestr(name, "x")
    assert_refused(hostile, tmp_path)


def test_a_file_with_a_symbolic_link_is_refused(package_file: Path, tmp_path: Path) -> None:
    hostile = shutil.copy(package_file, tmp_path / "hostile.argosmodel")
    link = zipfile.ZipInfo("translate-fr_en-1_0/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(hostile, "a") as archive:
        archive.writestr(link, "/etc")
    assert_refused(hostile, tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and nothing more", b"plain text"])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    hostile = tmp_path / "hostile.argosmodel"
    hostile.write_bytes(content)
    assert_refused(hostile, tmp_path)


def test_a_damaged_or_incomplete_file_is_refused(package_file: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.argosmodel"
    content = bytearray(package_file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    hostile.write_bytes(content)
    assert_refused(hostile, tmp_path)
    with zipfile.ZipFile(hostile, "w") as archive:
        archive.writestr("fr_en/metadata.json", '{"from_code": "fr", "to_code": "en"}')
    assert_refused(hostile, tmp_path)


def changed(folder: Path, place: str, content: bytes | None = None, **about: object) -> Path:
    """A package's folder with other bytes in a file, or with other metadata."""
    path = folder / place
    path.write_bytes(content or json.dumps(json.loads(path.read_text(encoding="utf-8")) | about).encode())
    return folder


@pytest.mark.parametrize(
    ("place", "content", "about", "said"),
    [
        ("model/model.bin", b"not a model", {}, "cannot be loaded"),
        ("sentencepiece.model", b"not a tokenizer", {}, "cannot be loaded"),
        ("metadata.json", b"[" * 100_000, {}, "no from_code and to_code"),
        ("metadata.json", None, {"from_code": "../../fr"}, "no from_code and to_code"),
        ("metadata.json", None, {"from_code": 3}, "no from_code and to_code"),
        ("metadata.json", None, {"type": "sbd"}, "not one that translates"),
        ("metadata.json", None, {"from_code": "FR"}, "names 'FR', which is 'fr' for Argos"),
        ("metadata.json", None, {"to_code": "xx"}, "names 'xx', which is the code of no language"),
        ("metadata.json", None, {"target_prefix": "\ud800"}, "cannot translate"),
        ("SHA256SUMS", b"0f  caf\xe9\n", {}, "is missing"),
    ],
)
def test_a_package_that_cannot_translate_is_refused_under_the_name_that_was_given(
    tmp_path: Path, place: str, content: bytes | None, about: dict[str, object], said: str
) -> None:
    folder = changed(tiny_models.package_folder(tmp_path / "source"), place, content, **about)
    hostile = tiny_models.argosmodel(folder, tmp_path / "hostile.argosmodel")
    shutil.rmtree(tmp_path / "source")
    with pytest.raises(ModelError, match=rf"^Nothing was installed from .*/hostile\.argosmodel: (?!/).*{said}"):
        install.install(hostile, tmp_path / "packages")
    assert list((tmp_path / "packages").iterdir()) == []


@pytest.mark.parametrize("name", ["-rf", ".hidden", "a\nb\x1b[31m"])
def test_a_package_whose_name_no_command_could_say_is_refused(tmp_path: Path, name: str) -> None:
    folder = tiny_models.package_folder(tmp_path / "source").rename(tmp_path / "source" / name)
    with pytest.raises(InputError, match="cannot be a model's name"):
        install.install(tiny_models.argosmodel(folder, tmp_path / "a.argosmodel"), tmp_path / "packages")
    assert list((tmp_path / "packages").iterdir()) == []


def test_a_file_that_unpacks_to_too_much_is_refused(
    package_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST_BYTES", 1000)
    assert_refused(package_file, tmp_path)


def assert_refused(hostile: Path, tmp_path: Path) -> None:
    """Refused with an error that names the file, and nothing is left behind."""
    with pytest.raises(ModelError) as caught:
        install.install(hostile, tmp_path / "packages")
    assert str(hostile.parent) in str(caught.value)
    assert list((tmp_path / "packages").iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"packages", hostile.name}


def test_a_missing_file_and_a_bundled_package(installed: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"no\.argosmodel"):
        install.install(tmp_path / "no.argosmodel", tmp_path)
    with pytest.raises(ModelError, match="comes with the workbench"):
        install.remove(translate.packages([installed], [])[0])


def test_verify_names_the_file_that_is_wrong(tmp_path: Path) -> None:
    folder = tiny_models.package_folder(tmp_path)
    (package,) = translate.packages([tmp_path], [])
    assert "cannot be verified" in install.verify(package)[0]
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(tmp_path).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (tmp_path / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    assert install.verify(package) == []
    (folder / "model" / "config.json").write_text("{}", encoding="utf-8")
    (folder / "sentencepiece.model").unlink()
    problems = install.verify(package)
    assert [str(folder / "model" / "config.json") in problems[0], "is missing" in problems[1]] == [True, True]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://127.0.0.1:9/a typo"])
def test_installing_by_language_without_a_network_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", address)
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9/.*index\.json cannot be read.*models install FILE"):
        install.install_from_index("fr", "en", tmp_path / "packages")


def test_installing_by_language_from_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = ["http://127.0.0.1:9/plain", "https://127.0.0.1:9/fr_en.argosmodel"]
    entries = [
        {"from_code": "fr", "to_code": "en", "package_version": version, "links": [f"{links[1]}?{version}"]}
        for version in ("1.9", "1.10", "1.2")
    ]
    (tmp_path / "index.json").write_text(json.dumps([*entries, "noise"]), encoding="utf-8")
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", tmp_path.as_uri())
    with pytest.raises(ModelMissingError, match="no package from German to English"):
        install.install_from_index("de", "en", tmp_path / "packages")
    with pytest.raises(ModelError, match=r"fr_en could not be downloaded .*1\.10"):
        install.install_from_index("fr", "en", tmp_path / "packages")


# Beside stock Argos Translate


def test_argos_installs_our_package_and_says_the_same(tmp_path: Path) -> None:
    folder = tiny_models.package_folder(tmp_path)
    for name in ("model", "sentencepiece.model"):
        shutil.move(folder / name, tmp_path / name)
    lines = [
        "le chat dort dans la gare",
        "un_chat et un_chien __ici__",
        "la salle foule rideau public orchestre",
        "12,5 % 🎉 天地 Ωmega",
        "le chat, " * 20,
        "\n\nle chat\n\nmange\n",
        " ",
        *(f"le {word} voit le chat {i}" for i, word in enumerate(tiny_models.FRENCH)),
    ]
    report = bench.run(lines, "fr", "en", translate.packages([tmp_path], []))
    assert report.differences == ()
    assert report.states["retried"] >= 1
    assert "identical to Argos in compatible mode: 100.00%" in bench.show(report)


def test_in_argos_mode_a_text_comes_out_as_it_does_alone() -> None:
    """On processors that cut sums of 8-bit products, what is worked on together would change it."""
    subjects = ("La mairie du village", "Le vieux pont de bois")
    reasons = (
        "malgré la pluie et le froid de cette semaine",
        "selon les habitants qui vivent près du port",
        "après onze ans de débats et trois procès perdus contre l'État",
    )
    events = (
        "a rouvert ses portes aux visiteurs venus de toute la région",
        "sera réparé avant la fin du mois prochain",
        "n'a pas encore donné de réponse aux familles qui l'avaient interrogé",
        "a coûté 1,4 million d'euros de plus que prévu",
    )
    endings = (
        "",
        " et personne ne sait encore combien de temps il faudra attendre",
        " : « Nous n'avons jamais voulu cela », a déclaré le directeur",
    )
    lines = [f"{who}, {why}, {what}{end}." for who, why, what, end in product(subjects, reasons, events, endings)]
    french = translate.read_package(ROOT / "models" / "translation" / "fr_en")
    translator = translate.load(french, Settings(argos_compatible=True))
    together = [said.text for said in translator.translate(lines)]
    assert together == [translator.translate([line])[0].text for line in lines]


def test_differences_are_listed() -> None:
    assert bench.compare(["a", "b"], ["A", "B"], ["A", "C"]) == (bench.Difference("b", "B", "C"),)


def test_the_bench_reads_lines_or_the_first_column_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("un\tone\n\ndeux\ttwo\n", encoding="utf-8")
    assert bench.read_segments(tmp_path / "a.tsv") == ["un", "deux"]
    with pytest.raises(InputError, match=r"none\.txt cannot be read"):
        bench.read_segments(tmp_path / "none.txt")
    (tmp_path / "utf16.txt").write_text("où\n", encoding="utf-16")
    assert bench.read_segments(tmp_path / "utf16.txt") == ["où"]
    (tmp_path / "program").write_bytes(bytes(range(256)) * 8)
    with pytest.raises(InputError, match="binary data, not text"):
        bench.read_segments(tmp_path / "program")


def test_bench_needs_a_direct_package(installed: Path) -> None:
    with pytest.raises(InputError, match="one package from fr to es"):
        bench.run(["le chat"], "fr", "es", translate.packages([], [installed]))


def test_importing_the_room_is_light() -> None:
    heavy = {
        "torch",
        "stanza",
        "spacy",
        "ctranslate2",
        "sentencepiece",
        "argostranslate",
        "opencc",
        "urllib.request",
    }
    code = "import sys, workbench.translate, workbench.translate.install; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(done.stdout.split())
