"""Numbers, quantities and dates that one text states and another cannot mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import zip_longest
from operator import attrgetter

from workbench.facts.digits import HAN_SCALES, decimal_of, sum_of
from workbench.facts.durations import DAYS, Span, is_same_span, may_tell, spans
from workbench.facts.loose import readings
from workbench.facts.measures import Amounts, is_measure, is_same_amount, lacks_amount, same_unit, says, unit_at
from workbench.facts.numbers import Quantity, addresses, narrow, numbers
from workbench.facts.remembered import Remembered, of_each_word
from workbench.facts.stated import MONTH, Stated, has_unit, on_the_clock, stated
from workbench.facts.told import Told, told
from workbench.facts.vague import Magnitude, Some, is_far, magnitudes, measured, roughly
from workbench.facts.words import WEEKDAYS
from workbench.lang import CJK

_POWER = re.compile(r"[mM][23]$")  # of a metre, an area or a volume
_DIGITS = re.compile(r"(?=\d)(?<!\d)(?<!\d[.,])\d+(?:[.,'’\u00a0\u202f\u2009]\d+)*")
_RUN = re.compile(r"\d+")
_TO = re.compile(r"[ \u00a0]?(?:[-–~～〜、/]|至|到|から|to|bis|à|or|and|et|und|[aeyo]|ou|에서)[ \u00a0]?")
_DAYS_OF_MONTH = 31
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
_SAID_OF_ONE = frozenset("km m cm mm mile kg hour minute day week month year USD EUR".split())  # noqa: SIM905
# Behind digits a day, month or minute of a date or clock; ages, and the 1st day, are told by a number alone.
_NO_SPAN = re.compile(r"(?:[年日년일]|(?<![かヶカケ个個])月)$|^\d+(?:st|nd|rd|th)\b")
_SPAN_BEHIND = re.compile(r"(?<=[日일])[間间后後]|(?<=日)以?[内內]")
_CLOCKED = re.compile(r"[点點时時시] ?\d?$")
_PART_OF_ONE = re.compile(r"\b(?:(quarter of )|half (?:of )?)(?:an? )?[a-z]+$|[半반] ?\S+$")
_SAYS_HALVES = re.compile(r"half|halb|½| y medi[ao]| e mei[ao]|[Jj]ede\w [Zz]weit")
_HALF_BEHIND = re.compile("半|반|个半|個半| and a half| et demie?| y medi[ao]| e mei[ao]")
_HALF = Decimal("0.5")
_WEEKDAY = "day of the week"
_THIS_YEAR = re.compile(
    r"\b(?:this|last|next|previous|following) year|\byear (?:ago|earlier|later)|"
    r"\bl['’]an (?:dernier|prochain)|\bcette année|\bl['’]année (?:dernière|prochaine|suivante)|"
    r"\b(?:letzte|nächste|diese|vorige|vergangene)[sn]? jahr|\b(?:este|pr[oó]ximo) a[nñ]o|"
    r"\ba[nñ]o (?:pasado|passado|que v)|[去今明昨来本前翌]年|작년|올해|내년|지난해|이듬해",
    re.IGNORECASE,
)
_THIS_DAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|hier|aujourd['’]hui|gestern|heute|ayer|hoy|ontem|hoje)\b|"
    r"[昨今明][天日]|本日|어제|오늘|내일",
    re.IGNORECASE,
)
_BY_DATE = re.compile(r"(?:\d{1,2} ?[月월] ?)?\d{1,2} ?[日号號일](?![間间간内內])")
_THIS_MONTH = re.compile(
    r"\b(?:this|last|next) month|\bquarter\b|\bhalf(?: of the)? year|"
    r"\bmois (?:dernier|prochain)|\bce mois|(?:letzte|nächste|diese)[nrms]* Monat|"
    r"\b(?:este|pr[oó]ximo) m[eê]s|\bm[eê]s (?:pasado|passado|que v)|[上下本这這][个個]?月|[先今来]月|"
    r"(?:지난|이번|다음) ?달|四半期|[上下]半?期|분기|[상하]반기",
    re.IGNORECASE,
)


class Text:
    """What one text counts, with plain digits.

    `numbers`: those that it states by themselves; `spans`: of time; `weekdays`: the days of the week that it names. All
    else is read when asked for: of texts that state the same little more is.
    """

    def __init__(self, text: str, lang: str) -> None:
        """`lang`: the primary subtag."""
        self.text, self.lang = narrow(text), lang
        self.spans = spans(self.text, lang)
        self.weekdays = tuple(_weekdays(self.text, lang))
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
        return self._all(MONTH).union(*(_months(text.text.lower(), text.lang) for text in self.texts))

    @cached_property
    def hours(self) -> frozenset[Decimal]:
        return frozenset().union(*(text.hours for text in self.texts))

    @cached_property
    def tells_month(self) -> bool:
        """Whether a month is told by the one in which something was written: last month."""
        return any(_THIS_MONTH.search(text.text) for text in self.texts)

    @cached_property
    def tells_day(self) -> bool:
        """Whether a day is told by the one on which something was written: yesterday."""
        return any(_THIS_DAY.search(text.text) for text in self.texts)

    @cached_property
    def tells_year(self) -> bool:
        """Whether a year is told by the one in which something was written, and none by its number: last year."""
        return any(_THIS_YEAR.search(text.text) for text in self.texts) and not any(map(_is_year, self.stated))

    @cached_property
    def weekdays(self) -> frozenset[Decimal]:
        """1 is Monday."""
        return self._all(_WEEKDAY)

    @cached_property
    def ones(self) -> list[Stated]:
        """What the texts say one of, in a number or without: 1 metre, a metre, per day."""
        ones = [item for item in self.stated if item.value == 1 and item.unit in _SAID_OF_ONE]
        return [*ones, *(one for text in self.texts for one in _ones(text.text, text.lang))]

    @cached_property
    def units_of_one(self) -> frozenset[str]:
        return frozenset(one.unit for one in self.ones)

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

    The numbers of a share, 4分の3, tell as plainly as larger ones.
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
            is_plain=item.is_plain or (item.value > _TWO and any(0 < value < 1 for value in more[item.start])),
        )
        if item.start in more
        else item
        for item in items
    ]


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
        is_year = _is_year(item)  # from 46 % in 2018 to 58 %
        like = after if is_month or (is_measure(after.unit) and not is_year) else item
        yield replace(item, meant=meant, unit=like.unit, kind=like.kind)


_HAN_WEEKDAY = re.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![年天日个個次位间間])")


@cache
def _weekday_pattern(lang: str) -> re.Pattern[str]:
    word = rf"({'|'.join(WEEKDAYS[lang].split())})"
    return _HAN_WEEKDAY if lang == "zh" else re.compile(word if lang in CJK else rf"\b{word}")


@of_each_word
def _naming_weekday(word: str, lang: str) -> bool:
    return lang in WEEKDAYS and bool(_weekday_pattern(lang).search(word.lower()))


def _weekdays(text: str, lang: str) -> Iterator[Stated]:
    """The days of the week named; in Portuguese without those that are called by a number alone."""
    if lang not in WEEKDAYS or (lang not in CJK and not _naming_weekday(text, lang)):
        return
    names, lower = WEEKDAYS[lang].split(), text.lower()
    for match in _weekday_pattern(lang).finditer(lower) if len(lower) == len(text) else ():
        value = Decimal(names.index(match[1].replace("天", "日")) + 1)
        yield Stated(value, frozenset([value]), _WEEKDAY, "date", *match.span(), False)


# How the names of the months begin.
_MONTHS = {
    "ko": "일월 이월 삼월 사월 오월 유월 칠월 팔월 구월 시월 십일월 십이월",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "fr": "janv févr mars avri mai juin juil août sept octo nove déce",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
    "es": "ener febr marz abri mayo juni juli agos sept octu novi dici",
    "pt": "jane feve març abri maio junh julh agos sete outu nove deze",
}


@cache
def _month_pattern(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:mid-)?({'|'.join(_MONTHS[lang].split())})")


# Days by name, and the ends of the year, with the months in which they are.
_FEASTS: Mapping[str, tuple[int, ...]] = {
    "christmas|boxing day|クリスマス|크리스마스|성탄|圣诞|聖誕|noël|weihnacht|navidad|大みそか|大晦日|"
    "年末|연말|섣달": (12,),
    "new year|年明け|年始|新年|正月|元[日旦]|새해|설날|신년|연초|내년 초|"
    "nouvel an|neujahr|silvester|año nuevo|ano novo": (1, 12),
    "april fool|エイプリルフール|만우절|愚人[节節]": (4,),
    "halloween|ハロウィ|핼러윈|할로윈|万圣|萬聖": (10,),
    "valentine|バレンタイン|밸런타인|발렌타인|情人[节節]": (2,),
    "may day|メーデー|노동절": (5,),
}  # fmt: skip
_FEAST = re.compile("|".join(f"({names})" for names in _FEASTS))


def _months(lower: str, lang: str) -> Iterator[Decimal]:
    """Every month that a word may name, misspelt or cut short, or by a feast."""
    for match in _FEAST.finditer(lower):
        yield from map(Decimal, list(_FEASTS.values())[(match.lastindex or 1) - 1])
    if lang in _MONTHS:
        stems = _MONTHS[lang].split()
        for match in _month_pattern(lang).finditer(lower):
            yield Decimal(stems.index(match[1]) + 1)


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


def same_numbers(a: Counts, b: Counts) -> bool:
    """Whether each of two sides states every number of the other by itself, and neither names a month or a day.

    Then neither has anything unmatched: a number means itself, unless what stands around it says otherwise, and only
    months and days may still differ.
    """
    return a.numbers == b.numbers and not (a.names_days or b.names_days or a.retells or b.retells)


def unmatched(here: Counts, there: Counts) -> list[Stated]:
    """What the first text states and no reading of the second can mean; n log n in what they state."""
    years_differ = _has_other_year(here, there) and _has_other_year(there, here)
    # Units of which the other text has an amount to itself.
    units = Remembered(
        lambda unit: any(other.unit == unit and other.meant.isdisjoint(here.readings) for other in there.stated)
    )
    missing = [item for item in here.stated if not _is_meant(item, there, years_differ)]
    if missing and _tells_day_alone(there, here):
        missing = [item for item in missing if not _is_by_date(item, here)]
    return [item for item in missing if not _elsewhere(item, there, units)]


def _tells_day_alone(there: Counts, here: Counts) -> bool:
    """Whether a text has a day of the week, or today, that another has not, and no month or small number of its own."""
    if here.weekdays or not (there.weekdays or there.tells_day) or any(item.unit == MONTH for item in there.stated):
        return False
    counted = (item for item in there.stated if item.unit != _WEEKDAY and item.value <= _DAYS_OF_MONTH)
    return all(not item.meant.isdisjoint(here.readings) for item in counted)


def _is_by_date(item: Stated, here: Counts) -> bool:
    """Whether it is the date of a day in the only text, 12日 or 3月12日, which English papers call Friday."""
    (text,) = here.texts
    return _BY_DATE.match(text.text, item.start) is not None


def _is_meant(item: Stated, there: Counts, years_differ: bool) -> bool:
    """Whether a reading of a text can mean what another states. `years_differ`: each has a year to itself."""
    if item.unit == MONTH and (there.months or there.tells_month):
        return not (there.months and item.meant.isdisjoint(there.months))
    if _is_year(item) and there.tells_year:
        return True
    if item.unit == _WEEKDAY:
        return not item.meant.isdisjoint(there.weekdays or item.meant)  # often left out, or put as a date
    if item.unit in ("", "hour") and not item.meant.isdisjoint(there.hours):
        return True
    return there.may_mean(item.meant) and not (years_differ and _is_other_year(item, there))


def _has_other_year(here: Counts, there: Counts) -> bool:
    return any(_is_other_year(item, there) for item in here.stated)


def _is_other_year(item: Stated, there: Counts) -> bool:
    """Whether it is a year of which another text tells the century at most."""
    return _is_year(item) and not there.names(item.value)


def _is_year(item: Stated) -> bool:
    return item.kind == "date" and item.is_digits and item.value >= 1000


def _elsewhere(item: Stated, there: Counts, units: Mapping[str, bool]) -> bool:
    """Whether the other text has the amount in other units, and not this unit with another amount or with none.

    `units`: whether it has an amount of a unit to itself.
    """
    if there.amounts.has_same_warmth(float(item.value), item.unit):
        return True
    if not item.unit or not any(there.measured.has_same(float(value), item.unit) for value in item.meant):
        return False
    return not units[item.unit] and not there.lacks_amount[item.unit]


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
        yield from ((value, amount.unit) for amount in amounts for value in _values(amount, each))


def other_units(here: Counts, there: Counts) -> Iterator[tuple[Stated, Stated]]:
    """The same number in both with different units: five miles, five kilometres."""
    if not any(text.has_units for text in here.texts):  # most
        return
    for item in here.stated:
        others = there.by_value.get(item.value, {})
        if item.unit in ("", MONTH, _WEEKDAY) or any(same_unit(item.unit, unit) for unit in others):
            continue
        # Another unit of this number there, which it does not have here.
        own = here.by_value[item.value]
        units = (unit for unit in others if unit not in ("", MONTH, _WEEKDAY))
        strange = [others[unit] for unit in units if not any(same_unit(unit, each) for each in own)]
        if not strange and item.value == 1:
            strange = _other_ones(item, here, there)
        if strange:
            yield item, strange[0]


def _other_ones(item: Stated, here: Counts, there: Counts) -> list[Stated]:
    """What the second text says one of, but nothing in the first may tell of, while nothing there tells of the item."""
    return [] if there.may_tell[item.unit] else [one for one in there.ones if not here.may_tell[one.unit]]


def says_one(item: Stated, here: Counts, there: Counts) -> bool:
    """Whether the second text says one where the first says more: a metre, 2 metres."""
    return item.unit in _SAID_OF_ONE and item.unit in there.units_of_one - here.units_of_one


@lru_cache(maxsize=2048)
def _ones(text: str, lang: str) -> tuple[Stated, ...]:
    """What a text says one of without a number: a metre, per day."""
    one = Decimal(1)
    return tuple(
        Stated(one, frozenset([one]), some.unit, "quantity", some.start, some.end, False)
        for some in _of_one(text, lang)
        if some.unit in _SAID_OF_ONE
    )


def _of_one(text: str, lang: str) -> Iterator[Some]:
    found = (unit_at(text, *match.span()) for match in _ONE[lang].finditer(text)) if lang in _ONE else ()
    return (Some(*each) for each in found if each[0])


def strange_spans(here: Counts, there: Counts) -> list[Span]:
    """The spans of time in units of which nothing in the other text may tell."""
    return [span for span in here.spans if not there.may_tell_time[span.unit]]


def surely_measured(here: Counts, there: Counts) -> list[Span]:
    """The spans of time that the first text counts in digits and of which nothing in the second may tell."""
    (text,) = here.texts
    return [
        span
        for span in strange_spans(here, there)
        if span.unit != "year"
        and (span.unit != "hour" or text.lang not in ("fr", "es", "pt"))  # where a clock has hours too
        and any(item.is_digits for item in here.within(span.start, span.end))
        and (
            not _NO_SPAN.search(text.text[span.start : span.end]) or _SPAN_BEHIND.match(text.text, span.end) is not None
        )
        and not _CLOCKED.search(text.text[max(0, span.start - 3) : span.start])
        and not any(may_be_same(span, here, unit, there) for unit in {other.unit for other in there.spans})
    ]


def strange_measures(here: Counts, there: Counts) -> list[Some]:
    """What the first text, the only one, measures in units of which no word stands in the other."""
    (text,) = here.texts
    found = measured(text.text, text.lang)
    units = {some.unit for some in found}
    strange = {unit for unit in units if not any(says(other.text, unit) for other in there.texts)}
    return [some for some in found if some.unit in strange]


def may_be_converted(some: Some, here: Counts, unit: str, there: Counts) -> bool:
    """Whether an amount of the first may be one of another unit in the second: 8 km, five miles; a mile, 1.6 km."""
    return any(is_same_amount(value, some.unit, there.sizes, unit) for value in _values(some, here))


def magnitudes_apart(here: Counts, there: Counts) -> tuple[Magnitude, Magnitude] | None:
    """A vague magnitude of the first text, the only one, and one of the second that nothing in the other comes near."""
    (text,), (other,) = here.texts, there.texts
    sides = (magnitudes(text.text, text.lang), there), (magnitudes(other.text, other.lang), here)
    if not (sides[0][0] and sides[1][0]) or not all(is_far(a, b) for a in sides[0][0] for b in sides[1][0]):
        return None
    one, another = (next((each for each in found if not _tells(each, side)), None) for found, side in sides)
    return (one, another) if one and another else None


def _tells(magnitude: Magnitude, counts: Counts) -> bool:
    return any(magnitude.low <= item.value < magnitude.high for item in counts.stated)


def may_be_same(span: Span, here: Counts, unit: str, there: Counts) -> bool:
    """Whether a span may be one in another unit: half an hour, thirty minutes."""
    return any(
        is_same_span(value, span.unit, others, unit) for value in _values(span, here) for others in ([1.0], there.sizes)
    )


def _values(amount: Span | Some, counts: Counts) -> list[float]:
    """The numbers that stand in an amount of the only text; 1 where there is none: a mile, the year."""
    (text,) = counts.texts
    values = frozenset(value for item in counts.within(amount.start, amount.end) for value in item.meant)
    values = values or readings(text.text[amount.start : amount.end], text.lang, frozenset())
    numbers = [float(value) for value in values]
    if _HALF_BEHIND.match(text.text, amount.end):
        return [value + 0.5 for value in numbers or [1.0]]
    part = _PART_OF_ONE.search(text.text[max(0, amount.start - 12) : amount.end]) if not numbers else None
    return numbers or [0.25 if part and part[1] else 0.5 if part else 1.0]
