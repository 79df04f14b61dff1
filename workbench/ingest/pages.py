"""What stands at the edges of pages and is no part of the text that runs over them: headers, footers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from operator import itemgetter

from workbench.facts.digits import roman
from workbench.ingest.lines import begins_lower, ends_open, ends_sentence
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.page import COUNTERS
from workbench.lang import is_cjk

COLUMN = "\f"  # stands in a page's text where another column begins

_EDGE = 3  # lines at the top and at the bottom of a page that may be its header and footer
_FEWEST = 3  # pages that have a header, and its share of the pages from the first of them to the last
_SHARE = 0.35
_INSIDE = 3  # times more often it stands at an edge than inside
_NUMBER = re.compile(r"\d{1,5}|\b(?:[ivxlc]{1,8}|[IVXLC]{1,8})\b")
_PART = r"(?:\d{1,3}|[A-Z])"  # of a book: "4", "D"
_SECTION = re.compile(rf"(\S+ {_PART}\.? \S.*?) {_PART}(?:\.\d{{1,3}})+\.?(?: |$)")  # of a chapter, behind that
_MOST_NUMBERS = 5  # in a line, each of which may be that of the page
_NOTE = re.compile(
    r"([\[(]?)(\d{1,3})[\])]?(?:[ \t]+(?=[\"'“‘„«‹「『《(]?[^\W\d_])"
    r"|(?=[A-ZÀ-ÖØ-ÞŒ][^\W\d_]|[\"“„«]\w|[\u3040-\u9fff\uac00-\ud7af]))"  # a raised number has no blank behind it
)
# The mark of a note stands close behind a word or its punctuation; "km2" and "3.5" are none.
_REFERENCE = re.compile(r"[a-zß-ÿœа-яα-ω]{3}[.,;:!?…)\]\"'”“’»]{0,3}([\[(]?\d{1,3})[\])]?(?![\w.,]*\d)")


@dataclass(frozen=True, slots=True)
class Parted:
    """The lines of a document's pages: its text, one after another, and apart from it each footnote, and each header
    or footer once."""

    text: list[str]
    notes: list[str]
    heads: list[str]


@dataclass(frozen=True, slots=True)
class _Key:
    """What headers have in common: their edge and their words, a number in them counted from the page's own, or of a
    chapter and a section ("CHAPTER 4. WOOD 4.2. GLUE") the chapter."""

    top: bool
    words: str
    numbered: bool


def parted(pages: Sequence[str]) -> Parted:
    """The text of the pages without what stands at their edges. COLUMN parts the columns of a page.

    A header or footer stands at the same edge of several pages not far from each other, the same but for a number
    that grows with the pages, and may be of a chapter or of every second page only. No text is between it and the
    edge: "Ingredients" below the name of each dish is none. Where it may be the heading that
    it repeats, the first stays in the text, and so do numbered headings that begin each page. Footnotes are numbered
    lines at the bottom of a column that the page refers to.
    """
    sheets = [_sheet(page) for page in pages]
    running = _running([sheet.lines for sheet in sheets])
    running = _without_headings(running, [_told(sheet, number, running)[0] for number, sheet in enumerate(sheets)])
    text: list[str] = []
    notes: list[str] = []
    heads: dict[_Key, str] = {}
    for number, sheet in enumerate(sheets):
        finished = not text or ends_sentence(text[-1])
        repeated = {
            key: on for key, on in running.items() if not (finished and _may_be_heading(key, number, on, len(sheets)))
        }
        for at, key in _edges_of(sheet.lines, number, repeated).items():
            heads.setdefault(key, sheet.lines[at].strip())
        body, below = _told(sheet, number, repeated)
        text += body
        notes += below
    return Parted(text, notes, list(heads.values()))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The lines of a page, and the number of the line at which each of its columns begins."""

    lines: list[str]
    columns: list[int]


def _sheet(page: str) -> _Sheet:
    lines: list[str] = []
    columns: list[int] = []
    for column in page.split(COLUMN):
        columns.append(len(lines))
        lines += column.strip("\n").split("\n")
    return _Sheet(lines, columns)


def _told(sheet: _Sheet, number: int, running: Mapping[_Key, Sequence[int]]) -> tuple[list[str], list[str]]:
    """The text of a page, and its footnotes."""
    edges = _edges_of(sheet.lines, number, running)
    text: list[str] = []
    notes: list[str] = []
    for start, end in pairwise([*sheet.columns, len(sheet.lines)]):
        kept = [sheet.lines[at] for at in range(start, end) if at not in edges]
        first = _first_note(kept, text)
        body = "\n".join(kept[:first]).strip("\n")
        text += body.split("\n") if body else []  # a page of pictures ends no paragraph
        notes += _notes(kept[first:])
    return text, notes


def _running(sheets: Sequence[Sequence[str]]) -> dict[_Key, list[int]]:
    """What is at an edge of enough pages, and of which."""
    found: defaultdict[_Key, list[int]] = defaultdict(list)
    inside: Counter[str] = Counter()
    for number, lines in enumerate(sheets):
        keys_of = list(_keys_of(lines, number))
        for key in {key for keys in keys_of for key in keys}:
            found[key].append(number)
        inside.update(_words(line) for line, keys in zip(lines, keys_of, strict=True) if not keys)
    return {key: numbers for key, numbers in found.items() if _runs(key, numbers, len(sheets), inside[key.words])}


