"""What translation engines do when they fail: loops, one answer for everything, sounds that nobody made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.facts import degenerate
from workbench.quality.material import Material

_REPEATED = re.compile(r"(\w.{0,160}?)(?:\W*\1)+", re.DOTALL)
_SOUNDS = (
    "applause|applauding|laughter|laughs|laughing|cheers|cheering|music|singing|sighs?|coughs?|chuckles|"
    "applaudissements|rires|musique|applaus|beifall|gelächter|musik|aplausos?|risas|risos|música|"
    "掌声|掌聲|鼓掌|笑声|笑聲|众笑|音乐|音樂|拍手|笑い声?|音楽|拍手喝采|박수|웃음|음악"
)
_SOUND = re.compile(rf"[(\[（【〔]\s*(?:[^\W\d_]+\s+){{0,2}}(?:{_SOUNDS})\s*[)\]）】〕]|[♪♫♬#]?[♪♫♬]+", re.IGNORECASE)
_CREDITS = re.compile(
    r"(?:subtitles|captions|subtitled|translated) by\b|thanks? (?:you )?for watching|please subscribe|"
    r"sous-titr\w+ (?:par|réalis)|untertitel(?:ung)? (?:von|des|im auftrag)|subt[íi]tulos (?:por|de|realizados)|"
    r"legendas? (?:por|pela)|字幕(?:由|组|組|製作|制作)|谢谢观看|感謝觀看|ご視聴ありがとう|시청해 ?주셔서|"
    r"자막 ?(?:제작|by)",
    re.IGNORECASE,
)


def loops(unit: TranslationUnit) -> Iterator[Issue]:
    """A phrase or a stretch of letters that is repeated more often than in the source."""
    reason = degenerate.loop(unit.src_text, unit.tgt_text)
    if reason:
        start, end = max((match.span() for match in _REPEATED.finditer(unit.tgt_text)), key=_length, default=(0, 0))
        said = reason.partition(": ")[2]
        yield Issue("repetition", Severity.MAJOR, "tgt", start, end, f"It repeats itself: {said}.")


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def artefacts(unit: TranslationUnit) -> Iterator[Issue]:
    """Applause, music and credits of which the source has none, or fewer."""
    for pattern, what in ((_SOUND, "a sound"), (_CREDITS, "a credit of subtitles")):
        found = list(pattern.finditer(unit.tgt_text))
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
