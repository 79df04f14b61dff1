"""Signs that a translation went wrong, from the texts alone. Pure functions, nothing is repaired here.

Neural translation fails in a few well-known ways: it repeats itself until it runs out of steps, gives one and
the same answer to everything, stops after a word, or leaves the source as it was. Each function below knows
one of them and says so in words; the thresholds were set on FLORES dev references in seven languages, of
which none may be flagged that a reader would not call odd (`tests/test_translate.py` holds their kind).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby, pairwise

from workbench import lang
from workbench.errors import InputError
from workbench.plurals import count

_WORD = re.compile(r"\w+|[^\w\s]")
_OUTER_SIGNS = ".,;:!?…'\"’“”«»()[]"
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")

# How often in a row a phrase of so many words is odd; from four words on, twice is.
_ODD_REPEATS = {1: 4, 2: 3, 3: 3}
_LONGEST_PHRASE = 12
# "mainstremainstrem": a stretch of letters this long that follows itself inside a word ("Ngorongoro" is one).
_WORD_UNIT = 7
_LONGEST_UNIT = 24
# Letters, signs and blanks drawn out: "noooo", "......".
_ODD_LETTERS = 6
_ODD_SIGNS = 10
# Words said twice in a row, in one text.
_ODD_STUTTERS = 3
# Of the word triples of a text of at least so many words, how many must differ.
_ENOUGH_WORDS = 24
_LEAST_DISTINCT = 0.65
# Letters that a character of these scripts stands for when it is put into English.
_WEIGHTS = {"han": 3.4, "kana": 1.9, "hangul": 2.4}
_HAN = r"\u3006\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = {"han": _HAN, "kana": r"\u3041-\u30ff\u31f0-\u31ff", "hangul": r"\uac00-\ud7a3"}
# What each character of a script counts for beyond one.
_HEAVY = [(re.compile(f"[{letters}]+"), _WEIGHTS[script] - 1.0) for script, letters in _RUNS.items()]
_ANY_HEAVY = re.compile(f"[{''.join(_RUNS.values())}]")
_LENGTH_SLACK = 10
_SHORTEST, _LONGEST = 0.3, 3.0
_MOST_FOREIGN = 0.2
_MOST_WRONG = 0.5
_LONGEST_NAME = 30
_MOST_COPIED = 0.6
_ENOUGH_COPIED = 5
_CONSTANT_SOURCES = 3
_CONSTANT_LENGTH = 25


def reasons(source: str, output: str, tgt: str) -> tuple[str, ...]:
    """What is wrong with `output` as a translation of `source` into `tgt` (a tag); empty: nothing seen."""
    if not _letters(output):
        said = "empty" if not output.strip() else "no words"
        return (f"{said}: nothing was said for {count(len(source), 'character')}",) if _letters(source) else ()
    checks = untranslated(source, output, tgt), loop(source, output), length(source, output)
    return tuple(reason for reason in checks if reason)


def loop(source: str, output: str) -> str:
    """A phrase, a word or a stretch of letters that repeats more often than in the source."""
    phrase, times = _most(_odd_repeats(output))
    if times > 1 and times > _usual_repeats(source):
        return f"loop: {phrase!r} {times} times in a row"
    stutters = _stutters(output)
    if stutters >= _ODD_STUTTERS and stutters > 2 * _stutters(source):
        return f"loop: {count(stutters, 'word')} said twice in a row"
    if _distinct(output) < _LEAST_DISTINCT <= _distinct(source):
        return "loop: the same phrases again and again"
    return ""


def _most(repeats: Iterable[tuple[str, int]]) -> tuple[str, int]:
    """(what, how often) of what is repeated most; ("", 1) if nothing is."""
    return max(repeats, key=lambda found: found[1], default=("", 1))


def _usual_repeats(source: str) -> int:
    """How often something may follow itself in a translation, seeing that it does in the source."""
    odd = _most(_odd_repeats(source))[1]
    return 2 * odd if odd > 1 else _most(_phrases(source, {}))[1]


def _odd_repeats(text: str) -> Iterator[tuple[str, int]]:
    """Repetitions that are odd in themselves: of phrases, inside words, of single signs."""
    yield from _phrases(text, _ODD_REPEATS)
    for word in re.findall(r"\w+", text.casefold()):
        yield from _repeats_within(word)
    for sign, run in groupby(text.casefold()):
        times = len(list(run))
        if times >= (_ODD_LETTERS if sign.isalpha() or sign.isspace() else _ODD_SIGNS):
            yield sign, times


def _phrases(text: str, odd: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    """Phrases that follow themselves as often as `odd` says for their number of words; else twice."""
    words = re.findall(r"\w+", text.casefold())
    for size in range(1, _LONGEST_PHRASE + 1):
        start, times = _run(words, size)
        phrase = words[start : start + size]
        if times >= odd.get(size, 2) and _letters("".join(phrase)):
            yield " ".join(phrase), times


def _repeats_within(word: str) -> Iterator[tuple[str, int]]:
    """Inside one word, which in unspaced scripts may be a whole sentence."""
    if not word.isalpha():
        return
    for size in range(2, min(_LONGEST_UNIT, len(word) // 2) + 1):
        start, times = _run(word, size)
        if times >= (2 if size >= _WORD_UNIT else 4):
            yield word[start : start + size], times


def _run(items: Sequence[str], size: int) -> tuple[int, int]:
    """(start, times) of the longest stretch in which a unit of `size` items follows itself."""
    best, length = (0, 1), 0
    for i in range(len(items) - size):
        length = length + 1 if items[i] == items[i + size] else 0
        times = length // size + 1
        if times > best[1]:
            best = (i + 1 - length, times)
    return best


def _stutters(text: str) -> int:
    words = re.findall(r"\w+", text.casefold())
    return sum(word == following for word, following in pairwise(words))


def _distinct(text: str) -> float:
    """Share of word triples (character triples where words are unspaced) that differ; 1.0 for short texts."""
    items: Sequence[str] = _WORD.findall(text.casefold())
    if sum(map(lang.is_cjk, text)) * 2 > len(text):
        items = [ch for ch in text if ch.isalnum()]
    if len(items) < _ENOUGH_WORDS:
        return 1.0
    triples = list(zip(items, items[1:], items[2:], strict=False))
    return len(set(triples)) / len(triples)


def untranslated(source: str, output: str, tgt: str) -> str:
    """Output that is the source itself, or left in its script or words."""
    letters = _letters(output)
    if not letters:
        return ""
    foreign = 0.0 if letters.isascii() else (len(letters) - len(_LATIN.findall(letters))) / len(letters)
    if writes_latin(tgt) and foreign > _MOST_FOREIGN:
        return f"untranslated: {foreign:.0%} of the letters are of another script"
    if _folded(source) == _folded(output):
        # A name may stay what it is.
        long = weight(source) > _LONGEST_NAME or len(_plain_words(source)) > 2
        return "untranslated: the same as the source" if long else ""
    copied, total = _copied_words(source, output)
    if total >= _ENOUGH_COPIED and copied / total > _MOST_COPIED:
        return f"untranslated: {copied} of {count(total, 'word')} {'is' if copied == 1 else 'are'} the source's own"
    return ""


def wrong_script(source: str, src: str) -> str:
    """A source that is mostly in a script in which its language `src` (a tag) is not written."""
    cjk = lang.primary(src) in lang.CJK
    letters = _letters(source)
    if not letters or not (cjk or writes_latin(src)):
        return ""
    foreign = sum(not (_LATIN.match(ch) or (cjk and _script(ch) in _WEIGHTS)) for ch in letters) / len(letters)
    if foreign <= _MOST_WRONG:
        return ""
    return f"wrong language: {foreign:.0%} of the letters are of no script of {lang.display_name(src)}"


@cache
def writes_latin(tag: str) -> bool:
    """Whether a language is usually written in Latin letters. `tag`: a language tag; False for a nonsense one."""
    from langcodes import Language

    try:
        return Language.get(lang.canonical(tag)).maximize().script == "Latn"
    except InputError:
        return False


def _copied_words(source: str, output: str) -> tuple[int, int]:
    """Of the output's words that are not names, how many stand in the source as they are."""
    known = set(_plain_words(source))
    words = _plain_words(output)
    return sum(word in known for word in words), len(words)


