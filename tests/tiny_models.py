"""Tiny real translation models, made by hand: real CTranslate2 and SentencePiece files, answers known by eye.

The Transformer below has weights that were set, not trained. At step t its decoder looks at source position t
and says what the lexicon says for the piece there, so it translates word for word:

    "le chat dort" -> "the cat sleeps"

Pieces are the lexicon's words and single characters; a piece without an entry is copied. Words of `looping`
rather say "applause" than their own translation, so a few of them in a row make the loops that real models
make, and a decoding that punishes repetition says the words themselves.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FRENCH = {
    "le": "the",
    "la": "the",
    "un": "a",
    "chat": "cat",
    "chien": "dog",
    "gare": "station",
    "dort": "sleeps",
    "mange": "eats",
    "voit": "sees",
    "dans": "in",
    "et": "and",
    "petit": "small",
    "grand": "big",
    "ici": "here",
    "maison": "house",
    "jardin": "garden",
}
LOOPING = {
    "salle": "room",
    "foule": "crowd",
    "rideau": "curtain",
    "public": "audience",
    "orchestre": "orchestra",
}
CHINESE = {"你好": "hello", "世界": "world", "猫": "cat", "睡觉": "sleeps", "吃": "eats", "鱼": "fish"}
SPANISH = {"the": "el", "a": "un", "cat": "gato", "dog": "perro", "sleeps": "duerme", "eats": "come"}

LOOP_WORD = "applause"
POSITIONS = 264  # more tokens than this make the model fail, as real ones do somewhere
_SPECIAL = ["<unk>", "<s>", "</s>"]
_CHARACTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789àâçéèêëîïôùûñ_.,;:!?'\"()-%/♪。，！？天地人中国"
)
_MARK = "\u2581"  # what SentencePiece writes for a space


def package_folder(
    parent: Path,
    lexicon: Mapping[str, str] = FRENCH,
    looping: Mapping[str, str] = LOOPING,
    src: str = "fr",
    tgt: str = "en",
    version: str = "1.0",
    **metadata: object,
) -> Path:
    """Make an installed Argos package `parent/translate-fr_en-1_0` and return its folder."""
    folder = parent / f"translate-{src}_{tgt}-{version.replace('.', '_')}"
    folder.mkdir(parents=True)
    entries = _pieces(lexicon)
    loops = _pieces(looping)
    words = sorted({*entries, *entries.values(), *loops, *loops.values(), _MARK + LOOP_WORD} - {_MARK})
    (folder / "sentencepiece.model").write_bytes(_sentencepiece(words))
    vocabulary = _SPECIAL + words + [_MARK, *_CHARACTERS]
    _save_model(folder / "model", vocabulary, entries, loops)
    about = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": src,
        "from_name": src.upper(),
        "to_code": tgt,
        "to_name": tgt.upper(),
        **metadata,
    }
    (folder / "metadata.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def argosmodel(folder: Path, target: Path) -> Path:
    """Zip a package folder the way Argos's own files are zipped: one folder inside."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, Path(folder.name) / path.relative_to(folder))
    return target


def _pieces(lexicon: Mapping[str, str]) -> dict[str, str]:
    """Words with a leading mark, as SentencePiece sees them; Chinese is written without spaces."""
    return {(_MARK if word.isascii() or word[0] < "\u3000" else "") + word: _MARK + to for word, to in lexicon.items()}


def _sentencepiece(words: list[str]) -> bytes:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(_CHARACTERS)] * 2),
        model_writer=model,
        model_type="char",
        vocab_size=len(_SPECIAL) + len(words) + 1 + len(set(_CHARACTERS)),
        character_coverage=1.0,
        user_defined_symbols=words,
        minloglevel=2,
    )
    return model.getvalue()


def _save_model(folder: Path, vocabulary: list[str], entries: Mapping[str, str], loops: Mapping[str, str]) -> None:
    from ctranslate2.specs import TransformerSpec

    spec = TransformerSpec.from_config(1, 1)
    _fill(spec, len(vocabulary), _lexicon_matrix(vocabulary, entries, loops))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    folder.mkdir()
    spec.validate()
    spec.save(str(folder))


