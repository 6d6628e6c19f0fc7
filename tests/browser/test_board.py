"""The board in a real browser: shots are put in order by drag and by keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.judging import judge

BOARD = "/projects/the-lamp-room"


def order(page: Page) -> list[str]:
    return page.locator("[data-board] .card-name").all_inner_texts()


def test_a_shot_is_moved_by_keyboard_and_stays_there(page: Page) -> None:
    page.goto(BOARD)
    first, second, *rest = order(page)
    later = page.get_by_role("button", name=f"Move {first} later")
    later.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-board-told]")).to_have_text(re.compile(f"^{first} is now shot 2 of"))
    expect(later).to_be_focused()
    page.reload()
    assert order(page) == [second, first, *rest]
    page.get_by_role("button", name=f"Move {first} earlier").press("Enter")
    expect(page.locator("[data-board-told]")).to_contain_text("is now shot 1 of")
    assert order(page) == [first, second, *rest]


def test_a_shot_is_dragged_and_the_page_says_where_it_went(page: Page) -> None:
    page.goto(BOARD)
    before = order(page)
    cards = page.locator(".board-one")
    box = cards.nth(2).bounding_box()
    assert box
    cards.nth(0).drag_to(cards.nth(2), target_position={"x": box["width"] * 0.9, "y": box["height"] / 2})
    expect(page.locator("[data-board-told]")).to_have_text(re.compile(f"^{before[0]} is now shot 3 of"))
    page.reload()
    assert order(page) == [before[1], before[2], before[0], *before[3:]]
    cards.nth(2).drag_to(cards.nth(0), target_position={"x": 8, "y": box["height"] / 2})
    expect(page.locator("[data-board-told]")).to_contain_text("is now shot 1 of")
    assert order(page) == before


def test_the_board_stands_at_every_width(judged: Page) -> None:
    judged.request.put("/sorting/shot/the-letter/tags", form={"tags": "night, a wet street behind the harbour wall"})
    judged.request.put("/sorting/shot/the-letter/stars", form={"stars": "4"})
    judged.goto(BOARD)
    card = judged.locator("#the-letter .card-sort")
    expect(card).to_contain_text("#night")
    expect(card.get_by_role("img", name="4 of 5 stars")).to_be_visible()
    expect(judged.locator(".card-sort")).to_have_count(1)
    judge(judged, ".board-page, .board-one")


def test_the_tour_has_three_steps_and_can_be_left(page: Page) -> None:
    page.goto(BOARD)
    tour = page.locator(".tour:visible")
    expect(tour).to_contain_text("1 of 3")
    tour.get_by_role("link", name="Open ").press("Enter")
    expect(tour).to_contain_text("2 of 3")
    tour.get_by_role("button", name="Next").press("Enter")
    expect(tour).to_contain_text("3 of 3")
    page.reload()
    expect(tour).to_contain_text("3 of 3")
    tour.get_by_role("button", name="Done").press("Enter")
    expect(tour).to_have_count(0)
    page.goto(BOARD)
    expect(tour).to_have_count(0)


def test_the_settings_say_how_the_studio_stands_and_keep_the_theme(page: Page) -> None:
    page.goto("/settings")
    expect(page.locator(".facts")).to_contain_text("Test PRINTLIGHT_AUTHOR")
    page.get_by_role("radio", name="Light").check()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.get_by_role("radio", name="Light")).to_be_checked()
    page.get_by_role("button", name="Show the tour again").press("Enter")
    page.goto(BOARD)
    expect(page.locator(".tour:visible")).to_contain_text("1 of 3")


def test_the_settings_stand_at_every_width(judged: Page) -> None:
    judged.goto("/settings")
    judge(judged, "[data-settings]")


def test_the_tour_is_left_at_once(page: Page) -> None:
    page.goto("/shots/the-rim")
    page.get_by_role("button", name="Leave the tour").press("Enter")
    page.reload()
    expect(page.locator(".tour:visible")).to_have_count(0)
