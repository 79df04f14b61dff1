"""Names in a text, and whatever else may be one; missing.py holds two texts against each other.

What languages have words of their own for is looked up (known.py). Other names are kept by languages in Latin letters
but for their spelling, and transcribed by sound into katakana, hangul and Han (sounds.py); so they are looked for by
both, and words in katakana, and what looks transcribed in hangul and Han, are looked for in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from workbench.facts.hangul import foreign
from workbench.facts.known import is_country, known
from workbench.facts.names import capitalised, fold, names
from workbench.facts.remembered import Remembered
from workbench.facts.sounds import han_sound, hangul_sound, in_words, kana_sound, latin_sound, transcribing
from workbench.lang import CJK

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PARTS = re.compile(r"['’.-]")
_PART = re.compile(r"[^\W_]+")  # a possessive is no name by itself, as short as it is
_KANA = re.compile(r"[ァ-ヴー]{2,30}")
_HANGUL = re.compile(r"[가-힣]{2,30}")
# Log odds from which a word in hangul looks foreign, and from which it may be: chosen on the development sets.
_FOREIGN, _MAYBE_FOREIGN = 3.0, -1.0
# Beside a word in katakana: that it is somebody's name, or a place's; the dot is that between first and last name.
_DOT = "・"
_ENTITLED = re.compile(
    rf"{_DOT}|氏|さん|[様君]|夫[人妻]|選手|監督|教授|博士|大統領|首相|議員|大[臣使]|[将長]官|司令|市|州|県|郡|[諸半]?島|川|湖|山|"
    "[王帝]|人(?!工)|語"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_CAPITALISED = re.compile(r"(?<![^\W_])[A-ZÀ-Þ][^\W\d_]*")
# Short words are not in the lists of ordinary ones: In April, Im Juni.
_CAPITALISED_BEFORE = re.compile(r"(?<![\w'’.-])[A-ZÀ-Þ][^\W\d_]{2,}(?= $)")
# How peoples, faiths, ages and their like end in a language: they are translated, not kept.
_ENDS: Mapping[str, str] = {
    "en": "ians?|eans?|ese|ish|isms?|ists?|ites?|ity|ology|ics|men|[aei]nt|ans|tion|sion|ment|ance|ence",
    "fr": "[aei]nt|ans|tion|sion|ment|isme|iste|iens?|iennes?|ais|aises?|ique|eurs?|ance|ence|eries?|tés?|ité|ologie",
    "de": "ians?|isms?|ists?|ität(?:en)?|ologien?|ismus|isten?|[aei]nt(?:en)?|tion(?:en)?|sion(?:en)?|mente?n?|anz|enz|"
    "eure?|ier|[a-zäöüß]{3,}(?:(?<!dr)ung(?:en|s)?|(?:heit|keit|schaft)(?:en|s)?|innen|tums?)",
    "es": "inos?|ción|ciones|sión|mento|ismo|istas?|dad|ería|encia|ancia|ogía|icos?|icas?|anos?|anas?|eses?|enses?",
    "pt": "ais|inos?|ção|ções|são|mento|ismo|istas?|dade|eria|ência|ância|ogia|icos?|icas?|anos?|anas?|eses?|enses?",
}
_ABBREVIATED = r"[IVXL]+e?|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TRANSLATED_TEXT = (
    "aegean balkans nordic soviet viking vikings british turkish iraqi dutch arab arabs jew jews greek greeks "
    "swiss thai thais malay malays turk turks uighur czech slav slavs swede finn finns dane danes latin olympic "
    "olympics olympiad paralympics mercury moon earth minister ministry parliament "
    "congress senate senator republican republicans democrat democrats emperor empress king queen prince "
    "princess duke lord dynasty dynasties hemisphere consulate embassy emirates united prix act subcommittee "
    "squadron cyclone cretaceous jurassic renaissance hajj mass bible quran islam islamic muslim muslims "
    "buddhist buddha sikh sikhs judaism thrace symphony brewery airways inc corp ltd easter christmas highlands "
    "strait falls colonel colonels sergeant lieutenant captain general mister missus sir internet western "
    "eastern northern southern thames danube rhine "
    "bishop archbishop marquis governor archaeology catholic catholics lutheran anglican plateau archipelago strait "
    "volga nile indus alps fahrenheit republic chancellor "
)
_TRANSLATED_WORDS = frozenset(_TRANSLATED_TEXT.split())

# Currencies, which are often told without their countries.
_MONEY_BEHIND = re.compile(r"\$| (?:francs?|dollars?|pounds?|pesos?|rupees?|Franken|Dollar|Pfund|Pesos?|Rupien)\b")
_MONEY_BEFORE = re.compile(r"\b(?:francs?|dollars?|livres?|dólares|francos?|libras?|pesos?|roupies|rupias) $")
# With which names of places and persons end as words do: Salzburg, Neumann.
_ENDS_OF_NAMES = frozenset(["bauer", "berg", "burg", "dorf", "feld", "heim", "mann", "stein", "tal"])
# What stands before a noun in German that is no name: an article or an adjective.
_BEFORE_GERMAN_NOUNS = re.compile(
    r"(?:\b(?:d(?:er|ie|as|en|em|es)|[kmds]?ein|ihr|unser|euer|all|viel|im|am|zu[mr]|beim|vom|[ia]ns|\d+)"
    r"|[a-zäöüß]{3}e[rmns]?) $",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 30
# What German puts between words that it joins, and behind nouns for their case and number.
_GERMAN_JOINTS = ("s", "es", "n", "en", "er", "e")
_GERMAN_CASES = ("s", "es", "n", "en", "e", "er", "ern", "in")
# Languages that share many words, so that those of the one list are ordinary in the other.
_SISTERS = {"es": "pt", "pt": "es"}
_SUFFIXES = frozenset("er ers ing ings ed hood ship able ness ful less ly es".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, `text[start:end]`, which is `written`.

    `kind`: "known" (it is one of the lines `keys` of names.tsv), else the script: "latin" (`key` is the folded word),
    "kana", "hangul", "han", and `keys` are lines that it may be. `sound`: as sounds.py hears it. `is_sure`: it is no
    other word. `is_entitled`: what stands beside it says that it is a name. `is_bare`: in German, no article or
    adjective is before it, as before most nouns that are no names.
    """

    kind: str
    key: str
    sound: str
    start: int
    end: int
    written: str
    keys: frozenset[str] = frozenset()
    is_sure: bool = True
    is_entitled: bool = False
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What texts name, and the texts, (text, language) each, for whatever might be a name in them."""

    stated: tuple[Named, ...]
    texts: tuple[tuple[str, str], ...]

    @property
    def lang(self) -> str:
        """The language of the first text."""
        return self.texts[0][1]

    @property
    def keys(self) -> frozenset[str]:
        """The lines of names.tsv that what they name is, or may be."""
        return frozenset(key for named in self.stated for key in named.keys)


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that might be a name in a text: words in Latin letters, folded, and how they begin; and sounds."""

    words: frozenset[str]
    starts: frozenset[str]
    capitalised: frozenset[str]
    initials: str
    sounds: frozenset[str] = frozenset()


