"""Word translation before any training: a lexicon that gives the network its first, slowest lesson for free.

IBM model 1 (Brown et al. 1993) with a preference for the diagonal (Dyer et al. 2013) on the short pairs. Its
table places every source piece near its translations in the embedding space, and guides one cross-attention
during the first part of training (Chen et al. 2016).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.training.commands import whole
from models.training.translation.data import BOS, EOS, Encoded, batches

DIAGONAL = 2.0
SMOOTHING = 1e-6
NOISE = 0.3  # in the embeddings to begin with, in standard deviations


def padded(flat: np.ndarray, at: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """(rows, longest + 1) ids, each row closed and then filled with EOS."""
    lengths = at[rows + 1] - at[rows]
    columns = np.arange(int(lengths.max()) + 1)
    ids = flat[np.minimum(at[rows][:, None] + columns, len(flat) - 1)]
    return np.where(columns < lengths[:, None], ids, EOS)


def arrays(data: Encoded, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Source, decoder input, labels and label weights (0 on padding), each (rows, time)."""
    labels = padded(data.target, data.target_at, rows)
    lengths = data.target_at[rows + 1] - data.target_at[rows]
    weights = (np.arange(labels.shape[1]) <= lengths[:, None]).astype(np.float32)
    inputs = np.concatenate([np.full((len(rows), 1), BOS), labels[:, :-1]], 1)
    return padded(data.source, data.source_at, rows), inputs, labels, weights


def alignment(table: np.ndarray, source: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """For every label the probability of each source position, (batch, labels, source time), float32."""
    scores = table[source[:, None, :], labels[:, :, None]].astype(np.float32) + SMOOTHING
    across, down = (np.arange(n, dtype=np.float32) / n for n in (source.shape[1], labels.shape[1]))
    scores *= np.exp(-DIAGONAL * np.abs(across[None, :] - down[:, None]))
    return scores / scores.sum(-1, keepdims=True)


def train_lexicon(
    data: Encoded, pieces: tuple[int, int], longest: int, pairs: int, rounds: int, seed: int
) -> np.ndarray:
    """p(target piece | source piece), (source pieces, target pieces) float16, from `pairs` short pairs."""
    rng = np.random.default_rng(seed)
    table = np.full(pieces, 1.0, np.float32)
    chosen = batches(data, 8192, longest, rng)
    chosen = chosen[: int(np.searchsorted(np.cumsum([len(c) for c in chosen]), pairs)) + 1]
    for _ in range(rounds):
        counts = np.zeros(pieces[0] * pieces[1], np.float32)
        for rows in chosen:
            source, _, labels, weights = arrays(data, rows)
            links = alignment(table, source, labels) * weights[:, :, None]
            cells = source[:, None, :] * np.int64(pieces[1]) + labels[:, :, None]
            np.add.at(counts, cells.ravel(), links.ravel())
        table = counts.reshape(pieces)
        table /= table.sum(1, keepdims=True) + 0.1
    return table.astype(np.float16)


def seeded_embedding(table: np.ndarray, target: np.ndarray, seed: int) -> np.ndarray:
    """Source embeddings (source pieces, width) near those of their translations, of the same length."""
    rng = np.random.default_rng(seed)
    weights = np.where(table > 0.02, table, 0).astype(np.float32)
    mixed = weights @ target
    length = np.linalg.norm(target, axis=1).mean()
    mixed *= length / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 0.1 * length)
    return (mixed + NOISE * target.std() * rng.standard_normal(mixed.shape)).astype(np.float32)


def save_table(table: np.ndarray, path: Path) -> None:
    with whole(path) as partial:
        np.save(partial, table)


def load_table(path: Path) -> np.ndarray:
    """The lexicon, mapped into memory so that workers share it."""
    return np.load(path, mmap_mode="r")
