"""Links in no order at all, for two tellings of one event: most of either has no counterpart, and what has is anywhere.

Every sentence of such a pair is about the same topic, so that a similarity says little by itself. Each kind of evidence
is freed of what the whole pair has in common (its mean and its leading components, Mu and Viswanath 2018), then of
what each passage has in common with its nearest ones (the margin of Lample et al. 2018). A short passage is like many
by chance, so that its similarity counts for less. A link gains where others lie beside it in the same direction, and
where it stands in one order with others (`order`). The strongest is taken first, and then whatever it leaves free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import numpy as np

from workbench.align.blocks import Step
from workbench.align.constraints import Constraints, constraints
from workbench.align.order import order
from workbench.align.similarity import Matrix, Overlaps, Runs, Similarities, Vectors, centred, highest, unit
from workbench.align.wording import Interaction, Read, Tokens, distinct
from workbench.datatypes import Progress, silent

Sides = Mapping[str, tuple[Vectors, Vectors]]
AllTokens = Mapping[str, tuple[Tokens, Tokens]]
Size = tuple[int, int]

# Leading components that a kind of dense vectors loses.
_COMPONENTS = 2
_DENSE = ("english", "draft", "meaning")
# Segments in a link, both sides together: larger ones were right less often on pairs held out.
LARGEST = 5
# How many of a passage's nearest tell how much it is like everything.
_CROWD = 4
# How far away a link may lie that supports another.
_REACH = 2
# The kinds that describe a link where tokens of the English do: what words and anchors add to these held no further on
# pairs held out.
_BESIDE_TOKENS = ("english", "meaning")
# What the kinds weigh where a link is only to support others.
_SUPPORTING: Mapping[str, float] = {"words": 1.0, "english": 0.7, "draft": 0.7, "meaning": 0.3, "anchors": 0.1}


@dataclass(frozen=True, slots=True)
class Model:
    """Two logistic regressions: what describes a link, and what it counts in the log odds that the passages correspond.

    The first is of what the passages say and what lies beside them. The second is of the `own` log odds that come of
    the first, and of what the `order` of all tells.
    """

    bead: float = 0.0
    support: float = 0.0
    words: float = 0.0
    meaning: float = 0.0
    english: float = 0.0
    draft: float = 0.0
    anchors: float = 0.0
    english_tokens: float = 0.0
    draft_tokens: float = 0.0
    meaning_tokens: float = 0.0
    bias: float = 0.0
    own: float = 1.0
    order: float = 0.0

    def read(self, tokens: Mapping[str, Read]) -> AllTokens:
        """Those of the tokens that it weighs."""
        return {kind: read() for kind, read in tokens.items() if getattr(self, f"{kind}_tokens")}


# All by `python -m models.training.alignment.scattered`: with the tokens of the English of both sides, with that
# English alone, with one language of both, with the tokens of the originals and of drafts in English, with those of the
# originals, with the originals alone. Beside tokens of good English those of the originals are left aside: they
# found as much in some pairs as they lost in others.
WORDING = Model(
    bead=-1.97, support=5.33, meaning=19.11, english=9.36, english_tokens=93.94, bias=0.93, own=1.02, order=0.86
)
ENGLISH = Model(
    bead=-1.95, support=5.09, words=13.44, meaning=26.2, english=45.32, anchors=0.62, bias=0.85, own=0.95, order=0.9
)
WORDS = Model(bead=-3.09, support=5.39, words=22.91, meaning=11.44, anchors=-1.2, bias=0.28, own=0.96, order=0.6)
DRAFT = Model(
    bead=-1.14,
    support=9.64,
    meaning=12.28,
    draft=7.07,
    anchors=2.78,
    draft_tokens=47.77,
    meaning_tokens=59.95,
    bias=0.71,
    own=0.91,
    order=0.76,
)
TOKENS = Model(
    bead=-1.63, support=16.78, meaning=15.84, anchors=2.05, meaning_tokens=74.05, bias=1.06, own=1.05, order=0.96
)
MEANING = Model(bead=-2.79, support=24.77, meaning=53.52, anchors=2.83, bias=0.44, own=0.98, order=1.51)


# The log odds from which passages are linked, for those who ask for less confidence too: what is right of a link in
# one language without English is often little of it.
LEAST = {WORDING: -2.0, ENGLISH: -2.0, WORDS: 0.5, DRAFT: -0.5, TOKENS: -0.5, MEANING: -0.5}
# And those from which links tell of the two documents all together, see `related`.
LEAST_TELLING = {WORDING: -3.0, ENGLISH: -3.0, WORDS: -2.5, DRAFT: -3.0, TOKENS: -3.0, MEANING: -3.0}
# The log odds from which a link by itself tells anything about the two documents.
LIKELY = -0.6


def known(kinds: Collection[str], tokens: Collection[str] = ()) -> Model:
    """The model for the kinds of evidence at hand, and those whose tokens are."""
    if "english" in kinds:
        return WORDING if "english" in tokens else ENGLISH
    if "words" in kinds:
        return WORDS
    if "draft" in tokens:
        return DRAFT
    return TOKENS if "meaning" in tokens else MEANING


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every link of a pair is described from: the similarities of each kind, and who supports whom."""

    overlaps: Mapping[str, Overlaps]
    support: tuple[Matrix, Matrix]  # before and behind each pair of segments, shape (n, m)
    wording: Mapping[str, Interaction]  # of the kinds whose tokens are known
    lengths: tuple[Matrix, Matrix] | None  # a number a segment of either side

    @property
    def shape(self) -> Size:
        """Segments of either side."""
        n, m = self.support[0].shape
        return n, m


