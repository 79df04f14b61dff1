"""The contextual encoder's recipe on a few hundred invented pairs; a tiny network of the teacher's kind teaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from models.training.encoder.contextual import train
from models.training.encoder.contextual.batches import Batch, draw_batch
from models.training.encoder.contextual.config import Config
from models.training.encoder.contextual.data import Choice, Lesson, dice, lesson
from models.training.encoder.contextual.network import groups, padded
from models.training.encoder.contextual.recipe import Paths, run
from models.training.encoder.contextual.train import Clock, rate_at
from models.training.encoder.evaluate import agreement, retrieval_accuracy
from models.training.encoder.sampling import text_id
from models.training.encoder.static import recipe as static_recipe
from models.training.encoder.static.data import Sources
from tests.test_training_encoder import TINY as STATIC
from tests.test_training_encoder import WORDS, write_corpora
from workbench.cli.main import app
from workbench.embed.encoder import load

WIDTH = 32
TINY = Config(
    Choice(languages=("fr", "zh-Hans"), texts=150, clusters=4),
    pieces=200,
    steps=60,
    batch=24,
    run=4,
    others=6,
    rate=1e-3,
    table_rate=0.02,
    warmup=2,
)


def write_teacher(folder: Path) -> Path:
    """An English encoder of random weights that knows every word of the pairs."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(3)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".,", *WORDS]
    parts = folder / "parts"
    BertTokenizer(vocab={word: row for row, word in enumerate(words)}).save_pretrained(parts)
    sizes = {"hidden_size": WIDTH, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    network = BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=96, **sizes))
    network.get_input_embeddings().weight.data.mul_(20)  # words apart, as in a network that has learned
    network.save_pretrained(parts)
    modules = [Transformer(str(parts)), Pooling(WIDTH, pooling_mode="mean"), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "teacher"), create_model_card=False)
    return folder / "teacher"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    folder = tmp_path_factory.mktemp("contextual")
    corpora = write_corpora(folder / "corpora")
    static_recipe.run(Sources(corpora), folder / "static-work", folder / "static", STATIC)
    return Paths(corpora, folder / "work", folder / "static", write_teacher(folder), folder / "model")


@pytest.fixture(scope="module")
def shipped(paths: Paths) -> Path:
    run(paths, TINY)
    return paths.out


@pytest.fixture(scope="module")
def data(paths: Paths, shipped: Path) -> Lesson:
    (folder,) = paths.work.glob("data-*")
    return lesson(paths.corpora, folder, paths.teacher, TINY.choice, lambda texts: pytest.fail("made anew"))


def weights_of(model: Path) -> bytes:
    return (model / "model.safetensors").read_bytes()


def test_two_trainings_give_the_same_weights(paths: Paths, shipped: Path, tmp_path: Path) -> None:
    run(replace(paths, work=tmp_path / "work", out=tmp_path / "model"), TINY)
    assert weights_of(tmp_path / "model") == weights_of(shipped)


