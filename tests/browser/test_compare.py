"""Correcting an alignment on the Compare page, in a real browser and a real workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

import workbench.ui.components as components
from tests.browser.conftest import Show, compose, go, press_as, settled
from workbench.core import Workbench
from workbench.datatypes import Bead, Bitext, Status
from workbench.store import Store

FRENCH = "neige pluie vent soleil orage brume givre grêle nuage rosée".split()  # noqa: SIM905
ENGLISH = "snow rain wind sun storm mist frost hail cloud dew".split()  # noqa: SIM905


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Ten passages a side, linked one to one but for the last two."""
    folder = tmp_path / "kept"
    with Workbench(folder, user="Ada") as bench:
        bench.add_bytes("\n\n".join(f"Voici la {word} du matin." for word in FRENCH).encode(), "ciel.txt", "fr")
        bench.add_bytes("\n\n".join(f"Here is the {word} of morning." for word in ENGLISH).encode(), "sky.txt", "en")
        src, tgt = (info.id for info in bench.documents())
    links = [Bead((at,), (at,), 0.5, 0.9) for at in range(8)]
    nulls = [Bead((8,), ()), Bead((9,), ()), Bead((), (8,)), Bead((), (9,))]
    with Store(folder) as store:
        store.put_bitext(src, tgt, Bitext((*links, *nulls), "made up", "test"))
    return folder


@pytest.fixture
def url(workspace: Path, show: Show) -> str:
    return show(workspace)


def links(workspace: Path) -> dict[tuple[tuple[int, ...], tuple[int, ...]], Status]:
    with Workbench(workspace) as bench:
        pair = bench.pair(*(info.id for info in bench.documents()))
    assert pair is not None
    return {(view.bead.src, view.bead.tgt): view.status for view in pair.beads if not view.bead.is_null}


def accept(workspace: Path, at: int) -> None:
    """Accept a link, in another program."""
    with Workbench(workspace, user="Ada") as bench:
        pair = bench.pair(*(info.id for info in bench.documents()))
        assert pair is not None
        bench.review(pair.beads[at].id, Status.ACCEPTED)


def passage(page: Page, text: str) -> Locator:
    return page.locator(".segment").filter(has_text=text)


def row(page: Page, text: str) -> Locator:
    return page.locator(".row").filter(has_text=text)


def press(page: Page, text: str, *keys: str) -> None:
    """Press keys on a passage, each when what the one before did is there."""
    passage(page, text).click()
    for key in keys:
        state = page.locator(".wb").get_attribute("data-state")
        page.keyboard.press(key)
        expect(page.locator(".wb")).not_to_have_attribute("data-state", str(state))


def test_every_edit_is_a_key_and_is_there_after_a_reload(page: Page, url: str, workspace: Path) -> None:
    page.goto(url)
    press(page, "neige", "a")
    press(page, "pluie", "x")
    press(page, "vent", "m")
    press(page, "orage", "j")
    press(page, "grêle", "n")
    expect(row(page, "vent")).to_contain_text("soleil")
    assert links(workspace) == {
        ((0,), (0,)): Status.ACCEPTED,
        ((1,), (1,)): Status.REJECTED,
        ((2, 3), (2, 3)): Status.ACCEPTED,
        ((4, 5), (4,)): Status.ACCEPTED,
        ((6,), (6,)): Status.UNREVIEWED,
    }
    press(page, "soleil", "s")
    expect(page.locator(".said")).to_contain_text("into 3 with 3 and 4 with 4")
    page.reload()
    expect(row(page, "neige")).to_contain_text("accepted by Ada")
    expect(passage(page, "grêle")).to_contain_text("no counterpart, says Ada")
    expect(row(page, "soleil")).to_contain_text("sun")
    press(page, "soleil", "z", "z", "z", "z", "z", "z")
    expect(page.get_by_text("accepted by Ada")).to_have_count(0)
    assert set(links(workspace).values()) == {Status.UNREVIEWED}
    press(page, "neige", "y")
    expect(row(page, "neige")).to_contain_text("accepted by Ada")