def prepared(
    kinds: Sides,
    lengths: tuple[Matrix, Matrix] | None,
    largest: int,
    tokens: AllTokens = MappingProxyType({}),
) -> Prepared:
    """`kinds`: a vector a segment of either side, of each kind of evidence; `lengths`: a number a segment.

    `tokens`: of the kinds for which they are known. Dense: time and memory grow with n times m.
    """
    kinds = {**kinds, **{name: _as_read(tokens[name]) for name in ("english", "draft") if name in tokens}}
    sides = {name: _sides(name, *kinds[name], lengths) for name in _SUPPORTING if name in kinds}
    described = [name for name in sides if "english" not in tokens or name in _BESIDE_TOKENS]
    links = np.zeros([len(side) for side in next(iter(kinds.values()))])
    for name, (src, tgt) in sides.items():
        links += _SUPPORTING[name] * _margin(unit(src) @ unit(tgt).T)
    return Prepared(
        {name: Overlaps(_runs(sides[name][0], largest), _runs(sides[name][1], largest)) for name in described},
        (_before(links), _before(links[::-1, ::-1])[::-1, ::-1]),
        {name: Interaction.of(*sides) for name, sides in tokens.items()},
        lengths,
    )


def _as_read(tokens: tuple[Tokens, Tokens]) -> tuple[Vectors, Vectors]:
    """What the tokens of each segment say together, a vector one long for each."""
    src, tgt = (unit(read.means()) for read in tokens)
    return src, tgt


def _runs(side: Vectors, largest: int) -> Runs:
    """The side's runs, each as if it had one segment of mean length more which is like nothing."""
    runs = Runs.of(side, largest)
    more = np.linalg.norm(side, axis=1).mean()
    return Runs(side, {size: scale / (1 + more * scale) for size, scale in runs.scales.items()})


def _sides(name: str, src: Vectors, tgt: Vectors, lengths: tuple[Matrix, Matrix] | None) -> tuple[Vectors, Vectors]:
    """Both sides less what the pair has in common, a long segment counting for more than a short one."""
    src, tgt = distinct(src, tgt, _COMPONENTS) if name in _DENSE else (unit(centred(src, 1.0)), unit(centred(tgt, 1.0)))
    if lengths is None:
        return src, tgt
    weights = [np.sqrt(np.maximum(side, 1.0)).astype(np.float32)[:, None] for side in lengths]
    return src * weights[0], tgt * weights[1]


def _margin(similarity: Similarities | Matrix) -> Matrix:
    """How much more alike passages are than each is to its nearest, on average."""
    margin = np.add.outer(_crowding(similarity) / 2, _crowding(similarity.T) / 2)
    return np.subtract(similarity, margin, out=margin)


def _crowding(similarity: Similarities | Matrix) -> Matrix:
    """The mean of each row's highest."""
    nearest = min(_CROWD, similarity.shape[1])
    highest = np.partition(similarity, -nearest, axis=1)[:, -nearest:]
    mean: Matrix = highest.mean(axis=1, dtype=np.float64)
    return mean


def _before(links: Matrix) -> Matrix:
    """The best link a little before each pair of segments on both sides; 0 where none speaks for it."""
    best = np.zeros_like(links)
    for down, right in product(range(_REACH + 1), repeat=2):
        if down or right:
            behind = best[down:, right:]
            np.maximum(behind, links[: behind.shape[0], : behind.shape[1]], out=behind)
    return best


