"""The training loop: gradients from one or more worker processes, an optimiser, a schedule, checkpoints.

On a shared CPU two single-threaded workers beat one process with two threads, which loses its time waiting at
the barriers of thousands of small parallel loops. Workers take the micro-batches of a step as they get free.
"""

from __future__ import annotations

import json
import logging
import math
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch import multiprocessing as mp

from models.training.commands import whole
from models.training.translation import data as text
from models.training.translation import words
from models.training.translation.model import Network, Size, TiedCrossEntropy, speed_up
from models.training.translation.optim import Optimiser
from models.training.translation.start import begin
from workbench.errors import InputError

log = logging.getLogger(__name__)

LONGEST = 101  # pieces of a sentence with its end


@dataclass(frozen=True)
class Plan:
    """Everything a training run depends on besides its data.

    `steps`, or else `minutes` on the clock, is the length that the schedule is drawn for; `stop_at` pauses
    a run after that many steps. With one worker and `steps`, the same plan gives the same weights; several
    workers add gradients up in varying order.
    """

    minutes: float = 90.0
    steps: int = 0
    stop_at: int = 0
    seed: int = 1
    device: str = "cpu"
    workers: int = 2
    threads: int = 1
    batch_tokens: int = 2048
    batches_a_step: int = 6
    warm_up: int = 80
    cool_down: float = 0.5
    short_first: bool = True
    guide: float = 0.5
    guide_until: float = 0.3
    dropout: float = 0.0
    muon_rate: float = 0.02
    adam_rate: float = 0.004
    checkpoint_minutes: float = 5.0
    compiled: bool = True

    def rate(self, step: int, progress: float) -> float:
        """Learning rate as a share of its peak: up quickly, level, then in a straight line to zero."""
        return min(1.0, (step + 1) / self.warm_up, (1 - progress) / self.cool_down)

    def guidance(self, progress: float) -> float:
        return self.guide * max(0.0, 1 - progress / self.guide_until)

    def longest(self, progress: float) -> int:
        """Short sentences first: words and their order are learned there at a fraction of the cost. A network that
        knows them already (`short_first` off) sees sentences of all lengths from the beginning."""
        if not self.short_first:
            return LONGEST
        return 24 if progress < 0.1 else 48 if progress < 0.3 else LONGEST


@dataclass
class State:
    """Where a run stands; saved with every checkpoint."""

    step: int = 0
    seconds: float = 0.0
    passes: int = 0
    position: int = 0
    longest: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Tally:
    loss: float = 0.0
    guide_loss: float = 0.0
    tokens: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


class Worker:
    """Adds the gradients of micro-batches to the network's own."""

    def __init__(self, network: Network, work: Path, plan: Plan):
        torch.set_num_threads(plan.threads)
        self.network, self.plan = network, plan
        self.data = text.load(work / "train.npz")
        self.table = words.load_table(work / "lexicon.npy")
        self.forward = speed_up(network) if plan.compiled else network
        self.key: tuple[int, int] | None = None
        self.batches: list[np.ndarray] = []

    def plan_pass(self, passes: int, longest: int) -> list[np.ndarray]:
        if self.key != (passes, longest):
            rng = np.random.default_rng([self.plan.seed, passes])
            # Of few texts, or of long ones alone, none may be so short.
            for most in (longest, self.plan.longest(1)):
                self.batches = text.batches(self.data, self.plan.batch_tokens, most, rng)
                if self.batches:
                    break
            else:
                raise InputError("no two of the training pairs are equally long, so there is no batch; add more texts")
            self.key = (passes, longest)
        return self.batches

    def accumulate(self, rows: np.ndarray, guide: float) -> Tally:
        source, inputs, labels, weights = words.arrays(self.data, rows)
        to = self.plan.device
        given = torch.from_numpy(source).to(to), torch.from_numpy(inputs).to(to)
        states, attention = self.forward(*given, self.noise(rows, *given), self.plan.dropout)
        weight = torch.from_numpy(weights).to(to)
        flat = torch.from_numpy(labels).to(to).flatten()
        loss = TiedCrossEntropy.apply(states.flatten(0, 1), self.network.target_embedding, flat, weight.flatten())
        guided = torch.zeros((), device=to)
        if guide:
            aligned = torch.from_numpy(words.alignment(self.table, source, labels)).to(to)
            guided = -(aligned * (attention + 1e-5).log()).sum(-1).mul(weight).sum()
        (loss + guide * guided).backward()
        return Tally(float(loss.detach()), float(guided.detach()), float(weights.sum()))

    def noise(self, rows: np.ndarray, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor] | None:
        """Random bytes for dropout, by the seed, the pass and the batch alone, whichever worker takes it."""
        if not self.plan.dropout or self.key is None:
            return None
        random = np.random.default_rng([self.plan.seed, *self.key, len(rows), int(rows[0])])
        shapes = self.network.noise_shapes(source, target)
        made = [torch.frombuffer(bytearray(random.bytes(math.prod(shape))), dtype=torch.uint8) for shape in shapes]
        encoder, decoder = (each.view(shape).to(self.plan.device) for each, shape in zip(made, shapes, strict=True))
        return encoder, decoder


