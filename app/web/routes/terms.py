"""The vocabulary: every facet and term on a page of its own, and the search over them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.errors import UnknownNameError
from app.match import search, seek
from app.vocab import Facet, Term, vocabulary
from app.web import drawing, telling
from app.web import vocabulary as shown
from app.web.pages import page

router = APIRouter()

ROWS = 60
"""As many results as somebody reads before typing another word."""

Typed = Annotated[str, Query(max_length=200)]


@router.get("/terms")
def index(q: Typed = "", facet: Typed = "") -> HTMLResponse:
    """Show all facets by department, or what a search finds."""
    _known(facet)
    query = q.strip()
    terms, near = seek(vocabulary(), query, facet) if query or facet else ([], False)
    return page(
        "terms/index.html",
        shown=shown,
        vocabulary=vocabulary(),
        groups=shown.groups(),
        query=query,
        facet=vocabulary().facets.get(facet),
        terms=terms[:ROWS],
        more=max(0, len(terms) - ROWS),
        near=near,
    )


@router.get("/terms/{name}")
def show(name: str) -> HTMLResponse:
    """Show a facet or a term."""
    if facet := vocabulary().facets.get(name):
        return _facet(facet)
    if term := vocabulary().terms.get(name):
        return _term(term)
    raise _unknown(name[:80])


def _facet(facet: Facet) -> HTMLResponse:
    return page("terms/facet.html", shown=shown, drawing=drawing, vocabulary=vocabulary(), facet=facet)


def _term(term: Term) -> HTMLResponse:
    facet = vocabulary().facets[term.facet]
    place = facet.terms.index(term)
    return page(
        "terms/term.html",
        shown=shown,
        drawing=drawing,
        vocabulary=vocabulary(),
        facet=facet,
        term=term,
        told=telling.told(term),
        example=telling.toml(telling.example(term)),
        before=facet.terms[place - 1] if place else None,
        after=facet.terms[place + 1] if place + 1 < len(facet.terms) else None,
    )


def _known(facet: str) -> None:
    if facet and facet not in vocabulary().facets:
        raise UnknownNameError("facet", facet[:80], vocabulary().facets)


def _unknown(name: str) -> UnknownNameError:
    """Say that a page does not exist, and which one was most likely meant: by its id, else by its names."""
    error = UnknownNameError("term", name, (*vocabulary().facets, *vocabulary().terms))
    near = search(vocabulary(), name.rpartition(".")[2].replace("_", " "))
    if "Did you mean" not in error.hint:
        error.hint = f"Did you mean {near[0].id!r}?" if near else "Look for it in the vocabulary, at /terms."
    return error
