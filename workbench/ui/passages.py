"""What the Library shows of a document's passages: pure functions from segments to one page of plain data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from typing import Any

from workbench.datatypes import Kind
from workbench.ui import words
from workbench.wiring.views import SegmentView

ALL, TAKING_PART, LEFT_OUT = "all", "taking part", "left out"

_KINDS = {
    Kind.TITLE: "title",
    Kind.HEADING: "heading",
    Kind.TURN: "spoken",
    Kind.CAPTION: "caption",
    Kind.COMMENT: "comment",
    Kind.FURNITURE: "page furniture",
    Kind.METADATA: "metadata",
}


def shown(segments: Sequence[SegmentView], what: str, found: Collection[str] | None) -> list[SegmentView]:
    """Those of a kind, ALL, TAKING_PART or LEFT_OUT; of ids in `found`, where that is given."""
    wanted = {ALL: (True, False), TAKING_PART: (True,), LEFT_OUT: (False,)}[what]
    return [view for view in segments if view.included in wanted and (found is None or view.id in found)]


def payload(
    segments: Sequence[SegmentView],
    part: Sequence[SegmentView],
    label: str,
    target: int | None,
    untranslated: Callable[[str], str],
) -> dict[str, Any]:
    """What browse.js draws: some segments of a document, `part`. `target`: the number, from 1, of one to go to.

    `untranslated`: why a language has no English.
    """
    runs = _runs(segments)
    return {
        "label": label,
        "target": target,
        "passages": [_passage(view, segments, runs.get(view.id, []), untranslated) for view in part],
    }


def _runs(segments: Sequence[SegmentView]) -> dict[str, list[str]]:
    """By the first of each stretch left out for one cause, the ids of the stretch."""
    found = {}
    for cause, run in groupby(segments, key=lambda view: "" if view.included else words.left_out(view)):
        ids = [view.id for view in run]
        if cause:
            found[ids[0]] = ids
    return found


def _passage(
    view: SegmentView, segments: Sequence[SegmentView], run: Sequence[str], untranslated: Callable[[str], str]
) -> dict[str, Any]:
    segment, english = view.segment, view.english
    return {
        "id": view.id,
        "number": view.index + 1,
        "text": segment.text,
        "lang": segment.lang,
        "kind": segment.kind.value,
        "kindLabel": _KINDS.get(segment.kind, ""),
        "speaker": segment.speaker,
        "english": view.in_english,
        "by": words.translated_by(english) if english else "",
        "note": words.translation_note(segment, english, untranslated) if view.included else "",
        "out": "" if view.included else words.left_out(view),
        "reason": "" if view.included else segment.reason,
        "run": run,
        "next": segments[view.index + 1].id if view.index + 1 < len(segments) else "",
    }
