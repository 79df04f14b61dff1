"""The workspace on disk: one folder, one SQLite database. Nothing else in the workbench uses sqlite3."""

from workbench.store.edits import BY_HAND, IMPORTED, Around, Editing
from workbench.store.rows import (
    Change,
    DocumentRow,
    Edited,
    Imported,
    Job,
    JobState,
    Review,
    SegmentRow,
    Stored,
    StoredBead,
    StoredBitext,
    Undone,
    Wish,
)
from workbench.store.store import Store

__all__ = [
    "BY_HAND",
    "IMPORTED",
    "Around",
    "Change",
    "DocumentRow",
    "Edited",
    "Editing",
    "Imported",
    "Job",
    "JobState",
    "Review",
    "SegmentRow",
    "Store",
    "Stored",
    "StoredBead",
    "StoredBitext",
    "Undone",
    "Wish",
]
