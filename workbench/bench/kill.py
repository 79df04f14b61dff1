"""Whether anything that was confirmed is lost when the program is killed: `kill -9` at random moments."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.core import Workbench
from workbench.datatypes import Progress, Status, silent
from workbench.errors import WorkbenchError
from workbench.store import FILE_NAME, faults, is_blank

# In the middle of which a program is killed, each as often.
STEPS = ("opening", "add", "translate", "align", "edit", "export")
_USUAL = 0.02  # seconds that a step takes, as long as none was seen that ended
_LATEST_ROUND = 2  # in the first, models are loaded
_STRIDE = 1000  # of the numbers that name documents, from one victim to the next


Line = dict[str, Any]  # what a victim says, once read


@dataclass
class Toll:
    """What the kills hit, what was confirmed before them, and what of that was not found after; corrupt: in words."""

    kills: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)


def run(folder: Path, times: int, seed: int = 0, steps: Sequence[str] = STEPS, progress: Progress = silent) -> Toll:
    """Kill `times` programs that work on one workspace, each within one of `steps`, and look for what they confirmed.

    Raises WorkbenchError where a program ends by itself.
    """
    toll, draw, all_done, usual = Toll(), random.Random(seed), list[Line](), dict[str, float]()
    for number in range(times):
        step = steps[number % len(steps)]
        victim = _Victim(folder, number * _STRIDE)
        victim.work_until_killed(step, draw.randint(1, _LATEST_ROUND), draw.uniform(0, usual.get(step, _USUAL)))
        usual |= victim.took
        done = [line for line in victim.lines if "done" in line]
        all_done += done
        toll.kills += 1
        toll.hit[_in_progress(victim.lines)] += 1
        toll.confirmed.update(line["done"] for line in done)
        _look(folder, done, toll)
        progress("killing", number + 1, times)
    _look(folder, all_done, toll)
    return toll


class _Victim:
    """A program at work, and what it says: `lines`, and `took`, the seconds of each step that it ended."""

    def __init__(self, folder: Path, first: int) -> None:
        command = [sys.executable, "-m", "workbench.bench.victim", str(folder), str(first)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._since = 0.0
        self.lines: list[Line] = []
        self.took: dict[str, float] = {}

    def work_until_killed(self, step: str, rounds: int, after: float) -> None:
        """Let it work until `after` seconds into the step, when it begins it for the `rounds`-th time."""
        timer = threading.Timer(after, self._process.kill)
        left = 1 if step == STEPS[0] else rounds  # it opens the workspace once
        assert self._process.stdout is not None
        for said in self._process.stdout:
            if not said.endswith("\n"):
                break  # cut off: that it was done was not said
            begins = self._note(json.loads(said))
            left -= begins == step
            if begins == step and left == 0:
                timer.start()
        self._bury(timer)

    def _note(self, line: Line) -> str | None:
        """The step that begins, if one does."""
        now = time.monotonic()
        if self.lines and "begins" in self.lines[-1]:
            self.took[self.lines[-1]["begins"]] = now - self._since
        self.lines.append(line)
        self._since = now
        return line.get("begins")

    def _bury(self, timer: threading.Timer) -> None:
        timer.cancel()
        failed = self._process.communicate()[1]
        if self._process.returncode >= 0:
            raise WorkbenchError(f"what was to be killed ended by itself: {failed.strip()[-500:]}")


def _in_progress(lines: list[Line]) -> str:
    last = lines[-1] if lines else {"begins": STEPS[0]}
    return str(last["begins"]) if "begins" in last else "between two steps"


def _look(folder: Path, done: list[Line], toll: Toll) -> None:
    if not is_blank(folder / FILE_NAME):
        toll.corrupt += [fault.what for fault in faults(folder / FILE_NAME)]
    toll.corrupt += [str(file) for file in (folder / "out").glob("*.tsv") if not _is_whole(file)]
    with Workbench(folder, user="survivor") as bench:
        toll.lost += [f"{line}: {why}" for line in done for why in _missing(bench, folder, line)]


def _is_whole(file: Path) -> bool:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return len({line.count("\t") for line in lines}) == 1 and lines[-1].endswith("\n")


def _missing(bench: Workbench, folder: Path, line: Line) -> Iterator[str]:
    """What is not there of a step that was said to be done."""
    try:
        if not _is_there(bench, folder, line):
            yield "is not as it was"
    except (WorkbenchError, OSError) as error:
        yield str(error)


def _is_there(bench: Workbench, folder: Path, line: Line) -> bool:
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
