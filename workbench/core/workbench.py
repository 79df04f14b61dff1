"""The workspace with all that can be done with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.align import LEAST_CONFIDENCE, in_order
from workbench.concordance import Corpus, Hit, Passage, Query
from workbench.core.arrivals import Arrivals
from workbench.core.edits import Edits
from workbench.datatypes import Campaign, Progress, TranslationUnit, silent
from workbench.errors import InputError
from workbench.export import ExportReport, Preview, Selection, known_format, preview, write
from workbench.export.layout import TABLE
from workbench.lang import canonical
from workbench.spotcheck import Spotchecks
from workbench.store import DocumentRow, Job, StoredBitext, Wish
from workbench.wiring import checking
from workbench.wiring.aligning import Aligning
from workbench.wiring.checks import Checks
from workbench.wiring.exporting import Gathered, gather
from workbench.wiring.results import counterparts, matrix_view, pair_view, unit
from workbench.wiring.views import Counterpart, DocumentInfo, MatrixView, PairView, SegmentView, veiled

if TYPE_CHECKING:
    import pandas as pd


class Workbench(Edits, Arrivals):
    """A workspace folder and all that can be done with it.

    A document is named by its id, the unique beginning of it, or its name. Errors are WorkbenchErrors.

    >>> with Workbench("my-workspace") as wb:  # doctest: +SKIP
    ...     wb.add(["report.fr.txt", "transcript.zh-Hant.txt"])
    ...     wb.align(["report.fr.txt", "transcript.zh-Hant.txt"])
    ...     wb.pairs("report.fr.txt", "transcript.zh-Hant.txt")
    """

    # -- alignment

    def align(self, refs: Sequence[str], progress: Progress = silent) -> list[PairView]:
        """Align every pair of the named documents, translating first what is not yet translated.

        Links that were accepted or imported stay.
        Raises InputError when fewer than two different documents are named.
        """
        doc_ids = self._ids(refs)
        if len(doc_ids) < 2:
            raise InputError(f"an alignment needs two different documents, got {' '.join(refs) or 'none'}")
        self.translate(doc_ids, progress)
        for src, tgt in combinations(doc_ids, 2):
            self._aligning.align(self._row(src), self._row(tgt), progress)
        return [self.aligned(a, b) for a, b in combinations(doc_ids, 2)]

    def align_range(
        self, src: str, tgt: str, src_range: range, tgt_range: range, progress: Progress = silent
    ) -> PairView:
        """Align anew what stands in a range of the segments of either document (indices, 0-based), and only that.

        Beads that reach out of the ranges stay as they are, and so do accepted and imported ones within. Only such bind
        the search. Unlike an alignment of the whole this is a change of the undo log; what was said of beads that go
        comes back with them. Raises InputError where the documents are not aligned or changed since, or lack these
        segments.
        """
        src_row, tgt_row = self._row(src), self._row(tgt)
        self._aligning.align_range(src_row, tgt_row, src_range, tgt_range, self.user, progress)
        return self.aligned(src_row.id, tgt_row.id)

    @property
    def _aligning(self) -> Aligning:
        return Aligning(self._store, self._models, self.settings, self.segments)

    # -- results

    def pair(self, src: str, tgt: str, least: float = LEAST_CONFIDENCE) -> PairView | None:
        """How two documents were aligned, seen from `src`; None when they were not.

        `least`: the confidence, 0 to 1, below which links are hidden.
        """
        src_row, tgt_row = self._row(src), self._row(tgt)
        bitext = self._store.bitext(src_row.id, tgt_row.id, least)
        return None if bitext is None else self._view(bitext, src_row, tgt_row, least)

    def aligned(self, src: str, tgt: str, least: float = LEAST_CONFIDENCE) -> PairView:
        """As `pair`, but raises InputError where they are not aligned."""
        src_row, tgt_row = self._row(src), self._row(tgt)
        return self._view(self._aligned(src_row, tgt_row, least), src_row, tgt_row, least)

    def _view(self, bitext: StoredBitext, src: DocumentRow, tgt: DocumentRow, least: float) -> PairView:
        stale = bitext.stale or self._by_others(bitext.signature, (src.lang, tgt.lang))
        return pair_view(replace(bitext, stale=stale), self._info(src), self._info(tgt), least)

    def _by_others(self, signature: str, langs: Sequence[str]) -> bool:
        """Whether an alignment is by other models than are chosen now. A worker may have found newer ones than ours."""
        if not self._models.choose_others(signature, langs):
            return False
        now = self._remembered("models", self._store.state(), self._models.anew)
        return now.choose_others(signature, langs)

    def drafts(self, lang: str) -> bool:
        """Whether what the models here make of a language is a draft, to get the gist by."""
        return self._models.drafts(lang)

    def aligned_pairs(self) -> list[tuple[str, str]]:
        """Ids of the documents that are aligned with each other, the latest last."""
        return self._store.aligned_pairs()

    def stale(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of some pairs of documents (ids) that are to be aligned again: see PairView.stale."""
        # Pages ask whenever they are drawn.
        state = self._store.state(), tuple(pairs)
        return self._remembered("stale", state, lambda: self._stale(pairs))

    def _stale(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        changed, signatures = set(self._store.stale(pairs)), self._store.signatures(pairs)
        langs = {info.id: info.lang for info in self.documents()}
        return [
            (a, b)
            for a, b in pairs
            if (a, b) in changed or self._by_others(signatures.get((a, b), ""), (langs[a], langs[b]))
        ]

    def _aligned(self, src: DocumentRow | DocumentInfo, tgt: DocumentRow | DocumentInfo, least: float) -> StoredBitext:
        bitext = self._store.bitext(src.id, tgt.id, least)
        if bitext is None:
            raise InputError(
                f"{src.name} and {tgt.name} are not aligned; run `python -m workbench align` on them first"
            )
        return bitext

    def units(self, src: str, tgt: str, least: float = LEAST_CONFIDENCE) -> list[TranslationUnit]:
        """The beads of two aligned documents with their texts. Raises InputError where they are not aligned."""
        view = self.aligned(src, tgt, least)
        texts = {item.id: item for doc in (view.src.id, view.tgt.id) for item in self.segments(doc)}
        return [unit(bead, view, texts) for bead in view.beads]

    def pairs(self, src: str, tgt: str, least: float = LEAST_CONFIDENCE) -> pd.DataFrame:
        """The beads of two aligned documents as a table with the columns of the TSV export, but for `written`."""
        import pandas as pd

        rows = [{column: getattr(unit, column) for column in TABLE} for unit in self.units(src, tgt, least)]
        return pd.DataFrame(rows, columns=TABLE)

    def export(self, selection: Selection, format: str, output: str | Path, as_shown: bool = False) -> ExportReport:
        """Write what was chosen to a file, which is checked first; `as_shown`: with what pages show and no more.

        All of it is as it was when this began. Raises ExportError on an unknown format.
        """
        with self.as_it_is() as still:
            found = still._gather(selection, format, as_shown)
            return write(found.units, format, output, selection, found.about, found.left_out)

    def preview_export(self, selection: Selection, format: str, first: int = 20) -> Preview:
        """What `export` would write as pages show it: its first units, how many there are, what is left out and why."""

        def made() -> Preview:
            with self.as_it_is() as still:
                found = still._gather(selection, format, as_shown=True)
                return preview(found.units, format, selection, found.left_out, first)

        # The page asks whenever it is drawn.
        state = self._store.state(), self.veil(self._ids(selection.docs)) is None
        return self._remembered("export", (state, selection, format, first), made)

    def _gather(self, selection: Selection, format: str, as_shown: bool) -> Gathered:
        wanted = replace(selection, docs=tuple(self._ids(selection.docs)), order=self._id(selection.order))
        return gather(self, wanted, known_format(format), as_shown)

    def matrix(self, refs: Sequence[str], order: str | None = None) -> MatrixView:
        """What several documents share, passage by passage: a row each, the documents as columns, in the order named.

        Rows follow the document `order`, by default the first. Raises InputError when fewer than two are named, or two
        of them are not aligned with each other.
        """
        ids = self._ids(refs)
        if len(ids) < 2:
            raise InputError(f"a matrix needs two different documents or more, got {' '.join(refs) or 'none'}")
        first = self._store.find_document(order) if order else ids[0]
        if first not in ids:
            raise InputError(f"{order} is not among the documents of the matrix; name it among them")
        view = self._remembered("matrix", (self._store.state(), ids), lambda: self._new_matrix(ids))
        rows = tuple(in_order(view.matrix.rows, ids.index(first)))
        return replace(view, matrix=replace(view.matrix, rows=rows))

    def _new_matrix(self, ids: Sequence[str]) -> MatrixView:
        infos = {info.id: info for info in self.documents()}
        documents = [infos[key] for key in ids]
        pairs = combinations(range(len(ids)), 2)
        found = {(a, b): self._aligned(documents[a], documents[b], LEAST_CONFIDENCE) for a, b in pairs}
        included = [[row.index for row in self._store.segments(key) if row.included] for key in ids]
        return matrix_view(documents, found, included)

    # -- quality

    def translated_units(self, ref: str) -> list[TranslationUnit]:
        """A document's segments against their English, as far as there is one: units whose id is the segment's."""
        row = self._row(ref)
        return checking.translated_units(row.name, row.lang, self.segments(row.id), self.settings.pivot)

    @property
    def checks(self) -> Checks:
        """Automatic checks: which are wanted, and what they find in a pair or in a document's English."""
        return Checks(self, self._store, self._models, self._remembered)

    # -- search

    def concordance(self, query: Query, refs: Sequence[str] = (), langs: Sequence[str] = ()) -> list[Hit]:
        """Every passage that has a phrase, in documents (all, if none are named) of some languages (any, if none are).

        Left-out passages are searched too. Raises InputError on a phrase that cannot be looked for or a nonsense tag.
        """
        return self._corpus().find(query, set(self._ids(refs)) or None, {canonical(tag) for tag in langs} or None)

    def prepare_search(self) -> None:
        """Make the documents ready to be searched, so that the first search does not have to wait for that."""
        self._corpus().prepare()

    def counterparts(
        self, passages: Iterable[Passage], least: float = LEAST_CONFIDENCE
    ) -> dict[str, tuple[Counterpart, ...]]:
        """What passages are linked to in the other documents, by segment id; rejected links do not count.

        `least`: the confidence, 0 to 1, below which links do not count.
        """
        wanted = {passage.id: passage.doc for passage in passages}
        return counterparts(self._store.linked(wanted, least), wanted, self._corpus().by_id)

    def _corpus(self) -> Corpus:
        return self._remembered("corpus", self._store.state(), self._new_corpus)

    def _new_corpus(self) -> Corpus:
        return Corpus(view.passage(row.id) for row in self._store.documents() for view in self.segments(row.id))

    # -- spot checks

    @property
    def spotchecks(self) -> Spotchecks:
        """Samples of translations, what judges say of them, and what that shows."""
        return Spotchecks(self, self._store.campaigns, self._remembered)

    def veil(self, docs: Collection[str], pair: bool = False) -> Campaign | None:
        """See Spotchecks.veil: whether something is to be hidden, and because of which spot check."""
        return self.spotchecks.veil(docs, pair)

    def shown_segments(self, ref: str) -> list[SegmentView]:
        """The segments of a document as pages show them: under a veil without a word on who or what translated them."""
        found, doc_id = self.segments(ref), self.document_id(ref)
        return list(map(veiled, found)) if self.veil([doc_id]) else found

    # -- background work, done by workbench.jobs

    @property
    def folder(self) -> Path:
        """The workspace."""
        return self._store.folder

    def ask_job(self, kind: str, refs: Sequence[str]) -> Job:
        """Put work on documents (all, if none are named) in the queue; asked twice it is one job."""
        return self._store.queue.ask(kind, self._ids(refs) or self._all_ids(), self.user)

    def jobs(self) -> list[Job]:
        """What was asked for, in order: all that is not finished, and the latest of what is."""
        return self._store.queue.jobs()

    def steer_job(self, number: int, wish: Wish) -> Job:
        """Let a job rest, go on, or end unfinished; what it did is kept. A running one heeds it a little later.

        "pause", "resume" (which lets one that failed or was cancelled begin again) or "cancel" (which dismisses one
        that failed). Raises UnknownItemError.
        """
        return self._store.queue.steer(number, wish)
