"""The names of parallel texts, so that one can be put in another's place.

What is a name is told by the texts themselves and by short lists and patterns of this module, never by the tables that
the checks read. It is meant to be sure rather than complete: what is planted is then another name, and no other word.

- English, French, Spanish, Portuguese: words with a capital within a sentence that the set has at least twice, and
  never in small letters, without an article, and in no longer title ("Bay of Bengal"). Two names are of a kind if both
  stand after a preposition of place somewhere in the set, or neither does; in English peoples are a third kind.
- German, where every noun has a capital: words that are such names in the texts of the other language.
- Chinese, Japanese, Korean: words in Latin letters, likewise; katakana and Han by what stands beside them (a title, the
  dot between first and last name), and some countries; of hangul countries alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.bench.planted import MONTHS, WEEKDAYS, Place
from workbench.lang import CJK, primary


@dataclass(frozen=True, slots=True)
class Name:
    """`text[start:end]`; one of the same `kind` can stand in its place."""

    kind: str
    start: int
    end: int


_CAPITALISED = r"[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ]"
_RUN = re.compile(rf"(?<=[a-zà-ÿ,] ){_CAPITALISED}(?: {_CAPITALISED})*(?![\w'’-])")
_RUN_IN_CJK = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-zà-ÿ'’-]*[a-zà-ÿ](?: [A-Z][A-Za-zà-ÿ'’-]*[a-zà-ÿ])*(?![A-Za-z0-9])")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{3,}")
_POSSESSIVE = re.compile(r"['’]s$")
_LEAST = 2  # times that a name stands in the set
_NO_NAMES = frozenset(" ".join([*MONTHS.values(), *WEEKDAYS.values(), "internet god sir mister inc"]).lower().split())
_ARTICLES = {
    "en": "the a an this these those his her its their our my your",
    "fr": "le la les un une des du au aux ce cette ces son sa ses leur leurs",
    "es": "el la los las un una unos unas al del su sus este esta",
    "pt": "o a os as um uma ao à aos às do da dos das no na nos nas pelo pela seu sua este esta",
    "de": "",
}
_IN_PLACES = {"en": "in near", "fr": "à en", "es": "en", "pt": "em", "de": "in aus nach"}
_LINK = "(?:of|for|de|du|des|del|do|da|dos|das|von|der)(?: (?:the|la|los|las))?"
_IN_A_TITLE, _TITLE_GOES_ON = re.compile(rf"[A-ZÀ-Þ][\w'’-]* {_LINK} $"), re.compile(rf" (?:{_LINK} |d['’])[A-ZÀ-Þ]")
_PEOPLE = re.compile(r"\w+(?:[ie]an|ican|ese|ish)s?|Germans?|French|Greeks?|Dutch|Swiss|Arabs?|Thai|Czech")
_COUNTRIES = {
    "zh": "中国 美国 日本 法国 英国 德国 俄罗斯 印度 韩国 加拿大 澳大利亚 意大利 西班牙 巴西 埃及 伊朗 伊拉克 土耳其 "
    "中國 美國 法國 英國 德國 俄羅斯 韓國 澳大利亞 義大利",
    "ja": "中国 アメリカ 日本 フランス イギリス ドイツ ロシア インド 韓国 カナダ オーストラリア イタリア スペイン "
    "ブラジル エジプト イラン イラク トルコ",
    "ko": "중국 미국 일본 프랑스 영국 독일 러시아 인도 한국 캐나다 호주 이탈리아 스페인 브라질 이집트 이란 이라크 터키",
}
# Han characters that mostly transcribe foreign names, and what may stand beside those.
_TRANSCRIBING = (
    "[阿埃艾安奥奧昂巴贝貝比波伯布查达達戴丹德登迪蒂丁顿頓多恩尔爾法费費弗福盖蓋格戈古哈赫亨霍基吉加杰金奇历歷卡凯凱考科克库"
    "庫拉莱萊兰蘭劳勞雷里莉利林卢盧鲁魯伦倫罗羅洛马馬玛瑪麦麥曼米密摩莫姆穆纳納奈内尼努诺諾帕佩皮珀普齐齊乔喬切琼瓊热萨薩塞桑"
    "森沙舍什史斯丝絲苏蘇索塔泰坦特提托瓦威韦韋维維温溫沃乌烏武西希夏肖謝谢辛雅亚亞扬揚耶伊因尤约約泽澤扎詹兹茲佐]"
)
_BEFORE, _BEHIND = (
    "(?:(?<![一-鿿])|(?<=[的和在与與由被对對向为為是]))",
    "(?![一-鿿])|(?=[的和在与與是说說称稱表于於被将將先女为為及])",
)
_CJK_KINDS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "ja": {
        "person": re.compile(
            "(?<![ァ-ヴー・])(?:[ァ-ヴー]{2,}(?:・[ァ-ヴー]{2,})+(?![ァ-ヴー・])|"
            "[ァ-ヴー]{3,}(?=(?:氏|さん|大統領|首相|教授|博士|選手|監督)))"
        ),
        "place": re.compile("(?<![ァ-ヴー・])[ァ-ヴー]{3,}(?=(?:市|州|島|諸島|半島|王国|共和国))"),
        "people": re.compile("(?<![ァ-ヴー・])[ァ-ヴー]{3,}(?=(?:人|語))"),
    },
    "zh": {"person": re.compile(f"{_BEFORE}{_TRANSCRIBING}+(?:[·•・‧]{_TRANSCRIBING}+)+(?:{_BEHIND})")},
}


class Named:
    """The names of a set of pairs of texts in two languages, and what else could stand in the place of each."""

    def __init__(self, pairs: Sequence[tuple[str, str]], langs: tuple[str, str]) -> None:
        self._langs = [primary(lang) for lang in langs]
        self._words = Counter(_title(word) for pair in pairs for text in pair for word in _LATIN_WORD.findall(text))
        texts = [[pair[side] for pair in pairs] for side in (0, 1)]
        self._after_in = [_after_in(texts[side], self._langs[side]) for side in (0, 1)]
        self._names: list[dict[str, set[str]]] = [{}, {}]
        for side in sorted((0, 1), key=lambda side: self._langs[side] == "de"):  # told by those of the other language
            self._names[side] = self._by_kind(texts[side], side)

    def found(self, text: str, side: int) -> list[Name]:
        """The names in a text of the first (0) or second (1) language, in order and apart from each other."""
        lang = self._langs[side]
        runs = (_RUN_IN_CJK if lang in CJK else _RUN).finditer(text)
        latin = [self._latin(text, match, side) for match in runs]
        return _apart([name for name in [*latin, *_by_neighbours(text, lang)] if name])

    def names(self, side: int) -> list[str]:
        """All names of a language, sorted, each once."""
        return sorted(set().union(*self._names[side].values()))

    def places(self, text: str, side: int) -> Iterator[Place]:
        """Where each name of a text stands, and the others of its kind and make that the text has not."""
        for name in self.found(text, side):
            was, others = text[name.start : name.end], sorted(self._names[side].get(name.kind, ()))
            yield Place(name.start, name.end, [new for new in others if new not in text and _is_made_like(new, was)])

    def _by_kind(self, texts: Sequence[str], side: int) -> dict[str, set[str]]:
        names: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            for name in self.found(text, side):
                names[name.kind].add(text[name.start : name.end])
        return names

    def _latin(self, text: str, match: re.Match[str], side: int) -> Name | None:
        lang, written = self._langs[side], _POSSESSIVE.sub("", match[0])
        if lang == "de":
            is_name = written in set().union(*self._names[1 - side].values())
        else:
            is_name = all(map(self._is_name, re.split("[ '’-]", written)))
        if not is_name or (lang in _ARTICLES and _is_in_a_title(text, *match.span(), lang)):
            return None
        return Name(self._kind(written, side), match.start(), match.start() + len(written))

    def _is_name(self, word: str) -> bool:
        title = _title(word)
        small = title.lower()
        is_said_small = any(self._words[said] for said in (small, f"{small}s", small.removesuffix("s")))
        is_capitalised = word != word.lower() and not word.isupper()
        return is_capitalised and small not in _NO_NAMES and not is_said_small and self._words[title] >= _LEAST

    def _kind(self, name: str, side: int) -> str:
        lang = self._langs[side]
        if lang == "en" and _PEOPLE.fullmatch(name):
            return "people"
        return "latin" if lang in CJK else "place" if name in self._after_in[side] else "other"


def _title(word: str) -> str:
    """Without accents, and capitals at the beginning alone."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", word) if not unicodedata.combining(ch))
    return plain[:1] + plain[1:].lower()


