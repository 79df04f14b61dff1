"""What the blocks of a document are: furniture, comment sections, speakers' turns, headings.

Every reader hands its blocks through `annotate`, so that a transcript is a transcript in any format. The
rules look at wording (the tables in `phrases`) and at shape; none of them removes anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise

from workbench.datatypes import Block, Kind
from workbench.facts import articles
from workbench.ingest.contents import without_contents
from workbench.ingest.lines import (
    cells,
    continues,
    ends_open,
    ends_sentence,
    is_address,
    is_button,
    is_clock,
    is_date,
    is_finished,
    is_page_number,
    is_remark,
    is_sound,
)
from workbench.ingest.phrases.credits import CREDITS
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.headings import SUMMARIES, is_scene
from workbench.ingest.phrases.page import MARGINS, NOTICES, RELATED
from workbench.ingest.reading import visible
from workbench.ingest.sections import STARTER, TEXT, marked_sections, section_of
from workbench.ingest.speakers import Label, is_message, label_of, labels_of, turns

_MARGIN = 400  # cells: the site speaks in short paragraphs
_HEAD_BLOCKS, _TAIL_BLOCKS = 6, 12
_HEADING = 90  # cells
_LONG = 60  # cells that a paragraph has and a verse has not
_TITLE = 200
_BYLINE = re.compile(r"(?:by|par|von|por|di)\s+(?=\S{1,60}(?:\s\S{1,60}){0,5}$)|\S{2,5} (?:기자|특파원)$", re.I)
_CREDIT = re.compile(r"\W{0,2}([^:：\n]{1,30})[:：]\s*(\S.{0,99})")
_BEFORE_COLON = re.compile("[:：]")
_LABELLED = re.compile(r"\W{0,2}([^:：\n]{1,30})[:：]")
_BYLINE_REASON = "a byline or credit"
STAMP = "a time stamp"
_ADDRESS = "a web address alone"
_RULED = "a ruled line, no words"
_RULE = re.compile(r"[-=_*~#+─━═·•\s]{3,}|[\"^'`.:]{4,}")  # "-----", "* * *", and what reStructuredText underlines with
_LENGTH_REASON = "how long it takes to read"
_ASKED = ("――", "──", "——")  # before what is asked in an interview
_BRACKETED = re.compile(r"【[^【】]{1,40}】")  # as headings are in Chinese and Japanese
_BULLET = re.compile(r"(?:[-*+•·–—‣▪■●○◦]|\(?\d{1,3}[.)、]|[a-z][.)])\s+|[•·▪■●○]")


def annotate(
    text: str,
    blocks: Sequence[Block],
    *,
    guess_headings: bool = False,
    numbers: bool = False,
    silent: Collection[int] = frozenset(),
) -> list[Block]:
    """The blocks with the kinds that their wording and their neighbours give them.

    `guess_headings`: the format marks none, so short lines between long ones are taken for headings.
    `numbers`: a number alone on its line is a page number or a counter, not the cell of a table.
    `silent`: the numbers of blocks in which nobody speaks.
    """
    words = [visible(text, block).strip() for block in blocks]
    found = _furniture(list(blocks), words, numbers)
    found = marked_sections(without_contents(found, words), words)
    labels = labels_of(found, words, silent)
    if guess_headings and not any(is_message(words[index]) for index in labels):  # a chat has none
        found = _headings(found, words, labels, _verses(text, found, words))
    return turns(text, found, labels)


def stands_alone(line: str) -> bool:
    """Whether a line is no part of a paragraph, whatever the lines around it look like."""
    if len(line) > 140:
        return False
    label = label_of(line)
    if label and label.end == len(line):
        return True
    return is_address(line) or is_button(line) or is_date(line) or bool(section_of(line) or credit_of(line))


def is_rule(line: str) -> bool:
    """Whether a line is drawn across the page or below a heading."""
    return bool(_RULE.fullmatch(line))


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(text))


def _furniture(blocks: list[Block], words: list[str], numbers: bool) -> list[Block]:
    """Single blocks that speak for themselves."""
    count = len(blocks)
    talking = talking_of(words)
    told = 0  # what a site puts before its text does not make that begin later
    for index, (block, line) in enumerate(zip(blocks, words, strict=True)):
        if block.kind not in TEXT:
            continue
        margin = told < _HEAD_BLOCKS or index >= count - _TAIL_BLOCKS
        if block.kind == Kind.TITLE or (block.kind is not Kind.BODY and is_button(line)):
            told += 1
            continue  # a format's own title is that, and "Search" heads a part of a manual
        kind, reason = _verdict(line, margin, numbers, talking)
        told += not reason
        if reason:
            blocks[index] = replace(block, kind=kind, reason=reason)
    return blocks


def _verdict(line: str, margin: bool, numbers: bool, talking: Collection[str]) -> tuple[Kind, str]:
    """Furniture or metadata and why; no reason where the line is text."""
    if is_address(line):
        return Kind.FURNITURE, _ADDRESS
    if is_rule(line):
        return Kind.FURNITURE, _RULED
    if is_button(line):
        return Kind.FURNITURE, "a button or menu entry"
    if is_sound(line, captions=False):
        return Kind.FURNITURE, "a sound, not words"
    if is_clock(line) and (numbers or line.count(":") > 1 or line[0] in "[("):  # in a table "10:30" is text
        return Kind.METADATA, STAMP
    if numbers and is_page_number(line):
        return Kind.FURNITURE, "a number alone on its line"
    if margin and is_date(line) and not ends_sentence(line) and (numbers or any(map(str.isalpha, line))):
        return Kind.METADATA, "a date"
    return credit_of(line, talking) or (margin and (_byline(line) or _margin(line))) or (Kind.BODY, "")


def talking_of(words: Sequence[str]) -> frozenset[str]:
    """Which labels of credits are those of speakers: they come again, and what they label ends sentences."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for line in words:
        if (match := _LABELLED.match(line)) and CREDITS.get(label := fold(match[1])) == _BYLINE_REASON:
            said[label].add(line)
    return frozenset(label for label, lines in said.items() if len(lines) > 1 and any(map(ends_sentence, lines)))