def _heard_of(word: str) -> Heard | None:
    """Of a word in Latin letters and its parts."""
    if not _LATIN.match(word):
        return None
    parts = {word, *_PARTS.split(word)}
    folded = frozenset(map(fold, parts))
    capitalised = frozenset(part for part in parts if part[:1].isupper() and len(part) > 2)
    return Heard(folded, frozenset(part[:4] for part in folded), capitalised, word[0].lower())


_HEARD = Remembered(_heard_of)


@cache
def ordinary_words(lang: str) -> frozenset[str]:
    """Words written small in running text: no names, or such that are translated (models.training.facts.ordinary)."""
    path = files("workbench.facts").joinpath(f"ordinary/{lang}.txt")
    words = path.read_text(encoding="utf-8").split() if path.is_file() else []
    return frozenset([*words, *map(fold, words)])


def ends_a_name(text: str, start: int, lang: str) -> bool:
    """Whether a word is the last of a name, as in Chiang Mai: both have capitals, and the first is no other word."""
    before = _CAPITALISED_BEFORE.search(text, max(0, start - 20), start) if text[start].isupper() else None
    return before is not None and before[0].lower() not in ordinary_words(lang)


# A passage is held against those of several versions, and drawn again at every step of a page.
@lru_cache(maxsize=2048)
def naming(text: str, lang: str) -> Names:
    """`lang`: the primary subtag. Never raises; linear in the text."""
    stated = [
        Named("known", fold(text[start:end]), sound_of(text[start:end], lang), start, end, text[start:end], keys)
        for keys, start, end in known(text, lang).stated
        if _names_something(keys, text[start:end], lang) and not is_other(text, start, end, lang)
    ]
    taken = {at for named in stated for at in range(named.start, named.end)}
    others = [*_latin_names(text, lang, taken), *(_in_kana(text, taken) if lang == "ja" else ())]
    return Names((*stated, *others), ((text, lang),))


