"""The page of the HTTP API: its operations, as their own document describes them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from app.web.pages import page

router = APIRouter()

COMMON = frozenset({"400", "403", "413", "422", "507"})
"""What the page says once for all: any operation may be refused so."""


class Operation(NamedTuple):
    """One operation: how it is asked, what it does, what it takes, and what it may answer."""

    id: str
    method: str
    path: str
    says: str
    takes: tuple[str, ...]
    answers: tuple[str, ...]


@router.get("/api")
def show(request: Request) -> HTMLResponse:
    """List every operation by noun."""
    document = request.app.openapi()
    groups: dict[str, list[Operation]] = {}
    for tag, operation in _operations(document):
        groups.setdefault(tag, []).append(operation)
    count = sum(map(len, groups.values()))
    return page("api/index.html", groups=groups, count=count, about=document["info"]["description"])


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            takes = [f"{one['name']}{'' if one['required'] else '?'}" for one in told.get("parameters", ())]
            takes += [_body(kind) for kind in told.get("requestBody", {}).get("content", {}).items()]
            says = told["description"].replace("\n", " ")
            answers = tuple(sorted(told["responses"].keys() - COMMON))
            yield told["tags"][0], Operation(told["operationId"], method.upper(), path, says, tuple(takes), answers)


def _body(kind: tuple[str, dict[str, Any]]) -> str:
    """Name what a body holds: the model of the document, or its media type."""
    media_type, told = kind
    name = told["schema"].get("$ref", "").rpartition("/")[2]
    return name if name and media_type == "application/json" else media_type
