"""How sure a link is, and why."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a link when it has been made.

    `similarity`: of the two passages. `margin`: by how much that exceeds the nearest rival of either. `support`: how
    many of its two neighbours are linked in the same order. `coverage`: the smaller of the two sides' linked shares.
    """

    similarity: float
    margin: float
    support: int
    coverage: float


# Intercept, then one weight a feature: logistic regression by `python -m models.training.confidence`.
WEIGHTS = (-6.50, 6.51, 3.90, 1.75, 5.97)


def confidence(features: Features, weights: tuple[float, ...] = WEIGHTS) -> float:
    """The probability, 0 to 1, that a link's passages correspond at least in part."""
    log_odds = weights[0] + sum(w * value for w, value in zip(weights[1:], astuple(features), strict=True))
    return 1 / (1 + math.exp(-log_odds))


def reasons(features: Features) -> tuple[str, ...]:
    """What a confidence rests on, in words."""
    return (
        f"similarity {features.similarity:.2f}",
        _rivals(features.margin),
        (
            "its neighbours are not linked in the same order",
            "one neighbour is linked in the same order",
            "both neighbours are linked in the same order",
        )[features.support],
    )


def _rivals(margin: float) -> str:
    if margin > 0.15:
        return "no other passage comes close"
    return "another passage is nearly as close" if margin > 0 else "another passage by itself is closer"
