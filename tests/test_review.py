"""What people settle of an alignment: whatever they do, every segment stays in exactly one bead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.datatypes import Bead
from workbench.errors import InputError
from workbench.review import apart, by_hand, linked, merged, moved, numbers, split, standing

BEADS = [Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), ())]
Shape = set[tuple[tuple[int, ...], tuple[int, ...]]]


def shape(beads: Sequence[Bead]) -> Shape:
    return {(bead.src, bead.tgt) for bead in beads}


def mirror(bead: Bead) -> Bead:
    return Bead(bead.tgt, bead.src, bead.score, bead.confidence, bead.reasons, bead.boundary)


@st.composite
def alignments(draw: st.DrawFn) -> list[Bead]:
    """Beads of up to seven segments a side, links in any order and with gaps."""
    sides = [draw(st.lists(st.integers(0, 3), min_size=2, max_size=7)) for _ in range(2)]
    beads = []
    for group in range(4):
        src, tgt = (tuple(i for i, of in enumerate(side) if of == group) for side in sides)
        beads += [Bead(src, tgt, 0.3, 0.4)] if src and tgt else [Bead((i,), ()) for i in src]
        beads += [] if src else [Bead((), (j,)) for j in tgt]
    return beads


def segments(beads: Sequence[Bead]) -> tuple[list[int], list[int]]:
    return sorted(i for bead in beads for i in bead.src), sorted(j for bead in beads for j in bead.tgt)


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[Bead], Callable[[list[Bead]], list[Bead]], Callable[[list[Bead]], list[Bead]]]:
    """Beads, an edit of them, and the same edit seen from the other side."""
    beads = draw(alignments())
    bead = draw(st.sampled_from(beads))
    src, tgt = segments(beads)
    some = [bead for bead in beads if not bead.is_null]
    kind = draw(st.sampled_from(["link", "merge", "split", "move", "alone", "apart"]))
    if kind == "link":
        link = by_hand(
            draw(st.sets(st.sampled_from(src), min_size=1)), draw(st.sets(st.sampled_from(tgt), min_size=1)), "linked"
        )
        return beads, lambda beads: linked(beads, link), lambda beads: linked(beads, mirror(link))
    if kind == "merge" and some and len(beads) > 1:
        chosen = list({draw(st.sampled_from(some)), bead, *beads[:2]})
        return (
            beads,
            lambda beads: linked(beads, merged(chosen)),
            lambda beads: linked(beads, merged([mirror(bead) for bead in chosen])),
        )
    if kind == "split" and some:
        of = draw(st.sampled_from(some))
        at = draw(st.integers(0, len(of.src))), draw(st.integers(0, len(of.tgt)))
        if 0 < sum(at) < len(of.src) + len(of.tgt):
            return beads, lambda beads: split(beads, of, *at), lambda beads: split(beads, mirror(of), *at[::-1])
    if kind == "move" and some:
        segment, to = draw(st.sampled_from(src)), draw(st.sampled_from(some))
        return (
            beads,
            lambda beads: moved(beads, "src", segment, to),
            lambda beads: moved(beads, "tgt", segment, mirror(to)),
        )
    if kind == "alone":
        segment = draw(st.sampled_from(src))
        return beads, lambda beads: moved(beads, "src", segment, None), lambda beads: moved(beads, "tgt", segment, None)
    return beads, lambda beads: apart(beads, bead), lambda beads: apart(beads, mirror(bead))


@given(edits())
def test_every_edit_keeps_each_segment_in_exactly_one_bead(
    edit: tuple[list[Bead], Callable[[list[Bead]], list[Bead]], object],
) -> None:
    beads, change, _ = edit
    after = change(beads)
    assert segments(after) == segments(beads)
    assert all(len(bead.src) + len(bead.tgt) == 1 for bead in after if bead.is_null)
    untouched = [bead for bead in beads if bead in after]
    assert all(bead in untouched or bead.confidence == 1 for bead in after if not bead.is_null)


@given(edits())
def test_an_edit_seen_from_the_other_side_is_the_same_edit(
    edit: tuple[list[Bead], Callable[[list[Bead]], list[Bead]], Callable[[list[Bead]], list[Bead]]],
) -> None:
    beads, change, mirrored = edit
    assert shape([mirror(bead) for bead in change(beads)]) == shape(mirrored([mirror(bead) for bead in beads]))


@given(alignments(), st.data())
def test_to_merge_the_halves_of_a_split_gives_the_link_back(beads: list[Bead], data: st.DataObject) -> None:
    large = [bead for bead in beads if not bead.is_null and len(bead.src) + len(bead.tgt) > 2]
    if large:
        bead = data.draw(st.sampled_from(large))
        src_at = data.draw(st.integers(0, len(bead.src)))
        tgt_at = data.draw(st.integers(1 if src_at == 0 else 0, len(bead.tgt) - (src_at == len(bead.src))))
        after = split(beads, bead, src_at, tgt_at)
        halves = [half for half in after if half not in beads or (half not in shape(beads) and half.is_null)]
        parts = [half for half in halves if {*half.src} <= {*bead.src} and {*half.tgt} <= {*bead.tgt}]
        assert shape(linked(after, merged(parts))) == shape(beads)


def test_a_link_takes_the_place_of_what_it_overlaps() -> None:
    assert shape(linked(BEADS, Bead((1, 2), (0,)))) == {((1, 2), (0,)), ((0,), ()), ((), (1,))}


@given(alignments(), alignments())
def test_many_links_are_made_as_they_are_one_by_one(beads: list[Bead], others: list[Bead]) -> None:
    there = segments(beads)
    links = [bead for bead in others if {*bead.src} <= {*there[0]} and {*bead.tgt} <= {*there[1]}]
    one_by_one = beads
    for link in links:
        one_by_one = linked(one_by_one, link)
    assert shape(linked(beads, *links)) == shape(one_by_one)
    assert segments(linked(beads, *links)) == there


def test_of_links_that_share_a_passage_the_last_is_made() -> None:
    assert shape(linked(BEADS, Bead((1,), (0,)), Bead((2,), (0,)))) == {((1,), (1,)), ((2,), (0,)), ((0,), ())}


def test_a_link_that_gives_a_passage_away_keeps_the_others() -> None:
    beads = [Bead((0, 1), (0,), 0.3, 0.4), Bead((2, 3), (1, 2), 0.3, 0.4)]
    assert shape(moved(beads, "src", 2, beads[0])) == {((0, 1, 2), (0,)), ((3,), (1, 2))}
    assert shape(moved(beads, "src", 1, None)) == {((0,), (0,)), ((1,), ()), ((2, 3), (1, 2))}


@pytest.mark.parametrize("at", [(0, 0), (2, 1), (3, 0), (-1, 1)])
def test_a_split_that_leaves_nothing_of_a_half_is_refused(at: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="each half needs a passage"):
        split([Bead((0, 1), (0,))], Bead((0, 1), (0,)), *at)


def test_passages_of_one_document_make_no_link() -> None:
    with pytest.raises(InputError, match="all of one document"):
        merged([Bead((0,), ()), Bead((1,), ())])
    with pytest.raises(InputError, match="choose another"):
        merged([BEADS[0]])


def test_the_later_of_two_beads_that_share_a_segment_stands() -> None:
    beads = [Bead((0,), (0,)), Bead((1,), ()), Bead((0,), (1,)), Bead((1,), (2,))]
    assert standing(beads) == beads[2:]
    assert standing(beads[1:3]) == beads[1:3]


def test_passages_are_numbered_as_people_count() -> None:
    assert numbers((2,)) == "3"
    assert numbers((3, 4, 7)) == "4–5, 8"
