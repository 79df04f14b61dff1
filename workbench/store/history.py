"""The undo log: one row a change, with what it changed before and after, back and forth without limit.

What a change changed is a mapping of tables to keys to values, None where there is nothing:
{"review": {bead id: review}, "bead": {bead id: bead}, ...}. To undo a change is to write what was before, and that is
done only where things still stand as the change left them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from workbench.errors import ConflictError
from workbench.store.rows import Change, Undone
from workbench.store.tables import NAMED, TABLES, Pair

Values = Mapping[str, Mapping[str, Any]]

# What an alignment makes anew, which is no change: all of a change's is undone or none.
_ALIGNED = ("bitext", "told", "aligned", "bead")
# The changes of a user that hold, or that can be redone.
_OF_USER = "user = ? AND (undone_at IS NULL) = ? AND forgotten = 0"
# What tells whether these are as a change left them: a bead that was made again may be more sure or less.
_IDENTITY = {
    "bitext": ("signature", "aligned_at"),
    "told": ("signature",),
    "bead": ("src_doc", "src_segments", "tgt_segments"),
}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def state(connection: sqlite3.Connection) -> tuple[int, int]:
    """The numbers of the latest change of all, and of the latest of documents, inclusions or machine translations."""
    row = connection.execute("SELECT number, texts FROM state").fetchone()
    return row["number"], row["texts"]


def advance(connection: sqlite3.Connection, texts: bool) -> int:
    """Count a change; `texts`: of documents, inclusions or machine translations."""
    set_texts = ", texts = number + 1" if texts else ""
    found = connection.execute(f"UPDATE state SET number = number + 1{set_texts} RETURNING number").fetchone()
    return int(found["number"])


def change(
    connection: sqlite3.Connection,
    before: Values,
    after: Values,
    action: str,
    user: str,
    docs: Iterable[str],
    touched: Iterable[str] = (),
) -> int:
    """Make a change and write it down; returns its number.

    What this user undid until now can no longer be redone. `touched`: ids of what else it concerns than its keys.
    """
    # It stays in the log: to take something back was a change too, of which others may not know yet.
    connection.execute(f"UPDATE change SET forgotten = 1 WHERE {_OF_USER}", (user, False))
    _restore(connection, after)
    at = advance(connection, _is_of_texts(after))
    items = {key for values in after.values() for key in values}.union(touched)
    _write_down(connection, (at, user, now(), action), docs, before, after, items)
    return at


def _write_down(
    connection: sqlite3.Connection,
    about: tuple[int, str, str, str],
    docs: Iterable[str],
    before: Values,
    after: Values,
    items: Iterable[str],
) -> None:
    """A line of the log. `about`: the state that it made, whose it is, when, and in words; `items`: all it touched."""
    number = connection.execute(
        "INSERT INTO change (state, user, made_at, action, docs, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*about, json.dumps(list(docs)), json.dumps(before), json.dumps(after)),
    ).lastrowid
    connection.executemany("INSERT INTO touched VALUES (?, ?)", ((item, number) for item in items))


@contextmanager
def as_one(connection: sqlite3.Connection, action: str, user: str, docs: Iterable[str]) -> Iterator[None]:
    """What is changed within is one line of the log, to be undone and redone as a whole."""
    last = connection.execute("SELECT coalesce(max(number), 0) AS number FROM change").fetchone()["number"]
    yield
    rows = connection.execute("SELECT * FROM change WHERE number > ? ORDER BY number", (last,)).fetchall()
    if not rows:
        return
    items = {row["item"] for row in connection.execute("SELECT item FROM touched WHERE change > ?", (last,))}
    connection.execute("DELETE FROM change WHERE number > ?", (last,))
    about = rows[-1]["state"], user, rows[-1]["made_at"], action
    _write_down(connection, about, docs, _together(rows, "before"), _together(rows, "after"), items)


def _together(rows: Sequence[sqlite3.Row], column: str) -> Values:
    """What was there `before` several changes, or is there `after` them; alignments first, in which beads stand."""
    found: dict[str, dict[str, Any]] = {"bitext": {}}
    for row in rows:
        for table, values in json.loads(row[column]).items():
            known = found.get(table, {})
            found[table] = values | known if column == "before" else known | values
    return {table: values for table, values in found.items() if values}


def undo(connection: sqlite3.Connection, user: str) -> Undone | None:
    row = _first(connection, f"SELECT * FROM change WHERE {_OF_USER} ORDER BY number DESC LIMIT 1", user, True)
    return None if row is None else _turned(connection, row, "after", "before", now())


def redo(connection: sqlite3.Connection, user: str) -> Undone | None:
    row = _first(connection, f"SELECT * FROM change WHERE {_OF_USER} ORDER BY number LIMIT 1", user, False)
    return None if row is None else _turned(connection, row, "before", "after", None)


def changes(connection: sqlite3.Connection, limit: int) -> list[Change]:
    rows = connection.execute("SELECT * FROM change WHERE NOT forgotten ORDER BY number DESC LIMIT ?", (limit,))
    return [
        Change(row["action"], row["user"], row["made_at"], row["undone_at"] is not None, tuple(json.loads(row["docs"])))
        for row in rows
    ]


def check(connection: sqlite3.Connection, items: Iterable[str], since: int | None, user: str) -> None:
    """Raises ConflictError where one of the items was touched after `since`, by whomever."""
    if since is None:
        return
    row = _first(
        connection,
        "SELECT change.* FROM touched JOIN change ON number = change"
        " WHERE item IN (SELECT value FROM json_each(?)) AND state > ? ORDER BY state DESC LIMIT 1",
        json.dumps(list(items)),
        since,
    )
    if row is not None:
        who = f"{row['user'] or 'someone'}{' (you, elsewhere)' if row['user'] == user else ''}"
        raise ConflictError(f"{who} {_did(row)} meanwhile, so nothing was changed; look at it again and decide anew")


def check_pair(connection: sqlite3.Connection, pair: Pair, since: int | None) -> None:
    """Raises ConflictError where after `since` beads of a pair were changed, or one of its documents."""
    if since is None:
        return
    row = _first(
        connection,
        "SELECT change.* FROM change WHERE state > ? AND (EXISTS"
        " (SELECT * FROM touched WHERE change = number AND item IN (?, ?))"
        " OR (SELECT count(*) FROM json_each(docs) WHERE value IN (?, ?)) = 2) LIMIT 1",
        since,
        *pair,
        *pair,
    )
    if row is not None:
        raise ConflictError(f"{row['user'] or 'someone'} {_did(row)} while it was being aligned; align it again")


def _did(row: sqlite3.Row) -> str:
    return f"took back “{row['action']}”" if row["undone_at"] else str(row["action"])


def included_since(connection: sqlite3.Connection, pair: Pair, since: int | None) -> bool:
    """Whether after `since` segments of two documents were brought back or left out."""
    if since is None:
        return False
    query = (
        "SELECT * FROM change WHERE state > ? AND json_extract(after, '$.inclusion') IS NOT NULL"
        " AND EXISTS (SELECT * FROM json_each(docs) WHERE value IN (?, ?)) LIMIT 1"
    )
    return _first(connection, query, since, *pair) is not None


def _turned(
    connection: sqlite3.Connection, row: sqlite3.Row, source: str, target: str, undone_at: str | None
) -> Undone:
    """Undo or redo a change: from the state `source` to the state `target`."""
    before, _ = state(connection)
    there, wanted = json.loads(row[source]), json.loads(row[target])
    cannot = f"“{row['action']}” cannot be {'undone' if undone_at else 'redone'}"
    other = _others(connection, row, wanted)
    if other is not None:
        raise ConflictError(
            f"{cannot}: {other['user'] or 'someone'} {other['action']} after that; that would have to be taken back"
            " first"
        )
    # What another has taken back since is nobody's any more, and would come back with the next undo.
    if not all(_stands(connection, table, values) for table, values in there.items() if table not in _ALIGNED):
        raise ConflictError(f"{cannot}: what it was said of is not as it was, since another took something back")
    said = f"{row['action']} (by {row['user']})" if row["user"] else str(row["action"])
    if not all(_stands(connection, table, there[table]) for table in _ALIGNED if table in there):
        wanted = {table: values for table, values in wanted.items() if table not in _ALIGNED}
        said += "; the documents were aligned anew since, so the passages stay linked as they are"
    _restore(connection, wanted)
    _check_names(connection, row["action"])
    after = advance(connection, _is_of_texts(wanted))
    connection.execute("UPDATE change SET undone_at = ?, state = ? WHERE number = ?", (undone_at, after, row["number"]))
    return Undone(said, tuple(json.loads(row["docs"])), before, after)


def _others(connection: sqlite3.Connection, row: sqlite3.Row, wanted: Values) -> sqlite3.Row | None:
    """Someone else's later change of the same things, which would be lost if this one were taken back."""
    later = "state > ? AND user != ? AND undone_at IS NULL ORDER BY state DESC LIMIT 1"
    after = row["state"], row["user"]
    items = {
        found["item"] for found in connection.execute("SELECT item FROM touched WHERE change = ?", (row["number"],))
    }
    # A whole document or alignment that comes or goes takes all with it that was done in it.
    whole = "document" in wanted and items == wanted["document"].keys() | wanted.get("name", {}).keys()
    if whole or None in wanted.get("bitext", {}).values():
        docs = json.loads(row["docs"])
        query = "(SELECT count(*) FROM json_each(docs) WHERE value IN (SELECT value FROM json_each(?))) >= ?"
        return _first(
            connection,
            f"SELECT * FROM change WHERE {query} AND {later}",
            json.dumps(docs),
            1 if whole else len(docs),
            *after,
        )
    query = "item IN (SELECT value FROM json_each(?))"
    of_items = f"SELECT change.* FROM touched JOIN change ON number = change WHERE {query} AND {later}"
    return _first(connection, of_items, json.dumps(sorted(items)), *after)


