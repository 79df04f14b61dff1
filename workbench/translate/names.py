"""Names of countries, languages and cities, put into English before a text is translated.

Small models have met few of them and take one for another, where they copy a word that is English already. What a
language calls them the CLDR tells, through Babel, and cities `workbench.facts.known`; that also tells where a text
surely means one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from babel import Locale

from workbench.facts.known import LANGUAGES, english_of, is_part, known, unaccented
from workbench.facts.naming import is_ordinary, is_other, sound_of
from workbench.facts.sounds import distance, latin_sound
from workbench.lang import CJK, primary
from workbench.translate.text import parted, spaced

# What texts call them, where the CLDR has another name or a longer one; nothing where it is no name of a place.
_USUAL = {
    "Türkiye": "Turkey",
    "Hong Kong SAR China": "Hong Kong",
    "Macao SAR China": "Macao",
    "Myanmar (Burma)": "Myanmar",
    "Palestinian Territories": "Palestine",
    "Congo - Kinshasa": "Democratic Republic of the Congo",
    "Congo - Brazzaville": "Republic of the Congo",
    "Eastern Asia": "East Asia",
    "Southern Asia": "South Asia",
    "Western Asia": "West Asia",
    "Eastern Africa": "East Africa",
    "Western Africa": "West Africa",
    "Northern Africa": "North Africa",
    "Middle Africa": "Central Africa",
    "Northern America": "North America",
    "Canary": "Canary Islands",
    "Cayman": "Cayman Islands",
    "Faroe": "Faroe Islands",
    "Tirane": "Tirana",
    "world": "",
    "Unknown Region": "",
    "Unknown City": "",
}
# What the CLDR calls a place and texts mostly a person, a feast, another place, or wider.
_ELSEWHERE = {
    "fr": frozenset("maurice dominique salvador canton grenade".split()),  # noqa: SIM905
    "de": frozenset(["amerika", "ascension"]),
    "es": frozenset(
        "adelaida américa bahía belén caimán congo granada guadalupe mauricio navidad trinidad".split()  # noqa: SIM905
    ),
    "pt": frozenset("granada guadalupe maurício".split()),  # noqa: SIM905
    "zh": frozenset(["世界文", "多米尼加"]),
    "ja": frozenset(["クリスマス", "ドミニカ"]),
    "ko": frozenset(["도미니카", "크리스마스"]),
}
_SAINT = re.compile(r"(?:sainte?-|são |sant?[ao]? )(?!marino?\b)[^\W\d_]+")
# ISO 639 has codes of three letters for languages that few speak or learn, and for these.
_FEW_SPEAK, _MANY_SPEAK = 3, ("yue", "fil")
# Words in which a name stands that they do not mean: Babylon, islands concerned, Christ, toilet paper;
# or a longer one, of which models know more: the Korean War, New Mexico.
_WORDS = {
    "zh": re.compile(
        r"[相有无無海攸][关關][岛島]|海地[区區铁鐵方图圖形质質]|古巴比[伦倫]|阿曼[达達德]|[很许許最更太]多哥|明智利"
        r"|黑山羊|[汤湯]加里[罗羅]|[贝貝]宁顿|查德(?:威克|[·・])|[苏蘇]丹国?王|奥斯曼苏丹|[并並]不丹|[我你他她它们們]也[门門]"
        r"|哥[伦倫]比[亚亞](?:特[区區]|大[学學]|广播|号|省)|不列[颠顛]哥[伦倫]比[亚亞]|[0-9今昨每]日本|[发發]展中[国國]家"
        r"|其中[国國][内內]|集中[国國]|[高初]中[国國][文际際]|[完优優]美[国國]|道德[国國]|[宪憲际際书書]法[国國]|精英[国國]"
        r"|朝[鲜鮮](?:[战戰][争爭]|半[岛島]|族|王朝|[语語])|新墨西哥|新[几幾][内內][亚亞]"
    ),
    "ja": re.compile(
        r"トルコ石|チリ紙|トンガ[っりる]|パナマ帽|ローマ字|中国(?:地方|山地|自動車道)|[0-9毎昨先]日本|今日本[をが]"
        r"|(?:使い捨て|貼る)カイロ|マリ(?:さん|ちゃん|君|くん)|コロンビア(?:大学|特別区|号)|スペースシャトル・コロンビア"
    ),
    "ko": re.compile(
        r"말리(?:[고는다면던려셨]|지 [마말않])|말리부|그리스도|인도(?:양|차이나|[로를] 걷)|카타르시스|부탄가스"
        r"|기니피그|통가죽|페루자|러시아워|콜롬비아(?:호| ?대학)"
    ),
}
# Locales of the CLDR, the likeliest last, where a language has several.
_LOCALES = {"zh": ("zh_Hant_HK", "zh_Hant", "zh_Hans")}
# Characters of a name: 德 alone is mostly a part of another word, and so are two, but where facts surely know them.
_LEAST, _LEAST_UNKNOWN = 2, 3
# Up to what a name written by its sound is unlike its English: above are by-names, and what is wrong in the table.
_ALIKE = 0.35
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]")
# How words go on that begin with the last character of a language in Chinese: 越南文化 is the culture of Vietnam.
_WRITTEN = re.compile("文[化学學明字章物献獻艺藝件人]")


def in_english(text: str, lang: str) -> str:
    """A text with the names that it surely means as English has them; linear in the text.

    >>> in_english("ドイツのベルリンでフランス語を", "ja")
    'Germany の Berlin で French を'
    """
    lang = primary(lang)
    parts = parted(text, _found(text, lang) if lang in LANGUAGES else ())
    return spaced(parts) if lang in CJK else "".join(parts)


def _found(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """Where names stand, of those that begin at one place the longest, and what they are in English."""
    stated = {start: end for _, start, end in known(text, lang).stated}
    others = {word.start(): word.end() for word in _WORDS[lang].finditer(text)} if lang in _WORDS else {}
    begins, done = _begins(lang), 0
    for start in range(len(text)) if lang in CJK else (word.start() for word in _WORD.finditer(text)):
        done = max(done, others.get(start, 0))
        for size in begins.get(text[start : start + _LEAST].lower(), ()) if start >= done else ():
            last = start + size
            name = _english(text[start:last], lang) if last <= len(text) else ""
            if not name or is_other(text, start, last, lang) or _WRITTEN.match(text, last - 1):
                continue
            if stated.get(start, last + 1) <= last or _is_meant(text, start, last, lang):
                yield start, last, name
                done = last
                break


def _is_meant(text: str, start: int, last: int, lang: str) -> bool:
    """Whether what the CLDR calls a name is one here, though facts are not sure."""
    name = text[start:last]
    if name.lower() not in _table(lang):
        return False
    if lang in CJK:
        return len(name) >= _LEAST_UNKNOWN and not is_part(text, start, last)
    return name[0].isupper() and not text[last : last + 1].isalpha() and not is_ordinary(name, lang)


@cache
def _begins(lang: str) -> Mapping[str, tuple[int, ...]]:
    """The sizes of names by how they begin, the longest first."""
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for name in (*_table(lang), *english_of(lang)):
        sizes[name[:_LEAST]].add(len(name))
    return {begin: tuple(sorted(found, reverse=True)) for begin, found in sizes.items()}


@lru_cache(maxsize=16384)
def _english(name: str, lang: str) -> str:
    """What a name is in English, where that is another word; else nothing."""
    small, heard = name.lower(), english_of(lang).get(name, "")
    written = _table(lang).get(small, heard)
    is_sure = small in _table(lang) or (heard and _unlikeness(name, heard, lang) <= _ALIKE)
    return written if is_sure and small != written.lower() else ""


@cache
def _table(lang: str) -> Mapping[str, str]:
    """What the CLDR calls countries, cities and languages in a language, in small letters, and in English.

    Languages only where they are not adjectives, and not the many of few speakers, which are called as other things
    are: 주니어 is Zuni, and a junior.
    """
    english = Locale.parse("en")
    table: dict[str, str] = {}
    for locale in map(Locale.parse, _LOCALES.get(lang, (lang,))):
        table |= {
            **_cities(locale, english),
            **({name: english.languages.get(code, "") for code, name in _languages(locale)} if lang in CJK else {}),
            **{name: english.territories.get(code, "") for code, name in locale.territories.items()},
        }
    usual = {name.lower(): _USUAL.get(other, other).replace(" & ", " and ") for name, other in table.items()}
    return {name: other for name, other in usual.items() if len(name) >= _LEAST and not _is_elsewhere(name, lang)}


def _cities(locale: Locale, english: Locale) -> Mapping[str, str]:
    """The cities of time zones; not those whose codes only lack the accents that English has as well: São Paulo."""
    cities = {zone["city"]: _city(english, code) for code, zone in locale.time_zones.items() if "city" in zone}
    return {name: city for name, city in cities.items() if unaccented(name) != unaccented(city)}


def _languages(locale: Locale) -> Iterator[tuple[str, str]]:
    return ((code, name) for code, name in locale.languages.items() if len(code) != _FEW_SPEAK or code in _MANY_SPEAK)


def _is_elsewhere(name: str, lang: str) -> bool:
    """Whether a name is mostly that of something else, as those of saints are, but where islands are named with it."""
    return name in _ELSEWHERE.get(lang, ()) or bool(_SAINT.fullmatch(name))


def _unlikeness(name: str, english: str, lang: str) -> float:
    """Of two names by their sound: 0 alike, 1 as unlike as can be."""
    one, other = sound_of(name, lang), latin_sound(english)
    return max(distance(one, other), distance(other, one)) if one else 1.0


def _city(english: Locale, zone: str) -> str:
    """The city of a time zone, which its code mostly has in English."""
    return str(english.time_zones.get(zone, {}).get("city", zone.split("/")[-1].replace("_", " ")))
