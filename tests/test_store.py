"""The workspace on disk: what a user would lose if the store were wrong."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.datatypes import (
    Bead,
    Bitext,
    Block,
    Document,
    Flag,
    Kind,
    Segment,
    Status,
    Stratum,
    Translation,
    TranslationState,
)
from workbench.errors import ConflictError, InputError, StoreError, UnknownDocumentError, UnknownItemError
from workbench.store import Store, StoredBitext, Undone, faults
from workbench.store.database import Database
from workbench.store.ids import bead_id, document_id, segment_ids
from workbench.store.schema import MIGRATIONS
from workbench.wiring import editing


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "ws") as opened:
        yield opened


def make(name: str, *sentences: str, lang: str = "de") -> tuple[Document, list[Segment]]:
    """A document of one sentence a line."""
    text = "\n".join(sentences)
    starts = [sum(len(earlier) + 1 for earlier in sentences[:n]) for n in range(len(sentences))]
    spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]
    document = Document(name, text, tuple(Block(Kind.BODY, *span) for span in spans), "txt", text[:64], lang)
    segments = [
        Segment(sentence, (span,), lang, Kind.BODY, n)
        for n, (sentence, span) in enumerate(zip(sentences, spans, strict=True))
    ]
    return document, segments


def put(store: Store, name: str, *sentences: str, doc_id: str | None = None, user: str = "") -> str:
    return store.put_document(*make(name, *sentences), f"folder/{name}", doc_id, user=user).doc_id


def link(store: Store, src: str, tgt: str, *beads: tuple[tuple[int, ...], tuple[int, ...]]) -> StoredBitext:
    store.put_bitext(src, tgt, Bitext(tuple(Bead(a, b, 0.5, 0.25) for a, b in beads), "related", "sig"))
    bitext = store.bitext(src, tgt)
    assert bitext is not None
    return bitext


def review(store: Store, bead_id: str, status: Status, user: str = "") -> None:
    with store.editing(user) as changes:
        editing.review(changes, bead_id, status)


def said_of(done: Undone | None) -> str | None:
    return done.said if done else None


def texts(store: Store, doc_id: str) -> list[str]:
    return [row.segment.text for row in store.segments(doc_id)]


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    document = Document(
        "mixed.html",
        "Ähre\r\n\x00\u2028𝄞 العربية",
        (Block(Kind.TURN, 0, 4, "Anna"), Block(Kind.COMMENT, 6, 8, reason="below the article")),
        "html",
        "ab" * 32,
        "zh-Hant",
        "T\tt",
        "big5",
        {"author": "Ä", "date": "2026-01-02"},
        ("one", "two"),
    )
    segments = [
        Segment("Ähre 𝄞", ((0, 4), (8, 9)), "de", Kind.TURN, 0, "Anna"),
        Segment("العربية", ((10, 17),), "ar", Kind.COMMENT, 1, flag=Flag.COMMENT, reason="below the article"),
    ]
    doc_id = store.put_document(document, segments, "x").doc_id
    assert store.document(doc_id) == document
    assert [row.segment for row in store.segments(doc_id)] == segments
    assert [row.included for row in store.segments(doc_id)] == [True, False]


def test_the_document_list(store: Store) -> None:
    first, second = put(store, "b.txt", "Ja.", "Nein."), put(store, "a.txt")
    store.set_included([store.segments(first)[0].id], False)
    listed = store.documents()
    assert [(row.id, row.name, row.segments, row.included) for row in listed] == [
        (first, "b.txt", 2, 1),
        (second, "a.txt", 0, 0),
    ]
    assert listed[0].source == "folder/b.txt"
    assert store.changes()[0].made_at.endswith("+00:00")


def test_adding_again_tells_unchanged_from_changed(store: Store) -> None:
    added = store.put_document(*make("a.txt", "Eins.", "Zwei."), "s")
    same = store.put_document(*make("a.txt", "Eins.", "Zwei."), "s", added.doc_id)
    changed = store.put_document(*make("a.txt", "Eins.", "Drei."), "s", added.doc_id)
    assert (added.change, same.change, changed.change) == ("added", "unchanged", "changed")
    assert texts(store, added.doc_id) == ["Eins.", "Drei."]
    assert len(store.changes()) == 2


def test_a_moved_file_is_unchanged_and_found_at_its_new_place(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.")
    assert store.put_document(*make("a.txt", "Eins."), "new/a.txt", doc_id).change == "unchanged"
    assert store.by_source("new/a.txt") == doc_id
    assert store.by_source("folder/a.txt") is None


def test_of_two_documents_from_one_place_the_latest_is_found(store: Store) -> None:
    put(store, "a.txt", "Eins.")
    assert store.by_source("folder/a.txt") == store.find_document("a.txt")
    assert store.by_source("folder/a.txt") != put(store, "a.txt", "Zwei.") == store.by_source("folder/a.txt")


def test_a_document_is_found_by_its_very_name_and_listed_alone_as_among_all(store: Store) -> None:
    ids = [put(store, name, "Eins.", "Zwei.") for name in ("a.txt", "b.txt")]
    store.set_included([store.segments(ids[0])[1].id], False)
    assert [store.listed(doc_id) for doc_id in ids] == store.documents()
    assert (store.by_name("a.txt"), store.by_name("a")) == (ids[0], None)
    store.remove_document(ids[0])
    assert store.by_name("a.txt") is None
    with pytest.raises(UnknownDocumentError):
        store.listed(ids[0])


def test_equal_names_are_numbered(store: Store) -> None:
    ids = [put(store, "a.txt", text) for text in ("Eins.", "Zwei.", "Drei.")]
    assert [row.name for row in store.documents()] == ["a.txt", "a.txt (2)", "a.txt (3)"]
    assert store.find_document("a.txt (2)") == ids[1]
    put(store, "a.txt", "Anders.", doc_id=ids[1])
    assert store.document(ids[1]).name == "a.txt (2)"


def test_a_document_that_is_renamed_keeps_its_id_and_its_links_and_goes_back(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins."), put(store, "b.txt", "One.")
    assert not link(store, src, tgt, ((0,), (0,))).stale
    since = store.state()[0]
    assert store.rename_document(src, "Report", "ann") == "Report"
    assert (store.find_document("Report"), store.document(src).name) == (src, "Report")
    store.put_bitext(src, tgt, Bitext((), "", ""), since)  # whoever aligns them meanwhile is not in the way
    put(store, "a.txt", "Eins.", "Zwei.", doc_id=src)
    assert store.by_name("a.txt") == src
    assert store.documents()[0].name == "Report"
    assert store.rename_document(src, "") == "a.txt"
    assert said_of(store.undo()) == "renamed Report to a.txt"
    assert said_of(store.undo("ann")) == "renamed a.txt to Report (by ann)"
    assert said_of(store.redo("ann")) == "renamed a.txt to Report (by ann)"
    assert store.documents()[0].name == "Report"


def test_a_name_that_is_taken_is_numbered_and_a_new_document_gets_an_id_of_its_own(store: Store) -> None:
    first, second = put(store, "a.txt", "Eins."), put(store, "b.txt", "Zwei.")
    assert store.rename_document(second, "a.txt") == "a.txt (2)"
    assert store.rename_document(second, "a.txt (2)") == "a.txt (2)"
    assert len(store.changes()) == 3
    store.rename_document(first, "Report")
    assert store.rename_document(second, "a.txt") == "a.txt"
    third = put(store, "b.txt", "Drei.")
    assert third not in (first, second)
    assert [row.name for row in store.documents()] == ["Report", "a.txt", "b.txt (2)"]
    assert store.rename_document(first, "") == "a.txt (2)"


def test_a_name_does_not_come_back_where_another_document_has_it_by_now(store: Store) -> None:
    first, second = put(store, "a.txt", "Eins."), put(store, "b.txt", "Zwei.")
    store.rename_document(first, "Report", "ann")
    store.remove_document(first, "ann")
    store.rename_document(second, "Report", "bob")
    with pytest.raises(ConflictError, match="another document is called Report by now; rename that one first"):
        store.undo("ann")
    assert [row.name for row in store.documents()] == ["Report"]
    store.undo("bob")
    store.undo("ann")
    assert [row.name for row in store.documents()] == ["Report", "b.txt"]


def test_a_removed_document_that_is_added_again_is_called_as_it_comes(store: Store) -> None:
    doc = put(store, "a.txt", "Eins.")
    store.rename_document(doc, "Report")
    store.remove_document(doc)
    assert put(store, "a.txt", "Eins.") == doc
    assert store.documents()[0].name == "a.txt"
    assert said_of(store.undo()) == "added a.txt"
    assert said_of(store.undo()) == "removed Report"
    assert store.documents()[0].name == "Report"


def test_a_document_is_found_by_id_name_and_beginning_of_an_id(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.")
    assert store.find_document(doc_id) == store.find_document("a.txt") == store.find_document(doc_id[:4]) == doc_id


def test_a_document_is_found_by_its_id_among_many_as_fast_as_among_few(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.")
    steps = []
    for more in (range(10), range(10, 100)):
        for number in more:
            put(store, f"{number}.txt", "Zwei.")
        taken: list[None] = []  # of SQLite's virtual machine
        store._db._connection.set_progress_handler(lambda taken=taken: taken.append(None), 1)
        assert store.find_document(doc_id) == doc_id
        store._db._connection.set_progress_handler(None, 1)
        steps.append(len(taken))
    assert steps[0] == steps[1]


def test_an_ambiguous_or_unknown_reference_names_the_candidates(store: Store) -> None:
    with pytest.raises(UnknownDocumentError, match="empty"):
        store.find_document("a.txt")
    for n in range(17):  # 16 digits: two ids begin alike
        put(store, f"talk{n}.txt", "x")
    first_digits = [row.id[0] for row in store.documents()]
    shared = next(digit for digit in first_digits if first_digits.count(digit) > 1)
    with pytest.raises(UnknownDocumentError, match="several"):
        store.find_document(shared)
    with pytest.raises(UnknownDocumentError, match=r"did you mean talk3\.txt .*list` shows all 17"):
        store.find_document("talk3.tx")
    for method in (store.document, store.segments, store.remove_document):
        with pytest.raises(UnknownDocumentError, match="nope"):
            method("nope")
    for ref in ("", "%", "_"):
        with pytest.raises(UnknownDocumentError):
            store.find_document(ref)


def test_two_equal_sentences_are_two_segments() -> None:
    ids = segment_ids("d", ["Ja.", "Nein.", " Ja.\n"])
    assert len(set(ids)) == 3
    assert segment_ids("d", ["Neu.", "Ja.", "Ja.", "Nein."])[1:] == [ids[0], ids[2], ids[1]]
    assert not set(ids) & set(segment_ids("e", ["Ja.", "Nein.", "Ja."]))


def test_a_bead_has_one_id_in_both_directions_and_one_a_pair() -> None:
    assert bead_id(("a", "b"), ["s", "t"]) == bead_id(("b", "a"), ["t", "s"])
    assert bead_id(("a", "b"), ["s"]) != bead_id(("a", "c"), ["s"])


def test_ids_are_the_same_in_another_workspace(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "other") as other:
        put(other, "z.txt", "Davor.")
        for each in (store, other):
            put(each, "a.txt", "Eins.")
        doc_id = store.find_document("a.txt")
        assert store.segments(doc_id) == other.segments(doc_id)


def test_reviews_survive_a_changed_version_and_a_new_alignment(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins.", "Zwei."), put(store, "b.txt", "One.", "Two.")
    bitext = link(store, src, tgt, ((0,), (0,)), ((1,), (1,)))
    review(store, bitext.beads[0].id, Status.ACCEPTED, "ann")
    review(store, bitext.beads[1].id, Status.REJECTED, "bob")

    put(store, "a.txt", "Vorher.", "Eins.", "Zweitens.", doc_id=src)
    between = store.bitext(src, tgt)
    assert between is not None and between.stale
    assert [(b.bead.src, b.bead.tgt, b.status) for b in between.beads] == [((1,), (0,), Status.ACCEPTED)]

    after = link(store, src, tgt, ((0,), ()), ((1,), (0,)), ((2,), (1,)))
    assert not after.stale
    assert [(b.status, b.reviewer) for b in after.beads] == [
        (Status.UNREVIEWED, ""),
        (Status.ACCEPTED, "ann"),
        (Status.UNREVIEWED, ""),
    ]
    kept = store.reviews(src, tgt)
    assert [(r.bead_id, r.status) for r in kept] == [
        (bitext.beads[0].id, Status.ACCEPTED),
        (bitext.beads[1].id, Status.REJECTED),
    ]


def test_a_removed_document_that_is_added_again_gets_its_reviews_back(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins."), put(store, "b.txt", "One.")
    review(store, link(store, src, tgt, ((0,), (0,))).beads[0].id, Status.ACCEPTED, "ann")
    store.remove_document(src)
    assert store.aligned_pairs() == []
    assert [row.id for row in store.documents()] == [tgt]
    with pytest.raises(UnknownDocumentError):
        store.bitext(src, tgt)
    assert put(store, "a.txt", "Eins.") == src
    bitext = store.bitext(src, tgt)
    assert bitext is not None and bitext.beads[0].status is Status.ACCEPTED


def test_a_bitext_seen_from_the_other_side(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins.", "Zwei."), put(store, "b.txt", "One.", "Two.", "Three.")
    put(store, "c.txt", "Un.")
    there = link(store, src, tgt, ((0,), (2,)), ((1,), (0,)), ((), (1,)))
    back = store.bitext(tgt, src)
    assert back is not None
    assert [(b.bead.src, b.bead.tgt) for b in back.beads] == [((0,), (1,)), ((1,), ()), ((2,), (0,))]
    assert {b.id for b in back.beads} == {b.id for b in there.beads}
    assert (back.src_doc, back.tgt_doc, back.stale) == (tgt, src, False)
    assert [(b.src_segments, b.bead.score, b.bead.confidence) for b in there.beads[:1]] == [
        ((store.segments(src)[0].id,), 0.5, 0.25)
    ]
    assert store.bitext(src, store.find_document("c.txt")) is None

    link(store, tgt, src, ((0,), (0,)))
    assert store.aligned_pairs() == [(tgt, src)]


def test_reviews_seen_from_the_other_side(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins."), put(store, "b.txt", "One.")
    review(store, link(store, src, tgt, ((0,), (0,))).beads[0].id, Status.REJECTED)
    (there,), (back,) = store.reviews(src, tgt), store.reviews(tgt, src)
    assert (back.src_doc, back.src_segments) == (there.tgt_doc, there.tgt_segments)


@pytest.mark.parametrize("change", ["text", "language", "inclusion"])
def test_an_alignment_is_stale_until_the_change_is_undone(store: Store, change: str) -> None:
    src, tgt = put(store, "a.txt", "Eins.", "Zwei."), put(store, "b.txt", "One.")
    link(store, src, tgt, ((0,), (0,)))
    if change == "text":
        put(store, "b.txt", "One.", "More.", doc_id=tgt)
    elif change == "language":
        store.set_language(tgt, "en", make("b.txt", "One.", lang="en")[1])
    else:
        store.set_included([store.segments(src)[1].id], False)
    assert store.bitext(src, tgt).stale  # type: ignore[union-attr]
    store.undo()
    assert not store.bitext(tgt, src).stale  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("beads", "complaint"),
    [
        ([Bead((0,), (9,))], "target segment 9"),
        ([Bead((-1,), (0,))], "source segment -1"),
        ([Bead((0,), ()), Bead((0,), (0,))], "source segment 0 into two"),
        ([Bead((), ())], "empty"),
        ([Bead((0,), (0,), float("nan"))], "not a number"),
    ],
)
def test_an_impossible_alignment_is_refused_and_the_earlier_one_kept(
    store: Store, beads: list[Bead], complaint: str
) -> None:
    src, tgt = put(store, "a.txt", "Eins."), put(store, "b.txt", "One.")
    before = link(store, src, tgt, ((0,), (0,)))
    with pytest.raises(InputError, match=complaint):
        store.put_bitext(src, tgt, Bitext(tuple(beads), "", ""))
    assert store.bitext(src, tgt) == before
    with pytest.raises(InputError, match="itself"):
        store.put_bitext(src, src, Bitext((), "", ""))


def test_numpy_numbers_in_beads_come_back_as_numbers(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins."), put(store, "b.txt", "One.")
    index: Any = np.int64(0)
    bead = Bead((index,), (index,), np.float32(0.5), np.float64(0.25))  # type: ignore[arg-type]
    store.put_bitext(src, tgt, Bitext((bead,), "", ""))
    assert store.bitext(src, tgt).beads[0].bead == Bead((0,), (0,), 0.5, 0.25)  # type: ignore[union-attr]


def test_a_language_override_stays_with_later_versions(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.")
    store.set_language(doc_id, "nl", make("a.txt", "Eins.", lang="nl")[1])
    assert store.document(doc_id).lang == store.documents()[0].lang == "nl"
    document, segments = make("a.txt", "Eins.", "Zwei.", lang="nl")
    assert store.put_document(document, segments, "s", doc_id).change == "changed"
    assert store.put_document(document, segments, "s", doc_id).change == "unchanged"
    assert store.documents()[0].lang_override == "nl"


def test_a_document_can_be_added_with_an_override_in_one_change(store: Store) -> None:
    doc_id = store.put_document(*make("a.txt", "Een.", lang="nl"), "s", lang_override="nl").doc_id
    assert store.documents()[0].lang_override == "nl"
    assert store.put_document(*make("a.txt", "Een.", lang="nl"), "s", doc_id).change == "unchanged"
    assert said_of(store.undo()) == "added a.txt"
    assert store.documents() == []


def test_an_inclusion_stays_with_its_sentence(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.", "Zwei.")
    store.set_included([store.segments(doc_id)[1].id], False)
    put(store, "a.txt", "Zwei.", "Drei.", doc_id=doc_id)
    assert [row.included for row in store.segments(doc_id)] == [False, True]


def test_unknown_items_are_named_and_nothing_is_changed(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.")
    with pytest.raises(UnknownItemError, match="nope"):
        store.set_included([store.segments(doc_id)[0].id, "nope"], False)
    for status in Status:
        with pytest.raises(UnknownItemError, match="nope"):
            review(store, "nope", status)
    assert store.segments(doc_id)[0].included
    assert len(store.changes()) == 1


def test_what_changes_nothing_is_not_a_change(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins."), put(store, "b.txt", "One.")
    bead = link(store, src, tgt, ((0,), (0,))).beads[0].id
    review(store, bead, Status.UNREVIEWED, "ann")
    review(store, bead, Status.ACCEPTED, "ann")
    review(store, bead, Status.ACCEPTED, "ann")
    store.set_included([store.segments(src)[0].id], True)
    store.set_included([], False)
    assert [change.action for change in store.changes()] == [
        "accepted the link of passage 1 with 1",
        "added b.txt",
        "added a.txt",
    ]


def test_undo_and_redo_say_what_they_did_and_a_new_change_clears_redo(store: Store) -> None:
    assert store.undo() is None
    doc_id = put(store, "a.txt", "Eins.", "Zwei.", user="ann")
    first, second = (row.id for row in store.segments(doc_id))
    store.set_included([first, second], False, "bob")
    store.set_included([first], True, "bob")
    assert said_of(store.undo("bob")) == "brought back 1 segment (by bob)"
    assert said_of(store.undo("bob")) == "left out 2 segments (by bob)"
    assert [(c.action, c.user, c.undone, c.docs) for c in store.changes()] == [
        ("brought back 1 segment", "bob", True, (doc_id,)),
        ("left out 2 segments", "bob", True, (doc_id,)),
        ("added a.txt", "ann", False, (doc_id,)),
    ]
    assert said_of(store.redo("bob")) == "left out 2 segments (by bob)"
    store.set_included([second], True, "bob")
    assert store.redo("bob") is None
    assert [row.included for row in store.segments(doc_id)] == [False, True]


def test_undo_takes_back_one_s_own_changes_and_nothing_that_others_did_after(store: Store) -> None:
    doc_id = put(store, "a.txt", "Eins.", "Zwei.", user="ann")
    first, second = (row.id for row in store.segments(doc_id))
    store.set_included([first], False, "ann")
    store.set_included([second], False, "bob")
    assert store.undo("eve") is None
    assert said_of(store.undo("ann")) == "left out 1 segment (by ann)"
    assert [row.included for row in store.segments(doc_id)] == [True, False]
    with pytest.raises(ConflictError, match=r"“added a\.txt” cannot be undone: bob left out 1 segment after that"):
        store.undo("ann")
    store.redo("ann")
    store.set_included([first], True, "bob")
    with pytest.raises(ConflictError, match="bob brought back"):
        store.undo("ann")
    assert [row.included for row in store.segments(doc_id)] == [True, False]
    store.undo("bob")
    store.undo("ann")
    store.undo("bob")
    assert said_of(store.undo("ann")) == "added a.txt (by ann)"


def test_undo_reaches_back_across_a_restart(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        doc_id = put(store, "a.txt", "Eins.")
        put(store, "a.txt", "Zwei.", doc_id=doc_id)
    with Store(tmp_path) as store:
        assert said_of(store.undo()) == "changed a.txt"
        assert texts(store, doc_id) == ["Eins."]
    with Store(tmp_path) as store:
        assert said_of(store.redo()) == "changed a.txt"
        assert texts(store, doc_id) == ["Zwei."]


NAMES = ("a.txt", "b.txt")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(NAMES), st.lists(st.sampled_from(["Ja.", "Nein.", "Doch."]))),
        st.tuples(st.just("remove"), st.sampled_from(NAMES)),
        st.tuples(st.just("language"), st.sampled_from(NAMES), st.sampled_from(["de", "nl"])),
        st.tuples(st.just("include"), st.sampled_from(NAMES), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("align"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("review"), st.integers(0, 3), st.sampled_from(Status)),
    ),
    max_size=25,
)


def apply(store: Store, change: tuple[Any, ...]) -> None:
    """Make a change where it is possible."""
    ids = {row.name: row.id for row in store.documents()}
    match change:
        case "put", name, sentences:
            put(store, name, *sentences, doc_id=ids.get(name))
        case "remove", name if name in ids:
            store.remove_document(ids[name])
        case "language", name, lang if name in ids:
            sentences = texts(store, ids[name])
            store.set_language(ids[name], lang, make(name, *sentences, lang=lang)[1])
        case "include", name, n, included if name in ids:
            store.set_included([row.id for row in store.segments(ids[name])[: n + 1]], included)
        case "align", n, m if len(ids) == 2:
            sizes = [len(store.segments(ids[name])) for name in NAMES]
            beads = [Bead((n,), (m,))] if n < sizes[0] and m < sizes[1] else []
            store.put_bitext(ids["a.txt"], ids["b.txt"], Bitext(tuple(beads), "", ""))
        case "review", n, status if store.aligned_pairs():
            beads = store.bitext(*store.aligned_pairs()[0]).beads  # type: ignore[union-attr,assignment]
            for stored in beads[n : n + 1]:
                review(store, stored.id, status)  # type: ignore[attr-defined]


def state(store: Store) -> object:
    """All that a user sees and all that undo covers; alignments are not the user's changes."""
    rows = store.documents()
    contents = [(store.document(row.id), store.segments(row.id)) for row in rows]
    return rows, contents, store.reviews(*(document_id(name) for name in NAMES))


