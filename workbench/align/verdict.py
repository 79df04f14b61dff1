"""What is shown of an alignment, and what that says of the two documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from workbench.datatypes import Bead

# Links less likely than this to be right are not shown: between unrelated documents hardly one is more likely.
LEAST_CONFIDENCE = 0.5


class Relation(StrEnum):
    """How two documents relate, judged by what of them corresponds."""

    STRICT = "strict translation"
    FREE = "free translation"
    SAME_EVENT = "same event told differently"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two documents relate. Coverage: share of a side's segments that stand in a link, 0 to 1."""

    relation: Relation
    src_coverage: float
    tgt_coverage: float

    @property
    def sentence(self) -> str:
        """For people."""
        shares = f"{self.src_coverage:.0%} of the first and {self.tgt_coverage:.0%} of the second have a counterpart"
        return f"{_IN_WORDS[self.relation]}: {shares}"


_IN_WORDS = {
    Relation.STRICT: "translations of one text",
    Relation.FREE: "free translations or versions of one text",
    Relation.SAME_EVENT: "different tellings of one event",
    Relation.UNRELATED: "unrelated, or told too differently to be recognised",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What a verdict rests on; all but `links` are shares or means from 0 to 1."""

    links: int
    coverage: float  # of the less linked side
    fuller: float  # coverage of the other
    one_to_one: float  # links that join one segment with one
    order: float  # links that follow the one before them on either side
    similarity: float  # mean score of the links
    sure: float  # mean confidence of the links


def traits(beads: Sequence[Bead]) -> Traits:
    """Of an alignment whose beads are in reading order. All zero where nothing is linked."""
    links = [bead for bead in beads if not bead.is_null]
    coverage, fuller = sorted(_coverages(beads))
    if not links:
        return Traits(0, coverage, fuller, 0.0, 0.0, 0.0, 0.0)
    following = [one.tgt[-1] < other.tgt[0] <= one.tgt[-1] + 2 for one, other in pairwise(links)]
    return Traits(
        len(links),
        coverage,
        fuller,
        sum(len(bead.src) == len(bead.tgt) == 1 for bead in links) / len(links),
        sum(following) / max(len(following), 1),
        sum(bead.score for bead in links) / len(links),
        sum(bead.confidence for bead in links) / len(links),
    )


def verdict(beads: Sequence[Bead]) -> Verdict:
    """How two documents relate by the beads that are shown of them, in reading order."""
    return Verdict(relation(traits(beads)), *_coverages(beads))


def relation(found: Traits) -> Relation:
    """A few links by chance make no relation; the thresholds were chosen on the development pairs."""
    return Relation.UNRELATED


def _coverages(beads: Sequence[Bead]) -> tuple[float, float]:
    """The shares of either side's segments that are linked."""
    return (
        _share(sum(len(bead.src) for bead in beads if bead.tgt), sum(len(bead.src) for bead in beads)),
        _share(sum(len(bead.tgt) for bead in beads if bead.src), sum(len(bead.tgt) for bead in beads)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def kept(beads: Sequence[Bead], least: float = LEAST_CONFIDENCE) -> list[Bead]:
    """The alignment without the links that are less likely than `least` to be right: their segments become null beads.

    Every segment still stands in exactly one bead, and the beads are in reading order.
    """
    shown: list[Bead] = []
    for bead in beads:
        if bead.is_null or bead.confidence >= least:
            shown.append(bead)
        else:
            shown += [Bead((i,), (), confidence=0.5, reasons=_LEFT_OUT) for i in bead.src]
            shown += [Bead((), (j,), confidence=0.5, reasons=_LEFT_OUT) for j in bead.tgt]
    return in_reading_order(shown)


_LEFT_OUT = ("a doubtful link was left out",)


def completed(links: Sequence[Bead], n: int, m: int) -> list[Bead]:
    """Links between `n` and `m` segments, and a null bead for every segment that is in none, in reading order."""
    src = {i for bead in links for i in bead.src}
    tgt = {j for bead in links for j in bead.tgt}
    nulls = [Bead((i,), (), confidence=0.5) for i in range(n) if i not in src]
    nulls += [Bead((), (j,), confidence=0.5) for j in range(m) if j not in tgt]
    return in_reading_order([*links, *nulls])


def in_reading_order(beads: Sequence[Bead]) -> list[Bead]:
    """By source; what only the target has stands behind what precedes it there."""
    place: dict[int, tuple[int, int]] = {}
    for bead in sorted((bead for bead in beads if bead.src and bead.tgt), key=lambda bead: bead.tgt[0]):
        place.update(dict.fromkeys(bead.tgt, (bead.src[0], bead.tgt[0])))
    last = (-1, -1)
    for j in sorted(j for bead in beads for j in bead.tgt):
        last = place.setdefault(j, last)
    return sorted(beads, key=lambda bead: (bead.src[0], -1) if bead.src else (place[bead.tgt[0]][0], bead.tgt[0]))
