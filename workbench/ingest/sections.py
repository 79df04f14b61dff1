"""What a page has besides its text: lists of related articles and comment sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from workbench.datatypes import Block, Kind
from workbench.ingest.lines import cells, ends_sentence, has_date, is_button, is_counter, is_date, is_finished
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.page import COMMENTS, RELATED
from workbench.ingest.speakers import label_of

OUTSIDE = "outside of the page's main text"
TEXT = (Kind.TITLE, Kind.HEADING, Kind.BODY)
STARTER = 60  # characters that the heading of a section has at most
_NAME = 40
_LEFT_OUT = frozenset({OUTSIDE, "a box beside the text", "navigation of the page"})
_TEASER = 160  # cells: a finished sentence longer than this is body again
_MANUAL = re.compile(r"(\S+\(\d\w*\))\s.*\s\1")  # "FIND(1)   General Commands Manual   FIND(1)"
_ASKS = ("?", "？", "!", "！")  # as headlines may end
_MOST_TEASERS = 60  # blocks
_HEADING = 90  # cells
_EVIDENCE = 8  # blocks within which a comment section shows a date or a counter


def marked_sections(blocks: list[Block], words: list[str]) -> list[Block]:
    """Lists of related articles and comment sections, from their heading to where their pattern ends. Manual pages have
    none: what they say to see also is theirs."""
    index, first = 0, _first_seen(blocks, words)
    if words and _MANUAL.fullmatch(words[0]):
        return blocks
    while index < len(blocks):
        section = section_of(words[index])
        if section == "related":
            blocks[index] = _as(blocks[index], Kind.FURNITURE, "heading of a list of related articles")
            index = _related(blocks, words, index + 1)
        elif section == "comments" and _shows_comments(words, index):
            blocks[index] = _as(blocks[index], Kind.FURNITURE, "heading of a comment section")
            index = _comments(blocks, words, index + 1, first)
        else:
            index += 1
    return blocks


def _first_seen(blocks: list[Block], words: list[str]) -> dict[str, int]:
    """Where each paragraph that is no mere name or heading stands first."""
    seen: dict[str, int] = {}
    for index, (block, line) in enumerate(zip(blocks, words, strict=True)):
        if block.kind in TEXT and len(line) > _NAME:
            seen.setdefault(line, index)
    return seen


def section_of(line: str) -> str:
    """ "related" or "comments" where a line opens such a section."""
    if len(line) > STARTER:
        return ""
    folded = fold(line)
    if folded in RELATED:
        return "related"
    return "comments" if folded in COMMENTS else ""


def _as(block: Block, kind: Kind, reason: str) -> Block:
    return replace(block, kind=kind, reason=reason, speaker="")


def _related(blocks: list[Block], words: list[str], index: int) -> int:
    """Mark teasers from `index` on; the index of the first block after them."""
    first, end = index, min(index + _MOST_TEASERS, len(blocks))
    listed = blocks[first] if first < end else None
    while index < end and not section_of(words[index]) and _is_teaser(words, index):
        if listed and index > first and (_goes_on(listed, blocks[index]) or _is_told(words, index)):
            break
        if blocks[index].kind in TEXT:
            blocks[index] = _as(blocks[index], Kind.FURNITURE, "teaser of a related article")
        index += 1
    return index


def _goes_on(listed: Block, block: Block) -> bool:
    """Whether the page's own text goes on, by what the format says: with a heading below a list without, or with main
    text below a list that is none."""
    if listed.kind is Kind.FURNITURE:
        return listed.reason in _LEFT_OUT and block.kind in TEXT
    return listed.kind is Kind.BODY and block.kind in (Kind.TITLE, Kind.HEADING)


def _is_told(words: list[str], index: int) -> bool:
    """Whether this is the second of two paragraphs that end sentences: no headline stands between them."""
    return all(is_finished(line) and not line.endswith(_ASKS) for line in words[index - 1 : index + 1])


def _is_teaser(words: list[str], index: int) -> bool:
    """A headline, or a text cut off in the middle, or a short sentence below a headline."""
    line = words[index]
    following = words[index + 1] if index + 1 < len(words) else ""
    if label_of(line) and label_of(following):
        return False
    if is_finished(line):
        return cells(line) <= _TEASER
    below = cells(line) > 1.5 * cells(words[index - 1]) and not section_of(words[index - 1])
    is_heading = is_finished(following) and cells(following) > _TEASER
    return not is_heading or below or cells(line) > _HEADING


def _shows_comments(words: list[str], index: int) -> bool:
    """Whether more than the word "comments" says that a comment section begins here: a count, a name above a date, or
    two dates, counters and buttons. A report may have a section of that name, and a date in it."""
    nearby = range(index + 1, min(index + 1 + _EVIDENCE, len(words)))
    signs = sum(_is_sign(words[at]) for at in nearby)
    return any(map(str.isdigit, words[index])) or signs > 1 or any(_is_name(words, at) for at in nearby)


def _is_sign(line: str) -> bool:
    return is_date(line) or is_counter(line) or is_button(line) or has_date(line)


def _comments(blocks: list[Block], words: list[str], index: int, first: Mapping[str, int]) -> int:
    """Mark a comment section from `index` on; the index of the first block after it.

    A comment is a name, a date, some text, some counters. The section ends where a finished comment is
    followed by what is no name or date, or where the document's own text begins again.
    """
    dated = written = closed = False
    for at in range(index, len(blocks)):
        line = words[at]
        if section_of(line) == "related" or first.get(line, at) < index:
            return at
        if is_counter(line) or is_button(line):
            blocks[at] = _as(blocks[at], Kind.FURNITURE, "a counter or button of the comment section")
            closed = written and dated
        elif is_date(line) or (has_date(line) and not ends_sentence(line)):
            blocks[at] = _as(blocks[at], Kind.METADATA, "date of a comment")
            dated, written, closed = True, False, False
        elif _is_name(words, at):
            blocks[at] = _as(blocks[at], Kind.METADATA, "name of a commenter")
            closed = False
        elif blocks[at].kind in (Kind.FURNITURE, Kind.METADATA) and blocks[at].reason != OUTSIDE:
            closed = written and dated
        elif closed:
            return at
        else:
            blocks[at] = _as(blocks[at], Kind.COMMENT, "a reader's comment")
            written = True
    return len(blocks)


def _is_name(words: list[str], index: int) -> bool:
    """A short line right above a date."""
    line = words[index]
    return len(line) <= _NAME and not ends_sentence(line) and index + 1 < len(words) and is_date(words[index + 1])
