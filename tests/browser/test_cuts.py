"""The cuts of a film in a real browser: mended by keyboard, left so with a reason, at every width."""

from playwright.sync_api import Page, expect

from tests.browser.judging import judge

NAVY = {"framing": {"aspect": 2.39}, "subjects": {"mara": {"name": "Mara", "wardrobe": "a navy coat"}}}
RED = {"framing": {"aspect": 1.85}, "subjects": {"mara": {"name": "Mara", "wardrobe": "a red dress"}}}
SHOTS = {"12A": NAVY, "12B": RED, "12C": RED, "13A": {}}


def film(page: Page, name: str) -> str:
    """Add a film of which one cut does not hold; return where its cuts are shown."""
    address = page.request.post("/projects", form={"name": name}).url
    for slate, said in SHOTS.items():
        shot = page.request.post(f"{address}/shots", form={"slate": slate, "name": f"On the stairs, {slate}"}).url
        kept = page.request.put(shot, data={"shot": said, "target": "uni-1", "version": 1})
        assert kept.ok, kept.text()
    return f"{address}/cuts"


def test_a_cut_is_mended_and_left_so(page: Page) -> None:
    page.goto(film(page, "Stairs"))
    expect(page.locator(".cuts-sum")).to_have_text("1 of 2 cuts holds")
    page.locator("a.splice").click()
    page.locator(".cut .note.is-error").get_by_role("button", name="Mend").press("Enter")
    expect(page.locator(".cut .note")).to_have_count(2)
    page.locator(".cut").first.get_by_text("Leave it so").click()
    page.get_by_label("Why it is meant").first.fill("the past is narrower")
    page.get_by_role("button", name="in the whole film").first.click()
    expect(page.get_by_text("1 left so")).to_be_visible()
    page.locator(".cut .note.is-error").get_by_role("button", name="Mend").press("Enter")
    expect(page.locator(".cuts-sum")).to_have_text("Everything cuts")
    page.get_by_text("1 left so").click()
    page.get_by_role("button", name="Look again").click()
    expect(page.locator(".cuts-sum")).to_have_text("1 of 2 cuts holds")


def test_the_cuts_stand_at_every_width(judged: Page) -> None:
    judged.goto(film(judged, "Judged"))
    judged.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    judge(judged, ".cuts, .cut, .film-run, .film-frame")
    judged.goto(judged.url.replace("/cuts", ""))
    expect(judged.get_by_role("link", name="Cuts 2 findings")).to_be_visible()
