"""Pictures in a folder, by the sha256 of their bytes; the original bytes never change."""

import hashlib
import os
import tempfile
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.errors import UploadError

MAX_BYTES = 50 * 1024 * 1024
MAX_PIXELS = 64_000_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@dataclass(frozen=True)
class Stored:
    """A picture that is kept."""

    sha256: str
    media_type: str
    width: int
    height: int
    size: int


class Pictures:
    """A folder of pictures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> Stored:
        """Check a picture and keep it: written, flushed and linked before this returns.

        Raises UploadError, and stores nothing, for what is no picture, too large, or broken.
        """
        stored = inspect(content)
        path = self.path(stored.sha256)
        if path.is_file():
            return stored
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
        _flush_folder(path.parent)
        return stored

    def path(self, sha256: str) -> Path:
        """Return where a picture stands, whether or not it is there."""
        return self.folder / sha256[:2] / sha256

    def get(self, sha256: str) -> bytes | None:
        """Return a picture's bytes, or None."""
        path = self.path(sha256)
        return path.read_bytes() if path.is_file() else None


def inspect(content: bytes) -> Stored:
    """Decode a picture within the limits and say what it is."""
    if len(content) > MAX_BYTES:
        raise UploadError(f"The picture has {len(content):,} bytes.", hint=f"The limit is {MAX_BYTES:,}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                width, height = picture.size
                if picture.format not in TYPES:
                    raise UploadError(f"{picture.format} is not taken.", hint="Send PNG, JPEG or WebP.")
                if width * height > MAX_PIXELS:
                    raise UploadError(f"The picture has {width} × {height} pixels.", hint="The limit is 64 million.")
                picture.load()
                media_type = TYPES[picture.format]
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise UploadError("This is not a picture that can be read.", hint="Send PNG, JPEG or WebP.") from None
    except (OSError, ValueError, SyntaxError):
        raise UploadError("The picture is broken or cut off.", hint="Export it again as PNG or JPEG.") from None
    return Stored(hashlib.sha256(content).hexdigest(), media_type, width, height, len(content))


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
