"""The words that `workbench.facts` takes for no names: those that parallel text writes small.

    python -m models.training.facts.ordinary SHARED

SHARED is the folder of shared data. Counts words within sentences of its permissive corpora, written small and with a
capital, and writes `workbench/facts/ordinary/LANG.txt`. A word is ordinary if it is written small often enough, and
more than rarely; in German, where every noun has a capital, and in Japanese, where they are words in katakana, if it is
frequent at all, in German also if English seldom keeps it. One in four segments of the documentation counts, which is
two thirds of the corpora. What these have too little of, offices, faiths and landscapes, is written by hand in
`ordinary_by_hand.tsv` beside this file.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import workbench.facts
from models.training.corpora import is_permissive
from workbench.facts.names import fold

_BY_HAND = Path(__file__).with_name("ordinary_by_hand.tsv")
LANGUAGES = ("de", "en", "es", "fr", "ja", "pt")
_LEAST = 6  # times that a word is written small
_LEAST_OF_FEW = 3  # where there is little but documentation
_LEAST_ENGLISH = 8  # which is in every file
_LEAST_NOUN = 25
_LEAST_TRANSLATED, _KEPT = 3, 0.1  # segments with a noun, and the share whose English has a word that begins so
_SHARE = 0.1  # of those with a capital
_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]{3,24}(?![\w-])")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,24}")
_LEAST_KATAKANA = 15
_WITHIN = re.compile(r"[a-zà-ÿ,] $")


def texts(folder: Path, lang: str) -> Iterator[str]:
    """The segments in a language, each once."""
    return (text for text, _ in pairs(folder, lang))


def pairs(folder: Path, lang: str) -> Iterator[tuple[str, str]]:
    """The segments in a language, each once, and what stands beside them: English, or beside that another language."""
    seen: set[int] = set()
    column = 1 if lang == "en" else 0
    for path in sorted(folder.glob("*.tsv.xz" if lang == "en" else f"{lang}.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                cells = line.rstrip("\n").split("\t")
                if len(cells) < 3 or not is_permissive(cells[2]) or (cells[2].startswith("msdocs") and number % 4):
                    continue
                text = cells[column]
                if hash(text) not in seen:
                    seen.add(hash(text))
                    yield text, cells[1 - column]


def ordinary(segments: Iterator[str], lang: str) -> set[str]:
    """The ordinary words of a language."""
    if lang == "ja":
        runs = Counter(run for text in segments for run in _KATAKANA.findall(text))
        return {run for run, times in runs.items() if times >= _LEAST_KATAKANA}
    small: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for text in segments:
        for match in _WORD.finditer(text):
            word = match[0]
            if word.islower():
                small[word] += 1
            elif word[0].isupper() and (
                lang == "de" or _WITHIN.search(text[max(0, match.start() - 2) : match.start()])
            ):
                capitalised[word.lower()] += 1
    least = _LEAST_ENGLISH if lang == "en" else _LEAST_OF_FEW if lang in ("es", "pt") else _LEAST
    found = {word for word, times in small.items() if times >= least and times > _SHARE * capitalised[word]}
    if lang == "de":
        found |= {word for word, times in (small + capitalised).items() if times >= _LEAST_NOUN}
    return found


def by_hand(lang: str) -> set[str]:
    """The words of a language that are written by hand."""
    rows = (row.split("\t") for row in _BY_HAND.read_text(encoding="utf-8").splitlines()[1:])
    return {word for row_lang, words in rows if row_lang == lang for word in words.split()}


def translated(beside: Iterator[tuple[str, str]]) -> set[str]:
    """Nouns, written with a capital within sentences, that the text beside seldom keeps."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for text, english in beside:
        starts = {fold(match[0])[:4] for match in _WORD.finditer(english)}
        for word in {match[0] for match in _WORD.finditer(text) if _is_noun(text, match)}:
            seen[word.lower()] += 1
            kept[word.lower()] += fold(word)[:4] in starts
    return {word for word, times in seen.items() if times >= _LEAST_TRANSLATED and kept[word] <= _KEPT * times}


def _is_noun(text: str, match: re.Match[str]) -> bool:
    return match[0].istitle() and bool(_WITHIN.search(text[max(0, match.start() - 2) : match.start()]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    corpora = parser.parse_args().shared / "corpora"
    target = Path(workbench.facts.__file__).parent / "ordinary"
    target.mkdir(exist_ok=True)
    for lang in LANGUAGES:
        words = {*ordinary(texts(corpora, lang), lang), *by_hand(lang)}
        if lang == "de":
            words |= translated(pairs(corpora, lang))
        (target / f"{lang}.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
        print(f"{lang}: {len(words)} words")


if __name__ == "__main__":
    main()
