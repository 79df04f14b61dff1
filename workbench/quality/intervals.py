"""Confidence intervals of the share of units with an error. Shares and confidences are between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.datatypes import Plan
from workbench.plurals import count
from workbench.quality.acceptance import at_least, at_most, excluded, first, most_at_least, most_at_most


@dataclass(frozen=True, slots=True)
class Interval:
    """`method`: in words, with what it takes for granted."""

    low: float
    high: float
    confidence: float
    method: str

    @property
    def told(self) -> str:
        """From where to where, rounded outwards."""
        return f"{at_least(self.low)} to {at_most(self.high)}"


def wilson(errors: int, judged: int, population: int, confidence: float) -> Interval:
    """Wilson's score interval (Wilson 1927, Journal of the American Statistical Association 22:209).

    Holds the confidence on average over shares, not for each. For a finite population the sample counts for as many
    units as would tell as much of an endless one, by the variance of a share (Cochran 1977, Sampling techniques,
    theorem 3.2).
    """
    if judged == population:
        return Interval(errors / population, errors / population, confidence, "Wilson")
    worth = (population - 1) / (population - judged)
    return _of_statsmodels(errors * worth, judged * worth, confidence, "wilson", "Wilson")


def wilson_stratified(major: Sequence[bool], population: int, confidence: float) -> Interval:
    """Wilson's interval with the variance of a stratified sample: narrower where strata differ.

    `major`: of the units judged, in the order of documents and lengths that they were drawn by. Each unit was as likely
    to be drawn as any other, so the share needs no weights. Its variance is that of successive differences (Wolter
    2007, Introduction to variance estimation, section 8.2), and the sample counts for as many units as a simple one of
    that variance has (Korn and Graubard 1998, Survey Methodology 24:193). Without an error or with nothing else there
    is no variance to learn from, and it counts like a simple one.
    """
    judged, errors = len(major), sum(major)
    plain = wilson(errors, judged, population, confidence)
    if errors in (0, judged) or judged == population:
        return replace(plain, method="Wilson, stratified")
    share, steps = errors / judged, np.diff(np.asarray(major, dtype=np.float64))
    variance = (1 - judged / population) / judged * float(steps @ steps) / (2 * (judged - 1))
    worth = share * (1 - share) / variance
    return _of_statsmodels(share * worth, worth, confidence, "wilson", "Wilson, stratified")


def clopper_pearson(errors: int, judged: int, confidence: float) -> Interval:
    """The exact binomial interval (Clopper and Pearson 1934, Biometrika 26:404): never less than the confidence.

    Takes the population for endless. Holds for a stratified sample too, whose tails are no heavier, see `acceptance`.
    """
    return _of_statsmodels(errors, judged, confidence, "beta", "Clopper-Pearson (exact)")


def _of_statsmodels(errors: float, judged: float, confidence: float, method: str, name: str) -> Interval:
    from statsmodels.stats.proportion import proportion_confint

    if judged == 0:
        return Interval(0.0, 1.0, confidence, name)
    low, high = proportion_confint(errors, judged, 1 - confidence, method)
    return Interval(max(0.0, float(low)), min(1.0, float(high)), confidence, name)


def finite(plan: Plan, errors: int, judged: int) -> Interval:
    """The interval for a sample without replacement of a finite population: never less than the plan's confidence.

    All numbers of errors at which neither tail is under (1 - confidence) / 2 (Konijn 1973, Statistical theory of
    sample survey design and analysis, p. 79; Buonaccorsi 1987, The American Statistician 41:215). Exact for a simple
    random sample; of a stratified one the tails are those of the worst case, see `acceptance`.
    """
    units = f"for {count(plan.population, 'unit')}"
    name = f"stratified (conservative {units})" if plan.stratified else f"hypergeometric (exact {units})"
    tail = (1 - plan.confidence) / 2
    lowest, highest = errors, plan.population - judged + errors
    # P(at least `errors`) grows with the number of errors in the population, P(at most) falls.
    low = first(lowest, highest, lambda number: most_at_least(errors, plan, number, judged) > tail)
    high = first(lowest, highest + 1, lambda number: most_at_most(errors, plan, number, judged) <= tail) - 1
    return Interval(low / plan.population, high / plan.population, plan.confidence, name)


def upper(plan: Plan, errors: int, judged: int) -> Interval:
    """From 0 to the one-sided bound for a finite population: below the limit just when a fixed plan accepts."""
    name = f"upper bound ({'conservative' if plan.stratified else 'exact'}, one-sided; the verdict rests on it)"
    risk = 1 - plan.confidence + 1e-12
    highest = plan.population - judged + errors
    found = first(errors, highest + 1, lambda number: most_at_most(errors, plan, number, judged) <= risk) - 1
    return Interval(0.0, found / plan.population, plan.confidence, name)


def sequential(plan: Plan, errors: int, judged: int, confidence: float) -> Interval:
    """The confidence sequence of a sequential plan at this moment: it holds however often one looks and stops.

    See `acceptance`. Never less than the confidence for all looks together.
    """
    numbers = np.arange(errors, plan.population - judged + errors + 1)
    inside = numbers[~excluded(plan, judged, errors, numbers, confidence)]
    name = "confidence sequence (holds however often one looks)"
    return Interval(int(inside[0]) / plan.population, int(inside[-1]) / plan.population, confidence, name)
