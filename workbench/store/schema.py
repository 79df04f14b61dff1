"""The database schema as numbered migrations. Never edit one that was released: add the next.

Segments, beads and reviews know each other by stable ids, not by foreign keys, because an id has to outlive
the rows: a sentence that comes back in a later version finds its inclusion and its reviews again.
"""

_FIRST = (
    """CREATE TABLE document (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        added_at TEXT NOT NULL,
        version INTEGER REFERENCES version (number)  -- the current one; NULL: removed
    )""",
    """CREATE TABLE version (
        number INTEGER PRIMARY KEY,
        doc_id TEXT NOT NULL REFERENCES document (id),
        source TEXT NOT NULL,
        text TEXT NOT NULL,
        blocks TEXT NOT NULL,  -- JSON
        format TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        lang TEXT NOT NULL,
        title TEXT NOT NULL,
        encoding TEXT NOT NULL,
        metadata TEXT NOT NULL,  -- JSON
        warnings TEXT NOT NULL,  -- JSON
        lang_override TEXT NOT NULL
    )""",
    "CREATE INDEX version_source ON version (source)",
    """CREATE TABLE segment (
        version INTEGER NOT NULL REFERENCES version (number) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        text TEXT NOT NULL,
        spans TEXT NOT NULL,  -- JSON
        lang TEXT NOT NULL,
        kind TEXT NOT NULL,
        block INTEGER NOT NULL,
        speaker TEXT NOT NULL,
        flag TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (version, position)
    )""",
    "CREATE INDEX segment_id ON segment (id)",
    """CREATE TABLE inclusion (
        segment_id TEXT PRIMARY KEY,
        included INTEGER NOT NULL CHECK (included IN (0, 1))
    )""",
    """CREATE TABLE bitext (
        number INTEGER PRIMARY KEY,
        src_doc TEXT NOT NULL REFERENCES document (id),
        tgt_doc TEXT NOT NULL REFERENCES document (id),
        verdict TEXT NOT NULL,
        signature TEXT NOT NULL,
        src_state TEXT NOT NULL,  -- what was aligned: a digest of segment ids, languages and inclusions
        tgt_state TEXT NOT NULL,
        aligned_at TEXT NOT NULL,
        UNIQUE (src_doc, tgt_doc)
    )""",
    """CREATE TABLE bead (
        bitext INTEGER NOT NULL REFERENCES bitext (number) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        src_segments TEXT NOT NULL,  -- JSON
        tgt_segments TEXT NOT NULL,  -- JSON
        score REAL NOT NULL,
        confidence REAL NOT NULL,
        reasons TEXT NOT NULL,  -- JSON
        PRIMARY KEY (bitext, position)
    )""",
    "CREATE INDEX bead_id ON bead (id)",
    """CREATE TABLE review (
        bead_id TEXT PRIMARY KEY,
        src_doc TEXT NOT NULL,
        tgt_doc TEXT NOT NULL,
        src_segments TEXT NOT NULL,  -- JSON
        tgt_segments TEXT NOT NULL,  -- JSON
        status TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        reviewed_at TEXT NOT NULL
    )""",
    "CREATE INDEX review_pair ON review (src_doc, tgt_doc)",
    """CREATE TABLE change (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        user TEXT NOT NULL,
        made_at TEXT NOT NULL,
        action TEXT NOT NULL,  -- in words
        kind TEXT NOT NULL,
        before TEXT NOT NULL,  -- JSON: key -> value, null where there was none
        after TEXT NOT NULL,
        undone_at TEXT,
        undone_by TEXT
    )""",
    """CREATE TABLE translation (
        key BLOB PRIMARY KEY,
        text TEXT NOT NULL,
        model TEXT NOT NULL,
        state TEXT NOT NULL,
        reasons TEXT NOT NULL,  -- JSON
        score REAL
    )""",
    """CREATE TABLE embedding (
        key BLOB PRIMARY KEY,
        vector BLOB NOT NULL,  -- little-endian float32
        checksum INTEGER NOT NULL  -- CRC-32 of the vector
    )""",
)

_SECOND = ("ALTER TABLE bead ADD COLUMN boundary REAL NOT NULL DEFAULT 1",)

_THIRD = (
    """CREATE TABLE job (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        docs TEXT NOT NULL,  -- JSON: ids
        state TEXT NOT NULL,
        asked TEXT NOT NULL DEFAULT '',  -- of a running job: 'pause', 'cancel' or nothing
        stage TEXT NOT NULL DEFAULT '',
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        rest REAL,  -- seconds, an estimate
        message TEXT NOT NULL DEFAULT '',
        user TEXT NOT NULL,
        created_at TEXT NOT NULL,
        started_at TEXT,
        ended_at TEXT,
        starts INTEGER NOT NULL DEFAULT 0,  -- since anybody asked for it, or it was put back in good order
        worker INTEGER  -- the process that runs it or ran it last
    )""",
)

