"""The weights of `workbench.align.scoring`, learned from gold alignments.

    python -m models.training.alignment.fusion GOLD/text-berg:de:fr:3 GOLD/mag:en:zh-Hans \
        GOLD/ntrex-fr-zht:fr:zh-Hant ... [--lines EVAL]

A conditional random field (Lafferty et al. 2001): the weights under which, among all monotone ways to align a stretch
of text, the gold is likeliest, less a penalty on their size. Every set is learned from with its own translations, where
it has them, and without, and again with a part of the target left out and with foreign segments between its beads:
those of the set's other documents, or of EVAL/flores-dev.LANG-en.tsv for a set of one. A number behind the languages
says how much a set counts, so that small ones weigh as much as large ones. What the aligner expects of a pair of
documents is what its own first search tells of it, so that learning goes through a few rounds. The figures are those of
the aligner itself: with weights learned from all (tuned on), and of each fold with those learned from the others. Folds
are contiguous: stretches of a long document, documents of a set. Everything here is deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from workbench.align import Options, View, align, kept
from workbench.align.evaluation import BeadIndices, GoldDocument, links_of, read_gold, score
from workbench.align.evidence import Evidence
from workbench.align.perturb import NOISE, delete, rearranged, with_foreign
from workbench.align.scoring import WEIGHTS, Expectation, features
from workbench.align.search import bead_sizes, expected
from workbench.bench.accuracy import foreign_segments, read_noise
from workbench.embed import Memory
from workbench.lang import canonical, primary
from workbench.wiring.beads import gold_sides
from workbench.wiring.evidence import views
from workbench.wiring.models import Models

FEATURES = tuple(WEIGHTS)
# Beads of a stretch, and the segments of a gap in the target that ends one: there something was moved or left out.
_STRETCH, _GAP = 80, 8
# The penalty on weights, in units of a feature's standard deviation.
_PENALTY = 1.0
_ROUNDS, _FOLDS = 3, 4

Array = NDArray[np.float64]
Tensor = NDArray[np.float32]


# How much a changed copy of a document counts, measured by the document.
_COPIES: Mapping[str, float] = {"": 1.0, "part deleted": 1.0, "noise between": 0.5}


@dataclass(frozen=True, slots=True)
class Sample:
    """One document of a gold set or a changed copy of it, with or without its translations, and what it counts."""

    set: str
    views: tuple[View, ...]
    document: GoldDocument
    count: float = 1.0

    @property
    def texts(self) -> tuple[Sequence[str], Sequence[str]]:
        return self.document.src, self.document.tgt

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.document.src), len(self.document.tgt)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A monotone piece of a gold alignment: a feature tensor (ends, sizes, columns, features), and the gold in it."""

    features: Tensor
    gold: tuple[NDArray[np.intp], ...]  # ends, sizes, columns
    start: int  # its first row in the document
    column: int  # and column


@dataclass(frozen=True, slots=True)
class Source:
    """A gold set, and foreign sentences for a set of one document."""

    folder: Path
    langs: tuple[str, str]
    count: float = 1.0
    lines: Path | None = None

    @classmethod
    def parsed(cls, entry: str, lines: Path | None) -> Source:
        """Of FOLDER:SRC:TGT or FOLDER:SRC:TGT:COUNT."""
        parts = entry.split(":")
        count = float(parts.pop()) if parts[-1].replace(".", "").isdigit() else 1.0
        folder, src, tgt = ":".join(parts[:-2]), *parts[-2:]
        return cls(Path(folder), (canonical(src), canonical(tgt)), count, lines)

    def noise(self, documents: Sequence[GoldDocument]) -> Sequence[str]:
        file = self.lines / f"flores-dev.{primary(self.langs[1])}-en.tsv" if self.lines else None
        return read_noise(file) if file and file.is_file() and len(documents) == 1 else ()


def samples(source: Source, models: Models) -> Iterator[Sample]:
    """Every document of a gold set, and copies of it."""
    encoders = models.encoders(Memory())
    documents = [replace(document, langs=source.langs) for document in read_gold(source.folder)]
    noise = source.noise(documents)
    for with_mt in (True, False) if any(d.src_mt or d.tgt_mt for d in documents) else (False,):
        for change, count in _COPIES.items():
            name = ", ".join(filter(None, (f"{source.folder.name}{' with MT' if with_mt else ''}", change)))
            for document in documents:
                copy = _copied(document, change, foreign_segments(document, documents, noise))
                if copy is None:
                    continue
                src, tgt = gold_sides(copy, source.langs, with_mt)
                yield Sample(name, tuple(views(src, tgt, encoders)), copy, source.count * count)