@settings(max_examples=30)
@given(changes=CHANGES)
def test_undo_restores_every_earlier_state_and_redo_every_later_one(changes: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(folder) as store:
        states = [state(store)]
        for change in changes:
            apply(store, change)
            if len(store.changes(10_000)) == len(states):
                states.append(state(store))
        for earlier in reversed(states[:-1]):
            assert store.undo()
            assert state(store) == earlier
        assert store.undo() is None
        for later in states[1:]:
            assert store.redo()
            assert state(store) == later
        assert store.redo() is None


def test_translations_are_kept_by_model_direction_settings_and_text(tmp_path: Path) -> None:
    done = {
        "Ja.": Translation("Yes.", "m", TranslationState.RETRIED, ("loop",), -0.25),
        "": Translation("", "m"),
        "\ud800 half": Translation("half", "m", score=np.float32(-0.5)),  # type: ignore[arg-type]
    }
    with Store(tmp_path) as store:
        store.translations.put("m", "de-en", "s", done)
    with Store(tmp_path) as store:
        asked = ["Ja.", "", "Nein.", "\ud800 half", "Ja."]
        assert store.translations.get("m", "de-en", "s", asked) == done
        for key in (("n", "de-en", "s"), ("m", "fr-en", "s"), ("m", "de-en", "t")):
            assert store.translations.get(*key, asked) == {}


def vectors(n: int, dim: int = 8) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    rng = np.random.default_rng(0)
    return {f"text {i}": rng.standard_normal(dim).astype(np.float32) for i in range(n)}


def test_ten_thousand_vectors_come_back_bit_by_bit(store: Store) -> None:
    known = vectors(10_000)
    store.vectors.put("m@1", known)
    found = store.vectors.get("m@1", [*known, "unknown"])
    assert found.keys() == known.keys()
    assert all(np.array_equal(found[text], known[text]) for text in known)
    assert found["text 0"].dtype == np.float32 and found["text 0"].flags.writeable
    assert store.vectors.get("m@2", list(known)) == {}


def damage(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "workbench.sqlite")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("value", ["x'00'", "zeroblob(32)", "'text'", "1.5", "x''", "substr(vector, 1, 28)"], ids=str)
def test_a_damaged_vector_counts_as_absent_and_can_be_replaced(tmp_path: Path, value: str) -> None:
    known = vectors(3)
    with Store(tmp_path) as store:
        store.vectors.put("m", {text: known[text] for text in list(known)[:2]})
        damage(tmp_path, f"UPDATE embedding SET vector = {value} WHERE rowid = 1")
        assert list(store.vectors.get("m", list(known))) == ["text 1"]
        store.vectors.put("m", known)
        assert len(store.vectors.get("m", list(known))) == 3


def test_a_vector_that_is_not_finite_counts_as_absent(store: Store) -> None:
    store.vectors.put("m", {"a": np.array([1, np.nan], dtype=np.float32)})
    assert store.vectors.get("m", ["a"]) == {}


@pytest.mark.parametrize("damaged", ["state = 'unheard of'", "reasons = '['", "reasons = '3'"])
def test_a_damaged_translation_counts_as_absent(tmp_path: Path, damaged: str) -> None:
    with Store(tmp_path) as store:
        store.translations.put("m", "d", "s", {"a": Translation("A", "m")})
        damage(tmp_path, f"UPDATE translation SET {damaged}")
        assert store.translations.get("m", "d", "s", ["a"]) == {}


def test_threads_share_a_store(store: Store) -> None:
    errors: list[BaseException] = []

    def work(n: int) -> None:
        try:
            doc_id = put(store, f"{n}.txt", "Eins.", "Zwei.")
            for included in (False, True) * 10:
                store.set_included([store.segments(doc_id)[0].id], included)
                store.vectors.put("m", vectors(20))
                assert len(store.vectors.get("m", list(vectors(20)))) == 20
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(store.documents()) == 6
    assert len(store.changes(1000)) == 6 * 21


def test_two_stores_on_one_folder_see_each_other(store: Store) -> None:
    with Store(store.folder) as other:
        doc_id = put(store, "a.txt", "Eins.")
        assert texts(other, doc_id) == ["Eins."]
        other.remove_document(doc_id)
        assert store.documents() == []


WRITER = """
import sys
from workbench.datatypes import Document
from workbench.store import Store
for n in range(5):
    with Store(sys.argv[1]) as store:
        store.put_document(Document(f"{sys.argv[2]}-{n}", "", (), "txt", ""), (), "s")
"""


def test_processes_open_a_new_workspace_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(n)]) for n in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    with Store(folder) as store:
        assert len(store.documents()) == 20


