"""A small Transformer over the pieces of a text: the network of the contextual sentence encoder.

A sentence-transformers module. Loading its folder with that library needs `trust_remote_code=True`, because the
class is ours; `workbench.embed.encoder.load` needs neither that nor the library.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

MAX_TOKENS = 256
STEP = 8  # texts are padded to the next multiple: few distinct shapes, little padding


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network: pieces, width of the stream, heads, hidden units, layers, dimensions it gives."""

    pieces: int
    width: int = 256
    heads: int = 4
    hidden: int = 1024
    layers: int = 3
    dimensions: int = 384


class Layer(nn.Module):
    """Attention with rotary positions (Su et al. 2021), then a feed-forward net, both added to the stream.

    Both begin by adding nothing: an untrained network averages its pieces, as a static encoder does.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = nn.LayerNorm(shape.width)
        self.attention_in = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attention_out = nn.Linear(shape.width, shape.width, bias=False)
        self.hidden_norm = nn.LayerNorm(shape.width)
        self.hidden_in = nn.Linear(shape.width, shape.hidden, bias=False)
        self.hidden_out = nn.Linear(shape.hidden, shape.width, bias=False)
        nn.init.zeros_(self.attention_out.weight)
        nn.init.zeros_(self.hidden_out.weight)

    def forward(self, stream: Tensor, padding: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
        rows, length, width = stream.shape
        parts = self.attention_in(self.attention_norm(stream)).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        query, key = rotated(query, turn), rotated(key, turn)
        # Written out: several times faster than the fused form on a CPU in bfloat16, at these lengths.
        scores = (query @ key.mT) * query.shape[-1] ** -0.5 + padding
        heard = (scores.softmax(dim=-1) @ value).transpose(1, 2).reshape(rows, length, width)
        stream = stream + self.attention_out(heard)
        made: Tensor = self.hidden_out(functional.gelu(self.hidden_in(self.hidden_norm(stream))))
        return stream + made


class Body(nn.Module):
    """Everything but the table of piece vectors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.projection = nn.Linear(shape.width, shape.dimensions, bias=False)
        self.size = shape.width // shape.heads

    def forward(self, pieces: Tensor, lengths: Tensor) -> Tensor:
        """Vectors (n, dimensions), of any length, of padded `pieces` (n, longest, width) with `lengths` (n,)."""
        position = torch.arange(pieces.shape[1], device=pieces.device)
        there = position < lengths[:, None]
        padding = torch.zeros(there.shape, dtype=pieces.dtype, device=pieces.device).masked_fill_(~there, -1e4)
        turn = turns(position, self.size, pieces.dtype)
        for layer in self.layers:
            pieces = layer(pieces, padding[:, None, None], turn)
        total = (pieces * there[:, :, None]).sum(dim=1, dtype=torch.float32)
        mean = total / lengths.clamp(min=1)[:, None]
        return functional.linear(mean, self.projection.weight.float())


def turns(position: Tensor, size: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Cosines and sines (length, size / 2) by which each position turns its queries and keys."""
    speed = 10_000.0 ** -(torch.arange(0, size, 2, device=position.device) / size)
    angle = position[:, None] * speed
    return angle.cos().to(dtype), angle.sin().to(dtype)


def rotated(vectors: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = turn
    one, two = vectors.chunk(2, dim=-1)
    return torch.cat([one * cosine - two * sine, one * sine + two * cosine], dim=-1)


class ContextualEmbedding(nn.Module):
    """Tokenizer, table of piece vectors and body: texts in, vectors out."""

    def __init__(self, tokenizer: Tokenizer, table: Tensor, body: Body, shape: Shape) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.shape = shape
        self.table = nn.Parameter(table, requires_grad=False)
        self.body = body.requires_grad_(False)
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Tensor]:
        """Padded `input_ids` (n, longest) and `attention_mask`, as sentence-transformers asks of a first module."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs], add_special_tokens=False)
        lengths = [len(encoding.ids) for encoding in encodings]
        ids = np.zeros((len(lengths), -(-max(lengths, default=0) // STEP) * STEP), dtype=np.int64)
        for row, encoding in zip(ids, encodings, strict=True):
            row[: len(encoding.ids)] = encoding.ids
        there = np.arange(ids.shape[1]) < np.array(lengths, dtype=np.int64)[:, None]
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(there)}

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Adds `sentence_embedding` (n, dimensions): unit vectors; zero for a text without any piece."""
        pieces = self.table[features["input_ids"]]
        found = self.body(pieces, features["attention_mask"].sum(dim=1))
        return features | {"sentence_embedding": functional.normalize(found, dim=1)}

    @property
    def max_seq_length(self) -> int:
        return MAX_TOKENS

    def get_embedding_dimension(self) -> int:
        return self.shape.dimensions

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Writes config.json, tokenizer.json and model.safetensors: the table in 8 bits, the body in float16."""
        from safetensors.torch import save_file

        folder = Path(output_path)
        scales = self.table.abs().amax(dim=1).clamp(min=1e-12) / 127
        rows = (self.table / scales[:, None]).round().to(torch.int8)
        body = {f"body.{name}": tensor.half().contiguous() for name, tensor in self.body.state_dict().items()}
        tensors = {"embeddings": rows, "weights": scales, **body}
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        (folder / "config.json").write_text(json.dumps(asdict(self.shape), indent=2) + "\n", encoding="utf-8")
        self.tokenizer.no_truncation()
        self.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
        self.tokenizer.enable_truncation(MAX_TOKENS)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> Self:
        """The model in a local folder, as float32 on the CPU."""
        from safetensors.torch import load_file

        folder = Path(model_name_or_path) / subfolder
        shape = Shape(**json.loads((folder / "config.json").read_text(encoding="utf-8")))
        tensors = load_file(folder / "model.safetensors")
        table = tensors.pop("embeddings").float() * tensors.pop("weights").float()[:, None]
        body = Body(shape)
        body.load_state_dict({name.removeprefix("body."): tensor.float() for name, tensor in tensors.items()})
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), table, body, shape).eval()
