"""Text side of the translation recipe: mixing corpora, the tokenizer, encoded pairs and batches of them.

One SentencePiece model serves source and target. Traditional characters are folded to simplified ones by the
tokenizer's own normaliser, so that any program that loads `sentencepiece.model` (stock Argos Translate among
them) reads both scripts, and what is learned from one holds for the other.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece

from models.training.commands import whole
from models.training.corpora import CorpusError, Pair
from workbench.lang import primary

log = logging.getLogger(__name__)

UNK, BOS, EOS = 0, 1, 2
ELLIPSIS = "\u2026"
CARELESS = 0.03  # share of the pairs that come again, of each kind a careless text brings
CUT_ALPHA = 0.35  # of the likelihood where pieces are drawn: the lower, the more and odder they are
LEAST_USES = 3  # of a piece in English, for the network to know it

PROSE = {
    "tatoeba", "odashi-small-enja", "lctt", "bitcointranscripts", "3am-captions", "opensource-guide",
    "privacyguides", "hf-course", "korean-english-news-dev", "mozilla-www", "w3c-wai", "wesnoth",
}  # fmt: skip
DOCS_CAP, LAW_CAP = 20_000, 40_000  # pairs of one source and language: documentation repeats itself
LITTLE_PROSE, DOCS_INSTEAD = 20_000, 60_000  # where a language has hardly anything else, more of it is better than less
BACK = "{"  # stands before a text that a model translated back, which is odd in other ways than what people write
SMALL_PROSE, SMALL_REPEATS = 10_000, 2  # prose sources under that many pairs are seen this often an epoch


@dataclass(frozen=True)
class Encoded:
    """Pairs as piece ids in a row, without BOS and EOS: pair i is `source[source_at[i]:source_at[i + 1]]`."""

    source: np.ndarray
    source_at: np.ndarray
    target: np.ndarray
    target_at: np.ndarray

    def __len__(self) -> int:
        return len(self.source_at) - 1


def cap(source: str, prose: int) -> int:
    """How many pairs of a source that is no prose enter the mix; `prose` counts the language's pairs of prose."""
    if prose < LITTLE_PROSE:
        return DOCS_INSTEAD
    return LAW_CAP if "laws" in source else DOCS_CAP


def mix(pairs: Iterable[Pair], seed: int, own: Collection[str] = (), manuals: float = 1.0) -> list[Pair]:
    """A balanced choice of one language's pairs: prose in full, all else capped by source, which is logged.

    `own`: sources of prose besides those of PROSE. `manuals`: how much of the caps holds.
    """
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_source.setdefault(pair.source, []).append(pair)
    is_prose = {source: source in PROSE or source in own for source in by_source}
    prose = sum(len(group) for source, group in by_source.items() if is_prose[source])
    chosen: list[Pair] = []
    for source, group in sorted(by_source.items()):
        random.Random(f"{seed} {source}").shuffle(group)
        repeats = SMALL_REPEATS if is_prose[source] and len(group) < SMALL_PROSE else 1
        most = sys.maxsize if is_prose[source] else int(cap(source, prose) * manuals)
        if len(group) > most:
            log.info("%s: %d of %d pairs; --prose %s takes all", source, most, len(group), source)
        chosen += group[:most] * repeats
    return chosen


def asked(english: str, lang: str) -> str:
    """English for a turned model, which is told by the first word into which language it is to go."""
    return f"{primary(lang)} {english}"


def turned(pair: Pair, lang: str) -> Pair:
    return Pair(asked(pair.english, lang), pair.foreign, pair.source)


def drop_final_mark(text: str) -> str:
    return text.rstrip(".。!?！？;； ") or text


