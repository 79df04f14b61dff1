"""The weights by which `workbench.align.documents` tells versions of a document from others.

    python -m models.training.alignment.documents SHARED

Documents are stretches of FLORES dev in eight languages, of the gold sets of translations (their development halves),
and our own comparable pairs for tuning. Collections of them are drawn at random, small and large, in few and many
languages; some documents lack a version, and of many versions a part is cut out. Logistic regression on every pair that
is looked at, each collection counting as one. Half of the collections, made of other stretches, teach nothing and say
what came of it. **Development sets**. Deterministic.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from workbench.align.documents import LEAST, MODEL, Described, Features, Match, Model, chosen, matches
from workbench.bench.accuracy import gold_set
from workbench.bench.figures import LANGUAGES
from workbench.bench.pairs import read_columns
from workbench.embed import Encoder
from workbench.facts import anchors
from workbench.wiring.models import Models

LANGS = ("de", "es", "fr", "ja", "ko", "pt", "zh")
GOLD = {name: langs for name, langs in LANGUAGES.items() if langs[0] != langs[1]}
COMPARABLE = Path(__file__).resolve().parents[3] / "tests" / "gold" / "comparable" / "tuning"
COLLECTIONS = 400
_LEARNED = [each.name for each in fields(Features) if each.name != "named"]

Lines = Sequence["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    vector: NDArray[np.float32]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """A document in all its versions, by language."""

    versions: Mapping[str, Lines]


@dataclass(frozen=True, slots=True)
class Collection:
    vectors: NDArray[np.float32]
    documents: list[Described]
    tellings: list[int]  # of each document


def tellings(shared: Path, encoder: Encoder) -> list[Telling]:
    """Everything that documents are drawn from, in order."""

    def lines(texts: Sequence[str], lang: str) -> list[Line]:
        vectors = encoder.encode(texts)
        return [Line(vector, anchors(text, lang)) for vector, text in zip(vectors, texts, strict=True)]

    found = list(_flores(shared / "eval", lines))
    news: dict[str, dict[str, list[Line]]] = {}  # the same articles in all sets of NTREX
    for name, langs in GOLD.items():
        for document in gold_set(shared / "gold" / name, langs):
            sides = lines(document.src, langs[0]), lines(document.tgt, langs[1])
            versions = dict(zip(langs, sides, strict=True))
            if name.startswith("ntrex"):
                news.setdefault(document.name, {}).update(versions)
            else:
                found += _stretches(versions)
    found += map(Telling, news.values())
    for document in gold_set(COMPARABLE):
        assert document.langs is not None
        sides = [lines(texts, lang) for texts, lang in zip((document.src, document.tgt), document.langs, strict=True)]
        found.append(Telling(dict(zip(document.langs, sides, strict=True))))
    return found


def _flores(folder: Path, lines: Callable[[Sequence[str], str], list[Line]]) -> Iterator[Telling]:
    """Stretches of 12 to 30 lines in all languages."""
    columns: dict[str, list[str]] = {}
    for lang in LANGS:
        texts, columns["en"] = read_columns(folder / f"flores-dev.{lang}-en.tsv")
        columns["zh-Hans" if lang == "zh" else lang] = texts
    known = {lang: lines(texts, lang) for lang, texts in columns.items()}
    draw, at = random.Random(0), 0
    while at < len(known["en"]):
        size = draw.randint(12, 30)
        yield Telling({lang: each[at : at + size] for lang, each in known.items()})
        at += size


def _stretches(versions: dict[str, list[Line]]) -> Iterator[Telling]:
    """A long document as several: stretches of its versions at the same share of their lengths."""
    parts = max(1, min(map(len, versions.values())) // 60)
    for part in range(parts):
        yield Telling(
            {lang: each[len(each) * part // parts : len(each) * (part + 1) // parts] for lang, each in versions.items()}
        )


def collection(draw: random.Random, known: Sequence[Telling]) -> Collection:
    """Documents at random: 2 to 40 tellings, in 2 to 8 languages, some in one alone, many cut."""
    langs = set(draw.sample([*LANGS[:-1], "zh-Hans", "zh-Hant", "en"], draw.randint(2, 9)))
    documents: list[tuple[str, Lines, int]] = []
    for number, telling in enumerate(draw.sample(known, min(len(known), draw.randint(3, 40)))):
        there = [lang for lang in telling.versions if lang in langs]
        for lang in draw.sample(there, draw.randint(1, len(there)) if there else 0):
            documents.append((lang, _cut(draw, telling.versions[lang]), number))
    draw.shuffle(documents)
    return Collection(
        np.stack([np.mean([line.vector for line in lines], axis=0) for _, lines, _ in documents])
        if documents
        else np.zeros((0, 1), np.float32),
        [Described(lang, len(each), _anchors(each), str(at)) for at, (lang, each, _) in enumerate(documents)],
        [number for _, _, number in documents],
    )


def _cut(draw: random.Random, lines: Lines) -> Lines:
    """Two in three as they are; of others one stretch of up to seven tenths is left out."""
    if draw.random() < 2 / 3 or len(lines) < 10:
        return lines
    size = int(len(lines) * draw.uniform(0.1, 0.7))
    start = draw.randrange(len(lines) - size)
    return [*lines[:start], *lines[start + size :]]


def _anchors(lines: Lines) -> frozenset[str]:
    return frozenset(key for line in lines for key in line.anchors)


def samples(found: Sequence[Match], tellings: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Features of pairs, shape (pairs, features), and which pairs are versions."""
    rows = [[getattr(match.features, name) for name in _LEARNED] for match in found]
    return np.array(rows).reshape(-1, len(_LEARNED)), np.array([tellings[m.src] == tellings[m.tgt] for m in found])


