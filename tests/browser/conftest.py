"""A server of the pages and a browser, for all tests here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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


FAKE = [sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "tests" / "browser" / "fake_app.py")]
SERVE = "import sys, workbench.ui.launch as launch; launch.serve(launch.Path('kept'), int(sys.argv[1]), 'Ada')"


@contextmanager
def served(folder: Path, length: int | None = 0) -> Iterator[str]:
    """The pages, served from another folder than the repository; fails if they call an outside host.

    `length`: of two documents in memory, 0 for the small sample, None for the real workspace `folder / "kept"`.
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


def go(page: Page, name: str) -> None:
    """Go to another page by its name at the top."""
    page.get_by_test_id("stHeader").get_by_role("link", name=name, exact=True).click()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
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
