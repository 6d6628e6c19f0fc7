"""The still in a real browser: it comes, gets better, and is drawn anew when something moves."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.judging import judge
from tests.browser.test_studio import field

LONG = 60_000
FINISHED = re.compile("Finished, 64 samples, 240 px")


def open_still(page: Page, shot: str = "the-rim") -> Locator:
    """Look at the still of a shot, and wait for a first draft."""
    page.goto(f"/shots/{shot}")
    page.get_by_role("button", name="Still", exact=True).click()
    picture = page.locator("[data-still-picture]")
    expect(picture).to_be_visible(timeout=LONG)
    return picture


def test_a_still_is_replaced_after_an_edit_and_then_refines(page: Page) -> None:
    picture = open_still(page)
    before = picture.get_attribute("src") or ""
    page.fill(field(page, "camera.focal_mm"), "40")
    expect(page.locator("[data-still-line]")).to_have_text("Drawing …")
    expect(page.locator("[data-still-line]")).to_have_text(FINISHED, timeout=LONG)
    expect(picture).not_to_have_attribute("src", before)
    page.fill(field(page, "place.where"), "the engine room")  # nothing that is drawn
    expect(page.locator("[data-prompt]")).to_contain_text("the engine room")
    expect(page.locator("[data-still-line]")).to_have_text(FINISHED)
    expect(page.locator(".take")).to_have_count(0)


def test_another_window_takes_the_renderer_and_gives_it_back(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/shots/blue-hour")
    open_still(page, "two-keepers")
    other.get_by_role("button", name="Still", exact=True).click()
    expect(page.locator("[data-still-line]")).to_have_text("Another window draws its still.", timeout=LONG)
    page.get_by_role("button", name="Draw it here").click()
    expect(page.locator("[data-still-line]")).to_contain_text("samples", timeout=LONG)


def test_false_colour_and_waveform_are_seen_and_told(judged: Page) -> None:
    picture = open_still(judged, "the-gallery")
    drawn = picture.get_attribute("src")
    judged.get_by_role("button", name="False colour").click()
    expect(judged.locator(".still-zone")).to_have_count(9)
    expect(judged.locator(".still-zone").nth(4)).to_contain_text("Mid grey−0.5 to +0.5 stopsscreen 28 to 42")
    assert picture.get_attribute("src") != drawn
    judged.get_by_role("button", name="Waveform").click()
    expect(judged.get_by_role("img", name=re.compile("^False colour of the shot. Over: "))).to_be_visible()
    expect(judged.get_by_role("img", name=re.compile("^In the middle of each third"))).to_be_visible()
    expect(judged.get_by_role("img", name=re.compile("^Against green, red stands at"))).to_be_visible()
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged, "[data-still]")
