"""Names of countries, languages and cities, put into English before a text is translated.

Small models have met few of them and take one for another, where they copy a word that is English already. What a
language calls them the CLDR tells, through Babel, and cities `workbench.facts.known`; that also tells where a text
surely means one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from babel import Locale

from workbench.facts.known import LANGUAGES, english_of, is_part, known
from workbench.facts.naming import is_ordinary, sound_of
from workbench.facts.sounds import distance, latin_sound
from workbench.lang import CJK, primary

# What texts call them, where the CLDR has another name or a longer one; nothing where it is no name of a place.
_USUAL = {
    "Türkiye": "Turkey",
    "Hong Kong SAR China": "Hong Kong",
    "Macao SAR China": "Macao",
    "Myanmar (Burma)": "Myanmar",
    "Palestinian Territories": "Palestine",
    "Eastern Asia": "East Asia",
    "Southern Asia": "South Asia",
    "Western Asia": "West Asia",
    "world": "",
    "Unknown Region": "",
    "Unknown City": "",
}
# Locales of the CLDR, the likeliest last, where a language has several.
_LOCALES = {"zh": ("zh_Hant_HK", "zh_Hant", "zh_Hans")}
# Characters of a name: 德 alone is mostly a part of another word, and so are two, but where facts surely know them.
_LEAST, _LEAST_UNKNOWN = 2, 3
# Up to what a name written by its sound is unlike its English: above are by-names, and what is wrong in the table.
_ALIKE = 0.35
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]")


def in_english(text: str, lang: str) -> str:
    """A text with the names that it surely means as English has them; linear in the text.

    >>> in_english("ドイツのベルリンでフランス語を", "ja")
    'Germany の Berlin で French を'
    """
    lang = primary(lang)
    parts, end = [], 0
    for start, last, name in _found(text, lang) if lang in LANGUAGES else ():
        parts += [text[end:start], name]
        end = last
    parts.append(text[end:])
    return " ".join(filter(None, map(str.strip, parts))) if lang in CJK and end else "".join(parts)


def _found(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """Where names stand, of those that begin at one place the longest, and what they are in English."""
    stated = {start: end for _, start, end in known(text, lang).stated}
    begins, done = _begins(lang), 0
    for start in range(len(text)) if lang in CJK else (word.start() for word in _WORD.finditer(text)):
        for size in begins.get(text[start : start + _LEAST].lower(), ()) if start >= done else ():
            last = start + size
            name = _english(text[start:last], lang) if last <= len(text) else ""
            if name and (stated.get(start, last + 1) <= last or _is_meant(text, start, last, lang)):
                yield start, last, name
                done = last
                break


def _is_meant(text: str, start: int, last: int, lang: str) -> bool:
    """Whether what the CLDR calls a name is one here, though facts are not sure."""
    name = text[start:last]
    if name.lower() not in _table(lang):
        return False
    if lang in CJK:
        return len(name) >= _LEAST_UNKNOWN and not is_part(text, start, last)
    return name[0].isupper() and not text[last : last + 1].isalpha() and not is_ordinary(name, lang)


@cache
def _begins(lang: str) -> Mapping[str, tuple[int, ...]]:
    """The sizes of names by how they begin, the longest first."""
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for name in (*_table(lang), *english_of(lang)):
        sizes[name[:_LEAST]].add(len(name))
    return {begin: tuple(sorted(found, reverse=True)) for begin, found in sizes.items()}


@lru_cache(maxsize=16384)
def _english(name: str, lang: str) -> str:
    """What a name is in English, where that is another word; else nothing."""
    small, heard = name.lower(), english_of(lang).get(name, "")
    written = _table(lang).get(small, heard)
    is_sure = small in _table(lang) or (heard and _unlikeness(name, heard, lang) <= _ALIKE)
    return written if is_sure and small != written.lower() else ""


@cache
def _table(lang: str) -> Mapping[str, str]:
    """What the CLDR calls countries, cities and languages in a language, in small letters, and in English.

    Languages only where they are not adjectives.
    """
    english = Locale.parse("en")
    table: dict[str, str] = {}
    for locale in map(Locale.parse, _LOCALES.get(lang, (lang,))):
        table |= {
            **{zone["city"]: _city(english, code) for code, zone in locale.time_zones.items() if "city" in zone},
            **(
                {name: english.languages.get(code, "") for code, name in locale.languages.items()}
                if lang in CJK
                else {}
            ),
            **{name: english.territories.get(code, "") for code, name in locale.territories.items()},
        }
    return {name.lower(): _USUAL.get(other, other) for name, other in table.items() if len(name) >= _LEAST}


def _unlikeness(name: str, english: str, lang: str) -> float:
    """Of two names by their sound: 0 alike, 1 as unlike as can be."""
    one, other = sound_of(name, lang), latin_sound(english)
    return max(distance(one, other), distance(other, one)) if one else 1.0


def _city(english: Locale, zone: str) -> str:
    """The city of a time zone, which its code mostly has in English."""
    return str(english.time_zones.get(zone, {}).get("city", zone.split("/")[-1].replace("_", " ")))
