"""Alignments and what reviewers say of them."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.datatypes import Bead, Bitext, Status
from workbench.errors import InputError, UnknownItemError
from workbench.store import documents, history, ids
from workbench.store.rows import Review, SegmentRow, StoredBead, StoredBitext

_QUOTED = 40  # characters of a segment that tell a reader which bead is meant


def put(connection: sqlite3.Connection, src_doc: str, tgt_doc: str, bitext: Bitext) -> None:
    if src_doc == tgt_doc:
        raise InputError(f"A document cannot be aligned with itself ({src_doc}).")
    src, tgt = documents.segments(connection, src_doc), documents.segments(connection, tgt_doc)
    _check(bitext, len(src), len(tgt))
    pair = (src_doc, tgt_doc)
    connection.execute("DELETE FROM bitext WHERE (src_doc, tgt_doc) IN (VALUES (?, ?), (?, ?))", pair + pair[::-1])
    number = connection.execute(
        "INSERT INTO bitext (src_doc, tgt_doc, verdict, signature, src_state, tgt_state, aligned_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*pair, bitext.verdict, bitext.signature, _state(src), _state(tgt), history.now()),
    ).lastrowid
    connection.executemany(
        "INSERT INTO bead VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, n, *_bead_values(pair, bead, src, tgt)) for n, bead in enumerate(bitext.beads)),
    )


def get(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> StoredBitext | None:
    sides = _Sides.read(connection, src_doc, tgt_doc)
    row = _pair_row(connection, src_doc, tgt_doc)
    if row is None:
        return None
    mirrored = row["src_doc"] != src_doc
    beads = [bead for values in _beads(connection, row) if (bead := sides.bead(values, mirrored)) is not None]
    if mirrored:
        beads.sort(key=lambda stored: (not stored.bead.src, stored.bead.src, stored.bead.tgt))
    states = (row["tgt_state"], row["src_state"]) if mirrored else (row["src_state"], row["tgt_state"])
    return StoredBitext(
        src_doc=src_doc,
        tgt_doc=tgt_doc,
        beads=tuple(beads),
        verdict=row["verdict"],
        signature=row["signature"],
        stale=states != (_state(sides.src), _state(sides.tgt)),
        aligned_at=row["aligned_at"],
    )


def pairs(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    found = connection.execute(
        "SELECT src_doc, tgt_doc FROM bitext JOIN document AS src ON src.id = src_doc"
        " JOIN document AS tgt ON tgt.id = tgt_doc"
        " WHERE src.version IS NOT NULL AND tgt.version IS NOT NULL ORDER BY bitext.number"
    )
    return [(row["src_doc"], row["tgt_doc"]) for row in found]


def review(connection: sqlite3.Connection, bead_id: str, status: Status, user: str) -> None:
    said, status = _review_row(connection, bead_id), Status(status)
    bead = said or _reviewable(connection, bead_id)
    if (bead.get("status", Status.UNREVIEWED), bead.get("reviewer", user)) == (status, user):
        return
    review = {**bead, "status": str(status), "reviewer": user, "reviewed_at": history.now()}
    action = f"{_VERBS[status]} {_described(connection, bead)}"
    after = None if status is Status.UNREVIEWED else review
    history.change(connection, "review", {bead_id: said}, {bead_id: after}, action, user)


def reviews(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> list[Review]:
    found = connection.execute(
        "SELECT * FROM review WHERE (src_doc, tgt_doc) IN (VALUES (?, ?), (?, ?)) ORDER BY reviewed_at, rowid",
        (src_doc, tgt_doc, tgt_doc, src_doc),
    )
    return [_seen_from(src_doc, row) for row in found]


_VERBS = {
    Status.ACCEPTED: "accepted",
    Status.REJECTED: "rejected",
    Status.UNREVIEWED: "took back the review of",
}


@dataclass(frozen=True)
class _Sides:
    """The current segments of both documents, and the reviews of the pair."""

    src: list[SegmentRow]
    tgt: list[SegmentRow]
    src_index: Mapping[str, int]
    tgt_index: Mapping[str, int]
    reviews: Mapping[str, Review]

    @classmethod
    def read(cls, connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> _Sides:
        src, tgt = documents.segments(connection, src_doc), documents.segments(connection, tgt_doc)
        found = {found.bead_id: found for found in reviews(connection, src_doc, tgt_doc)}
        return cls(src, tgt, _index(src), _index(tgt), found)

    def bead(self, row: sqlite3.Row, mirrored: bool) -> StoredBead | None:
        """The bead seen from the source; None where a segment of it is gone."""
        src, tgt = tuple(json.loads(row["src_segments"])), tuple(json.loads(row["tgt_segments"]))
        if mirrored:
            src, tgt = tgt, src
        if not (self.src_index.keys() >= set(src) and self.tgt_index.keys() >= set(tgt)):
            return None
        said = self.reviews.get(row["id"])
        bead = Bead(
            tuple(sorted(self.src_index[name] for name in src)),
            tuple(sorted(self.tgt_index[name] for name in tgt)),
            row["score"],
            row["confidence"],
            tuple(json.loads(row["reasons"])),
        )
        return StoredBead(
            row["id"],
            tuple(self.src[n].id for n in bead.src),
            tuple(self.tgt[n].id for n in bead.tgt),
            bead,
            said.status if said else Status.UNREVIEWED,
            said.reviewer if said else "",
        )


def _check(bitext: Bitext, src_size: int, tgt_size: int) -> None:
    for n, bead in enumerate(bitext.beads):
        if not bead.src and not bead.tgt:
            raise InputError(f"Bead {n} of the alignment is empty.")
        if math.isnan(bead.score) or math.isnan(bead.confidence):
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


def _bead_values(
    pair: tuple[str, str], bead: Bead, src: Sequence[SegmentRow], tgt: Sequence[SegmentRow]
) -> tuple[str | float, ...]:
    src_ids, tgt_ids = [src[n].id for n in bead.src], [tgt[n].id for n in bead.tgt]
    name = ids.bead_id(pair, src_ids + tgt_ids)
    # float(): scores may come as numpy numbers, which SQLite would store as bytes.
    numbers = float(bead.score), float(bead.confidence)
    return name, json.dumps(src_ids), json.dumps(tgt_ids), *numbers, json.dumps(bead.reasons)


def _pair_row(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM bitext WHERE (src_doc, tgt_doc) IN (VALUES (?, ?), (?, ?))",
        (src_doc, tgt_doc, tgt_doc, src_doc),
    ).fetchone()
    return row


def _beads(connection: sqlite3.Connection, bitext: sqlite3.Row) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM bead WHERE bitext = ? ORDER BY position", (bitext["number"],)).fetchall()


def _state(segments: Iterable[SegmentRow]) -> str:
    """A digest of what an alignment depends on."""
    parts = [part for row in segments for part in (row.id, row.segment.lang, str(row.included))]
    return ids.digest(parts).hex()


def _index(segments: Sequence[SegmentRow]) -> dict[str, int]:
    return {row.id: row.index for row in segments}


def _review_row(connection: sqlite3.Connection, bead_id: str) -> dict[str, str] | None:
    row = connection.execute("SELECT * FROM review WHERE bead_id = ?", (bead_id,)).fetchone()
    return None if row is None else dict(row)


def _reviewable(connection: sqlite3.Connection, bead_id: str) -> dict[str, str]:
    """The bead's part of a review row. Raises UnknownItemError."""
    row = connection.execute(
        "SELECT bead.id AS bead_id, src_doc, tgt_doc, src_segments, tgt_segments"
        " FROM bead JOIN bitext ON bitext.number = bead.bitext WHERE bead.id = ?",
        (bead_id,),
    ).fetchone()
    if row is None:
        raise UnknownItemError(f"No alignment has the bead {bead_id!r}; the documents may have been aligned anew.")
    return dict(row)


def _described(connection: sqlite3.Connection, review: Mapping[str, str]) -> str:
    src, tgt = json.loads(review["src_segments"]), json.loads(review["tgt_segments"])
    row = connection.execute("SELECT text FROM segment WHERE id = ? LIMIT 1", ((src + tgt)[0],)).fetchone()
    text = row["text"] if len(row["text"]) <= _QUOTED else row["text"][: _QUOTED - 1] + "…"
    return f"the {'link' if src and tgt else 'unlinked passage'} “{text}”"


def _seen_from(src_doc: str, row: sqlite3.Row) -> Review:
    src, tgt = tuple(json.loads(row["src_segments"])), tuple(json.loads(row["tgt_segments"]))
    docs = (row["src_doc"], row["tgt_doc"])
    if row["src_doc"] != src_doc:
        src, tgt, docs = tgt, src, docs[::-1]
    return Review(row["bead_id"], *docs, src, tgt, Status(row["status"]), row["reviewer"], row["reviewed_at"])
