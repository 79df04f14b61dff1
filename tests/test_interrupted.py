"""Beads that something foreign interrupts: found, on either side, and nowhere else."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_align import words
from workbench.align import View, align
from workbench.datatypes import Bead

SRC = ["ab", "cd", "efgh", "ij", "kl", "mn", "op"]
TGT = ["ab", "cd", "ef", "xy", "uv", "gh", "ij", "kl", "mn", "z", "op"]
LINKS = [((0,), (0,)), ((1,), (1,)), ((2,), (2, 5)), ((3,), (6,)), ((4,), (7,)), ((5,), (8,)), ((6,), (10,))]


FOREIGN = "uvwxyz"


def weighed(texts: list[str]) -> np.ndarray:
    """What is foreign is long: no bead just takes it along."""
    weights = [3 if set(text) <= set(FOREIGN) else 1 for text in texts]
    return words(*texts) * np.array(weights, dtype=np.float32)[:, None]


def aligned(src: list[str], tgt: list[str], **settled: object) -> list[Bead]:
    view = View("meaning", weighed(src), weighed(tgt))
    return list(align([view], len(src), len(tgt), **settled).beads)  # type: ignore[arg-type]


def linked(src: list[str], tgt: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.src, bead.tgt) for bead in aligned(src, tgt) if not bead.is_null]


def test_a_bead_goes_on_behind_what_interrupts_it_on_either_side() -> None:
    assert linked(SRC, TGT) == LINKS
    assert linked(TGT, SRC) == [(tgt, src) for src, tgt in LINKS]


def test_what_interrupts_stands_alone_behind_the_bead() -> None:
    places = [(bead.src, bead.tgt) for bead in aligned(SRC, TGT)]
    assert places[places.index(((2,), (2, 5))) + 1] == ((), (3,))


def test_what_fits_as_little_as_what_is_between_is_left_alone() -> None:
    assert ((2,), (2,)) in linked(SRC, [*TGT[:5], "wz", *TGT[6:]])


def test_a_rejected_interrupted_link_is_not_made_again() -> None:
    beads = aligned(SRC, TGT, barred=[((2,), (2, 5))])
    assert ((2,), (2, 5)) not in [(bead.src, bead.tgt) for bead in beads]


def test_an_accepted_interrupted_link_stays() -> None:
    fixed = Bead((2,), (2, 5), 1.0, 1.0)
    beads = aligned(SRC, TGT, fixed=[fixed])
    assert fixed in beads
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(len(TGT)))


LETTERS = "abcdefghijklmnop"


@settings(max_examples=40)
@given(st.data())
def test_interrupted_text_is_still_partitioned_and_mirrored(data: st.DataObject) -> None:
    src = [LETTERS[i : i + 4] for i in range(0, 16, 4)] + ["qr", "st"]
    tgt = [part for text in src for part in (text[:2], text[2:]) if part]
    for place in sorted(data.draw(st.sets(st.integers(0, len(tgt)), max_size=4)), reverse=True):
        tgt.insert(place, data.draw(st.sampled_from(["xy", "z", "uv", "w"])))
    beads = aligned(src, tgt)
    assert sorted(i for bead in beads for i in bead.src) == list(range(len(src)))
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(len(tgt)))
    assert all(0 <= bead.confidence <= 1 and np.isfinite(bead.score) for bead in beads)
    assert beads == aligned(src, tgt)
    mirrored = {(bead.tgt, bead.src) for bead in aligned(tgt, src) if not bead.is_null}
    assert mirrored == {(bead.src, bead.tgt) for bead in beads if not bead.is_null}
