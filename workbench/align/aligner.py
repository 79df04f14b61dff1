"""From views of two documents to beads, with a confidence for each and a verdict on the pair."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

import numpy as np

from workbench.align.confidence import Features, confidence, reasons
from workbench.align.dp import Step, exclusive, search
from workbench.align.neighbours import Neighbours, nearest, rival
from workbench.align.scattered import LEAST, expected_right, known, prepared, probability, scattered
from workbench.align.scoring import WEIGHTS, Expectation, gain
from workbench.align.similarity import Ends, Matrix, Overlaps, Runs, Vectors, View, by_kind, centred, unit
from workbench.align.tiles import Lane, lanes, tiled
from workbench.datatypes import Bead

# How many of a segment's nearest are looked at, to find the chains and a link's rivals.
NEIGHBOURS = 6
# And of how many of them the similarity tells how much a segment is like everything.
_CROWD = 4
# Views that are one number a segment: characters, quotation marks, how the segment ends.
COLUMNS = ("length", "quotes", "ending")
# Beads whose similarities are taken from one window, and how far it may reach.
_BEADS_AT_ONCE, _REACH = 32, 200
# Pairs of segments beyond which nothing is looked for in any order.
_DENSE = 9_000_000
# How often a block is searched in order, each time knowing better how much of it is linked.
_SEARCHES = 3
# How many segments' worth the expectation weighs that a usual share is linked.
_PRIOR_SEGMENTS = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What the search weighs against what; tuned on development sets of gold alignments."""

    # What the features of a bead count.
    scores: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    # How much each kind of similarity counts, relative to the others that are there.
    weights: Mapping[str, float] = field(default_factory=lambda: {"meaning": 1.0, "english": 3.0, "words": 0.25})
    # What each kind's similarities are multiplied by, so that a good match is about as high in all.
    scales: Mapping[str, float] = field(default_factory=lambda: {"words": 1.5, "english": 0.9})
    # How much of what all passages of a side share is taken out of each.
    centring: Mapping[str, float] = field(default_factory=lambda: {"meaning": 0.8, "english": 1.0})
    # The share of a side that is expected to have a counterpart before anything is known.
    usual_coverage: float = 0.5
    # What an unlinked segment costs, in log odds like the scores of beads.
    null: float = 0.1
    # What leaving the order of the text costs, in log odds too.
    jump: float = 6.0
    # Below this confidence passages are left unlinked: between unrelated texts hardly a link is left then.
    least_confidence: float = 0.35
    # Links in order with log odds of this on average are not doubted.
    clear: float = 8.0
    # Others are where they cover less than this share of either side: with a language in common, and without.
    in_order: tuple[float, float] = (0.6, 0.4)
    # And where there is English of both sides and fewer of them than this share are links in any order too.
    confirmed: float = 0.6
    # Segments in a bead, both sides together.
    largest: int = 8


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads in which every segment of either side stands once, in source order, and what they say of the pair."""

    beads: tuple[Bead, ...]
    verdict: str
    src_coverage: float  # share of segments in a link, 0 to 1
    tgt_coverage: float


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one kind of evidence says, prepared for the whole pair of documents."""

    name: str
    weight: float
    src: Runs
    tgt: Runs


