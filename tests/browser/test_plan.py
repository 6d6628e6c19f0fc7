"""The light plan by hand and by key, in a real browser."""

import json
import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.judging import AXE, judge
from tests.running import Studio
from tests.views.test_paper import words_of

Json = dict[str, Any]

OBJECTIONS = """where => axe.run(where, {resultTypes: ["violations"]})
    .then(result => result.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"""

SHOT: Json = {
    "camera": {"size": "camera.size.mcu", "format": "camera.format.super_35_3perf", "focal_mm": 50, "t_stop": 2.8},
    "subjects": {"mara": {"kind": "subject.kind.character", "name": "Mara", "facing_deg": 0, "screen_x": 0.5}},
    "lights": {
        "key": {
            "role": "light.role.key", "azimuth_deg": -45, "elevation_deg": 0, "distance_m": 2, "cct_k": 5600, "stops": 0
        },
        "window": {"slot": 1, "source": "light.source.window_light", "frame": "set", "azimuth_deg": 90},
        "fill": {"slot": 2, "role": "light.role.fill", "azimuth_deg": 30, "distance_m": 2.5, "stops": -3},
    },
}  # fmt: skip


@pytest.fixture
def shot(page: Page, running: Studio) -> Page:
    """A shot of its own, opened on its light plan."""
    made = httpx.post(f"{running.url}/projects/the-lamp-room/shots", data={"slate": "9Z", "name": "Plan"})
    place = made.headers["location"]
    name = place.rpartition("/")[2]
    body = {"shot": SHOT, "of": name, "target": "uni-1", "wording": "compiled", "version": 1}
    assert httpx.put(f"{running.url}{place}", json=body).status_code == 200
    page.goto(place)
    expect(handle(page, "lights.key")).to_be_visible()
    return page


def handle(page: Page, key: str, view: str = "plan") -> Locator:
    return page.locator(f'[data-view-name="{view}"] [data-handle="{key}"]')


def document(page: Page) -> Json:
    """Return the shot as it will be saved, once it is."""
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    found: Json = json.loads(page.evaluate(SAVED))
    return found


SAVED = """async () =>
    (await (await fetch(location.pathname)).text()).match(/data-document>(.*?)<\\/script>/s)[1]"""


def draft(page: Page) -> Json:
    """Return the shot as it stands in the window: what is kept of it until it is saved, or what was saved."""
    kept = page.evaluate("() => localStorage.getItem(`printlight:draft:${location.pathname.split('/').pop()}`)")
    found: Json = json.loads(kept)["shot"] if kept else document(page)
    return found


MIDDLE = """one => {
    const view = one.ownerSVGElement.dataset.viewName;
    const now = document.querySelector(`[data-view-name="${view}"] [data-handle="${one.dataset.handle}"]`);
    const box = now.querySelector(".pl-touch").getBoundingClientRect();
    const sheet = now.ownerSVGElement;
    return [box.x + box.width / 2, box.y + box.height / 2, sheet.dataset.metre * sheet.getScreenCTM().a];
}"""
"""Where a symbol is taken hold of, and how many pixels a metre has. It may just have been drawn anew."""


def drag(page: Page, what: Locator, by: tuple[float, float], *, keys: str = "") -> None:
    """Drag a symbol by so many metres across and down its sheet."""
    expect(what).to_be_visible()
    expect(page.locator("[data-saved]")).to_have_text("Saved")  # the sheet of the drag before has been fitted anew
    x, y, metre = what.evaluate(MIDDLE)
    if keys:
        page.keyboard.down(keys)
    page.mouse.move(x, y)
    page.mouse.down()
    for share in (0.3, 0.7, 1):
        page.mouse.move(x + share * by[0] * metre, y + share * by[1] * metre)
    page.mouse.up()
    if keys:
        page.keyboard.up(keys)


def test_a_lamp_is_dragged_and_it_is_one_step_back(shot: Page) -> None:
    # From 45° left at 2 m to straight in front, two and a half metres off.
    drag(shot, handle(shot, "lights.key"), (1.414, 2.5 - 1.414))
    expect(handle(shot, "lights.key")).to_have_attribute("aria-valuenow", re.compile(r"^(0|0\.0|-0\.0|5\.0|-5\.0)$"))
    key = document(shot)["lights"]["key"]
    assert abs(key.get("azimuth_deg", 0)) <= 5
    assert key["distance_m"] == pytest.approx(2.5, abs=0.11)
    expect(shot.locator('[data-controls] [data-path="lights.key.distance_m"] [data-input]')).to_have_value(
        f"{key['distance_m']:g}"
    )
    shot.keyboard.press("Control+z")
    expect(handle(shot, "lights.key")).to_have_attribute("aria-valuenow", "-45.0")
    assert document(shot)["lights"]["key"] == SHOT["lights"]["key"]


