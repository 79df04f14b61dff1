"""Simulated spot checks with known error rates: how often intervals hold and verdicts err.

Each repetition is a spot check of its own in a real workspace: drawn, judged from a file, counted from what is stored.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from workbench.core import Workbench
from workbench.datatypes import Campaign, Plan, Progress, Setup, Stratum, silent
from workbench.quality import acceptance
from workbench.quality.acceptance import Outcome, bad, chance_of_acceptance, percent
from workbench.quality.intervals import Interval
from workbench.spotcheck import Spotchecks

UNITS, LIMIT, CONFIDENCE = 400, 0.05, 0.95
RATES = (0.0125, 0.04, 0.05, 0.1)  # of units with a major error
_DOCUMENTS = (200, 100, 50, 30, 20)  # units of each, where a sample is stratified by document
_BATCH = 20  # judgements between two looks of a sequential plan
_CAMPAIGNS = 200  # a workspace, so that memory stays small
_Result = tuple[Outcome, int, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Design:
    """A way to judge, and where the errors are: anywhere, or all of them in the second document."""

    sequential: bool = False
    allowed: int = 0
    by: tuple[str, ...] = ()
    apart: bool = False

    def plan(self) -> Plan:
        stratified = bool(self.by)
        return acceptance.plan(
            UNITS, LIMIT, CONFIDENCE, sequential=self.sequential, allowed=self.allowed, stratified=stratified
        )


DESIGNS = {
    "fixed, 0 allowed": Design(),
    "fixed, 3 allowed": Design(allowed=3),
    "stratified, 0 allowed, errors anywhere": Design(by=("document",)),
    "stratified, 3 allowed, errors anywhere": Design(allowed=3, by=("document",)),
    "stratified, 3 allowed, errors in one document": Design(allowed=3, by=("document",), apart=True),
    "sequential": Design(sequential=True),
}


@dataclass(frozen=True, slots=True)
class Simulated:
    """Of one design at one true rate: shares of repetitions, and the mean number of units judged.

    `chance`: how often a fixed plan accepts, worked out; None of one that says only how often at most.
    """

    design: str
    rate: float
    repetitions: int
    covered: dict[str, float]  # by the method of the interval
    outcomes: dict[Outcome, float]
    judged: float
    chance: float | None

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
    wanted = [(name, design, rate) for name, design in DESIGNS.items() for rate in rates]
    done = count(1)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        unjudged = {documents: Path(folder, str(len(documents))) for documents in ((UNITS,), _DOCUMENTS)}
        for documents, made in unjudged.items():
            workspace(made, *documents).close()
        for name, design, rate in wanted:
            results: list[_Result] = []
            plan = design.plan()
            for start in range(0, repetitions, _CAMPAIGNS):
                with _copy(unjudged[_DOCUMENTS if design.by else (UNITS,)]) as bench:
                    for number in range(start, min(start + _CAMPAIGNS, repetitions)):
                        rng = random.Random(f"{seed} {name} {rate} {number}")
                        results.append(_campaign(bench.spotchecks, plan, design, rate, rng))
                        progress("simulating", next(done), repetitions * len(wanted))
            known = not (design.sequential or design.by)
            chance = chance_of_acceptance(plan, bad(UNITS, rate)) if known else None
            found.append(_simulated(name, rate, results, chance))
    return found


@contextmanager
def _copy(made: Path) -> Iterator[Workbench]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        with Workbench(Path(folder), user="simulated") as bench:
            yield bench


def workspace(folder: Path, *units: int) -> Workbench:
    """A workspace with documents of so many translations each."""
    bench = Workbench(folder, user="simulated")
    for at, size in enumerate(units):
        name = f"simulated{at or ''}.fr.txt"
        text = "\n\n".join(f"Phrase numéro {number}." for number in range(size))
        bench.add_bytes(text.encode(), name, "fr")
        for view in bench.segments(name):
            bench.edit_translation(view.id, f"Sentence number {view.index}.")
    return bench


def _campaign(spotchecks: Spotchecks, plan: Plan, design: Design, rate: float, rng: random.Random) -> _Result:
    campaign = spotchecks.start([], plan, Setup(seed=rng.randrange(10**6), suspects=0, by=design.by))
    docs = {key: unit.doc for key, unit in spotchecks.units(campaign).items()}
    open_to = sorted(key for key, doc in docs.items() if not design.apart or doc == "simulated1.fr.txt")
    wrong = set(rng.sample(open_to, bad(plan.population, rate)))
    for part in _parts(campaign):
        spotchecks.read_sheet(campaign, _sheet(part, wrong), "simulated.csv", Stratum.RANDOM)
        if plan.sequential and spotchecks.verdict(campaign).outcome is not Outcome.GO_ON:
            break
    found = spotchecks.report(campaign)
    return found.verdict.outcome, found.verdict.judged, found.intervals


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


def _simulated(design: str, rate: float, results: Sequence[_Result], chance: float | None) -> Simulated:
    share = bad(UNITS, rate) / UNITS
    covered: dict[str, list[bool]] = {}
    for _, _, intervals in results:
        for each in intervals:
            covered.setdefault(each.method.split(" (")[0], []).append(each.low - 1e-12 <= share <= each.high + 1e-12)
    outcomes = {each: sum(outcome is each for outcome, _, _ in results) / len(results) for each in Outcome}
    return Simulated(
        design,
        rate,
        len(results),
        {method: sum(held) / len(held) for method, held in covered.items()},
        outcomes,
        sum(judged for _, judged, _ in results) / len(results),
        chance,
    )


def show(found: Sequence[Simulated]) -> str:
    """A line a design and rate, then what holds over all of them."""
    told = f"{UNITS} units, limit {percent(LIMIT)}, confidence {percent(CONFIDENCE)}"
    lines = [f"{told}, {found[0].repetitions} repetitions"]
    for each in found:
        accepted, rejected = (100 * each.outcomes[outcome] for outcome in (Outcome.ACCEPT, Outcome.REJECT))
        worked_out = "" if each.chance is None else f" (worked out: {100 * each.chance:.1f} %)"
        lines.append(
            f"{each.design}, true {percent(each.rate)}: accepted {accepted:.1f} %{worked_out},"
            f" rejected {rejected:.1f} %, wrong {100 * each.wrong:.1f} %, judged {each.judged:.1f}"
        )
        lines.append("    held: " + ", ".join(f"{name} {100 * held:.1f} %" for name, held in each.covered.items()))
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