def test_a_link_is_split_where_words_agree_and_a_part_is_aligned_again_without_waiting(
    page: Page, url: str, workspace: Path
) -> None:
    with Workbench(workspace, user="Ada") as bench:
        docs = [info.id for info in bench.documents()]
        bench.edit_translation(bench.segments(docs[0])[2].id, "Here is the wind of morning.")
        bench.edit_translation(bench.segments(docs[0])[3].id, "Here is the sun of morning, and the storm.")
        bench.link(docs[0], docs[1], [2, 3], [2, 3, 4])
    page.goto(url)
    press(page, "soleil", "s")
    assert links(workspace)[(2,), (2,)] is Status.ACCEPTED
    assert links(workspace)[(3,), (3, 4)] is Status.ACCEPTED
    passage(page, "brume").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("g")
    expect(page.locator(".said")).to_have_text("Aligning these passages again …")
    page.keyboard.press("Home")
    expect(page.locator(".selected")).to_contain_text("neige")
    expect(page.locator(".said")).to_contain_text("aligned again; accepted and imported links stayed")
    assert links(workspace)[(3,), (3, 4)] is Status.ACCEPTED


def test_a_key_is_what_it_is_on_keyboards_of_other_scripts_and_with_caps_lock(
    page: Page, url: str, workspace: Path
) -> None:
    page.goto(url)
    passage(page, "pluie").click()
    press_as(page, "J", "KeyJ")  # Caps Lock
    expect(passage(page, "vent").locator("..")).to_contain_text("pluie")
    assert ((1, 2), (1,)) in links(workspace)
    control = 2
    press_as(page, "\N{CYRILLIC SMALL LETTER YA}", "KeyZ", control)
    expect(page.locator(".said")).to_contain_text("Undone")
    press_as(page, "\N{CYRILLIC SMALL LETTER EF}", "KeyA")
    expect(row(page, "pluie")).to_contain_text("accepted by Ada")
    press_as(page, "\N{LATIN SMALL LETTER E WITH ACUTE}", "Digit2")  # a French keyboard
    expect(page.get_by_role("button", name=re.compile("^Linked"))).to_have_attribute("aria-pressed", "true")


def test_a_key_of_a_word_that_is_being_composed_is_no_command(page: Page, url: str) -> None:
    page.goto(url)
    passage(page, "pluie").click()
    page.keyboard.press("f")
    compose(page, "matin")
    expect(page.locator(".hits")).to_have_text("2 of 10")
    press_as(page, "Enter", "Enter")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".hits")).to_have_text("2 of 10")


def test_the_ends_of_a_link_are_moved_by_mouse(page: Page, url: str, workspace: Path) -> None:
    page.goto(url)
    passage(page, "vent").click()
    page.get_by_role("button", name="Ends", exact=False).click()

    def move(end: str, what: str) -> None:
        state = page.locator(".wb").get_attribute("data-state")
        page.get_by_role("group", name=end).get_by_role("button", name=what).click()
        expect(page.locator(".wb")).not_to_have_attribute("data-state", str(state))

    move("Where it ends", "Take in the passage after")
    move("Where the link begins", "Take in the passage before")
    expect(row(page, "vent")).to_contain_text("pluie")
    expect(row(page, "vent")).to_contain_text("soleil")
    assert links(workspace)[(1, 2, 3), (2,)] is Status.ACCEPTED
    move("Where the link begins", "Leave out the first")
    move("Where it ends", "Leave out the last")
    assert links(workspace)[(2,), (2,)] is Status.ACCEPTED
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Where it ends")).to_be_hidden()


def test_a_passage_is_linked_with_any_other_by_mouse(page: Page, url: str, workspace: Path) -> None:
    page.goto(url)
    passage(page, "nuage").click()
    page.locator(".bar").get_by_role("button", name="Link").click()
    passage(page, "cloud").click()
    page.get_by_role("button", name="Link these").click()
    expect(row(page, "nuage")).to_contain_text("cloud")
    # By keyboard, and out of order: the passage under the cursor is the counterpart.
    passage(page, "rosée").click()
    page.keyboard.press("l")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(row(page, "rosée")).to_contain_text("snow")
    expect(row(page, "rosée")).to_contain_text("moved")
    assert links(workspace)[(9,), (0,)] is Status.ACCEPTED


def test_the_page_stays_where_it_is_and_goes_on_to_the_next_link(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 640})
    page.goto(url)
    passage(page, "givre").click()
    page.wait_for_url("**at=**")  # by then the table has its height
    before = passage(page, "givre").bounding_box()
    press(page, "givre", "a")
    after = passage(page, "givre").bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 30  # the row now says by whom it was accepted
    expect(page.get_by_role("grid")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".selected")).to_contain_text("grêle")
    page.keyboard.press("Shift+U")
    expect(page.locator(".selected")).to_contain_text("brume")


