"""A document's blocks anew, when somebody says that its lines mean something else than the reader found."""

from __future__ import annotations

from dataclasses import replace

from workbench.datatypes import Block, Document, Kind, Layout
from workbench.errors import InputError

# Of these nothing is known but their lines.
_BARE = ("txt",)
_RECAST = {
    Layout.PARAGRAPHS: {Kind.CAPTION: Kind.BODY},
    Layout.CAPTIONS: {Kind.BODY: Kind.CAPTION, Kind.HEADING: Kind.CAPTION},
}


def layouts(format: str) -> tuple[Layout, ...]:
    """What the lines of a document may be said to be; only plain text is wrapped to a width."""
    return tuple(Layout) if format in _BARE else tuple(_RECAST)


def relaid(document: Document, layout: Layout) -> Document:
    """The document with the blocks that it has where its lines are of this layout; its text stays.

    What the format itself says (headings, furniture, speakers) stays too. Raises InputError where the format has no
    such layout.
    """
    known = layouts(document.format)
    if layout not in known:
        raise InputError(
            f"{document.name} is {document.format.upper()}, whose lines are not {layout}; say {' or '.join(known)}"
        )
    if document.format in _BARE:
        from workbench.ingest.plain import blocks_of  # with all that guesses: only when it is wanted

        return replace(document, blocks=blocks_of(document.text, layout))
    return replace(document, blocks=tuple(_recast(block, layout) for block in document.blocks))


def _recast(block: Block, layout: Layout) -> Block:
    return replace(block, kind=_RECAST[layout].get(block.kind, block.kind))
