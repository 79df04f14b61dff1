"""The models of `workbench.align.confidence`, fitted, and the verdict on pairs of documents, counted.

    python -m models.training.confidence SHARED [--cache WORKSPACE]

SHARED is the folder of shared data, see `confidence_pairs`. Vectors are kept in WORKSPACE, so that a second run takes
minutes. Every figure is cross-validated: links of one document, or of a hundred neighbouring segments of a long one,
are never in both halves. But the options of the aligner were tuned on the same sets, and the thresholds of the verdict too.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from models.training.confidence_pairs import Pair, pairs
from workbench.align import LEAST_CONFIDENCE, Features, Link, Relation, kept, measured, verdict
from workbench.align.confidence import bead
from workbench.align.verdict import completed
from workbench.evidence import Encoders, views
from workbench.models import Models
from workbench.store import Store

_FOLDS = 5
_LONG_DOCUMENT = 400  # segments; its links are divided among the folds
_STRETCH = 100

Numbers = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair with its links and whether each is right: at least in part, and to the segment."""

    pair: Pair
    links: tuple[Link, ...]
    lax: tuple[bool, ...]
    strict: tuple[bool, ...]

    def groups(self) -> list[str]:
        """What must stay together, a name a link."""
        if len(self.pair.src.texts) < _LONG_DOCUMENT:
            return [self.pair.group] * len(self.links)
        return [f"{self.pair.group} {link.src[0] // _STRETCH}" for link in self.links]


def sample(pair: Pair, encoders: Encoders) -> Sample:
    """What the aligner links, held against the gold."""
    found = [view for view in views(pair.src, pair.tgt, encoders) if view.kind not in pair.without]
    links = tuple(measured(found, len(pair.src.texts), len(pair.tgt.texts)))
    gold = set(pair.gold or ())
    cells = {(i, j) for src, tgt in gold for i in src for j in tgt}
    lax = tuple(any((i, j) in cells for i in link.src for j in link.tgt) for link in links)
    return Sample(pair, links, lax, tuple((link.src, link.tgt) in gold for link in links))


class Fitted:
    """Logistic regression on standardised features."""

    def __init__(self, features: Numbers, right: Truth) -> None:
        self._scaler = StandardScaler().fit(features)
        self._model = LogisticRegression(max_iter=3000).fit(self._scaler.transform(features), right)

    def __call__(self, features: Numbers) -> Numbers:
        found: Numbers = self._model.predict_proba(self._scaler.transform(features))[:, 1]
        return found

    def source(self, name: str) -> str:
        """The model on features as they are, as a line of Python."""
        weights = self._model.coef_[0] / self._scaler.scale_
        intercept = self._model.intercept_[0] - weights @ self._scaler.mean_
        terms = [f"{field.name}={weight:.3f}" for field, weight in zip(fields(Features), weights, strict=True)]
        return f"{name} = Model({intercept:.3f}, Features({', '.join(terms)}))"


