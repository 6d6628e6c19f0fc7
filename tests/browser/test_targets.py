"""The models in a real browser: a chart that is filtered and walked by keyboard, and one shot before many of them."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app.vocab import vocabulary
from tests.browser.judging import judge
from tests.running import Studio

TARGETS = vocabulary().targets
RETIRED = next(one.id for one in TARGETS.values() if one.retired)
PLACES = [
    "/targets",
    "/targets/kling-3",
    f"/targets/{RETIRED}",
    "/shots/the-rim/targets",
    "/shots/the-letter?for=kling-3",
]
SHOWN = "[data-words]:not([hidden])"


def test_the_models_are_reached_from_the_board(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Models").click()
    expect(page.locator("h1")).to_have_text("Models")
    expect(page.locator(SHOWN)).to_have_count(len(TARGETS))
    page.get_by_role("link", name="Kling 3.0", exact=True).click()
    expect(page.locator("h1")).to_have_text("Kling 3.0")
    expect(page.get_by_role("region", name="What it does not hear")).to_be_visible()


def test_the_chart_is_filtered_and_walked_by_keyboard(page: Page) -> None:
    page.goto("/targets")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("kling")
    names = [one.id for one in TARGETS.values() if "kling" in one.id]
    expect(page.locator(SHOWN)).to_have_count(len(names))
    expect(page.locator("[data-count]")).to_have_text(f"{len(names)} of {len(TARGETS)}")
    expect(page.get_by_role("rowheader", name="Images")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/targets\?q=kling$"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{SHOWN} a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{SHOWN} a").nth(1)).to_be_focused()
    name = page.locator(f"{SHOWN} a").nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    expect(page.locator(SHOWN)).to_have_count(len(names))


def test_the_medium_is_switched_by_arrow_keys(page: Page) -> None:
    page.goto("/targets")
    page.get_by_role("radio", name="All").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Video")).to_be_checked()
    expect(page.locator(SHOWN)).to_have_count(sum(one.medium == "video" for one in TARGETS.values()))
    page.get_by_role("searchbox").fill("no such thing")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.get_by_text("No model has all of that")).to_be_visible()


def test_the_name_of_a_model_stays_in_sight(page: Page) -> None:
    page.goto("/targets")
    page.locator(".models-box").evaluate("box => box.scrollTo(900, 600)")
    assert page.locator(".models-box").evaluate("box => box.scrollLeft") == 900
    head = page.locator(".matrix-labels .matrix-name").bounding_box()
    box = page.locator(".models-box").bounding_box()
    assert head is not None
    assert box is not None
    assert abs(head["x"] - box["x"]) < 3
    assert 0 <= head["y"] - box["y"] < 40


def test_a_reason_is_read_by_keyboard(page: Page) -> None:
    page.goto("/shots/the-rim/targets?for=uni-1,kling-3,veo-3.1")
    cells = page.locator("[data-why]")
    cells.first.focus()
    expect(cells.first.locator(".why-text")).to_have_css("position", "fixed")
    expect(cells.nth(1).locator(".why-text")).to_have_css("position", "absolute")
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    expect(cells.nth(1)).to_have_attribute("tabindex", "0")
    expect(cells.first).to_have_attribute("tabindex", "-1")
    page.keyboard.press("ArrowDown")
    below = page.evaluate(
        "[document.activeElement.closest('td').cellIndex, document.activeElement.closest('tr').rowIndex]"
    )
    assert below[0] == 2
    assert below[1] > 3


def test_models_are_chosen_and_remembered_in_the_address(page: Page) -> None:
    page.goto("/shots/the-rim/targets")
    boxes = page.locator("[data-chooser] input")
    expect(boxes.and_(page.locator(":checked"))).to_have_count(6)
    expect(boxes.and_(page.locator(":not(:checked)")).first).to_be_disabled()
    for name in page.locator("[data-chooser] :checked").evaluate_all("all => all.map(one => one.value)")[1:]:
        page.uncheck(f'[data-chooser] [value="{name}"]')
    page.check('[data-chooser] [value="kling-3"]')
    page.get_by_role("button", name="Compare these").click()
    expect(page).to_have_url(re.compile(r"targets\?for=[a-z0-9.-]+,[a-z0-9.-]+$"))
    assert page.url.count("kling-3") == 1
    expect(page.locator(".heard-model")).to_have_count(2)
    rows = page.locator(".heard-row")
    every = rows.count()
    page.get_by_label("Only what is lost").check()
    assert 0 < rows.filter(visible=True).count() < every
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".models-box").evaluate("one => one.scrollWidth <= one.clientWidth")
    row = rows.filter(visible=True).filter(has=page.locator(".is-never")).first
    name, never = row.locator(".heard-name").bounding_box(), row.locator(".is-never").first.bounding_box()
    assert name
    assert never
    assert never["y"] >= name["y"] + name["height"]  # a line of its own, under what was said
    row.locator("[data-why]").first.click()
    expect(row.locator(".why-text").first).to_be_in_viewport()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Write for it: Kling 3.0").click()
    expect(page.locator("[data-target]")).to_have_value("kling-3")
    expect(page.locator("[data-pane]")).to_contain_text("Nothing here shoots Kling 3.0")
    expect(page.locator("[data-pane] .meter")).to_contain_text("of 2,500 characters")


def test_the_light_is_told_or_not(page: Page) -> None:
    page.goto("/shots/the-gallery?for=uni-1")
    switch = page.get_by_label("Say what the light does")
    expect(switch).to_be_checked()
    expect(page.locator("[data-prompt]")).to_contain_text("The light reads:")
    switch.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-prompt]")).not_to_contain_text("The light reads:")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    page.reload()
    expect(switch).not_to_be_checked()
    page.select_option("[data-target]", "flux-2")
    expect(page.locator("[data-pane]")).to_contain_text("FLUX.2")
    expect(switch).not_to_be_checked()
    before = page.locator("[data-prompt]").inner_text()
    switch.check()
    expect(page.locator("[data-prompt]")).not_to_have_text(before)
    expect(page.locator("[data-prompt] .is-derived").first).to_be_visible()
    page.select_option("[data-target]", "uni-1")
    expect(page.locator("[data-prompt]")).to_contain_text("The light reads:")
    page.get_by_role("button", name="Plain").click()
    expect(switch).to_have_count(0)


def test_a_loss_offers_a_choice_that_is_taken(page: Page, running: Studio) -> None:
    page.goto("/shots/the-letter?for=flux-1-kontext")
    page.locator("details[data-keep=losses] > summary").click()
    choice = page.locator(".note-choices button").first
    expect(choice).to_be_visible()
    patch = json.loads(choice.get_attribute("data-fix") or "")
    choice.click()
    expect(page.locator("details[data-keep=losses]")).to_have_attribute("open", "")
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    kept = running.document("the-letter")[0]["references"]
    assert patch["references"]
    for name, change in patch["references"].items():
        assert kept[name] | change == kept[name]


def test_the_chart_answers_without_script(browser: Browser, running: Studio) -> None:
    context = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/targets")
    page.get_by_role("searchbox").fill("midjourney")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(SHOWN)).to_have_count(sum("midjourney" in one.id for one in TARGETS.values()))
    page.goto("/shots/the-rim/targets?for=uni-1")
    page.check('[data-chooser] [value="kling-3"]')
    page.get_by_role("button", name="Compare these").click()
    expect(page.locator(".heard-model")).to_have_count(2)
    context.close()


@pytest.mark.parametrize("place", PLACES)
def test_the_pages_pass_axe_and_fit(judged: Page, place: str) -> None:
    judged.goto(place)
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged, part=".shot-prompt" if place.startswith("/shots/the-letter") else "")
