"""Whether anything that was confirmed is lost when the program is killed: `kill -9` at random moments."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.core import Workbench
from workbench.datatypes import Progress, Status, silent
from workbench.errors import WorkbenchError
from workbench.store import FILE_NAME, faults

# From when it opened the workspace; all steps together take about so long, loading models included.
LONGEST_LIFE = 3.0
_STRIDE = 1000  # of the numbers that name documents, from one victim to the next


@dataclass
class Toll:
    """What the kills hit, what was confirmed before them, and what of that was not found after; corrupt: in words."""

    kills: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)


def run(folder: Path, times: int, seed: int = 0, life: float = LONGEST_LIFE, progress: Progress = silent) -> Toll:
    """Kill `times` programs that work on one workspace, each within `life` seconds, and look for what they confirmed.

    Raises WorkbenchError where a program ends by itself.
    """
    toll, draw, all_done = Toll(), random.Random(seed), []
    for number in range(times):
        lines = _killed(folder, number * _STRIDE, draw.uniform(0, life))
        done = [line for line in lines if "done" in line]
        all_done += done
        toll.kills += 1
        toll.hit[_in_progress(lines)] += 1
        toll.confirmed.update(line["done"] for line in done)
        _look(folder, done, toll)
        progress("killing", number + 1, times)
    _look(folder, all_done, toll)
    return toll


def _killed(folder: Path, first: int, life: float) -> list[dict[str, Any]]:
    """Start a victim, kill it, and return what it said."""
    command = [sys.executable, "-m", "workbench.bench.victim", str(folder), str(first)]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert victim.stdout is not None and victim.stderr is not None
    opened = victim.stdout.readline()
    timer = threading.Timer(life, victim.kill)
    timer.start()
    said, failed = victim.communicate()
    timer.cancel()
    if victim.returncode >= 0:
        raise WorkbenchError(f"what was to be killed ended by itself: {failed.strip()[-500:]}")
    # The last line may have been cut off: that it was done was not said.
    return [json.loads(line) for line in (opened + said).splitlines(keepends=True) if line.endswith("\n")]


def _in_progress(lines: list[dict[str, Any]]) -> str:
    last = lines[-1] if lines else {"begins": "opening"}
    return str(last["begins"]) if "begins" in last else "between two steps"


def _look(folder: Path, done: list[dict[str, Any]], toll: Toll) -> None:
    toll.corrupt += [fault.what for fault in faults(folder / FILE_NAME)]
    toll.corrupt += [str(file) for file in (folder / "out").glob("*.tsv") if not _is_whole(file)]
    with Workbench(folder, user="survivor") as bench:
        toll.lost += [f"{line}: {why}" for line in done for why in _missing(bench, folder, line)]


def _is_whole(file: Path) -> bool:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return len({line.count("\t") for line in lines}) == 1 and lines[-1].endswith("\n")


def _missing(bench: Workbench, folder: Path, line: dict[str, Any]) -> Iterator[str]:
    """What is not there of a step that was said to be done."""
    try:
        if not _is_there(bench, folder, line):
            yield "is not as it was"
    except (WorkbenchError, OSError) as error:
        yield str(error)


def _is_there(bench: Workbench, folder: Path, line: dict[str, Any]) -> bool:
    step: str = line["done"]
    if step == "export":
        return bool(len((folder / "out" / line["file"]).read_text(encoding="utf-8").splitlines()) == line["rows"] + 1)
    if step == "add":
        return len(bench.segments(line["name"])) == line["segments"] and bool(line["doc"])
    if step == "translate":
        return bool(sum(view.english is not None for view in bench.segments(line["name"])) == line["translated"])
    if "english" in line:
        english = {view.id: view.english for view in bench.segments(line["name"])}[line["segment"]]
        return english is not None and english.text == line["english"]
    src, tgt = line["names"]
    view = bench.pair(src, tgt, 0.0)
    accepted = {bead.id for bead in view.beads if bead.status is Status.ACCEPTED} if view else set()
    return view is not None and ("bead" not in line or line["bead"] in accepted)


def show(toll: Toll) -> str:
    hit = ", ".join(f"{count} during {step}" for step, count in toll.hit.most_common())
    confirmed = ", ".join(f"{count:,} {step}" for step, count in toll.confirmed.items())
    lines = [
        f"{toll.kills} kills: {hit}",
        f"confirmed before them, and looked for after: {toll.confirmed.total():,} ({confirmed})",
        f"lost: {len(toll.lost)}, corrupt: {len(toll.corrupt)}",
    ]
    return "\n".join([*lines, *toll.lost, *toll.corrupt])
