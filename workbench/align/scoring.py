"""How much a bead gains over leaving its segments unlinked: a weighted sum of few features, the weights learned.

The score is a log odds, so that exp(score) is what the bead weighs among all ways to align two texts (a conditional
random field, Lafferty et al. 2001). Features that a pair of documents has no evidence for are left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.align.similarity import Ends, Matrix, Overlaps, Similarities, picked

Feature = Similarities | float
Features = Callable[[Ends, int, int], Iterator[tuple[str, Feature]]]

# By `python -m models.training.alignment.fusion`, which says what they were learned from; but for what straddles, which
# came later and was chosen on the same sets with all else as it was.
WEIGHTS: Mapping[str, float] = {
    "bead": 2.61,
    "extra": -2.0,
    "coverage": 2.24,
    "extra coverage": 0.89,
    "similarity": 12.01,
    "similarity of extra": 3.8,
    "beside": -2.58,
    "crowding": -11.46,
    "anchored": -1.43,
    "anchors": 2.06,
    "straddling": -1.75,
    "length": -1.08,
    "length squared": 0.07,
    "ratio": -1.07,
    "quotes": -0.71,
    "ending": -1.7,
}

# A bead has a law's article or chapter begin on both sides or on neither, and none within it. Set by hand: no gold
# alignment has such labels.
BY_HAND: Mapping[str, float] = {"label": -3.0}

# Of the former, what tells whether a bead has all of a passage on either side.
COMPLETE = frozenset({"length", "length squared", "ratio", "quotes", "ending"})

# Passages that are no more alike than any two of the pair are not linked, whatever else speaks for it.
_LEAST_SIMILARITY = 1e-6
# Gale and Church's (1993) variance of a translation's length for a character of the original.
_VARIANCE = 6.8
# Beyond these a length is wrong, no matter by how much.
_MOST_DEVIATION, _MOST_LOG_RATIO = 6.0, 2.0
_MOST_QUOTES = 2.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is known of a pair of documents before the search, or after another search.

    `coverage`: the share of each side that has a counterpart. `ratio`: how much longer a passage is in the target, 1
    where lengths are the same; None: not known, so that lengths tell nothing. `clearness`: from 0, where no more was
    found than chance finds between any two texts, to 1.
    """

    coverage: tuple[float, float]
    ratio: float | None = None
    clearness: float = 1.0


class Scored(Protocol):
    """The evidence on one window that scores rest on."""

    def __call__(self, ends: Ends, rows: int, columns: int) -> Similarities: ...

    @property
    def shape(self) -> tuple[int, int]: ...

    @property
    def anchors(self) -> Overlaps | None: ...

    @property
    def straddling(self) -> Similarities | None: ...

    @property
    def crowding(self) -> tuple[Matrix, Matrix]: ...

    def column(self, kind: str) -> tuple[Matrix, Matrix] | None: ...


def gain(
    evidence: Scored, expected: Expectation, weights: Mapping[str, float]
) -> Callable[[Ends, int, int], Similarities]:
    """The scores of beads in one window, as the search asks for them: those of `rows` x `columns` segments that end
    before each of `ends`, shape (ends, m + 1 - columns)."""
    described = features(evidence, expected)
    weights = {**BY_HAND, **weights}

    def scores(ends: Ends, rows: int, columns: int) -> Similarities:
        total = np.zeros((*np.shape(ends), evidence.shape[1] + 1 - columns), dtype=np.float32)
        constant = 0.0
        for name, value in described(ends, rows, columns):
            if isinstance(value, float):
                constant += weights[name] * value
                continue
            total += np.float32(weights[name]) * value
            if name == "similarity":
                np.copyto(total, -np.inf, where=value <= _LEAST_SIMILARITY)
        total += np.float32(constant)
        return total

    return scores


def shifts(
    before: Expectation, now: Expectation, sizes: Sequence[tuple[int, int]], weights: Mapping[str, float]
) -> NDArray[np.float32]:
    """By how much scores of beads of each size change when another coverage is expected; as many as there are sizes."""
    old, new = _odds(before), _odds(now)
    return np.array(
        [
            sum(
                weights[name] * (value - known)
                for (name, value), (_, known) in zip(_of_coverage(new, *size), _of_coverage(old, *size), strict=True)
            )
            for size in sizes
        ],
        dtype=np.float32,
    )


