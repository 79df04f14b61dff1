"""The lines of a block as one line of text that knows where each character came from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.lang import SUSPENDING, is_cjk

Span = tuple[int, int]

_NEWLINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# What nobody sees (a place where a word may be hyphenated, a mark of byte order, a word joiner) is no part of a word.
_SOFT_HYPHEN = "\u00ad"
_UNSEEN = f"{_SOFT_HYPHEN}\ufeff\u2060\u200b"
# Thai, Lao, Burmese and Khmer part words by a blank of no width; elsewhere a line may break at one.
_SEEN = rf"(?:[^\s{_UNSEEN}]|(?<=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b)"
# Words with one blank between them stay together; every other gap is closed by a joiner.
_WORDS = re.compile(rf"{_SEEN}+(?:[^\S{_NEWLINES}]{_SEEN}+)*")
_NEWLINE = re.compile(f"[{_NEWLINES}]")
_BLANK_LINE = re.compile(r"\n\s*\n|\r\r|\r\n\s*\r\n|\u2029")
_NEVER_AFTER_SPACE = frozenset(",;)]}，。、；：？！）」』】》〉")
_STOPS = frozenset(".?!:")
# Marks that Latin and CJK text share: they take the manners of what they stand next to.
_SHARED = frozenset("“”‘’…—·")
_HYPHENS = frozenset("-\u2010")
# A hyphen that the reader knows to be none, or that nobody sees but at the end of a line.
_LEFT_OUT = (*_HYPHENS, _SOFT_HYPHEN)


@dataclass(frozen=True, slots=True)
class Joined:
    """Chunks of a document's text, joined. Offsets count characters of `text` unless called spans."""

    text: str
    starts: tuple[int, ...]  # where each chunk begins
    chunks: tuple[Span, ...]  # where each chunk stands in the document
    lines: tuple[int, ...]  # chunk starts that began a line in the document
    paragraphs: tuple[int, ...]  # line starts after a blank line

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretches of the document that `text[start:end]` was joined from."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_left(self.starts, end)
        return tuple(self._clipped(i, start, end) for i in range(first, last))

    def _clipped(self, i: int, start: int, end: int) -> Span:
        at, (chunk_start, chunk_end) = self.starts[i], self.chunks[i]
        return chunk_start + max(0, start - at), min(chunk_end, chunk_start + end - at)


def visible(start: int, end: int, skip: Iterable[Span]) -> Iterator[Span]:
    """`start` to `end` without the skipped stretches, which may overlap and stick out."""
    for skip_start, skip_end in sorted(skip):
        if start < min(skip_start, end):
            yield start, min(skip_start, end)
        start = max(start, skip_end)
    if start < end:
        yield start, end


def join(text: str, pieces: Sequence[Span], *, captions: bool) -> Joined:
    """Join the visible `pieces` of a document's text.

    A line break, or a run of several blanks, becomes one space, and nothing where CJK characters meet.
    Markup between two pieces leaves no trace. In `captions` every line break becomes a space, because there
    it often stands for a comma.
    """
    parts: list[str] = []
    starts: list[int] = []
    chunks: list[Span] = []
    lines: list[int] = []
    paragraphs: list[int] = []
    length = 0
    for chunk, blank in _chunks(text, pieces):
        if chunks:
            left, right = parts[-1], text[chunk[0] : chunk[1]]
            gap = text[chunks[-1][1] : chunk[0]]
            is_line = bool(_NEWLINE.search(gap))
            joiner = _joiner(left, right, captions) if is_line else " " if blank else ""
            joiner = "" if gap.startswith(_LEFT_OUT) and is_line else joiner
            parts.append(joiner)
            length += len(joiner)
            if is_line:
                lines.append(length)
            if is_line and not gap.strip() and _BLANK_LINE.search(gap):
                paragraphs.append(length)
        starts.append(length)
        chunks.append(chunk)
        parts.append(text[chunk[0] : chunk[1]])
        length += chunk[1] - chunk[0]
    return Joined("".join(parts), tuple(starts), tuple(chunks), tuple(lines), tuple(paragraphs))


def _chunks(text: str, pieces: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    """Runs of words, each with whether a visible blank stands before it."""
    blank = False
    for start, end in pieces:
        at = start
        for match in _WORDS.finditer(text, start, end):
            yield match.span(), blank or _is_blank(text, at, match.start())
            at, blank = match.end(), False
        blank = blank or _is_blank(text, at, end)


def _is_blank(text: str, start: int, end: int) -> bool:
    return any(ch not in _UNSEEN for ch in text[start:end])


def _joiner(left: str, right: str, captions: bool) -> str:
    """What a line break between two pieces of text becomes."""
    a, b = left[-1], right[0]
    if b in _NEVER_AFTER_SPACE or (b in _STOPS and is_cjk(a)):
        return ""
    if a in _HYPHENS and len(left) > 1 and left[-2].isalpha() and (b.islower() or (b.isupper() and not captions)):
        return " " if right.split(maxsplit=1)[0] in SUSPENDING else ""
    if captions:
        return " "
    close = (is_cjk(a) or a in _SHARED) and (is_cjk(b) or b in _SHARED)
    return "" if close and (is_cjk(a) or is_cjk(b)) else " "
