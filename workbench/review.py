"""What people settle of an alignment: pure functions on beads by segment index.

Each keeps every segment in exactly one bead. What has no counterpart any more stands alone, a null bead a segment.
The links that they make are as sure as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from workbench.datatypes import Bead
from workbench.errors import InputError

Side = Literal["src", "tgt"]


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


def by_hand(src: Iterable[int], tgt: Iterable[int], done: str) -> Bead:
    """A bead that a person made: a link is sure. `done`: what they did, "linked"."""
    bead = Bead(tuple(sorted(set(src))), tuple(sorted(set(tgt))), 1.0, 1.0, (f"{done} by hand",))
    return Bead(bead.src, bead.tgt) if bead.is_null else bead


def linked(beads: Sequence[Bead], *links: Bead) -> list[Bead]:
    """The beads with links in place of whatever they overlap; those of `links` that hold together."""
    made = standing(links)
    src, tgt = {i for link in made for i in link.src}, {j for link in made for j in link.tgt}
    kept: list[Bead] = []
    lost: list[Bead] = []
    for bead in beads:
        (kept if src.isdisjoint(bead.src) and tgt.isdisjoint(bead.tgt) else lost).append(bead)
    alone = [Bead((i,), ()) for bead in lost for i in bead.src if i not in src]
    alone += [Bead((), (j,)) for bead in lost for j in bead.tgt if j not in tgt]
    return [*kept, *made, *alone]


def merged(chosen: Sequence[Bead]) -> Bead:
    """Beads as one link, for `linked`. Raises InputError where it would have one side only."""
    src, tgt = [i for bead in chosen for i in bead.src], [j for bead in chosen for j in bead.tgt]
    if len(chosen) < 2:
        raise InputError("to merge takes two links or passages, or more; choose another as well")
    if not (src and tgt):
        raise InputError("these passages are all of one document and make no link; choose one of the other as well")
    return by_hand(src, tgt, "merged")


def split(beads: Sequence[Bead], bead: Bead, src_at: int, tgt_at: int) -> list[Bead]:
    """The beads with one of them in two: its first `src_at` source and `tgt_at` target segments, and the others.

    Raises InputError where nothing would be left of one half.
    """
    sizes = len(bead.src), len(bead.tgt)
    if not (0 <= src_at <= sizes[0] and 0 <= tgt_at <= sizes[1] and 0 < src_at + tgt_at < sum(sizes)):
        raise InputError(
            f"a link of {sizes[0]} and {sizes[1]} passages cannot be split behind {src_at} and {tgt_at} of them;"
            " each half needs a passage"
        )
    halves = (bead.src[:src_at], bead.tgt[:tgt_at]), (bead.src[src_at:], bead.tgt[tgt_at:])
    kept = [other for other in beads if not _overlap(other, bead)]
    return [*kept, *(part for src, tgt in halves for part in nulls(by_hand(src, tgt, "split")))]


def moved(beads: Sequence[Bead], side: Side, segment: int, to: Bead | None) -> list[Bead]:
    """The beads with one segment out of its own and in another of them, or alone."""
    after: list[Bead] = []
    for bead in beads:
        mine = set(getattr(bead, side))
        wanted = mine | {segment} if bead == to else mine - {segment}
        after += [bead] if wanted == mine else nulls(_with(bead, side, wanted))
    return after if to else [*after, _with(Bead((), ()), side, [segment])]


def apart(beads: Sequence[Bead], bead: Bead) -> list[Bead]:
    """The beads with everything alone that a segment of `bead` is linked to."""
    return [part for other in beads for part in (nulls(other, always=True) if _overlap(other, bead) else [other])]


def nulls(bead: Bead, always: bool = False) -> list[Bead]:
    """The segments of a bead that is no link, or `always`, each alone; a link as it is."""
    if len(bead.src) + len(bead.tgt) == 1 or not (always or bead.is_null):
        return [bead]
    return [*(Bead((i,), ()) for i in bead.src), *(Bead((), (j,)) for j in bead.tgt)]


def numbers(segments: Sequence[int]) -> str:
    """Indices as people count passages: "3", "4–6", "4–5, 8"."""
    runs: list[list[int]] = []
    for place in segments:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ", ".join(f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in runs)


def passages(segments: Sequence[int]) -> str:
    """The same with the word before it: "passage 3", "passages 4–6"."""
    return f"{'passage' if len(segments) == 1 else 'passages'} {numbers(segments)}"


def _overlap(a: Bead, b: Bead) -> bool:
    return not set(a.src).isdisjoint(b.src) or not set(a.tgt).isdisjoint(b.tgt)


def _with(bead: Bead, side: Side, segments: Iterable[int]) -> Bead:
    src, tgt = (segments, bead.tgt) if side == "src" else (bead.src, segments)
    return by_hand(src, tgt, "moved")
