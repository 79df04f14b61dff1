"""The contextual sentence encoder: a small Transformer on the static encoder's pieces, in an English model's space.

    python -m models.training.encoder.contextual --corpora DIR --work DIR --static DIR --teacher DIR --out DIR

1. English texts are chosen by the same dice in every language, so that most have several translations. The
   teacher, an English sentence encoder, embeds each once (kept as float16).
2. The network begins as the static encoder: its piece vectors, layers that add nothing yet, and the linear map that
   brings its means closest to the teacher's vectors. For some thousand steps the piece vectors alone learn, as means:
   that is twenty times faster than with the layers, which then begin from what means can tell.
3. A batch holds translations of English texts and, for each, another version: English, or a third language. Both
   are drawn towards the teacher's vector (distillation; Reimers & Gurevych 2020), and each must find its partner and
   its teacher's vector among the batch. Half of what a batch holds are near neighbours in the teacher's space: the
   negatives that are hard. What should be found is a distribution, by the teacher's own similarities, so that a
   paraphrase in the batch is no mistake.
4. Short texts come first, longer ones join as training goes on.
5. The table is shipped in eight bits, the layers in float16. With --layers 0 --steps 0 there are none, and what is
   shipped is a static encoder of the teacher's space.

Interrupted, the same command goes on from the last checkpoint. With --steps, batches and rates depend on the seed and
the step alone, so two runs on a CPU with the same number of threads give the same weights; with --hours the clock
decides how far training is.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.corpora import LANGUAGES, read_pairs
from models.training.encoder.evaluate import compare
from models.training.encoder.sampling import LANGUAGE_WEIGHTS, SOURCE_WEIGHTS, source_weight, text_id
from models.training.encoder.static.export import ship as ship_static
from models.training.encoder.static.export import static_vectors
from models.training.encoder.support import Floats, Ints, fingerprint, log, settle
from models.training.encoder.table import Table, compact
from models.training.encoder.texts import Side, encode_texts, take
from workbench.embed.encoder import english_folder, sha256

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

    from models.training.translation.optim import Optimiser
    from workbench.embed.contextual import Body, Shape

CHARACTERS = (8, 260)  # of an English text
CHECKPOINT_SECONDS = 300.0


@dataclass(frozen=True)
class Config:
    """Everything that decides the weights, besides the corpora, the static encoder and the teacher."""

    languages: tuple[str, ...] = LANGUAGES
    copyleft: bool = False
    texts: int = 25_000  # a language, times its weight
    items: int = 140_000  # English texts at most, the shortest first: the teacher is slow
    clusters: int = 512
    layers: int = 4
    heads: int = 4
    hidden: int = 1_024
    plain_steps: int = 1_500
    plain_batch: int = 1_024
    steps: int = 12_000
    batch: int = 256
    run: int = 8  # near neighbours drawn together
    spread: float = 0.5  # share of a batch that is drawn alone
    english: float = 0.6  # chance that the other version is the English one, where there is a choice
    tokens: tuple[int, int] = (24, 64)  # the longest text as the layers begin, and from half time on
    scale: float = 20.0  # inverse temperature
    pull: float = 4.0  # weight of the distance to the teacher
    muon_rate: float = 0.01
    adam_rate: float = 0.002
    table_rate: float = 0.01
    plain_rate: float = 0.03
    seed: int = 1


# --- data ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Data:
    """Texts in every language, grouped by the cluster of their English item.

    `versions[starts[i]:starts[i + 1]]` are the texts of item i, the English one first.
    """

    side: Side
    item: Ints  # of each text
    weight: NDArray[np.float64]  # cumulative, over texts; English ones weigh nothing
    cluster: Ints  # of each text, ascending
    versions: Ints
    starts: Ints
    teacher: NDArray[np.float16]  # (items, dimensions), unit vectors


ARRAYS = ("ids", "text_starts", "item", "weight", "cluster", "versions", "starts", "teacher")


def dice(key: int) -> float:
    """A number in (0, 1) that the text alone decides, so that every language throws the same."""
    return (key + 0.5) / (1 << 56)


def chosen_pairs(corpora: Path, lang: str, config: Config) -> list[tuple[int, str, str]]:
    """(English id, foreign, English): a weighted sample without replacement (Efraimidis & Spirakis 2006)."""
    least, most = CHARACTERS
    found: dict[int, tuple[float, str, str]] = {}
    for pair in read_pairs(corpora, lang, copyleft=config.copyleft):
        if least <= len(pair.english) <= most:
            key = text_id(pair.english)
            chance = np.log(dice(key)) / source_weight(pair.source)
            found.setdefault(key, (chance, pair.foreign, pair.english))
    size = round(config.texts * LANGUAGE_WEIGHTS[lang])
    ranked = sorted(found.items(), key=lambda entry: (-entry[1][0], entry[0]))[:size]
    return sorted((key, foreign, english) for key, (_, foreign, english) in ranked)


def prepare(corpora: Path, folder: Path, tokenizer: Tokenizer, teacher: Path, config: Config) -> Data:
    """The training data, made once and kept in `folder`."""
    if not (folder / f"{ARRAYS[-1]}.npy").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        english: dict[int, str] = {}
        foreign: list[tuple[int, str, str]] = []
        for lang in config.languages:
            pairs = chosen_pairs(corpora, lang, config)
            english |= {key: text for key, _, text in pairs if key not in english}
            foreign += [(key, lang, text) for key, text, _ in pairs]
            log("chosen", lang=lang, pairs=len(pairs), items=len(english))
        english = dict(sorted(english.items(), key=lambda entry: len(entry[1]))[: config.items])
        foreign = [text for text in foreign if text[0] in english]
        vectors = taught(list(english.values()), teacher, folder)
        save(folder, arranged(tokenizer, english, foreign, vectors, config))
    ids, text_starts, *rest = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in ARRAYS)
    return Data(Side(ids, text_starts), *rest)


def arranged(
    tokenizer: Tokenizer,
    english: dict[int, str],
    foreign: list[tuple[int, str, str]],
    vectors: NDArray[np.float16],
    config: Config,
) -> Data:
    """The data of (English id, language, text) triples over the English texts, whose `vectors` stand in their order."""
    place = {key: number for number, key in enumerate(english)}
    counts = {lang: sum(one == lang for _, one, _ in foreign) for lang in config.languages}
    share = {lang: LANGUAGE_WEIGHTS[lang] / count for lang, count in counts.items() if count}
    texts = [*english.values(), *(text for _, _, text in foreign)]
    item = np.array([*range(len(english)), *(place[key] for key, _, _ in foreign)], dtype=np.int64)
    weight = np.array([0.0] * len(english) + [share[lang] for _, lang, _ in foreign])
    groups = clusters(vectors.astype(np.float32), min(config.clusters, len(vectors)), config.seed)
    log("clustered", items=len(vectors))
    order = np.argsort(groups[item], kind="stable")
    item, weight = item[order], np.cumsum(weight[order])
    versions = np.argsort(item * 2 + (order >= len(english)), kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(item))]).astype(np.int64)
    side = encode_texts(tokenizer, [texts[number] for number in order])
    log("tokenised", texts=len(texts), tokens=len(side.ids))
    return Data(side, item, weight / weight[-1], groups[item], versions, starts, vectors)


def taught(texts: list[str], teacher: Path, folder: Path, chunk: int = 10_000) -> NDArray[np.float16]:
    """The teacher's unit vectors, (n, dimensions); each chunk is kept in `folder` as soon as it is there.

    In bfloat16: twice as fast on a CPU, and within .9999 of the exact ones.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    arguments = {"attn_implementation": "eager", "dtype": torch.bfloat16, "use_safetensors": True}
    model = SentenceTransformer(str(teacher), device="cpu", local_files_only=True, model_kwargs=arguments)
    parts = []
    for start in range(0, len(texts), chunk):
        path = folder / f"taught-{start}.npy"
        if not path.is_file():
            part = texts[start : start + chunk]
            found = model.encode(part, batch_size=128, convert_to_tensor=True, show_progress_bar=False)
            partial = path.with_suffix(".partial.npy")
            np.save(partial, torch.nn.functional.normalize(found.float(), dim=1).numpy().astype(np.float16))
            partial.replace(path)
            log("taught", texts=start + len(part))
        parts.append(np.load(path, allow_pickle=False))
    return np.concatenate(parts)


