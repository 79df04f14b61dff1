"""Loss, rates, steps, checkpoints."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.training.commands import whole
from models.training.encoder.contextual.batches import Batch, draw_batch, longest_at
from models.training.encoder.contextual.config import Config
from models.training.encoder.contextual.data import Lesson
from models.training.encoder.contextual.network import State, embed
from models.training.encoder.support import log
from models.training.encoder.texts import Side, take

if TYPE_CHECKING:
    import torch

CHECKPOINT_SECONDS = 240.0
REPORTED = 50


def loss_of(
    found: torch.Tensor, goal: torch.Tensor, others: torch.Tensor, config: Config
) -> tuple[torch.Tensor, dict[str, float]]:
    """Lower is better; all are unit vectors, `goal` (n, dimensions) those of the teacher for what was `found`."""
    import torch

    bank = torch.cat([goal, others])
    wanted = (goal @ bank.T * config.scale).softmax(dim=1)
    likeness = -(wanted * (found @ bank.T * config.scale).log_softmax(dim=1)).sum(dim=1).mean()
    floor = -(wanted * wanted.clamp(min=1e-12).log()).sum(dim=1).mean()  # shown, not learned
    apart = 1 - (found * goal).sum(dim=1).mean()
    return likeness + config.pull * apart, {"likeness": (likeness - floor).item(), "apart": apart.item()}


@dataclass
class Clock:
    """How far training is, 0 to 1: by steps, or by the minutes it may take."""

    steps: int
    minutes: float = 0.0
    spent: float = 0.0  # seconds
    since: float = field(default_factory=time.monotonic)

    def seconds(self) -> float:
        return self.spent + time.monotonic() - self.since

    def progress(self, step: int) -> float:
        if self.minutes:
            return min(1.0, self.seconds() / (60 * self.minutes))
        return step / self.steps if step < self.steps else 1.0


class Report:
    """A line of means every REPORTED steps."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._shown: list[dict[str, float]] = []
        self._tokens, self._since = 0, time.monotonic()

    def add(self, step: int, progress: float, shown: dict[str, float], tokens: int) -> None:
        self._shown.append(shown)
        self._tokens += tokens
        if step % REPORTED == 0:
            means = {name: f"{np.mean([one[name] for one in self._shown]):.4f}" for name in shown}
            speed = round(self._tokens / (time.monotonic() - self._since))
            log("step", number=step, progress=f"{progress:.3f}", **means, tokens_per_second=speed)
            self._clear()


def train(state: State, data: Lesson, config: Config, clock: Clock, checkpoint: Path) -> None:
    """Trains `state` to the end of `clock`; saves it to `checkpoint` now and then and at the end."""
    saved, report = time.monotonic(), Report()
    while (progress := clock.progress(state.step)) < 1:
        batch = draw_batch(data, config, state.step, longest_at(progress, config))
        side = take(data.side, batch.texts, batch.texts)
        shown = train_step(state, data, batch, side, config, rate_at(state.step, progress, config))
        report.add(state.step, progress, shown, len(side.ids))
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            saved = time.monotonic()
            save_checkpoint(state, clock, checkpoint)
    save_checkpoint(state, clock, checkpoint)


def rate_at(step: int, progress: float, config: Config) -> float:
    """A short rise, a plateau, and a linear fall over the last half."""
    return min(1.0, (step + 1) / config.warmup, 2 * (1 - progress))


def train_step(state: State, data: Lesson, batch: Batch, side: Side, config: Config, rate: float) -> dict[str, float]:
    import torch

    found, (rows, vectors) = embed(state, side)
    goal, others = (state.table.tensor(data.teacher[items].astype(np.float32)) for items in (batch.items, batch.others))
    loss, shown = loss_of(found, goal, others, config)
    loss.backward()
    own = dict(state.network.named_parameters())
    for name, master in state.masters.items():
        master.grad, own[name].grad = own[name].grad.float(), None
    torch.nn.utils.clip_grad_norm_(state.masters.values(), 1.0)
    for group in state.optimiser.param_groups:
        group["lr"] = rate * config.rate
    state.optimiser.step()
    state.publish()
    state.table.update(rows, vectors, rate * config.table_rate)
    return shown


def save_checkpoint(state: State, clock: Clock, path: Path) -> None:
    import torch

    kept = {
        "masters": {name: master.detach() for name, master in state.masters.items()},
        "optimiser": state.optimiser.state_dict(),
        "table": {name: getattr(state.table, name) for name in ("weights", "first", "second")},
        "step": state.step,
        "seconds": clock.seconds(),
    }
    with whole(path) as partial:
        torch.save(kept, partial)


def load_checkpoint(state: State, clock: Clock, path: Path) -> None:
    import torch

    kept = torch.load(path, map_location=state.table.weights.device, weights_only=True)
    for name, master in state.masters.items():
        master.data.copy_(kept["masters"][name])
    state.optimiser.load_state_dict(kept["optimiser"])
    for name, tensor in kept["table"].items():
        setattr(state.table, name, tensor)
    state.table.step, clock.spent = kept["step"], kept["seconds"]
    state.publish()
