"""Where two passages that tell the same state different facts: numbers, dates, quantities, names, negation.

Judged on the texts as they are, whatever their languages. What one text states for sure is held against everything that
the other may mean, so that a difference in writing is none in facts, and what cannot be judged is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import inf
from typing import Protocol, TypeVar

from workbench.facts.articles import unlabelled
from workbench.facts.cold import below_zero, may_be_cold, says_cold
from workbench.facts.counts import Counts, all_counts, counts
from workbench.facts.days import WEEKDAY
from workbench.facts.degenerate import weight
from workbench.facts.durations import Span
from workbench.facts.missing import LIKELY, REPEATED, SURE, SURELY, Missing, log_odds, may_be_instead, repeats, unnamed
from workbench.facts.naming import Names, all_names, doubtful, naming
from workbench.facts.negation import Denied, denials, denies_more, opposite_bounds
from workbench.facts.stated import MONTH, Stated
from workbench.facts.unmatched import (
    DAYS_OF_MONTH,
    magnitudes_apart,
    may_be_converted,
    may_be_same,
    may_be_unsaid,
    other_units,
    same_numbers,
    says_one,
    strange_measures,
    strange_spans,
    surely_measured,
    unmatched,
)
from workbench.facts.vague import Some
from workbench.lang import primary

T = TypeVar("T")
P = TypeVar("P", Span, Some)

KINDS = ("number", "date", "quantity", "name", "negation")

# How many letters a text of these languages takes for one of English.
_WORDY = {"fr": 1.19, "de": 1.16, "es": 1.17, "pt": 1.07}
_MUCH_LONGER = 1.6
_SLACK = 20  # letters


@dataclass(frozen=True, slots=True)
class Mention:
    """`value`, as written, at `start:end` of the segment at position `segment` of those given."""

    segment: int
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Mentions of either side that do not agree; one side may have none. `kind`: one of KINDS."""

    kind: str
    src: tuple[Mention, ...]
    tgt: tuple[Mention, ...]
    reason: str


class _Placed(Protocol):
    """What stands in a text, from `start` to `end`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class _Side:
    """The segments of one side: what each states, and what all of them together may mean; read when asked for."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self.texts = [(text, primary(lang)) for text, lang in texts]

    @cached_property
    def each_counts(self) -> list[Counts]:
        return [counts(text, lang) for text, lang in self.texts]

    @cached_property
    def counts(self) -> Counts:
        return all_counts(self.each_counts)

    @cached_property
    def each_names(self) -> list[Names]:
        return [naming(text, lang) for text, lang in self.texts]

    @cached_property
    def names(self) -> Names:
        return all_names(self.each_names)

    @cached_property
    def each_denied(self) -> list[Denied]:
        return [denials(text, lang) for text, lang in self.texts]

    def says_more(self, other: _Side) -> bool:
        """Whether it is so much longer than the other that part of it is not there at all.

        What such a text alone has is left out of the other, which contradicts nothing.
        """
        return self._length + _SLACK > _MUCH_LONGER * (other._length + _SLACK)

    @cached_property
    def _length(self) -> float:
        return sum(weight(text) / _WORDY.get(lang, 1.0) for text, lang in self.texts)

    def mention_of(self, segment: int, item: _Placed) -> Mention:
        return self.mention(segment, item.start, item.end)

    def mention(self, segment: int, start: int, end: int) -> Mention:
        return Mention(segment, start, end, self.texts[segment][0][start:end])

    def unmatched(self, other: _Side) -> list[tuple[int, Stated]]:
        return _numbered(unmatched(each, other.counts) for each in self.each_counts)

    def unnamed(self, other: _Side) -> list[tuple[int, Missing]]:
        return _numbered(unnamed(each, other.names) for each in self.each_names)

    def perhaps_unnamed(self, other: _Side) -> list[tuple[int, Missing]]:
        return _numbered(unnamed(doubtful(text, lang), other.names) for text, lang in self.texts)


def _numbered(each: Iterable[Sequence[T]]) -> list[tuple[int, T]]:
    return [(number, item) for number, items in enumerate(each) for item in items]


