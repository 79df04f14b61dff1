"""The automatic checks, and how often each speaks up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.datatypes import Issue, TranslationUnit
from workbench.quality.material import Check, Material
from workbench.quality.profile import Profile

_ALL: tuple[Check, ...] = ()
CHECKS: Mapping[str, Check] = {check.name: check for check in _ALL}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`issues`: of each unit, in the order of `units`. `fired`: check to how many units it spoke up on, 0 included."""

    units: tuple[TranslationUnit, ...]
    issues: tuple[tuple[Issue, ...], ...]
    fired: Mapping[str, int]


def check(material: Material, profile: Profile = Profile()) -> CheckReport:
    """What the checks of a profile find. Deterministic; null units are passed over."""
    found: list[list[Issue]] = [[] for _ in material.units]
    fired: Counter[str] = Counter()
    for one in CHECKS.values():
        if one.name in profile.off:
            continue
        places = set()
        for place, issue in one.find(material):
            found[place].append(issue)
            places.add(place)
        fired[one.name] = len(places)
    return CheckReport(tuple(material.units), tuple(tuple(_ordered(issues)) for issues in found), dict(fired))


def _ordered(issues: Sequence[Issue]) -> list[Issue]:
    return sorted(issues, key=lambda issue: (issue.side, issue.start, issue.end))
