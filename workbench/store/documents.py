"""Documents and the segments of their current versions.

A document points to its current version, and to none when it is removed: to change, remove, undo and redo is to move
that pointer.
"""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from workbench.datatypes import Document, Segment
from workbench.errors import InputError, UnknownDocumentError, UnknownItemError
from workbench.plurals import count
from workbench.store import history, ids, naming, versions
from workbench.store.cuts import Cut, Named, recut
from workbench.store.rows import DocumentRow, Edited, SegmentRow, Stored
from workbench.store.tables import NAMED, TABLES

Outlined = tuple[str, str, bool]  # a segment's id and language, and whether it takes part

_CURRENT = "document JOIN version ON version.number = document.version"
_MOST_NAMED = 8  # documents in a sentence
_INCLUDED = "coalesce(inclusion.included, segment.flag IS NULL)"


def put(
    connection: sqlite3.Connection,
    document: Document,
    segments: Sequence[Segment],
    source: str,
    doc_id: str | None,
    lang_override: str | None,
    user: str,
) -> Stored:
    if doc_id is None:
        return _add(connection, document, segments, source, lang_override or "", user)
    row = current(connection, doc_id)
    said = versions.said_of(row) if lang_override is None else replace(versions.said_of(row), lang=lang_override)
    # Under an override the caller may not know what was detected.
    document = replace(document, name=row["name"], lang=row["lang"] if said.lang else document.lang)
    named, cuts = _recut(doc_id, segments, row)
    if _as_stored(connection, row) == (document, said, named):
        connection.execute("UPDATE version SET source = ? WHERE number = ?", (source, row["version"]))
        return Stored(doc_id, "unchanged")
    version = versions.insert(connection, doc_id, document, named, source, said, cuts)
    _point(connection, doc_id, row["version"], version, f"changed {row['name']}", user)
    return Stored(doc_id, "changed")


def find(connection: sqlite3.Connection, ref: str) -> str:
    # Who goes through thousands of documents by their ids must not read the names of all for each.
    if connection.execute(f"SELECT 1 FROM {_CURRENT} WHERE document.id = ?", (ref,)).fetchone():
        return ref
    known = _by_name(connection)
    if ref in known:
        return known[ref]
    matches = {name: doc_id for name, doc_id in known.items() if ref and doc_id.startswith(ref)}
    if len(matches) == 1:
        return next(iter(matches.values()))
    if matches:
        raise UnknownDocumentError(f'"{ref}" begins the ids of several documents: {_listing(matches)}.')
    near = [f"{name} ({known[name]})" for name in difflib.get_close_matches(ref, known, n=3)]
    if len(near) in (0, len(known)):
        raise _unknown(ref, known)
    raise UnknownDocumentError(
        f'No document "{ref}" in the workspace; did you mean {" or ".join(near)}?'
        f" `python -m workbench list` shows all {len(known):,}."
    )


def _by_name(connection: sqlite3.Connection) -> dict[str, str]:
    """The ids of all documents by what they are called."""
    return {row["name"]: row["id"] for row in connection.execute(f"SELECT id, {NAMED} AS name FROM {_CURRENT}")}


def by_source(connection: sqlite3.Connection, source: str) -> str | None:
    row = connection.execute(
        f"SELECT document.id FROM {_CURRENT} WHERE source = ? ORDER BY version.number DESC LIMIT 1", (source,)
    ).fetchone()
    return None if row is None else str(row["id"])


