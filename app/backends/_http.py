"""Speaks HTTP: clients, what went wrong in our own words, and answers that are read with care.

Clients are made for each call, because the web and the jobs run on different event loops.
"""

import asyncio
import json
import math
import re
import ssl
from base64 import b64decode, b64encode
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from app.backends._addresses import is_local
from app.backends._media import MAX_BYTES
from app.errors import (
    BackendError,
    BusyError,
    NeedsKeyError,
    RejectedError,
    UnreachableError,
    UnsureError,
)

Client = httpx.AsyncClient
Response = httpx.Response


MAX_WORDS_BYTES = 16 * 1024 * 1024
"""No answer without a picture is larger than this."""

MAX_MESSAGE_BYTES = 16 * 1024 * 1024
"""No message on a WebSocket, preview pictures among them, is larger than this."""


CONNECT_S = 5.0

DOWNLOAD_S = 120.0
"""The download of a whole picture takes no longer than this."""


NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.LocalProtocolError,
)
UNUSABLE = (httpx.InvalidURL, httpx.UnsupportedProtocol)


PAGE = re.compile(r"<\s*(!doctype|/?(html|head|title|body|script|h[1-6]))\b", re.IGNORECASE)
"""What only a page of HTML holds."""

LOOK_FIRST = "Look at the account before shooting again."
TRY_AGAIN = "Try again in a moment."


class _TooLarge(httpx.HTTPError):
    """An answer goes on beyond anything that makes sense."""


@contextmanager
def speaking_to(service: str, *, sending: bool = False, hint: str = "") -> Iterator[None]:
    """Turn what HTTP can do wrong into the errors of `app.errors`.

    `sending` means that a repeat could be paid for twice: whatever breaks once the connection stands is then
    an UnsureError. `hint` says what to do when nobody answers.
    """
    try:
        yield
    except UNUSABLE as error:
        raise UnreachableError(
            f"The address of {service} cannot be used.", hint="It must begin with https:// or http://."
        ) from error
    except NOT_SENT as error:
        raise UnreachableError(f"{service} cannot be reached; nothing was sent.", hint=hint) from error
    except _TooLarge as error:
        raise (UnsureError if sending else BackendError)(str(error), hint=LOOK_FIRST if sending else "") from error
    except httpx.HTTPError as error:
        if sending:
            raise UnsureError(
                f"{service} did not answer in full: the request may have been sent.", hint=LOOK_FIRST
            ) from error
        raise UnreachableError(f"{service} did not answer.", hint=hint or TRY_AGAIN) from error


def client(url: str, *, bearer: str = "", basic: str = "", read_s: float = 30) -> Client:
    """Return a client for one call to an API. `basic` is `user:password`; redirects are not followed."""
    if not all("!" <= sign <= "~" for sign in bearer):
        raise NeedsKeyError("The key holds a space, a line break or a letter that no key has.", hint="Paste it anew.")
    return Client(
        base_url=url,
        headers={"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {}),
        auth=httpx.BasicAuth(*basic.split(":", 1)) if basic else None,
        timeout=httpx.Timeout(read_s, connect=CONNECT_S),
        verify=certificates(),
        trust_env=not is_local(url),
    )


def answer(response: httpx.Response, service: str, *, sending: bool = False, key_hint: str = "") -> Any:
    """Return the JSON of a good answer; raise what a bad one means."""
    if not response.is_success:
        raise refusal(response, service, sending=sending, key_hint=key_hint)
    try:
        return parsed(response)
    except ValueError as error:
        if sending:
            raise UnsureError(
                f"{service} took the request and answered what nobody can read.", hint=LOOK_FIRST
            ) from error
        raise UnreachableError(f"{service} answered what nobody can read.", hint=TRY_AGAIN) from error


def refusal(response: httpx.Response, service: str, *, sending: bool = False, key_hint: str = "") -> BackendError:
    """Return the error that a status means, with the service's own words."""
    status = response.status_code
    says = words(response)
    message = f"{service} answered {status}: {says}" if says else f"{service} answered {status} and no reason."
    if status in (401, 403):
        return NeedsKeyError(message, hint=key_hint if status == 401 else "That is for the account to put right.")
    if status == 429:
        wait = _retry_after_s(response)
        return BusyError(message, hint=f"Again in {wait:.0f} s.", retry_after_s=wait)
    if status < 500:
        return RejectedError(message)
    if not sending:
        return UnreachableError(message, hint=TRY_AGAIN)
    if status in (502, 503) and says and _has_detail(response):
        return BusyError(message, hint="Nothing was started.")
    return UnsureError(f"{message} The request may have been taken.", hint=LOOK_FIRST)


def words(response: httpx.Response) -> str:
    """Return what a service says went wrong, as one line; never HTML, never the key it was sent."""
    try:
        said = _said(parsed(response))
    except ValueError:
        said = response.text if response.headers.get("content-type", "").startswith("text/plain") else ""
    return plain(said, *_secrets(response.request.headers.get("authorization", "")))


def plain(text: str, *secrets: str) -> str:
    """Return what a service says as one line: never HTML, none of these secrets, and no longer than a few sentences."""
    if text.lstrip().startswith("<") or PAGE.search(text):
        return ""
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:400]


