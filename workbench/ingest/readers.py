"""Bytes -> Document, in this process: one reader a format, each failure one sentence.

What a file may take is limited by the process around it: see `apart`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, cast

from workbench.datatypes import Document
from workbench.errors import DocumentError
from workbench.ingest.reading import MEGABYTE, Reading, Source, UnreadableError, printable
from workbench.ingest.sniff import sniff
from workbench.ingest.wire import of_document
from workbench.settings import Settings

# Imported when first needed: each brings its format's library.
_READERS = {
    "txt": "plain",
    "md": "md",
    "html": "web",
    "docx": "word",
    "odt": "odt",
    "rtf": "rtf",
    "epub": "epub",
    "pdf": "pdf",
    "srt": "subtitles",
    "vtt": "subtitles",
}


def answer(files: Sequence[tuple[str, bytes]], settings: Settings) -> dict[str, Any]:
    """The document in one file, as it goes to another process. Raises as `document_in`."""
    [(name, data)] = files
    document = document_in(data, name, settings)
    if len(document.text) > settings.max_file_mb * MEGABYTE:
        raise DocumentError(
            f"{name}: there is more text in it than {settings.max_file_mb} million characters (setting max_file_mb); "
            "split it, or take it in with a higher --max-mb."
        )
    return of_document(document)


def document_in(data: bytes, name: str, settings: Settings) -> Document:
    """The document in a file's bytes. Raises DocumentError, and MemoryError where a limit is set and reached."""
    try:
        format, warnings = sniff(data, name, settings.max_unpacked_mb)
        reading = _reader(format)(Source(data, settings))
        if not reading.blocks:
            raise UnreadableError("there are no words in it; check that it was saved or exported in full.")
    except UnreadableError as error:
        raise DocumentError(f"{name}: {error}") from error
    except MemoryError:
        raise
    except Exception as error:  # the parsers of broken files raise whatever they stumble over
        raise DocumentError(
            f"{name}: the file is damaged ({type(error).__name__}: {printable(str(error))[:200]}); "
            "open it in its own program and save it again."
        ) from error
    return _document(reading, data, name, format, warnings)


def check_size(size: int, max_mb: int) -> None:
    """Raises UnreadableError where there is nothing to read, or more than `max_mb`."""
    if not size:
        raise UnreadableError("the file is empty; check that it was saved or downloaded in full.")
    if size > max_mb * MEGABYTE:
        raise UnreadableError(
            f"it has {size / MEGABYTE:,.1f} MB where {max_mb} MB is the most (setting max_file_mb); "
            "split it, or add it with a higher --max-mb."
        )


def _reader(format: str) -> Callable[[Source], Reading]:
    module = import_module(f"workbench.ingest.{_READERS[format]}")
    return cast(Callable[[Source], Reading], module.read)


def _document(reading: Reading, data: bytes, name: str, format: str, warnings: tuple[str, ...]) -> Document:
    return Document(
        name=name,
        text=reading.text,
        blocks=reading.blocks,
        format=format,
        sha256=hashlib.sha256(data).hexdigest(),
        title=reading.title,
        encoding=reading.encoding,
        metadata=reading.metadata,
        warnings=warnings + reading.warnings,
    )
