"""What is taken, told by its bytes and never by its name: PNG, JPEG, WebP, MP4 and WebM, each within its limits."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from app.errors import UploadError
from app.files import films

MAX_BYTES = 50 * 1024 * 1024
MAX_FILM_BYTES = 500 * 1024 * 1024
MAX_PIXELS = 64_000_000

STILLS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
"""The pictures that are taken, by the name that Pillow gives them."""

TAKEN = "Send PNG, JPEG or WebP, up to 50 MB and 64 million pixels; a film as MP4 or WebM, up to 500 MB."


@dataclass(frozen=True)
class Stored:
    """A picture or a film that is kept. A film has a duration, where its container tells one."""

    sha256: str
    media_type: str
    width: int
    height: int
    size: int
    duration_s: float | None = None

    @property
    def still(self) -> bool:
        """Tell a picture from a film."""
        return self.media_type in STILLS.values()


def inspect(content: bytes) -> Stored:
    """Read a picture or a film within the limits and say what it is.

    A picture is decoded whole. Of a film the container is read, to its last byte, and no frame. Raises UploadError.
    """
    film = films.is_film(content)
    limit = MAX_FILM_BYTES if film else MAX_BYTES
    if len(content) > limit:
        what = "film" if film else "picture"
        raise UploadError(f"The {what} has {len(content):,} bytes.", hint=f"The limit is {limit:,}.")
    sha256 = hashlib.sha256(content).hexdigest()
    if film:
        found = films.measure(content)
        _bounded("film", found.width, found.height)
        return Stored(sha256, found.media_type, found.width, found.height, len(content), found.duration_s)
    return Stored(sha256, *_picture(content), len(content))


def _picture(content: bytes) -> tuple[str, int, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                if picture.format not in STILLS:
                    raise UploadError(f"{picture.format} is not taken.", hint=TAKEN)
                _bounded("picture", *picture.size)
                picture.load()
                return STILLS[picture.format], *picture.size
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise UploadError("This is not a picture that can be read.", hint=TAKEN) from None
    except (OSError, ValueError, SyntaxError):
        raise UploadError("The picture is broken or cut off.", hint="Export it again as PNG or JPEG.") from None


def _bounded(what: str, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise UploadError(f"The {what} has {width} × {height} pixels.", hint="The limit is 64 million.")
