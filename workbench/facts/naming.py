"""Names that one text has and another cannot mean: those in Latin letters or katakana, and what places.py knows.

A name in Latin letters is judged against text in Latin letters, which would keep it but for its spelling, and against
katakana by its sound; how it is transcribed into Han and hangul tells too little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from workbench.facts.names import fold, names
from workbench.facts.places import is_place_word, possible_places, stated_places
from workbench.facts.sounds import alike, as_kana, kana_sound, latin_sound, resembles

_UNSPACED = frozenset(["zh", "ja", "ko"])
# Languages of whose ordinary words nearly all were counted, or that write names alone in Latin letters. German, where
# every noun has a capital, is none.
_WELL_KNOWN = frozenset(["en", "fr", "zh", "ja", "ko"])
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PARTS = re.compile(r"['’.-]")
_KANA = re.compile(r"[ァ-ヴー]{3,30}")
_SHORT_KANA = re.compile(r"[ァ-ヴー]{2,30}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Peoples, faiths, ages: translated, not kept.
_TRANSLATED = re.compile(
    r".*(?:ians?|eans?|ese|ish|isms?|ists?|ites?|ity|ology|ics|men|inos?|[aei]nt|ans)$|[IVXL]+e?$|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*$",
    re.IGNORECASE,
)
_TRANSLATED_TEXT = (
    "europe africa asia america antarctica arctic antarctic atlantic pacific mediterranean baltic caribbean "
    "aegean balkans nordic soviet viking vikings british turkish iraqi dutch arab arabs jew jews greek greeks "
    "swiss thai thais malay malays turk turks uighur czech slav slavs swede finn finns dane danes latin olympic "
    "olympics olympiad paralympics venus mars jupiter saturn mercury moon earth minister ministry parliament "
    "congress senate senator republican republicans democrat democrats emperor empress king queen prince "
    "princess duke lord dynasty dynasties hemisphere consulate embassy emirates united prix act subcommittee "
    "squadron cyclone cretaceous jurassic renaissance hajj mass bible quran islam islamic muslim muslims "
    "buddhist buddha sikh sikhs judaism thrace symphony brewery airways inc corp ltd colonel colonels sergeant "
    "lieutenant captain general mister missus sir internet western eastern northern southern thames danube rhine "
    "volga nile indus alps "
    # Portuguese, of which there is little to count but documentation.
    "terra sol lua igreja guerra guerras mundial mundiais campeonato câmara deputados senado prefeitura escola "
    "inverno verão outono primavera sul norte leste oeste nordeste sudeste exército marinha olimpíadas rio lago "
    "ilha ilhas monte montes praça rua avenida catedral castelo ponte porto museu biblioteca teatro hospital "
    "reino império coroa lei leis partido justiça saúde educação cultura fazenda defesa estado estados município "
    "bairro século idade assembleia conselho tribunal ministério polícia exposição feira copa liga clube corrida "
    "prêmio sistema serviço "
    # Spanish.
    "reyes artes ayuntamiento olimpiadas representantes sucesión occidente oriente sudamérica norteamérica "
    "cámara diputados imperio corona iglesia castillo puente plaza calle consejo ministerio policía exposición "
    "feria copa "
    # French.
    "etat antiquité dieu unies hadj ecole eglise empire royaume chambre députés jeux conseil ministère "
    "exposition coupe ligue"
)
_TRANSLATED_WORDS = frozenset(_TRANSLATED_TEXT.split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, `text[start:end]`, which is `written`. `key`: a place's, or the folded word with a `sound`."""

    key: str
    sound: str
    start: int
    end: int
    written: str

    @property
    def is_kana(self) -> bool:
        """Whether it stands in katakana, where other words than names do too."""
        return not self.key

    @property
    def is_place(self) -> bool:
        """Whether it is known as a country or a city."""
        return not self.sound


@dataclass(frozen=True, slots=True)
class Names:
    """What texts name for sure, and the texts, (text, language) each, for what else might be a name in them."""

    stated: tuple[Named, ...]
    texts: tuple[tuple[str, str], ...]

    @property
    def lang(self) -> str:
        """The language of the first text."""
        return self.texts[0][1]

    @property
    def is_unspaced(self) -> bool:
        """Whether that is Chinese, Japanese or Korean."""
        return self.lang in _UNSPACED


@dataclass(frozen=True, slots=True)
class _Heard:
    """Everything that might be a name in a text, in several forms."""

    words: frozenset[str]
    starts: frozenset[str]
    sounds: frozenset[str]
    capitalised: frozenset[str]
    initials: str


@cache
def _ordinary(lang: str) -> frozenset[str]:
    """Words written small in running text: no names, or such that are translated (models.training.ordinary)."""
    path = files("workbench.facts").joinpath(f"ordinary/{lang}.txt")
    words = path.read_text(encoding="utf-8").split() if path.is_file() else []
    return frozenset([*words, *map(fold, words)])


