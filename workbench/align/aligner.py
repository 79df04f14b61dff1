"""From views of two documents to beads, with a confidence for each and a verdict on the pair."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from workbench.align import confidence
from workbench.align.confidence import Link
from workbench.align.constraints import Constraints, Indices, constraints
from workbench.align.dp import Gain, Step, search
from workbench.align.neighbours import nearest
from workbench.align.similarity import Ends, Matrix, Overlaps, Vectors, View, by_kind, centred, unit
from workbench.align.tiles import Lane, lanes, tiled
from workbench.align.verdict import completed, kept, verdict
from workbench.datatypes import Bead

# The first search only tells how much has a counterpart; small beads do for that.
_FIRST_LARGEST = 3
# How many of a segment's nearest are looked at, to find the chains and a link's rivals.
NEIGHBOURS = 6
# How many segments' worth the expectation weighs that a usual share is linked.
_PRIOR_SEGMENTS = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What the search weighs against what; tuned on development sets of gold alignments."""

    # How much each kind of evidence counts, relative to the others that are there.
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"meaning": 1.0, "english": 3.0, "words": 0.35, "anchors": 0.15}
    )
    # What each kind's similarities are multiplied by, so that a good match is about as high in all.
    scales: Mapping[str, float] = field(default_factory=lambda: {"words": 1.5, "english": 0.9, "anchors": 0.9})
    # How much of what all passages of a side share is taken out of each.
    centring: Mapping[str, float] = field(default_factory=lambda: {"meaning": 0.8, "english": 1.0, "words": 0.25})
    # How a bead's similarity counts by its size: 0 once for a bead, 1 once for a segment.
    size_power: float = 0.3
    # Similarity a segment must bring to beat a null bead, on a side of which `usual_coverage` is linked.
    threshold: float = 0.1
    # The same for the first search, which must not take a common topic for a counterpart.
    first_threshold: float = 0.3
    # How far the threshold falls with the log odds of a segment being linked: in a full translation a weak link is
    # likely right.
    adaptation: float = 0.03
    # The same where less than usual is linked: links between texts on one topic are likely wrong.
    caution: float = 0.1
    usual_coverage: float = 0.7
    # What a segment beyond the first of each side costs a bead.
    merge: float = 0.02
    # What an unlinked segment costs.
    null: float = 0.025
    # What leaving the order of the text costs.
    jump: float = 1.5
    # Where little is shared it seldom comes in the same order: the price follows this power of coverage.
    jump_power: float = 1.0
    # Segments in a bead, both sides together.
    largest: int = 7


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
    src: Vectors
    tgt: Vectors


