"""Work in the background, in a real browser over a real workspace with a real worker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Show, add, go, serving
from tests.support import finish_jobs, jobs_done_here, worker_ended
from tests.tiny_models import package_folder
from workbench.bench.spotcheck import workspace
from workbench.core import Workbench
from workbench.jobs.locks import try_work
from workbench.plurals import count

# Whether the first of two elements ends where the second begins, or before.
ABOVE = "([one, two]) => one.getBoundingClientRect().bottom <= two.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def one_package(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment in which a tiny model of French is all that translates."""
    folder = tmp_path_factory.mktemp("models")
    package_folder(folder / "translation")
    return {"WORKBENCH_MODELS": str(folder), "ARGOS_PACKAGES_DIR": str(folder / "none")}


@pytest.fixture(scope="module")
def server(one_package: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Show]:
    with serving(tmp_path_factory.mktemp("serving"), one_package) as show:
        yield show


@pytest.fixture
def french(server: Show, one_package: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Show:
    """What chooses what a server shows, where a tiny model of French is all that translates."""
    for name, value in one_package.items():
        monkeypatch.setenv(name, value)  # for a worker that is started from here
    return server


def test_work_survives_a_reload_and_its_result_comes_up_by_itself(
    page: Page, context: BrowserContext, french: Show, tmp_path: Path
) -> None:
    with Workbench(tmp_path / "kept") as bench, worker_ended(bench):
        bench.add_bytes(b"le chat dort", "a.fr.txt", "fr")
        bench.add_bytes(b"The dog sees a cat.", "b.en.txt", "en")
        address = french(bench.folder)
        with try_work(bench.folder):  # so it has to wait for its turn
            page.goto(address)
            expect(page.get_by_text("le chat dort")).to_be_visible()
            expect(page.get_by_test_id("stBottom")).to_be_hidden()
            page.get_by_role("button", name="Translate").click()
            shown = "Translating a.fr.txt and b.en.txt: waits for its turn."
            expect(page.get_by_text(shown)).to_be_visible()
            page.reload()
            expect(page.get_by_text(shown)).to_be_visible()
            both = [page.locator(".bar").element_handle(), page.get_by_test_id("stBottom").element_handle()]
            page.wait_for_function(ABOVE, arg=both)
            other = context.new_page()
            other.goto(f"{address}/library")
            other.get_by_role("button", name="Pause").click()
            expect(page.get_by_text("paused")).to_be_visible()
            page.get_by_role("button", name="Resume").click()
            expect(other.get_by_text(shown)).to_be_visible()
            other.goto(address)
            expect(other.get_by_text(shown)).to_have_count(1)
            expect(other.get_by_role("button", name="Translate")).to_be_hidden()
        finish_jobs(bench)
        for tab in (page, other):
            expect(tab.get_by_text("the cat sleeps")).to_be_visible()
            expect(tab.get_by_test_id("stBottom")).to_be_hidden()
        other.close()
        assert [(job.kind, job.state) for job in bench.jobs()] == [("translate", "done")]


def test_what_was_asked_to_be_aligned_is_what_compare_shows_next(page: Page, french: Show, tmp_path: Path) -> None:
    names = ["a.fr.txt", "b.fr.txt", "c.fr.txt"]
    with Workbench(tmp_path / "kept") as bench, worker_ended(bench):
        for name in names:
            bench.add_bytes(b"le chat dort", name, "fr")
        address = french(bench.folder)
        shown = page.locator(".column-head strong")
        with try_work(bench.folder):
            page.goto(address)
            expect(shown).to_have_text(names[:2])
            go(page, "Library")
            for at, name in enumerate(names[1:], 1):
                page.get_by_role("checkbox", name=f"Choose {name}").press("Space")
                expect(page.get_by_text(f"{count(at, 'document')} chosen")).to_be_visible()
            page.get_by_role("button", name="Align with each other").click()
            expect(page.get_by_text("This is being worked on.")).to_be_visible()
            expect(page.get_by_role("button", name="Compare")).to_be_visible()
            go(page, "Compare")
            expect(shown).to_have_text(names[1:])
            page.get_by_role("button", name="Cancel").click()
            expect(page.get_by_test_id("stBottom")).to_be_hidden()


def test_what_a_page_says_stays_when_work_ends_before_it_is_read(page: Page, french: Show, tmp_path: Path) -> None:
    with Workbench(tmp_path / "kept") as bench, worker_ended(bench):
        bench.add_bytes(b"le chat dort", "a.fr.txt", "fr")
        address = french(bench.folder)
        with try_work(bench.folder):
            bench.ask_job("translate", ["a.fr.txt"])
            page.goto(f"{address}/library")
            page.get_by_text("Add documents").click()
            add(page, "e.txt", b"")
            expect(page.get_by_text("e.txt: the file is empty")).to_be_visible()
        finish_jobs(bench)
        expect(page.get_by_text("Translated a.fr.txt.")).to_be_visible()
        expect(page.get_by_text("1 of 1 in English")).to_be_visible()
        expect(page.get_by_text("e.txt: the file is empty")).to_be_visible()
        page.get_by_role("checkbox").press("Space")
        expect(page.get_by_text("e.txt: the file is empty")).to_have_count(0)


def test_a_long_check_survives_a_reload_and_what_it_finds_comes_up_by_itself(
    page: Page, show: Show, tmp_path: Path
) -> None:
    with workspace(tmp_path / "kept", 310) as bench:
        bench.edit_translation(bench.segments("simulated.fr.txt")[4].id, "Sentence number 999.")
        address = show(bench.folder)
        with jobs_done_here(bench):
            page.goto(f"{address}/check?show=automatic")
            page.get_by_role("button", name="Check", exact=True).click()
            shown = "Checking simulated.fr.txt: waits for its turn."
            expect(page.get_by_text(shown)).to_be_visible()
            page.reload()
            expect(page.get_by_text(shown)).to_be_visible()
            expect(page.get_by_role("button", name="Check", exact=True)).to_be_disabled()
        expect(page.get_by_text("with something to look at, the riskiest first.")).to_be_visible()
        expect(page.get_by_role("row", name="Sentence number 999.")).to_be_visible()
        page.reload()
        expect(page.get_by_role("row", name="Sentence number 999.")).to_be_visible()
        assert [(job.kind, job.state) for job in bench.jobs()] == [("check", "done")]


def test_files_are_read_to_the_last_though_the_page_is_reloaded_meanwhile(
    page: Page, show: Show, tmp_path: Path
) -> None:
    long = "\n\n".join(f"The boat of pier {n} was late." for n in range(400)).encode()  # to read, all of them
    uploads = [{"name": f"{n}.en.txt", "mimeType": "", "buffer": long} for n in range(30)]
    uploads.insert(20, {"name": "empty.txt", "mimeType": "", "buffer": b""})
    address = show(tmp_path / "kept")
    page.goto(address)
    page.locator("input[type=file]").set_input_files(uploads)  # type: ignore[arg-type]
    expect(page.get_by_text("29.en.txt")).to_be_attached()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text(re.compile(r"Reading \d+\.en\.txt, file \d+ of 31"))).to_be_visible()
    page.goto(f"{address}/library")
    expect(page.get_by_text("empty.txt: the file is empty")).to_be_visible()
    expect(page.get_by_text("30 files were added, with 12,000 passages")).to_be_visible()
    with Workbench(tmp_path / "kept") as bench:
        assert len(bench.documents()) == 30
