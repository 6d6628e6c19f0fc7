"""The controls by hand: numbers typed and dragged, fields found, history, two windows, and nothing typed is lost."""

import json
import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.judging import judge
from tests.browser.test_studio import LONG, choose, field, open_shot, opened, prompt
from tests.running import Studio

STOP = '[data-path="camera.t_stop"]'
FOCAL = '[data-path="camera.focal_mm"]'


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def test_units_fractions_and_ratios_are_understood(page: Page) -> None:
    open_shot(page, "the-letter")
    for path, text, kept, said in (
        ("camera.t_stop", "T5.6", "5.6", "T5.6"),
        ("camera.focal_mm", "65mm", "65", "65 mm lens"),
        ("camera.height_m", "5'6\"", "1.676", ""),
        ("framing.aspect", "2.39:1", "2.39", "2.39:1"),
    ):
        page.fill(field(page, path), text)
        page.locator(field(page, path)).blur()
        expect(page.locator(field(page, path))).to_have_value(kept)
        expect(page.locator("[data-prompt]")).to_contain_text(said)
    page.fill(field(page, "camera.t_stop"), "soft")
    expect(page.locator(f"{STOP} [data-hint]")).to_have_text("Type a number. It is in T.")
    assert "T5.6" in prompt(page)
    saved(page)


def test_a_number_is_dragged_by_its_name_as_one_step_and_opened_by_a_double_click(page: Page) -> None:
    open_shot(page, "the-letter")
    place = page.locator(field(page, "camera.focal_mm"))
    before = place.input_value()
    label = page.locator(f"{FOCAL} .field-label")
    box = label.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 6)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(box["x"] + 10 + 4 * step, box["y"] + 6)
    page.mouse.up()
    expect(place).to_have_value(str(int(before) + 10))
    expect(place).not_to_be_focused()
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(place).to_have_value(before)
    label.dblclick()
    expect(place).to_have_value("")
    expect(page.locator(FOCAL)).not_to_have_class(re.compile("is-said"))
    label.click()
    expect(place).to_be_focused()
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(place).to_have_value(before)
    saved(page)


def test_a_field_shows_how_it_stands_without_colour(page: Page) -> None:
    open_shot(page, "the-letter")
    opened(page, "camera.support")
    support = page.locator('[data-path="camera.support"]')
    sign, ring = support.locator("[data-sign]"), support.locator("[data-mark=leave]")
    expect(sign).to_have_text("")
    support.hover()
    ring.click()
    expect(sign).to_have_text("left to the model")
    expect(ring).to_have_attribute("aria-pressed", "true")
    expect(ring).to_be_focused()
    ring.click()
    expect(sign).to_have_text("")
    expect(page.locator(f"{FOCAL} [data-sign]")).to_have_text("said")
    saved(page)


def test_undo_goes_on_after_a_reload_and_typing_is_undone_by_itself(page: Page) -> None:
    open_shot(page, "below-stairs")
    was = prompt(page)
    page.fill(field(page, "camera.t_stop"), "4")
    choose(page, "place.weather", "snow")
    saved(page)
    changed = prompt(page)
    page.reload()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-prompt]")).not_to_have_text(changed)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-prompt]")).to_have_text(was)
    saved(page)
    page.reload()
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-prompt]")).to_have_text(changed)
    page.locator(field(page, "place.where")).press_sequentially("xyz")
    expect(page.locator("[data-prompt]")).to_contain_text("xyz")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-prompt]")).not_to_contain_text("xyz")
    expect(page.locator(field(page, "camera.t_stop"))).to_have_value("4")
    page.locator(".viewer-bar").click()
    for _ in range(4):
        page.keyboard.press("Control+z")
    expect(page.locator("[data-prompt]")).to_have_text(was)
    saved(page)


def test_in_a_field_that_was_drawn_anew_undo_is_the_shot_s(page: Page) -> None:
    open_shot(page, "below-stairs")
    place = page.locator(field(page, "place.where"))
    place.press_sequentially("xyz")
    expect(page.locator("[data-prompt]")).to_contain_text("xyz")
    place.evaluate("(one) => { const said = one.value; one.value = ''; one.value = said; }")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-prompt]")).not_to_contain_text("xyz")
    saved(page)


