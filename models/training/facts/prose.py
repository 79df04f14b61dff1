"""Pairs of prose that nobody tuned on, to read what the checks of facts say of them and to report how often.

    python -m models.training.facts.prose SHARED LANG OUT [--pairs 3000] [--seed 0] [--kept]

SHARED is the folder of shared data, OUT becomes a file of `text TAB English` lines as `bench disagreements` and `bench
checks` take. Pairs come by turns from those sources of the corpora that hold sentences rather than lines of a program
or its menus, so that none outweighs the others. Each source is cut into stretches of neighbouring lines, and chance
gives a stretch to the half that may be read or, with --kept, to the half kept back, which is only for reporting. The
corpora hold some pairs that are no translations; what is counted on them is too high by that share.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice, zip_longest
from pathlib import Path

from models.training.corpora import Pair, read_pairs

SOURCES = frozenset(
    "lctt tatoeba odashi-small-enja bitcointranscripts hf-course python-docs django-docs reactjs-docs opensource-guide "  # noqa: SIM905
    "privacyguides korean-english-news-dev w3c-wai mozilla-www wesnoth 3am-captions kubernetes cncf-glossary".split()
)
_STRETCH = 200  # lines that one text is likely to fill
_LEAST = 8  # words of the English
_SENTENCE = re.compile(r"[A-Z\"“'‘][^`<>{}=|\\_*\[\]]+[.!?][\"”’']?")


def prose(pairs: Iterable[Pair], seed: int, kept: bool) -> Iterator[Pair]:
    """The sentences of one half, source by source in turns, in an order by chance."""
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair, is_wanted in halves(pairs, [(seed, kept)]):
        if is_prose(pair) and is_wanted:
            by_source[pair.source].append(pair)
    for source, found in by_source.items():
        random.Random(f"{seed} {source}").shuffle(found)
    turns = chain.from_iterable(zip_longest(*(by_source[source] for source in sorted(by_source))))
    return (pair for pair in turns if pair is not None)


def halves(pairs: Iterable[Pair], wanted: Sequence[tuple[int, bool]]) -> Iterator[tuple[Pair, bool]]:
    """All pairs, and whether each is in one of some halves of its source: (seed, whether the half kept back)."""
    lines: Counter[str] = Counter()
    for pair in pairs:
        lines[pair.source] += 1
        stretch = lines[pair.source] // _STRETCH
        yield pair, any(_is_kept(pair.source, stretch, seed) == kept for seed, kept in wanted)


def is_prose(pair: Pair) -> bool:
    """Whether a pair is of a source of prose, and its English one or more sentences of some length."""
    is_long = len(pair.english.split()) >= _LEAST
    return pair.source in SOURCES and is_long and bool(_SENTENCE.fullmatch(pair.english))


@cache
def _is_kept(source: str, stretch: int, seed: int) -> bool:
    return random.Random(f"{seed} {source} {stretch}").random() < 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("lang")
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kept", action="store_true", help="the half kept back")
    args = parser.parse_args()
    pairs = prose(read_pairs(args.shared / "corpora", args.lang, copyleft=True), args.seed, args.kept)
    chosen = list(islice(pairs, args.pairs))
    args.out.write_text("".join(f"{pair.foreign}\t{pair.english}\n" for pair in chosen), encoding="utf-8")
    for source, count in Counter(pair.source for pair in chosen).most_common():
        print(f"{source}\t{count}")


if __name__ == "__main__":
    main()
