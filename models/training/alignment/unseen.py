"""Encoders that have not learned from the pair they read: what is weighed by a pair must not have seen it before.

They read every text once: the same documents come in many pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from models.training.encoder.tellings import LEFT_OUT
from workbench.embed import Pieces, english_encoder
from workbench.wiring.evidence import Encoders, Reader


def unseen(encoders: Encoders, adapters: Path | None) -> Callable[[str], Encoders]:
    """The encoders for a pair by its name: where an adapter left that pair out, English is read by it.

    `adapters`: the --work of `models.training.encoder.tellings`; None: the bundled ones read everything. Raises
    ValueError where there are none: what is weighed would have been seen.
    """
    encoders = replace(encoders, readers={kind: once(read) for kind, read in encoders.readers.items()})
    if adapters is None:
        return lambda _: encoders
    paths = sorted(adapters.glob(f"*/{LEFT_OUT}"))
    if not paths:
        raise ValueError(f"no adapters in {adapters}; name the --work of models.training.encoder.tellings")
    english, others = english_encoder(), {}
    for path in paths:
        read = once(english.adapted(path.parent).read)
        own = replace(encoders, readers={**encoders.readers, "english": read})
        others.update(dict.fromkeys(path.read_text(encoding="utf-8").split(), own))
    return lambda name: others.get(name, encoders)


def once(read: Reader) -> Reader:
    """The reader, with everything it has read kept: a vector of four bytes a number for each token."""
    known: dict[str, Pieces] = {}

    def reading(texts: Sequence[str]) -> list[Pieces]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, read(new), strict=True))
        return [known[text] for text in texts]

    return reading
