"""What stands before a place in one text and behind it in the other, so that no two beads can part there.

A boundary of two beads is doubtful where a word of the last passage before it has its counterpart in the first passage
behind it: then one side tells in another order, or cuts its sentences elsewhere, and the passages are one bead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.align.neighbours import nearest
from workbench.align.similarity import Indices, Similarities, Vectors, unit

# How many segments on its own side of a place may not have what stands on its other side too: that tells nothing.
_REACH = 3
# One rare word may stand elsewhere by chance; more than so much tells, and no more than the most.
_BY_CHANCE, _MOST = 0.6, 2.0
# Tokens are translations of each other where each is the other's nearest and their vectors are as alike as this.
_LEAST_ALIKE = 0.65


def straddling(src: Vectors, tgt: Vectors) -> Similarities:
    """How much straddles each corner, shape (n + 1, m + 1); from 0 to 2, higher where a boundary is less likely.

    `src`, `tgt`: which terms each segment has, a column each and by how rare they are, 0 where it has them not, shapes
    (n, d) and (m, d).
    """
    total: Similarities = _last(src) @ _first(tgt).T
    total += _first(src) @ _last(tgt).T
    total -= np.float32(_BY_CHANCE)
    return np.clip(total, 0, np.float32(_MOST), out=total)


def _last(terms: Vectors) -> Vectors:
    """Of each place what the segment before it has and none of those behind it."""
    return np.ascontiguousarray(_first(terms[::-1])[::-1])


def _first(terms: Vectors) -> Vectors:
    """Of each place what the segment behind it has and none of those before it."""
    found = np.zeros((len(terms) + 1, terms.shape[1]), dtype=np.float32)
    found[:-1] = terms
    for back in range(1, _REACH + 1):
        found[back:-1][terms[:-back] > 0] = 0
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which tokens each segment of a text has, and the vector of each token once, whatever stands around it."""

    segments: Sequence[Sequence[int]]  # rows of `vectors`
    vectors: Vectors  # shape (tokens, d)

    @classmethod
    def of(cls, read: Iterable[tuple[Indices, Vectors]]) -> Vocabulary:
        """`read`: the ids and vectors of each segment's tokens, shapes (k,) and (k, d), k may be 0."""
        rows: dict[int, int] = {}
        segments, vectors = [], []
        for ids, own in read:
            for token, vector in zip(ids.tolist(), own, strict=True):
                if token not in rows:
                    rows[token] = len(rows)
                    vectors.append(vector)
            segments.append([rows[token] for token in ids.tolist()])
        return cls(segments, unit(np.array(vectors, dtype=np.float32)) if vectors else np.zeros((0, 1), np.float32))


def counterparts(src: Vocabulary, tgt: Vocabulary) -> tuple[list[set[int]], list[set[int]]]:
    """Of every segment the numbers of its tokens that the other side translates: one number for both."""
    if not len(src.vectors) or not len(tgt.vectors):
        return [set() for _ in src.segments], [set() for _ in tgt.segments]
    near = nearest(src.vectors, tgt.vectors, 1)
    there, alike, back = near.columns[:, 0], near.column_similarities[:, 0], near.rows[:, 0]
    mutual = np.flatnonzero((back[there] == np.arange(len(there))) & (alike >= _LEAST_ALIKE)).tolist()
    numbers = dict(zip(there[mutual].tolist(), mutual, strict=True))
    kept = set(mutual)
    return (
        [kept.intersection(segment) for segment in src.segments],
        [{numbers[token] for token in segment if token in numbers} for segment in tgt.segments],
    )
