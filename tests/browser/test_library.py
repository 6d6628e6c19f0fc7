"""The library in a real browser: a preset is seen before it is put on, and a part of a shot is kept."""

from playwright.sync_api import Page, expect

from tests.browser.judging import judge


def test_a_light_set_up_is_previewed_put_on_and_taken_back(page: Page) -> None:
    page.goto("/shots/two-keepers")
    expect(page.locator("[data-pane]")).to_contain_text("paper lantern")
    page.locator("[data-controls]").focus()
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="Library")
    dialog.get_by_placeholder("Find").fill("rim")
    expect(dialog.locator("[data-preset]:visible")).to_have_count(1)
    dialog.get_by_role("button", name="Warm rim, cold sea").click()
    expect(dialog.locator("[data-shelf-told]")).to_contain_text("Light back")
    dialog.get_by_role("button", name="Put it on").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-pane]")).to_contain_text("through a 4x4 silk")
    expect(page.locator("[data-pane]")).not_to_contain_text("paper lantern")
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-pane]")).to_contain_text("paper lantern")


def test_a_part_is_kept_once_under_a_name_and_stands_in_the_library(page: Page) -> None:
    page.goto("/shots/the-letter")
    page.get_by_label("More of this shot").click()
    page.get_by_role("button", name="Library: put on").click()
    dialog = page.get_by_role("dialog", name="Library")
    dialog.get_by_role("combobox", name="What").select_option("person")
    expect(dialog.get_by_role("combobox", name="Who")).to_be_visible()
    dialog.get_by_role("textbox", name="Name").fill("Mara, alone")
    dialog.get_by_role("button", name="Keep", exact=True).click()
    expect(dialog.locator("[data-shelf-kept]")).to_have_text("Person Mara, alone is kept.")
    dialog.get_by_role("combobox", name="What").select_option("person")
    dialog.get_by_role("textbox", name="Name").fill("Mara, alone")
    dialog.get_by_role("button", name="Keep", exact=True).click()
    dialog.get_by_role("button", name="Put this one in its place").click()
    expect(dialog.locator("[data-shelf-kept]")).to_have_text("Person Mara, alone is kept.")
    dialog.get_by_role("link", name="All of it").click()
    card = page.locator(".library-one", has_text="Mara, alone")
    expect(card).to_have_count(1)
    expect(card.locator("img")).to_have_count(1)
    card.get_by_text("Edit").click()
    card.get_by_role("combobox", name="Likeness released").select_option("yes")
    card.get_by_role("button", name="Save", exact=True).click()
    expect(card).to_contain_text("likeness released")


def test_a_kept_prompt_begins_a_shot(page: Page) -> None:
    page.goto("/shots/the-rim")
    page.get_by_label("More of this shot").click()
    page.get_by_role("button", name="Library: put on").click()
    dialog = page.get_by_role("dialog", name="Library")
    dialog.get_by_role("combobox", name="What").select_option("prompt")
    dialog.get_by_role("textbox", name="Name").fill("As it was sent")
    dialog.get_by_role("button", name="Keep", exact=True).click()
    expect(dialog.locator("[data-shelf-kept]")).to_have_text("Prompt As it was sent is kept.")
    dialog.get_by_role("link", name="All of it").click()
    page.locator(".library-one", has_text="As it was sent").get_by_role("button", name="New shot from it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("As it was sent")
    expect(page.locator("[data-pane]")).to_contain_text("3200 K")


def test_the_pages_pass_axe_and_fit(judged: Page) -> None:
    judged.goto("/library")
    judge(judged, ".library-page")
    judged.goto("/shots/the-rim")
    judged.keyboard.press("l")
    judged.locator("[data-preset]").first.click()
    expect(judged.locator("[data-shelf-patch]")).to_be_visible()
    judge(judged, "[data-shelf]")


def test_a_light_is_given_to_the_scene_and_taken_by_another_shot(page: Page) -> None:
    page.goto("/shots/the-letter")
    page.locator("[data-controls]").focus()
    page.keyboard.press("i")
    dialog = page.get_by_role("dialog", name="Scene and film")
    dialog.get_by_role("textbox", name="Scene").fill("1")
    dialog.get_by_role("button", name="Put it there").click()
    expect(dialog.locator("[data-layers-done]")).to_have_text("It stands in scene 1 now. What it says is as it was.")
    page.goto("/shots/the-rim")
    page.get_by_label("More of this shot").click()
    page.get_by_role("button", name="Scene and film").click()
    dialog.get_by_role("button", name="Light its own").click()
    expect(dialog.get_by_role("checkbox", name="4A")).not_to_be_checked()
    judge(page)
    dialog.get_by_role("button", name="Give it to scene 1").click()
    expect(dialog.locator("[data-layers-done]")).to_contain_text("Scene 1 says it now: light.")
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.locator("[data-report='light']")).to_contain_text("from scene 1")
    page.goto("/shots/the-letter")
    page.locator("[data-controls]").focus()
    page.keyboard.press("i")
    dialog.get_by_role("button", name="Light departs from scene 1").click()
    dialog.get_by_role("button", name="Take it as scene 1 says").click()
    expect(page.locator("[data-pane]")).to_contain_text("through a 4x4 silk")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-pane]")).not_to_contain_text("through a 4x4 silk")
    page.goto("/projects/the-lamp-room/scenes")
    expect(page.locator("#scene-1")).to_contain_text("departs in light")