def test_a_late_prompt_leaves_a_reason_and_the_cursor_alone(page: Page) -> None:
    open_shot(page, "the-rim")
    page.fill(field(page, "camera.t_stop"), "1.3")
    note = page.locator('[data-code="faster_than_the_lens"]')
    expect(note).to_be_visible()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/edits/prompt", hold, times=1)
    page.fill(field(page, "camera.focal_mm"), "76")
    note.locator("summary").click()
    note.locator("[name=reason]").press_sequentially("a lens that")
    waiting[0].continue_()
    expect(page.locator("[data-prompt]")).to_contain_text("76 mm lens")
    expect(note.locator("[name=reason]")).to_be_focused()
    page.keyboard.type(" was never made")
    expect(note.locator("[name=reason]")).to_have_value("a lens that was never made")
    page.locator(".viewer-bar").click()
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(note).to_have_count(0)
    saved(page)


def test_controls_that_cannot_be_drawn_say_so_and_come_back(browser: Browser, running: Studio) -> None:
    page = browser.new_context(base_url=running.url).new_page()
    open_shot(page, "two-keepers")
    place = page.locator(field(page, "camera.focal_mm"))
    before = place.input_value()
    page.fill(field(page, "camera.focal_mm"), "28")
    saved(page)
    page.route("**/edits/*", lambda route: route.abort())
    page.route("**/shots/two-keepers", lambda route: route.abort())
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(page.locator(".toast")).to_contain_text("does not answer")
    expect(page.locator("[data-saved]")).to_have_text("Not saved, kept here")
    expect(place).to_have_value("28")
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(place).to_have_value(before)
    saved(page)
    page.context.close()


def lose_answers(page: Page) -> None:
    """Let every save arrive, and no answer come back."""

    def lost(route: Route) -> None:
        if route.request.method == "PUT":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/shots/blue-hour", lost)


def test_a_save_whose_answer_was_lost_is_no_conflict(browser: Browser, running: Studio) -> None:
    page = browser.new_context(base_url=running.url).new_page()
    open_shot(page, "blue-hour")
    lose_answers(page)
    page.fill(field(page, "camera.focal_mm"), "52")
    expect(page.locator("[data-saved]")).to_have_text("Not saved, kept here")
    page.fill(field(page, "camera.focal_mm"), "53")
    page.unroute_all()
    saved(page)
    expect(page.get_by_role("button", name="Take theirs")).to_have_count(0)
    page.context.close()


def test_an_edit_that_was_being_saved_when_the_page_was_left_is_no_conflict(browser: Browser, running: Studio) -> None:
    page = browser.new_context(base_url=running.url).new_page()
    open_shot(page, "blue-hour")
    lose_answers(page)
    page.fill(field(page, "camera.focal_mm"), "54")
    expect(page.locator("[data-saved]")).to_have_text("Not saved, kept here")
    page.fill(field(page, "camera.focal_mm"), "55")
    page.unroute_all()
    page.reload()
    expect(page.locator(field(page, "camera.focal_mm"))).to_have_value("55")
    saved(page)
    page.context.close()


def test_two_windows_on_one_shot_know_of_each_other(page: Page) -> None:
    open_shot(page, "blue-hour")
    other = page.context.new_page()
    open_shot(other, "blue-hour")
    told = other.locator("[data-windows]")
    expect(told).to_contain_text("open in another window")
    expect(page.locator("[data-windows]")).to_be_empty()
    page.fill(field(page, "camera.focal_mm"), "29")
    expect(other.locator("[data-prompt]")).to_contain_text("29 mm lens", timeout=LONG)
    expect(other.locator(field(other, "camera.focal_mm"))).to_have_value("29")
    assert other.locator("[data-controls]").evaluate("one => one.inert")
    told.get_by_role("button", name="Take over").click()
    expect(told).to_be_empty()
    expect(page.locator("[data-windows]")).to_contain_text("took this shot over")
    other.fill(field(other, "camera.focal_mm"), "31")
    saved(other)
    expect(page.locator("[data-prompt]")).to_contain_text("31 mm lens", timeout=LONG)
    other.close()
    expect(page.locator("[data-windows]")).to_contain_text("was closed")
    page.get_by_role("button", name="Edit here").click()
    expect(page.locator("[data-windows]")).to_be_empty()
    expect(page.locator(field(page, "camera.focal_mm"))).to_have_value("31")


