"""The facade's part about documents: the workspace, what is in it, and its English. Wired by `Workbench`."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from workbench.datatypes import (
    Document,
    Flag,
    Kept,
    Kind,
    Layout,
    Progress,
    Translation,
    TranslationState,
    silent,
)
from workbench.lang import canonical, display_name, one_line
from workbench.segment import segment
from workbench.settings import Settings
from workbench.store import DocumentRow, Store
from workbench.wiring.english import English
from workbench.wiring.intake import Intake, laid_out, readable, told_apart
from workbench.wiring.models import Models
from workbench.wiring.views import Added, DocumentInfo, SegmentView, Translated


class Documents:
    """A workspace folder and the documents in it; what the other parts of `Workbench` stand on."""

    def __init__(
        self: Self,
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
        self._people: dict[str, Self] = {self.user: self}

    def for_user(self, name: str) -> Self:
        """This workbench for somebody else, whose changes are theirs to undo; itself where `name` is empty.

        All share the store, the models and what is remembered. The same name gives the same object.
        """
        if name and name not in self._people:
            mine = copy(self)
            mine.user = name
            self._people.setdefault(name, mine)
        return self._people[name] if name else self

    @contextmanager
    def as_it_is(self) -> Iterator[Self]:
        """This workbench to read from, with all as it is now, whatever anybody changes meanwhile."""
        with Store(self._store.folder, still=True) as store:
            still = copy(self)
            still._store, still._views, still._kept = store, dict(self._views), dict(self._kept)
            yield still

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

    def add(
        self,
        paths: Iterable[str | Path],
        lang: str | None = None,
        progress: Progress = silent,
        encoding: str = "",
    ) -> list[Added]:
        """Take in files and folders (their readable files, at any depth); one result a file, errors included.

        A file that was added before is replaced by its new version; what was said of unchanged passages stays.
        `lang` overrides the detected language, `encoding` (a Python codec) that of text files. Raises InputError when
        `lang` is no language tag.
        """
        tag = canonical(lang) if lang else None
        files = [file for path in paths for file in readable(Path(path))]
        intake, names = self._intake(encoding), told_apart(files)
        results = []
        for done, file in enumerate(files, 1):
            results.append(intake.file(file, tag, names[file]))
            progress("reading", done, len(files))
        return results

    def add_bytes(self, data: bytes, name: str, lang: str | None = None, encoding: str = "") -> Added:
        """Take in a document that is at hand as bytes, an upload or standard input. Its name identifies it."""
        return self._intake(encoding).data(data, name, canonical(lang) if lang else None)

    def _intake(self, encoding: str) -> Intake:
        return Intake(self._store, self._settings(encoding), self.user)

    def _settings(self, encoding: str) -> Settings:
        """Those of this workbench, with the encoding that text files are said to be in, if any."""
        return replace(self.settings, encoding=encoding or self.settings.encoding)

    def documents(self) -> list[DocumentInfo]:
        """All documents, in the order they were added."""
        return list(self._remembered("documents", self._store.state(), lambda: self._infos(self._store.documents())))

    def names(self) -> dict[str, str]:
        """The name of each document by its id, in the order they were added."""
        return {info.id: info.name for info in self.documents()}

    def _remembered(self, name: str, state: object, make: Callable[[], Kept]) -> Kept:
        """See Remembering."""
        known = self._kept.get(name)
        if known is None or known[0] != state:
            known = self._kept[name] = (state, make())
        return cast(Kept, known[1])

    def _row(self, ref: str) -> DocumentRow:
        return self._store.listed(self._store.find_document(ref))

    def _ids(self, refs: Iterable[str]) -> list[str]:
        """The ids of documents, each once, in the order they are named. Raises UnknownDocumentError."""
        return list(dict.fromkeys(map(self._store.find_document, refs)))

    def _all_ids(self) -> list[str]:
        return [row.id for row in self._store.documents()]

    def _id(self, ref: str | None) -> str | None:
        return None if ref is None else self._store.find_document(ref)

    def _infos(self, rows: Sequence[DocumentRow]) -> list[DocumentInfo]:
        return [self._info(row) for row in rows]

    def _info(self, row: DocumentRow) -> DocumentInfo:
        included = [view for view in self.segments(row.id) if view.included]
        rest = [view.segment.lang for view in included if view.english is None]
        about = row.id, row.name, row.title, row.lang, row.format, row.segments, row.included, len(included) - len(rest)
        return DocumentInfo(*about, row.layout, _usual_kind(included), tuple(sorted(set(rest))), row.source)

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

    def rename(self, ref: str, name: str) -> str:
        """Call a document by another name, empty: by the one that it came with; returns what it is called then.

        Where another document has that name it becomes "name (2)". Ids, and so links into the pages, stay.
        """
        return self._store.rename_document(self._store.find_document(ref), one_line(name), self.user)

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
        doc_ids = self._ids(refs) or self._all_ids()
        self._english.translate(doc_ids, progress)
        return [self._translated(doc_id) for doc_id in doc_ids]

    def _translated(self, doc_id: str) -> Translated:
        included = [view for view in self.segments(doc_id) if view.included]
        states = Counter(str(view.english.state if view.english else TranslationState.MISSING) for view in included)
        langs = sorted({view.segment.lang for view in included if view.english is None})
        names = ("a language that is not known" if lang == "und" else display_name(lang) for lang in langs)
        return Translated(self._row(doc_id).name, states, tuple(names))

    @property
    def _english(self) -> English:
        return English(self._store, self._models, self.settings.pivot)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def _usual_kind(views: Sequence[SegmentView]) -> Kind:
    kinds = Counter(view.segment.kind for view in views)
    return max((Kind.BODY, Kind.TURN, Kind.CAPTION), key=kinds.__getitem__)
