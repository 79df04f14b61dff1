"""Which segments repeat others: a body pasted twice, comments shown twice, highlights of what follows."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from workbench.datatypes import Flag, Kind, Segment
from workbench.facts.articles import PARAGRAPH
from workbench.lang import is_cjk
from workbench.segment.joined import Span

# Lengths in letters; a CJK character counts three, a hangul syllable two.
_RUN = 120.0  # a run of repeats of this length is a copy, a shorter one a way of speaking
_ANCHOR = 40.0  # no segment shorter than this starts a run
_COMMENT_ANCHOR = 20.0  # ... unless it repeats a comment
_HIGHLIGHT = 20.0
# What comes back this often, and paragraphs of a law, "(2) ...", are formulas, unless they are as long as a page.
_REFRAIN_TIMES, _REFRAIN = 3, 600.0
_MOST_SOURCES = 8
_MOST_PREVIEWS = 200  # passages of one preview
_MOST_LOOKED_FOR = 500  # of all previews of a document; each is looked for in all that follows
_FIRST_DENSE = "\u3040"

_PARAGRAPH = re.compile(rf"{PARAGRAPH}|[a-z]\)")
_HIGHLIGHTS = re.compile(
    r"highlights?|key (?:points|takeaways|quotes)|takeaways|in brief|tl;?dr|à retenir|points clés|"
    r"l'essentiel|temps forts|lo más destacado|puntos clave|claves|destaques|pontos-chave|höhepunkte|"
    r"das wichtigste|kernaussagen|要点|要點|亮点|亮點|看点|看點|精华|精華|金句|重点|重點|摘要|"
    r"ハイライト|見どころ|하이라이트|요약|핵심",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Run:
    """`length` segments from `start` on say what those from `source` on say."""

    start: int
    source: int
    length: int


def flag_copies(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Flag what repeats other segments; what is flagged already stays as it is.

    1. A run of repeats is a copy of its first occurrence and flagged as a whole, short segments included, if
       it is long enough and no refrain. What repeats comments is a comment.
    2. A preview is what stands before the first speaker turn, or under a heading like "Highlights". Of a
       preview segment that comes again later, the later passage counts, in its context.
    """
    flagged = list(segments)
    keys = [_key(segment.text) for segment in segments]
    zones = list(_preview_zones(segments))
    _flag_runs(flagged, keys, zones)
    for i, reason in _previews(flagged, keys, zones):
        flagged[i] = _flagged(flagged[i], Flag.DUPLICATE, reason)
    return tuple(flagged)


def _flagged(segment: Segment, flag: Flag, reason: str) -> Segment:
    return segment if segment.flag else replace(segment, flag=flag, reason=reason)


def _key(text: str) -> str:
    """What stays the same when a text is pasted again: letters and digits."""
    folded = "".join(ch for ch in unicodedata.normalize("NFKC", text).casefold() if ch.isalnum())
    return folded or text


def _weight(key: str) -> float:
    return len(key) + sum(2.0 if is_cjk(ch) else 1.0 for ch in key if ch >= _FIRST_DENSE)


def _flag_runs(segments: list[Segment], keys: Sequence[str], zones: Sequence[Span]) -> None:
    weights = [_weight(key) for key in keys]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        if segments[i].flag is not Flag.METADATA:
            places[key].append(i)
    i = done = 0
    while i < len(segments):
        run = _longest_run(segments, keys, weights, places[keys[i]], i, done)
        if run is None:
            i += 1
            continue
        times = min(len(places[key]) for key in keys[run.start : run.start + run.length])
        if _is_copy(segments, weights, times, run, zones):
            _flag_run(segments, run)
        i = done = run.start + run.length


