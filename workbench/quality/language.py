"""Stretches of a translation that are not in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress
from unicodedata import normalize

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.facts import degenerate
from workbench.lang import Script, chinese_script, primary

# With the marks that repeat and lengthen (々, ー), and single jamo (ㅋ).
_HAN, _KANA = (
    r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    r"\u3041-\u309f\u30a1-\u30ff",
)
_HANGUL = r"\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e"
_LATIN = r"A-Za-zªºÀ-ɏḀ-ỿ"
# The letters that belong to each language, Latin ones apart, which stand in all.
_OWN = {"zh": _HAN, "ja": _HAN + _KANA, "ko": _HAN + _HANGUL}
_COMMON = r"µΩωαβγδπλσμΔ"  # signs of the sciences
_LATIN_RUN = re.compile(rf"[{_LATIN}][{_LATIN}'’-]*(?:[ ,]+[{_LATIN}][{_LATIN}'’-]*)*")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_OR_DIGITS = re.compile(r"\w+")
# Words in a row that two languages do not share by chance, and how many of them are neither names nor short.
_LONGEST_SHARED, _LEAST_PLAIN = 5, 2
# Words, no numbers, that a target shares with its source if degenerate.untranslated calls it copied: over .6 of five.
_FEW_SHARED = 4
_FEW_LETTERS = 4
_HAN_ONLY = 12
_SCRIPTS: dict[str, Script] = {"zh-Hans": "Hans", "zh-Hant": "Hant"}
_CALLED: dict[Script, str] = {"Hans": "Simplified", "Hant": "Traditional"}
_LEAST_OTHER = 3  # characters; a name or a quotation may have fewer


def in_language(unit: TranslationUnit) -> Iterator[Issue]:
    """What was left in the source's words, or is in a script that the target's language is not written in."""
    yield from _other_characters(unit)
    if primary(unit.src_lang) == primary(unit.tgt_lang):
        return
    words, known = _words(unit.tgt_text), set(_words(unit.src_text))
    kept = list(map(known.__contains__, words))
    may_be_copied = _may_be_copied(words, kept)
    copied = degenerate.untranslated(unit.src_text, unit.tgt_text, unit.tgt_lang) if may_be_copied else ""
    if copied and "script" not in copied:
        reason = copied.partition(": ")[2]
        yield Issue(
            "untranslated", Severity.CRITICAL, "tgt", 0, len(unit.tgt_text), f"{reason[0].upper()}{reason[1:]}."
        )
        return
    yield from _foreign_letters(unit)
    if any(map(all, zip(kept, kept[1:], kept[2:], strict=False))):  # what is around may be glued to other letters
        yield from _shared_words(unit)
    yield from _no_kana(unit)


def _words(text: str) -> list[str]:
    return _LETTERS_OR_DIGITS.findall(normalize("NFKC", text).casefold())


def _may_be_copied(words: Sequence[str], kept: Sequence[bool]) -> bool:
    """Whether a target, of whose words the source has some too, may be the source's own; of most it is not so."""
    return all(kept) or sum(not word.isdecimal() for word in compress(words, kept)) >= _FEW_SHARED


@cache
def _foreign(language: str) -> re.Pattern[str] | None:
    """Runs of letters of other scripts; None for languages whose script is not known here."""
    if language in _OWN:
        own = _OWN[language]
    elif degenerate.writes_latin(language):
        own = ""
    else:
        return None
    letter = rf"[^\W\d_{_LATIN}{_COMMON}{own}\u02b0-\u036f\uff00-\uffef]"
    return re.compile(rf"{letter}+(?:[\s,.、，]*{letter}+)*")


def _foreign_letters(unit: TranslationUnit) -> Iterator[Issue]:
    pattern = _foreign(primary(unit.tgt_lang))
    if pattern is None or (unit.tgt_text.isascii()):
        return
    for match in pattern.finditer(unit.tgt_text):
        is_glossed = unit.tgt_text[: match.start()].rstrip()[-1:] in ("(", "（", "[", "“", '"', "«")
        severity = Severity.MINOR if is_glossed or len(match[0]) < _FEW_LETTERS else Severity.MAJOR
        left = match[0] in unit.src_text
        reason = f"{match[0]!r} is left untranslated." if left else f"{match[0]!r} is in a script of another language."
        yield Issue("untranslated", severity, "tgt", *match.span(), reason)


def _shared_words(unit: TranslationUnit) -> Iterator[Issue]:
    """Words in a row that stand in both: in Latin letters, or in Latin letters amid others."""
    for match in _LATIN_RUN.finditer(unit.tgt_text):
        if match[0].count(" ") < _LONGEST_SHARED - 1:
            continue
        yield from _stretches(unit, match.start(), match.end())


def _stretches(unit: TranslationUnit, start: int, end: int) -> Iterator[Issue]:
    words = [word.span() for word in _WORD.finditer(unit.tgt_text, start, end)]
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and unit.tgt_text[words[first][0] : words[last][1]] in unit.src_text:
            last += 1
        if last - first >= _LONGEST_SHARED:
            span = words[first][0], words[last - 1][1]
            plain = [word for word in unit.tgt_text[slice(*span)].split() if word.islower() and len(word) > 2]
            if len(plain) >= _LEAST_PLAIN:
                yield Issue("untranslated", Severity.MAJOR, "tgt", *span, "These words are the source's own.")
        first = max(last, first + 1)


def _other_characters(unit: TranslationUnit) -> Iterator[Issue]:
    """Traditional characters where Simplified ones are wanted, and the other way round."""
    wanted = _SCRIPTS.get(unit.tgt_lang)
    found = chinese_script(unit.tgt_text, _LEAST_OTHER) if wanted else None
    if wanted and found and found != wanted:
        reason = f"It is in {_CALLED[found]} characters, and {_CALLED[wanted]} ones are wanted."
        yield Issue("untranslated", Severity.MAJOR, "tgt", 0, len(unit.tgt_text), reason)


def _no_kana(unit: TranslationUnit) -> Iterator[Issue]:
    """Chinese where Japanese is wanted."""
    if primary(unit.tgt_lang) != "ja":
        return
    han = len(re.findall(f"[{_HAN}]", unit.tgt_text))
    if han >= _HAN_ONLY and not re.search(f"[{_KANA}]", unit.tgt_text):
        yield Issue("untranslated", Severity.MAJOR, "tgt", 0, len(unit.tgt_text), "There is no kana in it.")
