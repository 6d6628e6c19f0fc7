"""A fake of OpenAI's image endpoints, with the ways of the servers that speak them, as recorded on 2026-11-20.

`with openai_images.served() as fake: ... fake.url ... fake.drawn`. Each field makes it another server: one that hands
over addresses, names its own sizes, refuses a field, hangs up or answers something else.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import running


@dataclass
class Server:
    """What a test reads and sets."""

    url: str = ""
    key: str = ""
    models: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "sdxl", "owned_by": "local"}])
    entry: dict[str, Any] | None = None
    """What stands in `data` in place of a picture; URL becomes this server's own address."""

    beside: dict[str, Any] = field(default_factory=dict)
    """What the answer tells beside the picture."""

    kind: str = "png"
    size: tuple[int, int] | None = None
    """The size that is always drawn, whatever was asked."""

    sizes: tuple[str, ...] = ()
    """The only sizes that are taken."""

    refuses: tuple[str, ...] = ()
    """Fields that are refused, one at a time."""

    as_fastapi: bool = False
    draw_s: float = 0
    answers: tuple[int, Any] | None = None
    raw: bytes | None = None
    hang_up: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    found: dict[str, bytes] = field(
        default_factory=lambda: {"one.png": picture(), "page": b"<html>", "cut.png": picture()[:-8], "moved": b""}
    )
    """What lies under `/made/`."""

    drawn: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, bytes]] = field(default_factory=list)
    posts: int = 0
    asked_with: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app = Starlette(
            routes=[
                Route("/v1/models", self._models),
                Route("/v1/images/generations", self._draw, methods=["POST"]),
                Route("/v1/images/edits", self._draw, methods=["POST"]),
                Route("/made/{name}", self._made),
            ]
        )

    async def _models(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse({"object": "list", "data": self.models})

    async def _made(self, request: Request) -> Response:
        self.asked_with.append(request.headers.get("authorization", ""))
        name = request.path_params["name"]
        if name == "moved":
            return Response(status_code=302, headers={"location": "http://169.254.169.254/latest"})
        return Response(self.found[name]) if name in self.found else Response(status_code=404)

    async def _draw(self, request: Request) -> Response:
        self.posts += 1
        if refused := self._refused(request):
            return refused
        body, files = await _read(request)
        if refused := self._refused_field(body):
            return refused
        self.drawn.append(body)
        self.files.append(files)
        await asyncio.sleep(self.draw_s)
        if self.hang_up:
            request.scope["hang_up"]()
        if self.raw is not None:
            return Response(self.raw, headers=self.headers)
        if self.answers:
            return JSONResponse(self.answers[1], self.answers[0], headers=self.headers)
        return JSONResponse({"created": 1795179394, "data": [self._entry(body)], **self.beside})

    def _entry(self, body: dict[str, Any]) -> dict[str, Any]:
        if self.entry is not None:
            return {
                name: value.replace("URL", self.url) if isinstance(value, str) else value
                for name, value in self.entry.items()
            }
        wide, _, high = str(body.get("size", "512x512")).partition("x")
        size = self.size or (int(wide), int(high))
        return {"url": None, "b64_json": b64encode(picture(self.kind, size)).decode()}

    def _refused(self, request: Request) -> Response | None:
        given = request.headers.get("authorization", "")
        if self.key and given != f"Bearer {self.key}":
            error = {"message": f"Incorrect API key provided: {given}.", "type": "invalid_request_error", "param": None}
            return JSONResponse({"error": error}, 401)
        return None

    def _refused_field(self, body: dict[str, Any]) -> Response | None:
        for name in self.refuses:
            if name in body and self.as_fastapi:
                detail = {"type": "extra_forbidden", "loc": ["body", name], "msg": "Extra inputs are not permitted"}
                return JSONResponse({"detail": [detail]}, 422)
            if name in body:
                return _refusal(f"Unknown parameter: '{name}'.", name)
        if self.sizes and body.get("size") not in self.sizes:
            known = ", ".join(f"'{one}'" for one in self.sizes)
            return _refusal(f"Invalid value: '{body.get('size')}'. Supported values are: {known}, and 'auto'.", "size")
        return None


@contextmanager
def served(**how: Any) -> Iterator[Server]:
    """Serve a fake with some of its fields set."""
    fake = Server(**how)
    with running(fake.app) as fake.url:
        yield fake


def look_of(content: bytes) -> tuple[str, tuple[int, int], list[tuple[int, ...]]]:
    """Return a picture's mode, size, and the colours of its corners: top left, bottom right."""
    with Image.open(BytesIO(content)) as found:
        corners = [found.getpixel((0, 0)), found.getpixel((found.width - 1, found.height - 1))]
        return found.mode, found.size, [one for one in corners if isinstance(one, tuple)]


def _refusal(message: str, name: str) -> Response:
    error = {"message": message, "type": "invalid_request_error", "param": name, "code": "invalid_value"}
    return JSONResponse({"error": error}, 400)


async def _read(request: Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    if request.headers["content-type"].startswith("application/json"):
        return json.loads(await request.body()), {}
    async with request.form() as form:
        found = form.multi_items()
        files = {
            f"{name}:{one.filename}:{one.content_type}": await one.read()
            for name, one in found
            if isinstance(one, UploadFile)
        }
        return {name: one for name, one in found if isinstance(one, str)}, files
