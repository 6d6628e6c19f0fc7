"""The warm renderer, with a real process behind it."""

import asyncio
import base64
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.previz.still_renderer import Renderer
from tests.previz.test_worker import SCENE

Line = dict[str, Any]
SMALL = (160, 2)
LONG = (480, 512)


def with_one(work: Callable[[Renderer], Awaitable[None]]) -> None:
    """Run some work on a renderer, and stop it whatever happens."""

    async def whole() -> None:
        renderer = Renderer()
        try:
            await asyncio.wait_for(work(renderer), 90)
        finally:
            await renderer.stop()

    asyncio.run(whole())


async def drawn(renderer: Renderer, asked: tuple[int, int] = SMALL) -> list[Line]:
    return [line async for line in renderer.draw(SCENE, *asked)]


def process_of(renderer: Renderer) -> int:
    assert renderer._process is not None
    return renderer._process.pid


def test_frames_come_with_their_meters_and_the_process_stays_warm() -> None:
    async def work(renderer: Renderer) -> None:
        first = await drawn(renderer, (160, 16))
        process = process_of(renderer)
        assert [(line["samples"], line["done"]) for line in first] == [(8, False), (16, True)]
        for name in ("picture", "false"):
            stored = base64.b64decode(first[-1]["pictures"][name].partition(",")[2])
            assert Image.open(BytesIO(stored)).size == (160, 107)
        assert sum(zone["share"] for zone in first[-1]["zones"]) == pytest.approx(1, abs=0.001)
        again = await drawn(renderer)
        assert again[-1]["done"]
        assert process_of(renderer) == process

    with_one(work)


def test_a_new_scene_ends_the_old_one() -> None:
    async def work(renderer: Renderer) -> None:
        first = renderer.draw(SCENE, *LONG)
        assert not (await anext(first))["done"]
        second = await drawn(renderer)
        assert second[-1]["done"]
        assert [line async for line in first][-1] == {"superseded": True}
        left = renderer.draw(SCENE, *LONG)
        await anext(left)
        await left.aclose()
        assert (await drawn(renderer))[-1]["done"]

    with_one(work)


def test_a_process_that_is_killed_is_started_once_more() -> None:
    async def work(renderer: Renderer) -> None:
        lines = renderer.draw(SCENE, *LONG)
        await anext(lines)
        before = process_of(renderer)
        os.kill(before, 9)
        while (await anext(lines)).get("samples") != 4:  # the first draft comes again
            pass
        assert process_of(renderer) != before
        os.kill(process_of(renderer), 9)
        last = [line async for line in lines][-1]
        assert "stopped twice" in last["error"]
        assert last["hint"]
        assert (await drawn(renderer))[-1]["done"]

    with_one(work)


def test_a_scene_that_cannot_be_drawn_is_said_and_the_next_is_drawn() -> None:
    async def work(renderer: Renderer) -> None:
        broken = SCENE.model_copy(update={"aspect": float("nan")})
        (line,) = [line async for line in renderer.draw(broken, *SMALL)]
        assert line["error"]
        process = process_of(renderer)
        assert (await drawn(renderer))[-1]["done"]
        assert process_of(renderer) == process

    with_one(work)


def test_stopping_ends_the_process_and_whoever_waits() -> None:
    async def work(renderer: Renderer) -> None:
        lines = renderer.draw(SCENE, *LONG)
        await anext(lines)
        process = renderer._process
        await renderer.stop()
        assert [line async for line in lines][-1] == {"superseded": True}
        assert process is not None
        assert process.returncode is not None

    with_one(work)


def test_the_worker_ends_with_its_studio() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "app.previz.still_worker"],
        cwd=Path(__file__).parents[2],
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_the_worker_ends_when_nothing_is_ordered() -> None:
    hasty = "from app.previz import still_worker as one; one.IDLE_S = 0.1; raise SystemExit(one.main())"
    with subprocess.Popen(
        [sys.executable, "-c", hasty], cwd=Path(__file__).parents[2], stdin=subprocess.PIPE
    ) as process:
        assert process.wait(timeout=60) == 0
        assert process.stdin is not None
