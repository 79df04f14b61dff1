"""How often an encoder finds a sentence's translation among all those of a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.bench.pairs import read_columns
from workbench.datatypes import Progress, silent
from workbench.embed import Encoder

_CHUNK = 1024


def nearest(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.int64]:
    """For each row of `left` (n, d) the row of `right` (m, d) with the highest inner product, (n,)."""
    parts = [(left[start : start + _CHUNK] @ right.T).argmax(axis=1) for start in range(0, len(left), _CHUNK)]
    return np.concatenate(parts).astype(np.int64)


def accuracy(left: NDArray[np.float32], right: NDArray[np.float32], texts: Sequence[str]) -> float:
    """Share of rows of `left` whose nearest row of `right` is their partner or has the same text; higher is better."""
    return float(np.mean([texts[found] == texts[row] for row, found in enumerate(nearest(left, right))]))


def evaluate(path: Path, encoder: Encoder, progress: Progress = silent) -> str:
    """Both directions' retrieval accuracy by cosine, as lines of text."""
    columns = read_columns(path)
    first, second = (encoder.encode(column, progress) for column in columns)
    there, back = accuracy(first, second, columns[1]), accuracy(second, first, columns[0])
    lines = [("encoder", encoder.model_id), ("pairs", len(columns[0]))]
    lines += [("first -> second", f"{there:.3f}"), ("second -> first", f"{back:.3f}")]
    return "\n".join(f"{name} = {value}" for name, value in lines)
