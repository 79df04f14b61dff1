"""The aligner on made-up vectors of any number of segments: seconds, memory, and how many true links are found."""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from workbench.align import View, align
from workbench.align.evidence import NEIGHBOURS, Evidence, Options
from workbench.align.neighbours import nearest
from workbench.bench.processes import peak_mb
from workbench.datatypes import Bead
from workbench.errors import InputError

SIZES = ((1_000, 1_000), (10_000, 10_000), (20_000, 20_000), (40_000, 40_000), (30_000, 43_000))
# From here on what grows with the texts outweighs what does not.
_GROWN = 10_000
_DIMENSIONS = 256
_TOPIC, _STOCK, _BLOCK = 50, 50, 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts as unit vectors, shapes (n, d) and (m, d), and which segments correspond, shape (links, 2)."""

    src: NDArray[np.float32]
    tgt: NDArray[np.float32]
    links: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Run:
    """One alignment: seconds in all and of the neighbour search, done once more for it; MB; link F1, 0 to 1."""

    n: int
    m: int
    reordered: bool
    seconds: float
    neighbour_seconds: float
    peak_mb: float
    f1: float


def parse_size(text: str) -> tuple[int, int]:
    """`1000` or `30000x43000` as two numbers; raises InputError for anything else."""
    found = re.fullmatch(r"(\d+)(?:x(\d+))?", text.strip().lower())
    if not found or "0" in found.groups():
        raise InputError(f"--sizes {text}: expected a number of segments, like 1000 or 30000x43000")
    return int(found[1]), int(found[2] or found[1])


def made_up(n: int, m: int, reordered: bool = False, seed: int = 0) -> Pair:
    """A text of `n` segments and its translation of `m`, as encoders give them.

    All share a direction, fifty in a row a topic, one in fifty is a stock phrase; a translation's cosine with its
    original is about .7. One segment in twenty of either side has no counterpart, one in twelve is one of two that
    are told in one, more as the numbers demand. Reordered: the halves of the translation are swapped, and in one of
    them blocks of 100 shuffled. Raises InputError for numbers that are too unequal for that.
    """
    random = np.random.default_rng(seed)
    rows, columns = _beads(n, m, random)
    parts = np.maximum(rows, columns)
    bead = np.repeat(np.arange(len(parts)), parts)
    place = np.arange(len(bead)) - np.repeat(np.cumsum(parts) - parts, parts)
    content = _contents(len(bead), random)
    in_src, row = _segments(rows, parts, bead, place)
    in_tgt, column = _segments(columns, parts, bead, place)
    both = in_src & in_tgt
    order = _reordered(m, random) if reordered else np.arange(m)
    to = np.argsort(order)
    return Pair(
        _told(content[in_src], row[in_src], random),
        _told(content[in_tgt], column[in_tgt], random)[order],
        np.stack([row[both], to[column[both]]], axis=1),
    )


def _beads(n: int, m: int, random: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of every bead of a pair of texts, in order."""
    linked = n - n // 20, m - m // 20
    merged = min(linked) // 24
    one_two = merged + max(linked[1] - linked[0], 0)
    two_one = merged + max(linked[0] - linked[1], 0)
    one_one = linked[0] - one_two - 2 * two_one
    if one_one < 0:
        raise InputError(f"{n} x {m} segments: made-up texts have at most twice as many on one side, choose others")
    kinds = {(1, 1): one_one, (1, 2): one_two, (2, 1): two_one, (1, 0): n - linked[0], (0, 1): m - linked[1]}
    beads = random.permutation(np.repeat(list(kinds), list(kinds.values()), axis=0))
    return beads[:, 0], beads[:, 1]


