"""A picture is changed in a real browser: a take becomes the source, a mask is painted over it, a pass is drawn."""

import re
from io import BytesIO

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.judging import judge
from tests.running import Studio

SHOT = "the-letter"


@pytest.fixture
def changing(page: Page, running: Studio) -> Page:
    """A shot with a take that has become its source picture, and the part of changes open."""
    take = running.shoot("a1111", "sdxl", shot=SHOT)
    running.wait_for(take, "done", shot=SHOT)
    page.goto(f"/shots/{SHOT}")
    page.locator("[data-use]").first.select_option(label="Source picture")
    department(page).locator("summary").first.click()
    return page


def department(page: Page) -> Locator:
    return page.locator("[data-department=reference]")


def document(page: Page, running: Studio) -> dict[str, dict[str, str]]:
    """Return the shot's references, as they are saved."""
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    return dict(running.document(SHOT)[0]["references"])


def test_a_mask_is_painted_by_hand_and_kept(changing: Page, running: Studio) -> None:
    changing.get_by_role("button", name="Paint a mask…").click()
    canvas = changing.locator("[data-mask-canvas]")
    expect(canvas).to_be_focused()
    box = canvas.bounding_box()
    assert box
    changing.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
    changing.mouse.down()
    changing.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=4)
    changing.mouse.up()
    expect(changing.locator("[data-mask-share]")).to_have_text(re.compile(r"^[1-9]\d? % may change$"))
    changing.get_by_role("button", name="Use this mask").click()
    expect(changing.locator("[data-mask]")).to_be_hidden()
    references = document(changing, running)
    assert references["mask"]["role"] == "reference.role.mask"
    content = httpx.get(f"{running.url}/pictures/{references['mask']['asset']}").content
    mask = np.asarray(Image.open(BytesIO(content)).convert("L"))
    height, width = mask.shape
    assert mask[height // 2, int(width * 0.45)] == 255
    assert mask[2, 2] == 0


def test_a_mask_is_painted_by_keys(changing: Page) -> None:
    changing.get_by_role("button", name="Paint a mask…").press("Enter")
    dialog, share = changing.get_by_role("dialog"), changing.locator("[data-mask-share]")
    expect(changing.locator("[data-mask-canvas]")).to_be_focused()
    dialog.get_by_role("button", name="Clear").press("Enter")
    changing.locator("[data-mask-canvas]").focus()
    changing.keyboard.press("Shift+ArrowRight")
    expect(share).to_contain_text("% across")
    changing.keyboard.press("Space")
    expect(share).to_have_text(re.compile(r"^[1-9]\d? % may change$"))
    dialog.get_by_role("button", name="Invert").press("Enter")
    expect(share).to_have_text(re.compile(r"^[89]\d % may change$"))
    dialog.get_by_role("button", name="Undo").press("Enter")
    dialog.get_by_role("button", name="Clear").press("Enter")
    expect(share).to_have_text("0 % may change")
    changing.get_by_role("button", name="Use this mask").press("Enter")
    expect(changing.locator("[data-toasts]")).to_contain_text("Nothing is painted yet")
    changing.keyboard.press("Escape")
    expect(changing.locator("[data-mask]")).to_be_hidden()


def test_a_mask_is_drawn_round_by_keys_and_its_edge_fades(changing: Page, running: Studio) -> None:
    changing.get_by_role("button", name="Paint a mask…").click()
    dialog, canvas = changing.get_by_role("dialog"), changing.locator("[data-mask-canvas]")
    share = changing.locator("[data-mask-share]")
    dialog.get_by_role("button", name="Clear").press("Enter")
    dialog.get_by_role("button", name="Lasso").press("Enter")
    canvas.focus()
    for keys in (["Shift+ArrowLeft"] * 2, ["Shift+ArrowRight"] * 4, ["Shift+ArrowUp"] * 2):
        for key in keys:
            changing.keyboard.press(key)
        changing.keyboard.press("Space")
    expect(share).to_have_text("3 corners; Enter closes")
    changing.keyboard.press("Enter")
    expect(share).to_have_text(re.compile(r"^[1-9]\d? % may change$"))
    feather = dialog.get_by_label("Feather")
    feather.press("End")
    expect(canvas).to_have_css("filter", re.compile("^blur"))
    dialog.get_by_role("button", name="Use this mask").press("Enter")
    expect(changing.locator("[data-mask]")).to_be_hidden()
    asset = document(changing, running)["mask"]["asset"]
    mask = np.asarray(Image.open(BytesIO(httpx.get(f"{running.url}/pictures/{asset}").content)).convert("L"))
    assert set(np.unique(mask)) > {0, 255}
    height, width = mask.shape
    row = mask[int(height * 0.45)].astype(int)
    edge = row[int(width * 0.5) :]
    assert (np.diff(edge) <= 0).all()
    assert ((edge > 0) & (edge < 255)).sum() > 0.03 * width


def test_without_a_source_there_is_nothing_to_paint_on(page: Page) -> None:
    page.goto("/shots/the-rim")
    department(page).locator("summary").first.click()
    page.get_by_role("button", name="Paint a mask…").click()
    expect(page.locator("[data-toasts]")).to_contain_text("There is no source picture")


def test_a_reference_is_drawn_from_the_shot(page: Page, running: Studio) -> None:
    page.goto(f"/shots/{SHOT}?for=sdxl")
    references = page.locator("[data-department=reference]")
    references.locator("summary").first.click()
    references.get_by_role("button", name="Add a reference").click()
    added = references.locator(".part[open]").last
    added.get_by_label("Or drawn from this shot").select_option(label="Depth of this shot")
    names = [name for name, one in document(page, running).items() if one.get("asset") == "previz:depth"]
    assert len(names) == 1
    drawn = httpx.get(f"{running.url}/shots/{SHOT}/passes/depth", follow_redirects=True, timeout=60)
    grey = np.asarray(Image.open(BytesIO(drawn.content)))
    assert grey.max() == 255
    assert (grey[..., 0] == grey[..., 2]).all()


def test_the_mask_stands_at_every_width(judged: Page, running: Studio) -> None:
    take = running.shoot("a1111", "sdxl", shot=SHOT)
    running.wait_for(take, "done", shot=SHOT)
    judged.goto(f"/shots/{SHOT}")
    judged.locator("[data-use]").first.select_option(label="Source picture")
    department(judged).locator("summary").first.click()
    judged.get_by_role("button", name="Paint a mask…").click()
    expect(judged.locator("[data-mask]")).to_be_visible()
    judge(judged, "[data-mask]", part="[data-mask]")
