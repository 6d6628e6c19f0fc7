"""Pictures by their hash: kept, returned as they were received, and small."""

from typing import Annotated, Any

from fastapi import File, Path, Query, UploadFile
from pydantic import BaseModel, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from app.errors import UploadError
from app.files import MAX_BYTES
from app.files.thumbnails import WIDTHS
from app.library.copies import SUFFIXES
from app.web.api._forms import PICTURE_BYTES, answers_file, door
from app.web.given import DeskGiven
from app.web.routes import pictures as pages

router = door("pictures")

Hash = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Path(description="The sha256 of a picture's bytes.")
]


class Picture(BaseModel):
    """A picture that is kept; a shot's reference names it by its hash."""

    sha256: str
    media_type: str
    width: int
    height: int


@router.post("/pictures", status_code=201, max_body_size=PICTURE_BYTES)
def add_picture(file: Annotated[UploadFile, File(description="A PNG, JPEG or WebP.")], desk: DeskGiven) -> Picture:
    """Keep a reference picture; one that is no picture, too large or broken is refused, and nothing is kept."""
    content = file.file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UploadError("The picture is too large.", hint=f"The limit is {MAX_BYTES >> 20} MB.")
    stored = desk.library.add_picture(content, file.filename or "")
    return Picture(sha256=stored.sha256, media_type=stored.media_type, width=stored.width, height=stored.height)


@router.get("/pictures/{sha256}", response_class=Response, responses=answers_file(*SUFFIXES))
def get_picture(sha256: Hash, request: Request, desk: DeskGiven) -> Any:
    """Return a picture or a clip as it was received."""
    return pages.show(sha256, request, desk)


@router.get("/pictures/{sha256}/thumbnail", response_class=Response, responses=answers_file("image/webp"))
def get_thumbnail(
    sha256: Hash, desk: DeskGiven, wide: Annotated[int, Query(ge=1, le=WIDTHS[-1], description="In pixels.")] = 640
) -> Any:
    """Return a small copy of a picture, the next of 320, 640 and 1280 pixels that is wide enough."""
    return pages.thumbnail(sha256, desk, wide)
