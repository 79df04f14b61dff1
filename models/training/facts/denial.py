"""How often another language denies where one has nothing but a word that may deny: what `facts/negation.py` keeps.

    python -m models.training.facts.denial SHARED fr zh-Hans ...

SHARED is the folder of shared data. For each language and for English, over pairs of prose (`prose`, beside this file)
that ask nothing: every word that `negation.may_deny` finds in a text without a plain denial, how often it stood there
alone, and in how many of these cases the other text denies plainly. A word of many cases of which hardly any is denied
elsewhere costs recall and explains nothing; it was left out by hand. Then the words that alone answer a denial: how
often one that was planted (`bench.planted`), and how often one of the pair as it is; a word of many of the first and
few of the second stands there by chance, and was left out too. Last, the denials that have nothing in the other text,
by what is denied with: where many of those have no counterpart they are set phrases.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from models.training.corpora import read_pairs
from models.training.facts.prose import prose
from workbench.bench.planted import planted
from workbench.facts.negation import denials, denies_more, may_deny
from workbench.lang import primary

_PAIRS = 120_000
_SHOWN = 150
Pair = tuple[str, str]


def alone(pairs: Iterable[Pair], lang: str, other: str) -> tuple[Counter[str], Counter[str]]:
    """Words that alone may deny in the first text of a pair: how often, and how often the second denies."""
    seen: Counter[str] = Counter()
    denied: Counter[str] = Counter()
    for text, counterpart in pairs:
        here, there = denials(text, lang), denials(counterpart, other)
        words = {word.lower() for word in may_deny(text, lang)}
        if here.plain or len(words) != 1 or not there.lang:
            continue
        seen.update(words)
        denied.update(words if there.plain else ())
    return seen, denied


def answers(pairs: Iterable[Pair], lang: str, other: str) -> tuple[Counter[str], Counter[str]]:
    """Words of the second text that alone answer a denial of the first: of a planted one, and of one as it is."""
    by_chance: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for number, (text, counterpart) in enumerate(pairs):
        change = planted(text, lang, "negation", random.Random(number))
        meant.update(_answer(text, counterpart, lang, other))
        by_chance.update(_answer(change.text, counterpart, lang, other) if change else ())
    return by_chance, meant


def _answer(text: str, counterpart: str, lang: str, other: str) -> set[str]:
    """The word that keeps the only denial of a text from being told, if it is one."""
    here, there = denials(text, lang), denials(counterpart, other)
    if len(here.plain) != 1 or there.plain or not there.lang or denies_more([here], [there]):
        return set()
    words = {word.lower() for word in may_deny(counterpart, other)}
    return words if len(words) == 1 else set()


def without_counterpart(pairs: Iterable[Pair], lang: str, other: str) -> tuple[Counter[str], Counter[str]]:
    """The only denial of the first text of a pair: how often, and how often with nothing for it in the second."""
    seen: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for text, counterpart in pairs:
        here = denials(text, lang)
        if len(here.plain) == 1:
            start, end = here.plain[0]
            seen[text[start:end].lower()] += 1
            missing[text[start:end].lower()] += denies_more([here], [denials(counterpart, other)])
    return seen, missing


def table(title: str, counts: tuple[Counter[str], Counter[str]]) -> str:
    """A line a word, the most frequent first."""
    seen, found = counts
    lines = [f"{word}\t{found[word]}\t{times}\t{found[word] / times:.3f}" for word, times in seen.most_common(_SHOWN)]
    return "\n".join([title, *lines, ""])


def report(pairs: Sequence[Pair], lang: str) -> str:
    turned = [(english, text) for text, english in pairs]
    return "\n".join(
        table(f"{here} against {there}: {title}", count(side, here, there))
        for side, here, there in ((pairs, lang, "en"), (turned, "en", lang))
        for title, count in (
            ("alone, the other denies", alone),
            ("answers a planted denial of the other, and one as it is", answers),
            ("denied, the other has nothing", without_counterpart),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("langs", nargs="+")
    args = parser.parse_args()
    for lang in args.langs:
        pairs = islice(prose(read_pairs(args.shared / "corpora", lang), seed=0, kept=False), _PAIRS)
        print(report([(pair.foreign, pair.english) for pair in pairs], primary(lang)))


if __name__ == "__main__":
    main()
