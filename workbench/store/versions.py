"""Versions of documents and their segments.

What a version says is never altered. One that was cut by hand out of another has the text and blocks of that one. Its
segments are kept while a document points to it, and made again when one points to it again: a thousand cuts of a book
do not take the room of a thousand books.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.datatypes import Block, Document, Flag, Kind, Segment
from workbench.store.cuts import Cut, Named, recut

# What a version takes over from the one that it was cut from.
_ALIKE = "doc_id, source, format, sha256, lang, title, encoding, metadata, warnings, lang_override, layout"
_SAID_OF_SEGMENT = "id, text, spans, lang, kind, block, speaker, flag, reason"
# The segments beside those that are cut, and where they stand then.
_BESIDE = "WHERE version = :old AND NOT (position >= :start AND position < :stop)"
_MOVED = "iif(position < :start, position, position + :more)"
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class Said:
    """What people say of a document, on which its segments rest; empty where nothing."""

    lang: str = ""
    layout: str = ""


def insert(
    connection: sqlite3.Connection,
    doc_id: str,
    document: Document,
    named: Sequence[Named],
    source: str,
    said: Said,
    cuts: Sequence[Cut],
) -> int:
    """A new version of a document, to which it does not point yet; its number."""
    values = {
        "doc_id": doc_id,
        "source": source,
        "text": document.text,
        "blocks": _json([[b.kind, b.start, b.end, b.speaker, b.reason, b.skip] for b in document.blocks]),
        "format": document.format,
        "sha256": document.sha256,
        "lang": document.lang,
        "title": document.title,
        "encoding": document.encoding,
        "metadata": _json(dict(document.metadata)),
        "warnings": _json(document.warnings),
        "lang_override": said.lang,
        "layout": said.layout,
        "cuts": _json(cuts),
    }
    version = connection.execute(
        f"INSERT INTO version ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})",
        values,
    ).lastrowid
    assert version is not None
    _insert_segments(connection, version, named)
    return version


def insert_cut(
    connection: sqlite3.Connection, old: sqlite3.Row, places: range, parts: Sequence[Named], cut: Cut
) -> int:
    """A new version in which `parts` take the place of what stands at `places` of `old`, the current one; its number.

    It gets the segments of `old`, so that the document must point to it then.
    """
    version = connection.execute(
        f"INSERT INTO version (text, blocks, cuts, cut_from, {_ALIKE})"
        f" SELECT '', '[]', ?, coalesce(cut_from, number), {_ALIKE} FROM version WHERE number = ?",
        (_json([*cuts_of(old), cut]), old["version"]),
    ).lastrowid
    assert version is not None
    where = {"new": version, "old": old["version"], "start": places.start, "stop": places.stop}
    where["more"] = len(parts) - len(places)
    if old["cut_from"] is None:
        connection.execute(
            f"INSERT INTO segment SELECT :new, {_MOVED}, {_SAID_OF_SEGMENT} FROM segment {_BESIDE}", where
        )
    else:
        connection.execute(f"UPDATE segment SET version = :new, position = {_MOVED} {_BESIDE}", where)
        connection.execute("DELETE FROM segment WHERE version = :old", where)
    _insert_segments(connection, version, parts, places.start)
    return version


def point(connection: sqlite3.Connection, doc_id: str, version: int | None) -> None:
    """Have a document point to a version, or to none; what was cut has its segments then, and only then."""
    old = pointed(connection, doc_id)
    connection.execute("UPDATE document SET version = ? WHERE id = ?", (version, doc_id))
    if old == version:
        return
    connection.execute(
        "DELETE FROM segment WHERE version = (SELECT number FROM version WHERE number = ? AND cut_from IS NOT NULL)",
        (old,),
    )
    row = connection.execute("SELECT cuts, cut_from FROM version WHERE number = ?", (version,)).fetchone()
    if row is None or row["cut_from"] is None:
        return
    assert version is not None
    if not segments_of(connection, version, range(1)):
        _insert_segments(connection, version, recut(segments_of(connection, row["cut_from"]), cuts_of(row)))


def pointed(connection: sqlite3.Connection, doc_id: str) -> int | None:
    """The version to which a document points."""
    row = connection.execute("SELECT version FROM document WHERE id = ?", (doc_id,)).fetchone()
    return None if row is None else row["version"]


def _insert_segments(connection: sqlite3.Connection, version: int, named: Sequence[Named], first: int = 0) -> None:
    connection.executemany(
        "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (version, n, name, s.text, _json(s.spans), s.lang, s.kind, s.block, s.speaker, s.flag, s.reason)
            for n, (name, s) in enumerate(named, first)
        ),
    )


def said_of(row: sqlite3.Row) -> Said:
    """What people say of a version."""
    return Said(row["lang_override"], row["layout"])


def cuts_of(row: sqlite3.Row) -> list[Cut]:
    """How the segments of a version were cut by hand."""
    return [(kind, name, what) for kind, name, what in json.loads(row["cuts"])]


def document_of(row: sqlite3.Row) -> Document:
    """The document as it was read, whatever the user's language."""
    return Document(
        name=row["name"],
        text=row["text"],
        blocks=tuple(_block(*values) for values in json.loads(row["blocks"])),
        format=row["format"],
        sha256=row["sha256"],
        lang=row["lang"],
        title=row["title"],
        encoding=row["encoding"],
        metadata=json.loads(row["metadata"]),
        warnings=tuple(json.loads(row["warnings"])),
    )


def _block(kind: str, start: int, end: int, speaker: str, reason: str, skip: Sequence[Sequence[int]] = ()) -> Block:
    """`skip`: versions were once stored without it."""
    return Block(Kind(kind), start, end, speaker, reason, tuple((first, last) for first, last in skip))


def segments_of(connection: sqlite3.Connection, version: int, places: range | None = None) -> list[Named]:
    """The segments of a version with their ids, all or those at some places."""
    first, stop = (0, _LAST) if places is None else (places.start, places.stop)
    found = connection.execute(
        "SELECT * FROM segment WHERE version = ? AND position >= ? AND position < ? ORDER BY position",
        (version, first, stop),
    )
    return [(row["id"], segment(row)) for row in found]


def segment(row: sqlite3.Row) -> Segment:
    return Segment(
        text=row["text"],
        spans=tuple((start, end) for start, end in json.loads(row["spans"])),
        lang=row["lang"],
        kind=Kind(row["kind"]),
        block=row["block"],
        speaker=row["speaker"],
        flag=None if row["flag"] is None else Flag(row["flag"]),
        reason=row["reason"],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
