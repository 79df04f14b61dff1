"""How sure a link is, how sure its extent, and why.

Two logistic models over what the search leaves behind: whether the passages correspond even in part (lax), and, if they
do, whether the bead is the very one that a careful reader would make (strict given lax).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.align.blocks import Step
from workbench.align.dp import Gain
from workbench.align.neighbours import Neighbours, rival
from workbench.align.posterior import Belief, beliefs
from workbench.align.related import Together
from workbench.align.search import linked_shares
from workbench.align.similarity import Indices, Runs
from workbench.align.verdict import UNRELATED
from workbench.datatypes import Bead, Progress, silent

# Log odds beyond which a belief says no more.
_EXTREME = 6.0
_NEVER = 1 / (1 + math.exp(_EXTREME))
_KINDS = ("meaning", "english", "words")


class Kind(Protocol):
    """One kind of evidence: a vector a segment, and what its cosine weighs among all kinds."""

    @property
    def weight(self) -> float: ...
    @property
    def src(self) -> Runs: ...
    @property
    def tgt(self) -> Runs: ...


class Evidence(Protocol):
    """What is read of the aligner's evidence."""

    @property
    def shape(self) -> tuple[int, int]: ...
    @property
    def neighbours(self) -> Neighbours: ...
    @property
    def kinds(self) -> Mapping[str, Kind]: ...


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a link when all links have been made; the same whichever document is the source.

    Beliefs are log odds, see `posterior`; similarities are cosines of the two passages, 0 where the kind is missing.
    """

    link: float  # belief that the passages correspond
    exact: float  # belief in this very bead, given that
    ends: float  # the weaker belief of its start and its end, given that
    rival: float  # belief in the likeliest bead that differs by a segment, given that
    similarity: float  # all evidence weighed
    shortfall: float  # by how much it falls short of half the mean of all links; 0 for most
    margin: float  # by how much it exceeds the nearest rival of either passage, anywhere
    meaning: float
    english: float
    words: float
    has_meaning: float  # 0 or 1
    has_english: float
    has_words: float
    support: float  # 0 to 2: neighbours linked in the same order
    block: float  # log of how many links stand in one order with this one, itself included
    length: float  # by how much one passage is longer than the other, as a log ratio; 0 is alike
    larger: float  # segments beyond one a side
    coverage: float  # log odds of a segment of the less linked side being linked
    pair: float  # mean similarity of all links of the two documents
    pair_margin: float  # and their mean margin


_values = attrgetter(*(field.name for field in fields(Features)))


@dataclass(frozen=True, slots=True)
class Link:
    """A bead of the search with what its confidence rests on."""

    src: tuple[int, ...]
    tgt: tuple[int, ...]
    features: Features
    extent: tuple[int, int, int, int]  # of the likeliest bead that differs by a segment, see `posterior.Belief`
    log_odds: float | None = None  # that it is right if the documents are related, where known: see `scattered`
    together: Together | None = None  # what all such links tell of the documents; None where they are related for sure

    @property
    def known(self) -> float | None:
        """How likely it is right, 0 to 1, where the search has told."""
        return self.known_if(self.related)

    def known_if(self, related: float) -> float | None:
        """The same if the documents are related with this probability."""
        return None if self.log_odds is None else related / (1 + math.exp(-self.log_odds))

    @property
    def related(self) -> float:
        """How likely the documents are related, as far as links in any order tell."""
        return 1.0 if self.together is None else self.together.related

    def exchanged(self) -> Link:
        """The same link seen from the other document."""
        return replace(self, src=self.tgt, tgt=self.src, extent=self.extent[2:] + self.extent[:2])

    def among(self, rows: Indices, columns: Indices) -> Link:
        """The same link of documents of which only the segments `rows` and `columns` were looked at, ascending."""
        src, tgt = rows[list(self.src)], columns[list(self.tgt)]
        return replace(self, src=tuple(src.tolist()), tgt=tuple(tgt.tolist()))


def measured(
    blocks: Sequence[Sequence[Step]],
    evidence: Evidence,
    sizes: Sequence[tuple[int, int]],
    gain: Callable[[range, range], Gain],
    null: float,
    progress: Progress = silent,
) -> list[Link]:
    """Every link of the search with its features. `sizes`, `gain` and `null`: as `posterior.beliefs` wants them."""
    steps = [step for block in blocks for step in block]
    if not steps:
        return []
    cosines = {name: _cosines(steps, kind) for name, kind in evidence.kinds.items()}
    similarity = np.add.reduce([kind.weight * cosines[name] for name, kind in evidence.kinds.items()])
    shortfall = np.maximum(similarity.mean() / 2 - similarity, 0.0)
    margin = similarity - _rivals(steps, evidence.neighbours)
    length = _lengths(steps, evidence.kinds)
    of_all = {
        **{f"has_{name}": float(name in cosines) for name in _KINDS},
        "coverage": _log_odds(min(linked_shares(blocks, *evidence.shape)), 0.02),
        "pair": float(similarity.mean()),
        "pair_margin": float(margin.mean()),
    }
    believed = beliefs(blocks, evidence.shape, sizes, gain, null, progress)
    places = [(block, place) for block in blocks for place in range(len(block))]
    links = []
    for index, (belief, (block, place)) in enumerate(zip(believed, places, strict=True)):
        features = Features(
            similarity=float(similarity[index]),
            shortfall=float(shortfall[index]),
            margin=float(margin[index]),
            **{name: float(cosines[name][index]) if name in cosines else 0.0 for name in _KINDS},
            length=float(length[index]),
            **_believed(belief),
            **_in_block(block, place),
            **of_all,
        )
        links.append(Link(tuple(block[place].src), tuple(block[place].tgt), features, belief.extent))
    return links


def _believed(belief: Belief) -> dict[str, float]:
    """What the search itself thinks of a bead, by the name of the feature."""
    linked = max(belief.link, _NEVER)
    return {
        "link": _log_odds(belief.link),
        "exact": _log_odds(belief.exact / linked),
        "ends": _log_odds(min(belief.start, belief.end) / linked),
        "rival": _log_odds(belief.rival / linked),
    }


def _in_block(block: Sequence[Step], place: int) -> dict[str, float]:
    """What a bead's place among those of its block tells, and its size, by the name of the feature."""
    step, beside = block[place], [*block[max(place - 1, 0) : place], *block[place + 1 : place + 2]]
    return {
        "support": float(sum(_adjacent(step, other) for other in beside)),
        "block": math.log(len(block)),
        "larger": float(step.rows + step.columns - 2),
    }


