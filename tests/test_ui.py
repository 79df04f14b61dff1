"""The pages without a browser: what stands where, and what the page logic says and does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.fakes import FakeWorkbench, job, passage, sample
from tests.support import ROOT, absent, finish_jobs, worker_ended
from workbench.core import Workbench
from workbench.datatypes import Bead, Flag, Status, Translation, TranslationState
from workbench.errors import InputError
from workbench.jobs.locks import try_work
from workbench.store import JobState
from workbench.ui import launch, rows, words, working

# -- rows


def columns(bench: FakeWorkbench, *docs: str) -> list[rows.Column]:
    known = {info.id: info for info in bench.documents()}
    return [rows.Column(known[doc], tuple(bench.segments(doc))) for doc in docs]


def table(bench: FakeWorkbench, *docs: str) -> list[rows.Row]:
    pairs = [view for pair in bench.aligned if set(pair) <= set(docs) and (view := bench.pair(*pair))]
    chosen = columns(bench, *docs)
    return rows.table(chosen, rows.links(chosen, pairs))


def shown(row: rows.Row) -> list[list[tuple[str, tuple[int, ...]]]]:
    return [[(run.kind, run.indices) for run in cell] for cell in row.cells]


def test_counterparts_face_each_other_in_the_order_of_the_first_document() -> None:
    got = [shown(row) for row in table(sample(), "fr", "zh")]
    assert got == [
        [[], [("only", (0,))]],
        [[("linked", (0,))], [("linked", (3,))]],
        [[], [("only", (4,))]],
        [[("linked", (1,))], [("linked", (2,))]],
        [[("only", (2,))], []],
        [[("linked", (3,))], [("linked", (1,))]],
        [[("only", (4,)), ("out", (5, 6)), ("out", (7,))], []],
    ]


def test_the_documents_can_be_shown_the_other_way_round_than_they_were_aligned() -> None:
    got = [shown(row) for row in table(sample(), "zh", "fr") if row.links]
    assert got == [
        [[("linked", (1,))], [("linked", (3,))]],
        [[("linked", (2,))], [("linked", (1,))]],
        [[("linked", (3,))], [("linked", (0,))]],
    ]


def test_passages_told_out_of_step_are_marked_as_moved() -> None:
    links = [link for row in table(sample(), "fr", "zh") for link in row.links]
    assert [(link.left, link.moved) for link in links] == [((0,), True), ((1,), True), ((3,), False)]


def test_a_third_document_joins_the_rows_of_the_first() -> None:
    bench = sample()
    bench.aligned = [("fr", "zh"), ("fr", "en"), ("zh", "en")]
    got = [(shown(row), len(row.links)) for row in table(bench, "fr", "zh", "en") if row.links]
    assert got[0] == ([[("linked", (0,))], [("linked", (3,))], [("linked", (0,))]], 3)
    assert got[1] == ([[("linked", (1,))], [("linked", (2,))], []], 1)
    assert got[2] == ([[("linked", (3,))], [("linked", (1,))], [("linked", (1,))]], 2)


def test_what_only_two_later_documents_share_is_a_row_without_the_first() -> None:
    bench = sample()
    bench.links = {("zh", "en"): [((4,), (2,), 0.9)]}
    bench.aligned = [("fr", "zh"), ("zh", "en")]
    [row] = [row for row in table(bench, "fr", "zh", "en") if row.links]
    assert shown(row) == [[], [("linked", (4,))], [("linked", (2,))]]


def test_a_chain_of_links_does_not_pull_two_rows_of_the_first_document_into_one() -> None:
    bench = sample()
    bench.links = {
        ("fr", "zh"): [((0,), (0,), 0.9)],
        ("fr", "en"): [((1,), (1,), 0.9)],
        ("zh", "en"): [((0,), (1,), 0.9)],
    }
    bench.aligned = list(bench.links)
    got = [shown(row) for row in table(bench, "fr", "zh", "en") if row.links]
    assert [row[0] for row in got] == [[("linked", (0,))], [("linked", (1,))]]


def test_a_rejected_link_stays_in_sight_and_counts_for_nothing() -> None:
    bench = sample()
    bench.review("fr0xzh3", Status.REJECTED)
    data = rows.payload(columns(bench, "fr", "zh"), [bench.pair("fr", "zh")])
    assert [link["status"] for row in data["rows"] for link in row["links"]].count("rejected") == 1
    assert data["columns"][0]["coverage"] == "2 of 5 passages have a counterpart"


def test_left_out_passages_say_why_and_brought_back_ones_stand_with_the_others() -> None:
    bench = sample()
    data = rows.payload(columns(bench, "fr"), [])
    outs = [run for row in data["rows"] for run in row["cells"][0] if run["kind"] == "out"]
    assert [(out["label"], out["reasons"]) for out in outs] == [
        ("a copy of other passages", ["a copy of passages 1 and 2"]),
        ("reader comments", ["below the heading Comments"]),
    ]
    bench.set_included(["fr-7"], True)
    kinds = [run["kind"] for row in rows.payload(columns(bench, "fr"), [])["rows"] for run in row["cells"][0]]
    assert kinds == ["only", "out", "only"]


def test_a_document_that_is_not_aligned_is_not_said_to_stand_alone() -> None:
    bench = sample()
    data = rows.payload(columns(bench, "fr", "zh", "en"), [bench.pair("fr", "zh")])
    assert [column["aligned"] for column in data["columns"]] == [True, True, False]


def test_a_long_gap_is_cut_so_that_a_browser_need_not_draw_it_at_once() -> None:
    bench = FakeWorkbench()
    bench.put("a", "a.txt", "en", [passage("a", at, f"passage {at}") for at in range(100)])
    got = table(bench, "a")
    assert len(got) > 3
    assert [index for row in got for run in row.cells[0] for index in run.indices] == list(range(100))


def test_a_bead_of_passages_that_are_gone_is_left_aside() -> None:
    bench = sample()
    pair = bench.pair("fr", "zh")
    bench.texts["zh"] = bench.texts["zh"][:2]
    assert pair is not None
    assert len(rows.links(columns(bench, "fr", "zh"), [pair])) == 1


@st.composite
def benches(draw: st.DrawFn) -> FakeWorkbench:
    bench, sizes = FakeWorkbench(), draw(st.lists(st.integers(0, 8), min_size=2, max_size=4))
    for number, total in enumerate(sizes):
        doc, flags = f"d{number}", st.sampled_from([None, None, *Flag])
        bench.put(doc, doc, "en", [passage(doc, at, f"{at}", flag=draw(flags)) for at in range(total)])
    for a in range(len(sizes)):
        for b in range(a + 1, len(sizes)):
            left, right = draw(st.permutations(range(sizes[a]))), draw(st.permutations(range(sizes[b])))
            known = list(zip(left, right, strict=False))[: draw(st.integers(0, 8))]
            bench.links[f"d{a}", f"d{b}"] = [((i,), (j,), 0.9) for i, j in known]
            bench.aligned.append((f"d{a}", f"d{b}"))
    return bench


@given(benches())
def test_every_passage_stands_in_exactly_one_place(bench: FakeWorkbench) -> None:
    got = table(bench, *bench.texts)
    for number, views in enumerate(bench.texts.values()):
        places = [index for row in got for run in row.cells[number] for index in run.indices]
        assert sorted(places) == list(range(len(views)))
    in_order = [index for row in got for run in row.cells[0] for index in run.indices[:1]]
    assert in_order == sorted(in_order)
    for row in got:
        stands = {(at, i) for at, cell in enumerate(row.cells) for run in cell for i in run.indices}
        assert all(stands.issuperset(link.nodes) for link in row.links)


# -- words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), max_size=40))
def test_plain_text_loses_nothing(text: str) -> None:
    assert re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~:$&@/])", r"\1", words.plain(text)) == text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (TranslationState.OK, ""),
        (TranslationState.RETRIED, "retried"),
        (TranslationState.SUSPECT, "suspect: it repeats itself"),
        (TranslationState.MISSING, "missing"),
    ],
)
def test_the_state_of_a_translation_is_said_in_words(state: TranslationState, said: str) -> None:
    reasons = ("it repeats itself",) if state is TranslationState.SUSPECT else ()
    note = words.translation_note(passage("x", 0, "Bonjour.", "fr").segment, Translation("Hi.", "m", state, reasons))
    assert note.startswith(said)
    assert bool(note) == bool(said)


def test_a_passage_without_english_says_so_unless_it_is_english() -> None:
    assert words.translation_note(passage("x", 0, "Bonjour.", "fr").segment, None) == "not translated yet"
    assert words.translation_note(passage("x", 0, "Hello.", "en-GB").segment, None) == ""


def test_coverage_and_counts_are_grammatical() -> None:
    assert words.coverage(1, 1) == "1 of 1 passage has a counterpart"
    assert words.coverage(0, 0) == "no passage takes part"
    assert words.left_out_counts(sample().left_out()["fr"]) == "3 left out (2 copies, 1 reader comment)"


# -- pages


def compare_app() -> None:
    import streamlit

    from tests import fakes
    from workbench.ui import notes, working
    from workbench.ui.views import compare

    bench = streamlit.session_state.setdefault("bench", fakes.sample())
    with notes.guarded("drawing this page"):
        compare.page(bench)
    notes.show()
    working.panel(bench)


def library_app() -> None:
    import streamlit

    from tests import fakes
    from workbench.ui import notes
    from workbench.ui.views import library

    bench = streamlit.session_state.setdefault("bench", fakes.sample())
    with notes.guarded("drawing this page"):
        library.page(bench)
    notes.show()


def opened(app: AppTest) -> AppTest:
    app.run(timeout=30)
    assert not app.exception
    return app


def drawn(app: AppTest) -> dict[str, object]:
    [component] = app.get("bidi_component")
    data: dict[str, object] = json.loads(component.proto.json)
    return data


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.info, *app.warning, *app.error, *app.success]
    return "\n".join(part.value for part in parts).replace("\\", "")


def button(app: AppTest, label: str):
    return next(found for found in app.button if found.label == label)


def test_compare_opens_with_the_pair_that_was_aligned_last() -> None:
    app = opened(AppTest.from_function(compare_app))
    assert [column["id"] for column in drawn(app)["columns"]] == ["fr", "zh"]
    assert "Related tellings" in said(app)
    assert app.query_params["docs"] == "fr,zh"


def test_a_link_opens_its_documents_by_id_or_name_and_its_pair() -> None:
    app = AppTest.from_function(compare_app)
    app.query_params["docs"] = "transcript.zh-Hans.txt,fr,gone"
    app.query_params["pair"] = "fr1xzh2"
    data = drawn(opened(app))
    assert [column["id"] for column in data["columns"]] == ["zh", "fr"]
    assert data["pair"] == "fr1xzh2"
    assert not app.warning


def test_a_link_to_a_pair_that_is_gone_says_so_and_shows_the_documents() -> None:
    app = AppTest.from_function(compare_app)
    app.query_params["docs"], app.query_params["pair"] = "fr,zh", "long-gone"
    assert "not there any more" in said(opened(app))
    assert len(drawn(app)["columns"]) == 2


def shown_links(app: AppTest) -> set[str]:
    return {link["id"] for row in drawn(app)["rows"] for link in row["links"]}


def test_the_slider_hides_doubtful_links_and_brings_them_back() -> None:
    app = opened(AppTest.from_function(compare_app))
    assert shown_links(app) == {"fr0xzh3", "fr1xzh2", "fr3xzh1"}
    assert "No link is hidden" in app.caption[0].value
    app.slider[0].set_value(80).run()
    assert shown_links(app) == {"fr0xzh3"}
    assert "2 links are hidden" in app.caption[0].value
    app.session_state["bench"].review("fr3xzh1", Status.ACCEPTED)
    app.run()
    assert shown_links(app) == {"fr0xzh3", "fr3xzh1"}
    app.slider[0].set_value(0).run()
    assert shown_links(app) == {"fr0xzh3", "fr1xzh2", "fr3xzh1"}


def test_a_link_to_a_pair_that_is_hidden_says_where_to_find_it() -> None:
    app = AppTest.from_function(compare_app)
    app.query_params["docs"], app.query_params["pair"] = "fr,zh", "fr3xzh1"
    opened(app).slider[0].set_value(60).run()
    assert "move the slider" in said(app)


def test_a_doubtful_link_says_so() -> None:
    assert words.why(Bead((0,), (0,), 0.5, 0.31, ("close",))) == [
        "confidence 31 of 100: these passages may not say the same",
        "close",
    ]


def test_a_link_says_what_is_doubtful_about_it() -> None:
    app = opened(AppTest.from_function(compare_app))
    links = {link["id"]: link for row in drawn(app)["rows"] for link in row["links"]}
    assert [links[bead]["endsDoubtful"] for bead in ("fr0xzh3", "fr1xzh2", "fr3xzh1")] == [False, True, False]
    assert links["fr1xzh2"]["why"][:2] == [
        "confidence 66 of 100",
        "its ends: 30 of 100; a passage more or less may belong to it, on one side or the other",
    ]
    app.session_state["bench"].review("fr1xzh2", Status.ACCEPTED)
    links = {link["id"]: link for row in drawn(app.run())["rows"] for link in row["links"]}
    assert not links["fr1xzh2"]["endsDoubtful"]


def test_choosing_other_documents_and_aligning_them() -> None:
    app = opened(AppTest.from_function(compare_app))
    app.multiselect[0].set_value(["zh", "en"]).run()
    assert "not aligned yet" in said(app)
    assert app.query_params["docs"] == "zh,en"
    button(app, "Align").click().run()
    assert not app.exception
    assert "not aligned yet" not in said(app)
    assert any(row["links"] for row in drawn(app)["rows"])


def test_one_document_is_not_enough() -> None:
    app = opened(AppTest.from_function(compare_app))
    app.multiselect[0].set_value(["zh"]).run()
    assert "two documents or more" in said(app)


def test_undo_says_when_nothing_is_left() -> None:
    app = opened(AppTest.from_function(compare_app))
    button(app, "Undo").click().run()
    assert "nothing to undo" in app.toast[0].value


def test_an_empty_workspace_explains_itself() -> None:
    app = AppTest.from_function(compare_app)
    app.session_state["bench"] = FakeWorkbench()
    text = said(opened(app))
    assert all(word in text for word in ("Add", "Align", "Compare", "this computer"))


def test_what_fails_becomes_a_sentence_and_the_page_stays() -> None:
    class Broken(FakeWorkbench):
        def align(self, refs, progress=None):
            raise InputError("report*1*.txt cannot be aligned: it holds no text; add another version of it.")

    app = AppTest.from_function(compare_app)
    bench = Broken(**{name: getattr(sample(), name) for name in ("texts", "about", "links")})
    app.session_state["bench"] = bench
    button(opened(app), "Align").click().run()
    assert "report*1*.txt cannot be aligned" in said(app)
    assert drawn(app)["columns"]


def test_work_that_failed_can_be_dismissed() -> None:
    app = AppTest.from_function(compare_app)
    bench = app.session_state["bench"] = sample()
    bench.queue = [job(3, "align", ["fr", "zh"], JobState.FAILED, message="the disk is full.")]
    assert "Aligning rapport.fr.txt and transcript.zh-Hans.txt failed: the disk is full." in said(opened(app))
    button(app, "Dismiss").click().run()
    assert "failed" not in said(app)
    assert bench.queue[0].state is JobState.CANCELLED


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ({"state": JobState.WAITING}, "Aligning a.txt and b.txt: waits for its turn"),
        ({"state": JobState.RUNNING}, "Aligning a.txt and b.txt: getting ready"),
        (
            {"state": JobState.PAUSED, "stage": "translate", "done": 5, "total": 9},
            "Aligning a.txt and b.txt: 5 of 9, paused",
        ),
        (
            {"state": JobState.RUNNING, "stage": "translate", "done": 5, "total": 9, "rest": 130.0},
            "Aligning a.txt and b.txt: 5 of 9, about 2 minutes left",
        ),
        ({"state": JobState.RUNNING, "asked": "cancel"}, "Aligning a.txt and b.txt: cancelling"),
        ({"state": JobState.WAITING, "docs": ["a", "b", "c"]}, "Aligning 3 documents: waits for its turn"),
    ],
)
def test_work_in_the_background_is_told_in_words(about: dict[str, Any], text: str) -> None:
    about = {"docs": ["a", "b"]} | about
    assert working.line(job(1, "align", **about), {"a": "a.txt", "b": "b.txt", "c": "c.txt"}) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(20, "less than a minute"), (61, "about 1 minute"), (9000, "about 2 hours")]
)
def test_how_long_it_will_take_is_not_told_more_exactly_than_it_is_known(seconds: float, text: str) -> None:
    assert working.duration(seconds) == text


def test_an_unforeseen_failure_shows_no_stack_trace() -> None:
    class Broken(FakeWorkbench):
        def documents(self):
            raise RuntimeError("secret detail")

    app = AppTest.from_function(compare_app)
    app.session_state["bench"] = Broken()
    text = said(opened(app))
    assert "something failed" in text
    assert "secret detail" not in text


def test_library_lists_documents_with_what_is_left_out() -> None:
    text = said(opened(AppTest.from_function(library_app)))
    assert "rapport.fr.txt · French, TXT · 8 passages · 3 left out (2 copies, 1 reader comment)" in text


def test_library_takes_files_and_tells_of_each_that_fails() -> None:
    app = opened(AppTest.from_function(library_app))
    files = [("good.txt", b"One.\nTwo.", "text/plain"), ("bad.txt", b"\0\0", "text/plain")]
    app.file_uploader[0].set_value(files)
    button(app, "Add").click().run()
    assert not app.exception
    text = said(app)
    assert "good.txt was added: 2 passages" in text
    assert "bad.txt is not a text" in text


def test_library_changes_the_language_and_removes() -> None:
    app = opened(AppTest.from_function(library_app))
    choice = next(box for box in app.selectbox if box.key == "language-fr-fr")
    choice.set_value("es").run()
    assert app.session_state["bench"].about["fr"][1] == "es"
    next(found for found in app.button if found.key == "remove-fr").click().run()
    assert "fr" not in app.session_state["bench"].texts


# -- the real workbench


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv(launch.WORKSPACE, str(tmp_path / "kept"))
    monkeypatch.setenv(launch.USER, "Ada")
    with Workbench(tmp_path / "kept", user="Ada") as bench:
        bench.add_bytes(b"The mill opens on Tuesday.\n\nNobody came.\n\nThe end.", "letter.txt", "en")
        bench.add_bytes(b"It rained.\n\nOn Tuesday the mill opens.", "note.txt", "en")
        yield bench
    streamlit.cache_resource.clear()


def test_the_app_shows_a_real_workspace(workspace: Workbench) -> None:
    app = opened(AppTest.from_file(str(launch.PAGES / "app.py")))
    data = drawn(app)
    assert [column["name"] for column in data["columns"]] == ["letter.txt", "note.txt"]
    assert data["rows"]
    assert "not aligned yet" in said(app)
    assert drawn(app.run(timeout=30)) == data


def test_the_app_aligns_a_real_workspace(workspace: Workbench) -> None:
    if not (ROOT / "models" / "encoder-static").is_dir():
        absent("no bundled sentence encoder in models/encoder-static")
    app = opened(AppTest.from_file(str(launch.PAGES / "app.py")))
    with worker_ended(workspace):
        with try_work(workspace.folder):
            button(app, "Align").click().run(timeout=30)
            assert not app.exception
            assert [job.kind for job in workspace.jobs()] == ["align"]
            assert "not aligned yet" in said(app)
        finish_jobs(workspace)
        app.run(timeout=30)
    assert not app.error
    assert "not aligned yet" not in said(app)


# -- launch


def test_the_configuration_file_says_what_serve_passes() -> None:
    """The file only serves those who type `streamlit run` themselves in the repository."""
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    def flat(table: dict[str, object], prefix: str = "") -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in table.items():
            found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
        return found

    assert flat(told) == launch.OPTIONS


def test_a_taken_port_is_named() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((launch.ADDRESS, 0))
        taken.listen()
        with pytest.raises(InputError, match=f"Port {taken.getsockname()[1]} is in use"):
            launch.serve(Path("nowhere"), taken.getsockname()[1])


def test_no_module_of_the_pages_shadows_another() -> None:
    """`streamlit run` puts the folder of app.py first on the path."""
    here = {path.stem for path in launch.PAGES.iterdir() if not path.name.startswith((".", "_"))}
    assert not here & set(sys.stdlib_module_names)


def test_no_folder_of_pages_stands_beside_the_app() -> None:
    """Streamlit would run what is in it as scripts of its own, and show nothing, where a link names one."""
    assert not (launch.PAGES / "pages").exists()


def test_starting_point_loads_no_streamlit() -> None:
    code = "import sys, workbench.ui.launch; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
