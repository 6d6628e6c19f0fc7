"""What the tools take and answer, as a model reads it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.library.history import plain
from app.schema import Compiled, Finding, Loss, Segment, Sent
from app.schema.documents import Draft, Take

Document = Annotated[
    dict[str, Any],
    Field(
        description=(
            "A shot as nested JSON, by paths such as camera.focal_mm, camera.size, lights.key.cct_k,"
            " subjects.mara.description, framing.aspect. Numbers carry their unit in their name. A value that is a"
            ' term is its id, such as camera.size.mcu: look it up with list_terms. Free words are {"words": "…"}.'
            " Leave out what nobody said. The JSON Schema is the resource printlight://schema/shot."
        )
    ),
]

Patch = Annotated[
    dict[str, Any],
    Field(description="A JSON Merge Patch (RFC 7386) on the shot: only what changes; null clears a field."),
]

Film = Annotated[str, Field(description="The id of a film, from list_films.", max_length=120)]
ShotId = Annotated[str, Field(description="The id of a shot, from list_shots or search.", max_length=120)]
Target = Annotated[
    str,
    Field(description="The model that the prompt is written for, from list_targets, such as uni-1.", max_length=120),
]
Wording = Annotated[
    Literal["compiled", "plain"],
    Field(description="compiled: all of it in the model's own form; plain: the one sentence of somebody without this."),
]
Count = Annotated[int, Field(ge=1, le=200, description="How many to return at most.")]


class ShotLine(BaseModel):
    """A shot in a list."""

    id: str
    slate: str
    name: str
    scene: str
    target: str
    version: int


class ShotFull(ShotLine):
    """A shot whole. Give `version` back when you save."""

    film: str
    note: str
    document: dict[str, Any]


class TakeFacts(BaseModel):
    """A picture that is made, being made or waiting. `state` done means that it is there."""

    id: str
    shot: str
    number: int
    revision: int
    state: Literal["queued", "sending", "running", "done", "failed", "unsure", "cancelled"]
    message: str
    target: str
    backend: str
    prompt: str
    negative: str
    params: dict[str, Any]
    cost_usd: float | None
    width: int | None
    height: int | None
    sha256: str | None
    next_step: str


class Term(BaseModel):
    """A word of the vocabulary. `sets` are the values that picking it implies, by path."""

    id: str
    facet: str
    label: str
    gloss: str
    numbers: dict[str, float]
    sets: dict[str, float]


class TermFull(Term):
    """A term with what it is called, how it stands in a prompt, and what it goes with."""

    phrase: str
    aliases: list[str]
    related: list[str]
    opposed: list[str]
    instead: str
    confidence: str
    source: str


class Model(BaseModel):
    """A model of pictures or clips that prompts can be written for, and where it can be shot here."""

    id: str
    label: str
    maker: str
    medium: str
    gloss: str
    backends: list[str]


class Written(BaseModel):
    """A shot as one model gets it: `text`, what stays out in `negative`, and the fields of the request in `params`.

    `losses` are facts that it does not hear whole, and why; `findings` what cannot, or should not, be true together.
    `segments` are the text in pieces, each with the paths it came from.
    """

    target: str
    text: str
    negative: str
    params: dict[str, Any]
    references: tuple[Sent, ...]
    losses: tuple[Loss, ...]
    findings: tuple[Finding, ...]
    segments: tuple[Segment, ...]


def written(compiled: Compiled) -> Written:
    """Return a compiled shot as a model reads it."""
    return Written(
        target=compiled.target,
        text=compiled.text,
        negative=compiled.negative_text,
        params=compiled.values,
        references=compiled.references,
        losses=compiled.losses,
        findings=compiled.findings,
        segments=compiled.segments,
    )


def line(draft: Draft) -> ShotLine:
    """Return a shot as a list shows it."""
    return ShotLine(**draft.model_dump(include=set(ShotLine.model_fields)))


def whole(draft: Draft) -> ShotFull:
    """Return a shot whole."""
    told = draft.model_dump(include={*ShotLine.model_fields, "note"})
    return ShotFull(**told, film=draft.project_id, document=plain(draft.shot))


def facts(take: Take) -> TakeFacts:
    """Return what is told of a take, and what one does next."""
    told = take.model_dump(include=set(TakeFacts.model_fields) & set(Take.model_fields))
    return TakeFacts(**told, shot=take.shot_id, sha256=take.picture, next_step=NEXT[take.state])


_LATER = "It goes on by itself. Call get_take later to see it."

NEXT = {
    "queued": _LATER,
    "sending": _LATER,
    "running": _LATER,
    "done": "Look at the picture, change the shot with save_shot, and shoot again if it is not right.",
    "failed": "Read the message, change what it says, and shoot again.",
    "unsure": "It may have been sent. A person decides in the studio whether to send it again.",
    "cancelled": "Shoot again if it is wanted after all.",
}
