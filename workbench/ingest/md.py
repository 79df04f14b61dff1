"""Markdown with YAML or TOML front matter and Hugo shortcodes.

A block's `skip` takes the markup out, so that what is left is the words of the file at the file's offsets.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbench.datatypes import Block, Kind
from workbench.ingest.decode import decode, resolved
from workbench.ingest.lines import ends_sentence
from workbench.ingest.markup import blocks_of
from workbench.ingest.phrases.folding import fold
from workbench.ingest.phrases.headings import SOURCES
from workbench.ingest.plain import title_of
from workbench.ingest.reading import Reading, Source, line_spans, trimmed, visible, within
from workbench.ingest.structure import annotate

_FENCE = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
_FENCE_END = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.M),
}
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(['\"]?)(?P<title>[^\n]*?)\1[ \t]*$", re.M)
_SOURCE = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|https?:|www\.|\bdoi\b|\bISBN\b", re.I)
_LONGEST_FRONT_MATTER = 64 * 1024


def read(source: Source) -> Reading:
    """A Markdown file; the text is the file's own but for character references."""
    decoded = decode(source.data, source.settings.encoding)
    text = resolved(decoded.text)
    front, metadata, warnings = _front_matter(text)
    body = front[-1].end if front else 0
    parts = [part for block in blocks_of(text, body) for part in _apart(text, block)]
    blocks = [*front, *_references(text, annotate(text, _one_title(parts, metadata)))]
    title = metadata.get("title", "") or title_of(text, blocks)
    return Reading(text, tuple(blocks), title, decoded.encoding, metadata, decoded.warnings + warnings)


def _front_matter(text: str) -> tuple[list[Block], dict[str, str], tuple[str, ...]]:
    """The front matter's blocks (its title stands apart), what it says, and what could not be read of it."""
    start = _FENCE.match(text)
    end = _FENCE_END[start[1]].search(text, start.end(), start.end() + _LONGEST_FRONT_MATTER) if start else None
    if not start or not end:
        return [], {}, ()
    warnings: tuple[str, ...] = ()
    language = "TOML" if start[1] == "+++" else "YAML"
    try:
        metadata = _fields(text[start.end() : end.start()], language)
    except ValueError as error:
        metadata, warnings = {}, (f"the front matter is no valid {language} ({error}); its fields were not read.",)
    if metadata is None:
        return [], {}, ()
    opening = start.end() - len(start[0].lstrip())
    return _front_blocks(text, opening, end.end(), metadata), metadata, warnings


def _fields(source: str, language: str) -> dict[str, str] | None:
    """The scalars and lists of scalars of a mapping; None where it is no mapping. Raises ValueError."""
    from frontmatter.default_handlers import YAMLHandler

    try:
        fields = tomllib.loads(source) if language == "TOML" else YAMLHandler().load(source)
    except Exception as error:  # the languages' own, and those of making dates and numbers of what was found
        raise ValueError(" ".join(str(error).split())[:120] or type(error).__name__) from error
    if not isinstance(fields, dict):
        return None
    texts = {str(key): _scalars(value) for key, value in fields.items() if not isinstance(key, tuple)}
    return {key: value for key, value in texts.items() if value}


def _scalars(value: object) -> str:
    """A scalar as text, a list of them with commas between; deeper values, which aliases may repeat without
    end, are left out."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if not isinstance(item, list | dict | set))
    return "" if value is None or isinstance(value, dict | set) else str(value)


def _front_blocks(text: str, start: int, end: int, metadata: Mapping[str, str]) -> list[Block]:
    reason = "front matter"
    match = _TITLE.search(text, start, end)
    if not match or match["title"] != metadata.get("title"):
        return [Block(Kind.METADATA, start, end, reason=reason)]
    return [
        Block(Kind.METADATA, start, match.start("title"), reason=reason),
        Block(Kind.TITLE, match.start("title"), match.end("title")),
        Block(Kind.METADATA, match.end("title"), end, reason=reason),
    ]


def _one_title(blocks: list[Block], metadata: Mapping[str, str]) -> list[Block]:
    """The first heading of the first level is the title, unless the front matter has one."""
    first = "title" not in metadata
    for index, block in enumerate(blocks):
        if block.kind == Kind.TITLE:
            blocks[index] = block if first else replace(block, kind=Kind.HEADING)
            first = False
    return blocks


def _references(text: str, blocks: list[Block]) -> list[Block]:
    """What stands below a heading such as "References" is a list of sources, and the heading of it; prose below
    "Sources" is text."""
    marked = list(blocks)
    heading = -1
    for at, block in enumerate(blocks):
        if block.kind in (Kind.HEADING, Kind.TITLE):
            heading = at if fold(visible(text, block)) in SOURCES else -1
        elif heading >= 0 and block.kind is Kind.BODY and _is_source(text, block):
            for each in (heading, at):
                marked[each] = replace(blocks[each], kind=Kind.FURNITURE, reason="list of sources")
    return marked


def _is_source(text: str, block: Block) -> bool:
    """Whether a block, or the address of the link at its end, says where to find something, or is no sentence."""
    end = text.find("\n", block.end)
    whole = text[block.start : end if end >= 0 else len(text)]
    return bool(_SOURCE.search(whole)) or not ends_sentence(visible(text, block))


def _apart(text: str, block: Block) -> Iterator[Block]:
    """A block without its lines that are markup from end to end, which become furniture of their own."""
    lines = line_spans(text, block.start, block.end)
    empty = [not visible(text, _cut(block, *line)).strip() for line in lines]
    first = 0
    while first < len(lines):
        last = first
        while last + 1 < len(lines) and empty[last + 1] == empty[first]:
            last += 1
        part = _cut(block, lines[first][0], lines[last][1])
        if empty[first]:
            reason = block.reason or "a shortcode, picture or markup without text"
            part = Block(Kind.FURNITURE, part.start, part.end, reason=reason)
        yield trimmed(text, part)
        first = last + 1


def _cut(block: Block, start: int, end: int) -> Block:
    return replace(block, start=start, end=end, skip=within(block.skip, start, end))
