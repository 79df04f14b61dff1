"""Aligning two plain files of one segment a line, without a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workbench.align import LEAST_CONFIDENCE, Alignment, align, kept
from workbench.align.evaluation import GoldDocument, read_gold, read_lines, score, table
from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.evidence import Side, views
from workbench.lang import canonical
from workbench.models import Models


def align_files(
    src: Path,
    tgt: Path,
    langs: tuple[str, str],
    translations: tuple[Path | None, Path | None] = (None, None),
    translation_langs: tuple[str | None, str | None] = (None, None),
    progress: Progress = silent,
    least: float = LEAST_CONFIDENCE,
) -> Alignment:
    """Align two files line by line; a translation of a side has as many lines as the side.

    Links less sure than `least` are left out. Raises InputError on a file that is missing or a translation of another
    length.
    """
    tags = [canonical(lang) for lang in langs]
    lines = [_lines(path) for path in (src, tgt)]
    sides = [
        Side(lines[i], tags[i], _translated(translations[i], translation_langs[i] or tags[1 - i], lines[i]))
        for i in (0, 1)
    ]
    return align_sides(sides[0], sides[1], Models(), progress, least)


def align_sides(
    src: Side, tgt: Side, models: Models, progress: Progress = silent, least: float = LEAST_CONFIDENCE
) -> Alignment:
    """Align two lists of segments as they are."""
    found = align(views(src, tgt, models.encoders(), progress), len(src.texts), len(tgt.texts))
    return replace(found, beads=tuple(kept(found.beads, least)))


def evaluate(folder: Path, langs: tuple[str, str], with_mt: bool = True, progress: Progress = silent) -> str:
    """Align every document of a gold set and score them together, as a table. Raises InputError on a bad set."""
    models = Models()
    tags = canonical(langs[0]), canonical(langs[1])
    documents = read_gold(folder)
    results = []
    for done, document in enumerate(documents, 1):
        result = align_sides(*gold_sides(document, tags, with_mt), models)
        results.append((document.gold, [(bead.src, bead.tgt) for bead in result.beads]))
        progress("aligning", done, len(documents))
    return table(folder.name, score(results), models.encoders().signature)


def gold_sides(document: GoldDocument, tags: tuple[str, str], with_mt: bool) -> tuple[Side, Side]:
    """The two sides of a gold document, with its ready-made translations if they are wanted."""
    src_mt = {tags[1]: document.src_mt} if with_mt and document.src_mt else {}
    tgt_mt = {tags[0]: document.tgt_mt} if with_mt and document.tgt_mt else {}
    return Side(document.src, tags[0], src_mt), Side(document.tgt, tags[1], tgt_mt)


def _lines(path: Path) -> list[str]:
    try:
        return read_lines(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}); expected a text file, one segment a line"
        ) from error


def _translated(path: Path | None, lang: str, original: Sequence[str]) -> dict[str, list[str]]:
    if path is None:
        return {}
    lines = _lines(path)
    if len(lines) != len(original):
        raise InputError(
            f"{path} has {len(lines)} lines but what it translates has {len(original)}; expected one line for each"
        )
    return {canonical(lang): lines}
