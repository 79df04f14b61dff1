"""What is known of two documents, all kinds of similarity weighed together, and what weighs how much."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from workbench.align.constraints import Constraints, constraints
from workbench.align.neighbours import Neighbours, nearest
from workbench.align.scoring import WEIGHTS
from workbench.align.similarity import (
    Ends,
    Indices,
    Matrix,
    Overlaps,
    Runs,
    Similarities,
    Vectors,
    View,
    by_kind,
    centred,
    picked,
    unit,
)
from workbench.align.straddling import straddling
from workbench.datatypes import Progress, silent

# How many of a segment's nearest are looked at, to find the chains and a link's rivals.
NEIGHBOURS = 6
# And of how many of them the similarity tells how much a segment is like everything.
_CROWD = 4
# Views that are one number a segment: characters, quotation marks, how it ends, whether it begins with a label.
COLUMNS = ("length", "quotes", "ending", "label")
# Views that by themselves say of no two segments that they are alike.
NO_LIKENESS = (*COLUMNS, "anchors", "terms")


@dataclass(frozen=True, slots=True)
class Options:
    """What the search weighs against what; tuned on development sets of gold alignments."""

    # What the features of a bead count.
    scores: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    # How much each kind of similarity counts, relative to the others that are there.
    weights: Mapping[str, float] = field(default_factory=lambda: {"meaning": 1.0, "english": 3.0, "words": 0.25})
    # What each kind's similarities are multiplied by, so that a good match is about as high in all.
    scales: Mapping[str, float] = field(default_factory=lambda: {"words": 1.5, "english": 0.9})
    # How much of what all passages of a side share is taken out of each.
    centring: Mapping[str, float] = field(default_factory=lambda: {"meaning": 0.8, "english": 1.0})
    # The share of a side that is expected to have a counterpart before anything is known.
    usual_coverage: float = 0.5
    # What an unlinked segment costs, in log odds like the scores of beads.
    null: float = 0.1
    # How far it counts whether a bead is complete where the rest may be lost: between links, of what they left over.
    of_gaps: float = 0.3
    # What leaving the order of the text costs, in log odds too.
    jump: float = 6.0
    # Links in order with log odds of this on average are not doubted.
    clear: float = 8.0
    # Others are where they cover less than this share of either side: with a language in common, and without.
    in_order: tuple[float, float] = (0.6, 0.4)
    # And where there is English of both sides and fewer of them than this share are links in any order too.
    confirmed: float = 0.68
    # Segments in a bead, both sides together.
    largest: int = 8


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one kind of evidence says, prepared for the whole pair of documents."""

    name: str
    weight: float
    src: Runs
    tgt: Runs


