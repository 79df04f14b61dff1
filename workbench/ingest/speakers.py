"""Who speaks: the labels of a transcript, of minutes or of a play, and the turns that they begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from workbench.datatypes import Block, Kind
from workbench.ingest.lines import ends_sentence
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.headings import is_scene
from workbench.ingest.phrases.speech import NOT_SPEAKERS, ROLES, SAYS
from workbench.ingest.reading import offset_of, visible, within
from workbench.lang import is_cjk

_HAN_NAME = 4
_WORDS_ALONE, _CJK_ALONE = 3, 8  # of a name that stands alone on its line
_SPARSE = 40  # paragraphs of one turn that are too many on average: a handbook says "See:" now and then
_TOLD, _FEWER = 3, 4  # sentences that speakers end at least where the rest of a text does as often, and times fewer
# "0:12:05", "[00:12]", and as messengers write it "[03.05.24, 10:15:02]", "5/3/24, 10:15 AM"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+"
_STAMP = rf"\u200e?[\[(]?(?:{_DAY})?\d{{1,2}}(?::\d\d){{1,2}}(?:\s?[AaPp]\.?\s?[Mm]\.?)?[\])]?"
_LABEL = re.compile(
    rf"(?:{_STAMP}\s*[-–]?\s*)?(?P<name>[^\W\d_][^:：。！？!?,，、;；…\"“”«»<>\n]{{0,39}}?)"
    rf"(?:\s*[\[(]\d{{1,2}}(?::\d\d){{1,2}}[\])])?\s*(?::(?!\d)|：(?!\d\d\b))(?!//)\s*"
)
_ITEM = re.compile(r"\w{1,3}\)")
_DATED = re.compile(rf"\u200e?[\[(]?{_DAY}")
# Names that no colon sets off: "山田　そうです。", "○議長（山田君）　"; "김민수  네."; in plays "ANNA. You came" and
# "ANNE, à part."
_GAP = re.compile(r"[○◯〇●◆◎■]?(?P<name>[^\W\d_][^\s.。、，,．:：;；！？!?「」『』…]{0,29}?)\u3000+(?=\S)")
_SPACES = re.compile(r"(?P<name>[가-힣]{2,5}) {2,}(?=\S)")
_STAGE = re.compile(
    r"(?P<name>[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ '’-]|(?<=[A-Z])\. (?=[A-Z])){1,29})"
    r"(?:(?:, [^.\n]{1,60})?\.$|\.(?:\s*[–—―-]{1,2})?\s+(?=[A-ZÀ-ÖØ-Þ(\[«\"“¡¿…])|\s(?=[(\[]))"
)
_ASKS = re.compile(r"(?P<name>[―—─]{2})(?=\w)")  # whoever asks those that are named
_OFTEN = 4  # of the paragraphs from the first to the last of them one begins so, or nobody is set off
# A name and a time stamp on a line of their own.
_LABEL_LINE = re.compile(rf"(?P<name>[^\W\d_][^:：。！？!?,，、;；…\"“”«»<>\n]{{0,39}}?)\s+{_STAMP}")


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name at the beginning of a block; the turn's text begins at visible character `end`."""

    name: str
    end: int


def label_of(text: str) -> Label | None:
    """What looks like a speaker's label: some words and a colon at the beginning, which is none of a ratio ("1:200") or
    a cell ("V:91").

    >>> label_of("Felix Zalman: DeepSeek?")
    Label(name='Felix Zalman', end=14)
    """
    match = _LABEL.match(text[:100]) or _LABEL_LINE.fullmatch(text[:100])
    if not match:
        return None
    name = match["name"].strip(" *_")
    if match.end() == len(text) and _is_long(name):
        return None  # "More on that stands here:" leads to a list
    return Label(name, match.end()) if _may_speak(name) else None


def _is_long(name: str) -> bool:
    return len(name.split()) > _WORDS_ALONE or sum(map(is_cjk, name)) > _CJK_ALONE


def is_message(text: str) -> bool:
    """Whether a line begins as messengers write it: with a day and a time, and with who said something then."""
    return bool(_DATED.match(text)) and label_of(text) is not None


def _may_speak(name: str) -> bool:
    """Whether a label can be somebody: not "Note", nor an item of a list, nor the beginning of a sentence ("Then she
    said")."""
    folded, parts = fold(name), name.split()
    if _is_role(name):
        return True
    if len(parts) > 5 or folded in NOT_SPEAKERS or _ITEM.match(name):
        return False
    if len(name) > 1 and (folded.endswith(tuple(SAYS)) or not SAYS.isdisjoint(folded.split())):
        return False
    return len(parts) == 1 or not parts[-1][0].islower()


def _is_role(name: str) -> bool:
    """Whether a label is a role, such as "Host" or "A" of who answers; "a" is an item of a list."""
    return fold(name) in ROLES and not (len(name) == 1 and name.islower())


