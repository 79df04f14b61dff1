"""Who may work on a workspace: locks of the operating system, which a process that dies gives back by dying.

So whether a worker is alive is never guessed from process numbers, which are used again, or from clocks, which jump.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.errors import StoreError

_WORKER = "worker.lock"  # held by the worker as long as it lives
_WORK = "work.lock"  # held by whoever translates or aligns just now
# Asking whether a lock is held takes it for a moment; who really wants it outlasts that.
_MOMENT = 2.0


@contextmanager
def be_worker(folder: Path) -> Iterator[bool]:
    """Be the one worker of a workspace; False where there is one already."""
    with _held(folder / _WORKER, _MOMENT) as held:
        yield held


def has_worker(folder: Path) -> bool:
    """Whether a worker of this workspace is alive."""
    with _held(folder / _WORKER, 0) as free:
        return not free


def is_busy(folder: Path) -> bool:
    """Whether somebody translates or aligns in this workspace, the worker or a command."""
    with _held(folder / _WORK, 0) as free:
        return not free


@contextmanager
def try_work(folder: Path) -> Iterator[bool]:
    """Translate and align while nobody else does; False where somebody does."""
    with _held(folder / _WORK, 0) as held:
        yield held


@contextmanager
def at_work(folder: Path, before_waiting: Callable[[], None]) -> Iterator[None]:
    """Translate and align as soon as nobody else does."""
    with _held(folder / _WORK, 0) as held:
        if held:
            yield
            return
    before_waiting()
    with _held(folder / _WORK, -1):
        yield


@contextmanager
def _held(path: Path, timeout: float) -> Iterator[bool]:
    lock = FileLock(path, thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=timeout)
    except Timeout:
        yield False
        return
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error}); choose a workspace where you may create files."
        ) from error
    try:
        yield True
    finally:
        lock.release()
