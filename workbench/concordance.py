"""Words and phrases in context: where they stand in many passages, in originals and in their English.

Case, width (full and half), accents, typographic apostrophes and hyphens, and Traditional or Simplified characters
make no difference unless they are asked to. Texts are folded character by character (Unicode compatibility
decomposition and case folding), so that a hit's place in the folded text leads back to its place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from workbench.errors import InputError
from workbench.lang import WORDLESS, is_cjk, simplified

Span = tuple[int, int]  # start and end, in characters

LONGEST_PHRASE = 300  # characters

# Signs that stand above or below a letter and can be left out when it is looked for. The signs of kana, Thai and the
# scripts of India are not among them: without them it is another letter.
_ACCENTS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1dc0-\u1dff"
_IS_ACCENT = re.compile(f"[{_ACCENTS}]")
# What follows a letter and makes it another one, once taken apart: ガ is カ and a sign, 각 is 가 and a letter.
_GOES_ON = f"[{_ACCENTS}\u3099\u309a\u1160-\u11ff]"
_ALIKE = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"}
_PLAIN_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
# Letters of the scripts that set words apart. The others have no words to be whole, so they end every word.
_LETTER = rf"(?:[^\W{WORDLESS}]|[{_ACCENTS}\u0900-\u0963\u0966-\u0dff])"


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment to be searched. `english`: its translation, empty where there is none or the text is English."""

    id: str
    doc: str
    index: int  # 0-based, within the document
    lang: str
    text: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `whole_words` bears on scripts that set words apart, not on Chinese, Japanese or Thai."""

    phrase: str
    match_case: bool = False
    match_accents: bool = False
    whole_words: bool = False
    english: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that has the phrase, and every place where, in the original and in its English."""

    passage: Passage
    original: tuple[Span, ...]
    english: tuple[Span, ...]


class Corpus:
    """Passages made ready to be searched many times."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = tuple(passages)
        self.by_id = {passage.id: passage for passage in self.passages}
        self._folded: dict[tuple[bool, bool], tuple[_Folded, _Folded]] = {}

    def prepare(self) -> None:
        """Do now what the first search would have to do."""
        self._ready(match_case=False, match_accents=False)

    def find(self, query: Query, docs: Container[str] | None = None, langs: Container[str] | None = None) -> list[Hit]:
        """The passages with the phrase, in their own order. `docs` and `langs`: look only in these, None: in all.

        Raises InputError where the phrase is empty or so long that nobody means it.
        """
        table = _table(query.match_case, query.match_accents)
        pattern, needle = _pattern(query, table)
        originals, translations = self._ready(query.match_case, query.match_accents)
        texts = originals.having(needle)
        english = translations.having(needle) if query.english else {}
        hits = []
        for at in sorted(texts.keys() | english.keys()):
            passage = self.passages[at]
            if (docs is not None and passage.doc not in docs) or (langs is not None and passage.lang not in langs):
                continue
            hit = Hit(
                passage,
                _spans(pattern, passage.text, texts[at], table) if at in texts else (),
                _spans(pattern, passage.english, english[at], table) if at in english else (),
            )
            if hit.original or hit.english:
                hits.append(hit)
        return hits

    def _ready(self, match_case: bool, match_accents: bool) -> tuple[_Folded, _Folded]:
        key = (match_case, match_accents)
        if key not in self._folded:
            table = _table(*key)
            self._folded[key] = (
                _Folded(_fold(passage.text, table) for passage in self.passages),
                _Folded(_fold(passage.english, table) for passage in self.passages),
            )
        return self._folded[key]


class _Folded:
    """Folded texts, none of which has a line's end, as one, so that those without a word cost next to nothing."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [text + "\n" for text in texts]
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._joined = "".join(lines)

    def having(self, needle: str) -> dict[int, str]:
        """The texts that have it, by their place."""
        found, at = {}, self._joined.find(needle)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            end = self._starts[place + 1]
            found[place] = self._joined[self._starts[place] : end - 1]
            at = self._joined.find(needle, end)
        return found


