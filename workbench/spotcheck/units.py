"""What a spot check judges. A unit is a segment and its English, or a link of an aligned pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.datatypes import Issue, Progress, Status, TranslationState, TranslationUnit
from workbench.quality import Material, check

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.wiring.checks import Wanted
    from workbench.wiring.views import SegmentView

_PROPOSAL = re.compile(r"\s*\[proposed: (.*)\]\Z", re.DOTALL)  # at the end of a remark


@dataclass(frozen=True, slots=True)
class Unit:
    """What is judged; `id`: of the segment or bead. `place`: from 1, in the document `doc` (a name). `model`: who or
    what wrote the target. `by_hand`: a person did. `proposed`: what somebody would have the target of a link say, whose
    text is the document's own."""

    id: str
    doc: str
    place: int
    src_lang: str
    tgt_lang: str
    src_text: str
    tgt_text: str
    model: str
    by_hand: bool
    checked: TranslationUnit  # the same for automatic checks
    proposed: str = ""


def translations(bench: Workbench, docs: Sequence[str]) -> dict[str, Unit]:
    """The translated segments of documents, by id, in order."""
    found: dict[str, Unit] = {}
    for doc in still_there(bench, docs):
        views = {view.id: view for view in bench.segments(doc)}
        units = ((unit, views[unit.bead_id]) for unit in bench.translated_units(doc) if unit.tgt_text.strip())
        found |= {unit.bead_id: _of_segment(unit, view) for unit, view in units}
    return found


def still_there(bench: Workbench, docs: Sequence[str]) -> list[str]:
    """Those of some documents (ids) that nobody removed."""
    there = {info.id for info in bench.documents()}
    return [doc for doc in docs if doc in there]


def _of_segment(unit: TranslationUnit, view: SegmentView) -> Unit:
    by_hand = view.english is not None and view.english.state is TranslationState.EDITED
    return _unit(unit, view.index + 1, unit.signature, by_hand)


def links(bench: Workbench, src: str, tgt: str) -> dict[str, Unit]:
    """The links of two documents but rejected ones, by id, in order; none where they are not aligned (any more)."""
    if {src, tgt} not in map(set, bench.aligned_pairs()):
        return {}
    places = {view.id: view.index + 1 for view in bench.segments(src)}
    return {
        unit.bead_id: _unit(unit, min(places[key] for key in unit.src_segments), unit.tgt_doc, False)
        for unit in bench.units(src, tgt)
        if not unit.is_null and unit.status is not Status.REJECTED
    }


def unlinked(bench: Workbench, src: str, tgt: str, units: Mapping[str, Unit]) -> int:
    """How many passages of two documents none of these links has: what was left out or added, none judges."""
    linked = {key for unit in units.values() for key in (*unit.checked.src_segments, *unit.checked.tgt_segments)}
    return sum(view.included and view.id not in linked for doc in (src, tgt) for view in bench.segments(doc))


def _unit(unit: TranslationUnit, place: int, model: str, by_hand: bool) -> Unit:
    texts = (unit.src_lang, unit.tgt_lang, unit.src_text, unit.tgt_text)
    return Unit(unit.bead_id, unit.src_doc, place, *texts, model, by_hand, unit, proposal(unit.comment))


def proposal(comment: str) -> str:
    """What a remark on a link proposes for its target; empty: nothing."""
    found = _PROPOSAL.search(comment)
    return found[1] if found else ""


def with_proposal(comment: str, text: str) -> str:
    """The remark with this proposal in place of an earlier one; without any where the text is empty."""
    rest = _PROPOSAL.sub("", comment)
    return f"{rest} [proposed: {text}]".strip() if text else rest


def estimates(
    bench: Workbench, docs: Sequence[str], pair: bool, units: Mapping[str, Unit], progress: Progress
) -> dict[str, tuple[float, tuple[str, ...]]]:
    """How good each unit is reckoned to be, 0 to 1, higher is better, and what speaks against it."""
    there = still_there(bench, docs)
    groups = [tuple(docs)] if pair else [(doc,) for doc in there if bench.translated_units(doc)]
    found = {}
    for group in groups if units else ():
        checked = bench.checks.run(group, progress=progress)
        for unit, estimate in zip(checked.report.units, checked.estimates, strict=True):
            if estimate is not None and unit.bead_id in units:
                found[unit.bead_id] = (1 - estimate.risk, estimate.reasons)
    return found


def suspects(unit: Unit, target: str, wanted: Wanted) -> tuple[Issue, ...]:
    """What the checks that are wanted find in a unit with this translation."""
    shown = unit.checked if target == unit.tgt_text else replace(unit.checked, tgt_text=target)
    return check(Material([shown], glossary=wanted.glossary), wanted.profile).issues[0]


def around(units: Sequence[Unit], unit: Unit, most: int) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """What stands before and after a unit in its document."""
    at = next(at for at, each in enumerate(units) if each.id == unit.id)
    before = [each for each in units[max(0, at - most) : at] if each.doc == unit.doc]
    after = [each for each in units[at + 1 : at + 1 + most] if each.doc == unit.doc]
    return tuple(before), tuple(after)
