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

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND, _THIRD)