def serve(network: Network, gradients: list[Tensor], work: Path, plan: Plan, pipe: Any, counter: Any) -> None:
    """A second process: takes micro-batches until the step has none left, then adds its gradients up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both; the first process ends this one
    worker = Worker(network, work, plan)
    while (order := pipe.recv()) is not None:
        tally = take(worker, counter, *order)
        for shared, parameter in zip(gradients, network.parameters(), strict=True):
            shared.zero_() if parameter.grad is None else shared.copy_(parameter.grad)
            parameter.grad = None
        pipe.send(tally)


def take(worker: Worker, counter: Any, passes: int, longest: int, start: int, guide: float) -> Tally:
    chosen = worker.plan_pass(passes, longest)[start : start + worker.plan.batches_a_step]
    tally = Tally()
    while True:
        with counter.get_lock():
            mine, counter.value = counter.value, counter.value + 1
        if mine >= len(chosen):
            return tally
        tally += worker.accumulate(chosen[mine], guide)


class Team:
    """The worker of this process and its helpers in others, who share the network's weights in memory."""

    def __init__(self, network: Network, work: Path, plan: Plan):
        context = mp.get_context("spawn")
        self.network = network
        self.counter = context.Value("i", 0)
        self.helpers: list[tuple[Any, Any, list[Tensor]]] = []
        for _ in range(plan.workers - 1):
            gradients = [torch.zeros_like(p).share_memory_() for p in network.parameters()]
            ours, theirs = context.Pipe()
            arguments = (network, gradients, work, plan, theirs, self.counter)
            process = context.Process(target=serve, args=arguments, daemon=True)
            process.start()
            self.helpers.append((process, ours, gradients))
        self.worker = Worker(network, work, plan)

    def step(self, passes: int, longest: int, start: int, guide: float) -> Tally:
        """Gradients of one step's micro-batches, summed on the network."""
        self.counter.value = 0
        for _, pipe, _ in self.helpers:
            pipe.send((passes, longest, start, guide))
        tally = take(self.worker, self.counter, passes, longest, start, guide)
        for _, pipe, gradients in self.helpers:
            tally += pipe.recv()
            for parameter, gradient in zip(self.network.parameters(), gradients, strict=True):
                parameter.grad = gradient.clone() if parameter.grad is None else parameter.grad + gradient
        return tally

    def close(self) -> None:
        for process, pipe, _ in self.helpers:
            pipe.send(None)
            process.join()


