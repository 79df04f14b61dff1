"""Formats of several files, in a ZIP archive: one file to check, to put in place and to hand over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from workbench import __version__
from workbench.errors import ExportError
from workbench.export.base import About

ABOUT = "about.txt"
MIME = "application/zip"
_READABLE = 0o644 << 16


@contextmanager
def members(file: BinaryIO, names: Sequence[str], about: About) -> Iterator[list[BinaryIO]]:
    """Files to write side by side; they are put into an archive in this order, behind what the export is made of."""
    with ExitStack() as stack:
        parts: list[BinaryIO] = [stack.enter_context(TemporaryFile()) for _ in names]
        yield parts
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.writestr(_info(ABOUT), _told(about))
            for name, part in zip(names, parts, strict=True):
                part.seek(0)
                with archive.open(_info(name), "w", force_zip64=True) as member:
                    shutil.copyfileobj(part, member)


def _info(name: str) -> ZipInfo:
    """Without the present time: the same contents are to give the same bytes."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = _READABLE
    return info


def _told(about: About) -> bytes:
    said = [f"Workbench {__version__}", *about.docs, about.signature, about.choice]
    return "".join(line + "\n" for line in said if line).encode()


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """An archive to read. Raises ExportError where it is none."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except BadZipFile as error:
        raise ExportError(f"{path} is not a ZIP archive ({error}).") from error


def side_names(stem: str, langs: Sequence[str], ending: str = "") -> list[str]:
    """A file name for either side, which ends in its language: `pairs.fr`, or `pairs.src.de` where both have it."""
    marks = ("src.", "tgt.") if langs[0] == langs[1] else ("", "")
    return [f"{stem}.{mark}{lang}{ending}" for mark, lang in zip(marks, langs, strict=True)]


def repacked(made: BinaryIO, file: BinaryIO) -> None:
    """Write an archive again, without the times at which its members were made."""
    with ZipFile(made) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(_info(name), source.read(name))
