"""The encoder's vocabulary: a unigram tokenizer over all languages, and whole words that only word lists hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CJK = r"\p{Han}\p{Hiragana}\p{Katakana}ー"
UNKNOWN = "<unk>"
WORD_START = "▁"
UNIGRAM: dict[str, Any] = {
    "input_format": "tsv",
    "hard_vocab_limit": False,
    "character_coverage": 0.9999,
    "normalization_rule_name": "identity",
    "add_dummy_prefix": False,
    "split_by_unicode_script": False,
    "split_by_whitespace": False,
    "split_by_number": False,
    "max_sentencepiece_length": 16,
    "num_threads": 2,
    "bos_id": -1,
    "eos_id": -1,
    "minloglevel": 1,
}


def new_tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """A unigram tokenizer over normalised text.

    NFKC, lower case, Chinese characters folded, and a mark where an alphabetic word begins: Chinese and
    Japanese write no word boundaries, so a mark there would only split the counts of a piece.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    letter = rf"[\p{{L}}\p{{M}}&&[^{CJK}]]"
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Precompiled(character_folding()),
            normalizers.Replace(Regex(rf"(?<!{letter})(?={letter})"), WORD_START),
        ]
    )
    words = rf"{WORD_START}?{letter}+|[{CJK}]+|\p{{N}}+|[^\s{WORD_START}]"
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(words), "removed", invert=True)
    return tokenizer


@cache
def folded_characters() -> dict[str, str]:
    """Traditional Chinese and Japanese characters that have another form in Simplified Chinese, with that form.

    One form for each character lets Traditional Chinese and Japanese share what Simplified Chinese, with the
    most prose, has learned. Where several characters fall together (乾, 幹, 干) the neighbours tell.
    """
    from opencc import OpenCC

    japanese, traditional = OpenCC("jp2t").convert, OpenCC("t2s").convert
    characters = map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
    folded = {character: traditional(japanese(character)) for character in characters}
    return {old: new for old, new in folded.items() if old != new and len(new) == 1}


@cache
def character_folding() -> bytes:
    """A sentencepiece character map: characters folded, curly quotes to straight."""
    return _compile_character_map(folded_characters() | dict(zip("’‘“”„«»–—", '\'\'"""""--', strict=True)))


def _compile_character_map(rules: dict[str, str]) -> bytes:
    import sentencepiece
    from sentencepiece.sentencepiece_model_pb2 import ModelProto

    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.tsv"
        path.write_text("".join(f"{ord(a):X}\t{ord(b):X}\n" for a, b in sorted(rules.items())), encoding="utf-8")
        normalizer = sentencepiece.SentencePieceNormalizer(rule_tsv=str(path))
    proto = ModelProto.FromString(normalizer.serialized_model_proto())
    return bytes(proto.normalizer_spec.precompiled_charsmap)


def train_tokenizer(texts: Iterable[str], size: int, work: Path) -> Tokenizer:
    """A unigram vocabulary of at most `size` pieces, by sentencepiece from word counts in a fixed order."""
    import sentencepiece

    _write_counts(work / "words.tsv", _word_counts(new_tokenizer([(UNKNOWN, 0.0)]), texts))
    sentencepiece.SentencePieceTrainer.train(
        input=str(work / "words.tsv"), model_prefix=str(work / "unigram"), vocab_size=size, **UNIGRAM
    )
    model = sentencepiece.SentencePieceProcessor(model_file=str(work / "unigram.model"))
    return new_tokenizer([(model.id_to_piece(i), model.get_score(i)) for i in range(len(model))])


def with_words(tokenizer: Tokenizer, texts: Iterable[str], least: int) -> Tokenizer:
    """`tokenizer` with a further piece for each alphabetic word that `texts` hold `least` times and it would break.

    Their scores are log probabilities in `texts`, as those of the other pieces are in what they were learned from.
    """
    counts = _word_counts(tokenizer, texts)
    pieces = json.loads(tokenizer.to_str())["model"]["vocab"]
    known, total = {piece for piece, _ in pieces}, counts.total()
    words = (word for word in sorted(counts) if word[0] == WORD_START and counts[word] >= least and word not in known)
    return new_tokenizer([*map(tuple, pieces), *((word, log(counts[word] / total)) for word in words)])


def _word_counts(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        normal = tokenizer.normalizer.normalize_str(text)
        counts.update(word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal))
    return counts


def _write_counts(path: Path, counts: Counter[str]) -> None:
    """Words met once teach little where words are many; CJK runs are mostly met once and are kept."""
    least = 2 if len(counts) > 100_000 else 1
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for word, count in sorted(counts.items()):
            if (count >= least or word[0] != WORD_START) and len(word) <= 200:
                file.write(f"{word}\t{count}\n")
