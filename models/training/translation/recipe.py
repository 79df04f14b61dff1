"""Many languages into English: from a corpora folder to a CTranslate2 model laid out as Argos packages.

    python -m models.training.translation --corpora DIR --work DIR --out DIR --langs fr zh-Hans zh-Hant

Every stage leaves its result in the work folder and is skipped where that exists: tokenizer, encoded pairs,
lexicon, checkpoint. Started again, training goes on from the checkpoint. `--stage export` packs whatever
checkpoint there is while training runs elsewhere. To go on with other languages or texts, start in a copy of a
work folder without its `train.npz`: the vocabulary and what the network knows are kept. Where only a finished model is
left, or another vocabulary is wanted, `--start DIR` begins with what that model knows. `--eval DIR` scores the result.
`--turned` goes the other way, out of English, for `models.training.translation.back`, whose pairs `--back DIR` learns.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import sentencepiece

from models.training import corpora
from models.training.commands import whole
from models.training.translation import data as text
from models.training.translation import words
from models.training.translation.evaluate import evaluate_sets
from models.training.translation.export import export
from models.training.translation.model import Size
from models.training.translation.start import MEANINGS
from models.training.translation.train import Plan, train
from workbench.errors import InputError
from workbench.folders import write_sums
from workbench.lang import argos_codes, display_name

log = logging.getLogger(__name__)

ARGOS = {
    "fr": ("fr", "French"),
    "zh-hans": ("zh", "Chinese"),
    "zh-hant": ("zt", "Chinese (traditional)"),
    "es": ("es", "Spanish"),
    "pt": ("pt", "Portuguese"),
    "de": ("de", "German"),
    "ja": ("ja", "Japanese"),
    "ko": ("ko", "Korean"),
}
LONGEST = 100  # pieces
LEXICON_LONGEST, LEXICON_ROUNDS = 24, 5
WORDS = "cldr|osm-presets"  # the word lists that are written as a translation is
BAGS = "hanja-.*"  # words without their order: for the lexicon alone
DECIDING = ("langs", "copyleft", "prose", "manuals", "cuts", "turned", "seed")  # which pairs are in train.npz


def options() -> argparse.ArgumentParser:
    """Command line: the folders and languages, then every field of Plan and of Size under its own name."""
    parser = argparse.ArgumentParser(
        prog="python -m models.training.translation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder of LANG.tsv(.xz), see models.training.corpora"
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    parser.add_argument("--out", type=Path, help="folder of the finished model and its packages")
    parser.add_argument("--start", type=Path, help="folder of a finished model (an --out) to begin with")
    parser.add_argument("--lexicons", type=Path, help="folder of word lists (models.training.lexicons) to learn too")
    parser.add_argument("--langs", nargs="+", required=True, help="BCP 47 tags, such as fr zh-Hans zh-Hant")
    parser.add_argument("--stage", choices=("all", "prepare", "train", "export"), default="all")
    parser.add_argument("--copyleft", action="store_true", help="use sources too that are not listed as permissive")
    parser.add_argument("--prose", nargs="+", default=[], metavar="SOURCE", help="sources to take whole, as prose is")
    parser.add_argument(
        "--manuals", type=float, default=1.0, help="[1.0] how much to take of manuals and laws, of what is usual"
    )
    parser.add_argument("--back", type=Path, help="folder of pairs translated back, to learn too: LANG.tsv of some")
    parser.add_argument("--turned", action="store_true", help="learn to translate out of English, to translate back")
    parser.add_argument(
        "--cuts", type=int, default=1, help="[1] times each pair comes, its foreign text cut into other pieces"
    )
    parser.add_argument("--pieces", type=int, default=14_000, help="size of the shared vocabulary")
    parser.add_argument("--tokenizer-sentences", type=int, default=250_000, help="pairs that it is learned from")
    parser.add_argument("--lexicon-pairs", type=int, default=600_000, help="short pairs that words are learned from")
    parser.add_argument("--quantization", default="int8", help="as CTranslate2 names it")
    parser.add_argument("--version", default="0.1", help="package version of the result")
    parser.add_argument("--note", default="", help="one sentence on its quality, shown to users")
    parser.add_argument("--eval", type=Path, help="folder of SET.LANG-en.tsv files to score the result on")
    parser.add_argument("--eval-sets", nargs="*", default=["flores-dev"], metavar="SET")
    for kind in (Plan, Size):
        for field in dataclasses.fields(kind):
            if field.name in ("source_pieces", "target_pieces"):
                continue
            flag = "--" + field.name.replace("_", "-")
            if isinstance(field.default, bool):
                parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=field.default)
            else:
                parser.add_argument(flag, type=type(field.default), default=field.default, help="[%(default)s]")
    return parser


def fields(kind: type, arguments: argparse.Namespace, **others: int) -> dict[str, object]:
    names = {f.name for f in dataclasses.fields(kind)}
    return {name: value for name, value in vars(arguments).items() if name in names} | others


def prepare(arguments: argparse.Namespace) -> None:
    """Tokenizer, encoded pairs and lexicon in the work folder, each unless it is there.

    Raises InputError where pairs of other choices are there.
    """
    work = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    choices = {name: getattr(arguments, name) for name in DECIDING}
    if not (work / "train.npz").exists():
        text.write_json(choices, work / "choices.json")
        prepare_pairs(arguments)
    elif (work / "choices.json").exists():
        made = json.loads((work / "choices.json").read_text(encoding="utf-8"))
        if differing := [name for name in DECIDING if made.get(name, options().get_default(name)) != choices[name]]:
            raise InputError(
                f"the pairs in {work} were chosen by another --{', --'.join(differing)} ({made}); name another --work, "
                "or a copy of it without train.npz to go on with other texts"
            )
    if not (work / "lexicon.npy").exists():
        prepare_lexicon(arguments)
    if arguments.turned and not (work / MEANINGS).exists():
        prepare_meanings(arguments)


def prepare_pairs(arguments: argparse.Namespace) -> None:
    """The pairs in pieces, with the tokenizer and the pieces of the target, each of which stays where it is there."""
    work = arguments.work
    pairs = read_mix(arguments)
    log.info("%d pairs", len(pairs))
    tokenizer = work / "sentencepiece.model"
    if not tokenizer.exists():
        text.train_tokenizer(pairs, tokenizer, arguments.pieces, arguments.tokenizer_sentences, arguments.seed)
    pieces = load_tokenizer(tokenizer)
    encoded = text.encode(pairs, pieces, LONGEST)
    if not (work / "targets.npy").exists():
        with whole(work / "targets.npy") as partial:
            np.save(partial, text.target_pieces(encoded, pieces.get_piece_size()))
    sentencepiece.set_random_generator_seed(arguments.seed)
    for _ in range(arguments.cuts - 1):
        encoded = text.joined(encoded, text.encode(pairs, pieces, LONGEST, drawn=True))
    targets = np.load(work / "targets.npy")
    text.save(text.renumber(encoded, targets, pieces.get_piece_size()), work / "train.npz")


def prepare_lexicon(arguments: argparse.Namespace) -> None:
    """What each piece means, learned from short pairs and from bags of words."""
    work, size = arguments.work, network_size(arguments)
    data, pieces = text.load(work / "train.npz"), (size.source_pieces, size.target_pieces)
    if bags := [pair for lang in arguments.langs for pair in word_lists(arguments, lang, BAGS)]:
        encoded = text.encode(bags, load_tokenizer(work / "sentencepiece.model"), LONGEST)
        data = text.joined(data, text.renumber(encoded, np.load(work / "targets.npy"), size.source_pieces))
    most, seed = arguments.lexicon_pairs, arguments.seed
    table = words.train_lexicon(data, pieces, LEXICON_LONGEST, most, LEXICON_ROUNDS, seed)
    words.save_table(table, work / "lexicon.npy")


def prepare_meanings(arguments: argparse.Namespace) -> None:
    """What each piece that is to be written means in English: how the output of a turned model begins."""
    size, data = network_size(arguments), text.load(arguments.work / "train.npz")
    back = text.Encoded(data.target, data.target_at, data.source, data.source_at)
    pieces, most, seed = (size.target_pieces, size.source_pieces), arguments.lexicon_pairs, arguments.seed
    words.save_table(
        words.train_lexicon(back, pieces, LEXICON_LONGEST, most, LEXICON_ROUNDS, seed), arguments.work / MEANINGS
    )


def read_mix(arguments: argparse.Namespace) -> list[corpora.Pair]:
    pairs: list[corpora.Pair] = []
    if arguments.back and not any(corpora.has_pairs(arguments.back, lang) for lang in arguments.langs):
        raise InputError(f"--back {arguments.back} has no file of {', '.join(arguments.langs)}; name one that has")
    for lang in arguments.langs:
        read = corpora.read_pairs(arguments.corpora, lang, copyleft=arguments.copyleft)
        found = text.mix(read, arguments.seed, arguments.prose, arguments.manuals)
        if arguments.back and corpora.has_pairs(arguments.back, lang):
            found += marked(corpora.read_pairs(arguments.back, lang))
        if arguments.turned:
            found = [text.turned(pair, lang) for pair in found]
        pairs += text.augment(found + word_lists(arguments, lang, WORDS), arguments.seed)
    return pairs


def marked(pairs: Iterable[corpora.Pair]) -> list[corpora.Pair]:
    return [dataclasses.replace(pair, foreign=f"{text.BACK} {pair.foreign}") for pair in pairs]


def word_lists(arguments: argparse.Namespace, lang: str, wanted: str) -> list[corpora.Pair]:
    """Pairs of `--lexicons` whose source matches `wanted`."""
    found = corpora.read_pairs(arguments.lexicons, lang) if arguments.lexicons else ()
    return [pair for pair in found if re.fullmatch(wanted, pair.source)]


def load_tokenizer(path: Path) -> sentencepiece.SentencePieceProcessor:
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def network_size(arguments: argparse.Namespace) -> Size:
    pieces = load_tokenizer(arguments.work / "sentencepiece.model").get_piece_size()
    targets = len(np.load(arguments.work / "targets.npy"))
    return Size(**fields(Size, arguments, source_pieces=pieces, target_pieces=targets))


def pack(arguments: argparse.Namespace) -> None:
    """The shared model and one metadata file a language in `--out`; what was there is replaced.

    A turned model is nobody's package.
    """
    out, work = arguments.out, arguments.work
    out.mkdir(parents=True, exist_ok=True)
    fresh = out / "model.new"
    shutil.rmtree(fresh, ignore_errors=True)
    checkpoint, targets = work / "checkpoint.safetensors", np.load(work / "targets.npy")
    export(checkpoint, work / "sentencepiece.model", targets, fresh, arguments.quantization)
    shutil.rmtree(out / "model", ignore_errors=True)
    fresh.rename(out / "model")
    shutil.copyfile(work / "sentencepiece.model", out / "sentencepiece.model")
    for lang in () if arguments.turned else arguments.langs:
        code, name = argos(lang)
        folder = out / f"{code}_en"
        folder.mkdir(exist_ok=True)
        text.write_json(metadata(code, name, arguments.version, arguments.note), folder / "metadata.json")
    write_sums(out)


def argos(lang: str) -> tuple[str, str]:
    """Argos's code and name of a language. Raises InputError where there is no such language."""
    return ARGOS.get(lang.lower()) or (argos_codes(lang)[0], display_name(lang))


