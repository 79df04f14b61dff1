"""Library, Matrix and Concordance as a user works with them, over a real workspace."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Show, add, go, settled
from tests.fakes import HOSTILE
from workbench.core import Workbench
from workbench.datatypes import Bead, Bitext, Document, Flag, Kind, Segment
from workbench.store import Store

FRENCH = ["Le moulin ouvre mardi.", "La fin.", "Personne n'est venu.", "Partagez cette page", "Super article !!!"]
ENGLISH = ["The mill opens on Tuesday.", "It rained.", "The end."]
CHINESE = ["磨坊星期二開門。", "結束。"]


def filled(folder: Path) -> None:
    """Three documents that are aligned with each other, and one of hostile text that is not."""
    with Store(folder) as store:

        def put(name: str, lang: str, texts: list[str]) -> str:
            segments = [
                Segment(text, ((0, len(text)),), lang, Kind.BODY, 0, flag=flag, reason="a button" if flag else "")
                for text in texts
                for flag in [Flag.FURNITURE if text in FRENCH[3:] else None]
            ]
            document = Document(name, "\n".join(texts), (), "txt", name, lang)
            return store.put_document(document, segments, f"/nowhere/{name}").doc_id

        def align(src: str, tgt: str, links: list[tuple[int, int]], sizes: tuple[int, int]) -> None:
            beads = [Bead((i,), (j,), 1.0, 0.9) for i, j in links]
            beads += [Bead((i,), ()) for i in range(sizes[0]) if i not in dict(links)]
            beads += [Bead((), (j,)) for j in range(sizes[1]) if j not in [j for _, j in links]]
            store.put_bitext(src, tgt, Bitext(tuple(beads), "Related tellings.", "test"))

        en, fr, zh = (
            put("letter.txt", "en", ENGLISH),
            put("lettre.txt", "fr", FRENCH),
            put("信.txt", "zh-Hant", CHINESE),
        )
        put("long.txt", "en", ["Nobody saw it go. 👩‍👩‍👧‍👦 The end."])
        put("trap.txt", "en", HOSTILE)
        align(en, fr, [(0, 0), (2, 1)], (3, 5))
        align(en, zh, [(0, 0), (2, 1)], (3, 2))
        align(fr, zh, [(0, 0), (1, 1)], (5, 2))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("library")
    filled(folder)
    return folder


@pytest.fixture
def address(workspace: Path, show: Show) -> str:
    return show(workspace)


def document(page: Page, name: str) -> Locator:
    """A document's line in the Library."""
    return page.locator("[class*=st-key-document-]").filter(has_text=name)


def tick(page: Page, name: str) -> Locator:
    """Tick a document, or untick it, by key: what is ticked brings buttons, which move all below them."""
    box = document(page, name).get_by_role("checkbox")
    box.press("Space")
    return box


def test_another_text_of_the_same_name_is_kept_and_a_new_version_can_be_undone(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    page.get_by_text("Add documents").click()
    add(page, "page.txt", b"The mill opens on Tuesday at nine.")
    expect(page.get_by_text("page.txt was added: 1 passage.")).to_be_visible()
    add(page, "page.txt", b"A ferry has run aground off the cape.")
    expect(page.get_by_text("has hardly anything in common with it, so both are kept")).to_be_visible()
    add(page, "page.txt", b"The mill opens on Tuesday at nine. Nobody came.")
    expect(page.get_by_text("page.txt was brought up to date: 2 passages.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: changed page.txt")).to_be_visible()
    expect(document(page, "page.txt").first).to_contain_text("1 passage")
    for left in (1, 0):
        document(page, "page.txt").first.get_by_role("button", name="Remove").click()
        page.get_by_role("button", name="Remove it").click()
        expect(document(page, "page.txt")).to_have_count(left)
        expect(page.get_by_text("is removed.")).to_be_visible()


def test_what_to_do_with_ticked_documents_is_in_sight_where_they_are_ticked(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 420})
    page.goto(f"{address}/library")
    for name in ("long.txt", "trap.txt"):
        expect(tick(page, name)).to_be_checked()
    expect(page.get_by_text("2 documents chosen")).to_be_visible()
    document(page, "trap.txt").scroll_into_view_if_needed()
    expect(document(page, "letter.txt")).not_to_be_in_viewport()
    expect(page.get_by_role("button", name="Align with each other")).to_be_in_viewport()


