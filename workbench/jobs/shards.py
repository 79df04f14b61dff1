"""Records in portions, each done by one process from beginning to end; what is done of one is never lost.

Whoever takes a shard up again, after a kill or on another machine, goes on where its journal ends.
"""

from __future__ import annotations

import hashlib
import json
import socket
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbench.errors import ModelError, StoreError, WorkbenchError
from workbench.jobs import tables
from workbench.jobs.journal import Journal, Line, write_lines
from workbench.jobs.threads import limit_threads
from workbench.store import Record, RecordState
from workbench.wiring.batching import Engine, Made, Options, PairOfFiles, Version

DOCUMENT, PAIR = "document", "pair"
# So many records a shard on average, and at most; and bytes of files at most, unless one record has more.
_USUAL, _MOST, _MOST_BYTES = 16, 32, 1_000_000
# A record that takes so many processes along is given up.
_FATAL = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A record to be worked on. `key`: hexadecimal digits, a digest of all that its result depends on."""

    id: str
    key: str
    size: int  # bytes of its files
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shard:
    """Records that are worked on in one go. `name`: of what is in it, so that another content has another name."""

    kind: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A shard for a worker. `run`: who asks, another at every start. `signature`: what the worker must work with."""

    shard: Shard
    options: Options
    run: str
    signature: str


def digest(parts: Sequence[str]) -> str:
    """Sixteen hexadecimal digits."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def cut(kind: str, items: Sequence[Item]) -> list[Shard]:
    """Items as shards, in order, cut behind items whose own key says so: what is added moves no other cut."""
    shards: list[Shard] = []
    held: list[Item] = []
    for item in items:
        held.append(item)
        full = len(held) >= _MOST or sum(each.size for each in held) >= _MOST_BYTES
        if full or int(item.key[:8], 16) % _USUAL == 0:
            shards.append(_shard(kind, held))
            held = []
    return [*shards, _shard(kind, held)] if held else shards


def _shard(kind: str, items: Sequence[Item]) -> Shard:
    return Shard(kind, digest([kind, *(item.key for item in items)]), tuple(items))


def result_of(folder: Path, shard: str) -> Path:
    return folder / "shards" / f"{shard}.parquet"


def journal_of(folder: Path, shard: str) -> Path:
    return folder / "journals" / f"{shard}.jsonl"


def work_off(order: Order) -> list[Record]:
    """Do what is not done of a shard, and return what became of all its records.

    A record that fails is one of them and stops no other. Raises StoreError where nothing can be kept, and ModelError
    where this process has not the models that are wanted.
    """
    shard, folder = order.shard, Path(order.options.folder)
    known = tables.read_outcomes(result_of(folder, shard.name)) if shard.kind == PAIR else None
    if known is not None:
        return [_record(shard.name, line) for line in known]
    engine = _engine(order)
    with Journal(journal_of(folder, shard.name), order.run) as journal:
        for item in shard.items:
            if item.id not in journal.lines:
                journal.end(_done(engine, shard.kind, item, journal))
        lines = [journal.lines[item.id] for item in shard.items]
    outcomes = [{name: value for name, value in line.items() if name != "rows"} for line in lines]
    if shard.kind == PAIR:
        rows = [row for line in lines for row in line["rows"]]
        tables.write(result_of(folder, shard.name), rows, outcomes, order.signature)
    return [_record(shard.name, line) for line in outcomes]


def reopen(folder: Path, shard: str) -> None:
    """Let what failed in a shard be done again: what is done goes back into its journal.

    Raises StoreError, ExportError.
    """
    result = result_of(folder, shard)
    done = [line for line in tables.read_outcomes(result) or () if line["state"] == RecordState.DONE]
    rows: dict[str, list[tables.Row]] = defaultdict(list)
    for row in tables.read_rows(result)[0] if done else ():
        rows[row["pair_id"]].append(row)
    write_lines(journal_of(folder, shard), ({**line, "rows": rows[line["id"]]} for line in done))
    with suppress(OSError):
        result.unlink()


def _done(engine: Engine, kind: str, item: Item, journal: Journal) -> Line:
    """What became of a record, as a line of the journal."""
    if journal.begun[item.id] >= _FATAL:
        return _failed(item, "it ended the process that worked on it, twice; it may need more memory than there is")
    journal.begin(item.id)
    try:
        made = _WORK[kind](engine, item.about)
    except (StoreError, ModelError):
        raise  # not for what is in the file
    except WorkbenchError as error:
        return _failed(item, str(error))
    except MemoryError:
        return _failed(item, "there is not enough memory for it; run it with fewer --processes")
    except Exception as error:
        return _failed(item, f"something failed that we did not foresee ({type(error).__name__}: {error})")
    return _line(item, RecordState.DONE, "", made)


def _failed(item: Item, reason: str) -> Line:
    return _line(item, RecordState.FAILED, reason, Made({}))


def _line(item: Item, state: RecordState, reason: str, made: Made) -> Line:
    about = {"id": item.id, "state": str(state), "reason": reason, "outcome": dict(made.about)}
    return {**about, "rows": list(made.rows)}


def _record(shard: str, line: Line) -> Record:
    return Record(line["id"], shard, {}, RecordState(line["state"]), line["reason"], line["outcome"])


_WORK: Mapping[str, Callable[[Engine, Mapping[str, Any]], Made]] = {
    DOCUMENT: lambda engine, about: engine.describe(Version(**about)),
    PAIR: lambda engine, about: engine.align(PairOfFiles.of(about)),
}


def _engine(order: Order) -> Engine:
    """The engine of this process, with the models that are wanted. Raises StoreError, ModelError."""
    if not Path(order.options.folder).is_dir():
        raise StoreError(f"{order.options.folder} is not to be seen on {socket.gethostname()}; workers share its path.")
    if _kept(order.options)[1] != order.signature:
        _kept.cache_clear()  # models came or went since
    engine, signature = _kept(order.options)
    if signature != order.signature:
        raise ModelError(
            f"{socket.gethostname()} works with {signature} where {order.signature} is wanted; give all workers the "
            "same checkout and models."
        )
    return engine


@lru_cache(maxsize=1)
def _kept(options: Options) -> tuple[Engine, str]:
    limit_threads(options.settings.threads)
    engine = Engine(options)
    return engine, engine.signature()
