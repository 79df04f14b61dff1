"""The queue of background work."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import fields

from workbench.errors import UnknownItemError
from workbench.store import history
from workbench.store.database import Database
from workbench.store.rows import Job, JobState, Wish

_LIVE = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)
_KEPT = 50  # ended jobs
_MOST_STARTS = 5  # a job that took so many workers along would take the next one, too
_NOTHING_DONE: dict[str, str | float | None] = {"asked": "", "stage": "", "done": 0, "total": 0, "rest": None}
_FATAL = (
    "the program that did it ended in the middle, again and again; the computer may be short of memory. "
    "What was done is kept."
)


class Queue:
    """Background work in the order it was asked for. Every method is one transaction, so that no job is taken twice."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def ask(self, kind: str, doc_ids: Sequence[str], user: str = "") -> Job:
        """Put a job in the queue. One of the same kind and documents that is not finished, or failed, is that job."""
        with self._db.write() as connection:
            known = _same(connection, kind, doc_ids, (*_LIVE, JobState.FAILED))
            return _steered(connection, known.number, "resume") if known else _asked(connection, kind, doc_ids, user)

    def jobs(self) -> list[Job]:
        """The jobs in the order they were asked for, of the ended ones the latest."""
        with self._db.read() as connection:
            return _rows(connection)

    def steer(self, number: int, wish: Wish) -> Job:
        """Pause, resume or cancel a job; a running one heeds it a little later.

        An ended job that is resumed starts anew; to cancel a failed one is to dismiss it. What cannot be, such as to
        pause what is done, changes nothing. Raises UnknownItemError.
        """
        with self._db.write() as connection:
            return _steered(connection, number, wish)

    def claim(self, worker: int) -> Job | None:
        """Take the first waiting job, for this process alone."""
        query = "SELECT number, starts FROM job WHERE state = ? ORDER BY number LIMIT 1"
        with self._db.write() as connection:
            row = connection.execute(query, (JobState.WAITING,)).fetchone()
            if row is None:
                return None
            number, starts = row
            _set(
                connection,
                number,
                state=JobState.RUNNING,
                starts=starts + 1,
                worker=worker,
                started_at=history.now(),
                **_NOTHING_DONE,
            )
            return _job(connection, number)

    def report(self, number: int, stage: str, done: int, total: int, rest: float | None) -> str:
        """Note how far a running job has come; returns what was asked of it, "" for nothing."""
        with self._db.write() as connection:
            _set(connection, number, stage=stage, done=done, total=total, rest=rest)
            return _job(connection, number).asked

    def end(self, number: int, state: JobState, message: str = "") -> None:
        """Note how a running job ended, or put it back (waiting or paused)."""
        with self._db.write() as connection:
            _end(connection, number, state, message)

    def reclaim(self) -> None:
        """Put back the jobs whose worker died. Only for who knows that no worker is alive.

        A job that took several workers along is not tried again by itself.
        """
        query = "SELECT number, asked, starts FROM job WHERE state = ?"
        with self._db.write() as connection:
            for number, asked, starts in connection.execute(query, (JobState.RUNNING,)).fetchall():
                if asked == "cancel":
                    _end(connection, number, JobState.CANCELLED, "")
                elif starts >= _MOST_STARTS:
                    _end(connection, number, JobState.FAILED, _FATAL)
                else:
                    state = JobState.PAUSED if asked == "pause" else JobState.WAITING
                    _set(connection, number, state=state, asked="", rest=None)


def _asked(connection: sqlite3.Connection, kind: str, doc_ids: Sequence[str], user: str) -> Job:
    number = connection.execute(
        "INSERT INTO job (kind, docs, state, user, created_at) VALUES (?, ?, ?, ?, ?)",
        (kind, json.dumps(list(doc_ids)), JobState.WAITING, user, history.now()),
    ).lastrowid
    assert number is not None
    connection.execute(
        "DELETE FROM job WHERE ended_at IS NOT NULL AND number NOT IN"
        " (SELECT number FROM job WHERE ended_at IS NOT NULL ORDER BY number DESC LIMIT ?)",
        (_KEPT,),
    )
    return _job(connection, number)


def _steered(connection: sqlite3.Connection, number: int, wish: Wish) -> Job:
    job = _job(connection, number)
    if job.state is JobState.RUNNING:
        _set(connection, number, asked="" if wish == "resume" else wish)
    elif wish == "pause" and job.state is JobState.WAITING:
        _set(connection, number, state=JobState.PAUSED)
    elif wish == "cancel" and (job.is_live or job.state is JobState.FAILED):
        _set(connection, number, state=JobState.CANCELLED, ended_at=history.now())
    elif wish == "resume" and job.state not in (JobState.WAITING, JobState.DONE):
        other = _same(connection, job.kind, job.docs, _LIVE)
        if other and other.number != number:
            return other
        _set(connection, number, state=JobState.WAITING, message="", starts=0, ended_at=None)
    return _job(connection, number)


def _end(connection: sqlite3.Connection, number: int, state: JobState, message: str) -> None:
    ended_at = None if state in _LIVE else history.now()
    _set(connection, number, state=state, asked="", rest=None, message=message, starts=0, ended_at=ended_at)


def _rows(connection: sqlite3.Connection) -> list[Job]:
    return [_row(row) for row in connection.execute("SELECT * FROM job ORDER BY number")]


def _same(
    connection: sqlite3.Connection, kind: str, doc_ids: Sequence[str], states: Collection[JobState]
) -> Job | None:
    """The job of this kind for these documents, in whatever order, that is in one of these states."""
    found = (job for job in _rows(connection) if job.state in states and job.kind == kind)
    return next((job for job in found if set(job.docs) == set(doc_ids)), None)


def _job(connection: sqlite3.Connection, number: int) -> Job:
    row = connection.execute("SELECT * FROM job WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise UnknownItemError(f"There is no job {number}; `python -m workbench jobs` lists them.")
    return _row(row)


_COLUMNS = tuple(field.name for field in fields(Job))


def _row(row: sqlite3.Row) -> Job:
    values = {name: row[name] for name in _COLUMNS}
    return Job(**values | {"docs": tuple(json.loads(row["docs"])), "state": JobState(row["state"])})


def _set(connection: sqlite3.Connection, number: int, **values: str | float | None) -> None:
    columns = ", ".join(f"{name} = :{name}" for name in values)
    connection.execute(f"UPDATE job SET {columns} WHERE number = :number", values | {"number": number})