def three(folder: Path) -> list[tuple[str, str]]:
    """Two passages in three languages, all linked. Returns the ids of every two documents."""
    texts = {"ciel.txt": "Voici la neige.\n\nVoici la pluie.", "sky.txt": "Here is snow.\n\nHere is rain."}
    texts["himmel.txt"] = "Hier ist Schnee.\n\nHier ist Regen."
    with Workbench(folder, user="Ada") as bench:
        for (name, text), lang in zip(texts.items(), ("fr", "en", "de"), strict=True):
            bench.add_bytes(text.encode(), name, lang)
        ids = {info.name: info.id for info in bench.documents()}
    pairs = list(combinations([ids[name] for name in texts], 2))
    with Store(folder) as store:
        for src, tgt in pairs:
            bitext = Bitext((Bead((0,), (0,), 0.5, 0.9), Bead((1,), (1,), 0.5, 0.9)), "made up", "test")
            store.put_bitext(src, tgt, bitext)
    return pairs


def test_of_three_documents_each_link_comes_once_and_an_edit_is_about_the_one_that_came(
    page: Page, show: Show, tmp_path: Path
) -> None:
    folder = tmp_path / "three"
    pairs = three(folder)
    page.goto(f"{show(folder)}/?docs=ciel.txt,sky.txt,himmel.txt")
    passage(page, "neige").click()
    press(page, "neige", "a")
    others = page.get_by_role("group", name="Edits are about")
    state = page.locator(".wb")
    for which in ("C 1", "C 1", "B 2", "C 2", "C 2"):
        page.keyboard.press("u")
        expect(others.locator("[aria-pressed=true]")).to_have_text(which)
        before = str(state.get_attribute("data-state"))
        page.keyboard.press("a")
        expect(state).not_to_have_attribute("data-state", before)
    page.keyboard.press("u")
    expect(page.locator(".said")).to_have_text("Every link that is shown has been reviewed.")
    with Workbench(folder) as bench:
        found = [bench.pair(*pair) for pair in pairs]
    assert [view.status for pair in found if pair for view in pair.beads] == 6 * [Status.ACCEPTED]
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".selected-now")).to_contain_text("B 1–2")
    expect(others.locator("[aria-pressed=true]")).to_have_text("C 2")


def test_of_three_documents_it_is_said_in_which_one_a_passage_has_no_counterpart(
    page: Page, show: Show, tmp_path: Path
) -> None:
    three(tmp_path / "three")
    page.goto(f"{show(tmp_path / 'three')}/?docs=ciel.txt,sky.txt,himmel.txt")
    press(page, "neige", "n")
    expect(passage(page, "neige")).to_contain_text("no counterpart in B, says Ada")
    expect(passage(page, "snow")).to_contain_text("no counterpart in A, says Ada")
    press(page, "neige", "n")
    expect(passage(page, "neige")).to_contain_text("no counterpart in C, says Ada")
    press(page, "neige", "z", "z")
    expect(page.locator(".segment").get_by_text("no counterpart")).to_have_count(0)


def test_keys_go_to_passages_that_are_shown_and_keep_the_filter(page: Page, url: str, workspace: Path) -> None:
    with Workbench(workspace) as bench:
        bench.set_included([bench.segments("ciel.txt")[9].id], False)
    page.goto(url)
    expect(passage(page, "neige")).to_be_visible()
    selected = page.locator(".selected")
    page.keyboard.press("End")
    expect(selected).to_contain_text("nuage")
    page.goto(url)
    expect(passage(page, "neige")).to_be_visible()
    for key, text in {"ArrowDown": "neige", "End": "nuage", "ArrowUp": "grêle"}.items():
        page.keyboard.press(key)
        expect(selected).to_contain_text(text)
    page.keyboard.press("End")
    page.keyboard.press("2")
    expect(selected).to_have_count(0)
    for key, text in {"ArrowDown": "grêle", "Home": "neige", "End": "grêle", "ArrowRight": "hail"}.items():
        page.keyboard.press(key)
        expect(selected).to_contain_text(text)
    pressed(page, "Linked")


