"""Answers with a file that is saved under its name."""

from urllib.parse import quote

from starlette.responses import Response


def attached(content: bytes, media_type: str, name: str) -> Response:
    """Answer with a file under its name, whatever letters that has."""
    plain = name.encode("ascii", "ignore").decode()  # for whoever cannot read the second one
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": told, "Cache-Control": "no-store"})
