"""What checks look at, and the shape of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Issue, TranslationUnit


@dataclass(frozen=True, slots=True)
class Material:
    """Translation units, and what is known of them beside their texts.

    `similarity`: of each unit's source and target, the cosine of their embeddings, shape (units,), higher is better;
    NaN where it is not known. None where there are no embeddings.
    """

    units: Sequence[TranslationUnit]
    similarity: NDArray[np.float32] | None = None


# A pure function of one unit; it never raises, whatever the text.
UnitCheck = Callable[[TranslationUnit], Iterable[Issue]]
# One that has to see all units: (unit, issue) by the unit's place.
Finder = Callable[[Material], Iterator[tuple[int, Issue]]]


@dataclass(frozen=True, slots=True)
class Check:
    """`name`: in profiles and reports. `looks_for`: in words, after "Looks for"."""

    name: str
    looks_for: str
    find: Finder


def each_unit(judge: UnitCheck) -> Finder:
    """A check of units one by one; those of which a side is missing are passed over."""

    def find(material: Material) -> Iterator[tuple[int, Issue]]:
        for place, unit in enumerate(material.units):
            if not unit.is_null:
                yield from ((place, issue) for issue in judge(unit))

    return find
