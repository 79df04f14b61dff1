"""The same source with different translations, and one translation for different sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from workbench.datatypes import Issue, Severity
from workbench.quality.material import Material

# Letters below which a text recurs with other meanings: "Yes.", "Of course".
_SHORTEST = 8
# Words by which texts that are the same are found, and the characters in which so many stand.
_FEW, _END = 3, 48
_WORD = re.compile(r"\w+")


def consistent(material: Material) -> Iterator[tuple[int, Issue]]:
    """What differs from the more frequent way, or, where both are as frequent, from the earlier one."""
    pairs = [(unit.src_text, unit.tgt_text) if not unit.is_null else ("", "") for unit in material.units]
    yield from _odd_ones(material, pairs, "tgt")
    yield from _odd_ones(material, [(tgt, src) for src, tgt in pairs], "src")


def _odd_ones(
    material: Material, pairs: Sequence[tuple[str, str]], side: Literal["src", "tgt"]
) -> Iterator[tuple[int, Issue]]:
    """`pairs`: what is the same, and what then should be, of each unit."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, same in _recurring([text for text, _ in pairs]):
        unit = material.units[place]
        if len(same) >= _SHORTEST:
            groups.setdefault((same, unit.src_lang, unit.tgt_lang), []).append(place)
    for places in groups.values():
        if len(places) < 2:
            continue
        ways = {place: _folded(pairs[place][1]) for place in places}
        usual = Counter(ways.values()).most_common(1)[0][0]
        first = next(place for place in places if ways[place] == usual)
        for place in places:
            if ways[place] != usual:
                yield place, _issue(material, place, first, side)


def _recurring(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Place and folded text of each that may stand more than once: few have their last words in common."""
    ends = list(map(_last_words, texts))
    times = Counter(ends)
    return ((place, _folded(texts[place])) for place, end in enumerate(ends) if times[end] > 1)


def _last_words(text: str) -> tuple[str, ...]:
    """The last words of a folded text."""
    words = _WORD.findall(text[-_END:].casefold())  # of which the first may be part of one
    return tuple((words if len(words) > _FEW else _WORD.findall(text.casefold()))[-_FEW:])


def _issue(material: Material, place: int, first: int, side: Literal["src", "tgt"]) -> Issue:
    unit, other = material.units[place], material.units[first]
    if side == "tgt":
        reason = f"The same source is translated otherwise elsewhere: {other.tgt_text!r}."
    else:
        reason = f"Another source has the same translation: {other.src_text!r}."
    return Issue("consistency", Severity.MINOR, "tgt", 0, len(unit.tgt_text), reason)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
