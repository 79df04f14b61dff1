"""Two documents segment by segment, and links by their places: for formats of whole documents."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError

Link = tuple[tuple[int, ...], tuple[int, ...]]  # places of the segments of either side, 0-based


@dataclass(frozen=True, slots=True)
class Sides:
    """The segments of the units, each document's in its order, and a link of every unit, in the order of the units."""

    src: tuple[str, ...]
    tgt: tuple[str, ...]
    links: tuple[Link, ...]


def sides(units: Sequence[TranslationUnit]) -> Sides:
    """Raises ExportError where the texts of single segments are not known, as of English."""
    for unit in units:
        if (len(unit.src_parts), len(unit.tgt_parts)) != (len(unit.src_numbers), len(unit.tgt_numbers)):
            raise ExportError(
                f"Bead {unit.bead_id} comes without the texts of its segments, which this format is made of;"
                " choose the originals."
            )
    src = dict(sorted(pair for unit in units for pair in zip(unit.src_numbers, unit.src_parts, strict=True)))
    tgt = dict(sorted(pair for unit in units for pair in zip(unit.tgt_numbers, unit.tgt_parts, strict=True)))
    places = [{number: place for place, number in enumerate(side)} for side in (src, tgt)]
    links = (
        (tuple(places[0][n] for n in unit.src_numbers), tuple(places[1][n] for n in unit.tgt_numbers)) for unit in units
    )
    return Sides(tuple(src.values()), tuple(tgt.values()), tuple(links))


def in_order(units: Iterable[TranslationUnit]) -> tuple[list[TranslationUnit], Counter[str]]:
    """Units as a ladder holds them: each begins where the one before it ends, in both documents.

    As many links as can stand in one order stay; the segments of the others stand alone, and are counted.
    """
    known = list(units)
    found = sides(known)
    kept = set(_monotone(found.links))
    parts: list[tuple[Link, TranslationUnit]] = []
    for place, (unit, link) in enumerate(zip(known, found.links, strict=True)):
        parts += [(link, unit)] if place in kept else _alone(unit, link)
    lost = sum(not unit.is_null for unit in known) - len(kept)
    left_out = Counter({"out of order, its segments stand alone": lost} if lost else {})
    return [unit for _, unit in _laddered(parts)], left_out


def _monotone(links: Sequence[Link]) -> list[int]:
    """The places of most links without gaps that follow each other on both sides: longest increasing subsequence."""
    whole = [place for place, link in enumerate(links) if all(link) and all(map(_is_run, link))]
    whole.sort(key=lambda place: links[place][0])
    ends: list[int] = []  # smallest start in the target of the last link of a chain of each length
    last: list[int] = []  # that link
    before: dict[int, int | None] = {}
    for place in whole:
        start = links[place][1][0]
        length = bisect_left(ends, start)
        before[place] = last[length - 1] if length else None
        ends[length : length + 1] = [start]
        last[length : length + 1] = [place]
    chain: list[int] = []
    place_or_none = last[-1] if last else None
    while place_or_none is not None:
        chain.append(place_or_none)
        place_or_none = before[place_or_none]
    return chain[::-1]


def _is_run(places: Sequence[int]) -> bool:
    return places[-1] - places[0] == len(places) - 1


def _alone(unit: TranslationUnit, link: Link) -> list[tuple[Link, TranslationUnit]]:
    """Each segment of a unit as a null bead."""
    nothing: dict[str, tuple[object, ...]] = {"segments": (), "numbers": (), "parts": ()}
    made: list[tuple[Link, TranslationUnit]] = []
    for side, other in (("src", "tgt"), ("tgt", "src")):
        empty = {f"{other}_{name}": value for name, value in nothing.items()} | {f"{other}_text": ""}
        for at, place in enumerate(link[side == "tgt"]):
            one = {f"{side}_{name}": (getattr(unit, f"{side}_{name}")[at],) for name in nothing}
            single = replace(unit, **empty, **one, **{f"{side}_text": one[f"{side}_parts"][0]})  # type: ignore[arg-type]
            made.append((((place,), ()) if side == "src" else ((), (place,)), single))
    return made


def _laddered(parts: list[tuple[Link, TranslationUnit]]) -> list[tuple[Link, TranslationUnit]]:
    """By source; what only the target has stands before the first link that follows it there."""
    links = sorted((part for part in parts if all(part[0])), key=lambda part: part[0][0])
    srcs = sorted((part for part in parts if not part[0][1]), key=lambda part: part[0][0])
    tgts = sorted((part for part in parts if not part[0][0]), key=lambda part: part[0][1])
    made: list[tuple[Link, TranslationUnit]] = []
    for link in [*links, None]:
        for waiting, side in ((srcs, 0), (tgts, 1)):
            while waiting and (link is None or waiting[0][0][side] < link[0][side]):
                made.append(waiting.pop(0))
        made += [link] if link else []
    return made
