"""What is pressed on the Compare page is done, whatever comes up in that moment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Show, ended_though_shown, go, nothing_written, settled
from tests.browser.test_compare import Arriving
from workbench.core import Workbench
from workbench.datatypes import Bead, Bitext, Status
from workbench.store import Store
from workbench.ui import components
from workbench.ui.components.files import joined
from workbench.ui.components.passages import PARTS
from workbench.ui.feed import Feed

WORDS = "one two three four five six seven eight".split()  # noqa: SIM905


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Eight passages a side, linked one to one."""
    folder = tmp_path / "kept"
    with Workbench(folder) as bench:
        for name in ("left.txt", "right.txt"):
            bench.add_bytes("\n\n".join(f"This is number {word}." for word in WORDS).encode(), name, "en")
        src, tgt = (info.id for info in bench.documents())
    with Store(folder) as store:
        store.put_bitext(src, tgt, Bitext(tuple(Bead((at,), (at,), 0.5, 0.9) for at in range(8)), "made up", "test"))
    return folder


@pytest.fixture
def opened(page: Page, workspace: Path, show: Show) -> Page:
    page.goto(show(workspace))
    expect(passage(page, "one")).to_be_visible()
    return page


def passage(page: Page, word: str) -> Locator:
    return page.locator(".segment").filter(has_text=f"number {word}.").first


def accepted(folder: Path) -> set[int]:
    """Where links are accepted, by their place in the first document."""
    with Workbench(folder) as bench:
        pair = bench.pair("left.txt", "right.txt")
        assert pair is not None
        return {view.bead.src[0] for view in pair.beads if view.status is Status.ACCEPTED}


def accept_five(page: Page) -> None:
    passage(page, "one").click()
    for _ in range(5):
        page.keyboard.press("a")
        page.keyboard.press("ArrowDown")


def test_a_click_is_one_though_what_another_did_comes_up_before_the_button_is_let_go(
    page: Page, workspace: Path, show: Show
) -> None:
    with page.expect_websocket() as socket:
        page.goto(show(workspace))
    passage(page, "three").hover()
    page.mouse.down()
    with (
        socket.value.expect_event("framereceived", lambda sent: b"The other" in sent),
        Workbench(workspace, user="Bob") as bob,
    ):
        bob.rename("right.txt", "The other")  # which draws all passages anew
    settled(page)
    page.mouse.up()
    page.keyboard.press("a")
    expect(page.locator(".row").filter(has_text="three")).to_contain_text("accepted by Ada")
    expect(page.locator(".column-head").nth(1)).to_contain_text("The other")


def test_a_key_is_about_the_passage_that_was_chosen_though_another_person_cuts_one_before_it(
    opened: Page, workspace: Path
) -> None:
    passage(opened, "three").click()
    with Workbench(workspace, user="Bob") as bob:
        bob.split_segment(bob.segments("left.txt")[0].id, 8)
    expect(opened.locator(".segment").filter(has_text="number one.").locator(".number").first).to_have_text("2")
    opened.keyboard.press("a")
    expect(opened.locator(".row").filter(has_text="three")).to_contain_text("accepted by Ada")
    assert accepted(workspace) == {3}


def test_what_was_pressed_is_saved_before_a_link_leads_to_another_page(opened: Page, workspace: Path) -> None:
    with nothing_written(workspace):
        accept_five(opened)
        go(opened, "About")
    expect(opened.get_by_text("Your work is in the folder")).to_be_visible()
    assert accepted(workspace) == {0, 1, 2, 3, 4}


def test_what_was_pressed_before_back_is_saved_when_the_documents_are_shown_again(
    page: Page, workspace: Path, show: Show
) -> None:
    page.goto(f"{show(workspace)}/about")
    go(page, "Compare")
    expect(passage(page, "one")).to_be_visible()
    with nothing_written(workspace):
        accept_five(page)
        page.go_back()
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    go(page, "Compare")
    expect(page.get_by_text("accepted by Ada")).to_have_count(5)
    assert accepted(workspace) == {0, 1, 2, 3, 4}


def test_a_link_pressed_right_after_back_while_nothing_is_saved_yet_leads_to_its_page(
    page: Page, workspace: Path, show: Show
) -> None:
    page.goto(f"{show(workspace)}/about")
    go(page, "Compare")
    expect(passage(page, "one")).to_be_visible()
    link = page.get_by_test_id("stHeader").get_by_role("link", name="Export", exact=True)
    with nothing_written(workspace):
        accept_five(page)
        link.evaluate("""link => {
            addEventListener("popstate", () => link.click(), { once: true });
            history.back();
        }""")
        page.wait_for_url("**/about")
    expect(page.get_by_role("button", name="Save as a file")).to_be_visible()
    go(page, "Compare")
    expect(page.get_by_text("accepted by Ada")).to_have_count(5)


def test_a_link_leads_to_its_page_though_the_table_asked_for_what_others_did_just_before(opened: Page) -> None:
    settled(opened)
    link = opened.get_by_test_id("stHeader").get_by_role("link", name="About", exact=True)
    link.evaluate("link => { window.dispatchEvent(new Event('focus')); link.click(); }")
    expect(opened.get_by_text("Your work is in the folder")).to_be_visible()
    settled(opened)
    expect(opened.get_by_text("Your work is in the folder")).to_be_visible()


