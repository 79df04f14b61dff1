"""Retrieval accuracy of an encoder on a file of pairs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.bench.retrieval import accuracy, evaluate, nearest
from workbench.datatypes import Progress, silent


class Letters:
    """Counts of a, b and c: translations are alike where they use the same letters."""

    model_id = "letters@1"

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        counts = np.array([[text.count(letter) for letter in "abc"] for text in texts], dtype=np.float32)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_each_direction_is_scored_by_its_own_nearest_texts(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a\ta\tsource\r\n\naab\tab\nccc\tcc\n", encoding="utf-8")
    lines = evaluate(pairs, Letters()).splitlines()
    assert lines[:2] == ["encoder = letters@1", "pairs = 3"]
    assert lines[2:] == ["first -> second = 1.000", "second -> first = 1.000"]
    # "ab" lies nearest to "aaaab", but "b" has nothing nearer than "ab".
    pairs.write_text("a\taaaab\nab\tb\n", encoding="utf-8")
    assert evaluate(pairs, Letters()).splitlines()[2:] == ["first -> second = 0.500", "second -> first = 1.000"]


def test_a_text_that_stands_twice_is_found_at_either_place() -> None:
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 1]]
    assert accuracy(vectors, vectors, ["same", "same", "other"]) == 1
    assert accuracy(vectors, vectors, ["one", "two", "other"]) == pytest.approx(2 / 3)


@given(st.integers(1, 3000), st.integers(1, 40))
def test_the_nearest_row_is_that_of_the_whole_matrix(rows: int, columns: int) -> None:
    rng = np.random.default_rng(rows * 100 + columns)
    left, right = rng.normal(size=(rows, 3)).astype(np.float32), rng.normal(size=(columns, 3)).astype(np.float32)
    best = (left @ right.T).max(axis=1)
    assert np.allclose((left * right[nearest(left, right)]).sum(axis=1), best, atol=1e-5)
