"""Files on their way into a workspace. How they are read is in ingest/, how cut in segment/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.datatypes import Document, Layout
from workbench.errors import WorkbenchError
from workbench.ingest import SUFFIXES, read, read_bytes, relaid
from workbench.segment import document_language, segment
from workbench.settings import Settings
from workbench.store import DocumentRow, Store
from workbench.wiring.views import Added


@dataclass(frozen=True, slots=True)
class Intake:
    """What documents are taken in with, and by whom. `lang`: their language, None for the detected one."""

    store: Store
    settings: Settings
    user: str

    def file(self, file: Path, lang: str | None) -> Added:
        """Take a file in, or say why not."""
        try:
            return self._put(read(file, self.settings), str(file), file.resolve().as_posix(), lang)
        except WorkbenchError as error:
            return Added(str(file), error=str(error))

    def data(self, data: bytes, name: str, lang: str | None) -> Added:
        """Take in a document that is at hand as bytes, or say why not."""
        try:
            return self._put(read_bytes(data, name, self.settings), name, name, lang)
        except WorkbenchError as error:
            return Added(name, error=str(error))

    def _put(self, document: Document, path: str, source: str, lang: str | None) -> Added:
        earlier = self._earlier_version(document.name, source)
        override = lang or (earlier.lang_override if earlier else "")
        layout = earlier.layout if earlier else ""
        segments = segment(laid_out(document, layout), override or None, self.settings.max_read_seconds)
        document = replace(document, lang=override or document_language(segments))
        replaced = earlier.id if earlier else None
        stored = self.store.put_document(document, segments, source, replaced, self.user, lang_override=lang)
        row = self.store.listed(stored.doc_id)
        warnings = document.warnings
        if not segments:
            warnings = (*warnings, "no text was found in it")
        return Added(path, stored.doc_id, row.name, stored.change, row.segments, warnings)

    def _earlier_version(self, name: str, source: str) -> DocumentRow | None:
        """The document that this file replaces: from the same place, or of the same name whose file is gone."""
        found = self.store.by_source(source)
        if found:
            return self.store.listed(found)
        named = self.store.by_name(name)
        row = self.store.listed(named) if named else None
        return row if row and Path(row.source).is_absolute() and not Path(row.source).exists() else None


def readable(path: Path) -> Iterator[Path]:
    """A file as it is, wrong ones included so that they are reported; of a folder what can be read."""
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES)
    else:
        yield path


def laid_out(document: Document, layout: str) -> Document:
    """`layout`: what somebody said, or nothing."""
    return relaid(document, Layout(layout)) if layout else document
