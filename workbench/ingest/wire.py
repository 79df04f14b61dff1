"""Documents on their way out of the process that read them: JSON, each message with its length before it.

JSON and no pickle: whatever takes the reading process over can send wrong text, and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import IO, Any

from workbench.datatypes import Block, Document, Kind

_LENGTH = 8  # bytes, big-endian


def send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has ended, also in the middle of one."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head)
    message = stream.read(length)
    return message if len(message) == length else None


def packed(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


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
