"""Documents of a batch run as they were read and segmented, kept in its folder: no later step reads a file again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from workbench import __version__
from workbench.datatypes import Document, Flag, Kind, Segment
from workbench.errors import StoreError
from workbench.folders import whole
from workbench.ingest import read
from workbench.ingest.wire import of_document, to_document
from workbench.segment import segment
from workbench.settings import Settings

Segmented = tuple[Document, tuple[Segment, ...]]


class Texts:
    """Reads files within limits and segments them, and finds again what it kept. Raises DocumentError, StoreError."""

    def __init__(self, run: Path, settings: Settings) -> None:
        self._folder, self._settings = run / "texts", settings

    def read(self, path: Path, lang: str, *, keep: bool = False) -> Segmented:
        """A document and its segments; `lang`: its language, empty: to be detected. `keep`: for later."""
        # Where nothing is kept, as of pairs that are named, no file need be summed up.
        kept = self._found(self.place(path, lang, sum_of(path)[0])) if self._folder.is_dir() else None
        if kept is not None:
            return kept
        document = read(path, self._settings)
        made = document, segment(document, lang or None, self._settings.max_read_seconds)
        if keep:
            self._put(self.place(path, lang, document.sha256), made)
        return made

    def place(self, path: Path, lang: str, sha256: str) -> Path:
        """Where a file of such content is kept: a digest of all that its segments depend on."""
        made_by = [__version__, replace(self._settings, threads=0).signature()]
        name = hashlib.sha256(json.dumps([*made_by, path.name, lang, sha256]).encode()).hexdigest()
        return self._folder / f"{name[:32]}.json"

    def forget_all_but(self, wanted: set[Path]) -> None:
        for path in set(self._folder.glob("*")) - wanted:
            path.unlink(missing_ok=True)

    def _found(self, place: Path) -> Segmented | None:
        """None where nothing is kept, or it is damaged."""
        try:
            said = json.loads(place.read_bytes())
            return to_document(said["document"]), tuple(map(_segment, said["segments"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def _put(self, place: Path, made: Segmented) -> None:
        document, segments = made
        said = {"document": of_document(document), "segments": [astuple(item) for item in segments]}
        try:
            with whole(place) as temporary:
                temporary.write_text(json.dumps(said), encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{place} cannot be written ({error}); free some space and start again.") from error


def sum_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size; of what cannot be read, nothing: whoever reads it says why."""
    try:
        if not path.is_file():  # a device has no end
            return "", 0
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError:
        return "", 0


def _segment(values: list[Any]) -> Segment:
    text, spans, lang, kind, block, speaker, flag, reason = values
    places = tuple((start, end) for start, end in spans)
    return Segment(text, places, lang, Kind(kind), block, speaker, Flag(flag) if flag else None, reason)
