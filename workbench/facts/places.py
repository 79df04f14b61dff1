"""Countries and large cities by their names in any language, from the Unicode CLDR (through Babel); peoples, regions,
faiths and other names that every language has its own word for, from names.tsv.

A line of names.tsv is a name: its key, what English says, and how words for it begin in the other languages (in those
without spaces: what they hold), without accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

# Called so without being in the CLDR, or too short to be told from other words.
_ALIASES: Mapping[str, str] = {
    "en": "emirati=AE emiratis=AE uae=AE hindu=IN hindus=IN hinduism=IN indus=IN hindi=IN "
    "oakland=Auckland joseon=KR au=africa americas=US antarctic=antarctica polar=arctic kiwi=NZ u.s.=US "
    "u.s=US us=US usa=US u.s.a.=US america=US american=US americans=US uk=GB u.k.=GB britain=GB "
    "british=GB "
    "england=GB english=GB scotland=GB scottish=GB wales=GB holland=NL dutch=NL swiss=CH french=FR spanish=ES "
    "turkey=TR turkish=TR danish=DK greek=GR greeks=GR burma=MM czech=CZ korean=KR korea=KR philippine=PH "
    "filipino=PH "
    "thai=TH welsh=GB irish=IE polish=PL swedish=SE finnish=FI norwegian=NO hong=HK persian=IR soviet=RU congo=CD",
    "fr": "caire=Cairo cook=CK usa=US américain=US amérique=US angleterre=GB britannique=GB anglais=GB "
    "écosse=GB grande-bretagne=GB "
    "hollande=NL birmanie=MM corée=KR soviétique=RU hong=HK congo=CD états-unis=US",
    "de": "usa=US us=US amerika=US amerikanisch=US england=GB britisch=GB großbritannien=GB schottland=GB holland=NL "
    "birma=MM südkorea=KR korea=KR hongkong=HK kongo=CD sowjet=RU englisch=GB brit=GB",
    "es": "pablo=Sao_Paulo norteameric=US norteamericano=US norteamericanos=US usa=US ee.=US eeuu=US "
    "estadounidense=US "
    "américa=US inglaterra=GB británico=GB bretaña=GB inglés=GB "
    "holanda=NL "
    "birmania=MM corea=KR soviético=RU hong=HK congo=CD escocia=GB",
    "pt": "cingapura=SG singapura=SG york=New_York neozelandês=NZ cabo=CV usa=US eua=US americano=US "
    "américa=US inglaterra=GB britânico=GB bretanha=GB inglês=GB holanda=NL "
    "birmânia=MM "
    "coreia=KR soviético=RU hong=HK congo=CD escócia=GB",
    "zh": "阿联酋=AE 阿聯=AE 美=US 英=GB 苏格兰=GB 荷=NL 韩=KR 韓=KR 法=FR 德=DE 日=JP 俄=RU 苏联=RU 中=CN "
    "西班牙=ES 港=HK 缅=MM "
    "澳=AU 印=IN "
    "伊朗=IR 大不列颠=GB 不列颠=GB 新西兰=NZ 紐西蘭=NZ 意大利=IT 意=IT 刚果=CD 波斯=IR",
    "ja": "米=US アメリカ=US 英=GB イングランド=GB イギリス=GB スコットランド=GB オランダ=NL 韓=KR 日=JP 仏=FR "
    "独=DE 露=RU ソ連=RU 中=CN "
    "香港=HK ミャンマー=MM 豪=AU コンゴ=CD 伊=IT 朝鮮=KR ペルシャ=IR",
    "ko": "미=US 아메리카=US 영=GB 잉글랜드=GB 스코틀랜드=GB 네덜란드=NL 한국=KR 일=JP 소련=RU 러=RU 중=CN 홍콩=HK "
    "미얀마=MM 호주=AU "
    "콩고=CD 프랑스=FR 한반도=KR 페르시아=IR 독=DE",
}
_ONE_PLACE = {"KP": "KR", "HK": "HK", "CG": "CD", "IM": "GB"}
_WORD = re.compile(r"[^\W\d_](?:[\w.'’-]{0,40}[\w.])?")
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŒŠŽ][^\W\d_]+")
# Names of places that are other words too.
_OTHER_WORDS = frozenset(
    [
        "reunion",
        "jersey",
        "guinea",
        "chad",
        "turkey",
        "niger",
        "man",
        "mali",
        "togo",
        "cuba",
        "male",
        "vacant",
        "easter",
        "rio",
        "인도",
        "이란",
        "수단",
        "가자",
        "저지",
        "쇼와",
        "리가",
        "马里",
    ]
)
_KANA = re.compile(r"[ァ-ヴー]{2}")
_HANGUL = re.compile(r"[가-힣]{2}")
_STEM = 5
# What the last word of a place's name often says of it.
_KINDS = frozenset(["islands", "republic", "territories", "island", "inseln", "verde"])


def stated_places(text: str, lang: str) -> Iterator[tuple[str, int, int]]:
    """The places that a text names for sure: (key, start, end). `lang`: the primary subtag."""
    names = _names(lang)
    if not names:
        return
    yield from _stated_peoples(text, lang)
    if lang in ("zh", "ja", "ko"):
        yield from _unspaced(text, names, _firsts(lang))
        return
    lower, firsts = _unaccented(text).lower(), _first_words(lang)
    if len(lower) != len(text):
        return
    last = 0
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        for name in firsts.get(_unaccented(match[0]).lower(), ()) if start >= last else ():
            last = start + len(name)
            if lower.startswith(name, start) and not text[last : last + 1].isalpha():
                yield names[name], start, last
                break
        else:
            last = min(last, start)


def possible_places(text: str, lang: str) -> frozenset[str]:
    """Every place that a word may mean: by its name, by a people, a language or an abbreviation of it."""
    found = {key for key, _, _ in stated_places(text, lang)} | _possible_peoples(text, lang)
    aliases = _aliases(lang)
    if lang in ("zh", "ja", "ko"):
        return frozenset(found | {key for word, key in aliases.items() if word in text} | _cut_short(text, lang))
    stems, lower = _stems(lang), _unaccented(text).lower()
    if lang == "de":
        found |= {key for name, key in _names(lang).items() if len(name) > _STEM and name[:-1] in lower}
    words = [match[0] if match[0] in aliases else match[0].rstrip(".") for match in _WORD.finditer(lower)]
    parts = [part for word in words if "-" in word for part in word.split("-")]
    for word in words + parts:
        if word in aliases:
            found.add(aliases[word])
        found |= stems.get(word[:_STEM], frozenset()) | stems.get(word[:4], frozenset())
    return frozenset(found)


def _cut_short(text: str, lang: str) -> set[str]:
    """The places whose names begin as something in a text does: spelt otherwise, or shortened."""
    return {key for begin, key in _beginnings(lang) if begin in text}


@cache
def _beginnings(lang: str) -> tuple[tuple[str, str], ...]:
    # Two syllables in hangul are as many sounds as four in kana.
    size = {name: 2 if lang == "ko" and len(name) > 3 else len(name) // 2 + 1 for name in _names(lang)}
    return tuple((name[: size[name]], key) for name, key in _names(lang).items() if len(name) > 2)


def is_place_word(word: str, lang: str) -> bool:
    """Whether a word, in lower case, is another name of a place: British, Scotland."""
    return word in _aliases(lang) or word in _aliases("en") or bool(_peoples(lang).match(_unaccented(word)))


def _stated_peoples(text: str, lang: str) -> Iterator[tuple[str, int, int]]:
    """The names of names.tsv in a text: in English the words themselves, elsewhere long beginnings of words."""
    if lang == "en":
        for match in _english_peoples().finditer(text):
            yield from ((key, *match.span()) for key in _keys("en")[match[0]])
    elif lang in ("zh", "ja", "ko"):
        for match in _peoples(lang).finditer(text):
            keys = _keys(lang)[match[0]]
            is_long = len(match[0]) >= (2 if lang == "zh" else 3)
            if is_long and len(keys) == 1 and not _is_part(text, *match.span()):
                yield keys[0], *match.span()


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a name is only part of a longer one in kana, is within a word in hangul, or is none (发展中国家)."""
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    in_kana = (start and _KANA.fullmatch(before)) or _KANA.fullmatch(after)
    return bool(in_kana or (start and _HANGUL.fullmatch(before)) or (before == "展中" and start))