def disagreements(
    src: Sequence[tuple[str, str]], tgt: Sequence[tuple[str, str]], kinds: Collection[str] = KINDS
) -> tuple[Disagreement, ...]:
    """Where two aligned passages state different facts, by kind; none where either side is empty.

    `src`, `tgt`: (text, language tag) of each segment of the passage. `kinds`: those to look for. Never raises; linear
    in the text. What numbers an article or a paragraph of a law is no fact where both sides begin with it: in another
    version it may be another. Languages other than de, en, es, fr, ja, ko, pt and zh are compared by their digits,
    whatever power of ten a word behind these may be, and by names in Latin letters.
    """
    if not src or not tgt:
        return ()
    a, b = map(_Side, _without_labels(src, tgt))
    looks = _looks(frozenset(kinds))
    return tuple(found for look in looks for found in look(a, b) if found.kind in kinds)


def _without_labels(*sides: Sequence[tuple[str, str]]) -> Sequence[Sequence[tuple[str, str]]]:
    """The sides without the numbers of articles and paragraphs, in whose place are blanks, if all begin with one."""
    if any(unlabelled(text) == text for (text, _), *_ in sides):  # most
        return sides
    return [[(unlabelled(text), lang) for text, lang in side] for side in sides]


def _different_counts(a: _Side, b: _Side) -> Iterator[Disagreement]:
    if same_numbers(a.counts, b.counts):  # most
        return
    only_a, only_b = a.unmatched(b), b.unmatched(a)
    if not only_a or not only_b:
        # A small count may be left unsaid or hide in a word ("both"): it tells only where another stands instead.
        surplus = bool(only_b and _surplus(a, b)) or bool(only_a and _surplus(b, a))
        surplus |= bool(only_b and _hidden(a, b))
        surplus |= bool(only_a and _hidden(b, a))
        # Nor does a one tell alone: the other side may say it by an article.
        only_a, only_b = (
            [
                (n, item)
                for n, item in only
                if (item.is_plain or (item.value != 1 and (surplus or says_one(item, here.counts, there.counts))))
                and not may_be_unsaid(item, here.each_counts[n], there.counts)
            ]
            for only, here, there in ((only_a, a, b), (only_b, b, a))
        )
    if _is_left_out(a, b, only_a, only_b):
        return
    for kind in ("date", "quantity", "number"):
        found_a = tuple(a.mention_of(n, item) for n, item in only_a if item.kind == kind)
        found_b = tuple(b.mention_of(n, item) for n, item in only_b if item.kind == kind)
        if found_a or found_b:
            # In whose place it may stand: 3 March where the other says 4 mars, which is of the third month.
            found_a, found_b = found_a or _shown(a, _surplus(a, b)), found_b or _shown(b, _surplus(b, a))
            yield Disagreement(kind, found_a, found_b, _reason(_NOUNS[kind], found_a, found_b))


def _shown(side: _Side, found: Iterable[tuple[int, Stated]]) -> tuple[Mention, ...]:
    """Those that may be a day of a month, or as small a count."""
    counted = ((n, item) for n, item in found if item.unit not in (MONTH, WEEKDAY) and item.value <= DAYS_OF_MONTH)
    return tuple(side.mention_of(n, item) for n, item in counted)


def _is_left_out(a: _Side, b: _Side, only_a: Sequence[object], only_b: Sequence[object]) -> bool:
    """Whether only one side has something to itself, and says much more than the other."""
    here, there = (a, b) if only_a else (b, a)
    return bool(only_a) != bool(only_b) and here.says_more(there)


def _hidden(a: _Side, b: _Side) -> bool:
    """Whether something in the first may mean a count up to twelve that nothing in the second can.

    One is a count in English alone: elsewhere it is an article or part of other words.
    """
    least = 1 if all(lang == "en" for _, lang in a.texts) else 2
    counts = a.counts.readings - b.counts.readings - a.counts.months
    return any(least <= value <= 12 and not value % 1 for value in counts)


def _surplus(a: _Side, b: _Side) -> list[tuple[int, Stated]]:
    """The numbers that stand more often in the first than in the second."""
    in_a, in_b = (Counter(item.value for item in side.counts.stated) for side in (a, b))
    stated = _numbered(each.stated for each in a.each_counts)
    return [(n, item) for n, item in stated if in_b[item.value] < in_a[item.value]]


def _different_units(a: _Side, b: _Side) -> Iterator[Disagreement]:
    places = product(enumerate(a.each_counts), enumerate(b.each_counts))
    found = [
        _apart(a.mention_of(n, item), b.mention_of(m, other))
        for (n, here), (m, there) in places
        for item, other in other_units(here, there)
    ]
    yield from found or tuple(_different_spans(a, b)) or _strange(a, b, strange_measures, may_be_converted)


