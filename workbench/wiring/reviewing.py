"""A reviewed file and the workspace: what it changes, and changing that in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.datatypes import Progress, TranslationState
from workbench.errors import WorkbenchError
from workbench.export.incoming.ours import Group, Link, Ours, Passage
from workbench.export.incoming.plan import Item, Judge, Plan, Relink, Remark, Take, Write, plan
from workbench.export.incoming.reviewed import Returned
from workbench.store import Editing, Store
from workbench.wiring import editing

if TYPE_CHECKING:
    from workbench.wiring.views import SegmentView

_ALL_ALONE = 2.0  # no link is as sure as that


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What a reviewed file came to. `kept`: conflicts in which ours stays; `refused`: in a sentence each.

    `said`: the line of the undo log; empty where nothing was changed.
    """

    done: tuple[Item, ...]
    kept: tuple[Item, ...]
    refused: tuple[str, ...]
    units: int
    said: str


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Reviewed files and the workspace of `user`. `segments`: all of a document's, with their English."""

    store: Store
    segments: Callable[[str], Sequence[SegmentView]]
    user: str

    def knows(self, units: Sequence[Returned]) -> bool:
        """Whether any unit of a file is of what is here; else it comes from another workspace."""
        rows = self.store.documents()
        known, names = {view.id for row in rows for view in self.segments(row.id)}, {row.name for row in rows}
        return any(
            not known.isdisjoint((unit.bead_id, *unit.segments[0], *unit.segments[1]))
            or not names.isdisjoint(unit.docs)
            for unit in units
        )

    def preview(self, units: Sequence[Returned]) -> Plan:
        """What a file would change, as things stand."""
        return plan(units, self._ours())

    def apply(
        self,
        units: Sequence[Returned],
        name: str,
        take: Take,
        choices: Mapping[str, Take],
        progress: Progress,
    ) -> ReviewReport:
        """Change what is to be changed, as one line of the undo log. `name`: the file's; `choices`: see Plan.chosen."""
        while True:
            state, _ = self.store.state()
            found = self.preview(units)
            with self.store.editing(self.user) as changes:
                if changes.state() == state:  # else somebody changed something while this was planned
                    return _carried_out(changes, found, name, found.chosen(take, choices), progress)

    def _ours(self) -> Ours:
        rows = self.store.documents()
        passages = {view.id: _passage(row.id, view) for row in rows for view in self.segments(row.id)}
        names, langs = {row.id: row.name for row in rows}, {row.id: row.lang for row in rows}
        return Ours(names, langs, passages, dict(_links(self.store)))


def _passage(doc: str, view: SegmentView) -> Passage:
    english = view.english
    by_hand = english is not None and english.state is TranslationState.EDITED
    return Passage(doc, view.index, view.segment.text, english.text if english else None, by_hand)


def _links(store: Store) -> Iterator[tuple[str, Link]]:
    """All beads, however doubtful, and those that their segments make alone, as exports may show them."""
    for pair in store.aligned_pairs():
        for least in (_ALL_ALONE, 0.0):
            bitext = store.bitext(*pair, least)
            for bead in bitext.beads if bitext else ():
                yield bead.id, Link(Group(pair, bead.src_segments, bead.tgt_segments), bead.status, bead.comment)


def _carried_out(changes: Editing, found: Plan, name: str, chosen: Sequence[Item], progress: Progress) -> ReviewReport:
    taken = {item.key for item in chosen}
    kept = tuple(item for item in found.conflicts if item.key not in taken)
    docs = dict.fromkeys(doc for item in chosen for doc in item.docs)
    said = f"took in the review {name}"
    done: list[Item] = []
    refused = list(found.refused)
    with changes.as_one(said, docs):
        for items in _steps(chosen):
            try:
                _carry_out(changes, items)
                done += items
            except WorkbenchError as error:
                refused += [f"{item.where}: {item.what}: {error}" for item in items]
            progress("taking in", len(done), len(chosen))
    return ReviewReport(tuple(done), kept, tuple(refused), found.units, said if done else "")


def _steps(chosen: Sequence[Item]) -> Iterator[list[Item]]:
    """First the links, those of two documents at once since they may exchange passages; then one by one."""
    links: dict[frozenset[str], list[Item]] = {}
    for item in chosen:
        if isinstance(item.action, Relink):
            links.setdefault(frozenset(item.docs), []).append(item)
    yield from links.values()
    yield from ([item] for item in chosen if not isinstance(item.action, Relink))


def _carry_out(changes: Editing, items: Sequence[Item]) -> None:
    match items[0].action:
        case Relink(group):
            pair = changes.stored_pair(*group.docs) or group.docs
            groups = [item.action.group for item in items if isinstance(item.action, Relink)]
            editing.link_all(changes, pair, [(each if each.docs == pair else each.turned).sides for each in groups])
        case Judge(group, status):
            editing.review(changes, changes.bead_id(group.docs, group.all), status)
        case Remark(group, text):
            name = changes.bead_id(group.docs, group.all if group.src and group.tgt else [*group.src, *group.tgt][:1])
            editing.comment(changes, name, text)
        case Write(texts):
            for name, text in texts:
                changes.write_english(name, text)
