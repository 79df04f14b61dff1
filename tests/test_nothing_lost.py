"""Kills, full disks, damaged files: what was confirmed is there afterwards, and what is wrong is said."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.support import ROOT, room_for_files_of, run
from tests.test_store import put
from workbench.bench import kill
from workbench.core.doctor import check_up
from workbench.datatypes import Translation
from workbench.errors import DocumentError, StoreError
from workbench.ingest import read
from workbench.store import FILE_NAME, Store, faults, history, restore
from workbench.wiring.intake import readable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a document and something cached."""
    with Store(tmp_path / "ws") as store:
        put(store, "a.txt", "Eins.", "Zwei.")
        store.translations.put("m", "d", "s", {"Eins.": Translation("One.", "m")})
        store.vectors.put("m", {"Eins.": np.ones(3, dtype=np.float32)})
    return tmp_path / "ws"


def names(folder: Path) -> list[str]:
    with Store(folder) as store:
        return [row.name for row in store.documents()]


def sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 8 :] = b"\xa5" * (len(data) - len(data) // 8)
    path.write_bytes(data)


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    toll = kill.run(tmp_path, times=2, seed=3, steps=("edit", "export"))
    assert (toll.kills, toll.lost, toll.corrupt) == (2, [], [])


def test_the_kill_test_finds_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "1.tsv").write_text("a\tb\n1", encoding="utf-8")
    with Store(tmp_path):
        pass
    toll = kill.Toll()
    kill._look(tmp_path, [{"done": "add", "name": "a.txt", "segments": 1, "doc": "x"}], toll)
    assert len(toll.lost) == 1 and toll.corrupt == [str(tmp_path / "out" / "1.tsv")]