def _plain_words(text: str) -> list[str]:
    """Neither names nor paths nor identifiers, which stay what they are."""
    words = (word.strip(_OUTER_SIGNS) for word in text.split())
    return [word for word in words if len(word) > 2 and word.isalpha() and word.islower()]


def length(source: str, output: str) -> str:
    """Output far shorter or longer than such a source is translated to (in characters, CJK weighted)."""
    expected = weight(source)
    ratio = (weight(output) + _LENGTH_SLACK) / (expected + _LENGTH_SLACK)
    if ratio < _SHORTEST:
        return f"too short: {count(len(output), 'character')} where about {expected:.0f} are usual"
    if ratio > _LONGEST:
        return f"too long: {count(len(output), 'character')} where about {expected:.0f} are usual"
    return ""


def cut(source: str, output: str) -> str:
    """The beginning of an output, no longer than three times what such a source is usually translated to."""
    allowed = _LONGEST * (weight(source) + _LENGTH_SLACK) - _LENGTH_SLACK
    return output[: bisect_right(list(accumulate(map(weight, output))), allowed)]


def weight(text: str) -> float:
    """Length in letters of an alphabet: a Han character counts for more than three."""
    if text.isascii() or not _ANY_HEAVY.search(text):
        return float(len(text))
    return len(text) + sum(len(found) * more for run, more in _HEAVY for found in run.findall(text))


def constant_answers(pairs: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Which of a batch's (source, output) pairs carry an answer that is given to everything, and why.

    Short answers do recur ("Thank you."), so only sources that say clearly more than the answer count.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, (source, output) in enumerate(pairs):
        if _letters(output) and _folded(source) != _folded(output):
            groups[_folded(output)].append(i)
    found: dict[int, str] = {}
    for answer, members in groups.items():
        long = [i for i in members if weight(pairs[i][0]) > _CONSTANT_LENGTH + len(answer) / 2]
        sources = {_folded(pairs[i][0]) for i in long}
        if len(sources) >= _CONSTANT_SOURCES and not _alike(sources):
            found |= {i: f"constant: the same answer to {len(sources)} different texts" for i in long}
    return found


def _alike(sources: set[str]) -> bool:
    """Whether the sources differ by little more than numbers, so that one answer may be right for all."""
    return len({re.sub(r"[\W\d_]+", "", source) for source in sources}) == 1


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _script(ch: str) -> str:
    if ch < "\u1100":
        return ""
    if "\u3041" <= ch <= "\u30ff" or "\u31f0" <= ch <= "\u31ff":
        return "kana"
    if "\uac00" <= ch <= "\ud7a3":
        return "hangul"
    return "han" if unicodedata.category(ch) == "Lo" and lang.is_cjk(ch) else ""
