"""Hands shards out to a pool, takes back what became of them, and does again what was lost on the way."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from workbench.datatypes import Progress
from workbench.errors import WorkbenchError
from workbench.jobs.pools import Pool
from workbench.jobs.shards import DOCUMENT, PAIR, Order, Shard, journal_of, reopen, result_of, work_off
from workbench.store import SETTLED, Record, RecordState, RunLedger

# So many shards are handed out for each worker: one that it does and one that waits.
_AHEAD = 2
# How often a shard is handed out in a run that comes back undone.
_ATTEMPTS = 3
_NO_PROCESS = (
    "The processes that are to do the work end by themselves; is there enough memory? Try again with fewer --processes."
)
_STAGES = {DOCUMENT: "describing documents", PAIR: "aligning pairs"}


@dataclass
class Loop:
    """`order`: what a worker is told of a shard. `retry`: what failed before is tried again."""

    pool: Pool
    ledger: RunLedger
    folder: Path
    order: Callable[[Shard], Order]
    progress: Progress
    retry: bool
    _waiting: deque[Shard] = field(default_factory=deque)
    _running: dict[Future[list[Record]], Shard] = field(default_factory=dict)
    _undone: Counter[str] = field(default_factory=Counter)

    def work(self, kind: str, shards: Sequence[Shard]) -> None:
        """See every record settled, but for those of shards that nobody brings back.

        Raises StoreError, ExportError and ModelError where the work cannot go on.
        """
        self.ledger.plan(kind, [Record(item.id, shard.name, item.about) for shard in shards for item in shard.items])
        self._waiting = deque(self._unfinished(kind, shards))
        total = sum(len(shard.items) for shard in shards)
        try:
            while self._waiting or self._running:
                self._tell(kind, total)
                self._go_on()
        finally:  # where the work ends early
            for shard in self._running.values():
                self.ledger.put_back(kind, shard.name)
        self._tell(kind, total)

    def _go_on(self) -> None:
        try:
            self._hand_out()
            for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                self._take(future)
        except BrokenExecutor:
            self._one_by_one()

    def _unfinished(self, kind: str, shards: Sequence[Shard]) -> list[Shard]:
        states: dict[str, set[RecordState]] = defaultdict(set)
        for record in self.ledger.records(kind):
            states[record.shard].add(record.state)
        return [shard for shard in shards if not self._is_finished(shard, states[shard.name])]

    def _is_finished(self, shard: Shard, states: set[RecordState]) -> bool:
        """Whether nothing of a shard is to be done; what failed is made ready where it is to be tried again."""
        if states <= SETTLED and shard.kind == PAIR and not result_of(self.folder, shard.name).is_file():
            self.ledger.reset(shard.kind, shard.name)
            return False
        if self.retry and RecordState.FAILED in states:
            if shard.kind == PAIR:
                reopen(self.folder, shard.name)
            self.ledger.put_back(shard.kind, shard.name, failed=True)
            return False
        return states <= SETTLED

    def _hand_out(self) -> None:
        while self._waiting and len(self._running) < _AHEAD * self.pool.workers():
            shard = self._waiting[0]
            self._running[self._submitted(shard)] = shard
            self._waiting.popleft()

    def _submitted(self, shard: Shard) -> Future[list[Record]]:
        self.ledger.start(shard.kind, shard.name)
        return self.pool.executor.submit(work_off, self.order(shard))

    def _take(self, future: Future[list[Record]]) -> None:
        """Write down what became of a shard. Raises BrokenExecutor, which leaves it among those that run."""
        shard = self._running[future]
        try:
            records = future.result()
        except BrokenExecutor:
            raise
        except WorkbenchError as error:
            self.ledger.put_back(shard.kind, shard.name, str(error))
            del self._running[future]
            raise
        except Exception as error:  # what a cluster says of lost workers
            self._bring_again(shard, error)
        else:
            self._settle(shard, records)
        del self._running[future]

    def _settle(self, shard: Shard, records: Sequence[Record]) -> None:
        self.ledger.settle(shard.kind, records)
        journal_of(self.folder, shard.name).unlink(missing_ok=True)

    def _bring_again(self, shard: Shard, error: Exception) -> None:
        self._undone[shard.name] += 1
        if self._undone[shard.name] < _ATTEMPTS:
            self._waiting.append(shard)
        else:
            reason = f"whoever worked on it was lost {_ATTEMPTS} times ({type(error).__name__}: {error})"
            self.ledger.put_back(shard.kind, shard.name, reason)

    def _one_by_one(self) -> None:
        """Do again what was in hand when a process died, one after another: so it shows which record is to blame."""
        suspects = list(self._running.values())
        self._running.clear()
        self.pool.renew()
        for shard in suspects:
            self._settle(shard, self._alone(shard))

    def _alone(self, shard: Shard) -> list[Record]:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._submitted(shard).result()
            except BrokenExecutor as error:
                if attempt == _ATTEMPTS:
                    raise WorkbenchError(_NO_PROCESS) from error
                self.pool.renew()
        raise AssertionError

    def _tell(self, kind: str, total: int) -> None:
        left = sum(len(shard.items) for shard in (*self._waiting, *self._running.values()))
        self.progress(_STAGES[kind], total - left, total)
