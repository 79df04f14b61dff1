"""What is shown of an alignment, and what that says of the two documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.datatypes import Bead
from workbench.lang import same_language

# Links less likely than this to be right are not shown. To miss a link counts as much as to show a wrong one: F1 is
# highest at half of what it reaches there (Lipton et al. 2014), and of tellings of one event that is about 0.8.
LEAST_CONFIDENCE = 0.4
# What is said of a link between documents that seem unrelated.
UNRELATED = "the documents seem unrelated"
# How much of its confidence a link keeps between documents that seem unrelated, by the development pairs.
_BY_CHANCE = 0.2
# So many links in order that are as sure as this are no chance, however little else is shared.
_QUOTED, _SURE = 4, 0.95


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

    def sentence(self, src_lang: str, tgt_lang: str) -> str:
        """For people. `src_lang`, `tgt_lang`: tags of the languages of the documents."""
        if not self.src_coverage:
            return "nothing found in common: no passage of one was recognised in the other"
        words = _IN_ONE_LANGUAGE if same_language(src_lang, tgt_lang) else _IN_WORDS
        shares = f"{self.src_coverage:.0%} of the first and {self.tgt_coverage:.0%} of the second have a counterpart"
        return f"{words[self.relation]}: {shares}"


_IN_WORDS = {
    Relation.STRICT: "translations of one text",
    Relation.FREE: "free translations of one text, or a shorter version and a longer one",
    Relation.SAME_EVENT: "different tellings of one event",
    Relation.UNRELATED: "hardly anything in common, or told too differently to be recognised",
}
# Neither of two editions is a translation of the other.
_IN_ONE_LANGUAGE = _IN_WORDS | {
    Relation.STRICT: "two versions of one text",
    Relation.FREE: "two versions of one text, one shorter than the other",
    Relation.SAME_EVENT: "two versions that differ in much, or different tellings of one event",
}


# Chosen on the development pairs. Below both, links are those that chance makes between any two documents.
_CHANCE = 0.1, 0.25
# Of a translation at least this share of either side has a counterpart, even where passages are missing.
_TRANSLATED = 0.45
# Where one side is all there and much of the other is not, it is a selection; where a little is not, an abridgement.
_SELECTED = 0.6, 0.25
_ABRIDGED = 0.15


# Where less of the links' extents are likely right than this, what is linked was told anew rather than translated.
_EXACT = 0.6
# So many links of that kind tell of one event, however little of the documents they are.
_FEW = 3


def verdict(beads: Sequence[Bead], related: bool = False) -> Verdict:
    """How two documents relate, by the beads that are shown of them.

    `related`: somebody knows that they tell of one thing; then they do, as soon as a link is shown.
    """
    coverages = _coverages(beads)
    relation = _relation(*sorted(coverages))
    links = [bead for bead in beads if not bead.is_null]
    if _told_anew(links) and (relation != Relation.UNRELATED or len(links) >= _FEW):
        relation = Relation.SAME_EVENT
    if related and links and relation == Relation.UNRELATED:
        relation = Relation.SAME_EVENT
    return Verdict(relation, *coverages)


def _told_anew(links: Sequence[Bead]) -> bool:
    """Whether the links are unlikely to start and end in the right places, on average."""
    return _share(sum(bead.boundary for bead in links), len(links)) < _EXACT


def _relation(less: float, more: float) -> Relation:
    """By the coverages of the less and the more linked side."""
    if less < _CHANCE[0] and more < _CHANCE[1]:
        return Relation.UNRELATED
    if less < _TRANSLATED or (less < _SELECTED[0] and more - less > _SELECTED[1]):
        return Relation.SAME_EVENT
    return Relation.FREE if more - less > _ABRIDGED else Relation.STRICT


def _coverages(beads: Sequence[Bead]) -> tuple[float, float]:
    """The shares of either side's segments that are linked."""
    return (
        _share(sum(len(bead.src) for bead in beads if bead.tgt), sum(len(bead.src) for bead in beads)),
        _share(sum(len(bead.tgt) for bead in beads if bead.src), sum(len(bead.tgt) for bead in beads)),
    )


def _share(part: float, whole: int) -> float:
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


def in_context(links: Sequence[Bead], n: int, m: int) -> list[Bead]:
    """Links in order of two documents of `n` and `m` segments; doubted where all make the documents unrelated.

    So nothing is shown to be linked between unrelated documents, unless the user asks for less confidence. What links
    in any order tell of the documents is in their confidence already.
    """
    if not _by_chance(links, n, m):
        return list(links)
    return [
        replace(bead, confidence=_BY_CHANCE * bead.confidence, reasons=(*bead.reasons, UNRELATED)) for bead in links
    ]


def _by_chance(links: Sequence[Bead], n: int, m: int) -> bool:
    if sum(bead.confidence >= _SURE for bead in links) >= _QUOTED:
        return False
    return _relation(*sorted(_coverages(kept(completed(links, n, m))))) == Relation.UNRELATED


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
