"""The nearest segments of the other side, for every segment, without ever holding all similarities at once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np

from workbench.align.similarity import Indices, Similarities, Vectors
from workbench.datatypes import Progress, silent

Found = tuple[Indices, Similarities]

# Segments of each side that are compared at once: 64 MB of similarities.
_BLOCK = 4096
# The best of a block are looked for among the groups with the best maxima: a glance at a group instead of at each.
_GROUP = 16
# With more dimensions than this, candidates are looked for in the fewer, so many times as many as are asked for, and
# then measured in all.
_EXACT, _DIMENSIONS, _SPARE = 256, 128, 2
# Segments of each side from which those dimensions are made.
_SAMPLE = 2048
# Blocks at a time, while the next are multiplied.
_AT_ONCE = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The k most similar segments of the other side, best first, by the inner product of vectors.

    `columns`, `column_similarities`: of every row, shapes (n, k). `rows`, `row_similarities`: of every column,
    shapes (m, k). Where the other side is shorter than k there are as many as it has.
    """

    columns: Indices
    column_similarities: Similarities
    rows: Indices
    row_similarities: Similarities

    def only(self, rows: Indices, columns: Indices) -> Neighbours:
        """As if both sides had only these segments, in ascending order; what else was a neighbour has the number -1."""
        row_numbers, column_numbers = (
            _renumbered(kept, size) for kept, size in ((rows, len(self.columns)), (columns, len(self.rows)))
        )
        return Neighbours(
            column_numbers[self.columns[rows]],
            self.column_similarities[rows],
            row_numbers[self.rows[columns]],
            self.row_similarities[columns],
        )


def _renumbered(kept: Indices, size: int) -> Indices:
    numbers = np.full(size, -1)
    numbers[kept] = np.arange(len(kept))
    return numbers


def nearest(src: Vectors, tgt: Vectors, k: int, progress: Progress = silent) -> Neighbours:
    """The `k` nearest of both sides' vectors, shapes (n, d) and (m, d) with n, m > 0.

    O(n m) time, O(n + m) memory. Exact up to 256 dimensions; beyond, candidates are found in the 128 principal ones
    and measured in all. Among equally similar ones an arbitrary choice, always the same.
    """
    if src.shape[1] <= _EXACT:
        return _both_ways(src, tgt, k, progress)
    directions = _principal(np.vstack([_some(src), _some(tgt)]))
    rough = _both_ways(src @ directions, tgt @ directions, _SPARE * k, progress)
    return Neighbours(*_measured(src, tgt, rough.columns, k), *_measured(tgt, src, rough.rows, k))


def rival(neighbours: Neighbours, rows: range, columns: range) -> float:
    """How alike the best matched segment of a bead is to the nearest outside the bead; minus infinity: there is none.

    Where all neighbours of a segment are within the bead, the farthest of them stands for the next.
    """
    beside = neighbours.columns[rows.start : rows.stop], neighbours.column_similarities[rows.start : rows.stop]
    below = neighbours.rows[columns.start : columns.stop], neighbours.row_similarities[columns.start : columns.stop]
    return max(
        _outside(*beside, columns, whole=len(neighbours.rows)), _outside(*below, rows, whole=len(neighbours.columns))
    )


def _outside(places: Indices, similarities: Similarities, inside: range, whole: int) -> float:
    outside = (places < inside.start) | (places >= inside.stop)
    beyond = similarities[:, -1:] if places.shape[1] < whole else -np.inf
    return float(np.where(outside, similarities, beyond).max())


def _both_ways(src: Vectors, tgt: Vectors, k: int, progress: Progress) -> Neighbours:
    tops, lefts = range(0, len(src), _BLOCK), range(0, len(tgt), _BLOCK)

    def compared(top: int, left: int) -> tuple[Found, Found]:
        block = src[top : top + _BLOCK] @ tgt[left : left + _BLOCK].T
        return _best(block, k, left), _best(block.T, k, top)

    blocks, found = list(product(tops, lefts)), []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done, block in enumerate(pool.map(compared, *zip(*blocks, strict=True)), 1):
            found.append(block)
            progress("neighbours", done, len(blocks))
    wide = len(lefts)
    along = [[of_rows for of_rows, _ in found[start : start + wide]] for start in range(0, len(found), wide)]
    across = [[of_columns for _, of_columns in found[start::wide]] for start in range(wide)]
    return Neighbours(*_merged(along, k), *_merged(across, k))


