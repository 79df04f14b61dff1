"""How often the check for disagreements speaks up on parallel pairs, and how many planted changes it finds."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.align.evaluation import GoldDocument, read_gold
from workbench.bench.named import Named
from workbench.bench.pairs import Pair, read_pairs
from workbench.bench.planted import KINDS, planted_pair
from workbench.bench.tables import markdown
from workbench.datatypes import Progress, silent
from workbench.errors import InputError
from workbench.facts import Disagreement, disagreements


@dataclass
class Found:
    """What was found on pairs: counts a kind. `milliseconds`: CPU time a pair as it is.

    `alarms`: unchanged pairs with a disagreement of the kind, "all" with any. `planted`: pairs with a change of the
    kind; `found`: those with a disagreement that was not there before; `as_kind`: of these, one of the same kind.
    """

    pairs: int
    alarms: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    as_kind: Counter[str] = field(default_factory=Counter)
    milliseconds: float = 0.0


def pairs_of(paths: Sequence[Path], kept: bool = False) -> list[Pair]:
    """The pairs of a file of `text TAB text` lines; of two such files that share their second; or of a gold set.

    Of a gold set, a folder, segments linked one to one count: those of every second document if `kept`, which is for
    reporting alone, else of the others. Raises InputError where a file or folder is not of that form, or two files have
    nothing in common.
    """
    if len(paths) == 1 and paths[0].is_dir():
        return [pair for document in read_gold(paths[0])[int(kept) :: 2] for pair in _linked(document)]
    tables = [read_pairs(path) for path in paths]
    if len(tables) == 1:
        return tables[0]
    if len(tables) != 2:
        raise InputError(f"expected one or two files of pairs, got {len(tables)}")
    second = {english: text for text, english in tables[1]}
    pairs = [(text, second[english]) for text, english in tables[0] if english in second]
    if not pairs:
        raise InputError(f"{paths[0]} and {paths[1]} have no English line in common")
    return pairs


def _linked(document: GoldDocument) -> Iterator[Pair]:
    """The pairs of segments that are each other's only counterpart."""
    for src, tgt in document.gold:
        if len(src) == len(tgt) == 1:
            yield document.src[src[0]], document.tgt[tgt[0]]


def run(pairs: Sequence[Pair], langs: tuple[str, str], seed: int = 0, progress: Progress = silent) -> Found:
    """Alarms on the pairs as they are; then one change of each kind a pair, on a side chosen by chance."""
    result = Found(len(pairs))
    names = Named(pairs, langs)
    began = time.process_time()
    before = [_judged(pair, langs) for pair in pairs]
    result.milliseconds = (time.process_time() - began) * 1000 / max(1, len(pairs))
    for number, (pair, already) in enumerate(zip(pairs, before, strict=True), 1):
        result.alarms.update({item.kind for item in already} | ({"all"} if already else set()))
        for kind in KINDS:
            _plant(pair, kind, already, langs, names, random.Random(f"{seed} {number} {kind}"), result)
        progress("planting", number, len(pairs))
    return result


def _judged(pair: Pair, langs: tuple[str, str]) -> tuple[Disagreement, ...]:
    return disagreements([(pair[0], langs[0])], [(pair[1], langs[1])])


def _plant(
    pair: Pair,
    kind: str,
    already: Sequence[Disagreement],
    langs: tuple[str, str],
    names: Named,
    rng: random.Random,
    result: Found,
) -> None:
    changed = planted_pair(pair, langs, kind, rng, names.places)
    if changed is None:
        return
    known = {(item.kind, item.reason) for item in already}
    new = [item for item in _judged(changed, langs) if (item.kind, item.reason) not in known]
    for key in (kind, "all"):
        result.planted[key] += 1
        result.found[key] += bool(new)
        result.as_kind[key] += any(item.kind == kind for item in new)


HEADER = ["kind", "false alarms", "of pairs", "planted", "found", "recall", "as its kind"]


def show(result: Found) -> str:
    """A line a kind, all together last."""
    rows = []
    for kind in (*KINDS, "all"):
        planted_here = result.planted[kind]
        rows.append(
            [
                kind,
                str(result.alarms[kind]),
                f"{result.alarms[kind] / result.pairs:.2%}",
                str(planted_here),
                str(result.found[kind]),
                f"{result.found[kind] / planted_here:.3f}" if planted_here else "-",
                f"{result.as_kind[kind] / planted_here:.3f}" if planted_here else "-",
            ]
        )
    return f"{markdown(HEADER, rows)}\n\n{result.pairs} pairs, {result.milliseconds:.2f} ms CPU a pair"