FULL = """
import resource, signal, sys
from workbench.core import Workbench
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Workbench(sys.argv[1]) as bench:
    bench.add_bytes(b"Ein Satz.", "before.txt")
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    for number in range(50):
        added = bench.add_bytes(b"".join(b"Satz %d von %d.\\n" % (number, n) for n in range(200)), f"{number}.txt")
        if added.error:
            print(added.error, file=sys.stderr)
            break
        print(added.name, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files there")
def test_a_full_disk_is_said_and_what_was_confirmed_before_is_kept(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "disk" in done.stderr
    assert list(faults(tmp_path / FILE_NAME)) == []
    assert names(tmp_path) == ["before.txt", *done.stdout.split()]
    with Store(tmp_path) as store:
        put(store, "after.txt", "Es geht weiter.")


@contextmanager
def nobody() -> Iterator[None]:
    """For root everything may be written."""
    if sys.platform == "win32":
        pytest.skip("rights of folders are others there")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.parametrize("what", ["the file", "the folder", "both"])
def test_a_workspace_that_can_only_be_read_is_read_and_says_so(folder: Path, what: str) -> None:
    with tempfile.TemporaryDirectory() as beside:  # which others may enter, unlike pytest's
        Path(beside).chmod(0o755)
        locked = shutil.copytree(folder, Path(beside) / "ws")
        file = locked / FILE_NAME
        locked.chmod(0o777 if what == "the file" else 0o555)
        file.chmod(0o666 if what == "the folder" else 0o444)
        with nobody():
            assert list(faults(file)) == []
            with Store(locked) as store:
                assert [row.name for row in store.documents()] == ["a.txt"]
                with pytest.raises(StoreError, match="cannot be written"):
                    put(store, "b.txt", "Drei.")
        locked.chmod(0o755)
        assert names(locked) == ["a.txt"]


def test_a_folder_within_one_that_cannot_be_opened_is_told() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        for name in ("open", "shut", ".shut"):
            Path(place, name).mkdir()
            Path(place, name, "a.txt").write_text("Eins.", encoding="utf-8")
        for name in ("shut", ".shut"):
            Path(place, name).chmod(0)
        with nobody():
            assert list(readable(Path(place))) == [Path(place, "open", "a.txt"), Path(place, "shut")]
            with pytest.raises(DocumentError, match=r"^shut: it cannot be opened"):
                read(Path(place, "shut"))
        for name in ("shut", ".shut"):
            Path(place, name).chmod(0o755)


def test_a_locked_database_says_so_and_the_change_can_be_made_later(folder: Path) -> None:
    with Store(folder) as store, closing(sqlite3.connect(folder / FILE_NAME)) as other:
        with store._db.read() as connection:
            pass
        connection.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use"):
            put(store, "b.txt", "Drei.")
        other.rollback()
        put(store, "b.txt", "Drei.")
    assert names(folder) == ["a.txt", "b.txt"]


def test_a_clock_that_jumps_back_changes_no_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(folder) as store:
        before = store.state()[0]
        monkeypatch.setattr(history, "now", lambda: "1970-01-01T00:00:00.000+00:00")
        put(store, "b.txt", "Drei.", user="ann")
        assert store.state()[0] > before
        assert store.changes()[0].action == "added b.txt"
        undone = store.undo("ann")
        assert undone is not None and undone.said == "added b.txt (by ann)"


# -- backup and restore


def test_a_backup_holds_all_that_is_confirmed_while_others_write(folder: Path, tmp_path: Path) -> None:
    with Store(folder) as one, Store(folder) as other:
        put(other, "b.txt", "Drei.")
        one.back_up(tmp_path / "b.sqlite")
        put(other, "c.txt", "Vier.")
    restore(tmp_path / "b.sqlite", tmp_path / "new", FILE_NAME)
    assert names(tmp_path / "new") == ["a.txt", "b.txt"]


def test_no_backup_is_written_over_another_and_none_is_left_half_done(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "b.sqlite").write_bytes(b"precious")
    with Store(folder) as store:
        with pytest.raises(StoreError, match="is there already"):
            store.back_up(tmp_path / "b.sqlite")
        with pytest.raises(StoreError, match=r"no/b.*there is no folder"):
            store.back_up(tmp_path / "no" / "b.sqlite")
    assert (tmp_path / "b.sqlite").read_bytes() == b"precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.sqlite", "ws"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files there")
def test_where_there_is_no_room_that_place_is_named_and_nothing_half_done_is_left(folder: Path, tmp_path: Path) -> None:
    with Store(folder) as store:
        put(store, "b.txt", *(f"Satz {number}." for number in range(3000)))
        before = sorted(folder.iterdir())
        with room_for_files_of(100_000), pytest.raises(StoreError, match=r"b\.sqlite could not"):
            store.back_up(tmp_path / "b.sqlite")
        store.back_up(tmp_path / "b.sqlite")
        with room_for_files_of(100_000), pytest.raises(StoreError, match=f"{FILE_NAME} could not"):
            restore(tmp_path / "b.sqlite", folder, FILE_NAME)
        assert sorted(folder.iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.sqlite", "ws"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_backup_can_be_written_where_files_have_one_name_only(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """As on a memory stick, or a share of another machine."""

    def no_links(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", no_links)
    with Store(folder) as store:
        store.back_up(tmp_path / "b.sqlite")
    assert list(faults(tmp_path / "b.sqlite")) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.sqlite", "ws"]


def test_what_was_there_is_kept_and_open_pages_see_the_restored(folder: Path, tmp_path: Path) -> None:
    with Store(folder) as store:
        store.back_up(tmp_path / "b.sqlite")
        put(store, "b.txt", "Drei.")
        before = store.state()[0]
        kept = restore(tmp_path / "b.sqlite", folder, FILE_NAME)
        assert [row.name for row in store.documents()] == ["a.txt"]
        assert store.state()[0] > before
    assert kept is not None
    restore(kept, tmp_path / "earlier", FILE_NAME)
    assert names(tmp_path / "earlier") == ["a.txt", "b.txt"]


def test_what_a_newer_workbench_wrote_does_not_take_the_place_of_what_this_one_opens(
    folder: Path, tmp_path: Path
) -> None:
    with Store(folder) as store:
        store.back_up(tmp_path / "b.sqlite")
    sql(tmp_path / "b.sqlite", "PRAGMA user_version = 999")
    with pytest.raises(StoreError, match=r"workspace stays as it is: .* newer workbench .* upgrade"):
        restore(tmp_path / "b.sqlite", folder, FILE_NAME)
    assert names(folder) == ["a.txt"]
    assert [path.name for path in folder.glob("*before-restore*")] == []
    sql(folder / FILE_NAME, "PRAGMA user_version = 999")
    assert [finding.remedy for finding in check_up(folder) if not finding.well] == ["upgrade the workbench to open it"]


@pytest.mark.parametrize("how", ["cut", "foreign", "overwritten"])
def test_a_damaged_backup_is_refused_and_the_workspace_stays(folder: Path, tmp_path: Path, how: str) -> None:
    backup = tmp_path / "b.sqlite"
    with Store(folder) as store:
        put(store, "long.txt", *(f"Satz {n}." for n in range(2000)))
        store.back_up(backup)
    if how == "cut":
        backup.write_bytes(backup.read_bytes()[:100_000])
    elif how == "foreign":
        backup.unlink()
        sql(backup, "CREATE TABLE theirs (a)")
    else:
        damage(backup)
    with pytest.raises(StoreError, match="no sound backup"):
        restore(backup, folder, FILE_NAME)
    assert names(folder) == ["a.txt", "long.txt"]


def test_a_damaged_workspace_is_said_to_be_and_restored(folder: Path, tmp_path: Path) -> None:
    with Store(folder) as store:
        put(store, "long.txt", *(f"Satz {n}." for n in range(2000)))
        store.back_up(tmp_path / "b.sqlite")
    damage(folder / FILE_NAME)
    damaged = (folder / FILE_NAME).read_bytes()
    assert any("restore" in finding.remedy for finding in check_up(folder))
    kept = restore(tmp_path / "b.sqlite", folder, FILE_NAME)
    assert kept is not None and kept.read_bytes() == damaged
    assert names(folder) == ["a.txt", "long.txt"]
    assert all(finding.well for finding in check_up(folder))
    (folder / ".b.sqlite.123.tmp").touch()
    assert any(".b.sqlite.123.tmp was never finished" in finding.state for finding in check_up(folder))


# -- the check-up


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("INSERT INTO segment VALUES (99, 0, 'x', '', '[]', 'de', 'body', 0, '', NULL, '')", "not there (segment)"),
        ("UPDATE version SET blocks = '{'", "no JSON in blocks"),
        ("INSERT INTO campaign VALUES (1, '{}', '[', '[]', '{}', '', '')", "no JSON in random"),
        ("INSERT INTO bead VALUES ('x', 1, '[]', '[]', 0, 0, 0, '[]')", "beads whose passages do not know them"),
    ],
)
def test_the_check_up_finds_what_is_wrong(folder: Path, statement: str, says: str) -> None:
    assert list(faults(folder / FILE_NAME)) == []
    if "INTO bead" in statement:
        with Store(folder) as store:
            other = put(store, "b.txt", "One.")
            sql(folder / FILE_NAME, f"INSERT INTO bitext VALUES (1, '{other}', '{other}', '', '', '', '', '', 0)")
    sql(folder / FILE_NAME, statement)
    assert any(says in fault.what and not fault.harmless for fault in faults(folder / FILE_NAME))


def test_a_database_whose_making_was_broken_off_is_no_fault_and_no_backup(folder: Path, tmp_path: Path) -> None:
    blank = tmp_path / "new" / FILE_NAME
    blank.parent.mkdir()
    blank.touch()
    assert all(finding.well for finding in check_up(blank.parent))
    with pytest.raises(StoreError, match="no sound backup"):
        restore(blank, folder, FILE_NAME)
    with Store(blank.parent) as store:
        assert put(store, "a.txt", "Eins.")


def test_damaged_cache_entries_are_counted_and_made_anew(folder: Path) -> None:
    sql(folder / FILE_NAME, "UPDATE translation SET text = 'Two.'")
    sql(folder / FILE_NAME, "UPDATE embedding SET vector = zeroblob(12)")
    found = list(faults(folder / FILE_NAME))
    assert [fault.harmless for fault in found] == [True, True]
    with Store(folder) as store:
        assert store.translations.get("m", "d", "s", ["Eins."]) == {}
        assert store.vectors.get("m", ["Eins."]) == {}
        store.translations.put("m", "d", "s", {"Eins.": Translation("One.", "m")})
        assert store.translations.get("m", "d", "s", ["Eins."])["Eins."].text == "One."


def test_backup_and_restore_from_a_terminal(folder: Path, tmp_path: Path) -> None:
    at = ("--workspace", folder)
    file = str(tmp_path / "b.sqlite")
    assert "verified" in run("backup", file, *at).stdout
    assert "kept as" in run("restore", file, *at).stdout
    assert names(folder) == ["a.txt"]
