"""Opening the SQLite file, its transactions, and its errors in words a user can act on."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Literal

from workbench.errors import InputError, StoreError
from workbench.store.ids import bead_id
from workbench.store.schema import MIGRATIONS

APPLICATION_ID = 0x57424348  # "WBCH": tells our files from other programs' databases
_BUSY_SECONDS = 30.0  # longer than any of our transactions

_DAMAGED = "is damaged; put back a backup with `python -m workbench restore FILE`, or start a new workspace"
_IN_USE = "is in use by another program; close that or try again in a moment"
_UNWRITABLE = "cannot be written; choose a workspace folder where you may create files"
_REMEDIES = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_FULL: "has no room left on its disk; free some space and try again",
    sqlite3.SQLITE_IOERR: "could not be read or written by the operating system; check the disk, and the room on it",
}
# Where a folder is another's, or its disk is read-only.
_NO_LOG = (sqlite3.SQLITE_READONLY_DIRECTORY, sqlite3.SQLITE_CANTOPEN)


class Database:
    """One connection behind one lock: threads take turns, processes are kept apart by SQLite."""

    def __init__(self, path: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._closed = False
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(path)
        try:
            self._prepare(migrations)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        with self._lock, self._errors():
            if not self._closed:
                # Where this cannot be written, what is confirmed stays in the log beside it: nothing is lost.
                with suppress(sqlite3.OperationalError):
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._connection.close()
                self._closed = True

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state of the database throughout."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept as a whole, or, on any exception, not at all."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._errors():
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after a full disk and the like.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _prepare(self, migrations: Sequence[Sequence[str]]) -> None:
        with self.read() as connection:
            self._check_owner(connection)
            current = self._version(connection, len(migrations)) == len(migrations)
        # First: changed to after an ALTER TABLE, SQLite would hold the tables until one of them is read.
        with self._lock, self._errors():
            self._connection.execute("PRAGMA journal_mode = WAL")
        if not current:
            with self.write() as connection:
                self._migrate(connection, migrations)

    def _check_owner(self, connection: sqlite3.Connection) -> None:
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if owner != APPLICATION_ID and not empty:
            raise StoreError(f"{self.path} is a database of another program; choose another workspace folder.")

    def _migrate(self, connection: sqlite3.Connection, migrations: Sequence[Sequence[str]]) -> None:
        """Bring the schema up to date. All steps of an upgrade are kept together or not at all."""
        # Read again: another process may have done it since.
        version = self._version(connection, len(migrations))
        try:
            for statement in chain.from_iterable(migrations[version:]):
                connection.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            raise StoreError(
                f"{self.path} cannot be brought up to date: it calls itself schema {version}, which has other tables"
                f" ({error}). Nothing was changed; export what it holds with the workbench that wrote it."
            ) from error
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")

    def _version(self, connection: sqlite3.Connection, known: int) -> int:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > known:
            raise StoreError(
                f"{self.path} was written by a newer workbench (schema {version}, this one knows {known});"
                " upgrade the workbench to open it."
            )
        return version

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Copy all that is confirmed, as it is at one moment, whoever else writes.

        Raises sqlite3.Error where the other cannot be written.
        """
        with self._lock:
            try:
                self._connection.backup(other)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                    raise StoreError(_explain(self.path, error)) from error
                raise

    def _errors(self) -> AbstractContextManager[None]:
        return explained(self.path)


class Still(Database):
    """A connection that sees the database as it is when it is opened, whatever is written meanwhile; to read only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._closed = False
        with self._errors():
            self._connection = _connect(path)
            self._connection.execute("PRAGMA query_only = ON")
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM sqlite_master")  # what is seen is settled by the first look

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._errors():
            yield self._connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What goes wrong with a database, in a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_explain(path, error)) from error
    except OSError as error:
        raise StoreError(f"The workspace database {path} {_UNWRITABLE} ({error}).") from error
    except OverflowError as error:  # of more than 64 bits
        raise InputError("A number is larger than any that a workspace can hold; look it up and try again.") from error
    except UnicodeEncodeError as error:
        raise InputError("A text holds half a character (a lone surrogate); decode the file anew.") from error


def _explain(path: Path, error: sqlite3.Error) -> str:
    # Extended codes carry the primary one in the low byte; ours (closed, misuse) carry none.
    remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "could not be used")
    return f"The workspace database {path} {remedy} ({error})."


def connected(path: Path, mode: Literal["rwc", "ro"]) -> sqlite3.Connection:
    """A connection to a database in a file, in which every statement is a transaction of its own.

    SQLite wants to keep its log beside the file, to read it too. Where it may not, and nobody has left one there, the
    file is read as what does not change.
    """
    try:
        return _answering(path, f"mode={mode}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _NO_LOG or not path.is_file() or Path(f"{path}-wal").exists():
            raise
        return _answering(path, "immutable=1")


def _answering(path: Path, how: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA application_id")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = connected(path, "rwc")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("alone_id", 3, lambda src, tgt, segment: bead_id((src, tgt), [segment]))  # migrations
    return connection
