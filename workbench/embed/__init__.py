"""Sentence embeddings: texts in, unit vectors out."""

from workbench.embed.cache import Cached, EmbeddingCache, Memory, forgetful
from workbench.embed.encoder import Encoder, Pieces, TransformerEncoder, english_encoder, load

__all__ = [
    "Cached",
    "EmbeddingCache",
    "Encoder",
    "Memory",
    "Pieces",
    "TransformerEncoder",
    "english_encoder",
    "forgetful",
    "load",
]