class Evidence:
    """What is known of any overlap of one side and any of the other, all kinds of similarity weighed together.

    What concerns the whole pair (centring, crowding) is prepared once; what grows with n times m is made when it is
    first asked for, so ask it of tiles.
    """

    def __init__(
        self,
        views: Sequence[View],
        options: Options,
        settled: Constraints | None = None,
        progress: Progress = silent,
    ) -> None:
        self._progress = progress
        parts = by_kind(views)
        self.constraints = settled or constraints(len(views[0].src), len(views[0].tgt))
        largest = options.largest - 1
        self._columns = {kind: _column(*parts.pop(kind)) for kind in COLUMNS if kind in parts}
        self._anchors = [Runs.of(side, largest) for side in parts.pop("anchors", ())]
        self._terms = parts.pop("terms", None)
        total = sum(options.weights.get(kind, 1.0) for kind in parts)
        self._kinds = [
            _Kind(
                kind,
                options.weights.get(kind, 1.0) * options.scales.get(kind, 1.0) / total,
                Runs.of(centred(src, options.centring.get(kind, 0.0)), largest),
                Runs.of(centred(tgt, options.centring.get(kind, 0.0)), largest),
            )
            for kind, (src, tgt) in parts.items()
        ]

    @property
    def shape(self) -> tuple[int, int]:
        """Segments of either side."""
        return len(self._kinds[0].src.vectors), len(self._kinds[0].tgt.vectors)

    @property
    def kinds(self) -> dict[str, _Kind]:
        """What the kinds say each for itself, by name."""
        return {kind.name: kind for kind in self._kinds}

    def tile(self, rows: range, columns: range) -> Evidence:
        """The same evidence on a window of either side, with what was prepared for the whole pair."""
        part = object.__new__(Evidence)
        part._progress = self._progress
        part.constraints = self.constraints.within(rows, columns)
        r, c = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        part._columns = {kind: (src[r], tgt[c]) for kind, (src, tgt) in self._columns.items()}
        part._anchors = [side.window(place) for side, place in zip(self._anchors, (rows, columns), strict=False)]
        part._terms = self._terms and (self._terms[0][r], self._terms[1][c])
        part._kinds = [_Kind(k.name, k.weight, k.src.window(rows), k.tgt.window(columns)) for k in self._kinds]
        part.crowding = self.crowding[0][r], self.crowding[1][c]
        return part

    def without(self, rows: Indices, columns: Indices) -> Evidence:
        """The same evidence as if some segments of either side were not there."""
        r, c = (np.delete(np.arange(size), gone) for size, gone in zip(self.shape, (rows, columns), strict=True))
        part = object.__new__(Evidence)
        part._progress = self._progress
        part.constraints = self.constraints.only(r, c)
        part._columns = {kind: (src[r], tgt[c]) for kind, (src, tgt) in self._columns.items()}
        part._anchors = [side.only(kept) for side, kept in zip(self._anchors, (r, c), strict=False)]
        part._terms = self._terms and (self._terms[0][r], self._terms[1][c])
        part._kinds = [_Kind(k.name, k.weight, k.src.only(r), k.tgt.only(c)) for k in self._kinds]
        part.crowding = self.crowding[0][r], self.crowding[1][c]
        if "neighbours" in self.__dict__:
            part.neighbours = self.neighbours.only(r, c)
        return part

    def column(self, kind: str) -> tuple[Matrix, Matrix] | None:
        """One number a segment, of a kind named in COLUMNS; None where there is none."""
        return self._columns.get(kind)

    @property
    def sides(self) -> dict[str, tuple[Vectors, Vectors]]:
        """A vector a segment of each kind of evidence, each for itself."""
        sides = {kind.name: (kind.src.vectors, kind.tgt.vectors) for kind in self._kinds}
        if self._anchors:
            sides["anchors"] = self._anchors[0].vectors, self._anchors[1].vectors
        return sides

    @cached_property
    def neighbours(self) -> Neighbours:
        """The most similar segments of the other side, for every segment of the whole pair."""
        return nearest(*self.vectors, NEIGHBOURS, self._progress)

    @cached_property
    def crowding(self) -> tuple[Matrix, Matrix]:
        """How alike each segment is to the nearest of the other side, on average: high where it is like everything."""
        near = self.neighbours.column_similarities, self.neighbours.row_similarities
        src, tgt = (side[:, :_CROWD].mean(axis=1, dtype=np.float64) for side in near)
        return src, tgt

    @cached_property
    def anchors(self) -> Overlaps | None:
        """How alike overlaps are in what survives translation; None where there is no such view."""
        return Overlaps(self._anchors[0], self._anchors[1]) if self._anchors else None

    @cached_property
    def straddling(self) -> Similarities | None:
        """How much of what both sides have straddles each corner, shape (n + 1, m + 1); None where there is no such
        view."""
        return straddling(*self._terms) if self._terms else None

    @cached_property
    def vectors(self) -> tuple[Vectors, Vectors]:
        """A float32 row a segment, shapes (n, d) and (m, d), whose inner products are `segments`."""
        return self.constraints.vectors(
            np.hstack([unit(kind.src.vectors) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
            np.hstack([unit(kind.tgt.vectors) * np.float32(math.sqrt(kind.weight)) for kind in self._kinds]),
        )

    @cached_property
    def segments(self) -> Matrix:
        """The similarity of every segment with every other, shape (n, m)."""
        src, tgt = self.vectors
        return (src @ tgt.T).astype(np.float64)

    @cached_property
    def _singles(self) -> dict[tuple[int, int], Similarities]:
        return {}

    @cached_property
    def _overlaps(self) -> list[Overlaps]:
        return [Overlaps(kind.src, kind.tgt, kind.weight) for kind in self._kinds]

    def __call__(self, ends: Ends, rows: int, columns: int) -> Similarities:
        """As Overlaps; 1 is identical, 0 is what any two passages of the pair have in common."""
        if 1 in (rows, columns):
            return self._single(rows, columns)[picked(ends, rows)]
        return self._summed(ends, rows, columns)

    def _single(self, rows: int, columns: int) -> Similarities:
        """Of single segments with every run, which scores ask for again and again; by where the run starts."""
        if (rows, columns) not in self._singles:
            ends = np.arange(rows, self.shape[0] + 1)
            self._singles[rows, columns] = self._summed(ends, rows, columns)
        return self._singles[rows, columns]

    def _summed(self, ends: Ends, rows: int, columns: int) -> Similarities:
        total = self._overlaps[0](ends, rows, columns)
        for part in self._overlaps[1:]:
            total += part(ends, rows, columns)
        return total


def _column(src: Vectors, tgt: Vectors) -> tuple[Matrix, Matrix]:
    return src[:, 0].astype(np.float64), tgt[:, 0].astype(np.float64)
