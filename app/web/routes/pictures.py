"""Pictures by their hash: the original bytes, and thumbnails."""

from fastapi import APIRouter, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from app.errors import UnknownNameError, UploadError
from app.files import MAX_BYTES
from app.files.thumbnails import WIDTHS
from app.jobs import Desk
from app.web.given import DeskGiven
from app.web.parts import part_of

router = APIRouter(prefix="/pictures")

FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}
CHUNK = 1 << 20


@router.post("")
async def add(file: UploadFile, desk: DeskGiven) -> JSONResponse:
    """Keep a reference picture; one that is no picture, too large or broken is refused, and nothing is kept."""
    content = bytearray()
    while chunk := await file.read(CHUNK):
        content += chunk
        if len(content) > MAX_BYTES:
            raise UploadError("The picture is too large.", hint=f"The limit is {MAX_BYTES // CHUNK} MB.")
    stored = desk.library.add_picture(bytes(content), file.filename or "")
    return JSONResponse({"sha256": stored.sha256, "width": stored.width, "height": stored.height}, status_code=201)


@router.get("/{sha256}")
def show(sha256: str, request: Request, desk: DeskGiven) -> Response:
    """Return a picture or a film as it was received, or the part of it that is asked for."""
    pictures, media_type = desk.library.pictures, _known(sha256, desk)
    path = pictures.path(sha256)
    if path:
        return FileResponse(path, media_type=media_type, headers=FOR_EVER)
    size = pictures.size(sha256) or 0
    asked = part_of(size, request.headers.get("range", ""))
    if asked is not None and not asked:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    wanted = range(size) if asked is None else asked
    headers = {**FOR_EVER, "Accept-Ranges": "bytes", "Content-Length": str(len(wanted))}
    if asked is not None:
        headers["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
    status = 200 if asked is None else 206
    return StreamingResponse(pictures.parts(sha256, wanted), status, headers, media_type)


@router.get("/{sha256}/thumbnail")
def thumbnail(sha256: str, desk: DeskGiven, wide: int = 640) -> Response:
    """Return a small copy of a picture, 320, 640 or 1280 pixels wide: the next that is wide enough."""
    _known(sha256, desk)
    width = next((one for one in WIDTHS if one >= wide), WIDTHS[-1])
    small = desk.library.pictures.thumbnail(sha256, width)
    if small is None:
        raise _unknown(sha256)
    return Response(small, media_type="image/webp", headers=FOR_EVER)


def _known(sha256: str, desk: Desk) -> str:
    media_type = desk.library.media_type(sha256)
    if media_type is None or not desk.library.pictures.has(sha256):
        raise _unknown(sha256)
    return media_type


def _unknown(sha256: str) -> UnknownNameError:
    return UnknownNameError("picture", sha256[:12], ())
