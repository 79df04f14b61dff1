"""Which passages stand in which row: the browser's own code, run in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

import workbench.ui.components as components

SOURCE = (Path(components.__file__).parent / "table" / "arrange.js").read_text(encoding="utf-8")
RUN = "([source, name, args]) => { const found = new Function(`${source}; return ${name}`)()(...args); return found }"


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def link(at: tuple[int, int], left: list[int], right: list[int], status: str = "unreviewed") -> dict[str, Any]:
    return {"id": f"{at}{left}{right}", "at": at, "left": left, "right": right, "status": status}


def arrange(page: Page, causes: list[list[str]], links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = page.evaluate(RUN, [SOURCE, "arrange", [causes, links]])
    return rows


def shown(rows: list[dict[str, Any]]) -> list[list[list[tuple[str, list[int]]]]]:
    return [[[(run["kind"], run["indices"]) for run in cell] for cell in row["cells"]] for row in rows]


FRENCH = ["", "", "", "", "", "a copy", "a copy", "comments"]
MOVED = [link((0, 1), [0], [3]), link((0, 1), [1], [2]), link((0, 1), [3], [1])]


def test_counterparts_face_each_other_in_the_order_of_the_first_document(blank: Page) -> None:
    assert shown(arrange(blank, [FRENCH, [""] * 5], MOVED)) == [
        [[], [("only", [0])]],
        [[("linked", [0])], [("linked", [3])]],
        [[], [("only", [4])]],
        [[("linked", [1])], [("linked", [2])]],
        [[("only", [2])], []],
        [[("linked", [3])], [("linked", [1])]],
        [[("only", [4]), ("out", [5, 6]), ("out", [7])], []],
    ]


def test_a_third_document_joins_the_rows_of_the_first(blank: Page) -> None:
    third = [link((0, 2), [0], [0]), link((0, 2), [3], [1]), link((1, 2), [3], [0])]
    got = [row for row in arrange(blank, [FRENCH, [""] * 5, [""] * 3], MOVED + third) if row["links"]]
    assert shown(got)[0] == [[("linked", [0])], [("linked", [3])], [("linked", [0])]]
    assert [len(row["links"]) for row in got] == [3, 1, 2]


def test_what_only_two_later_documents_share_is_a_row_without_the_first(blank: Page) -> None:
    [row] = [row for row in arrange(blank, [[""], [""] * 5, [""] * 3], [link((1, 2), [4], [2])]) if row["links"]]
    assert shown([row]) == [[[], [("linked", [4])], [("linked", [2])]]]


def test_a_chain_of_links_does_not_pull_two_rows_of_the_first_document_into_one(blank: Page) -> None:
    chain = [link((0, 1), [0], [0]), link((0, 2), [1], [1]), link((1, 2), [0], [1])]
    got = [row for row in arrange(blank, [[""] * 2] * 3, chain) if row["links"]]
    assert [cells[0] for cells in shown(got)] == [[("linked", [0])], [("linked", [1])]]


def test_passages_out_of_step_are_found(blank: Page) -> None:
    script = RUN.replace("return found }", "return [...found].map((link) => link.left) }")
    assert blank.evaluate(script, [SOURCE, "movedLinks", [MOVED]]) == [[0], [1]]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], list[dict[str, Any]]]:
    sizes = draw(st.lists(st.integers(0, 30), min_size=2, max_size=4))
    causes = [draw(st.lists(st.sampled_from(["", "", "", "a copy"]), min_size=size, max_size=size)) for size in sizes]
    links = []
    for a in range(len(sizes)):
        for b in range(a + 1, len(sizes)):
            left, right = draw(st.permutations(range(sizes[a]))), draw(st.permutations(range(sizes[b])))
            known = list(zip(left, right, strict=False))[: draw(st.integers(0, 12))]
            # Every second link takes two passages that need not stand side by side.
            for (i, j), (k, _) in zip(known[::2], known[1::2], strict=False):
                links.append(link((a, b), sorted([i, k]), [j], draw(st.sampled_from(["unreviewed", "rejected"]))))
    return causes, links


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_every_passage_stands_in_exactly_one_place(blank: Page, table: tuple[list[list[str]], list[Any]]) -> None:
    causes, links = table
    rows = arrange(blank, causes, links)
    for column, segments in enumerate(causes):
        places = [index for row in rows for run in row["cells"][column] for index in run["indices"]]
        assert sorted(places) == list(range(len(segments)))
    first = [index for row in rows for run in row["cells"][0] for index in run["indices"][:1]]
    assert first == sorted(first)
    for row in rows:
        stands = {(at, index) for at, cell in enumerate(row["cells"]) for run in cell for index in run["indices"]}
        for one in row["links"]:
            ends = {(one["at"][0], index) for index in one["left"]} | {(one["at"][1], index) for index in one["right"]}
            assert ends <= stands
