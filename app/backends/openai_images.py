"""Servers with OpenAI's image endpoints: LocalAI, vLLM-Omni, SGLang, sd-server, xinference, gateways, OpenAI itself.

Their one request blocks until the picture is made, and the protocol has neither progress, nor a way to stop, nor one to
ask what became of a request. A server in one's own network costs nothing; any other may, and is never asked twice.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from app.backends import _sizes
from app.backends._addresses import is_near
from app.backends._http import (
    MAX_WORDS_BYTES,
    Client,
    answer,
    client,
    json_of,
    limited,
    speaking_to,
    words,
)
from app.backends._media import Picture, picture
from app.backends._open_requests import OpenRequests, charged
from app.backends._openai_images_answer import address, held, lesson, one, other_size, rewritten, used
from app.backends._openai_images_request import KINDS, MOST, Kind, Learnt, Request, request, unsaid
from app.backends._sizes import Size
from app.backends._storage import OVER, Storage
from app.backends.base import FORWARDS, MASK, SOURCE, Access, Artifact, Ask, Backend, Can, Order, Progress, Seen
from app.errors import (
    BackendError,
    BusyError,
    LostError,
    NeedsKeyError,
    RejectedError,
    UnknownNameError,
    UnreachableError,
)

SERVICE = "The image server"
SAY_WHERE = "Say where the server is, for example http://127.0.0.1:8080/v1."
PUT_KEY = "Put the service's key into this backend's settings."
START = "Start it, or correct its address in the settings."

ROLES = frozenset(
    f"reference.role.{name}"
    for name in ("style", "character", "composition", "color_palette", "lighting", "texture", "mood")
)


@dataclass(frozen=True)
class Asked:
    """What was sent for an order, the size that it asked for, and a sentence for each thing that was not sent."""

    request: Request
    prompt: str
    size: Size | None
    unsent: tuple[str, ...]


class OpenAIImages(Backend):
    """Posts an order once and keeps the request open; the ticket is the order's own reference."""

    id = "openai_images"
    label = "Image server (OpenAI API)"
    gloss = (
        "Any server with OpenAI's image endpoints: one on your own machine, a gateway, or OpenAI. Far ones may charge."
    )
    paid = True
    targets = (
        *("gpt-image-2.6", "gpt-image-1.5", "flux-1", "flux-1-kontext", "flux-2", "flux-2-klein"),
        *("qwen-image-2512", "qwen-image-3", "sd-3.5", "sdxl", "sd-1.5", "hunyuan-image-3"),
    )
    variables = ("OPENAI_IMAGES_URL", "OPENAI_IMAGES_KEY")
    asks = (
        Ask("url", "Address", "url", "As in http://127.0.0.1:8080/v1 or https://api.openai.com/v1.", needed=True),
        Ask("key", "Key", "key", "Needed in the open internet; most servers of one's own take none."),
        Ask("model", "Model", hint="As the server lists it; nothing: the model that the shot is written for."),
        Ask("kind", "Kind of server", hint=f"{', '.join(filter(None, KINDS))}; nothing: OpenAI's own fields alone."),
        FORWARDS,
    )
    abilities = Can(roles=ROLES | {SOURCE, MASK}, most=MOST)
    at_once = 1
    every_s = 1
    deadline_s = 1800

    drawing_s: ClassVar[float] = 3600
    """How long a server of one's own may take for a picture."""

    far_drawing_s: ClassVar[float] = 600
    """How long a far one may."""

    refused_within_s: ClassVar[float] = 1
    """A refusal comes within this, and is raised by the submit itself; a picture never does."""

    def __init__(self) -> None:
        self._requests: OpenRequests[Asked] = OpenRequests()
        self._learnt: dict[tuple[str, str], Learnt] = {}

    def costs(self, access: Access) -> bool:
        """Tell whether a submit may cost money: not in one's own network, unless the server there forwards it."""
        return access.forwards or not is_near(access.url)

    def can(self, access: Access) -> Can:
        """Return what this kind of server takes."""
        kind = _kind(access) or Kind()
        roles = self.abilities.roles if kind.edits else frozenset[str]()
        return replace(self.abilities, roles=roles, negative="negative" in kind.calls, seed="seed" in kind.calls)

    def unsent(self, order: Order, access: Access) -> Iterator[str]:
        """Say also which parameters are not for this kind of server."""
        yield from super().unsent(order, access)
        learnt = self._known(access, _model(order, access))
        yield from unsaid(order, _kind(access) or Kind(), learnt)

    async def ready(self, access: Access) -> str:
        """Return nothing when a picture can be made; a server in the open internet is not asked."""
        problem = _problem(access)
        if problem or not is_near(access.url):
            return str(problem or "")
        return (await self.look(access)).problem

    async def look(self, access: Access) -> Seen:
        """Ask for the models, and say who has them."""
        try:
            if problem := _problem(access):
                raise problem
            with speaking_to(SERVICE, hint=START):
                async with self._client(access) as server:
                    response = await limited(server, "GET", "models", max_bytes=MAX_WORDS_BYTES)
            if response.status_code == 404:
                raise UnreachableError("A program answers there, without /v1/models.", hint=SAY_WHERE)
            found = answer(response, SERVICE, key_hint=PUT_KEY)
        except BackendError as error:
            return Seen(str(error))
        return _seen(found, access)

    async def submit(self, order: Order, access: Access) -> str:
        """Send the order once; see Backend.submit. What is refused later than at once is told by a poll."""
        if self._requests.is_under_way(order.ref):
            return order.ref
        if problem := _problem(access):
            raise problem
        model = _model(order, access)
        asked = Asked(
            await asyncio.to_thread(request, order, model, _kind(access) or Kind(), self._known(access, model)),
            order.text,
            _sizes.asked(order),
            tuple(self.unsent(order, access)),
        )
        draw = partial(self._draw, asked.request, model, access)
        await self._requests.start(order.ref, asked, draw, within_s=self.refused_within_s)
        return order.ref

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return whether the answer is there; the protocol tells no more."""
        try:
            return self._requests.find(ticket).outcome()
        except LostError as error:
            return charged(error, paid=self.costs(access))

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture, what the server says of it, and what it made of our prompt."""
        kept = self._requests.find(ticket)
        found, asked = kept.result(), kept.asked
        entry = one(found)
        content = await asyncio.to_thread(held, entry)
        whole = await self._fetched(address(entry), access) if content is None else picture(content, SERVICE)
        notes = (*asked.unsent, *other_size(asked.size, whole.content))
        told = used(found, whole.content)
        return Artifact(whole.content, whole.media_type, told, notes, rewritten(entry, asked.prompt))

    async def _draw(self, asked: Request, model: str, access: Access) -> dict[str, Any]:
        sending = self.costs(access)
        with speaking_to(SERVICE, sending=sending, hint=START):
            async with self._client(access, read_s=self.far_drawing_s if sending else self.drawing_s) as server:
                response = await limited(server, "POST", asked.path.lstrip("/"), **asked.content())
        says = words(response)
        if response.status_code in (400, 422):
            self._learn(json_of(response), says, asked, access, model)
        if response.status_code == 429 and "quota" in says.lower():
            raise RejectedError(f"{SERVICE} wants money: {says}")
        if response.status_code == 500 and says and not sending:
            raise RejectedError(f"{SERVICE} failed: {says}", hint="Its own window says more.")
        found = answer(response, SERVICE, sending=sending, key_hint=PUT_KEY)
        if isinstance(found, dict) and found.get("error") and says:
            raise RejectedError(f"{SERVICE} failed: {says}")
        one(found)
        return dict(found)

    def _learn(self, body: Any, says: str, asked: Request, access: Access, model: str) -> None:
        """Remember what a refusal teaches, and say that the same order will go out otherwise."""
        known = self._known(access, model)
        learnt = lesson(body, says, asked.fields, known)
        if learnt:
            self._learnt[access.url, model] = learnt
            raise BusyError(f"{SERVICE} refused: {says}", hint="It goes out again as it can be taken.", retry_after_s=1)

    def _known(self, access: Access, model: str) -> Learnt:
        return self._learnt.get((access.url, model), Learnt())

    async def _fetched(self, url: str, access: Access) -> Picture:
        """Return a picture from the server itself, with our key, or from elsewhere, without."""
        async with self._client(access) as server:
            where = server.base_url.join(url)
            if where.netloc == server.base_url.netloc and where.scheme == server.base_url.scheme:
                with speaking_to(SERVICE):
                    response = await limited(server, "GET", str(where), headers={"Accept": "image/*"})
                if response.status_code == 404:
                    hint = "It must answer with b64_json."
                    raise RejectedError(f"{SERVICE} names a picture that it does not hand over.", hint=hint)
                if response.status_code != 200:
                    over = ": its address may have expired" if response.status_code in OVER else ""
                    raise UnreachableError(f"{SERVICE} answered {response.status_code} for its picture{over}.")
                return picture(response.content, SERVICE)
        return await Storage(SERVICE, access.patience_s).picture(str(where))

    def _client(self, access: Access, read_s: float | None = None) -> Client:
        return client(_base(access.url), bearer=access.key.strip(), read_s=read_s or access.patience_s)


