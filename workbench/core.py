"""The one place where the parts are wired together: everything the command line and the pages can do."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TypeVar, cast

from workbench import __version__, checking, editing, importing, reviewing
from workbench.align import LEAST_CONFIDENCE, Matrix, align, in_order, in_reading_order, kept, merged, verdict
from workbench.concordance import Corpus, Hit, Passage, Query
from workbench.datatypes import (
    Bead,
    Bitext,
    Document,
    Flag,
    Kind,
    Layout,
    Progress,
    Segment,
    Status,
    Translation,
    TranslationState,
    TranslationUnit,
    silent,
)
from workbench.errors import ConflictError, InputError, WorkbenchError
from workbench.evidence import Side, side, views, wording
from workbench.export import ExportReport, Preview, Selection, known_format, preview, write
from workbench.export.incoming import File, ForeignBitext
from workbench.export.incoming.plan import Plan, Take
from workbench.export.incoming.reviewed import Returned
from workbench.export.layout import TABLE
from workbench.exporting import Gathered, gather
from workbench.importing import BitextReport
from workbench.ingest import SUFFIXES, read, read_bytes, relaid
from workbench.lang import canonical, display_name, same_language
from workbench.models import Models
from workbench.quality import Glossary, Profile
from workbench.review import linked, standing
from workbench.reviewing import ReviewReport
from workbench.segment import document_language, segment
from workbench.settings import Settings
from workbench.spotcheck import Spotchecks
from workbench.store import (
    BY_HAND,
    IMPORTED,
    Change,
    DocumentRow,
    Edited,
    Job,
    Store,
    StoredBead,
    StoredBitext,
    Undone,
    Wish,
)

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: `error` is empty where it was taken in."""

    path: str
    doc_id: str = ""
    name: str = ""
    change: str = ""  # "added", "unchanged" or "changed"
    segments: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A line of the document list. `included` counts the segments that take part in alignment."""

    id: str
    name: str
    title: str
    lang: str
    format: str
    segments: int
    included: int
    translated: int  # included segments that have an English text
    layout: str = ""  # what a person says of its lines, a Layout
    kind: Kind = Kind.BODY  # of most of what is included: BODY, TURN or CAPTION


@dataclass(frozen=True, slots=True)
class Translated:
    """What a document's translation came to: how many segments are in which state, by TranslationState."""

    name: str
    states: Mapping[str, int]
    missing: tuple[str, ...]  # languages that no installed model leads from, in words


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment as a page shows it. `included`: takes part in alignment."""

    id: str
    index: int  # 0-based, within the document
    segment: Segment
    included: bool
    english: Translation | None


Kept = TypeVar("Kept")

# A bead is shown as it is stored.
BeadView = StoredBead


@dataclass(frozen=True, slots=True)
class PairView:
    """How a pair of documents corresponds, as far as one is as sure as `least` (confidence, 0 to 1).

    `hidden` links are less sure: their segments stand in null beads. Accepted links are always shown. What is hidden
    or rejected counts neither for the verdict nor for coverage, the share of segments in a link, 0 to 1.
    """

    src: DocumentInfo
    tgt: DocumentInfo
    beads: tuple[BeadView, ...]  # links and nulls, in source order
    least: float
    hidden: int
    verdict: str
    src_coverage: float
    tgt_coverage: float
    signature: str
    stale: bool  # a document changed since it was aligned


@dataclass(frozen=True, slots=True)
class MatrixView:
    """What several documents share; the cells of each row are in the order of `documents`.

    `links`: for each pair of documents, by number, the ids of its links by their first segment in the former.
    """

    documents: tuple[DocumentInfo, ...]
    matrix: Matrix
    links: Mapping[tuple[int, int], Mapping[int, str]]
    stale: tuple[tuple[str, str], ...] = ()  # names of documents of which one changed since they were aligned


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What a passage is linked to in another document; `passages` in reading order."""

    bead_id: str
    doc: str
    confidence: float  # 0 to 1
    status: Status
    passages: tuple[Passage, ...]