def test_whoever_reloads_before_all_is_saved_is_asked(opened: Page, workspace: Path) -> None:
    opened.on("dialog", lambda dialog: dialog.dismiss())
    with nothing_written(workspace):
        accept_five(opened)
        with opened.expect_event("dialog"):
            opened.evaluate("setTimeout(() => location.reload())")
    expect(opened.get_by_text("accepted by Ada")).to_have_count(5)
    assert accepted(workspace) == {0, 1, 2, 3, 4}


def test_a_key_is_heard_though_other_data_came_as_the_table_was_drawn(page: Page, workspace: Path) -> None:
    with Workbench(workspace) as bench:
        feed = Feed(bench, tuple(info.id for info in bench.documents()))
        ended_though_shown(page, "/compare", joined(*PARTS), '<section class="wb"></section>', feed.data())
    page.keyboard.press("z")
    asked = page.evaluate("window.asked")
    assert [request["do"] for request in asked if request.get("edits")] == ["undo"]


def test_a_table_that_was_left_asks_for_nothing_more(page: Page, workspace: Path, show: Show) -> None:
    sent: list[int] = []

    def note(frame: str | bytes) -> None:
        sent.extend(int(number) for number in re.findall(rb'"n":(\d+)}]', frame if isinstance(frame, bytes) else b""))

    page.clock.install()
    page.on("websocket", lambda socket: socket.on("framesent", note))
    page.goto(show(workspace))
    passage(page, "one").click()
    page.keyboard.press("a")
    go(page, "About")  # before the table asks what that makes of its verdict
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    page.clock.run_for(5_000)
    go(page, "Compare")
    expect(passage(page, "one")).to_be_visible()
    page.clock.run_for(10_000)
    settled(page)
    assert sent == sorted(sent)


def test_a_change_that_is_long_in_being_saved_is_told_until_it_is(page: Page, workspace: Path, show: Show) -> None:
    page.clock.install()
    page.goto(show(workspace))
    passage(page, "one").click()
    with nothing_written(workspace):
        page.keyboard.press("a")
        page.clock.run_for(4_000)
        expect(page.locator(".said")).to_contain_text("Not saved yet")
    expect(page.locator(".said")).to_contain_text("Accepted the link of passage 1 with 1.")


# Three keys were pressed, of which one waits for what the two before it make, when another server takes the page over.
LOSE_THREE = """
(source) => new Promise((tell) => {
  const edit = (n) => ({ n, do: "merge", edits: true });
  const page = { ...new Function(`${source}; return wire`)(), tell, session: "of the first", have: 9, asked: 9 };
  Object.assign(page, { flight: [edit(8), edit(9)], later: [{ does: "accept" }], queue: [], leaving: { goOn() {} } });
  Object.assign(page, { goOnEditing() {}, fit() {} });
  page.showNow({ session: "of the second", named: "", done: 0, last: 0, messages: [] });
})
"""


def test_how_many_changes_went_with_a_lost_connection_is_told(page: Page) -> None:
    source = (Path(components.__file__).parent / "table" / "wire.js").read_text(encoding="utf-8")
    assert page.evaluate(LOSE_THREE, source) == "The connection was lost: the last 3 changes may not be saved."


def linked(folder: Path) -> dict[tuple[tuple[int, ...], tuple[int, ...]], Status]:
    """All links, and what people say of them."""
    with Workbench(folder) as bench:
        pair = bench.pair("left.txt", "right.txt")
        assert pair is not None
        return {(view.bead.src, view.bead.tgt): view.status for view in pair.beads if not view.bead.is_null}


def test_keys_on_one_link_in_quick_succession_are_all_done_each_on_what_the_one_before_made(
    opened: Page, workspace: Path
) -> None:
    passage(opened, "one").click()
    with nothing_written(workspace):
        for key in ("j", "j", "ArrowDown", "ArrowDown", "ArrowDown", "m", "x", "ArrowDown", "ArrowDown", "m", "m", "a"):
            opened.keyboard.press(key)
        go(opened, "About")
    expect(opened.get_by_text("Your work is in the folder")).to_be_visible()
    assert linked(workspace) == {
        ((0, 1, 2), (0,)): Status.ACCEPTED,
        ((3, 4), (3, 4)): Status.REJECTED,
        ((5, 6, 7), (5, 6, 7)): Status.ACCEPTED,
    }


def test_an_undo_takes_back_the_key_before_it_though_that_still_waits(opened: Page, workspace: Path) -> None:
    passage(opened, "one").click()
    with nothing_written(workspace):
        for key in ("j", "j", "z"):
            opened.keyboard.press(key)
    expect(opened.get_by_text("Undone: took passage 3")).to_be_visible()
    assert ((0, 1), (0,)) in linked(workspace)


def test_what_waits_for_a_link_that_another_changed_first_is_not_done_to_what_it_is_now(
    page: Page, workspace: Path, show: Show
) -> None:
    arriving = Arriving(page)
    page.goto(show(workspace))
    passage(page, "one").click()
    settled(page)
    with arriving.held(), Workbench(workspace, user="Bob") as bob:
        pair = bob.pair("left.txt", "right.txt")
        assert pair is not None
        bob.merge([view.id for view in pair.beads[:2]])
        for key in ("j", "j", "ArrowDown", "ArrowDown", "ArrowDown", "x", "z", "a"):
            page.keyboard.press(key)
    expect(page.locator(".row").filter(has_text="four")).to_contain_text("accepted by Ada")
    found = linked(workspace)
    assert found[(0, 1), (0, 1)] is found[(3,), (3,)] is Status.ACCEPTED
    assert len(found) == 7
