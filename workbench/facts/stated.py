"""What one number of a text states, and every value that it may mean: the years of a century, the hours of a clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from workbench.facts.digits import decimal_of
from workbench.facts.durations import Span
from workbench.facts.loose import HUNDREDS_OF_YEARS, SHORT_SCALES, THOUSANDS_OF_YEARS
from workbench.facts.measures import unit_at
from workbench.facts.numbers import HANGUL_DAYS, Quantity
from workbench.facts.told import ERAS
from workbench.facts.words import AND_A_HALF
from workbench.lang import CJK

MONTH = "month of the year"

# By what a share may be divided to be told otherwise: as a part of one, or of what is told per mille in per cent.
_SHARES = {"%": (100,), "‰": (10, 1000)}
_AROUND = 24  # letters: as far as what stands before or behind a number tells of it
_CLOCK = re.compile(
    r"\d{1,2}[ \u00a0\u202f]?(?:[:.hH点點]|[時时](?![间間])|시(?!간)|[ap]\.?m|Uhr|o'clock)"
    r"|(?:下午|午後|오후|晚上|上午|午前|오전) ?(?:\d{1,2}|[一二三四五六七八九十两兩]{1,3})"
)
_HOUR = re.compile(
    r"\d(?:[:.]\d\d)?[ \u00a0\u202f]?(?:h(?![a-zà-ÿ])|heures?|Uhr|o'clock|[ap]\.?m\b|[点點]|[時时](?![间間])|시(?!간))"
    r"|(?:las|às) \d{1,2}\.[0-5]\d|(?<![\d:])\d{1,2}:[0-5]\d(?![\d:])"
)
_CENTURY = re.compile(r"\s?(?:(?:st|nd|rd|th)[ -]centur|\. ?Jahrhundert|世[纪紀]|세기|e siècle|ème siècle)")
_OF_CENTURY = re.compile("世[纪紀]|세기")
_TEN_YEARS = re.compile(r"d[eé]cad|décenn|jahrzehnt", re.IGNORECASE)
_MANY_YEARS = re.compile(rf"\s?(?:({HUNDREDS_OF_YEARS})|{THOUSANDS_OF_YEARS})", re.IGNORECASE)
_DECADE = re.compile(r"(?:[-–~～〜至到] ?(?:\d\d)?\d0)?(?:['’]?s\b|er\b|년대| ?年代)")  # 1960~70년대
_DECADE_BEFORE = re.compile(
    r"(?:années|(?:década|décadas) de(?: los)?|de los|los años|\blos|anos)[ \u00a0]$", re.IGNORECASE
)
# At the age of 54.
_BY_YEARS = re.compile(r"\bage[ds]?(?: of)? $|[âa]ge de $|\bedad de $|\bidade de $|\bAlter von $")
_BY_YEARS_ENDS = ("age ", "aged ", "ages ", " of ", " de ", " von ")
# 1° de enero is no angle.
_ORDINAL = re.compile(
    r"° (?:de )?(?:ene|jan|f[eé][bv]|mar|a[bpv]r|ma[igy]|ju[ilnh]|ago|ao[uû]|se[pt]|o[cu]t|nov|d[eéi][cz])"
)
_SHARED = re.compile(r"\b(?:an?|one|une?|uma?|una|la|every|[Jj]ede[rsmn]?)[ \u00a0]$")
# Of a person, without a word for years: Miller, 54, turned 54, nobody under 54.
_AGED = re.compile(r"(?:\b(?:under|over|turn(?:ed|ing|s))|[a-z],|\bage[ds]?\b[^,.;]{0,16}) $", re.IGNORECASE)
# What may be an hour is none: at nine, already eleven.
_AGED_OR_TIMED = re.compile(r"\b(?:already|yet|at) $", re.IGNORECASE)
_AGE_ENDS = re.compile(r"[,;)]|\.(?!\d)|$| (?:when|and|or|pay|are|who|to|in|with|have|has|can|for)\b")
# 1995-96 ends in 1996.
_SAME_CENTURY = re.compile(r"(?<!\d)(1\d|20)\d\d[年년]?(?:[-–/~～〜] ?| ?(?:至|到|から|to|bis|à|a|에서|부터) ?)$")
_AND_SOME = re.compile(r" ?(?:[여余餘多数數几幾]|[人名件個回年日軒台頭羽本冊枚]余り)")
_SHORT_SCALE = re.compile(r" ?(k|mn?|bn?|tn)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(
    rf"(?: \w+)?(?:[ -]and[ -]a[ -]half| {AND_A_HALF['fr']}| {AND_A_HALF['es']}| {AND_A_HALF['pt']})\b"
)
_SHORT_YEAR = re.compile(r"(?<!\w)['’]$")
_TENTHS = ("割", "成", "할")
# The 64th year of Shōwa is no '64.
_ERA_BEFORE = re.compile(rf"(?:{'|'.join(ERAS)}) ?$")
_YEAR_BEHIND = re.compile(r" ?[年년](?![间間간代대])")
# The year of 12.11.74, and of 24.3.15, which Chinese, Japanese and Korean begin with.
_DATE_BEFORE = re.compile(r"(?<![\d./])\d{1,2}([./])\d{1,2}\1$")
_DATE_BEHIND = re.compile(r"([./])\d{1,2}\1\d{1,2}(?![\d./]\d)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a text states: `text[start:end]`.

    `meant`: the values that it may mean. `unit`: a unit of measures.py, MONTH, or "". `kind`: of disagreement.
    `is_plain`: so plainly a count (two digits and more, a decimal, an amount) that its absence elsewhere tells.
    `is_scaled`: in digits with a word or a sign for a power of ten: 1.5 million, 320万.
    """

    value: Decimal
    meant: frozenset[Decimal]
    unit: str
    kind: str
    start: int
    end: int
    is_plain: bool
    is_digits: bool = False
    is_scaled: bool = False

    @property
    def significant(self) -> tuple[int, ...]:
        """Its digits without zeros at either end: those of 1.5 million are those of 1.5."""
        return self.value.normalize().as_tuple().digits


