"""What stands before a place in one text and behind it in the other, so that no two beads can part there.

A boundary of two beads is doubtful where a word of the last passage before it has its counterpart in the first passage
behind it: then one side tells in another order, or cuts its sentences elsewhere, and the passages are one bead.
"""

from __future__ import annotations

import numpy as np

from workbench.align.similarity import Indices, Similarities, Vectors, unit
from workbench.align.wording import Tokens

# How many segments on its own side of a place may not have what stands on its other side too: that tells nothing.
_REACH = 3
# One rare word may stand elsewhere by chance; more than so much tells, and no more than the most.
_BY_CHANCE, _MOST = 0.6, 2.0
# Tokens are translations of each other where each is the other's nearest and their vectors are as alike as this.
_LEAST_ALIKE = 0.65
# Tokens whose nearest are looked for at once: 16 MB of similarities for 4,000 of the other side.
_AT_ONCE = 1024


def straddling(src: Vectors, tgt: Vectors) -> Similarities:
    """How much straddles each corner, shape (n + 1, m + 1); from 0 to 2, higher where a boundary is less likely.

    `src`, `tgt`: which terms each segment has, a column each and by how rare they are, 0 where it has them not, shapes
    (n, d) and (m, d).
    """
    total: Similarities = _last(src) @ _first(tgt).T
    total += _first(src) @ _last(tgt).T
    total -= np.float32(_BY_CHANCE)
    return np.clip(total, 0, np.float32(_MOST), out=total)


def _last(terms: Vectors) -> Vectors:
    """Of each place what the segment before it has and none of those behind it."""
    return np.ascontiguousarray(_first(terms[::-1])[::-1])


def _first(terms: Vectors) -> Vectors:
    """Of each place what the segment behind it has and none of those before it."""
    found = np.zeros((len(terms) + 1, terms.shape[1]), dtype=np.float32)
    found[:-1] = terms
    for back in range(1, _REACH + 1):
        found[back:-1][terms[:-back] > 0] = 0
    return found


def counterparts(src: Tokens, tgt: Tokens) -> tuple[list[set[int]], list[set[int]]]:
    """Of every segment the numbers of its tokens that the other side translates: one number for both."""
    ids, vectors = zip(*(_distinct(side) for side in (src, tgt)), strict=True)
    there, alike = _nearest(*vectors)
    back, _ = _nearest(*vectors[::-1])
    mutual = np.flatnonzero((back[there] == np.arange(len(there))) & (alike >= _LEAST_ALIKE))
    numbered = (
        {int(ids[0][place]): number for number, place in enumerate(mutual)},
        {int(ids[1][place]): number for number, place in enumerate(there[mutual])},
    )
    found = [
        [{number[int(token)] for token in segment if int(token) in number} for segment in side.segments()]
        for side, number in zip((src, tgt), numbered, strict=True)
    ]
    return found[0], found[1]


def _distinct(side: Tokens) -> tuple[Indices, Vectors]:
    ids, first = np.unique(side.ids, return_index=True)
    return ids, unit(side.vectors[first])


def _nearest(here: Vectors, there: Vectors) -> tuple[Indices, Similarities]:
    """Which of the others is nearest to each, and how near."""
    found = [
        (alike.argmax(axis=1), alike.max(axis=1))
        for start in range(0, len(here), _AT_ONCE)
        for alike in [here[start : start + _AT_ONCE] @ there.T]
    ]
    places, similarities = (np.concatenate(column) for column in zip(*found, strict=True))
    return places, similarities
