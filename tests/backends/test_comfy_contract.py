"""What the backend needs of a ComfyUI: the same tests over the fake, and over a real one that COMFYUI_URL names.

A real one needs no model for most of them; COMFYUI_MODEL names a checkpoint to sample with, and COMFYUI_TARGET the
target that it is of (sdxl unless said).
"""

import asyncio
import os
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from app.backends._comfy_graphs import FAMILIES, Models, drawn
from app.backends._comfy_map import MAPS
from app.backends.base import Access, Attachment, Order, Progress
from app.backends.comfyui import ComfyUI
from app.errors import LostError, RejectedError
from app.vocab import vocabulary
from tests.backends.fakes import comfy
from tests.backends.fakes.orders import order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.workflows import node

LIVE = os.environ.get("COMFYUI_URL", "")
MODEL = os.environ.get("COMFYUI_MODEL", "") if LIVE else "desert_xl.safetensors"
TARGET = vocabulary().target(os.environ.get("COMFYUI_TARGET", "sdxl"))

INVERTED = {
    "1": node("LoadImage", image="set by the test"),
    "2": node("ImageScale", image=("1", 0), upscale_method="area", width=64, height=64, crop="center"),
    "3": node("ImageInvert", image=("2", 0)),
    "4": node("SaveImage", images=("3", 0), filename_prefix="set by the test"),
}
PLACES = {
    "prompt": "4.inputs.filename_prefix",
    "source": "1.inputs.image",
    "width": "2.inputs.width",
    "height": "2.inputs.height",
}
NO_MODEL = {"workflow": INVERTED, "places": PLACES}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if LIVE:
        yield LIVE
        return
    with comfy.served(step_s=0.03) as fake:
        yield fake.url


@pytest.fixture
def plain(url: str) -> Access:
    return Access(url)


@pytest.fixture
def inverts(url: str) -> Access:
    return Access(url, options=NO_MODEL)


def inverting(ref: str, colour: str) -> Order:
    source = Attachment(0, "reference.role.source", picture(colour=colour), "image/png")
    return order(TARGET, ref=ref, text="printlight", params={"width": 96, "height": 54}, attachments=(source,))


async def ended(backend: ComfyUI, ticket: str, access: Access) -> Progress:
    async with asyncio.timeout(600):
        while (progress := await backend.poll(ticket, access)).state not in ("done", "failed"):  # noqa: ASYNC110  a server elsewhere
            await asyncio.sleep(0.2)
    return progress


def test_it_is_there_and_tells_its_version(inverts: Access, plain: Access) -> None:
    seen = asyncio.run(ComfyUI().look(inverts))
    assert seen.problem == ""
    assert seen.version
    assert asyncio.run(ComfyUI().ready(plain)) == ""


def test_a_picture_is_uploaded_drawn_with_fetched_and_found_again(inverts: Access) -> None:
    async def scenario() -> None:
        backend, ref = ComfyUI(), uuid4().hex
        assert await backend.find(ref, inverts) is None
        ticket = await backend.submit(inverting(ref, f"#{ref[:6]}"), inverts)
        assert (await ended(backend, ticket, inverts)).state == "done"
        artifact = await backend.fetch(ticket, inverts)
        with Image.open(BytesIO(artifact.content)) as image:
            assert image.size == (96, 54)
            wanted = tuple(255 - value for value in bytes.fromhex(ref[:6]))
            got: Any = image.convert("RGB").getpixel((48, 27))
            assert max(abs(one - other) for one, other in zip(got, wanted, strict=True)) <= 2
        assert await ComfyUI().find(ref, inverts) == ticket
        assert await backend.cancel(ticket, inverts) is False
        again = await backend.submit(inverting(uuid4().hex, f"#{ref[:6]}"), inverts)
        assert (await ended(backend, again, inverts)).state == "done"
        assert (await backend.fetch(again, inverts)).notes != ()

    asyncio.run(scenario())


def test_what_was_never_there_is_lost(inverts: Access) -> None:
    with pytest.raises(LostError):
        asyncio.run(ComfyUI().poll(str(uuid4()), inverts))


def test_a_refusal_is_told_in_the_nodes_words(plain: Access) -> None:
    what = order(TARGET, ref=uuid4().hex, params={"checkpoint": "no such model"})
    with pytest.raises(RejectedError, match="Value not in list: ckpt_name: 'no such model'"):
        asyncio.run(ComfyUI().submit(what, plain))


@pytest.mark.parametrize("target", FAMILIES)
@pytest.mark.parametrize("shown", [(), ("source",), ("source", "mask"), MAPS], ids=str)
def test_its_own_nodes_take_every_plain_graph_but_for_its_files(url: str, target: str, shown: tuple[str, ...]) -> None:
    """No graph names a file that is there, so that nothing is drawn: all that may be wrong is that they are missing."""
    models = Models("no such model", controls=dict.fromkeys(MAPS, "no such union"))
    graph = drawn(target, models, {"prompt": "rain", "seed": 1, **dict.fromkeys(shown, "no such picture.png")})
    access = Access(url, options={"workflow": graph, "places": {"prompt": "2.inputs.text"}})
    with pytest.raises(RejectedError) as caught:
        asyncio.run(ComfyUI().submit(order(TARGET, ref=uuid4().hex), access))
    said = str(caught.value).split("Node ")[1:]
    assert said
    assert all("no such" in one for one in said)


if MODEL:

    def test_it_samples_with_steps_and_stops(url: str) -> None:
        async def scenario() -> None:
            backend, access = ComfyUI(), Access(url, options={"checkpoint": MODEL})
            params = {"width": 256, "height": 256, "steps": 8}
            ticket = await backend.submit(order(TARGET, ref=uuid4().hex, params=params), access)
            seen = set()
            async with asyncio.timeout(600):
                while (progress := await backend.poll(ticket, access)).state in ("queued", "running"):
                    seen.add(progress.fraction)
                    await asyncio.sleep(0.05)
            assert progress.state == "done"
            assert len(seen - {None}) > 1
            assert (await backend.fetch(ticket, access)).used["model"] == MODEL
            source = (reference(0, role="reference.role.source"),)
            long = order(TARGET, ref=uuid4().hex, params={**params, "steps": 500}, attachments=source)
            ticket = await backend.submit(long, access)
            async with asyncio.timeout(600):
                while not (await backend.poll(ticket, access)).fraction:  # noqa: ASYNC110  a server elsewhere
                    await asyncio.sleep(0.1)
            assert await backend.cancel(ticket, access) is True
            assert (await ended(backend, ticket, access)).code == "cancelled"

        asyncio.run(scenario())
