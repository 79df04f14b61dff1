"""What stands where on the Compare page: pure functions from segments and beads to rows.

A linked row holds passages of two or more documents that say the same. A gap row holds what stands between
two linked rows and has no counterpart; its columns are independent stacks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import Any, Literal

from workbench import lang
from workbench.core import BeadView, DocumentInfo, PairView, SegmentView
from workbench.datatypes import Status
from workbench.ui import words

# A gap longer than this is cut into several rows, so that a browser draws only those in sight.
GAP_LENGTH = 24
STRIP_PARTS = 160

Node = tuple[int, int]  # column, segment index
RunKind = Literal["linked", "only", "out"]


@dataclass(frozen=True, slots=True)
class Column:
    """A document with its segments, `segments[i].index == i`."""

    info: DocumentInfo
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A bead that joins two columns, `columns[0] < columns[1]`; `left` and `right` are segment indices.

    `moved`: out of step with the other links of its pair.
    """

    view: BeadView
    columns: tuple[int, int]
    left: tuple[int, ...]
    right: tuple[int, ...]
    moved: bool = False

    @property
    def nodes(self) -> list[Node]:
        sides = zip(self.columns, (self.left, self.right), strict=True)
        return [(column, index) for column, indices in sides for index in indices]

    @property
    def rejected(self) -> bool:
        return self.view.status is Status.REJECTED


