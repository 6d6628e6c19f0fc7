"""The line to Luma: where it is, what opens it, and what it says about an account's limits."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import quote

from app.backends._addresses import is_local
from app.backends._http import (
    MAX_WORDS_BYTES,
    Client,
    Response,
    answer,
    client,
    limited,
    refusal,
    speaking_to,
)
from app.backends._storage import Storage
from app.backends.base import Access, Headroom
from app.errors import BackendError, BusyError, LostError, NeedsKeyError, RejectedError, UnreachableError

SERVICE = "Luma"
URL = "https://agents.lumalabs.ai/v1"
PUT_KEY = (
    "Put your key in the environment variable LUMA_AGENTS_API_KEY, "
    "or in the file luma.key in Printlight's data folder (chmod 600)."
)

LONGEST_S = 3600
"""No limit of Luma's counts for longer; a reset that says so comes from a clock that is wrong."""


def place(access: Access) -> str:
    """Return where Luma is."""
    return access.url or URL


def unsafe(access: Access) -> str:
    """Say why a key must not be sent there, or nothing."""
    url = place(access)
    if url.startswith("https://") or (url.startswith("http://") and is_local(url)):
        return ""
    return "The address of Luma must begin with https://, or the key could be read on the way."


def storage(access: Access) -> Storage:
    """Return Luma's storage; it may be this machine too where Luma is, as it is for a stand-in."""
    near = place(access).startswith("http:") and is_local(place(access))
    return Storage(SERVICE, access.patience_s, may_be_local=near)


def key_of(access: Access) -> str:
    """Return the key. Raises where there is none, or it must not be sent there."""
    key = access.key.strip()
    if not key:
        raise NeedsKeyError("Luma needs a key.", hint=PUT_KEY)
    if problem := unsafe(access):
        raise UnreachableError(problem)
    return key


def connect(access: Access, read_s: float | None = None) -> Client:
    """Return a client for one call, with the key."""
    return client(place(access), bearer=key_of(access), read_s=read_s or access.patience_s)


async def call(access: Access, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what Luma answers to something that costs nothing. Raises LostError for what it does not know."""
    with speaking_to(SERVICE):
        async with connect(access) as luma:
            response = await limited(luma, method, path, max_bytes=MAX_WORDS_BYTES, json=body)
    if response.status_code == 404:
        raise LostError(f"Luma does not know {path!r}.", hint="It is another account's, or long gone.")
    if not response.is_success:
        raise refused(response)
    found = answer(response, SERVICE)
    if not isinstance(found, dict):
        raise UnreachableError("Luma answered what nobody can read.", hint="Try again in a moment.")
    return found


async def generation(ticket: str, access: Access) -> dict[str, Any]:
    """Return one of the account's generations. Raises LostError for one that Luma does not know."""
    try:
        return await call(access, "GET", f"/generations/{quote(ticket, safe='')}")
    except LostError as error:
        raise LostError(f"Luma does not know {ticket!r}.", hint=error.hint) from None


def refused(response: Response, *, sending: bool = False) -> BackendError:
    """Return the error of a bad answer: what to do about it, and which limit it was where it is one."""
    error = refusal(response, SERVICE, sending=sending, key_hint=PUT_KEY)
    if isinstance(error, BusyError) and response.status_code == 429:
        error.limit = _limit(response, error)
    if isinstance(error, RejectedError):
        return RejectedError(error.message, hint=_advice(response.status_code, error.message.lower()))
    return error


def headroom(response: Response, now: float) -> Headroom | None:
    """Read the limit on orders a minute from an answer that came `now`; None where it says none that makes sense.

    Luma's reset is a time of its own clock, so it is counted from the answer's date.
    """
    told = [response.headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining", "reset")]
    if not all(one.isascii() and one.isdecimal() and len(one) < 16 for one in told):
        return None
    limit, remaining, reset = map(int, told)
    left_s = min(max(reset - _sent_at(response, now), 0), LONGEST_S)
    return Headroom(limit, remaining, now + left_s)


def _advice(status: int, said: str) -> str:
    """Say what to do about a refusal; Luma's words only choose between those of one status, since they change."""
    if status == 402:
        return "Add funds at Luma before shooting again; nothing was charged."
    if status == 413:
        return "Send a smaller picture."
    if "unknown model" in said:
        return "The account may not have this model yet; ask Luma for it, or shoot for another."
    if "fetch url" in said:
        return "Take the address off the reference: its bytes are sent then."
    return ""


def _limit(response: Response, error: BusyError) -> Literal["rate", "slots", ""]:
    """Tell the two limits apart: that on orders a minute comes with its numbers, that on jobs at once in words only."""
    if "x-ratelimit-limit" in response.headers or "rate limit" in error.message.lower():
        return "rate"
    return "slots" if "concurrent" in error.message.lower() else ""


def _sent_at(response: Response, now: float) -> float:
    try:
        return parsedate_to_datetime(response.headers.get("date", "")).timestamp()
    except (ValueError, OverflowError):
        return now
