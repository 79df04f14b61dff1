"""Word lists in the form of a corpora folder, for words that the corpora lack: everyday things, names, Korean.

    python -m models.training.lexicons --packages DIR --corpora DIR --out DIR

--packages is a folder of unpacked packages: of npm, `cldr-annotations-full`, `cldr-dates-full`, `cldr-units-full`,
`cldr-localenames-full` and `cldr-numbers-full` (Unicode-3.0) and `id-tagging-schema` (@openstreetmap's, ISC); in the
folder itself `hanja.txt` of libhangul (BSD-3-Clause; in Debian's libhangul-data). --out gets a file `LANG.tsv` for each
language, for `python -m models.training.encoder --lexicons DIR`.

1. The names that CLDR and the presets of OpenStreetMap's editor give the same thing in a language and in English. A
   list of keywords is one entry, since a bag of words has no order.
2. The names of `workbench/facts/names.tsv`, in the languages where it holds them whole.
3. Half of the words of Korean are Chinese ones, and `hanja.txt` tells which. Of Chinese and Japanese prose those words
   are kept, written in Hangul, beside its English: a bag of words of Korean, though no sentence of it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import Any

from models.training.corpora import LANGUAGES, CorpusError, Pair, is_plausible, read_pairs
from models.training.encoder.vocabulary import folded_characters

CLDR = {"zh-Hans": "zh"}
PRESETS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
WHOLE_NAMES = {"zh-Hans": "zh", "zh-Hant": "zh", "ja": "ja", "ko": "ko"}
NAMES = Path(__file__).parents[2] / "workbench" / "facts" / "names.tsv"
PROSE = ("lctt", "tatoeba", "odashi-small-enja", "3am-captions", "bitcointranscripts", "hf-course", "opensource-guide")
LEAST_WORDS = 3  # that a segment read as Korean holds
_HANJA = re.compile(r"^([가-힣]{2,5}):([\u3400-\u4dbf\u4e00-\u9fff]{2,5}):", re.MULTILINE)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-zA-Z]{2,}|\d+")
_PLACEHOLDER = re.compile(r"[{}<>%]")
Leaves = dict[tuple[str, ...], str]


def leaves(node: Any, path: tuple[str, ...] = ()) -> Leaves:
    """The texts of nested objects by their path; a list of texts is one, and texts with placeholders are none."""
    if isinstance(node, dict):
        return {key: text for name, below in node.items() for key, text in leaves(below, (*path, name)).items()}
    text = " ".join((", ".join(node) if isinstance(node, list) else str(node)).split())
    return {} if _PLACEHOLDER.search(text) else {path: text}


def cldr_texts(packages: Path, locale: str) -> Leaves:
    """Every text of a locale in CLDR, by package, file and path within. Raises CorpusError where there is none."""
    texts: Leaves = {}
    paths = sorted(packages.glob(f"cldr-*-full/*/{locale}/*.json"))
    if not paths:
        raise CorpusError(f"{packages} has no cldr-*-full package with {locale}; unpack those of npm there.")
    for path in paths:
        content = json.loads(path.read_text(encoding="utf-8"))
        (content,) = content.values()
        content = content.get(locale, content)  # `main` names the locale once more
        content.pop("identity", None)
        texts |= leaves(content, (path.parts[-4], path.name))
    return texts


def preset_texts(packages: Path, locale: str) -> Leaves:
    """The names and search terms of the things of a map."""
    path = packages / "id-tagging-schema" / "dist" / "translations" / f"{locale}.json"
    (content,) = json.loads(path.read_text(encoding="utf-8")).values()
    return leaves(content["presets"])


def paired(foreign: Leaves, english: Leaves, source: str) -> Iterator[Pair]:
    """The texts that stand at the same place in both, each once."""
    texts = dict.fromkeys((foreign[path], english[path]) for path in foreign.keys() & english.keys())
    yield from (Pair(one, other, source) for one, other in sorted(texts))


def names(table: Path, column: str) -> Iterator[Pair]:
    """The forms of each name in a language and in English, without the table's marks."""
    head, *rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    for row in rows:
        forms = dict(zip(head, row, strict=False))
        foreign, english = (re.sub(r"[+!=]", "", forms[key]).replace("|", ", ") for key in (column, "en"))
        yield Pair(foreign, english, "workbench-names")


def sino_korean(text: str) -> dict[str, str]:
    """Words of `hanja.txt` by their Chinese characters, folded as the encoder folds them."""
    fold = str.maketrans(folded_characters())
    return {hanja.translate(fold): hangul for hangul, hanja in _HANJA.findall(text)}


def in_hangul(text: str, words: Mapping[str, str]) -> str:
    """The Sino-Korean words of a Chinese or Japanese text (folded) in Hangul, with its Latin words and numbers."""
    found = [word for run in _HAN.findall(text) for word in _read(run, words)]
    return " ".join(found) if sum("가" <= word[0] <= "힣" for word in found) >= LEAST_WORDS else ""


def _read(run: str, words: Mapping[str, str]) -> Iterator[str]:
    """The longest words from the left; characters that begin none are left out."""
    if run[0].isascii():
        yield run
        return
    start = 0
    while start < len(run) - 1:
        size = next((size for size in (5, 4, 3, 2) if run[start : start + size] in words), 1)
        if size > 1:
            yield words[run[start : start + size]]
        start += size


def read_as_korean(corpora: Path, words: Mapping[str, str]) -> Iterator[Pair]:
    """The permissive prose of Chinese and Japanese as far as it can be read as Korean, with its English."""
    fold = str.maketrans(folded_characters())
    for lang in ("zh-Hans", "ja"):
        for pair in read_pairs(corpora, lang):
            if any(fnmatchcase(pair.source, pattern) for pattern in PROSE):
                yield Pair(in_hangul(pair.foreign.translate(fold), words), pair.english, f"hanja-{pair.source}")


def word_lists(packages: Path, lang: str) -> Iterator[Pair]:
    locale = CLDR.get(lang, lang)
    yield from paired(cldr_texts(packages, locale), cldr_texts(packages, "en"), "cldr")
    yield from paired(preset_texts(packages, PRESETS.get(lang, lang)), preset_texts(packages, "en"), "osm-presets")
    if lang in WHOLE_NAMES:
        yield from names(NAMES, WHOLE_NAMES[lang])


def write(path: Path, pairs: Iterable[Pair], lang: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for pair in pairs:
            if is_plausible(pair, lang):
                file.write(f"{pair.foreign}\t{pair.english}\t{pair.source}\n")


def run(packages: Path, corpora: Path, out: Path, languages: Sequence[str] = LANGUAGES) -> None:
    out.mkdir(parents=True, exist_ok=True)
    words = sino_korean((packages / "hanja.txt").read_text(encoding="utf-8"))
    for lang in languages:
        prose = read_as_korean(corpora, words) if lang == "ko" else ()
        write(out / f"{lang.lower()}.tsv", chain(word_lists(packages, lang), prose), lang)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m models.training.lexicons", description="Makes word lists.")
    for name in ("packages", "corpora", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args(arguments)
    run(options.packages, options.corpora, options.out)


if __name__ == "__main__":
    main()
