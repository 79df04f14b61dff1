"""Names that one text has and another seems to lack, and how surely that tells of another name in its place.

Names are left out, added and said in other words by translators, and what a text calls by sound is never quite known.
So each name without a counterpart is weighed by what is to be seen of it. A name put in another's place is one without
a counterpart on either side: the surest of one text and of the other are added. Between languages in Latin letters
names are kept, so that one that the other text lacks tells by itself. The weights are those of a logistic model learned
on parallel text and on names put in by chance (`python -m models.training.facts.missing`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workbench.facts.beside import is_country_itself, is_for_pronoun, is_said_of, tells_country
from workbench.facts.known import LANGUAGES, is_country, is_listed, known, names_of_words, seats_of, unaccented
from workbench.facts.names import fold
from workbench.facts.naming import (
    Heard,
    Named,
    Names,
    each_heard,
    heard,
    is_ordinary,
    naming,
    ordinary_words,
    possible_names,
)
from workbench.facts.places import countries_of
from workbench.facts.remembered import blanked
from workbench.facts.sounds import distance, is_read, is_surname, latin_sound, weight
from workbench.lang import CJK

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}(?![A-Za-z])")
# Up to what two sounds are of one name, from where on more says nothing (a long text always has something that is
# somewhat like it), and what is added within one script.
_NEAR, _STRANGE, _IN_ONE_SCRIPT = 0.25, 0.75, 0.1
# What is short for several words, those words, and how far from a name they stand.
_SHORT = re.compile(r"(?<![^\W_])[A-Z]{2,6}(?![^\W_])")
_SHORTENED = re.compile(r"[^\W\d_]{4,}|[A-ZÀ-Þ][^\W\d_]*")
_ABOUT = 80  # characters
_MANY = 10  # sounds
_LITTLE_ELSE = 1.5  # times the weight of a word, of what is that word by sound
_LONG = 2.0  # weight of a sound that is not found in any text by chance
# Log odds from which names are said to differ (SURELY where either text is in that language), as low as tells hardly
# more unchanged pairs of the development sets; and from which a name is then shown among them.
SURE, LIKELY = 1.6, 0.0
SURELY: Mapping[str, float] = {"zh": 1.8, "ko": 1.8}
# What each thing to be seen of a name adds to the log odds, and what they begin with, by the recipe; the last three
# came later and are as high as tells no more unchanged pairs of the development sets.
WEIGHTS: Mapping[str, float] = {
    "known": 1.23, "common": -0.24, "doubtful": -0.95, "ordinary": -0.9, "kept": 2.07, "may be known": 1.02,
    "sounds": -1.51, "unlike": 5.17, "entitled": 0.3, "han": -0.3, "bare": 0.8,
}  # fmt: skip
ALWAYS = -2.79
# What is added at least for the other text, where names are kept: one left out or put in is in the place of none.
KEPT = 1.1
# The same for a country, of which English and other scripts have all forms listed; those of cities and persons are not.
# And for a name in Latin letters beside Han, kana or hangul, which English would have as it is.
LISTED = 0.9
# The same for a first or last name beside the other, which both texts have.
ADDED = -1.0
# The same where it stands before or behind another name to say of what country it is, and where a pronoun of the other
# text may stand for it.
TOLD_BESIDE = -2.5
# The same where the other text repeats a name that the text of this one has less often.
REPEATED = 2.0
# How much a name in Latin letters in a text of China, Japan or Korea tells where the other is in another of these
# languages, which may transcribe it; 1 is how much it tells where the other is in Latin letters.
_TRANSCRIBED = 0.5
_OWN = {"zh": "CN", "ja": "JP", "ko": "KR"}
_AT_WILL = frozenset(["US", "olympic"])
# Kinds that are heard alone, and those that may be ordinary words of English: プログラム, 프로그램.
_BY_SOUND = frozenset(["kana", "hangul", "han"])
_WITH_WORDS = frozenset(["kana", "hangul"])
_KEEPING = frozenset(LANGUAGES) - CJK


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that nothing in another text surely means. `unlike`: how unlike it is what is likest there (sounds.py).

    `adds`: to the log odds that another name was put in its place, or it in another's; `alone`: what is added to these
    where nothing stands there.
    """

    named: Named
    unlike: float
    adds: float
    alone: float

    def may_be_for(self, other: Missing) -> bool:
        """Whether it may stand in the place of another: a first name for no country that is told beside a name."""
        return {self.alone, other.alone} != {ADDED, TOLD_BESIDE}