def test_a_file_that_two_add_at_once_is_one_document_and_two_uploads_of_a_name_are_two(store: Store) -> None:
    place = Path("a.txt").resolve().as_posix()
    with Store(store.folder) as other:  # neither knew of the other when it read the file
        first, second = (each.put_document(*make("a.txt", "Eins."), place) for each in (store, other))
    assert (second.doc_id, second.change) == (first.doc_id, "unchanged")
    store.put_document(*make("a.txt", "Zwei."), "a.txt")
    assert [row.name for row in store.documents()] == ["a.txt", "a.txt (2)"]


def test_a_copy_of_the_closed_folder_is_the_same_workspace(tmp_path: Path) -> None:
    with Store(tmp_path / "one") as store:
        doc_id = put(store, "a.txt", "Eins.")
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["workbench.sqlite"]
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    with Store(tmp_path / "two") as copy:
        assert texts(copy, doc_id) == ["Eins."]


def test_a_copy_of_the_open_folder_is_the_same_workspace(store: Store, tmp_path: Path) -> None:
    doc_id = put(store, "a.txt", "Eins.")
    shutil.copytree(store.folder, tmp_path / "copy")
    with Store(tmp_path / "copy") as copy:
        assert texts(copy, doc_id) == ["Eins."]


def test_closing_completes_the_file_though_another_has_it_open(store: Store, tmp_path: Path) -> None:
    with Store(store.folder) as other:
        doc_id = put(other, "a.txt", "Eins.")
    (tmp_path / "copy").mkdir()
    shutil.copy(store.folder / "workbench.sqlite", tmp_path / "copy")
    with Store(tmp_path / "copy") as copy:
        assert texts(copy, doc_id) == ["Eins."]


