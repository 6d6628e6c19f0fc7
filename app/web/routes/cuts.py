"""The cuts of a film: what does not go on from shot to shot, mended or left so with a reason."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from pydantic import Json
from starlette.responses import HTMLResponse, RedirectResponse

from app.schema.documents import Draft
from app.web import cuts
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

Code = Annotated[str, Form(max_length=80)]
Path = Annotated[str, Form(max_length=200)]
Version = Annotated[int, Form(ge=1)]
Reason = Annotated[str, Form(min_length=1, max_length=200)]


@router.get("/projects/{name}/cuts")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show a film's shots in a row, and what does not go on from one to the next."""
    project = desk.library.project(name)
    row = cuts.frames(desk.library, project)
    return page(
        "cuts/index.html",
        project=project,
        runs=cuts.runs(row),
        count=sum(one.findings is not None for one in row),
        splices=cuts.splices(row),
        left=cuts.left(row, project),
        scenes={one.number: one for one in desk.library.scenes.of(name)},
        pictures=desk.library.shown_takes(name),
    )


@router.post("/shots/{name}/cut/mending")
def mend(
    name: str, desk: DeskGiven, version: Version, fix: Annotated[Json[dict[str, Any]], Form(max_length=20_000)]
) -> RedirectResponse:
    """Take a fix of the cut from the shot before: one new version of this shot."""
    return _back(cuts.mend(desk.library, name, version, fix))


@router.post("/shots/{name}/cut/silence")
def leave(
    name: str,
    desk: DeskGiven,
    version: Version,
    code: Code,
    at: Path,
    reason: Reason,
    where: Annotated[Literal["shot", "film"], Form()] = "shot",
) -> RedirectResponse:
    """Leave a finding of the cut from the shot before as it is, in this shot or in the whole film, with a reason."""
    if where == "shot":
        return _back(cuts.leave(desk.library, name, version, (code, at), reason))
    draft = desk.library.shot(name)
    cuts.leave_in_film(desk.library, desk.library.project(draft.project_id), code, reason)
    return _back(draft)


@router.post("/shots/{name}/cut/silence/removal")
def look_again(name: str, desk: DeskGiven, version: Version, code: Code, at: Path) -> RedirectResponse:
    """Ask a check again that was left out on a shot."""
    return _back(cuts.look_again(desk.library, name, version, (code, at)))


@router.post("/projects/{name}/cuts/silence/removal")
def look_again_in_film(name: str, desk: DeskGiven, code: Code) -> RedirectResponse:
    """Ask a check again that was left out in the whole film."""
    cuts.leave_in_film(desk.library, desk.library.project(name), code, "")
    return RedirectResponse(f"/projects/{name}/cuts", status_code=303)


def _back(draft: Draft) -> RedirectResponse:
    return RedirectResponse(f"/projects/{draft.project_id}/cuts#cut-{draft.id}", status_code=303)
