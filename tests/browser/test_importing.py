"""A script comes into a film: the dialog, by mouse and by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

SCRIPTS = Path(__file__).parent.parent / "importers" / "scripts"
FOUNTAIN, FDX = SCRIPTS / "the_tide_clock.fountain", SCRIPTS / "the_tide_clock.fdx"


@pytest.fixture
def film(page: Page) -> Page:
    """A new, empty film."""
    page.goto("/")
    page.locator(".add", has_text="Another film").locator("input").fill("Tide")
    page.get_by_role("button", name="New film").click()
    expect(page.locator(".empty")).to_contain_text("No shots yet")
    return page


def chosen(page: Page, path: Path) -> None:
    page.get_by_role("button", name="Import…").click()
    page.set_input_files("[data-import-file]", path)


@pytest.mark.parametrize("path", [FOUNTAIN, FDX], ids=["fountain", "fdx"])
def test_a_script_is_looked_at_and_kept(film: Page, path: Path) -> None:
    chosen(film, path)
    dialog = film.get_by_role("dialog")
    expect(dialog.locator(".import-head")).to_contain_text("The Tide Clock by Edda Marsh")
    expect(dialog.locator(".import-counts")).to_contain_text("5 scenes")
    expect(dialog.locator(".import-shots li")).to_have_count(8)
    expect(film.locator(".card")).to_have_count(0)
    dialog.get_by_text("Left out of the shots").click()
    expect(dialog.locator(".import-group.is-left li").first).to_be_visible()
    dialog.get_by_role("button", name="Import 8 shots").click()
    expect(film.locator(".card")).to_have_count(8)
    slates = ["1", "2", "2B", "2C", "2A", "3", "3A", "4"]
    assert film.locator(".card .slate").all_inner_texts() == slates
    film.get_by_role("link", name="CLOSE ON THE TIDE CLOCK").click()
    expect(film.locator("[data-prompt]")).to_contain_text("THE TIDE CLOCK")
    expect(film.locator("[data-prompt]")).to_contain_text("A brass dial with one hand")


def test_an_import_is_undone_until_somebody_has_worked_on_it(film: Page) -> None:
    chosen(film, FOUNTAIN)
    film.get_by_role("button", name="Import 8 shots").click()
    expect(film.locator(".card")).to_have_count(8)
    film.get_by_role("button", name="Undo the import").click()
    expect(film.locator(".empty")).to_contain_text("No shots yet")
    chosen(film, FOUNTAIN)
    film.get_by_role("button", name="Import 8 shots").click()
    expect(film.locator(".card")).to_have_count(8)
    shot = film.locator(".card").first.get_attribute("href")
    film.request.put(f"{shot}", data={"shot": {"duration_s": 3}, "version": 1, "target": "uni-1"})
    film.get_by_role("button", name="Undo the import").click()
    expect(film.locator(".toast")).to_contain_text("Work was done on 1")
    expect(film.locator(".card")).to_have_count(8)


def test_a_second_import_stands_behind_the_first(film: Page) -> None:
    for count in (8, 16):
        chosen(film, FOUNTAIN)
        film.get_by_role("button", name="Import 8 shots").click()
        expect(film.locator(".card")).to_have_count(count)


def test_a_file_that_cannot_be_read_says_why_and_another_can_be_chosen(film: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.fountain"
    wrong.write_text("Only a thought.")
    chosen(film, wrong)
    toast = film.locator("dialog .toast")
    expect(toast).to_contain_text("wrong.fountain holds no scene heading")
    expect(film.locator("[data-import-keep]")).to_be_disabled()
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)
    film.set_input_files("[data-import-file]", FDX)
    expect(film.get_by_role("button", name="Import 8 shots")).to_be_enabled()


def test_the_dialog_is_walked_by_keyboard_and_escape_leaves_everything_as_it_was(film: Page) -> None:
    opener = film.get_by_role("button", name="Import…")
    opener.focus()
    film.keyboard.press("Enter")
    expect(film.get_by_role("dialog")).to_be_visible()
    film.set_input_files("[data-import-file]", FOUNTAIN)
    keep = film.get_by_role("button", name="Import 8 shots")
    expect(keep).to_be_enabled()
    for _ in range(12):
        if keep.evaluate("node => node === document.activeElement"):
            break
        film.keyboard.press("Tab")
    expect(keep).to_be_focused()
    film.keyboard.press("Escape")
    expect(film.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    expect(film.locator(".card")).to_have_count(0)
    film.keyboard.press("Enter")
    expect(film.locator(".import-shots")).to_have_count(0)
