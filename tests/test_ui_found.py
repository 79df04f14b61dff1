"""Matrix, Concordance and Export without a browser: what they say of what they rest on, and what addresses keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_core import TEXT, FakeModels
from workbench.core import Workbench
from workbench.ui.views import concordance

NAMES = ("a.txt", "b.txt", "c.txt")


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setattr("workbench.jobs.kinds.ensure_worker", lambda folder: None)
    with Workbench(tmp_path, user="Ada", models=FakeModels()) as workbench:
        for name in NAMES:
            workbench.add_bytes("\n\n".join(TEXT[:4]).encode(), name, "en")
        workbench.align(NAMES)
        yield workbench


def page_app(name: str) -> None:
    import importlib

    import streamlit

    importlib.import_module(f"workbench.ui.views.{name}").page(streamlit.session_state["bench"])


def opened(bench: Workbench, name: str, **said: str) -> AppTest:
    """A page in a browser that comes with an address."""
    app = AppTest.from_function(page_app, default_timeout=120, kwargs={"name": name})
    app.session_state["bench"] = bench
    for key, value in said.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def table(app: AppTest) -> str:
    """What the page's table holds, in one text."""
    [data] = [json.loads(component.proto.json) for component in app.get("bidi_component")]
    lines = [line for row in data["rows"] for cell in row for line in cell]
    return "\n".join("".join(text for text, _ in line["pieces"]) for line in lines)


def warnings(app: AppTest) -> list[str]:
    return [warning.value.replace("\\", "") for warning in app.warning]


SOME = (
    "Since these were aligned, they, what is said of them, or the models changed: a.txt and c.txt; b.txt and c.txt."
    " Press Align again."
)
ONE = "Since b.txt and c.txt were aligned, they, what is said of them, or the models changed: press Align again."


@pytest.mark.parametrize(
    ("name", "address", "told", "pairs"),
    [
        ("matrix", {}, SOME, ["ac", "bc"]),
        ("concordance", {"q": "harbour"}, SOME, ["ac", "bc"]),
        ("exchange", {}, ONE, ["bc"]),
    ],
)
def test_a_page_says_that_an_alignment_it_rests_on_is_out_of_date_until_it_is_made_again(
    bench: Workbench, name: str, address: dict[str, str], told: str, pairs: list[str]
) -> None:
    assert warnings(opened(bench, name, **address)) == []
    bench.set_included([bench.segments("c.txt")[3].id], False)
    app = opened(bench, name, **address)
    assert warnings(app) == [told]
    next(button for button in app.button if button.label == "Align again").click().run()
    assert warnings(app) == []
    letters = {info.id: info.name[0] for info in bench.documents()}
    assert ["".join(letters[doc] for doc in job.docs) for job in bench.jobs() if job.kind == "align"] == pairs


def test_an_address_says_what_of_the_matrix_is_shown_and_in_which_order(bench: Workbench) -> None:
    assert TEXT[2] in table(opened(bench, "matrix"))
    asked = {"matrix_order": "as b.txt tells it", "matrix_what": "shared by all", "matrix_text": "ferry"}
    app = opened(bench, "matrix", columns="a.txt,b.txt,c.txt", **asked)
    assert [box.value for box in app.selectbox] == [bench.document_id("b.txt"), "by all"]
    assert TEXT[1] in table(app) and TEXT[2] not in table(app)
    app = opened(bench, "matrix", columns="a.txt,b.txt", matrix_what="shared by all", matrix_order="by the moon")
    assert [box.value for box in app.selectbox] == [bench.document_id("a.txt"), "shared"]  # as if it said nothing


def test_an_address_says_where_and_how_a_word_is_looked_for(bench: Workbench) -> None:
    app = opened(bench, "concordance", q="harb", concordance_docs="a.txt")
    assert [pick.value for pick in app.multiselect] == [[bench.document_id("a.txt")], []]
    assert table(app).startswith("a.txt") and "passage 2" not in table(app)
    app = opened(bench, "concordance", q="harb", concordance_words="true", concordance_docs="gone.txt")
    assert "No passage has" in app.info[0].value


def test_another_word_is_shown_from_its_first_place_on(bench: Workbench) -> None:
    lines = [f"A mill and a well, number {at}." for at in range(concordance.HITS_A_PAGE * 3)]
    bench.add_bytes("\n\n".join(lines).encode(), "mills.txt", "en")
    app = opened(bench, "concordance", q="mill")
    app.session_state["concordance_page-0"] = 2
    assert f"passage {concordance.HITS_A_PAGE + 1}\n" in table(app.run())
    app.toggle(key="concordance_words").set_value(True).run()
    assert "passage 1\n" in table(app)
    app.session_state["concordance_page-1"] = 3
    assert "passage 1\n" not in table(app.run())
    app.text_input[0].set_value("well").run()
    assert "passage 1\n" in table(app)


@pytest.mark.parametrize(("name", "asked"), [("matrix", {"columns": "b.txt,new.txt,c.txt"}), ("exchange", {})])
def test_a_page_offers_to_align_what_is_missing_and_no_more(bench: Workbench, name: str, asked: dict[str, str]) -> None:
    bench.add_bytes(TEXT[0].encode(), "new.txt", "en")
    docs = [bench.document_id(each) for each in ("b.txt", "new.txt", "c.txt")]
    app = opened(bench, name, **asked)
    if not asked:
        app.multiselect[0].set_value(docs).run()
    told = app.info[0].value.replace("\\", "")
    assert "2 pairs of these documents are not aligned yet: b.txt with new.txt; new.txt with c.txt." in told
    next(button for button in app.button if button.label == "Align what is missing").click().run()
    assert [set(job.docs) for job in bench.jobs()] == [set(docs[:2]), set(docs[1:])]
    assert "That is being done" in app.info[0].value


def test_a_workspace_in_which_nothing_is_aligned_says_what_can_be_exported(tmp_path: Path) -> None:
    with Workbench(tmp_path, user="Ada", models=FakeModels()) as bench:
        for each in NAMES:
            bench.add_bytes(TEXT[0].encode(), each, "en")
        assert "Choose two or more to have that done" in opened(bench, "exchange").info[0].value
