"""Alignments as they are kept and read. What people change of them is in edits.py."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.datatypes import Bead, Bitext, Status
from workbench.errors import InputError
from workbench.store import comments, documents, history, ids, related
from workbench.store.rows import Review, StoredBead, StoredBitext
from workbench.store.tables import OF_PAIR, Pair, bead_value, insert_beads, read_beads

# Verdicts of alignments that no machine made.
BY_HAND = "linked by hand"
IMPORTED = "linked in "  # and the file that says so; the reason of each of its links, too
_SIDES = ("src_segments", "tgt_segments")


def is_by_people(verdict: str) -> bool:
    """Whether an alignment of this verdict was made by people: by hand, or in a file that was imported."""
    return verdict.startswith((BY_HAND, IMPORTED))


def is_imported(link: Bead) -> bool:
    """Whether a link was made in a file that was imported, however its pair was aligned since."""
    return any(reason.startswith(IMPORTED) for reason in link.reasons)


def put(connection: sqlite3.Connection, src_doc: str, tgt_doc: str, bitext: Bitext, since: int | None) -> None:
    if src_doc == tgt_doc:
        raise InputError(f"A document cannot be aligned with itself ({src_doc}).")
    pair = (src_doc, tgt_doc)
    history.check_pair(connection, pair, since)
    src, tgt = Side.read(connection, src_doc), Side.read(connection, tgt_doc)
    beads = _values(pair, bitext, src, tgt)
    # What was brought back or left out meanwhile was not aligned so.
    states = ("", "") if history.included_since(connection, pair, since) else (src.state, tgt.state)
    connection.execute(f"DELETE FROM bitext WHERE {OF_PAIR}", pair)
    number = connection.execute(
        "INSERT INTO bitext (src_doc, tgt_doc, verdict, signature, src_state, tgt_state, aligned_at, related)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*pair, bitext.verdict, bitext.signature, *states, history.now(), bitext.related),
    ).lastrowid
    assert number is not None
    insert_beads(connection, number, pair, beads)
    history.advance(connection, texts=False)


def put_part(
    connection: sqlite3.Connection, pair: Pair, bitext: Bitext, since: int | None, said: str, user: str
) -> None:
    """Of an alignment that was made anew in part what differs, as a change. Raises as `put`, and InputError where there
    is none any more."""
    history.check_pair(connection, pair, since)
    row = connection.execute("SELECT * FROM bitext WHERE src_doc = ? AND tgt_doc = ?", pair).fetchone()
    if row is None:
        raise InputError("The documents are not aligned with each other any more; align them as a whole first.")
    src, tgt = Side.read(connection, pair[0]), Side.read(connection, pair[1])
    before, after = read_beads(connection, row["number"]), _values(pair, bitext, src, tgt)
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    if not changed:
        return
    key, told = " ".join(pair), {"verdict": bitext.verdict, "signature": bitext.signature}
    values: list[history.Values] = [
        {"told": {key: of}, "bead": {name: beads.get(name) for name in changed}}
        for of, beads in (({name: row[name] for name in told}, before), (told, after))
    ]
    rows = [beads[name] for name in changed for beads in (before, after) if name in beads]
    alone = {ids.bead_id(pair, [name]) for of in rows for side in _SIDES for name in json.loads(of[side])}
    history.change(connection, values[0], values[1], said, user, pair, alone)


def _values(pair: Pair, bitext: Bitext, src: Side, tgt: Side) -> dict[str, dict[str, Any]]:
    """The beads as they are kept, by id."""
    _check(bitext, len(src.ids), len(tgt.ids))
    beads = {}
    for bead in bitext.beads:
        sides = [src.ids[i] for i in bead.src], [tgt.ids[j] for j in bead.tgt]
        beads[ids.bead_id(pair, sides[0] + sides[1])] = bead_value(pair, *sides, bead)
    return beads


def get(connection: sqlite3.Connection, src_doc: str, tgt_doc: str, least: float) -> StoredBitext | None:
    src, tgt = Side.read(connection, src_doc), Side.read(connection, tgt_doc)
    row = pair_row(connection, src_doc, tgt_doc)
    if row is None:
        return None
    mirrored = row["src_doc"] != src_doc
    said = _Said.read(connection, src_doc, tgt_doc)
    beads = _beads(connection, row["number"], (src, tgt), said, mirrored)
    hidden = [bead for bead in beads if _is_doubtful(bead, least)]
    shown = [bead for bead in beads if not _is_doubtful(bead, least)]
    if hidden:
        alone = dict(connection.execute("SELECT segment, alone FROM bead_segment WHERE bitext = ?", (row["number"],)))
        shown += [part for bead in hidden for part in _apart(bead, alone, said)]
    states = (tgt.state, src.state) if mirrored else (src.state, tgt.state)
    related_by = related.who(connection, src_doc, tgt_doc)
    return StoredBitext(
        src_doc=src_doc,
        tgt_doc=tgt_doc,
        beads=tuple(sorted(shown, key=lambda stored: (not stored.bead.src, stored.bead.src, stored.bead.tgt))),
        hidden=len(hidden),
        verdict=row["verdict"],
        signature=row["signature"],
        stale=_is_stale(row, states, related_by),
        related=bool(row["related"]),
        related_by=related_by,
    )


def pairs(connection: sqlite3.Connection) -> list[Pair]:
    found = connection.execute(
        "SELECT src_doc, tgt_doc FROM bitext JOIN document AS src ON src.id = src_doc"
        " JOIN document AS tgt ON tgt.id = tgt_doc"
        " WHERE src.version IS NOT NULL AND tgt.version IS NOT NULL ORDER BY bitext.number"
    )
    return [(row["src_doc"], row["tgt_doc"]) for row in found]


def stale(connection: sqlite3.Connection, wanted: Sequence[Pair]) -> list[Pair]:
    state = cache(lambda doc: Side.read(connection, doc).state)
    rows = [(pair, row) for pair in wanted if (row := pair_row(connection, *pair))]
    return [
        pair
        for pair, row in rows
        if _is_stale(row, (state(row["src_doc"]), state(row["tgt_doc"])), related.who(connection, *pair))
    ]


def signatures(connection: sqlite3.Connection, wanted: Sequence[Pair]) -> dict[Pair, str]:
    rows = ((pair, pair_row(connection, *pair)) for pair in wanted)
    return {pair: row["signature"] for pair, row in rows if row}


def _is_stale(row: sqlite3.Row, states: Pair, related_by: str | None) -> bool:
    """Whether an alignment rests on what is not so any more: see StoredBitext. `states`: of its sides, as they are."""
    known = is_by_people(row["verdict"]) or bool(row["related"]) == (related_by is not None)
    return (row["src_state"], row["tgt_state"]) != states or not known


def reviews(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> list[Review]:
    query = f"SELECT * FROM review WHERE {OF_PAIR} ORDER BY reviewed_at, rowid"
    found = connection.execute(query, (src_doc, tgt_doc))
    return [_seen_from(src_doc, row) for row in found]


@dataclass(frozen=True, slots=True)
class _Said:
    """What people said of the beads of a pair, by bead id."""

    reviews: Mapping[str, Review]
    comments: Mapping[str, str]

    @classmethod
    def read(cls, connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> _Said:
        reviewed = {found.bead_id: found for found in reviews(connection, src_doc, tgt_doc)}
        return cls(reviewed, comments.of_pair(connection, src_doc, tgt_doc))

    def of(self, bead_id: str, src: tuple[str, ...], tgt: tuple[str, ...], bead: Bead) -> StoredBead:
        """A bead with what was said of it."""
        review = self.reviews.get(bead_id)
        status, reviewer = (review.status, review.reviewer) if review else (Status.UNREVIEWED, "")
        return StoredBead(bead_id, src, tgt, bead, status, reviewer, self.comments.get(bead_id, ""))


@dataclass(frozen=True, slots=True)
class Side:
    """The current segments of a document without their texts. `state`: a digest of what an alignment depends on."""

    ids: Sequence[str]
    places: Mapping[str, int]
    state: str

    @classmethod
    def read(cls, connection: sqlite3.Connection, doc_id: str) -> Side:
        return cls.of(documents.outline(connection, doc_id))

    @classmethod
    def of(cls, found: Sequence[documents.Outlined]) -> Side:
        parts = [part for name, lang, included in found for part in (name, lang, str(included))]
        names = [row[0] for row in found]
        return cls(names, {name: place for place, name in enumerate(names)}, ids.digest(parts).hex())


def pair_row(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> sqlite3.Row | None:
    found = connection.execute(f"SELECT * FROM bitext WHERE {OF_PAIR}", (src_doc, tgt_doc))
    row: sqlite3.Row | None = found.fetchone()
    return row


def _beads(
    connection: sqlite3.Connection, bitext: int, sides: tuple[Side, Side], said: _Said, mirrored: bool
) -> list[StoredBead]:
    """The beads seen from the source, segments in the order of their places; not those that have lost one."""
    columns = ("tgt_segments", "src_segments") if mirrored else ("src_segments", "tgt_segments")
    query = f"SELECT id, score, confidence, boundary, {', '.join(columns)}, reasons FROM bead WHERE bitext = ?"
    rows = connection.execute(query, (bitext,)).fetchall()
    src, tgt = (_placed(_parsed(row[name] for row in rows), side) for name, side in zip(columns, sides, strict=True))
    beads = []
    for row, a, b, reasons in zip(rows, src, tgt, _parsed(row["reasons"] for row in rows), strict=True):
        if a is not None and b is not None:
            bead = Bead(a[0], b[0], row["score"], row["confidence"], tuple(reasons), row["boundary"])
            beads.append(said.of(row["id"], a[1], b[1], bead))
    return beads


def _parsed(values: Iterable[str]) -> list[list[str]]:
    """Many pieces of JSON at once, which is several times as fast."""
    parsed: list[list[str]] = json.loads(f"[{','.join(values)}]")
    return parsed


def _placed(names: Iterable[list[str]], side: Side) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]] | None]:
    """Indices and ids of the segments of each bead; None where one is gone."""
    for of_bead in names:
        try:
            places = tuple(sorted([side.places[name] for name in of_bead]))
        except KeyError:
            yield None
        else:
            yield places, tuple([side.ids[place] for place in places])


def _is_doubtful(stored: StoredBead, least: float) -> bool:
    return not stored.bead.is_null and stored.status is not Status.ACCEPTED and stored.bead.confidence < least


def _apart(stored: StoredBead, alone: Mapping[str, str], said: _Said) -> Iterator[StoredBead]:
    """The segments of a hidden link, each as a null bead. `alone`: the ids of such beads by segment."""
    told = 0.0, 1 - stored.bead.confidence, ("its link is not shown",)
    for segment, place in zip(stored.src_segments, stored.bead.src, strict=True):
        name = alone[segment]
        yield said.of(name, (segment,), (), Bead((place,), (), *told))
    for segment, place in zip(stored.tgt_segments, stored.bead.tgt, strict=True):
        name = alone[segment]
        yield said.of(name, (), (segment,), Bead((), (place,), *told))


def _check(bitext: Bitext, src_size: int, tgt_size: int) -> None:
    for n, bead in enumerate(bitext.beads):
        if not bead.src and not bead.tgt:
            raise InputError(f"Bead {n} of the alignment is empty.")
        if any(map(math.isnan, (bead.score, bead.confidence, bead.boundary))):
            raise InputError(f"Bead {n} of the alignment has a score or confidence that is not a number.")
    _check_side("source", [index for bead in bitext.beads for index in bead.src], src_size)
    _check_side("target", [index for bead in bitext.beads for index in bead.tgt], tgt_size)


def _check_side(side: str, indices: Sequence[int], size: int) -> None:
    for index in indices:
        if not 0 <= index < size:
            raise InputError(f"The alignment names {side} segment {index}, but the document has {size}.")
    if len(set(indices)) < len(indices):
        twice = next(index for index in indices if indices.count(index) > 1)
        raise InputError(f"The alignment puts {side} segment {twice} into two beads.")


def _seen_from(src_doc: str, row: sqlite3.Row) -> Review:
    src, tgt = tuple(json.loads(row["src_segments"])), tuple(json.loads(row["tgt_segments"]))
    docs = (row["src_doc"], row["tgt_doc"])
    if row["src_doc"] != src_doc:
        src, tgt, docs = tgt, src, docs[::-1]
    return Review(row["bead_id"], *docs, src, tgt, Status(row["status"]), row["reviewer"])
