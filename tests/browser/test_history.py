"""The history of a shot in a real browser: walked by keyboard, compared, named, restored; a test on its sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import judge
from tests.browser.test_studio import LONG
from tests.running import Studio

SHOT = "/shots/the-gallery"


@pytest.fixture(scope="module")
def kept(running: Studio) -> list[str]:
    """Two takes of one shot, the second on a longer lens."""
    made = []
    for focal_mm in (28, 40):
        document, version = running.document("the-gallery")
        document["camera"]["focal_mm"] = focal_mm
        order = {"shot": document, "version": version, "target": "uni-1", "backend": "uni1", "wording": "compiled"}
        made.append(running.order("the-gallery", order))
        running.wait_for(made[-1], "done", shot="the-gallery")
    return made


@pytest.mark.usefixtures("kept")
def test_the_line_is_walked_by_keyboard_and_a_state_restored(page: Page) -> None:
    page.goto(SHOT)
    page.get_by_label("More of this shot").press("Enter")
    page.get_by_role("link", name="History").press("Enter")
    shown = page.locator("[data-past-shown]")
    expect(shown).to_contain_text("28 mm → 40 mm")
    expect(page.locator(".past-pictures img")).to_have_count(2)
    page.locator("[data-state='2']").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-state='1']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(shown.locator("[data-past-title]")).to_have_text("Revision 1")
    expect(page).to_have_url(re.compile("at=1"))
    expect(page.locator("[data-state='1']")).to_have_attribute("aria-current", "true")
    shown.get_by_label("Against").select_option("2")
    expect(shown.locator("del").filter(has_text="40")).to_be_visible()
    shown.get_by_label("Prompt for").select_option("sdxl")
    expect(shown.locator("#past-prompts")).to_contain_text("for SDXL")
    shown.get_by_text("Since when").click()
    expect(shown.locator("[data-since='camera.focal_mm']")).to_contain_text("Revision 1")
    shown.get_by_label("Name of this state").fill("as scouted")
    shown.get_by_role("button", name="Name").press("Enter")
    expect(page.locator("[data-state='1']")).to_have_text("Revision 1, as scouted")
    shown.get_by_role("button", name="Restore").press("Enter")
    prompt = page.locator("[data-prompt]")
    expect(prompt).to_contain_text("28 mm")
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(prompt).to_contain_text("40 mm")


@pytest.mark.usefixtures("kept")
def test_a_test_of_two_fields_fills_its_sheet(page: Page) -> None:
    page.goto(SHOT)
    page.locator("[data-order-open]").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Field to vary").select_option(value="camera.focal_mm")
    dialog.get_by_label("Its values").fill("35, 85")
    dialog.get_by_label("And by a second field").select_option(value="camera.t_stop")
    dialog.get_by_label("Values of the second field").fill("2, 8")
    dialog.get_by_role("button", name="Order").click()
    expect(dialog).to_be_hidden()
    page.goto("/queue")
    page.get_by_role("link", name=re.compile("focal length and")).click()
    expect(page.get_by_role("columnheader", name="T8")).to_be_visible()
    expect(page.get_by_role("rowheader", name="85 mm")).to_be_visible()
    expect(page.locator(".contact-frame img")).to_have_count(4, timeout=2 * LONG)
    with page.expect_download() as saved:
        page.get_by_role("link", name="PNG").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_pages_stand_at_every_width(judged: Page, kept: list[str]) -> None:
    assert len(kept) == 2
    judged.goto(f"{SHOT}/history?at=1")
    judged.get_by_text("Since when").click()
    judge(judged, ".past, .past-shown, .past-body")
    judged.goto(f"{SHOT}/history")
    judged.locator(".past-head a").click()
    judge(judged, ".contact")
