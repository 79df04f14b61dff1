"""Texts of many languages, each with the vector that an English encoder gives its English: what a student is taught.

English texts are chosen by the same dice in every language, so that most have several translations. The teacher, an
English sentence encoder, embeds each once (kept as float16). Texts of like meaning stand together, in clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.commands import whole
from models.training.corpora import LANGUAGES, read_pairs
from models.training.encoder.sampling import LANGUAGE_WEIGHTS, source_weight, text_id
from models.training.encoder.support import Floats, Ints, log
from models.training.encoder.texts import Side, encode_texts

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CHARACTERS = (8, 260)  # of an English text
_CHUNK = 10_000
_ROUNDS = 4  # of k-means


@dataclass(frozen=True)
class Choice:
    """Which texts are taken of the corpora."""

    languages: tuple[str, ...] = LANGUAGES
    copyleft: bool = False
    texts: int = 26_000  # a language, times its weight
    items: int = 150_000  # English texts at most, those that the dice favour: the teacher is slow
    clusters: int = 512
    seed: int = 1


@dataclass(frozen=True)
class Lesson:
    """Texts by the cluster of their English item, and the teacher's unit vector of each item, (items, dimensions)."""

    side: Side
    item: Ints  # of each text
    weight: NDArray[np.float64]  # cumulative, over texts; English ones weigh nothing
    cluster: Ints  # of each text, ascending
    english: Ints  # of each item, the text
    teacher: NDArray[np.float16]


_ARRAYS = ("ids", "text_starts", "item", "weight", "cluster", "english", "teacher")


def lesson(
    corpora: Path, folder: Path, teacher: Path, choice: Choice, pieces: Callable[[Sequence[str]], Tokenizer]
) -> Lesson:
    """What is taught, made once and kept in `folder`; `pieces` gives the student's tokenizer for all its texts."""
    if not (folder / f"{_ARRAYS[-1]}.npy").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        english, foreign = _chosen(corpora, choice)
        vectors = _taught(list(english.values()), teacher, folder)
        _save(folder, arranged(english, foreign, vectors, choice, pieces))
    ids, text_starts, *rest = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS)
    return Lesson(Side(ids, text_starts), *rest)


def _save(folder: Path, made: Lesson) -> None:
    arrays = made.side.ids, made.side.starts, made.item, made.weight, made.cluster, made.english, made.teacher
    for name, array in zip(_ARRAYS, arrays, strict=True):
        with whole(folder / f"{name}.npy") as partial:
            np.save(partial, array, allow_pickle=False)


def _chosen(corpora: Path, choice: Choice) -> tuple[dict[int, str], list[tuple[int, str, str]]]:
    """English texts by their id; and (English id, language, text) of their translations."""
    english: dict[int, str] = {}
    foreign: list[tuple[int, str, str]] = []
    for lang in choice.languages:
        pairs = chosen_pairs(corpora, lang, choice)
        english |= {key: text for key, _, text in pairs if key not in english}
        foreign += [(key, lang, text) for key, text, _ in pairs]
        log("chosen", lang=lang, pairs=len(pairs), items=len(english))
    english = dict(sorted(english.items(), reverse=True)[: choice.items])
    return english, [text for text in foreign if text[0] in english]


def chosen_pairs(corpora: Path, lang: str, choice: Choice) -> list[tuple[int, str, str]]:
    """(English id, foreign, English): a weighted sample without replacement (Efraimidis & Spirakis 2006)."""
    least, most = CHARACTERS
    found: dict[int, tuple[float, str, str]] = {}
    for pair in read_pairs(corpora, lang, copyleft=choice.copyleft):
        if least <= len(pair.english) <= most:
            key = text_id(pair.english)
            chance = np.log(dice(key)) / source_weight(pair.source)
            found.setdefault(key, (chance, pair.foreign, pair.english))
    size = round(choice.texts * LANGUAGE_WEIGHTS.get(lang, 1.0))
    ranked = sorted(found.items(), key=lambda entry: (-entry[1][0], entry[0]))[:size]
    return sorted((key, foreign, english) for key, (_, foreign, english) in ranked)


def dice(key: int) -> float:
    """A number in (0, 1) that the text alone decides, so that every language throws the same."""
    return (key + 0.5) / (1 << 56)


def arranged(
    english: dict[int, str],
    foreign: list[tuple[int, str, str]],
    vectors: NDArray[np.float16],
    choice: Choice,
    pieces: Callable[[Sequence[str]], Tokenizer],
) -> Lesson:
    """The lesson of (English id, language, text) triples over English texts, whose `vectors` stand in their order."""
    place = {key: number for number, key in enumerate(english)}
    counts = {lang: sum(one == lang for _, one, _ in foreign) for lang in choice.languages}
    share = {lang: LANGUAGE_WEIGHTS.get(lang, 1.0) / count for lang, count in counts.items() if count}
    texts = [*english.values(), *(text for _, _, text in foreign)]
    item = np.array([*range(len(english)), *(place[key] for key, _, _ in foreign)], dtype=np.int64)
    weight = np.array([0.0] * len(english) + [share[lang] for _, lang, _ in foreign])
    groups = clusters(vectors.astype(np.float32), min(choice.clusters, len(vectors)), choice.seed)
    order = np.argsort(groups[item], kind="stable")
    weight = np.cumsum(weight[order])
    own = np.argsort(order, kind="stable")[: len(english)]
    side = encode_texts(pieces(texts), [texts[number] for number in order])
    log("tokenised", texts=len(texts), tokens=len(side.ids))
    return Lesson(side, item[order], weight / weight[-1], groups[item[order]], own, vectors)


def _taught(texts: list[str], teacher: Path, folder: Path) -> NDArray[np.float16]:
    """The teacher's unit vectors, (n, dimensions); each chunk is kept in `folder` as soon as it is there.

    In bfloat16: twice as fast on a CPU, and within .9999 of the exact ones.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    arguments = {"attn_implementation": "eager", "dtype": torch.bfloat16, "use_safetensors": True}
    model = SentenceTransformer(str(teacher), device="cpu", local_files_only=True, model_kwargs=arguments)
    parts = []
    for start in range(0, len(texts), _CHUNK):
        path = folder / f"taught-{start}.npy"
        if not path.is_file():
            part = texts[start : start + _CHUNK]
            found = model.encode(part, batch_size=128, convert_to_tensor=True, show_progress_bar=False)
            with whole(path) as partial:
                np.save(partial, torch.nn.functional.normalize(found.float(), dim=1).numpy().astype(np.float16))
            log("taught", texts=start + len(part))
        parts.append(np.load(path, allow_pickle=False))
    return np.concatenate(parts)


def clusters(vectors: Floats, count: int, seed: int) -> Ints:
    """The number of each unit vector's group, by a few rounds of spherical k-means."""
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), count, replace=False)]
    for last in range(_ROUNDS):
        groups = np.concatenate([(part @ centres.T).argmax(axis=1) for part in np.array_split(vectors, 64)])
        if last < _ROUNDS - 1:
            sums = np.zeros_like(centres)
            np.add.at(sums, groups, vectors)
            norms = np.linalg.norm(sums, axis=1, keepdims=True)
            centres = np.where(norms > 0, sums / np.maximum(norms, 1e-12), centres)
    return groups.astype(np.int64)
