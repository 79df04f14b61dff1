"""How sure the search may be of a bead: the share of all ways to align its surroundings that contain it.

The forward-backward algorithm (Baum et al. 1970) over the beads of the search, each way weighing exp(total gain): gains
are log odds. Only a window about each piece of a path is looked at, so that time and memory grow with the length of the
path. What stands elsewhere in the documents is no rival here: see the margin in `confidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.align.blocks import Step
from workbench.align.dp import Gain, Gains, tabulated
from workbench.align.similarity import Indices, Matrix
from workbench.datatypes import Progress, silent

Where = int | Indices

# Segments of a path that are looked at together, and those about them: a bead's rivals reach no further.
_PIECE = 64
_AROUND = 8
# Windows are worked on side by side, so many cells at once: what stays in the cache.
_CELLS_AT_ONCE = 1 << 16

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
    blocks: Sequence[Sequence[Step]],
    shape: tuple[int, int],
    sizes: Sequence[tuple[int, int]],
    gain: Callable[[range, range], Gain],
    null: float,
    progress: Progress = silent,
) -> list[Belief]:
    """A belief for every step of all blocks of the search, in their order.

    `gain(rows, columns)` is what the search was given, for a window of the documents; `null` as there.
    """
    windows = [_Window.of(piece, shape) for block in blocks for piece in _pieces(block)]
    found: dict[int, list[Belief]] = {}
    for batch in _batches(windows):
        gains = [tabulated(*window.shape, sizes, gain(window.rows, window.columns)) for _, window in batch]
        steps = [window.steps(place) for place, (_, window) in enumerate(batch)]
        believed = iter(Ways(gains, sizes, null).beliefs(*np.concatenate(steps).T))
        for number, window in batch:
            found[number] = [next(believed) for _ in window.piece]
        progress("confidence", len(found), len(windows))
    return [belief for number in range(len(windows)) for belief in found[number]]


@dataclass(frozen=True, slots=True)
class _Window:
    """A piece of a path and what is looked at about it."""

    piece: Sequence[Step]
    rows: range
    columns: range

    @classmethod
    def of(cls, piece: Sequence[Step], shape: tuple[int, int]) -> _Window:
        first, last = piece[0], piece[-1]
        return cls(
            piece,
            _around(first.row, last.src.stop, shape[0]),
            _around(first.column, last.tgt.stop, shape[1]),
        )

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    def steps(self, place: int) -> Indices:
        """For every step `place`, its row in the window, rows, column and columns: shape (steps, 5)."""
        return np.array(
            [
                (place, step.row - self.rows.start, step.rows, step.column - self.columns.start, step.columns)
                for step in self.piece
            ]
        )


def _batches(windows: Sequence[_Window]) -> Iterator[list[tuple[int, _Window]]]:
    """Windows of about one size together, each with its number."""
    batch: list[tuple[int, _Window]] = []
    widest = 0
    for number, window in sorted(enumerate(windows), key=lambda item: item[1].shape):
        widest = max(widest, window.shape[1])
        if batch and (len(batch) + 1) * window.shape[0] * widest > _CELLS_AT_ONCE:
            yield batch
            batch, widest = [], window.shape[1]
        batch.append((number, window))
    if batch:
        yield batch


def _pieces(block: Sequence[Step]) -> Iterator[list[Step]]:
    piece: list[Step] = []
    for step in block:
        if piece and max(step.src.stop - piece[0].row, step.tgt.stop - piece[0].column) > _PIECE:
            yield piece
            piece = []
        piece.append(step)
    if piece:
        yield piece


def _around(start: int, end: int, length: int) -> range:
    return range(max(0, start - _AROUND), min(length, end + _AROUND))


class Ways:
    """All monotone ways to align the rows of each of some windows with its columns.

    `windows`: what every bead gains, as `dp.tabulated` gives it. Between two beads unlinked rows come before unlinked
    columns, so that every way is counted once.
    """

    def __init__(self, windows: Sequence[Gains], sizes: Sequence[tuple[int, int]], null: float) -> None:
        self._rows, self._columns = np.array(sizes, dtype=np.intp).T
        n, m = (max(window.shape[axis] for window in windows) - 1 for axis in (0, 2))
        beyond = int(self._rows.max()), int(self._columns.max())
        # The windows, and behind them the same turned by half: the ways to the end are the ways from the start there.
        weights = np.zeros((n + 1 + beyond[0], 2 * len(windows), len(sizes), m + 1 + beyond[1]))
        for place, gains in enumerate(windows):
            ends = slice(len(gains)), slice(gains.shape[2])
            np.exp(gains, out=weights[ends[0], place, :, ends[1]], dtype=np.float64)
            for index, (rows, columns) in enumerate(sizes):
                beads = slice(rows, len(gains)), slice(columns, gains.shape[2])
                turned = weights[beads[0], place, index, beads[1]][::-1, ::-1]
                weights[beads[0], len(windows) + place, index, beads[1]] = turned
        sums = _sums(weights, sizes, float(np.exp(-null)))
        # [end row, window, size, end column]: the probability of the bead of that size which ends there.
        self._beads = weights[:, : len(windows)]
        for place, gains in enumerate(windows):
            last, end = len(gains) - 1, gains.shape[2] - 1
            total = sums.logs[last, place] + np.log(sums.values[last, place, end])
            ahead = sums.values[last::-1, len(windows) + place, end::-1]
            scales = np.exp(sums.reached[: last + 1, place] + sums.logs[last::-1, len(windows) + place] - total)
            self._beads[: last + 1, place, :, : end + 1] *= (scales[:, None] * ahead)[:, None]
        self._sizes = np.full((beyond[0] + 2, beyond[1] + 2), -1)
        self._sizes[self._rows, self._columns] = np.arange(len(sizes))

    def bead(self, window: Where, row: Where, rows: Where, column: Where, columns: Where) -> Matrix:
        """The probability of the bead that spans rows [row, row + rows) and columns [column, column + columns)."""
        size = self._sizes[rows, columns]
        found: Matrix = self._beads[np.add(row, rows), window, size, np.add(column, columns)]
        return np.where((size >= 0) & np.greater_equal(row, 0) & np.greater_equal(column, 0), found, 0.0)

    def pair(self, window: Where, row: Where, column: Where) -> Matrix:
        """The probability that a row and a column stand in one bead, whichever."""
        behind = [
            (index, down, right)
            for index, (rows, columns) in enumerate(zip(self._rows, self._columns, strict=True))
            for down in range(1, rows + 1)
            for right in range(1, columns + 1)
        ]
        sizes, down, right = np.array(behind).T
        return self._sum(window, np.add.outer(row, down), sizes, np.add.outer(column, right))

    def _sum(self, window: Where, ends: Indices, sizes: Indices, column_ends: Indices) -> Matrix:
        total: Matrix = self._beads[ends, np.asarray(window)[..., None], sizes, column_ends].sum(axis=-1)
        return total

    def beliefs(
        self, window: Indices, row: Indices, rows: Indices, column: Indices, columns: Indices
    ) -> Iterator[Belief]:
        """What there is to say of some beads, in their order."""
        pairs = rows * columns
        own = np.repeat(np.arange(len(row)), pairs)
        down, right = np.divmod(np.arange(len(own)) - np.repeat(np.cumsum(pairs) - pairs, pairs), columns[own])
        linked = np.maximum.reduceat(
            self.pair(window[own], row[own] + down, column[own] + right), np.cumsum(pairs) - pairs
        )
        every = np.arange(len(self._rows))
        starts = self._sum(window, np.add.outer(row, self._rows), every, np.add.outer(column, self._columns))
        ends = self._beads[row + rows, window, :, column + columns].sum(axis=-1)
        rivals = np.array(
            [
                self.bead(window, row - up, rows + up + under, column - left, columns + left + right)
                for up, under, left, right in _EXTENTS
            ]
        )
        likeliest = rivals.argmax(axis=0)
        numbers = [
            self.bead(window, row, rows, column, columns),
            linked,
            starts,
            ends,
            rivals[likeliest, np.arange(len(row))],
        ]
        for values, extent in zip(np.array(numbers).T.tolist(), likeliest.tolist(), strict=True):
            exact, link, start, end, rival = values
            yield Belief(exact, link, start, end, rival, _EXTENTS[extent])


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over the ways from the start to places where a bead may start, a row's in units of exp(its log)."""

    values: Matrix  # [row, window, column]
    logs: Matrix  # [row, window]
    reached: Matrix  # of the row before: the unit of the ways that go through the beads which end in a row


