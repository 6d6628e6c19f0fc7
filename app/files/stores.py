"""Where bytes are kept by a name of ours: a folder, or a bucket of anything that speaks S3.

Both add what is not there yet and never leave half of it: what `add` returned from survives a power cut.
"""

import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

from app.errors import BadInputError, StorageError

URL = re.compile(r"s3://(?P<name>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(?:/[\w.=-]+)*/?)")

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

TRIES = 3
TRIED_FOR = timedelta(seconds=20)
ANSWERED_WITHIN = "60s"


class Held(NamedTuple):
    """Something that a store keeps: its key, its size in bytes, and when it was put there."""

    key: str
    size: int
    since: datetime


class Store(Protocol):
    """Bytes by key; a key is a path with `/`."""

    def add(self, key: str, content: bytes) -> None:
        """Keep what is not there yet, safe from a power cut when this returns. Raises StorageError, keeping nothing."""

    def get(self, key: str) -> bytes | None:
        """Return what is kept, or None."""

    def part(self, key: str, wanted: range) -> bytes:
        """Return some bytes of what is kept, without the rest. Raises StorageError where it is not there."""

    def size(self, key: str) -> int | None:
        """Return how many bytes are kept, or None."""

    def path(self, key: str) -> Path | None:
        """Return where it stands on this machine, whether or not it is there; None in a bucket."""

    def held(self) -> list[Held]:
        """Return all that is kept, in the order of the keys."""

    def move(self, key: str, to: str) -> str:
        """Keep something under another key, or one like it where that is taken; return which."""

    def remove(self, key: str) -> None:
        """Let go of something; nothing happens where it is not there."""


