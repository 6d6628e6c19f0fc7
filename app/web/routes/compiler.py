"""The JSON Schema of a shot, and the pages of the checks."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.lint import catalogue, cut_catalogue, cuts, rules
from app.schema import Shot
from app.web.pages import page

router = APIRouter()


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