def test_words_that_a_newer_version_changed_are_marked_and_its_changes_found(
    page: Page, workspace: Path, show: Show
) -> None:
    newer = [f"Here is the {word} of morning." for word in ENGLISH]
    newer[1:4] = ["Here is the heavy rain of the morning.", "There was no such thing.", "Here is the “sun” of morning."]
    with Workbench(workspace) as bench:
        bench.add_bytes("\n\n".join(newer).encode(), "sky-2.txt", "en")
        ids = {info.name: info.id for info in bench.documents()}
    with Store(workspace) as store:
        for first in ("sky.txt", "ciel.txt"):
            links = Bitext(tuple(Bead((at,), (at,), 0.5, 0.9) for at in range(10)), "made up", "test")
            store.put_bitext(ids[first], ids["sky-2.txt"], links)
    url = show(workspace)
    page.goto(f"{url}/?docs=sky.txt,sky-2.txt")
    filters = page.get_by_role("group", name="Show")
    expect(filters.get_by_role("button", name="Reworded 3")).to_be_visible()
    changed = row(page, "heavy rain")
    expect(changed.locator("mark")).to_have_text(["heavy", "the"])
    expect(changed.locator("mark").first).to_have_attribute("title", "Not in sky.txt")
    assert "[only here: heavy ]" in changed.aria_snapshot()  # a screen reader tells no mark by itself
    expect(row(page, "no such thing").locator("mark")).to_have_count(0)
    passage(page, "heavy rain").click()
    page.keyboard.press("7")
    expect(page.locator(".row")).to_have_count(3)
    page.goto(f"{url}/?docs=ciel.txt,sky-2.txt&filter=reworded")
    expect(page.locator(".row")).to_have_count(10)
    expect(filters.get_by_role("button", name="Reworded")).to_be_hidden()
    passage(page, "neige").click()
    page.keyboard.press("7")
    expect(page.locator(".row")).to_have_count(10)


