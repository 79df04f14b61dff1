"""A workbench in memory with the methods that the pages use: everything is given, nothing is computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import uuid4

from workbench.datatypes import (
    Bead,
    Flag,
    Kind,
    Layout,
    Progress,
    Segment,
    Status,
    Translation,
    TranslationState,
    silent,
)
from workbench.errors import UnknownItemError, WorkbenchError
from workbench.store import Edited, Job, JobState, Undone, Wish
from workbench.wiring.views import Added, BeadView, DocumentInfo, PairView, SegmentView


def passage(doc: str, index: int, text: str, lang: str = "en", flag: Flag | None = None, **more: str) -> SegmentView:
    """A segment as `Workbench.segments` gives it; `english` may name its translation."""
    english = more.pop("english", "")
    state = TranslationState.OK if english else TranslationState.SAME
    known = Translation(english or text, "fake", state) if english or lang == "en" else None
    segment = Segment(text, ((0, len(text)),), lang, Kind.BODY, 0, flag=flag, **more)
    return SegmentView(f"{doc}-{index}", index, segment, flag is None, known)


def document(doc: str, name: str, lang: str, segments: Sequence[SegmentView], title: str = "") -> DocumentInfo:
    included = [view for view in segments if view.included]
    rest = [view.segment.lang for view in included if view.english is None]
    about = doc, name, title, lang, "txt", len(segments), len(included), len(included) - len(rest)
    return DocumentInfo(*about, untranslated=tuple(sorted(set(rest))))


def job(number: int, kind: str, docs: Sequence[str], state: JobState, **more: Any) -> Job:
    """A job as `Workbench.jobs` gives it."""
    about = {"asked": "", "stage": "", "done": 0, "total": 0, "rest": None, "message": "", "user": "Ada"}
    return Job(number, kind, tuple(docs), state, **about | {"worker": None} | more)


@dataclass
class FakeWorkbench:
    """`links`: for a pair of document ids, (source indices, target indices, confidence)."""

    texts: dict[str, list[SegmentView]] = field(default_factory=dict)
    about: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # name, language, title
    links: dict[tuple[str, str], list[tuple[tuple[int, ...], tuple[int, ...], float]]] = field(default_factory=dict)
    aligned: list[tuple[str, str]] = field(default_factory=list)
    reviews: dict[str, Status] = field(default_factory=dict)
    boundaries: dict[str, float] = field(default_factory=dict)  # of beads whose ends are not sure
    layouts: dict[str, str] = field(default_factory=dict)
    queue: list[Job] = field(default_factory=list)
    changes: int = 0
    user: str = "Ada"
    folder: Path = field(default_factory=lambda: Path(uuid4().hex))

    def for_user(self, name: str) -> FakeWorkbench:
        return replace(self, user=name) if name and name != self.user else self

    def put(self, doc: str, name: str, lang: str, segments: list[SegmentView], title: str = "") -> None:
        self.texts[doc], self.about[doc] = segments, (name, lang, title)

    def documents(self) -> list[DocumentInfo]:
        return [self._info(doc) for doc in self.texts]

    def names(self) -> dict[str, str]:
        return {doc: self.about[doc][0] for doc in self.texts}

    def _info(self, doc: str) -> DocumentInfo:
        name, lang, title = self.about[doc]
        return replace(document(doc, name, lang, self.texts[doc], title), layout=self.layouts.get(doc, ""))

    def segments(self, ref: str) -> list[SegmentView]:
        return self.texts[ref]

    def veil(self, docs: Sequence[str], pair: bool = False) -> None:
        return None

    def shown_segments(self, ref: str) -> list[SegmentView]:
        return self.segments(ref)

    def left_out(self) -> dict[str, Counter[Flag | None]]:
        return {
            doc: Counter(view.segment.flag for view in views if not view.included) for doc, views in self.texts.items()
        }

    def add_bytes(self, data: bytes, name: str, lang: str | None = None, encoding: str = "") -> Added:
        if b"\0" in data:
            return Added(name, error=f"{name} is not a text: it holds NUL bytes; save it as text first.")
        doc = f"d{len(self.texts)}"
        lines = data.decode(encoding or "utf-8").splitlines()
        self.put(doc, name, lang or "en", [passage(doc, at, line) for at, line in enumerate(lines)])
        return Added(name, doc, name, "added", len(lines))

    def remove(self, ref: str) -> None:
        self.changes += 1
        del self.texts[ref]
        self.aligned = [pair for pair in self.aligned if ref not in pair]

    def rename(self, ref: str, name: str) -> str:
        self.changes += 1
        _, lang, _ = self.about[ref]
        self.about[ref] = (name, lang, "")
        return name

    def set_language(self, ref: str, lang: str) -> None:
        self.changes += 1
        name, _, title = self.about[ref]
        self.about[ref] = (name, lang, title)

    def set_layout(self, ref: str, layout: Layout | None) -> None:
        self.changes += 1
        self.layouts[ref] = layout or ""

    def set_included(self, segment_ids: Iterable[str], included: bool) -> None:
        self.changes += 1
        wanted = set(segment_ids)
        for doc, views in self.texts.items():
            self.texts[doc] = [replace(view, included=included) if view.id in wanted else view for view in views]

    def translate(self, refs: Sequence[str] = (), progress: Progress = silent) -> None:
        self.changes += 1
        for doc in refs or self.texts:
            self.texts[doc] = [
                replace(view, english=view.english or Translation(f"English of {view.segment.text}", "fake"))
                for view in self.texts[doc]
            ]
        progress("translating", 1, 1)

    def align(self, refs: Sequence[str], progress: Progress = silent) -> list[PairView]:
        self.changes += 1
        self.translate(refs, progress)
        self.aligned += [pair for pair in combinations(refs, 2) if pair not in self.aligned]
        return [view for a, b in combinations(refs, 2) if (view := self.pair(a, b))]

    def ask_job(self, kind: str, refs: Sequence[str]) -> Job:
        """Done at once, so nobody has to work on it."""
        try:
            getattr(self, kind)(refs)
            self.queue.append(job(len(self.queue), kind, refs, JobState.DONE))
        except WorkbenchError as error:
            self.queue.append(job(len(self.queue), kind, refs, JobState.FAILED, message=str(error)))
        return self.queue[-1]

    def jobs(self) -> list[Job]:
        return list(self.queue)

    def steer_job(self, number: int, wish: Wish) -> Job:
        state = {"pause": JobState.PAUSED, "resume": JobState.DONE, "cancel": JobState.CANCELLED}[wish]
        at = next(at for at, known in enumerate(self.queue) if known.number == number)
        self.queue[at] = replace(self.queue[at], state=state)
        return self.queue[at]

    def pair(self, src: str, tgt: str, least: float = 0.0) -> PairView | None:
        if (tgt, src) in self.aligned:
            src, tgt = tgt, src
        if (src, tgt) not in self.aligned:
            return None
        links = [self._bead(src, tgt, *link) for link in self.links.get((src, tgt), [])]
        beads = tuple(bead for bead in links if bead.status is Status.ACCEPTED or bead.bead.confidence >= least)
        hidden = len(links) - len(beads)
        verdict = "Related tellings: about a third is shared."
        return PairView(self._info(src), self._info(tgt), beads, least, hidden, verdict, 0.5, 0.5, "fake", False)

    def _bead(self, src: str, tgt: str, left: tuple[int, ...], right: tuple[int, ...], confidence: float) -> BeadView:
        bead_id = f"{src}{left[0]}x{tgt}{right[0]}"
        status = self.reviews.get(bead_id, Status.UNREVIEWED)
        return BeadView(
            bead_id,
            tuple(f"{src}-{index}" for index in left),
            tuple(f"{tgt}-{index}" for index in right),
            Bead(
                left,
                right,
                confidence,
                confidence,
                ("the English texts are close", "both name 14 million"),
                self.boundaries.get(bead_id, 1.0),
            ),
            status,
            self.user if status is not Status.UNREVIEWED else "",
        )

    def aligned_pairs(self) -> list[tuple[str, str]]:
        return list(self.aligned)

    def state(self) -> int:
        return self.changes

    def review(self, bead_id: str, status: Status, since: int | None = None, *, src: str | None = None) -> Edited:
        found = [(pair, bead) for pair in self.aligned for bead in self.pair(*pair).beads if bead.id == bead_id]
        if not found:
            raise UnknownItemError(f"there is no pair {bead_id}")
        self.reviews[bead_id] = status
        self.changes += 1
        (pair, bead) = found[0]
        reviewer = self.user if status is not Status.UNREVIEWED else ""
        added = replace(bead, status=status, reviewer=reviewer)
        return Edited(self.changes - 1, self.changes, f"{status} {bead_id}", pair, (), (added,))

    def undo(self) -> Undone | None:
        if not self.reviews:
            return None
        bead_id, _ = self.reviews.popitem()
        self.changes += 1
        return Undone(f"took back the review of {bead_id}", (), self.changes - 1, self.changes)

    def redo(self) -> Undone | None:
        return None


HOSTILE = [
    "<script>window.hurt = 1</script><img src=x onerror='window.hurt = 2'>",
    "<b>bold</b> & \"quotes\" 'and' `code` **stars** ![pixel](http://outside.example/pixel.png)",
    "\u202eright to left override\u202c and שלום עולם",
    "zero\u200bwidth\u200djoiner\ufeff",
    "family 👩‍👩‍👧‍👦 and flag 🇫🇷",
    "long " + "abcdefghi " * 2000,
]


def sample() -> FakeWorkbench:
    """A French and a Chinese document with moved passages, a copy and a comment; a note; hostile text."""
    bench = FakeWorkbench()
    french = [
        ("La ville ouvre mille écoles de plus.", "The city opens a thousand more schools."),
        ("Le maire promet 14 millions d'euros.", "The mayor promises 14 million euros."),
        ("Il pleuvait ce jour-là.", "It was raining that day."),
        ("Les parents demandent des cantines.", "Parents ask for canteens."),
        ("Une maîtresse raconte sa matinée.", "A teacher tells of her morning."),
    ]
    chinese = [
        ("今天很热。", "It is hot today."),
        ("家长们要求学校提供午餐。", "Parents ask the schools for lunch."),
        ("市长承诺拨款1400万欧元。", "The mayor promises a grant of 14 million euros."),
        ("这座城市新开一千所学校。", "This city opens a thousand new schools."),
        ("会后有记者提问。", "Reporters asked questions afterwards."),
    ]
    fr = [passage("fr", at, text, "fr", english=english) for at, (text, english) in enumerate(french)]
    fr += [
        passage("fr", 5 + at, text, "fr", Flag.DUPLICATE, reason="a copy of passages 1 and 2")
        for at, (text, _) in enumerate(french[:2])
    ]
    fr.append(passage("fr", 7, "Super article !!!", "fr", Flag.COMMENT, reason="below the heading Comments"))
    zh = [passage("zh", at, text, "zh-Hans", english=english) for at, (text, english) in enumerate(chinese)]
    en = [
        passage("en", at, text) for at, text in enumerate(["A thousand schools open.", "Lunch is wanted.", "The end."])
    ]
    bench.put("fr", "rapport.fr.txt", "fr", fr, "Mille écoles")
    bench.put("zh", "transcript.zh-Hans.txt", "zh-Hans", zh)
    bench.put("en", "note.en.md", "en", en)
    trap = [passage("trap", at, text, english=text) for at, text in enumerate(HOSTILE)]
    bench.put(
        "trap",
        "![p](http://outside.example/p.png)<img src=x onerror=window.hurt=3>.txt",
        "en",
        trap,
        HOSTILE[1],
    )
    bench.links = {
        ("fr", "zh"): [((0,), (3,), 0.93), ((1,), (2,), 0.66), ((3,), (1,), 0.55)],
        ("fr", "en"): [((0,), (0,), 0.9), ((3,), (1,), 0.55)],
        ("zh", "en"): [((3,), (0,), 0.9)],
        ("fr", "trap"): [((at,), (at,), 0.9) for at in range(5)],
    }
    bench.boundaries = {"fr1xzh2": 0.3}
    bench.aligned = [("fr", "trap"), ("fr", "zh")]
    return bench


def long_sample(length: int) -> FakeWorkbench:
    """Two documents of `length` passages each, of which every third is linked."""
    bench = FakeWorkbench()
    for doc in ("a", "b"):
        texts = (f"Passage number {at} of {doc}, of a middling length, as passages are." for at in range(length))
        bench.put(
            doc,
            f"{doc}.txt",
            "en",
            [passage(doc, at, text, english=text + " In English.") for at, text in enumerate(texts)],
        )
    bench.links = {("a", "b"): [((at,), (at,), 0.9) for at in range(0, length, 3)]}
    bench.aligned = [("a", "b")]
    return bench
