"""The automatic checks, and how often each speaks up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from workbench.datatypes import Issue, TranslationUnit
from workbench.quality import consistency, extent, factual, glossary, language, machine, signs
from workbench.quality.material import Check, Material
from workbench.quality.profile import Profile


def _terms_used(material: Material) -> Iterator[tuple[int, Issue]]:
    for place, unit in enumerate(material.units):
        if not unit.is_null:
            yield from ((place, issue) for issue in glossary.terms_used(unit, material.glossary))


_ALL = (
    Check("numbers", "numbers, dates, amounts, units and currencies that differ", factual.numbers_kept),
    Check("names", "names that differ, Latin words dropped or invented", factual.names_kept),
    Check("negation", "a denial on one side only", factual.negation_kept),
    Check("untranslated", "words left in the source's language, or in a wrong script", language.in_language),
    Check("omission", "targets that are too short for their source", of_all=extent.omissions),
    Check("addition", "targets that are too long for their source", of_all=extent.additions),
    Check("repetition", "loops and repetitions that the source lacks", machine.loops),
    Check("constant", "one answer to many different sources", of_all=machine.constant),
    Check("artefacts", "applause, music and credits that the source lacks", machine.artefacts),
    Check("consistency", "one source translated in two ways, two sources in one", of_all=consistency.consistent),
    Check("glossary", "terms of the glossary that the target lacks, and those not to be used", of_all=_terms_used),
    Check("brackets", "brackets without their other half, or lost", signs.brackets),
    Check("quotes", "quotation marks without their other half, or lost", signs.quotation),
    Check("links", "web and mail addresses changed or lost", signs.links),
    Check("tags", "tags and placeholders changed or lost", signs.tags),
    Check("case", "capitals throughout on one side, a small letter at the start", signs.case),
)
CHECKS: Mapping[str, Check] = {check.name: check for check in _ALL}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`issues`: of each unit, in the order of `units`. `fired`: check to how many units it spoke up on, 0 included."""

    units: tuple[TranslationUnit, ...]
    issues: tuple[tuple[Issue, ...], ...]
    fired: Mapping[str, int]


OfUnits = Callable[[Sequence[TranslationUnit], Sequence[str]], list[tuple[Issue, ...]]]


def of_units(units: Sequence[TranslationUnit], names: Sequence[str]) -> list[tuple[Issue, ...]]:
    """What the checks so named that look at one unit alone find in each; units have both sides. Deterministic."""
    judges = [judge for name in names if (judge := CHECKS[name].of_unit)]
    return [tuple(issue for judge in judges for issue in judge(unit)) for unit in units]


def check(material: Material, profile: Profile = Profile(), of_units: OfUnits = of_units) -> CheckReport:
    """What the checks of a profile find. Deterministic; null units are passed over.

    `of_units`: who looks at units alone, if not this process.
    """
    wanted = [one for name, one in CHECKS.items() if name not in profile.off]
    found: list[list[Issue]] = [[] for _ in material.units]
    places = [place for place, unit in enumerate(material.units) if not unit.is_null]
    with ThreadPoolExecutor(1) as thread:  # it waits for other processes, if there are any
        names = [one.name for one in wanted if one.of_unit]
        alone = thread.submit(of_units, [material.units[place] for place in places], names)
        together = [issue for one in wanted if one.of_all for issue in one.of_all(material)]
    for place, issues in zip(places, alone.result(), strict=True):
        found[place].extend(issues)
    for place, issue in together:
        found[place].append(issue)
    return reported(material.units, list(map(_ordered, found)), profile)


def reported(
    units: Sequence[TranslationUnit], issues: Sequence[Sequence[Issue]], profile: Profile = Profile()
) -> CheckReport:
    """What the checks of a profile find, out of what these or more found: none looks at what another finds."""
    kept = tuple(tuple(issue for issue in each if issue.check not in profile.off) for each in issues)
    fired = Counter(name for each in kept for name in {issue.check for issue in each})
    return CheckReport(tuple(units), kept, {name: fired[name] for name in CHECKS if name not in profile.off})


def _ordered(issues: Sequence[Issue]) -> list[Issue]:
    return sorted(issues, key=lambda issue: (issue.side, issue.start, issue.end))