def _base(url: str) -> str:
    """Return the address with the version that every path begins with, whether or not a person wrote it."""
    plain = url.strip().rstrip("/")
    return f"{plain}/" if plain.endswith("/v1") else f"{plain}/v1/"


def _kind(access: Access) -> Kind | None:
    return KINDS.get(str(access.options.get("kind") or "").strip().lower())


def _model(order: Order, access: Access) -> str:
    return str(access.options.get("model") or "").strip() or order.target.id


def _problem(access: Access) -> BackendError | None:
    """Return what keeps an order from being sent at all, before anybody is asked."""
    key, near = access.key.strip(), is_near(access.url)
    if not access.url.strip():
        return UnreachableError("The image server has no address.", hint=SAY_WHERE)
    if _kind(access) is None:
        return RejectedError(str(UnknownNameError("kind of server", str(access.options["kind"]), filter(None, KINDS))))
    if not near and not access.url.startswith("https://"):
        return UnreachableError("A far server's address must begin with https://, or the key could be read on the way.")
    if not near and not key:
        return NeedsKeyError("A server in the open internet needs a key.", hint=PUT_KEY)
    return None


def _seen(found: Any, access: Access) -> Seen:
    """Return the models that make pictures, where the server says which do, and whose server it is."""
    listed = found.get("data") if isinstance(found, dict) else None
    every = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    drawing = [one for one in every if one.get("model_type", "image") == "image"]
    names = tuple(one["id"] for one in drawing if isinstance(one.get("id"), str))
    owners = sorted({one["owned_by"] for one in drawing if isinstance(one.get("owned_by"), str)})
    wanted = str(access.options.get("model") or "").strip()
    problem = str(UnknownNameError("model", wanted, names)) if wanted and names and wanted not in names else ""
    return Seen(
        problem or ("" if names else "The server has no model that makes pictures."),
        owners[0] if len(owners) == 1 else "",
        names,
    )
