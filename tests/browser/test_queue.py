"""The queue in a real browser: several takes are ordered from a shot, watched, moved by keyboard, and told of."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.backends.fakes import luma
from tests.browser.judging import judge
from tests.running import Studio

SHOT = "/shots/the-rim"


@pytest.fixture(autouse=True)
def _on_luma(fake_luma: luma.Luma) -> None:
    fake_luma.script = luma.Script(seconds=3)


def order(page: Page) -> None:
    """Open the dialog of several takes, on Luma."""
    page.goto(SHOT)
    page.get_by_label("Shoot on").select_option(value="uni1")
    page.get_by_role("button", name="Several…").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_one_field_is_varied_and_the_batch_watched(page: Page) -> None:
    order(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Field to vary").select_option(value="camera.focal_mm")
    dialog.get_by_label("Its values").fill("50, 75")
    expect(dialog.get_by_label("One field varied")).to_be_checked()
    dialog.get_by_role("button", name="Order").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Queue").click()
    card = page.locator(".batch", has_text=re.compile("focal length")).first
    expect(card).to_contain_text("2 of 2", timeout=30_000)
    expect(page.locator("[data-take]")).to_have_count(0)


def test_what_cannot_be_ordered_is_said_in_the_dialog(page: Page) -> None:
    order(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Field to vary").select_option(value="camera.focal_mm")
    dialog.get_by_label("Its values").fill("wide")
    dialog.get_by_role("button", name="Order").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Give 2 to")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_batch_is_paused_gets_a_budget_and_is_stopped_by_keyboard(page: Page, fake_luma: luma.Luma) -> None:
    fake_luma.script = luma.Script(seconds=60)
    order(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("How many").fill("9")
    dialog.get_by_role("button", name="Order").press("Enter")
    expect(dialog).to_be_hidden()
    page.goto("/queue")
    card = page.locator(".batch", has_text="9 takes").first
    card.get_by_role("button", name="Pause").press("Enter")
    expect(card).to_contain_text("Paused")
    card.get_by_label("Budget").fill("x")
    card.get_by_role("button", name="Set").press("Enter")
    expect(page.locator("[data-toasts]")).to_contain_text("is no sum")
    card.get_by_label("Budget").fill("9.50")
    card.get_by_role("button", name="Set").press("Enter")
    expect(card.get_by_label("Budget")).to_have_value("9.50")
    expect(card).to_contain_text("Paused")
    waiting = page.get_by_role("region", name=re.compile("Waiting"))
    last = waiting.locator("[data-take]").last.get_attribute("data-take")
    waiting.locator("[data-take]").last.get_by_role("button", name=re.compile("sooner")).press("Enter")
    expect(waiting.locator("[data-take]").last).not_to_have_attribute("data-take", str(last))
    card.get_by_role("button", name="Stop all").press("Enter")
    expect(card).to_contain_text("9 of 9", timeout=20_000)


@pytest.mark.parametrize("path", ["/queue", SHOT])
def test_the_pages_stand_at_every_width(judged: Page, running: Studio, path: str) -> None:
    running.shoot("uni1")
    judged.goto(path)
    if path == SHOT:
        judged.get_by_role("button", name="Several…").click()
        judge(judged, "[data-order]", part="[data-order]")
    else:
        judge(judged, ".sheet")
