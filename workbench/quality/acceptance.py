"""How many units must be judged, and what may then be said: plans and verdicts for a finite population.

A document of `population` units is bad when at least `limit` of them have a major error. It is accepted when a random
sample shows, at the wanted confidence, that it is not. Two plans:

*fixed*: judge n, accept if at most c have an error. The chance that a bad document is accepted is a hypergeometric
tail, so n is the smallest that keeps it under 1 - confidence (Dodge and Romig 1929, A method of sampling inspection,
Bell System Technical Journal 8:613). It ends as soon as the rest cannot change the outcome (curtailed sampling).

*fixed, stratified*: the same for a sample that has its share of every document or length (sampling.draw). How often it
misses errors depends on where they lie, so n is the smallest for which the worst case keeps the promise. The method
that draws it is strongly Rayleigh (Brändén and Jonasson 2012, Scandinavian Journal of Statistics 39:830), so that the
number of errors drawn, wherever they lie, is distributed as a sum of independent events: as many as units are drawn or
errors there are, whichever are fewer. Such a sum is most likely to stay one or more below its mean where all events
are equally probable (Hoeffding 1956, Annals of Mathematical Statistics 27:713), which is a binomial tail. It takes a
few units more than a simple sample, and bears any difference between strata.

*sequential*: judge in random order until the verdict is there, looking as often as one likes. The share of errors is
tracked by a confidence sequence for sampling without replacement, the prior-posterior ratio of Waudby-Smith and Ramdas
2020 (Confidence sequences for sampling without replacement, NeurIPS 33): for the true number of errors, the likelihood
of what was seen, averaged over a prior that was fixed before, divided by its likelihood at that number, is a
martingale that starts at 1, so by Ville's inequality it ever reaches 1/alpha with probability alpha at most.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Plan
from workbench.errors import InputError
from workbench.plurals import count

# Of the prior's weight: on shares about what is expected, and on any share, so that bad documents are found out too.
# Chosen to accept early: of what was tried, the least units where no or one error turns up.
_ON_EXPECTED = 0.8
_OF_LIMIT = 0.25  # what share of errors is expected: a quarter of the limit


class Outcome(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    GO_ON = "go on"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`judged` units of the random sample, in the order drawn, of which `errors` have a major error.

    `reason`: why, and `rule`: by which rule, in words. `ahead`: units of the sample that are judged too, and count once
    those before them are.
    """

    outcome: Outcome
    judged: int
    errors: int
    reason: str
    rule: str
    ahead: int = 0


def plan(
    population: int,
    limit: float,
    confidence: float,
    *,
    sequential: bool = False,
    allowed: int = 0,
    sample: int | None = None,
    stratified: bool = False,
) -> Plan:
    """The plan that answers "how many must I judge to show fewer than `limit` with `confidence`?"

    `sample`: how many one is ready to judge; as many errors are allowed as that bears. Raises InputError where nothing
    can be shown: no units, a share or confidence out of range, more errors allowed than a document may have that is
    good, a sample that is too small or larger than the population; and where a sequential plan is to be stratified or
    to have a number fixed before.
    """
    _check(population, limit, confidence, allowed)
    if sequential and stratified:
        raise InputError(
            "a check that stops as soon as it is decided draws at random from all units; to have each document or"
            " length in its share, judge a number that is fixed before"
        )
    if sequential and (allowed or sample is not None):
        raise InputError(
            "a check that stops as soon as it is decided has no size and no number of errors allowed that are fixed"
            " before; leave these out, or judge a number that is fixed"
        )
    draft = Plan(population, limit, confidence, sequential, population, allowed, _OF_LIMIT * limit, stratified)
    if sample is not None:
        return _of_size(draft, sample)
    return replace(draft, sample=_earliest(draft) if sequential else _smallest(draft))


def _of_size(draft: Plan, sample: int) -> Plan:
    if sample > draft.population:
        raise InputError(
            f"a sample of {sample:,} is larger than the {draft.population:,} units there are; judge those, or fewer"
        )
    least = _smallest(draft)
    if sample < least:
        raise InputError(
            f"{count(sample, 'unit')} {'is' if sample == 1 else 'are'} too few to show fewer than"
            f" {exactly(draft.limit)} with {exactly(draft.confidence)} confidence;"
            f" judge {least:,} or more, or raise the limit"
        )
    too_many = first(
        draft.allowed + 1,
        bad(draft.population, draft.limit),
        lambda allowed: _smallest(replace(draft, allowed=allowed)) > sample,
    )
    return replace(draft, sample=sample, allowed=too_many - 1)


def _check(population: int, limit: float, confidence: float, allowed: int) -> None:
    if population < 1:
        raise InputError(
            "there is nothing to judge: no passage of these documents has a translation yet; translate them first"
        )
    if not (0 < limit < 1 and 0.5 <= confidence < 1):
        raise InputError(
            f"a limit lies between 0 and 100 % and a confidence between 50 and 100 %, not at {exactly(limit)} and"
            f" {exactly(confidence)}; ask for fewer than 3 % at 95 % confidence, say"
        )
    if not 0 <= allowed < bad(population, limit):
        raise InputError(
            f"of {population} units fewer than {bad(population, limit)} may have a major error to stay below"
            f" {exactly(limit)}, so {allowed} cannot be allowed in the sample; allow fewer or raise the limit"
        )


