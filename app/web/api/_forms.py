"""What requests and answers are made of: ids, words, shots, and the one form of every error."""

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from app.files import MAX_BYTES
from app.library.history import plain
from app.schema import Shot, read_data
from app.schema.documents import Draft, Revision

MOST_BYTES = 8 << 20
"""No request in JSON is larger."""

FORM_BYTES = 1 << 16
"""What a multipart body holds beside its file."""

PICTURE_BYTES = MAX_BYTES + FORM_BYTES

MOST_NUMBER = 2**31 - 1

NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")]
"""The id of a film, shot, take, model, backend and so on."""

Film = Annotated[Id, Path(description="The id of a film, such as `the-lamp-room`.")]
ShotId = Annotated[Id, Path(description="The id of a shot, such as `the-rim`.")]
TakeId = Annotated[Id, Path(description="The id of a take.")]
SceneNumber = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{0,2}[0-9]{1,5}$")]
Number = Annotated[int, Field(ge=1, le=MOST_NUMBER)]
Stars = Annotated[int, Field(ge=0, le=5, description="1 to 5, or 0 for none.")]
Usd = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]

Line = Annotated[str, StringConstraints(max_length=120, pattern=NO_CONTROL)]
"""A name: one line, no control characters."""


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a NUL, which is no letter of a text")
    return text


def _one_line(text: str) -> str:
    if not re.fullmatch(NO_CONTROL, text):
        raise ValueError("holds a control character, or several lines")
    return text


WithoutNul, OneLine = AfterValidator(_without_nul), AfterValidator(_one_line)
"""What a long text must not hold; as a pattern in the document it would take a reader of it seconds."""

Typed = Annotated[str, StringConstraints(max_length=2000), OneLine]
"""A query, or a list of values, as somebody types it."""

Words = Annotated[str, StringConstraints(max_length=20_000), WithoutNul]
"""A note, in as many lines as it needs."""

Prose = Annotated[str, StringConstraints(max_length=400_000), WithoutNul]
"""A whole text: a prompt in any form, a graph, a link."""


def _read(value: Any) -> Any:
    return read_data(value, strict=True)


ShotGiven = Annotated[Shot, BeforeValidator(_read)]
"""A shot in a request. The schema of shots reads it, so that its errors name the field, and upgrades older kinds."""


def _read_each(value: Any) -> Any:
    """Read shots one by one, so that an error says which of them is meant."""
    if not isinstance(value, list):
        return value
    return [read_data(one, f"Shot {number}", strict=True) for number, one in enumerate(value, start=1)]


ShotsGiven = Annotated[list[Shot], BeforeValidator(_read_each), Field(min_length=1, max_length=200)]
"""Shots in a request, in the order in which they are cut."""

ShotSaid = Annotated[
    Shot,
    PlainSerializer(lambda shot: plain(shot)),  # noqa: PLW0108  by its return type `plain` would hide the schema
]
"""A shot in an answer: what it says, and nothing that nobody said."""

Patch = Annotated[dict[str, Any], Field(description="A JSON Merge Patch (RFC 7386): null clears a field.")]


class Given(BaseModel):
    """What a request holds: fields that there are, in the types that they have."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ShotKept(Draft):
    """A shot as it was last saved. `version` grows with every save; a save names the one that it was made over."""

    shot: ShotSaid


class RevisionKept(Revision):
    """A shot as it was when something was made of it, or when somebody named it. It never changes."""

    shot: ShotSaid


def answers_file(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Return what an operation declares that answers with a file of one of these types."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "The file.", "content": dict.fromkeys(media_types, binary)}}


class Problem(BaseModel):
    """What was wrong, what to do about it, and in which field, where there is one."""

    message: str
    hint: str
    where: str = ""


MEANINGS = {
    400: "The request cannot be read, or is meant for another host.",
    403: "Another site's page sent this.",
    404: "There is no such thing; the hint names the nearest one.",
    409: "Somebody else was faster; nothing was overwritten.",
    413: "The request is too large; nothing was kept.",
    422: "A field cannot be used as it is; nothing was kept.",
    500: "A data file of this studio is wrong.",
    502: "A backend said no, or did not answer.",
    507: "It cannot be kept, or not be read back: a full disk, a place that refuses, damage.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what an operation declares of the errors that it can give."""
    return {one: {"model": Problem, "description": MEANINGS[one]} for one in statuses}


class Operation(APIRoute):
    """An operation of the document. Its function's name is its id, and every write says that it may be refused.

    It takes no more bytes than `max_body_size`; FastAPI itself would say so in plain text, and not as a problem.
    """

    def __init__(self, path: str, endpoint: Any, **told: Any) -> None:
        """Declare the errors that every operation of its kind can give."""
        writes = set(told.get("methods") or ()) - {"GET", "HEAD"}
        always = (400, 403, 404, 413, 422, 507) if writes else (400, 404, 422, 507) if "{" in path else (400, 422, 507)
        told["responses"] = {**problems(*always), **(told.get("responses") or {})}
        self._most = told.pop("max_body_size", None) or MOST_BYTES
        super().__init__(path, endpoint, **told)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request, of which it reads no more than is taken."""
        answer, most = super().get_route_handler(), self._most

        async def bounded(request: Request) -> Response:
            return await answer(Request(request.scope, _bounded(request.receive, most)))

        return bounded


def _bounded(receive: Receive, most: int) -> Receive:
    came = 0

    async def receive_some() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise HTTPException(413, f"The request is larger than {most >> 20} MB.")
        return message

    return receive_some


def door(tag: str) -> APIRouter:
    """Return the router of a noun."""
    return APIRouter(
        prefix="/api",
        tags=[tag],
        route_class=Operation,
        generate_unique_id_function=lambda route: route.name,
    )
