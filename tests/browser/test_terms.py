"""The vocabulary's pages in a real browser: search while typing, walk by keyboard, and nothing that axe objects to."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.judging import judge
from tests.running import Studio

PLACES = [
    "/terms",
    "/terms?q=soft",
    "/terms/camera.size",
    "/terms/light.pattern.rembrandt",
    "/terms/look.stock",
    "/terms/framing.direction.towards_camera",
]


def test_the_vocabulary_is_reached_from_the_board(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Terms").click()
    expect(page.locator("h1")).to_have_text("Vocabulary")
    page.get_by_role("link", name="Shot size").click()
    page.get_by_role("link", name=re.compile("^Medium close-up")).click()
    expect(page.locator("h1")).to_have_text("Medium close-up")
    expect(page.get_by_role("img", name="Medium close-up")).to_be_visible()
    expect(page.locator(".told")).to_contain_text("medium close-up")


def test_results_come_while_typing_and_are_walked_by_keyboard(page: Page) -> None:
    page.goto("/terms")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("rembrant")
    expect(page.locator("[data-result]").first).to_contain_text("Rembrandt")
    expect(page.locator("[data-index]")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/terms\?q=rembrant$"))
    page.get_by_role("searchbox").fill("soft")
    expect(page.locator("[data-result]").nth(2)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-result]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-result]").nth(1)).to_be_focused()
    name = page.locator("[data-result] .row-name").nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("soft")
    expect(page.locator("[data-result]").first).to_be_visible()


def test_arrows_lead_back_to_the_box_and_an_empty_box_shows_the_index(page: Page) -> None:
    page.goto("/terms?q=soft")
    page.locator("[data-result]").first.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("searchbox").fill("")
    expect(page.locator("[data-index]")).to_be_visible()
    expect(page.locator("[data-result]")).to_have_count(0)
    expect(page).to_have_url(re.compile("/terms$"))


def test_enter_in_the_box_opens_the_best_result(page: Page) -> None:
    page.goto("/terms")
    page.get_by_role("searchbox").fill("MCU")
    expect(page.locator("[data-result] .row-name").first).to_have_text("Medium close-up")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Medium close-up")


def test_a_facet_is_searched_by_itself(page: Page) -> None:
    page.goto("/terms/look.stock")
    page.get_by_role("searchbox").fill("500T")
    expect(page.locator("[data-results] [data-result]").first).to_contain_text("500T")
    links = page.locator("[data-results] [data-result]").evaluate_all("all => all.map(one => one.pathname)")
    assert all(link.startswith("/terms/look.stock.") for link in links)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("[data-index]")).to_be_visible()
    expect(page).to_have_url(re.compile("/terms/look.stock$"))


def test_neighbours_are_one_key_away(page: Page) -> None:
    page.goto("/terms/camera.size.mcu")
    page.keyboard.press("]")
    expect(page.locator("h1")).to_have_text("Medium shot")
    page.keyboard.press("[")
    expect(page.locator("h1")).to_have_text("Medium close-up")


def test_the_search_works_without_scripts(browser: Browser, running: Studio) -> None:
    context = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/terms")
    page.get_by_role("searchbox").fill("bokhe")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("[data-result]").first).to_be_visible()
    expect(page.locator("[data-results]")).to_contain_text("near it")
    context.close()


@pytest.mark.parametrize("place", PLACES)
def test_the_pages_pass_axe_and_fit(judged: Page, place: str) -> None:
    judged.goto(place)
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged)
