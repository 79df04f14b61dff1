"""How fast the Compare page answers in a real browser, on two long made-up documents."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from workbench.bench.pages import opened_browser, served
from workbench.core import Workbench
from workbench.datatypes import Bead, Bitext, Block, Document, Kind, Progress, Segment, silent
from workbench.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_SIZE = {"width": 1400, "height": 900}
_PATIENCE = 120_000.0  # milliseconds
_WHOLE = ".wb:not(.part) .segment"  # all passages are there, to be counted and searched
_KEYS = ("a", "m", "j", "a", "s")  # what a reviewer does: accept, merge, take a passage in, accept, split
_WORDS = ("river", "market", "council", "school", "bridge", "winter", "promise", "harvest", "window", "letter", "stone")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one kind of action took, each time, from the click or key until the page shows its result."""

    action: str
    seconds: tuple[float, ...]


def run(segments: int = 5000, edits: int = 1000, progress: Progress = silent) -> list[Timing]:
    """Time everything on a workspace of two documents of `segments` each.

    Raises ModelMissingError without Chromium or Playwright (both only for tests), WorkbenchError when the server
    does not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        far = make(Path(folder), segments)
        with served(Path(folder)) as url, opened_browser() as browser:
            others = [_paint(browser, f"{url}/about", "[data-testid=stMarkdown]") for _ in range(6)]
            paints = [_paint(browser, url) for _ in range(6)]
            again = _paints_again(browser, url, 6)
            wholes = [_paint(browser, url, _WHOLE) for _ in range(5)]
            links = [_paint(browser, f"{url}/?at={far}", ".segment.selected") for _ in range(5)]
            with _opened(browser, url, _WHOLE) as page:
                filters = [_filter(page, name) for name in ("linked", "only", "doubtful", "unreviewed", "all") * 3]
                jumps = [_jump(page, key) for key in ("End", "Home") * 5]
                scrolls = [_scroll(page, share / 10) for share in range(1, 10)]
                searches = [_search(page, word) for word in _WORDS[:8]]
                done = list(_edits(page, edits, progress))
    fifty = min(50, max(1, edits // 2))
    return [
        Timing("About, to compare", tuple(others[1:])),
        Timing("first paint, cold", tuple(paints[:1])),
        Timing("first paint", tuple(paints[1:])),
        Timing("first paint again", tuple(again[1:])),
        Timing("all passages", tuple(wholes)),
        Timing("deep link", tuple(links)),
        Timing("filter", tuple(filters)),
        Timing("first, last passage", tuple(jumps)),
        Timing("scroll far", tuple(scrolls)),
        Timing("search", tuple(searches)),
        Timing("edit", tuple(done)),
        Timing(f"edit, first {fifty}", tuple(done[:fifty])),
        Timing(f"edit, last {fifty}", tuple(done[-fifty:])),
    ]


def make(folder: Path, segments: int) -> str:
    """Put two documents and an alignment into a workspace, without any model; returns the id of a segment far down."""
    rng = random.Random(7)
    with Store(folder) as store:
        docs = [_put(store, name, segments, rng) for name in ("a.txt", "b.txt")]
        store.put_bitext(docs[0], docs[1], Bitext(tuple(_beads(segments, rng)), "made up", "bench"))
    with Workbench(folder) as workbench:
        return workbench.segments(docs[0])[4 * segments // 5].id


def _put(store: Store, name: str, segments: int, rng: random.Random) -> str:
    document, cut = _document(name, segments, rng)
    return store.put_document(document, cut, name, None, "bench").doc_id


def _document(name: str, segments: int, rng: random.Random) -> tuple[Document, list[Segment]]:
    texts = [f"{' '.join(rng.choices(_WORDS, k=rng.randint(6, 24))).capitalize()}." for _ in range(segments)]
    ends = list(accumulate(len(text) + 1 for text in texts))
    spans = [(end - len(text) - 1, end - 1) for end, text in zip(ends, texts, strict=True)]
    document = Document(name, "\n".join(texts), tuple(Block(Kind.BODY, *span) for span in spans), "txt", name, "en")
    cut = [
        Segment(text, (span,), "en", Kind.BODY, at) for at, (text, span) in enumerate(zip(texts, spans, strict=True))
    ]
    return document, cut


def _beads(segments: int, rng: random.Random) -> Iterator[Bead]:
    src = tgt = 0
    while src < segments and tgt < segments:
        m, n = rng.choice(((1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (1, 0), (0, 1)))
        m, n = min(m, segments - src), min(n, segments - tgt)
        told = rng.random(), 0.3 + 0.7 * rng.random(), ("made up",), rng.random()
        yield Bead(tuple(range(src, src + m)), tuple(range(tgt, tgt + n)), *told)
        src, tgt = src + m, tgt + n
    yield from (Bead((index,), ()) for index in range(src, segments))
    yield from (Bead((), (index,)) for index in range(tgt, segments))


@contextmanager
def _opened(browser: Browser, url: str, shown: str = ".segment") -> Iterator[Page]:
    """A page of a browser that has never been there, once something is shown."""
    context = browser.new_context(viewport=_SIZE)  # type: ignore[arg-type]
    yield _page(context, url, shown)
    context.close()


def _page(context: BrowserContext, url: str, shown: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(url, wait_until="commit")
    page.locator(shown).first.wait_for()
    return page


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _paint(browser: Browser, url: str, shown: str = ".segment") -> float:
    started = time.perf_counter()
    with _opened(browser, url, shown):
        return time.perf_counter() - started


def _paints_again(browser: Browser, url: str, times: int) -> list[float]:
    """In one browser, as people have it: all but the first time it keeps what the page consists of."""
    context = browser.new_context(viewport=_SIZE)  # type: ignore[arg-type]
    found = []
    for _ in range(times):
        found.append(_timed(lambda: _page(context, url, ".segment")))
        context.pages[-1].close()
    context.close()
    return found


def _filter(page: Page, name: str) -> float:
    button = page.locator(f"[data-filter={name}]")

    def choose() -> None:
        button.click()
        page.locator(f"[data-filter={name}][aria-pressed=true]").wait_for()

    return _timed(choose)


def _jump(page: Page, key: str) -> float:
    page.get_by_role("grid").focus()
    if not page.locator(".segment.selected").count():
        page.keyboard.press("ArrowDown")
    before = page.locator(".segment.selected").get_attribute("data-node")

    def press() -> None:
        page.keyboard.press(key)
        page.locator(f".segment.selected:not([data-node='{before}'])").wait_for()

    return _timed(press)


def _scroll(page: Page, share: float) -> float:
    """Until there is a passage in the middle of the table."""
    script = """async ([box, share]) => {
        box.scrollTop = share * box.scrollHeight;
        const at = box.getBoundingClientRect();
        const drawn = () => box.getRootNode().elementFromPoint(at.left + 200, at.top + at.height / 2)?.closest(".row");
        do await new Promise(requestAnimationFrame); while (!drawn());
    }"""
    box = page.locator(".box").first.element_handle()
    return _timed(lambda: page.evaluate(script, [box, share]))


def _search(page: Page, word: str) -> float:
    box = page.get_by_role("searchbox")
    box.fill("")
    page.locator("mark.hit").first.wait_for(state="detached")

    def look() -> None:
        box.fill(word)
        page.locator("mark.hit").first.wait_for()

    return _timed(look)


def _edits(page: Page, edits: int, progress: Progress) -> Iterator[float]:
    """Each on the next link that nobody has reviewed; what cannot be done there is not counted."""
    page.get_by_role("searchbox").fill("")
    page.get_by_role("grid").focus()
    page.keyboard.press("Home")
    done = tried = 0
    while done < edits and tried < 3 * edits:
        page.keyboard.press("u")
        key = _KEYS[tried % len(_KEYS)]
        tried += 1
        if key == "s" and not page.locator(".row.current .segment.lit").nth(2).count():
            continue
        state = page.locator(".wb").get_attribute("data-state")
        seconds = _timed(lambda key=key, state=state: _press(page, key, state))  # type: ignore[misc]
        done += 1
        progress("editing", done, edits)
        yield seconds


def _press(page: Page, key: str, state: str | None) -> None:
    """Until the page shows the change, or says why there is none."""
    page.keyboard.press(key)
    page.locator(f".wb:not([data-state='{state}']), .said.error").first.wait_for()


def show(timings: list[Timing]) -> str:
    """A line an action: how often, median, slowest."""
    lines = [
        f"{timing.action:<20} {len(timing.seconds):>5} times   median {median(timing.seconds):.3f} s"
        f"   slowest {max(timing.seconds):.3f} s"
        for timing in timings
        if timing.seconds
    ]
    return "\n".join([*lines, f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"])
