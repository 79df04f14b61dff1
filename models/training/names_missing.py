"""How surely a name that another text lacks tells of a change: learns the weights of `workbench.facts.missing`.

    python -m models.training.names_missing SRC-TGT=FILE[,FILE]...

Each set is a file of pairs as `bench disagreements` takes, or two that share their English. Names that one text of an
unchanged pair has and the other seems to lack are told from those that only a planted change made so (`bench.planted`),
by logistic regression; pairs with several share the weight of one. Prints the weights, and for each set how many
unchanged pairs would be told, and how many changed ones, from several log odds on: figures of what was learned from.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from workbench.bench.disagreements import Pair, read_pairs
from workbench.bench.named import Named
from workbench.bench.planted import planted
from workbench.facts.missing import features, unnamed
from workbench.facts.naming import naming

_LIMITS = (2.0, 2.5, 3.0, 3.5, 4.0)
_MOST = 1500  # pairs of a set
Seen = dict[str, float]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is to be seen of names in a set: pair by pair as it is, and of those that a planted change made missing."""

    name: str
    unchanged: list[list[Seen]]
    changed: list[list[Seen]]


def examples(name: str, pairs: Sequence[Pair], langs: tuple[str, str]) -> Examples:
    """One name of every pair changed, on a side chosen by chance."""
    names = Named(pairs, langs)
    found = Examples(name, [], [])
    for number, pair in enumerate(pairs, 1):
        before = list(_missing(pair, langs))
        found.unchanged.append([seen for _, seen in before])
        changed = _changed(pair, langs, names, random.Random(f"0 {number} name"))
        if changed:
            known = {key for key, _ in before}
            found.changed.append([seen for key, seen in _missing(changed, langs) if key not in known])
    return found


def _missing(pair: Pair, langs: tuple[str, str]) -> Iterator[tuple[tuple[int, str], Seen]]:
    """Each name that one side seems to lack, by side and word."""
    sides = [naming(text, lang) for text, lang in zip(pair, langs, strict=True)]
    only = [unnamed(sides[0], sides[1]), unnamed(sides[1], sides[0])]
    for side in (0, 1):
        seen = features(only[side], sides[side], sides[1 - side], only[1 - side])
        yield from (((side, item.named.written), each) for item, each in zip(only[side], seen, strict=True))


def _changed(pair: Pair, langs: tuple[str, str], names: Named, rng: random.Random) -> Pair | None:
    for side in rng.sample((0, 1), 2):
        change = planted(pair[side], langs[side], "name", rng, names.places(pair[side], side))
        if change:
            return (change.text, pair[1]) if side == 0 else (pair[0], change.text)
    return None


def learned(sets: Sequence[Examples]) -> dict[str, float]:
    """What each thing to be seen adds to the log odds of a change."""
    pairs = [
        (pair, label) for found in sets for label, each in enumerate((found.unchanged, found.changed)) for pair in each
    ]
    examples_seen = [(seen, label, 1 / len(pair) ** 0.5) for pair, label in pairs for seen in pair]
    vectors = DictVectorizer(sparse=False)
    table = vectors.fit_transform([seen for seen, _, _ in examples_seen])
    labels, weights = (
        np.array([label for _, label, _ in examples_seen]),
        np.array([weight for *_, weight in examples_seen]),
    )
    model = LogisticRegression(max_iter=3000, fit_intercept=False).fit(table, labels, sample_weight=weights)
    return dict(zip(vectors.get_feature_names_out(), model.coef_[0].round(2).tolist(), strict=True))


def rows(sets: Sequence[Examples], weights: dict[str, float]) -> Iterator[str]:
    """A line a set: for each limit the share of unchanged and of changed pairs that are told."""
    for found in sets:
        best = [[_best(pair, weights) for pair in each] for each in (found.unchanged, found.changed)]
        shares = [[sum(b >= limit for b in each) / max(1, len(each)) for each in best] for limit in _LIMITS]
        told = "  ".join(f"{limit}: {un:.2%} {ch:.3f}" for limit, (un, ch) in zip(_LIMITS, shares, strict=True))
        yield f"{found.name}\t{told}"


def _best(pair: Sequence[Seen], weights: dict[str, float]) -> float:
    return max((sum(weights[what] * much for what, much in seen.items()) for seen in pair), default=-np.inf)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", help="SRC-TGT=FILE or SRC-TGT=FILE,FILE")
    sets = []
    for given in parser.parse_args().sets:
        langs, files = given.split("=", 1)
        src, tgt = langs.split("-")
        sets.append(examples(given, read_pairs([Path(file) for file in files.split(",")])[:_MOST], (src, tgt)))
    weights = learned(sets)
    for what, weight in sorted(weights.items()):
        print(f'    "{what}": {weight},')
    for line in rows(sets, weights):
        print(line)


if __name__ == "__main__":
    main()
