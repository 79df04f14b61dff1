"""The static encoder's loss, training and checkpoints."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.training.commands import whole
from models.training.encoder.static.batches import Batch, draw_batch, joins_over_english
from models.training.encoder.static.config import Config
from models.training.encoder.static.data import Corpus
from models.training.encoder.support import log
from models.training.encoder.table import Table

if TYPE_CHECKING:
    import torch

CHECKPOINT_EVERY = 1_000  # steps


def contrastive_loss(
    left: torch.Tensor, right: torch.Tensor, repeats: tuple[torch.Tensor, torch.Tensor], scale: float
) -> torch.Tensor:
    """Cross entropy of finding each row's partner among the other side's rows, in both directions.

    Rows are unit vectors and `repeats` the (row, column) cells left out of the sums. Scores are at most
    `scale`, so that one exponential serves both directions without overflow. The products are taken in
    bfloat16, several times faster and exact enough for a gradient.
    """
    scores = (left.bfloat16() @ right.bfloat16().T).float().mul_(scale).sub_(scale)
    scores[repeats] = -1e4
    others = scores.exp()
    return (others.sum(0).log() + others.sum(1).log()).mean() / 2 - scores.diagonal().mean()


def rate_at(step: int, config: Config) -> float:
    """Linear warm-up, then linear decay to zero."""
    warm = max(1, round(config.warmup * config.steps))
    return config.rate * min((step + 1) / warm, (config.steps - step) / max(1, config.steps - warm))


def train(table: Table, corpora: dict[str, Corpus], config: Config, checkpoint: Path) -> None:
    """Trains `table` from its step to the last; saves it to `checkpoint` now and then and at the end."""
    joins = joins_over_english(corpora, least=2 * config.batch)
    since, losses = time.monotonic(), []
    while table.step < config.steps:
        losses.append(train_step(table, draw_batch(corpora, joins, config, table.step), config))
        if table.step % CHECKPOINT_EVERY == 0 or table.step == config.steps:
            save_checkpoint(table, checkpoint)
        if table.step % 100 == 0:
            log(
                "step",
                number=table.step,
                loss=f"{np.mean(losses):.4f}",
                seconds=round(time.monotonic() - since),
            )
            losses.clear()


def train_step(table: Table, batch: Batch, config: Config) -> float:
    (left, right), rows, vectors = table.embed(batch.left, batch.right)
    loss = contrastive_loss(left, right, tuple(map(table.tensor, batch.repeats)), config.scale)
    loss.backward()
    table.update(rows, vectors, rate_at(table.step, config))
    return loss.item()


def save_checkpoint(table: Table, path: Path) -> None:
    from safetensors.torch import save_file

    state = {"weights": table.weights, "first": table.first, "second": table.second}
    with whole(path) as partial:
        save_file(state, partial, metadata={"step": str(table.step)})


def load_checkpoint(table: Table, path: Path) -> None:
    from safetensors import safe_open

    with safe_open(path, "pt", device=str(table.weights.device)) as state:
        table.weights, table.first, table.second = (state.get_tensor(name) for name in ("weights", "first", "second"))
        table.step = int(state.metadata()["step"])
