"""The static multilingual sentence encoder: one vector per piece of text, averaged (StaticEmbedding).

    python -m models.training.encoder --corpora DIR --work DIR --out DIR --eval DIR
    python -m models.training.encoder --corpora DIR --lexicons DIR --start DIR --work DIR --out DIR --eval DIR

1. A unigram vocabulary over all languages, from word counts of a balanced sample. Traditional Chinese and
   Japanese characters are folded to Simplified Chinese ones, so that the three share what they can.
2. Every pair is tokenised once into int32 arrays under --work.
3. Contrastive training over translation pairs (InfoNCE with in-batch negatives, both directions; van den Oord
   et al. 2018). A batch holds one language against English, or two foreign languages joined over the same
   English, in runs of neighbouring sentences: neighbours are the hard negatives an aligner meets, and
   joining two or three of them gives the overlaps it compares.
4. The table is shipped in eight bits with one scale per piece, which sentence-transformers unfolds to
   float32.

With --lexicons (`models.training.lexicons`) their pairs are trained on as well, and words that they hold often
become pieces of their own. With --start training goes on from a model: its pieces stay and end half way between what
they were and what they became, and words that are added begin as the sums of their parts.

Interrupted, the same command goes on from the last checkpoint. Batches depend on (seed, step) alone, so two
runs on a CPU with the same number of threads give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.corpora import LANGUAGES, Pair, read_pairs
from models.training.encoder.vocabulary import UNIGRAM, train_tokenizer, with_words
from workbench.embed.encoder import StaticEncoder

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# How often a pair is drawn, relative to others of its language: prose up, software manuals and statutes down.
SOURCE_WEIGHTS = {
    "msdocs-*": 0.3,
    "justice-canada-laws": 0.3,
    "lctt*": 2.0,
    "tatoeba*": 1.0,
    "odashi-small-enja": 1.0,
    "bitcointranscripts*": 3.0,
    "3am-captions*": 1.5,
    "hf-course": 3.0,
    "opensource-guide": 3.0,
    "cncf-glossary": 3.0,
    "w3c-wai": 2.0,
    "privacyguides": 3.0,
    "mozilla-www": 3.0,
    "wesnoth": 2.0,
    "korean-english-news-dev": 5.0,
    "cldr": 2.0,
    "osm-presets": 2.0,
    "workbench-names": 2.0,
    "*": 1.0,
}
LANGUAGE_WEIGHTS = {  # how often a batch is of a language
    "fr": 1.0,
    "de": 1.0,
    "es": 1.0,
    "pt": 1.0,
    "zh-Hans": 1.6,
    "zh-Hant": 1.4,
    "ja": 1.6,
    "ko": 1.2,
}
ARRAYS = ("foreign_ids", "foreign_starts", "english_ids", "english_starts", "texts", "drawn")
CHECKPOINT_EVERY = 1_000  # steps
BLOCK = 64  # neighbouring pairs that are left out or kept together


@dataclass(frozen=True)
class Config:
    """Everything that decides the weights, besides the corpora."""

    languages: tuple[str, ...] = LANGUAGES
    draw: tuple[tuple[str, float], ...] = ()  # weights of languages in place of LANGUAGE_WEIGHTS
    copyleft: bool = False
    vocabulary: int = 100_000
    sample: int = 80_000  # lines a language for the vocabulary, twice as many for English
    most: int = 1_000_000  # pairs of the corpora that are used of a language
    least_words: int = 5  # times that word lists hold a word for it to be a piece of its own
    dimensions: int = 256
    steps: int = 7_000
    batch: int = 1_024
    run: int = 8  # neighbouring items drawn together
    joined: tuple[float, ...] = (0.75, 0.17, 0.08)  # chances that an item is one, two, three sentences
    pivot: float = 0.15  # share of batches between two foreign languages
    scale: float = 10.0  # inverse temperature
    rate: float = 0.01
    warmup: float = 0.05
    seed: int = 1


# --- prepared corpora ---------------------------------------------------------------------------------------


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
class Side:
    """Texts as one run of piece ids; text i is `ids[starts[i]:starts[i + 1]]`."""

    ids: NDArray[np.int32]
    starts: Ints


@dataclass(frozen=True)
class Corpus:
    """Tokenised pairs of one language; the columns of `texts` tell equal foreign and English texts."""

    foreign: Side
    english: Side
    texts: Ints
    drawn: NDArray[np.float64]  # cumulative sampling weights, ending in 1


def source_weight(source: str) -> float:
    return next(weight for pattern, weight in SOURCE_WEIGHTS.items() if fnmatchcase(source, pattern))


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


def encode_side(tokenizer: Tokenizer, texts: Sequence[str], chunk: int = 20_000) -> Side:
    ids: list[NDArray[np.int32]] = []
    for start in range(0, len(texts), chunk):
        encodings = tokenizer.encode_batch_fast(texts[start : start + chunk], add_special_tokens=False)
        ids.extend(np.array(encoding.ids, dtype=np.int32) for encoding in encodings)
    lengths = [len(row) for row in ids]
    return Side(np.concatenate(ids), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def encode_corpus(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> Corpus:
    foreign, english = [p.foreign for p in pairs], [p.english for p in pairs]
    texts = np.array([[text_id(p.foreign), text_id(p.english)] for p in pairs], dtype=np.int64)
    weights = np.cumsum([source_weight(p.source) for p in pairs])
    return Corpus(encode_side(tokenizer, foreign), encode_side(tokenizer, english), texts, weights / weights[-1])


def text_id(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.casefold().encode(), digest_size=7).digest(), "big")


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
        tokenizer.save(str(path))
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
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def load_corpus(folder: Path) -> Corpus:
    arrays = [np.load(folder / f"{name}.npy", allow_pickle=False) for name in ARRAYS]
    return Corpus(Side(*arrays[:2]), Side(*arrays[2:4]), *arrays[4:])


def log(event: str, **values: object) -> None:
    details = " ".join(f"{key}={value}" for key, value in values.items())
    print(f"{time.strftime('%H:%M:%S')} {event} {details}", flush=True)


# --- batches ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Batch:
    """Items that translate each other row by row, and the cells (i, j) where text j repeats text i."""

    left: Side
    right: Side
    repeats: tuple[Ints, Ints]


@dataclass(frozen=True)
class Join:
    """Rows of two corpora that share their English text."""

    langs: tuple[str, str]
    rows: Ints  # (n, 2)


def joins_over_english(corpora: dict[str, Corpus], least: int) -> list[Join]:
    """The language pairs with at least `least` shared English texts, each text once."""
    joins = []
    for first, second in combinations(corpora, 2):
        english = [corpora[lang].texts[:, 1] for lang in (first, second)]
        _, left, right = np.intersect1d(*english, return_indices=True)
        if len(left) >= least:
            joins.append(Join((first, second), np.stack([left, right], axis=1)))
    return joins


def take(side: Side, first: Ints, last: Ints) -> Side:
    """The texts `first[i]` to `last[i]`, inclusive, joined into one each."""
    begin, lengths = side.starts[first], side.starts[last + 1] - side.starts[first]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    position = np.arange(starts[-1]) + np.repeat(begin - starts[:-1], lengths)
    return Side(side.ids[position], starts)


def draw_batch(corpora: dict[str, Corpus], joins: Sequence[Join], config: Config, step: int) -> Batch:
    """Batch number `step`: a function of the seed and the step alone."""
    rng = np.random.default_rng([config.seed, step])
    if joins and rng.random() < config.pivot:
        return _draw_pivot(corpora, joins[rng.integers(len(joins))], config, rng)
    weights = np.array([(LANGUAGE_WEIGHTS | dict(config.draw))[lang] for lang in corpora])
    lang = rng.choice(list(corpora), p=weights / weights.sum())
    return _draw_runs(corpora[lang], config, rng)


def _draw_runs(corpus: Corpus, config: Config, rng: np.random.Generator) -> Batch:
    runs = -(-config.batch // config.run)
    begin = np.searchsorted(corpus.drawn, rng.random(runs), side="right")
    sizes = rng.choice(len(config.joined), (runs, config.run), p=config.joined) + 1
    first = (begin[:, None] + np.cumsum(sizes, axis=1) - sizes).ravel()
    last = first + sizes.ravel() - 1
    first, last = _distinct_spans(first, last, len(corpus.texts), config.batch)
    # Spans of several sentences repeat each other only where they begin alike and are as long.
    keys = corpus.texts[first] * 4 + (last - first)[:, None]
    return Batch(take(corpus.foreign, first, last), take(corpus.english, first, last), _repeats(keys))


def _distinct_spans(first: Ints, last: Ints, end: int, size: int) -> tuple[Ints, Ints]:
    """The first `size` spans inside the corpus; of spans that begin alike, from runs that meet, one."""
    inside = last < end
    _, unique = np.unique(first[inside], return_index=True)
    kept = np.flatnonzero(inside)[np.sort(unique)][:size]
    return first[kept], last[kept]


def _draw_pivot(corpora: dict[str, Corpus], join: Join, config: Config, rng: np.random.Generator) -> Batch:
    chosen = rng.choice(len(join.rows), min(config.batch, len(join.rows)), replace=False, shuffle=False)
    left, right = (corpora[lang] for lang in join.langs)
    rows, columns = join.rows[chosen].T
    keys = np.stack([left.texts[rows, 0], right.texts[columns, 0]], axis=1)
    return Batch(take(left.foreign, rows, rows), take(right.foreign, columns, columns), _repeats(keys))


def _repeats(keys: Ints) -> tuple[Ints, Ints]:
    """The cells off the diagonal whose rows agree in a column of `keys`: no negatives of each other."""
    cells = [_equal_cells(column) for column in keys.T]
    rows, columns = (np.concatenate(axis) for axis in zip(*cells, strict=True))
    return rows, columns


def _equal_cells(keys: Ints) -> tuple[Ints, Ints]:
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(counts[group] > 1)
    rows, columns = np.nonzero(group[shared][:, None] == group[shared])
    apart = rows != columns
    return shared[rows[apart]], shared[columns[apart]]


# --- the table under training -------------------------------------------------------------------------------


class Table:
    """The vectors under training, one a piece, with the running moments of their gradients."""

    def __init__(self, start: torch.Tensor, device: str) -> None:
        import torch

        self.weights = start.to(device)
        self.first, self.second = torch.zeros_like(self.weights), torch.zeros_like(self.weights)
        self.step = 0

    def tensor(self, array: np.ndarray) -> torch.Tensor:
        import torch

        return torch.from_numpy(array).to(self.weights.device)

    def embed(self, *sides: Side) -> tuple[list[torch.Tensor], torch.Tensor, torch.Tensor]:
        """Unit vectors of the texts of each side; the pieces they use, and those pieces' vectors."""
        import torch

        pieces, position = compact(np.concatenate([side.ids for side in sides]), len(self.weights))
        rows = self.tensor(pieces)
        vectors = self.weights[rows].requires_grad_()
        starts = np.concatenate([[0], *(np.diff(side.starts) for side in sides)]).cumsum()[:-1]
        bags = torch.nn.functional.embedding_bag(self.tensor(position), vectors, self.tensor(starts), mode="mean")
        units = torch.nn.functional.normalize(bags, dim=1)
        return list(units.split([len(side.starts) - 1 for side in sides])), rows, vectors

    def update(self, rows: torch.Tensor, vectors: torch.Tensor, rate: float) -> None:
        """One Adam step (Kingma & Ba 2015) on the pieces that took part; the others rest."""
        self.step += 1
        slope = vectors.grad
        first = self.first[rows].lerp_(slope, 0.1)
        second = self.second[rows].lerp_(slope.square_(), 0.01)
        self.first[rows], self.second[rows] = first, second
        spread = second.div_(1 - 0.99**self.step).sqrt_().add_(1e-8)
        self.weights[rows] = vectors.detach().addcdiv_(first, spread, value=-rate / (1 - 0.9**self.step))


