"""What the undo log covers: how a value is read by its key, None where there is nothing, and how it is written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.datatypes import Bead
from workbench.store import ids, versions

Pair = tuple[str, str]  # the ids of two documents, source and target


@dataclass(frozen=True, slots=True)
class Table:
    read: Callable[[sqlite3.Connection, str], Any]
    write: Callable[[sqlite3.Connection, str, Any], None]


# How a document is called: as somebody said or, where nobody did, as it came.
NAMED = "iif(document.called = '', document.name, document.called)"

# A name's key is the document's id and "name".


def _read_name(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT called FROM document WHERE id = ?", (key.split()[0],)).fetchone()
    return None if row is None else row["called"]


def _write_name(connection: sqlite3.Connection, key: str, called: str) -> None:
    connection.execute("UPDATE document SET called = ? WHERE id = ?", (called, key.split()[0]))


def _read_inclusion(connection: sqlite3.Connection, segment_id: str) -> bool | None:
    row = connection.execute("SELECT included FROM inclusion WHERE segment_id = ?", (segment_id,)).fetchone()
    return None if row is None else bool(row["included"])


def _write_inclusion(connection: sqlite3.Connection, segment_id: str, included: bool | None) -> None:
    if included is None:
        connection.execute("DELETE FROM inclusion WHERE segment_id = ?", (segment_id,))
    else:
        connection.execute("INSERT OR REPLACE INTO inclusion VALUES (?, ?)", (segment_id, included))


def _record(table: str, key: str, columns: str) -> Table:
    """A table whose values are rows, by column."""
    names = columns.split()
    listed, marks = ", ".join((key, *names)), ", ".join("?" * (len(names) + 1))

    def read(connection: sqlite3.Connection, of: str) -> dict[str, Any] | None:
        row = connection.execute(f"SELECT {listed} FROM {table} WHERE {key} = ?", (of,)).fetchone()
        return None if row is None else {name: row[name] for name in names}

    def write(connection: sqlite3.Connection, of: str, value: Mapping[str, Any] | None) -> None:
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (of,))
        if value is not None:
            values = (of, *(value[name] for name in names))
            connection.execute(f"INSERT INTO {table} ({listed}) VALUES ({marks})", values)

    return Table(read, write)


# Of two documents, whichever is the source: none is aligned with itself. Not as pairs of values, which no index serves.
OF_PAIR = "src_doc IN (?1, ?2) AND tgt_doc IN (?1, ?2)"

# A bitext's key is the ids of its documents with a blank between. In a new one every segment stands alone.


def _read_bitext(connection: sqlite3.Connection, pair: str) -> dict[str, Any] | None:
    row = connection.execute(
        "SELECT verdict, signature, src_state, tgt_state, aligned_at, related FROM bitext"
        " WHERE src_doc = ? AND tgt_doc = ?",
        pair.split(),
    ).fetchone()
    return None if row is None else dict(row)


def _write_bitext(connection: sqlite3.Connection, pair: str, value: Mapping[str, Any] | None) -> None:
    src_doc, tgt_doc = pair.split()
    connection.execute("DELETE FROM bitext WHERE src_doc = ? AND tgt_doc = ?", (src_doc, tgt_doc))
    if value is not None:
        connection.execute(
            "INSERT INTO bitext (src_doc, tgt_doc, verdict, signature, src_state, tgt_state, aligned_at, related)"
            " VALUES (:src_doc, :tgt_doc, :verdict, :signature, :src_state, :tgt_state, :aligned_at, :related)",
            # Changes were once written down without `related`.
            {"related": 0, **value, "src_doc": src_doc, "tgt_doc": tgt_doc},
        )
        _fill(connection, (src_doc, tgt_doc))


def _fill(connection: sqlite3.Connection, pair: Pair) -> None:
    number = connection.execute("SELECT number FROM bitext WHERE src_doc = ? AND tgt_doc = ?", pair).fetchone()
    found = connection.execute(
        "SELECT document.id AS doc, segment.id AS segment FROM document JOIN segment USING (version)"
        " LEFT JOIN inclusion ON segment_id = segment.id"
        " WHERE document.id IN (?, ?) AND coalesce(included, flag IS NULL)",
        pair,
    )
    beads = {
        ids.bead_id(pair, [row["segment"]]): bead_value(
            pair, [row["segment"]] if row["doc"] == pair[0] else [], [row["segment"]] if row["doc"] == pair[1] else []
        )
        for row in found
    }
    insert_beads(connection, number["number"], pair, beads)


_ALONE = Bead((), ())


def bead_value(
    pair: Pair, src_segments: Sequence[str], tgt_segments: Sequence[str], bead: Bead = _ALONE
) -> dict[str, Any]:
    """A bead as it is kept; of `bead` all but the segments."""
    return {
        "src_doc": pair[0],
        "tgt_doc": pair[1],
        "src_segments": json.dumps(list(src_segments)),
        "tgt_segments": json.dumps(list(tgt_segments)),
        # float(): scores may come as numpy numbers, which SQLite would store as bytes.
        "score": float(bead.score),
        "confidence": float(bead.confidence),
        "boundary": float(bead.boundary),
        "reasons": json.dumps(bead.reasons),
    }


# What is told of an alignment that stays: the key is that of a bitext.


def _read_told(connection: sqlite3.Connection, pair: str) -> dict[str, Any] | None:
    value = _read_bitext(connection, pair)
    return value and {name: value[name] for name in ("verdict", "signature")}


def _write_told(connection: sqlite3.Connection, pair: str, value: Mapping[str, Any]) -> None:
    connection.execute(
        "UPDATE bitext SET verdict = ?, signature = ? WHERE src_doc = ? AND tgt_doc = ?",
        (value["verdict"], value["signature"], *pair.split()),
    )


# What was aligned of a document with another: the key is both ids, the value a digest.


def _read_aligned(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute(
        f"SELECT iif(src_doc = ?1, src_state, tgt_state) AS state FROM bitext WHERE {OF_PAIR}", key.split()
    ).fetchone()
    return None if row is None else row["state"]


def _write_aligned(connection: sqlite3.Connection, key: str, state: str) -> None:
    doc, other = key.split()
    connection.execute("UPDATE bitext SET src_state = ? WHERE src_doc = ? AND tgt_doc = ?", (state, doc, other))
    connection.execute("UPDATE bitext SET tgt_state = ? WHERE tgt_doc = ? AND src_doc = ?", (state, doc, other))


_BEAD = "src_doc, tgt_doc, src_segments, tgt_segments, score, confidence, boundary, reasons"


def read_beads(connection: sqlite3.Connection, bitext: int) -> dict[str, dict[str, Any]]:
    """All beads of an alignment, by id."""
    found = connection.execute(
        f"SELECT bead.id, {_BEAD} FROM bead JOIN bitext ON number = bitext WHERE number = ?", (bitext,)
    )
    return {row["id"]: {name: row[name] for name in _BEAD.split(", ")} for row in found}


def _read_bead(connection: sqlite3.Connection, bead_id: str) -> dict[str, Any] | None:
    row = connection.execute(
        f"SELECT {_BEAD} FROM bead JOIN bitext ON number = bitext WHERE bead.id = ?", (bead_id,)
    ).fetchone()
    return None if row is None else dict(row)


def _write_bead(connection: sqlite3.Connection, bead_id: str, value: Mapping[str, Any] | None) -> None:
    old = connection.execute("SELECT bitext, src_segments, tgt_segments FROM bead WHERE id = ?", (bead_id,)).fetchone()
    if old is not None:
        segments = json.loads(old["src_segments"]) + json.loads(old["tgt_segments"])
        connection.executemany(
            "DELETE FROM bead_segment WHERE bitext = ? AND segment = ?", ((old["bitext"], name) for name in segments)
        )
    connection.execute("DELETE FROM bead WHERE id = ?", (bead_id,))
    if value is not None:
        pair = value["src_doc"], value["tgt_doc"]
        number = connection.execute("SELECT number FROM bitext WHERE src_doc = ? AND tgt_doc = ?", pair).fetchone()
        # Without its alignment, which went first, a bead goes.
        if number is not None:
            insert_beads(connection, number["number"], pair, {bead_id: value})


def insert_beads(
    connection: sqlite3.Connection, bitext: int, pair: Pair, beads: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write new beads, by id."""
    connection.executemany(
        "INSERT INTO bead (id, bitext, src_segments, tgt_segments, score, confidence, boundary, reasons)"
        " VALUES (:id, :bitext, :src_segments, :tgt_segments, :score, :confidence, :boundary, :reasons)",
        ({**bead, "id": bead_id, "bitext": bitext} for bead_id, bead in beads.items()),
    )
    connection.executemany(
        "INSERT INTO bead_segment (bitext, segment, bead, alone) VALUES (?, ?, ?, ?)",
        (
            (bitext, segment, bead_id, ids.bead_id(pair, [segment]))
            for bead_id, bead in beads.items()
            for segment in json.loads(bead["src_segments"]) + json.loads(bead["tgt_segments"])
        ),
    )


TABLES: Mapping[str, Table] = {
    "document": Table(versions.pointed, versions.point),
    "name": Table(_read_name, _write_name),
    "inclusion": Table(_read_inclusion, _write_inclusion),
    "review": _record("review", "bead_id", "src_doc tgt_doc src_segments tgt_segments status reviewer reviewed_at"),
    "comment": _record("comment", "bead_id", "src_doc tgt_doc text"),
    "english": _record("english", "segment_id", "text user"),
    "related": _record("related", "pair", "user said_at"),
    "bitext": Table(_read_bitext, _write_bitext),
    "told": Table(_read_told, _write_told),
    "aligned": Table(_read_aligned, _write_aligned),
    "bead": Table(_read_bead, _write_bead),
}