def test_a_failed_change_leaves_nothing_behind(store: Store) -> None:
    document, segments = make("a.txt", "Eins.", "Zwei.")
    broken = [segments[0], replace(segments[1], text="half \ud800")]
    with pytest.raises(InputError, match="surrogate"):
        store.put_document(document, broken, "s")
    assert store.documents() == [] and store.changes() == []
    assert store.put_document(document, segments, "s").change == "added"


def test_a_newer_schema_says_to_upgrade(tmp_path: Path) -> None:
    Store(tmp_path).close()
    damage(tmp_path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="upgrade"):
        Store(tmp_path)


Names = tuple[list[str], list[str]]  # the ids of the segments of both documents


def put_early_document(old: sqlite3.Connection, number: int, doc: str, name: str, segments: Sequence[str]) -> None:
    """As the first schemas have it; `name`: what its segments begin with, and its file."""
    old.execute("INSERT INTO document VALUES (?, ?, ?, '2026', NULL)", (number, doc, f"{name}.txt"))
    old.execute(
        "INSERT INTO version VALUES (?, ?, 's', '', '[]', 'txt', '', 'de', '', 'utf-8', '{}', '[]', '')", (number, doc)
    )
    old.executemany(
        "INSERT INTO segment VALUES (?, ?, ?, ?, '[]', 'de', 'body', 0, '', NULL, '')",
        [(number, n, segment, f"{name}{n}") for n, segment in enumerate(segments)],
    )
    old.execute("UPDATE document SET version = ? WHERE number = ?", (number, number))
    old.execute(
        "INSERT INTO change VALUES (?, 'ann', '2026', ?, 'document', ?, ?, NULL, NULL)",
        (number, f"added {name}.txt", f'{{"{doc}": null}}', f'{{"{doc}": {number}}}'),
    )


