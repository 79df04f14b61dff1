"""What the process with limits does with files that come in: `apart` starts it, `importing` asks.

Each function takes files, as names and bytes, and gives what JSON can hold. All raise InputError.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from workbench.apart.process import Files
from workbench.errors import InputError
from workbench.export.incoming import File, beside, read_bitext, read_reviewed, read_terms, unpacked
from workbench.export.incoming.wire import of_bitext, of_returned, of_terms
from workbench.ingest.decode import text_of
from workbench.ingest.reading import UnreadableError
from workbench.settings import Settings

_ELSEWHERE = (
    "Workbench exported this file, but not from documents that are in this workspace: it comes in as pairs, "
    "not as a review"
)
MOST_MB = 200  # of the files of one import, unpacked; what is larger is taken in as several


def bitext(files: Files, settings: Settings) -> dict[str, Any]:
    """A bitext, with the name of its first file, which an archive may hold, and the SHA-256 of all."""
    found = _checked(files)
    digest = hashlib.sha256(b"".join(file.data for file in found)).hexdigest()
    read = read_bitext(found, _decoder(settings))
    if _was_exported(found, settings):
        read = replace(read, notes=(_ELSEWHERE, *read.notes))
    return {"name": found[0].name, "sha256": digest, "bitext": of_bitext(read)}


def _was_exported(files: Sequence[File], settings: Settings) -> bool:
    with suppress(InputError):
        return bool(read_reviewed(files, _decoder(settings)))
    return False


def reviewed(files: Files, settings: Settings) -> list[list[Any]] | None:
    """The units of a file that was exported from here; None where it was not."""
    units = read_reviewed(_checked(files), _decoder(settings))
    return None if units is None else list(map(of_returned, units))


def partners(files: Files, settings: Settings) -> list[str]:
    """The names of the files that an alignment needs; none for any other file."""
    [(name, data)] = files
    return list(beside(File(name, data)))


def terms(files: Files, settings: Settings) -> dict[str, Any]:
    """What a glossary holds."""
    found = _checked(files)
    if len(found) != 1:
        raise InputError(f"{files[0][0]} holds {len(found)} files; unpack it and choose the glossary")
    return of_terms(read_terms(found[0], _decoder(settings)))


def _decoder(settings: Settings) -> Callable[[bytes], str]:
    """What makes text of the bytes of a text file, in the encoding that somebody said, if any."""

    def decode(data: bytes) -> str:
        try:
            return text_of(data, settings.encoding)
        except UnreadableError as error:
            raise InputError(str(error)) from error

    return decode


def check_size(files: Files) -> None:
    size = sum(len(data) for _, data in files)
    if size > MOST_MB << 20:
        raise InputError(f"{files[0][0]} has {size >> 20:,} MB where {MOST_MB} MB is the most; import it in parts")


def _checked(files: Files) -> list[File]:
    """The files as they are read: archives unpacked, not too large, not empty."""
    found = unpacked([File(name, data) for name, data in files])
    check_size([(file.name, file.data) for file in found])
    for file in found:
        if not file.data.strip():
            raise InputError(f"{file.name} is empty; check that it was saved or downloaded in full")
    return found
