"""The contextual sentence encoder: an English encoder that learns to read other languages.

    python -m models.training.encoder.contextual --corpora DIR --work DIR --out DIR --minutes 60

1. What is taught: see `taught`.
2. The pieces that texts are read in are those of the static encoder that these texts use most, and characters.
3. The network is the teacher's own, all but its words. The vectors of the pieces begin where a linear map takes those
   of the static encoder; it is learned from the words that both encoders know (after WECHSEL, Minixhofer et al. 2022,
   and Artetxe et al. 2020). Before anything else is learned, a third of translations are found so.
4. Then all of it learns to give a text in any language the teacher's vector of its English (distillation; Reimers and
   Gurevych 2020), and the teacher's own similarities with the batch and with what is like it: the negatives that are
   hard, and a paraphrase among them is no mistake.
5. Short texts come first, longer ones join as training goes on.

What is shipped is an ordinary sentence-transformers model, weights in float16. Interrupted, the same command goes on
from the last checkpoint. With --steps, batches and rates depend on the seed and the step alone, so two runs on a CPU
with the same number of threads give the same weights; with --minutes the clock decides how far training is.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from models.training.encoder.evaluate import compare
from models.training.encoder.static import (
    LANGUAGE_WEIGHTS,
    SOURCE_WEIGHTS,
    Floats,
    Ints,
    Side,
    Table,
    compact,
    fingerprint,
    log,
    settle,
    static_vectors,
    take,
)
from models.training.encoder.taught import CHARACTERS, Choice, Lesson, encodings, lesson
from models.training.encoder.vocabulary import WORD_START
from workbench.embed.encoder import english_folder, sha256

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

CHECKPOINT_SECONDS = 240.0
# What marks the beginning and the end of a text, and what fills a row up.
MARKS = "[CLS]", "[SEP]", "[PAD]"


@dataclass(frozen=True)
class Config:
    """Everything that decides the weights, besides the corpora, the static encoder and the teacher."""

    choice: Choice = field(default_factory=Choice)
    pieces: int = 35_000
    steps: int = 1_500
    batch: int = 320
    run: int = 8  # near neighbours drawn together
    spread: float = 0.4  # share of a batch that is drawn alone
    english: float = 0.12  # chance that a text is replaced by its English
    others: int = 12  # further items of each cluster in a batch that it is held against
    most_others: int = 1_500
    tokens: tuple[int, int] = (28, 72)  # the longest text at the beginning, and from half time on
    scale: float = 20.0  # inverse temperature
    pull: float = 4.0  # weight of the distance to the teacher
    rate: float = 1.5e-4  # of the network
    table_rate: float = 4e-3  # of the pieces
    warmup: int = 150  # steps
    seed: int = 7


# --- pieces -------------------------------------------------------------------------------------------------


def fewer_pieces(path: Path, texts: Sequence[str], count: int) -> Tokenizer:
    """The tokenizer with the `count` pieces that `texts` use most; a character counts twentyfold, to be read at all."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    told = json.loads(path.read_text(encoding="utf-8"))
    pieces = told["model"]["vocab"]
    used = np.zeros(len(pieces))
    for encoding in encodings(tokenizer, texts):
        np.add.at(used, encoding.ids, 1.0)
    used[[len(piece.lstrip(WORD_START)) <= 1 for piece, _ in pieces]] *= 20
    used[told["model"]["unk_id"]] = np.inf
    kept = np.sort(np.argsort(-used, kind="stable")[:count])
    told["model"] |= {"vocab": [pieces[i] for i in kept], "unk_id": int(np.searchsorted(kept, told["model"]["unk_id"]))}
    return Tokenizer.from_str(json.dumps(told))


def first_vectors(pieces: Sequence[str], static: Path, teacher: Path) -> Floats:
    """Where the vectors of `pieces` begin, (n, width): mapped from the static encoder's to the teacher's words'."""
    from tokenizers import Tokenizer
    from transformers import AutoModel, AutoTokenizer

    known = Tokenizer.from_file(str(static / "tokenizer.json")).get_vocab()
    vectors = static_vectors(static)
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    words = AutoTokenizer.from_pretrained(teacher, local_files_only=True).get_vocab()
    table = AutoModel.from_pretrained(teacher, local_files_only=True).get_input_embeddings().weight.detach().numpy()
    both = [(known[WORD_START + word], row) for word, row in words.items() if WORD_START + word in known]
    source, goal = vectors[[piece for piece, _ in both]], table[[row for _, row in both]]
    mean = goal.mean(axis=0)
    gram = source.T @ source
    ridge = 1e-2 * np.trace(gram) / len(gram) * np.eye(len(gram), dtype=np.float32)
    mapped = vectors[[known[piece] for piece in pieces]] @ np.linalg.solve(gram + ridge, source.T @ (goal - mean))
    return np.asarray(mapped + mean, dtype=np.float32)


