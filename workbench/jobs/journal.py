"""What is done of a shard while it is worked on: a line a record, so that a kill at any moment loses none of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.errors import StoreError
from workbench.export.writing import write_file

Line = Mapping[str, Any]


class Journal:
    """`lines`: of the records that are done, by id. `begun`: how often each was begun in this run and not ended.

    What was cut off or damaged counts as not there. Two who write at once, since one of them was taken for dead, do
    each other no harm: whoever ends a record first is heard. Raises StoreError where nothing can be written.
    """

    def __init__(self, path: Path, run: str) -> None:
        self._path, self._run = path, run
        self.lines: dict[str, Line] = {}
        self.begun: Counter[str] = Counter()

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Unbuffered: each line is one write, at the end of the file as it then is.
            self._file = self._path.open("ab", buffering=0)
            self._read(self._path.read_bytes())
        except OSError as error:
            raise self._unwritable(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def begin(self, record: str) -> None:
        self._write({"begins": record, "run": self._run})
        self.begun[record] += 1

    def end(self, line: Line) -> None:
        self._write(line)
        self.lines[line["id"]] = line

    def _read(self, content: bytes) -> None:
        for raw in content.split(b"\n"):
            try:
                line = json.loads(raw)
                if "begins" in line:
                    self.begun[line["begins"]] += line["run"] == self._run
                else:
                    self.lines.setdefault(line["id"], line)
            except (ValueError, LookupError, TypeError):
                continue
        if content and not content.endswith(b"\n"):
            self._file.write(b"\n")

    def _write(self, line: Line) -> None:
        try:
            self._file.write(json.dumps(line).encode() + b"\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(f"{self._path} cannot be written ({error}); free some space or choose another folder.")


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    """A journal of records that are done, in place at once. Raises ExportError."""
    write_file("".join(json.dumps(line) + "\n" for line in lines).encode(), path)
