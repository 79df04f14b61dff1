"""Passages that one document has twice and the other once: a body pasted again, a page saved with its preview.

Of equal copies none is the better counterpart. While all of them are there, each is the other's rival, and what one
leaves unlinked finds something like it in the next. So a document is read without its copies, unless the other tells
them again too.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from workbench.align.confidence import Link
from workbench.align.constraints import Constraints
from workbench.align.similarity import Indices, Vectors, View

# Of views and constraints, and which segments of either side they are of.
Search = Callable[[Sequence[View], Constraints, Indices, Indices], list[Link]]

# A copy is a run of at least so many segments, so many of the first of them unlike each other, and a good part of its
# document: anything less is a refrain or a formula.
_RUN, _UNLIKE, _SHARE = 5, 4, 1 / 8
# It is told again in the other document too if so much of it finds a counterpart in what its original has left.
_TOLD_AGAIN = 0.5


def read_once(views: Sequence[View], settled: Constraints, search: Search) -> list[Link]:
    """The links that `search` makes of views and constraints, given those of the documents without their copies.

    Where both documents have copies these are counterparts too, and nothing is left out.
    """
    sides = [view.src for view in views], [view.tgt for view in views]
    flags = settled.rows, settled.columns
    everything = [np.arange(len(side)) for side in flags]
    runs = [copies(*side) for side in zip(sides, flags, strict=True)]
    if bool(runs[0]) == bool(runs[1]):
        return search(views, settled, *everything)
    axis = 0 if runs[0] else 1

    def found(left_out: Sequence[Iterable[int]]) -> list[Link]:
        rows, columns = (np.delete(side, list(gone)) for side, gone in zip(everything, left_out, strict=True))
        parts = [View(view.kind, view.src[rows], view.tgt[columns]) for view in views]
        links = search(parts, settled.only(rows, columns), rows, columns) if len(rows) and len(columns) else []
        return [link.among(rows, columns) for link in links]

    def without(gone: Iterable[range]) -> list[Link]:
        return found(_on(axis, chain.from_iterable(gone)))

    links = without(runs[axis])
    originals = set(everything[axis].tolist()).difference(*runs[axis])
    unlinked = _on(axis, originals, {i for link in links for i in (link.tgt, link.src)[axis]})
    linked = {i for link in found(unlinked) for i in (link.src, link.tgt)[axis]}
    told_again = [run for run in runs[axis] if _share(run, linked) >= _TOLD_AGAIN]
    return without(run for run in runs[axis] if run not in told_again) if told_again else links


def copies(views: Sequence[Vectors], settled: NDArray[np.bool_]) -> list[range]:
    """The runs of segments that are the same, in all of a side's `views`, as earlier ones; none that is `settled`.

    O(n), but O(n²) for a text that repeats itself throughout.
    """
    number: dict[bytes, int] = {}
    text = [number.setdefault(_digest(rows), len(number)) for rows in zip(*views, strict=True)]
    least = max(_RUN, round(_SHARE * len(text)))
    earlier: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    found: list[range] = []
    place = 0
    while place + least <= len(text):
        start = tuple(text[place : place + _RUN])
        starts = earlier[start]
        far = starts[: bisect_right(starts, place - least)]  # what stands nearer is too short
        length = max((_in_common(text, first, place) for first in far), default=0)
        if length >= least and not settled[place : place + length].any():
            found.append(range(place, place + length))
            place += length
            continue
        if len(set(start)) >= _UNLIKE:
            earlier[start].append(place)
        place += 1
    return found


def _digest(rows: Iterable[Vectors]) -> bytes:
    """What stands for a segment in all views, which together would be as large as the evidence itself."""
    digest = hashlib.blake2b(digest_size=16)
    for row in rows:
        digest.update(row.tobytes())
    return digest.digest()


def _in_common(text: Sequence[int], first: int, second: int) -> int:
    """For how many segments two runs are the same, up to where the second starts."""
    most = min(second - first, len(text) - second)
    return next((length for length in range(most) if text[first + length] != text[second + length]), most)


def _on(axis: int, own: Iterable[int], other: Iterable[int] = ()) -> tuple[Iterable[int], Iterable[int]]:
    return (own, other) if axis == 0 else (other, own)


def _share(run: range, linked: Collection[int]) -> float:
    return sum(place in linked for place in run) / len(run)