def _check_names(connection: sqlite3.Connection, action: str) -> None:
    """Raises ConflictError where two documents would be called the same."""
    query = f"SELECT {NAMED} AS name FROM document WHERE version IS NOT NULL GROUP BY 1 HAVING count(*) > 1 LIMIT 1"
    if row := _first(connection, query):
        raise ConflictError(
            f"“{action}” cannot be taken back or brought back: another document is called {row['name']} by now; "
            "rename that one first"
        )


def _first(connection: sqlite3.Connection, query: str, *values: str | int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(query, values).fetchone()
    return row


def _is_of_texts(values: Values) -> bool:
    return not values.keys().isdisjoint(("document", "inclusion"))


def _stands(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> bool:
    columns = _IDENTITY.get(table)
    found = ((TABLES[table].read(connection, key), value) for key, value in values.items())
    return all(_is_same(now, then, columns) for now, then in found)


def _is_same(now: Any, then: Any, columns: Sequence[str] | None) -> bool:
    if not (isinstance(now, dict) and isinstance(then, dict)):
        return bool(now == then)
    return all(now[name] == then.get(name) for name in columns or now)  # early changes said more


def _restore(connection: sqlite3.Connection, values: Values) -> None:
    for table, entries in values.items():
        # What goes makes room for what comes.
        for key, value in sorted(entries.items(), key=lambda entry: entry[1] is not None):
            TABLES[table].write(connection, key, value)
