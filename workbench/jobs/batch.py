"""A batch run: thousands of pairs of files, given or found, aligned by processes or a cluster, and resumed at will.

The folder of a run holds `shards/` (the results, Parquet), `pairs.tsv` and `documents.tsv` (what became of each) and
`report.json` (counts); and, to go on with, the ledger, journals, translations and, of documents of a folder, the texts.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.export.writing import write_file
from workbench.jobs import locks, results
from workbench.jobs.files import Refused, documents_in, read_manifest
from workbench.jobs.finding import Found, find_pairs
from workbench.jobs.loop import Loop
from workbench.jobs.pools import Pool
from workbench.jobs.results import Report
from workbench.jobs.shards import DOCUMENT, PAIR, Item, Order, Shard, cut, digest
from workbench.store import RunLedger
from workbench.wiring.batching import Engine, Options, PairOfFiles, Version
from workbench.wiring.texts import Texts, sum_of


def run(source: Path, options: Options, pool: Pool, *, retry: bool = False, progress: Progress = silent) -> Report:
    """Align the pairs that a manifest names, or that are found in a folder, and go on where an earlier run stopped.

    `options.folder` is the run's folder. `retry`: what failed before is tried again. Raises InputError where another
    run works in that folder or it holds the run of another source, and StoreError, ExportError and ModelError where the
    work cannot go on; what is done is kept.
    """
    folder = Path(options.folder)
    with locks.try_work(folder) as free:
        if not free:
            raise InputError(f"another batch run is working in {folder}; wait for it, or choose another --output")
        _claim(folder, source)
        with RunLedger(folder) as ledger:
            signature, name = Engine(options).signature(), secrets.token_hex(8)

            def order(shard: Shard) -> Order:
                return Order(shard, options, name, signature)

            loop = Loop(pool, ledger, folder, order, progress, retry)
            return _run(source, loop, Items(signature, Texts(folder, options.settings)))


def _claim(folder: Path, source: Path) -> None:
    """Make the folder this source's. Raises InputError where it is another's."""
    mark, said = folder / "source.json", json.dumps({"source": str(source.resolve())})
    if not mark.exists():
        write_file(said.encode(), mark)
    elif mark.read_text(encoding="utf-8") != said:
        raise InputError(f"{folder} holds the run of another source, which {mark} names; choose another --output")


def _run(source: Path, loop: Loop, items: Items) -> Report:
    found: Found | None = None
    refused: Sequence[Refused] = ()
    if source.is_dir():
        found = _found(source, loop, items)
        pairs = found.pairs
    else:
        pairs, refused = read_manifest(source)
        if not pairs:
            why = f" (line {refused[0].line}: {refused[0].reason})" if refused else ""
            raise InputError(f"{source} names no pair of files{why}; give it a line for each, with source and target")
    shards = cut(PAIR, [items.of_pair(pair) for pair in pairs])
    _clear(loop.folder, {shard.name for shard in shards})
    try:
        loop.work(PAIR, shards)
    finally:
        report = results.write(loop.folder, loop.ledger.records(PAIR), found, refused)
    return report


def _found(source: Path, loop: Loop, items: Items) -> Found:
    files = documents_in(source)
    if not files:
        raise InputError(f"{source}: no file that can be read was found there")
    items.forget_all_but(list(files.values()))
    described = [items.of_document(name, version) for name, version in files.items()]
    loop.work(DOCUMENT, cut(DOCUMENT, described))
    return find_pairs(loop.ledger.records(DOCUMENT))


def _clear(folder: Path, wanted: set[str]) -> None:
    """Remove results and journals of what is no part of the run any more."""
    for path in (*folder.glob("journals/*"), *folder.glob("shards/*.parquet")):
        if path.stem not in wanted:
            path.unlink(missing_ok=True)


class Items:
    """Makes items of documents and pairs: with the sum of every file, each read once."""

    def __init__(self, signature: str, texts: Texts) -> None:
        self._signature, self._texts = signature, texts
        self._sums: dict[str, tuple[str, int]] = {}

    def of_document(self, name: str, version: Version) -> Item:
        digest_of_file, size = self._sum(version.path)
        key = digest([self._signature, name, version.lang, digest_of_file])
        return Item(name, key, size, asdict(version))

    def of_pair(self, pair: PairOfFiles) -> Item:
        versions = pair.src, pair.tgt
        sums = [self._sum(version.path) for version in versions]
        named = [part for version in versions for part in (version.path, version.lang)]
        key = digest([self._signature, pair.id, *named, *(each for each, _ in sums)])
        return Item(pair.id, key, sum(size for _, size in sums), asdict(pair))

    def forget_all_but(self, files: Sequence[Version]) -> None:
        """Remove what is kept of files that are gone or were other ones."""
        kept = ((Path(version.path), version.lang, self._sum(version.path)[0]) for version in files)
        self._texts.forget_all_but({self._texts.place(*each) for each in kept})

    def _sum(self, path: str) -> tuple[str, int]:
        if path not in self._sums:
            self._sums[path] = sum_of(Path(path))
        return self._sums[path]
