"""The one place that speaks HTTP: clients, what went wrong in our own words, and careful downloads.

Clients are made for each call, because the web and the jobs run on different event loops.
"""

import asyncio
import json
import math
import re
import socket
import ssl
from base64 import b64decode, b64encode
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from app.backends._mp4 import is_mp4, is_whole
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

MAX_BYTES = 64 * 1024 * 1024
"""No picture is larger than this."""

MAX_WORDS_BYTES = 16 * 1024 * 1024
"""No answer without a picture is larger than this."""

MAX_MESSAGE_BYTES = 16 * 1024 * 1024
"""No message on a WebSocket, preview pictures among them, is larger than this."""

MAX_CLIP_BYTES = 500 * 1024 * 1024
"""No clip is larger than this."""

CONNECT_S = 5.0
DOWNLOAD_S = 120.0
"""A whole download takes no longer than this."""

CLIP_S = 600.0
"""Nor does that of a clip than this, or an upload."""

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.LocalProtocolError,
)
UNUSABLE = (httpx.InvalidURL, httpx.UnsupportedProtocol)

GLOBAL_V6 = IPv6Network("2000::/3")
SIX_TO_FOUR = IPv6Network("2002::/16")
NAT64 = IPv6Network("64:ff9b::/96")

PAGE = re.compile(r"<\s*(!doctype|/?(html|head|title|body|script|h[1-6]))\b", re.IGNORECASE)
"""What only a page of HTML holds."""

LOOK_FIRST = "Look at the account before shooting again."
TRY_AGAIN = "Try again in a moment."


class _TooLarge(httpx.HTTPError):
    """An answer goes on beyond anything that makes sense."""


class Picture(NamedTuple):
    """A whole picture as it came, and the type its first bytes tell."""

    content: bytes
    media_type: str


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
        verify=_certificates(),
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


async def download(url: str, service: str, *, max_bytes: int = MAX_BYTES, may_be_local: bool = False) -> Picture:
    """Return a picture from an address that a service named, without any key.

    Raises UnreachableError when a fresh address may help (expired, cut short, not a picture, nobody there),
    and BackendError when it cannot (an address that must not be asked, too large).
    """
    content = await _handed_over(url, service, max_bytes, DOWNLOAD_S, may_be_local=may_be_local)
    return picture(content, service)


def picture(content: bytes, service: str) -> Picture:
    """Return bytes as a picture; raise UnreachableError when they are none, or end too soon.

    One that came as text is weighed only here: BackendError when it is too large.
    """
    if len(content) > MAX_BYTES:
        raise BackendError(f"{service}'s picture is larger than {MAX_BYTES // 1024 // 1024} MiB.")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        kind, whole = "image/png", b"IEND\xaeB`\x82" in content
    elif content.startswith(b"\xff\xd8\xff"):
        # 0xff is stuffed inside the scan, so an end mark behind the last start of scan is the picture's own.
        kind, whole = "image/jpeg", content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
    elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        kind, whole = "image/webp", len(content) >= 8 + int.from_bytes(content[4:8], "little")
    else:
        raise UnreachableError(f"{service} handed over something that is no PNG, JPEG or WebP.", hint=TRY_AGAIN)
    if not whole:
        raise UnreachableError(f"{service}'s picture ends too soon.", hint=TRY_AGAIN)
    return Picture(content, kind)


def objection(url: str, addresses: Iterable[str], *, may_be_local: bool = False) -> str:
    """Say why a picture must not be fetched from a URL whose host has these addresses; nothing when it may.

    `may_be_local` lets plain http on this machine pass, for a service that itself runs here.
    """
    parts = httpx.URL(url)
    found = tuple(addresses)
    if parts.userinfo:
        return "it carries a login"
    if may_be_local and parts.scheme == "http" and found and all(map(_is_loopback, found)):
        return ""
    if parts.scheme != "https":
        return "it is not https"
    if private := [one for one in found if not is_public(one)]:
        return f"{private[0]} is not a public address"
    return ""


def is_public(address: str) -> bool:
    """Tell whether an address is somewhere in the open internet."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = _inside(ip)
        if inner is None:
            return ip in GLOBAL_V6 and ip not in SIX_TO_FOUR and ip.is_global and not ip.is_multicast
        ip = inner
    return ip.is_global and not ip.is_multicast


def is_local(url: str) -> bool:
    """Tell whether a URL names this machine."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        return False
    return host == "localhost" or _is_loopback(host)


@cache
def _certificates() -> ssl.SSLContext:
    """Reading the certificates takes longer than most calls."""
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


async def _handed_over(url: str, service: str, max_bytes: int, within_s: float, *, may_be_local: bool) -> bytes:
    try:
        async with asyncio.timeout(within_s):
            with speaking_to(f"{service}'s storage"):
                await _check_address(httpx.URL(url), service, may_be_local=may_be_local)
                return await _stream(url, service, max_bytes)
    except TimeoutError:
        raise UnreachableError(f"{service}'s storage is too slow.", hint=TRY_AGAIN) from None