def start_vectors(size: int, config: Config) -> torch.Tensor:
    """Small random vectors, the same for the same seed."""
    import torch

    generator = torch.Generator().manual_seed(config.seed)
    return torch.randn(size, config.dimensions, generator=generator) * config.rate


def learned_vectors(tokenizer: Tokenizer, start: Path) -> torch.Tensor:
    """The vectors of the model in `start`; those of words that it breaks are the sums of their parts'."""
    import torch
    from tokenizers import Tokenizer

    learned, parts = static_vectors(start), Tokenizer.from_file(str(start / "tokenizer.json"))
    words = [tokenizer.id_to_token(i)[1:] for i in range(len(learned), tokenizer.get_vocab_size())]
    ids = [encoding.ids for encoding in parts.encode_batch_fast(words, add_special_tokens=False)]
    return torch.from_numpy(np.stack([*learned, *(learned[row].sum(axis=0) for row in ids)]))


def halfway(trained: Floats, start: Path) -> Floats:
    """`trained`, of which the pieces of the model in `start` go half of the way back to it.

    What they learned on less text is kept, and so is what they knew of more (Wortsman et al. 2022, WiSE-FT).
    """
    learned = static_vectors(start)
    known = len(learned)
    return np.concatenate([(learned + trained[:known]) / 2, trained[known:]])


