"""What a line of text looks like: how wide it is, whether it ends a sentence, whether it is only a date."""

from __future__ import annotations

import re
import unicodedata

from workbench.ingest.phrases.dates import NOW, calendar_words, date_words
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.page import BUTTONS
from workbench.ingest.phrases.speech import SOUNDS

_CLOSERS = "\"'”’»›)]）］」』】》〉*_~ \t"
_TRIMMINGS = frozenset({"So", "Sk", "Mn", "Cf"})
_FINAL = tuple("．.!?…。！？｡؟۔।॥։።")
_PAUSES = tuple(",;:，、；：،؛—–-")
# What no sentence and no paragraph begins with: the line before it was broken off.
_CONTINUES = tuple(",;.，、。；：！？：)）]］」』】》〉%％…")
# Closing quotes in some languages, opening ones in others.
_QUOTES = tuple("”’»›")
_WEB = re.compile(r"\W{0,3}(?:https?://|www\.)\S+\W{0,3}", re.I)
_PAGE_NUMBER = re.compile(r"[-–—\s(\[]{0,4}\d{1,5}(?:\s*/\s*\d{1,5})?[-–—\s)\]]{0,4}")
_NUMBERS = re.compile(r"[\dkKmM\s.,:/()（）·•|+\-–—万萬千億亿]{1,30}")
_COUNTED = re.compile(r"\D+\s\d{1,4}")  # "Day 1", and "May 1"
_CALENDAR = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}|\d{1,2}:\d\d|(?:19|20)\d\d\s*[年년]")
_CLOCK = re.compile(
    r"[\[(]?\d{1,3}(?::\d\d){1,2}(?:[.,]\d{1,3})?[\])]?(?:\s*(?:-->|[-–])\s*\d{1,3}(?::\d\d){1,2}(?:[.,]\d{1,3})?)?"
)
_SOUND = re.compile(
    r"(?P<bracketed>[\[【][^\]】]{0,60}(?<![.!?。！？])[\]】])|(?P<named>[♪♫(（](?=[^♪♫)）]*[^\W\d_])[^♪♫)）]{1,60}[♪♫)）])|[♪♫\s～~]+"
)
_NOISE = re.compile(r"[\u3040-\u9fff]+[声聲音响響鸣鳴]|.*[\uac00-\ud7a3] ?소리")  # "the sound of", at the end

_REMARK = re.compile(r"[(（][^()（）]{1,80}[)）][.。]?")

_AND = frozenset({"and", "et", "und", "y", "e"})
_ABBREVIATION = 5  # letters that may be one: "(NATO)"
_SOUND_WORDS = 3  # of a sound outside of captions; "[She opens the door and looks out]" is of a play

LONGEST_DATE = 60


def cells(text: str) -> int:
    """The width of a text where CJK characters take two columns."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else not unicodedata.combining(ch) for ch in text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with final punctuation, closing quotes, brackets and emoji aside."""
    end = len(text)
    while end and (text[end - 1] in _CLOSERS or unicodedata.category(text[end - 1]) in _TRIMMINGS):
        end -= 1
    return text[:end].endswith(_FINAL)


def is_finished(text: str) -> bool:
    """Whether a text ends a sentence and is not cut off in its middle."""
    return ends_sentence(text) and not text.endswith(("...", "…"))


def ends_open(text: str) -> bool:
    """Whether a text ends with punctuation that a sentence goes on after."""
    return text.rstrip().endswith(_PAUSES)


def continues(text: str) -> bool:
    """Whether a text begins with what can only stand inside a sentence."""
    if text.startswith(_QUOTES):
        return len(text) > 1 and not text[1].isalnum()
    return text.startswith(_CONTINUES) and not text.startswith(("...", "…", ".."))


def begins_lower(text: str) -> bool:
    """Whether the first letter is a small one, in scripts that have two kinds."""
    return text[:1].islower() or (text[:1] in "\"'“‘«(¿¡" and text[1:2].islower())


