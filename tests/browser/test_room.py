"""Every page has room for its words: with labels as long as German ones, at 200 % zoom, and on a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.screens import pages
from tests.running import Studio, studio

WIDTHS = {"a desk": 1440, "200 % zoom": 720, "a telephone": 390}

LONGER = """() => {
    const labels = "button, .button, .tab, label, .field-label, legend, summary, th, dt, h1, h2, h3, nav a, figcaption";
    for (const one of document.querySelectorAll("details:is(.strip, .part, .more)")) one.open = true;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const place = text.parentElement;
        if (!place.closest(labels) || place.closest("script, select, textarea, kbd")) continue;
        const longer = word => word + "ungsverhältnis".slice(0, Math.ceil(word.length * 0.6));
        text.data = text.data.replace(/\\p{L}{3,}/gu, longer);
    }
}"""
"""Each word of a label becomes 1.6 times as long, in one piece as German words are; every department is open."""

CLIPPED = """() => {
    const unseen = new Set();
    const found = [];
    const whole = document.documentElement.scrollWidth;
    if (whole > innerWidth) found.push(`the page is ${whole} px wide`);
    for (const one of document.querySelectorAll("body *")) {
        const { clipPath, overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(one);
        if (clipPath === "inset(50%)" || unseen.has(one.parentElement)) unseen.add(one);
        if (unseen.has(one) || one.closest("svg") || !one.checkVisibility() || !one.textContent.trim()) continue;
        if (webkitLineClamp !== "none") continue;
        const hides = overflowX === "hidden" || overflowX === "clip";
        const spills = one.matches("button, .button, .tab, summary, label, th, td, dt, dd, h1, h2, h3, p, li");
        const wide = one.clientWidth && one.scrollWidth > one.clientWidth + 1 && textOverflow !== "ellipsis";
        const high = (overflowY === "hidden" || overflowY === "clip") && one.scrollHeight > one.clientHeight + 2;
        if ((wide && (hides || (spills && overflowX === "visible"))) || high)
            found.push(`${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
    }
    return found;
}"""
"""What is cut off, or runs out of its box; an ellipsis is meant, and words for a screen reader alone are not seen."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio of the previz alone."""
    with studio(tmp_path_factory.mktemp("room")) as one:
        yield one


@pytest.fixture
def wide(browser: Browser, drawn: Studio) -> Iterator[Page]:
    """A page that shows no tour and moves nothing."""
    context = browser.new_context(base_url=drawn.url, reduced_motion="reduce")
    context.add_init_script("localStorage['printlight:tour'] = 4")
    yield context.new_page()
    context.close()


def test_every_page_has_room_for_long_words_and_narrow_windows(wide: Page, drawn: Studio) -> None:
    found = []
    for name, path in pages(drawn).items():
        wide.goto(path)
        wide.evaluate(LONGER)
        for where, width in WIDTHS.items():
            wide.set_viewport_size({"width": width, "height": 900})
            found += [f"{name}, {where}: {one}" for one in wide.evaluate(CLIPPED)]
    assert not found, "\n".join(found)
