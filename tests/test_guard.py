"""Who may do what, how much a file may take, and that nothing leaves this computer."""

from __future__ import annotations

import ast
import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.support import ROOT, absent
from workbench.apart import process
from workbench.bench import fuzz
from workbench.errors import DocumentError, InputError
from workbench.export.incoming import File
from workbench.ingest import read_bytes
from workbench.settings import Settings
from workbench.ui import door, launch
from workbench.wiring import importing

PACKAGE = ROOT / "workbench"
T = TypeVar("T")


class TestReading:
    def test_a_reader_that_dies_of_every_file_is_told_of_each(self) -> None:
        table = "\n".join(fuzz.show([fuzz.Outcome("txt", 2, past=1, bad=["0-0.txt: it died", "0-1.txt: it died"])]))
        assert "50%" in table and table.endswith("0-1.txt: it died")

    def test_changed_files_of_every_format_crash_hang_and_overfill_nothing(self) -> None:
        outcomes = fuzz.run(10, seed=1)
        assert [bad for outcome in outcomes for bad in outcome.bad] == []
        assert 2 * sum(one.past for one in outcomes) >= sum(one.read + one.refused for one in outcomes)

    def test_what_takes_too_long_is_given_up_and_the_next_file_is_read(self) -> None:
        with pytest.raises(DocumentError, match=r"a\.txt: reading it takes more than 1 seconds.*--max-seconds"):
            read_bytes(b"a\n" * 1_500_000, "a.txt", Settings(max_read_seconds=1))
        assert read_bytes(b"Ein Satz.", "b.txt").text == "Ein Satz."

    def test_what_takes_too_much_memory_is_given_up_and_the_next_file_is_read(self) -> None:
        process._reader.end()  # one that has read larger files has the memory already
        with pytest.raises(DocumentError, match=r"a\.txt: reading it takes more than 160 MB.*--max-memory-mb"):
            read_bytes(b"a b c d\n\n" * 500_000, "a.txt", Settings(max_read_memory_mb=160))
        assert read_bytes(b"Ein Satz.", "b.txt").text == "Ein Satz."

    def test_a_process_that_died_is_waited_for_and_another_reads_on(self) -> None:
        read_bytes(b"Ein Satz.", "a.txt")
        first = process._reader._process
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)
        assert read_bytes(b"Noch einer.", "b.txt").text == "Noch einer."
        assert first.returncode is not None
        second = process._reader._process
        assert second is not None and second.pid != first.pid
        process._reader.end()
        assert second.returncode is not None

    def test_who_presses_ctrl_c_and_goes_on_reads_the_next_file_and_not_the_last(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As in a notebook, where the program goes on."""

        def interrupted(_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(process, "receive", interrupted)
            read_bytes(b"Ein Satz.", "a.txt")
        assert read_bytes(b"Noch einer.", "b.txt").text == "Noch einer."

    def test_threads_read_in_turns(self) -> None:
        found: dict[int, str] = {}

        def read(number: int) -> None:
            found[number] = read_bytes(f"Satz {number}.".encode(), "a.txt").text

        threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == {number: f"Satz {number}." for number in range(8)}

    def test_a_reader_may_not_use_the_network_or_start_programs(self) -> None:
        program = (
            "import socket, subprocess, sys\n"
            "from workbench.apart.child import _forbid\n"
            "sys.addaudithook(_forbid)\n"
            "for attempt in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: subprocess.run(['true'])):\n"
            "    try:\n        attempt()\n    except PermissionError:\n        print('refused')\n"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["refused", "refused"]

    @pytest.mark.parametrize("ending", ["txt", "md"])
    def test_a_line_of_ten_million_characters_is_read_or_refused_in_a_sentence(self, ending: str) -> None:
        assert len(read_bytes(b"word " * 2_000_000, f"a.{ending}").text) >= 9_999_000

    @pytest.mark.parametrize(
        "data",
        [
            b"<div>" * 100_000 + b"Ein Satz." + b"</div>" * 100_000,
            b"<p>Ein Satz.</p><script>while(1){}</script><iframe src='file:///etc/passwd'></iframe>",
            b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html>Ein Satz.&x;</html>",
        ],
        ids=["deep", "script", "entity"],
    )
    def test_hostile_html(self, data: bytes) -> None:
        try:
            text = read_bytes(data, "a.html").text
        except DocumentError:
            return
        assert "while" not in text and "root:" not in text

    def test_a_docx_that_unpacks_to_more_than_it_says_is_refused(self) -> None:
        bomb = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w>" + b" " * 25_000_000})
        assert len(bomb) < 1_000_000
        data = bomb.replace((25_000_003).to_bytes(4, "little"), (900).to_bytes(4, "little"))
        assert data != bomb
        for each in (bomb, data):
            with pytest.raises(DocumentError, match=r"^a\.docx: "):
                read_bytes(each, "a.docx", Settings(max_unpacked_mb=20))

    def test_a_pdf_whose_pages_lead_to_themselves_ends(self) -> None:
        loop = (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n"
            b"trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
        )
        with pytest.raises(DocumentError, match=r"^a\.pdf: "):
            read_bytes(loop, "a.pdf", Settings(max_read_seconds=20))

    @pytest.mark.parametrize(
        "name", ["../../etc/x.txt", "a\0b.txt", "\u202etxt.exe", "x" * 5000 + ".txt", "\ud800.txt"]
    )
    def test_names_are_names_and_no_paths(self, name: str, tmp_path: Path) -> None:
        document = read_bytes(b"Ein Satz.", name)
        assert document.name.isprintable()
        assert list(tmp_path.iterdir()) == []


LAUGHS = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
OUTSIDE = '<!ENTITY e12 SYSTEM "file:///etc/passwd">'
XML = {
    "tmx": '<!DOCTYPE tmx [{}]><tmx version="1.4"><body><tu><tuv lang="en"><seg>&e12;</seg></tuv></tu></body></tmx>',
    "xliff": '<!DOCTYPE xliff [{}]><xliff version="1.2"><file><body><trans-unit id="1"><source>&e12;</source>'
    "</trans-unit></body></file></xliff>",
    "xliff2": '<!DOCTYPE xliff [{}]><xliff version="2.0" srcLang="en" trgLang="fr"><file><unit id="1"><segment><source>'
    "&e12;</source></segment></unit></file></xliff>",
}


class TestArriving:
    """Other tools' files and reviewed exports are read by the same process, with the same limits."""

    def refused(self, data: bytes, name: str, limits: Settings = Settings()) -> str:
        """Why it is; another file is read afterwards."""
        with pytest.raises(InputError) as error:
            importing.bitext([File(name, data)], limits)
        assert importing.bitext([File("b.tsv", b"en\tde\nYes.\tJa.\n")]).bitext.beads == (((0,), (0,)),)
        return str(error.value)

    @pytest.mark.parametrize("entities", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
    @pytest.mark.parametrize("format", XML)
    def test_entities_are_refused(self, format: str, entities: str) -> None:
        assert "a.xml: this file declares entities" in self.refused(XML[format].format(entities).encode(), "a.xml")
        with pytest.raises(InputError, match="declares entities"):
            importing.returned([File("a.xml", XML[format].format(entities).encode())])

    def test_a_workbook_that_unpacks_to_more_than_it_may_is_given_up_and_its_process_is_gone(self) -> None:
        bomb = workbook(b"a" * 100_000_000)
        assert len(bomb) < 1_000_000
        importing.bitext([File("b.tsv", b"a\tb\n")])
        reading = process._reader._process
        limits = Settings(max_read_memory_mb=256)
        assert "a.xlsx: reading it takes more than 256 MB" in self.refused(bomb, "a.xlsx", limits)
        assert reading is not None and reading is not process._reader._process and reading.returncode is not None

    def test_a_workbook_that_says_that_it_unpacks_to_little_is_refused(self) -> None:
        bomb = workbook(b"a" * 30_000_000)
        with zipfile.ZipFile(BytesIO(bomb)) as archive:
            size = archive.getinfo(SHEET).file_size
        lying = bomb.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little"))
        assert lying != bomb
        assert "a.xlsx: this is not an XLSX file that can be read" in self.refused(lying, "a.xlsx")

    def test_what_takes_too_long_is_given_up(self) -> None:
        said = self.refused(b"a\tb\n" * 3_000_000, "a.tsv", Settings(max_read_seconds=1))
        assert said.startswith("a.tsv: reading it takes more than 1 seconds") and "--max-seconds" in said

    def test_what_takes_too_much_memory_is_given_up(self) -> None:
        process._reader.end()
        said = self.refused(b"a\tb\n" * 250_000, "a.tsv", Settings(max_read_memory_mb=160))
        assert said.startswith("a.tsv: reading it takes more than 160 MB") and "--max-memory-mb" in said

    def test_a_library_that_fails_in_its_own_way_without_memory_found_no_damage(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "greedy.py").write_text(GREEDY)
        start = f"import sys; sys.path += [{str(tmp_path)!r}, {str(ROOT)!r}]; from workbench.apart import child; "
        start += "child._READERS['bitext'] = 'greedy', 'answer'; child.main()"
        monkeypatch.setattr(process, "_COMMAND", [sys.executable, "-P", "-c", start])
        reader = process.Reader()
        for name, becomes in {"full": "takes more than 160 MB of memory", "empty": "it broke the program"}.items():
            with pytest.raises(InputError, match=f"a.tsv: .*{becomes}"):
                reader.read("bitext", "a.tsv", [(name, b"")], Settings(max_read_memory_mb=160))
        reader.end()

    def test_names_in_archives_are_names_and_write_nothing(self, tmp_path: Path) -> None:
        packed = zipped({"../../a.en": b"Yes.\n", "/tmp/a.de": b"Ja.\n"})
        assert len(importing.bitext([File("\udcff.zip", packed)]).bitext.versions) == 2
        assert list(tmp_path.iterdir()) == []


GREEDY = """
def answer(files, settings):
    taken = []
    try:
        while files[0][0] == "full":
            taken.append(bytes(1 << 16))
    except MemoryError:
        pass
    raise SystemError("returned NULL without setting an exception")
"""
SHEET = "xl/worksheets/sheet1.xml"


def workbook(text: bytes) -> bytes:
    """A workbook of one cell with this text, which may be longer than any program writes."""
    from openpyxl import Workbook

    book, made = Workbook(), BytesIO()
    book.active["A1"] = 1
    book.save(made)
    cell = b'<c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c>"
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {SHEET: re.sub(b'<c r="A1".*?</c>', lambda _: cell, parts[SHEET])})


def zipped(parts: dict[str, bytes]) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return result.getvalue()


# -- the door

SECRET = "correct horse"


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """The pages: say "in" to whoever gets that far."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


async def exchange(
    to: door.Door, path: str = "/", body: bytes = b"", type: str = "http", **headers: str
) -> tuple[int, dict[bytes, bytes]]:
    """Status (of a websocket 101 or the code it is closed with) and headers of the answer."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": type, "path": path, "method": "POST" if body else "GET", "headers": named}
    await to(scope, receive, send)  # type: ignore[arg-type]
    if type == "websocket":
        return sent[0].get("code", 101), {}
    return sent[0]["status"], dict(sent[0]["headers"])


