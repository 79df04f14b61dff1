"""The automatic checks, and how often each speaks up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.datatypes import Issue, TranslationUnit
from workbench.quality import consistency, extent, factual, glossary, language, machine, signs
from workbench.quality.material import Check, Material, alone
from workbench.quality.profile import Profile

_ALL = (
    Check("numbers", "numbers, dates, amounts, units and currencies that differ", alone(factual.numbers_kept)),
    Check("names", "names that differ, Latin words dropped or invented", alone(factual.names_kept)),
    Check("negation", "a denial on one side only", alone(factual.negation_kept)),
    Check("untranslated", "words left in the source's language, or in a wrong script", alone(language.in_language)),
    Check("omission", "targets that are too short for their source", of_all=extent.omissions),
    Check("addition", "targets that are too long for their source", of_all=extent.additions),
    Check("repetition", "loops and repetitions that the source lacks", alone(machine.loops)),
    Check("constant", "one answer to many different sources", of_all=machine.constant),
    Check("artefacts", "applause, music and credits that the source lacks", alone(machine.artefacts)),
    Check("consistency", "one source translated in two ways, two sources in one", of_all=consistency.consistent),
    Check("glossary", "terms of the glossary that the target lacks", glossary.terms_used),
    Check("brackets", "brackets without their other half, or lost", alone(signs.brackets)),
    Check("quotes", "quotation marks without their other half, or lost", alone(signs.quotation)),
    Check("links", "web and mail addresses changed or lost", alone(signs.links)),
    Check("tags", "tags and placeholders changed or lost", alone(signs.tags)),
    Check("case", "capitals throughout on one side, a small letter at the start", alone(signs.case)),
)
CHECKS: Mapping[str, Check] = {check.name: check for check in _ALL}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`issues`: of each unit, in the order of `units`. `fired`: check to how many units it spoke up on, 0 included."""

    units: tuple[TranslationUnit, ...]
    issues: tuple[tuple[Issue, ...], ...]
    fired: Mapping[str, int]


def check(material: Material, profile: Profile = Profile()) -> CheckReport:
    """What the checks of a profile find. Deterministic; null units are passed over."""
    wanted = [one for name, one in CHECKS.items() if name not in profile.off]
    found = [list(_of_unit(unit, wanted, material)) for unit in material.units]
    for one in wanted:
        if one.of_all is not None:
            for place, issue in one.of_all(material):
                found[place].append(issue)
    fired = Counter(name for issues in found for name in {issue.check for issue in issues})
    return CheckReport(
        tuple(material.units),
        tuple(tuple(_ordered(issues)) for issues in found),
        {one.name: fired[one.name] for one in wanted},
    )


def _of_unit(unit: TranslationUnit, wanted: Sequence[Check], material: Material) -> Iterator[Issue]:
    if not unit.is_null:
        for one in wanted:
            if one.of_unit is not None:
                yield from one.of_unit(unit, material.glossary)


def _ordered(issues: Sequence[Issue]) -> list[Issue]:
    return sorted(issues, key=lambda issue: (issue.side, issue.start, issue.end))
