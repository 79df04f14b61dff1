"""The undo log: one row a change, with the state before and after, back and forth without limit.

A state is a mapping of keys to values, None where there is nothing: {document id: version number},
{segment id: included}, {bead id: review}. To undo a change is to write its state before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.store.rows import Change

State = Mapping[str, Any]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def change(connection: sqlite3.Connection, kind: str, before: State, after: State, action: str, user: str) -> None:
    """Make a change and write it down. What was undone until now can no longer be redone."""
    connection.execute("DELETE FROM change WHERE undone_at IS NOT NULL")
    _restore(connection, kind, after)
    connection.execute(
        "INSERT INTO change (user, made_at, action, kind, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        (user, now(), action, kind, json.dumps(before), json.dumps(after)),
    )


def undo(connection: sqlite3.Connection, user: str) -> str | None:
    row = connection.execute("SELECT * FROM change WHERE undone_at IS NULL ORDER BY number DESC LIMIT 1").fetchone()
    if row is None:
        return None
    _restore(connection, row["kind"], json.loads(row["before"]))
    _mark(connection, row["number"], now(), user)
    return str(row["action"])


def redo(connection: sqlite3.Connection, user: str) -> str | None:
    row = connection.execute("SELECT * FROM change WHERE undone_at IS NOT NULL ORDER BY number LIMIT 1").fetchone()
    if row is None:
        return None
    _restore(connection, row["kind"], json.loads(row["after"]))
    _mark(connection, row["number"], None, None)
    return str(row["action"])


def changes(connection: sqlite3.Connection, limit: int) -> list[Change]:
    rows = connection.execute("SELECT * FROM change ORDER BY number DESC LIMIT ?", (limit,))
    return [Change(row["action"], row["user"], row["made_at"], row["undone_at"] is not None) for row in rows]


def _mark(connection: sqlite3.Connection, number: int, undone_at: str | None, undone_by: str | None) -> None:
    connection.execute(
        "UPDATE change SET undone_at = ?, undone_by = ? WHERE number = ?", (undone_at, undone_by, number)
    )


def _restore(connection: sqlite3.Connection, kind: str, state: State) -> None:
    for key, value in state.items():
        _WRITERS[kind](connection, key, value)


def _write_document(connection: sqlite3.Connection, doc_id: str, version: int | None) -> None:
    connection.execute("UPDATE document SET version = ? WHERE id = ?", (version, doc_id))


def _write_inclusion(connection: sqlite3.Connection, segment_id: str, included: bool | None) -> None:
    if included is None:
        connection.execute("DELETE FROM inclusion WHERE segment_id = ?", (segment_id,))
    else:
        connection.execute("INSERT OR REPLACE INTO inclusion VALUES (?, ?)", (segment_id, included))


def _write_review(connection: sqlite3.Connection, bead_id: str, review: Mapping[str, str] | None) -> None:
    connection.execute("DELETE FROM review WHERE bead_id = ?", (bead_id,))
    if review is not None:
        connection.execute(
            "INSERT INTO review VALUES (:bead_id, :src_doc, :tgt_doc, :src_segments, :tgt_segments,"
            " :status, :reviewer, :reviewed_at)",
            review,
        )


_WRITERS: dict[str, Callable[[sqlite3.Connection, str, Any], None]] = {
    "document": _write_document,
    "inclusion": _write_inclusion,
    "review": _write_review,
}
