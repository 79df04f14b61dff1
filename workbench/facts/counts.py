"""Numbers, quantities and dates that a text states, and whatever else it may mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import zip_longest
from operator import attrgetter

from workbench.facts.days import (
    NEXT_MONTH,
    THIS_DAY,
    THIS_MONTH,
    THIS_YEAR,
    WEEKDAY,
    months,
    short_weekdays,
    weekdays,
)
from workbench.facts.digits import HAN_SCALES, decimal_of, sum_of
from workbench.facts.durations import DAYS, Span, may_tell, spans
from workbench.facts.loose import readings
from workbench.facts.measures import Amounts, is_measure, lacks_amount, same_unit, unit_at
from workbench.facts.numbers import Quantity, addresses, narrow, numbers
from workbench.facts.remembered import Remembered
from workbench.facts.stated import MONTH, Stated, has_unit, on_the_clock, stated
from workbench.facts.told import Told, told
from workbench.facts.vague import Some, measured, roughly
from workbench.facts.words import AND_A_HALF, number_words
from workbench.lang import CJK

_POWER = re.compile(r"[mM][23]$")  # of a metre, an area or a volume
_DIGITS = re.compile(r"(?=\d)(?<!\d)(?<!\d[.,])\d+(?:[.,'’\u00a0\u202f\u2009]\d+)*")
_RUN = re.compile(r"\d+")
_TO = re.compile(r"[ \u00a0]?(?:[-–~～〜、/]|至|到|から|to|bis|à|or|and|et|und|[aeyo]|ou|에서)[ \u00a0]?")
_TWO = 2  # of which a half may be every second
_POWERS = (1000, 10**4, 10**6, 10**8, 10**9)
_VAGUE = re.compile(r"dozen|docena|douzaine|dúzia|dutzend|[dv]i(?:z|ngt)aine|taine|cents?$", re.IGNORECASE)
# Of a day of the week, of those who are neither of two, of a base, or of teens: sexta-feira, third-party, 16진수, 10代.
_WORD_BEHIND = re.compile(
    r"-feiras?\b|[ -]part(?:y|ies)\b| ?진(?:[수법]| )|(?<=三)者|(?<=제3)[자국]|"
    r" ?進(?=[数法\s整浮文形]|の|と|で|リ|表|小)| ?[进進]制|(?<=(?<!\d)10)[代대]",
    re.IGNORECASE,
)
# Before the zero of a thermometer.
_ZERO_BEFORE = re.compile(r"(?:\b(?:below|above|unter|über|bajo|sobre)|dessous de|dessus de|abaixo de|acima de) $")
# Behind a two: more than one.
_OR_MORE = re.compile(r" ?(?:[개번명회]|가지|글자|[つ个個回度人名件個字種]|文字) ?(?:이상|以上)")
# Two neighbours that are a few, 二、三か月, but not days, months or years by name, or in order.
_FEW = re.compile(
    r"(?<![\d.、,，第제])([1-9一二三四五六七八九])[、,，] ?([1-9一二三四五六七八九])"
    r"(?![\d.、,，]| ?(?:[月월世세番번号호位위階층章장条조部부級급]"
    r"|日(?![間後前])|일|年(?![間前後])|년(?! ?[간전후뒤])))"
)
# 6·25: what Korean calls a war, a revolution or a feast by its date; 2인 1조: in pairs.
_NAMED_DAY = re.compile(r"(?<![\d·.])(?:3·1|4·3|4·19|5·16|5·18|6·10|6·25|8·15|12·12)(?![\d·.])|(?<=\d인 )1조")
# What stands before a unit where one of it is meant, and the units that are no other words there.
_ONE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:an?|one|per|each|every|nearest)(?= (?!other))", re.IGNORECASE),
    "fr": re.compile(r"\b(?:une?|par|chaque)(?= )", re.IGNORECASE),
    "de": re.compile(r"\b(?:eine?[mnrs]?|pro|je|jede[mnrs]?)(?= )", re.IGNORECASE),
    "es": re.compile(r"\b(?:una?|por|cada|al)(?= )", re.IGNORECASE),
    "pt": re.compile(r"\b(?:uma?|por|cada|ao)(?= )", re.IGNORECASE),
    "ja": re.compile(r"(?<![十百千万億第月数二])一"),
    "ko": re.compile(r"(?<![가-힣])[한일](?= )"),
}
SAID_OF_ONE = frozenset("km m cm mm mile kg hour minute day week month year USD EUR".split())  # noqa: SIM905
_PART_OF_ONE = re.compile(r"\b(?:(quarter of )|half (?:of )?)(?:an? )?[a-z]+$|[半반] ?\S+$")
_SAYS_HALVES = re.compile(r"half|final|준준결승|halb|½| y medi[ao]| e mei[ao]|[Jj]ede\w [Zz]weit")
_HALF_BEHIND = re.compile(f"半|반|个半|個半| (?:{'|'.join(AND_A_HALF[lang] for lang in ('en', 'fr', 'es', 'pt'))})")
_HALF = Decimal("0.5")


class Text:
    """What one text counts, with plain digits.

    `numbers`: those that it states by themselves; `spans`: of time; `weekdays`: the days of the week that it names. All
    else is read when asked for: of texts that state the same little more is.
    """

    def __init__(self, text: str, lang: str) -> None:
        """`lang`: the primary subtag."""
        self.text, self.lang = narrow(text), lang
        self.spans = spans(self.text, lang)
        self.weekdays = tuple(weekdays(self.text, lang))
        sure = numbers(text, lang)
        self._found = (*sure, *_left_out(self.text, sure))
        self.numbers = frozenset([quantity.value for quantity in self._found])

    @property
    def names_days(self) -> bool:
        """Whether it names a month or a day of the week."""
        return bool(self.weekdays) or "month" in [quantity.unit for quantity in self._found]

    @cached_property
    def has_units(self) -> bool:
        """Whether any of its numbers may have a unit."""
        return any(has_unit(quantity, self.text, self.lang, self.spans) for quantity in self._found)

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """What it states, in order."""
        items = sorted([*self._items, *self.weekdays], key=attrgetter("start"))
        return tuple(_ranges(items, self.text, self.lang))

    @cached_property
    def values(self) -> frozenset[Decimal]:
        """Its numbers for sure."""
        numbers = [quantity.value for quantity in self._found if quantity.start not in self._retold]
        return frozenset(numbers).union(*(other.values for other in self._told))

    @cached_property
    def meant(self) -> frozenset[Decimal]:
        """Those, and the years and sums that they mean."""
        return self.values.union(*map(_more, self._items))

    @cached_property
    def hours(self) -> frozenset[Decimal]:
        """The hours that those on a clock of twelve, or of twenty-four, may mean."""
        return frozenset().union(*(item.meant for item in self._items if item.unit == "hour"))

    @property
    def surely(self) -> frozenset[Decimal]:
        """Every value that something in it may mean, but for years of centuries and the like."""
        text, retold = self.text, self._retold
        literal = "".join(" " if at in retold else ch for at, ch in enumerate(text)) if retold else text
        return readings(literal, self.lang, self.values)

    @property
    def readings(self) -> frozenset[Decimal]:
        """Every value that something in it may mean."""
        return self.surely | self.meant

    @cached_property
    def _told(self) -> tuple[Told, ...]:
        may_tell = self._found or self.lang in ("zh", "ja") or _SAYS_HALVES.search(self.text)
        return told(self.text, self.lang) if may_tell else ()

    @cached_property
    def _retold(self) -> frozenset[int]:
        """Where numbers stand that mean nothing by themselves."""
        return frozenset(at for other in self._told if other.instead for at in range(other.start, other.end))

    @property
    def retells(self) -> bool:
        """Whether a number in it means nothing by itself."""
        return bool(self._retold)

    @cached_property
    def _items(self) -> list[Stated]:
        """What it states in numbers, each by itself."""
        uncounted = _uncounted(self.text, self.lang)
        counted = (quantity for quantity in self._found if not _is_no_count(quantity, self.text, uncounted))
        items = [stated(quantity, self.text, self.lang, self.spans) for quantity in counted]
        return _with_told(items, self._told, self._retold)


@dataclass(frozen=True)
class Counts:
    """What texts state, and whatever else they may mean; the places of what is stated are those in its own text."""

    texts: tuple[Text, ...]

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        return tuple(item for text in self.texts for item in text.stated)

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for text in self.texts for span in text.spans)

    @property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers that the texts state by themselves."""
        return frozenset().union(*[text.numbers for text in self.texts])

    @property
    def names_days(self) -> bool:
        """Whether they name a month or a day of the week."""
        return any(text.names_days for text in self.texts)

    @property
    def retells(self) -> bool:
        """Whether a number in them means nothing by itself."""
        return any(text.retells for text in self.texts)

    @cached_property
    def readings(self) -> frozenset[Decimal]:
        """Every value that something in the texts may mean."""
        return frozenset().union(*(text.readings for text in self.texts))

    def names(self, value: Decimal) -> bool:
        """Whether something in the texts may mean the value itself, and not only a century or decade that it is in."""
        return any(value in text.values or value in text.surely for text in self.texts)

    @cached_property
    def months(self) -> frozenset[Decimal]:
        named = self._all(MONTH).union(*(months(text.text.lower(), text.lang) for text in self.texts))
        if not named or not any(NEXT_MONTH.search(text.text) for text in self.texts):
            return named
        return named.union(*([(month + 10) % 12 + 1, month % 12 + 1] for month in named))

    @cached_property
    def hours(self) -> frozenset[Decimal]:
        return frozenset().union(*(text.hours for text in self.texts))

    @cached_property
    def tells_month(self) -> bool:
        """Whether a month is told by the one in which something was written: last month."""
        return any(THIS_MONTH.search(text.text) for text in self.texts)

    @cached_property
    def tells_day(self) -> bool:
        """Whether a day is told by the one on which something was written: yesterday."""
        return any(THIS_DAY.search(text.text) for text in self.texts)

    @cached_property
    def tells_year(self) -> bool:
        """Whether a year is told by the one in which something was written, and none by its number: last year."""
        return any(THIS_YEAR.search(text.text) for text in self.texts) and not any(map(is_year, self.stated))

    @cached_property
    def weekdays(self) -> frozenset[Decimal]:
        """1 is Monday."""
        named = self._all(WEEKDAY)
        return named.union(*(short_weekdays(text.text, text.lang) for text in self.texts)) if named else named

    @cached_property
    def ones(self) -> list[Stated]:
        """What the texts say one of, in a number or without: 1 metre, a metre, per day."""
        ones = [item for item in self.stated if item.value == 1 and item.unit in SAID_OF_ONE]
        return [*ones, *(one for text in self.texts for one in _ones(text.text, text.lang))]

    @cached_property
    def units_of_one(self) -> frozenset[str]:
        return frozenset(one.unit for one in self.ones)

    @cached_property
    def knows_words(self) -> bool:
        """Whether the words for numbers of all its languages are known."""
        return all(text.lang in CJK or number_words(text.lang) for text in self.texts)

    @cached_property
    def significant(self) -> frozenset[tuple[int, ...]]:
        """The digits of what is stated, without zeros at either end."""
        return frozenset(item.significant for item in self.stated)

    @cached_property
    def scaled(self) -> frozenset[tuple[int, ...]]:
        """The same of what has a word for a power of ten."""
        return frozenset(item.significant for item in self.stated if item.is_scaled)

    def _all(self, unit: str) -> frozenset[Decimal]:
        return frozenset(item.value for item in self.stated if item.unit == unit)

    def may_mean(self, values: frozenset[Decimal]) -> bool:
        """Whether something in the texts may mean one of some values."""
        return not all(values.isdisjoint(text.meant) and values.isdisjoint(text.surely) for text in self.texts)

    def within(self, start: int, end: int) -> Iterator[Stated]:
        """What ends between two places of the only text."""
        ends, items = self._by_end
        return (items[at] for at in range(bisect_left(ends, start), bisect_right(ends, end)))

    @cached_property
    def _by_end(self) -> tuple[list[int], list[Stated]]:
        items = sorted(self.stated, key=attrgetter("end"))
        return [item.end for item in items], items

    @cached_property
    def amounts(self) -> Amounts:
        """What is stated, with its unit or without."""
        return Amounts((float(item.value), item.unit) for item in self.stated)

    @cached_property
    def measured(self) -> Amounts:
        """The amounts with a unit, also those that are told in words."""
        halves = ((item.value + _HALF, item.unit) for item in self.stated if item.value + _HALF in item.meant)
        amounts = (*((item.value, item.unit) for item in self.stated), *halves)
        return Amounts([*((float(value), unit) for value, unit in amounts if unit), *_amounts(self)])

    @cached_property
    def by_value(self) -> Mapping[Decimal, Mapping[str, Stated]]:
        """The first of what is stated, by value and unit."""
        found: dict[Decimal, dict[str, Stated]] = {}
        for item in self.stated:
            found.setdefault(item.value, {}).setdefault(item.unit, item)
        return found

    @cached_property
    def sizes(self) -> Sequence[float]:
        """The readings in order."""
        return sorted({float(value) for value in self.readings})

    @cached_property
    def lacks_amount(self) -> Mapping[str, bool]:
        """Whether a unit stands in one of the texts without a number before it, by unit."""
        return Remembered(lambda unit: any(lacks_amount(text.text, unit) for text in self.texts))

    @cached_property
    def may_tell_time(self) -> Mapping[str, bool]:
        """Whether one of the texts may tell of a unit of time in any way, by unit."""
        return Remembered(lambda unit: any(may_tell(unit, text.text, text.lang) for text in self.texts))

    @cached_property
    def may_tell(self) -> Mapping[str, bool]:
        """Whether the texts may tell of a unit, by unit."""
        units = {item.unit for item in (*self.stated, *self.ones)}
        return Remembered(
            lambda unit: (unit in DAYS and self.may_tell_time[unit]) or any(same_unit(unit, own) for own in units)
        )


