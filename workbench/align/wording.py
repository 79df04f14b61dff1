"""How much of what one passage says the other says too, token by token, in whatever words and in either's language.

Every token looks for its best match in the other passage, and a passage is as alike to another as its tokens find
theirs on average: late interaction (Khattab and Zaharia 2020). The rarer a token is within the pair, the more it
counts, as in BERTScore (Zhang et al. 2020), and the more the encoder makes of it. Of the two directions the better
counts: a short passage that is told within a longer one is told there, whatever else that tells. But the few tokens of
a very short one are found anywhere: the less a passage says, the less it counts that all of it is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from workbench.align.similarity import ROUNDING, Indices, Matrix, Vectors, centred, highest, unit

# Pairs of segments beyond which tokens are not compared: it would take more than a few seconds.
MOST_READ = 160_000
# Segments whose tokens are compared at once with all of the other side: memory is of one block.
_BLOCK = 32
# So many segments of mean length are added to every passage, of which nothing is found.
_UNFOUND = 4.0
# Leading components that the tokens of both sides lose, since all passages of a pair have them (Mu, Viswanath 2018).
_COMPONENTS = 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one side, segment by segment; every segment has one at least, a zero vector where it has none."""

    ids: Indices  # which word or piece of a word each is, shape (tokens,)
    vectors: Vectors  # shape (tokens, d)
    weights: NDArray[np.float32]  # how much each counts anywhere, shape (tokens,)
    starts: Indices  # where each segment's begin, and where the last one's end, shape (n + 1,)

    @classmethod
    def of(cls, segments: Sequence[tuple[Indices, Vectors, NDArray[np.float32]]]) -> Tokens:
        """`segments`: ids, vectors and weights of each, shapes (k,), (k, d) and (k,), k may be 0."""
        width = max((vectors.shape[1] for _, vectors, _ in segments), default=1)
        nothing = np.full(1, -1), np.zeros((1, width), dtype=np.float32), np.ones(1, dtype=np.float32)
        filled = [segment if len(segment[0]) else nothing for segment in segments]
        ids, vectors, weights = (np.concatenate(column) for column in zip(*filled, strict=True))
        return cls(ids, vectors, weights, np.cumsum([0, *(len(segment[0]) for segment in filled)]))

    def only(self, segments: Indices) -> Tokens:
        """Of some segments, in their order."""
        kept = [np.arange(self.starts[place], self.starts[place + 1]) for place in segments]
        tokens = np.concatenate(kept)
        starts = np.cumsum([0, *map(len, kept)])
        return Tokens(self.ids[tokens], self.vectors[tokens], self.weights[tokens], starts)

    def means(self) -> Vectors:
        """The mean vector of each segment's tokens, shape (n, d)."""
        counts = np.diff(self.starts)[:, None]
        return np.asarray(np.add.reduceat(self.vectors, self.starts[:-1], axis=0) / counts, dtype=np.float32)

    def segments(self) -> Iterator[Indices]:
        """The distinct tokens of each."""
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            yield np.unique(self.ids[start:end])


# The tokens of both sides, of one kind.
Read = Callable[[], tuple[Tokens, Tokens]]


@dataclass(frozen=True, slots=True)
class Wording:
    """How both sides word what they tell: read when it is asked for, since it takes time.

    `tokens` of either side by the kind of evidence that they refine. `names`: which segments of either side name each.
    """

    tokens: Mapping[str, Read] = field(default_factory=dict)
    names: Callable[[], Mapping[str, tuple[AbstractSet[int], AbstractSet[int]]]] = dict

    def only(self, rows: Indices, columns: Indices) -> Wording:
        """That of some segments of either side; names keep the numbers of theirs."""
        src, tgt = frozenset(rows.tolist()), frozenset(columns.tolist())
        return Wording(
            {kind: partial(_only, read, rows, columns) for kind, read in self.tokens.items()},
            lambda: {name: (own & src, other & tgt) for name, (own, other) in self.names().items()},
        )

    def exchanged(self) -> Wording:
        """The same with the sides exchanged."""
        return Wording(
            {kind: partial(_exchanged, read) for kind, read in self.tokens.items()},
            lambda: {name: (tgt, src) for name, (src, tgt) in self.names().items()},
        )

    def names_in_both(self) -> int:
        """How many names stand on either side."""
        return sum(bool(src and tgt) for src, tgt in self.names().values())


