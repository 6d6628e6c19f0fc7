"""The compiler by HTTP, for scripts: the same Compiled as at every other door."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.lint import catalogue, cut_catalogue, cuts, rules
from app.pipeline import check_shot
from app.schema import Compiled, Finding, Shot, read_data
from app.vocab import vocabulary
from app.web import targets as models
from app.web.given import Edit, compile_edit
from app.web.pages import page

router = APIRouter()


@router.post("/api/compile")
def compile_(edit: Edit) -> Compiled:
    """Compile a shot for a target."""
    return compile_edit(read_data(edit.shot), edit.target, edit.wording, edit.checks)


@router.post("/api/check")
def check(edit: Edit) -> list[Finding]:
    """Say what cannot be true of a shot."""
    return check_shot(read_data(edit.shot), vocabulary(), edit.checks)


@router.get("/api/targets")
def targets() -> list[models.Document]:
    """List the models that Printlight writes for, as `printlight targets --json` prints them."""
    return models.documents()


@router.get("/schema/shot.json")
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a shot."""
    return Shot.model_json_schema()


@router.get("/rules")
def checks() -> HTMLResponse:
    """List every check by department."""
    every = catalogue() | cut_catalogue()
    return page("rules/index.html", catalogue=every, count=len(rules) + len(cuts))


@router.get("/rules/{code}")
def rule(code: str) -> HTMLResponse:
    """Show a rule's page."""
    return page("rules/show.html", rule=cuts[code] if code in cuts else rules[code])
