# ruff: noqa: ARG002, ASYNC240  a protocol names what it does not need; its files are a few bytes
"""A stand-in for a service that can be asked what became of an order: a folder, with a file for each order it took.

It draws at once, and answers an order late where a file `hold` names it.
"""

import asyncio
from pathlib import Path
from uuid import uuid4

from app.backends import Access, Artifact, Backend, Can, Order, Progress
from app.errors import LostError
from tests.backends.fakes.pictures import picture


class Clerk(Backend):
    """Takes an order by writing it down under our reference, twice if it is sent twice."""

    id = "clerk"
    label = "Clerk"
    gloss = "Writes down each order that it takes."
    paid = True
    abilities = Can(look_up=True)
    first_wait_s = 0.1
    every_s = 0.2

    async def ready(self, access: Access) -> str:
        """Say that it is there."""
        return ""

    async def submit(self, order: Order, access: Access) -> str:
        """Write the order down; return the file's name."""
        folder = Path(access.url)
        ticket = f"{order.ref}--{uuid4().hex[:6]}"
        (folder / ticket).write_text(order.text, encoding="utf-8")
        hold = folder / "hold"
        if hold.exists() and hold.read_text(encoding="utf-8") == order.text:
            hold.unlink()
            await asyncio.sleep(60)
        return ticket

    async def find(self, ref: str, access: Access) -> str | None:
        """Look for an order of ours."""
        return next((file.name for file in Path(access.url).glob(f"{ref}--*")), None)

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Say that it is done, the second time."""
        file = Path(access.url) / ticket
        if not file.exists():
            raise LostError("No such order.")
        seen = file.with_name(f"seen {ticket}")
        if seen.exists():
            return Progress("done", 1)
        seen.touch()
        return Progress("running", 0.5)

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture."""
        return Artifact(picture(), "image/png")
