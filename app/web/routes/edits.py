"""An edit as it is made: compiled and drawn, never saved."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, JSONResponse

from app.previz.stage import stage
from app.resolve import resolve
from app.schema import read_data
from app.views import controls
from app.views.plan import plan
from app.vocab import vocabulary
from app.web import cuts, pane
from app.web.given import DeskGiven, Edit, compile_edit, editing, inherited
from app.web.pages import page, render
from app.web.typed import typed

router = APIRouter(prefix="/edits")


@router.post("/prompt")
def prompt(edit: Edit, desk: DeskGiven) -> JSONResponse:
    """Compile an edit without saving it: the prompt pane, and what the controls show."""
    shot = read_data(edit.shot)
    from_above = inherited(desk, edit)
    target = vocabulary().target(edit.target)
    if edit.of and edit.wording == "compiled":
        compiled, resolved = editing(edit.of).compile(shot, target, edit.checks, from_above)
    else:
        compiled = compile_edit(shot, edit.target, edit.wording, edit.checks)
        resolved = resolve(shot, vocabulary(), from_above)
    scene = stage(resolved).scene
    cut = cuts.from_before(desk.library, edit.of, resolved, edit.checks)
    findings = compiled.findings + cut
    return JSONResponse(
        {
            "prompt": render(
                "shots/_prompt.html",
                compiled=compiled,
                cut=cut,
                target=target,
                wording=edit.wording,
                resolved=resolved,
                checks=edit.checks,
                pane=pane,
                of=edit.of,
            ),
            "reads": controls.reads(resolved),
            "plan": render("shots/_plan_now.html", resolved=resolved, plan=plan(resolved, scene, edit.frame)),
            "scene": scene.model_dump(mode="json"),
            "reports": {one.id: controls.report(one, resolved) for one in controls.DEPARTMENTS},
            "lines": {
                f"{one.each}.{entry}": controls.line(one, entry, resolved)
                for one in controls.DEPARTMENTS
                if one.each
                for entry in controls.entries(one, resolved)
            },
            "hints": controls.hints(resolved),
            "findings": {one.paths[0]: [one.severity, one.message] for one in reversed(findings)},
            "touched": [path for one in findings for path in one.paths],
        }
    )


@router.get("/number")
def number(path: Annotated[str, Query(max_length=200)], text: Annotated[str, Query(max_length=200)]) -> JSONResponse:
    """Read a number as it is typed into a field: with a unit, as a fraction, as a ratio."""
    return JSONResponse({"value": typed(path, text)})


@router.post("/controls")
def redraw(edit: Edit, desk: DeskGiven) -> HTMLResponse:
    """Draw the controls of an edit: after a light was added, a fix taken, or an undo."""
    return page("shots/_controls.html", resolved=resolve(read_data(edit.shot), vocabulary(), inherited(desk, edit)))
