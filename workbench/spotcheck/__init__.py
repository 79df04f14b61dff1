"""Spot checks. What a sample shows is decided in workbench.quality, what was said kept in the store.

A unit is a segment and its English, or a link of an aligned pair; its id is that of the segment or bead.
"""

from __future__ import annotations

from workbench.spotcheck.correcting import Correcting, Same
from workbench.spotcheck.judging import TaskView
from workbench.spotcheck.planning import Planning
from workbench.spotcheck.reporting import FORMATS, Progress, Reporting
from workbench.spotcheck.sheets import Sheets, Taken
from workbench.spotcheck.units import Unit


class Spotchecks(Planning, Correcting, Sheets, Reporting):
    """The spot checks of a workspace, seen by its user, who is the judge."""


__all__ = ["FORMATS", "Progress", "Same", "Spotchecks", "Taken", "TaskView", "Unit"]
