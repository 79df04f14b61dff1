"""In which countries the places of a text lie: Osaka is said for Japan, and contradicts that something was in Russia.

A line of places.tsv is a place or what else is a country's own (the Bundestag), in English and without accents and
capitals, and the codes of the countries that have one called so. `python -m models.training.facts.places` writes it,
from GeoNames (CC BY 4.0) and by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from workbench.facts.known import known, unaccented

_MOST = 3  # words of a place
_CAPITALISED = re.compile(r"[A-ZÀ-ɏ][^\W\d_]+")
_POSSESSIVE = re.compile("['’]s$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@lru_cache(maxsize=1024)
def countries_of(text: str, lang: str) -> tuple[frozenset[str], ...]:
    """The codes of the countries in which each place of a text may lie. `lang`: the primary subtag."""
    places = _places()
    named = [*_capitalised(text), *(key.replace("_", " ") for key in known(text, lang).possible)]
    return tuple(places[name] for name in dict.fromkeys(named) if name in places)


def _capitalised(text: str) -> Iterator[str]:
    """Up to three words that begin with a capital."""
    words = list(_WORD.finditer(text)) if _CAPITALISED.search(text) else []
    for at, first in enumerate(words):
        if first[0][0].isupper():
            names = (unaccented(text[first.start() : last.end()]).lower() for last in words[at : at + _MOST])
            yield from (form for name in names for form in (name, _POSSESSIVE.sub("", name)))


@cache
def _places() -> Mapping[str, frozenset[str]]:
    lines = files("workbench.facts").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()
    return {place: frozenset(codes.split()) for place, _, codes in (line.partition("\t") for line in lines)}
