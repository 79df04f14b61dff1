"""The encoder's recipe on a few hundred invented pairs, and the bundled encoder on invented sentences."""

from __future__ import annotations

import hashlib
import json
import lzma
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from models.training.corpora import CorpusError, Pair, is_permissive, is_plausible, read_pairs
from models.training.encoder.evaluate import retrieval, retrieval_accuracy
from models.training.encoder.static.batches import Batch, draw_batch
from models.training.encoder.static.config import Config
from models.training.encoder.static.data import Sources, encode_corpus, thinned
from models.training.encoder.static.export import quantise, shipped_encoder, static_vectors
from models.training.encoder.static.recipe import main, run
from models.training.encoder.static.start import halfway, learned_vectors
from models.training.encoder.static.train import contrastive_loss
from models.training.encoder.texts import Side, take
from models.training.encoder.vocabulary import new_tokenizer, with_words
from tests.support import ROOT, absent
from workbench.embed import load

WORDS = {
    "house": ("maison", "房屋"),
    "river": ("rivière", "河流"),
    "bread": ("pain", "面包"),
    "night": ("nuit", "夜晚"),
    "music": ("musique", "音乐"),
    "garden": ("jardin", "花园"),
    "window": ("fenêtre", "窗户"),
    "teacher": ("professeur", "老师"),
    "letter": ("lettre", "信件"),
    "winter": ("hiver", "冬天"),
    "market": ("marché", "市场"),
    "bridge": ("pont", "桥梁"),
}
TINY = Config(
    languages=("fr", "zh-Hans"),
    vocabulary=120,
    sample=300,
    dimensions=16,
    steps=40,
    batch=32,
    run=4,
    rate=0.05,
)


