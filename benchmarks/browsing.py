"""What a page weighs and how soon it answers, how a large film opens, and what five hundred edits leave in memory."""

import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from app.db import Database
from app.files import Pictures
from app.library import Library
from app.library.library import SAMPLE_PROJECT
from benchmarks.editing import TIME_ONE
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.running import Studio, studio

SHOTS = 300
EDITS = 500
LOADED = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
WEIGHT = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter(one => !one.name.includes('/three.')).reduce((sum, one) => sum + one.encodedBodySize, 0)"""


def rows() -> Iterator[str]:
    """Yield weights and times of the shot page and of a film's board, and the growth of the heap (aim: none)."""
    found = chromium.found()
    with tempfile.TemporaryDirectory() as folder, studio(Path(folder)) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        loaded_ms, weight = _opened(browser, running, "/shots/the-rim")
        yield f"shot page: {weight / 1000:.0f} kB, interactive after {loaded_ms:.0f} ms   aim: under 1,000 kB"
        film = _film(running)
        loaded_ms, weight = _opened(browser, running, f"/projects/{film}")
        yield f"board of {SHOTS} shots: {weight / 1000:.0f} kB, interactive after {loaded_ms:.0f} ms   aim: under 1,000"
        before, after = _edited(browser, running)
        yield f"heap before and after {EDITS} edits: {before:.1f} and {after:.1f} MB   aim: no growth"
        browser.close()


def _opened(browser: Browser, running: Studio, path: str) -> tuple[float, float]:
    """Open a page twice in windows of their own; return milliseconds and bytes of the second."""
    for _ in range(2):
        page = browser.new_page(base_url=running.url)
        page.goto(path, wait_until="networkidle")
        found = float(page.evaluate(LOADED)), float(page.evaluate(WEIGHT))
        page.close()
    return found


def _film(running: Studio) -> str:
    """Put a film of many shots into the library: the samples, again and again; return its id."""
    database = Database(f"sqlite:///{running.data / 'printlight.db'}")
    library = Library(database, Pictures(running.data / "pictures"), "Benchmark")
    samples = library.shots(SAMPLE_PROJECT)
    film = library.add_project("A long film")
    library.add_shots(film.id, [(one.slate, one.name, one.shot) for one in islice(cycle(samples), SHOTS)])
    database.close()
    return film.id


def _edited(browser: Browser, running: Studio) -> tuple[float, float]:
    """Edit one field many times; return the heap in megabytes, rubbish collected, before and after."""
    page = browser.new_page(base_url=running.url)
    page.goto("/shots/the-rim", wait_until="networkidle")
    for step in range(20):
        page.evaluate(TIME_ONE, ["lights.rim.cct_k", str(2000 + step)])
    before = _heap(page)
    for step in range(EDITS):
        page.evaluate(TIME_ONE, ["lights.rim.cct_k", str(2000 + 10 * step)])
    return before, _heap(page)


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1e6