class Evidence:
    """The similarity of any overlap of one side with any of the other, all kinds of evidence weighed together.

    What concerns the whole pair (centring) is prepared once; what grows with n times m is made when it is first asked
    for, so ask it of tiles.
    """

    def __init__(self, views: Sequence[View], options: Options, settled: Constraints | None = None) -> None:
        parts = by_kind(views)
        self.constraints = settled or constraints(len(views[0].src), len(views[0].tgt))
        total = sum(options.weights.get(kind, 1.0) for kind in parts)
        self._largest = options.largest - 1
        self._kinds = [
            _Kind(
                kind,
                options.weights.get(kind, 1.0) * options.scales.get(kind, 1.0) / total,
                centred(src, options.centring.get(kind, 0.0)),
                centred(tgt, options.centring.get(kind, 0.0)),
            )
            for kind, (src, tgt) in parts.items()
        ]

    @property
    def shape(self) -> tuple[int, int]:
        """Segments of either side."""
        return len(self._kinds[0].src), len(self._kinds[0].tgt)

    @property
    def kinds(self) -> dict[str, _Kind]:
        """What the kinds say each for itself, by name."""
        return {kind.name: kind for kind in self._kinds}

    def tile(self, rows: range, columns: range) -> Evidence:
        """The same evidence on a window of either side, with what was prepared for the whole pair."""
        part = object.__new__(Evidence)
        part._largest = self._largest
        part.constraints = self.constraints.within(rows, columns)
        r, c = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        part._kinds = [_Kind(kind.name, kind.weight, kind.src[r], kind.tgt[c]) for kind in self._kinds]
        return part

    @cached_property
    def vectors(self) -> tuple[Vectors, Vectors]:
        """A float32 row a segment, shapes (n, d) and (m, d), whose inner products are `segments`."""
        return self.constraints.vectors(
            np.hstack([unit(kind.src) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
            np.hstack([unit(kind.tgt) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
        )

    @cached_property
    def segments(self) -> Matrix:
        """The similarity of every segment with every other, shape (n, m)."""
        src, tgt = self.vectors
        return (src @ tgt.T).astype(np.float64)

    @cached_property
    def _overlaps(self) -> list[tuple[float, Overlaps]]:
        return [(kind.weight, Overlaps(kind.src, kind.tgt, self._largest)) for kind in self._kinds]

    def __call__(self, ends: Ends, rows: int, columns: int) -> Matrix:
        """As Overlaps; 1 is identical, 0 is what any two passages of the pair have in common."""
        weight, part = self._overlaps[0]
        total = weight * part(ends, rows, columns)
        for weight, part in self._overlaps[1:]:
            total += weight * part(ends, rows, columns)
        return total


def align(
    views: Sequence[View],
    n: int,
    m: int,
    options: Options = Options(),
    fixed: Sequence[Bead] = (),
    barred: Collection[tuple[Indices, Indices]] = (),
) -> Alignment:
    """Align `n` source with `m` target segments on whatever evidence there is; none gives null beads only.

    `fixed` beads, null ones too, come back as they are, and what is left is aligned knowing them; links named in
    `barred` by the segments of their sides are not made, nor with something added to both sides. Rows that hold
    anything but numbers count as unknown. Memory grows with n + m. Raises ValueError when a view's rows are not the
    segments or fixed beads overlap.
    """
    for view in views:
        if len(view.src) != n or len(view.tgt) != m:
            raise ValueError(f"view {view.kind}: {len(view.src)} x {len(view.tgt)} rows for {n} x {m} segments")
    settled = constraints(n, m, fixed, barred)
    return described([*fixed, *(confidence.bead(link) for link in measured(views, n, m, options, settled))], n, m)


def measured(
    views: Sequence[View], n: int, m: int, options: Options = Options(), settled: Constraints | None = None
) -> list[Link]:
    """Every link that the search makes, doubtful ones too, with what its confidence rests on."""
    if not views or not n or not m:
        return []
    settled = settled or constraints(n, m)
    # Rows are used once and columns may be contested, so the longer side makes the rows: then
    # exchanging the documents exchanges the sides of every bead.
    if n < m:
        exchanged = Evidence([View(view.kind, view.tgt, view.src) for view in views], options, settled.exchanged())
        return [link.exchanged() for link in _links(exchanged, m, n, options)]
    return _links(Evidence(views, options, settled), n, m, options)


def _links(evidence: Evidence, n: int, m: int, options: Options) -> list[Link]:
    places = lanes(nearest(*evidence.vectors, NEIGHBOURS))
    probing = replace(options, threshold=options.first_threshold)
    first = _search(evidence, places, probing, bead_sizes(_FIRST_LARGEST), (options.usual_coverage,) * 2)
    expected = _expected(first, n, m, options)
    blocks = _search(evidence, places, options, bead_sizes(options.largest), expected)

    def gain(rows: range, columns: range) -> Gain:
        return _gain(evidence.tile(rows, columns), _thresholds(expected, options), options)

    found = confidence.measured(blocks, evidence, bead_sizes(options.largest), gain, options.null)
    return [link for link in found if not evidence.constraints.rows[link.src[0]]]


def _search(
    evidence: Evidence,
    places: Sequence[Lane],
    options: Options,
    sizes: Sequence[tuple[int, int]],
    coverage: tuple[float, float],
) -> list[list[Step]]:
    """`coverage`: the share of each side that is expected to have a counterpart."""
    jump = options.jump * (min(coverage) / options.usual_coverage) ** options.jump_power

    def dense(part: Evidence) -> list[list[Step]]:
        return search(*part.shape, sizes, _gain(part, _thresholds(coverage, options), options), options.null, jump)

    return tiled(evidence, places, dense, options.null, jump)


def _thresholds(coverage: tuple[float, float], options: Options) -> list[float]:
    return [_threshold(share, options) for share in coverage]


def _threshold(coverage: float, options: Options) -> float:
    below = _log_odds(options.usual_coverage) - _log_odds(coverage)
    return options.threshold + below * (options.caution if below > 0 else options.adaptation)


def _log_odds(share: float) -> float:
    """Of a share of segments, kept finite for none and all."""
    return math.log((share + 0.02) / (1.02 - share))


def _gain(evidence: Evidence, thresholds: Sequence[float], options: Options) -> Gain:
    def gain(ends: Ends, rows: int, columns: int) -> Matrix:
        similarity = evidence(ends, rows, columns)
        price = (thresholds[0] * rows + thresholds[1] * columns) / 2
        price += options.merge * (rows + columns - 2)
        size: float = ((rows + columns) / 2) ** options.size_power
        return similarity * size - price

    return evidence.constraints.gain(gain, options.jump)


def bead_sizes(largest: int) -> list[tuple[int, int]]:
    """Numbers of rows and columns a bead may have: 1:1 first, m:n up to 3:2, 1:n up to `largest` in all."""
    return [
        (rows, total - rows)
        for total in range(2, largest + 1)
        for rows in range(1, total)
        if total <= 5 or rows == 1 or rows == total - 1
    ]


def _expected(blocks: Sequence[Sequence[Step]], n: int, m: int, options: Options) -> tuple[float, float]:
    """The shares linked, drawn towards the usual one: a handful of segments says little."""
    rows, columns = _share(blocks, n, m)
    prior = _PRIOR_SEGMENTS * options.usual_coverage
    return (rows * n + prior) / (n + _PRIOR_SEGMENTS), (columns * m + prior) / (m + _PRIOR_SEGMENTS)


def _share(blocks: Sequence[Sequence[Step]], n: int, m: int) -> tuple[float, float]:
    rows = sum(step.rows for block in blocks for step in block)
    columns = sum(step.columns for block in blocks for step in block)
    return rows / n, columns / m


def described(beads: Sequence[Bead], n: int, m: int) -> Alignment:
    """The beads completed with null beads, in reading order, and what is shown of them summed up."""
    completed_beads = completed(beads, n, m)
    found = verdict(kept(completed_beads))
    return Alignment(tuple(completed_beads), found.sentence, found.src_coverage, found.tgt_coverage)
