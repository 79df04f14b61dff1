"""From a choice of documents to the units of an export. How files are written is in export/."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from workbench import __version__
from workbench.align import LEAST_CONFIDENCE
from workbench.datatypes import Status, Translation, TranslationState, TranslationUnit, Variant
from workbench.errors import InputError
from workbench.export import About, Format, Selection
from workbench.export.selection import ENGLISH
from workbench.quality.acceptance import percent
from workbench.wiring.checking import translated_unit, untranslated

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.wiring.views import DocumentInfo, MatrixView, SegmentView


@dataclass
class Gathered:
    """What is to be exported, before anything of it is refused. `left_out` counts as the units are made."""

    units: Iterator[TranslationUnit]
    about: About
    left_out: Counter[str] = field(default_factory=Counter)


def gather(bench: Workbench, selection: Selection, format: Format, as_shown: bool) -> Gathered:
    """`selection`: with ids in place of names; `as_shown`: of what pages show.

    Raises InputError where its documents are not aligned, or too many.
    """
    docs = list(dict.fromkeys(selection.docs)) or [info.id for info in bench.documents()]
    if selection.order and selection.order not in docs:
        name = bench.names().get(selection.order, selection.order)
        raise InputError(f"{name} is not among the documents of the export; name it among them")
    if format.pair and len(docs) != 2:
        raise InputError(f"{format.name} takes two documents, not {len(docs)}; name two")
    if len(docs) == 1:
        return _of_document(bench, docs[0], selection, format, as_shown)
    pairs = _pairs(bench, docs, bool(selection.docs))
    held = len({doc for pair in pairs for doc in pair})
    if format.most and held > format.most:
        raise InputError(f"a {format.name} file holds {format.most} documents, not {held}; name fewer, or choose tmx")
    of_all = len(docs) > 2 and format.several and len(pairs) == math.comb(len(docs), 2)
    found = _of_matrix(bench, docs, selection) if of_all else _of_pairs(bench, pairs, selection)
    if selection.texts == "english":
        found.units = _wholly_english(bench, found.units, {doc for pair in pairs for doc in pair})
    return found


def _wholly_english(
    bench: Workbench, units: Iterator[TranslationUnit], docs: Collection[str]
) -> Iterator[TranslationUnit]:
    """Units without English where only a part of their passages has it, which would be taken for the whole."""
    views = [view for doc in docs for view in bench.segments(doc)]
    lacking = {view.id for view in views if view.english is None or not view.english.text.strip()}
    for unit in units:
        others = tuple(
            other if lacking.isdisjoint(other.segments) else replace(other, english="") for other in unit.others
        )
        src_en = unit.src_en if lacking.isdisjoint(unit.src_segments) else ""
        tgt_en = unit.tgt_en if lacking.isdisjoint(unit.tgt_segments) else ""
        yield replace(unit, src_en=src_en, tgt_en=tgt_en, others=others)


def _pairs(bench: Workbench, docs: Sequence[str], named: bool) -> list[tuple[str, str]]:
    """Every two documents; of those that nobody named only what is aligned."""
    pairs = list(combinations(docs, 2)) if named else _aligned(bench, docs)
    if not pairs:
        raise InputError("no documents are aligned yet; run `python -m workbench align` on two or more")
    return pairs


def _aligned(bench: Workbench, docs: Sequence[str]) -> list[tuple[str, str]]:
    """Those of the documents that are aligned, in their order: thousands of documents make millions of pairs."""
    places = {doc: place for place, doc in enumerate(docs)}
    known = (pair for pair in bench.aligned_pairs() if places.keys() >= set(pair))
    found = sorted(sorted((places[src], places[tgt])) for src, tgt in known)
    return [(docs[first], docs[second]) for first, second in found]


def _of_pairs(bench: Workbench, pairs: Sequence[tuple[str, str]], selection: Selection) -> Gathered:
    hidden, docs, signatures = 0, dict[str, None](), set[str]()
    for pair in pairs:  # of thousands not all links at once
        view = bench.aligned(*pair, _least(selection))
        hidden += view.hidden
        docs |= dict.fromkeys((view.src.name, view.tgt.name))
        signatures.add(view.signature)
    left_out = Counter({_doubtful(selection): hidden} if hidden else {})
    units = (unit for pair in pairs for unit in _of_pair(bench, pair, selection))
    return Gathered(units, _about(bench, list(docs), "; ".join(sorted(signatures)), selection), left_out)


def _of_pair(bench: Workbench, pair: tuple[str, str], selection: Selection) -> list[TranslationUnit]:
    units = bench.units(*pair, _least(selection))
    if selection.order != pair[1]:
        return units
    places = {bead.id: place for place, bead in enumerate(bench.aligned(*pair[::-1], _least(selection)).beads)}
    return sorted(units, key=lambda unit: places[unit.bead_id])


def _of_document(bench: Workbench, doc: str, selection: Selection, format: Format, as_shown: bool) -> Gathered:
    if selection.texts == "english":
        raise InputError("a document alone is exported with its English beside it; choose the originals")
    [info] = [info for info in bench.documents() if info.id == doc]
    left_out: Counter[str] = Counter()
    units = []
    for view in bench.shown_segments(doc) if as_shown else bench.segments(doc):
        if (reason := untranslated(view)) or view.english is None:
            left_out[reason] += 1
        else:
            units.append(_translation(info, view, view.english))
    if format.bilingual:
        units = _of_main_language(units, left_out)
    models = {unit.signature for unit in units if unit.signature}
    return Gathered(iter(units), _about(bench, [info.name], "; ".join(sorted(models)), selection), left_out)


def _of_main_language(units: Sequence[TranslationUnit], left_out: Counter[str]) -> list[TranslationUnit]:
    """Without passages in another language than most, such as quotations."""
    main = [lang for lang, _ in Counter(unit.src_lang for unit in units).most_common(1)]
    kept = [unit for unit in units if unit.src_lang in main]
    if len(kept) < len(units):
        left_out["in another language than most passages"] = len(units) - len(kept)
    return kept


def _translation(info: DocumentInfo, view: SegmentView, english: Translation) -> TranslationUnit:
    """A segment against its English, which a person wrote or a model, named in the signature."""
    by_hand = english.state is TranslationState.EDITED
    place = (view.index + 1,)
    return replace(
        translated_unit(info.name, view.segment.lang, view, english, ENGLISH),
        tgt_en="",
        status=Status.ACCEPTED if by_hand else Status.UNREVIEWED,
        reviewer=english.model if by_hand else "",
        signature="" if by_hand else english.model,
        src_numbers=place,
        tgt_numbers=place,
        src_spans=view.segment.spans,
        tgt_spans=view.segment.spans,
        src_parts=(view.segment.text,),
        tgt_parts=(english.text,),
    )


def _of_matrix(bench: Workbench, docs: Sequence[str], selection: Selection) -> Gathered:
    view = bench.matrix(docs, selection.order)
    units = {unit.bead_id: unit for pair in combinations(docs, 2) for unit in bench.units(*pair)}
    signature = "; ".join(sorted({unit.signature for unit in units.values()}))
    about = _about(bench, [info.name for info in view.documents], signature, selection)
    gathered = Gathered(iter(()), about, _in_no_row(bench, view, units.values(), selection))
    gathered.units = _of_rows(bench, view, units, selection, gathered.left_out)
    return gathered


def _in_no_row(
    bench: Workbench, view: MatrixView, units: Iterable[TranslationUnit], selection: Selection
) -> Counter[str]:
    """How many links are in nothing that several documents share, by reason."""
    rejected = "rejected: in no passage that is shared" if Status.REJECTED in selection.statuses else "rejected"
    pairs = combinations([info.id for info in view.documents], 2)
    counts = {
        "contradicted by surer links": view.matrix.refused,
        f"less sure than {percent(LEAST_CONFIDENCE)}": sum(bench.aligned(*pair).hidden for pair in pairs),
        rejected: sum(unit.status is Status.REJECTED and not unit.is_null for unit in units),
    }
    return Counter({reason: number for reason, number in counts.items() if number})


def _of_rows(
    bench: Workbench,
    view: MatrixView,
    units: Mapping[str, TranslationUnit],
    selection: Selection,
    left_out: Counter[str],
) -> Iterator[TranslationUnit]:
    """`units`: of every two documents, by bead. A row that is no more than one link is that link's unit."""
    segments = [bench.segments(info.id) for info in view.documents]
    for row in view.matrix.rows:
        cells = [doc for doc, cell in enumerate(row.cells) if cell]
        named = [view.links[pair].get(row.cells[pair[0]][0], "") for pair in combinations(cells, 2)]
        links = [units[name] for name in named if name in units]
        variants = [_variant(view.documents[doc], [segments[doc][index] for index in row.cells[doc]]) for doc in cells]
        if len(cells) > 1 and row.confidence < _least(selection):
            left_out[_doubtful(selection)] += 1
        elif (
            len(cells) == 2
            and links
            and [each.segments for each in links[0].variants] == [each.segments for each in variants]
        ):
            yield links[0]
        else:
            yield _shared(variants, row.confidence, links, len(links) == len(named))


