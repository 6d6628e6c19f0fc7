"""The JSON Schema of a shot, and the pages of the checks."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.lint import catalogue, rules
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
    return page("rules/index.html", catalogue=catalogue(), count=len(rules))


@router.get("/rules/{code}")
def rule(code: str) -> HTMLResponse:
    """Show a rule's page."""
    return page("rules/show.html", rule=rules[code])
