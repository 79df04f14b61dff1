"""Clauses that only one side has: without such a clause a text resembles its translation more than with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from workbench.facts import degenerate

# Texts to unit vectors, shape (texts, dim), of which the cosine says how alike they are, whatever their languages.
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

_END = re.compile(r"[,，、;；:：.。!?！？—–]+\s*")
# Of the text: less is too little to be told by its meaning, more leaves too little.
_LEAST, _MOST = 0.15, 0.65
_FEW = 8  # clauses of a text that are looked at, and ...
_TRIED = 12  # ... runs of them that are left out one after another


@dataclass(frozen=True, slots=True)
class Clause:
    """`text[start:end]`. `gain`: by how much the similarity, a cosine, rises where it is left out; higher: stranger."""

    gain: float
    start: int
    end: int


def strangest(texts: Sequence[str], others: Sequence[str], encode: Encode) -> list[Clause | None]:
    """Of each text the clause that its counterpart in `others` knows least of; None where it has but one."""
    runs = [(at, *run) for at, text in enumerate(texts) for run in _runs(text)]
    if not runs:
        return [None] * len(texts)
    whole, there = encode(texts), encode(others)
    cut = encode([texts[at][:start] + texts[at][end:] for at, start, end in runs])
    owners = [at for at, _, _ in runs]
    gains = np.sum((cut - whole[owners]) * there[owners], axis=1)
    found: list[Clause | None] = [None] * len(texts)
    for (at, start, end), gain in zip(runs, gains, strict=True):
        best = found[at]
        if best is None or gain > best.gain:
            found[at] = Clause(float(gain), start, end)
    return found


def _runs(text: str) -> list[tuple[int, int]]:
    """Clauses, and several in a row, each neither too small nor too large a part of the text."""
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    ends = sorted(set(ends))[: _FEW + 1]
    weights = [degenerate.weight(text[start:end]) for start, end in pairwise(ends)]
    until, whole = [0.0, *accumulate(weights)], degenerate.weight(text)
    fit = [
        (ends[i], ends[j])
        for i, j in combinations(range(len(ends)), 2)
        if _LEAST * whole < until[j] - until[i] < _MOST * whole
    ]
    return fit[:_TRIED]
