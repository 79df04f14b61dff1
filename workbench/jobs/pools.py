"""Who does the work of a batch run: processes of this machine, or the workers of a Dask cluster. Both are Executors."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from workbench.errors import InputError

# A scheduler that does not answer in so many seconds is not there.
_PATIENCE = 10


@dataclass
class Pool:
    """`fresh`: starts an executor, also in place of one that broke. `workers`: how many tasks run at a time."""

    fresh: Callable[[], Executor]
    workers: Callable[[], int]

    def __post_init__(self) -> None:
        self.executor = self.fresh()

    def renew(self) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.fresh()


@contextmanager
def processes(count: int) -> Iterator[Pool]:
    """So many processes of this machine. They end with this one, however it ends; at Ctrl-C at once."""
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    pool = Pool(lambda: ProcessPoolExecutor(count, context, _begin), lambda: count)
    try:
        yield pool
    except KeyboardInterrupt:
        for process in set(multiprocessing.active_children()) - before:
            process.kill()  # what is done is in the journals
        raise
    finally:
        pool.executor.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """What a process does first: leave Ctrl-C to the one that started it, and end when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """The workers of the Dask cluster whose scheduler is at `address`. Raises InputError where none answers.

    Workers need the same checkout and models, see the same paths, and should have one thread each.
    """
    from distributed import Client

    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"no Dask scheduler answers at {address} ({error}); start one, or leave --scheduler out"
        ) from error
    with client:
        # pure=False: what was done once may have to be done again.
        yield Pool(lambda: client.get_executor(pure=False), lambda: max(1, sum(client.nthreads().values())))
