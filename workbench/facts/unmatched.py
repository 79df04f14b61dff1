"""Numbers, quantities and dates that one text states and another cannot mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workbench.facts.counts import SAID_OF_ONE, Counts, is_year, values_of
from workbench.facts.days import WEEKDAY
from workbench.facts.durations import Span, is_same_span
from workbench.facts.measures import is_same_amount, same_unit, says
from workbench.facts.remembered import Remembered
from workbench.facts.stated import MONTH, Stated
from workbench.facts.vague import Magnitude, Some, is_far, magnitudes, measured

DAYS_OF_MONTH = 31
_ALL = 100  # %
# Behind digits a day, month or minute of a date or clock; ages, and the 1st day, are told by a number alone.
_NO_SPAN = re.compile(r"(?:[年日년일]|(?<![かヶカケ个個])月)$|^\d+(?:st|nd|rd|th)\b")
_SPAN_BEHIND = re.compile(r"(?<=[日일])[間间后後]|(?<=日)以?[内內]")
_CLOCKED = re.compile(r"[点點时時시] ?\d?$")
# Section 5.4, “Pumps”, which another version calls by its title alone.
_TITLED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{1,3})+[ \u00a0]?[节節章절장]?[,，、]?[ \u00a0]?(?=[“\"„«「『])")
_QUOTED = re.compile(r"[“\"„«「『]")
_BY_DATE = re.compile(r"(?:\d{1,2} ?[月월] ?)?\d{1,2} ?[日号號일](?![間间간内內])")


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
    if missing and not (here.knows_words and there.knows_words):
        missing = [item for item in missing if not _may_be_in_words(item, here, there)]
    return [item for item in missing if not _elsewhere(item, there, units)]


def _may_be_in_words(item: Stated, here: Counts, there: Counts) -> bool:
    """Whether a language whose words for numbers are not known may say it, or the power of ten in it, in one: venti,
    1,5 milioni, 15 लाख."""
    if not there.knows_words and (not item.is_digits or (item.is_scaled and item.significant in there.significant)):
        return True
    return not here.knows_words and item.significant in there.scaled


def _tells_day_alone(there: Counts, here: Counts) -> bool:
    """Whether a text has a day of the week, or today, that another has not, and no month or small number of its own."""
    if here.weekdays or not (there.weekdays or there.tells_day) or any(item.unit == MONTH for item in there.stated):
        return False
    counted = (item for item in there.stated if item.unit != WEEKDAY and item.value <= DAYS_OF_MONTH)
    return all(not item.meant.isdisjoint(here.readings) for item in counted)


def _is_by_date(item: Stated, here: Counts) -> bool:
    """Whether it is the date of a day in the only text, 12日 or 3月12日, which English papers call Friday."""
    (text,) = here.texts
    return _BY_DATE.match(text.text, item.start) is not None


def _is_meant(item: Stated, there: Counts, years_differ: bool) -> bool:
    """Whether a reading of a text can mean what another states. `years_differ`: each has a year to itself."""
    if item.unit == MONTH and (there.months or there.tells_month):
        return not (there.months and item.meant.isdisjoint(there.months))
    if is_year(item) and there.tells_year:
        return True
    if item.unit == WEEKDAY:
        return not item.meant.isdisjoint(there.weekdays or item.meant)  # often left out, or put as a date
    if item.unit in ("", "hour") and not item.meant.isdisjoint(there.hours):
        return True
    return there.may_mean(item.meant) and not (years_differ and _is_other_year(item, there))


def _has_other_year(here: Counts, there: Counts) -> bool:
    return any(_is_other_year(item, there) for item in here.stated)


def _is_other_year(item: Stated, there: Counts) -> bool:
    """Whether it is a year of which another text tells the century at most."""
    return is_year(item) and not there.names(item.value)


def _elsewhere(item: Stated, there: Counts, units: Mapping[str, bool]) -> bool:
    """Whether the other text has the amount in other units, and not this unit with another amount or with none.

    `units`: whether it has an amount of a unit to itself.
    """
    if there.amounts.has_same_warmth(float(item.value), item.unit):
        return True
    if not item.unit or not any(there.measured.has_same(float(value), item.unit) for value in item.meant):
        return False
    return not units[item.unit] and not there.lacks_amount[item.unit]


def may_be_unsaid(item: Stated, here: Counts, there: Counts) -> bool:
    """Whether it may be left out beside nothing that contradicts it: 100 %, which is also said in words (entirely), and
    the number of a section whose title is in quotes in both texts."""
    if item.unit == "%" and item.value == _ALL:
        return True
    (text,) = here.texts
    titled = any(found.start() <= item.start < found.end() for found in _TITLED.finditer(text.text))
    return titled and any(_QUOTED.search(other.text) for other in there.texts)


def other_units(here: Counts, there: Counts) -> Iterator[tuple[Stated, Stated]]:
    """The same number in both with different units: five miles, five kilometres."""
    if not any(text.has_units for text in here.texts):  # most
        return
    for item in here.stated:
        others = there.by_value.get(item.value, {})
        if item.unit in ("", MONTH, WEEKDAY) or any(same_unit(item.unit, unit) for unit in others):
            continue
        # Another unit of this number there, which it does not have here.
        own = here.by_value[item.value]
        units = (unit for unit in others if unit not in ("", MONTH, WEEKDAY))
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
    return item.unit in SAID_OF_ONE and item.unit in there.units_of_one - here.units_of_one


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
    return any(is_same_amount(value, some.unit, there.sizes, unit) for value in values_of(some, here))


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
        is_same_span(value, span.unit, others, unit)
        for value in values_of(span, here)
        for others in ([1.0], there.sizes)
    )
