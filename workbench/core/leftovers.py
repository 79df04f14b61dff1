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


def unfinished_files(folder: Path) -> list[str]:
    """A sentence for each copy or export in a workspace that was begun; those that have their name are whole."""
    return [
        f"{path} was never finished: delete it, unless something is writing it just now."
        for path in sorted(folder.glob(".*.tmp"))
    ]
