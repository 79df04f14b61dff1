"""Pairs of texts in tables: a column for each version, named by language or by side, or the first two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workbench.errors import InputError
from workbench.export.incoming.bitext import Collector, File, ForeignBitext, language
from workbench.export.incoming.sheets import HEADER_WITHIN, Decode, Row, sheets, texts
from workbench.lang import named

_NO_TAG = {"id", "no", "nr", "num", "url"}  # more often what a column of numbers is called
_SIDES = tuple(
    frozenset(names.split(", "))
    for names in (
        "source, src, src text, source text, source segment, source string, source phrase, original, quelle, "
        "quelltext, ausgangstext, texte source, texto de origen, texto original, texto de partida, 原文, 원문",
        "target, tgt, tgt text, target text, target segment, target string, target phrase, translation, ziel, "
        "zieltext, übersetzung, texte cible, traduction, texto meta, traducción, texto de chegada, tradução, 译文, "
        "譯文, 訳文, 翻訳, 번역, 번역문",
    )
)
_KEY = re.compile(r"[!-~]*(?:[0-9_]|[!-~]\.[!-~])[!-~]*")  # what programs call a text by: TXT_01, menu.file
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")  # "Deutsch (DE)", "Source [en]"


def read(file: File, decode: Decode) -> ForeignBitext:
    """Raises InputError on a table without two columns of text."""
    found = Collector("table")
    tables = [_below_title(sheet) for sheet in sheets(file.data, decode) if sheet] or [[]]
    first = next((table for table in tables if table and _is_header(table[0])), tables[0])
    if not first:
        raise InputError("this file is empty; a bitext has a column of text for each version")
    places, langs, has_header = _columns(first)
    like = [table for table in tables if table is first or (has_header and table[0].cells == first[0].cells)]
    found.noted["sheet with other columns left out; what belongs together has the same names of columns"] += len(
        tables
    ) - len(like)
    if not has_header:
        found.noted[
            "further column of text left out, as only two are taken where none is named; name each in the first row by "
            "its language, like en or fr"
        ] = sum(place < _width(first) and place not in places for place in _worded(first))
    rows = [first[0], *(row for table in like for row in table[1:])]
    if wider := _wider(rows, has_header):
        found.noted[
            f"row with more columns than the others, the first {wider[0]}; a text that is not quoted was cut at each "
            "comma, or what else stands between columns"
        ] = len(wider)
    for row in rows[has_header:]:
        found.noted["row with fewer columns; what is missing counts as empty"] += len(row.cells) <= max(places)
        found.add({str(place): [text] for place, text in zip(places, texts(row.cells, places), strict=True)})
    return found.done(dict(zip(map(str, places), langs, strict=True)))


def _wider(rows: Sequence[Row], has_header: bool) -> list[Row]:
    """The rows that say something beyond the names of columns, or beyond what most rows have."""
    width = len(rows[0].cells) if has_header else _width(rows)
    return [row for row in rows if any(map(str.strip, row.cells[width:]))]


def _width(rows: Sequence[Row]) -> int:
    """How many columns most rows have."""
    return Counter(len(row.cells) for row in rows).most_common(1)[0][0]


def _below_title(rows: Sequence[Row]) -> Sequence[Row]:
    """The table without lines above the names of its columns that hold no more than one cell."""
    title = next(
        (at for at, row in enumerate(rows[:HEADER_WITHIN]) if sum(map(bool, map(str.strip, row.cells))) > 1), 0
    )
    return rows[title:] if title and _is_header(rows[title]) else rows


def _is_header(row: Row) -> bool:
    """Whether a row names versions of a text."""
    return bool(_sides(row)) or len(_tags(row)) > 1


def _sides(row: Row) -> list[int]:
    """Which columns are named source and target."""
    names = [_BRACKETS.sub("", cell).strip().lower().replace("_", " ") for cell in row.cells]
    places = [next((place for place, name in enumerate(names) if name in side), None) for side in _SIDES]
    return [place for place in places if place is not None] if None not in places else []


def _tags(row: Row) -> dict[int, str]:
    """Which columns are named by a language."""
    return {place: tag for place, name in enumerate(row.cells) if (tag := _tag(name)) != "und"}


def _columns(rows: Sequence[Row]) -> tuple[list[int], list[str], bool]:
    """Where the texts stand, in which languages as far as the file says, and whether the first row is a header."""
    names = [cell.strip() for cell in rows[0].cells]
    tags = _tags(rows[0])
    if places := _sides(rows[0]):
        said = (_said(names, rows, side) for side in ("src", "tgt"))
        return places, [tags.get(place, lang) for place, lang in zip(places, said, strict=True)], True
    if len(tags) > 1:
        return list(tags), list(tags.values()), True
    alone = sum(len(row.cells) < 2 for row in rows)
    if 2 * alone > len(rows):  # commas and semicolons stand in prose too
        raise InputError(
            f"{alone:,} of {len(rows):,} rows have one column, so this is no table of pairs: there a tab, a comma or a "
            "semicolon stands between two versions. Two files of plain text with as many lines are taken in together"
        )
    width = _width(rows)
    even = sum(len(row.cells) == width for row in rows)
    if 2 * even < len(rows):
        raise InputError(
            f"no more than {even:,} of {len(rows):,} rows have as many columns, so this is no table of pairs; a text "
            "is taken in by `add`, and in a table texts with what stands between columns are quoted"
        )
    worded = _worded(rows)
    return worded[:2] if len(worded) > 1 else [0, 1], ["und", "und"], False


def _worded(rows: Sequence[Row]) -> list[int]:
    """Which columns are text."""
    return [place for place in range(max(len(row.cells) for row in rows[:100])) if _holds_words(rows, place)]


def _said(names: Sequence[str], rows: Sequence[Row], side: str) -> str:
    """The language of a side where a column names it."""
    lowered = [name.lower() for name in names]
    column = f"{side}_lang"
    return language(texts(rows[1].cells, [lowered.index(column)])[0]) if column in lowered and len(rows) > 1 else "und"


def _tag(name: str) -> str:
    """What a column's name says: as a whole, without what stands in brackets, or in them."""
    said = (name, _BRACKETS.sub("", name), *_BRACKETS.findall(name))
    tags = (named(each) for each in map(str.strip, said) if each.lower() not in _NO_TAG)
    return next((tag for tag in tags if tag != "und"), "und")


def _holds_words(rows: Sequence[Row], place: int) -> bool:
    """Whether most of a column is more than numbers and keys; its name aside, if it has one."""
    filled = [text for row in rows[:100] for text in texts(row.cells, [place]) if text.strip()]
    below = filled[1:] or filled
    worded = sum(any(map(str.isalpha, text)) and not _KEY.fullmatch(text.strip()) for text in below)
    return 2 * worded > len(below)
