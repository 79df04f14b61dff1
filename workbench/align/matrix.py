"""Several documents at once: from the beads of every pair to rows of what passages all of them share.

Pairs are aligned directly, each on its own, so that three documents can disagree: a says what b says, b what c says,
but a's passage is linked elsewhere in c. Links join passages into rows, the surest first; a link is refused where the
direct alignments of the documents that it would bring together speak against it more strongly than for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from types import MappingProxyType

from workbench.datatypes import Bead

Place = tuple[int, int]  # document, segment


@dataclass(frozen=True, slots=True)
class Row:
    """A passage and where each document has it.

    `cells`: a document each, its segments' indices, ascending; empty where it does not say so. `confidence`: of the
    weakest link that holds the row together, 0 to 1; 0 for what only one document says. Of the pairs of documents in
    the row, `agreed` are linked here by their own alignment, `against` are linked elsewhere, or are no counterparts as
    people say; the rest is silent.
    """

    cells: tuple[tuple[int, ...], ...]
    confidence: float
    agreed: int
    against: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every segment of every document in exactly one row.

    Of all two-step paths from a document by another to a third, `closed` are confirmed by the direct alignment of the
    ends, `broken` are contradicted by it, `open` are left unlinked by it. `refused`: links that no row has.
    """

    rows: tuple[Row, ...]
    closed: int
    broken: int
    open: int
    refused: int

    @property
    def consistency(self) -> float | None:
        """Share of the paths that the direct alignment confirms among those that it decides; None if there is none."""
        return self.closed / (self.closed + self.broken) if self.closed + self.broken else None


def merged(
    segments: Sequence[Sequence[int]],
    pairs: Mapping[tuple[int, int], Iterable[Bead]],
    denied: Mapping[tuple[int, int], Iterable[Bead]] = MappingProxyType({}),
) -> Matrix:
    """Merge the alignments of all pairs of documents.

    `segments`: a document each, the indices that take part, in reading order. `pairs`: by (first, second) document,
    the beads; null beads say nothing. `denied`: links that people rejected, and null beads that they accepted: these
    contradict as surely as a link elsewhere could. Rows come in the order of the first document, see `in_order`.
    Deterministic.
    """
    links = [_Link(a, b, bead) for (a, b), beads in pairs.items() for bead in beads if not bead.is_null]
    links.sort(key=lambda link: (-link.bead.confidence, link.a, link.b, link.bead.src, link.bead.tgt))
    known = _Known(links, [_Link(a, b, bead) for (a, b), beads in denied.items() for bead in beads])
    groups = _Groups([(doc, index) for doc, indices in enumerate(segments) for index in indices])
    for link in links:
        groups.join(link, known)
    refused = sum(groups.part(link) for link in links)  # only now: what was refused may have come together by others
    rows = [_row(places, confidence, len(segments), known) for places, confidence in groups.all()]
    closed, broken, unknown = _paths(known, range(len(segments)))
    return Matrix(tuple(in_order(rows, 0)), closed, broken, unknown, refused)


@dataclass(frozen=True, slots=True)
class _Link:
    a: int
    b: int
    bead: Bead

    def places(self) -> list[Place]:
        return [*((self.a, i) for i in self.bead.src), *((self.b, j) for j in self.bead.tgt)]


class _Known:
    """What each segment is linked to in each other document, and how surely; and what people said it is not."""

    def __init__(self, links: Iterable[_Link], denied: Iterable[_Link]) -> None:
        self._to: dict[tuple[Place, int], dict[int, float]] = {}
        for link in links:
            for i, j in product(link.bead.src, link.bead.tgt):
                self._to.setdefault(((link.a, i), link.b), {})[j] = link.bead.confidence
                self._to.setdefault(((link.b, j), link.a), {})[i] = link.bead.confidence
        self._alone: set[tuple[Place, int]] = set()  # a segment, and a document that has no counterpart of it
        self._apart: set[frozenset[Place]] = set()
        for link in denied:
            places = link.places()
            if link.bead.is_null:
                self._alone |= {(place, link.b if place[0] == link.a else link.a) for place in places}
            else:
                self._apart |= {frozenset((a, b)) for a, b in combinations(places, 2) if a[0] != b[0]}

    def of(self, place: Place, doc: int) -> Mapping[int, float]:
        """The segments of `doc` that a segment is linked to, with the confidence of each link."""
        return self._to.get((place, doc), {})

    def documents(self, place: Place, docs: Iterable[int]) -> Iterator[int]:
        return (doc for doc in docs if (place, doc) in self._to)

    def places(self) -> list[Place]:
        return sorted({place for place, _ in self._to})

    def between(self, some: Iterable[Place], others: Sequence[Place]) -> tuple[float, float]:
        """How sure the surest link is that joins segments of two documents, and how sure that either of them belongs
        elsewhere: the surest link that says so, or what people said."""
        some = list(some)
        wanted, back = {index for _, index in others}, {index for _, index in some}
        there = [item for place in some for item in self.of(place, others[0][0]).items()]
        here = [item for place in others for item in self.of(place, some[0][0]).items()]
        joined = max((sure for index, sure in there if index in wanted), default=0.0)
        elsewhere = [sure for index, sure in there if index not in wanted]
        elsewhere += [sure for index, sure in here if index not in back]
        elsewhere += [1.0] if self._is_denied(some, others) else []
        return joined, max(elsewhere, default=0.0)

    def _is_denied(self, some: Sequence[Place], others: Sequence[Place]) -> bool:
        """Whether people said that segments of two documents are no counterparts."""
        if not self._alone and not self._apart:
            return False
        return any(
            (a, b[0]) in self._alone or (b, a[0]) in self._alone or frozenset((a, b)) in self._apart
            for a, b in product(some, others)
        )


