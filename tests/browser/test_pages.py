"""The pages in a real browser, over a workbench in memory."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.fakes import HOSTILE
from tests.support import ROOT, absent
from workbench.ui import launch

PATIENCE = 20_000  # milliseconds; a busy machine takes its time


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((launch.ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


# Runs first in the server: notes every address that it connects to or looks up.
WATCH = """
import sys
def watch(event, details):
    if event in ("socket.connect", "socket.getaddrinfo"):
        address = details[1] if event == "socket.connect" else details
        if address[0] not in ("127.0.0.1", "localhost"):
            with open({log!r}, "a", encoding="utf-8") as log:
                log.write(repr(address) + "\\n")
sys.addaudithook(watch)
"""


FAKE = [sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "tests" / "browser" / "fake_app.py")]
SERVE = "import sys, workbench.ui.launch as launch; launch.serve(launch.Path('kept'), int(sys.argv[1]), 'Ada')"


@contextmanager
def served(folder: Path, length: int | None = 0) -> Iterator[str]:
    """The pages, served from another folder than the repository; fails if they call an outside host.

    `length`: of two documents in memory, 0 for the small sample, None for a real and empty workspace.
    """
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(port)] if length is None else [*FAKE, *launch.flags(port)]
    called = folder / "called.txt"
    (folder / "sitecustomize.py").write_text(WATCH.format(log=str(called)), encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    env = os.environ | {"WORKBENCH_SAMPLE": str(length), "PYTHONPATH": paths}
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            wait_for(port, server)
            yield f"http://{launch.ADDRESS}:{port}"
        finally:
            server.terminate()
            server.wait()
    assert not called.exists(), called.read_text(encoding="utf-8")


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((launch.ADDRESS, port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if not path:
        absent("no chromium on the path: apt-get install chromium")
    with sync_playwright() as playwright:
        # As root, in a container, chromium cannot use its own sandbox.
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


def is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in {"blob", "data"} and parts.hostname != launch.ADDRESS


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any request beyond this computer fails the test."""
    outside: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: outside.append(request.url) if is_outside(request.url) else None)
    page.set_viewport_size({"width": 1400, "height": 900})
    yield page
    page.close()
    assert not outside


def row(page: Page, text: str) -> Locator:
    return page.locator("tr[data-row]").filter(has_text=text)


def passage(page: Page, text: str) -> Locator:
    return page.locator(".segment").filter(has_text=text)


def test_pointing_at_a_passage_lights_up_its_counterpart_and_nothing_else(page: Page, url: str) -> None:
    page.goto(url)
    passage(page, "14 millions").hover()
    expect(page.locator(".lit")).to_have_count(2)
    expect(page.locator(".lit").nth(1)).to_contain_text("1400万")
    passage(page, "家长们要求").hover()
    expect(page.locator(".lit").first).to_contain_text("cantines")
    passage(page, "Il pleuvait").hover()
    expect(page.locator(".lit")).to_have_count(0)


def test_the_keyboard_reaches_every_pair(page: Page, url: str) -> None:
    page.goto(url)
    row(page, "mille écoles").focus()
    expect(page.locator(".lit")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(row(page, "14 millions")).to_be_focused()
    expect(page.locator(".lit").first).to_contain_text("14 millions")
    page.keyboard.press("Tab")
    expect(row(page, "14 millions").get_by_role("button", name="likely")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, "14 millions").get_by_text("both name 14 million")).to_be_visible()


def test_every_text_has_its_language_and_direction(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("家长们要求学校提供午餐。")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_text("Parents ask for canteens.")).to_have_attribute("lang", "en")
    assert page.locator(".original:not([dir=auto]), .english:not([dir=auto])").count() == 0


def test_the_filter_shows_what_is_linked_or_what_only_one_has(page: Page, url: str) -> None:
    page.goto(url)
    expect(passage(page, "Il pleuvait")).to_be_visible()
    page.get_by_text("Linked", exact=True).click()
    expect(passage(page, "Il pleuvait")).to_be_hidden()
    expect(passage(page, "14 millions")).to_be_visible()
    page.get_by_text("Only here", exact=True).click()
    expect(passage(page, "Il pleuvait")).to_be_visible()
    expect(passage(page, "14 millions")).to_be_hidden()
    expect(page.get_by_text("left out:").first).to_be_hidden()
    page.get_by_text("All", exact=True).click()
    expect(passage(page, "14 millions")).to_be_visible()


