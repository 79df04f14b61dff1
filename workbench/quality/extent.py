"""Translations that say less or more than the source: by their length and, where vectors are given, their meaning."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Issue, Severity
from workbench.facts import degenerate
from workbench.quality.material import Material

Array = NDArray[np.float64]

# How translations into and from the languages of FLORES dev differ in length, where too few units tell of their own.
_USUAL_SPREAD, _LEAST_SPREAD = 0.15, 0.1
_ENOUGH = 50  # units of one pair of languages
_SLACK = 10.0  # letters
# Spreads from what is usual; set on FLORES dev so that one sound unit in several hundred is called odd.
_ODD = 3.2
_BY_MEANING = 0.5  # of how far the similarity lies below the usual
_LEAST_LETTERS = 20.0  # that are missing or too many
_MUCH = 0.5  # of what was to be expected


def omissions(material: Material) -> Iterator[tuple[int, Issue]]:
    """Targets that are too short. Where the gap is cannot be seen: the span is the end of the target."""
    for place, expected, length in _odd(material, too_long=False):
        text = material.units[place].tgt_text
        reason = f"{length:.0f} letters where about {expected:.0f} are usual: something may be missing."
        severity = Severity.MAJOR if length < _MUCH * expected else Severity.MINOR
        yield place, Issue("omission", severity, "tgt", len(text), len(text), reason)


def additions(material: Material) -> Iterator[tuple[int, Issue]]:
    """Targets that are too long."""
    for place, expected, length in _odd(material, too_long=True):
        text = material.units[place].tgt_text
        reason = f"{length:.0f} letters where about {expected:.0f} are usual: something may have been added."
        severity = Severity.MAJOR if expected < _MUCH * length else Severity.MINOR
        yield place, Issue("addition", severity, "tgt", 0, len(text), reason)


def _odd(material: Material, too_long: bool) -> Iterator[tuple[int, float, float]]:
    """(unit, expected length, length) in letters of an alphabet, of the units that are odd."""
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
        z = (ratio - usual) / _spread(ratio - usual, expected)
        sign = 1.0 if too_long else -1.0
        score = sign * z + _BY_MEANING * _unlike(material, places)
        wrong = (score > _ODD) & (sign * z > _ODD / 2) & (sign * (tgt - expected) > _LEAST_LETTERS)
        for i in np.flatnonzero(wrong):
            yield places[i], float(max(expected[i], 0.0)), float(tgt[i])


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
    if material.similarity is None or len(places) < _ENOUGH:
        return np.zeros(len(places))
    similarity = material.similarity[places].astype(np.float64)
    middle = np.nanmedian(similarity)
    spread = max(1.4826 * float(np.nanmedian(np.abs(similarity - middle))), 0.02)
    return np.asarray(np.clip(np.nan_to_num((middle - similarity) / spread), 0.0, 4.0))
