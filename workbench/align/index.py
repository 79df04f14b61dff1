"""Nearest neighbours among millions of vectors: in bounded memory, nearly exact, the same whenever they are asked for.

`nearest` gives what `neighbours.nearest` gives, of vectors that may lie on disk in half precision (memory-mapped
arrays): for each of either collection its nearest in the other one, be they sentences or documents.

Every vector lives in the cell of its nearest centroid and is compared with all that live in the cells around it: an
inverted file (Jégou, Douze and Schmid 2011). It is searched cell by cell rather than vector by vector, so that all who
look into a cell meet all who live there in one matrix product: nothing need be compressed, and nothing measured twice.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.align import neighbours
from workbench.align.neighbours import Found, Neighbours, best_first, largest
from workbench.align.similarity import Indices, Similarities, Vectors
from workbench.datatypes import Progress, silent

Stored = NDArray[np.float16] | NDArray[np.float32]
_Cells = NDArray[np.uint16]
_Result = TypeVar("_Result")

# Vectors whose neighbours are looked for at a time: 67 MB of 256 dimensions, for each thread, and as much for cells.
_SLAB = 1 << 16
_THREADS = min(4, os.cpu_count() or 1)
# Vectors that are compared with all centroids at a time.
_BLOCK = 2048
# Rounds of k-means, and vectors a centroid to learn from.
_ROUNDS, _SAMPLED = 8, 40
# How many cells: a multiple of the root of the number of vectors of the larger side, and so many at most.
_CELLS, _MOST_CELLS = 4.0, 1 << 16
# The nearest cells, which are looked into first: little of what the others hold is better.
_FIRST = 4


@dataclass(frozen=True, slots=True)
class Tuning:
    """How thoroughly to search; `bench mine` measures what it is worth."""

    # Up to so many pairs of vectors all are compared, which is faster then.
    exact: int = 1_000_000_000
    # How many cells a vector looks into.
    probes: int = 128


def nearest(src: Stored, tgt: Stored, k: int, tuning: Tuning = Tuning(), progress: Progress = silent) -> Neighbours:
    """The `k` nearest of both sides' vectors, shapes (n, d) and (m, d) with n, m > 0, by inner product.

    Rows are of length one, or zero. Where fewer than `k` are found, place -1 with similarity -1 stands for the others.
    Memory: O(n + m) numbers, and `_SLAB` vectors for each thread. Time: for each vector the share probes / cells of
    what comparing it with all takes.
    """
    from threadpoolctl import threadpool_limits

    # Our threads each take a part of the work; a product that is split further comes out otherwise in its last digits.
    with threadpool_limits(1, "blas"):
        if len(src) * len(tgt) <= tuning.exact:
            return neighbours.nearest(src.astype(np.float32), tgt.astype(np.float32), k)
        centroids = _centroids(src, tgt)
        columns = _found(src, _inhabited(tgt, centroids), k, tuning.probes, progress, "searching there")
        rows = _found(tgt, _inhabited(src, centroids), k, tuning.probes, progress, "searching back")
    return Neighbours(*columns, *rows)


@dataclass(frozen=True, slots=True)
class _Inhabited:
    """Cells and who lives in them. `rows`: of `vectors`, cell after cell, those of cell c from bounds[c] on."""

    vectors: Stored
    centroids: Vectors
    rows: Indices
    bounds: Indices

    def members(self, cell: int) -> Indices:
        return self.rows[self.bounds[cell] : self.bounds[cell + 1]]


def _inhabited(vectors: Stored, centroids: Vectors) -> _Inhabited:
    def homes(start: int) -> _Cells:
        block = vectors[start : start + _BLOCK].astype(np.float32)
        cells: _Cells = (block @ centroids.T).argmax(axis=1).astype(np.uint16)
        return cells

    found = np.concatenate(list(_in_threads(homes, range(0, len(vectors), _BLOCK))))
    return _Inhabited(vectors, centroids, *_by_cell(found, len(centroids)))


def _nearest_cells(block: Vectors, centroids: Vectors, count: int) -> _Cells:
    """So many of each vector, the very nearest at the end; the others in no order."""
    similarities = block @ centroids.T
    cells = similarities.shape[1]
    parts = sorted({cells - count, max(cells - count, cells - _FIRST)})
    nearest_last: _Cells = np.argpartition(similarities, parts, axis=1)[:, cells - count :].astype(np.uint16)
    return nearest_last


def _by_cell(cells: _Cells, count: int) -> tuple[Indices, Indices]:
    """Where each cell is named, cell after cell, and where the part of each begins; the end of the last one too."""
    order = np.argsort(cells, kind="stable")
    return order, np.searchsorted(cells[order], np.arange(count + 1))


def _found(queries: Stored, inhabited: _Inhabited, k: int, probes: int, progress: Progress, stage: str) -> Found:
    def searched(start: int) -> Found:
        return _searched(queries[start : start + _SLAB].astype(np.float32), inhabited, k, probes)

    slabs = []
    for slab in _in_threads(searched, range(0, len(queries), _SLAB)):
        slabs.append(slab)
        progress(stage, min(len(slabs) * _SLAB, len(queries)), len(queries))
    places, similarities = (np.concatenate(parts) for parts in zip(*slabs, strict=True))
    return places, similarities


def _searched(slab: Vectors, inhabited: _Inhabited, k: int, probes: int) -> Found:
    """The nearest of each vector of the slab, best first."""
    probes = min(probes, len(inhabited.centroids))
    blocks = (slab[start : start + _BLOCK] for start in range(0, len(slab), _BLOCK))
    wanted = np.concatenate([_nearest_cells(block, inhabited.centroids, probes) for block in blocks])
    best = _Best.none(len(slab), k)
    for cells in (wanted[:, -_FIRST:], wanted[:, :-_FIRST]):
        _visit(slab, cells, inhabited, best)
    return best_first(best.places, best.similarities, k)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best found so far for each vector of a slab, in no order, and the least similar of them."""

    places: Indices
    similarities: Similarities
    least: Similarities

    @classmethod
    def none(cls, count: int, k: int) -> _Best:
        unlike = np.full((count, k), -1, dtype=np.float32)
        return cls(np.full((count, k), -1), unlike, np.full(count, -np.inf, dtype=np.float32))

    def meet(self, rows: Indices, members: Indices, met: Similarities) -> None:
        """Rows of the slab meet vectors; most find none that is better than what they have."""
        better = met.max(axis=1) > self.least[rows]
        rows, met = rows[better], met[better]
        k = self.places.shape[1]
        near, values = largest(np.broadcast_to(members, met.shape), met, k)
        kept = largest(np.hstack([self.places[rows], near]), np.hstack([self.similarities[rows], values]), k)
        self.places[rows], self.similarities[rows] = kept
        self.least[rows] = kept[1].min(axis=1)


