"""A document's segments: sentences that know where they stand, in which language, and what is no part of it.

sentences   where sentences end        joined    lines of a block as one text with offsets
captions    units of caption lines     copies    what repeats something else
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from math import inf
from time import monotonic

from workbench.datatypes import Block, Document, Flag, Kind, Segment
from workbench.errors import DocumentError
from workbench.lang import canonical, identify, told_in
from workbench.segment.captions import units
from workbench.segment.copies import flag_copies
from workbench.segment.joined import Joined, Span, join, visible
from workbench.segment.sentences import cut, each_sentence, sentences

__all__ = ["document_language", "segment", "sentences"]

_FLAGS = {
    Kind.COMMENT: (Flag.COMMENT, "a reader's comment"),
    Kind.FURNITURE: (Flag.FURNITURE, "page furniture, no part of the text"),
    Kind.METADATA: (Flag.METADATA, "data about the document, no part of the text"),
}
_HEADS = frozenset({Kind.TITLE, Kind.HEADING})
KEPT = "segmentation", "kept"  # metadata of a document whose blocks are its segments
_TIMED = ("srt", "vtt")
_SAMPLE = 20_000  # characters that settle the language of a document


def segment(document: Document, lang: str | None = None, max_seconds: float = inf) -> tuple[Segment, ...]:
    """The document's sentence-like units in reading order.

    Joining the texts at a segment's spans gives its text, one space put in where a line break or a run of
    blanks was, and none between CJK characters except in captions. Nothing visible of a block is lost.
    Comments, page furniture, metadata and copies are flagged with a reason. `lang` overrides the language of
    all segments; raises InputError where there is no such language. A document that says that its segmentation is to
    be kept (KEPT) has a segment a block, and none is a copy. Raises DocumentError where it takes more than
    `max_seconds`: time grows with length, but twenty million characters of short lines take minutes.
    """
    likely = canonical(lang) if lang else _likely_language(document)
    if document.metadata.get(KEPT[0]) == KEPT[1]:
        return tuple(_whole(document, number, likely) for number in range(len(document.blocks)))
    found = (
        unit if lang else _with_language(unit, likely)
        for first, blocks in _passages(document)
        for unit in _segments(document, first, blocks, likely)
    )
    return flag_copies(list(_in_time(found, document.name, max_seconds)))


def _in_time(units: Iterable[Segment], name: str, max_seconds: float) -> Iterator[Segment]:
    """The units, as long as they do not take too long."""
    last = monotonic() + max_seconds
    for unit in units:
        if monotonic() > last:
            raise DocumentError(
                f"{name}: finding its sentences takes more than {max_seconds} seconds (setting max_read_seconds); "
                "split it, or take it in with a higher --max-seconds."
            )
        yield unit


def _whole(document: Document, number: int, lang: str) -> Segment:
    """A block as one segment."""
    block = document.blocks[number]
    return Segment(document.text[block.start : block.end], ((block.start, block.end),), lang, block.kind, number)


def document_language(segments: Sequence[Segment]) -> str:
    """The language in which most is said outside flagged segments (in all where all are flagged), or "und"."""
    counted = [segment for segment in segments if segment.flag is None] or segments
    shares: Counter[str] = Counter()
    for unit in counted:
        shares[unit.lang] += told_in(unit.text)
    return shares.most_common(1)[0][0] if shares else "und"


def _passages(document: Document) -> Iterator[tuple[int, list[Block]]]:
    """Blocks by themselves, neighbouring captions of one speaker together, with the first one's index."""
    numbered = enumerate(document.blocks)
    for (kind, _), group in groupby(numbered, key=lambda item: _passage_key(*item)):
        members = list(group)
        if kind is Kind.CAPTION:
            yield members[0][0], [block for _, block in members]
        else:
            yield from ((i, [block]) for i, block in members)


def _passage_key(i: int, block: Block) -> tuple[Kind, str | int]:
    return block.kind, block.speaker if block.kind is Kind.CAPTION else i


def _segments(document: Document, first: int, blocks: Sequence[Block], lang: str) -> Iterator[Segment]:
    block = blocks[0]
    pieces = [piece for member in blocks for piece in visible(member.start, member.end, member.skip)]
    joined = join(document.text, pieces, captions=block.kind is Kind.CAPTION)
    flag, usual_reason = _FLAGS.get(block.kind, (None, ""))
    for start, end in _ranges(joined, block.kind, lang, _stops(document, joined, blocks)):
        yield Segment(
            text=joined.text[start:end],
            spans=joined.spans(start, end),
            lang=lang,
            kind=block.kind,
            block=first,
            speaker=block.speaker,
            flag=flag,
            reason=(block.reason or usual_reason) if flag else "",
        )


def _stops(document: Document, joined: Joined, blocks: Sequence[Block]) -> list[int]:
    """Where in the joined text of subtitles a block begins: there was a pause, or a sign that another speaks."""
    if document.format not in _TIMED:
        return []
    starts = [start for start, _ in joined.chunks]
    places = (bisect_left(starts, block.start) for block in blocks[1:])
    return [joined.starts[place] for place in places if place < len(starts)]


def _ranges(joined: Joined, kind: Kind, lang: str, stops: Sequence[int]) -> Iterator[Span]:
    if kind is Kind.CAPTION:
        yield from units(joined, lang, stops)
    elif kind in _HEADS:
        yield from cut(joined.text, 0, len(joined.text))
    else:
        for start, stop in pairwise([0, *joined.paragraphs, len(joined.text)]):
            yield from ((start + at, start + end) for at, end in each_sentence(joined.text[start:stop], lang))


def _likely_language(document: Document) -> str:
    """What the reader knows, or else the language of most of the first pages that count."""
    if document.lang != "und":
        return canonical(document.lang)
    counting = [block for block in document.blocks if block.kind not in _FLAGS] or document.blocks
    shares: Counter[str] = Counter()
    for block in counting:
        if shares.total() > _SAMPLE:
            break
        text = document.text[block.start : block.end]
        shares[identify(text)[0]] += min(told_in(text), _SAMPLE)
    shares.pop("und", None)
    return shares.most_common(1)[0][0] if shares else "und"


def _with_language(unit: Segment, likely: str) -> Segment:
    return replace(unit, lang=_language(unit.text, likely))


@lru_cache(maxsize=4096)
def _language(text: str, likely: str) -> str:
    """Remembered: a file that repeats itself a million times takes no longer for it."""
    found, _ = identify(text, [likely] if likely != "und" else [])
    return found if found != "und" else likely
