"""What the names of English are called in other languages: the part of `workbench/facts/names.tsv` that is mined.

    python -m models.training.facts.names SHARED FOLDER LANG...      counts for each language, FOLDER/LANG.tsv

SHARED is the folder of shared data. Over the permissive corpora (one in four segments of the software documentation)
every word of English that is often written with a capital within sentences is looked up in the segments beside it. What
stands for it is chosen greedily: whatever tells best (by the likelihood ratio of Dunning, 1993) the segments beside it
that nothing chosen yet explains from segments at large. In languages with spaces that is how words begin, "=" where
they end there; in others, characters that a text holds.

A line of the output: the word, how many segments were looked at, the share of them that what was chosen explains, and
each thing chosen with its own share and with how often it stands for the word (cooccurrences over occurrences).
`models.training.facts.table` makes the table of it.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from models.training.corpora import Pair as Sentences
from models.training.corpora import read_pairs
from workbench.lang import CJK, primary

_LEAST = 6  # segments that an entry rests on
_MOST = 150  # segments that are looked at for a word
_BACKGROUND = 30_000  # segments at large
_FORMS = 8  # things that may stand for a word
_SHARE = 0.02  # of the segments of a word that each of them must explain
_LIFT = 12  # times more often beside the word than at large
_RATIO = 12.0  # likelihood ratio (chi squared with one degree of freedom: p < .001)
_PRECISION = 0.1  # of what a form stands for
HELD_OUT = "lctt"
_WITHIN = re.compile(r"(?<=[a-zà-ÿ,;] )[A-Z][a-zA-ZÀ-ɏ]{2,}")
_CAPITALISED = re.compile(r"[A-Z][a-zA-ZÀ-ɏ]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^\W\d_a-zA-ZÀ-ɏ]+")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word: in how many segments, the share that its forms explain, and (form, share, precision) of each."""

    word: str
    segments: int
    explained: float
    forms: tuple[tuple[str, float, float], ...]


def plain(text: str) -> str:
    """In lower case and without accents."""
    return "".join(ch for ch in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(ch))


def beginnings(text: str) -> frozenset[str]:
    """How the words of a text begin: three letters and more, and the words themselves with their end."""
    words = {word[:14] for word in _WORD.findall(plain(text))}
    return frozenset(
        {w[:size] for w in words for size in range(3, len(w) + 1)} | {f"{w}=" for w in words if len(w) > 1}
    )


def pieces(text: str) -> frozenset[str]:
    """The strings of up to six characters in what a text has besides Latin letters."""
    runs = _RUN.findall(text[:150])
    return frozenset(run[i : i + n] for run in runs for i in range(len(run)) for n in range(1, 7) if i + n <= len(run))


def mine(pairs: Sequence[Pair], prose: Sequence[bool], lang: str) -> Iterator[Entry]:
    """An entry a word of English that names something; `prose`: which pairs are no software documentation."""
    forms = pieces if lang in CJK else beginnings
    order = random.Random(0).sample(range(len(pairs)), len(pairs))
    seen = Counter(word for i in order if prose[i] for word in set(_WITHIN.findall(pairs[i][1])))
    wanted = {word for word, times in seen.items() if times >= _LEAST}
    where: dict[str, list[int]] = defaultdict(list)
    times: Counter[str] = Counter()
    for i in order:
        for word in wanted.intersection(_CAPITALISED.findall(pairs[i][1])):
            times[word] += 1
            if len(where[word]) < _MOST:
                where[word].append(i)
    at_large = Counter(form for i in [i for i in order if prose[i]][:_BACKGROUND] for form in forms(pairs[i][0]))
    size = min(_BACKGROUND, sum(prose))
    for word in sorted(wanted):
        held = [forms(pairs[i][0]) for i in where[word]]
        found = choose(held, at_large, size)
        scale = sum(prose) / size
        rated = [(f, share, min(1.0, share * times[word] / (scale * (at_large[f] + 0.5)))) for f, share in found]
        kept = tuple(item for item in rated if item[2] >= _PRECISION)
        explained = sum(any(form in text for form, _, _ in kept) for text in held) / max(1, len(held))
        yield Entry(word, times[word], explained, kept)


def choose(texts: Sequence[frozenset[str]], at_large: Mapping[str, int], size: int) -> list[tuple[str, float]]:
    """What stands for a word that `texts` have in common, and the share of them that each has."""
    left, chosen = list(texts), []
    while left and len(chosen) < _FORMS:
        counts = Counter(form for text in left for form in text)
        least = max(2, _SHARE * len(texts))
        rated = [
            (round(ratio(times, len(left), at_large[form], size), 3), len(form), form)
            for form, times in counts.items()
            if times >= least and times * size > _LIFT * len(left) * (at_large[form] + 0.3)
        ]
        best = max(rated, default=(0.0, 0, ""))
        if best[0] < _RATIO:
            break
        chosen.append((best[2], sum(best[2] in text for text in texts) / len(texts)))
        left = [text for text in left if best[2] not in text]
    return chosen


def ratio(times: int, of: int, times_at_large: int, of_all: int) -> float:
    """The likelihood ratio (-2 log lambda) of two shares."""

    def likelihood(k: int, n: int, p: float) -> float:
        return (k * log(p) if k else 0.0) + ((n - k) * log(1 - p) if n > k else 0.0)

    both = (times + times_at_large) / (of + of_all)
    apart = likelihood(times, of, times / of) + likelihood(times_at_large, of_all, times_at_large / of_all)
    return 2 * (apart - likelihood(times, of, both) - likelihood(times_at_large, of_all, both))


def read(shared: Path, lang: str) -> tuple[list[Pair], list[bool]]:
    """The pairs that are counted, and which are no software documentation.

    The last twentieth of the source HELD_OUT is left out, to measure on.
    """
    found = [
        pair
        for number, pair in enumerate(read_pairs(shared / "corpora", lang), 1)
        if not _is_documentation(pair) or number % 4 == 0
    ]
    places = [place for place, pair in enumerate(found) if pair.source == HELD_OUT]
    left_out = set(places[int(len(places) * 0.95) :])
    kept = [pair for place, pair in enumerate(found) if place not in left_out]
    return [(pair.foreign, pair.english) for pair in kept], [not _is_documentation(pair) for pair in kept]


def _is_documentation(pair: Sentences) -> bool:
    return pair.source.startswith("msdocs")


def line(entry: Entry) -> str:
    """A line of the output, fields apart by tabs."""
    forms = [f"{form} {share:.3f} {precision:.3f}" for form, share, precision in entry.forms]
    return "\t".join([entry.word, str(entry.segments), f"{entry.explained:.3f}", *forms])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("langs", nargs="+")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for lang in args.langs:
        entries = [entry for entry in mine(*read(args.shared, lang), primary(lang)) if entry.forms]
        (args.folder / f"{lang}.tsv").write_text("".join(f"{line(entry)}\n" for entry in entries), encoding="utf-8")
        print(f"{lang}: {len(entries)} words")


if __name__ == "__main__":
    main()
