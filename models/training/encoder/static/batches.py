"""What a step of the static encoder's training sees: runs of neighbours, or two languages joined over English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from models.training.encoder.sampling import LANGUAGE_WEIGHTS
from models.training.encoder.static.config import Config
from models.training.encoder.static.data import Corpus
from models.training.encoder.support import Ints
from models.training.encoder.texts import Side, take


@dataclass(frozen=True)
class Batch:
    """Items that translate each other row by row, and the cells (i, j) where text j repeats text i."""

    left: Side
    right: Side
    repeats: tuple[Ints, Ints]


@dataclass(frozen=True)
class Join:
    """Rows of two corpora that share their English text."""

    langs: tuple[str, str]
    rows: Ints  # (n, 2)


def joins_over_english(corpora: dict[str, Corpus], least: int) -> list[Join]:
    """The language pairs with at least `least` shared English texts, each text once."""
    joins = []
    for first, second in combinations(corpora, 2):
        english = [corpora[lang].texts[:, 1] for lang in (first, second)]
        _, left, right = np.intersect1d(*english, return_indices=True)
        if len(left) >= least:
            joins.append(Join((first, second), np.stack([left, right], axis=1)))
    return joins


def draw_batch(corpora: dict[str, Corpus], joins: Sequence[Join], config: Config, step: int) -> Batch:
    """Batch number `step`: a function of the seed and the step alone."""
    rng = np.random.default_rng([config.seed, step])
    if joins and rng.random() < config.pivot:
        return _draw_pivot(corpora, joins[rng.integers(len(joins))], config, rng)
    known = LANGUAGE_WEIGHTS | dict(config.draw)
    weights = np.array([known.get(lang, 1.0) for lang in corpora])
    lang = rng.choice(list(corpora), p=weights / weights.sum())
    return _draw_runs(corpora[lang], config, rng)


def _draw_runs(corpus: Corpus, config: Config, rng: np.random.Generator) -> Batch:
    runs = -(-config.batch // config.run)
    begin = np.searchsorted(corpus.drawn, rng.random(runs), side="right")
    sizes = rng.choice(len(config.joined), (runs, config.run), p=config.joined) + 1
    first = (begin[:, None] + np.cumsum(sizes, axis=1) - sizes).ravel()
    last = first + sizes.ravel() - 1
    first, last = _distinct_spans(first, last, len(corpus.texts), config.batch)
    # Spans of several sentences repeat each other only where they begin alike and are as long.
    keys = corpus.texts[first] * 4 + (last - first)[:, None]
    return Batch(take(corpus.foreign, first, last), take(corpus.english, first, last), _repeats(keys))


def _distinct_spans(first: Ints, last: Ints, end: int, size: int) -> tuple[Ints, Ints]:
    """The first `size` spans inside the corpus; of spans that begin alike, from runs that meet, one."""
    inside = last < end
    _, unique = np.unique(first[inside], return_index=True)
    kept = np.flatnonzero(inside)[np.sort(unique)][:size]
    return first[kept], last[kept]


def _draw_pivot(corpora: dict[str, Corpus], join: Join, config: Config, rng: np.random.Generator) -> Batch:
    chosen = rng.choice(len(join.rows), min(config.batch, len(join.rows)), replace=False, shuffle=False)
    left, right = (corpora[lang] for lang in join.langs)
    rows, columns = join.rows[chosen].T
    keys = np.stack([left.texts[rows, 0], right.texts[columns, 0]], axis=1)
    return Batch(take(left.foreign, rows, rows), take(right.foreign, columns, columns), _repeats(keys))


def _repeats(keys: Ints) -> tuple[Ints, Ints]:
    """The cells off the diagonal whose rows agree in a column of `keys`: no negatives of each other."""
    cells = [_equal_cells(column) for column in keys.T]
    rows, columns = (np.concatenate(axis) for axis in zip(*cells, strict=True))
    return rows, columns


def _equal_cells(keys: Ints) -> tuple[Ints, Ints]:
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(counts[group] > 1)
    rows, columns = np.nonzero(group[shared][:, None] == group[shared])
    apart = rows != columns
    return shared[rows[apart]], shared[columns[apart]]
