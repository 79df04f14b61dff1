"""Automatic checks and quality estimates of documents: wiring, like core.

What is judged is a translation unit, of an aligned pair (original against original) or of a machine translation (a
segment against its English).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.abreast import of_units_abreast
from workbench.datatypes import Progress, Status, Translation, TranslationState, TranslationUnit, silent
from workbench.evidence import Encoders
from workbench.quality import CheckReport, Estimate, Glossary, Material, Profile, Signals, check, estimates, ranks

if TYPE_CHECKING:
    from workbench.core import SegmentView


@dataclass(frozen=True, slots=True)
class Checked:
    """`estimates`: one a unit, None for a unit without a counterpart."""

    report: CheckReport
    estimates: tuple[Estimate | None, ...]


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


def checked(
    units: Sequence[TranslationUnit],
    encoders: Encoders,
    profile: Profile = Profile(),
    glossary: Glossary = Glossary(),
    progress: Progress = silent,
) -> Checked:
    """What the checks of a profile find in units, and how likely each has a major error."""
    signals = signals_of(units, encoders, progress)
    report = check(Material(units, signals.similarity, glossary), profile, of_units_abreast)
    return Checked(report, tuple(estimates(report, signals)))


def signals_of(units: Sequence[TranslationUnit], encoders: Encoders, progress: Progress = silent) -> Signals:
    """What models tell of units, which stand in the order of the text."""
    similarity, rank = _meaning(units, encoders, progress)
    return Signals(similarity, rank, _english(units, encoders, progress), _engine(units))


def _meaning(
    units: Sequence[TranslationUnit], encoders: Encoders, progress: Progress
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Similarity of each unit's sides, and the rank of its source; NaN where the encoder does not know a language."""
    similarity = np.full(len(units), np.nan, dtype=np.float32)
    rank = similarity.copy()
    places = [
        place
        for place, unit in enumerate(units)
        if not unit.is_null and encoders.knows(unit.src_lang) and encoders.knows(unit.tgt_lang)
    ]
    if encoders.multilingual is None or not places:
        return similarity, rank
    src, tgt = (
        encoders.multilingual.encode([getattr(units[place], side) for place in places], progress)
        for side in ("src_text", "tgt_text")
    )
    similarity[places] = np.sum(src * tgt, axis=1)
    rank[places] = ranks(src, tgt)
    return similarity, rank


def _english(units: Sequence[TranslationUnit], encoders: Encoders, progress: Progress) -> NDArray[np.float32]:
    """How alike the English of both sides is; NaN where it is one and the same translation, or missing."""
    found = np.full(len(units), np.nan, dtype=np.float32)
    places = [
        place
        for place, unit in enumerate(units)
        if unit.src_en and unit.tgt_en and unit.src_segments != unit.tgt_segments and not unit.is_null
    ]
    if encoders.english is None or not places:
        return found
    src, tgt = (
        encoders.english.encode([getattr(units[place], side) for place in places], progress)
        for side in ("src_en", "tgt_en")
    )
    found[places] = np.sum(src * tgt, axis=1)
    return found


def _engine(units: Sequence[TranslationUnit]) -> NDArray[np.float32]:
    """The engine's mean log probability a token; NaN where no engine made the target."""
    made = [unit.score if unit.src_segments == unit.tgt_segments and unit.score < 0 else np.nan for unit in units]
    return np.array(made, dtype=np.float32)
