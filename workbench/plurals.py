"""Numbers of things, in words."""

from __future__ import annotations


def count(number: int, noun: str, many: str = "") -> str:
    """`1 passage`, `12 passages`."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"
