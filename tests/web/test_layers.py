"""What a shot has from its scene and film, over HTTP."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import httpx
import pytest

from tests.running import Studio
from tests.running import studio as running

KEY = {"role": "light.role.key", "azimuth_deg": 40, "cct_k": 3200}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with running(tmp_path_factory.mktemp("studio")) as one:
        yield one


class Client:
    """Asks a studio, and leaves no connection open."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __getattr__(self, method: str) -> Callable[..., httpx.Response]:
        return lambda path, **asked: getattr(httpx, method)(self.url + path, follow_redirects=True, timeout=30, **asked)


class Film:
    """A film of two shots in scene 12."""

    def __init__(self, url: str, name: str) -> None:
        self.ask = Client(url)
        self.id = str(self.ask.post("/projects", data={"name": name}).url).rpartition("/")[2]
        self.first, self.second = (self.shot(slate) for slate in ("12A", "12B"))

    def shot(self, slate: str) -> str:
        opened = self.ask.post(f"/projects/{self.id}/shots", data={"slate": slate, "name": f"Shot {slate}"})
        return str(opened.url).rpartition("/")[2]

    def save(self, shot: str, said: dict[str, object], version: int = 1) -> None:
        kept = self.ask.put(f"/shots/{shot}", json={"shot": said, "target": "uni-1", "version": version})
        assert kept.status_code == 200, kept.text

    def give(self, shot: str, part: str, **asked: object) -> httpx.Response:
        return self.ask.post(f"/shots/{shot}/layers/{part}/gift", json={"level": "scene", **asked})


class Words(HTMLParser):
    """Gathers the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found += data.split()


def text(page: str) -> str:
    """Return the words of a page."""
    return " ".join(Words(page).found)


def test_a_part_is_given_seen_and_taken_back(studio: Studio) -> None:
    film = Film(studio.url, "Given")
    film.save(film.first, {"lights": {"key": KEY}})
    film.save(film.second, {"lights": {"key": {"stops": 1}}})
    seen = text(film.ask.post(f"/shots/{film.first}/layers/light", json={"shot": {"lights": {"key": KEY}}}).text)
    assert "12B Shot 12B" in seen
    assert "it says its own" in seen
    assert film.give(film.first, "light").json() == {
        "told": "Scene 12 says it now: light. No other shot changed.",
        "followed": [],
    }
    parts = text(film.ask.post(f"/shots/{film.second}/layers", json={"shot": {"lights": {"key": {"stops": 1}}}}).text)
    assert "Light departs from scene 12" in parts
    part = film.ask.post(f"/shots/{film.second}/layers/light", json={"shot": {"lights": {"key": {"stops": 1}}}}).text
    assert "Take it as scene 12 says" in part
    assert film.give(film.first, "light", follow=[film.second]).json()["followed"] == [film.second]
    again = text(film.ask.post(f"/shots/{film.second}/layers", json={"shot": {"lights": {"key": KEY}}}).text)
    assert "Light from scene 12" in again


def test_an_edit_tells_where_its_values_come_from(studio: Studio) -> None:
    film = Film(studio.url, "Told")
    film.save(film.first, {"lights": {"key": KEY}})
    film.give(film.first, "light")
    edit = {"shot": {"lights": {"key": {**KEY, "stops": -1}}}, "of": film.second}
    answer = film.ask.post("/edits/prompt", json=edit).json()
    assert answer["hints"]["lights.key.cct_k"] == "from scene 12"
    assert "lights.key.stops" not in answer["hints"]
    assert "from scene" not in answer["reports"]["light"], "it says some of it itself"
    whole = film.ask.post("/edits/prompt", json={**edit, "shot": {"lights": {"key": KEY}}}).json()
    assert whole["reports"]["light"].endswith("from scene 12")
    assert "from scene 12" in text(film.ask.get(f"/shots/{film.first}").text)


def test_a_films_scenes_stand_on_one_page(studio: Studio) -> None:
    film = Film(studio.url, "Paged")
    for shot in (film.first, film.second):
        film.save(shot, {"look": {"stock": "look.stock.vision3_500t"}, "lights": {"key": KEY}})
    empty = text(film.ask.get(f"/projects/{film.id}/scenes").text)
    assert "The film says nothing for all of its shots yet" in empty
    film.ask.post(f"/projects/{film.id}/layers/common", data={"number": "12"})
    film.save(film.second, {"look": {"stock": "look.stock.vision3_500t"}}, 2)
    film.ask.post(f"/projects/{film.id}/scenes/12", data={"title": "The stairs", "note": "Rain outside."})
    page = text(film.ask.get(f"/projects/{film.id}/scenes").text)
    for words in ("Scene 12 The stairs", "Rain outside.", "12B Shot 12B departs in light", "12A Shot 12A follows"):
        assert words in page
    film.ask.post(f"/projects/{film.id}/layers/removal", data={"part": "light", "number": "12"})
    assert "departs" not in text(film.ask.get(f"/projects/{film.id}/scenes").text)


def test_a_shot_is_put_into_another_scene_and_changes_in_nothing(studio: Studio) -> None:
    film = Film(studio.url, "Moved")
    film.save(film.first, {"lights": {"key": KEY}})
    film.give(film.first, "light")
    assert film.ask.post(f"/shots/{film.first}/scene", data={"number": "13"}).status_code == 204
    parts = text(film.ask.post(f"/shots/{film.first}/layers", json={"shot": {"lights": {"key": KEY}}}).text)
    assert "Light its own" in parts


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/shots/nobody/layers", {"shot": {}}, 404, "No shot is called"),
        ("/shots/the-rim/layers/lihgt", {"shot": {}}, 404, "Did you mean 'light'?"),
        ("/shots/the-rim/layers/light/gift", {"level": "scene", "follow": ["two-keepers"]}, 404, "could follow"),
        ("/shots/the-rim/layers/light/gift", {"level": "reel"}, 422, "level"),
        ("/projects/the-lamp-room/scenes/99", None, 404, "No scene of this film"),
    ],
)
def test_what_is_not_there_is_told(
    path: str, body: dict[str, object] | None, status: int, words: str, studio: Studio
) -> None:
    headers = {"Accept": "application/json"}
    answer = httpx.post(f"{studio.url}{path}", json=body, headers=headers, timeout=30)
    assert answer.status_code == status
    assert words in answer.text
