"""Takes are circled, rated, noted, compared, taken up again and set in motion, over HTTP."""

import re
from collections.abc import Iterator
from io import BytesIO

import httpx
import pytest
from PIL import Image

from tests.backends.fakes import luma
from tests.running import Studio, for_luma, studio

SHOT = "the-rim"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with luma.served() as fake, studio(tmp_path_factory.mktemp("studio"), **for_luma(fake)) as one:
        yield one


@pytest.fixture(scope="module")
def takes(running: Studio) -> list[str]:
    """Two takes: the shot as it ships, and tighter on another lens."""
    first = running.shoot("uni1")
    running.wait_for(first, "done")
    document, version = running.document(SHOT)
    document["camera"] |= {"focal_mm": 50, "size": "camera.size.cu"}
    document["lights"]["key"]["cct_k"] = 4300
    order = {"shot": document, "version": version, "target": "uni-1", "backend": "uni1", "wording": "compiled"}
    second = running.order(SHOT, order)
    running.wait_for(second, "done")
    return [first, second]


def strip(running: Studio) -> str:
    return httpx.get(f"{running.url}/shots/{SHOT}/takes").text


def test_a_circled_take_stands_for_its_shot(running: Studio, takes: list[str]) -> None:
    def shown() -> str:
        board = httpx.get(f"{running.url}/projects/the-lamp-room").text
        return board.partition(" of The rim")[0].rpartition('"')[2]

    assert shown() == "Take 2"
    assert "is-circled" in httpx.post(f"{running.url}/takes/{takes[0]}/circle").text
    assert shown() == "Take 1"
    assert "is-circled" not in httpx.delete(f"{running.url}/takes/{takes[0]}/circle").text
    assert shown() == "Take 2"


def test_stars_and_a_note_stay_with_the_take(running: Studio, takes: list[str]) -> None:
    at = f"{running.url}/takes/{takes[0]}"
    assert "4 of 5 stars" in httpx.put(f"{at}/stars", data={"stars": 4}).text
    assert httpx.put(f"{at}/note", data={"words": " The near ear is soft. "}).json()["note"] == "The near ear is soft."
    assert "The near ear is soft." in strip(running)
    assert "4 of 5 stars" not in httpx.put(f"{at}/stars", data={"stars": 0}).text


@pytest.mark.parametrize(
    ("method", "path", "data", "status", "said"),
    [
        ("PUT", "stars", {"stars": "6"}, 422, "0 to 5 stars"),
        ("PUT", "stars", {"stars": "many"}, 422, "stars"),
        ("PUT", "note", {"words": "x" * 2001}, 422, "2,000 characters"),
        ("PUT", "note", {"words": "x" * 30_000}, 422, "words"),
    ],
)
def test_what_cannot_be_said_is_refused(
    running: Studio, takes: list[str], method: str, path: str, data: dict[str, str], status: int, said: str
) -> None:
    answer = httpx.request(method, f"{running.url}/takes/{takes[0]}/{path}", data=data)
    assert (answer.status_code, said in answer.json()["message"]) == (status, True), answer.text


@pytest.mark.parametrize("path", ["circle", "animation"])
def test_a_take_that_is_not_there_is_refused(running: Studio, path: str) -> None:
    assert httpx.post(f"{running.url}/takes/none/{path}").status_code == 404


def test_two_takes_are_set_against_each_other_in_words(running: Studio, takes: list[str]) -> None:
    page = httpx.get(f"{running.url}/takes/{takes[0]}/against/{takes[1]}").text
    rows = {
        tuple(re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row))
        for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    }
    assert rows == {
        ("Focal length", "75 mm", "50 mm"),
        ("Shot size", "Medium close-up", "Close-up"),
        ("Colour temperature of key", "5600 K", "4300 K"),
    }
    assert "<del>75</del> <ins>50</ins>" in page
    same = httpx.get(f"{running.url}/takes/{takes[0]}/against/{takes[0]}").text
    assert "Nothing: the same shot" in same
    assert "Word for word the same." in same


def test_the_shot_of_a_take_is_taken_up_as_it_was(running: Studio, takes: list[str]) -> None:
    made = httpx.get(f"{running.url}/takes/{takes[0]}/shot").json()
    assert (made["shot"]["camera"]["focal_mm"], made["target"], made["number"]) == (75, "uni-1", 1)
    assert running.document(SHOT)[0]["camera"]["focal_mm"] == 50


def test_a_still_is_set_in_motion_as_a_shot_of_its_own(running: Studio, takes: list[str]) -> None:
    answer = httpx.post(f"{running.url}/takes/{takes[0]}/animation")
    assert answer.status_code == 303
    moving = answer.headers["location"].removeprefix("/shots/")
    document, _ = running.document(moving)
    picture = httpx.get(f"{running.url}/takes/{takes[0]}/picture").headers["location"].removeprefix("/pictures/")
    start = [one for one in document["references"].values() if one["role"] == "reference.role.start_frame"]
    assert [one["asset"] for one in start] == [picture]
    assert 'value="ray-3.2" selected' in httpx.get(f"{running.url}/shots/{moving}").text


def test_a_scene_is_covered_behind_its_master(running: Studio) -> None:
    page = httpx.get(f"{running.url}/shots/two-keepers/coverage").text
    assert "Over Mara&#39;s shoulder, on Jonas" in page
    at = f"{running.url}/shots/two-keepers/coverage"
    answer = httpx.post(at, data={"setups": ["over_mara", "single_jonas"]})
    assert answer.status_code == 303
    board = httpx.get(running.url + answer.headers["location"]).text
    names = re.findall(r'class="slate">([^<]*)</b> <span class="card-name">([^<]*)<', board)
    where = names.index(("2A", "Two keepers"))
    assert names[where + 1 : where + 3] == [("2B", "Over Mara&#39;s shoulder, on Jonas"), ("2C", "Single of Jonas")]
    refused = httpx.post(at)
    assert (refused.status_code, refused.json()["message"]) == (422, "No set-up is chosen.")
    assert "nobody" in httpx.get(f"{running.url}/shots/{_empty(running)}/coverage").text


def _empty(running: Studio) -> str:
    made = httpx.post(f"{running.url}/projects/the-lamp-room/shots", data={"name": "Empty"})
    return made.headers["location"].removeprefix("/shots/")


def test_a_take_is_saved_in_the_ratio_of_its_shot(running: Studio, takes: list[str]) -> None:
    at = f"{running.url}/takes/{takes[0]}"
    assert "Cropped to 2.39:1" in httpx.get(at).text
    whole, cut = (
        Image.open(BytesIO(httpx.get(f"{at}/picture.png", params=asked).content)) for asked in ({}, {"crop": 1})
    )
    assert cut.width / cut.height == pytest.approx(2.39, rel=0.05)
    assert (cut.width, cut.height < whole.height) == (whole.width, True)
