"""From a checkpoint to what CTranslate2 and Argos Translate run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from safetensors.numpy import load_file

from models.training.translation.model import EPSILON, ROTARY_BASE, Size

Weights = dict[str, np.ndarray]


def specification(size: Size) -> Any:
    """The empty CTranslate2 model of that size (variable names: ctranslate2.specs)."""
    from ctranslate2.specs import TransformerSpec, common_spec
    from ctranslate2.specs.transformer_spec import TransformerDecoderSpec, TransformerEncoderSpec

    options: dict[str, Any] = {
        "activation": common_spec.Activation.SWISH,
        "ffn_glu": True,
        "rms_norm": True,
        "rotary_dim": size.head_width,
        "rotary_interleave": False,
        "rotary_base": ROTARY_BASE,
    }
    spec = TransformerSpec(
        TransformerEncoderSpec(size.encoder_layers, size.heads, **options),
        TransformerDecoderSpec(size.decoder_layers, size.heads, alignment_heads=size.heads, **options),
    )
    spec.config.layer_norm_epsilon = EPSILON
    spec.config.add_source_eos = True
    return spec


def fill(spec: Any, weights: Weights) -> None:
    spec.encoder.embeddings[0].weight = weights["source_embedding"]
    spec.decoder.embeddings.weight = weights["target_embedding"]
    spec.decoder.projection.weight = weights["target_embedding"]
    spec.encoder.layer_norm.gamma = weights["encoder_norm.weight"]
    spec.decoder.layer_norm.gamma = weights["decoder_norm.weight"]
    for side, stack in (("encoder", spec.encoder.layer), ("decoder", spec.decoder.layer)):
        for i, layer in enumerate(stack):
            fill_layer(layer, weights, f"{side}.{i}")


def fill_layer(layer: Any, weights: Weights, prefix: str) -> None:
    own = f"{prefix}.attention"
    stacked = np.concatenate([weights[f"{own}.query"], weights[f"{own}.keys_values"]])
    fill_linears(layer.self_attention, [stacked, weights[f"{own}.out"]], weights[f"{own}.norm.weight"])
    if hasattr(layer, "attention"):
        crossing = f"{prefix}.cross_attention"
        linears = [weights[f"{crossing}.{name}"] for name in ("query", "keys_values", "out")]
        fill_linears(layer.attention, linears, weights[f"{crossing}.norm.weight"])
    feed = f"{prefix}.feed_forward"
    gate, up = np.split(weights[f"{feed}.gate_up"], 2)
    layer.ffn.layer_norm.gamma = weights[f"{feed}.norm.weight"]
    layer.ffn.linear_0.weight = np.ascontiguousarray(gate)
    layer.ffn.linear_0_noact.weight = np.ascontiguousarray(up)
    layer.ffn.linear_1.weight = weights[f"{feed}.down"]


def fill_linears(attention: Any, linears: list[np.ndarray], gamma: np.ndarray) -> None:
    attention.layer_norm.gamma = gamma
    for linear, weight in zip(attention.linear, linears, strict=True):
        linear.weight = weight


def export(checkpoint: Path, tokenizer: Path, targets: np.ndarray, out: Path, quantization: str) -> None:
    """Writes `out`, a CTranslate2 model folder; `targets` are the piece ids that can be output, in order."""
    weights, size = read_weights(checkpoint)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
    vocabulary = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    write(weights, size, vocabulary, [vocabulary[i] for i in targets], out, quantization)


def write(
    weights: Weights, size: Size, sources: Sequence[str], targets: Sequence[str], out: Path, quantization: str
) -> None:
    """Writes `out`, a CTranslate2 model folder; `sources` and `targets` are its pieces in order."""
    spec = specification(size)
    fill(spec, weights)
    spec.register_source_vocabulary(list(sources))
    spec.register_target_vocabulary(list(targets))
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))


def read_weights(checkpoint: Path) -> tuple[Weights, Size]:
    from models.training.translation.train import read_metadata

    size = Size(**json.loads(read_metadata(checkpoint)["size"]))
    tensors = load_file(checkpoint)
    masters = {name.rsplit("/", 1)[0]: t for name, t in tensors.items() if name.endswith("/master")}
    return masters, size
