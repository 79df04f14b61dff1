"""What two lists of segments have in common, as matrices for the aligner.

Every kind of evidence is a View. What is missing (no translation, no encoder for the language) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import product

import numpy as np
from numpy.typing import NDArray

from workbench.align import Tokens, View, Wording
from workbench.align.straddling import Vocabulary, counterparts
from workbench.datatypes import Progress, Translation, silent
from workbench.embed import Encoder, Pieces
from workbench.embed.lexical import bags, rare
from workbench.facts import anchors, ending, names, quotes
from workbench.facts.articles import is_labelled, unlabelled
from workbench.lang import same_language, simplified

# Tuned with the aligner's options.
_LENGTH_POWER = np.float32(0.65)
_READ_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Side:
    """One document's segments, and translations of them, line by line, by language.

    `draft`: English that gives the gist and no more; empty where there is none. It is read, beside the originals, where
    links are looked for in any order; where they are in order it made alignments worse.
    """

    texts: Sequence[str]
    lang: str
    translations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    draft: Sequence[str] = ()

    def __post_init__(self) -> None:
        given = {**self.translations, "en": self.draft} if self.draft else self.translations
        for lang, lines in given.items():
            if len(lines) != len(self.texts):
                raise ValueError(f"{len(self.texts)} segments but {len(lines)} translations into {lang}")

    def versions(self) -> list[tuple[str, Sequence[str]]]:
        return [(self.lang, self.texts), *self.translations.items()]


def side(texts: Sequence[str], english: Sequence[Translation | None], lang: str, drafts: bool) -> Side:
    """A side with its English where there is any. `drafts`: whether that is by a model that makes drafts."""
    if same_language(lang, "en") or not any(english):
        return Side(texts, lang)
    lines = [item.text if item else "" for item in english]
    return Side(texts, lang, draft=lines) if drafts else Side(texts, lang, {"en": lines})


# Texts in, the tokens of each out.
Reader = Callable[[Sequence[str]], Sequence[Pieces]]


@dataclass(frozen=True, slots=True)
class Encoders:
    """The models at hand. `knows` says which languages the multilingual one was trained on."""

    multilingual: Encoder | None
    english: Encoder | None
    knows: Callable[[str], bool]
    signature: str  # of every model that may be asked
    # What reads texts token by token, by the kind of evidence that tokens refine.
    readers: Mapping[str, Reader] = field(default_factory=dict)


def views(src: Side, tgt: Side, encoders: Encoders, progress: Progress = silent) -> list[View]:
    """Every view that the two sides allow: across languages, and within each language that both have."""
    found: list[View] = []
    multilingual = encoders.multilingual
    if multilingual is not None:
        known = [[texts for lang, texts in side.versions() if encoders.knows(lang)] for side in (src, tgt)]
        if all(known):
            read = ([_encoded(multilingual, texts, progress) for texts in side] for side in known)
            found += [View("meaning", *both) for both in product(*read)]
    for src_lang, src_texts in src.versions():
        for tgt_lang, tgt_texts in tgt.versions():
            if not same_language(src_lang, tgt_lang):
                continue
            found.append(View("words", *bags(_plain(src_texts, src_lang), _plain(tgt_texts, tgt_lang))))
            if encoders.english is not None and same_language(src_lang, "en"):
                sides = (_encoded(encoders.english, texts, progress) for texts in (src_texts, tgt_texts))
                found.append(View("english", *sides))
    kept = _anchors(src, progress), _anchors(tgt, progress)
    spelt = [[" ".join(sorted(keys)) for keys in side] for side in kept]
    found.append(View("anchors", *bags(spelt[0], spelt[1], terms=str.split)))
    found.append(View("terms", *rare(*_terms(src, tgt, kept, encoders))))
    for kind, of in (("length", len), ("quotes", quotes), ("ending", ending)):
        found.append(View(kind, _numbers(src.texts, of), _numbers(tgt.texts, of)))
    labelled = _numbers(src.texts, is_labelled), _numbers(tgt.texts, is_labelled)
    if all(side.any() for side in labelled):
        found.append(View("label", *labelled))
    return found


def wording(src: Side, tgt: Side, encoders: Encoders) -> Wording:
    """The tokens of both sides, by the kind of evidence that they refine, and the names in all versions of either.

    Where English of either side is a draft, the kind is "draft".
    """
    tokens: dict[str, Callable[[], tuple[Tokens, Tokens]]] = {}
    for kind, reader in encoders.readers.items():
        reads = _is_english if kind == "english" else encoders.knows
        texts = [_first(side, reads) for side in (src, tgt)]
        if kind == "english" and not all(texts):
            kind, texts = "draft", [known or side.draft for known, side in zip(texts, (src, tgt), strict=True)]
        if all(texts):
            tokens[kind] = cache(partial(_tokens, reader, *texts))

    @cache
    def named() -> dict[str, tuple[set[int], set[int]]]:
        found: defaultdict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        for axis, side in enumerate((src, tgt)):
            for lang, texts in side.versions():
                for place, text in enumerate(texts):
                    for name in names(text, lang):
                        found[name.folded][axis].add(place)
        return dict(found)

    return Wording(tokens, named)


def _is_english(lang: str) -> bool:
    return same_language(lang, "en")


def _first(side: Side, reads: Callable[[str], bool]) -> Sequence[str]:
    """The side's texts, or a translation of them, in the first language that is read; none where there is none."""
    return next((texts for lang, texts in side.versions() if reads(lang)), ())


