"""What a reviewed file changes: from its units and what the workspace holds to a plan; nothing is changed here.

The marks that were written with each unit say what the reviewer changed and what the workspace did since. Where both
changed the same thing to something else, that is a conflict. Of a unit without marks all that differs counts as
changed, and as a conflict where people have said something of it here. Of units that say different
things of the same the first counts and the others are told; what several say alike is one change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from workbench.datatypes import Status
from workbench.export.incoming.ours import Group, Ids, Ours, same, same_letters
from workbench.export.incoming.parts import distributed
from workbench.export.incoming.placing import SIDES, Numbers, Placed, RefusedError, place
from workbench.export.incoming.respelt import respelt
from workbench.export.incoming.reviewed import Returned
from workbench.export.layout import mark

Take = Literal["ours", "theirs"]
_EN = ("src_en", "tgt_en")


@dataclass(frozen=True, slots=True)
class Relink:
    """Link these and nothing else with each other; of one side alone: they have no counterpart."""

    group: Group


@dataclass(frozen=True, slots=True)
class Judge:
    group: Group
    status: Status


@dataclass(frozen=True, slots=True)
class Remark:
    group: Group
    text: str


@dataclass(frozen=True, slots=True)
class Write:
    """The English of segments, by id; empty for the model's again."""

    texts: tuple[tuple[str, str], ...]


Action = Relink | Judge | Remark | Write


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a file says. `what`: "the status of …"; `ours` and `theirs`: as people read them.

    A conflict was changed in the workspace too since the file was written.
    """

    where: str  # "row 7"
    name: str  # of the column
    what: str
    ours: str
    theirs: str
    action: Action
    docs: tuple[str, ...]  # ids of the documents concerned
    conflict: bool

    @property
    def key(self) -> str:
        return f"{self.where}/{self.name}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be changed. `refused`: what cannot be, each in a sentence; `units`: how many the file has."""

    items: tuple[Item, ...]
    refused: tuple[str, ...]
    units: int

    @property
    def changes(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.conflict)

    @property
    def conflicts(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.conflict)

    def chosen(self, take: Take, choices: Mapping[str, Take]) -> list[Item]:
        """All changes, and the conflicts in which theirs is taken. `choices`: by key of an item, before `take`."""
        return [item for item in self.items if not item.conflict or choices.get(item.key, take) == "theirs"]


def plan(units: Sequence[Returned], ours: Ours) -> Plan:
    """What the units of a reviewed file change."""
    planner = _Planner(ours, refused=[fault for unit in units for fault in unit.faults])
    placed = planner.all_placed(units)
    planner.learn(placed)
    numbers = Numbers.of(placed, planner.gone, ours)
    links = [(each, planner.regrouped(each, numbers)) for each in placed]
    for each, group in links:
        planner.english(each, group or each.group)
        planner.texts(each)
        if each.is_alone or each.unit.bead_id.startswith("row-"):
            planner.other_words(each.unit)
            continue
        if group is None and not each.group.all:
            continue  # its numbers name no passages, which is told
        if group is None:
            planner.status(each)
        planner.comment(each, group)
    return Plan(tuple(planner.items), tuple(planner.refused), len(units))


_Of = tuple[frozenset[str], str]  # two documents, and a segment of one