# Asked for only where another text has a name that this one lacks.
@lru_cache(maxsize=1024)
def doubtful(text: str, lang: str) -> Names:
    """What else may be a name: words with a capital, if only where a sentence begins, and what is transcribed."""
    taken = {at for named in naming(text, lang).stated for at in range(named.start, named.end)}
    latin = [
        _doubtful_in_latin(text, word, start, lang)
        for start, end, within in capitalised(text, lang)
        if start not in taken and _may_be_kept(word := text[start:end], lang, within)
    ]
    return Names((*latin, *_maybe_transcribed(text, lang, taken)), ((text, lang),))


def _doubtful_in_latin(text: str, word: str, start: int, lang: str) -> Named:
    is_sure = lang == "en" and _is_kept(word.removesuffix("s"), lang)
    is_bare = lang == "de" and not _BEFORE_GERMAN_NOUNS.search(text, max(0, start - _LONGEST_BEFORE), start)
    return replace(_in_latin(word, start, possible_names(word, lang), is_sure), is_bare=is_bare)


def _may_be_kept(word: str, lang: str, within: bool) -> bool:
    """Whether a word may be a name; one that has its capital from where it stands, only if it is no ordinary word."""
    is_long = len(word) > 2 and word.isalpha() and not word.isupper()
    return is_long and ((within and lang != "de") or not (is_ordinary(word, lang) or _is_made_of(word.lower(), lang)))


def _maybe_transcribed(text: str, lang: str, taken: set[int]) -> list[Named]:
    """What looks transcribed into another script."""
    if lang == "ja":
        return _in_kana(text, taken, is_sure=False)
    looks = {"ko": _in_hangul, "zh": _in_han}.get(lang)
    return looks(text, taken) if looks else []


def _in_kana(text: str, taken: set[int], is_sure: bool = True) -> list[Named]:
    """Words in katakana: names, and what else Japanese took from other languages; if sure, no ordinary ones."""
    found = []
    for match in _KANA.finditer(text):
        word, is_entitled = match[0], _is_entitled(text, *match.span())
        is_word = is_sure and not is_entitled and word in ordinary_words("ja")
        if len(word) > 2 and match.start() not in taken and not is_word:
            keys, is_one = known(word, "ja").possible, is_sure or is_entitled
            found.append(Named("kana", "", kana_sound(word), *match.span(), word, keys, is_one, is_entitled))
    return found


def _in_han(text: str, taken: set[int]) -> list[Named]:
    """What looks transcribed in Chinese: a few characters, of which two or more are seldom part of other words."""
    words = in_words()
    return [
        Named("han", "", han_sound(match[0]), *match.span(), match[0], known(match[0], "zh").possible, is_sure=False)
        for match in _transcribing().finditer(text)
        if match.start() not in taken and len(match[0]) > 2 and sum(ch not in words for ch in match[0]) > 1
    ]


def _in_hangul(text: str, taken: set[int]) -> list[Named]:
    """What looks foreign in Korean."""
    found = []
    for match in _HANGUL.finditer(text):
        word = foreign(match[0], _FOREIGN) if match.start() not in taken else ""
        if word:
            place, keys = (match.start(), match.start() + len(word)), known(match[0], "ko").possible
            found.append(Named("hangul", "", hangul_sound(word), *place, word, keys, is_sure=False))
    return found


def _is_entitled(text: str, start: int, end: int) -> bool:
    return text.startswith(_DOT, max(0, start - 1)) or bool(_ENTITLED.match(text, end))


