"""Mining: neighbours as a complete search finds them, and pairs as the baseline that knows all similarities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.align import index
from workbench.align.index import Tuning
from workbench.align.mining import Mined, mined
from workbench.align.neighbours import Neighbours, best_first
from workbench.bench import baselines

EVERYWHERE = Tuning(exact=0, probes=1 << 16)


def made_up(n: int, seed: int, kinds: int = 40, dimensions: int = 32) -> NDArray[np.float16]:
    """Unit vectors around so many directions, the same ones for every seed."""
    directions = np.random.default_rng(7).standard_normal((kinds, dimensions))
    chance = np.random.default_rng(seed)
    vectors = directions[chance.integers(kinds, size=n)] + 0.5 * chance.standard_normal((n, dimensions))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


def exactly(src: NDArray[np.float16], tgt: NDArray[np.float16], k: int) -> Neighbours:
    """The neighbours out of the whole matrix."""
    whole = src.astype(np.float64) @ tgt.astype(np.float64).T
    there, back = (best_first(np.broadcast_to(np.arange(s.shape[1]), s.shape), s, k) for s in (whole, whole.T))
    return Neighbours(*there, *back)


def pairs(found: Mined) -> set[tuple[int, int]]:
    return set(zip(found.src.tolist(), found.tgt.tolist(), strict=True))


sizes = st.integers(1, 50)


@settings(max_examples=30)
@given(n=sizes, m=sizes, k=st.integers(1, 9), seed=st.integers(0, 1000))
def test_looking_into_every_cell_finds_what_a_complete_search_finds(n: int, m: int, k: int, seed: int) -> None:
    src, tgt = made_up(n, seed), made_up(m, seed + 1)
    found, wanted = index.nearest(src, tgt, k, EVERYWHERE), exactly(src, tgt, k)
    there = min(k, m)
    assert np.allclose(found.column_similarities[:, :there], wanted.column_similarities, atol=1e-5)
    assert np.allclose(found.row_similarities[:, : min(k, n)], wanted.row_similarities, atol=1e-5)
    assert (found.columns[:, there:] == -1).all() and (found.column_similarities[:, there:] == -1).all()
    meant = np.einsum("nd,nkd->nk", src.astype(np.float32), tgt.astype(np.float32)[found.columns[:, :there]])
    assert np.allclose(meant, wanted.column_similarities, atol=1e-5)


def test_a_few_cells_suffice_for_nearly_all() -> None:
    src, tgt = made_up(3000, 1), made_up(2500, 2)
    found, wanted = index.nearest(src, tgt, 8, Tuning(exact=0, probes=16)), exactly(src, tgt, 8)
    assert (found.columns[:, :4] == wanted.columns[:, :4]).mean() > 0.98
    all_pairs = pairs(mined(wanted, least=1.0))
    assert len(pairs(mined(found, least=1.0)) & all_pairs) > 0.98 * len(all_pairs)


def test_neither_threads_nor_slabs_change_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    src, tgt = made_up(700, 3), made_up(900, 4)
    once = index.nearest(src, tgt, 8, Tuning(exact=0, probes=4))
    monkeypatch.setattr(index, "_THREADS", 1)
    monkeypatch.setattr(index, "_SLAB", 256)
    again = index.nearest(src, tgt, 8, Tuning(exact=0, probes=4))
    assert (once.columns == again.columns).all() and (once.rows == again.rows).all()
    assert np.allclose(once.column_similarities, again.column_similarities, atol=1e-6)


def test_texts_without_a_vector_and_copies_break_no_search() -> None:
    src = np.vstack([np.zeros((5, 32), np.float16), np.repeat(made_up(1, 1), 300, axis=0)])
    found = index.nearest(src, src, 4, Tuning(exact=0, probes=2))
    assert np.allclose(found.column_similarities[5:], 1, atol=1e-2)
    assert len(mined(found, least=1.5).src) == 0


@settings(max_examples=60)
@given(n=sizes, m=sizes, seed=st.integers(0, 1000))
def test_margins_are_those_of_the_baseline(n: int, m: int, seed: int) -> None:
    src, tgt = made_up(n, seed), made_up(m, seed + 1)
    links = baselines.margin(src.astype(np.float32), tgt.astype(np.float32))
    found = mined(exactly(src, tgt, max(n, m)), least=1.0)
    assert pairs(found) == {(i, j) for (i,), (j,) in links}
    margins = baselines.ratio_margin(src.astype(np.float64) @ tgt.astype(np.float64).T)
    assert np.allclose(found.scores, margins[found.src, found.tgt])
    assert (np.diff(found.scores) <= 0).all()


def test_a_pair_must_be_closer_than_what_is_around_it() -> None:
    crowd = np.array([[0.8, 0.6, 0.0], [0.8, 0.0, 0.6], [0.8, -0.6, 0.0], [0.8, 0.0, -0.6]])
    src, tgt = np.vstack([crowd, [[0, 0, 1]]]), np.vstack([crowd[:, [0, 2, 1]] * [1, -1, 1], [[0, 0.1, 0.995]]])
    found = mined(exactly(src.astype(np.float16), tgt.astype(np.float16), 5), least=1.2)
    assert (4, 4) in pairs(found)
    assert (found.src[0], found.tgt[0]) == (4, 4)
