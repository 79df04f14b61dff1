"""Stable ids: the same content gets the same id in every version, workspace and session."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_DOCUMENT_DIGITS = 12  # of a few thousand
_ITEM_DIGITS = 16  # of many millions


def digest(parts: Sequence[str]) -> bytes:
    """SHA-256 of several strings, kept apart from each other."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).digest()


def document_id(name: str) -> str:
    """The id of a document that is added under a name no other document has."""
    return digest(("document", name)).hex()[:_DOCUMENT_DIGITS]


def segment_ids(doc_id: str, texts: Iterable[str]) -> list[str]:
    """An id a text; of equal texts the n-th always gets the same one."""
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        normal = " ".join(unicodedata.normalize("NFC", text).split())
        ids.append(digest(("segment", doc_id, normal, str(seen[normal]))).hex()[:_ITEM_DIGITS])
        seen[normal] += 1
    return ids


def part_id(*of: str) -> str:
    """The id of a segment that was made by hand out of others, which leaves all other ids as they are."""
    return digest(("part", *of)).hex()[:_ITEM_DIGITS]


def bead_id(docs: tuple[str, str], segments: Iterable[str]) -> str:
    """The id of a bead, the same in either direction.

    The documents count too: "nothing in B says this" is another bead than "nothing in C says this".
    """
    return digest(("bead", *sorted(docs), *sorted(segments))).hex()[:_ITEM_DIGITS]
