"""What people said of beads, applied to them: pure functions on beads by segment index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from workbench.datatypes import Bead

Indices = tuple[int, ...]


def overlay(
    beads: Sequence[Bead], accepted: Iterable[Bead], rejected: Collection[tuple[Indices, Indices]] = ()
) -> list[Bead]:
    """The beads with the accepted ones in place of whatever they overlap, and without the rejected ones.

    Segments that lose their link become null beads, so that every segment still stands in one bead. Where two
    accepted beads overlap, the later one wins.
    """
    kept: list[Bead] = []
    for bead in reversed(list(accepted)):
        if not any(_overlap(bead, other) for other in kept):
            kept.append(bead)
    pinned = list(kept)
    for bead in beads:
        known = (bead.src, bead.tgt) in rejected or any(_overlap(bead, other) for other in pinned)
        if not known and not bead.is_null:
            kept.append(bead)
    return [*kept, *_nulls(beads, kept)]


def _overlap(a: Bead, b: Bead) -> bool:
    return not set(a.src).isdisjoint(b.src) or not set(a.tgt).isdisjoint(b.tgt)


def _nulls(before: Iterable[Bead], kept: Sequence[Bead]) -> list[Bead]:
    src = {i for bead in kept for i in bead.src}
    tgt = {j for bead in kept for j in bead.tgt}
    before = list(before)
    return [
        *(Bead((i,), ()) for i in sorted({i for bead in before for i in bead.src} - src)),
        *(Bead((), (j,)) for j in sorted({j for bead in before for j in bead.tgt} - tgt)),
    ]
