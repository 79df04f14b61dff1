"""The queue of background work. Every function is called in one transaction, so no job is taken twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import fields

from workbench.errors import UnknownItemError
from workbench.store import history
from workbench.store.rows import Job, JobState, Wish

_LIVE = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)
_KEPT = 50  # ended jobs
_MOST_STARTS = 5  # a job that took so many workers along would take the next one, too
_FATAL = (
    "the program that did it ended in the middle, again and again; the computer may be short of memory. "
    "What was done is kept."
)


def ask(connection: sqlite3.Connection, kind: str, doc_ids: Sequence[str], user: str) -> Job:
    known = _same(connection, kind, doc_ids, (*_LIVE, JobState.FAILED))
    if known:
        return steer(connection, known.number, "resume")
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


def rows(connection: sqlite3.Connection) -> list[Job]:
    return [_row(row) for row in connection.execute("SELECT * FROM job ORDER BY number")]


def steer(connection: sqlite3.Connection, number: int, wish: Wish) -> Job:
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


def claim(connection: sqlite3.Connection, worker: int) -> Job | None:
    row = connection.execute(
        "SELECT number FROM job WHERE state = ? ORDER BY number LIMIT 1", (JobState.WAITING,)
    ).fetchone()
    if row is None:
        return None
    number = int(row["number"])
    connection.execute("UPDATE job SET starts = starts + 1 WHERE number = ?", (number,))
    _set(
        connection,
        number,
        state=JobState.RUNNING,
        asked="",
        stage="",
        done=0,
        total=0,
        rest=None,
        worker=worker,
        started_at=history.now(),
    )
    return _job(connection, number)


def report(connection: sqlite3.Connection, number: int, stage: str, done: int, total: int, rest: float | None) -> str:
    _set(connection, number, stage=stage, done=done, total=total, rest=rest)
    return _job(connection, number).asked


def end(connection: sqlite3.Connection, number: int, state: JobState, message: str) -> None:
    _set(
        connection,
        number,
        state=state,
        asked="",
        rest=None,
        message=message,
        starts=0,
        ended_at=None if state in _LIVE else history.now(),
    )


def reclaim(connection: sqlite3.Connection) -> None:
    orphans = connection.execute("SELECT number, asked, starts FROM job WHERE state = ?", (JobState.RUNNING,))
    for number, asked, starts in orphans.fetchall():
        if asked == "cancel":
            end(connection, number, JobState.CANCELLED, "")
        elif starts >= _MOST_STARTS:
            end(connection, number, JobState.FAILED, _FATAL)
        else:
            state = JobState.PAUSED if asked == "pause" else JobState.WAITING
            _set(connection, number, state=state, asked="", rest=None)


def _same(
    connection: sqlite3.Connection, kind: str, doc_ids: Sequence[str], states: Collection[JobState]
) -> Job | None:
    """The job of this kind for these documents, in whatever order, that is in one of these states."""
    found = (job for job in rows(connection) if job.state in states and job.kind == kind)
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