def _copied(document: GoldDocument, change: str, foreign: GoldDocument) -> GoldDocument | None:
    """The document, changed as one of _COPIES says; None where there are too few foreign segments."""
    if not change:
        return document
    random, m = Random(f"{change} {document.name}"), len(document.tgt)
    if change == "part deleted":
        return rearranged(document, delete(m, random))
    wanted = round(NOISE * m)
    if len(foreign.tgt) < wanted:
        return None
    return rearranged(with_foreign(document, foreign), between(document.gold, m, len(foreign.tgt), wanted, random))


def between(gold: Sequence[BeadIndices], m: int, foreign: int, wanted: int, random: Random) -> list[int]:
    """The order of `m` segments with `wanted` of `foreign` more at random places, none of them inside a bead."""
    inside = {j for src, tgt in gold if src and tgt for j in range(tgt[0] + 1, tgt[-1] + 1)}
    places = random.choices([j for j in range(m + 1) if j not in inside], k=wanted)
    inserted = [(place, j) for place, j in zip(places, random.sample(range(m, m + foreign), wanted), strict=True)]
    return [j for _, j in sorted([*inserted, *((j, j) for j in range(m))], key=lambda item: (item[0], item[1] < m))]


def windows(gold: Sequence[BeadIndices], part: Callable[[int], int] = lambda row: 0) -> Iterator[tuple[range, range]]:
    """Pieces of a gold alignment in which both sides come in one order, none of them in two parts of the rows."""
    piece: list[BeadIndices] = []
    for src, tgt in sorted(links_of(gold)):
        if piece and (
            len(piece) == _STRETCH
            or not piece[-1][1][-1] < tgt[0] <= piece[-1][1][-1] + _GAP
            or part(piece[-1][0][0]) != part(src[0])
        ):
            yield _spanned(piece)
            piece = []
        piece.append((src, tgt))
    if piece:
        yield _spanned(piece)


def _spanned(piece: Sequence[BeadIndices]) -> tuple[range, range]:
    return range(piece[0][0][0], piece[-1][0][-1] + 1), range(piece[0][1][0], piece[-1][1][-1] + 1)


def stretches(
    sample: Sample, expectation: Expectation, options: Options, part: Callable[[int], int]
) -> Iterator[Stretch]:
    """Every piece of a document's gold with what describes each bead that could stand in it."""
    evidence, sizes = Evidence(sample.views, options), bead_sizes(options.largest)
    for rows, columns in windows(sample.document.gold, part):
        yield Stretch(
            tensor(evidence.tile(rows, columns), expectation, sizes),
            _gold(sample.document.gold, rows, columns, sizes),
            rows.start,
            columns.start,
        )


def tensor(tile: Evidence, expectation: Expectation, sizes: Sequence[tuple[int, int]]) -> Tensor:
    """The features of every bead of a window: [end row, size, end column, feature]; zero where there can be none."""
    n, m = tile.shape
    described = features(tile, expectation)
    values = np.zeros((n + 1, len(sizes), m + 1, len(FEATURES)), dtype=np.float32)
    for index, (rows, columns) in enumerate(sizes):
        if rows <= n and columns <= m:
            for name, value in described(np.arange(rows, n + 1), rows, columns):
                values[rows:, index, columns:, FEATURES.index(name)] = value
    return values


def _gold(
    gold: Sequence[BeadIndices], rows: range, columns: range, sizes: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.intp], ...]:
    found = [
        (src[-1] + 1 - rows.start, sizes.index((len(src), len(tgt))), tgt[-1] + 1 - columns.start)
        for src, tgt in links_of(gold)
        if src[0] in rows
        and tgt[0] in columns
        and (len(src), len(tgt)) in sizes
        and src[-1] - src[0] < len(src)
        and tgt[-1] - tgt[0] < len(tgt)
    ]
    return tuple(np.array(found, dtype=np.intp).reshape(-1, 3).T)


