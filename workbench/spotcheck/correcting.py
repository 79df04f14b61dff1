"""Translations put right while they are judged.

A machine's English is written anew. The target of a link is the document's own text, which is not changed here: what it
should say is kept as a proposal in the remark on the link, which goes into exports and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.datatypes import Campaign, TranslationState
from workbench.errors import ConflictError, InputError, UnknownItemError
from workbench.spotcheck.judging import Judging, TaskView
from workbench.spotcheck.units import Unit, with_proposal

if TYPE_CHECKING:
    from workbench.wiring.views import SegmentView


@dataclass(frozen=True, slots=True)
class Same:
    """Another unit with the same source: where it stands, from 1, and its target now, or what is proposed for it.

    `by_hand`: a person wrote that.
    """

    id: str
    doc: str
    place: int
    target: str
    by_hand: bool


class Correcting(Judging):
    """Corrects what is judged, and what has the same source."""

    def correct(self, campaign: Campaign, view: TaskView, text: str) -> None:
        """Write the English of a unit by hand, or propose another target for a link. An empty text takes it back.

        It is judged as it was found, before and after. `view`: the unit as the judge saw it, with the drafts of their
        browser tab. Raises InputError on what tests attention, ConflictError where its texts are others by now or
        somebody has corrected it since.
        """
        if view.task.decoy:
            raise InputError(
                "this translation is wrong on purpose, to see whether judges look; there is nothing to correct"
            )
        since = self._bench.state()
        corrected = self._corrected_now(campaign, view)
        if corrected != view.corrected:
            raise ConflictError("this translation was corrected meanwhile, so what you wrote is not saved")
        if not corrected and (view.said is None or view.is_draft):
            found = {"src": view.unit.src_text, "tgt": view.target, "model": view.model}
            self.keep_draft(campaign, view, {"found": found})
        self._change(campaign, view.task.unit, text, since)

    def same_source(self, campaign: Campaign, unit: str) -> list[Same]:
        """Of a translation, the other passages of all documents with the same text in the same language; of a link,
        the other links of the pair with the same source. Raises UnknownItemError."""
        if campaign.pair:
            return self._same_links(campaign, unit)
        views = [(info.name, view) for info in self._bench.documents() for view in self._bench.segments(info.id)]
        mine = next((view for _, view in views if view.id == unit), None)
        if mine is None:
            raise UnknownItemError(f"there is no passage {unit!r}; the document may have changed")
        wanted = (mine.segment.lang, mine.segment.text)
        return [_same(name, view) for name, view in views if _text(view) == wanted and view.id != unit]

    def _same_links(self, campaign: Campaign, unit: str) -> list[Same]:
        wanted, links = self._link(campaign, unit).src_text, self.units(campaign)
        return [_same_link(link) for key, link in links.items() if link.src_text == wanted and key != unit]

    def _link(self, campaign: Campaign, bead_id: str) -> Unit:
        link = self.units(campaign).get(bead_id)
        if link is None:
            raise UnknownItemError(f"there is no link {bead_id!r}; the documents may have been aligned anew")
        return link

    def correct_same(self, campaign: Campaign, unit: str, seen: Mapping[str, str], text: str) -> tuple[int, int]:
        """Write or propose the text of a unit for others with its source, each of which can be undone by itself.

        `seen`: the targets that the judge saw of those, by id; what is another by now, or gone, is left alone. Returns
        how many changed and how many were left.
        """
        since = self._bench.state()
        now = {same.id: same.target for same in self.same_source(campaign, unit)} if seen else {}
        still = [other for other, target in seen.items() if now.get(other) == target]
        changed, left = 0, len(seen) - len(still)
        for other in still:
            try:
                changed += self._change(campaign, other, text, since)
            except (ConflictError, UnknownItemError):
                left += 1
        return changed, left

    def _change(self, campaign: Campaign, unit: str, text: str, since: int) -> bool:
        """Whether it was another. Raises UnknownItemError, ConflictError where somebody touched it after `since`."""
        return self._propose(campaign, unit, text, since) if campaign.pair else self._write(unit, text, since)

    def _write(self, segment_id: str, text: str, since: int) -> bool:
        edit = self._bench.edit_translation(segment_id, text, since)
        return edit.before != edit.after

    def _propose(self, campaign: Campaign, bead_id: str, text: str, since: int) -> bool:
        link, wanted = self._link(campaign, bead_id), " ".join(text.split())
        comment = with_proposal(link.checked.comment, "" if wanted == link.tgt_text else wanted)
        if comment == link.checked.comment:
            return False
        self._bench.set_comment(bead_id, comment, since)
        return True


def _same(name: str, view: SegmentView) -> Same:
    english = view.english
    by_hand = english is not None and english.state is TranslationState.EDITED
    return Same(view.id, name, view.index + 1, english.text if english else "", by_hand)


def _same_link(link: Unit) -> Same:
    return Same(link.id, link.doc, link.place, link.proposed or link.tgt_text, bool(link.proposed))


def _text(view: SegmentView) -> tuple[str, str]:
    return view.segment.lang, view.segment.text
