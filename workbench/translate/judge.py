"""Which of several translations of a text is the best: what the model itself holds for it is often too short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from workbench.facts.numbers import numbers
from workbench.translate.engine import Decoded
from workbench.translate.package import Package

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many translations of a text are judged; of more of them no better ones were chosen on FLORES dev.
CANDIDATES = 6
# What a number that only the text or only its translation has takes from how good that is, as a cosine.
_WRONG_NUMBER = 0.2


class Judge(Protocol):
    """Tells which translation means what its source does, by vectors whose dot product is the texts' likeness.

    The sentence encoders are such; `model_id` names model and revision.
    """

    model_id: str

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """One unit vector a text, shape (n, d), the same space for both languages."""
        ...


# Who chooses among the translations of a package; None where no encoder knows both of its languages.
Judging = Callable[[Package], Judge | None]


def nobody(package: Package) -> None:
    """Judging without any judge: what a model itself holds for best is taken."""


def best(
    judge: Judge, texts: Sequence[str], candidates: Sequence[Sequence[Decoded]], src: str, tgt: str
) -> list[Decoded]:
    """Of each text's translations the best, as far as any is whole: probable, alike in meaning, with its numbers.

    How good one is: mean log probability of a token plus cosine to the text; higher is better.
    """
    sources = judge.encode(texts)
    targets = iter(judge.encode([said.text for own in candidates for said in own]))
    chosen: list[Decoded] = []
    for text, source, own in zip(texts, sources, candidates, strict=True):
        amounts = _amounts(text, src)
        rated = [
            (not said.problem, said.mean + float(source @ next(targets)) - _WRONG_NUMBER * _wrong(amounts, said, tgt))
            for said in own
        ]
        chosen.append(own[rated.index(max(rated))])
    return chosen


def _wrong(amounts: Counter[Decimal], said: Decoded, tgt: str) -> int:
    """How many numbers a translation has too few or too many."""
    found = _amounts(said.text, tgt)
    return (amounts - found).total() + (found - amounts).total()


def _amounts(text: str, lang: str) -> Counter[Decimal]:
    return Counter(quantity.value for quantity in numbers(text, lang))
