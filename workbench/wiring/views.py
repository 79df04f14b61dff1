"""What the workbench tells of documents, pairs and passages: plain data that pages and commands show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbench.align import Matrix
from workbench.concordance import Passage
from workbench.datatypes import Kind, Segment, Status, Translation, TranslationState
from workbench.store import StoredBead


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: `error` is empty where it was taken in."""

    path: str
    doc_id: str = ""
    name: str = ""
    change: str = ""  # "added", "unchanged" or "changed"
    segments: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A line of the document list. `included` counts the segments that take part in alignment."""

    id: str
    name: str
    title: str
    lang: str
    format: str
    segments: int
    included: int
    translated: int  # included segments that have an English text
    layout: str = ""  # what a person says of its lines, a Layout
    kind: Kind = Kind.BODY  # of most of what is included: BODY, TURN or CAPTION
    untranslated: tuple[str, ...] = ()  # languages of the included segments that have no English text
    source: str = ""  # where it came from: a file, as a rule

    @property
    def without_english(self) -> int:
        return self.included - self.translated


@dataclass(frozen=True, slots=True)
class Translated:
    """What a document's translation came to: how many segments are in which state, by TranslationState."""

    name: str
    states: Mapping[str, int]
    missing: tuple[str, ...]  # languages that no installed model leads from, in words


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment as a page shows it. `included`: takes part in alignment."""

    id: str
    index: int  # 0-based, within the document
    segment: Segment
    included: bool
    english: Translation | None

    @property
    def in_english(self) -> str:
        """What is shown below the original: empty where there is no English, or it says the same."""
        return self.english.text if self.english and self.english.text != self.segment.text else ""

    def passage(self, doc: str) -> Passage:
        """What can be searched of it; `doc`: the id of its document."""
        return Passage(self.id, doc, self.index, self.segment.lang, self.segment.text, self.in_english)


def veiled(view: SegmentView) -> SegmentView:
    """The segment without who or what translated it and how well that is thought to be done."""
    english = view.english
    if english is None or english.state in (TranslationState.SAME, TranslationState.MISSING):
        return view
    return replace(view, english=Translation(english.text, ""))


# A bead is shown as it is stored.
BeadView = StoredBead


@dataclass(frozen=True, slots=True)
class PairView:
    """How a pair of documents corresponds, as far as one is as sure as `least` (confidence, 0 to 1).

    `hidden` links are less sure: their segments stand in null beads. Accepted links are always shown. What is hidden
    or rejected counts neither for the verdict nor for coverage, the share of segments in a link, 0 to 1.
    """

    src: DocumentInfo
    tgt: DocumentInfo
    beads: tuple[BeadView, ...]  # links and nulls, in source order
    least: float
    hidden: int
    verdict: str
    src_coverage: float
    tgt_coverage: float
    signature: str
    stale: bool  # since it was aligned a document changed, what people know of the two, or which models are chosen
    related: bool = False  # it was aligned knowing that both tell of one thing
    related_by: str | None = None  # who says now that they do, perhaps without a name; None: nobody


@dataclass(frozen=True, slots=True)
class MatrixView:
    """What several documents share; the cells of each row are in the order of `documents`.

    `links`: for each pair of documents, by number, the ids of its links by their first segment in the former.
    """

    documents: tuple[DocumentInfo, ...]
    matrix: Matrix
    links: Mapping[tuple[int, int], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What a passage is linked to in another document; `passages` in reading order."""

    bead_id: str
    doc: str
    confidence: float  # 0 to 1
    status: Status
    passages: tuple[Passage, ...]
