"""How alike any few segments of one side are to any few of the other, out of one matrix per kind of evidence.

An overlap's vector is the sum of its segments' vectors, so that the similarity of every overlap with every other
is a box sum over the matrix of segment similarities, divided by two norms: no overlap is ever embedded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vectors = NDArray[np.float32]
Similarities = NDArray[np.float32]
Indices = NDArray[np.intp]
# Where beads end: one place, or several in ascending order.
Ends = int | Indices
# What is left of a row one long when all that it has is taken from it: rounding, of which processors make more or less.
ROUNDING = 1e-5
_ZERO = 1e-9
_Float = TypeVar("_Float", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class View:
    """One kind of evidence: a vector a segment, both sides in one space, shapes (n, d) and (m, d).

    A row's direction is what the segment says; its length, which says how much of it there is, weighs it against
    the others of an overlap. A zero row: the view knows nothing of the segment.
    """

    kind: str
    src: Vectors
    tgt: Vectors


@dataclass(frozen=True, slots=True)
class Runs:
    """One side in one view, and what makes the sum of each run of its vectors one long, by the size of the run.

    `scales[size][start]` is 0 where that sum is zero.
    """

    vectors: Vectors
    scales: Mapping[int, Similarities]

    @classmethod
    def of(cls, vectors: Vectors, largest: int) -> Runs:
        scales = {}
        sums = np.zeros((len(vectors) + 1, vectors.shape[1]), dtype=np.float32)
        for size in range(1, min(largest, len(vectors)) + 1):
            sums = sums[:-1] + vectors[size - 1 :]
            norms = np.sqrt(np.einsum("nd,nd->n", sums, sums))
            scales[size] = _divided(np.ones(len(sums), dtype=np.float32), norms)
        return cls(vectors, scales)

    def only(self, kept: Indices) -> Runs:
        """Those of the side as if it had only the segments `kept`, in ascending order."""
        vectors, scales = self.vectors[kept], {}
        for size, known in self.scales.items():
            if size <= len(kept):
                starts = kept[: len(kept) + 1 - size]
                scales[size] = known[np.minimum(starts, len(known) - 1)]
                torn = np.flatnonzero(kept[size - 1 :] - starts >= size)
                sums = vectors[torn[:, None] + np.arange(size)].sum(axis=1)
                scales[size][torn] = _divided(np.ones(len(torn), dtype=np.float32), np.linalg.norm(sums, axis=1))
        return Runs(vectors, scales)

    def window(self, part: range) -> Runs:
        """Those of a part of the side."""
        inside = {size: scales[part.start : part.stop + 1 - size] for size, scales in self.scales.items()}
        return Runs(self.vectors[part.start : part.stop], {size: s for size, s in inside.items() if size <= len(part)})


class Overlaps:
    """The cosine similarity of overlaps in one view, both sides weighted by length; dense, so of one window."""

    def __init__(self, src: Runs, tgt: Runs, weight: float = 1.0) -> None:
        """`weight`: what similarities are multiplied by."""
        self._src_scales, self._tgt_scales = src.scales, tgt.scales
        self._sums = src.vectors @ tgt.vectors.T
        self._sums *= np.float32(weight)

    def known(self, ends: Ends, rows: int, columns: int) -> Similarities:
        """1 where the view knows something of both overlaps, else 0; shapes as those of the similarities."""
        src = self._src_scales[rows][picked(ends, rows)] > 0
        return (src[..., None] & (self._tgt_scales[columns] > 0)).astype(np.float32)

    def __call__(self, ends: Ends, rows: int, columns: int) -> Similarities:
        """Rows `[end - rows, end)` against every run of `columns` columns, shape (m + 1 - columns,).

        Of several ends at once, shape (ends, m + 1 - columns).
        """
        strip = self._sums[picked(ends, rows)]
        for row in range(1, rows):
            strip = strip + self._sums[picked(ends, rows - row)]
        width = strip.shape[-1] + 1 - columns
        box = strip[..., :width]
        for column in range(1, columns):
            box = box + strip[..., column : column + width]
        box = box * self._tgt_scales[columns]
        box *= self._src_scales[rows][picked(ends, rows)][..., None]
        return box


def picked(ends: Ends, before: int) -> int | slice | Indices:
    """An index for the places `before` each of `ends`; ends in a row are a slice, so that nothing is copied."""
    if isinstance(ends, np.ndarray) and len(ends) and ends[-1] - ends[0] == len(ends) - 1:
        return slice(int(ends[0]) - before, int(ends[-1]) - before + 1)
    return ends - before


def highest(values: NDArray[_Float], size: int) -> NDArray[_Float]:
    """The highest of every run of `size` rows, column by column, shape (n + 1 - size, m)."""
    runs = len(values) + 1 - size
    held = values[:runs]
    for row in range(1, size):
        held = np.maximum(held, values[row : row + runs])
    return held


def centred(vectors: Vectors, strength: float) -> Vectors:
    """The vectors less what all of a side have in common, as long as they were (1 is the mean length of a side).

    What every passage shares is the topic and the language, and says nothing about which passages correspond.
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    known = lengths[:, 0] > 0
    if not known.any():
        return np.zeros(vectors.shape, dtype=np.float32)
    result = unit(vectors)
    if strength:
        common = strength * result[known].mean(axis=0, dtype=np.float64)
        result[known] -= common.astype(np.float32)
        result = unit(result, ROUNDING)
    result *= lengths / lengths[known].mean()
    return result


def unit(vectors: Vectors, least: float = _ZERO) -> Vectors:
    """Rows scaled to length one; rows no longer than `least` become zero."""
    return _divided(vectors, np.linalg.norm(vectors, axis=1, keepdims=True), least)


def _divided(values: NDArray[_Float], norms: NDArray[_Float], least: float = _ZERO) -> NDArray[_Float]:
    """The quotient, zero where the divisor is."""
    quotient = np.zeros_like(values)
    np.divide(values, norms, out=quotient, where=norms > least)
    return quotient


def by_kind(views: Sequence[View]) -> dict[str, tuple[Vectors, Vectors]]:
    """Views of one kind side by side: their similarities are averaged."""
    kinds: dict[str, list[View]] = {}
    for view in views:
        kinds.setdefault(view.kind, []).append(view)
    return {
        kind: (_beside([view.src for view in group]), _beside([view.tgt for view in group]))
        for kind, group in kinds.items()
    }


def _beside(sides: Sequence[Vectors]) -> Vectors:
    """One side's rows in several views, as long as on average; where there is one view, which is large, it itself."""
    sides = [_numbers(side) for side in sides]
    return sides[0] if len(sides) == 1 else np.hstack(sides) / np.float32(np.sqrt(len(sides)))


def _numbers(vectors: Vectors) -> Vectors:
    """The vectors, with zero rows for those that hold anything but numbers, or such as are too large to multiply."""
    with np.errstate(over="ignore", invalid="ignore"):
        good = np.isfinite(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    return vectors if good.all() else np.where(good, vectors, np.float32(0))
