"""What the blocks of a document are: furniture, comment sections, speakers' turns, headings.

Every reader hands its blocks through `annotate`, so that a transcript is a transcript in any format. The
rules look at wording (the tables in `phrases`) and at shape; none of them removes anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.datatypes import Block, Kind
from workbench.ingest import phrases
from workbench.ingest.lines import (
    cells,
    continues,
    ends_open,
    ends_sentence,
    has_date,
    is_address,
    is_button,
    is_counter,
    is_date,
    is_page_number,
    is_sound,
)
from workbench.ingest.phrases import fold
from workbench.ingest.reading import offset_of, visible, within
from workbench.lang import is_cjk

OUTSIDE = "outside of the page's main text"
_TEXT = (Kind.TITLE, Kind.HEADING, Kind.BODY)
_STARTER = 60  # characters that the heading of a section has at most
_NAME = 40
_HAN_NAME = 4
_TEASER = 160  # cells: a finished sentence longer than this is body again
_MOST_TEASERS = 60  # blocks
_MARGIN = 400  # cells: the site speaks in short paragraphs
_HEAD_BLOCKS, _TAIL_BLOCKS = 6, 12
_HEADING = 90  # cells
_TITLE = 200
_EVIDENCE = 8  # blocks within which a comment section shows a date or a counter

_STAMP = r"[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?"
_LABEL = re.compile(
    rf"(?:{_STAMP}\s*[-–]?\s*)?(?P<name>[^\W\d_][^:：。！？!?,，;；…\"“”«»<>\n]{{0,39}}?)"
    rf"(?:\s*[\[(]\d{{1,2}}(?::\d\d){{1,2}}[\])])?\s*[:：](?!//)(?!\d\d\b)\s*"
)
# A name and a time stamp on a line of their own.
_LABEL_LINE = re.compile(rf"(?P<name>[^\W\d_][^:：。！？!?,，;；…\"“”«»<>\n]{{0,39}}?)\s+{_STAMP}")
_BYLINE = re.compile(r"(?:by|par|von|por|di)\s+(?=\S{1,60}(?:\s\S{1,60}){0,5}$)|\S{2,5} (?:기자|특파원)$", re.I)
_CREDIT = re.compile(r"\W{0,2}([^:：\n]{1,30})[:：]\s*(\S.{0,99})")
_BEFORE_COLON = re.compile("[:：]")
_BULLET = re.compile(r"(?:[-*•·–—‣▪■●○◦]|\(?\d{1,3}[.)、]|[a-z][.)])\s+|[•·▪■●○]")
_NUMBERED = re.compile(
    r"第[\d一二三四五六七八九十百]{1,4}[章节節部回]|(?:chapter|chapitre|kapitel|capítulo)\s+[\divxlc]+\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name at the beginning of a block; the turn's text begins at visible character `end`."""

    name: str
    end: int


def annotate(text: str, blocks: Sequence[Block], *, guess_headings: bool = False, numbers: bool = False) -> list[Block]:
    """The blocks with the kinds that their wording and their neighbours give them.

    `guess_headings`: the format marks none, so short lines between long ones are taken for headings.
    `numbers`: a number alone on its line is a page number or a counter, not the cell of a table.
    """
    words = [visible(text, block).strip() for block in blocks]
    found = _furniture(list(blocks), words, numbers)
    found = _sections(found, words)
    labels = _labels(found, words)
    if guess_headings:
        found = _headings(found, words, labels)
    return _turns(text, found, labels)


def stands_alone(line: str) -> bool:
    """Whether a line is no part of a paragraph, whatever the lines around it look like."""
    if len(line) > 140:
        return False
    label = label_of(line)
    if label and label.end == len(line):
        return True
    return is_address(line) or is_button(line) or is_date(line) or bool(_section(line) or _credit(line))


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(text))


def label_of(text: str) -> Label | None:
    """What looks like a speaker's label: some words and a colon at the beginning.

    >>> label_of("Felix Zalman: DeepSeek?")
    Label(name='Felix Zalman', end=14)
    """
    match = _LABEL.match(text[:100]) or _LABEL_LINE.fullmatch(text[:100])
    if not match:
        return None
    name = match["name"].strip(" *_")
    return Label(name, match.end()) if _may_speak(name) else None


def _may_speak(name: str) -> bool:
    """Whether a label can be somebody: not "Note", nor the beginning of a sentence ("Then she said")."""
    folded, parts = fold(name), name.split()
    if folded in phrases.ROLES:
        return True
    if len(parts) > 5 or folded in phrases.NOT_SPEAKERS:
        return False
    if len(name) > 1 and (folded.endswith(tuple(phrases.SAYS)) or not phrases.SAYS.isdisjoint(folded.split())):
        return False
    return len(parts) == 1 or not parts[-1][0].islower()


