"""`printlight note`: shown before and after, written with the comments kept, and the same by HTTP."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.patch import merge
from tests.cli.test_cli import printlight
from tests.running import Studio, studio

SHOT = """# the keeper, on the stairs
[camera]            # a borrowed set of lenses
size = "camera.size.mcu"
t_stop = 2          # wide open

[lights.key]        # through the window
role = "light.role.key"
stops = 0

[lights.rim]        # the lamp
slot = 1
role = "light.role.rim"
stops = 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "shot.toml"
    found.write_text(SHOT, encoding="utf-8")
    return found


def test_a_note_is_shown_and_nothing_is_written(path: Path) -> None:
    ran = printlight("note", str(path), "tighter, lose the hat, make it sing")
    assert ran.status == 0
    assert "changed camera.size: camera.size.mcu → camera.size.cu  (“tighter”: 1 step of shot size" in ran.out
    assert "? “lose the hat”: nothing in this shot is called so." in ran.out
    assert "~ not understood: make it sing" in ran.out
    assert path.read_text(encoding="utf-8") == SHOT


def test_a_note_is_written_and_the_comments_stay(path: Path) -> None:
    ran = printlight("note", str(path), "stop down a stop, lose the rim, add a kicker from the left", "--write")
    assert ran.status == 0
    after = path.read_text(encoding="utf-8")
    assert tomllib.loads(after) == {
        "camera": {"size": "camera.size.mcu", "t_stop": 2.8},
        "lights": {
            "key": {"role": "light.role.key", "stops": 0},
            "kicker": {"slot": 1, "role": "light.role.kicker", "side": "left"},
        },
    }
    for comment in ("# the keeper, on the stairs", "# a borrowed set of lenses", "# wide open", "# through the window"):
        assert comment in after


def test_a_shot_from_standard_input_is_printed_changed(path: Path) -> None:
    ran = printlight("note", "-", "key up half a stop", given=path.read_bytes())
    assert ran.json["lights"]["key"]["stops"] == 0.5
    assert "changed lights.key.stops: 0.0 → 0.5" in ran.err


def test_the_patch_leads_to_the_shot(path: Path) -> None:
    told = printlight("note", str(path), "a touch tighter, then rim hotter", "--json").json
    assert told["patch"] == {"camera": {"size": "camera.size.cu"}, "lights": {"rim": {"stops": 2.0}}}
    assert [one["text"] for one in told["read"]] == ["a touch tighter", "rim hotter"]
    assert told["free"] == told["questions"] == []
    assert merge({"kind": "printlight.shot/1", **tomllib.loads(SHOT)}, told["patch"]) == told["shot"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as one:
        yield one


def test_the_api_answers_as_the_command_does(running: Studio, path: Path) -> None:
    text = "warmer, rim a third hotter, lose the rim light"
    answer = httpx.post(f"{running.url}/api/note", json={"shot": tomllib.loads(SHOT), "text": text})
    assert answer.status_code == 200
    assert answer.json() == printlight("note", str(path), text, "--json").json


def test_the_api_refuses_what_is_no_note(running: Studio) -> None:
    long = httpx.post(f"{running.url}/api/note", json={"shot": {}, "text": "x" * 5000})
    half = httpx.post(
        f"{running.url}/api/note",
        content=json.dumps({"shot": {}, "text": "tighter \ud800"}),
        headers={"content-type": "application/json"},
    )
    assert (long.status_code, half.status_code) == (422, 422)
    assert "at most 4,000" in long.json()["hint"]
