"""What decides the static encoder's weights."""

from __future__ import annotations

from dataclasses import dataclass

from models.training.corpora import LANGUAGES


@dataclass(frozen=True)
class Config:
    """Everything that decides the weights, besides the corpora."""

    languages: tuple[str, ...] = LANGUAGES
    draw: tuple[tuple[str, float], ...] = ()  # weights of languages in place of LANGUAGE_WEIGHTS
    copyleft: bool = False
    vocabulary: int = 100_000
    sample: int = 80_000  # lines a language for the vocabulary, twice as many for English
    most: int = 1_000_000  # pairs of the corpora that are used of a language
    least_words: int = 5  # times that word lists hold a word for it to be a piece of its own
    dimensions: int = 256
    steps: int = 7_000
    batch: int = 1_024
    run: int = 8  # neighbouring items drawn together
    joined: tuple[float, ...] = (0.75, 0.17, 0.08)  # chances that an item is one, two, three sentences
    pivot: float = 0.15  # share of batches between two foreign languages
    scale: float = 10.0  # inverse temperature
    rate: float = 0.01
    warmup: float = 0.05
    seed: int = 1
