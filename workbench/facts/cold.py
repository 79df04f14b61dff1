"""Degrees below zero that another text has above it: -5 Grad, 5 degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.facts.counts import Counts
from workbench.facts.stated import Stated

# Not the dash of a range, 3-5 or 3 -5.
_SIGN = re.compile(
    r"(?:(?:^|(?<=[(\u3000-\u9fff\uac00-\ud7a3])|(?<=[^\W\d] ))[-−]|\b(?:minus|moins|menos) |"
    r"零下|[负負]|氷点下|マイナス|영하 ?|마이너스 ?)$",
    re.IGNORECASE,
)
# Behind the degrees: 5 degrees below zero.
_BEHIND = re.compile(
    r" (?:below (?:zero|freezing)|unter null|bajo cero|negativos|abaixo de zero|au-dessous de zéro|sous zéro)",
    re.IGNORECASE,
)
_MAY_BE_COLD = re.compile(
    rf"[-−]\d|\b(?:minus|moins|menos) |{_BEHIND.pattern}|零下|[负負]|氷点下|マイナス|영하|마이너스", re.IGNORECASE
)
# What says it anywhere, and otherwise: five degrees of frost.
_COLD = re.compile(
    r"[-−–]\s?\d|minus|moins|menos|below|unter|sous|bajo|abaixo|negativ|négativ|zero|zéro|cero|\bnull|freez|frost|\bgel"
    r"|零|[负負]|氷点|マイナス|영하|마이너스|빙점|以下",
    re.IGNORECASE,
)
_AROUND = 10  # letters, as long as what says it before a number


def may_be_cold(counts: Counts) -> bool:
    """Whether a sign or word may stand before a number that says it is below zero."""
    return any(_MAY_BE_COLD.search(text.text) for text in counts.texts)


def says_cold(counts: Counts) -> bool:
    """Whether anything may say below zero, or that it freezes."""
    return any(_COLD.search(text.text) for text in counts.texts)


def below_zero(here: Counts, there: Counts) -> Iterator[tuple[Stated, Stated]]:
    """The degrees below zero of the first text, the only one, and those of the same number in the other."""
    (text,) = here.texts
    for item in here.stated:
        sign = _SIGN.search(text.text[max(0, item.start - _AROUND) : item.start]) if item.unit == "degree" else None
        behind = _BEHIND.match(text.text, item.end) if item.unit == "degree" else None
        other = there.by_value.get(item.value, {}).get("degree") if sign or behind else None
        if other:
            start, end = item.start - len(sign[0]) if sign else item.start, behind.end() if behind else item.end
            yield replace(item, start=start, end=end), other
