"""Every page as axe judges it: contrast, roles, names and landmarks, in light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Show, go, settled
from tests.browser.test_library import filled
from workbench.core import Workbench
from workbench.datatypes import Scheme, Setup

# Rules that Streamlit's own elements break: the field that files are dropped into, choices laid over a page.
_NOT_OURS = ("presentation-role-conflict", "region")
_ALL = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
    "rules": {name: {"enabled": False} for name in _NOT_OURS},
}
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}

_FADED_IN = """
() => Promise.all(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished.catch(() => null)))
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("accessible")
    filled(folder)
    with Workbench(folder, user="Ada") as bench:
        lettre = next(info.id for info in bench.documents() if info.name == "lettre.txt")
        for number, text in enumerate(("The mill opens on Tuesday.", "The end.", "Nobody came.")):
            bench.edit_translation(bench.segments(lettre)[number].id, text)
        plan = bench.spotchecks.plan([lettre], False, 0.5, 0.5)
        bench.spotchecks.start([lettre], plan, Setup(scheme=Scheme.ESA, seed=1))
    return folder


@pytest.fixture
def address(workspace: Path, show: Show) -> str:
    return show(workspace)


def judged(page: Page, *shown: Locator) -> None:
    """Fails at what axe finds wrong, in light and dark, once all of this is shown and nothing fades in any more."""
    for scheme, options in {"light": _ALL, "dark": _COLOURS}.items():  # nothing else is different then
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        for each in shown:
            expect(each.first).to_be_visible()
        settled(page)
        page.evaluate(_FADED_IN)
        found = Axe().run(page, options=options).response["violations"]
        told = [(each["id"], node["html"], node["failureSummary"]) for each in found for node in each["nodes"]]
        assert not told, f"{page.url} in {scheme}: {told}"


def test_every_page_can_be_read_and_reached_by_all(page: Page, address: str) -> None:
    page.goto(f"{address}/check")
    judged(page, page.get_by_text("Random sample"))
    page.get_by_text("Report", exact=True).click()
    judged(page, page.get_by_text("Report (HTML)"))
    page.get_by_text("Automatic", exact=True).click()
    judged(page, page.get_by_text("What is to be checked?"))
    for name, text in {
        "Matrix": "Each row is one passage",
        "Concordance": "Word or phrase",
        "Export": "Format",
        "Library": "Add documents",
        "About": "Your work is in the folder",
    }.items():
        go(page, name)
        judged(page, page.get_by_text(text))


def test_comparing_can_be_read_and_reached_by_all(page: Page, address: str) -> None:
    page.goto(f"{address}/?docs=lettre.txt,信.txt")
    passage = page.locator(".segment").filter(has_text="La fin.")
    passage.click()
    judged(page, page.locator(".segment.selected"))
    page.keyboard.press("?")
    judged(page, page.get_by_role("dialog").get_by_text("Accept this link"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Own order").click()
    page.get_by_role("button", name="Map", exact=True).click()
    judged(page, passage, page.locator("canvas"))
    page.keyboard.press("e")
    judged(page, page.locator("textarea"))


def test_what_is_chosen_is_seen_in_the_readers_own_colours(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{address}/?docs=lettre.txt,信.txt")
    passage = page.locator(".segment").filter(has_text="La fin.")
    expect(passage).to_have_css("outline-style", "none")
    passage.click()
    expect(passage).to_have_css("outline-style", "solid")
    shade = "button => getComputedStyle(button).backgroundColor"
    filters = page.get_by_role("group", name="Show").get_by_role("button")
    assert filters.nth(0).evaluate(shade) != filters.nth(1).evaluate(shade)


def test_at_four_times_the_size_nothing_has_to_be_scrolled_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path, text in {
        "?docs=lettre.txt,信.txt": "La fin.",
        "check?show=judge": "Random sample",
        "check?show=report": "Share of units with a major error",
        "check?show=automatic": "What is to be checked?",
        "matrix": "Each row is one passage",
        "library": "Add documents",
    }.items():
        page.goto(f"{address}/{path}")
        expect(page.get_by_text(text).first).to_be_attached()
        settled(page)
        assert page.locator(".stMain").evaluate("main => main.scrollWidth") == 320, path


# Words of which parts stand on two lines.
_BROKEN = """
cells => cells.flatMap((cell) => [...cell.textContent.matchAll(/\\p{L}+/gu)].filter((word) => {
    const range = document.createRange();
    range.setStart(cell.firstChild, word.index);
    range.setEnd(cell.firstChild, word.index + word[0].length);
    return range.getClientRects().length > 1;
}).map(([word]) => word))
"""


def test_no_word_is_broken_in_a_report_s_tables_in_a_narrow_window(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/check?show=report")
    cells = page.locator(".report th, .report td")
    expect(cells.get_by_text("unsure")).to_be_visible()
    assert not cells.evaluate_all(_BROKEN)
