"""From views of two documents to beads, with a confidence for each and a verdict on the pair."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from workbench.align import confidence
from workbench.align.alike import with_what_is_alike
from workbench.align.blocks import Step
from workbench.align.confidence import Link
from workbench.align.constraints import Constraints, Segments, constraints
from workbench.align.copies import read_once
from workbench.align.dp import Gain
from workbench.align.evidence import NO_LIKENESS, Evidence, Options
from workbench.align.extents import WEIGHTS, refined
from workbench.align.interrupted import as_it_is, uninterrupted
from workbench.align.leftover import taken_in
from workbench.align.order import beyond_chance
from workbench.align.related import Together
from workbench.align.scattered import (
    DRAFT,
    LARGEST,
    LEAST,
    LEAST_TELLING,
    LIKELY,
    Model,
    Prepared,
    known,
    linked,
    of_segments,
    own_log_odds,
    prepared,
    with_order,
)
from workbench.align.search import bead_sizes, gains_of, linked_shares, outcome, searched
from workbench.align.similarity import Indices, Vectors, View
from workbench.align.verdict import Verdict, completed, in_context, kept, verdict
from workbench.align.wording import MOST_READ, Wording
from workbench.datatypes import Bead, Progress, silent

# Pairs of segments beyond which nothing is looked for in any order.
_MOST_IN_ANY_ORDER = 9_000_000
# As `Options.confirmed`, where the English is a draft.
_CONFIRMED_BY_DRAFTS = 0.6


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads in which every segment of either side stands once, in source order, and what they say of the pair.

    Doubtful links are among them: `kept` leaves out those below a confidence. The verdict is of what it keeps by
    default.
    """

    beads: tuple[Bead, ...]
    verdict: Verdict


def align(
    views: Sequence[View],
    n: int,
    m: int,
    options: Options = Options(),
    fixed: Sequence[Bead] = (),
    barred: Collection[tuple[Segments, Segments]] = (),
    wording: Wording = Wording(),
    related: bool = False,
    progress: Progress = silent,
) -> Alignment:
    """Align `n` source with `m` target segments on whatever evidence there is; none gives null beads only.

    `fixed` beads, null ones too, come back as they are, and what is left is aligned knowing them; links named in
    `barred` by the segments of their sides are not made, nor with something added to both sides. `wording` is
    asked for where links are looked for in any order. `related`: somebody knows that both documents tell of one thing,
    so that no link is doubted because the evidence does not show it.

    Rows that hold anything but numbers count as unknown, and a segment of which nothing is known is linked at most
    along with another. Where passages of one side are the same, they are linked in order. Exchanging the documents
    exchanges the sides of every bead, unless beads are equally good. Memory grows with n + m. Raises ValueError when a
    view's rows are not the segments or fixed beads overlap.
    """
    for view in views:
        if len(view.src) != n or len(view.tgt) != m:
            raise ValueError(f"view {view.kind}: {len(view.src)} x {len(view.tgt)} rows for {n} x {m} segments")
    settled = constraints(n, m, fixed, barred, related)
    found = measured(views, n, m, options, settled, wording, progress)
    links = [confidence.bead(link) for link in found]
    if all(link.log_odds is None for link in found):  # in order
        links = with_what_is_alike(links, views, fixed, barred)
        if not settled.related:
            links = in_context(links, n, m)
    return described([*fixed, *links], n, m, related)


def measured(
    views: Sequence[View],
    n: int,
    m: int,
    options: Options = Options(),
    settled: Constraints | None = None,
    wording: Wording = Wording(),
    progress: Progress = silent,
) -> list[Link]:
    """Every link that the search makes, doubtful ones too, with what its confidence rests on."""
    if not n or not m or not any(view.kind not in NO_LIKENESS for view in views):
        return []

    def search(views: Sequence[View], settled: Constraints, rows: Indices, columns: Indices) -> list[Link]:
        return _either_way(views, settled, options, wording.only(rows, columns), progress)

    return read_once(views, settled or constraints(n, m), search)


def _either_way(
    views: Sequence[View], settled: Constraints, options: Options, wording: Wording, progress: Progress
) -> list[Link]:
    sides = [view.src for view in views], [view.tgt for view in views]
    # Rows are used once and columns may be contested, so the longer side makes the rows: then
    # exchanging the documents exchanges the sides of every bead.
    n, m = len(sides[0][0]), len(sides[1][0])
    if n < m or (n == m and _amount(sides[0]) < _amount(sides[1])):
        turned = [View(view.kind, view.tgt, view.src) for view in views]
        exchanged = Evidence(turned, options, settled.exchanged(), progress)
        return [link.exchanged() for link in _links(exchanged, options, wording.exchanged(), progress)]
    return _links(Evidence(views, options, settled, progress), options, wording, progress)


