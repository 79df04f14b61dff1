"""Encoders and bags of words: what sentence-transformers gives, each text encoded once, nothing unsafe loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.support import ROOT
from workbench.datatypes import Progress, silent
from workbench.embed import Cached, Memory, english_encoder, load
from workbench.embed.lexical import bags, terms
from workbench.errors import ModelError, ModelMissingError

STATIC = ROOT / "models" / "encoder-static"
TEXTS = ["Le port a gelé en janvier.", "港口在一月結冰了。", "", "🎉", "The harbour froze in January."]


def test_the_static_encoder_gives_what_sentence_transformers_gives() -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(STATIC), device="cpu", local_files_only=True)
    texts = [text for text in TEXTS if text]
    expected = reference.encode(texts, normalize_embeddings=True)
    assert np.allclose(load(STATIC).encode(texts), expected, atol=1e-4)


def test_translations_are_near_each_other_across_languages() -> None:
    french, chinese, nothing, _, english = load(STATIC).encode(TEXTS)
    other = load(STATIC).encode(["Il aime beaucoup les pommes."])[0]
    assert min(french @ english, chinese @ english, french @ chinese) > other @ english + 0.2
    assert not nothing.any()


def test_the_english_encoder_knows_paraphrases() -> None:
    # Weights are checked against the official checksum when they are loaded.
    one, same, other = english_encoder().encode(
        ["Nobody in the room agreed.", "The whole audience was opposed.", "The soup was cold."]
    )
    assert one @ same > one @ other + 0.2


class Counting:
    """An encoder whose vector is the text's length, and that remembers what it was asked."""

    model_id = "counting@1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_each_text_is_encoded_once_and_the_order_is_kept() -> None:
    encoder = Counting()
    cached = Cached(encoder, Memory())
    assert cached.encode(["aaa", "b", "aaa"]).ravel().tolist() == [3, 1, 3]
    assert cached.encode(["b", "cc"]).ravel().tolist() == [1, 2]
    assert sorted(encoder.asked) == ["aaa", "b", "cc"]


def test_what_is_encoded_together_is_the_same_in_every_run() -> None:
    encoder = Counting()
    Cached(encoder, Memory()).encode(["word", *(letters := [chr(code) for code in range(ord("z"), ord("a") - 1, -1)])])
    assert encoder.asked == [*letters, "word"]


def test_a_model_that_is_not_there_or_not_safetensors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="no sentence encoder"):
        load(tmp_path)
    modules = [{"path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(ModelError, match=r"no model\.safetensors"):
        load(tmp_path)
    (tmp_path / "modules.json").write_text("{")
    with pytest.raises(ModelError, match="damaged"):
        load(tmp_path)


def test_rare_words_count_more_than_the_topic() -> None:
    src, tgt = bags(
        ["model model volcano", "model bridge", "model ferry"],
        ["model eruption volcano", "model model", "model tunnel"],
    )
    similarity = src @ tgt.T
    assert similarity[0].argmax() == 0
    assert similarity[1, 1] < similarity[0, 0]


def test_spaces_between_characters_make_no_difference() -> None:
    assert terms("他 坐在 一辆 车 的 后座") == terms("他坐在一辆车的后座")
    assert terms("두 단어") != terms("두단어")


def test_folded_bags_are_nearly_as_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    src = [f"w{i} x{i} y{i} z{i % 7}" for i in range(40)]
    tgt = [f"w{i} x{i} y{i} z{i % 5}" for i in range(40)]
    exact = np.matmul(*(side.T if k else side for k, side in enumerate(bags(src, tgt))))
    monkeypatch.setattr("workbench.embed.lexical._MAX_CELLS", 0)
    folded = bags(src, tgt)
    assert folded[0].shape[1] <= 514
    assert np.abs(folded[0] @ folded[1].T - exact).mean() < 0.05
    assert ((folded[0] @ folded[1].T).argmax(axis=1) == np.arange(40)).all()


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_bags_are_unit_or_zero_for_any_text(src: list[str], tgt: list[str]) -> None:
    for side, texts in zip(bags(src, tgt), (src, tgt), strict=True):
        lengths = np.linalg.norm(side, axis=1)
        assert len(side) == len(texts)
        assert all(
            length == pytest.approx(1.0 if terms(text) else 0.0, abs=1e-5)
            for length, text in zip(lengths, texts, strict=True)
        )
