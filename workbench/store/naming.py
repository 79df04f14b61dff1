"""What documents are called: by the name that they came with, or by the one that a person gave them.

A document's id is made of the first, which it keeps.
"""

from __future__ import annotations

import itertools
import sqlite3

from workbench.store import history
from workbench.store.tables import NAMED, TABLES

_CURRENT = f"SELECT document.id, document.name AS came, {NAMED} AS name FROM document WHERE version IS NOT NULL"


def free(connection: sqlite3.Connection, name: str) -> str:
    """The name for a new document, numbered where it is taken; also where it would make the id of another."""
    # Of thousands of documents only what may stand in the way leaves the database.
    like = connection.execute(
        f"SELECT name, came FROM ({_CURRENT}) WHERE instr(name, :wanted) = 1 OR instr(came, :wanted) = 1",
        {"wanted": name},
    )
    return _numbered(name, {each for row in like for each in (row["name"], row["came"])})


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
