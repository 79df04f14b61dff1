"""Confidence intervals of the share of units with an error. Shares and confidences are between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbench.datatypes import Plan
from workbench.quality.acceptance import excluded


@dataclass(frozen=True, slots=True)
class Interval:
    """`method`: in words, with what it takes for granted."""

    low: float
    high: float
    confidence: float
    method: str


def wilson(errors: int, judged: int, confidence: float) -> Interval:
    """Wilson's score interval (Wilson 1927, Journal of the American Statistical Association 22:209).

    Holds the confidence on average over shares, not for each; takes the population for endless.
    """
    return _of_statsmodels(errors, judged, confidence, "wilson", "Wilson")


def clopper_pearson(errors: int, judged: int, confidence: float) -> Interval:
    """The exact binomial interval (Clopper and Pearson 1934, Biometrika 26:404): never less than the confidence.

    Takes the population for endless.
    """
    return _of_statsmodels(errors, judged, confidence, "beta", "exact (Clopper-Pearson)")


def _of_statsmodels(errors: int, judged: int, confidence: float, method: str, name: str) -> Interval:
    from statsmodels.stats.proportion import proportion_confint

    if judged == 0:
        return Interval(0.0, 1.0, confidence, name)
    low, high = proportion_confint(errors, judged, 1 - confidence, method)
    return Interval(max(0.0, float(low)), min(1.0, float(high)), confidence, name)


def hypergeometric(errors: int, judged: int, population: int, confidence: float) -> Interval:
    """The exact interval for a sample without replacement of a finite population: never less than the confidence.

    All numbers of errors at which neither tail is under (1 - confidence) / 2 (Konijn 1973, Statistical theory of
    sample survey design and analysis, p. 79; Buonaccorsi 1987, The American Statistician 41:215).
    """
    from scipy.stats import hypergeom

    name = f"exact for {population:,} units (hypergeometric)"
    tail = (1 - confidence) / 2
    lowest, highest = errors, population - judged + errors
    # P(at least `errors`) grows with the number of errors in the population, P(at most) falls.
    low = _first(lowest, highest, lambda number: hypergeom.sf(errors - 1, population, number, judged) > tail)
    high = _first(lowest, highest + 1, lambda number: hypergeom.cdf(errors, population, number, judged) <= tail) - 1
    return Interval(low / population, high / population, confidence, name)


def upper(errors: int, judged: int, population: int, confidence: float) -> Interval:
    """From 0 to the exact one-sided bound for a finite population: below the limit just when a fixed plan accepts."""
    from scipy.stats import hypergeom

    name = "at most, exact and one-sided: what the verdict rests on"
    risk = 1 - confidence + 1e-12
    highest = population - judged + errors
    found = _first(errors, highest + 1, lambda number: hypergeom.cdf(errors, population, number, judged) <= risk) - 1
    return Interval(0.0, found / population, confidence, name)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The smallest number from `low` for which `holds`, which holds for all greater ones; `high` if for none before."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def sequential(plan: Plan, errors: int, judged: int, confidence: float) -> Interval:
    """The confidence sequence of a sequential plan at this moment: it holds however often one looks and stops.

    See `acceptance`. Never less than the confidence for all looks together.
    """
    numbers = np.arange(errors, plan.population - judged + errors + 1)
    inside = numbers[~excluded(plan, judged, errors, numbers, confidence)]
    name = "confidence sequence (holds however often one looks)"
    return Interval(int(inside[0]) / plan.population, int(inside[-1]) / plan.population, confidence, name)
