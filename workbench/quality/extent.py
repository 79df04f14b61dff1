"""Translations that say less or more than the source: by their length and, where vectors are given, their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Issue, Severity
from workbench.facts import degenerate
from workbench.quality.clauses import Clause, strangest
from workbench.quality.material import Material

Array = NDArray[np.float64]

# How translations into and from the languages of FLORES dev differ in length, where too few units tell of their own.
_USUAL_SPREAD, _LEAST_SPREAD = 0.15, 0.1
_ENOUGH = 50  # units of one pair of languages
_SLACK = 10.0  # letters
# Spreads from what is usual; set on FLORES dev so that one sound unit in several hundred is called odd.
_ODD = 3.6
_BY_MEANING = 0.5  # of how far the similarity lies below the usual
_NOT_LESS = 0.8  # spreads: what is as long as usual is not looked at
_BY_CLAUSE, _MOST_GAIN = 30.0, 0.15  # of the gain in similarity without a clause
_TELLING = 0.06  # a gain that sound texts seldom have
_LEAST_LETTERS = 20.0  # that are missing or too many
_MUCH = 0.5  # of what was to be expected


def omissions(material: Material) -> Iterator[tuple[int, Issue]]:
    """Targets that are empty or too short, and where meaning tells what they lack, that.

    Elsewhere the gap cannot be seen: the span is the end of the target.
    """
    for place, unit in enumerate(material.units):
        if not unit.is_null and not unit.tgt_text.strip() and any(ch.isalpha() for ch in unit.src_text):
            yield place, Issue("omission", Severity.CRITICAL, "tgt", 0, 0, "The target is empty.")
    for place, odd in _odd(material, too_long=False):
        unit = material.units[place]
        severity = Severity.MAJOR if odd.length < _MUCH * odd.expected else Severity.MINOR
        reason = f"{odd.length:.0f} letters where about {odd.expected:.0f} are usual: something may be missing."
        if odd.clause is None:
            yield place, Issue("omission", severity, "tgt", len(unit.tgt_text), len(unit.tgt_text), reason)
        else:
            said = f"The target seems to lack this: {reason}"
            yield place, Issue("omission", severity, "src", odd.clause.start, odd.clause.end, said)


def additions(material: Material) -> Iterator[tuple[int, Issue]]:
    """Targets that are too long, and where meaning tells what the source lacks, that."""
    for place, odd in _odd(material, too_long=True):
        severity = Severity.MAJOR if odd.expected < _MUCH * odd.length else Severity.MINOR
        reason = f"{odd.length:.0f} letters where about {odd.expected:.0f} are usual: something may have been added."
        start, end = 0, len(material.units[place].tgt_text)
        if odd.clause is not None:
            start, end, reason = odd.clause.start, odd.clause.end, f"The source seems to lack this: {reason}"
        yield place, Issue("addition", severity, "tgt", start, end, reason)


@dataclass(frozen=True, slots=True)
class _Odd:
    """Of a unit, in letters of an alphabet: how long its target is, and should be. `clause`: what only one side has."""

    expected: float
    length: float
    clause: Clause | None


def _odd(material: Material, too_long: bool) -> Iterator[tuple[int, _Odd]]:
    """The units whose target is too long, or too short."""
    for places in _by_languages(material):
        src, tgt = (
            np.array([degenerate.weight(text) for text in texts])
            for texts in (
                [material.units[place].src_text for place in places],
                [material.units[place].tgt_text for place in places],
            )
        )
        ratio = np.log((tgt + _SLACK) / (src + _SLACK))
        usual = float(np.median(ratio)) if len(places) >= _ENOUGH else 0.0
        expected = (src + _SLACK) * np.exp(usual) - _SLACK
        sign = 1.0 if too_long else -1.0
        off = sign * (ratio - usual) / _spread(ratio - usual, expected)
        maybe = np.flatnonzero((off > _NOT_LESS) & (sign * (tgt - expected) > _LEAST_LETTERS))
        clauses = _strange(material, [places[i] for i in maybe], too_long)
        unlike = _BY_MEANING * _unlike(material, places)
        for i, clause in zip(maybe, clauses, strict=True):
            gain = min(max(clause.gain, 0.0), _MOST_GAIN) if clause else 0.0
            if off[i] + unlike[i] + _BY_CLAUSE * gain > _ODD and (gain > _TELLING or off[i] > _ODD / 2):
                told = clause if gain > _TELLING else None
                yield places[i], _Odd(float(max(expected[i], 0.0)), float(tgt[i]), told)


def _strange(material: Material, places: list[int], in_target: bool) -> list[Clause | None]:
    """The strangest clause of each unit's target, or source; None where there are no embeddings of its languages."""
    if material.similarity is None or material.encode is None:
        return [None] * len(places)
    known = [place for place in places if not np.isnan(material.similarity[place])]
    sides = [(material.units[place].src_text, material.units[place].tgt_text) for place in known]
    texts, others = [pair[in_target] for pair in sides], [pair[not in_target] for pair in sides]
    found = dict(zip(known, strangest(texts, others, material.encode), strict=True))
    return [found.get(place) for place in places]


def _by_languages(material: Material) -> list[list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for place, unit in enumerate(material.units):
        if not unit.is_null and unit.tgt_text.strip():
            groups.setdefault((unit.src_lang, unit.tgt_lang), []).append(place)
    return list(groups.values())


def _spread(off: Array, expected: Array) -> Array:
    """How far the length of each unit usually is off, as a log ratio: less for long texts."""
    own = 1.4826 * float(np.median(np.abs(off))) if len(off) >= _ENOUGH else _USUAL_SPREAD
    return np.asarray(max(own, _LEAST_SPREAD) * np.sqrt(0.6 + 50.0 / (np.maximum(expected, 0.0) + _SLACK)))


def _unlike(material: Material, places: list[int]) -> Array:
    """Spreads that the similarity of each unit lies below the usual, 0 to 4; 0 where it is not known."""
    unknown = np.zeros(len(places))
    if material.similarity is None or len(places) < _ENOUGH:
        return unknown
    similarity = material.similarity[places].astype(np.float64)
    if np.isnan(similarity).all():
        return unknown
    middle = np.nanmedian(similarity)
    spread = max(1.4826 * float(np.nanmedian(np.abs(similarity - middle))), 0.02)
    return np.asarray(np.clip(np.nan_to_num((middle - similarity) / spread), 0.0, 4.0))
