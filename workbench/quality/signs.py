"""Signs that a translation keeps: brackets, quotation marks, addresses, tags, capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from workbench.datatypes import Issue, Severity, TranslationUnit
from workbench.facts import degenerate, quotes
from workbench.facts.marks import QUOTES
from workbench.lang import primary

_OPENING, _CLOSING = "([{（［【〔｛", ")]}）］】〕｝"
_PLAIN = str.maketrans("（［【〔｛）］】〕｝", "([[({)]])}")
_BRACKET = re.compile(r"[()\[\]{}（）［］【】〔〕｛｝]")
# Ends of what is counted, not brackets: 1) and a).
_ITEM = re.compile(r"(?<![^\s(])(?:\d{1,2}|[a-zA-Z])[)）]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”（）\u3000-\u9fff\uac00-\ud7a3]+"
    r"|[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?[A-Za-z][^<>]{0,200}>|\{\{?[\w.:]{0,40}\}?\}|\$\{\w{1,40}\}|%(?:\(\w{1,40}\))?\d{0,2}\$?[sdif](?![A-Za-z])|"
    r"&(?:[a-z]{2,8}|#\d{1,6});|\*\*|``?|\[/?[A-Z]{1,10}\]"
)
_QUOTED_OTHERWISE = re.compile("[‘’'《〈]")  # single marks, and those that Chinese has for titles
_BEGINS_TAG = re.compile(r"[<{$%&*`\[]")
_SENTENCE_END = ".!?…。！？"
# Where a sign may stand that the other side lacks, and what that is called.
_SIDES: tuple[tuple[Literal["src", "tgt"], str, str], ...] = (("tgt", "src", "source"), ("src", "tgt", "target"))


def brackets(unit: TranslationUnit) -> Iterator[Issue]:
    """A bracket without its other half, or none where the source has some.

    Between scripts names are glossed in brackets, which the other side does without: there only halves are looked for.
    """
    if not (_BRACKET.search(unit.tgt_text) or _BRACKET.search(unit.src_text)):
        return
    src, tgt = _odd_brackets(unit.src_text), _odd_brackets(unit.tgt_text)
    if tgt and not src:
        for at in tgt:
            yield Issue("brackets", Severity.MINOR, "tgt", at, at + 1, "This bracket has no other half.")
    elif not tgt and not src and _is_latin(unit.src_lang) == _is_latin(unit.tgt_lang):
        yield from _other_number(unit)


def _is_latin(tag: str) -> bool:
    return degenerate.writes_latin(primary(tag))


def _odd_brackets(text: str) -> list[int]:
    plain = text.translate(_PLAIN)
    items = {match.end() - 1 for match in _ITEM.finditer(plain)}
    open_ones: list[int] = []
    odd = []
    for match in _BRACKET.finditer(plain):
        at = match.start()
        if plain[at] in _OPENING:
            open_ones.append(at)
        elif open_ones and _OPENING.index(plain[open_ones[-1]]) == _CLOSING.index(plain[at]):
            open_ones.pop()
        elif at not in items:
            odd.append(at)
    return sorted([*odd, *open_ones])


def _other_number(unit: TranslationUnit) -> Iterator[Issue]:
    src, tgt = (len(_BRACKET.findall(text)) // 2 for text in (unit.src_text, unit.tgt_text))
    if src and not tgt:
        yield Issue("brackets", Severity.MINOR, "tgt", 0, 0, "What the source has in brackets is not so here.")


def quotation(unit: TranslationUnit) -> Iterator[Issue]:
    """A quotation mark without its other half, or none where the source has some."""
    src, tgt = quotes(unit.src_text), quotes(unit.tgt_text)
    if tgt % 2 and not src % 2:
        at = [match.start() for match in QUOTES.finditer(unit.tgt_text)][-1]
        yield Issue("quotes", Severity.MINOR, "tgt", at, at + 1, "This quotation mark has no other half.")
    elif src >= 2 and not src % 2 and not tgt and not _QUOTED_OTHERWISE.search(unit.tgt_text):
        yield Issue("quotes", Severity.MINOR, "tgt", 0, 0, "The source quotes, the target does not.")


def links(unit: TranslationUnit) -> Iterator[Issue]:
    """Web and mail addresses that are not the same on both sides, but for the language that a part of them names."""
    if not any(map(_may_have_address, (unit.src_text, unit.tgt_text))):  # most
        return iter(())
    langs = "|".join({primary(unit.src_lang), primary(unit.tgt_lang)})
    named = re.compile(rf"(?<=[/=])(?:{langs})(?=[/?&#]|$)|(?<=//)(?:{langs})(?=\.)")
    return _kept(unit, _ADDRESS, "links", "address", Severity.MAJOR, ".,;:!?)/'", lambda sign: named.sub("*", sign))


def _may_have_address(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text.lower()


def tags(unit: TranslationUnit) -> Iterator[Issue]:
    """Markup and places to be filled in: <b>, {name}, %s, ** and the like."""
    if not (_BEGINS_TAG.search(unit.src_text) or _BEGINS_TAG.search(unit.tgt_text)):  # most
        return iter(())
    return _kept(unit, _TAG, "tags", "tag", Severity.MAJOR, "")


def _kept(
    unit: TranslationUnit,
    pattern: re.Pattern[str],
    check: str,
    what: str,
    severity: Severity,
    ends: str,
    same: Callable[[str], str] = str,
) -> Iterator[Issue]:
    """What the pattern finds must be on both sides equally often. `same`: of two that are taken for one the same."""
    found = {
        side: [(match.start(), match[0].rstrip(ends)) for match in pattern.finditer(text)]
        for side, text in (("src", unit.src_text), ("tgt", unit.tgt_text))
    }
    counts = {side: Counter(same(sign.lower()) for _, sign in signs) for side, signs in found.items()}
    for side, other, name in _SIDES:
        for start, sign in found[side]:
            key = same(sign.lower())
            if counts[side][key] > counts[other][key]:
                counts[side][key] -= 1
                reason = f"The {what} {sign.lower()} is not in the {name}."
                yield Issue(check, severity, side, start, start + len(sign), reason)


def case(unit: TranslationUnit) -> Iterator[Issue]:
    """Capitals throughout on one side only, or a sentence that begins small."""
    text = unit.tgt_text
    if not degenerate.writes_latin(primary(unit.tgt_lang)):
        return
    if _shouts(text) != _shouts(unit.src_text) and (_shouts(text) or degenerate.writes_latin(primary(unit.src_lang))):
        where = "the target" if _shouts(text) else "the source"
        yield Issue("case", Severity.MINOR, "tgt", 0, len(text), f"Only {where} is in capitals throughout.")
    elif text[:1].islower() and _begins_sentence(unit.src_text) and not _begins_name(text):
        yield Issue("case", Severity.MINOR, "tgt", 0, 1, "It begins with a small letter.")


def _shouts(text: str) -> bool:
    """Whether nearly all letters are capitals: cheap to see for nearly all texts."""
    if text[1:60].islower() or not text.isupper():
        return False
    return len(re.findall(r"[A-ZÀ-Þ]{3,}", text)) > 2


def _begins_sentence(source: str) -> bool:
    first = source.lstrip("¿¡\"'“«„(")[:1]
    return first.isupper() or (first.isalpha() and not first.islower() and source.rstrip()[-1:] in _SENTENCE_END)


def _begins_name(text: str) -> bool:
    """iPhone, eBay, pH."""
    return any(ch.isupper() for ch in text.split(None, 1)[0])
