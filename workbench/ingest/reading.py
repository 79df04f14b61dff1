"""What every reader takes and gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from logging import CRITICAL, getLogger

from workbench.datatypes import Block
from workbench.settings import Settings

Span = tuple[int, int]

_EXPONENT = re.compile(r"[-−+]?\d{1,3}")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
MEGABYTE = 1024 * 1024
READABLE = ".txt, .md, .html, .docx, .odt, .rtf, .epub, .pdf, .srt or .vtt"
# Why paragraphs of word processors are set apart.
FOOTNOTE, REMARK, MARGIN = "a footnote", "a remark in the margin", "a header or footer of the page"


class UnreadableError(Exception):
    """Why a file cannot be read and what to do; `read_bytes` puts the file's name in front."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file on their way into a reader."""

    data: bytes
    settings: Settings


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: offsets in `blocks` point into `text`."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    encoding: str = "utf-8"
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def visible(text: str, block: Block) -> str:
    """The text of a block without its markup."""
    return "".join(text[start:end] for start, end in kept(block))


def kept(block: Block) -> Iterator[Span]:
    """The stretches of a block that are text: what `skip` leaves of it."""
    at = block.start
    for start, end in block.skip:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < block.end:
        yield at, block.end


def offset_of(block: Block, index: int) -> int:
    """Where in the document the block's visible character `index` stands; its end where there is none."""
    for start, end in kept(block):
        if index < end - start:
            return start + index
        index -= end - start
    return block.end


def within(skip: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The parts of the skipped stretches that lie in [start, end)."""
    return tuple((max(a, start), min(b, end)) for a, b in skip if a < end and b > start)


def trimmed(text: str, block: Block) -> Block:
    """The block from its first to its last visible character; as it is where there is none."""
    line = visible(text, block)
    if not line.strip():
        return block
    start = offset_of(block, len(line) - len(line.lstrip()))
    end = offset_of(block, len(line.rstrip()) - 1) + 1
    return replace(block, start=start, end=end, skip=within(block.skip, start, end))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, those that touch or overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        elif start < end:
            result.append((start, end))
    return tuple(result)


def line_spans(text: str, start: int, end: int) -> list[Span]:
    """The lines of `text[start:end]` that are not blank, without the white space around them."""
    spans: list[Span] = []
    at = start
    for raw in text[start:end].split("\n"):
        content = raw.strip()
        if content:
            first = at + len(raw) - len(raw.lstrip())
            spans.append((first, first + len(content)))
        at += len(raw) + 1
    return spans


def raised(text: str, before: str) -> str:
    """What stands above the line, where characters have no place: behind a digit a number is no digit more.

    >>> raised("-6", "10"), raised("th", "20"), raised("1", "word")
    ('⁻⁶', 'th', '1')
    """
    return text.translate(_RAISED) if before[-1:].isdigit() and _EXPONENT.fullmatch(text) else text


def printable(text: str) -> str:
    """A name or message as it can be shown and stored: no control characters, no lone surrogates."""
    return "".join(ch if ch.isprintable() else "\ufffd" for ch in text)


@contextmanager
def quiet(*loggers: str) -> Iterator[None]:
    """Keep libraries from writing to the console what we say in our own warnings."""
    before = {name: getLogger(name).level for name in loggers}
    for name in loggers:
        getLogger(name).setLevel(CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            getLogger(name).setLevel(level)