def test_that_nothing_disagrees_is_said_only_when_all_was_looked_at(page: Page, url: str) -> None:
    is_held = True

    def hold(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def send(sent: str | bytes) -> None:
            if not (is_held and isinstance(sent, bytes) and b'"do":"check"' in sent):
                server.send(sent)

        route.on_message(send)

    page.route_web_socket(re.compile("/_stcore/stream"), hold)
    page.goto(f"{url}/?docs=ciel.txt,sky.txt&filter=disagree")
    expect(page.get_by_text("Still looking for where they differ …")).to_be_visible()
    expect(page.get_by_role("button", name="Disagree 0 …")).to_be_visible()
    is_held = False
    expect(page.get_by_text("No linked passages were found to disagree.")).to_be_visible()
    expect(page.get_by_role("button", name="Disagree 0", exact=True)).to_be_visible()


# What is asked where all came, and right after it something that is to be looked at too.
ASK_TWICE = """
(source) => new Promise((ask) => {
  const page = { ...new Function(`${source}; return wire`)(), ask };
  page.checkLater({ from: 0 });
  page.checkLater();
})
"""


def test_what_is_looked_at_again_from_the_beginning_is_so_whatever_comes_next(page: Page) -> None:
    source = (Path(components.__file__).parent / "table" / "wire.js").read_text(encoding="utf-8")
    assert page.evaluate(ASK_TWICE, source) == {"do": "check", "from": 0}


def test_what_a_filter_shows_stays_in_sight_when_it_is_edited(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Unreviewed").click()
    expect(page.locator(".row")).to_have_count(8)
    press(page, "vent", "a")
    expect(row(page, "vent")).to_contain_text("accepted by Ada")
    page.keyboard.press("6")
    expect(page.locator(".row")).to_have_count(7)


def test_what_is_in_a_rejected_link_and_no_other_is_only_here(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("button", name="Only here 4")).to_be_visible()
    press(page, "neige", "x")
    expect(page.locator(".covered").first).to_contain_text("7 of 10 passages have a counterpart")
    expect(page.get_by_role("button", name="Only here 6")).to_be_visible()
    page.get_by_role("button", name="Own order").click()
    page.get_by_role("button", name="Only here").click()
    expect(page.locator(".segment")).to_have_count(6)


def call(other: Page, url: str, typed: str) -> None:
    """Open the page as somebody who types a name."""
    other.goto(url)
    expect(passage(other, "neige")).to_be_visible()
    settled(other)
    other.get_by_role("button", name="You are Ada").click()
    other.keyboard.type(typed)
    other.keyboard.press("Enter")
    expect(other.get_by_role("button", name=f"You are {' '.join(typed.split())}")).to_be_visible()
    other.reload()  # the table is theirs then, too
    expect(passage(other, "neige")).to_be_visible()


class Arriving:
    """What the server sends to a page, of which some can be made to wait or lost. To be made before it is opened."""

    def __init__(self, page: Page) -> None:
        self._is_held = False
        self._late: list[tuple[WebSocketRoute, str | bytes]] = []
        self.lost: re.Pattern[bytes] | None = None
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def _connect(self, route: WebSocketRoute) -> None:
        def pass_on(sent: str | bytes) -> None:
            if self._is_held:
                self._late.append((route, sent))
            elif not (self.lost and isinstance(sent, bytes) and self.lost.search(sent)):
                route.send(sent)

        route.connect_to_server().on_message(pass_on)

    @contextmanager
    def held(self) -> Iterator[None]:
        self._is_held = True
        yield
        self._is_held = False
        for route, sent in self._late:
            route.send(sent)
        self._late.clear()


def test_of_two_people_the_later_is_told_who_was_first_and_each_undoes_their_own(
    page: Page, other: Page, url: str, workspace: Path
) -> None:
    page.goto(url)
    arriving = Arriving(other)
    call(other, url, "  Zoé  <b>")
    expect(passage(page, "orage")).to_be_visible()
    with arriving.held():  # else she could see what Ada does before she presses anything
        press(page, "orage", "m")
        passage(other, "orage").click()
        other.keyboard.press("x")
    expect(other.locator(".said.error")).to_contain_text("Ada merged passages")
    expect(row(other, "orage")).to_contain_text("brume")
    press(other, "neige", "a")
    other.reload()
    expect(row(other, "neige")).to_contain_text("accepted by Zoé <b>")
    press(other, "neige", "z")
    passage(other, "neige").click()
    other.keyboard.press("z")
    expect(other.get_by_text("There is nothing to undo.")).to_be_visible()
    assert links(workspace)[(4, 5), (4, 5)] is Status.ACCEPTED
    assert links(workspace)[(0,), (0,)] is Status.UNREVIEWED
    press(other, "grêle", "x")
    expect(row(page, "grêle")).to_contain_text("rejected by Zoé <b>")  # by itself


def test_a_name_that_does_not_arrive_is_told_again(other: Page, url: str) -> None:
    """Streamlit drops some of what it is told while it draws a page."""
    lost: list[str | bytes] = []

    def connect(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(sent: str | bytes) -> None:
            if not lost and isinstance(sent, bytes) and "Zoé".encode() in sent:
                lost.append(sent)
            else:
                server.send(sent)

        route.on_message(pass_on)

    other.route_web_socket(re.compile("/_stcore/stream"), connect)
    call(other, url, "Zoé")
    assert lost


def test_a_table_that_is_drawn_from_nothing_has_what_was_selected(page: Page, url: str, workspace: Path) -> None:
    """Streamlit forgets to send what a run of the page drew where a run of the table alone comes right after it."""
    arriving = Arriving(page)
    page.goto(url)
    passage(page, "pluie").click()
    page.wait_for_url("**at=**")
    page.evaluate("history.replaceState = () => {}")  # the address was not written yet
    passage(page, "orage").click()
    arriving.lost = re.compile(rb"compare_table")
    accept(workspace, 0)
    expect(page.locator(".wb")).to_have_count(0)
    page.keyboard.press("x")  # what is pressed in between waits
    arriving.lost = None
    accept(workspace, 1)
    expect(row(page, "neige")).to_contain_text("accepted by Ada")
    expect(row(page, "orage")).to_contain_text("rejected by Ada")
    expect(passage(page, "orage")).to_have_class(re.compile(r"\bselected\b"))
    page.keyboard.press("x")
    expect(row(page, "orage")).not_to_contain_text("rejected by Ada")


def test_english_is_written_in_place(page: Page, url: str, workspace: Path) -> None:
    page.goto(url)
    passage(page, "neige").click()
    page.keyboard.press("e")
    page.keyboard.type("The snow, <b>rac</b>")
    page.keyboard.press("Enter")
    expect(passage(page, "neige").locator(".english")).to_have_text("The snow, <b>rac</b>")
    page.reload()
    expect(passage(page, "neige").locator(".english")).to_have_text("The snow, <b>rac</b>")
    expect(passage(page, "neige").locator(".english")).to_have_attribute("title", "Written by Ada")


def test_english_is_written_by_mouse(page: Page, url: str, workspace: Path) -> None:
    page.goto(url)
    passage(page, "neige").click()
    page.get_by_role("button", name="Edit English").click()
    expect(page.locator("textarea")).to_be_focused()
    page.locator("textarea").fill("Here is the snow.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".said")).to_contain_text("Wrote the English of passage 1")
    expect(passage(page, "neige")).to_contain_text("Here is the snow.")


def test_the_back_button_leads_from_other_documents_to_those_that_were_compared(
    page: Page, url: str, workspace: Path
) -> None:
    with Workbench(workspace) as bench:
        bench.add_bytes(b"Nothing but this.", "third.txt", "en")
    page.goto(f"{url}/?docs=sky.txt,third.txt")
    expect(page.get_by_text("Nothing but this.")).to_be_visible()  # at the top beside the longer document
    go(page, "Matrix")
    expect(page.get_by_role("table")).to_contain_text("ciel.txt")
    page.go_back()
    expect(page.get_by_text("Nothing but this.")).to_be_visible()


def test_other_documents_can_be_chosen_once_a_passage_is_selected(page: Page, url: str, workspace: Path) -> None:
    with Workbench(workspace) as bench:
        bench.add_bytes(b"Nothing but this.", "third.txt", "en")
    page.goto(url)
    page.get_by_role("button", name="Only here").click()
    passage(page, "nuage").click()
    page.wait_for_url("**at=**")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="third.txt").click()
    page.wait_for_url(re.compile(r"docs=\w+%2C\w+%2C"))
    expect(page.locator(".column-head")).to_have_count(3)
    pressed(page, "Only here")


@pytest.mark.parametrize(("key", "shown", "said"), [("1", "All", "docs="), ("3", "Only here", "filter=only")])
def test_other_documents_are_shown_as_those_before_and_not_as_the_address_once_said(
    page: Page, url: str, workspace: Path, key: str, shown: str, said: str
) -> None:
    with Workbench(workspace) as bench:
        bench.add_bytes(b"Nothing but this.", "third.txt", "en")
    page.goto(f"{url}/?docs=ciel.txt,sky.txt&filter=linked&find=neige")
    pressed(page, "Linked")
    page.get_by_role("searchbox").press("Escape")
    page.keyboard.press(key)
    pressed(page, shown)
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="third.txt").click()
    expect(page.locator(".column-head")).to_have_count(3)
    pressed(page, shown)
    expect(page.locator("input[type=search]")).to_have_value("")
    page.wait_for_url(f"**{said}**")
    page.reload()
    expect(page.locator(".column-head")).to_have_count(3)
    pressed(page, shown)


def test_back_pressed_before_the_page_is_done_with_other_documents_leads_to_the_passage_for_good(
    page: Page, url: str, workspace: Path
) -> None:
    with Workbench(workspace) as bench:
        bench.add_bytes(b"Nothing but this.", "third.txt", "en")
    page.goto(url)
    passage(page, "nuage").click()
    page.wait_for_url("**at=**")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="third.txt").click()
    page.wait_for_url(re.compile(r"docs=\w+%2C\w+%2C"))
    for move in (page.go_back, page.reload):
        move()
        expect(page.locator(".column-head")).to_have_count(2)
        expect(page.locator(".selected")).to_contain_text("nuage")


def test_a_document_that_goes_while_it_is_compared_is_told_and_comes_back(
    page: Page, url: str, workspace: Path
) -> None:
    page.goto(url)
    expect(passage(page, "neige")).to_be_visible()
    page.keyboard.press("z")  # once too often: what is left to undo is that it was added
    expect(page.get_by_text("sky.txt is not in the workspace any more.")).to_be_visible()
    page.get_by_role("button", name="Redo").click()
    expect(row(page, "neige")).to_contain_text("snow")
    with Workbench(workspace, user="Bob") as bob:
        bob.remove("sky.txt")
    passage(page, "neige").click()
    page.keyboard.press("a")
    expect(page.get_by_text("sky.txt is not in the workspace any more.")).to_be_visible()
    expect(page.get_by_text("Something failed")).to_have_count(0)


def test_a_document_that_somebody_removes_is_told_of_though_nothing_is_pressed(
    page: Page, url: str, workspace: Path
) -> None:
    page.goto(url)
    expect(passage(page, "neige")).to_be_visible()
    with Workbench(workspace, user="Bob") as bob:
        bob.remove("sky.txt")
    expect(page.get_by_text("sky.txt is not in the workspace any more.")).to_have_count(1)


def test_a_removed_document_comes_back_at_one_press(page: Page, url: str) -> None:
    page.goto(f"{url}/library")
    page.locator("[class*=st-key-document-]").filter(has_text="sky.txt").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("sky.txt is removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: removed sky.txt")).to_be_visible()
    expect(page.locator("[class*=st-key-document-]")).to_have_count(2)