# Beads without a place in a row, so that to change one is to write one; which bead each segment stands in; a number
# that grows with every change; changes of several tables at once, and what they touched; English and cuts by hand.
_FOURTH = (
    "CREATE TABLE old_bead AS SELECT * FROM bead",
    "DROP TABLE bead",
    """CREATE TABLE bead (
        id TEXT PRIMARY KEY,
        bitext INTEGER NOT NULL REFERENCES bitext (number) ON DELETE CASCADE,
        src_segments TEXT NOT NULL,  -- JSON
        tgt_segments TEXT NOT NULL,  -- JSON
        score REAL NOT NULL,
        confidence REAL NOT NULL,
        boundary REAL NOT NULL,
        reasons TEXT NOT NULL  -- JSON
    )""",
    """INSERT OR IGNORE INTO bead
        SELECT id, bitext, src_segments, tgt_segments, score, confidence, boundary, reasons FROM old_bead""",
    "DROP TABLE old_bead",
    "CREATE INDEX bead_bitext ON bead (bitext)",
    """CREATE TABLE bead_segment (
        bitext INTEGER NOT NULL REFERENCES bitext (number) ON DELETE CASCADE,
        segment TEXT NOT NULL,
        bead TEXT NOT NULL,
        alone TEXT NOT NULL,  -- the id of the bead that the segment makes by itself
        PRIMARY KEY (bitext, segment)
    ) WITHOUT ROWID""",
    "CREATE INDEX bead_segment_alone ON bead_segment (alone)",
    """INSERT OR IGNORE INTO bead_segment
        SELECT number, value, bead.id, alone_id(src_doc, tgt_doc, value)
        FROM bead JOIN bitext ON number = bitext, (
            SELECT bead.id AS bead_id, value FROM bead, json_each(src_segments)
            UNION ALL SELECT bead.id, value FROM bead, json_each(tgt_segments)
        ) WHERE bead_id = bead.id""",
    # A link of which someone said that a passage has no counterpart was hidden; now it is no link.
    """CREATE TABLE broken AS SELECT DISTINCT bead.id FROM bead
        JOIN bead_segment ON bead = bead.id JOIN review ON review.bead_id = alone
        WHERE status = 'accepted' AND bead.src_segments != '[]' AND bead.tgt_segments != '[]'
        AND bead.id NOT IN (SELECT bead_id FROM review WHERE status = 'accepted')""",
    """INSERT OR IGNORE INTO bead
        SELECT alone, bead.bitext, iif(instr(src_segments, segment), json_array(segment), '[]'),
            iif(instr(tgt_segments, segment), json_array(segment), '[]'), 0, 0, 1, '[]'
        FROM broken JOIN bead USING (id) JOIN bead_segment ON bead_segment.bead = bead.id""",
    "DELETE FROM bead WHERE id IN (SELECT id FROM broken)",
    "UPDATE bead_segment SET bead = alone WHERE bead IN (SELECT id FROM broken)",
    "DROP TABLE broken",
    # number: the latest change of anything that is shown; texts: of documents, inclusions, machine translations.
    "CREATE TABLE state (number INTEGER NOT NULL, texts INTEGER NOT NULL)",
    "INSERT INTO state SELECT coalesce(max(number), 0), coalesce(max(number), 0) FROM change",
    "ALTER TABLE change ADD COLUMN state INTEGER NOT NULL DEFAULT 0",  # when it was last made, undone or redone
    "ALTER TABLE change ADD COLUMN docs TEXT NOT NULL DEFAULT '[]'",  # JSON
    "UPDATE change SET state = number",
    """UPDATE change SET docs = (SELECT json_group_array(key) FROM json_each(before)) WHERE kind = 'document'""",
    """UPDATE change SET docs = (
        SELECT json_array(json_extract(value, '$.src_doc'), json_extract(value, '$.tgt_doc')) FROM (
            SELECT value FROM json_each(before) UNION ALL SELECT value FROM json_each(after)
        ) WHERE value IS NOT NULL LIMIT 1) WHERE kind = 'review'""",
    """CREATE TABLE touched (
        item TEXT NOT NULL,
        change INTEGER NOT NULL REFERENCES change (number) ON DELETE CASCADE,
        PRIMARY KEY (item, change)
    ) WITHOUT ROWID""",
    "CREATE INDEX touched_change ON touched (change)",
    "INSERT OR IGNORE INTO touched SELECT key, number FROM change, json_each(before)",
    "UPDATE change SET before = json_object(kind, json(before)), after = json_object(kind, json(after))",
    "ALTER TABLE change DROP COLUMN kind",
    "ALTER TABLE change DROP COLUMN undone_by",
    "CREATE INDEX change_state ON change (state)",
    "CREATE INDEX change_user ON change (user, undone_at IS NULL, number)",
    """CREATE TABLE english (
        segment_id TEXT PRIMARY KEY,
        text TEXT NOT NULL,
        user TEXT NOT NULL
    )""",
    "ALTER TABLE version ADD COLUMN cuts TEXT NOT NULL DEFAULT '[]'",  # JSON: segments split and joined by hand
)