def static_vectors(folder: Path) -> Floats:
    """The piece vectors of a static encoder, (pieces, width) float32."""
    return StaticEncoder(folder, folder.name).weights


def compact(ids: np.ndarray, size: int) -> tuple[Ints, Ints]:
    """The distinct ids in order, and each id's place among them."""
    present = np.zeros(size, dtype=bool)
    present[ids] = True
    distinct = np.flatnonzero(present)
    place = np.zeros(size, dtype=np.int64)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[ids]


# --- training -----------------------------------------------------------------------------------------------


def contrastive_loss(
    left: torch.Tensor, right: torch.Tensor, repeats: tuple[torch.Tensor, torch.Tensor], scale: float
) -> torch.Tensor:
    """Cross entropy of finding each row's partner among the other side's rows, in both directions.

    Rows are unit vectors and `repeats` the (row, column) cells left out of the sums. Scores are at most
    `scale`, so that one exponential serves both directions without overflow. The products are taken in
    bfloat16, several times faster and exact enough for a gradient.
    """
    scores = (left.bfloat16() @ right.bfloat16().T).float().mul_(scale).sub_(scale)
    scores[repeats] = -1e4
    others = scores.exp()
    return (others.sum(0).log() + others.sum(1).log()).mean() / 2 - scores.diagonal().mean()