def _possible_peoples(text: str, lang: str) -> set[str]:
    if lang not in _COLUMNS:
        return set()
    plain = text if lang in ("zh", "ja", "ko") else _unaccented(text.lower())
    return {key for match in _peoples(lang).finditer(plain) for key in _keys(lang, True)[match[0]]}


_COLUMNS = ("en", "fr", "de", "es", "pt", "zh", "ja", "ko")


# Latin letters to those without accents, one for one.
_WITHOUT = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}


def _unaccented(text: str) -> str:
    return text if text.isascii() else text.translate(_WITHOUT)


@cache
def _keys(lang: str, lower: bool = False) -> Mapping[str, tuple[str, ...]]:
    """What names.tsv has in the column of a language to the keys of the lines."""
    found: dict[str, tuple[str, ...]] = {}
    path = files("workbench.facts").joinpath("names.tsv")
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        column = cells[1 + _COLUMNS.index(lang)]
        for word in (column.lower() if lower and lang == "en" else column).split("|"):
            found[word] = (*found.get(word, ()), cells[0])
    return found


@cache
def _english_peoples() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives('en')})\b")


@cache
def _peoples(lang: str) -> re.Pattern[str]:
    """What may name one of names.tsv, for text without accents and in lower case."""
    if lang not in _COLUMNS:
        return re.compile(r"(?!)")
    words = _alternatives(lang).lower() if lang == "en" else _alternatives(lang)
    if lang == "de":  # which joins words: Südosteuropa
        long = "|".join(word for word in words.split("|") if len(word) > 4)
        return re.compile(rf"\b(?:{words})|{long}")
    return re.compile(words if lang in ("zh", "ja", "ko") else rf"\b(?:{words})")


