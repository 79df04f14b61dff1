"""Two documents of a workspace aligned. Links are found in align/, by what evidence.py has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from workbench import __version__
from workbench.align import Relation, align, verdict
from workbench.align import kept as shown
from workbench.datatypes import Bead, Bitext, Progress, Status
from workbench.errors import ConflictError, InputError
from workbench.review import linked, nulls, numbers, passages, standing
from workbench.settings import Settings
from workbench.store import DocumentRow, Review, Store, StoredBead, is_imported
from workbench.wiring.evidence import Side, side, views, wording
from workbench.wiring.models import Models, chosen_in
from workbench.wiring.views import SegmentView

Shape = tuple[tuple[int, ...], tuple[int, ...]]  # the segments of a link
Put = Callable[[Bitext, int], None]  # stores an alignment that rests on a state of the workspace


@dataclass(frozen=True, slots=True)
class Aligning:
    """What alignments are made with. `segments`: all of a document's, with their English."""

    store: Store
    models: Models
    settings: Settings
    segments: Callable[[str], Sequence[SegmentView]]

    def align(self, src: DocumentRow, tgt: DocumentRow, progress: Progress) -> None:
        """Align two documents and store it; again where what bound the search was taken back meanwhile."""
        put = partial(self.store.put_bitext, src.id, tgt.id)
        while not self._aligned(src, tgt, put, progress):
            pass

    def _aligned(
        self,
        src: DocumentRow,
        tgt: DocumentRow,
        put: Put,
        progress: Progress,
        kept: Sequence[Bead] = (),
        chosen: str = "",
    ) -> bool:
        """Whether an alignment was made and `put`; False: a link that it was bound by was taken back meanwhile.

        `kept`: beads that stay as they are, unless people say otherwise, and `chosen`: what they rest on, see
        `Models.chosen`. The search is bound by what people say alone: of other links that stay it knows that their
        segments are taken, and, where they are enough to show it, that the documents are related.
        """
        since, segments = self.store.state()[0], self._segment_ids(src.id, tgt.id)
        said, rejected = self._said(src.id, tgt.id, segments)
        accepted = standing(said)
        settled = standing([*kept, *accepted])
        by_people = set(accepted)
        staying = [bead for bead in settled if not bead.is_null and bead not in by_people]
        sides = self._taking_part((src, tgt), settled)
        texts = [self._side(side, row.lang) for side, row in zip(sides, (src, tgt), strict=True)]
        related = self.store.related_by(src.id, tgt.id) is not None
        told = related or verdict(shown(settled)).relation is not Relation.UNRELATED
        encoders = self.models.encoders(self.store.vectors)
        result = align(
            views(texts[0], texts[1], encoders, progress),
            len(sides[0]),
            len(sides[1]),
            fixed=_placed(_apart(settled, staying), sides),
            barred=[(bead.src, bead.tgt) for bead in _placed(rejected, sides)],
            wording=wording(texts[0], texts[1], encoders),
            related=told,
            progress=progress,
        )
        beads = _together([_reindexed(bead, *sides) for bead in result.beads], staying)
        used = " ".join([encoders.signature, *_translators(sides, texts)])
        signature = f"workbench {__version__} {used} settings:{self.settings.signature()}"
        signature += chosen or self.models.chosen((src.lang, tgt.lang))
        sentence = verdict(shown(beads), related).sentence(src.lang, tgt.lang)
        bitext = Bitext(tuple(beads), sentence, signature, related)
        return self._put(src.id, tgt.id, bitext, put, since, segments, _shapes(accepted))

    def _taking_part(self, rows: tuple[DocumentRow, DocumentRow], settled: Sequence[Bead]) -> list[list[SegmentView]]:
        """Of either document the segments that are included, and those that are linked already."""
        links = [bead for bead in settled if not bead.is_null]
        named = {i for bead in links for i in bead.src}, {j for bead in links for j in bead.tgt}
        return [
            [view for view in self.segments(row.id) if view.included or view.index in known]
            for row, known in zip(rows, named, strict=True)
        ]

    def align_range(
        self, src: DocumentRow, tgt: DocumentRow, src_range: range, tgt_range: range, user: str, progress: Progress
    ) -> None:
        """Align anew what stands in both ranges of segments, and only that. Raises InputError: see Workbench."""
        _check_range(src, src_range)
        _check_range(tgt, tgt_range)
        said = f"aligned {passages(src_range)} with {numbers(tgt_range)} anew"
        if (tgt.id, src.id) in self.store.aligned_pairs():  # it stays the way it was aligned
            src, tgt, src_range, tgt_range = tgt, src, tgt_range, src_range
        put = partial(self.store.put_part, (src.id, tgt.id), said=said, user=user)
        while not self._range_aligned(src, tgt, src_range, tgt_range, put, progress):
            pass

    def _range_aligned(
        self, src: DocumentRow, tgt: DocumentRow, src_range: range, tgt_range: range, put: Put, progress: Progress
    ) -> bool:
        """See `_aligned`."""
        bitext = self.store.bitext(src.id, tgt.id)
        if bitext is None or bitext.stale:
            changed = "have changed since they were aligned, or what is said of them has"
            state = "are not aligned yet" if bitext is None else changed
            raise InputError(f"{src.name} and {tgt.name} {state}; align them as a whole first")
        beads = [stored.bead for stored in bitext.beads]
        kept = [bead for bead in beads if not _is_inside(bead, src_range, tgt_range)]
        # A segment outside whose bead gives way to an accepted one must not come in.
        outside = [Bead((i,), ()) for i in range(src.segments) if i not in src_range]
        outside += [Bead((), (j,)) for j in range(tgt.segments) if j not in tgt_range]
        return self._aligned(src, tgt, put, progress, [*outside, *kept], chosen_in(bitext.signature))

    def _put(
        self,
        src: str,
        tgt: str,
        bitext: Bitext,
        put: Put,
        since: int,
        segments: Sequence[Sequence[str]],
        bound: set[Shape],
    ) -> bool:
        """`put` an alignment of `segments` with what people settled while it was being made, after the change `since`.

        False, and nothing is stored, where it has a link that it was `bound` by and that nobody says any more. Raises
        ConflictError where there are other segments now.
        """
        while True:
            try:
                put(bitext, since)
                return True
            except ConflictError:
                since = self.store.state()[0]
                if self._segment_ids(src, tgt) != segments:
                    raise
                known, settled = set(bitext.beads), standing(self._said(src, tgt, segments)[0])
                beads = linked(bitext.beads, *(bead for bead in settled if bead not in known))
                if not _shapes(beads).isdisjoint(bound - _shapes(settled)):
                    return False
                bitext = replace(bitext, beads=tuple(beads))

    def _segment_ids(self, src: str, tgt: str) -> list[list[str]]:
        return [[row.id for row in self.store.segments(doc)] for doc in (src, tgt)]

    def _side(self, segments: Sequence[SegmentView], lang: str) -> Side:
        texts, english = [item.segment.text for item in segments], [item.english for item in segments]
        return side(texts, english, lang, self.models.drafts(lang))

    def _said(self, src: str, tgt: str, segments: Sequence[Sequence[str]]) -> tuple[list[Bead], list[Bead]]:
        """What people accepted, or linked in a file that was imported, and what they rejected: by segment index, the
        latest last; of `segments`, those there are."""
        places = [{name: index for index, name in enumerate(side)} for side in segments]
        bitext, reviews = self.store.bitext(src, tgt), self.store.reviews(src, tgt)
        links = [item for item in bitext.beads if is_imported(item.bead)] if bitext else []
        imported = {item.id: bead for item in links if (bead := _found(item, places, item.bead.reasons))}
        accepted: list[Bead] = []
        rejected: list[Bead] = []
        for item in reviews:
            bead = _found(item, places, (f"{item.status} by {item.reviewer}",))
            if bead and item.status is Status.REJECTED:
                imported.pop(item.bead_id, None)
                rejected.append(bead)
            elif bead and item.bead_id not in imported:
                accepted.append(bead)
        return [*imported.values(), *accepted], rejected