def ran(story: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the browser of other tests keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story).result()


def status(to: door.Door, **request: Any) -> int:
    return ran(exchange(to, **request))[0]


class TestDoor:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8501", "[::1]:8501"])
    def test_this_computer_s_own_names_are_answered(self, host: str) -> None:
        to = door.Door(inner, door.is_here, "", 20)
        assert status(to, host=host) == 200
        assert status(to, host=host, type="websocket") == 101

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "x@evil", "", "[", "192.0.2.7", "0.0.0.0"]
    )
    def test_any_other_name_is_refused(self, host: str) -> None:
        to = door.Door(inner, door.is_here, "", 20)
        assert status(to, host=host) == 403
        assert status(to, host=host, origin=f"http://{host}", type="websocket") == 1008

    def test_more_than_may_be_uploaded_is_refused_by_what_is_said_and_by_what_comes(self) -> None:
        to = door.Door(inner, door.is_here, "", 1)
        assert status(to, host="localhost", content_length=str(3 << 20)) == 413
        assert status(to, host="localhost", content_length="-1") == 413
        got = ran(door._limited(lambda: _message(b"x" * (3 << 20)), 2 << 20)())
        assert got["type"] == "http.disconnect"

    def test_only_who_gives_the_password_gets_in(self) -> None:
        async def story() -> list[int]:
            to = door.Door(inner, door.is_ours, door.hashed(SECRET), 20)
            about = {"host": "192.0.2.7:8501"}
            seen = [(await exchange(to, **about))[0], (await exchange(to, type="websocket", **about))[0]]
            seen.append((await exchange(to, "/login", b"password=wrong", **about))[0])
            code, headers = await exchange(to, "/login", b"password=correct+horse", **about)
            cookie = headers[b"set-cookie"].decode()
            assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
            about["cookie"] = cookie.split(";")[0]
            seen += [code, (await exchange(to, **about))[0], (await exchange(to, type="websocket", **about))[0]]
            about["cookie"] += "x"
            return [*seen, (await exchange(to, **about))[0], (await exchange(to, host="evil.example"))[0]]

        assert ran(story()) == [401, 1008, 401, 303, 200, 101, 401, 403]

    def test_the_password_is_kept_as_a_salted_hash(self) -> None:
        kept = door.hashed(SECRET)
        assert SECRET not in kept and kept != door.hashed(SECRET)
        assert door.matches(SECRET, kept) and not door.matches(SECRET + " ", kept)

    def test_a_short_password_opens_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="10 characters"):
            launch.serve(tmp_path, password="short")

    def test_without_being_told_otherwise_it_listens_on_this_computer_only(self) -> None:
        assert "--server.address=127.0.0.1" in launch.flags(1)
        assert {"--server.enableXsrfProtection=true", "--browser.gatherUsageStats=false"} <= set(launch.flags(1))


