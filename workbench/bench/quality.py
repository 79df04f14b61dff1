"""Quality estimates held against professionals' MQM judgements."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau, pearsonr, rankdata, spearmanr

from workbench.bench.accuracy import markdown
from workbench.bench.checks import as_units
from workbench.checking import signals_of
from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.models import Models
from workbench.quality import CheckReport, Material, Signals, check, estimates

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
    """A TSV file of MQM judgements, an error a row, by system, document and segment. Raises InputError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text ({error})") from error
    if rows and not rows[0].keys() >= _COLUMNS:
        raise InputError(f"{path} is no table of MQM judgements; expected the columns {', '.join(sorted(_COLUMNS))}")
    groups: dict[tuple[str, str, int], list[Mapping[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["doc"], row["system"], int(row["seg_id"])), []).append(row)
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


def reported(
    judged: Sequence[Judged], langs: tuple[str, str], models: Models, progress: Progress = silent
) -> tuple[CheckReport, Signals]:
    """The check results and signals of every translation; a talk by one system is a text of its own."""
    units = as_units([(item.source, item.target) for item in judged], langs)
    reports, signals = [], []
    starts = [at for at, item in enumerate(judged) if at == 0 or _text(item) != _text(judged[at - 1])]
    encoders = models.encoders()
    for start, end in zip(starts, [*starts[1:], len(judged)], strict=True):
        own = signals_of(units[start:end], encoders, silent)
        reports.append(check(Material(units[start:end], own.similarity)))
        signals.append(own)
        progress("estimating", end, len(judged))
    fired = {name: sum(report.fired[name] for report in reports) for name in reports[0].fired}
    issues = tuple(one for report in reports for one in report.issues)
    joined = (
        np.concatenate([getattr(own, field) for own in signals])
        for field in ("similarity", "rank", "english", "engine")
    )
    return CheckReport(tuple(units), issues, fired), Signals(*joined)


def _text(item: Judged) -> tuple[str, str]:
    return item.doc, item.system


@dataclass(frozen=True, slots=True)
class Agreement:
    """How estimates go with judgements. Correlations with MQM points, -1 to 1, `auroc` of major errors: higher is
    better. `calibration`: mean distance of predicted from observed shares over ten bins, lower is better."""

    name: str
    count: int
    majors: float
    auroc: float
    pearson: float
    spearman: float
    kendall: float
    calibration: float


def evaluate(
    judged: Sequence[Judged], langs: tuple[str, str], models: Models, progress: Progress = silent
) -> list[Agreement]:
    """The committed weights on each document and on all."""
    risks = np.array([one.risk for one in estimates(*reported(judged, langs, models, progress)) if one])
    return by_document(judged, risks)


def by_document(judged: Sequence[Judged], risks: Array) -> list[Agreement]:
    """A line for each document, and one for all."""
    docs = np.array([item.doc for item in judged])
    lines = [agreement(doc, judged, risks, docs == doc) for doc in sorted(set(docs))]
    return [*lines, agreement("all", judged, risks, docs != "")]


def agreement(name: str, judged: Sequence[Judged], risks: Array, chosen: NDArray[np.bool_]) -> Agreement:
    """Of the chosen ones."""
    points = np.array([item.points for item in judged])[chosen]
    major = np.array([item.is_major for item in judged])[chosen]
    own = risks[chosen]
    return Agreement(
        name,
        len(own),
        float(major.mean()),
        auroc(own, major),
        float(pearsonr(own, points).statistic),
        float(spearmanr(own, points).statistic),
        float(kendalltau(own, points).statistic),
        calibration_error(own, major),
    )


def auroc(scores: Array, positive: NDArray[np.bool_]) -> float:
    """The chance that a positive is scored above a negative, ties half (Mann and Whitney 1947); 0.5 is chance."""
    ups = int(positive.sum())
    downs = len(positive) - ups
    if not ups or not downs:
        return 0.5
    return float((rankdata(scores)[positive].sum() - ups * (ups + 1) / 2) / (ups * downs))


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
            *(f"{value:.3f}" for value in (one.auroc, one.pearson, one.spearman, one.kendall, one.calibration)),
        ]
        for one in lines
    ]
    return markdown(HEADER, rows)
