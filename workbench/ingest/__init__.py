"""Files -> Documents: one reader per format, each offset exact, each failure one sentence.

    read(Path("report.fr.txt")).blocks

Text formats keep their text as it is in the file, except that line ends become "\\n" and unusable
characters U+FFFD; .html, .docx and .pdf have their text extracted, furniture and all, and the blocks tell
which is which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from workbench.datatypes import Document
from workbench.errors import DocumentError
from workbench.ingest.reading import MEGABYTE, Reading, Source, UnreadableError
from workbench.ingest.relaid import layouts, relaid
from workbench.ingest.sniff import SUFFIXES, sniff
from workbench.settings import Settings

__all__ = ["SUFFIXES", "layouts", "read", "read_bytes", "relaid"]

_DEFAULTS = Settings()
# Imported when first needed: each brings its format's library.
_READERS = {
    "txt": "plain",
    "md": "md",
    "html": "web",
    "docx": "word",
    "pdf": "pdf",
    "srt": "subtitles",
    "vtt": "subtitles",
}


def read(path: Path, settings: Settings = _DEFAULTS) -> Document:
    """The document in a file. Raises DocumentError, and nothing else, where it cannot be read."""
    name = _printable(path.name or str(path))
    try:
        if path.is_dir():
            raise DocumentError(f"{name}: this is a folder; name the files in it.")
        limit = settings.max_file_mb * MEGABYTE
        with path.open("rb") as file:
            data = file.read(limit + 1)
            size = max(len(data), path.stat().st_size)
    except FileNotFoundError as error:
        raise DocumentError(f"{name}: there is no such file; check the path {_printable(str(path))}.") from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"{name}: the file cannot be opened ({error}); check its path and rights.") from error
    return _read_bytes(data, name, size, settings)


def read_bytes(data: bytes, name: str, settings: Settings = _DEFAULTS) -> Document:
    """The document in these bytes, as `read`; `name` tells the format where the bytes do not."""
    return _read_bytes(data, _printable(name), len(data), settings)


def _read_bytes(data: bytes, name: str, size: int, settings: Settings) -> Document:
    try:
        _check_size(data, size, settings.max_file_mb)
        format, warnings = sniff(data, name, settings.max_file_mb)
        reading = _reader(format)(Source(data, settings))
        if not reading.blocks:
            raise UnreadableError("there are no words in it; check that it was saved or exported in full.")
    except UnreadableError as error:
        raise DocumentError(f"{name}: {error}") from error
    except Exception as error:  # the parsers of broken files raise whatever they stumble over
        raise DocumentError(
            f"{name}: the file is damaged ({type(error).__name__}: {_printable(str(error))[:200]}); "
            "open it in its own program and save it again."
        ) from error
    return _document(reading, data, name, format, warnings)


def _check_size(data: bytes, size: int, max_mb: int) -> None:
    if not data:
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


def _printable(text: str) -> str:
    """A name or message as it can be shown and stored: no control characters, no lone surrogates."""
    return "".join(ch if ch.isprintable() else "\ufffd" for ch in text)
