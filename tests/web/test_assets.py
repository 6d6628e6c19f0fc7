"""What pages load: one style sheet, modules ahead, addresses that are kept for good, and text that goes compressed."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.running import Studio, studio


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as one:
        yield one


def test_everything_a_page_names_is_there_and_kept_for_good(running: Studio) -> None:
    page = httpx.get(f"{running.url}/terms").text
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert len(named) > 10
    for address in named:
        answer = httpx.get(running.url + address)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")


def test_every_module_that_a_module_imports_is_fetched_ahead(running: Studio) -> None:
    page = httpx.get(f"{running.url}/terms").text
    ahead = set(re.findall(r'rel="modulepreload" href="([^"]+)"', page))
    studio = next(one for one in ahead if one.endswith("js/studio.js"))
    wanted = re.findall(r'from "\./([^"]+)"', httpx.get(running.url + studio).text)
    assert wanted
    assert {studio.replace("studio.js", one) for one in wanted} <= ahead


@pytest.mark.parametrize("at", ["/static/css/printlight.css", "/static/@old/css/printlight.css"])
def test_another_address_is_asked_for_again_each_time(running: Studio, at: str) -> None:
    assert httpx.get(running.url + at).headers["cache-control"] == "no-cache"


def test_the_style_sheet_is_one_file_with_its_layers(running: Studio) -> None:
    text = httpx.get(f"{running.url}/static/css/printlight.css").text
    assert "@import" not in text
    assert text.startswith("@layer tokens, base, layout, parts, states;")
    assert "@layer tokens {" in text
    for address in re.findall(r'url\("\.\./([^"]+)"\)', text):
        assert httpx.get(f"{running.url}/static/{address}").status_code == 200


def test_long_text_goes_compressed_and_nothing_climbs_out(running: Studio) -> None:
    assert httpx.get(f"{running.url}/shots/the-rim").headers["content-encoding"] == "gzip"
    assert httpx.get(f"{running.url}/static/@x/..%2f..%2fpyproject.toml").status_code == 404