def _furniture(blocks: list[Block], words: list[str], numbers: bool) -> list[Block]:
    """Single blocks that speak for themselves."""
    count = len(blocks)
    for index, (block, line) in enumerate(zip(blocks, words, strict=True)):
        if block.kind not in _TEXT:
            continue
        margin = index < _HEAD_BLOCKS or index >= count - _TAIL_BLOCKS
        kind, reason = _verdict(line, margin, numbers)
        if reason:
            blocks[index] = replace(block, kind=kind, reason=reason)
    return blocks


def _verdict(line: str, margin: bool, numbers: bool) -> tuple[Kind, str]:
    """Furniture or metadata and why; no reason where the line is text."""
    if is_address(line):
        return Kind.FURNITURE, "a web address alone"
    if is_button(line):
        return Kind.FURNITURE, "a button or menu entry"
    if is_sound(line):
        return Kind.FURNITURE, "a sound, not words"
    if numbers and is_page_number(line):
        return Kind.FURNITURE, "a number alone on its line"
    if margin and is_date(line) and not ends_sentence(line) and (numbers or any(map(str.isalpha, line))):
        return Kind.METADATA, "a date"
    return _credit(line) or (margin and (_byline(line) or _margin(line))) or (Kind.BODY, "")


def _credit(line: str) -> tuple[Kind, str] | None:
    match = _CREDIT.fullmatch(line) if len(line) <= 140 else None
    label = fold(match[1]) if match else ""
    if match and label in phrases.RELATED and not _is_finished(line):
        return Kind.FURNITURE, "a link to a related article"
    reason = phrases.CREDITS.get(label)
    if not match or not reason or (cells(match[2]) > 60 and ends_sentence(line)):
        return None
    is_metadata = reason in ("a date of publication", "a byline or credit")
    return (Kind.METADATA if is_metadata else Kind.FURNITURE), reason


def _byline(line: str) -> tuple[Kind, str] | None:
    """ "By Ann Lee": every word but the first capitalised."""
    match = _BYLINE.match(line) if len(line) <= _STARTER and not ends_sentence(line) else None
    if not match or any(word[:1].islower() for word in line[match.end() :].split()):
        return None
    return Kind.METADATA, "a byline or credit"


def _margin(line: str) -> tuple[Kind, str] | None:
    if cells(line) > _MARGIN or label_of(line):
        return None
    if fold(_BEFORE_COLON.split(line, maxsplit=1)[0]) in phrases.NOTICES:
        return Kind.FURNITURE, "a note of the editors"
    folded = fold(line)
    return next(
        ((Kind.FURNITURE, reason) for reason, pattern in phrases.MARGINS.items() if pattern.search(folded)),
        None,
    )


def _sections(blocks: list[Block], words: list[str]) -> list[Block]:
    """Lists of related articles and comment sections, from their heading to where their pattern ends."""
    index, first = 0, _first_seen(blocks, words)
    while index < len(blocks):
        section = _section(words[index])
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
        if block.kind in _TEXT and len(line) > _NAME:
            seen.setdefault(line, index)
    return seen


def _section(line: str) -> str:
    """ "related" or "comments" where a line opens such a section."""
    if len(line) > _STARTER:
        return ""
    folded = fold(line)
    if folded in phrases.RELATED:
        return "related"
    return "comments" if folded in phrases.COMMENTS else ""


def _as(block: Block, kind: Kind, reason: str) -> Block:
    return replace(block, kind=kind, reason=reason, speaker="")


def _related(blocks: list[Block], words: list[str], index: int) -> int:
    """Mark teasers from `index` on; the index of the first block after them."""
    end = min(index + _MOST_TEASERS, len(blocks))
    while index < end and not _section(words[index]) and _is_teaser(words, index):
        if blocks[index].kind in _TEXT:
            blocks[index] = _as(blocks[index], Kind.FURNITURE, "teaser of a related article")
        index += 1
    return index


def _is_teaser(words: list[str], index: int) -> bool:
    """A headline, or a text cut off in the middle, or a short sentence below a headline."""
    line = words[index]
    following = words[index + 1] if index + 1 < len(words) else ""
    if label_of(line) and label_of(following):
        return False
    if _is_finished(line):
        return cells(line) <= _TEASER
    below = cells(line) > 1.5 * cells(words[index - 1]) and not _section(words[index - 1])
    is_heading = _is_finished(following) and cells(following) > _TEASER
    return not is_heading or below or cells(line) > _HEADING


def _is_finished(line: str) -> bool:
    return ends_sentence(line) and not line.endswith(("...", "…"))


def _shows_comments(words: list[str], index: int) -> bool:
    """Whether more than the word "comments" says that a comment section begins here."""
    nearby = words[index + 1 : index + 1 + _EVIDENCE]
    counted = any(map(str.isdigit, words[index]))
    return counted or any(is_date(line) or is_counter(line) or is_button(line) or has_date(line) for line in nearby)


def _comments(blocks: list[Block], words: list[str], index: int, first: Mapping[str, int]) -> int:
    """Mark a comment section from `index` on; the index of the first block after it.

    A comment is a name, a date, some text, some counters. The section ends where a finished comment is
    followed by what is no name or date, or where the document's own text begins again.
    """
    dated = written = closed = False
    for at in range(index, len(blocks)):
        line = words[at]
        if _section(line) == "related" or first.get(line, at) < index:
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


