"""The still in a real browser: it comes, gets better, and is drawn anew when something moves."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.judging import judge
from tests.browser.test_studio import field
from tests.running import Studio, studio

LONG = 60_000
FINISHED = "Finished, 64 samples, 96 px"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio whose stills are soon finished."""
    with studio(tmp_path_factory.mktemp("studio"), PRINTLIGHT_PREVIZ_WIDTH="96") as one:
        yield one


def open_still(page: Page, shot: str = "the-rim") -> Locator:
    """Look at the still of a shot; return its line."""
    page.goto(f"/shots/{shot}")
    page.get_by_role("button", name="Still", exact=True).click()
    return page.locator("[data-still-line]")


def test_a_still_refines_and_is_replaced_after_an_edit(page: Page) -> None:
    line, picture = open_still(page), page.locator("[data-still-picture]")
    expect(line).to_have_text(FINISHED, timeout=LONG)
    expect(picture).to_be_visible()
    before = picture.get_attribute("src") or ""
    page.fill(field(page, "camera.focal_mm"), "40")
    expect(line).not_to_have_text(FINISHED)
    expect(line).to_have_text(FINISHED, timeout=LONG)
    expect(picture).not_to_have_attribute("src", before)
    page.fill(field(page, "place.where"), "the engine room")  # nothing that is drawn
    expect(page.locator("[data-prompt]")).to_contain_text("the engine room")
    expect(line).to_have_text(FINISHED)
    expect(page.locator(".take")).to_have_count(0)


def test_why_there_is_no_still_is_said_in_its_place(page: Page) -> None:
    said = json.dumps({"error": "It has no build.", "hint": "Shoot elsewhere."})
    page.route("**/edits/still", lambda route: route.fulfill(body=f"data: {said}\n\n"))
    expect(open_still(page)).to_have_text("It has no build. Shoot elsewhere.")
    expect(page.get_by_role("button", name="Draw it here")).to_be_hidden()


def test_another_window_takes_the_renderer_and_gives_it_back(page: Page) -> None:
    page.route("**/edits/still", lambda route: route.fulfill(body='data: {"superseded": true}\n\n'))
    line, again = open_still(page), page.get_by_role("button", name="Draw it here")
    expect(line).to_have_text("Another window draws its still.")
    page.unroute("**/edits/still")
    again.click()
    expect(line).to_have_text(FINISHED, timeout=LONG)
    expect(again).to_be_hidden()


def test_a_studio_that_does_not_answer_is_asked_again(page: Page) -> None:
    page.route("**/edits/still", lambda route: route.fulfill(body=""))
    line = open_still(page)
    expect(line).to_contain_text("The studio does not answer.")
    page.unroute("**/edits/still")
    expect(line).to_have_text(FINISHED, timeout=LONG)


def test_false_colour_and_waveform_are_seen_and_told(judged: Page) -> None:
    line, picture = open_still(judged, "the-gallery"), judged.locator("[data-still-picture]")
    expect(line).to_have_text(FINISHED, timeout=LONG)
    drawn = picture.get_attribute("src") or ""
    judged.get_by_role("button", name="False colour").click()
    expect(picture).not_to_have_attribute("src", drawn)
    expect(judged.locator(".still-zone")).to_have_count(9)
    expect(judged.locator(".still-zone").nth(4)).to_contain_text("Mid grey−0.5 to +0.5 stopsscreen 28 to 42")
    judged.get_by_role("button", name="Waveform").click()
    for said in ("False colour of the shot. Over: ", "In the middle of each third", "Against green, red stands at"):
        expect(judged.get_by_role("img", name=re.compile(f"^{said}"))).to_be_visible()
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged, "[data-still]", part="[data-viewer]")
