"""Alignments as they are told: pairs, their units, matrices and counterparts, out of what the store holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbench.align import in_reading_order, kept, merged, verdict
from workbench.concordance import Passage
from workbench.datatypes import Bead, Status, TranslationUnit
from workbench.store import LinkRow, StoredBead, StoredBitext, is_by_people
from workbench.wiring.views import BeadView, Counterpart, DocumentInfo, MatrixView, PairView, SegmentView


def pair_view(bitext: StoredBitext, src: DocumentInfo, tgt: DocumentInfo, least: float) -> PairView:
    """How a pair corresponds. `bitext`: its alignment as far as one is as sure as `least`."""
    found = verdict(kept([_counted(item) for item in bitext.beads], least=0.0), bitext.related)
    return PairView(
        src,
        tgt,
        tuple(_in_reading_order(bitext.beads)),
        least,
        bitext.hidden,
        bitext.verdict if is_by_people(bitext.verdict) else found.sentence(src.lang, tgt.lang),
        found.src_coverage,
        found.tgt_coverage,
        bitext.signature,
        bitext.stale,
        bitext.related,
        bitext.related_by,
    )


def _in_reading_order(beads: Sequence[BeadView]) -> list[BeadView]:
    by_segments = {(view.bead.src, view.bead.tgt): view for view in beads}
    return [by_segments[bead.src, bead.tgt] for bead in in_reading_order([view.bead for view in beads])]


def _counted(stored: StoredBead) -> Bead:
    """A bead as it counts for the verdict: a rejected link less than any other."""
    return replace(stored.bead, confidence=-1.0) if stored.status is Status.REJECTED else stored.bead


def matrix_view(
    documents: Sequence[DocumentInfo], found: Mapping[tuple[int, int], StoredBitext], included: Sequence[Sequence[int]]
) -> MatrixView:
    """What documents share. `found`: the alignment of every two, by number; `included`: segments that take part.

    What people accepted is sure, whatever a machine thought of it, and so is what they said has no counterpart.
    """
    links = {
        pair: [item for item in bitext.beads if item.status is not Status.REJECTED and not item.bead.is_null]
        for pair, bitext in found.items()
    }
    beads = {pair: [_trusted(item) for item in items] for pair, items in links.items()}
    denied = {pair: [item.bead for item in bitext.beads if _is_denied(item)] for pair, bitext in found.items()}
    named = {pair: {item.bead.src[0]: item.id for item in items} for pair, items in links.items()}
    return MatrixView(tuple(documents), merged(included, beads, denied), named)


def _trusted(stored: StoredBead) -> Bead:
    return replace(stored.bead, confidence=1.0) if stored.status is Status.ACCEPTED else stored.bead


def _is_denied(stored: StoredBead) -> bool:
    """Whether somebody said that passages are no counterparts."""
    return stored.status is (Status.ACCEPTED if stored.bead.is_null else Status.REJECTED)


def counterparts(
    links: Iterable[LinkRow], wanted: Mapping[str, str], texts: Mapping[str, Passage]
) -> dict[str, tuple[Counterpart, ...]]:
    """What segments are linked to, by id. `wanted`: their documents; `texts`: all passages there are."""
    found: dict[str, list[Counterpart]] = {}
    for link in links:
        sides = (link.src_doc, link.src_segments), (link.tgt_doc, link.tgt_segments)
        if not all(key in texts for _, keys in sides for key in keys):  # a document changed since
            continue
        for (_, here), (other, there) in (sides, sides[::-1]):
            told = Counterpart(link.bead_id, other, link.confidence, link.status, tuple(texts[key] for key in there))
            for key in here:
                if key in wanted:
                    found.setdefault(key, []).append(told)
    return {key: tuple(linked) for key, linked in found.items()}


def unit(bead: BeadView, view: PairView, texts: Mapping[str, SegmentView]) -> TranslationUnit:
    """A bead of a pair with its texts. `texts`: the segments of both documents, by id."""
    src = [texts[item] for item in bead.src_segments]
    tgt = [texts[item] for item in bead.tgt_segments]
    return TranslationUnit(
        bead_id=bead.id,
        src_doc=view.src.name,
        tgt_doc=view.tgt.name,
        src_lang=view.src.lang,
        tgt_lang=view.tgt.lang,
        src_segments=bead.src_segments,
        tgt_segments=bead.tgt_segments,
        src_text=_joined(item.segment.text for item in src),
        tgt_text=_joined(item.segment.text for item in tgt),
        src_en=_joined(item.english.text for item in src if item.english),
        tgt_en=_joined(item.english.text for item in tgt if item.english),
        score=bead.bead.score,
        confidence=bead.bead.confidence,
        status=bead.status,
        reviewer=bead.reviewer,
        signature=view.signature,
        comment=bead.comment,
        src_numbers=tuple(item.index + 1 for item in src),
        tgt_numbers=tuple(item.index + 1 for item in tgt),
        src_spans=tuple(span for item in src for span in item.segment.spans),
        tgt_spans=tuple(span for item in tgt for span in item.segment.spans),
        src_parts=tuple(item.segment.text for item in src),
        tgt_parts=tuple(item.segment.text for item in tgt),
    )


def _joined(texts: Iterable[str]) -> str:
    return " ".join(texts)
