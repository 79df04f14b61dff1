"""Files on their way into a workspace. How they are read is in ingest/, how cut in segment/."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.datatypes import Document, Kind, Layout
from workbench.errors import DocumentError, WorkbenchError
from workbench.ingest import SUFFIXES, printable, read, read_bytes, relaid
from workbench.segment import document_language, segment
from workbench.settings import Settings
from workbench.store import DocumentRow, Store
from workbench.wiring.views import Added

_SHINGLE = 8  # letters, of which texts on other matters share few, and corrected ones most
_IN_COMMON = 0.25
_LOOKED_AT = 100_000  # characters
_SAID = "encoding said"  # of a document's metadata: the encoding that a person says its file is in
_NOT_ITS_OWN = frozenset({Kind.FURNITURE, Kind.METADATA, Kind.COMMENT})  # much of which all pages of a site share


@dataclass(frozen=True, slots=True)
class Intake:
    """What documents are taken in with, and by whom. `lang`, below: their language, None for the detected one."""

    store: Store
    settings: Settings
    user: str

    def file(self, file: Path, lang: str | None, name: str = "") -> Added:
        """Take a file in, or say why not. `name`: of the document, where it is not to be the file's."""
        try:
            document, source = read(file, self.settings), file.resolve().as_posix()
            document = replace(document, name=name or document.name)
            earlier = self._from_place(document.name, source)
            document = self._as_said(
                document, earlier, lambda settings: replace(read(file, settings), name=document.name)
            )
            return self._put(document, str(file), source, lang, earlier)
        except DocumentError as error:  # it begins with the file's name, which many in a folder may have
            return Added(str(file), error=f"{printable(str(file).removesuffix(file.name))}{error}")
        except WorkbenchError as error:
            return Added(str(file), error=str(error))

    def data(self, data: bytes, name: str, lang: str | None) -> Added:
        """Take in a document that is at hand as bytes, or say why not."""
        try:
            found = read_bytes(data, name, self.settings)
            named = self._of_name(found.name, name)
            for earlier in (*named, None):
                document = self._as_said(found, earlier, lambda settings: read_bytes(data, name, settings))
                if earlier is None or is_version_of(document, self.store.document(earlier.id)):
                    break
            added = self._put(document, name, name, lang, earlier)
            if named and earlier is None:
                both = f"{named[0].name} is here already and has hardly anything in common with it, so both are kept"
                return replace(added, warnings=(*added.warnings, both))
            return added
        except WorkbenchError as error:
            return Added(name, error=str(error))

    def _put(self, document: Document, path: str, source: str, lang: str | None, earlier: DocumentRow | None) -> Added:
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

    def _as_said(
        self, document: Document, earlier: DocumentRow | None, read: Callable[[Settings], Document]
    ) -> Document:
        """A document in the encoding that somebody said, now or of the version that was here before.

        A new version that is sound Unicode needs nobody's word.
        """
        said = self.settings.encoding
        if not said and earlier:
            before = self.store.document(earlier.id)
            said = before.metadata.get(_SAID, "")
            is_sound = document.encoding.startswith("utf") and document.sha256 != before.sha256
            if not said or is_sound:
                return document
            try:
                document = read(replace(self.settings, encoding=said))
            except WorkbenchError:
                return document
        return replace(document, metadata={**document.metadata, _SAID: said}) if said else document

    def _from_place(self, name: str, source: str) -> DocumentRow | None:
        """The document that a file replaces: from the same place, or of the same name whose file is gone."""
        found = self.store.by_source(source)
        if found:
            return self.store.listed(found)
        named = self.store.by_name(name)
        row = self.store.listed(named) if named else None
        return row if row and _is_gone(row) else None

    def _of_name(self, name: str, source: str) -> list[DocumentRow]:
        """The documents that bytes of a name may be a new version of, the first that was added first."""
        rows = self.store.from_files(source, name)
        return [row for row in rows if row.source == source or _is_gone(row)]


def _is_gone(row: DocumentRow) -> bool:
    return Path(row.source).is_absolute() and not Path(row.source).exists()


def is_version_of(document: Document, earlier: Document) -> bool:
    """Whether a document is a new version of one of the same name, rather than another that is called the same.

    What browsers send has a name but no place, and many pages are saved as "index.html". Told by the share of the
    shorter text's runs of letters that both have (containment of shingles: Broder, On the resemblance and containment
    of documents, 1997).
    """
    if document.sha256 == earlier.sha256:  # the same file, if perhaps read in another encoding
        return True
    new, old = _shingles(document), _shingles(earlier)
    return not old or len(new & old) >= _IN_COMMON * max(1, min(len(new), len(old)))


def _shingles(document: Document) -> set[str]:
    """The runs of letters of a document's own text, as far as it is looked at."""
    own = "".join(document.text[block.start : block.end] for block in document.blocks if block.kind not in _NOT_ITS_OWN)
    letters = "".join(own[:_LOOKED_AT].split())
    return {letters[at : at + _SHINGLE] for at in range(max(1, len(letters) - _SHINGLE + 1))} if letters else set()


def told_apart(files: Iterable[Path]) -> dict[Path, str]:
    """Names for documents of files: those of the files, and of each that is called as another one as many of its
    folders as tell the two apart.

    >>> list(told_apart(map(Path, ["en/index.html", "fr/index.html", "fr/../en/index.html", "about.html"])).values())
    ['en/index.html', 'fr/index.html', 'en/index.html', 'about.html']
    """
    parts = {file: Path(os.path.normpath(file.absolute())).parts for file in files}
    shared = Counter(path[-n:] for path in set(parts.values()) for n in range(1, len(path) + 1))
    return {
        file: printable(next(Path(*path[-n:]).as_posix() for n in range(1, len(path) + 1) if shared[path[-n:]] == 1))
        for file, path in parts.items()
    }


def readable(path: Path, suffixes: Collection[str] = SUFFIXES) -> Iterator[Path]:
    """A file as it is, wrong ones included so that they are reported; of a folder what can be read and is in sight,
    and the folders in it that cannot be opened."""
    if not path.is_dir():
        yield path
        return
    closed: list[Path] = []
    walk = os.walk(path, onerror=lambda error: closed.append(Path(error.filename)))
    files = [Path(folder, name) for folder, _, names in walk for name in names]
    found = sorted([*closed, *(file for file in files if file.suffix.lower() in suffixes and file.is_file())])
    yield from (file for file in found if not any(map(_is_hidden, file.relative_to(path).parts)))


def _is_hidden(name: str) -> bool:
    """Whether people do not see a file or a folder; `~$` begins what Word puts beside a document that is open."""
    return name.startswith((".", "~$"))


def laid_out(document: Document, layout: str) -> Document:
    """`layout`: what somebody said, or nothing."""
    return relaid(document, Layout(layout)) if layout else document
