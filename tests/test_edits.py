"""Edits of an alignment as pages and the command line make them: nothing is lost, everything can be taken back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_core import TEXT, FakeModels
from workbench.core import Workbench
from workbench.datatypes import Bead, Bitext, Status, TranslationState
from workbench.errors import ConflictError, InputError, UnknownItemError, WorkbenchError
from workbench.store import Edited
from workbench.wiring.views import PairView

Shape = tuple[tuple[int, ...], tuple[int, ...]]
A, B = "a.txt", "b.txt"
ONE_TO_ONE = [((i,), (i,)) for i in range(5)]


def opened(folder: Path, user: str = "Ada") -> Workbench:
    return Workbench(folder, user=user, models=FakeModels())


def put(bench: Workbench, beads: list[Shape], confidence: float = 0.75) -> None:
    """An alignment as a machine would make it."""
    links = tuple(Bead(src, tgt, 0.5, confidence, ("close",), 0.9) for src, tgt in beads)
    bench._store.put_bitext(bench._row(A).id, bench._row(B).id, Bitext(links, "related", "sig"))


def filled(bench: Workbench) -> Workbench:
    for name in (A, B):
        bench.add_bytes("\n\n".join(TEXT[:5]).encode(), name, "en")
    put(bench, ONE_TO_ONE)
    return bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with opened(tmp_path / "ws") as workbench:
        yield filled(workbench)


@pytest.fixture
def bob(bench: Workbench, tmp_path: Path) -> Iterator[Workbench]:
    """Another user, in another browser."""
    with opened(tmp_path / "ws", "Bob") as workbench:
        yield workbench


def pair(bench: Workbench, src: str = A, tgt: str = B, least: float = 0.0) -> PairView:
    found = bench.pair(src, tgt, least)
    assert found is not None
    return found


def shapes(bench: Workbench) -> list[Shape]:
    return [(view.bead.src, view.bead.tgt) for view in pair(bench).beads]


def links(bench: Workbench) -> list[Shape]:
    return [(src, tgt) for src, tgt in shapes(bench) if src and tgt]


def bead(bench: Workbench, src: tuple[int, ...], tgt: tuple[int, ...], least: float = 0.0) -> str:
    return next(v.id for v in pair(bench, least=least).beads if (v.bead.src, v.bead.tgt) == (src, tgt))


def segment(bench: Workbench, doc: str, n: int) -> str:
    return bench.segments(doc)[n].id


def ada_edits(bench: Workbench) -> list[Edited]:
    """One edit of every kind."""
    return [
        bench.review(bead(bench, (4,), (4,)), Status.REJECTED),
        bench.link(A, B, [0], [1]),
        bench.set_comment(bead(bench, (2,), (2,)), "which mill?"),
        bench.merge([bead(bench, (2,), (2,)), bead(bench, (3,), (3,))]),
        bench.split(bead(bench, (2, 3), (2, 3)), 1, 2),
        bench.move_boundary(bead(bench, (2,), (2, 3)), "tgt", "end", 1),
        bench.unlink(bead(bench, (0,), (1,))),
        bench.edit_translation(segment(bench, A, 0), "The harbour, at length."),
        bench.split_segment(segment(bench, A, 2), 8),
        bench.join_segments(segment(bench, B, 0), segment(bench, B, 1)),
    ]


def everything(bench: Workbench) -> object:
    """All that is shown."""
    return pair(bench), pair(bench, B, A), bench.segments(A), bench.segments(B), bench.documents()


def test_every_edit_is_told_counted_and_taken_back_across_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as bench:
        filled(bench)
        before, start = everything(bench), bench.state()
        done = ada_edits(bench)
        assert [(edit.before, edit.after) for edit in done] == [(start + n, start + n + 1) for n in range(len(done))]
        assert bench.state() == done[-1].after
        after = everything(bench)
    with opened(tmp_path) as bench:
        told = [bench.undo() for _ in done]
        assert [undone.said if undone else "" for undone in told] == [f"{edit.said} (by Ada)" for edit in done[::-1]]
        assert everything(bench) == before
    with opened(tmp_path) as bench:
        for _ in done:
            bench.redo()
        assert bench.redo() is None
        assert everything(bench) == after
        assert [change.action for change in bench.history(len(done))] == [edit.said for edit in done[::-1]]


def test_an_edit_says_what_it_did_and_what_is_gone_and_stands_instead(bench: Workbench) -> None:
    gone = {bead(bench, (2,), (2,)), bead(bench, (3,), (3,)), bead(bench, (4,), (4,))}
    done = bench.link(A, B, [2], [4, 3])
    assert done.said == "linked passage 3 with 4–5"
    assert gone <= set(done.removed)
    assert [(v.bead.src, v.bead.tgt, v.status, v.reviewer, v.bead.confidence) for v in done.added] == [
        ((2,), (3, 4), Status.ACCEPTED, "Ada", 1.0),
        ((3,), (), Status.UNREVIEWED, "", 0.0),
        ((4,), (), Status.UNREVIEWED, "", 0.0),
        ((), (2,), Status.UNREVIEWED, "", 0.0),
    ]
    assert {view.id for view in done.added} == {view.id for view in pair(bench).beads} - {
        bead(bench, *shape) for shape in ONE_TO_ONE[:2]
    }
    assert not set(done.removed) & {view.id for view in pair(bench).beads}


def test_sides_are_those_of_the_document_named_as_the_source(bench: Workbench) -> None:
    merged = bench.merge([bead(bench, (1,), (1,)), bead(bench, (2,), (2,))], src=B)
    assert merged.docs == (bench._row(B).id, bench._row(A).id)
    halves = bench.split(bead(bench, (1, 2), (1, 2)), 2, 1, src=B)
    assert [(v.bead.src, v.bead.tgt) for v in halves.added] == [((1, 2), (1,)), ((), (2,))]
    assert ((1,), (1, 2)) in shapes(bench)
    moved = bench.move_boundary(bead(bench, (1,), (1, 2)), "src", "end", -1, src=B)
    assert [(v.bead.src, v.bead.tgt) for v in moved.added if v.bead.src and v.bead.tgt] == [
        ((1,), (1,)),
        ((2, 3), (3,)),
    ]
    bench.link(B, A, [0], [4])
    assert ((4,), (0,)) in links(bench)


def test_a_boundary_takes_from_the_neighbour_and_gives_to_it(bench: Workbench) -> None:
    bench.move_boundary(bead(bench, (1,), (1,)), "src", "end", 1)
    assert shapes(bench)[1:3] == [((1, 2), (1,)), ((), (2,))]
    bench.move_boundary(bead(bench, (3,), (3,)), "tgt", "start", 1)
    assert links(bench)[2] == ((3,), (2, 3))
    bench.move_boundary(bead(bench, (1, 2), (1,)), "src", "end", -1)
    assert links(bench) == [((0,), (0,)), ((1,), (1,)), ((2, 3), (2, 3)), ((4,), (4,))]
    with pytest.raises(InputError, match="no other passage"):
        bench.move_boundary(bead(bench, (1,), (1,)), "src", "end", -1)
    with pytest.raises(InputError, match="no further passage"):
        bench.move_boundary(bead(bench, (4,), (4,)), "src", "end", 1)


def test_a_passage_is_not_given_to_a_link_that_is_not_shown(bench: Workbench) -> None:
    bench.move_boundary(bead(bench, (1,), (1,)), "src", "end", 1)
    bench.move_boundary(bead(bench, (1, 2), (1,)), "src", "end", -1, least=0.8)
    assert ((2,), ()) in shapes(bench)
    assert ((3,), (3,)) in links(bench)


def test_passages_of_a_link_that_is_not_shown_are_edited_as_they_are_seen(bench: Workbench) -> None:
    alone = bead(bench, (2,), (), least=0.9)
    done = bench.merge([alone, bead(bench, (), (3,), least=0.9)])
    assert ((2,), (3,)) in links(bench)
    assert alone in done.removed
    bench.undo()
    assert links(bench) == ONE_TO_ONE
    bench.review(alone, Status.ACCEPTED)
    assert links(bench) == ONE_TO_ONE[:2] + ONE_TO_ONE[3:]
    assert [v.status for v in pair(bench).beads if v.bead.src == (2,)] == [Status.ACCEPTED]
    bench.undo()
    assert links(bench) == ONE_TO_ONE


def test_undo_brings_back_displaced_links_with_their_reviews_and_confidence(bench: Workbench, bob: Workbench) -> None:
    bob.review(bead(bob, (1,), (1,)), Status.ACCEPTED)
    before = pair(bench)
    bench.link(A, B, [0], [1])
    assert Status.ACCEPTED not in {v.status for v in pair(bench).beads if v.bead.src != (0,)}
    bench.undo()
    assert pair(bench) == before


def test_a_document_is_not_linked_with_itself(bench: Workbench) -> None:
    with pytest.raises(InputError, match=f"{A} and {A} are one; name another"):
        bench.link(A, A, [0], [1])


def test_documents_that_were_never_aligned_are_linked_by_hand(bench: Workbench) -> None:
    bench.add_bytes(TEXT[0].encode(), "c.txt", "en")
    for _ in range(2):
        done = bench.link("c.txt", A, [0], [3])
        assert [v.bead.tgt for v in done.added] == [(3,)]
        assert pair(bench, "c.txt", A).verdict == "linked by hand"
        assert len(pair(bench, "c.txt", A).beads) == 5
        bench.undo()
        assert bench.pair("c.txt", A) is None
        bench.redo()
        assert [v.status for v in pair(bench, "c.txt", A).beads if v.bead.src] == [Status.ACCEPTED]
        bench.undo()


def test_links_by_hand_are_of_documents_known_to_be_related_after_undo_and_redo_too(bench: Workbench) -> None:
    bench.add_bytes(TEXT[0].encode(), "c.txt", "en")
    bench.say_related(["c.txt", A])
    bench.link("c.txt", A, [0], [3])
    made = pair(bench, "c.txt", A)
    assert made.related
    bench.undo()
    bench.redo()
    assert pair(bench, "c.txt", A) == made


def test_what_is_said_already_is_no_change(bench: Workbench) -> None:
    first = bench.link(A, B, [1], [1])
    for again in (bench.link(A, B, [1], [1]), bench.review(first.added[0].id, Status.ACCEPTED)):
        assert again.before == again.after == first.after
        assert not again.added and not again.removed
    written = bench.edit_translation(segment(bench, A, 0), "Words.")
    assert bench.edit_translation(segment(bench, A, 0), "Words.").after == written.after


def test_what_makes_no_sense_is_refused_and_changes_nothing(bench: Workbench) -> None:
    before, null = everything(bench), bench.unlink(bead(bench, (0,), (0,))).added[0].id
    bench.undo()
    bench.unlink(bead(bench, (0,), (0,)))
    middle = everything(bench)
    for refused in (
        lambda: bench.link(A, B, [0], []),
        lambda: bench.link(A, B, [99], [0]),
        lambda: bench.merge([null]),
        lambda: bench.merge([null, null]),
        lambda: bench.split(null, 0, 0),
        lambda: bench.move_boundary(null, "src", "end", 1),
        lambda: bench.split_segment(segment(bench, A, 0), 0),
        lambda: bench.split_segment(segment(bench, A, 0), 9999),
        lambda: bench.join_segments(segment(bench, A, 0), segment(bench, A, 2)),
        lambda: bench.join_segments(segment(bench, A, 0), segment(bench, B, 1)),
    ):
        with pytest.raises(InputError):
            refused()
    for unknown in (
        lambda: bench.unlink("nope"),
        lambda: bench.edit_translation("nope", "x"),
        lambda: bench.split_segment("nope", 1),
        lambda: bench.join_segments(segment(bench, A, 0), "nope"),
    ):
        with pytest.raises(UnknownItemError):
            unknown()
    assert everything(bench) == middle
    bench.undo()
    assert everything(bench) == before


# -- two people


def test_the_later_of_two_who_change_the_same_is_told_and_nothing_is_lost(bench: Workbench, bob: Workbench) -> None:
    since, seen = bench.state(), bead(bench, (2,), (2,))
    bob.split(bob.merge([seen, bead(bob, (3,), (3,))]).added[0].id, 1, 0)
    theirs = everything(bob)
    for edit in (
        lambda: bench.review(seen, Status.ACCEPTED, since),
        lambda: bench.link(A, B, [3], [4], since),
        lambda: bench.move_boundary(bead(bench, (4,), (4,)), "tgt", "start", 1, since),
        lambda: bench.unlink(seen, since),
    ):
        with pytest.raises(ConflictError, match=r"^Bob (split|merged) .* meanwhile"):
            edit()
    assert everything(bench) == theirs
    bench.review(bead(bench, (1,), (1,)), Status.ACCEPTED, since)
    bob.undo()
    with pytest.raises(ConflictError, match="Bob took back “split"):
        bench.link(A, B, [3], [4], since)
    bench.link(A, B, [3], [4], bench.state())


def test_one_s_own_edit_in_another_window_is_told_as_such(bench: Workbench) -> None:
    since = bench.state()
    bench.review(bead(bench, (2,), (2,)), Status.ACCEPTED)
    with pytest.raises(ConflictError, match=r"Ada \(you, elsewhere\) accepted"):
        bench.review(bead(bench, (2,), (2,)), Status.REJECTED, since)


def test_translations_and_passages_changed_by_another_are_told(bench: Workbench, bob: Workbench) -> None:
    since, name = bench.state(), segment(bench, A, 2)
    bob.edit_translation(name, "Snow.")
    with pytest.raises(ConflictError, match="Bob wrote the English of passage 3"):
        bench.edit_translation(name, "Ice.", since)
    bob.split_segment(name, 8)
    with pytest.raises(ConflictError, match="Bob split passage 3"):
        bench.split_segment(name, 3, since)
    with pytest.raises(ConflictError, match="Bob split passage 3"):
        bench.link(A, B, [4], [4], since)


def test_the_later_is_told_what_another_took_back_before_going_on(bench: Workbench, bob: Workbench) -> None:
    bob.link(A, B, [0], [1])
    seen = bench.state()
    bob.undo()
    bob.review(bead(bob, (4,), (4,)), Status.ACCEPTED)  # what he took back cannot be redone any more
    with pytest.raises(ConflictError, match="Bob took back “linked passage 1 with 2” meanwhile"):
        bench.link(A, B, [0], [2], seen)
    assert [change.action for change in bench.history(2)] == ["accepted the link of passage 5 with 5", "added b.txt"]
    assert bob.redo() is None


def test_people_of_one_server_share_the_work_and_not_the_undo(bench: Workbench) -> None:
    eve = bench.for_user("Eve")
    assert eve is bench.for_user("Eve") and eve.for_user("Ada") is bench and bench.for_user("") is bench
    name = bead(bench, (0,), (0,))
    eve.review(name, Status.ACCEPTED)
    assert next(view.reviewer for view in pair(bench).beads if view.id == name) == "Eve"
    assert next(change.user for change in bench.history()) == "Eve"
    bench.review(bead(bench, (1,), (1,)), Status.REJECTED)
    assert eve.undo() is not None and eve.undo() is None
    assert bench.segments(A)[0] is eve.segments(A)[0]


def test_undo_never_takes_back_what_another_did_later(bench: Workbench, bob: Workbench) -> None:
    bench.link(A, B, [0], [1])
    bob.review(bead(bob, (), (0,)), Status.ACCEPTED)
    bob.link(A, B, [4], [3])
    theirs = everything(bench)
    with pytest.raises(ConflictError, match=r"cannot be undone: Bob said of passage 1 of b\.txt"):
        bench.undo()
    assert everything(bench) == theirs
    bob.undo()
    bob.undo()
    undone = bench.undo()
    assert undone is not None and undone.said == "linked passage 1 with 2 (by Ada)"
    assert undone.docs == (bench._row(A).id, bench._row(B).id)
    assert links(bench) == ONE_TO_ONE


def test_redo_is_told_where_another_took_back_what_it_was_about(bench: Workbench, bob: Workbench) -> None:
    name = segment(bench, A, 1)
    bench.edit_translation(name, "by Ada")
    bob.edit_translation(name, "by Bob")
    bob.undo()
    bench.undo()
    before = everything(bench)
    with pytest.raises(ConflictError, match=r"cannot be redone: .* another took something back"):
        bob.redo()
    assert everything(bench) == before  # else the next undo would bring back what Ada wrote


WRITER = """
import sys
from workbench.core import Workbench
from workbench.datatypes import Status
folder, user, places = sys.argv[1], sys.argv[2], sys.argv[3]
with Workbench(folder, user=user) as bench:
    for place in places:
        found = next(v for v in bench.pair("a.txt", "b.txt", 0.0).beads if v.bead.src == (int(place),))
        bench.review(found.id, Status.ACCEPTED, bench.state())
        bench.undo()
        bench.redo()
