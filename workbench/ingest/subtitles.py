"""SubRip (.srt) and WebVTT (.vtt), read tolerantly: the text stays the file's own but for character references.

Cues that follow each other closely become one block; what stands between their words (numbers, time stamps,
tags) is skipped. Sentences that run over several cues stay whole in this way.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.datatypes import Block, Kind
from workbench.ingest.decode import decode, resolved
from workbench.ingest.lines import begins_lower, ends_sentence, is_address, is_sound
from workbench.ingest.phrases.credits import SUBTITLERS
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.speech import ROLES
from workbench.ingest.plain import blocks_of
from workbench.ingest.reading import Reading, Source, Span, merged, trimmed, visible
from workbench.ingest.speakers import label_of
from workbench.ingest.structure import annotate, credit_of, talking_of
from workbench.lang import is_east_asian

# Machine translation puts blanks into times, some programs leave the fraction out, and broadcasters count frames;
# "10:30 -> 11:00" is text.
_TIME = r"(?:(\d{1,3}): ?)?(\d{1,2}): ?(\d{1,2})(?: ?[,.:] ?(\d{1,3}))?"
_TIMING = re.compile(rf"\s*(?![\d: ]+->){_TIME}\s*--?>\s*{_TIME}")
# Of HTML and WebVTT, of SubStation Alpha ("{\\an8}") and of MicroDVD ("{y:i}").
_TAG = re.compile(
    r"<rt>[^<\n]{0,40}</rt>|</?[a-zA-Z][^<>\n]{0,100}>|<\d[\d:.]{4,14}>|</>"
    r"|\{\\[^{}\n]{0,100}\}|\{[yYfFsScCpPoO]:[^{}\s]{1,40}\}"
)
# What SubStation Alpha writes for a line break and a blank; programs that convert to SubRip forget them.
_BREAK = re.compile(r"(?<!\b[A-Za-z]:)(?:\\N)+[ \t]*")  # "C:\New" is a path
_HARD_BLANK = re.compile(r"(?<=[^\W\d_.,;!?])\\h|(?<!\b[A-Za-z]:)\\h(?![a-z])")  # "\hat{x}" is TeX
_ANOTHER = re.compile(r"(?<=\S)[ \t]+(?=>>)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})?\s+([^<>\n]{1,80})>")
_CHANGE = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_NOTE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
_BILINGUAL = 0.5  # share of cues in two scripts from which each line is taken for itself
_SMALL = 0.5  # share of cues with small letters from which capitals mean something
_ENDS = 3  # cues at the beginning and at the end that may say who made the subtitles
_LONGEST_CREDIT = 160
_PAUSE = 3.0  # seconds of silence that end a paragraph
_LONG = 600  # characters after which a sentence's end does


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on screen from `begin` to `end`, in seconds. `lines` are the offsets of its lines of words."""

    begin: float
    end: float
    lines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written: `bilingual`: each line in a language of its own. `capitals`: they mark what is not said,
    since what is said has small letters."""

    bilingual: bool
    capitals: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What one speaker says in a cue, and whether a dash or ">>" says that he is another than before."""

    cue: Cue
    block: Block
    change: bool


def read(source: Source) -> Reading:
    """An .srt or .vtt file. Where it has no cue at all, it is read as plain text, with a warning."""
    decoded = decode(source.data, source.settings.encoding)
    text = _HARD_BLANK.sub("\u00a0", _BREAK.sub("\n", resolved(decoded.text)))
    cues, notes = _cues(text)
    if not cues:
        warning = "no subtitle with a time stamp was found; it was read as plain text."
        return Reading(text, blocks_of(text), encoding=decoded.encoding, warnings=(*decoded.warnings, warning))
    bilingual = sum(_is_bilingual(text, cue) for cue in cues) >= max(2, _BILINGUAL * len(cues))
    style = Style(bilingual, capitals=sum(_is_small(text, cue) for cue in cues) >= _SMALL * len(cues))
    pieces = [piece for cue in _without_repeats(text, cues) for piece in _pieces(text, cue, style)]
    pieces = _with_credits(text, pieces)
    blocks = sorted(
        [*_joined(text, _with_speakers(text, pieces, style), notes, style), *notes], key=lambda block: block.start
    )
    warnings = decoded.warnings
    if bilingual:
        warnings += ("its subtitles are in two languages at once, so that no line was joined with the one below it.",)
    return Reading(text, tuple(blocks), encoding=decoded.encoding, warnings=warnings)


def _cues(text: str) -> tuple[list[Cue], list[Block]]:
    """The cues, and the header and the notes between them as metadata."""
    lines = _lines(text)
    timings = [(index, match) for index, line in enumerate(lines) if (match := _TIMING.match(text, *line))]
    if not timings:
        return [], []
    cues: list[Cue] = []
    notes = [_note(line) for line in _without_identifier(text, lines[: timings[0][0]]) if line[0] < line[1]]
    ends = [index for index, _ in timings[1:]]
    for (index, match), end in zip(timings, [*ends, None], strict=True):
        inner = lines[index + 1 : end]
        words, remarks = _without_notes(text, inner if end is None else _without_identifier(text, inner))
        begin, until = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        cues.append(Cue(begin, until, tuple(words)))
        notes += map(_note, remarks)
    return cues, notes


