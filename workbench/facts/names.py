"""Names that keep their Latin letters in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from workbench.facts.remembered import Remembered, cut
from workbench.lang import primary


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `text[start:end]`. `folded`: without case, accents and signs ("gpt4", "acme ai")."""

    folded: str
    start: int
    end: int


_LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_TOKEN = re.compile(rf"([{_LETTER}][{_LETTER}0-9]{{0,60}}(?:[-.&·‑][{_LETTER}0-9]{{1,60}})*\+{{0,2}})")
_WITH_CAPITALS = frozenset(["en", "fr", "es", "pt", "de"])
_UNCASED = frozenset(["zh", "ja", "ko", "th"])
_QUOTES = " \"'“”‘’«»„([¿¡—–-\u00a0\u202f"
_ENDS = frozenset(".!?…:;。！？：；\n")
# A full stop that ends no sentence, with the space behind it: Mr. Rudd, J. Smith; but not that of the U.S.
_ABBREVIATED = re.compile(
    r"(?:(?<![^\W\d_])(?:Mr|Mrs|Ms|Dr|Dra|Prof|Sr|Sra|Hr|Fr|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|St)|(?<![^\W_])"
    r"(?<!\.)[A-Z])\.[ \u00a0\u202f]$"
)
# Capitalised without being names, or called otherwise in every language.
_NO_NAME_WORDS = (
    "i mr mrs ms dr prof sr sra m mme mlle the a an this that these those he she it we they you his her "
    "its our in on at but and if when as for with le la les l un une des du de il elle ils elles nous "
    "vous en dans mais et ce cette ces si el los las una y pero o os um uma e mas der die das den dem "
    "ein eine er sie es wir ich ihr und aber wenn january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_BEFORE_GERMAN_NAMES = frozenset(["in", "von", "aus", "nach", "bei"])


def names(text: str, lang: str) -> tuple[Name, ...]:
    """The Latin-script names in a text, in order: runs of name-like words. Precise rather than complete.

    A word is name-like if it has a digit or a capital beyond its first letter (OpenAI, GPT-4, NATO); in
    languages without capitals, if it has one; else if it is capitalised within a sentence, or before another
    capital. In German, where every noun is, only after another name or a preposition. Linear in the text.
    """
    runs: list[Name] = []
    for start, end in _name_words(text, primary(lang)):
        folded = fold(text[start:end])
        if runs and text[runs[-1].end : start] in (" ", "\u00a0", "·", "・"):
            runs[-1] = Name(f"{runs[-1].folded} {folded}", runs[-1].start, end)
        else:
            runs.append(Name(folded, start, end))
    return tuple(runs)


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Letters and digits only, in lower case and without accents.

    >>> fold("Étienne"), fold("GPT-4")
    ('etienne', 'gpt4')
    """
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(ch for ch in plain if ch.isalnum() and not unicodedata.combining(ch))


def _name_words(text: str, language: str) -> Iterator[tuple[int, int]]:
    parts, ends = cut(text, _TOKEN)
    words = list(map(_WORDS.__getitem__, parts[1::2]))
    emphatic = language in _WITH_CAPITALS and _is_emphatic(words)
    names: set[int] = set()
    for at, word in enumerate(words):
        if not (word.is_mixed if emphatic else word.may_be_name):  # most
            continue
        start, end = ends[2 * at], ends[2 * at + 1]
        is_known = emphatic or _is_name(text, start, end, word, language)
        if is_known and language == "de" and not word.is_mixed:
            follows = at > 0 and parts[2 * at] == " "
            is_known = follows and (at - 1 in names or parts[2 * at - 1].lower() in _BEFORE_GERMAN_NAMES)
        if is_known:
            names.add(at)
            yield start, end


def capitalised(text: str, lang: str) -> Iterator[tuple[int, int, bool]]:
    """Where a word may be a name for its capital, and whether that stands within a sentence; nowhere in a headline."""
    parts, ends = cut(text, _TOKEN)
    words = list(map(_WORDS.__getitem__, parts[1::2]))
    if lang in _WITH_CAPITALS and _is_emphatic(words):
        return
    for at, word in enumerate(words):
        if word.may_be_name:
            start, end = ends[2 * at], ends[2 * at + 1]
            yield start, end, _is_within(text, start, word, lang)


@dataclass(frozen=True, slots=True)
class _Word:
    """What is to be seen of a word alone. `is_mixed`: upper and lower case, or letters and digits: OpenAI, GPT-4."""

    is_lower: bool = False
    is_title: bool = False
    is_upper: bool = False
    is_mixed: bool = False
    may_be_name: bool = False


_SMALL = _Word(is_lower=True)


def _word(word: str) -> _Word:
    if word.islower():
        return _SMALL if word.isalpha() else _Word(is_lower=True, is_mixed=_is_mixed(word))
    may_be_name = len(word) > 1 and any(ch.isupper() for ch in word) and word.casefold() not in _NO_NAMES
    return _Word(False, word.istitle(), word.isupper(), _is_mixed(word), may_be_name)


_WORDS = Remembered(_word)
_IS_LOWER, _IS_TITLE = attrgetter("is_lower"), attrgetter("is_title")


def _is_emphatic(words: Sequence[_Word]) -> bool:
    """A headline in capitals, where a capital means nothing."""
    lower, capitalised = sum(map(_IS_LOWER, words)), sum(map(_IS_TITLE, words))
    return capitalised > 3 + 2 * lower or (len(words) > 3 and capitalised + lower < len(words) / 4)


def _is_mixed(word: str) -> bool:
    inner = word[1:]
    return any(ch.isdecimal() for ch in inner) or (
        any(ch.isupper() for ch in inner) and any(ch.islower() for ch in word) and "-" not in word
    )


def _is_name(text: str, start: int, end: int, word: _Word, language: str) -> bool:
    """Of a word that may be one, by where it stands."""
    is_before_capital = language in _WITH_CAPITALS and text[start].isupper() and text[end : end + 2].strip().isupper()
    return is_before_capital or _is_within(text, start, word, language)


def _is_within(text: str, start: int, word: _Word, language: str) -> bool:
    """Of a word that may be a name, whether it has its capital for that, and not for beginning a sentence."""
    if language in _UNCASED or word.is_mixed or word.is_upper:
        return True
    if language not in _WITH_CAPITALS or not text[start].isupper():
        return False
    before = text[max(0, start - 6) : start].rstrip(_QUOTES)
    begins = before[-1:] in _ENDS if before else start <= 6
    return not begins or bool(_ABBREVIATED.search(text, max(0, start - 7), start))
