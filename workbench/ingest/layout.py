"""Lines -> paragraphs: how the lines of a plain text belong together, decided once for the whole document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.datatypes import Block, Kind, Layout
from workbench.facts.articles import is_head, label_end
from workbench.ingest.contents import leads_to_page
from workbench.ingest.lines import (
    begins_lower,
    cells,
    continues,
    ends_open,
    ends_sentence,
    is_address,
    is_clock,
    is_remark,
)
from workbench.ingest.reading import Span
from workbench.ingest.speakers import is_message, label_of
from workbench.ingest.structure import STAMP, is_bullet, is_rule, stands_alone
from workbench.lang import is_cjk

# Captions: lines at least, cells that half of them keep within, cells of a line that is none.
_QUOTE = re.compile(r"(?:>[ \t]*)+")
_QUOTED = 3  # lines that make a mail with quotes
_FEWEST, _SHORT, _LONG = 12, 60, 110
_WIDEST = 160  # columns of wrapped lines
_MOST_FULL = 0.75  # share of broken lines that are full where lines are wrapped
# Share of what ends sentences in full lines that is enough beside code, and what does in others for each of it at most.
_LEAST_PROSE, _MOST_RAGGED = 0.2, 0.25


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `text` is `document[start:end]`, without white space around it and without the ">" of
    quoted mail before it, which begins at `mark`, that of empty lines included (`start` where there is none)."""

    mark: int
    start: int
    end: int
    text: str
    indent: int
    blank_before: int  # blank lines between it and the line before


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank. Where mail is quoted within mail, or ends, there is as good as a blank line."""
    lines: list[Line] = []
    at = blanks = depth = 0
    mark = -1
    quotes = text.count("\n>") - text.count("\n>>") >= _QUOTED  # where each is doubled it says who speaks
    for raw in text.split("\n"):
        content = raw.strip()
        quoted = _QUOTE.match(content) if quotes else None
        words = content[quoted.end() :] if quoted else content
        indent = len(raw) - len(raw.lstrip())
        mark = -1 if not content else at + indent if mark < 0 else mark
        if words:
            end = at + indent + len(content)
            deep = quoted[0].count(">") if quoted else 0
            gap = max(blanks, int(deep != depth))
            indent += quoted.end() if quoted else 0
            lines.append(Line(mark, end - len(words), end, words, indent, gap))
            blanks, depth, mark = 0, deep, -1
        else:
            blanks += 1
        at += len(raw) + 1
    return lines


def layout_of(lines: Sequence[Line]) -> Layout:
    """How a document uses its lines, from their widths and ends."""
    if _is_wrapped(lines):
        return Layout.WRAPPED
    return Layout.CAPTIONS if _are_captions(lines) else Layout.PARAGRAPHS


def most_keep_within(lines: Sequence[Line]) -> int:
    """The column that all lines but some keep within."""
    return _kept_within(lines, 97)


def _kept_within(lines: Sequence[Line], share: int) -> int:
    widths = sorted(map(_end, lines))
    return widths[len(widths) * share // 100] if widths else 0


def width_of(lines: Sequence[Line]) -> int:
    """The column at which lines are wrapped, if they are: of those that nearly all of them keep within, some tables and
    code aside, the one at which most are full."""
    narrow, wide = _kept_within(lines, 90), most_keep_within(lines)
    if wide > _WIDEST:
        return wide
    full: Counter[int] = Counter()
    for line, following in pairwise(lines):
        if not following.blank_before:
            full.update(range(max(_end(line), narrow), min(_reach(line, following, wide), wide) + 1))
    return max(range(narrow, wide + 1), key=lambda width: (full[width], width))


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines break where the next word would not have fitted."""
    width = width_of(lines)
    if not 30 <= width <= _WIDEST:
        return False
    stretches = [(stretch, _broken(stretch, width)) for stretch in _stretches(lines)]
    broken = [full for _, pairs in stretches for full in pairs]
    if len(broken) >= 3 and len(broken) * 4 >= len(lines) and sum(broken) >= _MOST_FULL * len(broken):
        return True
    # However much code there is and however many headings, prose between blank lines is not captions.
    told = [(stretch, pairs) for stretch, pairs in stretches if pairs and _is_ended(stretch[-1].text)]
    prose = [stretch for stretch, pairs in told if sum(pairs) >= _MOST_FULL * len(pairs)]
    share = sum(map(_size, prose)) / _size(lines)
    ragged = sum(_size(stretch) for stretch, _ in told) / _size(lines) - share
    return len(prose) > 2 and (share >= 0.5 or (share >= _LEAST_PROSE and ragged <= _MOST_RAGGED * share))


def _broken(lines: Sequence[Line], width: int) -> list[bool]:
    """Of each line of a stretch that the next may go on with, whether it is full; of none where these are three lines
    and more and none is: they are verses or an address. What is explained below a word, farther in, goes on with no
    line that is not full."""
    pairs = [pair for pair in pairwise(lines) if not _begins(pair[1].text)]
    pairs = [pair for pair in pairs if not any(is_head(line.text) or is_remark(line.text) for line in pair)]
    full = [is_full(*pair, width) for pair in pairs if is_full(*pair, width) or _may_go_on(*pair)]
    return [] if len(full) > 1 and not any(full) else full


def _may_go_on(line: Line, following: Line) -> bool:
    return not (ends_sentence(line.text) or following.indent > line.indent)


