"""The Files API of the fake Luma: a place for the bytes, then complete, then a look at them, then ready."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from starlette.datastructures import UploadFile
from starlette.requests import Request

MADE = "2026-11-20T12:00:00Z"
KNOWN = frozenset(["mime_type", "size_bytes", "filename", "purpose", "expires_at", "user_id"])


@dataclass
class Uploaded:
    """One file of the account."""

    shown: dict[str, Any]
    signature: str = ""
    content: bytes | None = None
    complete: bool = False
    looks: int = 0


@dataclass
class Files:
    """What a test reads and sets."""

    ingest: int = 1
    """So many looks at a complete file find it pending; -1: the answer to `complete` finds it ready."""

    end: str = "ready"
    reason: str | None = None
    upload: Any = None
    """What to answer in place of where to put the bytes."""

    files: dict[str, Uploaded] = field(default_factory=dict)
    created: int = 0
    puts: list[dict[str, str]] = field(default_factory=list)
    """The headers of each PUT."""

    async def create(self, request: Request, storage: str) -> tuple[int, dict[str, Any]]:
        """Answer POST /files, in either of its two ways."""
        self.created += 1
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await self._inline(request)
        asked = await request.json()
        if not asked.keys() <= KNOWN or not {"mime_type", "size_bytes"} <= asked.keys():
            return 422, {"detail": "mime_type and size_bytes are required"}
        if asked.get("purpose", "reference") not in ("input", "reference"):
            return 422, {"detail": "Invalid purpose"}
        made = Uploaded(_file(asked), uuid4().hex)
        ident = made.shown["id"]
        self.files[ident] = made
        place = {
            "url": f"{storage}/put/{ident}?X-Amz-Signature={made.signature}",
            "method": "PUT",
            "headers": {"Content-Type": asked["mime_type"], "x-amz-meta-file": ident},
            "expires_at": "2026-11-20T13:00:00Z",
        }
        answer = {"id": ident, "state": "pending", "file": made.shown, "upload": place}
        return 201, answer if self.upload is None else answer | {"upload": self.upload}

    async def _inline(self, request: Request) -> tuple[int, dict[str, Any]]:
        async with request.form() as form:
            part = form.get("file")
            if not isinstance(part, UploadFile):
                return 422, {"detail": "file is required"}
            content, mime_type = await part.read(), part.content_type
        made = Uploaded(_file({"mime_type": mime_type, "size_bytes": len(content)}), "", content, complete=True)
        self.files[made.shown["id"]] = made
        return 201, {"id": made.shown["id"], "state": "pending", "file": made.shown, "upload": None}

    async def put(self, request: Request) -> tuple[int, str]:
        """Answer a PUT at the storage: the headers that were signed, no other login, and the bytes as announced."""
        self.puts.append(dict(request.headers))
        found = self.files.get(request.path_params["id"])
        if "authorization" in request.headers:
            return 400, "InvalidArgument"
        signed = found and request.query_params.get("X-Amz-Signature") == found.signature
        if not found or not signed or request.headers.get("x-amz-meta-file") != found.shown["id"]:
            return 403, "SignatureDoesNotMatch"
        if request.headers.get("content-type") != found.shown["mime_type"]:
            return 403, "SignatureDoesNotMatch"
        content = await request.body()
        if len(content) != found.shown["size_bytes"]:
            return 400, "IncompleteBody"
        found.content, found.signature = content, ""
        return 200, ""

    def complete(self, ident: str) -> tuple[int, dict[str, Any]]:
        """Answer POST /files/{id}/complete."""
        found = self.files.get(ident)
        if not found:
            return 404, {"detail": "File not found"}
        if found.content is None:
            return 409, {"detail": "No bytes have been received"}
        found.complete = True
        if self.ingest < 0:
            self._end(found)
        return 200, found.shown

    def show(self, ident: str) -> tuple[int, dict[str, Any]]:
        """Answer GET /files/{id}; each look brings a complete file nearer to its end."""
        found = self.files.get(ident)
        if not found:
            return 404, {"detail": "File not found"}
        if found.complete and found.shown["state"] == "pending":
            found.looks += 1
            if found.looks > self.ingest:
                self._end(found)
        return 200, found.shown

    def _end(self, found: Uploaded) -> None:
        found.shown |= {"state": self.end, "failure_reason": self.reason}

    def list(self, query: Any) -> tuple[int, dict[str, Any]]:
        """Answer GET /files: newest first, a page at a time."""
        limit, start = int(query.get("limit", 25)), int(query.get("cursor", 0))
        if not 1 <= limit <= 100:
            return 422, {"detail": "limit must be between 1 and 100"}
        asked = {name: query[name] for name in ("purpose", "state") if name in query}
        newest = [one.shown for one in reversed(self.files.values()) if asked.items() <= one.shown.items()]
        page, rest = newest[start : start + limit], newest[start + limit :]
        return 200, {"data": page, "has_more": bool(rest), "next_cursor": str(start + limit) if rest else None}

    def delete(self, ident: str) -> tuple[int, dict[str, Any]]:
        """Answer DELETE /files/{id}: the file stays, and can no longer be used."""
        found = self.files.get(ident)
        if not found:
            return 404, {"detail": "File not found"}
        found.shown |= {"state": "deleted", "deleted_at": MADE}
        return 204, {}

    def unusable(self, ident: str) -> str:
        """Say why a generation cannot use a file, or nothing."""
        found = self.files.get(ident)
        return "" if found and found.shown["state"] == "ready" else "file is not ready"


def _file(asked: dict[str, Any]) -> dict[str, Any]:
    optional = {name: asked.get(name) for name in ("expires_at", "filename", "user_id")}
    return {
        "id": str(uuid4()),
        "created_at": MADE,
        "mime_type": asked["mime_type"],
        "purpose": asked.get("purpose", "reference"),
        "size_bytes": asked["size_bytes"],
        "state": "pending",
        "deleted_at": None,
        "failure_reason": None,
        **optional,
    }
