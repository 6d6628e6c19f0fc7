"""A1111's API on a server that the environment names: `A1111_URL`, and `A1111_AUTH` for user:password.

Collected only where the variable is set. It draws four small pictures and interrupts a fifth.
"""

import asyncio
import os
from typing import Any

import pytest

from app.backends._sizes import of
from app.backends.a1111 import A1111
from app.backends.base import CONTROLS, MASK, SOURCE, Access, Artifact, Progress
from tests.backends.fakes.orders import SDXL, order, reference
from tests.backends.fakes.pictures import picture

ACCESS = Access(os.environ["A1111_URL"], os.environ.get("A1111_AUTH", ""))
SIZE = {"width": 256, "height": 192, "steps": 4}
PICTURE = reference(0, role=SOURCE, content=picture(size=(256, 192)), strength=0.4)
WHITE = reference(0, role=MASK, content=picture(size=(256, 192), colour="#ffffff"))
DRAW_S = 900


async def ended(backend: A1111, ticket: str) -> Progress:
    async with asyncio.timeout(DRAW_S):
        while (progress := await backend.poll(ticket, ACCESS)).state not in ("done", "failed"):  # noqa: ASYNC110  a server is asked
            await asyncio.sleep(0.5)
    return progress


def shoot(**changes: Any) -> Artifact:
    async def scenario() -> Artifact:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, **changes), ACCESS)
        assert (progress := await ended(backend, ticket)).state == "done", progress.message
        return await backend.fetch(ticket, ACCESS)

    return asyncio.run(scenario())


def test_it_is_there_and_has_a_checkpoint() -> None:
    seen = asyncio.run(A1111().look(ACCESS))
    assert seen.problem == ""
    assert seen.version
    assert seen.models


@pytest.mark.parametrize("attachments", [(), (PICTURE,), (PICTURE, WHITE)])
def test_a_picture_is_drawn_as_large_as_asked(attachments: tuple[Any, ...]) -> None:
    made = shoot(params={**SIZE, "seed": 7}, attachments=attachments)
    assert of(made.content) == (256, 192)
    assert not [note for note in made.notes if "not" in note and "as asked" in note]


def test_each_map_is_read_or_said_to_be_unread() -> None:
    maps = tuple(reference(0, role=role) for role in sorted(CONTROLS))
    backend = A1111()
    asyncio.run(backend.look(ACCESS))
    unread = set(backend.unsent(order(SDXL, attachments=maps), ACCESS))
    notes = shoot(params=SIZE, attachments=maps).notes
    assert unread <= set(notes)
    assert not [note for note in notes if note.startswith("The program says that it read")]


def test_a_drawing_is_stopped_or_said_to_go_on() -> None:
    async def scenario() -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, params={**SIZE, "steps": 60}), ACCESS)
        await asyncio.sleep(3)
        stopped = await backend.cancel(ticket, ACCESS)
        assert (await ended(backend, ticket)).code == ("cancelled" if stopped else "")

    asyncio.run(scenario())
