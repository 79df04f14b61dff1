"""From views of two documents to beads, with a confidence for each and a verdict on the pair."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from workbench.align import confidence
from workbench.align.blocks import Step, resolved
from workbench.align.confidence import Link
from workbench.align.constraints import Constraints, Indices, constraints
from workbench.align.copies import read_once
from workbench.align.dp import Gain, Gains, best, tabulated
from workbench.align.interrupted import as_it_is, uninterrupted
from workbench.align.neighbours import Neighbours, nearest
from workbench.align.scattered import LARGEST, LEAST, LIKELY, known, prepared, scattered
from workbench.align.scoring import COMPLETE, WEIGHTS, Expectation, gain, shifts
from workbench.align.similarity import (
    Ends,
    Matrix,
    Overlaps,
    Runs,
    Similarities,
    Vectors,
    View,
    by_kind,
    centred,
    picked,
    unit,
)
from workbench.align.tiles import Lane, lanes, tiled
from workbench.align.verdict import completed, in_context, kept, verdict
from workbench.align.wording import MOST_READ, Tokens, Wording
from workbench.datatypes import Bead

# How many of a segment's nearest are looked at, to find the chains and a link's rivals.
NEIGHBOURS = 6
# And of how many of them the similarity tells how much a segment is like everything.
_CROWD = 4
# Views that are one number a segment: characters, quotation marks, how the segment ends.
COLUMNS = ("length", "quotes", "ending")
# Pairs of segments beyond which nothing is looked for in any order.
_MOST_IN_ANY_ORDER = 9_000_000
# What beads of a first search gain on average between unrelated texts at most, and between related ones at least.
_CHANCE = 2.2, 2.9
# Between unrelated texts too a passage that is the same in both is to be found.
_LEAST_CLEARNESS = 0.1
# How alike a segment is to its nearest where these are copies.
_COPY = 0.9
# How far the share that a search in order has found counts for the next.
_TRUST = 0.25
# How many segments' worth it weighs what share is linked elsewhere, or usually.
_PRIOR_SEGMENTS = 5

Places = NDArray[np.intp]


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
    # How far it counts whether a bead is complete where the rest may be lost: between links, of what they left over.
    of_gaps: float = 0.3
    # What leaving the order of the text costs, in log odds too.
    jump: float = 6.0
    # Links in order with log odds of this on average are not doubted.
    clear: float = 8.0
    # Others are where they cover less than this share of either side: with a language in common, and without.
    in_order: tuple[float, float] = (0.6, 0.4)
    # And where there is English of both sides and fewer of them than this share are links in any order too.
    confirmed: float = 0.68
    # Segments in a bead, both sides together.
    largest: int = 8


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads in which every segment of either side stands once, in source order, and what they say of the pair.

    Doubtful links are among them: `kept` leaves out those below a confidence. Verdict and coverages are of what it
    keeps by default.
    """

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

    def __init__(self, views: Sequence[View], options: Options, settled: Constraints | None = None) -> None:
        parts = by_kind(views)
        self.constraints = settled or constraints(len(views[0].src), len(views[0].tgt))
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

    @property
    def kinds(self) -> dict[str, _Kind]:
        """What the kinds say each for itself, by name."""
        return {kind.name: kind for kind in self._kinds}

    def tile(self, rows: range, columns: range) -> Evidence:
        """The same evidence on a window of either side, with what was prepared for the whole pair."""
        part = object.__new__(Evidence)
        part.constraints = self.constraints.within(rows, columns)
        r, c = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        part._columns = {kind: (src[r], tgt[c]) for kind, (src, tgt) in self._columns.items()}
        part._anchors = [side.window(place) for side, place in zip(self._anchors, (rows, columns), strict=False)]
        part._kinds = [_Kind(k.name, k.weight, k.src.window(rows), k.tgt.window(columns)) for k in self._kinds]
        part.crowding = self.crowding[0][r], self.crowding[1][c]
        return part

    def without(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Evidence:
        """The same evidence as if some segments of either side were not there."""
        r, c = (np.delete(np.arange(size), gone) for size, gone in zip(self.shape, (rows, columns), strict=True))
        part = object.__new__(Evidence)
        part.constraints = self.constraints.only(r, c)
        part._columns = {kind: (src[r], tgt[c]) for kind, (src, tgt) in self._columns.items()}
        part._anchors = [side.only(kept) for side, kept in zip(self._anchors, (r, c), strict=False)]
        part._kinds = [_Kind(k.name, k.weight, k.src.only(r), k.tgt.only(c)) for k in self._kinds]
        part.crowding = self.crowding[0][r], self.crowding[1][c]
        if "neighbours" in self.__dict__:
            part.neighbours = self.neighbours.only(r, c)
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
        return Overlaps(self._anchors[0], self._anchors[1]) if self._anchors else None

    @cached_property
    def vectors(self) -> tuple[Vectors, Vectors]:
        """A float32 row a segment, shapes (n, d) and (m, d), whose inner products are `segments`."""
        return self.constraints.vectors(
            np.hstack([unit(kind.src.vectors) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
            np.hstack([unit(kind.tgt.vectors) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
        )

    @cached_property
    def segments(self) -> Matrix:
        """The similarity of every segment with every other, shape (n, m)."""
        src, tgt = self.vectors
        return (src @ tgt.T).astype(np.float64)

    @cached_property
    def _singles(self) -> dict[tuple[int, int], Similarities]:
        return {}

    @cached_property
    def _overlaps(self) -> list[Overlaps]:
        return [Overlaps(kind.src, kind.tgt, kind.weight) for kind in self._kinds]

    def __call__(self, ends: Ends, rows: int, columns: int) -> Similarities:
        """As Overlaps; 1 is identical, 0 is what any two passages of the pair have in common."""
        if 1 in (rows, columns):
            return self._single(rows, columns)[picked(ends, rows)]
        return self._summed(ends, rows, columns)

    def _single(self, rows: int, columns: int) -> Similarities:
        """Of single segments with every run, which scores ask for again and again; by where the run starts."""
        if (rows, columns) not in self._singles:
            ends = np.arange(rows, self.shape[0] + 1)
            self._singles[rows, columns] = self._summed(ends, rows, columns)
        return self._singles[rows, columns]

    def _summed(self, ends: Ends, rows: int, columns: int) -> Similarities:
        total = self._overlaps[0](ends, rows, columns)
        for part in self._overlaps[1:]:
            total += part(ends, rows, columns)
        return total


def _column(src: Vectors, tgt: Vectors) -> tuple[Matrix, Matrix]:
    return src[:, 0].astype(np.float64), tgt[:, 0].astype(np.float64)


def align(
    views: Sequence[View],
    n: int,
    m: int,
    options: Options = Options(),
    fixed: Sequence[Bead] = (),
    barred: Collection[tuple[Indices, Indices]] = (),
    wording: Wording = dict,
) -> Alignment:
    """Align `n` source with `m` target segments on whatever evidence there is; none gives null beads only.

    `fixed` beads, null ones too, come back as they are, and what is left is aligned knowing them; links named in
    `barred` by the segments of their sides are not made, nor with something added to both sides. `wording`, the tokens
    of either side, is asked for where links are looked for in any order.

    Rows that hold anything but numbers count as unknown, and a segment of which nothing is known is linked at most
    along with another. Where passages of one side are the same, they are linked in order. Exchanging the documents
    exchanges the sides of every bead, unless beads are equally good. Memory grows with n + m. Raises ValueError when a
    view's rows are not the segments or fixed beads overlap.
    """
    for view in views:
        if len(view.src) != n or len(view.tgt) != m:
            raise ValueError(f"view {view.kind}: {len(view.src)} x {len(view.tgt)} rows for {n} x {m} segments")
    settled = constraints(n, m, fixed, barred)
    found = measured(views, n, m, options, settled, wording)
    links = [confidence.bead(link) for link in found]
    # What a person has linked is related, however little the rest suggests it.
    if all(bead.is_null for bead in fixed):
        links = in_context(links, n, m, in_order=all(link.log_odds is None for link in found))
    return described([*fixed, *links], n, m)


def measured(
    views: Sequence[View],
    n: int,
    m: int,
    options: Options = Options(),
    settled: Constraints | None = None,
    wording: Wording = dict,
) -> list[Link]:
    """Every link that the search makes, doubtful ones too, with what its confidence rests on."""
    if not n or not m or not any(view.kind not in (*COLUMNS, "anchors") for view in views):
        return []

    def search(views: Sequence[View], settled: Constraints, rows: Places, columns: Places) -> list[Link]:
        return _either_way(views, settled, options, lambda: _only(wording(), rows, columns))

    return read_once(views, settled or constraints(n, m), search)


def _either_way(views: Sequence[View], settled: Constraints, options: Options, wording: Wording) -> list[Link]:
    sides = [view.src for view in views], [view.tgt for view in views]
    # Rows are used once and columns may be contested, so the longer side makes the rows: then
    # exchanging the documents exchanges the sides of every bead.
    if (len(sides[0][0]), _amount(sides[0])) < (len(sides[1][0]), _amount(sides[1])):
        exchanged = Evidence([View(view.kind, view.tgt, view.src) for view in views], options, settled.exchanged())
        return [link.exchanged() for link in _links(exchanged, options, lambda: _exchanged(wording()))]
    return _links(Evidence(views, options, settled), options, wording)


def _only(
    tokens: Mapping[str, tuple[Tokens, Tokens]], rows: Places, columns: Places
) -> dict[str, tuple[Tokens, Tokens]]:
    return {kind: (src.only(rows), tgt.only(columns)) for kind, (src, tgt) in tokens.items()}


def _exchanged(tokens: Mapping[str, tuple[Tokens, Tokens]]) -> dict[str, tuple[Tokens, Tokens]]:
    return {kind: (tgt, src) for kind, (src, tgt) in tokens.items()}


def _amount(sides: Sequence[Vectors]) -> float:
    return sum(float(np.nan_to_num(np.abs(side), posinf=0.0).sum(dtype=np.float64)) for side in sides)


def _links(evidence: Evidence, options: Options, wording: Wording) -> list[Link]:
    blocks = searched(evidence, options)
    found = _found(blocks, evidence, options)

    def scores(part: Evidence) -> Gain:
        return _gain(part, found, options)

    free = _if_not_in_order(blocks, evidence, options, wording)
    sizes = bead_sizes(options.largest)
    if free is None:
        read = uninterrupted(blocks, evidence, scores, sizes, options.null)
    else:
        read = as_it_is([[step] for step in free], evidence)
    links = confidence.measured(
        read.blocks,
        read.evidence,
        sizes,
        lambda rows, columns: scores(read.evidence.tile(rows, columns)),
        options.null,
    )
    links = [replace(link, src=_picked(read.rows, link.src), tgt=_picked(read.columns, link.tgt)) for link in links]
    if free is not None:
        links = [replace(link, log_odds=step.gain) for link, step in zip(links, free, strict=True)]
    return [link for link in links if not evidence.constraints.rows[link.src[0]]]


def _picked(segments: NDArray[np.intp], places: Indices) -> Indices:
    return tuple(segments[list(places)].tolist())


def _gain(part: Evidence, expectation: Expectation, options: Options) -> Gain:
    return part.constraints.gain(gain(part, expectation, options.scores), options.jump)


def _if_not_in_order(
    blocks: Sequence[Sequence[Step]], evidence: Evidence, options: Options, wording: Wording
) -> list[Step] | None:
    """Links in any order, where the documents tell the same too differently for links in order to be trusted."""
    if math.prod(evidence.shape) > _MOST_IN_ANY_ORDER or _mean_gain(blocks) >= options.clear:
        return None
    free = _in_any_order(evidence, options, wording)
    return None if _told_in_order(blocks, free, evidence, options) else free


def _mean_gain(blocks: Sequence[Sequence[Step]]) -> float:
    gains = [step.gain for block in blocks for step in block]
    return sum(gains) / len(gains) if gains else 0.0


def _in_any_order(evidence: Evidence, options: Options, wording: Wording) -> list[Step]:
    largest = min(options.largest, LARGEST)
    tokens = wording() if "english" in evidence.sides and math.prod(evidence.shape) <= MOST_READ else {}
    pair = prepared(evidence.sides, evidence.column("length"), largest - 1, tokens)
    model = known(evidence.sides, bool(tokens))
    return scattered(pair, bead_sizes(largest), model, LEAST[model], evidence.constraints)


def _told_in_order(
    blocks: Sequence[Sequence[Step]], free: Sequence[Step], evidence: Evidence, options: Options
) -> bool:
    """Whether the links that were looked for in order, rather than in any, are to be kept."""
    if max(_share(blocks, *evidence.shape)) < options.in_order["words" not in evidence.sides]:
        return False
    confirming = {cell for step in free if step.gain > LIKELY for cell in _cells(step)}
    steps = [step for block in blocks for step in block]
    confirmed = sum(not confirming.isdisjoint(_cells(step)) for step in steps)
    return "english" not in evidence.sides or confirmed >= options.confirmed * len(steps)


def _cells(step: Step) -> Iterator[tuple[int, int]]:
    return product(range(step.row, step.row + step.rows), range(step.column, step.column + step.columns))


def searched(evidence: Evidence, options: Options) -> list[list[Step]]:
    """Every link, block by block; a text told in order is one block."""
    places = lanes(evidence.neighbours)
    expectation = expected(evidence, options, places)

    def dense(part: Evidence) -> list[list[Step]]:
        gains = _tabulated(part, expectation.ratio, options)
        found = best(gains, bead_sizes(options.largest), options.null, options.jump)
        again = []
        for block, box in zip(found, _boxes(found, *part.shape), strict=True):
            usual = _local(expectation, evidence.shape, block, box, options)
            first = _in_order(gains, box, usual, options)
            nearer = _nearer(usual, first, box)
            again.append(_filled(_in_order(gains, box, nearer, options), part, nearer, options))
        return resolved([block for block in again if block], options.null, options.jump)

    return tiled(evidence, places, dense, options.null, options.jump)


def expected(evidence: Evidence, options: Options, places: Sequence[Lane] | None = None) -> Expectation:
    """What a first search tells of the pair, for which nothing is known but what is usual."""
    places = lanes(evidence.neighbours) if places is None else places
    blocks = tiled(evidence, places, lambda part: _blocks(part, None, options), options.null, options.jump)
    found, clearness = _found(blocks, evidence, options), _clearness(blocks, evidence)
    src, tgt = found.coverage
    return replace(found, coverage=(clearness * src, clearness * tgt), clearness=clearness)


def _clearness(blocks: Sequence[Sequence[Step]], evidence: Evidence) -> float:
    """How far what a first search has found is beyond chance, above 0 to 1: else chance would raise what is expected.

    Copies gain little, since one is as good as another, and yet are not there by chance.
    """
    gains = [step.gain for block in blocks for step in block]
    if not gains:
        return 1.0
    low, high = _CHANCE
    copies = float((np.concatenate(evidence.crowding) > _COPY).mean())
    return max(copies, _LEAST_CLEARNESS, min((sum(gains) / len(gains) - low) / (high - low), 1.0))


def _blocks(part: Evidence, ratio: float | None, options: Options) -> list[list[Step]]:
    """What is told in which order: found as if the usual share were linked, so that a moved block needs good links."""
    return best(_tabulated(part, ratio, options), bead_sizes(options.largest), options.null, options.jump)


def _tabulated(part: Evidence, ratio: float | None, options: Options) -> Gains:
    """What every bead gains if the usual share is linked."""
    return tabulated(*part.shape, bead_sizes(options.largest), _gain(part, _usual(options, ratio), options))


def _usual(options: Options, ratio: float | None = None) -> Expectation:
    return Expectation((options.usual_coverage, options.usual_coverage), ratio)


def _boxes(blocks: Sequence[Sequence[Step]], n: int, m: int) -> list[tuple[range, range]]:
    """The rows and columns that each block has to itself, up to the blocks before and behind it on either side."""
    rows = [(block[0].row, block[-1].row + block[-1].rows) for block in blocks]
    columns = [(block[0].column, block[-1].column + block[-1].columns) for block in blocks]
    return [(_between(rows, row, n), _between(columns, column, m)) for row, column in zip(rows, columns, strict=True)]


def _between(spans: Sequence[tuple[int, int]], own: tuple[int, int], size: int) -> range:
    before = [end for _, end in spans if end <= own[0]]
    behind = [start for start, _ in spans if start >= own[1]]
    return range(max(before, default=0), min(behind, default=size))


def _local(
    expected: Expectation,
    whole: tuple[int, int],
    block: Sequence[Step],
    box: tuple[range, range],
    options: Options,
) -> Expectation:
    """What is to be expected in a block's box, from what is linked there and, since that is little, elsewhere."""
    linked = sum(step.rows for step in block), sum(step.columns for step in block)
    coverage = []
    for share, size, own, side in zip(expected.coverage, whole, linked, box, strict=True):
        others = size - len(side)
        clear = expected.clearness * own
        usual = expected.clearness * options.usual_coverage
        elsewhere = _drawn(min(max(share * size - clear, 0), others), others, usual)
        coverage.append(_drawn(clear, len(side), elsewhere))
    return replace(expected, coverage=(coverage[0], coverage[1]))


def _nearer(expected: Expectation, found: Sequence[Step], box: tuple[range, range]) -> Expectation:
    """What is expected in a box, some way towards what was found there: not all, for what is expected is found."""
    linked = sum(step.rows for step in found), sum(step.columns for step in found)
    src, tgt = (
        share + _TRUST * expected.clearness * (own / len(side) - share)
        for share, own, side in zip(expected.coverage, linked, box, strict=True)
    )
    return replace(expected, coverage=(src, tgt))


def _drawn(linked: float, size: int, towards: float) -> float:
    """The share of `size` segments that is linked, drawn towards another, since a handful of segments says little."""
    return (linked + _PRIOR_SEGMENTS * towards) / (size + _PRIOR_SEGMENTS)


def _in_order(gains: Gains, box: tuple[range, range], expected: Expectation, options: Options) -> list[Step]:
    """The links in a box, none of which leaves the order of the text. `gains`: of the window that the box is in."""
    rows, columns = box
    sizes = bead_sizes(options.largest)
    inside = gains[rows.start : rows.stop + 1, :, columns.start : columns.stop + 1]
    shifted = inside + shifts(_usual(options), expected, sizes, options.scores)[:, None]
    return _moved(best(shifted, sizes, options.null, math.inf), rows, columns)


def bead_sizes(largest: int) -> list[tuple[int, int]]:
    """Numbers of rows and columns a bead may have: m:n up to six in all, 1:n and n:1 up to `largest`."""
    return [
        (rows, total - rows)
        for total in range(2, largest + 1)
        for rows in range(1, total)
        if total <= 6 or rows == 1 or rows == total - 1
    ]


def _filled(block: Sequence[Step], part: Evidence, expected: Expectation, options: Options) -> list[Step]:
    """The links of a block and those in its gaps: between two links where both sides have a few segments left.

    If these correspond, a part of either passage may be lost, which is why nothing was found. So it counts less whether
    a bead has all of a passage. Larger gaps are told otherwise, or not at all.
    """
    scores = {name: weight * (options.of_gaps if name in COMPLETE else 1) for name, weight in options.scores.items()}
    sizes, filled = bead_sizes(options.largest), list(block[:1])
    for before, after in pairwise(block):
        rows = range(before.row + before.rows, after.row)
        columns = range(before.column + before.columns, after.column)
        if min(len(rows), len(columns)) > 0 and max(len(rows), len(columns)) <= options.largest:
            gap = part.tile(rows, columns)
            gains = tabulated(*gap.shape, sizes, _gain(gap, expected, replace(options, scores=scores)))
            filled += _moved(best(gains, sizes, options.null, math.inf), rows, columns)
        filled.append(after)
    return filled


def _moved(blocks: Sequence[Sequence[Step]], rows: range, columns: range) -> list[Step]:
    """Beads found in a window, by their places in what the window is of."""
    return [
        replace(step, row=step.row + rows.start, column=step.column + columns.start)
        for block in blocks
        for step in block
    ]


def _found(blocks: Sequence[Sequence[Step]], evidence: Evidence, options: Options) -> Expectation:
    """What share of either side is linked; lengths of what is linked."""
    n, m = evidence.shape
    rows, columns = _share(blocks, n, m)
    coverage = _drawn(rows * n, n, options.usual_coverage), _drawn(columns * m, m, options.usual_coverage)
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


def described(links: Sequence[Bead], n: int, m: int) -> Alignment:
    """The links completed with null beads, in reading order, and what is shown of them summed up."""
    beads = completed(links, n, m)
    found = verdict(kept(beads))
    return Alignment(tuple(beads), found.sentence, found.src_coverage, found.tgt_coverage)
