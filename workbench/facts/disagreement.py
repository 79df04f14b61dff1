"""Where two passages that tell the same state different facts: numbers, dates, quantities, names, negation.

Judged on the texts as they are, whatever their languages. What one text states for sure is held against everything that
the other may mean, so that a difference in writing is none in facts, and what cannot be judged is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.facts.counts import (
    Counts,
    Stated,
    all_counts,
    counts,
    may_be_same,
    other_units,
    strange_spans,
    unmatched,
)
from workbench.facts.naming import Named, Names, all_names, naming, tells, unnamed
from workbench.facts.negation import Denied, denials, denies_more
from workbench.lang import primary

KINDS = ("number", "date", "quantity", "name", "negation")


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


@dataclass(frozen=True, slots=True)
class _Segment:
    counts: Counts
    names: Names
    denied: Denied


class _Side:
    """The segments of one side: what each states, and what all of them together may mean."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self.texts = [(text, primary(lang)) for text, lang in texts]
        self.segments = [_read(text, lang) for text, lang in self.texts]
        self.counts = all_counts([segment.counts for segment in self.segments])
        self.names = all_names([segment.names for segment in self.segments])

    def mention(self, segment: int, start: int, end: int) -> Mention:
        return Mention(segment, start, end, self.texts[segment][0][start:end])

    def unmatched(self, other: _Side) -> list[tuple[int, Stated]]:
        found = enumerate(unmatched(segment.counts, other.counts) for segment in self.segments)
        return [(number, item) for number, items in found for item in items]

    def unnamed(self, other: _Side) -> list[tuple[int, Named]]:
        found = enumerate(unnamed(segment.names, other.names) for segment in self.segments)
        return [(number, item) for number, items in found for item in items]


# A passage is held against those of several versions, and drawn again at every step of a page.
@lru_cache(maxsize=2048)
def _read(text: str, lang: str) -> _Segment:
    return _Segment(counts(text, lang), naming(text, lang), denials(text, lang))


def disagreements(src: Sequence[tuple[str, str]], tgt: Sequence[tuple[str, str]]) -> tuple[Disagreement, ...]:
    """Where two aligned passages state different facts, by kind; none where either side is empty.

    `src`, `tgt`: (text, language tag) of each segment of the passage. Never raises; linear in the text. Languages other
    than de, en, es, fr, ja, ko, pt and zh are compared by their digits and by names in Latin letters.
    """
    if not src or not tgt:
        return ()
    a, b = _Side(src), _Side(tgt)
    return (*_different_counts(a, b), *_different_units(a, b), *_different_names(a, b), *_different_polarity(a, b))


def _different_counts(a: _Side, b: _Side) -> Iterator[Disagreement]:
    only_a, only_b = a.unmatched(b), b.unmatched(a)
    if not only_a or not only_b:
        # A small count may be left unsaid or hide in a word ("both"): it tells only where another stands instead.
        surplus = bool(only_b and _surplus(a, b)) or bool(only_a and _surplus(b, a))
        surplus |= bool(only_b and _hidden(a, b))
        surplus |= bool(only_a and _hidden(b, a))
        only_a, only_b = ([(n, item) for n, item in only if item.is_plain or surplus] for only in (only_a, only_b))
    for kind in ("date", "quantity", "number"):
        found_a = tuple(a.mention(n, item.start, item.end) for n, item in only_a if item.kind == kind)
        found_b = tuple(b.mention(n, item.start, item.end) for n, item in only_b if item.kind == kind)
        if found_a or found_b:
            yield Disagreement(kind, found_a, found_b, _reason(_NOUNS[kind], found_a, found_b))


def _hidden(a: _Side, b: _Side) -> bool:
    """Whether something in the first may mean a count up to twelve that nothing in the second can.

    One is a count in English alone: elsewhere it is an article or part of other words.
    """
    least = 1 if all(lang == "en" for _, lang in a.texts) else 2
    return any(least <= value <= 12 and not value % 1 for value in a.counts.readings - b.counts.readings)


def _surplus(a: _Side, b: _Side) -> bool:
    """Whether a small number stands more often in the first than in the second, which has it too or would in digits."""
    in_a, in_b = (Counter(item.value for item in side.counts.stated) for side in (a, b))
    digits = {item.value for item in a.counts.stated if item.is_digits} - b.counts.readings
    return any(in_b[value] < times and (in_b[value] or value in digits) for value, times in in_a.items())


def _different_units(a: _Side, b: _Side) -> Iterator[Disagreement]:
    found = False
    for number, segment in enumerate(a.segments):
        for other_number, other_segment in enumerate(b.segments):
            for item, other in other_units(segment.counts, other_segment.counts):
                found = True
                mentions = (
                    (a.mention(number, item.start, item.end),),
                    (b.mention(other_number, other.start, other.end),),
                )
                yield Disagreement("quantity", *mentions, _reason("The units differ", *mentions))
    if not found:
        yield from _different_spans(a, b)


def _different_spans(a: _Side, b: _Side) -> Iterator[Disagreement]:
    """Spans of time by units that only one side knows: a year, a minute."""
    for number, segment in enumerate(a.segments):
        for other_number, other_segment in enumerate(b.segments):
            for span in strange_spans(segment.counts, b.counts) if segment.counts.spans else ():
                for other in strange_spans(other_segment.counts, a.counts):
                    if not may_be_same(span, segment.counts, other, b.counts) and not may_be_same(
                        other, other_segment.counts, span, a.counts
                    ):
                        mentions = (
                            (a.mention(number, span.start, span.end),),
                            (b.mention(other_number, other.start, other.end),),
                        )
                        yield Disagreement("quantity", *mentions, _reason("The units differ", *mentions))
                        return


def _different_names(a: _Side, b: _Side) -> Iterator[Disagreement]:
    only_a, only_b = a.unnamed(b), b.unnamed(a)
    # Of a name that is merely missing, only some kinds tell: translators leave out and add, and spell in their own way.
    if (only_a and only_b) or _tell(a, b, only_a) or _tell(b, a, only_b):
        found_a = tuple(a.mention(n, item.start, item.end) for n, item in only_a)
        found_b = tuple(b.mention(n, item.start, item.end) for n, item in only_b)
        yield Disagreement("name", found_a, found_b, _reason("The names differ", found_a, found_b))


def _tell(here: _Side, there: _Side, only: Sequence[tuple[int, Named]]) -> bool:
    return tells([item for _, item in only], here.names, there.names)


def _different_polarity(a: _Side, b: _Side) -> Iterator[Disagreement]:
    denied_a, denied_b = ([segment.denied for segment in side.segments] for side in (a, b))
    if denies_more(denied_a, denied_b) or denies_more(denied_b, denied_a):
        src, tgt = (
            tuple(side.mention(n, *span) for n, segment in enumerate(side.segments) for span in segment.denied.plain)
            for side in (a, b)
        )
        yield Disagreement("negation", src, tgt, _reason("One denies what the other does not", src, tgt))


_NOUNS = {"date": "The dates differ", "quantity": "The quantities differ", "number": "The numbers differ"}


def _reason(what: str, src: Sequence[Mention], tgt: Sequence[Mention]) -> str:
    left, right = (", ".join(dict.fromkeys(mention.value for mention in side)) for side in (src, tgt))
    if left and right:
        return f"{what}: {left} in the first, {right} in the second."
    return f"{what}: {left or right} is in the {'first' if left else 'second'} only."
