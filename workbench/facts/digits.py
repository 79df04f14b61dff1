"""The value of digits with separators and of Han numerals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

# Where 1.5 is one and a half; elsewhere it is 1,5.
_DECIMAL_POINT = frozenset(["en", "zh", "ja", "ko", "th", "he", "hi", "ms", "tl", "und"])

HAN_DIGITS = {ch: value for value, ch in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
HANGUL_AS_HAN = {ord(hangul): han for hangul, han in zip("십백천만억조", "十百千万億兆", strict=True)}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def decimal_of(digits: str, language: str) -> Decimal:
    """The value of digits with separators."""
    if digits.isdecimal():
        return Decimal(digits)
    point = "." if language in _DECIMAL_POINT else ","
    marks = [ch for ch in digits if not ch.isdecimal()]
    digits = "".join(ch for ch in digits if ch.isdecimal() or ch in ".,")
    if len(set(marks)) == 2 and marks[-1] in ".,":
        point = marks[-1]
    elif len(marks) > 1 or (marks and len(digits) - digits.rfind(marks[0]) != 4):
        # Several alike part thousands, and one that does not stand before three digits is a decimal mark.
        point = "" if len(marks) > 1 else marks[0]
    elif language == "es":
        point = ""
    whole, _, rest = digits.partition(point) if point else (digits, "", "")
    if any(sign in rest for sign in ".,"):  # no one number: 1.2,3.4
        whole, rest = digits, ""
    return Decimal(f"{_only_digits(whole) or 0}.{_only_digits(rest)}")


def _only_digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdecimal())


def roman(letters: str) -> int:
    """The value of Roman numerals without D and M.

    >>> roman("XIX")
    19
    """
    digits = [_ROMAN[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def sum_of(parts: Sequence[str]) -> Decimal:
    """The value of digits and numerals: 13.5億, 2億3,000万, 1.5万亿, 三百二十."""
    total = section = Decimal(0)
    number: Decimal | None = None
    for before, part in zip(["", *parts], parts, strict=False):
        if part in HAN_SCALES and HAN_SCALES.get(before, HAN_SCALES[part]) < HAN_SCALES[part]:  # 万亿
            total *= HAN_SCALES[part]
        elif part in HAN_SCALES:
            section += number if number is not None else Decimal(0)
            total += (section or 1) * HAN_SCALES[part]
            section, number = Decimal(0), None
        elif part in HAN_UNITS:
            section += (1 if number is None else number) * HAN_UNITS[part]
            number = None
        elif part in HAN_DIGITS:
            number = Decimal(HAN_DIGITS[part])
        else:
            number = Decimal(part.replace(",", ""))
    return total + section + (number or 0)
