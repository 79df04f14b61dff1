"""What tells of a link where it stands among the others: two tellings follow the same course, with gaps and jumps.

A hidden Markov model over the segments of either side. Its state is the place that the other document has been told up
to. A segment leaves it there, or corresponds to a segment a little further on or, now and then, to any other. Forwards
and backwards (Rabiner 1989) that says where each segment's counterpart would stand, whatever it says itself.
"""

from __future__ import annotations

import math

import numpy as np

from workbench.align.similarity import Matrix

# The share of a side's segments that have a counterpart, and of these the share that stands anywhere.
_LINKED, _ANYWHERE = 0.3, 0.3
# In log odds: however much a passage says by itself, the others are heard too.
_SUREST = 6.0
# Random orders that the real one is held against.
_ORDERS = 16


def order(log_odds: Matrix) -> Matrix:
    """How much likelier each link is by where the others stand, in log odds; 0 where that says nothing.

    `log_odds` that the segments correspond by what they say, shape (n, m), is the shape of the result. Time and memory
    grow with n times m.
    """
    return (_along(log_odds) + _along(log_odds.T).T) / 2


def _along(log_odds: Matrix) -> Matrix:
    """What the other rows tell of each link of a row."""
    n, m = log_odds.shape
    likelihood = _likelihood(log_odds)
    reached, here, place = np.empty((n, m)), np.empty((n, m)), np.full(m, 1 / m)
    for row in range(n):
        here[row], reached[row] = place, _onwards(place, n)
        place = (1 - _LINKED) * place + _LINKED * likelihood[row] * reached[row]
        place /= place.sum()
    after = np.ones(m)
    for row in range(n - 1, -1, -1):
        linked = _LINKED * reached[row] * after
        total = (1 - _LINKED) * here[row] @ after + linked @ likelihood[row]
        others = np.maximum(total - linked * likelihood[row], 1e-9 * total)
        reached[row] = np.log(np.maximum(linked, 1e-300) / others) - math.log(_LINKED / m)
        after = (1 - _LINKED) * after + _LINKED * _onwards((likelihood[row] * after)[::-1], n)[::-1]
        after /= after.max()
    return reached


def beyond_chance(log_odds: Matrix) -> float:
    """How much likelier both sides are in their order than in random ones, in log odds; a few by chance.

    Held against random orders of the very same passages, as in a permutation test (Fisher 1935). Time grows with n
    times m.
    """
    return (_beyond_chance(log_odds) + _beyond_chance(log_odds.T)) / 2


def _beyond_chance(log_odds: Matrix) -> float:
    """The same by the model of one direction, with the columns in other orders."""
    n, m = log_odds.shape
    random = np.random.default_rng(0)
    orders = np.array([np.arange(m), *(random.permutation(m) for _ in range(_ORDERS))])
    place, likelier = np.full(orders.shape, 1 / m), np.zeros(len(orders))
    for likelihood in _likelihood(log_odds):
        place = (1 - _LINKED) * place + _LINKED * likelihood[orders] * _onwards(place, n)
        total = place.sum(axis=1, keepdims=True)
        likelier += np.log(total[:, 0])
        place /= total
    return float(likelier[0] - likelier[1:].mean())


def _likelihood(log_odds: Matrix) -> Matrix:
    """How much likelier what a passage says is if it corresponds to another than if to none, or any."""
    likelihood: Matrix = np.exp(np.minimum(log_odds, _SUREST)) * log_odds.shape[1] / _LINKED
    return likelihood


def _onwards(place: Matrix, rows: int) -> Matrix:
    """Where the next link stands, of so many rows: here or further on, the nearer the likelier, or anywhere.

    `place`: where the last one stands, shape (m,) or (cases, m).
    """
    from scipy.signal import lfilter

    step = 1 / (1 + place.shape[-1] / (rows * _LINKED))
    forwards = lfilter([step], [1, step - 1], place)
    found: Matrix = (1 - _ANYWHERE) * forwards + _ANYWHERE * place.mean(axis=-1, keepdims=True)
    return found