class _Groups:
    """Segments joined so far; each group knows the confidence of its weakest link."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._members: dict[Place, set[Place]] = {place: {place} for place in places}
        self._weakest: dict[int, float] = {}

    def part(self, link: _Link) -> bool:
        """Whether the link's segments are in several groups."""
        return len(self._of(link)) > 1

    def _of(self, link: _Link) -> dict[int, set[Place]]:
        return {id(group): group for place in link.places() if (group := self._members.get(place)) is not None}

    def join(self, link: _Link, known: _Known) -> None:
        """Put the link's segments in one group, unless other links speak against it."""
        groups = self._of(link)
        if len(groups) > 1 and not self._welcome(list(groups.values()), link, known):
            return
        united: set[Place] = set().union(*groups.values())
        weakest = min([link.bead.confidence, *(self._weakest.pop(key, 1.0) for key in groups)])
        self._members.update(dict.fromkeys(united, united))
        self._weakest[id(united)] = weakest

    def _welcome(self, groups: Sequence[set[Place]], link: _Link, known: _Known) -> bool:
        for_it, against = link.bead.confidence, 0.0
        for one, other in combinations(groups, 2):
            for a, b in product(_by_document(one).values(), _by_document(other).values()):
                if a[0][0] == b[0][0] or {a[0][0], b[0][0]} == {link.a, link.b}:
                    continue
                joined, elsewhere = known.between(a, b)
                for_it += joined
                against += 0.0 if joined else elsewhere
        return for_it >= against

    def all(self) -> Iterator[tuple[set[Place], float]]:
        seen: set[int] = set()
        for group in self._members.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield group, self._weakest.get(id(group), 0.0)


def _by_document(places: Iterable[Place]) -> dict[int, list[Place]]:
    grouped: dict[int, list[Place]] = {}
    for place in sorted(places):
        grouped.setdefault(place[0], []).append(place)
    return grouped


def _row(places: Iterable[Place], confidence: float, documents: int, known: _Known) -> Row:
    grouped = _by_document(places)
    judged = [known.between(a, b) for a, b in combinations(grouped.values(), 2)]
    return Row(
        tuple(tuple(index for _, index in grouped.get(doc, ())) for doc in range(documents)),
        confidence,
        agreed=sum(joined > 0 for joined, _ in judged),
        against=sum(not joined and elsewhere > 0 for joined, elsewhere in judged),
    )


def _paths(known: _Known, docs: Sequence[int]) -> tuple[int, int, int]:
    """Two-step paths over every segment in the middle: confirmed, contradicted and left open by the direct link."""
    closed = broken = unknown = 0
    for middle in known.places():
        for a, c in combinations(known.documents(middle, docs), 2):
            starts = [(a, index) for index in known.of(middle, a)]
            joined, elsewhere = known.between(starts, [(c, index) for index in known.of(middle, c)])
            closed += joined > 0
            broken += not joined and elsewhere > 0
            unknown += not joined and not elsewhere
    return closed, broken, unknown


def in_order(rows: Sequence[Row], order: int) -> list[Row]:
    """Rows by the place of document `order` in them; others, document by document, behind what precedes them there."""
    documents = len(rows[0].cells) if rows else 0
    placed: dict[int, tuple[int, ...]] = {}
    for doc in [order, *(doc for doc in range(documents) if doc != order)]:
        last: tuple[int, ...] = (-1,)
        for key in sorted(
            (key for key, row in enumerate(rows) if row.cells[doc]), key=lambda key: rows[key].cells[doc]
        ):
            if key not in placed:
                placed[key] = (
                    _behind(last, doc, rows[key].cells[doc][0]) if doc != order else (rows[key].cells[doc][0],)
                )
            last = placed[key]
    return [rows[key] for key in sorted(placed, key=lambda key: placed[key])]


def _behind(last: tuple[int, ...], doc: int, index: int) -> tuple[int, ...]:
    """A place, compared item by item, right behind `last` and what of the same document stands there already."""
    return (*(last[:-2] if last[-2:-1] == (doc,) and len(last) > 2 else last), doc, index)
