"""How the pages put things: pure functions from data to plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from workbench.datatypes import Bead, Campaign, Flag, Kind, Layout, Segment, Status, Translation, TranslationState
from workbench.lang import same_language
from workbench.plurals import count, of_100
from workbench.quality.estimate import UNCALIBRATED
from workbench.review import numbers
from workbench.store import Undone
from workbench.wiring.views import DocumentInfo, PairView, SegmentView

SURE, LIKELY = 0.8, 0.5

_BLANKS = re.compile(r"[^\S\u00a0]+")  # but those at which no line is broken
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&@/])")
_MARKDOWN_OF_LABELS = re.compile(r"[\\`*_{}\[\]()#+!|<>~:$&@/]")
_OUR_WORDS = ("a ", "an ", "it ", "no ", "the ", "there ", "these ", "this ")  # that errors begin with
_FLAGS = {
    Flag.DUPLICATE: "a copy of other passages",
    Flag.COMMENT: "reader comments",
    Flag.FURNITURE: "page furniture",
    Flag.METADATA: "metadata",
}

_COUNTED: dict[Flag | None, tuple[str, str]] = {
    Flag.DUPLICATE: ("copy", "copies"),
    Flag.COMMENT: ("reader comment", "reader comments"),
    Flag.FURNITURE: ("piece of page furniture", "pieces of page furniture"),
    Flag.METADATA: ("piece of metadata", "pieces of metadata"),
    None: ("by hand", "by hand"),
}

_FOUND = {Kind.BODY: "running text", Kind.TURN: "speakers in turn", Kind.CAPTION: "captions"}
_LAYOUTS = {
    Layout.PARAGRAPHS: "a paragraph a line",
    Layout.WRAPPED: "wrapped lines",
    Layout.CAPTIONS: "captions",
}


def plain(text: str) -> str:
    """Text that Streamlit's Markdown shows as it is: a file name must not become a link, an image or HTML."""
    return _MARKDOWN.sub(r"\\\1", _BLANKS.sub(" ", text).strip())


def spoken(text: str) -> str:
    """A text as a label that is not seen: Streamlit draws Markdown of it, out of sight, and tells it to screen readers
    as it is. So what would be Markdown is left out, where `plain` would have backslashes read aloud.

    >>> spoken("Choose my_talk.fr.txt ![](http://x)")
    'Choose my talk.fr.txt http x'
    """
    return " ".join(_MARKDOWN_OF_LABELS.sub(" ", text).split())


def sentence(text: str) -> str:
    """With a capital at the beginning and a stop at the end."""
    return _ended(text[:1].upper() + text[1:])


def complaint(error: Exception) -> str:
    """An error as a sentence. The name of a file or a person that begins one stays as it is."""
    text = str(error)
    return sentence(text) if text.startswith(_OUR_WORDS) else _ended(text)


def unforeseen(doing: str = "") -> str:
    """That something failed for which there is no sentence; `doing` completes 'While ...'."""
    failed = f"while {doing}, something failed" if doing else "something failed"
    return sentence(
        f"{failed} that we did not foresee. Nothing that was saved is lost; the terminal that runs the workbench shows "
        "the details"
    )


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def size(number: int) -> str:
    """A number of bytes: `31 MB`."""
    return f"{number / 1e6:,.0f} MB" if number >= 1e6 else f"{number / 1e3:,.0f} kB"


def estimated(estimate: float, reasons: Sequence[str]) -> str:
    """How good a translation is reckoned to be, 0 to 1 (higher is better), with what speaks most against it."""
    against = [f"against it: {reason}" for reason in reasons if reason != UNCALIBRATED][:1]
    calibrated = ["not calibrated"] if UNCALIBRATED in reasons else []
    return "; ".join([", ".join([f"estimate {100 * estimate:.0f} of 100", *calibrated]), *against])


def band(confidence: float) -> str:
    """A confidence of 0 to 1 (higher is better) as one of three words."""
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "doubtful"


def ends_are_doubtful(bead: Bead) -> bool:
    """Whether a link is more likely than not to begin or end in the wrong place, if it is right at all."""
    return bead.boundary < LIKELY


def why(bead: Bead) -> list[str]:
    """What a link's confidence rests on and what may be wrong with it, a line each."""
    sure = f"confidence {of_100(bead.confidence)} of 100"
    lines = [sure + (": these passages may not say the same" if bead.confidence < LIKELY else "")]
    if ends_are_doubtful(bead):
        ends = of_100(bead.boundary)
        lines.append(f"its ends: {ends} of 100; a passage more or less may belong to it, on one side or the other")
    return [*lines, *bead.reasons]


