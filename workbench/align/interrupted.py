"""Beads that something foreign interrupts: a sentence that goes on behind a caption, a footnote or a page header.

The search links runs of segments. Where unlinked segments stand beside a bead, it may go on behind them: if, read
without what is between, the longer bead gains so much that it pays for the interruption. What interrupts is taken out,
so that for all that follows such a bead is a run like any other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.align.blocks import Blocks, Step
from workbench.align.constraints import Constraints
from workbench.align.dp import Gain, gained
from workbench.align.neighbours import Neighbours
from workbench.align.similarity import Indices

Spans = tuple[tuple[int, int], tuple[int, int]]  # of rows and of columns, half-open

# Unlinked segments beside a bead that are looked at: what interrupts, and with what the bead goes on behind it.
_REACH = 5


class Readable(Protocol):
    """What can be read without some of its segments, like Evidence."""

    @property
    def shape(self) -> tuple[int, int]: ...

    @property
    def constraints(self) -> Constraints: ...

    @property
    def neighbours(self) -> Neighbours: ...

    def tile(self: _Evidence, rows: range, columns: range) -> _Evidence: ...

    def without(self: _Evidence, rows: Indices, columns: Indices) -> _Evidence: ...


_Evidence = TypeVar("_Evidence", bound=Readable)


@dataclass(frozen=True, slots=True)
class Reading(Generic[_Evidence]):
    """Two documents without what interrupts beads, and the beads in it; `rows`, `columns`: which segments are left."""

    evidence: _Evidence
    blocks: Blocks
    rows: Indices
    columns: Indices


def as_it_is(blocks: Blocks, evidence: _Evidence) -> Reading[_Evidence]:
    """The documents with all their segments."""
    n, m = evidence.shape
    return Reading(evidence, blocks, np.arange(n), np.arange(m))


@dataclass(frozen=True, slots=True)
class _Longer:
    """A bead that goes on, on one side (`axis`: 0 rows, 1 columns), up to its new `spans` but for the `gap`."""

    number: int
    axis: int
    spans: Spans
    gap: tuple[int, int]
    gain: float
    worth: float  # by how much this exceeds what the bead gains as it was, and the price; higher is better

    @property
    def sizes(self) -> tuple[int, int]:
        """Its rows and columns."""
        size = [stop - start for start, stop in self.spans]
        size[self.axis] -= self.gap[1] - self.gap[0]
        return size[0], size[1]


def uninterrupted(
    blocks: Blocks,
    evidence: _Evidence,
    scores: Callable[[_Evidence], Gain],
    sizes: Sequence[tuple[int, int]],
    null: float,
) -> Reading[_Evidence]:
    """The documents read so that beads which were interrupted are runs.

    `scores` gives the gains of a part of the evidence, `sizes` and `null` are as the search was given them. The rarer
    unlinked segments are on a side, the more must be gained: an interruption costs the log of their share.
    """
    steps = [step for block in blocks for step in block]
    unlinked = ~evidence.constraints.rows, ~evidence.constraints.columns
    for step in steps:
        for free, span in zip(unlinked, _spans(step), strict=True):
            free[slice(*span)] = False
    prices = [-math.log(max(float(free.mean()), 1e-9)) for free in unlinked]
    gone: tuple[list[int], list[int]] = [], []
    longer: dict[int, _Longer] = {}
    found = _proposals(steps, evidence, scores, frozenset(sizes), null, unlinked, prices)
    for proposal in sorted(found, key=lambda item: (-round(item.worth, 6), item.number)):
        free, span = unlinked[proposal.axis], proposal.spans[proposal.axis]
        own = _spans(steps[proposal.number])[proposal.axis]
        beyond = slice(own[1], span[1]) if span[1] > own[1] else slice(span[0], own[0])
        if proposal.worth > 0 and proposal.number not in longer and free[beyond].all():
            free[beyond] = False
            gone[proposal.axis].extend(range(*proposal.gap))
            longer[proposal.number] = proposal
    if not longer:
        return as_it_is(blocks, evidence)
    removed = [np.array(sorted(side), dtype=np.intp) for side in gone]
    left = [np.delete(np.arange(size), side) for size, side in zip(evidence.shape, removed, strict=True)]
    numbers = iter(range(len(steps)))
    read = [[_renumbered(step, longer.get(next(numbers)), removed) for step in block] for block in blocks]
    return Reading(evidence.without(*removed), read, *left)


def _spans(step: Step) -> Spans:
    return (step.src.start, step.src.stop), (step.tgt.start, step.tgt.stop)


def _renumbered(step: Step, longer: _Longer | None, removed: Sequence[Indices]) -> Step:
    """The bead by its place among what is left."""
    (row, _), (column, _) = longer.spans if longer else _spans(step)
    rows, columns = longer.sizes if longer else (step.rows, step.columns)
    row -= int(np.searchsorted(removed[0], row))
    column -= int(np.searchsorted(removed[1], column))
    return Step(row, rows, column, columns, longer.gain if longer else step.gain)


def _proposals(
    steps: Sequence[Step],
    evidence: _Evidence,
    scores: Callable[[_Evidence], Gain],
    sizes: frozenset[tuple[int, int]],
    null: float,
    unlinked: Sequence[NDArray[np.bool_]],
    prices: Sequence[float],
) -> Iterator[_Longer]:
    """Longer beads that are possible, where all that is added is among the nearest of what it would be linked to."""
    for number, step in enumerate(steps):
        for axis, (start, stop) in enumerate(_spans(step)):
            free = unlinked[axis]
            after, before = stop, start
            while after < min(len(free), stop + _REACH) and free[after]:
                after += 1
            while before > max(0, start - _REACH) and free[before - 1]:
                before -= 1
            if max(after - stop, start - before) < 2 or _is_barred(step, evidence.constraints):
                continue
            near = [_is_near(evidence.neighbours, step, axis, place) for place in range(before, after)]
            behind = [((start, end), (stop, begin)) for begin, end in _runs(near, before, stop + 1, after)]
            ahead = [((begin, stop), (end, start)) for begin, end in _runs(near, before, before, start - 1)]
            for span, gap in behind + ahead:
                own = _spans(step)
                spans = (span, own[1]) if axis == 0 else (own[0], span)
                longer = _Longer(number, axis, spans, gap, 0.0, 0.0)
                if longer.sizes in sizes:
                    yield _weighed(longer, step, evidence, scores, null, prices[axis])


def _runs(near: Sequence[bool], offset: int, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """All runs within [start, stop) of places that are near; `near` is counted from `offset`."""
    for begin in range(start, stop):
        for end in range(begin + 1, stop + 1):
            if not near[end - 1 - offset]:
                break
            yield begin, end


def _is_near(neighbours: Neighbours, step: Step, axis: int, place: int) -> bool:
    """Whether a segment is among the nearest of one on the other side of a bead, or that among its nearest."""
    own, others = (neighbours.columns, neighbours.rows) if axis == 0 else (neighbours.rows, neighbours.columns)
    start, stop = _spans(step)[1 - axis]
    return bool(((own[place] >= start) & (own[place] < stop)).any() or (others[start:stop] == place).any())


def _is_barred(step: Step, constraints: Constraints) -> bool:
    """Whether a link was rejected that has something of both sides of a bead: then it is left as it is."""
    return any(
        row < step.src.stop and step.row < row + rows and column < step.tgt.stop and step.column < column + columns
        for row, rows, column, columns in constraints.barred | constraints.torn
    )


def _weighed(
    longer: _Longer,
    step: Step,
    evidence: _Evidence,
    scores: Callable[[_Evidence], Gain],
    null: float,
    price: float,
) -> _Longer:
    """What the longer bead and the shorter one gain if what is between is not there."""
    rows, columns = (
        range(max(0, start - 1), min(size, stop + 1))
        for (start, stop), size in zip(longer.spans, evidence.shape, strict=True)
    )
    gap = np.arange(*longer.gap) - (rows, columns)[longer.axis].start
    nothing = np.empty(0, dtype=np.intp)
    part = evidence.tile(rows, columns).without(*((gap, nothing) if longer.axis == 0 else (nothing, gap)))
    gain = scores(part)

    row, column = step.row - rows.start, step.column - columns.start
    if longer.gap[1] <= (step.row, step.column)[longer.axis]:
        row, column = (row - len(gap), column) if longer.axis == 0 else (row, column - len(gap))
    old = gained(gain, replace(step, row=row, column=column))
    first = longer.spans[0][0] - rows.start, longer.spans[1][0] - columns.start
    new = gained(gain, Step(first[0], longer.sizes[0], first[1], longer.sizes[1], 0.0))
    added = sum(longer.sizes) - step.rows - step.columns
    return replace(longer, gain=new, worth=new - old + null * added - price)