# A passage is held against those of several versions, and by several who ask.
@lru_cache(maxsize=2048)
def counts(text: str, lang: str) -> Counts:
    """`lang`: the primary subtag. Linear in the text; never raises."""
    return Counts((Text(text, lang),))


def _with_told(items: Iterable[Stated], others: Iterable[Told], retold: frozenset[int]) -> list[Stated]:
    """With what each means together with what stands around it, and nothing else at the places `retold`.

    What tells of a part tells as plainly as a larger number.
    """
    more: dict[int, frozenset[Decimal]] = {}
    for other in others:
        for at in range(other.start, other.end):
            more[at] = more.get(at, frozenset()) | other.values
    nothing = frozenset[Decimal]()
    return [
        replace(
            item,
            meant=more[item.start] | (nothing if item.start in retold else item.meant),
            is_plain=item.is_plain or _tells_part(item, more[item.start]),
        )
        if item.start in more
        else item
        for item in items
    ]


def _tells_part(item: Stated, told: Collection[Decimal]) -> bool:
    """Whether a number is part of a share, 4分の3, or of so many and a half, 2時間半."""
    return any((0 < value < 1 and item.value > _TWO) or (value > 1 and value % 1 == _HALF) for value in told)


def _more(item: Stated) -> set[Decimal]:
    """The years that a century or a decade may mean, and the sum that is cut short: $10m."""
    return {
        value
        for value in item.meant
        if (value >= 100 > item.value and value < 2100) or (item.unit.isupper() and value >= 1000 * item.value > 0)
    }