def labels_of(blocks: list[Block], words: list[str], silent: Collection[int]) -> dict[int, Label]:
    """The blocks at which somebody begins to speak, if the document is a transcript, minutes or a play at all.

    In blocks that are `silent`, by number, nobody speaks.
    """
    lines = {
        index: line
        for index, (block, line) in enumerate(zip(blocks, words, strict=True))
        if block.kind in (Kind.BODY, Kind.CAPTION) and index not in silent
    }
    found = _with_colons(blocks, lines) or _set_off(lines, _GAP) or _set_off(lines, _SPACES)
    return found or (_set_off(lines, _STAGE) if any(map(is_scene, words)) else {})


def _with_colons(blocks: list[Block], lines: Mapping[int, str]) -> dict[int, Label]:
    """A label counts where it comes back, is a role such as "Host" or stands in a chat; one that occurs once counts
    beside others that do if it is written like them."""
    found = {index: label for index, line in lines.items() if (label := label_of(line))}
    counts = Counter(label.name for label in found.values())
    known = {name for name, count in counts.items() if count > 1 or _is_role(name)}
    known |= {label.name for index, label in found.items() if is_message(lines[index])}
    first = next((index for index, block in enumerate(blocks) if block.kind in (Kind.BODY, Kind.CAPTION)), -1)
    if first in found and found[first].name not in known and not ends_sentence(lines[first]):
        del counts[found.pop(first).name]  # "Interview: The old harbour" is a title
    speakers = known | {name for name in counts if known and _is_like(name, known)}
    count = sum(counts[name] for name in speakers)
    if count < 2 or (count < 3 and len(speakers) < 2):
        return {}
    said = [index for index, label in found.items() if label.name in known]
    first, last = min(said), max(said)
    if sum(block.kind in (Kind.BODY, Kind.CAPTION) for block in blocks[first:last]) > _SPARSE * count:
        return {}
    # What is labelled once after everybody has spoken is a note below the text.
    labels = {
        index: label
        for index, label in found.items()
        if label.name in known or (label.name in speakers and index < last)
    }
    return labels if _say_sentences(labels, lines) else {}


def _say_sentences(labels: Mapping[int, Label], lines: Mapping[int, str]) -> bool:
    """Whether what is labelled ends sentences as the rest does: the fields and messages of a handbook's examples, such
    as "Depends: libc6", end none. What is below a label that stands alone is what that labels."""
    said = [index + (label.end >= len(lines[index])) for index, label in labels.items()]
    rest = [ends_sentence(line) for index, line in lines.items() if index not in labels]
    usual = len(said) * sum(rest) / max(1, len(rest))
    ended = sum(ends_sentence(lines.get(index, "")) for index in said)
    return usual < _TOLD or 2 * sum(rest) < len(said) or _FEWER * ended >= usual


def _set_off(lines: Mapping[int, str], form: re.Pattern[str]) -> dict[int, Label]:
    """The names that are set off in one form, where they take turns: two that come back, or one and who asks, often
    enough, and mostly before sentences."""
    found = {
        index: Label(match["name"].strip(), match.end())
        for index, line in lines.items()
        if (match := form.match(line[:100]) or _ASKS.match(line)) and _may_be_called(match["name"])
    }
    counts = Counter(label.name for label in found.values())
    if sum(count > 1 for count in counts.values()) < 2:
        return {}
    among = [index for index in lines if min(found) <= index <= max(found)]
    said = sum(ends_sentence(lines[index]) for index in found)
    return found if len(found) * _OFTEN >= len(among) and said * 2 > len(found) else {}


def _may_be_called(name: str) -> bool:
    return fold(name) not in NOT_SPEAKERS and not is_scene(name)


def _is_like(name: str, speakers: set[str]) -> bool:
    """Whether a label is written like the names of speakers: as many capitalised words, all in capitals, or a name in
    Han."""
    if all(map(is_cjk, name)):
        return len(name) <= _HAN_NAME and any(map(is_cjk, "".join(speakers)))
    if len(name) > 2 and name.isupper():
        return any(len(speaker) > 2 and speaker.isupper() for speaker in speakers)
    most = max(len(speaker.split()) for speaker in speakers)
    return name.istitle() and len(name.split()) == most > 1


def turns(text: str, blocks: list[Block], labels: dict[int, Label]) -> list[Block]:
    """Labels taken off, and each speaker's paragraphs given to him up to the next label or heading."""
    found: list[Block] = []
    speaker, last = "", max(labels, default=-1)
    for index, block in enumerate(blocks):
        if index in labels:
            speaker = labels[index].name
            found.append(_without_label(text, block, labels[index]))
        elif block.kind in (Kind.BODY, Kind.CAPTION):
            kind = Kind.TURN if speaker else block.kind
            found.append(replace(block, kind=kind, speaker=speaker))
        else:
            ends = block.kind in (Kind.HEADING, Kind.TITLE, Kind.COMMENT) or index > last
            speaker = "" if ends else speaker
            found.append(block)
    return found


def _without_label(text: str, block: Block, label: Label) -> Block:
    """The turn without its label; a label that stands alone on its line becomes metadata."""
    line = visible(text, block)
    start = offset_of(block, len(line) - len(line.lstrip()) + label.end)
    if start >= block.end:
        return replace(block, kind=Kind.METADATA, reason="name of a speaker")
    skip = within(block.skip, start, block.end)
    return replace(block, kind=Kind.TURN, start=start, speaker=label.name, skip=skip)
