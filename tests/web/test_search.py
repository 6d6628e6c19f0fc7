"""The search and what people sort by, over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from tests.running import Studio, studio


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as one:
        yield one


@pytest.fixture
def client(running: Studio) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=True) as one:
        yield one


def test_the_same_answer_as_json(client: httpx.Client) -> None:
    told = client.get("/api/search", params={"q": "rain lens:>=50"}).json()
    (hit,) = told["hits"]
    assert (hit["id"], hit["kind"], hit["film"]["name"], hit["slate"]) == ("the-rim", "shot", "The Lamp Room", "1A")
    assert hit["matched"] == {"facts": ["lens 75 mm"], "line": "dark glass with rain running down it"}
    assert (told["after"], told["ranked_among"]) == ("", 300)
    first = client.get("/api/search", params={"limit": 4}).json()
    rest = client.get("/api/search", params={"limit": 4, "after": first["after"]}).json()
    assert (len(first["hits"]), len(rest["hits"]), rest["after"]) == (4, 2, "")
    assert not {one["id"] for one in first["hits"]} & {one["id"] for one in rest["hits"]}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"q": "sise:cu"}, "No key is called 'sise' (character 1)."),
        ({"q": "rain", "after": "x"}, "This is no place in a search."),
        ({"q": "x" * 2001}, "q: string should have at most 2000 characters."),
        ({"limit": 201}, "limit: input should be less than or equal to 200."),
    ],
)
def test_a_wrong_question_is_told_so(client: httpx.Client, params: dict[str, str], message: str) -> None:
    answer = client.get("/api/search", params=params)
    assert (answer.status_code, answer.json()["message"]) == (422, message)


def test_the_page_shows_results_with_what_matched_or_where_a_query_is_wrong(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": "rain lens:>=50"}).text
    assert 'href="/shots/the-rim"' in page
    assert "lens 75 mm" in page
    assert "<mark>rain</mark>" in page
    wrong = client.get("/search", params={"q": "rain sise:cu <b>"}).text
    assert "rain <mark>sise:cu</mark> &lt;b&gt;" in wrong
    assert "Did you mean &#39;size&#39;?" in wrong
    assert "Nothing has all of that" in client.get("/search", params={"q": "kittiwake"}).text
    assert "The newest shots" in client.get("/search").text


def test_results_come_while_somebody_types(client: httpx.Client) -> None:
    answer = client.get("/search/results", params={"q": "rai"})
    assert "the-rim" in answer.text
    assert "<html" not in answer.text
    assert answer.headers["hx-replace-url"] == "/search?q=rai"
    assert "the-rim" not in client.get("/search", params={"q": "rai"}).text


@pytest.mark.parametrize(
    ("text", "start", "labels"),
    [
        ("rain le", 5, ["lens:", "length:", "level:"]),
        ("rain -ta", 6, ["tag:", "take:", "takes:"]),
        ("take:c", 0, ["take:circled", "take:cancelled"]),
        ("size:medium close", 12, []),
        ("x or size:mcu", 5, ["size:mcu"]),
        ("in:", 0, ['in:"The Lamp Room"']),
        ('in:"the l', 0, ['in:"The Lamp Room"']),
        ("lens:", 0, ["lens:>=85"]),
        ("rembrandt", 0, ["pattern:rembrandt"]),
        ("", 0, []),
        ("rain ", 5, []),
    ],
)
def test_the_last_part_is_completed(client: httpx.Client, text: str, start: int, labels: list[str]) -> None:
    offer = client.get("/search/offers", params={"text": text}).json()
    found = [one["label"] for group in offer["groups"].values() for one in group]
    assert offer["start"] == start
    assert set(labels) <= set(found)
    assert labels or not found or text == "size:medium close"
    for label in found:
        if not label.endswith(":"):
            assert client.get("/api/search", params={"q": label}).status_code == 200, label


def test_a_search_is_kept_for_everybody_and_forgotten(client: httpx.Client) -> None:
    shown = client.post("/searches", data={"title": "Wet <nights>", "query": "rain  lens:>=50"})
    assert shown.url.params["q"] == "rain lens:>=50"
    assert "Kept as <b>Wet &lt;nights&gt;</b>" in shown.text
    assert 'href="/search?q=rain%20lens%3A%3E%3D50"' in client.get("/search").text
    assert "Kept as" not in client.get("/search/results", params={"q": "rain"}).text
    taken = client.post("/searches", data={"title": "wet <nights>", "query": "fog"})
    assert (taken.status_code, "is kept as Wet <nights> already" in taken.text) == (409, True)
    gone = client.post("/searches/removal", data={"title": "Wet <nights>"})
    assert (gone.url.path, "Wet &lt;nights" in gone.text) == ("/search", False)
    assert client.post("/searches/removal", data={"title": "Wet <nights>"}).status_code == 404


def test_tags_stars_and_collections_are_kept_and_searched(client: httpx.Client) -> None:
    page = client.put("/sorting/shot/the-letter/tags", data={"tags": "Night, wet street"}).text
    assert 'value="night, wet-street"' in page
    client.put("/sorting/shot/the-letter/stars", data={"stars": "4"})
    page = client.post("/sorting/shot/the-letter/collections", data={"title": "Night ideas"}).text
    name = page.partition('type="checkbox" value="')[2].partition('"')[0]
    assert f'value="{name}" checked' in page
    client.put(f"/sorting/shot/the-rim/collections/{name}")
    query = {"q": 'tag:night stars:>=4 collection:"night ideas"'}
    assert [one["id"] for one in client.get("/api/search", params=query).json()["hits"]] == ["the-letter"]
    assert "tag:night" in client.get("/search").text
    shown = client.post(f"/collections/{name}/shot/the-rim/place", data={"step": "-1"}).text
    assert 0 < shown.index('id="the-rim"') < shown.index('id="the-letter"')
    assert "Ideas of night" in client.post(f"/collections/{name}/name", data={"title": "Ideas of night"}).text
    assert 'id="the-rim"' not in client.post(f"/collections/{name}/shot/the-rim/removal").text
    assert (
        "checked" not in client.delete(f"/sorting/shot/the-letter/collections/{name}").text.partition("Collections")[2]
    )
    assert "Ideas of night" not in client.post(f"/collections/{name}/removal").text
    assert client.get(f"/collections/{name}").status_code == 404
    assert client.put("/sorting/shot/the-letter/stars", data={"stars": "0"}).text.count("checked") == 0
    client.put("/sorting/shot/the-letter/tags", data={"tags": ""})
    assert client.get("/api/search", params={"q": "tag:night or stars:>0"}).json()["hits"] == []


@pytest.mark.parametrize(
    ("method", "path", "data", "status", "message"),
    [
        ("PUT", "/sorting/shot/nobody/tags", {"tags": "a"}, 404, "No shot is called 'nobody'."),
        ("PUT", "/sorting/take/nobody/tags", {"tags": "a"}, 404, "No take is called 'nobody'."),
        ("PUT", "/sorting/shot/the-rim/tags", {"tags": "..."}, 422, "'...' is no tag."),
        ("PUT", "/sorting/shot/the-rim/tags", {"tags": "x" * 41}, 422, f"'{'x' * 40}' is no tag."),
        ("PUT", "/sorting/shot/the-rim/stars", {"stars": "6"}, 422, "A shot has 0 to 5 stars, not 6."),
        ("PUT", "/sorting/shot/the-rim/collections/none", {}, 404, "No collection is called 'none'."),
        ("POST", "/sorting/shot/the-rim/collections", {"title": " "}, 422, "A collection needs a name."),
        ("GET", "/sorting/shot/nobody", {}, 404, "No shot is called 'nobody'."),
    ],
)
def test_what_cannot_be_sorted_is_refused(
    client: httpx.Client, method: str, path: str, data: dict[str, str], status: int, message: str
) -> None:
    answer = client.request(method, path, data=data)
    assert (answer.status_code, answer.json()["message"]) == (status, message)
