"""Which documents of a collection are versions of each other, in whatever languages: vectors in, scored pairs out.

Each language is compared with each other one. What all documents have in common, and what those of a language have, is
taken out of their vectors. A pair counts as far as it is more alike than either is with its next best (a margin, as
Artetxe and Schwenk 2019 have it, but a difference) and as rare numbers and names are the same. Files that are named
alike but for the language are compared in any case.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, product

import numpy as np

from workbench.align.index import nearest
from workbench.align.neighbours import Found
from workbench.align.similarity import Vectors

NEIGHBOURS = 4
# Below, a pair is taken for no pair.
LEAST = 0.5
# So many documents' worth it weighs that those of a language have no more in common than all have.
_FEW = 8
# Documents from which it is learned how alike those of two languages usually are.
_SAMPLE = 500
# A name that more documents have than this (index, part-1) tells nothing.
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a document but its vector. `anchors`: numbers and names. `name`: without its language."""

    lang: str
    segments: int
    anchors: frozenset[str]
    name: str


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a pair; all but `size` are higher the better.

    `cosine`: of their vectors. `margin`: how far above that of either with its next best. `anchors`: cosine of rare
    numbers and names, 0 to 1. `size`: how much longer one is, log ratio. `named`: 1 where both have one name
    but for the language, -1 where one has another partner by name, 0 otherwise.
    """

    cosine: float
    margin: float
    anchors: float
    size: float
    named: float


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of a pair being one: what each feature counts."""

    bias: float
    cosine: float
    margin: float
    anchors: float
    size: float
    named: float

    def confidence(self, found: Features) -> float:
        """0 to 1."""
        odds = self.bias + sum(getattr(self, each.name) * getattr(found, each.name) for each in fields(found))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


# Learned by `models/training/alignment/documents.py` but for `named`, which no gold has: it is set to weigh as much as
# a doubt.
MODEL = Model(bias=-3.26, cosine=2.45, margin=9.85, anchors=21.99, size=-1.69, named=2.0)


@dataclass(frozen=True, slots=True)
class Match:
    """Two documents, by number, of different languages, and how likely they are versions of each other."""

    src: int
    tgt: int
    confidence: float  # 0 to 1
    features: Features

    @property
    def reasons(self) -> tuple[str, ...]:
        """In words, what speaks for it."""
        found = self.features
        told = [f"similarity {found.cosine:.2f}, {found.margin:+.2f} against the next best"]
        if found.anchors > 0:
            told.append(f"numbers and names {found.anchors:.2f} alike")
        if found.named:
            told.append("named alike" if found.named > 0 else "another is named alike")
        return tuple(told)


def matches(vectors: Vectors, documents: Sequence[Described], model: Model = MODEL) -> list[Match]:
    """Every pair that may be one, the likeliest first; ties by number. `vectors`: shape (n, d), zero where unknown."""
    prepared = _prepared(vectors, documents)
    alike = _Anchors(documents)
    partners = _named_alike(documents)
    found = []
    by_lang = _by_language(documents)
    usual = _usual(prepared, documents)
    for first, second in combinations(sorted(by_lang), 2):
        for src, tgt, cosine, rival in _candidates(prepared, by_lang[first], by_lang[second], partners, usual):
            a, b = sorted((src, tgt))
            size = abs(math.log(max(documents[a].segments, 1) / max(documents[b].segments, 1)))
            features = Features(cosine, cosine - rival, alike(a, b), size, _named(a, b, documents, partners))
            found.append(Match(a, b, model.confidence(features), features))
    return sorted(found, key=lambda match: (-match.confidence, match.src, match.tgt))


def chosen(found: Sequence[Match], documents: Sequence[Described]) -> list[Match]:
    """The pairs as sure as LEAST, best first; of each other language a document has one counterpart at most."""
    taken: set[tuple[int, str]] = set()
    kept = []
    for match in found:
        ends = (match.src, documents[match.tgt].lang), (match.tgt, documents[match.src].lang)
        if match.confidence >= LEAST and taken.isdisjoint(ends):
            taken.update(ends)
            kept.append(match)
    return kept


