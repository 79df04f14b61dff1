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
    "links",
    "confidence",
    "status",
)
_BETWEEN = " | "  # what stands in a cell of a passage that has several counterparts


def listing(
    hits: Sequence[Hit], linked: Mapping[str, Sequence[Counterpart]], names: Mapping[str, str], width: int
) -> list[list[str | float]]:
    """Rows under HEADER, one a place. `names`: of documents, by id; `width`: characters of context on either side.

    Where the passage is linked to several documents, the last four cells name all, in one order.
    """
    return [
        [*where, *place, hit.passage.english, *_counterparts(linked.get(hit.passage.id, ()), names)]
        for hit in hits
        for where, place in _places(hit, names, width)
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


def _counterparts(linked: Sequence[Counterpart], names: Mapping[str, str]) -> tuple[str, str, str | float, str]:
    if len(linked) == 1:
        [one] = linked
        return _told(one, names), one.bead_id, round(one.confidence, 4), one.status
    return (
        _BETWEEN.join(_told(each, names) for each in linked),
        _BETWEEN.join(each.bead_id for each in linked),
        _BETWEEN.join(str(round(each.confidence, 4)) for each in linked),
        _BETWEEN.join(each.status for each in linked),
    )


def _told(other: Counterpart, names: Mapping[str, str]) -> str:
    return f"{names[other.doc]}: {_text(other.passages)}"


def _text(passages: Sequence[Passage]) -> str:
    return " ".join(passage.text for passage in passages)
