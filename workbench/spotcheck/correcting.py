"""Translations put right while they are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.datatypes import Campaign, TranslationState
from workbench.errors import InputError, UnknownItemError
from workbench.quality.sampling import Task
from workbench.spotcheck.judging import Judging

if TYPE_CHECKING:
    from workbench.core import SegmentView


@dataclass(frozen=True, slots=True)
class Same:
    """Another passage with the same source: where it stands, from 1, and its English now."""

    segment_id: str
    doc: str
    place: int
    english: str
    by_hand: bool


class Correcting(Judging):
    """Corrects what is judged, and what has the same source."""

    def correct(self, campaign: Campaign, task: Task, text: str) -> None:
        """Write the English of a unit by hand. It is judged as it was found, before and after."""
        if campaign.pair:
            raise InputError("the texts of a pair are the documents' own; correct the document and add it again")
        if task.decoy:
            raise InputError(
                "this translation is wrong on purpose, to see whether judges look; there is nothing to correct"
            )
        view = self._task_view(campaign, task)
        if not view.corrected:
            found = {"src": view.unit.src_text, "tgt": view.target, "model": view.model}
            if view.said is None or view.is_draft:
                self.keep_draft(campaign, task, {"found": found})
        self._bench.edit_translation(task.unit, text)

    def same_source(self, segment_id: str) -> list[Same]:
        """The other passages of all documents with the same text in the same language."""
        views = [(info.name, view) for info in self._bench.documents() for view in self._bench.segments(info.id)]
        mine = next((view for _, view in views if view.id == segment_id), None)
        if mine is None:
            raise UnknownItemError(f"there is no passage {segment_id!r}; the document may have changed")
        wanted = (mine.segment.lang, mine.segment.text)
        return [_same(name, view) for name, view in views if _text(view) == wanted and view.id != segment_id]

    def correct_all(self, segment_ids: Sequence[str], text: str) -> int:
        """Write one English for several passages; each can be undone by itself. Returns how many changed."""
        edits = [self._bench.edit_translation(segment_id, text) for segment_id in segment_ids]
        return sum(edit.before != edit.after for edit in edits)


def _same(name: str, view: SegmentView) -> Same:
    english = view.english
    by_hand = english is not None and english.state is TranslationState.EDITED
    return Same(view.id, name, view.index + 1, english.text if english else "", by_hand)


def _text(view: SegmentView) -> tuple[str, str]:
    return view.segment.lang, view.segment.text
