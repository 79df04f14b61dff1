"""Quality estimates held against professionals' MQM judgements."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau, mannwhitneyu, pearsonr, spearmanr

from workbench.bench.checks import as_units
from workbench.bench.tables import markdown
from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.quality import Material, check, estimates
from workbench.quality.estimate import FEATURES, Feature, features, standardised
from workbench.translate import Scorer
from workbench.wiring.signals import Means, second_look, signals_of

Array = NDArray[np.float64]
_MARK = re.compile(r"</?v>")
_COLUMNS = {"system", "doc", "seg_id", "source", "target", "category", "severity"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One translation of a segment. `points`: MQM, Google's weights, higher is worse. `is_major`: has a major error."""

    system: str
    doc: str
    segment: int
    source: str
    target: str
    points: float
    is_major: bool


def read_judgements(path: Path) -> list[Judged]:
    """A TSV file of MQM judgements, an error a row, by system, document and segment.

    Raises InputError, also where there are fewer than two documents: of each it is told what was learned on the others.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows = [(table.line_num, row) for row in table]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as a table in UTF-8 ({error})") from error
    if not {*(table.fieldnames or _COLUMNS)} >= _COLUMNS:
        raise InputError(f"{path} is no table of MQM judgements; expected the columns {', '.join(sorted(_COLUMNS))}")
    groups: dict[tuple[str, str, int], list[Mapping[str, str]]] = {}
    for number, row in rows:
        if None in row.values() or not row["seg_id"].strip().isdecimal():
            raise InputError(f"{path}, line {number}: expected a cell a column, and a whole number as seg_id")
        groups.setdefault((row["doc"], row["system"], int(row["seg_id"])), []).append(row)
    if len({doc for doc, _, _ in groups}) < 2:
        raise InputError(f"{path} judges fewer than two documents (column doc); of one nothing is learned for another")
    return [_judged(key, errors) for key, errors in sorted(groups.items())]


def _judged(key: tuple[str, str, int], errors: Sequence[Mapping[str, str]]) -> Judged:
    doc, system, segment = key
    source, target = (_MARK.sub("", errors[0][side]) for side in ("source", "target"))
    points = [_points(error) for error in errors]
    return Judged(system, doc, segment, source, target, min(sum(points), 25.0), max(points) >= 5)


def _points(error: Mapping[str, str]) -> float:
    """Freitag et al. 2021: minor 1, minor punctuation 0.1, major 5, non-translation 25; errors of the source none."""
    category, severity = error["category"].lower(), error["severity"].lower()
    if "source error" in category or severity not in ("minor", "major"):
        return 0.0
    if "non-translation" in category:
        return 25.0
    return 5.0 if severity == "major" else 0.1 if "punctuation" in category else 1.0


@dataclass(frozen=True, slots=True)
class Known:
    """Of judged translations: the values of FEATURES, by name, and how likely the committed weights think an error."""

    values: Mapping[str, Array]
    risks: Array


def known(judged: Sequence[Judged], langs: tuple[str, str], means: Means, progress: Progress = silent) -> Known:
    """What is known of every translation; a talk by one system is a text of its own.

    None was made by an engine of ours. In place of its own score stands how sure the bundled model is of its own
    translation of the source, which tells how hard the source is; the committed weights don't see it.
    """
    units = as_units([(item.source, item.target) for item in judged], langs)
    sure = _sureness(judged, means.scorer(langs[0]))
    starts = [at for at, item in enumerate(judged) if at == 0 or _text(item) != _text(judged[at - 1])]
    parts, risks = [], []
    for start, end in zip(starts, [*starts[1:], len(judged)], strict=True):
        text, own = units[start:end], signals_of(units[start:end], means.encoders)
        report = check(Material(text, own.similarity))
        own = second_look(text, own, range(len(text)), means)
        risks += [one.risk for one in estimates(report, own) if one]
        parts.append(features(report, replace(own, engine=sure[start:end] - np.median(sure[start:end]))))
        progress("estimating", end, len(judged))
    values = {name: np.concatenate([part[name] for part in parts]).astype(np.float64) for name in FEATURES}
    return Known(values, np.array(risks))


def _sureness(judged: Sequence[Judged], engine: Scorer | None) -> NDArray[np.float32]:
    """Of the bundled model, of its translation of each source: mean log probability a token."""
    if engine is None:
        return np.full(len(judged), np.nan, dtype=np.float32)
    sources = list(dict.fromkeys(item.source for item in judged))
    made = {source: one.score or 0.0 for source, one in zip(sources, engine.translate(sources), strict=True)}
    return np.array([made[item.source] for item in judged], dtype=np.float32)


def _text(item: Judged) -> tuple[str, str]:
    return item.doc, item.system


@dataclass(frozen=True, slots=True)
class Agreement:
    """How estimates go with judgements. Correlations with MQM points, -1 to 1, `auroc` of major errors: higher is
    better, no number where one of both never varies. `calibration`: mean distance of predicted from observed shares
    over ten bins, lower is better."""

    name: str
    count: int
    majors: float
    auroc: float
    pearson: float
    spearman: float
    kendall: float
    calibration: float


# What is known of a unit beside its texts: of a pair, of an engine's own translation, of neither.
KINDS = {"of pairs": ("scored",), "of an engine's own": ("engine",), "of others": ()}
_RIDGE = 0.01


def evaluate(judged: Sequence[Judged], langs: tuple[str, str], means: Means, progress: Progress) -> list[Agreement]:
    """Each text by weights learned on the others, as a pair; all texts as each of KINDS; all by the committed weights;
    and, for comparison, all by how often the other translations of the same source have a major error."""
    found = known(judged, langs, means, progress)
    risks = {kind: left_out(judged, found.values, seen) for kind, seen in KINDS.items()}
    everywhere = np.ones(len(judged), dtype=np.bool_)
    lines = by_document(judged, risks["of pairs"])
    lines[-1:] = [agreement(f"all, {kind}", judged, own, everywhere) for kind, own in risks.items()]
    lines.append(agreement("all, committed weights", judged, found.risks, everywhere))
    return [*lines, agreement("all, by others' errors", judged, difficulty(judged), everywhere)]


def left_out(judged: Sequence[Judged], values: Mapping[str, Array], seen: Sequence[str]) -> Array:
    """The risk of each translation by weights learned on the other texts; `seen`: see KINDS."""
    docs, major = _docs(judged), _major(judged)
    risks = np.zeros(len(judged))
    for doc in sorted(set(docs)):
        others = docs != doc
        own = usual({name: column[others] for name, column in values.items()})
        weights = learned({name: column[others] for name, column in values.items()}, major[others], own)
        odds = matrix(values, own, seen)[~others] @ weights[1:] + weights[0]
        risks[~others] = 1 / (1 + np.exp(-odds))
    return risks


def usual(values: Mapping[str, Array]) -> dict[str, Feature]:
    """FEATURES with the mean and standard deviation, to three digits, of those that can be learned here."""
    return {name: _usual(one, values[name]) for name, one in FEATURES.items()}


def _usual(one: Feature, values: Array) -> Feature:
    known = values[~np.isnan(values)]
    spread = round(float(known.std()), 3) if len(known) else 0.0
    return replace(one, usual=round(float(known.mean()), 3), spread=spread) if one.is_learned and spread else one


def matrix(values: Mapping[str, Array], own: Mapping[str, Feature], seen: Sequence[str]) -> Array:
    """Shape (translations, FEATURES), in spreads; of "scored" and "engine" only what is `seen`."""
    hidden = {"scored", "engine"} - set(seen)
    columns = [standardised(values[name], one) * (name not in hidden) for name, one in own.items()]
    return np.stack(columns, axis=1)


def learned(values: Mapping[str, Array], major: NDArray[np.bool_], own: Mapping[str, Feature]) -> Array:
    """The intercept and a weight a spread of each feature: logistic regression with a ridge.

    Learned from every translation once as each of KINDS, so that weights hold whatever is known. A weight that would
    have the sign that makes no sense is 0; those that judgements cannot teach stay.
    """
    from scipy.optimize import minimize

    inputs = np.concatenate([matrix(values, own, seen) for seen in KINDS.values()])
    inputs = np.hstack([np.ones((len(inputs), 1)), inputs])
    signs = np.where(np.tile(major, len(KINDS)), 1.0, -1.0)

    def loss(weights: Array) -> tuple[float, Array]:
        margins = signs * (inputs @ weights)
        missed = 1 / (1 + np.exp(margins))
        slope = -(inputs.T @ (signs * missed)) / len(inputs)
        ridge = np.concatenate([[0.0], _RIDGE * weights[1:]])
        return float(np.logaddexp(0, -margins).mean() + ridge @ weights / 2), slope + ridge

    bounds = [(None, None), *(_bounds(one, values[name]) for name, one in own.items())]
    start = np.array([0.0, *(one.weight for one in own.values())])
    return np.asarray(minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x)


def _bounds(one: Feature, values: Array) -> tuple[float | None, float | None]:
    if not one.is_learned or np.isnan(values).all():
        return one.weight, one.weight
    return (0.0, None) if one.sign > 0 else (None, 0.0)


def difficulty(judged: Sequence[Judged]) -> Array:
    """Of each translation, how many of the other translations of its source have a major error, a share: more than any
    estimate can know of the source."""
    groups: dict[tuple[str, int], list[int]] = {}
    for at, item in enumerate(judged):
        groups.setdefault((item.doc, item.segment), []).append(at)
    major, found = _major(judged), np.zeros(len(judged))
    for own in groups.values():
        found[own] = (major[own].sum() - major[own]) / max(1, len(own) - 1)
    return found


def _docs(judged: Sequence[Judged]) -> NDArray[np.str_]:
    return np.array([item.doc for item in judged])


def _major(judged: Sequence[Judged]) -> NDArray[np.bool_]:
    return np.array([item.is_major for item in judged])


def by_document(judged: Sequence[Judged], risks: Array) -> list[Agreement]:
    """A line for each document, and one for all."""
    docs = _docs(judged)
    lines = [agreement(doc, judged, risks, docs == doc) for doc in sorted(set(docs))]
    return [*lines, agreement("all", judged, risks, docs != "")]


def agreement(name: str, judged: Sequence[Judged], risks: Array, chosen: NDArray[np.bool_]) -> Agreement:
    """Of the chosen ones."""
    points = np.array([item.points for item in judged])[chosen]
    major = _major(judged)[chosen]
    own = risks[chosen]
    vary = np.ptp(own) > 0 and np.ptp(points) > 0  # without which nothing goes with anything
    return Agreement(
        name,
        len(own),
        float(major.mean()),
        auroc(own, major),
        float(pearsonr(own, points).statistic) if vary else math.nan,
        float(spearmanr(own, points).statistic) if vary else math.nan,
        float(kendalltau(own, points).statistic) if vary else math.nan,
        calibration_error(own, major),
    )


def auroc(scores: Array, positive: NDArray[np.bool_]) -> float:
    """The chance that a positive is scored above a negative, ties half (Mann and Whitney 1947); 0.5 is chance. No
    number where there are none of either."""
    if positive.all() or not positive.any():
        return math.nan
    ups, downs = scores[positive], scores[~positive]
    return float(mannwhitneyu(ups, downs, method="asymptotic").statistic / (len(ups) * len(downs)))


def calibration_error(risks: Array, major: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum((risks * 10).astype(int), 9)
    gaps = [abs(risks[bins == b].mean() - major[bins == b].mean()) * (bins == b).sum() for b in np.unique(bins)]
    return float(sum(gaps) / len(risks))


HEADER = ["text", "translations", "with a major error", "AUROC", "Pearson", "Spearman", "Kendall", "calibration error"]


def show(lines: Iterable[Agreement]) -> str:
    """A line a document, all together last."""
    rows = [
        [
            one.name,
            str(one.count),
            f"{one.majors:.1%}",
            *map(_figure, (one.auroc, one.pearson, one.spearman, one.kendall, one.calibration)),
        ]
        for one in lines
    ]
    return markdown(HEADER, rows)


def _figure(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
