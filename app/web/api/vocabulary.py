"""The vocabulary: facets, which are questions about a shot, and the terms that answer them."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, StringConstraints

from app.errors import UnknownNameError
from app.match import search
from app.vocab import Facet, Term, vocabulary
from app.web.api._forms import NO_CONTROL, Id, door, problems

router = door("vocabulary")

Asked = Annotated[
    str,
    StringConstraints(max_length=200, pattern=NO_CONTROL),
    Query(description="A name, words of it, a number with its unit; misspelt or not. Empty for all."),
]
Most = Annotated[int | None, Query(ge=1, le=100_000)]
FacetId = Annotated[Id, Path(description="The id of a facet, such as `camera.size`.")]
TermId = Annotated[Id, Path(description="The id of a term, such as `camera.size.mcu`.")]


class FacetLine(BaseModel):
    """A facet without its terms. `names` is the path of the number that its terms are names for."""

    id: str
    label: str
    gloss: str
    names: str
    count: int


@router.get("/terms", responses=problems(404))
def list_terms(
    q: Asked = "",
    facet: Annotated[Id | None, Query(description="Only the terms of this facet.")] = None,
    limit: Most = None,
) -> list[Term]:
    """Search the vocabulary: by name, by words, by number, misspelt or not."""
    if facet and facet not in vocabulary().facets:
        raise UnknownNameError("facet", facet, vocabulary().facets)
    return search(vocabulary(), q, facet or "")[:limit]


@router.get("/terms/{term}")
def get_term(term: TermId) -> Term:
    """Return a term: its phrase, its numbers, what it implies, what it goes with."""
    if term not in vocabulary().terms:
        raise UnknownNameError("term", term, vocabulary().terms)
    return vocabulary().terms[term]


@router.get("/facets")
def list_facets() -> list[FacetLine]:
    """List the facets of the vocabulary."""
    return [
        FacetLine(id=one.id, label=one.label, gloss=one.gloss, names=one.names, count=len(one.terms))
        for one in vocabulary().facets.values()
    ]


@router.get("/facets/{facet}")
def get_facet(facet: FacetId) -> Facet:
    """Return a facet with its terms."""
    if facet not in vocabulary().facets:
        raise UnknownNameError("facet", facet, vocabulary().facets)
    return vocabulary().facets[facet]
