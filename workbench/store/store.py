"""The store as a whole: documents, their alignments, what people change, and the parts for all else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from workbench.datatypes import Bitext, Document, Segment
from workbench.store import backups, bitexts, documents, history, links, related, segments
from workbench.store.caches import CheckCache, EmbeddingCache, TranslationCache
from workbench.store.database import Database, Still
from workbench.store.edits import Editing
from workbench.store.jobs import Queue
from workbench.store.rows import (
    Change,
    DocumentRow,
    Edited,
    Imported,
    LinkRow,
    Review,
    SegmentRow,
    Stored,
    StoredBitext,
    Undone,
)
from workbench.store.spotchecks import Campaigns

FILE_NAME = "workbench.sqlite"


class Store:
    """A workspace folder. Safe to share between threads and to open from several processes.

    Every method is one transaction. StoreError: the database cannot be opened, read or written.
    `user` is who made a change; all changes of documents, inclusions and reviews go into the undo log.
    `translations`, `vectors` and `checks` are caches with `get` and `put`; `queue` is the background work,
    `campaigns` the spot checks.
    """

    def __init__(self, folder: str | Path, *, still: bool = False) -> None:
        """Open the workspace in `folder`, created when absent; `still`: one that is there, as it is now, to read."""
        self.folder = Path(folder)
        self._db = (Still if still else Database)(self.folder / FILE_NAME)
        self.translations, self.vectors = TranslationCache(self._db), EmbeddingCache(self._db)
        self.checks = CheckCache(self._db)
        self.queue, self.campaigns = Queue(self._db), Campaigns(self._db)

    def close(self) -> None:
        """Fold the write-ahead log into the database file, so that a copy of that file is complete."""
        self._db.close()

    def back_up(self, target: Path) -> None:
        """Write all that is confirmed to a new file, verified. Raises StoreError where it is there already."""
        backups.back_up(self._db, target)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put_document(
        self,
        document: Document,
        segments: Sequence[Segment],
        source: str,
        doc_id: str | None = None,
        user: str = "",
        *,
        lang_override: str | None = None,
    ) -> Stored:
        """Add a document, or with `doc_id` a new version of that one, which keeps its name.

        `lang_override` is what `segments` were made with, empty for none; None keeps the document's.
        A new document whose name is taken becomes "folder/name", or "name (2)". The id is made from the name, so that
        a removed document that is added again gets its reviews back. What comes from one place is one document,
        whoever has added it since the caller looked.
        """
        with self._db.write() as connection:
            if doc_id is None and Path(source).is_absolute():
                doc_id = documents.by_source(connection, source)
            return documents.put(connection, document, segments, source, doc_id, lang_override, user)

    def put_bitexts(
        self, texts: Sequence[Imported], beads: Mapping[tuple[int, int], Bitext], said: str, user: str = ""
    ) -> list[Stored]:
        """Add documents together with their alignments, by their places in `texts`: one change of the undo log.

        With the documents their alignments go and come back.
        """
        with self._db.write() as connection:
            stored: list[Stored] = []
            docs: list[str] = []  # filled before the change is written down
            with history.as_one(connection, said, user, docs):
                for text in texts:
                    parts = text.document, text.segments, text.source, text.doc_id, text.lang_override
                    stored.append(documents.put(connection, *parts, user))
                    docs.append(stored[-1].doc_id)
            for (src, tgt), bitext in beads.items():
                bitexts.put(connection, docs[src], docs[tgt], bitext, None)
            return stored

    def find_document(self, ref: str) -> str:
        """The id of the document whose id, name or unique beginning of an id is `ref`.

        Raises UnknownDocumentError, which names the candidates.
        """
        with self._db.read() as connection:
            return documents.find(connection, ref)

    def by_source(self, source: str) -> str | None:
        """The id of the document that came from `source`, the latest where there are several."""
        with self._db.read() as connection:
            return documents.by_source(connection, source)

    def by_name(self, name: str) -> str | None:
        """The id of the document that came with that very name; None where there is none."""
        with self._db.read() as connection:
            return documents.by_name(connection, name)

    def from_files(self, source: str, name: str) -> list[DocumentRow]:
        """The documents that came from `source` or from a file of that name, in the order they were added."""
        with self._db.read() as connection:
            return documents.from_files(connection, source, name)

    def listed(self, doc_id: str) -> DocumentRow:
        """A document by its full id as `documents` lists it. Raises UnknownDocumentError."""
        with self._db.read() as connection:
            return documents.listed(connection, doc_id)

    def documents(self) -> list[DocumentRow]:
        """All documents in the order they were added."""
        with self._db.read() as connection:
            return documents.rows(connection)

    def document(self, doc_id: str) -> Document:
        """The document by its full id, with its stored name and the user's language."""
        with self._db.read() as connection:
            return documents.document(connection, doc_id)

    def segments(self, doc_id: str) -> list[SegmentRow]:
        """All segments of the document's current version, in reading order, the excluded ones too."""
        with self._db.read() as connection:
            return documents.segments(connection, doc_id)

    def english(self, doc_id: str) -> list[tuple[int, str, str]]:
        """What people wrote as the English of a document's segments: index, text, and who."""
        with self._db.read() as connection:
            return documents.english(connection, doc_id)

    def set_english(self, segment_id: str, text: str, user: str = "", since: int | None = None) -> Edited:
        """Keep a person's English of a segment; empty: none. Raises UnknownItemError, ConflictError."""
        with self._db.write() as connection:
            return documents.set_english(connection, segment_id, text, user, since)

    def split_segment(self, segment_id: str, at: int, user: str = "", since: int | None = None) -> Edited:
        """Cut a segment before character `at` of its text. Raises InputError, UnknownItemError, ConflictError."""
        with self._db.write() as connection:
            return segments.split(connection, segment_id, at, user, since)

    def join_segments(self, first_id: str, second_id: str, user: str = "", since: int | None = None) -> Edited:
        """Make two neighbouring segments one. Raises InputError, UnknownItemError, ConflictError."""
        with self._db.write() as connection:
            return segments.join(connection, first_id, second_id, user, since)

    def remove_document(self, doc_id: str, user: str = "") -> None:
        """Take the document out of every list. Its text stays in the file, for undo."""
        with self._db.write() as connection:
            documents.remove(connection, doc_id, user)

    def rename_document(self, doc_id: str, name: str, user: str = "") -> str:
        """Call a document by another name, empty: by the one that it came with; returns what it is called then.

        A name that is taken becomes "name (2)". The id stays.
        """
        with self._db.write() as connection:
            return documents.rename(connection, doc_id, name, user)

    def set_language(self, doc_id: str, lang: str, segments: Sequence[Segment], user: str = "") -> None:
        """Override the language of a document, re-segmented accordingly."""
        with self._db.write() as connection:
            documents.set_language(connection, doc_id, lang, segments, user)

    def set_layout(self, doc_id: str, layout: str, segments: Sequence[Segment], user: str = "") -> None:
        """Keep what a person says of a document's lines, segmented accordingly; empty lifts it."""
        with self._db.write() as connection:
            documents.set_layout(connection, doc_id, layout, segments, user)

    def set_included(self, segment_ids: Iterable[str], included: bool, user: str = "") -> None:
        """Let segments take part in alignment or not. Raises UnknownItemError and changes nothing."""
        with self._db.write() as connection:
            documents.set_included(connection, list(segment_ids), included, user)

    def put_bitext(self, src_doc: str, tgt_doc: str, bitext: Bitext, since: int | None = None) -> None:
        """Store an alignment, in place of an earlier one of the two documents in either order.

        Raises ConflictError where beads of the two, or a document, were changed after `since`: a state().

        Bead indices point into all segments of each document. Raises InputError on an index that is out of
        range or stands in two beads, an empty bead, or a score that is not a number.
        """
        with self._db.write() as connection:
            bitexts.put(connection, src_doc, tgt_doc, bitext, since)

    def put_part(self, pair: tuple[str, str], bitext: Bitext, since: int | None, said: str, user: str = "") -> None:
        """Store an alignment that was made anew in part: what differs, as a change of the undo log.

        `pair`: source and target as they are aligned. Raises as `put_bitext`, and InputError where they are not.
        """
        with self._db.write() as connection:
            bitexts.put_part(connection, pair, bitext, since, said, user)

    def bitext(self, src_doc: str, tgt_doc: str, least: float = 0.0) -> StoredBitext | None:
        """The alignment of two documents seen from `src_doc`, whichever way it was made; None: not aligned.

        Links less sure than `least` (confidence, 0 to 1) are hidden unless they were accepted: their segments come as
        null beads, which can be reviewed as others. Beads come by their first source segment, with those that have
        none last.
        """
        with self._db.read() as connection:
            return bitexts.get(connection, src_doc, tgt_doc, least)

    def aligned_pairs(self) -> list[tuple[str, str]]:
        """Document ids (source, target) of all alignments, the latest last."""
        with self._db.read() as connection:
            return bitexts.pairs(connection)

    def stale(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of some pairs of documents (ids) whose alignment is out of date: see StoredBitext."""
        with self._db.read() as connection:
            return bitexts.stale(connection, pairs)

    def signatures(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """What the alignments of some pairs of documents (ids) were made with, of those that are aligned."""
        with self._db.read() as connection:
            return bitexts.signatures(connection, pairs)

    def linked(self, segment_ids: Collection[str], least: float) -> list[LinkRow]:
        """The links that some segments stand in, as `bitext` shows them, but for rejected ones."""
        with self._db.read() as connection:
            return links.linked(connection, segment_ids, least)

    @contextmanager
    def editing(self, user: str = "", since: int | None = None) -> Iterator[Editing]:
        """A transaction in which beads are changed, kept as a whole or, on any exception, not at all."""
        with self._db.write() as connection:
            yield Editing(connection, user, since)

    def reviews(self, src_doc: str, tgt_doc: str) -> list[Review]:
        """All reviews of a pair seen from `src_doc`, those of beads that no longer come up included."""
        with self._db.read() as connection:
            return bitexts.reviews(connection, src_doc, tgt_doc)

    def related_by(self, src_doc: str, tgt_doc: str) -> str | None:
        """Who says that two documents tell of one thing, named in either order; None: nobody."""
        with self._db.read() as connection:
            return related.who(connection, src_doc, tgt_doc)

    def say_related(self, pairs: Sequence[tuple[str, str]], is_so: bool, said: str, user: str = "") -> Edited:
        """Say of pairs of documents that both tell of one thing, or that nobody knows this; `said`: that, in words."""
        with self._db.write() as connection:
            return related.say(connection, pairs, is_so, user, said)

    def state(self) -> tuple[int, int]:
        """The numbers of the latest change of all that is shown, and of the latest of what models made or read."""
        with self._db.read() as connection:
            return history.state(connection)

    def undo(self, user: str = "") -> Undone | None:
        """Take back the latest change of a user; None: nothing left. Raises ConflictError."""
        with self._db.write() as connection:
            return history.undo(connection, user)

    def redo(self, user: str = "") -> Undone | None:
        """Bring back what a user undid last; None: nothing left. Raises ConflictError."""
        with self._db.write() as connection:
            return history.redo(connection, user)

    def changes(self, limit: int = 100) -> list[Change]:
        """The latest lines of the undo log, newest first."""
        with self._db.read() as connection:
            return history.changes(connection, limit)

    def setting(self, name: str) -> str:
        """What is kept under a name for the workspace as a whole, empty: nothing."""
        with self._db.read() as connection:
            row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return "" if row is None else str(row["value"])

    def put_setting(self, name: str, value: str) -> None:
        """Keep JSON under a name, in place of what was there."""
        with self._db.write() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