class Workbench:
    """A workspace folder and all that can be done with it.

    A document is named by its id, the unique beginning of it, or its name. Errors are WorkbenchErrors.

    >>> with Workbench("my-workspace") as wb:  # doctest: +SKIP
    ...     wb.add(["report.fr.txt", "transcript.zh-Hant.txt"])
    ...     wb.align(["report.fr.txt", "transcript.zh-Hant.txt"])
    ...     wb.pairs("report.fr.txt", "transcript.zh-Hant.txt")
    """

    def __init__(
        self,
        workspace: str | Path = "workspace",
        settings: Settings = Settings(),
        user: str | None = None,
        models: Models | None = None,
    ) -> None:
        self.settings = settings
        self.user = user or _login_name()
        self._store = Store(workspace)
        self._models = models or Models(settings)
        self._views: dict[str, tuple[int, tuple[SegmentView, ...]]] = {}
        self._kept: dict[str, tuple[object, object]] = {}
        self._people: dict[str, Workbench] = {self.user: self}

    def for_user(self, name: str) -> Workbench:
        """This workbench for somebody else, whose changes are theirs to undo; itself where `name` is empty.

        All share the store, the models and what is remembered. The same name gives the same object.
        """
        if name and name not in self._people:
            mine = copy(self)
            mine.user = name
            self._people.setdefault(name, mine)
        return self._people[name] if name else self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the workspace folder can be copied afterwards."""
        self._store.close()

    def back_up(self, file: str | Path) -> None:
        """Write the whole workspace to one new file, verified; others may go on working. Raises StoreError."""
        self._store.back_up(Path(file))

    # -- documents

    def add(self, paths: Iterable[str | Path], lang: str | None = None, progress: Progress = silent) -> list[Added]:
        """Take in files and folders (their readable files, at any depth); one result a file, errors included.

        A file that was added before is replaced by its new version; what was said of unchanged passages stays.
        `lang` overrides the detected language. Raises InputError when `lang` is no language tag.
        """
        tag = canonical(lang) if lang else None
        files = [file for path in paths for file in _files(Path(path))]
        results = []
        for done, file in enumerate(files, 1):
            results.append(self._add_file(file, tag))
            progress("reading", done, len(files))
        return results

    def _add_file(self, file: Path, lang: str | None) -> Added:
        try:
            return self._put(read(file, self.settings), str(file), file.resolve().as_posix(), lang)
        except WorkbenchError as error:
            return Added(str(file), error=str(error))

    def add_bytes(self, data: bytes, name: str, lang: str | None = None) -> Added:
        """Take in a document that is at hand as bytes, an upload or standard input. Its name identifies it."""
        tag = canonical(lang) if lang else None
        try:
            return self._put(read_bytes(data, name, self.settings), name, name, tag)
        except WorkbenchError as error:
            return Added(name, error=str(error))

    def _put(self, document: Document, path: str, source: str, lang: str | None) -> Added:
        doc_id = self._earlier_version(document.name, source)
        known = {row.id: row for row in self._store.documents()}
        override = lang or (known[doc_id].lang_override if doc_id in known else "")
        layout = known[doc_id].layout if doc_id in known else ""
        segments = segment(_laid_out(document, layout), override or None, self.settings.max_read_seconds)
        document = replace(document, lang=override or document_language(segments))
        stored = self._store.put_document(document, segments, source, doc_id, self.user, lang_override=lang)
        row = self._row(stored.doc_id)
        warnings = document.warnings
        if not segments:
            warnings = (*warnings, "no text was found in it")
        return Added(path, stored.doc_id, row.name, stored.change, row.segments, warnings)

    def _earlier_version(self, name: str, source: str) -> str | None:
        """The document that this file replaces: from the same place, or of the same name whose file is gone."""
        found = self._store.by_source(source)
        if found:
            return found
        for row in self._store.documents():
            if row.name == name and Path(row.source).is_absolute() and not Path(row.source).exists():
                return row.id
        return None

    def documents(self) -> list[DocumentInfo]:
        """All documents, in the order they were added."""
        return list(self._remembered("documents", self._store.state(), lambda: self._infos(self._store.documents())))

    def _remembered(self, name: str, state: object, make: Callable[[], Kept]) -> Kept:
        """What `make` returns, which is asked again only when `state` is another."""
        known = self._kept.get(name)
        if known is None or known[0] != state:
            known = self._kept[name] = (state, make())
        return cast(Kept, known[1])

    def _row(self, ref: str) -> DocumentRow:
        doc_id = self._store.find_document(ref)
        return next(row for row in self._store.documents() if row.id == doc_id)

    def _infos(self, rows: Sequence[DocumentRow]) -> list[DocumentInfo]:
        return [self._info(row) for row in rows]

    def _info(self, row: DocumentRow) -> DocumentInfo:
        included = [view for view in self.segments(row.id) if view.included]
        translated = sum(view.english is not None for view in included)
        about = row.id, row.name, row.title, row.lang, row.format, row.segments, row.included, translated
        return DocumentInfo(*about, row.layout, _usual_kind(included))

    def document_id(self, ref: str) -> str:
        """The id of a document. Raises UnknownDocumentError."""
        return self._store.find_document(ref)

    def document(self, ref: str) -> Document:
        """A document as it was read, its blocks of the layout that somebody said. Raises UnknownDocumentError."""
        row = self._row(ref)
        return _laid_out(self._store.document(row.id), row.layout)

    def segments(self, ref: str) -> list[SegmentView]:
        """All segments of a document in reading order, flagged ones too, with their English where there is one."""
        doc_id = self._store.find_document(ref)
        views = list(self._machine_views(doc_id))
        for index, text, user in self._store.english(doc_id):
            views[index] = replace(views[index], english=Translation(text, user, TranslationState.EDITED))
        return views

    def _machine_views(self, doc_id: str) -> tuple[SegmentView, ...]:
        """The segments with what models made of them, remembered as long as there is no other text or translation."""
        _, latest = self._store.state()
        known = self._views.get(doc_id)
        if known is None or known[0] != latest:
            rows = self._store.segments(doc_id)
            english = self._english([row.segment for row in rows])
            views = (
                SegmentView(row.id, row.index, row.segment, row.included, text)
                for row, text in zip(rows, english, strict=True)
            )
            known = self._views[doc_id] = latest, tuple(views)
        return known[1]

    def left_out(self) -> dict[str, Counter[Flag | None]]:
        """How many segments of each document take no part in alignment, by why (None: by hand)."""
        return self._remembered("left out", self._store.state(), self._new_left_out)

    def _new_left_out(self) -> dict[str, Counter[Flag | None]]:
        return {
            row.id: Counter(view.segment.flag for view in self.segments(row.id) if not view.included)
            for row in self._store.documents()
        }

    def remove(self, ref: str) -> None:
        """Take a document out of the workspace; `undo` brings it back."""
        self._store.remove_document(self._store.find_document(ref), self.user)

    def set_language(self, ref: str, lang: str) -> None:
        """Say which language a document is in; it is segmented anew. Raises InputError on a nonsense tag."""
        doc_id = self._store.find_document(ref)
        tag = canonical(lang)
        segments = segment(self.document(doc_id), tag, self.settings.max_read_seconds)
        self._store.set_language(doc_id, tag, segments, self.user)

    def set_layout(self, ref: str, layout: Layout | None) -> None:
        """Say what a line break means in a document, None for what the reader finds; it is segmented anew.

        What is said holds for later versions of the file. Raises InputError where the format has no such layout.
        """
        row, said = self._row(ref), layout or ""
        document = _laid_out(self._store.document(row.id), said)
        segments = segment(document, row.lang_override or None, self.settings.max_read_seconds)
        self._store.set_layout(row.id, said, segments, self.user)

    def set_included(self, segment_ids: Iterable[str], included: bool) -> None:
        """Bring flagged segments back into alignment, or leave segments out of it."""
        self._store.set_included(segment_ids, included, self.user)

    # -- translation

    def translate(self, refs: Sequence[str] = (), progress: Progress = silent) -> list[Translated]:
        """Bring documents (all, if none are named) into English, as far as models know their languages.

        What is translated stays in the workspace as it is done, so an interrupted run goes on where it stopped.
        """
        doc_ids = [self._store.find_document(ref) for ref in refs] or [row.id for row in self._store.documents()]
        waiting: dict[str, list[str]] = {}
        for doc_id in doc_ids:
            for row in self._store.segments(doc_id):
                if row.included and not same_language(row.segment.lang, self.settings.pivot):
                    waiting.setdefault(row.segment.lang, []).append(row.segment.text)
        for lang, texts in waiting.items():
            translator = self._models.translator(lang, self._store)
            if translator is not None:
                translator.translate(texts, progress)
        return [self._translated(doc_id) for doc_id in doc_ids]

    def _translated(self, doc_id: str) -> Translated:
        included = [view for view in self.segments(doc_id) if view.included]
        states = Counter(str(view.english.state if view.english else TranslationState.MISSING) for view in included)
        langs = sorted({view.segment.lang for view in included if view.english is None})
        return Translated(self._row(doc_id).name, states, tuple(display_name(lang) for lang in langs))

    def _english(self, segments: Sequence[Segment]) -> list[Translation | None]:
        """What is known already of the segments in English; nothing is translated here."""
        by_lang: dict[str, list[str]] = {}
        for item in segments:
            by_lang.setdefault(item.lang, []).append(item.text)
        known = {lang: self._known_english(lang, texts) for lang, texts in by_lang.items()}
        return [known[item.lang].get(item.text) for item in segments]

    def _known_english(self, lang: str, texts: Sequence[str]) -> Mapping[str, Translation]:
        if same_language(lang, self.settings.pivot):
            return {text: Translation(text, "", TranslationState.SAME) for text in texts}
        return self._models.known_translations(lang, texts, self._store)

    # -- alignment

    def align(self, refs: Sequence[str], progress: Progress = silent) -> list[PairView]:
        """Align every pair of the named documents, translating first what is not yet translated.

        Raises InputError when fewer than two different documents are named.
        """
        doc_ids = list(dict.fromkeys(self._store.find_document(ref) for ref in refs))
        if len(doc_ids) < 2:
            raise InputError(f"an alignment needs two different documents, got {' '.join(refs) or 'none'}")
        self.translate(doc_ids, progress)
        for src, tgt in combinations(doc_ids, 2):
            self._align_pair(src, tgt, progress)
        return [view for a, b in combinations(doc_ids, 2) if (view := self.pair(a, b))]

    def align_range(
        self, src: str, tgt: str, src_range: range, tgt_range: range, progress: Progress = silent
    ) -> PairView:
        """Align anew what stands in a range of the segments of either document (indices, 0-based), and only that.

        Beads that reach out of the ranges stay as they are, and so do accepted ones within. Like every alignment this
        is not a line of the undo log, which holds what people say: reviews stay, and `align` makes the whole anew.
        Raises InputError where the documents are not aligned or changed since, or lack these segments.
        """
        src_row, tgt_row = self._row(src), self._row(tgt)
        _check_range(src_row, src_range)
        _check_range(tgt_row, tgt_range)
        bitext = self._store.bitext(src_row.id, tgt_row.id)
        if bitext is None or bitext.stale:
            state = "are not aligned yet" if bitext is None else "have changed since they were aligned"
            raise InputError(f"{src_row.name} and {tgt_row.name} {state}; align them as a whole first")
        beads = [stored.bead for stored in bitext.beads]
        kept = [bead for bead in beads if not _is_inside(bead, src_range, tgt_range)]
        # A segment outside whose bead gives way to an accepted one must not come in.
        outside = [Bead((i,), ()) for i in range(src_row.segments) if i not in src_range]
        outside += [Bead((), (j,)) for j in range(tgt_row.segments) if j not in tgt_range]
        self._align_pair(src_row.id, tgt_row.id, progress, [*outside, *kept])
        view = self.pair(src_row.id, tgt_row.id)
        assert view is not None
        return view

    def _align_pair(self, src: str, tgt: str, progress: Progress, kept: Sequence[Bead] = ()) -> None:
        """`kept`: beads by segment index that stay as they are, unless a review says otherwise."""
        since, segments = self.state(), self._segment_ids(src, tgt)
        said = self._said(src, tgt)
        settled = standing([*kept, *said[Status.ACCEPTED]])
        links = [bead for bead in settled if not bead.is_null]
        named = {i for bead in links for i in bead.src}, {j for bead in links for j in bead.tgt}
        sides = [
            [view for view in self.segments(doc) if view.included or view.index in known]
            for doc, known in zip((src, tgt), named, strict=True)
        ]
        texts = [self._side(side, self._row(doc).lang) for side, doc in zip(sides, (src, tgt), strict=True)]
        encoders = self._models.encoders(self._store)
        evidence, tokens = views(texts[0], texts[1], encoders, progress), wording(texts[0], texts[1], encoders)
        places = [{view.index: place for place, view in enumerate(side)} for side in sides]
        barred = [
            (bead.src, bead.tgt)
            for bead in (_placed(bead, *places) for bead in said[Status.REJECTED])
            if bead is not None
        ]
        fixed = [bead for bead in (_placed(bead, *places) for bead in settled) if bead is not None]
        result = align(evidence, len(sides[0]), len(sides[1]), fixed=fixed, barred=barred, wording=tokens)
        beads = [_reindexed(bead, *sides) for bead in result.beads]
        signature = f"workbench {__version__} {encoders.signature} settings:{self.settings.signature()}"
        self._put_bitext(src, tgt, Bitext(tuple(beads), result.verdict, signature), since, segments)

    def _put_bitext(self, src: str, tgt: str, bitext: Bitext, since: int, segments: Sequence[Sequence[str]]) -> None:
        """Store an alignment of `segments` with what people settled while it was being made, after the change `since`.

        Raises ConflictError where there are other segments now.
        """
        while True:
            try:
                self._store.put_bitext(src, tgt, bitext, since)
                return
            except ConflictError:
                since = self.state()
                if self._segment_ids(src, tgt) != segments:
                    raise
                beads: list[Bead] = list(bitext.beads)
                for bead in standing(self._said(src, tgt)[Status.ACCEPTED]):
                    if bead not in beads:
                        beads = linked(beads, bead)
                bitext = replace(bitext, beads=tuple(beads))

    def _segment_ids(self, src: str, tgt: str) -> list[list[str]]:
        return [[row.id for row in self._store.segments(doc)] for doc in (src, tgt)]

    def _side(self, segments: Sequence[SegmentView], lang: str) -> Side:
        texts, english = [item.segment.text for item in segments], [item.english for item in segments]
        return side(texts, english, lang, self._models.counts_as_evidence(lang))

    def _said(self, src: str, tgt: str) -> dict[Status, list[Bead]]:
        """What reviewers accepted and rejected, by segment index, the latest last; of segments that are still there."""
        places = [{row.id: row.index for row in self._store.segments(doc)} for doc in (src, tgt)]
        said: dict[Status, list[Bead]] = {status: [] for status in Status}
        for item in self._store.reviews(src, tgt):
            if set(item.src_segments) <= places[0].keys() and set(item.tgt_segments) <= places[1].keys():
                sides = [sorted(places[0][key] for key in item.src_segments)]
                sides += [sorted(places[1][key] for key in item.tgt_segments)]
                reason = f"{item.status} by {item.reviewer}"
                said[item.status].append(Bead(tuple(sides[0]), tuple(sides[1]), 1.0, 1.0, (reason,)))
        return said

    # -- results

    def pair(self, src: str, tgt: str, least: float | None = None) -> PairView | None:
        """How two documents were aligned, seen from `src`; None when they were not.

        `least`: the confidence, 0 to 1, below which links are hidden, LEAST_CONFIDENCE where it is not given.
        """
        least = LEAST_CONFIDENCE if least is None else least
        src_row, tgt_row = self._row(src), self._row(tgt)
        bitext = self._store.bitext(src_row.id, tgt_row.id, least)
        return None if bitext is None else self._pair_view(bitext, src_row, tgt_row, least)

    def _pair_view(self, bitext: StoredBitext, src: DocumentRow, tgt: DocumentRow, least: float) -> PairView:
        counted = kept([_counted(item) for item in bitext.beads], least=0.0)
        found = verdict(counted)
        infos = self._infos([src, tgt])
        return PairView(
            infos[0],
            infos[1],
            tuple(_in_reading_order(bitext.beads)),
            least,
            bitext.hidden,
            bitext.verdict if bitext.verdict.startswith((BY_HAND, IMPORTED)) else found.sentence,
            found.src_coverage,
            found.tgt_coverage,
            bitext.signature,
            bitext.stale,
        )

    def aligned_pairs(self) -> list[tuple[str, str]]:
        """Ids of the documents that are aligned with each other, the latest last."""
        return self._store.aligned_pairs()

    def aligned(self, src: str, tgt: str, least: float | None = None) -> PairView:
        """The same, but raises InputError where they are not aligned."""
        least = LEAST_CONFIDENCE if least is None else least
        rows = self._row(src), self._row(tgt)
        return self._pair_view(self._aligned(*rows, least), *rows, least)

    def _aligned(self, src: DocumentRow | DocumentInfo, tgt: DocumentRow | DocumentInfo, least: float) -> StoredBitext:
        bitext = self._store.bitext(src.id, tgt.id, least)
        if bitext is None:
            raise InputError(
                f"{src.name} and {tgt.name} are not aligned; run `python -m workbench align` on them first"
            )
        return bitext

    def units(self, src: str, tgt: str, least: float | None = None) -> list[TranslationUnit]:
        """The beads of two aligned documents with their texts. Raises InputError where they are not aligned."""
        view = self.aligned(src, tgt, least)
        texts = {item.id: item for doc in (view.src.id, view.tgt.id) for item in self.segments(doc)}
        return [_unit(bead, view, texts) for bead in view.beads]

    def pairs(self, src: str, tgt: str, least: float | None = None) -> pd.DataFrame:
        """The beads of two aligned documents as a table with the columns of the TSV export."""
        import pandas as pd

        rows = [{column: getattr(unit, column) for column in TABLE} for unit in self.units(src, tgt, least)]
        return pd.DataFrame(rows, columns=TABLE)

    def export(self, selection: Selection, format: str, output: str | Path) -> ExportReport:
        """Write what was chosen to a file, which is checked first. Raises ExportError on an unknown format."""
        found = self._gather(selection, format)
        return write(found.units, format, output, selection, found.about, found.left_out)

    def preview_export(self, selection: Selection, format: str, first: int = 20) -> Preview:
        """What `export` would write: its first units, how many there are, what is left out and why."""

        def made() -> Preview:
            found = self._gather(selection, format)
            return preview(found.units, format, selection, found.left_out, first)

        # The page asks whenever it is drawn.
        return self._remembered("export", (self._store.state(), selection, format, first), made)

    def _gather(self, selection: Selection, format: str) -> Gathered:
        docs = tuple(self._store.find_document(ref) for ref in selection.docs)
        return gather(self, replace(selection, docs=docs, order=self._id(selection.order)), known_format(format))

    def matrix(self, refs: Sequence[str], order: str | None = None) -> MatrixView:
        """What several documents share, passage by passage: a row each, the documents as columns, in the order named.

        Rows follow the document `order`, by default the first. Raises InputError when fewer than two are named, or two
        of them are not aligned with each other.
        """
        ids = list(dict.fromkeys(self._store.find_document(ref) for ref in refs))
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
        documents = tuple(infos[key] for key in ids)
        pairs = combinations(range(len(ids)), 2)
        found = {(a, b): self._aligned(documents[a], documents[b], LEAST_CONFIDENCE) for a, b in pairs}
        links = {
            pair: [item for item in bitext.beads if item.status is not Status.REJECTED and not item.bead.is_null]
            for pair, bitext in found.items()
        }
        stale = tuple((documents[a].name, documents[b].name) for (a, b), bitext in found.items() if bitext.stale)
        included = [[row.index for row in self._store.segments(key) if row.included] for key in ids]
        beads = {pair: [item.bead for item in items] for pair, items in links.items()}
        named = {pair: {item.bead.src[0]: item.id for item in items} for pair, items in links.items()}
        return MatrixView(documents, merged(included, beads), named, stale)

    # -- quality

    def translated_units(self, ref: str) -> list[TranslationUnit]:
        """A document's segments against their English, as far as there is one: units whose id is the segment's."""
        row = self._row(ref)
        return checking.translated_units(row.name, row.lang, self.segments(row.id), self.settings.pivot)

    def check(
        self,
        refs: Sequence[str],
        profile: Profile = Profile(),
        glossary: Glossary = Glossary(),
        progress: Progress = silent,
        least: float | None = None,
    ) -> checking.Checked:
        """Automatic checks and the risk of a major error: of the pairs of two aligned documents, or of one's English.

        Raises InputError where there is nothing to check.
        """
        if len(refs) not in (1, 2):
            raise InputError(f"a check takes one document, or two that are aligned, got {len(refs)}")
        units = self.units(refs[0], refs[1], least) if len(refs) == 2 else self.translated_units(refs[0])
        if not units:
            raise InputError(f"{refs[0]} has no translation yet; run `python -m workbench translate` on it first")
        return checking.checked(units, self._models.means(self._store), profile, glossary, progress)

    # -- search

    def concordance(self, query: Query, refs: Sequence[str] = (), langs: Sequence[str] = ()) -> list[Hit]:
        """Every passage that has a phrase, in documents (all, if none are named) of some languages (any, if none are).

        Left-out passages are searched too. Raises InputError on a phrase that cannot be looked for or a nonsense tag.
        """
        docs = {self._store.find_document(ref) for ref in refs} or None
        return self._corpus().find(query, docs, {canonical(tag) for tag in langs} or None)

    def prepare_search(self) -> None:
        """Make the documents ready to be searched, so that the first search does not have to wait for that."""
        self._corpus().prepare()

    def counterparts(
        self, passages: Iterable[Passage], least: float | None = None
    ) -> dict[str, tuple[Counterpart, ...]]:
        """What passages are linked to in the other documents, by segment id; rejected links do not count.

        `least`: the confidence, 0 to 1, below which links do not count, LEAST_CONFIDENCE where it is not given.
        """
        least = LEAST_CONFIDENCE if least is None else least
        wanted = {passage.id: passage.doc for passage in passages}
        texts = self._corpus().by_id
        found: dict[str, list[Counterpart]] = {}
        for link in self._store.linked(wanted, least):
            sides = (link.src_doc, link.src_segments), (link.tgt_doc, link.tgt_segments)
            if not all(key in texts for _, keys in sides for key in keys):  # a document changed since
                continue
            for (_, here), (other, there) in (sides, sides[::-1]):
                told = Counterpart(
                    link.bead_id, other, link.confidence, link.status, tuple(texts[key] for key in there)
                )
                for key in here:
                    if key in wanted:
                        found.setdefault(key, []).append(told)
        return {key: tuple(counterparts) for key, counterparts in found.items()}

    def _corpus(self) -> Corpus:
        return self._remembered("corpus", self._store.state(), self._new_corpus)

    def _new_corpus(self) -> Corpus:
        return Corpus(
            Passage(view.id, row.id, view.index, view.segment.lang, view.segment.text, _translated_text(view))
            for row in self._store.documents()
            for view in self.segments(row.id)
        )

    # -- spot checks

    @property
    def spotchecks(self) -> Spotchecks:
        """Samples of translations, what judges say of them, and what that shows."""
        return Spotchecks(self, self._store, self._remembered)

    # -- background work, done by workbench.jobs

    @property
    def folder(self) -> Path:
        """The workspace."""
        return self._store.folder

    def ask_job(self, kind: str, refs: Sequence[str]) -> Job:
        """Put work on documents (all, if none are named) in the queue; asked twice it is one job."""
        doc_ids = [self._store.find_document(ref) for ref in refs] or [row.id for row in self._store.documents()]
        return self._store.ask_job(kind, list(dict.fromkeys(doc_ids)), self.user)

    def jobs(self) -> list[Job]:
        """What was asked for, in order: all that is not finished, and the latest of what is."""
        return self._store.jobs()

    def steer_job(self, number: int, wish: Wish) -> Job:
        """Let a job rest, go on, or end unfinished; what it did is kept. A running one heeds it a little later.

        "pause", "resume" (which lets one that failed or was cancelled begin again) or "cancel" (which dismisses one
        that failed). Raises UnknownItemError.
        """
        return self._store.steer_job(number, wish)

    # -- edits: each is in the database when the method returns, and a line of the undo log.
    # `since`: the state() that a page was drawn from. Where somebody changed one of the beads or segments concerned
    # after that, nothing is changed, and ConflictError says who did what. A link made by hand, whichever way, counts
    # as accepted by the user; passages that lose theirs stand alone, and nothing is said of them. `src` names the
    # document that counts as the source, in what is asked and in the beads of the answer; where it is not given, it is
    # the one that the two were aligned from (see aligned_pairs).

    def state(self) -> int:
        """The number of the workspace's latest change.

        It grows with every edit, undo and redo, and every new alignment, translation and document.
        """
        return self._store.state()[0]

    def review(self, bead_id: str, status: Status, since: int | None = None, *, src: str | None = None) -> Edited:
        """Accept or reject a bead, or take back what was said of it. Raises UnknownItemError."""
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.review(changes, bead_id, Status(status), source)

    def set_comment(self, bead_id: str, text: str, since: int | None = None, *, src: str | None = None) -> Edited:
        """Remark on a bead; an empty text takes the remark back. Raises UnknownItemError.

        It stays when the documents are aligned anew, and goes along when the bead is merged, moved or split.
        """
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.comment(changes, bead_id, text.strip(), source)

    def link(
        self,
        src: str,
        tgt: str,
        src_segments: Sequence[int],
        tgt_segments: Sequence[int],
        since: int | None = None,
    ) -> Edited:
        """Link passages, aligned or not, in any language and order, in place of whatever they were linked to.

        Segments are given by index, 0-based. Raises InputError on one that a document does not have.
        """
        docs = self._store.find_document(src), self._store.find_document(tgt)
        with self._store.editing(self.user, since) as changes:
            return editing.link(changes, docs, src_segments, tgt_segments)

    def merge(self, bead_ids: Sequence[str], since: int | None = None, *, src: str | None = None) -> Edited:
        """Make two or more beads of a pair one link. Raises InputError where all are of one document."""
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.merge(changes, bead_ids, source)

    def split(
        self, bead_id: str, src_at: int, tgt_at: int, since: int | None = None, *, src: str | None = None
    ) -> Edited:
        """Make a link two beads: its first `src_at` source and `tgt_at` target segments, and the others.

        Raises InputError where nothing would be left of one half.
        """
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.split(changes, bead_id, src_at, tgt_at, source)

    def move_boundary(
        self,
        bead_id: str,
        side: Literal["src", "tgt"],
        end: Literal["start", "end"],
        step: int,
        since: int | None = None,
        *,
        src: str | None = None,
        least: float | None = None,
    ) -> Edited:
        """Move the start or end of a link on one side by one segment.

        `step` +1 takes the neighbouring segment in, out of whatever it was linked to. -1 gives the outermost one to the
        link next to it, or to none, where what is next stands alone: `least` is as in `pair`. A link's only segment of
        a side is not given away: that is `unlink`. Raises InputError where there is nothing to move.
        """
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            least = LEAST_CONFIDENCE if least is None else least
            return editing.move_boundary(changes, bead_id, side, end, step, least, source)

    def unlink(self, bead_id: str, since: int | None = None, *, src: str | None = None) -> Edited:
        """Say of a bead's segments that they have no counterpart: each stands alone, accepted as such."""
        source = self._id(src)
        with self._store.editing(self.user, since) as changes:
            return editing.unlink(changes, bead_id, source)

    def _id(self, ref: str | None) -> str | None:
        return None if ref is None else self._store.find_document(ref)

    def edit_translation(self, segment_id: str, text: str, since: int | None = None) -> Edited:
        """Write a segment's English by hand, which no model overwrites; an empty text brings the model's back.

        It belongs to the segment and its text: a changed text is not shown with it. Raises UnknownItemError.
        """
        return self._store.set_english(segment_id, " ".join(text.split()), self.user, since)

    def split_segment(self, segment_id: str, at: int, since: int | None = None) -> Edited:
        """Cut a segment in two before character `at` of its text. Raises InputError where a half would be empty.

        Both halves stay in its beads, with what was said of them; all other segments keep theirs. English written by
        hand stays with the whole. What is cut stays so in later versions of the file that have the segment.
        """
        return self._store.split_segment(segment_id, at, self.user, since)

    def join_segments(self, first_id: str, second_id: str, since: int | None = None) -> Edited:
        """Make two segments that follow each other one. Raises InputError where they do not.

        It is linked to whatever either was linked to, in one bead, which is accepted where both links were.
        """
        return self._store.join_segments(first_id, second_id, self.user, since)

    # -- files that come in

    def returned(self, files: Sequence[File]) -> list[Returned] | None:
        """The units of a file that was exported from this workspace; None where it was not. Raises InputError."""
        units = importing.returned(files, self.settings)
        return units if units and reviewing.knows(self._store, self.segments, units) else None

    def preview_review(self, units: Sequence[Returned]) -> Plan:
        """What a reviewed file changes, what is in conflict with what was changed here since, and what has no place."""
        # The page asks whenever it is drawn, and whenever somebody chooses whose change stays.
        state = self._store.state(), list(units)
        return self._remembered("review", state, lambda: reviewing.preview(self._store, self.segments, units))

    def apply_review(
        self,
        units: Sequence[Returned],
        name: str,
        take: Take = "ours",
        choices: Mapping[str, Take] = {},
        *,
        progress: Progress = silent,
    ) -> ReviewReport:
        """Take in what was changed in a reviewed file: all or nothing, one line of the undo log.

        `name`: of the file. Of what was changed here too, `take` says whose stays, and `choices` by key of an item.
        What cannot be placed is told and stops nothing else.
        """
        return reviewing.apply(self._store, self.segments, units, name, self.user, take, choices, progress)

    def import_bitext(self, paths: Sequence[str | Path]) -> BitextReport:
        """Take in what another tool holds as pairs of texts: documents with their links, which count as sure.

        One TMX, XLIFF, TSV, CSV or XLSX file, two files of Moses, or an InterText alignment, whose documents stand
        beside it. What came from the same file before is replaced; `undo` takes it back. Raises InputError.
        """
        return self.take_in_bitext(importing.opened(paths, self.settings))

    def preview_bitext(self, files: Sequence[File]) -> ForeignBitext:
        """What files of another tool hold, before it is taken in. Raises InputError."""
        return importing.bitext(files, self.settings).bitext

    def take_in_bitext(self, files: Sequence[File]) -> BitextReport:
        """The same of files at hand as bytes."""
        return importing.take_in(self._store, importing.bitext(files, self.settings), self.user)

    def undo(self) -> Undone | None:
        """Take back this user's latest change; None when nothing is left.

        Nobody's later work is taken back with it: where another has since changed the same things, nothing is undone
        and ConflictError says who did what. A machine's alignment is no change: after one, what was said of beads
        is taken back, and the beads themselves only where they all still stand as the change left them.
        """
        return self._store.undo(self.user)

    def redo(self) -> Undone | None:
        """Bring back what this user undid last, under the same conditions; None when nothing is left."""
        return self._store.redo(self.user)

    def history(self, limit: int = 100) -> list[Change]:
        """The latest changes of everybody, newest first."""
        return self._store.changes(limit)


