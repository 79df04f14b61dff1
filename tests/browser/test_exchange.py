"""The page Export: what goes out is seen first, and what was reviewed comes home."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Show, settled
from tests.test_edits import bead, filled, opened, pair
from tests.test_reviewing import Cells, reviewed
from workbench.datatypes import Status


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("exchange")
    with opened(folder / "kept") as bench:
        filled(bench)
        bench.review(bead(bench, (4,), (4,)), Status.REJECTED)
    return folder


@pytest.fixture
def address(folder: Path, show: Show) -> str:
    return show(folder / "kept")


def edit(rows: list[Cells]) -> None:
    rows[0]["status"] = "rejected"
    rows[1] |= {"status": "accepted", "comment": "<b>which</b> mill?"}
    rows[2]["status"] = "perhaps"


def test_a_review_goes_out_and_comes_home(page: Page, address: str, folder: Path) -> None:
    page.goto(f"{address}/export")
    expect(page.get_by_text("4 rows; left out: 1 rejected.")).to_be_visible()
    page.get_by_role("button", name="rejected").click()
    expect(page.get_by_text("5 rows; nothing is left out.")).to_be_visible()
    expect(page.locator(".sheet tbody tr")).to_have_count(5)
    page.get_by_label("Format").click()
    page.get_by_role("option", name="XLSX · Excel workbook").click()
    expect(page.get_by_text("what is not to be changed locked")).to_be_visible()
    settled(page)  # the button makes what was chosen when it was drawn
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "a-b.xlsx"
    download.value.save_as(folder / "out.xlsx")
    (folder / "back.xlsx").write_bytes(reviewed((folder / "out.xlsx").read_bytes(), edit))
    with opened(folder / "kept", "Bob") as bob:
        bob.review(bead(bob, (0,), (0,)), Status.ACCEPTED)

    page.get_by_role("radio", name="Import").click()
    page.locator("input[type=file]").set_input_files(folder / "back.xlsx")
    expect(page.get_by_text("back.xlsx has 5 rows and in them 2 changes, 1 conflict.")).to_be_visible()
    expect(page.get_by_text("row 4: “perhaps” is no status")).to_be_visible()
    expect(page.locator(".sheet tbody tr").last).to_contain_text("<b>which</b> mill?")
    page.get_by_role("radio", name="Take theirs").click()
    page.get_by_role("button", name="Take in 3 changes").click()
    expect(page.get_by_text("Took in 3 changes of back.xlsx.")).to_be_visible()
    with opened(folder / "kept") as bench:
        assert [view.status for view in pair(bench).beads][:2] == [Status.REJECTED, Status.ACCEPTED]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: took in the review back.xlsx")).to_be_visible()
    with opened(folder / "kept") as bench:
        assert [view.status for view in pair(bench).beads][:2] == [Status.ACCEPTED, Status.UNREVIEWED]


def test_a_memory_comes_in_as_documents_and_a_broken_one_says_so(page: Page, address: str, folder: Path) -> None:
    memory = "<tmx><body><tu><tuv lang='en'><seg>It rains.</seg></tuv><tuv lang='cs'><seg>Prší.</seg></tuv></tu>"
    (folder / "rain.tmx").write_text(f"{memory}</body></tmx>", encoding="utf-8")
    (folder / "broken.tmx").write_text(memory, encoding="utf-8")
    page.goto(f"{address}/export")
    page.get_by_role("radio", name="Import").click()
    page.locator("input[type=file]").set_input_files(folder / "broken.tmx")
    expect(page.get_by_text("broken.tmx: line 1: this is not well-formed XML")).to_be_visible()
    page.reload()
    expect(page.get_by_role("radio", name="Import")).to_be_checked()
    page.locator("input[type=file]").set_input_files(folder / "rain.tmx")
    expect(page.get_by_text("TMX: 2 versions, which share 1 passage.")).to_be_visible()
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_text("Added rain.en, rain.cs with 1 link.")).to_be_visible()
    expect(page.get_by_role("button", name="Take in")).to_have_count(0)  # it is done
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_function("document.scrollingElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Compare them").click()
    expect(page.get_by_text("Prší.").first).to_be_visible()


def test_what_is_exported_and_how_outlives_a_reload_and_is_no_step_back(page: Page, address: str) -> None:
    page.goto(f"{address}/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    page.goto(f"{address}/export")
    page.get_by_role("button", name="Clear all").click()
    page.get_by_role("button", name="rejected").click()
    page.get_by_text("Passages without a counterpart").click()
    page.get_by_role("radio", name="English").click()
    page.get_by_label("Format").click()
    page.get_by_role("option", name="XLSX · Excel workbook").click()
    page.wait_for_url("**export_format=*")
    page.reload()
    expect(page.get_by_text("what is not to be changed locked")).to_be_visible()
    expect(page.get_by_placeholder("all that are aligned")).to_be_visible()
    expect(page.get_by_role("button", name="rejected")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("switch")).not_to_be_checked()
    expect(page.get_by_role("radio", name="English")).to_be_checked()
    page.go_back()
    expect(page).to_have_url(f"{address}/about")
