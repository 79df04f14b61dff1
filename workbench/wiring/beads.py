"""Aligning two plain files of one segment a line, without a workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from workbench.align import LEAST_CONFIDENCE, Alignment, View, Wording, align, described, kept
from workbench.align.evaluation import GoldDocument, lines_of, unreadable
from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.ingest.decode import is_binary, text_of
from workbench.lang import canonical, identify, same_language
from workbench.translate import Memory, TranslationCache
from workbench.wiring.evidence import Side, side, views, wording
from workbench.wiring.models import Models


def align_files(
    src: Path,
    tgt: Path,
    langs: tuple[str, str],
    translations: tuple[Path | None, Path | None],
    translation_langs: tuple[str | None, str | None],
    progress: Progress,
    least: float,
    related: bool = False,
) -> Alignment:
    """Align two files line by line; a translation of a side has as many lines as the side.

    A translation whose language is not given is in English or in the other side's language, whichever it reads as.
    What is not in English, and has no English, is brought into it by the models at hand where links are looked for in
    any order, and only there. `related`: somebody knows that both tell of one thing. Links less sure than `least` are
    left out. Raises InputError on a file that is missing or no text, or a translation of another length.
    """
    models = Models()
    tags = [canonical(lang) for lang in langs]
    lines = [lines_in(path) for path in (src, tgt)]
    given = [_translated(translations[i], translation_langs[i], tags[1 - i], lines[i]) for i in (0, 1)]
    sides = [Side(lines[i], tags[i], given[i], _drafted(lines[i], tags[i], models, progress)) for i in (0, 1)]
    return align_sides(sides[0], sides[1], models, progress, least, related)


def align_sides(
    src: Side,
    tgt: Side,
    models: Models,
    progress: Progress = silent,
    least: float = LEAST_CONFIDENCE,
    related: bool = False,
) -> Alignment:
    """Align two lists of segments as they are; links less sure than `least` are left out."""
    encoders = models.encoders()
    evidence = views(src, tgt, encoders, progress)
    result = aligned(src, tgt, evidence, wording(src, tgt, encoders), related)
    return replace(result, beads=tuple(kept(result.beads, least)))


def aligned(src: Side, tgt: Side, evidence: Sequence[View], tokens: Wording, related: bool = False) -> Alignment:
    """The alignment of two lists of segments on `evidence` for them; empty ones say nothing and stand alone.

    They are taken out first: for the aligner an empty row is a segment of which nothing is known, and it would link
    that along with another.
    """
    sizes = len(src.texts), len(tgt.texts)
    rows, columns = _told(src.texts), _told(tgt.texts)
    if sizes == (len(rows), len(columns)):
        return align(evidence, *sizes, wording=tokens, related=related)
    parts = [View(view.kind, view.src[rows], view.tgt[columns]) for view in evidence]
    found = align(parts, len(rows), len(columns), wording=tokens.only(rows, columns), related=related)
    links = [
        replace(bead, src=tuple(rows[list(bead.src)].tolist()), tgt=tuple(columns[list(bead.tgt)].tolist()))
        for bead in found.beads
        if not bead.is_null
    ]
    return described(links, *sizes, related)


def _told(texts: Sequence[str]) -> NDArray[np.intp]:
    """The indices of the segments that are not empty, shape (k,)."""
    return np.array([i for i, text in enumerate(texts) if text.strip()], dtype=np.intp)


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


def in_english(given: Side, models: Models, cache: TranslationCache) -> Side:
    """The side with the English that the models here make of it, as in a workspace."""
    translator = models.translator(given.lang, cache)
    if translator is None:
        return given
    return side(given.texts, translator.translate(given.texts), given.lang, models.drafts(given.lang))


class _Later(Sequence[str]):
    """So many lines, made when the first is read."""

    def __init__(self, count: int, made: Callable[[], Sequence[str]]) -> None:
        self._count, self._made = count, made

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self._made()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._lines[index]


def _drafted(texts: Sequence[str], lang: str, models: Models, progress: Progress) -> Sequence[str]:
    """English by the models at hand, if there is a way; nothing is translated before it is read."""
    translator = models.translator(lang, Memory())
    if translator is None:
        return ()
    return _Later(len(texts), lambda: [item.text for item in translator.translate(texts, progress)])


def _translated(path: Path | None, lang: str | None, other: str, original: Sequence[str]) -> dict[str, list[str]]:
    if path is None:
        return {}
    lines = lines_in(path)
    if len(lines) != len(original):
        raise InputError(
            f"{path} has {len(lines)} lines but what it translates has {len(original)}; expected one line for each"
        )
    return {canonical(lang) if lang else _read_as(lines, other): lines}


def _read_as(lines: Sequence[str], other: str) -> str:
    found, _ = identify("\n".join(lines), (other, "en"))
    return "en" if same_language(found, "en") else other


def lines_in(path: Path) -> list[str]:
    """The lines of a text file in any encoding. Raises InputError where it is none or cannot be read."""
    try:
        text = text_of(path.read_bytes()).removeprefix("\ufeff")
    except OSError as error:
        raise unreadable(path, error) from error
    if is_binary(text):
        raise InputError(f"{path} is binary data, not text; expected a text file, one segment a line")
    return lines_of(text)
