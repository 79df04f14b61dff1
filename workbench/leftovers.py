"""What a run that was cut short left in a workspace. None of it is lost work: all that was confirmed is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.jobs.locks import has_worker
from workbench.store import Job, JobState

if TYPE_CHECKING:
    from workbench.core import Workbench


def interrupted_jobs(workbench: Workbench) -> list[Job]:
    """Work that was begun and that nobody is at. To be asked before a worker is started, who takes it up again."""
    running = [job for job in workbench.jobs() if job.state is JobState.RUNNING]
    return [] if not running or has_worker(workbench.folder) else running


def unfinished_files(folder: Path) -> list[Path]:
    """Copies and exports that nobody finished, or that somebody writes just now; the finished ones are whole."""
    return sorted(folder.glob(".*.tmp"))
