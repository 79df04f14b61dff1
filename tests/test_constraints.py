"""What reviewers settled holds in every alignment, and helps what lies between."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align import View, align
from workbench.align.constraints import constraints
from workbench.align.evidence import Evidence, Options
from workbench.datatypes import Bead

Shape = tuple[tuple[int, ...], tuple[int, ...]]


def words(*rows: str) -> np.ndarray:
    """One dimension a letter, a row a segment."""
    vectors = np.zeros((len(rows), 26), dtype=np.float32)
    for row, letters in enumerate(rows):
        for letter in letters:
            vectors[row, ord(letter) - ord("a")] = 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)


def linked(src: list[str], tgt: list[str], fixed: Sequence[Bead] = (), barred: Collection[Shape] = ()) -> list[Shape]:
    result = align([View("meaning", words(*src), words(*tgt))], len(src), len(tgt), fixed=fixed, barred=barred)
    return [(bead.src, bead.tgt) for bead in result.beads if not bead.is_null]


ONE_TO_ONE = [((i,), (i,)) for i in range(4)]


def test_a_fixed_bead_takes_its_segments_from_all_others() -> None:
    assert linked(list("abcd"), list("abcd"), [Bead((1,), (2,))]) == [((0,), (0,)), ((1,), (2,)), ((3,), (3,))]


def test_a_fixed_bead_without_counterpart_stays_without() -> None:
    assert linked(list("abcd"), list("abcd"), [Bead((1,), ())]) == [((0,), (0,)), ((2,), (2,)), ((3,), (3,))]
    assert linked(list("abcd"), list("abcd"), [Bead((), (2,))]) == [((0,), (0,)), ((1,), (1,)), ((3,), (3,))]


def test_a_barred_bead_gives_way_to_the_best_alternative() -> None:
    src, tgt = ["a", "bc", "d", "e"], ["a", "b", "c", "d", "e"]
    assert ((1,), (1, 2)) in linked(src, tgt)
    found = linked(src, tgt, barred={((1,), (1, 2))})
    assert [bead for bead in found if bead[0] == (1,)] in ([((1,), (1,))], [((1,), (2,))])
    assert [bead for bead in found if bead[0] != (1,)] == [((0,), (0,)), ((2,), (3,)), ((3,), (4,))]


def test_a_barred_bead_does_not_come_back_within_a_larger_one() -> None:
    found = linked(list("abcd"), list("abcd"), barred={((1,), (1,))})
    assert {((0,), (0,)), ((2,), (2,)), ((3,), (3,))} <= set(found)


def test_a_fixed_bead_out_of_order_leaves_its_surroundings_alone() -> None:
    letters = list("abcdefgh")
    found = linked(letters, letters, [Bead((2,), (5,))])
    assert [bead for bead in found if bead[0] not in ((2,), (5,))] == [((i,), (i,)) for i in (0, 1, 3, 4, 6, 7)]


def test_what_lies_between_profits_from_knowing_a_fixed_bead() -> None:
    """Two copies of a passage: which one is meant, the fixed neighbour tells."""
    src, tgt = ["x", "b", "c"], ["y", "b", "c", "d", "z", "b", "c"]
    assert linked(src, tgt, [Bead((0,), (0,))]) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    assert linked(src, tgt, [Bead((0,), (4,))]) == [((0,), (4,)), ((1,), (5,)), ((2,), (6,))]


def test_fixed_beads_with_gaps_and_of_any_size_hold() -> None:
    letters = list("abcdefghijkl")
    gaps, large = Bead((1, 5), (2, 9)), Bead(tuple(range(8)), tuple(range(2, 11)))
    assert ((1, 5), (2, 9)) in linked(letters, letters, [gaps])
    assert (large.src, large.tgt) in linked(letters, letters, [large])


def test_fixed_beads_come_back_as_they_are_even_without_evidence() -> None:
    told = Bead((0,), (1,), 1.0, 1.0, ("accepted by Ada",))
    nothing = Bead((), (0,), 1.0, 1.0, ("accepted by Ada",))
    assert align([], 1, 2, fixed=[told, nothing]).beads == (nothing, told)


@pytest.mark.parametrize("fixed", [[Bead((0,), (0,)), Bead((0,), (1,))], [Bead((0,), (7,))], [Bead((-1,), ())]])
def test_fixed_beads_that_cannot_all_hold_are_refused(fixed: list[Bead]) -> None:
    with pytest.raises(ValueError, match=r"segment \d|segment -1"):
        linked(["a", "b"], ["a", "b"], fixed)


def test_a_window_knows_what_is_settled_in_it() -> None:
    letters = list("abcdef")
    settled = constraints(6, 6, [Bead((1,), (4,)), Bead((3,), ()), Bead((4,), (5,))], {((2,), (2, 3)), ((5,), (0,))})
    view = View("meaning", words(*letters), words(*letters))
    part = Evidence([view], Options(), settled).tile(range(1, 5), range(2, 6)).constraints
    assert (part.rows.tolist(), part.columns.tolist()) == ([True, False, True, True], [False, False, True, True])
    assert part.cells == {(0, 2), (3, 3)}
    assert part.barred == {(1, 1, 0, 2)}


def test_the_similarity_of_segments_follows_what_is_settled() -> None:
    letters = list("abcd")
    settled = constraints(4, 4, [Bead((1,), (2,)), Bead((3,), ())])
    view = View("meaning", words(*letters), words(*letters))
    found = Evidence([view], Options(centring={}), settled).segments
    assert found[1, 2] == pytest.approx(1)
    assert np.abs(found[3]).max() == 0
    assert np.abs(np.delete(found[:, 2], 1)).max() < 1e-6


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], list[str], list[Bead], set[Shape]]:
    texts = st.lists(st.sampled_from(["a", "b", "ab", "c", "d", ""]), max_size=11)
    src, tgt = draw(texts), draw(texts)
    rows, columns = draw(st.permutations(range(len(src)))), draw(st.permutations(range(len(tgt))))
    fixed = []
    for height, width in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4)):
        bead = Bead(tuple(sorted(rows[:height])), tuple(sorted(columns[:width])))
        rows, columns = rows[height:], columns[width:]
        if bead.src or bead.tgt:
            fixed.append(bead)
    runs = [
        {tuple(range(a, b)) for a in range(size) for b in range(a + 1, min(size, a + 3) + 1)}
        for size in (len(src), len(tgt))
    ]
    barred = {(a, b) for a in runs[0] for b in runs[1] if draw(st.booleans())} if len(src) * len(tgt) < 12 else set()
    return src, tgt, fixed, barred - {(bead.src, bead.tgt) for bead in fixed}


@settings(max_examples=80)
@given(cases())
def test_fixed_beads_are_there_barred_ones_are_not_and_every_segment_is_once(
    case: tuple[list[str], list[str], list[Bead], set[Shape]],
) -> None:
    src, tgt, fixed, barred = case
    view = View("meaning", words(*src), words(*tgt))
    result = align([view], len(src), len(tgt), fixed=fixed, barred=barred)
    found = {(bead.src, bead.tgt) for bead in result.beads}
    assert found >= {(bead.src, bead.tgt) for bead in fixed}
    assert not found & barred
    made = [(set(a), set(b)) for a, b in found - {(bead.src, bead.tgt) for bead in fixed}]
    assert not any(a > set(no[0]) and b > set(no[1]) for a, b in made for no in barred)
    assert sorted(i for bead in result.beads for i in bead.src) == list(range(len(src)))
    assert sorted(j for bead in result.beads for j in bead.tgt) == list(range(len(tgt)))
    assert result == align([view], len(src), len(tgt), fixed=fixed, barred=barred)


@settings(max_examples=30)
@given(st.integers(2, 9), st.integers(10, 16), st.integers(0, 2**32 - 1))
def test_exchanging_the_documents_exchanges_the_sides(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    src, tgt = (random.normal(size=(size, 6)).astype(np.float32) for size in (n, m))
    fixed = [Bead((int(random.integers(n)),), (int(random.integers(m)),))]
    barred = {((i,), (i,)) for i in range(0, n, 2)} - {(fixed[0].src, fixed[0].tgt)}
    there = align([View("meaning", src, tgt)], n, m, fixed=fixed, barred=barred)
    back = align(
        [View("meaning", tgt, src)],
        m,
        n,
        fixed=[Bead(bead.tgt, bead.src) for bead in fixed],
        barred={(b, a) for a, b in barred},
    )
    assert {(b.src, b.tgt) for b in there.beads} == {(b.tgt, b.src) for b in back.beads}


def test_windows_of_a_long_text_keep_to_what_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.align.tiles.DENSE", 1000)
    random = np.random.default_rng(0)
    vectors = random.normal(size=(500, 16)).astype(np.float32)
    moved = np.roll(np.arange(500), 200)
    fixed = [Bead((10,), (400,)), Bead((333,), ()), Bead((250, 251, 252), (51, 53)), Bead((), (7,))]
    barred = {((i,), ((i + 200) % 500,)) for i in range(30, 500, 40)}
    view = View("meaning", vectors, vectors[moved])
    result = align([view], 500, 500, fixed=fixed, barred=barred)
    found = {(bead.src, bead.tgt) for bead in result.beads}
    assert found >= {(bead.src, bead.tgt) for bead in fixed}
    assert not found & barred
    assert sorted(i for bead in result.beads for i in bead.src) == list(range(500))
    assert sorted(j for bead in result.beads for j in bead.tgt) == list(range(500))
    assert len(found & {((i,), ((i + 200) % 500,)) for i in range(500)}) > 450
