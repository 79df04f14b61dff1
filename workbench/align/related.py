"""How likely two documents tell of one thing, by all links in any order together, doubtful ones too.

Between any two documents on a topic some passages seem to correspond. But what two tellings share is told in much the
same order, and what only seems to be shared is anywhere: a permutation test (Fisher 1935) with the pair's own links.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.blocks import Step

# Random orders that the real one is held against.
_ORDERS = 64
# The likeliest links tell enough, and time grows with their square.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Together:
    """What links in any order tell together.

    `order`: how much more, in links that are likely right, stands in one order on both sides than if the order were
    random, on average; about 0 between unrelated documents, and higher the better. `number`: log of one more than so
    many links as are likely right.
    """

    order: float
    number: float

    @classmethod
    def of(cls, steps: Sequence[Step]) -> Together:
        """Of links whose gain is the log odds of being right; in whatever order."""
        found = sorted(sorted(steps, key=lambda step: -step.gain)[:_MOST], key=lambda step: step.row)
        likely = np.array([1 / (1 + math.exp(-step.gain)) for step in found])
        columns = np.array([step.column for step in found])
        random = np.random.default_rng(0)
        orders = np.array([columns, *(random.permutation(columns) for _ in range(_ORDERS))])
        heaviest = heaviest_in_order(orders, likely)
        return cls(float(heaviest[0] - heaviest[1:].mean()), math.log1p(float(likely.sum())))

    @property
    def related(self) -> float:
        """The probability that the documents tell of one thing, 0 to 1."""
        bias, order, number = MODEL
        return 1 / (1 + math.exp(-bias - order * self.order - number * self.number))


# Bias, weight of the order, weight of the number, by `python -m models.training.confidence`.
MODEL = -5.99, 1.46, 1.73


def heaviest_in_order(orders: NDArray[np.intp], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row of columns, the weight of the heaviest subsequence that ascends. Shapes (orders, n), (n,)."""
    ending = np.zeros((len(orders), orders.shape[1] + 1))  # with each column; none of all at last
    for place, weight in enumerate(weights):
        before = orders[:, :place] < orders[:, place, None]
        ending[:, place] = weight + np.where(before, ending[:, :place], 0.0).max(axis=1, initial=0.0)
    heaviest: NDArray[np.float64] = ending.max(axis=1)
    return heaviest