# --- batches ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Batch:
    """Texts, their items, and other items that are like these."""

    texts: Ints
    items: Ints
    others: Ints


def draw_batch(data: Lesson, config: Config, step: int, longest: int) -> Batch:
    """Batch number `step`: a function of the seed, the step and the longest text allowed."""
    rng = np.random.default_rng([config.seed, step])
    texts = fitting(data, drawn_texts(data, config, rng), longest)
    _, first = np.unique(data.item[texts], return_index=True)
    texts = texts[np.sort(first)[: config.batch]]
    in_english = rng.random(len(texts)) < config.english
    texts = fitting(data, np.where(in_english, data.english[data.item[texts]], texts), longest)
    items = data.item[texts]
    near = [neighbours(data, cluster, config.others, rng) for cluster in np.unique(data.cluster[texts])]
    others = np.setdiff1d(np.concatenate([items[:0], *near]), items)[: config.most_others]
    return Batch(texts, items, others)


def fitting(data: Lesson, texts: Ints, longest: int) -> Ints:
    """Those of the texts that say anything and are not too long."""
    lengths = data.side.starts[texts + 1] - data.side.starts[texts]
    return texts[(lengths > 0) & (lengths <= longest)]


def drawn_texts(data: Lesson, config: Config, rng: np.random.Generator) -> Ints:
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


def neighbours(data: Lesson, cluster: int, count: int, rng: np.random.Generator) -> Ints:
    """Items of a cluster, some of them twice."""
    begin, end = np.searchsorted(data.cluster, [cluster, cluster + 1])
    return data.item[rng.integers(begin, end, count)]


def longest_at(progress: float, config: Config) -> int:
    start, end = config.tokens
    return round(start + (end - start) * min(1.0, 2 * progress))


# --- network ------------------------------------------------------------------------------------------------


@dataclass
class State:
    """What training changes: the network in bfloat16, its weights as float32, and the vectors of the pieces."""

    network: torch.nn.Module
    masters: dict[str, torch.nn.Parameter]
    optimiser: torch.optim.Optimizer
    table: Table
    ends: torch.Tensor  # the vectors of the marks

    @property
    def step(self) -> int:
        return self.table.step

    def publish(self) -> None:
        """Rounds the weights into the network."""
        own = dict(self.network.named_parameters())
        for name, master in self.masters.items():
            own[name].data.copy_(master.data)


def new_state(pieces: Floats, teacher: Path, config: Config, device: str) -> State:
    import torch
    from transformers import AutoModel, AutoTokenizer

    undisturbed = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    network = AutoModel.from_pretrained(teacher, local_files_only=True, attn_implementation="eager", **undisturbed)
    words = AutoTokenizer.from_pretrained(teacher, local_files_only=True)
    table = network.get_input_embeddings().weight.detach()
    ends = table[[words.cls_token_id, words.sep_token_id, words.pad_token_id]].to(device)
    network.get_input_embeddings().weight = torch.nn.Parameter(table[:1].clone(), requires_grad=False)
    network = network.to(device).to(torch.float32).train()
    taught = {name: value for name, value in network.named_parameters() if name_is_taught(name)}
    masters = {name: torch.nn.Parameter(value.detach().clone()) for name, value in taught.items()}
    optimiser = torch.optim.AdamW(masters.values(), lr=config.rate, weight_decay=0.01, betas=(0.9, 0.98))
    return State(network.to(torch.bfloat16), masters, optimiser, Table(torch.from_numpy(pieces), device), ends)


def name_is_taught(name: str) -> bool:
    """The words stand in a table of their own, and the pooler takes no part."""
    return "word_embeddings" not in name and "pooler" not in name