def _in_reading_order(beads: Sequence[BeadView]) -> list[BeadView]:
    by_segments = {(view.bead.src, view.bead.tgt): view for view in beads}
    return [by_segments[bead.src, bead.tgt] for bead in in_reading_order([view.bead for view in beads])]


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def _files(path: Path) -> Iterator[Path]:
    """A file as it is, wrong ones included so that they are reported; of a folder what can be read."""
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES)
    else:
        yield path


def _laid_out(document: Document, layout: str) -> Document:
    """`layout`: what somebody said, or nothing."""
    return relaid(document, Layout(layout)) if layout else document


def _usual_kind(views: Sequence[SegmentView]) -> Kind:
    kinds = Counter(view.segment.kind for view in views)
    return max((Kind.BODY, Kind.TURN, Kind.CAPTION), key=kinds.__getitem__)


def _reindexed(bead: Bead, src: Sequence[SegmentView], tgt: Sequence[SegmentView]) -> Bead:
    """From positions among the included segments to positions among all."""
    return replace(bead, src=tuple(src[i].index for i in bead.src), tgt=tuple(tgt[j].index for j in bead.tgt))


def _check_range(row: DocumentRow, wanted: range) -> None:
    if not wanted or wanted.start < 0 or wanted.stop > row.segments:
        raise InputError(
            f"{row.name} has passages 1 to {row.segments}, not {wanted.start + 1} to {wanted.stop}; name some of these"
        )


def _is_inside(bead: Bead, src: range, tgt: range) -> bool:
    return all(i in src for i in bead.src) and all(j in tgt for j in bead.tgt)


def _placed(bead: Bead, src: Mapping[int, int], tgt: Mapping[int, int]) -> Bead | None:
    """From positions among all segments to positions among those aligned; None where one of them is not."""
    if not (src.keys() >= set(bead.src) and tgt.keys() >= set(bead.tgt)):
        return None
    return replace(bead, src=tuple(src[i] for i in bead.src), tgt=tuple(tgt[j] for j in bead.tgt))


def _counted(stored: StoredBead) -> Bead:
    """A bead as it counts for the verdict: a rejected link less than any other."""
    return replace(stored.bead, confidence=-1.0) if stored.status is Status.REJECTED else stored.bead


def _translated_text(view: SegmentView) -> str:
    """The English of a segment, empty where there is none or it says the same."""
    return view.english.text if view.english and view.english.text != view.segment.text else ""


def _unit(bead: BeadView, view: PairView, texts: Mapping[str, SegmentView]) -> TranslationUnit:
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
