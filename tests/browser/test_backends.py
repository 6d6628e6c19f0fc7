"""The page of backends in a real browser: one is set up, asked, changed and forgotten, and its key never comes back."""

import pytest
from playwright.sync_api import Page, expect

from tests.backends.fakes import forge
from tests.backends.fakes.serving import closed_port
from tests.browser.judging import judge


@pytest.mark.parametrize("path", ["/backends", "/backends?kind=uni1"])
def test_the_page_stands_at_every_width(judged: Page, path: str) -> None:
    judged.goto(path)
    judge(judged, ".sheet")


def test_a_backend_is_set_up_asked_changed_and_forgotten(page: Page, fake_forge: forge.Forge) -> None:
    page.goto("/shots/the-rim")
    page.get_by_label("More pages").click()
    page.get_by_role("link", name="Backends").click()
    page.get_by_role("region", name="Add one").get_by_role("link", name="Your machine").click()
    page.get_by_label("Name", exact=True).fill("Studio tower")
    page.get_by_label("Address").fill("tower")
    assert page.get_by_label("Address").evaluate("one => !one.checkValidity()")
    page.get_by_label("Address").fill(fake_forge.url)
    page.get_by_label("Name and password").fill("mara:s3cret-pass")
    page.get_by_role("button", name="Add").click()

    tower = page.locator(".place", has=page.get_by_role("heading", name="Studio tower"))
    expect(tower).to_contain_text(fake_forge.url)
    expect(tower).to_contain_text("kept, sealed")
    tower.get_by_role("button", name="Test").click()
    expect(tower.get_by_role("status")).to_contain_text("It is there")
    assert "s3cret-pass" not in page.content()

    tower.get_by_role("link", name="Change").click()
    assert "s3cret-pass" not in page.content()
    page.get_by_label("Name", exact=True).fill("Old tower")
    page.get_by_role("button", name="Save").click()
    old = page.locator(".place", has=page.get_by_role("heading", name="Old tower"))
    expect(old).to_contain_text("kept, sealed")

    page.on("dialog", lambda dialog: dialog.accept())
    old.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Old tower")).to_have_count(0)
    page.goto("/shots/the-rim")
    expect(page.get_by_label("Shoot on").locator("option", has_text="Old tower")).to_have_count(0)


def test_a_backend_that_does_not_answer_says_so(page: Page) -> None:
    page.goto("/backends?kind=a1111")
    page.get_by_label("Address").fill(f"http://127.0.0.1:{closed_port()}")
    page.get_by_role("button", name="Add").click()
    away = page.locator("#a1111")
    away.get_by_role("button", name="Test").press("Enter")
    expect(away.get_by_role("status")).to_contain_text("cannot be reached")
    there = page.locator("#previz")
    there.get_by_role("button", name="Test").press("Enter")
    expect(there.get_by_role("status")).to_contain_text("It is there")
    page.on("dialog", lambda dialog: dialog.accept())
    away.get_by_role("button", name="Remove").click()


def test_what_is_refused_keeps_what_was_typed(page: Page) -> None:
    page.goto("/backends?kind=a1111")
    page.get_by_label("Name", exact=True).fill("Tower")
    page.get_by_label("Address").fill("http://me:pw@tower.example")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("carries a login")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Tower")