def all_names(parts: Sequence[Names]) -> Names:
    """What several texts of one side name together; the places of what is named are those in its own text."""
    if len(parts) == 1:
        return parts[0]
    return Names(tuple(n for part in parts for n in part.stated), tuple(text for part in parts for text in part.texts))


# Most texts need none of this, since the other text names nothing.
@lru_cache(maxsize=1024)
def heard(text: str, lang: str) -> Heard:
    heard = [word for word in map(_HEARD.__getitem__, _WORD.findall(text)) if word]
    return Heard(
        frozenset().union(*(word.words for word in heard)),
        frozenset().union(*(word.starts for word in heard)),
        frozenset().union(*(word.capitalised for word in heard)),
        "".join(word.initials for word in heard),
        frozenset(_sounds(text, lang)),
    )


@lru_cache(maxsize=1024)
def each_heard(text: str, lang: str) -> tuple[tuple[frozenset[str], str], ...]:
    """Whatever may be a name in a text, as often as it stands there: the keys that it may be, and how it sounds."""
    sure = [named for named in naming(text, lang).stated if named.kind == "known"]
    taken = {at for named in sure for at in range(named.start, named.end)}
    places = [match for pattern in _heard_by(lang) for match in pattern.finditer(text) if match.start() not in taken]
    return (
        *((named.keys, named.sound) for named in sure),
        *((known(match[0], lang).possible, sound_of(match[0], lang)) for match in places),
    )


def _heard_by(lang: str) -> list[re.Pattern[str]]:
    """Where names may stand in texts of a language."""
    in_cjk = {"ja": _KANA, "ko": _HANGUL, "zh": _transcribing()}
    return [_CAPITALISED, in_cjk[lang]] if lang in in_cjk else [_CAPITALISED]


def sound_of(word: str, lang: str) -> str:
    """How a word of a text sounds."""
    if _LATIN.match(word):
        return latin_sound(word)
    sounds: dict[str, Callable[[str], str]] = {"ja": kana_sound, "ko": hangul_sound, "zh": han_sound}
    return sounds.get(lang, latin_sound)(word)


def _sounds(text: str, lang: str) -> list[str]:
    """How what may be transcribed in a text sounds."""
    if lang == "ja":
        return [kana_sound(match[0]) for match in _KANA.finditer(text)]
    if lang == "ko":
        return [hangul_sound(word) for word in _HANGUL.findall(text) if foreign(word, _MAYBE_FOREIGN)]
    if lang == "zh":
        return [han_sound(match[0]) for match in _transcribing().finditer(text)]
    return []


@cache
def _transcribing() -> re.Pattern[str]:
    """Characters in a row that may be a foreign name by sound."""
    return re.compile(f"[{transcribing()}]{{2,}}")


def _latin_names(text: str, lang: str, taken: set[int]) -> list[Named]:
    """Names that would be kept."""
    found = []
    for name in names(text, lang):
        parts = list(_PART.finditer(text, name.start, name.end))
        together = _names_together(tuple(part[0] for part in parts), lang) if len(parts) > 1 else frozenset()
        for part in parts:
            word, start = part[0], part.start()
            keys = _names_if_kept(word, lang) if start not in taken else None
            if keys is not None:
                found.append(_in_latin(word, start, keys | together))
    return found


@lru_cache(maxsize=4096)
def _names_together(words: tuple[str, ...], lang: str) -> frozenset[str]:
    """The known names that may stand in words together, and in none alone: Carlos Magno is Charlemagne."""
    return possible_names(" ".join(words), lang).difference(*(possible_names(word, lang) for word in words))


# Texts repeat few words, so that each is looked at once.
@lru_cache(maxsize=1 << 16)
def _names_if_kept(word: str, lang: str) -> frozenset[str] | None:
    """The known names that may stand in a name that would be kept; None of one that would not."""
    return possible_names(word, lang) if _is_kept(word, lang) else None


def _in_latin(word: str, start: int, keys: frozenset[str], is_sure: bool = True) -> Named:
    return Named("latin", fold(word), latin_sound(word), start, start + len(word), word, keys, is_sure)


