"""Amounts told without a number, or with a vague one: 数千キロ, half a mile, billions, une vingtaine de kilomètres."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.facts.measures import says, unit_at
from workbench.facts.remembered import of_each_word, small
from workbench.facts.words import number_words


@dataclass(frozen=True, slots=True)
class Magnitude:
    """`text[start:end]` tells of a number from `low` to less than `high`."""

    low: float
    high: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Some:
    """`text[start:end]` tells of some of a unit of measures.py, with a number or without."""

    unit: str
    start: int
    end: int


# Of ASCII, whose capitals are all there is of other case: lower("İ") is longer, and ſ is an s.
_ENGLISH = re.compile(
    r"\b(?:(dozen|ten|hundred)s of |(several hundred) )?(thousand|million|billion|trillion)(s?)\b",
    re.IGNORECASE | re.ASCII,
)
_TIMES = {"ten": (10, 100), "dozen": (10, 1000), "hundred": (100, 1000)}
_POWERS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_CJK: Mapping[str, re.Pattern[str]] = {
    "zh": re.compile(r"[数數几幾]([十百千]?)(万亿|萬億|[万萬亿億]?)"),
    "ja": re.compile(r"[数何]([十百千]?)([万億兆]?)"),
    "ko": re.compile(r"(?<![가-힣])수([십백천])(?: ?([만억]|조(?![각직항건합치])))?"),  # 수십 조각: dozens of pieces
}
_UNITS = {"": 1, "十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
_SCALES = {
    "": 1.0,
    **dict.fromkeys("万萬만", 1e4),
    **dict.fromkeys("亿億억", 1e8),
    **dict.fromkeys(["万亿", "萬億", "兆", "조"], 1e12),
}
_FAR = 10  # times: so far apart no rounding makes one of them the other

_MEASURES = ("km", "m", "cm", "mile", "ft", "yd", "kg", "lb", "USD", "EUR", "GBP")
# What stands before a unit of which there is one, or some.
_DIGITS = r"\d+(?:[.,]\d+)*"
_HAN = rf"{_DIGITS}(?:千(?![米克])|[十百万萬亿億])*|(?:千(?![米克])|[一二两兩三四五六七八九十百万萬亿億数數几幾何半])+"
_BEFORE: Mapping[str, str] = {
    "en": rf"{_DIGITS}|\b(?:an?|per|each|every|nearest|single|half|several|few|first|last|final|{{words}}|"
    r"(?:(?:dozen|hundred|thousand|million|billion)s? of|hundred|thousand|million|billion)) ",
    "zh": _HAN, "ja": _HAN,
    "ko": rf"{_DIGITS}[십백천만억조]*|수[십백천만억조]+|(?<![가-힣])(?:[한두세네몇반]|다섯|여섯|일곱|여덟|아홉)",
}  # fmt: skip


@lru_cache(maxsize=2048)
def magnitudes(text: str, lang: str) -> tuple[Magnitude, ...]:
    """Those from a thousand up of which a text tells. `lang`: the primary subtag. Linear in the text."""
    if lang == "en":
        if not any(power in small(text) for power in _POWERS):  # most
            return ()
        return tuple(_english(match) for match in _ENGLISH.finditer(text) if match[4] or match[2])
    found = _CJK[lang].finditer(text) if lang in _CJK else ()
    sizes = ((_UNITS[match[1]] * _SCALES[match[2] or ""], match) for match in found)
    return tuple(Magnitude(low, 10 * low, *match.span()) for low, match in sizes if low >= 1000)


def _english(match: re.Match[str]) -> Magnitude:
    low, high = _TIMES[(match[1] or "hundred").lower()] if match[1] or match[2] else (1, 1000)
    power = _POWERS[match[3].lower()]
    return Magnitude(low * power, high * power, *match.span())


def is_far(one: Magnitude, other: Magnitude) -> bool:
    """Whether no number of the first may be of the second, even roughly."""
    return max(one.low, other.low) >= _FAR * min(one.high, other.high)


# Tens, of which some languages have words for about so many.
_TENS: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"\b(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?"),
    "es": re.compile(r"\b(?:(?:doc|dec|quinc|veint|treint)enas?|centenar(?:es)?)"),
    "pt": re.compile(r"\b(?:dúzi|dezen|quinzen|vinten|trinten|centen)as?"),
}


def roughly(text: str, lang: str) -> Iterator[Some]:
    """Amounts in tens: une vingtaine de kilomètres."""
    found = _TENS[lang].finditer(text) if lang in _TENS else ()
    return (Some(*each) for each in (unit_at(text, *match.span()) for match in found) if each[0])


@cache
def _before(lang: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, number_words(lang)), key=len, reverse=True))
    return re.compile(_BEFORE[lang].replace("{words}", words), re.IGNORECASE)


def _says_measure(text: str) -> bool:
    return says(text, *_MEASURES)


@of_each_word
def _measures(word: str, lang: str) -> bool:
    return lang == "en" and _says_measure(word)


@lru_cache(maxsize=2048)
def measured(text: str, lang: str) -> tuple[Some, ...]:
    """The lengths, weights and sums of money of which a text tells. `lang`: the primary subtag. Linear in the text."""
    if lang not in _BEFORE or not (_measures(text, lang) if lang == "en" else _says_measure(text)):
        return ()
    found = (unit_at(text, match.start(), match.end()) for match in _before(lang).finditer(text))
    return tuple(Some(*each) for each in found if each[0] in _MEASURES)
