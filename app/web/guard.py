"""What stands before every request: which host it came for, where a write came from, what a page may load."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = (
    "default-src 'self'; "
    "img-src 'self' data: blob:; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses writes that another site's page sends, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to a write from elsewhere; pass on everything else."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if scope["method"] not in SAFE and not may_write(headers):
            refused = {
                "message": "This request came from another site's page.",
                "hint": "Open the studio itself and try there.",
            }
            await JSONResponse(refused, status_code=403)(scope, receive, send_guarded)
            return
        await self.app(scope, receive, send_guarded)


def may_write(headers: Headers) -> bool:
    """Tell whether a write comes from our own page, or from a program that is no browser.

    Browsers say so in Sec-Fetch-Site; older ones name their Origin, which must then be the host they asked.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def hosts(extra: Iterable[str]) -> list[str]:
    """Return the hosts that may be asked for: this machine's own names, and those that the settings add."""
    return ["127.0.0.1", "localhost", "[::1]", *extra]
