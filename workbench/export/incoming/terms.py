"""Glossaries as terminology tools and spreadsheets hold them: terms by language, and which are not to be used.

TBX of any style and version and MultiTerm's XML hold concepts; tables a term a row, with a column for each language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

from workbench.errors import InputError
from workbench.export.incoming.bitext import File
from workbench.export.incoming.markup import attribute, begun, children, elements, local, plain, root
from workbench.export.incoming.sheets import HEADER_WITHIN, Decode, Row, delimited, sheets, texts, with_line_ends
from workbench.lang import canonical, display_name, named, primary

# Headings that name no language but a side: of whatever is the source of what is checked, and its target.
_SOURCE, _TARGET = "source", "target"
_SIDES = {_SOURCE: _SOURCE, "src": _SOURCE, "term": _SOURCE, _TARGET: _TARGET, "tgt": _TARGET, "translation": _TARGET}
_NUMBERS = {"id", "no"}  # of the first column more often what its numbers are called than a language

_MOST_TOLD = 20  # problems, one by one
_BETWEEN = re.compile(r"[|;；\n]")  # ways to say one thing, in one cell
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")  # "Term [fr]"
# What forbids a term, and what else is told of one; in letters alone.
_FORBIDDEN = re.compile(
    "forbid|deprecat|supersed|obsolet|prohibit|notrecommended|nottobeused|donotuse|dontuse|avoid|verboten|veraltet|"
    "nichtverwenden|interdit|proscrit|déconseillé|àéviter|nepasutiliser|prohibid|desaconsej|nousar|evitar|proibid|"
    "nãousar|禁用|禁止|停用|弃用|棄用|非推奨|使用不可|금지|폐기"
)
_STATUS = re.compile(
    "(?:term|usage|administrative)?status|normativeauthori[sz]ation|usage|terminfo|statut|verwendung|estado|situação|"
    "状态|狀態|状態|ステータス|상태"
)
_TERM = re.compile("(?:(?:preferred|admitted)?(?:term|synonym|benennung|terme|término|termo|术语|術語|用語|용어)e?s?)?")
_YES = frozenset(["yes", "y", "true", "1", "x", "✓", "ja", "oui", "si", "sí", "sim", "是", "はい", "예"])
_NO = frozenset(["no", "n", "false", "0", "-", "nein", "non", "não", "否", "いいえ", "아니오", "아니요"])
# Of TBX before version 3, TBX, and MultiTerm.
_ROOTS = {"martif", "tbx", "mtf"}
_CONCEPTS = {"termentry", "conceptentry", "conceptgrp"}
_LANGUAGES = {"langset", "langsec", "languagegrp"}
_TERMS = {"tig", "ntig", "termsec", "termgrp"}


@dataclass(frozen=True, slots=True)
class ForeignTerm:
    """One thing in several languages, or on several sides: the ways to say it, and those that are forbidden."""

    ways: Mapping[str, Sequence[str]]
    forbidden: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ForeignTerms:
    """What a glossary holds. `problems`: what of it could not be used, in words."""

    terms: tuple[ForeignTerm, ...]
    problems: tuple[str, ...]


def read_terms(file: File, decode: Decode) -> ForeignTerms:
    """The terms of a TBX or MultiTerm file or a table. Raises InputError on anything else."""
    found = _Collector(file.name)
    top = None if file.data.startswith(b"PK") else root(file.data)
    try:
        if top is not None and local(top) in _ROOTS:
            _read_concepts(file.data, found)
        elif top is not None:
            raise InputError(f"this is XML that begins with <{local(top)}>; TBX, MultiTerm's XML and tables are read")
        elif begun(file.data).startswith((b"<?xml", b"<!")):
            raise InputError("this begins as XML and is damaged, or not in the encoding it declares; export it again")
        else:
            _read_tables(file.data, decode, found)
        if not found.terms:
            raise InputError("it holds no term in two languages, nor any that is not to be used")
    except InputError as error:
        raise InputError(f"the glossary {file.name}: {error}") from error
    return found.done()


@dataclass
class _Collector:
    """Gathers the terms of a file one by one."""

    name: str
    terms: list[ForeignTerm] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, said: Iterable[tuple[str, bool, str]], where: str, text: str) -> None:
        """A thing by the ways to say it: in which language, whether that is forbidden, and how. `where` and `text`
        tell of it what stands in the file."""
        ways: dict[str, list[str]] = {}
        forbidden: dict[str, list[str]] = {}
        for lang, is_forbidden, way in said:
            if lang and (way := " ".join(normalize("NFC", way).split())):
                (forbidden if is_forbidden else ways).setdefault(lang, []).append(way)
        if len(ways) > 1 or forbidden:
            self.terms.append(ForeignTerm(ways, forbidden))
        else:
            self.pass_over(where, f"is no term in two languages and was passed over: {text[:80]}")

    def pass_over(self, where: str, why: str) -> None:
        self.problems.append(f"{where} of {self.name} {why}")

    def done(self) -> ForeignTerms:
        told, more = self.problems[:_MOST_TOLD], len(self.problems) - _MOST_TOLD
        rest = [f"of {self.name} {more:,} more were passed over likewise"] if more > 0 else []
        return ForeignTerms(tuple(self.terms), (*told, *rest))


# -- concepts


def _read_concepts(data: bytes, found: _Collector) -> None:
    for number, concept in enumerate(elements(data, _CONCEPTS), 1):
        text = " ".join(" ".join(map(str, concept.itertext())).split())
        found.add(_said_of(concept), f"entry {number}", text)


def _said_of(concept: Any) -> Iterator[tuple[str, bool, str]]:
    for section in _within(concept, _LANGUAGES):
        lang = _language(section)
        for one in _within(section, _TERMS):
            is_forbidden = any(_forbids(attribute(note, "type") or local(note), note.text or "") for note in one.iter())
            yield from ((lang, is_forbidden, plain(term, Counter())) for term in _within(one, {"term"}))


def _within(element: Any, names: set[str]) -> Iterator[Any]:
    """The elements of these names in another one, and none within those."""
    for child in element:
        if local(child) in names:
            yield child
        else:
            yield from _within(child, names)


def _language(section: Any) -> str:
    """MultiTerm names the language in an element of its own, and as people call it there."""
    names = next(iter(children(section, "language")), section)
    return next(filter(None, (_named(attribute(names, name)) for name in ("lang", "type"))), "")


def _named(name: str) -> str:
    """The language that a tag or a word names, or the side; empty where it is neither."""
    try:
        return primary(canonical(name)) if name else ""
    except InputError:
        return _lang(name)


def _forbids(name: str, said: str) -> bool:
    """Whether what is told of a term, under some name, forbids it."""
    kind = _letters(name)
    if _STATUS.fullmatch(kind):
        return bool(_FORBIDDEN.search(_letters(said)))
    return bool(_FORBIDDEN.search(kind)) and said.strip().casefold() in _YES


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, normalize("NFC", text).casefold()))


# -- tables


class _Column(NamedTuple):
    """A column of terms, of forbidden ones, or of what is told of terms. `of`: which column these stand in."""

    at: int
    kind: str
    lang: str
    of: int


_IS_TERM, _IS_STATUS, _IS_FORBIDDEN = "term", "status", "forbidden"


def _read_tables(data: bytes, decode: Decode, found: _Collector) -> None:
    tables = [rows for rows in _tables(data, decode, found) if rows]
    headers = [_header(rows) for rows in tables]
    if not any(columns for _, columns in headers):
        first = ";".join(tables[0][0].cells) if tables else ""
        raise InputError(
            "its first line must name two languages or more, as fr,en or French,English, or be source,target; "
            f"it is {first[:80]!r}"
        )
    for rows, (below, columns) in zip(tables, headers, strict=True):
        if not columns:
            found.pass_over(f"sheet {rows[0].sheet}", "names no two languages and was passed over")
            continue
        # Elsewhere than in a workbook what lies beyond the columns was cut from a cell that is not quoted.
        width = None if data.startswith(b"PK") else len(rows[below - 1].cells)
        for row in rows[below:]:
            is_cut = width is not None and any(map(str.strip, row.cells[width:]))
            said = () if is_cut else _said_in(row.cells, columns)
            where = f"line {row.number}" + (f" of sheet {row.sheet}" if row.sheet else "")
            found.add(said, where, ", ".join(filter(None, row.cells)))


def _tables(data: bytes, decode: Decode, found: _Collector) -> list[list[Row]]:
    """The tables of a file. A quotation mark that is never closed breaks the row of its line alone."""
    try:
        return sheets(data, decode)
    except InputError:
        if data.startswith(b"PK") or "\0" in (text := decode(data).removeprefix("\ufeff")):
            raise
    header, *lines = with_line_ends(text).split("\n")
    rows = delimited(header, ())
    for number, line in enumerate(lines, 2):
        try:
            rows += [Row(number, row.cells) for row in delimited(f"{header}\n{line}", ())[1:]]
        except InputError:
            found.add((), f"line {number}", line)
    return [rows]


def _header(rows: Sequence[Row]) -> tuple[int, Sequence[_Column]]:
    """The columns of a table, and how many rows stand above its terms; no columns where it is no glossary."""
    for below, row in enumerate(rows[:HEADER_WITHIN], 1):
        if columns := _columns(row.cells):
            return below, columns
    return 0, ()


def _columns(names: Sequence[str]) -> Sequence[_Column]:
    """What the columns of these names hold; none where they are no glossary's."""
    headings = {at: heading for at, name in enumerate(names) if (heading := _heading(name.strip()))}
    if names and names[0].strip().casefold() in _NUMBERS:
        headings.pop(0, None)
    terms = {at: lang for at, (kind, lang) in headings.items() if kind == _IS_TERM}
    if len({*terms.values()} - {_SOURCE, _TARGET}) > 1:  # "source" is where a term was found
        terms = {at: lang for at, lang in terms.items() if lang not in (_SOURCE, _TARGET)}
    told = {at: heading for at, heading in headings.items() if heading[0] != _IS_TERM}
    if not terms or (len({*terms.values()}) < 2 and not told):
        return ()
    columns = [_Column(at, _IS_TERM, lang, at) for at, lang in terms.items()]
    for at, (kind, lang) in told.items():
        meant = [each for each in terms if terms[each] == lang] or list(terms)
        of = max((each for each in meant if each < at), default=meant[0])
        columns.append(_Column(at, kind, terms[of], of))
    return columns


