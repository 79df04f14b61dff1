"""What is wrong with a workspace database, if anything: read only, whoever else works on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from workbench.store.caches import is_sound_check, is_sound_translation, is_sound_vector
from workbench.store.database import APPLICATION_ID, connected
from workbench.store.schema import MIGRATIONS

_MOST = 5  # complaints of SQLite's that are passed on

# JSON columns by table.
_JSON = {
    "version": ("blocks", "metadata", "warnings", "cuts"),
    "segment": ("spans",),
    "bead": ("src_segments", "tgt_segments", "reasons"),
    "review": ("src_segments", "tgt_segments"),
    "change": ("before", "after", "docs"),
    "job": ("docs",),
    "campaign": ("about", "random", "risk", "estimates"),
    "judgement": ("marks",),
    "draft": ("said",),
    "setting": ("value",),
}
# Rows that nothing shows any more, and that something else counts on.
_ORPHANS = {
    "passages that belong to no bead of theirs": "bead_segment WHERE bead NOT IN (SELECT id FROM bead)",
    "beads whose passages do not know them": "bead WHERE id NOT IN (SELECT bead FROM bead_segment)",
    "documents whose text is another's": "document JOIN version ON version.number = version WHERE doc_id != id",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`harmless`: it is made anew when it is needed. `remedy`: what to do, where it is no backup that helps."""

    what: str
    harmless: bool = False
    remedy: str = ""


def faults(path: Path, quick: bool = False) -> Iterator[Fault]:
    """What is wrong with the database in a file, the worst first; `quick`: but for schema, orphans, caches.

    Raises nothing: a file that cannot be read at all is a fault.
    """
    try:
        with closing(connected(path, "ro")) as connection:
            connection.row_factory = sqlite3.Row
            yield from _faults(connection, quick)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        yield Fault(f"it cannot be read through ({error})")


def is_blank(path: Path) -> bool:
    """Whether nothing is in the file yet: the program was ended while it made it, and the next one makes it anew."""
    try:
        with closing(connected(path, "ro")) as connection:
            return _count(connection, "sqlite_master") == 0
    except sqlite3.Error:
        return False


def _faults(connection: sqlite3.Connection, quick: bool) -> Iterator[Fault]:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield Fault("it is no workspace database")
        return
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if schema > len(MIGRATIONS) and not quick:
        newer = f"it was written by a newer workbench (schema {schema}, this one knows {len(MIGRATIONS)})"
        yield Fault(newer, remedy="upgrade the workbench to open it")
        return
    said = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    yield from (Fault(" ".join(str(line).split())) for line in said if line != "ok")
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        yield Fault(f"rows of something that is not there ({tables}): {len(broken):,}")
    if said == ["ok"] and not quick:
        yield from _contents(connection)


def _contents(connection: sqlite3.Connection) -> Iterator[Fault]:
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, columns in _JSON.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for column in there.intersection(columns):
            count = _count(connection, f"{table} WHERE NOT json_valid({column})")
            if count:
                yield Fault(f"rows of {table} with no JSON in {column}: {count:,}")
    if "bead_segment" in known:
        for what, query in _ORPHANS.items():
            count = _count(connection, query)
            if count:
                yield Fault(f"{what}: {count:,}")
    yield from _damaged(connection, "embedding", "vectors", is_sound_vector)
    if "checksum" in {row[1] for row in connection.execute("PRAGMA table_info(translation)")}:
        yield from _damaged(connection, "translation", "translations", is_sound_translation)
    if "checked" in known:
        yield from _damaged(connection, "checked", "results of checks", is_sound_check)


def _count(connection: sqlite3.Connection, of: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {of}").fetchone()[0])


def _damaged(
    connection: sqlite3.Connection, table: str, noun: str, is_sound: Callable[[sqlite3.Row], bool]
) -> Iterator[Fault]:
    count = sum(not is_sound(row) for row in connection.execute(f"SELECT * FROM {table}"))
    if count:
        yield Fault(f"damaged {noun} in the cache, which count as absent and are made anew: {count:,}", harmless=True)
