"""Opposites: what is not easy is difficult, so that a no of one text may be the opposite word of another.

Rows of opposites.tsv are patterns of one language, parted by " | ": of words of one sense, and of their opposites.
Where spaces part words, they are beginnings of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from workbench.lang import CJK

# How far from a no the word stands that it denies: characters before and behind. Where the verb is at the end, or the
# no, the word is in front.
_REACH: Mapping[str, tuple[int, int]] = {"de": (25, 25), "zh": (0, 6), "ja": (8, 2), "ko": (8, 2)}
_REACH_ELSEWHERE = (0, 25)
_PAUSE = re.compile("[,.;:、。，；：]")


def is_opposed(here: str, lang: str, start: int, end: int, there: str, other: str) -> bool:
    """Whether the no `here[start:end]` denies a word of which the other text has the opposite, more often than this.

    Not where the other has the word, too: that no one may reveal a secret is not that anyone may.

    Texts in small letters; `lang`, `other`: their languages.
    """
    denied = _denied(here, lang, start, end)
    return any(
        word.search(denied) and _more(opposite_there, there, opposite, here) and _more(word, here, word_there, there)
        for word, opposite, word_there, opposite_there in _opposites(lang, other)
    )


def _more(word: re.Pattern[str], text: str, other: re.Pattern[str], other_text: str) -> bool:
    return len(word.findall(text)) > len(other.findall(other_text))


def _denied(text: str, lang: str, start: int, end: int) -> str:
    """A no and what stands about it, up to the next pause."""
    before, behind = _REACH.get(lang, _REACH_ELSEWHERE)
    left = _PAUSE.split(text[max(0, start - before) : start])[-1]
    return f"{left} {text[start:end]}{_PAUSE.split(text[end : end + behind])[0]}"


@cache
def _opposites(lang: str, other: str) -> Sequence[tuple[re.Pattern[str], ...]]:
    """Words of a language, their opposites, and both in another language; either way round."""
    rows = _rows()
    senses = [sense for sense, of in rows if of == lang and (sense, other) in rows]
    return [
        (rows[sense, lang][way], rows[sense, lang][1 - way], rows[sense, other][way], rows[sense, other][1 - way])
        for sense in senses
        for way in (0, 1)
    ]


@cache
def _rows() -> Mapping[tuple[str, str], tuple[re.Pattern[str], re.Pattern[str]]]:
    """Patterns of words and of their opposites, by sense and language."""
    return {(sense, lang): (_pattern(one, lang), _pattern(two, lang)) for sense, lang, one, two in _lines()}


def _lines() -> Iterator[Sequence[str]]:
    lines = files("workbench.facts").joinpath("opposites.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return (line.split("\t") for line in lines)


def _pattern(patterns: str, lang: str) -> re.Pattern[str]:
    joined = patterns.replace(" | ", "|")
    return re.compile(joined if lang in CJK else rf"\b(?:{joined})")
