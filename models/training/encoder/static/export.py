"""Static encoders written and read: eight bits a weight, one scale a piece."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.encoder.support import Floats
from workbench.embed.encoder import StaticEncoder

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def quantise(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Eight-bit rows and the scale of each: `rows * scales[:, None]` is within half a step of `vectors`."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def ship(tokenizer: Tokenizer, vectors: Floats, out: Path) -> None:
    """Writes a sentence-transformers model of one StaticEmbedding to `out`.

    The weights file holds `embeddings` (int8) and `weights` (float32, one scale a piece), a form that
    StaticEmbedding itself reads and unfolds to float32: half the size of float16, without its arithmetic.
    """
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=vectors)
    model = SentenceTransformer(modules=[module], device="cpu")
    model.save(str(out), create_model_card=False, safe_serialization=True)
    rows, scales = quantise(vectors)
    (weights,) = out.rglob("model.safetensors")
    save_file({"embeddings": rows, "weights": scales}, weights, metadata={"format": "pt"})


def shipped_encoder(folder: Path) -> Callable[[list[str]], Floats]:
    """What gives texts their unit vectors, (n, dimensions) float32, as sentence-transformers reads the model."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def static_vectors(folder: Path) -> Floats:
    """The piece vectors of a static encoder, (pieces, width) float32."""
    return StaticEncoder(folder, folder.name, {}).weights
