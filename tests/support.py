"""What several test modules need."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workbench.core import Workbench
from workbench.facts import disagreements

ROOT = Path(__file__).resolve().parent.parent


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
def worker_ended(bench: Workbench) -> Iterator[None]:
    """Whatever worker a job of the workspace had is ended afterwards."""
    try:
        yield
    finally:
        for process in {job.worker for job in bench.jobs() if job.worker}:
            os.kill(process, signal.SIGTERM)


def finish_jobs(bench: Workbench) -> None:
    """Wait until a worker has done what was asked for."""
    command = [sys.executable, "-m", "workbench", "jobs", "wait", "--workspace", str(bench.folder)]
    subprocess.run(command, cwd=ROOT, check=True)


def kinds(src: tuple[str, str], tgt: tuple[str, str]) -> list[str]:
    """Of the disagreements told of two texts, each with its language before it."""
    return [item.kind for item in disagreements([src[::-1]], [tgt[::-1]])]
