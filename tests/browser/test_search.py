"""The search in a real browser: found while typing, completed by keyboard, paged, sorted, and judged by axe."""

import re

import httpx
from playwright.sync_api import Page, Route, expect

from tests.browser.judging import judge
from tests.running import Studio


def test_results_come_while_typing_and_the_box_completes(page: Page) -> None:
    page.goto("/shots/the-rim")
    page.keyboard.press("Control+Shift+F")
    box = page.get_by_role("combobox", name="Search all films")
    expect(box).to_be_focused()
    page.keyboard.type("dark gla")
    expect(page.locator("#results .card")).to_have_count(1)
    expect(page.locator("#results mark").last).to_have_text("glass")
    expect(page).to_have_url(re.compile(r"/search\?q=dark%20gla$"))
    box.fill("")
    page.keyboard.type("siz")
    option = page.get_by_role("option", name=re.compile("^size:"))
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box).to_have_value("size:")
    page.keyboard.type("mcu ")
    expect(page.locator("#results .matched-fact").first).to_have_text("Medium close-up")
    page.keyboard.type("sise:cu ")
    expect(page.locator("#results mark")).to_have_text("sise:cu")
    expect(page.locator("#results")).to_contain_text("Did you mean 'size'?")


def test_a_search_is_kept_by_name_and_forgotten(page: Page) -> None:
    page.goto("/search")
    box = page.get_by_role("combobox", name="Search all films")
    box.fill("dark glass")
    box.press("Tab")  # what it may become is put away
    page.get_by_text("Keep this search").click()
    page.get_by_label("Its name").fill("Glass at night")
    page.keyboard.press("Enter")
    expect(page.locator(".search-keep")).to_contain_text("Kept as Glass at night")
    page.goto("/search")
    page.get_by_role("link", name="Glass at night").click()
    expect(box).to_have_value("dark glass")
    expect(page.locator("#results .card")).to_have_count(1)
    page.get_by_role("button", name="Forget it").press("Enter")
    expect(page.get_by_role("link", name="Glass at night")).to_have_count(0)


def test_more_comes_by_a_button_or_by_itself(page: Page, running: Studio) -> None:
    with httpx.Client(base_url=running.url) as client:
        for number in range(30):
            client.post("/projects/the-lamp-room/shots", data={"slate": "", "name": f"Petrel {number}"})
    page.goto("/search?q=petrel")
    expect(page.locator("#results .card")).to_have_count(24)
    page.get_by_role("button", name="More").press("Enter")
    expect(page.locator("#results .card")).to_have_count(30)
    expect(page.get_by_role("button", name="More")).to_have_count(0)
    page.goto("/search?q=petrel")
    page.get_by_role("button", name="More").scroll_into_view_if_needed()
    expect(page.locator("#results .card")).to_have_count(30)


def test_a_menu_whose_fields_come_late_leaves_the_focus_where_it_is(page: Page) -> None:
    page.goto("/shots/the-letter")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/sorting/**", hold)
    page.get_by_label("More of this shot").press("Enter")
    history = page.get_by_role("link", name="History")
    history.focus()
    page.wait_for_timeout(100)
    held[0].continue_()
    expect(page.get_by_label("Tags", exact=True)).to_be_visible()
    expect(history).to_be_focused()
    page.unroute_all()


def test_a_shot_is_sorted_from_its_menu(page: Page) -> None:
    page.goto("/shots/the-letter")
    page.get_by_label("More of this shot").press("Enter")
    page.get_by_label("Tags", exact=True).fill("Night, bunk room")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Tags", exact=True)).to_have_value("bunk-room, night")
    expect(page.get_by_label("Tags", exact=True)).to_be_focused()
    page.get_by_role("radio", name="4").check(force=True)
    expect(page.locator(".sort .star.is-lit")).to_have_count(4)
    page.get_by_label("A new collection with this").fill("Letters")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Letters")).to_be_checked()
    page.keyboard.press("Control+k")
    page.keyboard.type("tag:bunk-room")
    page.get_by_role("option", name=re.compile("Search for tag:bunk-room")).click()
    expect(page.locator("#results .card")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^Letters")).click()
    expect(page.locator("h1")).to_have_text("Letters")


def test_nothing_is_objected_to(judged: Page) -> None:
    judged.goto("/shots/below-stairs")
    judged.get_by_label("More of this shot").press("Enter")
    judged.get_by_label("A new collection with this").fill("Stairs")
    judged.keyboard.press("Enter")
    expect(judged.get_by_role("checkbox", name="Stairs")).to_be_checked()
    judge(judged, ".sort")
    for query in ("", "stairs lens:>=10", "size:mcu sise:cu"):
        judged.goto("/search")
        judged.get_by_text("What can be asked for").click()
        judged.get_by_role("combobox").fill(query)
        judge(judged, "html, .search")
    judged.get_by_role("link", name=re.compile("^Stairs")).click()
    judge(judged, "html, .board-page")
