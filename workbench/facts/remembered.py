"""Texts repeat few words, so what is to be known of a word is found out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 1 << 16  # words


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


def cut(text: str, around: re.Pattern[str]) -> tuple[list[str], list[int]]:
    """A text cut around its words, and where each part ends; every other part is a word: `around` is one group."""
    parts = around.split(text)
    return parts, list(accumulate(map(len, parts)))