def test_shift_keeps_the_distance_and_the_drag_follows_live(shot: Page) -> None:
    drag(shot, handle(shot, "lights.key"), (-1.5, 0.2), keys="Shift")
    expect(handle(shot, "lights.key")).not_to_have_attribute("aria-valuenow", "-45.0")
    after = document(shot)["lights"]["key"]
    assert after["distance_m"] == 2
    assert after["azimuth_deg"] % 5 == 0
    expect(shot.locator("[data-prompt]")).to_contain_text(f"{abs(after['azimuth_deg']):g}° off axis")


def test_a_lamp_is_raised_in_the_side_view(shot: Page) -> None:
    drag(shot, handle(shot, "lights.key", "side"), (0, -1))
    expect(handle(shot, "lights.key", "side")).to_have_attribute("aria-valuenow", "30.0")
    assert document(shot)["lights"]["key"]["elevation_deg"] == 30


def test_a_person_is_moved_and_turned(shot: Page) -> None:
    drag(shot, handle(shot, "subjects.mara"), (0.5, -0.4))
    expect(handle(shot, "subjects.mara")).to_have_attribute("aria-valuenow", "0.5")
    drag(shot, handle(shot, "subjects.mara.turn"), (0.3, -0.3))
    expect(handle(shot, "subjects.mara.turn")).not_to_have_attribute("aria-valuenow", "0.0")
    mara = document(shot)["subjects"]["mara"]
    assert mara["mark"] == {"x_m": 0.5, "z_m": -0.4}
    assert 0 < mara["facing_deg"] <= 180


def test_the_camera_goes_round_and_the_window_stays(shot: Page) -> None:
    window = handle(shot, "lights.window").locator(".pl-touch")
    before = [window.get_attribute(name) for name in ("cx", "cy")]
    handle(shot, "camera").focus()
    for _ in range(3):
        shot.keyboard.press("ArrowRight")
    expect(handle(shot, "camera")).to_have_attribute("aria-valuenow", "15.0")
    expect(handle(shot, "lights.window")).to_have_attribute("aria-valuenow", "75.0")
    assert [window.get_attribute(name) for name in ("cx", "cy")] == before
    shot.get_by_role("button", name="Reverse").click()
    expect(handle(shot, "camera")).to_have_attribute("aria-valuenow", "-165.0")
    expect(handle(shot, "lights.window")).to_have_attribute("aria-valuenow", "-105.0")
    assert document(shot)["camera"]["view_azimuth_deg"] == -165


KEYS = [
    ("plan", "lights.key", "ArrowRight", "lights.key.azimuth_deg", -40),
    ("plan", "lights.key", "Alt+ArrowLeft", "lights.key.azimuth_deg", -46),
    ("plan", "lights.key", "Shift+ArrowUp", "lights.key.distance_m", 3),
    ("plan", "lights.key", "ArrowDown", "lights.key.distance_m", 1.9),
    ("side", "lights.key", "ArrowUp", "lights.key.elevation_deg", 5),
    ("plan", "subjects.mara", "ArrowUp", "subjects.mara.mark.z_m", -0.1),
    ("plan", "subjects.mara.turn", "ArrowLeft", "subjects.mara.facing_deg", -5),
]


def test_every_symbol_is_moved_by_key_and_keeps_the_focus(shot: Page, subtests: pytest.Subtests) -> None:
    for view, key, press, path, value in KEYS:
        with subtests.test(f"{key} {press}"):
            handle(shot, key, view).focus()
            shot.keyboard.press(press)
            found: Any = draft(shot)
            for part in path.split("."):
                found = found[part]
            assert found == value
            expect(handle(shot, key, view)).to_be_focused()
            shot.keyboard.press("Control+z")


def test_enter_opens_the_controls_of_a_lamp_and_delete_takes_it_away(shot: Page) -> None:
    handle(shot, "lights.fill").focus()
    shot.keyboard.press("Enter")
    expect(shot.locator('[data-controls] [data-path="lights.fill.role"] input')).to_be_focused()
    handle(shot, "lights.fill").focus()
    shot.keyboard.press("Delete")
    expect(handle(shot, "lights.fill")).to_have_count(0)
    expect(handle(shot, "camera")).to_be_focused()
    assert set(draft(shot)["lights"]) == {"key", "window"}


