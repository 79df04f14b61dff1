"""What several test modules need."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.core import Workbench
from workbench.facts import disagreements
from workbench.jobs.locks import be_worker, try_work
from workbench.jobs.worker import Worker
from workbench.ui import launch

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60_000  # milliseconds; a busy machine takes its time


def absent(reason: str) -> None:
    """Skip because something outside the repository is absent; on CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def shared_dir() -> Path:
    """The folder of real documents and gold alignments that lies beside the repository."""
    folder = Path(os.environ.get("WORKBENCH_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        absent(f"no real documents at {folder}; set WORKBENCH_SHARED to their folder")
    return folder


@contextmanager
def room_for_files_of(size: int) -> Iterator[None]:
    """As on a full disk: no file can be larger, in bytes."""
    import resource  # not on every system

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def worker_ended(bench: Workbench) -> Iterator[None]:
    """Whatever worker a job of the workspace had is ended afterwards."""
    try:
        yield
    finally:
        for process in {job.worker for job in bench.jobs() if job.worker} - {os.getpid()}:
            os.kill(process, signal.SIGTERM)


@contextmanager
def jobs_done_here(bench: Workbench) -> Iterator[None]:
    """What is asked for waits, and is done at the end by this process, which has loaded libraries already."""
    with worker_ended(bench):  # of a page that looked just before there was none to be seen
        with be_worker(bench.folder) as alone, try_work(bench.folder) as free:
            assert alone and free
            yield
        Worker(bench.folder, idle=0).run()


def finish_jobs(bench: Workbench) -> None:
    """Wait until a worker has done what was asked for."""
    run("jobs", "wait", "--workspace", bench.folder)


def run(*arguments: str | Path, fails: bool = False) -> subprocess.CompletedProcess[str]:
    """What the command line does, in this process, which has loaded libraries and models already."""
    with (
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as out,
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as err,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["workbench", *map(str, arguments)])
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
        out.seek(0)
        err.seek(0)
        result = subprocess.CompletedProcess(arguments, ended.value.code, out.read(), err.read())
    assert bool(result.returncode) == fails, result.stderr
    return result


def kinds(src: tuple[str, str], tgt: tuple[str, str]) -> list[str]:
    """Of the disagreements told of two texts, each with its language before it."""
    return [item.kind for item in disagreements([src[::-1]], [tgt[::-1]])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((launch.ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server listens."""
    end = time.monotonic() + PATIENCE / 1000
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((launch.ADDRESS, port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")
