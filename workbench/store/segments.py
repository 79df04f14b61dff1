"""Splitting and joining segments by hand, with all that was said of them: one change of the undo log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.datatypes import Bead
from workbench.errors import InputError
from workbench.store import bitexts, comments, documents, history, ids
from workbench.store.cuts import Cut, Named, Sides, halves, joined, with_halves, with_joined
from workbench.store.rows import Edited
from workbench.store.tables import TABLES, Pair, bead_value

Values = dict[str, dict[str, Any]]


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


def split(connection: sqlite3.Connection, segment_id: str, at: int, user: str, since: int | None) -> Edited:
    history.check(connection, [segment_id], since, user)
    doc_id = documents.inclusion(connection, segment_id)[2]
    place = documents.places(connection, doc_id, [segment_id])[segment_id]
    row = documents.current(connection, doc_id)
    named = documents.named_segments(connection, row["version"])
    cut: Cut = ("split", segment_id, at)
    said = f"split passage {place + 1} of {row['name']}"
    return _cut(connection, row, named, range(place, place + 1), halves(named[place], at), cut, said, user)


def join(connection: sqlite3.Connection, first_id: str, second_id: str, user: str, since: int | None) -> Edited:
    history.check(connection, [first_id, second_id], since, user)
    doc_id = documents.inclusion(connection, first_id)[2]
    documents.inclusion(connection, second_id)
    places = documents.places(connection, doc_id, [first_id, second_id])
    place = places[first_id]
    if places.get(second_id) != place + 1:
        raise InputError("only passages that follow each other in one document can be joined; choose two neighbours")
    row = documents.current(connection, doc_id)
    named = documents.named_segments(connection, row["version"])
    cut: Cut = ("join", first_id, second_id)
    said = f"joined passages {place + 1} and {place + 2} of {row['name']}"
    one = joined(named[place], named[place + 1])
    return _cut(connection, row, named, range(place, place + 2), [one], cut, said, user)


def _cut(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    named: list[Named],
    where: range,
    parts: Sequence[Named],
    cut: Cut,
    said: str,
    user: str,
) -> Edited:
    """Have `parts` in place of the segments at `where`."""
    doc_id, old = str(row["id"]), [name for name, _ in named[where.start : where.stop]]
    new = [*named[: where.start], *parts, *named[where.stop :]]
    cuts = [*documents.kept_cuts(row), cut]
    document, said_of = documents.read_document(row), documents.said_of(row)
    version = documents.insert_version(connection, doc_id, document, new, row["source"], said_of, cuts)
    values = _Values()
    values.add("document", doc_id, row["version"], version)

    outline = documents.outline(connection, doc_id)
    included = any(takes_part for _, _, takes_part in outline[where.start : where.stop])
    _cut_inclusion(connection, values, old, parts, included)
    shown = [(name, segment.lang, included) for name, segment in parts]
    states = (
        bitexts.Side.of(outline).state,
        bitexts.Side.of([*outline[: where.start], *shown, *outline[where.stop :]]).state,
    )
    names = [name for name, _ in parts]
    touched = {*old, *names}
    for bitext in connection.execute("SELECT * FROM bitext WHERE ? IN (src_doc, tgt_doc)", (doc_id,)).fetchall():
        pair = (bitext["src_doc"], bitext["tgt_doc"])
        other = pair[1] if pair[0] == doc_id else pair[0]
        if TABLES["aligned"].read(connection, f"{doc_id} {other}") == states[0]:
            values.add("aligned", f"{doc_id} {other}", *states)
        touched |= {ids.bead_id(pair, [name]) for name in (*old, *names)}
        _cut_beads(connection, values, bitext["number"], pair, old, names)
    state, _ = history.state(connection)
    done = history.change(connection, values.before, values.after, said, user, [doc_id], touched)
    return Edited(state, done, said, (doc_id,))


def _cut_inclusion(
    connection: sqlite3.Connection, values: _Values, old: Sequence[str], parts: Sequence[Named], included: bool
) -> None:
    """Whether the parts take part, where that does not go without saying or was said of what they were."""
    was_said = any(TABLES["inclusion"].read(connection, name) is not None for name in old)
    for name, segment in parts:
        if was_said or included != (segment.flag is None):
            values.add("inclusion", name, TABLES["inclusion"].read(connection, name), included)


def _cut_beads(
    connection: sqlite3.Connection,
    values: _Values,
    bitext: int,
    pair: Pair,
    old: Sequence[str],
    new: Sequence[str],
) -> None:
    """The beads of a pair in which the segments stand, as they are and as they become, with what is said of them."""
    found = connection.execute(
        "SELECT DISTINCT bead FROM bead_segment WHERE bitext = ? AND segment IN (SELECT value FROM json_each(?))",
        (bitext, json.dumps(list(old))),
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