def credit_of(line: str, talking: Collection[str] = ()) -> tuple[Kind, str] | None:
    """What a line of the form "Label: value" is that says who and what the text comes from, and why; None if none.

    `talking`: labels of the document that are speakers', see `talking_of`.
    """
    match = _CREDIT.fullmatch(line) if len(line) <= 140 else None
    label = fold(match[1]) if match else ""
    if match and label in RELATED and not is_finished(line):
        return Kind.FURNITURE, "a link to a related article"
    reason = CREDITS.get(label)
    if not match or not reason or label in talking or (cells(match[2]) > 60 and ends_sentence(line)):
        return None
    if reason == _LENGTH_REASON and not any(map(str.isnumeric, line)):
        return None
    is_metadata = reason in ("a date of publication", _BYLINE_REASON)
    return (Kind.METADATA if is_metadata else Kind.FURNITURE), reason


def _byline(line: str) -> tuple[Kind, str] | None:
    """ "By Ann Lee": every word but the first capitalised."""
    match = _BYLINE.match(line) if len(line) <= STARTER and not ends_sentence(line) else None
    if not match or any(word[:1].islower() for word in line[match.end() :].split()):
        return None
    return Kind.METADATA, _BYLINE_REASON


def _margin(line: str) -> tuple[Kind, str] | None:
    if cells(line) > _MARGIN or label_of(line):
        return None
    if fold(_BEFORE_COLON.split(line, maxsplit=1)[0]) in NOTICES:
        return Kind.FURNITURE, "a note of the editors"
    folded = fold(line)
    return next(
        ((Kind.FURNITURE, reason) for reason, pattern in MARGINS.items() if pattern.search(folded)),
        None,
    )


