"""What tells that the other side of a pair denies: writes `workbench/facts/denying.tsv`, and weighs what pairs show.

    python -m models.training.facts.denying table SHARED
    python -m models.training.facts.denying weights SRC-TGT=FILE[,FILE]...

SHARED is the folder of shared data. `table` learns, for each language, on permissive pairs of the corpora against
English, and for English on those of all languages: of texts with one no, whether the other side has one, by what stands
about it; of texts without, whether the other side denies, by what they say instead. Both by logistic regression, of
which the _KEPT heaviest weights are kept and learned again. Documentation is two thirds of the corpora, and part of it
is drawn; of the prose (`prose`, beside this file), what either of its halves of two seeds keeps back is left out.

`weights` tells unchanged pairs of some sets from those with a planted denial (`bench.planted`) by what
`negation.features` sees of those that the rules pass over, and prints the weights, and for each set how many more of
either would be told from several log odds on. Sets are as for `bench disagreements`; none should be of what `table`
learned from.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import workbench.facts
from models.training.corpora import LANGUAGES, Pair, read_pairs
from models.training.facts.prose import SOURCES, halves
from workbench.bench.disagreements import pairs_of
from workbench.bench.planted import planted_pair
from workbench.facts.denying import ALWAYS
from workbench.facts.negation import WEIGHTS, Denied, Side, denials, denies_unanswered, features
from workbench.lang import primary

_LEFT_OUT = ((0, True), (1, True))  # halves of the prose: seed, and whether the half kept back
_DOCUMENTATION = 0.1  # share that is drawn
_UNDENIED = 0.04  # share of the pairs without a no that is drawn
_LONGEST = 400  # characters of English
_LEAST = 4  # texts with what is to be seen
_STRENGTH = 0.2
_KEPT = {"beside": 400, "instead": 900}
_LIMITS = (1.0, 1.25, 1.5, 1.75, 2.0)
Texts = tuple[tuple[str, str], ...]


@dataclass
class Examples:
    """What is seen of texts, and whether the other side denies. `share`: of those where it does not, the drawn."""

    share: float = 1.0
    seen: list[Collection[str]] = field(default_factory=list)
    denied: list[bool] = field(default_factory=list)

    def add(self, seen: Collection[str], denied: bool) -> None:
        self.seen.append(seen)
        self.denied.append(denied)


def drawn(pairs: Iterable[Pair], rng: random.Random) -> Iterator[Pair]:
    """The pairs to learn from: prose that is not kept back, and some documentation."""
    for pair, kept in halves(pairs, _LEFT_OUT):
        if not kept and len(pair.english) <= _LONGEST and (pair.source in SOURCES or rng.random() < _DOCUMENTATION):
            yield pair


def examples(pairs: Iterable[Pair], lang: str, rng: random.Random) -> tuple[dict[str, Examples], dict[str, Examples]]:
    """By model, of the foreign sides and of the English ones."""
    made = tuple({"beside": Examples(), "instead": Examples(_UNDENIED)} for _ in range(2))
    for pair in pairs:
        sides = denials(pair.foreign, lang), denials(pair.english, "en")
        if all(side.lang for side in sides):
            for of, here, there in zip(made, sides, reversed(sides), strict=True):
                _add(of, here, there, rng)
    return made[0], made[1]


def _add(of: Mapping[str, Examples], here: Denied, there: Denied, rng: random.Random) -> None:
    if len(here.nos) == 1:
        of["beside"].add(here.beside(here.nos[0]), bool(there.nos))
    elif not here.nos and (there.plain or rng.random() < of["instead"].share):
        of["instead"].add(here.instead, bool(there.plain))


def weights(of: Examples, most: int) -> dict[str, float]:
    """What each of the heaviest things to be seen adds to the log odds, and, of ALWAYS, what these begin with."""
    times = Counter(what for seen in of.seen for what in seen)
    names = sorted(what for what, count in times.items() if count >= _LEAST and what.isprintable() and what != ALWAYS)
    if len(set(of.denied)) < 2:
        raise SystemExit("These pairs are too few: none, or all, of the other sides deny. Give more of this language.")
    learned = _learned(of, names)
    heaviest = sorted(names, key=lambda what: -abs(learned[what]))[:most]
    return _learned(of, sorted(heaviest))


def _learned(of: Examples, names: Sequence[str]) -> dict[str, float]:
    place = {what: at for at, what in enumerate(names)}
    rows = [[place[what] for what in sorted(seen) if what in place] for seen in of.seen]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([at for row in rows for at in row], dtype=np.int32)
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=500, random_state=0).fit(matrix, of.denied)
    always = float(model.intercept_[0] + np.log(of.share))
    return {ALWAYS: always, **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def joined(of: Sequence[Mapping[str, Examples]]) -> dict[str, Examples]:
    """The examples of several corpora."""
    both = {model: Examples(found.share) for model, found in of[0].items()}
    for each in of:
        for model, found in each.items():
            both[model].seen += found.seen
            both[model].denied += found.denied
    return both


def table(shared: Path) -> str:
    foreign: dict[str, list[dict[str, Examples]]] = {}
    english = []
    for tag in LANGUAGES:
        rng, lang = random.Random(0), primary(tag)
        here, there = examples(drawn(read_pairs(shared / "corpora", tag), rng), lang, rng)
        foreign.setdefault(lang, []).append(here)
        english.append(there)
        print(tag, {model: (len(of.seen), sum(of.denied)) for model, of in here.items()}, flush=True)
    return lines({**{lang: joined(of) for lang, of in foreign.items()}, "en": joined(english)})


def lines(by_lang: Mapping[str, Mapping[str, Examples]]) -> str:
    """The table: a head, and a line a weight."""
    rows = (
        f"{model}\t{lang}\t{what}\t{weight:.2f}"
        for lang, of in sorted(by_lang.items())
        for model, found in of.items()
        for what, weight in weights(found, _KEPT[model]).items()
    )
    return "\n".join(["model\tlang\tseen\tweight", *rows, ""])


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of pairs as they are, and of those with a denial put in or taken out; nothing of most, and of those
    that the rules tell."""

    name: str
    unchanged: list[list[float] | None]
    changed: list[list[float] | None]


