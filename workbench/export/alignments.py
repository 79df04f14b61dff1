"""What aligners write: two files of a segment a line, and their links by line, in a ZIP archive.

vecalign: `[0]:[0, 1]:0.250000`, 0-based lines of either side and a cost, lower is better: 1 less the confidence.
hunalign: a ladder of `src TAB tgt TAB score`; between a rung and the next, what is left belongs together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.archive import ABOUT, MIME, members, opened, side_names
from workbench.export.base import NO_SURROGATES, ONE_LINE, About, Format, Texts
from workbench.export.segments import Link, Sides, in_order, sides

_VECALIGN, _LADDER = "links.vecalign", "links.ladder"
_BEAD = re.compile(r"(\[[\d, ]*\]):(\[[\d, ]*\]):-?\d+\.\d+\n")


def held(unit: TranslationUnit) -> Texts:
    return " ".join(unit.src_parts), " ".join(unit.tgt_parts)


def _write_vecalign(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    known = list(units)
    found = sides(known)
    lines = (
        f"{list(src)}:{list(tgt)}:{1 - unit.confidence:.6f}\n"
        for (src, tgt), unit in zip(found.links, known, strict=True)
    )
    _write(file, known, found, _VECALIGN, lines, about)


def _write_ladder(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    known = list(units)
    found = sides(known)
    _write(file, known, found, _LADDER, _rungs(found, known), about)


def _rungs(found: Sides, units: Iterable[TranslationUnit]) -> Iterator[str]:
    src = tgt = 0
    for (here, there), unit in zip(found.links, units, strict=True):
        yield f"{src}\t{tgt}\t{unit.confidence:.6f}\n"
        src, tgt = src + len(here), tgt + len(there)
    yield f"{src}\t{tgt}\t0.000000\n"


def _write(
    file: BinaryIO, units: list[TranslationUnit], found: Sides, name: str, lines: Iterable[str], about: About
) -> None:
    langs = (units[0].src_lang, units[0].tgt_lang) if units else ("src", "tgt")
    with members(file, [*side_names("segments", langs), name], about) as (src, tgt, links):
        for part, texts in ((src, found.src), (tgt, found.tgt)):
            part.writelines(text.encode() + b"\n" for text in texts)
        links.writelines(line.encode() for line in lines)


def _read_vecalign(path: Path) -> Iterator[Texts]:
    with opened(path) as archive:
        src, tgt, lines = _members(archive, path)
        for number, line in enumerate(lines, 1):
            bead = _BEAD.fullmatch(f"{line}\n")
            if bead is None:
                raise ExportError(f"{_VECALIGN} of {path}, line {number}, is no link: {line!r}.")
            yield _texts((tuple(json.loads(bead[1])), tuple(json.loads(bead[2]))), src, tgt)


def _read_ladder(path: Path) -> Iterator[Texts]:
    with opened(path) as archive:
        src, tgt, lines = _members(archive, path)
        rungs = [tuple(int(each) for each in line.split("\t")[:2]) for line in lines]
        if not rungs or rungs[0] != (0, 0) or rungs[-1] != (len(src), len(tgt)):
            raise ExportError(f"{_LADDER} of {path} does not reach from the first segments to the last.")
        for (i, j), (k, m) in pairwise(rungs):
            yield _texts((tuple(range(i, k)), tuple(range(j, m))), src, tgt)


def _members(archive: ZipFile, path: Path) -> list[list[str]]:
    names = [name for name in archive.namelist() if name != ABOUT]
    if len(names) != 3:
        raise ExportError(f"{path} holds {len(names)} files, expected the segments of two documents and their links.")
    return [archive.read(name).decode().split("\n")[:-1] for name in names]


def _texts(link: Link, src: list[str], tgt: list[str]) -> Texts:
    return " ".join(src[i] for i in link[0]), " ".join(tgt[j] for j in link[1])


VECALIGN = Format(
    name="vecalign",
    suffix=".zip",
    mime=MIME,
    description="two files of a segment a line, and vecalign's links (a ZIP archive)",
    rules=(ONE_LINE, NO_SURROGATES),
    nulls=True,
    write=_write_vecalign,
    read=_read_vecalign,
    held=held,
    pair=True,
    whole=True,
)

HUNALIGN = Format(
    name="hunalign",
    suffix=".zip",
    mime=MIME,
    description="two files of a segment a line, and hunalign's ladder (a ZIP archive): links in one order only",
    rules=(ONE_LINE, NO_SURROGATES),
    nulls=True,
    write=_write_ladder,
    read=_read_ladder,
    held=held,
    pair=True,
    whole=True,
    arrange=in_order,
)