def _is_head(line: str) -> bool:
    """Whether a line is the number of a chapter or an article, of an act or a scene, with its title or without."""
    return articles.is_head(line) or is_scene(line)


def _verses(text: str, blocks: Sequence[Block], words: Sequence[str]) -> set[int]:
    """The lines of stanzas and of bare lists: three or more short ones between blank lines, four where a title or the
    number of a chapter may be above them, or any four in a row that end no sentence."""
    short = [block.kind is Kind.BODY and cells(line) < _LONG for block, line in zip(blocks, words, strict=True)]
    blank = (text.count("\n", before.end, block.start) > 1 for before, block in pairwise(blocks))
    stanza = list(accumulate(blank, initial=False))
    found: set[int] = set()
    for _, group in groupby(range(len(blocks)), key=stanza.__getitem__):
        lines = list(group)
        headed = lines[0] == 0 or _is_head(words[lines[0]])
        if all(short[at] for at in lines) and len(lines) >= (4 if headed else 3):
            found.update(lines)
    for unfinished, group in groupby(range(len(blocks)), key=lambda at: short[at] and not ends_sentence(words[at])):
        lines = list(group)
        found.update(lines if unfinished and len(lines) >= 4 else ())
    return found


def _headings(blocks: list[Block], words: list[str], labels: dict[int, Label], verses: Collection[int]) -> list[Block]:
    """The title and the headings of a document whose format marks none."""
    text = [index for index, block in enumerate(blocks) if block.kind == Kind.BODY]
    for place, index in enumerate(text):
        if index in labels or _is_called(index, words, labels):
            continue
        if place and index in verses and not _is_head(words[index]):
            continue
        following = text[place + 1 : place + 3]
        if place == 0 and _is_title(blocks, words, index, following):
            blocks[index] = replace(blocks[index], kind=Kind.TITLE)
        elif _is_heading(words, labels, index, following):
            blocks[index] = replace(blocks[index], kind=Kind.HEADING)
    return blocks


def _is_called(index: int, words: list[str], labels: dict[int, Label]) -> bool:
    """Whether the line before names who says this one, and nothing else."""
    before = labels.get(index - 1)
    return before is not None and before.end >= len(words[index - 1])


def _is_title(blocks: list[Block], words: list[str], index: int, following: Sequence[int]) -> bool:
    """The first line of all, addresses, rules and metadata aside, if it is no sentence and text comes after it."""
    line = words[index]
    first = all(block.kind == Kind.METADATA or block.reason in (_ADDRESS, _RULED) for block in blocks[:index])
    if not first or not following or cells(line) > _TITLE or fold(line) in SUMMARIES:
        return False
    return not (ends_open(line) or line.endswith((".", "。", "]")) or is_bullet(line))


def _is_heading(words: list[str], labels: dict[int, Label], index: int, following: Sequence[int]) -> bool:
    """A short line without a full stop, and longer text or a speaker after it or after a second such line."""
    line = words[index]
    if not following or not _looks_like_heading(line):
        return False
    if fold(line) in SUMMARIES or _is_head(line) or _BRACKETED.fullmatch(line):
        return True
    first = following[0]
    if first in labels or _is_longer(words[first], line):
        return True
    second = following[-1]
    return _looks_like_heading(words[first]) and (second in labels or _is_longer(words[second], line))


def _looks_like_heading(line: str) -> bool:
    width = cells(line)
    if not 2 <= width <= _HEADING:
        return False
    if _is_head(line):
        return True
    if is_bullet(line) or line.startswith(_ASKED) or ends_open(line) or continues(line) or is_remark(line):
        return False
    if ends_sentence(line):  # "Why fight?" is a heading, "Yes!" and "“Never again.”" are not
        return line.endswith(("?", "？")) and width >= 12
    return len(line.split()) <= 16


def _is_longer(text: str, line: str) -> bool:
    return ends_sentence(text) and cells(text) >= max(2 * cells(line), _LONG)