def _only(read: Read, rows: Indices, columns: Indices) -> tuple[Tokens, Tokens]:
    src, tgt = read()
    return src.only(rows), tgt.only(columns)


def _exchanged(read: Read) -> tuple[Tokens, Tokens]:
    src, tgt = read()
    return tgt, src


@dataclass(frozen=True, slots=True)
class Interaction:
    """What every token of either side finds in each segment of the other: its best match, times what it weighs."""

    src: Matrix  # shape (tokens of the source, m)
    tgt: Matrix  # shape (tokens of the target, n)
    weights: tuple[Matrix, Matrix]  # of each token
    starts: tuple[Indices, Indices]
    unfound: float  # the weight of what is added to every passage

    @classmethod
    def of(cls, src: Tokens, tgt: Tokens) -> Interaction:
        """Time grows with the product of both sides' tokens."""
        vectors = distinct(src.vectors, tgt.vectors, _COMPONENTS)
        found = np.empty((len(src.ids), len(tgt.starts) - 1)), np.empty((len(tgt.ids), len(src.starts) - 1))
        for first in range(0, len(src.starts) - 1, _BLOCK):
            starts = src.starts[first : first + _BLOCK + 1]
            similarity = vectors[0][starts[0] : starts[-1]] @ vectors[1].T
            found[0][starts[0] : starts[-1]] = np.maximum.reduceat(similarity, tgt.starts[:-1], axis=1)
            best = np.maximum.reduceat(similarity, starts[:-1] - starts[0], axis=0)
            found[1][:, first : first + _BLOCK] = best.T
        weights = _weights(src, tgt)
        segments = len(src.starts) + len(tgt.starts) - 2
        return cls(*found, weights, (src.starts, tgt.starts), _UNFOUND * sum(map(np.sum, weights)) / segments)

    def __call__(self, rows: int, columns: int) -> Matrix:
        """How alike runs of `rows` and of `columns` segments are, shape (n + 1 - rows, m + 1 - columns).

        The longer a passage that is found word for word, the nearer to 1; 0 is what any two tokens have in common.
        """
        src = self._told(self.src, 0, rows, columns)
        tgt = self._told(self.tgt, 1, columns, rows)
        return np.maximum(src, tgt.T)

    def _told(self, best: Matrix, side: int, own: int, other: int) -> Matrix:
        """How well the tokens of each run of `own` segments are matched in each run of `other` ones, on average."""
        matched = highest(best.T, other).T
        weights, starts = self.weights[side][:, None], self.starts[side]
        totals = _sums(matched * weights, starts, own)
        return totals / np.maximum(_sums(weights, starts, own) + self.unfound, 1e-9)


def _sums(values: Matrix, starts: Indices, own: int) -> Matrix:
    """Over the tokens of every run of `own` segments."""
    upto = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    sums: Matrix = upto[starts[own:]] - upto[starts[:-own]]
    return sums


def _weights(src: Tokens, tgt: Tokens) -> tuple[Matrix, Matrix]:
    """Inverse document frequency of every token within the pair (Spärck Jones 1972), times its own weight."""
    distinct_tokens = [*src.segments(), *tgt.segments()]
    ids, frequency = np.unique(np.concatenate(distinct_tokens), return_counts=True)
    rarity = np.log((len(distinct_tokens) + 1) / (frequency + 0.5))
    of_src, of_tgt = (rarity[np.searchsorted(ids, side.ids)] * side.weights.astype(np.float64) for side in (src, tgt))
    return of_src, of_tgt


def distinct(src: Vectors, tgt: Vectors, components: int) -> tuple[Vectors, Vectors]:
    """Both sides, rows one long, less their mean and the leading components that both have."""
    src, tgt = unit(centred(src, 1.0)), unit(centred(tgt, 1.0))
    both = np.vstack([src, tgt]).astype(np.float64)
    _, directions = np.linalg.eigh(both.T @ both)
    leading = directions[:, -components:].astype(np.float32)
    return _without(src, leading), _without(tgt, leading)


def _without(vectors: Vectors, directions: Vectors) -> Vectors:
    return unit(np.asarray(vectors - vectors @ directions @ directions.T, dtype=np.float32), ROUNDING)
