"""Names that languages have words of their own for: countries, peoples, cities, faiths, from names.tsv.

A line of names.tsv is a name: its key, then for each language what stands for it, apart by "|". In languages with
spaces that is how words begin, without accents, or "=" where they end; in Chinese (of either script), Japanese and
Korean what a text holds. A "+" says that it surely means the name if written with a capital, "!" that it does in any
case. "~" at the beginning of a column says that the list is not whole. The last column but one holds what any language
in Latin letters may call it, Danzig or Calcutta; the last is the key of the country whose capital it is. `python -m
models.training.facts.table` writes it; the names come from the CLDR, GeoNames (CC BY 4.0), parallel corpora, and by
hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import add
from string import capwords

from workbench.facts.hangul import syllable_odds
from workbench.facts.remembered import Remembered, forget_words, of_each_word
from workbench.facts.sounds import in_words, transcribing
from workbench.lang import CJK

LANGUAGES = ("en", "fr", "de", "es", "pt", "zh", "ja", "ko")
_ANYWHERE = 1 + len(LANGUAGES)  # column of the table
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[ァ-ヴー]{2}")
_WITHIN = re.compile(r"[ァ-ヴー]{2}|[가-힣]{2}")
# What begins like a name and is another thing: the Indus, an ocean, a polar bear; humane and to hand over, in Korean;
# or, in Han, a longer name by sound, or the end of one word and the beginning of another: 沿海地区, 指南非常, 肺里约有;
# or a rover.
_OTHER = re.compile(
    "[^国國亚亞州洲海][河洋熊虎狼酒곰斯尔爾姆夫罗羅茨弗娜莎蒂]|도[적주하해한할했되된될됐받분]|"
    r"星[车車]|地[区區带帶方面形]|非[常但得]|[约約][有为為占\d]"
)
# How Korean may go on behind a name in syllables that are in foreign words as well: 칠레란, 페루산.
_ADDED = frozenset("란산")
# Log odds from which a syllable goes on as a foreign name does; chosen on the corpora.
_FOREIGN = 0.5
# Characters by which forms are looked up, with spaces between words and without; those of one less by all of theirs.
_LEAST, _LEAST_UNSPACED = 3, 2
# A name of more characters than that is not chance.
_LONG = 3
# Between first and last name in Han.
_DOTS = frozenset("·‧•．")
# Of a part of a compound.
_LEAST_PART = 5
# What stands before a name in one word: Transantarctic.
_JOINED = re.compile(rf"(?:trans|inter|anti|circum|pan)-?(?=\w{{{_LEAST_PART}}})")
# Characters of names by sound that stand beside names as words, too: 罗马市.
_BESIDE_NAMES = frozenset("市海湾灣港省山里邦城沙土南治永吉堡区區圣聖")
# What stands before a name within a longer one: 南北美, 圣日耳曼.
_LONGER = frozenset(["南北", "圣日", "聖日"])
# Latin letters to those without accents, one for one.
_WITHOUT = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}


@dataclass(frozen=True, slots=True)
class Known:
    """The known names of a text. `stated`: (keys, start, end) of what surely is one of them; `possible`: all keys."""

    stated: tuple[tuple[frozenset[str], int, int], ...]
    possible: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Forms:
    """What stands for names in a language: form to keys, and how sure it is.

    `sizes`: of the forms by how they begin, the longest first; `longer`: of those of several words by the first one and
    the characters behind it, as written.
    """

    keys: Mapping[str, frozenset[str]]
    sure: Mapping[str, str]
    sizes: Mapping[str, tuple[int, ...]]
    longer: Mapping[str, Remembered[tuple[int, ...]]]
    partial: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    """What may stand where a word does.

    `begins`: the forms that it is or begins with, the longest first; `longer`: the sizes of those of several words that
    it may be the first of, by the characters behind it; `short`: the form that it is as it is written, USA; `within`:
    keys of names within it.
    """

    begins: tuple[str, ...]
    longer: Remembered[tuple[int, ...]] | None
    short: str
    within: frozenset[str]


def unaccented(text: str) -> str:
    """Latin letters without accents, as many as there were."""
    return text if text.isascii() else text.translate(_WITHOUT)


@lru_cache(maxsize=2048)
def known(text: str, lang: str) -> Known:
    """The known names of a text. `lang`: the primary subtag. Linear in the text."""
    if lang not in LANGUAGES:
        return Known((), frozenset())
    if lang in CJK:
        return _unspaced(text, _forms(lang), _pairs(lang))
    return _spaced(text, lang)


def is_listed(key: str, lang: str) -> bool:
    """Whether all that a language calls a name is known, so that where none of it stands, the name is missing."""
    return lang in LANGUAGES and key in _keys(lang) and key not in _forms(lang).partial


def seat_of(key: str) -> str:
    """The key of the country that a name is, or is the capital of; else nothing."""
    return key if is_country(key) else _seats().get(key, "")


def seats_of(keys: frozenset[str]) -> frozenset[str]:
    """Countries, by themselves or by their capitals, which may stand for their governments."""
    return frozenset(country for key in keys if (country := seat_of(key)))


def is_country(key: str) -> bool:
    """Whether a key is that of a country."""
    return len(key) == 2 and key.isupper()


@cache
def english_of(lang: str) -> Mapping[str, str]:
    """What surely names something in Chinese, Japanese or Korean, and its name in English, without accents.

    Countries are left out: of them the table has more forms than names.
    """
    column = 1 + LANGUAGES.index(lang)
    rows = ((row[0].replace("_", " "), row) for row in _rows() if lang in CJK and not is_country(row[0]))
    return {
        form.lstrip("+!"): capwords(name)
        for name, row in rows
        if f"+{name.lower()}=" in _cells(row[1])
        for form in _cells(row[column].lstrip("~"))
        if form[0] in "+!"
    }


@cache
def names_of_words(key: str, lang: str) -> tuple[tuple[str, ...], ...]:
    """The words of each form of several that a name has in a language with spaces: North Korea, New Zealand."""
    column = 1 + LANGUAGES.index(lang)
    cells = [row[column].lstrip("~") for row in _rows() if row[0] == key] if lang not in CJK else []
    forms = [_WORD.findall(cell) for joined in cells for cell in joined.split("|")]
    return tuple(tuple(words) for words in forms if len(words) > 1)


def forget() -> None:
    """Reads the table anew from now on."""
    for cached in (_rows, _seats, _keys, _forms, _pairs, english_of, names_of_words):
        cached.cache_clear()
    forget_words()


def _spaced(text: str, lang: str) -> Known:
    """Words by how they begin, the longest form first; a form of several words goes before."""
    stated: list[tuple[frozenset[str], int, int]] = []
    possible: set[str] = set()
    last, forms = 0, _forms(lang)
    words = [(at + start, at + end, word) for at, inner in _words(text, lang) for start, end, word in inner]
    for start, end, word in words:
        sizes = () if word.longer is None else word.longer[text[end : end + _LEAST]]
        if not (sizes or word.begins or word.short or word.within):  # most: many forms begin with an article
            continue
        found = [*_longer(text, start, sizes, forms), *word.begins] or ([word.short] if word.short else [])
        possible.update(word.within, *(forms.keys[form] for form in found))
        sure = forms.sure[found[0]] if found else ""
        if start >= last and (sure == "!" or (sure == "+" and text[start].isupper())):
            last = max(end, start + len(found[0].rstrip("=")))
            stated.append((forms.keys[found[0]], start, last))
    return Known(tuple(stated), frozenset(possible))


def _longer(text: str, start: int, sizes: Iterable[int], forms: _Forms) -> Iterator[str]:
    """The forms of several words, of some sizes, that stand where a text goes on from `start`."""
    for size in sizes:
        yield from _standing(unaccented(text[start : start + size + 1]).lower(), size, forms)


def _standing(lower: str, size: int, forms: _Forms) -> Iterator[str]:
    """The forms of so many letters that a text begins with."""
    form = lower[:size]
    if len(form) == size and not lower[size : size + 1].isalpha() and f"{form}=" in forms.keys:
        yield f"{form}="
    if len(form) == size and form in forms.keys:
        yield form


@of_each_word
def _words(word: str, lang: str) -> tuple[tuple[int, int, _Word], ...]:
    """Where something may stand in a word, and what."""
    return tuple(_in_word(word, _forms(lang), lang == "de")) if lang in LANGUAGES and lang not in CJK else ()


def _in_word(written: str, forms: _Forms, may_be_joined: bool) -> Iterator[tuple[int, int, _Word]]:
    for match in _WORD.finditer(written):
        if word := _word(match[0], forms, may_be_joined):
            yield *match.span(), word


def _word(written: str, forms: _Forms, may_be_joined: bool) -> _Word | None:
    """What may stand where a word does; None where nothing may."""
    lower = unaccented(written).lower()
    sizes = *forms.sizes.get(lower[:_LEAST], ()), *forms.sizes.get(lower[: _LEAST - 1], ())
    begins = tuple(form for size in sizes for form in _standing(lower, size, forms))
    short = f"{written}=" if written.isupper() and f"{written}=" in forms.keys else ""
    within = frozenset().union(*(_within if may_be_joined else _behind_prefix)(lower, forms))
    word = _Word(begins, forms.longer.get(lower), short, within)
    return word if begins or word.longer is not None or short or within else None


def _within(lower: str, forms: _Forms) -> Iterator[frozenset[str]]:
    """What may be named within a long word: Nordosteuropa."""
    for start in range(2, len(lower) - _LEAST_PART + 1):
        for size in forms.sizes.get(lower[start : start + _LEAST], ()):
            if size >= _LEAST_PART:
                yield forms.keys.get(lower[start : start + size], frozenset())


def _behind_prefix(lower: str, forms: _Forms) -> Iterator[frozenset[str]]:
    """What may be named behind the beginning of a word: transandino."""
    rest = _JOINED.sub("", lower, count=1) if _JOINED.match(lower) else ""
    for size in forms.sizes.get(rest[:_LEAST], ()):
        if size > _LEAST_PART:  # transporta
            yield from (forms.keys[form] for form in _standing(rest, size, forms))


@cache
def _pairs(lang: str) -> Remembered[tuple[int, ...]]:
    """The sizes of the forms that begin with two characters, the longest first."""
    sizes = _forms(lang).sizes
    return Remembered(lambda pair: (*sizes.get(pair, ()), *sizes.get(pair[0], ())))


def _unspaced(text: str, forms: _Forms, pairs: Mapping[str, tuple[int, ...]]) -> Known:
    """Whatever stands anywhere: within a longer name that is sure nothing else, within another nothing that is sure."""
    stated: list[tuple[frozenset[str], int, int]] = []
    possible: set[str] = set()
    end = doubtful = 0
    for start, sizes in enumerate(map(pairs.__getitem__, map(add, text, f"{text[1:]} "))):
        for size in sizes if start >= end else ():
            form, last = text[start : start + size], start + size
            if form not in forms.keys or last > len(text):
                continue
            possible |= forms.keys[form]
            if forms.sure[form] and last > doubtful and not is_part(text, start, last):
                end = last
                stated.append((forms.keys[form], start, end))
                break
            doubtful = max(doubtful, last if size > _LONG else 0)
    return Known(tuple(stated), frozenset(possible))


def is_part(text: str, start: int, end: int) -> bool:
    """Whether a name is only part of a longer one, as in katakana, or not the beginning of a word in hangul."""
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    goes_on = _KANA.fullmatch(after) or _OTHER.fullmatch(after)
    # A short one beside the dot between first and last name is mostly a person's: マルタ・ロペス.
    is_persons = not _DOTS.isdisjoint(before + after) or (end - start <= _LONG and "・" in before + after)
    is_within = (
        (start and _WITHIN.fullmatch(before)) or before in _LONGER or goes_on or _is_within_han(text, start, end)
    )
    return is_persons or bool(is_within) or _begins_longer(text, start, end)


def _is_within_han(text: str, start: int, end: int) -> bool:
    """Whether a short name by sound in Han characters has others of its kind beside it: 马利 in 蒙哥马利.

    Two of them beside one of three characters: 特洛伊 in 特洛伊德利斯.
    """
    if end - start > _LONG or not _by_sound().issuperset(text[start:end]):
        return False
    if end - start < _LONG:
        return not _by_sound().isdisjoint(text[max(0, start - 1) : start] + text[end : end + 1])
    beside = text[max(0, start - 2) : start], text[end : end + 2]
    return any(len(two) == 2 and _by_sound().issuperset(two) for two in beside)


@cache
def _by_sound() -> frozenset[str]:
    """Characters that Chinese seldom has but in foreign names."""
    return frozenset(transcribing()) - in_words() - _BESIDE_NAMES


def _begins_longer(text: str, start: int, end: int) -> bool:
    """Whether a short name in hangul is the beginning of another foreign one: 페루치. Particles may follow it."""
    last, behind = text[end - 1], text[end : end + 1]
    is_by_sound = end - start < _LONG and syllable_odds(last) > 0  # unlike 미국
    return is_by_sound and behind not in _ADDED and syllable_odds(behind) >= _FOREIGN


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = files("workbench.facts").joinpath("names.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:])


@cache
def _seats() -> Mapping[str, str]:
    return {row[0]: row[-1] for row in _rows() if row[-1]}


@cache
def _keys(lang: str) -> frozenset[str]:
    """The names for which a language has any word in the table."""
    column = 1 + LANGUAGES.index(lang)
    return frozenset(row[0] for row in _rows() if row[column].lstrip("~"))


@cache
def _forms(lang: str) -> _Forms:
    column, least = 1 + LANGUAGES.index(lang), _LEAST_UNSPACED if lang in CJK else _LEAST
    keys: dict[str, set[str]] = {}
    sure: dict[str, str] = {}
    sizes: dict[str, set[int]] = {}
    longer: dict[str, dict[str, set[int]]] = {}
    for row in _rows():
        cells = _cells(row[column].lstrip("~"), "" if lang in CJK else row[_ANYWHERE])
        for cell in (spelt for each in cells for spelt in _spellings(each)):
            form = cell.lstrip("+!")
            keys.setdefault(form, set()).add(row[0])
            sure[form] = max(sure.get(form, ""), cell[: len(cell) - len(form)], key=["", "+", "!"].index)
            plain = form.rstrip("=")
            sizes.setdefault(plain[:least], set()).add(len(plain))
            first = _WORD.match(plain)
            if first and first[0] != plain:
                behind = plain[first.end() :][:_LEAST]
                longer.setdefault(first[0], {}).setdefault(behind, set()).add(len(plain))
    partial = frozenset(row[0] for row in _rows() if row[column].startswith("~"))
    all_keys = {form: frozenset(found) for form, found in keys.items()}
    for form in [form for form, found in all_keys.items() if len(found) > 1 and not any(map(is_country, found))]:
        sure[form] = ""  # of several names only a country and its language are one
    by_first = {word: Remembered(_going_on(_longest_first(found))) for word, found in longer.items()}
    return _Forms(all_keys, sure, _longest_first(sizes), by_first, partial)


def _going_on(sizes: Mapping[str, tuple[int, ...]]) -> Callable[[str], tuple[int, ...]]:
    """Finds the sizes of forms by the characters that stand behind a word, from those by how they go on."""

    def of(behind: str) -> tuple[int, ...]:
        plain = unaccented(behind).lower()
        return tuple(size for until in range(len(plain), 0, -1) for size in sizes.get(plain[:until], ()))

    return of


def _cells(*columns: str) -> Iterator[str]:
    """What stands in columns of the table."""
    return (cell for column in columns if column for cell in column.split("|"))


def _spellings(cell: str) -> Iterator[str]:
    """A cell of the table, and how else it is written: with "and", チューリヒ for チューリッヒ, 폴랜드 for 폴란드."""
    yield cell
    if " & " in cell:
        yield cell.replace(" & ", " and ")
    if "ッ" in cell and len(cell) > _LEAST_PART:
        yield cell.replace("ッ", "")
    if "란드" in cell:
        yield cell.replace("란드", "랜드")


def _longest_first(sizes: Mapping[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {begin: tuple(sorted(found, reverse=True)) for begin, found in sizes.items()}
