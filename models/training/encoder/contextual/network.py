"""The network under training: the teacher's own, reading pieces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.training.encoder.contextual.config import MARKS, Config
from models.training.encoder.support import Floats, Ints
from models.training.encoder.table import Table, compact
from models.training.encoder.texts import Side

if TYPE_CHECKING:
    import torch


@dataclass
class State:
    """What training changes: the network in bfloat16, its weights as float32, and the vectors of the pieces."""

    network: torch.nn.Module
    masters: dict[str, torch.nn.Parameter]
    optimiser: torch.optim.Optimizer
    table: Table
    ends: torch.Tensor  # the vectors of the marks

    @property
    def step(self) -> int:
        return self.table.step

    def publish(self) -> None:
        """Rounds the weights into the network."""
        own = dict(self.network.named_parameters())
        for name, master in self.masters.items():
            own[name].data.copy_(master.data)


def new_state(pieces: Floats, begun: Path, config: Config, device: str) -> State:
    """The network of the model in the folder `begun`, reading `pieces`, whose vectors these are."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    undisturbed = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    network = AutoModel.from_pretrained(begun, local_files_only=True, attn_implementation="eager", **undisturbed)
    words = AutoTokenizer.from_pretrained(begun, local_files_only=True)
    table = network.get_input_embeddings().weight.detach()
    ends = table[[words.cls_token_id, words.sep_token_id, words.pad_token_id]].to(device)
    network.get_input_embeddings().weight = torch.nn.Parameter(table[:1].clone(), requires_grad=False)
    network = network.to(device).to(torch.float32).train()
    taught = {name: value for name, value in network.named_parameters() if name_is_taught(name)}
    masters = {name: torch.nn.Parameter(value.detach().clone()) for name, value in taught.items()}
    optimiser = torch.optim.AdamW(masters.values(), lr=config.rate, weight_decay=0.01, betas=(0.9, 0.98))
    return State(network.to(torch.bfloat16), masters, optimiser, Table(torch.from_numpy(pieces), device), ends)


def name_is_taught(name: str) -> bool:
    """The words stand in a table of their own, and the pooler takes no part."""
    return "word_embeddings" not in name and "pooler" not in name


def embed(state: State, side: Side) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Unit vectors of texts (n, dimensions); and the rows of the table they used, with their vectors."""
    import torch

    pieces, place = compact(side.ids, len(state.table.weights))
    rows = state.table.tensor(pieces)
    vectors = state.table.weights[rows].requires_grad_()
    source = torch.cat([vectors, state.ends]).to(torch.bfloat16)
    lengths = np.diff(side.starts)
    order = np.argsort(lengths, kind="stable")
    parts = []
    for group in groups(lengths[order]):
        chosen = order[group]
        ids = state.table.tensor(padded(place, side.starts, chosen, len(vectors)))
        parts.append(mean(state.network, source[ids], state.table.tensor(lengths[chosen] + 2)))
    found = torch.cat(parts)[state.table.tensor(np.argsort(order, kind="stable"))]
    return torch.nn.functional.normalize(found, dim=1), [rows, vectors]


def mean(network: torch.nn.Module, inputs: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """Of what the network makes of the first `lengths` of each row, (n, dimensions)."""
    import torch

    there = torch.arange(inputs.shape[1], device=inputs.device) < lengths[:, None]
    found = network(inputs_embeds=inputs, attention_mask=there.long()).last_hidden_state
    return (found.float() * there[..., None]).sum(dim=1) / lengths[:, None]


def groups(lengths: Ints, budget: int = 1_400) -> list[slice]:
    """Slices of ascending `lengths` of about `budget` tokens each, which stay in the cache."""
    slices: list[slice] = []
    end = len(lengths)
    while end:
        begin = max(0, end - max(1, budget // (int(lengths[end - 1]) + 2)))
        slices.append(slice(begin, end))
        end = begin
    return slices[::-1]


def padded(ids: Ints, starts: Ints, chosen: Ints, pieces: int) -> Ints:
    """The ids of the chosen texts as rows between the marks, which come after all `pieces`."""
    first, last, filler = range(pieces, pieces + len(MARKS))
    lengths = starts[chosen + 1] - starts[chosen]
    rows = np.full((len(chosen), int(lengths.max()) + 2), filler, dtype=np.int64)
    rows[:, 0] = first
    for row, text, length in zip(rows, chosen, lengths, strict=True):
        row[1 : length + 2] = [*ids[starts[text] : starts[text + 1]], last]
    return rows
