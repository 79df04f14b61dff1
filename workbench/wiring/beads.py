"""Aligning two plain files of one segment a line, without a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workbench.align import LEAST_CONFIDENCE, Alignment, align, kept
from workbench.align.evaluation import GoldDocument, read_lines
from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.lang import canonical, same_language
from workbench.wiring.evidence import Side, views, wording
from workbench.wiring.models import Models


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
    lines = [read_lines(path) for path in (src, tgt)]
    sides = [
        Side(lines[i], tags[i], _translated(translations[i], translation_langs[i] or tags[1 - i], lines[i]))
        for i in (0, 1)
    ]
    return align_sides(sides[0], sides[1], Models(), progress, least)


def align_sides(
    src: Side, tgt: Side, models: Models, progress: Progress = silent, least: float = LEAST_CONFIDENCE
) -> Alignment:
    """Align two lists of segments as they are; links less sure than `least` are left out."""
    encoders = models.encoders()
    evidence = views(src, tgt, encoders, progress)
    result = align(evidence, len(src.texts), len(tgt.texts), wording=wording(src, tgt, encoders))
    return replace(result, beads=tuple(kept(result.beads, least)))


def gold_sides(document: GoldDocument, tags: tuple[str, str], with_mt: bool) -> tuple[Side, Side]:
    """The two sides of a gold document, with its ready-made translations if they are wanted."""

    def side(i: int, texts: Sequence[str], mt: Sequence[str] | None, english: Sequence[str] | None) -> Side:
        into = [(tags[1 - i], mt), ("en", english)] if with_mt else []
        known = {lang: lines for lang, lines in into if lines and not same_language(lang, tags[i])}
        return Side(texts, tags[i], known)

    return (
        side(0, document.src, document.src_mt, document.src_en),
        side(1, document.tgt, document.tgt_mt, document.tgt_en),
    )


def _translated(path: Path | None, lang: str, original: Sequence[str]) -> dict[str, list[str]]:
    if path is None:
        return {}
    lines = read_lines(path)
    if len(lines) != len(original):
        raise InputError(
            f"{path} has {len(lines)} lines but what it translates has {len(original)}; expected one line for each"
        )
    return {canonical(lang): lines}
