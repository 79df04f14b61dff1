"""How likely a translation has a major error, judged without a reference, and why.

A logistic model of a few signals. Its weights were learned from professionals' MQM judgements of Chinese talks in
English (models/training/quality.py); for other languages nothing is known of how well its probabilities hold, and each
estimate says so. What it cannot see (a fluent sentence with the wrong word) it does not see in any language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Issue, Severity
from workbench.facts import degenerate
from workbench.lang import primary, same_language
from workbench.quality.checks import CheckReport

Array = NDArray[np.float32]

# In sentences of the text to either side among which a target's own source should be the nearest.
_AROUND = 50
_WORST = 25.0  # MQM points of a segment beyond which nothing gets worse
_POINTS = {Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}
_CALIBRATED = frozenset([("zh", "en")])


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of units beside their texts, each of shape (units,), NaN where it is not known.

    `similarity`: cosine of source and target. `rank`: see `ranks`. `scored`: mean log probability a token that the
    bundled model gives to somebody else's target. `engine`: the same that the engine gave to its own, less the median
    of the text. `back`: how like its source the target is once translated back, 0 to 1, less the median of the text.
    Higher is better in all but `rank`.
    """

    similarity: Array
    rank: Array
    scored: Array
    engine: Array
    back: Array


def unknown(units: int) -> Signals:
    """Nothing is known of so many units."""
    return Signals(*(np.full(units, np.nan, dtype=np.float32) for _ in Signals.__slots__))


@dataclass(frozen=True, slots=True)
class Estimate:
    """`risk`: the probability of a major error, 0 to 1, lower is better. `reasons`: what raised it, strongest first.

    `is_calibrated`: whether it was held against human judgements in these languages.
    """

    risk: float
    reasons: tuple[str, ...]
    is_calibrated: bool


@dataclass(frozen=True, slots=True)
class Feature:
    """One signal: what is usual, what one spread is, its weight a spread, and what it means when it raises the risk.

    `sign`: of the weight that makes sense, which learning keeps to. `is_learned`: else the judgements cannot teach it.
    """

    usual: float
    spread: float
    weight: float
    sign: int
    reason: str
    is_learned: bool = True


# Printed by `python -m models.training.quality`, but for what it cannot teach. On what it is learned from, checks speak
# up on one translation in fifty; of those called wrong in numbers or denial .40 have a major error, of all .29, which
# is what the weight of "issues" comes to. No reverse package was at hand: "back" counts as much as "scored".
INTERCEPT = -0.925
FEATURES: dict[str, Feature] = {
    "similarity": Feature(0.781, 0.123, -0.062, -1, "the meanings of source and target lie far apart"),
    "rank": Feature(0.004, 0.038, 0.115, 1, "other passages nearby fit the target better"),
    "length": Feature(4.469, 0.579, 0.447, 1, "it is long, so that there is more to go wrong"),
    "ratio": Feature(0.111, 0.091, 0.076, 1, "its length is unusual for its source"),
    "scored": Feature(-1.579, 0.827, -0.254, -1, "the bundled model would not have translated it so"),
    "engine": Feature(0.0, 0.172, -0.15, -1, "the translation engine was less sure than elsewhere"),
    "issues": Feature(0.02, 0.171, 0.15, 1, "automatic checks found something", False),
    "back": Feature(0.0, 0.15, -0.2, -1, "translated back it says something else", False),
}


def ranks(src: Array, tgt: Array) -> Array:
    """Of each target, the share of other sources nearby that are nearer to it than its own: 0 is best, 1 worst.

    `src`, `tgt`: unit vectors, shape (units, dimensions). Nearby: _AROUND units to either side.
    """
    found = np.zeros(len(src), dtype=np.float32)
    for at in range(len(src)):
        first, last = max(0, at - _AROUND), min(len(src), at + _AROUND + 1)
        nearness = src[first:last] @ tgt[at]
        found[at] = np.sum(nearness > nearness[at - first] + 1e-6) / max(1, last - first - 1)
    return found


def features(report: CheckReport, signals: Signals) -> dict[str, Array]:
    """The values of FEATURES for the units of one text, each of shape (units,), NaN where one is not known."""
    src = np.array([degenerate.weight(unit.src_text) for unit in report.units], dtype=np.float32)
    tgt = np.array([degenerate.weight(unit.tgt_text) for unit in report.units], dtype=np.float32)
    ratio = np.log((tgt + 10) / (src + 10))
    linked = ratio[[not unit.is_null for unit in report.units]]
    points = np.array([min(sum(_POINTS[i.severity] for i in issues), _WORST) for issues in report.issues])
    return {
        "similarity": signals.similarity,
        "rank": np.sqrt(signals.rank),
        "length": np.log(src + 10),
        "ratio": np.abs(ratio - np.median(linked)) if len(linked) else ratio,
        "scored": signals.scored,
        "engine": signals.engine,
        "issues": np.log1p(points).astype(np.float32),
        "back": signals.back,
    }


def standardised(values: NDArray[np.floating[Any]], one: Feature) -> NDArray[np.floating[Any]]:
    """In spreads from what is usual; what is not known is usual."""
    return np.asarray(np.nan_to_num((values - one.usual) / one.spread).clip(-4, 4))


def estimates(report: CheckReport, signals: Signals) -> Iterator[Estimate | None]:
    """One a unit of a text, in order; None for a unit without a counterpart, or whose sides are in one language: see
    IN_ONE_LANGUAGE."""
    values = features(report, signals)
    raised = {name: standardised(values[name], one) * one.weight for name, one in FEATURES.items()}
    odds = INTERCEPT + sum(raised.values(), np.zeros(len(report.units)))
    for place, unit in enumerate(report.units):
        if unit.is_null or same_language(unit.src_lang, unit.tgt_lang):
            yield None
            continue
        own = {name: float(change[place]) for name, change in raised.items()}
        calibrated = (primary(unit.src_lang), primary(unit.tgt_lang)) in _CALIBRATED
        risk = float(1 / (1 + np.exp(-odds[place])))
        yield Estimate(round(risk, 4), tuple(_reasons(own, report.issues[place], calibrated)), calibrated)


_TELLING = 0.1  # of log odds
IN_ONE_LANGUAGE = (
    "both are in one language: what differs is a change, and no translator's error, so that there is no risk to tell; "
    "Compare marks the words that differ"
)
UNCALIBRATED = "not calibrated for these languages: it ranks, and its number is no probability"


def _reasons(raised: Mapping[str, float], issues: Sequence[Issue], calibrated: bool) -> Iterator[str]:
    for name in sorted(raised, key=lambda name: -raised[name]):
        if raised[name] >= _TELLING:
            checks = ", ".join(dict.fromkeys(issue.check for issue in issues))
            yield f"{FEATURES[name].reason}: {checks}" if name == "issues" else FEATURES[name].reason
    if not calibrated:
        yield UNCALIBRATED
