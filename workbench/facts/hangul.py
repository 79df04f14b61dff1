"""Foreign words in hangul, names above all: how a word begins, by how much likelier its syllables are in such words.

hangul.tsv holds the log of how many times likelier each syllable is in foreign words than in others, a line a value.
`python -m models.training.facts.hangul` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate

from workbench.facts.remembered import Remembered

_LEAST = 2  # syllables


@cache
def _log_odds() -> Mapping[str, float]:
    text = files("workbench.facts").joinpath("hangul.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines())
    return {syllable: float(value) for value, syllables in lines for syllable in syllables}


def syllable_odds(syllable: str) -> float:
    """The log of how many times likelier a syllable is in foreign words; 0 of what is none."""
    return _log_odds().get(syllable, 0.0)


def _beginning(word: str) -> tuple[float, str]:
    sums = list(accumulate(map(syllable_odds, word)))[_LEAST - 1 :]
    best = max(sums, default=0.0)
    return (best, word[: sums.index(best) + _LEAST]) if sums else (0.0, "")


_BEGINNINGS = Remembered(_beginning)


def foreign(word: str, least: float = 0.0) -> str:
    """How a word in hangul begins as far as that is likeliest a foreign one; "" if the log odds are less than `least`.

    Two syllables or more, and what Korean adds to words is left out: it is likelier Korean.

    >>> foreign("런던에서는")
    '런던'
    """
    odds, beginning = _BEGINNINGS[word]
    return beginning if odds >= least else ""