def test_a_conflict_with_another_machine_is_settled_by_whoever_stands_before_it(
    page: Page, browser: Browser, running: Studio
) -> None:
    open_shot(page, "the-gallery")
    other = browser.new_context(base_url=running.url).new_page()
    open_shot(other, "the-gallery")
    other.fill(field(other, "camera.focal_mm"), "41")
    saved(other)
    page.fill(field(page, "camera.focal_mm"), "42")
    expect(page.locator("[data-saved]")).to_have_text("Not saved, kept here")
    page.get_by_role("button", name="Use my edit").click()
    saved(page)
    other.fill(field(other, "camera.focal_mm"), "43")
    other.get_by_role("button", name="Take theirs").click()
    expect(other.locator(field(other, "camera.focal_mm"))).to_have_value("42")
    other.keyboard.press("Control+z")
    expect(other.locator(field(other, "camera.focal_mm"))).to_have_value("43")
    saved(other)
    other.context.close()


def test_the_simple_view_shows_what_matters_and_what_is_said_and_is_kept(page: Page) -> None:
    open_shot(page, "the-letter")
    page.keyboard.press("s")
    page.reload()
    expect(page.get_by_role("button", name="Simple")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"{FOCAL} input")).to_be_visible()
    expect(page.locator('[data-path="camera.angle"] input')).to_be_visible()
    ei = page.locator('[data-path="camera.ei"] input')
    expect(ei).to_be_hidden()
    page.keyboard.press("f")
    page.keyboard.type("exposure index")
    expect(ei).to_be_visible()
    expect(page.locator(f"{FOCAL} input")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(ei).to_be_focused()
    ei.fill("800")
    page.locator(".viewer-bar").click()
    expect(ei).to_be_visible()
    page.keyboard.press("Control+z")
    expect(ei).to_have_value("")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Full")).to_have_attribute("aria-pressed", "true")
    saved(page)


def test_a_narrow_window_keeps_the_prompt_in_a_drawer(page: Page) -> None:
    open_shot(page, "the-letter")
    drawer, pane, frame = (page.locator(one) for one in ("[data-drawer]", ".shot-prompt", ".shot-centre"))
    expect(drawer).to_be_hidden()
    page.keyboard.press("p")
    expect(pane).to_be_visible()  # a window with room for it keeps it
    page.set_viewport_size({"width": 1024, "height": 768})
    expect(drawer).to_have_attribute("aria-expanded", "true")
    expect(drawer).to_contain_text(re.compile(r"\d findings?$"))
    for column in (".shot-controls", ".shot-centre", ".shot-prompt"):
        expect(page.locator(column)).to_be_in_viewport()
    page.locator(".strip summary").first.focus()
    page.keyboard.press("p")
    expect(pane).to_be_hidden()
    page.keyboard.press("p")
    expect(pane.locator(".piece").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator(".strip summary").first).to_be_focused()
    page.reload()
    expect(pane).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("[data-note-text]")).to_be_focused()
    expect(drawer).to_have_attribute("aria-expanded", "true")
    page.set_viewport_size({"width": 800, "height": 768})
    expect(frame).to_be_hidden()
    expect(page.locator(".shot-controls")).to_be_in_viewport()
    drawer.press("Enter")
    expect(frame).to_be_in_viewport()


def test_everything_is_found_by_name(page: Page) -> None:
    open_shot(page, "the-letter")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="What to do or where to go")
    expect(box).to_be_focused()
    page.keyboard.type("rim colour temp")
    page.keyboard.press("Control+a")
    page.keyboard.type("focal len")
    expect(page.locator(".palette-list [aria-selected=true]")).to_contain_text("Focal length")
    page.keyboard.press("Enter")
    expect(page.locator(field(page, "camera.focal_mm"))).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("kling 3.0")
    page.keyboard.press("Enter")
    expect(page.locator("[data-target]")).to_have_value("kling-3")
    expect(page.locator("[data-switched]")).to_contain_text(re.compile(r"Uni-1 → Kling 3\.0: .* loss(es)?, .* words\."))
    page.locator("[data-target]").select_option("uni-1")
    saved(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("below st")
    expect(page.locator(".palette-list [aria-selected=true]")).to_contain_text("Below stairs")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/shots/below-stairs$"))
    page.wait_for_load_state("load")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("find a field")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)


