"""Texts of one language as weighted bags of words: what the words of two passages alone have in common.

Words are weighted by how rare they are within the pair of documents (inverse document frequency, Spärck Jones 1972),
so that the topic, which both share, counts for little.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAX_TERMS = 8192
_STEM = 5


def terms(text: str) -> list[str]:
    """Case-folded word stems without accents; pairs of neighbouring characters for CJK.

    >>> terms("L'Étendue énorme")
    ['l', 'etend', 'enorm']
    >>> terms("原子彈")
    ['原子', '子彈']
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
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

    What only one side uses is summed up in one dimension of its own: it lowers the similarity, as it should.
    """
    counts = [Counter(terms(text)) for text in (*src, *tgt)]
    frequency: Counter[str] = Counter(term for bag in counts for term in bag)
    rarity = {term: float(np.log((len(counts) + 1) / (df + 0.5))) for term, df in frequency.items()}
    shared = _shared(counts[: len(src)], counts[len(src) :], frequency)
    return (
        _matrix(counts[: len(src)], shared, rarity, own=len(shared)),
        _matrix(counts[len(src) :], shared, rarity, own=len(shared) + 1),
    )


def _shared(src: Iterable[Counter[str]], tgt: Iterable[Counter[str]], frequency: Counter[str]) -> dict[str, int]:
    both = {term for bag in src for term in bag} & {term for bag in tgt for term in bag}
    rarest = sorted(both, key=lambda term: (frequency[term], term))[:_MAX_TERMS]
    return {term: column for column, term in enumerate(rarest)}


def _matrix(
    counts: Sequence[Counter[str]], columns: dict[str, int], rarity: dict[str, float], own: int
) -> NDArray[np.float32]:
    matrix = np.zeros((len(counts), len(columns) + 2), dtype=np.float32)
    for row, bag in enumerate(counts):
        alone = 0.0
        for term, count in bag.items():
            weight = (1 + np.log(count)) * rarity[term]
            if term in columns:
                matrix[row, columns[term]] = weight
            else:
                alone += weight**2
        matrix[row, own] = np.sqrt(alone)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    np.divide(matrix, norms, out=matrix, where=norms > 0)
    return matrix
