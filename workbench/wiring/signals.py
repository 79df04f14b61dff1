"""What models tell of translations, and the risk that comes of it.

Encoders look at every unit. The bundled translation model, and a package that leads back, look only at the riskiest:
either takes about a hundredth of a second a unit and more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, TranslationUnit, silent
from workbench.lang import same_language
from workbench.quality import CheckReport, Signals, estimates, ranks, unknown
from workbench.translate import Scorer, Translator
from workbench.wiring.evidence import Encoders

Array = NDArray[np.float32]
_LOOKED_AT_TWICE = 1000  # units


@dataclass(frozen=True, slots=True)
class Means:
    """The models at hand. Of a language: `scorer` judges its translations into `pivot`, `back` translates from there;
    None where there is none."""

    encoders: Encoders
    scorer: Callable[[str], Scorer | None]
    back: Callable[[str], Translator | None]
    pivot: str


def riskiest_again(report: CheckReport, signals: Signals, means: Means, progress: Progress = silent) -> Signals:
    """The same signals after a second look at the riskiest units."""
    risks = {place: one.risk for place, one in enumerate(estimates(report, signals)) if one is not None}
    riskiest = sorted(risks, key=lambda place: -risks[place])[:_LOOKED_AT_TWICE]
    return second_look(report.units, signals, sorted(riskiest), means, progress)


def signals_of(units: Sequence[TranslationUnit], encoders: Encoders, progress: Progress = silent) -> Signals:
    """What encoders, and the engines that made them, tell of the units of a text in their order."""
    similarity, rank = _meaning(units, encoders, progress)
    return replace(unknown(len(units)), similarity=similarity, rank=rank, engine=_engine(units))


def second_look(
    units: Sequence[TranslationUnit],
    signals: Signals,
    places: Sequence[int],
    means: Means,
    progress: Progress = silent,
) -> Signals:
    """The same signals with what translation models tell of the units at `places`; themselves where none can."""
    scored, back = signals.scored.copy(), signals.back.copy()
    wanted = [place for place in places if same_language(units[place].tgt_lang, means.pivot)]
    for lang, group in groupby(sorted(wanted, key=lambda place: units[place].src_lang), lambda i: units[i].src_lang):
        own = list(group)
        scorer, backwards = means.scorer(lang), means.back(lang)
        theirs = [place for place in own if np.isnan(signals.engine[place])]
        if scorer is not None and theirs:
            scored[theirs] = scorer.score([(units[i].src_text, units[i].tgt_text) for i in theirs], progress)
        if backwards is not None:
            back[own] = _likeness([units[i] for i in own], backwards, means.encoders, progress)
    if np.isnan(scored).all() and np.isnan(back).all():
        return signals
    return replace(signals, scored=scored, back=_from_median(back))


def _meaning(units: Sequence[TranslationUnit], encoders: Encoders, progress: Progress) -> tuple[Array, Array]:
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


def _engine(units: Sequence[TranslationUnit]) -> Array:
    """The engine's mean log probability a token, from the median; NaN where no engine made the target."""
    made = [unit.score if unit.src_segments == unit.tgt_segments and unit.score < 0 else np.nan for unit in units]
    return _from_median(np.array(made, dtype=np.float32))


def _from_median(values: Array) -> Array:
    """Engines differ in their scale, units of one text only in how good they are."""
    known = values[~np.isnan(values)]
    return values - np.median(known) if len(known) else values


def _likeness(units: Sequence[TranslationUnit], backwards: Translator, encoders: Encoders, progress: Progress) -> Array:
    """Of sources and targets translated back, 0 to 1: the mean of chrF (Popović 2015) and, where the encoder knows the
    language, their cosine."""
    from sacrebleu.metrics.chrf import CHRF

    sources = [unit.src_text for unit in units]
    back = [made.text for made in backwards.translate([unit.tgt_text for unit in units], progress)]
    letters = CHRF()
    alike = np.array([letters.sentence_score(b, [a]).score / 100 for a, b in zip(sources, back, strict=True)])
    if encoders.multilingual is not None and encoders.knows(units[0].src_lang):
        src, again = (encoders.multilingual.encode(texts, progress) for texts in (sources, back))
        alike = (alike + np.sum(src * again, axis=1)) / 2
    return alike.astype(np.float32)
