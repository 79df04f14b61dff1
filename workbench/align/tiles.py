"""The search for texts of any size: windows along chains, each searched exactly, put together to one alignment.

Along a chain windows follow one another: what a window has found is kept up to a bead that stands on the chain and
clear of the window's end, and there the next one starts. So no bead is cut in two, and text in order comes out as if
one search had run over all of it. Behind the end of a chain windows go on as long as they find what is worth it.
What is far from any chain stays unlinked: no segment there finds another that also finds it, in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np

from workbench.align.chains import Seeds, chains, seeds
from workbench.align.dp import Step, exclusive, gain_of
from workbench.align.neighbours import Neighbours

# A pair of texts with no more cells than this is searched at once.
DENSE = 250_000
# Segments by which a window is meant to get on, and how many it looks beyond.
_ADVANCE, _BEYOND = 100, 25
# What each segment must gain on average for windows to go on behind the end of a chain.
_WORTH = 0.1
# How far beyond the first and last seed of another chain a chain's windows reach: its edge may be wrong.
_SLACK = 7

Blocks = list[list[Step]]


class Tileable(Protocol):
    """What can be cut into windows of rows and columns, like Evidence."""

    @property
    def shape(self) -> tuple[int, int]: ...

    def tile(self: _Evidence, rows: range, columns: range) -> _Evidence: ...


_Evidence = TypeVar("_Evidence", bound=Tileable)


@dataclass(frozen=True, slots=True)
class Lane:
    """A chain and the box that is left to it between other chains; the chain may be empty."""

    chain: Seeds
    rows: range
    columns: range


def lanes(neighbours: Neighbours) -> list[Lane]:
    """Where two texts are to be searched, in row order: found once a pair, good for any number of searches."""
    n, m = len(neighbours.columns), len(neighbours.rows)
    found = chains(seeds(neighbours))
    lefts = np.sort([chain.columns[0] for chain in found] + [m])
    rights = np.sort([chain.columns[-1] for chain in found] + [-1])
    ends = [-1, *(int(chain.rows[-1]) for chain in found)]
    starts = [*(int(chain.rows[0]) for chain in found), n]
    boxes = [
        Lane(
            chain,
            _between(ends[place], starts[place + 1], n),
            _between(
                int(rights[np.searchsorted(rights, chain.columns[0]) - 1]),
                int(lefts[np.searchsorted(lefts, chain.columns[-1], side="right")]),
                m,
            ),
        )
        for place, chain in enumerate(found)
    ]
    if starts[0] <= _ADVANCE:
        return boxes
    # Texts that begin alike without anything that stands out.
    return [Lane(Seeds.none(), _between(-1, starts[0], n), _between(-1, int(lefts[0]), m)), *boxes]


def _between(last: int, first: int, size: int) -> range:
    return range(max(0, last + 1 - _SLACK), min(size, first + _SLACK))


def tiled(
    evidence: _Evidence,
    lanes: Sequence[Lane],
    dense: Callable[[_Evidence], Blocks],
    null: float,
    jump: float,
) -> Blocks:
    """What `dense` would find in all of `evidence`, by asking it for windows; in row order, nothing linked twice.

    `null` and `jump` are the prices that `dense` works with. Time and memory grow with the length of the chains.
    """
    n, m = evidence.shape
    if n * m <= DENSE:
        return dense(evidence)
    found = [block for lane in lanes for block in _grouped(_searched(lane, evidence, dense), null, jump)]
    apart = _apart(_apart(found, _row_span), _column_span)
    steps = sorted((step for block in exclusive(apart, jump) for step in block), key=_row_span)
    return _grouped(_worthwhile(_grouped(steps, null, jump), null, jump), null, jump)


def _searched(lane: Lane, evidence: _Evidence, dense: Callable[[_Evidence], Blocks]) -> list[Step]:
    """The beads in a lane, window after window from the start of its chain; or of its box where that is empty."""
    chain = lane.chain
    row, column = lane.rows.start, lane.columns.start
    if len(chain):
        row, column = max(row, int(chain.rows[0]) - _ADVANCE), max(column, int(chain.columns[0]) - _ADVANCE)
    reached = row
    beads: list[Step] = []
    while True:
        ahead = int(np.searchsorted(chain.rows, reached + _ADVANCE))
        on_chain = ahead < len(chain)
        target = (int(chain.rows[ahead]), int(chain.columns[ahead])) if on_chain else _behind(chain, row, column)
        rows = range(row, min(target[0] + _BEYOND, lane.rows.stop))
        columns = range(column, min(target[1] + _BEYOND, lane.columns.stop))
        found = _window(evidence, rows, columns, dense)
        if on_chain:
            lost = len(rows) * len(columns) > DENSE  # what the windows find is not the chain
            kept = _upto(found, target, None if lost else chain)
        else:
            lost = False
            kept = _upto(found, target)
            end = rows.stop == lane.rows.stop or columns.stop == lane.columns.stop
            if end or gain_of(kept) < _WORTH * _ADVANCE:
                return beads + found
        beads += kept
        reached = target[0]
        if lost:
            row, column = target
        elif kept:
            row, column = _row_span(kept[-1])[1], _column_span(kept[-1])[1]


def _behind(chain: Seeds, row: int, column: int) -> tuple[int, int]:
    """Where to look to from a place with no seeds ahead, or few."""
    if len(chain):
        row, column = max(row, int(chain.rows[-1])), max(column, int(chain.columns[-1]))
    return row + _ADVANCE, column + _ADVANCE


def _window(evidence: _Evidence, rows: range, columns: range, dense: Callable[[_Evidence], Blocks]) -> list[Step]:
    if not rows or not columns:
        return []
    return [
        replace(step, row=step.row + rows.start, column=step.column + columns.start)
        for block in dense(evidence.tile(rows, columns))
        for step in block
    ]


def _upto(found: list[Step], target: tuple[int, int], chain: Seeds | None = None) -> list[Step]:
    """The beads up to the last that ends before `target` and, where a chain is given, stands on it."""
    for last in reversed(range(len(found))):
        step = found[last]
        clear = _row_span(step)[1] <= target[0] and _column_span(step)[1] <= target[1]
        if clear and (chain is None or _on(step, chain)):
            return found[: last + 1]
    return []


def _on(step: Step, chain: Seeds) -> bool:
    first, last = np.searchsorted(chain.rows, (step.row, step.row + step.rows))
    columns = chain.columns[first:last]
    return bool(((columns >= step.column) & (columns < step.column + step.columns)).any())


def _row_span(step: Step) -> tuple[int, int]:
    return step.row, step.row + step.rows


def _column_span(step: Step) -> tuple[int, int]:
    return step.column, step.column + step.columns


def _grouped(steps: Iterable[Step], null: float, jump: float) -> Blocks:
    """Beads in row order as blocks: another one starts where a jump is needed, or costs less than what is between."""
    blocks: Blocks = []
    for step in steps:
        if not blocks or _transition(blocks[-1][-1], step, null, jump) == jump:
            blocks.append([])
        blocks[-1].append(step)
    return blocks


def _transition(before: Step | None, after: Step | None, null: float, jump: float) -> float:
    """What lies between two beads on a path, or between its start or end and a bead, costs in columns."""
    if after is None:
        return 0.0
    between = after.column - (before.column + before.columns if before else 0)
    return min(jump, null * between) if between >= 0 else jump


def _worthwhile(blocks: Blocks, null: float, jump: float) -> list[Step]:
    """The beads of the blocks that gain more than it costs to go there instead of past them."""
    kept: Blocks = []
    for place, block in enumerate(blocks):
        before = kept[-1][-1] if kept else None
        after = blocks[place + 1][0] if place + 1 < len(blocks) else None
        there = _transition(before, block[0], null, jump) + _transition(block[-1], after, null, jump)
        worth = gain_of(block) + null * sum(step.rows for step in block)
        if worth > there - _transition(before, after, null, jump):
            kept.append(block)
    return [step for block in kept for step in block]


def _apart(blocks: Blocks, span: Callable[[Step], tuple[int, int]]) -> Blocks:
    """Blocks that overlap by less than half on one side are cut there where the two together gain most."""
    apart: Blocks = []
    for second in sorted(blocks, key=lambda block: span(block[0])):
        first = apart[-1] if apart else []
        tail = [step for step in first if span(step)[1] > span(second[0])[0]]
        head = [step for step in second if tail and span(step)[0] < span(tail[-1])[1]]
        if head and 2 * len(tail) < len(first) and 2 * len(head) < len(second):
            cuts = [span(step)[0] for step in [*head, *tail]] + [span(tail[-1])[1]]
            cut = max(sorted(cuts), key=lambda cut: _gain_cut(tail, head, cut, span))
            apart[-1] = [step for step in first if span(step)[1] <= cut]
            second = [step for step in second if span(step)[0] >= cut]
        apart.append(second)
    return apart


def _gain_cut(tail: list[Step], head: list[Step], cut: int, span: Callable[[Step], tuple[int, int]]) -> float:
    return gain_of([step for step in tail if span(step)[1] <= cut]) + gain_of(
        [step for step in head if span(step)[0] >= cut]
    )
