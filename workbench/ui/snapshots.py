"""Documents as pages show them at a state of the workspace, read once for all browsers."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from threading import Lock

from workbench.align import LEAST_CONFIDENCE, Verdict
from workbench.concordance import Corpus
from workbench.core import Workbench
from workbench.ui import rows
from workbench.ui.installed import untranslated
from workbench.ui.rows import Column, Data
from workbench.wiring.views import PairView

_FIRST = 100  # passages of each document that are sent before all others: more than any window shows
# Documents of which pages hide who translated them, pairs of which they hide what checks find; and the number of the
# spot check because of which.
Veils = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Snapshot:
    """Some documents as they were at a state of the workspace. What browsers are told at first is worked out once."""

    state: int
    veils: Veils
    columns: list[Column]
    pairs: list[PairView]
    table: Data

    @cached_property
    def first(self) -> Data:
        """The beginning of the table; the table itself where it is short."""
        return rows.beginning(self.table, _FIRST)

    @cached_property
    def corpus(self) -> Corpus:
        return rows.searchable(self.columns)

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        return rows.places(self.columns)

    @cached_property
    def relations(self) -> dict[tuple[int, int], Verdict]:
        """How every two columns relate, by LEAST_CONFIDENCE."""
        pairs = {rows.pair_of(self.columns, pair): pair.related for pair in self.pairs}
        links = self.table["links"]
        return {at: rows.relation(links, at, LEAST_CONFIDENCE, related) for at, related in pairs.items()}


_reading = Lock()
_recent: deque[tuple[Path, tuple[str, ...], Snapshot]] = deque(maxlen=3)


def snapshot(workbench: Workbench, docs: tuple[str, ...]) -> Snapshot:
    """The documents as they are now; read once for all browsers that show them."""
    with _reading:
        state, veils = workbench.state(), veils_of(workbench, docs)
        for folder, known, found in _recent:
            if (folder, known, found.state, found.veils) == (workbench.folder, docs, state, veils):
                return found
        with no_collecting():
            found = _read(workbench, docs, state, veils)
        _recent.append((workbench.folder, docs, found))
        return found


def veils_of(workbench: Workbench, docs: tuple[str, ...]) -> Veils:
    """What pages hide of these documents now."""
    asked = [*((doc,) for doc in docs), *combinations(docs, 2)]
    return {of: campaign.number for of in asked if (campaign := workbench.veil(of, len(of) == 2))}


@contextmanager
def no_collecting() -> Iterator[None]:
    """What is read or found of long documents is no garbage, and Python would look through it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(workbench: Workbench, docs: tuple[str, ...], state: int, veils: Veils) -> Snapshot:
    infos = {info.id: info for info in workbench.documents()}
    columns = [Column(infos[doc], tuple(workbench.shown_segments(doc))) for doc in docs]
    pairs = [pair for a, b in combinations(docs, 2) if (pair := workbench.pair(a, b, 0.0))]
    return Snapshot(state, veils, columns, pairs, rows.payload(columns, pairs, untranslated))
