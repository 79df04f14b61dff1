"""Passages that the search left over though both sides share their words, and with no others."""

from __future__ import annotations

from pathlib import Path

from workbench.align import View
from workbench.align.alike import with_what_is_alike
from workbench.core import Workbench
from workbench.datatypes import Bead
from workbench.embed.lexical import bags

OLD = (
    "Article",
    "Whoever fishes at night must carry a lamp.",
    "The gate is closed at nine in the evening.",
    "Dogs must be kept on a lead at all times.",
    "Article",
)
NEW = (
    "Dogs must be kept on a lead at all times and places.",
    "The gate of the north is closed at ten in the evening.",
    "Article",
    "Whoever bathes in the lake does so at their own risk.",
)
BOTH = [View("words", *bags(OLD, NEW))]


def sides(beads: list[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.src, bead.tgt) for bead in beads}


def test_what_is_alike_is_linked_as_surely_as_it_is_alike_and_what_recurs_is_not() -> None:
    found = with_what_is_alike([], BOTH, [], [])
    assert sides(found) == {((2,), (1,)), ((3,), (0,))}
    assert all(0.6 <= bead.confidence == bead.boundary < 1 for bead in found)
    assert with_what_is_alike([], [View("meaning", BOTH[0].src, BOTH[0].tgt)], [], []) == []


def test_passages_that_differ_in_what_they_speak_of_are_not_alike() -> None:
    told = [[f"The {word} was spoken of at length." for word in words.split()] for words in ("sea hill", "zoo train")]
    assert with_what_is_alike([], [View("words", *bags(*told))], [], []) == []


def test_doubtful_links_give_way_to_it_and_sure_and_settled_ones_do_not() -> None:
    doubtful, sure = Bead((1, 2), (1,), 0.0, 0.1), Bead((3,), (3,), 0.0, 0.9)
    assert sides(with_what_is_alike([doubtful, sure], BOTH, [], [])) == {((2,), (1,)), ((3,), (3,))}
    assert with_what_is_alike([doubtful], BOTH, [Bead((), (0,)), Bead((2,), ())], []) == [doubtful]
    assert sides(with_what_is_alike([], BOTH, [], [((3,), (0,))])) == {((2,), (1,))}


def test_a_sentence_that_was_moved_and_reworded_is_found(tmp_path: Path) -> None:
    old = (
        "The works build a network for heat. About 2,400 homes are to be connected. The heat comes from the mill.\n\n"
        "“We use what is there anyway,” said the manager. “That is cheaper than gas.”\n\nIt costs 38 million pounds."
    )
    new = (
        "The works build a network for heat.\n\n“We use what is there anyway,” said the manager. “That is cheaper than"
        " gas.”\n\nIt costs 38 million pounds. About 2,600 homes are to be connected."
    )
    with Workbench(tmp_path / "kept") as bench:
        docs = [bench.add_bytes(text.encode(), name, "en").doc_id for text, name in ((old, "1.txt"), (new, "2.txt"))]
        bench.align(docs)
        linked = {unit.src_text: unit.tgt_text for unit in bench.units(*docs) if not unit.is_null}
    assert linked["About 2,400 homes are to be connected."] == "About 2,600 homes are to be connected."
