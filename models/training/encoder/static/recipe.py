"""The whole recipe of the static encoder, and its command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from models.training.corpora import LANGUAGES
from models.training.encoder.evaluate import retrieval
from models.training.encoder.sampling import LANGUAGE_WEIGHTS, SOURCE_WEIGHTS
from models.training.encoder.static.config import Config
from models.training.encoder.static.data import Sources, data_folder, prepare
from models.training.encoder.static.export import ship, shipped_encoder
from models.training.encoder.static.start import halfway, learned_vectors, start_vectors
from models.training.encoder.static.train import load_checkpoint, train
from models.training.encoder.support import fingerprint, log, settle
from models.training.encoder.table import Table


def run(sources: Sources, work: Path, out: Path, config: Config, device: str = "cpu") -> None:
    """The whole recipe: prepares, trains from the last checkpoint of the same configuration, ships."""
    tokenizer, prepared = prepare(sources, data_folder(work, sources, config), config)
    if sources.start:
        vectors = learned_vectors(tokenizer, sources.start)
    else:
        vectors = start_vectors(tokenizer.get_vocab_size(), config)
    table = Table(vectors, device)
    checkpoint = work / f"checkpoint-{fingerprint(sources, config, SOURCE_WEIGHTS, LANGUAGE_WEIGHTS)}.safetensors"
    if checkpoint.is_file():
        load_checkpoint(table, checkpoint)
        log("resumed", step=table.step)
    train(table, prepared, config, checkpoint)
    trained = table.weights.cpu().numpy()
    ship(tokenizer, halfway(trained, sources.start) if sources.start else trained, out)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.corpora and not options.work:
        parser.error("--work is missing: a folder for what is made of the corpora")
    if strange := {lang for lang, _ in options.draw} - set(options.langs):
        parser.error(f"--draw names {', '.join(sorted(strange))}, which --langs does not")
    settle(options.threads)
    names = ("copyleft", "vocabulary", "most", "dimensions", "steps", "batch", "rate", "scale", "seed")
    config = Config(
        languages=tuple(options.langs), draw=tuple(options.draw), **{name: getattr(options, name) for name in names}
    )
    log("config", **asdict(config))
    if options.corpora:
        sources = Sources(options.corpora, options.lexicons, options.start)
        run(sources, options.work, options.out, config, options.device)
    if options.eval:
        encode = shipped_encoder(options.out)
        for name in options.eval_sets:
            scores = retrieval(encode, options.eval, name)
            log(name, **{key: f"{value:.3f}" for key, value in scores.items()})


def _parser() -> argparse.ArgumentParser:
    default = Config()
    parser = argparse.ArgumentParser(
        prog="python -m models.training.encoder", description="Trains the bundled static sentence encoder."
    )
    parser.add_argument(
        "--corpora", type=Path, help="folder of LANG.tsv(.xz), see models.training.corpora; without it: evaluate only"
    )
    parser.add_argument("--langs", nargs="+", default=LANGUAGES, metavar="LANG", help=f"default {' '.join(LANGUAGES)}")
    parser.add_argument("--lexicons", type=Path, help="folder of LANG.tsv files made by models.training.lexicons")
    parser.add_argument("--start", type=Path, help="static encoder whose training goes on [begin anew]")
    parser.add_argument("--work", type=Path, help="folder for prepared data and checkpoints (several GB)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--eval", type=Path, help="folder of SET.LANG-en.tsv files")
    parser.add_argument("--eval-sets", nargs="*", default=["flores-dev"], metavar="SET")
    parser.add_argument(
        "--draw", nargs="*", default=[], type=_drawn, metavar="LANG=WEIGHT", help="how often a batch is of a language"
    )
    parser.add_argument("--copyleft", action="store_true", help="use sources too that are not listed as permissive")
    for name in ("vocabulary", "most", "dimensions", "steps", "batch", "scale", "rate", "seed"):
        value = getattr(default, name)
        parser.add_argument(f"--{name}", type=type(value), default=value, help=f"default {value}")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--threads", type=int, default=2)
    return parser


def _drawn(text: str) -> tuple[str, float]:
    lang, _, weight = text.partition("=")
    return lang, float(weight)
