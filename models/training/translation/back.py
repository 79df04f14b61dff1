"""English that somebody wrote, translated back: pairs of a machine's foreign text and good English.

    python -m models.training.translation ... --langs de es pt --turned --out TURNED
    python -m models.training.translation.back --model TURNED --corpora DIR --english zh-Hans=lctt --langs de es pt \\
        --each 50000 --out BACK
    python -m models.training.translation ... --langs de es pt --back BACK

Where a language has little prose, a model into English learns from what other languages have how English prose goes
(Sennrich et al. 2016, https://aclanthology.org/P16-1009); what is odd in the machine's text it is told apart from what
people write by a mark before it (Caswell et al. 2019, https://aclanthology.org/W19-5206).
"""

from __future__ import annotations

import argparse
import logging
import random
import re
from collections.abc import Iterator
from pathlib import Path

import ctranslate2

from models.training import corpora
from models.training.commands import run, whole
from models.training.translation.data import asked
from models.training.translation.recipe import LONGEST, load_tokenizer

log = logging.getLogger(__name__)

FEWEST, MOST = 8, 45  # words of a sentence
CODE = re.compile(r"[`<>{}|\\_$=#*~^]|https?:|www\.|--")
SENTENCE = re.compile(r"[\"“(]?[A-Z].*[.!?\"”]")
AT_ONCE = 2000  # sentences
BEAM = 2


def is_prose(text: str) -> bool:
    """Whether a text is one whole sentence, of common length and without code."""
    return bool(SENTENCE.fullmatch(text)) and FEWEST <= len(text.split()) <= MOST and not CODE.search(text)


def sentences(folder: Path, lang: str, source: str, seed: int) -> list[str]:
    """The English prose of one source of a language's pairs, each once, shuffled."""
    read = corpora.read_pairs(folder, lang, copyleft=True)
    found = list(dict.fromkeys(pair.english for pair in read if pair.source == source and is_prose(pair.english)))
    random.Random(seed).shuffle(found)
    return found


def translated(model: Path, texts: list[str], lang: str, threads: int) -> Iterator[tuple[str, str]]:
    """Each text as `model` (an `--out` of a turned training) puts it into `lang`, and itself."""
    pieces = load_tokenizer(model / "sentencepiece.model")
    translator = ctranslate2.Translator(str(model / "model"), inter_threads=threads, intra_threads=1)
    for at in range(0, len(texts), AT_ONCE):
        part = texts[at : at + AT_ONCE]
        cut = pieces.encode([asked(text, lang) for text in part], out_type=str)
        found = translator.translate_batch(
            cut, beam_size=BEAM, max_batch_size=3000, batch_type="tokens", max_decoding_length=LONGEST
        )
        yield from zip((pieces.decode(each.hypotheses[0]) for each in found), part, strict=True)
        log.info("%s: %d of %d", lang, at + len(part), len(texts))


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m models.training.translation.back",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--model", type=Path, required=True, help="--out of a training with --turned")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of LANG.tsv(.xz)")
    parser.add_argument("--english", required=True, metavar="LANG=SOURCE", help="whose pairs have the English")
    parser.add_argument("--langs", nargs="+", required=True, help="to translate it into: each gets other sentences")
    parser.add_argument("--each", type=int, default=50_000, help="[50000] sentences for every language")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pairs, LANG.tsv")
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--seed", type=int, default=1, help="[1]")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    lang, _, source = arguments.english.partition("=")
    found = sentences(arguments.corpora, lang, source, arguments.seed)
    log.info("%d sentences of %s", len(found), arguments.english)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number, into in enumerate(arguments.langs):
        path = arguments.out / f"{into.lower()}.tsv"
        if path.exists():
            continue
        mine = found[number * arguments.each : (number + 1) * arguments.each]
        with whole(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as lines:
            for foreign, english in translated(arguments.model, mine, into, arguments.threads):
                lines.write(f"{foreign}\t{english}\t{source}\n")


if __name__ == "__main__":
    run(main)
