"""The search for texts of any size: windows along chains, each searched exactly, put together to one alignment.

Along a chain windows follow one another: what a window has found is kept up to a bead that stands on the chain and
clear of the window's end, and there the next one starts. So no bead is cut in two, and text in order comes out as if
one search had run over all of it. Behind the end of a chain windows go on as long as they find what is worth it.
What is far from any chain stays unlinked: no segments there find each other in any order.

Ends: no segments on a side, or none that says anything, give no blocks. A passage that is repeated more often than
neighbours are looked at makes no seeds; where a text begins with nothing else it is linked in order from the start.
Of copies of a whole text the one that gains most is linked, of equal ones the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from workbench.align.blocks import Blocks, Step, gain_of, grouped, moved, resolved
from workbench.align.chains import Seeds, chains, seeds
from workbench.align.neighbours import Neighbours

# A pair of texts with no more cells than this is searched at once; so is a larger one where little stands out: where
# there are fewer seeds on chains than a share of the shorter side.
DENSE, DENSE_WITHOUT_CHAINS = 500_000, 4_000_000
_FEW = 0.25
# Segments by which a window is meant to get on, and how many it looks beyond.
_ADVANCE, _BEYOND = 100, 25
# How many jumps' worth a window must gain for another to follow behind the end of a chain.
_WORTH = 7


class Tileable(Protocol):
    """What can be cut into windows of rows and columns, like Evidence."""

    @property
    def shape(self) -> tuple[int, int]: ...

    def tile(self: _Evidence, rows: range, columns: range) -> _Evidence: ...


_Evidence = TypeVar("_Evidence", bound=Tileable)


@dataclass(frozen=True, slots=True)
class Lane:
    """A chain and the box that is left to it between other chains; the chain may be empty."""

    chain: Seeds
    rows: range
    columns: range


def lanes(neighbours: Neighbours) -> list[Lane]:
    """Where two texts are to be searched, in row order: found once a pair, good for any number of searches."""
    n, m = len(neighbours.columns), len(neighbours.rows)
    found = chains(seeds(neighbours))
    lefts = np.sort([chain.columns[0] for chain in found] + [m])
    rights = np.sort([chain.columns[-1] for chain in found] + [-1])
    ends = [-1, *(int(chain.rows[-1]) for chain in found)]
    starts = [*(int(chain.rows[0]) for chain in found), n]
    boxes = [
        Lane(
            chain,
            range(ends[place] + 1, starts[place + 1]),
            range(
                int(rights[np.searchsorted(rights, chain.columns[0]) - 1]) + 1,
                int(lefts[np.searchsorted(lefts, chain.columns[-1], side="right")]),
            ),
        )
        for place, chain in enumerate(found)
    ]
    if starts[0] <= _ADVANCE:
        return boxes
    # Texts that begin alike without anything that stands out.
    return [Lane(Seeds.none(), range(starts[0]), range(int(lefts[0]))), *boxes]


def tiled(
    evidence: _Evidence,
    lanes: Sequence[Lane],
    dense: Callable[[_Evidence], Blocks],
    null: float,
    jump: float,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Blocks:
    """What `dense` would find in all of `evidence`, by asking it for windows; in row order, nothing linked twice.

    `null` and `jump` are the prices that `dense` works with; `progress` is told how many rows of how many are searched.
    Time and memory grow with the length of the chains.
    """
    n, m = evidence.shape
    few = sum(len(lane.chain) for lane in lanes) < _FEW * min(n, m)
    if n * m <= (DENSE_WITHOUT_CHAINS if few else DENSE):
        return dense(evidence)

    def window(rows: range, columns: range) -> list[Step]:
        progress(rows.start, n)
        return _window(evidence, rows, columns, dense)

    found = [block for lane in lanes for block in grouped(_searched(lane, window, _WORTH * jump), null, jump)]
    progress(n, n)
    return resolved(found, null, jump)


def _searched(lane: Lane, window: Callable[[range, range], list[Step]], worth: float) -> list[Step]:
    """The beads in a lane, window after window from the start of its chain; or of its box where that is empty."""
    chain = lane.chain
    row, column = lane.rows.start, lane.columns.start
    if len(chain):
        row, column = max(row, int(chain.rows[0]) - _ADVANCE), max(column, int(chain.columns[0]) - _ADVANCE)
    reached = row
    beads: list[Step] = []
    while True:
        ahead = int(np.searchsorted(chain.rows, reached + _ADVANCE))
        on_chain = ahead < len(chain)
        target = (int(chain.rows[ahead]), int(chain.columns[ahead])) if on_chain else _behind(chain, row, column)
        rows = range(row, min(target[0] + _BEYOND, lane.rows.stop))
        columns = range(column, min(target[1] + _BEYOND, lane.columns.stop))
        found = window(rows, columns)
        if on_chain:
            lost = len(rows) * len(columns) > DENSE  # what the windows find is not the chain
            kept = _upto(found, target, None if lost else chain)
        else:
            lost = False
            kept = _upto(found, target)
            end = rows.stop == lane.rows.stop or columns.stop == lane.columns.stop
            if end or gain_of(kept) < worth:
                return beads + found
        beads += kept
        reached = target[0]
        if lost:
            row, column = target
        elif kept:
            row, column = kept[-1].src.stop, kept[-1].tgt.stop


def _behind(chain: Seeds, row: int, column: int) -> tuple[int, int]:
    """Where to look to from a place with no seeds ahead, or few."""
    if len(chain):
        row, column = max(row, int(chain.rows[-1])), max(column, int(chain.columns[-1]))
    return row + _ADVANCE, column + _ADVANCE


def _window(evidence: _Evidence, rows: range, columns: range, dense: Callable[[_Evidence], Blocks]) -> list[Step]:
    if not rows or not columns:
        return []
    return moved(dense(evidence.tile(rows, columns)), rows, columns)


def _upto(found: list[Step], target: tuple[int, int], chain: Seeds | None = None) -> list[Step]:
    """The beads up to the last that ends before `target` and, where a chain is given, stands on it."""
    for last in reversed(range(len(found))):
        step = found[last]
        clear = step.src.stop <= target[0] and step.tgt.stop <= target[1]
        if clear and (chain is None or _on(step, chain)):
            return found[: last + 1]
    return []


def _on(step: Step, chain: Seeds) -> bool:
    first, last = np.searchsorted(chain.rows, (step.src.start, step.src.stop))
    columns = chain.columns[first:last]
    return bool(((columns >= step.tgt.start) & (columns < step.tgt.stop)).any())