def _amount(sides: Sequence[Vectors]) -> float:
    return sum(float(np.nan_to_num(np.abs(side), posinf=0.0).sum(dtype=np.float64)) for side in sides)


def _links(evidence: Evidence, options: Options, wording: Wording, progress: Progress) -> list[Link]:
    blocks = searched(evidence, options, progress)
    found = outcome(blocks, evidence, options)

    def scores(part: Evidence) -> Gain:
        return gains_of(part, found, options)

    sizes = bead_sizes(options.largest)
    blocks = taken_in(blocks, evidence, scores, sizes, options.null)
    free = _if_not_in_order(blocks, evidence, options, wording, progress)
    if free is None:
        read = uninterrupted(blocks, evidence, scores, sizes, options.null)
    else:
        read = as_it_is([[step] for step in free.steps], evidence)
    links = confidence.measured(
        read.blocks,
        read.evidence,
        sizes,
        lambda rows, columns: scores(read.evidence.tile(rows, columns)),
        options.null,
        progress,
    )
    links = [link.among(read.rows, read.columns) for link in links]
    if free is not None:
        together = None if evidence.constraints.related else free.together
        links = [
            replace(link, log_odds=step.gain, together=together) for link, step in zip(links, free.steps, strict=True)
        ]
    return [link for link in links if not evidence.constraints.rows[link.src[0]]]


@dataclass(frozen=True, slots=True)
class _Free:
    """Links in any order, and what all passages tell together.

    The latter by what they say alone: links that are in order because they were wished to be tell nothing.
    """

    steps: list[Step]
    together: Together


def _if_not_in_order(
    blocks: Sequence[Sequence[Step]], evidence: Evidence, options: Options, wording: Wording, progress: Progress
) -> _Free | None:
    """Links in any order, where the documents tell the same too differently for links in order to be trusted."""
    if math.prod(evidence.shape) > _MOST_IN_ANY_ORDER or _mean_gain(blocks) >= options.clear:
        return None
    settled = evidence.constraints
    pair, model = _prepared(evidence, options, wording)
    sizes = bead_sizes(min(options.largest, LARGEST))
    own = own_log_odds(pair, sizes, model, progress)
    telling = linked(own.items(), LEAST_TELLING[model], settled)
    if _told_in_order(blocks, telling, model, evidence, options):
        return None
    segments = of_segments(own)
    steps = linked(with_order(own, segments, model), LEAST[model], settled)
    weights = WEIGHTS.get(model)
    together = Together.of(telling, beyond_chance(segments, progress), wording.names_in_both())
    return _Free(refined(steps, pair, sizes, weights, settled) if weights else steps, together)


def _mean_gain(blocks: Sequence[Sequence[Step]]) -> float:
    gains = [step.gain for block in blocks for step in block]
    return sum(gains) / len(gains) if gains else 0.0


def _prepared(evidence: Evidence, options: Options, wording: Wording) -> tuple[Prepared, Model]:
    """What links in any order are described from, and the model that weighs it."""
    tokens = wording.tokens if math.prod(evidence.shape) <= MOST_READ else {}
    model = known(evidence.sides, tokens)
    largest = min(options.largest, LARGEST)
    pair = prepared(evidence.sides, evidence.column("length"), largest - 1, model.read(tokens))
    return pair, model


def _told_in_order(
    blocks: Sequence[Sequence[Step]], free: Sequence[Step], model: Model, evidence: Evidence, options: Options
) -> bool:
    """Whether the links that were looked for in order, rather than in any, are to be kept."""
    if max(linked_shares(blocks, *evidence.shape)) < options.in_order["words" not in evidence.sides]:
        return False
    confirming = {cell for step in free if step.gain > LIKELY for cell in _cells(step)}
    steps = [step for block in blocks for step in block]
    confirmed = sum(not confirming.isdisjoint(_cells(step)) for step in steps)
    by_english = options.confirmed if "english" in evidence.sides else 0.0
    return confirmed >= (_CONFIRMED_BY_DRAFTS if model is DRAFT else by_english) * len(steps)


def _cells(step: Step) -> Iterator[tuple[int, int]]:
    return product(step.src, step.tgt)


def described(links: Sequence[Bead], n: int, m: int, related: bool = False) -> Alignment:
    """The links completed with null beads, in reading order, and what is shown of them summed up: see `verdict`."""
    beads = completed(links, n, m)
    return Alignment(tuple(beads), verdict(kept(beads), related))
