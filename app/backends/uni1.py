"""Luma's Uni-1 over the Luma Agents API. Facts as of 2026-11-20, luma-agents 0.5.0."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar
from urllib.parse import quote
from uuid import uuid4

from app.backends._http import Client, Picture, answer, client, download, is_local, speaking_to
from app.backends.base import Access, Artifact, Ask, Attachment, Backend, Order, Progress
from app.errors import LostError, NeedsKeyError, RejectedError, UnreachableError, UnsureError
from app.vocab import Target

SERVICE = "Luma"
PUT_KEY = (
    "Put your key in the environment variable LUMA_AGENTS_API_KEY, "
    "or in the file luma.key in Printlight's data folder (chmod 600)."
)

MAX_CHARS = 6000
MAX_REFERENCES = 9
MAX_REFERENCE_BYTES = 50 * 1024 * 1024
MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})

MINTINGS = 3
"""Each look at a finished generation mints a new address for its picture; so many are tried."""

FAILURES = {
    "content_moderated": "It would be flagged again: change the words or the references. Luma refunds it.",
    "generation_failed": "The model stumbled; shooting again may work. Luma refunds it.",
    "output_not_found": "Luma lost the picture; shooting again may work. Luma refunds it.",
    "budget_exhausted": "Add funds at Luma before shooting again; a part may have been charged.",
    "image_too_large": "Send a smaller reference picture.",
    "unsupported_format": "Send the reference as PNG, JPEG or WebP.",
    "corrupt_input": "A reference cannot be decoded: save it anew.",
    "invalid_request": "Luma found the request wrong late: change it before shooting again.",
    "rate_limited": "Luma is over its limit: wait a minute, then shoot again.",
}
"""What to do about each failure code. The list has grown once; an unknown code shows Luma's reason."""


class Uni1(Backend):
    """One POST makes one picture; the ticket is Luma's generation id, and a failure arrives while polling."""

    id = "uni1"
    label = "Uni-1"
    gloss = "Luma's image model, over the Luma Agents API. It needs a key and costs money."
    paid = True
    targets = ("uni-1", "uni-1-max")
    default_url = "https://agents.lumalabs.ai/v1"
    asks = (
        Ask("key", "Key", "key", "It begins with luma-api-.", needed=True),
        Ask("url", "Address", "url", "Leave it empty for Luma's own."),
    )
    first_wait_s = 1
    every_s = 2
    deadline_s = 300

    answer_s: ClassVar[float] = 60
    """How long the one POST may take: Luma looks at every reference before it answers."""

    def estimate_usd(self, target: Target, params: Mapping[str, Any], roles: Sequence[str]) -> float | None:
        """Return the price of one picture with so many references, as the target's file states it."""
        if "image" not in target.usd:
            return None
        return round(target.usd["image"] + len(roles) * target.usd.get("reference", 0), 4)

    async def ready(self, access: Access) -> str:
        """Return nothing when there is a key that may be sent; whether Luma takes it, a submit tells."""
        if not access.key.strip():
            return f"Uni-1 needs a key. {PUT_KEY}"
        return _unsafe(self._url(access))

    async def submit(self, order: Order, access: Access) -> str:
        """Send the order once and return Luma's id; see Backend.submit."""
        body = _body(order)
        headers = {"X-Request-Id": str(uuid4())}
        with speaking_to(SERVICE, sending=True):
            async with self._client(access, read_s=self.answer_s) as luma:
                response = await luma.post("/generations", json=body, headers=headers)
        generation = answer(response, SERVICE, sending=True, key_hint=PUT_KEY)
        ticket = generation.get("id") if isinstance(generation, dict) else None
        if not isinstance(ticket, str) or not ticket:
            raise UnsureError("Luma took the shot and gave no number for it.", hint="Look at the account first.")
        return ticket

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return the state of a generation; Luma tells no fraction."""
        return _progress(await self._look(ticket, access))

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture, from a fresh address each time that one fails."""
        for _ in range(MINTINGS - 1):
            with suppress(UnreachableError):
                return await self._mint(ticket, access)
        return await self._mint(ticket, access)

    async def _mint(self, ticket: str, access: Access) -> Artifact:
        generation = await self._look(ticket, access)
        picture = await self._download(generation, access)
        used = {name: generation[name] for name in ("id", "model", "created_at") if generation.get(name)}
        return Artifact(picture.content, picture.media_type, used)

    async def _look(self, ticket: str, access: Access) -> dict[str, Any]:
        with speaking_to(SERVICE):
            async with self._client(access) as luma:
                response = await luma.get(f"/generations/{quote(ticket, safe='')}")
        if response.status_code == 404:
            raise LostError(f"Luma does not know {ticket!r}.", hint="It is another account's, or long gone.")
        generation = answer(response, SERVICE, key_hint=PUT_KEY)
        if not isinstance(generation, dict):
            raise UnreachableError("Luma answered what nobody can read.", hint="Try again in a moment.")
        return generation

    async def _download(self, generation: dict[str, Any], access: Access) -> Picture:
        url = _output(generation)
        if not url:
            raise UnreachableError("Luma has not handed over the picture.", hint="Try again in a moment.")
        base = self._url(access)
        return await download(url, SERVICE, may_be_local=base.startswith("http:") and is_local(base))

    def _client(self, access: Access, read_s: float = 30) -> Client:
        key = access.key.strip()
        if not key:
            raise NeedsKeyError("Uni-1 needs a key.", hint=PUT_KEY)
        if problem := _unsafe(self._url(access)):
            raise UnreachableError(problem)
        return client(self._url(access), bearer=key, read_s=read_s)

    def _url(self, access: Access) -> str:
        return access.url or self.default_url


