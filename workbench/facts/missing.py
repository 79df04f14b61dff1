"""Names that one text has and another seems to lack, and how surely that tells of another name in its place.

Names are left out, added and said in other words by translators, and what a text calls by sound is never quite known.
So each name without a counterpart is weighed by what is to be seen of it, and of the other text, in a logistic model
learned on parallel text and on names put in by chance (`python -m models.training.names_missing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.facts.known import LANGUAGES, is_country, is_listed, known, names_of_words, seat_of, unaccented
from workbench.facts.names import fold
from workbench.facts.naming import Heard, Named, Names, heard, ordinary_words, possible_names, sound_of
from workbench.facts.sounds import distance, latin_sound, weight
from workbench.lang import CJK

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LATIN_WORD = re.compile(r"[A-Z][A-Za-zÀ-ɏ]{2,}")
_KANA = re.compile(r"[ァ-ヴー]{2,30}")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}(?![A-Za-z])")
_CAPITALISED = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][^\W\d_]{2,}")
# Up to what two sounds are of one name, from where on more says nothing (a long text always has something that is
# somewhat like it), and what is added within one script.
_NEAR, _STRANGE, _IN_ONE_SCRIPT = 0.25, 0.75, 0.1
# How unlike what may be a name must be to be another.
_ECHO = 0.25
_SPACED = ("de", "en", "es", "fr", "pt")
_MANY = 10  # sounds
# Log odds from which names are said to differ, and from which a name is then shown among them.
SURE, LIKELY = 2.9, 0.0
# What each thing to be seen adds to the log odds, by `python -m models.training.names_missing`.
WEIGHTS: Mapping[str, float] = {
    "US of de": 0.05, "US of en": -1.05, "US of es": 0.06, "US of fr": 0.35, "US of ja": 0.34, "US of ko": -0.41,
    "US of pt": 0.05, "US of zh": -1.86, "acronym of ja": -0.06, "acronym of ko": -0.36, "acronym of zh": 0.02,
    "always": -1.33, "answered by US": 0.92, "answered by acronym": 1.25, "answered by country": 3.63,
    "answered by kana": 1.59, "answered by known": 2.99, "answered by language": 1.57, "answered by latin": 2.59,
    "country of de": 0.38, "country of en": 1.01, "country of es": 0.04, "country of fr": 1.05,
    "country of ja": 1.36, "country of ko": 0.36, "country of pt": -0.05, "country of zh": 1.19, "into de": 0.73,
    "into en": -0.25, "into es": -0.37, "into fr": -0.44, "into ja": -0.59, "into ko": 0.43, "into pt": -0.71,
    "into zh": -0.13, "kana of ja": -1.37, "known of de": 0.58, "known of en": 0.24, "known of es": 0.27,
    "known of fr": 0.14, "known of ja": 0.62, "known of ko": 0.03, "known of pt": 0.31, "known of zh": -0.94,
    "language of de": 0.05, "language of en": -0.19, "language of fr": -0.26, "language of ja": 0.33,
    "language of ko": 0.41, "language of pt": -2.55, "language of zh": 0.11, "latin of de": -2.59,
    "latin of en": -0.81, "latin of es": -0.87, "latin of fr": -0.76, "latin of ja": 1.38, "latin of ko": 1.58,
    "latin of pt": -1.14, "latin of zh": 1.65, "may be known": 0.76, "more cjk>cjk": 0.59, "more cjk>spaced": 1.37,
    "more spaced>cjk": 0.44, "more spaced>spaced": 1.26, "not listed": -1.04, "ordinary": -0.45, "sounds": -1.64,
    "unlike cjk>cjk": 3.59, "unlike cjk>spaced": 4.71, "unlike spaced>cjk": 6.58, "unlike spaced>spaced": 6.45,
    "without English": -0.28,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that nothing in another text surely means. `unlike`: how unlike it is what is likest there (sounds.py)."""

    named: Named
    unlike: float


def unnamed(here: Names, there: Names) -> list[Missing]:
    """What the first texts name and nothing in the second surely means."""
    found = (Missing(named, min(_STRANGE, *(_unlike(named, *text) for text in there.texts))) for named in here.stated)
    return [missing for missing in found if missing.unlike > _NEAR]


def log_odds(missing: Sequence[Missing], here: Names, there: Names, others: Sequence[Missing]) -> list[float]:
    """For each name of the first texts that the second lack, that another was put in its place, or it in another's.

    `others`: names of the second that the first lack.
    """
    return [
        sum(WEIGHTS.get(what, 0.0) * much for what, much in seen.items())
        for seen in features(missing, here, there, others)
    ]


def features(
    missing: Sequence[Missing], here: Names, there: Names, others: Sequence[Missing]
) -> list[dict[str, float]]:
    """What is to be seen of each name, and of the texts."""
    if not missing:
        return []
    across = f"{_script(here.lang)}>{_script(there.lang)}"
    shared = {
        "always": 1.0,
        f"into {there.lang}": 1.0,
        f"more {across}": float(_may_name_more(there, here)),
        "without English": float("en" not in (here.lang, there.lang)),
    }
    for other in others:
        answer = f"answered by {_kind(other.named)}"
        shared[answer] = max(other.unlike, shared.get(answer, 0.0))
    return [{**shared, **_seen(each.named, here.lang, there.lang), f"unlike {across}": each.unlike} for each in missing]


