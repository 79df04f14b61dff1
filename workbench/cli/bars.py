"""Progress for a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tqdm import tqdm


class Bars:
    """Progress shown as one bar a stage on standard error, for what takes over a second."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[None]] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        bar = self._bars.get(stage)
        if bar is None or bar.total != total:
            from tqdm import tqdm  # nothing for commands that show no bar to wait for

            self._finish(stage)
            bar = self._bars[stage] = tqdm(total=total, desc=stage, delay=1, file=sys.stderr)
        bar.update(done - bar.n)
        if done >= total:
            self._finish(stage)

    def _finish(self, stage: str) -> None:
        if stage in self._bars:
            self._bars.pop(stage).close()
