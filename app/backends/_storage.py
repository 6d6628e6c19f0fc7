"""A service's storage: what lies at the addresses that it names is fetched, or put there, with care, without a key."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from app.backends._addresses import forbidden, is_local
from app.backends._http import CONNECT_S, DOWNLOAD_S, TRY_AGAIN, Client, certificates, speaking_to
from app.backends._media import MAX_BYTES, Picture, mp4, picture
from app.errors import BackendError, UnreachableError

MAX_CLIP_BYTES = 500 * 1024 * 1024
"""No clip is larger than this."""

CLIP_S = 600.0
"""Nor does the whole download of one take longer than this, or an upload."""

OVER = frozenset({401, 403, 404, 410})
"""What storage answers for an address whose time is over; each has its own way to say it."""


@dataclass(frozen=True)
class Storage:
    """Where a service keeps what it hands over. Nothing is sent there but what a call says.

    One that sends nothing for as long as `patience_s` is given up. `may_be_local` lets plain http on this machine pass,
    for a service that itself runs here. Each call raises UnreachableError when a fresh address may help
    (expired, cut short, nobody there), and BackendError when it cannot (an address that must not be asked, too large).
    """

    service: str
    patience_s: float = 30
    may_be_local: bool = False

    async def picture(self, url: str) -> Picture:
        """Return a picture from an address that the service named."""
        return picture(await self._fetched(url, MAX_BYTES, DOWNLOAD_S), self.service)

    async def clip(self, url: str) -> Picture:
        """Return a clip from an address that the service named."""
        return mp4(await self.file(url), self.service)

    async def file(self, url: str) -> bytes:
        """Return what lies at an address that the service named, whatever it is."""
        return await self._fetched(url, MAX_CLIP_BYTES, CLIP_S)

    async def put(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """Put bytes at an address that the service named, with exactly its headers; what it answers is not read."""
        async with (
            self._asked(url, CLIP_S, "sent to"),
            self._line(url, {}) as bare,
            bare.stream("PUT", url, content=content, headers=dict(headers)) as response,
        ):
            self._good(response)

    async def _fetched(self, url: str, max_bytes: int, within_s: float) -> bytes:
        headers = {"Accept": "image/*, video/*, */*;q=0.5", "Accept-Encoding": "identity"}
        content = bytearray()
        async with (
            self._asked(url, within_s, "fetched from"),
            self._line(url, headers) as bare,
            bare.stream("GET", url) as response,
        ):
            self._good(response)
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    most = max_bytes // 1024 // 1024
                    raise BackendError(f"What {self.service} hands over is larger than {most} MiB.")
        return bytes(content)

    @asynccontextmanager
    async def _asked(self, url: str, within_s: float, done: str) -> AsyncIterator[None]:
        """Refuse an address before it is asked, and tell in our words what goes wrong when it is."""
        try:
            async with asyncio.timeout(within_s):
                with speaking_to(f"{self.service}'s storage"):
                    if reason := await forbidden(url, self.service, may_be_local=self.may_be_local):
                        raise BackendError(f"The picture was not {done} where {self.service} says it is: {reason}.")
                    yield
        except TimeoutError:
            raise UnreachableError(f"{self.service}'s storage is too slow.", hint=TRY_AGAIN) from None

    def _line(self, url: str, headers: Mapping[str, str]) -> Client:
        timeout = httpx.Timeout(self.patience_s, connect=CONNECT_S)
        return Client(headers=headers, timeout=timeout, verify=certificates(), trust_env=not is_local(url))

    def _good(self, response: httpx.Response) -> None:
        status = response.status_code
        if status in OVER:
            raise UnreachableError(
                f"{self.service}'s storage answered {status}: the address may have expired.", hint=TRY_AGAIN
            )
        if not response.is_success:
            raise UnreachableError(f"{self.service}'s storage answered {status}.", hint=TRY_AGAIN)