def test_a_department_finds_among_its_own_fields(page: Page) -> None:
    page.goto("/shots/the-rim")
    page.locator('[data-department="camera"] > summary').focus()
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Find in Camera")
    expect(box).to_be_focused()
    page.keyboard.type("rate")
    shown = page.locator('[data-department="camera"] .field:visible .field-label')
    expect(shown).to_have_text(["Frame rate", "Speed of time", "Playback rate"], use_inner_text=True)
    expect(page.locator('[data-department="frame"] .field:visible').first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator('[data-path="camera.fps"] input')).to_be_focused()
    page.keyboard.press("/")  # in a field it is a letter
    expect(page.locator('[data-path="camera.fps"] input')).to_have_value(re.compile("/"))
    page.keyboard.press("Backspace")
    box.fill("tint")
    page.get_by_role("button", name="Pin Tint").press("Enter")
    expect(page.locator('[data-path="camera.tint"]')).to_have_class(re.compile("is-pinned"))
    expect(box).to_have_value("tint")
    expect(shown).to_have_count(1)
    box.press("Escape")
    expect(page.locator('[data-path="camera.fps"]')).to_be_visible()


def test_the_note_box_offers_terms_and_takes_a_phrase_as_one_step(page: Page) -> None:
    open_shot(page, "the-gallery")
    before = prompt(page)
    page.keyboard.press("/")
    box = page.get_by_label("Note", exact=True)
    expect(box).to_be_focused()
    page.keyboard.type("85 t2 low ang")
    option = page.locator("[data-offer] [role=option]").first
    expect(option).to_contain_text("Low angle")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("85 t2 Low angle ")
    page.keyboard.type("rembrandt left 3200 wibble")
    page.keyboard.press("Enter")
    told = page.locator("[data-note-told]")
    expect(told.locator(".call-left")).to_contain_text("wibble")
    page.keyboard.press("Enter")
    expect(page.locator("[data-prompt]")).to_contain_text("85 mm lens")
    expect(page.locator("[data-prompt]")).to_contain_text(re.compile("low angle", re.IGNORECASE))
    told.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-prompt]")).to_have_text(before)
    saved(page)


def test_the_prompt_is_copied_as_text_as_json_and_as_a_call(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_shot(page, "the-letter")
    copied = {}
    for name in ("As text", "As JSON", "As a call"):
        page.locator("[data-copy-menu] summary").click()
        page.get_by_role("button", name=re.compile(name)).click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        expect(page.locator("[data-copy-menu]")).not_to_have_attribute("open", "")
        copied[name] = page.evaluate("navigator.clipboard.readText()")
    assert copied["As text"] == page.locator("[data-prompt]").text_content()
    assert json.loads(copied["As JSON"])["text"] == copied["As text"]
    assert copied["As a call"].startswith("curl -s http")
    assert '"target":"uni-1"' in copied["As a call"]


def test_the_keys_the_palette_and_the_terms_are_accessible_and_fit(judged: Page) -> None:
    judged.goto("/keys")
    judge(judged)
    judged.keyboard.press("Control+k")
    expect(judged.locator(".palette-list")).to_contain_text("The rim")
    judge(judged, ".dialog")
    open_shot(judged, "the-letter")
    judged.locator("[data-note-text]").press_sequentially("har")
    expect(judged.locator("[data-offer] [role=option]").first).to_be_visible()
    judge(judged, part=".call")


STEPS = """async (shots) => {
    const { diff, merge } = await import("/static/js/lib/paths.js");
    const { History } = await import("/static/js/lib/history.js");
    const wrong = shots.flatMap(a => shots.filter(b => Object.keys(diff(merge(a, diff(a, b)), b)).length));
    const history = new History("nobody");
    let shot = shots[0];
    for (const next of Array(60).fill(shots).flat()) { history.begin(shot); shot = next; }
    history.keep(shot, 1);
    const later = new History("nobody");
    later.resume(shot, 1);
    let back = 0;
    for (let one = later.undo(shot); one; one = later.undo(shot)) { shot = one; back += 1; }
    for (let one = later.redo(shot); one; one = later.redo(shot)) shot = one;
    return { wrong: wrong.length, letters: localStorage.getItem("printlight:history:nobody").length, back,
             done: history.done.length, last: Object.keys(diff(shot, shots.at(-1))).length };
}"""


def test_a_step_leads_back_and_a_long_history_keeps_its_newest_steps(page: Page, running: Studio) -> None:
    names = ("the-rim", "the-letter", "two-keepers", "below-stairs", "blue-hour", "the-gallery")
    shots = [running.document(name)[0] for name in names]
    page.goto("/keys")
    found = page.evaluate(STEPS, shots)
    assert found["wrong"] == 0
    assert found["letters"] <= 200_000
    assert 20 < found["back"] < found["done"]
    assert found["last"] == 0
