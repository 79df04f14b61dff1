"""What a spreadsheet makes of a text in CSV or TSV that it takes for a number, a date, a time or a formula, or that has
characters which the encoding lacks that it writes."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator

from workbench.export.layout import RUNS

# An id that a spreadsheet takes for a number, and that number.
NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:e\+?\d{1,3})?", re.IGNORECASE)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_FORMULA = re.compile(RUNS)
_ERROR = re.compile(r"#\S{1,12}[?!]|#N/?[AVD]|[^\W\d_]{3,7}:5\d\d")  # #NAME?, Err:509, as each language has it
_TRUTH = ("true", "false")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)(?:e[+-]?\d+)?")
_BLANK = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3})")  # between thousands
_ROUNDED = 1e-5  # 1.23457E+11
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_OR_TIME = re.compile(r"(?:\d{1,4}|[^\W\d_]{3,9}|[ap]\.?m\.?|[\s./:,-])+", re.IGNORECASE)
# As spreadsheets spell them: 2026-01-02, 01/02/2026, 5-May, 01. Okt, Mar-26, 10:30:00 AM. People write "5 May".
_SPELT = re.compile(
    r"[\d\s./:-]+|\d\d?(?:-|\. ?)[^\W\d_]{3,9}\.?(?:-\d\d)?|[^\W\d_]{3,9}\.?-\d\d|\d\d?:\d\d:\d\d [AP]M", re.IGNORECASE
)
_PART = re.compile(r"\d+|[^\W\d_]{3,9}")
_WORD = re.compile(r"[^\W\d_]{3}")
_ISO = re.compile(r"\d{4}-")
_YEARS = range(1900, 2100)
_LONGEST = 40  # characters; more is no number and no day


def respelt(written: str, found: str) -> bool:
    """Whether a spreadsheet may have made one text of the other without anybody's doing.

    >>> [respelt("1.10", "1.1"), respelt("10 %", "0.1"), respelt("1/2", "2026-01-02"), respelt("=1", "#NAME?")]
    [True, True, True, True]
    >>> respelt("The Łódź mill", "The ?ód? mill")
    True
    >>> [respelt("1.10", "1.2"), respelt("1/2", "3/2"), respelt("One.", "#NAME?")]
    [False, False, False]
    """
    written, found = " ".join(written.split()), " ".join(found.split())
    if _lost_characters(written, found):
        return True
    if len(found) > _LONGEST:
        return False
    if _FORMULA.match(written) and _ERROR.fullmatch(found):
        return True
    if written.lower() in _TRUTH:
        return written.lower() == found.lower()
    if len(written) > _LONGEST:
        return False
    return same_number(written, found) or _same_day_or_time(written, found)


def _lost_characters(written: str, found: str) -> bool:
    """Whether a question mark stands for each character that they differ in, two for one that UTF-16 writes as two."""
    if "?" not in found:
        return False
    units = _BEYOND.sub("\ufffd\ufffd", written)
    pairs = zip(units, found, strict=False)
    lost = all(a == b or (b == "?" and not a.isascii()) for a, b in pairs)
    return len(units) == len(found) and units != found and lost


def same_number(written: str, found: str) -> bool:
    """Whether both are a number, and one is what a spreadsheet makes of the other."""
    tolerance = _ROUNDED if "e" in found.lower() else 1e-12
    return any(math.isclose(a, b, rel_tol=tolerance) for a in _values(written) for b in _values(found))


def restored(name: str, names: Collection[str]) -> str:
    """The one of some ids of which a spreadsheet made a number, without zeros in front of it and rounded; else `name`.

    >>> restored("12000000000", ["12e9", "fc12"])
    '12e9'
    """
    if name in names or not NUMBER.fullmatch(name):
        return name
    found = [each for each in names if NUMBER.fullmatch(each) and same_number(each, name)]
    return found[0] if len(found) == 1 else name


def _values(text: str) -> Iterator[float]:
    """What a number may be, a comma being that of the fraction or of thousands: “(1,500 %)”, “$5”."""
    bare = text.strip("$€£¥% \u00a0").lower()
    below_zero = bare.startswith("(") and bare.endswith(")")
    bare = _BLANK.sub("", bare.strip("()$€£¥% \u00a0"))
    if not _NUMBER.fullmatch(bare):
        return
    scale = (0.01 if "%" in text else 1.0) * (-1 if below_zero else 1)
    for plain in {bare.replace(",", ""), bare.replace(".", "").replace(",", "."), bare.replace(",", ".")}:
        if plain.count(".") <= 1:
            yield float(plain) * scale


def _same_day_or_time(written: str, found: str) -> bool:
    """Whether both have the same numbers. A spreadsheet adds a year and seconds, may write the month as a word of its
    language, and turns round what it writes with a word or as ISO 8601 has it."""
    (before, named), (after, month) = _parts(written), _parts(found)
    if len(before) < 2 or named or not after or not _SPELT.fullmatch(found):
        return False
    old, new = list(map(_short, before)), list(map(_short, after))
    first = len(before) == 2 and before[1] in _YEARS  # a spreadsheet makes the first day of a month
    added = {short for number, short in zip(after, new, strict=True) if number not in _YEARS} - {0, int(first), *old}
    gone = set(old) - set(new)
    if added or (gone and not (month and len(gone) == 1 and max(gone) <= len(_MONTHS))):
        return False
    turned = bool(_ISO.match(found) or _WORD.search(written + found))
    return turned or [number for number in new if number in old] == old


def _short(number: int) -> int:
    """A year by its last two digits, any other number as it is."""
    return number % 100 if number in _YEARS else number


def _parts(text: str) -> tuple[list[int], bool]:
    """The numbers of a day or a time, months as numbers, and whether another word stands among them."""
    parts = _PART.findall(text) if _DAY_OR_TIME.fullmatch(text) else []
    found = [int(part) if part.isdecimal() else _month(part) for part in parts]
    return [number for number in found if number is not None], None in found


def _month(word: str) -> int | None:
    name = word[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else None
