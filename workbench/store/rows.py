"""What the store hands out. All frozen; times are UTC in ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from workbench.datatypes import Bead, Document, Segment, Status


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document that was put."""

    doc_id: str
    change: Literal["added", "unchanged", "changed"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that comes with its links. `doc_id`: of the one that it is a new version of, None for a new one."""

    document: Document
    segments: Sequence[Segment]
    source: str
    lang_override: str
    doc_id: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a judge has marked of a unit before they judge it. `number`: of this version; every change has a new one.

    `said`: `marks`, `score`, `note`, the `suspects` that are open, and the texts as they were `found`, each if known.
    """

    number: int
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text. `lang` is the user's override where there is one."""

    id: str
    name: str  # unique in the workspace
    title: str  # empty where a person named the document
    lang: str
    format: str
    source: str  # where it came from, as put_document was told
    lang_override: str  # empty: none
    layout: str  # what a person says of its lines, a Layout; empty: nothing
    segments: int
    included: int  # segments that take part in alignment


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment of the current version of a document. `included`: takes part in alignment."""

    id: str
    index: int  # 0-based, within the document
    segment: Segment
    included: bool


@dataclass(frozen=True, slots=True)
class StoredBead:
    """A bead by stable ids; `bead` holds the same by index into the documents' current segments."""

    id: str
    src_segments: tuple[str, ...]
    tgt_segments: tuple[str, ...]
    bead: Bead
    status: Status
    reviewer: str  # empty: unreviewed
    comment: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link by stable ids, as it was aligned, without its place in the documents."""

    bead_id: str
    src_doc: str
    tgt_doc: str
    src_segments: tuple[str, ...]
    tgt_segments: tuple[str, ...]
    confidence: float
    status: Status


@dataclass(frozen=True, slots=True)
class StoredBitext:
    """The alignment of two documents.

    `hidden`: how many links are not shown; their segments stand in null beads.
    `stale`: the segments, languages or inclusions of a document changed after it was aligned, or what people know of
    the two (`related_by`) is not what it was made with (`related`), unless people made it themselves. A stale bitext
    holds the beads whose segments all still exist, so some segments may stand in no bead.
    """

    src_doc: str
    tgt_doc: str
    beads: tuple[StoredBead, ...]
    verdict: str
    signature: str
    stale: bool
    hidden: int
    related: bool  # it was made of documents that were known to tell of one thing
    related_by: str | None  # who says now that they do; None: nobody


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's word on a bead, kept whether or not the aligner still makes that bead."""

    bead_id: str
    src_doc: str
    tgt_doc: str
    src_segments: tuple[str, ...]
    tgt_segments: tuple[str, ...]
    status: Status
    reviewer: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What a change came to.

    `before` and `after`: the workspace's latest change before it and with it; equal where nothing was to be changed.
    `removed`: ids of beads that are gone, those included that stood for passages of a link too doubtful to be shown.
    `added`: beads that stand instead, or have another status, by index into the documents `docs`, source and target.
    Both are empty where passages were cut anew, since numbers and ids of others may have changed with them.
    """

    before: int
    after: int
    said: str  # in words: "linked passage 3 with 4–5"
    docs: tuple[str, ...]  # ids; of beads (source, target)
    removed: tuple[str, ...] = ()
    added: tuple[StoredBead, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back or brought back: in words, with whose it was, and which documents it touches (ids)."""

    said: str
    docs: tuple[str, ...]
    before: int  # as in Edited
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the undo log. `undone`: it can be redone."""

    action: str  # in words: "added report.fr.txt"
    user: str
    made_at: str
    undone: bool
    docs: tuple[str, ...]  # ids of the documents that it concerns


class JobState(StrEnum):
    """How a piece of background work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DONE = "done"


Wish = Literal["pause", "resume", "cancel"]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that is done apart from whoever asked for it.

    `asked`: what a running job was told and has not heeded yet, "pause" or "cancel". `stage`, `done` and `total` are
    as Progress tells them, `rest` the seconds until the stage ends, None where nobody can tell.
    """

    number: int
    kind: str
    docs: tuple[str, ...]  # ids, in the order they were named
    state: JobState
    asked: str
    stage: str
    done: int
    total: int
    rest: float | None
    message: str  # why it failed, or what came of it, in words; may be empty
    user: str
    worker: int | None  # the process that runs it or ran it last

    @property
    def is_live(self) -> bool:
        """Whether it is still to be finished."""
        return self.state in (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)

    @property
    def wants_worker(self) -> bool:
        """Whether it goes on as soon as somebody works on it."""
        return self.state in (JobState.WAITING, JobState.RUNNING)
