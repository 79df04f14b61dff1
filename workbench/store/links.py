"""The links of some segments, without reading whole alignments."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from workbench.datatypes import Status
from workbench.store.rows import LinkRow

# CROSS JOIN fixes the order in which SQLite reads the tables: segment by segment, by primary keys only.
_LINKED = """
    SELECT DISTINCT bead.id, bitext.src_doc, bitext.tgt_doc, bead.src_segments, bead.tgt_segments, confidence,
        coalesce(review.status, 'unreviewed') AS said
    FROM json_each(:wanted) CROSS JOIN bitext
    CROSS JOIN bead_segment ON bead_segment.bitext = bitext.number AND segment = json_each.value
    CROSS JOIN bead ON bead.id = bead_segment.bead
    LEFT JOIN review ON review.bead_id = bead.id
    WHERE bead.src_segments != '[]' AND bead.tgt_segments != '[]'
        AND (said = 'accepted' OR (said != 'rejected' AND confidence >= :least))
    ORDER BY bitext.number
"""


def linked(connection: sqlite3.Connection, segment_ids: Collection[str], least: float) -> list[LinkRow]:
    """See Store.linked."""
    asked = {"wanted": json.dumps(list(segment_ids)), "least": least}
    return [
        LinkRow(bead_id, src_doc, tgt_doc, tuple(json.loads(src)), tuple(json.loads(tgt)), confidence, Status(said))
        for bead_id, src_doc, tgt_doc, src, tgt, confidence, said in connection.execute(_LINKED, asked)
    ]
