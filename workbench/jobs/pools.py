"""Who does the work of a batch run: processes of this machine, or the workers of a Dask cluster. Both are Executors."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import InputError, WorkbenchError
from workbench.jobs.threads import limit_threads

if TYPE_CHECKING:
    from distributed import Client

# A scheduler or worker that does not answer in so many seconds is not there.
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
    """The workers of the Dask cluster whose scheduler is at `address`.

    Workers need the same checkout and models, see the same paths, and should have one thread each. Raises InputError
    where no scheduler answers, it has no worker, or one of them does not find this program, and WorkbenchError where
    the scheduler goes away.
    """
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # tracebacks of what our sentences tell
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"no Dask scheduler answers at {address} ({error}); start one, or leave --scheduler out"
        ) from error
    with client:
        _check(client, address)
        try:
            # pure=False: what was done once may have to be done again.
            yield Pool(lambda: client.get_executor(pure=False), lambda: max(1, sum(client.nthreads().values())))
        except Exception as error:
            if client.status == "running":
                raise
            raise WorkbenchError(
                f"the Dask scheduler at {address} went away ({error}); start it and its workers again, then the same "
                "command goes on where this one stopped"
            ) from error


def _check(client: Client, address: str) -> None:
    """Raise InputError unless there are workers that find this program, and a scheduler that does: it reads tasks."""
    worker = "`python -m dask worker ADDRESS --nthreads 1` in a checkout of Workbench"
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise InputError(f"the Dask scheduler at {address} has no worker; start some by {worker}") from error
    for name, answer in client.run(limit_threads, 1, on_error="return").items():
        if isinstance(answer, Exception) and not isinstance(answer, OSError):  # that one is gone, as workers may be
            raise InputError(f"the Dask worker {name} does not find Workbench ({answer}); start it by {worker}")
    try:
        client.run_on_scheduler(limit_threads, 1)
    except Exception as error:
        raise InputError(
            f"the Dask scheduler at {address} does not find Workbench ({error}); start it by `python -m dask "
            "scheduler` in a checkout"
        ) from error
