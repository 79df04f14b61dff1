"""The search: beads in any order of blocks, by dynamic programming over the rows of a similarity matrix.

Within a block the path is monotone, as in Gale and Church (1993) with larger beads. At any row it may jump to any
column for a fixed price, which is what lets a moved section be followed. Rows are never used twice; columns may be
claimed by several blocks, and the strongest block keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from workbench.align.blocks import Blocks, Step, boxes, grouped, moved, resolved, worth
from workbench.align.similarity import Ends, Indices

Gain = Callable[[Ends, int, int], NDArray[np.floating]]
Gains = NDArray[np.float32]

# Gains are asked for about this many cells at once: what stays in the cache.
_CELLS_AT_ONCE = 1 << 15


def tabulated(n: int, m: int, sizes: Sequence[tuple[int, int]], gain: Gain) -> Gains:
    """What the bead of each size that ends at each corner gains, shape (n + 1, sizes, m + 1).

    `gain(ends, rows, columns)` gives, for the beads of `rows` x `columns` that end before each row of `ends`, their
    gain over leaving everything unlinked, for each end column `columns .. m` (shape `(len(ends), m - columns + 1)`).
    Where no bead can be: minus infinity. 4 bytes a bead.
    """
    gains = np.full((n + 1, len(sizes), m + 1), -np.inf, dtype=np.float32)
    at_once = max(1, _CELLS_AT_ONCE // (m + 1))
    for start in range(1, n + 1, at_once):
        for index, (rows, columns) in enumerate(sizes):
            ends = np.arange(max(start, rows), min(start + at_once, n + 1))
            if len(ends) and columns <= m:
                gains[ends[0] : ends[-1] + 1, index, columns:] = gain(ends, rows, columns)
    return gains


def gained(gain: Gain, step: Step) -> float:
    """What a bead gains by a function as `tabulated` is given, whatever it gained where it was found."""
    return float(gain(np.array([step.src.stop]), step.rows, step.columns)[0, step.column])


def best(gains: Gains, sizes: Sequence[tuple[int, int]], null: float, jump: float) -> Blocks:
    """The blocks of beads with the highest total gain less prices, each column in at most one block.

    `gains`: as `tabulated` gives them, or a window of that. `null` is the price of an unlinked row or column inside a
    block, `jump` that of starting another block. Deterministic; O(n m len(sizes)) time.
    """
    grid = _Grid(len(gains) - 1, gains.shape[2] - 1, sizes)
    path = _path(grid, gains, null, jump)
    blocks = resolved(path, null, jump)
    if sum(map(len, blocks)) == sum(map(len, path)):
        return blocks
    # A path that used columns twice has lost beads: its blocks find others, and may yet be worth less than one that
    # never had the chance.
    again = [
        moved(best(inside(gains, rows, columns), sizes, null, np.inf), rows, columns)
        for rows, columns in boxes(blocks, grid.n, grid.m)
    ]
    in_order = grouped(chain.from_iterable(_path(grid, gains, null, np.inf)), null, jump)
    return max(resolved(again, null, jump), in_order, key=lambda found: worth(found, null, jump))


def inside(gains: Gains, rows: range, columns: range) -> Gains:
    """What beads inside a window gain."""
    return gains[rows.start : rows.stop + 1, :, columns.start : columns.stop + 1]


def _path(grid: _Grid, gains: Gains, null: float, jump: float) -> Blocks:
    """The best path; columns may be on several of its blocks."""
    return _trace(grid, gains, _fill(grid, gains, null, jump), null, jump)


class _Grid:
    """The best total at every corner (0 .. n, 0 .. m), stored flat with a margin in which no path is."""

    def __init__(self, n: int, m: int, sizes: Sequence[tuple[int, int]]) -> None:
        self.n, self.m, self.sizes = n, m, sizes
        above = max(rows for rows, _ in sizes)
        self._left = max(columns for _, columns in sizes)
        self.width = m + 1 + self._left
        self._first = above * self.width + self._left
        self.flat = np.full((n + 1 + above) * self.width, -np.inf)
        self.back = np.array([rows * self.width + columns for rows, columns in sizes], dtype=np.intp)
        self._froms = self._first + np.arange(m + 1) - self.back[:, None]
        self._before = np.empty(self._froms.shape)

    def row(self, i: int) -> NDArray[np.float64]:
        start = self._first + i * self.width
        return self.flat[start : start + self.m + 1]

    def before(self, i: int) -> NDArray[np.float64]:
        """The totals from which a bead of each size ends at each corner of row `i`, shape (sizes, m + 1); until the
        next call."""
        return self.flat[i * self.width :].take(self._froms, out=self._before, mode="clip")

    def at(self, i: int, j: int) -> int:
        """Where corner (i, j) is in `flat`."""
        return self._first + i * self.width + j


def _fill(grid: _Grid, gains: Gains, null: float, jump: float) -> Indices:
    """Fill the grid row by row; at which column each row is best, where jumps from it start."""
    entry = np.zeros(grid.n + 1, dtype=np.intp)
    slope = null * np.arange(grid.m + 1)
    for i in range(grid.n + 1):
        row = grid.row(i)
        if i:
            np.subtract(grid.row(i - 1), null, out=row)
            reached = grid.before(i)
            reached += gains[i]
            np.maximum(row, np.maximum.reduce(reached), out=row)
        else:
            row[:] = -jump
            row[0] = 0.0
        entry[i] = row.argmax()
        np.maximum(row, row[entry[i]] - jump, out=row)
        slid = row + slope
        np.maximum.accumulate(slid, out=slid)
        slid -= slope
        # What rounding alone has lifted has not moved.
        np.copyto(row, slid, where=slid > row + 1e-12)
    return entry


def _trace(grid: _Grid, gains: Gains, entry: Indices, null: float, jump: float) -> Blocks:
    """The best path from its end to its start: at each corner, which of the moves gave the total that stands there."""
    blocks: Blocks = [[]]
    flat = grid.flat
    i, j = grid.n, int(grid.row(grid.n).argmax())
    while i > 0:
        corner = grid.at(i, j)
        total = flat[corner]
        if total == flat[corner - grid.width] - null:
            i -= 1
            continue
        reached = flat.take(corner - grid.back) + gains[i, :, j] == total
        size = int(reached.argmax())
        if reached[size]:
            rows, columns = grid.sizes[size]
            i, j = i - rows, j - columns
            blocks[-1].append(Step(i, rows, j, columns, float(total - flat[grid.at(i, j)])))
        elif total == flat[grid.at(i, int(entry[i]))] - jump:
            blocks.append([])
            j = int(entry[i])
        else:
            j -= 1
    return [block[::-1] for block in reversed(blocks) if block]
