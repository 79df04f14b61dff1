"""The aligner: on vectors whose answer a reader can see, and on properties that hold for any."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align import View, align, copies, kept
from workbench.align.aligner import described
from workbench.align.dp import tabulated
from workbench.align.evaluation import BeadIndices, format_bead, parse_beads, read_gold, score
from workbench.align.evidence import COLUMNS, Evidence, Options
from workbench.align.scoring import BY_HAND, WEIGHTS, Expectation, gain, shifts
from workbench.align.search import bead_sizes
from workbench.bench.align import made_up
from workbench.datatypes import Bead
from workbench.errors import InputError


def words(*rows: str) -> np.ndarray:
    """One dimension a letter, a row a segment: "ab" is half about a, half about b."""
    vectors = np.zeros((len(rows), 26), dtype=np.float32)
    for row, letters in enumerate(rows):
        for letter in letters:
            vectors[row, ord(letter) - ord("a")] = 1
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, norms, out=vectors, where=norms > 0)


def linked(src: list[str], tgt: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    result = align([View("meaning", words(*src), words(*tgt))], len(src), len(tgt))
    return [(bead.src, bead.tgt) for bead in result.beads if not bead.is_null]


def test_same_order_is_linked_one_to_one() -> None:
    assert linked(["a", "b", "c"], ["a", "b", "c"]) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_a_passage_told_in_two_is_one_bead() -> None:
    assert linked(["a", "bc", "d"], ["a", "b", "c", "d"]) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]


def test_what_only_one_side_says_stays_unlinked() -> None:
    assert linked(["a", "x", "b", "c"], ["a", "b", "y", "c"]) == [((0,), (0,)), ((2,), (1,)), ((3,), (3,))]


@pytest.mark.parametrize(("left", "shown"), [("d", True), ("n", False)])
def test_what_is_left_of_a_passage_is_linked_where_its_neighbours_are(left: str, shown: bool) -> None:
    src, tgt = words(*"abc", "duvwxyzghijklo", *"ef"), words(*"abc", left, *"ef")

    def column(usual: int, src: int, tgt: int) -> tuple[np.ndarray, np.ndarray]:
        sides = np.full((2, 6, 1), usual, dtype=np.float32)
        sides[:, 3, 0] = src, tgt
        return sides[0], sides[1]

    views = [View("length", *column(60, 400, 20)), View("ending", *column(1, 1, 0)), View("quotes", *column(0, 2, 0))]
    beads = kept(align([View("meaning", src, tgt), *views], 6, 6).beads)
    assert (((3,), (3,)) in [(bead.src, bead.tgt) for bead in beads]) == shown
    assert sum(not bead.is_null for bead in beads) == 5 + shown


def test_a_moved_section_is_followed() -> None:
    letters = list("abcdefghijkl")
    moved = letters[6:] + letters[:6]
    assert linked(letters, moved) == [((i,), ((i + 6) % 12,)) for i in range(12)]


def test_the_second_copy_of_a_text_is_linked_to_nothing() -> None:
    letters = list("abcdefgh")
    assert linked(letters, letters * 2) == [((i,), (i,)) for i in range(8)]
    assert linked(letters * 2, letters) == [((i,), (i,)) for i in range(8)]


def test_a_second_copy_changes_nothing_for_the_first() -> None:
    pair = made_up(60, 66)
    once = align([View("meaning", pair.src, pair.tgt)], 60, 66).beads
    twice = align([View("meaning", pair.src, np.vstack([pair.tgt, pair.tgt]))], 60, 132).beads
    assert [bead for bead in twice if bead.src] == [bead for bead in once if bead.src]


def test_what_a_text_repeats_is_linked_each_time_if_the_other_tells_it_again() -> None:
    chorus, other = list("abcdef"), [*"abcd", "ex", "fy"]
    assert linked([*"gh", *chorus, *"ij", *other, *"kl"], [*"gh", *chorus, *"ij", *chorus, *"kl"]) == [
        ((i,), (i,)) for i in range(18)
    ]


def test_a_text_that_repeats_itself_is_compared_with_what_stands_far_enough_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []
    known = copies._in_common
    monkeypatch.setattr(copies, "_in_common", lambda *runs: compared.append(known(*runs)) or compared[-1])
    refrain = np.eye(5, dtype=np.float32)[np.arange(2000) % 5]
    assert copies.copies([refrain], np.zeros(2000, dtype=np.bool_)) == [
        range(250, 500),
        range(500, 1000),
        range(1000, 2000),
    ]
    assert sum(compared) < 50 * len(refrain)


def test_a_copy_that_is_linked_by_hand_keeps_its_links() -> None:
    letters = list("abcdefgh")
    views = [View("meaning", words(*letters), words(*letters, *letters))]
    beads = align(views, 8, 16, fixed=[Bead((3,), (11,), 1.0, 1.0)]).beads
    assert [(bead.src, bead.tgt) for bead in beads if not bead.is_null] == [((i,), (i + 8,)) for i in range(8)]


def test_texts_with_nothing_in_common_are_unrelated() -> None:
    result = align([View("meaning", words("a", "b", "c"), words("x", "y", "z"))], 3, 3)
    assert all(bead.is_null for bead in result.beads)
    assert result.verdict.sentence("de", "fr").startswith("nothing found in common")


@settings(max_examples=10)
@given(st.integers(0, 99))
def test_between_vectors_of_chance_hardly_anything_is_linked(seed: int) -> None:
    random = np.random.default_rng(seed)
    sides = [random.normal(size=(60, 300)).astype(np.float32) for _ in range(2)]
    found = align([View("meaning", *(side / np.linalg.norm(side, axis=1, keepdims=True) for side in sides))], 60, 60)
    assert sum(not bead.is_null for bead in found.beads) < 6


def test_an_expectation_known_only_later_shifts_what_beads_gain() -> None:
    pair = made_up(30, 36)
    evidence, sizes = Evidence([View("meaning", pair.src, pair.tgt)], Options()), bead_sizes(4)
    before, now = Expectation((0.5, 0.5)), Expectation((0.9, 0.7))
    gains = [tabulated(30, 36, sizes, gain(evidence, each, WEIGHTS)) for each in (before, now)]
    np.testing.assert_allclose(gains[0] + shifts(before, now, sizes, WEIGHTS)[:, None], gains[1], atol=1e-4)


def test_no_evidence_and_empty_sides_give_null_beads() -> None:
    assert [(b.src, b.tgt) for b in align([], 1, 2).beads] == [((), (0,)), ((), (1,)), ((0,), ())]
    assert align([View("meaning", words("a"), words())], 1, 0).beads[0].src == (0,)
    assert align([], 0, 0).beads == ()


def test_rows_that_are_not_the_segments_are_refused() -> None:
    with pytest.raises(ValueError, match="2 x 1 rows for 3 x 1 segments"):
        align([View("meaning", words("a", "b"), words("a"))], 3, 1)


def test_target_only_segments_stand_where_they_are_read() -> None:
    beads = described([Bead((0,), (0,)), Bead((1,), (2,))], 2, 4).beads
    assert [(b.src, b.tgt) for b in beads] == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((), (3,))]


def test_a_text_against_itself_is_linked_sentence_by_sentence() -> None:
    letters = list("abcdefghijklmnopqrstuvwxyz")
    assert linked(letters, letters) == [((i,), (i,)) for i in range(26)]


def test_equal_sentences_are_linked_in_order() -> None:
    assert linked(["a"] * 40, ["a"] * 40) == [((i,), (i,)) for i in range(40)]


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32).reshape(-1, 1)


def test_lengths_tell_which_segment_a_short_one_belongs_to() -> None:
    # The second of four target segments resembles the first and the second source segment alike.
    src, tgt = words("a", "b", "c", "d", "e"), words("a", "ab", "b", "c", "d", "e")
    links = {}
    for name, lengths in (("first", (90, 30, 40, 40, 40)), ("second", (30, 90, 40, 40, 40))):
        views = [
            View("meaning", src, tgt),
            View("length", column(*lengths), column(30, 60, 30, 40, 40, 40)),
        ]
        links[name] = {(b.src, b.tgt) for b in align(views, 5, 6).beads}
    assert ((0,), (0, 1)) in links["first"]
    assert ((1,), (1, 2)) in links["second"]


HOSTILE = st.sampled_from(["a", "b", "ab", "c", "", "nan", "inf", "huge"])
segments = st.integers(0, 12).flatmap(lambda n: st.lists(HOSTILE, min_size=n, max_size=n))


def _hostile(rows: list[str]) -> np.ndarray:
    found = words(*("" if row in ("nan", "inf", "huge") else row for row in rows))
    for i, row in enumerate(rows):
        found[i] = {"nan": np.nan, "inf": np.inf, "huge": 3e38}.get(row, found[i])
    return found


@settings(max_examples=80)
@given(segments, segments, st.booleans())
def test_beads_partition_both_sides_for_any_vectors(src: list[str], tgt: list[str], measures: bool) -> None:
    views = [View("meaning", _hostile(src), _hostile(tgt)), View("anchors", _hostile(src), _hostile(tgt))]
    if measures:
        views += [View(kind, _hostile(src)[:, :1], _hostile(tgt)[:, :1]) for kind in COLUMNS]
    result = align(views, len(src), len(tgt))
    assert sorted(i for bead in result.beads for i in bead.src) == list(range(len(src)))
    assert sorted(j for bead in result.beads for j in bead.tgt) == list(range(len(tgt)))
    assert all(0 <= bead.confidence <= 1 for bead in result.beads)
    assert result == align(views, len(src), len(tgt))


@settings(max_examples=30)
@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_exchanging_the_documents_exchanges_the_sides(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    sides = [random.normal(size=(size, 6)).astype(np.float32) for size in (n, m)]
    lengths = [random.integers(1, 200, (size, 1)).astype(np.float32) for size in (n, m)]
    there = align([View("meaning", *sides), View("length", *lengths)], n, m)
    back = align([View("meaning", *sides[::-1]), View("length", *lengths[::-1])], m, n)
    assert {(b.src, b.tgt) for b in there.beads} == {(b.tgt, b.src) for b in back.beads}


GOLD: list[BeadIndices] = [((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3,))]


def test_scores_follow_vecaligns_count() -> None:
    # By hand: 2 of 4 beads are in the gold, ((1,), (1,)) shares a link with it, ((2,), (2,)) shares none.
    # Recall looks at the 3 linked gold beads: 2 are found exactly, all 3 laxly.
    test: list[BeadIndices] = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,))]
    scores = score([(GOLD, test)])
    assert (scores.strict.precision, scores.strict.recall) == (2 / 4, 2 / 3)
    assert (scores.lax.precision, scores.lax.recall) == (3 / 4, 3 / 3)
    assert (scores.link.precision, scores.link.recall) == (3 / 4, 3 / 4)
    assert scores.null.recall == 0


def test_a_perfect_alignment_scores_one() -> None:
    scores = score([(GOLD, GOLD)])
    assert [figure.f1 for figure in (scores.strict, scores.lax, scores.bead, scores.link, scores.null)] == [1.0] * 5


def test_a_gold_set_of_bytes_that_are_no_text_is_refused_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.src").write_bytes(b"One.\nTwo\0.\n")
    (tmp_path / "a.tgt").write_bytes(b"Un.\nDeux.\n")
    (tmp_path / "a.gold").write_bytes(b"[0]:[0]\n[1]:[1]\n")
    with pytest.raises(InputError, match=r"a\.src, line 2: there is a NUL byte"):
        read_gold(tmp_path)


def test_vecaligns_lines_are_read_and_written() -> None:
    assert format_bead((0,), (0, 1), 0.25) == "[0]:[0, 1]:0.250000"
    assert parse_beads("[0]:[0, 1]:0.25\n\n[1]:[]\n[]:[2]:0\n") == [((0,), (0, 1)), ((1,), ()), ((), (2,))]
    with pytest.raises(InputError, match="gold, line 2"):
        parse_beads("[0]:[0]\n0:0\n", "gold")


@pytest.mark.parametrize(
    ("src", "tgt", "rows", "columns"), [([1, 0], [1, 0], 1, 2), ([1, 0], [0, 1], 1, 2), ([0, 1], [0, 1], 2, 2)]
)
def test_a_passage_that_an_article_begins_within_or_on_one_side_only_is_worth_less(
    src: list[int], tgt: list[int], rows: int, columns: int
) -> None:
    views = [View("meaning", words(*"ab"), words(*"ab"))]
    labels = View("label", *(np.array(side, dtype=np.float32)[:, None] for side in (src, tgt)))
    without, labelled = (
        tabulated(2, 2, [(rows, columns)], gain(Evidence(each, Options()), Expectation((0.9, 0.9)), WEIGHTS))
        for each in (views, [*views, labels])
    )
    inside = src[1] * (rows > 1) + tgt[1] * (columns > 1)
    change = labelled[rows, 0, columns] - without[rows, 0, columns]
    np.testing.assert_allclose(change, BY_HAND["label"] * (abs(src[0] - tgt[0]) + inside), rtol=1e-5)