def _runs(key: _Key, numbers: Sequence[int], pages: int, inside: int) -> bool:
    """`inside`: how often the same stands inside of pages, as who speaks does in an interview or a play."""
    if len(numbers) < _FEWEST or _INSIDE * inside > len(numbers):
        return False
    if ends_open(key.words) and not key.numbered:
        return False
    if ends_sentence(key.words) and not key.numbered:
        return 2 * len(numbers) >= pages
    return len(numbers) >= _SHARE * (numbers[-1] - numbers[0] + 1)


def _may_be_heading(key: _Key, number: int, numbers: Sequence[int], pages: int) -> bool:
    """Whether a header of some pages stands on the first of them, without a number."""
    return key.top and not key.numbered and number == numbers[0] and 2 * len(numbers) < pages


def _without_headings(running: Mapping[_Key, list[int]], texts: Sequence[Sequence[str]]) -> dict[_Key, list[int]]:
    """Without what may be a numbered heading, such as "Day 1", of a text a page: no sentence goes on from page to page.

    `texts`: of each page, without all that runs.
    """
    filled = [number for number, lines in enumerate(texts) if lines]
    begun = {after for before, after in pairwise(filled) if _begins_anew(texts[before][-1], texts[after][0])}
    begun.update(filled[:1])
    return {key: on for key, on in running.items() if not (_is_numbered_heading(key) and begun.issuperset(on))}


def _begins_anew(before: str, after: str) -> bool:
    return ends_sentence(before) and not begins_lower(after.strip())


def _is_numbered_heading(key: _Key) -> bool:
    """Whether a header is a word and a number, and the word none that pages are counted with."""
    named = fold(key.words)
    parts = len(key.words.split())
    return key.top and key.numbered and named not in COUNTERS and bool(named) and (parts == 2 or is_cjk(named[0]))


def _edges_of(lines: Sequence[str], number: int, running: Mapping[_Key, Sequence[int]]) -> dict[int, _Key]:
    """Which lines of a page are headers or footers: from either edge to the first that is none."""
    best: dict[int, _Key | None] = {}
    for at, keys in enumerate(_keys_of(lines, number)):
        if lines[at].strip():
            best[at] = max((key for key in keys if key in running), key=lambda key: len(running[key]), default=None)
    found: dict[int, _Key] = {}
    for order in (best.items(), reversed(best.items())):
        found |= {at: key for at, key in takewhile(itemgetter(1), order) if key}
    return found


def _keys_of(lines: Sequence[str], number: int) -> Iterator[list[_Key]]:
    """Of each line, as what header or footer it may be counted; none inside of the page."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    edges = {
        at: place < len(filled) / 2 for place, at in enumerate(filled) if min(place, len(filled) - 1 - place) < _EDGE
    }
    return (list(_keys(line, number, edges[at])) if at in edges else [] for at, line in enumerate(lines))


def _keys(line: str, number: int, top: bool) -> Iterator[_Key]:
    words = _words(line)
    if any(map(str.isalpha, words)):
        yield _Key(top, words, numbered=False)
    for match, _ in zip(_NUMBER.finditer(words), range(_MOST_NUMBERS), strict=False):
        beyond = _value(match[0]) - number
        yield _Key(top, f"{words[: match.start()]}{{{beyond}}}{words[match.end() :]}", numbered=True)
    if section := _SECTION.match(words):
        yield _Key(top, f"{section[1]} {{}}", numbered=True)


def _words(line: str) -> str:
    return " ".join(line.split())


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else roman(number.upper())


def _first_note(lines: Sequence[str], before: Sequence[str]) -> int:
    """The line at which the footnotes of a column begin, with the text of the page before it; the number of lines where
    it has none. What follows on a number that nothing refers to is an item of a list, though "python3" may stand above
    it."""
    listed: dict[str, int] = {}  # by the bracket before the number
    for at, line in enumerate(lines):
        note = _NOTE.match(line.strip())
        if not note:
            continue
        number = int(note[2])
        low = 2 * (len(before) + at) >= len(before) + len(lines) and at > 0
        referred = low and _is_referred(note, _REFERENCE.findall("\n".join([*before, *lines[:at]])))
        if referred and (number == 1 or number != listed.get(note[1], 0) + 1):
            return at
        listed[note[1]] = number
    return len(lines)


def _is_referred(note: re.Match[str], references: Sequence[str]) -> bool:
    """Whether one of the marks in the text is that of a note: "(1)" begins a paragraph where the text says but "1"."""
    return any(mark == note[1] + note[2] or (not note[1] and mark.lstrip("[(") == note[2]) for mark in references)


def _notes(lines: Sequence[str]) -> Iterator[str]:
    """The footnotes of a page, each with the lines that it goes on in."""
    note: list[str] = []
    following = 0
    for line in filter(None, map(str.strip, lines)):
        begins = _NOTE.match(line)
        if begins and int(begins[2]) in (following, following or int(begins[2])):
            following = int(begins[2]) + 1
            yield from _whole(note)
            note = []
        note.append(line)
    yield from _whole(note)


def _whole(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(lines)
