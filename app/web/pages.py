"""Renders templates."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse

from app.shipped import shipped
from app.views import controls
from app.web import assets, keys


@cache
def environment() -> Environment:
    """The one template environment: everything is escaped, a missing name is an error."""
    made = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["controls"] = controls
    made.globals["assets"] = assets
    made.globals["shortcuts"] = keys
    made.filters["markdown"] = lambda text: Markup(MarkdownIt().render(text))  # noqa: S704  html is off in this preset
    return made


def render(template: str, **values: Any) -> str:
    """Render a template to text."""
    return environment().get_template(template).render(**values)


def page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template as an answer."""
    return HTMLResponse(render(template, **values), status_code=status)
