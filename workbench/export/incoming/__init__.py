"""What comes in: files that were exported from here and reviewed, and what other tools hold as pairs of texts.

Readers take bytes and give plain data; `decode` makes text of the bytes of a text file.

reviewed, placing, parts, respelt, ours, plan  what a reviewer changed, and what that changes here
bitext, tmx, xliff, intertext, tables, moses   foreign files as versions of a text and what belongs together
terms                                          glossaries
markup, sheets                                 XML and tables from outside, which may be anything
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence

from workbench.errors import InputError
from workbench.export.incoming import intertext, moses, reviewed, tables, tmx, xliff
from workbench.export.incoming.bitext import File, ForeignBitext, Version
from workbench.export.incoming.markup import begun, local, root
from workbench.export.incoming.reviewed import Returned
from workbench.export.incoming.sheets import MOST_UNPACKED, Decode, is_workbook
from workbench.export.incoming.terms import read_terms

__all__ = [
    "File",
    "ForeignBitext",
    "Returned",
    "Version",
    "beside",
    "read_bitext",
    "read_reviewed",
    "read_terms",
    "unpacked",
]

_MOST_FILES = 20
# What archives hold beside their texts: what our own say of themselves, what others do, and what Macs add.
_ASIDE = re.compile(r"(?:.*/)?(?:__macosx/.*|\.[^/]*|about\.txt|(?:readme|licen[cs]e)(?:\.md|\.txt)?)", re.IGNORECASE)
_OPUS = re.compile(r"(.+\.(\w+)-(\w+))\.(?:\2|\3)")  # Books.en-fr.en
_GZIP = b"\x1f\x8b"
_DOCUMENTS = ("word/document.xml", "META-INF/container.xml")  # a Word file, a book
_OPEN_DOCUMENT = "content.xml"
_OF_TEXT = b"application/vnd.oasis.opendocument.text"
_NOT_PACKED = (rb"{\rtf", b"%PDF-")
_MESSAGES = re.compile(rb'^msgid ".*"\s*(?:^".*"\s*)*^msgstr "', re.MULTILINE)
_FOR_THE_LIBRARY = (
    "a document, which the Library takes in; what is changed in it does not come back here: have reviews made in XLSX, "
    "CSV, TSV, TMX or XLIFF"
)


def read_bitext(files: Sequence[File], decode: Decode) -> ForeignBitext:
    """One TMX, XLIFF, TSV, CSV or XLSX file, two files of Moses, or an InterText alignment with its documents.

    What a file is is told by its content. Raises InputError.
    """
    if len(files) > 2:
        files = _lines_of_opus(files) or [file for file in files if not _ASIDE.fullmatch(file.name)]
    named = {file.name: _root_name(file) for file in files}
    links = [file for file in files if named[file.name] in intertext.ROOTS]
    if len(links) == 1:
        return intertext.read(links[0], [file for file in files if file is not links[0]])
    if len(files) == 2 and not any(named.values()):
        return moses.read(files[0], files[1], decode)
    if len(files) != 1:
        raise InputError(
            f"{_listed(named)} are no bitext together: give one TMX, XLIFF or table, two files of plain text with "
            "as many lines, or an alignment with its two documents"
        )
    try:
        return _read_one(files[0], named[files[0].name], decode)
    except InputError as error:
        raise InputError(f"{files[0].name}: {error}") from error


def _lines_of_opus(files: Sequence[File]) -> list[File]:
    """The two texts that OPUS packs for Moses, beside scores or the ids of their sentences; nothing elsewhere."""
    found: dict[str, list[File]] = {}
    for file in files:
        if match := _OPUS.fullmatch(file.name):
            found.setdefault(match[1], []).append(file)
    [sides] = found.values() if len(found) == 1 else [[]]
    return sides if len(sides) == 2 else []


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def _read_one(file: File, root_name: str, decode: Decode) -> ForeignBitext:
    match root_name:
        case "tmx":
            return tmx.read(file.data)
        case "xliff":
            return xliff.read(file.data)
        case "" if begun(file.data).startswith((b"<?xml", b"<!")):
            raise InputError("this begins as XML and is damaged, or not in the encoding it declares; export it again")
        case "" if file.data.startswith(_NOT_PACKED):
            raise InputError(f"this is {_FOR_THE_LIBRARY}")
        case "" if _MESSAGES.search(file.data):
            raise InputError(
                "these are gettext messages (PO), which are not taken in; a table of them is, as po2csv of the "
                "Translate Toolkit makes it. Have reviews made in XLSX, CSV, TSV, TMX or XLIFF"
            )
        case "":
            return tables.read(file, decode)
    raise InputError(f"XML that begins with <{root_name}> is no bitext; TMX, XLIFF and InterText alignments are read")


def _root_name(file: File) -> str:
    top = None if file.data.startswith(b"PK") else root(file.data)
    return "" if top is None else local(top)


def unpacked(files: Sequence[File]) -> list[File]:
    """The files, and in place of an archive those in it, each decompressed. Raises InputError on what holds too much or
    is damaged."""
    found = (each for file in files for each in (_unpacked(file) if _is_archive(file.data) else [file]))
    return [_decompressed(file) if file.data.startswith(_GZIP) else file for file in found]


def _decompressed(file: File) -> File:
    try:
        with gzip.open(io.BytesIO(file.data)) as packed:
            data = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{file.name} cannot be decompressed ({error}); download or compress it anew") from error
    if len(data) > MOST_UNPACKED:
        raise InputError(f"{file.name} holds too much for a bitext; decompress it and choose what is needed")
    return File(file.name.removesuffix(".gz"), data)


def _is_archive(data: bytes) -> bool:
    return data.startswith(b"PK") and not is_workbook(data)


def _is_text(archive: zipfile.ZipFile) -> bool:
    with archive.open("mimetype") as said:
        return said.read(len(_OF_TEXT) + 1) == _OF_TEXT


def _unpacked(file: File) -> list[File]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            inside = [entry for entry in entries if not _ASIDE.fullmatch(entry.filename)] or entries
            names = {entry.filename for entry in entries}
            if not names.isdisjoint(_DOCUMENTS) or ("mimetype" in names and _is_text(archive)):
                raise InputError(f"{file.name} is {_FOR_THE_LIBRARY}")
            if _OPEN_DOCUMENT in names:
                raise InputError(
                    f"{file.name} is an OpenDocument file, no bitext; save a table in it as XLSX, CSV or TSV"
                )
            if not inside:
                raise InputError(f"{file.name} holds no file; make the archive anew")
            if len(inside) > _MOST_FILES or sum(entry.file_size for entry in inside) > MOST_UNPACKED:
                raise InputError(f"{file.name} holds too much for a bitext; unpack it and choose what is needed")
            return [File(entry.filename, archive.read(entry)) for entry in inside]
    except InputError:
        raise
    except Exception as error:  # a damaged archive fails in its reader in any way there is
        raise InputError(f"{file.name} is an archive that cannot be unpacked ({error}); make it anew") from error


def read_reviewed(files: Sequence[File], decode: Decode) -> list[Returned] | None:
    """The units of one file that was exported from here; None where it was not. Raises InputError on a broken one."""
    if len(files) != 1:
        return None
    try:
        return reviewed.read(files[0], decode)
    except InputError as error:
        raise InputError(f"{files[0].name}: {error}") from error


def beside(file: File) -> tuple[str, ...]:
    """The names of the files that an alignment needs; none for any other file."""
    if _root_name(file) not in intertext.ROOTS:
        return ()
    try:
        return intertext.partners(file.data)
    except InputError:
        return ()
