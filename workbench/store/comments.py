"""What people remark on beads, and where a remark goes when its bead does."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from typing import Any

from workbench.store.tables import OF_PAIR, TABLES, Pair

Values = dict[str, dict[str, Any] | None]


def of_pair(connection: sqlite3.Connection, src_doc: str, tgt_doc: str) -> dict[str, str]:
    """The comments on beads of two documents, by bead id."""
    found = connection.execute(f"SELECT bead_id, text FROM comment WHERE {OF_PAIR}", (src_doc, tgt_doc))
    return {row["bead_id"]: row["text"] for row in found}


def value(pair: Pair, text: str) -> dict[str, Any] | None:
    """A comment as it is kept; an empty one is none."""
    return {"src_doc": pair[0], "tgt_doc": pair[1], "text": text} if text else None


def follow(
    connection: sqlite3.Connection,
    pair: Pair,
    gone: Mapping[str, Collection[str]],
    come: Mapping[str, Collection[str]],
) -> tuple[Values, Values]:
    """The comments before and after beads, by id with their segments, go and others come.

    Each goes to the bead that has most segments of its own, the first where several have.
    """
    before: Values = {}
    after: Values = {}
    for name, segments in gone.items():
        known = TABLES["comment"].read(connection, name)
        if known is None or not come:
            continue
        heir = max(come, key=lambda other: len({*segments}.intersection(come[other])))
        before |= {name: known, heir: before.get(heir, TABLES["comment"].read(connection, heir))}
        there = after.get(heir, before[heir])
        lines = dict.fromkeys([*(there["text"].split("\n") if there else ()), *known["text"].split("\n")])
        after |= {name: None, heir: value(pair, "\n".join(lines))}
    return before, after