def put_early_review(old: sqlite3.Connection, number: int, docs: tuple[str, str], bead: str, sides: Names) -> None:
    row = {
        "bead_id": bead,
        "src_doc": docs[0],
        "tgt_doc": docs[1],
        "src_segments": json.dumps(sides[0]),
        "tgt_segments": json.dumps(sides[1]),
        "status": "accepted",
        "reviewer": "ann",
        "reviewed_at": "2026",
    }
    old.execute("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?)", tuple(row.values()))
    old.execute(
        "INSERT INTO change VALUES (?, 'ann', '2026', 'accepted it', 'review', ?, ?, NULL, NULL)",
        (number, json.dumps({bead: None}), json.dumps({bead: row})),
    )


def make_early_workspace(path: Path, schema: int, docs: tuple[str, str], segments: Names) -> None:
    """Two documents of three segments each, linked one by one.

    The first link is accepted, and that the last segment of the second document has no counterpart.
    """
    src, tgt = segments
    links = [(bead_id(docs, pair), *pair) for pair in zip(src, tgt, strict=True)]
    database = Database(path, MIGRATIONS[: min(schema, 3)])
    with database.write() as old:
        put_early_document(old, 1, docs[0], "a", src)
        put_early_document(old, 2, docs[1], "b", tgt)
        old.execute("INSERT INTO bitext VALUES (1, ?, ?, 'related', 'sig', '', '', '2026')", docs)
        old.executemany(
            "INSERT INTO bead (bitext, position, id, src_segments, tgt_segments, score, confidence, reasons)"
            """ VALUES (1, ?, ?, ?, ?, 0.5, 0.25, '["close"]')""",
            [(n, name, json.dumps([a]), json.dumps([b])) for n, (name, a, b) in enumerate(links)],
        )
        put_early_review(old, 3, docs, links[0][0], ([src[0]], [tgt[0]]))
        put_early_review(old, 4, docs, bead_id(docs, tgt[2:]), ([], [tgt[2]]))
    database.close()


