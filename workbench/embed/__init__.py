"""Sentence embeddings: texts in, unit vectors out."""

from workbench.embed.cache import Cached, EmbeddingCache, Memory, forgetful
from workbench.embed.encoder import Encoder, Pieces, StaticEncoder, TransformerEncoder, english_encoder, load

__all__ = [
    "Cached",
    "EmbeddingCache",
    "Encoder",
    "Memory",
    "Pieces",
    "StaticEncoder",
    "TransformerEncoder",
    "english_encoder",
    "forgetful",
    "load",
]
