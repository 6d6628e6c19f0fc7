"""The live view in a real browser, drawn without a graphics card: small, and so slow enough to be asked for."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from app.previz.render import render
from app.previz.stage import stage
from app.previz.view import view
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from tests.browser import chromium
from tests.browser.judging import AXE
from tests.browser.test_studio import field, open_shot
from tests.running import Studio

LONG = 60_000
SOFTWARE = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
SLOWLY = "localStorage.setItem('printlight:slow-3d', 'yes')"
DRAWN = '[data-finder][data-state="finished"]'
HANDLE = ".finder-handle:not(.is-level)"

OBJECTIONS = "axe.run('[data-viewer]').then(said => said.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"

Picture = NDArray[np.float64]

SILHOUETTE = {
    "framing": {"aspect": 1.78},
    "camera": {"size": "camera.size.cu", "focal_mm": 85, "t_stop": 16, "white_balance_k": 5600},
    "subjects": {"mara": {"pose": "subject.pose.from_behind", "wardrobe": "black coat", "description": "black hair"}},
    "lighting": {"background_stops": 2, "ambient_stops": -9},
    "lights": {"rim": {"role": "light.role.rim", "azimuth_deg": 180, "elevation_deg": 20, "stops": -9}},
}


@pytest.fixture(scope="module")
def software() -> Iterator[Browser]:
    """A browser that draws in 3D by a program."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.found(), args=SOFTWARE)
        yield started
        started.close()


def opened(browser: Browser, running: Studio, said: list[str], **more: Any) -> Page:
    """Open a small window that notes what its console says."""
    made = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=running.url, bypass_csp=True, **more
    ).new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "GPU stall" not in message.text:
            said.append(message.text)

    made.on("console", note)
    made.on("pageerror", lambda error: said.append(str(error)))
    return made


@pytest.fixture
def live(software: Browser, running: Studio) -> Iterator[Page]:
    """A page whose owner has agreed to draw slowly, and whose console must stay clean."""
    said: list[str] = []
    made = opened(software, running, said)
    made.add_init_script(SLOWLY)
    yield made
    made.context.close()
    assert said == []


def drawn(page: Page) -> Picture:
    """Return the live picture when it is finished, without what lies over it."""
    page.wait_for_selector(DRAWN, timeout=LONG)
    page.add_style_tag(content=".finder-handles, .finder-guides { visibility: hidden; }")
    shot = page.locator("[data-finder-picture]").screenshot()
    return np.asarray(Image.open(BytesIO(shot)).convert("RGB"), float)


def begun(page: Page) -> int:
    """Return how many pictures the page has begun."""
    return int(page.locator("[data-finder]").get_attribute("data-pictures") or 0)


def drawn_anew(page: Page, before: int) -> Picture:
    """Return the live picture that was begun after some others, when it is finished."""
    expect(page.locator(f'[data-finder]:not([data-pictures="{before}"])')).to_have_count(1, timeout=LONG)
    return drawn(page)


def saved(running: Studio, name: str, shot: dict[str, Any]) -> None:
    """Save a shot over one of the sample film's."""
    page = httpx.get(f"{running.url}/shots/{name}", timeout=20).text
    version = int(page.partition('data-version="')[2].partition('"')[0])
    answer = httpx.put(f"{running.url}/shots/{name}", json={"shot": shot, "version": version}, timeout=20)
    assert answer.status_code == 200, answer.text


