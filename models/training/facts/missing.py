"""How surely a name that another text lacks tells of a change: learns the weights of `workbench.facts.missing`.

    python -m models.training.facts.missing SRC-TGT=FILE[,FILE]...

Each set is a file of pairs, two that share their English, or a gold set, as `bench disagreements` takes them. Unchanged
pairs are told from those with a planted change (`bench.planted`) by logistic regression on what is seen of the surest
name of one text and of the surest, or most doubtful, of the other, together; since the weights say which these are, the
regression is repeated with those that the last one chose. Prints the weights, and for each set how many unchanged
pairs would be told, how many changed ones, and how many with a name left out, from several log odds on: with the
weights, which learned from it, and with weights that learned from no set with a language of it other than English. What
a name tells alone (`missing.KEPT`) is not learned: it is as high as leaves few more unchanged pairs told.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from workbench.bench.disagreements import pairs_of
from workbench.bench.named import Named as Planter
from workbench.bench.pairs import Pair
from workbench.bench.planted import planted_pair
from workbench.facts.missing import ALWAYS, WEIGHTS, features, unnamed
from workbench.facts.naming import Names, doubtful, naming

_LIMITS = (1.2, 1.5, 1.8, 2.1, 2.4)
_MOST = 1200  # pairs of a set
_TURNS = 6

# What is seen of the names that each text alone has: (names, features); how many, the first, are sure; and what is
# added to each at least.
Side = tuple[np.ndarray, int, np.ndarray]
Seen = tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is seen of pairs as they are, of those with another name put in, and of those with a name left out."""

    name: str
    langs: tuple[str, str]
    unchanged: list[Seen]
    changed: list[Seen]
    left_out: list[Seen]


def examples(name: str, pairs: Sequence[Pair], langs: tuple[str, str]) -> Examples:
    """One name of every pair changed, or left out, on a side chosen by chance."""
    names = Planter(pairs, langs)
    made = [
        [make(pair, langs, names, random.Random(f"0 {number} name")) for number, pair in enumerate(pairs, 1)]
        for make in (_changed, _left_out)
    ]
    unchanged, changed, left_out = ([seen(pair, langs) for pair in of if pair] for of in (pairs, *made))
    return Examples(name, langs, unchanged, changed, left_out)


def seen(pair: Pair, langs: tuple[str, str]) -> Seen:
    sure = [naming(text, lang) for text, lang in zip(pair, langs, strict=True)]
    perhaps = [doubtful(text, lang) for text, lang in zip(pair, langs, strict=True)]
    here, there = (_alone(sure[side], perhaps[side], sure[1 - side]) for side in (0, 1))
    return here, there


def _alone(sure: Names, perhaps: Names, other: Names) -> Side:
    found = [unnamed(names, other) for names in (sure, perhaps)]
    rows = [
        list(features(item.named, item.unlike, sure.lang, other.lang).values()) for items in found for item in items
    ]
    alone = np.array([item.alone for items in found for item in items])
    return np.array(rows).reshape(-1, len(WEIGHTS)), len(found[0]), alone


def _changed(pair: Pair, langs: tuple[str, str], names: Planter, rng: random.Random) -> Pair | None:
    return planted_pair(pair, langs, "name", rng, names.places)


def _left_out(pair: Pair, langs: tuple[str, str], names: Planter, rng: random.Random) -> Pair | None:
    for side in rng.sample((0, 1), 2):
        found = names.found(pair[side], side)
        if found:
            name = rng.choice(found)
            text = f"{pair[side][: name.start].rstrip()} {pair[side][name.end :].lstrip()}"
            return (text, pair[1]) if side == 0 else (pair[0], text)
    return None


def learned(sets: Sequence[Examples]) -> np.ndarray:
    """What each thing to be seen adds to the log odds, in the order of WEIGHTS, and what they begin with."""
    weights = np.array([*WEIGHTS.values(), ALWAYS])
    pairs = [
        (each, label) for found in sets for label, of in enumerate((found.unchanged, found.changed)) for each in of
    ]
    for _ in range(_TURNS):
        chosen = [(row, label) for each, label in pairs if (row := together(each, weights)) is not None]
        rows, labels = (np.array(column) for column in zip(*chosen, strict=True))
        weights = LogisticRegression(max_iter=3000, fit_intercept=False).fit(rows, labels).coef_[0]
    return weights


def together(each: Seen, weights: np.ndarray) -> np.ndarray | None:
    """What is seen of the surest name of one text and of the surest or most doubtful of the other, added; and 1."""
    best = None
    for (here, sure, _), (there, _, _) in (each, each[::-1]):
        if sure:
            row = here[np.argmax(here[:sure] @ weights[:-1])]
            other = there[np.argmax(there @ weights[:-1])] if len(there) else np.zeros_like(row)
            row = np.append(row + other if other @ weights[:-1] > 0 else row, 1.0)
            best = row if best is None or row @ weights > best @ weights else best
    return best


def log_odds(each: Seen, weights: np.ndarray) -> float:
    """As `missing.log_odds`, of the surest name; without any, minus infinity."""
    odds = [-np.inf]
    for (here, sure, alone), (there, _, _) in (each, each[::-1]):
        other = max(there @ weights[:-1], default=-np.inf)
        odds += list(here[:sure] @ weights[:-1] + np.maximum(alone[:sure], other) + weights[-1])
    return float(max(odds))


def told(found: Examples, weights: np.ndarray) -> str:
    """For each limit the share of unchanged pairs, of changed ones, and of those that lack a name, that are told."""
    odds = [
        np.array([log_odds(each, weights) for each in of]) for of in (found.unchanged, found.changed, found.left_out)
    ]
    shares = [[float(np.mean(of >= limit)) for of in odds] for limit in _LIMITS]
    return "  ".join(
        f"{limit}: {un:.2%} {ch:.3f} {out:.3f}" for limit, (un, ch, out) in zip(_LIMITS, shares, strict=True)
    )


def rows(sets: Sequence[Examples], weights: np.ndarray) -> Iterator[str]:
    for found in sets:
        own = set(found.langs) - {"en"}
        others = [other for other in sets if own.isdisjoint(other.langs)]
        yield f"{found.name}\t{told(found, weights)}"
        if others:
            yield f"  learned from others\t{told(found, learned(others))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", help="SRC-TGT=FILE or SRC-TGT=FILE,FILE")
    sets = []
    for given in parser.parse_args().sets:
        langs, files = given.split("=", 1)
        src, tgt = langs.split("-")
        sets.append(examples(given, pairs_of([Path(file) for file in files.split(",")])[:_MOST], (src, tgt)))
    weights = learned(sets)
    for what, weight in zip([*WEIGHTS, "ALWAYS"], weights, strict=True):
        print(f"{what}: {weight:.2f}")
    for line in rows(sets, weights):
        print(line)


if __name__ == "__main__":
    main()
