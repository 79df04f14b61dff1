"""Facts that a translation changes: numbers, names, negation, as workbench.facts finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.facts import Disagreement, disagreements, fold, names

_NUMBERS = ("number", "date", "quantity")


def _of_kinds(unit: TranslationUnit, kinds: tuple[str, ...]) -> tuple[Disagreement, ...]:
    return disagreements([(unit.src_text, unit.src_lang)], [(unit.tgt_text, unit.tgt_lang)], kinds)


def numbers_kept(unit: TranslationUnit) -> Iterator[Issue]:
    """Numbers, dates, amounts, units and currencies that one side states and the other cannot mean."""
    return _issues("numbers", Severity.MAJOR, _of_kinds(unit, _NUMBERS))


def negation_kept(unit: TranslationUnit) -> Iterator[Issue]:
    """A denial on one side, and nothing of it on the other."""
    return _issues("negation", Severity.MAJOR, _of_kinds(unit, ("negation",)))


def names_kept(unit: TranslationUnit) -> Iterator[Issue]:
    """Names that differ, and words in Latin letters that are written alike in every language and stand on one side."""
    different = list(_issues("names", Severity.MAJOR, _of_kinds(unit, ("name",))))
    yield from different
    if not different:
        yield from _tokens(unit)


def _issues(check: str, severity: Severity, found: Sequence[Disagreement]) -> Iterator[Issue]:
    """Where both sides are at odds it shows on the target; else on the side that has something."""
    for item in found:
        for mention in item.tgt or item.src:
            yield Issue(check, severity, "tgt" if item.tgt else "src", mention.start, mention.end, _said(item))


def _said(item: Disagreement) -> str:
    return item.reason.replace("in the first", "in the source").replace("in the second", "in the target")


def _tokens(unit: TranslationUnit) -> Iterator[Issue]:
    """OpenAI, GPT-4, iPhone: words that are neither translated nor transcribed."""
    sides = ("src", unit.src_text, unit.src_lang), ("tgt", unit.tgt_text, unit.tgt_lang)
    for (side, text, lang), (_, other, _) in (sides, sides[::-1]):
        if not _MAY_BE_KEPT.search(text):  # most texts
            continue
        folded = ""
        for name in names(text, lang):
            word = text[name.start : name.end]
            if not _is_kept(word):
                continue
            folded = folded or fold(other)
            if fold(word) not in folded:
                what = "is not in the target" if side == "src" else "is in the target only"
                yield Issue(
                    "names", Severity.MINOR, "src" if side == "src" else "tgt", name.start, name.end, f"{word} {what}."
                )


_MIXED = re.compile(r"[^\W\d_]*[a-z][^\W\d_]*[A-Z]|[A-Z]{2,}[-‑]?\d|[A-Z][a-z]+[-‑]?\d")
# What each of those has somewhere; looking back is quicker, as few characters are capitals or digits.
_MAY_BE_KEPT = re.compile(r"[A-Z\d](?:(?<=[^\W\d_][A-Z])|(?<=[A-Za-z]\d)|(?<=[A-Za-z][-‑]\d))")


def _is_kept(word: str) -> bool:
    return " " not in word and bool(_MIXED.match(word))
