"""The weights of `workbench.align.extents`, learned from gold alignments of texts that tell partly the same.

    python -m models.training.alignment.extents GOLD/deplain-web --src-lang de --tgt-lang de

Conditional logistic regression (McFadden 1974): of the extents that a link found in any order could have, which is the
gold's. Links that share no pair of segments with the gold teach nothing, nor do those whose gold is further away.
The figures leave one document out at a time. Deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.training.alignment.scattered import SIZES, Sample, gathered
from workbench.align.dp import Step
from workbench.align.evaluation import links_of, pairs_of
from workbench.align.extents import MARGIN, Weights, candidates, described
from workbench.align.scattered import known as model_for
from workbench.align.scattered import scattered
from workbench.bench.accuracy import Evaluation
from workbench.wiring.models import Models

FEATURES = tuple(field.name for field in fields(Weights))
# Links are learned from down to these log odds, and weights are kept small by so much.
_LEAST, _PENALTY = -1.0, 0.005

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The extents that one link of a document could have: shape (extents, features), and which is the gold's."""

    document: str
    features: Array
    right: NDArray[np.bool_]
    given: int  # the one that the search gave


def choices(sample: Sample) -> list[Choice]:
    """One for each link that shares a pair of segments with the gold."""
    shape = sample.pair.shape
    known = {size: dict(described(sample.pair, *size)) for size in SIZES if size[0] <= shape[0] and size[1] <= shape[1]}
    gold, cells = set(links_of(sample.gold)), pairs_of(sample.gold)
    found = []
    model = model_for(sample.pair.overlaps, sample.pair.wording)
    for step in scattered(sample.pair, SIZES, model, _LEAST):
        if cells.isdisjoint(product(step.src, step.tgt)):
            continue
        extents = list(candidates(step, SIZES, shape))
        table = [[_at(known[x.rows, x.columns].get(name, 0.0), x) for name in FEATURES] for x in extents]
        right = np.array([(tuple(other.src), tuple(other.tgt)) in gold for other in extents])
        found.append(Choice(sample.name, np.array(table), right, extents.index(step)))
    return found


def _at(value: Array | float, step: Step) -> float:
    return value if isinstance(value, float) else float(value[step.row, step.column])


def learned(found: Sequence[Choice]) -> Array:
    """The weights under which the gold's extents are likeliest."""
    known = [one for one in found if one.right.any()]
    scale = np.vstack([one.features for one in known]).std(axis=0) + 1e-6

    def loss(weights: Array) -> tuple[float, Array]:
        total, gradient = 0.0, np.zeros_like(weights)
        for one in known:
            features = one.features / scale
            sums = features @ weights
            odds = np.exp(sums - sums.max())
            chance = odds / odds.sum()
            right = chance[one.right].sum()
            total -= float(np.log(right))
            gradient += features.T @ (chance - chance * one.right / right)
        penalty = float(_PENALTY * weights @ weights)
        return total / len(known) + penalty, gradient / len(known) + 2 * _PENALTY * weights

    result: Array = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x / scale
    return result


def exact(found: Sequence[Choice], weights: Array) -> int:
    """How many links get the gold's extent."""
    return sum(bool(one.right[_chosen(one, weights)]) for one in found)


def _chosen(one: Choice, weights: Array) -> int:
    scores = one.features @ weights
    best = int(scores.argmax())
    return best if scores[best] >= scores[one.given] + MARGIN else one.given


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--src-lang")
    parser.add_argument("--tgt-lang")
    given = parser.parse_args(argv)
    models = Models()
    encoders, evaluation = models.encoders(), Evaluation(models)
    langs = given.src_lang, given.tgt_lang
    samples = gathered(
        given.folder, langs, lambda document: evaluation.sides(document, True), False, lambda _: encoders
    )
    found = [choice for sample in samples for choice in choices(sample)]
    names = sorted({one.document for one in found})
    held_out = sum(
        exact([one for one in found if one.document == name], learned([one for one in found if one.document != name]))
        for name in names
    )
    weights = ", ".join(f"{name}={w:.2f}" for name, w in zip(FEATURES, learned(found), strict=True) if abs(w) >= 0.005)
    print(f"Weights({weights})")
    before = sum(bool(one.right[one.given]) for one in found)
    print(f"dev: of {len(found)} links {before} had the gold's extent, {held_out} have, leaving one document out")


if __name__ == "__main__":
    main()