def by_name(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute(f"SELECT document.id FROM {_CURRENT} WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row["id"])


def from_files(connection: sqlite3.Connection, source: str, name: str) -> list[DocumentRow]:
    """Those that came from `source`, or from a file of a name in any folder, in the order they were added."""
    found = connection.execute(
        # Inside, the index of sources alone is read, of however many documents.
        "SELECT id FROM document WHERE version IN (SELECT number FROM version WHERE source = :source"
        " OR substr(source, -length(:ending)) = :ending) ORDER BY number",
        {"source": source, "ending": f"/{name}"},
    ).fetchall()
    return [listed(connection, row["id"]) for row in found]


def listed(connection: sqlite3.Connection, doc_id: str) -> DocumentRow:
    brief(connection, doc_id)
    return rows(connection, doc_id)[0]


def rows(connection: sqlite3.Connection, doc_id: str | None = None) -> list[DocumentRow]:
    """All documents, or one alone, without counting the segments of all others."""
    found = connection.execute(
        # A title is what a document is called by itself, until somebody calls it something else.
        f"SELECT document.id, {NAMED} AS name, iif(called = '', title, '') AS title, format, source,"
        " lang_override, layout,"
        " iif(lang_override = '', version.lang, lang_override) AS lang,"
        f" count(segment.id) AS segments, count(iif({_INCLUDED}, segment.id, NULL)) AS included"
        f" FROM {_CURRENT} LEFT JOIN segment ON segment.version = version.number"
        " LEFT JOIN inclusion ON inclusion.segment_id = segment.id"
        f"{'' if doc_id is None else ' WHERE document.id = :id'} GROUP BY document.number ORDER BY document.number",
        {"id": doc_id},
    )
    return [DocumentRow(**dict(row)) for row in found]


def document(connection: sqlite3.Connection, doc_id: str) -> Document:
    row = current(connection, doc_id)
    found = versions.document_of(row)
    return replace(found, lang=row["lang_override"]) if row["lang_override"] else found


def segments(connection: sqlite3.Connection, doc_id: str) -> list[SegmentRow]:
    version = brief(connection, doc_id)["version"]
    found = connection.execute(
        f"SELECT segment.*, {_INCLUDED} AS included FROM segment"
        " LEFT JOIN inclusion ON inclusion.segment_id = segment.id WHERE version = ? ORDER BY position",
        (version,),
    )
    return [SegmentRow(row["id"], row["position"], versions.segment(row), bool(row["included"])) for row in found]


def outline(connection: sqlite3.Connection, doc_id: str) -> list[Outlined]:
    """Id, language and inclusion of every segment, in reading order."""
    version = brief(connection, doc_id)["version"]
    found = connection.execute(
        f"SELECT segment.id, segment.lang, {_INCLUDED} FROM segment"
        " LEFT JOIN inclusion ON inclusion.segment_id = segment.id WHERE version = ? ORDER BY position",
        (version,),
    )
    return [(name, lang, bool(included)) for name, lang, included in found]


def places(connection: sqlite3.Connection, doc_id: str, segment_ids: Sequence[str]) -> dict[str, int]:
    """Where some segments stand in a document, by id; those that are not there are left out."""
    found = connection.execute(
        # CROSS JOIN: in this order, so that the few ids are looked up and not the whole document.
        "SELECT segment.id, position FROM json_each(?) CROSS JOIN segment ON segment.id = value"
        " CROSS JOIN document USING (version) WHERE document.id = ?",
        (json.dumps(list(segment_ids)), doc_id),
    )
    return {row["id"]: row["position"] for row in found}


def names(connection: sqlite3.Connection, doc_id: str, indices: Sequence[int]) -> dict[int, str]:
    """The ids of segments by index; those that are not there are left out."""
    found = connection.execute(
        "SELECT segment.id, position FROM document JOIN segment USING (version)"
        " WHERE document.id = ? AND position IN (SELECT value FROM json_each(?))",
        (doc_id, json.dumps(list(indices))),
    )
    return {row["position"]: row["id"] for row in found}


def english(connection: sqlite3.Connection, doc_id: str) -> list[tuple[int, str, str]]:
    """What people wrote as the English of a document's segments: index, text, and who."""
    found = connection.execute(
        "SELECT position, english.text, user FROM document JOIN segment USING (version)"
        " JOIN english ON segment_id = segment.id WHERE document.id = ?",
        (doc_id,),
    )
    return [(row["position"], row["text"], row["user"]) for row in found]


def set_english(connection: sqlite3.Connection, segment_id: str, text: str, user: str, since: int | None) -> Edited:
    history.check(connection, [segment_id], since, user)
    doc_id = inclusion(connection, segment_id)[2]
    place = places(connection, doc_id, [segment_id])[segment_id]
    passage = f"passage {place + 1} of {brief(connection, doc_id)['name']}"
    known = TABLES["english"].read(connection, segment_id)
    wanted = {"text": text, "user": user} if text else None
    said = f"wrote the English of {passage}" if text else f"took back the English of {passage}"
    before = after = history.state(connection)[0]
    if (known and known["text"]) != (text or None):
        values = {"english": {segment_id: known}}, {"english": {segment_id: wanted}}
        after = history.change(connection, *values, said, user, [doc_id])
    return Edited(before, after, said, (doc_id,))


def remove(connection: sqlite3.Connection, doc_id: str, user: str) -> None:
    row = current(connection, doc_id)
    _point(connection, doc_id, row["version"], None, f"removed {row['name']}", user)


def rename(connection: sqlite3.Connection, doc_id: str, name: str, user: str) -> str:
    brief(connection, doc_id)
    naming.give(connection, doc_id, name, user)
    return str(brief(connection, doc_id)["name"])


def set_language(
    connection: sqlite3.Connection, doc_id: str, lang: str, segments: Sequence[Segment], user: str
) -> None:
    row = current(connection, doc_id)
    action = f"set the language of {row['name']} to {lang}"
    _say(connection, row, replace(versions.said_of(row), lang=lang), segments, action, user)


def set_layout(
    connection: sqlite3.Connection, doc_id: str, layout: str, segments: Sequence[Segment], user: str
) -> None:
    row = current(connection, doc_id)
    action = f"said that the lines of {row['name']} are {layout or 'what was detected'}"
    _say(connection, row, replace(versions.said_of(row), layout=layout), segments, action, user)


def _say(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    said: versions.Said,
    segments: Sequence[Segment],
    action: str,
    user: str,
) -> None:
    """Have the document segmented as people say it should be."""
    doc_id, document = str(row["id"]), versions.document_of(row)
    named, cuts = _recut(doc_id, segments, row)
    if _as_stored(connection, row) != (document, said, named):
        version = versions.insert(connection, doc_id, document, named, row["source"], said, cuts)
        _point(connection, doc_id, row["version"], version, action, user)


def set_included(connection: sqlite3.Connection, segment_ids: Sequence[str], included: bool, user: str) -> None:
    before = {segment_id: inclusion(connection, segment_id) for segment_id in segment_ids}
    changed = {key: stored for key, (stored, effective, _) in before.items() if effective is not included}
    if not changed:
        return
    segments_ = count(len(changed), "segment")
    action = f"brought back {segments_}" if included else f"left out {segments_}"
    docs = dict.fromkeys(doc for _, _, doc in before.values())
    after = dict.fromkeys(changed, included)
    history.change(connection, {"inclusion": changed}, {"inclusion": after}, action, user, docs)


def current(connection: sqlite3.Connection, doc_id: str) -> sqlite3.Row:
    """The document with its current version. Raises UnknownDocumentError."""
    columns = f"document.id, {NAMED} AS name, document.version AS version, whole.text, whole.blocks, version.*"
    return _current(
        connection, doc_id, columns, " JOIN version AS whole ON whole.number = coalesce(version.cut_from, version)"
    )


def brief(connection: sqlite3.Connection, doc_id: str) -> sqlite3.Row:
    """The name and the current version of a document, without its text. Raises UnknownDocumentError."""
    return _current(connection, doc_id, f"{NAMED} AS name, version")


def _current(connection: sqlite3.Connection, doc_id: str, columns: str, beside: str = "") -> sqlite3.Row:
    row = connection.execute(f"SELECT {columns} FROM {_CURRENT}{beside} WHERE document.id = ?", (doc_id,)).fetchone()
    if row is None:
        raise _unknown(doc_id, _by_name(connection))
    return row  # type: ignore[no-any-return]


def _add(
    connection: sqlite3.Connection,
    document: Document,
    segments: Sequence[Segment],
    source: str,
    lang_override: str,
    user: str,
) -> Stored:
    if not document.name:
        raise InputError(f"A document needs a name; the one from {source!r} has none.")
    name = naming.free(connection, document.name, source)
    doc_id = ids.document_id(name)
    connection.execute(
        "INSERT OR IGNORE INTO document (id, name, added_at) VALUES (?, ?, ?)", (doc_id, name, history.now())
    )
    version = versions.insert(
        connection, doc_id, document, _named(doc_id, segments), source, versions.Said(lang_override), []
    )
    before, after = _pointed(doc_id, None), _pointed(doc_id, version)
    if called := naming.read(connection, doc_id):  # it was here before, under another name
        before, after = {**before, **naming.value(doc_id, called)}, {**after, **naming.value(doc_id, "")}
    history.change(connection, before, after, f"added {name}", user, [doc_id])
    return Stored(doc_id, "added")


def _point(
    connection: sqlite3.Connection, doc_id: str, old: int | None, new: int | None, action: str, user: str
) -> None:
    history.change(connection, _pointed(doc_id, old), _pointed(doc_id, new), action, user, [doc_id])


def _pointed(doc_id: str, version: int | None) -> history.Values:
    return {"document": {doc_id: version}}


def _named(doc_id: str, segments: Sequence[Segment]) -> list[Named]:
    return list(zip(ids.segment_ids(doc_id, (segment.text for segment in segments)), segments, strict=True))


def _recut(doc_id: str, segments: Sequence[Segment], row: sqlite3.Row) -> tuple[list[Named], list[Cut]]:
    """Segments with their ids, cut as those of a version were by hand, and these cuts."""
    cuts = versions.cuts_of(row)
    return recut(_named(doc_id, segments), cuts), cuts


def _as_stored(connection: sqlite3.Connection, row: sqlite3.Row) -> tuple[Document, versions.Said, list[Named]]:
    return versions.document_of(row), versions.said_of(row), versions.segments_of(connection, row["version"])


def inclusion(connection: sqlite3.Connection, segment_id: str) -> tuple[bool | None, bool, str]:
    """What the user said of a segment, if anything, what holds, and its document. Raises UnknownItemError."""
    row = connection.execute(
        f"SELECT inclusion.included AS stored, {_INCLUDED} AS effective, doc_id"
        " FROM segment JOIN version ON version.number = segment.version"
        " JOIN document ON document.id = doc_id AND document.version = version.number"
        " LEFT JOIN inclusion ON inclusion.segment_id = segment.id WHERE segment.id = ?",
        (segment_id,),
    ).fetchone()
    if row is None:
        raise UnknownItemError(f"No document has the segment {segment_id!r}; its document may have changed.")
    return (None if row["stored"] is None else bool(row["stored"])), bool(row["effective"]), row["doc_id"]


def _unknown(ref: str, names: dict[str, str]) -> UnknownDocumentError:
    if not names:
        return UnknownDocumentError(f'No document "{ref}": the workspace is empty; add documents first.')
    return UnknownDocumentError(f'No document "{ref}" in the workspace; there is {_listing(names)}.')


def _listing(names: dict[str, str]) -> str:
    shown = [f"{name} ({doc_id})" for name, doc_id in sorted(names.items())]
    rest = f" and {len(shown) - _MOST_NAMED} more" if len(shown) > _MOST_NAMED else ""
    return ", ".join(shown[:_MOST_NAMED]) + rest
