"""Pictures and films by the sha256 of their bytes, and the small copies that are made of them on first asking."""

import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from app.errors import StorageError, UploadError
from app.files.kinds import Stored, inspect
from app.files.stores import Folder, Held, Store
from app.files.thumbnails import thumbnail

KEY = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{62}")
PART_BYTES = 4 * 1024 * 1024

log = logging.getLogger(__name__)


class Pictures:
    """A folder or a bucket of pictures and films. The original bytes never change."""

    def __init__(self, kept: Path | Store) -> None:
        self.store: Store = Folder(kept) if isinstance(kept, Path) else kept

    def put(self, content: bytes, *, still: bool = False) -> Stored:
        """Check a picture or a film and keep it: written and flushed before this returns.

        Raises UploadError for what is neither, too large, or broken, or a film where a `still` is wanted, and
        StorageError where it cannot be kept; then nothing is.
        """
        stored = inspect(content)
        if still and not stored.still:
            raise UploadError("A film cannot be a reference picture.", hint="Send a frame of it as PNG or JPEG.")
        self.store.add(_key(stored.sha256), content)
        return stored

    def all(self) -> dict[str, Held]:
        """Return all pictures and films that are here, by their hash; thumbnails and other files are none."""
        return {one.key[3:]: one for one in self.store.held() if KEY.fullmatch(one.key)}

    def has(self, sha256: str) -> bool:
        """Tell whether a picture is here."""
        return self.size(sha256) is not None

    def size(self, sha256: str) -> int | None:
        """Return how many bytes a picture or film has, or None."""
        return self.store.size(_key(sha256))

    def parts(self, sha256: str, wanted: range) -> Iterator[bytes]:
        """Go through some bytes of a picture or film, a few MB at a time. Raises StorageError where it is not there."""
        for start in range(wanted.start, wanted.stop, PART_BYTES):
            yield self.store.part(_key(sha256), range(start, min(start + PART_BYTES, wanted.stop)))

    def path(self, sha256: str) -> Path | None:
        """Return where a picture stands on this machine, whether or not it is there; None in a bucket."""
        return self.store.path(_key(sha256))

    def get(self, sha256: str) -> bytes | None:
        """Return a picture's bytes as they are read, or None. For looking at: `verified` is for what leaves."""
        return self.store.get(_key(sha256))

    def verified(self, sha256: str) -> bytes | None:
        """Return a picture's bytes, or None. Raises StorageError where they are not those that were put."""
        content = self.get(sha256)
        if content is not None and hashlib.sha256(content).hexdigest() != sha256:
            raise StorageError(
                f"The picture {sha256[:12]} was damaged where it is kept.",
                hint="Bring it back from a backup, or fetch it again from the service that made it.",
            )
        return content

    def thumbnail(self, sha256: str, width: int) -> bytes | None:
        """Return a small copy of a picture, or None where there is no picture; made once, then kept beside it.

        It is derived: the folder `thumbnails` may be deleted. Two that make it at once make the same bytes.
        """
        key = f"thumbnails/{width}/{sha256[:2]}/{sha256}.webp"
        small = self.store.get(key)
        if small is not None:
            return small
        content = self.get(sha256)
        if content is None:
            return None
        small = thumbnail(content, width)
        try:
            self.store.add(key, small)
        except StorageError as error:
            log.warning("A thumbnail was made and not kept. %s", error)
        return small


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
