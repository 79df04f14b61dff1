"""Pairs of texts in tables: a column for each version, named by language or by side, or the first two."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import InputError
from workbench.export.incoming.bitext import Collector, File, ForeignBitext, language
from workbench.export.incoming.sheets import Decode, Row, sheets, texts
from workbench.lang import named

_NO_TAG = {"id", "no", "nr", "num", "url"}  # more often what a column of numbers is called
_SIDES = (
    {"source", "src", "src_text", "source text", "source segment", "original"},
    {"target", "tgt", "tgt_text", "target text", "target segment", "translation"},
)


def read(file: File, decode: Decode) -> ForeignBitext:
    """Raises InputError on a table without two columns of text."""
    found = Collector("table")
    first, *others = [sheet for sheet in sheets(file.data, decode) if sheet] or [[]]
    if not first:
        raise InputError("this file is empty; a bitext has a column of text for each version")
    places, langs, has_header = _columns(first)
    further = [row for sheet in others if has_header and sheet[0].cells == first[0].cells for row in sheet[1:]]
    rows = [*first, *further]
    for row in rows[has_header:]:
        found.noted["row with fewer columns; what is missing counts as empty"] += len(row.cells) <= max(places)
        found.add({str(place): [text] for place, text in zip(places, texts(row.cells, places), strict=True)})
    return found.done(dict(zip(map(str, places), langs, strict=True)))


def _columns(rows: Sequence[Row]) -> tuple[list[int], list[str], bool]:
    """Where the texts stand, in which languages as far as the file says, and whether the first row is a header."""
    names = [cell.strip() for cell in rows[0].cells]
    sides = [[place for place, name in enumerate(names) if name.lower() in side] for side in _SIDES]
    if all(sides):
        places = [side[0] for side in sides]
        return places, [_said(names, rows, side) for side in ("src", "tgt")], True
    tags = {place: tag for place, name in enumerate(names) if (tag := _tag(name)) != "und"}
    if len(tags) > 1:
        return list(tags), list(tags.values()), True
    alone = sum(len(row.cells) < 2 for row in rows)
    if 2 * alone > len(rows):  # commas and semicolons stand in prose too
        raise InputError(
            f"{alone:,} of {len(rows):,} rows have one column, so this is no table of pairs: there a tab, a comma or a "
            "semicolon stands between two versions. Two files of plain text with as many lines are taken in together"
        )
    worded = [place for place in range(max(len(row.cells) for row in rows[:100])) if _holds_words(rows, place)]
    return worded[:2] if len(worded) > 1 else [0, 1], ["und", "und"], False


def _said(names: Sequence[str], rows: Sequence[Row], side: str) -> str:
    """The language of a side where a column names it."""
    lowered = [name.lower() for name in names]
    column = f"{side}_lang"
    return language(texts(rows[1].cells, [lowered.index(column)])[0]) if column in lowered and len(rows) > 1 else "und"


def _tag(name: str) -> str:
    return "und" if name.lower() in _NO_TAG else named(name)


def _holds_words(rows: Sequence[Row], place: int) -> bool:
    """Whether a column holds more than numbers and blanks."""
    return any(map(str.isalpha, "".join(text for row in rows[:100] for text in texts(row.cells, [place]))))