def _strange(
    a: _Side,
    b: _Side,
    strange: Callable[[Counts, Counts], Sequence[P]],
    may_be_one: Callable[[P, Counts, str, Counts], bool],
) -> tuple[Disagreement, ...]:
    """The first two amounts in units that only one side knows, of which neither may be the other, whatever the numbers:
    spans of time (a year, a minute) or what `vague.measured` finds."""

    def may_be_in(own: Counts, other: Counts) -> Callable[[P, str], bool]:
        return lambda amount, unit: may_be_one(amount, own, unit, other)

    of_a = [strange(each, b.counts) for each in a.each_counts]
    of_b = [strange(each, a.counts) for each in b.each_counts] if any(of_a) else []
    for (n, ones), (m, others) in product(enumerate(of_a), enumerate(of_b)):
        is_there, is_here = may_be_in(a.each_counts[n], b.counts), may_be_in(b.each_counts[m], a.counts)
        if pair := first_apart(ones, others, is_there, is_here):
            return (_apart(a.mention_of(n, pair[0]), b.mention_of(m, pair[1])),)
    return ()


def first_apart(
    ones: Sequence[P], others: Sequence[P], is_there: Callable[[P, str], bool], is_here: Callable[[P, str], bool]
) -> tuple[P, P] | None:
    """The first two amounts of which neither may be in the unit of the other."""

    @cache
    def first(unit: str, instead: str) -> int:
        """The first of the others in a unit that may not be in another."""
        found = (at for at, other in enumerate(others) if other.unit == unit and not is_here(other, instead))
        return next(found, len(others))

    units = {other.unit for other in others}
    for one in ones:
        at = min((first(unit, one.unit) for unit in units if not is_there(one, unit)), default=len(others))
        if at < len(others):
            return one, others[at]
    return None


def _apart(one: Mention, other: Mention) -> Disagreement:
    return Disagreement("quantity", (one,), (other,), _reason("The units differ", (one,), (other,)))


def _different_signs(a: _Side, b: _Side) -> Iterator[Disagreement]:
    """Degrees that only one side has below zero."""
    for here, there in ((a, b), (b, a)):
        if not may_be_cold(here.counts) or says_cold(there.counts):
            continue
        for (n, each), (m, others) in product(enumerate(here.each_counts), enumerate(there.each_counts)):
            for item, other in below_zero(each, others):
                one, another = (here.mention_of(n, item),), (there.mention_of(m, other),)
                mentions = (one, another) if here is a else (another, one)
                yield Disagreement("quantity", *mentions, _reason(_NOUNS["quantity"], *mentions))


def _different_magnitudes(a: _Side, b: _Side) -> Iterator[Disagreement]:
    """Hundreds of thousands, and 数十億; of passages of several segments nothing is said."""
    apart = magnitudes_apart(a.counts, b.counts) if len(a.texts) == len(b.texts) == 1 else None
    if apart:
        mentions = (a.mention_of(0, apart[0]),), (b.mention_of(0, apart[1]),)
        yield Disagreement("number", *mentions, _reason("The numbers differ", *mentions))


def _different_spans(a: _Side, b: _Side) -> Iterator[Disagreement]:
    """Spans of time by units that only one side knows, or that one tells in digits and the other not at all."""
    found = _strange(a, b, strange_spans, may_be_same)
    yield from found
    only_a, only_b = ((), ()) if found else (_untold_spans(a, b), _untold_spans(b, a))
    if (only_a or only_b) and not a.says_more(b) and not b.says_more(a):
        yield Disagreement("quantity", only_a, only_b, _reason("The units differ", only_a, only_b))


def _untold_spans(a: _Side, b: _Side) -> tuple[Mention, ...]:
    """The spans of time that the first counts in digits and of which nothing in the second tells."""
    return tuple(
        a.mention_of(number, span)
        for number, here in enumerate(a.each_counts)
        for span in surely_measured(here, b.counts)
    )


