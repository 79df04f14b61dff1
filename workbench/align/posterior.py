"""How sure the search may be of a bead: the share of all ways to align its surroundings that contain it.

The forward-backward algorithm (Baum et al. 1970) over the beads of the search, each way weighing exp(total gain): gains
are log odds. Only a window about each piece of a path is looked at, so that time and memory grow with the length of the
path. What stands elsewhere in the documents is no rival here: see the margin in `confidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.dp import Gain, Step

Matrix = NDArray[np.float64]

# Segments of a path that are looked at together, and those about them: a bead's rivals reach no further.
_PIECE = 64
_AROUND = 8

# How a bead's extent can be wrong by one segment: (rows before, rows behind, columns before, columns behind) added.
_EXTENTS = [
    (-1, 0, 0, 0),
    (0, -1, 0, 0),
    (0, 0, -1, 0),
    (0, 0, 0, -1),
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (0, 0, 1, 0),
    (0, 0, 0, 1),
]


@dataclass(frozen=True, slots=True)
class Belief:
    """Probabilities, 0 to 1, before any calibration.

    `exact`: of this very bead. `link`: that its most certain pair of segments is linked, in whatever bead. `start`,
    `end`: that a bead starts where this one does and ends where it does. `rival`: of the likeliest bead which is this
    one but for a segment at one end; `extent` says which: what it adds (1) or lacks (-1), rows before and behind,
    columns before and behind.
    """

    exact: float
    link: float
    start: float
    end: float
    rival: float
    extent: tuple[int, int, int, int]


def beliefs(
    block: Sequence[Step],
    shape: tuple[int, int],
    sizes: Sequence[tuple[int, int]],
    gain: Callable[[range, range], Gain],
    null: float,
) -> Iterator[Belief]:
    """A belief for every step of one block of the search.

    `gain(rows, columns)` is what the search was given, for a window of the documents; `null` as there.
    """
    for piece in _pieces(block):
        first, last = piece[0], piece[-1]
        rows = _window(first.row, last.row + last.rows, shape[0])
        columns = _window(first.column, last.column + last.columns, shape[1])
        ways = Ways(len(rows), len(columns), sizes, gain(rows, columns), null)
        for step in piece:
            yield ways.belief(step.row - rows.start, step.rows, step.column - columns.start, step.columns)


def _pieces(block: Sequence[Step]) -> Iterator[list[Step]]:
    piece: list[Step] = []
    for step in block:
        if piece and max(step.row + step.rows - piece[0].row, step.column + step.columns - piece[0].column) > _PIECE:
            yield piece
            piece = []
        piece.append(step)
    if piece:
        yield piece


def _window(start: int, end: int, length: int) -> range:
    return range(max(0, start - _AROUND), min(length, end + _AROUND))


class Ways:
    """All monotone ways to align the `n` rows of a window with its `m` columns.

    Between two beads unlinked rows come before unlinked columns, so that every way is counted once.
    """

    def __init__(self, n: int, m: int, sizes: Sequence[tuple[int, int]], gain: Gain, null: float) -> None:
        self._sizes = {size: index for index, size in enumerate(sizes) if size[0] <= n and size[1] <= m}
        weights = _weights(n, m, self._sizes, gain)
        skip = float(np.exp(-null))
        behind, ahead = _forward(weights, self._sizes, skip), _backward(weights, self._sizes, skip)
        # [size, row, column]: the probability of the bead of that size which starts there.
        self._beads = np.zeros((len(sizes), n + 1, m + 1))
        total = behind.total
        for (rows, columns), index in self._sizes.items():
            starts = behind.logs[: n + 1 - rows, None] + ahead.logs[rows:, None] - total
            reached = behind.values[: n + 1 - rows, : m + 1 - columns] * ahead.values[rows:, columns:]
            self._beads[index, : n + 1 - rows, : m + 1 - columns] = (
                reached * weights[index, rows:, columns:] * np.exp(starts)
            )
        self._starts = self._beads.sum(axis=0)
        self._ends = np.zeros((n + 1, m + 1))
        for (rows, columns), index in self._sizes.items():
            self._ends[rows:, columns:] += self._beads[index, : n + 1 - rows, : m + 1 - columns]

    def bead(self, row: int, rows: int, column: int, columns: int) -> float:
        """The probability of the bead that spans rows [row, row + rows) and columns [column, column + columns)."""
        index = self._sizes.get((rows, columns))
        return float(self._beads[index, row, column]) if index is not None and row >= 0 and column >= 0 else 0.0

    def pair(self, row: int, column: int) -> float:
        """The probability that a row and a column stand in one bead, whichever."""
        return float(
            sum(
                self._beads[index, max(0, row + 1 - rows) : row + 1, max(0, column + 1 - columns) : column + 1].sum()
                for (rows, columns), index in self._sizes.items()
            )
        )

    def belief(self, row: int, rows: int, column: int, columns: int) -> Belief:
        """What there is to say of one bead."""
        pairs = [self.pair(i, j) for i in range(row, row + rows) for j in range(column, column + columns)]
        rivals = {
            extent: self.bead(
                row - extent[0], rows + extent[0] + extent[1], column - extent[2], columns + extent[2] + extent[3]
            )
            for extent in _EXTENTS
        }
        extent = max(rivals, key=lambda item: rivals[item])
        return Belief(
            self.bead(row, rows, column, columns),
            max(pairs),
            float(self._starts[row, column]),
            float(self._ends[row + rows, column + columns]),
            rivals[extent],
            extent,
        )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over ways to a place, a row's in units of exp(its log)."""

    values: Matrix
    logs: NDArray[np.float64]
    total: float = 0.0  # the log of the sum over all ways


