"""Where two long texts correspond at all: runs of segments that find each other in the same order.

As genome aligners do (seed, chain, extend; minimap2, Li 2018): seeds are pairs of segments that are among each other's
nearest, chains are runs of seeds at about the same distance from the diagonal. The search for chains has the terms of
the search for beads: a chain may start anywhere, for a price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.neighbours import Indices, Neighbours

# A pair is a seed when each is so near the front among the other's neighbours: copies of a passage compete.
_FRONT = 3
# What a seed counts at most, so that no single one makes a chain.
_MOST = 0.5
# What starting another chain costs, in the same terms: two good seeds.
_START = 0.75
# What a segment costs that a chain passes over, and one by which it leaves its diagonal.
_PASSED, _ASIDE = 0.003, 0.01
# Seeds farther apart than this are never next to each other on a chain.
_REACH = 100


@dataclass(frozen=True, slots=True)
class Seeds:
    """Pairs of segments by row, then column, each with its weight: higher is more certain, 0 says nothing."""

    rows: Indices
    columns: Indices
    weights: NDArray[np.float64]

    @staticmethod
    def none() -> Seeds:
        return Seeds(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0))

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, which: slice | Indices | NDArray[np.bool_]) -> Seeds:
        return Seeds(self.rows[which], self.columns[which], self.weights[which])


def seeds(neighbours: Neighbours) -> Seeds:
    """The pairs that are near the front for both, weighed by how far they stand out from either's last neighbour.

    Segments with as many equals as they have neighbours ("Yes." a hundred times) make none.
    """
    n, k = neighbours.columns.shape
    front = min(_FRONT, k, neighbours.rows.shape[1])
    rows = np.repeat(np.arange(n), front)
    columns = neighbours.columns[:, :front].ravel()
    similarities = neighbours.column_similarities[:, :front].ravel().astype(np.float64)
    mutual = (neighbours.rows[columns, :front] == rows[:, None]).any(axis=1)
    background = (neighbours.column_similarities[rows, -1] + neighbours.row_similarities[columns, -1]) / 2
    weights = np.minimum(similarities - background, _MOST)
    found = np.flatnonzero(mutual & (weights > 1e-3))
    found = found[np.lexsort((columns[found], rows[found]))]
    return Seeds(rows[found], columns[found], weights[found])


def chains(seeds: Seeds) -> list[Seeds]:
    """The chains of the greatest total weight, in row order; no row is on two, columns may be.

    O(s) for s seeds that are spread evenly: each looks back at those at most 100 rows above.
    """
    if not len(seeds):
        return []
    before, starts, index = _best_path(seeds)
    found: list[list[int]] = [[]]
    while index >= 0:
        found[-1].append(index)
        if starts[index]:
            found.append([])
        index = int(before[index])
    return [seeds[np.array(chain[::-1])] for chain in reversed(found) if chain]


def _best_path(seeds: Seeds) -> tuple[Indices, NDArray[np.bool_], int]:
    """For each seed the one before it on the best path there, -1 for none, and whether a chain starts with it; and
    where the best path of all ends."""
    rows, columns, weights = seeds.rows, seeds.columns, seeds.weights
    totals = np.empty(len(seeds))
    before, starts = np.empty(len(seeds), dtype=np.intp), np.empty(len(seeds), dtype=np.bool_)
    above, within = np.searchsorted(rows, rows), np.searchsorted(rows, rows - _REACH)
    bests = [-1]  # of the first i seeds, the one at which the best path ends
    for index in range(len(seeds)):
        first, last = within[index], above[index]
        origin, start = bests[last], True
        total = totals[origin] - _START if origin >= 0 else 0.0
        if total <= 0:
            origin, total = -1, 0.0  # the first chain on a path is free
        if first < last:
            right = columns[index] - columns[first:last]
            down = rows[index] - rows[first:last]
            reached = totals[first:last] - _PASSED * (right + down - 2) - _ASIDE * np.abs(right - down)
            reached[(right <= 0) | (right > _REACH)] = -np.inf
            nearest = int(reached.argmax())
            if reached[nearest] >= total:
                total, origin, start = float(reached[nearest]), first + nearest, False
        totals[index], before[index], starts[index] = total + weights[index], origin, start
        best = bests[-1]
        bests.append(index if best < 0 or totals[index] > totals[best] else best)
    return before, starts, bests[-1]
