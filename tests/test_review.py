"""What people settled of an alignment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.datatypes import Bead
from workbench.review import linked, standing

BEADS = [Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), ())]


def shape(beads: list[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.src, bead.tgt) for bead in beads}


def test_a_link_takes_the_place_of_what_it_overlaps() -> None:
    assert shape(linked(BEADS, Bead((1, 2), (0,)))) == {((1, 2), (0,)), ((0,), ()), ((), (1,))}


def test_the_later_of_two_beads_that_share_a_segment_stands() -> None:
    beads = [Bead((0,), (0,)), Bead((1,), ()), Bead((0,), (1,)), Bead((1,), (2,))]
    assert standing(beads) == beads[2:]
    assert standing(beads[1:3]) == beads[1:3]


@given(st.permutations(range(6)), st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_every_segment_stays_in_exactly_one_bead(order: list[int], link: tuple[int, int]) -> None:
    beads = linked([Bead((i,), (j,)) for i, j in enumerate(order)], Bead(link[:1], link[1:]))
    assert sorted(i for bead in beads for i in bead.src) == list(range(6))
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(6))
