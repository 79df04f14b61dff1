"""The plain data that flows through the workbench. Standard library only.

file -> Document -> Segments -> translations + embeddings -> Beads (Bitext) -> export / view
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Progress(Protocol):
    """Told how far a stage has come; called often, must be cheap."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """The Progress that tells nobody."""


class Kind(StrEnum):
    """What a block of a document is."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    TURN = "turn"  # a speaker's turn; its label is in `speaker`
    CAPTION = "caption"
    COMMENT = "comment"
    FURNITURE = "furniture"  # counters, navigation, related-article teasers, credits
    METADATA = "metadata"


class Layout(StrEnum):
    """What a line break means in a document."""

    PARAGRAPHS = "paragraphs"  # a line is a paragraph
    WRAPPED = "wrapped"  # paragraphs are wrapped to a width, with blank lines between
    CAPTIONS = "captions"  # short lines as they were shown or spoken, mostly without punctuation


class Flag(StrEnum):
    """Why a segment is left out of alignment unless the user brings it back."""

    DUPLICATE = "duplicate"
    COMMENT = "comment"
    FURNITURE = "furniture"
    METADATA = "metadata"


class Status(StrEnum):
    """What a reviewer said of a bead."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class TranslationState(StrEnum):
    """How far a translation can be trusted."""

    OK = "ok"
    SAME = "same"  # the text was English already
    RETRIED = "retried"  # the first decoding was degenerate, a second one was not
    SUSPECT = "suspect"  # degenerate even when decoded again; `reasons` says how
    MISSING = "missing"  # no model knows the language
    EDITED = "edited"  # a person wrote it; `model` is their name


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of a document: `text[start:end]` without the stretches in `skip`.

    `skip` are (start, end) offsets into the document's text, in order, of what is markup and not text:
    emphasis marks, link targets, the time stamps between captions.
    """

    kind: Kind
    start: int
    end: int
    speaker: str = ""
    reason: str = ""  # why a block is a comment, furniture or metadata
    skip: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    `text` is what every offset points into: the decoded file itself for .txt, .md, .srt and .vtt, the
    extracted text for .html, .docx and .pdf. Blocks are in order and do not overlap.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    format: str  # file ending without the dot, in lower case
    sha256: str  # of the file's bytes
    lang: str = "und"  # canonical BCP 47, see workbench.lang
    title: str = ""
    encoding: str = "utf-8"
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence-like unit of a document, the atom of translation and alignment.

    `spans` are the (start, end) stretches of `Document.text` that it was joined from, in order; `text` is
    their content with line breaks and markup removed.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    lang: str
    kind: Kind
    block: int  # index into Document.blocks
    speaker: str = ""
    flag: Flag | None = None
    reason: str = ""  # why it is flagged, in words


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment in another language. `score`: mean log probability per token, higher is better."""

    text: str
    model: str
    state: TranslationState = TranslationState.OK
    reasons: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Bead:
    """An m:n group of segment indices that say the same; 1:0 and 0:1 are null beads.

    Indices are 0-based, ascending, not always contiguous. `score`: higher is better. `confidence`: the probability
    that the two passages correspond at least in part. `boundary`: the probability that, if they do, the bead
    starts and ends in the right places.
    """

    src: tuple[int, ...]
    tgt: tuple[int, ...]
    score: float = 0.0
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    boundary: float = 1.0

    @property
    def is_null(self) -> bool:
        return not self.src or not self.tgt


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents' beads: every segment index of either side stands in exactly one bead."""

    beads: tuple[Bead, ...]
    verdict: str  # in words: how the two documents relate
    signature: str  # models, settings and version that made it


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A bead with its texts and where they come from: what exports and checks work on."""

    bead_id: str
    src_doc: str
    tgt_doc: str
    src_lang: str
    tgt_lang: str
    src_segments: tuple[str, ...]  # segment ids
    tgt_segments: tuple[str, ...]
    src_text: str
    tgt_text: str
    src_en: str
    tgt_en: str
    score: float
    confidence: float
    status: Status
    reviewer: str = ""
    signature: str = ""

    @property
    def is_null(self) -> bool:
        return not self.src_segments or not self.tgt_segments