def _seen(named: Named, here: str, there: str) -> dict[str, float]:
    small = named.written.lower()
    return {
        f"{_kind(named)} of {here}": 1.0,
        "sounds": min(_MANY, len(named.sound)) / _MANY,
        "may be known": float(bool(named.keys)),
        "ordinary": float(any(small in ordinary_words(lang) for lang in _SPACED)),
        "not listed": float(named.kind == "known" and not any(is_listed(key, there) for key in named.keys)),
    }


def _kind(named: Named) -> str:
    if named.kind == "known":
        if any(key.startswith("lang-") for key in named.keys):
            return "language"
        if "US" in named.keys:  # added and left out at will: American, the States
            return "US"
        return "country" if any(map(is_country, named.keys)) else "known"
    return "acronym" if named.written.isupper() else named.kind


def _script(lang: str) -> str:
    return "cjk" if lang in CJK else "spaced"


def _may_name_more(here: Names, there: Names) -> bool:
    """Whether the first text has a word with a capital within a sentence, or in katakana, unknown to the second.

    Han and hangul show no capitals: what may be a known name counts there. Nothing is known of German, where every noun
    has one.
    """
    echoes = [heard(text, lang) for text, lang in there.texts]
    possible = frozenset().union(*(known(text, lang).possible for text, lang in there.texts))
    if any(known(text, lang).possible - possible for text, lang in here.texts if lang in CJK):
        return True
    return any(
        not any(_is_echoed(word, echo) for echo in echoes) and not known(word, lang).possible & possible
        for text, lang in here.texts
        for word in _may_be_names(text, lang)
    )


def _may_be_names(text: str, lang: str) -> list[str]:
    if lang in CJK:
        return [match[0] for pattern in (_LATIN_WORD, _KANA) for match in pattern.finditer(text)]
    return [match[0] for match in _CAPITALISED.finditer(text)] if lang != "de" else []


def _is_echoed(word: str, there: Heard) -> bool:
    """Whether a word of another text may be this one."""
    folded = fold(word)
    sound = sound_of(word, "ja")
    return (
        folded in there.words
        or folded[:4] in there.starts
        or any(distance(sound, other) <= _ECHO for other in there.sounds)
        or any(distance(sound, latin_sound(other)) <= _ECHO for other in there.capitalised)
    )


def _unlike(named: Named, text: str, lang: str) -> float:
    """How unlike a name is what a text has: 0 where it may well stand there, 1 where nothing is like it."""
    if named.written in text:
        return 0.0
    there = heard(text, lang)
    if lang not in LANGUAGES and (named.kind == "known" or not there.capitalised):
        return 0.0
    if named.kind == "kana" and lang != "en":  # most are words of English, so that only English can lack them
        return 0.0
    if named.keys and _is_called(named.keys, text, lang):
        return 0.0
    if named.kind in ("latin", "known") and _LATIN.match(named.written) and _is_spelt(named, there):
        return 0.0
    if weight(named.sound) < 1:
        return 1.0 if named.kind == "known" else 0.0
    if lang in CJK:
        return _least(distance(named.sound, sound) for sound in there.sounds)
    words = there.words if named.kind == "kana" else there.capitalised
    return _least(_unlike_word(named, latin_sound(word)) for word in words)


def _least(unlike: Iterable[float]) -> float:
    """The least of them, or the first that is near enough; 1 of none."""
    least = 1.0
    for each in unlike:
        least = min(least, each)
        if least <= _NEAR:
            break
    return least


def _unlike_word(named: Named, sound: str) -> float:
    """How unlike a name, or a good part of one in another script, is a word in Latin letters."""
    if _LATIN.match(named.written):
        one_way = distance(named.sound, sound) + _IN_ONE_SCRIPT
        return one_way if one_way >= _STRANGE else max(one_way, distance(sound, named.sound) + _IN_ONE_SCRIPT)
    if 2 * weight(sound) < weight(named.sound):
        return 1.0
    return min(distance(sound, named.sound), distance(named.sound, sound))


def _is_called(keys: frozenset[str], text: str, lang: str) -> bool:
    """Whether one of these known names may stand in a text: by a form, also of English, a part or its first letters.

    North Korea is in norcoreano, New Zealand in neozelandés, Papua New Guinea in PNG; Paris may be said for France.
    """
    possible = possible_names(text, lang)
    if not possible.isdisjoint(keys) or not _seats(possible).isdisjoint(_seats(keys)):
        return True
    initials = frozenset().union(*map(_initials, keys))
    if any(word in initials for word in _CAPITALS.findall(text)):
        return True
    begins = frozenset().union(*(_parts_of(key, lang) for key in keys))
    plain = unaccented(text).lower() if begins else ""
    return any(begin in plain for begin in begins)


def _seats(keys: frozenset[str]) -> frozenset[str]:
    """Countries, by themselves or by their capitals, which may stand for their governments."""
    return frozenset(country for key in keys if (country := seat_of(key)))


@lru_cache(maxsize=4096)
def _parts_of(key: str, lang: str) -> frozenset[str]:
    """How the telling words of a name of several words begin."""
    forms = names_of_words(key, lang) if lang in LANGUAGES else ()
    words = (word for form in forms for word in form)
    return frozenset(word[:4] for word in words if len(word) > 3 and word not in ordinary_words(lang))


@lru_cache(maxsize=4096)
def _initials(key: str) -> frozenset[str]:
    return frozenset("".join(word[0] for word in form).upper() for form in names_of_words(key, "en"))


def _is_spelt(named: Named, there: Heard) -> bool:
    """Whether a name in Latin letters stands in a text, cut short or lengthened perhaps, or as an initial."""
    return (
        named.key in there.words
        or named.key[:-1] in there.words
        or named.key[:4] in there.starts
        or (len(named.key) < 6 and named.key in there.initials)
    )
