"""Dates and measures of Korean, put into English before a text is translated.

Of Korean there was least to learn from, so that a small model has met few of them. For the other languages this brought
nothing on FLORES dev.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from functools import cache

from babel import Locale

# What Korean adds to a word; else one that goes on is another: 마일리지, 유로존, 월드컵.
ADDED = (
    "[은는이가을를의에로와과도만나라인였]|으로|께|까지|부터|보다|처럼|마다|밖에|뿐|조차|하고|[등및쯤씩째]|가량|남짓|정도|동안|미만|초과|내외|"
    "안팎|넘"
)
_ADDED_TO_MONTHS = f"{ADDED}|[말초중경생호]|상순|하순|한[ 달]|달"
_ADDED_TO_MEASURES = f"{ADDED}|[당급대]|짜리|어치|상당|규모"
_DATE = re.compile(
    r"(?:(?<!\s)\s+)?(?:(?<!\d)(\d{4})\s*년\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*월"
    rf"(?:\s*([12]\d|3[01]|0?[1-9])\s*일(?!간)|(?![가-힣])|(?={_ADDED_TO_MONTHS}))\s*",
    re.ASCII,
)
_MEASURED = ("length", "mass", "area", "volume", "power")
_MONEY = {"달러": "dollars", "유로": "euros", "파운드": "pounds"}


def in_english(text: str) -> str:
    """A Korean text with its dates, and what it measures or pays in behind a number, as English has them.

    >>> in_english("2019년 10월 7일에 약 30킬로미터를")
    'October 7, 2019 에 약 30 kilometers 를'
    """
    return _measure().sub(lambda found: f" {_measures()[found[1]]} ", _DATE.sub(_date, text)).strip()


def _date(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    named = f"{month_name[int(month)]} {int(day)}" if day else month_name[int(month)]
    return f" {named}{', ' if day else ' '}{year} " if year else f" {named} "


@cache
def _measures() -> Mapping[str, str]:
    """What the CLDR, through Babel, calls measures in Korean and in English."""
    korean, english = (Locale.parse(code).unit_display_names for code in ("ko", "en"))
    return _MONEY | {
        korean[unit]["long"]: english[unit]["long"]
        for unit in korean.keys() & english.keys()
        if unit.startswith(_MEASURED) and "long" in korean[unit] and "long" in english[unit]
    }


@cache
def _measure() -> re.Pattern[str]:
    longest_first = sorted(_measures(), key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?:(?<=\d)|(?<=lion))\s*({names})(?:(?![가-힣])|(?={_ADDED_TO_MEASURES}))\s*")
