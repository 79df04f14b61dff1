"""InterText and other XCES alignments: a file of links, and two documents whose elements carry the ids it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from workbench.errors import InputError
from workbench.export.incoming.bitext import File, ForeignBitext, Version, evened, language, named_by, notes
from workbench.export.incoming.markup import attribute, elements, local, root

ROOTS = ("linkgrp", "cesalign")
_ALIGNED = {"s", "seg", "ab", "p", "head", "l", "u", "title"}  # the elements that carry text

Ids = tuple[list[str], list[str]]


def partners(data: bytes) -> tuple[str, ...]:
    """The names of the files of the two documents, toDoc and fromDoc. Raises InputError."""
    return tuple(path.name for path in _partners(data))


def _partners(data: bytes) -> tuple[PurePosixPath, PurePosixPath]:
    """As the alignment names them."""
    top = root(data)
    groups = [top] if top is not None and local(top) == "linkgrp" else elements(data, {"linkgrp"})
    named = [(attribute(group, "todoc"), attribute(group, "fromdoc")) for group in groups]
    if len(named) != 1 or not all(named[0]):
        raise InputError(
            f"an alignment of two documents has one linkGrp with toDoc and fromDoc, this one has {len(named)}; "
            "save the alignment of each two documents by itself"
        )
    return _path(named[0][0]), _path(named[0][1])


def read(links: File, documents: Sequence[File]) -> ForeignBitext:
    """Raises InputError where a document is missing, or a file cannot be read."""
    noted: Counter[str] = Counter()
    files = [_file(path, documents) for path in _partners(links.data)]
    if files[0] is files[1]:
        raise InputError(
            f"both documents are called {_path(files[0].name).name}; pack them with their folders into one ZIP file"
        )
    sides = [_segments(file.data) for file in files]
    beads = _oriented(_links(links.data), sides)
    places = [{name: place for place, name in enumerate(side)} for side in sides]
    placed: list[tuple[tuple[int, ...], ...]] = []
    for bead in beads:
        found = tuple(
            tuple(sorted(at.pop(name) for name in set(side) if name in at))
            for side, at in zip(bead, places, strict=True)
        )
        lost = sum(len(side) for side in bead) - sum(len(side) for side in found)
        noted["id in a link that no passage has, or that was linked before"] += lost
        placed += [found] if any(found) else []
    placed += [((place,), ()) for place in places[0].values()] + [((), (place,)) for place in places[1].values()]
    versions = tuple(
        Version(_language(file, side.values()), tuple(side.values()), file.name)
        for file, side in zip(files, sides, strict=True)
    )
    return ForeignBitext("InterText", versions, tuple(placed), notes(noted))


def _file(path: PurePosixPath, files: Sequence[File]) -> File:
    """The file of a document; of several that are called so the one that lies in folders called so as well."""
    called = [file for file in files if _path(file.name).name == path.name]
    if not called:
        raise InputError(f"the alignment is of {path.name}, which is not here; give it together with the alignment")
    return next((file for file in called if _path(file.name).parts[-len(path.parts) :] == path.parts), called[0])


def _segments(data: bytes) -> dict[str, str]:
    """The text of every element with an id, by id, in order; of nested ones the innermost."""
    found: dict[str, str] = {}
    for element in elements(data, _ALIGNED):
        name = attribute(element, "id")
        text = evened("".join(element.itertext()))
        if name and text:
            found.setdefault(name, text)
    return found


def _links(data: bytes) -> list[Ids]:
    found = []
    for link in elements(data, {"link"}):
        first, _, second = attribute(link, "xtargets").partition(";")
        found.append((first.split(), second.split()))
    return found


def _oriented(beads: list[Ids], sides: Sequence[Mapping[str, str]]) -> list[Ids]:
    """Beads as (toDoc, fromDoc). InterText names them so, XCES the other way: what the documents hold tells."""

    def unknown(order: Sequence[int]) -> int:
        return sum(
            len({name for bead in beads for name in bead[place]} ^ side.keys())
            for place, side in zip(order, sides, strict=True)
        )

    return beads if unknown((0, 1)) <= unknown((1, 0)) else [(second, first) for first, second in beads]


def _language(file: File, segments: Iterable[str]) -> str:
    """As the document says, or its name does: `book.cs.xml`."""
    top = root(file.data)
    said = language(attribute(top, "lang")) if top is not None else "und"
    return named_by(file.name, segments) if said == "und" else said


def _path(name: str) -> PurePosixPath:
    """As it is unpacked: OPUS names what is compressed."""
    return PurePosixPath(name.replace("\\", "/").removesuffix(".gz"))
