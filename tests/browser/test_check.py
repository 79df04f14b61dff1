"""The page Check in a real browser over a real workspace: judging by keyboard, marking, correcting, the report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Show, compose, ended_though_shown, go, nothing_written, press_as
from tests.support import jobs_done_here
from workbench.bench.spotcheck import workspace
from workbench.core import Workbench
from workbench.datatypes import Scheme, Setup, Severity, Stratum
from workbench.ui.components.files import joined
from workbench.ui.components.judge import PARTS
from workbench.ui.judging import Session


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with workspace(tmp_path_factory.mktemp("check") / "kept", 46) as bench:
        bench.user = "Ada"
        bench.edit_translation(bench.segments("simulated.fr.txt")[4].id, "Sentence number 999.")
        yield bench


@pytest.fixture
def address(bench: Workbench, show: Show) -> str:
    return f"{show(bench.folder)}/check"


def start(bench: Workbench, **more: Any) -> int:
    plan = bench.spotchecks.plan([], False, 0.1, 0.95)
    return bench.spotchecks.find_suspects(
        bench.spotchecks.start([], plan, Setup(**{"seed": 1, "suspects": 3, **more}))
    ).number


def judged(page: Page, number: int, of: int) -> None:
    expect(page.get_by_role("tab", name="Random sample")).to_contain_text(f"{number} of {of}")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Nothing on the page tells that a draft is kept."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def test_twenty_units_are_judged_by_keyboard_and_a_reload_loses_nothing(
    page: Page, bench: Workbench, address: str
) -> None:
    page.goto(address)
    page.get_by_text("A number that is fixed before").click()
    page.get_by_role("spinbutton", name="Fewer than … % have a major error").fill("10.0")
    page.get_by_role("spinbutton", name="Fewer than … % have a major error").press("Enter")
    expect(page.get_by_text("Judge 20 of 46 units.")).to_be_visible()
    with jobs_done_here(bench):  # the suspects are looked for meanwhile
        page.get_by_role("button", name="Begin").click()
        judged(page, 0, 20)
        page.keyboard.press("0")
        judged(page, 1, 20)
        page.keyboard.press("z")  # a slip: take it back
        judged(page, 0, 20)
        for number in range(1, 21):
            page.keyboard.press("2" if number == 7 else "1")
            if number == 10:
                judged(page, 10, 20)
                page.reload()
            judged(page, number, 20)
        expect(page.get_by_text("Nothing is left to judge on this list.")).to_be_visible()
    expect(page.get_by_text("decided: accepted")).to_be_visible()
    page.get_by_text("Report", exact=True).click()
    expect(page.get_by_text("Accepted: fewer than 10 % with a major error")).to_be_visible()
    expect(page.get_by_role("img", name="Intervals")).to_be_visible()
    campaign = bench.spotchecks.all()[-1]
    found = bench.spotchecks.report(campaign)
    assert (found.random.units, found.random.minor, found.random.major) == (20, 1, 0)
    assert {each.judgement.judge for each in found.findings} == {"Ada"}
    with page.expect_download() as download:
        page.get_by_role("button", name="Report (HTML)").click()
    assert "Accepted: fewer than 10\N{NO-BREAK SPACE}%" in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_key_is_heard_though_other_data_came_as_the_unit_was_drawn(page: Page, bench: Workbench) -> None:
    session = Session(bench, bench.spotchecks.get(start(bench, scheme=Scheme.GRADE)))
    ended_though_shown(page, "/check", joined(*PARTS), '<section class="judge"></section>', session.data())
    page.keyboard.press("1")
    assert [(asked["do"], asked["grade"]) for asked in page.evaluate("window.asked")] == [("judge", "good")]


def test_errors_are_marked_by_keyboard_and_mouse_and_drafts_outlive_a_reload(
    page: Page, bench: Workbench, address: str
) -> None:
    number = start(bench, scheme=Scheme.MQM)
    page.goto(f"{address}?check={number}")
    target = page.locator(".text[data-side=tgt]")
    expect(target).to_be_visible()
    assert not target.evaluate("text => text.translate")  # by the browser
    page.keyboard.press("Enter")  # without an error
    judged(page, 1, 20)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("mark.chosen")).to_have_text("Sentence number")
    page.keyboard.press("2")
    kind = page.get_by_role("combobox", name="Kind of error")
    expect(kind).to_be_focused()
    page.keyboard.press("Escape")  # the list that opened by itself
    page.keyboard.press("Enter")
    expect(kind).not_to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say of each error what kind it is.")).to_be_visible()
    kind.select_option("Accuracy/Mistranslation")
    page.keyboard.press("m")
    expect(kind).to_have_count(2)
    campaign = bench.spotchecks.get(number)

    def is_kept() -> bool:
        view = bench.spotchecks.view(campaign, Stratum.RANDOM)
        return bool(view and view.is_draft and view.said and len(view.said.marks) == 2)

    until(page, is_kept)
    page.reload()
    expect(kind).to_have_count(2)
    expect(page.locator("mark.major")).to_have_text("Sentence number")
    page.keyboard.press("Enter")
    judged(page, 2, 20)
    found = bench.spotchecks.report(campaign)
    marks = found.findings[-1].judgement.marks
    assert [(mark.category, mark.severity, mark.start, mark.end) for mark in marks] == [
        ("Accuracy/Mistranslation", Severity.MAJOR, 0, 15),
        ("Accuracy/Omission", Severity.MAJOR, 0, 0),
    ]


def test_a_judge_s_keys_are_those_of_any_keyboard_and_none_while_a_word_is_composed(
    page: Page, bench: Workbench, address: str
) -> None:
    number = start(bench)
    page.goto(f"{address}?check={number}")
    judged(page, 0, 20)
    press_as(page, "&", "Digit1")  # a French keyboard
    judged(page, 1, 20)
    press_as(page, "Z", "KeyZ")  # Caps Lock
    judged(page, 0, 20)
    note = page.get_by_role("textbox", name="Note")
    note.focus()
    compose(page, "nihao")
    press_as(page, "Enter", "Enter")
    press_as(page, "Escape", "Escape")
    expect(note).to_be_focused()


# As a finger does: no mouse tells of it, and to press a button ends it.
_TOUCHED = """
text => {
    const chosen = getSelection();
    chosen.setBaseAndExtent(text.firstChild, 0, text.firstChild, "Sentence".length);
    requestAnimationFrame(() => requestAnimationFrame(() => {
        chosen.removeAllRanges();
        text.getRootNode().querySelector(".tool.major").click();
    }));
}
"""


def test_words_that_are_selected_by_touch_are_marked(page: Page, bench: Workbench, address: str) -> None:
    number = start(bench, scheme=Scheme.ESA)
    page.goto(f"{address}?check={number}")
    page.locator(".text[data-side=tgt]").evaluate(_TOUCHED)
    expect(page.locator("mark.major")).to_have_text("Sentence")


def test_suspects_are_confirmed_scores_set_and_translations_corrected(
    page: Page, bench: Workbench, address: str
) -> None:
    number = start(bench, scheme=Scheme.ESA)
    campaign = bench.spotchecks.get(number)
    page.goto(f"{address}?check={number}")
    page.get_by_role("tab", name="Suspects").click()
    expect(page.locator(".suspect")).not_to_have_count(0)
    expect(page.locator(".text[data-side=tgt]")).to_have_text("Sentence number 999.")
    page.keyboard.press("a")
    expect(page.locator("mark.major, mark.minor, mark.critical").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Set the score, 0 to 100.")).to_be_visible()
    page.keyboard.type("35")
    expect(page.get_by_role("status").first).to_have_text("35")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    box = page.get_by_role("textbox", name="The translation, corrected")
    box.fill("Sentence number 4.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Corrected.")).to_be_visible()
    expect(page.locator(".corrected")).to_contain_text("Sentence number 4.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Suspects")).to_contain_text("1 of 3")
    [finding] = bench.spotchecks.report(campaign).findings
    assert (finding.judgement.score, finding.judgement.tgt_text) == (35, "Sentence number 999.")
    assert bench.segments("simulated.fr.txt")[4].english.text == "Sentence number 4."  # type: ignore[union-attr]


def test_who_corrects_second_is_told_keeps_their_words_and_sees_what_was_first(
    page: Page, bench: Workbench, address: str
) -> None:
    campaign = bench.spotchecks.get(start(bench, scheme=Scheme.ESA, suspects=0))
    unit = bench.spotchecks.view(campaign, Stratum.RANDOM).unit.id  # type: ignore[union-attr]
    ben = bench.for_user("Ben")
    page.goto(f"{address}?check={campaign.number}")
    expect(page.locator(".text[data-side=tgt]")).to_be_visible()
    dialog, box = page.get_by_role("dialog"), page.get_by_role("textbox", name="The translation, corrected")
    page.keyboard.press("e")
    box.fill("Mine.")
    ben.edit_translation(unit, "Theirs.")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_contain_text("Changed meanwhile. It is now: Theirs.")
    expect(dialog.get_by_role("status")).to_contain_text("changed meanwhile")
    expect(box).to_have_value("Mine.")
    expect(box).to_be_focused()
    page.reload()
    expect(dialog.get_by_role("status")).to_have_text("You had not saved this yet.")
    expect(dialog).to_contain_text("It is now: Theirs.")
    dialog.get_by_role("button", name="Save mine instead").click()
    expect(page.locator(".corrected")).to_contain_text("Mine.")
    expect(page.locator(".text[data-side=tgt]")).to_have_text("Theirs.")
    expect(dialog).to_have_count(0)
    # It is judged as it was found: what another writes then is seen nowhere until one corrects it, too.
    page.keyboard.press("e")
    box.fill("Mine, anew.")
    ben.edit_translation(unit, "Theirs, anew.")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_contain_text("It is now: Theirs, anew.")
    dialog.get_by_role("button", name="Leave it as it is now").click()
    expect(page.locator(".corrected")).to_contain_text("Theirs, anew.")
    expect(page.locator(".unsaved")).to_have_count(0)


def test_e_corrects_again_in_the_moment_in_which_a_correction_was_saved(
    page: Page, bench: Workbench, address: str
) -> None:
    campaign = bench.spotchecks.get(start(bench, scheme=Scheme.ESA, suspects=0))
    page.goto(f"{address}?check={campaign.number}")
    expect(page.locator(".text[data-side=tgt]")).to_be_visible()
    page.keyboard.press("e")
    box = page.get_by_role("textbox", name="The translation, corrected")
    box.fill("Mine.")
    page.get_by_role("dialog").evaluate("""dialog => {
        const e = new KeyboardEvent("keydown", { key: "e", bubbles: true });
        const root = dialog.parentElement;
        new MutationObserver(() => dialog.open || root.dispatchEvent(e)).observe(dialog, { attributes: true });
    }""")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".corrected")).to_contain_text("Mine.")
    box.fill("Mine, anew.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".corrected")).to_contain_text("Mine, anew.")


def test_what_a_document_s_own_text_should_say_is_proposed_and_goes_into_the_remark(
    page: Page, bench: Workbench, address: str
) -> None:
    bench.add_bytes(b"One.\n\nTwo.\n\nThree.", "own.en.txt", "en")
    pair = ["simulated.fr.txt", "own.en.txt"]
    for n in range(3):
        bench.link(*pair, [n], [n])
    plan = bench.spotchecks.plan(pair, True, 0.5, 0.9)
    number = bench.spotchecks.start(pair, plan, Setup(seed=1, suspects=0), pair=True).number
    page.goto(f"{address}?check={number}")
    target = page.locator(".text[data-side=tgt]")
    expect(target).to_be_visible()
    own = target.inner_text()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="Propose a correction")
    expect(dialog).to_contain_text("This text is the document's own and stays as it is.")
    dialog.get_by_role("textbox").fill("Another wording.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".corrected")).to_contain_text("Another wording.")
    expect(target).to_have_text(own)
    assert [unit.comment for unit in bench.units(*pair) if unit.comment] == ["[proposed: Another wording.]"]


def test_a_blind_judge_sees_neither_engine_nor_suspects_and_a_stranger_is_told(
    page: Page, bench: Workbench, address: str
) -> None:
    number = start(bench, blind=True)
    page.goto(f"{address}?check={number}")
    expect(page.locator(".where")).to_contain_text("simulated.fr.txt")
    expect(page.locator(".where")).not_to_contain_text("estimate")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Take back your latest judgement")
    page.keyboard.press("Escape")
    other = start(bench, judges=["Ben"])
    page.goto(f"{address}?check={other}")
    expect(page.get_by_text("is judged by Ben, and you are Ada")).to_be_visible()


def test_what_two_tabs_mark_is_kept_in_both_and_the_judge_chooses(page: Page, bench: Workbench, address: str) -> None:
    campaign = bench.spotchecks.get(start(bench, scheme=Scheme.ESA))
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{address}?check={campaign.number}")
        expect(tab.locator(".text[data-side=tgt]")).to_be_visible()

    def notes() -> list[str]:
        view = bench.spotchecks.view(campaign, Stratum.RANDOM, 1)
        return [str(draft.said["note"]) for draft in view.drafts] if view else []

    def note(tab: Page, text: str) -> None:
        tab.get_by_role("textbox", name="Note").press_sequentially(text)

    note(page, "one")
    until(page, lambda: notes() == ["one"])
    note(other, "two")
    until(page, lambda: notes() == ["one", "two"])
    expect(other.locator(".other")).to_contain_text("In another tab you marked here: note “one”.")
    note(other, " and more")  # the notice takes neither the focus nor what is typed
    until(page, lambda: notes() == ["one", "two and more"])
    page.reload()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("two and more")
    page.keyboard.press("o")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("one")
    expect(page.locator(".other")).to_contain_text("note “two and more”")
    page.keyboard.press("s")
    page.keyboard.type("35")
    page.keyboard.press("Enter")  # at once: the score is still on its way as a draft
    judged(page, 1, 20)
    other.keyboard.press("Escape")
    other.keyboard.press("s")
    other.keyboard.type("80")
    other.keyboard.press("Enter")
    expect(other.get_by_text("You judged this meanwhile in another tab (major errors)")).to_be_visible()
    expect(other.get_by_role("textbox", name="Note")).to_have_value("two and more")
    assert [each.judgement.note for each in bench.spotchecks.report(campaign).findings] == ["one"]
    other.close()


def test_what_is_marked_right_before_another_key_is_kept(page: Page, bench: Workbench, address: str) -> None:
    campaign = bench.spotchecks.get(start(bench, scheme=Scheme.ESA))
    page.goto(f"{address}?check={campaign.number}")
    expect(page.locator(".text[data-side=tgt]")).to_be_visible()
    page.keyboard.type("mg")  # [missing], and the next unit that waits, which is the same
    expect(page.locator(".marks .excerpt")).to_have_text("[missing]")
    until(page, lambda: (view := bench.spotchecks.view(campaign, Stratum.RANDOM)) is not None and view.is_draft)


def test_a_judgement_that_is_still_to_be_saved_is_saved_before_a_link_leads_to_another_page(
    page: Page, bench: Workbench, address: str
) -> None:
    campaign = bench.spotchecks.get(start(bench))
    page.goto(f"{address}?check={campaign.number}")
    judged(page, 0, 20)
    with nothing_written(bench.folder):
        page.keyboard.press("3")
        go(page, "About")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    assert bench.spotchecks.report(campaign).random.major == 1


def test_what_was_pressed_right_before_back_is_done_when_the_check_is_shown_again(
    page: Page, bench: Workbench, address: str
) -> None:
    campaign = bench.spotchecks.get(start(bench, scheme=Scheme.ESA))
    page.goto(address.replace("/check", "/about"))
    go(page, "Check")
    expect(page.locator(".text[data-side=tgt]")).to_be_visible()
    with nothing_written(bench.folder):
        page.keyboard.press("s")
        page.keyboard.type("35")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.go_back()
    page.wait_for_url("**/about")
    go(page, "Check")
    judged(page, 1, 20)
    page.keyboard.press("m")
    page.go_back()  # before the draft is sent
    page.wait_for_url("**/about")
    go(page, "Check")
    expect(page.locator(".marks .excerpt")).to_have_text("[missing]")
    until(page, lambda: (view := bench.spotchecks.view(campaign, Stratum.RANDOM)) is not None and view.is_draft)


def test_places_with_the_same_text_are_corrected_along_but_for_one_that_changed_meanwhile(
    page: Page, bench: Workbench, address: str
) -> None:
    campaign = bench.spotchecks.get(start(bench, suspects=0))
    unit = bench.spotchecks.view(campaign, Stratum.RANDOM).unit  # type: ignore[union-attr]
    bench.add_bytes(f"{unit.src_text}\n\n{unit.src_text}".encode(), "like.fr.txt", "fr")
    theirs = bench.segments("like.fr.txt")[0].id
    page.goto(f"{address}?check={campaign.number}")
    expect(page.locator(".text[data-side=tgt]")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_text("The same text stands in 2 other places")).to_be_visible()
    page.get_by_role("textbox", name="The translation, corrected").fill("Mine.")
    bench.for_user("Ben").edit_translation(theirs, "Theirs.")
    page.keyboard.press("Control+Enter")
    told = "Corrected, and in 1 other place. 1 other place changed meanwhile and stayed as found."
    expect(page.get_by_text(told)).to_be_visible()
    said = [segment.english.text for segment in bench.segments("like.fr.txt") if segment.english]
    assert said == ["Theirs.", "Mine."]


def test_a_glossary_is_taken_on_the_page_and_one_that_is_none_leaves_it_in_place(page: Page, address: str) -> None:
    page.goto(f"{address}?show=automatic")
    page.get_by_role("button", name="Glossary", exact=True).click()
    book = (
        b'<tbx><text><body><conceptEntry><langSec xml:lang="fr"><termSec><term>phrase</term></termSec></langSec>'
        b'<langSec xml:lang="en"><termSec><term>sentence</term></termSec></langSec></conceptEntry></body></text></tbx>'
    )
    page.locator("input[type=file]").first.set_input_files({"name": "terms.tbx", "mimeType": "", "buffer": book})
    expect(page.get_by_role("button", name="Glossary: 1 term")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files({"name": "no.csv", "mimeType": "", "buffer": b"what,how\n"})
    expect(page.get_by_text("must name two languages")).to_be_visible()
    expect(page.get_by_role("button", name="Glossary: 1 term")).to_be_visible()


def test_a_report_is_printed_dark_on_white_with_its_marks(page: Page, bench: Workbench) -> None:
    campaign = bench.spotchecks.get(start(bench))
    page.emulate_media(color_scheme="dark")
    page.set_content(bench.spotchecks.written(campaign, "html").decode())
    looks = """() => { const look = (name) => getComputedStyle(document.querySelector(name));
        return [look("body").color, look(".verdict").printColorAdjust, look("h3").breakAfter]; }"""
    assert page.evaluate(looks)[0] == "rgb(230, 233, 232)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(looks) == ["rgb(31, 38, 40)", "exact", "avoid"]
