"""Documents with a known gold alignment, made from texts that are parallel line by line.

Lines of either side are merged with their neighbours or dropped, and blocks of the target move. Seeds are fixed and
differ by name.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from workbench.align.evaluation import BeadIndices, GoldDocument

LINES = 100  # a document
MERGED = 0.15  # of the neighbours on a side
DROPPED = 0.1  # of the lines of a side
MOVES = 2
MOVED = (8, 15)  # lines, least and most

_SEED = 1


def derived_documents(name: str, src: Sequence[str], tgt: Sequence[str], joints: tuple[str, str]) -> list[GoldDocument]:
    """Documents of LINES lines in the order of the text; a shorter rest is left out.

    `joints`: what stands between two merged lines of either side. Raises ValueError when the sides differ in length.
    """
    if len(src) != len(tgt):
        raise ValueError(f"{len(src)} lines are not parallel to {len(tgt)}")
    return [
        derive(f"{name}-{start:04}", src[start : start + LINES], tgt[start : start + LINES], joints)
        for start in range(0, len(src) - LINES + 1, LINES)
    ]


def derive(name: str, src: Sequence[str], tgt: Sequence[str], joints: tuple[str, str]) -> GoldDocument:
    """One document: what shares a line is one bead, what lost its counterpart is null beads."""
    rng = random.Random(f"{_SEED} {name}")
    rows = _segments(_without(len(src), rng), rng)
    columns = _segments(_moved(_without(len(tgt), rng), rng), rng)
    return GoldDocument(
        name,
        tuple(joints[0].join(src[line] for line in segment) for segment in rows),
        tuple(joints[1].join(tgt[line] for line in segment) for segment in columns),
        tuple(_gold(rows, columns, len(src))),
    )


def _without(lines: int, rng: random.Random) -> list[int]:
    return sorted(rng.sample(range(lines), lines - round(DROPPED * lines)))


def _moved(order: list[int], rng: random.Random) -> list[int]:
    for _ in range(MOVES):
        size = rng.randint(*MOVED)
        start = rng.randint(0, max(len(order) - size, 0))
        block, rest = order[start : start + size], order[:start] + order[start + size :]
        place = rng.randint(0, len(rest))
        order = rest[:place] + block + rest[place:]
    return order


def _segments(order: Sequence[int], rng: random.Random) -> list[list[int]]:
    """Lines that follow each other in the text, some of them merged."""
    segments = [[line] for line in order[:1]]
    for before, line in pairwise(order):
        if line == before + 1 and rng.random() < MERGED:
            segments[-1].append(line)
        else:
            segments.append([line])
    return segments


def _gold(rows: Sequence[Sequence[int]], columns: Sequence[Sequence[int]], lines: int) -> list[BeadIndices]:
    """Lines that either side merges belong to one bead, from line to line."""
    merged = {line for segment in (*rows, *columns) for line in segment[1:]}
    bead_of: list[int] = []
    for line in range(lines):
        bead_of.append(bead_of[-1] if line in merged else line)
    beads: dict[int, tuple[list[int], list[int]]] = {}
    for side, segments in enumerate((rows, columns)):
        for index, segment in enumerate(segments):
            beads.setdefault(bead_of[segment[0]], ([], []))[side].append(index)
    gold: list[BeadIndices] = []
    for _, (src, tgt) in sorted(beads.items()):
        if src and tgt:
            gold.append((tuple(src), tuple(tgt)))
        else:
            gold += [((i,), ()) for i in src] + [((), (j,)) for j in tgt]
    return gold
