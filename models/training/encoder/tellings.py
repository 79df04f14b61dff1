"""The English encoder learns which passages of two tellings of one event say the same.

    python -m models.training.encoder.tellings --work WORK --out models/encoder-tellings

all-MiniLM-L6-v2 finds texts on one topic alike. In two tellings of one event everything is on one topic, so it says
little of which passages correspond. Here low-rank changes of its matrices (LoRA, Hu et al. 2022) learn to tell each
passage's counterpart from every other run of as many segments of the same document, in both directions (InfoNCE, van
den Oord et al. 2018). Vectors are made, weighed and centred as `workbench.align.scattered` does with what it reads.
It learns from our pairs in `teaching`, English on both sides, and from those of --aside, which other recipes learn
from too. They weigh what this one makes of the encoder, and must do so by pairs that it has not seen: for every third
of them there is, in --work, an adapter that learned from all others. How many passages it finds in them is printed.
The adapter in --out learned from all. Same seed, same threads: same weights.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.functional import normalize
from torch.nn.utils import parametrize
from transformers import AutoModel, AutoTokenizer

from models.training.encoder.support import log, settle
from workbench.align.evaluation import GoldDocument, links_of, read_gold
from workbench.embed.adapter import BEFORE, CONFIG, DOWN, UP, WEIGHTS
from workbench.embed.encoder import english_folder
from workbench.lang import same_language

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

# The matrices of each layer that change.
_CHANGED = ("attention.self.query", "attention.self.value", "intermediate.dense", "output.dense")
_TEACHING = Path(__file__).parent / "teaching"
_ASIDE = Path(__file__).parents[3] / "tests" / "gold" / "comparable" / "tuning"
_LONGEST = 128  # pieces of a segment that are read
_BATCH = 64
_LARGEST = 3  # segments of a run
# Adapters for those who weigh by the pairs they learned from, and the file that names the pairs each has not seen.
_FOLDS = 3
LEFT_OUT = "left-out.txt"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a training depends on besides its texts. `temperature` of the softmax over a document's runs."""

    rank: int = 16
    alpha: int = 32
    epochs: int = 3
    rate: float = 4e-4
    warm_up: int = 10  # documents
    temperature: float = 0.08
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """Both sides of a document in English, the pieces of each segment, and the gold links in runs of segments."""

    name: str
    sides: tuple[list[list[int]], list[list[int]]]
    links: tuple[tuple[range, range], ...]


def tellings(documents: Sequence[GoldDocument], tokenizer: PreTrainedTokenizerBase) -> list[Telling]:
    """The documents of a gold set. Links with a gap on either side are left out.

    Raises ValueError where there is no English of a side.
    """
    found = []
    for document in documents:
        sides = tuple(
            tokenizer(list(text), truncation=True, max_length=_LONGEST)["input_ids"] for text in _in_english(document)
        )
        links = ((_run(src), _run(tgt)) for src, tgt in links_of(document.gold))
        found.append(Telling(document.name, sides, tuple((s, t) for s, t in links if s is not None and t is not None)))
    return found


def _in_english(document: GoldDocument) -> Iterator[Sequence[str]]:
    langs = document.langs or ("und", "und")
    for text, english, lang in zip(
        (document.src, document.tgt), (document.src_en, document.tgt_en), langs, strict=True
    ):
        if not english and not same_language(lang, "en"):
            raise ValueError(f"{document.name}: no English of its side in {lang}; add it as .src.en or .tgt.en")
        yield english or text


def _run(segments: Sequence[int]) -> range | None:
    run = range(min(segments), max(segments) + 1)
    return run if len(run) == len(segments) else None


class LowRank(nn.Module):
    """A matrix and what is learned beside it: a product of two narrow ones, 0 at first."""

    def __init__(self, rows: int, columns: int, plan: Plan) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(plan.rank, columns) / math.sqrt(columns))
        self.up = nn.Parameter(torch.zeros(rows, plan.rank))
        self._scale = plan.alpha / plan.rank

    def forward(self, weight: Tensor) -> Tensor:
        return weight + self._scale * self.up @ self.down


def changeable(network: nn.Module, plan: Plan) -> dict[str, LowRank]:
    """Puts a change beside every matrix that gets one, by its name; nothing else of the network learns."""
    network.requires_grad_(False)
    changes = {}
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.Linear) and name.endswith(_CHANGED):
            changes[name] = LowRank(*module.weight.shape, plan)
            parametrize.register_parametrization(module, "weight", changes[name])
    return changes


