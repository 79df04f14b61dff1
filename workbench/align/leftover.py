"""Single segments that were left over between two links, taken in by one of them.

The search expects less to be linked than it finds. So where nearly all is linked it leaves out a segment which says
something of its own, though it belongs to a passage that is told. When all is found, each is weighed again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from workbench.align.blocks import Blocks, Step
from workbench.align.dp import Gain, gained
from workbench.align.tiles import Tileable

_Evidence = TypeVar("_Evidence", bound=Tileable)

# How much a link must gain by the segment, in log odds.
_ENOUGH = 0.5


def taken_in(
    blocks: Blocks,
    evidence: _Evidence,
    scores: Callable[[_Evidence], Gain],
    sizes: Collection[tuple[int, int]],
    null: float,
) -> Blocks:
    """The blocks with what pays to be taken in; no other link is changed.

    `scores` gives the gains of a part of the evidence, by what all links tell to expect; `sizes` and `null` are as the
    search was given them.
    """
    return [_taken_in(block, evidence, scores, sizes, null) for block in blocks]


def _taken_in(
    block: Sequence[Step],
    evidence: _Evidence,
    scores: Callable[[_Evidence], Gain],
    sizes: Collection[tuple[int, int]],
    null: float,
) -> list[Step]:
    steps = list(block)
    for place in range(len(steps) - 1):
        before, after = steps[place : place + 2]
        rows, columns = after.row - before.src.stop, after.column - before.tgt.stop
        if rows + columns != 1:
            continue
        gain = _gain_about(before, after, evidence, scores)
        longer = [
            replace(before, rows=before.rows + rows, columns=before.columns + columns),
            Step(after.row - rows, after.rows + rows, after.column - columns, after.columns + columns, after.gain),
        ]
        worth = {
            number: gain(new) - gain(old) + null
            for number, old, new in zip((place, place + 1), (before, after), longer, strict=True)
            if (new.rows, new.columns) in sizes
        }
        best = max(worth, key=lambda number: worth[number], default=place)
        if worth.get(best, 0.0) > _ENOUGH:
            steps[best] = replace(longer[best - place], gain=gain(longer[best - place]))
    return steps


def _gain_about(
    before: Step, after: Step, evidence: _Evidence, scores: Callable[[_Evidence], Gain]
) -> Callable[[Step], float]:
    """What a link gains that lies between the start of one link and the end of another."""
    rows, columns = (
        range(max(first.start - 1, 0), min(last.stop + 1, size))
        for first, last, size in zip((before.src, before.tgt), (after.src, after.tgt), evidence.shape, strict=True)
    )
    scored = scores(evidence.tile(rows, columns))
    return lambda step: gained(scored, replace(step, row=step.row - rows.start, column=step.column - columns.start))