class Evidence:
    """What is known of any overlap of one side and any of the other, all kinds of similarity weighed together.

    What concerns the whole pair (centring, crowding) is prepared once; what grows with n times m is made when it is
    first asked for, so ask it of tiles.
    """

    def __init__(self, views: Sequence[View], options: Options) -> None:
        parts = by_kind(views)
        largest = options.largest - 1
        self._columns = {kind: _column(*parts.pop(kind)) for kind in COLUMNS if kind in parts}
        self._anchors = [Runs.of(side, largest) for side in parts.pop("anchors", ())]
        total = sum(options.weights.get(kind, 1.0) for kind in parts)
        self._kinds = [
            _Kind(
                kind,
                options.weights.get(kind, 1.0) * options.scales.get(kind, 1.0) / total,
                Runs.of(centred(src, options.centring.get(kind, 0.0)), largest),
                Runs.of(centred(tgt, options.centring.get(kind, 0.0)), largest),
            )
            for kind, (src, tgt) in parts.items()
        ]

    @property
    def shape(self) -> tuple[int, int]:
        """Segments of either side."""
        return len(self._kinds[0].src.vectors), len(self._kinds[0].tgt.vectors)

    def tile(self, rows: range, columns: range) -> Evidence:
        """The same evidence on a window of either side, with what was prepared for the whole pair."""
        part = object.__new__(Evidence)
        r, c = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        part._columns = {kind: (src[r], tgt[c]) for kind, (src, tgt) in self._columns.items()}
        part._anchors = [side.window(place) for side, place in zip(self._anchors, (rows, columns), strict=False)]
        part._kinds = [
            _Kind(kind.name, kind.weight, kind.src.window(rows), kind.tgt.window(columns)) for kind in self._kinds
        ]
        part.crowding = self.crowding[0][r], self.crowding[1][c]
        return part

    def column(self, kind: str) -> tuple[Matrix, Matrix] | None:
        """One number a segment, of a kind named in COLUMNS; None where there is none."""
        return self._columns.get(kind)

    @property
    def sides(self) -> dict[str, tuple[Vectors, Vectors]]:
        """A vector a segment of each kind of evidence, each for itself."""
        sides = {kind.name: (kind.src.vectors, kind.tgt.vectors) for kind in self._kinds}
        if self._anchors:
            sides["anchors"] = self._anchors[0].vectors, self._anchors[1].vectors
        return sides

    @cached_property
    def neighbours(self) -> Neighbours:
        """The most similar segments of the other side, for every segment of the whole pair."""
        return nearest(*self.vectors, NEIGHBOURS)

    @cached_property
    def crowding(self) -> tuple[Matrix, Matrix]:
        """How alike each segment is to the nearest of the other side, on average: high where it is like everything."""
        near = self.neighbours.column_similarities, self.neighbours.row_similarities
        src, tgt = (side[:, :_CROWD].mean(axis=1, dtype=np.float64) for side in near)
        return src, tgt

    @cached_property
    def anchors(self) -> Overlaps | None:
        """How alike overlaps are in what survives translation; None where there is no such view."""
        return Overlaps(*self._anchors) if self._anchors else None

    @cached_property
    def vectors(self) -> tuple[Vectors, Vectors]:
        """A float32 row a segment, shapes (n, d) and (m, d), whose inner products are `segments`."""
        return (
            np.hstack([unit(kind.src.vectors) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
            np.hstack([unit(kind.tgt.vectors) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
        )

    @cached_property
    def segments(self) -> Matrix:
        """The similarity of every segment with every other, shape (n, m)."""
        src, tgt = self.vectors
        return (src @ tgt.T).astype(np.float64)

    @cached_property
    def _overlaps(self) -> list[tuple[float, Overlaps]]:
        return [(kind.weight, Overlaps(kind.src, kind.tgt)) for kind in self._kinds]

    def __call__(self, ends: Ends, rows: int, columns: int) -> Matrix:
        """As Overlaps; 1 is identical, 0 is what any two passages of the pair have in common."""
        weight, part = self._overlaps[0]
        total = weight * part(ends, rows, columns)
        for weight, part in self._overlaps[1:]:
            total += weight * part(ends, rows, columns)
        return total


def _column(src: Vectors, tgt: Vectors) -> tuple[Matrix, Matrix]:
    return src[:, 0].astype(np.float64), tgt[:, 0].astype(np.float64)


def align(views: Sequence[View], n: int, m: int, options: Options = Options()) -> Alignment:
    """Align `n` source with `m` target segments on whatever evidence there is; none gives null beads only.

    Rows that hold anything but numbers count as unknown, and a segment of which nothing is known is linked at most
    along with another. Where passages of one side are the same, they are linked in order. Exchanging the documents
    exchanges the sides of every bead, unless beads are equally good. Memory grows with n + m. Raises ValueError when a
    view's rows are not the segments.
    """
    for view in views:
        if len(view.src) != n or len(view.tgt) != m:
            raise ValueError(f"view {view.kind}: {len(view.src)} x {len(view.tgt)} rows for {n} x {m} segments")
    links = [bead for bead, _ in measured(views, n, m, options) if bead.confidence >= options.least_confidence]
    return described(links, n, m)


def measured(views: Sequence[View], n: int, m: int, options: Options = Options()) -> list[tuple[Bead, Features]]:
    """Every link that the search makes, doubtful ones too, with what its confidence rests on."""
    if not n or not m or not any(view.kind not in (*COLUMNS, "anchors") for view in views):
        return []
    # Rows are used once and columns may be contested, so the longer side makes the rows: then
    # exchanging the documents exchanges the sides of every bead.
    if (n, _amount([view.src for view in views])) < (m, _amount([view.tgt for view in views])):
        exchanged = [View(view.kind, view.tgt, view.src) for view in views]
        return [(_exchanged(bead), features) for bead, features in _links(Evidence(exchanged, options), m, n, options)]
    return _links(Evidence(views, options), n, m, options)


def _amount(sides: Sequence[Vectors]) -> float:
    return sum(float(np.nan_to_num(np.abs(side), posinf=0.0).sum(dtype=np.float64)) for side in sides)


def _exchanged(bead: Bead) -> Bead:
    return replace(bead, src=bead.tgt, tgt=bead.src)


def _links(evidence: Evidence, n: int, m: int, options: Options) -> list[tuple[Bead, Features]]:
    blocks = searched(evidence, options)
    if n * m <= _DENSE and _mean_gain(blocks) < options.clear:
        free = _in_any_order(evidence, options)
        if not _told_in_order(blocks, free, evidence, options):
            return _free_links(free, evidence)
    coverage = min(_share(blocks, n, m))
    return [
        (_bead(step, features), features)
        for block in blocks
        for step, features in zip(block, _features(block, evidence, evidence.neighbours, coverage), strict=True)
    ]


def _mean_gain(blocks: Sequence[Sequence[Step]]) -> float:
    gains = [step.gain for block in blocks for step in block]
    return sum(gains) / len(gains) if gains else 0.0


def _in_any_order(evidence: Evidence, options: Options) -> list[Step]:
    pair = prepared(evidence.sides, evidence.column("length"), options.largest - 1)
    model = known(evidence.sides)
    links = scattered(pair, bead_sizes(options.largest), model, LEAST[model])
    # Between unrelated texts there is a doubtful link now and then, and no other.
    return links if expected_right(links) >= 1 else []


def _told_in_order(
    blocks: Sequence[Sequence[Step]], free: Sequence[Step], evidence: Evidence, options: Options
) -> bool:
    """Whether the links that were looked for in order, rather than in any, are to be kept."""
    if max(_share(blocks, *evidence.shape)) < options.in_order["words" not in evidence.sides]:
        return False
    confirming = {cell for step in free for cell in _cells(step)}
    steps = [step for block in blocks for step in block]
    confirmed = sum(not confirming.isdisjoint(_cells(step)) for step in steps)
    return "english" not in evidence.sides or confirmed >= options.confirmed * len(steps)


def _cells(step: Step) -> Iterator[tuple[int, int]]:
    return product(range(step.row, step.row + step.rows), range(step.column, step.column + step.columns))


def _free_links(links: Sequence[Step], evidence: Evidence) -> list[tuple[Bead, Features]]:
    blocks = [[step] for step in links]
    coverage = min(_share(blocks, *evidence.shape))
    found = []
    for block in blocks:
        features = next(_features(block, evidence, evidence.neighbours, coverage))
        found.append((replace(_bead(block[0], features), confidence=probability(block[0].gain)), features))
    return found


def searched(evidence: Evidence, options: Options) -> list[list[Step]]:
    """Every link, block by block; a text told in order is one block."""
    places = lanes(evidence.neighbours)
    expectation = expected(evidence, options, places)

    def dense(part: Evidence) -> list[list[Step]]:
        found = _blocks(part, expectation.ratio, options)
        boxes = _boxes(found, *part.shape)
        again = [_in_order(part, *whole, expectation, options) for whole in zip(found, boxes, strict=True)]
        return exclusive([block for block in again if block], options.jump)

    return tiled(evidence, places, dense, options.null, options.jump)


def expected(evidence: Evidence, options: Options, places: Sequence[Lane] | None = None) -> Expectation:
    """What a first search tells of the pair, for which nothing is known but what is usual."""
    places = lanes(evidence.neighbours) if places is None else places
    blocks = tiled(evidence, places, lambda part: _blocks(part, None, options), options.null, options.jump)
    return _found(blocks, evidence, options)


def _blocks(part: Evidence, ratio: float | None, options: Options) -> list[list[Step]]:
    """What is told in which order: found as if the usual share were linked, so that a moved block needs good links."""
    usual = Expectation((options.usual_coverage, options.usual_coverage), ratio)
    scores = gain(part, usual, options.scores)
    return search(*part.shape, bead_sizes(options.largest), scores, options.null, options.jump)


def _boxes(blocks: Sequence[Sequence[Step]], n: int, m: int) -> list[tuple[range, range]]:
    """The rows and columns that each block has to itself, up to the blocks before and behind it on either side."""
    rows = [(block[0].row, block[-1].row + block[-1].rows) for block in blocks]
    columns = [(block[0].column, block[-1].column + block[-1].columns) for block in blocks]
    return [(_between(rows, row, n), _between(columns, column, m)) for row, column in zip(rows, columns, strict=True)]


def _between(spans: Sequence[tuple[int, int]], own: tuple[int, int], size: int) -> range:
    before = [end for _, end in spans if end <= own[0]]
    behind = [start for start, _ in spans if start >= own[1]]
    return range(max(before, default=0), min(behind, default=size))


def _in_order(
    part: Evidence, block: Sequence[Step], box: tuple[range, range], expectation: Expectation, options: Options
) -> list[Step]:
    """The links within a block's box, none of which leaves the order of the text.

    Searched more than once: the first time as if no more were linked than in the block, which is made of good links.
    """
    rows, columns = box
    tile = part if (len(rows), len(columns)) == part.shape else part.tile(rows, columns)
    sizes = bead_sizes(options.largest)
    found = [[replace(step, row=step.row - rows.start, column=step.column - columns.start) for step in block]]
    for _ in range(_SEARCHES):
        own = Expectation(_found(found, tile, options).coverage, expectation.ratio)
        found = search(*tile.shape, sizes, gain(tile, own, options.scores), options.null, math.inf)
    return [
        replace(step, row=step.row + rows.start, column=step.column + columns.start) for one in found for step in one
    ]


def bead_sizes(largest: int) -> list[tuple[int, int]]:
    """Numbers of rows and columns a bead may have: m:n up to six in all, 1:n and n:1 up to `largest`."""
    return [
        (rows, total - rows)
        for total in range(2, largest + 1)
        for rows in range(1, total)
        if total <= 6 or rows == 1 or rows == total - 1
    ]


def _found(blocks: Sequence[Sequence[Step]], evidence: Evidence, options: Options) -> Expectation:
    """Shares drawn towards the usual one, since a handful of segments says little; lengths of what is linked."""
    n, m = evidence.shape
    rows, columns = _share(blocks, n, m)
    prior = _PRIOR_SEGMENTS * options.usual_coverage
    coverage = (rows * n + prior) / (n + _PRIOR_SEGMENTS), (columns * m + prior) / (m + _PRIOR_SEGMENTS)
    lengths = evidence.column("length")
    if lengths is None or not rows:
        return Expectation(coverage)
    src = sum(lengths[0][step.row : step.row + step.rows].sum() for block in blocks for step in block)
    tgt = sum(lengths[1][step.column : step.column + step.columns].sum() for block in blocks for step in block)
    return Expectation(coverage, float(max(tgt, 1) / max(src, 1)))


def _share(blocks: Sequence[Sequence[Step]], n: int, m: int) -> tuple[float, float]:
    rows = sum(step.rows for block in blocks for step in block)
    columns = sum(step.columns for block in blocks for step in block)
    return rows / n, columns / m


def _features(block: Sequence[Step], evidence: Evidence, neighbours: Neighbours, coverage: float) -> Iterator[Features]:
    for position, (step, similarity) in enumerate(zip(block, _similarities(block, evidence), strict=True)):
        rows, columns = range(step.row, step.row + step.rows), range(step.column, step.column + step.columns)
        margin = similarity - max(rival(neighbours, rows, columns), 0.0)
        beside = block[max(0, position - 1) : position + 2]
        yield Features(similarity, margin, sum(_adjacent(step, other) for other in beside), coverage)


def _similarities(block: Sequence[Step], evidence: Evidence) -> Iterator[float]:
    """Of each bead of a block, by windows that hold some of them."""
    start = 0
    while start < len(block):
        top, left = block[start].row, block[start].column
        stop = start + 1
        while stop < min(len(block), start + _BEADS_AT_ONCE) and (
            max(block[stop].row - top, block[stop].column - left) < _REACH
        ):
            stop += 1
        last = block[stop - 1]
        part = evidence.tile(range(top, last.row + last.rows), range(left, last.column + last.columns))
        for step in block[start:stop]:
            yield float(part(step.row + step.rows - top, step.rows, step.columns)[step.column - left])
        start = stop


def _bead(step: Step, features: Features) -> Bead:
    rows = tuple(range(step.row, step.row + step.rows))
    columns = tuple(range(step.column, step.column + step.columns))
    return Bead(rows, columns, features.similarity, confidence(features), reasons(features))


def _adjacent(step: Step, other: Step) -> bool:
    """Whether another bead ends where this one starts, or starts where it ends, give or take one segment."""
    if other is step:
        return False
    first, second = sorted((step, other), key=lambda item: item.row)
    return second.row - first.row - first.rows <= 1 and abs(second.column - first.column - first.columns) <= 1


def described(links: Sequence[Bead], n: int, m: int) -> Alignment:
    """The links completed with null beads, in reading order, and summed up."""
    src = {i for bead in links for i in bead.src}
    tgt = {j for bead in links for j in bead.tgt}
    nulls = [Bead((i,), (), confidence=0.5) for i in range(n) if i not in src]
    nulls += [Bead((), (j,), confidence=0.5) for j in range(m) if j not in tgt]
    beads = in_reading_order([*links, *nulls])
    src_coverage, tgt_coverage = len(src) / n if n else 0.0, len(tgt) / m if m else 0.0
    return Alignment(tuple(beads), verdict(len(links), src_coverage, tgt_coverage), src_coverage, tgt_coverage)


def in_reading_order(beads: Sequence[Bead]) -> list[Bead]:
    """By source; what only the target has stands behind what precedes it there."""
    place: dict[int, tuple[int, int]] = {}
    for bead in sorted((bead for bead in beads if bead.src and bead.tgt), key=lambda bead: bead.tgt[0]):
        place.update(dict.fromkeys(bead.tgt, (bead.src[0], bead.tgt[0])))
    last = (-1, -1)
    for j in sorted(j for bead in beads for j in bead.tgt):
        last = place.setdefault(j, last)
    return sorted(beads, key=lambda bead: (bead.src[0], -1) if bead.src else (place[bead.tgt[0]][0], bead.tgt[0]))


def verdict(links: int, src_coverage: float, tgt_coverage: float) -> str:
    """How two documents relate, in words; coverages 0 to 1."""
    shares = f"{src_coverage:.0%} of the first and {tgt_coverage:.0%} of the second have a counterpart"
    if links == 0:
        return "nothing found in common: no passage of one was recognised in the other"
    if min(src_coverage, tgt_coverage) >= 0.8:
        return f"translations of one text: {shares}"
    if min(src_coverage, tgt_coverage) >= 0.5:
        return f"versions of one text, each with something of its own: {shares}"
    if links > 2 and max(src_coverage, tgt_coverage) >= 0.15:
        return f"different tellings of one event: {shares}"
    return f"unrelated tellings, or retold too freely to be recognised: {shares}"