@pytest.mark.parametrize("schema", [1, 2, 3])  # in which beads had places
def test_a_workspace_of_an_early_schema_keeps_its_work(tmp_path: Path, schema: int) -> None:
    docs = document_id("a.txt"), document_id("b.txt")
    src, tgt = (segment_ids(doc, [f"{name}{n}" for n in range(3)]) for doc, name in zip(docs, "ab", strict=True))
    path = tmp_path / "workbench.sqlite"
    make_early_workspace(path, schema, docs, (src, tgt))
    Database(path, MIGRATIONS[:schema]).close()
    assert list(faults(path)) == []
    with Store(tmp_path) as store:
        assert list(faults(path)) == []
        found = store.bitext(*docs)
        assert found is not None
        assert [(b.bead.src, b.bead.tgt, b.bead.confidence, b.status) for b in found.beads] == [
            ((0,), (0,), 0.25, Status.ACCEPTED),
            ((1,), (1,), 0.25, Status.UNREVIEWED),
            ((2,), (), 0.0, Status.UNREVIEWED),
            ((), (2,), 0.0, Status.ACCEPTED),
        ]
        assert found.beads[0].bead.reasons == ("close",)
        assert (found.related, found.related_by) == (False, None)
        assert store.changes()[0].docs == docs
        review(store, found.beads[1].id, Status.REJECTED, "bob")
        assert store.state()[0] > 4
        for taken in ("accepted it", "accepted it"):
            assert said_of(store.undo("ann")) == f"{taken} (by ann)"
        with pytest.raises(ConflictError, match="bob"):
            store.undo("ann")
        store.undo("bob")
        assert said_of(store.undo("ann")) == "added b.txt (by ann)"
        assert [row.id for row in store.documents()] == [docs[0]]
        assert store.queue.ask("align", list(docs[:1])) in store.queue.jobs()


