"""From a keystroke in a real browser to the new prompt on the page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.running import studio

EDITS = 120

TIME_ONE = """
([path, value]) => new Promise(done => {
  const root = document.querySelector("[data-shot]");
  const input = document.querySelector(`[data-path="${path}"] [data-input]`);
  let start;
  root.addEventListener("printlight:compiled", () => done(performance.now() - start), { once: true });
  input.value = value;
  start = performance.now();
  input.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


def rows() -> Iterator[str]:
    """Yield p50 and p95 of edit to prompt in milliseconds (aim: p95 under 50)."""
    found = chromium.found()
    with tempfile.TemporaryDirectory() as folder, studio(Path(folder)) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page(base_url=running.url)
        page.goto("/shots/the-rim")
        times = [page.evaluate(TIME_ONE, ["lights.rim.cct_k", str(2000 + 20 * step)]) for step in range(EDITS)]
        browser.close()
    cuts = quantiles(times, n=20)
    yield f"edit to prompt, {EDITS} edits in Chromium: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms   aim: p95 under 50"
