"""OpenAI's image endpoints on a server that the environment names, near or far.

`OPENAI_IMAGES_URL`, and beside it `OPENAI_IMAGES_KEY`, `OPENAI_IMAGES_MODEL`, `OPENAI_IMAGES_KIND`. Collected only
where the first is set. It makes one picture and changes it: a far server charges for two.
"""

import asyncio
import os
from typing import Any

from app.backends.base import SOURCE, Access, Artifact
from app.backends.openai_images import OpenAIImages
from app.errors import BusyError
from tests.backends.fakes.orders import SDXL, order, reference

OPTIONS = {name: os.environ.get(f"OPENAI_IMAGES_{name.upper()}", "") for name in ("model", "kind")}
ACCESS = Access(os.environ["OPENAI_IMAGES_URL"], os.environ.get("OPENAI_IMAGES_KEY", ""), OPTIONS)
SIZE = {"width": 512, "height": 512}
DRAW_S = 900
SENDINGS = 4


def test_it_is_there_and_has_a_model() -> None:
    seen = asyncio.run(OpenAIImages().look(ACCESS))
    assert seen.problem == ""
    assert seen.models


def test_a_picture_is_made_and_changed() -> None:
    made = asyncio.run(_shoot(OpenAIImages(), params=SIZE))
    source = reference(0, role=SOURCE, content=made.content, media_type=made.media_type)
    changed = asyncio.run(_shoot(OpenAIImages(), params=SIZE, attachments=(source,)))
    assert changed.content != made.content


async def _shoot(backend: OpenAIImages, **changes: Any) -> Artifact:
    ticket = await _submit(backend, **changes)
    async with asyncio.timeout(DRAW_S):
        while (progress := await backend.poll(ticket, ACCESS)).state == "running":  # noqa: ASYNC110  a server is asked
            await asyncio.sleep(0.5)
    assert progress.state == "done", progress.message
    return await backend.fetch(ticket, ACCESS)


async def _submit(backend: OpenAIImages, **changes: Any) -> str:
    """Send as a worker does: again when the server said what it takes, and that nothing was started."""
    for _ in range(SENDINGS):
        try:
            return await backend.submit(order(SDXL, **changes), ACCESS)
        except BusyError as busy:
            await asyncio.sleep(busy.retry_after_s)
    raise AssertionError("It stays busy.")
