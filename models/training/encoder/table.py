"""The piece vectors under training, which both encoders share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.training.encoder.support import Ints
from models.training.encoder.texts import Side

if TYPE_CHECKING:
    import torch


class Table:
    """The vectors under training, one a piece, with the running moments of their gradients."""

    def __init__(self, start: torch.Tensor, device: str) -> None:
        import torch

        self.weights = start.to(device)
        self.first, self.second = torch.zeros_like(self.weights), torch.zeros_like(self.weights)
        self.step = 0

    def tensor(self, array: np.ndarray) -> torch.Tensor:
        import torch

        return torch.from_numpy(array).to(self.weights.device)

    def embed(self, *sides: Side) -> tuple[list[torch.Tensor], torch.Tensor, torch.Tensor]:
        """Unit vectors of the texts of each side; the pieces they use, and those pieces' vectors."""
        import torch

        pieces, place = compact(np.concatenate([side.ids for side in sides]), len(self.weights))
        rows = self.tensor(pieces)
        vectors = self.weights[rows].requires_grad_()
        starts = np.concatenate([[0], *(np.diff(side.starts) for side in sides)]).cumsum()[:-1]
        bags = torch.nn.functional.embedding_bag(self.tensor(place), vectors, self.tensor(starts), mode="mean")
        units = torch.nn.functional.normalize(bags, dim=1)
        return list(units.split([len(side.starts) - 1 for side in sides])), rows, vectors

    def update(self, rows: torch.Tensor, vectors: torch.Tensor, rate: float) -> None:
        """One Adam step (Kingma & Ba 2015) on the pieces that took part; the others rest."""
        self.step += 1
        slope = vectors.grad
        first = self.first[rows].lerp_(slope, 0.1)
        second = self.second[rows].lerp_(slope.square_(), 0.01)
        self.first[rows], self.second[rows] = first, second
        spread = second.div_(1 - 0.99**self.step).sqrt_().add_(1e-8)
        self.weights[rows] = vectors.detach().addcdiv_(first, spread, value=-rate / (1 - 0.9**self.step))


def compact(ids: np.ndarray, size: int) -> tuple[Ints, Ints]:
    """The distinct ids in order, and each id's place among them."""
    present = np.zeros(size, dtype=bool)
    present[ids] = True
    distinct = np.flatnonzero(present)
    place = np.zeros(size, dtype=np.int64)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[ids]
