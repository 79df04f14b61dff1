"""A server of the pages and a browser, for all tests here."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support import PATIENCE, ROOT, absent, free_port, wait_for
from workbench.ui import launch

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


Show = Callable[[Path | int], str]


@contextmanager
def serving(folder: Path, env: Mapping[str, str] = {}) -> Iterator[Show]:
    """The pages' server, run from another folder than the repository; fails if it calls an outside host.

    Gives what lets it show the workspace in a folder from then on, or two documents in memory (their length, 0 for the
    small sample), and says its address.
    """
    port = free_port()
    called, shown = folder / "called.txt", folder / "shown"
    (folder / "sitecustomize.py").write_text(WATCH.format(log=str(called)), encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    shown.write_text(str(folder / "none"), encoding="utf-8")

    def show(what: Path | int) -> str:
        shown.write_text(str(what), encoding="utf-8")
        return f"http://{launch.ADDRESS}:{port}"

    with (folder / "server.log").open("w", encoding="utf-8") as log:
        command = [sys.executable, "-P", "-m", "tests.browser.server", str(port)]
        told = os.environ | env | {"PYTHONPATH": paths}
        server = subprocess.Popen(command, cwd=folder, env=told, stdout=log, stderr=log)
        try:
            wait_for(port, server)
            yield show
        finally:
            end(server)
    assert not called.exists(), called.read_text(encoding="utf-8")


def end(server: subprocess.Popen[bytes]) -> None:
    """A page that connects just as the server ends would keep it for ever: uvicorn waits for it to leave."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def settled(page: Page) -> None:
    """Wait for the end of the run that drew what was seen last: nothing moves any more, buttons do what they say."""
    expect(page.locator("[data-test-script-state]")).to_have_attribute("data-test-script-state", "notRunning")


def add(page: Page, name: str, data: bytes) -> None:
    """Add a file by the Library's open form, which grows when the file is there, so that its button moves."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()


def go(page: Page, name: str) -> None:
    """Go to another page by its name at the top."""
    page.get_by_test_id("stHeader").get_by_role("link", name=name, exact=True).click()


def press_as(page: Page, key: str, code: str, modifiers: int = 0) -> None:
    """Press a key of a keyboard on which `key` stands at the place `code`."""
    browser = page.context.new_cdp_session(page)
    for kind in ("rawKeyDown", "keyUp"):
        browser.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code, "modifiers": modifiers})


def compose(page: Page, text: str) -> None:
    """Write a text that is not settled yet, as those do who write Chinese."""
    browser = page.context.new_cdp_session(page)
    browser.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


@contextmanager
def nothing_written(folder: Path) -> Iterator[None]:
    """Whatever is to be saved waits meanwhile."""
    with closing(sqlite3.connect(folder / "workbench.sqlite", isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        yield
        lock.execute("ROLLBACK")


# Streamlit looks a component's script up each time that it has data for it, and when newer data comes meanwhile, ends
# what it has just shown.
_ENDED_THOUGH_SHOWN = """async ([source, html, data]) => {
    document.body.innerHTML = `<div>${html}</div>`;
    const parentElement = document.body.firstChild;
    const script = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    window.asked = [];
    const setStateValue = (_, asked) => window.asked.push(...(asked.requests ?? [asked]));
    const end = script.default({ data, parentElement, setStateValue });
    await end();
    script.default({ data, parentElement, setStateValue });
}"""


def ended_though_shown(page: Page, path: str, source: str, html: str, data: Mapping[str, Any]) -> None:
    """Show a component alone, as it is when other data came as it was drawn; what it asks for is in `window.asked`."""
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<body></body>"))
    page.goto(f"http://{launch.ADDRESS}{path}")
    page.evaluate(_ENDED_THOUGH_SHOWN, [source, html, data])


@pytest.fixture(scope="session")
def show(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Show]:
    """What chooses what the one server shows, for all tests that need no other models than the bundled ones."""
    with serving(tmp_path_factory.mktemp("serving")) as show:
        yield show


@pytest.fixture
def url(show: Show) -> str:
    """Of the small sample."""
    return show(0)


# Tabs of one browser share a process, where Streamlit's scripts are compiled already: half of what opening one takes.
TOGETHER = "--process-per-site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if not path:
        absent("no chromium on the path: apt-get install chromium")
    with sync_playwright() as playwright:
        # As root, in a container, chromium cannot use its own sandbox.
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=[TOGETHER, *flags])
        yield browser
        browser.close()


@contextmanager
def kept(browser: Browser) -> Iterator[BrowserContext]:
    """One for many tests; a tab without anything in it keeps the process of the others."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    blank = context.new_page()
    blank.route("**", lambda route: route.fulfill(body=""))
    blank.goto(f"http://{launch.ADDRESS}")
    yield context
    context.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with kept(browser) as context:
        yield context


@pytest.fixture(scope="session")
def elsewhere(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody else's, with other cookies."""
    with kept(browser) as context:
        yield context


# What a browser keeps of the last test goes when a tab is opened; what that tab keeps of its own stays.
FORGET = """
if (location.protocol === "http:" && !sessionStorage.begun) {
    localStorage.clear();
    sessionStorage.begun = true;
}
"""


def is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in {"blob", "data"} and parts.hostname != launch.ADDRESS


@contextmanager
def opened(context: BrowserContext) -> Iterator[Page]:
    """A page on which any request beyond this computer fails the test, of a browser that was never here."""
    outside: list[str] = []
    page = context.new_page()
    context.clear_cookies()
    page.add_init_script(FORGET)
    page.on("request", lambda request: outside.append(request.url) if is_outside(request.url) else None)
    page.set_viewport_size({"width": 1400, "height": 900})
    yield page
    page.close()
    assert not outside


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    with opened(context) as page:
        yield page


@pytest.fixture
def other(elsewhere: BrowserContext) -> Iterator[Page]:
    """In somebody else's browser."""
    with opened(elsewhere) as page:
        yield page
