"""Begins a training with what a finished model of this recipe knows, whatever its languages and vocabulary were.

The layers are taken as they are; where more are wanted, the others stand on top and pass on what they get until they
have learned better. A piece that both vocabularies have keeps its embedding; another target piece begins
as the mean of the pieces that the finished model cuts it into, another source piece near its translations, as ever.

A model out of English (`--turned`) begins as one into English that is given English: it reads that as it knows to read
English that is English already, and in the place of each English piece it writes those that mean it.
"""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import numpy as np
import sentencepiece
import torch

from models.training.translation import words
from models.training.translation.model import Network

Weights = dict[str, np.ndarray]
BYTE = re.compile("<.*>")  # and control pieces
MEANINGS = "meanings.npy"  # in the work folder of a turned model: p(English piece | piece to be written)
TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)  # by CTranslate2's numbers


def begin(network: Network, start: Path, work: Path, seed: int) -> None:
    """Puts what the model folder `start` (of `--out`) knows into the network that `work` has pieces for.

    Raises RuntimeError where its layers are of another size than the network's, or more.
    """
    known = by_our_names(read_model(start / "model" / "model.bin"))
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(work / "sentencepiece.model"))
    vocabulary = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    sources, targets = ([vocabulary[i] for i in ids] for ids in (range(len(vocabulary)), np.load(work / "targets.npy")))
    old_sources, old_targets = (rows(start / "model" / f"{side}_vocabulary.json") for side in ("source", "target"))
    old_pieces = sentencepiece.SentencePieceProcessor(model_file=str(start / "sentencepiece.model"))

    def in_english(pieces: list[str]) -> np.ndarray:
        cuts = [[old_targets.get(cut, 0) for cut in old_pieces.encode_as_pieces(piece)] or [0] for piece in pieces]
        table = np.stack([known["target_embedding"][cut].mean(0) for cut in cuts])
        carry(table, pieces, known["target_embedding"], old_targets)
        return table

    target = in_english(targets)
    if (work / MEANINGS).exists():
        meant = words.seeded_embedding(words.load_table(work / MEANINGS), in_english(sources), seed)
        has_letters = np.array([any(map(str.isalpha, piece)) and not BYTE.fullmatch(piece) for piece in targets])
        target[has_letters] = meant[has_letters]
    source = words.seeded_embedding(words.load_table(work / "lexicon.npy"), target, seed)
    carry(source, sources, known["source_embedding"], old_sources)
    known |= {"target_embedding": target, "source_embedding": source}
    for name, weight in network.named_parameters():
        if name not in known and name.endswith((".out", ".down")):  # of a layer that is new
            known[name] = np.zeros(weight.shape, np.float32)
    network.load_state_dict(network.state_dict() | {name: torch.from_numpy(weight) for name, weight in known.items()})


def rows(vocabulary: Path) -> dict[str, int]:
    return {piece: row for row, piece in enumerate(json.loads(vocabulary.read_text(encoding="utf-8")))}


def carry(table: np.ndarray, pieces: list[str], known: np.ndarray, row_of: dict[str, int]) -> None:
    for row, piece in enumerate(pieces):
        if piece in row_of:
            table[row] = known[row_of[piece]]


def read_model(path: Path) -> Weights:
    """The variables of a CTranslate2 model by name, int8 ones scaled back (layout: ctranslate2.specs.model_spec)."""
    data, at = path.read_bytes(), 0

    def number(kind: str) -> int:
        nonlocal at
        at += struct.calcsize(kind)
        return int(struct.unpack_from(kind, data, at - struct.calcsize(kind))[0])

    def take(size: int) -> bytes:
        nonlocal at
        at += size
        return data[at - size : at]

    def name() -> str:
        return take(number("<H"))[:-1].decode()

    number("<I"), name(), number("<I")
    variables: Weights = {}
    for _ in range(number("<I")):
        key, shape = name(), [number("<I") for _ in range(number("<B"))]
        kind = TYPES[number("<B")]
        variables[key] = np.frombuffer(take(number("<I")), kind).reshape(shape).copy()
    scaled = {key: variables[f"{key}_scale"] for key in variables if f"{key}_scale" in variables}
    return variables | {key: variables[key] / scale[:, None] for key, scale in scaled.items()}


def by_our_names(theirs: Weights) -> Weights:
    """What `export.fill` did, undone."""
    width = theirs["encoder/embeddings_0/weight"].shape[1]
    ours = {
        "source_embedding": theirs["encoder/embeddings_0/weight"],
        "target_embedding": theirs["decoder/embeddings/weight"],
    }
    for side in ("encoder", "decoder"):
        ours[f"{side}_norm.weight"] = theirs[f"{side}/layer_norm/gamma"]
        for i in range(sum(name.endswith("ffn/linear_0/weight") and name.startswith(side) for name in theirs)):
            ours |= layer(theirs, f"{side}/layer_{i}", f"{side}.{i}", width)
    return ours


def layer(theirs: Weights, place: str, prefix: str, width: int) -> Weights:
    def linear(path: str) -> np.ndarray:
        return theirs[f"{place}/{path}/weight"]

    stacked = linear("self_attention/linear_0")
    ours = {
        "attention.query": stacked[:width],
        "attention.keys_values": stacked[width:],
        "attention.out": linear("self_attention/linear_1"),
        "attention.norm.weight": theirs[f"{place}/self_attention/layer_norm/gamma"],
        "feed_forward.gate_up": np.concatenate([linear("ffn/linear_0"), linear("ffn/linear_0_noact")]),
        "feed_forward.down": linear("ffn/linear_1"),
        "feed_forward.norm.weight": theirs[f"{place}/ffn/layer_norm/gamma"],
    }
    if f"{place}/attention/linear_0/weight" in theirs:
        names = ("query", "keys_values", "out")
        ours |= {f"cross_attention.{name}": linear(f"attention/linear_{i}") for i, name in enumerate(names)}
        ours["cross_attention.norm.weight"] = theirs[f"{place}/attention/layer_norm/gamma"]
    return {f"{prefix}.{name}": weight for name, weight in ours.items()}