@pytest.mark.parametrize("schema", range(4, len(MIGRATIONS)))
def test_a_workspace_of_a_later_schema_keeps_its_work(tmp_path: Path, schema: int) -> None:
    database = Database(tmp_path / "workbench.sqlite", MIGRATIONS[:schema])
    doc, name = document_id("a.txt"), segment_ids(document_id("a.txt"), ["Eins."])[0]
    with database.write() as old:
        old.execute("INSERT INTO document (number, id, name, added_at) VALUES (1, ?, 'a.txt', '2026')", (doc,))
        old.execute(
            "INSERT INTO version (number, doc_id, source, text, blocks, format, sha256, lang, title, encoding,"
            " metadata, warnings, lang_override)"
            """ VALUES (1, ?, '', 'Eins.', '[["body", 0, 5, "", ""]]', 'txt', '', 'de', '', '', '{}', '[]', '')""",
            (doc,),
        )
        old.execute("INSERT INTO segment VALUES (1, 0, ?, 'Eins.', '[[0, 5]]', 'de', 'body', 0, '', NULL, '')", (name,))
        old.execute("UPDATE document SET version = 1")
    database.close()
    with Store(tmp_path) as store:
        document, segments = store.document(doc), [row.segment for row in store.segments(doc)]
        assert (document.blocks, store.documents()[0].layout) == ((Block(Kind.BODY, 0, 5),), "")
        assert store.put_document(document, segments, "s", doc).change == "unchanged"
        store.set_layout(doc, "captions", segments)
        assert store.documents()[0].layout == "captions"
        other = put(store, "b.txt", "One.")
        assert not link(store, doc, other, ((0,), (0,))).related
        store.say_related([(doc, other)], True, "said so", "ann")
        assert store.related_by(other, doc) == "ann"


def test_what_is_said_of_the_lines_of_a_document_stays_with_later_versions_and_can_be_undone(store: Store) -> None:
    doc = put(store, "a.txt", "Eins.")
    store.set_layout(doc, "captions", make("a.txt", "Eins.")[1])
    put(store, "a.txt", "Eins.", "Zwei.", doc_id=doc)
    store.split_segment(store.segments(doc)[0].id, 2)
    store.set_language(doc, "nl", make("a.txt", "Eins.", "Zwei.", lang="nl")[1])
    [row] = store.documents()
    assert (row.layout, row.lang_override, row.segments) == ("captions", "nl", 3)
    for _ in range(4):
        store.undo()
    assert store.documents()[0].layout == ""
    store.redo()
    assert store.documents()[0].layout == "captions"


def test_what_is_markup_in_a_document_is_kept(store: Store) -> None:
    document = replace(make("a.md", "*Eins*.")[0], blocks=(Block(Kind.BODY, 0, 7, skip=((0, 1), (5, 6))),))
    doc = store.put_document(document, [], "s").doc_id
    assert store.document(doc).blocks == document.blocks
    assert store.put_document(document, [], "s", doc).change == "unchanged"


