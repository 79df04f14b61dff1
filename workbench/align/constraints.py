"""What reviewers have settled, as constraints on the search.

A fixed bead holds: its segments are linked to nothing else and no bead straddles them. If it is a link, the path also
gains by going through it, so that what lies between two of them is found with their help. A barred link is not made.
Who links two passages says that the documents are related; it can be said without a link too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from workbench.align.dp import Gain
from workbench.align.similarity import Ends, Indices, Vectors
from workbench.datatypes import Bead

# What a path gains from a fixed link on its way, in jumps: enough to choose between like passages, not enough to give
# up good links for one that is told out of order.
_CELL = 1.0

Segments = tuple[int, ...]
Flags = NDArray[np.bool_]
Span = tuple[int, int, int, int]  # row, rows, column, columns


@dataclass(frozen=True, eq=False)
class Constraints:
    """Constraints on a window of rows and columns, in the window's indices.

    `rows` (n,) and `columns` (m,): which are settled. `cells`: (row, column) of settled segments that correspond, those
    of a fixed link paired one by one. `barred`: links that must not be made, nor made part of larger ones. `torn`: from
    where to where others reach that must not be made and are interrupted; `related`: both documents tell of one thing,
    whatever the evidence; these two of the whole documents only.
    """

    rows: Flags
    columns: Flags
    cells: frozenset[tuple[int, int]] = frozenset()
    barred: frozenset[Span] = frozenset()
    torn: frozenset[Span] = frozenset()
    related: bool = False

    def within(self, rows: range, columns: range) -> Constraints:
        """What of it holds in a window, in the window's indices."""
        return Constraints(
            self.rows[rows.start : rows.stop],
            self.columns[columns.start : columns.stop],
            frozenset((i - rows.start, j - columns.start) for i, j in self.cells if i in rows and j in columns),
            frozenset(
                (i - rows.start, height, j - columns.start, width)
                for i, height, j, width in self.barred
                if i in rows and i + height <= rows.stop and j in columns and j + width <= columns.stop
            ),
        )

    def only(self, rows: Indices, columns: Indices) -> Constraints:
        """What of it holds of these segments alone, in ascending order, by their place among them."""
        places = tuple({int(kept): place for place, kept in enumerate(side)} for side in (rows, columns))
        return Constraints(
            self.rows[rows],
            self.columns[columns],
            frozenset((places[0][i], places[1][j]) for i, j in self.cells if i in places[0] and j in places[1]),
            frozenset(
                (places[0][i], height, places[1][j], width)
                for i, height, j, width in self.barred
                if all(row in places[0] for row in range(i, i + height))
                and all(column in places[1] for column in range(j, j + width))
            ),
            frozenset(left for span in self.torn if all((left := _left(span, rows, columns))[1::2])),
            self.related,
        )

    def exchanged(self) -> Constraints:
        """The same with the sides exchanged."""
        return Constraints(
            self.columns,
            self.rows,
            frozenset((j, i) for i, j in self.cells),
            frozenset((j, width, i, height) for i, height, j, width in self.barred),
            frozenset((j, width, i, height) for i, height, j, width in self.torn),
            self.related,
        )

    def gain(self, gain: Gain, jump: float) -> Gain:
        """The gain that keeps to the constraints; what they forbid gains minus infinity, a cell a share of `jump`."""
        if self._are_none:
            return gain

        def constrained(ends: Ends, rows: int, columns: int) -> NDArray[np.float64]:
            each = np.atleast_1d(ends)
            found = np.full((len(each), len(self.columns) - columns + 1), -np.inf)
            free = ~_any(self.rows, rows)[each - rows]
            if free.any():
                found[free] = np.where(_any(self.columns, columns), -np.inf, gain(each[free], rows, columns))
            if rows == columns == 1:
                for place, end in enumerate(each.tolist()):
                    if end - 1 in self._cell_of_row:
                        found[place, self._cell_of_row[end - 1]] = _CELL * jump
            if self.barred:
                for place, end in enumerate(each.tolist()):
                    for low, high in self._barred_starts(end - rows, rows, columns):
                        found[place, low:high] = -np.inf
            return found if np.ndim(ends) else found[0]

        return constrained

    def vectors(self, src: Vectors, tgt: Vectors) -> tuple[Vectors, Vectors]:
        """Vectors (n, d) and (m, d) in which a cell's inner product is 1 and what is settled is like nothing else."""
        if self._are_none:
            return src, tgt
        src, tgt = src.copy(), tgt.copy()
        tgt[self.columns] = 0
        for row, column in self.cells:
            length = float(src[row] @ src[row])
            tgt[column] = src[row] / length if length else 0
        src[self.rows & ~np.isin(np.arange(len(src)), [row for row, _ in self.cells])] = 0
        return src, tgt

    @cached_property
    def _are_none(self) -> bool:
        return not (self.rows.any() or self.columns.any() or self.barred)

    @cached_property
    def _cell_of_row(self) -> Mapping[int, int]:
        return dict(self.cells)

    def _barred_starts(self, start: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
        """Ranges of the first columns of beads that are barred, or are a barred one with something added to both sides.

        What adds to one side only may be what the reviewer missed.
        """
        for row in range(start, start + rows):
            for height, column, width in self._barred_by_row.get(row, ()):
                if (row, height, width) == (start, rows, columns):
                    yield column, column + 1
                elif row + height <= start + rows and height < rows and width < columns:
                    yield max(0, column + width - columns), column + 1

    @cached_property
    def _barred_by_row(self) -> Mapping[int, list[tuple[int, int, int]]]:
        found = defaultdict(list)
        for row, rows, column, columns in self.barred:
            found[row].append((rows, column, columns))
        return found


def _any(settled: Flags, size: int) -> Flags:
    """For every run of so many segments whether any of it is settled, shape (n - size + 1,)."""
    return np.asarray(sliding_window_view(settled, size).any(axis=1), dtype=np.bool_)


def _left(span: Span, rows: Indices, columns: Indices) -> Span:
    """A span among these segments alone; of no rows or columns where it has none of them."""
    row, height, column, width = span
    top, bottom = np.searchsorted(rows, (row, row + height)).tolist()
    left, right = np.searchsorted(columns, (column, column + width)).tolist()
    return top, bottom - top, left, right - left


def constraints(
    n: int,
    m: int,
    fixed: Sequence[Bead] = (),
    barred: Collection[tuple[Segments, Segments]] = (),
    related: bool = False,
) -> Constraints:
    """The constraints on the alignment of `n` with `m` segments, by segment index. `related`: somebody says so.

    Barred null beads bar nothing: a segment may always stay unlinked. Raises ValueError where fixed beads share a
    segment or name one that is not there.
    """
    links = [(src, tgt) for src, tgt in barred if src and tgt]
    return Constraints(
        _settled([i for bead in fixed for i in bead.src], n),
        _settled([j for bead in fixed for j in bead.tgt], m),
        frozenset(cell for bead in fixed for cell in zip(bead.src, bead.tgt, strict=False)),
        frozenset(_span(src, tgt) for src, tgt in links if _is_run(src) and _is_run(tgt)),
        frozenset(_span(src, tgt) for src, tgt in links if not (_is_run(src) and _is_run(tgt))),
        related or not all(bead.is_null for bead in fixed),
    )


def _settled(indices: Sequence[int], size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    for index in indices:
        if not 0 <= index < size:
            raise ValueError(f"a fixed bead names segment {index}, but there are {size}")
        if flags[index]:
            raise ValueError(f"two fixed beads name segment {index}")
        flags[index] = True
    return flags


def _is_run(indices: Segments) -> bool:
    return indices[-1] - indices[0] == len(indices) - 1


def _span(src: Segments, tgt: Segments) -> Span:
    return src[0], src[-1] - src[0] + 1, tgt[0], tgt[-1] - tgt[0] + 1