def learned(gathered: Sequence[Piece], options: Options, start: Mapping[str, float] | None = None) -> dict[str, float]:
    """The weights under which the gold of all pieces is likeliest; sooner found from a `start` that is close."""
    scale = _scale([piece.stretch for piece in gathered])
    wanted = sum(_total(piece) for piece in gathered) / scale
    sizes = bead_sizes(options.largest)

    def loss(scaled: Array) -> tuple[float, Array]:
        total, slope = -float(wanted @ scaled), -wanted
        for piece in gathered:
            values = piece.stretch.features
            log_sum, found = expectations(values @ (scaled / scale).astype(np.float32), sizes, options.null)
            total += piece.count * log_sum
            likely = found > 1e-6
            slope = slope + piece.count * (found[likely] @ values[likely]) / scale
        return total + _PENALTY * float(scaled @ scaled) / 2, slope + _PENALTY * scaled

    first = np.array([start[name] for name in FEATURES]) * scale if start else np.zeros(len(FEATURES))
    result = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 40})
    weights: Array = result.x / scale
    return dict(zip(FEATURES, (round(float(weight), 2) for weight in weights), strict=True))


def _total(piece: Piece) -> Array:
    total: Array = piece.count * piece.stretch.features[piece.stretch.gold].sum(axis=0, dtype=np.float64)
    return total


def _scale(pieces: Sequence[Stretch]) -> Array:
    spread = np.mean([piece.features.std(axis=(0, 1, 2), dtype=np.float64) for piece in pieces], axis=0)
    constant = [FEATURES.index(name) for name in ("bead", "coverage")]
    spread[constant] = 1.0
    scale: Array = np.maximum(spread, 1e-3)
    return scale


def expectations(scores: Tensor, sizes: Sequence[tuple[int, int]], null: float) -> tuple[float, Array]:
    """The logarithm of the sum over all monotone paths of exp(their scores), and how likely each bead is on a path.

    `scores`: [end row, size, end column]. Forward and backward (Baum et al. 1970), in logarithms. A path is its beads:
    unlinked segments between two are in one order, as in `workbench.align.posterior`.
    """
    n, m = scores.shape[0] - 1, scores.shape[2] - 1
    possible = [(index, rows, columns) for index, (rows, columns) in enumerate(sizes) if rows <= n and columns <= m]
    turned = np.zeros_like(scores)
    for index, rows, columns in possible:
        turned[rows:, index, columns:] = scores[rows:, index, columns:][::-1, ::-1]
    before, behind = _ways(scores, possible, null), _ways(turned, possible, null)[::-1, ::-1]
    total = float(before[n, m])
    likely = np.zeros(scores.shape)
    for index, rows, columns in possible:
        likely[rows:, index, columns:] = np.exp(
            before[: n + 1 - rows, : m + 1 - columns] + scores[rows:, index, columns:] + behind[rows:, columns:] - total
        )
    return total, likely


def _ways(scores: Tensor, possible: Sequence[tuple[int, int, int]], null: float) -> Array:
    """The logarithms of the sums over all paths from the start to each corner, unlinked rows before unlinked columns.

    `possible`: index, rows and columns of each size of bead that fits.
    """
    n, m = scores.shape[0] - 1, scores.shape[2] - 1
    slope = null * np.arange(m + 1)
    reached = np.empty((n + 1, m + 1))
    no_columns = np.full(m + 1, -np.inf)  # of paths that end in a bead or an unlinked row, or have only begun
    for i in range(n + 1):
        ways = np.full((len(possible) + 1, m + 1), -np.inf)
        ways[-1] = no_columns - null
        if not i:
            ways[-1, 0] = 0.0
        for place, (index, rows, columns) in enumerate(possible):
            if rows <= i:
                ways[place, columns:] = reached[i - rows, : m + 1 - columns] + scores[i, index, columns:]
        no_columns = _log_sum(ways)
        reached[i] = np.logaddexp.accumulate(no_columns + slope) - slope
    return reached


def _log_sum(ways: Array) -> Array:
    most = ways.max(axis=0)
    most[np.isneginf(most)] = 0.0
    with np.errstate(divide="ignore"):
        total: Array = np.log(np.exp(ways - most).sum(axis=0)) + most
    return total