@dataclass(frozen=True, slots=True)
class Run:
    """Segments of one column that are shown together: linked, `only` here, or left `out` of alignment."""

    kind: RunKind
    indices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`cells[c]` are the runs of column c; `links` is empty in a gap row."""

    cells: tuple[tuple[Run, ...], ...]
    links: tuple[Link, ...] = ()


def links(columns: Sequence[Column], pairs: Iterable[PairView]) -> list[Link]:
    """Every link between two of the columns, whichever way round its pair was aligned."""
    places = {
        column.info.id: (number, {view.id: view.index for view in column.segments})
        for number, column in enumerate(columns)
    }
    found = []
    for pair in pairs:
        sides = (places[pair.src.id], places[pair.tgt.id])
        found += _marked([link for bead in pair.beads if (link := _link(bead, *sides))])
    return found


def table(columns: Sequence[Column], links: Sequence[Link]) -> list[Row]:
    """All segments of all columns, each once, in the reading order of the first column.

    What only a later column has follows the row of the segment before it.
    """
    by_node: dict[Node, list[Link]] = defaultdict(list)
    for link in links:
        by_node[link.nodes[0]].append(link)
    rows: list[Row] = []
    for linked, run in groupby(_ordered(columns, _grouped(links)), key=lambda group: len(group) > 1):
        groups = list(run)
        if linked:
            rows += [_linked_row(columns, by_node, group) for group in groups]
        else:
            rows += _gap_rows(columns, groups)
    return rows


def linked_indices(column: int, links: Iterable[Link]) -> set[int]:
    """The segments of a column that have a counterpart in any other."""
    return {index for link in links if not link.rejected for at, index in link.nodes if at == column}


def payload(columns: Sequence[Column], pairs: Sequence[PairView]) -> dict[str, Any]:
    """What the browser draws: plain JSON data. A column of no pair is not said to have nothing in common."""
    joined = links(columns, pairs)
    aligned = {info.id for pair in pairs for info in (pair.src, pair.tgt)}
    return {
        "columns": [
            _column_data(number, column, joined) | {"aligned": column.info.id in aligned}
            for number, column in enumerate(columns)
        ],
        "rows": [_row_data(columns, row) for row in table(columns, joined)],
    }


def _link(bead: BeadView, src: tuple[int, dict[str, int]], tgt: tuple[int, dict[str, int]]) -> Link | None:
    sides = sorted(
        (column, tuple(sorted(index[key] for key in keys if key in index)))
        for (column, index), keys in ((src, bead.src_segments), (tgt, bead.tgt_segments))
    )
    (a, left), (b, right) = sides
    return Link(bead, (a, b), left, right) if left and right else None


def _marked(links: list[Link]) -> list[Link]:
    """The links of one pair in the order of the left column, those out of step marked as moved."""
    ordered = sorted(links, key=lambda link: (link.left, link.right))
    in_step = _longest_increasing([link.right[0] for link in ordered])
    return [replace(link, moved=at not in in_step) for at, link in enumerate(ordered)]


def _longest_increasing(values: Sequence[int]) -> set[int]:
    """The positions of a longest strictly increasing subsequence (patience sorting)."""
    tops: list[int] = []
    top_at: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(top_at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        top_at[pile : pile + 1] = [at]
    chain, at = set(), top_at[-1] if top_at else -1
    while at >= 0:
        chain.add(at)
        at = before[at]
    return chain


def _grouped(links: Iterable[Link]) -> dict[Node, set[Node]]:
    """Which segments share a row. Links to the first column make the rows; the others only add to them,
    because a chain of links through three documents would otherwise pull half of a text into one row."""
    groups: dict[Node, set[Node]] = {}
    for link in sorted(links, key=lambda link: (link.rejected, link.columns, link.left)):
        _join(groups, link.nodes, merge=link.columns[0] == 0 and not link.rejected)
    return groups


def _join(groups: dict[Node, set[Node]], nodes: Sequence[Node], merge: bool) -> None:
    known = [groups[node] for node in nodes if node in groups]
    target = known[0] if known else set()
    joining = [node for node in nodes if node not in groups]
    if merge:
        joining += [node for group in known if group is not target for node in group]
    target.update(joining)
    groups.update(dict.fromkeys(joining, target))


def _ordered(columns: Sequence[Column], groups: dict[Node, set[Node]]) -> list[set[Node]]:
    order: list[set[Node]] = []
    for number, column in enumerate(columns):
        placed = {id(group) for group in order}
        after: dict[int, list[set[Node]]] = defaultdict(list)
        anchor, new = 0, set()
        for index in range(len(column.segments)):
            group = groups.setdefault((number, index), {(number, index)})
            if id(group) in placed:
                anchor = id(group)
            elif id(group) not in new:
                after[anchor].append(group)
                new.add(id(group))
        order = after[0] + [group for known in order for group in (known, *after[id(known)])]
    return order


def _linked_row(columns: Sequence[Column], by_node: Mapping[Node, list[Link]], group: set[Node]) -> Row:
    inside = [link for node in sorted(group) for link in by_node.get(node, []) if group.issuperset(link.nodes)]
    cells = [tuple(sorted(index for at, index in group if at == column)) for column in range(len(columns))]
    return Row(tuple((Run("linked", cell),) if cell else () for cell in cells), tuple(inside))


def _gap_rows(columns: Sequence[Column], groups: Iterable[set[Node]]) -> list[Row]:
    stacks: list[list[int]] = [[] for _ in columns]
    for group in groups:
        for column, index in group:
            stacks[column].append(index)
    units = [_units(columns[number], stack) for number, stack in enumerate(stacks)]
    pieces = max(1, ceil(max(len(stack) for stack in units) / GAP_LENGTH))
    return [Row(tuple(_share(stack, piece, pieces) for stack in units)) for piece in range(pieces)]


def _units(column: Column, stack: Sequence[int]) -> list[Run]:
    """Single segments, and whole stretches of what is left out for the same cause."""

    def cause(index: int) -> str:
        view = column.segments[index]
        return "" if view.included else words.left_out(view)

    units = []
    for out, run in groupby(stack, key=cause):
        indices = tuple(run)
        units += [Run("out", indices)] if out else [Run("only", (index,)) for index in indices]
    return units


def _share(units: Sequence[Run], piece: int, pieces: int) -> tuple[Run, ...]:
    """One of several even shares of a stack, its neighbouring `only` segments joined into runs."""
    share = units[len(units) * piece // pieces : len(units) * (piece + 1) // pieces]
    runs: list[Run] = []
    for kind, group in groupby(share, key=lambda run: run.kind):
        if kind == "out":
            runs += group
        else:
            runs.append(Run("only", tuple(index for run in group for index in run.indices)))
    return tuple(runs)


def _column_data(number: int, column: Column, links: Sequence[Link]) -> dict[str, Any]:
    info, linked = column.info, linked_indices(number, links)
    included = [view.index for view in column.segments if view.included]
    told = len(linked.intersection(included))
    return {
        "id": info.id,
        "name": info.name,
        "title": info.title,
        "lang": info.lang,
        "language": lang.display_name(info.lang),
        "coverage": words.coverage(told, len(included)),
        "segments": len(column.segments),
        "leftOut": len(column.segments) - len(included),
        "strip": _strip(column, linked),
    }


def _strip(column: Column, linked: Set[int]) -> list[tuple[float, float]]:
    """The document as a bar of at most STRIP_PARTS parts: the shares linked and left out in each."""
    total = len(column.segments)
    parts = min(total, STRIP_PARTS)
    shares = []
    for part in range(parts):
        views = column.segments[total * part // parts : total * (part + 1) // parts]
        told = sum(view.index in linked for view in views)
        out = sum(not view.included for view in views)
        shares.append((round(told / len(views), 2), round(out / len(views), 2)))
    return shares


def _row_data(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    cells = [[_run_data(column, run) for run in cell] for column, cell in zip(columns, row.cells, strict=True)]
    return {"cells": cells, "links": [_link_data(link) for link in row.links]}


def _link_data(link: Link) -> dict[str, Any]:
    bead = link.view.bead
    return {
        "id": link.view.id,
        "columns": link.columns,
        "left": link.left,
        "right": link.right,
        "moved": link.moved,
        "band": words.band(bead.confidence),
        "why": words.why(bead),
        "endsDoubtful": words.ends_are_doubtful(bead) and link.view.status is Status.UNREVIEWED,
        "status": link.view.status.value,
        "review": words.review_note(link.view.status, link.view.reviewer),
    }


def _run_data(column: Column, run: Run) -> dict[str, Any]:
    views = [column.segments[index] for index in run.indices]
    data: dict[str, Any] = {"kind": run.kind, "segments": [_segment_data(view) for view in views]}
    if run.kind == "out":
        data |= {"label": words.left_out(views[0]), "reasons": words.left_out_reasons(views)}
    return data


def _segment_data(view: SegmentView) -> dict[str, Any]:
    segment, english = view.segment, view.english
    same = english is not None and english.text == segment.text
    return {
        "id": view.id,
        "index": view.index,
        "text": segment.text,
        "lang": segment.lang,
        "kind": segment.kind.value,
        "speaker": segment.speaker,
        "english": "" if english is None or same else english.text,
        "note": words.translation_note(segment, english),
        "model": "" if english is None else english.model,
    }
