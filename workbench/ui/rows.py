"""What the pages send to the browser: pure functions from segments and beads to plain JSON data.

The browser arranges it (components/arrange.js), so that an edit sends the few beads that it changed and no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench import lang
from workbench.align import Verdict, verdict
from workbench.concordance import Corpus, Hit, Span
from workbench.datatypes import Bead, Kind, Segment, Status
from workbench.facts.disagreement import disagreements
from workbench.rewording import rewording
from workbench.ui import words
from workbench.wiring.views import BeadView, DocumentInfo, PairView, SegmentView

Data = dict[str, Any]
Places = Mapping[str, tuple[int, int]]  # segment id -> column, index
Mark = tuple[int, int, int, int]  # column, passage, start, end


@dataclass(frozen=True, slots=True)
class Column:
    """A document with its segments, `segments[i].index == i`."""

    info: DocumentInfo
    segments: tuple[SegmentView, ...]


def payload(columns: Sequence[Column], pairs: Sequence[PairView], untranslated: Callable[[str], str]) -> Data:
    """Documents, their segments, and every bead between two of them, `at[0] < at[1]` whichever way it was aligned.

    `untranslated`: why a language has no English.
    """
    aligned = {info.id for pair in pairs for info in (pair.src, pair.tgt)}
    at, why = places(columns), cache(untranslated)
    numbered = [(pair_of(columns, pair), pair.beads) for pair in pairs]
    found = [link_data(bead, at, numbers) for numbers, beads in numbered for bead in beads]
    return {
        "columns": [column_data(column.info) | {"aligned": column.info.id in aligned} for column in columns],
        "segments": [[segment_data(view, column.info.lang, why) for view in column.segments] for column in columns],
        "links": [link for link in found if link],
    }


def beginning(table: Data, most: int) -> Data:
    """The first `most` passages of each document with the links among them; all of the table where that is not much
    more."""
    if max(map(len, table["segments"]), default=0) <= 2 * most:
        return table
    segments = [column[:most] for column in table["segments"]]
    links = [link for link in table["links"] if all(index < most for index in link["left"] + link["right"])]
    return table | {"segments": segments, "links": links}


def has(table: Data, name: str) -> bool:
    """Whether a segment or bead of this id is among a table's."""
    return any(item["id"] == name for items in (*table["segments"], table["links"]) for item in items)


def places(columns: Sequence[Column]) -> dict[str, tuple[int, int]]:
    return {view.id: (number, view.index) for number, column in enumerate(columns) for view in column.segments}


def pair_of(columns: Sequence[Column], pair: PairView) -> tuple[int, int]:
    """The numbers of a pair's two columns, in order."""
    first, second = sorted(
        number for number, column in enumerate(columns) if column.info.id in (pair.src.id, pair.tgt.id)
    )
    return first, second


def column_data(info: DocumentInfo) -> Data:
    return {
        "id": info.id,
        "name": info.name,
        "title": info.title,
        "lang": info.lang,
        "language": lang.display_name(info.lang),
    }


def segment_data(view: SegmentView, usual: str, untranslated: Callable[[str], str]) -> Data:
    """`usual`: the language of the document, which is not repeated. What is empty is left out."""
    segment, english, shown = view.segment, view.english, view.in_english
    data = {
        "id": view.id,
        "text": segment.text,
        "lang": "" if segment.lang == usual else segment.lang,
        "kind": "" if segment.kind is Kind.BODY else segment.kind.value,
        "speaker": segment.speaker,
        "english": shown,
        "by": words.translated_by(english) if english and shown else "",
        "note": words.translation_note(segment, english, untranslated),
        "out": "" if view.included else words.left_out(view),
        "reason": "" if view.included else segment.reason,
    }
    return {name: value for name, value in data.items() if value}


def searchable(columns: Sequence[Column]) -> Corpus:
    """The passages that take part, as they are shown; a hit's `doc` is the id of its document."""
    return Corpus(view.passage(column.info.id) for column in columns for view in column.segments if view.included)


def places_found(docs: Sequence[str], hits: Iterable[Hit]) -> list[str]:
    """Where hits are, of each document (an id) one text, since thousands of lists take many times as long to send:
    passages with blanks between, of each "index:places in the original:places in its English", of places
    "start-end,start-end"."""
    found: dict[str, list[str]] = {doc: [] for doc in docs}
    for hit in hits:
        found[hit.passage.doc].append(f"{hit.passage.index}:{_told(hit.original)}:{_told(hit.english)}")
    return [" ".join(column) for column in found.values()]


def _told(spans: Sequence[Span]) -> str:
    return ",".join([f"{start}-{end}" for start, end in spans])


