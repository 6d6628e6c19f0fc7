"""Tools of the vocabulary: terms, and the models that prompts are written for."""

from typing import Annotated, Literal

from pydantic import Field

from app.errors import UnknownNameError
from app.jobs import Desk
from app.match import search
from app.mcp.answers import Count, Model, Term, TermFull
from app.vocab import Term as Word
from app.vocab import vocabulary

Asked = Annotated[
    str,
    Field(
        max_length=200,
        description="A name, words of it, or a number with its unit: rembrandt, dolly, 85mm; empty for all.",
    ),
]
FacetId = Annotated[
    str,
    Field(
        max_length=120,
        description="Only the terms of one facet, such as camera.size or light.pattern; empty for all facets.",
    ),
]


class Vocabulary:
    """What there is to pick from."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list_terms(self, query: Asked = "", facet: FacetId = "", limit: Count = 30) -> list[Term]:
        """Search the cinematography vocabulary: shot sizes, angles, lenses, moves, light patterns, stocks, moods.

        Use a term's id as the value of a field. The facets are the resource printlight://vocabulary.
        """
        if facet and facet not in vocabulary().facets:
            raise UnknownNameError("facet", facet, vocabulary().facets)
        return [Term(**_told(one)) for one in search(vocabulary(), query, facet)[:limit]]

    def get_term(
        self, term: Annotated[str, Field(max_length=120, description="Its id, such as camera.size.mcu.")]
    ) -> TermFull:
        """Return all that is known of one term: how it stands in a prompt, what it implies, what it goes with."""
        if term not in vocabulary().terms:
            raise UnknownNameError("term", term, vocabulary().terms)
        found = vocabulary().terms[term]
        return TermFull(
            **_told(found),
            phrase=found.phrase,
            aliases=list(found.aliases),
            related=list(found.related),
            opposed=list(found.opposed),
            instead=found.instead,
            confidence=found.confidence,
            source=found.source,
        )

    def list_targets(
        self,
        medium: Annotated[Literal["", "image", "video"], Field(description="Only models of stills or of clips.")] = "",
    ) -> list[Model]:
        """List the models that prompts can be written for, and the backends here that can shoot for each.

        The backend previz draws a physically based still on this machine for every model, and costs nothing.
        """
        here = [(one, self._desk.backend(one)[0]) for one in self._desk.connections.named()]
        return [
            Model(
                id=one.id,
                label=one.label,
                maker=one.maker,
                medium=one.medium,
                gloss=one.gloss,
                backends=[name for name, kind in here if kind.serves(one.id)],
            )
            for one in vocabulary().targets.values()
            if not one.retired and medium in ("", one.medium)
        ]


def _told(term: Word) -> dict[str, object]:
    return {
        "id": term.id,
        "facet": term.facet,
        "label": term.label,
        "gloss": term.gloss,
        "numbers": term.numbers,
        "sets": term.sets,
    }