def _uncounted(text: str, lang: str) -> frozenset[int]:
    """Where numbers of Chinese, Japanese and Korean stand that are vague, or part of a name."""
    if lang not in CJK:
        return frozenset()
    few = (match for match in _FEW.finditer(text) if Decimal(1) == sum_of(match[2]) - sum_of(match[1]))
    named = _NAMED_DAY.finditer(text) if lang == "ko" else ()
    return frozenset(at for match in (*few, *named) for at in range(*match.span()))


def _is_no_count(quantity: Quantity, text: str, uncounted: frozenset[int]) -> bool:
    """Whether a number is a vague one, or only part of a word."""
    if quantity.start in uncounted:
        return True
    if not quantity.value and _ZERO_BEFORE.search(text[max(0, quantity.start - 16) : quantity.start]):
        return True
    is_part = _WORD_BEHIND.match(text, quantity.end) or (quantity.value == 2 and _OR_MORE.match(text, quantity.end))
    return bool(is_part or _VAGUE.search(text[quantity.start : quantity.end]))


def _ranges(items: Sequence[Stated], text: str, lang: str) -> Iterator[Stated]:
    """With what a range says behind its second number at its first too: 7 to 15 cm, two to three million, 2 to 5 pm."""
    for item, after in zip_longest(items, items[1:]):
        if not after or item.unit or not _TO.fullmatch(text[item.end : after.start]):
            yield item
            continue
        has_scale = text[item.end - 1] in HAN_SCALES
        powers = () if has_scale else _POWERS  # 3万から5億 begins with thirty thousand
        meant = item.meant.union(item.value * power for power in powers if power <= after.value)
        if after.unit == "hour" and len(after.meant) > 1 and item.is_digits:
            meant |= on_the_clock(item.value)
        is_month = lang in CJK and after.unit == MONTH and item.kind == "number"
        is_measured = is_measure(after.unit) and not is_year(item)  # from 46 % in 2018 to 58 %
        like = after if is_month or is_measured else item
        yield replace(item, meant=meant, unit=like.unit, kind=like.kind)


