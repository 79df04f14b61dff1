"""How good an alignment is, measured against a gold alignment.

Strict and lax precision, recall and F1 follow vecalign's scorer (Thompson and Koehn 2019), which follows
Abdul-Rauf et al. 2012: a bead counts strictly when the gold has the very same one, and laxly when it shares a
linked pair of segments with the gold. Null beads count in the precision and not in the recall.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import InputError

Indices = tuple[int, ...]
BeadIndices = tuple[Indices, Indices]

_LINE = re.compile(r"^\[([\d,\s]*)\]:\[([\d,\s]*)\](?::(-?[\d.eE+-]+|nan|inf))?\s*$")


def parse_beads(text: str, name: str = "alignment") -> list[BeadIndices]:
    """Read vecalign's line format, `[0]:[0, 1]` or `[0]:[0, 1]:cost`.

    Raises InputError that names the line where it is not of that form.
    """
    beads = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        if match is None:
            raise InputError(f"{name}, line {number}: expected `[0]:[0, 1]` or `[0]:[0, 1]:cost`, found {line!r}")
        beads.append((_indices(match[1]), _indices(match[2])))
    return beads


def _indices(text: str) -> Indices:
    return tuple(int(part) for part in text.replace(",", " ").split())


def format_bead(src: Indices, tgt: Indices, cost: float) -> str:
    """One line of vecalign's format; the cost is lower for a better bead."""
    return f"{list(src)}:{list(tgt)}:{cost:.6f}"


@dataclass(frozen=True, slots=True)
class Counts:
    """True and false positives, strict and lax."""

    strict: int = 0
    not_strict: int = 0
    lax: int = 0
    not_lax: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.strict + other.strict,
            self.not_strict + other.not_strict,
            self.lax + other.lax,
            self.not_lax + other.not_lax,
        )


@dataclass(frozen=True, slots=True)
class PRF:
    """Precision, recall and their harmonic mean, 0 to 1, higher is better; 0 where nothing was to be counted."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Every figure of one evaluation. `bead`: exact links; `link`: pairs of segments; `null`: unlinked segments."""

    strict: PRF
    lax: PRF
    bead: PRF
    link: PRF
    null: PRF


def score(pairs: Iterable[tuple[Sequence[BeadIndices], Sequence[BeadIndices]]]) -> Scores:
    """Score (gold, test) alignments, one pair a document, with the counts of all documents added up."""
    pairs = list(pairs)
    precision, recall = Counts(), Counts()
    for gold, test in pairs:
        precision += _count(gold, test)
        recall += _count(_linked(test), _linked(gold))
    return Scores(
        strict=PRF(_share(precision.strict, precision.not_strict), _share(recall.strict, recall.not_strict)),
        lax=PRF(_share(precision.lax, precision.not_lax), _share(recall.lax, recall.not_lax)),
        bead=_set_prf([(set(_linked(g)), set(_linked(t))) for g, t in pairs]),
        link=_set_prf([(_links(g), _links(t)) for g, t in pairs]),
        null=_set_prf([(_nulls(g), _nulls(t)) for g, t in pairs]),
    )


def _linked(beads: Iterable[BeadIndices]) -> list[BeadIndices]:
    return [(src, tgt) for src, tgt in beads if src and tgt]


def _links(beads: Iterable[BeadIndices]) -> set[tuple[int, int]]:
    return {(i, j) for src, tgt in beads for i in src for j in tgt}


def _nulls(beads: Iterable[BeadIndices]) -> set[tuple[str, int]]:
    sides: set[tuple[str, int]] = set()
    for src, tgt in beads:
        if not tgt:
            sides.update(("src", i) for i in src)
        if not src:
            sides.update(("tgt", j) for j in tgt)
    return sides


def _count(gold: Sequence[BeadIndices], test: Sequence[BeadIndices]) -> Counts:
    exact = {bead for bead in gold if bead[0] or bead[1]}
    links = _links(gold)
    counts = Counts()
    for src, tgt in {bead for bead in test if bead[0] or bead[1]}:
        strict = (src, tgt) in exact
        lax = strict or any((i, j) in links for i in src for j in tgt)
        counts += Counts(strict, not strict, lax, not lax)
    return counts


def _share(hits: int, misses: int) -> float:
    return hits / (hits + misses) if hits + misses else 0.0


def _set_prf(pairs: Sequence[tuple[set[Any], set[Any]]]) -> PRF:
    hits = sum(len(gold & test) for gold, test in pairs)
    tested = sum(len(test) for _, test in pairs)
    wanted = sum(len(gold) for gold, _ in pairs)
    return PRF(hits / tested if tested else 0.0, hits / wanted if wanted else 0.0)


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document of a gold set: segments a line, and ready-made translations where the set has them."""

    name: str
    src: tuple[str, ...]
    tgt: tuple[str, ...]
    gold: tuple[BeadIndices, ...]
    src_mt: tuple[str, ...] | None = None
    tgt_mt: tuple[str, ...] | None = None


def read_gold(folder: Path) -> list[GoldDocument]:
    """Every document of a folder of `NAME.src`, `NAME.tgt`, `NAME.gold` and, where given, `NAME.src.mt`, `NAME.tgt.mt`.

    Raises InputError where a folder holds no gold file or a document lacks a side.
    """
    golds = sorted(folder.glob("*.gold"))
    if not golds:
        raise InputError(f"{folder} holds no NAME.gold file; expected NAME.src, NAME.tgt and NAME.gold")
    return [_read_document(path) for path in golds]


def _read_document(path: Path) -> GoldDocument:
    def lines(suffix: str) -> tuple[str, ...] | None:
        file = path.with_suffix(suffix)
        return tuple(read_lines(file)) if file.exists() else None

    src, tgt = lines(".src"), lines(".tgt")
    if src is None or tgt is None:
        raise InputError(f"{path} has no {path.stem}.src or {path.stem}.tgt beside it")
    gold = tuple(parse_beads(path.read_text(encoding="utf-8"), path.name))
    return GoldDocument(path.stem, src, tgt, gold, lines(".src.mt"), lines(".tgt.mt"))


def read_lines(path: Path) -> list[str]:
    """A text file's lines, split at newlines only: other separators occur inside segments."""
    text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    return text.removesuffix("\n").split("\n") if text else []


def table(name: str, scores: Scores, signature: str) -> str:
    """The scores of a gold set as text, with what made them."""
    rows = [("strict", scores.strict), ("lax", scores.lax), ("bead", scores.bead), ("link", scores.link)]
    lines = [f"{'':8} precision  recall  F1"]
    lines += [
        f"{label:8} {figure.precision:9.3f} {figure.recall:7.3f}  {figure.f1:.3f}"
        for label, figure in [*rows, ("null", scores.null)]
    ]
    return "\n".join([f"{name} ({signature})", *lines])