def train(size: Size, work: Path, plan: Plan, start: Path | None) -> Network:
    """Trains, or goes on from the checkpoint in `work`, until the plan's end; returns the network.

    `start` is the folder of a finished model to begin with.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    network = Network(size)
    if start:
        begin(network, start, work, plan.seed)
    else:
        seed_embedding(network, work, plan)
    network = network.to(plan.device, precision(plan.device))
    optimiser = Optimiser(network, plan.muon_rate, plan.adam_rate)
    state = restore(work, network, optimiser)
    if plan.workers > 1:
        network.share_memory()
    team = Team(network, work, plan)
    try:
        run(team, optimiser, state, work, plan)
    finally:
        team.close()
    return network


def precision(device: str) -> torch.dtype:
    """bfloat16 where the device multiplies it natively; a CPU that cannot is many times slower with it than without."""
    native = device != "cpu" or any("bf16" in name for name, has in torch.cpu.get_capabilities().items() if has)
    return torch.bfloat16 if native else torch.float32


def seed_embedding(network: Network, work: Path, plan: Plan) -> None:
    table = words.load_table(work / "lexicon.npy")
    seeded = words.seeded_embedding(table, network.target_embedding.detach().numpy(), plan.seed)
    network.source_embedding.data.copy_(torch.from_numpy(seeded))


def run(team: Team, optimiser: Optimiser, state: State, work: Path, plan: Plan) -> None:
    before, saved, lately, since = state.seconds, state.seconds, Tally(), time.monotonic()
    started = time.monotonic()
    while (progress := progress_of(state, plan)) < 1:
        advance(team, state, plan, progress)
        guide = plan.guidance(progress)
        tally = team.step(state.passes, state.longest, state.position, guide)
        state.position += plan.batches_a_step
        optimiser.step(plan.rate(state.step, progress), tally.tokens)
        state.step, state.tokens = state.step + 1, state.tokens + int(tally.tokens)
        state.seconds = before + time.monotonic() - started
        lately += tally
        if state.step % 20 == 0:
            report(state, lately, time.monotonic() - since)
            lately, since = Tally(), time.monotonic()
        if state.seconds - saved > 60 * plan.checkpoint_minutes:
            save(work, optimiser, state)
            saved = state.seconds
        if state.step == plan.stop_at:
            break
    save(work, optimiser, state)


def progress_of(state: State, plan: Plan) -> float:
    return state.step / plan.steps if plan.steps else state.seconds / (60 * plan.minutes)


def advance(team: Team, state: State, plan: Plan, progress: float) -> None:
    """Starts a new pass where the last one is used up or longer sentences are due."""
    longest = plan.longest(progress)
    done = state.position + plan.batches_a_step > len(team.worker.plan_pass(state.passes, state.longest))
    if done or longest != state.longest:
        state.passes, state.position, state.longest = state.passes + 1, 0, longest


def report(state: State, tally: Tally, seconds: float) -> None:
    log.info(
        "step %d  %.1f min  %.2f M tokens  loss %.3f  guide %.3f  %.0f tokens/s",
        state.step,
        state.seconds / 60,
        state.tokens / 1e6,
        tally.loss / tally.tokens,
        tally.guide_loss / tally.tokens,
        tally.tokens / seconds,
    )


def save(work: Path, optimiser: Optimiser, state: State) -> None:
    """Master weights, optimiser state and position, in safetensors; replaced in one move."""
    tensors = {f"{name}/{kind}": t for name, kinds in optimiser.state.items() for kind, t in kinds.items()}
    metadata = {"state": json.dumps(asdict(state) | {"optimiser_steps": optimiser.steps})}
    metadata["size"] = json.dumps(asdict(optimiser.model.size))
    with whole(work / "checkpoint.safetensors") as partial:
        save_file({name: t.contiguous() for name, t in tensors.items()}, partial, metadata)


def restore(work: Path, network: Network, optimiser: Optimiser) -> State:
    """Where the checkpoint in `work` stands; the beginning where there is none. Raises InputError where its network is
    of another size."""
    path = work / "checkpoint.safetensors"
    if not path.exists():
        return State()
    size = Size(**json.loads(read_metadata(path)["size"]))
    if size != network.size:
        raise InputError(f"{path} is of another network ({size}); name another --work for one of {network.size}")
    for name, tensor in load_file(path, device=str(network.target_embedding.device)).items():
        parameter, kind = name.rsplit("/", 1)
        optimiser.state[parameter][kind] = tensor
    optimiser.publish()
    saved = json.loads(read_metadata(path)["state"])
    optimiser.steps = saved.pop("optimiser_steps")
    return State(**saved)


def read_metadata(path: Path) -> dict[str, str]:
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        return dict(file.metadata())
