"""Segments split and joined by hand: pure functions on segments with their ids, and on beads by segment id.

A cut is ("split", id, at), before character `at` of a segment's text, or ("join", first id, second id). Cuts are kept
beside the document and made again when it is segmented anew, those whose segments are still there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.datatypes import Segment
from workbench.errors import InputError
from workbench.lang import is_cjk
from workbench.plurals import count
from workbench.store import ids

Cut = tuple[str, str, int | str]
Named = tuple[str, Segment]
Sides = tuple[tuple[str, ...], tuple[str, ...]]  # segment ids of a bead


def recut(named: Sequence[Named], cuts: Sequence[Cut]) -> list[Named]:
    """Segments as they were cut by hand; what is not there to be cut is left aside."""
    found, names = list(named), [name for name, _ in named]
    for kind, name, what in cuts:
        if name not in names:
            continue
        at = names.index(name)
        if kind == "split":
            stop, parts = at + 1, halves(found[at], int(what))
        elif names[at + 1 : at + 2] == [what]:
            stop, parts = at + 2, [joined(found[at], found[at + 1])]
        else:
            continue
        found[at:stop], names[at:stop] = parts, [part for part, _ in parts]
    return found


def halves(named: Named, at: int) -> list[Named]:
    """A segment in two, spans alike. Raises InputError where nothing would be left of one."""
    name, segment = named
    first, second = segment.text[:at].rstrip(), segment.text[max(at, 0) :].lstrip()
    if not (0 < at < len(segment.text) and first and second):
        raise InputError(
            f"a passage of {count(len(segment.text), 'character')} cannot be split before character {at + 1}"
        )
    ranges = (0, len(first)), (len(segment.text) - len(second), len(segment.text))
    parts = (replace(segment, text=segment.text[start:end], spans=_spans(segment, start, end)) for start, end in ranges)
    names = (ids.part_id(name, str(at), half) for half in ("first", "second"))
    return list(zip(names, parts, strict=True))


def joined(first: Named, second: Named) -> Named:
    """Two segments as one, which is what the first is; flagged only where both are."""
    a, b = first[1], second[1]
    touch = bool(a.spans and b.spans) and a.spans[-1][1] == b.spans[0][0]
    between = "" if touch or (is_cjk(a.text[-1:]) and is_cjk(b.text[:1])) else " "
    flag, reason = (a.flag, a.reason) if b.flag else (None, "")
    text, spans = f"{a.text}{between}{b.text}", a.spans + b.spans
    return ids.part_id(first[0], second[0]), replace(a, text=text, spans=spans, flag=flag, reason=reason)


def with_halves(bead: Sides, name: str, parts: Sequence[str]) -> list[Sides]:
    """A bead with both halves of a segment in its place; of a null bead two."""
    sides = tuple(tuple(part for known in side for part in (parts if known == name else [known])) for side in bead)
    if all(sides):
        return [(sides[0], sides[1])]
    return [((part,), ()) if part in sides[0] else ((), (part,)) for part in sides[0] + sides[1]]


def with_joined(beads: Sequence[Sides], names: Sequence[str], one: str) -> Sides:
    """The bead of two segments joined, out of the one or two that they stand in: linked to whatever either was."""
    sides: tuple[list[str], list[str]] = [], []
    for bead in beads:
        for side, known in zip(sides, bead, strict=True):
            side += [one if name in names else name for name in known]
    return tuple(dict.fromkeys(sides[0])), tuple(dict.fromkeys(sides[1]))


def _spans(segment: Segment, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a part of a segment's text stands in its document."""
    found, at = [], 0
    for span_start, span_end in segment.spans:
        # What joins two spans is nothing or one blank, with which no span begins.
        at += at > 0 and segment.text[at : at + 1] == " "
        low, high = max(start - at, 0), min(end - at, span_end - span_start)
        if low < high:
            found.append((span_start + low, span_start + high))
        at += span_end - span_start
    return tuple(found)
