"""Vectors of many sentences on disk, in half precision, made shard by shard: an ended run goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, silent
from workbench.embed import Encoder
from workbench.errors import StoreError
from workbench.folders import whole

_SHARD = 1 << 14  # sentences
_HALF = np.dtype(np.float16)
_SPARE = 64 << 20  # bytes of a disk that are left alone


class Texts(Protocol):
    def __len__(self) -> int: ...

    def texts(self, start: int, stop: int) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """`vectors`: (n, d), memory-mapped. `found`: how many of them an earlier run had made."""

    vectors: NDArray[np.float16]
    found: int


def embedded(texts: Texts, encoder: Encoder, place: Path, progress: Progress = silent) -> Kept:
    """The vectors of all texts, in the file `place`; its manifest, with the ending .json, has two sums a shard.

    A shard is made again unless the manifest knows the sum of its texts and that of what stands in the file. Raises
    StoreError where the disk has no room, before anything is made.
    """
    wide = encoder.encode(["a"]).shape[1]
    _check_room(place, len(texts) * wide * _HALF.itemsize)
    manifest = _Manifest.of(place, encoder.model_id)
    found = 0
    try:
        with place.open("r+b" if place.exists() else "w+b") as file:
            for start in range(0, len(texts), _SHARD):
                shard = texts.texts(start, start + _SHARD)
                known = manifest.knows(start, shard, _standing(file, start, len(shard), wide))
                if not known:
                    manifest.add(start, shard, _put(file, start, encoder.encode(shard)))
                found += known * len(shard)
                progress(f"embedding {place.stem}", start + len(shard), len(texts))
            file.truncate(len(texts) * wide * _HALF.itemsize)
    except OSError as error:
        raise StoreError(
            f"{place} cannot be written ({error}); make room and start again, what is done is kept"
        ) from error
    return Kept(np.memmap(place, dtype=_HALF, mode="r", shape=(len(texts), wide)), found)


def _check_room(place: Path, size: int) -> None:
    there = place.stat().st_size if place.exists() else 0
    free = shutil.disk_usage(place.parent).free
    if free + there < size + _SPARE:
        raise StoreError(
            f"{place.parent} has {free / 1e6:,.0f} MB left and the vectors take {size / 1e6:,.0f}; "
            "make room, or name another folder with --work"
        )


def _standing(file: IO[bytes], start: int, count: int, wide: int) -> bytes:
    file.seek(start * wide * _HALF.itemsize)
    return file.read(count * wide * _HALF.itemsize)


def _put(file: IO[bytes], start: int, vectors: NDArray[np.float32]) -> bytes:
    data = vectors.astype(_HALF).tobytes()
    file.seek(start * vectors.shape[1] * _HALF.itemsize)
    file.write(data)
    file.flush()
    os.fsync(file.fileno())
    return data


class _Manifest:
    """Which shards stand in the file, by their first row: the sum of their texts and that of their vectors."""

    def __init__(self, path: Path, model: str, shards: dict[str, list[str]]) -> None:
        self._path, self._model, self._shards = path, model, shards

    @classmethod
    def of(cls, place: Path, model: str) -> _Manifest:
        """Empty where there is none, it is damaged, or another model made it."""
        path = place.with_suffix(".json")
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            shards = {str(start): list(sums) for start, sums in said["shards"].items()}
            return cls(path, model, shards if said["model"] == model else {})
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return cls(path, model, {})

    def knows(self, start: int, texts: Sequence[str], data: bytes) -> bool:
        return self._shards.get(str(start)) == _sums(texts, data)

    def add(self, start: int, texts: Sequence[str], data: bytes) -> None:
        self._shards[str(start)] = _sums(texts, data)
        with whole(self._path) as temporary:
            temporary.write_text(json.dumps({"model": self._model, "shards": self._shards}), encoding="utf-8")


def _sums(texts: Sequence[str], data: bytes) -> list[str]:
    """Of the texts of a shard, and of its vectors."""
    return [hashlib.sha256(part).hexdigest() for part in ("\n".join(texts).encode(), data)]