async def _check_address(url: httpx.URL, service: str, *, may_be_local: bool, done: str = "fetched from") -> None:
    """Refuse an address before asking it; one that a name changes to later must still show a certificate."""
    addresses = () if _is_proxied(url) else await _resolve(url, service)
    if reason := objection(str(url), addresses, may_be_local=may_be_local):
        raise BackendError(f"The picture was not {done} where {service} says it is: {reason}.")


async def _resolve(url: httpx.URL, service: str) -> tuple[str, ...]:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{service}'s storage has no address here.", hint=TRY_AGAIN) from error
    return tuple(str(entry[4][0]) for entry in found)


def _is_proxied(url: httpx.URL) -> bool:
    """Tell whether a proxy does the looking-up, as it must where names resolve only there."""
    if _is_address(url.host) or url.host == "localhost":
        return False
    return bool({url.scheme, "all"} & getproxies().keys()) and not proxy_bypass(url.host)


async def _stream(url: str, service: str, max_bytes: int) -> bytes:
    content = bytearray()
    headers = {"Accept": "image/*, video/*, */*;q=0.5", "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(30, connect=CONNECT_S)
    async with (
        Client(headers=headers, timeout=timeout, verify=_certificates(), trust_env=not is_local(url)) as bare,
        bare.stream("GET", url) as response,
    ):
        if response.status_code != 200:
            raise UnreachableError(f"{service}'s storage answered {response.status_code}.", hint=TRY_AGAIN)
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > max_bytes:
                raise BackendError(f"What {service} hands over is larger than {max_bytes // 1024 // 1024} MiB.")
    return bytes(content)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address only wraps."""
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_address(host) and ip_address(host).is_loopback


async def messages(url: str, service: str, *, bearer: str = "", basic: str = "") -> AsyncGenerator[str | bytes, None]:
    """Listen on a WebSocket until the other side closes it. Raises UnreachableError when it cannot be opened."""
    login = f"Basic {b64encode(basic.encode()).decode()}" if basic else f"Bearer {bearer}" if bearer else ""
    try:
        # Without an Origin header: a server takes a foreign one for a page that talks to it behind a person's back.
        async with connect(
            f"ws{url.removeprefix('http')}",
            additional_headers={"Authorization": login} if login else None,
            ssl=_certificates() if url.startswith("https:") else None,
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


def clip(content: bytes, service: str) -> Picture | None:
    """Return bytes as a clip, or None when they are none; raise UnreachableError when it ends too soon."""
    if content.startswith(b"\x1aE\xdf\xa3"):
        return Picture(content, "video/webm")
    return mp4(content, service) if is_mp4(content) else None


async def download_clip(url: str, service: str, *, may_be_local: bool = False) -> Picture:
    """Return a clip from an address that a service named, without any key; raises as `download` does."""
    content = await _handed_over(url, service, MAX_CLIP_BYTES, CLIP_S, may_be_local=may_be_local)
    return mp4(content, service)


async def download_file(url: str, service: str, *, may_be_local: bool = False) -> bytes:
    """Return what lies beside a clip, whatever it is; raises as `download` does."""
    return await _handed_over(url, service, MAX_CLIP_BYTES, CLIP_S, may_be_local=may_be_local)


def mp4(content: bytes, service: str) -> Picture:
    """Return bytes as an MP4; raise UnreachableError when they are none, or end too soon."""
    if not is_mp4(content):
        raise UnreachableError(f"{service} handed over something that is no MP4.", hint=TRY_AGAIN)
    if not is_whole(content):
        raise UnreachableError(f"{service}'s clip ends too soon.", hint=TRY_AGAIN)
    return Picture(content, "video/mp4")


async def upload(
    url: str, content: bytes, headers: Mapping[str, str], service: str, *, may_be_local: bool = False
) -> None:
    """Put bytes at an address that a service named, with exactly its headers and without any key.

    Raises UnreachableError when another address may help, and BackendError for one that must not be asked.
    """
    try:
        async with asyncio.timeout(CLIP_S):
            with speaking_to(f"{service}'s storage"):
                await _check_address(httpx.URL(url), service, may_be_local=may_be_local, done="sent to")
                response = await _put(url, content, headers)
    except TimeoutError:
        raise UnreachableError(f"{service}'s storage is too slow.", hint=TRY_AGAIN) from None
    if not response.is_success:
        raise UnreachableError(f"{service}'s storage answered {response.status_code}.", hint=TRY_AGAIN)


async def _put(url: str, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
    timeout = httpx.Timeout(60, connect=CONNECT_S)
    async with Client(timeout=timeout, verify=_certificates(), trust_env=not is_local(url)) as bare:
        return await bare.put(url, content=content, headers=dict(headers))


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


NEARBY = (".local", ".lan", ".home.arpa", ".internal")
"""How the names of one's own network end."""


def is_near(url: str) -> bool:
    """Tell whether a URL names this machine or one in its own network, where nobody charges and nobody listens in."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        return False
    if _is_address(host):
        return not is_public(host)
    # A name that begins with a digit may be an address in disguise: 134744072 is 8.8.8.8.
    named = host[:1].isalpha() and all(sign.isalnum() or sign in ".-_" for sign in host)
    return named and ("." not in host or host.endswith(NEARBY))
