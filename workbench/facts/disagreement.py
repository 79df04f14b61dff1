"""Where two passages that tell the same state different facts: numbers, dates, quantities, names, negation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.facts.counts import Counts, Stated, counts, other_units, unmatched
from workbench.lang import primary


@dataclass(frozen=True, slots=True)
class Mention:
    """`value`, as written, at `start:end` of the segment at position `segment` of those given."""

    segment: int
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Mentions of either side that do not agree; one side may have none. `kind`: one of KINDS."""

    kind: str
    src: tuple[Mention, ...]
    tgt: tuple[Mention, ...]
    reason: str


KINDS = ("number", "date", "quantity", "name", "negation")


def disagreements(src: Sequence[tuple[str, str]], tgt: Sequence[tuple[str, str]]) -> tuple[Disagreement, ...]:
    """TODO"""
    a, b = [_Side(text, primary(lang), i, counts(text, primary(lang))) for i, (text, lang) in enumerate(src)], [
        _Side(text, primary(lang), i, counts(text, primary(lang))) for i, (text, lang) in enumerate(tgt)]
    A, B = a[0].counts, b[0].counts
    ua, ub = unmatched(A, B), unmatched(B, A)
    out = []
    for which, items in (("src", ua), ("tgt", ub)):
        for x in items:
            m = Mention(0, x.start, x.end, (src if which == "src" else tgt)[0][0][x.start:x.end])
            if x.is_plain or (ua and ub):
                out.append(Disagreement(x.kind, (m,) if which=="src" else (), (m,) if which=="tgt" else (), f"{m.value} one-sided {x.is_plain}"))
    for x, y in other_units(A, B):
        out.append(Disagreement("quantity", (Mention(0,x.start,x.end,src[0][0][x.start:x.end]),), (Mention(0,y.start,y.end,tgt[0][0][y.start:y.end]),), f"units {x.unit} {y.unit}"))
    return tuple(out)

@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    lang: str
    number: int
    counts: Counts
from workbench.facts.naming import naming, unnamed, tells
_old = disagreements
def disagreements(src, tgt):
    out = list(_old(src, tgt))
    A, B = naming(src[0][0], primary(src[0][1])), naming(tgt[0][0], primary(tgt[0][1]))
    ua, ub = unnamed(A, B), unnamed(B, A)
    pa, pb = [x for x in ua if x.is_place], [x for x in ub if x.is_place]
    la, lb = [x for x in ua if tells(x, B)], [x for x in ub if tells(x, A)]
    if la or lb or (pa and pb):
        m = lambda xs, t: tuple(Mention(0, x.start, x.end, t[0][0][x.start:x.end]) for x in xs)
        out.append(Disagreement("name", m(ua, src), m(ub, tgt), str([m(ua,src),m(ub,tgt)])))
    return tuple(out)
from workbench.facts.negation import denials, only_asserts
_old2 = disagreements
def disagreements(src, tgt):
    out = list(_old2(src, tgt))
    for a, b, s in ((src[0], tgt[0], 0), (tgt[0], src[0], 1)):
        d = denials(a[0], primary(a[1]))
        if d and only_asserts(b[0], primary(b[1])):
            m = tuple(Mention(0, x, y, a[0][x:y]) for x, y in d)
            out.append(Disagreement("negation", () if s else m, m if s else (), f"neg {s} {m}"))
    return tuple(out)