def embed(state: State, side: Side) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Unit vectors of texts (n, dimensions); and the rows of the table they used, with their vectors."""
    import torch

    pieces, place = compact(side.ids, len(state.table.weights))
    rows = state.table.tensor(pieces)
    vectors = state.table.weights[rows].requires_grad_()
    source = torch.cat([vectors, state.ends]).to(torch.bfloat16)
    lengths = np.diff(side.starts)
    order = np.argsort(lengths, kind="stable")
    parts = []
    for group in groups(lengths[order]):
        chosen = order[group]
        ids = state.table.tensor(padded(place, side.starts, chosen, len(vectors)))
        parts.append(mean(state.network, source[ids], state.table.tensor(lengths[chosen] + 2)))
    found = torch.cat(parts)[state.table.tensor(np.argsort(order, kind="stable"))]
    return torch.nn.functional.normalize(found, dim=1), [rows, vectors]


def mean(network: torch.nn.Module, inputs: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """Of what the network makes of the first `lengths` of each row, (n, dimensions)."""
    import torch

    there = torch.arange(inputs.shape[1], device=inputs.device) < lengths[:, None]
    found = network(inputs_embeds=inputs, attention_mask=there.long()).last_hidden_state
    return (found.float() * there[..., None]).sum(dim=1) / lengths[:, None]


def groups(lengths: Ints, budget: int = 1_400) -> list[slice]:
    """Slices of ascending `lengths` of about `budget` tokens each, which stay in the cache."""
    slices: list[slice] = []
    end = len(lengths)
    while end:
        begin = max(0, end - max(1, budget // (int(lengths[end - 1]) + 2)))
        slices.append(slice(begin, end))
        end = begin
    return slices[::-1]


def padded(ids: Ints, starts: Ints, chosen: Ints, pieces: int) -> Ints:
    """The ids of the chosen texts as rows between the marks, which come after all `pieces`."""
    first, last, filler = range(pieces, pieces + len(MARKS))
    lengths = starts[chosen + 1] - starts[chosen]
    rows = np.full((len(chosen), int(lengths.max()) + 2), filler, dtype=np.int64)
    rows[:, 0] = first
    for row, text, length in zip(rows, chosen, lengths, strict=True):
        row[1 : length + 2] = [*ids[starts[text] : starts[text + 1]], last]
    return rows


# --- training -----------------------------------------------------------------------------------------------


def loss_of(
    found: torch.Tensor, goal: torch.Tensor, others: torch.Tensor, config: Config
) -> tuple[torch.Tensor, dict[str, float]]:
    """Lower is better; all are unit vectors, `goal` (n, dimensions) those of the teacher for what was `found`."""
    import torch

    bank = torch.cat([goal, others])
    wanted = (goal @ bank.T * config.scale).softmax(dim=1)
    likeness = -(wanted * (found @ bank.T * config.scale).log_softmax(dim=1)).sum(dim=1).mean()
    floor = -(wanted * wanted.clamp(min=1e-12).log()).sum(dim=1).mean()  # shown, not learned
    apart = 1 - (found * goal).sum(dim=1).mean()
    return likeness + config.pull * apart, {"likeness": (likeness - floor).item(), "apart": apart.item()}


@dataclass
class Clock:
    """How far training is, 0 to 1: by steps, or by the minutes it may take."""

    steps: int
    minutes: float = 0.0
    spent: float = 0.0  # seconds
    since: float = field(default_factory=time.monotonic)

    def seconds(self) -> float:
        return self.spent + time.monotonic() - self.since

    def progress(self, step: int) -> float:
        if self.minutes:
            return min(1.0, self.seconds() / (60 * self.minutes))
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


def train(state: State, data: Lesson, config: Config, clock: Clock, checkpoint: Path) -> None:
    """Trains `state` to the end of `clock`; saves it to `checkpoint` now and then and at the end."""
    saved, report = time.monotonic(), Report()
    while (progress := clock.progress(state.step)) < 1:
        batch = draw_batch(data, config, state.step, longest_at(progress, config))
        side = take(data.side, batch.texts, batch.texts)
        shown = train_step(state, data, batch, side, config, rate_at(state.step, progress, config))
        report.add(state.step, progress, shown, len(side.ids))
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            saved = time.monotonic()
            save_checkpoint(state, clock, checkpoint)
    save_checkpoint(state, clock, checkpoint)


def rate_at(step: int, progress: float, config: Config) -> float:
    """A short rise, a plateau, and a linear fall over the last half."""
    return min(1.0, (step + 1) / config.warmup, 2 * (1 - progress))


def train_step(state: State, data: Lesson, batch: Batch, side: Side, config: Config, rate: float) -> dict[str, float]:
    import torch

    found, (rows, vectors) = embed(state, side)
    goal, others = (state.table.tensor(data.teacher[items].astype(np.float32)) for items in (batch.items, batch.others))
    loss, shown = loss_of(found, goal, others, config)
    loss.backward()
    own = dict(state.network.named_parameters())
    for name, master in state.masters.items():
        master.grad, own[name].grad = own[name].grad.float(), None
    torch.nn.utils.clip_grad_norm_(state.masters.values(), 1.0)
    for group in state.optimiser.param_groups:
        group["lr"] = rate * config.rate
    state.optimiser.step()
    state.publish()
    state.table.update(rows, vectors, rate * config.table_rate)
    return shown


def save_checkpoint(state: State, clock: Clock, path: Path) -> None:
    import torch

    partial = path.with_suffix(".partial")
    kept = {
        "masters": {name: master.detach() for name, master in state.masters.items()},
        "optimiser": state.optimiser.state_dict(),
        "table": {name: getattr(state.table, name) for name in ("weights", "first", "second")},
        "step": state.step,
        "seconds": clock.seconds(),
    }
    torch.save(kept, partial)
    partial.replace(path)


def load_checkpoint(state: State, clock: Clock, path: Path) -> None:
    import torch

    kept = torch.load(path, map_location=state.table.weights.device, weights_only=True)
    for name, master in state.masters.items():
        master.data.copy_(kept["masters"][name])
    state.optimiser.load_state_dict(kept["optimiser"])
    for name, tensor in kept["table"].items():
        setattr(state.table, name, tensor)
    state.table.step, clock.spent = kept["step"], kept["seconds"]
    state.publish()


# --- the whole recipe ---------------------------------------------------------------------------------------


def ship(state: State, tokenizer: Tokenizer, teacher: Path, out: Path) -> None:
    """Writes a sentence-transformers model to `out`: the network, the mean of its tokens, one long."""
    import torch
    from safetensors.torch import load_file, save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import AutoModel

    network = AutoModel.from_pretrained(teacher, local_files_only=True)
    own = dict(network.named_parameters())
    for name, master in state.masters.items():
        own[name].data.copy_(master.detach().cpu())
    words = torch.cat([state.table.weights, state.ends]).cpu()
    network.resize_token_embeddings(len(words))
    network.get_input_embeddings().weight.data.copy_(words)
    marked = with_marks(tokenizer, network.config.max_position_embeddings)
    network.config.pad_token_id = marked.pad_token_id
    with TemporaryDirectory() as folder:
        network.save_pretrained(folder)
        marked.save_pretrained(folder)
        transformer = Transformer(folder)
        pooling = Pooling(network.config.hidden_size, pooling_mode="mean")
        model = SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu")
        model.save(str(out), create_model_card=False, safe_serialization=True)
    weights = out / "model.safetensors"
    halves = {name: tensor.to(torch.float16) for name, tensor in load_file(weights).items()}
    save_file(halves, weights, metadata={"format": "pt"})


def with_marks(tokenizer: Tokenizer, longest: int) -> PreTrainedTokenizerFast:
    """The tokenizer as transformers wants it; the marks come after all pieces."""
    from tokenizers import Tokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    marked = Tokenizer.from_str(tokenizer.to_str())
    marked.add_special_tokens(list(MARKS))
    begin, end, filler = MARKS
    ends = [(mark, marked.token_to_id(mark)) for mark in (begin, end)]
    marked.post_processor = TemplateProcessing(single=f"{begin} $A {end}", special_tokens=ends)
    return PreTrainedTokenizerFast(
        tokenizer_object=marked,
        cls_token=begin,
        sep_token=end,
        pad_token=filler,
        unk_token="<unk>",
        model_max_length=longest,
        model_input_names=["input_ids", "attention_mask"],
    )


@dataclass(frozen=True)
class Paths:
    """Folders: corpora, work, the static encoder to begin from, the teacher, the model to write."""

    corpora: Path
    work: Path
    static: Path
    teacher: Path
    out: Path


def run(paths: Paths, config: Config, device: str = "cpu", minutes: float = 0.0) -> None:
    """The whole recipe: prepares, trains from the last checkpoint of the same configuration, ships."""
    from tokenizers import Tokenizer

    models = (sha256(paths.static / "tokenizer.json"), sha256(paths.teacher / "model.safetensors"))
    texts = fingerprint(config.choice, config.pieces, *models, CHARACTERS, SOURCE_WEIGHTS, LANGUAGE_WEIGHTS)
    folder = paths.work / f"data-{texts}"

    def pieces(texts: Sequence[str]) -> Tokenizer:
        tokenizer = fewer_pieces(paths.static / "tokenizer.json", texts, config.pieces)
        tokenizer.save(str(folder / "tokenizer.json"))
        return tokenizer

    data = lesson(paths.corpora, folder, paths.teacher, config.choice, pieces)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    names = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    state = new_state(first_vectors(names, paths.static, paths.teacher), paths.teacher, config, device)
    clock = Clock(config.steps, minutes)
    checkpoint = paths.work / f"checkpoint-{fingerprint(config, folder.name)}.pt"
    if checkpoint.is_file():
        load_checkpoint(state, clock, checkpoint)
        log("resumed", step=state.step)
    train(state, data, config, clock, checkpoint)
    ship(state, tokenizer, paths.teacher, paths.out)


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    settle(options.threads)
    names = ("pieces", "steps", "batch", "seed")
    choice = replace(Choice(), copyleft=options.copyleft, texts=options.texts, items=options.items)
    config = Config(choice, **{name: getattr(options, name) for name in names})
    log("config", **asdict(config))
    paths = Paths(options.corpora, options.work, options.static, options.teacher or english_folder(), options.out)
    run(paths, config, options.device, options.minutes)
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


if __name__ == "__main__":
    main()
