"""The links of some segments, without reading whole alignments."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from workbench.datatypes import Status
from workbench.store.rows import LinkRow

_LINKED = """
    WITH wanted AS (SELECT value AS id FROM json_each(:wanted))
    SELECT src_doc, tgt_doc, bead.id, src_segments, tgt_segments, confidence,
        (SELECT status FROM review WHERE bead_id = bead.id)
    FROM bitext JOIN bead ON bead.bitext = bitext.number
    WHERE (src_doc IN (SELECT value FROM json_each(:docs)) OR tgt_doc IN (SELECT value FROM json_each(:docs)))
        AND src_segments != '[]' AND tgt_segments != '[]'
        AND (EXISTS (SELECT 1 FROM json_each(src_segments) WHERE value IN wanted)
            OR EXISTS (SELECT 1 FROM json_each(tgt_segments) WHERE value IN wanted))
    ORDER BY bitext.number, bead.position
"""
_ALONE = """
    SELECT src_doc, tgt_doc, src_segments, tgt_segments FROM review
    WHERE status = 'accepted' AND (src_segments = '[]' OR tgt_segments = '[]')
"""


def linked(
    connection: sqlite3.Connection, doc_ids: Collection[str], segment_ids: Collection[str], least: float
) -> list[LinkRow]:
    """See Store.linked."""
    # Someone said of these that they have no counterpart.
    alone = {
        (frozenset((src_doc, tgt_doc)), segment)
        for src_doc, tgt_doc, *sides in connection.execute(_ALONE)
        for side in sides
        for segment in json.loads(side)
    }
    asked = {"wanted": json.dumps(list(segment_ids)), "docs": json.dumps(list(doc_ids))}
    found = []
    for src_doc, tgt_doc, bead_id, src, tgt, confidence, said in connection.execute(_LINKED, asked):
        status, pair = Status(said or Status.UNREVIEWED), frozenset((src_doc, tgt_doc))
        link = LinkRow(bead_id, src_doc, tgt_doc, tuple(json.loads(src)), tuple(json.loads(tgt)), confidence, status)
        denied = any((pair, segment) in alone for segment in link.src_segments + link.tgt_segments)
        if status is Status.ACCEPTED or (status is not Status.REJECTED and confidence >= least and not denied):
            found.append(link)
    return found
