"""Processes of a batch run that fall over one of the files: whoever aligns it is gone at once, as if out of memory."""

from __future__ import annotations

import itertools
import os
import threading
from pathlib import Path

from workbench.cli.main import main as command_line
from workbench.jobs import pools
from workbench.wiring.batching import Engine, Made, PairOfFiles

DEADLY = "deadly"

_DONE = {"src_lang": "fr", "tgt_lang": "fr", "links": 0, "relation": "unrelated", "verdict": ""}


def _aligned(self: Engine, pair: PairOfFiles) -> Made:
    if DEADLY in pair.src.path:
        os._exit(1)
    return Made(_DONE)


def wait_for_the_end(place: Path) -> None:
    """Let whoever first begins to align write its number and the record's id into a file, and wait to be killed."""
    align = Engine.align

    def waiting(self: Engine, pair: PairOfFiles) -> Made:
        try:
            with place.open("x", encoding="utf-8") as file:
                file.write(f"{os.getpid()} {pair.id}\n")
        except FileExistsError:
            return align(self, pair)
        threading.Event().wait()
        raise AssertionError

    Engine.align = waiting  # type: ignore[method-assign]


def main() -> None:
    """The command line, whose processes align two records and wait at the third to be ended."""
    pools._begin = _wait_at_the_third
    command_line()


def _wait_at_the_third() -> None:
    pools._begin()
    align, begun = Engine.align, itertools.count(1)

    def waiting(self: Engine, pair: PairOfFiles) -> Made:
        if next(begun) == 3:
            threading.Event().wait()
        return align(self, pair)

    Engine.align = waiting  # type: ignore[method-assign]


def begin() -> None:
    Engine.align = _aligned  # type: ignore[method-assign]
