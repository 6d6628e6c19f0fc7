"""Asks the studio's application without a server: no port is opened, and nothing waits in the background."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message


@dataclass
class Answer:
    """What an application answered."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(app: ASGIApp, method: str, path: str, query: str = "", body: bytes = b"", media_type: str = "") -> Answer:
    """Send one request into an application, and return its answer whole."""
    answer, given, done = Answer(), [body], asyncio.Event()

    async def receive() -> Message:
        if given:
            return {"type": "http.request", "body": given.pop(), "more_body": False}
        await done.wait()  # nobody leaves before the answer is there
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    headers = [(b"host", b"127.0.0.1"), (b"accept", b"application/json")]
    headers += [(b"content-type", media_type.encode())] if media_type else []
    headers += [(b"content-length", str(len(body)).encode())] if body else []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
    }

    async def run() -> None:
        with suppress(Exception):  # it is raised again behind the answer, which says so with a 500
            await app(scope, receive, send)
        done.set()

    asyncio.run(run())
    return answer
