"""Gold documents changed in known ways, so that one can measure what each change costs an aligner.

A change is an order of the target's lines, some of them left out or repeated: text, translations and gold follow it
together. Sections are cut wherever they fall, within a gold bead too. Seeds are fixed and differ by document.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.align.evaluation import BeadIndices, GoldDocument

BLOCK = 15  # segments
DELETED = 0.4  # of the target
NOISE = 0.5  # as many foreign segments, measured by the target

_SEED = 1


def swap(m: int) -> list[int]:
    """The halves exchanged."""
    return [*range(m // 2, m), *range(m // 2)]


def move(m: int) -> list[int]:
    """The second fifth moved behind the fourth."""
    first, second, third = m // 5, 2 * m // 5, 4 * m // 5
    return [*range(first), *range(second, third), *range(first, second), *range(third, m)]


def shuffle(m: int, rng: random.Random) -> list[int]:
    """Blocks of BLOCK segments in a random order."""
    blocks = [range(start, min(start + BLOCK, m)) for start in range(0, m, BLOCK)]
    rng.shuffle(blocks)
    return [j for block in blocks for j in block]


def delete(m: int, rng: random.Random) -> list[int]:
    """A random DELETED of the segments left out."""
    return sorted(rng.sample(range(m), m - round(DELETED * m)))


def noise(m: int, foreign: int, rng: random.Random) -> list[int]:
    """NOISE as many of `foreign` further segments, each at a random place among the m, in random order."""
    places = set(rng.sample(range(m + round(NOISE * m)), round(NOISE * m)))
    inserted = iter(rng.sample(range(m, m + foreign), len(places)))
    own = iter(range(m))
    return [next(inserted) if place in places else next(own) for place in range(m + len(places))]


_ORDERS: dict[str, Callable[[int, random.Random], list[int]]] = {
    "swap": lambda m, rng: swap(m),
    "move": lambda m, rng: move(m),
    "shuffle": shuffle,
    "delete": delete,
    "duplicate": lambda m, rng: [*range(m), *range(m)],
}
KINDS = (*_ORDERS, "noise")


def perturbed(document: GoldDocument, kind: str, foreign: GoldDocument | None = None) -> GoldDocument:
    """The document with its target changed in one of KINDS; noise comes from the target of `foreign`.

    Raises ValueError when there are fewer foreign segments than are to be inserted.
    """
    rng = random.Random(f"{_SEED} {kind} {document.name}")
    m = len(document.tgt)
    if kind != "noise":
        return rearranged(document, _ORDERS[kind](m, rng))
    available = len(foreign.tgt) if foreign else 0
    if foreign is None or available < round(NOISE * m):
        raise ValueError(f"{document.name} needs {round(NOISE * m)} foreign segments, {available} are there")
    return rearranged(with_foreign(document, foreign), noise(m, available, rng))


def rearranged(document: GoldDocument, order: Sequence[int]) -> GoldDocument:
    """The document with the target's lines `order`, and the gold for it.

    What lost its counterpart becomes null beads. Where a line is repeated, beads lead to its first place and the
    others are null beads; `one_copy` lets a link to any of them count.
    """
    place: dict[int, int] = {}
    for position, index in enumerate(order):
        place.setdefault(index, position)
    beads: list[BeadIndices] = []
    for src, tgt in document.gold:
        kept = tuple(sorted(place[j] for j in tgt if j in place))
        if kept or not tgt:
            beads.append((src, kept))
        else:
            beads += [((i,), ()) for i in src]
    beads += [((), (position,)) for position, index in enumerate(order) if place[index] != position]

    def picked(lines: Sequence[str] | None) -> tuple[str, ...] | None:
        return None if lines is None else tuple(lines[index] for index in order)

    return replace(
        document,
        tgt=tuple(document.tgt[index] for index in order),
        gold=tuple(beads),
        tgt_mt=picked(document.tgt_mt),
        tgt_en=picked(document.tgt_en),
    )


def with_foreign(document: GoldDocument, foreign: GoldDocument) -> GoldDocument:
    """The document with another's target behind its own; what has no translation there stands for it itself."""
    first = len(document.tgt)
    nulls = [((), (first + j,)) for j in range(len(foreign.tgt))]

    def joined(lines: tuple[str, ...] | None, more: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if lines is None else (*lines, *(more or foreign.tgt))

    return replace(
        document,
        tgt=(*document.tgt, *foreign.tgt),
        gold=(*document.gold, *nulls),
        tgt_mt=joined(document.tgt_mt, foreign.tgt_mt),
        tgt_en=joined(document.tgt_en, foreign.tgt_en),
    )


def one_copy(beads: Sequence[BeadIndices], size: int) -> list[BeadIndices]:
    """Beads with a text of several copies of `size` target segments, as if the copies were one.

    A link to either copy is a link to the passage; a passage is unlinked where no copy of it is linked.
    """
    folded = [(src, tuple(sorted({j % size for j in tgt}))) for src, tgt in beads]
    linked = {j for src, tgt in folded if src for j in tgt}
    return list(dict.fromkeys(bead for bead in folded if bead[0] or linked.isdisjoint(bead[1])))