def clusters(vectors: Floats, count: int, seed: int, rounds: int = 4) -> Ints:
    """The number of each unit vector's group, by a few rounds of spherical k-means."""
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), count, replace=False)]
    for last in range(rounds):
        groups = np.concatenate([(part @ centres.T).argmax(axis=1) for part in np.array_split(vectors, 64)])
        if last < rounds - 1:
            sums = np.zeros_like(centres)
            np.add.at(sums, groups, vectors)
            norms = np.linalg.norm(sums, axis=1, keepdims=True)
            centres = np.where(norms > 0, sums / np.maximum(norms, 1e-12), centres)
    return groups.astype(np.int64)


def save(folder: Path, data: Data) -> None:
    rest = (data.item, data.weight, data.cluster, data.versions, data.starts, data.teacher)
    for name, array in zip(ARRAYS, (data.side.ids, data.side.starts, *rest), strict=True):
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


# --- batches ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Batch:
    """Texts `left[i]` and `right[i]` are versions of item `items[i]`."""

    left: Ints
    right: Ints
    items: Ints


def draw_batch(data: Data, config: Config, step: int, longest: int) -> Batch:
    """Batch number `step`: a function of the seed, the step and the longest text allowed."""
    rng = np.random.default_rng([config.seed, step])
    left = drawn_texts(data, config, rng)
    right = other_versions(data, left, config.english, rng)
    lengths = np.diff(data.side.starts)
    fits = (np.maximum(lengths[left], lengths[right]) <= longest) & (np.minimum(lengths[left], lengths[right]) > 0)
    left, right = left[fits], right[fits]
    _, first = np.unique(data.item[left], return_index=True)
    kept = np.sort(first)[: config.batch]
    return Batch(left[kept], right[kept], data.item[left[kept]])