def metadata(code: str, name: str, version: str, note: str) -> dict[str, object]:
    return {
        "quality_note": note,
        "package_version": version,
        "argos_version": "1.11",
        "type": "translate",
        "from_code": code,
        "from_name": name,
        "to_code": "en",
        "to_name": "English",
        "links": [],
    }


def required(path: Path, stage: str) -> None:
    """Raise InputError where a file that an earlier stage makes is not there."""
    if not path.exists():
        raise InputError(f"there is no {path}; run --stage {stage} first")


def main(argv: list[str] | None = None) -> None:
    parser = options()
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    exports = arguments.stage in ("all", "export")
    if exports and arguments.out is None:
        parser.error("--out is missing: the folder of the finished model")
    packages = {lang: argos(lang)[0] for lang in arguments.langs}
    if arguments.stage in ("all", "prepare"):
        prepare(arguments)
    if arguments.stage in ("all", "train"):
        required(arguments.work / "lexicon.npy", "prepare")
        train(network_size(arguments), arguments.work, Plan(**fields(Plan, arguments)), arguments.start)
    if exports:
        required(arguments.work / "checkpoint.safetensors", "train")
        pack(arguments)
    if exports and arguments.eval:
        folders = {lang: arguments.out / f"{code}_en" for lang, code in packages.items()}
        evaluate_sets(folders, arguments.eval, arguments.eval_sets)