def unnamed(here: Names, there: Names) -> list[Missing]:
    """What the first texts name and nothing in the second surely means."""
    countries = frozenset(filter(is_country, here.keys))
    found = [
        (named, min(_STRANGE, *(_unlike(named, text, lang, here, countries) for text, lang in there.texts)))
        for named in here.stated
        if not is_said_of(named, here, there)
    ]
    met = {place for named, unlike in found if unlike <= _NEAR for place in (named.start, named.end)}
    return [
        Missing(
            named,
            unlike,
            _sum(features(named, unlike, here.lang, there.lang)),
            _instead_of_none(named, met, here, there),
        )
        for named, unlike in found
        if unlike > _NEAR
    ]


def _instead_of_none(named: Named, met: Collection[int], here: Names, there: Names) -> float:
    """What a name tells where nothing is in its place. `met`: where names begin or end that both texts have."""
    if tells_country(named, met, here, there) or is_for_pronoun(named, here, there):
        return TOLD_BESIDE
    return ADDED if _is_added(named, met) else _alone(named, here.lang, there.lang)


def _is_added(named: Named, met: Collection[int]) -> bool:
    """Whether it may be a first or last name, which is added and left out at will: Christophe Colomb is Columbus.

    `met`: where names begin or end that both texts have.
    """
    is_beside = named.end + 1 in met or named.start - 1 in met
    return is_beside and bool(_LATIN.match(named.written)) and not is_country_itself(named)


def log_odds(missing: Missing, other: float) -> float:
    """That names differ, by a name of one text and what the surest, or most doubtful, of the other adds."""
    return ALWAYS + missing.adds + max(missing.alone, other)


def repeats(here: Names, there: Names) -> bool:
    """Whether the first texts repeat a name that the second have, but not as often: another may stand in its place."""
    many = Counter(named.written for named in here.stated if named.is_sure)
    repeated = {named.written: named for named in here.stated if many[named.written] > 1}
    return any(0 < _times(named, there) < many[written] for written, named in repeated.items())


def may_be_instead(named: Named, there: Names) -> bool:
    """Whether a missing name may stand where texts repeat another; a capital may be its government, said otherwise."""
    return named.is_sure and not _is_common(named) and there.keys.isdisjoint(seats_of(named.keys))


def _times(named: Named, there: Names) -> int:
    """How often a name may stand in texts."""
    each = [heard for text, lang in there.texts for heard in each_heard(text, lang)]
    return sum(not named.keys.isdisjoint(keys) or _is_like(named.sound, sound) for keys, sound in each)


def _is_like(sound: str, other: str) -> bool:
    return weight(sound) >= 1 and min(distance(sound, other), distance(other, sound)) <= _NEAR


def features(named: Named, unlike: float, here: str, there: str) -> dict[str, float]:
    """What is to be seen of a name in a text in one language that one in another lacks."""
    is_known, is_common = named.kind == "known", _is_common(named)
    return {
        "known": float(is_known and not is_common),
        "common": float(is_common),
        # Most words in katakana are English, so that only English surely lacks them.
        "doubtful": float(not named.is_sure or (named.kind == "kana" and there != "en")),
        "ordinary": float(not named.is_sure and is_ordinary(named.written, here)),
        "kept": (_TRANSCRIBED if there in CJK else 1.0) * (named.kind == "latin" and here in CJK),
        "may be known": float(bool(named.keys) and not is_known),
        "sounds": min(_MANY, len(named.sound)) / _MANY,
        "unlike": unlike,
        "entitled": float(named.is_entitled),
        "han": float(named.kind == "han"),
        "bare": float(named.is_bare),
    }


