"""A concordance as a table: a row for each place, with what the passage is linked to in other documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.concordance import Hit, Passage, clipped
from workbench.wiring.views import Counterpart

HEADER = (
    "document",
    "passage",
    "language",
    "found in",
    "before",
    "found",
    "after",
    "english",
    "counterparts",
    "link",
    "confidence",
)


def listing(
    hits: Sequence[Hit], linked: Mapping[str, Sequence[Counterpart]], names: Mapping[str, str], width: int
) -> list[list[str | float]]:
    """Rows under HEADER. `names`: of documents, by id; `width`: characters of context on either side.

    A place whose passage is linked to several documents has a row for each of them.
    """
    return [
        [*where, *place, hit.passage.english, *told]
        for hit in hits
        for where, place in _places(hit, names, width)
        for told in _counterparts(linked.get(hit.passage.id, ()), names)
    ]


def _places(
    hit: Hit, names: Mapping[str, str], width: int
) -> Iterator[tuple[tuple[str, int, str, str], tuple[str, str, str]]]:
    passage = hit.passage
    at = names[passage.doc], passage.index + 1, passage.lang
    for place in clipped(passage.text, hit.original, width):
        yield (*at, "original"), place
    for place in clipped(passage.english, hit.english, width):
        yield (*at, "English"), place


def _counterparts(linked: Sequence[Counterpart], names: Mapping[str, str]) -> list[tuple[str, str, str | float]]:
    told: list[tuple[str, str, str | float]] = [
        (f"{names[each.doc]}: {_text(each.passages)}", each.bead_id, round(each.confidence, 4)) for each in linked
    ]
    return told or [("", "", "")]


def _text(passages: Sequence[Passage]) -> str:
    return " ".join(passage.text for passage in passages)
