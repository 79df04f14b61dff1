"""Names that a small model misspelt, spelt as the text spells them: what it copies, it may copy with other letters."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache

from babel import Locale

from workbench.facts.known import known
from workbench.facts.names import fold, names
from workbench.facts.naming import ordinary_words
from workbench.lang import primary

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OWNING = ("'s", "’s")
_LEAST = 4  # letters
# From which share of letters in common on a word is a name misspelt.
_ALIKE = 0.6
# How words of English end that are like those of other languages: Republicans, Meteorology, Subcommittee.
_ENGLISH = re.compile(
    r"(?:ans?|ty|[ghp]y|ees?|ive|al|ics?|ism|ists?|ions?|ments?|ness|ish|ors?|ed|ing)$", re.IGNORECASE
)


def respelt(text: str, translation: str, lang: str) -> str:
    """An English translation in which what is nearly a name of the text, and no word that we know, is that name.

    `lang`: that of the text. Of names in other letters than Latin ones nothing is changed.

    >>> respelt("Falou com Eleni Triantafylopoulou.", "She talked to Eleni Triantafyloups.", "pt")
    'She talked to Eleni Triantafylopoulou.'
    """
    spelt = _spelt(text, primary(lang))
    said = set(_WORD.findall(translation))
    there = set(map(fold, said))
    lost = {folded: name for folded, name in spelt.items() if folded not in there}
    if not lost:
        return translation

    wrong = sorted(word for word in set(map(_plain, said)) if _may_be_misspelt(word) and fold(word) not in spelt)
    others = [fold(word) for word in _WORD.findall(text) if word[0].isupper()]
    meant = {word: lost[name] for name, word in _misspelt(list(lost), wrong, others).items()}

    def instead(found: re.Match[str]) -> str:
        plain = _plain(found[0])
        return meant.get(plain, plain) + found[0][len(plain) :]

    return _WORD.sub(instead, translation)


def _misspelt(lost: Sequence[str], wrong: Sequence[str], others: Sequence[str]) -> Mapping[str, str]:
    """Which folded name became which word: each the likest, and no word that is more like one of the others."""
    found: dict[str, str] = {}
    best = dict.fromkeys(lost, _ALIKE)
    for word in wrong:
        alike = {name: _likeness(name, fold(word)) for name in [*lost, *others]}
        likest = max(alike, key=alike.__getitem__)
        if likest in best and alike[likest] >= best[likest]:
            found[likest], best[likest] = word, alike[likest]
    return found


def _plain(word: str) -> str:
    """A word that owns nothing."""
    return word[:-2] if word.endswith(_OWNING) else word


def _spelt(text: str, lang: str) -> Mapping[str, str]:
    """The words of names of a text, as written by how they are folded, but for those that are no names elsewhere."""
    words = (word for name in names(text, lang) for word in _WORD.findall(text[name.start : name.end]))
    ordinary = ordinary_words(lang)
    return {
        fold(word): word for word in words if len(word) >= _LEAST and word[0].isupper() and word.lower() not in ordinary
    }


def _may_be_misspelt(word: str) -> bool:
    """Whether a word looks like a name, and like none and no word that English has."""
    return (
        len(word) >= _LEAST
        and word[0].isupper()
        and not _ENGLISH.search(word)
        and word.lower() not in ordinary_words("en")
        and word not in _capitalised()
        and not known(word, "en").possible
    )


@cache
def _capitalised() -> frozenset[str]:
    """Days, months, and words of the names of countries and regions."""
    territories = Locale.parse("en").territories.values()
    return frozenset([*day_name, *month_name, *(word for name in territories for word in name.split())])


def _likeness(name: str, word: str) -> float:
    """Of two folded words: 0 to 1, higher is more alike; 0 where they begin otherwise. After Ratcliff and Metzener."""
    return SequenceMatcher(None, name, word, autojunk=False).ratio() if name[:1] == word[:1] else 0.0
