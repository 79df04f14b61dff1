"""The weights of `workbench.align.scattered`, learned from gold alignments of texts that tell partly the same.

    python -m models.training.alignment.scattered GOLD/comparable/tuning --only REAL... THEME... --least=-0.4 \\
        --adapters WORK

and the same with --no-tokens, with --translate, with --no-mt, and with both --no-mt and --no-tokens;

    python -m models.training.alignment.scattered GOLD/deplain-web --src-lang de --tgt-lang de --no-tokens

Logistic regression: which of all pairs of windows share at least half of a gold bead's links, against those that share
none; every document counts by its links. First on what describes a window, then on what comes of that and what the
order of all tells. Documents of which the greater part is linked are left out: they are aligned in order. The links
that the weights find in documents they were not learned from (a fold for each, seven at most) say each time how log
odds must be stretched and shifted to be those of a link being right. Of our own pairs only those told as real reporting
is (REAL: blackout tremor village) and those on one theme (THEME: all others but painting, sails and wreck) teach: the
oblique ones are unlike what people align. Deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models.training.alignment.unseen import unseen
from workbench.align import Options
from workbench.align.dp import Step
from workbench.align.evaluation import BeadIndices, GoldDocument, links_of, pairs_of, score
from workbench.align.evidence import Evidence
from workbench.align.order import order
from workbench.align.scattered import (
    LARGEST,
    Model,
    Prepared,
    features,
    known,
    of_segments,
    own_log_odds,
    prepared,
    scattered,
    within,
)
from workbench.align.search import bead_sizes
from workbench.bench.accuracy import Evaluation, gold_set
from workbench.wiring.evidence import Encoders, Side, views, wording
from workbench.wiring.models import Models

# What describes a window, and what weighs what comes of it.
_SECOND = ("bias", "own", "order")
FEATURES = tuple(field.name for field in fields(Model) if field.name not in _SECOND)
_FOLDS = 7
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
    kept: tuple[NDArray[np.bool_], ...]  # which windows of each size that fits are these
    right: NDArray[np.bool_]
    links: int

    @property
    def weights(self) -> Array:
        """Right windows together count as many as there are links."""
        right = self.right.sum()
        return np.where(self.right, self.links / right, _WRONG * self.links / (len(self.right) - right))


def sample(name: str, pair: Prepared, gold: Sequence[BeadIndices]) -> Sample:
    """A document with the features of its windows."""
    links = links_of(gold)
    n, m = pair.shape
    found, right, places = [], [], []
    for rows, columns in _fitting(pair):
        shape = n + 1 - rows, m + 1 - columns
        described = dict(features(pair, rows, columns))
        stacked = np.stack([np.broadcast_to(described.get(name, 0.0), shape) for name in FEATURES], axis=-1)
        shared = _shared(links, n, m, rows, columns)
        kept = (shared == 0) | (shared >= _RIGHT)
        found.append(stacked[kept].astype(np.float32))
        right.append(shared[kept] >= _RIGHT)
        places.append(kept)
    return Sample(name, pair, tuple(gold), np.vstack(found), tuple(places), np.concatenate(right), len(links))


def _fitting(pair: Prepared) -> list[tuple[int, int]]:
    n, m = pair.shape
    return [(rows, columns) for rows, columns in SIZES if rows <= n and columns <= m]


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
    """What tells right windows from wrong ones by what they say and what lies beside them."""
    weights = _regression(samples, [one.windows[:, 1:] for one in samples])
    return Model(**dict(zip(FEATURES, weights, strict=True)))


def with_order(samples: Sequence[Sample], model: Model) -> Model:
    """The model, which says in log odds what passages say, with what the order of all adds to it."""
    bias, own, by_order = _regression(samples, [_second(one, model) for one in samples])
    return replace(model, bias=bias, own=own, order=by_order)


def _second(one: Sample, model: Model) -> Array:
    """The log odds of each of the windows by themselves, and what the order of all tells, shape (windows, 2)."""
    own = own_log_odds(one.pair, SIZES, model)
    told = order(of_segments(own))
    return np.vstack(
        [
            np.stack([own[size][kept], within(told, *size)[kept]], axis=-1)
            for size, kept in zip(_fitting(one.pair), one.kept, strict=True)
        ]
    )


def _regression(samples: Sequence[Sample], features: Sequence[NDArray[np.floating]]) -> list[float]:
    """The bias and the weight of each feature, of windows that are right."""
    windows = np.vstack(features).astype(np.float64)
    mean, deviation = windows.mean(axis=0), windows.std(axis=0) + 1e-6
    regression = LogisticRegression(max_iter=500).fit(
        (windows - mean) / deviation,
        np.concatenate([one.right for one in samples]),
        sample_weight=np.concatenate([one.weights for one in samples]),
    )
    weights = regression.coef_[0] / deviation
    return [float(regression.intercept_[0] - weights @ mean), *weights.tolist()]


Learn = Callable[[Sequence[Sample]], Model]


def held_out(samples: Sequence[Sample], learn: Learn) -> list[Model]:
    """For every document, what the documents of the other folds teach."""
    folds = min(_FOLDS, len(samples))
    models = [learn([one for i, one in enumerate(samples) if i % folds != fold]) for fold in range(folds)]
    return [models[i % folds] for i in range(len(samples))]


def calibrated(samples: Sequence[Sample], models: Sequence[Model], floor: float) -> tuple[float, float]:
    """By what to stretch and then shift the models' sums so that they are the log odds of a link being right.

    Links are looked for down to a sum of `floor`.
    """
    sums, right = [], []
    for one, model in zip(samples, models, strict=True):
        linked = pairs_of(one.gold)
        for step in scattered(one.pair, SIZES, model, floor):
            sums.append(step.gain)
            right.append(not linked.isdisjoint(pairs_of([_bead(step)])))
    regression = LogisticRegression(C=100.0).fit(np.array(sums)[:, None], right)
    return float(regression.coef_[0, 0]), float(regression.intercept_[0])


def _bead(step: Step) -> BeadIndices:
    return tuple(step.src), tuple(step.tgt)


def scaled(model: Model, names: Sequence[str], stretch: float, shift: float) -> Model:
    """The model with the weights of `names`, of which the first is the bias, such that its sums are log odds."""
    weights = {name: stretch * value for name, value in asdict(model).items() if name in names}
    return replace(model, **{**weights, names[0]: weights[names[0]] + shift})


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
    folder: Path,
    langs: tuple[str | None, str | None],
    sides_of: Callable[[GoldDocument], tuple[Side, Side]],
    with_tokens: bool,
    encoders_for: Callable[[str], Encoders],
) -> list[Sample]:
    """Every document of a set of which the lesser part of both sides is linked, read by the encoders for its name."""
    found = []
    for document in gold_set(folder, langs):
        if not 0 < max(document.coverage) <= _MOST or document.langs is None:
            continue
        sides = sides_of(document)
        encoders = encoders_for(document.name)
        evidence = Evidence(views(*sides, encoders), Options())
        tokens = wording(*sides, encoders).tokens if with_tokens else {}
        read = known(evidence.sides, tokens).read(tokens)
        pair = prepared(evidence.sides, evidence.column("length"), LARGEST - 1, read)
        found.append(sample(document.name, pair, document.gold))
    return found


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--src-lang")
    parser.add_argument("--tgt-lang")
    parser.add_argument("--no-mt", action="store_true")
    parser.add_argument("--translate", action="store_true", help="by the models here, as a workspace does")
    parser.add_argument("--no-tokens", action="store_true")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="documents to learn from [default: all]")
    parser.add_argument("--least", type=float, default=0.0, help="log odds from which links are reported")
    parser.add_argument("--adapters", type=Path, help="--work of models.training.encoder.tellings, see `unseen`")
    parser.add_argument("--floor", type=float, default=0.0, help="sums of weights from which links calibrate them")
    given = parser.parse_args(argv)
    models = Models()
    evaluation = Evaluation(models, translate=given.translate)
    samples = gathered(
        given.folder,
        (given.src_lang, given.tgt_lang),
        lambda document: evaluation.sides(document, not given.no_mt),
        not given.no_tokens,
        unseen(models.encoders(), given.adapters),
    )
    if given.only:
        samples = [one for one in samples if one.name in given.only]
    scale = calibrated(samples, held_out(samples, learned), given.floor)

    def both(samples: Sequence[Sample]) -> Model:
        return with_order(samples, scaled(learned(samples), FEATURES, *scale))

    others = held_out(samples, both)
    again = calibrated(samples, others, given.floor)
    model = _rounded(scaled(both(samples), _SECOND, *again))
    print(model)
    print("dev, tuned on", report(samples, [model] * len(samples), given.least), sep="\n")
    print("dev, held out", report(samples, [scaled(one, _SECOND, *again) for one in others], given.least), sep="\n")


def _rounded(model: Model) -> Model:
    return Model(**{name: round(value, 2) for name, value in asdict(model).items()})


if __name__ == "__main__":
    main()
