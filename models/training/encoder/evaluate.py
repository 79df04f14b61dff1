"""Sentence encoders against each other: translations found, and paraphrase, on parallel sets.

    python -m models.training.encoder.evaluate --models DIR [DIR ...] --eval DIR --eval-sets flores-dev

Paraphrase is judged without paraphrases: where an English encoder holds two English sentences for alike, ours should
hold the translation of one and the other for alike too. `correlation` is Pearson's over all pairs of different
sentences; `neighbours` the share, among the ten different sentences that are nearest to the translation of a
sentence, of those that the English encoder also ranks among its ten. Higher is better, at most 1.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from models.training.encoder.support import Floats, log, settle
from workbench.bench.pairs import read_columns
from workbench.embed.encoder import english_encoder, load

NEIGHBOURS = 10

Encode = Callable[[list[str]], Floats]


def retrieval_accuracy(left: Floats, right: Floats) -> float:
    """Share of rows of `left` whose nearest row of `right` (unit vectors) is their partner."""
    return float(np.mean((left @ right.T).argmax(axis=1) == np.arange(len(left))))


def retrieval(encode: Encode, folder: Path, name: str) -> dict[str, float]:
    """Retrieval accuracy of each `NAME.LANG-en.tsv` in `folder` into English, and directly fr <-> zh."""
    found, scores = {}, {}
    for path in sorted(folder.glob(f"{name}.*-en.tsv")):
        lang = path.name.split(".")[1].removesuffix("-en")
        foreign, english = read_columns(path)
        found[lang] = (encode(foreign), english)
        scores[f"{lang}>en"] = retrieval_accuracy(found[lang][0], encode(english))
    if {"fr", "zh"} <= found.keys() and found["fr"][1] == found["zh"][1]:
        scores["fr>zh"] = retrieval_accuracy(found["fr"][0], found["zh"][0])
        scores["zh>fr"] = retrieval_accuracy(found["zh"][0], found["fr"][0])
    return scores


def others(similarities: Floats) -> Floats:
    """The (n, n - 1) cells off the diagonal, in order."""
    size = len(similarities)
    return similarities[~np.eye(size, dtype=bool)].reshape(size, size - 1)


def nearest(rows: Floats, count: int) -> np.ndarray:
    return np.argpartition(-rows, count - 1, axis=1)[:, :count]


def agreement(truth: Floats, similarities: Floats) -> dict[str, float]:
    """How two (n, n) similarity matrices of the same sentences agree off the diagonal."""
    truth, similarities = others(truth), others(similarities)
    count = min(NEIGHBOURS, truth.shape[1])
    pairs = zip(nearest(truth, count), nearest(similarities, count), strict=True)
    shared = [len(set(one) & set(other)) / count for one, other in pairs]
    return {
        "correlation": float(np.corrcoef(truth.ravel(), similarities.ravel())[0, 1]),
        "neighbours": float(np.mean(shared)),
    }


def paraphrase(encode: Encode, english: Encode, folder: Path, name: str) -> dict[str, dict[str, float]]:
    """Both agreements, by language, of each `NAME.LANG-en.tsv` in `folder` with its English, and of English itself."""
    scores: dict[str, dict[str, float]] = {"correlation": {}, "neighbours": {}}
    for path in sorted(folder.glob(f"{name}.*-en.tsv")):
        foreign, originals = read_columns(path)
        vectors, truth = encode(originals), english(originals)
        sides = {path.name.split(".")[1].removesuffix("-en"): encode(foreign), "en": vectors}
        for lang, rows in sides.items():
            for kind, value in agreement(truth @ truth.T, rows @ vectors.T).items():
                scores[kind][lang] = value
    return scores


def remembering(encode: Encode) -> Encode:
    """`encode`, for lists of texts that come again: the English of every language."""
    found = cache(lambda texts: encode(list(texts)))
    return lambda texts: found(tuple(texts))


def compare(models: Sequence[Path], folder: Path, names: Sequence[str]) -> None:
    """Prints size, retrieval accuracy and paraphrase agreement of each model on each set."""
    english = remembering(english_encoder().encode)
    for model in models:
        log(model.name, bytes=sum(path.stat().st_size for path in model.rglob("*") if path.is_file()))
        encode = remembering(load(model).encode)
        for name in names:
            kinds = {"retrieval": retrieval(encode, folder, name)} | paraphrase(encode, english, folder, name)
            for kind, scores in kinds.items():
                mean = f"{np.mean(list(scores.values())):.3f}"
                log(f"{model.name} {name} {kind}", **{key: f"{one:.3f}" for key, one in scores.items()}, mean=mean)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m models.training.encoder.evaluate", description="Compares sentence encoders."
    )
    parser.add_argument("--models", type=Path, nargs="+", required=True, help="folders of sentence encoders")
    parser.add_argument("--eval", type=Path, required=True, help="folder of SET.LANG-en.tsv files")
    parser.add_argument("--eval-sets", nargs="*", default=["flores-dev"], metavar="SET")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    settle(options.threads)
    compare(options.models, options.eval, options.eval_sets)


if __name__ == "__main__":
    main()
