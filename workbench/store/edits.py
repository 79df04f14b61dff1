"""Changing beads and reviews: only what changes is read and written, together with its line of the undo log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from workbench import __version__
from workbench.datatypes import Bead, Status
from workbench.errors import InputError, UnknownItemError
from workbench.store import bitexts, comments, documents, history, ids, related
from workbench.store.rows import Edited, StoredBead
from workbench.store.tables import TABLES, Pair, bead_value

Value = dict[str, Any]
Placed = tuple[tuple[str, ...], tuple[str, ...], Bead]  # the ids of its source and target segments, and a bead


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around some segments: every bead that holds one of them.

    `beads`: by segment index; of one that has lost a segment, what is left of it as null beads.
    """

    beads: Sequence[Bead]
    whole: Mapping[str, Bead]  # those that have lost nothing, by id
    rows: Mapping[str, Value]  # all, as they are kept, by id


@dataclass(frozen=True, slots=True)
class Editing:
    """A transaction in which `user` changes beads, seen from the source that their documents were aligned from.

    `since`: the number of the latest change that the user knew of; what anyone changed after it is not changed again.
    """

    connection: sqlite3.Connection
    user: str
    since: int | None

    def state(self) -> int:
        """The number of the workspace's latest change."""
        return history.state(self.connection)[0]

    def as_one(self, said: str, docs: Iterable[str]) -> AbstractContextManager[None]:
        """What is changed within is one line of the undo log."""
        return history.as_one(self.connection, said, self.user, docs)

    def bead_id(self, pair: Pair, segments: Iterable[str]) -> str:
        """The id of the bead of these segments, whether there is one or not."""
        return ids.bead_id(pair, segments)

    def places(self, doc_id: str, segments: Sequence[str]) -> list[int]:
        """Where segments stand in a document. Raises UnknownItemError."""
        found = documents.places(self.connection, doc_id, segments)
        for name in segments:
            if name not in found:
                raise UnknownItemError(f"{self.name(doc_id)} has no segment {name!r} any more")
        return sorted(found.values())

    def write_english(self, segment_id: str, text: str) -> Edited:
        """Write a segment's English by hand; empty for the model's again."""
        return documents.set_english(self.connection, segment_id, " ".join(text.split()), self.user, self.since)

    def stored_pair(self, src_doc: str, tgt_doc: str) -> Pair | None:
        """Two documents as they were aligned; None where they were not."""
        row = bitexts.pair_row(self.connection, src_doc, tgt_doc)
        return None if row is None else (row["src_doc"], row["tgt_doc"])

    def find(self, bead_id: str) -> tuple[Pair, Bead]:
        """A bead and its documents; the id may be that of a segment alone though it stands in a link.

        Raises UnknownItemError, and ConflictError where it is gone or another since someone changed it.
        """
        history.check(self.connection, [bead_id], self.since, self.user)
        row = self.connection.execute(
            "SELECT src_doc, tgt_doc, src_segments, tgt_segments FROM bead JOIN bitext ON number = bitext"
            " WHERE bead.id = ?",
            (bead_id,),
        ).fetchone()
        if row is not None:
            names = [json.loads(row["src_segments"]), json.loads(row["tgt_segments"])]
        else:
            row = self.connection.execute(
                "SELECT src_doc, tgt_doc, segment FROM bead_segment JOIN bitext ON number = bitext WHERE alone = ?",
                (bead_id,),
            ).fetchone()
            names = [[] if row is None else [row["segment"]]] * 2
        if row is not None:
            pair: Pair = (row["src_doc"], row["tgt_doc"])
            places = [documents.places(self.connection, doc, of) for doc, of in zip(pair, names, strict=True)]
            bead = Bead(tuple(sorted(places[0].values())), tuple(sorted(places[1].values())))
            if bead.src or bead.tgt:
                return pair, bead
        raise UnknownItemError(f"No alignment has the bead {bead_id!r}; the documents may have been aligned anew.")

    def around(self, pair: Pair, src: Iterable[int], tgt: Iterable[int]) -> Around:
        """Raises InputError on an index that a document does not have."""
        segments = [*self._names(pair[0], src).values(), *self._names(pair[1], tgt).values()]
        found = self.connection.execute(
            "SELECT DISTINCT bead FROM bead_segment JOIN bitext ON number = bitext"
            " WHERE src_doc = ? AND tgt_doc = ? AND segment IN (SELECT value FROM json_each(?))",
            (*pair, json.dumps(segments)),
        ).fetchall()
        rows = {row["bead"]: TABLES["bead"].read(self.connection, row["bead"]) for row in found}
        beads: list[Bead] = []
        whole = {}
        for name, row in rows.items():
            sides = json.loads(row["src_segments"]), json.loads(row["tgt_segments"])
            places = [documents.places(self.connection, doc, of) for doc, of in zip(pair, sides, strict=True)]
            at = tuple(sorted(places[0].values())), tuple(sorted(places[1].values()))
            if (len(at[0]), len(at[1])) == (len(sides[0]), len(sides[1])):
                reasons = tuple(json.loads(row["reasons"]))
                whole[name] = Bead(*at, row["score"], row["confidence"], reasons, row["boundary"])
                beads.append(whole[name])
            else:
                beads += [*(Bead((i,), ()) for i in at[0]), *(Bead((), (j,)) for j in at[1])]
        return Around(beads, whole, rows)

    def next(self, pair: Pair, side: int, place: int, step: int) -> int | None:
        """The nearest segment before (`step` -1) or behind (1) one that stands in a bead.

        `side`: 0 for the source's, 1 for the target's.
        """
        compare, order = (">", "ASC") if step > 0 else ("<", "DESC")
        row = self.connection.execute(
            "SELECT position FROM document JOIN segment USING (version)"
            " JOIN bead_segment ON bead_segment.segment = segment.id"
            " JOIN bitext ON bitext.number = bitext AND src_doc = ? AND tgt_doc = ?"
            f" WHERE document.id = ? AND position {compare} ? ORDER BY position {order} LIMIT 1",
            (*pair, pair[side], place),
        ).fetchone()
        return None if row is None else int(row["position"])

    def name(self, doc_id: str) -> str:
        """What a document is called."""
        return str(documents.brief(self.connection, doc_id)["name"])

    def status(self, bead_id: str) -> Status:
        """What was said of a bead."""
        said = TABLES["review"].read(self.connection, bead_id)
        return Status(said["status"]) if said else Status.UNREVIEWED

    def review(self, pair: Pair, bead_id: str, bead: Bead, status: Status, said: str) -> Edited:
        """Say of a bead whether it is right."""
        sides = self._sides(pair, bead)
        known = TABLES["review"].read(self.connection, bead_id)
        after = None if status is Status.UNREVIEWED else self._review(pair, *sides, status)
        if _says(known) == _says(after):
            return self._unchanged(pair, said)
        values = {"review": {bead_id: known}}, {"review": {bead_id: after}}
        return self._changed(pair, values, said, [bead_id], (), {bead_id: (*sides, self._kept(pair, bead_id, bead))})

    def comment(self, pair: Pair, bead_id: str, bead: Bead, text: str, said: str) -> Edited:
        """Remark on a bead; an empty text takes the remark back."""
        known, wanted = TABLES["comment"].read(self.connection, bead_id), comments.value(pair, text)
        if (known and known["text"]) == (wanted and wanted["text"]):
            return self._unchanged(pair, said)
        values = {"comment": {bead_id: known}}, {"comment": {bead_id: wanted}}
        come = {bead_id: (*self._sides(pair, bead), self._kept(pair, bead_id, bead))}
        return self._changed(pair, values, said, [bead_id], (), come)

    def replace(
        self, pair: Pair, around: Around, beads: Sequence[Bead], settled: Collection[Bead], said: str
    ) -> Edited:
        """Have `beads` in place of those around; `settled` among them are accepted by the user.

        Acceptances go with what they were of. Rejections stay, so that no alignment makes the link again. Comments go
        to what takes their beads' places.
        """
        settled, wanted = set(settled), set(beads)
        stays = {name for name, bead in around.whole.items() if bead in wanted}
        gone = {name: row for name, row in around.rows.items() if name not in stays}
        come = self._coming(pair, around, beads, settled)
        segments = {name for row in gone.values() for name in _segments(row)}
        segments |= {name for src, tgt, _ in come.values() for name in src + tgt}
        alone = {ids.bead_id(pair, [name]) for name in segments}
        history.check(self.connection, {*gone, *come, *alone, *pair}, self.since, self.user)

        before, after = self._exchanged(pair, gone, come, stays, settled)
        if not (after["bead"] or after["review"]):
            return self._unchanged(pair, said)
        if self.stored_pair(*pair) is None:
            key, never = " ".join(pair), dict.fromkeys([*after["bead"], *alone])
            before = {"bitext": {key: None}, **before, "bead": never}
            after = {"bitext": {key: self._new(pair)}, **after, "bead": {**never, **after["bead"]}}
        shown = gone.keys() | {
            ids.bead_id(pair, [name]) for row in gone.values() if _is_link(row) for name in _segments(row)
        }
        return self._changed(pair, (before, after), said, alone, sorted(shown - come.keys()), come)

    def _coming(
        self, pair: Pair, around: Around, beads: Sequence[Bead], settled: Collection[Bead]
    ) -> dict[str, Placed]:
        """Those of the beads that are new, or settled now, by id."""
        known = set(around.whole.values())
        sides = [(*self._sides(pair, bead), bead) for bead in beads if bead in settled or bead not in known]
        return {ids.bead_id(pair, src + tgt): (src, tgt, bead) for src, tgt, bead in sides}

    def _exchanged(
        self,
        pair: Pair,
        gone: Mapping[str, Value],
        come: Mapping[str, Placed],
        stays: Collection[str],
        settled: Collection[Bead],
    ) -> tuple[dict[str, Value], dict[str, Value]]:
        """Beads that go and come, with what is said of them: as it is, and as it becomes."""
        new = {name: placed for name, placed in come.items() if name not in stays}
        made = {name: bead_value(pair, *placed) for name, placed in new.items()}
        reviews = self._reviews(pair, gone.keys() | come.keys(), stays, come, settled)
        left = {name: _segments(row) for name, row in gone.items()}
        remarks = comments.follow(self.connection, pair, left, {name: src + tgt for name, (src, tgt, _) in new.items()})
        before = {"bead": {**dict.fromkeys(made), **gone}, "review": reviews[0], "comment": remarks[0]}
        after = {"bead": {**dict.fromkeys(gone), **made}, "review": reviews[1], "comment": remarks[1]}
        return before, after

    def _reviews(
        self,
        pair: Pair,
        names: Iterable[str],
        stays: Collection[str],
        come: Mapping[str, Placed],
        settled: Collection[Bead],
    ) -> tuple[Value, Value]:
        """What reviewers say of the beads `names`, where that changes: as it is, and as it becomes."""
        before: Value = {}
        after: Value = {}
        for name in names:
            known = TABLES["review"].read(self.connection, name)
            wanted = known if known is None or known["status"] != Status.ACCEPTED or name in stays else None
            if name in come and come[name][2] in settled:
                wanted = self._review(pair, *come[name][:2], Status.ACCEPTED)
            if _says(known) != _says(wanted):
                before[name], after[name] = known, wanted
        return before, after

    def _changed(
        self,
        pair: Pair,
        values: tuple[history.Values, history.Values],
        said: str,
        touched: Iterable[str],
        removed: Sequence[str],
        come: Mapping[str, Placed],
    ) -> Edited:
        before, _ = history.state(self.connection)
        after = history.change(self.connection, *values, said, self.user, pair, touched)
        added = []
        for name, (src, tgt, bead) in come.items():
            row = TABLES["review"].read(self.connection, name)
            status, reviewer = (Status(row["status"]), row["reviewer"]) if row else (Status.UNREVIEWED, "")
            remark = TABLES["comment"].read(self.connection, name)
            added.append(StoredBead(name, src, tgt, bead, status, reviewer, remark["text"] if remark else ""))
        return Edited(before, after, said, pair, tuple(removed), tuple(added))

    def _unchanged(self, pair: Pair, said: str) -> Edited:
        now, _ = history.state(self.connection)
        return Edited(now, now, said, pair)

    def _names(self, doc_id: str, indices: Iterable[int]) -> dict[int, str]:
        """Ids of segments by index."""
        wanted = sorted(set(indices))
        found = documents.names(self.connection, doc_id, wanted)
        missing = [index for index in wanted if index not in found]
        if missing:
            raise InputError(f"{self.name(doc_id)} has no passage {missing[0] + 1}; `show` numbers its passages")
        return found

    def _sides(self, pair: Pair, bead: Bead) -> tuple[tuple[str, ...], tuple[str, ...]]:
        src, tgt = self._names(pair[0], bead.src), self._names(pair[1], bead.tgt)
        return tuple(src[i] for i in bead.src), tuple(tgt[j] for j in bead.tgt)

    def _kept(self, pair: Pair, bead_id: str, bead: Bead) -> Bead:
        """The bead with its score, where it stands as such."""
        return self.around(pair, bead.src, bead.tgt).whole.get(bead_id, bead)

    def _review(self, pair: Pair, src: Sequence[str], tgt: Sequence[str], status: Status) -> Value:
        return {
            "src_doc": pair[0],
            "tgt_doc": pair[1],
            "src_segments": json.dumps(list(src)),
            "tgt_segments": json.dumps(list(tgt)),
            "status": str(status),
            "reviewer": self.user,
            "reviewed_at": history.now(),
        }

    def _new(self, pair: Pair) -> Value:
        """The row of an alignment that is made by hand."""
        return {
            "verdict": bitexts.BY_HAND,
            "signature": f"workbench {__version__}",
            "src_state": bitexts.Side.read(self.connection, pair[0]).state,
            "tgt_state": bitexts.Side.read(self.connection, pair[1]).state,
            "aligned_at": history.now(),
            "related": int(related.who(self.connection, *pair) is not None),
        }


def _says(review: Value | None) -> tuple[str, str] | None:
    return None if review is None else (review["status"], review["reviewer"])


def _segments(row: Value) -> list[str]:
    return [*json.loads(row["src_segments"]), *json.loads(row["tgt_segments"])]


def _is_link(row: Value) -> bool:
    return "[]" not in (row["src_segments"], row["tgt_segments"])
