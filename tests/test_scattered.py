"""Links in any order: on vectors whose answer a reader can see, and on properties that hold for any."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_align import words
from workbench.align import LEAST_CONFIDENCE, View, align, kept
from workbench.align.blocks import Step
from workbench.align.order import beyond_chance, order
from workbench.align.related import Together, heaviest_in_order
from workbench.align.scattered import ENGLISH, MEANING, Model, known, prepared, scattered
from workbench.align.similarity import Matrix

SIZES = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)]
WORDS = Model(bead=-2.0, support=1.0, words=20.0)


def found(src: list[str], tgt: list[str], least: float = 0.0) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """First and last segment of either side of each link."""
    pair = prepared({"words": (words(*src), words(*tgt))}, None, 3)
    return [
        ((step.row, step.row + step.rows - 1), (step.column, step.column + step.columns - 1))
        for step in scattered(pair, SIZES, WORDS, least)
    ]


def test_links_cross_and_leave_most_alone() -> None:
    src = ["a", "t", "b", "u", "c", "v"]
    tgt = ["w", "c", "x", "y", "a", "z", "b"]
    assert found(src, tgt) == [((0, 0), (4, 4)), ((2, 2), (6, 6)), ((4, 4), (1, 1))]


def test_a_passage_told_in_two_is_one_link() -> None:
    assert found(["t", "ab", "u", "v"], ["w", "x", "a", "b", "y"], 1.0) == [((1, 1), (2, 3))]


def test_what_every_passage_shares_links_nothing() -> None:
    assert found(["sp", "sq", "sr", "st"], ["su", "sv", "sw", "sx"]) == []


def test_fewer_are_linked_the_more_is_asked_of_them() -> None:
    src, tgt = ["a", "t", "bcde", "u"], ["w", "bfgh", "x", "y", "a"]
    assert len(found(src, tgt, -5.0)) > len(found(src, tgt)) >= len(found(src, tgt, 20.0)) == 0


def test_the_model_is_that_of_the_evidence_at_hand() -> None:
    assert known(["meaning", "words", "english"]) is ENGLISH
    assert known(["meaning", "anchors"]) is MEANING


def test_between_sure_links_a_doubtful_one_in_their_order_is_likelier_than_one_that_is_not() -> None:
    log_odds = np.full((9, 18), -6.0)
    log_odds[[1, 3, 6, 8], [2, 6, 12, 16]] = 4.0
    told = order(log_odds)
    assert told[4, 8] > 1 > 0 > told[4, 1] and told[4, 8] > told[4, 17]
    assert np.allclose(order(log_odds.T), told.T)
    assert np.allclose(order(np.zeros((1, 1))), 0, atol=1.5)


texts = st.lists(st.text("abcdefgh", max_size=3), min_size=1, max_size=9)


@settings(max_examples=60)
@given(texts, texts)
def test_no_segment_is_linked_twice_and_nothing_depends_on_chance(src: list[str], tgt: list[str]) -> None:
    links = found(src, tgt, -1.0)
    rows = [row for (first, last), _ in links for row in range(first, last + 1)]
    columns = [column for _, (first, last) in links for column in range(first, last + 1)]
    assert len(rows) == len(set(rows))
    assert len(columns) == len(set(columns))
    assert links == found(src, tgt, -1.0)


def _steps(pair: tuple[np.ndarray, np.ndarray]) -> list[Step]:
    return scattered(prepared({"meaning": pair}, None, 3), SIZES, Model(bead=-1.0, support=2.0, meaning=5.0), 0.0)


@settings(max_examples=30)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 1000))
def test_the_documents_exchanged_exchange_the_sides_of_every_link(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    src, tgt = (random.standard_normal((size, 40)).astype(np.float32) for size in (n, m))
    mirrored = [(step.column, step.columns, step.row, step.rows) for step in _steps((tgt, src))]
    assert [(step.row, step.rows, step.column, step.columns) for step in _steps((src, tgt))] == sorted(mirrored)


def two_tellings(shared: int, seed: int = 1) -> tuple[View, View]:
    """A report of 20 and a record of 60 segments on one topic in two kinds of evidence; some are shared, shuffled."""
    random = np.random.default_rng(seed)
    places = random.permutation(60)[:shared]
    views = []
    for kind in ("words", "english"):
        topic = random.standard_normal(1000)
        src, tgt = (random.standard_normal((size, 1000)) for size in (20, 60))
        tgt[places] = src[:shared] + 0.6 * random.standard_normal((shared, 1000))
        views.append(View(kind, (src + topic).astype(np.float32), (tgt + topic).astype(np.float32)))
    return views[0], views[1]


def test_the_aligner_leaves_the_order_where_it_links_little() -> None:
    views = two_tellings(shared=8)
    found = [bead for bead in align(views, 20, 60).beads if not bead.is_null]
    links = sorted(found, key=lambda bead: (-bead.confidence, bead.src))[:6]
    assert sum(bead.src[0] < 8 for bead in links) >= 5
    assert sorted(bead.tgt[0] for bead in links) != [bead.tgt[0] for bead in links]
    assert all(0 < bead.confidence < 1 for bead in links)


def test_the_aligner_links_nothing_of_two_texts_on_one_topic_that_share_nothing() -> None:
    assert all(bead.is_null for bead in kept(align(two_tellings(shared=0), 20, 60).beads))


def test_doubtful_links_are_kept_for_those_who_ask_and_count_for_nothing() -> None:
    seeds = [align(two_tellings(shared=6, seed=seed), 20, 60) for seed in range(3)]
    doubted = [bead for found in seeds for bead in found.beads if not bead.is_null and bead.confidence < 0.35]
    assert doubted and all(bead.confidence < LEAST_CONFIDENCE for bead in doubted)
    for found in seeds:
        shown = [bead for bead in found.beads if bead.src and bead.tgt and bead.confidence >= LEAST_CONFIDENCE]
        assert found.verdict.src_coverage == sum(len(bead.src) for bead in shown) / 20


def on_one_course(places: Sequence[int]) -> Matrix:
    """Log odds of 36 segments with 40: every third likely corresponds to a given place."""
    log_odds = np.full((36, 40), -5.0)
    log_odds[range(0, 36, 3), places] = 1.0
    return log_odds


def test_a_course_in_common_and_names_in_both_speak_for_related_documents() -> None:
    ordered, mixed = range(2, 38, 3), [35, 11, 23, 2, 29, 17, 5, 32, 14, 26, 8, 20]
    assert beyond_chance(on_one_course(ordered)) > 10 > 3 > beyond_chance(on_one_course(mixed))
    assert beyond_chance(on_one_course(ordered)) == pytest.approx(beyond_chance(on_one_course(ordered).T))
    assert beyond_chance(np.full((5, 7), -3.0)) == pytest.approx(0.0)
    related = [[Together.of([], course, names).related for names in (0, 20)] for course in (0.0, 9.0, 50.0)]
    assert max(related[0]) < 0.2 and related[1][0] < 0.2 < 0.4 < related[1][1] and min(related[2]) > 0.8


def test_links_in_one_order_speak_for_related_documents_and_the_same_number_in_none_does_not() -> None:
    def related(places: Sequence[int], log_odds: float) -> float:
        return Together.of([Step(10 * i, 1, 10 * j, 1, log_odds) for i, j in enumerate(places)], 9.0, 2).related

    mixed = [11, 3, 7, 0, 9, 5, 1, 10, 4, 8, 2, 6]
    for log_odds in (0.0, 2.0):
        assert related(range(12), log_odds) > 0.7 > 0.5 > related(mixed, log_odds)
    assert related([], 0.0) < related(range(2), 0.0) < 0.5


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 20), st.floats(-4, 8)), max_size=12))
def test_the_heaviest_links_in_one_order_are_those_of_going_through_all(links: list[tuple[int, float]]) -> None:
    steps = [Step(row, 1, column, 1, log_odds) for row, (column, log_odds) in enumerate(links)]
    weights = [1 / (1 + np.exp(-log_odds)) for _, log_odds in links]
    heaviest = max(
        sum(weights[i] for i in chosen)
        for size in range(len(links) + 1)
        for chosen in combinations(range(len(links)), size)
        if all(links[a][0] < links[b][0] for a, b in pairwise(chosen))
    )
    orders = np.array([[step.column for step in steps]], dtype=np.intp).reshape(1, -1)
    assert heaviest_in_order(orders, np.array(weights))[0] == pytest.approx(heaviest)