def all_counts(parts: Sequence[Counts]) -> Counts:
    """What several texts state and may mean together."""
    return parts[0] if len(parts) == 1 else Counts(tuple(text for part in parts for text in part.texts))


def _left_out(text: str, sure: Sequence[Quantity]) -> Iterator[Quantity]:
    """Digits that are no counts: times of day, versions, parts of names. Addresses excepted."""
    if not _has_digits_besides(text, sure):  # most
        return
    taken = sorted([*((q.start, q.end) for q in sure), *addresses(text)])
    i = 0
    for match in _DIGITS.finditer(text):
        # TLS1.3 has one number.
        is_decimal = match[0].count(".") == 1 and match[0].replace(".", "").isdecimal()
        is_joined = is_decimal and text[max(0, match.start() - 1) : match.start()].isalpha()
        for run in [match] if is_joined else _RUN.finditer(text, *match.span()):
            start, end = run.span()
            while i < len(taken) and taken[i][1] <= start:
                i += 1
            is_free = i == len(taken) or end <= taken[i][0]
            is_free &= not _POWER.search(text, max(0, start - 2), end)
            if is_free and end - start <= 20 and text[start:end].strip("0."):  # 11:00 is eleven
                yield Quantity(decimal_of(text[start:end], "en"), "left out", start, end)


