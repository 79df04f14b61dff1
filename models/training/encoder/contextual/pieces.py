"""What texts are read in: pieces of the static encoder, or of a model that is trained on, and where they begin."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.training.encoder.contextual.config import MARKS
from models.training.encoder.static.export import static_vectors
from models.training.encoder.support import Floats
from models.training.encoder.texts import encode_texts
from models.training.encoder.vocabulary import WORD_START

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def fewer_pieces(path: Path, texts: Sequence[str], count: int) -> Tokenizer:
    """The tokenizer with the `count` pieces that `texts` use most; a character counts twentyfold, to be read at all."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    told = json.loads(path.read_text(encoding="utf-8"))
    pieces = told["model"]["vocab"]
    used = np.zeros(len(pieces))
    np.add.at(used, encode_texts(tokenizer, texts).ids, 1.0)
    used[[len(piece.lstrip(WORD_START)) <= 1 for piece, _ in pieces]] *= 20
    used[told["model"]["unk_id"]] = np.inf
    kept = np.sort(np.argsort(-used, kind="stable")[:count])
    told["model"] |= {"vocab": [pieces[i] for i in kept], "unk_id": int(np.searchsorted(kept, told["model"]["unk_id"]))}
    return Tokenizer.from_str(json.dumps(told))


def first_vectors(pieces: Sequence[str], static: Path, teacher: Path) -> Floats:
    """Where the vectors of `pieces` begin, (n, width): mapped from the static encoder's to the teacher's words'."""
    from tokenizers import Tokenizer
    from transformers import AutoModel, AutoTokenizer

    known = Tokenizer.from_file(str(static / "tokenizer.json")).get_vocab()
    vectors = static_vectors(static)
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    words = AutoTokenizer.from_pretrained(teacher, local_files_only=True).get_vocab()
    table = AutoModel.from_pretrained(teacher, local_files_only=True).get_input_embeddings().weight.detach().numpy()
    both = [(known[WORD_START + word], row) for word, row in words.items() if WORD_START + word in known]
    source, goal = vectors[[piece for piece, _ in both]], table[[row for _, row in both]]
    mean = goal.mean(axis=0)
    gram = source.T @ source
    ridge = 1e-2 * np.trace(gram) / len(gram) * np.eye(len(gram), dtype=np.float32)
    mapped = vectors[[known[piece] for piece in pieces]] @ np.linalg.solve(gram + ridge, source.T @ (goal - mean))
    return np.asarray(mapped + mean, dtype=np.float32)


def learned_vectors(start: Path) -> Floats:
    """The vectors of the pieces of a model in `start` that this recipe has made, (n, width)."""
    from transformers import AutoModel

    words = AutoModel.from_pretrained(start, local_files_only=True).get_input_embeddings().weight.detach()
    return np.asarray(words[: -len(MARKS)].float().numpy())
