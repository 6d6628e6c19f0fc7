"""Pictures by their hash: the original bytes, and thumbnails."""

from io import BytesIO

from fastapi import APIRouter, UploadFile
from PIL import Image
from starlette.responses import FileResponse, JSONResponse, Response

from app.errors import UnknownNameError, UploadError
from app.files import MAX_BYTES, inspect
from app.jobs import Desk
from app.web.given import DeskGiven

router = APIRouter(prefix="/pictures")

FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}
THUMB = (640, 640)
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
def show(sha256: str, desk: DeskGiven) -> FileResponse:
    """Return a picture as it was received."""
    media_type = _known(sha256, desk)
    return FileResponse(desk.library.pictures.path(sha256), media_type=media_type, headers=FOR_EVER)


@router.get("/{sha256}/thumbnail")
def thumbnail(sha256: str, desk: DeskGiven) -> Response:
    """Return a small JPEG of a picture."""
    _known(sha256, desk)
    content = desk.library.pictures.get(sha256) or b""
    inspect(content)
    with Image.open(BytesIO(content)) as picture:
        small = picture.convert("RGB")
    small.thumbnail(THUMB)
    out = BytesIO()
    small.save(out, "JPEG", quality=86)
    return Response(out.getvalue(), media_type="image/jpeg", headers=FOR_EVER)


def _known(sha256: str, desk: Desk) -> str:
    media_type = desk.library.media_type(sha256)
    if media_type is None or not desk.library.pictures.path(sha256).is_file():
        raise UnknownNameError("picture", sha256[:12], ())
    return media_type
