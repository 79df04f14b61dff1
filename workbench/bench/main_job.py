"""The main job as a user runs it: files in, an aligned pair out, first with everything cold, then again."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.bench.processes import peak_mb
from workbench.errors import WorkbenchError


@dataclass(frozen=True, slots=True)
class Run:
    """One command line: seconds by the clock, and the largest memory of any command so far in MB (0: unknown)."""

    command: str
    seconds: float
    peak_mb: float


def run(documents: Sequence[Path]) -> list[Run]:
    """`add` and `align` on two documents in a new workspace, then `align` again on what is cached.

    Every command is a process of its own, so that starting up and loading models is counted. Raises
    WorkbenchError with what a command printed, where one fails.
    """
    names = [path.name for path in documents]
    with tempfile.TemporaryDirectory() as folder:
        return [
            _timed("add", ["add", *map(str, documents)], folder),
            _timed("align, cold", ["align", *names], folder),
            _timed("align, cached", ["align", *names], folder),
            _timed(
                "export",
                ["export", *names, "--format", "tmx", "--output", str(Path(folder, "x.tmx"))],
                folder,
            ),
        ]


def _timed(label: str, arguments: Sequence[str], workspace: str) -> Run:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "workbench", *arguments, "--workspace", workspace],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise WorkbenchError(f"`{' '.join(arguments)}` failed: {done.stderr.strip()}")
    return Run(label, seconds, peak_mb(of_children=True))


def show(runs: Sequence[Run]) -> str:
    """A table with a line a command."""
    rows = [f"{run.command:<14} {run.seconds:7.2f} s   peak {run.peak_mb:6.0f} MB" for run in runs]
    total = sum(run.seconds for run in runs[:2])
    return "\n".join([*rows, f"from files to an aligned pair: {total:.2f} s on {os.cpu_count()} cores"])
