"""Stock Argos Translate in a process of its own: `python -m workbench.bench.stock_argos JOB RESULT`.

JOB is a JSON file {"argosmodel", "from_code", "to_code", "lines"}, RESULT becomes {"outputs", "seconds"}.
A process of its own, because Argos reads its environment when it is imported, and its import takes seconds
and much memory.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any


class PassThrough:
    """A sentence splitter that does not split: Argos gets the segments that we translate."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def translation(argosmodel: str, from_code: str, to_code: str) -> Any:
    """Argos's own translation by a package file, which is installed the way Argos does it."""
    from argostranslate import package, translate

    package.install_from_path(Path(argosmodel))
    cached = translate.get_translation_from_codes(from_code, to_code)
    cached.underlying.sentencizer = PassThrough()
    return cached


def main(job: Path, result: Path) -> None:
    wanted = json.loads(job.read_text(encoding="utf-8"))
    argos = translation(wanted["argosmodel"], wanted["from_code"], wanted["to_code"])
    argos.translate(".")  # loads the model
    start = time.perf_counter()
    outputs = [_translated(argos, line) for line in wanted["lines"]]
    seconds = time.perf_counter() - start
    result.write_text(json.dumps({"outputs": outputs, "seconds": seconds}), encoding="utf-8")


def _translated(argos: Any, line: str) -> str:
    try:
        return str(argos.translate(line))
    except RuntimeError as error:
        return f"(Argos failed: {error})"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
