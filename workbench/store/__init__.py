"""The workspace on disk: one folder, one SQLite database. Nothing else in the workbench uses sqlite3."""

from workbench.store.backups import restore
from workbench.store.bitexts import IMPORTED, is_by_people, is_imported
from workbench.store.edits import Around, Editing
from workbench.store.rows import (
    Change,
    DocumentRow,
    Draft,
    Edited,
    Imported,
    Job,
    JobState,
    LinkRow,
    Review,
    SegmentRow,
    Stored,
    StoredBead,
    StoredBitext,
    Undone,
    Wish,
)
from workbench.store.runs import SETTLED, Record, RecordState, RunLedger
from workbench.store.soundness import Fault, faults, is_blank
from workbench.store.spotchecks import Campaigns
from workbench.store.store import FILE_NAME, Store

__all__ = [
    "FILE_NAME",
    "IMPORTED",
    "SETTLED",
    "Around",
    "Campaigns",
    "Change",
    "DocumentRow",
    "Draft",
    "Edited",
    "Editing",
    "Fault",
    "Imported",
    "Job",
    "JobState",
    "LinkRow",
    "Record",
    "RecordState",
    "Review",
    "RunLedger",
    "SegmentRow",
    "Store",
    "Stored",
    "StoredBead",
    "StoredBitext",
    "Undone",
    "Wish",
    "faults",
    "is_blank",
    "is_by_people",
    "is_imported",
    "restore",
]
