"""Tools that make pictures. Only these may send anything away, and only where a backend elsewhere is named."""

import asyncio
import time
from base64 import b64encode
from io import BytesIO
from typing import Annotated

from mcp_types import CallToolResult, ContentBlock, ImageContent, TextContent
from PIL import Image
from pydantic import Field

from app.files.thumbnails import thumbnail
from app.jobs import Desk, Engine
from app.mcp.answers import ShotId, TakeFacts, Wording, facts
from app.pipeline import compile_shot, plain_shot
from app.schema.documents import ENDED, Take
from app.settings import Settings
from app.vocab import vocabulary

SEEN_PX = 1024
"""No picture that a model is shown is larger, on either side."""

LOOK_EVERY_S = 0.2
STANDS_STILL = ENDED | {"unsure"}

Shown = Annotated[CallToolResult, TakeFacts]
"""The picture as a model sees it, and the facts of its take."""

TakeId = Annotated[str, Field(max_length=120, description="The id of a take, from shoot or search.")]
Seconds = Annotated[int, Field(ge=0, le=600, description="How long to wait for the picture, in seconds.")]


class Shooting:
    """Takes, and what makes them: this process works on the queue from the first order until it ends."""

    def __init__(self, desk: Desk, found: Settings) -> None:
        self._desk = desk
        self._found = found
        self._engine: Engine | None = None
        self._one_at_a_time = asyncio.Lock()

    async def shoot(
        self,
        shot: ShotId,
        target: Annotated[str, Field(max_length=120, description="The model; empty for the shot's own.")] = "",
        backend: Annotated[
            str,
            Field(
                max_length=120,
                description=(
                    "Where it is made. previz draws a physically based still on this machine: it costs nothing, and"
                    " nothing leaves. Any other backend of list_targets may be a service elsewhere, to which prompt and"
                    " reference pictures are sent, and which may cost money: ask the person before you name one."
                ),
            ),
        ] = "previz",
        wording: Wording = "compiled",
        wait_s: Seconds = 120,
    ) -> Shown:
        """Make a picture of a shot as it was last saved, wait for it, and look at it.

        Returns the picture, at most 1024 pixels wide or high, and the facts of the take, which is kept with the
        revision that made it. Where it is not done in time it goes on: call get_take. A film that stays on this machine
        refuses backends elsewhere.
        """
        take = await asyncio.to_thread(self._order, shot, target, backend, wording)
        (await self._working()).wake()
        return await self._show(take.id, wait_s)

    async def get_take(self, take: TakeId, wait_s: Seconds = 0) -> Shown:
        """Look at a take again: how far it is, and its picture once that is there."""
        return await self._show(take, wait_s)

    async def stop(self) -> None:
        """End the work; what waits is made by the studio, or the next time."""
        if self._engine:
            await self._engine.stop()

    def _order(self, shot: str, target: str, backend: str, wording: str) -> Take:
        draft, vocab = self._desk.library.shot(shot), vocabulary()
        model = vocab.target(target or draft.target)
        checks = self._desk.library.project(draft.project_id).checks
        plain = wording == "plain"
        compiled = plain_shot(draft.shot, model, vocab) if plain else compile_shot(draft.shot, model, vocab, checks)
        return self._desk.add(shot, compiled, backend, wording)

    async def _working(self) -> Engine:
        """Return the engine, started at the first order."""
        async with self._one_at_a_time:
            if self._engine is None:
                engine = Engine(self._desk, self._found.data, self._found.database_url)
                await engine.start()
                self._engine = engine
        return self._engine

    async def _show(self, name: str, wait_s: int) -> CallToolResult:
        until = time.monotonic() + wait_s
        take = await asyncio.to_thread(self._desk.library.takes.get, name)
        while take.state not in STANDS_STILL and time.monotonic() < until:
            await asyncio.sleep(LOOK_EVERY_S)
            take = await asyncio.to_thread(self._desk.library.takes.get, name)
        told = facts(take)
        content: list[ContentBlock] = [TextContent(type="text", text=told.model_dump_json())]
        if take.picture and (take.media_type or "").startswith("image/"):
            content.insert(0, await asyncio.to_thread(self._picture, take.picture))
        return CallToolResult(content=content, structured_content=told.model_dump(mode="json"))

    def _picture(self, sha256: str) -> ImageContent:
        """Return a picture small enough to be looked at, upright and in sRGB."""
        original = self._desk.library.pictures.verified(sha256) or b""
        with Image.open(BytesIO(thumbnail(original, SEEN_PX))) as small:
            small.thumbnail((SEEN_PX, SEEN_PX))
            out = BytesIO()
            small.convert("RGB").save(out, "JPEG", quality=85)
        return ImageContent(type="image", data=b64encode(out.getvalue()).decode(), mime_type="image/jpeg")