def _cosines(steps: Sequence[Step], kind: Kind) -> NDArray[np.float64]:
    src = np.array([kind.src.vectors[step.src].sum(axis=0) for step in steps])
    tgt = np.array([kind.tgt.vectors[step.tgt].sum(axis=0) for step in steps])
    norms = np.linalg.norm(src, axis=1) * np.linalg.norm(tgt, axis=1)
    cosines: NDArray[np.float64] = np.einsum("ij,ij->i", src, tgt) / np.maximum(norms, 1e-9)
    return cosines


def _rivals(steps: Sequence[Step], neighbours: Neighbours) -> NDArray[np.float64]:
    """How alike the bead's best matched segment is to the nearest thing outside the bead, 0 at least."""
    return np.array([max(rival(neighbours, step.src, step.tgt), 0.0) for step in steps])


def _lengths(steps: Sequence[Step], kinds: Mapping[str, Kind]) -> NDArray[np.float64]:
    """How far each link's log ratio of lengths is from what is usual for the pair of documents."""
    kind = next((kinds[name] for name in ("meaning", "english") if name in kinds), None)
    if kind is None:
        return np.zeros(len(steps))
    src, tgt = (np.linalg.norm(side.vectors, axis=1) for side in (kind.src, kind.tgt))
    ratios = np.array([math.log(src[step.src].sum() + 0.05) - math.log(tgt[step.tgt].sum() + 0.05) for step in steps])
    unusual: NDArray[np.float64] = np.abs(ratios - np.median(ratios))
    return unusual


