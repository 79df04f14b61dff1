"""What documents are called: by the name that they came with, or by the one that a person gave them.

A document's id is made of the first, which it keeps.
"""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import PurePosixPath

from workbench.store import history
from workbench.store.tables import NAMED, TABLES

_CURRENT = f"SELECT document.id, document.name AS came, {NAMED} AS name FROM document WHERE version IS NOT NULL"


def free(connection: sqlite3.Connection, name: str, source: str) -> str:
    """The name for a new document from `source`, which it had before if it was removed. Where it is taken, also where
    it would make the id of another, with more of the folders that it is in, or else numbered."""
    # Of thousands of documents only what may stand in the way leaves the database.
    like = connection.execute(
        f"SELECT name, came FROM ({_CURRENT}) WHERE instr(name, :wanted) OR instr(came, :wanted)",
        {"wanted": PurePosixPath(name).name},
    )
    taken = {each for row in like for each in (row["name"], row["came"])}
    wanted = [*_before(connection, source), name, *_longer(name, source)]
    return next((each for each in wanted if each not in taken), None) or _numbered(name, taken)


def _before(connection: sqlite3.Connection, source: str) -> list[str]:
    """What a removed document from a place came with."""
    rows = connection.execute(
        "SELECT name FROM version JOIN document ON document.id = doc_id"
        " WHERE source = ? AND document.version IS NULL ORDER BY version.number DESC",
        (source,),
    )
    return [row["name"] for row in rows] if PurePosixPath(source).is_absolute() else []


def _longer(name: str, source: str) -> list[str]:
    """A name with ever more folders of the path that it ends."""
    path, own = PurePosixPath(source), PurePosixPath(name)
    if path.parts[-len(own.parts) :] != own.parts:
        return []
    return ["/".join(path.parts[-n:]) for n in range(len(own.parts) + 1, len(path.parts))]


def give(connection: sqlite3.Connection, doc_id: str, name: str, user: str) -> None:
    """Call a document by a name, numbered where another has it; empty: by the one that it came with."""
    rows = {row["id"]: row for row in connection.execute(_CURRENT)}
    row = rows.pop(doc_id)
    wanted = _numbered(name or row["came"], {other["name"] for other in rows.values()})
    if wanted != row["name"]:
        given = "" if wanted == row["came"] else wanted
        before, after = value(doc_id, read(connection, doc_id)), value(doc_id, given)
        history.change(connection, before, after, f"renamed {row['name']} to {wanted}", user, [doc_id])


def read(connection: sqlite3.Connection, doc_id: str) -> str:
    """The name that a person gave a document, removed ones too; empty: none."""
    return TABLES["name"].read(connection, _key(doc_id)) or ""


def value(doc_id: str, called: str) -> history.Values:
    """A document's name as the undo log has it."""
    return {"name": {_key(doc_id): called}}


def _key(doc_id: str) -> str:
    """Another than the document's own: whoever works on what is in it is not in the way of its name."""
    return f"{doc_id} name"


def _numbered(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(numbered for n in itertools.count(2) if (numbered := f"{name} ({n})") not in taken)
