"""The weights of `workbench.align.scattered`, learned from gold alignments of texts that tell partly the same.

    python -m models.training.scattered GOLD/comparable/tuning --only blackout tremor village --least=-0.4 --floor=0
    python -m models.training.scattered GOLD/comparable/tuning --only blackout tremor village --no-tokens --least=-0.4 \
        --floor=0
    python -m models.training.scattered GOLD/comparable/tuning --only blackout tremor village --no-mt --least=2.5
    python -m models.training.scattered GOLD/deplain-web --src-lang de --tgt-lang de

Logistic regression: which of all pairs of windows share at least half of a gold bead's links, against those that share
none; every document counts by its links. Documents of which the greater part is linked are left out: they are aligned
in order. The links that the weights find in documents they were not learned from (a fold for each, six at most) then
say how log odds must be stretched and shifted to be those of a link being right. Of our own pairs only those told as
real reporting is teach: the oblique ones are unlike what people align. Deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from workbench.align import Options
from workbench.align.dp import Step
from workbench.align.evaluation import BeadIndices, score
from workbench.align.evidence import Evidence
from workbench.align.scattered import LARGEST, Model, Prepared, features, prepared, scattered
from workbench.align.search import bead_sizes
from workbench.beads import gold_sides
from workbench.bench.accuracy import gold_set
from workbench.evidence import views, wording
from workbench.models import Models

FEATURES = tuple(field.name for field in fields(Model))
_FOLDS = 6
# Windows that share this much of a bead's links, intersection over union, are right; what is between is neither.
_RIGHT = 0.5
# How much the wrong windows of a document count, measured by the right ones.
_WRONG = 2.0
# Documents of which more is linked are aligned in order.
_MOST = 0.8

Array = NDArray[np.float64]
SIZES = bead_sizes(LARGEST)


@dataclass(frozen=True, slots=True)
class Sample:
    """One document: its evidence, and every window that is right or wrong."""

    name: str
    pair: Prepared
    gold: tuple[BeadIndices, ...]
    windows: NDArray[np.float32]  # shape (windows, features)
    right: NDArray[np.bool_]
    links: int

    @property
    def weights(self) -> Array:
        """Right windows together count as many as there are links."""
        right = self.right.sum()
        return np.where(self.right, self.links / right, _WRONG * self.links / (len(self.right) - right))


def sample(name: str, pair: Prepared, gold: Sequence[BeadIndices]) -> Sample:
    """A document with the features of its windows."""
    links = [(src, tgt) for src, tgt in gold if src and tgt]
    n, m = pair.support.shape
    found, right = [], []
    for rows, columns in SIZES:
        if rows > n or columns > m:
            continue
        shape = n + 1 - rows, m + 1 - columns
        described = dict(features(pair, rows, columns))
        stacked = np.stack([np.broadcast_to(described.get(name, 0.0), shape) for name in FEATURES], axis=-1)
        shared = _shared(links, n, m, rows, columns)
        kept = (shared == 0) | (shared >= _RIGHT)
        found.append(stacked[kept].astype(np.float32))
        right.append(shared[kept] >= _RIGHT)
    return Sample(name, pair, tuple(gold), np.vstack(found), np.concatenate(right), len(links))


def _shared(links: Sequence[BeadIndices], n: int, m: int, rows: int, columns: int) -> Array:
    """How much of the bead that it shares most with each window shares, intersection over union of linked pairs."""
    best = np.zeros((n + 1 - rows, m + 1 - columns))
    for src, tgt in links:
        inside = np.convolve(np.isin(np.arange(n), src), np.ones(rows), "valid")[:, None] * np.convolve(
            np.isin(np.arange(m), tgt), np.ones(columns), "valid"
        )
        np.maximum(best, inside / (rows * columns + len(src) * len(tgt) - inside), out=best)
    return best


def learned(samples: Sequence[Sample]) -> Model:
    """What tells right windows from wrong ones."""
    windows = np.vstack([one.windows[:, 1:] for one in samples]).astype(np.float64)
    mean, deviation = windows.mean(axis=0), windows.std(axis=0) + 1e-6
    regression = LogisticRegression(max_iter=500).fit(
        (windows - mean) / deviation,
        np.concatenate([one.right for one in samples]),
        sample_weight=np.concatenate([one.weights for one in samples]),
    )
    weights = regression.coef_[0] / deviation
    return Model(float(regression.intercept_[0] - weights @ mean), *weights.tolist())


def held_out(samples: Sequence[Sample]) -> list[Model]:
    """For every document, what the documents of the other folds teach."""
    folds = min(_FOLDS, len(samples))
    models = [learned([one for i, one in enumerate(samples) if i % folds != fold]) for fold in range(folds)]
    return [models[i % folds] for i in range(len(samples))]


def calibrated(samples: Sequence[Sample], models: Sequence[Model], floor: float) -> tuple[float, float]:
    """By what to stretch and then shift the models' sums so that they are the log odds of a link being right.

    Links are looked for down to a sum of `floor`.
    """
    sums, right = [], []
    for one, model in zip(samples, models, strict=True):
        linked = _linked(one.gold)
        for step in scattered(one.pair, SIZES, model, floor):
            sums.append(step.gain)
            right.append(not linked.isdisjoint(_linked([_bead(step)])))
    regression = LogisticRegression(C=100.0).fit(np.array(sums)[:, None], right)
    return float(regression.coef_[0, 0]), float(regression.intercept_[0])


def _bead(step: Step) -> BeadIndices:
    return tuple(range(step.row, step.row + step.rows)), tuple(range(step.column, step.column + step.columns))


def _linked(beads: Sequence[BeadIndices]) -> set[tuple[int, int]]:
    return {(i, j) for src, tgt in beads for i in src for j in tgt}


def stretched(model: Model, stretch: float, shift: float) -> Model:
    """The model whose log odds are these."""
    weights = [weight * stretch for weight in astuple(model)]
    return Model(*(round(weight, 2) for weight in (weights[0] + shift, *weights[1:])))


def report(samples: Sequence[Sample], models: Sequence[Model], least: float) -> str:
    """Lax recall and precision of the links of every document, and of all."""
    tests = [
        [_bead(step) for step in scattered(one.pair, SIZES, model, least)]
        for one, model in zip(samples, models, strict=True)
    ]
    lines = []
    for name, pairs in [
        *((one.name, [(one.gold, test)]) for one, test in zip(samples, tests, strict=True)),
        ("all", [(one.gold, test) for one, test in zip(samples, tests, strict=True)]),
    ]:
        found = score(pairs)
        lines.append(
            f"  {name:10} found {found.found.recall:.2f}/{found.found.precision:.2f}  bead {found.bead.f1:.3f}"
        )
    return "\n".join(lines)


def gathered(
    folder: Path, langs: tuple[str | None, str | None], with_mt: bool, with_tokens: bool, models: Models
) -> list[Sample]:
    """Every document of a set of which the lesser part of both sides is linked."""
    found = []
    for document in gold_set(folder, langs):
        links = [(src, tgt) for src, tgt in document.gold if src and tgt]
        shares = (
            len({i for src, _ in links for i in src}) / len(document.src),
            len({j for _, tgt in links for j in tgt}) / len(document.tgt),
        )
        if not links or max(shares) > _MOST or document.langs is None:
            continue
        sides = gold_sides(document, document.langs, with_mt)
        encoders = models.encoders()
        evidence = Evidence(views(*sides, encoders), Options())
        tokens = wording(*sides, encoders)() if with_tokens else {}
        pair = prepared(evidence.sides, evidence.column("length"), LARGEST - 1, tokens)
        found.append(sample(document.name, pair, document.gold))
    return found


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--src-lang")
    parser.add_argument("--tgt-lang")
    parser.add_argument("--no-mt", action="store_true")
    parser.add_argument("--no-tokens", action="store_true")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="documents to learn from [default: all]")
    parser.add_argument("--least", type=float, default=0.0, help="log odds from which links are reported")
    parser.add_argument("--floor", type=float, default=3.0, help="sums of weights from which links calibrate them")
    given = parser.parse_args(argv)
    samples = gathered(given.folder, (given.src_lang, given.tgt_lang), not given.no_mt, not given.no_tokens, Models())
    if given.only:
        samples = [one for one in samples if one.name in given.only]
    others = held_out(samples)
    scale = calibrated(samples, others, given.floor)
    model = stretched(learned(samples), *scale)
    print(model)
    print("dev, tuned on", report(samples, [model] * len(samples), given.least), sep="\n")
    print("dev, held out", report(samples, [stretched(one, *scale) for one in others], given.least), sep="\n")


if __name__ == "__main__":
    main()