def _translators(sides: Sequence[Sequence[SegmentView]], texts: Sequence[Side]) -> list[str]:
    """The models whose English was evidence."""
    used = [segments for segments, said in zip(sides, texts, strict=True) if said.translations or said.draft]
    return sorted({item.english.model for side in used for item in side if item.english and item.english.model})


def _found(item: StoredBead | Review, places: Sequence[Mapping[str, int]], reasons: tuple[str, ...]) -> Bead | None:
    """What people say of segments, as sure as can be, by the places of these; None where one is gone."""
    src, tgt = places
    if not (src.keys() >= set(item.src_segments) and tgt.keys() >= set(item.tgt_segments)):
        return None
    sides = sorted(src[key] for key in item.src_segments), sorted(tgt[key] for key in item.tgt_segments)
    return Bead(tuple(sides[0]), tuple(sides[1]), 1.0, 1.0, reasons)


def _reindexed(bead: Bead, src: Sequence[SegmentView], tgt: Sequence[SegmentView]) -> Bead:
    """From positions among the included segments to positions among all."""
    return replace(bead, src=tuple(src[i].index for i in bead.src), tgt=tuple(tgt[j].index for j in bead.tgt))


def _shapes(beads: Iterable[Bead]) -> set[Shape]:
    """Those of the links among them."""
    return {(bead.src, bead.tgt) for bead in beads if not bead.is_null}


def _apart(beads: Sequence[Bead], links: Sequence[Bead]) -> list[Bead]:
    """The beads, each segment of those that are among `links` by itself."""
    taken = set(links)
    return [part for bead in beads for part in (nulls(bead, always=True) if bead in taken else [bead])]


def _together(beads: Sequence[Bead], links: Sequence[Bead]) -> list[Bead]:
    """The beads with links in place of the null beads of their segments."""
    src, tgt = {i for bead in links for i in bead.src}, {j for bead in links for j in bead.tgt}
    return [*links, *(bead for bead in beads if src.isdisjoint(bead.src) and tgt.isdisjoint(bead.tgt))]


def _check_range(row: DocumentRow, wanted: range) -> None:
    if not wanted or wanted.start < 0 or wanted.stop > row.segments:
        raise InputError(
            f"{row.name} has passages 1 to {row.segments}, not {wanted.start + 1} to {wanted.stop}; name some of these"
        )


def _is_inside(bead: Bead, src: range, tgt: range) -> bool:
    return all(i in src for i in bead.src) and all(j in tgt for j in bead.tgt)


def _placed(beads: Iterable[Bead], sides: Sequence[Sequence[SegmentView]]) -> list[Bead]:
    """From positions among all segments to positions among those that take part; no bead of which one does not."""
    src, tgt = ({view.index: place for place, view in enumerate(side)} for side in sides)
    return [
        replace(bead, src=tuple(src[i] for i in bead.src), tgt=tuple(tgt[j] for j in bead.tgt))
        for bead in beads
        if src.keys() >= set(bead.src) and tgt.keys() >= set(bead.tgt)
    ]
