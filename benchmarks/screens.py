"""A picture of every page, in both themes, at three widths, to be looked at: `python -m benchmarks.screens FOLDER`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.running import Studio, studio

WIDTHS = (1440, 1024, 390)
THEMES = ("dark", "light")
TELEPHONE = 500
SETTLED = """() => [...document.images].every(one => !one.checkVisibility()
    || one.getBoundingClientRect().top > innerHeight || (one.complete && !one.src.startsWith("data:")))"""
"""Every picture in sight has come."""


def pages(running: Studio) -> dict[str, str]:
    """Return each page's name and address; two takes are drawn first, so that there is something to see."""
    takes = [running.shoot("previz") for _ in range(2)]
    for one in takes:
        running.wait_for(one, "done")
    return {
        "board": "/projects/the-lamp-room",
        "prompt": "/projects/the-lamp-room/prompt",
        "scenes": "/projects/the-lamp-room/scenes",
        "disclosure": "/projects/the-lamp-room/disclosure",
        "library": "/library",
        "search": "/search",
        "found": "/search?q=rain%20lens:>=50",
        "open": "/open",
        "shot": "/shots/the-rim",
        "shot-untaken": "/shots/two-keepers",
        "coverage": "/shots/two-keepers/coverage",
        "history": "/shots/the-rim/history",
        "plan": "/shots/two-keepers/plan",
        "compare": "/shots/the-letter/targets",
        "take": f"/takes/{takes[0]}",
        "against": f"/takes/{takes[0]}/against/{takes[1]}",
        "queue": "/queue",
        "backends": "/backends",
        "settings": "/settings",
        "keys": "/keys",
        "terms": "/terms",
        "facet": "/terms/camera.size",
        "term": "/terms/camera.size.mcu",
        "models": "/targets",
        "model": "/targets/uni-1",
        "checks": "/rules",
        "nothing": "/shots/none",
    }


def main(folder: Path) -> None:
    """Write the pictures, `PAGE-THEME-WIDTH.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    found = chromium.found()
    with tempfile.TemporaryDirectory() as data, studio(Path(data)) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name, path in pages(running).items():
            for theme in THEMES:
                context = browser.new_context(base_url=running.url, reduced_motion="reduce")
                context.add_init_script(
                    f"localStorage['printlight:theme'] = '{theme}'; localStorage['printlight:tour'] = 4"
                )
                page = context.new_page()
                page.goto(path)
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.wait_for_function(SETTLED)
                    page.screenshot(path=folder / f"{name}-{theme}-{width}.png", full_page=width < TELEPHONE)
                context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
