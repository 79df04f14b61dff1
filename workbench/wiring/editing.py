"""What people change of an alignment. What becomes of beads is decided in review.py.

`src` names the document that counts as the source, in what is asked and in what is answered; where it is not given, it
is the one that the documents were aligned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from workbench import review as rules
from workbench.datatypes import Bead, Status
from workbench.errors import InputError
from workbench.plurals import count
from workbench.review import Side
from workbench.store import Around, Edited, Editing

Pair = tuple[str, str]
End = Literal["start", "end"]
SIDES: tuple[Side, Side] = ("src", "tgt")
_VERBS = {
    Status.ACCEPTED: "accepted",
    Status.REJECTED: "rejected",
    Status.UNREVIEWED: "took back the review of",
}


def review(editing: Editing, bead_id: str, status: Status, src: str | None = None) -> Edited:
    """Accept or reject a bead, or take back what was said of it."""
    pair, bead = editing.find(bead_id)
    if bead.is_null and status is Status.ACCEPTED:
        return unlink(editing, bead_id, src)
    said = f"{_VERBS[status]} {_described(editing, pair, bead)}"
    return _seen(editing.review(pair, bead_id, bead, status, said), src)


def comment(editing: Editing, bead_id: str, text: str) -> Edited:
    """Remark on a bead, or take the remark back."""
    pair, bead = editing.find(bead_id)
    said = f"{'commented on' if text else 'took back the comment on'} {_described(editing, pair, bead)}"
    return editing.comment(pair, bead_id, bead, text, said)


def link(editing: Editing, docs: Pair, src: Sequence[int], tgt: Sequence[int]) -> Edited:
    """Link passages in place of whatever they were linked to."""
    if not (src and tgt):
        raise InputError("a link needs at least one segment of each document")
    pair = editing.stored_pair(*docs) or docs
    wanted = rules.by_hand(*((src, tgt) if pair == docs else (tgt, src)), "linked")
    said = f"linked {rules.passages(sorted(set(src)))} with {rules.numbers(sorted(set(tgt)))}"
    return _seen(_linked(editing, pair, wanted, said), docs[0])


def link_all(editing: Editing, pair: Pair, groups: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Edited:
    """Link the segments of each group, by id, with each other; those of one side alone have no counterpart.

    `pair`: the documents in the order of the groups, which is that of their alignment where they have one.
    """
    wanted: list[Bead] = []
    for sides in groups:
        src, tgt = (editing.places(doc, side) for doc, side in zip(pair, sides, strict=True))
        wanted += rules.nulls(rules.by_hand(src, tgt, "linked"))
    segments = [i for bead in wanted for i in bead.src], [j for bead in wanted for j in bead.tgt]
    around = editing.around(pair, *segments)
    beads = rules.linked(around.beads, *wanted)
    return editing.replace(pair, around, beads, wanted, f"linked {count(len(wanted), 'passage')} anew")


def merge(editing: Editing, bead_ids: Sequence[str], src: str | None) -> Edited:
    """Make beads of a pair one link."""
    found = [editing.find(bead_id) for bead_id in dict.fromkeys(bead_ids)]
    if len({pair for pair, _ in found}) > 1:
        raise InputError("these links are of different documents; merge links of the same two")
    pair, wanted = found[0][0], rules.merged([bead for _, bead in found])
    said = f"merged {rules.passages(wanted.src)} with {rules.numbers(wanted.tgt)} into one link"
    return _seen(_linked(editing, pair, wanted, said), src)


def split(editing: Editing, bead_id: str, src_at: int, tgt_at: int, src: str | None) -> Edited:
    """Make a link two beads."""
    pair, bead = editing.find(bead_id)
    around = editing.around(pair, bead.src, bead.tgt)
    at = (tgt_at, src_at) if src == pair[1] else (src_at, tgt_at)
    said = f"split {_described(editing, pair, bead)}"
    return _seen(_replaced(editing, pair, around, rules.split(around.beads, bead, *at), said), src)


def move_boundary(
    editing: Editing, bead_id: str, side: Side, end: End, step: int, least: float, src: str | None
) -> Edited:
    """Move an end of a link on one side by one segment. `least`: links less sure than this count as none."""
    pair, bead = editing.find(bead_id)
    if bead.is_null:
        raise InputError("a passage that stands alone has no ends to move; link it first")
    at = (side == "tgt") != (src == pair[1])  # in the documents as they were aligned
    own = SIDES[at]
    mine: tuple[int, ...] = getattr(bead, own)
    outermost, direction = (mine[0], -1) if end == "start" else (mine[-1], 1)
    beside = editing.next(pair, at, outermost, direction)
    if step > 0 and beside is None:
        raise InputError("there is no further passage on that side")
    if step < 0 and len(mine) == 1:
        raise InputError("the link has no other passage on that side; take it apart instead")
    near = [*mine, *([] if beside is None else [beside])]
    around = editing.around(pair, *((bead.src, near) if at else (near, bead.tgt)))
    if step > 0:
        segment, to = beside, _holding(around.beads, own, outermost)
    else:
        segment, to = outermost, _holding(around.beads, own, beside)
        if to is not None and (to.is_null or not _is_shown(editing, around, to, least)):
            to = None
    assert segment is not None
    name = editing.name(pair[at])
    said = f"{'took' if step > 0 else 'gave'} passage {segment + 1} of {name} {'into' if step > 0 else 'out of'} "
    said += _described(editing, pair, bead)
    return _seen(_replaced(editing, pair, around, rules.moved(around.beads, own, segment, to), said), src)


def unlink(editing: Editing, bead_id: str, src: str | None) -> Edited:
    """Say of a bead's segments that they have no counterpart."""
    pair, bead = editing.find(bead_id)
    around = editing.around(pair, bead.src, bead.tgt)
    beads = rules.apart(around.beads, bead)
    settled = [part for part in beads if {*part.src} <= {*bead.src} and {*part.tgt} <= {*bead.tgt}]
    said = f"said of {_described(editing, pair, bead)} that there is no counterpart"
    return _seen(editing.replace(pair, around, beads, settled, said), src)


