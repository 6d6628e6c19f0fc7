"""The live view over HTTP: a scene for every edit, meshes that are kept, and what is no scene."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.running import ROOT, Studio, studio

SHOT = {
    "duration_s": 5,
    "framing": {"protect_aspect": 1.78},
    "camera": {"size": "camera.size.cu", "focal_mm": 50},
    "subjects": {"mara": {}},
    "lights": {"key": {"role": "light.role.key", "azimuth_deg": 40, "stops": 0}},
    "beats": {"turns": {"moves": {"a": {"path": "camera.move.pan_left"}}, "lights": {"key": {"stops": -4}}}},
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("finder")) as one:
        yield one


def asked(running: Studio, path: str, shot: dict[str, Any]) -> Any:
    answer = httpx.post(f"{running.url}{path}", json={"shot": shot}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_edit_gets_its_scene_its_lamps_and_its_words(running: Studio) -> None:
    told = asked(running, "/edits/scene", SHOT)
    assert told["scene"]["camera"]["focal_mm"] == 50
    assert [light["kind"] for light in told["live"]["lights"]] == ["panel", "panel"]
    assert told["subjects"] == ["mara"]
    assert told["length_s"] == 5
    assert told["protect"] == 1.78
    assert told["spoken"].startswith("Close-up, 50 mm")
    assert told["focus"]["words"].startswith("Sharp from")


def test_a_mesh_is_kept_for_ever_and_has_one_address_wherever_its_person_stands(running: Studio) -> None:
    address = asked(running, "/edits/scene", SHOT)["figures"][0]
    moved = {**SHOT, "subjects": {"mara": {"screen_x": 0.2, "facing_deg": 90}}}
    assert asked(running, "/edits/scene", moved)["figures"] == [address]
    answer = httpx.get(f"{running.url}{address}", timeout=60)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.num_bytes_downloaded < 500_000


def test_the_set_of_a_scene(running: Studio) -> None:
    scene = asked(running, "/edits/scene", SHOT)["scene"]
    answer = httpx.post(f"{running.url}/finder/set", json=scene, timeout=60)
    assert answer.status_code == 200
    assert answer.num_bytes_downloaded < 60_000


def test_the_print_is_small(running: Studio) -> None:
    answer = httpx.get(f"{running.url}/finder/display", timeout=60)
    assert answer.num_bytes_downloaded < 120_000
    assert answer.content[0] == 41


def test_a_track_has_a_camera_and_the_lamps_for_each_moment(running: Studio) -> None:
    track = asked(running, "/edits/track", SHOT)
    assert track["length_s"] == 5
    assert len(track["cameras"]) == len(track["lives"]) == len(track["focuses"]) == 61
    first, last = (track["lives"][place]["lights"][0]["light"][0] for place in (0, -1))
    assert last == pytest.approx(first / 16, rel=0.01)
    assert track["beats"] == [{"name": "turns", "start_s": 0, "end_s": 5}]


REFUSED = [
    ("POST", "/edits/scene", {"shot": {"camera": {"focal_mm": -1}}}, "focal"),
    ("POST", "/finder/set", {"aspect": 1}, "camera"),
    ("GET", "/finder/figure?of=nobody", None, "This is no figure"),
    ("GET", '/finder/figure?of={"height_m":"tall"}', None, "This is no figure"),
    ("GET", '/finder/figure?of={"height_m":-2}', None, "This is no figure"),
    ("GET", '/finder/figure?of={"height_m":1e999}', None, "This is no figure"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "said"), REFUSED)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(
    running: Studio, method: str, path: str, body: Any, said: str
) -> None:
    answer = httpx.request(method, f"{running.url}{path}", json=body, timeout=60)
    assert answer.status_code in {400, 422}, answer.text
    assert said in answer.json()["message"]


def test_a_machine_without_the_renderer_says_what_still_works() -> None:
    absent = (
        "import sys; sys.modules['mitsuba'] = None\n"
        "from app.errors import BackendError\n"
        "from app.web.routes import finder\n"
        "try:\n    finder.display()\nexcept BackendError as said:\n    print(said)\n"
    )
    said = subprocess.run([sys.executable, "-c", absent], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "does not load on this machine" in said
    assert "The prompt needs no renderer" in said
