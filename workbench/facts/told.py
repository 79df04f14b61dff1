"""Numbers that what stands around them makes another: ten to eight, nine in ten, 昭和39年, 9秒83, 七折 (30 % off)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from workbench.facts.digits import HAN_DIGITS, HAN_SCALES, HAN_UNITS, sum_of
from workbench.facts.words import number_words
from workbench.lang import CJK


@dataclass(frozen=True, slots=True)
class Told:
    """`text[start:end]`, and the values that it means together: for ten to eight 7, 19 and 50."""

    start: int
    end: int
    values: frozenset[Decimal]


_HAN = f"[{''.join([*HAN_DIGITS, *HAN_UNITS, *HAN_SCALES])}]"
_N = rf"(?:\d{{1,12}}|{_HAN}{{1,12}})"  # no longer, so that time is linear
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)}) ?({_N}) ?年")
# 中学3年 is the ninth year at school.
_SCHOOL = re.compile(
    rf"(?:(中学|中學|중학교|初)|(?:高等学校|高校|고등학교|高)) ?({_N})(?= ?(?:年|学年|학년)|(?<=初.)|(?<=高.))"
)
_SECONDS = re.compile(r"(\d{1,12}) ?[秒초] ?(\d\d?)(?!\d)")
_METRES = re.compile(rf"({_N}) ?(?:米|メートル|m|미터) ?({_N})(?= ?(?:cm|センチ|厘米)?)")
_PRICE = re.compile(rf"({_N})[块塊]([{''.join(HAN_DIGITS)}])(?!{_HAN})")
_DISCOUNT = re.compile(rf"([{''.join(HAN_DIGITS)}\d])\.?([{''.join(HAN_DIGITS)}\d])?折")
_TENTHS = re.compile(rf"([{''.join(HAN_DIGITS)}])成([{''.join(HAN_DIGITS)}])")
_PARTS_OF = re.compile(rf"([千万萬])分之({_N})")
# Between the part and the whole: nine in ten. Of the CJK the whole stands first.
_OUT_OF: Mapping[str, str] = {
    "en": r" (?:in|out of)(?: every)? ", "fr": " sur ", "de": " von ", "es": " de cada ", "pt": " (?:em|de|a) cada ",
}  # fmt: skip
_PART_NAMED = frozenset(["fr", "es", "pt"])  # nine women in ten
_SHARES: Mapping[int, str] = {
    3: "thirds tiers drittel tercios terços", 4: "quarters quarts viertel cuartos quartos",
    5: "fifths cinquièmes fünftel quintos", 10: "tenths dixièmes zehntel décimos",
}  # fmt: skip
_SHARE_OF = {word: share for share, words in _SHARES.items() for word in words.split()}
_AMONG = re.compile(rf"({_N}) ?(?:人|名|명|個|个|家|社|件)?(?:に|中有?|のうち|里有| 중) ?({_N})(?=[人名명個个家社件])")
_ONES = {"one": 1, "un": 1, "une": 1, "una": 1, "uno": 1, "um": 1, "uma": 1, "einer": 1, "eine": 1, "eins": 1}
# Before the hour: the minutes, and the hour. A half is of the hour to come only in German.
_EARLY: Mapping[str, str] = {
    "en": r"\b(?P<m>quarter|{n}(?= minutes )|"
    r"(?:(?<=\bat )|(?<=\bis )|(?<=\bwas ))(?:five|ten|twenty))(?: minutes)? (?:to|before) "
    r"(?P<h>{n}|noon|midnight)\b",
    "fr": r"\b(?P<h>{n}|midi|minuit)(?: heures?)? moins (?:le )?(?P<m>quart|{n})\b",
    "de": r"\b(?P<m>halb|(?:drei )?viertel|dreiviertel|{n})(?: vor)? (?P<h>{n})\b",
    "es": r"\b(?P<h>{n}) menos (?P<m>cuarto|{n})\b",
    "pt": r"\b(?:(?P<m>{n})(?: minutos)? para (?:as?|o) (?P<h>{n}|meio-dia|meia-noite)|"
    r"(?P<h2>{n}) menos (?:um )?(?P<m2>quarto|{n}))\b",
    "zh": r"差(?P<m>一刻|{n})分? ?(?:到)?(?P<h>{n})[点點]|(?P<h2>{n})[点點]差(?P<m2>一刻|{n})分?",
    "ja": r"(?P<h>{n})時(?P<m>{n})分前",
    "ko": r"(?P<h>{n})시 ?(?P<m>{n})분 ?전",
}
_IN_EARLY: Mapping[str, str] = {
    "en": r" (?:to|before) (?:{n}|noon|midnight)\b", "fr": " moins ", "de": "halb |viertel | vor ", "es": " menos ",
    "pt": " para (?:as?|o) | menos ", "zh": "差", "ja": "分前", "ko": "전",
}  # fmt: skip
_WITHOUT_VOR = ("halb", "drei viertel", "dreiviertel")  # each of the hour to come
_MINUTES = {
    "quarter": 15, "quart": 15, "quarto": 15, "cuarto": 15, "viertel": 15, "一刻": 15, "halb": 30,
    "drei viertel": 15, "dreiviertel": 15,  # of the hour that has begun, so that a quarter is left
}  # fmt: skip
_NOON = {"noon": 12, "midi": 12, "meio-dia": 12, "midnight": 24, "minuit": 24, "meia-noite": 24}
_NAMED = {**_ONES, **_MINUTES, **_NOON}


@dataclass(frozen=True, slots=True)
class _Rare:
    """A pattern that is looked for only where a part of it that is found soon stands: numerals are many words."""

    part: re.Pattern[str]
    whole: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.whole.finditer(text) if self.part.search(text) else iter(())


def told(text: str, lang: str) -> tuple[Told, ...]:
    """What a text tells in this way. `lang`: the primary subtag. Linear in the text."""
    rules = _OF_CJK if lang in CJK else _OF_WORDS
    return tuple(item for rule in rules for item in rule(text, lang))


def _value(word: str, lang: str) -> Decimal:
    if word.isdecimal():
        return Decimal(word)
    if word in _NAMED:
        return Decimal(_NAMED[word])
    return sum_of(word) if lang in CJK else Decimal(number_words(lang)[word])


def _one_of(words: Iterable[str]) -> str:
    """Of words of which one may begin another the longest."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _number(lang: str) -> str:
    """What writes a number under a hundred."""
    small = [word for word, value in number_words(lang).items() if value < 100]
    return _N if lang in CJK else rf"(?:\d{{1,2}}|{_one_of(small)})"


