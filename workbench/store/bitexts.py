"""Alignments and what reviewers say of them."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Set
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
        "INSERT INTO bead (bitext, position, id, src_segments, tgt_segments, score, confidence, boundary, reasons)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, n, *_bead_values(pair, bead, src, tgt)) for n, bead in enumerate(bitext.beads)),
    )


def get(connection: sqlite3.Connection, src_doc: str, tgt_doc: str, least: float) -> StoredBitext | None:
    sides = _Sides.read(connection, src_doc, tgt_doc)
    row = _pair_row(connection, src_doc, tgt_doc)
    if row is None:
        return None
    mirrored = row["src_doc"] != src_doc
    beads = [bead for values in _beads(connection, row) if (bead := sides.bead(values, mirrored)) is not None]
    if mirrored:
        beads.sort(key=lambda stored: (not stored.bead.src, stored.bead.src, stored.bead.tgt))
    hidden = {bead.id for bead in beads if sides.hides(bead, least)}
    states = (row["tgt_state"], row["src_state"]) if mirrored else (row["src_state"], row["tgt_state"])
    return StoredBitext(
        src_doc=src_doc,
        tgt_doc=tgt_doc,
        beads=tuple(part for bead in beads for part in (sides.apart(bead) if bead.id in hidden else [bead])),
        hidden=len(hidden),
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
    bead = said or _reviewable(connection, bead_id) or _reviewable_apart(connection, bead_id)
    if bead is None:
        raise UnknownItemError(f"No alignment has the bead {bead_id!r}; the documents may have been aligned anew.")
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
    docs: tuple[str, str]
    alone: Set[str]  # segments that were said to have no counterpart

    @classmethod
    def read(cls, connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> _Sides:
        src, tgt = documents.segments(connection, src_doc), documents.segments(connection, tgt_doc)
        found = {found.bead_id: found for found in reviews(connection, src_doc, tgt_doc)}
        alone = {
            segment
            for said in found.values()
            if said.status is Status.ACCEPTED and not (said.src_segments and said.tgt_segments)
            for segment in said.src_segments + said.tgt_segments
        }
        return cls(src, tgt, _index(src), _index(tgt), found, (src_doc, tgt_doc), alone)

    def bead(self, row: sqlite3.Row, mirrored: bool) -> StoredBead | None:
        """The bead seen from the source; None where a segment of it is gone."""
        src, tgt = tuple(json.loads(row["src_segments"])), tuple(json.loads(row["tgt_segments"]))
        if mirrored:
            src, tgt = tgt, src
        if not (self.src_index.keys() >= set(src) and self.tgt_index.keys() >= set(tgt)):
            return None
        bead = Bead(
            tuple(sorted(self.src_index[name] for name in src)),
            tuple(sorted(self.tgt_index[name] for name in tgt)),
            row["score"],
            row["confidence"],
            tuple(json.loads(row["reasons"])),
            row["boundary"],
        )
        return self._stored(row["id"], bead)

    def _stored(self, bead_id: str, bead: Bead) -> StoredBead:
        said = self.reviews.get(bead_id)
        return StoredBead(
            bead_id,
            tuple(self.src[n].id for n in bead.src),
            tuple(self.tgt[n].id for n in bead.tgt),
            bead,
            said.status if said else Status.UNREVIEWED,
            said.reviewer if said else "",
        )

    def hides(self, stored: StoredBead, least: float) -> bool:
        """Whether a link is too doubtful to be shown, or someone said that a segment of it has no counterpart."""
        if stored.bead.is_null or stored.status is Status.ACCEPTED:
            return False
        return stored.bead.confidence < least or not self.alone.isdisjoint(stored.src_segments + stored.tgt_segments)

    def apart(self, stored: StoredBead) -> list[StoredBead]:
        """The segments of a hidden link, each as a null bead."""
        told = 0.0, 1 - stored.bead.confidence, ("its link is not shown",)
        nulls = [Bead((n,), (), *told) for n in stored.bead.src]
        nulls += [Bead((), (n,), *told) for n in stored.bead.tgt]
        segments = stored.src_segments + stored.tgt_segments
        return [
            self._stored(ids.bead_id(self.docs, [segment]), bead) for segment, bead in zip(segments, nulls, strict=True)
        ]


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


def _bead_values(
    pair: tuple[str, str], bead: Bead, src: Sequence[SegmentRow], tgt: Sequence[SegmentRow]
) -> tuple[str | float, ...]:
    src_ids, tgt_ids = [src[n].id for n in bead.src], [tgt[n].id for n in bead.tgt]
    name = ids.bead_id(pair, src_ids + tgt_ids)
    # float(): scores may come as numpy numbers, which SQLite would store as bytes.
    numbers = float(bead.score), float(bead.confidence), float(bead.boundary)
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


def _reviewable(connection: sqlite3.Connection, bead_id: str) -> dict[str, str] | None:
    """The bead's part of a review row."""
    row = connection.execute(
        "SELECT bead.id AS bead_id, src_doc, tgt_doc, src_segments, tgt_segments"
        " FROM bead JOIN bitext ON bitext.number = bead.bitext WHERE bead.id = ?",
        (bead_id,),
    ).fetchone()
    return None if row is None else dict(row)


def _reviewable_apart(connection: sqlite3.Connection, bead_id: str) -> dict[str, str] | None:
    """The same for a segment that stands alone while its link is hidden."""
    links = connection.execute(
        "SELECT src_doc, tgt_doc, src_segments, tgt_segments FROM bead JOIN bitext ON bitext.number = bead.bitext"
        " WHERE src_segments != '[]' AND tgt_segments != '[]'"
    )
    for row in links:
        docs = {"bead_id": bead_id, "src_doc": row["src_doc"], "tgt_doc": row["tgt_doc"]}
        for side, other in (("src_segments", "tgt_segments"), ("tgt_segments", "src_segments")):
            for segment in json.loads(row[side]):
                if ids.bead_id((row["src_doc"], row["tgt_doc"]), [segment]) == bead_id:
                    return {**docs, side: json.dumps([segment]), other: "[]"}
    return None


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
