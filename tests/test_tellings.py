"""The adapter that tells statements on one theme apart: its recipe on an invented pair, its files, the bundled one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.training.alignment.unseen import unseen
from models.training.encoder.tellings import LEFT_OUT, Plan, bare, changeable, found, loss, ship, taught, tellings
from tests.support import ROOT
from workbench.align.evaluation import GoldDocument, parse_beads, read_lines
from workbench.embed import Pieces, english_encoder
from workbench.embed.adapter import CONFIG, WEIGHTS, merge
from workbench.embed.encoder import english_folder
from workbench.errors import ModelError, ModelMissingError
from workbench.wiring.evidence import Encoders
from workbench.wiring.models import BUNDLED, TELLINGS, Models

TEACHING = sorted(
    path.with_suffix("") for path in (ROOT / "models" / "training" / "encoder" / "teaching").glob("*.gold")
)
BRIDGE = GoldDocument(
    "bridge",
    (
        "The mayor ruled out a toll on the new bridge.",
        "He blamed the delay of the bridge on a supplier of steel.",
        "The bridge is to be painted green.",
    ),
    (
        "I am often asked about the bridge.",
        "Nobody will ever pay to cross the bridge.",
        "The girders of the bridge simply never came.",
        "They had promised them for March.",
        "The bridge has been the dream of this town for a century.",
    ),
    (((0,), (1,)), ((1,), (2, 3)), ((2,), ())),
    langs=("en", "en"),
)
PLAN = Plan(rank=4, alpha=8, epochs=6, rate=2e-3, warm_up=1)


@pytest.fixture(scope="module")
def bridge() -> list:
    from transformers import AutoTokenizer

    return tellings([BRIDGE], AutoTokenizer.from_pretrained(english_folder(), local_files_only=True))


def test_what_is_taught_is_told_from_what_is_like_it(bridge: list, tmp_path: Path) -> None:
    with torch.inference_mode():
        before = loss(bare(), bridge[0], PLAN.temperature).item()
    network = taught(bridge, PLAN, tmp_path)
    with torch.inference_mode():
        after = loss(network, bridge[0], PLAN.temperature).item()
    assert after < before / 2
    assert found(network, bridge[0]) == 1.0


def test_the_same_seed_gives_the_same_adapter_and_its_files_the_same_network(bridge: list, tmp_path: Path) -> None:
    short = replace(PLAN, epochs=1)
    network = taught(bridge, short, tmp_path / "first")
    taught(bridge, short, tmp_path / "second")
    assert (tmp_path / "first" / WEIGHTS).read_bytes() == (tmp_path / "second" / WEIGHTS).read_bytes()
    merged = bare()
    merge(tmp_path / "first", merged)
    ids = torch.tensor([bridge[0].sides[0][0]])
    with torch.inference_mode():
        wanted, got = (model(input_ids=ids).last_hidden_state for model in (network, merged))
        plain = bare()(input_ids=ids).last_hidden_state
    assert torch.allclose(wanted, got, atol=2e-2)
    assert not torch.allclose(wanted, plain, atol=2e-2)


def test_an_adapter_that_learned_nothing_changes_nothing(tmp_path: Path) -> None:
    ship(changeable(bare(), PLAN), PLAN, tmp_path)
    texts = ["Nobody will ever pay to cross the bridge.", ""]
    english = english_encoder()
    adapted = english.adapted(tmp_path)
    assert adapted.model_id != english.model_id
    assert np.allclose(adapted.encode(texts), english.encode(texts), atol=1e-6)


def test_a_damaged_adapter_is_refused_in_words(tmp_path: Path) -> None:
    ship(changeable(bare(), PLAN), PLAN, tmp_path)
    config = json.loads((tmp_path / CONFIG).read_text())
    (tmp_path / CONFIG).write_text(json.dumps({key: value for key, value in config.items() if key != "r"}))
    with pytest.raises(ModelError, match="is no adapter of this encoder"):
        merge(tmp_path, bare())
    (tmp_path / CONFIG).write_text(json.dumps(config))
    (tmp_path / WEIGHTS).write_bytes(b"\7" * 100)
    with pytest.raises(ModelError, match="is no adapter of this encoder"):
        merge(tmp_path, bare())
    with pytest.raises(ModelError, match="is no adapter of this encoder"):
        merge(ROOT / "models" / TELLINGS, torch.nn.Linear(3, 3))


def test_what_is_weighed_by_a_pair_is_read_by_the_adapter_that_has_not_seen_it(tmp_path: Path) -> None:
    encoders = Encoders(None, None, lambda _: True, "")
    with pytest.raises(ValueError, match="no adapters in"):
        unseen(encoders, tmp_path)
    ship(changeable(bare(), PLAN), PLAN, tmp_path / "0")
    (tmp_path / "0" / LEFT_OUT).write_text("bridge\n")
    encoders_for = unseen(encoders, tmp_path)
    assert encoders_for("tunnel") == encoders and "english" in encoders_for("bridge").readers
    assert unseen(encoders, None)("bridge") == encoders


def test_a_text_is_read_once_however_many_pairs_it_is_in() -> None:
    asked: list[str] = []

    def lengths(texts: Sequence[str]) -> list[Pieces]:
        asked.extend(texts)
        one = np.ones(1, np.float32)
        return [Pieces(np.array([len(text)]), one.reshape(1, 1), one) for text in texts]

    read = unseen(Encoders(None, None, lambda _: True, "", {"english": lengths}), None)("bridge").readers["english"]
    assert [int(pieces.ids[0]) for pieces in read(["one", "three", "one"])] == [3, 5, 3]
    assert [int(pieces.ids[0]) for pieces in read(["three", "eleven"])] == [5, 6]
    assert asked == ["one", "three", "eleven"]


def test_a_side_without_english_is_named() -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(english_folder(), local_files_only=True)
    with pytest.raises(ValueError, match="bridge: no English of its side in fr"):
        tellings([replace(BRIDGE, langs=("fr", "en"))], tokenizer)


def test_the_bundled_adapter_prefers_the_same_statement_to_the_same_words() -> None:
    asked = "The director conceded that the museum had waited too long with the repairs."
    texts = [
        asked,
        "We ought to have called the builders years before, and that is on me.",
        "The museum's repairs are what the director of the museum is proud of.",
    ]
    plain, adapted = (encoder.encode(texts) for encoder in (english_encoder(), Models().encoder(TELLINGS)))

    def lead(vectors: np.ndarray) -> float:
        return float(vectors[0] @ vectors[1] - vectors[0] @ vectors[2])

    assert lead(adapted) > lead(plain) + 0.05


def test_tellings_are_read_by_the_adapter_and_what_it_makes_is_never_mixed_with_the_plain_encoders(
    tmp_path: Path,
) -> None:
    signature = Models().encoders().signature
    assert TELLINGS in signature
    (tmp_path / "catalogue.toml").write_bytes((BUNDLED / "catalogue.toml").read_bytes())
    (tmp_path / "encoder-static").symlink_to(BUNDLED / "encoder-static")
    without = Models(folder=tmp_path).encoders()
    assert TELLINGS not in without.signature
    (adapted,), (plain,) = (encoders.readers["english"](["A bridge."]) for encoders in (Models().encoders(), without))
    assert adapted.ids.tolist() == plain.ids.tolist()
    assert not np.allclose(adapted.vectors, plain.vectors, atol=1e-2)
    (tmp_path / TELLINGS).mkdir()  # as after a copy that was broken off
    assert Models(folder=tmp_path).encoders().signature == without.signature
    with pytest.raises(ModelMissingError, match="get its files again"):
        Models(folder=tmp_path).encoder(TELLINGS)


@pytest.mark.parametrize("pair", TEACHING, ids=lambda pair: str(pair.name))
def test_what_teaches_is_english_on_both_sides_and_partly_one_sided(pair: Path) -> None:
    assert read_lines(pair.with_suffix(".lang")) == ["en en"]
    beads = parse_beads(pair.with_suffix(".gold").read_text(encoding="utf-8"), pair.name)
    assert sum(all(bead) for bead in beads) >= 10
    for side, suffix in enumerate((".src", ".tgt")):
        lines = read_lines(pair.with_suffix(suffix))
        assert all(line == line.strip() != "" for line in lines)
        assert sorted(index for bead in beads for index in bead[side]) == list(range(len(lines)))
        assert sum(len(bead[side]) for bead in beads if not bead[1 - side]) >= len(lines) / 3