def test_a_number_that_cannot_be_is_told_and_not_kept(shot: Page) -> None:
    cell = shot.get_by_role("textbox", name="key: Elevation")
    cell.fill("300")
    cell.press("Tab")
    expect(shot.locator(".toast")).to_contain_text("It lies between -90 and 90.")
    expect(cell).to_have_attribute("aria-invalid", "")
    assert document(shot)["lights"]["key"] == SHOT["lights"]["key"]


def test_a_cell_of_the_list_writes_the_shot(shot: Page) -> None:
    cell = shot.get_by_role("textbox", name="key: Colour temperature")
    cell.fill("3200")
    cell.press("Tab")
    expect(shot.locator("[data-prompt]")).to_contain_text("3200 K")
    expect(shot.get_by_role("textbox", name="key: Level against the exposure")).to_be_focused()
    shot.keyboard.press("ArrowUp")
    expect(shot.locator("[data-piece=told]")).to_contain_text("Key and fill are 3.5 stops apart")
    shot.get_by_role("combobox", name="key is read from").select_option("set")
    expect(shot.get_by_role("combobox", name="key is read from")).to_have_value("set")
    key = document(shot)["lights"]["key"]
    assert (key["cct_k"], key["stops"], key["frame"], key["azimuth_deg"]) == (3200, 0.5, "set", -45)


def test_a_light_is_added_from_the_list_of_fixtures(shot: Page) -> None:
    shot.get_by_role("button", name="Add a light…").click()
    dialog = shot.get_by_role("dialog", name="Add a light")
    dialog.get_by_label("Rim light").check()
    dialog.get_by_placeholder("Find a fixture").fill("china")
    expect(dialog.locator("[data-names]:visible")).to_have_count(1)
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(handle(shot, "lights.rim")).to_be_focused()
    expect(handle(shot, "lights.rim")).to_have_attribute("aria-valuetext", re.compile("place not said"))
    rim = document(shot)["lights"]["rim"]
    assert rim == {"slot": 3, "role": "light.role.rim", "fixture": "light.fixture.china_ball"}
    shot.get_by_role("button", name="Add a light…").click()
    dialog.get_by_label("Negative fill").check()
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(handle(shot, "lights.negative_fill")).to_have_attribute("aria-label", "negative fill, black card")


def test_a_set_up_asks_for_the_side_and_shows_what_it_changes(shot: Page) -> None:
    shot.get_by_role("button", name="Set up…").click()
    dialog = shot.get_by_role("dialog", name="Set up")
    dialog.get_by_label("Set-up").select_option("light.pattern.rembrandt")
    expect(dialog.get_by_role("group", name="Which side of camera does the key come from?")).to_be_visible()
    expect(dialog.get_by_role("button", name="Set up")).to_be_disabled()
    dialog.get_by_label("Camera right").check()
    expect(dialog.locator(".rig-changes")).to_contain_text("Azimuth")
    dialog.get_by_role("button", name="Set up").click()
    expect(handle(shot, "lights.key")).to_have_attribute("aria-valuenow", "45.0")
    shot.keyboard.press("Control+z")
    expect(handle(shot, "lights.key")).to_have_attribute("aria-valuenow", "-45.0")


def test_the_plan_prints(shot: Page, running: Studio) -> None:
    shot.get_by_role("link", name="Print…").click()
    expect(shot.get_by_role("heading", name="Lighting plan")).to_be_visible()
    expect(shot.locator(".paper-list")).to_contain_text("3/4 front camera left, 0° up, 2 m")
    where = shot.get_by_role("link", name="PDF, Letter").get_attribute("href")
    file = httpx.get(f"{running.url}{where}")
    assert file.headers["content-type"] == "application/pdf"
    assert {"key", "window", "fill", "9Z Plan", "The Lamp Room"} <= set(words_of(file.content))


def test_the_sheet_is_accessible_and_fits_its_window(judged: Page) -> None:
    judged.goto("/shots/the-rim/plan")
    judge(judged)


def test_the_plan_and_its_dialogs_are_accessible(judged: Page) -> None:
    judged.goto("/shots/the-letter")
    judged.evaluate("document.querySelector('#tab-plan').click()")
    judged.evaluate(AXE)
    assert judged.evaluate(OBJECTIONS, "#panel-plan") == []
    for width in (390, 1024, 1440):
        judged.set_viewport_size({"width": width, "height": 900})
        assert judged.evaluate("document.documentElement.scrollWidth") == width
    for name in ("Add a light…", "Set up…"):
        judged.get_by_role("button", name=name).click()
        assert judged.evaluate(OBJECTIONS, "dialog[open]") == []
        judged.keyboard.press("Escape")
