"""Which characters that transcribe are nearly as often in words: writes `workbench/facts/transcribing_words.txt`.

    python -m models.training.facts.han SHARED

SHARED is the folder of shared data. How often names have a character is counted in those of names.tsv that are
transcribed (all characters but one are of transcribing.txt), how often words have it in prose in simplified characters
(the half of `models.training.facts.prose` that may be read). What prose seldom has at all tells, and is left out.
Traditional characters are as the simplified ones that they stand for.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from math import log
from pathlib import Path

import opencc

import workbench.facts
from models.training.corpora import read_pairs
from models.training.facts.prose import prose
from workbench.facts.known import LANGUAGES

_FACTS = Path(workbench.facts.__file__).parent
_LEAST_NAME = 3  # characters of a name
# Log of how many times oftener names have a character than prose, below which it tells of none; the share of prose that
# it has at least; and how often both have each beforehand.
_TELLS, _OFTEN, _FEW = 2.1, 1.5e-4, (0.5, 20.0)
_TO_SIMPLIFIED, _TO_TRADITIONAL = opencc.OpenCC("t2s").convert, opencc.OpenCC("s2t").convert


def in_words(names: Iterable[str], texts: Iterable[str], transcribing: str) -> str:
    """The characters of `transcribing` that texts have nearly as often as names, in the order of Unicode."""
    of_names = Counter("".join(map(_TO_SIMPLIFIED, names)))
    of_texts = Counter(ch for text in texts for ch in text if "一" <= ch <= "鿿")
    totals = of_names.total(), of_texts.total()
    found = set()
    for ch in set(map(_TO_SIMPLIFIED, transcribing)):
        in_names, in_texts = (of_names[ch] + _FEW[0]) / totals[0], (of_texts[ch] + _FEW[1]) / totals[1]
        if of_texts[ch] > _OFTEN * totals[1] and log(in_names / in_texts) < _TELLS:
            found |= {ch, _TO_TRADITIONAL(ch)}
    return "".join(sorted(found.intersection(transcribing)))


def transcribed(rows: Iterable[Iterable[str]], transcribing: str) -> list[str]:
    """What the table of names calls names in Chinese, of those that are transcribed."""
    cells = (list(row)[1 + LANGUAGES.index("zh")].lstrip("~") for row in rows)
    forms = (form.lstrip("+!") for cell in cells for form in cell.split("|"))
    return [f for f in forms if len(f) >= _LEAST_NAME and sum(ch in transcribing for ch in f) >= len(f) - 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    corpora = parser.parse_args().shared / "corpora"
    transcribing = (_FACTS / "transcribing.txt").read_text(encoding="utf-8").strip()
    rows = [line.split("\t") for line in (_FACTS / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    texts = (pair.foreign for pair in prose(read_pairs(corpora, "zh-Hans", copyleft=True), 0, kept=False))
    found = in_words(transcribed(rows, transcribing), texts, transcribing)
    (_FACTS / "transcribing_words.txt").write_text(f"{found}\n", encoding="utf-8")
    print(f"{len(found)} of {len(transcribing)} characters")


if __name__ == "__main__":
    main()
