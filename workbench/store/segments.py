"""Splitting and joining segments by hand, with all that was said of them: one change of the undo log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from workbench.datatypes import Bead
from workbench.errors import InputError
from workbench.store import bitexts, comments, documents, history, ids, versions
from workbench.store.cuts import Cut, Named, Sides, halves, joined, with_halves, with_joined
from workbench.store.rows import Edited
from workbench.store.tables import TABLES, Pair, bead_value

Values = dict[str, dict[str, Any]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Values:
    """What a change changes, as it is and as it becomes, by table and key."""

    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)

    def put(self, table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.before.setdefault(table, {}).update(before)
        self.after.setdefault(table, {}).update(after)

    def add(self, table: str, key: str, before: Any, after: Any) -> None:
        self.put(table, {key: before}, {key: after})


@dataclass(frozen=True, slots=True)
class _Recut:
    """The current version of a document, in which `parts` take the place of `pieces` at `where`; `cut`: how that is
    kept."""

    row: sqlite3.Row
    where: range
    pieces: Sequence[Named]
    parts: Sequence[Named]
    cut: Cut

    @property
    def old(self) -> list[str]:
        return [name for name, _ in self.pieces]

    @property
    def new(self) -> list[str]:
        return [name for name, _ in self.parts]

    def replaced(self, whole: Sequence[T], parts: Sequence[T]) -> list[T]:
        """What there is of each segment, with what there is of each part in its place."""
        return [*whole[: self.where.start], *parts, *whole[self.where.stop :]]


def split(connection: sqlite3.Connection, segment_id: str, at: int, user: str, since: int | None) -> Edited:
    history.check(connection, [segment_id], since, user)
    doc_id = documents.inclusion(connection, segment_id)[2]
    place = documents.places(connection, doc_id, [segment_id])[segment_id]
    row = documents.current(connection, doc_id)
    where = range(place, place + 1)
    pieces = versions.segments_of(connection, row["version"], where)
    recut = _Recut(row, where, pieces, halves(pieces[0], at), ("split", segment_id, at))
    return _carried_out(connection, recut, f"split passage {place + 1} of {row['name']}", user)


def join(connection: sqlite3.Connection, first_id: str, second_id: str, user: str, since: int | None) -> Edited:
    history.check(connection, [first_id, second_id], since, user)
    doc_id = documents.inclusion(connection, first_id)[2]
    documents.inclusion(connection, second_id)
    places = documents.places(connection, doc_id, [first_id, second_id])
    place = places[first_id]
    if places.get(second_id) != place + 1:
        raise InputError("only passages that follow each other in one document can be joined; choose two neighbours")
    row = documents.current(connection, doc_id)
    where = range(place, place + 2)
    pieces = versions.segments_of(connection, row["version"], where)
    recut = _Recut(row, where, pieces, [joined(pieces[0], pieces[1])], ("join", first_id, second_id))
    return _carried_out(connection, recut, f"joined passages {place + 1} and {place + 2} of {row['name']}", user)


def _carried_out(connection: sqlite3.Connection, recut: _Recut, said: str, user: str) -> Edited:
    doc_id = str(recut.row["id"])
    values = _Values()
    outline = documents.outline(connection, doc_id)
    included = any(takes_part for _, _, takes_part in outline[recut.where.start : recut.where.stop])
    _cut_inclusion(connection, values, recut, included)
    shown = [(name, segment.lang, included) for name, segment in recut.parts]
    states = bitexts.Side.of(outline).state, bitexts.Side.of(recut.replaced(outline, shown)).state
    beads = _cut_alignments(connection, values, recut, states)
    state, _ = history.state(connection)
    touched = beads.union(recut.old, recut.new)
    version = versions.insert_cut(connection, recut.row, recut.where, recut.parts, recut.cut)
    before = {"document": {doc_id: recut.row["version"]}, **values.before}
    after = {"document": {doc_id: version}, **values.after}
    done = history.change(connection, before, after, said, user, [doc_id], touched)
    return Edited(state, done, said, (doc_id,))


def _cut_alignments(
    connection: sqlite3.Connection, values: _Values, recut: _Recut, states: tuple[str, str]
) -> set[str]:
    """The alignments of the document, which stay current where they were. `states`: of the document as alignments know
    it, before and after. Returns the ids of the beads of one segment that may come or go."""
    doc_id = recut.row["id"]
    beads = set()
    for bitext in connection.execute("SELECT * FROM bitext WHERE ? IN (src_doc, tgt_doc)", (doc_id,)).fetchall():
        pair = (bitext["src_doc"], bitext["tgt_doc"])
        other = pair[1] if pair[0] == doc_id else pair[0]
        if TABLES["aligned"].read(connection, f"{doc_id} {other}") == states[0]:
            values.add("aligned", f"{doc_id} {other}", *states)
        beads |= {ids.bead_id(pair, [name]) for name in (*recut.old, *recut.new)}
        _cut_beads(connection, values, bitext["number"], pair, recut)
    return beads


def _cut_inclusion(connection: sqlite3.Connection, values: _Values, recut: _Recut, included: bool) -> None:
    """Whether the parts take part, where that does not go without saying or was said of what they were."""
    was_said = any(TABLES["inclusion"].read(connection, name) is not None for name in recut.old)
    for name, segment in recut.parts:
        if was_said or included != (segment.flag is None):
            values.add("inclusion", name, TABLES["inclusion"].read(connection, name), included)


def _cut_beads(
    connection: sqlite3.Connection,
    values: _Values,
    bitext: int,
    pair: Pair,
    recut: _Recut,
) -> None:
    """The beads of a pair in which the segments stand, as they are and as they become, with what is said of them."""
    old, new = recut.old, recut.new
    found = connection.execute(
        "SELECT DISTINCT bead FROM bead_segment WHERE bitext = ? AND segment IN (SELECT value FROM json_each(?))",
        (bitext, json.dumps(old)),
    ).fetchall()
    rows = {row["bead"]: TABLES["bead"].read(connection, row["bead"]) for row in found}
    if not rows:
        return
    sides = [_sides(row) for row in rows.values()]
    come = with_halves(sides[0], old[0], new) if len(old) == 1 else [with_joined(sides, old, new[0])]
    links = {name: row for name, row in rows.items() if all(_sides(row))} or rows
    reviews = [TABLES["review"].read(connection, name) for name in links]
    agreed = reviews[0] if len({review and review["status"] for review in reviews}) == 1 else None
    for name, row in rows.items():
        values.add("bead", name, row, None)
    named = {ids.bead_id(pair, src + tgt): (src, tgt) for src, tgt in come}
    gone = {name: [*src, *tgt] for name, (src, tgt) in zip(rows, sides, strict=True)}
    made = {name: [*src, *tgt] for name, (src, tgt) in named.items()}
    values.put("comment", *comments.follow(connection, pair, gone, made))
    for name, (src, tgt) in named.items():
        values.add("bead", name, None, bead_value(pair, src, tgt, _weakest(list(links.values()))))
        if agreed:
            known = TABLES["review"].read(connection, name)
            parts = {"src_segments": json.dumps(src), "tgt_segments": json.dumps(tgt)}
            docs = {"src_doc": pair[0], "tgt_doc": pair[1]}
            values.add("review", name, known, {**agreed, **docs, **parts})


def _weakest(rows: Sequence[Mapping[str, Any]]) -> Bead:
    """As sure as the least sure of some beads."""
    numbers = [min(row[of] for row in rows) for of in ("score", "confidence", "boundary")]
    return Bead((), (), numbers[0], numbers[1], tuple(json.loads(rows[0]["reasons"])), numbers[2])


def _sides(row: Mapping[str, Any]) -> Sides:
    return tuple(json.loads(row["src_segments"])), tuple(json.loads(row["tgt_segments"]))