class _Seen(NamedTuple):
    """A number as it stands in a text: `raw`, what is `before` and `behind`, and `near`, the few letters around it."""

    value: Decimal
    lang: str
    raw: str
    before: str
    behind: str
    near: str

    @property
    def is_digits(self) -> bool:
        return self.raw[:1].isdecimal()

    @property
    def is_scaled(self) -> bool:
        return self.is_digits and any(map(str.isalpha, self.raw))

    @property
    def is_ten_years(self) -> bool:
        return not self.raw.isdecimal() and _TEN_YEARS.search(self.raw) is not None


def stated(quantity: Quantity, text: str, lang: str, durations: Sequence[Span]) -> Stated:
    """A number with its unit and all that it may mean. `lang`: the primary subtag. `durations`: those of the text."""
    unit, start, end = _measured(quantity, text)
    seen = _seen(quantity, text, lang)
    unit = _unit(seen, unit)
    meant = frozenset({seen.value}.union(*[rule(seen) for rule in _RULES]))
    if unit in _SHARES:
        meant |= {seen.value / each for each in _SHARES[unit]}
    if quantity.unit == "month":
        unit, start, end = MONTH, quantity.start, quantity.end
    kind = "date" if quantity.unit in ("year", "month", "day") else "quantity" if unit else "number"
    is_plain = _is_plain(seen, quantity.unit, unit)
    item = Stated(seen.value, meant, unit, kind, start, end, is_plain, seen.is_digits, seen.is_scaled)
    during = "" if unit else _during(start, end, text, durations)
    return replace(item, unit=during, kind="quantity") if during else item


def has_unit(quantity: Quantity, text: str, lang: str, durations: Sequence[Span]) -> bool:
    """Whether it is stated with a unit: which takes far less than to find out all that it may mean."""
    return (
        quantity.unit == "month"
        or _unit(_seen(quantity, text, lang), _measured(quantity, text)[0]) != ""
        or _during(quantity.start, quantity.end, text, durations) != ""
    )


def _seen(quantity: Quantity, text: str, lang: str) -> _Seen:
    start, end = quantity.start, quantity.end
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return _Seen(quantity.value, lang, text[start:end], before, behind, text[max(0, start - 4) : end + 8])


def _measured(quantity: Quantity, text: str) -> tuple[str, int, int]:
    """The unit of measure, and what it spans with the number."""
    if _is_clocked(quantity.start, text) or _ORDINAL.match(text, quantity.end):
        return "", quantity.start, quantity.end
    return unit_at(text, quantity.start, quantity.end)


def _is_clocked(start: int, text: str) -> bool:
    """Whether a number stands behind a colon: what stands behind 2:05:12 hours is no unit of the seconds."""
    return text[start - 1 : start] == ":"


def _unit(seen: _Seen, measured: str) -> str:
    """The unit of measure, or what else tells that a number is years, days or hours."""
    if seen.is_ten_years:
        return "year"
    if seen.raw in HANGUL_DAYS:
        return "day"
    if measured:
        return measured
    if seen.before.endswith(_BY_YEARS_ENDS) and _BY_YEARS.search(seen.before):
        return "year"
    if seen.lang == "en" and _is_age(seen):
        return "age"
    if seen.behind[:1] in _TENTHS and 0 < seen.value < 10:
        return "tenth"
    return "hour" if _may_be_hour(seen) and _HOUR.search(seen.near) else ""


def _is_age(seen: _Seen) -> bool:
    if not (9 <= seen.value <= 110 and _AGE_ENDS.match(seen.behind)):
        return False
    return bool(_AGED.search(seen.before) or (seen.value > 12 and _AGED_OR_TIMED.search(seen.before)))


def _during(start: int, end: int, text: str, durations: Sequence[Span]) -> str:
    """The unit of time that stands behind a number."""
    if _is_clocked(start, text):
        return ""
    return next((span.unit for span in durations if span.start < end <= span.end), "")


def _is_plain(seen: _Seen, noted: str, unit: str) -> bool:
    """`noted`: the unit that numbers.py tells."""
    is_odd = noted == "left out" or seen.is_ten_years or (seen.value in (100, 1000) and not seen.is_digits)
    return not is_odd and (seen.value >= 10 or bool(seen.value % 1) or unit == "%" or noted == "month")