def _lexicon_matrix(vocabulary: list[str], entries: Mapping[str, str], loops: Mapping[str, str]) -> NDArray[np.float32]:
    """(source piece, target piece): how strongly the one calls for the other."""
    index = {piece: i for i, piece in enumerate(vocabulary)}
    wanted = np.zeros((len(vocabulary), len(vocabulary)), dtype=np.float32)
    for piece, i in index.items():
        if piece in loops:
            wanted[i, index[_MARK + LOOP_WORD]] = 1.0
            wanted[i, index[loops[piece]]] = 0.9
        else:
            wanted[i, index[entries.get(piece, piece)]] = 1.0
    # Nothing begins with it, but beside it the words of `looping` are small enough that their int8 products do not
    # saturate in pairs, as they do on processors without VNNI.
    wanted[index["<s>"], index[_MARK + LOOP_WORD]] = 2.0
    return wanted


def _fill(spec: object, size: int, lexicon: NDArray[np.float32]) -> None:
    """Token and position lie side by side, one-hot: attention matches positions, values pass the lexicon."""
    dim = size + POSITIONS
    tokens = np.eye(size, dim, dtype=np.float32)
    positions = np.eye(POSITIONS, dim, k=size, dtype=np.float32)
    encoder, decoder = spec.encoder, spec.decoder  # type: ignore[attr-defined]
    encoder.embeddings[0].weight = tokens
    decoder.embeddings.weight = np.zeros((size, dim), dtype=np.float32)
    for side in (encoder, decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = positions
        _plain_norm(side.layer_norm, dim)
        _do_nothing(side.layer[0], dim)
    _look_at_own_position(decoder.layer[0].attention, lexicon, dim)
    decoder.projection.weight = np.float32(0.7) * tokens


def _plain_norm(norm: object, dim: int) -> None:
    norm.gamma = np.ones(dim, dtype=np.float32)  # type: ignore[attr-defined]
    norm.beta = np.zeros(dim, dtype=np.float32)  # type: ignore[attr-defined]


def _do_nothing(layer: object, dim: int) -> None:
    """Self-attention and feed-forward add nothing to the residual stream."""
    parts = layer.self_attention, layer.ffn  # type: ignore[attr-defined]
    for part in parts:
        _plain_norm(part.layer_norm, dim)
    for linear, height, width in (
        (parts[0].linear[0], 3 * dim, dim),
        (parts[0].linear[1], dim, dim),
        (parts[1].linear_0, 1, dim),
        (parts[1].linear_1, dim, 1),
    ):
        linear.weight = np.zeros((height, width), dtype=np.float32)
        linear.bias = np.zeros(height, dtype=np.float32)


def _look_at_own_position(attention: object, lexicon: NDArray[np.float32], dim: int) -> None:
    size = len(lexicon)
    _plain_norm(attention.layer_norm, dim)  # type: ignore[attr-defined]
    same_position = np.zeros((dim, dim), dtype=np.float32)
    same_position[size:, size:] = np.eye(POSITIONS)
    through_lexicon = np.zeros((dim, dim), dtype=np.float32)
    through_lexicon[:size, :size] = lexicon.T
    # The encoder's last norm turns the two ones of a row into `high` and its zeros into `low`.
    low = -np.sqrt(2 / (dim - 2))
    lowered = np.concatenate([low * lexicon.sum(axis=0), np.zeros(POSITIONS)]).astype(np.float32)
    queries, keys_values, output = attention.linear  # type: ignore[attr-defined]
    queries.weight, queries.bias = 4 * same_position, np.zeros(dim, dtype=np.float32)
    keys_values.weight = np.concatenate([same_position, through_lexicon])
    keys_values.bias = np.concatenate([np.zeros(dim, dtype=np.float32), -lowered])
    output.weight, output.bias = np.eye(dim, dtype=np.float32), np.zeros(dim, dtype=np.float32)
