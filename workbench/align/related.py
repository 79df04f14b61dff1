"""How likely two documents tell of one thing: by the order of what they share, and by the names in both.

Between any two documents on a topic some passages seem to correspond. But what two tellings share is told in much the
same order, and what only seems to be shared is anywhere: permutation tests (Fisher 1935) of the pair's own links, and
of all its passages (`order.beyond_chance`). And who tells of one thing names the same people and places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.blocks import Step

# Random orders that the real one is held against.
_ORDERS = 64
# The likeliest links tell enough, and time grows with their square.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Together:
    """What links, passages and names tell together: the higher each is, the likelier the documents are related.

    `order`: how much more, in links that are likely right, stands in one order on both sides than if the order were
    random, on average; about 0 between unrelated documents. `course`: square root of how far the order of all passages
    is beyond chance. `names`: log of one more than so many names as are in both.
    """

    order: float
    course: float
    names: float

    @classmethod
    def of(cls, steps: Sequence[Step], beyond_chance: float, names: int) -> Together:
        """Of links whose gain is the log odds of being right, doubtful ones too; in whatever order."""
        return cls(_order(steps), math.sqrt(max(beyond_chance, 0.0)), math.log1p(names))

    @property
    def related(self) -> float:
        """The probability that the documents tell of one thing, 0 to 1."""
        bias, *weights = MODEL
        told = sum(weight * value for weight, value in zip(weights, astuple(self), strict=True))
        return 1 / (1 + math.exp(-bias - told))


# Bias, weights of the order, the course and the names, by `python -m models.training.alignment.confidence`.
MODEL = -4.77, 1.29, 0.98, 0.88


def _order(steps: Sequence[Step]) -> float:
    found = sorted(sorted(steps, key=lambda step: -step.gain)[:_MOST], key=lambda step: step.row)
    likely = np.array([1 / (1 + math.exp(-step.gain)) for step in found])
    columns = np.array([step.column for step in found])
    random = np.random.default_rng(0)
    orders = np.array([columns, *(random.permutation(columns) for _ in range(_ORDERS))])
    heaviest = heaviest_in_order(orders, likely)
    return float(heaviest[0] - heaviest[1:].mean())


def heaviest_in_order(orders: NDArray[np.intp], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row of columns, the weight of the heaviest subsequence that ascends. Shapes (orders, n), (n,)."""
    ending = np.zeros((len(orders), orders.shape[1] + 1))  # with each column; none of all at last
    for place, weight in enumerate(weights):
        before = orders[:, :place] < orders[:, place, None]
        ending[:, place] = weight + np.where(before, ending[:, :place], 0.0).max(axis=1, initial=0.0)
    heaviest: NDArray[np.float64] = ending.max(axis=1)
    return heaviest
