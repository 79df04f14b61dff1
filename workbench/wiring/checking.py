"""Automatic checks and quality estimates of documents.

What is judged is a translation unit, of an aligned pair (original against original) or of a machine translation (a
segment against its English).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workbench.datatypes import Progress, Status, Translation, TranslationState, TranslationUnit
from workbench.embed import forgetful
from workbench.quality import (
    CheckReport,
    Estimate,
    Glossary,
    Material,
    Profile,
    Signals,
    check,
    estimates,
    reported,
)
from workbench.wiring.abreast import of_units_abreast
from workbench.wiring.signals import Means, riskiest_again, signals_of

if TYPE_CHECKING:
    from workbench.wiring.views import SegmentView

HEADER = ("unit", "source", "target", "risk", "check", "severity", "side", "start", "end", "marked", "reason")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checks found, what models tell of the units, and what comes of both: `estimates`, see there."""

    report: CheckReport
    signals: Signals
    estimates: tuple[Estimate | None, ...]

    def riskiest(self) -> list[int]:
        """The places of all units, in the order of the text where nothing tells of a risk."""
        risks = [0.0 if one is None else one.risk for one in self.estimates]
        return sorted(range(len(risks)), key=lambda place: -risks[place])


def translated_units(name: str, lang: str, segments: Sequence[SegmentView], pivot: str) -> list[TranslationUnit]:
    """A document's segments against their English; those that take no part, have none or were English already left out.

    Such a unit has the segment's id, and the translation's model as its signature.
    """
    return [
        translated_unit(name, view.segment.lang if view.segment.lang != "und" else lang, view, view.english, pivot)
        for view in segments
        if view.english is not None and not untranslated(view)
    ]


def untranslated(view: SegmentView) -> str:
    """Why a segment has no English to be judged or exported, empty: it has."""
    if not view.included:
        return "set aside"
    if view.english is None:
        return "not translated"
    return "in English already" if view.english.state is TranslationState.SAME else ""


def translated_unit(name: str, lang: str, view: SegmentView, english: Translation, pivot: str) -> TranslationUnit:
    """A segment in `lang` of the document `name` against its English."""
    return TranslationUnit(
        bead_id=view.id,
        src_doc=name,
        tgt_doc=name,
        src_lang=lang,
        tgt_lang=pivot,
        src_segments=(view.id,),
        tgt_segments=(view.id,),
        src_text=view.segment.text,
        tgt_text=english.text,
        src_en=english.text,
        tgt_en=english.text,
        score=english.score or 0.0,
        confidence=1.0,
        status=Status.UNREVIEWED,
        signature=english.model,
    )


def checked(units: Sequence[TranslationUnit], means: Means, glossary: Glossary, progress: Progress) -> Checked:
    """What all checks find in units, and how likely each has a major error."""
    signals = signals_of(units, means.encoders, progress)
    encoder = means.encoders.multilingual
    material = Material(units, signals.similarity, glossary, forgetful(encoder).encode if encoder else None)
    report = check(material, of_units=partial(of_units_abreast, progress=progress))
    return weighed(report, riskiest_again(report, signals, means, progress))


def weighed(report: CheckReport, signals: Signals) -> Checked:
    """With how likely each unit has a major error."""
    return Checked(report, signals, tuple(estimates(report, signals)))


def within(found: Checked, profile: Profile) -> Checked:
    """As if the checks that are off had found nothing."""
    return weighed(reported(found.report.units, found.report.issues, profile), found.signals) if profile.off else found


def rows(checked: Checked) -> Iterator[tuple[str | float, ...]]:
    """A row an issue, the riskiest units first; a unit of which only the estimate tells has a row of its own."""
    report = checked.report
    for place in checked.riskiest():
        unit, estimate = report.units[place], checked.estimates[place]
        start = (unit.bead_id, unit.src_text, unit.tgt_text, estimate.risk if estimate else "")
        if estimate:
            yield (*start, "estimate", "", "", "", "", "", "; ".join(estimate.reasons))
        for issue in report.issues[place]:
            text = unit.src_text if issue.side == "src" else unit.tgt_text
            marked = text[issue.start : issue.end]
            yield (*start, issue.check, issue.severity, issue.side, issue.start, issue.end, marked, issue.reason)