def calibration_error(probabilities: Numbers, right: Truth, bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and accuracy over equally wide bins, 0 is best."""
    place = _bins(probabilities, bins)
    return float(sum(abs((probabilities - right)[place == b].sum()) for b in range(bins)) / len(right))


def reliability(probabilities: Numbers, right: Truth, bins: int = 10) -> list[str]:
    """A row of a Markdown table for each bin that holds any link: predicted, observed, count."""
    place = _bins(probabilities, bins)
    rows = ["| predicted | observed | links |", "|---|---|---|"]
    for b in range(bins):
        here = place == b
        if here.any():
            rows.append(f"| {probabilities[here].mean():.3f} | {right[here].mean():.3f} | {here.sum():,} |")
    return rows


def _bins(probabilities: Numbers, bins: int) -> NDArray[np.int64]:
    place: NDArray[np.int64] = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    return place


def report(name: str, probabilities: Numbers, right: Truth) -> list[str]:
    """The figures of one model."""
    auroc, error = roc_auc_score(right, probabilities), calibration_error(probabilities, right)
    head = f"{name}: {len(right):,} links, {right.mean():.3f} right, AUROC {auroc:.3f}, calibration error {error:.3f}"
    return [head, "", *reliability(probabilities, right), ""]


def by_set(samples: Sequence[Sample], parts: Sequence[slice], link: Numbers, exact: Numbers) -> list[str]:
    """Strict AUROC, and observed and predicted shares, by set and by what evidence there was."""
    rows = ["| set | links | lax | predicted | strict | predicted | AUROC strict |", "|---|---|---|---|---|---|---|"]
    names = [_set_name(item.pair) for item in samples]
    for name in sorted(set(names)):
        chosen = [index for index, other in enumerate(names) if other == name]
        lax, strict = (np.array([x for i in chosen for x in getattr(samples[i], what)]) for what in ("lax", "strict"))
        if not len(lax):
            continue
        p, q = (np.concatenate([values[parts[i]] for i in chosen]) for values in (link, exact))
        auroc = f"{roc_auc_score(strict, q):.3f}" if 0 < strict.mean() < 1 else "-"
        shares = f"{lax.mean():.3f} | {p.mean():.3f} | {strict.mean():.3f} | {q.mean():.3f}"
        rows.append(f"| {name} | {len(lax):,} | {shares} | {auroc} |")
    return [*rows, ""]


def _set_name(pair: Pair) -> str:
    if pair.relation == Relation.UNRELATED:
        return "unrelated"
    given = ", translations" if pair.src.translations or pair.tgt.translations else ""
    return pair.group.split("/")[0] + given + "".join(f", no {kind}" for kind in pair.without)


def confusion(samples: Sequence[Sample], parts: Sequence[slice], link: Numbers) -> list[str]:
    """How often each relation was taken for which, and what stays linked between unrelated documents."""
    counts: Counter[tuple[Relation, Relation]] = Counter()
    left = segments = 0
    for item, part in zip(samples, parts, strict=True):
        n, m = len(item.pair.src.texts), len(item.pair.tgt.texts)
        beads = [replace(bead(x), confidence=float(p)) for x, p in zip(item.links, link[part], strict=True)]
        shown = kept(completed(beads, n, m))
        counts[item.pair.relation, verdict(shown).relation] += 1
        if item.pair.relation == Relation.UNRELATED:
            left += sum(not found.is_null for found in shown)
            segments += n + m
    rows = [f"| is | {' | '.join(Relation)} |", "|---" * (len(Relation) + 1) + "|"]
    rows += [f"| {is_} | {' | '.join(str(counts[is_, taken]) for taken in Relation)} |" for is_ in Relation]
    note = f"between unrelated documents {left} links are left at {LEAST_CONFIDENCE}: "
    note += f"{1000 * left / max(segments, 1):.2f} per 1,000 segments"
    return ["verdict (rows: what the documents are)", "", *rows, "", note, ""]


def cross_validated(features: Numbers, lax: Truth, strict: Truth, groups: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Held-out probabilities that a link is right at all, and that its extent is right if it is."""
    link, boundary = np.zeros(len(lax)), np.zeros(len(lax))
    for train, test in GroupKFold(_FOLDS).split(features, groups=groups):
        link[test] = Fitted(features[train], lax[train])(features[test])
        corresponding = train[lax[train]]
        boundary[test] = Fitted(features[corresponding], strict[corresponding])(features[test])
    return link, boundary


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, metavar="WORKSPACE")
    arguments = parser.parse_args(argv)
    encoders = Models().encoders(Store(arguments.cache) if arguments.cache else None)
    samples = [sample(pair, encoders) for pair in pairs(arguments.shared)]
    for line in fitted(samples):
        print(line)


def fitted(samples: Sequence[Sample]) -> list[str]:
    """Everything the recipe prints: figures, tables, and the models on all samples."""
    ends = np.cumsum([len(item.links) for item in samples])
    parts = [slice(int(end) - len(item.links), int(end)) for end, item in zip(ends, samples, strict=True)]
    features = np.array([astuple(link.features) for item in samples for link in item.links])
    lax = np.array([right for item in samples for right in item.lax])
    strict = np.array([right for item in samples for right in item.strict])
    groups = [group for item in samples for group in item.groups()]
    link, boundary = np.zeros(len(lax)), np.zeros(len(lax))
    # Where only the relation is known, the links are predicted like those of any other document, but teach nothing.
    known = np.array([item.pair.gold is not None for item in samples for _ in item.links])
    link[known], boundary[known] = cross_validated(
        features[known],
        lax[known],
        strict[known],
        [group for group, is_known in zip(groups, known, strict=True) if is_known],
    )
    models = Fitted(features[known], lax[known]), Fitted(features[known & lax], strict[known & lax])
    link[~known] = models[0](features[~known])
    exact = link * boundary
    return [
        *report("lax", link[known], lax[known]),
        *report("strict", exact[known], strict[known]),
        *report("extent, of links that correspond", boundary[known & lax], strict[known & lax]),
        *by_set(
            [item for item in samples if item.pair.gold is not None],
            [part for item, part in zip(samples, parts, strict=True) if item.pair.gold is not None],
            link,
            exact,
        ),
        *confusion(samples, parts, link),
        models[0].source("LINK"),
        models[1].source("BOUNDARY"),
    ]


if __name__ == "__main__":
    main()