def seen_of(name: str, pairs: Sequence[tuple[str, str]], langs: tuple[str, str]) -> Seen:
    changed = [
        planted_pair(pair, langs, "negation", random.Random(f"0 {number} negation"))
        for number, pair in enumerate(pairs, 1)
    ]
    return Seen(name, [_row(pair, langs) for pair in pairs], [_row(pair, langs) for pair in changed if pair])


def _row(pair: tuple[str, str], langs: tuple[str, str]) -> list[float] | None:
    src, tgt = (Side([denials(text, lang)]) for text, lang in zip(pair, langs, strict=True))
    if denies_unanswered(src, tgt) or denies_unanswered(tgt, src):
        return None
    found = features(src, tgt) or features(tgt, src)
    return list(found.values()) if found else None


def weighed(sets: Sequence[Seen]) -> NDArray[np.float64]:
    """What each thing to be seen adds to the log odds, in the order of WEIGHTS, and what they begin with."""
    rows = [(row, label) for of in sets for label, some in enumerate((of.unchanged, of.changed)) for row in some if row]
    model = LogisticRegression(max_iter=3000).fit(*map(np.array, zip(*rows, strict=True)))
    return np.append(model.coef_[0], model.intercept_)


def told(of: Seen, learned: NDArray[np.float64]) -> str:
    """For each limit the share of unchanged pairs, and of changed ones, that the rules pass over and that are told."""
    odds = [
        np.array([np.dot(row, learned[:-1]) + learned[-1] if row else -np.inf for row in some])
        for some in (of.unchanged, of.changed)
    ]
    shares = ((limit, *(float(np.mean(some >= limit)) for some in odds)) for limit in _LIMITS)
    return "  ".join(f"{limit}: {un:.2%} {ch:.3f}" for limit, un, ch in shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("table").add_argument("shared", type=Path)
    commands.add_parser("weights").add_argument("sets", nargs="+", help="SRC-TGT=FILE or SRC-TGT=FILE,FILE")
    args = parser.parse_args()
    if args.command == "table":
        target = Path(workbench.facts.__file__).with_name("denying.tsv")
        target.write_text(table(args.shared), encoding="utf-8")
        return
    sets = []
    for given in args.sets:
        langs, files = given.split("=", 1)
        src, tgt = langs.split("-")
        sets.append(seen_of(given, pairs_of([Path(file) for file in files.split(",")]), (src, tgt)))
    learned = weighed(sets)
    for what, weight in zip([*WEIGHTS, "ALWAYS"], learned, strict=True):
        print(f"{what}: {weight:.2f}")
    for of in sets:
        print(f"{of.name}\t{told(of, learned)}")


if __name__ == "__main__":
    main()
