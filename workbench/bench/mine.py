"""Mining measured: time and memory of the whole, what the approximate search misses, and how right the pairs are."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.align import index, neighbours
from workbench.align.index import Tuning
from workbench.align.mining import CANDIDATES, THRESHOLD, Mined, mined
from workbench.align.neighbours import Neighbours
from workbench.bench.pairs import each_line, read_columns
from workbench.bench.processes import measured, peak_mb
from workbench.datatypes import Progress, silent
from workbench.embed import Encoder
from workbench.errors import InputError

Halves = NDArray[np.float16]

_DIMENSIONS, _TOPICS = 256, 2000  # of made-up vectors
_SHORTEST = 10  # bytes of a sentence that is taken from a corpus
_CHUNK = 1 << 14


def sentences(
    corpora: Sequence[Path], column: int, wanted: Callable[[str], bool] = lambda source: True
) -> Iterator[str]:
    """The distinct texts of a column of `foreign TAB english [TAB source]` files (.xz too) from wanted sources."""
    seen: set[int] = set()
    for path in corpora:
        for cells in each_line(path):
            text = cells[column].strip()
            if len(text.encode()) >= _SHORTEST and hash(text) not in seen and wanted("".join(cells[2:])):
                seen.add(hash(text))
                yield text


def made_up(n: int, seed: int) -> Halves:
    """Unit vectors of two collections in which the same rows say the same; every seed another collection.

    A vector is half topic (one of 2,000), half its own content, and then some noise by the collection.
    """
    parts = []
    for start in range(0, n, _CHUNK):
        said, heard = np.random.default_rng([0, start]), np.random.default_rng([seed + 1, start])
        shape = min(_CHUNK, n - start), _DIMENSIONS
        topics = np.random.default_rng(1).standard_normal((_TOPICS, _DIMENSIONS), dtype=np.float32)
        vectors = topics[said.integers(_TOPICS, size=shape[0])] + said.standard_normal(shape, dtype=np.float32)
        vectors += np.float32(0.8) * heard.standard_normal(shape, dtype=np.float32)
        parts.append((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16))
    return np.vstack(parts)


def encoded(texts: Sequence[str], encoder: Encoder) -> Halves:
    chunks = (texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK))
    return np.vstack([encoder.encode(chunk).astype(np.float16) for chunk in chunks])


@dataclass(frozen=True, slots=True)
class Size:
    """What mining n x n sentences took: seconds and seconds of processors by stage, and the peak resident memory in MB,
    mapped pages included."""

    n: int
    what: str
    seconds: dict[str, tuple[float, float]]
    memory: float
    pairs: int


def size(n: int, corpora: Sequence[Path]) -> Size:
    """Mine n x n sentences of corpora from files to a file, or search n x n made-up vectors; in a process of its own.

    Raises InputError where the corpora have fewer, WorkbenchError where it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        for column, name in enumerate(("src", "tgt")):
            _write(Path(folder), name, n, corpora, column)
        return Size(n, **measured("mining", "workbench.bench.mine", folder, "texts" if corpora else "vectors"))


def _write(folder: Path, name: str, n: int, corpora: Sequence[Path], column: int) -> None:
    if not corpora:
        np.save(folder / f"{name}.npy", made_up(n, column))
        return
    with (folder / f"{name}.txt").open("w", encoding="utf-8") as file:
        count = sum(bool(file.write(text + "\n")) for text in islice(sentences(corpora, column), n))
    if count < n:
        raise InputError(f"the corpora have {count:,} distinct sentences on a side, not {n:,}; name more of them")


