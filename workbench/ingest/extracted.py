"""A reading made of paragraphs that were extracted from a format, one a block."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workbench.datatypes import Block, Kind
from workbench.ingest.decode import clean
from workbench.ingest.plain import title_of
from workbench.ingest.reading import Reading
from workbench.ingest.structure import annotate

# What it is, why it is set apart if it is, and its words.
Paragraph = tuple[Kind, str, str]


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