def _weights(n: int, m: int, sizes: dict[tuple[int, int], int], gain: Gain) -> Matrix:
    """exp(gain) of every bead, by size and by where it ends."""
    weights = np.zeros((max(sizes.values(), default=-1) + 1, n + 1, m + 1))
    for (rows, columns), index in sizes.items():
        weights[index, rows:, columns:] = np.exp(gain(np.arange(rows, n + 1), rows, columns))
    return weights


def _forward(weights: Matrix, sizes: dict[tuple[int, int], int], skip: float) -> _Sums:
    """Over the ways from the start up to a place where a bead may start."""
    n, m = weights.shape[1] - 1, weights.shape[2] - 1
    values, logs = np.zeros((n + 1, m + 1)), np.zeros(n + 1)
    decay = skip ** np.arange(m + 1)
    above = np.zeros(m + 1)  # ways that end in a bead or an unlinked row
    above[0] = 1.0
    for i in range(n + 1):
        if i:
            above = above * skip
            logs[i] = logs[i - 1]
            for (rows, columns), index in sizes.items():
                if rows <= i:
                    reached = values[i - rows, : m + 1 - columns] * weights[index, i, columns:]
                    above[columns:] += reached * np.exp(logs[i - rows] - logs[i])
        scale = above.max()
        above /= scale
        logs[i] += np.log(scale)
        values[i] = _skipping(above, decay)
    return _Sums(values, logs, float(logs[n] + np.log(values[n, m])))


def _backward(weights: Matrix, sizes: dict[tuple[int, int], int], skip: float) -> _Sums:
    """Over the ways from a place where a bead has ended to the end."""
    n, m = weights.shape[1] - 1, weights.shape[2] - 1
    values, logs = np.zeros((n + 1, m + 1)), np.zeros(n + 1)
    decay = skip ** np.arange(m + 1)
    for i in range(n, -1, -1):
        ahead = np.zeros(m + 1)
        if i == n:
            ahead[m] = 1.0
        else:
            logs[i] = logs[i + 1]
            for (rows, columns), index in sizes.items():
                if i + rows <= n:
                    reached = values[i + rows, columns:] * weights[index, i + rows, columns:]
                    ahead[: m + 1 - columns] += reached * np.exp(logs[i + rows] - logs[i])
        ahead = _skipping(ahead[::-1], decay)[::-1]
        row = ahead + skip * values[i + 1] if i < n else ahead
        scale = row.max()
        values[i] = row / scale
        logs[i] += np.log(scale)
    return _Sums(values, logs)


def _skipping(ways: Matrix, decay: Matrix) -> Matrix:
    """Ways to each column with any number of unlinked columns before it; `decay` is what so many weigh."""
    skipped: Matrix = np.cumsum(ways / decay) * decay
    return skipped
