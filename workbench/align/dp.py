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

Gain = Callable[[int, int, int], NDArray[np.float64]]

_NULL_ROW, _NULL_COLUMN, _JUMP = -1, -2, -3


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

    `gain(row, rows, columns)` gives, for the bead that ends before `row` and spans `rows` x `columns`, its gain
    over leaving everything unlinked, for each end column `columns .. m` (shape `(m - columns + 1,)`). `null` is
    the price of an unlinked row or column inside a block, `jump` that of starting another block.
    Deterministic; O(n m len(sizes)) time, O(n m) memory.
    """
    if not n or not m:
        return []
    best, choice, entry = _fill(n, m, sizes, gain, null, jump)
    blocks = _trace(best, choice, entry, sizes, n)
    return _without_contested(blocks, jump)


def _fill(
    n: int, m: int, sizes: Sequence[tuple[int, int]], gain: Gain, null: float, jump: float
) -> tuple[NDArray[np.float64], NDArray[np.int8], NDArray[np.int64]]:
    best = np.empty((n + 1, m + 1))
    choice = np.empty((n + 1, m + 1), dtype=np.int8)
    entry = np.zeros(n + 1, dtype=np.int64)
    slope = null * np.arange(m + 1)
    for i in range(n + 1):
        row, code = best[i], choice[i]
        if i:
            row[:] = best[i - 1] - null
            code[:] = _NULL_ROW
        else:
            row[:] = -jump
            row[0] = 0.0
            code[:] = _JUMP
        for index, (rows, columns) in enumerate(sizes):
            if rows > i or columns > m:
                continue
            reached = best[i - rows, : m + 1 - columns] + gain(i, rows, columns)
            better = reached > row[columns:]
            np.copyto(row[columns:], reached, where=better)
            np.copyto(code[columns:], np.int8(index), where=better)
        entry[i] = int(row.argmax())
        landed = row[entry[i]] - jump
        code[row < landed] = _JUMP
        np.maximum(row, landed, out=row)
        slid = np.maximum.accumulate(row + slope) - slope
        moved = slid > row + 1e-12
        row[moved] = slid[moved]
        code[moved] = _NULL_COLUMN
    return best, choice, entry


def _trace(
    best: NDArray[np.float64],
    choice: NDArray[np.int8],
    entry: NDArray[np.int64],
    sizes: Sequence[tuple[int, int]],
    n: int,
) -> list[list[Step]]:
    blocks: list[list[Step]] = [[]]
    i, j = n, int(best[n].argmax())
    while i > 0 or j > 0:
        code = int(choice[i, j])
        if code == _JUMP:
            if i == 0:
                break
            blocks.append([])
            j = int(entry[i])
        elif code == _NULL_ROW:
            i -= 1
        elif code == _NULL_COLUMN:
            j -= 1
        else:
            rows, columns = sizes[code]
            gained = float(best[i, j] - best[i - rows, j - columns])
            i, j = i - rows, j - columns
            blocks[-1].append(Step(i, rows, j, columns, gained))
    return [block[::-1] for block in reversed(blocks) if block]


def _without_contested(blocks: list[list[Step]], jump: float) -> list[list[Step]]:
    """Give every column to the block with the highest gain; drop what remains of a block if it is not worth a jump."""
    taken: set[int] = set()
    kept: list[list[Step]] = []
    strongest_first = sorted(blocks, key=lambda block: (-round(_gain(block), 9), block[0].row))
    for index, block in enumerate(strongest_first):
        free = [step for step in block if taken.isdisjoint(range(step.column, step.column + step.columns))]
        if not free or (index and len(free) < len(block) and _gain(free) <= jump):
            continue
        kept.append(free)
        taken.update(column for step in free for column in range(step.column, step.column + step.columns))
    return sorted(kept, key=lambda block: block[0].row)


def _gain(block: Sequence[Step]) -> float:
    return sum(step.gain for step in block)