def _has_digits_besides(text: str, sure: Sequence[Quantity]) -> bool:
    end = 0
    for quantity in sure:
        if _RUN.search(text, end, quantity.start):
            return True
        end = quantity.end
    return _RUN.search(text, end) is not None


def is_year(item: Stated) -> bool:
    return item.kind == "date" and item.is_digits and item.value >= 1000


def _amounts(there: Counts) -> Iterator[tuple[float, str]]:
    """The amounts that are told in words, too: a mile, half an hour, a day and a half."""
    for text in there.texts:
        each = counts(text.text, text.lang)
        amounts: tuple[Span | Some, ...] = (
            *each.spans,
            *measured(text.text, text.lang),
            *roughly(text.text, text.lang),
            *_of_one(text.text, text.lang),
        )
        yield from ((value, amount.unit) for amount in amounts for value in values_of(amount, each))


@lru_cache(maxsize=2048)
def _ones(text: str, lang: str) -> tuple[Stated, ...]:
    """What a text says one of without a number: a metre, per day."""
    one = Decimal(1)
    return tuple(
        Stated(one, frozenset([one]), some.unit, "quantity", some.start, some.end, False)
        for some in _of_one(text, lang)
        if some.unit in SAID_OF_ONE
    )


def _of_one(text: str, lang: str) -> Iterator[Some]:
    found = (unit_at(text, *match.span()) for match in _ONE[lang].finditer(text)) if lang in _ONE else ()
    return (Some(*each) for each in found if each[0])


def values_of(amount: Span | Some, counts: Counts) -> list[float]:
    """The numbers that stand in an amount of the only text; 1 where there is none: a mile, the year."""
    (text,) = counts.texts
    values = frozenset(value for item in counts.within(amount.start, amount.end) for value in item.meant)
    values = values or readings(text.text[amount.start : amount.end], text.lang, frozenset())
    numbers = [float(value) for value in values]
    if _HALF_BEHIND.match(text.text, amount.end):
        return [value + 0.5 for value in numbers or [1.0]]
    part = _PART_OF_ONE.search(text.text[max(0, amount.start - 12) : amount.end]) if not numbers else None
    return numbers or [0.25 if part and part[1] else 0.5 if part else 1.0]