def augment(pairs: list[Pair], seed: int) -> list[Pair]:
    """The pairs, shuffled, and a few per cent more of each kind a careless text brings.

    All capitals, no final punctuation, English that is already English, and up to four neighbours joined.
    """
    rng = random.Random(seed)
    changes: list[Callable[[Pair], Pair]] = [
        lambda p: Pair(p.foreign.upper(), p.english.upper(), p.source),
        lambda p: Pair(drop_final_mark(p.foreign), drop_final_mark(p.english), p.source),
        lambda p: Pair(p.english, p.english, p.source),
        lambda p: join([p, *rng.choices(pairs, k=rng.randint(1, 3))]),
    ]
    more = [change(p) for change in changes for p in rng.sample(pairs, int(len(pairs) * CARELESS))]
    result = pairs + more
    rng.shuffle(result)
    return result


def join(pairs: list[Pair]) -> Pair:
    return Pair(" ".join(p.foreign for p in pairs), " ".join(p.english for p in pairs), pairs[0].source)


def normalisation_rules() -> Iterator[str]:
    """SentencePiece rules: NFKC (ellipsis kept), traditional to simplified characters, controls to spaces."""
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    for code in range(1, 0x30000):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or char == ELLIPSIS or unicodedata.category(char) in {"Cn", "Co"}:
            continue
        folded = " " if unicodedata.category(char) in {"Cc", "Zs"} else unicodedata.normalize("NFKC", char)
        if code > 0x2E80:
            folded = simplify(folded)
        if folded != char:
            yield rule(char, folded)
        decomposed = unicodedata.normalize("NFD", char)
        if len(decomposed) > 1 and unicodedata.normalize("NFC", decomposed) == char:
            yield rule(decomposed, folded)


def rule(before: str, after: str) -> str:
    return "\t".join(" ".join(f"{ord(c):X}" for c in text) for text in (before, after))


def train_tokenizer(pairs: list[Pair], model: Path, pieces: int, sentences: int, seed: int) -> None:
    """Unigram pieces with byte fallback from both sides of a sample, written to `model`.

    Raises CorpusError where there is too little text for that.
    """
    sample = random.Random(seed).sample(pairs, min(sentences, len(pairs)))
    text, rules = model.with_suffix(".txt"), model.with_suffix(".rules")
    text.write_text("".join(f"{p.foreign}\n{p.english}\n" for p in sample), encoding="utf-8", newline="\n")
    rules.write_text("\n".join(normalisation_rules()) + "\n", encoding="utf-8", newline="\n")
    with whole(model) as partial:
        try:
            sentencepiece.SentencePieceTrainer.train(
                input=str(text),
                model_prefix=str(partial.with_suffix("")),
                vocab_size=pieces,
                hard_vocab_limit=False,
                normalization_rule_tsv=str(rules),
                character_coverage=0.9995,
                byte_fallback=True,
                split_digits=True,
                max_sentencepiece_length=12,
                unk_id=UNK,
                bos_id=BOS,
                eos_id=EOS,
                num_threads=2,
                minloglevel=1,
            )
        except RuntimeError as error:
            raise CorpusError(
                f"No {pieces:,} pieces can be made of {len(sample):,} pairs ({error}); name other --pieces."
            ) from error
        drop_places(partial)
    for passing in (text, rules, partial.with_suffix(".vocab")):
        passing.unlink()


def drop_places(path: Path) -> None:
    """The tokenizer without the folders that it was made in: it is published."""
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto.FromString(path.read_bytes())
    for field in ("input", "model_prefix"):
        model.trainer_spec.ClearField(field)
    model.normalizer_spec.ClearField("normalization_rule_tsv")
    path.write_bytes(model.SerializeToString())


