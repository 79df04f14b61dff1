"""The weights of `workbench.align.confidence`, fitted to gold alignments.

    python -m models.training.confidence GOLD/text-berg:de:fr GOLD/mag:en:zh-Hans ...

A link counts as right when it shares a pair of segments with the gold. Every document of a set is also aligned with the
counterpart of the next one, with which it has nothing in common: all those links are wrong. The figures are
cross-validated over five contiguous folds, but the options of the aligner were tuned on the same sets.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, cross_val_predict

from workbench.align import View, measured
from workbench.align.evaluation import BeadIndices, read_gold
from workbench.beads import gold_sides
from workbench.evidence import Side, views
from workbench.lang import canonical
from workbench.models import Models

Sample = tuple[tuple[float, ...], bool]


def samples(found: Sequence[View], n: int, m: int, gold: Iterable[BeadIndices]) -> Iterator[Sample]:
    """(features, right) of every link that the aligner makes of one document."""
    links = {(i, j) for src, tgt in gold for i in src for j in tgt}
    for bead, features in measured(found, n, m):
        yield astuple(features), any((i, j) in links for i in bead.src for j in bead.tgt)


def of_set(folder: Path, langs: tuple[str, str], models: Models) -> Iterator[Sample]:
    """Samples of a whole gold set, with its own translations where it has them and again without; then unrelated."""
    encoders, documents = models.encoders(), read_gold(folder)
    for document in documents:
        for with_mt in (True, False) if document.src_mt or document.tgt_mt else (False,):
            src, tgt = gold_sides(document, langs, with_mt)
            yield from samples(views(src, tgt, encoders), len(src.texts), len(tgt.texts), document.gold)
    for one, other in pairwise(documents):
        src, tgt = Side(one.src, langs[0]), Side(other.tgt, langs[1])
        yield from samples(views(src, tgt, encoders), len(src.texts), len(tgt.texts), ())


def calibration_error(probabilities: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and accuracy over equally wide bins, 0 is best."""
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    return float(sum(abs((probabilities - right)[place == b].sum()) for b in range(bins)) / len(right))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="FOLDER:SRC:TGT")
    models = Models()
    found: list[Sample] = []
    for entry in parser.parse_args(argv).sets:
        folder, src, tgt = entry.rsplit(":", 2)
        found += of_set(Path(folder), (canonical(src), canonical(tgt)), models)
    features, right = np.array([f for f, _ in found]), np.array([r for _, r in found])
    model = LogisticRegression(C=10.0, max_iter=1000)
    held_out = cross_val_predict(model, features, right, cv=KFold(5), method="predict_proba")[:, 1]
    model.fit(features, right)
    print(f"{len(right)} links, {right.mean():.3f} of them right")
    print(f"AUROC {roc_auc_score(right, held_out):.3f}, calibration error {calibration_error(held_out, right):.3f}")
    print(f"WEIGHTS = ({', '.join(f'{w:.2f}' for w in (model.intercept_[0], *model.coef_[0]))})")


if __name__ == "__main__":
    main()