def _longest_run(
    segments: Sequence[Segment],
    keys: Sequence[str],
    weights: Sequence[float],
    places: Sequence[int],
    at: int,
    done: int,
) -> _Run | None:
    """The longest run of repeats around segment `at`, nothing before `done` included."""
    sources = [place for place in places[:_MOST_SOURCES] if place < at]
    least = _COMMENT_ANCHOR if any(segments[source].flag for source in sources) else _ANCHOR
    if not sources or weights[at] < least:
        return None
    return max((_extended(keys, source, at, done) for source in sources), key=lambda run: run.length)


def _extended(keys: Sequence[str], source: int, at: int, done: int) -> _Run:
    after = 1
    while at + after < len(keys) and source + after < at and keys[source + after] == keys[at + after]:
        after += 1
    before = 0
    while (
        at - before > done
        and source > before
        and source + after < at - before
        and keys[source - before - 1] == keys[at - before - 1]
    ):
        before += 1
    return _Run(at - before, source - before, before + after)


def _is_copy(
    segments: Sequence[Segment], weights: Sequence[float], times: int, run: _Run, zones: Sequence[Span]
) -> bool:
    if any(segments[run.source + i].flag is Flag.COMMENT for i in range(run.length)):
        return True
    if any(start <= run.source and run.source + run.length <= end for start, end in zones):
        return False
    weight = sum(weights[run.start : run.start + run.length])
    formula = times >= _REFRAIN_TIMES or all(_PARAGRAPH.match(segments[run.start + i].text) for i in range(run.length))
    return weight >= (_REFRAIN if formula else _RUN)


def _flag_run(segments: list[Segment], run: _Run) -> None:
    whole = f", in a copy of segments {run.source + 1} to {run.source + run.length}" if run.length > 1 else ""
    for i in range(run.length):
        source = segments[run.source + i].flag
        flag = source if source in (Flag.COMMENT, Flag.FURNITURE) else Flag.DUPLICATE
        what = f"the {flag.value} in " if flag is source else ""
        reason = f"repeats {what}segment {run.source + i + 1}{whole}"
        segments[run.start + i] = _flagged(segments[run.start + i], flag, reason)


def _previews(segments: Sequence[Segment], keys: Sequence[str], zones: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """The segments of a preview that come again after it, with the reason in words."""
    later = _Later.of(segments, keys)
    looked_for = 0
    for start, end in zones:
        for i in range(start, min(end, start + _MOST_PREVIEWS)):
            heads = segments[i].kind in (Kind.TITLE, Kind.HEADING)
            if heads or looked_for == _MOST_LOOKED_FOR or _weight(keys[i]) < _HIGHLIGHT:
                continue
            looked_for += 1
            at = later.find(keys[i], end)
            if at is not None:
                yield i, f"a highlight that segment {at + 1} tells again in its context"


@dataclass(frozen=True, slots=True)
class _Later:
    """What segments say that are flagged by nothing, in one string, so that a passage is found across them."""

    numbers: Sequence[int]
    ends: Sequence[int]
    text: str

    @classmethod
    def of(cls, segments: Sequence[Segment], keys: Sequence[str]) -> _Later:
        numbers = [i for i, segment in enumerate(segments) if segment.flag is None]
        return cls(numbers, list(accumulate(len(keys[i]) for i in numbers)), "".join(keys[i] for i in numbers))

    def find(self, key: str, first: int) -> int | None:
        """The segment at or after `first` in which it begins."""
        place = bisect_left(self.numbers, first)
        at = self.text.find(key, self.ends[place - 1] if place else 0)
        return None if at < 0 else self.numbers[bisect_right(self.ends, at)]


def _preview_zones(segments: Sequence[Segment]) -> Iterator[Span]:
    kinds = [segment.kind for segment in segments]
    if Kind.TURN in kinds:
        yield 0, kinds.index(Kind.TURN)
    heads = [i for i, kind in enumerate(kinds) if kind in (Kind.TITLE, Kind.HEADING, Kind.TURN)]
    for head, following in pairwise([*heads, len(segments)]):
        if kinds[head] is not Kind.TURN and _HIGHLIGHTS.search(segments[head].text):
            yield head + 1, following