def _different_names(a: _Side, b: _Side) -> Iterator[Disagreement]:
    only_a, only_b = a.unnamed(b), b.unnamed(a)
    if not (only_a or only_b) or _is_left_out(a, b, only_a, only_b):
        return
    every_a = [*only_a, *a.perhaps_unnamed(b)] if only_b else only_a
    every_b = [*only_b, *b.perhaps_unnamed(a)] if only_a else only_b
    best_a, best_b = _surest(every_a), _surest(every_b)
    odds = max(_odds_among(only_a, every_b), _odds_among(only_b, every_a))
    if odds >= _least(a, b) or _are_instead(only_a, a, b) or _are_instead(only_b, b, a):
        found_a, found_b = _likely(a, every_a, best_b), _likely(b, every_b, best_a)
        yield Disagreement("name", found_a, found_b, _reason("The names differ", found_a, found_b))


def _odds_among(only: Sequence[tuple[int, Missing]], others: Sequence[tuple[int, Missing]]) -> float:
    """Of the surest of some names, beside the surest of others that may be in its place; one a kind is enough."""
    first, second = ({item.alone: item for _, item in sorted(each, key=_by_adds)} for each in (only, others))
    return max((log_odds(item, _surest_for(item, second.values())) for item in first.values()), default=-inf)


def _by_adds(found: tuple[int, Missing]) -> float:
    return found[1].adds


def _surest_for(item: Missing, others: Iterable[Missing]) -> float:
    return max((other.adds for other in others if other.may_be_for(item)), default=-inf)


def _odds(only: Sequence[tuple[int, Missing]], other: float) -> float:
    return max((log_odds(item, other) for _, item in only), default=-inf)


def _are_instead(only: Sequence[tuple[int, Missing]], here: _Side, there: _Side) -> bool:
    """Whether names that one side alone has stand where the other repeats one of its own."""
    instead = [(n, item) for n, item in only if may_be_instead(item.named, there.names)]
    return _odds(instead, REPEATED) >= _least(here, there) and repeats(there.names, here.names)


def _least(a: _Side, b: _Side) -> float:
    """Log odds from which names differ surely enough to be told."""
    return max((SURELY.get(lang, SURE) for _, lang in (*a.texts, *b.texts)), default=SURE)


def _surest(only: Sequence[tuple[int, Missing]]) -> float:
    return max((item.adds for _, item in only), default=-inf)


def _likely(side: _Side, only: Sequence[tuple[int, Missing]], other: float) -> tuple[Mention, ...]:
    found = ((n, item.named) for n, item in only if log_odds(item, other) >= LIKELY)
    return tuple(side.mention_of(n, named) for n, named in found)


def _different_polarity(a: _Side, b: _Side) -> Iterator[Disagreement]:
    sides = ((a, b), (b, a))
    if any(denies_more(here.each_denied, there.each_denied) and not here.says_more(there) for here, there in sides):
        src, tgt = (
            tuple(side.mention(n, *span) for n, denied in enumerate(side.each_denied) for span in denied.shown)
            for side in (a, b)
        )
        yield Disagreement("negation", src, tgt, _reason("One denies what the other does not", src, tgt))


def _different_bounds(a: _Side, b: _Side) -> Iterator[Disagreement]:
    """At least, and at most; of passages of several segments nothing is said."""
    apart = opposite_bounds(a.each_denied[0], b.each_denied[0]) if len(a.texts) == len(b.texts) == 1 else None
    if apart:
        mentions = (a.mention_of(0, apart[0]),), (b.mention_of(0, apart[1]),)
        yield Disagreement("negation", *mentions, _reason("The bounds differ", *mentions))


_Look = Callable[[_Side, _Side], Iterator[Disagreement]]
_LOOKS: Mapping[_Look, frozenset[str]] = {
    _different_counts: frozenset(["number", "date", "quantity"]),
    _different_magnitudes: frozenset(["number"]),
    _different_signs: frozenset(["quantity"]),
    _different_units: frozenset(["quantity"]),
    _different_names: frozenset(["name"]),
    _different_polarity: frozenset(["negation"]),
    _different_bounds: frozenset(["negation"]),
}


@cache
def _looks(kinds: frozenset[str]) -> list[_Look]:
    """What finds any of some kinds."""
    return [look for look, finds in _LOOKS.items() if not finds.isdisjoint(kinds)]


_NOUNS = {"date": "The dates differ", "quantity": "The quantities differ", "number": "The numbers differ"}


def _reason(what: str, src: Sequence[Mention], tgt: Sequence[Mention]) -> str:
    left, right = (", ".join(dict.fromkeys(mention.value for mention in side)) for side in (src, tgt))
    if left and right:
        return f"{what}: {left} in the first, {right} in the second."
    return f"{what}: {left or right} is in the {'first' if left else 'second'} only."
