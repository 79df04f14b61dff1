"""Messages between the process that reads files and the one that asks: JSON or bytes, with their length before them.

JSON and no pickle: whatever takes the reading process over can send wrong text, and nothing else.
"""

from __future__ import annotations

import json
from typing import IO

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
    """As JSON; names of files may hold what is no text."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
