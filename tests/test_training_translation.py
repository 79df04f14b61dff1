"""The translation recipe end to end, at toy size: same weights twice, resuming, and CTranslate2 agreeing."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.training import commands
from models.training.corpora import CorpusError, Pair
from models.training.translation import average, back, data, recipe, words
from models.training.translation.export import read_weights
from models.training.translation.model import Network, Size
from models.training.translation.optim import orthogonalise
from models.training.translation.start import begin, by_our_names, read_model
from models.training.translation.train import Plan, TiedCrossEntropy
from workbench.errors import InputError
from workbench.folders import faults, read_sums
from workbench.translate import read_package

NOUNS = {
    "chat": ("猫", "cat"),
    "chien": ("狗", "dog"),
    "livre": ("书", "book"),
    "cheval": ("马", "horse"),
    "train": ("火车", "train"),
    "jardin": ("花园", "garden"),
}
VERBS = {
    "attend": ("等待", "waits"),
    "arrive": ("到达", "arrives"),
    "tombe": ("跌倒", "falls"),
    "reste": ("留下", "stays"),
}
PLACES = {
    "ici": ("在这里", "here"),
    "à la gare": ("在车站", "at the station"),
    "dans la rue": ("在街上", "in the street"),
}


def sentences() -> list[tuple[str, str, str]]:
    rng = random.Random(3)
    found = []
    for number in range(600):
        noun, verb, place = (rng.choice(list(words)) for words in (NOUNS, VERBS, PLACES))
        french = f"Le {noun} numéro {number} {verb} {place}."
        chinese = f"{number} 号{NOUNS[noun][0]}{PLACES[place][0]}{VERBS[verb][0]}。"
        found.append((french, chinese, f"The {NOUNS[noun][1]} number {number} {VERBS[verb][1]} {PLACES[place][1]}."))
    return found


def arguments(folder: Path, *more: str) -> list[str]:
    tiny = "--pieces 400 --width 32 --heads 2 --hidden 32 --encoder-layers 2 --decoder-layers 2"
    run = "--workers 1 --no-compiled --batch-tokens 256 --batches-a-step 2 --warm-up 2 --lexicon-pairs 400"
    places = [
        "--corpora",
        str(folder / "corpora"),
        "--work",
        str(folder / "work"),
        "--out",
        str(folder / "out"),
    ]
    return [*places, "--langs", "fr", "zh-Hans", "zh-Hant", *tiny.split(), *run.split(), *more]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipe")
    (folder / "corpora").mkdir()
    rows = sentences()
    for lang, column in (("fr", 0), ("zh-hans", 1), ("zh-hant", 1)):
        lines = "".join(f"{row[column]}\t{row[2]}\ttatoeba\n" for row in rows)
        (folder / "corpora" / f"{lang}.tsv").write_text(lines, encoding="utf-8", newline="\n")
    recipe.main(arguments(folder, "--stage", "prepare"))
    return folder


def trained(prepared: Path, folder: Path, *steps: int, more: Sequence[str] = ()) -> dict[str, np.ndarray]:
    """Weights after training on a copy of the prepared work folder, in one run for each step count."""
    (folder / "work").mkdir(parents=True)
    for name in ("train.npz", "lexicon.npy", "targets.npy", "sentencepiece.model"):
        (folder / "work" / name).write_bytes((prepared / "work" / name).read_bytes())
    for count in steps:
        recipe.main(arguments(folder, "--stage", "train", "--steps", "8", "--stop-at", str(count), *more))
    return read_weights(folder / "work" / "checkpoint.safetensors")[0]


def assert_same(left: dict[str, np.ndarray], right: dict[str, np.ndarray]) -> None:
    assert left.keys() == right.keys()
    for name in left:
        np.testing.assert_array_equal(left[name], right[name], err_msg=name)


def test_two_trainings_give_the_same_weights(prepared: Path, tmp_path: Path) -> None:
    assert_same(trained(prepared, tmp_path / "a", 8), trained(prepared, tmp_path / "b", 8))


def test_a_resumed_training_ends_where_an_unbroken_one_does(prepared: Path, tmp_path: Path) -> None:
    assert_same(trained(prepared, tmp_path / "a", 8), trained(prepared, tmp_path / "b", 3, 8))


def test_what_is_dropped_depends_on_nothing_but_the_plan(prepared: Path, tmp_path: Path) -> None:
    dropping = ["--dropout", "0.3"]
    unbroken = trained(prepared, tmp_path / "a", 8, more=dropping)
    assert_same(unbroken, trained(prepared, tmp_path / "b", 3, 8, more=dropping))
    assert not np.array_equal(
        unbroken["encoder_norm.weight"], trained(prepared, tmp_path / "c", 8)["encoder_norm.weight"]
    )


def test_dropout_leaves_out_the_share_it_is_told_to_and_weighs_the_rest_up() -> None:
    torch.manual_seed(0)
    network = Network(Size(400, 300, width=32, heads=2, hidden=32, encoder_layers=1, decoder_layers=1))
    factors = network.factors(torch.arange(256, dtype=torch.uint8), 0.25)
    assert factors.unique().tolist() == [0.0, pytest.approx(1 / 0.75)]
    assert float(factors.mean()) == pytest.approx(1)
    source, target = torch.tensor([[7, 200, 9, data.EOS]]), torch.tensor([[data.BOS, 5, 200]])
    for_source, for_target = network.noise_shapes(source, target)
    noise = torch.zeros(for_source, dtype=torch.uint8), torch.zeros(for_target, dtype=torch.uint8)
    torch.testing.assert_close(network(source, target, noise, 0.0)[0], network(source, target)[0])
    assert not network(source, target, noise, 0.25)[0].any()  # the lowest byte is dropped everywhere


def greedy(network: Network, source: list[int], longest: int = 20) -> list[int]:
    memory = network.encode(torch.tensor([[*source, data.EOS]]))
    target = [data.BOS]
    while len(target) <= longest:
        states, _ = network.decode(memory, torch.tensor([target]))
        target.append(int((states[0, -1] @ network.target_embedding.T).argmax()))
        if target[-1] == data.EOS:
            return target[1:-1]
    return target[1:]


def test_ctranslate2_says_what_the_network_says(prepared: Path, tmp_path: Path) -> None:
    import ctranslate2

    trained(prepared, tmp_path, 8)
    recipe.main(arguments(tmp_path, "--stage", "export", "--quantization", "float32"))
    weights, size = read_weights(tmp_path / "work" / "checkpoint.safetensors")
    network = Network(size)
    network.load_state_dict({name: torch.from_numpy(weight) for name, weight in weights.items()})
    pieces = recipe.load_tokenizer(tmp_path / "out" / "sentencepiece.model")
    targets = np.load(tmp_path / "work" / "targets.npy")
    texts = [row[side] for row in sentences()[:12] for side in (0, 1)]
    translator = ctranslate2.Translator(str(tmp_path / "out" / "model"), inter_threads=1, intra_threads=1)
    found = translator.translate_batch(
        [pieces.encode(text, out_type=str) for text in texts], beam_size=1, max_decoding_length=20
    )
    for text, result in zip(texts, found, strict=True):
        ids = [int(targets[i]) for i in greedy(network, pieces.encode(text))]
        assert result.hypotheses[0] == [pieces.id_to_piece(i) for i in ids], text


def test_a_training_begins_with_what_a_finished_model_knows(prepared: Path, tmp_path: Path) -> None:
    weights = trained(prepared, tmp_path, 8)
    recipe.main(arguments(tmp_path, "--stage", "export", "--quantization", "float32"))
    network = Network(read_weights(tmp_path / "work" / "checkpoint.safetensors")[1])
    begin(network, tmp_path / "out", prepared / "work", seed=1)
    assert_same({name: tensor.numpy() for name, tensor in network.state_dict().items()}, weights)


def test_a_deeper_network_begins_by_saying_what_the_finished_model_says(prepared: Path, tmp_path: Path) -> None:
    trained(prepared, tmp_path, 8)
    recipe.main(arguments(tmp_path, "--stage", "export", "--quantization", "float32"))
    size = read_weights(tmp_path / "work" / "checkpoint.safetensors")[1]
    shallow, deep = Network(size), Network(replace(size, encoder_layers=5, decoder_layers=3))
    for network in (shallow, deep):
        begin(network, tmp_path / "out", prepared / "work", seed=1)
    source, target = torch.tensor([[7, 300, 9, data.EOS]]), torch.tensor([[data.BOS, 5, 200]])
    told = [network(source, target)[0] for network in (shallow, deep)]
    torch.testing.assert_close(*told)


def test_the_mean_of_two_trainings_is_a_model_with_the_packages_of_the_first(prepared: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    both = [trained(prepared, folder, steps) for folder, steps in zip(folders, (4, 8), strict=True)]
    for folder in folders:
        recipe.main(arguments(folder, "--stage", "export", "--quantization", "float32"))
    outs = [str(folder / "out") for folder in folders]
    average.main([*outs, "--out", str(tmp_path / "mean"), "--quantization", "float32"])
    found = by_our_names(read_model(tmp_path / "mean" / "model" / "model.bin"))
    assert found.keys() == both[0].keys()
    for name in found:
        np.testing.assert_allclose(found[name], (both[0][name] + both[1][name]) / 2, rtol=1e-5, atol=1e-6, err_msg=name)
    assert not list(faults(read_sums(tmp_path / "mean")))
    assert [package.from_code for package in read_package(tmp_path / "mean" / "fr_en")] == ["fr"]


def test_an_output_piece_that_not_all_models_have_is_the_mean_of_those_that_do() -> None:
    one, two = ({"norm": np.array([n]), "target_embedding": np.array([[n, 0.0], [0.0, n]])} for n in (1.0, 3.0))
    found = average.mean([one, two], [{"a": 0, "b": 1}, {"c": 0, "a": 1}])
    np.testing.assert_array_equal(found["target_embedding"], [[0.5, 1.5], [0.0, 1.0]])
    np.testing.assert_array_equal(found["norm"], [2.0])


def test_models_that_do_not_fit_are_not_averaged(prepared: Path, tmp_path: Path) -> None:
    trained(prepared, tmp_path, 4)
    recipe.main(arguments(tmp_path, "--stage", "export"))
    out, mean = tmp_path / "out", tmp_path / "mean"
    with pytest.raises(InputError, match="is there already"):
        average.average([out, out], out, "int8")
    with pytest.raises(InputError, match="work holds no finished model"):
        average.average([out, tmp_path / "work"], mean, "int8")
    shutil.copytree(out, tmp_path / "other")
    (tmp_path / "other" / "sentencepiece.model").write_bytes(b"another")
    with pytest.raises(InputError, match=r"different sentencepiece\.model"):
        average.average([out, tmp_path / "other"], mean, "int8")
    with pytest.raises(InputError, match="different sizes"):
        average.mean([{"norm": np.zeros(2)}, {"norm": np.zeros(3)}], [{}, {}])
    assert not mean.exists()


def test_a_text_comes_again_in_other_pieces_with_the_same_english(prepared: Path, tmp_path: Path) -> None:
    def pairs(cuts: str) -> list[tuple[str, str]]:
        again = ["--work", str(tmp_path / cuts), "--langs", "fr", "--cuts", cuts]
        (tmp_path / cuts).mkdir(exist_ok=True)
        (tmp_path / cuts / "sentencepiece.model").write_bytes((prepared / "work" / "sentencepiece.model").read_bytes())
        recipe.main(arguments(prepared, *again, "--stage", "prepare"))
        made, targets = data.load(tmp_path / cuts / "train.npz"), np.load(tmp_path / cuts / "targets.npy")
        sides = (made.source, made.source_at), (targets[made.target], made.target_at)
        return list(zip(*([tuple(part.tolist()) for part in np.split(*side)[1:-1]] for side in sides), strict=True))

    pieces = recipe.load_tokenizer(prepared / "work" / "sentencepiece.model")
    once, thrice = pairs("1"), pairs("3")
    assert thrice[: len(once)] == once and len(thrice) > 2 * len(once)
    assert len(set(thrice)) > 1.5 * len(set(once))
    assert {tuple(map(pieces.decode, map(list, pair))) for pair in thrice} == {
        tuple(map(pieces.decode, map(list, pair))) for pair in once
    }


def test_what_a_finished_model_knows_goes_over_into_another_vocabulary(prepared: Path, tmp_path: Path) -> None:
    weights = trained(prepared, tmp_path, 8)
    recipe.main(arguments(tmp_path, "--stage", "export", "--quantization", "float32"))
    (tmp_path / "corpora").mkdir()
    (tmp_path / "corpora" / "fr.tsv").write_text((prepared / "corpora" / "fr.tsv").read_text("utf-8"), "utf-8")
    other = ["--work", str(tmp_path / "other"), "--langs", "fr", "--pieces", "330"]
    recipe.main(arguments(tmp_path, *other, "--stage", "prepare"))
    before, after = (Vocabulary.of(tmp_path / name) for name in ("work", "other"))
    size = Size(len(after.source), len(after.target), width=32, heads=2, hidden=32, encoder_layers=2, decoder_layers=2)
    begin(network := Network(size), tmp_path / "out", tmp_path / "other", seed=1)
    found = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    shared = set(before.target) & set(after.target)
    assert len(shared) > 300 and set(after.target) - shared
    for side in ("source", "target"):
        old, new = getattr(before, side), getattr(after, side)
        for piece in set(old) & set(new):
            row = weights[f"{side}_embedding"][old.index(piece)]
            np.testing.assert_array_equal(found[f"{side}_embedding"][new.index(piece)], row, err_msg=piece)
    assert_same(*({name: w for name, w in all_.items() if "embedding" not in name} for all_ in (found, weights)))
    assert np.isfinite(found["target_embedding"]).all() and np.isfinite(found["source_embedding"]).all()


def test_a_model_out_of_english_begins_with_the_words_that_mean_each_piece(prepared: Path, tmp_path: Path) -> None:
    known = trained(prepared, tmp_path, 8)["target_embedding"]
    recipe.main(arguments(tmp_path, "--stage", "export", "--quantization", "float32"))
    before = Vocabulary.of(tmp_path / "work")
    turned = ["--corpora", str(prepared / "corpora"), "--work", str(tmp_path / "turned"), "--langs", "fr", "--turned"]
    (tmp_path / "turned").mkdir()
    pieces = (tmp_path / "work" / "sentencepiece.model").read_bytes()
    (tmp_path / "turned" / "sentencepiece.model").write_bytes(pieces)
    recipe.main(arguments(tmp_path, *turned, "--stage", "prepare"))
    after = Vocabulary.of(tmp_path / "turned")
    size = Size(len(after.source), len(after.target), width=32, heads=2, hidden=32, encoder_layers=2, decoder_layers=2)
    begin(network := Network(size), tmp_path / "out", tmp_path / "turned", seed=1)
    begun = network.target_embedding.detach().numpy()
    for french, english in (("ard", "▁gar"), ("▁arrive", "▁arrive")):  # of jardin, garden; arrive, arrives
        row = begun[after.target.index(french)]
        nearest = np.argsort(-(known @ row) / np.linalg.norm(known, axis=1))[:5]
        assert english in [before.target[i] for i in nearest], french
    np.testing.assert_array_equal(begun[after.target.index(".")], known[before.target.index(".")])


def test_english_is_translated_back_and_learned_with_a_mark(prepared: Path, tmp_path: Path) -> None:
    turned = ["--corpora", str(prepared / "corpora"), "--langs", "fr", "--turned", "--steps", "4"]
    recipe.main(arguments(tmp_path, *turned))
    assert not list((tmp_path / "out").glob("*_en"))  # nobody's package
    told = ["--model", tmp_path / "out", "--corpora", prepared / "corpora", "--english", "zh-Hans=tatoeba"]
    back.main(list(map(str, [*told, "--langs", "fr", "--each", 30, "--out", tmp_path / "back", "--threads", 1])))
    lines = [line.split("\t") for line in (tmp_path / "back" / "fr.tsv").read_text("utf-8").splitlines()]
    written = {row[2] for row in sentences()}
    assert len(lines) == 30 and {english for _, english, _ in lines} <= written
    (tmp_path / "back" / "fr.tsv").write_text("Le chat attend.\tThe cat waits here.\ttatoeba\n", "utf-8")
    learning = ["--corpora", str(prepared / "corpora"), "--langs", "zh-Hans", "fr", "--back"]  # for fr alone there is
    mixed = recipe.read_mix(recipe.options().parse_args(arguments(tmp_path, *learning, str(tmp_path / "back"))))
    assert Pair("{ Le chat attend.", "The cat waits here.", "tatoeba") in mixed
    with pytest.raises(InputError, match="has no file of zh-Hans, fr"):
        recipe.read_mix(recipe.options().parse_args(arguments(tmp_path, *learning, str(tmp_path))))
    out_of_english = recipe.read_mix(recipe.options().parse_args(arguments(tmp_path, *turned)))
    assert any(pair.foreign.startswith("fr The ") and pair.english.startswith("Le ") for pair in out_of_english)


def test_prose_worth_translating_back_is_whole_sentences_without_code() -> None:
    assert back.is_prose("The council met on Tuesday, and it voted against the plan.")
    assert not back.is_prose("The council met.")
    assert not back.is_prose("and then it voted against the plan of the council.")
    assert not back.is_prose("Run the command `ls -l` to see which files are in the folder.")
    assert not back.is_prose(f"The council {'met and ' * 60}went home.")


@dataclass(frozen=True)
class Vocabulary:
    source: list[str]
    target: list[str]

    @staticmethod
    def of(work: Path) -> Vocabulary:
        pieces = recipe.load_tokenizer(work / "sentencepiece.model")
        source = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
        return Vocabulary(source, [source[i] for i in np.load(work / "targets.npy")])


def test_word_lists_are_learned_as_pairs_and_bags_of_words_by_the_lexicon_alone(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    bags = "".join(f"baleine jardin {i}\tthe {i} whale\thanja-tatoeba\n" for i in range(60))
    (tmp_path / "lists" / "fr.tsv").write_text(f"loutre\totter\tcldr\n{bags}", encoding="utf-8")
    chosen = ["--corpora", str(prepared / "corpora"), "--lexicons", str(tmp_path / "lists"), "--langs", "fr"]
    options = recipe.options().parse_args(arguments(tmp_path, *chosen))
    texts = {pair.foreign for pair in recipe.read_mix(options)}
    assert "loutre" in texts and not any("baleine" in text for text in texts)
    recipe.prepare(options)
    pieces, table = Vocabulary.of(tmp_path / "work"), np.load(tmp_path / "work" / "lexicon.npy")
    tokenizer = recipe.load_tokenizer(tmp_path / "work" / "sentencepiece.model")
    cuts = {word: tokenizer.encode_as_pieces(word) for word in ("baleine", "whale")}
    rows = [pieces.source.index(cut) for cut in cuts["baleine"]]
    columns = [pieces.target.index(cut) for cut in cuts["whale"] if cut in pieces.target]
    assert table[rows][:, columns].max() > 0.1


def test_packages_name_their_languages(prepared: Path, tmp_path: Path) -> None:
    trained(prepared, tmp_path, 1)
    recipe.main(arguments(tmp_path, "--stage", "export"))
    found = {p.parent.name: json.loads(p.read_text("utf-8")) for p in tmp_path.glob("out/*_en/metadata.json")}
    assert {name: m["from_code"] for name, m in found.items()} == {
        "fr_en": "fr",
        "zh_en": "zh",
        "zt_en": "zt",
    }
    assert (tmp_path / "out" / "model" / "model.bin").is_file()


def test_the_tokenizer_reads_both_scripts_alike_and_loses_no_english(prepared: Path) -> None:
    pieces = recipe.load_tokenizer(prepared / "work" / "sentencepiece.model")
    assert pieces.encode("火车在车站等待") == pieces.encode("火車在車站等待")
    english = "The “dog” waits … at 7:45, naïve café – 100 %!"
    assert pieces.decode(pieces.encode(english)) == english


def test_the_tokenizer_tells_nothing_of_where_it_was_made(prepared: Path) -> None:
    (model,) = prepared.rglob("sentencepiece.model")
    assert str(prepared).encode() not in model.read_bytes()


def test_the_lexicon_finds_which_piece_stands_for_which() -> None:
    rng = np.random.default_rng(1)
    means = dict(zip(range(3, 23), rng.permutation(range(3, 23)), strict=True))
    sources = [rng.choice(list(means), size=rng.integers(2, 7), replace=False) for _ in range(400)]
    pairs = [(source, np.array([means[word] for word in reversed(source)])) for source in sources]
    table = words.train_lexicon(data.flatten(pairs), (23, 23), 24, 400, 5, seed=1)
    assert {word: int(table[word].argmax()) for word in means} == means
    aligned = words.alignment(table, sources[0][None], pairs[0][1][None])[0]
    assert aligned.argmax(1).tolist() == list(range(len(sources[0])))[::-1]


def test_loss_and_its_gradients_are_those_of_plain_cross_entropy() -> None:
    torch.manual_seed(1)
    states, table = torch.randn(9, 8, requires_grad=True), torch.randn(12, 8, requires_grad=True)
    labels, weights = torch.randint(0, 12, (9,)), torch.tensor([1.0] * 7 + [0.0] * 2)
    plain = torch.nn.functional.cross_entropy(
        states @ table.T, labels, reduction="none", label_smoothing=TiedCrossEntropy.SMOOTHING
    )
    expected = torch.autograd.grad((plain * weights).sum(), (states, table))
    loss = TiedCrossEntropy.apply(states, table, labels, weights)
    assert torch.allclose(loss, (plain * weights).sum(), rtol=1e-5)
    for found, wanted in zip(torch.autograd.grad(loss, (states, table)), expected, strict=True):
        assert torch.allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize("precision", [torch.bfloat16, torch.float32])
def test_orthogonalised_matrices_have_singular_values_near_one(precision: torch.dtype) -> None:
    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonalise(torch.randn(3, 16, 48), precision))
    assert values.min() > 0.5 and values.max() < 1.5


def test_batches_cover_every_fitting_pair_once_with_one_source_length_each() -> None:
    rng = np.random.default_rng(1)
    pairs = [(np.arange(rng.integers(1, 12)), np.arange(rng.integers(1, 12))) for _ in range(500)]
    encoded = data.flatten(pairs)
    found = data.batches(encoded, 64, 10, rng)
    rows = np.concatenate(found)
    assert len(set(rows)) == len(rows)
    lengths = np.diff(encoded.source_at) + 1
    assert all(len(set(lengths[batch])) == 1 for batch in found)
    assert all(len(batch) * (np.diff(encoded.target_at)[batch].max() + 1) <= 64 for batch in found)


def test_augmentation_adds_copies_capitals_and_joined_pairs() -> None:
    pairs = [Pair(f"Phrase {i}.", f"Sentence {i}.", "tatoeba") for i in range(100)]
    more = data.augment(pairs, seed=1)
    assert set(pairs) <= set(more)
    assert any(p.foreign == p.english for p in more)
    assert any(p.foreign.isupper() and p.english.isupper() for p in more)
    assert any(p.foreign.count("Phrase") > 1 for p in more)


def test_documentation_fills_in_where_a_language_has_hardly_any_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, pairs in (("LITTLE_PROSE", 20), ("DOCS_CAP", 10), ("DOCS_INSTEAD", 40)):
        monkeypatch.setattr(data, name, pairs)
    manual = [Pair(f"Bouton {i}", f"Button {i}", "python-docs") for i in range(100)]
    prose = [Pair(f"Phrase {i}", f"Sentence {i}", "lctt") for i in range(30)]
    mixes = (data.mix(pairs, seed=1) for pairs in (manual + prose, manual))
    assert [sum(pair.source == "python-docs" for pair in mix) for mix in mixes] == [10, 40]


def users_texts(folder: Path, lang: str = "it", source: str = "mine", pairs: int = 60) -> list[str]:
    """Arguments for a training on texts that are nobody's but a user's."""
    folder.mkdir(exist_ok=True)
    (folder / "corpora").mkdir(exist_ok=True)
    lines = "".join(f"{row[0]}\t{row[2]}\t{source}\n" for row in sentences()[:pairs])
    (folder / "corpora" / f"{lang}.tsv").write_text("\ufeff" + lines, encoding="utf-8", newline="\r\n")
    given = arguments(folder)
    given[given.index("--langs") + 1 : given.index("--pieces")] = [lang]
    return given


def test_a_user_trains_on_texts_of_their_own_in_another_language(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level("INFO")
    given = users_texts(tmp_path, pairs=400)
    with pytest.raises(CorpusError, match=r"not listed as permissive \(mine\), which --copyleft uses too"):
        recipe.main(given)
    monkeypatch.setattr(data, "DOCS_INSTEAD", 60)
    (tmp_path / "test.it-en.tsv").write_text("Le chat reste.\tThe cat stays.\n" * 3, encoding="utf-8")
    more = ["--copyleft", "--steps", "2", "--eval", str(tmp_path), "--eval-sets", "test", "absent"]
    recipe.main([*given, *more])
    assert "mine: 60 of 71 pairs; --prose mine takes all" in caplog.text
    said = capsys.readouterr().out
    assert "test.it-en.tsv\nmodel = it_en" in said and "BLEU = " in said and "no" in said and "absent.it-en.tsv" in said
    (package,) = read_package(tmp_path / "out" / "it_en")
    assert (package.from_code, package.to_code) == ("it", "en")
    with pytest.raises(InputError, match=r"chosen by another --prose .*name another --work"):
        recipe.main([*given, *more, "--prose", "mine"])
    with pytest.raises(InputError, match=r"checkpoint\.safetensors is of another network"):
        recipe.main([*given, *more, "--hidden", "64"])


def test_few_texts_or_long_ones_alone_can_be_trained_on(tmp_path: Path) -> None:
    given = users_texts(tmp_path, "fr")
    lines = [
        f"{'Le chat dort. ' * 6}Il est {word}.\t{'The cat sleeps. ' * 6}It is {word}.\ttatoeba\n" for word in "abcd"
    ]
    (tmp_path / "corpora" / "fr.tsv").write_text("".join(lines), encoding="utf-8")
    recipe.main([*given, "--pieces", "300", "--steps", "2"])
    assert (tmp_path / "out" / "fr_en" / "metadata.json").exists()


@pytest.mark.parametrize(
    ("content", "pieces", "said"),
    [
        (b"", "400", "is empty"),
        (b"Le chat.\tThe cat.\n", "400", "1 lines are not foreign<TAB>english<TAB>source"),
        ("Le chat a dormi.\tThe cat slept.\ttatoeba\n".encode("utf-16"), "400", "is no UTF-8"),
        (b"Le chat.\tThe cat.\ttatoeba\n", "100", "No 100 pieces can be made of"),
        (b"Le chat. " * 90 + b"\t" + b"The cat. " * 90 + b"\ttatoeba\n", "280", "use sentences, not pages"),
    ],
)
def test_what_cannot_be_trained_on_is_one_sentence(tmp_path: Path, content: bytes, pieces: str, said: str) -> None:
    given = users_texts(tmp_path, "fr")
    (tmp_path / "corpora" / "fr.tsv").write_bytes(content)
    with pytest.raises(CorpusError, match=said):
        recipe.main([*given, "--stage", "prepare", "--pieces", pieces])
    with pytest.raises(InputError, match="run --stage prepare first"):
        recipe.main([*given, "--stage", "train"])


def test_what_is_missing_is_said_before_anything_is_trained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = users_texts(tmp_path, "fr")
    at = given.index("--out")
    with pytest.raises(SystemExit):
        recipe.main(given[:at] + given[at + 2 :])
    assert "--out is missing" in capsys.readouterr().err
    with pytest.raises(InputError, match="nonsense"):
        recipe.main([*given, "--langs", "nonsense"])
    with pytest.raises(SystemExit, match="error: No training pairs for de in"):
        commands.run(lambda: recipe.main([*given, "--langs", "de"]))


def test_minutes_may_be_parts_of_one() -> None:
    given = ["--corpora=a", "--work=b", "--langs", "fr", "--minutes=0.5", "--checkpoint-minutes=0.1"]
    plan = recipe.fields(Plan, recipe.options().parse_args(given))
    assert (plan["minutes"], plan["checkpoint_minutes"]) == (0.5, 0.1)


def test_a_size_says_its_head_width() -> None:
    assert Size(10, 10, width=32, heads=2).head_width == 16
