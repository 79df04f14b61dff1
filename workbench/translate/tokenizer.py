"""The two kinds of tokenizers that Argos packages come with."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

_SPACE = "\u2581"  # SentencePiece's mark for a space


class Tokenizer(Protocol):
    """Text to the pieces that a model knows, and back."""

    def encode(self, text: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


class SentencePieceTokenizer:
    """`sentencepiece.model`, the tokenizer of nearly all packages."""

    def __init__(self, path: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        # Bytes rather than a path: SentencePiece cannot open every path on Windows.
        self._processor = SentencePieceProcessor(model_proto=path.read_bytes())

    def encode(self, text: str) -> list[str]:
        tokens: list[str] = self._processor.encode(text, out_type=str)
        return tokens

    def decode(self, tokens: list[str]) -> str:
        return str(self._processor.decode_pieces(tokens)).replace(_SPACE, " ")


def load_tokenizer(path: Path, from_code: str, to_code: str) -> Tokenizer:
    """The tokenizer in a `sentencepiece.model`, or in a `bpe.model` as some packages have it."""
    if path.name != "bpe.model":
        return SentencePieceTokenizer(path)
    # Of all argostranslate the module that imports neither its settings nor torch.
    from argostranslate.tokenizer import BPETokenizer

    tokenizer: Tokenizer = BPETokenizer(path, from_code, to_code)
    return tokenizer