def test_left_out_passages_say_why_and_come_back_with_one_press(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    row = document(page, "lettre.txt")
    expect(row).to_contain_text("2 left out (2 pieces of page furniture)")
    row.get_by_role("button", name="Passages").click()
    item = page.get_by_role("listitem").filter(has_text="Super article")
    expect(item).to_contain_text("Left out: page furniture – a button")
    item.get_by_role("button", name="Bring back", exact=True).press("Enter")
    expect(item).not_to_contain_text("Left out")
    expect(item.get_by_role("button", name="Leave out")).to_be_focused()
    page.reload()
    expect(item).not_to_contain_text("Left out")
    item.hover()
    item.get_by_role("button", name="Leave out").click()
    expect(item).to_contain_text("Left out: page furniture")
    page.get_by_role("button", name="All documents").click()
    expect(page.get_by_text("trap.txt", exact=True)).to_be_visible()


def test_a_passage_is_cut_where_one_says_and_joined_again(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    document(page, "long.txt").get_by_role("button", name="Passages").click()
    texts = page.locator(".original")
    expect(texts).to_have_count(1)
    page.get_by_role("listitem").hover()
    page.get_by_role("button", name="Split…").click()
    expect(page.get_by_label("Where to cut")).to_be_focused()
    expect(page.locator(".halves p")).to_have_text(["Nobody saw it go.", "👩‍👩‍👧‍👦 The end."])
    page.keyboard.press("ArrowRight")
    expect(page.locator(".halves p").last).to_have_text("The end.")
    page.get_by_role("button", name="Split here").click()
    expect(texts).to_have_text(["Nobody saw it go. 👩‍👩‍👧‍👦", "The end."])
    page.reload()
    expect(texts).to_have_count(2)
    page.get_by_role("listitem").first.hover()
    page.get_by_role("button", name="Join with next").first.click()
    expect(texts).to_have_text(["Nobody saw it go. 👩‍👩‍👧‍👦 The end."])
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Redo")).to_be_visible()


def test_a_passage_of_one_word_is_not_offered_to_be_cut(page: Page, show: Show, tmp_path: Path) -> None:
    with Workbench(tmp_path / "kept") as bench:
        bench.add_bytes("Contents\n\nTwo words\n\n目录".encode(), "book.txt", "en")
    page.goto(f"{show(tmp_path / 'kept')}/library?doc=book.txt")
    expect(page.get_by_role("button", name="Leave out")).to_have_count(3)
    expect(page.get_by_role("button", name="Split…")).to_have_count(1)


def test_hostile_passages_are_listed_as_text_exactly(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    document(page, "trap.txt").get_by_role("button", name="Passages").click()
    expect(page.get_by_role("listitem")).to_have_count(len(HOSTILE))
    assert page.locator(".original").evaluate_all("all => all.map(one => one.textContent)") == HOSTILE
    page.goto(f"{address}/concordance?q=script")
    expect(page.locator("mark").first).to_have_text("script")
    assert page.locator("td p").first.evaluate("one => one.textContent") == HOSTILE[0]
    assert page.evaluate("window.hurt") is None


def test_a_row_of_the_matrix_leads_to_compare(page: Page, address: str) -> None:
    page.goto(f"{address}/matrix")
    rows = page.locator(".sheet tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("all 3 pairs agree")
    assert rows.first.locator("td p").evaluate_all("all => all.map(one => [one.lang, one.dir])") == [
        ["en", "auto"],
        ["fr", "auto"],
        ["zh-Hant", "auto"],
    ]
    rows.nth(1).get_by_role("link", name="Compare").click()
    expect(page.locator(".segment.selected")).to_contain_text("The end.")
    expect(page.locator(".segment.lit").filter(has_text="La fin.")).to_be_visible()
    expect(page.locator(".segment.lit").filter(has_text="結束。")).to_be_visible()
    # Edits are about one other document at a time, which can be chosen.
    about = page.get_by_role("group", name="Edits are about").get_by_role("button")
    expect(about).to_have_text(["B 2", "C 2"])
    expect(about.first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("b")
    expect(about.last).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("x")
    expect(page.get_by_text("A–C rejected by Ada")).to_be_visible()
    expect(page.get_by_text("A–B rejected by Ada")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.get_by_text("rejected by Ada")).to_have_count(0)


def test_the_matrix_shows_what_only_one_has_and_is_saved_as_shown(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/matrix")
    expect(page.locator(".sheet tbody tr")).to_have_count(2)
    page.get_by_label("Show").click()
    page.get_by_role("option", name="only in lettre.txt").click()
    expect(page.locator(".sheet tbody tr")).to_have_count(1)
    expect(page.locator(".sheet tbody tr")).to_contain_text("Personne n'est venu.")
    settled(page)
    page.get_by_role("button", name="Save as a file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV for a spreadsheet").click()
    download.value.save_as(tmp_path / "matrix.csv")
    with (tmp_path / "matrix.csv").open(encoding="utf-8-sig", newline="") as file:
        [header, row] = list(csv.reader(file))
    assert header[5::2] == ["letter.txt", "lettre.txt", "信.txt"] and header[6] == "lettre.txt: passages"
    assert row[4:] == ["", "", "3", "Personne n'est venu.", "", ""]


def test_a_word_is_found_with_its_counterparts(page: Page, address: str) -> None:
    page.goto(f"{address}/concordance")
    page.get_by_label("Word or phrase").fill("开门")
    page.get_by_label("Word or phrase").press("Enter")
    expect(page.locator("mark")).to_have_text(["開門"])
    row = page.locator(".sheet tbody tr")
    expect(row).to_contain_text("The mill opens on Tuesday.")
    expect(row).to_contain_text("Le moulin ouvre mardi.")
    page.reload()
    expect(page.locator("mark")).to_have_text(["開門"])
    row.get_by_role("link", name="letter.txt · sure").click()
    expect(page.locator(".segment.lit").filter(has_text="磨坊星期二開門。")).to_be_visible()
    page.go_back()
    row.get_by_role("link", name="passage 1").click()
    expect(page.locator("li:focus")).to_contain_text("磨坊星期二開門。")


def test_ticked_documents_are_compared_at_one_press(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    for name in ("lettre.txt", "信.txt"):
        expect(tick(page, name)).to_be_checked()
    expect(page.get_by_text("2 documents chosen")).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".row").filter(has_text="La fin.")).to_contain_text("結束。")
    expect(page.locator(".segment").filter(has_text="It rained.")).to_have_count(0)


def test_ticks_outlive_a_reload_and_are_no_steps_back(page: Page, address: str) -> None:
    page.goto(f"{address}/about")
    page.goto(f"{address}/library")
    names = ("letter.txt", "lettre.txt")
    for name in names:
        expect(tick(page, name)).to_be_checked()
        expect(page.get_by_role("combobox", name=f"Language of {name}")).to_be_visible()  # for screen readers too
        for does in ("Rename", "Passages", "Remove"):
            expect(page.get_by_role("button", name=f"{does} document {name}")).to_be_visible()
    expect(page.get_by_text("2 documents chosen")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 documents chosen")).to_be_visible()
    for name in names:
        expect(document(page, name).get_by_role("checkbox")).to_be_checked()
    expect(tick(page, "lettre.txt")).not_to_be_checked()
    expect(page.get_by_text("1 document chosen")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{address}/about")


def test_what_is_ticked_stays_whatever_is_looked_for_and_outlives_a_reload(
    page: Page, show: Show, tmp_path: Path
) -> None:
    with Store(tmp_path) as store:
        for number in range(30):
            made = Document(f"text {number:02}.txt", "Ja.", (), "txt", f"text {number:02}", "en")
            store.put_document(made, [Segment("Ja.", ((0, 3),), "en", Kind.BODY, 0)], f"/nowhere/{number}")
    page.goto(f"{show(tmp_path)}/library")
    expect(tick(page, "text 00.txt")).to_be_checked()
    expect(page.get_by_text("1 document chosen")).to_be_visible()
    sought = page.get_by_label("Find a document")
    sought.fill("29")
    sought.press("Enter")
    expect(document(page, "text")).to_have_count(2)
    expect(tick(page, "text 29.txt")).to_be_checked()
    expect(page.get_by_text("2 documents chosen")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 documents chosen")).to_be_visible()
    expect(sought).to_have_value("29")
    expect(document(page, "text")).to_have_count(2)


def test_a_document_that_is_renamed_is_called_so_on_every_page_and_its_links_hold(
    context: BrowserContext, page: Page, address: str
) -> None:
    page.goto(f"{address}/library")
    document(page, "信.txt").get_by_role("checkbox").press("Space")
    tick(page, "lettre.txt")
    page.get_by_role("button", name="Compare").click()
    name = page.locator(".column-head strong")
    expect(name).to_have_text(["lettre.txt", "信.txt"])
    other = context.new_page()
    other.goto(f"{address}/library")
    document(other, "lettre.txt").get_by_role("button", name="Rename").click()
    other.get_by_role("textbox", name="Name").fill("La lettre")
    other.get_by_role("textbox", name="Name").press("Enter")
    expect(other.get_by_text("lettre.txt is called La lettre.")).to_be_visible()
    expect(other.get_by_role("textbox", name="Name")).to_be_hidden()
    page.locator(".segment").filter(has_text="La fin.").click()
    expect(page.locator(".segment.selected").first).to_contain_text("La fin.")
    page.keyboard.press("a")
    expect(page.get_by_text("accepted by Ada").first).to_be_visible()
    expect(name).to_have_text(["La lettre", "信.txt"])
    page.reload()
    expect(name).to_have_text(["La lettre", "信.txt"])
    go(other, "Matrix")
    expect(other.get_by_role("table")).to_contain_text("La lettre")
    other.goto(f"{address}/concordance?q=fin")
    expect(other.get_by_role("table")).to_contain_text("La lettre")
    other.close()
    page.locator(".segment").filter(has_text="La fin.").click()
    expect(page.locator(".segment.selected").first).to_contain_text("La fin.")
    page.keyboard.press("z")
    expect(page.get_by_text("Undone: accepted")).to_be_visible()
    page.keyboard.press("z")
    expect(name).to_have_text(["lettre.txt", "信.txt"])


def test_one_press_of_back_leads_out_of_a_page_however_it_was_opened(page: Page, address: str) -> None:
    page.goto(f"{address}/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    for way, shown in (
        ("/?docs=letter.txt,lettre.txt", "Le moulin ouvre mardi."),
        ("", "Le moulin ouvre mardi."),
        ("/matrix", "Le moulin ouvre mardi."),
        ("/check", "What do you want to show?"),
        ("/check?show=automatic", "What is to be checked?"),
    ):
        page.goto(f"{address}{way}")
        expect(page.get_by_text(shown).first).to_be_visible()
        page.go_back()
        expect(page.get_by_text("Your work is in the folder")).to_be_visible()


def test_one_press_of_back_leads_away_from_documents_that_were_come_back_to(page: Page, address: str) -> None:
    page.goto(f"{address}/?docs=letter.txt,lettre.txt")
    rained = page.locator(".segment").filter(has_text="It rained.")
    expect(rained).to_be_visible()
    go(page, "Library")
    expect(page.get_by_text("Add documents")).to_be_visible()
    go(page, "Compare")
    expect(rained).to_be_visible()
    settled(page)
    page.go_back()
    expect(page).to_have_url(f"{address}/library")
    page.go_back()
    expect(rained).to_be_visible()


@pytest.mark.parametrize("said", [["/about", "/about?doc=a"], ["/matrix?doc=a", "/about?doc=a"]])
def test_path_and_rest_of_an_address_are_one_step_whichever_comes_first(
    page: Page, address: str, said: list[str]
) -> None:
    page.goto(f"{address}/matrix")
    expect(page.get_by_text("Le moulin ouvre mardi.").first).to_be_visible()
    page.keyboard.press("Shift")
    before = page.evaluate("history.length")
    page.evaluate("for (const url of $URLS) history.pushState({}, '', url)".replace("$URLS", repr(said)))
    assert page.evaluate("[history.length, location.pathname + location.search]") == [before + 1, "/about?doc=a"]


def test_backs_in_quick_succession_lead_as_far_back_and_one_forward_is_one(page: Page, address: str) -> None:
    page.goto(f"{address}/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    for name, shown in (("Compare", "Le moulin ouvre mardi."), ("Check", "What do you want to show?")):
        go(page, name)
        expect(page.get_by_text(shown).first).to_be_visible()
        settled(page)
    go(page, "Concordance")
    expect(page.get_by_label("Word or phrase")).to_be_visible()
    page.evaluate("for (const step of [0, 1, 2]) setTimeout(() => history.back(), 80 * step)")
    page.wait_for_url("**/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    settled(page)
    page.go_forward()
    expect(page.locator(".row").first).to_be_visible()


def test_a_link_opens_in_a_new_tab_where_that_is_asked_and_after_back_the_address_is_that_of_the_page(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    link = page.get_by_test_id("stHeader").get_by_role("link", name="Concordance", exact=True)
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{address}/concordance")
    opened.value.close()
    expect(page).to_have_url(f"{address}/about")
    link.click()
    expect(page.get_by_label("Word or phrase")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    settled(page)
    link.dispatch_event("click")  # as some screen readers press it: without mouse or key
    expect(page.get_by_label("Word or phrase")).to_be_visible()
    expect(page).to_have_url(f"{address}/concordance")


def test_back_leads_to_what_was_shown_before(page: Page, address: str) -> None:
    page.goto(f"{address}/concordance?q=mill")
    expect(page.locator("mark")).to_have_text(["mill"])
    page.get_by_label("Word or phrase").fill("rained")
    page.get_by_label("Word or phrase").press("Enter")
    expect(page.locator("mark")).to_have_text(["rained"])
    page.go_back()
    expect(page.locator("mark")).to_have_text(["mill"])
    expect(page.get_by_label("Word or phrase")).to_have_value("mill")
    page.goto(f"{address}/check?show=automatic")
    expect(page.get_by_label("What is to be checked?")).to_be_visible()
    page.get_by_text("New check").click()
    expect(page.get_by_text("What do you want to show?")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("radio", name="Automatic")).to_be_checked()
    expect(page.get_by_text("What do you want to show?")).to_have_count(0)


def test_filters_and_order_outlive_a_reload_and_are_no_steps_back(page: Page, address: str) -> None:
    page.goto(f"{address}/about")
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    page.goto(f"{address}/matrix?columns=letter.txt,lettre.txt,信.txt")
    rows = page.locator(".sheet tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_label("Show").click()
    page.get_by_role("option", name="only in letter.txt").click()
    expect(rows).to_have_count(1)
    page.reload()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("It rained.")
    page.go_back()
    expect(page.get_by_text("Your work is in the folder")).to_be_visible()
    page.goto(f"{address}/concordance?q=fin")
    expect(page.locator("mark")).to_have_text(["fin"])
    page.get_by_role("button", name="Where and how").click()
    page.get_by_text("Tell capital letters from small ones").click()
    page.wait_for_url("**concordance_case=true**")
    page.keyboard.press("Escape")
    page.get_by_label("Word or phrase").fill("Fin")
    page.get_by_label("Word or phrase").press("Enter")
    expect(page.get_by_text("No passage has “Fin”.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No passage has “Fin”.")).to_be_visible()


def test_the_pages_fit_in_light_and_dark_wide_and_narrow(page: Page, address: str) -> None:
    for scheme, width in (("light", 1400), ("dark", 420)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        for path, shown in (("matrix", "La fin."), ("concordance?q=fin", "La fin."), ("library", "lettre.txt")):
            page.goto(f"{address}/{path}")
            expect(page.get_by_text(shown).filter(visible=True).first).to_be_visible()
            page.wait_for_function("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_button_in_a_popover_can_be_read_in_the_dark(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/library")
    for does in ("Remove", "Rename"):
        page.get_by_role("button", name=does).first.click()
        expect(page.get_by_role("button", name=f"{does} it")).to_have_css("color", "rgb(20, 24, 26)")
        page.keyboard.press("Escape")
