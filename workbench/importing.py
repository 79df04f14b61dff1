"""What comes in from files, wiring like core: other tools' bitexts as documents with their links."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path, PurePosixPath

from workbench import __version__
from workbench.datatypes import Bead, Bitext, Block, Document, Kind
from workbench.errors import InputError
from workbench.export.incoming import (
    File,
    ForeignBitext,
    Returned,
    Version,
    beside,
    read_bitext,
    read_reviewed,
    unpacked,
)
from workbench.ingest.decode import text_of
from workbench.segment import KEPT, document_language, segment
from workbench.store import IMPORTED, Imported, Store

MOST_MB = 200  # of the files of one import, unpacked; what is larger is taken in as several
_SAMPLE = 200  # segments that tell the language of a version


@dataclass(frozen=True, slots=True)
class BitextReport:
    """What a bitext came to. `docs`: names of its documents in the workspace; `links`: of every two of them."""

    format: str
    docs: tuple[str, ...]
    segments: tuple[int, ...]
    links: int
    nulls: int  # passages without a counterpart
    notes: tuple[str, ...]


def opened(paths: Sequence[str | Path]) -> list[File]:
    """Files from disk, archives unpacked. An alignment's documents are found beside it. Raises InputError."""
    found = []
    for path in map(Path, paths):
        try:
            found.append(File(path.name, path.read_bytes()))
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}); check the name") from error
    known = {file.name for file in found}
    for path in map(Path, paths):
        for name in beside(next(file for file in found if file.name == path.name)):
            if name not in known and (path.parent / name).is_file():
                found.append(File(name, (path.parent / name).read_bytes()))
    return checked(found)


def checked(files: Sequence[File]) -> list[File]:
    """Files as they are read: archives unpacked, not too large, not empty. Raises InputError."""
    found = unpacked(files)
    size = sum(len(file.data) for file in found)
    if size > MOST_MB << 20:
        raise InputError(f"{found[0].name} has {size >> 20:,} MB where {MOST_MB} MB is the most; import it in parts")
    for file in found:
        if not file.data.strip():
            raise InputError(f"{file.name} is empty; check that it was saved or downloaded in full")
    return found


def returned(files: Sequence[File]) -> list[Returned] | None:
    """The units of `checked` files that were exported from here; None where they were not. Raises InputError."""
    return read_reviewed(files, text_of)


def bitext(files: Sequence[File]) -> ForeignBitext:
    """What `checked` files hold. Raises InputError."""
    return read_bitext(files, text_of)


def take_in(store: Store, found: ForeignBitext, files: Sequence[File], user: str) -> BitextReport:
    """Put a bitext into the workspace, in place of what came from the same file before."""
    name = files[0].name
    digest = hashlib.sha256(b"".join(file.data for file in files)).hexdigest()
    texts = [_imported(store, version, found.format, name, digest, n) for n, version in enumerate(found.versions)]
    pairs = {(a, b): _bitext(found, a, b, name) for a, b in combinations(range(len(texts)), 2)}
    stored = store.put_bitexts(texts, pairs, f"imported {name}", user)
    names = {row.id: row.name for row in store.documents()}
    links = sum(not bead.is_null for pair in pairs.values() for bead in pair.beads)
    nulls = sum(sum(map(bool, bead)) == 1 for bead in found.beads)
    sizes = tuple(len(version.segments) for version in found.versions)
    return BitextReport(found.format, tuple(names[each.doc_id] for each in stored), sizes, links, nulls, found.notes)


def _imported(store: Store, version: Version, format: str, file: str, digest: str, number: int) -> Imported:
    document = _document(version, format, file, digest)
    override = version.lang if version.lang != "und" else ""
    lang = override or _detected(document)
    source = f"{file}#{number + 1}"
    segments = segment(document, lang)
    known = store.by_source(source)
    return Imported(replace(document, lang=lang), segments, source, override or lang, known)


def _document(version: Version, format: str, file: str, digest: str) -> Document:
    """One version as a document: a line and a block for each segment."""
    stem = PurePosixPath(file).stem
    name = version.name or f"{stem}.{version.lang}"
    blocks, at = [], 0
    for text in version.segments:
        blocks.append(Block(Kind.BODY, at, at + len(text)))
        at += len(text) + 1
    return Document(
        name=name,
        text="\n".join(version.segments),
        blocks=tuple(blocks),
        format=format.lower(),
        sha256=digest,
        lang=version.lang,
        metadata=dict([KEPT]),
    )


def _detected(document: Document) -> str:
    blocks = document.blocks[:_SAMPLE]
    return document_language(segment(replace(document, blocks=blocks, metadata={}, text=document.text)))


def _bitext(found: ForeignBitext, a: int, b: int, file: str) -> Bitext:
    """The links of two of the versions; what has no counterpart in the other stands alone."""
    beads: list[Bead] = []
    for bead in found.beads:
        if bead[a] and bead[b]:
            beads.append(Bead(bead[a], bead[b], 1.0, 1.0, (f"linked in {file}",)))
        else:
            beads += [*(Bead((i,), ()) for i in bead[a]), *(Bead((), (j,)) for j in bead[b])]
    return Bitext(
        tuple(beads),
        f"{IMPORTED}{file}, which was imported",
        f"workbench {__version__} import:{found.format.lower()}",
    )
