"""Luma's Files API: a picture that serves many shots is uploaded once, and named by its number from then on."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from app.backends._luma_line import call, storage
from app.backends.base import Access, Attachment, Uploaded
from app.errors import BackendError, LostError

KEPT = timedelta(days=30)
"""After so long Luma may forget a file: nobody's pictures stay with a service for ever."""

SPARE_S = 120
"""A file that expires within this is uploaded again: a POST that carries it may take a while."""

INGEST_S = 30.0
"""How long a file may take to become ready; longer, and the bytes are sent in its place."""

FIRST_LOOK_S, LONGEST_WAIT_S = 0.1, 2.0

_turns: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]" = WeakKeyDictionary()
"""One order at a time uploads, so that shots sent together do not each upload the picture that they share."""


def turn() -> asyncio.Lock:
    """Return the lock of whoever uploads; each event loop has its own."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())


async def file_id(picture: Attachment, sha256: str, access: Access) -> str:
    """Return the number of a picture's file, uploaded if Luma holds none that can be used.

    Raises BackendError where that cannot be had, with the reason.
    """
    known = await asyncio.to_thread(access.uploads.get, sha256)
    if known and known.file_id and await _is_held(known, access):
        return known.file_id
    made = await _upload(picture, access)
    uploaded = Uploaded(str(made["id"]), _time(made.get("expires_at")))
    await asyncio.to_thread(access.uploads.put, sha256, uploaded)
    return uploaded.file_id


async def _is_held(known: Uploaded, access: Access) -> bool:
    """Ask whether a file can still be used: it may have expired, been deleted, or be another account's."""
    if known.expires_at is not None and known.expires_at < time.time() + SPARE_S:
        return False
    try:
        found = await _file(known.file_id, access)
    except LostError:
        return False
    expires = _time(found.get("expires_at"))
    return found.get("state") == "ready" and (expires is None or expires > time.time() + SPARE_S)


async def _upload(picture: Attachment, access: Access) -> dict[str, Any]:
    """Ask for a place, put the bytes there, say so, and wait until Luma has looked at them."""
    expires = (datetime.now(UTC) + KEPT).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = {
        "mime_type": picture.media_type,
        "size_bytes": len(picture.content),
        "purpose": "reference" if picture.slot else "input",
        "expires_at": expires,
    }
    made = await call(access, "POST", "/files", asked)
    ident, url, headers = _place(made)
    await storage(access).put(url, picture.content, headers)
    found = await call(access, "POST", f"/files/{quote(ident, safe='')}/complete")
    return {"id": ident, "expires_at": expires} | await _ready(ident, found, access)


async def _ready(ident: str, found: dict[str, Any], access: Access) -> dict[str, Any]:
    """Return a file once it is ready."""
    give_up, wait = time.monotonic() + INGEST_S, FIRST_LOOK_S
    while found.get("state") == "pending":
        if time.monotonic() > give_up:
            raise BackendError(f"Luma has not taken in an upload within {INGEST_S:g} s.")
        await asyncio.sleep(wait)
        wait = min(wait * 1.5, LONGEST_WAIT_S)
        found = await _file(ident, access)
    if found.get("state") != "ready":
        reason = str(found.get("failure_reason") or f"its state is {found.get('state')!r}")
        raise BackendError(f"Luma did not take an upload: {reason[:300]}")
    return {name: found[name] for name in ("expires_at",) if found.get(name)}


async def _file(ident: str, access: Access) -> dict[str, Any]:
    return await call(access, "GET", f"/files/{quote(ident, safe='')}")


def _place(made: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    """Read where to put the bytes, and with which headers, which are the service's to choose but must be headers."""
    ident, place = made.get("id"), made.get("upload")
    url, headers = (place.get("url"), place.get("headers") or {}) if isinstance(place, dict) else (None, {})
    if not isinstance(ident, str) or not ident or not isinstance(url, str) or not isinstance(headers, dict):
        raise BackendError("Luma named no place for an upload.")
    if not all(isinstance(one, str) and one.isascii() and one.isprintable() for one in (*headers, *headers.values())):
        raise BackendError("Luma asked for headers that cannot be sent.")
    return ident, url, headers


def _time(text: object) -> float | None:
    """Read when a file expires; None where it does not, or nobody can read it."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
