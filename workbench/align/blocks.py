"""Beads in blocks: what a path through two texts is worth, and who keeps what several blocks claim.

A path is monotone within a block and leaves the order of the text between blocks, for a price.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Step:
    """A bead on the path: so many `rows` from `row` on with so many `columns` from `column` on."""

    row: int
    rows: int
    column: int
    columns: int
    gain: float  # over leaving its segments unlinked

    @property
    def src(self) -> range:
        """Its rows."""
        return range(self.row, self.row + self.rows)

    @property
    def tgt(self) -> range:
        """Its columns."""
        return range(self.column, self.column + self.columns)


Blocks = list[list[Step]]
Side = Callable[[Step], range]  # of a bead the rows, or the columns


def gain_of(beads: Iterable[Step]) -> float:
    """The sum of what beads gain."""
    return sum(step.gain for step in beads)


def worth(blocks: Blocks, null: float, jump: float) -> float:
    """What a path gains less what it costs, higher is better, but for what all rows would cost unlinked."""
    steps = [step for block in blocks for step in block]
    between = sum(_transition(*pair, null, jump) for pair in zip([None, *steps], steps, strict=False))
    return gain_of(steps) + null * sum(step.rows for step in steps) - between


def boxes(blocks: Sequence[Sequence[Step]], n: int, m: int) -> list[tuple[range, range]]:
    """The rows and columns that each block has to itself, up to the blocks before and behind it on either side."""
    rows = [range(block[0].row, block[-1].src.stop) for block in blocks]
    columns = [range(block[0].column, block[-1].tgt.stop) for block in blocks]
    return [(_between(rows, row, n), _between(columns, column, m)) for row, column in zip(rows, columns, strict=True)]


def _between(spans: Sequence[range], own: range, size: int) -> range:
    before = [span.stop for span in spans if span.stop <= own.start]
    behind = [span.start for span in spans if span.start >= own.stop]
    return range(max(before, default=0), min(behind, default=size))


def moved(blocks: Sequence[Sequence[Step]], rows: range, columns: range) -> list[Step]:
    """Beads found in a window, by their places in what the window is of."""
    return [
        replace(step, row=step.row + rows.start, column=step.column + columns.start)
        for block in blocks
        for step in block
    ]


def resolved(blocks: Blocks, null: float, jump: float) -> Blocks:
    """The blocks in row order, every row and column in at most one bead.

    Where ends of two blocks overlap they are cut where both together gain most; of other contested segments the block
    that gains most keeps all; what remains of a block and is not worth going there is dropped.
    """
    blocks = grouped(_in_row_order(blocks), null, jump)
    kept = _exclusive(_apart(_apart(blocks, lambda step: step.src), lambda step: step.tgt), jump)
    steps = _in_row_order(kept)
    return grouped(_worthwhile(grouped(steps, null, jump), null, jump), null, jump)


def _in_row_order(blocks: Blocks) -> list[Step]:
    return sorted((step for block in blocks for step in block), key=lambda step: (step.row, step.rows))


def grouped(steps: Iterable[Step], null: float, jump: float) -> Blocks:
    """Beads in row order as blocks.

    Another one starts where a jump costs no more than what is between, or where another bead has columns between.
    """
    steps = list(steps)
    columns = sorted(step.column for step in steps)
    blocks: Blocks = []
    for step in steps:
        before = blocks[-1][-1] if blocks else None
        if (
            before is None
            or _transition(before, step, null, jump) == jump
            or bisect_left(columns, before.tgt.stop) < bisect_left(columns, step.column)
        ):
            blocks.append([])
        blocks[-1].append(step)
    return blocks


def _transition(before: Step | None, after: Step | None, null: float, jump: float) -> float:
    """What the columns between two beads on a path cost, or between its start or end and a bead."""
    if after is None:
        return 0.0
    between = after.column - (before.tgt.stop if before else 0)
    return min(jump, null * between) if between >= 0 else jump


def _worthwhile(blocks: Blocks, null: float, jump: float) -> list[Step]:
    """The beads of the blocks that gain more than it costs to go there instead of past them."""
    kept: Blocks = []
    for place, block in enumerate(blocks):
        before = kept[-1][-1] if kept else None
        after = blocks[place + 1][0] if place + 1 < len(blocks) else None
        there = _transition(before, block[0], null, jump) + _transition(block[-1], after, null, jump)
        alone = worth([block], null, jump) + _transition(None, block[0], null, jump)
        if alone > there - _transition(before, after, null, jump):
            kept.append(block)
    return [step for block in kept for step in block]


def _apart(blocks: Blocks, side: Side) -> Blocks:
    """Blocks that overlap by less than half on one side are cut there where the two together gain most."""
    apart: Blocks = []
    for second in sorted(blocks, key=lambda block: (side(block[0]).start, side(block[0]).stop)):
        first = apart[-1] if apart else []
        tail = [step for step in first if side(step).stop > side(second[0]).start]
        head = [step for step in second if tail and side(step).start < side(tail[-1]).stop]
        if head and 2 * len(tail) < len(first) and 2 * len(head) < len(second):
            cut = _best_cut(tail, head, side)
            apart[-1] = [step for step in first if side(step).stop <= cut]
            second = [step for step in second if side(step).start >= cut]
        apart.append(second)
    return apart


def _best_cut(tail: Sequence[Step], head: Sequence[Step], side: Side) -> int:
    """Where the beads of `tail` that end before and those of `head` that start behind gain most together."""

    def gain(cut: int) -> float:
        before = gain_of(step for step in tail if side(step).stop <= cut)
        return before + gain_of(step for step in head if side(step).start >= cut)

    return max(sorted({side(step).start for step in head} | {side(step).stop for step in tail}), key=gain)


def _exclusive(blocks: Sequence[Sequence[Step]], jump: float) -> Blocks:
    """Give what several blocks claim to the block with the highest gain.

    What remains of another is dropped if it is not worth a jump.
    """
    taken: tuple[set[int], set[int]] = set(), set()
    kept: Blocks = []
    strongest_first = sorted(blocks, key=lambda block: (-round(gain_of(block), 9), block[0].row))
    for index, block in enumerate(strongest_first):
        free = [step for step in block if _is_free(step, taken)]
        if not free or (index and len(free) < len(block) and gain_of(free) <= jump):
            continue
        kept.append(free)
        for step in free:
            taken[0].update(step.src)
            taken[1].update(step.tgt)
    return kept


def _is_free(step: Step, taken: tuple[set[int], set[int]]) -> bool:
    return taken[0].isdisjoint(step.src) and taken[1].isdisjoint(step.tgt)
