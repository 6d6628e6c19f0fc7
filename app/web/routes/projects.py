"""Films and their shots."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from app.errors import UnknownNameError
from app.importers import importers
from app.library.disclosure import disclose
from app.library.library import SAMPLE_PROJECT
from app.lint import cuts, rules
from app.pipeline import check_cuts
from app.resolve import resolve
from app.schema import Shot, slates
from app.schema.checks import Checks
from app.vocab import vocabulary
from app.web import ordering
from app.web.given import DeskGiven, EngineGiven
from app.web.ordering import WholeFilm
from app.web.pages import page

router = APIRouter()


@router.get("/", include_in_schema=False)
def home(desk: DeskGiven) -> RedirectResponse:
    """Open the sample film, or the first one that there is."""
    projects = [project.id for project in desk.library.projects()]
    return RedirectResponse(f"/projects/{SAMPLE_PROJECT if SAMPLE_PROJECT in projects else projects[0]}")


@router.get("/projects/{name}")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show a film's shots as a board of frames."""
    project, drafts = desk.library.project(name), desk.library.shots(name)
    shots = [resolve(draft.shot, vocabulary()) for draft in drafts]
    found = check_cuts(shots, [draft.scene for draft in drafts], vocabulary(), project.checks)
    return page(
        "projects/show.html",
        project=project,
        projects=desk.library.projects(),
        shots=list(zip(drafts, shots, strict=True)),
        uncut=sum(map(len, found.values())),
        pictures=desk.library.shown_takes(name),
        sorted_by=desk.library.tags.on_board(name),
        importers=importers,
        places=desk.connections.named(),
        slates=slates,
    )


@router.post("/projects")
def add(name: Annotated[str, Form()], desk: DeskGiven) -> RedirectResponse:
    """Start a film."""
    return RedirectResponse(f"/projects/{desk.library.add_project(name).id}", status_code=303)


@router.post("/projects/{name}/takes")
def shoot_all(
    name: str,
    desk: DeskGiven,
    engine: EngineGiven,
    backend: Annotated[str, Form(max_length=80)],
    usd: Annotated[str, Form(max_length=20)] = "",
) -> RedirectResponse:
    """Order a take of every shot, and show the queue."""
    ordering.order_film(desk, name, WholeFilm(backend=backend, budget_usd=ordering.dollars(usd)))
    engine.wake()
    return RedirectResponse("/queue", status_code=303)


@router.post("/projects/{name}/local")
def stay(name: str, desk: DeskGiven, local: Annotated[str, Form(max_length=3)] = "") -> RedirectResponse:
    """Keep whether a film stays on this machine."""
    desk.library.set_local(name, local=local == "yes")
    return RedirectResponse(f"/projects/{name}", status_code=303)


@router.post("/projects/{name}/prompts")
def keep_prompts(name: str, desk: DeskGiven, stay: Annotated[str, Form(max_length=3)] = "") -> RedirectResponse:
    """Keep whether a film's prompts stay home: its copies then leave without prompt and shot."""
    desk.library.set_prompts_stay(name, stay=stay == "yes")
    return RedirectResponse(f"/projects/{name}", status_code=303)


@router.get("/projects/{name}/disclosure")
def disclosure(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show what the film's credits have to tell, on one sheet that prints."""
    today = datetime.now(UTC).date()
    return page("projects/disclosure.html", sheet=disclose(desk.library, desk.connections, name), today=today)


@router.post("/projects/{name}/files")
def name_files(name: str, desk: DeskGiven, template: Annotated[str, Form(max_length=400)] = "") -> RedirectResponse:
    """Keep how the files of a film's takes are called."""
    desk.library.set_file_names(name, template)
    return RedirectResponse(f"/projects/{name}#files", status_code=303)


@router.put("/projects/{name}/checks")
def check(name: str, checks: Checks, desk: DeskGiven) -> JSONResponse:
    """Keep by which profile a film is checked, and which checks it leaves out and why."""
    known = {*rules, *cuts}
    unknown = sorted(set(checks.silence) - known)
    if unknown:
        raise UnknownNameError("check", unknown[0], known)
    desk.library.set_checks(name, checks)
    return JSONResponse(checks.model_dump(mode="json"))


@router.post("/projects/{project}/shots")
def add_shot(
    project: str, name: Annotated[str, Form()], desk: DeskGiven, slate: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Add an empty shot to a film, and open it."""
    found = desk.library.project(project)
    return RedirectResponse(f"/shots/{desk.library.add_shot(found.id, slate, name, Shot()).id}", status_code=303)
