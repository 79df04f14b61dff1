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
    """Every figure of one evaluation.

    `strict` and `lax` are vecalign's. The others leave null beads out, or look at nothing else. `bead`: links that the
    gold has exactly; `link`: pairs of segments; `found`: links that share a pair with a link of the gold, and links of
    the gold that share one with ours; `null`: segments without a counterpart, so that its recall is the share of
    one-sided segments left alone.
    """

    strict: PRF
    lax: PRF
    bead: PRF
    link: PRF
    found: PRF
    null: PRF


def score(pairs: Iterable[tuple[Sequence[BeadIndices], Sequence[BeadIndices]]]) -> Scores:
    """Score (gold, test) alignments, one pair a document, with the counts of all documents added up."""
    pairs = list(pairs)
    precision, recall, links = Counts(), Counts(), Counts()
    for gold, test in pairs:
        precision += _count(gold, test)
        recall += _count(links_of(test), links_of(gold))
        links += _count(gold, links_of(test))
    return Scores(
        strict=PRF(_share(precision.strict, precision.not_strict), _share(recall.strict, recall.not_strict)),
        lax=PRF(_share(precision.lax, precision.not_lax), _share(recall.lax, recall.not_lax)),
        bead=_set_prf([(set(links_of(g)), set(links_of(t))) for g, t in pairs]),
        link=_set_prf([(pairs_of(g), pairs_of(t)) for g, t in pairs]),
        found=PRF(_share(links.lax, links.not_lax), _share(recall.lax, recall.not_lax)),
        null=_set_prf([(_nulls(g), _judged(g) - _linked_sides(t)) for g, t in pairs]),
    )


def links_of(beads: Iterable[BeadIndices]) -> list[BeadIndices]:
    """The beads that have something of both sides."""
    return [(src, tgt) for src, tgt in beads if src and tgt]


def pairs_of(beads: Iterable[BeadIndices]) -> set[tuple[int, int]]:
    """The pairs of a source and a target segment that stand in one bead."""
    return {(i, j) for src, tgt in beads for i in src for j in tgt}


def _nulls(beads: Iterable[BeadIndices]) -> set[tuple[str, int]]:
    return _judged(bead for bead in beads if not (bead[0] and bead[1]))


def _linked_sides(beads: Iterable[BeadIndices]) -> set[tuple[str, int]]:
    return _judged(links_of(beads))


def _judged(beads: Iterable[BeadIndices]) -> set[tuple[str, int]]:
    """The segments of either side that stand in some bead."""
    return {(side, i) for bead in beads for side, indices in zip(("src", "tgt"), bead, strict=True) for i in indices}


def _count(gold: Sequence[BeadIndices], test: Sequence[BeadIndices]) -> Counts:
    exact = {bead for bead in gold if bead[0] or bead[1]}
    links = pairs_of(gold)
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
    """One document of a gold set: segments a line, and what the set has beside them.

    `src_mt`, `tgt_mt`: ready-made translations into the other side's language; `src_en`, `tgt_en`: into English.
    """

    name: str
    src: tuple[str, ...]
    tgt: tuple[str, ...]
    gold: tuple[BeadIndices, ...]
    src_mt: tuple[str, ...] | None = None
    tgt_mt: tuple[str, ...] | None = None
    src_en: tuple[str, ...] | None = None
    tgt_en: tuple[str, ...] | None = None
    langs: tuple[str, str] | None = None

    @property
    def coverage(self) -> tuple[float, float]:
        """The share of the segments of either side that are in a link of the gold, 0 to 1."""
        links = links_of(self.gold)
        src, tgt = {i for bead, _ in links for i in bead}, {j for _, bead in links for j in bead}
        return len(src) / len(self.src), len(tgt) / len(self.tgt)


def read_gold(folder: Path) -> list[GoldDocument]:
    """Every document of a folder of `NAME.src`, `NAME.tgt`, `NAME.gold` and, where given, the following.

    `NAME.src.mt`, `NAME.tgt.mt`: a translation into the other side's language, line by line; `NAME.src.en`,
    `NAME.tgt.en`: into English; `NAME.lang`: the two languages, such as `fr zh-Hant`.
    Raises InputError where a folder holds no gold file, a document lacks a side, or counts of lines do not agree.
    """
    golds = sorted(folder.glob("*.gold"))
    if not golds:
        raise InputError(f"{folder} holds no NAME.gold file; expected NAME.src, NAME.tgt and NAME.gold")
    return [_read_document(path) for path in golds]


def _read_document(path: Path) -> GoldDocument:
    def lines(suffix: str) -> tuple[str, ...] | None:
        file = path.with_suffix(suffix)
        return tuple(read_lines(file)) if file.exists() else None

    def beside(side: str, original: Sequence[str], suffix: str) -> tuple[str, ...] | None:
        found = lines(f".{side}.{suffix}")
        if found is not None and len(found) != len(original):
            raise InputError(
                f"{path.stem}.{side}.{suffix} has {len(found)} lines but {path.stem}.{side} has {len(original)}; "
                "expected one line for each"
            )
        return found

    src, tgt = lines(".src"), lines(".tgt")
    if src is None or tgt is None:
        raise InputError(f"{path} has no {path.stem}.src or {path.stem}.tgt beside it")
    gold = tuple(parse_beads(path.read_text(encoding="utf-8-sig"), path.name))
    for side, indices in (("src", [i for a, _ in gold for i in a]), ("tgt", [j for _, b in gold for j in b])):
        size = len(src if side == "src" else tgt)
        if indices and max(indices) >= size:
            raise InputError(f"{path.name} links line {max(indices)} of {path.stem}.{side}, which has {size} lines")
    return GoldDocument(
        path.stem,
        src,
        tgt,
        gold,
        beside("src", src, "mt"),
        beside("tgt", tgt, "mt"),
        beside("src", src, "en"),
        beside("tgt", tgt, "en"),
        _languages(path.with_suffix(".lang")),
    )


def _languages(path: Path) -> tuple[str, str] | None:
    if not path.exists():
        return None
    match path.read_text(encoding="utf-8").split():
        case [src, tgt]:
            return src, tgt
    raise InputError(f"{path.name} names no two languages; expected one line such as `fr zh-Hant`")


def read_lines(path: Path) -> list[str]:
    """The lines of a text file in UTF-8. Raises InputError where it cannot be read, or where a line holds a NUL."""
    try:
        lines = lines_of(path.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError as error:
        raise unreadable(path, error) from error
    if torn := next((number for number, line in enumerate(lines, 1) if "\0" in line), 0):
        raise InputError(f"{path}, line {torn}: there is a NUL byte in it; expected a text file, one segment a line")
    return lines


def lines_of(text: str) -> list[str]:
    """A text's lines, split at line ends only: other separators occur inside segments."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []


def unreadable(path: Path, error: OSError) -> InputError:
    """What is said of a file of lines that cannot be read."""
    return InputError(f"{path} cannot be read ({error.strerror}); expected a text file, one segment a line")