def test_an_interrupted_training_goes_on_to_the_same_weights(
    paths: Paths, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops_halfway(data: Lesson, config: Config, step: int, longest: int) -> Batch:
        if step == 7:
            raise KeyboardInterrupt
        return draw_batch(data, config, step, longest)

    again = replace(paths, work=tmp_path / "work", out=tmp_path / "model")
    with monkeypatch.context() as patch:
        patch.setattr(train, "draw_batch", stops_halfway)
        patch.setattr(train, "CHECKPOINT_SECONDS", 0.0)
        with pytest.raises(KeyboardInterrupt):
            run(again, TINY)
    run(again, TINY)
    assert weights_of(tmp_path / "model") == weights_of(shipped)


def test_translations_come_to_where_the_teacher_puts_their_english(paths: Paths, shipped: Path, tmp_path: Path) -> None:
    run(replace(paths, out=tmp_path / "untrained"), replace(TINY, steps=0))
    taught = load(paths.teacher).encode(list(WORDS))

    def near(model: Path, side: int) -> float:
        return float((load(model).encode([words[side] for words in WORDS.values()]) * taught).sum(axis=1).mean())

    for side in (0, 1):
        assert near(shipped, side) > near(tmp_path / "untrained", side) + 0.1
        found = load(shipped).encode([words[side] for words in WORDS.values()])
        assert retrieval_accuracy(found, load(shipped).encode(list(WORDS))) > 0.6


def test_training_goes_on_from_a_model(paths: Paths, shipped: Path, tmp_path: Path) -> None:
    for steps, name in ((0, "same"), (2, "further")):
        again = replace(paths, start=shipped, work=tmp_path / "work", out=tmp_path / name)
        run(again, replace(TINY, steps=steps))
    assert weights_of(tmp_path / "same") == weights_of(shipped) != weights_of(tmp_path / "further")
    texts = list(WORDS)
    assert np.allclose(load(tmp_path / "same").encode(texts), load(shipped).encode(texts), atol=1e-6)


def test_every_item_has_its_english_text_and_that_is_not_drawn(data: Lesson) -> None:
    chances = np.diff(data.weight, prepend=0.0)
    assert np.all(data.item[data.english] == np.arange(len(data.teacher)))
    assert np.all(chances[data.english] == 0) and np.count_nonzero(chances) == len(data.item) - len(data.english)
    assert np.all(np.diff(data.cluster) >= 0)


def test_a_batch_holds_each_item_once_and_is_held_against_others_like_it(data: Lesson) -> None:
    batch = draw_batch(data, TINY, 3, 64)
    assert len(set(batch.items)) == len(batch.items) <= TINY.batch
    assert np.array_equal(data.item[batch.texts], batch.items)
    clusters = {data.cluster[text] for text in data.english[batch.items]}
    assert len(batch.others) and not set(batch.others) & set(batch.items)
    assert {data.cluster[text] for text in data.english[batch.others]} <= clusters


def test_short_texts_come_alone_as_long_as_only_they_may(data: Lesson) -> None:
    lengths = np.diff(data.side.starts)
    longest = int(np.median(lengths))
    assert lengths[draw_batch(data, TINY, 0, longest).texts].max() <= longest < lengths.max()


def test_groups_of_like_length_hold_every_text_once_within_the_budget() -> None:
    lengths = np.sort(np.random.default_rng(4).integers(1, 60, 200))
    found = groups(lengths, 256)
    assert np.concatenate([np.arange(200)[group] for group in found]).tolist() == list(range(200))
    assert all(len(lengths[group]) * (lengths[group].max() + 2) <= 256 for group in found)


def test_rows_stand_between_marks_and_are_padded_to_the_longest() -> None:
    rows = padded(np.array([5, 6, 7, 8, 9]), np.array([0, 2, 5]), np.array([1, 0]), 20)
    assert rows.tolist() == [[20, 7, 8, 9, 21], [20, 5, 6, 21, 22]]


def test_dice_are_even_and_the_text_alone_decides() -> None:
    thrown = [dice(text_id(f"sentence {number}")) for number in range(2_000)]
    assert thrown[0] == dice(text_id("Sentence 0"))
    assert min(thrown) > 0 and max(thrown) < 1
    assert abs(np.mean(thrown) - 0.5) < 0.03


def test_the_clock_ends_training_where_steps_do_not() -> None:
    assert Clock(steps=10).progress(5) == 0.5
    assert Clock(steps=10, minutes=60, spent=1800).progress(0) == pytest.approx(0.5, abs=1e-3)
    assert Clock(steps=10, minutes=60, spent=7200).progress(0) == 1
    assert rate_at(0, 0, TINY) < rate_at(9, 0.3, TINY) == 1 > rate_at(9, 0.8, TINY) > rate_at(9, 1, TINY) == 0


def test_the_shipped_folder_is_an_ordinary_model_with_few_pieces(shipped: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["maison rivière", "房屋河流。", "house", "", "a" * 10_000, "🙂🙂", "bread \x00 night"]
    model = SentenceTransformer(str(shipped), device="cpu", local_files_only=True)
    ours, theirs = load(shipped).encode(texts), model.encode(texts, show_progress_bar=False)
    assert ours.shape == (7, WIDTH) and ours.dtype == np.float32
    assert np.allclose(np.delete(ours, 3, 0), np.delete(theirs, 3, 0), atol=1e-5) and not ours[3].any()
    assert len(model.tokenizer) <= TINY.pieces + 3
    assert {path.suffix for path in shipped.rglob("*") if path.is_file()} == {".json", ".safetensors"}


def test_a_vector_does_not_depend_on_what_is_encoded_with_it(shipped: Path) -> None:
    encode = load(shipped).encode
    assert np.allclose(encode(["house", " ".join(WORDS)])[0], encode(["house"])[0], atol=1e-5)
    assert encode([]).shape == (0, WIDTH)


def test_agreement_is_whole_with_the_truth_and_none_with_chance() -> None:
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(200, 8)).astype(np.float32)
    truth, chance = vectors @ vectors.T, rng.normal(size=(200, 200)).astype(np.float32)
    assert agreement(truth, truth) == pytest.approx({"correlation": 1, "neighbours": 1})
    found = agreement(truth, chance)
    assert abs(found["correlation"]) < 0.05 and found["neighbours"] < 0.15


def test_the_command_line_scores_a_trained_encoder(shipped: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("".join(f"{words[0]}\t{word}\n" for word, words in WORDS.items()), encoding="utf-8")
    done = CliRunner().invoke(app, ["eval", "retrieval", "--pairs", str(pairs), "--model", str(shipped)])
    found = dict(line.split(" = ") for line in done.stdout.splitlines())
    assert done.exit_code == 0 and found["pairs"] == str(len(WORDS))
    assert 0.6 < float(found["first -> second"]) <= 1