def _adjacent(step: Step, other: Step) -> bool:
    """Whether another bead ends where this one starts, or starts where it ends, give or take one segment."""
    first, second = sorted((step, other), key=lambda item: item.row)
    return second.row - first.row - first.rows <= 1 and abs(second.column - first.column - first.columns) <= 1


def _log_odds(share: float, floor: float = 0.0) -> float:
    """Kept within bounds for none and all."""
    share = (share + floor) / (1 + 2 * floor)
    return math.log(share / (1 - share)) if _NEVER < share < 1 - _NEVER else math.copysign(_EXTREME, share - 0.5)


@dataclass(frozen=True, slots=True)
class Model:
    """Logistic regression: what each feature adds to the log odds."""

    intercept: float
    weights: Features

    def probability(self, features: Features) -> float:
        """Between 0 and 1."""
        terms = zip(_values(self.weights), _values(features), strict=True)
        return 1 / (1 + math.exp(-self.intercept - sum(weight * value for weight, value in terms)))


# Both by `python -m models.training.alignment.confidence`; the boundary again since what straddles one tells.
LINK = Model(
    -0.404,
    Features(
        link=0.427,
        exact=-0.320,
        ends=0.141,
        rival=-0.246,
        similarity=-1.420,
        shortfall=-11.121,
        margin=3.371,
        meaning=5.525,
        english=2.639,
        words=0.306,
        has_meaning=-2.820,
        has_english=-1.702,
        has_words=-0.926,
        support=0.353,
        block=0.382,
        length=-0.275,
        larger=0.602,
        coverage=0.348,
        pair=2.591,
        pair_margin=-2.972,
    ),
)
BOUNDARY = Model(
    -0.291,
    Features(
        link=-0.008,
        exact=0.009,
        ends=0.355,
        rival=-0.186,
        similarity=-0.478,
        shortfall=0.0,
        margin=2.160,
        meaning=0.456,
        english=-0.081,
        words=-0.279,
        has_meaning=0.645,
        has_english=0.710,
        has_words=-0.721,
        support=0.069,
        block=0.158,
        length=-1.801,
        larger=-0.732,
        coverage=0.261,
        pair=-0.724,
        pair_margin=1.203,
    ),
)


def bead(link: Link) -> Bead:
    """The link with its probabilities and the reasons."""
    known = link.known
    right = LINK.probability(link.features) if known is None else known
    extent = BOUNDARY.probability(link.features)
    return Bead(link.src, link.tgt, link.features.similarity, right, reasons(link, right, extent), extent)


# A flag is raised below this probability.
_DOUBTFUL = 0.6
_LONG = 0.6  # as a log ratio: a little less than twice as long as usual


def reasons(link: Link, right: float, extent: float) -> tuple[str, ...]:
    """What is doubtful of a link with these two probabilities, then what speaks for and against it."""
    features = link.features
    found = []
    if right < _DOUBTFUL:
        found.append("may not correspond at all")
    if extent < _DOUBTFUL:
        found.append(f"the extent is doubtful: {_other_extent(link.extent)}")
    found += [
        f"similarity {features.similarity:.2f}",
        _rivals_in_words(features.margin),
        _SUPPORT[round(features.support)],
    ]
    if features.length > _LONG:
        found.append("one passage is much longer than the other")
    if link.related < _DOUBTFUL:
        found.append(UNRELATED)
    return tuple(found)


_SUPPORT = (
    "its neighbours are not linked in the same order",
    "one neighbour is linked in the same order",
    "both neighbours are linked in the same order",
)
# As in `posterior.Belief.extent`: before and behind in the one document, before and behind in the other.
_PLACES = (
    ("before", "first", "first"),
    ("after", "last", "first"),
    ("before", "first", "second"),
    ("after", "last", "second"),
)


def _other_extent(extent: Sequence[int]) -> str:
    end = next(index for index, change in enumerate(extent) if change)
    beside, own, document = _PLACES[end]
    if extent[end] > 0:
        return f"the sentence {beside} it in the {document} document may belong to it"
    return f"its {own} sentence in the {document} document may not belong to it"


def _rivals_in_words(margin: float) -> str:
    if margin > 0.15:
        return "no other passage comes close"
    return "another passage is nearly as close" if margin > 0 else "another passage by itself is closer"