def _labels(blocks: list[Block], words: list[str]) -> dict[int, Label]:
    """The blocks at which somebody begins to speak, if the document is a transcript at all.

    A label counts where it comes back, or is a role such as "Host"; one that occurs once counts beside others
    that do if it is written like them.
    """
    found = {
        index: label
        for index, (block, line) in enumerate(zip(blocks, words, strict=True))
        if block.kind in (Kind.BODY, Kind.CAPTION) and (label := label_of(line))
    }
    counts = Counter(label.name for label in found.values())
    known = {name for name, count in counts.items() if count > 1 or fold(name) in phrases.ROLES}
    speakers = known | {name for name in counts if known and _is_like(name, known)}
    turns = sum(counts[name] for name in speakers)
    if turns < 2 or (turns < 3 and len(speakers) < 2):
        return {}
    last = max(index for index, label in found.items() if label.name in known)
    # What is labelled once after everybody has spoken is a note below the text.
    return {
        index: label
        for index, label in found.items()
        if label.name in known or (label.name in speakers and index < last)
    }


def _is_like(name: str, speakers: set[str]) -> bool:
    """Whether a label is written like the names of speakers: as many capitalised words, or a name in Han."""
    if all(map(is_cjk, name)):
        return len(name) <= _HAN_NAME and any(map(is_cjk, "".join(speakers)))
    most = max(len(speaker.split()) for speaker in speakers)
    return name.istitle() and len(name.split()) == most > 1


def _headings(blocks: list[Block], words: list[str], labels: dict[int, Label]) -> list[Block]:
    """The title and the headings of a document whose format marks none."""
    text = [index for index, block in enumerate(blocks) if block.kind == Kind.BODY]
    for place, index in enumerate(text):
        if index in labels:
            continue
        following = text[place + 1 : place + 3]
        if place == 0 and _is_title(blocks, words, index, following):
            blocks[index] = replace(blocks[index], kind=Kind.TITLE)
        elif _is_heading(words, labels, index, following):
            blocks[index] = replace(blocks[index], kind=Kind.HEADING)
    return blocks


def _is_title(blocks: list[Block], words: list[str], index: int, following: Sequence[int]) -> bool:
    """The first line of all, addresses and metadata aside, if it is no sentence and text comes after it."""
    line = words[index]
    first = all(block.kind == Kind.METADATA or block.reason == "a web address alone" for block in blocks[:index])
    if not first or not following or cells(line) > _TITLE or fold(line) in phrases.SUMMARIES:
        return False
    return not ends_open(line) and not line.endswith((".", "。")) and not is_bullet(line)


def _is_heading(words: list[str], labels: dict[int, Label], index: int, following: Sequence[int]) -> bool:
    """A short line without a full stop, and longer text or a speaker after it or after a second such line."""
    line = words[index]
    if not following or not _looks_like_heading(line):
        return False
    if fold(line) in phrases.SUMMARIES or _NUMBERED.match(line):
        return True
    first = following[0]
    if first in labels or _is_longer(words[first], line):
        return True
    second = following[-1]
    return _looks_like_heading(words[first]) and (second in labels or _is_longer(words[second], line))


def _looks_like_heading(line: str) -> bool:
    width = cells(line)
    if not 2 <= width <= _HEADING or is_bullet(line) or ends_open(line) or continues(line):
        return False
    if _NUMBERED.match(line):
        return True
    if ends_sentence(line):  # "Why fight?" is a heading, "Yes!" and "“Never again.”" are not
        return line.endswith(("?", "？")) and width >= 12
    return len(line.split()) <= 16


def _is_longer(text: str, line: str) -> bool:
    return ends_sentence(text) and cells(text) >= max(2 * cells(line), 60)


def _turns(text: str, blocks: list[Block], labels: dict[int, Label]) -> list[Block]:
    """Labels taken off, and each speaker's paragraphs given to him up to the next label or heading."""
    turns: list[Block] = []
    speaker, last = "", max(labels, default=-1)
    for index, block in enumerate(blocks):
        if index in labels:
            speaker = labels[index].name
            turns.append(_without_label(text, block, labels[index]))
        elif block.kind in (Kind.BODY, Kind.CAPTION):
            kind = Kind.TURN if speaker else block.kind
            turns.append(replace(block, kind=kind, speaker=speaker))
        else:
            ends = block.kind in (Kind.HEADING, Kind.TITLE, Kind.COMMENT) or index > last
            speaker = "" if ends else speaker
            turns.append(block)
    return turns


def _without_label(text: str, block: Block, label: Label) -> Block:
    """The turn without its label; a label that stands alone on its line becomes metadata."""
    line = visible(text, block)
    start = offset_of(block, len(line) - len(line.lstrip()) + label.end)
    if start >= block.end:
        return replace(block, kind=Kind.METADATA, reason="name of a speaker")
    skip = within(block.skip, start, block.end)
    return replace(block, kind=Kind.TURN, start=start, speaker=label.name, skip=skip)