def bad(population: int, limit: float) -> int:
    """The smallest number of units with an error that makes a document bad."""
    # Without the rounding, 0.07 of 100 were 8, since it is a little more than 7 to a computer.
    return max(1, ceil(round(limit * population, 9)))


def chance_of_acceptance(wanted: Plan, errors: int) -> float:
    """How often a fixed plan accepts a document in which `errors` units have an error: its operating characteristic.

    Of a stratified one this is an average over where they may lie; it promises no more than `most_at_most`.
    """
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(wanted.allowed, wanted.population, errors, wanted.sample))


def good_document(wanted: Plan) -> tuple[float, float]:
    """The share of errors in a document as good as is expected, one of them at the least; how often it is accepted."""
    errors = max(1, round(wanted.expected * wanted.population))
    return errors / wanted.population, chance_of_acceptance(wanted, errors)


def most_at_most(found: int, wanted: Plan, errors: int, judged: int) -> float:
    """The chance of at most `found` errors in `judged` units drawn as planned, out of a population with `errors`.

    Of a stratified sample: the most that it can be, wherever the errors lie; 1 where nothing better is known.
    """
    from scipy.stats import binom, hypergeom

    if not wanted.stratified:
        return float(hypergeom.cdf(found, wanted.population, errors, judged))
    events, mean = min(judged, errors), judged * errors / wanted.population
    return float(binom.cdf(found, events, mean / events)) if found <= mean - 1 else 1.0


def most_at_least(found: int, wanted: Plan, errors: int, judged: int) -> float:
    """The same of at least `found` errors."""
    from scipy.stats import binom, hypergeom

    if not wanted.stratified:
        return float(hypergeom.sf(found - 1, wanted.population, errors, judged))
    events, mean = min(judged, errors), judged * errors / wanted.population
    return float(binom.sf(found - 1, events, mean / events)) if found >= mean + 1 else 1.0


def _smallest(wanted: Plan) -> int:
    """The smallest n whose tail P(at most `allowed` of n | bad) is 1 - confidence or less."""
    risk, at = 1 - wanted.confidence + 1e-12, bad(wanted.population, wanted.limit)
    return first(
        wanted.allowed + 1, wanted.population, lambda judged: most_at_most(wanted.allowed, wanted, at, judged) <= risk
    )


def _earliest(wanted: Plan) -> int:
    """After how many units without an error a sequential plan accepts."""
    return first(1, wanted.population, lambda judged: _sequential_outcome(wanted, judged, 0) is Outcome.ACCEPT)