def write_corpora(folder: Path, count: int = 300) -> Path:
    """`count` sentences of three words each in French and Chinese, the same English on both."""
    folder.mkdir()
    rng = random.Random(7)
    lines: dict[str, list[str]] = {"fr": [], "zh-hans": []}
    for _ in range(count):
        chosen = rng.sample(sorted(WORDS), 4)
        french, chinese = zip(*(WORDS[word] for word in chosen), strict=True)
        lines["fr"].append(f"{' '.join(french)}\t{' '.join(chosen)}\ttatoeba\n")
        lines["zh-hans"].append(f"{''.join(chinese)}。\t{' '.join(chosen)}\ttatoeba\n")
    (folder / "fr.tsv").write_text("".join(lines["fr"]), encoding="utf-8")
    with lzma.open(folder / "zh-hans.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("".join(lines["zh-hans"]))
    return folder


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpora(tmp_path_factory.mktemp("data") / "corpora")


@pytest.fixture(scope="module")
def shipped(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    run(Sources(corpora), folder / "work", folder / "model", TINY)
    return folder / "model"


def weights_of(model: Path) -> bytes:
    (path,) = model.rglob("model.safetensors")
    return path.read_bytes()


def test_two_trainings_give_the_same_weights_and_vocabulary(corpora: Path, shipped: Path, tmp_path: Path) -> None:
    run(Sources(corpora), tmp_path / "work", tmp_path / "model", TINY)
    assert weights_of(tmp_path / "model") == weights_of(shipped)
    (first,), (second,) = shipped.rglob("tokenizer.json"), (tmp_path / "model").rglob("tokenizer.json")
    assert first.read_bytes() == second.read_bytes()


def test_an_interrupted_training_goes_on_to_the_same_weights(
    corpora: Path, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.training.encoder.static import train

    def stops_halfway(*arguments: object) -> Batch:
        if arguments[-1] == 25:
            raise KeyboardInterrupt
        return draw_batch(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(train, "draw_batch", stops_halfway)
        patch.setattr(train, "CHECKPOINT_EVERY", 10)
        with pytest.raises(KeyboardInterrupt):
            run(Sources(corpora), tmp_path / "work", tmp_path / "model", TINY)
    run(Sources(corpora), tmp_path / "work", tmp_path / "model", TINY)
    assert weights_of(tmp_path / "model") == weights_of(shipped)


def test_a_user_trains_on_texts_of_their_own_in_another_language(
    corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "it.tsv").write_bytes((corpora / "fr.tsv").read_bytes().replace(b"tatoeba", b"mine"))
    (tmp_path / "test.it-en.tsv").write_bytes((corpora / "fr.tsv").read_bytes())
    tiny = ["--vocabulary=120", "--dimensions=16", "--steps=20", "--batch=32", "--rate=0.05"]
    places = [f"--work={tmp_path / 'work'}", f"--out={tmp_path / 'out'}", f"--eval={tmp_path}", "--eval-sets", "test"]
    given = [f"--corpora={tmp_path}", "--langs", "it", *tiny, *places]
    with pytest.raises(CorpusError, match=r"not listed as permissive \(mine\), which --copyleft uses too"):
        main(given)
    main([*given, "--copyleft"])
    assert " it>en=" in capsys.readouterr().out
    assert load(tmp_path / "out").encode(["maison"]).shape == (1, 16)
    for wrong, said in ((["--draw", "fr=2"], "--draw names fr"), (["--draw", "it=many"], "invalid")):
        with pytest.raises(SystemExit):
            main([*given, *wrong])
        assert said in capsys.readouterr().err


def test_the_shipped_model_loads_offline_and_finds_translations(shipped: Path) -> None:
    encode = shipped_encoder(shipped)
    english = [" ".join(pair) for pair in pairwise(WORDS)]
    words = list(WORDS.values())
    for side, joint in ((0, " "), (1, "")):
        foreign = [joint.join((one[side], two[side])) for one, two in pairwise(words)]
        vectors = encode(foreign)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert retrieval_accuracy(vectors, encode(english)) > 0.8


def test_the_shipped_folder_holds_no_pickle_and_one_static_module(shipped: Path) -> None:
    modules = json.loads((shipped / "modules.json").read_text(encoding="utf-8"))
    assert [module["type"].rsplit(".", 1)[-1] for module in modules] == ["StaticEmbedding"]
    assert {path.suffix for path in shipped.rglob("*") if path.is_file()} <= {".json", ".safetensors"}


def test_evaluation_reads_both_directions(shipped: Path, tmp_path: Path) -> None:
    for lang, side in (("fr", 0), ("zh", 1)):
        rows = [f"{pair[side]}\t{word}\n" for word, pair in WORDS.items()]
        (tmp_path / f"set.{lang}-en.tsv").write_text("".join(rows), encoding="utf-8")
    scores = retrieval(shipped_encoder(shipped), tmp_path, "set")
    assert scores.keys() == {"fr>en", "zh>en", "fr>zh", "zh>fr"}
    assert all(0 <= score <= 1 for score in scores.values())


def test_traditional_and_japanese_forms_share_pieces_with_simplified() -> None:
    normalise = new_tokenizer([("<unk>", 0.0)]).normalizer.normalize_str
    assert normalise("經濟戰略會議") == normalise("経済戦略会議") == normalise("经济战略会议")
    assert normalise("Ｌ’Été à 東京") == "▁l'▁été ▁à 东京"


def test_words_that_lists_hold_often_become_pieces_of_their_own() -> None:
    letters = new_tokenizer([("<unk>", 0.0), *((letter, -9.0) for letter in "▁abc정부경찰은")])
    words = with_words(letters, ["정부, 경찰", "정부", "ab, ab"], least=2)
    assert words.encode("정부은 경찰 ab").tokens == ["▁정부", "은", "▁", "경", "찰", "▁ab"]
    assert words.get_vocab_size() == letters.get_vocab_size() + 2


def test_training_that_goes_on_with_more_words_begins_where_the_model_stands(shipped: Path, tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    before = Tokenizer.from_file(str(shipped / "tokenizer.json"))
    after = with_words(before, ["bibliothèque"] * 3, least=3)
    vectors, learned = learned_vectors(after, shipped).numpy(), static_vectors(shipped)
    assert np.array_equal(vectors[:-1], learned)
    parts = before.encode("bibliothèque", add_special_tokens=False).ids
    assert np.allclose(vectors[-1], learned[parts].sum(axis=0))


def test_training_that_goes_on_ends_half_way_from_where_it_began(shipped: Path) -> None:
    learned = static_vectors(shipped)
    trained = np.concatenate([learned + 1, learned[:1]])
    assert np.allclose(halfway(trained, shipped), np.concatenate([learned + 0.5, learned[:1]]))


def test_of_many_pairs_whole_blocks_of_neighbours_are_kept() -> None:
    pairs = [Pair(str(i), str(i), "tatoeba" if i < 640 else "msdocs-docs") for i in range(1_280)]
    kept = [int(pair.foreign) for pair in thinned(pairs, 640, seed=1)]
    assert [one % 64 for one in kept] == list(range(64)) * 10
    assert sum(one < 640 for one in kept) > sum(one >= 640 for one in kept)
    assert thinned(pairs, 1_280, seed=1) == pairs


def test_neighbouring_texts_are_joined_in_order() -> None:
    side = Side(np.array([7, 8, 9, 5, 6], dtype=np.int32), np.array([0, 2, 3, 5]))
    joined = take(side, np.array([1, 0]), np.array([2, 0]))
    assert joined.ids.tolist() == [9, 5, 6, 7, 8]
    assert joined.starts.tolist() == [0, 3, 5]


def test_a_text_that_repeats_is_no_negative_of_itself() -> None:
    pairs = [Pair("a b", "c d", "tatoeba"), Pair("e f", "c d", "tatoeba"), Pair("g h", "i j", "tatoeba")]
    tokenizer = new_tokenizer([("<unk>", 0.0), *((f"▁{letter}", -1.0) for letter in "abcdefghij")])
    config = Config(languages=("fr",), batch=3, run=3, joined=(1.0,), pivot=0)
    batches = [draw_batch({"fr": encode_corpus(tokenizer, pairs)}, [], config, step) for step in range(20)]
    whole = next(batch for batch in batches if len(batch.left.starts) == 4)
    assert sorted(zip(*(cells.tolist() for cells in whole.repeats), strict=True)) == [(0, 1), (1, 0)]


def test_loss_falls_as_partners_come_closer() -> None:
    import torch

    one = torch.nn.functional.normalize(torch.randn(8, 16, generator=torch.Generator().manual_seed(3)), dim=1)
    none = (torch.tensor([], dtype=torch.long),) * 2
    assert contrastive_loss(one, one, none, 10.0) < contrastive_loss(one, one.roll(1, 0), none, 10.0)


def test_eight_bits_keep_each_value_within_half_a_step() -> None:
    vectors = np.random.default_rng(5).normal(size=(50, 16)).astype(np.float32)
    vectors[3] = 0
    rows, scales = quantise(vectors)
    assert np.all(np.abs(rows * scales[:, None] - vectors) <= scales[:, None] * 0.501)


def test_pairs_are_read_in_order_without_noise_repeats_and_copyleft(tmp_path: Path) -> None:
    rows = [
        "Le pont est fermé.\tThe bridge is closed.\ttatoeba",
        "Le pont est fermé.\tThe bridge is closed.\ttatoeba",
        "Un pont\tA bridge\twesnoth",
        "version 2.0.1\tversion 2.0.1\tpython-docs",
        "---\t***\tpython-docs",
        "broken line",
        "Oui\tThis goes on for a very long while and says far more than the other side does\ttatoeba",
        "Le  marché ouvre à 8 h.\tThe market opens at 8.\tunheard-of",
    ]
    (tmp_path / "fr.tsv").write_text("\n".join(rows), encoding="utf-8")
    assert [pair.english for pair in read_pairs(tmp_path, "fr")] == ["The bridge is closed."]
    found = [pair.foreign for pair in read_pairs(tmp_path, "fr", copyleft=True)]
    assert found == ["Le pont est fermé.", "Un pont", "Le marché ouvre à 8 h."]


def test_a_missing_language_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"No training pairs for zh-Hant .*zh-hant\.tsv\.xz"):
        next(read_pairs(tmp_path, "zh-Hant"))


def test_a_chinese_side_without_chinese_is_implausible() -> None:
    assert not is_plausible(Pair("git commit --all", "Commit everything", "lctt"), "zh-Hans")
    assert is_plausible(Pair("提交所有改动", "Commit everything", "lctt"), "zh-Hans")


def test_unknown_sources_count_as_copyleft() -> None:
    assert is_permissive("msdocs-office-js-docs") and not is_permissive("found-on-the-web")


DAY = {
    "en": ("The ferry leaves at nine.", "My sister repairs old radios.", "It will rain in the hills."),
    "fr": ("Le ferry part à neuf heures.", "Ma sœur répare des radios.", "Il va pleuvoir en montagne."),
    "de": ("Die Fähre fährt um neun.", "Meine Schwester repariert Radios.", "In den Hügeln regnet es bald."),
    "es": ("El ferry sale a las nueve.", "Mi hermana repara radios viejas.", "Va a llover en las colinas."),
    "pt": ("O ferry sai às nove.", "A minha irmã repara rádios velhos.", "Vai haver chuva nas colinas."),
    "zh": ("渡轮九点出发。", "我姐姐修理旧收音机。", "预计山上会下雨。"),
    "zh-Hant": ("渡輪九點出發。", "我姐姐修理舊收音機。", "預計山上會下雨。"),
    "ja": ("フェリーは九時に出ます。", "姉は古いラジオを修理します。", "丘では雨が予想されます。"),
    "ko": ("페리는 9시에 출발합니다.", "언니는 오래된 라디오를 수리합니다.", "언덕에는 비가 올 것입니다."),
}


@pytest.fixture(scope="module")
def bundled() -> Callable[[list[str]], np.ndarray]:
    folder = ROOT / "models" / "encoder-static"
    if not folder.is_dir():
        absent("no bundled sentence encoder in models/encoder-static")
    return shipped_encoder(folder)


@pytest.mark.parametrize("lang", [lang for lang in DAY if lang != "en"])
def test_the_bundled_encoder_tells_sentences_apart_in_each_language(
    bundled: Callable[[list[str]], np.ndarray], lang: str
) -> None:
    assert retrieval_accuracy(bundled(list(DAY[lang])), bundled(list(DAY["en"]))) == 1


def test_the_model_card_names_the_bundled_weights() -> None:
    folder = ROOT / "models" / "encoder-static"
    if not folder.is_dir():
        absent("no bundled sentence encoder in models/encoder-static")
    (weights,) = folder.rglob("model.safetensors")
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert digest in (folder / "README.md").read_text(encoding="utf-8")
