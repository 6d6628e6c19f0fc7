"""What a person does in the studio, in a real browser."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.backends.fakes import luma
from tests.browser.judging import judge
from tests.running import Studio, studio

LONG = 60_000


def open_shot(page: Page, name: str) -> None:
    page.goto(f"/shots/{name}")
    page.wait_for_load_state("load")


def opened(page: Page, path: str) -> None:
    """Open the strips and parts that hold a field."""
    page.evaluate(
        """path => { for (let n = document.querySelector(`[data-path="${path}"]`); n; n = n.parentElement)
             if (n.tagName === "DETAILS") n.open = true; }""",
        path,
    )


def field(page: Page, path: str, what: str = "[data-input]") -> str:
    opened(page, path)
    return f'[data-path="{path}"] {what}'


def choose(page: Page, path: str, name: str) -> None:
    """Find a term by typing, and take the first that is found."""
    place = field(page, path, "[data-pick]")
    page.fill(place, name)
    expect(page.locator(f'[data-path="{path}"] .combo-list [data-id]').first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def prompt(page: Page) -> str:
    return page.locator("[data-prompt]").inner_text()


def test_the_film_opens_on_six_shots(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".card")).to_have_count(6)
    page.locator(".card", has_text="The rim").click()
    expect(page.locator("[data-prompt]")).to_contain_text("3200 K against a 5600 K balance")


EDITS = [
    ("camera.size", "pick", "head shot", "close-up"),
    ("camera.focal_mm", "number", "135", "135 mm lens"),
    ("camera.t_stop", "number", "5.6", "T5.6"),
    ("lights.rim.azimuth_deg", "number", "150", "150° off axis"),
    ("lights.rim.elevation_deg", "number", "60", "60° up"),
    ("lights.rim.cct_k", "number", "2000", "2000 K against a 5600 K balance"),
    ("lights.key.angular_size_deg", "number", "2", "hard (2° wide)"),
    ("lights.fill.stops", "number", "-5", "five stops under"),
    ("look.grain", "pick", "heavy grian", "heavy grain"),
    ("framing.placement", "pick", "left third", "left third"),
    ("framing.aspect", "number", "16:9", "1.78"),
    ("subjects.mara.wardrobe", "text", "a red oilskin", "wearing a red oilskin"),
    ("beats.listens.action.mara", "words", "lights a match", "lights a match"),
    ("place.where", "text", "the engine room", "the engine room"),
]


def test_each_edit_shows_in_the_prompt(page: Page, subtests: pytest.Subtests) -> None:
    open_shot(page, "the-rim")
    for path, kind, value, said in EDITS:
        with subtests.test(path):
            if kind == "pick":
                choose(page, path, value)
            else:
                page.fill(field(page, path, "[data-pick]" if kind == "words" else "[data-input]"), value)
            shown = page.locator('[data-report="frame"]' if path == "framing.aspect" else "[data-prompt]")
            expect(shown).to_contain_text(re.compile(re.escape(said), re.IGNORECASE))
            expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_an_edit_outlives_a_reload(page: Page) -> None:
    open_shot(page, "two-keepers")
    page.fill(field(page, "camera.focal_mm"), "32")
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    page.reload()
    expect(page.locator("[data-prompt]")).to_contain_text("32 mm lens")


def test_a_number_out_of_range_says_the_range_and_is_not_sent(page: Page) -> None:
    open_shot(page, "two-keepers")
    before = prompt(page)
    page.fill(field(page, "camera.t_stop"), "900")
    expect(page.locator('[data-path="camera.t_stop"] [data-hint]')).to_have_text("It lies between 0.7 and 64 T.")
    assert prompt(page) == before


def test_arrow_keys_step_a_number(page: Page) -> None:
    open_shot(page, "blue-hour")
    place = field(page, "camera.focal_mm")
    page.focus(place)
    page.keyboard.press("ArrowUp")
    expect(page.locator(place)).to_have_value("25")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(place)).to_have_value("15")
    expect(page.locator("[data-prompt]")).to_contain_text("15 mm lens")


def test_pointing_at_a_piece_marks_its_control_and_the_reverse(page: Page) -> None:
    open_shot(page, "below-stairs")
    opened(page, "look.grain")
    page.locator('[data-pane] .piece[data-paths="look.grain"]').hover()
    expect(page.locator('[data-path="look.grain"]')).to_have_class(re.compile("is-lit"))
    page.focus(field(page, "camera.focal_mm"))
    expect(page.locator('[data-pane] .piece[data-paths="camera.focal_mm"]')).to_have_class(re.compile("is-lit"))


def test_the_prompt_is_walked_by_keyboard_and_enter_opens_the_control(page: Page) -> None:
    open_shot(page, "below-stairs")
    page.locator("[data-prompt] .piece").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator('[data-path="camera.size"] [data-pick]')).to_be_focused()


def test_undo_and_redo(page: Page) -> None:
    open_shot(page, "blue-hour")
    was = prompt(page)
    choose(page, "place.weather", "snow")
    expect(page.locator("[data-prompt]")).to_contain_text("snow")
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-prompt]")).not_to_contain_text("snow")
    assert prompt(page) == was
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-prompt]")).to_contain_text("snow")


def test_a_light_is_added_and_removed(page: Page) -> None:
    open_shot(page, "the-gallery")
    page.evaluate("document.querySelector('[data-department=light]').open = true")
    page.click('[data-add-entry="lights"]')
    page.fill(field(page, "lights.key.cct_k"), "3200")
    expect(page.locator("[data-prompt]")).to_contain_text("3200 K against a 5600 K balance")
    page.click('[data-remove="lights.key"]')
    expect(page.locator("[data-prompt]")).not_to_contain_text("3200 K")


def test_a_finding_stands_beside_the_prompt_and_its_fix_is_one_click(page: Page) -> None:
    open_shot(page, "the-letter")
    page.fill(field(page, "camera.t_stop"), "1")
    note = page.locator(".note.is-error")
    expect(note).to_contain_text("opens to")
    note.get_by_role("button", name="Fix").click()
    expect(page.locator(".note.is-error")).to_have_count(0)
    expect(page.locator('[data-path="camera.t_stop"] input')).not_to_have_value("1")


def test_a_pinned_number_and_a_field_left_to_the_model(page: Page) -> None:
    open_shot(page, "the-rim")
    page.select_option("[data-target]", "sdxl")
    expect(page.locator("[data-prompt]")).not_to_contain_text("3200")
    opened(page, "lights.rim.cct_k")
    page.locator('[data-path="lights.rim.cct_k"]').hover()
    page.click('[data-path="lights.rim.cct_k"] [data-mark="pin"]')
    expect(page.locator("[data-pane]")).to_contain_text(":1.2)")
    opened(page, "camera.support")
    page.locator('[data-path="camera.support"]').hover()
    page.click('[data-path="camera.support"] [data-mark="leave"]')
    expect(page.locator("[data-prompt]")).not_to_contain_text("tripod")
    expect(page.locator("[data-pane]")).to_contain_text("Left to the model")
    page.click('[data-path="camera.support"] [data-mark="leave"]')
    page.select_option("[data-target]", "uni-1")
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_plain_beside_compiled(page: Page) -> None:
    open_shot(page, "the-gallery")
    page.get_by_role("button", name="Plain").click()
    expect(page.locator("[data-prompt]")).to_contain_text("cinematic.")
    expect(page.locator("[data-prompt]")).not_to_contain_text("Lighting:")
    page.get_by_role("button", name="Compiled").click()
    expect(page.locator("[data-prompt]")).to_contain_text("Lighting:")


def test_a_reference_is_uploaded_and_a_wrong_file_refused(page: Page, tmp_path: Path) -> None:
    open_shot(page, "blue-hour")
    page.evaluate("document.querySelector('[data-department=reference]').open = true")
    page.click('[data-add-entry="references"]')
    wrong = tmp_path / "wrong.png"
    wrong.write_text("no picture")
    page.set_input_files('[data-path="references.reference_1.asset"] [data-upload]', wrong)
    expect(page.locator(".toast")).to_contain_text("not a picture")
    right = tmp_path / "right.png"
    content = BytesIO()
    Image.new("RGB", (64, 36), (120, 90, 40)).save(content, "PNG")
    right.write_bytes(content.getvalue())
    page.set_input_files('[data-path="references.reference_1.asset"] [data-upload]', right)
    expect(page.locator('[data-path="references.reference_1.asset"] img')).to_be_visible()
    choose(page, "references.reference_1.role", "mood")
    expect(page.locator("[data-prompt]")).to_contain_text("Use IMAGE1 as a MOOD reference")


def test_shoot_on_previz_and_see_the_take(page: Page) -> None:
    open_shot(page, "the-gallery")
    page.get_by_role("button", name="Shoot").click()
    take = page.locator(".take").first
    expect(take).to_have_class(re.compile("is-done"), timeout=LONG)
    expect(page.locator(".viewer-picture")).to_be_visible()
    page.reload()
    expect(page.locator(".take.is-done")).to_have_count(1)
    page.locator(".take-frame").first.click()
    expect(page.locator(".take-facts")).to_contain_text("revision 1, by Test")
    expect(page.locator(".take-facts")).to_contain_text("Silhouette lighting")


def test_shoot_both_wordings_on_uni1(page: Page, fake_luma: luma.Luma) -> None:
    open_shot(page, "two-keepers")
    before = len(fake_luma.bodies)
    page.select_option("[data-backend]", "uni1")
    for wording in ("Compiled", "Plain"):
        page.get_by_role("button", name=wording).click()
        page.get_by_role("button", name="Shoot").click()
        expect(page.locator(".take.is-done")).to_have_count(1 if wording == "Compiled" else 2, timeout=LONG)
    sent = [body["prompt"] for body in fake_luma.bodies[before:]]
    assert len(sent) == 2
    assert "Lighting:" in sent[0]
    assert sent[1].endswith("cinematic.")
    expect(page.locator(".take").first).to_contain_text("plain")


def test_shoot_on_ones_own_machine(page: Page) -> None:
    open_shot(page, "below-stairs")
    page.select_option("[data-target]", "sdxl")
    page.select_option("[data-backend]", "a1111")
    page.get_by_role("button", name="Shoot").click()
    expect(page.locator(".take").first).to_have_class(re.compile("is-done"), timeout=LONG)


def test_a_refusal_is_a_sentence_on_the_take_and_can_be_tried_again(page: Page, fake_luma: luma.Luma) -> None:
    open_shot(page, "the-letter")
    page.select_option("[data-backend]", "uni1")
    fake_luma.fault("create", status=402, detail="Insufficient credits. Please add credits to continue.")
    page.get_by_role("button", name="Shoot").click()
    first = page.locator(".take").first
    expect(first.locator(".take-message")).to_contain_text("Insufficient credits", timeout=LONG)
    first.get_by_role("button", name="Try again").click()
    expect(page.locator(".take.is-done")).to_have_count(1, timeout=LONG)


def test_a_running_take_is_stopped(page: Page, fake_luma: luma.Luma) -> None:
    open_shot(page, "the-gallery")
    page.select_option("[data-backend]", "uni1")
    fake_luma.script = luma.Script(seconds=30)
    page.get_by_role("button", name="Shoot").click()
    take = page.locator(".take").first
    expect(take).to_have_class(re.compile("is-running"), timeout=LONG)
    take.get_by_role("button", name="Stop").click()
    expect(take).to_have_class(re.compile("is-cancelled"), timeout=LONG)
    expect(take).to_contain_text("may still be charged")
    fake_luma.script = luma.Script()


def test_a_second_window_is_told(page: Page, browser: Browser, running: Studio) -> None:
    open_shot(page, "below-stairs")
    other = browser.new_context(base_url=running.url).new_page()
    open_shot(other, "below-stairs")
    page.fill(field(page, "camera.focal_mm"), "18")
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    other.fill(field(other, "camera.focal_mm"), "21")
    expect(other.locator(".toast")).to_contain_text("another window")
    other.reload()
    expect(other.locator("[data-prompt]")).to_contain_text("18 mm lens")
    other.get_by_role("button", name="Use my edit").click()
    expect(other.locator("[data-prompt]")).to_contain_text("21 mm lens")
    expect(other.locator("[data-saved]")).to_have_text("Saved")
    other.context.close()
    page.reload()
    expect(page.locator("[data-prompt]")).to_contain_text("21 mm lens")


def test_an_edit_survives_a_studio_that_went_away(browser: Browser, tmp_path: Path) -> None:
    with studio(tmp_path) as short:
        page = browser.new_context(base_url=short.url).new_page()
        open_shot(page, "the-rim")
        short.kill()
        page.fill(field(page, "camera.focal_mm"), "61")
        expect(page.locator(".toast").first).to_contain_text("does not answer")
        expect(page.locator("[data-saved]")).to_have_text("Not saved, kept here")
        short.start()
        expect(page.locator("[data-saved]")).to_have_text("Saved", timeout=LONG)
        page.context.close()
        assert short.document("the-rim")[0]["camera"]["focal_mm"] == 61


PLACES = (
    "/projects/the-lamp-room",
    "/shots/the-rim",
    "/shots/the-letter",
    "/shots/the-gallery",
    "/rules",
    "/api",
    "/rules/side_not_said",
    "/shots/nobody",
)


def test_the_theme_is_switched_and_kept(page: Page) -> None:
    page.goto("/")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Switch between dark and light").click()
    expect(root).to_have_attribute("data-theme", "light")
    page.goto("/rules")
    expect(root).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_accessible_and_fits_its_window(judged: Page, place: str) -> None:
    judged.goto(place)
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged)


def test_what_a_backend_needs_or_costs_stands_beside_the_button(page: Page) -> None:
    open_shot(page, "the-letter")
    note = page.locator("[data-shoot-note]")
    expect(note).to_have_text("")
    page.select_option("[data-backend]", "uni1")
    expect(note).to_have_text("about $0.049")
    page.select_option("[data-target]", "uni-1-max")
    expect(note).to_have_text("about $0.109")


def test_a_film_and_a_shot_are_started_and_a_shot_duplicated(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Another film").fill("Salt & Rope")
    page.get_by_role("button", name="New film").click()
    expect(page).to_have_url(re.compile("/projects/salt-rope$"))
    expect(page.locator(".empty")).to_contain_text("No shots yet")
    page.get_by_label("Slate").fill("1A")
    page.get_by_label("Name", exact=True).fill("The pier")
    page.get_by_role("button", name="New shot").click()
    expect(page.locator("h1")).to_have_text("1A The pier")
    expect(page.locator("[data-prompt]")).to_have_text("")
    page.fill(field(page, "place.where"), "a wooden pier")
    expect(page.locator("[data-prompt]")).to_contain_text("A wooden pier")
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    page.get_by_label("More of this shot").press("Enter")
    page.get_by_role("button", name="Duplicate").press("Enter")
    expect(page.locator("h1")).to_have_text("1A The pier, copy")
    expect(page.locator("[data-prompt]")).to_contain_text("A wooden pier")
