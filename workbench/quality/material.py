"""What checks look at, and the shape of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Issue, TranslationUnit
from workbench.quality.clauses import Encode
from workbench.quality.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Material:
    """Translation units, and what is known of them beside their texts.

    `similarity`: of each unit's source and target, the cosine of their embeddings, shape (units,), higher is better;
    NaN where it is not known. None where there are no embeddings. `encode`: what made them, for parts of texts.
    """

    units: Sequence[TranslationUnit]
    similarity: NDArray[np.float32] | None = None
    glossary: Glossary = field(default_factory=Glossary)
    encode: Encode | None = None


# A pure function of one unit that has both sides; it never raises, whatever the text.
UnitCheck = Callable[[TranslationUnit], Iterable[Issue]]
# One that has to see all units: (place of a unit, issue).
CollectionCheck = Callable[[Material], Iterator[tuple[int, Issue]]]


@dataclass(frozen=True, slots=True)
class Check:
    """`name`: in profiles and reports. `looks_for`: in words. It judges units one by one, or all of them."""

    name: str
    looks_for: str
    of_unit: UnitCheck | None = None
    of_all: CollectionCheck | None = None
