"""The models of `workbench.align.confidence` and `related`, fitted, and the verdict on pairs of documents, counted.

    python -m models.training.alignment.confidence SHARED [--cache WORKSPACE] --adapters WORK

SHARED is the folder of shared data, see `confidence_pairs`. Vectors and English are kept in WORKSPACE, and for the time
of a run what was read token by token. Every figure is cross-validated: links of one document, or of a hundred
neighbouring segments of a long one, are never in both halves. But the options of the aligner and the thresholds of the
verdict were tuned on the same sets.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from models.training.alignment.confidence_pairs import Pair, pairs
from models.training.alignment.unseen import unseen
from workbench.align import LEAST_CONFIDENCE, Features, Link, Relation, kept, measured, verdict
from workbench.align.confidence import bead
from workbench.align.evaluation import pairs_of
from workbench.align.related import Together
from workbench.align.verdict import completed, in_context
from workbench.bench.quality import calibration_error
from workbench.datatypes import Bead
from workbench.store import Store
from workbench.translate import Memory
from workbench.wiring.beads import in_english
from workbench.wiring.evidence import Encoders, views, wording
from workbench.wiring.models import Models

_FOLDS = 5
_LONG_DOCUMENT = 400  # segments; its links are divided among the folds
_STRETCH = 100
# What the pairs that tell of one thing, and the others, count in learning how likely documents are related: of the
# pairs that people align more are than of these.
_ALIKE = {True: 2.0, False: 1.0}

Numbers = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair with its links and whether each is right: at least in part, and to the segment."""

    pair: Pair
    links: tuple[Link, ...]
    lax: tuple[bool, ...]
    strict: tuple[bool, ...]
    related: float = 1.0  # how likely the documents are, where links in any order tell

    @property
    def together(self) -> Together | None:
        """What links in any order tell together; the same for each."""
        return self.links[0].together if self.links else None

    def groups(self) -> list[str]:
        """What must stay together, a name a link."""
        if len(self.pair.src.texts) < _LONG_DOCUMENT:
            return [self.pair.group] * len(self.links)
        return [f"{self.pair.group} {link.src[0] // _STRETCH}" for link in self.links]


def sample(pair: Pair, encoders: Encoders) -> Sample:
    """What the aligner links, held against the gold."""
    found = [view for view in views(pair.src, pair.tgt, encoders) if view.kind not in pair.without]
    tokens = wording(pair.src, pair.tgt, encoders)
    links = tuple(measured(found, len(pair.src.texts), len(pair.tgt.texts), wording=tokens))
    gold = set(pair.gold or ())
    cells = pairs_of(gold)
    lax = tuple(not cells.isdisjoint(product(link.src, link.tgt)) for link in links)
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


def reliability(probabilities: Numbers, right: Truth) -> list[str]:
    """A row of a Markdown table for each of ten bins that holds any link: predicted, observed, count."""
    place = np.minimum((probabilities * 10).astype(np.int64), 9)
    rows = ["| predicted | observed | links |", "|---|---|---|"]
    for b in np.unique(place):
        here = place == b
        rows.append(f"| {probabilities[here].mean():.3f} | {right[here].mean():.3f} | {here.sum():,} |")
    return rows


def report(name: str, probabilities: Numbers, right: Truth) -> list[str]:
    """The figures of one model."""
    auroc, error = roc_auc_score(right, probabilities), calibration_error(probabilities, right)
    head = f"{name}: {len(right):,} links, {right.mean():.3f} right, AUROC {auroc:.3f}, calibration error {error:.3f}"
    return [head, "", *reliability(probabilities, right), ""]


def by_set(samples: Sequence[Sample], found: Sequence[Sequence[Bead]]) -> list[str]:
    """Strict AUROC, and observed and predicted shares, by set and by what evidence there was."""
    rows = ["| set | links | lax | predicted | strict | predicted | AUROC strict |", "|---|---|---|---|---|---|---|"]
    names = [_set_name(item.pair) for item in samples]
    for name in sorted(set(names)):
        chosen = [index for index, other in enumerate(names) if other == name and found[index]]
        lax = np.array([right for index in chosen for right in samples[index].lax])
        strict = np.array([right for index in chosen for right in samples[index].strict])
        link, exact = probabilities([found[index] for index in chosen])
        if not chosen:
            continue
        auroc = f"{roc_auc_score(strict, exact):.3f}" if 0 < strict.mean() < 1 else "-"
        shares = f"{lax.mean():.3f} | {link.mean():.3f} | {strict.mean():.3f} | {exact.mean():.3f}"
        rows.append(f"| {name} | {len(lax):,} | {shares} | {auroc} |")
    return [*rows, ""]


def probabilities(found: Sequence[Sequence[Bead]]) -> tuple[Numbers, Numbers]:
    """That each link is right in part, and that it is right to the segment."""
    link = np.array([bead.confidence for beads in found for bead in beads])
    return link, link * np.array([bead.boundary for beads in found for bead in beads])


def _set_name(pair: Pair) -> str:
    if pair.relation == Relation.UNRELATED:
        return "unrelated"
    given = ", translations" if pair.src.translations or pair.tgt.translations else ""
    given += ", drafts" if pair.src.draft or pair.tgt.draft else ""
    return pair.group.split("/")[0] + given + "".join(f", no {kind}" for kind in pair.without)