def segments(network: nn.Module, pieces: Sequence[Sequence[int]]) -> Tensor:
    """A vector a segment, shape (n, d): the mean of its tokens', as long as the root of their number."""
    order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
    vectors: dict[int, Tensor] = {}
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        ids = nn.utils.rnn.pad_sequence([torch.tensor(pieces[row]) for row in rows], batch_first=True)
        lengths = torch.tensor([len(pieces[row]) for row in rows])
        mask = torch.arange(ids.shape[1]) < lengths[:, None]
        hidden = network(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        means = (hidden * mask[..., None]).sum(1) / lengths[:, None]
        vectors.update(zip(rows, normalize(means) * lengths[:, None].sqrt(), strict=True))
    return torch.stack([vectors[row] for row in range(len(pieces))])


def centred(network: nn.Module, telling: Telling) -> tuple[Tensor, Tensor]:
    """Both sides' segments less what all of the document have in common."""
    src, tgt = (segments(network, side) for side in telling.sides)
    common = torch.cat([src, tgt]).mean(0)
    return src - common, tgt - common


def runs(side: Tensor, size: int) -> Tensor:
    """A vector of length one for every run of `size` segments, by where it begins."""
    return normalize(side.unfold(0, size, 1).sum(-1))


def asked(network: nn.Module, telling: Telling) -> Iterator[tuple[Tensor, Tensor, range]]:
    """Of each linked run of either side: its vector, the other side, and where its counterpart stands there."""
    src, tgt = centred(network, telling)
    for src_run, tgt_run in telling.links:
        for side, own, other, wanted in ((src, src_run, tgt, tgt_run), (tgt, tgt_run, src, src_run)):
            yield normalize(side[own.start : own.stop].sum(0), dim=0), other, wanted


def loss(network: nn.Module, telling: Telling, temperature: float) -> Tensor:
    """How badly the counterparts of linked runs are told from all others as long; those that overlap do not count."""
    losses = []
    for vector, other, wanted in asked(network, telling):
        alike = runs(other, len(wanted)) @ vector / temperature
        places = torch.arange(len(alike))
        partly = ((places - wanted.start).abs() < len(wanted)) & (places != wanted.start)
        losses.append(-alike.masked_fill(partly, -math.inf).log_softmax(0)[wanted.start])
    return torch.stack(losses).mean()


def found(network: nn.Module, telling: Telling) -> float:
    """The share of linked passages, of both sides, whose most similar run, of _LARGEST segments at most, is right."""
    hits = []
    with torch.inference_mode():
        for vector, other, wanted in asked(network, telling):
            alike = {size: runs(other, size) @ vector for size in range(1, min(_LARGEST, len(other)) + 1)}
            size = max(alike, key=lambda size: float(alike[size].max()))
            start = int(alike[size].argmax())
            hits.append(start < wanted.stop and wanted.start < start + size)
    return float(np.mean(hits))


def learn(network: nn.Module, changes: dict[str, LowRank], teaching: Sequence[Telling], plan: Plan) -> None:
    """A step a document, in a new order each epoch; the rate falls to nothing."""
    network.train()
    parameters = [parameter for change in changes.values() for parameter in change.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=plan.rate, weight_decay=0.01)
    steps = plan.epochs * len(teaching)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / plan.warm_up) * (1 - step / steps)
    )
    random = np.random.default_rng(plan.seed)
    for epoch in range(plan.epochs):
        losses = []
        for place in random.permutation(len(teaching)):
            lost = loss(network, teaching[place], plan.temperature)
            lost.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            losses.append(lost.item())
        log("learned", epoch=epoch + 1, loss=round(float(np.mean(losses)), 3))
    network.eval()


def ship(changes: dict[str, LowRank], plan: Plan, out: Path) -> None:
    """Writes the changes as an adapter in PEFT's layout, in half precision."""
    out.mkdir(parents=True, exist_ok=True)
    factors = {
        f"{BEFORE}{name}{part}": factor.detach().to(torch.float16).contiguous()
        for name, change in changes.items()
        for part, factor in ((DOWN, change.down), (UP, change.up))
    }
    save_file(factors, out / WEIGHTS, metadata={"format": "pt"})
    config = {
        "peft_type": "LORA",
        "base_model_name_or_path": "sentence-transformers/all-MiniLM-L6-v2",
        "r": plan.rank,
        "lora_alpha": plan.alpha,
        "target_modules": list(_CHANGED),
        "inference_mode": True,
    }
    (out / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def taught(teaching: Sequence[Telling], plan: Plan, out: Path) -> nn.Module:
    """The network that learned from the pairs; what it learned is written to `out`."""
    torch.manual_seed(plan.seed)
    network = bare()
    changes = changeable(network, plan)
    log("learning", tellings=len(teaching), links=sum(len(one.links) for one in teaching))
    learn(network, changes, teaching, plan)
    ship(changes, plan, out)
    return network


def bare() -> nn.Module:
    """The English encoder as it comes."""
    network: nn.Module = AutoModel.from_pretrained(
        english_folder(), local_files_only=True, add_pooling_layer=False
    ).eval()
    return network


def folds(teaching: Sequence[Telling], aside: Sequence[Telling], plan: Plan, work: Path) -> None:
    """An adapter for every third of the pairs set aside, which it does not learn from."""
    shares: dict[str, tuple[float, float]] = {}
    for fold in range(_FOLDS):
        held = aside[fold::_FOLDS]
        out = work / f"{fold}"
        network = taught([*teaching, *(one for one in aside if one not in held)], plan, out)
        (out / LEFT_OUT).write_text("".join(f"{one.name}\n" for one in held), encoding="utf-8")
        shares |= {one.name: (found(bare(), one), found(network, one)) for one in held}
    for name, (before, after) in sorted(shares.items()):
        log("unseen", name=name, before=round(before, 3), after=round(after, 3))
    before, after = np.mean(list(shares.values()), axis=0).round(3)
    log("unseen", all=len(shares), before=before, after=after)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--teaching", type=Path, default=_TEACHING, help="gold set to learn from, English of both sides"
    )
    parser.add_argument("--aside", type=Path, default=_ASIDE, help="gold set that other recipes learn from too")
    parser.add_argument("--work", type=Path, required=True, help="folder of the adapters that left pairs of it out")
    parser.add_argument("--out", type=Path, required=True, help="folder of the adapter that learned from all")
    parser.add_argument("--threads", type=int, default=2)
    for field in fields(Plan):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    given = parser.parse_args(argv)
    plan = Plan(**{field.name: getattr(given, field.name) for field in fields(Plan)})
    settle(given.threads)
    tokenizer = AutoTokenizer.from_pretrained(english_folder(), local_files_only=True)
    teaching, aside = (tellings(read_gold(folder), tokenizer) for folder in (given.teaching, given.aside))
    taught([*teaching, *aside], plan, given.out)
    folds(teaching, aside, plan, given.work)


if __name__ == "__main__":
    main()
