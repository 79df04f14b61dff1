"""A reading made of paragraphs that were extracted from a format, one a block."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from workbench.datatypes import Block, Kind
from workbench.ingest.contents import ENTRY
from workbench.ingest.decode import clean
from workbench.ingest.plain import title_of
from workbench.ingest.reading import Reading
from workbench.ingest.structure import annotate

# What it is, why it is set apart if it is, and its words.
Paragraph = tuple[Kind, str, str]

_CONTENTS_STYLE = re.compile(r"(?:toc|contents) \d")
OWN_CODES = range(0xF000, 0xF100)  # of fonts whose characters are no letters


def reading_of(
    body: Sequence[Paragraph],
    around: Sequence[Paragraph] = (),
    *,
    metadata: Mapping[str, str],
    warnings: tuple[str, ...] = (),
    silent: Collection[int] = frozenset(),
) -> Reading:
    """The paragraphs of the text and then what is around it. Headings are guessed where the text has none marked.

    `silent`: the numbers of paragraphs in which nobody speaks.
    """
    text, blocks = laid_out([*body, *around])
    styled = any(kind in (Kind.HEADING, Kind.TITLE) for kind, _, _ in body)
    blocks = annotate(text, blocks, guess_headings=not styled, silent=silent)
    title = title_of(text, blocks) or metadata.get("title", "")
    return Reading(text, tuple(blocks), title, metadata=metadata, warnings=warnings)


def laid_out(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Block]]:
    """The text of the paragraphs, a blank line between, and their blocks."""
    blocks: list[Block] = []
    at = 0
    for kind, reason, words in paragraphs:
        blocks.append(Block(kind, at, at + len(words), reason=reason))
        at += len(words) + 2
    return "\n\n".join(words for _, _, words in paragraphs), blocks


def with_one_title(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with the first title alone; others are headings."""
    first = next((at for at, (kind, _, _) in enumerate(paragraphs) if kind == Kind.TITLE), -1)
    return [
        (Kind.HEADING, reason, words) if kind == Kind.TITLE and at != first else (kind, reason, words)
        for at, (kind, reason, words) in enumerate(paragraphs)
    ]


def told(said: Mapping[str, str | None]) -> dict[str, str]:
    """What a file says of itself, each on one line, as far as it says anything."""
    texts = {key: clean(" ".join((value or "").split()))[0] for key, value in said.items()}
    return {key: value for key, value in texts.items() if value}


def of_style(name: str) -> tuple[Kind, str] | None:
    """What paragraphs of a style of Word's or LibreOffice's own are, and why; nothing where its name does not tell."""
    name = name.lower()
    if name.startswith(("heading", "title", "subtitle")):
        return (Kind.TITLE if name.startswith("title") else Kind.HEADING), ""
    return ENTRY if _CONTENTS_STYLE.match(name) else None


def symbol(font: str, at: int) -> str:
    """A character that was inserted as a symbol, "≥" or "α"; the pictures of other fonts are no text."""
    from pypdf._codecs import charset_encoding

    if at not in OWN_CODES:
        return chr(at)
    return charset_encoding["/Symbol"][at - OWN_CODES.start] if font.lower() == "symbol" else ""
