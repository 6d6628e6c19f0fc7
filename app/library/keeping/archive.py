"""The file of a backup: a zip in which nothing is compressed, with a list of its parts and their hashes.

    rows/TABLE.jsonl        the rows of a table, a line each
    pictures/AB/ABCD…       a picture or film, by the sha256 of its bytes
    backup.json             what is in it, last

The sha256 of backup.json is the comment of the zip. Since nothing is compressed, nothing can swell when it is read;
nothing is ever written under a name that a file tells.
"""

import hashlib
import json
import re
import struct
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Self
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import BadInputError
from app.files import MAX_FILM_BYTES

KIND = "printlight.backup/1"
MANIFEST = "backup.json"
NAME = re.compile(r"rows/[a-z_]{1,60}\.jsonl|pictures/([0-9a-f]{2})/\1[0-9a-f]{62}")

AT_ONCE = 1024 * 1024
MOST_MANIFEST_BYTES = 512 * 1024 * 1024
MOST_LINE_CHARS = 64 * 1024 * 1024
ENCRYPTED = 0x1

BROKEN = (BadZipFile, EOFError, KeyError, NotImplementedError, OverflowError, RuntimeError, ValueError, struct.error)
"""What reading a damaged zip can raise."""


class Part(BaseModel):
    """One file inside."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str = KIND
    made: str
    """When, as ISO 8601 in UTC."""

    tables: str
    """The number of the last migration of its tables."""

    rows: dict[str, int]
    """How many rows of each table."""

    with_pictures: bool
    missing: tuple[str, ...] = ()
    """Pictures that rows name and that were not there."""

    damaged: tuple[str, ...] = ()
    """Pictures whose bytes had another hash than their name; they are inside as they were found."""

    parts: dict[str, Part] = {}


class Writer:
    """Writes the parts of a backup into an open file, one after the other; without an end where it breaks off."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = ZipFile(file, "w", ZIP_STORED)
        self.parts: dict[str, Part] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.fp = None  # else it is ended when it is forgotten

    def add(self, name: str, content: Iterable[bytes]) -> Part:
        """Write one part."""
        self.parts[name] = self._write(name, content)
        return self.parts[name]

    def close(self, manifest: Manifest) -> None:
        """Write the list of all parts, and end."""
        told = manifest.model_copy(update={"parts": self.parts}).model_dump_json(indent=1).encode()
        self._zip.comment = self._write(MANIFEST, [told]).sha256.encode()
        self._zip.close()

    def _write(self, name: str, content: Iterable[bytes]) -> Part:
        total, sha256 = 0, hashlib.sha256()
        with self._zip.open(ZipInfo(name), "w", force_zip64=True) as part:
            for some in content:
                part.write(some)
                sha256.update(some)
                total += len(some)
        return Part(bytes=total, sha256=sha256.hexdigest())


class Reader:
    """A backup that is to be read. Whatever is wrong with it is a BadInputError with the reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._plainly():
            self._zip = ZipFile(path)
        try:
            with self._plainly():
                self.manifest = self._told()
                self._check_names()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    @property
    def pictures(self) -> Iterator[tuple[str, str]]:
        """The parts that hold pictures, each with the picture's hash."""
        for name in self.manifest.parts:
            if name.startswith("pictures/"):
                yield name, name.rpartition("/")[2]

    def check(self) -> None:
        """Read every part, and compare it with what is told of it."""
        damaged = set(self.manifest.damaged)
        for name, told in self.manifest.parts.items():
            sha256 = hashlib.sha256()
            with self._plainly(), self._zip.open(name) as part:
                while some := part.read(AT_ONCE):
                    sha256.update(some)
            if sha256.hexdigest() != told.sha256:
                raise self._refused(f"{name} is not as it was written")
        for name, picture in self.pictures:
            if (self.manifest.parts[name].sha256 == picture) == (picture in damaged):
                raise self._refused(f"{name} is not the picture of that name")

    def picture(self, name: str) -> bytes:
        """Return a picture's bytes, as they were checked."""
        with self._plainly(), self._zip.open(name) as part:
            content = part.read()
        if hashlib.sha256(content).hexdigest() != self.manifest.parts[name].sha256:
            raise self._refused(f"{name} has changed since it was checked")
        return content

    def rows(self, table: str) -> Generator[dict[str, object], None, None]:
        """Yield the rows of a table, each a JSON object."""
        name = f"rows/{table}.jsonl"
        with self._plainly(), self._zip.open(name) as part:
            lines = TextIOWrapper(part, encoding="utf-8", newline="\n")
            while line := lines.readline(MOST_LINE_CHARS):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise self._refused(f"{name} holds what is no row")
                yield row

    def _told(self) -> Manifest:
        """Return the list of parts, once it is known to be whole."""
        infos = self._zip.infolist()
        size = self.path.stat().st_size
        if any(one.compress_type != ZIP_STORED or one.flag_bits & ENCRYPTED for one in infos):
            raise self._refused("it is compressed or locked, which a backup never is")
        if sum(one.file_size for one in infos) > size or any(one.file_size != one.compress_size for one in infos):
            raise self._refused("it tells of more than it holds")
        if self._zip.getinfo(MANIFEST).file_size > MOST_MANIFEST_BYTES:
            raise self._refused("its list of parts is too long")
        told = self._zip.read(MANIFEST)
        if json.loads(told).get("kind") != KIND:
            raise self._refused(f"it is of another kind than {KIND!r}, maybe of a newer Printlight")
        if hashlib.sha256(told).hexdigest().encode() != self._zip.comment:
            raise self._refused("its list of parts is not as it was written")
        return Manifest.model_validate_json(told)

    def _check_names(self) -> None:
        names = [one.filename for one in self._zip.infolist()]
        wanted = {*self.manifest.parts, MANIFEST}
        if len(names) != len(set(names)) or set(names) != wanted:
            raise self._refused("it holds other parts than it tells of")
        for name, told in self.manifest.parts.items():
            if not NAME.fullmatch(name):
                raise self._refused(f"{name[:80]!r} has no place in a backup")
            if self._zip.getinfo(name).file_size != told.bytes:
                raise self._refused(f"{name} is not as long as is told")
            if name.startswith("pictures/") and told.bytes > MAX_FILM_BYTES:
                raise self._refused(f"{name} is larger than any picture or film that is kept")
        if {f"rows/{table}.jsonl" for table in self.manifest.rows} != {
            one for one in wanted if one.startswith("rows/")
        }:
            raise self._refused("it tells of other tables than it holds")

    def _refused(self, reason: str) -> BadInputError:
        return BadInputError(
            f"{self.path} cannot be restored: {reason}.", hint="Nothing was changed. Take another backup."
        )

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Put what can go wrong with the file into a sentence."""
        try:
            yield
        except FileNotFoundError:
            raise BadInputError(f"There is no file {self.path}.", hint="Give the path of a backup.") from None
        except OSError as error:
            raise BadInputError(f"{self.path} cannot be read: {error.strerror or error}.") from None
        except ValidationError:
            raise self._refused("its list of parts is none") from None
        except (*BROKEN, RecursionError, AttributeError) as error:
            reason = "it is no zip" if isinstance(error, BadZipFile) else "it is damaged"
            raise self._refused(f"{reason} ({str(error)[:100] or type(error).__name__})") from None
