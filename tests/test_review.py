"""What reviewers said, laid over an alignment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.datatypes import Bead
from workbench.review import overlay

BEADS = [Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), ())]


def shape(beads: list[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.src, bead.tgt) for bead in beads}


def test_an_accepted_bead_takes_the_place_of_what_it_overlaps() -> None:
    assert shape(overlay(BEADS, [Bead((1, 2), (0,))])) == {((1, 2), (0,)), ((0,), ()), ((), (1,))}


def test_a_rejected_bead_does_not_come_back() -> None:
    assert shape(overlay(BEADS, [], {((0,), (0,))})) == {((0,), ()), ((), (0,)), ((1,), (1,)), ((2,), ())}


def test_the_later_of_two_accepted_beads_wins() -> None:
    assert ((0,), (1,)) in shape(overlay(BEADS, [Bead((0,), (0,)), Bead((0,), (1,))]))


@given(st.permutations(range(6)), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4))
def test_every_segment_stays_in_exactly_one_bead(order: list[int], accepted: list[tuple[int, int]]) -> None:
    beads = overlay([Bead((i,), (j,)) for i, j in enumerate(order)], [Bead((i,), (j,)) for i, j in accepted])
    assert sorted(i for bead in beads for i in bead.src) == list(range(6))
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(6))
