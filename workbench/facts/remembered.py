"""Texts repeat few words, so what is to be known of a word is found out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, compress
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 1 << 16  # words
_UNSPACED = re.compile(r"\S+")


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


# Of one text many things are asked one after another.
@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """What stands between the spaces of a text: words, with the signs around them."""
    return tuple(text.split())


@lru_cache(maxsize=64)
def small(text: str) -> str:
    """A text in small letters, each at its place: the small İ alone would be two."""
    return text.replace("İ", "I").lower()


@lru_cache(maxsize=64)
def _starts(text: str) -> Sequence[int]:
    return [match.start() for match in _UNSPACED.finditer(text)]


def of_words(text: str, remembered: Remembered[T]) -> list[tuple[int, T]]:
    """Where each of the `words` of a text begins of which there is anything to know, and that."""
    found = list(map(remembered.__getitem__, words(text)))
    return list(compress(zip(_starts(text), found, strict=True), found)) if any(found) else []


def cut(text: str, around: re.Pattern[str]) -> tuple[list[str], list[int]]:
    """A text cut around its words, and where each part ends; every other part is a word: `around` is one group."""
    parts = around.split(text)
    return parts, list(accumulate(map(len, parts)))
