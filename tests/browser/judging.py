"""What every page must stand: axe, and windows from a desk's to a telephone's, by night and by day."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.running import ROOT

AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (1440, 1024, 390)
THEMES = {"dark": None, "light": ["color-contrast", "link-in-text-block"]}
"""The rules that each theme is asked about, None for all: a theme changes colours and nothing else."""

OBJECTIONS = """([part, only]) => axe
    .run(part || document, {resultTypes: ["violations"], ...(only ? {runOnly: only} : {})})
    .then(result => result.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"""
OVER = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => `${one.localName} ${one.className}`)"
THEME = "theme => document.documentElement.dataset.theme = theme"


def judge(page: Page, within: str = "html", part: str = "") -> None:
    """Demand of a page, as it stands, that axe objects to nothing and that it fits: at every width, in both themes.

    What `within` names must hold what stands in it. Of a page that another test judges whole, axe is asked about one
    `part`. One loading serves all: no script of ours asks how wide the
    window is or which theme is on.
    """
    page.evaluate(AXE)
    found = list(_objections(page, within, part))
    assert not found, "\n".join(found)


def _objections(page: Page, within: str, part: str) -> Iterator[str]:
    """Yield the width and theme in which something is wrong, and what it is."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for theme, rules in THEMES.items():
            page.evaluate(THEME, theme)
            for objection in page.evaluate(OBJECTIONS, [part, rules]):
                yield f"{width} px, {theme}: {objection}"
        for box in page.locator(within).evaluate_all(OVER):
            yield f"{width} px, wider than its place: {box}"
