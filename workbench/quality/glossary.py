"""A user's list of terms, and the translations that do without them or have what it forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.lang import primary, simplified

_UNSPACED = frozenset(["zh", "ja", "ko", "th"])
_ENDING = 2  # letters at the end of a longer word that may be another ending
_LONG_WORD = 5
_CITY = re.compile("[a-z][b-df-hj-np-tv-z]y$")
_LONG_CAPITALS = 4  # letters of a term in capitals that some write with one alone
# One for one: typographic apostrophes and hyphens, full width.
_ALIKE = {**dict.fromkeys(map(ord, "’‘ʼ"), "'"), **dict.fromkeys(map(ord, "‐‑"), "-")} | {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)
}
_SOURCE, _TARGET = "source", "target"  # sides: of whatever is the source of what is checked, and its target
_Ways = tuple[tuple[str, tuple[str, ...]], ...]  # by language subtag, or side
_Told = Iterable[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Term:
    """A term in several languages: the ways to say it, and those that are not to be used."""

    ways: _Ways
    forbidden: _Ways = ()

    @classmethod
    def told(cls, ways: _Told, forbidden: _Told = ()) -> Term:
        """A term by whatever sequences tell its ways, such as those of JSON."""
        return cls(*(tuple((lang, tuple(said)) for lang, said in each) for each in (ways, forbidden)))

    def of(self, lang: str, side: str = "") -> tuple[str, ...]:
        """How a language, `lang`, its primary subtag, says it, or else a `side`; none where nothing tells."""
        return _of(self.ways, lang, side)


def _of(ways: _Ways, lang: str, side: str) -> tuple[str, ...]:
    told = dict(ways)
    return told.get(lang) or told.get(side, ())


@dataclass(frozen=True, slots=True)
class Glossary:
    """`problems`: what could not be used, in words. `name`: of the file, for whoever reads it."""

    terms: tuple[Term, ...] = ()
    problems: tuple[str, ...] = ()
    name: str = ""


def terms_used(unit: TranslationUnit, glossary: Glossary) -> Iterator[Issue]:
    """Where a target says terms of the source otherwise, and where it has what is not to be used."""
    yield from _missed(unit, glossary)
    yield from _forbidden_used(unit, glossary)


def _missed(unit: TranslationUnit, glossary: Glossary) -> Iterator[Issue]:
    """Terms of the source that the target says otherwise; a term within a longer one of the glossary is none."""
    found = list(_terms(unit, glossary))
    if not found:  # nearly always
        return
    lang = primary(unit.tgt_lang)
    target = _plain(unit.tgt_text, lang)
    longest = _longest({span for _, spans in found for span in spans})
    asked: dict[tuple[int, int], tuple[str, ...]] = {}  # of rows that have one term in common any will do
    for wanted, spans in found:
        for span in [span for span in spans if span in longest][:1]:
            asked[span] = asked.get(span, ()) + wanted
    for (start, end), wanted in asked.items():
        if not any(_find(way, target, lang) for way in wanted):
            said = " or ".join(repr(way) for way in wanted)
            reason = f"The glossary has {said} for {unit.src_text[start:end]!r}."
            yield Issue("glossary", Severity.MINOR, "src", start, end, reason)


def _forbidden_used(unit: TranslationUnit, glossary: Glossary) -> Iterator[Issue]:
    """Terms of the target that are not to be used, each once; one within a longer term of the glossary is none."""
    lang = primary(unit.tgt_lang)
    forbidden, allowed = _told(glossary.terms, lang)
    target = _plain(unit.tgt_text, lang) if forbidden else ""
    spans = {
        span: way
        for way in forbidden
        if way.core in target
        for span in _places(way, target, unit.tgt_text, lang, has_endings=False)
    }
    if not spans:  # nearly always
        return
    fine = {match.span() for plain in allowed if plain in target for match in _pattern(plain, lang).finditer(target)}
    told: dict[str, tuple[int, int]] = {}
    for start, end in sorted(_longest({*spans, *fine}) - fine):
        told.setdefault(spans[start, end].plain, (start, end))
    for start, end in told.values():
        instead = " or ".join(map(repr, spans[start, end].wanted))
        reason = f"The glossary says that {unit.tgt_text[start:end]!r} is not to be used"
        yield Issue("glossary", Severity.MINOR, "tgt", start, end, f"{reason}{f', but {instead}' if instead else ''}.")


@lru_cache(maxsize=8)
def _told(terms: tuple[Term, ...], lang: str) -> tuple[Sequence[_Way], frozenset[str]]:
    """What is not to be used in a language, with what is instead; and all that may be, which may be the same word for
    another thing."""
    allowed = frozenset(_plain(way, lang) for term in terms for way in term.of(lang, _TARGET))
    forbidden = [
        _way(way, lang, at, term.of(lang, _TARGET))
        for at, term in enumerate(terms)
        for way in _of(term.forbidden, lang, _TARGET)
    ]
    return [way for way in forbidden if way.plain not in allowed], allowed


def _terms(unit: TranslationUnit, glossary: Glossary) -> Iterator[tuple[tuple[str, ...], list[tuple[int, int]]]]:
    """The terms that stand in the source: how the target is to say each, and where it stands."""
    lang, to = primary(unit.src_lang), primary(unit.tgt_lang)
    source = _plain(unit.src_text, lang) if glossary.terms else ""
    there = [each for each in _between(glossary.terms, lang, to) if each.core in source]
    found: dict[int, list[tuple[int, int]]] = {}
    for way in there:
        found.setdefault(way.term, []).extend(_places(way, source, unit.src_text, lang))
    wanted = {way.term: way.wanted for way in there}
    yield from ((wanted[term], spans) for term, spans in found.items() if spans)


class _Way(NamedTuple):
    """A way to say a term, the one at that place in the glossary, plain and as written, and what is wanted for it.

    `core`: what stands in any text that has it.
    """

    plain: str
    written: str
    term: int
    wanted: tuple[str, ...]
    core: str


@lru_cache(maxsize=8)
def _between(terms: tuple[Term, ...], lang: str, to: str) -> Sequence[_Way]:
    """The terms that both languages have."""
    sides = ((at, term.of(lang, _SOURCE), term.of(to, _TARGET)) for at, term in enumerate(terms))
    return [_way(way, lang, at, wanted) for at, ways, wanted in sides if wanted for way in ways]


def _way(written: str, lang: str, term: int, wanted: tuple[str, ...]) -> _Way:
    plain = _plain(written, lang)
    return _Way(plain, written, term, wanted, plain[:-1] if _is_like_city(plain, lang) else plain)


def _places(way: _Way, plain: str, text: str, lang: str, *, has_endings: bool = True) -> Iterator[tuple[int, int]]:
    """Where a term stands; one in capitals only where it has them in the text, too: US is not us."""
    for match in _pattern(way.plain, lang, has_endings=has_endings).finditer(plain):
        if not way.written.isupper() or _is_in_capitals(text[match.start() : match.end()]):
            yield match.span()


def _is_in_capitals(text: str) -> bool:
    """Whether a text is; of a longer one the first letter is enough, as some languages write Unesco."""
    return text.isupper() or (len(text) >= _LONG_CAPITALS and text[0].isupper())


def _longest(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those that are within no other."""
    found, last = set(), -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > last:
            found.add((start, end))
            last = end
    return found