# What people remark on beads.
_COMMENTS = (
    """CREATE TABLE comment (
        bead_id TEXT PRIMARY KEY,
        src_doc TEXT NOT NULL,
        tgt_doc TEXT NOT NULL,
        text TEXT NOT NULL
    )""",
    "CREATE INDEX comment_pair ON comment (src_doc, tgt_doc)",
)

# Spot checks. A judgement is never changed: a later one of the same judge on the same unit counts in its place.
_SPOT_CHECKS = (
    """CREATE TABLE campaign (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        about TEXT NOT NULL,  -- JSON
        random TEXT NOT NULL,  -- JSON: ids of the population in the order drawn
        risk TEXT NOT NULL,  -- JSON: ids, the most suspicious first
        estimates TEXT NOT NULL,  -- JSON: by id, with what speaks against each
        user TEXT NOT NULL,
        created_at TEXT NOT NULL
    )""",
    """CREATE TABLE judgement (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign INTEGER NOT NULL REFERENCES campaign (number),
        stratum TEXT NOT NULL,
        unit TEXT NOT NULL,
        judge TEXT NOT NULL,
        grade TEXT,  -- NULL: taken back
        marks TEXT NOT NULL,  -- JSON
        score REAL,
        note TEXT NOT NULL,
        src_text TEXT NOT NULL,
        tgt_text TEXT NOT NULL,
        model TEXT NOT NULL,
        judged_at TEXT NOT NULL
    )""",
    "CREATE INDEX judgement_unit ON judgement (campaign, stratum, unit, judge, number)",
    """CREATE TABLE draft (
        campaign INTEGER NOT NULL REFERENCES campaign (number),
        stratum TEXT NOT NULL,
        unit TEXT NOT NULL,
        judge TEXT NOT NULL,
        said TEXT NOT NULL,  -- JSON: what was marked so far
        PRIMARY KEY (campaign, stratum, unit, judge)
    )""",
)

# What a person says of a document's lines, a Layout; empty: nothing.
_LAYOUT = ("ALTER TABLE version ADD COLUMN layout TEXT NOT NULL DEFAULT ''",)

# CRC-32 of what a model made of a text: a damaged disk makes no other translation. NULL: kept before there was one.
_CHECKSUM = ("ALTER TABLE translation ADD COLUMN checksum INTEGER",)

# What automatic checks found last in a pair or in a document's English, and what people want of a workspace as a whole.
_CHECKS = (
    """CREATE TABLE checked (
        docs TEXT PRIMARY KEY,  -- JSON: ids
        key BLOB NOT NULL,  -- a digest of all that it rests on
        found TEXT NOT NULL,  -- JSON
        checksum INTEGER NOT NULL  -- CRC-32 of found
    )""",
    """CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL  -- JSON
    )""",
)

# Of one unit there may be a draft of every tab that it is open in; each version of a draft has a number of its own.
_DRAFTS = (
    "ALTER TABLE draft RENAME TO earlier_draft",
    """CREATE TABLE draft (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign INTEGER NOT NULL REFERENCES campaign (number),
        stratum TEXT NOT NULL,
        unit TEXT NOT NULL,
        judge TEXT NOT NULL,
        said TEXT NOT NULL  -- JSON: what was marked so far
    )""",
    "INSERT INTO draft (campaign, stratum, unit, judge, said)"
    " SELECT campaign, stratum, unit, judge, said FROM earlier_draft",
    "DROP TABLE earlier_draft",
    "CREATE INDEX draft_unit ON draft (campaign, stratum, unit, judge)",
)

# Of which documents people know that they tell of one thing, and whether an alignment was made knowing it.
_RELATED = (
    """CREATE TABLE related (
        pair TEXT PRIMARY KEY,  -- the ids of both documents, in alphabetical order, with a blank between
        user TEXT NOT NULL,
        said_at TEXT NOT NULL
    )""",
    "ALTER TABLE bitext ADD COLUMN related INTEGER NOT NULL DEFAULT 0",
)

# What a person calls a document; empty: by the name that it came with, of which its id is made.
_CALLED = ("ALTER TABLE document ADD COLUMN called TEXT NOT NULL DEFAULT ''",)

# Of what was undone, what a later change of the same user left behind: it is not redone, and still was a change.
_FORGOTTEN = (
    "ALTER TABLE change ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX change_user",
    "CREATE INDEX change_user ON change (user, undone_at IS NULL, forgotten, number)",
)

# The version out of which another was cut by hand: it has the text and blocks, and the segments to cut anew.
_CUT_FROM = ("ALTER TABLE version ADD COLUMN cut_from INTEGER REFERENCES version (number)",)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _SECOND,
    _THIRD,
    _FOURTH,
    _COMMENTS,
    _SPOT_CHECKS,
    _LAYOUT,
    _CHECKSUM,
    _CHECKS,
    _DRAFTS,
    _RELATED,
    _CALLED,
    _FORGOTTEN,
    _CUT_FROM,
)