def clipped(text: str, spans: Sequence[Span], width: int) -> Iterator[tuple[str, str, str]]:
    """Each place with at most `width` characters before and after it, cut between words where there are any."""
    for start, end in spans:
        before, after = text[max(0, start - width) : start], text[end : end + width]
        if start > width and " " in before:
            before = before[before.index(" ") + 1 :]
        if end + width < len(text) and " " in after:
            after = after[: after.rindex(" ")]
        left, right = len(before) < start, end + len(after) < len(text)
        yield ("… " if left else "") + before, text[start:end], after + (" …" if right else "")


def marked(text: str, spans: Sequence[Span], width: int) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, those of `spans` (in order, apart) marked; of a long one what is at most `width` from them.

    A text without spans is shown from its beginning, up to twice `width`.
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        pieces += _between(text, at, start, width)
        pieces.append((text[start:end], True))
        at = end
    rest = text[at : at + (width if spans else 2 * width)]
    pieces.append((rest + (" …" if at + len(rest) < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def _between(text: str, start: int, end: int, width: int) -> list[tuple[str, bool]]:
    """What stands before a mark: its end, and its beginning too where that follows another mark."""
    if end - start <= 2 * width:
        return [(text[start:end], False)]
    return [(text[start : start + width] if start else "", False), (" … ", False), (text[end - width : end], False)]


class _Table(dict[int, str]):
    """What becomes of a character, made when it is met."""

    def __init__(self, match_case: bool, match_accents: bool) -> None:
        super().__init__()
        self.match_case, self._match_accents = match_case, match_accents

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = self._folded(char)
        return folded

    def _folded(self, char: str) -> str:
        if char.isspace():
            return " "
        if unicodedata.category(char) in ("Cf", "Cc"):
            return ""
        if is_cjk(char):
            char = simplified(char)
        parts = unicodedata.normalize("NFKD", _ALIKE.get(char, char))
        if not self.match_case:
            parts = unicodedata.normalize("NFKD", parts.casefold())
        if not self._match_accents:
            parts = "".join(_PLAIN_LETTERS.get(part, part) for part in _IS_ACCENT.sub("", parts))
        return parts


@cache
def _table(match_case: bool, match_accents: bool) -> _Table:
    return _Table(match_case, match_accents)


def _is_simple(text: str) -> bool:
    """Whether each character is folded into one."""
    return text.isascii() and text.isprintable()


def _fold(text: str, table: _Table) -> str:
    if _is_simple(text):
        return text if table.match_case else text.lower()
    return text.translate(table)


def _pattern(query: Query, table: _Table) -> tuple[re.Pattern[str], str]:
    """What finds the phrase in a folded text, and a word of it that such a text has in any case."""
    words = _fold(query.phrase, table).split()
    if not words:
        raise InputError("there is nothing to look for; type a word or a phrase")
    if len(query.phrase) > LONGEST_PHRASE:
        raise InputError(f"the phrase has {len(query.phrase):,} characters; look for one of at most {LONGEST_PHRASE}")
    before = after = ""
    if query.whole_words:  # asked first: to compile what a letter is takes a tenth of a second
        before = f"(?<!{_LETTER})" if re.match(_LETTER, words[0]) else ""
        after = f"(?!{_LETTER})" if re.match(_LETTER, words[-1][-1]) else ""
    return re.compile(before + " +".join(map(re.escape, words)) + f"(?!{_GOES_ON})" + after), max(words, key=len)


def _spans(pattern: re.Pattern[str], text: str, folded: str, table: _Table) -> tuple[Span, ...]:
    """Where the pattern is in the text as it was, before it was folded."""
    if _is_simple(text):
        return tuple([match.span() for match in pattern.finditer(folded)])
    ends = list(accumulate(len(table[ord(char)]) for char in text))
    found: dict[Span, None] = {}
    for match in pattern.finditer(folded):
        start, end = bisect_right(ends, match.start()), bisect_left(ends, match.end()) + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        found[start, end] = None
    return tuple(found)
