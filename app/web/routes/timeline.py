"""A film on one line of time: played, trimmed, joined."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, JSONResponse

from app.errors import UnknownNameError
from app.jobs import Desk
from app.library.history import plain
from app.patch import merge
from app.resolve import resolve
from app.schema import read_data
from app.schema.documents import Draft, Take
from app.views import cut
from app.views.cut import Span
from app.vocab import vocabulary
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter(prefix="/projects/{film}/timeline")


class Trim(BaseModel):
    """How long a shot is, and how it is joined to the next: null where nobody says; what is not named stays.

    It goes over the version that was seen.
    """

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(ge=1)]
    duration_s: Annotated[float, Field(gt=0, le=86400, allow_inf_nan=False)] | None = None
    transition_out: Annotated[str, Field(max_length=80)] | None = None


@router.get("")
def show(film: str, desk: DeskGiven) -> HTMLResponse:
    """Show a film's line of time, with a player."""
    project, drafts = desk.library.project(film), desk.library.shots(film)
    resolved = [resolve(draft.shot, vocabulary()) for draft in drafts]
    return page(
        "timeline/show.html",
        project=project,
        drafts=drafts,
        resolved=resolved,
        rate=cut.fps(resolved),
        line=_line(drafts, desk.library.shown_takes(film)),
        transitions=vocabulary().facets["time.transition"].terms,
        timecode=cut.timecode,
    )


@router.put("/{shot}")
def trim(film: str, shot: str, change: Trim, desk: DeskGiven) -> JSONResponse:
    """Keep a shot's length and how it goes out; return the line as it stands then."""
    draft = _shot_of(desk, film, shot)
    changed = read_data(merge(plain(draft.shot), change.model_dump(include=change.model_fields_set - {"version"})))
    desk.library.save(shot, change.version, changed, draft.target)
    return JSONResponse(_line(desk.library.shots(film), desk.library.shown_takes(film)))


def _shot_of(desk: Desk, film: str, shot: str) -> Draft:
    drafts = {draft.id: draft for draft in desk.library.shots(desk.library.project(film).id)}
    if shot not in drafts:
        raise UnknownNameError("shot of this film", shot, drafts)
    return drafts[shot]


def _line(drafts: list[Draft], takes: dict[str, Take]) -> list[dict[str, Any]]:
    """Return what the player needs of each shot."""
    spans = cut.spans([resolve(draft.shot, vocabulary()) for draft in drafts])
    return [_told(draft, span, takes.get(draft.id)) for draft, span in zip(drafts, spans, strict=True)]


def _told(draft: Draft, span: Span, take: Take | None) -> dict[str, Any]:
    return {
        "id": draft.id,
        "slate": draft.slate,
        "name": draft.name,
        "version": draft.version,
        "take": take.number if take else None,
        "picture": f"/pictures/{take.picture}" if take else None,
        "moves": bool(take and (take.media_type or "").startswith("video/")),
        "transition": plain(draft.shot).get("transition_out"),
        **asdict(span),
    }
