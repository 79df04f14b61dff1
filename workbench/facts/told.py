"""Numbers that what stands around them makes another: ten to eight, nine in ten, 昭和39年, 9秒83, 七折 (30 % off)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from workbench.facts.digits import HAN_DIGITS, HAN_SCALES, HAN_UNITS, sum_of
from workbench.facts.words import number_words


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
# Nine in ten; of the CJK the whole stands first.
_OUT_OF: Mapping[str, str] = {
    "en": r" (?:in|out of)(?: every)? ", "fr": r" (?:\w+ )?sur ", "de": r" von ", "es": r" (?:\w+ )?de cada ",
    "pt": r" (?:\w+ )?(?:em|de|a) cada ",
}  # fmt: skip
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
_WITHOUT_VOR = ("halb", "drei viertel", "dreiviertel")  # each of the hour to come
_MINUTES = {
    "quarter": 15, "quart": 15, "quarto": 15, "cuarto": 15, "viertel": 15, "一刻": 15, "halb": 30,
    "drei viertel": 15, "dreiviertel": 15,  # of the hour that has begun, so that a quarter is left
}  # fmt: skip
_NOON = {"noon": 12, "midi": 12, "meio-dia": 12, "midnight": 24, "minuit": 24, "meia-noite": 24}
_NAMED = {**_ONES, **_MINUTES, **_NOON}


def told(text: str, lang: str) -> tuple[Told, ...]:
    """What a text tells in this way. `lang`: the primary subtag. Linear in the text."""
    rules = [_shares, _early, *(_OF_CJK if lang in ("zh", "ja", "ko") else ())]
    return tuple(item for rule in rules for item in rule(text, lang))


def _value(word: str, lang: str) -> Decimal:
    word = word.lower()
    if word.isdecimal():
        return Decimal(word)
    if word in _NAMED:
        return Decimal(_NAMED[word])
    return sum_of(word) if lang in ("zh", "ja", "ko") else Decimal(number_words(lang)[word])


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Shares and times before the hour."""
    words = sorted((word for word, value in number_words(lang).items() if value < 100), key=len, reverse=True)
    number = _N if lang in ("zh", "ja", "ko") else rf"(?:\d{{1,2}}|{'|'.join(map(re.escape, words))})"
    ones = "|".join(_ONES)
    share = rf"\b({number}|{ones}){_OUT_OF[lang]}({number})\b" if lang in _OUT_OF else None
    early = _EARLY[lang].replace("{n}", number) if lang in _EARLY else None
    return (re.compile(share, re.IGNORECASE) if share else None, re.compile(early, re.IGNORECASE) if early else None)


@cache
def _fractions(lang: str) -> re.Pattern[str] | None:
    words = "|".join(
        sorted((word for word, value in number_words(lang).items() if 0 < value < 20), key=len, reverse=True)
    )
    return re.compile(rf"\b(\d|{words})[ -]({'|'.join(_SHARE_OF)})", re.IGNORECASE) if words else None


def _shares(text: str, lang: str) -> Iterator[Told]:
    pattern = _patterns(lang)[0]
    for match in pattern.finditer(text) if pattern else _AMONG.finditer(text):
        part, whole = (_value(word, lang) for word in match.groups())
        if not pattern:
            part, whole = whole, part
        if 0 < part < whole:
            yield Told(*match.span(), frozenset([part / whole, 100 * part / whole]))
    fractions = _fractions(lang)
    for match in fractions.finditer(text) if fractions else ():
        share = _value(match[1], lang) / _SHARE_OF[match[2].lower()]
        yield Told(*match.span(), frozenset([share, 60 * share, 100 * share]))  # three quarters: of an hour, a century


def _early(text: str, lang: str) -> Iterator[Told]:
    pattern = _patterns(lang)[1]
    for match in pattern.finditer(text) if pattern else ():
        hour, minutes = (
            (match[name] or match[f"{name}2"] for name in "hm") if lang in ("pt", "zh") else (match["h"], match["m"])
        )
        if lang == "de" and " vor " not in match[0].lower() and minutes.lower() not in _WITHOUT_VOR:
            continue
        left, at = _value(minutes, lang), _value(hour, lang)
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


_OF_CJK: tuple[Callable[[str, str], Iterator[Told]], ...] = (_eras, _school_years, _hundredths, _parts)