def test_english_and_originals_can_be_hidden(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("English").uncheck()
    expect(page.get_by_text("It was raining that day.")).to_be_hidden()
    page.get_by_label("English").check()
    page.get_by_label("Originals").uncheck()
    expect(page.get_by_text("Il pleuvait ce jour-là.")).to_be_hidden()
    expect(page.get_by_text("It was raining that day.")).to_be_visible()


def test_what_is_left_out_is_folded_and_says_why(page: Page, url: str) -> None:
    page.goto(url)
    folded = page.get_by_text("passages 6–7 left out: a copy of other passages")
    expect(page.get_by_text("a copy of passages 1 and 2")).to_have_count(0)
    folded.click()
    expect(page.get_by_text("a copy of passages 1 and 2")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(folded).to_have_count(0)
    expect(page.get_by_text("only here · passages 5–7")).to_be_visible()


def test_a_link_to_a_pair_opens_the_page_at_that_pair(context: BrowserContext, page: Page, url: str) -> None:
    page.goto(url)
    row(page, "14 millions").get_by_label("Copy a link to this pair").click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/?docs=fr%2Czh&pair=fr1xzh2")
    other = context.new_page()
    other.goto(link)
    expect(row(other, "14 millions")).to_be_focused()
    expect(other.locator("tr.target")).to_contain_text("1400万")


def test_a_review_is_kept_and_can_be_undone_without_the_page_jumping(page: Page, url: str) -> None:
    page.goto(url)
    row(page, "14 millions").get_by_label("Accept this pair").click()
    expect(row(page, "14 millions")).to_contain_text("accepted by Ada")
    expect(row(page, "14 millions").get_by_label("Take back: accepted")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(row(page, "14 millions")).not_to_contain_text("accepted")


def test_doubts_are_flagged_and_explained(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".legend")).to_contain_text("ends doubtful")
    expect(page.get_by_role("button", name="ends doubtful")).to_have_count(1)
    row(page, "14 millions").get_by_role("button", name="ends doubtful").click()
    expect(row(page, "14 millions").get_by_text("its ends: 30 of 100")).to_be_visible()


def test_the_slider_hides_what_is_less_sure(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".linked-row")).to_have_count(3)
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(page.get_by_text("3 links are hidden")).to_be_visible()
    expect(page.locator(".linked-row")).to_have_count(0)
    expect(passage(page, "cantines")).to_be_visible()


def test_hostile_text_is_shown_as_text_exactly(page: Page, url: str) -> None:
    page.goto(f"{url}/?docs=fr,trap")
    expect(page.locator(".segment p[lang=en]").filter(has_text="long abcdefghi")).to_be_visible()
    column = page.locator('[data-node^="1:"] .original')
    assert column.evaluate_all("all => all.map(one => one.textContent)") == HOSTILE
    for part in ("/", "/library", "/about"):
        page.goto(f"{url}{part}?docs=fr,trap")
        expect(page.get_by_test_id("stMainBlockContainer")).not_to_be_empty()
        expect(page.locator("img[onerror], img[src*=outside]")).to_have_count(0)
    assert page.evaluate("window.hurt") is None


def test_every_page_shows_something_in_light_and_dark_wide_and_narrow(page: Page, url: str) -> None:
    for scheme, width in (("light", 1400), ("dark", 420)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
        expect(passage(page, "14 millions")).to_be_visible()
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        page.goto(f"{url}/library")
        expect(page.get_by_text("rapport.fr.txt")).to_be_visible()


def test_thousands_of_passages_open_at_a_link_far_down(page: Page, tmp_path: Path) -> None:
    with served(tmp_path, length=3000) as address:
        page.goto(f"{address}/?docs=a,b&pair=a2400xb2400")
        expect(page.locator("tr.target")).to_be_in_viewport()
        expect(page.locator("tr.target")).to_contain_text("Passage number 2400 of b")
        expect(page.locator(".segment").last).to_contain_text("2999")


def test_a_newcomer_adds_files_to_a_real_workspace(page: Page, tmp_path: Path) -> None:
    files = {
        "lettre.fr.txt": b"Le moulin ouvre mardi.\n\nIl pleut sur la colline.",
        "letter.en.txt": b"The mill opens on Tuesday.\n\nNobody came.",
        "broken.docx": b"PK\x03\x04 but nothing more",
    }
    uploads = [{"name": name, "mimeType": "", "buffer": data} for name, data in files.items()]
    with served(tmp_path, length=None) as address:
        page.goto(address)
        expect(page.get_by_text("Several versions of one thing, side by side")).to_be_visible()
        page.locator("input[type=file]").set_input_files(uploads)  # type: ignore[arg-type]
        expect(page.get_by_text("broken.docx")).to_be_visible()
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("lettre.fr.txt was added: 2 passages.")).to_be_visible()
        expect(page.get_by_test_id("stAlertContentError")).to_contain_text("broken.docx")
        expect(page.get_by_role("button", name="Align")).to_be_visible()
        page.reload()
        expect(passage(page, "Il pleut sur la colline.")).to_be_visible()
        expect(page.get_by_text("2 passages, not aligned yet")).to_have_count(2)
        expect(page.get_by_text("only here")).to_have_count(0)
