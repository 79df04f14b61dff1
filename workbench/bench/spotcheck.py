"""Simulated spot checks with known error rates: how often intervals hold and verdicts err.

Each repetition is a spot check of its own in a real workspace: drawn, judged from a file, counted from what is stored.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from workbench.core import Workbench
from workbench.datatypes import Campaign, Plan, Progress, Stratum, silent
from workbench.quality.acceptance import Outcome, bad, percent
from workbench.quality.intervals import Interval
from workbench.spotcheck import Spotchecks

UNITS, LIMIT, CONFIDENCE = 400, 0.05, 0.95
RATES = (0.0125, 0.04, 0.05, 0.1)  # of units with a major error
_BATCH = 10  # judgements between two looks of a sequential plan
_CAMPAIGNS = 200  # a workspace, so that memory stays small


@dataclass(frozen=True, slots=True)
class Simulated:
    """Of one design at one true rate: shares of repetitions, and the mean number of units judged."""

    design: str
    rate: float
    repetitions: int
    covered: dict[str, float]  # by the method of the interval
    outcomes: dict[Outcome, float]
    judged: float

    @property
    def wrong(self) -> float:
        """The share of verdicts that are false: a bad document accepted, or, where the plan says so, a good one
        rejected."""
        if self.rate >= LIMIT:
            return self.outcomes[Outcome.ACCEPT]
        return self.outcomes[Outcome.REJECT] if self.design == "sequential" else 0.0


def run(
    repetitions: int = 1000, rates: Sequence[float] = RATES, seed: int = 0, progress: Progress = silent
) -> list[Simulated]:
    """Every design at every rate. The same seed gives the same result."""
    designs = {"fixed, 0 allowed": (False, 0), "fixed, 3 allowed": (False, 3), "sequential": (True, 0)}
    wanted = [(name, *design, rate) for name, design in designs.items() for rate in rates]
    done = count(1)
    found = []
    for name, sequential, allowed, rate in wanted:
        results: list[tuple[Outcome, int, tuple[Interval, ...]]] = []
        while len(results) < repetitions:
            part = min(_CAMPAIGNS, repetitions - len(results))
            with tempfile.TemporaryDirectory() as folder, workspace(Path(folder)) as bench:
                plan = bench.spotchecks.plan([], False, LIMIT, CONFIDENCE, sequential=sequential, allowed=allowed)
                for number in range(part):
                    rng = random.Random(f"{seed} {name} {rate} {len(results)}")
                    results.append(_campaign(bench.spotchecks, plan, rate, rng, number))
                    progress("simulating", next(done), repetitions * len(wanted))
        found.append(_simulated(name, rate, results))
    return found


def workspace(folder: Path, units: int = UNITS) -> Workbench:
    """A workspace with one document of so many translations."""
    bench = Workbench(folder, user="simulated")
    text = "\n\n".join(f"Phrase numéro {number}." for number in range(units))
    bench.add_bytes(text.encode(), "simulated.fr.txt", "fr")
    for view in bench.segments("simulated.fr.txt"):
        bench.edit_translation(view.id, f"Sentence number {view.index}.")
    return bench


def _campaign(
    spotchecks: Spotchecks, plan: Plan, rate: float, rng: random.Random, seed: int
) -> tuple[Outcome, int, tuple[Interval, ...]]:
    campaign = spotchecks.start([], plan, seed=rng.randrange(10**6), suspects=0)
    wrong = set(rng.sample(sorted(campaign.random), errors_at(rate, plan.population)))
    for part in _parts(campaign):
        spotchecks.read_sheet(campaign, _sheet(part, wrong), "simulated.csv", Stratum.RANDOM)
        if plan.sequential and spotchecks.verdict(campaign).outcome is not Outcome.GO_ON:
            break
    found = spotchecks.report(campaign)
    return found.verdict.outcome, found.verdict.judged, found.intervals


def errors_at(rate: float, population: int) -> int:
    """How many units have an error at a rate; one that reaches the limit makes the document bad."""
    return bad(population, rate)


def _parts(campaign: Campaign) -> Iterator[Sequence[str]]:
    """What is judged between two looks: the whole of a fixed sample at once."""
    if not campaign.plan.sequential:
        yield campaign.random[: campaign.plan.sample]
        return
    for start in range(0, len(campaign.random), _BATCH):
        yield campaign.random[start : start + _BATCH]


def _sheet(units: Sequence[str], wrong: set[str]) -> bytes:
    lines = (f"{unit},{'major' if unit in wrong else 'good'}\n" for unit in units)
    return ("unit,grade\n" + "".join(lines)).encode()


def _simulated(design: str, rate: float, results: Sequence[tuple[Outcome, int, tuple[Interval, ...]]]) -> Simulated:
    share = errors_at(rate, UNITS) / UNITS
    covered: dict[str, list[bool]] = {}
    for _, _, intervals in results:
        for each in intervals:
            covered.setdefault(each.method, []).append(each.low - 1e-12 <= share <= each.high + 1e-12)
    outcomes = {each: sum(outcome is each for outcome, _, _ in results) / len(results) for each in Outcome}
    return Simulated(
        design,
        rate,
        len(results),
        {method: sum(held) / len(held) for method, held in covered.items()},
        outcomes,
        sum(judged for _, judged, _ in results) / len(results),
    )


def show(found: Sequence[Simulated]) -> str:
    """A line a design and rate, then what holds over all of them."""
    told = (
        f"{UNITS} units, limit {percent(LIMIT)}, confidence {percent(CONFIDENCE)}, {found[0].repetitions} repetitions"
    )
    lines = [told]
    for each in found:
        held = "  ".join(f"{method} {100 * share:.1f} %" for method, share in each.covered.items())
        lines.append(
            f"{each.design:<17} true {percent(each.rate):>6}  accepted {100 * each.outcomes[Outcome.ACCEPT]:5.1f} %"
            f"  rejected {100 * each.outcomes[Outcome.REJECT]:5.1f} %  wrong {100 * each.wrong:4.1f} %"
            f"  judged {each.judged:5.1f}  held: {held}"
        )
    return "\n".join([*lines, *_averages(found)])


def _averages(found: Sequence[Simulated]) -> list[str]:
    by_method: dict[str, list[float]] = {}
    for each in found:
        for method, share in each.covered.items():
            by_method.setdefault(method, []).append(share)
    return [
        f"{method}: held in {100 * sum(shares) / len(shares):.1f} % on average, {100 * min(shares):.1f} % at the least"
        for method, shares in by_method.items()
    ]