class _Clock:
    """Seconds and seconds of processors by stage, as progress tells of them."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self._last = time.perf_counter(), time.process_time()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.perf_counter(), time.process_time()
        name = stage.split()[0]
        before = self.seconds.get(name, (0.0, 0.0))
        self.seconds[name] = before[0] + now[0] - self._last[0], before[1] + now[1] - self._last[1]
        self._last = now


def _measure(folder: Path, what: str) -> dict[str, object]:
    clock = _Clock()
    pairs = _texts(folder, clock) if what == "texts" else _vectors(folder, clock)
    clock("rest", 1, 1)
    said = "sentences, from files to a file" if what == "texts" else "made-up vectors, search and pairs only"
    return {"what": said, "seconds": clock.seconds, "memory": peak_mb(), "pairs": pairs}


def _texts(folder: Path, progress: Progress) -> int:
    from workbench.mining.mine import Wishes, mine
    from workbench.wiring.models import Models

    files = folder / "src.txt", folder / "tgt.txt"
    # The language of a pair's texts is identified at half a millisecond each, which is no part of the search.
    wishes = Wishes(("und", "en"), check_language=False)
    haul = mine(files, folder / "pairs.tsv", "tsv", Models().encoder(), folder / "work", wishes, progress=progress)
    return haul.export.written


def _vectors(folder: Path, progress: Progress) -> int:
    src, tgt = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("src", "tgt"))
    return len(mined(index.nearest(src, tgt, CANDIDATES, progress=progress)).src)


@dataclass(frozen=True, slots=True)
class Recall:
    """The approximate search beside the complete one. `pairs`: share of what that mines which is mined too; `extra`:
    share of what is mined that the complete search does not mine, lower is better; `nearest`, `near`: of the nearest,
    and of the four nearest neighbours of either side."""

    probes: int
    seconds: float
    exact_seconds: float
    pairs: float
    extra: float
    nearest: float
    near: float


def recall(n: int, corpora: Sequence[Path], encoder: Encoder, probes: Sequence[int]) -> Iterator[Recall]:
    """n x n sentences spread over corpora, or made-up vectors; processor time of both ways together."""
    src, tgt = (_spread(n, corpora, encoder, column) for column in (0, 1))
    began = time.process_time()
    whole = neighbours.nearest(src.astype(np.float32), tgt.astype(np.float32), CANDIDATES)
    exact_seconds = time.process_time() - began
    wanted = _pairs(mined(whole))
    for count in probes:
        began = time.process_time()
        found = index.nearest(src, tgt, CANDIDATES, Tuning(exact=0, probes=count))
        seconds = time.process_time() - began
        got = _pairs(mined(found))
        shares = len(wanted & got) / max(len(wanted), 1), len(got - wanted) / max(len(got), 1)
        yield Recall(count, seconds, exact_seconds, *shares, _shared(found, whole, 1), _shared(found, whole, 4))


def _spread(n: int, corpora: Sequence[Path], encoder: Encoder, column: int) -> Halves:
    if not corpora:
        return made_up(n, column)
    texts = list(sentences(corpora, column))
    if len(texts) < n:
        raise InputError(f"the corpora have {len(texts):,} distinct sentences on a side, not {n:,}; name more of them")
    return encoded(texts[:: len(texts) // n][:n], encoder)


def _pairs(found: Mined) -> set[tuple[int, int]]:
    return set(zip(found.src.tolist(), found.tgt.tolist(), strict=True))


def _shared(found: Neighbours, whole: Neighbours, first: int) -> float:
    """The share of the first neighbours of all rows of both sides that were found among as many."""
    both = (found.columns, whole.columns), (found.rows, whole.rows)
    hits = [(a[:, :first, None] == b[:, None, :first]).any(axis=1).mean() for a, b in both]
    return float(np.mean(hits))


@dataclass(frozen=True, slots=True)
class Planted:
    """Pairs mined among known ones and noise: their scores, whether they are right, and how many there were to find."""

    scores: NDArray[np.float64]
    right: NDArray[np.bool_]
    known: int

    def accuracy(self, least: float) -> tuple[float, float, float]:
        """Precision, recall and F1, 0 to 1, of the pairs above a score."""
        taken = self.scores > least
        right = int((taken & self.right).sum())
        precision, recall = right / max(int(taken.sum()), 1), right / max(self.known, 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def plant(
    pairs: Path, corpus: Path, noise: int, encoder: Encoder, progress: Progress = silent
) -> tuple[Planted, Planted]:
    """Known pairs hidden in `noise` other sentences a side, in the manner of BUCC: the two halves of the pairs.

    Noise of one side is from other sources than that of the other, and of either half another. What happens to be right
    among it counts as wrong.
    """
    known = read_columns(pairs)
    around = [_noise(corpus, column, noise) for column in (0, 1)]
    halves = []
    for half in (0, 1):
        sides = [
            encoded([*texts[half::2], *other[half::2]], encoder) for texts, other in zip(known, around, strict=True)
        ]
        found = mined(index.nearest(sides[0], sides[1], CANDIDATES), least=0)
        count = len(known[0][half::2])
        halves.append(Planted(found.scores, (found.src == found.tgt) & (found.src < count), count))
        progress(f"mining {pairs.name}", half + 1, 2)
    return halves[0], halves[1]


def _noise(corpus: Path, column: int, count: int) -> list[str]:
    """Evenly spread sentences of every other source: none of one side translates one of the other, but by chance."""
    places: dict[str, int] = {}
    texts = list(sentences([corpus], column, lambda source: places.setdefault(source, len(places)) % 2 == column))
    if len(texts) < 2 * count:
        raise InputError(f"every other source of {corpus} has {len(texts):,} sentences, expected {2 * count:,}")
    return texts[:: len(texts) // (2 * count)][: 2 * count]


def together(planted: Iterable[Planted]) -> Planted:
    every = list(planted)
    return Planted(
        np.concatenate([each.scores for each in every]),
        np.concatenate([each.right for each in every]),
        sum(each.known for each in every),
    )


def best_threshold(planted: Planted) -> float:
    """The score, in hundredths, above which pairs have the best F1."""
    steps = np.arange(1.0, 1.6, 0.01).round(2)
    return float(max(steps, key=lambda least: planted.accuracy(least)[2]))


def fitted(planted: Planted) -> tuple[float, float]:
    """Slope and intercept of a logistic model of a pair being right by its score, of scores between 0.9 and 1.6."""
    from statsmodels.api import Logit, add_constant

    usual = (planted.scores > 0.9) & (planted.scores < 1.6)
    intercept, slope = Logit(planted.right[usual], add_constant(planted.scores[usual])).fit(disp=0).params
    return float(slope), float(intercept)


def show_size(done: Size) -> Iterator[str]:
    yield f"{done.n:,} x {done.n:,} {done.what}: {done.pairs:,} pairs, {os.cpu_count()} cores"
    whole = [sum(parts) for parts in zip(*done.seconds.values(), strict=True)]
    for stage, (seconds, processors) in [*done.seconds.items(), ("all", whole)]:
        yield f"    {stage:<12} {seconds:8.1f} s {processors:8.1f} s of processors"
    yield f"    peak {done.memory:,.0f} MB, mapped pages included"


_COLUMNS = ("cells looked into", "CPU s", "exact", " pairs", " extra", "nearest", "4 nearest")
RECALL_HEADING = "  ".join(f"{name:>6}" for name in _COLUMNS)


def show_recall(done: Recall) -> str:
    return (
        f"{done.probes:>17}  {done.seconds:6.1f}  {done.exact_seconds:6.1f}  {done.pairs:6.4f}  {done.extra:6.4f}"
        f"  {done.nearest:7.4f}  {done.near:9.4f}"
    )


def show_planted(names: Sequence[str], halves: Sequence[tuple[Planted, Planted]]) -> Iterator[str]:
    """The threshold and the model from all first halves, and what they come to on the second ones."""
    chosen = together(first for first, _ in halves)
    least, (slope, intercept) = best_threshold(chosen), fitted(chosen)
    yield f"first halves: best F1 above {least:.2f}; confidence: slope {slope:.1f}, intercept {intercept:.1f}"
    yield f"second halves: {'pairs':<28}  precision  recall     F1  (with the built-in {THRESHOLD:.2f})"
    rows = [*zip(names, (second for _, second in halves), strict=True)]
    rows.append(("all", together(second for _, second in halves)))
    for name, planted in rows:
        figures, built_in = planted.accuracy(least), planted.accuracy(THRESHOLD)
        shown = "  ".join(f"{figure:.3f}" for figure in built_in)
        yield f"    {name:<39}  {figures[0]:9.3f}  {figures[1]:6.3f}  {figures[2]:5.3f}  ({shown})"


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), sys.argv[2])))