def translation_note(segment: Segment, english: Translation | None, untranslated: Callable[[str], str]) -> str:
    """What a reader should know of an English text before trusting it; empty where it needs no remark.

    `untranslated`: why a language has no English.
    """
    if english is None:
        return "" if same_language(segment.lang, "en") else untranslated(segment.lang)
    if english.state is TranslationState.EDITED:
        return f"written by {english.model}" if english.model else "written by hand"
    if english.state is TranslationState.RETRIED:
        return "retried: the first translation went astray"
    if english.state is TranslationState.SUSPECT:
        return "suspect: " + (", ".join(english.reasons) or "the translation looks wrong")
    if english.state is TranslationState.MISSING:
        return "missing: no installed model translates this language"
    return ""


def veil_note(campaign: Campaign) -> str:
    """Why something is not shown, in a sentence or two."""
    return (
        f"Spot check {campaign.number} ({campaign.name}) is blind: until it has a verdict, pages show neither who or"
        " what translated this, nor how good that is reckoned to be, nor what automatic checks find."
    )


def translated_by(english: Translation) -> str:
    """Who wrote an English text; empty where that is not shown."""
    if not english.model:
        return ""
    if english.state is TranslationState.EDITED:
        return f"Written by {english.model}"
    return f"Machine translation by {english.model}"


def layout_name(layout: str, info: DocumentInfo) -> str:
    """What the lines of a document are said to be, a Layout; empty: what was found."""
    if layout:
        return _LAYOUTS[Layout(layout)]
    return "as found at first" if info.layout else f"found: {_FOUND[info.kind]}"


def left_out_counts(causes: Mapping[Flag | None, int]) -> str:
    """`12 left out (9 copies, 3 reader comments)`; empty where everything takes part. None: left out by hand."""
    if not causes:
        return ""
    ordered = sorted(causes.items(), key=lambda item: -item[1])
    told = ", ".join(count(number, *_COUNTED[flag]) for flag, number in ordered)
    return f"{sum(causes.values()):,} left out ({told})"


def left_out(view: SegmentView) -> str:
    """Why a segment takes no part, in a few words."""
    flag = view.segment.flag
    return _FLAGS[flag] if flag else "left out by hand"


def halves(links: Sequence[Bead]) -> str:
    """What a link was split into, to be said behind that it was; empty where not both halves are links."""
    if len(links) < 2:
        return ""
    told = " and ".join(f"{numbers(bead.src)} with {numbers(bead.tgt)}" for bead in sorted(links, key=_place))
    return f" into {told}; J, K and Shift move where they end and begin"


def _place(bead: Bead) -> tuple[int, ...]:
    return bead.src


def word_given(pair: PairView, busy: bool) -> str:
    """What rests on it that somebody says, or said, that both documents tell of one thing; `busy`: it is made anew."""
    word = f"{pair.related_by or 'somebody'}’s word that both tell of one thing"
    if pair.related_by is None:
        anew = "they are being looked for anew" if busy else "press Align again"
        return f"The links rest on {word}, which was taken back: {anew}."
    if pair.related:
        return f"The links rest on {word}."
    anew = "links are being looked for anew" if busy else "press Align again to look for links with that in mind"
    return f"There is {word}: {anew}."


def out_of_date(pairs: Sequence[tuple[str, str]]) -> str:
    """That what is shown of pairs of documents, by name, rests on alignments that are to be made again."""
    if len(pairs) == 1:
        [(a, b)] = pairs
        return f"Since {a} and {b} were aligned, they, what is said of them, or the models changed: press Align again."
    names = "; ".join(f"{a} and {b}" for a, b in pairs)
    return f"Since these were aligned, they, what is said of them, or the models changed: {names}. Press Align again."


def in_documents(done: Undone, names: Mapping[str, str], shown: Collection[str] = ()) -> str:
    """The documents of a change, to be said behind it; empty where it names them, or they are the only two `shown`.

    `names`: of documents, by id.
    """
    if len(shown) == 2 and set(done.docs) <= set(shown):
        return ""
    told = [names[doc] for doc in done.docs if doc in names]
    if not told or any(name in done.said for name in told):
        return ""
    return f", in {' and '.join(told)}" if len(told) <= 2 else f", in {len(told):,} documents"


def review_note(status: Status, reviewer: str) -> str:
    """`accepted by Ada`; empty for what nobody has looked at."""
    if status is Status.UNREVIEWED:
        return ""
    return f"{status.value} by {reviewer}" if reviewer else status.value
