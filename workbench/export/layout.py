"""The table of a review round, the same in TSV, CSV and XLSX, and the marks by which it finds its way back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from workbench.datatypes import TranslationUnit, Variant

# What a unit has under the same names.
TABLE = (
    "bead_id",
    "src_doc",
    "tgt_doc",
    "src_segments",  # ids joined by a space
    "tgt_segments",
    "src_text",
    "tgt_text",
    "src_en",
    "tgt_en",
    "score",
    "confidence",
    "status",
    "src_numbers",  # of the segments as people count them, joined by a space
    "tgt_numbers",
    "comment",
)
# `written` says what a reviewer found in the EDITABLE columns: see `marks`.
COLUMNS = (*TABLE, "written")
# What a reviewer may change. Other numbers say a split or a merge; the ids tell what it was.
EDITABLE = ("src_en", "tgt_en", "status", "src_numbers", "tgt_numbers", "comment")

Cell = str | float
RUNS = r"[=+\-@\t\r]"  # with which begins what a spreadsheet would run as a formula
_GUARDED = re.compile(f"'{RUNS}")


def row(unit: TranslationUnit) -> tuple[Cell, ...]:
    """The cells of a unit, in the order of COLUMNS."""
    cells = [_cell(getattr(unit, name)) for name in TABLE]
    return (*cells, marks(unit))


def fields(unit: TranslationUnit) -> tuple[str, ...]:
    """The same as texts."""
    return tuple(cell if isinstance(cell, str) else format(cell, ".6g") for cell in row(unit))


def marks(unit: TranslationUnit) -> str:
    """The mark of each EDITABLE column of a unit, in their order: `0af3c1-…`."""
    return joined_marks({name: str(_cell(getattr(unit, name))) for name in EDITABLE})


def joined_marks(cells: Mapping[str, str]) -> str:
    """The marks of EDITABLE cells as texts. A column without a mark of its own was changed since."""
    return "-".join(mark(cells[name]) for name in EDITABLE)


def facts(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    """What there is to say of a unit beside its texts, by name, for formats that have a place for such things."""
    numbers = {"score": unit.score, "confidence": unit.confidence}
    yield from ((name, format(value, ".6g")) for name, value in numbers.items())
    yield "status", unit.status
    named = {
        "reviewer": unit.reviewer,
        "signature": unit.signature,
        "written": marks(unit),
    }
    yield from ((name, value) for name, value in named.items() if value)


def places(variant: Variant) -> Iterator[tuple[str, str]]:
    """Where a text is from: its document, its segments by id and number, and their offsets in it (`5-20 21-30`)."""
    yield "document", variant.doc
    yield "segments", " ".join(variant.segments)
    if variant.numbers:
        yield "numbers", " ".join(map(str, variant.numbers))
    if variant.spans:
        yield "offsets", " ".join(f"{start}-{end}" for start, end in variant.spans)


def facts_and_places(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    """The facts of a link, and the places of either side as `src-…` and `tgt-…`."""
    yield from facts(unit)
    for side, variant in zip(("src", "tgt"), unit.variants, strict=True):
        yield from ((f"{side}-{name}", value) for name, value in places(variant))


@lru_cache(maxsize=1024)
def mark(text: str) -> str:
    """Six hex digits that stay as long as no more changes than white space, and what guards a cell from being run."""
    return hashlib.sha256(" ".join(unguarded(text).split()).encode("utf-8", "replace")).hexdigest()[:6]


def unguarded(text: str) -> str:
    """A text without the ' that keeps a spreadsheet from running it as a formula."""
    return text[1:] if _GUARDED.match(text) else text


def _cell(value: str | float | tuple[object, ...]) -> Cell:
    match value:
        case str():
            return str(value)
        case tuple():
            return " ".join(map(str, value))
        case _:
            # Further digits differ between processors.
            return float(format(value, ".6g"))
