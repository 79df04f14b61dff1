"""What decides the weights of the contextual encoder."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.training.encoder.contextual.data import Choice

# What marks the beginning and the end of a text, and what fills a row up.
MARKS = "[CLS]", "[SEP]", "[PAD]"


@dataclass(frozen=True)
class Config:
    """Everything that decides the weights, besides the corpora, the static encoder and the teacher."""

    choice: Choice = field(default_factory=Choice)
    pieces: int = 35_000
    steps: int = 1_500
    batch: int = 320
    run: int = 8  # near neighbours drawn together
    spread: float = 0.4  # share of a batch that is drawn alone
    english: float = 0.12  # chance that a text is replaced by its English
    others: int = 12  # further items of each cluster in a batch that it is held against
    most_others: int = 1_500
    tokens: tuple[int, int] = (28, 72)  # the longest text at the beginning, and from half time on
    scale: float = 20.0  # inverse temperature
    pull: float = 4.0  # weight of the distance to the teacher
    rate: float = 1.5e-4  # of the network
    table_rate: float = 4e-3  # of the pieces
    warmup: int = 150  # steps
    seed: int = 7