def _is_ended(text: str) -> bool:
    return ends_sentence(text) or text.endswith((":", "："))


def _size(lines: Sequence[Line]) -> int:
    return sum(cells(line.text) for line in lines)


def _stretches(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines between blank ones."""
    starts = [at for at, line in enumerate(lines) if not at or line.blank_before]
    return (list(lines[start:end]) for start, end in pairwise([*starts, len(lines)]))


def _begins(text: str) -> bool:
    return is_bullet(text) or is_message(text)


def is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line would have gone past the width. Where there are no spaces
    a line may end a few characters early, so as not to begin the next with a full stop."""
    return _reach(line, following, width) >= width


def _end(line: Line) -> int:
    """The column at which a line ends."""
    return line.indent + cells(line.text)


def _reach(line: Line, following: Line, width: int) -> int:
    """The column at which a line would end with the first word of the following."""
    word = following.text.split(maxsplit=1)[0]
    return _end(line) + 1 + (4 if cells(word) > 1.3 * len(word) else min(cells(word), width))


def _are_captions(lines: Sequence[Line]) -> bool:
    """Whether most lines are short and break off without ending a sentence."""
    spoken = [line.text for line in lines if not is_clock(line.text) and not stands_alone(line.text)]
    if len(spoken) < _FEWEST or sum(is_bullet(line) or is_head(line) for line in spoken) > 0.2 * len(spoken):
        return False
    widths = sorted(map(cells, spoken))
    long = sum(width for width in widths if width > _LONG)
    if widths[len(widths) // 2] > _SHORT or long > 0.2 * sum(widths):
        return False
    ended = sum(map(ends_sentence, spoken)) / len(spoken)
    running = sum(not ends_sentence(a) and begins_lower(b) for a, b in pairwise(spoken)) / len(spoken)
    return ended <= 0.3 or (ended <= 0.6 and running >= 0.3)


def paragraphs(lines: Sequence[Line], layout: Layout, width: int) -> Iterator[list[Line]]:
    """The lines, grouped into paragraphs; captions stay apart here. `width`: where wrapped lines are full."""
    group: list[Line] = []
    for line in lines:
        if group and not _belongs(group[-1], line, layout, width):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _belongs(before: Line, line: Line, layout: Layout, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    if line.blank_before or layout is Layout.CAPTIONS or leads_to_page(before.text):
        return False
    if is_rule(line.text) or is_rule(before.text):
        return False
    if continues(line.text):
        return True
    if _begins(line.text) or (label_end(line.text) and (ends_sentence(before.text) or is_remark(before.text))):
        return False
    if is_head(before.text) and is_remark(line.text):
        return False
    full = layout is Layout.WRAPPED and is_full(before, line, width)
    runs_on = begins_lower(line.text) or (is_cjk(before.text[-1]) and is_cjk(line.text[0]))
    if full and runs_on and not (ends_sentence(before.text) or is_address(before.text)):
        return True  # whatever else a line is that says "report" or "share", or "す:" like a speaker's label
    if stands_alone(line.text) or stands_alone(before.text):
        return False
    if layout is Layout.PARAGRAPHS:
        return _broken_off(before, line)
    return full or not _starts_new(before, line)


def _broken_off(before: Line, line: Line) -> bool:
    """A sentence that goes on with a small letter after a line long enough to be more than a heading."""
    if ends_sentence(before.text) or not begins_lower(line.text):
        return False
    return cells(before.text) >= 40 or ends_open(before.text)


def _starts_new(before: Line, line: Line) -> bool:
    """Signs of a new paragraph in wrapped text, to be believed where the line before was not full."""
    if line.indent > before.indent or label_of(line.text):
        return True
    return ends_sentence(before.text) or not (begins_lower(line.text) or ends_open(before.text))


def joined(blocks: Sequence[Block], lines: Sequence[Line]) -> list[Block]:
    """Caption lines (a block each) put together into stretches, up to a blank line or another speaker.

    Time stamps on lines of their own are skipped, not cut at.
    """
    blanks = {line.mark: line.blank_before for line in lines}
    usual = _usual_blanks(lines)
    merged: list[Block] = []
    skips: list[list[Span]] = []  # of each block
    stamps: list[Span] = []
    for block in blocks:
        gap = blanks.get(block.start, 0)
        if block.reason == STAMP:
            stamps.append((block.start, block.end))
        elif merged and gap <= usual and _same(merged[-1], block):
            merged[-1] = replace(merged[-1], end=block.end)
            skips[-1] += [*stamps, *block.skip]
            stamps = []
        else:
            alone = [*_stamps(stamps), block]
            merged += alone
            skips += [list(each.skip) for each in alone]
            stamps = []
    whole = (replace(block, skip=tuple(skip)) for block, skip in zip(merged, skips, strict=True))
    return [*whole, *_stamps(stamps)]


def _usual_blanks(lines: Sequence[Line]) -> int:
    """How many blank lines stand between any two lines: 1 in double-spaced captions, else 0."""
    gaps = sorted(line.blank_before for line in lines[1:])
    return gaps[len(gaps) // 2] if gaps else 0


def _same(before: Block, block: Block) -> bool:
    spoken = (Kind.CAPTION, Kind.TURN)
    return before.kind in spoken and before.kind == block.kind and before.speaker == block.speaker


def _stamps(spans: Sequence[Span]) -> list[Block]:
    return [Block(Kind.METADATA, *span, reason=STAMP) for span in spans]
