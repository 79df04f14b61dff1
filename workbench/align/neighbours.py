"""The nearest segments of the other side, for every segment, without ever holding all similarities at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.similarity import Vectors

Indices = NDArray[np.intp]
Similarities = NDArray[np.float32]

# Segments of each side that are compared at once: 64 MB of similarities.
_BLOCK = 4096
# The best of a block are looked for among the groups with the best maxima: a glance at a group instead of at each.
_GROUP = 16
# Similarities are looked for in so many dimensions and measured in all.
_DIMENSIONS = 256
# So many times the neighbours asked for are measured when the dimensions had to be reduced.
_SPARE = 2


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


def nearest(src: Vectors, tgt: Vectors, k: int) -> Neighbours:
    """The `k` nearest of both sides' vectors, shapes (n, d) and (m, d), in O(n m) time and O(n + m) memory.

    Exact up to 256 dimensions; beyond, candidates are found in a random projection (Johnson and Lindenstrauss 1984)
    and measured exactly. Among equally similar ones an arbitrary choice, always the same.
    """
    if src.shape[1] <= _DIMENSIONS:
        return _both_ways(src, tgt, k)
    rough = _both_ways(*_projected(src, tgt), _SPARE * k)
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


def _both_ways(src: Vectors, tgt: Vectors, k: int) -> Neighbours:
    along: list[list[tuple[Indices, Similarities]]] = []
    across: list[list[tuple[Indices, Similarities]]] = []
    for top in range(0, len(src), _BLOCK):
        along.append([])
        for left in range(0, len(tgt), _BLOCK):
            block = src[top : top + _BLOCK] @ tgt[left : left + _BLOCK].T
            along[-1].append(_best(block, k, left))
            if not top:
                across.append([])
            across[left // _BLOCK].append(_best(block.T, k, top))
    return Neighbours(*_merged(along, k), *_merged(across, k))


def _best(block: Similarities, k: int, offset: int) -> tuple[Indices, Similarities]:
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
    return _largest(places + offset, np.take_along_axis(block, places, axis=1), k)


def _largest(places: Indices, values: Similarities, k: int) -> tuple[Indices, Similarities]:
    if values.shape[1] <= k:
        return places, values
    kept = np.argpartition(values, values.shape[1] - k, axis=1)[:, values.shape[1] - k :]
    return np.take_along_axis(places, kept, axis=1), np.take_along_axis(values, kept, axis=1)


def _merged(strips: list[list[tuple[Indices, Similarities]]], k: int) -> tuple[Indices, Similarities]:
    """The best of each strip's blocks, best first, strip under strip."""
    sorted_strips = []
    for blocks in strips:
        places, values = (np.hstack(parts) for parts in zip(*blocks, strict=True))
        sorted_strips.append(_best_first(places, values, k))
    places, values = (np.vstack(parts) for parts in zip(*sorted_strips, strict=True))
    return places, values


def _best_first(places: Indices, values: Similarities, k: int) -> tuple[Indices, Similarities]:
    order = np.lexsort((places, -values), axis=1)[:, :k]
    return np.take_along_axis(places, order, axis=1), np.take_along_axis(values, order, axis=1)


def _projected(src: Vectors, tgt: Vectors) -> tuple[Vectors, Vectors]:
    directions = np.random.default_rng(0).standard_normal((src.shape[1], _DIMENSIONS), dtype=np.float32)
    directions /= np.float32(np.sqrt(_DIMENSIONS))
    return src @ directions, tgt @ directions


def _measured(vectors: Vectors, others: Vectors, candidates: Indices, k: int) -> tuple[Indices, Similarities]:
    """The exact similarities of the candidates of each vector, the best `k`, best first."""
    places: list[Indices] = []
    values: list[Similarities] = []
    at_once = max(1, (1 << 24) // (candidates.shape[1] * vectors.shape[1]))
    for start in range(0, len(vectors), at_once):
        chosen = candidates[start : start + at_once]
        exact = np.einsum("nd,nkd->nk", vectors[start : start + at_once], others[chosen])
        best = _best_first(chosen, exact, k)
        places.append(best[0])
        values.append(best[1])
    return np.vstack(places), np.vstack(values)
