"""The plain data that flows through the workbench. Standard library only.

file -> Document -> Segments -> translations + embeddings -> Beads (Bitext) -> export / view
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol, TypeVar

Kept = TypeVar("Kept")


class Progress(Protocol):
    """Told how far a stage has come; called often, must be cheap."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """The Progress that tells nobody."""


class Remembering(Protocol):
    """Gives what `make` makes, which is asked again only when `state` is another than it last was under that name."""

    def __call__(self, name: str, state: object, make: Callable[[], Kept]) -> Kept: ...


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


class Severity(StrEnum):
    """How much an error matters, as MQM grades it."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


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
    extracted text for the others. Blocks are in order and do not overlap.
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
    related: bool = False  # somebody knew that both tell of one thing, and it was made accordingly


@dataclass(frozen=True, slots=True)
class Variant:
    """What one document says in a translation unit.

    `numbers`: of the segments as people count them, from 1. `parts`: the texts of the segments, which `text` joins.
    `spans`: (start, end) of what the segments were joined from, in `Document.text`, in order.
    """

    doc: str
    lang: str
    segments: tuple[str, ...]  # ids
    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    parts: tuple[str, ...]
    text: str
    english: str


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A bead with its texts and where they come from: what exports and checks work on.

    Numbers, spans and parts of either side are as in Variant. `others`: what further documents say, where a unit is
    made of more than two; its score is then its confidence, that of the weakest link which holds it together.
    """

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
    comment: str = ""
    src_numbers: tuple[int, ...] = ()
    tgt_numbers: tuple[int, ...] = ()
    src_spans: tuple[tuple[int, int], ...] = ()
    tgt_spans: tuple[tuple[int, int], ...] = ()
    src_parts: tuple[str, ...] = ()
    tgt_parts: tuple[str, ...] = ()
    others: tuple[Variant, ...] = ()

    @property
    def is_null(self) -> bool:
        return not self.src_segments or not self.tgt_segments

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What each document says, source and target first; of a null bead only the one that says something."""
        src = Variant(
            self.src_doc,
            self.src_lang,
            self.src_segments,
            self.src_numbers,
            self.src_spans,
            self.src_parts,
            self.src_text,
            self.src_en,
        )
        tgt = Variant(
            self.tgt_doc,
            self.tgt_lang,
            self.tgt_segments,
            self.tgt_numbers,
            self.tgt_spans,
            self.tgt_parts,
            self.tgt_text,
            self.tgt_en,
        )
        return tuple(variant for variant in (src, tgt, *self.others) if variant.segments)


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a translation unit, or may be: `text[start:end]` of its side.

    `check`: who found it, a name of workbench.quality.CHECKS. `reason`: in words. The span is empty where something is
    missing and nothing shows where.
    """

    check: str
    severity: Severity
    side: Literal["src", "tgt"]
    start: int
    end: int
    reason: str


class Scheme(StrEnum):
    """How a judge says what a translation is worth."""

    GRADE = "grade"  # good, minor errors, major errors
    ESA = "esa"  # errors marked with a severity, then 0 to 100
    MQM = "mqm"  # errors marked with a severity and a category, scored by weights


class Grade(StrEnum):
    """What a judge said of a translation as a whole; under ESA and MQM it follows from the worst error marked."""

    GOOD = "good"
    MINOR = "minor"
    MAJOR = "major"
    UNSURE = "unsure"  # could not be judged


class Stratum(StrEnum):
    """Which list of a campaign a unit was judged on; what is found on one is never counted with another."""

    RANDOM = "random"
    RISK = "risk"
    ATTENTION = "attention"  # a translation that is wrong on purpose


@dataclass(frozen=True, slots=True)
class Mark:
    """An error that a judge marked in `side`, "src" or "tgt": characters `start` to `end` of that text.

    Where both are 0 the error has no place: something is missing, or all of it is meant.
    """

    side: str
    start: int
    end: int
    severity: Severity
    category: str = ""
    note: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Mark:
        """A mark out of its fields by name, as `asdict` and JSON give them."""
        return cls(**{**fields, "severity": Severity(fields["severity"])})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said of a unit, with the texts as they were then. `score`: 0 to 100, higher is better (ESA)."""

    unit: str  # id of a bead, or of a segment and its English
    stratum: Stratum
    judge: str
    grade: Grade
    marks: tuple[Mark, ...] = ()
    score: float | None = None
    note: str = ""
    src_text: str = ""
    tgt_text: str = ""
    model: str = ""  # who or what wrote the target
    judged_at: str = ""  # UTC, ISO 8601


@dataclass(frozen=True, slots=True)
class Plan:
    """How many units are to be judged to show that fewer than `limit` of them (a share) have a major error.

    `confidence`: how sure one wants to be, a probability. `sample`: how many that takes, at the least where
    `sequential`. `allowed`: how many of them may have a major error (of a fixed sample). `expected`: the share that
    one reckons with; it decides how soon a sequential plan ends, never how often it errs. `stratified`: of a fixed
    sample, whether it has its share of every document or length.
    """

    population: int
    limit: float
    confidence: float
    sequential: bool
    sample: int
    allowed: int
    expected: float
    stratified: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """How a spot check is to be judged; the fields of `Campaign` by these names.

    `suspects`: how many of the units with the worst estimates are to be listed apart; 0: none, and nothing is
    estimated. `seed`: None: any. `name`: empty: those of the documents.
    """

    scheme: Scheme = Scheme.GRADE
    judges: Sequence[str] = ()
    overlap: float = 0.0
    attention: int = 0
    blind: bool = False
    by: Sequence[str] = ()
    suspects: int = 50
    seed: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A spot check: what is judged, how, by whom, and which units in which order.

    `docs`: ids of documents whose English is judged, or of the two of an aligned `pair`. `judges`: none: whoever
    comes. `overlap`: the share of units that all judges judge. `attention`: after how many units one that is wrong on
    purpose comes, 0: never. `by`: what the random sample is stratified by, "document" and "length". `random`: ids of
    the whole population in the order drawn. `risk`: ids, the most suspicious first, of at most `suspects`. `estimates`:
    how good each unit was reckoned to be, by id, higher is better; `reasons`: what speaks against it. `unblinded_by`:
    who ended that it was `blind`; empty: nobody. `untranslated`: how many passages had no English to be judged, or
    no counterpart in the pair.
    """

    number: int
    name: str
    docs: tuple[str, ...]
    pair: bool
    scheme: Scheme
    plan: Plan
    seed: int
    judges: tuple[str, ...]
    overlap: float
    attention: int
    blind: bool
    prefill: bool
    by: tuple[str, ...]
    random: tuple[str, ...]
    risk: tuple[str, ...]
    estimates: Mapping[str, float]
    reasons: Mapping[str, tuple[str, ...]]
    user: str
    created_at: str
    suspects: int = 0
    unblinded_by: str = ""
    untranslated: int = 0

    @property
    def waits_for_suspects(self) -> bool:
        """Whether they are still to be found, which takes longer than a judge should have to wait."""
        return bool(self.suspects) and not self.estimates
