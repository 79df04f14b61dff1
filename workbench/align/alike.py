"""Passages that the search left over on both sides though they share their words, and with no others.

A passage that was moved by itself gains less than it costs to leave the order of the text, and the search may rather
link something else to what stands in its place. So it is looked for once more when all is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from workbench.align.constraints import Segments
from workbench.align.similarity import Vectors, View, unit
from workbench.align.verdict import LEAST_CONFIDENCE
from workbench.datatypes import Bead

_ALIKE = 0.6  # cosine; words are weighted, so that passages which differ in what they speak of alone are not alike
_SUREST = 0.99
_ROWS = 500  # that are compared at a time
_REASONS = ("both share their words, and with no other passage",)


def with_what_is_alike(
    links: Sequence[Bead],
    views: Sequence[View],
    fixed: Sequence[Bead],
    barred: Collection[tuple[Segments, Segments]],
) -> list[Bead]:
    """The links, and those of passages that are alike and in no link that is shown; doubtful ones give way to them.

    `fixed`: what else stands, null beads too. `barred`: links that are not to be made, by the segments of their sides.
    """
    words = next((view for view in views if view.kind == "words"), None)
    if words is None:
        return list(links)
    standing = [*fixed, *(bead for bead in links if bead.confidence >= LEAST_CONFIDENCE)]
    rows, columns = {i for bead in standing for i in bead.src}, {j for bead in standing for j in bead.tgt}
    src, tgt = unit(words.src), unit(words.tgt)
    there = {(i, j): like for i, j, like in _only_one(src, tgt, rows)}
    back = {(i, j) for j, i, _ in _only_one(tgt, src, columns)}
    made = [
        Bead((i,), (j,), like, min(like, _SUREST), _REASONS, min(like, _SUREST))
        for (i, j), like in there.items()
        if (i, j) in back and ((i,), (j,)) not in barred
    ]
    src_made, tgt_made = {i for bead in made for i in bead.src}, {j for bead in made for j in bead.tgt}
    return [*(bead for bead in links if src_made.isdisjoint(bead.src) and tgt_made.isdisjoint(bead.tgt)), *made]


def _only_one(side: Vectors, other: Vectors, taken: Collection[int]) -> Iterator[tuple[int, int, float]]:
    """The segments of a side that are not taken and are like just one of the other, with that, and how like."""
    free = np.array([place for place in range(len(side)) if place not in taken], dtype=np.intp)
    for start in range(0, len(free), _ROWS):
        part = free[start : start + _ROWS]
        likeness = side[part] @ other.T
        for row in np.flatnonzero((likeness >= _ALIKE).sum(axis=1) == 1):
            best = int(np.argmax(likeness[row] >= _ALIKE))
            yield int(part[row]), best, float(likeness[row, best])