@cache
def _heading(name: str) -> tuple[str, str] | None:
    """What a column of this name holds and in which language, empty where it says none; None: nothing of use here.

    >>> [_heading(name) for name in ("fr", "Term [fr]", "English_United_States", "fr_status", "Do not use", "Note")]
    [('term', 'fr'), ('term', 'fr'), ('term', 'en'), ('status', 'fr'), ('forbidden', ''), None]
    """
    return next(((kind, lang) for lang, rest in _readings(name) if (kind := _kind(lang, rest))), None)


def _readings(name: str) -> Iterator[tuple[str, str]]:
    """The ways to read a heading, as a language and what else it says."""
    yield _lang(name), ""
    yield from ((_lang(inner), _BRACKETS.sub(" ", name)) for inner in _BRACKETS.findall(name))
    words = re.findall(r"[^\W_]+", name)
    for cut in range(len(words) - 1, 0, -1):
        yield _lang(*words[:cut]), " ".join(words[cut:])
        yield _lang(*words[-cut:]), " ".join(words[:-cut])
    yield "", name


def _lang(*words: str) -> str:
    """The language that words name, or the side; empty where they name neither."""
    if side := _SIDES.get(" ".join(words).strip().casefold()):
        return side
    tags = (named(joint.join(words)) for joint in " -")
    return next((primary(tag) for tag in tags if tag != "und"), "") or _of_three_letters(*words)