def encode(
    pairs: list[Pair], tokenizer: sentencepiece.SentencePieceProcessor, longest: int, drawn: bool = False
) -> Encoded:
    """Piece ids of the pairs, without those empty, over `longest` pieces on a side or of odd proportions.

    `drawn`: the foreign side is not cut into its likeliest pieces but at random (subword regularisation, Kudo 2018), so
    that rare words are read from their parts; by `sentencepiece.set_random_generator_seed`.

    Raises CorpusError where none is left.
    """
    # Each thread has a generator of its own: one alone draws the same again.
    draw = {"enable_sampling": True, "alpha": CUT_ALPHA, "nbest_size": -1, "num_threads": 1}
    sources = tokenizer.encode([p.foreign for p in pairs], **(draw if drawn else {"num_threads": 2}))
    targets = tokenizer.encode([p.english for p in pairs], num_threads=2)
    kept = [
        (np.array(source, np.int32), np.array(target, np.int32))
        for source, target in zip(sources, targets, strict=True)
        if fits(len(source), len(target), longest)
    ]
    if not kept:
        raise CorpusError(f"All {len(pairs):,} pairs are longer than {longest} pieces; use sentences, not pages.")
    return flatten(kept)


def fits(source: int, target: int, longest: int) -> bool:
    within = 0 < source <= longest and 0 < target <= longest
    return within and max(source, target) <= 3 * min(source, target) + 8


def flatten(pairs: list[tuple[np.ndarray, np.ndarray]]) -> Encoded:
    columns: list[np.ndarray] = []
    for side in (0, 1):
        ids = [p[side] for p in pairs]
        columns += [np.concatenate(ids), np.concatenate([[0], np.cumsum([len(i) for i in ids])])]
    return Encoded(*columns)


def joined(one: Encoded, other: Encoded) -> Encoded:
    """The pairs of both, one after the other."""
    source, target = (np.concatenate(both) for both in ((one.source, other.source), (one.target, other.target)))
    return Encoded(
        source,
        np.concatenate([one.source_at, other.source_at[1:] + len(one.source)]),
        target,
        np.concatenate([one.target_at, other.target_at[1:] + len(one.target)]),
    )


def target_pieces(encoded: Encoded, pieces: int) -> np.ndarray:
    """Ids (ascending) that English text uses LEAST_USES times or more, the control and byte pieces included."""
    counts = np.bincount(encoded.target, minlength=pieces)
    counts[: EOS + 1 + 256] = LEAST_USES
    return np.flatnonzero(counts >= LEAST_USES)


def renumber(encoded: Encoded, targets: np.ndarray, pieces: int) -> Encoded:
    """The same pairs with target ids counted within `targets`; pieces outside become UNK."""
    new = np.full(pieces, UNK, np.int32)
    new[targets] = np.arange(len(targets))
    return Encoded(encoded.source, encoded.source_at, new[encoded.target], encoded.target_at)


def batches(data: Encoded, tokens: int, longest: int, rng: np.random.Generator) -> list[np.ndarray]:
    """One pass over the pairs of up to `longest` pieces: shuffled batches of pair indices.

    All sources of a batch have one length, so that attention needs no mask; targets are close in length.
    A batch holds at most `tokens` pieces on either side.
    """
    sources, targets = np.diff(data.source_at) + 1, np.diff(data.target_at) + 1
    order = rng.permutation(np.flatnonzero((sources <= longest) & (targets <= longest)))
    order = order[np.lexsort((targets[order], sources[order]))]
    result: list[np.ndarray] = []
    for group in np.split(order, np.flatnonzero(np.diff(sources[order])) + 1):
        start = 0
        while start < len(group):
            stop = start + batch_rows(int(sources[group[start]]), targets[group[start : start + tokens]], tokens)
            result.append(group[start:stop])
            start = stop
    result = [rows for rows in result if len(rows) > 1]
    return [result[i] for i in rng.permutation(len(result))]


def batch_rows(source: int, targets: np.ndarray, tokens: int) -> int:
    """How many of the (ascending) targets fit beside sources of one length, padding counted."""
    window = targets[: max(1, tokens // source)]
    return max(1, int(np.searchsorted(window * np.arange(1, len(window) + 1), tokens, side="right")))


def save(data: Encoded, path: Path) -> None:
    with whole(path) as partial:
        np.savez(partial, **data.__dict__)


def load(path: Path) -> Encoded:
    with np.load(path) as arrays:
        return Encoded(**{name: arrays[name] for name in Encoded.__dataclass_fields__})


def write_json(value: object, path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
