"""The piece vectors that training begins with, and what it leaves of those of an earlier model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.training.encoder.static.config import Config
from models.training.encoder.static.export import static_vectors
from models.training.encoder.support import Floats

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer


def start_vectors(size: int, config: Config) -> torch.Tensor:
    """Small random vectors, the same for the same seed."""
    import torch

    generator = torch.Generator().manual_seed(config.seed)
    return torch.randn(size, config.dimensions, generator=generator) * config.rate


def learned_vectors(tokenizer: Tokenizer, start: Path) -> torch.Tensor:
    """The vectors of the model in `start`; those of words that it breaks are the sums of their parts'."""
    import torch
    from tokenizers import Tokenizer

    learned, parts = static_vectors(start), Tokenizer.from_file(str(start / "tokenizer.json"))
    words = [tokenizer.id_to_token(i)[1:] for i in range(len(learned), tokenizer.get_vocab_size())]
    ids = [encoding.ids for encoding in parts.encode_batch_fast(words, add_special_tokens=False)]
    return torch.from_numpy(np.stack([*learned, *(learned[row].sum(axis=0) for row in ids)]))


def halfway(trained: Floats, start: Path) -> Floats:
    """`trained`, of which the pieces of the model in `start` go half of the way back to it.

    What they learned on less text is kept, and so is what they knew of more (Wortsman et al. 2022, WiSE-FT).
    """
    learned = static_vectors(start)
    known = len(learned)
    return np.concatenate([(learned + trained[:known]) / 2, trained[known:]])
