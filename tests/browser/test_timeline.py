"""The timeline by hand: played, walked by keys, trimmed, joined, and judged by axe."""

import re

from playwright.sync_api import Page, expect

from tests.browser.judging import judge

FILM = "/projects/the-lamp-room"


def at(page: Page) -> str:
    return page.locator("[data-time]").inner_text()


def seen(page: Page) -> list[str]:
    """Return how much is seen of each picture that is loaded."""
    shown = "all => all.map((one) => getComputedStyle(one).opacity)"
    return [str(one) for one in page.locator("[data-pictures] img").evaluate_all(shown)]


def test_the_film_plays_is_walked_and_trimmed(page: Page) -> None:
    page.goto(FILM)
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator("[data-total]")).to_have_text("00:00:24:00")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-time]")).to_have_text("00:00:04:00")
    expect(page.locator("[data-name]")).to_have_text("2A Two keepers")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-time]")).to_have_text("00:00:04:01")
    page.get_by_label("Length").fill("1,5 s")
    page.get_by_label("Length").press("Enter")
    expect(page.locator("[data-total]")).to_have_text("00:00:21:12")
    page.locator("[data-name]").click()
    page.keyboard.press("Home")
    page.get_by_label("Goes out by").select_option(label="Dissolve")
    expect(page.locator("[data-join]").first).to_have_text("Dissolve")
    head = page.get_by_role("slider", name="Playhead")
    head.evaluate("(one, x) => { one.value = x; one.dispatchEvent(new Event('input')); }", 4 * 44)
    assert sorted(one for one in seen(page) if one != "0") == ["0.5", "1"]
    page.keyboard.press("n")
    expect(page.locator("[data-burn]")).to_contain_text("2A 00:00:04:00")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("[data-time]")).not_to_have_text("00:00:04:00")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_block_is_trimmed_by_its_edge(page: Page) -> None:
    page.goto(f"{FILM}/timeline")
    block = page.locator("[data-one='blue-hour']")
    block.scroll_into_view_if_needed()
    edge = block.locator("[data-edge]").bounding_box()
    assert edge
    page.mouse.move(edge["x"] + 4, edge["y"] + 30)
    page.mouse.down()
    page.mouse.move(edge["x"] + 4 - 88, edge["y"] + 30, steps=4)
    page.mouse.up()
    expect(page.locator("[data-told]")).to_contain_text("kept")
    expect(block.locator("[data-length]")).to_have_text("2 s")
    page.reload()
    expect(block.locator("[data-length]")).to_have_text("2 s")


def test_a_length_that_is_none_is_said(page: Page) -> None:
    page.goto(f"{FILM}/timeline")
    page.get_by_label("Length").fill("long")
    page.get_by_label("Length").press("Enter")
    expect(page.locator("[data-hint]")).to_have_text("Type a length in seconds, above 0.")


def test_a_format_is_chosen_and_saved(page: Page) -> None:
    page.goto("/shots/the-rim")
    page.get_by_label("More of this shot").press("Enter")
    page.get_by_role("link", name="Export").click()
    expect(page).to_have_url(re.compile("/shots/the-rim/export"))
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save Prompts as text").click()
    assert saving.value.suggested_filename == "1A-The-rim.txt"


def test_the_pages_are_accessible_and_fit(judged: Page) -> None:
    for path in (f"{FILM}/timeline", f"{FILM}/export", f"{FILM}/scenes/2/plan"):
        judged.goto(path)
        judge(judged)