def parsed(response: httpx.Response) -> Any:
    """Return the JSON of an answer. Raises ValueError for what is none, or holds what cannot be kept or sent on."""
    try:
        found = response.json()
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None
    if b"\\ud" in response.content.lower():
        json.dumps(found, ensure_ascii=False).encode()  # half a sign of two fails here, and nowhere later
    return found


def json_of(response: httpx.Response) -> Any:
    """Return the JSON of an answer, or None."""
    try:
        return parsed(response)
    except ValueError:
        return None


@cache
def certificates() -> ssl.SSLContext:
    """Return the certificates that are trusted, read once: that takes longer than most calls."""
    return httpx.create_ssl_context()


def _said(found: Any) -> str:
    """Find the words in the shapes that errors come in: FastAPI, OpenAI, A1111."""
    match found:
        case str():
            return found
        case list():
            return "; ".join(filter(None, map(_said, found)))
        case {"msg": str(text)}:
            steps = found.get("loc")
            place = ".".join(str(step) for step in steps if step != "body") if isinstance(steps, list) else ""
            return f"{place}: {text}" if place else text
        case dict():
            names = ("detail", "message", "errors", "error")
            return next((said for name in names if (said := _said(found.get(name)))), "")
    return ""


def _secrets(authorization: str) -> tuple[str, ...]:
    """Return what a header with a key or a login must keep from showing: itself, and the password inside."""
    scheme, _, token = authorization.partition(" ")
    if scheme != "Basic":
        return (token,)
    login = b64decode(token).decode()
    return (token, login, login.partition(":")[2])


def _has_detail(response: httpx.Response) -> bool:
    found = json_of(response)
    return isinstance(found, dict) and bool(found.get("detail"))


def _retry_after_s(response: httpx.Response) -> float:
    """Read `Retry-After`, in seconds or as a date; 5 when it is missing or odd."""
    text = response.headers.get("retry-after", "")
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return 5
    return min(max(seconds, 1), 3600) if math.isfinite(seconds) else 5


async def messages(url: str, service: str, *, bearer: str = "", basic: str = "") -> AsyncGenerator[str | bytes, None]:
    """Listen on a WebSocket until the other side closes it. Raises UnreachableError when it cannot be opened."""
    login = f"Basic {b64encode(basic.encode()).decode()}" if basic else f"Bearer {bearer}" if bearer else ""
    try:
        # Without an Origin header: a server takes a foreign one for a page that talks to it behind a person's back.
        async with connect(
            f"ws{url.removeprefix('http')}",
            additional_headers={"Authorization": login} if login else None,
            ssl=certificates() if url.startswith("https:") else None,
            proxy=None if is_local(url) else True,
            open_timeout=CONNECT_S,
            close_timeout=1,
            max_size=MAX_MESSAGE_BYTES,
        ) as socket_of_it:
            async for message in socket_of_it:
                yield message
    except (OSError, ValueError, ImportError, WebSocketException) as error:  # a SOCKS proxy wants a package more
        raise UnreachableError(f"{service} tells no progress now.", hint=TRY_AGAIN) from error


async def received(server: Client, path: str, service: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return what an API hands over at a path of its own, with its login; UnreachableError when it does not."""
    content = bytearray()
    try:
        async with asyncio.timeout(DOWNLOAD_S), server.stream("GET", path) as response:
            if response.status_code != 200:
                await response.aread()
                refused = refusal(response, service)
                if isinstance(refused, NeedsKeyError | BusyError):
                    raise refused
                raise UnreachableError(refused.message, hint=TRY_AGAIN)
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    raise BackendError(f"{service}'s file is larger than {max_bytes // 1024 // 1024} MiB.")
    except TimeoutError:
        raise UnreachableError(f"{service} is too slow.", hint=TRY_AGAIN) from None
    return bytes(content)


async def limited(
    service: Client, method: str, path: str, *, max_bytes: int = MAX_BYTES * 2, **content: Any
) -> httpx.Response:
    """Return an answer, within `speaking_to`, which says so where it is larger than a picture as text may be.

    A body that goes on for longer than its first byte may take counts as one that never came.
    """
    body = bytearray()
    async with service.stream(method, path, **content) as response:
        try:
            async with asyncio.timeout(service.timeout.read):
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > max_bytes:
                        raise _TooLarge(f"The answer is larger than {max_bytes // 1024 // 1024} MiB.")
        except TimeoutError as error:
            raise httpx.ReadTimeout("The answer has no end.", request=response.request) from error
    headers = {name: value for name, value in response.headers.items() if name != "content-encoding"}
    return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)