def _linked(editing: Editing, pair: Pair, wanted: Bead, said: str) -> Edited:
    around = editing.around(pair, wanted.src, wanted.tgt)
    return editing.replace(pair, around, rules.linked(around.beads, wanted), [wanted], said)


def _replaced(editing: Editing, pair: Pair, around: Around, beads: Sequence[Bead], said: str) -> Edited:
    """What a person made a link is accepted."""
    settled = [bead for bead in beads if not bead.is_null and bead not in around.beads]
    return editing.replace(pair, around, beads, settled, said)


def _holding(beads: Sequence[Bead], side: Side, segment: int | None) -> Bead | None:
    return next((bead for bead in beads if segment in getattr(bead, side)), None)


def _is_shown(editing: Editing, around: Around, bead: Bead, least: float) -> bool:
    bead_id = next((name for name, whole in around.whole.items() if whole == bead), "")
    return bead.confidence >= least or editing.status(bead_id) is Status.ACCEPTED


def _described(editing: Editing, pair: Pair, bead: Bead) -> str:
    if bead.is_null:
        return f"{rules.passages(bead.src or bead.tgt)} of {editing.name(pair[0] if bead.src else pair[1])}"
    return f"the link of {rules.passages(bead.src)} with {rules.numbers(bead.tgt)}"


def _seen(edited: Edited, src: str | None) -> Edited:
    """The same with the sides exchanged where `src` is the target."""
    if src is None or edited.docs[0] == src:
        return edited
    added = tuple(
        replace(
            item,
            src_segments=item.tgt_segments,
            tgt_segments=item.src_segments,
            bead=replace(item.bead, src=item.bead.tgt, tgt=item.bead.src),
        )
        for item in edited.added
    )
    return replace(edited, docs=edited.docs[::-1], added=added)