def head(picture: Picture) -> tuple[float, float]:
    """Return crown and widest place of a dark head on a light ground, in shares of the frame's height and width.

    A picture hangs at the right edge of the room, and a page's pixels may cut the frame's outermost rows.
    """
    dark = picture.mean(axis=2) < 0.5 * np.percentile(picture.mean(axis=2), 95)
    high, wide = dark.shape
    dark[:3], dark[:, int(wide * 0.85) :] = False, False
    widths = dark.sum(axis=1)
    crown = int(np.argmax(widths > 0.07 * wide))  # above it are single hairs, which a coarse picture may miss
    upper = widths[crown : crown + high // 2]
    return crown / high, float(upper.max()) / wide


def test_the_live_head_is_as_large_and_as_high_as_the_still_s(live: Page, running: Studio) -> None:
    saved(running, "the-gallery", SILHOUETTE)
    open_shot(live, "the-gallery")
    seen = drawn(live)
    still = render(stage(resolve(read_data(SILHOUETTE), vocabulary())).scene, seen.shape[1], samples=32)
    (crown, broad), (still_crown, still_broad) = head(seen), head(still.astype(float))
    assert crown == pytest.approx(still_crown, abs=0.01)
    assert broad == pytest.approx(still_broad, rel=0.02)
    expect(live.get_by_role("img", name=re.compile("Close-up.*with the back to the camera"))).to_be_visible()


CAMERAS = [
    {},
    {"camera": {"angle": "camera.angle.low", "roll_deg": -12, "focal_mm": 21}},
    {"camera": {"pitch_deg": -90, "size": "camera.size.fs"}},
    {"framing": {"aspect": 2.39}, "camera": {"squeeze": 2, "view_azimuth_deg": 130, "height_m": 0.3}},
    {"framing": {"aspect": 0.56}, "camera": {"size": "camera.size.ews", "format": "camera.format.super_16"}},
]


def test_the_browser_s_lens_is_the_still_s(live: Page) -> None:
    open_shot(live, "the-rim")
    for shot in CAMERAS:
        scene = stage(resolve(read_data(shot), vocabulary())).scene
        asked = [scene.camera.model_dump(mode="json"), scene.aspect]
        seen = live.evaluate("async given => (await import('/static/js/finder/lens.js')).look(...given)", asked)
        own = view(scene.camera, scene.aspect)
        for axis in ("right", "up", "forward"):
            assert seen[axis] == pytest.approx(list(getattr(own, axis)), abs=1e-9), shot
        assert (seen["tanX"], seen["tanY"]) == pytest.approx((own.tan_x, own.tan_y)), shot


def test_a_warm_rim_from_camera_left_warms_the_left_edge_as_soon_as_it_is_said(live: Page) -> None:
    open_shot(live, "the-rim")
    warm = drawn(live)
    before = begun(live)
    live.fill(field(live, "lights.rim.cct_k"), "5600")
    change = warm - drawn_anew(live, before)
    warmer = np.clip(change[..., 0] - change[..., 2], 0, None)
    warmer[warmer < 12] = 0
    across = float((warmer.sum(axis=0) * np.linspace(0, 1, warmer.shape[1])).sum() / warmer.sum())
    assert warmer.sum() > 0
    assert across < 0.64  # where she stands


def test_people_and_the_horizon_are_moved_by_keys_and_by_hand(live: Page) -> None:
    open_shot(live, "two-keepers")
    live.wait_for_selector(DRAWN, timeout=LONG)
    live.get_by_role("slider", name="Horizon").focus()
    live.keyboard.press("ArrowUp")
    live.keyboard.press("Shift+ArrowUp")
    expect(live.get_by_role("slider", name="Horizon")).to_have_attribute(
        "aria-valuetext", "the camera leans 11° clockwise"
    )
    expect(live.locator(field(live, "camera.roll_deg"))).to_have_value("11")
    live.get_by_role("slider", name="Horizon").focus()
    live.keyboard.press("Home")
    expect(live.get_by_role("slider", name="Horizon")).to_have_attribute("aria-valuetext", "level")
    frame = live.locator("[data-finder-frame]").bounding_box()
    ring = live.locator(HANDLE).first.bounding_box()
    assert frame
    assert ring
    live.mouse.move(ring["x"] + 12, ring["y"] + 12)
    live.mouse.down()
    live.mouse.move(frame["x"] + frame["width"] * 0.4, ring["y"] + 12, steps=4)
    live.mouse.up()
    hero = live.locator(HANDLE).first
    expect(hero).to_have_attribute("aria-valuenow", re.compile("^(39|40|41)$"), timeout=LONG)
    hero.focus()
    live.keyboard.press("Shift+ArrowLeft")
    expect(hero).to_have_attribute("aria-valuenow", re.compile("^(29|30|31)$"), timeout=LONG)
    expect(live.locator("[data-saved]")).to_have_text("Saved", timeout=LONG)


def test_the_first_subject_is_placed_across_and_down_in_one_step(live: Page) -> None:
    open_shot(live, "two-keepers")
    live.wait_for_selector(DRAWN, timeout=LONG)
    down = live.locator(field(live, "subjects.mara.screen_y"))
    expect(down).to_have_value("")  # the test before moved her across, and a hand that goes across says no more
    hero = live.locator(HANDLE).first
    before = hero.get_attribute("aria-valuetext")
    frame, ring = live.locator("[data-finder-frame]").bounding_box(), hero.bounding_box()
    assert frame
    assert ring
    live.mouse.move(ring["x"] + 12, ring["y"] + 40)  # her body, and not the ring
    live.mouse.down()
    live.mouse.move(ring["x"] + 12 + frame["width"] * 0.1, ring["y"] + 40 + frame["height"] * 0.2, steps=4)
    live.mouse.up()
    expect(down).not_to_have_value("", timeout=LONG)
    placed = float(down.input_value())
    expect(hero).to_have_attribute("aria-valuetext", re.compile(f", {placed * 100:.0f} % down"), timeout=LONG)
    live.evaluate("document.activeElement.blur()")
    live.keyboard.press("Control+z")
    expect(down).to_have_value("", timeout=LONG)
    expect(hero).to_have_attribute("aria-valuetext", str(before), timeout=LONG)
    hero.focus()
    live.keyboard.press("ArrowUp")
    expect(down).not_to_have_value("", timeout=LONG)
    assert float(down.input_value()) == pytest.approx(placed - 0.21, abs=0.02)


def test_guides_are_kept_and_the_view_is_fit_for_everybody(live: Page) -> None:
    open_shot(live, "below-stairs")
    live.wait_for_selector(DRAWN, timeout=LONG)
    live.get_by_role("button", name="Thirds").click()
    live.get_by_role("button", name="Headroom", exact=True).click()
    expect(live.locator("[data-finder-guides] text")).to_have_text(re.compile("headroom"))
    live.evaluate(AXE)
    assert live.evaluate(OBJECTIONS) == []
    live.reload()
    expect(live.get_by_role("button", name="Thirds")).to_have_attribute("aria-pressed", "true", timeout=LONG)
    expect(live.locator("[data-finder-guides] line")).to_have_count(6, timeout=LONG)
    expect(live.locator("[data-finder-words]")).to_contain_text("Sharp from")


def test_a_push_in_and_a_dimming_lamp_are_scrubbed_and_played(live: Page, running: Studio) -> None:
    beats = {
        "pushes": {"end_s": 2, "moves": {"a": {"path": "camera.move.dolly_in"}}},
        "dims": {"slot": 1, "lights": {"rim": {"stops": 2}}, "moves": {"a": {"path": "camera.move.follow"}}},
    }
    saved(running, "the-gallery", {**SILHOUETTE, "beats": beats, "duration_s": 4})
    open_shot(live, "the-gallery")
    start = head(drawn(live))
    before = begun(live)
    live.get_by_role("slider", name="Moment of the shot").fill("2")
    expect(live.locator("[data-finder-clock]")).to_contain_text("2.0 of 4.0 s · dims")
    expect(live.locator("[data-finder-notes]")).to_contain_text("Follow: the live view holds still")
    assert head(drawn_anew(live, before))[1] > 1.3 * start[1]
    expect(live.locator(HANDLE)).to_be_hidden()
    live.get_by_role("button", name="Play").click()
    expect(live.locator("[data-finder-clock]")).to_contain_text("4.0 of 4.0 s", timeout=LONG)
    expect(live.get_by_role("button", name="Play")).to_be_visible()


def test_who_prefers_no_motion_steps_through_the_shot(software: Browser, running: Studio) -> None:
    saved(running, "the-gallery", {**SILHOUETTE, "duration_s": 4})
    said: list[str] = []
    page = opened(software, running, said, reduced_motion="reduce")
    page.add_init_script(SLOWLY)
    open_shot(page, "the-gallery")
    page.get_by_role("button", name="Half a second on").click(timeout=LONG)
    expect(page.locator("[data-finder-clock]")).to_contain_text("0.5 of 4.0 s")
    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    page.context.close()
    assert said == []


def test_a_lost_graphics_card_is_told_and_drawn_with_again(live: Page) -> None:
    open_shot(live, "blue-hour")
    live.wait_for_selector(DRAWN, timeout=LONG)
    live.evaluate(
        "document.querySelector('[data-finder-picture]').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
    )
    expect(live.locator("[data-finder-said]")).to_contain_text("The graphics card was taken away")
    live.get_by_role("button", name="Draw again").click()
    live.wait_for_selector(DRAWN, timeout=LONG)
    expect(live.locator("[data-finder-said]")).to_be_hidden()


def test_without_a_graphics_card_nothing_is_loaded_until_it_is_asked_for(software: Browser, running: Studio) -> None:
    said: list[str] = []
    loaded: list[str] = []
    page = opened(software, running, said)
    page.on("request", lambda request: loaded.append(request.url))
    open_shot(page, "two-keepers")
    expect(page.locator("[data-finder-said]")).to_contain_text("no graphics card")
    assert not [url for url in loaded if "three" in url or "/edits/scene" in url]
    page.get_by_role("button", name="See the take").click()
    expect(page.locator('[data-view-of="take"]')).to_be_visible()
    page.context.close()
    assert said == []
