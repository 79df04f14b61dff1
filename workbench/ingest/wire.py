"""Documents on their way out of the process that read them, as JSON can hold them."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from workbench.datatypes import Block, Document, Kind


def of_document(document: Document) -> dict[str, Any]:
    """A document as JSON can hold it."""
    fields = {name: getattr(document, name) for name in Document.__slots__}
    return fields | {"blocks": [astuple(block) for block in document.blocks], "metadata": dict(document.metadata)}


def to_document(fields: dict[str, Any]) -> Document:
    return Document(
        **fields | {"blocks": tuple(map(_block, fields["blocks"])), "warnings": tuple(fields["warnings"])},
    )


def _block(values: list[Any]) -> Block:
    kind, start, end, speaker, reason, skip = values
    return Block(Kind(kind), start, end, speaker, reason, tuple((a, b) for a, b in skip))
