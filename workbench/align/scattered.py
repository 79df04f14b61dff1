"""Links in no order at all, for two tellings of one event: most of either has no counterpart, and what has is anywhere.

Every sentence of such a pair is about the same topic, so that a similarity says little by itself. Each kind of evidence
is freed of what the whole pair has in common (its mean and its leading components, Mu and Viswanath 2018), then of
what each passage has in common with its nearest ones (the margin of Lample et al. 2018); a link gains where others
lie beside it in the same direction. The strongest link is taken first, and then whatever it leaves free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from workbench.align.blocks import Step
from workbench.align.constraints import Constraints, constraints
from workbench.align.similarity import Matrix, Overlaps, Runs, Vectors, centred, unit
from workbench.align.wording import Interaction, Tokens, distinct

Sides = Mapping[str, tuple[Vectors, Vectors]]

# Leading components that a kind of dense vectors loses.
_COMPONENTS = 2
_DENSE = ("english", "meaning")
# Segments in a link, both sides together: larger ones were right less often on pairs held out.
LARGEST = 5
# How many of a passage's nearest tell how much it is like everything.
_CROWD = 4
# How far away a link may lie that supports another.
_REACH = 2
# The kinds that describe a link where tokens do: what words and meaning add to them held no further on pairs held out.
_BESIDE_TOKENS = ("english", "anchors")
# What the kinds weigh where a link is only to support others.
_SUPPORTING: Mapping[str, float] = {"words": 1.0, "english": 0.7, "meaning": 0.3, "anchors": 0.1}


@dataclass(frozen=True, slots=True)
class Model:
    """Logistic regression over what describes a link: what it counts in the log odds that the passages correspond."""

    bead: float = 0.0
    extra: float = 0.0
    support: float = 0.0
    words: float = 0.0
    meaning: float = 0.0
    english: float = 0.0
    anchors: float = 0.0
    words_tokens: float = 0.0
    english_tokens: float = 0.0


# All by `python -m models.training.scattered`: with the tokens of the English of both sides, with that English alone,
# with one language of both, with neither.
WORDING = Model(-3.2, extra=-0.43, support=4.79, english=9.53, anchors=6.32, words_tokens=8.68, english_tokens=14.97)
ENGLISH = Model(-2.64, extra=-0.32, support=4.28, words=5.57, meaning=6.1, english=10.85, anchors=6.0)
WORDS = Model(-2.78, extra=-0.17, support=4.66, words=4.88, meaning=2.31, anchors=-0.82)
MEANING = Model(-2.54, extra=-0.28, support=20.8, meaning=14.97, anchors=6.74)


# The log odds from which passages are linked, for those who ask for less confidence too: what is right of a link
# without English is often little of it.
LEAST = {WORDING: -2.0, ENGLISH: -2.0, WORDS: 0.5, MEANING: 0.0}
# And those from which links tell of the two documents all together, see `related`.
LEAST_TELLING = {WORDING: -3.0, ENGLISH: -3.0, WORDS: -2.5, MEANING: 0.0}
# The log odds from which a link by itself tells anything about the two documents.
LIKELY = -0.6


def known(kinds: Collection[str], tokens: bool = False) -> Model:
    """The model for the kinds of evidence at hand, and whether there are tokens of the English."""
    if "english" in kinds:
        return WORDING if tokens else ENGLISH
    return WORDS if "words" in kinds else MEANING


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every link of a pair is described from: the similarities of each kind, and who supports whom."""

    overlaps: Mapping[str, Overlaps]
    crowding: Mapping[str, tuple[Matrix, Matrix]]  # of each kind, a number a segment of either side
    support: Matrix  # shape (n, m)
    wording: Mapping[str, Interaction]  # of the kinds whose tokens are known
    lengths: tuple[Matrix, Matrix] | None  # a number a segment of either side


def prepared(
    kinds: Sides,
    lengths: tuple[Matrix, Matrix] | None,
    largest: int,
    tokens: Mapping[str, tuple[Tokens, Tokens]] = MappingProxyType({}),
) -> Prepared:
    """`kinds`: a vector a segment of either side, of each kind of evidence; `lengths`: a number a segment.

    `tokens`: of the kinds for which they are known. Dense: time and memory grow with n times m.
    """
    sides = {name: _sides(name, *kinds[name], lengths) for name in _SUPPORTING if name in kinds}
    described = [name for name in sides if not tokens or name in _BESIDE_TOKENS]
    crowding, total = {}, []
    for name, (src, tgt) in sides.items():
        similarity = (unit(src) @ unit(tgt).T).astype(np.float64)
        crowding[name] = _crowding(similarity), _crowding(similarity.T)
        total.append(_SUPPORTING[name] * (similarity - (crowding[name][0][:, None] + crowding[name][1]) / 2))
    return Prepared(
        {name: Overlaps(Runs.of(sides[name][0], largest), Runs.of(sides[name][1], largest)) for name in described},
        crowding,
        _support(np.add.reduce(total)),
        {name: Interaction.of(*sides) for name, sides in tokens.items()},
        lengths,
    )


