"""What translation engines do when they fail: loops, one answer for everything, sounds that nobody made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import eq

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.facts import degenerate
from workbench.quality.material import Material

_ITEM = re.compile(r"\w+|[^\w\s]")
_REPEATED = re.compile(r"(\w.{0,160}?)(?:\W*\1)+", re.DOTALL | re.IGNORECASE)
_DRAWN_OUT = re.compile(r"(.)\1{5}", re.DOTALL)
_SOUNDS = (
    "applause|applauding|laughter|laughs|laughing|cheers|cheering|music|singing|sighs?|coughs?|chuckles|"
    "applaudissements|rires|musique|applaus|beifall|gelächter|musik|aplausos?|risas|risos|música|"
    "掌声|掌聲|鼓掌|笑声|笑聲|众笑|音乐|音樂|拍手|笑い声?|音楽|拍手喝采|박수|웃음|음악"
)
_SOUND = re.compile(rf"[(\[（【〔]\s*(?:[^\W\d_]+\s+){{0,2}}(?:{_SOUNDS})\s*[)\]）】〕]|[♪♫♬#]?[♪♫♬]+", re.IGNORECASE)
_BEFORE_SOUNDS = "([（【〔♪♫♬"
_CREDITS = re.compile(
    r"(?:subtitles|captions|subtitled|translated) by\b|thanks? (?:you )?for watching|please subscribe|"
    r"sous-titr\w+ (?:par|réalis)|untertitel(?:ung)? (?:von|des|im auftrag)|subt[íi]tulos (?:por|de|realizados)|"
    r"legendas? (?:por|pela)|字幕(?:由|组|組|製作|制作)|谢谢观看|感謝觀看|ご視聴ありがとう|시청해 ?주셔서|"
    r"자막 ?(?:제작|by)",
    re.IGNORECASE,
)
# One of these is in each.
_IN_CREDITS = (
    "subtit", "caption", "translated", "thank", "subscribe", "sous-titr", "untertitel", "subtít", "legenda", "字幕",
    "观看", "觀看", "ご視聴", "시청", "자막",
)  # fmt: skip


def loops(unit: TranslationUnit) -> Iterator[Issue]:
    """A phrase or a stretch of letters that is repeated more often than in the source."""
    reason = degenerate.loop(unit.src_text, unit.tgt_text) if _may_loop(unit.tgt_text) else ""
    if reason:
        start, end = max((match.span() for match in _REPEATED.finditer(unit.tgt_text)), key=_length, default=(0, 0))
        said = reason.partition(": ")[2]
        yield Issue("repetition", Severity.MAJOR, "tgt", start, end, f"It repeats itself: {said}.")


def _may_loop(text: str) -> bool:
    """Whether a text repeats anything as often as a loop does: cheap to see, and not so of most."""
    folded = text.casefold()
    items = _ITEM.findall(folded)
    words = [item for item in items if item[0].isalnum() or item[0] == "_"]
    letters = [] if text.isascii() else [ch for ch in folded if ch.isalnum()]
    return (
        (_equal(folded, 1) > 4 and _DRAWN_OUT.search(folded) is not None)
        or (_again(words) > 2 and any(_equal(words, gap) >= max(3, gap) for gap in range(1, 13)))
        or any(_equal(word, gap) > 5 for word in words if len(word) > 7 and _again(word) > 5 for gap in range(2, 25))
        or any(_repeats_triples(some) for some in (items, letters))
    )


def _again(items: Sequence[str]) -> int:
    """How many items stood before."""
    return len(items) - len(set(items))


def _repeats_triples(items: Sequence[str]) -> bool:
    least = 0.7 * len(items) - 2
    return len(set(items)) - 2 < least and len(set(zip(items, items[1:], items[2:], strict=False))) < least


def _equal(items: Sequence[str], gap: int) -> int:
    """How many items are what comes so far behind them."""
    return sum(map(eq, items, items[gap:]))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def artefacts(unit: TranslationUnit) -> Iterator[Issue]:
    """Applause, music and credits of which the source has none, or fewer."""
    lower = unit.tgt_text.lower()
    for pattern, hints, what in ((_SOUND, _BEFORE_SOUNDS, "a sound"), (_CREDITS, _IN_CREDITS, "a credit of subtitles")):
        found = list(pattern.finditer(unit.tgt_text)) if any(hint in lower for hint in hints) else []
        if not found:
            continue
        for match in found[len(pattern.findall(unit.src_text)) :]:
            yield Issue(
                "artefacts", Severity.MAJOR, "tgt", *match.span(), f"{match[0]!r}: {what} that the source lacks."
            )


def constant(material: Material) -> Iterator[tuple[int, Issue]]:
    """One answer to many different texts."""
    places = [place for place, unit in enumerate(material.units) if not unit.is_null]
    pairs = [(material.units[place].src_text, material.units[place].tgt_text) for place in places]
    for number, reason in degenerate.constant_answers(_shared(pairs)).items():
        place = places[number]
        text = material.units[place].tgt_text
        said = reason.partition(": ")[2]
        yield place, Issue("constant", Severity.CRITICAL, "tgt", 0, len(text), f"It is {said}.")


def _shared(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs, without the answers that are given once and need no further look."""
    times = Counter(answer for _, answer in pairs)
    return [(source, answer if times[answer] > 1 else "") for source, answer in pairs]
