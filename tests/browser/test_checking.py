"""Findings in the studio: beside the control, mended in one click, silenced with a reason; terms found by typing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.judging import judge
from tests.browser.test_studio import choose, field, open_shot


def wrong_stop(page: Page) -> None:
    """Open the lens wider than its family goes."""
    open_shot(page, "the-rim")
    page.fill(field(page, "camera.t_stop"), "1.3")
    expect(note(page)).to_be_visible()


def note(page: Page) -> Locator:
    return page.locator('[data-code="faster_than_the_lens"]')


def test_a_finding_stands_beside_its_control_and_is_mended_in_one_click(page: Page) -> None:
    wrong_stop(page)
    expect(page.locator('[data-path="camera.t_stop"] [data-finding]')).to_contain_text("opens to T2")
    expect(page.locator('[data-code="faster_than_the_lens"] .note-fix')).to_have_text("T-stop T1.3 → T2")
    page.click('[data-code="faster_than_the_lens"] [data-fix]')
    expect(page.locator(field(page, "camera.t_stop"))).to_have_value("2")
    expect(page.locator('[data-code="faster_than_the_lens"]')).to_have_count(0)
    expect(page.locator('[data-path="camera.t_stop"] [data-finding]')).to_have_text("")


def test_a_check_is_silenced_in_this_shot_with_a_reason_and_asked_again(page: Page) -> None:
    wrong_stop(page)
    page.click('[data-code="faster_than_the_lens"] summary')
    reason = page.locator('[data-code="faster_than_the_lens"] [name="reason"]')
    page.click('[data-code="faster_than_the_lens"] [value="shot"]')
    expect(reason).to_be_focused()
    reason.fill("a lens that was never made")
    page.click('[data-code="faster_than_the_lens"] [value="shot"]')
    expect(page.locator('[data-code="faster_than_the_lens"]')).to_have_count(0)
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    page.reload()
    page.click(".silenced summary")
    expect(page.locator(".silenced")).to_contain_text("T-stop: a lens that was never made")
    page.click(".silenced [data-ask]")
    expect(page.locator('[data-code="faster_than_the_lens"]')).to_be_visible()
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_a_check_is_silenced_in_the_whole_film(page: Page) -> None:
    wrong_stop(page)
    page.click('[data-code="faster_than_the_lens"] summary')
    page.fill('[data-code="faster_than_the_lens"] [name="reason"]', "imaginary glass")
    page.click('[data-code="faster_than_the_lens"] [value="film"]')
    expect(page.locator('[data-code="faster_than_the_lens"]')).to_have_count(0)
    open_shot(page, "the-letter")
    expect(page.locator(".silenced")).to_contain_text("1 silenced")
    page.click(".silenced summary")
    page.click(".silenced [data-ask]")
    expect(page.locator(".silenced")).to_have_count(0)


def test_the_film_is_checked_for_the_set_too(page: Page) -> None:
    open_shot(page, "the-rim")
    choose(page, "camera.lens_family", "Helios 44")
    expect(page.locator('[data-code="focal_not_made"]')).to_have_count(0)
    page.select_option("[data-profile]", "set")
    expect(page.locator('[data-code="focal_not_made"]')).to_be_visible()
    page.reload()
    expect(page.locator("[data-profile]")).to_have_value("set")
    page.select_option("[data-profile]", "picture")
    expect(page.locator('[data-code="focal_not_made"]')).to_have_count(0)
    choose(page, "camera.lens_family", "Cooke S4/i")
    expect(page.locator("[data-saved]")).to_have_text("Saved")


@pytest.mark.parametrize(
    ("path", "typed", "found"),
    [
        ("camera.size", "American shot", "camera.size.cowboy"),
        ("camera.size", "medum close", "camera.size.mcu"),
        ("lights.rim.source", "candel", "light.source.candle"),
        ("look.stock", "5219", "look.stock.vision3_500t"),
    ],
)
def test_a_term_is_found_by_alias_and_misspelling(page: Page, path: str, typed: str, found: str) -> None:
    open_shot(page, "the-rim")
    page.fill(field(page, path, "[data-pick]"), typed)
    expect(page.locator(f'[data-path="{path}"] .combo-list [data-id="{found}"]')).to_be_visible()


def test_words_that_no_term_says_are_kept(page: Page) -> None:
    open_shot(page, "two-keepers")
    page.fill(field(page, "camera.support", "[data-pick]"), "on a swell in a rowing boat")
    expect(page.locator("[data-prompt]")).to_contain_text(re.compile("on a swell in a rowing boat", re.IGNORECASE))
    expect(page.locator('[data-path="camera.support"] [data-pick]')).to_have_class(re.compile("is-own"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator("[data-prompt]")).not_to_contain_text("rowing boat")


def test_a_list_takes_terms_and_words_and_gives_them_back(page: Page) -> None:
    open_shot(page, "blue-hour")
    choose(page, "intent.mood", "serene")
    chips = page.locator('[data-path="intent.mood"] .chip')
    expect(chips.last).to_contain_text("Serene")
    page.fill(field(page, "intent.mood", "[data-pick]"), "like the hour after a funeral")
    page.keyboard.press("Enter")
    expect(chips.last).to_contain_text("like the hour after a funeral")
    expect(page.locator("[data-prompt]")).to_contain_text("like the hour after a funeral")
    page.get_by_role("button", name="Remove like the hour after a funeral").click()
    expect(page.locator("[data-prompt]")).not_to_contain_text("funeral")


def test_a_number_shows_its_name_and_a_moved_light_its_pattern(page: Page) -> None:
    open_shot(page, "the-rim")
    page.fill(field(page, "camera.height_m"), "0.2")
    expect(page.locator('[data-path="camera.height"] [data-hint]')).to_have_text("Ground level, by its number")
    page.fill(field(page, "lights.key.azimuth_deg"), "60")
    expect(page.locator('[data-path="lights.key.pattern"] [data-hint]')).to_have_text("Split lighting, by its number")
    page.fill(field(page, "lights.key.azimuth_deg"), "-20")
    expect(page.locator('[data-path="lights.key.pattern"] [data-hint]')).not_to_have_text(
        "Split lighting, by its number"
    )


def test_a_subject_shows_the_fields_of_its_kind(page: Page) -> None:
    open_shot(page, "below-stairs")
    path = page.evaluate("document.querySelector('[data-path^=\"subjects.\"]').dataset.path.split('.')[1]")
    expect(page.locator(f'[data-path="subjects.{path}.hair"]')).to_have_count(1)
    expect(page.locator(f'[data-path="subjects.{path}.species"]')).to_have_count(0)
    choose(page, f"subjects.{path}.kind", "creature")
    expect(page.locator(f'[data-path="subjects.{path}.species"]')).to_have_count(1)
    expect(page.locator(f'[data-path="subjects.{path}.hair"]')).to_have_count(0)
    choose(page, f"subjects.{path}.kind", "character")
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_the_list_is_walked_and_closed_by_keyboard(page: Page) -> None:
    open_shot(page, "the-letter")
    place = page.locator(field(page, "camera.angle", "[data-pick]"))
    place.focus()
    page.keyboard.press("ArrowDown")
    expect(place).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(place).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    page.keyboard.press("Escape")
    expect(place).to_have_attribute("aria-expanded", "false")


def test_an_open_list_and_a_finding_are_accessible(judged: Page) -> None:
    wrong_stop(judged)
    judged.click(field(judged, "camera.angle", "[data-pick]"))
    expect(judged.locator('[data-path="camera.angle"] .combo-list [data-id]').first).to_be_visible()
    judge(judged, part=".shot-controls")
