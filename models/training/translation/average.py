"""The mean of finished models: of trainings that began with one model, it is often better than each of them.

    python -m models.training.translation.average ONE TWO [...] --out DIR

Each is the `--out` of a training, exported with `--quantization float32` so that nothing is lost in between, all of one
size and with one `sentencepiece.model`. Packages and output pieces are those of the first (Wortsman et al. 2022,
https://arxiv.org/abs/2203.05482).
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.training.commands import run
from models.training.translation.export import write
from models.training.translation.model import Size
from models.training.translation.start import Weights, by_our_names, read_model, rows
from workbench.errors import InputError
from workbench.folders import write_sums

_TOKENIZER = "sentencepiece.model"
_TARGETS = "target_embedding"


def average(folders: Sequence[Path], out: Path, quantization: str) -> None:
    """Writes the mean of models to `out`, a folder that is not there yet. Raises InputError where they do not fit."""
    if out.exists():
        raise InputError(f"{out} is there already; name a folder that is not")
    for each in folders:
        if not (each / _TOKENIZER).is_file() or not (each / "model" / "model.bin").is_file():
            raise InputError(f"{each} holds no finished model; name the --out of a training")
    if any((each / _TOKENIZER).read_bytes() != (folders[0] / _TOKENIZER).read_bytes() for each in folders[1:]):
        raise InputError(f"these models have different {_TOKENIZER} files; average trainings that have one")
    read = [read_model(each / "model" / "model.bin") for each in folders]
    sources, *targets = [rows(folders[0] / "model" / "source_vocabulary.json")] + [
        rows(each / "model" / "target_vocabulary.json") for each in folders
    ]
    weights = mean([by_our_names(each) for each in read], targets)
    size = size_of(weights, heads=int(read[0]["encoder/num_heads"]))
    shutil.copytree(folders[0], out, ignore=shutil.ignore_patterns("model", "SHA256SUMS"))
    write(weights, size, list(sources), list(targets[0]), out / "model", quantization)
    write_sums(out)


def mean(models: Sequence[Weights], targets: Sequence[Mapping[str, int]]) -> Weights:
    """The mean of each weight; of an output piece, of which `targets` tell the row, over the models that have it.

    Raises InputError where sizes differ.
    """
    layers = [{name: weight for name, weight in model.items() if name != _TARGETS} for model in models]
    if any({n: w.shape for n, w in each.items()} != {n: w.shape for n, w in layers[0].items()} for each in layers[1:]):
        raise InputError("these models are of different sizes; average those of one")
    table = [
        np.mean([model[_TARGETS][row[piece]] for model, row in zip(models, targets, strict=True) if piece in row], 0)
        for piece in targets[0]
    ]
    return {name: np.mean([each[name] for each in layers], 0) for name in layers[0]} | {_TARGETS: np.stack(table)}


def size_of(weights: Weights, heads: int) -> Size:
    source, target = weights["source_embedding"], weights[_TARGETS]
    layers = [
        len({name.split(".")[1] for name in weights if name.startswith(f"{side}.")}) for side in ("encoder", "decoder")
    ]
    return Size(
        source_pieces=len(source),
        target_pieces=len(target),
        width=source.shape[1],
        heads=heads,
        hidden=weights["encoder.0.feed_forward.down"].shape[1],
        encoder_layers=layers[0],
        decoder_layers=layers[1],
    )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m models.training.translation.average",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("models", nargs="+", type=Path, metavar="MODEL", help="an --out of a training")
    parser.add_argument("--out", type=Path, required=True, help="folder of the mean")
    parser.add_argument("--quantization", default="int8", help="[int8] as CTranslate2 names it")
    arguments = parser.parse_args(argv)
    average(arguments.models, arguments.out, arguments.quantization)


if __name__ == "__main__":
    run(main)