def _is_common(named: Named) -> bool:
    """Whether a name is added and left out at will: American, the States, the Olympics, a language.

    Other scripts call most countries what they call their languages; Danish is no word for Denmark.
    """
    at_will = any if _LATIN.match(named.written) else all
    return named.kind == "known" and (
        bool(_AT_WILL & named.keys) or at_will(key.startswith("lang-") for key in named.keys)
    )


def _alone(named: Named, here: str, there: str) -> float:
    """What a name tells where nothing is in its place; what only a capital shows to be one is, in German, any noun."""
    is_known = named.kind == "known"
    if not named.is_sure or (here == "de" and not is_known) or _is_common(named) or _is_own(named, there):
        return 0.0
    if {here, there} <= _KEEPING:
        return KEPT
    is_country_known = is_known and any(map(is_country, named.keys)) and "en" in (here, there)
    is_as_in_english = named.kind == "latin" and here in CJK and there == "en"
    return LISTED if is_country_known or is_as_in_english else 0.0


def _is_own(named: Named, there: str) -> bool:
    """Whether a name is of the country of the other language, which seldom says it of its own: the prime minister."""
    return _OWN.get(there) in named.keys


def _sum(seen: Mapping[str, float]) -> float:
    return sum(WEIGHTS[what] * much for what, much in seen.items())


def _unlike(named: Named, text: str, lang: str, here: Names, countries: frozenset[str]) -> float:
    """How unlike a name of some texts is what another has: 0 where it may well stand there, 1 where nothing is like it.

    `countries`: those that are named beside it.
    """
    if named.written in text or _is_shortened(named, text, here):
        return 0.0
    is_known, is_latin = named.kind == "known", bool(_LATIN.match(named.written))
    if lang not in LANGUAGES and (is_known or not heard(text, lang).capitalised):
        return 0.0
    if named.keys and _is_called(named.keys, text, lang, countries):
        return 0.0
    is_spelt_alike = is_latin and lang not in CJK
    there = heard(_without_other_countries(named.keys, text, lang) if is_spelt_alike else text, lang)
    if is_known and not is_spelt_alike and any(is_listed(key, lang) for key in named.keys):
        return 0.0 if _is_spelt_otherwise(named, there) else 1.0
    if is_latin and (_is_spelt(named, there) or (lang in ("zh", "ja") and _is_in_han(named.written, text, lang))):
        return 0.0
    if weight(named.sound) < 1:
        return 1.0 if is_known else 0.0
    if lang in CJK:  # which write much of what is katakana in other ways
        found = ((distance(named.sound, sound), sound) for sound in there.sounds)
        return 0.0 if named.kind in _BY_SOUND else _likest(found, lambda sound: _is_said(sound, here))
    words = there.words if named.kind in _WITH_WORDS and not named.is_entitled else there.capitalised
    found = ((_unlike_word(named, latin_sound(word)), word) for word in words)
    return _likest(found, lambda word: _is_meant(word, lang, here))


def _is_shortened(named: Named, text: str, here: Names) -> bool:
    """Whether a text has a name and the words about it by their initials, in any order: BH for the Bank of Harwick."""
    shorts = set(_SHORT.findall(text)) if _LATIN.match(named.written) else ()
    return any(_has_initials(named, own, short) for own, _ in here.texts for short in shorts)


def _has_initials(named: Named, own: str, short: str) -> bool:
    """Whether words in a row in the text of a name, and it among them, begin with the letters of what is short."""
    first = max(0, named.start - _ABOUT)
    words = [word for word in _SHORTENED.finditer(own, first, named.end + _ABOUT) if word[0] != short]
    begin, size = [fold(word[0])[:1].upper() for word in words], len(short)
    place = next((at for at, word in enumerate(words) if word.span() == (named.start, named.end)), len(words))
    rows = (begin[at : at + size] for at in range(max(0, place - size + 1), place + 1))
    return any(sorted(row) == sorted(short) for row in rows)


def _is_in_han(word: str, text: str, lang: str) -> bool:
    return is_surname(word, text) or (lang == "zh" and is_read(word, text))


