"""The rows of the Matrix page: pure functions from what documents share to rows in order, in words and as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from urllib.parse import urlencode

from workbench.align import Matrix, Row
from workbench.plurals import count
from workbench.review import numbers
from workbench.ui.words import band
from workbench.wiring.views import MatrixView, SegmentView

EVERYTHING, SHARED, BY_ALL, DISPUTED, ALONE = "everything", "shared", "by all", "disputed", "only in "

Texts = Sequence[Mapping[int, SegmentView]]  # of each document, by segment index


def documents_of(row: Row) -> list[int]:
    """The numbers of the documents that have the passage."""
    return [doc for doc, cell in enumerate(row.cells) if cell]


def pairs_of(row: Row) -> int:
    """How many pairs the documents of a row make."""
    return len(list(combinations(documents_of(row), 2)))


def agreement(row: Row) -> float:
    """Pairs whose own alignment says what the row says, less those that it contradicts, by pairs: -1 to 1."""
    return (row.agreed - row.against) / pairs_of(row) if pairs_of(row) else 0.0


def by_sharing(rows: Sequence[Row]) -> list[Row]:
    """What most documents share first, otherwise as they were."""
    return sorted(rows, key=lambda row: -len(documents_of(row)))


def by_agreement(rows: Sequence[Row]) -> list[Row]:
    """What the alignments dispute most first, what only one document has last, otherwise as they were."""
    return sorted(rows, key=lambda row: (not pairs_of(row), agreement(row), row.confidence))


def shown(view: MatrixView, rows: Sequence[Row], what: str, within: Collection[tuple[int, int]] | None) -> list[Row]:
    """The rows of a kind: EVERYTHING, SHARED by two or more, BY_ALL, DISPUTED, or ALONE and a document's id.

    `within`: only rows with one of these passages, (document, segment index); None: any.
    """
    ids = [info.id for info in view.documents]

    def is_shown(row: Row) -> bool:
        docs = documents_of(row)
        wanted = {
            EVERYTHING: True,
            SHARED: len(docs) > 1,
            BY_ALL: len(docs) == len(ids),
            DISPUTED: row.against > 0,
        }.get(what, [ALONE + ids[doc] for doc in docs] == [what])
        has = within is None or any((doc, index) in within for doc in docs for index in row.cells[doc])
        return wanted and has

    return [row for row in rows if is_shown(row)]


def standing(view: MatrixView, row: Row) -> tuple[str, str]:
    """How far a row can be trusted: the band of its weakest link, empty where it has none, and what is to be said."""
    docs, pairs = documents_of(row), pairs_of(row)
    if len(docs) == 1:
        return "", f"only in {view.documents[docs[0]].name}"
    weakest, silent = band(row.confidence), pairs - row.agreed - row.against
    if pairs == 1:
        return weakest, ""
    if row.agreed == pairs:
        return weakest, f"all {pairs} pairs agree"
    parts = [f"{row.agreed} of {pairs} pairs {'agrees' if row.agreed == 1 else 'agree'}"]
    parts += [f"{row.against} {'says' if row.against == 1 else 'say'} otherwise"] if row.against else []
    parts += [f"{silent} {'is' if silent == 1 else 'are'} silent"] if silent else []
    return weakest, ", ".join(parts)


def summary(matrix: Matrix) -> str:
    """How far the alignments of the pairs agree with one another, in a sentence or two."""
    parts = []
    if matrix.consistency is not None:
        decided = matrix.closed + matrix.broken
        parts.append(
            f"Where a passage is linked by way of another document, the direct alignment agrees in "
            f"{matrix.closed:,} of {count(decided, 'case')} ({matrix.consistency:.0%})"
            + (f"; in {matrix.open:,} it says nothing." if matrix.open else ".")
        )
    if matrix.refused:
        be = (
            "is in no row: a surer one contradicts it"
            if matrix.refused == 1
            else "are in no row: surer ones contradict them"
        )
        parts.append(f"{count(matrix.refused, 'link')} {be}.")
    return " ".join(parts)


def address(view: MatrixView, row: Row) -> str:
    """Where the page Compare shows the row; empty for what only one document has."""
    docs = documents_of(row)
    for a, b in combinations(docs, 2):
        for index in row.cells[a]:
            if bead := view.links.get((a, b), {}).get(index):
                return "./?" + urlencode({"docs": ",".join(view.documents[doc].id for doc in docs), "pair": bead})
    return ""


def header(view: MatrixView) -> list[str]:
    """The columns of `table`."""
    return [
        "documents",
        "confidence",
        "pairs that agree",
        "pairs that disagree",
        *(column for info in view.documents for column in (f"{info.name}: passages", info.name)),
    ]


def table(rows: Sequence[Row], texts: Texts, english: bool) -> list[list[str | float]]:
    """The rows as shown, to be written to a file."""
    return [
        [
            len(documents_of(row)),
            round(row.confidence, 4) if pairs_of(row) else "",
            row.agreed,
            row.against,
            *(part for doc, cell in enumerate(row.cells) for part in _written(texts[doc], cell, english)),
        ]
        for row in rows
    ]


def _written(texts: Mapping[int, SegmentView], cell: Sequence[int], english: bool) -> tuple[str, str]:
    """The numbers of a document's passages, and their texts."""
    return numbers(cell), "\n".join(_told(texts[index], english) for index in cell)


def _told(view: SegmentView, english: bool) -> str:
    known = view.english.text if english and view.english else ""
    return f"{view.segment.text}\n[{known}]" if known and known != view.segment.text else view.segment.text
