"""One search over all films: the page, and its results while somebody types."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.library.search_keys import KEYS
from app.web import searching
from app.web.given import DeskGiven
from app.web.offering import Offer
from app.web.pages import page

router = APIRouter()

Typed = Annotated[str, Query(max_length=2000)]
After = Annotated[str, Query(max_length=40)]


@router.get("/search")
def show(desk: DeskGiven, q: Typed = "") -> HTMLResponse:
    """Show the search box with what it finds: the newest shots of all films, until something is typed."""
    found = searching.found(desk, q)
    return page(
        "search/index.html",
        query=q,
        found=found,
        after="",
        keys=KEYS,
        examples=searching.EXAMPLES,
        kept=desk.library.searches.all(),
        collections=desk.library.collections.all(),
        tags=desk.library.tags.all(),
    )


@router.get("/search/results")
def results(desk: DeskGiven, q: Typed = "", after: After = "") -> HTMLResponse:
    """Return what a query finds, or the next page of it, for the page that is open."""
    found = searching.found(desk, q, after, typing=not after)
    kept = [] if after else desk.library.searches.all()
    part = "search/_more.html" if after else "search/_results.html"
    answer = page(part, query=q, found=found, after=after, kept=kept)
    if not after:
        answer.headers["HX-Replace-Url"] = f"/search?q={quote(q)}" if q else "/search"
    return answer


@router.get("/search/offers")
def offers(desk: DeskGiven, text: Typed) -> Offer:
    """Offer what the last part of a query may become."""
    return searching.offer(desk, text)
