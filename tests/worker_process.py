"""A worker that says which texts it gives to the model, and that waits after so many commits until it is told to go on.

python -m tests.worker_process FOLDER LOG COMMITS
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.datatypes import Progress, Translation, silent
from workbench.jobs.worker import Worker
from workbench.store.caches import TranslationCache
from workbench.translate import PackageTranslator

FOLDER, LOG, WAIT_AFTER = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

_put, _translate = TranslationCache.put, PackageTranslator.translate
_commits = 0


def put(self: TranslationCache, *arguments: object) -> None:
    global _commits
    _put(self, *arguments)  # type: ignore[arg-type]
    _commits += 1
    if _commits == WAIT_AFTER:
        print("waiting", flush=True)
        sys.stdin.readline()


def translate(self: PackageTranslator, texts: Sequence[str], progress: Progress = silent) -> list[Translation]:
    with LOG.open("a", encoding="utf-8") as log:
        log.writelines(f"{text}\n" for text in texts)
    return _translate(self, texts, progress)


TranslationCache.put, PackageTranslator.translate = put, translate  # type: ignore[method-assign]
worker = Worker(FOLDER, idle=0, pace=0)
signal.signal(signal.SIGTERM, worker.end)
worker.run()
