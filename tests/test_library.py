"""The pages Library, Matrix, Concordance and Export over a real workspace, as far as no browser is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from workbench.align.matrix import Matrix, Row
from workbench.concordance import Query, marked
from workbench.core import Workbench
from workbench.datatypes import Bead, Bitext, Document, Flag, Kind, Layout, Segment, Setup, Status
from workbench.errors import InputError
from workbench.store import Store
from workbench.ui import installed, passages, shares
from workbench.ui.answering import answer
from workbench.ui.feed import Feed
from workbench.ui.views import library
from workbench.wiring.listing import HEADER, listing
from workbench.wiring.views import MatrixView

TEXTS = {
    "letter.en.txt": ("en", ["The mill opens on Tuesday.", "It rained.", "<b>The end</b>", "Share this page"]),
    "lettre.fr.txt": ("fr", ["Le moulin ouvre mardi.", "La fin.", "Personne n'est venu."]),
    "carta.es.txt": ("es", ["El molino abre el martes.", "El fin."]),
}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """Three documents; of the last segment of the first it is said that it is furniture."""
    with Store(tmp_path / "kept") as store:
        for name, (lang, texts) in TEXTS.items():
            document = Document(name, "\n".join(texts), (), "txt", name, lang)
            segments = [Segment(text, ((0, len(text)),), lang, Kind.BODY, 0) for text in texts]
            if lang == "en":
                flagged = {"flag": Flag.FURNITURE, "reason": "a button"}
                segments[-1] = Segment(texts[-1], ((0, 1),), lang, Kind.FURNITURE, 0, **flagged)  # type: ignore[arg-type]
            store.put_document(document, segments, f"/nowhere/{name}")
    streamlit.cache_resource.clear()  # models that another test saw
    with Workbench(tmp_path / "kept", user="Ada") as workbench:
        monkeypatch.setattr("tests.test_library.OPEN", workbench, raising=False)
        yield workbench
    streamlit.cache_data.clear()


OPEN: Workbench


def align(bench: Workbench, *links: tuple[int, int, list[tuple[int, int, float]]]) -> list[str]:
    """Beads between documents by number, (source, target, confidence); the rest stands alone. Ids of the documents."""
    ids = [info.id for info in bench.documents()]
    for a, b, pairs in links:
        beads = [Bead((i,), (j,), 1.0, sure) for i, j, sure in pairs]
        sizes = len(bench.segments(ids[a])), len(bench.segments(ids[b]))
        beads += [Bead((i,), ()) for i in range(sizes[0]) if i not in {i for i, _, _ in pairs}]
        beads += [Bead((), (j,)) for j in range(sizes[1]) if j not in {j for _, j, _ in pairs}]
        bench._store.put_bitext(ids[a], ids[b], Bitext(tuple(beads), "Same text.", "test"))
    return ids


def align_all(bench: Workbench) -> list[str]:
    """All three share the mill; of the end, the French and the Spanish are linked elsewhere."""
    first = 0, 1, [(0, 0, 0.9), (2, 1, 0.9)]
    second = 0, 2, [(0, 0, 0.9), (2, 1, 0.8)]
    return align(bench, first, second, (1, 2, [(0, 0, 0.8), (2, 1, 0.6)]))


def library_app() -> None:
    from tests import test_library
    from workbench.ui import notes, undoing
    from workbench.ui.views import library

    with notes.guarded("drawing this page"):
        library.page(test_library.OPEN)
    notes.show()
    undoing.draw(test_library.OPEN)


def compare_app() -> None:
    from tests import test_library
    from workbench.ui.views import compare

    compare.page(test_library.OPEN)


def matrix_app() -> None:
    from tests import test_library
    from workbench.ui import notes
    from workbench.ui.views import matrix

    with notes.guarded("drawing this page"):
        matrix.page(test_library.OPEN)
    notes.show()


def concordance_app() -> None:
    from tests import test_library
    from workbench.ui import notes
    from workbench.ui.views import concordance

    with notes.guarded("drawing this page"):
        concordance.page(test_library.OPEN)
    notes.show()


def export_app() -> None:
    from tests import test_library
    from workbench.ui import notes
    from workbench.ui.views import exchange

    with notes.guarded("drawing this page"):
        exchange.page(test_library.OPEN)
    notes.show()


def opened(app: AppTest) -> AppTest:
    app.run(timeout=30)
    assert not app.exception
    assert not app.error
    return app


def drawn(app: AppTest) -> dict[str, list[dict[str, object]]]:
    [component] = app.get("bidi_component")
    data: dict[str, list[dict[str, object]]] = json.loads(component.proto.json)
    return data


def said(app: AppTest) -> str:
    return "\n".join(part.value for part in [*app.markdown, *app.info, *app.caption, *app.error]).replace("\\", "")


def texts_of(app: AppTest) -> list[list[str]]:
    """Rows of cells of a sheet, their lines joined."""
    rows = drawn(app)["rows"]
    return [["\n".join("".join(p for p, _ in line["pieces"]) for line in cell) for cell in row] for row in rows]  # type: ignore[attr-defined]


# -- Library


def test_the_library_says_what_is_left_out(bench: Workbench) -> None:
    text = said(opened(AppTest.from_function(library_app)))
    assert "English, TXT · 4 passages · 1 left out (1 piece of page furniture)" in text


def test_ticked_documents_are_translated_or_aligned_in_the_background(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[str]]] = []
    monkeypatch.setattr("workbench.ui.working.start", lambda bench, kind, refs: asked.append((kind, list(refs))))
    app = opened(AppTest.from_function(library_app))
    ids = [info.id for info in bench.documents()]
    for key in ids[:2]:
        app.checkbox(key=f"choose-{key}").check()
    app.run()
    next(found for found in app.button if found.label == "Align with each other").click().run()
    app.checkbox(key=f"choose-{ids[0]}").uncheck().run()
    next(found for found in app.button if found.label == "Translate").click().run()
    app.multiselect(key="library_others").set_value([ids[2]]).run()
    next(found for found in app.button if found.label == "Align").click().run()
    assert asked == [("align", ids[:2]), ("translate", [ids[1]]), ("align", [ids[1], ids[2]])]


def test_what_comes_next_stands_out(bench: Workbench) -> None:
    def primary(ids: list[str]) -> list[str]:
        app = opened(AppTest.from_function(library_app))
        for key in ids:
            app.checkbox(key=f"choose-{key}").check()
        names = {"Align with each other", "Compare"}
        return [found.label for found in app.run().button if found.label in names and found.proto.type == "primary"]

    ids = [info.id for info in bench.documents()]
    align(bench, (0, 1, [(0, 0, 0.9)]))
    assert primary(ids[:2]) == ["Compare"]
    assert primary(ids) == ["Align with each other"]


def test_what_no_model_translates_is_said_before_translate_is_pressed(bench: Workbench) -> None:
    polish = bench.add_bytes(b"Deszcz pada na dachy. Nikt nie wychodzi z domu.", "deszcz.txt", "pl").doc_id
    texts = b"Le moulin est vieux.\n\nDeszcz pada na dachy, nikt nie wychodzi z domu."
    mixed = bench.add_bytes(texts, "both.txt").doc_id
    english = bench.documents()[0].id
    app = opened(AppTest.from_function(library_app))

    def is_offered(*docs: str | None) -> bool:
        for info in bench.documents():
            app.checkbox(key=f"choose-{info.id}").set_value(info.id in docs)
        app.run()
        return not next(found for found in app.button if found.label == "Translate").disabled

    assert not is_offered(polish)
    assert "deszcz.txt: no model here translates Polish: the page About says how to get one." in said(app)
    assert is_offered(polish, mixed)
    assert "deszcz.txt, both.txt: no model here translates Polish" in said(app)
    assert not is_offered(english)
    assert "no model here translates" not in said(app)


def test_what_is_said_to_a_screen_reader_tells_documents_of_one_title_apart(bench: Workbench) -> None:
    for name in ("first.md", "second.md"):
        bench.add_bytes(b"# The mill\n\nIt opens on " + name.encode(), name, "en")
    app = opened(AppTest.from_function(library_app))
    named = [button.label for button in app.button if "document" in button.label]
    for labels in (named, [box.label for box in app.checkbox], [box.label for box in app.selectbox]):
        assert len(set(labels)) == len(labels) >= 5


def test_a_document_can_be_in_any_language_and_a_slip_of_the_hand_is_undone(bench: Workbench) -> None:
    doc = bench.documents()[1].id
    app = opened(AppTest.from_function(library_app))
    app.selectbox(key=f"language-{doc}-fr").set_value("tn").run()
    assert "Language of lettre.fr.txt: Tswana." in said(app)
    next(found for found in app.button if found.label == "Undo").click().run()
    assert bench.documents()[1].lang == "fr"
    app.selectbox(key=f"layout-{doc}-").set_value(Layout.PARAGRAPHS).run()
    assert "Kind of text of lettre.fr.txt: a paragraph a line." in said(app)
    next(found for found in app.button if found.label == "Undo").click().run()
    assert bench.documents()[1].layout == ""


def test_a_link_opens_a_document_at_a_passage(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "PASSAGES_A_PAGE", 2)
    app = AppTest.from_function(library_app)
    app.query_params["doc"], app.query_params["passage"] = bench.documents()[0].id, "3"
    data = drawn(opened(app))
    assert [shown["text"] for shown in data["passages"]] == ["<b>The end</b>", "Share this page"]
    assert data["target"] == 3
    app.text_input(key="passages_find").set_value("TUESDAY").run()
    assert [shown["number"] for shown in drawn(app)["passages"]] == [1]


def test_a_document_of_thousands_of_passages_is_sent_a_page_at_a_time(bench: Workbench) -> None:
    added = bench.add_bytes(
        "\n\n".join(f"Sentence number {n} is here." for n in range(3000)).encode(), "long.txt", "en"
    )
    app = AppTest.from_function(library_app)
    app.query_params["doc"] = added.doc_id
    assert len(drawn(opened(app))["passages"]) == library.PASSAGES_A_PAGE


def test_a_document_that_no_model_translates_says_how_to_get_one_and_its_passages_do_not_say_yet(
    bench: Workbench,
) -> None:
    added = bench.add_bytes(b"Deszcz pada na dachy. Nikt nie wychodzi z domu.", "deszcz.txt", "pl")
    app = AppTest.from_function(library_app)
    app.query_params["doc"] = added.doc_id
    assert "no model here translates Polish: the page About says how to get one" in said(opened(app))
    assert {shown["note"] for shown in drawn(app)["passages"]} == {"no model here translates Polish"}


def test_passages_left_out_for_one_cause_come_back_together(bench: Workbench) -> None:
    doc = bench.documents()[1].id
    ids = [view.id for view in bench.segments(doc)]
    bench.set_included(ids[:2], False)
    views = bench.segments(doc)
    data = passages.payload(views, views, "Passages", None, installed.untranslated)["passages"]
    assert [(shown["out"], shown["run"]) for shown in data] == [
        ("left out by hand", ids[:2]),
        ("left out by hand", []),
        ("", []),
    ]
    assert [view.id for view in passages.shown(views, passages.LEFT_OUT, None)] == ids[:2]
    assert passages.shown(views, passages.TAKING_PART, {ids[0]}) == []


def test_an_empty_workspace_offers_the_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr("workbench.ui.working.start", lambda bench, kind, refs: asked.append((kind, len(refs))))
    with Workbench(tmp_path / "empty") as workbench:
        monkeypatch.setattr("tests.test_library.OPEN", workbench, raising=False)
        app = opened(AppTest.from_function(compare_app))
        assert all(word in said(app) for word in ("Add", "Align", "Compare"))
        next(found for found in app.button if "sample" in found.label).click().run(timeout=60)
        names = {info.id: info.name for info in workbench.documents()}
        assert len(names) == 5
        assert asked == [("align", 5)]
        # Not the report and the transcript, which share so little that the bundled models find nothing to show.
        assert [names[doc] for doc in app.multiselect[0].value] == ["interview.en.md", "interview.fr.md"]


# -- Matrix


def test_the_matrix_opens_with_what_is_shared_and_leads_to_compare(bench: Workbench) -> None:
    ids = align_all(bench)
    app = opened(AppTest.from_function(matrix_app))
    rows = texts_of(app)
    assert rows[0][1:] == [
        "The mill opens on Tuesday.",
        "Le moulin ouvre mardi.",
        "El molino abre el martes.",
    ]
    assert rows[0][0].startswith("sure\nall 3 pairs agree")
    [link] = [line["href"] for line in drawn(app)["rows"][0][0] if line["href"]]  # type: ignore[index]
    assert link.startswith(f"./?docs={'%2C'.join(ids)}&pair=")
    pair = bench.pair(ids[0], ids[1])
    assert pair is not None
    assert link.rsplit("=", 1)[1] in [bead.id for bead in pair.beads if not bead.bead.is_null]


def test_the_matrix_opens_with_documents_that_share_something_with_each_other(bench: Workbench) -> None:
    bench.add_bytes(b"Vespers.\n\nEl molino abre.", "nota.es.txt", "es")
    nothing = [(a, b, []) for a, b in ((0, 2), (0, 3), (1, 2), (1, 3))]
    ids = align(bench, (0, 1, [(0, 0, 0.9)]), *nothing, (2, 3, [(0, 1, 0.9)]))  # type: ignore[arg-type]
    app = opened(AppTest.from_function(matrix_app))
    assert app.multiselect[0].value == ids[2:]


def test_the_matrix_says_where_alignments_disagree(bench: Workbench) -> None:
    align_all(bench)
    app = opened(AppTest.from_function(matrix_app))
    app.selectbox(key="matrix_what").set_value(shares.DISPUTED).run()
    assert "1 link is in no row: a surer one contradicts it." in said(app)
    assert [row[1:] for row in texts_of(app)] == [["<b>The end</b>", "La fin.", "El fin."]]
    assert "1 says otherwise" in texts_of(app)[0][0]


def test_wherever_english_is_shown_it_is_said_that_a_draft_model_made_it(bench: Workbench) -> None:
    ids = align_all(bench)
    heads = [column["detail"] for column in drawn(opened(AppTest.from_function(matrix_app)))["columns"]]
    assert heads[1:] == ["English", "French · English by a draft model", "Spanish · English by a draft model"]
    found, listed = AppTest.from_function(concordance_app), AppTest.from_function(library_app)
    found.query_params["q"], listed.query_params["doc"] = "moulin", ids[1]
    names = {info.id: info.name for info in bench.documents()}
    assert f"{names[ids[1]]}, {names[ids[2]]}: English by a draft model." in said(opened(found))
    assert "English by a draft model." in said(opened(listed))


def test_the_matrix_says_that_what_is_linked_is_too_doubtful_to_be_shown(bench: Workbench) -> None:
    align(bench, (0, 1, [(0, 0, 0.1)]))
    assert "No link between these documents is sure enough" in said(opened(AppTest.from_function(matrix_app)))


def test_two_documents_are_not_said_to_dispute_anything(bench: Workbench) -> None:
    align(bench, (0, 1, [(0, 0, 0.9)]))
    app = opened(AppTest.from_function(matrix_app))
    assert app.selectbox(key="matrix_what").options[:2] == ["shared by both", "everything"]
    assert not any("disputed" in option for box in app.selectbox for option in box.options)


def test_the_matrix_is_filtered_by_kind_and_words(bench: Workbench) -> None:
    ids = align_all(bench)
    app = opened(AppTest.from_function(matrix_app))
    app.selectbox(key="matrix_what").set_value(shares.ALONE + ids[0]).run()
    assert [row[1] for row in texts_of(app)] == ["It rained."]
    app.selectbox(key="matrix_what").set_value(shares.EVERYTHING).run()
    app.text_input(key="matrix_text").set_value("moulin").run()
    assert [row[2] for row in texts_of(app)] == ["Le moulin ouvre mardi."]
    app.text_input(key="matrix_text").set_value("nowhere").run()
    assert "No row is like this" in said(app)


def test_rejecting_a_link_changes_the_matrix(bench: Workbench) -> None:
    ids = align(bench, (0, 1, [(0, 0, 0.9)]))
    assert max(len(shares.documents_of(row)) for row in bench.matrix(ids[:2]).matrix.rows) == 2
    pair = bench.pair(ids[0], ids[1])
    assert pair is not None
    bench.review(next(bead.id for bead in pair.beads if not bead.bead.is_null), Status.REJECTED)
    assert max(len(shares.documents_of(row)) for row in bench.matrix(ids[:2]).matrix.rows) == 1


def test_of_many_documents_it_is_said_that_none_is_called_like_what_was_typed(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "DOCUMENTS_A_PAGE", 2)
    app = opened(AppTest.from_function(library_app))
    app.text_input(key="library_find").set_value(" Lettre ").run()
    assert [box.key for box in app.checkbox] == [f"choose-{bench.documents()[1].id}"]
    app.text_input(key="library_find").set_value("nowhere").run()
    assert not app.checkbox
    assert "No document has “nowhere” in its name or title." in said(app)


def test_of_what_is_taken_back_it_is_said_in_which_documents_where_that_is_not_plain(bench: Workbench) -> None:
    ids = align_all(bench)
    pair = bench.pair(ids[1], ids[2])
    assert pair is not None
    bench.review(next(view.id for view in pair.beads if not view.bead.is_null), Status.ACCEPTED)

    def told(docs: list[str], do: str) -> str:
        feed = Feed(bench, tuple(docs))
        answer(feed, {"session": feed.session, "have": feed.last, "requests": [{"n": 1, "do": do}]})
        return str(feed.data()["messages"][-1]["said"])

    where = "accepted the link of passage 1 with 1 (by Ada), in lettre.fr.txt and carta.es.txt."
    assert told(ids[:2], "undo") == f"Undone: {where}"
    assert told(ids, "redo") == f"Done again: {where}"
    assert told(ids[1:], "undo") == "Undone: accepted the link of passage 1 with 1 (by Ada)."


def test_what_somebody_said_has_no_counterpart_is_a_contradiction_in_the_matrix(bench: Workbench) -> None:
    ids = align_all(bench)
    pair = bench.pair(ids[0], ids[1])
    assert pair is not None
    mill = next(view.id for view in pair.beads if view.bead.src == view.bead.tgt == (0,))
    before = bench.matrix(ids).matrix
    bench.unlink(mill)
    matrix = bench.matrix(ids).matrix
    assert matrix.broken > before.broken
    assert next(row for row in matrix.rows if row.cells[0] == (0,)).cells == ((0,), (), (0,))
    bench.undo()
    bench.review(mill, Status.REJECTED)
    assert bench.matrix(ids).matrix == matrix


def row(*cells: tuple[int, ...], sure: float = 0.9, agreed: int = 0, against: int = 0) -> Row:
    return Row(cells, sure, agreed, against)


def test_rows_are_sorted_by_sharing_and_by_dispute() -> None:
    alone, two, three = row((0,), (), ()), row((1,), (1,), (), agreed=1), row((2,), (2,), (2,), agreed=2, against=1)
    assert shares.by_sharing([alone, two, three]) == [three, two, alone]
    assert shares.by_agreement([alone, two, three]) == [three, two, alone]


def test_a_row_says_how_far_it_can_be_trusted(bench: Workbench) -> None:
    view = MatrixView(tuple(bench.documents()), Matrix((), 0, 0, 0, 0), {})
    assert shares.standing(view, row((0,), (), ())) == ("", "only in letter.en.txt")
    assert shares.standing(view, row((0,), (0,), (), sure=0.6, agreed=1)) == ("likely", "")
    assert shares.standing(view, row((0,), (0,), (0,), agreed=3)) == ("sure", "all 3 pairs agree")
    told = "1 of 3 pairs agrees, 1 says otherwise, 1 is silent"
    assert shares.standing(view, row((0,), (0,), (0,), agreed=1, against=1)) == ("sure", told)


def test_how_the_alignments_agree_is_told_in_words() -> None:
    assert shares.summary(Matrix((), 0, 0, 0, 0)) == ""
    told = shares.summary(Matrix((), 9, 1, 2, 3))
    assert "agrees in 9 of 10 cases (90%); in 2 it says nothing." in told
    assert "3 links are in no row" in told


def test_the_table_is_what_is_shown(bench: Workbench) -> None:
    ids = align_all(bench)
    view = bench.matrix(ids)
    texts = [{item.index: item for item in bench.segments(key)} for key in ids]
    rows = shares.shown(view, view.matrix.rows, shares.BY_ALL, None)
    [first, *_] = shares.table(rows, texts, english=False)
    cells = ["1", "The mill opens on Tuesday.", "1", "Le moulin ouvre mardi.", "1", "El molino abre el martes."]
    assert first == [3, 0.8, 3, 0, *cells]
    assert shares.header(view)[-2:] == ["carta.es.txt: passages", "carta.es.txt"] and len(shares.header(view)) == 10


def test_how_sure_a_row_is_is_told_only_where_there_is_a_link_and_what_was_accepted_is_sure(bench: Workbench) -> None:
    ids = align(bench, (0, 1, [(0, 0, 0.9), (2, 1, 0.05)]))[:2]
    pair = bench.pair(*ids, 0.0)
    assert pair is not None
    bench.review(next(view.id for view in pair.beads if view.bead.confidence == 0.05), Status.ACCEPTED)
    view = bench.matrix(ids)
    texts = [{item.index: item for item in bench.segments(key)} for key in ids]
    rows = shares.table(view.matrix.rows, texts, english=False)
    assert {(row[1], row[5]) for row in rows} == {
        (0.9, "The mill opens on Tuesday."),
        ("", "It rained."),
        (1.0, "<b>The end</b>"),
        ("", ""),
    }


# -- Concordance


def test_a_hit_shows_its_counterparts_and_leads_to_them(bench: Workbench) -> None:
    ids = align_all(bench)
    app = AppTest.from_function(concordance_app)
    app.query_params["q"] = "MOULIN"
    [[where, context, others]] = texts_of(opened(app))
    assert (where, context) == ("lettre.fr.txt\npassage 1", "Le moulin ouvre mardi.")
    assert "letter.en.txt · sure\nThe mill opens on Tuesday." in others
    assert "carta.es.txt · sure\nEl molino abre el martes." in others
    [_, text, linked] = drawn(app)["rows"][0]  # type: ignore[misc]
    assert text[0]["pieces"] == [["Le ", False], ["moulin", True], [" ouvre mardi.", False]]
    assert text[0]["lang"] == "fr"
    assert any(line["href"].startswith(f"./?docs={ids[1]}%2C{ids[0]}&pair=") for line in linked)
    assert app.query_params["q"] == "MOULIN"


def test_a_place_is_one_row_of_a_file_with_all_its_counterparts(bench: Workbench) -> None:
    ids = align_all(bench)
    hits = bench.concordance(Query("moulin"))
    accepted, _ = bench.counterparts([hit.passage for hit in hits])[hits[0].passage.id]
    bench.review(accepted.bead_id, Status.ACCEPTED)
    linked = bench.counterparts([hit.passage for hit in hits])
    [row] = listing(hits, linked, {info.id: info.name for info in bench.documents()}, 40)
    assert row[HEADER.index("counterparts")] == (
        "letter.en.txt: The mill opens on Tuesday. | carta.es.txt: El molino abre el martes."
    )
    assert (row[HEADER.index("confidence")], row[HEADER.index("status")]) == ("0.9 | 0.8", "accepted | unreviewed")
    [row] = listing(bench.concordance(Query("rained")), {}, dict.fromkeys(ids, "letter"), 40)
    assert row[HEADER.index("counterparts") :] == ["", "", "", ""]


def test_what_was_accepted_says_so_whatever_a_machine_thought_of_it(bench: Workbench) -> None:
    ids = align(bench, (0, 1, [(0, 0, 0.05)]))
    pair = bench.pair(ids[0], ids[1], 0.0)
    assert pair is not None
    bench.review(next(view.id for view in pair.beads if not view.bead.is_null), Status.ACCEPTED)
    app = AppTest.from_function(concordance_app)
    app.query_params["q"] = "moulin"
    [[_, _, others]] = texts_of(opened(app))
    assert others.startswith("letter.en.txt · accepted\n")
    app = AppTest.from_function(export_app, default_timeout=30)
    app.session_state["export_docs"] = ids[:2]
    assert texts_of(opened(app))[0][0] == "accepted"


def test_pages_say_who_translated_but_not_of_what_is_judged_blindly(bench: Workbench) -> None:
    ids = align_all(bench)
    mill = bench.segments(ids[1])[0]
    bench.edit_translation(mill.id, "The windmill opens on Tuesday.")

    def told() -> list[object]:
        """What the English says of itself: in the matrix, as a hit and as a counterpart, in the Library."""
        matrix = AppTest.from_function(matrix_app)
        hit, counterpart = (AppTest.from_function(concordance_app) for _ in range(2))
        hit.query_params["q"], counterpart.query_params["q"] = "moulin", "opens on"
        sheets = [drawn(opened(app))["rows"] for app in (matrix, hit, counterpart)]
        lines = [[line for row in rows for cell in row for line in cell] for rows in sheets]
        english = [[line["title"] for line in found if line["look"] == "english"] for found in lines]  # type: ignore[index]
        shown = bench.shown_segments(ids[1])
        listed = passages.payload(shown, shown[:1], "", None, installed.untranslated)["passages"]
        return [*english, [listed[0]["by"]]]

    by = "Written by Ada"
    assert told() == [[by], [by], [by, by], [by]]
    plan = bench.spotchecks.plan([ids[1]], False, 0.5, 0.9)
    bench.spotchecks.start([ids[1]], plan, Setup(suspects=0, blind=True))
    assert told() == [[""], [""], ["", ""], [""]]


def test_a_hit_without_a_counterpart_says_why(bench: Workbench) -> None:
    align(bench, (0, 1, [(0, 0, 0.9)]))

    def why(phrase: str) -> str:
        app = AppTest.from_function(concordance_app)
        app.query_params["q"] = phrase
        [[_, _, others]] = texts_of(opened(app))
        return others

    assert why("rained") == "no counterpart"
    assert why("molino") == "not aligned yet"
    assert why("Share this") == "left out: page furniture"


def test_the_concordance_can_be_narrowed(bench: Workbench) -> None:
    app = opened(AppTest.from_function(concordance_app))
    assert "Type a word" in said(app)
    app.text_input(key="concordance_phrase").set_value("fin").run()
    assert [row[0] for row in texts_of(app)] == ["lettre.fr.txt\npassage 2", "carta.es.txt\npassage 2"]
    app.multiselect(key="concordance_langs").set_value(["es"]).run()
    assert [row[0] for row in texts_of(app)] == ["carta.es.txt\npassage 2"]
    app.toggle(key="concordance_case").set_value(True).run()
    app.text_input(key="concordance_phrase").set_value("FIN").run()
    assert "No passage has “FIN”." in said(app)


def test_rejected_and_doubtful_links_are_no_counterparts(bench: Workbench) -> None:
    ids = align(bench, (0, 1, [(0, 0, 0.9), (1, 2, 0.05)]))
    [mill] = bench.concordance(Query("mill"))
    [rain] = bench.concordance(Query("rained"))
    assert bench.counterparts([rain.passage]) == {}
    [found] = bench.counterparts([mill.passage])[mill.passage.id]
    assert (found.doc, found.confidence, [each.text for each in found.passages]) == (
        ids[1],
        0.9,
        ["Le moulin ouvre mardi."],
    )
    assert bench.counterparts([rain.passage], least=0.0)[rain.passage.id][0].doc == ids[1]
    bench.review(found.bead_id, Status.REJECTED)
    assert bench.counterparts([mill.passage]) == {}


@pytest.mark.parametrize("accepted", [True, False])
def test_counterparts_are_the_links_that_the_pair_shows(bench: Workbench, accepted: bool) -> None:
    ids = align_all(bench)
    pair = bench.pair(ids[0], ids[1])
    assert pair is not None
    bench.review(pair.beads[0].id, Status.ACCEPTED if accepted else Status.REJECTED)
    every = [hit.passage for word in ("e", "o", "i") for hit in bench.concordance(Query(word))]
    told = bench.counterparts(every)
    for a, b in combinations(ids, 2):
        view = bench.pair(a, b)
        assert view is not None
        links = {bead.id for bead in view.beads if not bead.bead.is_null and bead.status is not Status.REJECTED}
        known = {view.id for view in bench.segments(a)}
        assert {each.bead_id for key, some in told.items() if key in known for each in some if each.doc == b} == links


def test_new_documents_are_found_at_once(bench: Workbench) -> None:
    assert bench.concordance(Query("heron")) == []
    bench.add_bytes(b"A heron stood there.", "birds.txt", "en")
    assert len(bench.concordance(Query("heron"))) == 1
    with pytest.raises(InputError):
        bench.concordance(Query("heron"), langs=["no such tag"])


def test_long_passages_are_shown_around_their_hits() -> None:
    text = "a" * 50 + "HIT" + "b" * 50 + "HIT" + "c" * 50
    pieces = marked(text, [(50, 53), (103, 106)], 10)
    assert [piece for piece, is_hit in pieces if is_hit] == ["HIT", "HIT"]
    assert "".join(piece for piece, _ in pieces) == f" … {'a' * 10}HIT{'b' * 10} … {'b' * 10}HIT{'c' * 10} …"
    assert marked("short HIT", [(6, 9)], 10) == (("short ", False), ("HIT", True))
    assert marked("c" * 30, [], 10) == (("c" * 20 + " …", False),)


# -- Export


def test_export_begins_with_a_pair_and_shows_a_document_beside_its_english(bench: Workbench) -> None:
    ids = align(bench, (0, 1, [(0, 0, 0.9)]), (0, 2, [(0, 0, 0.8)]))
    bench.edit_translation(bench.segments(ids[1])[0].id, "The windmill opens on Tuesday.")
    app = opened(AppTest.from_function(export_app, default_timeout=30))
    assert app.multiselect(key="export_docs").value == [ids[0], ids[2]]
    assert texts_of(app)[0] == ["sure\nunreviewed", "The mill opens on Tuesday.", "El molino abre el martes."]
    app.multiselect(key="export_docs").set_value([ids[1]]).run()
    assert [column["name"] for column in drawn(app)["columns"]] == ["Status", "lettre.fr.txt", "English"]
    assert [column["detail"] for column in drawn(app)["columns"]] == ["", "", "English by a draft model"]
    assert texts_of(app) == [["accepted", "Le moulin ouvre mardi.", "The windmill opens on Tuesday."]]
    app.multiselect(key="export_docs").set_value([ids[0]]).run()
    assert "Add another document to export what the two share." in said(app)  # it is English itself
    app.multiselect(key="export_docs").set_value([ids[1]]).run()
    plan = bench.spotchecks.plan([ids[1]], False, 0.5, 0.9)
    bench.spotchecks.start([ids[1]], plan, Setup(suspects=0, blind=True))
    assert "The file keeps that back too." in said(app.run())
    assert texts_of(app)[0][0] == "unreviewed"
