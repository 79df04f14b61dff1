"""Numbers of things, in words."""

from __future__ import annotations

import math


def count(number: int, noun: str, many: str = "") -> str:
    """`1 passage`, `12 passages`."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def of_100(share: float) -> str:
    """A share of 0 to 1 as people read it: never nothing where it is a little, nor all where it is not quite."""
    if 0 < share < 0.01:
        return "less than 1"
    return str(math.floor(100 * share) if share >= 0.99 else round(100 * share))