def _after_in(texts: Sequence[str], lang: str) -> frozenset[str]:
    """What stands behind a preposition of place."""
    words = "|".join(_IN_PLACES.get(lang, "").split())
    behind = re.compile(rf"(?<!\w)(?:{words}) ({_CAPITALISED}(?: {_CAPITALISED})*)")
    return frozenset(_POSSESSIVE.sub("", name) for text in texts for name in behind.findall(text) if words)


def _is_in_a_title(text: str, start: int, end: int, lang: str) -> bool:
    """Whether an article goes before, or what stands there is only a part of a longer name."""
    before = text[:start].rsplit(" ", 2)[-2]
    return (
        before.lower() in _ARTICLES[lang].split()
        or bool(_IN_A_TITLE.search(text[max(0, start - 40) : start]))
        or bool(_TITLE_GOES_ON.match(text, end))
    )


def _by_neighbours(text: str, lang: str) -> list[Name]:
    """Names in katakana, hangul and Han."""
    begins = "(?<![가-힣])" if lang == "ko" else ""  # 이란 is Iran, and the end of many words
    countries = re.finditer(f"{begins}(?:{'|'.join(_COUNTRIES[lang].split())})", text) if lang in CJK else ()
    found = [Name("country", *match.span()) for match in countries]
    patterns = _CJK_KINDS.get(lang, {})
    return found + [Name(kind, *match.span()) for kind, pattern in patterns.items() for match in pattern.finditer(text)]


def _apart(names: Sequence[Name]) -> list[Name]:
    """In order, without those that begin within another."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _is_made_like(name: str, was: str) -> bool:
    """As many words, in the same script."""
    return len(name.split()) == len(was.split()) and name[0].isascii() == was[0].isascii()
