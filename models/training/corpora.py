"""One reader of the parallel training corpora, shared by every recipe.

A corpora folder holds one file per language, `LANG.tsv` or `LANG.tsv.xz`, named by the lower-case BCP 47 tag
(`zh-hans.tsv.xz`). A line is `foreign<TAB>english<TAB>source`. Lines keep the order of the texts they come
from, so neighbouring pairs of one source are mostly neighbouring sentences of one text.

    for pair in read_pairs(folder, "zh-Hans"):
        pair.foreign, pair.english, pair.source
"""

from __future__ import annotations

import logging
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TextIO

from workbench.errors import WorkbenchError

LANGUAGES = ("fr", "de", "es", "pt", "zh-Hans", "zh-Hant", "ja", "ko")

# Whatever is not listed here counts as copyleft: an unknown source never slips into public weights.
PERMISSIVE = {
    "msdocs-*": "CC-BY-4.0",
    "justice-canada-laws": "OGL-Canada-2.0",
    "lctt": "Apache-2.0",
    "tatoeba": "CC-BY-2.0-FR",
    "odashi-small-enja": "CC-BY-2.0-FR",
    "python-docs": "PSF-2.0",
    "django-docs": "BSD-3-Clause",
    "kubernetes": "CC-BY-4.0",
    "opentelemetry": "CC-BY-4.0",
    "reactjs-docs": "CC-BY-4.0",
    "vuejs-docs": "MIT",
    "electron-docs": "MIT",
    "tldr-pages": "CC-BY-4.0",
    "bitcointranscripts": "MIT",
    "3am-captions": "MIT",
    "hf-course": "Apache-2.0",
    "opensource-guide": "CC-BY-4.0",
    "w3c-wai": "W3C-20150513",
    "cncf-glossary": "CC-BY-4.0",
    "cldr": "Unicode-3.0",
    "osm-presets": "ISC",
    "workbench-names": "MIT",
    "hanja-*": "BSD-3-Clause",  # the word list; models.training.lexicons reads permissive prose with it
}

MAX_CHARACTERS = 1000
# Characters of the longer side per character of the shorter, once CJK characters are counted double.
MAX_LENGTH_RATIO = 4.0
RATIO_SLACK = 20

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SCRIPTS = {
    "zh-Hans": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    "zh-Hant": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_NAMED = 5  # sources that a message names

_log = logging.getLogger(__name__)


class CorpusError(WorkbenchError, FileNotFoundError):
    """A corpora folder lacks the file of a language, or nothing in that can be learned from."""


@dataclass(frozen=True)
class Pair:
    """A segment and its English counterpart, both NFC with single spaces."""

    foreign: str
    english: str
    source: str


def is_permissive(source: str) -> bool:
    """Whether `source` is known to be under a licence without share-alike."""
    return any(fnmatchcase(source, pattern) for pattern in PERMISSIVE)


def read_pairs(folder: Path, lang: str, *, copyleft: bool = False) -> Iterator[Pair]:
    """The usable pairs of one language in file order, duplicates dropped (case and numbers aside).

    `copyleft=True` adds the sources under GPL, AGPL, CC BY-SA or an unknown licence. What is left out is logged at the
    end. Raises CorpusError, as iteration starts, where the folder has no file for `lang`, and later where that cannot
    be read or has no usable pair.
    """
    path, left_out, used = _corpus_file(folder, lang), LeftOut(), 0
    for pair in _distinct(_usable(path, lang, copyleft, left_out)):
        used += 1
        yield pair
    said = left_out.said()
    if not used:
        raise CorpusError(f"No pair of {lang} can be used: {path} {f'holds none, {said}' if said else 'is empty'}.")
    if said:
        _log.warning("%s: %d pairs used; %s", path.name, used, said)


@dataclass
class LeftOut:
    """How many lines of a corpus are not used, and why."""

    malformed: int = 0
    implausible: int = 0
    sources: Counter[str] = field(default_factory=Counter)

    def said(self) -> str:
        """In words, and what to do; empty where nothing was left out."""
        parts = []
        if self.malformed:
            parts.append(f"{self.malformed:,} lines are not foreign<TAB>english<TAB>source")
        if self.sources:
            names = ", ".join(name or "(no name)" for name, _ in self.sources.most_common(_NAMED))
            more = f" and {len(self.sources) - _NAMED} more" if len(self.sources) > _NAMED else ""
            parts.append(
                f"{self.sources.total():,} are of sources not listed as permissive ({names}{more}), "
                "which --copyleft uses too"
            )
        if self.implausible:
            parts.append(f"{self.implausible:,} are no translations, by their script or length")
        return "; ".join(parts)


def _usable(path: Path, lang: str, copyleft: bool, left_out: LeftOut) -> Iterator[Pair]:
    try:
        with _open(path) as lines:
            for line in lines:
                pair = _parse(line)
                if pair is None:
                    left_out.malformed += 1
                elif not copyleft and not is_permissive(pair.source):
                    left_out.sources[pair.source] += 1
                elif not is_plausible(pair, lang):
                    left_out.implausible += 1
                else:
                    yield pair
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is no UTF-8 ({error.reason}); convert the file first.") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise CorpusError(f"{path} cannot be read ({error}); get it again.") from error


def is_plausible(pair: Pair, lang: str) -> bool:
    """Whether the two sides can be translations: both hold words, in the right script, at similar lengths."""
    if not _LETTER.search(pair.foreign) or not _LETTER.search(pair.english):
        return False
    if pair.foreign.casefold() == pair.english.casefold() or _CJK.search(pair.english):
        return False
    if lang in _SCRIPTS and not _SCRIPTS[lang].search(pair.foreign):
        return False
    short, long = sorted((_width(pair.foreign), _width(pair.english)))
    return long <= MAX_CHARACTERS and long <= MAX_LENGTH_RATIO * short + RATIO_SLACK


def _distinct(pairs: Iterable[Pair]) -> Iterator[Pair]:
    seen: set[int] = set()
    for pair in pairs:
        key = hash(_DIGITS.sub("0", f"{pair.foreign}\t{pair.english}".casefold()))
        if key not in seen:
            seen.add(key)
            yield pair


def _parse(line: str) -> Pair | None:
    fields = line.rstrip("\r\n").split("\t")
    if len(fields) != 3:
        return None
    return Pair(*(_SPACE.sub(" ", unicodedata.normalize("NFC", field)).strip() for field in fields))


def _width(text: str) -> int:
    return len(text) + len(_CJK.findall(text))


def has_pairs(folder: Path, lang: str) -> bool:
    """Whether the folder has a file for `lang`."""
    return any(path.is_file() for path in _places(folder, lang))


def _places(folder: Path, lang: str) -> list[Path]:
    return [folder / f"{lang.lower()}{suffix}" for suffix in (".tsv.xz", ".tsv")]


def _corpus_file(folder: Path, lang: str) -> Path:
    for path in _places(folder, lang):
        if path.is_file():
            return path
    raise CorpusError(
        f"No training pairs for {lang} in {folder}: expected {lang.lower()}.tsv.xz or {lang.lower()}.tsv "
        "there; name the folder that holds them, or leave that language out."
    )


def _open(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig", newline="\n")
    return path.open(encoding="utf-8-sig", newline="\n")