def rate_at(step: int, config: Config) -> float:
    """Linear warm-up, then linear decay to zero."""
    warm = max(1, round(config.warmup * config.steps))
    return config.rate * min((step + 1) / warm, (config.steps - step) / max(1, config.steps - warm))


def train(table: Table, corpora: dict[str, Corpus], config: Config, checkpoint: Path) -> None:
    """Trains `table` from its step to the last; saves it to `checkpoint` now and then and at the end."""
    joins = joins_over_english(corpora, least=2 * config.batch)
    since, losses = time.monotonic(), []
    while table.step < config.steps:
        losses.append(train_step(table, draw_batch(corpora, joins, config, table.step), config))
        if table.step % CHECKPOINT_EVERY == 0 or table.step == config.steps:
            save_checkpoint(table, checkpoint)
        if table.step % 100 == 0:
            log(
                "step",
                number=table.step,
                loss=f"{np.mean(losses):.4f}",
                seconds=round(time.monotonic() - since),
            )
            losses.clear()


def train_step(table: Table, batch: Batch, config: Config) -> float:
    (left, right), rows, vectors = table.embed(batch.left, batch.right)
    loss = contrastive_loss(left, right, tuple(map(table.tensor, batch.repeats)), config.scale)
    loss.backward()
    table.update(rows, vectors, rate_at(table.step, config))
    return loss.item()


def save_checkpoint(table: Table, path: Path) -> None:
    from safetensors.torch import save_file

    state = {"weights": table.weights, "first": table.first, "second": table.second}
    partial = path.with_suffix(".partial")
    save_file(state, partial, metadata={"step": str(table.step)})
    partial.replace(path)


def load_checkpoint(table: Table, path: Path) -> None:
    from safetensors import safe_open

    with safe_open(path, "pt", device=str(table.weights.device)) as state:
        table.weights, table.first, table.second = (state.get_tensor(name) for name in ("weights", "first", "second"))
        table.step = int(state.metadata()["step"])


# --- evaluation ---------------------------------------------------------------------------------------------


def retrieval_accuracy(left: Floats, right: Floats) -> float:
    """Share of rows of `left` whose nearest row of `right` (unit vectors) is their partner."""
    return float(np.mean((left @ right.T).argmax(axis=1) == np.arange(len(left))))


