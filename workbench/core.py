"""The one place where the parts are wired together: everything the command line and the pages can do."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TypeVar, cast

from workbench import checking, editing, importing, reviewing
from workbench.align import LEAST_CONFIDENCE, in_order
from workbench.aligning import Aligning
from workbench.concordance import Corpus, Hit, Passage, Query
from workbench.datatypes import (
    Document,
    Flag,
    Kind,
    Layout,
    Progress,
    Status,
    Translation,
    TranslationState,
    TranslationUnit,
    silent,
)
from workbench.english import English
from workbench.errors import InputError
from workbench.export import ExportReport, Preview, Selection, known_format, preview, write
from workbench.export.incoming import File, ForeignBitext
from workbench.export.incoming.plan import Plan, Take
from workbench.export.incoming.reviewed import Returned
from workbench.export.layout import TABLE
from workbench.exporting import Gathered, gather
from workbench.importing import BitextReport
from workbench.intake import Intake, laid_out, readable
from workbench.lang import canonical, display_name
from workbench.models import Models
from workbench.quality import Glossary, Profile
from workbench.results import counterparts, matrix_view, pair_view, unit
from workbench.reviewing import ReviewReport
from workbench.segment import segment
from workbench.settings import Settings
from workbench.spotcheck import Spotchecks
from workbench.store import (
    Change,
    DocumentRow,
    Edited,
    Job,
    Store,
    StoredBitext,
    Undone,
    Wish,
)
from workbench.views import Added, Counterpart, DocumentInfo, MatrixView, PairView, SegmentView, Translated

if TYPE_CHECKING:
    import pandas as pd


Kept = TypeVar("Kept")


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
        files = [file for path in paths for file in readable(Path(path))]
        results = []
        for done, file in enumerate(files, 1):
            results.append(self._intake.file(file, tag))
            progress("reading", done, len(files))
        return results

    def add_bytes(self, data: bytes, name: str, lang: str | None = None) -> Added:
        """Take in a document that is at hand as bytes, an upload or standard input. Its name identifies it."""
        return self._intake.data(data, name, canonical(lang) if lang else None)

    @property
    def _intake(self) -> Intake:
        return Intake(self._store, self.settings, self.user)

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
        return laid_out(self._store.document(row.id), row.layout)

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
            english = self._english.known([row.segment for row in rows])
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
        document = laid_out(self._store.document(row.id), said)
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
        self._english.translate(doc_ids, progress)
        return [self._translated(doc_id) for doc_id in doc_ids]

    def _translated(self, doc_id: str) -> Translated:
        included = [view for view in self.segments(doc_id) if view.included]
        states = Counter(str(view.english.state if view.english else TranslationState.MISSING) for view in included)
        langs = sorted({view.segment.lang for view in included if view.english is None})
        return Translated(self._row(doc_id).name, states, tuple(display_name(lang) for lang in langs))

    @property
    def _english(self) -> English:
        return English(self._store, self._models, self.settings.pivot)

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
            self._aligning.align(self._row(src), self._row(tgt), progress)
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
        self._aligning.align_range(src_row, tgt_row, src_range, tgt_range, progress)
        view = self.pair(src_row.id, tgt_row.id)
        assert view is not None
        return view

    @property
    def _aligning(self) -> Aligning:
        return Aligning(self._store, self._models, self.settings, self.segments)

    # -- results

    def pair(self, src: str, tgt: str, least: float | None = None) -> PairView | None:
        """How two documents were aligned, seen from `src`; None when they were not.

        `least`: the confidence, 0 to 1, below which links are hidden, LEAST_CONFIDENCE where it is not given.
        """
        least = LEAST_CONFIDENCE if least is None else least
        src_row, tgt_row = self._row(src), self._row(tgt)
        bitext = self._store.bitext(src_row.id, tgt_row.id, least)
        return None if bitext is None else pair_view(bitext, self._info(src_row), self._info(tgt_row), least)

    def aligned_pairs(self) -> list[tuple[str, str]]:
        """Ids of the documents that are aligned with each other, the latest last."""
        return self._store.aligned_pairs()

    def aligned(self, src: str, tgt: str, least: float | None = None) -> PairView:
        """The same, but raises InputError where they are not aligned."""
        least = LEAST_CONFIDENCE if least is None else least
        src_row, tgt_row = self._row(src), self._row(tgt)
        bitext = self._aligned(src_row, tgt_row, least)
        return pair_view(bitext, self._info(src_row), self._info(tgt_row), least)

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
        return [unit(bead, view, texts) for bead in view.beads]

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
        return counterparts(self._store.linked(wanted, least), wanted, self._corpus().by_id)

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


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def _usual_kind(views: Sequence[SegmentView]) -> Kind:
    kinds = Counter(view.segment.kind for view in views)
    return max((Kind.BODY, Kind.TURN, Kind.CAPTION), key=kinds.__getitem__)


def _translated_text(view: SegmentView) -> str:
    """The English of a segment, empty where there is none or it says the same."""
    return view.english.text if view.english and view.english.text != view.segment.text else ""
