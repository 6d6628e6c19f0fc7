"""Luma's models over the Luma Agents API: Uni-1 stills, edits and layers, Ray clips.

Facts as of 2026-11-20, luma-agents 0.5.0. The request is made in `_luma_orders`, what it may hold stands in
`_luma_rules`, how its pictures travel in `_luma_pictures`, and what comes back in `_luma_results`.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar
from uuid import uuid4

from app.backends._http import MAX_WORDS_BYTES, Response, answer, limited, speaking_to
from app.backends._luma_line import PUT_KEY, SERVICE, URL, connect, generation, headroom, key_of, place, refused, unsafe
from app.backends._luma_orders import request
from app.backends._luma_pictures import Shown, remember, show
from app.backends._luma_prices import estimate
from app.backends._luma_results import fetched, progress
from app.backends._luma_rules import MOST, NUMBERED, TARGETS, asked, chained, pictures, problem, takes
from app.backends.base import (
    FRAMES,
    SOURCE,
    Access,
    Artifact,
    Ask,
    Backend,
    Can,
    Headroom,
    Order,
    Progress,
    Seen,
    left_out,
)
from app.errors import BackendError, RejectedError, UnreachableError, UnsureError
from app.vocab import Target

MINTINGS = 3
"""Each look at a finished generation mints a new address for its picture; so many are tried."""

NOTED = 256
"""So many orders' notes are kept until their pictures come."""


class Uni1(Backend):
    """One POST makes one picture or clip; the ticket is Luma's generation id, and a failure arrives while polling."""

    id = "uni1"
    label = "Luma"
    gloss = "Luma's Uni-1 for stills and Ray for clips, over the Luma Agents API. It needs a key and costs money."
    paid = True
    targets = TARGETS
    default_url = URL
    variables = ("LUMA_BASE_URL", "LUMA_AGENTS_API_KEY")
    key_file = "luma.key"
    asks = (
        Ask("key", "Key", "key", "A key of the Luma Agents API; it begins with luma-api-.", needed=True),
        Ask("url", "Address", "url", "Empty for Luma's own."),
        Ask(
            "upload",
            "Upload references once",
            hint="yes: each reference is uploaded to your Luma account, kept there for 30 days and named by its number."
            " no: its bytes go with every shot. Empty: uploaded when it is large, or was sent before.",
        ),
    )
    abilities = Can(roles=NUMBERED | FRAMES | {SOURCE}, most=MOST)
    first_wait_s = 1
    every_s = 2
    deadline_s = 300

    answer_s: ClassVar[float] = 60
    """How long the one POST may take: Luma looks at every reference before it answers."""

    address_s: ClassVar[float] = 20
    """How much longer for each picture that Luma fetches from the web."""

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self._notes: dict[str, tuple[str, ...]] = {}
        self._headroom: dict[tuple[str, str], Headroom] = {}

    def estimate_usd(self, target: Target, params: Mapping[str, Any], roles: Sequence[str]) -> float | None:
        """Return what an order will cost by the prices in the target's file; None where it states none."""
        return estimate(target, params, roles)

    def unsent(self, order: Order, access: Access) -> Iterator[str]:
        """Say what the model of an order cannot be told; Luma's models differ in what they take."""
        yield from left_out(order, takes(order), order.target.label)
        if "duration" in order.params and asked(order) in ("video_edit", "video_reframe"):
            yield "The clip stays as long as its source."

    def headroom(self, access: Access) -> Headroom | None:
        """Return how many more orders the account takes, as the last order was told."""
        return self._headroom.get(_account(access))

    async def ready(self, access: Access) -> str:
        """Return nothing when there is a key that may be sent; whether Luma takes it, `look` or a submit tells."""
        if not access.key.strip():
            return f"Luma needs a key. {PUT_KEY}"
        return unsafe(access)

    async def look(self, access: Access) -> Seen:
        """Ask for one of the account's files, which is free, to see whether Luma answers and takes the key."""
        try:
            with speaking_to(SERVICE):
                async with connect(access) as luma:
                    response = await limited(luma, "GET", "/files", max_bytes=MAX_WORDS_BYTES, params={"limit": 1})
            if not response.is_success:
                raise refused(response)
            answer(response, SERVICE)
        except BackendError as error:
            return Seen(problem=str(error))
        return Seen(version=response.headers.get("x-api-version", "")[:40], models=self.targets)

    async def submit(self, order: Order, access: Access) -> str:
        """Send the order once and return Luma's id; see Backend.submit. Uploads go before, and cost nothing."""
        if reason := problem(order):
            raise RejectedError(reason)
        key_of(access)
        shown = await show(pictures(order), chained(order), access)
        ticket = await self._post(order, shown, access)
        await remember(shown, access)
        self._note(ticket, (*self.unsent(order, access), *shown.notes))
        return ticket

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return the state of a generation; Luma tells no fraction."""
        found = progress(await generation(ticket, access))
        return replace(found, message=access.hide(found.message))

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture, clip or layers, from fresh addresses each time that one fails."""
        for _ in range(MINTINGS - 1):
            with suppress(UnreachableError):
                return await self._mint(ticket, access)
        return await self._mint(ticket, access)

    async def _post(self, order: Order, shown: Shown, access: Access) -> str:
        body = request(order, shown.refs)
        patience = self.answer_s + self.address_s * sum("url" in ref for ref in shown.refs.values())
        with speaking_to(SERVICE, sending=True):
            async with connect(access, read_s=patience) as luma:
                named = {"X-Request-Id": str(uuid4())}
                response = await limited(
                    luma, "POST", "/generations", max_bytes=MAX_WORDS_BYTES, json=body, headers=named
                )
        self._heed(response, access)
        if not response.is_success:
            raise refused(response, sending=True)
        made = answer(response, SERVICE, sending=True)
        ticket = made.get("id") if isinstance(made, dict) else None
        if not isinstance(ticket, str) or not ticket:
            raise UnsureError("Luma took the shot and gave no number for it.", hint="Look at the account first.")
        return ticket

    async def _mint(self, ticket: str, access: Access) -> Artifact:
        artifact = await fetched(await generation(ticket, access), access)
        return replace(artifact, notes=(*self._notes.get(ticket, ()), *artifact.notes))

    def _heed(self, response: Response, access: Access) -> None:
        """Keep what an answer says of the account's limit."""
        if told := headroom(response, time.time()):
            self._headroom[_account(access)] = told

    def _note(self, ticket: str, notes: tuple[str, ...]) -> None:
        if not notes:
            return
        while len(self._notes) >= NOTED:
            del self._notes[next(iter(self._notes))]
        self._notes[ticket] = notes


def _account(access: Access) -> tuple[str, str]:
    """Return what an account is known by; never the key itself."""
    return place(access), sha256(access.key.strip().encode()).hexdigest()
