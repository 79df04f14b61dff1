"""How alike any few segments of one side are to any few of the other, out of one matrix per kind of evidence.

An overlap's vector is the sum of its segments' vectors, so that the similarity of every overlap with every other
is a box sum over the matrix of segment similarities, divided by two norms: no overlap is ever embedded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """One kind of evidence: a vector a segment, both sides in one space, shapes (n, d) and (m, d).

    A row's direction is what the segment says; its length, which says how much of it there is, weighs it against
    the others of an overlap. A zero row: the view knows nothing of the segment.
    """

    kind: str
    src: Vectors
    tgt: Vectors


class Overlaps:
    """The cosine similarity of overlaps in one view, both sides weighted by length."""

    def __init__(self, src: Matrix, tgt: Matrix, largest: int) -> None:
        n, m = len(src), len(tgt)
        raw = src @ tgt.T
        self._integral = np.zeros((n + 1, m + 1))
        self._integral[1:, 1:] = raw.cumsum(axis=0).cumsum(axis=1)
        self._src_scales = _scales(src, largest)
        self._tgt_scales = _scales(tgt, largest)
        self.segments = raw * self._src_scales[1][:, None] * self._tgt_scales[1] if n and m else raw

    def __call__(self, end: int, rows: int, columns: int) -> Matrix:
        """Rows `[end - rows, end)` against every run of `columns` columns, shape (m + 1 - columns,)."""
        low, high = self._integral[end - rows], self._integral[end]
        box: Matrix = high[columns:] - low[columns:] - high[:-columns] + low[:-columns]
        box *= self._tgt_scales[columns]
        box *= self._src_scales[rows][end - rows]
        return box


def _scales(vectors: Matrix, largest: int) -> Mapping[int, Matrix]:
    """What makes the sum of each run of 1 to `largest` vectors one long; 0 where it is zero."""
    sums = np.vstack([np.zeros((1, vectors.shape[1])), vectors.cumsum(axis=0)])
    return {
        size: _divided(np.ones(len(vectors) + 1 - size), np.linalg.norm(sums[size:] - sums[:-size], axis=1))
        for size in range(1, min(largest, len(vectors)) + 1)
    }


def centred(vectors: Vectors, strength: float) -> Matrix:
    """The vectors less what all of a side have in common, as long as they were (1 is the mean length of a side).

    What every passage shares is the topic and the language, and says nothing about which passages correspond.
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float64)
    known = lengths[:, 0] > 0
    if not known.any():
        return np.zeros(vectors.shape)
    result = _unit(vectors.astype(np.float64))
    result[known] -= strength * result[known].mean(axis=0)
    weighed: Matrix = _unit(result) * (lengths / lengths[known].mean())
    return weighed


def _unit(vectors: Matrix) -> Matrix:
    return _divided(vectors, np.linalg.norm(vectors, axis=1, keepdims=True))


def _divided(values: Matrix, norms: Matrix) -> Matrix:
    """The quotient, zero where the divisor is."""
    quotient = np.zeros_like(values)
    np.divide(values, norms, out=quotient, where=norms > 1e-9)
    return quotient


def by_kind(views: Sequence[View]) -> dict[str, tuple[Vectors, Vectors]]:
    """Views of one kind side by side: their similarities are averaged."""
    kinds: dict[str, list[View]] = {}
    for view in views:
        kinds.setdefault(view.kind, []).append(view)
    return {
        kind: (
            np.hstack([view.src for view in group]) / np.float32(np.sqrt(len(group))),
            np.hstack([view.tgt for view in group]) / np.float32(np.sqrt(len(group))),
        )
        for kind, group in kinds.items()
    }
