"""Words that small models have met too seldom, put into English before a text is translated.

A word that is English already they copy; of one that is rare they make what sounds like it. Rows of vocabulary.tsv are
written by hand: a word of English, and what seven languages call it where the models have met that seldom. " | " parts
words for one thing, "/" a singular and its plural. `kind` tells which other forms there are: an `adjective` is
inflected, of a `noun` the plural is made where none is given, and what is `fixed` has the forms that are listed. German
nouns have their plural beside them, and German adjectives are stems.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.lang import CJK, primary, simplified
from workbench.translate.inflection import inflected, plural
from workbench.translate.korean import ADDED
from workbench.translate.text import parted, spaced

LANGUAGES = ("fr", "de", "es", "pt", "zh", "ja", "ko")
COLUMNS = ("kind", "en", *LANGUAGES)
_BEGINNING = 2  # characters by which words are looked up
# Where a word begins, behind what French elides too.
_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]|(?<=[dlnsDLNS]['’])[^\W\d_]")
_END = re.compile(r"(?![\w-])")
_OPENING, _REACH = ' \t\n"“«„»(¿¡—–-', 24  # what may stand between two sentences, and how far that is looked for
_MANY = {"zh": "们", "ja": "たち", "ko": "들"}
_KATAKANA = re.compile("[ァ-ヺー]")
_HANGUL = re.compile("[가-힣]")
_HANGUL_END = re.compile(rf"(?![가-힣])|(?:{ADDED})(?![가-힣])")


def in_english(text: str, lang: str) -> str:
    """A text with the words of the table as English has them; linear in the text.

    >>> in_english("Hier, un ouragan a touché la côte.", "fr")
    'Hier, un hurricane a touché la côte.'
    """
    lang = primary(lang)
    if lang not in LANGUAGES:
        return text
    parts = parted(text, ((word.start, word.end, word.english) for word in _bundled(lang).found(text)))
    return spaced(parts) if lang in CJK else "".join(parts)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the table in a text: where it stands, the form that the table has, and its English as it fits there."""

    start: int
    end: int
    form: str
    english: str


class Vocabulary:
    """The words of one language, given by its primary subtag, that rows of a table have."""

    def __init__(self, rows: Iterable[Mapping[str, str]], lang: str) -> None:
        self._lang = lang
        self._english: dict[str, str] = {}
        for row in rows:
            for form, english in _forms_of(row, lang):
                if form.lower() != english.lower():
                    self._english.setdefault(form, english)
        sizes: defaultdict[str, set[int]] = defaultdict(set)
        for form in self._english:
            sizes[form[:_BEGINNING].lower()].add(len(form))
        self._sizes = {begin: sorted(found, reverse=True) for begin, found in sizes.items()}

    def found(self, text: str) -> Iterator[Word]:
        """The words in a text, in order; of those that begin at one place the longest."""
        text, done = _plain(text, self._lang), 0
        for start in range(len(text)) if self._lang in CJK else (word.start() for word in _WORD.finditer(text)):
            if start >= done and (word := self._at(text, start)):
                yield word
                done = word.end

    def _at(self, text: str, start: int) -> Word | None:
        sizes = self._sizes.get(text[start : start + _BEGINNING].lower(), ())
        begins = bool(sizes) and text[start].isupper() and _begins_sentence(text, start)
        for end in (start + size for size in sizes):
            form = text[start:end]
            if begins and form not in self._english:
                form = form[0].lower() + form[1:]
            if form in self._english and _is_whole(text, start, end, self._lang):
                english = self._english[form]
                return Word(start, end, form, english[0].upper() + english[1:] if begins else english)
        return None


def read_rows(text: str) -> list[dict[str, str]]:
    """The rows of a table, by the names of its columns."""
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def words(cell: str) -> list[str]:
    """What a language calls a thing, as a cell of a table has it."""
    return cell.split(" | ") if cell else []


def forms(kind: str, word: str, lang: str) -> Iterator[tuple[str, bool]]:
    """Every form of what a language calls a thing, and whether it is a plural."""
    if kind == "fixed" or (lang in CJK and kind == "adjective"):
        yield word, False
    elif lang in CJK:
        yield word, False
        yield word + _MANY[lang], True
    elif kind == "noun":
        one, many = _numbers(word, lang)
        yield from ((form, False) for form in _cases(one, lang))
        yield from ((form, True) for form in _cases(many, lang))
    else:
        yield from ((form, False) for form in inflected(word, lang))


def _forms_of(row: Mapping[str, str], lang: str) -> Iterator[tuple[str, str]]:
    """Every form of a language that a row has, and its English."""
    one, many = _numbers(row["en"], "en")
    for word in words(row[lang]):
        yield from ((form, many if is_plural else one) for form, is_plural in forms(row["kind"], word, lang))


@cache
def _bundled(lang: str) -> Vocabulary:
    table = files("workbench.translate").joinpath("vocabulary.tsv").read_text(encoding="utf-8")
    return Vocabulary(read_rows(table), lang)


def _plain(text: str, lang: str) -> str:
    """Chinese in Simplified characters, where each is one of the other script."""
    plain = simplified(text) if lang == "zh" else text
    return plain if len(plain) == len(text) else text


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _REACH) : start]
    last = before.rstrip(_OPENING)
    between = before[len(last) :]
    return not last or "\n" in between or (last.endswith(tuple(".!?:…")) and bool(between))


def _is_whole(text: str, start: int, end: int, lang: str) -> bool:
    """Whether a word begins and ends there, as far as the script tells."""
    if lang == "ko":
        return not _HANGUL.match(text, start - 1 if start else len(text)) and bool(_HANGUL_END.match(text, end))
    if lang == "ja" and _KATAKANA.match(text, start):
        return not _KATAKANA.match(text, start - 1 if start else len(text)) and not _KATAKANA.match(text, end)
    return lang in CJK or bool(_END.match(text, end))


def _cases(noun: str, lang: str) -> tuple[str, ...]:
    """German genitives and datives end otherwise: des Vulkans, den Vulkanen."""
    return (noun, f"{noun}s", f"{noun}es", f"{noun}n") if lang == "de" else (noun,)


def _numbers(word: str, lang: str) -> tuple[str, str]:
    """Singular and plural."""
    one, _, many = word.partition("/")
    return one, many or plural(one, lang)