def _variant(info: DocumentInfo, views: Sequence[SegmentView]) -> Variant:
    return Variant(
        doc=info.name,
        lang=info.lang,
        segments=tuple(view.id for view in views),
        numbers=tuple(view.index + 1 for view in views),
        spans=tuple(span for view in views for span in view.segment.spans),
        parts=tuple(view.segment.text for view in views),
        text=" ".join(view.segment.text for view in views),
        english=" ".join(view.english.text for view in views if view.english),
    )


def _shared(
    variants: Sequence[Variant], confidence: float, links: Sequence[TranslationUnit], whole: bool
) -> TranslationUnit:
    """What several documents say of one passage as a unit; its id is made of its segments.

    It is accepted where every two of its documents are linked, `whole`, and all of these links are.
    """
    accepted = bool(links) and whole and all(link.status is Status.ACCEPTED for link in links)
    ids = " ".join(key for variant in variants for key in variant.segments)
    src, tgt = variants[0], variants[1] if len(variants) > 1 else Variant("", "und", (), (), (), (), "", "")
    return TranslationUnit(
        bead_id=f"row-{hashlib.sha256(ids.encode()).hexdigest()[:16]}",
        src_doc=src.doc,
        tgt_doc=tgt.doc,
        src_lang=src.lang,
        tgt_lang=tgt.lang,
        src_segments=src.segments,
        tgt_segments=tgt.segments,
        src_text=src.text,
        tgt_text=tgt.text,
        src_en=src.english,
        tgt_en=tgt.english,
        score=confidence,
        confidence=confidence,
        status=Status.ACCEPTED if accepted else Status.UNREVIEWED,
        comment="; ".join(dict.fromkeys(link.comment for link in links if link.comment)),
        src_numbers=src.numbers,
        tgt_numbers=tgt.numbers,
        src_spans=src.spans,
        tgt_spans=tgt.spans,
        src_parts=src.parts,
        tgt_parts=tgt.parts,
        others=tuple(variants[2:]),
    )


def _least(selection: Selection) -> float:
    return LEAST_CONFIDENCE if selection.least is None else selection.least


def _doubtful(selection: Selection) -> str:
    return f"less sure than {percent(_least(selection))}"


def _about(bench: Workbench, docs: Sequence[str], signature: str, selection: Selection) -> About:
    names = bench.names()
    order = names[selection.order] if selection.order else None
    return About(tuple(docs), signature or f"workbench {__version__}", replace(selection, order=order).in_words())
