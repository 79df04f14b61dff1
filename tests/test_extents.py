"""Where links in any order begin and end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_align import words
from tests.test_scattered import SIZES
from workbench.align.blocks import Step
from workbench.align.constraints import constraints
from workbench.align.extents import Weights, refined
from workbench.align.scattered import WORDS, Prepared, prepared, scattered

SRC = ["mno", "abc", "pqr", "def", "rst", "ijk"]
TGT = ["uvw", "abc", "wxy", "yz", "def"]
TELLING = Weights(fewer=-0.5, more=-0.5, words=60.0)


def pair(src: list[str], tgt: list[str]) -> Prepared:
    return prepared({"words": (words(*src), words(*tgt))}, None, 3)


def chosen(step: Step, *barred: tuple[tuple[int, ...], tuple[int, ...]]) -> Step:
    settled = constraints(len(SRC), len(TGT), barred=barred)
    (found,) = refined([step], pair(SRC, TGT), SIZES, TELLING, settled)
    return found


def test_a_link_loses_the_segment_that_nothing_in_the_other_document_answers() -> None:
    assert chosen(Step(1, 2, 1, 1, 2.0)) == Step(1, 1, 1, 1, 2.0)
    assert chosen(Step(2, 2, 4, 1, 2.0)) == Step(3, 1, 4, 1, 2.0)


def test_an_extent_that_a_person_rejected_is_not_chosen() -> None:
    assert chosen(Step(1, 2, 1, 1, 2.0), ((1,), (1,))) != Step(1, 1, 1, 1, 2.0)


texts = st.lists(st.text("abcdefgh", max_size=3), min_size=1, max_size=8)


@settings(max_examples=40)
@given(texts, texts)
def test_every_link_keeps_a_part_of_what_it_was_and_no_segment_is_in_two(src: list[str], tgt: list[str]) -> None:
    both, settled = pair(src, tgt), constraints(len(src), len(tgt))
    before = scattered(both, SIZES, WORDS, -3.0)
    after = refined(before, both, SIZES, TELLING, settled)
    rows = [row for step in after for row in range(step.row, step.row + step.rows)]
    columns = [column for step in after for column in range(step.column, step.column + step.columns)]
    assert len(rows) == len(set(rows)) and len(columns) == len(set(columns))
    assert sorted(step.gain for step in before) == sorted(step.gain for step in after)
    for step in before:
        assert any(
            step.gain == other.gain
            and other.row < step.row + step.rows
            and step.row < other.row + other.rows
            and other.column < step.column + step.columns
            and step.column < other.column + other.columns
            for other in after
        )
