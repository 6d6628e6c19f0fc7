"""Settings, read once at the doors from the environment and passed down."""

import getpass
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import BadInputError

BUCKET_VARIABLES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
)
"""What opens a bucket, by the names that every program for S3 reads."""


@dataclass(frozen=True)
class Sealing:
    """What Content Credentials (C2PA) are signed with: a certificate's chain, its key, and a clock to ask, if any."""

    certificate: Path
    key: Path
    clock_url: str = ""


@dataclass(frozen=True)
class Settings:
    """Where things are kept, who works here, and where the backends are. No key shows in a repr."""

    data: Path
    database_url: str
    author: str
    hosts: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    """All of the environment: each backend names its own variables."""
    secret: str = field(default="", repr=False)
    bucket: str = ""
    bucket_access: Mapping[str, str] = field(default_factory=dict, repr=False)
    sealing: Sealing | None = None
    board_frames: bool = True
    """Whether the previz draws a small frame of each shot on a film's board."""

    @property
    def pictures(self) -> Path:
        """The folder of pictures, by their hash, where they are kept in no bucket."""
        return self.data / "pictures"


def settings() -> Settings:
    """Read the environment. Raises BadInputError when it names what cannot be used."""
    environment = os.environ
    data = Path(environment.get("PRINTLIGHT_DATA") or _home()).expanduser()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "Set PRINTLIGHT_DATA to a folder that can be written."
        raise BadInputError(f"The data folder {data} cannot be made: {error.strerror}.", hint=hint) from None
    return Settings(
        data=data,
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{data / 'printlight.db'}",
        author=author(),
        hosts=tuple(filter(None, environment.get("PRINTLIGHT_HOSTS", "").split(","))),
        environment=dict(environment),
        secret=environment.get("PRINTLIGHT_SECRET", "").strip(),
        bucket=environment.get("PRINTLIGHT_PICTURES", ""),
        bucket_access={name: environment[name] for name in BUCKET_VARIABLES if environment.get(name)},
        sealing=_sealing(environment),
        board_frames=environment.get("PRINTLIGHT_BOARD_FRAMES", "yes") != "no",
    )


def author() -> str:
    """Return the name that is put on whatever is made here."""
    return os.environ.get("PRINTLIGHT_AUTHOR") or _login()


def _sealing(environment: Mapping[str, str]) -> Sealing | None:
    certificate, key = environment.get("PRINTLIGHT_C2PA_CERT", ""), environment.get("PRINTLIGHT_C2PA_KEY", "")
    if not certificate and not key:
        return None
    if not certificate or not key:
        missing = "PRINTLIGHT_C2PA_KEY" if certificate else "PRINTLIGHT_C2PA_CERT"
        raise BadInputError(f"{missing} is not set.", hint="Pictures are signed with a certificate and its key.")
    return Sealing(Path(certificate), Path(key), environment.get("PRINTLIGHT_C2PA_TSA", ""))


def _home() -> str:
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return f"{base}/printlight"


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unnamed"


def key_in(path: Path) -> str:
    """Read a key that only its owner can read; nothing where there is no file. Raises BadInputError."""
    if not path.is_file():
        return ""
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInputError(f"{path} can be read by others.", hint=f"Run: chmod 600 {path}")
    return path.read_text(encoding="utf-8").strip()
