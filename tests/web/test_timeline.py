"""The timeline at the studio's door: what the player is given, and what a trim keeps."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.running import Studio, studio

FILM = "/projects/the-lamp-room"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("timeline")) as one:
        yield one


def line(running: Studio) -> dict[str, dict[str, Any]]:
    page = httpx.get(f"{running.url}{FILM}/timeline").text
    told = json.loads(page.partition("data-line>")[2].partition("</script>")[0])
    return {one["id"]: one for one in told}


def trim(running: Studio, shot: str, **change: Any) -> httpx.Response:
    return httpx.put(f"{running.url}{FILM}/timeline/{shot}", json=change)


def test_a_trim_keeps_length_and_transition_and_moves_what_is_behind(running: Studio) -> None:
    before = line(running)["the-rim"]
    assert (before["said"], before["start_s"]) == (False, 0)
    answer = trim(
        running, "the-rim", version=before["version"], duration_s=2.5, transition_out="time.transition.dissolve"
    )
    assert answer.status_code == 200
    assert [one["start_s"] for one in answer.json()[:3]] == [0, 2.5, 6.5]
    document, version = running.document("the-rim")
    assert (document["duration_s"], document["transition_out"]) == (2.5, "time.transition.dissolve")
    assert version == before["version"] + 1
    assert answer.json()[0]["out"] == {"label": "Dissolve", "kind": "mix", "seconds": 1.0}


def test_what_is_not_named_stays_and_null_takes_back(running: Studio) -> None:
    shot = line(running)["the-letter"]
    own = {**running.document("the-letter")[0], "transition_out": {"words": "the lamp goes out"}}
    saved = httpx.put(
        f"{running.url}/shots/the-letter", json={"shot": own, "version": shot["version"], "target": "uni-1"}
    )
    longer = trim(running, "the-letter", version=saved.json()["version"], duration_s=9)
    assert longer.status_code == 200
    assert running.document("the-letter")[0]["transition_out"] == {"words": "the lamp goes out"}
    version = line(running)["the-letter"]["version"]
    assert trim(running, "the-letter", version=version, duration_s=None, transition_out=None).status_code == 200
    assert not {"duration_s", "transition_out"} & set(running.document("the-letter")[0])


@pytest.mark.parametrize(
    ("shot", "change", "status"),
    [
        ("the-rim", {"version": 99, "duration_s": 3}, 409),
        ("the-rim", {"version": 1, "duration_s": 0}, 422),
        ("the-rim", {"version": 1, "transition_out": "time.transition.nothing", "name": "x"}, 422),
        ("nobody", {"version": 1, "duration_s": 3}, 404),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    running: Studio, shot: str, change: dict[str, Any], status: int
) -> None:
    refused = trim(running, shot, **change)
    assert refused.status_code == status
    assert refused.json()["message"].endswith(".")


def test_a_film_without_shots_says_what_to_do(running: Studio) -> None:
    film = httpx.post(f"{running.url}/projects", data={"name": "Nothing yet"}).headers["location"]
    assert "No shots yet" in httpx.get(f"{running.url}{film}/timeline").text
    assert "No shots yet" in httpx.get(f"{running.url}{film}/export").text
    refused = httpx.get(f"{running.url}/export/{film.rpartition('/')[2]}?as=text")
    assert refused.status_code == 422
    assert "has no shots yet" in refused.json()["message"]


def test_a_film_a_scene_and_a_shot_are_saved_as_files(running: Studio) -> None:
    whole = httpx.get(f"{running.url}/export/the-lamp-room?as=text")
    assert whole.headers["content-disposition"].startswith('attachment; filename="The-Lamp-Room.txt"')
    assert whole.text.index("1A The rim") < whole.text.index("6A The gallery")
    scene = httpx.get(f"{running.url}/export/the-lamp-room?as=text&scene=3&target=sdxl")
    assert "Below stairs (SDXL" in scene.text
    assert "The rim" not in scene.text
    one = httpx.get(f"{running.url}/export/the-rim?as=text")
    assert one.text.startswith("1A The rim")


def test_a_file_is_called_as_its_film_in_any_script(running: Studio) -> None:
    film = httpx.post(f"{running.url}/projects", data={"name": "雨の夜"}).headers["location"]
    httpx.post(f"{running.url}{film}/shots", data={"name": "扉"})
    saved = httpx.get(f"{running.url}/export/{film.rpartition('/')[2]}?as=json")
    assert saved.status_code == 200
    assert saved.headers["content-disposition"].endswith(f"filename*=UTF-8''{quote('扉.json')}")


@pytest.mark.parametrize("asked", ["as=nothing", "as=text&scene=77", "as=text&target=nothing", "as=text&more=1", ""])
def test_what_there_is_not_is_said(running: Studio, asked: str) -> None:
    refused = httpx.get(f"{running.url}/export/the-lamp-room?{asked}")
    assert refused.status_code in {404, 422}
    assert refused.json()["message"]


def test_a_film_whose_prompts_stay_home_lets_none_go(running: Studio) -> None:
    httpx.post(f"{running.url}{FILM}/prompts", data={"stay": "yes"})
    refused = httpx.get(f"{running.url}/export/the-lamp-room?as=text")
    assert (refused.status_code, "stay home" in refused.json()["message"]) == (422, True)
    assert "stay home" in httpx.get(f"{running.url}{FILM}/export").text
    httpx.post(f"{running.url}{FILM}/prompts", data={"stay": ""})


def test_the_set_ups_of_a_scene_stand_on_one_plan(running: Studio) -> None:
    page = httpx.get(f"{running.url}{FILM}/scenes/2/plan").text
    assert "runs between Mara and Jonas" in page
    assert page.count("<title>Mara") == 1
    assert f'href="{FILM}/scenes/2/plan"' in httpx.get(f"{running.url}{FILM}/scenes").text
    assert httpx.get(f"{running.url}{FILM}/scenes/77/plan").status_code == 404
