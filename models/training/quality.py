"""The weights of `workbench.quality.estimate`, learned from MQM judgements.

    python -m models.training.quality GOLD/mqm-ted-zh-en/mqm_ted_zhen.tsv

Logistic regression: has a translation a major error, by the features of the estimate, each measured in spreads from
what is usual. What the weights are worth is told by leaving one talk out at a time; the committed ones come from all.
Features that the judgements cannot teach (English of both sides, the engine's score) keep their weights. Deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from workbench.bench.quality import by_document, read_judgements, reported, show
from workbench.models import Models
from workbench.quality.estimate import FEATURES, Feature, features

Array = NDArray[np.float64]


def standardised(values: dict[str, Array], known: dict[str, Feature]) -> Array:
    """Shape (translations, features), as the estimate computes them."""
    return np.stack([np.clip((values[name] - one.usual) / one.spread, -4, 4) for name, one in known.items()], axis=1)


def usual(values: dict[str, Array], known: dict[str, Feature]) -> dict[str, Feature]:
    """Mean and standard deviation of each feature, to three digits."""
    return {
        name: replace(one, usual=round(float(values[name].mean()), 3), spread=round(float(values[name].std()), 3))
        for name, one in known.items()
    }


def learned(inputs: Array, major: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=1000).fit(inputs, major)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judgements", type=Path)
    judged = read_judgements(parser.parse_args(argv).judgements)
    values = {
        name: np.asarray(column, dtype=np.float64)
        for name, column in features(*reported(judged, ("zh-Hans", "en"), Models())).items()
        if not np.isnan(column).all()
    }
    known = usual(values, {name: FEATURES[name] for name in values})
    inputs = standardised(values, known)
    major = np.array([item.is_major for item in judged])
    docs = np.array([item.doc for item in judged])
    risks = np.zeros(len(judged))
    for doc in sorted(set(docs)):
        model = learned(inputs[docs != doc], major[docs != doc])
        risks[docs == doc] = model.predict_proba(inputs[docs == doc])[:, 1]
    print("one talk left out at a time", show(by_document(judged, risks)), sep="\n\n")
    model = learned(inputs, major)
    print(f"\nINTERCEPT = {model.intercept_[0]:.3f}")
    for (name, one), weight in zip(known.items(), model.coef_[0], strict=True):
        print(f"{name}: {one.usual}, {one.spread}, {weight:.3f}")


if __name__ == "__main__":
    main()
