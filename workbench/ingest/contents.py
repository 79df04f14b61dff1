"""Tables of contents that no format marks as such: lines that come again, in their order, as headings of text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.datatypes import Block, Kind
from workbench.ingest.lines import ends_sentence
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.headings import CONTENTS
from workbench.ingest.sections import TEXT

ENTRY = (Kind.FURNITURE, "a line of the table of contents")
_FEWEST = 4  # entries
_LONGEST = 200  # characters of an entry
_PAGE = re.compile(r"(?:\t|[ .·…_]{2,})\s*\d{1,4}$")
_LEADER = re.compile(r"(?:[.·…_] ?){4,}\s*\d{1,4}$")
_OTHER = re.compile(r"[\W_]+")


def without_contents(blocks: Sequence[Block], words: Sequence[str]) -> list[Block]:
    """The blocks with the entries of tables of contents, and the word above them, set apart.

    Entries are four or more different lines that come again below the last of them, in their order, as headings: text
    stands below most. One in a row may be missing there. Page numbers and bullets are no part of an entry. Four lines
    and more with a row of dots before the number of a page are entries by that, and so is one with a number between.
    """
    found = list(blocks)
    for entry in _led(words):
        found[entry] = _entry(found[entry])
    keys = [_key(line) if block.kind in TEXT else "" for block, line in zip(blocks, words, strict=True)]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if key:
            places[key].append(at)
    at = 0
    while at < len(keys):
        end = _end(keys, words, places, at)
        for entry in range(at, end):
            found[entry] = _entry(found[entry])
        if end > at > 0 and fold(words[at - 1]) in CONTENTS:
            found[at - 1] = _entry(found[at - 1])
        at = max(end, at + 1)
    return found


def leads_to_page(line: str) -> bool:
    """Whether a line ends with a row of dots and the number of a page."""
    return bool(_LEADER.search(line))


def _led(words: Sequence[str]) -> list[int]:
    led = [at for at, line in enumerate(words) if leads_to_page(line)]
    between = [a + 1 for a, b in pairwise(led) if b == a + 2 and words[a + 1][-1:].isdigit()]
    return [*led, *between] if len(led) >= _FEWEST else []


def _key(line: str) -> str:
    return (
        _OTHER.sub("", unicodedata.normalize("NFKC", _PAGE.sub("", line)).casefold()) if len(line) <= _LONGEST else ""
    )


def _entry(block: Block) -> Block:
    kind, reason = ENTRY
    return replace(block, kind=kind, reason=reason) if block.kind in TEXT else block


def _end(keys: Sequence[str], words: Sequence[str], places: Mapping[str, Sequence[int]], start: int) -> int:
    """Where the table of contents ends whose first entry is at `start`; `start` where none begins there."""
    headings: list[int] = []  # where the entries come again
    seen: set[str] = set()
    last = start - 1
    at = start
    while at < len(keys) and at - last <= 2 and (not headings or at < headings[0]) and keys[at] not in seen:
        again = _next(places.get(keys[at], ()), headings[-1] if headings else at)
        if again is not None:
            headings.append(again)
            seen.add(keys[at])
            last = at
        elif not headings:
            break
        at += 1
    if len(headings) < _FEWEST or headings[0] <= last:
        return start
    told = sum(ends_sentence(words[at + 1]) for at in headings if at + 1 < len(words))
    return last + 1 if 2 * told >= len(headings) else start


def _next(places: Sequence[int], after: int) -> int | None:
    at = bisect_right(places, after)
    return places[at] if at < len(places) else None
