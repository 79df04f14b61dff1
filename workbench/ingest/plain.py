"""Plain text, in whatever way it uses its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.datatypes import Block, Kind, Layout
from workbench.ingest.decode import decode
from workbench.ingest.hyphens import Hyphens
from workbench.ingest.layout import Line, joined, layout_of, lines_of, paragraphs, width_of
from workbench.ingest.lines import is_address, is_clock, is_sound
from workbench.ingest.reading import Reading, Source, Span, visible
from workbench.ingest.structure import STAMP, annotate

_ENDLESS = 100_000


def read(source: Source) -> Reading:
    """A .txt file; the text is the file's own."""
    decoded = decode(source.data, source.settings.encoding)
    blocks = blocks_of(decoded.text)
    warnings = decoded.warnings + _endless(decoded.text)
    return Reading(decoded.text, blocks, title_of(decoded.text, blocks), decoded.encoding, warnings=warnings)


def title_of(text: str, blocks: Sequence[Block]) -> str:
    """The text of the title block, on one line, or nothing."""
    return next((" ".join(visible(text, block).split()) for block in blocks if block.kind == Kind.TITLE), "")


def blocks_of(text: str, layout: Layout | None = None) -> tuple[Block, ...]:
    """The blocks of a text of which nothing is known but its lines, and their layout, if somebody said it."""
    lines = lines_of(text)
    layout = layout or layout_of(lines)
    if layout is Layout.CAPTIONS:
        return tuple(_captions(text, lines))
    hyphens = Hyphens.of(text) if layout is Layout.WRAPPED else None
    units = paragraphs(lines, layout, width_of(lines))
    blocks = [_paragraph(text, unit, hyphens) for unit in units]
    return tuple(annotate(text, blocks, guess_headings=True, numbers=True))


def _paragraph(text: str, lines: Sequence[Line], hyphens: Hyphens | None) -> Block:
    start, end = lines[0].start, lines[-1].end
    skip = _marks(lines[1:])
    if hyphens and not skip and len(lines) > 1:
        skip = tuple((start + a, start + b) for a, b in hyphens.broken(text[start:end]))
    return Block(Kind.BODY, start, end, skip=skip)


def _marks(lines: Sequence[Line]) -> tuple[Span, ...]:
    """What says before lines that they are quoted."""
    return tuple((line.mark, line.start) for line in lines if line.mark < line.start)


def _captions(text: str, lines: Sequence[Line]) -> list[Block]:
    blocks = _turns_only(annotate(text, [_caption(line) for line in lines]))
    return joined(list(blocks), lines)


def _caption(line: Line) -> Block:
    if is_clock(line.text):
        return Block(Kind.METADATA, line.start, line.end, reason=STAMP)
    if is_sound(line.text):
        return Block(Kind.FURNITURE, line.start, line.end, reason="a sound, not words")
    if is_address(line.text):
        return Block(Kind.FURNITURE, line.start, line.end, reason="a web address alone")
    return Block(Kind.CAPTION, line.mark, line.end, skip=_marks([line]))


def _turns_only(blocks: Sequence[Block]) -> Iterator[Block]:
    """Captions that nobody is named for stay captions."""
    return (replace(block, kind=Kind.CAPTION) if block.kind == Kind.BODY else block for block in blocks)


def _endless(text: str) -> tuple[str, ...]:
    if len(text) < _ENDLESS or "\n" in text.strip():
        return ()
    return ("all of it is one line, so paragraphs and headings cannot be told.",)