# What a number may mean besides its value, a rule a function.


def _marked_otherwise(seen: _Seen) -> Iterable[Decimal]:
    """1.500 and 1,500, whichever the country's decimal mark is."""
    is_marked = seen.is_digits and not seen.raw.isdecimal() and len(seen.raw) <= 40
    if is_marked and set(seen.raw) <= set("0123456789., \u00a0\u202f"):
        return {decimal_of(seen.raw, "en"), decimal_of(seen.raw, "fr")}
    return ()


def _years_of_an_age(seen: _Seen) -> Iterable[Decimal]:
    """The years of a century, told by its number or in Roman ones, and those of the decade, the 80s."""
    if _CENTURY.match(seen.behind) or (seen.raw.isalpha() and seen.raw.isupper()):
        return {(seen.value - 1) * 100 + year for year in range(100)}
    if _OF_CENTURY.search(seen.raw):  # 20世纪30年代
        return {seen.value % 100}
    if seen.value < 10_000 and seen.value % 10 == 0:
        is_decade = _DECADE.match(seen.behind) or _DECADE_BEFORE.search(seen.before)
        return {seen.value % 100, seen.value + 1900} if is_decade else ()
    return ()


def _decades(seen: _Seen) -> Iterable[Decimal]:
    """The last three decades, ten centuries, two millennia."""
    many = _MANY_YEARS.match(seen.behind)
    years = (100 if many[1] else 1000) if many else 10 if _TEN_YEARS.search(seen.behind) else 0
    return {seen.value * years} if years else ()


def _about(seen: _Seen) -> Iterable[Decimal]:
    """Ten and some are a dozen, forty and some four dozen: 10여 명, 20人余り, 四十余个."""
    return {seen.value * 6 / 5} if seen.value in (10, 20, 30, 40) and _AND_SOME.match(seen.behind) else ()


def _tenths(seen: _Seen) -> Iterable[Decimal]:
    return {10 * seen.value} if seen.behind[:1] in _TENTHS else ()


def _one_of(seen: _Seen) -> Iterable[Decimal]:
    """A fifth, jeder Fünfte."""
    is_share = seen.raw.isalpha() and 3 <= seen.value <= 20 and _SHARED.search(seen.before)
    return {1 / seen.value, 100 / seen.value} if is_share else ()


def _same_century(seen: _Seen) -> Iterable[Decimal]:
    century = _SAME_CENTURY.search(seen.before)
    return {seen.value + Decimal(century[1]) * 100} if century else ()


def _short_year(seen: _Seen) -> Iterable[Decimal]:
    """'95, 08年, 12.11.74."""
    if len(seen.raw) != 2 or not seen.raw.isdecimal() or _ERA_BEFORE.search(seen.before):
        return ()
    is_year = _SHORT_YEAR.search(seen.before) or _YEAR_BEHIND.match(seen.behind) or _DATE_BEFORE.search(seen.before)
    if not is_year and seen.lang in CJK:
        is_year = _DATE_BEHIND.match(seen.behind)
    return {seen.value + 1900, seen.value + 2000} if is_year else ()


def _first_year(seen: _Seen) -> Iterable[Decimal]:
    """The century that begins with a year: the 1800s."""
    return {seen.value / 100 + 1} if 1000 <= seen.value < 2100 and seen.value % 100 == 0 else ()


def _clock(seen: _Seen) -> Iterable[Decimal]:
    return on_the_clock(seen.value) if _may_be_hour(seen) else ()


def _and_a_half(seen: _Seen) -> Iterable[Decimal]:
    """Deux kilomètres et demi."""
    return {seen.value + Decimal("0.5")} if _AND_A_HALF.match(seen.behind) else ()


def _short_scale(seen: _Seen) -> Iterable[Decimal]:
    """$10m, 1.2m people, £2.5bn, 50k."""
    short = _SHORT_SCALE.match(seen.behind) if seen.is_digits else None
    return {seen.value * SHORT_SCALES[short[1].lower()]} if short else ()


def _article_of_law(seen: _Seen) -> Iterable[Decimal]:
    """조 is a trillion, or an article of a law."""
    return {seen.value / 10**12} if seen.lang == "ko" and seen.raw.endswith("조") else ()


_RULES: Sequence[Callable[[_Seen], Iterable[Decimal]]] = (
    _marked_otherwise, _years_of_an_age, _decades, _about, _tenths, _one_of, _same_century, _short_year, _first_year,
    _clock, _article_of_law, _short_scale, _and_a_half,
)  # fmt: skip


def _may_be_hour(seen: _Seen) -> bool:
    """Not what stands behind a colon, which is minutes, or the seconds of 26:17.53."""
    return not seen.before.endswith(":") and seen.value <= 24 and not seen.value % 1 and bool(_CLOCK.search(seen.near))


def on_the_clock(hour: Decimal) -> set[Decimal]:
    """An hour of the day on a clock of twelve and on one of twenty-four."""
    return {(hour + 12) % 24, hour % 12, Decimal(12) if hour in (0, 24) else hour}
