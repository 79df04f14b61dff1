"""Texts as runs of piece ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.encoder.support import Ints

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_CHUNK = 20_000  # texts that are tokenised at once


@dataclass(frozen=True)
class Side:
    """Texts as one run of piece ids; text i is `ids[starts[i]:starts[i + 1]]`."""

    ids: NDArray[np.int32]
    starts: Ints


def encode_texts(tokenizer: Tokenizer, texts: Sequence[str]) -> Side:
    """The pieces of `texts`, without marks at their ends."""
    ids: list[NDArray[np.int32]] = []
    for start in range(0, len(texts), _CHUNK):
        encodings = tokenizer.encode_batch_fast(texts[start : start + _CHUNK], add_special_tokens=False)
        ids.extend(np.array(encoding.ids, dtype=np.int32) for encoding in encodings)
    lengths = [len(row) for row in ids]
    return Side(np.concatenate(ids), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def take(side: Side, first: Ints, last: Ints) -> Side:
    """The texts `first[i]` to `last[i]`, inclusive, joined into one each."""
    begin, lengths = side.starts[first], side.starts[last + 1] - side.starts[first]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    position = np.arange(starts[-1]) + np.repeat(begin - starts[:-1], lengths)
    return Side(side.ids[position], starts)