def _best(block: Similarities, k: int, offset: int) -> Found:
    """The `k` largest of each row, where they stand (counted from `offset`) and what they are, in no order."""
    rows, columns = block.shape
    groups = columns // _GROUP
    if groups <= k:
        places = np.broadcast_to(np.arange(columns), block.shape)
    else:
        # Group g holds the columns g, g + groups, g + 2 groups ...: maxima of whole stretches of memory.
        maxima = block[:, : groups * _GROUP].reshape(rows, _GROUP, groups).max(axis=1)
        best = np.argpartition(maxima, groups - k, axis=1)[:, groups - k :]
        members = best[:, :, None] + groups * np.arange(_GROUP)
        rest = np.broadcast_to(np.arange(groups * _GROUP, columns), (rows, columns - groups * _GROUP))
        places = np.hstack([members.reshape(rows, -1), rest])
    return largest(places + offset, np.take_along_axis(block, places, axis=1), k)


def largest(places: Indices, values: Similarities, k: int) -> Found:
    if values.shape[1] <= k:
        return places, values
    kept = np.argpartition(values, values.shape[1] - k, axis=1)[:, values.shape[1] - k :]
    return np.take_along_axis(places, kept, axis=1), np.take_along_axis(values, kept, axis=1)


def _merged(strips: list[list[Found]], k: int) -> Found:
    """The best of each strip's blocks, best first, strip under strip."""
    sorted_strips = []
    for blocks in strips:
        places, values = (np.hstack(parts) for parts in zip(*blocks, strict=True))
        sorted_strips.append(best_first(places, values, k))
    places, values = (np.vstack(parts) for parts in zip(*sorted_strips, strict=True))
    return places, values


def best_first(places: Indices, values: Similarities, k: int) -> Found:
    order = np.lexsort((places, -values), axis=1)[:, :k]
    return np.take_along_axis(places, order, axis=1), np.take_along_axis(values, order, axis=1)


def _some(vectors: Vectors) -> Vectors:
    """Evenly spread rows."""
    return vectors[:: -(-len(vectors) // _SAMPLE)]


def _principal(sample: Vectors) -> Vectors:
    """An orthonormal basis, shape (d, 128), of about the directions in which vectors differ most.

    Subspace iteration from random directions (Halko, Martinsson and Tropp 2011).
    """
    basis = np.random.default_rng(0).standard_normal((sample.shape[1], _DIMENSIONS), dtype=np.float32)
    for _ in range(2):
        basis = _orthonormal(sample.T @ (sample @ basis))
    return basis


def _orthonormal(basis: Vectors) -> Vectors:
    """Columns at right angles and one long that span the same; zero for directions in which there is nothing."""
    tall = basis.astype(np.float64)
    squares, turns = np.linalg.eigh(tall.T @ tall)
    something = squares > 1e-12 * squares[-1]
    scales = np.zeros_like(squares)
    scales[something] = 1 / np.sqrt(squares[something])
    return np.asarray(tall @ (turns * scales), dtype=np.float32)


def _measured(vectors: Vectors, others: Vectors, candidates: Indices, k: int) -> Found:
    """The exact similarities of the candidates of each vector, the best `k`, best first."""
    places: list[Indices] = []
    values: list[Similarities] = []
    at_once = max(1, (1 << 24) // (candidates.shape[1] * vectors.shape[1]))
    for start in range(0, len(vectors), at_once):
        chosen = candidates[start : start + at_once]
        exact = np.einsum("nd,nkd->nk", vectors[start : start + at_once], others[chosen])
        best = best_first(chosen, exact, k)
        places.append(best[0])
        values.append(best[1])
    return np.vstack(places), np.vstack(values)