def test_english_that_is_being_written_outlives_a_reload(page: Page, url: str, workspace: Path) -> None:
    page.goto(url)
    passage(page, "givre").click()
    page.keyboard.press("e")
    page.keyboard.type("Here is the hoar")
    page.reload()
    box = page.get_by_role("textbox", name="English of this passage")
    expect(box).to_have_value("Here is the hoar")
    expect(box).to_be_focused()
    expect(page.locator(".said")).to_contain_text("You had not saved this yet")
    page.keyboard.press("End")
    page.keyboard.type("frost.")
    page.keyboard.press("Enter")
    expect(passage(page, "givre")).to_contain_text("written by Ada")
    page.reload()
    expect(passage(page, "givre")).to_contain_text("Here is the hoarfrost.")
    expect(box).to_have_count(0)


def english(page: Page) -> Locator:
    return page.get_by_role("textbox", name="English of this passage")


def begin_writing(page: Page, text: str, words: str) -> None:
    passage(page, text).click()
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_words_for_a_passage_that_is_gone_are_given_back_and_stay(page: Page, url: str, workspace: Path) -> None:
    page.clock.install()
    page.goto(url)
    passage(page, "neige").click()
    page.keyboard.press("e")
    page.locator("textarea").fill("Here is the snow.")
    with Workbench(workspace, user="Bob") as bob:
        first, second, *_ = bob.segments("ciel.txt")
        bob.join_segments(first.id, second.id)
    expect(page.locator(".said")).to_contain_text("You wrote: “Here is the snow.”")
    page.clock.run_for(60_000)
    expect(page.locator(".said")).to_contain_text("You wrote: “Here is the snow.”")


