"""Which texts are learned from together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.training.encoder.contextual.config import Config
from models.training.encoder.contextual.data import Lesson
from models.training.encoder.support import Ints


@dataclass(frozen=True)
class Batch:
    """Texts, their items, and other items that are like these."""

    texts: Ints
    items: Ints
    others: Ints


def draw_batch(data: Lesson, config: Config, step: int, longest: int) -> Batch:
    """Batch number `step`: a function of the seed, the step and the longest text allowed."""
    rng = np.random.default_rng([config.seed, step])
    texts = fitting(data, drawn_texts(data, config, rng), longest)
    _, first = np.unique(data.item[texts], return_index=True)
    texts = texts[np.sort(first)[: config.batch]]
    in_english = rng.random(len(texts)) < config.english
    texts = fitting(data, np.where(in_english, data.english[data.item[texts]], texts), longest)
    items = data.item[texts]
    near = [neighbours(data, cluster, config.others, rng) for cluster in np.unique(data.cluster[texts])]
    others = np.setdiff1d(np.concatenate([items[:0], *near]), items)[: config.most_others]
    return Batch(texts, items, others)


def fitting(data: Lesson, texts: Ints, longest: int) -> Ints:
    """Those of the texts that say anything and are not too long."""
    lengths = data.side.starts[texts + 1] - data.side.starts[texts]
    return texts[(lengths > 0) & (lengths <= longest)]


def drawn_texts(data: Lesson, config: Config, rng: np.random.Generator) -> Ints:
    """More texts than a batch holds, by weight, in random order: some alone, some in runs out of one cluster."""
    alone = round(2 * config.batch * config.spread)
    runs = (2 * config.batch - alone) // config.run
    single = np.searchsorted(data.weight, rng.random(alone), side="right")
    seeds = np.searchsorted(data.weight, rng.random(runs), side="right")
    begin = np.searchsorted(data.cluster, data.cluster[seeds], side="left")
    end = np.searchsorted(data.cluster, data.cluster[seeds], side="right")
    low, high = np.concatenate([[0.0], data.weight])[begin], data.weight[end - 1]
    points = low[:, None] + rng.random((runs, config.run)) * (high - low)[:, None]
    near = np.searchsorted(data.weight, points, side="right")
    # Whole runs change places, so that cutting the batch to size leaves its mixture.
    blocks = [*np.minimum(near, len(data.item) - 1), *np.array_split(single, max(1, alone // config.run))]
    return np.concatenate([blocks[number] for number in rng.permutation(len(blocks))])


def neighbours(data: Lesson, cluster: int, count: int, rng: np.random.Generator) -> Ints:
    """Items of a cluster, some of them twice."""
    begin, end = np.searchsorted(data.cluster, [cluster, cluster + 1])
    return data.item[rng.integers(begin, end, count)]


def longest_at(progress: float, config: Config) -> int:
    start, end = config.tokens
    return round(start + (end - start) * min(1.0, 2 * progress))
