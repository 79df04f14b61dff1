"""Sentence-like units of caption lines, which as a rule carry no punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.lang import is_cjk, primary, simplified
from workbench.segment.cues import Cues, cues_for
from workbench.segment.joined import Joined, Span
from workbench.segment.sentences import cut, uncut_sentences

# In words; a CJK character is half a word.
_SHORT, _LONG, _TOO_LONG = 8.0, 20.0, 30.0
# Captions whose sentences are longer than this on average are not really punctuated.
_UNPUNCTUATED = 40.0
_MOST_LINES = 16  # in one unit
_MOST_TOGETHER = 5_000  # lines that are grouped at once
_NEVER = 100.0  # breaks a line that begins or ends with a comma

_ENDS_OPEN = re.compile(r"[,、，:：;；(（「『“《—-]$")
_BEGINS_OPEN = re.compile(r"[,、，:：;；。！？.!?)）」』”》%％]")
_FIRST_WORD = re.compile(r"\w+'?")
_LAST_WORD = re.compile(r"\w+'?$")
_DATE = re.compile(r"\d+\s*[年岁歳세년]")
_SPACED = frozenset(["en", "fr", "es", "pt", "de"])


def units(joined: Joined, lang: str, stops: Sequence[int]) -> Iterator[Span]:
    """Group caption lines into units of about one sentence, none of which goes past a stop; offsets into `joined.text`.

    Where captions are punctuated the sentence ends decide. Else lines are grouped so that the sum of two
    costs is least: units too short or too long, and breaks between lines that hang together.
    """
    parts = pairwise([0, *stops, len(joined.text)])
    sentences = [(a + at, b + at) for at, end in parts for a, b in uncut_sentences(joined.text[at:end], lang)]
    found: Iterator[Span] = iter(sentences)
    if sum(_words(joined.text[start:end]) for start, end in sentences) > _UNPUNCTUATED * len(sentences):
        found = (unit for lines in _stretches(joined, sentences) for unit in _group(joined.text, lines, lang))
    for start, end in found:
        yield from cut(joined.text, start, end)


def _words(text: str) -> float:
    cjk = sum(map(is_cjk, text))
    return cjk / 2 + len(re.findall(r"[^\W\d_]{2,}|\d+", text)) if cjk < len(text) else cjk / 2


def _stretches(joined: Joined, found: Sequence[Span]) -> list[list[Span]]:
    """The lines between two sentence ends or blank lines, each stretch a list of lines."""
    stretches: list[list[Span]] = []
    ends = {end for _, end in found}
    hard = set(joined.paragraphs)
    cuts = sorted({0, len(joined.text), *joined.lines, *(start for start, _ in found)})
    for start, end in pairwise(cuts):
        line = (start, start + len(joined.text[start:end].rstrip()))
        last = stretches[-1] if stretches else []
        if not last or start in hard or last[-1][1] in ends or len(last) == _MOST_TOGETHER:
            stretches.append([])
        stretches[-1].append(line)
    return stretches


def _group(text: str, lines: Sequence[Span], lang: str) -> list[Span]:
    """The cheapest grouping of consecutive lines, by dynamic programming over the last `_MOST_LINES`."""
    content = [text[start:end] for start, end in lines]
    sizes = [_words(line) for line in content]
    breaks = [0.0, *(_bond(left, right, primary(lang)) for left, right in pairwise(_folded(content, lang)))]
    best = [0.0]
    came_from = [0]
    for end in range(1, len(lines) + 1):
        size, options = 0.0, []
        for start in range(end - 1, max(-1, end - 1 - _MOST_LINES), -1):
            size += sizes[start]
            options.append((best[start] + breaks[start] + _length_cost(size), start))
        cost, start = min(options)
        best.append(cost)
        came_from.append(start)
    return _traced(lines, came_from)


def _traced(lines: Sequence[Span], came_from: Sequence[int]) -> list[Span]:
    groups: list[Span] = []
    end = len(lines)
    while end > 0:
        groups.append((lines[came_from[end]][0], lines[end - 1][1]))
        end = came_from[end]
    return groups[::-1]


def _folded(lines: Sequence[str], lang: str) -> list[str]:
    folded = [line.casefold().replace("’", "'") for line in lines]
    return [simplified(line) for line in folded] if lang == "zh-Hant" else folded


def _length_cost(words: float) -> float:
    too_short, long, too_long = _SHORT - words, words - _LONG, words - _TOO_LONG
    return 0.5 + max(0.0, too_short) * 0.4 + max(0.0, long) * 0.25 + max(0.0, too_long)


def _bond(left: str, right: str, language: str) -> float:
    """How much two neighbouring lines hang together; negative where a unit ends between them."""
    if _ENDS_OPEN.search(left) or _BEGINS_OPEN.match(right):
        return _NEVER
    cues = cues_for(language)
    spaced = language in _SPACED
    bond = 3.0 * _begins(left, cues.leads, spaced) + 4.0 * _ends(left, cues.hangs, spaced)
    if _words(left) < 3:  # too short for a clause, the more so where it only names who or when
        bond += 4.0 if _begins(left, cues.opens + cues.subject, spaced) else 2.0
    return bond + _opening(right, cues, spaced)


def _opening(line: str, cues: Cues, spaced: bool) -> float:
    if _begins(line, cues.opens, spaced) or _DATE.match(line):
        return -3.0
    if _begins(line, cues.goes_on, spaced):
        return 3.0
    is_name = not spaced and line[:1].isascii() and line[:1].isalpha()
    return -1.0 if is_name or _begins(line, cues.subject, spaced) else 0.0


def _begins(line: str, cues: tuple[str, ...], spaced: bool) -> bool:
    if not spaced:
        return line.startswith(cues)
    word = _FIRST_WORD.match(line)
    return word is not None and word[0] in cues


def _ends(line: str, cues: tuple[str, ...], spaced: bool) -> bool:
    if not spaced:
        return line.endswith(cues)
    word = _LAST_WORD.search(line[-40:])
    return word is not None and word[0] in cues