def _lines(text: str) -> list[Span]:
    """Every line, blank ones included, without the white space around it."""
    spans: list[Span] = []
    at = 0
    for raw in text.split("\n"):
        content = raw.strip()
        start = at + (len(raw) - len(raw.lstrip()) if content else 0)
        spans.append((start, start + len(content)))
        at += len(raw) + 1
    return spans


def _note(line: Span) -> Block:
    return Block(Kind.METADATA, *line, reason="a header or note of the subtitle file")


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _without_identifier(text: str, lines: list[Span]) -> list[Span]:
    """The lines between two time stamps without the number or name that belongs to the second."""
    if not lines or lines[-1][0] == lines[-1][1]:
        return lines
    alone = len(lines) == 1 or lines[-2][0] == lines[-2][1]
    is_header = bool(_NOTE.match(text, *lines[-1]))
    return lines[:-1] if text[slice(*lines[-1])].isdecimal() or (alone and not is_header) else lines


def _without_notes(text: str, lines: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The lines of words, and those from a NOTE or STYLE on, which no cue comes after."""
    blank = [False, *(start == end for start, end in lines)]
    starts = (i for i, line in enumerate(lines) if blank[i] and _NOTE.match(text, *line))
    first = next(starts, len(lines))
    filled = [line for line in lines if line[0] < line[1]]
    words = [line for line in lines[:first] if line[0] < line[1]]
    return words, filled[len(words) :]


def _without_repeats(text: str, cues: list[Cue]) -> list[Cue]:
    """Rolling captions show lines again in the next cue, with new ones below them or another word marked; each is kept
    once. Where a cue only says what the last one said, it was said twice."""
    raw = [[text[slice(*line)] for line in cue.lines] for cue in cues]
    shown = [[_TAG.sub("", line).strip() for line in lines] for lines in raw]
    again = [0, *(_overlap(old, new) for old, new in pairwise(shown))]
    rolled = sum(bool(count) and raw[at] != raw[at - 1] for at, count in enumerate(again))
    if rolled < max(3, 0.3 * len(cues)):
        return cues
    return [replace(cue, lines=cue.lines[count:]) for cue, count in zip(cues, again, strict=True)]


def _overlap(old: Sequence[str], new: Sequence[str]) -> int:
    """How many of the last lines come again as the first ones."""
    return next((count for count in range(min(len(old), len(new)), 0, -1) if old[-count:] == new[:count]), 0)


def _is_bilingual(text: str, cue: Cue) -> bool:
    scripts = {
        any(map(is_east_asian, words)) for line in cue.lines if any(map(str.isalpha, words := text[slice(*line)]))
    }
    return len(scripts) > 1


def _manner(text: str, span: Span, style: Style) -> tuple[bool, bool, bool]:
    """Whether words are sung, in which of two scripts they are where there are two, and whether they are shown only."""
    words = text[slice(*span)]
    return (
        any(sign in words for sign in "♪♫"),
        style.bilingual and any(map(is_east_asian, words)),
        _is_shown(text, span, style),
    )


def _is_shown(text: str, span: Span, style: Style) -> bool:
    """Whether words stand on the screen and nobody says them: "LONDON - 1987"."""
    words = _plain(text, span)
    named = style.capitals and words.isupper() and len(words.split()) > 1 and not ends_sentence(words)
    return named and label_of(words) is None


def _is_small(text: str, cue: Cue) -> bool:
    return any(map(str.islower, _TAG.sub("", "".join(text[slice(*line)] for line in cue.lines))))


def _pieces(text: str, cue: Cue, style: Style) -> Iterator[Piece]:
    """A cue's lines, a new piece at each sign that another speaks, around sounds and songs, between two languages."""
    group: list[Span] = []
    for line in (part for whole in cue.lines for part in _parts(text, whole)):
        if group and _parted(text, group[-1], line, style):
            yield _piece(text, cue, group, style)
            group = []
        group.append(line)
    if group:
        yield _piece(text, cue, group, style)


def _parts(text: str, line: Span) -> Iterator[Span]:
    """A line, cut before each ">>" within it."""
    start, end = line
    for match in _ANOTHER.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _parted(text: str, before: Span, line: Span, style: Style) -> bool:
    if _CHANGE.match(text, *line) or _VOICE.match(text, *line):
        return True
    if _manner(text, before, style) != _manner(text, line, style):
        return True
    if (label := label_of(_plain(text, line))) and (label.name.isupper() or label_of(_plain(text, before))):
        return True
    return any(is_sound(_plain(text, each), capitals=style.capitals) for each in (before, line))


def _plain(text: str, line: Span) -> str:
    return _TAG.sub("", text[slice(*line)]).strip()


def _piece(text: str, cue: Cue, lines: Sequence[Span], style: Style) -> Piece:
    start, end = lines[0][0], lines[-1][1]
    skip = [match.span() for match in _TAG.finditer(text, start, end)]
    skip += [span for a, b in pairwise(lines) for span in _between(text, a[1], b[0])]
    after = next((b for a, b in merged(skip) if a == start), start)
    change = _CHANGE.match(text, after, end)
    skip += [change.span()] if change else []
    voice = _VOICE.match(text, start, end)
    block = trimmed(text, Block(Kind.CAPTION, start, end, skip=merged(skip)))
    if voice:
        block = replace(block, kind=Kind.TURN, speaker=voice[1].strip())
    if is_sound(visible(text, block).strip(), capitals=style.capitals):
        block = replace(block, kind=Kind.FURNITURE, speaker="", reason="a sound, not words")
    return Piece(cue, block, bool(change))


def _with_credits(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """At the beginning and at the end, who made the subtitles and where they are from."""
    last = len(pieces) - _ENDS
    talking = talking_of([visible(text, piece.block) for piece in pieces])
    return [
        replace(piece, block=_credited(text, piece, talking)) if at < _ENDS or at >= last else piece
        for at, piece in enumerate(pieces)
    ]


def _credited(text: str, piece: Piece, talking: Collection[str]) -> Block:
    block = piece.block
    words = visible(text, block)
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if lines and all(map(is_address, lines)):
        return replace(block, kind=Kind.FURNITURE, speaker="", reason="a web address alone")
    if len(words) > _LONGEST_CREDIT:
        return block
    labelled = bool(lines) and not piece.change and all(_is_credit(line, talking) for line in lines)
    if labelled or any(SUBTITLERS.match(fold(line)) for line in lines):
        return replace(block, kind=Kind.METADATA, speaker="", reason="who made the subtitles")
    return block


def _is_credit(line: str, talking: Collection[str]) -> bool:
    """Whether a line says who did what, and not what a reporter or a narrator says."""
    label = label_of(line)
    speaks = label is not None and fold(label.name) in ROLES
    return bool(credit_of(line, talking)) and not (speaks or ends_sentence(line))


def _with_speakers(text: str, pieces: Sequence[Piece], style: Style) -> Iterator[Piece]:
    """Names at the beginning of what is said, which hold until somebody else speaks."""
    blocks = annotate(text, [piece.block for piece in pieces])
    unknown = False
    for piece, block in zip(pieces, blocks, strict=True):
        named = block.start != piece.block.start or piece.block.speaker
        unknown = (piece.change or unknown) and not named
        is_shown = _is_shown(text, (block.start, block.end), style)
        if (unknown or is_shown) and block.kind == Kind.TURN:
            block = replace(block, kind=Kind.CAPTION, speaker="")
        yield replace(piece, block=block)


def _joined(text: str, pieces: Iterable[Piece], notes: Sequence[Block], style: Style) -> list[Block]:
    """Pieces made one where the same person goes on without a pause; what has no words is left out."""
    blocks: list[Block] = []
    skips: list[list[Span]] = []  # of each block; put in order at the end, since a block may have very many
    stops = [note.start for note in notes]
    until = 0.0
    for piece in pieces:
        block, pause = piece.block, piece.cue.begin - until
        if not visible(text, block).strip():
            continue
        last = blocks[-1] if blocks else block
        stopped = bisect(stops, last.end) < bisect(stops, block.start)
        stopped = stopped or (pause >= _PAUSE and not begins_lower(visible(text, block)))
        if blocks and not (piece.change or stopped) and _goes_on(text, last, block, style):
            skips[-1] += [*_between(text, last.end, block.start), *block.skip]
            blocks[-1] = replace(last, end=block.end)
        else:
            blocks.append(block)
            skips.append(list(block.skip))
        until = piece.cue.end
    return [replace(block, skip=merged(skip)) for block, skip in zip(blocks, skips, strict=True)]


def _between(text: str, start: int, end: int) -> tuple[Span, Span]:
    """All that stands between two lines of words, but for one line end."""
    newline = text.find("\n", start, end)
    return (start, newline), (newline + 1, end)


def _goes_on(text: str, before: Block, block: Block, style: Style) -> bool:
    if before.kind != block.kind or before.speaker != block.speaker or before.kind in (Kind.FURNITURE, Kind.METADATA):
        return False
    last = text.rfind("\n", before.start, before.end) + 1 or before.start, before.end
    if _manner(text, last, style) != _manner(text, (block.start, block.end), style):
        return False
    return before.end - before.start < _LONG or not ends_sentence(text[before.end - 20 : before.end])