def features(evidence: Scored, expected: Expectation) -> Features:
    """What describes a bead, by name: numbers where all beads of a size are alike, else as `gain`."""
    odds = _odds(expected)
    crowding = [_before(side) for side in evidence.crowding]
    anchors, straddling = evidence.anchors, evidence.straddling
    lengths = _sums(evidence, "length") if expected.ratio else None
    quotes, endings = _sums(evidence, "quotes"), evidence.column("ending")
    labels = _sums(evidence, "label")

    def described(ends: Ends, rows: int, columns: int) -> Iterator[tuple[str, Feature]]:
        similarity = evidence(ends, rows, columns)
        yield "bead", 1.0
        yield "extra", float(rows + columns - 2)
        yield from _of_coverage(odds, rows, columns)
        yield "similarity", similarity
        if rows + columns > 2:
            yield "similarity of extra", similarity * np.float32((rows + columns) / 2 - 1)
        yield "beside", _beside(evidence, ends, rows, columns)
        crowded = _run(crowding[0], ends, rows) / (2 * rows), _runs(crowding[1], columns) / (2 * columns)
        yield "crowding", _spread(*crowded, np.add)
        if anchors is not None:
            yield "anchored", anchors.known(ends, rows, columns)
            yield "anchors", anchors(ends, rows, columns)
        if straddling is not None:
            yield "straddling", _at_corners(straddling, ends, rows, columns)
        if lengths is not None and expected.ratio is not None:
            yield from _of_lengths(_run(lengths[0], ends, rows), _runs(lengths[1], columns), expected.ratio)
        if quotes is not None:
            yield "quotes", _apart(_run(quotes[0], ends, rows), _runs(quotes[1], columns), _MOST_QUOTES)
        if endings is not None:
            unlike = endings[0][np.asarray(ends) - 1][..., None] != endings[1][columns - 1 :]
            yield "ending", unlike.astype(np.float32)
        if labels is not None:
            first = _run(labels[0], np.asarray(ends) + 1 - rows, 1), _runs(labels[1], 1)[: 1 - columns or None]
            inside = _run(labels[0], ends, rows) - first[0], _runs(labels[1], columns) - first[1]
            yield "label", _apart(*first, 1.0) + _spread(*inside, np.add)

    return described


def _of_lengths(src: Matrix, tgt: Matrix, ratio: float) -> Iterator[tuple[str, Similarities]]:
    """How far lengths are from what is expected, as a deviation (Gale and Church 1993) and as a log ratio."""
    scale = math.sqrt(ratio)
    src, tgt = np.maximum(src, 1) * scale, np.maximum(tgt, 1) / scale
    deviation = _spread(src, tgt, np.subtract)
    np.abs(deviation, out=deviation)
    deviation /= np.sqrt(_spread(src * (_VARIANCE / 2), tgt * (_VARIANCE / 2), np.add))
    np.minimum(deviation, np.float32(_MOST_DEVIATION), out=deviation)
    yield "length", deviation
    yield "length squared", deviation * deviation
    yield "ratio", _apart(np.log(src), np.log(tgt), _MOST_LOG_RATIO)


def _odds(expected: Expectation) -> list[float]:
    return [log_odds(share) for share in expected.coverage]


def _of_coverage(odds: Sequence[float], rows: int, columns: int) -> Iterator[tuple[str, float]]:
    yield "coverage", sum(odds) / 2
    yield "extra coverage", odds[0] * (rows - 1) + odds[1] * (columns - 1)


def log_odds(share: float) -> float:
    """Of a share of segments, kept finite for none and all."""
    return math.log((share + 0.02) / (1.02 - share))


def _beside(evidence: Scored, ends: Ends, rows: int, columns: int) -> Similarities:
    """How alike each side of a bead is to the segments just before and behind its other side, on average.

    A bead that lacks a segment, or could have been one further on, resembles them (the margin of bertalign, Liu and
    Zhu 2023). What is outside the texts resembles nothing.
    """
    n, m = evidence.shape
    across = evidence(ends, rows, 1)
    width = m + 1 - columns
    total = np.zeros((*across.shape[:-1], width), dtype=np.float32)
    total[..., 1:] += across[..., : width - 1]
    total[..., : width - 1] += across[..., columns:]
    places = np.atleast_1d(ends)
    into = total if np.ndim(ends) else total[None]
    # Rows above every bead but the first ones, and below every one but the last.
    above, below = places - rows, places + 1
    first, last = int(np.searchsorted(above, 1)), int(np.searchsorted(below, n + 1))
    if first < len(places):
        into[first:] += evidence(above[first:], 1, columns)
    if last:
        into[:last] += evidence(below[:last], 1, columns)
    total *= np.float32(0.25)
    return total


def _at_corners(values: Similarities, ends: Ends, rows: int, columns: int) -> Similarities:
    """What is known of the corners at which a bead begins and ends, in all."""
    begin, end = values[picked(ends, rows)], values[picked(ends, 0)]
    return begin[..., : values.shape[1] - columns] + end[..., columns:]


def _before(values: Matrix) -> Matrix:
    """Sums of all that comes before each segment, and of all."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums


def _sums(evidence: Scored, kind: str) -> tuple[Matrix, Matrix] | None:
    sides = evidence.column(kind)
    return None if sides is None else (_before(sides[0]), _before(sides[1]))


def _run(sums: Matrix, ends: Ends, size: int) -> Matrix:
    total: Matrix = sums[np.asarray(ends)] - sums[np.asarray(ends) - size]
    return total


def _runs(sums: Matrix, size: int) -> Matrix:
    return sums[size:] - sums[:-size]


def _apart(src: Matrix, tgt: Matrix, most: float) -> Similarities:
    """By how much every end differs from every run of columns, `most` at most."""
    apart = _spread(src, tgt, np.subtract)
    return np.minimum(np.abs(apart, out=apart), np.float32(most), out=apart)


def _spread(src: Matrix, tgt: Matrix, operation: np.ufunc) -> Similarities:
    """Every end against every run of columns."""
    spread: Similarities = operation(src.astype(np.float32)[..., None], tgt.astype(np.float32))
    return spread
