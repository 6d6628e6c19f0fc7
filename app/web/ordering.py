"""Ordering many takes at once: so many of a shot, one for each value of a field, step by step, or a whole film."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from secrets import randbelow
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.compile.differences import lowered, named
from app.errors import BadInputError
from app.jobs import Desk
from app.jobs.desk import Way, Wish, grid, several
from app.library.batches import NAME_CHARS
from app.match import exactly
from app.resolve import Resolved
from app.schema.documents import Batch
from app.schema.facets import facet_of, limits, takes_several, title
from app.vocab import vocabulary
from app.web.contact import MOST_AXES

MOST = 100
"""More takes are no batch that anybody looks at."""

SEEDS = 2**31
"""Seeds below this are taken everywhere."""

Wording = Literal["compiled", "plain"]


class Ordered(BaseModel):
    """What is wished for, and how it is made."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["takes", "vary", "steps"] = "takes"
    count: int = Field(default=4, ge=1, le=MOST)
    path: str = Field(default="", max_length=200)
    values: str = Field(default="", max_length=4000)
    second_path: str = Field(default="", max_length=200)
    """A second field that is varied, each of its values with each of the first's; empty for none."""
    second_values: str = Field(default="", max_length=4000)
    target: str = Field(max_length=80)
    backend: str = Field(max_length=80)
    wording: Wording = "compiled"
    budget_usd: float | None = Field(default=None, ge=0, le=100_000)

    @property
    def way(self) -> Way:
        """How each take is made."""
        return Way(self.target, self.backend, self.wording)


class WholeFilm(BaseModel):
    """A take of every shot of a film."""

    model_config = ConfigDict(extra="forbid")

    backend: str = Field(max_length=80)
    target: str = Field(default="", max_length=80)
    budget_usd: float | None = Field(default=None, ge=0, le=100_000)


def order(desk: Desk, shot: str, ordered: Ordered) -> Batch:
    """Order a batch of one shot. Raises BadInputError with what is missing."""
    name = desk.library.shot(shot).name
    if ordered.kind == "steps":
        return desk.add_chain(shot, ordered.way, ordered.budget_usd)
    if ordered.kind == "takes":
        return desk.add_batch(
            f"{name}, {ordered.count} takes", several(shot, ordered.count), ordered.way, ordered.budget_usd
        )
    said = [(ordered.path, ordered.values)]
    said += [(ordered.second_path, ordered.second_values)] if ordered.second_path else []
    return order_test(desk, shot, axes_of(said), ordered.way, ordered.budget_usd)


def axes_of(said: Sequence[tuple[str, str]]) -> dict[str, list[Any]]:
    """Read the fields of a test with their values, one field or two.

    Raises BadInputError for values that a field does not take, one field twice, and more takes than anybody looks at.
    """
    if len(said) > MOST_AXES:
        raise BadInputError("A contact sheet has two axes.", hint="Vary one field, or two.")
    axes = {path: values_of(path, values) for path, values in said}
    if len(axes) < len(said):
        raise BadInputError("One field is varied twice.", hint="Name another one for the second axis, or none.")
    if (count := prod(map(len, axes.values()))) > MOST:
        raise BadInputError(f"These are {count} takes.", hint=f"Give fewer values: up to {MOST} takes in all.")
    return axes


def order_test(
    desk: Desk, shot: str, axes: Mapping[str, Sequence[Any]], way: Way, budget_usd: float | None = None
) -> Batch:
    """Order takes that differ in these fields and in nothing else: one seed holds for all of them."""
    fields = " and ".join(lowered(named(path)) for path in axes)
    batch = f"{desk.library.shot(shot).name}, {fields}"[:NAME_CHARS]
    return desk.add_batch(batch, grid(shot, axes), replace(way, seed=randbelow(SEEDS)), budget_usd)


def order_film(desk: Desk, film: str, wanted: WholeFilm) -> Batch:
    """Order a take of every shot of a film, each for its own model where none is named."""
    drafts = desk.library.shots(film)
    if not drafts:
        raise BadInputError("There is no shot in this film.", hint="Add one first.")
    wishes = [Wish(draft.id) for draft in drafts]
    return desk.add_batch(f"All {len(drafts)} shots", wishes, Way(wanted.target, wanted.backend), wanted.budget_usd)


def dollars(text: str) -> float | None:
    """Read a sum as somebody types it; nothing is no limit. Raises BadInputError."""
    value = text.strip().removeprefix("$").replace(",", ".")
    try:
        return float(value) if value else None
    except ValueError:
        raise BadInputError(f"{text!r} is no sum.", hint="Type dollars, such as 2.50.") from None


def values_of(path: str, text: str) -> list[Any]:
    """Read values that a field takes, with commas or line breaks between them: numbers, or terms by name or id.

    Raises BadInputError for a field that cannot be varied, and for a value that it does not take.
    """
    facet, span = facet_of(path), limits(path)
    if not facet and not span:
        raise BadInputError(f"{path or 'Nothing'} cannot be varied.", hint="Choose a number or a term of the shot.")
    parts = [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]
    if not 1 < len(parts) <= MOST:
        raise BadInputError(f"There are {len(parts)} values.", hint=f"Give 2 to {MOST}, with commas between them.")
    if span and not facet:
        return [_number(path, part, span) for part in parts]
    found = [_term(facet, part) for part in parts]
    return [[one] for one in found] if takes_several(path) else found


def variable(resolved: Resolved) -> list[tuple[str, str]]:
    """Return the fields of a shot that can be varied: path and title, those that are said."""
    found = []
    for path in resolved.said:
        if limits(path) or (facet_of(path) and not path.startswith("marks")):
            owner = path.split(".")[1].replace("_", " ") if path.count(".") > 1 else ""
            found.append((path, f"{owner}: {title(path)}" if owner else title(path)))
    return sorted(found, key=lambda one: one[1].casefold())


def _number(path: str, text: str, span: tuple[float, float]) -> float:
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        raise BadInputError(f"{text!r} is no number.", hint=f"{title(path)} takes numbers.") from None
    if not span[0] <= value <= span[1]:
        raise BadInputError(f"{title(path)} lies between {span[0]:g} and {span[1]:g}, not at {value:g}.")
    return value


def _term(facet: str, text: str) -> str:
    vocab = vocabulary()
    if text in vocab.terms and vocab.terms[text].facet == facet:
        return text
    term = exactly(vocab, text, facet)
    if term is None:
        raise BadInputError(f"{vocab.facets[facet].label} knows no {text!r}.", hint="Look it up on the page of terms.")
    return term.id
