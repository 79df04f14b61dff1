"""Texts of one language as weighted bags of words: what the words of two passages alone have in common.

Words are weighted by how rare they are within the pair of documents (inverse document frequency, Spärck Jones 1972),
so that the topic, which both share, counts for little.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Spaces that a translation model or a typesetter leaves between characters of Chinese or Japanese.
_BETWEEN_CJK = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])\s+(?=[\u3040-\u30ff\u3400-\u9fff])")
# More dimensions are folded into so many where there are many texts.
_MAX_CELLS, _FOLDED = 100_000_000, 512
_STEM = 5
# Of so many cells, and terms that are in fewer segments than the square root of all; among few segments none is rare.
_MAX_RARE, _LEAST_RARITY, _MANY = 25_000_000, 0.5, 40


def terms(text: str) -> list[str]:
    """Case-folded word stems without accents; pairs of neighbouring characters for CJK.

    >>> terms("L'Étendue énorme")
    ['l', 'etend', 'enorm']
    >>> terms("原子彈")
    ['原子', '子彈']
    """
    decomposed = unicodedata.normalize("NFKD", _BETWEEN_CJK.sub("", text).casefold())
    plain = unicodedata.normalize("NFC", "".join(ch for ch in decomposed if not unicodedata.combining(ch)))
    found: list[str] = []
    for word in _WORD.findall(plain):
        if _CJK.search(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        else:
            found.append(word[:_STEM])
    return found


def bags(
    src: Sequence[str], tgt: Sequence[str], terms: Callable[[str], list[str]] = terms
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit vectors for both sides, shapes (n, d) and (m, d): a dimension for each term that both sides use.

    What only one side uses is summed up in one dimension of its own: it lowers the similarity, as it should. Where that
    would take too much memory the terms share 512 dimensions, their signs by chance (Weinberger et al. 2009), so that
    similarities are the same but for some noise.
    """
    counts = [Counter(terms(text)) for text in (*src, *tgt)]
    frequency: Counter[str] = Counter(term for bag in counts for term in bag)
    rarity = {term: float(np.log((len(counts) + 1) / (df + 0.5))) for term, df in frequency.items()}
    places = _places(counts[: len(src)], counts[len(src) :])
    width = 1 + max((column for column, _ in places.values()), default=-1)
    return (
        _matrix(counts[: len(src)], places, rarity, width, own=width),
        _matrix(counts[len(src) :], places, rarity, width, own=width + 1),
    )


def rare(src: Sequence[Set[str]], tgt: Sequence[Set[str]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Terms that both sides have, and few of their segments, shapes (n, d) and (m, d): 0 where a segment has not, else
    up to 1, the rarer the higher. Where that would take too much memory terms share columns by chance."""
    segments = [*src, *tgt]
    size, frequency = len(segments) + 1, Counter(term for found in segments for term in found)
    both = sorted(set().union(*src) & set().union(*tgt))
    most = math.log(max(size, _MANY))
    rarity = {term: math.log(size / (frequency[term] + 0.5)) / most for term in both}
    kept = [term for term in both if rarity[term] > _LEAST_RARITY]
    width = min(len(kept), max(_FOLDED, _MAX_RARE // size))
    columns = {term: number % width for number, term in enumerate(kept)}
    matrix = np.zeros((len(segments), width), dtype=np.float32)
    for row, found in enumerate(segments):
        for term in found & columns.keys():
            matrix[row, columns[term]] = math.sqrt(rarity[term])
    return matrix[: len(src)], matrix[len(src) :]


def _places(src: Sequence[Counter[str]], tgt: Sequence[Counter[str]]) -> dict[str, tuple[int, float]]:
    """The column of every term that both sides use, and its sign there."""
    both = sorted({term for bag in src for term in bag} & {term for bag in tgt for term in bag})
    if len(both) * (len(src) + len(tgt)) <= _MAX_CELLS:
        return {term: (column, 1.0) for column, term in enumerate(both)}
    chance = np.random.default_rng(0)
    columns, signs = chance.integers(_FOLDED, size=len(both)), chance.choice((-1.0, 1.0), size=len(both))
    return {term: (int(column), float(sign)) for term, column, sign in zip(both, columns, signs, strict=True)}


def _matrix(
    counts: Sequence[Counter[str]],
    places: Mapping[str, tuple[int, float]],
    rarity: Mapping[str, float],
    width: int,
    own: int,
) -> NDArray[np.float32]:
    matrix = np.zeros((len(counts), width + 2), dtype=np.float32)
    for row, bag in enumerate(counts):
        alone = 0.0
        for term, count in bag.items():
            weight = (1 + np.log(count)) * rarity[term]
            if term in places:
                column, sign = places[term]
                matrix[row, column] += sign * weight
            else:
                alone += weight**2
        matrix[row, own] = np.sqrt(alone)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    np.divide(matrix, norms, out=matrix, where=norms > 0)
    return matrix