"""


def test_two_processes_edit_one_workspace_and_no_edit_is_lost(bench: Workbench) -> None:
    folder = str(bench._store.folder)
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, folder, user, places])
        for user, places in (("Ada", "024"), ("Bob", "13"))
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert [view.reviewer for view in pair(bench).beads] == ["Ada", "Bob", "Ada", "Bob", "Ada"]


# -- machines


def test_after_a_new_alignment_undo_takes_back_what_was_said_and_says_so(bench: Workbench) -> None:
    bench.link(A, B, [0], [1])
    put(bench, [((0, 1), (0, 1)), *ONE_TO_ONE[2:]])
    undone = bench.undo()
    assert undone is not None and "aligned anew since" in undone.said
    assert links(bench) == [((0, 1), (0, 1)), *ONE_TO_ONE[2:]]
    bench.align([A, B])
    assert links(bench) == ONE_TO_ONE
    assert {view.status for view in pair(bench).beads} == {Status.UNREVIEWED}


def test_after_a_new_alignment_that_kept_a_link_undo_takes_it_apart_as_ever(bench: Workbench) -> None:
    bench.link(A, B, [0], [1])
    put(bench, [((0,), (1,)), ((1,), ()), ((), (0,)), *ONE_TO_ONE[2:]])
    undone = bench.undo()
    assert undone is not None and links(bench) == ONE_TO_ONE


def test_an_edit_made_while_documents_are_aligned_stays(tmp_path: Path) -> None:
    class Interrupted(FakeModels):
        def encoders(self, cache: object = None) -> Any:
            with opened(tmp_path, "Bob") as bob:
                bob.link(A, B, [0], [3])
                bob.unlink(bead(bob, (2,), (2,)))
            return super().encoders(cache)

    with Workbench(tmp_path, user="Ada", models=Interrupted()) as bench:
        filled(bench)
        bench.align([A, B])
        assert ((0,), (3,)) in links(bench)
        assert ((2,), (2,)) not in links(bench)
        assert sorted(i for src, _ in shapes(bench) for i in src) == list(range(5))
        assert sorted(j for _, tgt in shapes(bench) for j in tgt) == list(range(5))


@pytest.mark.parametrize("part", [False, True])
def test_a_link_taken_back_while_documents_are_aligned_is_not_put_back(tmp_path: Path, part: bool) -> None:
    class Interrupted(FakeModels):
        def encoders(self, cache: object = None) -> Any:
            with opened(tmp_path, "Bob") as bob:
                bob.undo()
            return super().encoders(cache)

    with Workbench(tmp_path, user="Ada", models=Interrupted()) as bench:
        filled(bench)
        with opened(tmp_path, "Bob") as bob:
            bob.link(A, B, [0], [4])
        if part:
            bench.align_range(A, B, range(3), range(3))
        else:
            bench.align([A, B])
        assert links(bench) == ONE_TO_ONE
        assert "accepted by Bob" not in {reason for view in pair(bench).beads for reason in view.bead.reasons}


def test_passages_left_out_while_documents_are_aligned_have_it_aligned_again(tmp_path: Path) -> None:
    class Interrupted(FakeModels):
        def encoders(self, cache: object = None) -> Any:
            with opened(tmp_path, "Bob") as bob:
                bob.set_included([segment(bob, A, 4)], False)
            return super().encoders(cache)

    with Workbench(tmp_path, user="Ada", models=Interrupted()) as bench:
        filled(bench)
        bench.align([A, B])
        assert pair(bench).stale
        bench.align([A, B])
        assert not pair(bench).stale


def test_a_document_changed_while_it_is_aligned_is_not_overwritten(tmp_path: Path) -> None:
    class Interrupted(FakeModels):
        def encoders(self, cache: object = None) -> Any:
            with opened(tmp_path, "Bob") as bob:
                bob.split_segment(segment(bob, A, 0), 8)
            return super().encoders(cache)

    with Workbench(tmp_path, user="Ada", models=Interrupted()) as bench:
        filled(bench)
        with pytest.raises(WorkbenchError, match=r"Bob split passage 1 of a\.txt while it was being aligned"):
            bench.align([A, B])
        assert links(bench)[0] == ((0, 1), (0,))


# -- translations and passages


def comments(bench: Workbench) -> dict[Shape, str]:
    return {(view.bead.src, view.bead.tgt): view.comment for view in pair(bench).beads if view.comment}


def test_a_comment_stays_when_aligned_anew_and_goes_where_its_link_goes(bench: Workbench) -> None:
    bench.set_comment(bead(bench, (1,), (1,)), " which mill? ")
    bench.set_comment(bead(bench, (2,), (2,)), "see 2\nand 3")
    put(bench, ONE_TO_ONE)
    assert comments(bench) == {((1,), (1,)): "which mill?", ((2,), (2,)): "see 2\nand 3"}
    assert {unit.comment for unit in bench.units(B, A)} == {"", "which mill?", "see 2\nand 3"}
    bench.merge([bead(bench, (1,), (1,)), bead(bench, (2,), (2,))])
    assert comments(bench) == {((1, 2), (1, 2)): "which mill?\nsee 2\nand 3"}
    bench.join_segments(segment(bench, A, 1), segment(bench, A, 2))
    assert comments(bench) == {((1,), (1, 2)): "which mill?\nsee 2\nand 3"}
    bench.unlink(bead(bench, (1,), (1, 2)))
    assert comments(bench) == {((1,), ()): "which mill?\nsee 2\nand 3"}
    bench.set_comment(bead(bench, (1,), ()), "")
    assert comments(bench) == {}
    for _ in range(4):
        bench.undo()
    assert comments(bench) == {((1,), (1,)): "which mill?", ((2,), (2,)): "see 2\nand 3"}


def test_the_later_of_two_who_comment_on_a_link_is_told(bench: Workbench, bob: Workbench) -> None:
    seen = bench.state()
    bob.set_comment(bead(bench, (1,), (1,)), "mine")
    with pytest.raises(ConflictError, match="Bob commented on the link of passage 2 with 2"):
        bench.set_comment(bead(bench, (1,), (1,)), "no, mine", seen)


def test_english_by_hand_is_shown_as_such_kept_and_exported(bench: Workbench) -> None:
    bench.add_bytes(b"Der Hafen war still.\n\nEs schneite.", "d.txt", "de")
    bench.link("d.txt", A, [1], [2])
    name = segment(bench, "d.txt", 1)
    bench.edit_translation(name, "  It was\n snowing. ")
    english = bench.segments("d.txt")[1].english
    assert english is not None
    assert (english.text, english.state, english.model) == ("It was snowing.", TranslationState.EDITED, "Ada")
    assert next(unit for unit in bench.units("d.txt", A) if unit.src_text == "Es schneite.").src_en == "It was snowing."
    assert [info.translated for info in bench.documents() if info.name == "d.txt"] == [1]
    bench._store.translations.put("m", "de>en", "s", {})
    assert bench.segments("d.txt")[1].english == english
    bench.add_bytes(b"Neu.\n\nDer Hafen war still.\n\nEs schneite.", "d.txt", "de")
    bench.edit_translation(name, "")
    assert bench.segments("d.txt")[2].english is None
    bench.undo()
    assert bench.segments("d.txt")[2].english == english


def test_a_split_passage_keeps_its_link_and_all_others_theirs(bench: Workbench) -> None:
    bench.review(bead(bench, (1,), (1,)), Status.ACCEPTED)
    untouched = [view.id for view in pair(bench).beads if view.bead.src != (1,)]
    text = bench.segments(A)[1].segment.text
    bench.split_segment(segment(bench, A, 1), text.index("was"))
    views = bench.segments(A)
    assert [view.segment.text for view in views[1:3]] == ["The ferry", "was spoken of at length."]
    assert [view.index for view in views] == list(range(6))
    document = bench.document(A)
    for view in views[1:3]:
        assert "".join(document.text[start:end] for start, end in view.segment.spans) == view.segment.text
    found = pair(bench)
    assert not found.stale
    assert [(v.bead.src, v.bead.tgt, v.status, v.bead.confidence) for v in found.beads][1] == (
        (1, 2),
        (1,),
        Status.ACCEPTED,
        0.75,
    )
    assert set(untouched) <= {view.id for view in found.beads}
    bench.join_segments(views[1].id, views[2].id)
    assert bench.segments(A)[1].segment.text == text
    assert [(v.bead.src, v.bead.tgt, v.status) for v in pair(bench).beads][1] == ((1,), (1,), Status.ACCEPTED)


def test_what_two_people_cut_in_two_documents_is_taken_back_by_each(bench: Workbench, bob: Workbench) -> None:
    before = everything(bench)
    bench.split_segment(segment(bench, A, 1), 9)
    bob.split_segment(segment(bob, B, 3), 9)
    bench.undo()
    assert not pair(bench).stale
    bob.undo()
    assert everything(bench) == before


def test_a_cut_after_which_documents_were_aligned_is_taken_back(bench: Workbench) -> None:
    bench.split_segment(segment(bench, A, 1), 9)
    put(bench, [((0, 1, 2), (0, 1)), *(((i + 1,), (i,)) for i in range(2, 5))])
    undone = bench.undo()
    assert undone is not None and "aligned anew since" in undone.said
    assert bench.segments(A)[1].segment.text == TEXT[1]
    assert pair(bench).stale
    bench.align([A, B])
    assert links(bench) == ONE_TO_ONE


def test_passages_joined_by_hand_join_their_links(bench: Workbench) -> None:
    bench.review(bead(bench, (1,), (1,)), Status.ACCEPTED)
    bench.unlink(bead(bench, (3,), (3,)))
    bench.join_segments(segment(bench, A, 1), segment(bench, A, 2))
    assert [(v.bead.src, v.bead.tgt, v.status) for v in pair(bench).beads if v.bead.src == (1,)] == [
        ((1,), (1, 2), Status.UNREVIEWED)
    ]
    bench.join_segments(segment(bench, A, 1), segment(bench, A, 2))
    assert ((1,), (1, 2)) in links(bench) and not pair(bench).stale
    assert [view.segment.text for view in bench.segments(A)][1] == " ".join(TEXT[1:4])


def test_cuts_survive_the_file_being_added_again_unchanged_and_changed(bench: Workbench) -> None:
    bench.split_segment(segment(bench, A, 1), 9)
    bench.join_segments(segment(bench, A, 3), segment(bench, A, 4))
    before = everything(bench)
    assert bench.add_bytes("\n\n".join(TEXT[:5]).encode(), A, "en").change == "unchanged"
    assert everything(bench) == before
    bench.add_bytes("\n\n".join(["Something new.", *TEXT[:3]]).encode(), A, "en")
    assert [view.segment.text for view in bench.segments(A)] == [
        "Something new.",
        TEXT[0],
        "The ferry",
        "was spoken of at length.",
        TEXT[2],
    ]
    bench.undo()
    assert everything(bench) == before


def test_many_cuts_of_a_long_text_take_little_room_and_are_taken_back_one_by_one(tmp_path: Path) -> None:
    with opened(tmp_path / "ws") as bench:
        bench.add_bytes("\n\n".join(f"{n}. {text}" for n in range(60) for text in TEXT[:5]).encode(), A, "en")
        room, seen = _room(tmp_path / "ws"), [bench.segments(A)]
        for n in range(20):
            first, second = (segment(bench, A, 7 * n + i) for i in (0, 1))
            if n % 3:
                bench.split_segment(first, 9)
            else:
                bench.join_segments(first, second)
            seen.append(bench.segments(A))
        assert _room(tmp_path / "ws") < 2 * room
        for before in reversed(seen[:-1]):
            bench.undo()
            assert bench.segments(A) == before
        for after in seen[1:]:
            bench.redo()
            assert bench.segments(A) == after
        bench.remove(A)
        bench.undo()
        assert bench.segments(A) == seen[-1]


def _room(workspace: Path) -> int:
    """Bytes of a workspace's database, but for what waits to be written into it."""
    with closing(sqlite3.connect(workspace / "workbench.sqlite")) as connection:
        pages, size = (connection.execute(f"PRAGMA page_{of}").fetchone()[0] for of in ("count", "size"))
    return int(pages * size)


