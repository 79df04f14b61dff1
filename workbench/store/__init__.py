"""The workspace on disk: one folder, one SQLite database. Nothing else in the workbench uses sqlite3."""

from workbench.store.rows import (
    Change,
    DocumentRow,
    Job,
    JobState,
    Review,
    SegmentRow,
    Stored,
    StoredBead,
    StoredBitext,
    Wish,
)
from workbench.store.store import Store

__all__ = [
    "Change",
    "DocumentRow",
    "Job",
    "JobState",
    "Review",
    "SegmentRow",
    "Store",
    "Stored",
    "StoredBead",
    "StoredBitext",
    "Wish",
]