def read_eval(path: Path) -> tuple[list[str], list[str]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [row[0] for row in rows], [row[1] for row in rows]


def evaluate(encode: Callable[[list[str]], Floats], folder: Path, name: str) -> dict[str, float]:
    """Retrieval accuracy of each `NAME.LANG-en.tsv` in `folder` into English, and directly fr <-> zh."""
    found, scores = {}, {}
    for path in sorted(folder.glob(f"{name}.*-en.tsv")):
        lang = path.name.split(".")[1].removesuffix("-en")
        foreign, english = read_eval(path)
        found[lang] = (encode(foreign), english)
        scores[f"{lang}>en"] = retrieval_accuracy(found[lang][0], encode(english))
    if {"fr", "zh"} <= found.keys() and found["fr"][1] == found["zh"][1]:
        scores["fr>zh"] = retrieval_accuracy(found["fr"][0], found["zh"][0])
        scores["zh>fr"] = retrieval_accuracy(found["zh"][0], found["fr"][0])
    return scores


# --- shipping -----------------------------------------------------------------------------------------------


def quantise(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Eight-bit rows and the scale of each: `rows * scales[:, None]` is within half a step of `vectors`."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def ship(tokenizer: Tokenizer, vectors: Floats, out: Path) -> None:
    """Writes a sentence-transformers model of one StaticEmbedding to `out`.

    The weights file holds `embeddings` (int8) and `weights` (float32, one scale a piece), a form that
    StaticEmbedding itself reads and unfolds to float32: half the size of float16, without its arithmetic.
    """
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=vectors)
    model = SentenceTransformer(modules=[module], device="cpu")
    model.save(str(out), create_model_card=False, safe_serialization=True)
    rows, scales = quantise(vectors)
    (weights,) = out.rglob("model.safetensors")
    save_file({"embeddings": rows, "weights": scales}, weights, metadata={"format": "pt"})


def shipped_encoder(folder: Path) -> Callable[[list[str]], Floats]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def fingerprint(*values: object) -> str:
    """Ten digits that change with any of `values`, so that no leftover of other choices is taken up."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:10]


def data_folder(work: Path, sources: Sources, config: Config) -> Path:
    """Where the vocabulary and tokenised corpora of `config` are kept."""
    names = ("languages", "copyleft", "vocabulary", "sample", "most", "least_words", "seed")
    choices = [getattr(config, name) for name in names]
    folder = work / f"data-{fingerprint(sources, *choices, SOURCE_WEIGHTS, UNIGRAM)}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
    options = _parser().parse_args(arguments)
    settle(options.threads)
    names = ("copyleft", "vocabulary", "most", "dimensions", "steps", "batch", "rate", "scale", "seed")
    config = Config(draw=tuple(options.draw), **{name: getattr(options, name) for name in names})
    log("config", **asdict(config))
    if options.corpora:
        sources = Sources(options.corpora, options.lexicons, options.start)
        run(sources, options.work, options.out, config, options.device)
    if options.eval:
        encode = shipped_encoder(options.out)
        for name in options.eval_sets:
            scores = evaluate(encode, options.eval, name)
            log(name, **{key: f"{value:.3f}" for key, value in scores.items()})


def _parser() -> argparse.ArgumentParser:
    default = Config()
    parser = argparse.ArgumentParser(
        prog="python -m models.training.encoder", description="Trains the bundled static sentence encoder."
    )
    parser.add_argument("--corpora", type=Path, help="folder of LANG.tsv.xz files; leave out to evaluate only")
    parser.add_argument("--lexicons", type=Path, help="folder of LANG.tsv files made by models.training.lexicons")
    parser.add_argument("--start", type=Path, help="static encoder whose training goes on [begin anew]")
    parser.add_argument("--work", type=Path, help="folder for prepared data and checkpoints (several GB)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--eval", type=Path, help="folder of SET.LANG-en.tsv files")
    parser.add_argument("--eval-sets", nargs="*", default=["flores-dev"], metavar="SET")
    parser.add_argument(
        "--draw", nargs="*", default=[], type=_drawn, metavar="LANG=WEIGHT", help="how often a batch is of a language"
    )
    parser.add_argument("--copyleft", action="store_true", help="also use sources under copyleft licences")
    for name in ("vocabulary", "most", "dimensions", "steps", "batch", "scale", "rate", "seed"):
        value = getattr(default, name)
        parser.add_argument(f"--{name}", type=type(value), default=value, help=f"default {value}")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--threads", type=int, default=2)
    return parser


def _drawn(text: str) -> tuple[str, float]:
    lang, _, weight = text.partition("=")
    if lang not in LANGUAGE_WEIGHTS:
        raise argparse.ArgumentTypeError(f"{text!r}: expected LANG=WEIGHT, LANG one of {', '.join(LANGUAGE_WEIGHTS)}")
    return lang, float(weight)


def settle(threads: int) -> None:
    """Nothing here may reach the network, and the number of threads decides the order of sums."""
    import torch

    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.set_num_threads(threads)
