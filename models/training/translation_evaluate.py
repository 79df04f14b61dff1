"""BLEU, chrF, speed and degenerate outputs of a bundled translation model on TSVs of `foreign<TAB>english`.

    python -m models.training.translation_evaluate models/translation --pairs FILE.tsv [FILE.tsv ...]

Raw decoder output, nothing filtered. Beam and length penalty are those of Argos Translate.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece

LENGTH_PENALTY = 0.2
LOOP = re.compile(r"(.{2,40}?)\1{4,}")


@dataclass(frozen=True)
class Model:
    translator: Any
    pieces: sentencepiece.SentencePieceProcessor

    def translate(self, texts: Sequence[str], beam: int) -> list[str]:
        """Raw English for each text, in order."""
        found = self.translator.translate_batch(
            self.pieces.encode(list(texts), out_type=str),
            max_batch_size=2048,
            batch_type="tokens",
            beam_size=beam,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
        )
        return [self.pieces.decode_pieces(result.hypotheses[0]) for result in found]


def load_model(folder: Path, threads: int = 2) -> Model:
    import ctranslate2

    translator = ctranslate2.Translator(str(folder / "model"), compute_type="int8", intra_threads=threads)
    return Model(translator, sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model")))


def read_tsv(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.rstrip("\r").split("\t") for line in lines if line.strip()]
    return [(row[0], row[1]) for row in rows[:limit]]


def degenerate(outputs: Sequence[str]) -> list[int]:
    """Indices of outputs that are empty, loop, or are the very answer that five or more other inputs got."""
    counts: dict[str, int] = {}
    for text in outputs:
        counts[text] = counts.get(text, 0) + 1
    return [i for i, text in enumerate(outputs) if not text.strip() or LOOP.search(text) or counts[text] > 5]


def evaluate(model: Model, pairs: Sequence[tuple[str, str]], beam: int) -> str:
    """One line of figures: BLEU and chrF (higher is better), sentences a second, share of degenerate outputs."""
    import sacrebleu

    started = time.perf_counter()
    outputs = model.translate([foreign for foreign, _ in pairs], beam)
    seconds = time.perf_counter() - started
    references = [[english for _, english in pairs]]
    bleu, chrf = sacrebleu.metrics.BLEU(), sacrebleu.metrics.CHRF()
    scores = f"BLEU = {bleu.corpus_score(outputs, references).score:.1f}"
    scores += f"  chrF = {chrf.corpus_score(outputs, references).score:.1f}"
    bad = len(degenerate(outputs))
    speed = f"{len(pairs) / seconds:.0f} sentences/s"
    return f"{scores}  {speed}  degenerate {bad}/{len(pairs)}  [{bleu.get_signature()}] [{chrf.get_signature()}]"


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder with model/ and sentencepiece.model")
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--limit", type=int, help="only the first so many pairs")
    parser.add_argument("--opencc", help="convert the foreign side first, for example s2twp")
    parser.add_argument("--show", type=int, default=0, help="print that many translations")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model, arguments.threads)
    for path in arguments.pairs:
        pairs = converted(read_tsv(path, arguments.limit), arguments.opencc)
        print(f"{path.name}: {evaluate(model, pairs, arguments.beam)}")
        shown = pairs[: arguments.show]
        outputs = model.translate([foreign for foreign, _ in shown], arguments.beam)
        for (foreign, english), output in zip(shown, outputs, strict=True):
            print(f"  {foreign}\n  = {english}\n  > {output}\n")


def converted(pairs: list[tuple[str, str]], scheme: str | None) -> list[tuple[str, str]]:
    if not scheme:
        return pairs
    import opencc

    convert = opencc.OpenCC(scheme).convert
    return [(convert(foreign), english) for foreign, english in pairs]


if __name__ == "__main__":
    main()