def drawn_texts(data: Data, config: Config, rng: np.random.Generator) -> Ints:
    """More texts than a batch holds, by weight, in random order: some alone, some in runs out of one cluster."""
    alone = round(2 * config.batch * config.spread)
    runs = (2 * config.batch - alone) // config.run
    single = np.searchsorted(data.weight, rng.random(alone), side="right")
    seeds = np.searchsorted(data.weight, rng.random(runs), side="right")
    begin = np.searchsorted(data.cluster, data.cluster[seeds], side="left")
    end = np.searchsorted(data.cluster, data.cluster[seeds], side="right")
    low, high = np.concatenate([[0.0], data.weight])[begin], data.weight[end - 1]
    points = low[:, None] + rng.random((runs, config.run)) * (high - low)[:, None]
    near = np.searchsorted(data.weight, points, side="right")
    # Whole runs change places, so that cutting the batch to size leaves its mixture.
    blocks = [*np.minimum(near, len(data.item) - 1), *np.array_split(single, max(1, alone // config.run))]
    return np.concatenate([blocks[number] for number in rng.permutation(len(blocks))])


def other_versions(data: Data, texts: Ints, english: float, rng: np.random.Generator) -> Ints:
    """For each foreign text the English version, or one of the other foreign ones where there are any."""
    first, count = data.starts[data.item[texts]], np.diff(data.starts)[data.item[texts]]
    picked = first + 1 + (rng.random(len(texts)) * (count - 1)).astype(np.int64)
    other = data.versions[picked]
    return np.where((rng.random(len(texts)) < english) | (other == texts), data.versions[first], other)


def longest_at(progress: float, config: Config) -> int:
    start, end = config.tokens
    return round(start + (end - start) * min(1.0, 2 * progress))


# --- network ------------------------------------------------------------------------------------------------


@dataclass
class State:
    """What training changes."""

    shape: Shape
    body: Body
    table: Table
    optimiser: Optimiser

    @property
    def step(self) -> int:
        return self.table.step


def new_state(vectors: Floats, data: Data, config: Config, device: str) -> State:
    """A network that maps the means of the static encoder's `vectors` linearly to the teacher's space."""
    import torch

    from models.training.translation.optim import Optimiser
    from workbench.embed.contextual import Body, Shape

    vectors = vectors / vectors.std()  # the layers work on streams of about unit size
    shape = Shape(len(vectors), vectors.shape[1], config.heads, config.hidden, config.layers, data.teacher.shape[1])
    torch.manual_seed(config.seed)
    body = Body(shape)
    body.projection.weight.data = torch.from_numpy(linear_map(vectors, data, config.seed))
    body = body.to(device)
    optimiser = Optimiser(body, config.muon_rate, config.adam_rate)  # keeps the weights as float32
    return State(shape, body.to(torch.bfloat16), Table(torch.from_numpy(vectors), device), optimiser)


def linear_map(vectors: Floats, data: Data, seed: int, sample: int = 60_000) -> Floats:
    """Ridge regression, (dimensions, width), of the teacher's vectors on the means of piece vectors."""
    rng = np.random.default_rng(seed)
    lengths = np.diff(data.side.starts)
    rows = rng.permutation(np.flatnonzero(lengths > 0))[:sample]
    side = take(data.side, rows, rows)
    means = np.add.reduceat(vectors[side.ids], side.starts[:-1]) / lengths[rows, None]
    goal = data.teacher[data.item[rows]].astype(np.float32)
    gram = means.T @ means
    ridge = 1e-3 * np.trace(gram) / len(gram) * np.eye(len(gram), dtype=np.float32)
    return np.ascontiguousarray(np.linalg.solve(gram + ridge, means.T @ goal).T, dtype=np.float32)


def embed(state: State, data: Data, texts: Ints, plain: bool) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Unit vectors of texts (n, dimensions); and the rows of the table they used, with their vectors.

    `plain` leaves the layers out.
    """
    import torch

    side = take(data.side, texts, texts)
    pieces, place = compact(side.ids, len(state.table.weights))
    rows = state.table.tensor(pieces)
    vectors = state.table.weights[rows].requires_grad_()
    found = (through_map if plain else through_layers)(state, vectors, place, side.starts)
    return torch.nn.functional.normalize(found, dim=1), [rows, vectors]


def through_map(state: State, vectors: torch.Tensor, place: Ints, starts: Ints) -> torch.Tensor:
    import torch

    offsets = state.table.tensor(starts[:-1])
    means = torch.nn.functional.embedding_bag(state.table.tensor(place), vectors, offsets, mode="mean")
    return means @ state.body.projection.weight.float().T


def through_layers(state: State, vectors: torch.Tensor, place: Ints, starts: Ints, budget: int = 4_096) -> torch.Tensor:
    """Texts of like length go together, about `budget` tokens at once, which stays in the cache."""
    import torch

    source = vectors.to(state.body.projection.weight.dtype)
    lengths = np.diff(starts)
    order = np.argsort(lengths, kind="stable")
    parts = []
    for group in equal_shapes(lengths[order], budget):
        chosen = order[group]
        ids = padded(place, starts, chosen)
        parts.append(state.body(source[state.table.tensor(ids)], state.table.tensor(lengths[chosen])))
    return torch.cat(parts)[state.table.tensor(np.argsort(order, kind="stable"))]


def equal_shapes(lengths: Ints, budget: int) -> list[slice]:
    """Slices of ascending `lengths` that are padded alike, of at most `budget` tokens each."""
    from workbench.embed.contextual import STEP

    widths = -(-lengths // STEP)
    slices = []
    for width in np.unique(widths):
        begin, end = np.searchsorted(widths, [width, width + 1])
        size = max(1, budget // (int(width) * STEP))
        slices += [slice(at, min(at + size, end)) for at in range(begin, end, size)]
    return slices


def padded(ids: Ints, starts: Ints, chosen: Ints) -> Ints:
    """The ids of the chosen texts as rows, padded with the first id of all."""
    from workbench.embed.contextual import STEP

    lengths = starts[chosen + 1] - starts[chosen]
    width = -(-int(lengths.max()) // STEP) * STEP
    position = np.minimum(starts[chosen][:, None] + np.arange(width), len(ids) - 1)
    return np.where(np.arange(width) < lengths[:, None], ids[position], 0)


# --- training -----------------------------------------------------------------------------------------------


def loss_of(
    left: torch.Tensor, right: torch.Tensor, teacher: torch.Tensor, config: Config
) -> tuple[torch.Tensor, dict[str, float]]:
    """Lower is better; all three are unit vectors (n, dimensions), row i of each of one item."""
    goal = (teacher @ teacher.T).mul_(config.scale).softmax(dim=1)

    def found(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        return -(goal * (one @ other.T * config.scale).log_softmax(dim=1)).sum(dim=1).mean()

    partner = (found(left, right) + found(right, left)) / 2
    taught = (found(left, teacher) + found(right, teacher)) / 2
    apart = 1 - ((left * teacher).sum(dim=1) + (right * teacher).sum(dim=1)).mean() / 2
    floor = -(goal * goal.clamp(min=1e-12).log()).sum(dim=1).mean()  # of both entropies; shown, not learned
    shown = {"partner": partner - floor, "taught": taught - floor, "apart": apart}
    return partner + taught + config.pull * apart, {name: value.item() for name, value in shown.items()}


def rate_at(progress: float) -> float:
    """A short rise, a plateau, and a linear fall over the last half."""
    return min(1.0, (progress + 1e-3) / 0.02, 2 * (1 - progress))


@dataclass
class Clock:
    """How far training is, 0 to 1: by steps, or by the hours it may take."""

    steps: int
    hours: float = 0.0
    spent: float = 0.0
    since: float = field(default_factory=time.monotonic)

    def seconds(self) -> float:
        return self.spent + time.monotonic() - self.since

    def progress(self, step: int) -> float:
        if self.hours:
            return min(1.0, self.seconds() / (3600 * self.hours))
        return step / self.steps if step < self.steps else 1.0


class Report:
    """A line of means every so many steps."""

    def __init__(self, every: int = 50) -> None:
        self._every = every
        self._clear()

    def _clear(self) -> None:
        self._shown: list[dict[str, float]] = []
        self._tokens, self._since = 0, time.monotonic()

    def add(self, step: int, progress: float, shown: dict[str, float], tokens: int) -> None:
        self._shown.append(shown)
        self._tokens += tokens
        if step % self._every == 0:
            means = {name: f"{np.mean([one[name] for one in self._shown]):.4f}" for name in shown}
            speed = round(self._tokens / (time.monotonic() - self._since))
            log("step", number=step, progress=f"{progress:.3f}", **means, tokens_per_second=speed)
            self._clear()


def train(state: State, data: Data, config: Config, clock: Clock, checkpoint: Path) -> None:
    """Trains `state` to the end of `clock`; saves it to `checkpoint` now and then and at the end."""
    saved, report = time.monotonic(), Report()
    while (progress := overall(state, config, clock)) < 2:
        plain = progress < 1
        longest = config.tokens[1] if plain else longest_at(progress - 1, config)
        chosen = replace(config, batch=config.plain_batch) if plain else config
        batch = draw_batch(data, chosen, state.step, longest)
        shown = train_step(state, data, batch, config, rate_at(progress % 1), plain)
        tokens = np.diff(data.side.starts)[np.concatenate([batch.left, batch.right])].sum()
        report.add(state.step, progress, shown, int(tokens))
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            saved = time.monotonic()
            save_checkpoint(state, clock, checkpoint)
    save_checkpoint(state, clock, checkpoint)


def overall(state: State, config: Config, clock: Clock) -> float:
    """0 to 1 while the piece vectors learn alone, 1 to 2 with the layers, for which the clock runs."""
    if state.step < config.plain_steps:
        clock.since = time.monotonic()
        return state.step / config.plain_steps
    return 1 + clock.progress(state.step - config.plain_steps)


def train_step(state: State, data: Data, batch: Batch, config: Config, rate: float, plain: bool) -> dict[str, float]:
    both, (rows, vectors) = embed(state, data, np.concatenate([batch.left, batch.right]), plain)
    left, right = both.chunk(2)
    teacher = state.table.tensor(data.teacher[batch.items].astype(np.float32))
    loss, shown = loss_of(left, right, teacher, config)
    loss.backward()
    state.table.update(rows, vectors, rate * (config.plain_rate if plain else config.table_rate))
    if plain:
        state.body.zero_grad()
    else:
        state.optimiser.step(rate, 1.0)
    return shown


def save_checkpoint(state: State, clock: Clock, path: Path) -> None:
    from safetensors.torch import save_file

    tensors = {f"table.{name}": getattr(state.table, name) for name in ("weights", "first", "second")}
    for name, kept in state.optimiser.state.items():
        tensors |= {f"body.{name}:{kind}": tensor for kind, tensor in kept.items()}
    about = {"step": str(state.step), "optimiser": str(state.optimiser.steps), "seconds": str(clock.seconds())}
    partial = path.with_suffix(".partial")
    save_file(tensors, partial, metadata=about)
    partial.replace(path)


def load_checkpoint(state: State, clock: Clock, path: Path) -> None:
    from safetensors import safe_open

    with safe_open(path, "pt", device=str(state.table.weights.device)) as kept:
        for name in ("weights", "first", "second"):
            setattr(state.table, name, kept.get_tensor(f"table.{name}"))
        for name, tensors in state.optimiser.state.items():
            for kind in tensors:
                tensors[kind] = kept.get_tensor(f"body.{name}:{kind}")
        about = kept.metadata()
    state.table.step, state.optimiser.steps = int(about["step"]), int(about["optimiser"])
    clock.spent = float(about["seconds"])
    state.optimiser.publish()


# --- the whole recipe ---------------------------------------------------------------------------------------


def static_form(state: State) -> Floats:
    """Piece vectors (pieces, width or fewer) whose means have the angles that the means' projections have."""
    projection = state.optimiser.state["projection.weight"]["master"].cpu().numpy()
    _, scales, axes = np.linalg.svd(projection, full_matrices=False)
    return state.table.weights.cpu().numpy() @ (axes.T * scales)


def ship(state: State, tokenizer: Tokenizer, out: Path) -> None:
    """Writes a sentence-transformers model to `out`: a ContextualEmbedding, or without layers a StaticEmbedding."""
    from workbench.embed.contextual import Body, ContextualEmbedding

    if not state.shape.layers:
        ship_static(tokenizer, static_form(state), out)
        return
    body = Body(state.shape)
    body.load_state_dict({name: kept["master"].cpu() for name, kept in state.optimiser.state.items()})
    module = ContextualEmbedding(tokenizer, state.table.weights.cpu(), body, state.shape)
    kind = f"{ContextualEmbedding.__module__}.{ContextualEmbedding.__qualname__}"
    out.mkdir(parents=True, exist_ok=True)
    module.save(str(out))
    modules = [{"idx": 0, "name": "0", "path": "", "type": kind}]
    about = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"}
    for name, content in (("modules", modules), ("config_sentence_transformers", about)):
        (out / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def data_folder(work: Path, begin: Path, teacher: Path, config: Config) -> Path:
    """Where the data of `config`, these pieces and this teacher are kept."""
    choices = (config.languages, config.copyleft, config.texts, config.items, config.clusters, config.seed)
    models = (sha256(begin / "tokenizer.json"), sha256(teacher / "model.safetensors"))
    return work / f"data-{fingerprint(*choices, *models, CHARACTERS, SOURCE_WEIGHTS, LANGUAGE_WEIGHTS)}"


@dataclass(frozen=True)
class Paths:
    """Folders: corpora, work, the static encoder to begin from, the teacher, the model to write."""

    corpora: Path
    work: Path
    static: Path
    teacher: Path
    out: Path


def run(paths: Paths, config: Config, device: str = "cpu", hours: float = 0.0, ship_only: bool = False) -> None:
    """The whole recipe: prepares, trains from the last checkpoint of the same configuration, ships."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(paths.static / "tokenizer.json"))
    folder = data_folder(paths.work, paths.static, paths.teacher, config)
    data = prepare(paths.corpora, folder, tokenizer, paths.teacher, config)
    state, clock = new_state(static_vectors(paths.static), data, config, device), Clock(config.steps, hours)
    checkpoint = paths.work / f"checkpoint-{fingerprint(config, folder.name)}.safetensors"
    if checkpoint.is_file():
        load_checkpoint(state, clock, checkpoint)
        log("resumed", step=state.step)
    if not ship_only:
        train(state, data, config, clock, checkpoint)
    ship(state, tokenizer, paths.out)


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    settle(options.threads)
    names = ("copyleft", "texts", "layers", "plain_steps", "steps", "batch", "seed")
    config = Config(**{name: getattr(options, name) for name in names})
    log("config", **asdict(config))
    teacher = options.teacher or english_folder()
    paths = Paths(options.corpora, options.work, options.static, teacher, options.out)
    run(paths, config, options.device, options.hours, options.ship_only)
    if options.eval:
        compare((options.static, options.out), options.eval, options.eval_sets)


def _parser() -> argparse.ArgumentParser:
    default = Config()
    parser = argparse.ArgumentParser(
        prog="python -m models.training.encoder.contextual", description="Trains the contextual sentence encoder."
    )
    parser.add_argument("--corpora", type=Path, required=True, help="folder of LANG.tsv.xz files")
    parser.add_argument("--work", type=Path, required=True, help="folder for prepared data and checkpoints (1 GB)")
    parser.add_argument("--static", type=Path, default=Path("models/encoder-static"), help="static encoder to begin as")
    parser.add_argument("--teacher", type=Path, help="English sentence-transformers model [the installed MiniLM]")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--eval", type=Path, help="folder of SET.LANG-en.tsv files")
    parser.add_argument("--eval-sets", nargs="*", default=["flores-dev"], metavar="SET")
    parser.add_argument("--copyleft", action="store_true", help="also use sources under copyleft licences")
    for name in ("texts", "layers", "plain_steps", "steps", "batch", "seed"):
        value = getattr(default, name)
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value, help=f"default {value}")
    parser.add_argument(
        "--hours", type=float, default=0.0, help="train the layers for so long instead of for so many steps"
    )
    parser.add_argument("--ship-only", action="store_true", help="write the model of the last checkpoint, as it is")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    main()
