"""The worker: one process a workspace that does the waiting jobs in order, and ends when there are none for a while."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from workbench.core import Workbench
from workbench.errors import InputError, UnknownDocumentError, WorkbenchError
from workbench.jobs import locks
from workbench.jobs.kinds import KINDS
from workbench.jobs.spawn import LOG
from workbench.store import FILE_NAME, Job, JobState, Store
from workbench.wiring.models import Models

# Models stay loaded that long for the next job.
_IDLE_SECONDS = 120.0
_SECONDS_BETWEEN_LOOKS = 0.3
_SECONDS_BETWEEN_REPORTS = 0.3
# Sooner, or with less done, the rest is a guess.
_LEAST_SECONDS, _LEAST_SHARE = 3.0, 0.02
# The pages and whatever else people do come first.
_NICENESS = 5

_UNFORESEEN = f"Something failed that we did not foresee. What was done is kept; {LOG} in the workspace says more."
_GONE = "a document of these is not in the workspace any more; bring it back and try again, or dismiss this"
_log = logging.getLogger(__name__)


class Stopped(BaseException):
    """Ends a job in the middle. No error: nothing on the way may take it for one."""


class Worker:
    """`idle`: seconds without a job after which it ends; `pace`: seconds between two reports of a job's progress."""

    def __init__(self, folder: Path, idle: float = _IDLE_SECONDS, pace: float = _SECONDS_BETWEEN_REPORTS) -> None:
        self._folder, self._idle, self._pace = folder, idle, pace
        self._place = folder / FILE_NAME
        self._told_to_end = False
        self._models = Models()

    def end(self, *_: object) -> None:
        """Put the job back soon, so that it goes on later, and end: a handler of signals."""
        self._told_to_end = True

    def run(self) -> None:
        """Work until there is nothing to do for a while, or the workspace is no longer in its folder; at once where it
        has a worker. Raises InputError where there is none: a folder that was moved is not begun anew."""
        if not self._place.exists():
            raise InputError(f"there is no workspace in {self._folder} (any more); was it moved?")
        with Store(self._folder) as store:
            self._opened = self._place.stat()
            while self._goes_on():
                with locks.be_worker(self._folder) as alone:
                    if not alone:
                        return
                    store.queue.reclaim()
                    self._until_idle(store)
                # Whoever asked just before the lock was free again relies on this worker.
                if not any(job.wants_worker for job in store.queue.jobs()):
                    return

    def _until_idle(self, store: Store) -> None:
        busy_at = time.monotonic()
        while self._goes_on():
            if self._do_next(store):
                busy_at = time.monotonic()
            elif time.monotonic() - busy_at >= self._idle:
                return
            else:
                time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _goes_on(self) -> bool:
        """Of a workspace that was moved or replaced the store is open still, its folder another's or nobody's."""
        with suppress(FileNotFoundError):
            return not self._told_to_end and os.path.samestat(self._opened, self._place.stat())
        return False

    def _do_next(self, store: Store) -> bool:
        """Whether there was a job."""
        if not any(job.state is JobState.WAITING for job in store.queue.jobs()):
            return False
        with locks.try_work(self._folder) as free:
            job = store.queue.claim(os.getpid()) if free else None
            if job is None:  # somebody works in the foreground
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            else:
                store.queue.end(job.number, *self._outcome(job, store))
        return True

    def _outcome(self, job: Job, store: Store) -> tuple[JobState, str]:
        reports = Reports(store, job.number, self._pace, lambda: self._told_to_end)
        try:
            with Workbench(self._folder, user=job.user, models=self._current_models()) as workbench:
                return JobState.DONE, KINDS[job.kind].do(workbench, job.docs, reports)
        except Stopped:
            states = {"pause": JobState.PAUSED, "cancel": JobState.CANCELLED}
            return states.get(reports.asked, JobState.WAITING), ""
        except UnknownDocumentError:  # which would name it by its id alone
            return JobState.FAILED, _GONE
        except WorkbenchError as error:
            return JobState.FAILED, str(error)
        except Exception:
            _log.exception("Job %d, %s %s", job.number, job.kind, " ".join(job.docs))
            return JobState.FAILED, _UNFORESEEN

    def _current_models(self) -> Models:
        """Those that are loaded, unless some came, went or were preferred since."""
        found = Models()
        if found.choice != self._models.choice:
            self._models = found
        return self._models


class Reports:
    """The Progress of a job: writes it down now and then, and raises Stopped where the job is to end.

    `asked`: what the job was told, "pause", "cancel" or nothing.
    """

    def __init__(self, store: Store, number: int, pace: float, told_to_end: Callable[[], bool]) -> None:
        self._store, self._number, self._pace, self._told_to_end = store, number, pace, told_to_end
        self._stages: dict[tuple[str, int], tuple[float, int]] = {}  # when each was first heard of, and how far it was
        self._next = 0.0
        self.asked = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        began, first = self._stages.setdefault((stage, total), (now, done))
        if now >= self._next:
            self._next = now + self._pace
            left = rest(now - began, done - first, total - done)
            self.asked = self._store.queue.report(self._number, stage, done, total, left)
        if self.asked or self._told_to_end():
            raise Stopped


def rest(seconds: float, done: int, left: int) -> float | None:
    """The seconds that what is left will take at the speed so far; None where too little is done to tell."""
    if seconds < _LEAST_SECONDS or done <= _LEAST_SHARE * (done + left):
        return None
    return seconds * left / done


def work(folder: Path) -> None:
    """Be the worker of a workspace, as a process of its own."""
    worker = Worker(folder)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.end)
    with suppress(AttributeError, OSError):  # Windows has none
        os.nice(_NICENESS)
    logging.basicConfig(format="%(asctime)s %(message)s")
    worker.run()