def link_data(view: BeadView, at: Places, pair: tuple[int, int]) -> Data | None:
    """A bead, null ones too; None where a segment of it is gone. What is empty is left out."""
    try:
        nodes = sorted(at[name] for name in view.src_segments + view.tgt_segments)
    except KeyError:
        return None
    bead = view.bead
    data: Data = {
        "id": view.id,
        "at": pair,
        "left": [index for column, index in nodes if column == pair[0]],
        "right": [index for column, index in nodes if column == pair[1]],
        "status": view.status.value,
    }
    if view.reviewer:
        data["reviewer"] = view.reviewer
    if bead.is_null:
        return data
    if view.status is not Status.UNREVIEWED:
        data["review"] = words.review_note(view.status, view.reviewer)
    elif words.ends_are_doubtful(bead):
        data["endsDoubtful"] = True
    return data | {
        "confidence": round(bead.confidence, 4),
        "boundary": round(bead.boundary, 4),
        "band": words.band(bead.confidence),
        "why": words.why(bead) + ([f"comment: {view.comment}"] if view.comment else []),
    }


def _sides(link: Data) -> list[tuple[int, list[int]]]:
    """The column of either side of a link, and its passages there."""
    return list(zip(link["at"], (link["left"], link["right"]), strict=True))


def _segments(columns: Sequence[Column], side: tuple[int, list[int]]) -> list[Segment]:
    column, indices = side
    return [columns[column].segments[index].segment for index in indices]


def reworded(columns: Sequence[Column], link: Data) -> list[Mark] | None:
    """What only one side of a link has, in words, where both documents are in one language; None elsewhere, and where
    all words are the same. No marks where few words are."""
    sides = _sides(link)
    src_lang, tgt_lang = (columns[column].info.lang for column, _ in sides)
    if not lang.same_language(src_lang, tgt_lang):
        return None
    src, tgt = ([segment.text for segment in _segments(columns, side)] for side in sides)
    found = rewording(src, tgt, (src_lang, tgt_lang))
    if found is None:
        return None
    return [
        (column, indices[segment], start, end)
        for (column, indices), places in zip(sides, (found.src, found.tgt), strict=True)
        for segment, start, end in places
    ]


def disagreeing(columns: Sequence[Column], link: Data) -> list[Data]:
    """Where the passages of a link disagree: of each place what, why, and its marks."""
    sides = _sides(link)
    src, tgt = ([(segment.text, segment.lang) for segment in _segments(columns, side)] for side in sides)
    return [
        {
            "kind": found.kind,
            "reason": found.reason,
            "marks": [
                (column, indices[mention.segment], mention.start, mention.end)
                for (column, indices), mentions in zip(sides, (found.src, found.tgt), strict=True)
                for mention in mentions
            ],
        }
        for found in disagreements(src, tgt)
    ]


def difference(old: Data, new: Data) -> Data | None:
    """What makes the first payload the second one: links, ids `gone`, segments; None where passages were cut anew."""
    if [_ids(column) for column in old["segments"]] != [_ids(column) for column in new["segments"]]:
        return None
    if old["columns"] != new["columns"]:
        return None
    before = {link["id"]: link for link in old["links"]}
    after = {link["id"]: link for link in new["links"]}
    return {
        "links": [link for name, link in after.items() if before.get(name) != link],
        "gone": [name for name in before if name not in after],
        "segments": [
            [number, index, segment]
            for number, (was, now) in enumerate(zip(old["segments"], new["segments"], strict=True))
            for index, segment in enumerate(now)
            if was[index] != segment
        ],
    }


def _ids(segments: Iterable[Data]) -> list[str]:
    return [segment["id"] for segment in segments]


def patched(links: Sequence[Data], change: Data) -> list[Data]:
    """The links after a change."""
    known = {link["id"]: link for link in links}
    for name in change.get("gone", []):
        known.pop(name, None)
    return list((known | {link["id"]: link for link in change.get("links", [])}).values())


def relation(links: Iterable[Data], pair: tuple[int, int], least: float, related: bool = False) -> Verdict:
    """How two documents relate by the links that are as sure as `least`; `related`: as `verdict` has it."""
    beads = []
    for link in links:
        if tuple(link["at"]) != pair:
            continue
        left, right = tuple(link["left"]), tuple(link["right"])
        whole = Bead(left, right, boundary=link.get("boundary", 1.0))
        beads += [whole] if _counts(link, least) else [Bead(left, ()), Bead((), right)]
    return verdict(beads, related)


def _is_link(link: Data) -> bool:
    return bool(link["left"] and link["right"])


def _counts(link: Data, least: float) -> bool:
    status, confidence = link["status"], float(link.get("confidence", 0.0))
    return bool(status == Status.ACCEPTED or (status != Status.REJECTED and confidence >= least))


def any_doubtful(links: Iterable[Data], pair: tuple[int, int], least: float) -> bool:
    """Whether a pair has links that are less sure than `least`."""
    return any(
        tuple(link["at"]) == pair and _counts(link, 0.0) and not _counts(link, least)
        for link in links
        if _is_link(link)
    )


def all_doubtful(links: Iterable[Data], pair: tuple[int, int], least: float) -> int:
    """How many links a pair has if none of them is as sure as `least`; 0 if one is."""
    doubtful = 0
    for link in links:
        if tuple(link["at"]) != pair or not _is_link(link):
            continue
        if _counts(link, least):  # of most pairs one of the first
            return 0
        doubtful += _counts(link, 0.0)
    return doubtful
