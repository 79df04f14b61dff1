"""How sure a link is: the posterior against every way there is, the flags, and what is shown of an alignment."""

from __future__ import annotations

import math
from dataclasses import fields
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_align import words
from workbench.align import Features, Link, Relation, View, align, in_reading_order, kept, verdict
from workbench.align.confidence import reasons
from workbench.align.dp import tabulated
from workbench.align.posterior import Ways
from workbench.align.similarity import Ends
from workbench.align.verdict import completed
from workbench.datatypes import Bead

SIZES = [(1, 1), (1, 2), (2, 1), (2, 2)]
NULL = 0.05
Place = tuple[int, int, int, int]


class Gains:
    """A random gain for every bead."""

    def __init__(self, n: int, m: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.shape = n, m
        self.of = {(end, *size): random.normal(0, 2.0, m + 1 - size[1]) for end in range(n + 1) for size in SIZES}

    def __call__(self, ends: Ends, rows: int, columns: int) -> np.ndarray:
        return np.array([self.of[end, rows, columns] for end in np.atleast_1d(ends)])


def shares(gains: Gains) -> dict[Place, float]:
    """The share of all ways that contains each bead, by going through all of them."""
    n, m = gains.shape
    weights: dict[Place, float] = {}

    def go(row: int, column: int, skipping_columns: bool, gained: float, used: list[Place]) -> float:
        if (row, column) == (n, m):
            for bead in used:
                weights[bead] = weights.get(bead, 0.0) + math.exp(gained)
            return math.exp(gained)
        total = 0.0
        if row < n and not skipping_columns:
            total += go(row + 1, column, False, gained - NULL, used)
        if column < m:
            total += go(row, column + 1, True, gained - NULL, used)
        for rows, columns in SIZES:
            if row + rows <= n and column + columns <= m:
                gain = float(gains(row + rows, rows, columns)[0, column])
                bead = row, rows, column, columns
                total += go(row + rows, column + columns, False, gained + gain, [*used, bead])
        return total

    total = go(0, 0, False, 0.0, [])
    return {bead: weight / total for bead, weight in weights.items()}


@settings(max_examples=40)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_posterior_is_the_share_of_all_ways(n: int, m: int, seed: int) -> None:
    both = Gains(n, m, seed), Gains(m, n + 1, seed + 1)
    ways = Ways([tabulated(*gains.shape, SIZES, gains) for gains in both], SIZES, NULL)
    for window, gains in enumerate(both):
        expected = shares(gains)
        for bead, share in expected.items():
            assert ways.bead(window, *bead) == pytest.approx(share)
        for i, j in product(range(gains.shape[0]), range(gains.shape[1])):
            together = sum(
                p for (row, r, column, c), p in expected.items() if row <= i < row + r and column <= j < column + c
            )
            assert ways.pair(window, i, j) == pytest.approx(together)


def test_long_windows_neither_overflow_nor_vanish() -> None:
    def gain(ends: Ends, rows: int, columns: int) -> np.ndarray:
        ends = np.atleast_1d(ends)
        values = np.full((len(ends), 201 - columns), -100.0)
        if rows == columns == 1:
            values[np.arange(len(ends)), ends - 1] = 100.0
        return values

    ways = Ways([tabulated(200, 200, SIZES, gain)], SIZES, NULL)
    (belief,) = ways.beliefs(*(np.array([number]) for number in (0, 100, 1, 100, 1)))
    assert (belief.exact, belief.link, belief.start, belief.end) == pytest.approx((1.0, 1.0, 1.0, 1.0))


def aligned(src: list[str], tgt: list[str]) -> list[Bead]:
    return [bead for bead in align([View("meaning", words(*src), words(*tgt))], len(src), len(tgt)).beads if bead.src]


def test_a_clear_counterpart_is_surer_than_a_half_one() -> None:
    beads = aligned([*"abcdefgh"], [*"abc", "dxyzw", *"efgh"])
    assert beads[0].confidence > beads[3].confidence


def test_an_extent_that_could_as_well_be_another_is_doubted() -> None:
    # The second "d" could belong to either neighbour or to none; nothing like it stands about "a".
    beads = {bead.src: bead for bead in aligned([*"abc", "de", *"fgh"], [*"abc", "d", "dez", *"fgh"])}
    doubtful = next(bead for src, bead in beads.items() if 3 in src)
    assert doubtful.boundary < beads[(0,)].boundary


def test_flags_name_what_is_doubtful_and_where() -> None:
    neutral = Features(*[0.0] * len(fields(Features)))
    link = Link((3,), (4,), neutral, (1, 0, 0, 0))
    assert reasons(link, 0.3, 0.9)[0] == "may not correspond at all"
    assert reasons(link, 0.9, 0.3)[0] == (
        "the extent is doubtful: the sentence before it in the first document may belong to it"
    )
    assert reasons(link.exchanged(), 0.9, 0.3)[0].endswith("in the second document may belong to it")
    assert not any("doubtful" in reason or "may not" in reason for reason in reasons(link, 0.9, 0.9))


confidences = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@settings(max_examples=60)
@given(confidences, st.floats(0, 1), st.randoms())
def test_what_is_kept_still_holds_every_segment_once_in_reading_order(
    found: list[float], least: float, random: object
) -> None:
    order = list(range(len(found)))
    random.shuffle(order)  # type: ignore[attr-defined]
    links = [Bead((i,), (order[i],), 1.0, confidence) for i, confidence in enumerate(found)]
    beads = completed(links, len(found) + 1, len(found) + 2)
    shown = kept(beads, least)
    assert sorted(i for bead in shown for i in bead.src) == list(range(len(found) + 1))
    assert sorted(j for bead in shown for j in bead.tgt) == list(range(len(found) + 2))
    assert [bead for bead in shown if not bead.is_null] == [bead for bead in links if bead.confidence >= least]
    assert shown == in_reading_order(shown)


def test_the_verdict_follows_what_is_kept() -> None:
    sure = [Bead((i,), (i,), 1.0, 0.9) for i in range(20)]
    assert verdict(completed(sure, 20, 20)).relation == Relation.STRICT
    assert verdict(completed(sure, 20, 40)).relation == Relation.SAME_EVENT
    assert verdict(completed(sure, 20, 26)).relation == Relation.FREE
    assert verdict(completed(sure[:2], 100, 90)).relation == Relation.UNRELATED
    assert verdict(kept(completed(sure, 20, 20), 0.95)).relation == Relation.UNRELATED
    assert verdict([]).relation == Relation.UNRELATED
    assert "100% of the first" in verdict(completed(sure, 20, 26)).sentence("de", "fr")


def test_of_two_editions_in_one_language_neither_is_called_a_translation() -> None:
    sure = [Bead((i,), (i,), confidence=0.9) for i in range(20)]
    told_anew = [Bead((i,), (3 * i,), confidence=0.9, boundary=0.1) for i in range(4)]
    same, longer, anew = (verdict(completed(*of)) for of in ((sure, 20, 20), (sure, 20, 26), (told_anew, 60, 60)))
    assert same.sentence("en", "fr").startswith("translations of one text: 100%")
    assert same.sentence("en", "en-GB").startswith("two versions of one text: 100%")
    assert longer.sentence("zh-Hant", "zh-Hans").startswith("two versions of one text, one shorter than the other: ")
    assert anew.sentence("de", "de").startswith("two versions that differ in much, or different tellings of one event")


def test_what_is_told_anew_is_no_strict_translation_however_much_of_it_is_linked() -> None:
    told_anew = [Bead((i,), (i,), 1.0, 0.9, boundary=0.3) for i in range(20)]
    assert verdict(completed(told_anew, 20, 20)).relation == Relation.SAME_EVENT
    assert verdict(completed(told_anew[:2], 100, 90)).relation == Relation.UNRELATED


def test_between_unrelated_texts_nothing_is_shown_but_what_was_found_can_be_asked_for() -> None:
    random = np.random.default_rng(5)
    src, tgt = (random.normal(size=(60, 300)).astype(np.float32) for _ in range(2))
    src[7] = tgt[40]
    unit = [side / np.linalg.norm(side, axis=1, keepdims=True) for side in (src, tgt)]
    beads = align([View("meaning", *unit)], 60, 60).beads
    assert verdict(kept(beads)).relation == Relation.UNRELATED
    assert all(bead.is_null for bead in kept(beads))
    assert ((7,), (40,)) in [(bead.src, bead.tgt) for bead in kept(beads, 0.0)]
