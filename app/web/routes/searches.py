"""Searches that are kept by a name, for everybody: kept and forgotten on the search page."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse

from app.web.given import DeskGiven

router = APIRouter()


@router.post("/searches")
def keep(
    desk: DeskGiven, title: Annotated[str, Form(max_length=200)], query: Annotated[str, Form(max_length=2000)]
) -> RedirectResponse:
    """Keep a search by a name, and show what it finds."""
    kept = desk.library.searches.keep(title, query)
    return RedirectResponse(f"/search?q={quote(kept.query)}", status_code=303)


@router.post("/searches/removal")
def drop(desk: DeskGiven, title: Annotated[str, Form(max_length=200)]) -> RedirectResponse:
    """Forget a search; what it found stays where it is."""
    desk.library.searches.drop(title)
    return RedirectResponse("/search", status_code=303)
