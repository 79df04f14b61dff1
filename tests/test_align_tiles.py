"""Windows along chains find what one search of everything would; on made-up texts whose truth is known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align import View, align
from workbench.align.blocks import Blocks, Step, resolved, worth
from workbench.align.chains import Seeds, chains, seeds
from workbench.align.dp import best, tabulated
from workbench.align.evidence import Evidence, Options
from workbench.align.neighbours import nearest, rival
from workbench.align.search import bead_sizes
from workbench.align.tiles import lanes, tiled
from workbench.bench.align import Run, growth, line, link_f1, made_up, one, parse_size
from workbench.datatypes import Bead
from workbench.errors import InputError

NULL, JUMP, THRESHOLD = 0.025, 1.5, 0.1
SIZES = bead_sizes(4)


def dense(evidence: Evidence) -> Blocks:
    def gain(ends: int | np.ndarray, rows: int, columns: int) -> np.ndarray:
        return evidence(ends, rows, columns) * ((rows + columns) / 2) ** 0.3 - THRESHOLD * (rows + columns) / 2

    return best(tabulated(*evidence.shape, SIZES, gain), SIZES, NULL, JUMP)


def by_windows(src: np.ndarray, tgt: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> tuple[Blocks, Blocks]:
    """What windows find and what one search finds; the pair counts as too large to be searched at once."""
    evidence = Evidence([View("meaning", src, tgt)], Options())
    places = lanes(nearest(*evidence.vectors, 6))
    monkeypatch.setattr("workbench.align.tiles.DENSE", 40_000)
    monkeypatch.setattr("workbench.align.tiles.DENSE_WITHOUT_CHAINS", 40_000)
    return tiled(evidence, places, dense, NULL, JUMP), dense(evidence)


def beads(blocks: Blocks) -> list[tuple[int, int, int, int]]:
    return [(step.row, step.rows, step.column, step.columns) for block in blocks for step in block]


@pytest.mark.parametrize("seed", range(4))
def test_text_in_order_comes_out_as_from_one_search(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = made_up(400, 480, seed=seed)
    windows, whole = by_windows(pair.src, pair.tgt, monkeypatch)
    assert beads(windows) == beads(whole)
    assert len(windows) == 1


@pytest.mark.parametrize("seed", range(4))
def test_reordered_text_is_worth_as_much_as_from_one_search(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = made_up(450, 500, reordered=True, seed=seed)
    windows, whole = by_windows(pair.src, pair.tgt, monkeypatch)
    assert worth(windows, NULL, JUMP) >= 0.995 * worth(whole, NULL, JUMP)


def test_a_second_copy_of_a_long_text_is_linked_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = made_up(300, 300)
    for src, tgt in ((pair.src, np.tile(pair.tgt, (2, 1))), (np.tile(pair.src, (2, 1)), pair.tgt)):
        windows, _ = by_windows(src, tgt, monkeypatch)
        rows = {step.row // 300 for block in windows for step in block}
        columns = {step.column // 300 for block in windows for step in block}
        assert (len(windows), len(rows), len(columns)) == (1, 1, 1)
        assert sum(step.rows for step in windows[0]) > 270


def test_what_follows_a_long_stretch_of_one_side_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pair, other = made_up(200, 200), made_up(400, 400, seed=1)
    tgt = np.vstack([pair.tgt[:100], other.tgt, pair.tgt[100:]])
    windows, _ = by_windows(pair.src, tgt, monkeypatch)
    true = {(i, j + 400 * (j >= 100)) for i, j in pair.links.tolist()}
    found = {(i, j) for block in windows for step in block for i in step.src for j in step.tgt}
    assert len(true & found) > 0.97 * len(true)
    assert len(found - true) < 0.03 * len(found)


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 300), st.integers(1, 300), st.booleans())
def test_no_row_and_no_column_is_linked_twice(seed: int, n: int, m: int, alike: bool) -> None:
    random = np.random.default_rng(seed)
    kinds = random.standard_normal((3 if alike else n + m, 8), dtype=np.float32)
    src, tgt = kinds[random.integers(0, len(kinds), n)], kinds[random.integers(0, len(kinds), m)]
    evidence = Evidence([View("meaning", src, tgt)], Options())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.align.tiles.DENSE", 400)
        patch.setattr("workbench.align.tiles.DENSE_WITHOUT_CHAINS", 400)
        found = tiled(evidence, lanes(nearest(*evidence.vectors, 6)), dense, NULL, JUMP)
    rows = Counter(i for block in found for step in block for i in step.src)
    columns = Counter(j for block in found for step in block for j in step.tgt)
    assert max([*rows.values(), *columns.values()], default=1) == 1
    assert all(0 <= i < n for i in rows) and all(0 <= j < m for j in columns)


def test_an_alignment_of_long_texts_tells_how_far_it_is_and_can_be_ended_at_every_stage() -> None:
    pair, heard = made_up(1500, 1500), list[tuple[str, int, int]]()
    views = [View("meaning", pair.src, pair.tgt)]
    align(views, 1500, 1500, progress=lambda *said: heard.append(said))
    stages = list(dict.fromkeys(stage for stage, _, _ in heard))
    assert stages == ["neighbours", "first search", "second search", "confidence"]
    for stage in stages:
        told = [(done, total) for said, done, total in heard if said == stage]
        assert told == sorted(told) and told[-1][0] == told[-1][1] > 0
        assert "search" not in stage or len(told) > 3

        def end(said: str, done: int, total: int, at: str = stage) -> None:
            if said == at:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            align(views, 1500, 1500, progress=end)


def test_looking_for_links_in_any_order_tells_how_far_it_is() -> None:
    random, heard = np.random.default_rng(0), list[tuple[str, int, int]]()
    src, tgt = random.standard_normal((2, 80, 32), dtype=np.float32)
    in_any = Options(in_order=(2.0, 2.0))  # more than can be covered
    align([View("meaning", src, tgt)], 80, 80, in_any, progress=lambda *said: heard.append(said))
    for stage in ("any order", "order"):
        told = [(done, total) for said, done, total in heard if said == stage]
        assert len(told) > 3 and told == sorted(told) and told[-1][0] == told[-1][1]


@pytest.mark.parametrize(("n", "m"), [(100, 100), (700, 700), (600, 2000)])
def test_one_sentence_over_and_over_is_linked_in_order(n: int, m: int) -> None:
    same = np.ones((1, 4), dtype=np.float32)
    found = align([View("meaning", same.repeat(n, axis=0), same.repeat(m, axis=0))], n, m).beads
    links = [bead for bead in found if not bead.is_null]
    assert len(links) == min(n, m)
    assert links == sorted(links, key=lambda bead: bead.tgt)


@pytest.mark.parametrize(("n", "m"), [(1, 3000), (3000, 1), (0, 3000), (120, 120)])
def test_nothing_is_found_where_nothing_is_said(n: int, m: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.align.tiles.DENSE", 2000)
    found = align([View("meaning", np.zeros((n, 4), np.float32), np.zeros((m, 4), np.float32))], n, m)
    assert all(bead.is_null for bead in found.beads)


@settings(max_examples=30)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_the_nearest_are_the_most_similar(n: int, m: int, k: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    src, tgt = random.standard_normal((n, 5), dtype=np.float32), random.standard_normal((m, 5), dtype=np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.align.neighbours._BLOCK", 40)
        patch.setattr("workbench.align.neighbours._GROUP", 3)
        found = nearest(src, tgt, k)
    similarities = src @ tgt.T
    best = np.sort(similarities, axis=1)[:, ::-1]
    np.testing.assert_allclose(found.column_similarities, best[:, :k], rtol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(similarities, found.columns, 1), best[:, :k], rtol=1e-5)
    np.testing.assert_allclose(found.row_similarities, np.sort(similarities.T, axis=1)[:, ::-1][:, :k], rtol=1e-5)


def test_the_nearest_are_found_among_many_dimensions() -> None:
    random = np.random.default_rng(0)
    src = random.standard_normal((300, 1000), dtype=np.float32) / np.float32(1000**0.5)
    tgt = src + np.float32(0.7) * random.standard_normal((300, 1000), dtype=np.float32) / np.float32(1000**0.5)
    found = nearest(src, tgt, 4)
    assert (found.columns[:, 0] == np.arange(300)).mean() > 0.99
    exact = np.take_along_axis(src @ tgt.T, found.columns, axis=1)
    np.testing.assert_allclose(found.column_similarities, exact, rtol=1e-3, atol=1e-5)


def test_a_rival_is_the_nearest_outside_the_bead() -> None:
    similarities = np.array([[0.9, 0.8, 0.1], [0.2, 0.3, 0.7]], dtype=np.float32)
    found = nearest(similarities, np.eye(3, dtype=np.float32), 3)
    assert rival(found, range(0, 1), range(0, 2)) == pytest.approx(0.3)
    assert rival(found, range(0, 1), range(0, 1)) == pytest.approx(0.8)
    assert rival(found, range(0, 2), range(0, 3)) == -np.inf


def test_chains_follow_moved_sections_and_leave_chance_out() -> None:
    random = np.random.default_rng(0)
    src = random.standard_normal((60, 64), dtype=np.float32)
    src /= np.linalg.norm(src, axis=1, keepdims=True)
    order = [*range(30, 60), *range(30)]
    found = chains(seeds(nearest(src, src[order], 6)))
    assert [(chain.rows[0], chain.rows[-1], chain.columns[0]) for chain in found] == [(0, 29, 30), (30, 59, 0)]


def test_a_lone_seed_before_a_chain_is_chance() -> None:
    rows = np.arange(20)
    found = chains(Seeds(rows, np.where(rows == 0, 60, rows), np.full(20, 0.3)))
    assert [(chain.rows[0], len(chain)) for chain in found] == [(1, 19)]


def test_blocks_that_overlap_are_cut_where_both_gain_most() -> None:
    first = [Step(i, 1, i, 1, 0.5 if i < 7 else 0.1) for i in range(9)]
    second = [Step(i, 1, i + 50, 1, 0.1 if i < 7 else 0.5) for i in range(6, 20)]
    found = resolved([first, second], 0.01, 0.5)
    assert [[step.row for step in block] for block in found] == [list(range(7)), list(range(7, 20))]


def test_what_a_block_loses_to_another_is_looked_for_again_in_what_is_left_to_it() -> None:
    gains = np.full((13, 1, 13), -9.0, dtype=np.float32)
    places = [*range(6), *range(9, 12), *range(6, 9)]
    for row, column in enumerate(places):
        gains[row + 1, 0, column + 1] = 3.0 if row in range(3, 6) else 5.0
    for row in range(3, 6):  # as if told later, where other rows are told
        gains[row + 1, 0, row + 7] = 4.0
    found = best(gains, [(1, 1)], 0.1, 2.0)
    assert [(step.row, step.column) for block in found for step in block] == list(enumerate(places))


def test_a_section_told_within_a_gap_of_another_costs_neither_anything() -> None:
    outer = [Step(i, 1, i if i < 6 else i + 6, 1, 0.5) for i in range(10)]
    inner = [Step(i + 10, 1, i + 6, 1, 0.5) for i in range(6)]
    found = resolved([outer, inner], 0.01, 0.5)
    assert [[step.row for step in block] for block in found] == [[*range(6)], [*range(6, 10)], [*range(10, 16)]]


def test_the_bench_makes_up_texts_whose_links_are_alike() -> None:
    pair = made_up(60, 80, reordered=True)
    assert (pair.src.shape, pair.tgt.shape) == ((60, 256), (80, 256))
    rows, columns = pair.links.T
    similarities = pair.src @ pair.tgt.T
    assert similarities[rows, columns].mean() > similarities.mean() + 0.3
    assert len(set(rows.tolist())) == 57


def test_the_bench_aligns_and_tells_what_it_took() -> None:
    done = one(60, 80, False)
    assert done.f1 > 0.9
    assert "60 x      80  kept" in line(done)
    larger = Run(40_000, 40_000, False, 9.0, 1.0, 0.0, 1.0)
    assert "with the power 1.50" in growth([Run(10_000, 10_000, False, 2.0, 1.0, 0.0, 1.0), larger])


def test_link_f1_counts_pairs() -> None:
    links = np.array([[0, 0], [1, 1], [1, 2]])
    assert link_f1([Bead((0,), (0,)), Bead((1,), (1, 2))], links) == 1
    assert link_f1([Bead((0,), (0,)), Bead((1,), ())], links) == pytest.approx(0.5)


def test_sizes_are_told_in_numbers() -> None:
    assert [parse_size("1000"), parse_size("30x43")] == [(1000, 1000), (30, 43)]
    with pytest.raises(InputError, match="expected a number of segments"):
        parse_size("many")
    with pytest.raises(InputError, match="10 x 100 segments"):
        made_up(10, 100)
