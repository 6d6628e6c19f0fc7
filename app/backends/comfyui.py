"""ComfyUI on the filmmaker's own machine or network: a workflow of one's own, or a plain graph for common models.

Facts from a recorded ComfyUI 0.3.64 and from the source of 0.38, 2026-11-20. The queue is asked before the history: a
job moves from the one to the other in one step, so one that is in neither is gone. Its WebSocket is for show.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import quote, urlencode
from uuid import UUID, uuid5

from app.backends._comfy_answers import ended, files_of, holds, notes, refused, standing_of, used
from app.backends._comfy_graphs import FAMILIES, FOLDERS, chosen, drawn
from app.backends._comfy_map import MAPS, PICTURES, filled, places, read
from app.backends._comfy_order import NUMBERED, ROLE, as_read, homeless, own_of, shown_by, values_of, wanted
from app.backends._comfy_sheet import sheet
from app.backends._comfy_watch import Watch
from app.backends._http import (
    MAX_WORDS_BYTES,
    Client,
    answer,
    client,
    json_of,
    limited,
    messages,
    received,
    speaking_to,
)
from app.backends._media import clip, picture
from app.backends.base import FORWARDS, Access, Artifact, Ask, Attachment, Backend, Can, Order, Progress, Seen, Sheet
from app.errors import BackendError, BadInputError, LostError, RejectedError, UnreachableError, UnsureError

SERVICE = "ComfyUI"
START = "Start ComfyUI, or put right its address in the settings."
TRY_AGAIN = "Try again in a moment."
LOG_IN = "Where ComfyUI stands behind a login, the key is user:password, or a token."

OURS = UUID("5b0b1d3e-64a4-5d0c-9f2e-2c4f9a5e7d11")
"""What the numbers of our jobs are derived from."""

FOLDER = "printlight"
"""Where in a server's input folder our pictures are put."""

SUFFIXES = {"image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif"}

KEPT = 32
"""Of so many jobs is remembered what their WebSocket told."""

LOOKED_BACK = 200
"""So many finished jobs are searched for our reference."""


