"""A segment that was left over between two links goes to the one that gains by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest

from workbench.align.blocks import Step
from workbench.align.dp import Gain
from workbench.align.leftover import taken_in
from workbench.align.similarity import Ends

SIZES = [(1, 1), (1, 2), (2, 1)]
NULL = 0.1
Gains = Mapping[tuple[int, int, int, int], float]  # of row, rows, column, columns


@dataclass(frozen=True)
class Window:
    """Part of two texts of ten segments each."""

    rows: range = range(10)
    columns: range = range(10)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    def tile(self, rows: range, columns: range) -> Window:
        return Window(self.rows[rows.start : rows.stop], self.columns[columns.start : columns.stop])


def linked(block: list[Step], gains: Gains) -> list[tuple[int, int, int, int]]:
    """The links that come of a block where links gain so much, others 4."""

    def scores(part: Window) -> Gain:
        def gain(ends: Ends, rows: int, columns: int) -> np.ndarray:
            starts = [part.rows[end - rows] for end in np.atleast_1d(ends)]
            return np.array(
                [[gains.get((row, rows, column, columns), 4.0) for column in part.columns] for row in starts]
            )

        return gain

    (found,) = taken_in([block], Window(), scores, SIZES, NULL)
    return [(step.row, step.rows, step.column, step.columns) for step in found]


def block(*places: tuple[int, int, int, int]) -> list[Step]:
    return [Step(*place, 4.0) for place in places]


@pytest.mark.parametrize(
    ("first", "second", "links"),
    [
        (6.0, 5.0, [(3, 2, 3, 1), (5, 1, 4, 1)]),
        (5.0, 6.0, [(3, 1, 3, 1), (4, 2, 4, 1)]),
        (4.3, 4.2, [(3, 1, 3, 1), (5, 1, 4, 1)]),
    ],
)
def test_the_link_that_gains_more_takes_it_in_unless_both_gain_little(
    first: float, second: float, links: list[tuple[int, int, int, int]]
) -> None:
    rows = {(3, 2, 3, 1): first, (4, 2, 4, 1): second}
    assert linked(block((3, 1, 3, 1), (5, 1, 4, 1)), rows) == links
    columns = {(3, 1, 3, 2): first, (4, 1, 4, 2): second}
    mirrored = [(column, columns, row, rows) for row, rows, column, columns in links]
    assert linked(block((3, 1, 3, 1), (4, 1, 5, 1)), columns) == mirrored


def test_what_both_sides_left_over_or_would_make_a_link_too_large_is_no_business_of_its_neighbours() -> None:
    apart = block((3, 1, 3, 1), (5, 1, 5, 1))
    assert linked(apart, {(3, 2, 3, 1): 9.0, (3, 1, 3, 2): 9.0}) == [(3, 1, 3, 1), (5, 1, 5, 1)]
    large = block((2, 2, 3, 1), (5, 2, 4, 1))
    assert linked(large, {(2, 3, 3, 1): 9.0, (4, 3, 4, 1): 9.0}) == [(2, 2, 3, 1), (5, 2, 4, 1)]
