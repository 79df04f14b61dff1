"""What tells of a link where it stands among the others: two tellings follow the same course, with gaps and jumps.

A hidden Markov model over the segments of either side. Its state is the place that the other document has been told up
to. A segment leaves it there, or corresponds to a segment a little further on or, now and then, to any other. Forwards
and backwards (Rabiner 1989) that says where each segment's counterpart would stand, whatever it says itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from workbench.align.similarity import Matrix, Similarities
from workbench.datatypes import Progress, silent

# The share of a side's segments that have a counterpart, and of these the share that stands anywhere.
_LINKED, _ANYWHERE = 0.3, 0.3
# In log odds: however much a passage says by itself, the others are heard too.
_SUREST = 6.0
# Random orders that the real one is held against.
_ORDERS = 16


def order(log_odds: Similarities | Matrix) -> Matrix:
    """How much likelier each link is by where the others stand, in log odds; 0 where that says nothing.

    `log_odds` that the segments correspond by what they say, shape (n, m), is the shape of the result. Time and memory
    grow with n times m.
    """
    told = _along(log_odds)
    told += _along(log_odds.T).T
    told /= 2
    return told


def _along(log_odds: Similarities | Matrix) -> Matrix:
    """What the other rows tell of each link of a row."""
    n, m = log_odds.shape
    said, onwards = np.ascontiguousarray(log_odds), _onwards(n, m)
    told, place = np.empty((n, m)), np.full(m, 1 / m)
    for row in range(n):
        told[row] = place
        place = _moved(place, _likelihood(said[row]), onwards)
        place /= place.sum()
    after = np.ones(m)
    for row in range(n - 1, -1, -1):
        likelihood, reached = _likelihood(said[row]), onwards(told[row]) * after
        linked = likelihood * reached
        total = (1 - _LINKED) * told[row] @ after + linked.sum()
        others = np.maximum(total - linked, 1e-9 * total)
        told[row] = np.log(np.maximum(reached, 1e-300) * m / others)
        after = (1 - _LINKED) * after + onwards((likelihood * after)[::-1])[::-1]
        after /= after.max()
    return told


def beyond_chance(log_odds: Similarities | Matrix, progress: Progress = silent) -> float:
    """How much likelier both sides are in their order than in random ones, in log odds; a few by chance.

    Held against random orders of the very same passages, as in a permutation test (Fisher 1935). Time grows with n
    times m.
    """
    n, m = log_odds.shape
    src = _beyond_chance(log_odds, lambda row: progress("order", row, n + m))
    return (src + _beyond_chance(log_odds.T, lambda row: progress("order", n + row, n + m))) / 2


def _beyond_chance(log_odds: Similarities | Matrix, told: Callable[[int], None]) -> float:
    """The same by the model of one direction, with the columns in other orders; `told` how many rows are done."""
    n, m = log_odds.shape
    random = np.random.default_rng(0)
    orders = np.array([np.arange(m), *(random.permutation(m) for _ in range(_ORDERS))])
    onwards = _onwards(n, m)
    place, likelier = np.full(orders.shape, 1 / m), np.zeros(len(orders))
    for number, row in enumerate(np.ascontiguousarray(log_odds), 1):
        place = _moved(place, _likelihood(row)[orders], onwards)
        total = place.sum(axis=1, keepdims=True)
        likelier += np.log(total[:, 0])
        place /= total
        told(number)
    return float(likelier[0] - likelier[1:].mean())


def _likelihood(log_odds: Similarities | Matrix) -> Matrix:
    """How much likelier what a passage says is if it has any counterpart and this is it than if it has none.

    Of m log odds, such that those of 0 throughout say nothing.
    """
    likelihood: Matrix = np.exp(np.minimum(log_odds, _SUREST), dtype=np.float64) * len(log_odds)
    return likelihood


def _moved(place: Matrix, likelihood: Matrix, onwards: Callable[[Matrix], Matrix]) -> Matrix:
    """How likely the last link stands in each place after one row more, times how likely that row is."""
    moved = onwards(place)
    moved *= likelihood
    moved += (1 - _LINKED) * place
    return moved


def _onwards(rows: int, columns: int) -> Callable[[Matrix], Matrix]:
    """Where the next link stands, of so many rows: here or further on, the nearer the likelier, or anywhere.

    Of where the last one stands, shape (columns,) or (cases, columns).
    """
    step = 1 / (1 + columns / (rows * _LINKED))
    # Places in a square: what goes on within its lines, then what does from one line to those below.
    size = math.isqrt(columns - 1) + 1
    apart = np.maximum(np.arange(size) - np.arange(size)[:, None], 0)
    within = np.triu((1 - _ANYWHERE) * step * (1 - step) ** apart)
    below = np.triu((1 - step) ** (size * np.maximum(apart - 1, 0)), 1)
    fading = (1 - step) ** np.arange(1, size + 1)

    def onwards(place: Matrix) -> Matrix:
        cases = place.shape[:-1]
        square = np.zeros((*cases, size * size))
        square[..., :columns] = place
        square = square.reshape(*cases, size, size) @ within
        square += (square[..., -1] @ below)[..., None] * fading
        found: Matrix = square.reshape(*cases, -1)[..., :columns]
        found += _ANYWHERE * place.mean(axis=-1, keepdims=True)
        return found

    return onwards