@cache
def _out_of(lang: str) -> _Rare | None:
    if lang not in _OUT_OF:
        return None
    number, between = _number(lang), _OUT_OF[lang]
    named = r"(?: \w+)?" if lang in _PART_NAMED else ""
    part = rf"{between}({number})\b"
    return _Rare(re.compile(part), re.compile(rf"\b({number}|{'|'.join(_ONES)}){named}{part}"))


@cache
def _before_the_hour(lang: str) -> _Rare | None:
    if lang not in _EARLY:
        return None
    part, whole = (each[lang].replace("{n}", _number(lang)) for each in (_IN_EARLY, _EARLY))
    return _Rare(re.compile(part), re.compile(whole))


@cache
def _fractions(lang: str) -> _Rare | None:
    words = [word for word, value in number_words(lang).items() if 0 < value < 20]
    part = rf"[ -]({'|'.join(_SHARE_OF)})"
    return _Rare(re.compile(part), re.compile(rf"\b(\d|{_one_of(words)}){part}")) if words else None


def _in_small_letters(text: str) -> str:
    """A text in which every letter keeps its place; as it is where that cannot be (İ is two small ones)."""
    small = text.lower()
    return small if len(small) == len(text) else text


def _in_words(text: str, lang: str) -> Iterator[Told]:
    """Nine in ten, four fifths, and times before the hour."""
    small = _in_small_letters(text)
    if pattern := _out_of(lang):
        for match in pattern.finditer(small):
            yield from _share(match, _value(match[1], lang), _value(match[2], lang))
    if fractions := _fractions(lang):
        for match in fractions.finditer(small):
            share = _value(match[1], lang) / _SHARE_OF[match[2]]
            # Three quarters: of an hour, a century.
            yield Told(*match.span(), frozenset([share, 60 * share, 100 * share]))
    yield from _early(small, lang)


def _among(text: str, lang: str) -> Iterator[Told]:
    """十人中九人."""
    for match in _AMONG.finditer(text):
        yield from _share(match, _value(match[2], lang), _value(match[1], lang))


def _share(match: re.Match[str], part: Decimal, whole: Decimal) -> Iterator[Told]:
    if 0 < part < whole:
        yield Told(*match.span(), frozenset([part / whole, 100 * part / whole]))


def _early(text: str, lang: str) -> Iterator[Told]:
    pattern = _before_the_hour(lang)
    for match in pattern.finditer(text) if pattern else ():
        named = {name.removesuffix("2"): word for name, word in match.groupdict().items() if word}
        if lang == "de" and " vor " not in match[0] and named["m"] not in _WITHOUT_VOR:
            continue
        left, at = _value(named["m"], lang), _value(named["h"], lang)
        if at <= 24 and left < 60:
            yield Told(*match.span(), frozenset([(at - 1) % 12, (at - 1) % 12 + 12, 60 - left]))


def _eras(text: str, lang: str) -> Iterator[Told]:
    for match in _ERA.finditer(text):
        yield Told(*match.span(), frozenset([_ERAS[match[1]] + _value(match[2], lang)]))


def _school_years(text: str, lang: str) -> Iterator[Told]:
    for match in _SCHOOL.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[2], lang) + (6 if match[1] else 9)]))


def _hundredths(text: str, lang: str) -> Iterator[Told]:
    """9秒83, 一米八五."""
    for match in (*_SECONDS.finditer(text), *_METRES.finditer(text)):
        rest = "".join(str(HAN_DIGITS[ch]) for ch in match[2]) if set(match[2]) <= HAN_DIGITS.keys() else match[2]
        if rest.isdecimal() and len(rest) < 3:
            yield Told(*match.span(), frozenset([_value(match[1], lang) + Decimal(f"0.{rest}")]))


def _parts(text: str, lang: str) -> Iterator[Told]:
    """八块五, 七折, 七成五, 万分之五."""
    for match in _PRICE.finditer(text):
        tenths = HAN_DIGITS[match[2]]
        yield Told(*match.span(), frozenset([_value(match[1], lang) + Decimal(tenths) / 10, Decimal(tenths * 10)]))
    for pattern in (_DISCOUNT, _TENTHS):
        for match in pattern.finditer(text):
            paid = 10 * _value(match[1], lang) + (_value(match[2], lang) if match[2] else 0)
            yield Told(*match.span(), frozenset([paid, 100 - paid]))
    for match in _PARTS_OF.finditer(text):
        share = _value(match[2], lang) / (1000 if match[1] == "千" else 10_000)
        yield Told(*match.span(), frozenset([share, 100 * share]))


_Rule = Callable[[str, str], Iterator[Told]]
_OF_WORDS: tuple[_Rule, ...] = (_in_words,)
_OF_CJK: tuple[_Rule, ...] = (_among, _early, _eras, _school_years, _hundredths, _parts)
