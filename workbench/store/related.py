"""What people know of two documents: that they tell of one thing, however little the texts show it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from workbench.store import history
from workbench.store.rows import Edited
from workbench.store.tables import TABLES, Pair


def who(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> str | None:
    """Who says that two documents tell of one thing, perhaps somebody without a name; None: nobody."""
    row = TABLES["related"].read(connection, _key((src_doc, tgt_doc)))
    return None if row is None else str(row["user"])


def say(connection: sqlite3.Connection, pairs: Sequence[Pair], related: bool, user: str, said: str) -> Edited:
    """Say that the documents of each pair tell of one thing, or that this is not known any more; in one change.

    What somebody else said already stays theirs. Where nothing changes there is no line in the log.
    """
    known = {key: TABLES["related"].read(connection, key) for key in map(_key, pairs)}
    before = {key: row for key, row in known.items() if (row is not None) != related}
    docs = tuple(dict.fromkeys(doc for pair in pairs for doc in pair))
    now, _ = history.state(connection)
    if not before:
        return Edited(now, now, said, docs)
    after = dict.fromkeys(before, {"user": user, "said_at": history.now()} if related else None)
    changed = history.change(connection, {"related": before}, {"related": after}, said, user, docs)
    return Edited(now, changed, said, docs)


def _key(pair: Sequence[str]) -> str:
    """The same whichever document is named first."""
    return " ".join(sorted(pair))
