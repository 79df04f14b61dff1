"""The checks of many units in several processes, which find what one would.

The processes are started for the occasion and take nothing but texts, as JSON, and so does what comes back:
multiprocessing would run the program of whoever uses the workbench once more in each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import astuple
from queue import SimpleQueue
from typing import IO, Any, cast

from workbench.apart.process import command_of
from workbench.datatypes import Issue, Progress, Severity, Status, TranslationUnit, silent
from workbench.quality import of_units

# Units for which starting processes takes less time than it saves, and how many each is given at once.
_ENOUGH, _AT_ONCE = 4000, 500
_MOST = 4  # processes; each takes some 100 MB

_COMMAND = command_of("workbench.wiring.abreast")
_Process = subprocess.Popen[bytes]


def of_units_abreast(
    units: Sequence[TranslationUnit], names: Sequence[str], processes: int = 0, progress: Progress = silent
) -> list[tuple[Issue, ...]]:
    """What `quality.of_units` finds, by as many processes: 0: as suits the machine and the number of units.

    What `progress` raises ends the work after the parts in hand.
    """
    processes = processes or (min(os.cpu_count() or 1, _MOST) if len(units) >= _ENOUGH else 1)
    parts = [units[at : at + _AT_ONCE] for at in range(0, len(units), _AT_ONCE)]
    found: list[tuple[Issue, ...]] = []
    with ExitStack() as ending:
        for part in _by_several(parts, names, processes, ending) if processes > 1 else _by_this(parts, names):
            found += part
            progress("check", len(found), len(units))
    return found


def _by_this(parts: Sequence[Sequence[TranslationUnit]], names: Sequence[str]) -> Iterator[list[tuple[Issue, ...]]]:
    return (of_units(part, names) for part in parts)


def _by_several(
    parts: Sequence[Sequence[TranslationUnit]], names: Sequence[str], processes: int, ending: ExitStack
) -> Iterator[list[tuple[Issue, ...]]]:
    """In order, by processes that end with `ending`; what nobody has begun then is left."""
    free: SimpleQueue[_Process | None] = SimpleQueue()
    for _ in range(processes):
        free.put(_started(ending))
    threads = ThreadPoolExecutor(processes)
    ending.callback(threads.shutdown, cancel_futures=True)
    return threads.map(lambda part: _by_one(part, names, free), parts)


def _started(ending: ExitStack) -> _Process | None:
    """A process that ends with `ending`; None where none can be started."""
    try:
        process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    ending.callback(_end, process)
    return process


def _end(process: _Process) -> None:
    process.kill()
    process.communicate()  # which, unlike the end of a `with`, takes no offence at what it left unread


def _by_one(
    units: Sequence[TranslationUnit], names: Sequence[str], free: SimpleQueue[_Process | None]
) -> list[tuple[Issue, ...]]:
    """By a process that is free, or by this one where that fails."""
    process = free.get()
    answer = _asked(process, units, names) if process else None
    free.put(process if answer else None)
    if answer is None:
        return of_units(units, names)
    return [tuple(map(issue_of, issues)) for issues in answer]


def _asked(process: _Process, units: Sequence[TranslationUnit], names: Sequence[str]) -> list[Any] | None:
    """What a process answers; None where it has ended."""
    texts = [(unit.src_lang, unit.tgt_lang, unit.src_text, unit.tgt_text) for unit in units]
    requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    try:
        requests.write(_line([names, texts]))
        requests.flush()
        return cast(list[Any], json.loads(answers.readline()))
    except (OSError, ValueError):
        return None


def main() -> None:
    """Answer requests from standard input, a line each, until it ends: the names of checks, and the texts."""
    for line in sys.stdin.buffer:
        names, texts = json.loads(line)
        found = of_units([_unit(*text) for text in texts], names)
        sys.stdout.buffer.write(_line([list(map(astuple, issues)) for issues in found]))
        sys.stdout.buffer.flush()


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _unit(src_lang: str, tgt_lang: str, src_text: str, tgt_text: str) -> TranslationUnit:
    """What a check of one unit looks at; the rest is left empty."""
    texts = src_text, tgt_text, "", ""
    return TranslationUnit("", "", "", src_lang, tgt_lang, ("s",), ("t",), *texts, 0.0, 1.0, Status.UNREVIEWED)


def issue_of(fields: Sequence[Any]) -> Issue:
    """An issue out of its fields in order, as `astuple` and JSON give them."""
    check, severity, *rest = fields
    return Issue(check, Severity(severity), *rest)