def learned(collections: Sequence[Collection]) -> Model:
    parts = [samples(matches(each.vectors, each.documents), each.tellings) for each in collections]
    weights = np.concatenate([np.full(len(right), 1 / max(len(right), 1)) for _, right in parts])
    rows, right = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
    fitted = LogisticRegression(C=100.0, max_iter=2000).fit(rows, right, weights * len(weights) / weights.sum())
    told = dict(zip(_LEARNED, map(float, fitted.coef_[0]), strict=True))
    return Model(float(fitted.intercept_[0]), **told, named=MODEL.named)


def report(model: Model, collections: Sequence[Collection]) -> Iterator[str]:
    """Precision and recall of the chosen pairs, and how often pairs of a confidence are right."""
    said: list[float] = []
    right: list[bool] = []
    kept = hit = true = 0
    for each in collections:
        found = matches(each.vectors, each.documents, model)
        taken = chosen(found, each.documents)
        kept, hit = kept + len(taken), hit + sum(each.tellings[m.src] == each.tellings[m.tgt] for m in taken)
        true += _true(each)
        said += [match.confidence for match in found]
        right += [each.tellings[match.src] == each.tellings[match.tgt] for match in found]
    yield f"{len(collections)} collections, {true:,} true pairs: recall {hit / true:.3f}, precision {hit / kept:.3f}"
    bins = np.minimum((np.array(said) * 10).astype(int), 9)
    for number in range(10):
        inside = bins == number
        if inside.any():
            shares = np.array(said)[inside].mean(), np.array(right)[inside].mean()
            yield f"predicted {shares[0]:.3f} observed {shares[1]:.3f} pairs {inside.sum():,}"


def _true(each: Collection) -> int:
    return sum(
        each.tellings[a] == each.tellings[b] and each.documents[a].lang != each.documents[b].lang
        for a in range(len(each.documents))
        for b in range(a)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with eval/ and gold/")
    shared = parser.parse_args().shared
    known = tellings(shared, Models().encoder())
    halves = known[::2], known[1::2]
    draw = random.Random(1)
    collections = [[collection(draw, half) for _ in range(COLLECTIONS // 2)] for half in halves]
    model = learned(collections[0])
    print(Model(*(round(value, 2) for value in astuple(model))))
    print(f"chosen from {LEAST}; other stretches than were learned from:")
    print("\n".join(report(model, collections[1])))


if __name__ == "__main__":
    main()
