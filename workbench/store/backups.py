"""A workspace database copied out while others work on it, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from workbench.errors import StoreError
from workbench.store.database import Database, explained
from workbench.store.soundness import faults


def back_up(database: Database, target: Path) -> None:
    """Write all that is confirmed to a new file, and read it back. Raises StoreError; no file is left then."""
    if target.exists():
        raise StoreError(f"{target} is there already, and no backup is written over another; name a new file.")
    if not target.parent.is_dir():
        raise StoreError(f"{target} cannot be written: there is no folder {target.parent}; make it, or name another.")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with explained(target), _removed(temporary):
        with closing(sqlite3.connect(temporary)) as copy:
            database.copy_to(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete by itself
        _check(temporary, "the backup came out wrong")
        _flush(temporary)
        _put(temporary, target)


def restore(source: Path, folder: Path, name: str) -> Path | None:
    """Make a backup the database `name` of a workspace; returns the file that now holds what was there, if anything.

    Raises StoreError where the backup is damaged or a newer workbench's, or anything fails; the workspace is as it was
    then.
    """
    if not source.is_file():
        raise StoreError(f"There is no file {source}; check the path.")
    _check(source, f"{source} is no sound backup, and the workspace stays as it is")
    place = folder / name
    with explained(place):
        folder.mkdir(parents=True, exist_ok=True)
        kept = _kept(place) if place.exists() else None
        if kept is None or not _is_sound(place):
            _replace(source, place)
        else:
            _pour(source, place)
    Database(place).close()  # brings an older backup up to date
    return kept


def _kept(place: Path) -> Path:
    """A copy of what is there, in order or not."""
    kept = place.with_name(f"{place.stem}-before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}{place.suffix}")
    sound = _is_sound(place)
    copied = _copied if sound else shutil.copyfile
    for part in [place] if sound else _parts(place):
        target = kept.with_name(kept.name + part.name.removeprefix(place.name))
        temporary = target.with_name(f".{target.name}.tmp")
        with _removed(temporary):
            copied(part, temporary)
            _flush(temporary)
            temporary.rename(target)
    return kept


def _copied(place: Path, target: Path) -> None:
    with closing(sqlite3.connect(place)) as old, closing(sqlite3.connect(target)) as copy:
        old.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _pour(source: Path, place: Path) -> None:
    """Write the backup into the database that is there, in one transaction that every open page sees."""
    with closing(sqlite3.connect(source)) as backup, closing(sqlite3.connect(place, timeout=30)) as live:
        before = _state(live)
        backup.backup(live)
        # Pages that were drawn before must see that there is something else now.
        with live:
            live.execute("UPDATE state SET number = max(number, ?) + 1, texts = max(number, ?) + 1", (before, before))


def _replace(source: Path, place: Path) -> None:
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    with _removed(temporary):
        shutil.copyfile(source, temporary)
        _flush(temporary)
        for part in _parts(place):
            if part != place:
                part.unlink()  # the log of a file that goes
        temporary.replace(place)


def _state(connection: sqlite3.Connection) -> int:
    try:
        return int(connection.execute("SELECT number FROM state").fetchone()[0])
    except sqlite3.OperationalError:  # an older schema has none
        return 0


def _check(path: Path, otherwise: str) -> None:
    wrong = next((fault for fault in faults(path) if not fault.harmless), None)
    if wrong:
        raise StoreError(f"{otherwise}: {'; '.join(filter(None, (wrong.what, wrong.remedy)))}.")


def _is_sound(place: Path) -> bool:
    return next(faults(place, quick=True), None) is None


def _parts(place: Path) -> list[Path]:
    return [part for end in ("", "-wal", "-shm") if (part := place.with_name(place.name + end)).exists()]


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put(temporary: Path, target: Path) -> None:
    """Give a file its name unless another took it meanwhile."""
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise StoreError(f"{target} appeared meanwhile, and no backup is written over another.") from error
    except (AttributeError, NotImplementedError, OSError):  # no hard links here, which systems say in many ways
        temporary.rename(target)


@contextmanager
def _removed(temporary: Path) -> Iterator[None]:
    try:
        yield
    finally:
        temporary.unlink(missing_ok=True)
