"""What happens to a text before translation: cleaned, passed over, or cut into parts a model can take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from workbench.facts.numbers import Quantity, is_ordinal, numbers

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)@\w+")
# What is the same in every language: addresses, code, tags, places to be filled in.
_KEPT = re.compile(
    r"((?:https?://|www\.)[!-~]*[\w/#=&]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|`[^`\n]+`|\{\w*\}|%(?:\d\$)?[ds]\b|</?[a-z][^<>]*>)",
    re.ASCII,
)
_OPENING, _CLOSING = tuple("([{«“‘¿¡"), tuple(".,;:!?)]}»”’…")
_SIGNS = str.maketrans("。、，！？：；（）", ".,,!?:;()")
# Invisible: byte order mark, soft hyphen, zero-width space, direction marks. Joiners mean something and stay.
_INVISIBLE = dict.fromkeys([0xFEFF, 0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A)])
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Longer than any word of a language that writes spaces: data, or letters held down.
_UNBROKEN = re.compile(r"[!-~\u00a1-\u024f]{100,}")
# Ten thousand, a hundred millions and their square, which English has no words for.
_MYRIADS = frozenset("万萬億亿兆만억조")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MOST_DIGITS = 6
# Where a long text is cut, best first: after a sentence, a clause, a phrase, a word.
_BOUNDARIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"[.!?…][\"'”’»)\]]*\s+|[。！？]+[”’」』）]*",
        r"[;:]\s+|[；：]|\s+[–—]\s+|[—]",
        r",\s+|[，、]",
        r"\s+",
    )
)
# A cut leaves each half at least this share of the text.
_MARGIN = 0.2


def clean(text: str) -> str:
    """Without control and invisible characters, white space as single blanks.

    >>> clean("un\\u200b petit\\x00\\n chat")
    'un petit chat'
    """
    return " ".join(_CONTROL.sub(" ", text).translate(_INVISIBLE).split())


def encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, replaced by "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def nothing_to_translate(text: str) -> bool:
    """Whether a text has no word to translate: numbers, signs, emoji, addresses.

    >>> [nothing_to_translate(text) for text in ("12,5 %", "https://example.org/a", "🎉🎉", "3 km")]
    [True, True, True, False]
    """
    return not any(unicodedata.category(ch).startswith("L") for ch in _ADDRESS.sub("", text))


def apart(text: str) -> list[str]:
    """A text in pieces, every second of which means the same in any language: addresses, code, placeholders.

    >>> apart("Voyez https://example.org/a, {name}.")
    ['Voyez ', 'https://example.org/a', ', ', '{name}', '.']
    """
    return _KEPT.split(text)


def lost(text: str, translation: str) -> list[str]:
    """Which of what means the same in any language is not in a translation as it stands in the text."""
    return [kept for kept in dict.fromkeys(apart(text)[1::2]) if kept not in translation]


def together(pieces: Iterable[str]) -> str:
    """The pieces of a text, every second as it is, with blanks between them, but not in brackets and before commas.

    >>> together(["See", "https://example.org/a", "，", "{name}", "。"])
    'See https://example.org/a, {name}.'
    """
    whole = ""
    for number, piece in enumerate(pieces):
        piece = piece if number % 2 else piece.translate(_SIGNS).strip()
        if not piece:
            continue
        whole += piece if not whole or piece.startswith(_CLOSING) or whole.endswith(_OPENING) else f" {piece}"
    return whole


def in_millions(text: str, lang: str) -> str:
    """A Chinese, Japanese or Korean text with what it counts by ten thousands counted as English does.

    Models that had few such numbers to learn from mistake them by powers of ten; English ones they copy.

    >>> in_millions("约2.5亿人，3万5千公里", "zh")
    '约 250 million 人， 35,000 公里'
    """
    counted = (
        (quantity.start, quantity.end, _in_english(quantity))
        for quantity in numbers(text, lang)
        if not (_MYRIADS.isdisjoint(text[quantity.start : quantity.end]) or is_ordinal(text, quantity.start))
    )
    return spaced(parted(text, counted))


def parted(text: str, instead: Iterable[tuple[int, int, str]]) -> list[str]:
    """By turns what stands between places of a text, in order (start, end, what), and what is to stand in them."""
    found, end = [], 0
    for start, last, what in instead:
        found += [text[end:start], what]
        end = last
    return [*found, text[end:]]


def spaced(parts: Sequence[str]) -> str:
    """Parts with blanks between them, as English wants them in Chinese, Japanese or Korean; one alone as it is."""
    return " ".join(filter(None, map(str.strip, parts))) if len(parts) > 1 else parts[0]


def _in_english(quantity: Quantity) -> str:
    for scale, word in _SCALES:
        share = format((quantity.value / scale).normalize(), "f")
        if quantity.value >= scale and len(share) <= _MOST_DIGITS:
            return f"{share} {word}"
    return f"{quantity.value:,f}"


def is_unbroken(text: str) -> bool:
    """Whether a text is nothing but Latin letters and signs without a space, too many for words.

    >>> [is_unbroken(text) for text in ("x" * 10_000, "Donaudampfschifffahrt", "天" * 200)]
    [True, False, False]
    """
    return bool(_UNBROKEN.search(text)) and nothing_to_translate(_UNBROKEN.sub("", text))


def split(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a text in two again and again until every part fits, where the language allows it best.

    Nothing but white space at the cuts is lost. A single character is never cut.
    """
    if len(text) < 2 or fits(text):
        return [text]
    cut = _cut(text)
    return [part for half in (text[:cut].strip(), text[cut:].strip()) if half for part in split(half, fits)]


def _cut(text: str) -> int:
    low, high, middle = len(text) * _MARGIN, len(text) * (1 - _MARGIN), len(text) / 2
    for boundary in _BOUNDARIES:
        ends = [match.end() for match in boundary.finditer(text) if low <= match.end() <= high]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    cut = len(text) // 2
    while cut < len(text) - 1 and unicodedata.combining(text[cut]):
        cut += 1
    return cut
