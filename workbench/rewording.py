"""Which words of two passages in one language the other does not have: what a newer version changed.

How quotes, apostrophes, hyphens and blanks are typed makes no difference, nor does the script between Traditional and
Simplified Chinese. Capitals do, and so do punctuation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from workbench.lang import WORDLESS, primary, simplified

# Of scripts that do not set words apart each letter is a token.
_WORD = rf"[^\W{WORDLESS}]+"
_TOKEN = re.compile(rf"{_WORD}(?:(?:['’‐‑-]|(?<=\d)[.,](?=\d)){_WORD})*|\S")
_ALIKE = str.maketrans(
    {**dict.fromkeys("“”„‟«»「」『』", '"'), **dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("‐‑–—―", "-")}
)
# Comparisons of equal tokens up to which texts are compared word by word. Prose of two thousand words has fewer.
_MOST_WORK = 60_000
_LIKE = 0.5  # share of the letters of both that both have, below which they tell in other words altogether

Place = tuple[int, int, int]  # segment, start, end: characters of the segment at that position of those given


@dataclass(frozen=True, slots=True)
class Rewording:
    """What only one of two passages has, of each side. Both sides are empty where little is the same: marks would be
    everywhere then."""

    src: tuple[Place, ...]
    tgt: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    segment: int
    start: int
    end: int


def rewording(src: Sequence[str], tgt: Sequence[str], langs: tuple[str, str] = ("", "")) -> Rewording | None:
    """Compare two passages, each given as its segments; None where both have the same words.

    `langs`: tags of one language, which tell whether Chinese is in two scripts.
    """
    fold = _simplified if langs[0] != langs[1] and primary(langs[0]) == "zh" else str
    left, right = _tokens(src, fold), _tokens(tgt, fold)
    ours, theirs = [token.key for token in left], [token.key for token in right]
    if ours == theirs:
        return None
    changes = _changes(ours, theirs)
    only = [left[at] for a, b, _, _ in changes for at in range(a, b)]
    only_there = [right[at] for _, _, a, b in changes for at in range(a, b)]
    if 1 - _letters([*only, *only_there]) / _letters([*left, *right]) < _LIKE:
        return Rewording((), ())
    return Rewording(
        tuple(place for a, b, _, _ in changes for place in _places(left[a:b])),
        tuple(place for _, _, a, b in changes for place in _places(right[a:b])),
    )


_simplified = lru_cache(maxsize=8192)(simplified)


def _tokens(segments: Sequence[str], fold: Callable[[str], str]) -> list[_Token]:
    return [
        _Token(_key(fold(match[0])), number, match.start(), match.end())
        for number, text in enumerate(segments)
        for match in _TOKEN.finditer(text)
    ]


def _key(token: str) -> str:
    return unicodedata.normalize("NFKC", token).translate(_ALIKE)


def _letters(tokens: Iterable[_Token]) -> int:
    return sum(token.end - token.start for token in tokens)


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Stretches `a:b` of ours in whose place theirs has `c:d`; where it would take long, one that holds all changes."""
    begin, end = shared_ends(ours, theirs)
    mine, other = ours[begin : len(ours) - end], theirs[begin : len(theirs) - end]
    often = Counter(other)
    if sum(times * often[key] for key, times in Counter(mine).items()) > _MOST_WORK:
        return [(begin, begin + len(mine), begin, begin + len(other))]
    found = SequenceMatcher(None, mine, other, autojunk=False).get_opcodes()
    return [(begin + a, begin + b, begin + c, begin + d) for kind, a, b, c, d in found if kind != "equal"]


def shared_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many tokens are the same from the beginning, and of the others how many from the end."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    return start, next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)


def _places(tokens: Sequence[_Token]) -> list[Place]:
    """One of each segment that they reach into."""
    segments = sorted({token.segment for token in tokens})
    within = [[token for token in tokens if token.segment == segment] for segment in segments]
    return [(part[0].segment, part[0].start, part[-1].end) for part in within]