@dataclass
class _Planner:
    ours: Ours
    items: list[Item] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    gone: list[Returned] = field(default_factory=list)  # units of which some passages are no longer here
    rows: dict[_Of, list[Placed | None]] = field(default_factory=dict)  # in which links each was written; None: gone
    claimed: dict[_Of, tuple[str, frozenset[str]]] = field(default_factory=dict)  # linked anew, by whom, with what
    contested: set[frozenset[str]] = field(default_factory=set)  # of these links, which are conflicts
    written: dict[str, tuple[str, str]] = field(default_factory=dict)  # English by segment, and by whom
    said: dict[tuple[str, frozenset[str], frozenset[str]], tuple[str, str]] = field(default_factory=dict)  # of links

    def refuse(self, unit: Returned, why: object) -> None:
        self.refused.append(f"{unit.where}: {why}")

    def all_placed(self, units: Sequence[Returned]) -> list[Placed]:
        """The units of which the passages are here. That others are gone is told where somebody changed them, or all
        are."""
        placed: list[Placed] = []
        why_gone: list[str] = []
        for unit in units:
            try:
                placed.append(place(unit, self.ours))
            except RefusedError as why:
                self.gone.append(unit)
                why_gone.append(str(why))
        for unit, reason in zip(self.gone, why_gone, strict=True):
            if not (placed and unit.is_untouched):
                self.refuse(unit, reason)
        return placed

    def learn(self, placed: Sequence[Placed]) -> None:
        """Which links the file was written of."""
        for each in placed:
            if not each.unit.bead_id.startswith("row-"):
                for name in each.group.all:
                    self.rows.setdefault((frozenset(each.group.docs), name), []).append(each)
        for unit in self.gone:
            docs = frozenset(map(self.ours.doc_named, unit.docs))
            for name in (*unit.segments[0], *unit.segments[1]):
                self.rows.setdefault((docs, name), []).append(None)

    # -- links

    def regrouped(self, placed: Placed, numbers: Numbers) -> Group | None:
        """The segments that a unit has by its numbers; None where they are as they were, or nobody can tell."""
        unit = placed.unit
        try:
            group = self._by_numbers(placed, numbers)
            if not placed.group.all and unit.cells.get("status", "").lower() == Status.REJECTED:
                raise RefusedError("it rejects a link by numbers alone; say so in the row that has its ids")
        except RefusedError as why:
            self.refuse(unit, why)
            return None
        if group.sides == placed.group.sides:
            return None
        if by := self._claimed_by(group):
            if self._is_claimed(group):
                return group
            self.refuse(unit, f"{by} links some of its passages already, to others")
            return None
        docs = frozenset(group.docs)
        self.claimed |= {(docs, name): (unit.where, group.all) for name in group.all}
        known = self.ours.link_of(group)
        if known is None or (known.status is not Status.ACCEPTED):
            held = ", ".join(self.ours.told(link.group) for link in self.ours.linked_with(group)) or "not linked"
            conflict = (placed.link is None and bool(placed.group.all)) or self._is_linked_otherwise(group)
            what = "which passages belong together"
            self._add(unit, "numbers", what, held, self.ours.told(group), Relink(group), conflict)
            self.contested |= {group.all} if conflict else set()
        if unit.cells.get("status", "").strip().lower() == Status.REJECTED and unit.is_edited("status"):
            self.refuse(unit, "it is rejected though its numbers were changed; the new link counts as accepted")
        return group

    def _is_linked_otherwise(self, group: Group) -> bool:
        """Whether a link that the file was written of and that has some of these segments is gone, or people have said
        something else of it here since."""
        docs = frozenset(group.docs)
        return any(self._is_judged_since(row) for name in group.all for row in self.rows.get((docs, name), ()))

    def _is_judged_since(self, row: Placed | None) -> bool:
        if row is None or row.link is None:
            return True
        held, cell = row.link.status, row.unit.cells.get("status", "").lower()
        return self._changed_here(row.unit, "status", held, held not in (Status.UNREVIEWED, cell))

    def _by_numbers(self, placed: Placed, numbers: Numbers) -> Group:
        sides: list[Ids] = []
        for name, doc, ids in zip(SIDES, placed.group.docs, placed.group.sides, strict=True):
            column = f"{name}_numbers"
            cell = placed.unit.cells.get(column)
            edited = placed.unit.is_edited(column) if cell is not None else False
            if cell is None or edited is False or (edited is None and cell == self.ours.numbers(ids)):
                sides.append(ids)
            else:
                sides.append(numbers.ids(doc, cell))
        group = Group(placed.group.docs, sides[0], sides[1])
        if not group.all:
            raise RefusedError("it names no passage; to take a link apart, leave the numbers on one side")
        if not all(group.docs) and group.sides != placed.group.sides:
            raise RefusedError("it has passages of one document only and says not which the other one is")
        return group

    # -- status

    def status(self, placed: Placed) -> None:
        unit, link = placed.unit, placed.link
        cell = unit.cells.get("status")
        if cell is None or unit.is_edited("status") is False:
            return
        said = cell.lower() or Status.UNREVIEWED
        if said not in Status.__members__.values():
            self.refuse(unit, f"“{cell[:40]}” is no status; use {', '.join(Status)}")
            return
        theirs, held = Status(said), link.status if link else Status.UNREVIEWED
        if theirs is held or (theirs is Status.UNREVIEWED and "status" not in unit.marks):
            return
        what = f"the status of {self.ours.told(placed.group)}"
        if link is None:
            self._judge_gone(placed, theirs, what)
        elif by := self._claimed_by(placed.group):
            self.refuse(unit, f"{what} is not taken in, since {by} links some of its passages to others")
        elif self._is_new(unit, "status", placed.group, theirs, what):
            conflict = self._changed_here(unit, "status", held, held is not Status.UNREVIEWED)
            self._add(unit, "status", what, held, theirs, Judge(placed.group, theirs), conflict)

    def _judge_gone(self, placed: Placed, theirs: Status, what: str) -> None:
        """Accept a link that is here no more: that is to make it again."""
        if theirs is not Status.ACCEPTED:
            self.refuse(placed.unit, f"{what} is not taken in: they are linked otherwise now")
            return
        held = ", ".join(self.ours.told(link.group) for link in self.ours.linked_with(placed.group))
        self._add(placed.unit, "status", what, held or "not linked", theirs, Relink(placed.group), True)

    def _claimed_by(self, group: Group) -> str:
        docs = frozenset(group.docs)
        return next((self.claimed[docs, name][0] for name in group.all if (docs, name) in self.claimed), "")

    def _is_claimed(self, group: Group) -> bool:
        """Whether a unit before makes just this link."""
        docs = frozenset(group.docs)
        return any(self.claimed.get((docs, name), ("", None))[1] == group.all for name in group.all)

    def _is_new(self, unit: Returned, name: str, group: Group, theirs: str, what: str) -> bool:
        """Whether no unit before has said this of a link; one that has said something else is told."""
        other, by = self.said.setdefault((name, frozenset(group.docs), group.all), (theirs, unit.where))
        if not same(other, theirs):
            self.refuse(unit, f"{what} is said otherwise in {by}")
        return by == unit.where

    def other_words(self, unit: Returned) -> None:
        """What is said of a passage alone, or of one in more than two documents, where only links can be spoken of."""
        said = [name for name in ("status", "comment") if name in unit.cells and unit.is_edited(name)]
        if said or unit.remarks:
            what = " and ".join(said) or "comment"
            self.refuse(unit, f"its {what} has no place: it is no link of two documents, so only its English is taken")

    # -- translations

    def english(self, placed: Placed, group: Group) -> None:
        for name, ids, theirs in zip(_EN, group.sides, self._english(placed), strict=True):
            if theirs is None or same(theirs, self.ours.english(ids)):
                continue
            try:
                self._write(placed, name, ids, theirs)
            except RefusedError as why:
                self.refuse(placed.unit, why)
        if placed.is_alone and self._is_emptied(placed):
            what = self._english_of(placed.group.src)
            self.refuse(placed.unit, f"{what} was emptied; a translation stays until there is a better one")

    def _is_emptied(self, placed: Placed) -> bool:
        """Whether there was a translation and is none in a file that has the English for its target."""
        unit = placed.unit
        had = unit.marks.get("src_en", mark("")) != mark("")
        return had and not unit.texts[1] and bool(self.ours.english(placed.group.src))

    def _english(self, placed: Placed) -> list[str | None]:
        """The English of either side as somebody changed it; None where nobody did."""
        unit = placed.unit
        found = [None if unit.is_edited(name) is False else unit.cells.get(name) for name in _EN]
        for side, (name, text) in enumerate(zip(_EN, unit.texts, strict=True)):
            if found[side] is None and self._is_english(placed, side) and mark(text) != unit.marks.get(name):
                found[side] = text
        if placed.is_alone and found[0] is None and mark(unit.texts[1]) != unit.marks.get("src_en"):
            found[0] = unit.texts[1] or None  # such an export has the English for its target
        return found

    def _is_english(self, placed: Placed, side: int) -> bool:
        """Whether a file has the English of a side where originals usually are, and says so."""
        text, lang = placed.unit.texts[side], placed.unit.langs[side]
        return bool(text and placed.group.sides[side]) and lang == "en" != self.ours.langs[placed.group.docs[side]]

    def _write(self, placed: Placed, name: str, ids: Ids, theirs: str) -> None:
        unit = placed.unit
        if not ids:
            raise RefusedError(f"there is English in {name} and no passage to have it")
        what = self._english_of(ids)
        if why := _spelt_anew(what, self.ours.english(ids), theirs):
            raise RefusedError(why)
        if self._is_cut(placed):
            raise RefusedError(
                f"{what} is not taken in ({theirs[:200]}), since the unit holds a part of the original or more than "
                "it: undo in the other program what was split or joined there, or correct it here"
            )
        by_hand = any(self.ours.passages[each].by_hand for each in ids)
        if not theirs and not (by_hand and name in unit.marks):
            if name in unit.marks:
                raise RefusedError(f"{what} was emptied; a translation stays until there is a better one")
            return
        texts = self._shares(ids, theirs)
        if texts is None:
            raise RefusedError(f"{what} was changed so far that nobody can tell whose words are whose; correct it here")
        new = tuple((each, text) for each, text in texts if each not in self.written)
        for each, text in texts:
            other, by = self.written.setdefault(each, (text, unit.where))
            if not same(other, text):
                raise RefusedError(f"{what} is said otherwise in {by}")
        if not new:
            return
        as_written = placed.group.sides[_EN.index(name)]  # the numbers may have been changed as well
        conflict = self._changed_here(unit, name, self.ours.english(as_written), by_hand)
        self._add(unit, name, what, self.ours.english(ids), theirs or "(the machine's again)", Write(new), conflict)

    def _english_of(self, ids: Ids) -> str:
        return f"the English of passage {self.ours.numbers(ids)} of {self.ours.names[self.ours.passages[ids[0]].doc]}"

    def _is_cut(self, placed: Placed) -> bool:
        """Whether a program split a unit, or joined it with the next: its English is of another stretch of text."""
        for side, (ids, text) in enumerate(zip(placed.group.sides, placed.unit.texts, strict=True)):
            found, original = _letters(text), _letters(self.ours.text(ids))
            is_whole = found == original or text.endswith("…") or self._is_english(placed, side)
            if found and original and not is_whole and (found in original or original in found):
                return True
        return False

    def _shares(self, ids: Ids, theirs: str) -> tuple[tuple[str, str], ...] | None:
        """What was changed, by segment."""
        if not theirs:
            return tuple((each, "") for each in ids if self.ours.passages[each].by_hand)
        parts = [self.ours.passages[each].english or "" for each in ids]
        texts = distributed(parts, theirs) if all(parts) or len(parts) == 1 else None
        if texts is None:
            return None
        found = zip(ids, parts, texts, strict=True)
        return tuple((each, text) for each, part, text in found if not same(part, text))

    def texts(self, placed: Placed) -> None:
        """Originals are not changed by a review; say so where somebody did."""
        for side, (name, ids, text) in enumerate(zip(_EN, placed.group.sides, placed.unit.texts, strict=True)):
            original = self.ours.text(ids)
            as_written = not (text.strip() and ids) or same_letters(text, original) or text.endswith("…")
            if (
                as_written
                or respelt(original, text)
                or self._is_english(placed, side)
                or mark(text) == placed.unit.marks.get(name)
            ):
                continue
            doc = self.ours.names[placed.group.docs[side]]
            self.refuse(placed.unit, f"the text of {doc} was changed; a review changes no originals, so it stays")

    # -- comments

    def comment(self, placed: Placed, group: Group | None) -> None:
        unit = placed.unit
        held = self._held_comment(placed, group)
        cell = None if unit.is_edited("comment") is False else unit.cells.get("comment")
        if not cell and "comment" not in unit.marks:
            cell = None
        new = [remark for remark in unit.remarks if remark not in held]
        if cell is None and not new:
            return
        theirs = "\n".join(filter(None, [held if cell is None else cell, *new]))
        what = f"the comment on {self.ours.told(group or placed.group)}"
        by = self._claimed_by(placed.group)
        if same(theirs, held):
            return
        if why := _spelt_anew(what, held, theirs):
            self.refuse(unit, why)
            return
        if group is None and (placed.link is None or by):
            self.refuse(unit, f"{what} is not taken in ({theirs[:200]}): its passages are linked otherwise")
            return
        if not self._is_new(unit, "comment", group or placed.group, theirs, what):
            return
        conflict = cell is not None and self._changed_here(unit, "comment", held, bool(held))
        conflict = conflict or (group is not None and group.all in self.contested)
        self._add(unit, "comment", what, held, theirs, Remark(group or placed.group, theirs), conflict)

    def _held_comment(self, placed: Placed, group: Group | None) -> str:
        """What is remarked here: on the link as the file has it now, where that is here, or else as it was written."""
        link = (group and self.ours.link_of(_remarked(group))) or placed.link
        return link.comment if link else ""

    def _changed_here(self, unit: Returned, name: str, held: str, spoken: bool) -> bool:
        """Whether the workspace has another value than was written. `spoken`: people said something of it here."""
        return mark(held) != unit.marks[name] if name in unit.marks else spoken

    def _add(
        self, unit: Returned, name: str, what: str, ours: str, theirs: str, action: Action, conflict: bool
    ) -> None:
        if isinstance(action, Write):
            docs = tuple(dict.fromkeys(self.ours.passages[each].doc for each, _ in action.texts))
        else:
            docs = action.group.docs
        self.items.append(Item(unit.where, name, what, str(ours), str(theirs), action, docs, conflict))


def _remarked(group: Group) -> Group:
    """Of passages without a counterpart, each of which stands alone, the first one is remarked on."""
    return group if group.src and group.tgt else Group(group.docs, group.src[:1], () if group.src else group.tgt[:1])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _spelt_anew(what: str, held: str, theirs: str) -> str:
    """Why a text is not taken in where a spreadsheet may have made it of ours; empty where none has."""
    if not respelt(held, theirs):
        return ""
    return (
        f"{what} reads “{theirs[:40]}” where “{held[:40]}” was written, as a spreadsheet spells it in CSV and "
        "TSV, so it stays; where somebody meant it, write it here"
    )
