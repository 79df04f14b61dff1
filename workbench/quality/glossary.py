"""A user's list of terms, and the translations that do without them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.errors import InputError
from workbench.lang import canonical, named, primary, simplified

_UNSPACED = frozenset(["zh", "ja", "ko", "th"])
_DELIMITERS = ",;\t"
_ENDING = 2  # letters at the end of a longer word that may be another ending
_LONG_WORD = 5
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
        text = data.decode("utf-8-sig")
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
    """Terms of the source that the target says otherwise."""
    if not glossary.terms:
        return
    langs = primary(unit.src_lang), primary(unit.tgt_lang)
    source = target = ""
    for term in glossary.terms:
        ways, wanted = term.of(langs[0], _SOURCE), term.of(langs[1], _TARGET)
        if not ways or not wanted:
            continue
        source = source or _plain(unit.src_text, langs[0])
        if not any(_plain(way, langs[0]) in source for way in ways):  # nearly always
            continue
        target = target or _plain(unit.tgt_text, langs[1])
        match = next((found for way in ways if (found := _find(way, source, langs[0]))), None)
        if match and not any(_find(way, target, langs[1]) for way in wanted):
            said = " or ".join(repr(way) for way in wanted)
            reason = f"The glossary has {said} for {unit.src_text[match.start() : match.end()]!r}."
            yield Issue("glossary", Severity.MINOR, "src", match.start(), match.end(), reason)


def _plain(text: str, language: str) -> str:
    """In lower case and simplified characters, every character at its place."""
    lower = text.lower()
    plain = lower if len(lower) == len(text) else text
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
