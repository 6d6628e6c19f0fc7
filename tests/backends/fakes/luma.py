"""A strict fake of the Luma Agents API and of its storage, on two origins. Facts as of 2026-11-20.

What it refuses stands in `luma_rules`, and its Files API in `luma_files`.

In a test: `with luma.served() as fake: ... fake.url ... fake.posts`. As a program, for
tests that kill the studio:

    python -m tests.backends.fakes.luma PORT

which then answers under `/_test/`:

    GET  /_test/counts   {"posts", "polls", "downloads", "bodies", "request_ids"}
    POST /_test/script   fields of Script, for the generations made from now on
    POST /_test/faults   one fault or a list: {"on": "create"|"look"|"store"|"file"|"put", "status", "detail", "html",
                         "body", "headers", "delay_s", "hang_up", "after", "times"}
    POST /_test/expire   every address minted so far
    POST /_test/reset    forget everything
"""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from uuid import UUID, uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.backends.fakes.clips import clip
from tests.backends.fakes.luma_files import Files
from tests.backends.fakes.luma_rules import Refused, refused
from tests.backends.fakes.pictures import hollow, picture
from tests.backends.fakes.serving import running

KEY = "luma-api-fake-0123456789abcdef"
REFUSED_KEYS = {
    "luma-api-revoked": (401, "API key has been revoked"),
    "luma-api-expired": (401, "API key has expired"),
    "luma-api-suspended": (403, "API client is suspended"),
}

LAYER_COLOURS = ("#406080", "#804060", "#608040")
BESIDE = {"zip": b"PK\x03\x04 frames", "exr": b"v/1\x01 a frame", "odd": b"what is this"}
LAYERS = (
    {"index": 0, "label": "Mara", "description": "The woman at the window.", "alpha_hint": "soft"},
    {"index": 1, "label": "Glass", "description": "Rain on the pane.", "alpha_hint": "hard"},
    {"index": 2, "label": "Background", "description": "The street.", "alpha_hint": "none"},
)


@dataclass
class Script:
    """How generations go: a number of looks in each state, or seconds until the end."""

    queued: int = 1
    processing: int = 1
    seconds: float = 0
    end: str = "completed"
    failure_code: str | None = None
    failure_reason: str | None = None
    output: str = "one"
    """one, empty, null, absent, video"""

    picture: str = "png"
    """png, jpeg, webp, gif, hollow (a JPEG), cut (and well announced), short (of its content-length), html, large"""

    bad_pictures: int = -1
    """How many downloads are so; then a good PNG comes. -1: all of them."""

    layers: list[Any] = field(default_factory=lambda: list(LAYERS))
    """What is said of each layer of a picture that came apart, in the order in which they are answered."""

    beside: str = ""
    """What lies beside a clip: zip, exr or odd."""

    clip: bytes = b""
    """What a clip holds; nothing here: one in which there is nothing to see."""

    rate_headers: bool = True
    rpm: int = 0
    slots: int = 0
    """How many orders a minute, and how many jobs under way at once; 0 for any number."""


@dataclass
class Fault:
    """Something that goes wrong, some times."""

    on: str
    status: int = 0
    detail: Any = None
    html: bool = False
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0
    hang_up: bool = False
    after: bool = False
    """Whether the work is done before it goes wrong: the job exists, and is paid for."""

    times: int = 1

    def response(self) -> Response | None:
        """Return the wrong answer, if the fault is one."""
        if not self.status:
            return None
        if self.html:
            text = f"<!doctype html><html><title>{self.status}</title><h1>edge error</h1></html>"
            return Response(text, self.status, self.headers, "text/html")
        body = self.body if self.body is not None else {} if self.detail is None else {"detail": self.detail}
        return JSONResponse(body, self.status, self.headers)