def _is_spelt_otherwise(named: Named, there: Heard) -> bool:
    """Whether a name stands in a text in none of its listed forms, but by sound: ライプチヒ for ライプツィヒ."""
    if any(map(is_country, named.keys)) or weight(named.sound) < _LONG:
        return False
    words = map(latin_sound, there.capitalised)
    return any(distance(named.sound, sound) <= _NEAR for sound in there.sounds) or any(
        max(distance(named.sound, word), distance(word, named.sound)) <= _NEAR for word in words
    )


def _likest(others: Iterable[tuple[float, str]], is_taken: Callable[[str], bool]) -> float:
    """How unlike a name is the likest of others, or the first that is near enough; 1 of none.

    What is not near and stands for something else already is passed over: it is like the name by chance.
    """
    found = []
    for unlike, other in others:
        if unlike <= _NEAR:
            return unlike
        if unlike < _STRANGE:
            found.append((unlike, other))
    return next((unlike for unlike, other in sorted(found) if not is_taken(other)), 1.0)


def _is_said(sound: str, here: Names) -> bool:
    """Whether a sound is that of a word with a capital in texts."""
    words = (word for text, lang in here.texts for word in heard(text, lang).capitalised)
    return any(_is_sound_of(sound, latin_sound(word)) for word in words)


def _is_meant(word: str, lang: str, here: Names) -> bool:
    """Whether a word stands in texts, as it is, by another name of what it names, or by its sound."""
    known = possible_names(word, lang)
    if any(not known.isdisjoint(named.keys) for named in here.stated if named.kind == "known"):
        return True
    own = [heard(text, language) for text, language in here.texts]
    sounds = (sound for each in own for sound in each.sounds)
    return any(fold(word) in each.words for each in own) or any(_is_sound_of(s, latin_sound(word)) for s in sounds)


def _is_sound_of(sound: str, word: str) -> bool:
    """Whether a sound of another script is a word, and little else."""
    return weight(sound) <= _LITTLE_ELSE * weight(word) and distance(word, sound) <= _NEAR


def _unlike_word(named: Named, sound: str) -> float:
    """How unlike a name, or a good part of one in another script, is a word in Latin letters."""
    if _LATIN.match(named.written):
        one_way = distance(named.sound, sound) + _IN_ONE_SCRIPT
        return one_way if one_way >= _STRANGE else max(one_way, distance(sound, named.sound) + _IN_ONE_SCRIPT)
    if 2 * weight(sound) < weight(named.sound):
        return 1.0
    return min(distance(sound, named.sound), distance(named.sound, sound))


def _is_called(keys: frozenset[str], text: str, lang: str, countries: frozenset[str]) -> bool:
    """Whether one of these known names may stand in a text: by a form, also of English, a part or its first letters.

    North Korea is in norcoreano, New Zealand in neozelandés, Papua New Guinea in PNG; Paris may be said for France, and
    France for Paris unless both are named; where Lyon is, France need not be said.
    """
    text = _without_other_countries(keys, text, lang)
    if not known(text, lang).possible.isdisjoint(keys):  # most
        return True
    possible = possible_names(text, lang)
    seats = frozenset(country for country in seats_of(keys) if country in keys or country not in countries)
    if not possible.isdisjoint(keys) or not seats_of(possible).isdisjoint(seats):
        return True
    if any(map(is_country, keys)) and any(not codes.isdisjoint(keys) for codes in countries_of(text, lang)):
        return True
    initials = frozenset().union(*map(_initials, keys))
    if any(word in initials for word in _CAPITALS.findall(text)):
        return True
    begins = frozenset().union(*(_parts_of(key, lang) for key in keys))
    plain = unaccented(text).lower() if begins else ""
    return any(begin in plain for begin in begins)


def _without_other_countries(keys: frozenset[str], text: str, lang: str) -> str:
    """A text without what surely names other countries than one that it does not surely name: Nigeria is not Niger."""
    if not any(map(is_country, keys)):
        return text
    others = [named for named in naming(text, lang).stated if any(map(is_country, named.keys))]
    if any(not other.keys.isdisjoint(keys) for other in others):
        return text
    return blanked(text, sorted((other.start, other.end) for other in others))


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