def test_halves_of_a_left_out_passage_are_left_out_until_brought_back(bench: Workbench) -> None:
    bench.set_included([segment(bench, A, 0)], False)
    bench.split_segment(segment(bench, A, 0), 8)
    assert [view.included for view in bench.segments(A)][:3] == [False, False, True]
    bench.undo()
    bench.undo()
    assert not pair(bench).stale


# -- anything

EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["review", "link", "merge", "split", "move", "unlink", "english", "cut", "join", "undo", "redo"]
        ),
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from([-1, 1]),
        st.booleans(),
    ),
    max_size=12,
)


def edit(bench: Workbench, kind: str, n: int, m: int, step: int, flag: bool) -> object:
    beads, sides = pair(bench).beads, [bench.segments(doc) for doc in (A, B)]
    one, other = beads[n % len(beads)], beads[m % len(beads)]
    near = sides[0][n % len(sides[0])], sides[1][m % len(sides[1])]
    match kind:
        case "review":
            return bench.review(one.id, list(Status)[m % 3])
        case "link":
            return bench.link(A, B, [near[0].index], [near[1].index])
        case "merge":
            return bench.merge([one.id, other.id])
        case "split":
            return bench.split(one.id, n % 3, m % 3)
        case "move":
            return bench.move_boundary(one.id, "src" if flag else "tgt", "start" if m % 2 else "end", step)
        case "unlink":
            return bench.unlink(one.id)
        case "english":
            return bench.edit_translation(near[flag].id, f"English {n}")
        case "cut":
            return bench.split_segment(near[flag].id, 4 + m)
        case "join":
            side = sides[flag]
            return bench.join_segments(side[n % len(side)].id, side[(n + 1) % len(side)].id)
        case "undo":
            return bench.undo()
    return bench.redo()


