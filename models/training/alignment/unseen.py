"""Encoders that have not learned from the pair they read: what is weighed by a pair must not have seen it before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from models.training.encoder.tellings import LEFT_OUT
from workbench.embed import english_encoder
from workbench.wiring.evidence import Encoders


def unseen(encoders: Encoders, adapters: Path | None) -> Callable[[str], Encoders]:
    """The encoders for a pair by its name: where an adapter left that pair out, English is read by it.

    `adapters`: the --work of `models.training.encoder.tellings`; None: the bundled ones read everything.
    """
    if adapters is None:
        return lambda _: encoders
    english, others = english_encoder(), {}
    for path in sorted(adapters.glob(f"*/{LEFT_OUT}")):
        read = english.adapted(path.parent).read
        own = replace(encoders, readers={**encoders.readers, "english": read})
        others.update(dict.fromkeys(path.read_text(encoding="utf-8").split(), own))
    return lambda name: others.get(name, encoders)
