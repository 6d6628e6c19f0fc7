"""Backends: where pictures can be made, what each still needs, and how it is set up. A key goes in and never out."""

import asyncio
import json
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from app.backends import Backend, backends
from app.backends import Seen as SeenThere
from app.errors import BadInputError
from app.jobs import Desk
from app.jobs.orders import preview_of
from app.library.connections import SAID_CHARS
from app.schema.documents import Connection
from app.vocab import vocabulary
from app.web import workflows
from app.web.api._forms import Given, Id, Line, WithoutNul, door, problems
from app.web.given import DeskGiven
from app.web.workflows import Given as Workflow
from app.web.workflows import Laid

router = door("backends")

Name = Annotated[Id, Path(description="The id of a backend, such as `previz`.")]
Said = Annotated[
    dict[Id, Annotated[str, StringConstraints(max_length=SAID_CHARS), WithoutNul]],
    Field(max_length=20, description="What its kind asks for, by name; see `asks`. A key that is left out stays."),
]


class Ask(BaseModel):
    """Something that a person says when a backend is set up."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    label: str
    kind: str
    hint: str
    needed: bool


class BackendKept(BaseModel):
    """A backend that there is. `built_in`: nobody set it up; `leaves`: what it makes, it makes elsewhere."""

    id: str
    kind: str
    label: str
    url: str
    has_key: bool
    built_in: bool
    leaves: bool
    targets: list[str]
    asks: list[Ask]


class NewBackend(Given):
    """A backend to set up: of which kind, what it is called, and what its kind asks for."""

    kind: Id
    label: Line = ""
    said: Said = {}


class BackendChange(Given):
    """What is said of a backend anew."""

    label: Line = ""
    said: Said = {}


class Readiness(BaseModel):
    """What a backend still needs (`problem`), what a picture costs there, and what of the shot it will not send."""

    problem: str
    usd: float | None
    unsent: list[str]


class Seen(BaseModel):
    """What answers at an address: what is wrong with it, which version it is, and the models that it has."""

    model_config = ConfigDict(from_attributes=True)

    problem: str
    version: str
    models: tuple[str, ...]


class WorkflowGiven(Given):
    """A workflow as ComfyUI saves it for its API, and where things go in it; without places they are guessed."""

    workflow: dict[str, JsonValue]
    at: Annotated[dict[Line, Annotated[list[Line], Field(max_length=100)]], Field(max_length=100)] | None = None


class Slot(BaseModel):
    """One thing that goes into a workflow: where to, why there, and what is wrong with that."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    label: str
    at: tuple[str, ...]
    why: str
    problem: str


class Places(BaseModel):
    """Where things go in a workflow. `missing` is what nobody found, `homeless` what no input can take."""

    slots: list[Slot]
    missing: list[str]
    homeless: list[str]


@router.get("/backends")
def list_backends(desk: DeskGiven) -> list[BackendKept]:
    """List the backends that there are."""
    return [_backend(desk, one) for one in desk.connections.all()]


@router.post("/backends", status_code=201)
def add_backend(new: NewBackend, desk: DeskGiven) -> BackendKept:
    """Set up a backend. Nothing is sent there yet."""
    return _backend(desk, desk.connections.add(new.kind, new.label, new.said))


@router.get("/backends/{backend}")
def get_backend(backend: Name, desk: DeskGiven) -> BackendKept:
    """Return a backend."""
    return _backend(desk, desk.connections.get(backend))


@router.patch("/backends/{backend}")
def change_backend(backend: Name, change: BackendChange, desk: DeskGiven) -> BackendKept:
    """Change how a backend is set up; a key that is left out stays."""
    return _backend(desk, desk.connections.change(backend, change.label, change.said))


@router.delete("/backends/{backend}", status_code=204)
def remove_backend(backend: Name, desk: DeskGiven) -> None:
    """Forget a backend that was set up, with its key; its takes stay."""
    desk.connections.remove(backend)


@router.post("/backends/{backend}/look", response_model=Seen, responses=problems(502))
async def look_at_backend(backend: Name, desk: DeskGiven) -> SeenThere:
    """Ask a backend whether it is there, which version it is and which models it has. Nothing else is sent."""
    service, access = await asyncio.to_thread(desk.backend, backend)
    return await service.look(access)


@router.get("/backends/{backend}/readiness", responses=problems(502))
async def check_backend(
    backend: Name,
    desk: DeskGiven,
    target: Id = "uni-1",
    shot: Annotated[Id | None, Query(description="A shot, as it was last saved; none for a plain picture.")] = None,
    references: Annotated[int, Query(ge=0, le=100, description="How many pictures go along, without a shot.")] = 0,
) -> Readiness:
    """Say what a backend still needs, and what a picture for a model costs there."""
    service, access = await asyncio.to_thread(desk.backend, backend)
    model = vocabulary().target(target)
    problem = await service.ready(access)
    if shot is None:
        usd = service.estimate_usd(model, {}, ["reference.role.style"] * references)
        return Readiness(problem=problem, usd=usd, unsent=[])
    order = await asyncio.to_thread(preview_of, desk, shot, target)
    usd = service.estimate_usd(model, order.params, [one.role for one in order.attachments])
    unsent = list(service.unsent(order, access)) if service.reads_text else []
    return Readiness(problem=problem, usd=usd, unsent=unsent)


@router.get("/backends/{backend}/workflow")
def get_workflow(backend: Name, desk: DeskGiven) -> Places:
    """Tell where things go in the workflow that a backend is set up with."""
    return _places(workflows.kept(workflows.place(desk, backend)))


@router.put("/backends/{backend}/workflow")
def set_workflow(backend: Name, given: WorkflowGiven, desk: DeskGiven) -> Places:
    """Keep a workflow for a backend, and where things go in it. Refused where a place is wrong."""
    place = workflows.place(desk, backend)
    text = json.dumps(given.workflow, ensure_ascii=False, indent=2)
    chosen = Workflow(text, at=given.at, of=workflows.mark(text)) if given.at is not None else Workflow(text)
    laid = workflows.laid(place, chosen)
    told = _places(laid)
    if wrong := next((one for one in told.slots if one.problem), None):
        raise BadInputError(f"{wrong.label}: {wrong.problem}", hint="Say where it goes in `at`.", where="at")
    if laid.sheet:
        desk.connections.set_options(backend, {place.ask.name: laid.sheet.workflow, "places": laid.sheet.at})
    return told


@router.delete("/backends/{backend}/workflow", status_code=204)
def remove_workflow(backend: Name, desk: DeskGiven) -> None:
    """Forget a workflow, and where things went in it."""
    place = workflows.place(desk, backend)
    desk.connections.set_options(backend, {place.ask.name: None, "places": None})


def _backend(desk: Desk, one: Connection) -> BackendKept:
    kind: Backend = backends[one.kind]
    service, access = desk.backend(one.id)
    return BackendKept(
        id=one.id,
        kind=one.kind,
        label=one.label,
        url=one.url,
        has_key=one.has_key,
        built_in=one.built_in,
        leaves=service.leaves(access),
        targets=list(kind.targets),
        asks=[Ask.model_validate(ask) for ask in kind.asks],
    )


def _places(laid: Laid) -> Places:
    if laid.problem:
        raise laid.problem
    sheet = laid.sheet
    if sheet is None:
        return Places(slots=[], missing=[], homeless=[])
    slots = [Slot.model_validate(one) for one in sheet.slots]
    return Places(slots=slots, missing=list(sheet.missing), homeless=list(sheet.homeless))
