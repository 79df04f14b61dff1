"""Judges so many units of a spot check as Ada, each when it is told to, and says whether that was kept.

python -m tests.judge_process FOLDER NUMBER UNITS SCORE
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbench.core import Workbench
from workbench.datatypes import Stratum
from workbench.errors import JudgedMeanwhileError

FOLDER, NUMBER, UNITS, SCORE = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])

with Workbench(FOLDER, user="Ada") as bench:
    campaign = bench.spotchecks.get(NUMBER)
    for place in range(1, UNITS + 1):
        view = bench.spotchecks.view(campaign, Stratum.RANDOM, place)
        assert view is not None
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            bench.spotchecks.judge(campaign, view, score=SCORE)
        except JudgedMeanwhileError:
            print("told", flush=True)
        else:
            print("kept", flush=True)