class Folder:
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, key: str, content: bytes) -> None:
        """Write beside the place, flush, move into it, flush the folder. What stands there cut off is mended."""
        path = self.path(key)
        with _in_words(self.folder):
            for made in _missing(path.parent):
                made.mkdir(exist_ok=True)
                flush(made.parent)
            if not path.is_file() or path.stat().st_size != len(content):
                _write(path, content)
            flush(path.parent)

    def get(self, key: str) -> bytes | None:
        """Return what is kept, or None."""
        path = self.path(key)
        with _in_words(self.folder):
            return path.read_bytes() if path.is_file() else None

    def part(self, key: str, wanted: range) -> bytes:
        """Return some bytes of what is kept, without the rest."""
        with _in_words(self.folder), self.path(key).open("rb") as file:
            file.seek(wanted.start)
            return file.read(len(wanted))

    def size(self, key: str) -> int | None:
        """Return how many bytes are kept, or None."""
        path = self.path(key)
        return path.stat().st_size if path.is_file() else None

    def path(self, key: str) -> Path:
        """Return where it stands, whether or not it is there."""
        return self.folder / key

    def held(self) -> list[Held]:
        """Return all that is kept, in the order of the keys."""
        with _in_words(self.folder):
            return sorted(one for path in self.folder.rglob("*") if (one := _held(path, self.folder)))

    def move(self, key: str, to: str) -> str:
        """Keep something under another key, or one like it where that is taken; return which."""
        free = next(one for one in _like(to) if not self.path(one).exists())
        path = self.path(free)
        with _in_words(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.path(key).rename(path)
            flush(path.parent)
        return free

    def remove(self, key: str) -> None:
        """Let go of something; nothing happens where it is not there."""
        with _in_words(self.folder):
            self.path(key).unlink(missing_ok=True)


class Bucket:
    """A bucket, or what stands in it under a prefix: `s3://bucket/prefix`."""

    def __init__(self, url: str, access: Mapping[str, str]) -> None:
        """Reach a bucket with the AWS_* values given.

        Raises BadInputError for a URL that names none, and StorageError for values that cannot open one.
        """
        from obstore.store import S3Store  # noqa: PLC0415  8 MB of code that a folder never needs

        found = URL.fullmatch(url)
        if not found:
            raise BadInputError(f"{url} names no bucket.", hint="Write s3://bucket or s3://bucket/prefix.")
        plain = any("ENDPOINT" in key and value.startswith("http:") for key, value in access.items())
        self.url = url
        config = {**{key.lower(): value for key, value in access.items()}, "conditional_put": "etag"}
        with self._in_words():
            self._store = S3Store(
                found["name"],
                prefix=found["prefix"].strip("/") or None,
                config=config,  # type: ignore[arg-type]
                client_options={"allow_http": plain, "timeout": ANSWERED_WITHIN},
                retry_config={"max_retries": TRIES, "retry_timeout": TRIED_FOR},
            )

    def add(self, key: str, content: bytes) -> None:
        """Put it unless it is there; a bucket shows an object only when it is whole."""
        from obstore.exceptions import AlreadyExistsError  # noqa: PLC0415  as above

        with self._in_words(), suppress(AlreadyExistsError):
            self._store.put(key, content, mode="create")

    def get(self, key: str) -> bytes | None:
        """Return what is kept, or None."""
        with self._in_words(), suppress(FileNotFoundError):
            return bytes(self._store.get(key).bytes())
        return None

    def part(self, key: str, wanted: range) -> bytes:
        """Return some bytes of what is kept, without the rest."""
        with self._in_words():
            return bytes(self._store.get_range(key, start=wanted.start, end=wanted.stop))

    def size(self, key: str) -> int | None:
        """Return how many bytes are kept, or None."""
        with self._in_words(), suppress(FileNotFoundError):
            return self._store.head(key)["size"]
        return None

    def path(self, key: str) -> None:
        """Return None: nothing of it stands on this machine."""

    def held(self) -> list[Held]:
        """Return all that is kept, in the order of the keys."""
        with self._in_words():
            found = [one for some in self._store.list() for one in some]
        return sorted(Held(one["path"], one["size"], one["last_modified"]) for one in found)

    def move(self, key: str, to: str) -> str:
        """Keep something under another key, or one like it where that is taken; return which."""
        free = next(one for one in _like(to) if self.size(one) is None)
        with self._in_words():
            self._store.rename(key, free)
        return free

    def remove(self, key: str) -> None:
        """Let go of something; nothing happens where it is not there."""
        with self._in_words(), suppress(FileNotFoundError):
            self._store.delete(key)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        from obstore.exceptions import BaseError  # noqa: PLC0415  as above

        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            raise StorageError(
                f"The bucket {self.url} cannot be used: {_reason(error)}.",
                hint="Nothing was lost. Check PRINTLIGHT_PICTURES and the AWS_* variables, then try again.",
            ) from None


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Two that write it at once write the same bytes: its name is their hash."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _held(path: Path, folder: Path) -> Held | None:
    with suppress(FileNotFoundError):  # a part of one that is being written goes again
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            since = datetime.fromtimestamp(found.st_mtime, UTC)
            return Held(path.relative_to(folder).as_posix(), found.st_size, since)
    return None


def _like(key: str) -> Iterator[str]:
    """Yield a key, then others like it."""
    yield key
    yield from (f"{key}-{number}" for number in count(2))


def _missing(folder: Path) -> list[Path]:
    """Return the folders that are still to be made, the outermost first."""
    return [one for one in (*reversed(folder.parents), folder) if not one.is_dir()]


def flush(folder: Path) -> None:
    """Return once what a folder holds is safe from a power cut: a file that was just put there, or renamed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            message, hint = (
                f"There is no room left for pictures in {folder}.",
                "Make room on that disk, then try again.",
            )
        else:
            message = f"Pictures cannot be kept in {folder}: {error.strerror}."
            hint = "Give Printlight a folder that it can write: PRINTLIGHT_DATA or PRINTLIGHT_PICTURES."
        raise StorageError(message, hint=hint) from None


def _reason(error: Exception) -> str:
    """Return why, of an error that tells the whole request first."""
    told = next(iter(str(error).splitlines()), type(error).__name__)
    return told.rpartition(" - ")[2].partition(": <")[0].strip().rstrip(".")
