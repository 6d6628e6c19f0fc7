"""The film as JSON: read with the json module, and its shots read back as shots."""

import json
from dataclasses import replace
from typing import Any

from app.exporters import Reel, export, exporters
from app.schema import read_data
from tests.exporters.reels import STILL, reel


def written(film: Reel) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(export(exporters["json"], film).content)
    return told


def test_a_film_is_read_as_it_is() -> None:
    film = written(reel())
    assert film["kind"] == "printlight.reel/1"
    assert [film["title"], film["author"]] == ["The Lamp Room", "Ada"]
    assert [shot["slate"] for shot in film["shots"]] == ["12A", "12B", "13"]
    first = film["shots"][0]
    said = {"scene": "12", "name": "The stair", "note": "Wait for the wind.", "target": "uni-1"}
    assert {key: first[key] for key in said} == said
    assert first["seconds"] == STILL["duration_s"]
    assert first["prompt"]["text"] == reel().shots[0].compiled.text
    circled = reel().shots[0].take
    assert circled
    assert first["take"]["sha256"] == circled.sha256
    assert (first["take"]["number"], first["take"]["circled"], first["take"]["file"]) == (3, True, "12A-3.png")


def test_the_shots_come_back_whole() -> None:
    assert read_data(written(reel())["shots"][0]["shot"]) == read_data(STILL)


def test_the_pictures_that_go_along_are_named() -> None:
    (one,) = written(reel())["shots"][0]["prompt"]["references"]
    assert (one["id"], one["slot"], one["asset"]) == ("face", 1, "a" * 64)


def test_what_nobody_said_is_open() -> None:
    last = written(reel())["shots"][2]
    assert last["seconds"] is None
    assert last["take"] is None


def test_where_prompts_stay_home_nothing_is_left_that_they_are_made_of() -> None:
    film = written(replace(reel(), prompts_stay=True))
    assert film["prompts_stay"]
    assert not {"shot", "prompt"} & set(film["shots"][0])
    assert not {"prompt", "negative", "params"} & set(film["shots"][0]["take"])


def test_the_text_has_its_letters_and_its_lines() -> None:
    shot = replace(reel().shots[0], name="Die Tür – 灯台")
    text = export(exporters["json"], replace(reel(), shots=(shot,))).content.decode()
    assert '\n      "name": "Die Tür – 灯台",\n' in text