@dataclass
class Generation:
    """One paid job."""

    id: str
    body: dict[str, Any]
    script: Script
    made: float = field(default_factory=time.monotonic)
    looks: int = 0

    @property
    def moves(self) -> bool:
        """Whether it makes a clip."""
        return str(self.body["type"]).startswith("video")

    @property
    def layers(self) -> list[Any]:
        """What is said of the layer of each output."""
        return self.script.layers if self.body["type"] == "layering" else [None]

    @property
    def is_under_way(self) -> bool:
        """Whether it holds a slot."""
        return self.state not in ("completed", "failed")

    def content(self, number: int) -> bytes:
        """Return what an output holds."""
        if self.moves:
            return self.script.clip or clip(10 if (self.body.get("video") or {}).get("duration") == "10s" else 5)
        return picture(colour=LAYER_COLOURS[number % len(LAYER_COLOURS)])

    @property
    def state(self) -> str:
        """The state at this look."""
        if self.script.seconds:
            passed = time.monotonic() - self.made
            return self.script.end if passed >= self.script.seconds else "processing"
        if self.looks <= self.script.queued:
            return "queued"
        return "processing" if self.looks <= self.script.queued + self.script.processing else self.script.end


class Luma:
    """What a test reads and sets. `url` is the base URL, with /v1."""

    def __init__(self) -> None:
        self.url = ""
        self.storage_url = ""
        self.lock = threading.Lock()
        self.reset()
        self.api = Starlette(
            routes=[
                Route("/v1/generations", self._create, methods=["POST"]),
                Route("/v1/generations/{id:path}", self._look),
                Route("/v1/files", self._create_file, methods=["POST"]),
                Route("/v1/files", self._list_files),
                Route("/v1/files/{id}", self._file, methods=["GET", "DELETE"]),
                Route("/v1/files/{id}/complete", self._file, methods=["POST"]),
                Route("/_test/counts", self._counts),
                Route("/_test/{what}", self._set, methods=["POST"]),
            ]
        )
        self.storage = Starlette(
            routes=[Route("/out/{id}.png", self._store), Route("/put/{id}", self._put, methods=["PUT"])]
        )

    def reset(self) -> None:
        """Forget everything."""
        self.script = Script()
        self.faults: list[Fault] = []
        self.generations: dict[str, Generation] = {}
        self.posts = self.polls = self.downloads = 0
        self.bodies: list[Any] = []
        self.request_ids: list[str] = []
        self.agents: list[str] = []
        self.storage_headers: list[dict[str, str]] = []
        self.signatures: dict[str, str] = {}
        self.files = Files()
        self.stored: bytes | None = None

    def fault(self, on: str, **how: Any) -> None:
        """Let the next `create`, `look`, `store`, `file` or `put` go wrong."""
        self.faults.append(Fault(on, **how))

    def fail(self, code: str | None, reason: str | None = "Generation failed") -> None:
        """Let generations fail."""
        self.script = Script(queued=0, processing=0, end="failed", failure_code=code, failure_reason=reason)

    async def _create(self, request: Request) -> Response:
        fault = self._next("create")
        if fault and not fault.after:
            self.posts += 1
            return await self._go_wrong(fault, request) or self._named(request, JSONResponse({}, 500))
        status, body = await self._judge(request)
        if full := self._full(request):
            self.posts += 1
            return full
        self.posts += 1
        self.bodies.append(body)
        self.request_ids.append(request.headers.get("x-request-id", ""))
        self.agents.append(request.headers.get("user-agent", ""))
        if isinstance(body, str):
            return self._named(request, JSONResponse({"detail": body}, status))
        generation = Generation(str(uuid4()), body, self.script)
        self.generations[generation.id] = generation
        if fault and (wrong := await self._go_wrong(fault, request)):
            return wrong
        answer = JSONResponse(self._shown(generation, first=True), 201)
        if self.script.rate_headers:
            answer.headers.update(self._rates(time.time() + 60))
        return self._named(request, answer)

    def _full(self, request: Request) -> Response | None:
        """Refuse an order beyond one of the two limits, as Luma does."""
        recent, under_way = self._recent(), [one for one in self.generations.values() if one.is_under_way]
        if self.script.rpm and len(recent) >= self.script.rpm:
            free = recent[0].made + 60
            headers = self._rates(time.time() + free - time.monotonic())
            headers["Retry-After"] = str(max(int(free - time.monotonic()), 1))
            return self._named(request, JSONResponse({"detail": "Rate limit exceeded"}, 429, headers))
        if self.script.slots and len(under_way) >= self.script.slots:
            said = {"detail": "Too many concurrent jobs"}
            return self._named(request, JSONResponse(said, 429, {"Retry-After": "60"}))
        return None

    def _recent(self) -> list[Generation]:
        return [one for one in self.generations.values() if one.made > time.monotonic() - 60]

    def _rates(self, reset: float) -> dict[str, str]:
        limit = self.script.rpm or 30
        left = max(limit - len(self._recent()), 0)
        names = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
        return dict(zip(names, map(str, (limit, left, int(reset))), strict=True))

    async def _create_file(self, request: Request) -> Response:
        if wrong := await self._barred(request):
            return wrong
        status, body = await self.files.create(request, self.storage_url)
        return self._named(request, JSONResponse(body, status))

    async def _list_files(self, request: Request) -> Response:
        if wrong := await self._barred(request):
            return wrong
        status, body = self.files.list(request.query_params)
        return self._named(request, JSONResponse(body, status))

    async def _file(self, request: Request) -> Response:
        if wrong := await self._barred(request):
            return wrong
        answers = {"GET": self.files.show, "DELETE": self.files.delete, "POST": self.files.complete}
        status, body = answers[request.method](request.path_params["id"])
        return self._named(request, Response(status_code=204) if status == 204 else JSONResponse(body, status))

    async def _barred(self, request: Request) -> Response | None:
        if (fault := self._next("file")) and (wrong := await self._go_wrong(fault, request)):
            return wrong
        barred = _refused_key(request)
        return self._named(request, JSONResponse({"detail": barred[1]}, barred[0])) if barred else None

    async def _put(self, request: Request) -> Response:
        if (fault := self._next("put")) and (wrong := await self._go_wrong(fault, request)):
            return wrong
        status, code = await self.files.put(request)
        return Response(f"<Error><Code>{code}</Code></Error>" if code else b"", status, media_type="application/xml")

    async def _look(self, request: Request) -> Response:
        self.polls += 1
        if (fault := self._next("look")) and (wrong := await self._go_wrong(fault, request)):
            return wrong
        if barred := _refused_key(request):
            return self._named(request, JSONResponse({"detail": barred[1]}, barred[0]))
        generation = self.generations.get(request.path_params["id"])
        if not generation or not _is_uuid(generation.id):
            return self._named(request, JSONResponse({"detail": "Generation not found"}, 404))
        generation.looks += 1
        return self._named(request, JSONResponse(self._shown(generation)))

    async def _store(self, request: Request) -> Response:
        self.downloads += 1
        self.storage_headers.append(dict(request.headers))
        if (fault := self._next("store")) and (wrong := await self._go_wrong(fault, request)):
            return wrong
        if "authorization" in request.headers:
            return Response("<Error><Code>InvalidArgument</Code></Error>", 400, media_type="application/xml")
        ident = request.path_params["id"]
        if request.query_params.get("X-Amz-Signature") != self.signatures.get(ident):
            return Response("<Error><Code>AccessDenied</Code></Error>", 403, media_type="application/xml")
        if self.stored is not None:
            return Response(self.stored, media_type="binary/octet-stream")
        made = self.generations[ident]
        number = int(request.query_params.get("number", 0))
        if made.moves and number:
            return Response(BESIDE[made.script.beside], media_type="binary/octet-stream")
        return self._stored(made.script, made.content(number))

    def _stored(self, script: Script, whole: bytes) -> Response:
        kind = script.picture
        if script.bad_pictures == 0:
            kind = "png"
        script.bad_pictures -= script.bad_pictures > 0
        if kind == "html":
            return Response("<html>maintenance</html>", media_type="image/png")
        if kind == "large":
            return Response(picture() + bytes(70 * 1024 * 1024), media_type="image/png")
        if kind in ("jpeg", "webp", "gif"):
            whole = picture(kind)
        if kind == "cut":
            return Response(whole[:-20], media_type="image/png")
        if kind == "hollow":
            return Response(hollow(picture("jpeg")), media_type="image/jpeg")
        if kind == "short":
            return Response(whole[:-20], headers={"content-length": str(len(whole))}, media_type="image/png")
        # The type is a lie on purpose: storage says octet-stream of everything.
        return Response(whole, media_type="binary/octet-stream")

    def _shown(self, generation: Generation, *, first: bool = False) -> dict[str, Any]:
        state = "queued" if first else generation.state
        shown: dict[str, Any] = {
            "id": generation.id,
            "type": generation.body["type"],
            "state": state,
            "model": generation.body["model"],
            "created_at": "2026-11-20T12:00:00Z",
            "output": [],
            "failure_reason": generation.script.failure_reason if state == "failed" else None,
            "failure_code": generation.script.failure_code if state == "failed" else None,
        }
        if state == "completed":
            self._put_output(shown, generation)
        return shown

    def _put_output(self, shown: dict[str, Any], generation: Generation) -> None:
        kind = generation.script.output
        if kind == "absent":
            del shown["output"]
        elif kind == "null":
            shown["output"] = None
        elif kind != "empty":
            signature = self.signatures[generation.id] = uuid4().hex
            url = f"{self.storage_url}/out/{generation.id}.png?X-Amz-Expires=3600&X-Amz-Signature={signature}"
            what = "video" if (kind == "video") != generation.moves else "image"
            shown["output"] = [
                {"type": what, "url": f"{url}&number={number}", "layer": layer}
                for number, layer in enumerate(generation.layers)
            ]
            if generation.script.beside:
                shown["output"].append({"type": "exr", "url": f"{url}&number=1", "layer": None})

    async def _judge(self, request: Request) -> tuple[int, dict[str, Any] | str]:
        """Return 201 and the body, or a status and what Luma says."""
        if barred := _refused_key(request):
            return barred
        try:
            body = await request.json()
        except ValueError:
            return 400, "Invalid JSON"
        if found := refused(body, self._unusable, self.files.unusable):
            return found
        return 201, {"model": "uni-1", "type": "image", **body}

    def _unusable(self, ident: str) -> str:
        """Say why a generation cannot build on another, or nothing."""
        found = self.generations.get(ident)
        return "" if found and found.state == "completed" else "generation is not completed"

    async def _counts(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "posts": self.posts,
                "polls": self.polls,
                "downloads": self.downloads,
                "bodies": self.bodies,
                "request_ids": self.request_ids,
                "generations": list(self.generations),
                "files": self.files.created,
            }
        )

    async def _set(self, request: Request) -> Response:
        match request.path_params["what"]:
            case "script":
                given = await request.json()
                self.script = Script(**{one.name: given[one.name] for one in fields(Script) if one.name in given})
                return JSONResponse({**asdict(self.script), "clip": len(self.script.clip)})
            case "faults":
                given = await request.json()
                self.faults += [Fault(**one) for one in (given if isinstance(given, list) else [given])]
            case "expire":
                self.signatures.clear()
            case "reset":
                self.reset()
            case what:
                return JSONResponse({"detail": f"no {what}"}, 404)
        return JSONResponse({})

    def _next(self, on: str) -> Fault | None:
        with self.lock:
            fault = next((one for one in self.faults if one.on == on and one.times), None)
            if fault:
                fault.times -= 1
        return fault

    async def _go_wrong(self, fault: Fault, request: Request) -> Response | None:
        if fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        if fault.hang_up:
            request.scope["hang_up"]()
            return Response()
        wrong = fault.response()
        return self._named(request, wrong) if wrong else None

    def _named(self, request: Request, response: Response) -> Response:
        response.headers["X-Request-Id"] = request.headers.get("x-request-id") or str(uuid4())
        response.headers["X-API-Version"] = "2026-04-01"
        return response


@contextmanager
def served(port: int = 0) -> Iterator[Luma]:
    """Serve the API and its storage, each on its own port."""
    fake = Luma()
    with running(fake.storage) as fake.storage_url, running(fake.api, port) as url:
        fake.url = f"{url}/v1"
        yield fake


def _refused_key(request: Request) -> Refused | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not key.startswith("luma-api-"):
        return 401, "Missing or invalid API key"
    if key in REFUSED_KEYS:
        return REFUSED_KEYS[key]
    return None if key == KEY else (401, "Invalid API key")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    with served(int(sys.argv[1]) if sys.argv[1:] else 0) as served_fake:
        print(served_fake.url, flush=True)  # noqa: T201
        threading.Event().wait()