def is_remark(text: str) -> bool:
    """Whether a line stands in round brackets from its first character to its last: "(repealed)"."""
    return bool(_REMARK.fullmatch(text))


def is_address(text: str) -> bool:
    """Whether a line is a web address and nothing else."""
    return bool(_WEB.fullmatch(text))


def is_clock(text: str) -> bool:
    """Whether a line is a time stamp of a recording: "1:05", "[00:01:05]", "00:01 - 00:04"."""
    return len(text) <= LONGEST_DATE and bool(_CLOCK.fullmatch(text))


def is_sound(text: str, *, captions: bool = True, capitals: bool = False) -> bool:
    """Whether a line describes sounds: "[Music]", "(笑)", "♪", "(Music) (Sighs)". What is sung, "♪ la la ♪", is words.

    `captions`: all that stands in square brackets is a sound; elsewhere it may be a heading or a name: "【背景】".
    `capitals`: what stands in brackets and capitals is a sound too, as in English subtitles: "(DOOR SLAMS)".
    """
    at = 0
    while at < len(text) <= LONGEST_DATE + 4:
        match = _SOUND.match(text, at)
        if match is None or (match["named"] and not _names_sounds(match["named"], capitals)):
            return False
        if match["bracketed"] and not captions and not _has_sound(match["bracketed"]):
            return False
        at = match.end()
    return 0 < at == len(text)


def _has_sound(text: str) -> bool:
    """Whether one of a few words is that of a sound: "[soft music]"."""
    words = fold(text).split()
    return len(words) <= _SOUND_WORDS and (not SOUNDS.isdisjoint(words) or bool(_NOISE.fullmatch("".join(words))))


def _names_sounds(text: str, capitals: bool) -> bool:
    words = fold(text)
    if words in SOUNDS or _NOISE.fullmatch(words):
        return True
    if capitals and text[0] in "(（" and text.isupper() and len(words) > _ABBREVIATION:
        return not text[:-1].rstrip().endswith(_FINAL)
    return not SOUNDS.isdisjoint(words.split()) and (SOUNDS | _AND).issuperset(words.split())


def is_button(text: str) -> bool:
    """Whether a line is the label of a button, perhaps with a count: "Reply", "Share (3)"; "report." ends a text."""
    return len(text) <= 40 and not (text.endswith((".", "。")) and is_finished(text)) and fold(text) in BUTTONS


def is_counter(text: str) -> bool:
    """Whether a line is only a count, perhaps of likes or replies: "0", "0/200", "1.2K", "3 replies"."""
    if not text or len(text) > 40 or not any(map(str.isdigit, text)) or _CALENDAR.search(text):
        return False
    return bool(_NUMBERS.fullmatch(text)) or is_button(text)


def is_page_number(text: str) -> bool:
    """Whether a line is a number of a page or a count and nothing else: "12", "- 3 -", "0/200"."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def is_date(text: str) -> bool:
    """Whether a line is a date or a time and nothing else, absolute or relative, in any of many languages."""
    if not text or len(text) > LONGEST_DATE:
        return False
    if not any(map(str.isdigit, text)):
        return fold(text) in NOW
    words = _date_parts(text)
    if _COUNTED.fullmatch(text) and calendar_words().isdisjoint(words):
        return False
    named = text[0].isdigit() or any(len(word) > 1 or not word.isascii() for word in words)  # "2h", no "A1"
    return set(words) <= date_words() and bool((words and named) or _CALENDAR.search(text))


def _date_parts(text: str) -> list[str]:
    """The words of a line; CJK units such as 年, which stand together, one by one where needed."""
    known = date_words()
    words = fold(text).split()
    return [part for word in words for part in ([word] if word in known or word.isascii() else list(word))]


def has_date(text: str) -> bool:
    """Whether a short line names a date beside other things: "Ana Ruiz · 3 May 2025"."""
    if len(text) > LONGEST_DATE or not any(map(str.isdigit, text)):
        return False
    return bool(_CALENDAR.search(text)) or sum(word in date_words() for word in fold(text).split()) >= 2