def test_doubtful_links_are_hidden_as_null_beads_that_can_be_reviewed(store: Store) -> None:
    src, tgt = put(store, "a.txt", "Eins.", "Zwei."), put(store, "b.txt", "One.", "Two.")
    beads = (Bead((0,), (0,), 0.5, 0.9, ("close",), 0.3), Bead((1,), (1,), 0.5, 0.25))
    store.put_bitext(src, tgt, Bitext(beads, "related", "sig"))
    whole, part = store.bitext(src, tgt), store.bitext(src, tgt, 0.5)
    assert whole is not None and part is not None
    assert (whole.hidden, [stored.bead for stored in whole.beads]) == (0, list(beads))
    assert (part.hidden, [(b.bead.src, b.bead.tgt) for b in part.beads]) == (1, [((0,), (0,)), ((1,), ()), ((), (1,))])
    back = store.bitext(tgt, src, 0.5)
    assert back is not None and {b.id for b in back.beads} == {b.id for b in part.beads}

    review(store, whole.beads[1].id, Status.ACCEPTED, "ann")
    shown = store.bitext(src, tgt, 0.5)
    assert shown is not None and shown.hidden == 0
    store.undo("ann")
    review(store, part.beads[1].id, Status.ACCEPTED, "ann")
    for least in (0.0, 0.5):
        alone = store.bitext(src, tgt, least)
        assert alone is not None
        assert [b.status for b in alone.beads] == [Status.UNREVIEWED, Status.ACCEPTED, Status.UNREVIEWED]


def test_migrations_run_once_in_order_and_all_or_none(tmp_path: Path) -> None:
    path, tables = tmp_path / "db", "SELECT name FROM sqlite_master ORDER BY name"
    one, two = ("CREATE TABLE one (a)",), ("INSERT INTO one VALUES (1)", "CREATE TABLE two (a)")
    Database(path, [one]).close()
    with pytest.raises(StoreError, match="incomplete"):
        Database(path, [one, two, ("CREATE TABLE",)])
    database = Database(path, [one])
    with database.read() as connection:
        assert [row["name"] for row in connection.execute(tables)] == ["one"]
    database.close()
    for _ in range(2):
        database = Database(path, [one, two])
        with database.read() as connection:
            assert [tuple(row) for row in connection.execute("SELECT * FROM one")] == [(1,)]
        database.close()


def test_a_workspace_of_a_workbench_between_two_schemas_is_told_and_left_alone(tmp_path: Path) -> None:
    one, two = ("CREATE TABLE one (a)",), ("CREATE TABLE two (a)",)
    Database(tmp_path / "db", [two]).close()
    with pytest.raises(StoreError, match=r"schema 1, which has other tables \(table two already exists\).* export"):
        Database(tmp_path / "db", [one, two])
    Database(tmp_path / "db", [two]).close()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "workbench.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        Store(tmp_path)
    assert (tmp_path / "workbench.sqlite").read_bytes() == content


def test_a_file_damaged_in_the_middle_says_so(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        doc_id = put(store, "a.txt", *(f"Satz {n}." for n in range(2000)))
    file = tmp_path / "workbench.sqlite"
    data = bytearray(file.read_bytes())
    data[len(data) // 8 :] = b"\xa5" * (len(data) - len(data) // 8)
    file.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), Store(tmp_path) as store:
        store.segments(doc_id)
        store.documents()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    damage(tmp_path, "CREATE TABLE theirs (a)")
    before = (tmp_path / "workbench.sqlite").read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store(tmp_path)
    assert (tmp_path / "workbench.sqlite").read_bytes() == before


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        Store(tmp_path / "file" / "ws")
    (tmp_path / "ws" / "workbench.sqlite").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be written"):
        Store(tmp_path / "ws")


def test_a_closed_store_says_so_and_closes_twice(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.documents()


def test_a_spot_check_whose_estimates_came_without_reasons_is_read(tmp_path: Path) -> None:
    plan = {"population": 9, "limit": 0.05, "confidence": 0.95, "sequential": False, "sample": 9, "allowed": 0}
    about = {"name": "a", "docs": ["a"], "pair": False, "scheme": "grade", "plan": {**plan, "expected": 0.01}}
    judging = {"judges": [], "overlap": 0.0, "attention": 0, "blind": False, "prefill": True, "by": []}
    database = Database(tmp_path / "workbench.sqlite", MIGRATIONS[:6])
    with database.write() as old:
        said = json.dumps({**about, "seed": 1, **judging})
        old.execute("INSERT INTO campaign VALUES (1, ?, '[]', '[]', ?, 'Ada', '')", (said, '{"u": 0.25, "v": 1}'))
    database.close()
    with Store(tmp_path) as store:
        assert store.campaigns.get(1).estimates == {"u": 0.25, "v": 1} and not store.campaigns.get(1).reasons


def test_what_was_marked_and_not_judged_outlives_an_upgrade(tmp_path: Path) -> None:
    database = Database(tmp_path / "workbench.sqlite", MIGRATIONS[:9])
    with database.write() as old:
        old.execute("INSERT INTO campaign VALUES (1, '{}', '[]', '[]', '{}', '', '')")
        old.execute("""INSERT INTO draft VALUES (1, 'random', 'u', 'Ada', '{"note": "half done"}')""")
    database.close()
    with Store(tmp_path) as store:
        [draft] = store.campaigns.drafts(1, Stratum.RANDOM, "u", "Ada")
        assert draft.said == {"note": "half done"}
        [later] = store.campaigns.put_draft(1, Stratum.RANDOM, "u", "Ada", {"note": "done"}, draft.number)
        assert later.said == {"note": "done"}
