"""An encoder that remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, silent
from workbench.embed.encoder import Encoder

_CHUNK = 512


class EmbeddingCache(Protocol):
    """Where vectors are kept, by model and text."""

    def get(self, model_id: str, texts: Sequence[str]) -> Mapping[str, NDArray[np.float32]]: ...

    def put(self, model_id: str, vectors: Mapping[str, NDArray[np.float32]]) -> None: ...


class Memory:
    """An EmbeddingCache that lasts as long as it is held."""

    def __init__(self) -> None:
        self._vectors: dict[tuple[str, str], NDArray[np.float32]] = {}

    def get(self, model_id: str, texts: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        keys = {text: (model_id, text) for text in texts}
        return {text: self._vectors[key] for text, key in keys.items() if key in self._vectors}

    def put(self, model_id: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        self._vectors |= {(model_id, text): vector for text, vector in vectors.items()}


class Cached:
    """Any encoder plus a cache: each distinct text is encoded once, and kept chunk by chunk."""

    def __init__(self, encoder: Encoder, cache: EmbeddingCache) -> None:
        self.encoder = encoder
        self._cache = cache
        self.model_id = encoder.model_id

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """See Encoder."""
        if not texts:
            return self.encoder.encode(texts)
        known = dict(self._cache.get(self.model_id, texts))
        # Of one length in the order of the texts: what an encoder makes of a text may depend, in its last digits, on
        # those in its batch.
        missing = sorted(dict.fromkeys(text for text in texts if text not in known), key=len)
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            fresh = dict(zip(chunk, self.encoder.encode(chunk), strict=True))
            self._cache.put(self.model_id, fresh)
            known.update(fresh)
            progress("embedding", min(start + _CHUNK, len(missing)), len(missing))
        return np.stack([known[text] for text in texts])


def forgetful(encoder: Encoder) -> Encoder:
    """The encoder without its cache: for texts that nobody asks for again."""
    return encoder.encoder if isinstance(encoder, Cached) else encoder
