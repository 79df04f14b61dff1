"""How often each automatic check finds the errors that it is for, and how often it speaks up on sound text."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from workbench.bench.injected import GLOSSARY, Error, Injected, by_check, injected, prepared
from workbench.bench.tables import markdown
from workbench.datatypes import Issue, Progress, Status, TranslationUnit
from workbench.embed import Encoder
from workbench.lang import primary
from workbench.quality import CHECKS, Glossary, Material, Profile, Term, check
from workbench.wiring.abreast import of_units_abreast

ROUNDS = 10  # sets of errors drawn anew
SPEED_UNITS = 100_000


@dataclass
class Found:
    """Of one check: counts over all rounds. `alarms`: sound units of the texts as they are on which it spoke up.

    `planted`: units with an error; `found`: those with an issue that they did not have before; `placed`: of these, one
    that touches the error; `false`: units without an error that have an issue, those included that had it before.
    """

    alarms: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    placed: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        return self.found.total() / max(1, self.found.total() + self.false)


def as_units(pairs: Sequence[tuple[str, str]], langs: tuple[str, str]) -> list[TranslationUnit]:
    """Pairs of texts as units."""
    return [
        TranslationUnit(
            f"u{at}", "src", "tgt", *langs, (f"s{at}",), (f"t{at}",), src, tgt, "", "", 0.0, 1.0, Status.UNREVIEWED
        )
        for at, (src, tgt) in enumerate(pairs)
    ]


def run(
    units: Sequence[TranslationUnit],
    encoder: Encoder | None,
    seed: int,
    progress: Progress,
    only: Sequence[str],
) -> dict[str, Found]:
    """Each check by itself on units with an error in one of twenty, ROUNDS times, by the check's name.

    `only`: these checks; none: all.
    """
    wanted = {name: errors for name, errors in by_check().items() if not only or name in only}
    known = similarity(units, encoder)
    material = Material(units, known, encode=encoder.encode if encoder else None)
    clean = check(material, Profile(frozenset(CHECKS) - wanted.keys()))
    results = {}
    for number, (name, errors) in enumerate(wanted.items(), 1):
        result = results[name] = Found(alarms=clean.fired[name])
        own = _Own(name, errors, prepared(errors, units), encoder)
        for turn in range(ROUNDS):
            _count(own, injected(errors, own.units, f"{seed} {name} {turn}"), result)
        progress("checking", number, len(wanted))
    return results


class _Own:
    """One check, and the units that its errors are put into."""

    def __init__(
        self, name: str, errors: Sequence[Error], units: Sequence[TranslationUnit], encoder: Encoder | None
    ) -> None:
        self.profile = Profile(frozenset(CHECKS) - {name})
        self.errors, self.units, self._encoder = errors, units, encoder
        self._similarity = similarity(units, encoder)
        langs = primary(units[0].src_lang), primary(units[0].tgt_lang)
        sides = (zip(langs, ((source,), (target,)), strict=True) for source, target in GLOSSARY.items())
        self._glossary = Glossary(tuple(Term(tuple(ways)) for ways in sides))
        self.before = self._issues(units, self._similarity)

    def _issues(
        self, units: Sequence[TranslationUnit], known: NDArray[np.float32] | None
    ) -> tuple[tuple[Issue, ...], ...]:
        encode = self._encoder.encode if self._encoder else None
        return check(Material(units, known, self._glossary, encode), self.profile).issues

    def issues(self, errors: Sequence[Injected]) -> tuple[tuple[Issue, ...], ...]:
        """Of all units, with the errors in."""
        changed, known = list(self.units), self._similarity
        for error in errors:
            changed[error.place] = error.unit
        if known is not None:
            known = known.copy()
            places = [error.place for error in errors]
            known[places] = similarity([error.unit for error in errors], self._encoder)
        return self._issues(changed, known)


def _count(own: _Own, errors: Sequence[Injected], result: Found) -> None:
    by_place = {error.place: error for error in errors}
    for place, issues in enumerate(own.issues(errors)):
        error = by_place.get(place)
        if error is None:
            result.false += bool(issues)
            continue
        new = [issue for issue in issues if issue not in own.before[place]]
        result.planted[error.kind] += 1
        result.found[error.kind] += bool(new)
        result.placed += any(_touches(issue, error) for issue in new)
        result.false += bool(issues) and not new


def _touches(issue: Issue, error: Injected) -> bool:
    if issue.side == "src" or error.start == error.end or issue.start == issue.end:
        return True
    return issue.start < error.end and error.start < issue.end


def similarity(units: Sequence[TranslationUnit], encoder: Encoder | None) -> NDArray[np.float32] | None:
    """Of each unit's source and target, cosine, higher is closer; None without an encoder."""
    if encoder is None:
        return None
    src, tgt = (encoder.encode([getattr(unit, side) for unit in units]) for side in ("src_text", "tgt_text"))
    return np.asarray(np.sum(src * tgt, axis=1), dtype=np.float32)


HEADER = ["check", "alarms on sound text", "planted", "recall", "precision", "at the place", "recall by kind"]


def show(results: dict[str, Found], units: int) -> str:
    """A line a check."""
    rows = [
        [
            name,
            f"{result.alarms / units:.2%}",
            str(result.planted.total()),
            *_figures(result),
            ", ".join(f"{kind} {result.found[kind] / count:.2f}" for kind, count in sorted(result.planted.items())),
        ]
        for name, result in results.items()
    ]
    return markdown(HEADER, rows)


def _figures(result: Found) -> tuple[str, str, str]:
    """Recall, precision, and the share of errors found at their place; of what was never put in there are none."""
    if not result.planted:
        return "-", "-", "-"
    placed = result.placed / max(1, result.found.total())
    return f"{result.recall:.3f}", f"{result.precision:.3f}", f"{placed:.3f}"


def speed(units: Sequence[TranslationUnit]) -> str:
    """Seconds for SPEED_UNITS different units made of these, their similarity given."""
    many = list(_many(units, SPEED_UNITS))
    material = Material(many, np.full(len(many), 0.5, dtype=np.float32), Glossary())
    began = time.perf_counter()
    check(material, of_units=of_units_abreast)
    return f"{len(many):,} units in {time.perf_counter() - began:.1f} s on {os.cpu_count()} cores, embeddings given"


def _many(units: Sequence[TranslationUnit], count: int) -> Iterator[TranslationUnit]:
    for at in range(count):
        unit = units[at % len(units)]
        yield replace(unit, src_text=f"{unit.src_text} {at}", tgt_text=f"{unit.tgt_text} {at}")
