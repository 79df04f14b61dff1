"""Sentence embeddings: texts in, unit vectors out."""

from workbench.embed.cache import Cached, EmbeddingCache
from workbench.embed.encoder import Encoder, english_encoder, load

__all__ = ["Cached", "EmbeddingCache", "Encoder", "english_encoder", "load"]