def _tokens(reader: Reader, *sides: Sequence[str]) -> tuple[Tokens, Tokens]:
    src, tgt = (Tokens.of([(read.ids, read.vectors, read.weights) for read in reader(texts)]) for texts in sides)
    return src, tgt


def _numbers(texts: Sequence[str], of: Callable[[str], int]) -> NDArray[np.float32]:
    return np.array([of(text) for text in texts], dtype=np.float32).reshape(-1, 1)


def _plain(texts: Sequence[str], lang: str) -> Sequence[str]:
    """Traditional Chinese in simplified characters, so that both have words in common; without numbers of articles."""
    return [_unnumbered(simplified(text) if lang == "zh-Hant" else text) for text in texts]


def _encoded(encoder: Encoder, texts: Sequence[str], progress: Progress) -> NDArray[np.float32]:
    """Vectors as long as their texts weigh in an overlap: a long sentence more than a short one, not in proportion.

    Titles of articles are read without their number, which they may share with another article of another version.
    """
    texts = [_unnumbered(text).strip() if is_labelled(text) else text for text in texts]
    weights = np.array([max(len(text), 1) for text in texts], dtype=np.float32) ** _LENGTH_POWER
    return encoder.encode(texts, progress) * weights.reshape(-1, 1)


def _terms(
    src: Side, tgt: Side, anchors: Sequence[Sequence[frozenset[str]]], encoders: Encoders
) -> list[list[set[str]]]:
    """What both sides have in common, segment by segment: what survives translation, and words that are translated."""
    terms = [[set(kept) for kept in side] for side in anchors]
    texts = [_first(side, encoders.knows) for side in (src, tgt)]
    if "meaning" in encoders.readers and all(texts):
        vocabularies = [_vocabulary(encoders.readers["meaning"], side) for side in texts]
        for side, numbers in zip(terms, counterparts(*vocabularies), strict=True):
            for own, translated in zip(side, numbers, strict=True):
                own |= {f"t:{number}" for number in translated}
    return terms


def _vocabulary(reader: Reader, texts: Sequence[str]) -> Vocabulary:
    """Read a part at a time: a vector for each token of a long text would fill the memory."""
    parts = (texts[start : start + _READ_AT_ONCE] for start in range(0, len(texts), _READ_AT_ONCE))
    return Vocabulary.of((read.ids, read.vectors) for part in parts for read in reader(part))


def _anchors(side: Side, progress: Progress) -> list[frozenset[str]]:
    """Numbers, names and addresses that survive translation."""
    found = []
    for text in side.texts:
        found.append(anchors(_unnumbered(text), side.lang))
        progress("anchors", len(found), len(side.texts))
    return found


def _unnumbered(text: str) -> str:
    """Without the number of an article that has a title: "Art. 31 Wells" may have been "Art. 30" before."""
    return rest if (rest := unlabelled(text)).strip() else text
