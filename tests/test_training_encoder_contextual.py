"""The contextual encoder's recipe on a few hundred invented pairs; a tiny static encoder is seed and teacher."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from models.training.encoder import contextual
from models.training.encoder.contextual import (
    Batch,
    Clock,
    Config,
    Data,
    Paths,
    dice,
    draw_batch,
    equal_shapes,
    padded,
    rate_at,
    run,
)
from models.training.encoder.evaluate import agreement, retrieval_accuracy
from models.training.encoder.sampling import text_id
from models.training.encoder.static import recipe as static_recipe
from models.training.encoder.static.data import Sources
from models.training.encoder.texts import Side
from tests.test_training_encoder import TINY as STATIC
from tests.test_training_encoder import WORDS, write_corpora
from workbench.cli.main import app
from workbench.embed.encoder import load

TINY = Config(
    languages=("fr", "zh-Hans"),
    texts=150,
    clusters=4,
    layers=2,
    heads=2,
    hidden=32,
    plain_steps=4,
    steps=8,
    batch=16,
    run=4,
    plain_batch=24,
)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    folder = tmp_path_factory.mktemp("contextual")
    corpora = write_corpora(folder / "corpora")
    static_recipe.run(Sources(corpora), folder / "static-work", folder / "static", STATIC)
    return Paths(corpora, folder / "work", folder / "static", folder / "static", folder / "model")


@pytest.fixture(scope="module")
def shipped(paths: Paths) -> Path:
    run(paths, TINY)
    return paths.out


def weights_of(model: Path) -> bytes:
    return (model / "model.safetensors").read_bytes()


def test_two_trainings_give_the_same_weights(paths: Paths, shipped: Path, tmp_path: Path) -> None:
    run(replace(paths, work=tmp_path / "work", out=tmp_path / "model"), TINY)
    assert weights_of(tmp_path / "model") == weights_of(shipped)


@pytest.mark.parametrize("last", [2, 7])
def test_an_interrupted_training_goes_on_to_the_same_weights(
    paths: Paths, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    def stops_halfway(data: Data, config: Config, step: int, longest: int) -> Batch:
        if step == last:
            raise KeyboardInterrupt
        return draw_batch(data, config, step, longest)

    again = replace(paths, work=tmp_path / "work", out=tmp_path / "model")
    with monkeypatch.context() as patch:
        patch.setattr(contextual, "draw_batch", stops_halfway)
        patch.setattr(contextual, "CHECKPOINT_SECONDS", 0.0)
        with pytest.raises(KeyboardInterrupt):
            run(again, TINY)
    run(again, TINY)
    assert weights_of(tmp_path / "model") == weights_of(shipped)


def test_training_changes_the_network_and_brings_translations_together(
    paths: Paths, shipped: Path, tmp_path: Path
) -> None:
    run(replace(paths, out=tmp_path / "untrained"), replace(TINY, plain_steps=0, steps=0))
    assert weights_of(tmp_path / "untrained") != weights_of(shipped)
    english = list(WORDS)
    encode = load(shipped).encode
    for side in (0, 1):
        found = encode([words[side] for words in WORDS.values()])
        assert retrieval_accuracy(found, encode(english)) > 0.6


def test_an_untrained_network_knows_what_the_static_encoder_knows(paths: Paths, tmp_path: Path) -> None:
    """The layers add nothing yet, and the linear map is to the space that the static encoder is in already."""
    run(replace(paths, out=tmp_path), replace(TINY, plain_steps=0, steps=0))
    texts = [" ".join(pair) for pair in zip(WORDS, [words[0] for words in WORDS.values()], strict=True)]
    cosines = (load(tmp_path).encode(texts) * load(paths.static).encode(texts)).sum(axis=1)
    assert cosines.mean() > 0.95


def test_every_item_has_its_english_text_first_and_all_its_versions(paths: Paths, shipped: Path) -> None:
    (folder,) = paths.work.glob("data-*")
    ids, text_starts, *rest = (np.load(folder / f"{name}.npy") for name in contextual.ARRAYS)
    data = Data(Side(ids, text_starts), *rest)
    chances = np.diff(data.weight, prepend=0.0)
    assert sorted(data.versions) == list(range(len(data.item)))
    assert np.all(np.diff(data.starts) >= 2)
    assert np.all(data.item[data.versions] == np.repeat(np.arange(len(data.teacher)), np.diff(data.starts)))
    assert np.all(chances[data.versions[data.starts[:-1]]] == 0)
    assert np.all(np.diff(data.cluster) >= 0)
    batch = draw_batch(data, TINY, 3, 64)
    assert len(set(batch.items)) == len(batch.items) <= TINY.batch
    assert np.array_equal(data.item[batch.left], batch.items) and np.array_equal(data.item[batch.right], batch.items)
    assert np.all(batch.left != batch.right)


def test_short_texts_come_alone_as_long_as_only_they_may(paths: Paths, shipped: Path) -> None:
    (folder,) = paths.work.glob("data-*")
    ids, text_starts, *rest = (np.load(folder / f"{name}.npy") for name in contextual.ARRAYS)
    data = Data(Side(ids, text_starts), *rest)
    lengths = np.diff(text_starts)
    longest = int(np.median(lengths))
    batch = draw_batch(data, TINY, 0, longest)
    assert lengths[batch.left].max() <= longest and lengths[batch.right].max() <= longest


def test_groups_of_like_length_hold_every_text_once_within_the_budget() -> None:
    lengths = np.sort(np.random.default_rng(4).integers(1, 60, 200))
    groups = equal_shapes(lengths, 256)
    assert np.concatenate([np.arange(200)[group] for group in groups]).tolist() == list(range(200))
    for group in groups:
        width = -(-lengths[group].max() // 8) * 8
        assert len(lengths[group]) == 1 or len(lengths[group]) * width <= 256
        assert -(-lengths[group].min() // 8) * 8 == width


def test_rows_are_padded_to_the_width_of_their_group() -> None:
    rows = padded(np.array([5, 6, 7, 8, 9]), np.array([0, 2, 5]), np.array([1, 0]))
    assert rows.tolist() == [[7, 8, 9, 0, 0, 0, 0, 0], [5, 6, 0, 0, 0, 0, 0, 0]]


def test_dice_are_even_and_the_text_alone_decides() -> None:
    thrown = [dice(text_id(f"sentence {number}")) for number in range(2_000)]
    assert thrown[0] == dice(text_id("Sentence 0"))
    assert min(thrown) > 0 and max(thrown) < 1
    assert abs(np.mean(thrown) - 0.5) < 0.03


def test_the_clock_ends_training_where_steps_do_not() -> None:
    assert Clock(steps=10).progress(5) == 0.5
    assert Clock(steps=10, hours=1, spent=1800).progress(0) == pytest.approx(0.5, abs=1e-3)
    assert Clock(steps=10, hours=1, spent=7200).progress(0) == 1
    assert rate_at(0) < rate_at(0.3) == 1 > rate_at(0.8) > rate_at(1) == 0


def test_the_shipped_folder_loads_in_sentence_transformers_and_gives_the_same(shipped: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["maison rivière", "房屋河流。", "house", "", "a" * 10_000, "🙂🙂", "bread \x00 night"]
    model = SentenceTransformer(str(shipped), device="cpu", local_files_only=True, trust_remote_code=True)
    ours, theirs = load(shipped).encode(texts), model.encode(texts, show_progress_bar=False)
    assert ours.shape == (7, STATIC.dimensions) and ours.dtype == np.float32
    assert np.allclose(ours, theirs, atol=1e-5)
    norms = np.linalg.norm(ours, axis=1)
    assert np.allclose(norms[[0, 1, 2]], 1, atol=1e-5) and norms[3] == 0
    assert {path.suffix for path in shipped.iterdir()} == {".json", ".safetensors"}


def test_a_vector_does_not_depend_on_what_is_encoded_with_it(shipped: Path) -> None:
    encode = load(shipped).encode
    long = " ".join([*WORDS, *WORDS])
    assert np.allclose(encode(["house", long])[0], encode(["house"])[0], atol=1e-5)
    assert encode([]).shape == (0, STATIC.dimensions)


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


def test_without_layers_a_static_encoder_of_the_same_angles_is_shipped(paths: Paths, tmp_path: Path) -> None:
    for layers, name in ((0, "static"), (2, "contextual")):
        run(replace(paths, out=tmp_path / name), replace(TINY, layers=layers, steps=0))
    texts = [*WORDS, *(word for words in WORDS.values() for word in words)]
    static, contextual = (load(tmp_path / name).encode(texts) for name in ("static", "contextual"))
    modules = json.loads((tmp_path / "static" / "modules.json").read_text(encoding="utf-8"))
    assert modules[0]["type"].endswith("StaticEmbedding")
    assert np.allclose(static @ static.T, contextual @ contextual.T, atol=0.03)
