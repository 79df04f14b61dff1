"""How long the page Check takes from a judgement to the next unit, in a real browser over a real workspace."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from workbench.bench.pages import opened_browser, served
from workbench.bench.spotcheck import workspace
from workbench.datatypes import Setup

_PATIENCE = 60_000  # milliseconds


def run(units: int = 1000, judgements: int = 50) -> list[float]:
    """Seconds of each of so many judgements by keyboard, in a document of so many units; the first is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        with workspace(Path(folder), units) as bench:
            plan = bench.spotchecks.plan([], False, 0.03, 0.95, sample=min(units, judgements + 150))
            bench.spotchecks.start([], plan, Setup(seed=0))
        with served(Path(folder)) as url, opened_browser() as browser:
            page = browser.new_page()
            page.goto(f"{url}/check")
            number = page.locator(".where .number")
            number.wait_for(timeout=_PATIENCE)
            seconds = []
            for _ in range(judgements + 1):
                before = number.inner_text()
                started = time.perf_counter()
                page.keyboard.press("1")
                page.wait_for_function(_CHANGED, arg=before, polling=10, timeout=_PATIENCE)
                seconds.append(time.perf_counter() - started)
    return seconds[1:]


# The component stands in a shadow tree.
_CHANGED = """before => {
  for (const host of document.querySelectorAll("*")) {
    const number = host.shadowRoot?.querySelector(".where .number");
    if (number) return number.textContent !== before;
  }
  return false;
}"""


def show(seconds: list[float]) -> str:
    usual, slowest = median(seconds), max(seconds)
    return f"{len(seconds)} judgements: median {usual:.2f} s, slowest {slowest:.2f} s until the next unit is drawn"
