"""A still with an uploaded reference, and an edit of it by its number: two pictures that are paid for."""

import asyncio
import os
from io import BytesIO

from PIL import Image

from app.backends.base import Access, Artifact, Attachment, Order
from app.backends.uni1 import Uni1
from app.vocab import vocabulary
from tests.backends.fakes.orders import order
from tests.backends.fakes.pictures import picture

ACCESS = Access(os.environ.get("LUMA_BASE_URL", ""), os.environ["LUMA_AGENTS_API_KEY"], {"upload": "yes"})
UNI1 = vocabulary().target("uni-1")
LOOKS = 150


async def shoot(uni1: Uni1, what: Order) -> tuple[str, Artifact]:
    ticket = await uni1.submit(what, ACCESS)
    for _ in range(LOOKS):
        await asyncio.sleep(2)
        progress = await uni1.poll(ticket, ACCESS)
        if progress.state == "done":
            return ticket, await uni1.fetch(ticket, ACCESS)
        assert progress.state != "failed", progress
    raise AssertionError(f"{ticket} is still running")


def test_a_still_with_an_uploaded_reference_is_edited_by_its_number() -> None:
    uni1 = Uni1()
    look = Attachment(1, "reference.role.color_palette", picture(size=(512, 512)), "image/png")
    text = "A lamp on a desk by a window at night. Use IMAGE1 as a COLOR PALETTE reference."
    what = order(UNI1, text=text, params={"aspect_ratio": "3:2"}, attachments=(look,))

    async def both() -> tuple[Artifact, Artifact]:
        ticket, still = await shoot(uni1, what)
        source = Attachment(0, "reference.role.source", still.content, still.media_type, origin=ticket)
        change = order(
            UNI1, text="Turn the lamp off. Keep everything else as in the source image.", attachments=(source,)
        )
        return still, (await shoot(uni1, change))[1]

    still, edited = asyncio.run(both())
    assert still.notes == edited.notes == ()
    assert uni1.headroom(ACCESS) is not None
    for artifact in (still, edited):
        with Image.open(BytesIO(artifact.content)) as shown:
            assert shown.width > shown.height
