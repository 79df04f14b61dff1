"""Starts the worker of a workspace where there is none, apart from the page or the terminal that asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import workbench
from workbench.errors import StoreError
from workbench.jobs.locks import has_worker

LOG = "worker.log"
_LOG_BYTES = 1_000_000
# A worker takes a moment to start, and one that ends at once must not be started over and over.
_SECONDS_BETWEEN_STARTS = 3.0


@dataclass(frozen=True, slots=True)
class _Started:
    process: subprocess.Popen[bytes]
    at: float  # time.monotonic


_started: dict[Path, _Started] = {}


def ensure_worker(folder: Path) -> None:
    """See that a worker of the workspace is alive. Cheap where one is.

    Raises StoreError where the one that was started last ended with an error, once; the next call tries again.
    """
    folder = folder.resolve()
    last = _started.get(folder)
    if last is not None:
        status = last.process.poll()  # which also frees what the system keeps of an ended process
        if time.monotonic() - last.at < _SECONDS_BETWEEN_STARTS:
            return
        # Pages ask at the same time, in threads: only one of them is told.
        if status is not None and status > 0 and _started.pop(folder, None) is not None:
            raise StoreError(f"The program that works in the background ended with an error; {folder / LOG} says why.")
    if not has_worker(folder):
        _started[folder] = _Started(_spawn(folder), time.monotonic())


def _spawn(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "workbench", "jobs", "work", "--workspace", str(folder)]
    # However this process found the package, the worker finds it too.
    paths = [str(Path(workbench.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    log = folder / LOG
    try:
        mode = "wb" if log.exists() and log.stat().st_size > _LOG_BYTES else "ab"
        with log.open(mode) as output:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env, **_apart()
            )
    except OSError as error:
        raise StoreError(f"The program that works in the background could not be started ({error}).") from error


def _apart() -> dict[str, Any]:
    """Options that let a process outlive the one that started it, and its terminal."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
