"""The network of the translation recipe: a compact pre-norm encoder-decoder, small enough to learn on a CPU.

RMSNorm, rotary positions, gated feed-forward, no biases; target embeddings tied to the output. Every choice
exists in CTranslate2, which runs the result (see `export`). Attention is written out: on a CPU,
for sentences, it is several times faster than the fused kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - the name every PyTorch text uses
from torch import Tensor, nn

EPSILON = 1e-6
ROTARY_BASE = 10_000.0


@dataclass(frozen=True)
class Size:
    source_pieces: int
    target_pieces: int
    width: int = 256
    heads: int = 4
    hidden: int = 768
    encoder_layers: int = 4
    decoder_layers: int = 2

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def matrix(rows: int, columns: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(rows, columns) * 0.5 * columns**-0.5)


class Norm(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        wide = x.float()
        scale = torch.rsqrt(wide.square().mean(-1, keepdim=True) + EPSILON)
        return (wide * scale).to(x.dtype) * self.weight


def rotate(x: Tensor) -> Tensor:
    """Rotary positions on (batch, heads, time, head width); the two halves of a head form the pairs."""
    half = x.shape[-1] // 2
    rates = ROTARY_BASE ** (-torch.arange(half, device=x.device, dtype=torch.float32) / half)
    angles = torch.arange(x.shape[-2], device=x.device, dtype=torch.float32)[:, None] * rates
    cos, sin = angles.cos(), angles.sin()
    left, right = x[..., :half].float(), x[..., half:].float()
    return torch.cat([left * cos - right * sin, right * cos + left * sin], -1).to(x.dtype)


def kept(x: Tensor, keep: Tensor | None) -> Tensor:
    return x if keep is None else x * keep


def at(keep: Tensor | None, place: int | slice) -> Tensor | None:
    """The factors of a place, or of some, out of those of all, (places, batch, time, width)."""
    return None if keep is None else keep[place]


def attend(q: Tensor, k: Tensor, v: Tensor, causal: bool) -> tuple[Tensor, Tensor]:
    """Merged heads (batch, time, width) and the attention weights (batch, heads, time, keys)."""
    scores = (q @ k.transpose(-1, -2)).float() * q.shape[-1] ** -0.5
    if causal:
        time = torch.arange(scores.shape[-1], device=scores.device)
        scores = scores.masked_fill(time[None, :] > time[:, None], float("-inf"))
    weights = scores.softmax(-1)
    return (weights.to(v.dtype) @ v).transpose(1, 2).flatten(2), weights


class Attention(nn.Module):
    """Projections are stacked (q, k, v) so that one product makes them all."""

    def __init__(self, size: Size, causal: bool = False):
        super().__init__()
        self.heads, self.causal, width = size.heads, causal, size.width
        self.norm = Norm(width)
        self.query = matrix(width, width)
        self.keys_values = matrix(2 * width, width)
        self.out = nn.Parameter(torch.zeros(width, width))

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, memory: Tensor | None = None, keep: Tensor | None = None) -> tuple[Tensor, Tensor]:
        normed = self.norm(x)
        q = self.split(F.linear(normed, self.query))
        k, v = F.linear(normed if memory is None else memory, self.keys_values).chunk(2, -1)
        k, v = self.split(k), self.split(v)
        if memory is None:
            q, k = rotate(q), rotate(k)
        merged, weights = attend(q, k, v, causal=self.causal)
        return x + kept(F.linear(merged, self.out), keep), weights


class FeedForward(nn.Module):
    def __init__(self, size: Size):
        super().__init__()
        self.norm = Norm(size.width)
        self.gate_up = matrix(2 * size.hidden, size.width)
        self.down = nn.Parameter(torch.zeros(size.width, size.hidden))

    def forward(self, x: Tensor, keep: Tensor | None = None) -> Tensor:
        gate, up = F.linear(self.norm(x), self.gate_up).chunk(2, -1)
        return x + kept(F.linear(F.silu(gate) * up, self.down), keep)


class EncoderLayer(nn.Module):
    PLACES = 2

    def __init__(self, size: Size):
        super().__init__()
        self.attention = Attention(size)
        self.feed_forward = FeedForward(size)

    def forward(self, x: Tensor, keep: Tensor | None = None) -> Tensor:
        x, _ = self.attention(x, keep=at(keep, 0))
        return self.feed_forward(x, at(keep, 1))


class DecoderLayer(nn.Module):
    PLACES = 3

    def __init__(self, size: Size):
        super().__init__()
        self.attention = Attention(size, causal=True)
        self.cross_attention = Attention(size)
        self.feed_forward = FeedForward(size)

    def forward(self, x: Tensor, memory: Tensor, keep: Tensor | None = None) -> tuple[Tensor, Tensor]:
        x, _ = self.attention(x, keep=at(keep, 0))
        x, weights = self.cross_attention(x, memory, at(keep, 1))
        return self.feed_forward(x, at(keep, 2)), weights


def places_of(kind: type[EncoderLayer | DecoderLayer], number: int) -> slice:
    """Where a layer drops, out of all places of its side: the first is behind the embedding."""
    return slice(1 + kind.PLACES * number, 1 + kind.PLACES * (number + 1))


class Network(nn.Module):
    """Source ids (batch, time) and target ids so far -> states to be multiplied with `target_embedding`.

    Also returns the last layer's cross-attention, mean of its heads, (batch, target time, source time).
    """

    def __init__(self, size: Size):
        super().__init__()
        self.size = size
        self.source_embedding = nn.Parameter(torch.randn(size.source_pieces, size.width) * 0.03)
        self.target_embedding = nn.Parameter(torch.randn(size.target_pieces, size.width) * 0.03)
        self.encoder = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.encoder_norm, self.decoder_norm = Norm(size.width), Norm(size.width)
        self.carry_words_over()

    @torch.no_grad()
    def carry_words_over(self) -> None:
        """Let the last cross-attention pass on what it looks at straight to the output, from the start."""
        last = self.decoder[-1].cross_attention
        width = self.size.width
        last.keys_values[width:] = torch.eye(width)
        last.out.copy_(torch.eye(width))

    def embed(self, table: Tensor, ids: Tensor) -> Tensor:
        return F.embedding(ids, table) * self.size.width**0.5

    def encode(self, source: Tensor, keep: Tensor | None = None) -> Tensor:
        x = kept(self.embed(self.source_embedding, source), at(keep, 0))
        for number, layer in enumerate(self.encoder):
            x = layer(x, at(keep, places_of(EncoderLayer, number)))
        return self.encoder_norm(x)

    def decode(self, memory: Tensor, target: Tensor, keep: Tensor | None = None) -> tuple[Tensor, Tensor]:
        x = kept(self.embed(self.target_embedding, target), at(keep, 0))
        for number, layer in enumerate(self.decoder):
            x, weights = layer(x, memory, at(keep, places_of(DecoderLayer, number)))
        return self.decoder_norm(x), weights.mean(1)

    def forward(
        self, source: Tensor, target: Tensor, noise: tuple[Tensor, Tensor] | None = None, dropped: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """`noise`: a random byte for each number of the states of either side, as `noise_shapes` says, by which the
        share `dropped` of what is added to them is left out (dropout, Srivastava et al. 2014). Bytes come from outside
        since a compiled network takes longer for random numbers of its own than for its products, on a CPU."""
        keep, target_keep = (self.factors(each, dropped) for each in noise) if noise else (None, None)
        return self.decode(self.encode(source, keep), target, target_keep)

    def factors(self, noise: Tensor, dropped: float) -> Tensor:
        return (noise >= round(256 * dropped)).to(self.target_embedding.dtype) * (1 / (1 - dropped))

    def noise_shapes(self, source: Tensor, target: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(places, batch, time, width) of the states of either side."""
        encoder, decoder = EncoderLayer.PLACES * len(self.encoder), DecoderLayer.PLACES * len(self.decoder)
        return (1 + encoder, *source.shape, self.size.width), (1 + decoder, *target.shape, self.size.width)


