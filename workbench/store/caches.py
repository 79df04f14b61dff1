"""What models made of a text, kept by model, settings and text, where segment ids play no part; what checks found."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Translation, TranslationState
from workbench.store import history
from workbench.store.database import Database
from workbench.store.ids import digest

_CHUNK = 500  # keys a query: SQLite's limit was 999 for long


class TranslationCache:
    """Translations by text. A damaged entry counts as absent and is overwritten by the next put."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, model_id: str, direction: str, settings: str, texts: Sequence[str]) -> dict[str, Translation]:
        """The cached translations by text; texts that are not cached are absent."""
        keys = {digest((model_id, direction, settings, text)): text for text in texts}
        with self._db.read() as connection:
            found = [(keys[row["key"]], _translation(row)) for row in _rows(connection, "translation", list(keys))]
        return {text: translation for text, translation in found if translation is not None}

    def put(self, model_id: str, direction: str, settings: str, translations: Mapping[str, Translation]) -> None:
        """Cache translations by text, all or none."""
        with self._db.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO translation (key, text, model, state, reasons, score, checksum)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (digest((model_id, direction, settings, text)), *_translation_values(translation))
                    for text, translation in translations.items()
                ),
            )
            history.advance(connection, texts=True)


class EmbeddingCache:
    """Vectors, each (dim,), by text. A damaged entry counts as absent and is overwritten by the next put."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, model_id: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The cached vectors by text; texts that are not cached are absent. `model_id`: see Encoder."""
        keys = {_embedding_key(model_id, text): text for text in texts}
        with self._db.read() as connection:
            found = [(keys[row["key"]], _vector(row)) for row in _rows(connection, "embedding", list(keys))]
        return {text: vector for text, vector in found if vector is not None}

    def put(self, model_id: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Cache vectors by text, all or none."""
        with self._db.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO embedding VALUES (?, ?, ?)",
                (_embedding(_embedding_key(model_id, text), vector) for text, vector in vectors.items()),
            )


def _embedding_key(model_id: str, text: str) -> bytes:
    return digest((model_id, "", text))  # with nothing between, as in every workspace there is


class CheckCache:
    """What checks found last in documents (ids), under a digest of what that rests on."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, docs: Sequence[str], key: bytes) -> str | None:
        """What was found, where it rests on what `key` is the digest of; else, or where it is damaged, None."""
        query = "SELECT * FROM checked WHERE docs = ? AND key = ?"
        with self._db.read() as connection:
            row = connection.execute(query, (json.dumps(docs), key)).fetchone()
        return None if row is None or not is_sound_check(row) else str(row["found"])

    def put(self, docs: Sequence[str], key: bytes, found: str) -> None:
        """Keep what was found, in place of what was found before."""
        values = json.dumps(docs), key, found, zlib.crc32(found.encode())
        with self._db.write() as connection:
            connection.execute("INSERT OR REPLACE INTO checked VALUES (?, ?, ?, ?)", values)


def is_sound_check(row: sqlite3.Row) -> bool:
    return isinstance(row["found"], str) and bool(zlib.crc32(row["found"].encode()) == row["checksum"])


def _rows(connection: sqlite3.Connection, table: str, keys: Sequence[bytes]) -> Iterator[sqlite3.Row]:
    remaining = iter(keys)
    while chunk := list(islice(remaining, _CHUNK)):
        marks = ", ".join("?" * len(chunk))
        yield from connection.execute(f"SELECT * FROM {table} WHERE key IN ({marks})", chunk)


def _translation(row: sqlite3.Row) -> Translation | None:
    if not is_sound_translation(row):
        return None
    try:
        state, reasons = TranslationState(row["state"]), tuple(json.loads(row["reasons"]))
        return Translation(row["text"], row["model"], state, reasons, row["score"])
    except (ValueError, TypeError):
        return None


def _translation_values(translation: Translation) -> tuple[str | float | None, ...]:
    # float(): a score may come as a numpy number, which sqlite3 does not take.
    score = None if translation.score is None else float(translation.score)
    values = translation.text, translation.model, str(translation.state), json.dumps(translation.reasons), score
    return *values, _checksum(values)


def is_sound_translation(row: sqlite3.Row) -> bool:
    """Whether an entry is what was put; of those that have no checksum yet it is not known."""
    values = tuple(row[name] for name in ("text", "model", "state", "reasons", "score"))
    return row["checksum"] is None or row["checksum"] == _checksum(values)


def is_sound_vector(row: sqlite3.Row) -> bool:
    return isinstance(row["vector"], bytes) and zlib.crc32(row["vector"]) == row["checksum"]


def _checksum(values: Sequence[object]) -> int:
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


def _vector(row: sqlite3.Row) -> NDArray[np.float32] | None:
    data = row["vector"]
    if not is_sound_vector(row) or len(data) % 4:
        return None
    vector = np.frombuffer(data, dtype="<f4").astype(np.float32)
    return vector if np.isfinite(vector).all() else None


def _embedding(key: bytes, vector: NDArray[np.float32]) -> tuple[bytes, bytes, int]:
    data = np.asarray(vector, dtype="<f4").tobytes()
    return key, data, zlib.crc32(data)