def first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The smallest number from `low` for which `holds`, which holds for all greater ones; `high` if for none before."""
    return low + bisect_left(range(low, high), True, key=holds)


def verdict(wanted: Plan, judged: int, errors: int, unsure: int = 0, ahead: int = 0) -> Verdict:
    """What may be said after the first `judged` units of the random order, `errors` of them with a major error.

    `unsure`: of how many others nobody could tell; each counts as a major error. `ahead`: how many are judged further
    on, which change nothing. Raises InputError on more errors than units, or more units than there are.
    """
    against = errors + unsure
    if not 0 <= against <= judged <= wanted.population:
        raise InputError(
            f"there cannot be {against} with errors in {judged} of {count(wanted.population, 'unit')}; count again"
        )
    outcome = (_sequential_outcome if wanted.sequential else _fixed_outcome)(wanted, judged, against)
    reason = _reason(wanted, outcome, judged, unsure, _found(judged, errors, unsure, ahead), ahead)
    return Verdict(outcome, judged, against, reason, rule(wanted), ahead)


def _fixed_outcome(wanted: Plan, judged: int, errors: int) -> Outcome:
    if errors > wanted.allowed:
        return Outcome.REJECT
    left = max(0, wanted.sample - judged)
    return Outcome.ACCEPT if errors + left <= wanted.allowed else Outcome.GO_ON


def _sequential_outcome(wanted: Plan, judged: int, errors: int) -> Outcome:
    """A likelihood has one peak, so what is excluded at the limit on the far side of it is excluded beyond."""
    at = bad(wanted.population, wanted.limit)
    if errors >= at:
        return Outcome.REJECT
    if errors + wanted.population - judged < at:
        return Outcome.ACCEPT
    peak = errors * (wanted.population + 1) // judged if judged else at
    low, high = excluded(wanted, judged, errors, np.array([at - 1, at]))
    if peak < at and high:
        return Outcome.ACCEPT
    return Outcome.REJECT if peak >= at and low else Outcome.GO_ON


def excluded(
    wanted: Plan, judged: int, errors: int, numbers: NDArray[np.int64], confidence: float | None = None
) -> NDArray[np.bool_]:
    """Which numbers of units with an error are not in the confidence sequence after `judged` units.

    By exchangeability the units drawn from a population whose errors are beta-binomial are beta-binomial themselves,
    whatever the population's size, so that the averaged likelihood has a closed form.
    """
    from scipy.stats import betabinom, hypergeom

    alpha = 1 - (wanted.confidence if confidence is None else confidence)
    near = betabinom.pmf(errors, judged, 1, 1 / wanted.expected)
    averaged = _ON_EXPECTED * near + (1 - _ON_EXPECTED) / (judged + 1)
    return np.asarray(hypergeom.pmf(errors, wanted.population, numbers, judged) <= alpha * averaged)


def rule(wanted: Plan) -> str:
    """The rule of a plan in words."""
    sure = f"{exactly(wanted.confidence)} confidence"
    share = f"fewer than {exactly(wanted.limit)} of the {wanted.population:,} units have a major error"
    if wanted.sequential:
        return (
            f"Judge in random order, {count(wanted.sample, 'unit')} at the least, and stop once the {sure} sequence"
            f" lies wholly below {exactly(wanted.limit)} (accept: {share}) or wholly at or above it (reject). It holds"
            " however often one looks: of all such checks, whatever the truth, at most"
            f" {exactly(1 - wanted.confidence)} end with a wrong verdict."
        )
    share_of_good, accepted = good_document(wanted)
    drawn = "at random, of each stratum its share" if wanted.stratified else "at random"
    lying = " that lie at random" if wanted.stratified else ""  # of others it is the same wherever they lie
    return (
        f"Judge {count(wanted.sample, 'unit')} drawn {drawn}; accept if {_at_most(wanted.allowed)} a major error, else"
        f" do not. Accepted means, with {sure}: {share}. A document with"
        f" {percent(share_of_good)} errors{lying} is accepted in {percent(accepted)} of such checks."
    )


def _at_most(number: int) -> str:
    return "none of them has" if number == 0 else f"at most {number} of them {'has' if number == 1 else 'have'}"


def _found(judged: int, errors: int, unsure: int, ahead: int) -> str:
    which = "that counts so far" if ahead else "judged"
    if judged == 1:
        if unsure:
            return "The one unit so far could not be judged, which counts as a major error"
        return f"The one unit {which} has {'a' if errors else 'no'} major error"
    which = "that count so far" if ahead else "judged"
    found = f"{errors:,} of the {judged:,} units {which} {'has' if errors == 1 else 'have'} a major error"
    as_one = "which counts as one" if unsure == 1 else "each of which counts as one"
    return f"{found} and {unsure:,} could not be judged, {as_one}" if unsure else found


def _reason(wanted: Plan, outcome: Outcome, judged: int, unsure: int, found: str, ahead: int) -> str:
    """`found`: what was, in words."""
    if judged == 0:
        wait = "waits" if ahead == 1 else "wait"
        waiting = f"{count(ahead, 'unit')} judged {wait} for those before in the random order"
        return f"Nothing counts yet: {waiting}." if ahead else "Nothing is judged yet."
    limit, sure = exactly(wanted.limit), f"{exactly(wanted.confidence)} confidence"
    if outcome is Outcome.ACCEPT:
        return f"{found}: with {sure}, fewer than {limit} of all {wanted.population:,} have one."
    if outcome is Outcome.REJECT and wanted.sequential:
        have = "have one or cannot be judged" if unsure else "have one"
        return f"{found}: with {sure}, {limit} or more of all {wanted.population:,} {have}."
    if outcome is Outcome.REJECT:
        return f"{found}, and the plan allows {wanted.allowed:,}: that fewer than {limit} have one is not shown."
    if wanted.sequential:
        return f"{found}: that does not decide it yet; go on."
    left = wanted.sample - judged - ahead
    return f"{found}: {left:,} more {'is' if left == 1 else 'are'} to be judged."


def exactly(share: float) -> str:
    """A share that was asked for, as it was: `5 %`, `12.345 %`, `99.99 %`, with a blank at which no line is broken."""
    return f"{100 * share:.10g}\N{NO-BREAK SPACE}%"


def percent(share: float) -> str:
    """A share that was found, to three digits: `3 %`, `0.254 %`. Less than all is not called all."""
    return "more than 99.9\N{NO-BREAK SPACE}%" if 0.9995 <= share < 1 else f"{100 * share:.3g}\N{NO-BREAK SPACE}%"


def at_least(share: float) -> str:
    """The low end of an interval, rounded down: `1.23 %`."""
    return f"{floor(round(10_000 * share, 6)) / 100:.2f}\N{NO-BREAK SPACE}%"


def at_most(share: float) -> str:
    """The high end of an interval, rounded up: what is told claims no more than what was found."""
    return f"{ceil(round(10_000 * share, 6)) / 100:.2f}\N{NO-BREAK SPACE}%"


def how_often(chance: float) -> str:
    """`52 times in 100`."""
    return "more than 99 times in 100" if 0.995 <= chance < 1 else f"{100 * chance:.0f} times in 100"
