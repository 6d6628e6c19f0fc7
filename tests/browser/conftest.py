"""A real Chromium on a real studio."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.backends.fakes import comfy, forge, luma
from tests.browser import chromium
from tests.running import Studio, for_luma, studio

expect.set_options(timeout=20_000)  # what a page shows is waited for as long as a busy machine may take

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own. Its event loop must not outlive these tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.found(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def fake_luma() -> Iterator[luma.Luma]:
    """Luma, as strict as its documents."""
    with luma.served() as served:
        yield served


@pytest.fixture(scope="module")
def fake_forge() -> Iterator[forge.Forge]:
    """An A1111-compatible server on this machine."""
    with forge.served() as served:
        yield served


@pytest.fixture(scope="module")
def fake_comfy() -> Iterator[comfy.Comfy]:
    """A ComfyUI on this machine."""
    with comfy.served() as served:
        yield served


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, fake_luma: luma.Luma, fake_forge: forge.Forge
) -> Iterator[Studio]:
    """A studio that reaches both fakes."""
    data = tmp_path_factory.mktemp("studio")
    with studio(data, A1111_URL=fake_forge.url, **for_luma(fake_luma)) as one:
        yield one


@pytest.fixture(scope="module")
def judging(browser: Browser, running: Studio) -> Iterator[BrowserContext]:
    """Where pages are judged: axe writes style attributes of its own to measure with."""
    context = browser.new_context(base_url=running.url, bypass_csp=True, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="module")
def visit(browser: Browser, running: Studio, pytestconfig: pytest.Config) -> Iterator[BrowserContext]:
    """Where pages are used: scripts and styles that one page has fetched are not fetched by the next."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=running.url)
    if latency := pytestconfig.getoption("--latency"):
        context.on("page", lambda page: slow_down(page, latency))
    yield context
    context.close()


@pytest.fixture
def judged(judging: BrowserContext) -> Iterator[Page]:
    """A page for axe; no colour on it is on its way."""
    yield fresh(judging)
    leave(judging)


@pytest.fixture
def page(visit: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay clean."""
    opened = fresh(visit)
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    opened.on("console", note)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    leave(visit)
    unexpected = [line for line in said if "the server responded with a status of 4" not in line]
    assert unexpected == []


def fresh(context: BrowserContext) -> Page:
    """Return a page of a browser that remembers nothing of the studio."""
    opened = context.new_page()
    opened.goto("/keys/list")  # which runs no script
    opened.evaluate("localStorage.clear()")
    return opened


def slow_down(page: Page, latency_ms: int) -> None:
    """Let the answers to a page come later: what happens before one is there, shows."""
    slow = {"offline": False, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)


def leave(context: BrowserContext) -> None:
    """Close every window."""
    context.clear_permissions()
    for one in context.pages:
        one.close()
