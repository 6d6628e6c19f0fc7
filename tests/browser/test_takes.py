"""Takes in a real browser: circled, rated, noted, compared in four ways, taken up again."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.backends.fakes import luma
from tests.browser.judging import judge
from tests.files.test_films import film
from tests.running import ROOT, Studio, until

SHOT = "/shots/the-letter"

DROPPED = """async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
    canvas.getContext("2d").fillRect(0, 0, 64, 36);
    const carried = new DataTransfer();
    const blob = await new Promise(done => canvas.toBlob(done));
    carried.items.add(new File([blob], "night.png", { type: "image/png" }));
    carried.items.add(new File(["words"], "notes.txt", { type: "text/plain" }));
    return carried;
}"""
"""What a hand carries from the desktop: a picture, and a text that is none."""


@pytest.fixture(scope="module")
def takes(running: Studio) -> list[str]:
    """Two takes of one shot, in the first of which the lens is shorter."""
    document, version = running.document("the-letter")
    made = []
    for focal_mm in (28, 40):
        document["camera"]["focal_mm"] = focal_mm
        order = {"shot": document, "version": version, "target": "uni-1", "backend": "uni1", "wording": "compiled"}
        made.append(running.order("the-letter", order))
        version = running.document("the-letter")[1]
        running.wait_for(made[-1], "done", shot="the-letter")
    return made


def test_a_take_is_circled_rated_and_noted_by_keyboard(page: Page, takes: list[str]) -> None:
    page.goto(f"/takes/{takes[0]}")
    page.keyboard.press("c")
    expect(page.locator("[data-circle]")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("radio", name="3").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".star.is-lit")).to_have_count(4)
    page.get_by_label("Note on this take").fill("Prints. The ear is soft.")
    page.get_by_label("Note on this take").blur()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(takes[1]))
    page.goto(SHOT)
    first = page.locator(f'[data-take="{takes[0]}"]')
    expect(first).to_have_class(re.compile("is-circled"))
    expect(first).to_contain_text("Prints. The ear is soft.")
    expect(first.get_by_role("img", name="4 of 5 stars")).to_be_visible()


def test_two_takes_are_chosen_and_compared_in_four_ways(page: Page, takes: list[str]) -> None:
    page.goto(SHOT)
    page.get_by_role("button", name="Compare take 1").press("Enter")
    second = page.get_by_role("button", name="Compare take 2")
    expect(second).to_have_text("With take 1")
    second.press("Enter")
    expect(page).to_have_url(re.compile(f"{takes[0]}/against/{takes[1]}"))
    expect(page.get_by_role("row", name="Focal length")).to_contain_text("28 mm")
    top = page.locator(".is-second")
    page.get_by_role("button", name="Wipe").press("Enter")
    page.get_by_role("slider", name="Wipe").press("ArrowRight")
    expect(top).to_have_css("clip-path", "inset(0px 0px 0px 51%)")
    page.get_by_role("button", name="Difference").press("Enter")
    expect(top).to_have_css("mix-blend-mode", "difference")
    page.get_by_role("button", name="Blink").press("Enter")
    expect(top).to_have_css("visibility", "visible")
    expect(top).to_have_css("visibility", "hidden")
    page.get_by_role("button", name="Side by side").press("Enter")
    expect(top).to_have_css("visibility", "visible")


@pytest.mark.usefixtures("takes")
def test_the_shot_of_a_take_is_taken_up_and_given_back(page: Page) -> None:
    page.goto(SHOT)
    prompt = page.locator("[data-prompt]")
    expect(prompt).to_contain_text("40 mm")
    page.get_by_role("button", name="Take up the shot of take 1").press("Enter")
    expect(prompt).to_contain_text("28 mm")
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(prompt).to_contain_text("40 mm")


@pytest.mark.usefixtures("takes")
def test_a_take_and_files_are_dropped_on_the_prompt_as_references(page: Page) -> None:
    page.goto(SHOT)
    chips = page.locator("[data-pane] [data-role]")
    expect(chips).to_have_count(3)
    pane = page.locator(".shot-prompt")
    page.locator(".take-frame").first.hover()
    page.mouse.down()
    for _ in range(2):  # a browser tells a page that something hangs over it from the second move on
        pane.locator("[data-prompt]").hover()
    page.mouse.up()
    expect(chips).to_have_count(4)
    role = page.get_by_label("Role of reference 4")
    expect(role).to_be_focused()
    role.select_option(label="Composition")
    expect(pane.locator("[data-prompt]")).to_contain_text("COMPOSITION")
    assert (page.locator(".pictures-go img").nth(3).get_attribute("src") or "").startswith("/pictures/")
    carried = page.evaluate_handle(DROPPED)
    pane.dispatch_event("dragover", {"dataTransfer": carried})
    expect(pane).to_have_class(re.compile("is-over"))
    pane.dispatch_event("drop", {"dataTransfer": carried})
    expect(chips).to_have_count(5)
    expect(page.locator(".toast")).to_contain_text("notes.txt")
    page.get_by_role("button", name="Remove reference 5").press("Enter")
    expect(chips).to_have_count(4)


def test_a_reference_is_added_by_keyboard(page: Page) -> None:
    page.goto("/shots/the-gallery")
    button = page.get_by_role("button", name="Add a reference…")
    with page.expect_file_chooser() as chooser:
        button.press("Enter")
    chooser.value.set_files([ROOT / "vocab/samples/palette.png", ROOT / "vocab/samples/lamp_light.png"])
    expect(page.get_by_label("Role of reference 1")).to_be_focused()
    expect(page.get_by_label("Role of reference 2")).to_be_visible()
    expect(page.locator(".pictures-one").first).to_contain_text("not sent")
    page.keyboard.press("Escape")
    page.locator(".viewer-bar").click()
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Role of reference 1")).to_have_count(0)


@pytest.fixture(scope="module")
def clips(running: Studio, fake_luma: luma.Luma, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two clips of one shot: of a second and of half a second, the second 60 levels brighter."""
    made = []
    folder = tmp_path_factory.mktemp("clips")
    document, version = running.document("blue-hour")
    for frames, first in ((24, 0), (12, 60)):
        fake_luma.script.clip = film(folder, "mp4", frames, first)
        order = {"shot": document, "version": version, "target": "ray-3.2", "backend": "uni1", "wording": "compiled"}
        made.append(running.order("blue-hour", order))
        version = running.document("blue-hour")[1]
        running.wait_for(made[-1], "done", shot="blue-hour")
    return made