def _sides(name: str, src: Vectors, tgt: Vectors, lengths: tuple[Matrix, Matrix] | None) -> tuple[Vectors, Vectors]:
    """Both sides less what the pair has in common, a long segment counting for more than a short one."""
    src, tgt = distinct(src, tgt, _COMPONENTS) if name in _DENSE else (unit(centred(src, 1.0)), unit(centred(tgt, 1.0)))
    if lengths is None:
        return src, tgt
    weights = [np.sqrt(np.maximum(side, 1.0)).astype(np.float32)[:, None] for side in lengths]
    return src * weights[0], tgt * weights[1]


def _crowding(similarity: Matrix) -> Matrix:
    """The mean of each row's highest."""
    nearest = min(_CROWD, similarity.shape[1])
    mean: Matrix = np.partition(similarity, -nearest, axis=1)[:, -nearest:].mean(axis=1)
    return mean


def _support(links: Matrix) -> Matrix:
    """The best link a little before each on both sides, and the best one a little behind, added up."""
    n, m = links.shape
    padded = np.pad(np.maximum(links, 0.0), _REACH)
    total = np.zeros((n, m))
    for way in (-1, 1):
        best = np.zeros((n, m))
        for down in range(0, _REACH + 1):
            for right in range(0, _REACH + 1):
                if down or right:
                    top, left = _REACH + way * down, _REACH + way * right
                    np.maximum(best, padded[top : top + n, left : left + m], out=best)
        total += best
    return total


def features(pair: Prepared, rows: int, columns: int) -> Iterator[tuple[str, Matrix | float]]:
    """What describes the links of `rows` x `columns` segments by name, shape (n + 1 - rows, m + 1 - columns)."""
    yield "bead", 1.0
    yield "extra", float(rows + columns - 2)
    yield "support", _highest(_highest(pair.support, rows).T, columns).T
    ends = np.arange(rows, pair.support.shape[0] + 1)
    for name, overlaps in pair.overlaps.items():
        src, tgt = pair.crowding[name]
        crowded = _highest(src, rows)[:, None] + _highest(tgt, columns)
        yield name, overlaps(ends, rows, columns) - crowded / 2
    for name, interaction in pair.wording.items():
        likeness = interaction(rows, columns)
        yield f"{name}_tokens", likeness - (_crowding(likeness)[:, None] + _crowding(likeness.T)) / 2


def _highest(values: Matrix, size: int) -> Matrix:
    """Of every run of `size` along the first axis."""
    runs = len(values) + 1 - size
    best = values[:runs].copy()
    for start in range(1, size):
        np.maximum(best, values[start : start + runs], out=best)
    return best


def scattered(
    pair: Prepared, sizes: Sequence[tuple[int, int]], model: Model, least: float, settled: Constraints | None = None
) -> list[Step]:
    """The links whose log odds are above `least`, in row order; their gain is the log odds. No segment is in two.

    None that is `settled` is in any, and no link is made that is barred.
    """
    n, m = pair.support.shape
    settled = settled or constraints(n, m)
    candidates = [
        step
        for rows, columns in sizes
        if rows <= n and columns <= m
        for step in _likely(pair, rows, columns, model, least)
        if (step.row, rows, step.column, columns) not in settled.barred
    ]
    candidates.sort(key=lambda step: (-round(step.gain, 9), step.rows + step.columns, step.row, step.column))
    taken = settled.rows.copy(), settled.columns.copy()
    links = []
    for step in candidates:
        own = taken[0][step.row : step.row + step.rows], taken[1][step.column : step.column + step.columns]
        if not own[0].any() and not own[1].any():
            own[0][:] = own[1][:] = True
            links.append(step)
    return sorted(links, key=lambda step: step.row)


def _likely(pair: Prepared, rows: int, columns: int, model: Model, least: float) -> Iterator[Step]:
    log_odds = np.zeros((len(pair.support) + 1 - rows, pair.support.shape[1] + 1 - columns))
    for name, value in features(pair, rows, columns):
        log_odds += getattr(model, name) * value
    for row, column in np.argwhere(log_odds > least).tolist():
        yield Step(row, rows, column, columns, float(log_odds[row, column]))
