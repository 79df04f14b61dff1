"""Names that languages have words of their own for: countries, peoples, cities, faiths, from names.tsv.

A line of names.tsv is a name: its key, then for each language what stands for it, apart by "|". In languages with
spaces that is how words begin, without accents, or "=" where they end; in Chinese (of either script), Japanese and
Korean what a text holds. A "+" says that it surely means the name if written with a capital, "!" that it does in any
case. "~" at the beginning of a column says that the list is not whole. `python -m models.training.names_table` writes
it; the names come from the CLDR, GeoNames (CC BY 4.0), parallel corpora, and by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from workbench.lang import CJK

LANGUAGES = ("en", "fr", "de", "es", "pt", "zh", "ja", "ko")
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[ァ-ヴー]{2}")
# Letters by which forms are looked up; shorter ones by all of theirs.
_LEAST = 3
# A name of more characters than that is not chance.
_LONG = 3
# Of a part of a compound.
_LEAST_PART = 5
# Latin letters to those without accents, one for one.
_WITHOUT = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}


@dataclass(frozen=True, slots=True)
class Known:
    """The known names of a text. `stated`: (key, start, end) of what surely is one; `possible`: keys that may be."""

    stated: tuple[tuple[str, int, int], ...]
    possible: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Forms:
    """What stands for names in a language: form to (keys, how sure); the longest forms by how they begin."""

    keys: Mapping[str, frozenset[str]]
    sure: Mapping[str, str]
    sizes: Mapping[str, tuple[int, ...]]
    partial: frozenset[str]


def unaccented(text: str) -> str:
    """Latin letters without accents, as many as there were."""
    return text if text.isascii() else text.translate(_WITHOUT)


@lru_cache(maxsize=2048)
def known(text: str, lang: str) -> Known:
    """The known names of a text. `lang`: the primary subtag. Linear in the text."""
    if lang not in LANGUAGES:
        return Known((), frozenset())
    if lang in CJK:
        return _unspaced(text, _forms(lang))
    found = _spaced(text, _forms(lang))
    return Known(found.stated, found.possible | _compounded(text, _forms(lang))) if lang == "de" else found


def is_listed(key: str, lang: str) -> bool:
    """Whether all that a language calls a name is known, so that where none of it stands, the name is missing."""
    return lang in LANGUAGES and key in _keys(lang) and key not in _forms(lang).partial


def forget() -> None:
    """Reads the table anew from now on."""
    for cached in (_rows, _keys, _forms):
        cached.cache_clear()


def _spaced(text: str, forms: _Forms) -> Known:
    """Words by how they begin, the longest form first; a form of several words goes before."""
    stated: list[tuple[str, int, int]] = []
    possible: set[str] = set()
    lower, last = unaccented(text).lower(), 0
    for match in _WORD.finditer(lower) if len(lower) == len(text) else ():
        start, end = match.span()
        sure, size = "", 0
        begin = lower[start : start + _LEAST]
        for length in (*forms.sizes.get(begin, ()), *forms.sizes.get(begin[:-1], ())):
            form = lower[start : start + length]
            if len(form) < length:
                continue
            whole = f"{form}=" if not lower[start + length : start + length + 1].isalpha() else ""
            for found in (whole, form):
                if found in forms.keys and (start + length <= end or whole or not form.isalpha()):
                    possible |= forms.keys[found]
                    if not size:
                        size, sure = length, forms.sure[found] if len(forms.keys[found]) == 1 else ""
                        key = next(iter(forms.keys[found]))
        short = f"{text[start:end]}="
        if not size and short in forms.keys and text[start:end].isupper():
            possible |= forms.keys[short]
            size, sure, key = end - start, forms.sure[short], next(iter(forms.keys[short]))
        if size and start >= last and (sure == "!" or (sure == "+" and text[start].isupper())):
            last = max(end, start + size)
            stated.append((key, start, last))
    return Known(tuple(stated), frozenset(possible))


def _compounded(text: str, forms: _Forms) -> frozenset[str]:
    """What may be named within long words: Nordosteuropa."""
    possible: set[str] = set()
    for word in _WORD.findall(unaccented(text).lower()):
        for start in range(2, len(word) - _LEAST_PART + 1):
            for size in forms.sizes.get(word[start : start + _LEAST], ()):
                if size >= _LEAST_PART:
                    possible |= forms.keys.get(word[start : start + size], frozenset())
    return frozenset(possible)


def _unspaced(text: str, forms: _Forms) -> Known:
    """Whatever stands anywhere: within a longer name that is sure nothing else, within another nothing that is sure."""
    stated: list[tuple[str, int, int]] = []
    possible: set[str] = set()
    end = doubtful = 0
    for start in range(len(text)):
        for size in forms.sizes.get(text[start], ()) if start >= end else ():
            form, last = text[start : start + size], start + size
            if form not in forms.keys:
                continue
            possible |= forms.keys[form]
            is_sure = forms.sure[form] and len(forms.keys[form]) == 1 and last > doubtful
            if is_sure and not _is_part(text, start, last):
                end = last
                stated.append((next(iter(forms.keys[form])), start, end))
                break
            doubtful = max(doubtful, last if size > _LONG else 0)
    return Known(tuple(stated), frozenset(possible))


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a name is only part of a longer one in katakana."""
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return bool((start and _KANA.fullmatch(before)) or _KANA.fullmatch(after))


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = files("workbench.facts").joinpath("names.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:])


@cache
def _keys(lang: str) -> frozenset[str]:
    """The names for which a language has any word in the table."""
    column = 1 + LANGUAGES.index(lang)
    return frozenset(row[0] for row in _rows() if row[column].lstrip("~"))


@cache
def _forms(lang: str) -> _Forms:
    column, least = 1 + LANGUAGES.index(lang), 1 if lang in CJK else _LEAST
    keys: dict[str, set[str]] = {}
    sure: dict[str, str] = {}
    sizes: dict[str, set[int]] = {}
    for row in _rows():
        for cell in row[column].lstrip("~").split("|") if row[column].lstrip("~") else ():
            form = cell.lstrip("+!")
            keys.setdefault(form, set()).add(row[0])
            sure[form] = max(sure.get(form, ""), cell[: len(cell) - len(form)], key=["", "+", "!"].index)
            sizes.setdefault(form.rstrip("=")[:least], set()).add(len(form.rstrip("=")))
    partial = frozenset(row[0] for row in _rows() if row[column].startswith("~"))
    longest = {begin: tuple(sorted(found, reverse=True)) for begin, found in sizes.items()}
    return _Forms({form: frozenset(found) for form, found in keys.items()}, sure, longest, partial)
