"""The whole recipe of the contextual encoder, as a command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.training.commands import whole
from models.training.corpora import LANGUAGES
from models.training.encoder.contextual.config import Config
from models.training.encoder.contextual.data import CHARACTERS, Choice, lesson
from models.training.encoder.contextual.export import ship
from models.training.encoder.contextual.network import new_state
from models.training.encoder.contextual.pieces import fewer_pieces, first_vectors, learned_vectors
from models.training.encoder.contextual.train import Clock, load_checkpoint, train
from models.training.encoder.evaluate import compare
from models.training.encoder.sampling import LANGUAGE_WEIGHTS, SOURCE_WEIGHTS
from models.training.encoder.support import Floats, fingerprint, log, settle
from workbench.embed.encoder import english_folder, sha256

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True)
class Paths:
    """Folders: corpora, work, the static encoder whose pieces are read, the teacher, the model to write.

    `start`: an earlier model of this recipe, whose training goes on.
    """

    corpora: Path
    work: Path
    static: Path
    teacher: Path
    out: Path
    start: Path | None = None


def run(paths: Paths, config: Config, device: str = "cpu", minutes: float = 0.0) -> None:
    """The whole recipe: prepares, trains from the last checkpoint of the same configuration, ships."""
    from tokenizers import Tokenizer

    models = [sha256(paths.static / "tokenizer.json"), sha256(paths.teacher / "model.safetensors")]
    models += [sha256(paths.start / "model.safetensors")] if paths.start else []
    texts = fingerprint(config.choice, config.pieces, *models, CHARACTERS, SOURCE_WEIGHTS, LANGUAGE_WEIGHTS)
    folder = paths.work / f"data-{texts}"

    def pieces(texts: Sequence[str]) -> Tokenizer:
        tokenizer = _pieces(paths, texts, config.pieces)
        with whole(folder / "tokenizer.json") as partial:
            tokenizer.save(str(partial))
        return tokenizer

    data = lesson(paths.corpora, folder, paths.teacher, config.choice, pieces)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    begun = paths.start or paths.teacher
    state = new_state(_vectors(paths, tokenizer), begun, config, device)
    clock = Clock(config.steps, minutes)
    checkpoint = paths.work / f"checkpoint-{fingerprint(config, folder.name)}.pt"
    if checkpoint.is_file():
        load_checkpoint(state, clock, checkpoint)
        log("resumed", step=state.step)
    train(state, data, config, clock, checkpoint)
    ship(state, tokenizer, begun, paths.out)


def _pieces(paths: Paths, texts: Sequence[str], count: int) -> Tokenizer:
    from tokenizers import Tokenizer

    if paths.start:
        return Tokenizer.from_file(str(paths.start / "tokenizer.json"))
    return fewer_pieces(paths.static / "tokenizer.json", texts, count)


def _vectors(paths: Paths, tokenizer: Tokenizer) -> Floats:
    if paths.start:
        return learned_vectors(paths.start)
    names = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    return first_vectors(names, paths.static, paths.teacher)


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    settle(options.threads)
    names = ("pieces", "steps", "batch", "seed")
    languages = tuple(options.langs)
    choice = replace(Choice(), languages=languages, copyleft=options.copyleft, texts=options.texts, items=options.items)
    config = Config(choice, **{name: getattr(options, name) for name in names})
    log("config", **asdict(config))
    teacher = options.teacher or english_folder()
    paths = Paths(options.corpora, options.work, options.static, teacher, options.out, options.start)
    run(paths, config, options.device, options.minutes)
    if options.eval:
        compare((options.static, options.out), options.eval, options.eval_sets)


def _parser() -> argparse.ArgumentParser:
    default = Config()
    parser = argparse.ArgumentParser(
        prog="python -m models.training.encoder.contextual", description="Trains the contextual sentence encoder."
    )
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder of LANG.tsv(.xz), see models.training.corpora"
    )
    parser.add_argument("--langs", nargs="+", default=LANGUAGES, metavar="LANG", help=f"default {' '.join(LANGUAGES)}")
    parser.add_argument("--work", type=Path, required=True, help="folder for prepared data and checkpoints (1 GB)")
    parser.add_argument("--static", type=Path, default=Path("models/encoder-static"), help="static encoder to begin as")
    parser.add_argument("--teacher", type=Path, help="English sentence-transformers model [the installed MiniLM]")
    parser.add_argument("--start", type=Path, help="model of this recipe whose training goes on [begin anew]")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--eval", type=Path, help="folder of SET.LANG-en.tsv files")
    parser.add_argument("--eval-sets", nargs="*", default=["flores-dev"], metavar="SET")
    parser.add_argument("--copyleft", action="store_true", help="use sources too that are not listed as permissive")
    for name in ("texts", "items"):
        value = getattr(default.choice, name)
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value}")
    for name in ("pieces", "steps", "batch", "seed"):
        value = getattr(default, name)
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value}")
    parser.add_argument("--minutes", type=float, default=0.0, help="train for so long instead of for so many steps")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--threads", type=int, default=2)
    return parser
