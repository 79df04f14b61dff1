"""Numbers, names and addresses that survive translation."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import shared_dir
from workbench.facts import anchors, disagreements, fold, names, numbers, remembered
from workbench.facts.counts import counts
from workbench.facts.disagreement import first_apart
from workbench.facts.durations import DAYS, Span, is_near
from workbench.facts.measures import _FACTORS, Amounts, _factors, same_unit
from workbench.facts.numbers import _NO_NUMBERS, _no_numbers
from workbench.facts.unmatched import same_numbers, unmatched

Amount = tuple[float, str]

LANGUAGES = ["fr", "zh-Hant", "zh-Hans", "en", "es", "pt-BR", "ja", "ko", "de", "ar", "und"]


def values(text: str, lang: str) -> list[float]:
    return [float(quantity.value) for quantity in numbers(text, lang)]


def units(text: str, lang: str) -> list[str]:
    return [quantity.unit for quantity in numbers(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # one amount in many ways of writing
        ("en", "1.4 billion", [1.4e9]),
        ("fr", "1,4 milliard", [1.4e9]),
        ("de", "1,4 Mrd. Euro", [1.4e9]),
        ("es", "1.400 millones", [1.4e9]),
        ("es", "tres mil millones", [3e9]),
        ("pt-BR", "1,4 bilhão", [1.4e9]),
        ("zh-Hans", "14亿", [1.4e9]),
        ("zh-Hant", "13.5億美元", [1.35e9]),
        ("zh-Hans", "1,000 万份", [1e7]),
        ("ja", "2億3,000万円", [2.3e8]),
        ("ko", "14억 달러", [1.4e9]),
        ("ko", "1만 5천 명", [15000]),
        ("ko", "3조", [3e12]),
        ("ko", "민법 제247조와 동법 제 3조, 형법 5조 2항", [247, 3, 5, 2]),  # articles of a law
        ("ko", "경제 3조 원", [3e12]),
        # separators
        ("en", "3,500 of 10,000.5", [3500, 10000.5]),
        ("fr", "3 500 sur 10 000,5", [3500, 10000.5]),
        ("fr", "12\u202f000\u202f000", [1.2e7]),
        ("de", "1.234,56 und 3.500", [1234.56, 3500]),
        ("en", "3.142", [3.142]),
        ("de", "Version 3.5 kommt", [3.5]),
        ("zh-Hant", "２０２９年", [2029]),
        # words
        ("en", "twenty-five thousand", [25000]),
        ("en", "two hundred and fifty thousand", [250000]),
        ("en", "two dozen of a million", [24, 1e6]),
        ("fr", "quatre-vingt-dix-neuf et vingt et un", [99, 21]),
        ("fr", "deux mille trois cents", [2300]),
        ("es", "treinta y cinco", [35]),
        ("pt-BR", "cento e vinte", [120]),
        ("de", "fünfundzwanzig von zweitausend", [25, 2000]),
        ("zh-Hant", "三百二十萬", [3.2e6]),
        ("zh-Hans", "一九九〇年", [1990]),
        ("zh-Hans", "20 世纪 70 年代", [1970]),
        ("zh-Hant", "兩個第三輪", [2, 3]),
        ("ja", "三人が二つ", [3, 2]),
        ("ko", "세 번, 두 명", [3, 2]),
        ("fr", "au XIXe siècle", [19]),
        ("es", "el trigésimo sexto, la décima cuarta, un segundo", [36, 14]),
        ("pt", "o vigésimo primeiro dos vinte segundos", [21, 20]),
        ("de", "zum fünfundzwanzigsten Mal, das dreizehnte", [25, 13]),
        ("en", "at first the twenty-first, then the fiftieth", [21, 50]),
        # dates
        ("en", "on 5 May 1990", [5, 5, 1990]),
        ("de", "am 3. Oktober", [3, 10]),
        ("zh-Hans", "10月3日", [10, 3]),
        ("en", "2023-07-31", [2023, 7, 31]),
        ("en", "the 1990s", [1990]),
    ],
)
def test_numbers(lang: str, text: str, expected: list[float]) -> None:
    assert values(text, lang) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "GPT-4, Il-76s and A380"),  # parts of names
        ("en", "one of the first may come at 8:46, https://example.org/2024/05"),
        ("fr", "un pour cent ? Non, une fois, à 11 h 29"),
        ("es", "un cuarto, según el segundo"),
        ("zh-Hans", "十分好，四川，数百人，万一，第一个"),
        ("ko", "열대 기후의 세대"),
        ("de", "ein Haus um 11.29 Uhr"),
        ("en", "versions 1.2.3 and 10.0.0.1"),
    ],
)
def test_what_is_no_count(lang: str, text: str) -> None:
    found = [quantity for quantity in numbers(text, lang) if quantity.unit != "%"]
    assert found == []


def test_units() -> None:
    assert units("50 % de 3 euros", "fr") == ["%", "EUR"]
    assert units("$5, US$7 and £2 million", "en") == ["USD", "USD", "GBP"]
    assert units("百分之三十、5美元、7元、2016年", "zh-Hans") == ["%", "USD", "CNY", "year"]
    assert units("50퍼센트, 3조원, 7달러", "ko") == ["%", "KRW", "USD"]
    assert units("In 2016 we had 2016 items, 20160 in all", "en") == ["year", "year", ""]


def test_numbers_know_their_place() -> None:
    text = "Total: １３.５億美元。"
    (quantity,) = numbers(text, "zh-Hant")
    assert text[quantity.start : quantity.end] == "１３.５億"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh-Hant", "北風公司正為OpenAI和Meta開發GPT-4", ["openai", "meta", "gpt4"]),
        ("zh-Hans", "亚娜·科瓦奇Jana Kováč来了", ["jana kovac"]),
        (
            "fr",
            "Hier, la société Vent du Nord a vu Jana Kováč d'Axios.",
            ["vent", "nord", "jana kovac", "axios"],
        ),
        ("en", "However, Jana Kovac left NATO.", ["jana kovac", "nato"]),
        ("en", "It was Mr. Kovac and K. Novak, in the U.S. Then they left.", ["kovac", "novak", "us"]),
        ("en", "The Quiet Harbour And The Ferry To OpenAI", ["openai"]),  # a headline
        ("de", "Der Minister sprach in Katar über das Haus mit OpenAI.", ["katar", "openai"]),
        ("ja", "東京でWeb Summitが開かれた", ["web summit"]),
    ],
)
def test_names(lang: str, text: str, expected: list[str]) -> None:
    assert [name.folded for name in names(text, lang)] == expected


def test_anchors_meet_across_languages() -> None:
    french = anchors("En 2016, Nordwind a levé 1,35 milliard de dollars selon https://example.org/a/.", "fr")
    chinese = anchors("2016年，Nordwind籌集13.5億美元（https://example.org/a）。", "zh-Hant")
    assert french == chinese == {"n:2016", "n:1350000000", "w:nordwind", "u:example.org/a"}


def test_anchors_leave_out_what_is_everywhere() -> None:
    assert anchors("two of 2 ways, one day", "en") == frozenset()
    assert anchors("2 % in May 2020", "en") == {"n:2", "m:5", "n:2020"}


def test_months_are_not_counts() -> None:
    assert anchors("10月", "zh-Hans") == anchors("in October", "en") == {"m:10"}


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_never_raises_and_spans_lie_inside(text: str, lang: str) -> None:
    for quantity in numbers(text, lang):
        assert 0 <= quantity.start < quantity.end <= len(text)
    for name in names(text, lang):
        assert 0 <= name.start < name.end <= len(text)
        assert name.folded.replace(" ", "") == fold(text[name.start : name.end])
    assert all(key[:2] in ("n:", "m:", "w:", "u:") for key in anchors(text, lang))


_NUMERIC = st.lists(
    st.sampled_from(
        [
            *"0123456789.,:- %$€万億亿千百十兆만억조",
            " million ",
            " deux ",
            " mille ",
            "twenty",
            "-",
            " and ",
            "\u202f",
        ]
    ),
    max_size=60,
).map("".join)


@given(_NUMERIC, st.sampled_from(LANGUAGES))
def test_number_soup(text: str, lang: str) -> None:
    found = numbers(text, lang)
    assert all(quantity.value.is_finite() and quantity.value >= 0 for quantity in found)
    assert [quantity.start for quantity in found] == sorted(quantity.start for quantity in found)
    assert disagreements([(text, lang)], [(text, lang)]) == ()


# Numbers with and without units, dates and days, in any language.
_WORDS_TELLING = (
    "3 12 1995 0.5 7:30 1.500 $12 3% 5 km 40 minutes 2 days century 1980s '95 XIXe siècle half ten to eight mars lundi "
    "Monday May 2 years an hour five million aged 54, treize deux heures 12 Uhr zwanzig 三 10月 3時間 二、三か月 3~4月 "
    "月曜 星期二 5万 百分之三 이틀 3월 두 명 6·25 월요일"
)
_TELLING = st.lists(st.sampled_from(_WORDS_TELLING.split()), max_size=8).map(" ".join)


@settings(max_examples=300)
@given(_TELLING, _TELLING, st.sampled_from(LANGUAGES[:-2]), st.sampled_from(LANGUAGES[:-2]))
def test_texts_of_the_same_numbers_have_none_unmatched(one: str, other: str, lang: str, other_lang: str) -> None:
    for a, b in ((one, other), (one, one)):
        here, there = counts(a, lang.partition("-")[0]), counts(b, other_lang.partition("-")[0])
        if same_numbers(here, there):
            assert unmatched(here, there) == unmatched(there, here) == []


@given(_TELLING, st.sampled_from(LANGUAGES))
def test_a_text_has_units_where_it_states_any(text: str, lang: str) -> None:
    (read,) = counts(text, lang.partition("-")[0]).texts
    assert read.has_units or not any(item.unit for item in read.stated if item not in read.weekdays)


@given(st.text(st.characters(categories=["Nd"]), min_size=1), st.sampled_from(LANGUAGES))
def test_nobody_asks_anything_of_digits_alone(word: str, lang: str) -> None:
    assert not any(look(word, lang.partition("-")[0]) for look in remembered._looks)


@given(st.text(st.sampled_from("ab \n\u00a0\u3000\u2009\x1c\u200b"), max_size=12))
def test_what_words_tell_is_told_with_where_they_begin(text: str) -> None:
    words = text.split()
    found = list(zip(remembered._starts(text, words), words, strict=False))
    assert found == [(match.start(), match[0]) for match in re.finditer(r"\S+", text)]


@given(st.integers(min_value=1000, max_value=10**15))
def test_every_integer_is_read_back(number: int) -> None:
    grouped = f"{number:,}"
    assert numbers(grouped, "en")[0].value == number
    assert numbers(grouped.replace(",", "."), "de")[0].value == number
    assert numbers(grouped.replace(",", "\u202f"), "fr")[0].value == number
    assert numbers(f"共{grouped}个", "zh-Hans")[0].value == number


@pytest.mark.parametrize("piece", ["1,", "a@", "1.1.", "twenty-", "万", "1:1", "A-", "https://", "mille ", "一"])
@pytest.mark.parametrize("lang", ["fr", "zh-Hans", "ko"])
def test_hostile_text_comes_back(piece: str, lang: str) -> None:
    anchors(piece * (20_000 // len(piece)), lang)


@pytest.mark.parametrize("lang", ["de", "es", "fr", "pt", "zh", "ja", "ko"])
def test_translations_state_the_same_numbers(lang: str) -> None:
    """Of real pairs that state a number of three or more, five in six state exactly the same ones."""
    lines = (shared_dir() / "eval" / f"flores-dev.{lang}-en.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t")[:2] for line in lines]
    both = [(_counts(source, lang), _counts(english, "en")) for source, english in pairs]
    stating = [(a, b) for a, b in both if a or b]
    assert sum(a == b for a, b in stating) / len(stating) > 0.83


def _counts(text: str, lang: str) -> set[Decimal]:
    return {quantity.value for quantity in numbers(text, lang) if quantity.value >= 3}


@settings(max_examples=60)
@given(st.from_regex(_NO_NUMBERS))
def test_the_quick_look_for_times_passes_over_none(text: str) -> None:
    if not any(sign in text for sign in ("@", "://", "www.")):
        assert _no_numbers(text) == [match.span() for match in _NO_NUMBERS.finditer(text)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [("vingt et un ans, puis mars 2020", "fr", [21, 3, 2020]), ("un homme, une femme", "fr", [])],
)
def test_words_and_digits_come_in_the_order_of_the_text(text: str, lang: str, expected: list[int]) -> None:
    assert [int(quantity.value) for quantity in numbers(text, lang)] == expected


_sizes = st.lists(st.floats(0, 10**6) | st.integers(0, 200).map(float), max_size=20)
_amounts = st.lists(st.tuples(st.integers(0, 200).map(float), st.sampled_from([*_FACTORS, "m²", "degree", "", "%"])))


@given(st.floats(0, 10**6), _sizes, st.sampled_from([1.0, 0.25, 30.4, 1609.344]))
def test_what_is_near_is_found_in_order_as_one_by_one(amount: float, others: list[float], factor: float) -> None:
    plain = any(abs(amount - other * factor) <= 0.08 * max(amount, other * factor) for other in others)
    assert is_near(amount, sorted(others), factor) == plain


@given(_amounts, _amounts)
def test_amounts_are_found_in_other_units_as_one_by_one(ones: list[Amount], others: list[Amount]) -> None:
    amounts = Amounts(others)
    for one in ones:
        assert amounts.has_same(*one) == any(_is_same(one, other) for other in others)
        assert amounts.has_same_warmth(*one) == any(_is_same_warmth(one, other) for other in others)


def _is_same(one: Amount, other: Amount) -> bool:
    """The plain way: one by one."""
    (value, unit), (other_value, other_unit) = one, other
    if same_unit(unit, other_unit):
        return False
    both = [(a, b) for a in _factors(unit) for b in _factors(other_unit) if a[0] == b[0]]
    amounts = [(value * factor, other_value * other_factor) for (_, factor), (_, other_factor) in both]
    return any(abs(a - b) <= 0.08 * max(a, b) for a, b in amounts)


def _is_same_warmth(one: Amount, other: Amount) -> bool:
    warm, cool = max(one[0], other[0]), min(one[0], other[0])
    return {one[1], other[1]} in ({"degree"}, {"degree", ""}) and abs(cool * 1.8 + 32 - warm) < 2.5


@given(st.lists(st.sampled_from(list(DAYS))), st.lists(st.sampled_from(list(DAYS))), st.sets(st.integers(0, 99)))
def test_the_first_amounts_apart_are_those_of_all_pairs(ones: list[str], others: list[str], same: set[int]) -> None:
    here, there = ([Span(unit, at, at) for at, unit in enumerate(units)] for units in (ones, others))

    def may_be(span: Span, unit: str) -> bool:
        return (7 * span.start + 11 * list(DAYS).index(unit)) % 100 in same

    pairs = (pair for pair in product(here, there) if not may_be(pair[0], pair[1].unit))
    plain = next((pair for pair in pairs if not may_be(pair[1], pair[0].unit)), None)
    assert first_apart(here, there, may_be, may_be) == plain
