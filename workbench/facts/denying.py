"""What tells how surely another language denies too, or has a denial where this text has none, learned of text.

Two models of each language, logistic and sparse, learned on parallel text as it is. One reads what stands about a no
and says how surely the other side has one too: few translators keep that of "not until". The other reads a text
without a no, and says how surely the other side has one: often for "forbidden", seldom for "unique". The table is made
by `python -m models.training.facts.denying`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from workbench.lang import CJK

_WORD = re.compile(r"\w+|[^\w\s]")
_NEAR, _NEAR_CJK = 40, 6  # characters
_BEGINNINGS = (2, 5)  # letters of a word
# Korean parts words by spaces and writes syllables: one alone tells nothing.
_PIECES: Mapping[str, Sequence[int]] = {"zh": (1, 2, 3), "ja": (1, 2, 3), "ko": (2, 3)}
ALWAYS = ""  # what is there of any text


def beside(text: str, lang: str, start: int, end: int, sense: str) -> set[str]:
    """What is to be seen of a no, `text[start:end]` of a text in small letters, and about it."""
    near = _NEAR_CJK if lang in CJK else _NEAR
    before, no, after = text[max(0, start - near) : start], text[start:end], text[end : end + near]
    if lang in CJK:
        seen = {
            f"{at}{piece}" for at, of in zip("<=>", (before, no, after), strict=True) for piece in _cut(of, (1, 2, 3))
        }
        return {sense, *seen, *(f"<<{before[-n:]}" for n in (1, 2, 3)), *(f">>{after[:n]}" for n in (1, 2, 3))}
    left, within, right = _WORD.findall(before)[-3:], _WORD.findall(no), _WORD.findall(after)[:4]
    seen = {f"{at}{word}" for at, words in zip("<=>", (left, within, right), strict=True) for word in words}
    last, following, second = ([*within[-1:], ""][0], [*right, "", ""][0], [*right, "", ""][1])
    return {
        sense,
        *seen,
        f"<<{[*left[-1:], ''][0]}",
        f"<={[*left[-1:], ''][0]} {[*within, ''][0]}",
        f">>{following}",
        f"=>{last} {following}",
        f">>{following} {second}",
    }


def instead(text: str, lang: str, senses: Collection[str]) -> set[str]:
    """What is to be seen of a text in small letters that may deny in words of these senses."""
    known = {f"/{sense}" for sense in senses}
    if lang in CJK:
        return known | set(_cut(text, _PIECES[lang]))
    words = _WORD.findall(text)
    begun = {f"{word[:n]}-" for word in words for n in _BEGINNINGS if len(word) > n + 1}
    return known | set(words) | begun | {f"{one} {other}" for one, other in pairwise(words)}


def _cut(text: str, sizes: Sequence[int]) -> Iterator[str]:
    return (text[at : at + size] for size in sizes for at in range(len(text) - size + 1))


def log_odds(model: str, lang: str, seen: Collection[str]) -> float:
    """`model`: "beside" or "instead"."""
    weights = _weights()[model, lang]
    return weights[ALWAYS] + sum(weights[what] for what in weights.keys() & seen)


@cache
def _weights() -> Mapping[tuple[str, str], Mapping[str, float]]:
    """What each thing to be seen adds to the log odds, by model and language."""
    weights: dict[tuple[str, str], dict[str, float]] = {}
    lines = files("workbench.facts").joinpath("denying.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for model, lang, seen, weight in (line.split("\t") for line in lines):
        weights.setdefault((model, lang), {})[seen] = float(weight)
    return weights