STANDS = "at => [...document.querySelectorAll('video')].every(one => !one.seeking && one.currentTime > at)"
TIMES = "all => all.map(one => one.currentTime)"


def test_two_clips_run_in_step(page: Page, clips: list[str]) -> None:
    page.goto(f"/takes/{clips[0]}/against/{clips[1]}")
    films = page.locator("video")
    clock = page.locator("[data-step-clock]")
    expect(clock).to_have_text(re.compile(r"^0.00 of 1.0\d s$"))
    on = page.get_by_role("button", name="A frame on, 1/24 s")
    for _ in range(4):
        on.press("Enter")
    expect(clock).to_have_text(re.compile("^0.19 of"))
    page.wait_for_function(
        "[...document.querySelectorAll('video')].every(one => !one.seeking && one.currentTime > 0.18)"
    )
    assert films.evaluate_all(TIMES) == pytest.approx([4.5 / 24, 4.5 / 24], abs=0.01)
    page.get_by_role("button", name="Difference").press("Enter")
    box = films.last.bounding_box()
    assert box
    seen = Image.open(BytesIO(page.screenshot())).convert("L")
    grey = seen.getpixel((int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2)))
    assert grey == pytest.approx(60, abs=16)  # what is alike is black, and what is brighter stands over it
    page.get_by_role("slider", name="Moment of the clips").fill("0.75")
    expect(clock).to_have_text(re.compile("^0.75 of"))
    page.wait_for_function(
        "[...document.querySelectorAll('video')].every(one => !one.seeking && one.currentTime > 0.4)"
    )
    assert films.evaluate_all(TIMES)[1] < 0.6  # the shorter one waits on its last frame
    page.get_by_role("button", name="Play").press("Enter")
    until(lambda: films.evaluate_all(TIMES)[0] < 0.5, 20)  # at the end they begin again, together
    page.get_by_role("button", name="Pause").press("Enter")
    until(lambda: page.evaluate(STANDS, -1), 20)
    first, second = films.evaluate_all(TIMES)
    assert second == pytest.approx(min(first, 0.5), abs=0.06)


def test_the_pages_stand_at_every_width(judged: Page, takes: list[str], clips: list[str]) -> None:
    judged.goto(f"/takes/{clips[0]}/against/{clips[1]}")
    judge(judged, ".against")
    judged.goto(f"/takes/{takes[0]}/against/{takes[1]}")
    judge(judged, ".against")
    judged.goto(f"/takes/{takes[0]}")
    judge(judged, ".take-page")