def _contents(count: int, random: np.random.Generator) -> NDArray[np.float32]:
    own = random.standard_normal((count, _DIMENSIONS), dtype=np.float32)
    stock = random.random(count) < 1 / _STOCK
    own[stock] = own[random.integers(0, min(count, 5), stock.sum())]
    topics = random.standard_normal((count // _TOPIC + 1, _DIMENSIONS), dtype=np.float32)
    own += np.float32(0.5) * (topics[np.arange(count) // _TOPIC] + topics[0])
    return own


def _segments(
    sizes: NDArray[np.intp], parts: NDArray[np.intp], bead: NDArray[np.intp], place: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which parts one side tells, and in which segment."""
    starts = np.cumsum(sizes) - sizes
    return sizes[bead] > 0, starts[bead] + np.where(sizes[bead] == parts[bead], place, 0)


def _told(contents: NDArray[np.float32], segment: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.float32]:
    heard = contents + np.float32(0.7) * random.standard_normal(contents.shape, dtype=np.float32)
    sums: NDArray[np.float32] = np.add.reduceat(heard, np.searchsorted(segment, np.arange(segment[-1] + 1)))
    sums /= np.linalg.norm(sums, axis=1, keepdims=True)
    return sums


def _reordered(m: int, random: np.random.Generator) -> NDArray[np.intp]:
    blocks = [np.arange(start, min(start + _BLOCK, m // 2)) for start in range(0, m // 2, _BLOCK)]
    shuffled = [blocks[place] for place in random.permutation(len(blocks))]
    return np.concatenate([np.arange(m // 2, m), *shuffled])


def run(sizes: Sequence[tuple[int, int]] = SIZES) -> Iterator[Run]:
    """Align made-up pairs in order and reordered; each in a process of its own, so that memory is its own."""
    for n, m in sizes:
        for reordered in (False, True):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                yield process.submit(one, n, m, reordered).result()


def one(n: int, m: int, reordered: bool) -> Run:
    """Align one made-up pair and compare with the truth."""
    pair = made_up(n, m, reordered)
    views = [View("meaning", pair.src, pair.tgt)]
    started = time.perf_counter()
    beads = align(views, n, m).beads
    seconds = time.perf_counter() - started
    peak = peak_mb()
    vectors = Evidence(views, Options()).vectors
    started = time.perf_counter()
    nearest(*vectors, NEIGHBOURS)
    return Run(n, m, reordered, seconds, time.perf_counter() - started, peak, link_f1(beads, pair.links))


def link_f1(beads: Sequence[Bead], links: NDArray[np.intp]) -> float:
    """F1, 0 to 1, of the pairs of segments that stand in one bead against the true ones."""
    found = {(i, j) for bead in beads for i in bead.src for j in bead.tgt}
    true = set(map(tuple, links.tolist()))
    return 2 * len(found & true) / max(len(found) + len(true), 1)


HEADING = f"{'segments':>17}  {'order':<9}  {'seconds':>7}  {'neighbours':>10}  {'rest':>5}  {'peak MB':>7}  link F1"


def line(run: Run) -> str:
    """A line of the table under HEADING."""
    rest = run.seconds - run.neighbour_seconds
    return (
        f"{run.n:>7,} x {run.m:>7,}  {'reordered' if run.reordered else 'kept':<9}  {run.seconds:7.2f}"
        f"  {run.neighbour_seconds:10.2f}  {rest:5.2f}  {run.peak_mb:7.0f}  {run.f1:.4f}"
    )


def growth(runs: Sequence[Run]) -> str:
    """How the time but for the neighbour search grows with the number of segments, of texts in order."""
    grown = sorted((run.n + run.m, run.seconds - run.neighbour_seconds) for run in runs if not run.reordered)
    grown = [(size, seconds) for size, seconds in grown if size >= 2 * _GROWN]
    cores = f"{os.cpu_count()} cores"
    if len(grown) < 2 or grown[0][0] == grown[-1][0]:
        return cores
    (small, short), (large, long) = grown[0], grown[-1]
    power = math.log(long / short) / math.log(large / small)
    return f"from {small:,} to {large:,} segments of both sides the rest grows with the power {power:.2f}; {cores}"