def exponentiate(logits: Tensor) -> tuple[Tensor, Tensor]:
    """exp(logits) and its row sums in float32; the output norm keeps logits far below the bound."""
    wide = logits.float().clamp(max=70).exp()
    return wide.to(logits.dtype), wide.sum(-1, keepdim=True)


class TiedCrossEntropy(torch.autograd.Function):
    """Sum over weighted tokens of the label-smoothed cross-entropy of `states @ table.T`.

    Gradients are made chunk by chunk in the forward pass, so that the logits are written once, never as a
    whole, and exponentials are left unnormalised until after the product (a division per row, not per piece).
    """

    CHUNK = 1024
    SMOOTHING = 0.05
    exponentiate = staticmethod(exponentiate)

    @staticmethod
    def forward(ctx, states: Tensor, table: Tensor, labels: Tensor, weights: Tensor) -> Tensor:  # type: ignore
        smoothing = TiedCrossEntropy.SMOOTHING
        total = torch.zeros((), device=states.device)
        table_grad = torch.zeros_like(table, dtype=torch.float32)
        states_grad = torch.empty_like(states)
        mean = table.float().mean(0)
        for start in range(0, len(states), TiedCrossEntropy.CHUNK):
            part = slice(start, start + TiedCrossEntropy.CHUNK)
            h, weight, label = states[part], weights[part, None], labels[part]
            exponentials, sums = TiedCrossEntropy.exponentiate(h @ table.T)
            right = table[label].float()
            pull = (1 - smoothing) * right + smoothing * mean
            expected = (exponentials @ table).float() / sums
            states_grad[part] = ((expected - pull) * weight).to(states.dtype)
            total += (weight * (sums.log() - (h.float() * pull).sum(-1, keepdim=True))).sum()
            table_grad += exponentials.T @ (h * (weight / sums).to(h.dtype))
            weighted = h.float() * weight
            table_grad.index_add_(0, label, weighted, alpha=smoothing - 1)
            table_grad -= smoothing / len(table) * weighted.sum(0)
        ctx.save_for_backward(states_grad, table_grad.to(table.dtype))
        return total

    @staticmethod
    def backward(ctx, grad: Tensor):  # type: ignore
        states_grad, table_grad = ctx.saved_tensors
        return states_grad * grad.to(states_grad.dtype), table_grad * grad.to(table_grad.dtype), None, None


def speed_up(network: Network) -> Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """The network compiled once for all lengths and batch sizes."""
    from torch.fx.experimental import _config

    _config.use_duck_shape = False  # lengths that happen to be equal at first must not be taken for one
    TiedCrossEntropy.exponentiate = staticmethod(torch.compile(exponentiate, dynamic=True))
    return torch.compile(network, dynamic=True)
