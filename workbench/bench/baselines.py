"""Two aligners that every figure can be held against: one that sees lengths only, one that sees no order at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.align.evaluation import BeadIndices

Floats = NDArray[np.float64]

# Gale and Church (1993), tables 5 and 6: how often a bead has so many segments, and the variance of a length.
_PRIORS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (1, 2): 0.089, (2, 1): 0.089, (2, 2): 0.011}
_VARIANCE = 6.8

_NEIGHBOURS = 4


def gale_church(src: Sequence[str], tgt: Sequence[str]) -> list[BeadIndices]:
    """Gale and Church (1993): the monotone alignment whose lengths in characters agree best.

    How many target characters a source character makes is taken from the two texts as wholes. O(n m) time and memory.
    """
    x, y = _ends(src), _ends(tgt)
    if x[-1]:
        x = x * (y[-1] / x[-1]) if y[-1] else x
    n, m = len(src), len(tgt)
    best = np.full((n + 1, m + 1), np.inf)
    choice = np.zeros((n + 1, m + 1, 2), dtype=np.int8)
    unlinked = _cost(np.zeros(m), np.diff(y), (0, 1))
    slope = np.concatenate([[0.0], np.cumsum(unlinked)])
    for i in range(n + 1):
        row = best[i]
        if i == 0:
            row[0] = 0.0
        for rows, columns in _PRIORS:
            if not rows or rows > i or columns > m:
                continue
            lengths = np.full(m + 1 - columns, x[i] - x[i - rows])
            cost = _cost(lengths, y[columns:] - y[: m + 1 - columns], (rows, columns))
            reached = best[i - rows, : m + 1 - columns] + cost
            better = reached < row[columns:]
            row[columns:][better] = reached[better]
            choice[i, columns:][better] = rows, columns
        # Unlinked target segments, however many: the cheapest place to have come from.
        base = row - slope
        slid = np.minimum.accumulate(base)
        moved = slid < base - 1e-9
        row[moved] = (slid + slope)[moved]
        choice[i][moved] = 0, 1
    return _path(choice)


def _path(choice: NDArray[np.int8]) -> list[BeadIndices]:
    """The beads on the way back from the ends of both texts. `choice`: the size of the bead that ends at (i, j), shape
    (n + 1, m + 1, 2)."""
    beads: list[BeadIndices] = []
    i, j = choice.shape[0] - 1, choice.shape[1] - 1
    while i or j:
        rows, columns = (int(size) for size in choice[i, j])
        beads.append((tuple(range(i - rows, i)), tuple(range(j - columns, j))))
        i, j = i - rows, j - columns
    return beads[::-1]


def _ends(texts: Sequence[str]) -> Floats:
    """Where each segment ends, in characters from the start, blanks not counted; one more than there are segments."""
    return np.concatenate([[0.0], np.cumsum([float(len("".join(text.split()))) for text in texts])])


def _cost(src: Floats, tgt: Floats, size: tuple[int, int]) -> Floats:
    """Minus the log probability of a bead of so many segments with such lengths."""
    from scipy.special import log_ndtr

    mean = np.maximum((src + tgt) / 2, 1.0)
    deviation = np.abs(tgt - src) / np.sqrt(mean * _VARIANCE)
    cost: Floats = -np.log(_PRIORS[size]) - np.log(2) - log_ndtr(-deviation)
    return cost


def margin(src: NDArray[np.float32], tgt: NDArray[np.float32]) -> list[BeadIndices]:
    """Margin mining (Artetxe and Schwenk 2019): 1-1 links of unit vectors, in any order, best ratio margin first.

    A pair's score is its cosine over the mean cosine of both with their k = 4 nearest neighbours. Both directions
    propose their best; each segment is used once. What stays unlinked is in no bead.
    """
    if not len(src) or not len(tgt):
        return []
    scores = ratio_margin(src.astype(np.float64) @ tgt.astype(np.float64).T)
    forward = {(i, int(j)) for i, j in enumerate(scores.argmax(axis=1))}
    backward = {(int(i), j) for j, i in enumerate(scores.argmax(axis=0))}
    links: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(forward | backward, key=lambda pair: (-scores[pair], pair)):
        if i not in links and j not in taken and scores[i, j] > 1:
            links[i] = j
            taken.add(j)
    return [((i,), (j,)) for i, j in sorted(links.items())]


def ratio_margin(similarity: Floats) -> Floats:
    """Each cosine over the mean of its row's and its column's highest k = 4; above 1: closer than neighbours are."""
    near_rows = np.sort(similarity, axis=1)[:, -_NEIGHBOURS:].mean(axis=1)
    near_columns = np.sort(similarity, axis=0)[-_NEIGHBOURS:].mean(axis=0)
    mean = (near_rows[:, None] + near_columns[None, :]) / 2
    margins: Floats = np.divide(similarity, mean, out=np.zeros_like(similarity), where=mean > 1e-9)
    return margins