class ComfyUI(Backend):
    """Draws where the filmmaker's ComfyUI runs. Nothing is paid, and a job is found again by our reference."""

    id = "comfyui"
    label = "ComfyUI"
    gloss = "ComfyUI on your own machine or network, with your own workflow or a plain one. Free."
    default_url = "http://127.0.0.1:8188"
    at_once = 2
    every_s = 1
    deadline_s = 3600
    targets = (
        *FAMILIES,
        "flux-1-kontext",
        "flux-2",
        "flux-2-json",
        "flux-2-klein",
        "qwen-image-2512",
        "qwen-image-3",
        "hunyuan-image-3",
        "wan-2.7",
        "wan-3",
        "ltx-2.5",
        "hunyuan-video-1.5",
        "cogvideox",
        "stable-video-diffusion",
    )
    variables = ("COMFYUI_URL", "COMFYUI_KEY")
    asks = (
        Ask("url", "Address", "url", "http://127.0.0.1:8188 unless ComfyUI was told otherwise."),
        Ask("key", "Login", "key", LOG_IN),
        Ask("workflow", "Your workflow", "workflow", "Without one, plain graphs are used."),
        Ask("checkpoint", "Model file", hint="For the plain graphs; else the first that fits is taken."),
        Ask("vae", "VAE file", hint="For the plain graphs, where the model has none of its own."),
        Ask("clips", "Text encoder files", hint="Up to three, with commas between them."),
        Ask("controlnets", "ControlNet files", "json", '{"depth": "…", "pose": "…", "edges": "…", "normals": "…"}'),
        FORWARDS,
    )
    abilities = Can(
        roles=frozenset(ROLE + name for name in ("source", "mask", *MAPS)),
        strength=True,
        negative=True,
        seed=True,
        progress=True,
        cancel=True,
        look_up=True,
    )

    answer_s: ClassVar[float] = 60
    """How long the judging of a workflow may take."""

    upload_s: ClassVar[float] = 120
    """How long a picture may take to be taken in."""

    def __init__(self) -> None:
        self._watches: dict[str, Watch] = {}

    def can(self, access: Access) -> Can:
        """Return what the workflow has places for; the plain graphs take a source, a mask and maps."""
        try:
            own = own_of(access)
        except BadInputError:
            return Can(progress=True, cancel=True, look_up=True)
        if own is None:
            return self.abilities
        most = sum(name.startswith("reference.") and not name.endswith(".strength") for name in own.at)
        return Can(
            roles=frozenset(ROLE + name for name in PICTURES if name in own.at) | (NUMBERED if most else frozenset()),
            most=most,
            strength="denoise" in own.at or any(name.endswith(".strength") for name in own.at),
            negative="negative" in own.at,
            seed="seed" in own.at,
            progress=True,
            cancel=True,
            look_up=True,
        )

    def sheet(self, access: Access) -> Sheet | None:
        """Return where things go in the filmmaker's workflow."""
        given, said = access.options.get("workflow"), access.options.get("places")
        return sheet(read(given), None if said in (None, "") else places(said)) if given else None

    def unsent(self, order: Order, access: Access) -> Iterator[str]:
        """Say what of an order has no place in the workflow."""
        yield from super().unsent(order, access)
        try:
            own = own_of(access)
        except BadInputError:
            return
        for name in homeless(order, own):
            yield f"The workflow has no place for {name!r}; it was not sent."

    async def ready(self, access: Access) -> str:
        """Return nothing when ComfyUI answers and the workflow can be used, else what to do."""
        return (await self._look(access)).problem

    async def look(self, access: Access) -> Seen:
        """Tell the version and the models, and which nodes the workflow needs that this ComfyUI lacks."""
        seen = await self._look(access)
        if seen.problem:
            return seen
        try:
            has = await self._models(access)
            problem = await self._lacking(access)
        except BackendError as error:
            return Seen(str(error), seen.version)
        return Seen(problem, seen.version, (*has["checkpoints"], *has["diffusion_models"]))

    async def submit(self, order: Order, access: Access) -> str:
        """Upload what the order shows, queue its graph once, and return the number that it has there."""
        ticket = _number(order.ref)
        if standing_of(await self._queue(access), ticket) is not None:
            return ticket
        graph = await self._graph(order, access)
        body = {
            "prompt": graph,
            "prompt_id": ticket,
            "client_id": ticket,
            "extra_data": {"printlight": {"ref": order.ref}},
        }
        with speaking_to(SERVICE, sending=True, hint=START):
            async with _client(access, read_s=self.answer_s) as server:
                response = await limited(server, "POST", "/prompt", max_bytes=MAX_WORDS_BYTES, json=body)
        if response.status_code == 400 and (said := refused(json_of(response))):
            raise RejectedError(access.hide(said))
        found = answer(response, SERVICE, sending=True, key_hint=LOG_IN)
        given = found.get("prompt_id") if isinstance(found, dict) else None
        if not isinstance(given, str) or not given:
            raise UnsureError("ComfyUI took the shot and gave no number for it.", hint="Look at its queue first.")
        if problem := refused(found):
            with suppress(BackendError):
                await self.cancel(given, access)
            raise RejectedError(access.hide(problem))
        self._remember(given, Watch(ticket, graph))
        return given

    async def find(self, ref: str, access: Access) -> str | None:
        """Look for an order by the number derived from its reference, then by the reference itself."""
        ticket = _number(ref)
        queue = await self._queue(access)
        if standing_of(queue, ticket) is not None or await self._entry(ticket, access):
            return ticket
        past = await self._get(f"/history?max_items={LOOKED_BACK}", access)
        items = [*queue["queue_running"], *queue["queue_pending"]]
        if isinstance(past, dict):
            items += [entry["prompt"] for entry in past.values() if isinstance(entry, dict) and "prompt" in entry]
        return next((number for item in items if (number := holds(item, ref))), None)

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return how far a job is: its place in the queue, its steps while it draws, or how it ended."""
        standing = standing_of(await self._queue(access), ticket)
        if standing is None:
            entry = await self._entry(ticket, access)
            if entry is None:
                raise LostError("ComfyUI does not know this picture any more.", hint="Shoot again; it cost nothing.")
            self._watches.pop(ticket, None)
            end = ended(entry, _output(access))
            return replace(end, message=access.hide(end.message))
        watch = self._listening(ticket, access)
        if standing:
            return Progress("queued", message=f"{standing} before it.")
        return Progress("running", watch.fraction, watch.message, preview=watch.preview)

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture that the workflow saved last, and what the graph on the server really said."""
        entry = await self._entry(ticket, access)
        if entry is None:
            if standing_of(await self._queue(access), ticket) is not None:
                raise UnreachableError("The picture is not finished.", hint=TRY_AGAIN)
            raise LostError("ComfyUI does not know this picture any more.", hint="Shoot again; it cost nothing.")
        end = ended(entry, _output(access))
        if end.state == "failed":
            raise RejectedError(access.hide(end.message))
        found = files_of(entry, _output(access))
        with speaking_to(SERVICE, hint=START):
            async with _client(access) as server:
                content = await received(server, f"/view?{urlencode(found[0])}", SERVICE)
        kept = clip(content, SERVICE) or picture(content, SERVICE)
        return Artifact(kept.content, kept.media_type, used(entry), notes(entry, found))

    async def cancel(self, ticket: str, access: Access) -> bool:
        """Take a waiting job off the queue, or stop it while it is the one that draws; never somebody else's."""
        standing = standing_of(await self._queue(access), ticket)
        if standing is None:
            return False
        if standing:
            await self._tell("/queue", {"delete": [ticket]}, access)
            standing = standing_of(await self._queue(access), ticket)
        if standing == 0:
            await self._tell("/interrupt", {"prompt_id": ticket}, access)
        entry = await self._entry(ticket, access)
        return entry is None or ended(entry, _output(access)).state == "failed"

    async def _look(self, access: Access) -> Seen:
        try:
            found = await self._get("/system_stats", access)
            own_of(access)
        except (BackendError, BadInputError) as error:
            return Seen(str(error))
        system = found.get("system") if isinstance(found, dict) else None
        version = system.get("comfyui_version") if isinstance(system, dict) else None
        if not isinstance(version, str):
            return Seen("A program answers there that is not ComfyUI.")
        return Seen(version=version)

    async def _lacking(self, access: Access) -> str:
        """Say which nodes of the workflow a server does not have."""
        own = own_of(access)
        kinds = sorted({node["class_type"] for node in own.workflow.values()}) if own else []
        lacking = [one for one in kinds if not await self._get(f"/object_info/{quote(one, safe='')}", access)]
        if not lacking:
            return ""
        return f"This ComfyUI lacks nodes of the workflow: {', '.join(lacking)}. Install them there."

    async def _graph(self, order: Order, access: Access) -> dict[str, Any]:
        """Return what is sent: the filmmaker's workflow or a plain graph, filled with the order."""
        try:
            own = own_of(access)
        except BadInputError as error:
            raise RejectedError(error.message, hint=error.hint) from error
        target = order.target
        if own is None and target.id not in FAMILIES:
            hint = "Give ComfyUI a workflow of your own, on the page of backends."
            raise RejectedError(f"There is no plain graph for {target.label}.", hint=hint)
        shown = shown_by(order, own)
        if own:
            read = {place: await asyncio.to_thread(as_read, place, shown, own) for place in shown}
            names = {place: await self._upload(one, access) for place, one in read.items()}
            return filled(own.workflow, own.at, values_of(order, shown, own) | names)
        maps = [place for place in shown if place in MAPS]
        models = chosen(target.id, await self._models(access), wanted(order, access), maps, masked="mask" in shown)
        names = {place: await self._upload(one, access) for place, one in shown.items()}
        return drawn(target.id, models, values_of(order, shown, own) | names)

    async def _models(self, access: Access) -> dict[str, list[str]]:
        found = {}
        for folder in FOLDERS:
            listed = await self._get(f"/models/{folder}", access, missing=())
            found[folder] = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
        return found

    async def _upload(self, one: Attachment, access: Access) -> str:
        """Send a picture unless the server has it, and return what it is called there."""
        named = f"{one.sha256 or sha256(one.content).hexdigest()}{SUFFIXES.get(one.media_type, '.png')}"
        there = urlencode({"filename": named, "subfolder": FOLDER, "type": "input"})
        with speaking_to(SERVICE, hint=START):
            async with _client(access, read_s=self.upload_s) as server:
                if (await server.head(f"/view?{there}")).status_code == 200:
                    return f"{FOLDER}/{named}"
                files = {"image": (named, one.content, one.media_type)}
                where = {"subfolder": FOLDER, "type": "input"}
                response = await limited(
                    server, "POST", "/upload/image", max_bytes=MAX_WORDS_BYTES, data=where, files=files
                )
        match answer(response, SERVICE, key_hint=LOG_IN):
            case {"name": str(name)} as found:
                folder = found.get("subfolder")
                return f"{folder}/{name}" if folder else name
        raise UnreachableError("ComfyUI took a picture and did not say what it is called there.", hint=TRY_AGAIN)

    async def _queue(self, access: Access) -> dict[str, list[Any]]:
        match await self._get("/queue", access):
            case {"queue_running": list(running), "queue_pending": list(pending)}:
                return {"queue_running": running, "queue_pending": pending}
        raise UnreachableError("ComfyUI's queue cannot be read.", hint=TRY_AGAIN)

    async def _entry(self, ticket: str, access: Access) -> dict[str, Any] | None:
        """Return what the history has of a job that ended."""
        match await self._get(f"/history/{quote(ticket, safe='')}", access):
            case dict(found):
                entry = found.get(ticket)
                return entry if isinstance(entry, dict) else None
        raise UnreachableError("ComfyUI's history cannot be read.", hint=TRY_AGAIN)

    async def _get(self, path: str, access: Access, *, missing: Any = None) -> Any:
        """Return the answer to a question; `missing` stands for one that there is no answer to."""
        with speaking_to(SERVICE, hint=START):
            async with _client(access) as server:
                response = await limited(server, "GET", path)
        if response.status_code == 404 and missing is not None:
            return missing
        if 300 <= response.status_code < 500 and response.status_code not in (401, 403, 429):
            raise UnreachableError("A program answers there that is not ComfyUI.", hint=START)
        return answer(response, SERVICE, key_hint=LOG_IN)

    async def _tell(self, path: str, body: Mapping[str, Any], access: Access) -> None:
        with speaking_to(SERVICE, hint=START):
            async with _client(access) as server:
                response = await limited(server, "POST", path, max_bytes=MAX_WORDS_BYTES, json=body)
        if not response.is_success:
            raise UnreachableError(f"ComfyUI answered {response.status_code}.", hint=TRY_AGAIN)

    def _remember(self, ticket: str, watch: Watch) -> Watch:
        for old in list(self._watches)[: max(0, len(self._watches) - KEPT + 1)]:
            self._watches.pop(old, None)
        self._watches[ticket] = watch
        return watch

    def _listening(self, ticket: str, access: Access) -> Watch:
        """Return what is heard of a job; somebody listens from then on, as long as this event loop runs.

        Other event loops may forget the job at any moment.
        """
        watch = self._watches.get(ticket) or self._remember(ticket, Watch(ticket))
        if not watch.is_open():
            url = f"{_url(access)}/ws?{urlencode({'clientId': watch.client})}"
            watch.task = asyncio.create_task(watch.listen(messages(url, SERVICE, **_login(access))))
        return watch


def _output(access: Access) -> str:
    """Return the node whose picture is kept, where the places name one."""
    with suppress(BadInputError):
        if own := own_of(access):
            return own.at.get("output", ("",))[0]
    return ""


def _url(access: Access) -> str:
    return (access.url or ComfyUI.default_url).rstrip("/")


def _login(access: Access) -> dict[str, str]:
    key = access.key.strip()
    return {} if not key else {"basic": key} if ":" in key else {"bearer": key}


def _client(access: Access, read_s: float | None = None) -> Client:
    return client(_url(access), **_login(access), read_s=read_s or access.patience_s)


def _number(ref: str) -> str:
    """Return the number of an order there: always the same for the same reference."""
    return str(uuid5(OURS, ref))
