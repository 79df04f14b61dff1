"""The same source with different translations, and one translation for different sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from workbench.datatypes import Issue, Severity
from workbench.quality.material import Material

# Letters below which a text recurs with other meanings: "Yes.", "Of course".
_SHORTEST = 8


def consistent(material: Material) -> Iterator[tuple[int, Issue]]:
    """What differs from the more frequent way, or, where both are as frequent, from the earlier one."""
    keys = [
        (_folded(unit.src_text), _folded(unit.tgt_text)) if not unit.is_null else ("", "") for unit in material.units
    ]
    yield from _odd_ones(material, keys, "tgt")
    yield from _odd_ones(material, [(tgt, src) for src, tgt in keys], "src")


def _odd_ones(
    material: Material, keys: list[tuple[str, str]], side: Literal["src", "tgt"]
) -> Iterator[tuple[int, Issue]]:
    """`keys`: what is the same, and what then should be, of each unit."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, (unit, (same, _)) in enumerate(zip(material.units, keys, strict=True)):
        if len(same) >= _SHORTEST:
            groups.setdefault((same, unit.src_lang, unit.tgt_lang), []).append(place)
    for places in groups.values():
        if len(places) < 2:
            continue
        usual = Counter(keys[place][1] for place in places).most_common(1)[0][0]
        first = next(place for place in places if keys[place][1] == usual)
        for place in places:
            if keys[place][1] != usual:
                yield place, _issue(material, place, first, side)


def _issue(material: Material, place: int, first: int, side: Literal["src", "tgt"]) -> Issue:
    unit, other = material.units[place], material.units[first]
    if side == "tgt":
        reason = f"The same source is translated otherwise elsewhere: {other.tgt_text!r}."
    else:
        reason = f"Another source has the same translation: {other.src_text!r}."
    return Issue("consistency", Severity.MINOR, "tgt", 0, len(unit.tgt_text), reason)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
