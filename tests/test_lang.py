"""Tags, names, scripts, and which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import lang
from workbench.errors import InputError

SENTENCES = {
    "en": "The ferry leaves the harbour at dawn and comes back with the evening post.",
    "fr": "Le bateau quitte le port à l'aube et revient avec le courrier du soir.",
    "es": "El barco sale del puerto al amanecer y vuelve con el correo de la tarde.",
    "pt": "O barco sai do porto ao amanhecer e volta com o correio da tarde, como não?",
    "de": "Die Fähre verlässt den Hafen im Morgengrauen und kommt mit der Abendpost zurück.",
    "zh-Hans": "渡轮黎明时离开港口，傍晚带着邮件回来。",
    "zh-Hant": "渡輪黎明時離開港口，傍晚帶著郵件回來。",
    "ja": "フェリーは夜明けに港を出て、夕方の郵便と一緒に戻ってくる。",
    "ko": "배는 새벽에 항구를 떠나 저녁 우편물과 함께 돌아온다.",
    "ru": "Паром уходит из гавани на рассвете и возвращается с вечерней почтой.",
    "ar": "تغادر العبارة الميناء عند الفجر وتعود مع بريد المساء.",
    "th": "เรือข้ามฟากออกจากท่าเรือตอนรุ่งสางและกลับมาพร้อมจดหมายตอนเย็น",
}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("fr_FR", "fr"),
        ("de_DE.UTF-8", "de"),
        ("fr-CA", "fr-CA"),
        ("en-GB", "en-GB"),
        ("zh", "zh-Hans"),
        ("cn", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zt", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zht", "zh-Hant"),
        ("zhs", "zh-Hans"),
        ("zh-CHT", "zh-Hant"),
        ("chs", "zh-Hans"),
        ("zh_Hant", "zh-Hant"),
        ("jp", "ja"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("cmn-Hans", "zh-Hans"),
        ("pb", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt", "pt"),
        ("iw", "he"),
        ("sr-Latn", "sr-Latn"),
        ("und", "und"),
    ],
)
def test_canonical(tag: str, expected: str) -> None:
    assert lang.canonical(tag) == expected


@pytest.mark.parametrize("tag", ["", " ", "xx", "english", "x-mine", "a b", "fr;drop", "\0", "42"])
def test_nonsense_is_refused_by_name(tag: str) -> None:
    with pytest.raises(InputError, match="not a language tag"):
        lang.canonical(tag)


@given(st.text(max_size=12))
def test_canonical_is_idempotent_or_refuses(tag: str) -> None:
    try:
        once = lang.canonical(tag)
    except InputError:
        return
    assert lang.canonical(once) == once


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ("zh-Hant", ("zt", "zh")),
        ("zh-TW", ("zt", "zh")),
        ("zh-Hans", ("zh",)),
        ("pt-BR", ("pb", "pt")),
        ("fr", ("fr",)),
        ("en-GB", ("en",)),
    ],
)
def test_argos_codes(tag: str, codes: tuple[str, ...]) -> None:
    assert lang.argos_codes(tag) == codes


@pytest.mark.parametrize("tag", ["fr", "zh-Hans", "zh-Hant", "pt-BR", "ja"])
def test_argos_round_trip(tag: str) -> None:
    assert lang.from_argos(lang.argos_codes(tag)[0]) == tag


def test_same_language_looks_past_script_and_region() -> None:
    assert lang.same_language("en", "en-GB")
    assert lang.same_language("zt", "zh-Hans")
    assert not lang.same_language("pt", "es")


def test_names_and_directions() -> None:
    assert lang.display_name("fr") == "French"
    assert lang.display_name("zt") == "Chinese (Traditional)"
    assert lang.display_name("gcr")  # no locale data, still a name
    assert [lang.direction(tag) for tag in ("ar", "he", "fa", "fr", "zh-Hant")] == ["rtl"] * 3 + ["ltr"] * 2


@pytest.mark.parametrize(("tag", "text"), SENTENCES.items())
@pytest.mark.parametrize("hint", [None, "fr", "zh-Hant", "en"])
def test_a_sentence_is_identified_whatever_the_hint(tag: str, text: str, hint: str | None) -> None:
    found, probability = lang.identify(text, [hint] if hint else [])
    assert found == tag
    assert 0.3 < probability <= 1


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("Ja.", "de", "de"),
        ("No.", "es", "es"),
        ("Ja.", "no", "no"),
        ("東京都", "ja", "ja"),
        ("東京都", "zh-Hant", "zh-Hant"),
        ("好。", "zh-Hant", "zh-Hant"),
        ("不是DeepSeek。", "zh-Hant", "zh-Hant"),
        ("这是鮮の味", "zh-Hans", "zh-Hans"),
        ("算什麽?", "zh-Hant", "zh-Hant"),
        ("Merci beaucoup", "en", "fr"),
        ("Merci beaucoup", "pt-BR", "fr"),
        ("Northwind AI", "zh-Hans", "en"),
        ("Obrigado pela atenção", "pt-BR", "pt-BR"),
    ],
)
def test_short_text_leans_on_the_hint_unless_it_speaks_for_itself(text: str, hint: str, expected: str) -> None:
    assert lang.identify(text, [hint])[0] == expected


@pytest.mark.parametrize("text", ["", "  \n", "12.5 %", "— … !", "https://example.org/fr/le-titre", "😎"])
def test_nothing_to_go_by(text: str) -> None:
    assert lang.identify(text, ["fr"]) == ("und", 0.0)


def test_latin_names_do_not_make_chinese_english() -> None:
    assert lang.identify("我們與OpenAI、Microsoft和Meta合作")[0] == "zh-Hant"


def test_chinese_script() -> None:
    assert lang.chinese_script("發展趨勢") == "Hant"
    assert lang.chinese_script("发展趋势") == "Hans"
    assert lang.chinese_script("里, 后, 台") is None  # both orthographies have these
    assert lang.chinese_script("hello") is None


def test_is_cjk_means_written_without_spaces() -> None:
    assert all(lang.is_cjk(ch) for ch in "漢かカ。，「𠀀")
    assert not any(lang.is_cjk(ch) for ch in "aé한 ,.")


@given(st.text(max_size=300), st.lists(st.sampled_from(["fr", "zh-Hant", "ja", "ru", "pt-BR"]), max_size=2))
def test_identify_never_raises(text: str, hints: list[str]) -> None:
    tag, probability = lang.identify(text, hints)
    assert lang.canonical(tag) == tag
    assert 0 <= probability <= 1