def _by_language(documents: Sequence[Described]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        found[document.lang].append(number)
    return found


def _prepared(vectors: Vectors, documents: Sequence[Described]) -> Vectors:
    """Unit vectors without what all have in common, and without most of what a language's have; of few not so much."""
    fresh: Vectors = vectors - vectors.sum(axis=0) / (len(vectors) + 1)
    for members in _by_language(documents).values():
        fresh[members] -= fresh[members].sum(axis=0) / (len(members) + _FEW)
    norms = np.linalg.norm(fresh, axis=1, keepdims=True)
    np.divide(fresh, norms, out=fresh, where=norms > 0)
    return fresh


def _usual(vectors: Vectors, documents: Sequence[Described]) -> float:
    """The median of the cosines of documents of different languages, which are mostly unrelated."""
    sample = np.linspace(0, len(vectors) - 1, min(len(vectors), _SAMPLE)).astype(int)
    langs = np.array([documents[number].lang for number in sample])
    cosines = (vectors[sample] @ vectors[sample].T)[langs[:, None] != langs[None, :]]
    return float(np.median(cosines)) if len(cosines) else 0.0


_Candidate = tuple[int, int, float, float]  # two documents, their cosine and that with the next best


def _candidates(
    vectors: Vectors,
    src: Sequence[int],
    tgt: Sequence[int],
    partners: Mapping[int, Sequence[int]],
    usual: float,
) -> Iterator[_Candidate]:
    """Pairs of two languages of which one is among the nearest of the other, or which are named alike."""
    found = nearest(vectors[src], vectors[tgt], NEIGHBOURS)
    there, back = (found.columns, found.column_similarities), (found.rows, found.row_similarities)
    pairs = {(i, int(j)) for i, row in enumerate(found.columns) for j in row if j >= 0}
    pairs |= {(int(i), j) for j, row in enumerate(found.rows) for i in row if i >= 0}
    place = {number: j for j, number in enumerate(tgt)}
    pairs |= {(i, place[named]) for i, number in enumerate(src) for named in partners.get(number, ()) if named in place}
    for i, j in sorted(pairs):
        cosine = float(vectors[src[i]] @ vectors[tgt[j]])
        yield src[i], tgt[j], cosine, max(_rival(there, i, j, usual), _rival(back, j, i, usual))


def _rival(found: Found, row: int, but: int, usual: float) -> float:
    """The similarity of a document's nearest but one, or what is usual where there is no other."""
    numbers, similarities = found[0][row], found[1][row]
    return next((float(value) for value, j in zip(similarities, numbers, strict=True) if j not in (but, -1)), usual)


class _Anchors:
    """How far two documents name the same, rare things weighing more (inverse document frequency)."""

    def __init__(self, documents: Sequence[Described]) -> None:
        frequency = Counter(key for document in documents for key in document.anchors)
        total = len(documents)
        self._weight = {key: math.log((total + 1) / (count + 0.5)) ** 2 for key, count in frequency.items()}
        self._anchors = [document.anchors for document in documents]
        self._norms = [math.sqrt(sum(map(self._weight.__getitem__, keys))) for keys in self._anchors]

    def __call__(self, a: int, b: int) -> float:
        shared = sum(map(self._weight.__getitem__, self._anchors[a] & self._anchors[b]))
        return shared / (self._norms[a] * self._norms[b]) if shared else 0.0


def _named_alike(documents: Sequence[Described]) -> dict[int, list[int]]:
    """The documents of other languages that each has its name in common with."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        by_name[document.name].append(number)
    partners: dict[int, list[int]] = defaultdict(list)
    for members in by_name.values():
        if len(members) > _MOST_NAMED:
            continue
        for a, b in product(members, members):
            if documents[a].lang != documents[b].lang:
                partners[a].append(b)
    return partners


def _named(a: int, b: int, documents: Sequence[Described], partners: Mapping[int, Sequence[int]]) -> float:
    if b in partners.get(a, ()):
        return 1.0
    elsewhere = any(
        documents[other].lang == documents[end].lang
        for start, end in ((a, b), (b, a))
        for other in partners.get(start, ())
    )
    return -1.0 if elsewhere else 0.0
