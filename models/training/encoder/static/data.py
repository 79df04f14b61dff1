"""The static encoder's vocabulary and tokenised corpora, made once and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.commands import whole
from models.training.corpora import Pair, read_pairs
from models.training.encoder.sampling import SOURCE_WEIGHTS, source_weight, text_id
from models.training.encoder.static.config import Config
from models.training.encoder.support import Ints, fingerprint, log
from models.training.encoder.texts import Side, encode_texts
from models.training.encoder.vocabulary import UNIGRAM, train_tokenizer, with_words

if TYPE_CHECKING:
    from tokenizers import Tokenizer

ARRAYS = ("foreign_ids", "foreign_starts", "english_ids", "english_starts", "texts", "drawn")
BLOCK = 64  # neighbouring pairs that are left out or kept together


@dataclass(frozen=True)
class Sources:
    """Folders: of the corpora, of word lists in the same form, and of an earlier model whose training goes on."""

    corpora: Path
    lexicons: Path | None = None
    start: Path | None = None

    def pairs(self, lang: str, config: Config) -> list[Pair]:
        """Of the corpora at most `config.most`, and all of the word lists."""
        pairs = thinned(list(read_pairs(self.corpora, lang, copyleft=config.copyleft)), config.most, config.seed)
        return pairs + (list(read_pairs(self.lexicons, lang)) if self.lexicons else [])


@dataclass(frozen=True)
class Corpus:
    """Tokenised pairs of one language; the columns of `texts` tell equal foreign and English texts."""

    foreign: Side
    english: Side
    texts: Ints
    drawn: NDArray[np.float64]  # cumulative sampling weights, ending in 1


def thinned(pairs: list[Pair], most: int, seed: int) -> list[Pair]:
    """`pairs` or, of more than `most`, as many blocks of neighbours as make that, drawn by source weight."""
    if len(pairs) <= most:
        return pairs
    begin = range(0, len(pairs), BLOCK)
    weights = np.array([source_weight(pairs[i].source) for i in begin])
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(begin), most // BLOCK, replace=False, p=weights / weights.sum())
    return [pair for i in sorted(chosen) for pair in pairs[begin[i] : begin[i] + BLOCK]]


def sample_texts(pairs: Sequence[Pair], size: int, seed: int) -> tuple[list[str], list[str]]:
    """`size` foreign texts and as many English ones, drawn by source weight without repetition."""
    weights = np.array([source_weight(pair.source) for pair in pairs])
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(pairs), min(size, len(pairs)), replace=False, p=weights / weights.sum())
    return [pairs[i].foreign for i in chosen], [pairs[i].english for i in chosen]


def encode_corpus(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> Corpus:
    foreign, english = [p.foreign for p in pairs], [p.english for p in pairs]
    texts = np.array([[text_id(p.foreign), text_id(p.english)] for p in pairs], dtype=np.int64)
    weights = np.cumsum([source_weight(p.source) for p in pairs])
    return Corpus(encode_texts(tokenizer, foreign), encode_texts(tokenizer, english), texts, weights / weights[-1])


def prepare(sources: Sources, data: Path, config: Config) -> tuple[Tokenizer, dict[str, Corpus]]:
    """Vocabulary and tokenised corpora, each made once and kept in `data`."""
    tokenizer = _vocabulary(sources, data, config)
    for lang in config.languages:
        if not (data / lang / f"{ARRAYS[-1]}.npy").is_file():
            pairs = sources.pairs(lang, config)
            save_corpus(data / lang, encode_corpus(tokenizer, pairs))
            log("tokenised", lang=lang, pairs=len(pairs))
    return tokenizer, {lang: load_corpus(data / lang) for lang in config.languages}


def _vocabulary(sources: Sources, data: Path, config: Config) -> Tokenizer:
    from tokenizers import Tokenizer

    path = data / "tokenizer.json"
    if not path.is_file():
        tokenizer = _new_vocabulary(sources, data, config)
        with whole(path) as partial:
            tokenizer.save(str(partial))
        log("vocabulary", pieces=tokenizer.get_vocab_size())
    return Tokenizer.from_file(str(path))


def _new_vocabulary(sources: Sources, data: Path, config: Config) -> Tokenizer:
    from tokenizers import Tokenizer

    if sources.start:
        tokenizer = Tokenizer.from_file(str(sources.start / "tokenizer.json"))
    else:
        tokenizer = train_tokenizer(_vocabulary_texts(sources, config), config.vocabulary, data)
    if sources.lexicons:
        words = (p.foreign for lang in config.languages for p in read_pairs(sources.lexicons, lang))
        tokenizer = with_words(tokenizer, words, config.least_words)
    return tokenizer


def _vocabulary_texts(sources: Sources, config: Config) -> Iterator[str]:
    for number, lang in enumerate(config.languages):
        foreign, english = sample_texts(sources.pairs(lang, config), config.sample, config.seed + number)
        yield from foreign
        yield from english[: 2 * config.sample // len(config.languages)]


def save_corpus(folder: Path, corpus: Corpus) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sides = (corpus.foreign.ids, corpus.foreign.starts, corpus.english.ids, corpus.english.starts)
    for name, array in zip(ARRAYS, (*sides, corpus.texts, corpus.drawn), strict=True):
        with whole(folder / f"{name}.npy") as partial:
            np.save(partial, array, allow_pickle=False)


def load_corpus(folder: Path) -> Corpus:
    arrays = [np.load(folder / f"{name}.npy", allow_pickle=False) for name in ARRAYS]
    return Corpus(Side(*arrays[:2]), Side(*arrays[2:4]), *arrays[4:])


def data_folder(work: Path, sources: Sources, config: Config) -> Path:
    """Where the vocabulary and tokenised corpora of `config` are kept."""
    names = ("languages", "copyleft", "vocabulary", "sample", "most", "least_words", "seed")
    choices = [getattr(config, name) for name in names]
    folder = work / f"data-{fingerprint(sources, *choices, SOURCE_WEIGHTS, UNIGRAM)}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
