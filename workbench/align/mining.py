"""Which sentences of two collections say the same, out of their nearest neighbours: margin mining."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.neighbours import Neighbours
from workbench.align.similarity import Indices, Similarities

Scores = NDArray[np.float64]

# Neighbours whose mean similarity a pair is held against; as in the paper.
NEIGHBOURS = 4
# Neighbours among which the best margin is looked for: the most similar one need not have it.
CANDIDATES = 8
# `bench mine --pairs` chose it: the best F1 of known pairs hidden among others.
THRESHOLD = 1.27

_LEAST_MEAN = 1e-9
# Of a logistic model of whether a pair is right, by its score: slope and intercept, as `bench mine --pairs` prints.
_SLOPE, _INTERCEPT = 21.2, -27.8


@dataclass(frozen=True, slots=True)
class Mined:
    """Pairs of rows of the two sides, each row in one at most, the highest score first; three arrays of one length."""

    src: Indices
    tgt: Indices
    scores: Scores


def confidence(score: float) -> float:
    """How often pairs with such a score were right, 0 to 1, among known pairs hidden in unrelated sentences."""
    return 1 / (1 + math.exp(-(_SLOPE * score + _INTERCEPT)))


def mined(
    near: Neighbours, least: float = THRESHOLD, fits: Callable[[int, int], bool] = lambda src, tgt: True
) -> Mined:
    """Margin mining (Artetxe and Schwenk 2019): pairs with a ratio margin above `least`; 1: no closer than others are.

    A pair's score is its cosine over the mean cosine of both with their nearest neighbours of the other side, as in
    `bench.baselines.margin`, which has all similarities. Each row proposes that of its candidates with which it scores
    highest; of all proposals the best that `fits` and whose rows are both still free is taken, again and again.
    """
    there = _mean(near.columns, near.column_similarities)
    back = _mean(near.rows, near.row_similarities)
    forward = _proposals(near.columns, near.column_similarities, there, back)
    backward = _proposals(near.rows, near.row_similarities, back, there)
    src = np.concatenate([np.arange(len(there)), backward[0]])
    tgt = np.concatenate([forward[0], np.arange(len(back))])
    scores = np.concatenate([forward[1], backward[1]])
    _, once = np.unique(src * len(back) + tgt, return_index=True)
    order = once[np.lexsort((tgt[once], src[once], -scores[once]))]
    order = order[scores[order] > least]
    kept = order[_first_come(src[order], tgt[order], fits)]
    return Mined(src[kept], tgt[kept], scores[kept])


def _mean(places: Indices, similarities: Similarities) -> Scores:
    """The mean similarity of each row with its NEIGHBOURS nearest, as far as it has any."""
    there = places[:, :NEIGHBOURS] >= 0
    sums = np.where(there, similarities[:, :NEIGHBOURS], 0).sum(axis=1, dtype=np.float64)
    return np.asarray(sums / np.maximum(there.sum(axis=1), 1))


def _proposals(places: Indices, similarities: Similarities, own: Scores, other: Scores) -> tuple[Indices, Scores]:
    """For each row the candidate with the highest margin, the first of equal ones, and the margin."""
    means = (own[:, None] + other[places]) / 2
    usable = (places >= 0) & (means > _LEAST_MEAN)
    margins = np.divide(similarities, means, out=np.zeros_like(means), where=usable)
    highest = margins.max(axis=1)
    return np.where(margins == highest[:, None], places, len(other)).min(axis=1), highest


def _first_come(src: Indices, tgt: Indices, fits: Callable[[int, int], bool]) -> NDArray[np.bool_]:
    """Of pairs in order, those that fit and neither side of which is in an earlier one that is kept."""
    taken_src, taken_tgt = set[int](), set[int]()
    kept = np.zeros(len(src), dtype=bool)
    for number, (i, j) in enumerate(zip(src.tolist(), tgt.tolist(), strict=True)):
        if i not in taken_src and j not in taken_tgt and fits(i, j):
            taken_src.add(i)
            taken_tgt.add(j)
            kept[number] = True
    return kept
