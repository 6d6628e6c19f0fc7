"""The frames of a film's board: a plan at once, the frame when it is drawn, few waiting, a folder that stays small."""

import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import sleep

import httpx
import pytest
from PIL import Image

from app.previz.scene import Scene
from app.previz.still_renderer import Renderer
from app.web import frames as module
from app.web.frames import FORGOTTEN_S, LONGEST, MOST_KEPT, MOST_WAITING, Frames
from tests.previz.test_worker import SCENE
from tests.running import Studio, studio

SHOT = "/shots/the-rim/frame"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("frames"), PRINTLIGHT_BOARD_FRAMES="yes") as one:
        yield one


class Held(Renderer):
    """A renderer that always has a still to draw first."""

    busy = True


def scene(number: int) -> Scene:
    return SCENE.model_copy(update={"finish": SCENE.finish.model_copy(update={"exposure_stops": number / 100})})


def test_a_frame_is_drawn_and_kept_across_restarts_and_old_ones_go(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 3):
        (tmp_path / f"old{number}.jpg").touch()
        os.utime(tmp_path / f"old{number}.jpg", (number, number))
    name = Frames.name(SCENE)

    async def drawn() -> None:
        renderer = Renderer()
        frames = Frames(tmp_path, renderer)
        try:
            while frames.get(name) is None:
                assert frames.ask(name, SCENE) == "waiting"
                await asyncio.sleep(0.1)
        finally:
            await frames.stop()
            await renderer.stop()

    asyncio.run(asyncio.wait_for(drawn(), 60))
    again = Frames(tmp_path, Held()).get(name)
    assert again is not None
    with Image.open(BytesIO(again)) as picture:
        assert (picture.format, max(picture.size)) == ("JPEG", LONGEST)
    assert len(list(tmp_path.glob("*.jpg"))) == MOST_KEPT
    assert not (tmp_path / "old3.jpg").exists()
    assert not list(tmp_path.glob("*.part"))


def test_few_wait_and_those_that_nobody_sees_any_more_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    monkeypatch.setattr(module, "REST_S", 0.001)

    async def asked() -> tuple[list[str], list[str]]:
        frames = Frames(tmp_path, Held())
        try:
            for number in range(MOST_WAITING + 9):
                clock[0] += 0.01
                frames.ask(str(number), scene(number))
            await asyncio.sleep(0.01)
            many = frames.waiting
            clock[0] += FORGOTTEN_S / 2
            frames.ask("20", scene(20))
            clock[0] += FORGOTTEN_S / 2 + 0.1
            for _ in range(200):
                await asyncio.sleep(0.002)
                if len(frames.waiting) == 1:
                    break
            return many, frames.waiting
        finally:
            await frames.stop()

    many, seen = asyncio.run(asked())
    assert many == [str(number) for number in range(9, MOST_WAITING + 9)]
    assert seen == ["20"]


def test_a_still_goes_before_the_frames(tmp_path: Path) -> None:
    async def waiting() -> list[str]:
        frames = Frames(tmp_path, Held())
        try:
            frames.ask("one", SCENE)
            await asyncio.sleep(0.05)
            return frames.waiting
        finally:
            await frames.stop()

    assert asyncio.run(waiting()) == ["one"]
    assert not list(tmp_path.iterdir())


def test_the_same_scene_has_the_same_name_and_another_has_not() -> None:
    assert Frames.name(scene(1)) == Frames.name(scene(1)) != Frames.name(scene(2))


def test_a_card_gets_the_plan_at_once_and_the_frame_when_it_is_there(running: Studio) -> None:
    plan = httpx.get(running.url + SHOT, timeout=20)
    assert (plan.status_code, plan.headers["content-type"]) == (200, "image/svg+xml")
    assert (plan.headers["printlight-frame"], plan.headers["cache-control"]) == ("waiting", "no-store")
    assert "<svg xmlns=" in plan.text
    told = plan
    for _ in range(300):
        if told.headers["printlight-frame"] == "drawn":
            break
        sleep(0.2)
        told = httpx.head(running.url + SHOT, timeout=20)
    name = told.headers["etag"].strip('"')
    assert (running.data / "frames" / f"{name}.jpg").is_file()
    kept = httpx.get(f"{running.url}{SHOT}?of={name}", timeout=20)
    assert (kept.headers["content-type"], "immutable" in kept.headers["cache-control"]) == ("image/jpeg", True)
    assert httpx.get(running.url + SHOT, timeout=20).headers["cache-control"] == "no-store"


def test_the_board_asks_for_the_frames_of_the_cards_in_sight_alone(running: Studio) -> None:
    board = httpx.get(f"{running.url}/projects/the-lamp-room", timeout=20).text
    assert 'data-frame="/shots/the-rim/frame"' in board
    assert 'src="/shots/the-rim/frame"' not in board


def test_a_frame_of_no_shot_is_refused(running: Studio) -> None:
    assert httpx.get(f"{running.url}/shots/nothing/frame", timeout=20).status_code == 404
