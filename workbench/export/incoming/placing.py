"""Where the units of a reviewed file belong: by their ids, as far as a spreadsheet left these as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from workbench.export.incoming.ours import Group, Ids, Link, Ours
from workbench.export.incoming.respelt import restored
from workbench.export.incoming.reviewed import Returned
from workbench.export.layout import mark
from workbench.plurals import count

_NUMBERS = re.compile(r"\s*(?:\d{1,9}(?:\s*[-–]\s*\d{1,9})?(?:\s*[,;]\s*|\s+|$))*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_MOST = 1000  # passages in one link
SIDES = ("src", "tgt")


class RefusedError(Exception):
    """Why a unit, or what it says, cannot be placed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and the segments that it was written of. `link`: their bead; None where they are linked otherwise now."""

    unit: Returned
    group: Group
    link: Link | None

    @property
    def is_alone(self) -> bool:
        """Whether it is a passage with its English, out of an export of one document."""
        return not self.group.docs[1] and not self.group.tgt and bool(self.group.src)


def place(unit: Returned, ours: Ours) -> Placed:
    """Raises RefusedError where the segments of a unit are not here."""
    bead = _restored(unit.bead_id, ours)
    link = ours.links.get(bead)
    src, tgt = (tuple(_restored(name, ours) for name in side) for side in unit.segments)
    unknown = [name for name in (*src, *tgt) if name not in ours.passages]
    if link and (unknown or link.group.all == {*src, *tgt} or not (src or tgt)):
        return Placed(unit, _as_told(link.group, unit, src, tgt, ours), link)
    if bead in ours.passages:  # an export of one document
        return Placed(unit, Group((ours.passages[bead].doc, ""), (bead,), ()), None)
    if unknown:
        raise RefusedError(f"there is no passage {unknown[0]} in this workspace; its document is gone or has changed")
    docs = _doc(src, unit.docs[0], ours), _doc(tgt, unit.docs[1], ours)
    if not (src or tgt) and not all(docs):
        raise RefusedError("it does not say of which passages it is; its ids are empty")
    group = Group(docs, src, tgt)
    return Placed(unit, group, ours.link_of(group))


def _restored(name: str, ours: Ours) -> str:
    """The id of which a spreadsheet made a number."""
    return name if name in ours.passages or name in ours.links else restored(name, ours.like_numbers)


def _as_told(group: Group, unit: Returned, src: Ids, tgt: Ids, ours: Ours) -> Group:
    """A group with its sides in the unit's order."""
    turned = not {*src}.isdisjoint(group.tgt) or not {*tgt}.isdisjoint(group.src)
    if not ({*src, *tgt} & group.all):
        names = tuple(ours.names[doc] for doc in group.docs)
        turned = names == unit.docs[::-1] and names != unit.docs
    return group.turned if turned else group


def _doc(ids: Ids, name: str, ours: Ours) -> str:
    docs = {ours.passages[each].doc for each in ids} or {ours.doc_named(name)}
    if len(docs) > 1:
        raise RefusedError("its passages on one side are of several documents")
    return docs.pop()


@dataclass
class Numbers:
    """Which segment each number of a file means.

    Units whose numbers nobody changed say so. Beyond them a number means what it means now, unless the numbers of a
    document are others than they were.
    """

    ours: Ours
    said: dict[str, dict[int, str]] = field(default_factory=dict)  # by document
    moved: dict[str, int] = field(default_factory=dict)  # by document, how many units are numbered otherwise now
    shifted: set[str] = field(default_factory=set)  # documents of which the marks of a unit say so
    gone: set[tuple[str, int]] = field(default_factory=set)  # documents, and numbers of passages that are gone

    @classmethod
    def of(cls, placed: Sequence[Placed], gone: Sequence[Returned], ours: Ours) -> Numbers:
        found = cls(ours)
        sides = [(each.unit, each.group.docs, each.group.sides) for each in placed]
        sides += [(unit, (ours.doc_named(unit.docs[0]), ours.doc_named(unit.docs[1])), unit.segments) for unit in gone]
        for unit, docs, segments in sides:
            for name, doc, ids in zip(SIDES, docs, segments, strict=True):
                if ids and f"{name}_numbers" in unit.cells:
                    found._learn(unit, f"{name}_numbers", doc, ids)
        return found

    def _learn(self, unit: Returned, column: str, doc: str, ids: Ids) -> None:
        known, cell = self.said.setdefault(doc, {}), unit.cells[column]
        if not self.ours.passages.keys() >= {*ids}:
            self.gone |= {(doc, int(number)) for number in cell.split() if number.isdecimal()}
            return
        now = self.ours.numbers(ids)
        written = unit.is_edited(column) is False or cell == now
        if not written and column in unit.marks and unit.marks[column] == mark(now):
            cell, written = now, True  # the reviewer changed the cell, but it said what holds still
        if not written:
            self.moved[doc] = self.moved.get(doc, 0) + (column not in unit.marks)
            self.shifted |= {doc} if column in unit.marks else set()
            return
        numbers = [int(number) for number in cell.split() if number.isdecimal()]
        if len(numbers) == len(ids):
            known.update(zip(numbers, ids, strict=True))

    def ids(self, doc: str, cell: str) -> Ids:
        """The segments of a cell. Raises RefusedError."""
        return self.ours.sorted(self._id(doc, number) for number in parsed(cell))

    def _id(self, doc: str, number: int) -> str:
        said, name = self.said.get(doc, {}), self.ours.names.get(doc, "that document")
        if number in said:
            return said[number]
        shifted = doc in self.shifted or (doc, number) in self.gone
        as_now = not shifted and all(self.ours.passages[known].index + 1 == each for each, known in said.items())
        order = self.ours.order.get(doc, [])
        if not as_now or self.moved.get(doc, 0) > len(said):
            raise RefusedError(
                f"the passages of {name} are numbered otherwise since the file was"
                f" written, so nobody can tell which one was {number}; link it here"
            )
        if not 1 <= number <= len(order):
            raise RefusedError(f"{name} has {count(len(order), 'passage')}, none is {number}")
        return order[number - 1]


def parsed(cell: str) -> list[int]:
    """Numbers of passages: "12 13", "12, 13", "12-14". Raises RefusedError."""
    if _DATE.fullmatch(cell):
        raise RefusedError("a spreadsheet made a date of the numbers of its passages; write them as text")
    if not _NUMBERS.fullmatch(cell):
        raise RefusedError(f"“{cell[:40]}” are no numbers of passages; write them like 12 13")
    found = list(islice(_each(cell), _MOST + 1))
    if len(found) > _MOST:
        raise RefusedError(f"it names more than {_MOST} passages, which is no link")
    return found


def _each(cell: str) -> Iterator[int]:
    for first, last in _RANGE.findall(cell):
        start, end = int(first), int(last or first)
        if not 0 <= end - start < _MOST:
            raise RefusedError(f"{start}–{end} is no range of passages; write them like 12 13")
        yield from range(start, end + 1)
