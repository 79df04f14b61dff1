"""How far a batch run has come: every record, its state, and what came of it. A database of its own beside the results.

Only whoever runs the batch writes here; those who do the work report to it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.store.database import Database

RUN_FILE = "run.sqlite"


class RecordState(StrEnum):
    """How a record of a batch run stands."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


SETTLED = frozenset({RecordState.DONE, RecordState.FAILED})


@dataclass(frozen=True, slots=True)
class Record:
    """A document or a pair of a run. `about`: what it is; `outcome`: what came of it; `reason`: why it failed."""

    id: str
    shard: str
    about: Mapping[str, Any]
    state: RecordState = RecordState.PENDING
    reason: str = ""
    outcome: Mapping[str, Any] = field(default_factory=dict)


_MIGRATIONS = (
    (
        """CREATE TABLE record (
            kind TEXT NOT NULL,  -- 'document' or 'pair'
            id TEXT NOT NULL,
            place INTEGER NOT NULL,
            shard TEXT NOT NULL,
            about TEXT NOT NULL,  -- JSON
            state TEXT NOT NULL,
            reason TEXT NOT NULL,
            outcome TEXT NOT NULL,  -- JSON
            PRIMARY KEY (kind, id)
        )""",
        "CREATE INDEX record_shard ON record (kind, shard)",
    ),
)


class RunLedger:
    """The records of a run, by kind and id. Every method is one transaction. Raises StoreError."""

    def __init__(self, folder: Path) -> None:
        self._db = Database(folder / RUN_FILE, _MIGRATIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def plan(self, kind: str, records: Iterable[Record]) -> None:
        """These are the records of a kind, in this order. One that is in the same shard as before stays as it stands.

        A shard is named by what is in it, so where its name is the same nothing has changed. What ran when an earlier
        run was killed is pending again.
        """
        with self._db.write() as connection:
            connection.execute("UPDATE record SET state = 'pending' WHERE kind = ? AND state = 'running'", (kind,))
            connection.execute("UPDATE record SET place = -1 WHERE kind = ?", (kind,))
            connection.executemany(
                "INSERT INTO record VALUES (?, ?, ?, ?, ?, 'pending', '', '{}') ON CONFLICT DO UPDATE SET"
                " place = excluded.place, about = excluded.about, shard = excluded.shard,"
                " state = iif(shard = excluded.shard, state, 'pending'),"
                " reason = iif(shard = excluded.shard, reason, ''),"
                " outcome = iif(shard = excluded.shard, outcome, '{}')",
                (
                    (kind, record.id, place, record.shard, json.dumps(record.about))
                    for place, record in enumerate(records)
                ),
            )
            connection.execute("DELETE FROM record WHERE kind = ? AND place = -1", (kind,))

    def start(self, kind: str, shard: str) -> None:
        """What is not settled in a shard is being worked on."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE record SET state = 'running' WHERE kind = ? AND shard = ? AND state = 'pending'", (kind, shard)
            )

    def put_back(self, kind: str, shard: str, reason: str = "", *, failed: bool = False) -> None:
        """What is not done in a shard is still to be done, what failed only where that is said."""
        states = ["running", "pending", *(["failed"] if failed else [])]
        with self._db.write() as connection:
            connection.execute(
                "UPDATE record SET state = 'pending', reason = ? WHERE kind = ? AND shard = ?"
                " AND state IN (SELECT value FROM json_each(?))",
                (reason, kind, shard, json.dumps(states)),
            )

    def reset(self, kind: str, shard: str) -> None:
        """All of a shard is to be done again."""
        with self._db.write() as connection:
            connection.execute(
                "UPDATE record SET state = 'pending', reason = '', outcome = '{}' WHERE kind = ? AND shard = ?",
                (kind, shard),
            )

    def settle(self, kind: str, records: Sequence[Record]) -> None:
        """What became of records."""
        with self._db.write() as connection:
            connection.executemany(
                "UPDATE record SET state = ?, reason = ?, outcome = ? WHERE kind = ? AND id = ?",
                ((str(record.state), record.reason, json.dumps(record.outcome), kind, record.id) for record in records),
            )

    def records(self, kind: str) -> list[Record]:
        """All of a kind, in order."""
        with self._db.read() as connection:
            rows = connection.execute("SELECT * FROM record WHERE kind = ? ORDER BY place", (kind,)).fetchall()
        return [
            Record(
                row["id"],
                row["shard"],
                json.loads(row["about"]),
                RecordState(row["state"]),
                row["reason"],
                json.loads(row["outcome"]),
            )
            for row in rows
        ]

    def counts(self, kind: str) -> Counter[RecordState]:
        """How many records of a kind are in which state."""
        with self._db.read() as connection:
            rows = connection.execute("SELECT state, count(*) AS n FROM record WHERE kind = ? GROUP BY state", (kind,))
            return Counter({RecordState(row["state"]): row["n"] for row in rows})
