"""Which sentences of two collections say the same, out of their nearest neighbours: margin mining."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.neighbours import Indices, Neighbours, Similarities

Scores = NDArray[np.float64]

# Neighbours whose mean similarity a pair is held against; as in the paper.
NEIGHBOURS = 4
# Neighbours among which the best margin is looked for: the most similar one need not have it.
CANDIDATES = 8
# `bench mine --planted` chose it: the best F1 of known pairs hidden among others.
THRESHOLD = 1.06

_LEAST_MEAN = 1e-9


@dataclass(frozen=True, slots=True)
class Mined:
    """Pairs of rows of the two sides, each row in one at most, the highest score first; three arrays of one length."""

    src: Indices
    tgt: Indices
    scores: Scores


def mined(near: Neighbours, least: float = THRESHOLD, neighbours: int = NEIGHBOURS) -> Mined:
    """Margin mining (Artetxe and Schwenk 2019): pairs with a ratio margin above `least`; 1: no closer than others are.

    A pair's score is its cosine over the mean cosine of both with their nearest neighbours of the other side, as in
    `baselines.margin`, which has all similarities. Each row proposes that of its candidates with which it scores
    highest; of all proposals the best whose rows are both still free is taken, again and again.
    """
    there = _mean(near.columns, near.column_similarities, neighbours)
    back = _mean(near.rows, near.row_similarities, neighbours)
    forward = _proposals(near.columns, near.column_similarities, there, back)
    backward = _proposals(near.rows, near.row_similarities, back, there)
    src = np.concatenate([np.arange(len(forward[0])), backward[0]])
    tgt = np.concatenate([forward[0], np.arange(len(backward[0]))])
    scores = np.concatenate([forward[1], backward[1]])
    order = np.lexsort((tgt, src, -scores))
    order = order[scores[order] > least]
    kept = order[_first_come(src[order], tgt[order], len(forward[0]), len(backward[0]))]
    return Mined(src[kept], tgt[kept], scores[kept])


def _mean(places: Indices, similarities: Similarities, count: int) -> Scores:
    """The mean similarity of each row with its `count` nearest, as far as it has any."""
    there = places[:, :count] >= 0
    sums = np.where(there, similarities[:, :count], 0).sum(axis=1, dtype=np.float64)
    return np.asarray(sums / np.maximum(there.sum(axis=1), 1))


def _proposals(places: Indices, similarities: Similarities, own: Scores, other: Scores) -> tuple[Indices, Scores]:
    """For each row the candidate with the highest margin, the first of equal ones, and the margin."""
    means = (own[:, None] + other[places]) / 2
    usable = (places >= 0) & (means > _LEAST_MEAN)
    margins = np.divide(similarities, means, out=np.zeros_like(means), where=usable)
    highest = margins.max(axis=1)
    return np.where(margins == highest[:, None], places, len(other)).min(axis=1), highest


def _first_come(src: Indices, tgt: Indices, n: int, m: int) -> NDArray[np.bool_]:
    """Of pairs in order, those neither side of which is in an earlier one that is kept."""
    free_src, free_tgt = [True] * n, [True] * m
    kept = np.zeros(len(src), dtype=bool)
    for number, (i, j) in enumerate(zip(src.tolist(), tgt.tolist(), strict=True)):
        if free_src[i] and free_tgt[j]:
            free_src[i] = free_tgt[j] = False
            kept[number] = True
    return kept
