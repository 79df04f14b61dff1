"""Pairs as two text files with a line each, as Moses and most training tools take them, in a ZIP archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.archive import ABOUT, MIME, members, opened, side_names
from workbench.export.base import NO_SURROGATES, ONE_LINE, About, Format, Texts


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    remaining = iter(units)
    first = list(islice(remaining, 1))
    langs = (first[0].src_lang, first[0].tgt_lang) if first else ("src", "tgt")
    with members(file, side_names("pairs", langs), about) as sides:
        for unit in chain(first, remaining):
            for side, text in zip(sides, (unit.src_text, unit.tgt_text), strict=True):
                side.write(text.encode("utf-8") + b"\n")


def read(path: Path) -> Iterator[Texts]:
    """Raises ExportError where one file has more lines than the other."""
    with opened(path) as archive:
        names = [name for name in archive.namelist() if name != ABOUT]
        if len(names) != 2:
            raise ExportError(f"{path} holds {len(names)} files of lines, expected 2.")
        with archive.open(names[0]) as src, archive.open(names[1]) as tgt:
            try:
                for lines in zip(*(TextIOWrapper(side, "utf-8", newline="\n") for side in (src, tgt)), strict=True):
                    yield tuple(line.removesuffix("\n") for line in lines)
            except ValueError as error:
                raise ExportError(f"{names[0]} and {names[1]} of {path} have different numbers of lines.") from error


MOSES = Format(
    name="moses",
    suffix=".zip",
    mime=MIME,
    description="two text files with a pair a line (a ZIP archive): linked passages only",
    rules=(ONE_LINE, NO_SURROGATES),
    nulls=False,
    write=write,
    read=read,
    held=lambda unit: (unit.src_text, unit.tgt_text),
    bilingual=True,
)