def _plain(text: str, language: str) -> str:
    """In lower case, simplified characters, narrow letters and plain apostrophes and hyphens, all at their places."""
    lower = text.lower()
    plain = (lower if len(lower) == len(text) else text).translate(_ALIKE)
    if language != "zh":
        return plain
    converted = simplified(plain)
    return converted if len(converted) == len(plain) else plain


def _find(term: str, plain: str, language: str) -> re.Match[str] | None:
    return _pattern(_plain(term, language), language).search(plain)


@lru_cache(maxsize=65536)
def _pattern(term: str, language: str, *, has_endings: bool = True) -> re.Pattern[str]:
    """A term, with other endings of its longer words if `has_endings`, and that of a plural where words have any."""
    if language in _UNSPACED:
        return re.compile(re.escape(term))
    joined = r"\W+".join(_word(word, language, has_endings) for word in term.split())
    return re.compile(rf"(?<!\w){joined}(?:e?s|n|en)?(?!\w)")


def _word(word: str, language: str, has_endings: bool) -> str:
    if _is_like_city(word, language):
        return re.escape(word[:-1]) + "(?:y|ies|ied|ying)"
    return re.escape(word[:-_ENDING]) + r"\w{0,5}" if has_endings and _is_long(word) else re.escape(word)


def _is_like_city(term: str, language: str) -> bool:
    """Whether it becomes `ies`, as cities do."""
    return language == "en" and bool(_CITY.search(term))


def _is_long(word: str) -> bool:
    return len(word) > _LONG_WORD and word.isalpha()