def possible_names(text: str, lang: str) -> frozenset[str]:
    """The known names that may stand in a text; what is in Latin letters may be those of English too: BBC Scotland."""
    own = known(text, lang).possible
    return own if lang in CJK and not _LATIN.search(text) else own | known(text, "en").possible


def is_ordinary(word: str, lang: str) -> bool:
    """Whether a word is written small elsewhere, or one that every language calls otherwise."""
    small = word.lower()
    ordinary = ordinary_words("en" if lang in CJK else lang)
    return (
        small in ordinary
        or small in ordinary_words(_SISTERS.get(lang, lang))
        or small in _TRANSLATED_WORDS
        or bool(_translated("en" if lang in CJK else lang).match(word))
    )


@cache
def _translated(lang: str) -> re.Pattern[str]:
    ends = _ENDS.get(lang) or "|".join(_ENDS.values())
    return re.compile(rf".*(?:{ends})$|(?:{_ABBREVIATED})$", re.IGNORECASE)


def _is_kept(word: str, lang: str) -> bool:
    """Whether a name would be kept: no ordinary word, and no short for several."""
    if len(word) < 3 or not word.isalpha() or _is_acronym(word):
        return False
    return not is_ordinary(word, lang) and (lang in CJK or not _is_made_of(word.lower(), lang))


def _is_made_of(word: str, lang: str) -> bool:
    """Whether a word is made of ordinary ones: sealion, parenthood, flyer."""
    ordinary = ordinary_words("en" if lang in CJK else lang)
    if lang == "de" and (_is_inflected(word) or _is_joined(word)):
        return True
    parts = ((word[:at], word[at:]) for at in range(3, len(word) - 1))
    fit = ((first, rest) for first, rest in parts if first in ordinary and rest not in _ENDS_OF_NAMES)
    return any(rest in ordinary or rest in _SUFFIXES for _, rest in fit)


def _is_inflected(word: str) -> bool:
    """Whether a German word is an ordinary noun in another case or number: Vulkans, Kronprinzen."""
    return len(word) > 5 and not ordinary_words("de").isdisjoint(_without(word, _GERMAN_CASES))


def _is_joined(word: str) -> bool:
    """Whether a German word is ordinary ones joined, with or without a joint: Kriegserklärung, Torhüter."""
    return any(
        _is_first(word[:at]) and _is_last(word[at:]) and word[at:] not in _ENDS_OF_NAMES
        for at in range(3, len(word) - 3)
    )


def _is_first(word: str) -> bool:
    stems = _without(word, _GERMAN_JOINTS)
    return word in ordinary_words("de") or any(len(stem) > 2 and _is_plain(stem) for stem in stems)


def _is_last(word: str) -> bool:
    return _is_plain(word) or _is_inflected(word)


def _is_plain(word: str) -> bool:
    """Whether a German word is an ordinary one, or ends as those that are translated do."""
    return word in ordinary_words("de") or bool(_translated("de").match(word))


def _without(word: str, ends: Sequence[str]) -> Iterator[str]:
    """The word without each of the ends that it has."""
    return (word.removesuffix(end) for end in ends if word.endswith(end))


def _is_acronym(word: str) -> bool:
    """Whether a word is short for several, which another language may shorten otherwise: UN, AfCFTA, REMs."""
    return sum(ch.isupper() for ch in word) * 2 > len(word)


def is_other(text: str, start: int, end: int, lang: str) -> bool:
    """Whether what looks like a country is money (US$, Swiss francs) or, in German, Bowen Island, left as it is."""
    is_island = lang == "de" and text[start:end] == "Island" and ends_a_name(text, start, lang)
    is_money = _MONEY_BEHIND.match(text, end) or _MONEY_BEFORE.search(text, max(0, start - 12), start)
    return is_island or is_money is not None


def _names_something(keys: frozenset[str], word: str, lang: str) -> bool:
    """Whether a known name is no ordinary word: a country's, or its people (but not francamente); or has a capital."""
    if any(map(is_country, keys)):
        return not (word[0].islower() and word.endswith(("mente", "ment")))
    return lang in CJK or not (word[0].islower() or word.lower() in _TRANSLATED_WORDS)
