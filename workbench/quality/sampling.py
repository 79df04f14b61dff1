"""Which units are judged, in which order and by whom. The same seed always gives the same lists."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.datatypes import Campaign, Stratum

_LENGTHS = 4  # classes of length, each as large as the others


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be drawn. `length`: of its source, in characters."""

    id: str
    doc: str
    length: int


@dataclass(frozen=True, slots=True)
class Task:
    """A unit on a judge's list. `decoy`: the unit whose translation is shown in its place, to test attention."""

    stratum: Stratum
    unit: str
    decoy: str = ""


def draw(candidates: Sequence[Candidate], seed: int, by: Sequence[str] = ()) -> tuple[str, ...]:
    """All candidates in random order: the first n are a random sample of any size n.

    `by`: "document" and "length"; every beginning of the list then has each stratum in proportion. Intervals that take
    the sample for a simple random one are then a little wider than they need be.
    """
    rng = random.Random(seed)
    classes = _length_classes(candidates) if "length" in by else {}
    strata: dict[tuple[str, int], list[str]] = {}
    for each in sorted(candidates, key=lambda one: one.id):
        stratum = (each.doc if "document" in by else "", classes.get(each.id, 0))
        strata.setdefault(stratum, []).append(each.id)
    placed = []
    for units in strata.values():
        rng.shuffle(units)
        # Within its own stretch of the list each unit lies anywhere.
        placed += [((place + rng.random()) / len(units), unit) for place, unit in enumerate(units)]
    return tuple(unit for _, unit in sorted(placed))


def _length_classes(candidates: Sequence[Candidate]) -> dict[str, int]:
    ordered = sorted(candidates, key=lambda one: (one.length, one.id))
    return {each.id: place * _LENGTHS // len(ordered) for place, each in enumerate(ordered)}


def worst_first(estimates: Mapping[str, float], most: int, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The `most` units with the lowest estimates, the lowest first; those `without` are on another list."""
    skip = set(without)
    found = sorted((value, unit) for unit, value in estimates.items() if unit not in skip)
    return tuple(unit for _, unit in found[:most])


def is_shared(campaign: Campaign, place: int) -> bool:
    """Whether all judges judge the unit at this place of the random order (0-based): evenly spread over the list."""
    return int((place + 1) * campaign.overlap + 1e-9) > int(place * campaign.overlap + 1e-9)


def judges_of(campaign: Campaign, place: int) -> tuple[str, ...]:
    """Who is to judge the unit at a place of the random order; none: whoever comes."""
    if not campaign.judges or is_shared(campaign, place):
        return campaign.judges
    alone = place - int(place * campaign.overlap + 1e-9)  # units so far that one judge judges alone
    return (campaign.judges[alone % len(campaign.judges)],)


def random_tasks(campaign: Campaign, judge: str, until: int) -> list[Task]:
    """A judge's list of the random sample as far as the place `until`, with what tests their attention in between."""
    mine = [
        unit
        for place, unit in enumerate(campaign.random[:until])
        if not campaign.judges or judge in judges_of(campaign, place)
    ]
    tasks: list[Task] = []
    for number, unit in enumerate(mine, 1):
        tasks.append(Task(Stratum.RANDOM, unit))
        if campaign.attention and number % campaign.attention == 0 and (decoy := _decoy(campaign, judge, number)):
            tasks.append(decoy)
    return tasks


def risk_tasks(campaign: Campaign) -> list[Task]:
    """The list of suspects, the same for every judge."""
    return [Task(Stratum.RISK, unit) for unit in campaign.risk]


def _decoy(campaign: Campaign, judge: str, number: int) -> Task | None:
    """A unit from the far end of the order with the translation of another; None where there are too few units."""
    pool = campaign.random[campaign.plan.sample :] or campaign.random
    if len(pool) < 2:
        return None
    rng = random.Random(f"{campaign.seed} {judge} {number}")
    unit, decoy = rng.sample(pool, 2)
    return Task(Stratum.ATTENTION, unit, decoy)
