"""Writes the table of words that are put into English before a draft of the bundled models is made.

    python -m models.training.translation.vocabulary --corpora DIR [--out workbench/translate/vocabulary.tsv]

Of the words in vocabulary_by_hand.tsv those remain that permissive texts have at most twenty times: what a model has
met often it translates as well itself, since it sees what stands beside it. On FLORES dev more words brought no more.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from models.training.commands import run, whole
from models.training.corpora import LANGUAGES, read_pairs
from workbench.lang import primary
from workbench.translate.vocabulary import COLUMNS, Vocabulary, forms, read_rows, words

BY_HAND = Path(__file__).with_name("vocabulary_by_hand.tsv")
OUT = Path("workbench/translate/vocabulary.tsv")
OFTEN = 20

Row = Mapping[str, str]


def counts(corpora: Path, rows: Sequence[Row], langs: Sequence[str] = LANGUAGES) -> dict[str, Counter[str]]:
    """How often permissive texts have each form of the words, by the column of its language."""
    counted: dict[str, Counter[str]] = {primary(lang): Counter() for lang in langs}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for lang, found in zip(langs, pool.map(_counted, repeat(corpora), repeat(rows), langs), strict=True):
            counted[primary(lang)].update(found)
    return counted


def _counted(corpora: Path, rows: Sequence[Row], lang: str) -> Counter[str]:
    vocabulary = Vocabulary(rows, primary(lang))
    return Counter(word.form for pair in read_pairs(corpora, lang) for word in vocabulary.found(pair.foreign))


def seldom(rows: Iterable[Row], counted: Mapping[str, Counter[str]]) -> list[dict[str, str]]:
    """The rows without the words of which texts have the forms often; none of which nothing is left."""
    left = [
        {column: _seldom(row, column, counted[column]) if column in counted else said for column, said in row.items()}
        for row in rows
    ]
    return [row for row in left if any(row[column] for column in counted)]


def _seldom(row: Row, lang: str, counted: Counter[str]) -> str:
    def times(word: str) -> int:
        return sum(counted[form] for form in {form for form, _ in forms(row["kind"], word, lang)})

    return " | ".join(word for word in words(row[lang]) if times(word) <= OFTEN)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args(argv)
    rows = read_rows(BY_HAND.read_text(encoding="utf-8"))
    left = seldom(rows, counts(arguments.corpora, rows))
    with whole(arguments.out) as path, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        writer.writeheader()
        writer.writerows(left)
    print(f"{len(left):,} of {len(rows):,} rows written to {arguments.out}")


if __name__ == "__main__":
    run(main)