def _alternatives(lang: str) -> str:
    return "|".join(sorted(map(re.escape, _keys(lang)), key=len, reverse=True))


def _unspaced(
    text: str, names: Mapping[str, str], firsts: Mapping[str, tuple[int, ...]]
) -> Iterator[tuple[str, int, int]]:
    end = 0
    for i in range(len(text) - 1):
        if i < end:
            continue
        for size in firsts.get(text[i : i + 2], ()):
            name = text[i : i + size]
            if name in names and name not in _OTHER_WORDS and not _is_part(text, i, i + size):
                yield names[name], i, i + size
                end = i + size
                break


@cache
def _first_words(lang: str) -> Mapping[str, tuple[str, ...]]:
    """The first word of each name to the names that begin so, longest first."""
    found: dict[str, list[str]] = {}
    for name in _names(lang):
        first = _CAPITALISED.match(name.capitalize())
        if first and name not in _OTHER_WORDS:
            found.setdefault(first[0].lower(), []).append(name)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


@cache
def _firsts(lang: str) -> Mapping[str, tuple[int, ...]]:
    """The first two signs of each name to how long such names are, longest first."""
    sizes: dict[str, set[int]] = {}
    for name in _names(lang):
        sizes.setdefault(name[:2], set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def _stems(lang: str) -> Mapping[str, frozenset[str]]:
    """How the names of places begin: German, Germans, Germany."""
    found: dict[str, set[str]] = {}
    for name, key in _names(lang).items():
        found.setdefault(name[: _STEM if len(name) > _STEM else 4], set()).add(key)
        last = name.rsplit(" ", 1)[-1]
        if len(last) >= _STEM and last != name and last not in _KINDS:
            found.setdefault(last[:_STEM], set()).add(key)
    return {stem: frozenset(keys) for stem, keys in found.items()}


@cache
def _aliases(lang: str) -> Mapping[str, str]:
    return dict(_unaccented(entry).rsplit("=", 1) for entry in _ALIASES.get(lang, "").split())


@cache
def _names(lang: str) -> Mapping[str, str]:
    """Name in lower case to its key: a territory's code, or a city's English name."""
    from babel import Locale, UnknownLocaleError

    found: dict[str, str] = {}
    for tag in ("zh_Hant", "zh_Hant_HK", "zh_Hans") if lang == "zh" else (lang,):
        try:
            locale = Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            return {}
        for zone, city in _cities().items():
            name = str((locale.time_zones.get(zone) or {}).get("city", city if lang not in ("zh", "ja", "ko") else ""))
            found[_plain(name)] = "HK" if city == "Hong Kong" else _unaccented(city).replace(" ", "_")
        for code, name in locale.territories.items():
            if len(code) == 2 and code not in ("EU", "UN", "EZ", "ZZ", "AQ", "IO", "XA", "XB"):
                found[_plain(str(name))] = _ONE_PLACE.get(code, code)
    long_aliases = {word: key for word, key in _aliases(lang).items() if key in ("US", "GB") and word in _FULL}
    return {name: key for name, key in (found | long_aliases).items() if len(name) > 1}


_FULL = frozenset(["etats-unis", "アメリカ", "イギリス", "britain"])


def _plain(name: str) -> str:
    """Without what stands in brackets: "Myanmar (Burma)", "中国香港特别行政区"."""
    return (
        re.split(r" ?[(（–]", _unaccented(name.replace("’", "'")))[0]
        .lower()
        .removesuffix("特别行政区")
        .removesuffix("特別行政區")
    )


@cache
def _cities() -> Mapping[str, str]:
    """Time zones that are called after a city, to its English name."""
    from babel import Locale
    from babel.core import get_global

    english = Locale.parse("en")
    countries = {str(name) for name in english.territories.values()}
    zones = {
        zone: str((english.time_zones.get(zone) or {}).get("city", zone.rsplit("/", 1)[-1].replace("_", " ")))
        for zone in get_global("zone_territories")
        if "/" in zone
    }
    return {
        zone: city
        for zone, city in zones.items()
        if city not in countries and not zone.startswith(("Etc", "Antarctica"))
    }
