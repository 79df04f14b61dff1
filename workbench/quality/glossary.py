"""A user's list of terms, and the translations that do without them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.errors import InputError
from workbench.lang import canonical, named, primary, simplified

_UNSPACED = frozenset(["zh", "ja", "ko", "th"])
_DELIMITERS = ",;\t"
_ENDING = 2  # letters at the end of a longer word that may be another ending
_LONG_WORD = 5
_LONG_CAPITALS = 4  # letters of a term in capitals that some write with one alone
# One for one: typographic apostrophes and hyphens, full width.
_ALIKE = {**dict.fromkeys(map(ord, "’‘ʼ"), "'"), **dict.fromkeys(map(ord, "‐‑"), "-")} | {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)
}
# Headings that name no language but a side: of whatever is the source of what is checked, and its target.
_SOURCE, _TARGET = "source", "target"
_SIDES = {_SOURCE: _SOURCE, "src": _SOURCE, "term": _SOURCE, _TARGET: _TARGET, "tgt": _TARGET, "translation": _TARGET}


@dataclass(frozen=True, slots=True)
class Term:
    """A term in several languages: language subtag, or a side, to the ways to say it, the preferred first."""

    ways: tuple[tuple[str, tuple[str, ...]], ...]

    def of(self, lang: str, side: str = "") -> tuple[str, ...]:
        """How a language, `lang`, its primary subtag, says it, or else a `side`; none where nothing tells."""
        ways = dict(self.ways)
        return ways.get(lang) or ways.get(side, ())


@dataclass(frozen=True, slots=True)
class Glossary:
    """`problems`: the rows that could not be used, in words. `name`: of the file, for whoever reads it."""

    terms: tuple[Term, ...] = ()
    problems: tuple[str, ...] = ()
    name: str = ""


def read_glossary(path: Path) -> Glossary:
    """A CSV file: a header of languages, by tag or name, then a term a row; `|` between ways to say it in one language.

    A header may be `source,target` instead: terms of whatever languages are checked, in that direction. Commas,
    semicolons or tabs part the cells. Columns with another header are passed over, and so are rows that are broken;
    `problems` tells which. Raises InputError on a file that cannot be read or names no two languages.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the glossary {path} cannot be read: {error.strerror}") from error
    return replace(parse_glossary(data, str(path)), name=path.name)


def parse_glossary(data: bytes, name: str) -> Glossary:
    """The same from a file's content; `name` is for messages."""
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"the glossary {name} is not UTF-8; save it as CSV UTF-8") from error
    lines = text.splitlines()
    first = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=first.count)
    langs = _languages(_cells(first, delimiter) or ())
    if sum(lang is not None for lang in langs) < 2:
        raise InputError(
            f"the first line of the glossary {name} must name two languages or more, as fr,en or French,English, "
            f"or be source,target; it is {first.strip()[:80]!r}"
        )
    terms, problems = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = _cells(line, delimiter)
        term = _term(langs, cells) if cells is not None and len(cells) <= len(langs) else None
        if term is not None:
            terms.append(term)
        elif line.strip():
            problems.append(f"line {number} of {name} is no term in two languages and was passed over: {line[:80]}")
    return Glossary(tuple(terms), tuple(problems), name)


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line, None where its quotation marks are broken; a line is a row, so none breaks another."""
    try:
        return next(csv.reader(io.StringIO(line), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _languages(header: Sequence[str]) -> list[str | None]:
    found: list[str | None] = []
    for cell in header:
        if side := _SIDES.get(cell.strip().casefold()):
            found.append(side)
            continue
        try:
            found.append(primary(canonical(cell)) if cell.strip() else None)
        except InputError:
            word = named(cell)
            found.append(primary(word) if word != "und" else None)
    return found


def _term(langs: Sequence[str | None], cells: Sequence[str]) -> Term | None:
    ways: dict[str, tuple[str, ...]] = {}
    for lang, cell in zip(langs, cells, strict=False):
        said = tuple(part.strip() for part in cell.split("|") if part.strip())
        if lang and said:
            ways[lang] = ways.get(lang, ()) + said
    return Term(tuple(ways.items())) if len(ways) > 1 else None


def terms_used(unit: TranslationUnit, glossary: Glossary) -> Iterator[Issue]:
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


def _terms(unit: TranslationUnit, glossary: Glossary) -> Iterator[tuple[tuple[str, ...], list[tuple[int, int]]]]:
    """The terms that stand in the source: how the target is to say each, and where it stands."""
    lang, to = primary(unit.src_lang), primary(unit.tgt_lang)
    source = _plain(unit.src_text, lang) if glossary.terms else ""
    there = [each for each in _between(glossary.terms, lang, to) if each.plain in source]
    found: dict[int, list[tuple[int, int]]] = {}
    for way in there:
        found.setdefault(way.term, []).extend(_places(way, source, unit.src_text, lang))
    wanted = {way.term: way.wanted for way in there}
    yield from ((wanted[term], spans) for term, spans in found.items() if spans)


class _Way(NamedTuple):
    """A way to say a term, the one at that place in the glossary, plain and as written, and what is wanted for it."""

    plain: str
    written: str
    term: int
    wanted: tuple[str, ...]


@lru_cache(maxsize=8)
def _between(terms: tuple[Term, ...], lang: str, to: str) -> Sequence[_Way]:
    """The terms that both languages have."""
    sides = ((at, term.of(lang, _SOURCE), term.of(to, _TARGET)) for at, term in enumerate(terms))
    return [_Way(_plain(way, lang), way, at, wanted) for at, ways, wanted in sides if wanted for way in ways]


def _places(way: _Way, source: str, text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where a term stands; one in capitals only where it has them in the text, too: US is not us."""
    for match in _pattern(way.plain, lang).finditer(source):
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
def _pattern(term: str, language: str) -> re.Pattern[str]:
    """A term with other endings of its words where words have endings."""
    if language in _UNSPACED:
        return re.compile(re.escape(term))
    words = [
        re.escape(word[:-_ENDING]) + r"\w{0,5}" if len(word) > _LONG_WORD and word.isalpha() else re.escape(word)
        for word in term.split()
    ]
    joined = r"\W+".join(words)
    return re.compile(rf"(?<!\w){joined}(?:e?s|n|en)?(?!\w)")
