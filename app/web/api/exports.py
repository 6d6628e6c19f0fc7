"""Exports: a film, a scene or a shot as another program, or a person, reads it."""

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from app.exporters import ZIP, Options, Reel, export, exporters
from app.library.reels import reel
from app.web.api._forms import Film, Id, SceneNumber, ShotId, answers_file, door
from app.web.attaching import attached
from app.web.given import DeskGiven

router = door("exports")

MEDIA_TYPES = sorted({ZIP, *(one.media_type for one in exporters.values())})

FormatId = Annotated[Id, Path(description=f"One of {', '.join(exporters)}.")]
Target = Annotated[Id | None, Query(description="Compile all shots for this model; left out, each for its own.")]
Paper = Annotated[Literal["a4", "letter"], Query(description="The paper, where the format has pages.")]
Numbers = Annotated[bool, Query(description="Slate, take and timecode burnt into an animatic.")]
Scene = Annotated[SceneNumber | None, Query(description="Only the shots of this scene.")]


class Written(BaseModel):
    """A format: where its file goes, what of a shot arrives as a field or in words, and what one would miss.

    `missing` says what this machine lacks to write it, where it lacks something.
    """

    id: str
    label: str
    group: str
    suffix: str
    media_type: str
    used_for: str
    carries: dict[str, Literal["fields", "words"]]
    lacks: str
    one_each: bool
    missing: str


@router.get("/exports")
def list_formats() -> list[Written]:
    """List the formats."""
    return [
        Written(
            id=one.id,
            label=one.label,
            group=one.group,
            suffix=one.suffix,
            media_type=one.media_type,
            used_for=one.used_for,
            carries=dict(one.carries),
            lacks=one.lacks,
            one_each=one.one_each,
            missing=one.missing(),
        )
        for one in exporters.values()
    ]


@router.get("/films/{film}/exports/{kind}", response_class=Response, responses=answers_file(*MEDIA_TYPES))
def export_film(
    film: Film,
    kind: FormatId,
    desk: DeskGiven,
    *,
    scene: Scene = None,
    target: Target = None,
    paper: Paper = "a4",
    numbers: Numbers = False,
) -> Any:
    """Return a film, or a scene of it, as a file."""
    found = desk.library.project(film)
    return _file(reel(desk.library, found.id, scene=scene or "", target=target or ""), kind, Options(paper, numbers))


@router.get("/shots/{shot}/exports/{kind}", response_class=Response, responses=answers_file(*MEDIA_TYPES))
def export_shot(
    shot: ShotId,
    kind: FormatId,
    desk: DeskGiven,
    *,
    target: Target = None,
    paper: Paper = "a4",
    numbers: Numbers = False,
) -> Any:
    """Return a shot as a file."""
    found = desk.library.shot(shot)
    return _file(reel(desk.library, found.id, target=target or ""), kind, Options(paper, numbers))


def _file(of: Reel, name: str, options: Options) -> Response:
    made = export(exporters[name], of, options)
    return attached(made.content, made.media_type, made.name)