def _unsafe(url: str) -> str:
    """Say why a key must not be sent to a URL."""
    if url.startswith("https://") or (url.startswith("http://") and is_local(url)):
        return ""
    return "The address of Luma must begin with https://, or the key could be read on the way."


def _body(order: Order) -> dict[str, Any]:
    """Return the request, or raise RejectedError with what Luma would refuse. Extras are never sent."""
    if problem := _problem(order):
        raise RejectedError(problem)
    source = _source(order)
    body = {"model": order.target.id, "type": "image_edit" if source else "image", "prompt": order.text}
    body["output_format"] = "png"
    references = [_reference(one) for one in _in_slots(order)]
    ratio = order.params.get("aspect_ratio")
    return (
        body
        | ({"aspect_ratio": ratio} if ratio else {})
        | ({"image_ref": references} if references else {})
        | ({"source": _reference(source)} if source else {})
    )


def _reference(attachment: Attachment) -> dict[str, str]:
    return {"data": b64encode(attachment.content).decode(), "media_type": attachment.media_type}


def _in_slots(order: Order) -> list[Attachment]:
    """Return the pictures of the array, in its order; the source image is not one of them."""
    return sorted((one for one in order.attachments if one.slot), key=lambda one: one.slot)


def _source(order: Order) -> Attachment | None:
    """Return the picture that is to be changed, or None."""
    return next((one for one in order.attachments if one.role == "reference.role.source"), None)


def _problem(order: Order) -> str:
    label, ratio = order.target.label, order.params.get("aspect_ratio")
    extras = sorted(order.params.keys() - {"source" if _source(order) else "aspect_ratio"})
    if order.target.id not in Uni1.targets:
        return f"Uni-1 does not serve {label}."
    if not order.text.strip() or len(order.text) > MAX_CHARS:
        return f"{label} takes 1 to {MAX_CHARS:,} characters; the prompt has {len(order.text.strip()):,}."
    if ratio and ratio not in order.target.aspects:
        return f"{label} has no ratio {ratio!r}: one of {', '.join(order.target.aspects)}."
    if order.negative or extras:
        return f"{label} takes no {extras[0] if extras else 'negative prompt'}; it would be lost."
    return _problem_of_references(order)


def _problem_of_references(order: Order) -> str:
    references = _in_slots(order)
    source = _source(order)
    most = MAX_REFERENCES - 1 if source else MAX_REFERENCES
    if len(references) > most:
        beside = " beside a source image" if source else ""
        return f"{order.target.label} takes at most {most} references{beside}; there are {len(references)}."
    if [one.slot for one in references] != list(range(1, len(references) + 1)):
        return "The references are not numbered as the prompt numbers them."
    for one in (*references, *([source] if source else [])):
        name = f"Reference {one.slot}" if one.slot else "The source image"
        if one.media_type not in MEDIA_TYPES:
            return f"{name} is {one.media_type}: send PNG, JPEG, WebP or a still GIF."
        if not 0 < len(one.content) <= MAX_REFERENCE_BYTES:
            return f"{name} is empty or larger than 50 MB."
    return ""


def _progress(generation: dict[str, Any]) -> Progress:
    state = generation.get("state")
    if state == "queued":
        return Progress("queued")
    if state == "processing":
        return Progress("running")
    if state == "failed":
        return _failure(generation)
    if state != "completed":
        return Progress("running", message=f"Luma says {state!r}, which is new to Printlight.")
    if not _output(generation):
        message = "Luma says it is done and holds no picture. Ask again later before shooting again."
        return Progress("failed", message=message, code="output_not_found")
    return Progress("done", 1)


def _failure(generation: dict[str, Any]) -> Progress:
    code = generation.get("failure_code")
    known = code if isinstance(code, str) and code else "failed"
    reason = str(generation.get("failure_reason") or "Luma gave no reason.")
    return Progress("failed", message=f"{reason} {FAILURES.get(known, '')}".strip(), code=known)


def _output(generation: dict[str, Any]) -> str:
    """Return the address of the first picture, or nothing."""
    outputs = generation.get("output")
    for one in outputs if isinstance(outputs, list) else ():
        if isinstance(one, dict) and isinstance(one.get("url"), str) and one.get("type") in (None, "image"):
            return str(one["url"])
    return ""