async def _message(body: bytes) -> dict[str, Any]:
    return {"type": "http.request", "body": body}


# -- the code, and the whole

FORBIDDEN = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib", "multiprocessing.pool"}


def test_the_code_runs_no_text_as_a_program() -> None:
    """No pickle, eval, exec, shell."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not FORBIDDEN & set(_imported(node)), path
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"eval", "exec", "os.system", "os.popen", "compile", "__import__"}, path
                assert all(word.arg not in {"shell", "allow_pickle"} for word in node.keywords), path


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return [(node.module or "").split(".")[0]] if isinstance(node, ast.ImportFrom) else []


def test_every_package_is_locked_by_its_hashes() -> None:
    """The lock is of these requirements; torch, whose builds differ by platform, is in none."""
    wanted = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    locked = dict(re.match(r"([\w.-]+)==(\S+)", entry).groups() for entry in entries)  # type: ignore[union-attr]
    assert dict(wanted).items() - {("torch", dict(wanted)["torch"])} <= locked.items(), "run `make lock`"
    assert "torch" not in locked and all("--hash=sha256:" in entry for entry in entries)


def test_the_main_job_needs_no_network(tmp_path: Path) -> None:
    """In a network namespace of its own, with nothing but loopback."""
    apart_from_all = ["unshare", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*apart_from_all, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        absent("this system makes no network namespace (unshare --map-root-user --net)")
    command = [*apart_from_all, sys.executable, "-m", "tests.offline_job", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split()[-1:] == ["done"], done.stderr
