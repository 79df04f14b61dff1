"""Where links in any order begin and end, chosen when all are found.

What tells that passages correspond, wherever in them, tells little of how much of them does: one more sentence on the
topic makes two passages no less alike. So each link may gain or lose a segment at either end of either side, by weights
of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from workbench.align.blocks import Step
from workbench.align.constraints import Constraints
from workbench.align.scattered import WORDS, Model, Prepared, features
from workbench.align.similarity import Matrix

# Characters added to either side, so that a few more of them make no ratio.
_SHORT = 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What describes an extent, as in `scattered.Model`, and what each counts.

    `fewer`, `more`: segments beyond the first of the document that has fewer segments, and of the other. `ratio`: by
    how much one side is longer than the other, as a log ratio.
    """

    fewer: float = 0.0
    more: float = 0.0
    ratio: float = 0.0
    support: float = 0.0
    words: float = 0.0
    meaning: float = 0.0
    anchors: float = 0.0


# By `python -m models.training.alignment.extents`, for links that come of these models; those of others stay as they
# were found. Where the English is compared token by token more extents were right on pairs held out, but fewer links
# at all.
WEIGHTS: Mapping[Model, Weights] = {
    WORDS: Weights(fewer=-0.88, more=-1.1, ratio=-1.53, support=1.0, words=32.9, meaning=21.01, anchors=-1.63),
}
# By how much another extent must be likelier, in log odds: else too many links lose the segment that is right.
MARGIN = 1.5


def candidates(step: Step, sizes: Sequence[tuple[int, int]], shape: tuple[int, int]) -> Iterator[Step]:
    """The link and those that begin or end a segment before or behind it, on either side, and share some of each."""
    for row in range(max(step.row - 1, 0), step.src.stop):
        for end in range(max(row, step.row) + 1, min(step.src.stop + 1, shape[0]) + 1):
            for column in range(max(step.column - 1, 0), step.tgt.stop):
                for last in range(max(column, step.column) + 1, min(step.tgt.stop + 1, shape[1]) + 1):
                    if (end - row, last - column) in sizes:
                        yield Step(row, end - row, column, last - column, step.gain)


def described(pair: Prepared, rows: int, columns: int) -> Iterator[tuple[str, Matrix | float]]:
    """What describes extents of `rows` x `columns` segments by name, shape (n + 1 - rows, m + 1 - columns)."""
    n, m = pair.shape
    extra = rows - 1.0, columns - 1.0
    yield "fewer", sum(extra) / 2 if n == m else extra[n > m]
    yield "more", sum(extra) / 2 if n == m else extra[n < m]
    if pair.lengths is not None:
        src, tgt = (np.concatenate([[0.0], np.cumsum(side)]) for side in pair.lengths)
        longer = np.log(src[rows:] - src[:-rows] + _SHORT)[:, None] - np.log(tgt[columns:] - tgt[:-columns] + _SHORT)
        yield "ratio", np.abs(longer)
    yield from features(pair, rows, columns)


def refined(
    steps: Sequence[Step],
    pair: Prepared,
    sizes: Sequence[tuple[int, int]],
    weights: Weights,
    settled: Constraints,
) -> list[Step]:
    """The links with the likeliest of their extents, the strongest first; in row order, no segment in two."""
    extents = {step: list(candidates(step, sizes, pair.shape)) for step in steps}
    scores = _scored(chain.from_iterable(extents.values()), pair, weights)
    taken = settled.rows.copy(), settled.columns.copy()
    for step in steps:
        _mark(taken, step, True)
    found = []
    for step in sorted(steps, key=lambda step: (-step.gain, step.row)):
        _mark(taken, step, False)
        free = [
            other
            for other in extents[step]
            if not taken[0][other.src].any()
            and not taken[1][other.tgt].any()
            and (other.row, other.rows, other.column, other.columns) not in settled.barred
        ]
        best = max(free, key=scores.__getitem__)
        if scores[best] < scores[step] + MARGIN:
            best = step
        _mark(taken, best, True)
        found.append(best)
    return sorted(found, key=lambda step: step.row)


def _scored(extents: Iterable[Step], pair: Prepared, weights: Weights) -> dict[Step, float]:
    """The log odds of each, up to a constant; size by size, since what describes one grows with n times m."""
    by_size: defaultdict[tuple[int, int], list[Step]] = defaultdict(list)
    for extent in extents:
        by_size[extent.rows, extent.columns].append(extent)
    scores: dict[Step, float] = {}
    for (rows, columns), alike in by_size.items():
        total = np.zeros((pair.shape[0] + 1 - rows, pair.shape[1] + 1 - columns))
        for name, value in described(pair, rows, columns):
            total += getattr(weights, name) * value
        scores.update((extent, round(float(total[extent.row, extent.column]), 9)) for extent in alike)
    return scores


def _mark(taken: tuple[NDArray[np.bool_], NDArray[np.bool_]], step: Step, used: bool) -> None:
    taken[0][step.src], taken[1][step.tgt] = used, used