def confusion(samples: Sequence[Sample], found: Sequence[Sequence[Bead]]) -> list[str]:
    """How often each relation was taken for which, and what stays linked between unrelated documents."""
    counts: Counter[tuple[Relation, Relation]] = Counter()
    left = segments = 0
    for item, links in zip(samples, found, strict=True):
        shown = kept(completed(links, len(item.pair.src.texts), len(item.pair.tgt.texts)))
        counts[item.pair.relation, verdict(shown).relation] += 1
        if item.pair.relation == Relation.UNRELATED:
            left += sum(not bead.is_null for bead in shown)
            segments += len(item.pair.src.texts) + len(item.pair.tgt.texts)
    rows = [f"| is, taken for | {' | '.join(Relation)} |", "|---" * (len(Relation) + 1) + "|"]
    rows += [f"| {is_} | {' | '.join(str(counts[is_, taken]) for taken in Relation)} |" for is_ in Relation]
    note = f"between unrelated documents {left} links are left at {LEAST_CONFIDENCE}: "
    note += f"{1000 * left / max(segments, 1):.2f} per 1,000 segments"
    return [*rows, "", note, ""]


def cross_validated(
    features: Numbers, own: Numbers, lax: Truth, strict: Truth, groups: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """Held-out probabilities that a link is right at all, and that its extent is right if it is."""
    link, boundary = np.zeros(len(lax)), np.zeros(len(lax))
    for train, test in GroupKFold(_FOLDS).split(features, groups=groups):
        unknown = train[np.isnan(own[train])]
        link[test] = own_or(own[test], Fitted(features[unknown], lax[unknown])(features[test]))
        corresponding = train[lax[train]]
        boundary[test] = Fitted(features[corresponding], strict[corresponding])(features[test])
    return link, boundary


def own_probability(link: Link, related: float) -> float:
    """What a link in any order says of itself; NaN of one in order."""
    known = link.known_if(related)
    return math.nan if known is None else known


def own_or(own: Numbers, found: Numbers) -> Numbers:
    """The probability that the search itself gave a link where it gave one, else what was found."""
    return np.where(np.isnan(own), found, own)


def with_chances(samples: Sequence[Sample]) -> tuple[list[Sample], str]:
    """Each sample with how likely its documents are related, held out, where links in any order tell.

    And the model on all samples, as a line of Python.
    """
    told = [item for item in samples if item.together]
    features = np.array([astuple(item.together) for item in told if item.together])
    right = np.array([item.pair.relation != Relation.UNRELATED for item in told])
    chances = np.ones(len(told))
    for train, test in GroupKFold(_FOLDS).split(features, groups=[item.pair.group for item in told]):
        model = LogisticRegression(class_weight=_ALIKE).fit(features[train], right[train])
        chances[test] = model.predict_proba(features[test])[:, 1]
    model = LogisticRegression(class_weight=_ALIKE).fit(features, right)
    weights = ", ".join(f"{weight:.2f}" for weight in (model.intercept_[0], *model.coef_[0]))
    left = iter(chances.tolist())
    return [replace(item, related=next(left)) if item.together else item for item in samples], f"MODEL = {weights}"


def as_beads(samples: Sequence[Sample], link: Numbers, boundary: Numbers) -> list[list[Bead]]:
    """The links of every sample with these probabilities, as a user gets them."""
    places = iter(zip(link, boundary, strict=True))
    found = []
    for item in samples:
        links = [
            replace(bead(found_link), confidence=float(p), boundary=float(q))
            for found_link, (p, q) in zip(item.links, places, strict=False)
        ]
        if all(link.log_odds is None for link in item.links):
            links = in_context(links, len(item.pair.src.texts), len(item.pair.tgt.texts))
        found.append(links)
    return found


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, metavar="WORKSPACE")
    parser.add_argument("--adapters", type=Path, help="--work of models.training.encoder.tellings, see `unseen`")
    arguments = parser.parse_args(argv)
    models, store = Models(), Store(arguments.cache) if arguments.cache else None
    encoders_for = unseen(models.encoders(store.vectors if store else None), arguments.adapters)
    translations = store.translations if store else Memory()
    every = pairs(arguments.shared, lambda side: in_english(side, models, translations))
    samples = [sample(pair, encoders_for(pair.group.split("/")[-1])) for pair in every]
    for line in fitted(samples):
        print(line)


def fitted(samples: Sequence[Sample]) -> list[str]:
    """Everything the recipe prints: figures, tables, and the models on all samples."""
    samples, related = with_chances(samples)
    judged = [item for item in samples if item.pair.gold is not None]
    features, own, lax, strict = arrays(judged)
    groups = [group for item in judged for group in item.groups()]
    found = as_beads(judged, *cross_validated(features, own, lax, strict, groups))
    link, exact = probabilities(found)
    unknown = np.isnan(own)
    models = Fitted(features[unknown], lax[unknown]), Fitted(features[lax], strict[lax])
    # Of these only the relation is known: they are predicted, and teach nothing.
    others = [item for item in samples if item.pair.gold is None]
    unjudged, own_there, *_ = arrays(others)
    found_there = as_beads(others, own_or(own_there, models[0](unjudged)), models[1](unjudged))
    extent = np.array([x.boundary for beads in found for x in beads])[lax]
    return [
        *report("lax", link, lax),
        *report("strict", exact, strict),
        *report("extent, of links that correspond", extent, strict[lax]),
        *by_set(judged, found),
        *confusion([*judged, *others], [*found, *found_there]),
        models[0].source("LINK"),
        models[1].source("BOUNDARY"),
        related,
    ]


def arrays(samples: Sequence[Sample]) -> tuple[Numbers, Numbers, Truth, Truth]:
    """Features, shape (links, features); probabilities the search gave, or NaN; whether each is right; strictly."""
    links = [link for item in samples for link in item.links]
    features = np.array([astuple(link.features) for link in links])
    own = np.array([own_probability(link, item.related) for item in samples for link in item.links])
    lax = np.array([right for item in samples for right in item.lax])
    return features, own, lax, np.array([right for item in samples for right in item.strict])


if __name__ == "__main__":
    main()
