"""A text that was corrected as a whole, given back to the parts that it was joined of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from workbench.rewording import shared_ends

_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_MOST = 3000  # words between the first and the last that changed; comparing takes the square of it
_STOPS = frozenset(".!?…。！？")


def distributed(parts: Sequence[str], text: str) -> list[str] | None:
    """The text in as many parts, each with what was changed in it; None where nobody can tell whose some words are.

    >>> distributed(["The mill is old.", "It stands."], "The mill is very old. It stands.")
    ['The mill is very old.', 'It stands.']
    """
    if len(parts) == 1:
        return [text.strip()]
    old, new = _words(" ".join(parts)), _words(" ".join(text.split()))
    matches = _matches(old, new)
    if matches is None:
        return None
    ends, at = [], 0
    for part in parts[:-1]:
        at += len(_words(part))
        ends.append(_moved(at, matches, new))
        at += 1  # the blank between
    if None in ends:
        return None
    bounds = [0, *(end for end in ends if end is not None), len(new)]
    found = ["".join(new[start:end]).strip() for start, end in pairwise(bounds)]
    return found if all(found) else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]] | None:
    """Runs of equal words (old, new, length) in order; None where too much was changed to be compared."""
    start, end = shared_ends(old, new)
    inner = old[start : len(old) - end], new[start : len(new) - end]
    if max(map(len, inner)) > _MOST:
        return None
    between = SequenceMatcher(None, *inner, autojunk=False).get_matching_blocks()
    found = [(a + start, b + start, size) for a, b, size in between if size]
    return [(0, 0, start), *found, (len(old) - end, len(new) - end, end)]


def _moved(at: int, matches: Sequence[tuple[int, int, int]], new: Sequence[str]) -> int | None:
    """Where the parts on either side of the blank that was word `at` part now: by the words beside it that stayed."""
    behind = [b + at + 1 - a for a, b, size in matches if a <= at + 1 < a + size]
    before = [b + at - a for a, b, size in matches if a < at <= a + size]
    if behind or before:
        return (behind or before)[0]
    low = max((b + size for a, b, size in matches if a + size <= at), default=0)
    high = min((b for a, b, _ in matches if a > at), default=len(new))
    stops = [place for place in range(low + 1, high) if new[place - 1] in _STOPS]
    return stops[0] if len(stops) == 1 else None
