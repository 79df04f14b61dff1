"""The pages in a real browser, over a workbench in memory."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Show, go, settled
from tests.fakes import HOSTILE


def row(page: Page, text: str) -> Locator:
    return page.locator(".row").filter(has_text=text)


def passage(page: Page, text: str) -> Locator:
    return page.locator(".segment").filter(has_text=text)


def test_pointing_at_a_passage_lights_up_its_counterpart_and_nothing_else(page: Page, url: str) -> None:
    page.goto(url)
    expect(passage(page, "14 millions")).to_be_visible()
    settled(page)  # what is pointed at must not move away
    passage(page, "14 millions").hover()
    expect(page.locator(".segment.lit")).to_have_count(2)
    expect(page.locator(".segment.lit").nth(1)).to_contain_text("1400万")
    passage(page, "家长们要求").hover()
    expect(page.locator(".segment.lit").first).to_contain_text("cantines")
    passage(page, "Il pleuvait").hover()
    expect(page.locator(".segment.lit")).to_have_count(0)


def test_the_keyboard_reaches_every_passage(page: Page, url: str) -> None:
    page.goto(url)
    passage(page, "mille écoles").click()
    expect(page.locator(".segment.lit")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".selected")).to_contain_text("14 millions")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".selected")).to_contain_text("1400万")
    expect(page.get_by_role("grid")).to_have_attribute("aria-activedescendant", "s1-2")
    page.keyboard.press("w")
    expect(page.get_by_text("both name 14 million")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("both name 14 million")).to_be_hidden()


def test_a_question_mark_shows_the_keys(page: Page, url: str) -> None:
    page.goto(url)
    expect(passage(page, "14 millions")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_text("Accept this link")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_every_text_has_its_language_and_direction(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("家长们要求学校提供午餐。")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_text("Parents ask for canteens.")).to_have_attribute("lang", "en")
    assert page.locator(".original:not([dir=auto]), .english:not([dir=auto])").count() == 0
    # A browser that translates pages would put others in the place of those that are compared.
    assert not any(page.locator(".original, .english").evaluate_all("texts => texts.map((text) => text.translate)"))


def test_the_filter_shows_what_is_linked_or_what_only_one_has(page: Page, url: str) -> None:
    page.goto(url)
    expect(passage(page, "Il pleuvait")).to_be_visible()
    page.get_by_role("button", name="Linked").click()
    expect(passage(page, "Il pleuvait")).to_have_count(0)
    expect(passage(page, "14 millions")).to_be_visible()
    page.get_by_role("button", name="Only here").click()
    expect(passage(page, "Il pleuvait")).to_be_visible()
    expect(passage(page, "14 millions")).to_have_count(0)
    page.keyboard.press("5")
    expect(page.locator(".row")).to_have_count(1)
    expect(row(page, "14 millions")).to_contain_text("ends doubtful")
    page.keyboard.press("1")
    expect(passage(page, "Il pleuvait")).to_be_visible()


def test_search_finds_originals_and_english_and_goes_from_hit_to_hit(page: Page, url: str) -> None:
    page.goto(url)
    expect(passage(page, "14 millions")).to_be_visible()
    page.keyboard.press("Control+f")
    page.keyboard.type("MILLION")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    expect(page.locator("mark.hit")).to_have_text(["million", "million", "million"])
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(page.locator(".selected")).to_contain_text("1400万")
    page.keyboard.press("Control+a")
    page.keyboard.type("學校")  # whichever the script, as in Concordance
    expect(page.locator("mark.hit")).to_have_text(["学校", "学校"])
    expect(page.get_by_text("1 of 2")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("maitresse")
    expect(page.locator("mark.hit")).to_have_text(["maîtresse"])
    page.keyboard.type("[.*")
    expect(page.get_by_text("not found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("mark")).to_have_count(0)


def test_english_and_originals_can_be_hidden(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("checkbox", name="English").uncheck()
    expect(page.get_by_text("It was raining that day.")).to_be_hidden()
    page.get_by_role("checkbox", name="English").check()
    page.get_by_role("checkbox", name="Originals").uncheck()
    expect(page.get_by_text("Il pleuvait ce jour-là.")).to_be_hidden()
    expect(page.get_by_text("It was raining that day.")).to_be_visible()
    page.get_by_role("checkbox", name="Originals").check()


def test_what_is_left_out_is_folded_and_says_why(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("slider").fill("50")
    folded = page.get_by_text("passages 6–7 left out: a copy of other passages")
    expect(page.get_by_text("a copy of passages 1 and 2")).to_have_count(0)
    folded.click()
    expect(page.get_by_text("a copy of passages 1 and 2")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(folded).to_have_count(0)
    expect(passage(page, "mille écoles")).to_have_count(2)


def test_every_passage_has_an_address_that_opens_it(context: BrowserContext, page: Page, url: str) -> None:
    page.goto(url)
    passage(page, "14 millions").click()
    page.get_by_label("Copy the address of this passage").click()
    expect(page.get_by_text("Address copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert "/?docs=fr%2Czh&at=fr-1&least=" in address
    go(page, "Library")
    expect(page.locator(".selected")).to_have_count(0)
    expect(page.get_by_text("rapport.fr.txt · ")).to_be_visible()
    go(page, "Compare")
    expect(page.locator(".selected")).to_contain_text("14 millions")
    page.get_by_role("slider").fill("100")
    page.get_by_role("button", name="Only here").click()
    other = context.new_page()
    other.goto(address)
    expect(other.locator(".selected")).to_contain_text("14 millions")
    expect(other.locator("[aria-pressed=true]")).to_have_text(["All "])
    page.get_by_role("slider").fill("50")
    other.goto(address.replace("at=fr-1", "at=gone"))
    expect(other.get_by_text("not there any more")).to_be_visible()


def test_a_review_is_kept_and_can_be_undone(page: Page, url: str) -> None:
    page.goto(url)
    passage(page, "14 millions").click()
    page.keyboard.press("a")
    expect(row(page, "14 millions")).to_contain_text("accepted by Ada")
    expect(page.get_by_role("button", name="Accept", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row(page, "14 millions")).not_to_contain_text("accepted")
    page.keyboard.press("z")
    expect(page.get_by_text("There is nothing to undo.")).to_be_visible()


def test_doubts_are_flagged_and_explained(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("ends doubtful")).to_have_count(1)
    row(page, "14 millions").get_by_role("button", name="likely: why?").click()
    expect(page.get_by_text("its ends: 30 of 100")).to_be_visible()


def test_the_slider_hides_what_is_less_sure(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".linked-row")).to_have_count(3)
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(page.get_by_text("3 hidden")).to_be_visible()
    expect(page.locator(".linked-row")).to_have_count(0)
    expect(passage(page, "cantines")).to_be_visible()
    expect(page.get_by_text("Nothing found in common")).to_be_visible()
    page.get_by_role("slider").fill("50")
    expect(page.locator(".linked-row")).to_have_count(3)


def test_documents_in_their_own_order_bring_the_counterpart_beside(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Own order").click()
    order = page.locator('[data-node^="1:"] .number')
    expect(order).to_have_text(["1", "2", "3", "4", "5"])
    expect(page.locator(".gutter path")).to_have_count(3)
    settled(page)
    passage(page, "mille écoles").hover()
    expect(page.locator(".segment.lit").nth(1)).to_contain_text("一千所学校")
    expect(page.locator(".gutter path.lit")).to_have_count(1)
    page.get_by_role("button", name="Own order").click()
    expect(page.locator(".gutter")).to_have_count(0)


def test_the_map_shows_the_links_and_goes_to_one(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Map").click()
    canvas = page.get_by_role("img", name="Links between rapport.fr.txt")
    settled(page)
    canvas.hover()  # once it has its size
    box = canvas.bounding_box()
    assert box
    canvas.click(position={"x": box["width"] * 3.5 / 8, "y": box["height"] * 1.5 / 5})
    expect(page.locator(".selected")).to_contain_text("cantines")
    page.get_by_label("Close the map").click()
    expect(canvas).to_be_hidden()


def test_hostile_text_is_shown_as_text_exactly(page: Page, url: str) -> None:
    page.goto(f"{url}/?docs=fr,trap")
    expect(page.locator(".segment p[lang=en]").filter(has_text="long abcdefghi")).to_be_visible()
    column = page.locator('[data-node^="1:"] .original')
    expect(column).to_have_count(len(HOSTILE))
    assert column.evaluate_all("all => all.map(one => one.textContent)") == HOSTILE
    for name, text in (("Compare", "long abcdefghi"), ("Library", "rapport.fr.txt"), ("About", "Your work is")):
        go(page, name)
        expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()
        settled(page)
        expect(page.locator("img[onerror], img[src*=outside]")).to_have_count(0)
    assert page.evaluate("window.hurt") is None


def test_tabs_with_different_pages_have_different_titles(page: Page, url: str) -> None:
    page.goto(url)
    expect(page).to_have_title("Compare · Workbench")
    go(page, "About")
    expect(page).to_have_title("About · Workbench")


def test_every_page_shows_something_in_light_and_dark_wide_and_narrow(page: Page, url: str) -> None:
    for scheme, width in (("light", 1400), ("dark", 420)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
        expect(passage(page, "14 millions")).to_be_visible()
        page.wait_for_function("document.scrollingElement.scrollWidth <= innerWidth")
        page.goto(f"{url}/library")
        expect(page.get_by_text("rapport.fr.txt · ")).to_be_visible()
    page.goto(f"{url}/compare")  # which nobody links to, and people type
    expect(passage(page, "14 millions")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_a_print_says_that_it_has_only_what_was_in_sight(page: Page, url: str) -> None:
    page.goto(url)
    expect(passage(page, "14 millions")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    said = page.locator(".verdicts").evaluate("line => getComputedStyle(line, '::before').content")
    assert "To print all, save the documents as HTML" in said
    page.emulate_media(media="screen")


def test_thousands_of_passages_open_at_an_address_far_down(page: Page, show: Show) -> None:
    address = show(3000)
    page.goto(f"{address}/?docs=a,b&at=b-2400")
    expect(page.locator(".selected")).to_be_in_viewport()
    expect(page.locator(".selected")).to_contain_text("Passage number 2400 of b")
    assert page.locator(".row").count() < 100
    page.keyboard.press("End")
    expect(passage(page, "number 2999 of b")).to_be_in_viewport()
    page.keyboard.press("v")
    expect(page.locator(".box")).to_have_count(2)
    page.locator(".box").first.evaluate("box => { box.scrollTop = box.scrollHeight / 2 }")
    expect(page.locator("[id=s0-1499]")).to_be_in_viewport()
    expect(page.locator("[id=s1-1499]")).to_be_in_viewport()
    page.goto(f"{address}/?docs=a,b")
    page.get_by_role("searchbox").fill("number 2999 of")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    expect(page.get_by_text("1,000 of 3,000 passages have a counterpart")).to_have_count(2)


def test_a_newcomer_adds_files_to_a_real_workspace(page: Page, show: Show, tmp_path: Path) -> None:
    files = {
        "lettre.fr.txt": b"Le moulin ouvre mardi.\n\nIl pleut sur la colline.",
        "letter.en.txt": b"The mill opens on Tuesday.\n\nNobody came.",
        "broken.docx": b"PK\x03\x04 but nothing more",
    }
    uploads = [{"name": name, "mimeType": "", "buffer": data} for name, data in files.items()]
    address = show(tmp_path / "kept")
    page.goto(address)
    expect(page.get_by_text("Several versions of one thing, side by side")).to_be_visible()
    page.locator("input[type=file]").set_input_files(uploads)  # type: ignore[arg-type]
    expect(page.get_by_text("broken.docx")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("lettre.fr.txt was added: 2 passages.")).to_be_visible()
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text("broken.docx")
    expect(page.get_by_role("button", name="Align")).to_be_visible()
    page.reload()
    expect(passage(page, "Il pleut sur la colline.")).to_be_visible()
    expect(page.get_by_text("2 passages, not aligned yet")).to_have_count(2)
    expect(page.locator(".only-tag")).to_have_count(0)
    page.get_by_role("button", name="Only here").click()
    expect(page.locator(".row")).to_have_count(0)
