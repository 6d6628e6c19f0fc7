"""Whatever can happen on the way to a server: it stands before a fake and lets some of its answers go wrong."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

MIB = bytes(1024 * 1024)
FLOOD = 200
"""So many MiB are more than anything of ours may read."""


@dataclass(frozen=True)
class Wrong:
    """A wrong answer. `after`: the server does its work first, and only the answer goes wrong.

    It is answered; or the connection is cut without an answer, or in the middle of one; or nothing is ever said; or
    the answer has no end, in drips or as a flood; or the good answer comes with something changed in it.
    """

    how: Literal["answers", "hangs_up", "cuts", "is_silent", "drips", "floods", "changes"] = "answers"
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    after: bool = False
    once: bool = False
    """Whether all goes well again after one answer."""

    change: Callable[[bytes], bytes] = bytes


class Weather:
    """An ASGI app before another. `step_of` names what a request is for, by its method and path."""

    def __init__(self, step_of: Callable[[str, str], str]) -> None:
        self.step_of = step_of
        self.app: Any = None
        self.wrongs: dict[str, Wrong] = {}
        self.seen: list[str] = []
        self.names: dict[str, str] = {}
        """What becomes of a word in a header or a body: PRIVATE of the address of a trap, SECRET of the key."""

    def clear(self, app: Any) -> None:
        """Put another server in the place of the one before; all goes well again."""
        self.app, self.wrongs, self.seen = app, {}, []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request, well or wrong."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        step = self.step_of(scope["method"], scope["path"])
        self.seen.append(step)
        wrong = self.wrongs.get(step)
        if wrong is None:
            await self.app(scope, receive, send)
            return
        if wrong.once:
            del self.wrongs[step]
        good = Heard()
        if wrong.after or wrong.how == "changes":
            await self.app(scope, receive, good)
        else:
            await _whole(receive)
        await self._go_wrong(wrong, scope, receive, send, good)

    async def _go_wrong(self, wrong: Wrong, scope: Any, receive: Any, send: Any, good: "Heard") -> None:
        if wrong.how == "hangs_up":
            scope["hang_up"]()
        elif wrong.how == "is_silent":
            await _gone(receive)
        elif wrong.how == "changes":
            await _answer(send, good.status, {"content-type": good.kind}, wrong.change(bytes(good.body)))
        else:
            await self._answer(wrong, scope, receive, send)

    async def _answer(self, wrong: Wrong, scope: Any, receive: Any, send: Any) -> None:
        headers, body = {"content-type": wrong.kind, **wrong.headers}, wrong.body
        for word, meant in self.names.items():
            headers = {name: value.replace(word, meant) for name, value in headers.items()}
            body = body.replace(word.encode(), meant.encode())
        if wrong.how == "answers":
            await _answer(send, wrong.status, headers, body)
            return
        if wrong.how == "cuts":
            headers["content-length"] = str(len(body) + 9)
        await _start(send, wrong.status, headers)
        for _ in range(FLOOD if wrong.how == "floods" else 1):
            await send({"type": "http.response.body", "body": body or MIB, "more_body": True})
        if wrong.how == "cuts":
            scope["hang_up"]()
        elif wrong.how == "drips":
            await _gone(receive)
        else:
            await send({"type": "http.response.body", "body": b""})


class Heard:
    """What a server answered, kept back."""

    def __init__(self) -> None:
        self.status, self.kind, self.body = 200, "", bytearray()

    async def __call__(self, message: Any) -> None:
        """Hear one message of ASGI."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            self.kind = named.get("content-type", "application/json")
        else:
            self.body += message.get("body", b"")


@contextmanager
def trapped() -> Iterator[socket.socket]:
    """Give a port of this machine where every caller is noticed, and none is answered."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        yield listener


def was_asked(trap: socket.socket) -> bool:
    """Tell whether anybody has called a trap since it was last asked."""
    try:
        trap.accept()[0].close()
    except BlockingIOError:
        return False
    return True


async def _answer(send: Any, status: int, headers: Mapping[str, str], body: bytes) -> None:
    await _start(send, status, {**headers, "content-length": str(len(body))})
    await send({"type": "http.response.body", "body": body})


async def _start(send: Any, status: int, headers: Mapping[str, str]) -> None:
    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": named})


async def _whole(receive: Any) -> None:
    while (await receive()).get("more_body"):
        pass


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
