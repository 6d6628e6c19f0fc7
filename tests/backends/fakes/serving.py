"""Runs a fake on a real socket of this machine, in a thread."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


@contextmanager
def running(app: Any, port: int = 0, ws: str = "none") -> Iterator[str]:
    """Serve an ASGI app while the block runs, and give its URL. Port 0 is any free one; `ws` serves WebSockets."""
    # Named as TCP, or asyncio leaves Nagle's algorithm on, and each second answer of a connection waits for 40 ms.
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        config = uvicorn.Config(Hangable(app), lifespan="off", ws=ws, log_level="critical", timeout_graceful_shutdown=1)
        server = Brisk(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait_for(server, thread)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


class Brisk(uvicorn.Server):
    """Looks every 10 ms whether to stop; uvicorn itself takes 100."""

    async def main_loop(self) -> None:
        """Wait until the block ends."""
        while not await self.on_tick(0):  # noqa: ASYNC110  the base class sets a flag, no event
            await asyncio.sleep(0.01)


class Hangable:
    """Lets an app hang up without an answer: it calls `scope["hang_up"]()`."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on with a way to cut its connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # uvicorn's `send` is bound to the request's cycle, which holds the transport.
        await self.app({**scope, "hang_up": send.__self__.transport.abort}, receive, send)


def closed_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + 10
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the fake did not start")
        time.sleep(0.005)