def _of_three_letters(*words: str) -> str:
    """Of a language that has no shorter code and is known by a name: "fil"."""
    try:
        tag = canonical(words[0]) if len(words) == 1 and len(words[0]) == 3 else "und"
    except InputError:
        return ""
    return tag if tag not in ("und", display_name(tag)) else ""


def _kind(lang: str, rest: str) -> str:
    """What a column holds that names a language, if any, and says something else; empty where that is of no use."""
    letters = _letters(rest)
    if lang and (_TERM.fullmatch(letters) or letters in _territories()):
        return _IS_TERM
    if _STATUS.fullmatch(letters):
        return _IS_STATUS
    return _IS_FORBIDDEN if _FORBIDDEN.search(letters) else ""


@cache
def _territories() -> frozenset[str]:
    """The names of countries, which may stand beside a language's."""
    from babel import Locale

    return frozenset({"prc", "usa", "uk", *map(_letters, map(str, Locale("en").territories.values()))})


def _said_in(cells: Sequence[str], columns: Sequence[_Column]) -> Iterator[tuple[str, bool, str]]:
    """The ways to say something, as in `_Collector.add`."""
    filled = [(column, cell) for column in columns if (cell := texts(cells, [column.at])[0].strip())]
    banned = {column.of for column, cell in filled if column.kind != _IS_TERM and _forbids(column.kind, cell)}
    for column, cell in filled:
        if column.kind == _IS_TERM or (column.kind == _IS_FORBIDDEN and cell.casefold() not in _YES | _NO):
            is_forbidden = column.kind == _IS_FORBIDDEN or column.at in banned
            yield from ((column.lang, is_forbidden, way) for way in _BETWEEN.split(cell))
