"""More than two documents: rows that a reader can see, and properties that hold for any alignments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.align.matrix import in_order, merged
from workbench.datatypes import Bead


def link(src: tuple[int, ...] | int, tgt: tuple[int, ...] | int, confidence: float = 0.9) -> Bead:
    return Bead(
        src if isinstance(src, tuple) else (src,), tgt if isinstance(tgt, tuple) else (tgt,), confidence=confidence
    )


def test_three_documents_that_agree_share_a_row() -> None:
    matrix = merged([[0, 1], [0, 1], [0, 1]], {(0, 1): [link(0, 0)], (1, 2): [link(0, 1)], (0, 2): [link(0, 1)]})
    assert [row.cells for row in matrix.rows] == [((), (), (0,)), ((0,), (0,), (1,)), ((), (1,), ()), ((1,), (), ())]
    assert (matrix.rows[1].agreed, matrix.rows[1].against, matrix.consistency) == (3, 0, 1.0)


def test_what_two_links_imply_stands_in_one_row_though_the_third_alignment_is_silent() -> None:
    matrix = merged([[0], [0], [0]], {(0, 1): [link(0, 0)], (1, 2): [link(0, 0, 0.6)], (0, 2): []})
    assert [row.cells for row in matrix.rows] == [((0,), (0,), (0,))]
    assert (matrix.rows[0].agreed, matrix.rows[0].confidence) == (2, 0.6)
    assert (matrix.closed, matrix.broken, matrix.open) == (0, 0, 1)


def test_the_surer_links_win_where_documents_contradict_each_other() -> None:
    pairs = {(0, 1): [link(0, 0, 0.9)], (0, 2): [link(0, 1, 0.8)], (1, 2): [link(0, 0, 0.6)]}
    matrix = merged([[0], [0], [0, 1]], pairs)
    assert [row.cells for row in matrix.rows] == [((), (), (0,)), ((0,), (0,), (1,))]
    assert (matrix.refused, matrix.broken, matrix.consistency) == (1, 2, 0.0)
    assert matrix.rows[1].against == 1


def test_what_people_deny_contradicts_a_row_and_parts_it_where_no_more_speaks_for_it() -> None:
    pairs = {(0, 1): [], (0, 2): [link(0, 0)], (1, 2): [link(0, 0)]}
    together = ((0,), (0,), (0,))
    assert [row.cells for row in merged([[0]] * 3, pairs).rows] == [together]
    for said in (Bead((0,), ()), Bead((), (0,)), link(0, 0)):  # no counterpart, on either side; a link rejected
        matrix = merged([[0]] * 3, pairs, {(0, 1): [said]})
        assert {row.cells for row in matrix.rows} == {((0,), (), (0,)), ((), (0,), ())}
        assert (matrix.broken, matrix.open, matrix.refused) == (1, 0, 1)
    more = pairs | {(0, 3): [link(0, 0)], (1, 3): [link(0, 0)], (2, 3): [link(0, 0)]}
    [row] = merged([[0]] * 4, more, {(0, 1): [Bead((0,), ())]}).rows
    assert (row.agreed, row.against) == (5, 1)


def test_a_link_that_was_refused_at_first_is_in_a_row_where_others_bring_its_passages_together() -> None:
    sure = {(0, 2): 0.99, (1, 2): 0.97, (1, 3): 0.9, (2, 3): 0.8, (0, 3): 0.7}
    pairs = {pair: [link(0, 0, confidence)] for pair, confidence in sure.items()} | {(0, 1): []}
    matrix = merged([[0]] * 4, pairs, {(0, 1): [Bead((0,), ())]})
    assert [row.cells for row in matrix.rows] == [((0,), (0,), (0,), (0,))]
    assert matrix.refused == 0


def test_passages_cut_differently_come_together() -> None:
    pairs = {(0, 1): [link(0, (0, 1))], (0, 2): [link(0, 0)], (1, 2): [link((0, 1), 0)]}
    assert [row.cells for row in merged([[0], [0, 1], [0]], pairs).rows] == [((0,), (0, 1), (0,))]


def test_rows_follow_the_document_that_is_asked_for() -> None:
    pairs = {(0, 1): [link(0, 2), link(2, 0)]}
    rows = merged([[0, 1, 2], [0, 1, 2]], pairs).rows
    first, second = ([row.cells for row in in_order(rows, order)] for order in (0, 1))
    assert first == [((0,), (2,)), ((1,), ()), ((2,), (0,)), ((), (1,))]
    assert second == [((2,), (0,)), ((), (1,)), ((0,), (2,)), ((1,), ())]


def test_no_documents_give_no_rows() -> None:
    assert merged([], {}).rows == ()
    assert merged([[], []], {(0, 1): []}).rows == ()


beads = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 2), st.integers(1, 2), st.floats(0, 1)), max_size=5
)


@given(st.tuples(beads, beads, beads))
def test_every_segment_stands_in_exactly_one_row(found: tuple[list[tuple[int, int, int, int, float]], ...]) -> None:
    pairs = {
        pair: [
            Bead(tuple(range(i, i + rows)), tuple(range(j, j + columns)), confidence=sure)
            for i, j, rows, columns, sure in items
        ]
        for pair, items in zip([(0, 1), (0, 2), (1, 2)], found, strict=True)
    }
    matrix = merged([list(range(6))] * 3, pairs)
    for doc in range(3):
        assert sorted(index for row in matrix.rows for index in row.cells[doc]) == list(range(6))
    assert merged([list(range(6))] * 3, pairs) == matrix
