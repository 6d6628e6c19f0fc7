"""Text comes back as a shot: pasted onto the board, called as a note, and several shots as one prompt."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import judge
from tests.browser.test_studio import open_shot
from tests.running import Studio
from tests.web.test_paste import LIST, PROSE, picture

FILM = "/projects/the-lamp-room"


@pytest.fixture
def film(page: Page) -> Page:
    """A new, empty film."""
    page.goto("/")
    page.locator(".add", has_text="Another film").locator("input").fill("Pasted")
    page.get_by_role("button", name="New film").click()
    expect(page.locator(".empty")).to_contain_text("No shots yet")
    return page


def typed(page: Page, text: str) -> None:
    page.get_by_role("button", name="Paste a prompt").click()
    page.get_by_label("The prompt").fill(text)


def test_a_prompt_is_marked_as_it_is_typed_and_becomes_a_shot(film: Page) -> None:
    film.keyboard.press("p")
    box = film.get_by_label("The prompt")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    expect(film.locator("[data-paste-keep]")).to_be_disabled()
    box.press_sequentially(PROSE)
    piece = film.locator(".said", has_text="50mm lens")
    piece.hover()
    expect(film.locator("[data-paste-at]")).to_have_text("Focal length: 50 mm")
    line = film.locator('[data-field="1:camera.focal_mm"]')
    expect(line).to_have_class(re.compile("is-lit"))
    expect(line.locator("q")).to_have_text("50mm lens")
    line.hover()
    expect(piece).to_have_class(re.compile("is-lit"))
    expect(film.locator(".paste-free")).to_contain_text("zanzibarish")
    expect(film.locator(".card")).to_have_count(0)
    film.get_by_role("button", name="Make a shot").click()
    expect(film).to_have_url(re.compile(r"/shots/\w+$"))
    expect(film.locator(".crumb-now")).to_contain_text("Medium close-up of Mara")
    expect(film.locator("[data-prompt]")).to_contain_text("50 mm")


def test_the_marked_pieces_are_walked_by_keyboard(film: Page) -> None:
    typed(film, PROSE)
    pieces = film.locator(".said")
    pieces.first.focus()
    expect(film.locator("[data-paste-at]")).to_have_text("Shot size: Medium close-up")
    film.keyboard.press("ArrowRight")
    expect(pieces.nth(1)).to_be_focused()
    film.keyboard.press("ArrowLeft")
    film.keyboard.press("ArrowLeft")
    expect(pieces.last).to_be_focused()
    expect(film.locator(".said[tabindex='0']")).to_have_count(1)


def test_a_list_becomes_shots_by_keyboard_alone(film: Page) -> None:
    typed(film, LIST)
    expect(film.get_by_role("button", name="Make 3 shots")).to_be_enabled()
    expect(film.locator(".paste-shot")).to_have_count(3)
    expect(film.locator(".paste-name").nth(1)).to_have_text("2 Close-up of her hands, 85mm")
    film.get_by_label("The prompt").press("Control+Enter")
    expect(film).to_have_url(re.compile(r"/shots/\w+$"))
    film.locator(".crumbs a").click()
    expect(film.locator(".card")).to_have_count(3)


def test_what_is_pasted_on_the_board_lands_in_the_box_and_waits_there(film: Page) -> None:
    paste = """text => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }"""
    film.evaluate(paste, PROSE)
    expect(film.get_by_role("dialog")).to_be_visible()
    expect(film.locator(".said").first).to_have_text("Medium close-up")
    film.keyboard.press("Escape")
    expect(film.get_by_role("dialog")).to_have_count(0)
    film.keyboard.press("p")
    expect(film.get_by_label("The prompt")).to_have_value(PROSE)
    expect(film.locator(".card")).to_have_count(0)


def test_a_picture_gives_its_prompt_and_one_without_says_so(film: Page, tmp_path: Path) -> None:
    for name, text in (("cat.png", "close-up of a cat\nSteps: 20, Seed: 7, Size: 512x768"), ("bare.png", None)):
        (tmp_path / name).write_bytes(picture(text))
    film.keyboard.press("p")
    film.set_input_files("[data-paste-file]", tmp_path / "cat.png")
    expect(film.get_by_label("The prompt")).to_have_value(re.compile("close-up of a cat"))
    expect(film.locator("[data-paste-note]")).to_contain_text("cat.png: Read from the text")
    expect(film.locator(".paste-as")).to_contain_text("Read as A1111 parameters")
    film.set_input_files("[data-paste-file]", tmp_path / "bare.png")
    expect(film.locator("dialog .toast")).to_contain_text("This picture holds no prompt")
    expect(film.get_by_label("The prompt")).to_have_value(re.compile("close-up of a cat"))


def test_a_text_that_breaks_says_where_until_it_is_mended(film: Page) -> None:
    typed(film, '{"prompt": ')
    expect(film.locator(".paste-wrong")).to_contain_text("breaks in line 1")
    expect(film.locator("[data-paste-keep]")).to_be_disabled()
    film.get_by_label("The prompt").fill('{"prompt": "a close-up"}')
    expect(film.locator(".paste-wrong")).to_have_count(0)
    expect(film.locator("[data-paste-keep]")).to_be_enabled()


def test_the_newest_text_is_the_last_that_is_read(film: Page) -> None:
    typed(film, "close-up")
    expect(film.locator(".said")).to_have_text("close-up")
    held: list[bool] = []

    def slow(route: object) -> None:
        if not held:
            held.append(True)
            film.wait_for_timeout(400)
        route.continue_()  # type: ignore[attr-defined]

    film.route("**/pasted", slow)
    film.get_by_label("The prompt").fill("wide shot")
    film.wait_for_timeout(200)
    film.get_by_label("The prompt").fill("low angle")
    expect(film.locator(".said")).to_have_text("low angle")
    assert held


def call(page: Page, text: str) -> None:
    page.keyboard.press("n")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def size_of(page: Page) -> str:
    return page.locator('[data-path="camera.size"] input').input_value()


def test_a_note_is_shown_then_taken_then_undone(page: Page) -> None:
    open_shot(page, "the-rim")
    told = page.locator("[data-note-told]")
    call(page, "tighter, rim a touch hotter")
    expect(told.locator(".call-step")).to_have_count(2)
    expect(told.locator(".call-step").first).to_contain_text("Medium close-up")
    expect(told.locator(".call-step").first.locator("b")).to_have_text("Close-up")
    assert size_of(page) == "Medium close-up"
    page.keyboard.press("Enter")
    expect(told).to_contain_text("2 changes taken.")
    expect(page.locator("[data-prompt]")).to_contain_text("close-up.")
    expect(page.locator('[data-path="camera.size"] input')).to_have_value("Close-up")
    expect(page.locator('[data-path="lights.rim.stops"] input')).to_have_value("1.83")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    told.get_by_role("button", name="Undo").click()
    expect(page.locator('[data-path="camera.size"] input')).to_have_value("Medium close-up")
    expect(page.locator('[data-path="lights.rim.stops"] input')).to_have_value("1.5")
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_the_undo_of_a_note_goes_with_the_next_edit(page: Page) -> None:
    open_shot(page, "the-letter")
    told, size = page.locator("[data-note-told]"), page.locator('[data-path="camera.size"] input')
    before = size.input_value()
    call(page, "wider")
    expect(told.locator(".call-step")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(told.get_by_role("button", name="Undo")).to_be_visible()
    expect(size).not_to_have_value(before)
    page.locator("details[data-department='lens']").evaluate("one => one.open = true")
    page.fill('[data-path="camera.t_stop"] input', "4")
    expect(told).to_be_empty()
    expect(size).not_to_have_value(before)
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_escape_drops_a_note_and_the_arrow_brings_it_back(page: Page) -> None:
    open_shot(page, "the-rim")
    field = page.get_by_label("Note", exact=True)
    call(page, "warmer")
    expect(page.locator(".call-step")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-note-told]")).to_be_empty()
    expect(field).to_have_value("")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("warmer")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("warmer")


def test_what_a_note_asks_and_leaves_is_said_and_nothing_can_be_taken(page: Page) -> None:
    open_shot(page, "the-rim")
    told = page.locator("[data-note-told]")
    call(page, "lose the hat")
    expect(told.locator(".call-ask")).to_contain_text("nothing in this shot is called so")
    page.get_by_label("Note", exact=True).fill("wibble wobble")
    page.keyboard.press("Enter")
    expect(told.locator(".call-left")).to_contain_text("wibble wobble")
    expect(told.get_by_role("button", name="Apply")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(told.locator(".call-left")).to_be_visible()
    assert size_of(page) == "Medium close-up"


def test_a_note_is_asked_again_when_the_shot_or_its_words_changed_meanwhile(page: Page) -> None:
    open_shot(page, "the-rim")
    step = page.locator(".call-step")
    call(page, "half a stop down")
    expect(step).to_have_count(1)
    page.keyboard.type(", tighter")
    expect(page.locator("[data-note-told]")).to_have_class(re.compile("is-late"))
    page.keyboard.press("Enter")
    expect(step).to_have_count(2)
    assert size_of(page) == "Medium close-up"
    page.locator("details[data-department='lens']").evaluate("one => one.open = true")
    page.fill('[data-path="camera.t_stop"] input', "4")
    page.get_by_label("Note", exact=True).focus()
    with page.expect_response("**/notes"):
        page.keyboard.press("Enter")
    expect(step).to_have_count(2)
    assert size_of(page) == "Medium close-up"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_a_scene_follows_what_is_ticked(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(FILM)
    page.get_by_role("link", name="As one prompt").click()
    page.get_by_label("Write for").select_option("kling-3")
    expect(page.get_by_role("heading", name="shots for Kling 3.0")).to_be_visible()
    before = page.locator(".scene-part").count()
    page.get_by_label("2A Two keepers").uncheck()
    expect(page.locator(".scene-part")).to_have_count(before - 1)
    expect(page).to_have_url(re.compile(r"for=kling-3&shots=the-rim,below-stairs"))
    expect(page.get_by_label("2A Two keepers")).to_be_focused()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("[data-scene-text]").text_content()
    assert copied.startswith("Shot 1: ")
    page.reload()
    expect(page.get_by_label("2A Two keepers")).not_to_be_checked()
    for box in page.locator("[name=shots]").all():
        box.uncheck()
    expect(page.locator("[data-scene-told] .empty")).to_contain_text("No shot is chosen")


def test_the_text_is_that_of_the_ticks_on_the_way_back(page: Page) -> None:
    page.goto(f"{FILM}/prompt?for=kling-3&shots=the-rim,two-keepers")
    page.get_by_label("Write for").select_option("veo-3.1")
    expect(page.get_by_role("heading", name="2 shots for Veo 3.1")).to_be_visible()
    page.get_by_role("link", name="in The rim").click()
    expect(page.locator(".crumb-now")).to_contain_text("The rim")
    page.go_back()
    expect(page.get_by_label("Write for")).to_have_value("veo-3.1")
    expect(page.get_by_role("heading", name="2 shots for Veo 3.1")).to_be_visible()


PLACES = (FILM, "/shots/the-rim", f"{FILM}/prompt?for=kling-3", f"{FILM}/prompt?for=kling-3&shots=")


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_accessible_and_fits_its_window(judged: Page, place: str) -> None:
    judged.goto(place)
    if place == FILM:
        judged.keyboard.press("p")
        judged.get_by_label("The prompt").fill(f"{LIST}\nMidjourney {'x' * 200}")
        expect(judged.locator(".paste-shot")).to_have_count(3)
    elif place.startswith("/shots"):
        judged.get_by_label("Note", exact=True).fill(f"tighter, lose the fill, lose the hat, {'x' * 200}")
        judged.keyboard.press("Enter")
        expect(judged.locator(".call-step")).to_have_count(2)
    judged.evaluate("document.querySelectorAll('.scene details').forEach(one => one.open = true)")
    part = {FILM: "[data-paste]", "/shots/the-rim": ".shot-prompt"}.get(place, "")
    judge(judged, within="html, .paste-told, .call, .scene, .dialog-body", part=part)


def test_nothing_that_was_only_looked_at_is_kept(running: Studio) -> None:
    document, _ = running.document("the-rim")
    assert document["camera"]["size"] == "camera.size.mcu"
