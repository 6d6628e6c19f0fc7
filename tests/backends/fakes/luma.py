"""A strict fake of the Luma Agents API and of its storage, on two origins. Facts as of 2026-11-20.

In a test: `with luma.served() as fake: ... fake.url ... fake.posts`. As a program, for
tests that kill the studio:

    python -m tests.backends.fakes.luma PORT

which then answers under `/_test/`:

    GET  /_test/counts   {"posts", "polls", "downloads", "bodies", "request_ids"}
    POST /_test/script   fields of Script, for the generations made from now on
    POST /_test/faults   one fault or a list: {"on": "create"|"look"|"store", "status", "detail", "html",
                         "body", "headers", "delay_s", "hang_up", "after", "times"}
    POST /_test/expire   every address minted so far
    POST /_test/reset    forget everything
"""

import asyncio
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import running

KEY = "luma-api-fake-0123456789abcdef"
REFUSED_KEYS = {
    "luma-api-revoked": (401, "API key has been revoked"),
    "luma-api-expired": (401, "API key has expired"),
    "luma-api-suspended": (403, "API client is suspended"),
}

RATIOS = ("1:1", "1:2", "1:3", "16:9", "2:1", "2:3", "3:1", "3:2", "9:16")
MODELS = ("uni-1", "uni-1-max")
KNOWN = frozenset(
    {
        "prompt",
        "model",
        "type",
        "aspect_ratio",
        "style",
        "output_format",
        "web_search",
        "image_ref",
        "source",
        "user_id",
    }
)
MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")

Refused = tuple[int, str]


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
    """png, jpeg, webp, gif, cut (and well announced), short (of its content-length), html, large"""

    bad_pictures: int = -1
    """How many downloads are so; then a good PNG comes. -1: all of them."""

    rate_headers: bool = True


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
                Route("/_test/counts", self._counts),
                Route("/_test/{what}", self._set, methods=["POST"]),
            ]
        )
        self.storage = Starlette(routes=[Route("/out/{id}.png", self._store)])

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

    def fault(self, on: str, **how: Any) -> None:
        """Let the next `create`, `look` or `store` go wrong."""
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
            reset = str(int(time.time()) + 60)
            answer.headers.update(
                {"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "29", "X-RateLimit-Reset": reset}
            )
        return self._named(request, answer)

    async def _look(self, request: Request) -> Response:
        self.polls += 1
        if (fault := self._next("look")) and (wrong := await self._go_wrong(fault, request)):
            return wrong
        if refused := _refused_key(request):
            return self._named(request, JSONResponse({"detail": refused[1]}, refused[0]))
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
        return self._stored(self.generations[ident].script)

    def _stored(self, script: Script) -> Response:
        kind = script.picture
        if script.bad_pictures == 0:
            kind = "png"
        script.bad_pictures -= script.bad_pictures > 0
        if kind == "html":
            return Response("<html>maintenance</html>", media_type="image/png")
        if kind == "large":
            return Response(picture() + bytes(70 * 1024 * 1024), media_type="image/png")
        whole = picture(kind if kind in ("png", "jpeg", "webp", "gif") else "png")
        if kind == "cut":
            return Response(whole[:-20], media_type="image/png")
        if kind == "short":
            return Response(whole[:-20], headers={"content-length": str(len(whole))}, media_type="image/png")
        # The type is a lie on purpose: storage says octet-stream of everything.
        return Response(whole, media_type="binary/octet-stream")

    def _shown(self, generation: Generation, *, first: bool = False) -> dict[str, Any]:
        state = "queued" if first else generation.state
        shown: dict[str, Any] = {
            "id": generation.id,
            "type": "image",
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
            shown["output"] = [{"type": "video" if kind == "video" else "image", "url": url, "layer": None}]

    async def _judge(self, request: Request) -> tuple[int, dict[str, Any] | str]:
        """Return 201 and the body, or a status and what Luma says."""
        if refused := _refused_key(request):
            return refused
        try:
            body = await request.json()
        except ValueError:
            return 400, "Invalid JSON"
        if refused := _refused_fields(body) or _refused_references(body.get("image_ref", [])):
            return refused
        return 201, {"model": "uni-1", "type": "image", **body}

    async def _counts(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "posts": self.posts,
                "polls": self.polls,
                "downloads": self.downloads,
                "bodies": self.bodies,
                "request_ids": self.request_ids,
                "generations": list(self.generations),
            }
        )

    async def _set(self, request: Request) -> Response:
        match request.path_params["what"]:
            case "script":
                given = await request.json()
                self.script = Script(**{one.name: given[one.name] for one in fields(Script) if one.name in given})
                return JSONResponse(asdict(self.script))
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


def _refused_fields(body: dict[str, Any]) -> Refused | None:
    model, ratio, prompt = body.get("model", "uni-1"), body.get("aspect_ratio"), body.get("prompt")
    edit = body.get("type") == "image_edit"
    rules = (
        (set(body) <= KNOWN, f"Unknown fields: {sorted(set(body) - KNOWN)}"),
        (model in MODELS, f"Unknown model: {model}"),
        (
            body.get("type", "image") in ("image", "image_edit"),
            f"Type {body.get('type')!r} is not supported for model {model!r}",
        ),
        (
            isinstance(prompt, str) and 1 <= len(prompt) <= 6000,
            "Prompt must be between 1 and 6000 characters",
        ),
        (ratio is None or ratio in RATIOS, f"Invalid aspect_ratio {ratio!r}. Valid: {', '.join(RATIOS)}"),
        (body.get("output_format") in (None, "png", "jpeg"), "Invalid output_format. Valid: jpeg, png"),
        (edit or body.get("source") is None, "source is only valid for type 'image_edit'"),
        (not edit or body.get("source") is not None, "source is required for type 'image_edit'"),
        (isinstance(body.get("image_ref", []), list), "image_ref must be a list"),
        (edit or len(body.get("image_ref", [])) <= 9, "image supports up to 9 reference images"),
        (
            not edit or len(body.get("image_ref", [])) <= 8,
            "image_edit supports up to 8 reference images (source occupies one slot)",
        ),
        (body.get("style", "auto") in ("auto", "manga"), "Invalid style. Valid: auto, manga"),
    )
    return next(((400, text) for good, text in rules if not good), None)


def _refused_references(references: list[dict[str, Any]]) -> Refused | None:
    for index, one in enumerate(references):
        if text := _refused_shape(one):
            return 400, f"image_ref[{index}]: {text}"
        if "data" in one and (refused := _refused_data(one["data"])):
            return refused[0], f"image_ref[{index}]: {refused[1]}"
        if "url" in one and urlsplit(one["url"]).scheme != "https":
            return 422, f"image_ref[{index}]: failed to fetch URL"
    return None


def _refused_shape(one: dict[str, Any]) -> str:
    if {"url", "data"} <= one.keys():
        return "provide either 'url' or 'data', not both"
    if not {"url", "data"} & one.keys():
        return "provide either 'url' or 'data', not neither"
    if "data" in one and "media_type" not in one:
        return "'media_type' is required with 'data'"
    return "" if one.keys() <= {"url", "data", "media_type"} else "unknown fields"


def _refused_data(data: str) -> Refused | None:
    try:
        content = b64decode(data, validate=True)
    except ValueError:
        return 422, "invalid base64 data"
    if len(content) > 50 * 1024 * 1024:
        return 413, "image exceeds 50 MB limit"
    return None if content.startswith(MAGIC) else (422, "content-type is not an image")


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
