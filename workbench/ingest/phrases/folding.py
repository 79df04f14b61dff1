"""Tables and patterns of phrases, compared without case, punctuation and digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

_NO_LETTERS = re.compile(r"[\W\d_]+")


def fold(text: str) -> str:
    """The letters of a line, in lower case, with single spaces.

    >>> fold("Commentaires (51)")
    'commentaires'
    """
    return _NO_LETTERS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def table(by_language: Mapping[str, str]) -> frozenset[str]:
    """The phrases, folded, of lines that separate them by "|"."""
    return frozenset(map(fold, _phrases(by_language))) - {""}


def pattern(by_language: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the phrases within a folded line; "…" stands for some words between."""
    parts = (map(fold, phrase.split("…")) for phrase in _phrases(by_language))
    return re.compile("|".join(".{0,40}".join(map(re.escape, phrase)) for phrase in parts))


def _phrases(by_language: Mapping[str, str]) -> Iterator[str]:
    return (phrase for line in by_language.values() for phrase in line.split("|"))