def test_who_writes_english_second_is_told_keeps_their_words_and_sees_what_was_first(
    page: Page, other: Page, url: str
) -> None:
    page.goto(url)
    call(other, url, "Zoé")
    begin_writing(page, "orage", "The tempest.")
    begin_writing(other, "orage", "The storm of morning, roaring.")
    page.keyboard.press("Enter")
    expect(passage(page, "orage").locator(".english")).to_have_text("The tempest.")
    other.keyboard.press("Enter")
    expect(other.locator(".said.error")).to_contain_text("Ada wrote the English of passage 5")
    expect(english(other)).to_have_value("The storm of morning, roaring.")
    expect(english(other)).to_be_focused()
    expect(passage(other, "orage").locator(".english")).to_have_text("The tempest.")
    # Not saved by turning to something else, and there after a reload.
    passage(other, "neige").click()
    expect(passage(other, "orage")).to_contain_text("Not saved: The storm of morning, roaring.")
    other.reload()
    expect(english(other)).to_have_value("The storm of morning, roaring.")
    expect(passage(other, "orage")).to_contain_text("The tempest.")
    other.keyboard.press("Enter")
    expect(passage(other, "orage").locator(".english")).to_have_text("The storm of morning, roaring.")
    expect(passage(other, "orage")).to_contain_text("written by Zoé")
    other.reload()
    expect(passage(other, "orage")).to_contain_text("written by Zoé")
    expect(english(other)).to_have_count(0)


def test_what_another_writes_meanwhile_is_shown_and_neither_overwritten_nor_in_the_way(
    page: Page, other: Page, url: str
) -> None:
    page.goto(url)
    call(other, url, "Zoé")
    begin_writing(other, "orage", "The storm, ")
    begin_writing(page, "orage", "The tempest.")
    page.keyboard.press("Enter")
    expect(passage(page, "orage").locator(".english")).to_have_text("The tempest.")
    other.evaluate("window.dispatchEvent(new Event('focus'))")  # as who comes back from another window
    expect(passage(other, "orage")).to_contain_text("Changed meanwhile. It is now:The tempest.")
    expect(english(other)).to_be_focused()
    other.keyboard.type("roaring.")
    other.keyboard.press("Enter")
    expect(other.locator(".said.error")).to_contain_text("Ada wrote the English of passage 5")
    expect(english(other)).to_have_value("The storm, roaring.")
    other.get_by_role("button", name="Leave it as it is now").click()
    expect(english(other)).to_have_count(0)
    expect(passage(other, "orage")).to_contain_text("The tempest.")


def pressed(page: Page, name: str) -> None:
    expect(page.locator("[aria-pressed=true]").filter(has_text=name)).to_be_visible()


