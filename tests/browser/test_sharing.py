"""Sharing in a real browser: a link is copied and opened, a file is saved and looked at before it is kept."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.judging import judge


def copied(page: Page) -> str:
    """Copy the link of the letter, which has pictures, and return it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/shots/the-letter")
    page.get_by_label("More of this shot").click()
    page.get_by_role("button", name="Copy a link that carries this shot").click()
    expect(page.locator(".toast")).to_contain_text("Pictures stay here: a keeper's portrait")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_link_is_copied_opened_and_its_shot_added_to_another_film(page: Page) -> None:
    link = copied(page)
    asked: list[str] = []
    page.goto("/")
    page.locator(".add", has_text="Another film").locator("input").fill("Borrowed")
    page.get_by_role("button", name="New film").click()
    expect(page.locator(".empty")).to_be_visible()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(link)
    expect(page.get_by_role("heading", name="The letter")).to_be_visible()
    assert not any("v1." in url.partition("#")[0] for url in asked)
    page.get_by_label("Add to").select_option(label="Borrowed")
    page.get_by_role("button", name="Add and open").press("Enter")
    expect(page.locator(".crumbs")).to_contain_text("Borrowed")
    expect(page.locator("[data-prompt]")).to_contain_text("85 mm")
    page.goto("/open")
    page.get_by_role("textbox", name="Link").fill(link)
    page.get_by_role("textbox", name="Link").press("Enter")
    expect(page.get_by_label("Add to")).to_contain_text("Borrowed (is in it already)")
    page.get_by_role("textbox", name="Link").fill("v1.AAAA")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-open-told]")).to_contain_text("This link is damaged.")


def test_a_film_is_saved_as_a_file_and_its_import_says_that_all_is_here(page: Page, tmp_path: Path) -> None:
    page.goto("/projects/the-lamp-room")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / saving.value.suggested_filename
    saving.value.save_as(saved)
    assert saved.name == "the-lamp-room.printlight"
    page.get_by_role("button", name="Import…").click()
    page.set_input_files("[data-import-file]", saved)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("an import changes nothing")
    expect(dialog.get_by_role("button", name="Import", exact=True)).to_be_disabled()


def test_a_shot_from_a_file_stands_on_the_board(page: Page, tmp_path: Path) -> None:
    page.goto("/shots/the-rim")
    page.get_by_label("More of this shot").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    saving.value.save_as(tmp_path / "rim.printlight")
    page.goto("/")
    page.locator(".add", has_text="Another film").locator("input").fill("Rims")
    page.get_by_role("button", name="New film").click()
    expect(page.locator(".empty")).to_be_visible()
    page.get_by_role("button", name="Import…").click()
    page.set_input_files("[data-import-file]", tmp_path / "rim.printlight")
    expect(page.get_by_role("dialog")).to_contain_text("It goes to the end of Rims")
    page.get_by_role("button", name="Import 1 shot").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("The rim")


def test_the_pages_pass_axe_and_fit(judged: Page, tmp_path: Path) -> None:
    answer = judged.request.post("/shots/the-letter/link")
    judged.goto(answer.json()["link"])
    expect(judged.locator("[data-open-add]")).to_be_visible()
    judge(judged, ".sheet")
    judged.goto("/projects/the-lamp-room")
    content = judged.request.post("/shots/the-rim/file").body()
    judged.get_by_role("button", name="Import…").click()
    (tmp_path / "rim.printlight").write_bytes(content)
    judged.set_input_files("[data-import-file]", tmp_path / "rim.printlight")
    expect(judged.locator(".import-shots")).to_be_visible()
    judge(judged, "[data-import]")