def features(pair: Prepared, rows: int, columns: int) -> Iterator[tuple[str, Matrix]]:
    """What describes the links of `rows` x `columns` segments by name, shape (n + 1 - rows, m + 1 - columns)."""
    n, m = pair.shape
    before, behind = pair.support
    yield "support", before[: n + 1 - rows, : m + 1 - columns] + behind[rows - 1 :, columns - 1 :]
    ends = np.arange(rows, n + 1)
    for name, overlaps in pair.overlaps.items():
        yield name, _margin(overlaps(ends, rows, columns))
    for name, interaction in pair.wording.items():
        yield f"{name}_tokens", _margin(interaction(rows, columns))


def within(values: Matrix, rows: int, columns: int) -> Matrix:
    """The highest value of each link's pairs of segments, shape (n + 1 - rows, m + 1 - columns)."""
    return highest(highest(values, rows).T, columns).T


def scattered(pair: Prepared, sizes: Sequence[Size], model: Model, least: float) -> list[Step]:
    """The links whose log odds, order and all, are above `least`; see `linked`."""
    own = own_log_odds(pair, sizes, model)
    return linked(with_order(own, of_segments(own), model), least, constraints(*pair.shape))


def own_log_odds(
    pair: Prepared, sizes: Sequence[Size], model: Model, progress: Progress = silent
) -> dict[Size, Similarities]:
    """By what the passages say and what lies beside them: of the links of every size, by where these begin."""
    n, m = pair.shape
    own = {}
    for done, size in enumerate(sizes, 1):
        if size[0] <= n and size[1] <= m:
            own[size] = _own(pair, size, model)
        progress("any order", done, len(sizes))
    return own


def _own(pair: Prepared, size: Size, model: Model) -> Similarities:
    n, m = pair.shape
    log_odds = np.full((n + 1 - size[0], m + 1 - size[1]), model.bead, dtype=np.float32)
    for name, value in features(pair, *size):
        value *= getattr(model, name)
        log_odds += value
    return log_odds


def with_order(
    own: Mapping[Size, Similarities], segments: Similarities, model: Model
) -> Iterator[tuple[Size, Similarities]]:
    """The links' log odds with what the order of all tells of each. `segments`: see `of_segments`."""
    told = order(segments)
    for size, values in own.items():
        yield size, (model.bias + model.own * values + model.order * within(told, *size)).astype(np.float32)


def of_segments(own: Mapping[Size, Similarities]) -> Similarities:
    """Of each pair of segments, shape (n, m), the best link that holds it and is one segment on either side."""
    best = own[1, 1].copy()
    for (rows, columns), values in own.items():
        if 1 in (rows, columns):
            for row, column in product(range(rows), range(columns)):
                held = best[row : row + len(values), column : column + values.shape[1]]
                np.maximum(held, values, out=held)
    return best


def linked(log_odds: Iterable[tuple[Size, Similarities]], least: float, settled: Constraints) -> list[Step]:
    """The links whose log odds are above `least`, in row order; their gain is the log odds. No segment is in two.

    None that is `settled` is in any, and no link is made that is barred.
    """
    taken = bytearray(settled.rows), bytearray(settled.columns)
    links = []
    for step in _strongest_first(log_odds, least):
        rows, columns = slice(step.src.start, step.src.stop), slice(step.tgt.start, step.tgt.stop)
        is_barred = (step.row, step.rows, step.column, step.columns) in settled.barred
        if not (any(taken[0][rows]) or any(taken[1][columns]) or is_barred):
            taken[0][rows], taken[1][columns] = b"\1" * step.rows, b"\1" * step.columns
            links.append(step)
    return sorted(links, key=lambda step: step.row)


def _strongest_first(log_odds: Iterable[tuple[Size, Similarities]], least: float) -> Iterator[Step]:
    """Every link whose log odds are above `least`; of equally strong ones the first of the first size."""
    found = []
    for (rows, columns), values in log_odds:
        row, column = np.divmod(np.flatnonzero(values > least), values.shape[1])
        found.append(np.broadcast_arrays(row, rows, column, columns, values[row, column]))
    *spans, gains = (np.concatenate(parts) for parts in zip(*found, strict=True))
    strongest = np.argsort(-gains, kind="stable")
    yield from map(Step, *(each[strongest].tolist() for each in (*spans, gains)))
