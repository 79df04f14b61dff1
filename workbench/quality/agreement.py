"""How far judges agree. 1: always; 0: no more than by chance; intervals by the bootstrap over units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Ratings = Mapping[str, Mapping[str, float]]  # by unit, by judge
_RESAMPLES = 1000  # of the bootstrap (Efron 1979); more moves the ends by less than .01
_CONFIDENCE = 0.95
FEWEST = 10  # units; of fewer the bootstrap gives intervals that are much too narrow, and one unit moves all


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient over `units` that two judges or more have judged; None where it says nothing, with the `reason`."""

    name: str
    judges: tuple[str, ...]
    units: int
    value: float | None
    low: float | None
    high: float | None
    reason: str = ""


def agreements(ratings: Ratings, ordered: Sequence[float]) -> list[Agreement]:
    """Krippendorff's alpha of all judges and Cohen's kappa of each two; none where nobody judged the same units.

    Over fewer than FEWEST units neither says anything, and kappa nothing of a judge who said the same throughout: it is
    0 then, whatever the other said.

    `ordered`: the values that a rating may have, from best to worst.
    """
    judges = sorted({judge for by in ratings.values() for judge in by})
    shared = {unit: by for unit, by in sorted(ratings.items()) if len(by) > 1}
    if not shared:
        return []
    table = np.array([[by.get(judge, np.nan) for by in shared.values()] for judge in judges])
    nothing = _says_nothing(table)
    found = [_estimated("Krippendorff's alpha", judges, table, lambda part: alpha(part, ordered), nothing)]
    for a, b in combinations(range(len(judges)), 2):
        both = table[[a, b]][:, ~np.isnan(table[[a, b]]).any(axis=0)]
        if both.shape[1]:
            names = [judges[a], judges[b]]
            nothing = _says_nothing(both) or _says_one_thing(names, both)
            found.append(_estimated("Cohen's kappa", names, both, lambda part: kappa(part, ordered), nothing))
    return found


def alpha(table: NDArray[np.float64], ordered: Sequence[float]) -> float:
    """Krippendorff's alpha, ordinal (Krippendorff 2004, Content analysis, chapter 11).

    `table`: (judges, units), NaN where somebody did not judge. NaN where all said the same throughout.
    """
    import krippendorff

    if len(np.unique(table[~np.isnan(table)])) < 2:
        return float("nan")
    return float(krippendorff.alpha(table, value_domain=list(ordered), level_of_measurement="ordinal"))


def kappa(table: NDArray[np.float64], ordered: Sequence[float]) -> float:
    """Cohen's kappa, unweighted (Cohen 1960, Educational and Psychological Measurement 20:37).

    `table`: (2, units). NaN where both said the same throughout.
    """
    from statsmodels.stats.inter_rater import cohens_kappa

    if len(np.unique(table)) < 2:
        return float("nan")
    crossed = [[int(((table[0] == a) & (table[1] == b)).sum()) for b in ordered] for a in ordered]
    return float(cohens_kappa(np.array(crossed), return_results=False))


def _estimated(
    name: str,
    judges: Sequence[str],
    table: NDArray[np.float64],
    coefficient: Callable[[NDArray[np.float64]], float],
    reason: str,
) -> Agreement:
    """`reason`: why it says nothing; empty: it does say something."""
    units = table.shape[1]
    if reason:
        return Agreement(name, tuple(judges), units, None, None, None, reason)
    value = coefficient(table)
    rng = np.random.default_rng(0)
    drawn = (rng.integers(units, size=units) for _ in range(_RESAMPLES))
    again = np.array([coefficient(table[:, chosen]) for chosen in drawn])
    tails = [50 * (1 - _CONFIDENCE), 50 * (1 + _CONFIDENCE)]
    low, high = np.nanpercentile(again, tails)
    return Agreement(name, tuple(judges), units, value, float(low), float(high))


def _says_nothing(table: NDArray[np.float64]) -> str:
    """Why no coefficient says anything; empty: some do."""
    if table.shape[1] < FEWEST:
        return f"so few units say nothing of how far judges agree; have {FEWEST} or more judged by several"
    if len(np.unique(table[~np.isnan(table)])) < 2:
        return "all judgements are the same, so that agreement by chance cannot be told from any other"
    return ""


def _says_one_thing(judges: Sequence[str], table: NDArray[np.float64]) -> str:
    """Which judge does, in words; empty: none."""
    same = [judge for judge, row in zip(judges, table, strict=True) if len(np.unique(row)) < 2]
    return f"{same[0]} said the same of every unit, where kappa is 0 whatever others say" if same else ""
