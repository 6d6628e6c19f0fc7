"""The settings: what this browser keeps, and what this studio was started with."""

from typing import NamedTuple
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from app.settings import Settings
from app.web.pages import page

router = APIRouter()


class Line(NamedTuple):
    """A setting of the studio: what it is, how it stands, and the variable of the environment that changes it."""

    label: str
    value: str
    variable: str


@router.get("/settings")
def show(request: Request) -> HTMLResponse:
    """Show how the studio is set up, and what is chosen in this browser."""
    return page("settings/index.html", lines=_lines(request.app.state.settings))


def _lines(found: Settings) -> list[Line]:
    return [
        Line("Name on what is saved", found.author, "PRINTLIGHT_AUTHOR"),
        Line("Data folder", str(found.data), "PRINTLIGHT_DATA"),
        Line("Database", _database(found.database_url), "DATABASE_URL"),
        Line("Pictures", found.bucket or str(found.pictures), "PRINTLIGHT_PICTURES"),
        Line("Keys are sealed with", _secret(found), "PRINTLIGHT_SECRET"),
        Line("Copies are signed with", _certificate(found), "PRINTLIGHT_C2PA_CERT"),
        Line("Further host names", ", ".join(found.hosts) or "none but this machine's own", "PRINTLIGHT_HOSTS"),
    ]


def _database(url: str) -> str:
    """Name a database without the password that opens it."""
    if url.startswith("sqlite"):
        return url.removeprefix("sqlite:///")
    parts = urlsplit(url)
    return f"PostgreSQL at {parts.hostname}{parts.path}"


def _secret(found: Settings) -> str:
    return "a secret of the environment" if found.secret else str(found.data / "secret.key")


def _certificate(found: Settings) -> str:
    return str(found.sealing.certificate) if found.sealing else "nothing: they tell their origin in plain XMP"
