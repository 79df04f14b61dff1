"""Which units are judged, in which order and by whom. The same seed always gives the same lists."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workbench.datatypes import Campaign, Stratum
from workbench.errors import InputError

STRATA = ("document", "length")


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


def check_strata(by: Sequence[str]) -> None:
    """Raises InputError on what is none of STRATA."""
    unknown = set(by) - set(STRATA)
    if unknown:
        raise InputError(f"a sample is stratified by {' or '.join(STRATA)}, not by {', '.join(sorted(unknown))}")


def draw(candidates: Sequence[Candidate], seed: int, by: Sequence[str] = (), sample: int = 0) -> tuple[str, ...]:
    """All candidates: first the random sample in random order, then the others in random order.

    By nothing the first n are a simple random sample for any n. `by`: of STRATA; the first `sample` then have their
    share of each document and of each range of lengths, to within a unit, and every candidate is as likely to be one of
    them as any other. Raises InputError on another stratum.
    """
    check_strata(by)
    rng = random.Random(seed)
    units = sorted(candidates, key=lambda one: one.id)
    rng.shuffle(units)
    if by:
        units.sort(key=lambda one: (one.doc * ("document" in by), one.length * ("length" in by)))
        chosen = set(_thinned([one.id for one in units], sample, rng))
        rng.shuffle(units)
        units.sort(key=lambda one: one.id not in chosen)
    return tuple(one.id for one in units)


def _thinned(units: Sequence[str], sample: int, rng: random.Random) -> list[str]:
    """So many of the units, spread evenly over their order: the ordered pivotal method.

    Deville and Tillé 1998, Biometrika 85:89. Each unit comes with the chance sample / units. Of two neighbours one goes
    on with the chances of both or, where these are more than 1, one is drawn and the other goes on with what is left.
    """
    whole = len(units)
    drawn: list[str] = []
    held, chance = "", 0  # who goes on, and its chance in parts of `whole`
    for unit in units:
        both = chance + sample
        if both < whole:
            held = held if rng.randrange(both) < chance else unit
        elif rng.randrange(2 * whole - both) < whole - sample:
            drawn.append(held)
            held = unit
        else:
            drawn.append(unit)
        chance = both % whole
    return drawn


def worst_first(estimates: Mapping[str, float], most: int, without: Sequence[str]) -> tuple[str, ...]:
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


def reach(campaign: Campaign, without: Collection[str]) -> int:
    """How much of the random order the sample of the plan takes: units that it is `without` are replaced by others."""
    there = (place for place, unit in enumerate(campaign.random, 1) if unit not in without)
    return next(islice(there, campaign.plan.sample - 1, None), len(campaign.random))


def most(campaign: Campaign, without: Collection[str]) -> int:
    """How much of the random order may have to be judged."""
    return len(campaign.random) if campaign.plan.sequential else reach(campaign, without)


def drawn_for(campaign: Campaign, judge: str, until: int) -> list[str]:
    """The units that a judge is to judge, of the random order as far as the place `until`."""
    return [
        unit
        for place, unit in enumerate(campaign.random[:until])
        if not campaign.judges or judge in judges_of(campaign, place)
    ]


def random_tasks(campaign: Campaign, judge: str, until: int) -> list[Task]:
    """A judge's list of the random sample as far as the place `until`, with what tests their attention in between."""
    tasks: list[Task] = []
    for number, unit in enumerate(drawn_for(campaign, judge, until), 1):
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