def naming(text: str, lang: str) -> Names:
    """`lang`: the primary subtag. Never raises; linear in the text."""
    places = [Named(key, "", start, end, text[start:end]) for key, start, end in stated_places(text, lang)]
    kana = _kana_names(text, places) if lang == "ja" else []
    return Names((*places, *_latin_names(text, lang, places), *kana), ((text, lang),))


def _kana_names(text: str, places: list[Named]) -> list[Named]:
    """Words in katakana that are no ordinary ones: names, and what else Japanese took from other languages."""
    taken = {place.start for place in places}
    return [
        Named("", kana_sound(match[0]) or " ", *match.span(), match[0])
        for match in _KANA.finditer(text)
        if match.start() not in taken and match[0] not in _ordinary("ja")
    ]


def all_names(parts: Sequence[Names]) -> Names:
    """What several texts of one side name together; the places of what is named are those in its own text."""
    if len(parts) == 1:
        return parts[0]
    return Names(tuple(n for part in parts for n in part.stated), tuple(text for part in parts for text in part.texts))


# Most texts need none of this, since the other text names nothing.
@lru_cache(maxsize=1024)
def _heard(text: str) -> _Heard:
    words = {word for word in _WORD.findall(text) if _LATIN.match(word)}
    parts = {part for word in words for part in _PARTS.split(word)} | words
    sounds = {latin_sound(part) for part in parts if len(part) > 2}
    folded = frozenset(map(fold, parts))
    initials = "".join(match[0][0] for match in _WORD.finditer(text)).lower()
    capitalised = frozenset(fold(part) for part in parts if part[:1].isupper() and len(part) > 3)
    return _Heard(folded, frozenset(word[:4] for word in folded), frozenset(sounds), capitalised, initials)


_possible_places = lru_cache(maxsize=1024)(possible_places)


def _latin_names(text: str, lang: str, places: list[Named]) -> list[Named]:
    """Names that would be kept: no ordinary words, none that every language calls otherwise."""
    taken = {at for place in places for at in range(place.start, place.end)}
    ordinary = _ordinary("en" if lang in _UNSPACED else lang)
    found = []
    for name in names(text, lang):
        for match in _WORD.finditer(text, name.start, name.end):
            word = match[0].removesuffix("'s").removesuffix("’s")
            small = word.lower()
            if len(word) < 3 or not word.isalpha() or _is_acronym(word) or match.start() in taken:
                continue
            if is_place_word(small, lang):
                continue
            if small not in ordinary and small not in _TRANSLATED_WORDS and not _TRANSLATED.match(word):
                found.append(
                    Named(fold(word), latin_sound(word) or " ", match.start(), match.start() + len(word), word)
                )
    return found


def _is_acronym(word: str) -> bool:
    """Whether a word is short for several, which another language may shorten otherwise: UN, AfCFTA, REMs."""
    return sum(ch.isupper() for ch in word) * 2 > len(word)


def unnamed(here: Names, there: Names) -> list[Named]:
    """What the first texts name and nothing in the second can mean."""
    return [named for named in here.stated if not any(_is_in(named, text, lang) for text, lang in there.texts)]


def would_be_kept(named: Named, here: Names, there: Names) -> bool:
    """Whether a name of one text would surely stand in the other in some form.

    A place's would but in Chinese, Japanese and Korean, which like to add the country; another in Latin letters as it
    is, if the ordinary words of its language are known well enough to tell.
    """
    if named.is_place or named.is_kana:
        return named.is_place and not here.is_unspaced
    return not there.is_unspaced and here.lang in _WELL_KNOWN


def _is_in(named: Named, text: str, lang: str) -> bool:
    if named.written in text:
        return True
    if named.is_place:
        return named.key in _possible_places(text, lang)
    if named.is_kana:
        return lang == "ja" or any(_sound_alike(named.sound, sound) for sound in _as_kana(text))
    if lang == "ja" and _is_in_kana(named.written, text):
        return True
    heard = _heard(text)
    if named.key in heard.words or named.key[:-1] in heard.words or named.key[:4] in heard.starts:
        return True
    is_short = len(named.key) < 6 and named.key in heard.initials
    return (
        is_short
        or any(alike(named.sound, sound) for sound in heard.sounds)
        or any(resembles(named.key, word) for word in heard.capitalised)
    )


def _is_in_kana(word: str, text: str) -> bool:
    sound, begin = as_kana(word), as_kana(word[:4])
    heard = [kana_sound(run) for run in _SHORT_KANA.findall(text)]
    return any(_sound_alike(kana, sound) or kana.startswith(begin) for kana in heard)


def _sound_alike(kana: str, latin: str) -> bool:
    """Whether a word in katakana, which may be several in Latin letters, may have one of them in it."""
    return not latin or kana == latin or (len(latin) > 1 and (latin in kana or alike(kana, latin, least=3)))


@lru_cache(maxsize=1024)
def _as_kana(text: str) -> frozenset[str]:
    return frozenset(as_kana(word) for word in _WORD.findall(text)) - {""}