@settings(max_examples=20)
@given(edits=EDITS)
def test_any_edits_keep_every_passage_in_one_bead_and_are_taken_back_to_the_start(
    edits: list[tuple[str, int, int, int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), "Bob") as bob, opened(Path(folder)) as bench:
        filled(bob)
        start = everything(bench)
        for wanted in edits:
            before, state = everything(bench), bench.state()
            try:
                edit(bench, *wanted)
            except InputError:
                assert everything(bench) == before and bench.state() == state
            found, sizes = pair(bench), [len(bench.segments(doc)) for doc in (A, B)]
            assert sorted(i for view in found.beads for i in view.bead.src) == list(range(sizes[0]))
            assert sorted(j for view in found.beads for j in view.bead.tgt) == list(range(sizes[1]))
            assert not found.stale
        while bench.undo():
            pass
        assert everything(bench) == start


def rows_written(bench: Workbench, count: int) -> int:
    bench.add_bytes("\n\n".join(f"The {n}th thing." for n in range(count)).encode(), A, "en")
    bench.add_bytes("\n\n".join(f"The {n}th thing." for n in range(count)).encode(), B, "en")
    put(bench, [((i,), (i,)) for i in range(count)])
    with bench._store._db.read() as connection:
        before = connection.total_changes
    bench.link(A, B, [1], [2])
    with bench._store._db.read() as connection:
        return connection.total_changes - before


def test_an_edit_writes_as_little_of_a_long_alignment_as_of_a_short_one(tmp_path: Path) -> None:
    with opened(tmp_path / "short") as short, opened(tmp_path / "long") as long:
        assert rows_written(short, 5) == rows_written(long, 300)
