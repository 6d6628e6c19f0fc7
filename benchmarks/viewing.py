"""From a keystroke in a real browser to the new picture in the viewfinder, drawn without a graphics card."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.running import studio

EDITS = 60
SOFTWARE = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")

TIME_ONE = """
([path, value]) => new Promise(done => {
  const root = document.querySelector("[data-shot]");
  const input = document.querySelector(`[data-path="${path}"] [data-input]`);
  root.addEventListener("printlight:drawn", (event) => done(event.detail), { once: true });
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


def rows() -> Iterator[str]:
    """Yield p50 and p95 of edit to viewfinder in milliseconds (aim: p95 under 33), and the weight of what it loads."""
    found = chromium.found()
    with tempfile.TemporaryDirectory() as folder, studio(Path(folder)) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SOFTWARE)
        page = browser.new_page(base_url=running.url, viewport={"width": 390, "height": 844})
        page.add_init_script("localStorage.setItem('printlight:slow-3d', 'yes')")
        page.goto("/shots/the-rim")
        page.wait_for_selector('[data-finder][data-state="finished"]')
        times = [page.evaluate(TIME_ONE, ["lights.rim.cct_k", str(2000 + 20 * step)]) for step in range(EDITS)]
        sizes = page.evaluate("performance.getEntriesByType('resource').map(one => [one.name, one.encodedBodySize])")
        browser.close()
    for key, what in (("staged", "edit to the new scene in the renderer"), ("drawn", "edit to its first picture")):
        cuts = quantiles([one[key] for one in times], n=20)
        aim = "   aim: p95 under 33, with a card" if key == "drawn" else ""
        yield f"{what}, {EDITS} edits in Chromium without a card: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms{aim}"
    meshes = sum(size for name, size in sizes if "/finder/" in name and "/static/" not in name)
    yield f"the viewfinder's meshes and print, compressed: {meshes / 1000:.0f} kB"
