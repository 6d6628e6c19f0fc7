"""The still over HTTP: better frames line by line, nothing kept, and a sentence where it cannot be drawn."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.previz.still_renderer import Renderer
from app.web.routes.stills import _events
from tests.previz.test_worker import SCENE
from tests.running import Studio, studio

GLASS = {"subjects": {"glass": {"kind": "subject.kind.product"}}}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio"), PRINTLIGHT_PREVIZ_WIDTH="48") as one:
        yield one


def drawn(running: Studio, shot: dict[str, Any]) -> list[dict[str, Any]]:
    with httpx.stream("POST", f"{running.url}/edits/still", json={"shot": shot}, timeout=60) as answer:
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        return [json.loads(line.removeprefix("data: ")) for line in answer.iter_lines() if line.startswith("data: ")]


def test_frames_get_better_until_the_last_and_nothing_is_kept(running: Studio) -> None:
    before = httpx.get(f"{running.url}/shots/the-rim/takes", timeout=20).text
    lines = drawn(running, GLASS)
    assert [(line["samples"], line["done"]) for line in lines] == [(8, False), (32, False), (64, True)]
    assert {line["width"] for line in lines} == {48}
    assert httpx.get(f"{running.url}/shots/the-rim/takes", timeout=20).text == before


def test_an_edit_that_only_prints_otherwise_is_there_at_once(running: Studio) -> None:
    drawn(running, GLASS)
    (line,) = drawn(running, GLASS | {"look": {"exposure_stops": -1}})
    assert line["done"]


def test_a_shot_that_cannot_be_read_is_refused(running: Studio) -> None:
    edit = {"shot": {"camera": {"focal_mm": 9000}}}
    answer = httpx.post(f"{running.url}/edits/still", json=edit, timeout=20)
    assert answer.status_code == 422
    assert "camera.focal_mm is 9000, out of range" in answer.json()["message"]


def test_what_keeps_the_previz_from_drawing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_PREVIZ_WIDTH", "wide")

    async def said() -> list[dict[str, str]]:
        return [event async for event in _events(Renderer(), SCENE)]

    (event,) = asyncio.run(said())
    assert "set it to between 16 and 4096 pixels" in json.loads(event["data"])["error"]
