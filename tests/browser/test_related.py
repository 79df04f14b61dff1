"""Saying on the Compare page that two documents tell of one thing, over a real workspace."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Show
from tests.support import ROOT, jobs_done_here
from workbench.core import Workbench

GOLD = ROOT / "tests" / "gold" / "comparable" / "tuning"


def add(bench: Workbench, name: str, lang: str, most: int) -> None:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()[:most]
    bench.add_bytes("\n\n".join(lines).encode(), f"{name}.txt", lang)


def test_who_knows_that_two_reports_are_of_one_event_says_so_and_sees_the_links(
    page: Page, show: Show, tmp_path: Path
) -> None:
    with Workbench(tmp_path / "kept", user="Ada") as bench:
        add(bench, "grid.src", "es", most=30)
        add(bench, "grid.tgt", "zh-Hans", most=30)
        bench.align(["grid.src.txt", "grid.tgt.txt"])
        verdicts, linked = page.locator(".verdicts"), page.get_by_role("button", name="Linked")
        look = page.get_by_role("button", name="Look for passages with that in mind")
        again = page.get_by_role("button", name="Align again", exact=True)
        address = show(bench.folder)
        page.goto(address)
        expect(verdicts).to_contain_text("Nothing found in common")
        expect(linked).to_have_text("Linked 0")
        with jobs_done_here(bench):
            look.click()
            expect(verdicts).to_contain_text("Ada’s word that both tell of one thing: links are being looked for anew")
            expect(page.get_by_text("waits for its turn")).to_be_visible()
        expect(verdicts).to_contain_text("The links rest on Ada’s word")
        expect(verdicts).to_contain_text("Different tellings of one event")
        expect(verdicts).not_to_contain_text("Nothing found in common")
        expect(linked).not_to_have_text("Linked 0")
        expect(look).to_have_count(0)
        expect(again).to_have_count(0)
        page.reload()
        expect(verdicts).to_contain_text("The links rest on Ada’s word")

        page.locator(".segment").first.click()
        page.keyboard.press("z")
        expect(verdicts).to_contain_text("taken back: press Align again")
        expect(again).to_be_visible()
        page.keyboard.press("y")
        expect(verdicts).not_to_contain_text("taken back")
        expect(again).to_have_count(0)
        with jobs_done_here(bench):
            page.get_by_role("button", name="Take that back").click()
            expect(verdicts).to_contain_text("taken back: they are being looked for anew")
        expect(verdicts).to_contain_text("Nothing found in common")
        expect(linked).to_have_text("Linked 0")
        expect(look).to_be_visible()


def test_of_several_documents_no_two_are_asked_about(page: Page, show: Show, tmp_path: Path) -> None:
    with Workbench(tmp_path / "kept", user="Ada") as bench:
        for name, lang in (("fleet.src", "de"), ("fleet.tgt", "en"), ("grid.src", "es")):
            add(bench, name, lang, most=6)
        names = [info.name for info in bench.documents()]
        bench.align(names)
        bench.say_related(names[:2])
        address = show(bench.folder)
        page.goto(f"{address}/?docs={','.join(names)}")
        expect(page.locator(".verdicts")).to_contain_text("A and B: There is Ada’s word")
        expect(page.locator(".verdicts")).to_contain_text("A and B, A and C, B and C: Nothing found in common")
        expect(page.locator(".verdicts").get_by_role("button")).to_have_count(0)
