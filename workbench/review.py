"""What people settled of an alignment: pure functions on beads by segment index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.datatypes import Bead


def standing(settled: Iterable[Bead]) -> list[Bead]:
    """The beads that hold together: of two that share a segment the later one, in the order they were given."""
    kept: list[Bead] = []
    src: set[int] = set()
    tgt: set[int] = set()
    for bead in reversed(list(settled)):
        if src.isdisjoint(bead.src) and tgt.isdisjoint(bead.tgt):
            kept.append(bead)
            src.update(bead.src)
            tgt.update(bead.tgt)
    return kept[::-1]


def linked(beads: Sequence[Bead], link: Bead) -> list[Bead]:
    """The beads with a link in place of whatever it overlaps; segments that lose theirs become null beads."""
    kept = [bead for bead in beads if not _overlap(bead, link)]
    lost = [bead for bead in beads if _overlap(bead, link)]
    nulls = [Bead((i,), ()) for bead in lost for i in bead.src if i not in link.src]
    nulls += [Bead((), (j,)) for bead in lost for j in bead.tgt if j not in link.tgt]
    return [*kept, link, *nulls]


def _overlap(a: Bead, b: Bead) -> bool:
    return not set(a.src).isdisjoint(b.src) or not set(a.tgt).isdisjoint(b.tgt)
