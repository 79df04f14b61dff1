"""What comes in from files: other tools' bitexts as documents with their links, glossaries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Any

from workbench import __version__, apart
from workbench.datatypes import Bead, Bitext, Block, Document, Kind
from workbench.errors import InputError
from workbench.export.incoming import File, ForeignBitext, Returned, Version
from workbench.export.incoming.wire import to_bitext, to_returned, to_terms
from workbench.quality import Glossary, Term
from workbench.segment import KEPT, document_language, segment
from workbench.settings import Settings
from workbench.store import IMPORTED, Imported, Store
from workbench.wiring import arriving
from workbench.wiring.intake import is_version_of

_DEFAULTS = Settings()
_SAMPLE = 200  # segments that tell the language of a version
_SAID = "said language"  # of a document's metadata: the one that the file says


@dataclass(frozen=True, slots=True)
class BitextReport:
    """What a bitext came to. `docs`: names of its documents in the workspace; `links`: of every two of them."""

    format: str
    docs: tuple[str, ...]
    changes: tuple[str, ...]  # added, changed or unchanged
    segments: tuple[int, ...]
    links: int
    nulls: int  # passages without a counterpart
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A bitext that was read. `name`: of its first file, which an archive may hold; `sha256`: of all its files."""

    name: str
    sha256: str
    bitext: ForeignBitext


def on_disk(path: Path) -> File:
    """A file as it is. Raises InputError."""
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check the name") from error


def opened(paths: Sequence[str | Path], settings: Settings = _DEFAULTS) -> list[File]:
    """Files from disk. An alignment's documents are found beside it. Raises InputError."""
    found = [on_disk(path) for path in map(Path, paths)]
    known = {file.name for file in found}
    for path, file in zip(map(Path, paths), tuple(found), strict=True):
        for name in _read(apart.BESIDE, [file], settings):
            if name not in known and (path.parent / name).is_file():
                found.append(File(name, (path.parent / name).read_bytes()))
    return found


def returned(files: Sequence[File], settings: Settings = _DEFAULTS) -> list[Returned] | None:
    """The units of files that were exported from here; None where they were not. Raises InputError."""
    units = _read(apart.REVIEWED, files, settings)
    return None if units is None else list(map(to_returned, units))


def bitext(files: Sequence[File], settings: Settings = _DEFAULTS) -> Arrived:
    """What files hold, archives among them unpacked. Raises InputError."""
    found = _read(apart.BITEXT, files, settings)
    return Arrived(found["name"], found["sha256"], to_bitext(found["bitext"]))


def glossary(file: File, settings: Settings = _DEFAULTS) -> Glossary:
    """The terms that a TBX or MultiTerm file or a table (XLSX, CSV, TSV) holds. Raises InputError."""
    found = to_terms(_read(apart.TERMS, [file], settings))
    terms = (Term.told(term.ways.items(), term.forbidden.items()) for term in found.terms)
    return Glossary(tuple(terms), found.problems, file.name)


def _read(reader: str, files: Sequence[File], settings: Settings) -> Any:
    """What the process with limits makes of files."""
    given = [(file.name, file.data) for file in files]
    arriving.check_size(given)
    return apart.read(reader, files[0].name, given, settings)


def take_in(store: Store, arrived: Arrived, user: str) -> BitextReport:
    """Put a bitext into the workspace, in place of an earlier version of it that came from a file of the same name."""
    found, name = arrived.bitext, arrived.name
    documents = {f"{name}#{n}": _document(each, found.format, arrived) for n, each in enumerate(found.versions, 1)}
    earlier = _earlier(store, documents)
    known = next((ids for ids in earlier if _are_versions(store, documents, ids)), {})
    texts = [_imported(store, document, source, known.get(source)) for source, document in documents.items()]
    pairs = {(a, b): _bitext(found, a, b, name) for a, b in combinations(range(len(texts)), 2)}
    stored = store.put_bitexts(texts, pairs, f"imported {name}", user)
    names = {row.id: row.name for row in store.documents()}
    links = sum(not bead.is_null for pair in pairs.values() for bead in pair.beads)
    nulls = sum(sum(map(bool, bead)) == 1 for bead in found.beads)
    sizes = tuple(len(version.segments) for version in found.versions)
    both = f"another {name} was taken in before and has hardly anything in common with this one, so both are kept"
    noted = found.notes if known or not earlier else (both, *found.notes)
    docs, changes = tuple(names[each.doc_id] for each in stored), tuple(each.change for each in stored)
    return BitextReport(found.format, docs, changes, sizes, links, nulls, noted)


def _imported(store: Store, document: Document, source: str, known: str | None) -> Imported:
    """`known`: the id of the document that it is a new version of. A language that people set there stays, unless the
    file says another one than before."""
    lang = document.lang
    if known and store.document(known).metadata.get(_SAID) == document.metadata[_SAID]:
        lang = store.listed(known).lang_override
    return Imported(document, segment(document, lang), source, lang, known)


def _earlier(store: Store, sources: Collection[str]) -> list[dict[str, str]]:
    """The documents that came from these sources before, by source; those apart that came from different files."""
    came: dict[str, dict[str, str]] = {}
    for row in store.documents():
        if row.source in sources:
            came.setdefault(store.document(row.id).sha256, {})[row.source] = row.id
    return list(came.values())


def _are_versions(store: Store, documents: Mapping[str, Document], ids: Mapping[str, str]) -> bool:
    """Whether these are new versions of all the documents of an earlier file: many memories have one name."""
    return all(is_version_of(documents[source], store.document(doc_id)) for source, doc_id in ids.items())


def _document(version: Version, format: str, arrived: Arrived) -> Document:
    """One version as a document: a line and a block for each segment."""
    blocks, at = [], 0
    for text in version.segments:
        blocks.append(Block(Kind.BODY, at, at + len(text)))
        at += len(text) + 1
    document = Document(
        name="",
        text="\n".join(version.segments),
        blocks=tuple(blocks),
        format=format.lower(),
        sha256=arrived.sha256,
        lang=version.lang,
        metadata=dict([KEPT, (_SAID, version.lang)]),
    )
    lang = version.lang if version.lang != "und" else _detected(document)
    return replace(document, name=version.name or f"{PurePosixPath(arrived.name).stem}.{lang}", lang=lang)


def _detected(document: Document) -> str:
    blocks = document.blocks[:_SAMPLE]
    return document_language(segment(replace(document, blocks=blocks, metadata={}, text=document.text)))


def _bitext(found: ForeignBitext, a: int, b: int, file: str) -> Bitext:
    """The links of two of the versions; what has no counterpart in the other stands alone."""
    beads: list[Bead] = []
    for bead in found.beads:
        if bead[a] and bead[b]:
            beads.append(Bead(bead[a], bead[b], 1.0, 1.0, (f"{IMPORTED}{file}",)))
        else:
            beads += [*(Bead((i,), ()) for i in bead[a]), *(Bead((), (j,)) for j in bead[b])]
    return Bitext(
        tuple(beads),
        f"{IMPORTED}{file}, which was imported",
        f"workbench {__version__} import:{found.format.lower()}",
    )
