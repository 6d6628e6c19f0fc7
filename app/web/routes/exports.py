"""A film, a scene or a shot as another program reads it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, Response

from app.exporters import FACTS, GROUPS, Options, export, exporters
from app.library.reels import reel
from app.previz.stage import stage
from app.resolve import resolve
from app.schema.documents import Draft
from app.schema.slates import in_order
from app.vocab import vocabulary
from app.web.attaching import attached
from app.web.frames import Frames
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

Name = Annotated[str, Field(max_length=80)]


class Asked(BaseModel):
    """How a film is written. `scene` and `target` empty: all scenes, each shot for its own model."""

    model_config = ConfigDict(extra="forbid")

    format: Annotated[str, Field(alias="as", max_length=40)]
    scene: Name = ""
    target: Name = ""
    paper: Literal["a4", "letter"] = "a4"
    numbers: Literal["", "yes"] = ""


@router.get("/projects/{film}/export")
def show(film: str, desk: DeskGiven) -> HTMLResponse:
    """Show what a film can be written as, and what each format carries."""
    drafts = desk.library.shots(desk.library.project(film).id)
    return _page(desk, film, drafts, of_shot=None)


@router.get("/shots/{name}/export")
def show_of_shot(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show what a shot can be written as, and what each format carries."""
    draft = desk.library.shot(name)
    return _page(desk, draft.project_id, [draft], of_shot=draft)


@router.get("/export/{name}")
def file(name: str, desk: DeskGiven, request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Write a film, or one of its scenes, or a shot, as a file."""
    frames: Frames = request.app.state.frames

    def drawn(draft: Draft) -> bytes | None:
        return frames.get(Frames.name(stage(resolve(draft.shot, vocabulary())).scene))

    found = reel(desk.library, name, scene=asked.scene, target=asked.target, drawn=drawn)
    made = export(exporters[asked.format], found, Options(asked.paper, asked.numbers == "yes"))
    return attached(made.content, made.media_type, made.name)


def _page(desk: DeskGiven, film: str, drafts: list[Draft], of_shot: Draft | None) -> HTMLResponse:
    return page(
        "export/show.html",
        project=desk.library.project(film),
        of_shot=of_shot,
        count=len(drafts),
        scenes=sorted({draft.scene for draft in drafts if draft.scene}, key=in_order),
        targets=[one for one in vocabulary().targets.values() if not one.retired],
        groups={group: [one for one in exporters.values() if one.group == group] for group in GROUPS},
        facts=FACTS,
    )
