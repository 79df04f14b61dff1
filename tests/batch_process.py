"""Processes of a batch run that fall over one of the files: whoever aligns it is gone at once, as if out of memory."""

from __future__ import annotations

import os

from workbench.batching import Engine, Made, PairOfFiles

DEADLY = "deadly"

_DONE = {"src_lang": "fr", "tgt_lang": "fr", "links": 0, "relation": "unrelated", "verdict": ""}


def _aligned(self: Engine, pair: PairOfFiles) -> Made:
    if DEADLY in pair.src.path:
        os._exit(1)
    return Made(_DONE)


def begin() -> None:
    Engine.align = _aligned  # type: ignore[method-assign]
