"""Links in the order of the text, block by block: a first search tells what to expect, a second one finds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np

from workbench.align.blocks import Step, boxes, moved, resolved
from workbench.align.dp import Gain, Gains, best, inside, tabulated
from workbench.align.evidence import Evidence, Options
from workbench.align.scoring import COMPLETE, Expectation, gain, shifts
from workbench.align.tiles import Lane, lanes, tiled
from workbench.datatypes import Progress, silent

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


def searched(evidence: Evidence, options: Options, progress: Progress = silent) -> list[list[Step]]:
    """Every link, block by block; a text told in order is one block."""
    places = lanes(evidence.neighbours)
    expectation = expected(evidence, options, places, progress)

    def dense(part: Evidence) -> list[list[Step]]:
        gains = _tabulated(part, expectation.ratio, options)
        found = best(gains, bead_sizes(options.largest), options.null, options.jump)
        again = []
        for block, box in zip(found, boxes(found, *part.shape), strict=True):
            usual = _local(expectation, evidence.shape, block, box, options)
            first = _in_order(gains, box, usual, options)
            nearer = _nearer(usual, first, box)
            again.append(_filled(_in_order(gains, box, nearer, options), part, nearer, options))
        return resolved([block for block in again if block], options.null, options.jump)

    return tiled(evidence, places, dense, options.null, options.jump, partial(progress, "second search"))


def expected(
    evidence: Evidence, options: Options, places: Sequence[Lane] | None = None, progress: Progress = silent
) -> Expectation:
    """What a first search tells of the pair, for which nothing is known but what is usual."""
    places = lanes(evidence.neighbours) if places is None else places
    blocks = tiled(
        evidence,
        places,
        lambda part: _blocks(part, None, options),
        options.null,
        options.jump,
        partial(progress, "first search"),
    )
    found, clearness = outcome(blocks, evidence, options), _clearness(blocks, evidence)
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
    return tabulated(*part.shape, bead_sizes(options.largest), gains_of(part, _usual(options, ratio), options))


def _usual(options: Options, ratio: float | None = None) -> Expectation:
    return Expectation((options.usual_coverage, options.usual_coverage), ratio)


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
    shifted = inside(gains, rows, columns) + shifts(_usual(options), expected, sizes, options.scores)[:, None]
    return moved(best(shifted, sizes, options.null, math.inf), rows, columns)


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
        rows, columns = range(before.src.stop, after.row), range(before.tgt.stop, after.column)
        if min(len(rows), len(columns)) > 0 and max(len(rows), len(columns)) <= options.largest:
            gap = part.tile(rows, columns)
            gains = tabulated(*gap.shape, sizes, gains_of(gap, expected, replace(options, scores=scores)))
            filled += moved(best(gains, sizes, options.null, math.inf), rows, columns)
        filled.append(after)
    return filled


def outcome(blocks: Sequence[Sequence[Step]], evidence: Evidence, options: Options) -> Expectation:
    """What these links tell to expect of the pair: the share of either side that is linked, the ratio of lengths."""
    n, m = evidence.shape
    rows, columns = linked_shares(blocks, n, m)
    coverage = _drawn(rows * n, n, options.usual_coverage), _drawn(columns * m, m, options.usual_coverage)
    lengths = evidence.column("length")
    if lengths is None or not rows:
        return Expectation(coverage)
    src = sum(lengths[0][step.src].sum() for block in blocks for step in block)
    tgt = sum(lengths[1][step.tgt].sum() for block in blocks for step in block)
    return Expectation(coverage, float(max(tgt, 1) / max(src, 1)))


def linked_shares(blocks: Sequence[Sequence[Step]], n: int, m: int) -> tuple[float, float]:
    """What share of `n` rows and of `m` columns stands in a link."""
    rows = sum(step.rows for block in blocks for step in block)
    columns = sum(step.columns for block in blocks for step in block)
    return rows / n, columns / m


def gains_of(part: Evidence, expectation: Expectation, options: Options) -> Gain:
    """The score of every bead of a window, with what people settled."""
    return part.constraints.gain(gain(part, expectation, options.scores), options.jump)