def test_what_is_shown_and_how_stands_in_the_address_and_is_no_step_back(
    page: Page, other: Page, url: str, workspace: Path
) -> None:
    with Workbench(workspace, user="Ada") as bench:
        bench.review(bench.pair("ciel.txt", "sky.txt").beads[1].id, Status.ACCEPTED)  # type: ignore[union-attr]
        bench.add_bytes(b"Nothing but this.", "third.txt", "en")
    page.goto(f"{url}/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    page.goto(url)
    expect(page.locator(".row")).to_have_count(9)
    page.get_by_role("button", name="Unreviewed").click()
    page.get_by_role("slider").fill("30")
    page.get_by_role("searchbox").fill("matin")
    expect(page.get_by_text("1 of 7, 10 without the filter")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".match")).to_contain_text("soleil")
    page.get_by_role("checkbox", name="English").uncheck()
    page.get_by_role("button", name="Own order").click()
    page.wait_for_url("**filter=unreviewed&find=matin&least=30&hide=english&order=own")

    def is_shown(page: Page) -> None:
        pressed(page, "Unreviewed")
        pressed(page, "Own order")
        expect(page.get_by_role("searchbox")).to_have_value("matin")
        expect(page.get_by_text("3 of 7")).to_be_visible()
        expect(page.locator(".selected")).to_contain_text("soleil")
        expect(page.get_by_role("slider")).to_have_value("30")
        expect(page.get_by_role("checkbox", name="English")).not_to_be_checked()

    page.reload()
    is_shown(page)
    other.goto(page.url)
    is_shown(other)
    other.goto(url)  # what a link shows is no habit of who follows it
    pressed(other, "All")
    expect(other.get_by_role("checkbox", name="English")).to_be_checked()
    expect(other.get_by_role("slider")).to_have_value("40")
    go(page, "Matrix")
    expect(page.get_by_role("table")).to_contain_text("ciel.txt")
    page.go_back()
    is_shown(page)
    go(page, "Matrix")
    expect(page.get_by_role("table")).to_contain_text("ciel.txt")
    go(page, "Compare")
    is_shown(page)
    page.go_back()
    expect(page.get_by_role("table")).to_contain_text("ciel.txt")
    page.go_back()
    is_shown(page)
    page.go_back()
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()


def test_how_documents_relate_is_told_of_the_links_that_the_address_shows(page: Page, url: str) -> None:
    page.goto(f"{url}/?docs=ciel.txt,sky.txt&least=95")
    expect(page.locator(".covered").first).to_contain_text("0 of 10 passages have a counterpart")
    expect(page.locator(".verdicts")).to_contain_text("Not shown: 8 doubtful links.")
    page.goto(f"{url}/?docs=ciel.txt,sky.txt&least=90")
    expect(page.locator(".verdicts")).to_contain_text("80% of the first and 80% of the second")


def test_of_several_documents_it_is_told_in_full_what_is_selected(page: Page, show: Show) -> None:
    page.goto(f"{show(0)}/?docs=rapport.fr.txt,transcript.zh-Hans.txt,note.en.md")
    for width in (1700, 1440, 1300, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        passage(page, "mille écoles").first.click()
        expect(page.locator(".selected-now .chip")).to_be_visible()
        for part in (".selected-now", ".selected-now .chip"):
            assert page.locator(part).evaluate("(node) => node.scrollWidth <= node.clientWidth"), width


def test_what_can_be_done_is_in_sight_in_a_low_and_narrow_window(page: Page, url: str) -> None:
    page.goto(url)
    for width, height in ((1000, 560), (820, 560)):
        page.set_viewport_size({"width": width, "height": height})
        passage(page, "neige").click()
        for name in ("Accept", "Redo"):
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        for part in (".selected-now", ".selected-now .chip"):  # how sure the link is, not the beginning of that
            assert page.locator(part).evaluate("(node) => node.scrollWidth <= node.clientWidth")
        passage(page, "grêle").scroll_into_view_if_needed()
        expect(passage(page, "grêle")).to_be_in_viewport()


END_IS_IN_SIGHT = """name => {
    const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
    let last;
    while (text.nextNode()) last = text.currentNode;
    const end = document.createRange();
    end.setStart(last, last.length - 1);
    end.setEnd(last, last.length);
    return end.getBoundingClientRect().right <= name.getBoundingClientRect().right + 1;
}"""


def test_long_names_are_told_apart_by_their_ends(page: Page, show: Show, workspace: Path) -> None:
    common = "The yearly report on what the towns at the river did together, as it was read out in the assembly, "
    with Workbench(workspace) as bench:
        for info, version in zip(bench.documents(), ("first", "second"), strict=True):
            bench.rename(info.id, f"{common}{version} version.txt")
    page.set_viewport_size({"width": 1000, "height": 800})
    page.goto(show(workspace))
    for place in (page.locator(".column-head strong"), page.locator("thead strong")):
        for version in ("first", "second"):
            name = place.filter(has_text=version)
            expect(name).to_have_text(f"{common}{version} version.txt")
            assert name.evaluate(END_IS_IN_SIGHT)
        go(page, "Matrix")
