"""Files -> Documents: one reader per format, each offset exact, each failure one sentence.

    read(Path("report.fr.txt")).blocks

Text formats keep their text as it is in the file, except that line ends become "\\n", accents that stand apart from
their letters one character with these, and unusable characters U+FFFD; of the others the text is extracted,
furniture and all, and the blocks tell which is which. Every file is read in a process of its own with
limits, one for many files: see `apart`.
"""

from __future__ import annotations

import os
from pathlib import Path

from workbench import apart
from workbench.datatypes import Document
from workbench.errors import DocumentError, InputError
from workbench.ingest.readers import check_size
from workbench.ingest.reading import MEGABYTE, UnreadableError, printable
from workbench.ingest.relaid import layouts, relaid
from workbench.ingest.sniff import SUFFIXES
from workbench.ingest.wire import to_document
from workbench.settings import Settings

__all__ = ["SUFFIXES", "layouts", "printable", "read", "read_bytes", "relaid"]

_DEFAULTS = Settings()


def read(path: Path, settings: Settings = _DEFAULTS) -> Document:
    """The document in a file. Raises DocumentError, and nothing else, where it cannot be read."""
    name = printable(path.name or str(path))
    try:
        str(path).encode()
        if path.is_dir():
            os.scandir(path).close()  # which may be refused
            raise DocumentError(f"{name}: this is a folder; name the files in it.")
        if path.exists() and not path.is_file():
            raise DocumentError(f"{name}: this is a device or a pipe; name a file.")
        limit = settings.max_file_mb * MEGABYTE
        data = bytearray()
        with path.open("rb") as file:
            # In blocks: asked for as much as a file may have, Python sets aside so much memory for the smallest.
            while len(data) <= limit and (block := file.read(MEGABYTE)):
                data += block
            size = max(len(data), path.stat().st_size)
    except DocumentError:
        raise
    except UnicodeEncodeError as error:
        raise DocumentError(f"{name}: the name of this file or of its folder is no UTF-8; rename it.") from error
    except FileNotFoundError as error:
        raise DocumentError(f"{name}: there is no such file; check the path.") from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"{name}: it cannot be opened ({error}); check its path and rights.") from error
    return _document(bytes(data), name, size, settings)


def read_bytes(data: bytes, name: str, settings: Settings = _DEFAULTS) -> Document:
    """The document in these bytes, as `read`; `name` tells the format where the bytes do not."""
    return _document(data, printable(name), len(data), settings)


def _document(data: bytes, name: str, size: int, settings: Settings) -> Document:
    try:
        check_size(size, settings.max_file_mb)
    except UnreadableError as error:
        raise DocumentError(f"{name}: {error}") from error
    try:
        return to_document(apart.read(apart.DOCUMENT, name, [(name, data)], settings))
    except InputError as error:
        raise DocumentError(str(error)) from error