def _sums(weights: Matrix, sizes: Sequence[tuple[int, int]], skip: float) -> _Sums:
    """`weights`, exp(gain) of every bead by [end row, window, size, end column], becomes the sums over the ways that
    end with it."""
    above, left = (max(size) for size in zip(*sizes, strict=True))
    n, windows, _, m = weights.shape
    n, m = n - above, m - left
    values = np.zeros((above + n, windows, left + m))
    logs = np.zeros((above + n, windows))
    reached = np.zeros((n, windows))
    rows, columns = np.array(sizes, dtype=np.intp).T
    width = windows * (left + m)
    # Where a bead of each size starts that ends in the first row of `values`, seen from `above` rows before it.
    starts = ((above - rows) * width - columns)[:, None] + np.arange(left, left + m)
    starts = np.arange(windows)[:, None, None] * (left + m) + starts
    flat, before = values.reshape(-1), np.empty(starts.shape)
    decay = skip ** np.arange(m)
    ways = np.zeros((windows, m))  # that end in a bead or an unlinked row
    ways[:, 0] = 1.0
    for i in range(n):
        if i:
            flat[i * width :].take(starts, out=before, mode="clip")
            reached[i] = logs[above + i - 1]
            before *= np.exp(logs[above + i - rows] - reached[i]).T[:, :, None]
            beads = weights[i, :, :, :m]
            beads *= before
            ways *= skip
            ways += beads.sum(axis=1)
        scale = ways.max(axis=1, keepdims=True)
        ways /= scale
        logs[above + i] = reached[i] + np.log(scale[:, 0])
        # With any number of unlinked columns before each.
        values[above + i, :, left:] = np.cumsum(ways / decay, axis=1) * decay
    return _Sums(values[above:, :, left:], logs[above:], reached)
