"""How long a page takes to appear in a real browser, on a real workspace."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from workbench.core import Workbench
from workbench.errors import InputError, ModelMissingError, WorkbenchError
from workbench.ui.launch import ADDRESS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What is there once a page is drawn.
DRAWN = {"Library": "[data-testid=stExpander]", "Compare": ".segment"}
FIRST = "Compare, from starting the program"
_PATIENCE = 60.0  # seconds
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Switch:
    """Seconds from the click on a page's name until its content is drawn."""

    page: str
    seconds: float


def run(workspace: Path) -> list[Switch]:
    """Start the pages of a workspace with aligned documents and, after a round to warm up, switch between them.

    Raises InputError where no documents are aligned, ModelMissingError without Chromium or Playwright (both only for
    tests), WorkbenchError when the server does not start.
    """
    with Workbench(workspace) as bench:
        if not bench.aligned_pairs():
            raise InputError(
                f"{workspace} holds no aligned documents; build some by `python -m workbench sample`, or name another "
                "folder with --workspace"
            )
    with opened_browser() as browser:
        page, started = browser.new_page(), time.perf_counter()
        with served(workspace) as url:
            page.goto(url)
            page.wait_for_selector(DRAWN["Compare"], timeout=1000 * _PATIENCE)
            first = Switch(FIRST, time.perf_counter() - started)
            switches = [_switch(page, name) for _ in range(1 + _ROUNDS) for name in DRAWN]
    return [first, *switches[len(DRAWN) :]]


def _switch(page: Page, name: str) -> Switch:
    started = time.perf_counter()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector(DRAWN[name], timeout=1000 * _PATIENCE)
    return Switch(name, time.perf_counter() - started)


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    about = ["--port", str(port), "--workspace", str(workspace), "--user", "bench"]
    command = [sys.executable, "-m", "workbench", "serve", *about]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield f"http://{ADDRESS}:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex((ADDRESS, port)) == 0:
                return
        time.sleep(0.1)
    raise WorkbenchError("the pages did not start; run `python -m workbench serve` to see why")


@contextmanager
def opened_browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise ModelMissingError("timing pages needs Playwright: `pip install --group test`") from error
    if path is None:
        raise ModelMissingError("timing pages needs Chromium; install it, for example `apt-get install chromium`")
    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if as_root else [])
        yield browser
        browser.close()


def show(switches: list[Switch]) -> str:
    """A line a page: median and slowest."""
    lines = []
    for name in dict.fromkeys(switch.page for switch in switches):
        seconds = [switch.seconds for switch in switches if switch.page == name]
        lines.append(f"{name:<{len(FIRST)}}  median {median(seconds):.2f} s   slowest {max(seconds):.2f} s")
    return "\n".join([*lines, f"{os.cpu_count()} cores"])
