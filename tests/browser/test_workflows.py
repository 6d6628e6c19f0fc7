"""A workflow of one's own in a real browser: given, looked at, put right, kept, and drawn with."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.backends.fakes import comfy, workflows
from tests.browser.judging import judge
from tests.parse.test_forms_pictures import png
from tests.running import Studio

PAGE = "/backends/comfyui/workflow"
SWAPPED = json.dumps(workflows.PLAIN)
"""Its second encoder is the one that shall take the prompt."""


def set_up(page: Page, url: str) -> None:
    page.goto("/backends?kind=comfyui")
    page.get_by_label("Address").fill(url)
    page.get_by_role("button", name="Add").click()
    page.locator("#comfyui").get_by_role("link", name="Workflow").click()


def forget(page: Page) -> None:
    page.goto("/backends")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#comfyui").get_by_role("button", name="Remove").click()
    expect(page.locator("#comfyui").get_by_role("link", name="Workflow")).to_have_count(0)


@pytest.fixture
def given(page: Page, fake_comfy: comfy.Comfy) -> Iterator[Page]:
    """The page of a ComfyUI that was just set up."""
    set_up(page, fake_comfy.url)
    yield page
    forget(page)


def select(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def test_a_workflow_is_put_right_and_drawn_with(given: Page, fake_comfy: comfy.Comfy) -> None:
    page = given
    page.get_by_label("Or paste it").fill(SWAPPED)
    page.get_by_role("button", name="Read it").click()
    expect(select(page, "Prompt")).to_have_value("6.inputs.text")
    row = page.get_by_role("row", name="Prompt").first
    expect(row).to_contain_text("is encoded for the positive side of node 3 (KSampler)")
    select(page, "Prompt").select_option(label="7 Negative · text = blur")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved: What to keep out")
    expect(page.locator("#wrong-negative")).to_contain_text("already takes “Prompt”")
    expect(select(page, "What to keep out")).to_have_attribute("aria-invalid", "true")

    select(page, "What to keep out").select_option(label="None")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#comfyui")).to_contain_text("Your workflow")
    page.locator("#comfyui").get_by_role("link", name="Workflow").click()
    expect(select(page, "Prompt")).to_have_value("7.inputs.text")
    expect(page.get_by_role("row", name="Prompt").first).to_contain_text("Chosen by hand. The guess was 6 Positive")

    page.goto("/shots/the-letter?for=sdxl")
    page.get_by_label("Shoot on").select_option("comfyui")
    page.get_by_role("button", name="Shoot").click()
    expect(page.locator(".take.is-done")).to_have_count(1, timeout=30_000)
    drawn = fake_comfy.posted[-1]["prompt"]
    assert "letter" in drawn["7"]["inputs"]["text"].lower()
    assert drawn["6"] == workflows.PLAIN["6"]


def test_a_file_is_read_as_soon_as_it_is_chosen_or_dropped(given: Page, tmp_path: Path) -> None:
    page = given
    file = tmp_path / "still.png"
    file.write_bytes(png(prompt=SWAPPED))
    page.locator("[data-workflow-file]").set_input_files(file)
    expect(select(page, "Prompt")).to_have_value("6.inputs.text")
    page.goto(PAGE)
    carried = page.evaluate_handle(
        """text => { const carried = new DataTransfer();
                     carried.items.add(new File([text], "one.json", {type: "application/json"})); return carried; }""",
        json.dumps(workflows.FLUX),
    )
    drop = page.locator("[data-workflow-drop]")
    drop.dispatch_event("dragover", {"dataTransfer": carried})
    expect(drop).to_have_class("workflow-file drop is-over")
    drop.dispatch_event("drop", {"dataTransfer": carried})
    expect(select(page, "Prompt")).to_have_value("4.inputs.clip_l")
    expect(select(page, "Prompt, input 2")).to_have_value("4.inputs.t5xxl")


def test_what_is_wrong_stands_beside_what_was_pasted(given: Page) -> None:
    text = json.dumps(workflows.EDITOR)
    box = given.get_by_label("Or paste it")
    box.fill(text)
    given.get_by_role("button", name="Read it").click()
    expect(given.get_by_role("alert")).to_contain_text("choose Workflow, then Export (API)")
    expect(box).to_have_value(text)
    expect(box).to_have_accessible_description(
        "This is a workflow as the editor saves it; ComfyUI draws only its API "
        "form. In ComfyUI choose Workflow, then Export (API), and give that file."
    )


def test_it_is_put_right_by_keyboard_without_script(browser: Browser, running: Studio, fake_comfy: comfy.Comfy) -> None:
    context = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = context.new_page()
    set_up(page, fake_comfy.url)
    page.get_by_label("Or paste it").focus()
    page.keyboard.insert_text(SWAPPED)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    also = page.get_by_text("Into another input too").first
    also.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("9 S")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    page.locator("#comfyui").get_by_role("link", name="Workflow").press("Enter")
    expect(select(page, "Prompt")).to_have_value("6.inputs.text")
    expect(select(page, "Prompt, input 2")).to_have_value("9.inputs.filename_prefix")
    forget(page)
    context.close()


@pytest.mark.parametrize("name", ["", "EDITOR", "CONTROLLED", "FLUX"])
def test_the_page_stands_at_every_width(judged: Page, fake_comfy: comfy.Comfy, name: str) -> None:
    """Empty, refused, laid out, and with two inputs for one place."""
    set_up(judged, fake_comfy.url)
    if name:
        judged.get_by_label("Or paste it").fill(json.dumps(getattr(workflows, name)))
        judged.get_by_role("button", name="Read it").click()
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged, ".sheet")
    forget(judged)
