"""XLIFF 1.x and 2.x of any tool: source and target, all files of one pair of languages in sequence.

Segments are the file's: `mrk mtype="seg"` of 1.2, `segment` of 2.0. Suggestions (alt-trans, matches) are no text of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from workbench.errors import InputError
from workbench.export.incoming.bitext import Collector, ForeignBitext, language
from workbench.export.incoming.markup import attribute, children, elements, local, plain

_SRC, _TGT = "source", "target"
_UNSAID = "und", "und"
_UNTRANSLATED = ("new", "needs-translation", "initial")


def read(data: bytes) -> ForeignBitext:
    """Raises InputError on a file that cannot be read, or holds several pairs of languages."""
    found = Collector("XLIFF")
    pairs: dict[tuple[str, str], None] = {}
    names: dict[str, None] = {}
    for unit in elements(data, {"trans-unit", "unit"}):
        pairs[_languages(unit)] = None
        names[_ancestor(unit, "file", "original")] = None
        for source, target in _segments(unit):
            if _stands_in(source, target):
                found.noted["source that stands in for its translation, as the file says, left out"] += 1
                target = None
            texts = [[] if part is None else [plain(part, found.noted)] for part in (source, target)]
            found.add(dict(zip((_SRC, _TGT), texts, strict=True)))
    return found.done(dict(zip((_SRC, _TGT), _pair(list(pairs)), strict=True)))


def _pair(pairs: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The one pair of languages; a unit without a translation may not say which that would be in."""
    srcs, tgts = ({lang for lang in side if lang != "und"} or {"und"} for side in zip(*pairs, _UNSAID, strict=True))
    if len(srcs) > 1 or len(tgts) > 1:
        told = ", ".join(f"{src} with {tgt}" for src, tgt in pairs)
        raise InputError(f"this XLIFF file holds several pairs of languages ({told}); save each as a file of its own")
    return srcs.pop(), tgts.pop()


def _languages(unit: Any) -> tuple[str, str]:
    """Of source and target, as the unit, its file or the root says."""
    own = [attribute(part, "lang") for name in (_SRC, _TGT) for part in children(unit, name)[:1] or [unit]]
    src = own[0] or _ancestor(unit, "file", "source-language") or _ancestor(unit, "xliff", "srclang")
    tgt = own[1] or _ancestor(unit, "file", "target-language") or _ancestor(unit, "xliff", "trglang")
    return language(src), language(tgt)


def _ancestor(unit: Any, name: str, of: str) -> str:
    return next((attribute(above, of) for above in unit.iterancestors() if local(above) == name), "")


def _segments(unit: Any) -> Iterator[tuple[Any, Any]]:
    """Source and target elements that belong together; None where there is no such."""
    if local(unit) == "unit":
        for part in unit:
            if local(part) in ("segment", "ignorable"):
                yield _first(part, _SRC), _first(part, _TGT)
        return
    target = _first(unit, _TGT)
    source = next((part for part in children(unit, "seg-source") if _marked(part)), _first(unit, _SRC))
    marked = _marked(source), _marked(target)
    if not any(marked) or _has_more(source) or _has_more(target):
        yield source, target
        return
    for name in dict.fromkeys([*marked[0], *marked[1]]):
        yield marked[0].get(name), marked[1].get(name)


def _stands_in(source: Any, target: Any) -> bool:
    """Whether a target is but a copy of its source, for somebody to translate."""
    if source is None or target is None:
        return False
    states = (attribute(element, "state").lower() for element in (target, *target.iterancestors()))
    return any(state in _UNTRANSLATED for state in states) and _solid(source) == _solid(target) != ""


def _marked(element: Any) -> dict[str, Any]:
    """The segments that are marked within an element, by their id."""
    if element is None:
        return {}
    found = (mark for mark in element.iter() if local(mark) == "mrk" and attribute(mark, "mtype") == "seg")
    return {attribute(mark, "mid") or str(place): mark for place, mark in enumerate(found)}


def _has_more(element: Any) -> bool:
    """Whether an element has text outside of its marked segments, which would be lost with nothing but these."""
    return element is not None and _solid(element) != "".join(map(_solid, _marked(element).values()))


def _solid(element: Any) -> str:
    return "".join(plain(element, Counter()).split())


def _first(element: Any, name: str) -> Any:
    return next(iter(children(element, name)), None)
