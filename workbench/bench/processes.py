"""What is measured in a process of its own, so that its memory is its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from workbench.errors import WorkbenchError


def measured(what: str, module: str, *arguments: str) -> Any:
    """What a module, run as a program, prints as JSON. `what`: it does. Raises WorkbenchError where it fails."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        raise WorkbenchError(f"{what} failed: {last}")
    return json.loads(done.stdout)


def peak_mb(of_children: bool = False) -> float:
    """The most memory that this process has held, or any it started and awaited, in MB; 0 where nobody can tell."""
    try:
        import resource
    except ImportError:  # not on Windows
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    whose = resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF
    return resource.getrusage(whose).ru_maxrss * unit / 1e6