def fold(position: int, whole: int) -> int:
    """Which fold a document of a set, or a row of a long document, belongs to."""
    return min(_FOLDS * position // whole, _FOLDS - 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch, where it comes from, the fold it is held out in and what it counts."""

    sample: int
    fold: int
    stretch: Stretch
    count: float = 1.0


def told(sample: Sample) -> Expectation:
    """What the gold says of a pair of documents."""
    links = links_of(sample.document.gold)
    linked = [i for src, _ in links for i in src], [j for _, tgt in links for j in tgt]
    chars = [sum(len(side[place]) for place in places) for side, places in zip(sample.texts, linked, strict=True)]
    rows, columns = (len(places) / size for places, size in zip(linked, sample.shape, strict=True))
    return Expectation((rows, columns), chars[1] / chars[0])


def pieces(found: Sequence[Sample], options: Options | None) -> list[Piece]:
    """All there is to learn from, as the aligner with these options would see it; None: as the gold tells it."""
    counts = {name: sum(sample.set == name for sample in found) for name in {sample.set for sample in found}}
    seen: dict[str, int] = {}
    result = []
    for index, sample in enumerate(found):
        place = seen[sample.set] = seen.get(sample.set, -1) + 1
        expectation = expected(Evidence(sample.views, options), options) if options else told(sample)
        held_out = partial(_held_out, place, counts[sample.set], sample.shape[0])
        for stretch in stretches(sample, expectation, options or Options(), held_out):
            result.append(Piece(index, held_out(stretch.start), stretch, sample.count))
    return result


def _held_out(place: int, documents: int, rows: int, row: int) -> int:
    """The fold of a row of a set's document: copies of it are always in the same."""
    return fold(row, rows) if documents == 1 else fold(place, documents)


def report(found: Sequence[Sample], gathered: Sequence[Piece], options: Sequence[Options]) -> str:
    """Strict and lax F1 of every set; `options`: those of each fold, or of all."""
    results: dict[str, list[tuple[list[BeadIndices], list[BeadIndices]]]] = {}
    for index, sample in enumerate(found):
        own = [piece for piece in gathered if piece.sample == index]
        for held_out in sorted({piece.fold for piece in own}):
            beads = align(sample.views, *sample.shape, options[held_out % len(options)]).beads
            test = [(bead.src, bead.tgt) for bead in kept(beads)]
            box = _box(own, held_out, sample)
            results.setdefault(sample.set, []).append((_within(sample.document.gold, box), _within(test, box)))
    scores = {name: score(pairs) for name, pairs in results.items()}
    return "\n".join(
        f"  {name:24} strict {s.strict.f1:.3f}  lax {s.lax.f1:.3f}  link {s.link.f1:.3f}" for name, s in scores.items()
    )


def _box(own: Sequence[Piece], held_out: int, sample: Sample) -> tuple[range, range]:
    """What of a document is held out: all of it, or from the first stretch of a fold to the first of the next."""
    if len({piece.fold for piece in own}) == 1:
        return range(sample.shape[0]), range(sample.shape[1])
    starts = {}
    for piece in reversed(own):
        starts[piece.fold] = piece.stretch.start, piece.stretch.column
    later = [start for number, start in starts.items() if number > held_out]
    row, column = starts[held_out] if held_out > min(starts) else (0, 0)
    end = min(later) if later else sample.shape
    return range(row, end[0]), range(column, end[1])


def _within(beads: Sequence[BeadIndices], box: tuple[range, range]) -> list[BeadIndices]:
    return [(src, tgt) for src, tgt in beads if (src[0] in box[0] if src else tgt[0] in box[1])]


def trained(found: Sequence[Sample]) -> Options:
    """The aligner's options with the weights learned from all samples."""
    options: Options | None = None
    for _ in range(_ROUNDS):
        weights = learned(pieces(found, options), Options(), options.scores if options else None)
        options = replace(Options(), scores=weights)
    assert options is not None
    return options


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="FOLDER:SRC:TGT[:COUNT]")
    parser.add_argument("--lines", type=Path, metavar="EVAL")
    given, models = parser.parse_args(argv), Models()
    found = [one for entry in given.sets for one in samples(Source.parsed(entry, given.lines), models)]
    options = trained(found)
    gathered = pieces(found, options)
    print(f"WEIGHTS = {dict(options.scores)}", flush=True)
    print("dev, tuned on", report(found, gathered, [options]), sep="\n", flush=True)
    folds = [
        replace(options, scores=learned([p for p in gathered if p.fold != held_out], options))
        for held_out in range(_FOLDS)
    ]
    print("dev, cross-validated", report(found, gathered, folds), sep="\n")


if __name__ == "__main__":
    main()
