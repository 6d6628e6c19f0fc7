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
    judged.goto(BOARD)
    judge(judged, ".board-page")
