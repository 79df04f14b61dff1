"""The search: beads in any order of blocks, by dynamic programming over the rows of a similarity matrix.

Within a block the path is monotone, as in Gale and Church (1993) with larger beads. At any row it may jump to any
column for a fixed price, which is what lets a moved section be followed. Rows are never used twice; columns may be
claimed by several blocks, and the strongest block keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ends = int | NDArray[np.intp]
Gain = Callable[[Ends, int, int], NDArray[np.float64]]

# Gains are asked for about this many cells at once: what stays in the cache.
_CELLS_AT_ONCE = 1 << 15


@dataclass(frozen=True, slots=True)
class Step:
    """A bead on the path: rows [row, row + rows) with columns [column, column + columns)."""

    row: int
    rows: int
    column: int
    columns: int
    gain: float


def search(n: int, m: int, sizes: Sequence[tuple[int, int]], gain: Gain, null: float, jump: float) -> list[list[Step]]:
    """The blocks of beads with the highest total gain less prices, each column in at most one block.

    `gain(ends, rows, columns)` gives, for the beads of `rows` x `columns` that end before each row of `ends`, their
    gain over leaving everything unlinked, for each end column `columns .. m` (shape `(len(ends), m - columns + 1)`).
    `null` is the price of an unlinked row or column inside a block, `jump` that of starting another block.
    Deterministic; O(n m len(sizes)) time and memory, 4 bytes each.
    """
    if not n or not m:
        return []
    sizes = [(rows, columns) for rows, columns in sizes if rows <= n and columns <= m]
    grid = _Grid(n, m, sizes)
    gains = _gains(n, m, sizes, gain)
    entry = _fill(grid, gains, null, jump)
    return exclusive(_trace(grid, gains, entry, null, jump), jump)


class _Grid:
    """The best total at every corner (0 .. n, 0 .. m), stored flat with a margin in which no path is."""

    def __init__(self, n: int, m: int, sizes: Sequence[tuple[int, int]]) -> None:
        self.n, self.m, self.sizes = n, m, sizes
        above = max((rows for rows, _ in sizes), default=0)
        self._left = max((columns for _, columns in sizes), default=0)
        self._width = m + 1 + self._left
        self._first = above * self._width + self._left
        self._flat = np.full((n + 1 + above) * self._width, -np.inf)
        self._back = np.array([rows * self._width + columns for rows, columns in sizes], dtype=np.intp)
        self._froms = self._first + np.arange(m + 1) - self._back[:, None]

    def row(self, i: int) -> NDArray[np.float64]:
        start = self._first + i * self._width
        return self._flat[start : start + self.m + 1]

    def before(self, i: int) -> NDArray[np.float64]:
        """The totals from which a bead of each size ends at each corner of row `i`, shape (sizes, m + 1)."""
        return self._flat.take(self._froms + i * self._width)

    def before_corner(self, i: int, j: int) -> NDArray[np.float64]:
        return self._flat.take(self._first + i * self._width + j - self._back)


def _gains(n: int, m: int, sizes: Sequence[tuple[int, int]], gain: Gain) -> NDArray[np.float32]:
    """Of the bead of each size that ends at each corner, shape (n + 1, sizes, m + 1); none: minus infinity."""
    gains = np.full((n + 1, len(sizes), m + 1), -np.inf, dtype=np.float32)
    at_once = max(1, _CELLS_AT_ONCE // (m + 1))
    for start in range(1, n + 1, at_once):
        for index, (rows, columns) in enumerate(sizes):
            ends = np.arange(max(start, rows), min(start + at_once, n + 1))
            if len(ends):
                gains[ends[0] : ends[-1] + 1, index, columns:] = gain(ends, rows, columns)
    return gains


def _fill(grid: _Grid, gains: NDArray[np.float32], null: float, jump: float) -> NDArray[np.intp]:
    """Fill the grid row by row; at which column each row is best, where jumps from it start."""
    entry = np.zeros(grid.n + 1, dtype=np.intp)
    slope = null * np.arange(grid.m + 1)
    for i in range(grid.n + 1):
        row = grid.row(i)
        if i:
            np.subtract(grid.row(i - 1), null, out=row)
            if grid.sizes:
                np.maximum(row, (grid.before(i) + gains[i]).max(axis=0), out=row)
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


def _trace(
    grid: _Grid, gains: NDArray[np.float32], entry: NDArray[np.intp], null: float, jump: float
) -> list[list[Step]]:
    """The best path from its end to its start: at each corner, which of the moves gave the total that stands there."""
    blocks: list[list[Step]] = [[]]
    i, j = grid.n, int(grid.row(grid.n).argmax())
    while i > 0:
        row = grid.row(i)
        total = row[j]
        reached = grid.before_corner(i, j) + gains[i, :, j]
        if total == grid.row(i - 1)[j] - null:
            i -= 1
        elif (found := np.flatnonzero(reached == total)).size:
            rows, columns = grid.sizes[found[0]]
            i, j = i - rows, j - columns
            blocks[-1].append(Step(i, rows, j, columns, float(total - grid.row(i)[j])))
        elif total == row[entry[i]] - jump:
            blocks.append([])
            j = int(entry[i])
        else:
            j -= 1
    return [block[::-1] for block in reversed(blocks) if block]


def exclusive(blocks: Sequence[Sequence[Step]], jump: float) -> list[list[Step]]:
    """Give what several blocks claim to the block with the highest gain, in row order.

    What remains of another is dropped if it is not worth a jump.
    """
    taken: tuple[set[int], set[int]] = set(), set()
    kept: list[list[Step]] = []
    strongest_first = sorted(blocks, key=lambda block: (-round(gain_of(block), 9), block[0].row))
    for index, block in enumerate(strongest_first):
        free = [step for step in block if _is_free(step, taken)]
        if not free or (index and len(free) < len(block) and gain_of(free) <= jump):
            continue
        kept.append(free)
        for step in free:
            taken[0].update(range(step.row, step.row + step.rows))
            taken[1].update(range(step.column, step.column + step.columns))
    return sorted(kept, key=lambda block: block[0].row)


def _is_free(step: Step, taken: tuple[set[int], set[int]]) -> bool:
    rows, columns = range(step.row, step.row + step.rows), range(step.column, step.column + step.columns)
    return taken[0].isdisjoint(rows) and taken[1].isdisjoint(columns)


def gain_of(block: Sequence[Step]) -> float:
    """The sum over a block's beads, less none of what its nulls cost."""
    return sum(step.gain for step in block)