def _visit(slab: Vectors, wanted: _Cells, inhabited: _Inhabited, best: _Best) -> None:
    """Let each vector of the slab meet all who live in its wanted cells."""
    visitors, bounds = _by_cell(wanted.ravel(), len(inhabited.centroids))
    visitors //= max(wanted.shape[1], 1)
    for cell in np.flatnonzero(np.diff(bounds)).tolist():
        rows, members = visitors[bounds[cell] : bounds[cell + 1]], inhabited.members(cell)
        if len(members):
            met = slab[rows] @ inhabited.vectors[members].astype(np.float32).T
            best.meet(rows, members, met)


def _centroids(src: Stored, tgt: Stored) -> Vectors:
    """About _CELLS * sqrt(n) directions around which the vectors of both sides lie: spherical k-means.

    Learned from evenly spread vectors of both (Dhillon and Modha 2001).
    """
    count = min(int(_CELLS * math.sqrt(max(len(src), len(tgt)))), _MOST_CELLS)
    sample = np.vstack([_spread(src, count * _SAMPLED // 2), _spread(tgt, count * _SAMPLED // 2)])
    centroids = sample[np.random.default_rng(0).permutation(len(sample))[:count]]
    for _ in range(_ROUNDS):
        centroids = _moved(centroids, sample)
    return centroids


def _spread(vectors: Stored, count: int) -> Vectors:
    return vectors[:: -(-len(vectors) // count)].astype(np.float32)


def _moved(centroids: Vectors, sample: Vectors) -> Vectors:
    """Each centroid in the direction of the sum of those nearest to it; as it was where that is none."""
    cells = _inhabited(sample, centroids)
    filled = np.flatnonzero(np.diff(cells.bounds))
    sums = np.add.reduceat(sample[cells.rows], cells.bounds[filled], axis=0)
    lengths = np.sqrt(np.einsum("nd,nd->n", sums, sums))[:, None]
    moved = centroids.copy()
    moved[filled] = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centroids[filled])
    return moved


def _in_threads(work: Callable[[int], _Result], items: range) -> Iterator[_Result]:
    with ThreadPoolExecutor(_THREADS) as pool:
        yield from pool.map(work, items)
