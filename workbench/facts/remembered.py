"""Texts repeat few words, so what is to be known of a word is found out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, compress
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_MOST = 1 << 16  # words
# What stands in for what was found, while the rest of a text is read.
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
_WORD = re.compile(r"\S+")


class Remembered(dict[str, T], Generic[T]):
    """What `of` says of a word; asked for many words at once by `map(remembered.__getitem__, words)`."""

    def __init__(self, of: Callable[[str], T]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> T:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._of(word)
        return found


_looks: list[Callable[[str, str], Any]] = []


def of_each_word(look: Callable[[str, str], T]) -> Callable[[str, str], list[tuple[int, T]]]:
    """Makes of what is to be known of a word, with the signs around it, in a language what is to be known of a text:
    where each word begins of which there is anything, and that.

    Whatever anybody asks of words is found out at once, as most words tell nothing, and these are soon passed over.
    Digits alone are no word and tell nothing: there is no end of them.
    """
    place = len(_looks)
    _looks.append(look)
    forget_words()

    def of_text(text: str, lang: str) -> list[tuple[int, T]]:
        return [(start, found[place]) for start, found in _telling(text, lang) if found[place]]

    return of_text


def forget_words() -> None:
    """Finds out anew from now on."""
    _of_words.cache_clear()
    _telling.cache_clear()


# Of one text many things are asked one after another.
@lru_cache(maxsize=64)
def _telling(text: str, lang: str) -> list[tuple[int, tuple[Any, ...]]]:
    """The words of a text of which there is anything to know: where each begins, and what each of `_looks` says."""
    words = text.split()
    found = list(map(_of_words(lang).__getitem__, words))
    return list(compress(zip(_starts(text, words), found, strict=False), found))


def _starts(text: str, words: Sequence[str]) -> Iterable[int]:
    """Where each of the words of a text begins."""
    if sum(map(len, words)) + len(words) - 1 == len(text):  # one character between them, as in most texts
        return accumulate(map(len, words), lambda start, length: start + length + 1, initial=0)
    return (match.start() for match in _WORD.finditer(text))


@cache
def _of_words(lang: str) -> Remembered[tuple[Any, ...]]:
    def looked(word: str) -> tuple[Any, ...]:
        if word.isdecimal():
            return ()
        found = tuple(look(word, lang) for look in _looks)
        return found if any(found) else ()

    return Remembered(looked)


@lru_cache(maxsize=64)
def small(text: str) -> str:
    """A text in small letters, each at its place: the small İ alone would be two."""
    return text.replace("İ", "I").lower()


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with nothing to read at some places, in order."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], _BLANK * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def cut(text: str, around: re.Pattern[str]) -> tuple[list[str], list[int]]:
    """A text cut around its words, and where each part ends; every other part is a word: `around` is one group."""
    parts = around.split(text)
    return parts, list(accumulate(map(len, parts)))
